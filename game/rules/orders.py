"""May a role do this?  The only judge of legality; everybody else asks here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

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
    cost = {name: work.read(amount) for name, amount in row.cost}
    bearing = []
    for surcharge in row.surcharges:
        if work.holds(surcharge.when):
            bearing.append(surcharge.id)
            for name, amount in surcharge.cost:
                cost[name] = cost.get(name, 0) + work.read(amount)
    return {name: max(0, amount) for name, amount in cost.items()}, tuple(bearing)


def judge(work: Work, role: str, orders: Sequence[Order]) -> list[Refusal | None]:
    """For each order in the order given: None, or why it is refused. Work stands at the picture of phase 4.

    Each is judged by itself; together their costs must fit the role's means and each stock, and those that no
    longer fit beside the ones before them are refused.
    """
    verdicts: list[Refusal | None] = []
    spent: dict[str, int] = {}
    taken: set[Order] = set()
    for order in orders:
        refusal = _alone(work, role, order)
        if refusal is None and order in taken:
            refusal = Refusal("twice")
        if refusal is None and len(taken) >= MOST_ORDERS:
            refusal = Refusal("too-many", {"most": MOST_ORDERS})
        if refusal is None:
            action = work.program.actions[order.action]
            cost, _ = cost_of(work, action, action.rows[order.target])
            refusal = _afford(work, role, cost, spent)
            if refusal is None:
                taken.add(order)
                for name, amount in cost.items():
                    spent[name] = spent.get(name, 0) + amount
        verdicts.append(refusal)
    return verdicts


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


def _afford(work: Work, role: str, cost: Mapping[str, int], spent: Mapping[str, int]) -> Refusal | None:
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


def offers(work: Work, role: str, given: Sequence[Order] = ()) -> tuple[Offer, ...]:
    """All orders of a role with their costs, each judged beside those already given."""
    verdicts = judge(work, role, given)
    good = [order for order, refusal in zip(given, verdicts, strict=True) if refusal is None]
    found = []
    for action in work.program.actions.values():
        if action.track != role:
            continue
        for target, row in action.rows.items():
            order = Order(action.id, target)
            cost, bearing = cost_of(work, action, row)
            found.append(Offer(order, cost, bearing, judge(work, role, (*good, order))[-1]))
    return tuple(found)
