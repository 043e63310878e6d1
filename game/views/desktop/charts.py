"""How do numbers look over time and side by side?  Trend lines, the ruler of years, the bar of the two tracks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame
from pygame import Rect, Surface

from game.rules.classes import dataclass
from game.views.desktop.lettering import Face, Style, width, write
from game.views.desktop.palette import Colour, mix
from game.views.desktop.shapes import LEAN, Canvas, Point, filled, hatch, px
from game.views.desktop.theme import ALERT, BAR, BLUE, FAINT, INK, LIGHT, OCHRE, RED, SHADE, SOFT

DOT: Final = 2.6


def trend(
    surface: Surface,
    rect: Rect,
    values: Sequence[int],
    scale: float,
    low: int | None = None,
    high: int | None = None,
    drawn: float = 1.0,
) -> None:
    """A small trend line with a shaded ground and a red dot at its end; `drawn` is the share already drawn."""
    if not values:
        return
    least = min(values) if low is None else low
    most = max(values) if high is None else high
    spread = max(6, most - least)
    inset = DOT * scale
    room = Rect(rect.left, round(rect.top + inset), round(rect.width - inset), round(rect.height - 2 * inset))
    count = max(1, len(values) - 1)
    points: list[Point] = [
        (room.left + room.width * at / count, room.bottom - (value - least) * room.height / spread)
        for at, value in enumerate(values)
    ]
    if len(points) == 1:
        points = [(room.left, points[0][1]), (room.right, points[0][1])]
    points = points[: max(2, round(len(points) * drawn))]
    canvas = Canvas(rect)
    ground = [(points[0][0], rect.bottom), *points, (points[-1][0], rect.bottom)]
    canvas.poly(ground, SHADE)
    canvas.line(points, 1.7 * scale, INK)
    canvas.disc(points[-1], DOT * scale, ALERT)
    canvas.onto(surface)


def ruler(
    surface: Surface,
    rect: Rect,
    marks: Sequence[tuple[float, str]],
    now: float,
    scale: float,
    type_scale: float | None = None,
    pins: Sequence[float] = (),
) -> None:
    """The ruler of years on ink: marks with their words at shares of its width, how much has passed, and pins where
    much happened."""
    style = Style(Face.CAPTION, 13, FAINT, 0.6).at(type_scale or scale)
    middle = rect.top + round(rect.height * 0.68)
    thin, tall = px(1.5, scale), px(12, scale)
    grey = mix(BAR, FAINT, 0.5)
    pygame.draw.rect(surface, grey, Rect(rect.left, middle - thin // 2, rect.width, thin))
    free = rect.left - rect.width
    for share, words in marks:
        x = rect.left + round(rect.width * share)
        pygame.draw.rect(surface, grey, Rect(x - thin // 2, middle - tall // 2, thin, tall))
        if words and x - width(words, style) / 2 > free + px(6, scale):
            free = write(surface, words, style, x, middle - tall // 2 - px(4, scale), "center").right
    here = rect.left + rect.width * now
    passed = px(4, scale)
    pygame.draw.rect(surface, RED, Rect(rect.left, middle - passed // 2, round(here) - rect.left, passed))
    side = 3.6 * scale
    for pin in pins:
        at = rect.left + rect.width * pin
        filled(
            surface,
            [(at, middle - side), (at + side, middle), (at, middle + side), (at - side, middle)],
            LIGHT,
        )
    half, high = 6 * scale, 9 * scale
    top = middle + 2 * scale
    filled(surface, [(here, top), (here + half, top + high), (here - half, top + high)], LIGHT)


@dataclass(frozen=True, slots=True)
class Balance:
    """The division of the means: now, before, its ends, and how far it moves for nothing."""

    value: int
    before: int
    low: int = 20
    high: int = 80
    free: int = 20
    left_note: str = ""
    right_note: str = ""
    before_note: str = ""
    free_note: str = ""


def place_of(rect: Rect, value: float) -> float:
    """Where a value from 0 to 100 lies on the bar."""
    return rect.left + rect.width * value / 100


def balance(
    surface: Surface,
    rect: Rect,
    shown: Balance,
    scale: float,
    type_scale: float | None = None,
    grip: bool = False,
) -> Rect:
    """The bar of the two tracks with its divider, ticks and the free range below; the divider's rectangle."""
    type_scale = type_scale or scale
    x = place_of(rect, shown.value)
    lean = rect.height * LEAN / 2
    pygame.draw.rect(surface, BLUE, rect)
    red = [(x + lean, rect.top), (rect.right, rect.top), (rect.right, rect.bottom), (x - lean, rect.bottom)]
    filled(surface, red, RED)
    if shown.low > 0:
        end = Rect(rect.left, rect.top, round(place_of(rect, shown.low)) - rect.left, rect.height)
        hatch(surface, end, mix(BLUE, BAR, 0.32), scale)
    if shown.high < 100:
        start = round(place_of(rect, shown.high))
        hatch(surface, Rect(start, rect.top, rect.right - start, rect.height), mix(RED, BAR, 0.3), scale)
    if shown.before != shown.value:
        _slip(surface, rect, place_of(rect, shown.before), 2 * scale, 0, LIGHT)
    _figures(surface, rect, shown, x, scale, type_scale)
    _ticks(surface, rect, scale)
    if shown.free:
        _range(surface, rect, shown, scale, type_scale)
    over = (7 if grip else 5) * scale
    _slip(surface, rect, x, 11 * scale, over + 1.5 * scale, BAR)
    _slip(surface, rect, x, 7.4 * scale, over, OCHRE)
    wide = round(rect.height * LEAN + 22 * scale)
    return Rect(round(x) - wide // 2, rect.top - round(over), wide, rect.height + 2 * round(over))


def _slip(surface: Surface, rect: Rect, x: float, wide: float, over: float, colour: Colour) -> None:
    """A slanted strip across the bar."""
    lean = (rect.height / 2 + over) * LEAN
    top, bottom, half = rect.top - over, rect.bottom + over, wide / 2
    points = [
        (x + lean - half, top),
        (x + lean + half, top),
        (x - lean + half, bottom),
        (x - lean - half, bottom),
    ]
    filled(surface, points, colour)


def _figures(surface: Surface, rect: Rect, shown: Balance, x: float, scale: float, type_scale: float) -> None:
    figure = Style(Face.HEAD, 26, LIGHT).at(type_scale)
    note = Style(Face.SANS, 15, LIGHT).at(type_scale)
    small = Style(Face.SANS, 14, mix(RED, LIGHT, 0.85)).at(type_scale)
    base = rect.centery + (figure.cap + 1) // 2
    pad, gap, free = px(12, scale), px(10, scale), rect.height * LEAN / 2 + 8 * scale
    left = write(surface, str(shown.value), figure, rect.left + pad, base)
    right = write(surface, str(100 - shown.value), figure, rect.right - pad, base, "right")
    if shown.left_note and left.right + gap + width(shown.left_note, note) < x - free:
        write(surface, shown.left_note, note, left.right + gap, base - px(1, scale))
    start = right.left
    if shown.right_note and start - gap - width(shown.right_note, note) > x + free:
        start = write(surface, shown.right_note, note, start - gap, base - px(1, scale), "right").left
    before = place_of(rect, shown.before) + free - 3 * scale
    if (
        shown.before > shown.value
        and shown.before_note
        and before + width(shown.before_note, small) < start - gap
    ):
        write(surface, shown.before_note, small, before, base - px(1, scale))


def _ticks(surface: Surface, rect: Rect, scale: float) -> None:
    for value in range(5, 100, 5):
        high = px(7 if value % 25 == 0 else 4, scale)
        x = round(place_of(rect, value))
        pygame.draw.rect(surface, SOFT, Rect(x, rect.bottom + px(3, scale), px(1, scale), high))


def _range(surface: Surface, rect: Rect, shown: Balance, scale: float, type_scale: float) -> None:
    start = round(place_of(rect, max(shown.low, shown.before - shown.free)))
    end = round(place_of(rect, min(shown.high, shown.before + shown.free)))
    y, thick, tall = rect.bottom + px(13, scale), px(2, scale), px(10, scale)
    pygame.draw.rect(surface, OCHRE, Rect(start, y - thick // 2, end - start, thick))
    for x in (start, end):
        pygame.draw.rect(surface, OCHRE, Rect(x - thick // 2, y - tall // 2, thick, tall))
    if shown.free_note:
        style = Style(Face.SANS, 15, SOFT).at(type_scale)
        base = y + style.cap // 2 + px(3, scale)
        if end + px(8, scale) + width(shown.free_note, style) <= rect.right + px(40, scale):
            write(surface, shown.free_note, style, end + px(8, scale), base)
        else:
            write(surface, shown.free_note, style, start - px(8, scale), base, "right")
