"""Between which bounds must a number lie?  Interval arithmetic over whole numbers and flags."""

from __future__ import annotations

from collections.abc import Sequence

Range = tuple[int, int]


def binary(operator: str, left: Range, right: Range) -> Range:
    """Bounds of an operation; a comparison gives (0, 1), or (0, 0) or (1, 1) where it is settled."""
    a, b = left
    c, d = right
    match operator:
        case "+":
            return a + c, b + d
        case "-":
            return a - d, b - c
        case "*":
            products = (a * c, a * d, b * c, b * d)
            return min(products), max(products)
        case "//":
            quotients = [x // y for x in left for y in _divisors(right)]
            return min(quotients), max(quotients)
        case "<":
            return _settled(b < c, a >= d)
        case "<=":
            return _settled(b <= c, a > d)
        case ">":
            return _settled(a > d, b <= c)
        case ">=":
            return _settled(a >= d, b < c)
        case "==":
            return _settled(a == b == c == d, b < c or d < a)
        case _:
            return _settled(b < c or d < a, a == b == c == d)


def among(value: Range, options: Sequence[Range]) -> Range:
    """Bounds of a question whether a value is one of several."""
    answers = [binary("==", value, option) for option in options]
    return max(low for low, _ in answers), max(high for _, high in answers)


def _divisors(divisor: Range) -> tuple[int, ...]:
    return tuple(each for each in divisor if each) or (1,)


def _settled(always: bool, never: bool) -> Range:
    return (1, 1) if always else (0, 0) if never else (0, 1)


def call(function: str, arguments: Sequence[Range]) -> Range:
    """Bounds of a function's value."""
    lows, highs = [low for low, _ in arguments], [high for _, high in arguments]
    match function:
        case "min":
            return min(lows), min(highs)
        case "max":
            return max(lows), max(highs)
        case "abs":
            low, high = arguments[0]
            return (0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
        case "clamp":
            x, lowest, highest = arguments
            return call("max", (lowest, call("min", (highest, x))))
        case "percent":
            low, high = binary("*", arguments[0], arguments[1])
            return low // 100, high // 100
        case _:  # pull
            x, goal, step = arguments
            reach = max(0, step[0]), max(0, step[1])
            return call("max", ((-reach[1], -reach[0]), call("min", (reach, binary("-", goal, x)))))
