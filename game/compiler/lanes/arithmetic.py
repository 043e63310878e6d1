"""How are numbers and conditions reckoned in NumPy?  Pieces of source, put together in as narrow widths as they fit.

Whole numbers wrap around at their width, so sums may pass through what they cannot hold as long as their end fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from game.compiler.lanes.spans import SMALL, Width, within
from game.compiler.lanes.stacks import Group
from game.compiler.ranges import Range
from game.rules.classes import dataclass, replace
from game.rules.core import Core

MIDDLE: Final[Range] = (-(2**31), 2**31 - 1)


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of source: an array, or (`uniform`) one Python number for all lanes.

    `loose` ones may be either, as a condition on the turn decides. `bits` is the width, 8 for a flag as a number.
    """

    code: str
    flag: bool
    bits: int
    uniform: bool = False
    loose: bool = False


class Names(Protocol):
    """Where columns and constants get their names from."""

    def column(self, width: Width, rows: tuple[int, ...], flag: bool) -> str:
        """Columns as they are, flags as conditions or as numbers."""

    def table(self, width: Width, flag: bool) -> str:
        """A whole table as one long row."""

    def offsets(self, rows: tuple[int, ...], standing: bool) -> str:
        """Where rows begin in such a table; `standing` as a column, to be laid over a row of lanes."""

    def numbers(self, values: tuple[int, ...], bits: int, standing: bool) -> str:
        """Constants: one, or one for each row; 1 bit for conditions."""

    def timed(self, cores: tuple[Core, ...], bits: int, standing: bool) -> str:
        """Numbers that change with the turn, one for each row."""

    def lookup(self, values: tuple[int, ...], bits: int) -> str:
        """A table of values to look up in."""

    def group(self, group: int) -> Group:
        """A group of named expressions."""


ZERO: Final = Text("0", False, 16, uniform=True)
HUNDRED: Final = Text("100", False, 16, uniform=True)


def bits_of(span: Range) -> int:
    """The width that a number of this span is reckoned in."""
    return 16 if within(span, SMALL) else 32 if within(span, MIDDLE) else 64


