"""What came of many games?  Counts that can be added up, so that it does not matter who played which of them.

A tally is made of whole numbers only: for each game its seed, ending, last turn, last values and a checksum over all
values; and how often each event, choice and order came up, and how each value lay at each close.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from game.rules.classes import dataclass, field
from game.rules.dice import GOLDEN, MASK, mix
from game.rules.layout import at
from game.rules.program import Program
from game.rules.state import State

WORD: Final = 1 << 64


@dataclass(frozen=True, slots=True)
class Counted:
    """Which slots tell that an item came up: the last turn it did, and (if it is kept) how often."""

    last: tuple[int, ...]
    times: tuple[int, ...] = ()
    before: int = 0
    """How often it had before the game."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is looked at in the games of one program."""

    watched: tuple[str, ...]
    """Headline variables of the nation, in the order they are shown."""
    slots: tuple[int, ...]
    events: Mapping[str, Counted]
    choices: Mapping[str, Counted]
    """By event and choice: `rapallo/sign`."""
    orders: Mapping[str, Counted]
    weights: tuple[int, ...]
    """Of the checksum: a word for each slot."""


def survey(program: Program) -> Survey:
    """What is looked at: scores and what is always in sight; all numbers of the nation where nothing is."""
    index, start = program.layout.index, program.layout.start
    numbers = [each for each in program.scenario.variables if each.kind == "number" and each.id in index]
    shown = sorted((each for each in numbers if each.score or each.rank), key=lambda e: (e.rank or 999, e.id))
    watched = tuple(each.id for each in shown or numbers)

    def counted(kind: str, id_: str, countries: Iterable[str]) -> Counted:
        names = [at(f"times:{id_}", country) for country in countries]
        times = tuple(index[name] for name in names)
        last = tuple(index[at(f"{kind}:{id_}", country)] for country in countries)
        return Counted(last, times, sum(start[slot] for slot in times))

    events = {
        each.id: counted("event", each.id, [row.country for row in each.rows]) for each in program.events
    }
    return Survey(
        watched,
        tuple(index[name] for name in watched),
        events,
        {
            f"{each.id}/{choice.id}": Counted(
                tuple(index[at(f"choice:{each.id}/{choice.id}", row.country)] for row in each.rows)
            )
            for each in program.events
            for choice in each.rows[0].choices
        },
        {each.id: counted("given", each.id, each.rows) for each in program.actions.values()},
        tuple(mix((slot + 1) * GOLDEN & MASK) | 1 for slot in range(program.width)),
    )


def checksum(survey_: Survey, values: Sequence[int]) -> int:
    """A word over all values of a state: equal games have equal ones, in every back end."""
    return sum(weight * value for weight, value in zip(survey_.weights, values, strict=True)) % WORD


@dataclass(slots=True)
class Taken:
    """The games in which a choice was taken, with sums and squares of what they ended with."""

    games: int = 0
    sums: list[int] = field(default_factory=list)
    squares: list[int] = field(default_factory=list)

    def add(self, games: int, sums: Sequence[int], squares: Sequence[int]) -> None:
        """Count some more."""
        self.games += games
        self.sums = _added(self.sums, sums)
        self.squares = _added(self.squares, squares)


