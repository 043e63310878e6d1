"""What is an expression made of, before anybody asks what its names mean?  The tree that the parser builds."""

from __future__ import annotations

from collections.abc import Iterator

from game.rules.classes import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text: first character from 0, and how many."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, or `true` and `false`."""

    value: int
    flag: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A word, id or step in single quotes."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A bare name, or owner and name with a dot between."""

    name: str
    owner: str
    span: Span


@dataclass(frozen=True, slots=True)
class Apply:
    """A function with its arguments."""

    function: str
    arguments: tuple[Tree, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `+x`, `not x`."""

    operator: str
    of: Tree
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides of `+ - * // < <= > >= == !=`."""

    operator: str
    left: Tree
    right: Tree
    span: Span


@dataclass(frozen=True, slots=True)
class Many:
    """`and` or `or` between two or more parts."""

    operator: str
    parts: tuple[Tree, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if condition else otherwise`."""

    condition: Tree
    then: Tree
    otherwise: Tree
    span: Span


@dataclass(frozen=True, slots=True)
class Member:
    """`value in (a, b)`; `negated` for `not in`."""

    value: Tree
    options: tuple[Tree, ...]
    negated: bool
    span: Span


Tree = Literal | Quoted | Name | Apply | Unary | Pair | Many | Choice | Member


def depth(tree: Tree) -> int:
    """How many levels a tree has; walked without recursion."""
    deepest, left = 0, [(tree, 1)]
    while left:
        node, level = left.pop()
        deepest = max(deepest, level)
        left += [(each, level + 1) for each in parts(node)]
    return deepest


def parts(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly within a tree."""
    match tree:
        case Literal() | Quoted() | Name():
            return ()
        case Apply(_, arguments):
            return arguments
        case Unary(_, of):
            return (of,)
        case Pair(_, left, right):
            return left, right
        case Many(_, many):
            return many
        case Choice(condition, then, otherwise):
            return condition, then, otherwise
        case Member(value, options):
            return value, *options


def walk(tree: Tree) -> Iterator[Tree]:
    """A tree and all trees within it; without recursion."""
    left = [tree]
    while left:
        node = left.pop()
        yield node
        left += parts(node)
