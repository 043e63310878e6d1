"""What is left of an expression once names are slots and countries unrolled?  Numbers, slots, operations.

Every back end reads this form; `reading` is the plain one, a Python callable for each node. A reading takes
the values and a memo of named expressions, which is good only as long as the values stay as they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from game.rules.classes import dataclass


@dataclass(frozen=True, slots=True)
class Const:
    """A number."""

    value: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A value of the state."""

    index: int


@dataclass(frozen=True, slots=True)
class Named:
    """A derived variable: an index into the program's named expressions, reckoned once for a picture."""

    index: int


@dataclass(frozen=True, slots=True)
class Op:
    """An operation: `neg not + - * // < <= > >= == != sum and or if among min max abs clamp percent pull along`."""

    name: str
    parts: tuple[Core, ...]


Core = Const | Slot | Named | Op
Values = Sequence[int]
Memo = dict[int, int]
Reading = Callable[[Values, Memo], int]

ZERO: Final = Const(0)
ONE: Final = Const(1)


def along(x: int, points: Sequence[int]) -> int:
    """Straight lines between the points x1, y1, x2, y2 …, rounded down; flat outside."""
    xs = points[::2]
    if x <= xs[0]:
        return points[1]
    if x >= xs[-1]:
        return points[-1]
    right = bisect_right(xs, x)
    x1, y1, x2, y2 = points[2 * right - 2 : 2 * right + 2]
    return y1 + (y2 - y1) * (x - x1) // (x2 - x1)


def pull(x: int, goal: int, step: int) -> int:
    """The change that brings x at most `step` nearer to the goal."""
    return clamp(goal - x, -step, step) if step > 0 else 0


def clamp(x: int, low: int, high: int) -> int:
    """x held within bounds; where they cross, the lower one counts."""
    if x > high:
        x = high
    return low if x < low else x


ARITHMETIC: Final[dict[str, Callable[..., int]]] = {
    "neg": lambda a: -a,
    "sum": lambda *parts: sum(parts),
    "not": lambda a: 0 if a else 1,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b if b else 0,
    "<": lambda a, b: 1 if a < b else 0,
    "<=": lambda a, b: 1 if a <= b else 0,
    ">": lambda a, b: 1 if a > b else 0,
    ">=": lambda a, b: 1 if a >= b else 0,
    "==": lambda a, b: 1 if a == b else 0,
    "!=": lambda a, b: 1 if a != b else 0,
    "and": lambda *parts: 1 if all(parts) else 0,
    "or": lambda *parts: 1 if any(parts) else 0,
    "if": lambda condition, then, otherwise: then if condition else otherwise,
    "among": lambda value, *options: 1 if value in options else 0,
    "min": lambda *parts: min(parts),
    "max": lambda *parts: max(parts),
    "abs": abs,
    "clamp": clamp,
    "percent": lambda p, x: x * p // 100,
    "pull": pull,
    "along": lambda x, *points: along(x, points),
}
"""What each operation means on whole numbers. Division by zero is refused at load; 0 keeps it total."""

EITHER_WAY: Final = frozenset({"+", "*", "==", "!=", "min", "max"})
"""Operations whose sides may change places; a plain number then stands on the right."""


def op(name: str, *parts: Core) -> Core:
    """An operation, reckoned at once where all or enough of it is known."""
    if all(isinstance(part, Const) for part in parts):
        return Const(int(ARITHMETIC[name](*(part.value for part in parts if isinstance(part, Const)))))
    if name in ("and", "or"):
        stop, skip = (0, 1) if name == "and" else (1, 0)
        kept: list[Core] = []
        for part in parts:
            if isinstance(part, Const):
                if bool(part.value) == bool(stop):
                    return Const(stop)
            elif isinstance(part, Op) and part.name == name:
                kept.extend(part.parts)
            else:
                kept.append(part)
        return kept[0] if len(kept) == 1 else Op(name, tuple(kept)) if kept else Const(skip)
    if name == "if" and isinstance(parts[0], Const):
        return parts[1] if parts[0].value else parts[2]
    if name == "+":
        if parts[0] == ZERO:
            return parts[1]
        if parts[1] == ZERO:
            return parts[0]
    if name == "*" and ZERO in parts:
        return ZERO
    if name in EITHER_WAY and len(parts) == 2 and isinstance(parts[0], Const):
        parts = parts[1], parts[0]
    return Op(name, parts)


