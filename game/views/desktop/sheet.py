"""What does a map sheet look like on a date, under a lens?  It is painted in slices, so that no frame waits for it.

A sheet shows something from the start: the one before it or a plain print, the finished one when all is done.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import Any, Final

import pygame
from pygame import Rect, Surface

from game.views.desktop.atlas import SEA_RINGS, atlas
from game.views.desktop.folding import STRIP, Folded
from game.views.desktop.palette import INK, LENS_BAND, LEVELS, OTHERS, PAPER, SEA, Colour, hexed, mix
from game.views.desktop.plate import (
    BORDER,
    COAST,
    HATCH,
    INNER,
    LAKE,
    OVER,
    RAIL,
    Layers,
    Placing,
    Plate,
)
from game.views.desktop.shapes import Canvas

LINE_COLOURS: Final[dict[int, Colour]] = {
    COAST: hexed("4D5B58"), BORDER: hexed("54423A"), INNER: hexed("A98A78"), RAIL: hexed("3A312C"), LAKE: SEA,
    HATCH: hexed("7F96A0"),
}  # fmt: skip
BAND_SHARES: Final = (0.275, 0.47)
"""How far the outer band goes from the fill to its own colour, and the inner one from the outer."""
KEY: Final = (255, 0, 255)
"""A colour that no sheet holds: what is left out."""
MOST_PLATES, MOST_LAYERS = 3, 8
"""Plates and their dated layers beyond these are let go, the oldest first; they are packed, and small."""
_plates: OrderedDict[tuple[str, tuple[int, int]], Plate] = OrderedDict()
_layers: OrderedDict[tuple[str, tuple[int, int], int], Layers] = OrderedDict()


def forget() -> None:
    """Let go of all plates and sheets."""
    _plates.clear()
    _layers.clear()


class Sheet:
    """One view on one date in one size, coloured as a political map or under a lens."""

    def __init__(
        self,
        view: str,
        date: str,
        size: tuple[int, int],
        levels: Mapping[str, int] | None = None,
        before: Surface | None = None,
    ) -> None:
        self.date = date
        self.size = size
        self.levels = None if levels is None else dict(levels)
        self.plate = _plate(view, size)
        self.done = False
        self._slices = self._paint()
        while self.plate.engraved < 1:
            next(self._slices)
        self._fresh = Surface(size)
        self.surface = self._plain() if before is None else before
        """What is to be seen: the sheet before this one or a plain print, and the finished one in the end."""

    def _plain(self) -> Surface:
        assert self.plate.lines is not None
        for number in range(self._strips):
            self._print(number, None, self.plate.lines)
        return self._fresh.copy()

    def paint_some(self, budget_ms: float = 8.0) -> bool:
        """Paint for about so long; whether the sheet is finished."""
        start = perf_counter()
        while not self.done:
            if next(self._slices, self) is self:
                self.surface = self._fresh
                self.done = True
            if (perf_counter() - start) * 1000 >= budget_ms:
                break
        return self.done

    def finish(self) -> Surface:
        """Paint all that is left."""
        while not self.paint_some(1000.0):
            pass
        return self.surface

    def state_at(self, x: float, y: float, reach: float = 4.0) -> str:
        """The state at a point of the sheet or, from the water, within reach; else an empty text."""
        area = self.plate.near(x, y, reach)
        return atlas().owner(area, self.date) if area else ""

    # Painting

    def _paint(self) -> Iterator[None]:
        yield from self.plate.engrave()
        key = (self.plate.view.id, self.size, atlas().epoch(self.date))
        if key not in _layers:
            _layers[key] = self.plate.layers(self.date)
            _trim(_layers, MOST_LAYERS)
            yield
        layers = _layers[key]
        for number in range(self._strips):
            self._print(number, layers.bands, layers.lines)
            yield
        self._towns()

    @property
    def _strips(self) -> int:
        return -(-self.size[1] * OVER // STRIP)

    def _fills(self) -> tuple[list[Colour], list[Colour]]:
        """Fill and band of each area by its number."""
        fills: list[Colour] = [KEY]
        bands: list[Colour] = [KEY]
        known = atlas()
        for area in self.plate.areas[1:]:
            state = known.owner(area, self.date)
            fill, band = known.tint(state)
            level = -1 if self.levels is None else self.levels.get(state, -1)
            ours = "ussr" in (state, known.states[state].overlord) and level < 0
            if self.levels is not None and not ours:
                fill = LEVELS[max(0, min(4, level))] if level >= 0 else OTHERS
                band = LENS_BAND
            fills.append(fill)
            bands.append(band)
        return fills, bands

    def _print(self, number: int, bands: Folded | None, lines: Folded) -> None:
        """Print a strip: water, fills, frontier bands, lines, each coloured by its palette; then shrink it."""
        plate = self.plate
        assert plate.ids is not None
        ids = plate.ids.strip(number)
        strip = Surface(ids.get_size())
        if plate.water is not None:
            _coloured(strip, plate.water.strip(number), dict(enumerate(SEA_RINGS)))
        else:
            strip.fill(SEA)
        fills, tints = self._fills()
        _coloured(strip, ids, dict(enumerate(fills)), clear=0)
        if bands is not None:
            over = Surface(ids.get_size())
            over.set_colorkey(KEY)
            within = bands.strip(number)
            for level, share in enumerate(BAND_SHARES, start=1):
                fills = [mix(fill, tint, share) for fill, tint in zip(fills, tints, strict=True)]
                _coloured(over, ids, dict(enumerate([KEY, *fills[1:]])))
                _coloured(over, within, dict.fromkeys(range(3), KEY), clear=level)
                strip.blit(over, (0, 0))
        _coloured(strip, lines.strip(number), LINE_COLOURS, clear=0)
        rows = Rect(0, number * STRIP // OVER, self.size[0], ids.get_height() // OVER)
        self._fresh.blit(pygame.transform.smoothscale(strip, rows.size), rows)

    def _towns(self) -> None:
        known = atlas()
        placing = self.plate.placing
        for town, (x, y) in self.plate.view.towns.items():
            rank = known.town_ranks[town]
            if rank > 2:
                continue
            centre = placing.at(x, y)
            radius = (3.4 - rank * 0.45) * placing.pen
            box = Rect(0, 0, 2 * round(radius + 2), 2 * round(radius + 2))
            box.center = round(centre[0]), round(centre[1])
            canvas = Canvas(box)
            canvas.disc(centre, radius, INK)
            canvas.disc(centre, radius * 0.5, PAPER)
            canvas.onto(self._fresh)


def _coloured(
    target: Surface, source: Surface, colours: Mapping[int, Colour], clear: int | None = None
) -> None:
    """Blit a numbered surface in colours; the number `clear` is left out."""
    palette = [colours.get(number, KEY) for number in range(max(colours) + 1)]
    source.set_palette(palette)
    source.set_colorkey(clear)
    target.blit(source, (0, 0))


def _plate(view: str, size: tuple[int, int]) -> Plate:
    key = view, size
    if key not in _plates:
        _plates[key] = Plate(atlas().views[view], Placing(*size))
    _plates.move_to_end(key)
    _trim(_plates, MOST_PLATES)
    return _plates[key]


def _trim(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