def digits(text: Text) -> bool:
    """Whether it is a plain number."""
    return text.uniform and text.code.removeprefix("-").isdigit()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Puts pieces together; `within` a reduction over the rows of a part."""

    names: Names
    sparse: bool
    within: bool = False

    def as_number(self, text: Text) -> Text:
        if not text.flag:
            return text
        if text.uniform:
            return Text(f"int({text.code})", False, 16, uniform=True)
        if text.loose:
            return Text(f"numbered({text.code})", False, 8, loose=True)
        return Text(f"({text.code}).view(int8)", False, 8)

    def as_flag(self, text: Text) -> Text:
        if text.flag:
            return text
        if text.uniform or text.loose:
            return Text(f"({text.code} != 0)", True, 1, text.uniform, text.loose)
        return Text(f"({text.code} != {self.names.numbers((0,), text.bits, False)})", True, 1)

    def beside(self, text: Text, other: Text) -> Text:
        """A plain number as a constant of the other side's width, which NumPy takes faster; else as it is."""
        if other.uniform or not digits(text):
            return text
        bits = max(text.bits, other.bits if other.bits >= 16 else 16)
        if other.bits < 16 and -128 <= int(text.code) <= 127:
            bits = 8
        return Text(self.names.numbers((int(text.code),), bits, False), False, bits)

    def both(self, name: str, texts: Sequence[Text]) -> Text:
        """`and` and `or`: what hangs on the turn alone is asked first, and may spare the rest."""
        sign = "&" if name == "and" else "|"
        alike = [text.code for text in texts if text.uniform]
        rest = [text for text in texts if not text.uniform]
        asked = f" {name} ".join(alike)
        if not rest:
            return Text(f"({asked})", True, 1, uniform=True)
        joined = f" {sign} ".join(text.code for text in rest)
        loose = all(text.loose for text in rest)
        if not alike:
            return Text(f"({joined})" if len(rest) > 1 else joined, True, 1, loose=loose)
        if self.within:
            return Text(f"(({asked}) {sign} {joined})", True, 1, loose=loose)
        code = (
            f"(({joined}) if {asked} else False)" if name == "and" else f"(True if {asked} else ({joined}))"
        )
        return Text(code, True, 1, loose=True)

    def negated(self, text: Text) -> Text:
        if text.uniform:
            return replace(text, code=f"(not {text.code})")
        return replace(text, code=f"logical_not({text.code})" if text.loose else f"(~{text.code})")

    def reckoned(self, sign: str, left: Text, right: Text, span: Range) -> Text:
        if left.uniform and right.uniform:
            return Text(f"({left.code} {sign} {right.code})", False, bits_of(span), uniform=True)
        bits = max(bits_of(span), left.bits, right.bits)
        left, right = self.beside(left, right), self.beside(right, left)
        arrays = [each.bits for each in (left, right) if not (each.uniform or each.loose)]
        if arrays and max(arrays) >= bits:
            return Text(f"({left.code} {sign} {right.code})", False, max(arrays))
        name = {"+": "add", "-": "subtract", "*": "multiply"}[sign]
        return Text(f"{name}({left.code}, {right.code}, dtype=int{bits})", False, bits)

    def divided(self, left: Text, right: Text, span: Range, by: Range) -> Text:
        if left.uniform and right.uniform:
            return Text(f"quotient({left.code}, {right.code})", False, bits_of(span), uniform=True)
        bits = max(bits_of(span), left.bits, right.bits)
        if by[0] <= 0 <= by[1]:
            return Text(f"divided({left.code}, {right.code}, int{bits})", False, bits)
        left, right = self.beside(left, right), self.beside(right, left)
        arrays = [each.bits for each in (left, right) if not (each.uniform or each.loose)]
        if arrays and max(arrays) >= bits:
            return Text(f"({left.code} // {right.code})", False, max(arrays))
        return Text(f"floor_divide({left.code}, {right.code}, dtype=int{bits})", False, bits)

    def applied(self, function: str, texts: Sequence[Text], span: Range, plain: str) -> Text:
        """minimum, maximum or absolute."""
        codes = ", ".join(each.code for each in texts)
        if all(each.uniform for each in texts):
            return Text(f"{plain}({codes})", False, bits_of(span), uniform=True)
        if len(texts) == 2:
            texts = [self.beside(texts[0], texts[1]), self.beside(texts[1], texts[0])]
            codes = ", ".join(each.code for each in texts)
        bits = max(bits_of(span), *(each.bits for each in texts))
        arrays = [each.bits for each in texts if not each.uniform]
        if max(arrays) >= bits and not any(each.loose or each.uniform for each in texts):
            return Text(f"{function}({codes})", False, bits)
        return Text(f"{function}({codes}, dtype=int{bits})", False, bits)

    def clamped(self, x: Text, low: Text, high: Text, span: Range) -> Text:
        """Where the bounds cross, the lower one counts."""
        held = self.applied("minimum", [x, high], (0, 0), "min")
        return self.applied("maximum", [held, low], span, "max")

    def chosen(self, condition: Text, left: Text, right: Text, bits: int) -> Text:
        """right + (left - right) where it holds: exact at any width, and much faster than a choice of arrays."""
        if digits(left) and digits(right):
            apart = int(left.code) - int(right.code)
            bits = max(bits, bits_of((apart, apart)))
            gap = self.names.numbers((apart,), bits, False)
            code = f"multiply({condition.code}, {gap}, dtype=int{bits})"
        elif right.code == "0":
            return Text(f"multiply({condition.code}, {left.code}, dtype=int{bits})", False, bits)
        elif left.code == "0":
            code = f"multiply(logical_not({condition.code}), {right.code}, dtype=int{bits})"
            return Text(code, False, bits)
        else:
            gap = f"subtract({left.code}, {right.code}, dtype=int{bits})"
            code = f"multiply({condition.code}, {gap}, dtype=int{bits})"
        if right.code == "0":
            return Text(code, False, bits)
        return Text(f"add({code}, {right.code}, dtype=int{bits})", False, bits)
