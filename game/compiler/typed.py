"""What do names and signs mean, and do their types fit?  Syntax tree -> logic nodes with ranges."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final, Protocol

from game.compiler import syntax
from game.compiler.memory import Ids, asserted, denied, recent
from game.compiler.names import Declared, Names
from game.compiler.problems import Near
from game.compiler.ranges import Range, among, binary
from game.compiler.source import Scalar
from game.compiler.syntax import Tree
from game.rules.classes import dataclass, replace
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
    noted: Range | None = None
    """Between which bounds `noted` lies, where it can be read."""
    known: Ids = frozenset()
    """Items that have happened wherever this is read."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A resolved expression: number, flag, word or country, with its range and the words it may be."""

    expr: Expr
    kind: str
    low: int = 0
    high: int = 1
    words: tuple[str, ...] = ()
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the memory: function, id, place; `trap` if it gives 9999 where something never happened."""

    question: str
    id: str
    mark: Mark
    trap: bool


class Wrong(Exception):
    """A fault in an expression, at a span of its text."""

    def __init__(
        self, code: str, span: syntax.Span, message: str, near: Near | None = None, other: Mark | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.span, self.message, self.near, self.other = code, span, message, near, other


class Reported(Exception):
    """A fault whose cause has been reported elsewhere."""


def place(node: Scalar, start: int) -> Mark:
    """Where in the file a character of a scalar stands, or where the scalar does if its text is not as written."""
    if not node.exact:
        return node.mark
    return Mark(node.mark.file, node.mark.line, node.mark.column + start + (1 if node.quoted else 0))


class Known(Protocol):
    """What a reading asks of its resolver."""

    names: Names
    asked: list[Asked]

    def derived(self, name: str, country: bool) -> Typed | None:
        """A derived variable, resolved once."""


@dataclass(slots=True)
class Reading(ABC):
    """Reads one expression; functions are added by a subclass."""

    resolver: Known
    scope: Scope
    node: Scalar
    known: Ids = frozenset()
    loop: bool = False

    def knowing(self, ids: Ids) -> Reading:
        """The same where some more items have happened."""
        return self if ids <= self.known else replace(self, known=self.known | ids)

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
                facts = asserted(tree) if operator == "and" else denied(tree)
                found = [self.knowing(facts).want(part, "flag") for part in parts]
                exprs = tuple(each.expr for each in found)
                if operator == "and":
                    return Typed(And(exprs), "flag", min(e.low for e in found), min(e.high for e in found))
                return Typed(Or(exprs), "flag", max(e.low for e in found), max(e.high for e in found))
            case syntax.Choice(condition, then, otherwise, span):
                asked = self.want(condition, "flag")
                left, right = self.branches(condition, then, otherwise, span, words)
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
            return self.same(self.typed(left, other.words), other, span)
        first = self.typed(left, words)
        return self.same(first, self.typed(right, first.words or words), span)

    def branches(
        self, condition: Tree, then: Tree, otherwise: Tree, span: syntax.Span, words: tuple[str, ...]
    ) -> tuple[Typed, Typed]:
        """The two ends of a choice, each read in the light of its condition."""
        yes, no = self.knowing(asserted(condition)), self.knowing(denied(condition))
        if isinstance(then, syntax.Quoted) and not words:
            words = no.typed(otherwise).words
        first = yes.typed(then, words)
        return self.same(first, no.typed(otherwise, first.words or words), span)

    def same(self, first: Typed, second: Typed, span: syntax.Span) -> tuple[Typed, Typed]:
        """Both, if they are of one type."""
        if first.kind != second.kind:
            raise Wrong("T401", span, f"a {first.kind} and a {second.kind} cannot be compared or mixed")
        if first.kind == "word" and first.words != second.words:
            raise Wrong("T401", span, "these words belong to different lists")
        return first, second

    def quoted(self, text: str, span: syntax.Span, words: tuple[str, ...]) -> Typed:
        if not words:
            raise Wrong("T401", span, f"'{text}' has no list of words to belong to here")
        if text not in words:
            raise Wrong(
                "N301", span, f"'{text}' is not one of the words {', '.join(words)}", Near(text, words)
            )
        place = words.index(text)
        return Typed(Number(place), "word", place, place, words)

    def name(self, tree: syntax.Name) -> Typed:
        names, scope = self.resolver.names, self.scope
        if tree.owner:
            return self.owned(tree)
        if tree.name in names.national:
            return self.variable(names.national[tree.name], National(tree.name), tree.name, None)
        if tree.name in CLOCK:
            low, high = YEARS[tree.name]
            if tree.name == "noted":
                if scope.noted is None:
                    raise Wrong("T403", tree.span, "'noted' stands in a directive's goal and blocks only")
                low, high = scope.noted
            return Typed(National(tree.name), "number", low, high, (), tree.name)
        if tree.name in names.countries:
            return Typed(Place(tree.name), "country", 0, len(names.countries))
        if tree.name in ("country", "target", "each"):
            return Typed(Place(self.who(tree.name, tree.span)), "country", 0, len(names.countries))
        code, more, other = names.gone(tree.name)
        if tree.name in names.country:
            country = next(iter(names.countries), "britain")
            more = f"; each country has one: write country.{tree.name} or {country}.{tree.name}"
        known = (*names.national, *names.countries, *CLOCK)
        raise Wrong(code, tree.span, f"'{tree.name}' is not known{more}", Near(tree.name, known), other)

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
            near = Near(tree.owner, (*names.countries, "country", "target", "each"))
            code, more, other = names.gone(tree.owner)
            raise Wrong(code, tree.span, f"there is no country '{tree.owner}'{more}", near, other)
        country = self.who(tree.owner, tree.span)
        if tree.name not in names.country:
            code, more, other = names.gone(tree.name)
            message = f"countries have no '{tree.name}'{more}"
            raise Wrong(code, tree.span, message, Near(tree.name, names.country), other)
        return self.variable(names.country[tree.name], Of(country, tree.name), tree.name, country)

    def variable(self, declared: Declared, expr: National | Of, name: str, country: str | None) -> Typed:
        if declared.derived is not None:
            found = self.resolver.derived(name, country is not None)
            if found is None:
                raise Reported
            return Typed(expr, found.kind, found.low, found.high, found.words, name)
        return Typed(expr, declared.kind, declared.low, declared.high, declared.words, name)

    def member(self, value: Tree, options: Sequence[Tree], negated: bool, span: syntax.Span) -> Typed:
        words = self.typed(options[0]).words if isinstance(value, syntax.Quoted) else ()
        first = self.typed(value, words)
        found = [self.typed(option, first.words) for option in options]
        if any((each.kind, each.words) != (first.kind, first.words) for each in found):
            raise Wrong("T401", span, f"all of these must be a {first.kind}, words of one list")
        if any(_plain(option) for option in options):
            self.no_plain_turn(value, options[0].span)
        expr: Expr = Among(first.expr, tuple(each.expr for each in found))
        low, high = among((first.low, first.high), [(each.low, each.high) for each in found])
        if negated:
            return Typed(Not(expr), "flag", 1 - high, 1 - low)
        return Typed(expr, "flag", low, high)

    def pair(self, tree: syntax.Pair) -> Typed:
        left, right = self.knowing(recent(tree)).alike(tree.left, tree.right, tree.span)
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
            if _plain(other):
                self.no_plain_turn(side, other.span)
        low, high = binary(tree.operator, (left.low, left.high), (right.low, right.high))
        return Typed(Binary(tree.operator, left.expr, right.expr), "flag", low, high)  # type: ignore[arg-type]

    def no_plain_turn(self, tree: Tree, span: syntax.Span) -> None:
        """Refuse a plain number beside `turn`, whose count a lesson moves."""
        while isinstance(tree, syntax.Pair) and tree.operator in ("+", "-"):
            tree = tree.left if _plain(tree.right) else tree.right
        if isinstance(tree, syntax.Name) and (tree.owner, tree.name) == ("", "turn"):
            message = "'turn' counts from the calendar's start, which a lesson moves: write on('1924-Q3')"
            raise Wrong("T403", span, message)

    def within(self, low: int, high: int, span: syntax.Span) -> None:
        if low < -LARGEST or high > LARGEST:
            raise Wrong(
                "L505", span, "this number can pass 10^12; hold its parts with clamp() or smaller bounds"
            )

    @abstractmethod
    def apply(self, tree: syntax.Apply) -> Typed:
        """A function with its arguments."""


def _plain(tree: Tree) -> bool:
    """Whether it is a number written out."""
    while isinstance(tree, syntax.Unary) and tree.operator in ("+", "-"):
        tree = tree.of
    if isinstance(tree, syntax.Pair) and tree.operator in ("+", "-", "*", "//"):
        return _plain(tree.left) and _plain(tree.right)
    return isinstance(tree, syntax.Literal) and not tree.flag
