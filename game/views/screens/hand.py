"""How does a teacher lay a hand on the running game?  Sheets behind the menu: stop, call an event, set a value.

Whatever is done is a decision of the game: it is written down, told in the debrief, and played again with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from game.play import teaching
from game.play.journal import LONGEST_REASON
from game.play.teaching import MOST_FOUND, Called, Settable
from game.rules.classes import dataclass, replace
from game.views.screens.title import MenuScreen
from game.views.screens.tree import BACK, LETTERS, Act, Element, Role, button, group, heading, text

if TYPE_CHECKING:
    from game.play.session import Session
    from game.views.screens.table import Table

OVER: Final = "The game is over; nothing can be changed in it any more."
EVENT, VALUE, COUNTRY = "event", "value", "country"


@dataclass(frozen=True, slots=True)
class HandScreen:
    """What a teacher can do."""


@dataclass(frozen=True, slots=True)
class PauseScreen:
    """A note being written for a pause; `stopped` once the game stands still."""

    typed: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class FindScreen:
    """An event, a value, or a country for an event being looked for by parts of its name."""

    kind: str
    typed: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class ValueScreen:
    """A value being set."""

    slot: str
    typed: str = ""


BELOW: Final = (MenuScreen, HandScreen, FindScreen, ValueScreen)
"""What is put away once something was done."""


class Hand:
    """The teacher's hand on the game of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.verbs: dict[str, Callable[[Act], str | None]] = {
            "hand": lambda act: self._lay(HandScreen()),
            "hand-pause": self._pause,
            "hand-find": lambda act: self._lay(FindScreen(act.what)),
            "hand-event": self._event,
            "hand-country": self._country,
            "hand-value": lambda act: self._lay(ValueScreen(act.what)),
            "hand-set": self._set,
        }

    def dialog(self, dialog: object) -> Element | None:
        """A sheet as a tree; None for another dialog."""
        session = self.table.session
        match dialog:
            case HandScreen():
                return _build()
            case PauseScreen():
                return _build_pause(dialog)
            case FindScreen():
                return _build_find(session, dialog)
            case ValueScreen():
                return _build_value(session, dialog)
            case _:
                return None

    def closes(self, dialog: object) -> bool:
        """Whether a dialog is a pause: then the game goes on, and the sheets below are put away."""
        if not isinstance(dialog, PauseScreen) or not dialog.stopped:
            return False
        self.table.dialogs.pop()
        self._after(True)
        return True

    def letters(self, act: Act) -> None:
        """Something is typed into the field of a sheet."""
        top = self.table.dialogs[-1] if self.table.dialogs else None
        if isinstance(top, PauseScreen | FindScreen | ValueScreen):
            typed = top.typed[:-1] if act.what == BACK else top.typed + act.what
            kept = "".join(each for each in typed if each.isprintable())[:LONGEST_REASON]
            self.table.dialogs[-1] = replace(top, typed=kept)

    def _lay(self, dialog: object) -> str | None:
        if self.table.over:
            return OVER
        self.table.lay(dialog)
        return None

    def _pause(self, act: Act) -> str | None:
        """First the note, then the pause itself."""
        top = self.table.dialogs[-1] if self.table.dialogs else None
        if not isinstance(top, PauseScreen):
            return self._lay(PauseScreen())
        fault = teaching.pause(self.table.session, top.typed)
        if not fault:
            self.table.dialogs[-1] = replace(top, stopped=True)
        return fault

    def _event(self, act: Act) -> str | None:
        found = next((each for each in teaching.events(self.table.session) if each.id == act.what), None)
        if found is not None and found.countries:
            return self._lay(FindScreen(COUNTRY, "", found.id))
        return self._call(act.what, "")

    def _country(self, act: Act) -> str | None:
        top = self.table.dialogs[-1] if self.table.dialogs else None
        return self._call(top.event, act.what) if isinstance(top, FindScreen) else None

    def _call(self, event: str, country: str) -> str:
        told, done = teaching.call(self.table.session, event, country)
        self._after(done)
        return told

    def _set(self, act: Act) -> str | None:
        top = self.table.dialogs[-1] if self.table.dialogs else None
        if not isinstance(top, ValueScreen):
            return None
        told, done = teaching.set_value(self.table.session, top.slot, act.what or top.typed)
        self._after(done)
        return told

    def _after(self, done: bool) -> None:
        """What was wanted is done: back to the game, which is looked at anew."""
        if done:
            while self.table.dialogs and isinstance(self.table.dialogs[-1], BELOW):
                self.table.dialogs.pop()
            self.table.moved()


