"""What are bars, buttons, panels and corners made of?  Plain geometry with clean edges, in pixels of the screen.

Diagonals have one slope, 24 to 56. What is slanted or round is drawn three times as large and shrunk, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import ceil, floor, hypot
from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop import palette
from game.views.desktop.keeping import kept
from game.views.desktop.lettering import Face, Style, measure, shorten, width, write, write_in
from game.views.desktop.palette import Colour, rgb
from game.views.desktop.theme import BAR, CARD, INK, LIGHT, OCHRE, RED, SHADE

OVER: Final = 3
LEAN: Final = 24 / 56
"""How far a slanted end leans for each pixel of its height."""
HEAD: Final = 28
"""Height of a panel's head."""
CLEAR: Final = (0, 0, 0, 0)
MOST: Final = 5_400
"""Nothing slanted or round is wider or higher: three times as large, SDL would break on it."""
BAND: Final = 96
"""Rows that are drawn at once of something large."""
SHADE_CELLS: Final = 12
LONG: Final = 24
"""A bar longer than this many pixels is filled at once between its ends."""
Point = tuple[float, float]


class Canvas:
    """A part of the screen, three times as large, on which to draw with clean edges."""

    def __init__(self, rect: Rect) -> None:
        self.rect = Rect(rect.left, rect.top, min(rect.width, MOST), min(rect.height, MOST))
        rect = self.rect
        self.sheet = Surface((max(1, rect.width * OVER), max(1, rect.height * OVER)), pygame.SRCALPHA)

    def _at(self, point: Point) -> Point:
        return (point[0] - self.rect.left) * OVER, (point[1] - self.rect.top) * OVER

    def poly(self, points: Sequence[Point], colour: Colour | tuple[int, int, int, int]) -> None:
        """A filled polygon."""
        pygame.draw.polygon(self.sheet, colour, [self._at(each) for each in points])

    def disc(self, centre: Point, radius: float, colour: Colour | tuple[int, int, int, int]) -> None:
        """A filled circle."""
        pygame.draw.circle(self.sheet, colour, self._at(centre), radius * OVER)

    def line(self, points: Sequence[Point], wide: float, colour: Colour | tuple[int, int, int, int]) -> None:
        """A thick line with round joins and ends."""
        for (x, y), (u, v) in pairwise(points):
            length = hypot(u - x, v - y)
            if length:
                dx, dy = (v - y) / length * wide / 2, (x - u) / length * wide / 2
                self.poly([(x + dx, y + dy), (u + dx, v + dy), (u - dx, v - dy), (x - dx, y - dy)], colour)
        if wide * OVER > 2:
            for each in points:
                self.disc(each, wide / 2, colour)

    def picture(self) -> Surface:
        """What was drawn, in its size, with premultiplied pixels."""
        return pygame.transform.smoothscale(self.sheet, (max(1, self.rect.width), max(1, self.rect.height)))

    def onto(self, surface: Surface) -> None:
        """Put what was drawn on the surface it is a part of."""
        lay(surface, self.picture(), self.rect.topleft)


def drawn(surface: Surface, rect: Rect, draw: Callable[[Canvas], None]) -> None:
    """Draw on a part of a surface with clean edges, in bands of rows: one canvas for all would take nine times the
    room. `draw` is called for each band and draws all of it."""
    for top in range(rect.top, rect.bottom, BAND):
        canvas = Canvas(Rect(rect.left, top, rect.width, min(BAND, rect.bottom - top)))
        draw(canvas)
        canvas.onto(surface)


def lay(surface: Surface, picture: Surface, at: tuple[int, int]) -> Rect:
    """Blit a picture with premultiplied pixels."""
    return surface.blit(picture, at, special_flags=pygame.BLEND_PREMULTIPLIED)


def px(units: float, scale: float) -> int:
    """A length in whole pixels, at least one."""
    return max(1, round(units * scale))


@kept
def _polygon(points: tuple[Point, ...], size: tuple[int, int], colour: Colour) -> Surface:
    canvas = Canvas(Rect(0, 0, *size))
    canvas.poly(points, colour)
    return canvas.picture()


def filled(surface: Surface, points: Sequence[Point], colour: Colour) -> None:
    """A polygon with clean edges. Of a long bar only the ends are drawn large."""
    if len(points) == 4 and _is_bar(points):
        (a, top), (b, _), (c, bottom), (d, _) = points
        left, right = ceil(max(a, d)), floor(min(b, c))
        if right - left > LONG and bottom > top:
            surface.fill(colour, Rect(left, round(top), right - left, round(bottom - top)))
            if a != left or d != left:
                _edged(surface, [(a, top), (left, top), (left, bottom), (d, bottom)], colour)
            if b != right or c != right:
                _edged(surface, [(right, top), (b, top), (c, bottom), (right, bottom)], colour)
            return
    _edged(surface, points, colour)


