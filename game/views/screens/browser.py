"""Which games are saved?  All of them as a tree of forks, what the picked one says of itself, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from game.play.saves import Save
from game.play.wording import number
from game.rules.classes import dataclass
from game.views.screens.tree import LETTERS, Act, Element, Role, button, group, heading, text

NOTHING = "No game is saved yet. Every game is saved by itself, from its first decision on."
HERE = "It is running here."


@dataclass(frozen=True, slots=True)
class SavesScreen:
    """The saved games, and the path of the one that is picked."""

    picked: str = ""


@dataclass(frozen=True, slots=True)
class NameScreen:
    """A new name for a game, as far as it has been typed."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A saved game as the list draws it: how deep in the tree of forks, whether it runs here, where it stands."""

    save: Save
    depth: int
    last: tuple[bool, ...]
    """For each level down to its own, whether no more forks follow on it."""
    title: str
    when: str
    running: bool
    scores: tuple[tuple[str, int], ...]


Named = Callable[[Save], dict[str, str]]


def rows(
    tree: Sequence[tuple[int, Save]], running: str, when: Callable[[Save], str], labels: Named
) -> tuple[Row, ...]:
    """The tree of saves as rows; `when` says where a game stands, `labels` what its scores are called, in order."""
    found = []
    for at, (depth, save) in enumerate(tree):
        following = [each for each, _ in tree[at + 1 :]]
        last = tuple(_ends(following, level) for level in range(1, depth + 1))
        named = labels(save)
        order = [id for id in named if id in save.scores] or list(save.scores)
        scores = tuple((named.get(id, spoken(id)), save.scores[id]) for id in order)
        title = save.header.title if save.header and save.header.title else save.name
        found.append(Row(save, depth, last, title, when(save), str(save.path) == running, scores))
    return tuple(found)


def _ends(following: Sequence[int], level: int) -> bool:
    """Whether no row that follows lies on a level before one above it comes."""
    for depth in following:
        if depth < level:
            return True
        if depth == level:
            return False
    return True


def spoken(id: str) -> str:
    """An id as a word, where its scenario is not at hand."""
    return id.replace("_", " ").capitalize()


def build(found: Sequence[Row], screen: SavesScreen, folder: Path) -> Element:
    """The saved games as a tree."""
    picked = next((each for each in found if str(each.save.path) == screen.picked), None)
    if picked is None and found:
        picked = found[0]
    parts = [
        heading("saves.title", "Saved games"),
        text("saves.folder", f"In {folder}."),
        Element(
            Role.LIST, "Saved games", "saves.list", value=str(len(found)), description="" if found else NOTHING,
            children=tuple(_item(each, at, each is picked) for at, each in enumerate(found)),
        ),
    ]  # fmt: skip
    if picked is not None:
        parts += [_about(picked), *_buttons(picked)]
    parts.append(button("close", "Close", Act("close"), "Escape"))
    return group(Role.DIALOG, "saves", "Saved games", *parts)


def _item(row: Row, at: int, picked: bool) -> Element:
    save = row.save
    if save.fault:
        told = f"Cannot be opened: {save.fault}."
    else:
        told = f"{row.when}. {'Running here. ' if row.running else ''}{luck(save)}."
    below = "A fork. " if row.depth else ""
    return Element(
        Role.ITEM, row.title, f"saves.{at}", value="cannot be opened" if save.fault else row.when,
        description=below + told, pick=Act("picked", str(save.path)), press=Act("open", str(save.path)),
        disabled=told if save.fault else "", selected=picked, subject=row,
    )  # fmt: skip


def luck(save: Save) -> str:
    """Fate and seed in words."""
    header = save.header
    if header is None:
        return ""
    return "historical fate" if header.fate == "historical" else f"open fate, seed {header.seed}"


def _about(row: Row) -> Element:
    save = row.save
    parts = [heading("about.title", row.title), text("about.when", row.when), text("about.name", save.name)]
    if save.fault:
        parts.append(text("about.fault", f"{save.fault[:1].upper()}{save.fault[1:]}."))
    else:
        parts.append(text("about.luck", luck(save)))
        parts.append(
            group(
                Role.LIST, "about.scores", "Scores",
                *(Element(Role.VALUE, label, f"about.{label}", value=number(value)) for label, value in row.scores),
            )
        )  # fmt: skip
    if save.held and not row.running:
        parts.append(text("about.held", f"Open in another window ({save.held}); a copy of it can be played."))
    if row.running:
        parts.append(text("about.running", HERE))
    if save.header is not None and save.header.branch is not None:
        parts.append(text("about.fork", f"A fork: it left another game at line {save.header.branch[1]}."))
    return Element(Role.GROUP, row.title, "about", children=tuple(parts), subject=row)


def _buttons(row: Row) -> list[Element]:
    save, path = row.save, str(row.save.path)
    held = HERE if row.running else f"It is open in another window ({save.held})." if save.held else ""
    broken = f"Cannot be opened: {save.fault}." if save.fault else ""
    return [
        button("saves.open", "Back to it" if row.running else "Open", Act("open", path), "O", "", broken),
        button("saves.rename", "Rename", Act("rename", path), "R", "Give the file another name.", held),
        button("saves.export", "Export", Act("export", path), "X", "Copy the file to another folder."),
        button("saves.trash", "To the trash", Act("trash", path), "Delete", "Nothing is destroyed.", held),
    ]


def build_name(screen: NameScreen) -> Element:
    """The sheet for a new name as a tree."""
    return group(
        Role.DIALOG, "name-sheet", "Rename",
        text("name.about", "Letters, digits, spaces and . , ( ) ' - at most 80 of them."),
        Element(Role.FIELD, "Name", "name.field", value=screen.name, types=LETTERS, subject=screen),
        button("name.done", "Rename", Act("named"), "Return"),
        button("close", "Leave it", Act("close"), "Escape"),
    )  # fmt: skip
