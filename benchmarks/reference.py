"""What does the reference scenario look like as a scenario of ours?  52 quarters, 12 countries, 100 events and more.

A synthetic game that other engines play as well: a turn is a stance, three orders of ten kinds for twelve countries,
the drift of 48 values, and all events in order. Here it is written as YAML, with the same start values, conditions
and effects: flags are memories of events, cooldowns are `repeats`, of two options the stance decides, windows are
windows. What chance there is comes from the policy, by our own draws. `peers/` has the same game for other engines.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from game.compiler.codegen.chances import drawn
from game.compiler.codegen.engine import Engine
from game.compiler.codegen.raw import Raw
from game.rules.dice import key_number

COUNTRIES: Final = (
    "britain", "france", "germany", "poland", "italy", "usa", "japan", "china",
    "turkey", "persia", "finland", "romania",
)  # fmt: skip
VARIABLES: Final = ("relations", "trade", "tension", "influence", "trust", "strength")
NATIONAL: Final = ("treasury", "stability", "army", "prestige")
NAMES: Final = [f"{country}.{name}" for country in COUNTRIES for name in VARIABLES] + list(NATIONAL)
FIRST_YEAR, YEARS = 1921, 13
TURNS: Final = YEARS * 4
ORDERS_A_TURN: Final = 3
KINDS: Final = (
    (0, 0, 5, 0, -2), (20, 1, 8, 0, 3), (0, 2, -6, 3, -1), (30, 3, 6, 0, -3), (40, 4, 5, 3, 2),
    (0, 2, 8, 3, 3), (50, 1, 12, 0, 5), (10, 3, 4, 1, 1), (0, 0, -8, 2, 3), (60, 4, 9, 3, 4),
)  # fmt: skip
"""For each kind of order: needed relations, variable and change, national variable and change."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event: it happens if all its conditions hold, once, or again after some turns."""

    years: tuple[int, int] | None
    """Its window."""
    quarter: int | None
    """From 1."""
    bounds: tuple[tuple[int, str, int], ...]
    """Values by their place among NAMES, each with `<` or `>` and a number."""
    other: tuple[bool, int] | None
    """Whether another event must have happened, or must not have."""
    again: int
    """After how many turns it may come again; 0 for never."""
    options: tuple[tuple[tuple[int, int], ...], ...]
    """One way that it goes, or two: values and their changes. Of two the stance decides."""


def start_values() -> list[int]:
    """Where all 76 values begin."""
    dice = random.Random(1921)
    return [dice.randrange(20, 70) for _ in range(len(COUNTRIES) * len(VARIABLES))] + [50, 60, 50, 40]


def goals() -> list[int]:
    """Whither each country's relations drift."""
    dice = random.Random(1922)
    return [dice.randrange(25, 65) for _ in COUNTRIES]


def events(number: int, windows: float) -> list[Event]:
    """So many events; `windows` is the share of those that have one."""
    dice = random.Random(7)
    found = []
    for event in range(number):
        years = quarter = other = None
        if dice.random() < windows:
            year = dice.randrange(FIRST_YEAR, FIRST_YEAR + 12)
            years = (year, min(year + dice.choice((1, 2, 3)), FIRST_YEAR + YEARS - 1))
        elif dice.random() < 0.5:
            quarter = dice.randrange(4) + 1
        bounds = []
        for _ in range(1 if years else 2 if quarter else 3):
            slot = dice.randrange(len(NAMES))
            sign, bound = dice.choice((("<", dice.randrange(25, 60)), (">", dice.randrange(40, 75))))
            bounds.append((slot, sign, bound))
        if event and dice.random() < 0.5:
            other = dice.choice((True, False, False)), dice.randrange(event)
        once = dice.random() < 0.75
        options = tuple(
            tuple((dice.randrange(len(NAMES)), dice.choice((-12, -8, -5, -3, 3, 5, 8, 12))) for _ in range(3))
            for _ in range(2 if dice.random() < 0.3 else 1)
        )
        again = 0 if once else dice.choice((4, 8, 12))
        found.append(Event(years, quarter, tuple(bounds), other, again, options))
    return found


def event_id(number: int) -> str:
    """Ids in the order in which events are taken."""
    return f"event-{number:05}"


