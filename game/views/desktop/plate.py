"""What of a map sheet stays the same whatever the date and the colours?  Its rasters, engraved once for each size.

Everything is drawn twice as large on surfaces of one byte a pixel, where a pixel holds the number of an area or of
a kind of line, and laid by packed. A palette then colours a sheet strip by strip, and shrinking makes clean edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pygame
from pygame import Rect, Surface

from game.rules.classes import dataclass, field
from game.views.desktop.atlas import HEIGHT, UNIT, Points, View, atlas, decode
from game.views.desktop.folding import Folded, numbered

OVER: Final = 2
DESIGN_WIDTH, DESIGN_HEIGHT = 832, 499
"""The sheet's size on a screen of 1280 to 720; line widths are given for it."""
THIN: Final = 1.4
"""Points nearer to each other than this many pixels of the large surface are left out."""

# Numbers of the line layer, and of the water layer.
COAST, BORDER, INNER, RAIL, LAKE, HATCH = range(1, 7)
OUTER_RING, INNER_RING, GRATICULE = range(1, 4)
WATER_LINING: Final = ((OUTER_RING, 12.0), (INNER_RING, 6.0))
BANDS: Final = ((1, 9.0), (2, 5.0))
"""Number in the band layer, width over both sides of a frontier."""


def stroke(surface: Surface, number: int, points: Points, wide: float) -> None:
    """Draw a line of a number; a wide one gets round joins, and fewer points."""
    paint = (number, number, number)
    thick = max(1, round(wide))
    if thick > 4:
        points = list(thinned(points, wide / 4))
    if len(points) > 1:
        pygame.draw.lines(surface, paint, False, points, thick)
    if thick > 2:
        for point in points:
            pygame.draw.circle(surface, paint, point, wide / 2)


def thinned(points: Iterable[tuple[float, float]], least: float) -> Iterator[tuple[float, float]]:
    """A line without points that are too near to the one before; both ends stay."""
    kept = (-1e9, -1e9)
    last = kept
    for last in points:
        if abs(last[0] - kept[0]) + abs(last[1] - kept[1]) >= least:
            kept = last
            yield last
    if last != kept:
        yield last