def _is_bar(points: Sequence[Point]) -> bool:
    """Whether four points are the corners of a bar whose upper and lower edges lie on whole rows."""
    (a, top), (b, top_), (c, bottom), (d, bottom_) = points
    level = top == top_ == round(top) and bottom == bottom_ == round(bottom)
    return level and a <= b and d <= c


def _edged(surface: Surface, points: Sequence[Point], colour: Colour) -> None:
    left, top = floor(min(x for x, _ in points)), floor(min(y for _, y in points))
    wide, high = ceil(max(x for x, _ in points)) - left, ceil(max(y for _, y in points)) - top
    moved = tuple((round((x - left) * 8) / 8, round((y - top) * 8) / 8) for x, y in points)
    lay(surface, _polygon(moved, (wide, high), colour), (left, top))


def slanted(rect: Rect, left: int = 0, right: int = 0) -> list[Point]:
    """The corners of a bar: an end of 1 leans forward like /, one of -1 backward, one of 0 is upright."""
    lean = rect.height * LEAN
    return [
        (rect.left + (lean if left > 0 else 0), rect.top),
        (rect.right - (lean if right < 0 else 0), rect.top),
        (rect.right - (lean if right > 0 else 0), rect.bottom),
        (rect.left + (lean if left < 0 else 0), rect.bottom),
    ]


def bar(
    surface: Surface,
    rect: Rect,
    colour: Colour,
    left: int = 0,
    right: int = 0,
    edge: Colour | None = None,
    thick: float = 1.5,
) -> None:
    """A bar with slanted ends, with an edge of another colour if one is given."""
    if not left and not right:
        pygame.draw.rect(surface, colour, rect)
        if edge is not None:
            pygame.draw.rect(surface, edge, rect, max(1, round(thick)))
        return
    corners = slanted(rect, left, right)
    if edge is None:
        filled(surface, corners, colour)
        return
    filled(surface, corners, edge)
    slope = hypot(1, LEAN)
    start = thick * slope if left else thick
    end = thick * slope if right else thick
    inner = []
    for (x, y), top, first in zip(
        corners, (True, True, False, False), (True, False, False, True), strict=True
    ):
        lean = LEAN * thick * ((left if first else right) * (-1 if top else 1))
        inner.append((x + lean + (start if first else -end), y + (thick if top else -thick)))
    filled(surface, inner, colour)


def border(surface: Surface, rect: Rect, scale: float, colour: Colour = INK, units: float = 1.5) -> None:
    """The frame of a panel."""
    pygame.draw.rect(surface, colour, rect, px(units, scale))


def neat_line(surface: Surface, rect: Rect, scale: float) -> None:
    """The double frame of the map: a thick line outside the sheet's edge, a thin one just within."""
    thick, gap = px(3, scale), px(4, scale)
    pygame.draw.rect(surface, INK, rect.inflate(2 * thick, 2 * thick), thick)
    pygame.draw.rect(surface, INK, rect.inflate(-2 * gap, -2 * gap), px(1, scale))


def rule(
    surface: Surface, left: int, right: int, y: int, scale: float, colour: Colour = SHADE, units: float = 1
) -> None:
    """A horizontal rule, its upper edge at y."""
    pygame.draw.rect(surface, colour, Rect(left, y, right - left, px(units, scale)))


def panel(
    surface: Surface, rect: Rect, title: str, scale: float, type_scale: float | None = None, note: str = ""
) -> Rect:
    """A card with an ink head and a red slanted corner that may hold a note; the space below the head."""
    type_scale = type_scale or scale
    head = Rect(rect.left, rect.top, rect.width, head_height(scale, type_scale))
    pygame.draw.rect(surface, CARD, rect)
    border(surface, rect, scale)
    pygame.draw.rect(surface, BAR, head)
    style = Style(Face.HEAD, 17, LIGHT).at(type_scale)
    figure = style
    wide = max(px(64, scale), width(note, figure) + px(46, scale))
    corner = Rect(head.right - wide, head.top, wide, head.height - px(1.5, scale))
    lean = corner.height * 0.7
    filled(
        surface,
        [(corner.left + lean, corner.top), corner.topright, corner.bottomright, corner.bottomleft],
        RED,
    )
    if note:
        write_in(
            surface, note, figure, Rect(corner.left, corner.top, wide - px(14, scale), corner.height), "right"
        )
    room = Rect(head.left + px(12, scale), head.top, corner.left - head.left - px(16, scale), head.height)
    write_in(surface, title, style, room, "left")
    return Rect(rect.left, head.bottom, rect.width, rect.bottom - head.bottom)


