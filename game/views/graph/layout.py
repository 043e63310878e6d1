"""Where does each box of a graph stand?  In columns by year, chains within a year side by side, with few crossings.

A link over several columns passes through a lane in each of those between, so that it does not run behind boxes. The
order within a column is improved by sweeps that bring each box near the middle of what it is linked with; then each is
moved as near to that middle as its neighbours let it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from game.compiler.chains import Chains, Knot, Link
from game.rules.classes import dataclass, field

DEEPEST: Final = 4
"""How many columns a year has at most."""
SWEEPS: Final = 12
GAP: Final = 14
LANE: Final = 5
"""The height of a lane for a link that passes through."""

Node = tuple[str, int]
"""A box by its id and -1, or a lane by the link's number (as text) and its column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of boxes: its year and how far the chain within the year has come."""

    year: int
    depth: int


@dataclass(slots=True)
class Layout:
    """Columns with their boxes, the height each stands at, and the lanes of each link."""

    columns: list[Column]
    boxes: dict[str, tuple[int, float]]
    """Column and middle height of each box."""
    lanes: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    """By number of a link, the columns between its ends and the height it has there."""
    height: float = 0


def lay_out(chains: Chains, heights: Mapping[str, float]) -> Layout:
    """Places for all boxes; `heights` says how high each is."""
    column_of, columns = _columns(chains)
    rows: list[list[Node]] = [[] for _ in columns]
    for knot in chains.knots:
        rows[column_of[knot.id]].append((knot.id, -1))
    ways = {number: _way(link, column_of) for number, link in enumerate(chains.links)}
    beside: dict[Node, list[Node]] = {node: [] for row in rows for node in row}
    for way in ways.values():
        for node in way[1:-1]:
            rows[node[1]].append(node)
            beside[node] = []
        for first, second in pairwise(way):
            beside[first].append(second)
            beside[second].append(first)
    sizes = {node: heights[node[0]] if node[1] < 0 else LANE for row in rows for node in row}
    _sort(rows, beside)
    middles = _place(rows, beside, sizes)
    found = Layout(columns, {knot.id: (column_of[knot.id], middles[knot.id, -1]) for knot in chains.knots})
    for number, way in ways.items():
        found.lanes[number] = [(node[1], middles[node]) for node in way[1:-1]]
    found.height = max((middles[node] + sizes[node] / 2 for row in rows for node in row), default=0)
    return found


def _columns(chains: Chains) -> tuple[dict[str, int], list[Column]]:
    """The column of each box: its year, and within it one beyond what it hangs on."""
    by_id = {knot.id: knot for knot in chains.knots}
    depth = dict.fromkeys(by_id, 0)
    into: dict[str, list[str]] = {}
    for link in chains.links:
        into.setdefault(link.target, []).append(link.source)
    for knot in chains.knots:  # in order of time, so what comes before has its depth
        for source in into.get(knot.id, ()):
            before = by_id[source]
            if before.year == knot.year and _earlier(before, knot):
                depth[knot.id] = min(DEEPEST - 1, max(depth[knot.id], depth[source] + 1))
    columns = sorted(
        {Column(knot.year, depth[knot.id]) for knot in chains.knots}, key=lambda c: (c.year, c.depth)
    )
    number = {column: at for at, column in enumerate(columns)}
    return {knot.id: number[Column(knot.year, depth[knot.id])] for knot in chains.knots}, columns


def _earlier(one: Knot, other: Knot) -> bool:
    return (one.order, one.id) < (other.order, other.id)


def _way(link: Link, column_of: Mapping[str, int]) -> list[Node]:
    """From box to box through a lane in each column between."""
    first, last = column_of[link.source], column_of[link.target]
    step = 1 if last >= first else -1
    name = f"{link.source}>{link.target}:{link.tie}"
    return [
        (link.source, -1),
        *((name, column) for column in range(first + step, last, step)),
        (link.target, -1),
    ]


def _sort(rows: list[list[Node]], beside: Mapping[Node, Sequence[Node]]) -> None:
    """Order the columns so that few links cross: each by the middle of its neighbours, there and back."""
    for _ in range(SWEEPS):
        for forward in (True, False):
            order = range(len(rows)) if forward else range(len(rows) - 1, -1, -1)
            place = {node: at / max(1, len(row)) for row in rows for at, node in enumerate(row)}
            for column in order:
                row = rows[column]
                middle = {node: _mean([place[each] for each in beside[node]], place[node]) for node in row}
                row.sort(key=lambda node: (middle[node], place[node]))
                place |= {node: at / max(1, len(row)) for at, node in enumerate(row)}


def _place(
    rows: Sequence[Sequence[Node]], beside: Mapping[Node, Sequence[Node]], sizes: Mapping[Node, float]
) -> dict[Node, float]:
    """The middle of each box and lane: as near to its neighbours as the order within the column allows."""
    middles: dict[Node, float] = {}
    for row in rows:
        middles |= dict(zip(row, _stacked([0.0] * len(row), row, sizes), strict=True))
    for turn in range(SWEEPS):
        for row in rows if turn % 2 == 0 else list(rows)[::-1]:
            wanted = [_mean([middles[each] for each in beside[node]], middles[node]) for node in row]
            middles |= dict(zip(row, _stacked(wanted, row, sizes), strict=True))
    lowest = min((middles[node] - sizes[node] / 2 for row in rows for node in row), default=0.0)
    return {node: middle - lowest for node, middle in middles.items()}


def _stacked(wanted: Sequence[float], row: Sequence[Node], sizes: Mapping[Node, float]) -> list[float]:
    """Heights in the order of the row, none overlapping, together as near to those wanted as can be.

    The wanted heights less the room taken above must not fall; where they do, neighbours share their mean.
    """
    offsets: list[float] = []
    above, last = 0.0, ("", -1)
    for node in row:
        if offsets:
            above += GAP if node[1] < 0 or last[1] < 0 else LANE
        offsets.append(above + sizes[node] / 2)
        above += sizes[node]
        last = node
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, many = pools.pop()
            total, count = total + more, count + many
        pools.append((total, count))
    levels = [total / count for total, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def spans(columns: Sequence[Column]) -> Iterator[tuple[int, int, int]]:
    """Each year with its first and last column."""
    for year in dict.fromkeys(column.year for column in columns):
        own = [at for at, column in enumerate(columns) if column.year == year]
        yield year, own[0], own[-1]
