"""Which orders does a role give in many games?  One after the other in every lane, each drawn by weight.

All that may be ordered is a row. Rows and lanes in which nothing can be given any more are left out as it goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from game.compiler.lanes.arithmetic import bits_of
from game.compiler.lanes.columns import Array, places
from game.compiler.lanes.effects import core_of
from game.compiler.lanes.machine import WIDTHS, Formulas, Machine
from game.compiler.lanes.spans import SMALL, Width, around
from game.rules.classes import dataclass
from game.rules.conduct import MOST_WEIGHT, Conduct, policy_key
from game.rules.core import ZERO, Const, Core, op
from game.rules.layout import NEVER
from game.rules.orders import MEANS, MOST_ORDERS
from game.rules.program import ActionRow, ActionTable
from game.rules.state import Order

if TYPE_CHECKING:
    from game.compiler.lanes.block import Block

WORTH_TAKING_OUT: Final = 4
"""Lanes that are done are left out when one in so many is."""
GROUP: Final = 16
"""Rows whose weights are added up as one before a draw looks among them."""
NARROW: Final = 127
WITHIN: Final = np.arange(GROUP, dtype=np.intp)[:, None]


def costs(action: ActionTable, row: ActionRow) -> dict[str, Core]:
    """What an order costs, by name, with what the modifiers that bear on it add: never below 0."""
    found: dict[str, Core] = {name: amount.core for name, amount in row.cost}
    for surcharge in row.surcharges:
        for name, amount in surcharge.cost:
            added = op("if", surcharge.when.core, amount.core, ZERO)
            found[name] = op("+", found[name], added) if name in found else added
    return {name: core if _never_less(core) else op("max", core, ZERO) for name, core in found.items()}


def _never_less(core: Core) -> bool:
    return isinstance(core, Const) and core.value >= 0


class Offered:
    """All that a role may order, a row for each action and target."""

    def __init__(self, machine: Machine, role: str) -> None:
        self.role = role
        actions = [each for each in machine.program.actions.values() if each.track == role]
        self.rows = [(action, row) for action in actions for row in action.rows.values()]
        self.orders = [Order(action.id, row.target) for action, row in self.rows]
        self.costs = [costs(*each) for each in self.rows]
        self._prices: dict[int, dict[str, Formulas]] = {}
        self.machine = machine

    def prices(self, row: int) -> dict[str, Formulas]:
        """What one of them costs."""
        if row not in self._prices:
            costs_ = self.costs[row].items()
            self._prices[row] = {name: Formulas(self.machine, [core], flag=False) for name, core in costs_}
        return self._prices[row]


@dataclass(frozen=True, slots=True)
class Drafted:
    """The orders of a role in one turn: pairs of its rows and lanes, in any order, and what they cost each lane."""

    rows: Array
    lanes: Array
    paid: Mapping[str, Array]
    """By name of the means or of a stock; what costs nothing anywhere may be missing."""


NOBODY: Final = Drafted(np.empty(0, np.intp), np.empty(0, np.intp), {})
"""No orders anywhere."""


class Price:
    """What rows cost of the means or of a stock: which rows do, and how much."""

    def __init__(self, machine: Machine, rows: list[int], cores: list[Core]) -> None:
        self.rows = np.array(rows, np.intp)
        self.cores = cores
        spans = [machine.plan.spans.of(core) for core in cores]
        self.most = around(*spans)[1]
        self.dtype = WIDTHS[bits_of((0, self.most))]
        self.amount = Formulas(machine, cores, flag=False)

    def read(self, lanes: int) -> Array:
        """The amounts as (rows, 1) where they are the same in all lanes, else as (rows, lanes)."""
        found = self.amount.dense()
        if not isinstance(found, np.ndarray):
            return np.full((len(self.rows), 1), found, self.dtype)
        shape = (len(self.rows), lanes if found.ndim == 1 else found.shape[1])
        return np.broadcast_to(found.astype(self.dtype), shape)


class Drafting:
    """The rows of a role that a conduct gives any weight."""

    def __init__(self, machine: Machine, conduct: Conduct, offered: Offered, own: Sequence[int]) -> None:
        self.machine, self.role, self.conduct = machine, offered.role, conduct
        self.rows = np.array(own, np.intp)
        at = machine.plan.places
        rows = [offered.rows[number] for number in own]
        self.running, self.given = (
            np.array(each, np.intp)
            for each in ([at[row.running].row for _, row in rows], [at[row.given].row for _, row in rows])
        )
        self.repeats = np.array([action.repeats for action, _ in rows], np.int16)[:, None]
        self.when = Formulas(
            machine, [op("and", core_of(row.exists), core_of(row.when)) for _, row in rows], True
        )
        weights = [conduct.orders[offered.orders[number]].core for number in own]
        self.weight = Formulas(machine, weights, flag=False)
        idle = conduct.idle.get(offered.role)
        self.idle = Formulas(machine, [ZERO if idle is None else idle.core], flag=False)
        spans = [machine.plan.spans.of(core) for core in (*weights, *self.idle.cores)]
        total = sum(max(0, min(MOST_WEIGHT, high)) for _, high in spans)
        self.dtype = np.int16 if total <= SMALL[1] else np.int32
        """Wide enough for the sum of all weights."""
        self.most = min(MOST_ORDERS, conduct.most.get(offered.role, MOST_ORDERS))
        self.prices: dict[str, Price] = {}
        for name in (MEANS, *sorted({name for number in own for name in offered.costs[number]} - {MEANS})):
            priced = [row for row, number in enumerate(own) if offered.costs[number].get(name, ZERO) != ZERO]
            if priced:
                cores = [offered.costs[own[row]][name] for row in priced]
                self.prices[name] = Price(machine, priced, cores)
        self._keys: dict[str, list[int]] = {}

    def keys(self, salt: str) -> list[int]:
        """The keys of the draws, one after the other."""
        if salt not in self._keys:
            self._keys[salt] = [
                policy_key(salt, f"order:{self.role}:{number}") for number in range(self.most)
            ]
        return self._keys[salt]

    def run(self, block: Block, charged: Mapping[str, Array], salt: str) -> Drafted:
        """What is ordered where."""
        small = self.machine.tables[Width.SMALL]
        legal = small.take(self.running, 0) == NEVER
        legal &= small.take(self.given, 0) <= block.turn - self.repeats
        legal &= self.when.dense()
        weight = self.weight.dense()
        if isinstance(weight, np.ndarray):
            weight = np.minimum(np.maximum(weight, 0), MOST_WEIGHT)
        else:
            weight = max(0, min(MOST_WEIGHT, weight))
        weights = np.multiply(legal, weight, dtype=self.dtype)
        left = {name: self._left(block, name, charged) for name in self.prices}
        rows = places(weights.any(axis=1))
        if not rows.size:
            return NOBODY
        picking = _Picking(self, block, weights[rows], rows, left)
        for key in self.keys(salt):
            if not picking.pick(key):
                break
        return picking.found()

    def _left(self, block: Block, name: str, charged: Mapping[str, Array]) -> Array:
        """What can be spent, in a column no wider than the prices."""
        price = self.prices[name]
        if name == MEANS:
            place = block.planner.unspent[self.role]
            found: Any = self.machine.tables[place.width][place.row]
        else:
            found = block.planner.stock_left(name) - charged.get(name, 0)
        held: Array = np.minimum(found.astype(np.int64), np.iinfo(price.dtype).max).astype(price.dtype)
        return held


class _Picking:
    """Orders being given in one turn of one role.

    Weights stand in groups of rows, so that a draw first finds its group by the sums of all, then its row within it.
    """

    def __init__(
        self, drafting: Drafting, block: Block, weights: Array, rows: Array, left: dict[str, Array]
    ) -> None:
        self.drafting, self.block, self.rows, self.left = drafting, block, rows, left
        self.count = len(weights)
        groups = -(-len(weights) // GROUP)
        self.weights: Array = np.zeros((groups * GROUP, weights.shape[1]), weights.dtype)
        self.weights[: len(weights)] = weights
        self.lanes: Array | None = None
        """Which lanes are still at it; None for all."""
        self.taken: list[tuple[Array, Array]] = []
        self.paid: dict[str, Array] = {}
        idle = drafting.idle.dense()
        self.idle = np.minimum(np.maximum(idle, 0), MOST_WEIGHT) if drafting.idle.same != 0 else None
        if self.idle is not None:
            self.idle = np.broadcast_to(self.idle, weights.shape[1:]).astype(np.int64)
        self.prices: dict[str, tuple[Any, Array]] = {}
        for name, price in drafting.prices.items():
            at = np.searchsorted(price.rows, rows)
            own = places(price.rows.take(at, mode="clip") == rows)
            if own.size:
                amounts = price.read(weights.shape[1])[at[own]]
                self.prices[name] = (slice(0, self.count) if own.size == rows.size else own), amounts
                self.paid[name] = np.zeros(weights.shape[1], np.int64)

    def pick(self, key: int) -> bool:
        """One more order in each lane, where one can be given; False if none can."""
        self._afford()
        ladder = self._ladder()
        busy = places(ladder[-1])
        if not busy.size:
            return False
        if busy.size * WORTH_TAKING_OUT <= ladder.shape[1] * (WORTH_TAKING_OUT - 1):
            self._keep(busy)
            ladder = ladder.take(busy, 1)
        sides = ladder[-1].astype(np.int64)
        if self.idle is not None:
            sides += self.idle * (sides > 0)
        roll = self.block.luck.draw(self.lanes, key, self.block.turn, sides).astype(ladder.dtype)
        drawn = self._drawn(ladder, roll)
        given = places(roll < ladder[-1])
        if self.idle is not None:
            self.weights[:, roll >= ladder[-1]] = 0
        rows = drawn[given]
        self.taken.append((self.rows[rows], given if self.lanes is None else self.lanes[given]))
        self.weights[rows, given] = 0
        self._pay(rows, given)
        return True

    def _ladder(self) -> Array:
        """The running sums of all groups' weights, from 0 on."""
        lanes = self.weights.shape[1]
        sums = np.add.reduce(self.weights.reshape(-1, GROUP, lanes), 1, self.weights.dtype)
        ladder: Array = np.zeros((len(sums) + 1, lanes), sums.dtype)
        for number, own in enumerate(sums):
            np.add(ladder[number], own, out=ladder[number + 1])
        return ladder

    def _drawn(self, ladder: Array, roll: Array) -> Array:
        """The row whose share each roll falls into; any row where it falls into none."""
        lanes = np.arange(len(roll))
        group = counted(ladder[1:] <= roll)
        np.minimum(group, len(ladder) - 2, out=group)
        roll = roll - ladder.reshape(-1).take(group * len(roll) + lanes)
        group *= GROUP
        first = group * len(roll) + lanes
        inner = self.weights.reshape(-1).take(first + WITHIN * len(roll))
        for number in range(1, GROUP):
            np.add(inner[number - 1], inner[number], out=inner[number])
        group += counted(inner <= roll)
        return group

    def _afford(self) -> None:
        """What cannot be paid for any more weighs nothing."""
        for name, (own, price) in self.prices.items():
            left = self.left[name]
            if left.min() >= self.drafting.prices[name].most:
                continue
            self.weights[own] *= price <= left

    def _pay(self, rows: Array, lanes: Array) -> None:
        for name, (own, price) in self.prices.items():
            if isinstance(own, slice):
                where, which = lanes, rows
            else:
                at = np.searchsorted(own, rows)
                found = places(own.take(at, mode="clip") == rows)
                where, which = lanes[found], at[found]
            amount = price[which, 0] if price.shape[1] == 1 else price[which, where]
            self.left[name][where] -= amount
            self.paid[name][where if self.lanes is None else self.lanes[where]] += amount

    def _keep(self, busy: Array) -> None:
        """Go on with the lanes in which something can still be given."""
        self.weights = self.weights.take(busy, 1)
        self.lanes = busy if self.lanes is None else self.lanes[busy]
        self.left = {name: left[busy] for name, left in self.left.items()}
        self.idle = None if self.idle is None else self.idle[busy]
        self.prices = {
            name: (own, price if price.shape[1] == 1 else price.take(busy, 1))
            for name, (own, price) in self.prices.items()
        }

    def found(self) -> Drafted:
        """All that was given."""
        if not self.taken:
            return NOBODY
        rows, lanes = (np.concatenate(each) for each in zip(*self.taken, strict=True))
        return Drafted(self.drafting.rows[rows], lanes, self.paid)


def counted(masks: Array) -> Array:
    """How many of some masks hold in each lane."""
    narrow = np.int8 if len(masks) <= NARROW else np.int16
    found: Array = np.add.reduce(masks.view(np.int8), 0, narrow).astype(np.intp)
    return found
