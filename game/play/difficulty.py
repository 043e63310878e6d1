"""How can a game be made easier or harder?  By an event of the scenario, chosen before the first turn.

It is a decision like any other: it is written down, its changes stand in the ledger with their cause, and there is
nothing behind it that the player cannot read.
"""

from __future__ import annotations

from collections.abc import Iterable

from game.play.observation import Shift
from game.play.session import Session
from game.play.viewing import Viewer
from game.rules.classes import dataclass
from game.rules.engine import begin
from game.rules.program import Program
from game.rules.scenario import Event, Scenario
from game.rules.writing import Work


@dataclass(frozen=True, slots=True)
class Terms:
    """A difficulty as it is offered: what it is called, in one sentence, and what it changes."""

    id: str
    title: str
    sentence: str
    shifts: tuple[Shift, ...]


def difficulties(scenario: Scenario) -> tuple[Event, ...]:
    """What a scenario offers, in its own order; without one of them the game is as its tests know it."""
    return tuple(event for event in scenario.events if event.difficulty)


def choose(session: Session, id_: str) -> None:
    """Make a difficulty of the scenario what happens first. Raises KeyError if there is no such one."""
    if id_ not in ids(session.program.scenario):
        raise KeyError(id_)
    session.teach({}, id_)


def ids(scenario: Scenario) -> Iterable[str]:
    """The names by which they are chosen."""
    return [event.id for event in difficulties(scenario)]


def terms(program: Program, language: str = "") -> tuple[Terms, ...]:
    """What a scenario offers, in words."""
    viewer, work = Viewer(program, language), Work(program, begin(program))
    deeds = {table.id: table.rows[0].deed for table in program.events if table.rows}
    return tuple(
        Terms(
            each.id,
            viewer.words.plain(each.title) or viewer.words.title(each.id),
            viewer.words.sentence(work.say(deeds[each.id].because)),
            viewer.shifts(work, deeds[each.id]),
        )
        for each in difficulties(program.scenario)
        if each.id in deeds
    )
