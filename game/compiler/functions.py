"""What do the functions of the language take, and what do they give?"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Final

from game.compiler import syntax
from game.compiler.names import FUNCTIONS
from game.compiler.problems import Near
from game.compiler.ranges import binary, call
from game.compiler.syntax import Tree
from game.compiler.typed import Asked, Reading, Typed, Wrong, place
from game.rules.calendar import parse_step
from game.rules.classes import replace
from game.rules.logic import CLOCK, Before, Call, National, Number, Of, Past, Place, Purse, Total

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


class Calling(Reading):
    """Reads one expression, functions included."""

    def apply(self, tree: syntax.Apply) -> Typed:
        name = tree.function
        if name in ARITY:
            self.arity(tree, *ARITY[name])
            found = [self.want(each, "number") for each in tree.arguments]
            bounds = [(each.low, each.high) for each in found]
            if name == "percent":
                self.within(*binary("*", bounds[0], bounds[1]), tree.span)
            low, high = call(name, bounds)
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
                raise Wrong("T401", tree.span, "before() takes a variable")
            return Typed(Before(inner.expr), inner.kind, inner.low, inner.high, inner.words)
        if name in QUESTIONS:
            return self.question(tree)
        if name == "lead":
            self.arity(tree, 1, 1)
            id_ = self.id(tree.arguments[0], self.resolver.names.of("milestones"), "milestone")
            if id_ not in self.resolver.names.dated:
                raise Wrong(
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
                raise Wrong("T403", tree.span, "purses are filled in phase 4: an event cannot read them")
            return Typed(Purse(track, name == "unspent"), "number", 0, 1_000_000)
        raise Wrong("N301", tree.span, f"there is no function '{name}'", Near(name, FUNCTIONS))

    def arity(self, tree: syntax.Apply, least: int, most: int) -> None:
        if not least <= len(tree.arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise Wrong(
                "T401", tree.span, f"{tree.function}() takes {wanted} arguments, not {len(tree.arguments)}"
            )

    def along(self, tree: syntax.Apply) -> Typed:
        count = len(tree.arguments)
        if count < 3 or count % 2 == 0:
            raise Wrong("T401", tree.span, "along() takes x and then pairs: along(x, x1, y1, x2, y2)")
        if count > 2 * MOST_POINTS + 1:
            raise Wrong("T402", tree.span, f"along() takes {MOST_POINTS} points at most")
        found = [self.want(each, "number") for each in tree.arguments]
        xs = [each.expr for each in found[1::2]]
        if any(not isinstance(each, Number) for each in xs):
            raise Wrong("T401", tree.span, "the points of along() have plain numbers or on('…') as their x")
        steps = [each.value for each in xs if isinstance(each, Number)]
        if not isinstance(tree.arguments[1], syntax.Apply):
            self.no_plain_turn(tree.arguments[0], tree.arguments[1].span)
        if any(left >= right for left, right in pairwise(steps)):
            raise Wrong("L502", tree.span, "the points of along() must stand in order of their x")
        ys = found[2::2]
        low, high = min(each.low for each in ys), max(each.high for each in ys)
        return Typed(Call("along", tuple(each.expr for each in found)), "number", low, high)

    def total(self, tree: syntax.Apply) -> Typed:
        self.arity(tree, 1, 2)
        if self.loop:
            raise Wrong("T403", tree.span, "totals cannot stand within totals")
        inner = replace(self, loop=True)
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

    def id(self, tree: Tree, known: Collection[str], what: str) -> str:
        if not isinstance(tree, syntax.Quoted):
            raise Wrong("T401", tree.span, f"the id of the {what} is written in single quotes")
        if tree.text not in known:
            code, more, other = self.resolver.names.gone(tree.text)
            message = f"there is no {what} '{tree.text}'{more}"
            raise Wrong(code, tree.span, message, Near(tree.text, known), other)
        return tree.text

    def question(self, tree: syntax.Apply) -> Typed:
        name, names = tree.function, self.resolver.names
        self.arity(tree, 2 if name == "chose" else 1, 3 if name == "chose" else 2)
        groups = {"running": ("orders",), "chose": ("events",), "due": ("events",)}.get(
            name, ("events", "orders", "milestones") if name != "times" else ("events", "orders")
        )
        id_ = self.id(tree.arguments[0], names.of(*groups), groups[0].removesuffix("s"))
        rest = tree.arguments[1:]
        choice = None
        if name == "chose":
            choice = self.id(rest[0], names.choices.get(id_, ()), f"choice of '{id_}'")
            rest = rest[1:]
        country = None
        if rest:
            where = self.want(rest[0], "country")
            if not isinstance(where.expr, Place):
                raise Wrong("T401", rest[0].span, "here a country is named, not chosen by a condition")
            country = where.expr.country
            its = names.bound.get(id_, ())
            if not its:
                raise Wrong("T403", rest[0].span, f"'{id_}' has no countries of its own")
            if country in names.countries and country not in its:
                raise Wrong("T403", rest[0].span, f"'{id_}' is never about {country}: {', '.join(its[:8])}")
        trap = name == "turns_since" and id_ not in self.known
        self.resolver.asked.append(Asked(name, id_, place(self.node, tree.span.start), trap))
        expr = Past(name, id_, choice, country)  # type: ignore[arg-type]
        if name in ("turns_since", "times"):
            return Typed(expr, "number", 0, 30_000)
        return Typed(expr, "flag")

    def on(self, tree: syntax.Apply) -> Typed:
        argument = tree.arguments[0]
        if not isinstance(argument, syntax.Quoted):
            raise Wrong(
                "T401", argument.span, "a step of the calendar is written in single quotes: on('1924-Q3')"
            )
        names = self.resolver.names
        try:
            if not argument.text.isascii():
                raise ValueError(argument.text)
            step = parse_step(argument.text, names.length)
        except ValueError:
            message = f"'{argument.text}' is no step of this calendar ({names.length}s)"
            raise Wrong("L504", argument.span, message) from None
        turn = step - names.first_step + 1
        return Typed(Number(turn), "number", turn, turn)
