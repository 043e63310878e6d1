"""What may a teacher's hand do to a running game?  Pause it, call an event, set a value: each a decision, written down.

What it did is played again with the game, told in the debrief, and never hidden. Here names that people type are found,
and what cannot be done is said in a sentence.
"""

from __future__ import annotations

import re
from typing import Final

from game.compiler.problems import nearest
from game.play.difficulty import ids
from game.play.journal import sentence
from game.play.secrecy import BOTH, EVERYBODY
from game.play.session import Session
from game.rules.classes import dataclass
from game.rules.layout import NEVER
from game.rules.scenario import Event, Variable
from game.rules.state import IllegalOrder

MOST_FOUND: Final = 7
_NUMBER: Final = re.compile(r"[-+\u2212]?[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Called:
    """An event that can be called: its name, when it happened in history, and when it did in this game."""

    id: str
    title: str
    date: str
    happened: str
    countries: tuple[tuple[str, str], ...]
    """The countries it may happen to, by id and name; none where it is of the nation."""


@dataclass(frozen=True, slots=True)
class Settable:
    """A value that can be set: how it is called, how it stands, and what it may be."""

    slot: str
    label: str
    value: int
    shown: str
    low: int
    high: int
    words: tuple[str, ...]
    """How each word is shown, or no and yes of a flag; nothing for a number."""


def _eyes(session: Session) -> str:
    """For whom things are listed: a teacher sees all, but at a desk of two only what whoever sits there may know."""
    return EVERYBODY if session.holder == BOTH else session.eyes()


def events(session: Session, words: str = "") -> list[Called]:
    """The events that can be called whose id, title or date has all of these words in it."""
    program, said = session.program, session.viewer.words
    secrecy, eyes = session.viewer.secrecy, _eyes(session)
    easier = set(ids(program.scenario))
    tables = {each.id: each for each in program.events}
    found = []
    for event in program.scenario.events:
        if event.id in easier or not _has(words, event.id, said.title(event.id), event.historically):
            continue
        if not secrecy.knows_item(event.id, eyes):
            continue
        rows = tables[event.id].rows
        turns = [session.state.values[row.happened] for row in rows]
        happened = max((turn for turn in turns if turn > NEVER), default=0)
        countries = tuple((row.country, said.country(row.country)) for row in rows if row.country)
        when = (
            said.turn(happened)
            if happened > 0
            else "before the game"
            if happened > NEVER and happened
            else ""
        )
        found.append((_order(event), Called(
            event.id, said.title(event.id), event.historically.rstrip("?"), when, countries
        )))  # fmt: skip
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _order(event: Event) -> tuple[bool, str, str]:
    return (not event.historically, event.historically, event.id)


def values(session: Session, words: str = "") -> list[Settable]:
    """The values that can be set whose name or label has all of these words in it; the nation's come first."""
    program, said = session.program, session.viewer.words
    secrecy, eyes = session.viewer.secrecy, _eyes(session)
    found = []
    for at, slot in enumerate(program.layout.names[: program.layout.stored]):
        variable = said.variable(slot)
        if at not in program.movable or variable is None or not _has(words, slot, said.label(slot)):
            continue
        if not secrecy.knows_slot(slot, eyes):
            continue
        value = session.state.values[at]
        order = ("." in slot, not variable.score, variable.rank or 100, slot)
        found.append((order, Settable(
            slot, said.label(slot), value, said.value(variable, value), variable.low, variable.high,
            _words(session, variable),
        )))  # fmt: skip
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _words(session: Session, variable: Variable) -> tuple[str, ...]:
    if variable.kind == "number":
        return ()
    return tuple(session.viewer.words.value(variable, number) for number in range(variable.high + 1))


def _has(words: str, *texts: str) -> bool:
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split())


def pause(session: Session, note: str = "") -> str:
    """Write down that the game was stopped, with what is to be talked about; why not, or an empty text."""
    return _done(session, {}, note=note)


def call(session: Session, event: str, country: str = "", note: str = "") -> tuple[str, bool]:
    """Call an event for this turn if its day is still to come, else for the next; why not, or when it will happen."""
    known = {each.id: each for each in events(session)}
    if event not in known:
        hint = nearest(event, list(known))
        return f"There is no event '{event}'" + (f"; did you mean {hint}?" if hint else "."), False
    chosen = known[event]
    if chosen.countries and country not in dict(chosen.countries):
        named = ", ".join(name for _, name in chosen.countries)
        return f"“{chosen.title}” happens to a country: {named}.", False
    words = session.viewer.words
    now = session.turn + (session.place == "opening")
    later = session.place == "orders"
    fault = "" if later else _done(session, {}, event, country, 0, note)
    if later or fault:
        fault = _done(session, {}, event, country, 1, note)
        now += 1
    if fault:
        return fault, False
    return f"“{chosen.title}” is called for {words.turn(now)}; it happens if its text then makes sense.", True


def set_value(session: Session, slot: str, said: str, note: str = "") -> tuple[str, bool]:
    """Set a value, as it is typed; why not, or what it is now."""
    known = {each.slot: each for each in values(session)}
    if slot not in known:
        hint = nearest(slot, list(known))
        return f"There is no value '{slot}' that can be set" + (
            f"; did you mean {hint}?" if hint else "."
        ), False
    value = known[slot]
    number = typed(session, value, said)
    if number is None:
        can = ", ".join(value.words) if value.words else f"a whole number from {value.low} to {value.high}"
        return f"{value.label} is {can}, not '{said}'.", False
    fault = _done(session, {slot: number}, note=note)
    if fault:
        return fault, False
    (after,) = (each for each in values(session, slot) if each.slot == slot)
    return f"{value.label} is {after.shown} now.", True


def typed(session: Session, value: Settable, said: str) -> int | None:
    """What was typed as a value: a number within its bounds, a word by its label or its name, yes or no."""
    said = said.strip()
    variable = session.viewer.words.variable(value.slot)
    if value.words:
        names = [each.casefold() for each in value.words]
        if said.casefold() in names:
            return names.index(said.casefold())
        known = variable.words if variable is not None and variable.kind == "word" else ("false", "true")
        return known.index(said) if said in known else None
    if not _NUMBER.fullmatch(said):
        return None
    number = int(said.replace("\u2212", "-"))
    return number if value.low <= number <= value.high else None


def _done(
    session: Session, sets: dict[str, int], event: str = "", country: str = "", after: int = 0, note: str = ""
) -> str:
    try:
        session.teach(sets, event, country, after, sentence(note))
    except IllegalOrder as refused:
        return str(refused.refusal)
    return ""
