"""What does a block do, ready to be done?  Its numbers as they are, what must be reckoned as generated functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from game.compiler.codegen.finding import all_deeds
from game.compiler.codegen.nodes import Node, Nodes
from game.compiler.codegen.part import Compiled, Part
from game.compiler.codegen.pen import IF, WHOLE, Block, Pen
from game.rules.classes import dataclass
from game.rules.layout import NEVER
from game.rules.ledger import Mark, Sentence
from game.rules.program import Deed, Program, Saying, Summons
from game.rules.writing import CERTAIN

Values = list[int]
Amounts = Sequence[int | None]
Move = tuple[int, bool, int, int, int]
"""A write whose amount is known: slot, whether it sets, the amount, the slot's bounds."""
GROUPS: Final = ("events", "rules", "orders", "directives")


@dataclass(slots=True)
class Act:
    """A block: what it writes, calls, drops and reveals, and its possible ends."""

    writes: tuple[tuple[int, bool, int, int], ...]
    """Slot, whether it sets, and the slot's bounds."""
    fixed: tuple[Move, ...] | None
    """All writes with their amounts, where these are known beforehand."""
    amounts: Callable[[Values, int], Amounts] | None
    """What is written at a moment; None for a write whose condition does not hold."""
    distinct: bool
    """Whether no two writes meet in one slot."""
    calls: tuple[tuple[int, int, Callable[[Values, int], int] | int | None, int], ...]
    """Due slot, turns from now, chance, key."""
    cancels: tuple[int, ...]
    reveals: tuple[int, ...]
    ways: tuple[Act, ...]
    names: tuple[str, ...]
    """The results' ids."""
    shares: Callable[[Values, int], Sequence[int]] | Sequence[int] | None
    key: int
    because: Callable[[Values, int], Sentence | None] | Sentence | None
    marks: tuple[Mark, ...]
    reads: tuple[str, ...]
    follows: bool
    """Whether anything comes after its writes."""


def numbered(program: Program) -> dict[str, list[tuple[int, str, Deed]]]:
    """All blocks with their numbers, by the part in which their functions are."""
    found: dict[str, list[tuple[int, str, Deed]]] = {group: [] for group in GROUPS}
    group_of = {id(deed): group for group, deeds in _outer(program).items() for deed in deeds}
    group = GROUPS[0]
    for number, (item, deed) in enumerate(all_deeds(program)):
        group = group_of.get(id(deed), group)
        found[group].append((number, item, deed))
    return found


def _outer(program: Program) -> dict[str, list[Deed]]:
    return {
        "events": [row.deed for event in program.events for row in event.rows],
        "rules": [row.deed for stage in program.stages for rule in stage for row in rule.rows],
        "orders": [row.deed for action in program.actions.values() for row in action.rows.values()],
        "directives": [deed for each in program.directives for deed in (each.met, each.missed)],
    }


def acts_part(nodes: Nodes, group: str, deeds: Sequence[tuple[int, str, Deed]]) -> Compiled:
    """The functions of the blocks of one group."""
    part = Part(f"blocks of {group}", nodes)
    for number, item, deed in deeds:
        if not _is_fixed(nodes, deed):
            _amounts(part, number, item, deed)
        if deed.results and not all(each.name == "const" for each in _chances(nodes, deed)):
            _shares(part, number, item, deed)
        for at, call in enumerate(deed.summons):
            if call.chance is not None and nodes.of(call.chance).name != "const":
                _returned(part, f"k{number}_{at}", item, "chance", nodes.of(call.chance))
        if deed.because is not None and deed.because.steady is None:
            said(part, f"s{number}", item, deed.because)
    return part.compiled()


def _is_fixed(nodes: Nodes, deed: Deed) -> bool:
    return all(
        nodes.of(write.amount).name == "const" and (write.when is None or nodes.of(write.when).always)
        for write in deed.writes
    )


def _chances(nodes: Nodes, deed: Deed) -> list[Node]:
    return [nodes.of(way.chance) for way in deed.results if way.chance is not None]


def _returned(part: Part, name: str, item: str, field: str, node: Node) -> None:
    pen = part.pen(item, field)
    pen.expect(node)
    pen.line(f"return {pen.number(node)}")
    part.add(f"def {name}(v, t):", pen)