def slots(core: Core, named: Sequence[Core] = ()) -> Iterator[int]:
    """The slots that an expression reads, those of its named expressions included; each of these is walked once."""
    left, seen = [core], set[int]()
    while left:
        match left.pop():
            case Const():
                pass
            case Slot(index):
                yield index
            case Named(index):
                if index not in seen:
                    seen.add(index)
                    left.append(named[index])
            case Op(_, parts):
                left.extend(reversed(parts))


def size(core: Core) -> int:
    """How many steps a reading takes at most, named expressions counted as one."""
    return 1 + sum(map(size, core.parts)) if isinstance(core, Op) else 1


class Readings:
    """The plain readings of named expressions, each made when it is first asked for; there may still come more."""

    __slots__ = ("cores", "made")

    def __init__(self, cores: Sequence[Core]) -> None:
        self.cores = cores
        self.made: dict[int, Reading] = {}

    def __getitem__(self, index: int) -> Reading:
        made = self.made.get(index)
        if made is None:
            made = self.made[index] = reading(self.cores[index], self)
        return made

    def __reduce__(self) -> tuple[type[Readings], tuple[Sequence[Core]]]:
        return Readings, (self.cores,)


NO_NAMES: Final = Readings(())


def reading(core: Core, named: Readings) -> Reading:
    """The plain reading of an expression."""
    match core:
        case Const(value):
            return lambda v, m: value
        case Slot(index):
            return lambda v, m: v[index]
        case Named(index):

            def remembered(v: Values, m: Memo) -> int:
                value = m.get(index)
                if value is None:
                    value = m[index] = named[index](v, m)
                return value

            return remembered
        case Op(name, parts):
            return _operation(name, tuple(reading(part, named) for part in parts), parts)


def _operation(name: str, parts: tuple[Reading, ...], cores: tuple[Core, ...]) -> Reading:
    match name, parts:
        case "if", (condition, then, otherwise):
            match cores:
                case _, Const(yes), Const(no):
                    return lambda v, m: yes if condition(v, m) else no
                case _, Const(yes), _:
                    return lambda v, m: yes if condition(v, m) else otherwise(v, m)
                case _, _, Const(no):
                    return lambda v, m: then(v, m) if condition(v, m) else no
                case _:
                    return lambda v, m: then(v, m) if condition(v, m) else otherwise(v, m)
        case "and", (left, right):
            return lambda v, m: 1 if left(v, m) and right(v, m) else 0
        case "or", (left, right):
            return lambda v, m: 1 if left(v, m) or right(v, m) else 0
        case "and", _:

            def every(v: Values, m: Memo) -> int:
                for part in parts:
                    if not part(v, m):
                        return 0
                return 1

            return every
        case "or", _:

            def some(v: Values, m: Memo) -> int:
                for part in parts:
                    if part(v, m):
                        return 1
                return 0

            return some
        case "sum", _:

            def added(v: Values, m: Memo) -> int:
                total = 0
                for part in parts:
                    total += part(v, m)
                return total

            return added
        case "along", _ if all(isinstance(core, Const) for core in cores[1:]):
            x = parts[0]
            points = tuple(core.value for core in cores[1:] if isinstance(core, Const))
            return lambda v, m: along(x(v, m), points)
        case _, (only,):
            one = ARITHMETIC[name]
            return lambda v, m: one(only(v, m))
        case _, (left, right):
            beside, number = cores
            if isinstance(number, Const) and name in WITH:
                if isinstance(beside, Slot) and name in BESIDE:
                    return BESIDE[name](beside.index, number.value)
                return WITH[name](left, number.value)
            if name in BETWEEN:
                return BETWEEN[name](left, right)
            two = ARITHMETIC[name]
            return lambda v, m: two(left(v, m), right(v, m))
        case "clamp", (x, _, _) if isinstance(cores[1], Const) and isinstance(cores[2], Const):
            low, high = cores[1].value, max(cores[1].value, cores[2].value)
            return lambda v, m: low if (a := x(v, m)) < low else high if a > high else a
        case _, (first, second, third):
            three = ARITHMETIC[name]
            return lambda v, m: three(first(v, m), second(v, m), third(v, m))
        case _:
            many = ARITHMETIC[name]
            return lambda v, m: many(*[part(v, m) for part in parts])