def head_height(scale: float, type_scale: float) -> int:
    """The height of a panel's head: as high as its type needs."""
    return max(px(HEAD, scale), round(HEAD * type_scale))


def tag(
    surface: Surface, text: str, right: int, top: int, scale: float, type_scale: float, colour: Colour = RED
) -> Rect:
    """A slanted tag such as DECIDE, by its upper right corner; the rectangle it takes."""
    style = Style(Face.CAPTION, 14, LIGHT, 0.4).at(type_scale)
    high = max(px(17, scale), style.cap + px(6, scale))
    wide = width(text, style) + round(high * LEAN) + px(16, scale)
    rect = Rect(right - wide, top, wide, high)
    bar(surface, rect, colour, left=1)
    write(surface, text, style, right - px(7, scale), rect.centery + (style.cap + 1) // 2, "right")
    return rect


def corner(surface: Surface, rect: Rect, text: str, colour: Colour, scale: float, type_scale: float) -> Rect:
    """The number of a choice in the slanted upper left corner of its card; the corner's rectangle."""
    style = Style(Face.HEAD, 38, LIGHT if sum(rgb(colour)) < 400 else BAR).at(type_scale)
    high = px(56, scale)
    wide = max(px(75, scale), measure(text, Face.HEAD, style.px) + px(58, scale))
    place = Rect(rect.left, rect.top, wide, high)
    bar(surface, place, colour, right=1)
    write_in(surface, text, style, Rect(place.left, place.top, wide - round(high * LEAN), high))
    return place


@kept
def _shade(small: int, strength: int) -> Surface:
    """The shadow of a small square: its corners, and between them what is stretched for a larger one."""
    side = SHADE_CELLS
    cast = Surface((side + 4, side + 4), pygame.SRCALPHA)
    cast.fill((*rgb(palette.INK), strength), Rect(2, 2, side, side))
    cast.fill((*rgb(palette.INK), strength // 3), Rect(1, 2, 1, side))
    return pygame.transform.smoothscale(cast, ((side + 4) * small, (side + 4) * small))


def shadow(surface: Surface, rect: Rect, scale: float, strength: int = 70) -> None:
    """The soft shadow around a card that lies on something, falling down and to the right."""
    blur = px(5, scale)
    small = max(2, blur // 2)
    cast, edge = _shade(small, strength), 6 * small
    whole = cast.get_width()
    place = rect.inflate(4 * small, 4 * small).move(px(2, scale), px(4, scale))
    if place.width < 2 * edge or place.height < 2 * edge:
        surface.blit(pygame.transform.scale(cast, place.size), place)
        return
    columns = ((0, edge, place.left, edge), (edge, 1, place.left + edge, place.width - 2 * edge),
               (whole - edge, edge, place.right - edge, edge))  # fmt: skip
    rows = ((0, edge, place.top, edge), (edge, 1, place.top + edge, place.height - 2 * edge),
            (whole - edge, edge, place.bottom - edge, edge))  # fmt: skip
    for x, wide, left, across in columns:
        for y, high, top, down in rows:
            if wide > 1 or high > 1:
                part = cast.subsurface(Rect(x, y, wide, high))
                if (wide, high) != (across, down):
                    part = pygame.transform.scale(part, (across, down))
                surface.blit(part, (left, top))


def ring_of_focus(surface: Surface, rect: Rect, scale: float) -> None:
    """The ochre frame around what has the focus."""
    thick = px(4, scale)
    pygame.draw.rect(surface, OCHRE, rect.inflate(2 * thick, 2 * thick), thick)


def button(
    surface: Surface,
    rect: Rect,
    text: str,
    style: Style,
    ground: Colour,
    left: int = 0,
    right: int = 0,
    edge: Colour | None = None,
    scale: float = 1.0,
) -> None:
    """A button with slanted ends, its words in the middle."""
    bar(surface, rect, ground, left, right, edge, 1.5 * scale)
    lean = round(rect.height * LEAN / 2)
    room = rect.inflate(-2 * px(6, scale) - lean * (bool(left) + bool(right)), 0)
    room.left = rect.left + px(6, scale) + (lean if left else 0)
    write_in(surface, shorten(text, style, room.width), style, room)


def hatch(
    surface: Surface, rect: Rect, colour: Colour, scale: float, step: float = 7, wide: float = 1.5
) -> None:
    """Diagonal lines over a rectangle."""
    canvas = Canvas(rect)
    lean = rect.height * LEAN
    x = rect.left - lean
    while x < rect.right:
        canvas.line([(x, rect.bottom), (x + lean, rect.top)], wide * scale, colour)
        x += step * scale
    canvas.onto(surface)
