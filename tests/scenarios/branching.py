"""How would that quarter have gone otherwise?  Main-scenario games that leave history's own record where a test says.

A game is history up to the eve of a quarter; then a teacher's hand may set values or call an event, the quarter's
events are answered as history answered them unless the test says otherwise, and orders are given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from game.compiler.load import Loaded, load
from game.play.observation import OrderView
from game.play.policy import Historical
from game.play.running import Runner
from game.play.script import read_script
from game.play.session import Session
from game.rules.building import interpret
from game.rules.calendar import parse_step
from game.rules.events import DROPPED, asking
from game.rules.layout import NEVER
from game.rules.ledger import Entry, Kind
from game.rules.program import Program
from game.rules.state import OPEN, Order, State

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "breathing-space"
Sets = Mapping[str, int | str]
"""Values by name; words as the files write them."""


@cache
def loaded() -> Loaded:
    """The scenario, read once."""
    return load(str(FOLDER))


@cache
def program() -> Program:
    """The scenario, ready to run."""
    return interpret(loaded().scenario)


@cache
def record() -> Session:
    """History's own choices, played once."""
    return Runner(program(), read_script(FOLDER / "playthroughs" / "historical.yaml")).run().session


def turn_of(step: str) -> int:
    """The number of a quarter."""
    return program().layout.turn_of(parse_step(step, program().scenario.calendar.step))


def eve(step: str, sets: Sets | None = None, event: str = "", country: str = "") -> Session:
    """The game before a quarter opens: history so far, what the teacher sets, and the event the teacher calls."""
    before = turn_of(step) - 1
    session = Session(program())
    session.closes = record().closes[: before + 1]
    session.state = _without_orders(session.closes[-1])
    if sets or event:
        teach(session, sets or {}, event, country)
    return session


def _without_orders(state: State) -> State:
    """The same moment, as if none of the record's orders had been given: nothing has to wait for them."""
    values = list(state.values)
    for action in program().actions.values():
        for row in action.rows.values():
            values[row.given], values[row.times] = NEVER, 0
    return replace(state, values=tuple(values))


def draws(step: str, sets: Sets, games: int = 24) -> list[Session]:
    """The same quarter in open fate, under as many seeds: what dice decide, and how often."""
    found = []
    for seed in range(games):
        session = eve(step)
        session.state = replace(session.state, seed=seed, fate=OPEN)
        teach(session, sets)
        found.append(open_quarter(session))
    return found


def teach(session: Session, sets: Sets, event: str = "", country: str = "") -> None:
    """A teacher's hand, with words for word variables."""
    session.teach({slot: _number(session, slot, value) for slot, value in sets.items()}, event, country)


def _number(session: Session, slot: str, value: int | str) -> int:
    if isinstance(value, int):
        return int(value)
    variable = session.viewer.words.variable(slot)
    assert variable is not None and value in variable.words, f"{slot} is never '{value}'"
    return variable.words.index(value)


def open_quarter(session: Session, answers: Mapping[str, str] | None = None) -> Session:
    """Open the next quarter and answer its questions; history's answer where nothing else is said."""
    wanted = dict(answers or {})
    session.open()
    while session.place == "question":
        found = asking(session.program, session.state)
        assert found is not None
        session.answer(wanted.pop(found[0].id, "") or Historical().choose(session))
    assert not wanted, f"nobody asked {sorted(wanted)}"
    return session


def order(session: Session, *orders: str) -> Session:
    """Give orders, written `fund-party germany` or `train-cadres`; each must be accepted."""
    for each in orders:
        action, _, target = each.partition(" ")
        refusal = session.draft_order(Order(action, target))
        assert refusal == "", f"{each}: {refusal}"
    return session


def at(
    step: str,
    sets: Sets | None = None,
    answers: Mapping[str, str] | None = None,
    event: str = "",
    country: str = "",
) -> Session:
    """The game in a quarter when its events are over and orders may be given."""
    return open_quarter(eve(step, sets, event, country), answers)


def close(session: Session, *orders: str, quarters: int = 1) -> Session:
    """Give orders and end the quarter; further quarters pass with history's answers and without orders."""
    order(session, *orders).close()
    for _ in range(quarters - 1):
        open_quarter(session).close()
    return session


def entries(session: Session, slot: str, by: str) -> list[Entry]:
    """The entries of a slot that a cause made: `rule:apparatus-acts`, `choice:curzon-1923/refuse`, `order:pact`."""
    wanted = _parts(by)
    return [
        entry
        for entry in session.entries
        if entry.slot == slot and _parts(str(entry.cause))[: len(wanted)] == wanted
    ]


def _parts(cause: str) -> list[str]:
    return re.split("[/=@]+", cause)


def moved(session: Session, slot: str, by: str) -> int:
    """By how much a cause moved a slot since the game left the record."""
    return sum(entry.delta for entry in entries(session, slot, by))


def said(session: Session, slot: str, by: str) -> str:
    """The sentence with which the ledger explains what a cause did to a slot."""
    found = entries(session, slot, by)
    assert found, f"{by} did not move {slot}"
    return session.viewer.words.sentence(found[0].because, "everybody")


def happened(session: Session, event: str) -> bool:
    """Whether an event happened since the game left the record."""
    return any(
        entry.cause.kind == Kind.EVENT and entry.cause.id == event and not entry.note.startswith(DROPPED)
        for entry in session.entries
    )


def offer(session: Session, action: str, target: str = "") -> OrderView:
    """An order as it is offered now: its cost, its chances, why not."""
    track = program().actions[action].track
    found = [each for each in session.offers(track, target or None) if each.order == Order(action, target)]
    assert len(found) == 1, f"{action} {target} is not offered"
    return found[0]


def chance(session: Session, result: str, action: str, target: str = "") -> int:
    """The percent that an order's card shows for a result, named by its label."""
    found = [each for each in offer(session, action, target).likely if each.label == result]
    assert len(found) == 1, f"{action} has no result '{result}'"
    return found[0].percent


def word(session: Session, slot: str) -> str:
    """The present value of a word variable, as the files write it."""
    variable = session.viewer.words.variable(slot)
    assert variable is not None
    return variable.words[session.value(slot)]


def derived(step: str, slot: str, sets: Sets) -> int:
    """A value that the rules reckon with, in a quarter of history with other values put under it."""
    session = at(step)
    teach(session, sets)
    return session.value(slot)