BETWEEN: Final[dict[str, Callable[[Reading, Reading], Reading]]] = {
    "+": lambda left, right: lambda v, m: left(v, m) + right(v, m),
    "-": lambda left, right: lambda v, m: left(v, m) - right(v, m),
    "*": lambda left, right: lambda v, m: left(v, m) * right(v, m),
    "//": lambda left, right: lambda v, m: left(v, m) // by if (by := right(v, m)) else 0,
    "<": lambda left, right: lambda v, m: 1 if left(v, m) < right(v, m) else 0,
    "<=": lambda left, right: lambda v, m: 1 if left(v, m) <= right(v, m) else 0,
    ">": lambda left, right: lambda v, m: 1 if left(v, m) > right(v, m) else 0,
    ">=": lambda left, right: lambda v, m: 1 if left(v, m) >= right(v, m) else 0,
    "==": lambda left, right: lambda v, m: 1 if left(v, m) == right(v, m) else 0,
    "!=": lambda left, right: lambda v, m: 1 if left(v, m) != right(v, m) else 0,
    "max": lambda left, right: lambda v, m: a if (a := left(v, m)) >= (b := right(v, m)) else b,
    "min": lambda left, right: lambda v, m: a if (a := left(v, m)) <= (b := right(v, m)) else b,
}
"""The commonest operations written out: a call less for each reading."""

WITH: Final[dict[str, Callable[[Reading, int], Reading]]] = {
    "+": lambda left, value: lambda v, m: left(v, m) + value,
    "-": lambda left, value: lambda v, m: left(v, m) - value,
    "*": lambda left, value: lambda v, m: left(v, m) * value,
    "//": lambda left, value: lambda v, m: left(v, m) // value if value else 0,
    "<": lambda left, value: lambda v, m: 1 if left(v, m) < value else 0,
    "<=": lambda left, value: lambda v, m: 1 if left(v, m) <= value else 0,
    ">": lambda left, value: lambda v, m: 1 if left(v, m) > value else 0,
    ">=": lambda left, value: lambda v, m: 1 if left(v, m) >= value else 0,
    "==": lambda left, value: lambda v, m: 1 if left(v, m) == value else 0,
    "!=": lambda left, value: lambda v, m: 1 if left(v, m) != value else 0,
    "max": lambda left, value: lambda v, m: a if (a := left(v, m)) >= value else value,
    "min": lambda left, value: lambda v, m: a if (a := left(v, m)) <= value else value,
}
"""The same beside a plain number."""

BESIDE: Final[dict[str, Callable[[int, int], Reading]]] = {
    "+": lambda slot, value: lambda v, m: v[slot] + value,
    "-": lambda slot, value: lambda v, m: v[slot] - value,
    "*": lambda slot, value: lambda v, m: v[slot] * value,
    "//": lambda slot, value: lambda v, m: v[slot] // value if value else 0,
    "<": lambda slot, value: lambda v, m: 1 if v[slot] < value else 0,
    "<=": lambda slot, value: lambda v, m: 1 if v[slot] <= value else 0,
    ">": lambda slot, value: lambda v, m: 1 if v[slot] > value else 0,
    ">=": lambda slot, value: lambda v, m: 1 if v[slot] >= value else 0,
    "==": lambda slot, value: lambda v, m: 1 if v[slot] == value else 0,
    "!=": lambda slot, value: lambda v, m: 1 if v[slot] != value else 0,
}
"""The same for a value of the state beside a plain number, which is what most conditions are."""
