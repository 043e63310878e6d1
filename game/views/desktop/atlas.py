"""What does the map know?  States, areas and their owners by date, towns, and the three views with their projections.

Read once from assets/map/interwar.json; its README tells the form. Nothing here paints.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from math import cos, radians, sin
from typing import Any, Final

from game.rules.classes import dataclass
from game.views.desktop.palette import PAPER, SEA, UNION, Colour, hexed, mix
from game.views.desktop.shipped import asset

VIEWS: Final = ("europe", "eurasia", "far_east")
UNIT: Final = 20_000
HEIGHT: Final = 12_000
"""Views are 20,000 by 12,000 grid units."""

TINTS: Final[dict[str, tuple[Colour, Colour]]] = {
    "ussr": (UNION, hexed("B92B1D")),
    "client": (hexed("E6B5A3"), hexed("C9604B")),
    "germany": (hexed("DCD6BB"), hexed("8F8A63")),
    "britain": (hexed("EBD3C4"), hexed("B98672")),
    "france": (hexed("D5DCD9"), hexed("7F96A0")),
    "italy": (hexed("DCE0C4"), hexed("93A06C")),
    "japan": (hexed("EBD3A8"), hexed("BF8A3A")),
    "china": (hexed("EFE2B4"), hexed("C2A44A")),
    "poland": (hexed("E8D9CF"), hexed("B08C86")),
    "turkey": (hexed("DDE0CC"), hexed("94A184")),
    "persia": (hexed("E9DABC"), hexed("B39361")),
}
"""Fill and frontier band of a state; a colony takes its power's, paler."""
PLAIN: Final = (hexed("EDE3CC"), hexed("B8A680"))
PALER: Final = 0.35

Sides = tuple[str, str]
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class State:
    """A state of the map."""

    id: str
    name: str
    kind: str
    overlord: str
    rank: int


@dataclass(frozen=True, slots=True)
class Label:
    """Where a state's name goes in a view: grid point, tilt in degrees clockwise, share of the sheet's square."""

    x: int
    y: int
    tilt: float
    share: float


@dataclass(frozen=True, slots=True)
class View:
    """One of the three map sheets. Lines are delta-coded, as in the file."""

    id: str
    arcs: tuple[list[int], ...]
    sides: tuple[Sides, ...]
    areas: Mapping[str, list[list[list[int]]]]
    lakes: tuple[list[int], ...]
    graticule: tuple[list[int], ...]
    railways: tuple[tuple[str, tuple[list[int], ...]], ...]
    """Date of opening, lines."""
    towns: Mapping[str, tuple[int, int]]
    labels: Mapping[str, Label]
    projection: Mapping[str, float]

    def grid(self, longitude: float, latitude: float) -> tuple[float, float]:
        """A place on earth in grid units; it may lie outside the sheet."""
        of = self.projection
        east = (longitude - of["lon0"] + 180) % 360 - 180
        rho, turn = of["g"] - radians(latitude), of["n"] * radians(east)
        return (
            (rho * sin(turn) - of["left"]) / of["width"] * UNIT,
            (rho * cos(turn) - of["top"]) / of["width"] * UNIT,
        )


@dataclass(frozen=True, slots=True)
class Atlas:
    """All that the map knows."""

    states: Mapping[str, State]
    owners: Mapping[str, tuple[tuple[str, str], ...]]
    """For each area its owners by date of taking over."""
    occupiers: Mapping[str, tuple[tuple[str, str], ...]]
    views: Mapping[str, View]
    town_ranks: Mapping[str, int]
    towns: Mapping[str, tuple[float, float]]
    """Longitude and latitude of each town by its name."""
    changes: tuple[str, ...]
    """The dates at which anything on the map changes, in order."""

    def epoch(self, date: str) -> int:
        """The stretch of time between two changes that a date lies in; equal epochs, equal maps."""
        return bisect_right(self.changes, date)

    def owner(self, area: str, date: str) -> str:
        """The state that holds an area on a date; before the first date, its first owner."""
        held = self.owners[area]
        return next((state for start, state in reversed(held) if start <= date), held[0][1])

    def occupier(self, area: str, date: str) -> str:
        """The state whose troops stand in an area that is not its own, or an empty text."""
        return next((state for start, state in reversed(self.occupiers.get(area, ())) if start <= date), "")

    def tint(self, state: str) -> tuple[Colour, Colour]:
        """Fill and frontier band of a state on the political sheet."""
        if state in TINTS:
            return TINTS[state]
        known = self.states[state]
        if known.kind == "client" and known.overlord == "ussr":
            return TINTS["client"]
        fill, band = TINTS.get(known.overlord, PLAIN)
        if known.overlord:
            return mix(fill, PAPER, PALER), mix(band, PAPER, PALER)
        return fill, band


def decode(flat: list[int]) -> Iterator[tuple[int, int]]:
    """The points of a delta-coded line.

    >>> list(decode([3, 4, 1, 0, 0, -2]))
    [(3, 4), (4, 4), (4, 2)]
    """
    return zip(accumulate(flat[::2]), accumulate(flat[1::2]), strict=True)


def _dated(entries: list[list[Any]] | None) -> tuple[tuple[str, str], ...]:
    return tuple((start, state or "") for start, state in entries or [])


def _view(id: str, raw: dict[str, Any]) -> View:
    return View(
        id,
        tuple(raw["arcs"]),
        tuple((one, other) for one, other in raw["sides"]),
        raw["areas"],
        tuple(raw["lakes"]),
        tuple(raw["graticule"]),
        tuple((line["opened"], tuple(line["lines"])) for line in raw["railways"].values()),
        {town: (x, y) for town, (x, y) in raw["places"].items()},
        {state: Label(*label) for state, label in raw["labels"].items()},
        {name: value for name, value in raw["projection"].items() if name != "kind"},
    )


@cache
def atlas() -> Atlas:
    """The shipped map."""
    raw = json.loads(asset("map/interwar.json"))
    owners = {area: _dated(each["owners"]) for area, each in raw["areas"].items()}
    occupiers = {
        area: _dated(each["occupied"]) for area, each in raw["areas"].items() if each.get("occupied")
    }
    opened = {
        line["opened"] for view in raw["views"].values() for line in view["railways"].values()
    }  # fmt: skip
    moved = {start for held in (*owners.values(), *occupiers.values()) for start, _ in held}
    return Atlas(
        {
            id: State(id, each["name"], each["kind"], each["overlord"] or "", each["rank"])
            for id, each in raw["states"].items()
        },
        owners,
        occupiers,
        {id: _view(id, raw["views"][id]) for id in VIEWS},
        {id: each["rank"] for id, each in raw["places"].items()},
        {each["name"]: (each["lonlat"][0], each["lonlat"][1]) for each in raw["places"].values()},
        tuple(sorted(moved | opened)),
    )


SEA_RINGS: Final = (SEA, hexed("C6D0C8"), hexed("B9C6BE"), hexed("C2CCC4"))
"""Open sea, outer and inner water lining, graticule."""
