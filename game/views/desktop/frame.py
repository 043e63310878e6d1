"""How do design units become pixels?  One scale for everything, for any window size."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

WIDTH, HEIGHT = 1280, 720
LEAST_SCALE = 0.3
"""Below this nothing could be read; a smaller window shows a part."""
LARGEST = 16_384


@dataclass(frozen=True, slots=True)
class Frame:
    """The window's size in pixels, and the type size in percent."""

    width: int
    height: int
    type_size: int = 100

    @property
    def scale(self) -> float:
        """Pixels for each design unit."""
        return max(LEAST_SCALE, min(self.width / WIDTH, self.height / HEIGHT))

    @property
    def wide(self) -> float:
        """The width of the window in design units: more than 1280 where it is wider than 16:9."""
        return max(float(WIDTH), self.width / self.scale)

    @property
    def top(self) -> int:
        """The height of the bar above, where the window is narrower than 16:9."""
        return max(0, round((self.height - HEIGHT * self.scale) / 2))

    @property
    def canvas(self) -> tuple[int, int]:
        """The size of the surface that is painted; never smaller than the least scale asks, never empty."""
        return (
            max(self.width, round(self.wide * self.scale)),
            max(self.height, round(HEIGHT * self.scale)),
        )

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
