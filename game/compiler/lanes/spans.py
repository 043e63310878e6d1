"""Between which bounds does a value of a running game lie?  Interval arithmetic over slots, for widths of columns."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from game.compiler.ranges import Range, among, binary, call
from game.rules.classes import dataclass, field
from game.rules.core import Const, Core, Named, Op, Slot
from game.rules.layout import NEVER
from game.rules.program import Deed, Program

ANYTHING: Final[Range] = (-(10**12), 10**12)
SMALL: Final[Range] = (-32_768, 32_767)
FLAG: Final[Range] = (0, 1)
LIGHT: Final[Range] = (-(2**18), 2**18)
"""Thousands of effects of this size can be added up in 32 bits."""
COMPARED: Final = frozenset({"<", "<=", ">", ">=", "==", "!="})


class Width(IntEnum):
    """How wide the whole numbers of a column are."""

    BIT = 0
    """Flags: 0 and 1 in a byte."""
    SMALL = 1
    """16 bits: nearly all variables, and all turns of the memory."""
    LARGE = 2
    """64 bits."""


def width_of(span: Range) -> Width:
    """The narrowest width that holds all values of a span."""
    if within(span, FLAG):
        return Width.BIT
    return Width.SMALL if within(span, SMALL) else Width.LARGE


def within(span: Range, bounds: Range) -> bool:
    """Whether a span lies within bounds."""
    return bounds[0] <= span[0] and span[1] <= bounds[1]


def around(*spans: Range) -> Range:
    """The smallest span that holds all of some spans."""
    return min(low for low, _ in spans), max(high for _, high in spans)


@dataclass(slots=True)
class Spans:
    """The spans of a program's slots, and of every expression over them."""

    program: Program
    named: Sequence[Core]
    slots: list[Range] = field(init=False)
    _named: dict[int, Range] = field(default_factory=dict)
    _cores: dict[Core, Range] = field(default_factory=dict)

    def __post_init__(self) -> None:
        layout = self.program.layout
        last = layout.turns + max([1, *_delays(self.program)])
        first = min([0, *(each for each in layout.start[layout.stored :] if each > NEVER)])
        self.slots = []
        for number, name in enumerate(layout.names):
            kind, _, _ = name.partition(":")
            if number < layout.stored:
                span: Range = (layout.low[number], layout.high[number])
            elif kind in ("purse", "unspent", "noted"):
                span = ANYTHING  # taken back below, once the rest is known
            elif kind in ("event", "due", "choice", "given", "running", "milestone"):
                span = (NEVER, last)
            elif kind == "revealed":
                span = FLAG
            else:  # turns, numbers of items, counts of what happens at most once a turn
                span = (first, max(layout.turns + 1, len(self.program.events), len(self.program.directives)))
            self.slots.append(around(span, (layout.start[number],) * 2))
        self._narrow()
        self._keep()

    def _narrow(self) -> None:
        """Purses and notes are as large as what they are reckoned from."""
        index, found = self.program.layout.index, dict[int, Range]()
        self._keep()
        for track, formula in self.program.purses:
            span = 0, max(0, self.of(formula.core)[1])
            found[index[f"purse:{track}"]] = found[index[f"unspent:{track}"]] = span
        for directive in self.program.directives:
            slot = index[f"noted:{directive.group}"]
            noted = FLAG if directive.note is None else self.of(directive.note.core)
            found[slot] = around(found.get(slot, FLAG), noted)
        del self.slots[len(self.program.layout.names) :]
        for slot, span in found.items():
            self.slots[slot] = around(span, (self.program.layout.start[slot],) * 2)
        self._named.clear()
        self._cores.clear()

    def _keep(self) -> None:
        """What `before` asks for has the span of what it keeps."""
        self.slots += [self.slots[slot] for slot, _ in sorted(self.program.opening, key=lambda pair: pair[1])]

    def of(self, core: Core) -> Range:
        """The span of an expression."""
        match core:
            case Const(value):
                return value, value
            case Slot(index):
                return self.slots[index]
            case Named(index):
                if index not in self._named:
                    self._named[index] = self.of(self.named[index])
                return self._named[index]
            case Op(name, parts):
                if core not in self._cores:
                    self._cores[core] = self._operation(name, parts)
                return self._cores[core]

    def _operation(self, name: str, parts: tuple[Core, ...]) -> Range:
        spans = [self.of(part) for part in parts]
        match name:
            case "neg":
                return -spans[0][1], -spans[0][0]
            case "not":
                return FLAG
            case "sum":
                return sum(low for low, _ in spans), sum(high for _, high in spans)
            case "and" | "or":
                return FLAG
            case "if":
                if since(Op(name, parts)) is not None:
                    return around((0, max(0, self.slots[_turn(self.program)][1] - self._first())), spans[2])
                return around(*spans[1:])
            case "among":
                return among(spans[0], spans[1:])
            case "along":
                return around(*spans[2::2])
            case "//" if spans[1][0] <= 0 <= spans[1][1]:
                return around(binary(name, spans[0], spans[1]), binary(name, spans[0], (-1, 1)), (0, 0))
            case _ if name in COMPARED:
                return FLAG
            case "+" | "-" | "*" | "//":
                return binary(name, spans[0], spans[1])
            case "min":
                return min(low for low, _ in spans), min(high for _, high in spans)
            case "max":
                return max(low for low, _ in spans), max(high for _, high in spans)
            case _:
                return call(name, spans)

    def heavy(self) -> set[int]:
        """Variables that some effect may move so far that the sum of all effects needs a wide column."""
        index, found = self.program.layout.index, set[int]()
        for deed in deeds(self.program):
            found |= {each.slot for each in deed.writes if not within(self.of(each.amount.core), LIGHT)}
        for action in self.program.actions.values():
            for row in action.rows.values():
                costs = [row.cost, *(each.cost for each in row.surcharges)]
                found |= {
                    index[name]
                    for cost in costs
                    for name, amount in cost
                    if name in index and not within(self.of(amount.core), LIGHT)
                }
        for setting in self.program.settings:
            found |= {
                index[name]
                for name, amount in setting.cost
                if name in index and not within(self.of(amount.core), LIGHT)
            }
        return found

    def _first(self) -> int:
        layout = self.program.layout
        return min([0, *(each for each in layout.start[layout.stored :] if each > NEVER)])


def since(core: Core) -> tuple[Core, Core] | None:
    """The slot and the other end of `turn - slot if slot > NEVER else other`; None for anything else."""
    match core:
        case Op("if", (Op(">", (Slot(asked), Const(value))), Op("-", (Slot(), Slot(slot))), other)):
            if asked == slot and value == NEVER:
                return Slot(slot), other
        case _:
            pass
    return None


def _turn(program: Program) -> int:
    return program.layout.index["turn"]


def _delays(program: Program) -> list[int]:
    """How many turns ahead something is set, as far as it can be."""
    found = [action.takes for action in program.actions.values()]
    for deed in deeds(program):
        found += [each.after for each in deed.summons]
    return found


def deeds(program: Program) -> list[Deed]:
    """Every block of a program, those of results included."""
    outer = [row.deed for event in program.events for row in event.rows]
    outer += [choice.deed for event in program.events for row in event.rows for choice in row.choices]
    outer += [row.deed for action in program.actions.values() for row in action.rows.values()]
    outer += [row.deed for stage in program.stages for rule in stage for row in rule.rows]
    outer += [deed for each in program.directives for deed in (each.met, each.missed)]
    return [*outer, *(way.deed for deed in outer for way in deed.results)]
