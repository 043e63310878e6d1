"""How are the expressions of one scenario resolved?  Each once, their problems gathered at their columns."""

from __future__ import annotations

from typing import Final

from game.compiler import syntax
from game.compiler.derived import Key, in_order, references
from game.compiler.expression import ExpressionError, parse
from game.compiler.functions import Calling
from game.compiler.names import Declared, Names
from game.compiler.problems import Problem, error
from game.compiler.ranges import Range
from game.compiler.source import Scalar
from game.compiler.typed import YEARS, Asked, Reported, Scope, Typed, Wrong, place
from game.rules.block import Text
from game.rules.classes import dataclass, field
from game.rules.logic import Expr, National, Of, Past

DEEPEST_CHAIN: Final = 200
"""How many levels an expression may have, with those of the derived values it leads to."""
MOST_NAMED: Final = 8


@dataclass(slots=True)
class Resolver:
    """Resolves the expressions of one scenario; collects their problems."""

    names: Names
    problems: list[Problem] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    """Questions to the memory."""
    texts: list[Text] = field(default_factory=list)
    """Every text read."""
    _derived: dict[Key, Typed | None] = field(default_factory=dict)
    _levels: dict[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self._derived:
            return
        order = in_order(self.names)
        for circle in order.circles:
            self._circle(circle)
        for key in order.keys:
            if key not in self._derived:
                scope = Scope(bound=self.names.countries, word="country") if key[1] else Scope()
                declared = self._declared(key)
                assert declared.derived is not None
                self._derived[key] = self.read(declared.derived, scope, declared.words, key)

    def read(
        self, node: Scalar, scope: Scope, words: tuple[str, ...] = (), key: Key | None = None
    ) -> Typed | None:
        """The expression in a scalar; `words` is the list that a quoted word belongs to. None after a problem."""
        try:
            tree = parse(node.text)
            found = Calling(self, scope, node, scope.known).typed(tree, words)
            self._deep(tree, key)
        except ExpressionError as wrong:
            self.problems.append(
                error(wrong.code, place(node, wrong.start), wrong.message, length=wrong.length)
            )
        except Wrong as wrong:
            self.problems.append(
                error(
                    wrong.code,
                    place(node, wrong.span.start),
                    wrong.message,
                    near=wrong.near,
                    other=wrong.other,
                    length=wrong.span.length,
                )
            )
        except Reported:
            pass
        else:
            return found
        return None

    def derived(self, name: str, country: bool) -> Typed | None:
        """A derived variable, resolved once; None after a problem with it."""
        return self._derived.get((name, country))

    def quiet(self) -> Resolver:
        """One that reads the same and keeps its findings to itself, for a look ahead."""
        return Resolver(self.names, _derived=self._derived, _levels=self._levels)

    def domain(self, expr: Expr) -> Range | None:
        """Between which bounds a value lies, by what is declared; None for what is reckoned."""
        match expr:
            case National(name) if name in YEARS:
                return YEARS[name]
            case National(name):
                declared, key = self.names.national[name], (name, False)
            case Of(_, name):
                declared, key = self.names.country[name], (name, True)
            case Past("happened" | "chose" | "due" | "running"):
                return 0, 1
            case _:
                return None
        if declared.derived is not None:
            found = self._derived.get(key)
            return None if found is None else (found.low, found.high)
        return declared.low, declared.high

    def _deep(self, tree: syntax.Tree, key: Key | None) -> None:
        """Refuse derived values that lead to derived values too often: all of it is reckoned in one go."""
        reads = references(tree, self.names)
        if not reads and key is None:
            return
        levels = syntax.depth(tree) + max((self._levels.get(each, 0) for each in reads), default=0)
        if levels > DEEPEST_CHAIN:
            message = (
                f"with the derived values it leads to, this is {levels} levels deep; {DEEPEST_CHAIN} are read"
            )
            raise ExpressionError(message, tree.span.start, tree.span.length, "E202")
        if key is not None:
            self._levels[key] = levels

    def _circle(self, circle: list[Key]) -> None:
        names = [f"country.{name}" if country else name for name, country in circle]
        shown = names if len(names) <= MOST_NAMED else [*names[: MOST_NAMED - 1], "…", names[-1]]
        message = f"derived values go round in a circle: {' → '.join(shown)}"
        self.problems.append(error("L503", self._declared(circle[0]).mark, message))
        for key in circle:
            self._derived[key] = None

    def _declared(self, key: Key) -> Declared:
        name, country = key
        return (self.names.country if country else self.names.national)[name]


__all__ = ["Resolver", "Scope", "Typed"]
