"""Which blocks are written out?  Those of events and choices that only write, for games without a ledger.

`p7(v, t, b)` does block 7 with its results, `h7(g, v, t, b)` lets event 7 happen. A block that calls, drops or reveals
something, or in which writes may meet, is done by `game.compiler.codegen.happening` instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.compiler.codegen.nodes import Node, Nodes
from game.compiler.codegen.part import Compiled, Part
from game.compiler.codegen.pen import Pen
from game.rules.program import Deed
from game.rules.writing import CERTAIN

Written = tuple[int, bool, Node | None, Node, str]
"""Slot, whether it sets, its condition, the amount, and which effect of the program it is."""


def direct_part(nodes: Nodes, deeds: Sequence[tuple[int, str, Deed]]) -> Compiled:
    """The functions of all blocks of a group that can be written out."""
    part = Part("blocks written out", nodes)
    alone = {
        id(event.rows[0].deed): (number, event.rows[0])
        for number, event in enumerate(nodes.program.events)
        if len(event.rows) == 1
    }
    for number, item, deed in deeds:
        if "=" not in item and writes_only(deed):
            pen = part.pen(item, "effects")
            _block(pen, number, item, deed)
            if id(deed) in alone:
                event, row = alone[id(deed)]
                pen.line(f"v[{row.happened}] = t; v[{row.times}] += 1")
                part.add(f"def h{event}(g, v, t, b):", pen)
            else:
                part.add(f"def p{number}(v, t, b):", pen)
    return part.compiled()


def writes_only(deed: Deed) -> bool:
    """Whether a block can be written out, with its results."""
    own = [write.slot for write in deed.writes]
    if len(set(own)) < len(own) or _follows(deed):
        return False
    for way in deed.results:
        slots = own + [write.slot for write in way.deed.writes]
        if len(set(slots)) < len(slots) or _follows(way.deed):
            return False
    return True


def _follows(deed: Deed) -> bool:
    return bool(deed.summons or deed.cancels or deed.reveals)


def _block(pen: Pen, number: int, item: str, deed: Deed) -> None:
    nodes = pen.part.nodes
    own = _writes(nodes, number, deed)
    ways = [_writes(nodes, number + 1 + at, way.deed) for at, way in enumerate(deed.results)]
    shares: list[Node] = []
    if deed.results:
        chances = [nodes.of(way.chance) for way in deed.results if way.chance is not None]
        shares = [nodes.make("max", each, nodes.const(0)) for each in chances]
        rest = nodes.make("-", nodes.const(CERTAIN), nodes.plain("sum", tuple(shares)))
        shares.append(nodes.make("max", rest, nodes.const(0)))
    everything = [own, *ways]
    read = 0
    for writes in everything:
        for _, _, when, amount, _ in writes:
            pen.expect(when, amount)
            read |= amount.reads | (when.reads if when is not None else 0)
    pen.expect(*shares)
    for writes in everything:
        for slot, *_ in writes:
            if read >> slot & 1:
                pen.keep(nodes.slot(slot))
            pen.moving |= 1 << slot
    if shares:
        pen.line(f"k = pick(b, {deed.result_key}, t, ({', '.join(pen.number(each) for each in shares)},))")
        for at, (way, writes) in enumerate(zip(deed.results, ways, strict=True)):
            if writes:
                with pen.block(f"if k == {at}:"):
                    _put(pen, f"{item}={way.id}", writes)
    _put(pen, item, own)
    pen.origin = pen.part.origin(item, "effects")


def _writes(nodes: Nodes, number: int, deed: Deed) -> list[Written]:
    found: list[Written] = []
    for at, write in enumerate(deed.writes):
        when = None if write.when is None else nodes.of(write.when)
        if when is None or not when.never:
            condition = None if when is None or when.always else when
            found.append((write.slot, write.sets, condition, nodes.of(write.amount), f"{number}.{at}"))
    return found


def _put(pen: Pen, item: str, writes: Sequence[Written]) -> None:
    nodes = pen.part.nodes
    layout = nodes.program.layout
    for slot, sets, when, amount, effect in writes:
        pen.origin = pen.part.origin(item, f"effects {effect}")
        low, high = layout.low[slot], layout.high[slot]
        if when is None and amount.name == "const":
            _put_number(pen, slot, sets, amount.value, low, high)
            continue
        value = amount if sets else nodes.make("+", nodes.slot(slot), amount)
        value = nodes.make("clamp", value, nodes.const(low), nodes.const(high))
        if when is None:
            pen.line(f"v[{slot}] = {pen.whole(value)}")
        else:
            with pen.block(f"if {pen.test(when)}:"):
                pen.line(f"v[{slot}] = {pen.whole(value)}")


def _put_number(pen: Pen, slot: int, sets: bool, amount: int, low: int, high: int) -> None:
    old = pen.known.get(pen.part.nodes.slot(slot), f"v[{slot}]")
    if sets:
        pen.line(f"v[{slot}] = {max(low, min(high, amount))}")
    elif amount > 0:
        pen.line(f"x = {old} + {amount}; v[{slot}] = x if x < {high} else {high}")
    elif amount < 0:
        pen.line(f"x = {old} - {-amount}; v[{slot}] = x if x > {low} else {low}")


__all__ = ["direct_part", "writes_only"]
