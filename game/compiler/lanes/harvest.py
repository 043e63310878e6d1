"""What came of the games of a block?  Its columns, counted into a tally; equal to one counted game by game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from game.compiler.lanes.block import LANES, Block, Closed, Lanes
from game.compiler.lanes.columns import Array
from game.compiler.lanes.spans import Width
from game.compiler.tally import Counted, Survey, Taken, Tally
from game.rules.classes import dataclass, replace
from game.rules.layout import OVER
from game.rules.state import State

BY_HAND: Final = ("turn", "place", "at", "at_country", "ending")
"""What all lanes of a block have in common stands in no column of theirs."""
AT_ONCE: Final = 1_024
"""Games that are counted at a time: few enough for their copies to be small."""
MOST_EXACT: Final = 2**53
"""Up to here floating point holds every whole number."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Games of a block that ended with one turn, a lane each."""

    turn: int
    seeds: Array
    endings: Array
    checks: Array
    values: Array
    """What was watched, a row for each."""
    small: Array
    """The memory of what came up, as `Memory` lays it out."""


class Memory:
    """The columns that tell how often some items came up, those of each item side by side."""

    def __init__(self, ready: Lanes, items: Mapping[str, Counted]) -> None:
        places = ready.machine.plan.places
        self.ids = tuple(items)
        self.before = np.array([each.before for each in items.values()], np.int64)
        self.rows = [places[slot].row for each in items.values() for slot in (*each.last, *each.times)]
        """Rows of the table of 16 bits."""
        lengths = [(len(each.last), len(each.times)) for each in items.values()]
        starts = np.cumsum([0, *(last + times for last, times in lengths)], dtype=np.intp)[:-1]
        self.cuts = np.array(
            [(at, at + last) for at, (last, _) in zip(starts, lengths, strict=True)], np.intp
        )
        self.timed = all(times for _, times in lengths)

    def came(self, small: Array) -> Array:
        """In which games each item came up."""
        if self.timed:
            found: Array = np.logical_or.reduceat(small > 0, self.cuts.reshape(-1), axis=0)[::2]
        else:
            found = np.logical_or.reduceat(small > 0, self.cuts[:, 0], axis=0)
        return found

    def counts(self, small: Array) -> dict[str, list[int]]:
        """For each item that came up, in how many games, and how often in all."""
        if not self.ids:
            return {}
        games = self.came(small).sum(axis=1).tolist()
        times = np.add.reduceat(small.sum(axis=1, dtype=np.int64), self.cuts.reshape(-1))[1::2]
        times -= self.before * small.shape[1]
        return {
            id_: [came, often]
            for id_, came, often in zip(self.ids, games, times.tolist(), strict=True)
            if came
        }

    def taken(self, small: Array, ends: Array) -> dict[str, Taken]:
        """For each item that came up, in how many games, with sums and squares of what these ended with."""
        if not self.ids:
            return {}
        came = self.came(small)
        games = came.sum(axis=1).tolist()
        sums, squares = (summed(came, each) for each in (ends, ends * ends))
        return {
            id_: Taken(count, own.tolist(), squared.tolist())
            for id_, count, own, squared in zip(self.ids, games, sums, squares, strict=True)
            if count
        }


class Counting:
    """What is counted in the games of one program, ready for columns; `brief` without checksums."""

    def __init__(self, ready: Lanes, survey: Survey, brief: bool = False) -> None:
        self.ready, self.survey, self.brief = ready, survey, brief
        self.memories = [Memory(ready, each) for each in (survey.events, survey.orders, survey.choices)]
        self.rows = np.array([row for each in self.memories for row in each.rows], np.intp)
        self.cuts = np.cumsum([0, *(len(each.rows) for each in self.memories)])
        self.watched = [ready.machine.plan.places[slot] for slot in survey.slots]
        self.index = ready.program.layout.index
        self.weights = np.array(survey.weights, np.uint64)
        self.by_hand = {name: self.weights[self.index[name]] for name in BY_HAND}
        for name in BY_HAND:
            self.weights[self.index[name]] = 0

    def columns(self, block: Block, lanes: Array) -> list[Array]:
        """The watched values of some lanes."""
        return [block.tables[place.width][place.row].take(lanes) for place in self.watched]

    def checks(self, block: Block, closed: Closed) -> Array:
        """The checksum of each game that ends; what the columns do not hold is put in by hand."""
        total: Array = np.zeros(len(closed.over), np.uint64)
        if self.brief:
            return total
        known = (closed.turn, OVER, len(self.ready.events), 0, closed.endings)
        for name, value in zip(BY_HAND, known, strict=True):
            total += self.by_hand[name] * np.asarray(value, np.int64).astype(np.uint64)
        for width, slots in self.ready.machine.plan.order.items():
            if slots:
                table = block.tables[width][1:].take(closed.over, 1)
                total += self.weights[slots] @ table.astype(np.int64).view(np.uint64)
        return total


