"""What are the signs of the house?  The wedge that enters the ring, and the disc cut by the great diagonal."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop.lettering import Face, Style, write
from game.views.desktop.palette import mix
from game.views.desktop.shapes import CLEAR, Canvas, Point
from game.views.desktop.theme import BAR, LIGHT, RED

GREAT_SLOPE: Final = 24 * pi / 180
"""The debrief's diagonal."""


def wedge_and_ring(surface: Surface, rect: Rect) -> None:
    """The sign at the left end of the header: a red wedge entering a paper ring. The rectangle is 118 to 56."""
    wide, high = rect.size
    canvas = Canvas(rect)

    def at(x: float, y: float) -> Point:
        return rect.left + x / 118 * wide, rect.top + y / 56 * high

    radius = 20 / 56 * high
    canvas.disc(at(97, 28), radius, LIGHT)
    canvas.disc(at(97, 28), radius * 0.53, CLEAR)
    canvas.poly([at(0, 0), at(46, 0), at(104, 31), at(40, 56), at(0, 56)], RED)
    canvas.poly([at(104, 31), at(40, 56), at(24, 56)], mix(RED, BAR, 0.3))
    canvas.onto(surface)


def cut_disc(surface: Surface, rect: Rect, first: str, last: str, scale: float) -> None:
    """The sign of the reckoning on ink: a red disc in two halves along a paper diagonal, a year on either side."""
    pygame.draw.rect(surface, BAR, rect)
    canvas = Canvas(rect)
    radius = 128 * scale
    centre = rect.left + 250 * scale, rect.top + 150 * scale
    along, aside = (cos(-GREAT_SLOPE), sin(-GREAT_SLOPE)), (-sin(-GREAT_SLOPE), cos(-GREAT_SLOPE))

    def at(right: float, down: float) -> Point:
        return centre[0] + right * along[0] + down * aside[0], centre[1] + right * along[1] + down * aside[1]

    canvas.disc(centre, radius, RED)
    long = rect.width * 2
    split = 17 * scale
    canvas.poly([at(-long, -split), at(long, -split), at(long, split * 1.3), at(-long, split * 1.3)], CLEAR)
    canvas.poly(
        [at(-long, -7 * scale), at(long, -7 * scale), at(long, 5 * scale), at(-long, 5 * scale)], LIGHT
    )
    canvas.onto(surface)
    style = Style(Face.TITLE, 40, LIGHT).at(scale)
    write(surface, first, style, rect.left + 30 * scale, rect.top + 66 * scale)
    write(surface, last, style, rect.right - 35 * scale, rect.top + 226 * scale, "right")
