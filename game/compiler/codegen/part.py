"""What is one piece of generated source?  Constants, functions, and for each line what it was made from.

An origin is an item and a field (`rapallo`, `when`), never a place in a file: the same code stays good when lines
move, and where it was written is asked of the program at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import CodeType

from game.compiler.codegen.nodes import Node, Nodes, reckoned
from game.compiler.codegen.pen import NUMBER, Pen
from game.rules.classes import dataclass, field
from game.rules.program import Program

Origin = tuple[str, str]
NOWHERE: Origin = ("", "")


class Unwritable(ValueError):
    """An expression that no code can be made of: a bug of ours, or of who changed our tables."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A part as code: what is kept on the disk, and all that is needed to run it and to blame it."""

    name: str
    code: CodeType
    source: str
    """Empty where the code comes from the cache."""
    origins: tuple[Origin, ...]
    lines: Sequence[int]
    """For each line of the source, the first being 0, which origin it has."""


@dataclass(slots=True)
class Part:
    """A piece of source being written."""

    name: str
    nodes: Nodes
    heads: list[str] = field(default_factory=list)
    functions: list[tuple[str, Pen]] = field(default_factory=list)
    origins: dict[Origin, int] = field(default_factory=lambda: {NOWHERE: 0})
    _tables: dict[int, str] = field(default_factory=dict)
    _lookups: dict[tuple[object, ...], str] = field(default_factory=dict)
    _constants: dict[object, str] = field(default_factory=dict)
    _outlined: dict[Node, str] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        """The program that is being compiled."""
        return self.nodes.program

    def origin(self, item: str, field: str) -> int:
        """The number of an origin."""
        return self.origins.setdefault((item, field), len(self.origins))

    def pen(self, item: str = "", field: str = "") -> Pen:
        """A pen for a new function."""
        return Pen(self, origin=self.origin(item, field))

    def add(self, head: str, pen: Pen) -> None:
        """Put down a function that is written."""
        self.functions.append((head, pen))

    def table(self, number: int) -> str:
        """The name of a table over the turns."""
        if number not in self._tables:
            self._tables[number] = self.constant(self.nodes.tables[number])
        return self._tables[number]

    def lookup(self, node: Node) -> str:
        """The name of a table that holds a node's value for each of its base's; a negative one counts from its end."""
        base = node.base
        assert base is not None
        shape = (base.low, base.high, *shape_of(node, base))
        if shape not in self._lookups:
            low, high = min(base.low, 0), max(base.high, -1)
            values = [*range(high + 1), *range(low, 0)]
            self._lookups[shape] = self.constant(tuple(reckoned(node, base, values, self.nodes.tables)))
        return self._lookups[shape]

    def constant(self, value: tuple[object, ...]) -> str:
        """The name of a constant tuple of numbers and words."""
        if value not in self._constants:
            self._constants[value] = name = f"K{len(self._constants)}"
            self.heads.append(f"{name} = {value!r}")
        return self._constants[value]

    def sentence(self, key: str, variant: int, values: tuple[int, ...]) -> str:
        """The name of a sentence that is always the same."""
        whole = ("sentence", key, variant, values)
        if whole not in self._constants:
            self._constants[whole] = name = f"K{len(self._constants)}"
            self.heads.append(f"{name} = new(Sentence, {(key, variant, values)!r})")
        return self._constants[whole]

    def cause(self, kind: str, id: str, country: str) -> str:
        """The cause of what an item does in a turn; made once, as it is the same in every game."""
        whole = ("cause", kind, id, country)
        if whole not in self._constants:
            self._constants[whole] = name = f"C{len(self._constants)}"
            self.heads.append(f"{name} = [None] * {self.nodes.turns + 1}")
        name = self._constants[whole]
        return f"{name}[t] or caused({name}, t, {kind}, {id!r}, {country!r})"

    def is_function(self, node: Node) -> bool:
        """Whether a node has a function of its own already."""
        return node in self._outlined

    def function(self, node: Node, origin: int = 0) -> str:
        """A call of the function that reckons a node."""
        if node not in self._outlined:
            name = self._outlined[node] = f"x{len(self._outlined)}"
            pen = Pen(self, origin=origin)
            pen.expect(node)
            text, _ = pen._written(node, NUMBER, True)
            pen.line(f"return {text}")
            self.add(f"def {name}(v, t):", pen)
        return f"{self._outlined[node]}(v, t)"

    def source(self) -> tuple[str, tuple[int, ...]]:
        """The whole text, and the origin of each line."""
        lines, origins = list(self.heads), [0] * len(self.heads)
        for head, pen in self.functions:
            lines.append(head)
            origins.append(pen.origin)
            for indent, text, origin in pen.lines or [(1, "pass", 0)]:
                lines.append(" " * indent + text)
                origins.append(origin)
        return "\n".join(lines) + "\n", tuple(origins)

    def compiled(self) -> Compiled:
        """The part as code. The file name that tracebacks show at first is only the part's."""
        source, lines = self.source()
        file = f"<{self.program.scenario.id}: {self.name}>"
        code = compile(source, file, "exec", flags=0, dont_inherit=True, optimize=0)
        return Compiled(self.name, code, source, tuple(self.origins), lines)


def shape_of(node: Node, base: Node) -> tuple[object, ...]:
    """What a node makes of its base, whichever that is."""
    if node is base:
        return ("base",)
    if not node.parts:
        return (node.name, node.value)
    return (node.name, *(shape_of(part, base) for part in node.parts))
