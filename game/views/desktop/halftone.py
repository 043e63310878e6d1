"""What does a newspaper print beside its words?  A map of dots around the place, or a cut of plain geometry."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop.atlas import HEIGHT, UNIT, atlas
from game.views.desktop.keeping import kept
from game.views.desktop.lettering import Face, Style, width, write
from game.views.desktop.palette import INK, NEWSPRINT, RED, STRIP, Colour, mix
from game.views.desktop.paper import chance, leaf, tear
from game.views.desktop.places import town_at
from game.views.desktop.plate import Placing, Plate
from game.views.desktop.shapes import Canvas, border, drawn, px

PITCH: Final = 4.0
"""From dot to dot in design units."""
SHARES: Final = (0.22, 0.4, 0.7)
"""How much of a view's width a picture shows: the next more if it would show nothing but one country."""
PRINT: Final = mix(INK, STRIP, 0.06)
SEA_DOT, HOME_DOT, LINE_DOT = 0.56, 0.24, 0.62
"""Radius of a dot in shares of the pitch."""


def cut(
    size: tuple[int, int],
    place: str,
    date: str,
    name: str,
    scale: float,
    type_scale: float,
    paper: Colour = STRIP,
) -> Surface:
    """A picture of a size: the surroundings of a place on a date, or geometry where the map does not know it."""
    return _cut(size, place, date, name, round(scale, 3), round(type_scale, 3), paper)


@kept
def _cut(
    size: tuple[int, int], place: str, date: str, name: str, scale: float, type_scale: float, paper: Colour
) -> Surface:
    found = Surface(size)
    found.fill(paper)
    spot = _spot(place)
    if spot is None:
        _geometry(found, name, scale)
    else:
        _map(found, spot, place, date, scale, type_scale, paper)
    border(found, found.get_rect(), scale, INK)
    return found


def _spot(place: str) -> tuple[str, float, float] | None:
    """The view that shows a place, and where on its grid."""
    at = town_at(place)
    if at is None:
        return None
    for view in ("europe", "far_east", "eurasia"):
        x, y = atlas().views[view].grid(*at)
        if 0.05 * UNIT < x < 0.95 * UNIT and 0.06 * HEIGHT < y < 0.94 * HEIGHT:
            return view, x, y
    return None


