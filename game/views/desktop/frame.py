"""How do design units become pixels?  One scale for everything, for any window size."""

from __future__ import annotations

from typing import Final

from pygame import Rect

from game.rules.classes import dataclass

WIDTH, HEIGHT = 1280, 720
LEAST_SCALE = 0.3
"""Below this nothing could be read; a smaller window shows a part."""
LARGEST = 16_384


LARGEST_TYPE: Final = 130
"""Type larger than this percentage would not fit what it stands in: from there on everything grows, and the window
shows a part of it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The window's size in pixels, and how large the reader wants the type, in percent."""

    width: int
    height: int
    percent: int = 100

    @property
    def type_size(self) -> int:
        """The size of the type in percent of what the design has for it."""
        return min(self.percent, LARGEST_TYPE)

    @property
    def zoom(self) -> float:
        """How many times larger than the window the page is."""
        return max(1.0, self.percent / LARGEST_TYPE)

    @property
    def scale(self) -> float:
        """Pixels for each design unit."""
        return max(LEAST_SCALE, min(self.width / WIDTH, self.height / HEIGHT)) * self.zoom

    @property
    def wide(self) -> float:
        """The width of the page in design units: more than 1280 where the window is wider than 16:9."""
        return max(float(WIDTH), self.width * self.zoom / self.scale)

    @property
    def top(self) -> int:
        """The height of the bar above, where the window is narrower than 16:9."""
        return max(0, round((self.height * self.zoom - HEIGHT * self.scale) / 2))

    @property
    def canvas(self) -> tuple[int, int]:
        """The size of the surface that is painted; never smaller than the least scale asks, never empty."""
        return (
            max(round(self.width * self.zoom), round(self.wide * self.scale)),
            max(round(self.height * self.zoom), round(HEIGHT * self.scale)),
        )

    @property
    def room(self) -> tuple[int, int]:
        """How far the window can be moved over the page."""
        wide, high = self.canvas
        return max(0, wide - self.width), max(0, high - self.height)

    @property
    def type_scale(self) -> float:
        """Pixels for each unit of type."""
        return self.scale * self.type_size / 100

    def px(self, units: float) -> int:
        """A length in pixels; a length that is not nothing never becomes nothing."""
        pixels = round(units * self.scale)
        return pixels if pixels or not units else 1 if units > 0 else -1

    def rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """A rectangle; its edges are rounded, so that neighbours meet."""
        left, right = round(x * self.scale), round((x + width) * self.scale)
        top, bottom = round(y * self.scale), round((y + height) * self.scale)
        return Rect(left, top + self.top, max(1, right - left), max(1, bottom - top))