def _build() -> Element:
    deeds = (
        ("Stop the game", "hand-pause", "", "With a word on what is to be talked about."),
        (
            "Call an event",
            "hand-find",
            EVENT,
            "For this turn, if its day is still to come, else for the next.",
        ),
        ("Set a value", "hand-find", VALUE, "Of the nation or of a country, at once."),
    )
    return group(
        Role.DIALOG, "hand-sheet", "The teacher's hand",
        heading("hand.title", "The teacher's hand"),
        text("hand.about", "What it does is a decision like any other: written down, played again with the game, and "
             "told in the debrief."),
        Element(
            Role.LIST, "What it can do", "hand.deeds",
            children=tuple(
                Element(Role.ITEM, name, f"hand.{at}", description=told, key=str(at), press=Act(verb, what))
                for at, (name, verb, what, told) in enumerate(deeds, start=1)
            ),
        ),
        button("close", "Leave it", Act("close"), "Escape"),
    )  # fmt: skip


def _build_pause(screen: PauseScreen) -> Element:
    if screen.stopped:
        return group(
            Role.DIALOG, "paused-sheet", "The game is stopped",
            heading("paused.title", "The game is stopped"),
            text("paused.note", screen.typed or "The teacher has stopped the game."),
            button("close", "Go on", Act("close"), "Escape"),
        )  # fmt: skip
    return group(
        Role.DIALOG, "pause-sheet", "Stop the game",
        heading("pause.title", "Stop the game"),
        text("pause.about", "What is to be talked about? It stands on the screen until the game goes on, and in the "
             "debrief. It may be left out."),
        Element(Role.FIELD, "Note", "pause.note", value=screen.typed, types=LETTERS, subject=screen),
        button("pause.stop", "Stop", Act("hand-pause"), "Return"),
        button("close", "Leave it", Act("close"), "Escape"),
    )  # fmt: skip


def _build_find(session: Session, screen: FindScreen) -> Element:
    """A field to type into, and the first of what is found."""
    rows: list[tuple[str, str, Act]]
    match screen.kind:
        case "event":
            title, found = "Call an event", teaching.events(session, screen.typed)
            rows = [(each.title, _when(each), Act("hand-event", each.id)) for each in found]
        case "country":
            title = "To which country?"
            (event,) = (each for each in teaching.events(session) if each.id == screen.event)
            rows = [
                (name, event.title, Act("hand-country", id_))
                for id_, name in event.countries
                if screen.typed.casefold() in name.casefold()
            ]
        case _:
            title, listed = "Set a value", teaching.values(session, screen.typed)
            rows = [(each.label, _stands(each), Act("hand-value", each.slot)) for each in listed]
    more = len(rows) - MOST_FOUND
    note = (
        f"and {more} more: type a part of the name" if more > 0 else "" if rows else "Nothing is called so."
    )
    return group(
        Role.DIALOG, "find-sheet", title,
        heading("find.title", title),
        Element(Role.FIELD, "Part of its name", "find.typed", value=screen.typed, types=LETTERS, subject=screen),
        Element(
            Role.LIST, title, "find.found", description=note,
            children=tuple(
                Element(Role.ITEM, name, f"found.{at}", description=told, press=act)
                for at, (name, told, act) in enumerate(rows[:MOST_FOUND])
            ),
        ),
        button("close", "Leave it", Act("close"), "Escape"),
    )  # fmt: skip


def _when(each: Called) -> str:
    been = f"; happened in {each.happened}" if each.happened else ""
    return f"{each.date or 'no date in history'}{been}"


def _stands(each: Settable) -> str:
    can = ", ".join(each.words) if each.words else f"{each.low} to {each.high}"
    return f"now {each.shown}; may be {can}"


def _build_value(session: Session, screen: ValueScreen) -> Element:
    found = next((each for each in teaching.values(session) if each.slot == screen.slot), None)
    if found is None:
        return group(
            Role.DIALOG, "value-sheet", "Set a value", text("value.about", "This value cannot be set."),
            button("close", "Leave it", Act("close"), "Escape"),
        )  # fmt: skip
    parts: list[Element] = [
        heading("value.title", found.label),
        text("value.about", f"{found.label} is {found.shown}." + (
            "" if found.words else f" It may be a whole number from {found.low} to {found.high}.")),
    ]  # fmt: skip
    if found.words:
        parts.append(
            Element(
                Role.LIST, "What it may be", "value.words",
                children=tuple(
                    Element(Role.ITEM, word, f"word.{at}", description="as it is now" if at == found.value else "",
                            key=str(at) if at < 10 else "", press=Act("hand-set", word))
                    for at, word in enumerate(found.words)
                ),
            )
        )  # fmt: skip
    else:
        typed = teaching.typed(session, found, screen.typed)
        wrong = "" if typed is not None else f"Type a whole number from {found.low} to {found.high}."
        parts += [
            Element(
                Role.FIELD, "New value", "value.typed", value=screen.typed, types=LETTERS, subject=screen
            ),
            button("value.set", "Set it", Act("hand-set"), "Return", "", wrong),
        ]
    parts.append(button("close", "Leave it", Act("close"), "Escape"))
    return group(Role.DIALOG, "value-sheet", f"Set: {found.label}", *parts)
