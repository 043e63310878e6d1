"""Where does each value of a state stand?  One flat row of whole numbers, the same for every back end."""

from __future__ import annotations

from typing import Final

from game.rules.calendar import parse_step
from game.rules.classes import dataclass
from game.rules.scenario import Scenario

NEVER: Final = -30_000
"""The last turn of what has not happened; real turns before the game's first are 0 and below, but above it."""

OPENING, QUESTION, ORDERS, OVER = range(4)
"""What a state waits for, in the slot `place`."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The names of all slots in order, with start values and bounds; `stored` slots have ledger entries."""

    names: tuple[str, ...]
    start: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    stored: int
    """How many of them, from the first on, are variables; the rest is memory."""
    index: dict[str, int]
    countries: tuple[str, ...]
    first_step: int
    turns: int

    def turn_of(self, step: int) -> int:
        """The number of a calendar step's turn; the game's first is 1."""
        return step - self.first_step + 1


def at(name: str, country: str = "") -> str:
    """The name of a memory slot, bound to a country or not."""
    return f"{name}@{country}" if country else name


def lay_out(scenario: Scenario) -> Layout:
    """Variables first (nation, then country by country), memory after them; everything by id."""
    countries = tuple(sorted(country.id for country in scenario.countries))
    length = scenario.calendar.step
    first = parse_step(scenario.calendar.start, length)
    turns = parse_step(scenario.calendar.end, length) - first + 1
    rows: list[tuple[str, int, int, int]] = []
    for variable in sorted(scenario.variables, key=lambda each: each.id):
        if variable.derived is None:
            rows.append((variable.id, variable.start, variable.low, variable.high))
    for country in sorted(scenario.countries, key=lambda each: each.id):
        start = dict(country.start)
        rows.append((f"{country.id}.exists", start.get("exists", 1), 0, 1))
        for variable in sorted(scenario.country_variables, key=lambda each: each.id):
            if variable.derived is None and variable.id != "exists":
                value = start.get(variable.id, variable.start)
                rows.append((f"{country.id}.{variable.id}", value, variable.low, variable.high))
    stored = len(rows)
    rows += _memory(scenario, first)
    names = tuple(row[0] for row in rows)
    return Layout(
        names=names,
        start=tuple(row[1] for row in rows),
        low=tuple(row[2] for row in rows),
        high=tuple(row[3] for row in rows),
        stored=stored,
        index={name: number for number, name in enumerate(names)},
        countries=countries,
        first_step=first,
        turns=turns,
    )


def _memory(scenario: Scenario, first: int) -> list[tuple[str, int, int, int]]:
    past = {each.id: each for each in scenario.past}
    revealed = revealed_items(scenario)
    rows: list[tuple[str, int, int, int]] = []

    def add(name: str, start: int = 0, low: int = NEVER, high: int = 30_000) -> None:
        rows.append((name, start, low, high))

    for name in ("turn", "place", "at", "at_country", "ending"):
        add(name)
    for track in scenario.tracks:
        for name in ("asked", "purse", "unspent"):
            add(f"{name}:{track.id}")
    for group in directive_groups(scenario):
        for name in ("directive", "since", "noted"):
            add(f"{name}:{group}", high=1_000_000_000_000)

    def past_turn(id_: str) -> int:
        """The turn of what had happened before the game, which is 0 or below."""
        if id_ not in past:
            return NEVER
        return max(NEVER + 1, parse_step(past[id_].on, scenario.calendar.step) - first + 1)

    for event in sorted(scenario.events, key=lambda each: each.id):
        foregone = past.get(event.id)
        happened = past_turn(event.id)
        for country in event.each or ("",):
            add(at(f"event:{event.id}", country), happened)
            add(at(f"times:{event.id}", country), int(foregone is not None))
            add(at(f"due:{event.id}", country), NEVER)
            if event.id in revealed:
                add(at(f"revealed:{event.id}", country))
            for choice in sorted(event.choices, key=lambda each: each.id):
                taken = foregone is not None and foregone.choice == choice.id
                add(at(f"choice:{event.id}/{choice.id}", country), happened if taken else NEVER)
    for rule in sorted(scenario.rules, key=lambda each: each.id):
        if rule.id in revealed:
            for country in rule.each or ("",):
                add(at(f"revealed:{rule.id}", country))
    for action in sorted(scenario.orders, key=lambda each: each.id):
        for country in action.target or ("",):
            add(at(f"given:{action.id}", country), NEVER)
            add(at(f"times:{action.id}", country))
            add(at(f"running:{action.id}", country), NEVER)
            if action.id in revealed:
                add(at(f"revealed:{action.id}", country))
    for milestone in sorted(scenario.milestones, key=lambda each: each.id):
        add(f"milestone:{milestone.id}", past_turn(milestone.id))
    return rows


def revealed_items(scenario: Scenario) -> frozenset[str]:
    """The items whose hidden causes some block may reveal."""
    return frozenset(id for block in scenario.blocks() for id in block.reveals)


def directive_groups(scenario: Scenario) -> tuple[str, ...]:
    """The tracks that directives are set for; empty string for directives without one."""
    return tuple(sorted({directive.track for directive in scenario.directives}))
