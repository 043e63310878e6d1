"""What do written stacks call?  The operations that NumPy has no single word for."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from game.rules.core import along
from game.rules.layout import NEVER

Any_ = Any
"""An array, or a number for all lanes."""


def numbered(x: Any_) -> Any_:
    """A condition as a number."""
    return x.view(np.int8) if isinstance(x, np.ndarray) and x.dtype == bool else np.int8(bool(x))


def solid(x: Any_, rows: int) -> Any_:
    """With an axis for the rows, over which it is to be reduced."""
    if getattr(x, "ndim", 0) == 2 and x.shape[0] == rows:
        return x
    return np.broadcast_to(x, (rows, *np.shape(x)[-1:]))


def row(x: Any_, number: int) -> Any_:
    """One row of what may have rows."""
    return x[number] if getattr(x, "ndim", 0) == 2 else x


def rows_of(x: Any_, numbers: Any_) -> Any_:
    """Some rows of what may have rows."""
    return x.take(numbers, 0) if getattr(x, "ndim", 0) == 2 else x


def either(condition: Any_, left: Any_, right: Any_) -> Any_:
    """A choice between two conditions."""
    return np.logical_or(np.logical_and(condition, left), np.logical_and(np.logical_not(condition), right))


def quotient(a: int, b: int) -> int:
    """A division that gives 0 for a division by 0."""
    return a // b if b else 0


def divided(a: Any_, b: Any_, dtype: Any) -> Any_:
    """The same for arrays."""
    zero = np.equal(b, 0)
    if not np.any(zero):
        return np.floor_divide(a, b, dtype=dtype)
    found = np.floor_divide(a, np.where(zero, 1, b), dtype=dtype, casting="unsafe")
    return np.where(zero, dtype(0), found)


def placed(x: Any_, first: int, last: int) -> Any_:
    """Where a number stands in a table from `first` to `last`."""
    return np.subtract(np.minimum(np.maximum(x, first), last), first, dtype=np.intp)


def lines(x: Any_, dtype: Any, *points: Any_) -> Any_:
    """Straight lines between points that are reckoned themselves; flat outside. See game.rules.core.along."""
    if not any(isinstance(each, np.ndarray) for each in (x, *points)):
        return along(int(x), [int(each) for each in points])
    xs, ys = points[::2], [np.asarray(each, np.int64) for each in points[1::2]]
    found = ys[-1]
    for number in reversed(range(len(xs) - 1)):
        x1, x2, y1, y2 = xs[number], xs[number + 1], ys[number], ys[number + 1]
        piece = y1 + (y2 - y1) * (np.asarray(x, np.int64) - x1) // (x2 - x1)
        found = np.where(np.less(x, x2), piece, found)
    return np.where(np.less_equal(x, xs[0]), ys[0], found).astype(dtype)


def since(last: Any_, turn: int, other: Any_, dtype: Any) -> Any_:
    """How many turns ago something was, or another number where it never was."""
    gap = np.subtract(turn, last, dtype=dtype) - dtype(other)
    return gap * (last != NEVER) + dtype(other)


CALLED: Final = {
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "floor_divide": np.floor_divide,
    "minimum": np.minimum, "maximum": np.maximum, "absolute": np.absolute, "logical_and": np.logical_and,
    "logical_or": np.logical_or, "logical_not": np.logical_not, "int8": np.int8, "int16": np.int16,
    "int32": np.int32, "int64": np.int64, "numbered": numbered, "solid": solid, "row": row, "rows_of": rows_of,
    "either": either, "quotient": quotient, "divided": divided, "placed": placed, "lines": lines, "since": since,
    "along": along, "min": min, "max": max, "abs": abs, "int": int,
}  # fmt: skip
"""All that a written expression can call, by name."""
