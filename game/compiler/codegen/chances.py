"""How does chance come up in generated code?  The same draws as `game.rules.dice`, the game's part reckoned once."""

from __future__ import annotations

from collections.abc import Sequence

from game.compiler.codegen.nodes import Node
from game.compiler.codegen.pen import COMPARE, IF, NUMBER, OR, Pen
from game.rules.dice import FIRST, GOLDEN, MASK, SECOND, mix
from game.rules.state import HISTORICAL
from game.rules.writing import CERTAIN, EVEN


def base_of(seed: int) -> int:
    """The part of every draw that hangs on the seed alone."""
    return mix(seed + GOLDEN & MASK)


def percent(base: int, key: int, turn: int) -> int:
    """A whole number from 0 to 99, as `draw` gives it."""
    z = base ^ (key + turn * GOLDEN & MASK)
    z = (z ^ (z >> 30)) * FIRST & MASK
    z = (z ^ (z >> 27)) * SECOND & MASK
    return ((z ^ (z >> 31)) >> 32) * 100 >> 32


def percent_of(z: int) -> int:
    """The same from a base with key and turn laid over it."""
    z = (z ^ (z >> 30)) * FIRST & MASK
    z = (z ^ (z >> 27)) * SECOND & MASK
    return ((z ^ (z >> 31)) >> 32) * 100 >> 32


def drawn(base: int, key: int, turn: int, sides: int) -> int:
    """A whole number from 0 to sides - 1, as `draw` gives it."""
    z = base ^ (key + turn * GOLDEN & MASK)
    z = (z ^ (z >> 30)) * FIRST & MASK
    z = (z ^ (z >> 27)) * SECOND & MASK
    return ((z ^ (z >> 31)) >> 32) * sides >> 32


def picked(base: int, key: int, turn: int, weights: Sequence[int]) -> int:
    """Which of the shares laid side by side is drawn."""
    roll = drawn(base, key, turn, sum(weights))
    for number, weight in enumerate(weights):
        roll -= weight
        if roll < 0:
            return number
    raise AssertionError("shares do not add up")


def largest(base: int, key: int, turn: int, weights: Sequence[int]) -> int:
    """The largest of the shares, the first of equals: what is drawn in historical fate."""
    return weights.index(max(weights))


def write_pick(pen: Pen, fate: str, key: int, shares: Sequence[str], sum_: str) -> str:
    """Lines that draw one of some shares, none of them below 0 and not all of them 0; the name of its number."""
    drawn = pen.name()
    if fate == HISTORICAL:
        pen.line(f"{drawn} = ({', '.join(shares)},)")
        pen.line(f"{drawn} = {drawn}.index(max({drawn}))")
        return drawn
    pen.line(f"{sum_} = drawn(b, {key}, t, {sum_})")
    for number, share in enumerate(shares[:-1]):
        word = "if" if number == 0 else "elif"
        rest = sum_ if number == 0 else f"({sum_} := {sum_} - {shares[number - 1]})"
        pen.line(f"{word} {rest} < {share}: {drawn} = {number}")
    pen.line(f"else: {drawn} = {len(shares) - 1}" if len(shares) > 1 else f"{drawn} = 0")
    return drawn


def chance(pen: Pen, fate: str, node: Node | None, key: str) -> str:
    """A condition: whether a chance in percent comes up; empty if it is certain, `False` if it never does."""
    if node is None:
        return ""
    least = EVEN if fate == HISTORICAL else CERTAIN
    if node.low >= least:
        return ""
    if fate == HISTORICAL:
        if node.high < least:
            return "False"
        return f"{pen.held(node, NUMBER, COMPARE + 1, True)} >= {EVEN}"
    if node.high <= 0:
        return "False"
    roll = f"percent(b, {key}, t)"
    turn, last = pen.part.nodes.spans[pen.part.nodes.turn]
    if turn == last and key.isdigit():
        roll = f"percent_of(b ^ {int(key) + turn * GOLDEN & MASK})"
    if node.low > 0 and node.high <= CERTAIN:
        return f"{roll} < {pen.held(node, NUMBER, COMPARE + 1, True)}"
    first, again = pen._twice(node, True)
    text = f"{roll} < {again}"
    if node.high >= CERTAIN:
        text = f"({again} >= {CERTAIN} or {text})"
    return f"{first} > 0 and {text}"


__all__ = [
    "IF",
    "OR",
    "base_of",
    "chance",
    "drawn",
    "largest",
    "percent",
    "percent_of",
    "picked",
    "write_pick",
]
