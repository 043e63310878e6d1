"""In which column does a slot stand?  Slots by width and then by name, so that all countries of a variable lie
side by side: what is asked of each country is then one operation on a block of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from game.compiler.lanes.spans import Spans, Width, width_of
from game.rules.classes import dataclass, field
from game.rules.program import Program
from game.rules.state import State

Array = np.ndarray[Any, Any]
DTYPES: Final = {Width.BIT: np.int8, Width.SMALL: np.int16, Width.LARGE: np.int64}


def places(mask: Array) -> Array:
    """Where a row of flags holds: what `flatnonzero` does, with fewer calls in between."""
    found: Array = mask.nonzero()[0]
    return found


def full(values: Any, count: int) -> Array:
    """Values for so many lanes, of which all may have had one."""
    if isinstance(values, np.ndarray) and values.ndim:
        return values
    return np.broadcast_to(values, (count,))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot stands: the table of its width, and the row in it. `base` numbers what stands together."""

    width: Width
    row: int
    base: int


@dataclass(slots=True)
class Plan:
    """The columns of a program: the place of every slot, those of `before` included.

    The first row of each table belongs to no slot: it is always 0, and whatever is to move nothing moves that.
    """

    program: Program
    spans: Spans
    places: list[Place] = field(init=False)
    counts: dict[Width, int] = field(init=False)
    """Rows of each table."""
    stored: dict[Width, int] = field(init=False)
    """How many of them, from the first on, are variables."""
    bounds: dict[Width, Any] = field(default_factory=dict)
    """Least and greatest value of each variable, row by row."""
    homes: dict[int, tuple[int, int]] = field(default_factory=dict)
    """First row and count of what belongs to each variable."""
    order: dict[Width, list[int]] = field(init=False)
    """The slots of each table, row by row from the second on."""

    def __post_init__(self) -> None:
        layout = self.program.layout
        kept = sorted(self.program.opening, key=lambda pair: pair[1])
        names = list(layout.names) + [f"before:{layout.names[slot]}" for slot, _ in kept]
        keyed = sorted((number >= layout.stored, *_split(name), number) for number, name in enumerate(names))
        bases: dict[tuple[bool, str], int] = {}
        large = {(number >= layout.stored, _split(names[number])[0]) for number in self.spans.heavy()}
        self.places = [Place(Width.BIT, 0, 0)] * len(names)
        self.counts, self.stored = dict.fromkeys(Width, 1), dict.fromkeys(Width, 1)
        self.bounds = {width: ([0], [0]) for width in Width}
        self.order = {width: [] for width in Width}
        for is_memory, base, _, number in keyed:
            span = self.spans.slots[number]
            width = Width.LARGE if (is_memory, base) in large else width_of(span)
            place = Place(width, self.counts[width], bases.setdefault((is_memory, base), len(bases)))
            self.places[number] = place
            self.order[width].append(number)
            self.counts[width] += 1
            self.stored[width] += not is_memory
            if not is_memory:
                low, high = self.bounds[width]
                low.append(layout.low[number])
                high.append(layout.high[number])
            first, count = self.homes.get(place.base, (place.row, 0))
            self.homes[place.base] = first, count + 1

        self.bounds = {width: tuple(map(np.array, both)) for width, both in self.bounds.items()}

    def base(self, slot: int) -> int:
        """The number of the variable or memory that a slot belongs to."""
        return self.places[slot].base

    def filled(self, states: Sequence[State]) -> dict[Width, Array]:
        """Tables that hold states, one lane each. Raises OverflowError if a value does not fit its column."""
        values = np.array([state.values for state in states], dtype=np.int64).T
        found: dict[Width, Array] = {}
        for width in Width:
            wide = values[self.order[width]]
            found[width] = np.zeros((1 + len(wide), len(states)), DTYPES[width])
            found[width][1:] = wide
            if not np.array_equal(found[width][1:], wide):
                raise OverflowError("a state holds a value that its program cannot reach")
        return found

    def spread(self, state: State, lanes: int) -> dict[Width, Array]:
        """Tables in which every lane holds the same state."""
        return {width: np.repeat(table, lanes, axis=1) for width, table in self.filled([state]).items()}

    def values(self, tables: dict[Width, Array], lanes: Array) -> Array:
        """All values of some lanes, slots in the order of the layout: one row a lane."""
        found = np.empty((len(lanes), len(self.places)), np.int64)
        for width in Width:
            if self.order[width]:
                found[:, self.order[width]] = tables[width][1:, lanes].T
        return found


def _split(name: str) -> tuple[str, str]:
    """What stands together, and the country within it: `relations` of britain, `event:scandal` of china."""
    if ":" in name and not name.startswith("before:"):
        base, _, country = name.partition("@")
        return base, country
    prefix, name = ("before:", name[len("before:") :]) if name.startswith("before:") else ("", name)
    if ":" in name:
        base, _, country = name.partition("@")
        return prefix + base, country
    country, dot, own = name.partition(".")
    return (f"{prefix}.{own}", country) if dot else (prefix + name, "")
