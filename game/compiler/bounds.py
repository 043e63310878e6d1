"""Between which bounds does a checked amount lie?  The ranges that reading it gave, found again from its nodes."""

from __future__ import annotations

from collections.abc import Callable

from game.compiler.ranges import Range, binary, call
from game.rules.logic import Before, Binary, Call, Expr, If, Negate, Number

Domain = Callable[[Expr], Range | None]
ANY: Range = (-(10**12), 10**12)


def bounds(expr: Expr, domain: Domain) -> Range:
    """The least and the greatest value; `domain` knows the variables. What is not known may be anything."""
    match expr:
        case Number(value):
            return value, value
        case Negate(of):
            low, high = bounds(of, domain)
            return -high, -low
        case Before(of):
            return bounds(of, domain)
        case Binary("+" | "-" | "*" | "//" as operator, left, right):
            return binary(operator, bounds(left, domain), bounds(right, domain))
        case If(_, then, otherwise):
            first, second = bounds(then, domain), bounds(otherwise, domain)
            return min(first[0], second[0]), max(first[1], second[1])
        case Call("along", (_, *points)):
            ys = [bounds(each, domain) for each in points[1::2]]
            return min(low for low, _ in ys), max(high for _, high in ys)
        case Call(function, arguments):
            return call(function, [bounds(each, domain) for each in arguments])
        case _:
            return domain(expr) or ANY
