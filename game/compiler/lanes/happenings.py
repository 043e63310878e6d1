"""Which events happen in which games, and what is answered?  One event after the other, all games at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from game.compiler.lanes.columns import Array, full, places
from game.compiler.lanes.deeds import Deeds
from game.compiler.lanes.effects import core_of
from game.compiler.lanes.machine import Formulas, Machine, Reckoned
from game.compiler.lanes.spans import Width
from game.rules.core import ONE, Const, Core, op
from game.rules.layout import NEVER
from game.rules.program import EventTable

if TYPE_CHECKING:
    from game.compiler.lanes.block import Block

CERTAIN = 100


class Happening:
    """One event, ready for columns."""

    def __init__(self, machine: Machine, event: EventTable, number: int) -> None:
        self.machine, self.event, self.number = machine, event, number
        at, rows = machine.plan.places, event.rows
        self.count = len(rows)
        self.happened = np.array([at[row.happened].row for row in rows], np.intp)
        self.times = np.array([at[row.times].row for row in rows], np.intp)
        self.due = np.array([at[row.due].row for row in rows], np.intp)
        self.kept = machine.stale([slot for row in rows for slot in (row.happened, row.times)])
        self.due_read = machine.stale([row.due for row in rows])
        premises = [_all(core_of(row.exists), core_of(row.premise)) for row in rows]
        frees = [_all(core_of(row.exists), core_of(row.when), core_of(row.premise)) for row in rows]
        self.premise, self.free = (Formulas(machine, each, flag=True) for each in (premises, frees))
        chances = [Const(CERTAIN) if row.chance is None else row.chance.core for row in rows]
        self.chance = Formulas(machine, chances, flag=False)
        self.chance_keys = np.array([row.chance_key for row in rows], np.uint64)
        self.chance_key = rows[0].chance_key
        weights = [ONE if row.weight is None else row.weight.core for row in rows]
        self.weight = Formulas(machine, weights, flag=False)
        self.deed = Deeds(machine, [row.deed for row in rows])
        self.asks = bool(event.asks and rows[0].choices)
        self.question = Question(machine, event) if self.asks else None

    def _masked(self, found: Reckoned) -> Array:
        """A mask for every row and lane."""
        return np.broadcast_to(found, (self.count, self.machine.lanes))

    def run(self, block: Block) -> None:
        """Let the event happen where it does, and be answered."""
        called = self._called(block) if block.expects(self.event.id) else None
        if called is not None and not called.any():
            called = None
        if called is None and self.count == 1:
            found = self._alone(block)
            if found is not None and found.size:
                self._happen(block, 0, found)
            return
        mask = self._free(block, called)
        if called is not None:
            mask = called if mask is None else mask | called
        if mask is None:
            return
        rows, lanes = pairs(mask)
        if lanes.size:
            self._happen(block, rows, lanes)

    def _called(self, block: Block) -> Array:
        """The instances called for this turn whose premise holds; of an event that asks, the first by country."""
        small, turn = self.machine.tables[Width.SMALL], block.turn
        due: Array = small.take(self.due, 0) == turn
        if not due.any():
            return due
        for number, row in enumerate(self.due):
            small[row][due[number]] = NEVER
        self.machine.forget(self.due_read)
        found: Array = due & self.premise.dense()
        if self.event.asks and self.count > 1:
            before = np.logical_or.accumulate(found, axis=0)
            found[1:] &= ~before[:-1]
        return found

    def _may(self, block: Block) -> bool:
        """Whether it may happen by itself in this turn."""
        event, turn = self.event, block.turn
        if event.only_then or not event.first <= turn <= event.last:
            return False
        return event.historical is None or not block.historical or turn >= event.historical

    def _alone(self, block: Block) -> Array | None:
        """Where an event of one instance happens by itself, nobody having called it; None for nowhere."""
        event, turn = self.event, block.turn
        if self.number in block.spent or not self._may(block):
            return None
        last = self.machine.tables[Width.SMALL][self.happened[0]]
        fresh = last == NEVER
        if event.repeats:
            fresh |= last <= turn - event.repeats
        elif not fresh.any():
            block.spent.add(self.number)
            return None
        holds = self.free.dense()
        if not isinstance(holds, np.ndarray):
            if not holds:
                return None
        else:
            fresh &= holds
        lanes = places(fresh)
        if (
            not lanes.size
            or self.chance.same == CERTAIN
            or (event.historical is not None and block.historical)
        ):
            return lanes
        percent = self.chance.sparse(0, lanes)
        comes = block.dice.comes_up(percent, lanes, self.chance_key, turn)
        if isinstance(comes, np.ndarray):
            return lanes[comes]
        return lanes if comes else None

    def _free(self, block: Block, called: Array | None) -> Array | None:
        """The instances that happen by themselves; None if there is none."""
        event, turn = self.event, block.turn
        if not self._may(block):
            return None
        last = self.machine.tables[Width.SMALL].take(self.happened, 0)
        fresh = last == NEVER
        if event.repeats:
            fresh |= last <= turn - event.repeats
        if called is not None:
            fresh &= ~(called.any(axis=0) if event.asks else called)
        if not fresh.any():
            return None
        mask: Array = fresh & self.free.dense()
        if not mask.any():
            return None
        if event.pick_key is not None:
            mask = self._picked(block, mask)
        if self.chance.same != CERTAIN and not (event.historical is not None and block.historical):
            rows, lanes = pairs(mask)
            keys = self.chance_keys[rows]
            comes = block.dice.comes_up(self.chance.sparse(rows, lanes), lanes, keys, turn)
            if not isinstance(comes, np.ndarray):
                return mask if comes else None
            mask = np.array(mask)
            mask[rows, lanes] = comes
        return mask

    def _picked(self, block: Block, mask: Array) -> Array:
        """Of the instances that may happen, one in each lane, drawn by their weights."""
        assert self.event.pick_key is not None
        some: Any = mask.any(axis=0)
        lanes = places(some)
        weights = self._masked(np.maximum(self.weight.dense(), 1))[:, lanes] * mask[:, lanes]
        drawn = block.dice.pick(list(weights), lanes, self.event.pick_key, block.turn)
        found = np.zeros_like(mask)
        found[drawn, lanes] = True
        return found

    def _happen(self, block: Block, rows: Any, lanes: Array) -> None:
        """All instances of a lane read one picture and write together."""
        if not self.deed.nothing:
            block.acting.moment.alone = bool(self.event.asks)
            self.deed.queue(block.acting, rows, lanes)
            block.acting.moment.settle()
        small = self.machine.tables[Width.SMALL]
        if isinstance(rows, int):
            small[self.happened[rows]][lanes] = block.turn
            small[self.times[rows]][lanes] += 1
        else:
            small[self.happened[rows], lanes] = block.turn
            small[self.times[rows], lanes] += 1
        self.machine.forget(self.kept)
        if self.question is not None:
            if not isinstance(rows, int):
                lanes, first = np.unique(lanes, return_index=True)
                rows = rows[first]
            self.question.put(block, rows, lanes)


class Question:
    """What an event asks, ready for columns."""

    def __init__(self, machine: Machine, event: EventTable) -> None:
        self.machine, self.event = machine, event
        laid = [sorted(row.choices, key=lambda each: each.id) for row in event.rows]
        numbers = range(len(laid[0]))
        self.ids = tuple(choice.id for choice in laid[0])
        self.whens = [
            Formulas(machine, [core_of(row[number].when) for row in laid], flag=True) for number in numbers
        ]
        self.historical = [laid[0][number].historical for number in numbers]
        self.count = len(self.ids)
        own = [choice for row in laid for choice in row]
        self.deeds = Deeds(machine, [choice.deed for choice in own])
        """A row for each choice of each of the event's rows."""
        at = machine.plan.places
        self.taken = np.array([at[choice.taken].row for choice in own], np.intp)
        self.kept = machine.stale([choice.taken for choice in own])
        self.asked = at[machine.program.layout.index[f"asked:{event.asks}"]].row
        self.asked_read = machine.stale([machine.program.layout.index[f"asked:{event.asks}"]])

    def open(self, rows: Any, lanes: Array) -> list[Any]:
        """For each choice by id, in which lanes it can be taken: True for all of them."""
        return [
            True if each.same is True else full(each.sparse(rows, lanes), len(lanes)) for each in self.whens
        ]

    def put(self, block: Block, rows: Any, lanes: Array) -> None:
        """Ask, as far as the role may be asked; else the default is taken."""
        table = self.machine.tables[Width.SMALL][self.asked]
        open_ = self.open(rows, lanes)
        asked = None
        if not self.event.always_asks:
            may = table[lanes] < self.machine.program.scenario.decisions
            asked = None if may.all() else places(may)
        if asked is None:
            table[lanes] += 1
            taken = block.conduct.choose(block, self, rows, lanes, open_)
        else:
            taken = self.default(open_, len(lanes))
            if asked.size:
                table[lanes[asked]] += 1
                own = rows if isinstance(rows, int) else rows[asked]
                some = [each if each is True else each[asked] for each in open_]
                taken[asked] = block.conduct.choose(block, self, own, lanes[asked], some)
        self.machine.forget(self.asked_read)
        self.take(block, rows, lanes, taken)

    def default(self, open_: list[Any], count: int) -> Array:
        """What is done when nobody is asked: the historical choice if it is open, else the first by id that is."""
        found = first_of(open_, count)
        for number, historical in reversed(list(enumerate(self.historical))):
            if historical:
                found[... if open_[number] is True else open_[number]] = number
        return found

    def take(self, block: Block, rows: Any, lanes: Array, taken: Array) -> None:
        """Carry out the choice taken in each lane."""
        own, moment = rows * self.count + taken, block.acting.moment
        if not self.deeds.nothing:
            moment.alone = True
            self.deeds.queue(block.acting, own, lanes)
            moment.settle()
        self.machine.tables[Width.SMALL][self.taken[own], lanes] = block.turn
        self.machine.forget(self.kept)


def first_of(open_: list[Any], count: int) -> Array:
    """The first of some masks that holds, in each of so many lanes."""
    if open_[0] is True:
        return np.zeros(count, np.intp)
    found = np.full(count, len(open_) - 1, np.intp)
    for number in reversed(range(len(open_))):
        found[... if open_[number] is True else open_[number]] = number
    return found


def pairs(mask: Array) -> tuple[Any, Array]:
    """The rows and lanes where a mask holds; one number for the row where there is only one."""
    if mask.shape[0] == 1:
        return 0, places(mask[0])
    flat = places(mask.reshape(-1))
    rows = flat // mask.shape[1]
    return rows, flat - rows * mask.shape[1]


def _all(*cores: Core) -> Core:
    return op("and", *cores)
