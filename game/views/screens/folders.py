"""Where else could a game be written to?  The folders that are offered when a disk refuses, or for a copy."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from game.rules.classes import dataclass
from game.views.screens.tree import Act, Element, Role, button, group, heading, text


@dataclass(frozen=True, slots=True)
class UnsavedScreen:
    """The running game cannot be saved: why, and how many decisions wait."""

    fault: str
    waiting: int


@dataclass(frozen=True, slots=True)
class ExportScreen:
    """A copy of a save is to be made: of which file."""

    path: str


def folders() -> Iterator[tuple[str, Path]]:
    """Folders of the player that can be written to, each with its name."""
    home = Path.home()
    seen = set()
    for name, path in (
        ("Documents", home / "Documents"),
        ("Desktop", home / "Desktop"),
        ("Home", home),
        ("The folder the game was started from", Path.cwd()),
        ("For passing things", Path(tempfile.gettempdir())),
    ):
        where = os.path.realpath(path)
        if where not in seen and os.path.isdir(where) and os.access(where, os.W_OK):
            seen.add(where)
            yield name, path


def build_unsaved(screen: UnsavedScreen) -> Element:
    """What to do when the disk refuses, as a tree."""
    count = screen.waiting
    waits = f"{count} decision{'s wait' if count != 1 else ' waits'} to be written; nothing is lost "
    return group(
        Role.DIALOG, "unsaved-sheet", "Not saved",
        heading("unsaved.title", "Not saved"),
        text("unsaved.fault", screen.fault),
        text("unsaved.waiting", waits + "as long as the game runs."),
        button("unsaved.retry", "Try again", Act("retry"), "Return"),
        _list("Or save it in another folder", "move"),
        button("close", "Go on playing", Act("close"), "Escape"),
    )  # fmt: skip


def build_export(screen: ExportScreen) -> Element:
    """Where a copy could go, as a tree."""
    return group(
        Role.DIALOG, "export-sheet", "Export",
        heading("export.title", "Export"),
        text("export.about", f"A copy of {Path(screen.path).name}: as a save, to be opened again or handed in."),
        _list("To which folder", "export-to"),
        button("close", "Leave it", Act("close"), "Escape"),
    )  # fmt: skip


def _list(name: str, verb: str) -> Element:
    found = tuple(
        Element(Role.ITEM, each, f"folder.{at}", value=str(path), key=str(at), press=Act(verb, str(path)))
        for at, (each, path) in enumerate(folders(), start=1)
    )
    none = "" if found else "No other folder can be written to."
    return Element(Role.LIST, name, "folders", description=none, children=found)
