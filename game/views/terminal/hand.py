"""How does a teacher lay a hand on a game that is played by lines?  `teacher`, and what is to be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.play.session import Session
from game.play.teaching import MOST_FOUND, call, events, pause, set_value, values

TOLD: Final = """\
The teacher's hand. What it does is written down as a decision and told in the debrief.
  teacher pause [NOTE]            stop, with what is to be talked about
  teacher event ID [COUNTRY]      call an event, for this turn or the next
  teacher set NAME VALUE          set a value
  teacher find WORDS              events and values with these words in their names"""

Say = Callable[..., None]
Ask = Callable[[str], str]


def lay_on(session: Session, rest: str, say: Say, ask: Ask) -> bool:
    """Do what was typed behind `teacher`; whether something of the game has changed. `ask` may raise what ends it."""
    word, _, what = rest.strip().partition(" ")
    what = what.strip()
    match word:
        case "pause":
            return _pause(session, what, say, ask)
        case "event" if what:
            id_, _, country = what.partition(" ")
            names = {name.casefold(): id for each in events(session) for id, name in each.countries}
            told, done = call(session, id_, names.get(country.strip().casefold(), country.strip()))
            say(told)
            return done
        case "set" if " " in what:
            slot, _, value = what.partition(" ")
            told, done = set_value(session, slot, value)
            say(told)
            return done
        case "find" if what:
            _find(session, what, say)
        case _:
            for line in TOLD.split("\n"):
                say(line)
    return False


def _pause(session: Session, note: str, say: Say, ask: Ask) -> bool:
    fault = pause(session, note)
    if fault:
        say(fault)
        return False
    say()
    say("-- The teacher has stopped the game. --")
    if note:
        say(note)
    while ask("Type go on, and press Enter> ").casefold() not in ("go on", "go"):
        pass
    return True


def _find(session: Session, words: str, say: Say) -> None:
    called, settable = events(session, words), values(session, words)
    for event in called[:MOST_FOUND]:
        where = f"; to {', '.join(name for _, name in event.countries)}" if event.countries else ""
        been = f"; happened in {event.happened}" if event.happened else ""
        say(f"event {event.id}: {event.title} ({event.date or 'no date'}{been}{where})")
    for value in settable[:MOST_FOUND]:
        can = ", ".join(value.words) if value.words else f"{value.low} to {value.high}"
        say(f"value {value.slot}: {value.label} is {value.shown} ({can})")
    more = len(called) + len(settable) - len(called[:MOST_FOUND]) - len(settable[:MOST_FOUND])
    if more:
        say(f"… and {more} more.")
    if not called and not settable:
        say("Nothing has these words in its name.")
