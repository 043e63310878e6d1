"""May a role do this?  The only judge of legality; everybody else asks here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from game.rules.classes import dataclass
from game.rules.layout import NEVER
from game.rules.program import ActionRow, ActionTable, Program, Setting
from game.rules.state import Order, Refusal
from game.rules.writing import Work

MEANS: Final = "means"
MOST_ORDERS: Final = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """An order that a role could give: what it costs now, which modifiers bear on it, or why not."""

    order: Order
    cost: Mapping[str, int]
    surcharges: tuple[str, ...]
    refusal: Refusal | None


def roles(program: Program) -> tuple[str, ...]:
    """The roles of a scenario: one for each track."""
    return tuple(track.id for track in program.scenario.tracks)


def settings_of(program: Program, role: str) -> tuple[Setting, ...]:
    """What a role may set."""
    return tuple(each for each in program.settings if each.role in (role, "both"))


def refused_setting(work: Work, setting: Setting, role: str, value: int) -> Refusal | None:
    """Why a role may not set a variable to a value."""
    if setting.role not in (role, "both"):
        return Refusal("unknown-setting", {"setting": setting.id})
    if not setting.low <= value <= setting.high:
        return Refusal("setting-range", {"setting": setting.id, "low": setting.low, "high": setting.high})
    if value != work.values[setting.slot] and not work.holds(setting.when):
        return Refusal("setting-closed", {"setting": setting.id})
    return None


def cost_of(work: Work, action: ActionTable, row: ActionRow) -> tuple[dict[str, int], tuple[str, ...]]:
    """What an order costs on this picture, and the modifiers that bear on it."""
    values, memo = work.values, work.memo
    cost = {name: max(0, amount.read(values, memo)) for name, amount in row.cost}
    if not row.surcharges:
        return cost, ()
    cost = {name: amount.read(values, memo) for name, amount in row.cost}
    bearing = []
    for surcharge in row.surcharges:
        if work.holds(surcharge.when):
            bearing.append(surcharge.id)
            for name, amount in surcharge.cost:
                cost[name] = cost.get(name, 0) + work.read(amount)
    return {name: max(0, amount) for name, amount in cost.items()}, tuple(bearing)


class Sheet:
    """The orders of a role as they are written down one by one; Work stands at the picture of phase 4.

    Each is judged by itself; together their costs must fit the role's means and each stock, beside what the
    role's settings cost.
    """

    def __init__(self, work: Work, role: str, orders: Sequence[Order] = ()) -> None:
        self.work = work
        self.role = role
        self.taken: set[Order] = set()
        self.spent = dict(work.charged.get(role, {}))
        for order in orders:
            self.take(order)

    def take(self, order: Order) -> Refusal | None:
        """Write an order down, unless it is refused."""
        refusal = _alone(self.work, self.role, order)
        if refusal is None:
            action = self.work.program.actions[order.action]
            cost, _ = cost_of(self.work, action, action.rows[order.target])
            refusal = self.beside(order, cost)
        if refusal is None:
            self.taken.add(order)
            for name, amount in cost.items():
                self.spent[name] = self.spent.get(name, 0) + amount
        return refusal

    def open(self) -> list[tuple[Order, dict[str, int]]]:
        """The orders that may still be written down, by id and target, each with its cost."""
        work, found = self.work, []
        for action in work.program.actions.values():
            for target, row in action.rows.items() if action.track == self.role else ():
                order = Order(action.id, target)
                if _alone(work, self.role, order) is None:
                    cost, _ = cost_of(work, action, row)
                    if self.beside(order, cost) is None:
                        found.append((order, cost))
        return found

    def beside(self, order: Order, cost: Mapping[str, int]) -> Refusal | None:
        """Why an order that is legal by itself cannot stand beside those written down."""
        if order in self.taken:
            return Refusal("twice")
        if len(self.taken) >= MOST_ORDERS:
            return Refusal("too-many", {"most": MOST_ORDERS})
        return afford(self.work, self.role, cost, self.spent)


def judge(work: Work, role: str, orders: Sequence[Order]) -> list[Refusal | None]:
    """For each order in the order given: None, or why it is refused, beside those before it that are not."""
    sheet = Sheet(work, role)
    return [sheet.take(order) for order in orders]


def _alone(work: Work, role: str, order: Order) -> Refusal | None:
    action = work.program.actions.get(order.action)
    if action is None:
        return Refusal("unknown-order", {"order": order.action})
    if action.track != role:
        return Refusal("not-your-track", {"order": order.action})
    row = action.rows.get(order.target)
    if row is None:
        if not order.target:
            return Refusal("needs-target", {"order": order.action})
        if "" in action.rows:
            return Refusal("no-target", {"order": order.action})
        return Refusal("bad-target", {"order": order.action, "target": order.target})
    if not work.holds(row.exists):
        return Refusal("bad-target", {"order": order.action, "target": order.target})
    if work.values[row.running] > NEVER:
        return Refusal("running", {"turns": max(0, work.values[row.running] - work.turn)})
    if (wait := work.values[row.given] + action.repeats - work.turn) > 0:
        return Refusal("waiting", {"turns": wait})
    if not work.holds(row.when):
        return Refusal("condition", {"order": order.action, "target": order.target})
    return None


def afford(work: Work, role: str, cost: Mapping[str, int], spent: Mapping[str, int]) -> Refusal | None:
    """What a role lacks to pay a cost, with what it has spent of its means and each stock."""
    for name, amount in sorted(cost.items()):
        if not amount:
            continue
        if name == MEANS:
            left = work.memory(f"unspent:{role}")
        else:
            slot = work.program.layout.index[name]
            left = work.values[slot] - work.program.layout.low[slot]
        left -= spent.get(name, 0)
        if amount > left:
            if name == MEANS:
                return Refusal("means", {"needed": amount, "left": max(0, left)})
            return Refusal("stock", {"needed": amount, "stock": name, "left": max(0, left)})
    return None


def offers(
    work: Work, role: str, given: Sequence[Order] = (), target: str | None = None
) -> tuple[Offer, ...]:
    """The orders of a role with their costs, each judged beside those already given: all, or those at a target."""
    sheet = Sheet(work, role, given)
    found = []
    for action in work.program.actions.values():
        if action.track != role:
            continue
        for at, row in action.rows.items():
            if target is not None and at != target:
                continue
            order = Order(action.id, at)
            cost, bearing = cost_of(work, action, row)
            refusal = _alone(work, role, order) or sheet.beside(order, cost)
            found.append(Offer(order, cost, bearing, refusal))
    return tuple(found)
