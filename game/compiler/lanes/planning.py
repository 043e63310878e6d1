"""How do settings and orders act in many games?  Phases 3 and 4: what is set, what it costs, what is ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from game.compiler.lanes.columns import Array, Place, places
from game.compiler.lanes.deeds import Deeds
from game.compiler.lanes.drafting import Offered
from game.compiler.lanes.happenings import pairs
from game.compiler.lanes.machine import Formulas, Machine
from game.compiler.lanes.moments import Queued, Target, target
from game.compiler.lanes.spans import Width
from game.rules.classes import dataclass, replace
from game.rules.core import Const, op
from game.rules.layout import NEVER
from game.rules.orders import MEANS, roles, settings_of
from game.rules.program import ActionTable, Setting

if TYPE_CHECKING:
    from game.compiler.lanes.block import Block

Charged = dict[str, dict[str, Array]]
"""What the settings of each role cost of each stock."""


class Late:
    """An action whose result takes its time, with its targets."""

    def __init__(self, machine: Machine, action: ActionTable) -> None:
        self.machine, self.action = machine, action
        rows = list(action.rows.values())
        self.running = _rows(machine, [row.running for row in rows])
        self.kept = machine.stale([row.running for row in rows])
        self.results = bool(rows[0].deed.results)
        self.deed = Deeds(machine, [row.deed for row in rows])

    def due(self, block: Block) -> tuple[Any, Array] | None:
        """Where results fall due now."""
        mask = self.machine.tables[Width.SMALL].take(self.running, 0) == block.turn
        found = pairs(mask)
        return found if found[1].size else None


class Given:
    """The orders of a role once they are given: what they do at once, and what is remembered of them."""

    def __init__(self, machine: Machine, offered: Offered) -> None:
        self.machine = machine
        own = offered.rows
        self.deeds = Deeds(
            machine, [replace(row.deed, results=()) if action.takes else row.deed for action, row in own]
        )
        self.given, self.times, self.running = (
            _rows(machine, slots)
            for slots in (
                [row.given for _, row in own],
                [row.times for _, row in own],
                [row.running for _, row in own],
            )
        )
        self.kept = machine.stale([slot for _, row in own for slot in (row.given, row.times, row.running)])
        self.takes = np.array([action.takes for action, _ in own], np.int16)
        self.some_take = bool(self.takes.any())
        self.ids = [f"order:{action.id}" for action, _ in own]

    def keep(self, block: Block, rows: Array, lanes: Array) -> None:
        """Remember what was ordered."""
        small, turn = self.machine.tables[Width.SMALL], block.turn
        small[self.given[rows], lanes] = turn
        small[self.times[rows], lanes] += 1
        if self.some_take:
            takes = self.takes[rows]
            late = places(takes)
            if late.size:
                rows, lanes, takes = rows[late], lanes[late], takes[late]
                small[self.running[rows], lanes] = turn + takes
                for row in set(rows.tolist()):
                    block.expect(self.ids[row], turn + int(self.takes[row]))
        self.machine.forget(self.kept)


def _rows(machine: Machine, slots: list[int]) -> Array:
    return np.array([machine.plan.places[slot].row for slot in slots], np.intp)


@dataclass(frozen=True, slots=True)
class Set:
    """A setting, ready for columns."""

    setting: Setting
    place: Place
    stale: tuple[int, ...]
    when: Formulas | None
    cost: tuple[tuple[str, Formulas], ...]
    roles: tuple[str, ...]
    """Who names it."""


class Planner:
    """Settings, purses and orders of one program."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.stocks: dict[str, Target] = {}
        program, index, where = machine.program, machine.program.layout.index, machine.plan.places
        self.roles = roles(program)
        self.offered = {role: Offered(machine, role) for role in self.roles}
        self.given = {role: Given(machine, each) for role, each in self.offered.items() if each.rows}
        self.late = [Late(machine, each) for each in program.actions.values() if each.takes]
        self.purses = [
            (
                Formulas(machine, [op("max", formula.core, Const(0))], flag=False),
                (where[index[f"purse:{track}"]], where[index[f"unspent:{track}"]]),
                machine.stale([index[f"purse:{track}"], index[f"unspent:{track}"]]),
            )
            for track, formula in program.purses
        ]
        self.unspent = {track: where[index[f"unspent:{track}"]] for track in self.roles}
        self.unspent_read = machine.stale([index[f"unspent:{track}"] for track in self.roles])
        self.settings = {each.id: self._set(each) for each in program.settings}

    def _set(self, setting: Setting) -> Set:
        machine = self.machine
        return Set(
            setting,
            machine.plan.places[setting.slot],
            machine.stale([setting.slot]),
            None if setting.when is None else Formulas(machine, [setting.when.core], flag=True),
            tuple(
                (name, Formulas(machine, [op("max", amount.core, Const(0))], flag=False))
                for name, amount in setting.cost
            ),
            tuple(sorted(role for role in self.roles if setting in settings_of(machine.program, role))),
        )

    def stock_left(self, name: str) -> Array:
        """What there is of a stock above its least."""
        slot = self.machine.program.layout.index[name]
        place, low = self.machine.plan.places[slot], self.machine.program.layout.low[slot]
        found: Array = self.machine.tables[place.width][place.row].astype(np.int64) - low
        return found

    def run(self, block: Block) -> None:
        """Settings, then orders, as the block's decider has it."""
        changed = self._settle_settings(block)
        self._fill_purses()
        charged: Charged = {}
        self._charge(changed, charged)
        self._orders(block, changed, charged)

    # Settings

    def _settle_settings(self, block: Block) -> list[tuple[Set, Array, Any]]:
        """Draft the settings one by one, keep those that are allowed, and write them: which changed where."""
        drafted: list[tuple[Set, Array, Any]] = []
        for wanted in block.conduct.wanted(block):
            each, value = self.settings[wanted.setting.id], wanted.value
            if wanted.roles is not None:
                each = replace(each, roles=wanted.roles)
            if not each.roles:
                continue
            moves = np.logical_and(wanted.where, self._present(each) != value)
            if each.when is not None:
                moves = moves & each.when.dense()
            trial = [*drafted, (each, np.broadcast_to(moves, (self.machine.lanes,)), value)]
            if any(other.cost for other, _, _ in trial) and moves.any():
                moves = moves & ~self._refused(trial)
            drafted.append((each, np.broadcast_to(moves, (self.machine.lanes,)), value))
        for each, moves, value in drafted:
            self._write(each, moves, value)
        return drafted

    def _present(self, each: Set) -> Array:
        found: Array = self.machine.tables[each.place.width][each.place.row]
        return found

    def _write(self, each: Set, moves: Array, value: Any) -> None:
        present = self._present(each)
        present[:] = np.where(moves, value, present)
        self.machine.forget(each.stale)

    def _refused(self, trial: list[tuple[Set, Array, Any]]) -> Array:
        """In which lanes these settings together cannot be paid for; everything is put back as it was."""
        tables = self.machine.tables
        places = [each.place for each, _, _ in trial]
        places += [place for _, both, _ in self.purses for place in both]
        before = [tables[place.width][place.row].copy() for place in places]
        for each, moves, value in trial:
            self._write(each, moves, value)
        self._fill_purses()
        refused = self._charge(trial, {})
        for place, values in zip(places, before, strict=True):
            tables[place.width][place.row] = values
        for each, _, _ in trial:
            self.machine.forget(each.stale)
        for _, _, stale in self.purses:
            self.machine.forget(stale)
        return refused

    def _fill_purses(self) -> None:
        """Reckon the means of this turn."""
        for formula, both, stale in self.purses:
            purse = formula.dense()
            for place in both:
                self.machine.tables[place.width][place.row] = purse
            self.machine.forget(stale)

    def _charge(self, changed: list[tuple[Set, Array, Any]], charged: Charged) -> Array:
        """Take what the changed settings cost off each role's means, and note what they cost of each stock.

        Gives the lanes in which a role lacks something.
        """
        refused = np.zeros(self.machine.lanes, bool)
        order = list(self.settings)
        for each, moves, _ in sorted(changed, key=lambda found: order.index(found[0].setting.id)):
            if not each.cost or not moves.any():
                continue
            amounts = {name: np.multiply(amount.dense(), moves, dtype=np.int64) for name, amount in each.cost}
            for role in each.roles:
                own = charged.setdefault(role, {})
                for name, amount in amounts.items():
                    if name == MEANS:
                        place = self.unspent[role]
                        left = self.machine.tables[place.width][place.row]
                    else:
                        left = self.stock_left(name) - own.get(name, 0)
                    refused |= (amount > left) & (amount > 0)
                for name, amount in amounts.items():
                    if name == MEANS:
                        place = self.unspent[role]
                        left = self.machine.tables[place.width][place.row]
                        left[:] = np.where(refused, left, left - amount)
                    else:
                        own[name] = own.get(name, 0) + amount
            self.machine.forget(self.unspent_read)
        return refused

    # Orders

    def _orders(self, block: Block, changed: list[tuple[Set, Array, Any]], charged: Charged) -> None:
        moment, machine = block.acting.moment, self.machine
        self._queue_costs(block, changed)
        due = [
            (each, found)
            for each in self.late
            if block.expects(f"order:{each.action.id}") and (found := each.due(block))
        ]
        for each, (rows, lanes) in due:
            if each.results:
                each.deed.queue_result(block.acting, rows, lanes)
        drafted = [(role, block.conduct.draft(block, role, charged.get(role, {}))) for role in self.roles]
        given = [(role, each) for role, each in drafted if each.lanes.size]
        for role, each_ in given:
            self.given[role].deeds.queue(block.acting, each_.rows, each_.lanes)
            for name, amount in each_.paid.items():
                if name != MEANS:
                    self._queue_price(block, name, amount, True)
        small = machine.tables[Width.SMALL]
        for each, (rows, lanes) in due:
            small[each.running[rows], lanes] = NEVER
            machine.forget(each.kept)
        for role, each_ in given:
            self.given[role].keep(block, each_.rows, each_.lanes)
            if MEANS in each_.paid:
                left = machine.tables[self.unspent[role].width][self.unspent[role].row]
                np.subtract(left, each_.paid[MEANS], out=left, casting="unsafe")
        machine.forget(self.unspent_read)
        moment.settle()

    def _queue_price(self, block: Block, name: str, amount: Array, mask: Any) -> None:
        """Take something off a stock, in all lanes or where a mask holds."""
        stock = self.stocks.get(name)
        if stock is None:
            stock = self.stocks[name] = target(self.machine, [self.machine.program.layout.index[name]])
        paid = np.negative(amount, dtype=np.int64)
        block.acting.moment.deeds += 1
        block.acting.moment.queued.append(Queued(stock, paid, False, None, True, mask, None, None))

    def _queue_costs(self, block: Block, changed: list[tuple[Set, Array, Any]]) -> None:
        """What the changed settings cost of each stock: once, whoever named them."""
        for each, moves, _ in changed:
            for name, amount in each.cost:
                if name != MEANS and moves.any():
                    self._queue_price(block, name, amount.dense(), moves)
