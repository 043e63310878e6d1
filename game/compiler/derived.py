"""In which order can derived values be resolved, and which of them go round in circles?  Without recursion."""

from __future__ import annotations

from collections.abc import Mapping

from game.compiler import syntax
from game.compiler.expression import ExpressionError, parse
from game.compiler.names import Names
from game.compiler.syntax import Tree
from game.rules.classes import dataclass, field

Key = tuple[str, bool]
"""A derived variable: its name, and whether each country has one."""


@dataclass(slots=True)
class Order:
    """Every derived variable after those it reads; circles apart, each as the names gone through."""

    keys: list[Key] = field(default_factory=list)
    circles: list[list[Key]] = field(default_factory=list)


def references(tree: Tree, names: Names) -> frozenset[Key]:
    """The derived variables that an expression reads."""
    found = set()
    for node in syntax.walk(tree):
        if isinstance(node, syntax.Name):
            declared = (names.country if node.owner else names.national).get(node.name)
            if declared is not None and declared.derived is not None:
                found.add((node.name, bool(node.owner)))
    return frozenset(found)


def in_order(names: Names) -> Order:
    """The derived variables of a scenario in the order in which they can be resolved."""
    reads: dict[Key, list[Key]] = {}
    for country, group in ((False, names.national), (True, names.country)):
        for name, declared in group.items():
            if declared.derived is not None:
                try:
                    reads[name, country] = sorted(references(parse(declared.derived.text), names))
                except ExpressionError:
                    reads[name, country] = []
    return _sorted(reads)


def _sorted(reads: Mapping[Key, list[Key]]) -> Order:
    order, done = Order(), set[Key]()
    for first in sorted(reads):
        path: dict[Key, int] = {}  # what is open, with the number of its references already followed
        here: Key | None = first if first not in done else None
        while here is not None:
            at = path.setdefault(here, 0)
            if at < len(reads[here]):
                path[here] += 1
                next_ = reads[here][at]
                if next_ in path:
                    open_ = list(path)
                    order.circles.append([*open_[open_.index(next_) :], next_])
                elif next_ not in done:
                    here = next_
                continue
            del path[here]
            done.add(here)
            order.keys.append(here)
            here = next(reversed(path), None)
    return order
