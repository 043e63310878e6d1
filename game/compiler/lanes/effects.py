"""How do effects write in many games?  One effect of a deed, a row for each country, read for pairs of row and lane."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from game.compiler.lanes.columns import Array, places
from game.compiler.lanes.machine import Formulas, Machine
from game.compiler.lanes.moments import SUMS, Moment, Queued, Target, target
from game.compiler.lanes.spans import Width
from game.rules.core import ONE, ZERO, Const, Core
from game.rules.program import Deed, Formula, Write

SELDOM: Final = 2
"""Rows that write to a table are looked for where only one in so many does."""


def core_of(formula: Formula | None) -> Core:
    """The expression of a condition; one that is not there holds."""
    return ONE if formula is None else formula.core


class WriteRows:
    """One write of a deed: an amount and a target for each row, or, of a deed with one row, for each like write."""

    def __init__(self, machine: Machine, writes: Sequence[Write], side_by_side: bool) -> None:
        self.target: Target = target(machine, [each.slot for each in writes])
        self.sets = writes[0].sets
        self.amount = Formulas(machine, [each.amount.core for each in writes], flag=False)
        whens = [core_of(each.when) for each in writes]
        self.when = None if all(each == ONE for each in whens) else Formulas(machine, whens, flag=True)
        self.side_by_side = side_by_side
        self.standing = np.arange(len(writes), dtype=np.intp)[:, None]
        self.distinct = len(set(self.target.rows.tolist())) == len(writes)
        self.low = self.target.low if np.ndim(self.target.low) == 0 else self.target.low[:, 0]
        self.high = self.target.high if np.ndim(self.target.high) == 0 else self.target.high[:, 0]
        self.varied = np.ndim(self.low) > 0 or np.ndim(self.high) > 0

    def queue(self, moment: Moment, rows: Any, lanes: Array) -> None:
        """Read it for pairs of row and lane."""
        span, target = moment.machine.lanes, self.target
        if self.side_by_side:
            rows, flat = self.standing, target.rows[:, None] * span + lanes
            low, high = target.low, target.high
        else:
            flat = target.rows[rows] * span + lanes
            low, high = self.low, self.high
            if self.varied:
                low, high = (each if np.ndim(each) == 0 else each[rows] for each in (low, high))
        amount = self.amount.sparse(rows, lanes)
        if self.when is not None:
            holds = self.when.sparse(rows, lanes)
            if not isinstance(holds, np.ndarray):
                if not holds:
                    return
            else:
                shape = flat.shape
                if holds.shape != shape:
                    holds = np.broadcast_to(holds, shape)
                chosen = places(holds.reshape(-1))
                if not chosen.size:
                    return
                amount, low, high = (_some(each, shape, chosen) for each in (amount, low, high))
                flat = flat.reshape(-1)[chosen]
        unique = self.distinct or (not self.side_by_side and (isinstance(rows, int) or moment.alone))
        moment.queued.append(Queued(target, amount, self.sets, flat, unique, None, low, high))

    def queue_rows(self, moment: Moment, mask: Any) -> None:
        """Read it for whole rows, where a mask holds."""
        if self.when is not None:
            holds = self.when.dense()
            mask = holds if mask is True else np.logical_and(mask, holds)
        if not isinstance(mask, np.ndarray):
            if not mask:
                return
            mask = True
        amount = _kept(self.amount.dense())
        moment.deeds += 1
        moment.queued.append(
            Queued(self.target, amount, self.sets, None, self.distinct, _kept(mask), None, None)
        )


def _some(values: Any, shape: tuple[int, ...], chosen: Array) -> Any:
    """Some places of what is one for all, or laid over all places."""
    return values if np.ndim(values) == 0 else np.broadcast_to(values, shape).reshape(-1)[chosen]


class PlainRows:
    """The writes of deeds that always move what they move by the same: carried out together, whatever they move."""

    def __init__(
        self, machine: Machine, width: Width, sets: bool, deeds: Sequence[Mapping[int, int]]
    ) -> None:
        """For each row slot to amount, all on one table; rows with fewer are filled up with what moves nothing."""
        slots = [slot for row in deeds for slot in row]
        self.sets = sets
        self.target = target(machine, slots)
        layout, places = machine.program.layout, machine.plan.places
        shape, dtype = (len(deeds), max(map(len, deeds))), SUMS[width]
        self.rows = np.zeros(shape, np.intp)
        amount, low, high = (np.zeros(shape, dtype) for _ in range(3))
        for number, row in enumerate(deeds):
            for place, (slot, moved) in enumerate(row.items()):
                self.rows[number, place] = places[slot].row
                amount[number, place] = moved
                low[number, place], high[number, place] = layout.low[slot], layout.high[slot]
        self.lengths = [len(row) for row in deeds]
        self.has = np.array(self.lengths) > 0
        self.seldom = int(self.has.sum()) * SELDOM <= len(deeds)
        """Whether it is worth to look for the rows that write here at all."""
        self.distinct = len(set(slots)) == len(slots)
        self.alike = all(bool((each == each[0]).all()) for each in (low, high, amount))
        """Whether all rows move things by the same, within the same bounds."""
        self.across = [
            tuple(each[row, : self.lengths[row], None] for each in (amount, low, high))
            for row in range(len(deeds))
        ]
        self.along = amount, low, high
        self._scaled: tuple[int, Array, list[Array]] = 0, self.rows, []

    def queue(self, moment: Moment, rows: Any, lanes: Array) -> None:
        """Queue them for pairs of row and lane."""
        span, start, standing = self._scaled
        if span != moment.machine.lanes:
            span = moment.machine.lanes
            start = self.rows * span
            standing = [each[:length, None] for each, length in zip(start, self.lengths, strict=True)]
            self._scaled = span, start, standing
        if isinstance(rows, int):
            if not self.lengths[rows]:
                return
            amount, low, high = self.across[rows]
            flat, unique = standing[rows] + lanes, True
        else:
            if self.seldom:
                chosen = places(self.has[rows])
                if not chosen.size:
                    return
                rows, lanes = rows[chosen], lanes[chosen]
            own = 0 if self.alike else rows
            amount, low, high = (each[own] for each in self.along)
            flat, unique = start[rows] + lanes[:, None], self.distinct or moment.alone
        moment.queued.append(Queued(self.target, amount, self.sets, flat, unique, None, low, high))


def is_plain(write: Write) -> bool:
    """Whether a write always happens and by the same amount."""
    return isinstance(write.amount.core, Const) and core_of(write.when) == ONE


def plain_writes(machine: Machine, deed: Deed) -> dict[tuple[Width, bool], dict[int, int]]:
    """The writes of fixed amounts by table, setting or adding; those that meet on a slot made one."""
    found: dict[tuple[Width, bool], dict[int, int]] = {}
    for write in in_order(machine, deed):
        if is_plain(write) and isinstance(core := write.amount.core, Const):
            own = found.setdefault((machine.plan.places[write.slot].width, write.sets), {})
            if write.slot not in own:
                own[write.slot] = core.value
            elif write.sets:
                own[write.slot] = max(own[write.slot], core.value)
            else:
                own[write.slot] += core.value
    return found


def _kept(found: Any) -> Any:
    """Values as they are now: what is a part of a table would change with it before the moment settles."""
    return found.copy() if isinstance(found, np.ndarray) and found.base is not None else found


def plains(machine: Machine, deeds: Sequence[Deed]) -> tuple[PlainRows, ...]:
    """The writes of fixed amounts of some deeds, table by table."""
    several = [plain_writes(machine, deed) for deed in deeds]
    return tuple(
        PlainRows(machine, *key, [each.get(key, {}) for each in several])
        for key in sorted({key for each in several for key in each})
    )


def writes(machine: Machine, deeds: Sequence[Deed], by_rows: bool = False) -> tuple[WriteRows, ...]:
    """The other writes of deeds that are built alike, or, to be read `by_rows`, all of their writes."""
    rest = [[each for each in in_order(machine, deed) if by_rows or not is_plain(each)] for deed in deeds]
    if len(deeds) > 1:
        return tuple(
            WriteRows(machine, [each[number] for each in rest], False) for number in range(len(rest[0]))
        )
    alike: dict[Hashable, list[Write]] = {}
    for write in rest[0]:
        shapes = machine.stacker.shape(write.amount.core), machine.stacker.shape(core_of(write.when))
        alike.setdefault((machine.plan.base(write.slot), write.sets, shapes), []).append(write)
    return tuple(
        WriteRows(machine, each, len(each) > 1) for several in alike.values() for each in _apart(several)
    )


def _apart(writes: list[Write]) -> list[list[Write]]:
    """Writes on different slots together, a second one on a slot by itself."""
    first: dict[int, Write] = {}
    rest = [write for write in writes if first.setdefault(write.slot, write) is not write]
    return [list(first.values()), *([each] for each in rest)]


def in_order(machine: Machine, deed: Deed) -> list[Write]:
    """The writes that can ever be, variable by variable."""
    possible = (each for each in deed.writes if core_of(each.when) != ZERO)
    return sorted(possible, key=lambda each: (machine.plan.base(each.slot), each.sets, each.slot))
