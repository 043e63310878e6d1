"""Which blocks are written out?  Nearly all of events and choices, for games without a ledger.

`p7(g, v, t, b)` does block 7 with its results, `h7(g, v, t, b)` lets event 7 happen. Everything is read first, then
written: writes that meet in a slot are put together, the drawn result's with the block's own; then events are dropped,
revealed and called. Where several writes set a slot and some of them have conditions, the block is done by
`game.compiler.codegen.doing` instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.compiler.codegen.chances import chance
from game.compiler.codegen.nodes import Node, Nodes
from game.compiler.codegen.part import Compiled, Part
from game.compiler.codegen.pen import Pen
from game.rules.layout import NEVER
from game.rules.program import Deed, Write
from game.rules.writing import CERTAIN

Written = tuple[int, bool, Node | None, Node, str]
"""Slot, whether it sets, its condition, the amount, and which effect of the program it is."""


def direct_part(nodes: Nodes, deeds: Sequence[tuple[int, str, Deed]], fate: str) -> Compiled:
    """The functions of all blocks of a group that can be written out."""
    part = Part(f"blocks written out, {fate} fate", nodes)
    alone = {
        id(event.rows[0].deed): (number, event.rows[0])
        for number, event in enumerate(nodes.program.events)
        if len(event.rows) == 1
    }
    for number, item, deed in deeds:
        if "=" not in item and can_be_written(deed):
            pen = part.pen(item, "effects")
            _block(pen, fate, number, item, deed)
            if id(deed) in alone:
                event, row = alone[id(deed)]
                pen.line(f"v[{row.happened}] = t; v[{row.times}] += 1")
                part.add(f"def h{event}(g, v, t, b):", pen)
            else:
                part.add(f"def p{number}(g, v, t, b):", pen)
    return part.compiled()


def can_be_written(deed: Deed) -> bool:
    """Whether a block can be written out, with its results."""
    return all(
        _sets_clearly((*deed.writes, *way)) for way in ((), *(way.deed.writes for way in deed.results))
    )


def _sets_clearly(writes: Sequence[Write]) -> bool:
    sets: dict[int, list[bool]] = {}
    for write in writes:
        if write.sets:
            sets.setdefault(write.slot, []).append(write.when is not None)
    return not any(len(each) > 1 and any(each) for each in sets.values())


def _block(pen: Pen, fate: str, number: int, item: str, deed: Deed) -> None:
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
    deeds = [deed, *(way.deed for way in deed.results)]
    odds = [nodes.of(call.chance) for each in deeds for call in each.summons if call.chance is not None]
    read = 0
    for writes in everything:
        for _, _, when, amount, _ in writes:
            pen.expect(when, amount)
            read |= amount.reads | (when.reads if when is not None else 0)
    pen.expect(*shares, *odds)
    for writes in everything:
        for slot, *_ in writes:
            if read >> slot & 1:
                pen.keep(nodes.slot(slot))
            pen.moving |= 1 << slot
    if shares:
        pen.line(f"k = pick(b, {deed.result_key}, t, ({', '.join(pen.number(each) for each in shares)},))")
    if not shares or _apart(deed, own, ways):
        for at, (way, writes) in enumerate(zip(deed.results, ways, strict=True)):
            if writes:
                with pen.block(f"if k == {at}:"):
                    _put(pen, f"{item}={way.id}", writes)
        comes = _coming(pen, fate, item, [deed])
        _put(pen, item, own)
        _follow(pen, [deed], comes)
    else:
        for at, (way, writes) in enumerate(zip(deed.results, ways, strict=True)):
            with pen.block(f"{'if' if at == 0 else 'elif'} k == {at}:"):
                comes = _coming(pen, fate, item, [deed, way.deed])
                _put(pen, item, [*own, *writes])
                _follow(pen, [deed, way.deed], comes)
    pen.origin = pen.part.origin(item, "effects")


def _apart(deed: Deed, own: Sequence[Written], ways: Sequence[Sequence[Written]]) -> bool:
    """Whether the results have nothing to do with what the block itself does."""
    if deed.summons or deed.cancels or deed.reveals:
        return False
    slots = {slot for slot, *_ in own}
    return not any(
        way.deed.summons or way.deed.cancels or way.deed.reveals or slots & {slot for slot, *_ in writes}
        for way, writes in zip(deed.results, ways, strict=True)
    )


def _coming(pen: Pen, fate: str, item: str, deeds: Sequence[Deed]) -> list[str]:
    """For each called event whether it comes, reckoned now; `True` if it does at any rate."""
    found = []
    for deed in deeds:
        for call in deed.summons:
            pen.origin = pen.part.origin(item, "chance")
            node = None if call.chance is None else pen.part.nodes.of(call.chance)
            comes = chance(pen, fate, node, str(call.key)) or "True"
            if comes not in ("True", "False"):
                name = pen.name()
                pen.line(f"{name} = {comes}")
                comes = name
            found.append(comes)
    return found


def _follow(pen: Pen, deeds: Sequence[Deed], comes: Sequence[str]) -> None:
    """Drop, reveal, and call what comes."""
    for deed in deeds:
        for slot in deed.cancels:
            pen.line(f"v[{slot}] = {NEVER}")
        for slot in deed.reveals:
            pen.line(f"v[{slot}] = 1")
    calls = (call for deed in deeds for call in deed.summons)
    for call, holds in zip(calls, comes, strict=True):
        due = f"t + {call.after}" if call.after else "t"
        if holds != "False":
            asked = "" if holds == "True" else f"{holds} and "
            with pen.block(f"if {asked}not t <= v[{call.due}] <= {due}:"):
                pen.line(f"v[{call.due}] = {due}; g.calls.add({due})")


def _writes(nodes: Nodes, number: int, deed: Deed) -> list[Written]:
    found: list[Written] = []
    for at, write in enumerate(deed.writes):
        when = None if write.when is None else nodes.of(write.when)
        if when is None or not when.never:
            condition = None if when is None or when.always else when
            found.append((write.slot, write.sets, condition, nodes.of(write.amount), f"{number}.{at}"))
    return found


def _put(pen: Pen, item: str, writes: Sequence[Written]) -> None:
    """Lines that write all of it, those that meet in a slot together."""
    nodes = pen.part.nodes
    layout = nodes.program.layout
    slots: dict[int, list[Written]] = {}
    for write in writes:
        slots.setdefault(write[0], []).append(write)
    for slot, some in slots.items():
        pen.origin = pen.part.origin(item, f"effects {some[0][4]}")
        low, high = layout.low[slot], layout.high[slot]
        if len(some) == 1:
            _, sets, when, amount, _ = some[0]
            value = amount if sets else nodes.make("+", nodes.slot(slot), amount)
        else:
            sets, when, amount = _together(nodes, slot, some)
            value = amount if sets else nodes.make("+", nodes.slot(slot), amount)
        if when is None and amount.name == "const":
            _put_number(pen, slot, sets, amount.value, low, high)
            continue
        value = nodes.make("clamp", value, nodes.const(low), nodes.const(high))
        if when is None:
            pen.line(f"v[{slot}] = {pen.whole(value)}")
        else:
            with pen.block(f"if {pen.test(when)}:"):
                pen.line(f"v[{slot}] = {pen.whole(value)}")


def _together(nodes: Nodes, slot: int, writes: Sequence[Written]) -> tuple[bool, None, Node]:
    """Several writes to one slot as one: the highest that sets, or else the old value, plus all that is added."""
    sets = [each for each in writes if each[1]]
    added = [
        amount if when is None else nodes.make("if", when, amount, nodes.const(0))
        for _, adds, when, amount, _ in writes
        if not adds
    ]
    if not sets:
        return False, None, _sum(nodes, added)
    if len(sets) == 1 and sets[0][2] is not None:
        base = nodes.make("if", sets[0][2], sets[0][3], nodes.slot(slot))
    else:
        base = sets[0][3]
        for each in sets[1:]:
            base = nodes.make("max", base, each[3])
    return True, None, _sum(nodes, [base, *added])


def _sum(nodes: Nodes, parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else nodes.make("sum", *parts)


def _put_number(pen: Pen, slot: int, sets: bool, amount: int, low: int, high: int) -> None:
    old = pen.known.get(pen.part.nodes.slot(slot), f"v[{slot}]")
    if sets:
        pen.line(f"v[{slot}] = {max(low, min(high, amount))}")
    elif amount > 0:
        pen.line(f"x = {old} + {amount}; v[{slot}] = x if x < {high} else {high}")
    elif amount < 0:
        pen.line(f"x = {old} - {-amount}; v[{slot}] = x if x > {low} else {low}")


__all__ = ["can_be_written", "direct_part"]
