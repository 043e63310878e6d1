"""Small games for tests: a few lines of YAML, what is missing filled in, and a turn played in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from game.compiler.load import load
from game.play.session import Session
from game.rules.building import interpret
from game.rules.ledger import Entry
from game.rules.program import Program
from game.rules.scenario import Scenario
from game.rules.state import Order, Plan, Step

DEFAULTS = {
    "format": "format: 1",
    "id": "id: small",
    "title": "title: Small",
    "calendar": "calendar: {from: 1921-Q1, to: 1922-Q4}",
    "tracks": """tracks:
  narkomindel: {label: Narkomindel, means: 10}
  comintern: {label: Comintern, means: 10, known_to: comintern}""",
    "endings": "endings: [{id: done, title: Done, rank: 9}]",
}


def scenario(text: str) -> Scenario:
    """A scenario from its lines; sections that every scenario needs are added where they are left out."""
    missing = [
        line for name, line in DEFAULTS.items() if not re.search(rf"^{name}:", text, flags=re.MULTILINE)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.yaml"
        path.write_text("\n".join([*missing, text.strip("\n")]) + "\n", encoding="utf-8")
        return load(str(path)).scenario


def program(text: str) -> Program:
    """The same, ready to run."""
    return interpret(scenario(text))


def game(text: str, seed: int = 0, fate: str = "open") -> Session:
    """A game of it before its first turn."""
    return Session(program(text), seed, fate)


def order(text: str) -> Order:
    """`talks britain` or `appeal`."""
    action, _, target = text.partition(" ")
    return Order(action, target)


def plan(
    session: Session, *orders: str, by: str = "", settings: Mapping[str, Mapping[str, int]] | None = None
) -> Plan:
    """A plan of orders, each given by the role of its track (or by `by`)."""
    given: dict[str, tuple[Order, ...]] = {}
    for each in map(order, orders):
        role = by or session.program.actions[each.action].track
        given[role] = (*given.get(role, ()), each)
    return Plan(settings or {}, given)


def close(session: Session, *orders: str, settings: Mapping[str, Mapping[str, int]] | None = None) -> Step:
    """End the turn with these orders and settings."""
    return session.move(plan(session, *orders, settings=settings))


def turn(session: Session, *orders: str, settings: Mapping[str, Mapping[str, int]] | None = None) -> Step:
    """A whole turn: open it, take the first choice of every question, end it."""
    session.open()
    while session.place == "question":
        seen = session.observe().question
        assert seen is not None
        session.answer(next(each.id for each in seen.options if not each.refusal))
    return close(session, *orders, settings=settings)


def moved(session: Session, slot: str, turn_: int | None = None) -> list[tuple[int, str]]:
    """What moved a slot: deltas with their causes, in order."""
    return [
        (entry.delta, str(entry.cause))
        for entry in session.entries
        if entry.slot == slot and turn_ in (None, entry.turn)
    ]


def entry(session: Session, cause: str, slot: str = "") -> Entry:
    """The first entry of a cause such as `choice:genoa/sign`."""
    return next(
        each for each in session.entries if str(each.cause) == cause and (not slot or each.slot == slot)
    )


def happened(session: Session) -> list[tuple[int, str]]:
    """Which events happened in which turn, with their countries, in order."""
    found = []
    for each in session.entries:
        name = each.cause.id + (f"@{each.cause.country}" if each.cause.country else "")
        key = (each.turn, name)
        if each.cause.kind == "event" and key not in found and not each.note.startswith("dropped"):
            found.append(key)
    return found