def reference(number: int = 100, windows: float = 0.7) -> str:
    """The scenario as YAML, with so many events; `windows` is the share of those that have a window."""
    starts = start_values()
    lines = [
        "format: 1",
        "id: reference",
        "title: Reference",
        f"calendar: {{from: {FIRST_YEAR}-Q1, to: {FIRST_YEAR + YEARS - 1}-Q4}}",
        "tracks:",
        "  narkomindel: {label: Narkomindel, means: 10}",
        "variables:",
        "  stance: {start: 0, min: 0, max: 3, set_by: narkomindel}",
    ]
    for name, value in zip(NATIONAL, starts[-len(NATIONAL) :], strict=True):
        lines.append(f"  {name}: {{start: {value}, max: 100}}")
    lines.append("country_variables:")
    toward = {"trade": ", toward: country.relations", "trust": ", toward: 50", "relations": ", toward: 50"}
    lines += [f"  {name}: {{start: 50{toward.get(name, '')}}}" for name in VARIABLES]
    lines.append("countries:")
    for at, (country, goal) in enumerate(zip(COUNTRIES, goals(), strict=True)):
        own = starts[at * len(VARIABLES) : (at + 1) * len(VARIABLES)]
        start = ", ".join(f"{name}: {value}" for name, value in zip(VARIABLES, own, strict=True))
        lines.append(
            f"  {country}: {{name: {country.title()}, start: {{{start}}}, toward: {{relations: {goal}}}}}"
        )
    lines += [
        "rules:",
        '  - {id: calm, each: country, when: "country.relations > 50", effects: {country.tension: -1}}',
        '  - {id: strain, each: country, when: "country.relations < 25", effects: {country.tension: +1}}',
        "orders:",
    ]
    for kind, (need, variable, change, national, more) in enumerate(KINDS):
        lines.append(
            f"  - {{id: order-{kind}, label: Order, track: narkomindel, target: country, "
            f'when: "target.relations + target.influence // 2 >= {need}", '
            f"effects: {{target.{VARIABLES[variable]}: {change:+}, {NATIONAL[national]}: {more:+}}}}}"
        )
    lines.append("events:")
    lines += [_event(number, each) for number, each in enumerate(events(number, windows))]
    lines.append("endings: [{id: done, title: Done, rank: 9}]")
    return "\n".join(lines) + "\n"


def _event(number: int, event: Event) -> str:
    changes: dict[int, list[int]] = {}
    for at, option in enumerate(event.options):
        for slot, change in option:
            changes.setdefault(slot, [0, 0])[at] += change
    effects = []
    for slot, (first, second) in sorted(changes.items()):
        if len(event.options) == 1:
            effects.append(f"{NAMES[slot]}: {first:+}")
        else:
            stances = "(2, 3)" if number & 1 else "(1, 3)"
            effects.append(f'{NAMES[slot]}: {{add: "{second} if stance in {stances} else {first}"}}')
    when = [] if event.quarter is None else [f"quarter == {event.quarter}"]
    when += [f"{NAMES[slot]} {sign} {bound}" for slot, sign, bound in event.bounds]
    if event.other is not None:
        when.append(f"{'' if event.other[0] else 'not '}happened('{event_id(event.other[1])}')")
    fields = [f"id: {event_id(number)}", f'when: "{" and ".join(when)}"']
    if event.years is not None:
        fields.append(f"window: {event.years[0]}-Q1..{event.years[1]}-Q4")
    fields += [f"repeats: {event.again}"] if event.again else []
    return f"  - {{{', '.join(fields)}, effects: {{{', '.join(effects)}}}}}"


def as_data(number: int = 100, windows: float = 0.7) -> dict[str, object]:
    """The same scenario as plain data, for other engines to read: conditions as text that Python and JavaScript share.

    In it `v` holds the values, `f` whether each event has happened; `year` and `quarter` are numbers.
    """
    found = []
    for each in events(number, windows):
        when = [] if each.years is None else [f"year >= {each.years[0]}", f"year <= {each.years[1]}"]
        when += [] if each.quarter is None else [f"quarter == {each.quarter}"]
        when += [f"v[{slot}] {sign} {bound}" for slot, sign, bound in each.bounds]
        if each.other is not None:
            when.append(f"f[{each.other[1]}] == {int(each.other[0])}")
        found.append({"when": when, "again": each.again, "options": each.options})
    return {
        "countries": COUNTRIES,
        "variables": VARIABLES,
        "national": NATIONAL,
        "start": start_values(),
        "goals": goals(),
        "kinds": KINDS,
        "first_year": FIRST_YEAR,
        "turns": TURNS,
        "events": found,
    }


KEY: Final = key_number("policy:reference:turn")
ALL: Final = len(KINDS) * len(COUNTRIES)


class Player:
    """Any stance and any three orders, those that are legal given: one draw a turn, taken apart."""

    def __init__(self, engine: Engine) -> None:
        self.orders = engine.single_orders

    def choose(self, game: Raw) -> int:
        """No event asks."""
        raise AssertionError("no event of the reference scenario asks")

    def plan(self, game: Raw) -> None:
        """Set the stance, give the orders, end the turn."""
        roll = drawn(game.b, KEY, game.t, 1 << 31)
        game.adjust(0, roll & 3)
        roll >>= 2
        given = []
        v, t = game.v, game.t
        for _ in range(ORDERS_A_TURN):
            order = self.orders[roll % ALL](v, t)
            roll //= ALL
            if order is not None and order not in given:
                given.append(order)
        game.plan(given)


__all__ = ["Player", "as_data", "reference"]
