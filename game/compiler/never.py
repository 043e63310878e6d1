"""Can a condition hold at all?  What its parts, taken together, leave for each value to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from game.compiler.ranges import Range
from game.rules.classes import dataclass
from game.rules.logic import Among, And, Binary, Expr, Not, Number, Or

Domain = Callable[[Expr], Range | None]
"""Between which bounds a value lies; None for what is no plain value."""
OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
MOST_COUNTED: Final = 1_000
FLAG: Final[Range] = (0, 1)


@dataclass(slots=True)
class _Left:
    """What a value may still be."""

    low: int
    high: int
    allowed: frozenset[int] | None
    barred: frozenset[int]

    def empty(self) -> bool:
        if self.allowed is not None:
            return not any(self.low <= each <= self.high for each in self.allowed - self.barred)
        count = self.high - self.low + 1
        if count > MOST_COUNTED:
            return False
        return count <= 0 or all(each in self.barred for each in range(self.low, self.high + 1))


def impossible(condition: Expr, domain: Domain) -> bool:
    """Whether a condition can never hold, by the declared bounds and by what its parts say of one value."""
    if isinstance(condition, Or):
        return all(impossible(part, domain) for part in condition.parts)
    left: dict[Expr, _Left] = {}
    for part in _parts(condition):
        if isinstance(part, Or) and impossible(part, domain):
            return True
        if isinstance(part, Number) and not part.value:
            return True
        _note(part, domain, left)
    return any(each.empty() for each in left.values())


def left_to(value: Expr, condition: Expr, domain: Domain) -> Range | None:
    """Between which bounds a value lies wherever a condition holds; None if nothing is known, or it never holds."""
    left: dict[Expr, _Left] = {}
    for part in _parts(condition):
        _note(part, domain, left)
    found = left.get(value)
    if found is None or found.empty():
        return domain(value)
    allowed = [each for each in found.allowed or () if found.low <= each <= found.high]
    return (min(allowed), max(allowed)) if allowed else (found.low, found.high)


def _parts(condition: Expr) -> Iterator[Expr]:
    """The conditions that must hold together."""
    match condition:
        case And(parts):
            for part in parts:
                yield from _parts(part)
        case Not(Or(parts)):
            for part in parts:
                yield from _parts(Not(part))
        case Not(Not(of)):
            yield from _parts(of)
        case _:
            yield condition


def _note(part: Expr, domain: Domain, left: dict[Expr, _Left]) -> None:
    match part:
        case Binary(operator, value, Number(number)):
            _narrow(value, operator, number, domain, left)
        case Binary(operator, Number(number), value):
            _narrow(value, FLIPPED.get(operator, operator), number, domain, left)
        case Not(Binary(operator, value, Number(number))):
            _narrow(value, OPPOSITE.get(operator, operator), number, domain, left)
        case Among(value, options):
            numbers = frozenset(each.value for each in options if isinstance(each, Number))
            known = all(isinstance(each, Number) for each in options)
            if known and (found := _left(value, domain, left)) is not None:
                found.allowed = numbers if found.allowed is None else found.allowed & numbers
        case Not(Among(value, options)):
            if (found := _left(value, domain, left)) is not None:
                found.barred |= {each.value for each in options if isinstance(each, Number)}
        case Not(of):
            _narrow(of, "==", 0, domain, left)
        case Binary() | Or() | And() | Number():
            return
        case _:
            _narrow(part, "==", 1, domain, left)


def _left(value: Expr, domain: Domain, left: dict[Expr, _Left]) -> _Left | None:
    if value not in left:
        bounds = domain(value)
        if bounds is None:
            return None
        left[value] = _Left(*bounds, None, frozenset())
    return left[value]


def _narrow(value: Expr, operator: str, number: int, domain: Domain, left: dict[Expr, _Left]) -> None:
    found = _left(value, domain, left)
    if found is None:
        return
    match operator:
        case "<":
            found.high = min(found.high, number - 1)
        case "<=":
            found.high = min(found.high, number)
        case ">":
            found.low = max(found.low, number + 1)
        case ">=":
            found.low = max(found.low, number)
        case "==":
            found.low, found.high = max(found.low, number), min(found.high, number)
        case "!=":
            found.barred |= {number}
        case _:
            return
