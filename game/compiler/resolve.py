"""How are the expressions of one scenario resolved?  Each once, their problems gathered at their columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.compiler import expression as syntax
from game.compiler.expression import ExpressionError
from game.compiler.functions import Calling
from game.compiler.names import Names
from game.compiler.problems import Problem, error
from game.compiler.source import Scalar
from game.compiler.typed import Scope, Typed, Wrong
from game.rules.ledger import Mark


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
            return Calling(self, scope, node.mark).typed(syntax.parse(node.text), words)
        except ExpressionError as wrong:
            self.problems.append(
                error(wrong.code, _at(node, wrong.start), f"{wrong.message}", length=wrong.length)
            )
        except Wrong as wrong:
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


__all__ = ["Resolver", "Scope", "Typed"]
