"""What may be ordered, and what does it cost?  For each role a function that lists its open orders with their costs.

An order's number counts all rows of all actions, by action and target; a cost is a number for each of `costs_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.compiler.codegen.nodes import Node, Nodes
from game.compiler.codegen.part import Compiled, Part
from game.compiler.codegen.pen import Pen
from game.rules.classes import dataclass
from game.rules.layout import NEVER
from game.rules.orders import MEANS, roles
from game.rules.program import ActionRow, ActionTable, Formula, Program

OFTEN: Final = 4
"""What so many orders ask about is reckoned beforehand."""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """One row of an action."""

    number: int
    role: str
    action: ActionTable
    target: str
    row: ActionRow
    act: int
    """The number of its block."""
    left: int
    """The slot of what is left of its role's means."""


def order_rows(program: Program, numbers: Mapping[int, int]) -> tuple[OrderFacts, ...]:
    """All orders that can ever be given; `numbers` says for each block (by identity) which it is."""
    found: list[OrderFacts] = []
    for action in program.actions.values():
        left = program.layout.index[f"unspent:{action.track}"]
        for target, row in action.rows.items():
            act = numbers.get(id(row.deed), -1)
            found.append(OrderFacts(len(found), action.track, action, target, row, act, left))
    return tuple(found)


def costs_of(program: Program) -> tuple[str, ...]:
    """What orders and settings may cost: means and national numbers, by name."""
    names = {MEANS}
    for each in order_rows(program, {}):
        names.update(name for name, _ in each.row.cost)
        names.update(name for surcharge in each.row.surcharges for name, _ in surcharge.cost)
    for setting in program.settings:
        names.update(name for name, _ in setting.cost)
    return tuple(sorted(names))


def orders_part(program: Program) -> Compiled:
    """`open0(v, t)` and so on, one for each role; each gives `(number, cost, cost …)` for what is legal by itself."""
    nodes = Nodes(program)
    part = Part("orders", nodes)
    costs = costs_of(program)
    rows = order_rows(program, {})
    for number, role in enumerate(roles(program)):
        pen = part.pen("orders", "when")
        mine = [_Order(nodes, each, costs) for each in rows if each.role == role]
        for order in mine:
            pen.expect(order.holds, *order.costs)
        for node, uses in sorted(pen.uses.items(), key=lambda item: item[0].size):
            turn = node.name == "slot" and node.value == nodes.turn
            if uses >= OFTEN and node.reads and not turn:
                pen.keep(node)
        pen.line("found = []")
        for order in mine:
            order.write(pen)
        pen.line("return found")
        part.add(f"def open{number}(v, t):", pen)
    return part.compiled()


def single_part(program: Program) -> Compiled:
    """`order0(v, t)` and so on, one for each order: what the list would hold of it, or None."""
    nodes = Nodes(program)
    part = Part("single orders", nodes)
    costs = costs_of(program)
    for facts in order_rows(program, {}):
        pen = part.pen(facts.action.id, "when")
        order = _Order(nodes, facts, costs)
        pen.expect(order.holds, *order.costs)
        order.write(pen, "return ")
        part.add(f"def order{facts.number}(v, t):", pen)
    return part.compiled()


def simple_part(program: Program) -> Compiled:
    """For each order that only adds numbers known beforehand: `give0(v, t, given)`, and `hold0(v)` after all others.

    Where only such orders are given, nothing that they read can have moved. Where orders cost more than means, none is.
    """
    nodes = Nodes(program)
    part = Part("orders written out", nodes)
    layout = program.layout
    costs = costs_of(program)
    for facts in order_rows(program, {}):
        deed = facts.row.deed
        if len(costs) > 1 or not _is_simple(nodes, facts):
            continue
        give = part.pen(facts.action.id, "effects")
        hold = part.pen(facts.action.id, "effects")
        for write in deed.writes:
            slot, amount = write.slot, nodes.of(write.amount).value
            low, high = layout.low[slot], layout.high[slot]
            give.line(f"v[{slot}] += {amount}")
            held = f"if x > {high}: v[{slot}] = {high}" if amount > 0 else f"if x < {low}: v[{slot}] = {low}"
            other = (
                f"elif x < {low}: v[{slot}] = {low}" if amount > 0 else f"elif x > {high}: v[{slot}] = {high}"
            )
            for line in (f"x = v[{slot}]", held, other):
                hold.line(line)
        give.line(f"v[{facts.row.given}] = t; v[{facts.row.times}] += 1")
        if not _cost(nodes, facts.row, costs[0]).never:
            give.line(f"v[{facts.left}] -= o[1]")
        part.add(f"def give{facts.number}(v, t, o):", give)
        part.add(f"def hold{facts.number}(v):", hold)
    return part.compiled()


def _is_simple(nodes: Nodes, facts: OrderFacts) -> bool:
    deed = facts.row.deed
    if facts.action.takes or deed.results or deed.summons or deed.cancels or deed.reveals:
        return False
    return all(
        not write.sets
        and (write.when is None or nodes.of(write.when).always)
        and nodes.of(write.amount).name == "const"
        for write in deed.writes
    )


class _Order:
    """An order as nodes."""

    def __init__(self, nodes: Nodes, facts: OrderFacts, costs: tuple[str, ...]) -> None:
        self.facts = facts
        row = facts.row
        holds = [nodes.of(each) for each in (row.exists, row.when) if each is not None]
        self.holds = nodes.make("and", *holds) if holds else nodes.const(1)
        self.costs = [_cost(nodes, row, name) for name in costs]

    def write(self, pen: Pen, put: str = "") -> None:
        """Lines that put the order on the list, or return it, if it is legal by itself."""
        facts = self.facts
        action, row = facts.action, facts.row
        if self.holds.never:
            return
        pen.origin = pen.part.origin(action.id, "when")
        guard = f"t - v[{row.given}] >= {action.repeats}"
        if action.takes:
            guard += f" and v[{row.running}] <= {NEVER}"
        with pen.block(f"if {guard}:"):
            if self.holds.always:
                self._list(pen, put)
            else:
                with pen.block(f"if {pen.test(self.holds)}:"):
                    self._list(pen, put)

    def _list(self, pen: Pen, put: str) -> None:
        pen.origin = pen.part.origin(self.facts.action.id, "cost")
        costs = ", ".join(pen.whole(each) for each in self.costs)
        order = f"({self.facts.number}, {costs})"
        pen.line(f"{put}{order}" if put else f"found.append({order})")


def _cost(nodes: Nodes, row: ActionRow, name: str) -> Node:
    """What an order costs of one thing, the modifiers that bear on it included."""

    def amount(cost: tuple[tuple[str, Formula], ...]) -> Node:
        return next((nodes.of(each) for known, each in cost if known == name), nodes.const(0))

    parts = [amount(row.cost)]
    for surcharge in row.surcharges:
        extra = amount(surcharge.cost)
        if not extra.never:
            parts.append(nodes.make("if", nodes.of(surcharge.when), extra, nodes.const(0)))
    total = nodes.make("sum", *parts) if len(parts) > 1 else parts[0]
    return nodes.make("max", total, nodes.const(0))


__all__ = ["OrderFacts", "costs_of", "order_rows", "orders_part", "simple_part", "single_part"]