def _amounts(part: Part, number: int, item: str, deed: Deed) -> None:
    """`(3, v[7] // 2 if v[9] else None, …)`, an amount a line, so that a fault shows which it was."""
    pen = part.pen(item, "effects")
    nodes = part.nodes
    whens = [None if write.when is None else nodes.of(write.when) for write in deed.writes]
    amounts = [nodes.of(write.amount) for write in deed.writes]
    pen.expect(*whens, *amounts)
    texts = []
    for at, (when, amount) in enumerate(zip(whens, amounts, strict=True)):
        pen.origin = part.origin(item, f"effects {number}.{at}")
        if when is not None and when.never:
            texts.append((pen.origin, "None"))
        elif when is None or when.always:
            texts.append((pen.origin, pen.whole(amount)))
        else:
            test, held = pen.test(when), pen.held(amount, WHOLE, IF + 1, False)
            texts.append((pen.origin, f"{held} if {test} else None"))
    pen.origin = part.origin(item, "effects")
    pen.line("return (")
    for pen.origin, text in texts:
        pen.line(f"    {text},")
    pen.line(")")
    part.add(f"def a{number}(v, t):", pen)


def _shares(part: Part, number: int, item: str, deed: Deed) -> None:
    """The shares of the results: what the others leave of 100 goes to the last."""
    nodes = part.nodes
    pen = part.pen(item, "chance")
    chances = [nodes.make("max", each, nodes.const(0)) for each in _chances(nodes, deed)]
    total = nodes.make("sum", *chances) if len(chances) > 1 else chances[0]
    rest = nodes.make("max", nodes.make("-", nodes.const(CERTAIN), total), nodes.const(0))
    pen.expect(*chances, rest)
    pen.line(f"return ({', '.join(pen.number(each) for each in (*chances, rest))},)")
    part.add(f"def w{number}(v, t):", pen)


def said(part: Part, name: str, item: str, saying: Saying) -> None:
    """The function that says a text at a moment."""
    pen = part.pen(item, "because")
    nodes = part.nodes
    variants = [
        (None if when is None else nodes.of(when), [nodes.of(each) for each in formulas])
        for when, _, formulas in saying.variants
    ]
    write_sentence(pen, saying.key, variants, "return ")
    part.add(f"def {name}(v, t):", pen)


def write_sentence(pen: Pen, key: str, variants: Sequence[tuple[Node | None, list[Node]]], put: str) -> None:
    """Lines that put down the first variant whose condition holds, or None."""
    opened: list[Block] = []
    for number, (when, values) in enumerate(variants):
        if when is not None and when.never:
            continue
        certain = when is None or when.always
        if when is not None and not certain:
            pen.open(f"if {pen.test(when)}:", opened)
        if all(each.name == "const" for each in values):
            pen.line(f"{put}{pen.part.sentence(key, number, tuple(each.value for each in values))}")
        else:
            listed = ", ".join(pen.whole(each) for each in values)
            comma = "," if len(values) == 1 else ""
            pen.line(f"{put}new(Sentence, ({key!r}, {number}, ({listed}{comma})))")
        if certain:
            break
        pen.close(opened)
        pen.open("else:", opened)
    else:
        pen.line(f"{put}None")
    while opened:
        pen.close(opened)


def bind(program: Program, nodes: Nodes, deed: Deed, number: int, made: Mapping[str, Any]) -> Act:
    """A block with its generated functions; `number` counts on through its results."""
    layout = program.layout
    low, high = layout.low, layout.high
    live = [write for write in deed.writes if write.when is None or not nodes.of(write.when).never]
    fixed: tuple[Move, ...] | None = None
    if f"a{number}" not in made:
        fixed = tuple(
            (write.slot, write.sets, nodes.of(write.amount).value, low[write.slot], high[write.slot])
            for write in live
        )
    shares: Any = made.get(f"w{number}")
    if deed.results and shares is None:
        chances = [max(0, each.value) for each in _chances(nodes, deed)]
        shares = (*chances, max(0, CERTAIN - sum(chances)))
    because: Any = made.get(f"s{number}")
    if because is None and deed.because is not None:
        because = deed.because.steady
    return Act(
        writes=tuple((write.slot, write.sets, low[write.slot], high[write.slot]) for write in deed.writes),
        fixed=fixed,
        amounts=made.get(f"a{number}"),
        distinct=len({write.slot for write in deed.writes}) == len(deed.writes),
        calls=tuple(_call(nodes, call, made.get(f"k{number}_{at}")) for at, call in enumerate(deed.summons)),
        cancels=deed.cancels,
        reveals=deed.reveals,
        ways=tuple(
            bind(program, nodes, way.deed, number + 1 + at, made) for at, way in enumerate(deed.results)
        ),
        names=tuple(way.id for way in deed.results),
        shares=shares,
        key=deed.result_key,
        because=because,
        marks=tuple(write.mark for write in (live if fixed is not None else deed.writes)),
        reads=deed.reads,
        follows=bool(deed.summons or deed.cancels or deed.reveals),
    )


def _call(nodes: Nodes, call: Summons, reckoned: Any) -> tuple[int, int, Any, int]:
    chance = reckoned
    if chance is None and call.chance is not None:
        chance = nodes.of(call.chance).value
    return call.due, call.after, chance, call.key


__all__ = ["NEVER", "Act", "acts_part", "bind", "numbered", "said"]
