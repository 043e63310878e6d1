"""How does a policy that looks ahead decide in many games at once?  Every option of every game becomes some futures.

The futures of a block are blocks of their own, on columns of their own; see `game.play.looking` for one game.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from game.compiler.conducts import Foresight
from game.compiler.lanes.block import Block, Lanes, Start
from game.compiler.lanes.chance import Words, mixed
from game.compiler.lanes.columns import Array
from game.compiler.lanes.conducting import ConductRows, Wanted
from game.compiler.lanes.drafting import Drafted
from game.compiler.lanes.happenings import Question
from game.compiler.lanes.machine import Formulas
from game.rules.classes import replace
from game.rules.conduct import FUTURES, Conduct, draft_id
from game.rules.dice import GOLDEN
from game.rules.layout import ORDERS, QUESTION
from game.rules.program import Program

MOST_LANES: Final = 4_096
"""Futures that are looked into at a time."""


def future_seeds(seeds: Array, count: int) -> Array:
    """The seeds of so many futures of each game, game by game."""
    base: Words = mixed(seeds.astype(np.uint64) ^ np.uint64(FUTURES))
    steps = np.arange(count, dtype=np.uint64) * np.uint64(GOLDEN)
    found: Array = (mixed((base[:, None] + steps).reshape(-1)) >> np.uint64(2)).astype(np.int64)
    return found


class Looking:
    """A policy of weights that looks ahead, ready for columns."""

    def __init__(self, program: Program, conduct: Conduct, foresight: Foresight) -> None:
        self.program, self.conduct, self.foresight = program, conduct, foresight
        self.outer = Lanes(program, conduct, foresight.named)
        self.inner = Lanes(program, foresight.under, foresight.named)
        self.own = ConductRows(self.inner.machine, conduct, self.inner.planner.offered)
        self.goal = Formulas(self.inner.machine, [foresight.goal.core], flag=False)
        self.weights = self.outer.conduct
        self.outer.decider = self
        self.drafted: Array = np.zeros(0, np.intp)
        """Which draft is the best in each lane, this turn."""

    # Answers

    def choose(self, block: Block, question: Question, rows: Any, lanes: Array, open_: list[Any]) -> Array:
        """The open choice whose futures come nearest to the goal; of equals the first by id."""
        masks = np.array([np.broadcast_to(each, lanes.shape) for each in open_])
        worth = np.full(masks.shape, np.iinfo(np.int64).min)
        asked = np.flatnonzero(masks.sum(axis=0) > 1)
        option, game = np.nonzero(masks[:, asked])
        game = asked[game]
        start = Start(
            turn=block.turn,
            place=QUESTION,
            at=self.outer.numbers[question.event.id] + 1,
            answers=option,
            row=rows if np.ndim(rows) == 0 else rows[game],
            expected=frozenset(block.expected),
        )
        worth[option, game] = self._worths(block, lanes[game], start)
        alone = masks.sum(axis=0) == 1
        worth[:, alone] = masks[:, alone]
        best: Array = worth.argmax(axis=0)
        return best

    # Settings and orders

    def wanted(self, block: Block) -> list[Wanted]:
        """What the best of some drafts sets."""
        lanes, drafts = np.arange(len(block.seeds)), self.foresight.drafts
        worth = np.empty((drafts, len(lanes)), np.int64)
        for number in range(drafts):
            start = Start(
                turn=block.turn,
                place=ORDERS,
                first=_Drafted(self.own, draft_id(self.conduct, number)),
                luck=block.base,
                expected=frozenset(block.expected),
            )
            worth[number] = self._worths(block, lanes, start)
        self.drafted = worth.argmax(axis=0)
        return [
            replace(each, where=np.logical_and(each.where, self.drafted == number))
            for number in range(drafts)
            for each in self.weights.wanted(block, draft_id(self.conduct, number))
        ]

    def draft(self, block: Block, role: str, charged: Mapping[str, Array]) -> Drafted:
        """The orders of that draft."""
        found, paid = [], dict[str, Array]()
        for number in range(self.foresight.drafts):
            each = self.weights.draft(block, role, charged, draft_id(self.conduct, number))
            own = self.drafted[each.lanes] == number
            found.append((each.rows[own], each.lanes[own]))
            for name, amount in each.paid.items():
                paid[name] = paid.get(name, 0) + amount * (self.drafted == number)
        rows, lanes = (np.concatenate(each) for each in zip(*found, strict=True))
        return Drafted(rows, lanes, paid)

    # Futures

    def _worths(self, block: Block, lanes: Array, start: Start) -> Array:
        """For each of some lanes, what its futures are worth together; a lane may stand there more than once."""
        found = np.empty(len(lanes), np.int64)
        size = max(1, MOST_LANES // self.foresight.futures)
        for first in range(0, len(lanes), size):
            part = slice(first, first + size)
            found[part] = self._part(
                block, lanes[part], _part_of(start, part, self.foresight.futures, lanes[part])
            )
        return found

    def _part(self, block: Block, lanes: Array, start: Start) -> Array:
        count = self.foresight.futures
        games = lanes.repeat(count)
        tables = {width: table.take(games, 1) for width, table in block.tables.items()}
        seeds = future_seeds(block.seeds[lanes], count)
        inner = Block(self.inner, tables, seeds, block.fate, start)
        worth: Array = np.zeros(len(games), np.int64)
        for number in range(1, self.foresight.turns + 1):
            closed = inner.step()
            values = np.broadcast_to(self.goal.dense(), (len(inner.seeds),)).astype(np.int64)
            if closed.turn >= self.program.layout.turns:
                worth[inner.numbers[closed.over]] = values[closed.over]
            if not inner.alive.size:
                break
            if number == self.foresight.turns:
                worth[inner.numbers[inner.alive]] = values[inner.alive]
        sums: Array = worth.reshape(-1, count).sum(axis=1)
        return sums


class _Drafted:
    """Settings and orders that the policy drafts, under another name for its draws."""

    def __init__(self, rows: ConductRows, salt: str) -> None:
        self.rows, self.salt = rows, salt

    def choose(self, block: Block, question: Question, rows: Any, lanes: Array, open_: list[Any]) -> Array:
        return block.ready.conduct.choose(block, question, rows, lanes, open_)

    def wanted(self, block: Block) -> list[Wanted]:
        return self.rows.wanted(block, self.salt)

    def draft(self, block: Block, role: str, charged: Mapping[str, Array]) -> Drafted:
        return self.rows.draft(block, role, charged, self.salt)


def _part_of(start: Start, part: slice, count: int, lanes: Array) -> Start:
    """The start of some lanes' futures: what is said for each lane is said for each of its futures."""
    row, answers, luck = start.row, start.answers, start.luck
    return replace(
        start,
        row=row if np.ndim(row) == 0 else row[part].repeat(count),
        answers=answers if answers is None else answers[part].repeat(count),
        luck=luck if luck is None else luck[lanes].repeat(count),
    )