@lru_cache(maxsize=2)
def _raster(view: str, wide: int) -> Plate:
    plate = Plate(atlas().views[view], Placing(wide, wide * HEIGHT // UNIT))
    for _ in plate.engrave():
        if plate.engraved:
            break
    return plate


def _map(
    found: Surface,
    spot: tuple[str, float, float],
    place: str,
    date: str,
    scale: float,
    type_scale: float,
    paper: Colour,
) -> None:
    view, x, y = spot
    pitch = PITCH * scale
    columns, rows = int(found.get_width() / pitch), int(found.get_height() / pitch)
    for share in SHARES:
        plate = _raster(view, max(200, round(columns / share)))
        middle = plate.placing.at(x, y)
        left = max(0.0, min(plate.placing.width - columns, middle[0] - columns * 0.42))
        top = max(0.0, min(plate.placing.height - rows, middle[1] - rows * 0.48))
        own = {area: atlas().owner(area, date) for area in plate.view.areas}
        owners = [
            [
                own.get(plate.area_at(left + column + 0.5, top + row + 0.5), "")
                for column in range(columns + 1)
            ]
            for row in range(rows + 1)
        ]
        home = own.get(plate.near(*middle, 3), "")
        if sum(row.count(home) for row in owners) < 0.8 * (columns + 1) * (rows + 1):
            break
    dots = []
    for row in range(rows):
        for column in range(columns):
            owner = owners[row][column]
            edge = {owner, owners[row][column + 1], owners[row + 1][column]}
            if len(edge) > 1 and "" not in edge:
                radius = LINE_DOT
            elif not owner:
                radius = SEA_DOT
            elif owner == home:
                radius = HOME_DOT
            else:
                continue
            shift = 0.5 if row % 2 else 0.0
            dots.append(((column + 0.5 + shift) * pitch, (row + 0.5) * pitch, radius * pitch))
    _print(found, dots)
    _town(found, ((middle[0] - left) * pitch, (middle[1] - top) * pitch), place, scale, type_scale, paper)


def _town(
    found: Surface, at: tuple[float, float], place: str, scale: float, type_scale: float, paper: Colour
) -> None:
    style = Style(Face.HEAD, 18).at(type_scale)
    words = place.upper()
    wide, pad = width(words, style), px(5, scale)
    side = 1 if at[0] + px(18, scale) + wide < found.get_width() - pad else -1
    x = at[0] + side * px(16, scale)
    box = Rect(round(x if side > 0 else x - wide), round(at[1]) - style.cap // 2, wide, style.cap)
    pygame.draw.rect(found, paper, box.inflate(2 * pad, 2 * pad))
    write(found, words, style, box.left, box.bottom)
    canvas = Canvas(
        Rect(0, 0, px(20, scale), px(20, scale)).move(
            round(at[0]) - px(10, scale), round(at[1]) - px(10, scale)
        )
    )
    canvas.disc(at, 8 * scale, paper)
    canvas.disc(at, 6 * scale, RED)
    canvas.onto(found)


def _geometry(found: Surface, name: str, scale: float) -> None:
    """A disc, a bar and a wedge in dots, their places fixed by a name."""
    wide, high = found.get_size()
    shapes = Surface((wide, high), 0, 8)
    shapes.set_palette([(each, each, each) for each in range(256)])
    radius = high * (0.28 + 0.08 * chance(name, 1))
    centre = wide * (0.36 + 0.28 * chance(name, 2)), high * (0.42 + 0.16 * chance(name, 3))
    pygame.draw.circle(shapes, (2, 2, 2), centre, radius)
    lean = high * (0.3 + 0.5 * chance(name, 4))
    x = wide * (0.15 + 0.5 * chance(name, 5))
    for shift, paint in ((0.0, 1), (wide * 0.22, 3)):
        bar = [
            (x + shift + lean, 0),
            (x + shift + lean + wide * 0.09, 0),
            (x + shift + wide * 0.09, high),
            (x + shift, high),
        ]
        pygame.draw.polygon(shapes, (paint, paint, paint), bar)
    pygame.draw.circle(shapes, (0, 0, 0), centre, radius * 0.42)
    pitch = PITCH * scale
    radii = (0.14, HOME_DOT + 0.1, 0.66, 0.46)
    dots = []
    for row in range(int(high / pitch)):
        for column in range(int(wide / pitch)):
            at = (column + (0.75 if row % 2 else 0.25)) * pitch, (row + 0.5) * pitch
            inside = int(min(wide - 1, at[0])), int(min(high - 1, at[1]))
            dots.append((*at, radii[shapes.get_at_mapped(inside)] * pitch))
    _print(found, dots)


def _print(found: Surface, dots: list[tuple[float, float, float]]) -> None:
    """Print dots by their centre and radius."""

    def print_on(canvas: Canvas) -> None:
        for x, y, radius in dots:
            if canvas.rect.top - radius - 1 < y < canvas.rect.bottom + radius + 1:
                canvas.disc((x, y), radius, PRINT)

    drawn(found, found.get_rect(), print_on)


def scrap(
    size: tuple[int, int], place: str, date: str, name: str, scale: float, type_scale: float, words: str = ""
) -> Surface:
    """A picture on its own piece of newsprint, to lie beside a paper, with a caption."""
    paper = leaf(size, NEWSPRINT, scale)
    style = Style(Face.ITALIC, 15).at(type_scale)
    pad = px(14, scale)
    below = px(18, scale) + (style.height if words else 0)
    picture = cut(
        (size[0] - 2 * pad, size[1] - pad - below - px(8, scale)), place, date, name, scale, type_scale
    )
    paper.blit(picture, (pad, pad))
    if words:
        write(paper, words, style, size[0] // 2, size[1] - px(16, scale) - px(4, scale), "center")
    tear(paper, name, scale)
    return paper
