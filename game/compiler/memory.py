"""What must have happened, wherever a condition holds?  Read off the tree, before names mean anything.

`turns_since('x')` is 9999 where x never happened; a condition that makes sure of x beforehand, or a comparison
that 9999 answers with no, is no trap.
"""

from __future__ import annotations

from game.compiler import syntax
from game.compiler.syntax import Tree

Ids = frozenset[str]
NONE: Ids = frozenset()
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def asserted(tree: Tree) -> Ids:
    """The items that have happened wherever the condition is true."""
    match tree:
        case syntax.Apply("happened" | "chose", (syntax.Quoted(id_), *_)):
            return frozenset({id_})
        case syntax.Unary("not", of):
            return denied(of)
        case syntax.Many("and", parts):
            return NONE.union(*map(asserted, parts))
        case syntax.Many(_, parts):
            return frozenset.intersection(*map(asserted, parts))
        case syntax.Pair():
            return recent(tree)
        case _:
            return NONE


def denied(tree: Tree) -> Ids:
    """The items that have happened wherever the condition is false."""
    match tree:
        case syntax.Unary("not", of):
            return asserted(of)
        case syntax.Many("or", parts):
            return NONE.union(*map(denied, parts))
        case syntax.Many(_, parts):
            return frozenset.intersection(*map(denied, parts))
        case syntax.Pair(operator, syntax.Apply("turns_since", (syntax.Quoted(id_), *_))) if operator in (
            ">",
            ">=",
        ):
            return frozenset({id_})
        case _:
            return NONE


def recent(tree: Tree) -> Ids:
    """The item that a comparison such as `turns_since('x') <= 4` is about: never, 9999, is plainly no."""
    match tree:
        case syntax.Pair(operator, syntax.Apply("turns_since", (syntax.Quoted(id_), *_))):
            return frozenset({id_}) if operator in ("<", "<=", "==") else NONE
        case syntax.Pair(operator, _, syntax.Apply("turns_since", (syntax.Quoted(id_), *_))):
            return frozenset({id_}) if _FLIPPED.get(operator) in ("<", "<=", "==") else NONE
        case _:
            return NONE