@dataclass(frozen=True, slots=True)
class Placing:
    """How grid units become pixels on a sheet of a size: the view covers it, what does not fit is cut off."""

    width: int
    height: int

    @property
    def scale(self) -> float:
        """Pixels for each grid unit."""
        return max(self.width / UNIT, self.height / HEIGHT)

    @property
    def pen(self) -> float:
        """Pixels for each unit of line width."""
        return (
            self.width / DESIGN_WIDTH if self.width * HEIGHT <= self.height * UNIT * 1.2 else self.scale * 24
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A grid point on the sheet."""
        scale = self.scale
        return x * scale + (self.width - UNIT * scale) / 2, y * scale + (self.height - HEIGHT * scale) / 2


@dataclass(frozen=True, slots=True)
class Layers:
    """What of a plate depends on the date: the bands along frontiers, and all lines."""

    bands: Folded
    lines: Folded


@dataclass(slots=True)
class Plate:
    """The rasters of one view in one size. `engrave` must be used up before the rest is read."""

    view: View
    placing: Placing
    arcs: list[Points] = field(default_factory=list)
    """The lines in pixels of the large surface."""
    areas: tuple[str, ...] = ()
    """The areas by their number in `ids`, from 1."""
    map: Surface = field(default_factory=lambda: numbered((1, 1)))
    """The number of the area at each pixel of the sheet."""
    ids: Folded | None = None
    lines: Folded | None = None
    """Coasts and lakes."""
    water: Folded | None = None
    """Graticule and water lining; only once the second part of the engraving is done."""
    engraved: int = 0
    """How many of the two parts are done: what a plain sheet needs, and the water."""

    @property
    def large(self) -> tuple[int, int]:
        """The size of the large surfaces."""
        return self.placing.width * OVER, self.placing.height * OVER

    def engrave(self) -> Iterator[None]:
        """Do the work in short stretches: first what a plain sheet needs, then the water."""
        if self.engraved < 1:
            self._trace()
            yield
            ids = self._number()
            self.map = pygame.transform.scale(ids, (self.placing.width, self.placing.height))
            self.ids = Folded(ids)
            self.lines = Folded(self._coasts())
            self.engraved = 1
            yield
        if self.engraved < 2:
            water = numbered(self.large)
            for line in self.view.graticule:
                stroke(water, GRATICULE, self.scaled(line), self._pen(0.5))
            for number, wide in WATER_LINING:
                yield
                for at, (points, (_, side)) in enumerate(zip(self.arcs, self.view.sides, strict=True)):
                    if side == "sea":
                        stroke(water, number, points, self._pen(wide))
                    if at % 100 == 99:
                        yield
            self.water = Folded(water)
            self.engraved = 2

    def _pen(self, width: float) -> float:
        return width * self.placing.pen * OVER

    def scaled(self, line: list[int]) -> Points:
        """A line of the file in pixels of the large surface."""
        scale = self.placing.scale * OVER
        left, top = (each * OVER for each in self.placing.at(0, 0))
        return list(thinned(((x * scale + left, y * scale + top) for x, y in decode(line)), THIN))

    def _trace(self) -> None:
        self.arcs = [self.scaled(line) for line in self.view.arcs]

    def _number(self) -> Surface:
        self.areas = ("", *self.view.areas)
        patches = []
        for number, polygons in enumerate(self.view.areas.values(), start=1):
            for rings in polygons:
                points = self._ring(rings[0])
                if len(points) > 2:
                    wide = max(x for x, _ in points) - min(x for x, _ in points)
                    high = max(y for _, y in points) - min(y for _, y in points)
                    patches.append((-wide * high, number, points))
        patches.sort(key=lambda patch: patch[0])
        ids = numbered(self.large)
        for _, number, points in patches:
            pygame.draw.polygon(ids, (number, number, number), points)
        return ids

    def _ring(self, references: Sequence[int]) -> Points:
        found: Points = []
        for each in references:
            arc = self.arcs[each] if each >= 0 else self.arcs[~each][::-1]
            found += arc[1:] if found else arc
        return found

    def _coasts(self) -> Surface:
        lines = numbered(self.large)
        for lake in self.view.lakes:
            points = self.scaled(lake)
            if len(points) > 2:
                pygame.draw.polygon(lines, (LAKE, LAKE, LAKE), points)
                stroke(lines, COAST, [*points, points[0]], self._pen(0.6))
        for points, (_, side) in zip(self.arcs, self.view.sides, strict=True):
            if side == "sea":
                stroke(lines, COAST, points, self._pen(0.8))
        return lines

    def held(self, date: str) -> dict[str, str]:
        """The owner of each area of the view on a date."""
        known = atlas()
        return {area: known.owner(area, date) for area in self.view.areas}

    def layers(self, date: str) -> Layers:
        """Frontier bands and all lines as they are on a date."""
        assert self.lines is not None
        own = self.held(date)
        lines = self.lines.whole()
        frontier = []
        for points, (one, other) in zip(self.arcs, self.view.sides, strict=True):
            if other in ("sea", "frame"):
                continue
            if own[one] != own[other]:
                frontier.append(points)
            else:
                stroke(lines, INNER, points, self._pen(0.5))
        for opened, tracks in self.view.railways:
            for track in tracks if opened <= date else ():
                stroke(lines, RAIL, self.scaled(track), self._pen(0.55))
        for points in frontier:
            stroke(lines, BORDER, points, self._pen(1.1))
        for area in self.view.areas:
            if atlas().occupier(area, date):
                self._hatch(lines, area)
        packed = Folded(lines)
        del lines
        bands = numbered(self.large)
        for number, wide in BANDS:
            for points in frontier:
                stroke(bands, number, points, self._pen(wide))
        return Layers(Folded(bands), packed)

    def _hatch(self, lines: Surface, area: str) -> None:
        """Hatch an area: its lines are drawn over its box, wiped off outside of it, and laid on."""
        rings = [self._ring(rings[0]) for rings in self.view.areas[area]]
        points = [point for ring in rings for point in ring]
        left, right = (int(each(x for x, _ in points)) for each in (min, max))
        top, bottom = (int(each(y for _, y in points)) for each in (min, max))
        box = Rect(left, top, right - left + 1, bottom - top + 1).clip(lines.get_rect())
        if not box.width or not box.height:
            return
        step, thick = max(4, round(self._pen(3.2))), max(1, round(self._pen(1)))
        drawn, outside = numbered(box.size), numbered(box.size)
        for start in range(-(box.left + box.top) % step, box.width + box.height, step):
            ends = (start, 0), (start - box.height, box.height)
            pygame.draw.line(drawn, (HATCH, HATCH, HATCH), *ends, thick)
        for ring in rings:
            if len(ring) > 2:
                pygame.draw.polygon(outside, (1, 1, 1), [(x - box.left, y - box.top) for x, y in ring])
        outside.set_colorkey((1, 1, 1))
        drawn.blit(outside, (0, 0))
        drawn.set_colorkey((0, 0, 0))
        lines.blit(drawn, box)

    def area_at(self, x: float, y: float) -> str:
        """The area at a point of the sheet, or an empty text."""
        place = int(x), int(y)
        if not self.map.get_rect().collidepoint(place):
            return ""
        return self.areas[self.map.get_at_mapped(place)]

    def near(self, x: float, y: float, reach: float) -> str:
        """The area at a point or, from the water, the nearest within reach."""
        for radius in range(0, max(1, round(reach)) + 1, 2):
            for dx, dy in (
                (0, 0),
                (1, 0),
                (-1, 0),
                (0, 1),
                (0, -1),
                (0.7, 0.7),
                (-0.7, 0.7),
                (0.7, -0.7),
                (-0.7, -0.7),
            ):
                if found := self.area_at(x + dx * radius, y + dy * radius):
                    return found
        return ""
