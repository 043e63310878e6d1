"""How is a stack written as NumPy?  As one Python expression over named columns, in as few operations as can be.

In a *dense* reading every row is reckoned for every lane of a block. In a *sparse* one, single pairs of row and
lane are: what happens in few games costs as much as it happens.
"""

from __future__ import annotations

from typing import Final

from game.compiler.lanes.arithmetic import HUNDRED, ZERO, Arithmetic, Text, bits_of, digits
from game.compiler.lanes.spans import Width
from game.compiler.lanes.stacks import (
    FLAGGED,
    Clock,
    Column,
    Fixed,
    Operation,
    Reduction,
    Reference,
    Stack,
    Timed,
)
from game.compiler.ranges import Range
from game.rules.classes import dataclass, replace
from game.rules.core import along
from game.rules.layout import NEVER

LONGEST_TABLE: Final = 4_096
"""Up to how many steps a line is looked up instead of reckoned."""


def span_of(stack: Stack) -> Range:
    """The span of a stack."""
    match stack:
        case Fixed(values):
            return min(values), max(values)
        case Timed():
            return stack.span
        case Clock():
            return 0, 32_000
        case Column() | Reference() | Operation() | Reduction():
            return stack.span


def rows_in(stack: Stack) -> int:
    """How many rows a stack has."""
    match stack:
        case Fixed(values):
            return len(values)
        case Timed(cores):
            return len(cores)
        case Column(_, rows):
            return len(rows)
        case Reference(_, members):
            return len(members)
        case Operation(_, parts):
            return max(rows_in(part) for part in parts)
        case Clock() | Reduction():
            return 1


