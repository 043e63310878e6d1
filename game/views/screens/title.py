"""What greets the player?  The title and how to begin; the menu, the keys, and a question before a loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.rules.classes import dataclass
from game.views.screens.keymap import KeyMap, shown
from game.views.screens.settings import Setup, build_readings
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

if TYPE_CHECKING:
    from game.rules.program import Program

KEYS = (
    (("E",), "ends the turn"),
    (("D",), "opens the next dispatch that is new or waits"),
    (("1", "2", "3", "4"), "mark a choice on a card; Enter gives the answer"),
    (("S",), "on a card: its sources, and who disputes it"),
    (("O", "G"), "orders towards the selected country; all orders"),
    (("Comma", "Period"), "shift the course of policy by five points"),
    (("1", "2", "3"), "on the desk: the sheets of the map"),
    (
        ("P", "R", "T", "S", "C", "N"),
        "the lenses: political, relations, trade, suspicion, party, recognition",
    ),
    (("Tab",), "to the next part of the screen; Shift and Tab back"),
    (("Left", "Right", "Up", "Down"), "inside a part, and over the map; on a slider they move it"),
    (("Return", "Space"), "press what is framed in ochre; on a number: why it moved"),
    (("PageUp", "PageDown"), "leaf through a long panel; so does the wheel"),
    (("B",), "the decisions so far: go back to one, and take another way"),
    (("H",), "any value over the years, beside history"),
    (("L",), "the saved games"),
    (("W",), "the library: words, people, countries, sources"),
    (("M",), "mutes the sound, and lets it be heard again"),
    (("Escape",), "closes what lies on top, or opens the menu; it never decides anything"),
    (("F11",), "full screen and back"),
)


@dataclass(frozen=True, slots=True)
class MenuScreen:
    """The menu."""


@dataclass(frozen=True, slots=True)
class HelpScreen:
    """The keys."""


@dataclass(frozen=True, slots=True)
class ConfirmScreen:
    """A question before something is lost."""

    question: str
    yes: str
    act: Act
    no: str = "Go on playing"


def build(
    program: Program | None, setup: Setup, continuing: tuple[Act, str] | None, told: str, waiting: str
) -> Element:
    """The title as a tree. `continuing` is what Continue does, `told` what a new game would be, `waiting` why it
    cannot be begun yet; without a program the first scenario is still being read."""
    name, briefing = _named(program, setup.language) if program else ("Peredyshka", "Reading the scenario …")
    return Element(
        Role.SCREEN, name, "title",
        children=(
            heading("title.name", name),
            Element(Role.TEXT, briefing, "title.briefing"),
            *([button("resume", "Continue", continuing[0], "C", continuing[1])] if continuing else []),
            button("begin", "New game", Act("begin"), "N", f"Begins at once. {told}", waiting),
            text("title.setup", told),
            *([build_readings(setup)] if program and any(e.text_basic for e in program.scenario.events) else ()),
            button("choose", "Choose a game", Act("new-game"), "G", "Scenario or lesson, fate, seed, seats.", waiting),
            button("saves", "Saved games", Act("saves"), "L", "All games, with their forks.", waiting),
            button("library", "Library", Act("library"), "W", "Words, people, countries, sources.", waiting),
            button("help", "Keys and help", Act("help"), "F1"),
            button("settings", "Settings", Act("settings"), "F10", "Theme, text size, sound, window."),
            button("leave", "Leave", Act("leave"), "", "Closes the window."),
        ),
        subject=(program, setup),
    )  # fmt: skip


def _named(program: Program, language: str) -> tuple[str, str]:
    """The title and the briefing of a scenario."""
    from game.play.wording import Words  # only now: before a scenario is read nothing needs the rules

    words = Words(program, language)
    return words.plain(program.scenario.title), words.plain(program.scenario.text)


def build_menu(playing: bool, covered: bool = False) -> Element:
    """The menu as a tree; nothing of the game is offered while the curtain covers it."""
    parts = [heading("menu.title", "Menu")]
    if playing and not covered:
        parts.append(button("continue", "Continue", Act("close"), "Escape", "Back to the desk."))
    else:
        parts.append(button("continue", "Back", Act("close"), "Escape"))
    if playing and not covered:
        parts.append(
            button("decisions", "Decisions", Act("decisions"), "B", "Go back, and take another way.")
        )
        parts.append(button("years", "Over the years", Act("years"), "H", "Every value, turn by turn."))
        parts.append(button("saves", "Saved games", Act("saves"), "L", "All games, with their forks."))
        parts.append(button("library", "Library", Act("library"), "W", "Words, people, countries, sources."))
        parts.append(
            button("hand", "Teacher's hand", Act("hand"), "", "Stop the game, call an event, set a value.")
        )
    parts.append(button("settings", "Settings", Act("settings"), "", "Theme, text, sound, window."))
    parts.append(button("help", "Keys and help", Act("help"), "F1"))
    if playing:
        parts.append(
            button(
                "quit", "Quit to title", Act("title"), "", "The game is saved; continue it from the title."
            )
        )
    parts.append(button("leave", "Leave the game", Act("leave"), "", "Closes the window."))
    return group(Role.DIALOG, "menu-sheet", "Menu", *parts)


def build_help(map: KeyMap = ()) -> Element:
    """The keys as a tree."""
    return group(
        Role.DIALOG, "help-sheet", "Keys and help",
        heading("help.title", "Keys and help"),
        text(
            "help.turn",
            "A turn: read the dispatches and answer those that ask. Then divide the means between the two "
            "tracks, give orders towards countries, and end the turn. The ledger tells what moved, and why. "
            "Press any number to follow it back to a decision.",
        ),
        group(
            Role.LIST, "help.keys", "Keys",
            *(_keys(keys, does, at, map) for at, (keys, does) in enumerate(KEYS)),
        ),
        button("keys", "Key map", Act("keys"), "", "Give the work of a key to another."),
        button("help.guide", "Guide me", Act("guide", "yes"), "", "Through the next year, step by step."),
        button("close", "Close", Act("close"), "Escape", "Back."),
    )  # fmt: skip


def _keys(keys: tuple[str, ...], does: str, at: int, map: KeyMap) -> Element:
    """Some keys by what is printed on them, and what they do."""
    names = tuple(shown(each, map) for each in keys)
    return Element(Role.VALUE, ", ".join(names), f"key.{at}", value=does, subject=names)


def build_confirm(screen: ConfirmScreen) -> Element:
    """The question as a tree; the harmless answer comes first."""
    return group(
        Role.DIALOG, "confirm", screen.question,
        text("confirm.question", screen.question),
        button("no", screen.no, Act("close"), "Escape"),
        button("yes", screen.yes, screen.act, ""),
    )  # fmt: skip
