"""Which expressions are the same, and what can be known of them beforehand?  Each distinct one is a node.

Named expressions are laid open, equal ones are one node, and what the bounds of the values settle is settled here:
a clamp that never holds back, a comparison that cannot fail, anything that hangs on the turn alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Final

from game.compiler.codegen.simpler import COMPARED, SIMPLER
from game.compiler.ranges import Range, among, binary, call
from game.rules.classes import dataclass
from game.rules.core import ARITHMETIC, Const, Core, Named, Op, Slot
from game.rules.program import Formula, Program

ANYTHING: Final[Range] = (-(10**18), 10**18)
"""Wider than any number can grow, whose declared bounds `check` holds within 10^12."""
FLAGS: Final = frozenset({*COMPARED, "and", "or", "not", "among"})
SMALL: Final = 3
"""An expression of the turn that is longer is looked up in a table."""


@dataclass(eq=False, slots=True)
class Node:
    """An expression: a `const`, a `slot`, a `table` over the turns, or an operation of `game.rules.core`."""

    name: str
    parts: tuple[Node, ...]
    value: int
    """The number, the slot, or which table."""
    low: int
    high: int
    reads: int
    """The slots it reads, as bits."""
    size: int
    depth: int
    base: Node | None = None
    """The one node that it is a function of, besides numbers; None if there are several, or it is one itself."""
    steps: int = 0
    """How many operations there are from the base to here."""

    @property
    def bit(self) -> bool:
        """Whether it is 0 or 1."""
        return self.low >= 0 and self.high <= 1

    @property
    def always(self) -> bool:
        """Whether it holds whatever the values are."""
        return self.low > 0 or self.high < 0

    @property
    def never(self) -> bool:
        """Whether it holds for no values."""
        return self.low == self.high == 0


class Nodes:
    """The nodes of one program as they are within some of its turns."""

    def __init__(
        self, program: Program, first: int = 1, last: int = 0, named: Sequence[Formula] | None = None
    ) -> None:
        layout = program.layout
        self.program = program
        self._formulas = program.named if named is None else named
        self.turns = layout.turns
        self.turn = layout.index["turn"]
        self.spans = spans_of(program)
        self.spans[self.turn] = first, last or layout.turns
        self.tables: list[tuple[int, ...]] = []
        self.named: set[Node] = set()
        """What is read in several places, and so is not to be dissolved in a longer operation."""
        self._named: dict[int, Node] = {}
        self._cores: dict[int, Node] = {}
        self._known: dict[tuple[object, ...], Node] = {}

    def of(self, core: Core | Formula) -> Node:
        """The node of an expression."""
        if isinstance(core, Formula):
            core = core.core
        found = self._cores.get(id(core))
        if found is None:
            match core:
                case Const(value):
                    found = self.const(value)
                case Slot(index):
                    found = self.slot(index)
                case Named(index):
                    self._lay_open(index)
                    found = self._named[index]
                case Op(name, parts):
                    found = self.make(name, *map(self.of, parts))
            self._cores[id(core)] = found
        return found

    def _lay_open(self, index: int) -> None:
        """Make the node of a named expression, those that it names first."""
        left = [index]
        while left:
            core = self._formulas[left[-1]].core
            missing = [each for each in _names(core) if each not in self._named]
            if missing:
                left.extend(missing)
            else:
                found = self._named[left.pop()] = self.of(core)
                self.named.add(found)

    def const(self, value: int) -> Node:
        """A number."""
        found = self._known.get(("const", value))
        if found is None:
            found = self._known["const", value] = Node("const", (), value, value, value, 0, 1, 1)
        return found

    def slot(self, index: int) -> Node:
        """A value of the state."""
        low, high = self.spans[index]
        if low == high:
            return self.const(low)
        found = self._known.get(("slot", index))
        if found is None:
            found = self._known["slot", index] = Node("slot", (), index, low, high, 1 << index, 1, 1)
        return found

    def make(self, name: str, *parts: Node) -> Node:
        """An operation on nodes, as simple as it can be."""
        if name not in ARITHMETIC:
            raise ValueError(f"there is no operation '{name}'")
        if all(part.name == "const" for part in parts):
            return self.const(int(ARITHMETIC[name](*[part.value for part in parts])))
        simpler = SIMPLER.get(name)
        if simpler is not None:
            found = simpler(self, name, parts)
            if isinstance(found, Node):
                return found
            name, parts = found
        return self.plain(name, parts)

    def plain(self, name: str, parts: tuple[Node, ...]) -> Node:
        """An operation as it stands."""
        key = (name, *map(id, parts))
        found = self._known.get(key)
        if found is None:
            low, high = _bounds(name, parts)
            reads = 0
            for part in parts:
                reads |= part.reads
            size, depth = 1 + sum(part.size for part in parts), 1 + max(part.depth for part in parts)
            found = Node(name, parts, 0, low, high, reads, size, depth, *_based(parts))
            if low == high:
                found = self.const(low)
            elif reads == 1 << self.turn and size > SMALL:
                found = self._table(found)
            self._known[key] = found
        return found

    def _table(self, node: Node) -> Node:
        """What hangs on the turn alone, reckoned for every turn beforehand."""
        first, last = self.spans[self.turn]
        turn = self._known["slot", self.turn]
        values = reckoned(node, turn, range(first, last + 1), self.tables)
        if len(set(values)) == 1:
            return self.const(values[0])
        key = ("table", *values)
        found = self._known.get(key)
        if found is None:
            self.tables.append((0,) * first + tuple(values))
            low, high = min(values), max(values)
            found = Node("table", (), len(self.tables) - 1, low, high, node.reads, 1, 1, turn, 1)
            self._known[key] = found
        return found


def _names(core: Core) -> Iterator[int]:
    """The named expressions that an expression names."""
    left = [core]
    while left:
        each = left.pop()
        if isinstance(each, Named):
            yield each.index
        elif isinstance(each, Op):
            left.extend(each.parts)


def spans_of(program: Program) -> list[Range]:
    """Between which bounds each value of a state lies; of the memory nothing is taken for granted."""
    layout = program.layout
    spans: list[Range] = [ANYTHING] * program.width
    for slot in range(layout.stored):
        start = layout.start[slot]
        spans[slot] = min(start, layout.low[slot]), max(start, layout.high[slot])
    for slot, keeper in program.opening:
        spans[keeper] = spans[slot]
    return spans


def within_spans(program: Program) -> Callable[[Sequence[int]], bool]:
    """A test whether the variables of a state lie between their bounds."""
    spans = spans_of(program)
    pairs = [(slot, *spans[slot]) for slot in range(program.layout.stored)]
    pairs += [(keeper, *spans[keeper]) for _, keeper in program.opening]

    def within(values: Sequence[int]) -> bool:
        return len(values) == program.width and all(low <= values[slot] <= high for slot, low, high in pairs)

    return within


def _based(parts: tuple[Node, ...]) -> tuple[Node | None, int]:
    """The base of an operation, and how many operations there are above it."""
    base: Node | None = None
    steps = 1
    for part in parts:
        if part.name != "const":
            own = part.base or part
            if base is not None and own is not base:
                return None, 0
            base = own
            steps += part.steps
    return base, steps


def reckoned(node: Node, base: Node, values: Sequence[int], tables: Sequence[Sequence[int]]) -> list[int]:
    """The values of a node where its base has these."""
    if node is base:
        return list(values)
    if node.name == "table":
        return [tables[node.value][each] for each in values]
    parts = [
        repeat(part.value) if part.name == "const" else reckoned(part, base, values, tables)
        for part in node.parts
    ]
    return list(map(int, map(ARITHMETIC[node.name], *parts)))


def _bounds(name: str, parts: tuple[Node, ...]) -> Range:
    spans = [(part.low, part.high) for part in parts]
    match name:
        case "+" | "-" | "*" | "<" | "<=" | ">" | ">=" | "==" | "!=":
            return binary(name, *spans)
        case "//":
            low, high = binary(name, *spans)
            quotients = (low, high, *spans[0], *(-bound for bound in spans[0]))
            return (low, high) if _sure(parts[1]) else (min(0, *quotients), max(0, *quotients))
        case "neg":
            return -parts[0].high, -parts[0].low
        case "sum":
            return sum(low for low, _ in spans), sum(high for _, high in spans)
        case "if":
            return min(spans[1][0], spans[2][0]), max(spans[1][1], spans[2][1])
        case "among":
            return among(spans[0], spans[1:])
        case "and" | "or" | "not":
            return 0, 1
        case "along":
            return min(low for low, _ in spans[2::2]), max(high for _, high in spans[2::2])
        case _:
            return call(name, spans)


def _sure(divisor: Node) -> bool:
    """Whether the bounds of a quotient follow from those of its sides: a divisor on one side of 0."""
    return divisor.low > 0 or divisor.high < 0