@dataclass(slots=True)
class Tally:
    """The counts. Games stand in the order of their seeds once `ordered`."""

    seeds: list[int] = field(default_factory=list)
    endings: list[int] = field(default_factory=list)
    """By number among the program's endings, from 1; 0 for a calendar's end without one."""
    turns: list[int] = field(default_factory=list)
    values: list[list[int]] = field(default_factory=list)
    """For each watched variable the value each game ended with."""
    checks: list[int] = field(default_factory=list)
    spread: list[list[Counter[int]]] = field(default_factory=list)
    """For each turn and watched variable how often each value was found at its close."""
    events: dict[str, list[int]] = field(default_factory=dict)
    """Games in which it happened, and how often it did in all; so for orders too."""
    orders: dict[str, list[int]] = field(default_factory=dict)
    choices: dict[str, Taken] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Count another's games too."""
        self.seeds += other.seeds
        self.endings += other.endings
        self.turns += other.turns
        self.checks += other.checks
        self.values = self.values or [[] for _ in other.values]
        for mine, theirs in zip(self.values, other.values, strict=True):
            mine += theirs
        while len(self.spread) < len(other.spread):
            self.spread.append([Counter() for _ in self.values])
        for turn, row in enumerate(other.spread):
            for mine_, theirs_ in zip(self.spread[turn], row, strict=True):
                mine_.update(theirs_)
        for own, others in ((self.events, other.events), (self.orders, other.orders)):
            for id_, counts in others.items():
                own[id_] = _added(own.get(id_, []), counts)
        for id_, taken in other.choices.items():
            self.choices.setdefault(id_, Taken()).add(taken.games, taken.sums, taken.squares)

    def ordered(self) -> Tally:
        """The same with the games in the order of their seeds."""
        order = sorted(range(len(self.seeds)), key=self.seeds.__getitem__)

        def put(row: list[int]) -> list[int]:
            return [row[number] for number in order]

        return Tally(
            put(self.seeds), put(self.endings), put(self.turns), [put(row) for row in self.values],
            put(self.checks), self.spread, self.events, self.orders, self.choices,
        )  # fmt: skip

    def digest(self) -> str:
        """SHA-256 over the games in the order of their seeds."""
        found = sha256()
        for row in sorted(zip(self.seeds, self.endings, self.turns, self.checks, *self.values, strict=True)):
            found.update((",".join(map(str, row)) + "\n").encode())
        return found.hexdigest()

    def data(self) -> dict[str, Any]:
        """As plain data, for a file."""
        return {
            "seeds": self.seeds, "endings": self.endings, "turns": self.turns, "values": self.values,
            "checks": self.checks, "events": self.events, "orders": self.orders,
            "spread": [[sorted(each.items()) for each in row] for row in self.spread],
            "choices": {id_: [each.games, each.sums, each.squares] for id_, each in self.choices.items()},
        }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Tally:
    """A tally from plain data. Raises KeyError, TypeError or ValueError for anything else."""
    return Tally(
        seeds=list(data["seeds"]),
        endings=list(data["endings"]),
        turns=list(data["turns"]),
        values=[list(row) for row in data["values"]],
        checks=list(data["checks"]),
        spread=[[Counter(dict(map(tuple, each))) for each in row] for row in data["spread"]],
        events={id_: list(counts) for id_, counts in data["events"].items()},
        orders={id_: list(counts) for id_, counts in data["orders"].items()},
        choices={id_: Taken(*row) for id_, row in data["choices"].items()},
    )


def count(program: Program, survey_: Survey, closes: Sequence[State]) -> Tally:
    """The tally of one game, from its states at each close."""
    last = closes[-1].values
    index = program.layout.index
    ends = [last[slot] for slot in survey_.slots]

    def counts(item: Counted) -> list[int]:
        came = any(last[slot] > 0 for slot in item.last)
        return [int(came), sum(last[slot] for slot in item.times) - item.before]

    return Tally(
        [closes[-1].seed],
        [last[index["ending"]]],
        [last[index["turn"]]],
        [[value] for value in ends],
        [checksum(survey_, last)],
        _spread(program, survey_, closes),
        {id_: found for id_, item in survey_.events.items() if (found := counts(item))[0]},
        {id_: found for id_, item in survey_.orders.items() if (found := counts(item))[0]},
        {
            id_: Taken(1, ends, [value * value for value in ends])
            for id_, item in survey_.choices.items()
            if any(last[slot] > 0 for slot in item.last)
        },
    )


def _spread(program: Program, survey_: Survey, closes: Sequence[State]) -> list[list[Counter[int]]]:
    turn = program.layout.index["turn"]
    missed = range(closes[0].values[turn] - 1)
    found: list[list[Counter[int]]] = [[Counter() for _ in survey_.slots] for _ in missed]
    return [*found, *([Counter({state.values[slot]: 1}) for slot in survey_.slots] for state in closes)]


def _added(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [a + b for a, b in zip(one, other, strict=True)] if one else list(other)