class Harvest:
    """Counts the games of one block: how things stand at each close and, in the end, what came of each."""

    def __init__(self, counting: Counting) -> None:
        self.counting = counting
        self.spread: list[list[Counter[int]]] = []
        self.ended: list[Ended] = []

    def take(self, block: Block, closed: Closed) -> None:
        """Count how things stand at a close, and keep the games that end with it."""
        counting = self.counting
        row = [counted(each) for each in counting.columns(block, closed.alive)]
        while len(self.spread) < closed.turn:
            self.spread.append([Counter() for _ in row])
        self.spread[closed.turn - 1] = row
        for first in range(0, len(closed.over), AT_ONCE):
            part = replace(
                closed,
                over=closed.over[first : first + AT_ONCE],
                endings=closed.endings[first : first + AT_ONCE],
            )
            over = part.over
            values = np.array(counting.columns(block, over), np.int64).reshape(len(row), len(over))
            small = block.tables[Width.SMALL][counting.rows[:, None], over]
            checks = counting.checks(block, part)
            self.ended.append(Ended(closed.turn, block.seeds[over], part.endings, checks, values, small))

    def tally(self) -> Tally:
        """What came of the games that have ended."""
        found = Tally(values=[[] for _ in self.counting.watched], spread=self.spread)
        for each in self.ended:
            found.seeds += each.seeds.tolist()
            found.endings += each.endings.tolist()
            found.turns += [each.turn] * len(each.seeds)
            found.checks += each.checks.tolist()
        if self.ended:
            values, small = (
                np.concatenate([getattr(each, name) for each in self.ended], axis=1)
                for name in ("values", "small")
            )
            found.values = values.tolist()
            events, orders, choices = self.counting.memories
            cuts = self.counting.cuts
            parts = [small[first:last] for first, last in pairwise(cuts.tolist())]
            found.events, found.orders = events.counts(parts[0]), orders.counts(parts[1])
            found.choices = choices.taken(parts[2], values)
        return found


def counted(values: Array) -> Counter[int]:
    """How often each of some values is there."""
    found, counts = np.unique(values, return_counts=True)
    return Counter(dict(zip(found.tolist(), counts.tolist(), strict=True)))


def summed(masks: Array, values: Array) -> Array:
    """For each mask and each row of values the sum of those that it lets through; exact."""
    most = int(np.abs(values).max(initial=0)) * max(1, values.shape[1])
    if most < MOST_EXACT:  # then floating point is exact, and much faster
        found: Array = (masks.astype(np.float64) @ values.T.astype(np.float64)).astype(np.int64)
        return found
    whole: Array = masks.astype(np.int64) @ values.T
    return whole


def play_out(
    ready: Lanes,
    survey: Survey,
    seeds: Sequence[int],
    fate: str,
    state: State | None = None,
    going_on: Callable[[], bool] = lambda: True,
) -> Tally:
    """Play a game for each seed to its end, block by block, and count; stops between closes when told to."""
    found, counting = Tally(values=[[] for _ in survey.watched]), Counting(ready, survey)
    for first in range(0, len(seeds), LANES):
        harvest = Harvest(counting)
        block = ready.block(seeds[first : first + LANES], fate, state)
        for closed in block.play():
            harvest.take(block, closed)
            if not going_on():
                return found
        found.add(harvest.tally())
    return found
