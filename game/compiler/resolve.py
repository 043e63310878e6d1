"""What do the names of an expression mean, and do its types fit?  Syntax tree -> logic nodes with ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from game.compiler import expression as syntax
from game.compiler.expression import ExpressionError, Tree
from game.compiler.names import Declared, Names
from game.compiler.problems import Problem, error, nearest
from game.compiler.ranges import Range, binary, call
from game.compiler.source import Scalar
from game.rules.calendar import parse_step
from game.rules.ledger import Mark
from game.rules.logic import (
    BOUND,
    CLOCK,
    EACH,
    Among,
    And,
    Before,
    Binary,
    Call,
    Expr,
    If,
    National,
    Negate,
    Not,
    Number,
    Of,
    Or,
    Past,
    Place,
    Purse,
    Total,
)  # fmt: skip

LARGEST: Final = 10**12
YEARS: Final[dict[str, Range]] = {
    "year": (1, 9999), "month": (1, 12), "quarter": (1, 4), "turn": (0, 10_000), "noted": (-LARGEST, LARGEST),
}  # fmt: skip
LOOPS: Final = ("total", "average", "count", "any", "all")
QUESTIONS: Final = ("happened", "turns_since", "times", "due", "running", "chose")
ARITY: Final = {
    "min": (1, 12),
    "max": (1, 12),
    "abs": (1, 1),
    "clamp": (3, 3),
    "percent": (2, 2),
    "pull": (3, 3),
}
MOST_POINTS: Final = 40


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


class _Wrong(Exception):
    def __init__(
        self, code: str, span: syntax.Span, message: str, hint: str = "", other: Mark | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.span, self.message, self.hint, self.other = code, span, message, hint, other


@dataclass(slots=True)
class Resolver:
    """Resolves the expressions of one scenario; collects their problems."""

    names: Names
    problems: list[Problem] = field(default_factory=list)
    asked: list[tuple[str, str, Mark]] = field(default_factory=list)
    """Questions to the memory: function, id, place."""
    _derived: dict[tuple[str, bool], Typed | None] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def read(self, node: Scalar, scope: Scope, words: tuple[str, ...] = ()) -> Typed | None:
        """The expression in a scalar; `words` is the list that a quoted word belongs to. None after a problem."""
        try:
            return _Reading(self, scope, node.mark).typed(syntax.parse(node.text), words)
        except ExpressionError as wrong:
            self.problems.append(
                error(wrong.code, _at(node, wrong.start), f"{wrong.message}", length=wrong.length)
            )
        except _Wrong as wrong:
            place = _at(node, wrong.span.start)
            self.problems.append(
                error(
                    wrong.code,
                    place,
                    wrong.message,
                    hint=wrong.hint,
                    other=wrong.other,
                    length=wrong.span.length,
                )
            )
        return None

    def derived(self, name: str, country: bool) -> Typed | None:
        """A derived variable, resolved once; a circle of them is a problem."""
        key = (name, country)
        if key not in self._derived:
            declared = (self.names.country if country else self.names.national)[name]
            assert declared.derived is not None
            full = f"country.{name}" if country else name
            if full in self._open:
                circle = " → ".join([*self._open[self._open.index(full) :], full])
                self.problems.append(
                    error("L503", declared.mark, f"derived values go round in a circle: {circle}")
                )
                self._derived[key] = None
                return None
            self._open.append(full)
            scope = Scope(bound=self.names.countries, word="country") if country else Scope()
            found = self.read(declared.derived, scope)
            self._open.pop()
            self._derived.setdefault(key, found)
        return self._derived[key]


def _at(node: Scalar, start: int) -> Mark:
    if not node.exact:
        return node.mark
    return Mark(node.mark.file, node.mark.line, node.mark.column + start + (1 if node.quoted else 0))


@dataclass(slots=True)
class _Reading:
    resolver: Resolver
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
            raise _Wrong("T401", tree.span, f"{asked} is expected here, not a {found.kind}{cure}")
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
            raise _Wrong("T401", span, f"a {first.kind} and a {second.kind} cannot be compared or mixed")
        if first.kind == "word" and first.words != second.words:
            raise _Wrong("T401", span, "these words belong to different lists")
        return first, second

    def quoted(self, text: str, span: syntax.Span, words: tuple[str, ...]) -> Typed:
        if not words:
            raise _Wrong("T401", span, f"'{text}' has no list of words to belong to here")
        if text not in words:
            hint = nearest(text, words)
            raise _Wrong("N301", span, f"'{text}' is not one of the words {', '.join(words)}", hint)
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
                raise _Wrong("T403", tree.span, "'noted' stands in a directive's goal and blocks only")
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
        raise _Wrong("N301", tree.span, message, nearest(tree.name, known), names.removed.get(tree.name))

    def who(self, word: str, span: syntax.Span) -> str:
        if word == "each":
            if not (self.loop or self.scope.each):
                message = (
                    "'each' stands within total(), count(), any(), all(), average() and 'each.' effects only"
                )
                raise _Wrong("T403", span, message)
            return EACH
        if word in ("country", "target"):
            if self.scope.word != word:
                where = "orders with a target" if word == "target" else "items with 'each' or 'pick'"
                raise _Wrong("T403", span, f"'{word}' stands in {where} only")
            return BOUND
        return word

    def owned(self, tree: syntax.Name) -> Typed:
        names = self.resolver.names
        if tree.owner not in (*names.countries, "country", "target", "each"):
            hint = nearest(tree.owner, (*names.countries, "country", "target", "each"))
            other = names.removed.get(tree.owner)
            code = "N306" if other else "N301"
            message = f"there is no country '{tree.owner}'" + ("; it was removed" if other else "")
            raise _Wrong(code, tree.span, message, hint, other)
        country = self.who(tree.owner, tree.span)
        if tree.name not in names.country:
            hint = nearest(tree.name, names.country)
            raise _Wrong("N301", tree.span, f"countries have no '{tree.name}'", hint)
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
            raise _Wrong("T401", span, f"all of these must be a {first.kind}")
        expr: Expr = Among(first.expr, tuple(each.expr for each in found))
        return Typed(Not(expr) if negated else expr, "flag")

    def pair(self, tree: syntax.Pair) -> Typed:
        left, right = self.alike(tree.left, tree.right, tree.span)
        if tree.operator in ("+", "-", "*", "//"):
            if left.kind != "number":
                raise _Wrong(
                    "T401", tree.span, f"'{tree.operator}' reckons with numbers, not with a {left.kind}"
                )
            if tree.operator == "//" and right.low <= 0 <= right.high:
                message = (
                    f"this divisor can be 0 (it lies between {right.low} and {right.high}); use max(1, …)"
                )
                raise _Wrong("L505", tree.right.span, message)
            low, high = binary(tree.operator, (left.low, left.high), (right.low, right.high))
            self.within(low, high, tree.span)
            return Typed(Binary(tree.operator, left.expr, right.expr), "number", low, high)  # type: ignore[arg-type]
        if left.kind == "country" and tree.operator not in ("==", "!="):
            raise _Wrong("T401", tree.span, "countries are equal or not; they have no order")
        if left.kind == "flag" and tree.operator not in ("==", "!="):
            raise _Wrong("T401", tree.span, "conditions are equal or not; they have no order")
        for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
            if isinstance(side, syntax.Name) and side.name == "turn" and isinstance(other, syntax.Literal):
                message = "'turn' counts from the calendar's start, which a lesson moves: write on('1924-Q3')"
                raise _Wrong("T403", other.span, message)
        low, high = binary(tree.operator, (left.low, left.high), (right.low, right.high))
        return Typed(Binary(tree.operator, left.expr, right.expr), "flag", low, high)  # type: ignore[arg-type]

    def within(self, low: int, high: int, span: syntax.Span) -> None:
        if low < -LARGEST or high > LARGEST:
            raise _Wrong(
                "L505", span, "this number can pass 10^12; hold its parts with clamp() or smaller bounds"
            )

    def apply(self, tree: syntax.Apply) -> Typed:
        name, count = tree.function, len(tree.arguments)
        if name in ARITY:
            self.arity(tree, *ARITY[name])
            found = [self.want(each, "number") for each in tree.arguments]
            low, high = call(name, [(each.low, each.high) for each in found])
            self.within(low, high, tree.span)
            return Typed(Call(name, tuple(each.expr for each in found)), "number", low, high)  # type: ignore[arg-type]
        if name == "along":
            return self.along(tree)
        if name in LOOPS:
            return self.total(tree)
        if name == "before":
            self.arity(tree, 1, 1)
            inner = self.typed(tree.arguments[0])
            if not isinstance(inner.expr, National | Of) or inner.variable in CLOCK:
                raise _Wrong("T401", tree.span, "before() takes a variable")
            return Typed(Before(inner.expr), inner.kind, inner.low, inner.high, inner.words)
        if name in QUESTIONS:
            return self.question(tree)
        if name == "lead":
            self.arity(tree, 1, 1)
            id_ = self.id(tree.arguments[0], self.resolver.names.of("milestones"), "milestone")
            if id_ not in self.resolver.names.dated:
                raise _Wrong(
                    "T403", tree.span, f"lead() needs a milestone with 'historically'; '{id_}' has none"
                )
            return Typed(Past("lead", id_), "number", -9999, 9999)
        if name == "on":
            self.arity(tree, 1, 1)
            return self.on(tree)
        if name in ("means", "unspent"):
            self.arity(tree, 1, 1)
            track = self.id(tree.arguments[0], self.resolver.names.tracks, "track")
            if not self.scope.purses:
                raise _Wrong("T403", tree.span, "purses are filled in phase 4: an event cannot read them")
            return Typed(Purse(track, name == "unspent"), "number", 0, 1_000_000)
        known = (*ARITY, *LOOPS, *QUESTIONS, "along", "before", "lead", "on", "means", "unspent")
        raise _Wrong(
            "N301", tree.span, f"there is no function '{name}' ({count} arguments)", nearest(name, known)
        )

    def arity(self, tree: syntax.Apply, least: int, most: int) -> None:
        if not least <= len(tree.arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise _Wrong(
                "T401", tree.span, f"{tree.function}() takes {wanted} arguments, not {len(tree.arguments)}"
            )

    def along(self, tree: syntax.Apply) -> Typed:
        count = len(tree.arguments)
        if count < 3 or count % 2 == 0:
            raise _Wrong("T401", tree.span, "along() takes x and then pairs: along(x, x1, y1, x2, y2)")
        if count > 2 * MOST_POINTS + 1:
            raise _Wrong("T402", tree.span, f"along() takes {MOST_POINTS} points at most")
        found = [self.want(each, "number") for each in tree.arguments]
        xs = [each.expr for each in found[1::2]]
        if any(not isinstance(each, Number) for each in xs):
            raise _Wrong("T401", tree.span, "the points of along() have plain numbers or on('…') as their x")
        steps = [each.value for each in xs if isinstance(each, Number)]
        if any(left >= right for left, right in zip(steps, steps[1:], strict=False)):
            raise _Wrong("L502", tree.span, "the points of along() must stand in order of their x")
        ys = found[2::2]
        low, high = min(each.low for each in ys), max(each.high for each in ys)
        return Typed(Call("along", tuple(each.expr for each in found)), "number", low, high)

    def total(self, tree: syntax.Apply) -> Typed:
        self.arity(tree, 1, 2)
        if self.loop:
            raise _Wrong("T403", tree.span, "totals cannot stand within totals")
        inner = _Reading(self.resolver, self.scope, self.mark, loop=True)
        flag = tree.function in ("count", "any", "all")
        amount = inner.want(tree.arguments[0], "flag" if flag else "number")
        where = inner.want(tree.arguments[1], "flag").expr if len(tree.arguments) == 2 else None
        expr = Total(tree.function, amount.expr, where)  # type: ignore[arg-type]
        countries = max(1, len(self.resolver.names.countries))
        if tree.function in ("any", "all"):
            return Typed(expr, "flag")
        if tree.function == "count":
            return Typed(expr, "number", 0, countries)
        low, high = min(0, amount.low), max(0, amount.high)
        if tree.function == "total":
            low, high = low * countries, high * countries
        self.within(low, high, tree.span)
        return Typed(expr, "number", low, high)

    def id(self, tree: Tree, known: Sequence[str], what: str) -> str:
        if not isinstance(tree, syntax.Quoted):
            raise _Wrong("T401", tree.span, f"the id of the {what} is written in single quotes")
        if tree.text not in known:
            other = self.resolver.names.removed.get(tree.text)
            code, more = ("N306", "; it was removed") if other else ("N301", "")
            message = f"there is no {what} '{tree.text}'{more}"
            raise _Wrong(code, tree.span, message, nearest(tree.text, known), other)
        return tree.text

    def question(self, tree: syntax.Apply) -> Typed:
        name, names = tree.function, self.resolver.names
        self.arity(tree, 2 if name == "chose" else 1, 3 if name == "chose" else 2)
        groups = {"running": ("orders",), "chose": ("events",), "due": ("events",)}.get(
            name, ("events", "orders", "milestones") if name != "times" else ("events", "orders")
        )
        known = tuple(id_ for group in groups for id_ in names.of(group))
        id_ = self.id(tree.arguments[0], known, groups[0].removesuffix("s"))
        rest = tree.arguments[1:]
        choice = None
        if name == "chose":
            choice = self.id(rest[0], names.choices.get(id_, ()), f"choice of '{id_}'")
            rest = rest[1:]
        country = None
        if rest:
            place = self.want(rest[0], "country")
            assert isinstance(place.expr, Place)
            country = place.expr.country
            if not names.bound.get(id_):
                raise _Wrong("T403", rest[0].span, f"'{id_}' has no countries of its own")
        self.resolver.asked.append((name, id_, self.mark))
        expr = Past(name, id_, choice, country)  # type: ignore[arg-type]
        if name in ("turns_since", "times"):
            return Typed(expr, "number", 0, 30_000)
        return Typed(expr, "flag")

    def on(self, tree: syntax.Apply) -> Typed:
        argument = tree.arguments[0]
        if not isinstance(argument, syntax.Quoted):
            raise _Wrong(
                "T401", argument.span, "a step of the calendar is written in single quotes: on('1924-Q3')"
            )
        names = self.resolver.names
        try:
            step = parse_step(argument.text, names.length)
        except ValueError:
            message = f"'{argument.text}' is no step of this calendar ({names.length}s)"
            raise _Wrong("L504", argument.span, message) from None
        turn = step - names.first_step + 1
        return Typed(Number(turn), "number", turn, turn)
