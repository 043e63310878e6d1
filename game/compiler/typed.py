"""What do names and signs mean, and do their types fit?  Syntax tree -> logic nodes with ranges."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from game.compiler import expression as syntax
from game.compiler.expression import Tree
from game.compiler.names import Declared, Names
from game.compiler.problems import nearest
from game.compiler.ranges import Range, binary
from game.rules.ledger import Mark
from game.rules.logic import (
    BOUND,
    CLOCK,
    EACH,
    Among,
    And,
    Binary,
    Expr,
    If,
    National,
    Negate,
    Not,
    Number,
    Of,
    Or,
    Place,
)  # fmt: skip

LARGEST: Final = 10**12
YEARS: Final[dict[str, Range]] = {
    "year": (1, 9999), "month": (1, 12), "quarter": (1, 4), "turn": (0, 10_000), "noted": (-LARGEST, LARGEST),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be said where: the bound countries and the word for them, loops, purses."""

    bound: tuple[str, ...] = ()
    word: str = ""  # country | target
    each: bool = False
    purses: bool = False
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A resolved expression: number, flag, word or country, with its range and the words it may be."""

    expr: Expr
    kind: str
    low: int = 0
    high: int = 1
    words: tuple[str, ...] = ()
    variable: str = ""


class Wrong(Exception):
    def __init__(
        self, code: str, span: syntax.Span, message: str, hint: str = "", other: Mark | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.span, self.message, self.hint, self.other = code, span, message, hint, other


class Known(Protocol):
    """What a reading asks of its resolver."""

    names: Names
    asked: list[tuple[str, str, Mark]]

    def derived(self, name: str, country: bool) -> Typed | None:
        """A derived variable, resolved once."""


@dataclass(slots=True)
class Reading(ABC):
    """Reads one expression; functions are added by a subclass."""

    resolver: Known
    scope: Scope
    mark: Mark
    loop: bool = False

    def typed(self, tree: Tree, words: tuple[str, ...] = ()) -> Typed:
        match tree:
            case syntax.Literal(value, flag):
                return Typed(Number(value), "flag" if flag else "number", value, value)
            case syntax.Quoted(text, span):
                return self.quoted(text, span, words)
            case syntax.Name():
                return self.name(tree)
            case syntax.Unary("not", of, _):
                inner = self.want(of, "flag")
                return Typed(Not(inner.expr), "flag", 1 - inner.high, 1 - inner.low)
            case syntax.Unary("+", of, _):
                return self.want(of, "number")
            case syntax.Unary(_, of, _):
                inner = self.want(of, "number")
                if isinstance(inner.expr, Number):
                    return Typed(Number(-inner.expr.value), "number", -inner.high, -inner.low)
                return Typed(Negate(inner.expr), "number", -inner.high, -inner.low)
            case syntax.Many(operator, parts, _):
                found = [self.want(part, "flag") for part in parts]
                exprs = tuple(each.expr for each in found)
                if operator == "and":
                    return Typed(And(exprs), "flag", min(e.low for e in found), min(e.high for e in found))
                return Typed(Or(exprs), "flag", max(e.low for e in found), max(e.high for e in found))
            case syntax.Choice(condition, then, otherwise, span):
                asked = self.want(condition, "flag")
                left, right = self.alike(then, otherwise, span, words)
                low, high = min(left.low, right.low), max(left.high, right.high)
                return Typed(
                    If(asked.expr, left.expr, right.expr), left.kind, low, high, left.words, left.variable
                )
            case syntax.Member(value, options, negated, span):
                return self.member(value, options, negated, span)
            case syntax.Pair():
                return self.pair(tree)
            case syntax.Apply():
                return self.apply(tree)

    def want(self, tree: Tree, kind: str) -> Typed:
        found = self.typed(tree)
        if found.kind != kind:
            asked = {"number": "a number", "flag": "a condition (true or false)", "country": "a country"}[
                kind
            ]
            cure = "; write '(1 if … else 0)' to count it" if (kind, found.kind) == ("number", "flag") else ""
            raise Wrong("T401", tree.span, f"{asked} is expected here, not a {found.kind}{cure}")
        return found

    def alike(
        self, left: Tree, right: Tree, span: syntax.Span, words: tuple[str, ...] = ()
    ) -> tuple[Typed, Typed]:
        """Two sides of one type; a quoted word takes its list from the other side."""
        if isinstance(left, syntax.Quoted) and not words:
            other = self.typed(right)
            return self.typed(left, other.words), other
        first = self.typed(left, words)
        second = self.typed(right, first.words or words)
        if first.kind != second.kind:
            raise Wrong("T401", span, f"a {first.kind} and a {second.kind} cannot be compared or mixed")
        if first.kind == "word" and first.words != second.words:
            raise Wrong("T401", span, "these words belong to different lists")
        return first, second

    def quoted(self, text: str, span: syntax.Span, words: tuple[str, ...]) -> Typed:
        if not words:
            raise Wrong("T401", span, f"'{text}' has no list of words to belong to here")
        if text not in words:
            hint = nearest(text, words)
            raise Wrong("N301", span, f"'{text}' is not one of the words {', '.join(words)}", hint)
        place = words.index(text)
        return Typed(Number(place), "word", place, place, words)

    def name(self, tree: syntax.Name) -> Typed:
        names, scope = self.resolver.names, self.scope
        if tree.owner:
            return self.owned(tree)
        if tree.name in names.national:
            return self.variable(names.national[tree.name], National(tree.name), tree.name, None)
        if tree.name in CLOCK:
            if tree.name == "noted" and not scope.noted:
                raise Wrong("T403", tree.span, "'noted' stands in a directive's goal and blocks only")
            low, high = YEARS[tree.name]
            return Typed(National(tree.name), "number", low, high, (), tree.name)
        if tree.name in names.countries:
            return Typed(Place(tree.name), "country", 0, len(names.countries))
        if tree.name in ("country", "target", "each"):
            return Typed(Place(self.who(tree.name, tree.span)), "country", 0, len(names.countries))
        message = f"'{tree.name}' is not known"
        if tree.name in names.country:
            message += f"; each country has one: write country.{tree.name} or britain.{tree.name}"
        known = (*names.national, *names.countries, *CLOCK)
        raise Wrong("N301", tree.span, message, nearest(tree.name, known), names.removed.get(tree.name))

    def who(self, word: str, span: syntax.Span) -> str:
        if word == "each":
            if not (self.loop or self.scope.each):
                message = (
                    "'each' stands within total(), count(), any(), all(), average() and 'each.' effects only"
                )
                raise Wrong("T403", span, message)
            return EACH
        if word in ("country", "target"):
            if self.scope.word != word:
                where = "orders with a target" if word == "target" else "items with 'each' or 'pick'"
                raise Wrong("T403", span, f"'{word}' stands in {where} only")
            return BOUND
        return word

    def owned(self, tree: syntax.Name) -> Typed:
        names = self.resolver.names
        if tree.owner not in (*names.countries, "country", "target", "each"):
            hint = nearest(tree.owner, (*names.countries, "country", "target", "each"))
            other = names.removed.get(tree.owner)
            code = "N306" if other else "N301"
            message = f"there is no country '{tree.owner}'" + ("; it was removed" if other else "")
            raise Wrong(code, tree.span, message, hint, other)
        country = self.who(tree.owner, tree.span)
        if tree.name not in names.country:
            hint = nearest(tree.name, names.country)
            raise Wrong("N301", tree.span, f"countries have no '{tree.name}'", hint)
        return self.variable(names.country[tree.name], Of(country, tree.name), tree.name, country)

    def variable(self, declared: Declared, expr: National | Of, name: str, country: str | None) -> Typed:
        if declared.derived is not None:
            found = self.resolver.derived(name, country is not None)
            if found is None:
                return Typed(expr, "number", -LARGEST, LARGEST, (), name)
            return Typed(expr, found.kind, found.low, found.high, found.words, name)
        return Typed(expr, declared.kind, declared.low, declared.high, declared.words, name)

    def member(self, value: Tree, options: Sequence[Tree], negated: bool, span: syntax.Span) -> Typed:
        first = self.typed(value)
        found = [self.typed(option, first.words) for option in options]
        if any(each.kind != first.kind for each in found):
            raise Wrong("T401", span, f"all of these must be a {first.kind}")
        expr: Expr = Among(first.expr, tuple(each.expr for each in found))
        return Typed(Not(expr) if negated else expr, "flag")

    def pair(self, tree: syntax.Pair) -> Typed:
        left, right = self.alike(tree.left, tree.right, tree.span)
        if tree.operator in ("+", "-", "*", "//"):
            if left.kind != "number":
                raise Wrong(
                    "T401", tree.span, f"'{tree.operator}' reckons with numbers, not with a {left.kind}"
                )
            if tree.operator == "//" and right.low <= 0 <= right.high:
                message = (
                    f"this divisor can be 0 (it lies between {right.low} and {right.high}); use max(1, …)"
                )
                raise Wrong("L505", tree.right.span, message)
            low, high = binary(tree.operator, (left.low, left.high), (right.low, right.high))
            self.within(low, high, tree.span)
            return Typed(Binary(tree.operator, left.expr, right.expr), "number", low, high)  # type: ignore[arg-type]
        if left.kind == "country" and tree.operator not in ("==", "!="):
            raise Wrong("T401", tree.span, "countries are equal or not; they have no order")
        if left.kind == "flag" and tree.operator not in ("==", "!="):
            raise Wrong("T401", tree.span, "conditions are equal or not; they have no order")
        for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
            if isinstance(side, syntax.Name) and side.name == "turn" and isinstance(other, syntax.Literal):
                message = "'turn' counts from the calendar's start, which a lesson moves: write on('1924-Q3')"
                raise Wrong("T403", other.span, message)
        low, high = binary(tree.operator, (left.low, left.high), (right.low, right.high))
        return Typed(Binary(tree.operator, left.expr, right.expr), "flag", low, high)  # type: ignore[arg-type]

    def within(self, low: int, high: int, span: syntax.Span) -> None:
        if low < -LARGEST or high > LARGEST:
            raise Wrong(
                "L505", span, "this number can pass 10^12; hold its parts with clamp() or smaller bounds"
            )

    @abstractmethod
    def apply(self, tree: syntax.Apply) -> Typed:
        """A function with its arguments."""
