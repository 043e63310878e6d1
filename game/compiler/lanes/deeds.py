"""How does a block of a scenario act in many games?  Read for pairs of row and lane, written when its moment settles.

The deeds of one item for several countries are rows of one deed, as far as they are built alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from game.compiler.lanes.chance import PERCENT, Dice
from game.compiler.lanes.columns import Array, places
from game.compiler.lanes.effects import core_of, in_order, is_plain, plain_writes, plains, writes
from game.compiler.lanes.machine import Formulas, Machine
from game.compiler.lanes.moments import Moment, mask_of, meeting
from game.rules.classes import dataclass
from game.rules.core import Const
from game.rules.program import Deed, Formula

NOWHERE: Final = -1
"""The family of a deed that only writes fixed amounts."""


@dataclass(frozen=True, slots=True)
class Call:
    """A `then`: the due column of each row's event, after how many turns, by which chance."""

    rows: Array
    after: Array
    chance: Formulas | None
    keys: Array
    event: str
    stale: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Memory that a deed sets to one value: a column for each row."""

    rows: Array
    stale: tuple[int, ...]


@dataclass(slots=True)
class Acting:
    """What a deed needs to act: the moment it writes to, chance, the turn, and who notes that an event was called."""

    moment: Moment
    dice: Dice
    turn: int
    expect: Callable[[str, int], None]


class Deeds:
    """The deeds of one item, a row for each of its countries, whatever they are built like."""

    def __init__(self, machine: Machine, deeds: Sequence[Deed]) -> None:
        self.plains = plains(machine, deeds)
        alike: dict[Hashable, list[int]] = {}
        for row, deed in enumerate(deeds):
            if (build := _build(machine, deed)) is not None:
                alike.setdefault(build, []).append(row)
        self.families = [RestRows(machine, [deeds[row] for row in rows]) for rows in alike.values()]
        self.home = np.full((2, len(deeds)), NOWHERE, np.intp)
        for number, rows in enumerate(alike.values()):
            self.home[0, rows], self.home[1, rows] = number, range(len(rows))
        self.together = len(self.families) == 1 and not (self.home[0] == NOWHERE).any()
        self.nothing = not (self.plains or self.families)
        """Whether it does nothing at all."""
        self.clash = any(_meets_itself(machine, deed)[0] for deed in deeds)
        """Whether it may write twice to one place in one row."""
        self.clash_of_rows = len(deeds) > 1 and bool(meeting(self.masks()))
        """Whether different writes of different rows may meet on a place."""

    def masks(self) -> list[int]:
        """What each of its writes may write to, those of its results included."""
        found = [each.target.mask for each in self.plains]
        for family in self.families:
            found += [each.target.mask for each in family.writes]
            found += [mask for way in family.ways for mask in way.masks()]
        return found

    def queue(self, act: Acting, rows: Any, lanes: Array) -> None:
        """Read the block for pairs of row and lane, its drawn result included."""
        self._announce(act.moment, rows)
        self.read(act, rows, lanes)

    def queue_result(self, act: Acting, rows: Any, lanes: Array) -> None:
        """Draw the result and read that alone."""
        self._announce(act.moment, rows)
        for family, own, where in self._split(rows, lanes):
            family.read_result(act, own, where)

    def _announce(self, moment: Moment, rows: Any) -> None:
        """Let a moment know that the deed and its results write in it."""
        moment.deeds += 1
        several = self.clash_of_rows and not (moment.alone or isinstance(rows, int))
        moment.clash |= self.clash or several

    def read(self, act: Acting, rows: Any, lanes: Array) -> None:
        """Read it as a part of a moment that knows of it."""
        for plain in self.plains:
            plain.queue(act.moment, rows, lanes)
        for family, own, where in self._split(rows, lanes):
            family.read(act, own, where)

    def _split(self, rows: Any, lanes: Array) -> Iterator[tuple[RestRows, Any, Array]]:
        """Pairs of row and lane by what their deeds are built like."""
        if self.together:
            yield self.families[0], rows, lanes
        elif isinstance(rows, int):
            if self.home[0, rows] != NOWHERE:
                yield self.families[self.home[0, rows]], int(self.home[1, rows]), lanes
        elif self.families:
            family, own = self.home[0, rows], self.home[1, rows]
            for number, deed in enumerate(self.families):
                chosen = places(family == number)
                if chosen.size:
                    yield deed, 0 if deed.count == 1 else own[chosen], lanes[chosen]


class RestRows:
    """What deeds that are built alike do beside writing fixed amounts, one for each row."""

    def __init__(self, machine: Machine, deeds: Sequence[Deed]) -> None:
        self.count = len(deeds)
        self.writes = writes(machine, deeds)
        self.calls = tuple(
            Call(
                _rows(machine, [deed.summons[number].due for deed in deeds]),
                np.array([deed.summons[number].after for deed in deeds], np.int64),
                _chances(machine, [deed.summons[number].chance for deed in deeds]),
                np.array([deed.summons[number].key for deed in deeds], np.uint64),
                deeds[0].summons[number].event,
                machine.stale([deed.summons[number].due for deed in deeds]),
            )
            for number in range(len(deeds[0].summons))
        )
        self.cancels = _dropped(machine, [deed.cancels for deed in deeds])
        self.reveals = _dropped(machine, [deed.reveals for deed in deeds])
        self.keys = np.array([deed.result_key for deed in deeds], np.uint64)
        ways = range(len(deeds[0].results))
        self.chances = tuple(
            Formulas(machine, [core_of(deed.results[number].chance) for deed in deeds], flag=False)
            for number in ways[:-1]
        )
        self.ways = tuple(Deeds(machine, [deed.results[number].deed for deed in deeds]) for number in ways)
        self.follows = bool(self.calls or self.cancels or self.reveals)

    def read(self, act: Acting, rows: Any, lanes: Array) -> None:
        """Read it for pairs of row and lane, its drawn result included."""
        for write in self.writes:
            write.queue(act.moment, rows, lanes)
        if self.follows:
            self._follow(act, rows, lanes)
        if self.ways:
            self.read_result(act, rows, lanes)

    def read_result(self, act: Acting, rows: Any, lanes: Array) -> None:
        """Draw its result and read that."""
        if not self.ways:
            return
        shares = [np.maximum(each.sparse(rows, lanes), 0) for each in self.chances]
        left: Any = PERCENT - sum(share.astype(np.int64) for share in shares)
        found = act.dice.pick([*shares, np.maximum(left, 0)], lanes, self.keys[rows], act.turn)
        for number, way in enumerate(self.ways):
            if way.nothing:
                continue
            chosen = places(found == number)
            if chosen.size:
                own = rows if isinstance(rows, int) else rows[chosen]
                way.read(act, own, lanes[chosen])

    def _follow(self, act: Acting, rows: Any, lanes: Array) -> None:
        moment = act.moment
        span = moment.machine.lanes
        for each in self.cancels:
            moment.cancels.append(each.rows[rows] * span + lanes)
            moment.after.append(each.stale)
        for each in self.reveals:
            moment.reveals.append(each.rows[rows] * span + lanes)
            moment.after.append(each.stale)
        for call in self.calls:
            self._call(act, call, rows, lanes)

    @staticmethod
    def _call(act: Acting, call: Call, rows: Any, lanes: Array) -> None:
        if call.chance is not None:
            percent = call.chance.sparse(rows, lanes)
            comes = act.dice.comes_up(percent, lanes, call.keys[rows], act.turn)
            if not isinstance(comes, np.ndarray):
                if not comes:
                    return
            else:
                chosen = places(comes)
                if not chosen.size:
                    return
                lanes, rows = lanes[chosen], rows if isinstance(rows, int) else rows[chosen]
        due = act.turn + call.after[rows]
        act.moment.calls.append((call.rows[rows] * act.moment.machine.lanes + lanes, due))
        act.moment.after.append(call.stale)
        for turn in set(due.tolist()) if isinstance(due, np.ndarray) else (int(due),):
            act.expect(call.event, turn)


class WholeDeeds:
    """Deeds that do nothing but write, read for whole rows."""

    def __init__(self, machine: Machine, deeds: Sequence[Deed]) -> None:
        alike: dict[Hashable, list[int]] = {}
        for row, deed in enumerate(deeds):
            build = tuple((machine.plan.base(each.slot), each.sets) for each in in_order(machine, deed))
            alike.setdefault(build, []).append(row)
        self.several = len(alike) > 1
        self.families = [
            (np.array(rows, np.intp), writes(machine, [deeds[row] for row in rows], by_rows=True))
            for rows in alike.values()
        ]

    def queue(self, moment: Moment, mask: Any) -> None:
        """Read them where a mask holds: one for all rows, or with a row for each."""
        for members, own_writes in self.families:
            own = mask[members] if self.several and np.ndim(mask) == 2 else mask
            for write in own_writes:
                write.queue_rows(moment, own)


def plain_deed(deed: Deed) -> bool:
    """Whether a deed does nothing but write."""
    return not (deed.summons or deed.cancels or deed.reveals or deed.results)


def _build(machine: Machine, deed: Deed) -> Hashable:
    """What deeds must have in common to be rows of one, fixed amounts left aside; None if that is all there is."""
    rest = [each for each in in_order(machine, deed) if not is_plain(each)]
    if not rest and plain_deed(deed):
        return None
    return (
        tuple((machine.plan.base(each.slot), each.sets) for each in rest),
        tuple(each.event for each in deed.summons),
        len(deed.cancels),
        len(deed.reveals),
        len(deed.results),
    )


def _meets_itself(machine: Machine, deed: Deed) -> tuple[bool, int]:
    """Whether a deed may write twice to one place, and all that it may write to, with its results."""
    plain = [mask_of(each) for each in plain_writes(machine, deed).values()]
    own = [*plain, *(1 << each.slot for each in in_order(machine, deed) if not is_plain(each))]
    clash, whole = bool(meeting(own)), 0
    for mask in own:
        whole |= mask
    ends = [_meets_itself(machine, way.deed) for way in deed.results]
    clash |= any(meets or mask & whole for meets, mask in ends)
    for _, mask in ends:
        whole |= mask
    return clash, whole


def _rows(machine: Machine, slots: Sequence[int]) -> Array:
    return np.array([machine.plan.places[slot].row for slot in slots], np.intp)


def _dropped(machine: Machine, several: Sequence[tuple[int, ...]]) -> tuple[Dropped, ...]:
    return tuple(Dropped(_rows(machine, slots), machine.stale(slots)) for slots in zip(*several, strict=True))


def _chances(machine: Machine, chances: Sequence[Formula | None]) -> Formulas | None:
    if all(each is None for each in chances):
        return None
    return Formulas(machine, [Const(PERCENT) if each is None else each.core for each in chances], flag=False)
