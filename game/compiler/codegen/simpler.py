"""How can an operation be said more simply?  One small function for each, on nodes whose bounds are known.

Each gives either a node that is as good, or the operation and its parts as they are best written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TypeAlias

    from game.compiler.codegen.nodes import Node, Nodes

    Parts: TypeAlias = tuple[Node, ...]
    Simple: TypeAlias = Node | tuple[str, tuple[Node, ...]]

COMPARED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""Comparisons, each with its opposite."""


def _compare(nodes: Nodes, name: str, parts: Parts) -> Simple:
    """A flag beside 0 or 1 is that flag, or its opposite."""
    left, right = parts
    if left.bit and right.name == "const" and right.value in (0, 1):
        if (name, right.value) in ((">", 0), (">=", 1), ("==", 1), ("!=", 0)):
            return left
        if (name, right.value) in (("<", 1), ("<=", 0), ("==", 0), ("!=", 1)):
            return nodes.make("not", left)
    return name, parts


def _logic(nodes: Nodes, name: str, parts: Parts) -> Simple:
    kept: dict[Node, None] = {}
    for part in parts:
        if part.always if name == "or" else part.never:
            return nodes.const(int(name == "or"))
        if part.never if name == "or" else part.always:
            continue
        if part.name == name and part not in nodes.named:
            kept.update(dict.fromkeys(part.parts))
        else:
            kept[part] = None
    left = tuple(kept)
    if not left:
        return nodes.const(int(name == "and"))
    if len(left) == 1 and left[0].bit:
        return left[0]
    return name, left


def _not(nodes: Nodes, name: str, parts: Parts) -> Simple:
    (part,) = parts
    if part.always or part.never:
        return nodes.const(int(part.never))
    if part.name in COMPARED:
        return nodes.make(COMPARED[part.name], *part.parts)
    if part.name == "not" and part.parts[0].bit:
        return part.parts[0]
    return name, parts


def _if(nodes: Nodes, name: str, parts: Parts) -> Simple:
    condition, then, otherwise = parts
    if condition.always or condition.never:
        return then if condition.always else otherwise
    if then is otherwise:
        return then
    if then.name == otherwise.name == "const":
        if condition.bit and (then.value, otherwise.value) == (1, 0):
            return condition
        if (then.value, otherwise.value) == (0, 1):
            return nodes.make("not", condition)
    return name, parts


def _sum(nodes: Nodes, name: str, parts: Parts) -> Simple:
    """One long addition, however it was bracketed, with its number last."""
    flat: list[Node] = []
    number = 0
    left = list(reversed(parts))
    while left:
        part = left.pop()
        if part.name == "const":
            number += part.value
        elif part.name == "sum" and part not in nodes.named:
            left.extend(reversed(part.parts))
        elif part.name == "-" and part not in nodes.named:
            left += [nodes.make("neg", part.parts[1]), part.parts[0]]
        else:
            flat.append(part)
    if number or not flat:
        flat.append(nodes.const(number))
    return flat[0] if len(flat) == 1 else ("sum", tuple(flat))


def _minus(nodes: Nodes, name: str, parts: Parts) -> Simple:
    left, right = parts
    if right.name == "const":
        return nodes.make("+", left, nodes.const(-right.value))
    if left is right:
        return nodes.const(0)
    if left.name in ("sum", "-") and left not in nodes.named:
        return nodes.make("+", left, nodes.make("neg", right))
    return name, parts


def _neg(nodes: Nodes, name: str, parts: Parts) -> Simple:
    return parts[0].parts[0] if parts[0].name == "neg" else (name, parts)


def _times(nodes: Nodes, name: str, parts: Parts) -> Simple:
    left, right = sorted(parts, key=lambda part: part.name == "const")
    if right.name == "const" and right.value in (0, 1):
        return left if right.value else right
    return name, (left, right)


def _over(nodes: Nodes, name: str, parts: Parts) -> Simple:
    left, right = parts
    if right.name == "const" and right.value in (0, 1):
        return left if right.value else right
    return name, parts


def _among(nodes: Nodes, name: str, parts: Parts) -> Simple:
    value, *options = dict.fromkeys(parts) if parts[0] not in parts[1:] else parts
    if value in options:
        return nodes.const(1)
    known = [each for each in options if each.high >= value.low and each.low <= value.high]
    if not known:
        return nodes.const(0)
    return nodes.make("==", value, known[0]) if len(known) == 1 else (name, (value, *known))


def _extreme(nodes: Nodes, name: str, parts: Parts) -> Simple:
    """`min` and `max`: what another part is always below, or above, cannot be it."""
    kept = list(dict.fromkeys(parts))
    for part in list(kept):
        rest = [each for each in kept if each is not part]
        if any(part.low >= each.high if name == "min" else part.high <= each.low for each in rest):
            kept = rest
    kept.sort(key=lambda part: part.name == "const")
    return kept[0] if len(kept) == 1 else (name, tuple(kept))


def _clamp(nodes: Nodes, name: str, parts: Parts) -> Simple:
    """max(low, min(high, x)): where the bounds cross, the lower one counts."""
    x, low, high = parts
    return nodes.make("max", nodes.make("min", x, high), low)


def _abs(nodes: Nodes, name: str, parts: Parts) -> Simple:
    (part,) = parts
    if part.low >= 0:
        return part
    return nodes.make("neg", part) if part.high <= 0 else (name, parts)


def _percent(nodes: Nodes, name: str, parts: Parts) -> Simple:
    return nodes.make("//", nodes.make("*", *parts), nodes.const(100))


SIMPLER: Final[dict[str, Callable[[Nodes, str, Parts], Simple]]] = {
    **dict.fromkeys(COMPARED, _compare),
    "and": _logic,
    "or": _logic,
    "not": _not,
    "if": _if,
    "+": _sum,
    "sum": _sum,
    "-": _minus,
    "neg": _neg,
    "*": _times,
    "//": _over,
    "among": _among,
    "min": _extreme,
    "max": _extreme,
    "clamp": _clamp,
    "abs": _abs,
    "percent": _percent,
}
