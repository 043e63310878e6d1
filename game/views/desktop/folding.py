"""How is a large raster laid by?  Packed in strips of rows, and unpacked strip by strip when it is printed.

A map's rasters hold few numbers in large patches: packed, they take a thirtieth of their room.
"""

from __future__ import annotations

import zlib
from typing import Final

import pygame
from pygame import Rect, Surface

STRIP: Final = 192
"""Rows that are packed together."""
NUMBERS: Final = [(number, number, number) for number in range(256)]
"""A palette in which a number is drawn as the grey of its own value; printing sets others."""


def numbered(size: tuple[int, int]) -> Surface:
    """A surface whose pixels are numbers, all 0."""
    surface = Surface(size, 0, 8)
    surface.set_palette(NUMBERS)
    return surface


class Folded:
    """A numbered surface, packed."""

    __slots__ = ("_strips", "size")

    def __init__(self, surface: Surface) -> None:
        self.size = surface.get_size()
        wide, high = self.size
        self._strips = tuple(
            zlib.compress(
                pygame.image.tobytes(surface.subsurface(Rect(0, top, wide, min(STRIP, high - top))), "P"), 1
            )
            for top in range(0, high, STRIP)
        )

    def strip(self, number: int) -> Surface:
        """A strip by its number from the top, as a surface of its own; not to be painted on."""
        high = min(STRIP, self.size[1] - number * STRIP)
        shown = pygame.image.frombuffer(zlib.decompress(self._strips[number]), (self.size[0], high), "P")
        shown.set_palette(NUMBERS)
        return shown

    def whole(self) -> Surface:
        """All of it, to be painted on."""
        found = numbered(self.size)
        for number in range(len(self._strips)):
            found.blit(self.strip(number), (0, number * STRIP))
        return found
