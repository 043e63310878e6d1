"""How is an expression written as Python?  One pen writes one function, line by line, each line with its origin.

What is used twice and reckoned anyway gets a local name; what may not be reckoned stays where it is, and if it is
long there, it becomes a function of its own. All text is made of numbers and names that the pen made up itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from game.compiler.codegen.nodes import FLAGS, Node
from game.compiler.codegen.simpler import COMPARED
from game.rules.classes import dataclass, field

if TYPE_CHECKING:
    from game.compiler.codegen.part import Part

TEST, NUMBER, WHOLE = range(3)
"""Read as: something that holds or not; a number, which may be a Python bool; a plain int."""
IF, OR, AND, NOT, COMPARE, ADD, TIMES, SIGN, ATOM = range(9)
"""How tightly a text binds."""
LONG: Final = 40
"""A longer expression that need not be reckoned is written once, as a function."""
DEEP: Final = 20
"""At every so many levels an expression is cut, as Python can read only so many brackets in brackets."""
FAR: Final = 60
MOST_STEPS: Final = 60
CHEAP: Final = 10
WIDEST: Final = 512
"""Values that a table has at most."""
Text = tuple[str, int]
Block = tuple[dict[Node, str], int]
"""What was known before a block, and how many lines there were."""


@dataclass(slots=True)
class Pen:
    """Writes the body of one function over the values `v` and the turn `t`."""

    part: Part
    uses: dict[Node, int] = field(default_factory=dict)
    known: dict[Node, str] = field(default_factory=dict)
    """What has a local name here."""
    lines: list[tuple[int, str, int]] = field(default_factory=list)
    indent: int = 1
    origin: int = 0
    moving: int = 0
    """Slots that are written before the picture ends: they may not be read anew."""
    names: int = 0
    prepared: set[Node] = field(default_factory=set)
    """Deep expressions whose inside has been made ready."""

    def expect(self, *nodes: Node | None) -> None:
        """Say beforehand that these will be read."""
        left = [node for node in nodes if node is not None]
        while left:
            node = left.pop()
            uses = self.uses[node] = self.uses.get(node, 0) + 1
            if uses == 1:
                if node.base is not None and self._looked_up(node):
                    left.append(node.base)
                else:
                    left.extend(node.parts)

    def line(self, text: str) -> None:
        """Write a line."""
        self.lines.append((self.indent, text, self.origin))

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Write a line and, below it, what belongs to it; names made within are good within."""
        opened: list[Block] = []
        self.open(head, opened)
        yield
        self.close(opened)

    def open(self, head: str, opened: list[Block]) -> None:
        """Begin a block, and note what was known before it."""
        self.line(head)
        opened.append((self.known, len(self.lines)))
        self.known = dict(self.known)
        self.indent += 1

    def close(self, opened: list[Block]) -> None:
        """End the block begun last."""
        known, lines = opened.pop()
        if len(self.lines) == lines:
            self.line("pass")
        self.indent -= 1
        self.known = known

    def name(self) -> str:
        """A new local name."""
        self.names += 1
        return f"c{self.names}"

    def forget(self, slots: int) -> None:
        """These slots may have moved."""
        self.known = {node: name for node, name in self.known.items() if not node.reads & slots}

    def keep(self, node: Node) -> str:
        """Reckon something now; its local name."""
        if node not in self.known:
            text, _ = self._written(node, NUMBER, True)
            name = self.name()
            self.line(f"{name} = {text}")
            self.known[node] = name
        return self.known[node]

    def test(self, node: Node) -> str:
        """As a condition."""
        return self.text(node, TEST)[0]

    def number(self, node: Node, binds: int = IF) -> str:
        """As a number; in brackets unless it binds that tightly."""
        return self.held(node, NUMBER, binds, True)

    def whole(self, node: Node, binds: int = IF) -> str:
        """As a plain int, to be stored."""
        return self.held(node, WHOLE, binds, True)

    def atom(self, node: Node) -> str:
        """As a name or number that may be written several times; reckoned now."""
        if node.name == "const":
            return str(node.value) if node.value >= 0 else f"({node.value})"
        return "t" if self._is_turn(node) else self.keep(node)

    def text(self, node: Node, mode: int, always: bool = True) -> Text:
        """The text of a node, and how tightly it binds."""
        name = self.known.get(node)
        if name is not None:
            return self._named(node, name, mode)
        if node.depth > FAR and node not in self.prepared:
            self._prepare(node)
        if node.name == "const" or self._is_turn(node):
            return self._written(node, mode, always)
        if always and self._worth(node):
            return self._named(node, self.keep(node), mode)
        if is_cut(node) or (not always and node.size > LONG and self._left(node, LONG) <= 0):
            if node.reads & self.moving:
                if not is_cut(node) and self.uses.get(node, 0) == 1:
                    return self._written(node, mode, always)
                return self._named(node, self.keep(node), mode)
            if always and not self.part.is_function(node):
                return self._named(node, self.keep(node), mode)
            return self._named(node, self.part.function(node, self.origin), mode)
        return self._written(node, mode, always)

    def _prepare(self, node: Node) -> None:
        """Make what lies deep in an expression ready first, the deepest before what holds it."""
        cuts: set[Node] = set()
        left = [node]
        while left:
            each = left.pop()
            if each not in self.prepared:
                self.prepared.add(each)
                left.extend(each.parts)
                if is_cut(each) and each is not node:
                    cuts.add(each)
        for each in sorted(cuts, key=lambda cut: cut.depth):
            if each.reads & self.moving:
                self.keep(each)
            else:
                self.part.function(each, self.origin)

    def held(self, node: Node, mode: int, binds: int, always: bool) -> str:
        """The text in brackets, unless it binds tightly enough."""
        text, own = self.text(node, mode, always)
        return text if own >= binds else f"({text})"

    def _is_turn(self, node: Node) -> bool:
        return node.name == "slot" and node.value == self.part.nodes.turn

    def _worth(self, node: Node) -> bool:
        uses = self.uses.get(node, 0)
        return uses > 2 or (uses == 2 and (node.size != 3 or node.name not in COMPARED))

    def _left(self, node: Node, most: int) -> int:
        """What is left of so many steps when a node is written out here; not more than 0 if they do not suffice."""
        most -= 1
        if node in self.known or self._looked_up(node):
            return most
        for part in node.parts:
            if most > 0:
                most = self._left(part, most)
        return most

    def _looked_up(self, node: Node) -> bool:
        """Whether it is best read from a table over its base."""
        base = node.base
        if base is None or node.name == "table" or self._is_turn(base):
            return False
        if max(base.high, 0) - min(base.low, 0) >= WIDEST:
            return False
        if node.steps > MOST_STEPS:
            return False
        return node.steps > 2 or node.name == "//" or (node.steps == 2 and node.name not in FLAGS)

    def _named(self, node: Node, name: str, mode: int) -> Text:
        return (f"+{name}", SIGN) if mode == WHOLE and not is_whole(node) else (name, ATOM)

    def _written(self, node: Node, mode: int, always: bool) -> Text:
        if node.base is not None and self._looked_up(node):
            return f"{self.part.lookup(node)}[{self.held(node.base, NUMBER, IF, always)}]", ATOM
        if mode == WHOLE and not is_whole(node):
            if node.name in FLAGS:
                return f"1 if {self._written(node, TEST, always)[0]} else 0", IF
            return f"+({self._written(node, NUMBER, always)[0]})", SIGN
        match node.name, node.parts:
            case "const", _:
                return str(node.value), ATOM if node.value >= 0 else SIGN
            case "slot", _:
                return ("t" if self._is_turn(node) else f"v[{node.value}]"), ATOM
            case "table", _:
                return f"{self.part.table(node.value)}[t]", ATOM
            case "neg", (part,):
                return f"-{self.held(part, NUMBER, SIGN, always)}", SIGN
            case "not", (part,):
                return f"not {self.held(part, TEST, NOT, always)}", NOT
            case "sum", parts:
                return self._sum(parts, always), ADD
            case "-", (left, right):
                first = self.held(left, NUMBER, ADD, always)
                return f"{first} - {self.held(right, NUMBER, TIMES, always)}", ADD
            case "*", (left, right):
                first = self.held(left, NUMBER, TIMES, always)
                return f"{first} * {self.held(right, NUMBER, SIGN, always)}", TIMES
            case "//", (left, right):
                return self._over(left, right, always)
            case "and" | "or", parts:
                return self._logic(node.name, parts, mode, always)
            case "if", (condition, then, otherwise):
                test = self.held(condition, TEST, OR, always)
                first = self.held(then, mode, OR, False)
                return f"{first} if {test} else {self.held(otherwise, mode, IF, False)}", IF
            case "among", (value, *options):
                first = self.held(value, NUMBER, ADD, always)
                listed = ", ".join(self.held(each, NUMBER, IF, always) for each in options)
                return f"{first} in ({listed}{',' if len(options) == 1 else ''})", COMPARE
            case "min" | "max", parts:
                return self._extreme(node, parts, always), ATOM
            case "abs", (part,):
                first, again = self._twice(part, always)
                return f"({again} if {first} >= 0 else -{again})", ATOM
            case "pull", parts:
                return f"pull({', '.join(self.held(each, NUMBER, IF, always) for each in parts)})", ATOM
            case "along", (x, *points):
                return self._along(x, points, always), ATOM
            case _, (left, right):
                return self._compared(node.name, left, right, always)
            case _:
                raise ValueError(f"there is no operation '{node.name}'")

    def _sum(self, parts: Sequence[Node], always: bool) -> str:
        text = self.held(parts[0], NUMBER, ADD, always)
        for part in parts[1:]:
            if part.name == "const" and part.value < 0:
                text += f" - {-part.value}"
            elif part.name == "neg" and part not in self.known:
                text += f" - {self.held(part.parts[0], NUMBER, TIMES, always)}"
            else:
                text += f" + {self.held(part, NUMBER, TIMES, always)}"
        return text

    def _over(self, left: Node, right: Node, always: bool) -> Text:
        if right.low > 0 or right.high < 0:
            first = self.held(left, NUMBER, TIMES, always)
            return f"{first} // {self.held(right, NUMBER, SIGN, always)}", TIMES
        first, again = self._twice(right, always)
        return f"{self.held(left, NUMBER, TIMES, False)} // {again} if {first} else 0", IF

    def _logic(self, name: str, parts: Sequence[Node], mode: int, always: bool) -> Text:
        if mode != TEST and not all(part.bit for part in parts):
            return f"1 if {self._logic(name, parts, TEST, always)[0]} else 0", IF
        binds = AND if name == "and" else OR
        first, *rest = sorted(parts, key=lambda part: part.size > CHEAP)
        texts = [self.held(first, mode, binds, always)]
        texts += [self.held(part, mode, binds, False) for part in rest]
        return f" {name} ".join(texts), binds

    def _extreme(self, node: Node, parts: Sequence[Node], always: bool) -> str:
        sign = "<" if node.name == "min" else ">"
        if len(parts) > 2:
            return f"{node.name}({', '.join(self.held(each, NUMBER, IF, always) for each in parts)})"
        left, right = sorted(parts, key=lambda part: part.name == "const")
        if right.name == "const" and left.name in ("min", "max") and left.name != node.name:
            inner, bound = left.parts[0], left.parts[-1]
            crossed = bound.value < right.value if node.name == "max" else bound.value > right.value
            if len(left.parts) == 2 and bound.name == "const" and not (crossed or self._shared(left)):
                back = ">" if sign == "<" else "<"
                first, again = self._twice(inner, always)
                return f"({right.value} if {first} {back} {right.value} else " + (
                    f"{bound.value} if {again} {sign} {bound.value} else {again})"
                )
        left, right = sorted((left, right), key=lambda part: part.size > CHEAP)
        first, again = self._twice(left, always)
        end = right.low if node.name == "min" else right.high
        if right.size > LONG and (left.low <= end if node.name == "min" else left.high >= end):
            second, other = self._twice(right, False)
            return f"({again} if {first} {sign}= {end} or {again} {sign} {second} else {other})"
        second, other = self._twice(right, always)
        return f"({again} if {first} {sign} {second} else {other})"

    def _shared(self, node: Node) -> bool:
        return node in self.known or self._worth(node)

    def _twice(self, node: Node, always: bool) -> tuple[str, str]:
        """A text for where a node is first read, and one for reading it again."""
        if node.name == "const":
            return (str(node.value), str(node.value)) if node.value >= 0 else (f"({node.value})",) * 2
        if node in self.known or self._is_turn(node) or (always and self._worth(node)):
            name, _ = self.text(node, NUMBER, always)
            return name, name
        text = self.held(node, NUMBER, IF, always)
        name = self.name()
        return f"({name} := {text})", name

    def _along(self, x: Node, points: Sequence[Node], always: bool) -> str:
        first = self.held(x, NUMBER, IF, always)
        if all(point.name == "const" for point in points):
            return f"along({first}, {self.part.constant(tuple(point.value for point in points))})"
        listed = ", ".join(self.held(point, NUMBER, IF, always) for point in points)
        return f"along({first}, ({listed}))"

    def _compared(self, name: str, left: Node, right: Node, always: bool) -> Text:
        if (
            left.name == "abs"
            and right.name == "const"
            and left not in self.known
            and name not in ("==", "!=")
        ):
            inner = self.held(left.parts[0], NUMBER, ADD, always)
            bound, inside = right.value, "<=" if name in ("<=", ">") else "<"
            text = f"{-bound} {inside} {inner} {inside} {bound}"
            return (f"not {text}", NOT) if name in (">", ">=") else (text, COMPARE)
        first = self.held(left, NUMBER, ADD, always)
        return f"{first} {name} {self.held(right, NUMBER, ADD, always)}", COMPARE


def is_cut(node: Node) -> bool:
    """Whether an expression is a part of its own wherever it is read."""
    return node.depth % DEEP == DEEP - 1


def is_whole(node: Node) -> bool:
    """Whether its text as a number is a plain int, never a bool."""
    match node.name:
        case "min" | "max" | "abs" | "along" | "pull":
            return all(map(is_whole, node.parts))
        case "if":
            return all(map(is_whole, node.parts[1:]))
        case name:
            return name not in FLAGS


__all__ = ["ADD", "IF", "NUMBER", "SIGN", "TEST", "TIMES", "WHOLE", "Pen", "is_whole"]
