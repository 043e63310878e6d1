"""How can a game be made easier or harder?  By an event of the scenario, chosen before the first turn.

It is a decision like any other: it is written down, its changes stand in the ledger with their cause, and there is
nothing behind it that the player cannot read.
"""

from __future__ import annotations

from collections.abc import Iterable

from game.play.session import Session
from game.rules.scenario import Event, Scenario


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