@dataclass(frozen=True, slots=True)
class Writer(Arithmetic):
    """Writes stacks; `sparse` for pairs `rows`, `lanes`; `within` a reduction over the rows of a part."""

    def number(self, stack: Stack) -> Text:
        """A stack as a number."""
        return self.as_number(self.write(stack))

    def flag(self, stack: Stack) -> Text:
        """A stack as a condition."""
        return self.as_flag(self.write(stack))

    def write(self, stack: Stack, want_flag: bool = False) -> Text:
        """A stack as what it is by nature; columns of flags as what is wanted."""
        match stack:
            case Fixed(values):
                return self.fixed(values, bits_of(span_of(stack)))
            case Clock():
                return Text("clock[0]", False, 16, uniform=True)
            case Timed(cores):
                bits = bits_of(stack.span)
                standing = not self.sparse or self.within
                name = self.names.timed(cores, bits, standing)
                return Text(name if standing else f"{name}[rows]", False, bits)
            case Column(width, rows):
                flag = width is Width.BIT
                code = self.column(width, rows, flag)
                return Text(code, flag, {Width.BIT: 1, Width.SMALL: 16, Width.LARGE: 64}[width])
            case Reference(group, members):
                found = self.names.group(group)
                if found.uniform:
                    return Text(f"dense{group}()", found.flag, bits_of(span_of(found.stack)), uniform=True)
                bits = 1 if found.flag else bits_of(span_of(found.stack))
                return Text(self.reference(group, members), found.flag, bits, loose=True)
            case Reduction(name, part):
                return self.reduction(name, part, stack.span)
            case Operation(name, parts):
                return self.operation(name, parts, stack.span)

    def fixed(self, values: tuple[int, ...], bits: int) -> Text:
        if len(values) == 1:
            return Text(str(values[0]), False, bits, uniform=True)
        standing = not self.sparse or self.within
        name = self.names.numbers(values, bits, standing)
        return Text(name if standing else f"{name}[rows]", False, bits)

    def column(self, width: Width, rows: tuple[int, ...], flag: bool) -> str:
        if not self.sparse:
            return self.names.column(width, rows, flag)
        if len(rows) == 1:
            return f"{self.names.column(width, rows, flag)}.take(lanes)"
        offsets = self.names.offsets(rows, self.within)
        at = offsets if self.within else f"{offsets}[rows]"
        return f"{self.names.table(width, flag)}.take({at} + lanes)"

    def reference(self, group: int, members: tuple[int, ...]) -> str:
        count = self.names.group(group).count
        if count == 1:
            return f"sparse{group}(0, lanes)" if self.sparse else f"dense{group}()"
        if not self.sparse:
            if len(members) == 1:
                return f"row(dense{group}(), {members[0]})"
            whole = members == tuple(range(count))
            return (
                f"dense{group}()" if whole else f"rows_of(dense{group}(), {self.names.lookup(members, 64)})"
            )
        if len(members) == 1:
            return f"sparse{group}({members[0]}, lanes)"
        if self.within:
            return f"sparse{group}({self.names.numbers(members, 64, True)}, lanes)"
        return f"sparse{group}({self.names.numbers(members, 64, False)}[rows], lanes)"

    def reduction(self, name: str, part: Stack, span: Range) -> Text:
        inside, count = replace(self, within=True), rows_in(part)
        if name in ("and", "or"):
            return Text(f"logical_{name}.reduce(solid({inside.flag(part).code}, {count}), 0)", True, 1)
        text = inside.number(part)
        bits = max(bits_of(span), text.bits)
        code = f"solid({text.code}, {count})"
        if name == "sum":
            return Text(f"add.reduce({code}, 0, int{bits})", False, bits)
        return Text(f"{name}imum.reduce({code}, 0)", False, text.bits)

    def operation(self, name: str, parts: tuple[Stack, ...], span: Range) -> Text:
        if name in ("and", "or"):
            return self.both(name, [self.flag(part) for part in parts])
        if name == "not":
            return self.negated(self.flag(parts[0]))
        if name == "if":
            return self.choice(parts, span)
        if name == "among":
            return self.among(parts)
        if name in FLAGGED:
            return self.compared(name, parts)
        if name == "along":
            return self.along(parts, span)
        texts = [self.number(part) for part in parts]
        match name:
            case "+" | "-" | "*":
                return self.reckoned(name, texts[0], texts[1], span)
            case "sum":
                total = texts[0]
                for text in texts[1:]:
                    total = self.reckoned("+", total, text, span)
                return total
            case "//":
                return self.divided(texts[0], texts[1], span, span_of(parts[1]))
            case "percent":
                a, b = span_of(parts[0]), span_of(parts[1])
                products = [x * y for x in a for y in b]
                product = self.reckoned("*", texts[1], texts[0], (min(products), max(products)))
                return self.divided(product, HUNDRED, span, (100, 100))
            case "neg":
                return self.reckoned("-", ZERO, texts[0], span)
            case "abs":
                return self.applied("absolute", texts, span, "abs")
            case "min" | "max":
                found = texts[0]
                for text in texts[1:]:
                    found = self.applied(f"{name}imum", [found, text], span, name)
                return found
            case "clamp":
                return self.clamped(texts[0], texts[1], texts[2], span)
            case _:  # pull
                return self.pulled(texts, parts, span)

    # Conditions

    def compared(self, sign: str, parts: tuple[Stack, ...]) -> Text:
        texts = [self.write(part) for part in parts]
        if texts[0].flag and texts[1].flag and sign in ("==", "!="):
            left, right = texts
        else:
            left, right = (self.as_number(text) for text in texts)
        if left.uniform and right.uniform:
            return Text(f"({left.code} {sign} {right.code})", True, 1, uniform=True)
        loose = all(each.loose or each.uniform for each in (left, right))
        left, right = self.beside(left, right), self.beside(right, left)
        return Text(f"({left.code} {sign} {right.code})", True, 1, loose=loose)

    def among(self, parts: tuple[Stack, ...]) -> Text:
        value = self.as_number(self.write(parts[0]))
        options = [self.number(part) for part in parts[1:]]
        if value.uniform and all(each.uniform for each in options):
            return Text(f"({value.code} in ({''.join(each.code + ', ' for each in options)}))", True, 1, True)
        name, loose = f"v{len(value.code)}", value.loose or value.uniform
        tests = " | ".join(f"({name} == {self.beside(each, value).code})" for each in options)
        if len(options) == 1:
            return Text(f"({value.code} == {self.beside(options[0], value).code})", True, 1, loose=loose)
        first = tests.replace(name, f"({name} := {value.code})", 1)
        return Text(f"({first})", True, 1, loose=loose)

    def pulled(self, texts: list[Text], parts: tuple[Stack, ...], span: Range) -> Text:
        """At most `step` from x to the goal; nothing where the step is not above 0."""
        x, goal, step = texts
        spans = [span_of(part) for part in parts]
        away = spans[1][0] - spans[0][1], spans[1][1] - spans[0][0]
        gap = self.reckoned("-", goal, x, away)
        if digits(step):
            most = max(0, int(step.code))
            reach, back = (
                Text(str(each), False, bits_of((each, each)), uniform=True) for each in (most, -most)
            )
        else:
            low, high = max(0, spans[2][0]), max(0, spans[2][1])
            reach = self.applied("maximum", [step, ZERO], (low, high), "max")
            back = self.reckoned("-", ZERO, reach, (-high, -low))
        return self.clamped(gap, back, reach, span)

    def choice(self, parts: tuple[Stack, ...], span: Range) -> Text:
        match parts:
            case (
                Operation(">", (Column(_, asked), Fixed((value,)))),
                Operation("-", (Clock(), Column(width, slot))),
                other,
            ) if asked == slot and value == NEVER:
                then, bits = self.number(other), max(16, bits_of(span))
                code = f"since({self.column(width, slot, False)}, clock[0], {then.code}, int{bits})"
                return Text(code, False, bits)
        condition = self.flag(parts[0])
        then, otherwise = self.write(parts[1]), self.write(parts[2])
        flags = [then.flag or then.code in ("0", "1"), otherwise.flag or otherwise.code in ("0", "1")]
        if all(flags) and (then.flag or otherwise.flag):
            left, right = (self.as_flag(_said(text)) for text in (then, otherwise))
        else:
            left, right = self.as_number(then), self.as_number(otherwise)
        bits = 1 if left.flag else max(bits_of(span), left.bits, right.bits)
        if condition.uniform:
            code = f"({left.code} if {condition.code} else {right.code})"
            alike = left.uniform and right.uniform
            return Text(code, left.flag, bits, uniform=alike, loose=not alike)
        if left.flag:
            code = f"either({condition.code}, {left.code}, {right.code})"
            return Text(code, True, 1, loose=condition.loose)
        return self.chosen(condition, left, right, bits)

    def along(self, parts: tuple[Stack, ...], span: Range) -> Text:
        """Lines between points: looked up where the steps between them are few, else reckoned piece by piece."""
        x = self.number(parts[0])
        fixed = [part.values[0] for part in parts[1:] if isinstance(part, Fixed) and len(part.values) == 1]
        bits = bits_of(span)
        if len(fixed) == len(parts) - 1:
            first, last = fixed[0], fixed[-2]
            if x.uniform:
                return Text(f"along({x.code}, {tuple(fixed)})", False, bits, uniform=True)
            if last - first <= LONGEST_TABLE:
                table = tuple(along(step, fixed) for step in range(first, last + 1))
                return Text(
                    f"{self.names.lookup(table, bits)}.take(placed({x.code}, {first}, {last}))", False, bits
                )
        points = ", ".join(self.number(part).code for part in parts[1:])
        return Text(f"lines({x.code}, int{bits}, {points})", False, bits)


def _said(text: Text) -> Text:
    """0 and 1 as conditions."""
    return Text({"0": "False", "1": "True"}[text.code], True, 1, True) if text.code in ("0", "1") else text
