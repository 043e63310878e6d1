"""What do the signs look like?  Each is drawn from polygons in one ink and at most one accent, large, then shrunk.

Drawing opaque colours on a clear ground and shrinking that gives premultiplied pixels, so edges blend rightly on
any ground: `put` blits with that in mind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop.keeping import kept
from game.views.desktop.palette import Colour
from game.views.desktop.theme import ALERT, COOL, INK, LIGHT, OCHRE, TONES

OVER: Final = 3
"""How much larger than needed an icon is drawn."""
CLEAR: Final = (0, 0, 0, 0)
Point = tuple[float, float]
Paint = Colour | tuple[int, int, int, int]


class Pen:
    """Draws in a unit square on a large canvas."""

    def __init__(self, size: int, ink: Colour, accent: Colour) -> None:
        self.side = size * OVER
        self.canvas = Surface((self.side, self.side), pygame.SRCALPHA)
        self.ink = ink
        self.accent = accent

    def poly(self, points: Sequence[Point], paint: Paint) -> None:
        """A filled polygon."""
        pygame.draw.polygon(self.canvas, paint, [(x * self.side, y * self.side) for x, y in points])

    def box(self, left: float, top: float, right: float, bottom: float, paint: Paint) -> None:
        """A filled rectangle."""
        side = self.side
        x, y = round(left * side), round(top * side)
        wide, high = max(1, round(right * side) - x), max(1, round(bottom * side) - y)
        pygame.draw.rect(self.canvas, paint, Rect(x, y, wide, high))

    def disc(self, x: float, y: float, radius: float, paint: Paint) -> None:
        """A filled circle."""
        pygame.draw.circle(self.canvas, paint, (x * self.side, y * self.side), radius * self.side)

    def line(self, points: Sequence[Point], wide: float, paint: Paint, round_ends: bool = False) -> None:
        """A thick line with mitred joins as good as none: each leg is a polygon, each joint a small disc."""
        for (x, y), (u, v) in pairwise(points):
            length = hypot(u - x, v - y) or 1.0
            dx, dy = (v - y) / length * wide / 2, (x - u) / length * wide / 2
            self.poly([(x + dx, y + dy), (u + dx, v + dy), (u - dx, v - dy), (x - dx, y - dy)], paint)
        for x, y in points if round_ends else points[1:-1]:
            self.disc(x, y, wide / 2, paint)

    def frame(self, left: float, top: float, right: float, bottom: float, wide: float, paint: Paint) -> None:
        """An empty rectangle."""
        self.box(left, top, right, bottom, paint)
        self.box(left + wide, top + wide, right - wide, bottom - wide, CLEAR)


def _ring(pen: Pen) -> None:
    pen.disc(0.5, 0.5, 0.47, pen.accent)
    pen.disc(0.5, 0.5, 0.47 * 0.45, CLEAR)


def _wedge(pen: Pen) -> None:
    pen.poly([(0.10, 0.04), (0.97, 0.56), (0.16, 0.95)], pen.accent)


def _shield(pen: Pen) -> None:
    pen.poly([(0.08, 0.08), (0.92, 0.08), (0.92, 0.62), (0.5, 0.95), (0.08, 0.62)], pen.ink)
    pen.poly([(0.5, 0.20), (0.59, 0.29), (0.59, 0.62), (0.5, 0.71), (0.41, 0.62), (0.41, 0.29)], CLEAR)


def _tick(pen: Pen) -> None:
    pen.box(0.07, 0.07, 0.93, 0.93, pen.accent)
    pen.line([(0.25, 0.50), (0.43, 0.68), (0.76, 0.30)], 0.13, CLEAR)


def _gear(pen: Pen) -> None:
    for at in range(8):
        turn = at * pi / 4
        along, aside = (cos(turn), sin(turn)), (-sin(turn), cos(turn))
        corners = [(0.30, -0.13), (0.49, -0.085), (0.49, 0.085), (0.30, 0.13)]
        pen.poly(
            [(0.5 + a * along[0] + b * aside[0], 0.5 + a * along[1] + b * aside[1]) for a, b in corners],
            pen.ink,
        )
    pen.disc(0.5, 0.5, 0.35, pen.ink)
    pen.disc(0.5, 0.5, 0.15, CLEAR)


def _figures(pen: Pen) -> None:
    for x in (0.19, 0.5, 0.81):
        pen.disc(x, 0.19, 0.115, pen.ink)
        pen.box(x - 0.135, 0.34, x + 0.135, 0.93, pen.ink)
        pen.box(x - 0.02, 0.62, x + 0.02, 0.93, CLEAR)


def _gold(pen: Pen) -> None:
    for top, shift in ((0.12, 0.12), (0.40, -0.02), (0.68, 0.07)):
        pen.poly(
            [
                (0.16 + shift, top),
                (0.84 + shift, top),
                (0.76 + shift, top + 0.21),
                (0.08 + shift, top + 0.21),
            ],
            pen.accent,
        )


def _suspicion(pen: Pen) -> None:
    pen.poly([(0.5, 0.05), (0.97, 0.93), (0.03, 0.93)], pen.accent)
    mark = CLEAR if pen.ink == pen.accent else pen.ink
    pen.poly([(0.43, 0.34), (0.57, 0.34), (0.54, 0.66), (0.46, 0.66)], mark)
    pen.disc(0.5, 0.78, 0.065, mark)


def _telegram(pen: Pen) -> None:
    pen.frame(0.04, 0.16, 0.96, 0.84, 0.075, pen.ink)
    for top, right in ((0.32, 0.80), (0.47, 0.80), (0.62, 0.60)):
        pen.box(0.20, top, right, top + 0.07, pen.ink)


def _newspaper(pen: Pen) -> None:
    pen.frame(0.09, 0.04, 0.91, 0.96, 0.075, pen.ink)
    pen.box(0.22, 0.17, 0.78, 0.30, pen.ink)
    pen.box(0.22, 0.39, 0.49, 0.82, pen.ink)
    for top in (0.39, 0.57, 0.75):
        pen.box(0.57, top, 0.78, top + 0.07, pen.ink)


def _envelope(pen: Pen) -> None:
    pen.frame(0.03, 0.16, 0.97, 0.86, 0.075, pen.ink)
    pen.line([(0.06, 0.20), (0.5, 0.56), (0.94, 0.20)], 0.075, pen.ink)
    if pen.ink != pen.accent:
        pen.disc(0.5, 0.56, 0.15, pen.accent)


def _lens(pen: Pen) -> None:
    pen.line([(0.60, 0.60), (0.90, 0.90)], 0.17, pen.ink, round_ends=True)
    pen.disc(0.41, 0.41, 0.35, pen.ink)
    pen.disc(0.41, 0.41, 0.235, CLEAR)


def _minutes(pen: Pen) -> None:
    pen.frame(0.13, 0.10, 0.87, 0.97, 0.075, pen.ink)
    pen.box(0.36, 0.02, 0.64, 0.19, pen.ink)
    for top, right in ((0.33, 0.74), (0.50, 0.74), (0.67, 0.60)):
        pen.box(0.26, top, 0.34, top + 0.075, pen.accent)
        pen.box(0.40, top, right, top + 0.075, pen.ink)


def _report(pen: Pen) -> None:
    pen.poly([(0.13, 0.04), (0.62, 0.04), (0.87, 0.28), (0.87, 0.97), (0.13, 0.97)], pen.ink)
    pen.poly(
        [(0.205, 0.115), (0.57, 0.115), (0.57, 0.33), (0.795, 0.33), (0.795, 0.895), (0.205, 0.895)], CLEAR
    )
    for at, height in enumerate((0.16, 0.30, 0.24, 0.38)):
        left = 0.29 + at * 0.12
        pen.box(left, 0.82 - height, left + 0.075, 0.82, pen.ink)


def _up(pen: Pen) -> None:
    pen.poly([(0.5, 0.12), (0.95, 0.88), (0.05, 0.88)], pen.ink)


def _down(pen: Pen) -> None:
    pen.poly([(0.05, 0.12), (0.95, 0.12), (0.5, 0.88)], pen.ink)


def _up_notched(pen: Pen) -> None:
    pen.poly([(0.5, 0.12), (0.97, 0.90), (0.5, 0.60), (0.03, 0.90)], pen.ink)


def _down_notched(pen: Pen) -> None:
    pen.poly([(0.03, 0.10), (0.5, 0.40), (0.97, 0.10), (0.5, 0.88)], pen.ink)


def _left(pen: Pen) -> None:
    pen.poly([(0.12, 0.5), (0.88, 0.05), (0.88, 0.95)], pen.ink)


def _right(pen: Pen) -> None:
    pen.poly([(0.12, 0.05), (0.88, 0.5), (0.12, 0.95)], pen.ink)


def _dash(pen: Pen) -> None:
    pen.box(0.08, 0.41, 0.92, 0.59, pen.ink)


def _menu(pen: Pen) -> None:
    for top in (0.17, 0.45, 0.73):
        pen.box(0.02, top, 0.98, top + 0.11, pen.ink)


def _close(pen: Pen) -> None:
    pen.line([(0.10, 0.10), (0.90, 0.90)], 0.15, pen.ink)
    pen.line([(0.90, 0.10), (0.10, 0.90)], 0.15, pen.ink)


def _forward(pen: Pen) -> None:
    pen.box(0.02, 0.02, 0.16, 0.98, pen.ink)
    pen.poly([(0.26, 0.02), (0.98, 0.5), (0.26, 0.98)], pen.ink)


def _factory(pen: Pen) -> None:
    pen.poly([(0.04, 0.95), (0.04, 0.52), (0.28, 0.36), (0.28, 0.52), (0.52, 0.36), (0.52, 0.52), (0.66, 0.43),
              (0.66, 0.95)], pen.ink)  # fmt: skip
    pen.poly([(0.66, 0.95), (0.71, 0.06), (0.87, 0.06), (0.96, 0.95)], pen.ink)
    for left in (0.13, 0.31, 0.49):
        pen.box(left, 0.66, left + 0.10, 0.78, CLEAR)


def _sheaf(pen: Pen) -> None:
    pen.box(0.465, 0.30, 0.535, 0.98, pen.ink)
    pen.poly([(0.5, 0.0), (0.60, 0.13), (0.5, 0.29), (0.40, 0.13)], pen.accent)
    for top in (0.20, 0.39, 0.58):
        for side in (-1, 1):
            kernel = [(0.06, 0.20), (0.07, 0.06), (0.27, -0.06), (0.30, 0.05), (0.20, 0.17)]
            pen.poly([(0.5 + side * x, top + y) for x, y in kernel], pen.accent)


def _mask(pen: Pen) -> None:
    pen.poly([(0.02, 0.26), (0.5, 0.33), (0.98, 0.26), (0.96, 0.52), (0.83, 0.72), (0.63, 0.74), (0.5, 0.61),
              (0.37, 0.74), (0.17, 0.72), (0.04, 0.52)], pen.ink)  # fmt: skip
    pen.poly([(0.16, 0.48), (0.29, 0.41), (0.41, 0.53), (0.27, 0.59)], CLEAR)
    pen.poly([(0.84, 0.48), (0.71, 0.41), (0.59, 0.53), (0.73, 0.59)], CLEAR)


def _globe(pen: Pen) -> None:
    pen.disc(0.5, 0.5, 0.46, pen.ink)
    pen.disc(0.5, 0.5, 0.385, CLEAR)
    for radius, wide in ((0.20, 0.065), (0.46, 0.065)):
        points = [(0.5 + radius * cos(at * pi / 18), 0.5 + 0.44 * sin(at * pi / 18)) for at in range(37)]
        pen.line(points, wide, pen.ink)
    for height in (0.30, 0.5, 0.70):
        reach = (0.46**2 - (height - 0.5) ** 2) ** 0.5
        pen.box(0.5 - reach, height - 0.03, 0.5 + reach, height + 0.03, pen.ink)


def _question(pen: Pen) -> None:
    points = [(0.5 - 0.24 * cos(at * pi / 12), 0.31 - 0.22 * sin(at * pi / 12)) for at in range(-1, 15)]
    pen.line([*points, (0.5, 0.66)], 0.14, pen.ink)
    pen.disc(0.5, 0.87, 0.085, pen.ink)


def _book(pen: Pen) -> None:
    pen.poly([(0.5, 0.22), (0.97, 0.10), (0.97, 0.80), (0.5, 0.94), (0.03, 0.80), (0.03, 0.10)], pen.ink)
    pen.poly([(0.46, 0.29), (0.46, 0.83), (0.10, 0.73), (0.10, 0.19)], CLEAR)
    pen.poly([(0.54, 0.29), (0.54, 0.83), (0.90, 0.73), (0.90, 0.19)], CLEAR)
    for top in (0.36, 0.52):
        pen.line([(0.17, top), (0.40, top + 0.06)], 0.055, pen.ink)
        pen.line([(0.60, top + 0.06), (0.83, top)], 0.055, pen.ink)


def _clock(pen: Pen) -> None:
    pen.disc(0.5, 0.5, 0.46, pen.ink)
    pen.disc(0.5, 0.5, 0.365, CLEAR)
    pen.line([(0.5, 0.24), (0.5, 0.52), (0.70, 0.63)], 0.095, pen.ink, round_ends=True)


def _flag(pen: Pen) -> None:
    pen.box(0.12, 0.04, 0.21, 0.97, pen.ink)
    pen.poly([(0.21, 0.07), (0.93, 0.07), (0.74, 0.31), (0.93, 0.55), (0.21, 0.55)], pen.accent)


def _lock(pen: Pen) -> None:
    points = [(0.5 - 0.22 * cos(at * pi / 12), 0.36 - 0.24 * sin(at * pi / 12)) for at in range(13)]
    pen.line([(0.28, 0.52), *points, (0.72, 0.52)], 0.10, pen.ink)
    pen.box(0.13, 0.46, 0.87, 0.95, pen.ink)
    pen.disc(0.5, 0.66, 0.075, CLEAR)
    pen.box(0.465, 0.66, 0.535, 0.82, CLEAR)


DRAWN: Final[dict[str, tuple[Callable[[Pen], None], Colour]]] = {
    "ring": (_ring, COOL), "wedge": (_wedge, ALERT), "shield": (_shield, INK), "tick": (_tick, COOL),
    "gear": (_gear, INK), "figures": (_figures, INK), "gold": (_gold, OCHRE), "suspicion": (_suspicion, OCHRE),
    "telegram": (_telegram, INK), "newspaper": (_newspaper, INK), "envelope": (_envelope, ALERT), "lens": (_lens, INK),
    "minutes": (_minutes, ALERT), "report": (_report, INK), "up": (_up, INK), "down": (_down, INK),
    "up notched": (_up_notched, INK), "down notched": (_down_notched, INK),
    "dash": (_dash, INK), "left": (_left, INK), "right": (_right, INK), "menu": (_menu, INK),
    "close": (_close, INK), "forward": (_forward, INK), "factory": (_factory, INK), "sheaf": (_sheaf, OCHRE),
    "mask": (_mask, INK), "globe": (_globe, INK), "question": (_question, INK), "book": (_book, INK),
    "clock": (_clock, INK), "flag": (_flag, ALERT), "lock": (_lock, INK),
}  # fmt: skip
"""Every icon by its name, with its usual accent."""
NAMES: Final = tuple(DRAWN)

OF_VALUE: Final = {
    "trade": "gear", "recognition": "tick", "security": "shield", "revolution": "wedge", "standing": "figures",
    "gold": "gold", "suspicion": "suspicion", "industry": "factory", "harvest": "sheaf", "world_trade": "globe",
    "deniability": "mask", "relations": "envelope", "party": "wedge", "unrest": "flag",
}  # fmt: skip
"""The icon of a value of the shared vocabulary."""
OF_STYLE: Final = {
    "telegram": "telegram", "newspaper": "newspaper", "minutes": "minutes", "letter": "envelope", "report": "report",
}  # fmt: skip
"""The icon of a dispatch by its style."""
OF_TRACK: Final = {"narkomindel": "ring", "comintern": "wedge"}
ARROWS: Final = {"up": "up", "down": "down", "level": "dash"}
"""The icon of a direction."""


@kept
def icon(name: str, size: int, ink: Colour = INK, accent: Colour | None = None) -> Surface:
    """An icon as a square picture with premultiplied pixels; kept, and not to be painted on. Raises KeyError."""
    draw, usual = DRAWN[name]
    pen = Pen(max(1, size), ink, usual if accent is None else accent)
    draw(pen)
    return pygame.transform.smoothscale(pen.canvas, (max(1, size), max(1, size)))


def put(
    surface: Surface,
    name: str,
    centre: tuple[float, float],
    size: int,
    ink: Colour = INK,
    accent: Colour | None = None,
) -> Rect:
    """Paint an icon around a point; the rectangle it takes."""
    shown = icon(name, size, ink, accent)
    place = shown.get_rect(center=(round(centre[0]), round(centre[1])))
    surface.blit(shown, place, special_flags=pygame.BLEND_PREMULTIPLIED)
    return place


def put_arrow(
    surface: Surface,
    direction: str,
    tone: str,
    centre: tuple[float, float],
    size: int,
    ink: Colour | None = None,
) -> Rect:
    """Paint the arrow of a change: up, down or level; in the colour of good, bad or even, or in an ink. What is
    unwelcome has a notch, too, so that the colour says nothing alone."""
    name = f"{ARROWS[direction]} notched" if tone == "bad" and direction != "level" else ARROWS[direction]
    return put(surface, name, centre, size, TONES[tone] if ink is None else ink)


def put_order(surface: Surface, track: str, centre: tuple[float, float], size: int) -> Rect:
    """Paint the sign of a track in a light colour, as on a black order slip."""
    return put(surface, OF_TRACK.get(track, "ring"), centre, size, LIGHT, LIGHT)
