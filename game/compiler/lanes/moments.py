"""What happens when writes of many games meet?  All that is queued at one moment is settled at once, slot by slot.

New = the highest value set, or else the old, plus the sum of all that is added, held within the bounds: see
`game.rules.writing`. Where no two queued writes share a variable, each is carried out by itself; where some do,
they are gathered first: a maximum for what is set and a sum for what is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from game.compiler.lanes.columns import Array
from game.compiler.lanes.machine import Machine, span_or_list
from game.compiler.lanes.spans import Width
from game.rules.classes import dataclass, field
from game.rules.layout import NEVER

SUMS: Final = {Width.BIT: np.int32, Width.SMALL: np.int32, Width.LARGE: np.int64}

THIN: Final = 4
"""Single values are written one by one while they are fewer than one in so many of the rows that they stand in."""
LEAST: Final = {Width.BIT: -(2**31), Width.SMALL: -(2**31), Width.LARGE: -(2**63)}
"""Less than anything that can be set."""


@dataclass(frozen=True, slots=True)
class Target:
    """The columns that a write changes, one for each row."""

    mask: int
    """Their slots, a bit for each."""
    width: Width
    rows: Array
    low: Any
    """The least value: one for all, or a column of them."""
    high: Any
    stale: tuple[int, ...]
    """Groups of named expressions to reckon anew."""
    where: Any
    """The rows as an index into their table."""


def target(machine: Machine, slots: Sequence[int]) -> Target:
    """The target of writes on these slots, which stand in one table."""
    places, layout = [machine.plan.places[slot] for slot in slots], machine.program.layout
    rows = tuple(each.row for each in places)
    return Target(
        mask_of(slots),
        places[0].width,
        np.array(rows, np.intp),
        _alike([layout.low[slot] for slot in slots], places[0].width),
        _alike([layout.high[slot] for slot in slots], places[0].width),
        machine.stale(slots),
        span_or_list(rows),
    )


def mask_of(slots: Iterable[int]) -> int:
    """A bit for each of some slots."""
    found = 0
    for slot in slots:
        found |= 1 << slot
    return found


def meeting(masks: Iterable[int]) -> int:
    """The slots that more than one of some masks has."""
    seen = shared = 0
    for mask in masks:
        shared |= seen & mask
        seen |= mask
    return shared


def _alike(bounds: list[int], width: Width) -> Any:
    """A bound for all rows, or a column of them."""
    return bounds[0] if len(set(bounds)) == 1 else np.array(bounds, SUMS[width])[:, None]


class Queued:
    """A write that waits: for single values of a table (`flat`), or for whole rows under a mask.

    Amounts and bounds may be one for all, or whatever can be laid over the places. `unique` if no two of its places
    are the same.
    """

    __slots__ = ("amount", "flat", "high", "low", "mask", "sets", "target", "unique")

    def __init__(
        self, target: Target, amount: Any, sets: bool, flat: Any, unique: bool, mask: Any, low: Any, high: Any
    ) -> None:
        self.target, self.amount, self.sets, self.flat = target, amount, sets, flat
        self.unique, self.mask, self.low, self.high = unique, mask, low, high


@dataclass(slots=True)
class Moment:
    """The writes of one moment in one block."""

    machine: Machine
    queued: list[Queued] = field(default_factory=list)
    alone: bool = False
    """Whether each lane is written to by one row of a deed only; so until it settles."""
    deeds: int = 0
    """How many deeds are queued, those of one item counted once."""
    clash: bool = False
    """Whether one of them writes twice to one place."""
    cancels: list[Array] = field(default_factory=list)
    reveals: list[Array] = field(default_factory=list)
    calls: list[tuple[Array, Any]] = field(default_factory=list)
    after: list[tuple[int, ...]] = field(default_factory=list)
    """Groups that what follows makes stale."""
    flats: dict[Width, Array] = field(default_factory=dict)
    """The tables, each as one long row."""
    gathering: dict[Width, tuple[Array, Array]] = field(default_factory=dict)
    """Sums and maxima for every variable, empty between moments."""

    def __post_init__(self) -> None:
        self.flats = {width: table.reshape(-1) for width, table in self.machine.tables.items()}

    def settle(self) -> None:
        """Write all that is queued, then drop, reveal and call."""
        if self.queued:
            self._commit()
        self.alone, self.clash, self.deeds = False, False, 0
        if not self.after:
            return
        small, turn = self.flats[Width.SMALL], self.machine.clock[0]
        for flat in self.cancels:
            small[flat] = NEVER
        for flat in self.reveals:
            self.flats[Width.BIT][flat] = 1
        for flat, due in self.calls:
            present = small[flat]
            small[flat] = np.where((present < turn) | (due < present), due, present)
        for groups in self.after:
            self.machine.forget(groups)
        self.cancels, self.reveals, self.calls, self.after = [], [], [], []

    def _commit(self) -> None:
        queued, self.queued = self.queued, []
        if (self.deeds == 1 and not self.clash) or len(queued) == 1:
            shared = 0
        else:
            shared = meeting([each.target.mask for each in queued])
        met = []
        for each in queued:
            if each.unique and not each.target.mask & shared:
                self._single(each)
            else:
                met.append(each)
        if met:
            self._gathered(met)
        for each in queued:
            if each.target.stale:
                self.machine.forget(each.target.stale)

    def _single(self, write: Queued) -> None:
        """A write that meets no other."""
        target = write.target
        if write.flat is None:
            table = self.machine.tables[target.width]
            table[target.where] = self._rows(write, table[target.where])
            return
        table, flat = self.flats[target.width], write.flat
        if write.sets:
            held = np.minimum(np.maximum(write.amount, write.low), write.high)
            table[flat] = held
        else:
            moved = np.add(table[flat], write.amount, dtype=SUMS[target.width])
            np.maximum(moved, write.low, out=moved)
            table[flat] = np.minimum(moved, write.high, out=moved)

    @staticmethod
    def _rows(write: Queued, present: Array) -> Array:
        """The new values of whole rows."""
        target, mask = write.target, write.mask
        if not write.sets:
            amount = (
                write.amount if mask is True else np.multiply(mask, write.amount, dtype=SUMS[target.width])
            )
            moved = np.add(present, amount, dtype=SUMS[target.width])
            moved = np.maximum(moved, target.low)
            found: Array = np.minimum(moved, target.high)
            return found
        held: Array = np.minimum(np.maximum(write.amount, target.low), target.high)
        return held if mask is True else np.where(mask, held, present)

    # Writes that meet

    def _gathered(self, writes: list[Queued]) -> None:
        """What is set and what is added are gathered before anything is written."""
        for width in {each.target.width for each in writes}:
            own = [each for each in writes if each.target.width == width]
            rows = [each for each in own if each.flat is None]
            flats = [each for each in own if each.flat is not None]
            gathered = sums, best = self._empty(width)
            some_set = any(each.sets for each in own)
            for each in rows:
                self._gather_rows(each, sums, best)
            if flats:
                flat = self._gather_flats(flats, sums.reshape(-1), best.reshape(-1))
                touched = self.machine.touched(width, [each.target.mask for each in flats])
                if flat.size * THIN > touched.count * self.machine.lanes:
                    rows = own
                else:
                    bounds = self.machine.plan.bounds[width]
                    low, high = (each[flat // self.machine.lanes] for each in bounds)
                    both = sums.reshape(-1), best.reshape(-1)
                    _write(self.flats[width], flat, both, (low, high), some_set)
            if rows:  # what is written a second time stays as it is: nothing is gathered any more
                touched = self.machine.touched(width, [each.target.mask for each in rows])
                table = self.machine.tables[width]
                _write(table, touched.where, gathered, (touched.low, touched.high), some_set)

    @staticmethod
    def _gather_flats(writes: list[Queued], sums: Array, best: Array) -> Array:
        """Gather writes on single values; all their places."""
        found = []
        for sets in (False, True):
            own = [each for each in writes if each.sets == sets]
            if not own:
                continue
            flats = [each.flat.reshape(-1) for each in own]
            amounts = [_laid(each.amount, each.flat.shape) for each in own]
            flat, amount = (each[0] if len(own) == 1 else np.concatenate(each) for each in (flats, amounts))
            if sets:
                np.maximum.at(best, flat, amount.astype(best.dtype, copy=False))
            else:
                np.add.at(sums, flat, amount.astype(sums.dtype, copy=False))
            found.append(flat)
        return found[0] if len(found) == 1 else np.concatenate(found)

    def _empty(self, width: Width) -> tuple[Array, Array]:
        """Sums and maxima for the variables of a table."""
        found = self.gathering.get(width)
        if found is None:
            shape, dtype = (self.machine.plan.stored[width], self.machine.lanes), SUMS[width]
            empty: Array = np.zeros(shape, dtype)
            found = self.gathering[width] = empty, np.full(shape, LEAST[width], dtype)
        return found

    @staticmethod
    def _gather_rows(write: Queued, sums: Array, best: Array) -> None:
        where, mask = write.target.where, write.mask
        if not write.unique:  # several countries move one value of the nation
            rows = write.target.rows
            shape = (len(rows), sums.shape[1])
            held = np.broadcast_to(mask, shape)
            if write.sets:
                np.maximum.at(best, rows, wanted(held, write.amount, write.target.width))
            else:
                np.add.at(sums, rows, np.multiply(held, write.amount, dtype=sums.dtype))
        elif not write.sets:
            sums[where] += write.amount if mask is True else np.multiply(mask, write.amount, dtype=sums.dtype)
        elif mask is True:
            best[where] = np.maximum(best[where], write.amount)
        else:
            best[where] = np.maximum(best[where], wanted(mask, write.amount, write.target.width))


def _write(
    table: Array, own: Any, gathered: tuple[Array, Array], bounds: tuple[Any, Any], some_set: bool
) -> None:
    """Write what was gathered for some places, and empty it."""
    sums, best = gathered
    present = table[own]
    if some_set:
        highest, least = best[own], LEAST[Width.LARGE if best.itemsize == 8 else Width.SMALL]
        present = np.where(highest > least, highest, present)
        best[own] = least
    moved = present + sums[own]
    np.maximum(moved, bounds[0], out=moved)
    table[own] = np.minimum(moved, bounds[1], out=moved)
    sums[own] = 0


def wanted(mask: Any, amount: Any, width: Width) -> Array:
    """What is set where a mask holds, else less than anything."""
    return np.where(mask, np.asarray(amount, SUMS[width]), LEAST[width])


def _laid(amount: Any, shape: tuple[int, ...]) -> Array:
    """An amount for each place, in one row."""
    if isinstance(amount, np.ndarray) and amount.shape == shape:
        return amount.reshape(-1)
    return np.broadcast_to(amount, shape).reshape(-1)
