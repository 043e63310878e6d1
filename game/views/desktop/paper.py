"""What is printed on?  Paper with its grain, torn and punched edges, stamps, postmarks, seals: all fixed by a name.

Chance comes from checksums of names, never from a generator: the same card looks the same every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_128
from math import ceil, cos, pi, sin
from typing import Final
from zlib import crc32

import pygame
from pygame import Rect, Surface

from game.views.desktop.keeping import kept
from game.views.desktop.lettering import Face, Style, picture, width, write
from game.views.desktop.palette import INK, RED, Colour, mix, rgb
from game.views.desktop.shapes import CLEAR, Canvas, Point, lay, px

TILE: Final = 192
STAMP_RED: Final = mix(RED, (255, 255, 255), 0.06)
POSTMARK: Final = mix((31, 78, 107), (120, 120, 130), 0.25)


def chance(name: str, at: int = 0) -> float:
    """A number from 0 up to 1, fixed by a name and a place in a row."""
    return crc32(f"{name}/{at}".encode()) / 2**32


@kept
def _tile(colour: Colour, scale: float, strength: float) -> Surface:
    """A square of paper that joins on to itself well enough: fine grain over soft clouds."""
    fine = _noise("grain", (TILE, TILE), colour, 5.0 * strength)
    clouds = _noise("cloud", (16, 16), colour, 9.0 * strength)
    soft = pygame.transform.smoothscale(clouds, (TILE, TILE))
    soft.set_alpha(120)
    fine.blit(soft, (0, 0))
    side = max(8, round(TILE * scale))
    return fine if side == TILE else pygame.transform.smoothscale(fine, (side, side))


def _noise(name: str, size: tuple[int, int], colour: Colour, spread: float) -> Surface:
    raw = shake_128(name.encode()).digest(size[0] * size[1])
    grey = pygame.image.frombuffer(raw, size, "P")
    shades = []
    for value in range(256):
        shift = (value - 127.5) / 127.5
        shift *= abs(shift) * spread
        shades.append(tuple(max(0, min(255, round(part + shift))) for part in rgb(colour)))
    grey.set_palette(shades)
    found = Surface(size, 0, 32)
    found.blit(grey, (0, 0))
    return found


def ground(surface: Surface, rect: Rect, colour: Colour, scale: float, strength: float = 1.0) -> None:
    """Cover a rectangle with paper."""
    tile = _tile(colour, round(scale, 2), strength)
    side = tile.get_width()
    before = surface.get_clip()
    surface.set_clip(rect.clip(before))
    for top in range(rect.top, rect.bottom, side):
        for left in range(rect.left, rect.right, side):
            surface.blit(tile, (left, top))
    surface.set_clip(before)


def leaf(size: tuple[int, int], colour: Colour, scale: float, strength: float = 1.0) -> Surface:
    """A piece of paper on its own."""
    found = Surface(size, pygame.SRCALPHA)
    ground(found, found.get_rect(), colour, scale, strength)
    return found


def cut_off(paper: Surface, points: Sequence[Point]) -> None:
    """Take a part of a piece of paper away, with clean edges."""
    left, top = int(min(x for x, _ in points)), int(min(y for _, y in points))
    right, bottom = ceil(max(x for x, _ in points)), ceil(max(y for _, y in points))
    box = Rect(left, top, right - left, bottom - top).clip(paper.get_rect())
    if box.width and box.height:
        canvas = Canvas(box)
        canvas.sheet.fill((255, 255, 255, 255))
        canvas.poly(points, CLEAR)
        paper.blit(canvas.picture(), box.topleft, special_flags=pygame.BLEND_RGBA_MULT)


def tear(paper: Surface, name: str, scale: float) -> None:
    """Tear the lower edge off."""
    wide, high = paper.get_size()
    points: list[Point] = []
    x, at = 0.0, 0
    while x < wide + 20 * scale:
        points.append((x, high - (1 + 9 * chance(name, at)) * scale))
        x += (5 + 16 * chance(name, at + 1)) * scale
        at += 2
    cut_off(
        paper, [(-2, high + 2), (-2, points[0][1]), *points, (wide + 2, points[-1][1]), (wide + 2, high + 2)]
    )


def perforate(paper: Surface, scale: float) -> None:
    """Punch the lower edge, as where a form was torn from its block."""
    wide, high = paper.get_size()
    step, radius = 8 * scale, 2.2 * scale
    box = Rect(0, high - ceil(radius) - 1, wide, ceil(radius) + 1)
    canvas = Canvas(box)
    canvas.sheet.fill((255, 255, 255, 255))
    x = step / 2
    while x < wide:
        canvas.disc((x, high), radius, CLEAR)
        x += step
    paper.blit(canvas.picture(), box.topleft, special_flags=pygame.BLEND_RGBA_MULT)


def punch(paper: Surface, centre: Point, radius: float) -> None:
    """A hole for the binder, with the shadow of its rim."""
    box = Rect(0, 0, round(2 * radius + 6), round(2 * radius + 6))
    box.center = round(centre[0]), round(centre[1])
    canvas = Canvas(box)
    canvas.disc(centre, radius + 0.8, (*INK, 60))
    lay(paper, canvas.picture(), box.topleft)
    hole = Canvas(box)
    hole.sheet.fill((255, 255, 255, 255))
    hole.disc(centre, radius, CLEAR)
    paper.blit(hole.picture(), box.topleft, special_flags=pygame.BLEND_RGBA_MULT)


def clip(paper: Surface, x: float, scale: float) -> None:
    """A wire paper clip over the upper edge."""
    wire, shine = mix(INK, (255, 255, 255), 0.35), mix(INK, (255, 255, 255), 0.75)
    box = Rect(round(x), 0, px(22, scale), px(52, scale)).clip(paper.get_rect())
    for colour, shift, thick in (((*INK, 255), 1.2, 1.8), (wire, 0.0, 2.2), (shine, -0.4, 0.7)):
        canvas = Canvas(box)
        for left, right, top, bottom in ((3, 17, 0, 42), (6, 14, 0, 34)):
            ends = [(left, top), (left, bottom - 6), *_bow(left, right, bottom - 6), (right, top + 4)]
            canvas.line(
                [(x + (u + shift) * scale, (v + shift) * scale) for u, v in ends], thick * scale, colour[:3]
            )
        shown = canvas.picture()
        if shift > 0:
            shown.fill((90, 90, 90, 90), special_flags=pygame.BLEND_RGBA_MULT)
        lay(paper, shown, box.topleft)


def _bow(left: float, right: float, y: float) -> list[Point]:
    radius = (right - left) / 2
    return [(left + radius - radius * cos(at * pi / 8), y + radius * sin(at * pi / 8)) for at in range(9)]


def worn(shown: Surface, name: str, grain: int) -> None:
    """Wear a print off in spots."""
    wide, high = (max(2, each // max(1, grain)) for each in shown.get_size())
    raw = shake_128(name.encode()).digest(wide * high)
    spots = bytes(part for value in raw for part in (255, 255, 255, 90 if value < 20 else 255 - value % 40))
    mask = pygame.transform.smoothscale(
        pygame.image.frombuffer(spots, (wide, high), "RGBA"), shown.get_size()
    )
    shown.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)


@kept
def stamp(text: str, size: float, name: str, tilt: int = 8, colour: Colour = STAMP_RED) -> Surface:
    """The print of a rubber stamp, tilted by degrees."""
    style = Style(Face.TITLE, size * 2, colour)
    words = picture(text.upper(), style)
    pad, thick = round(size * 0.55), max(2, round(size * 0.2))
    high = style.cap + 3 * pad
    plain = Surface((words.get_width() + 4 * pad, high), pygame.SRCALPHA)
    plain.fill((*colour, 0))
    pygame.draw.rect(plain, colour, plain.get_rect(), thick)
    write(plain, text.upper(), style, 2 * pad, (high + style.cap) // 2)
    worn(plain, name, max(1, round(size * 0.16)))
    return pygame.transform.rotozoom(plain, tilt, 0.5)


@kept
def postmark(above: str, lines: tuple[str, ...], below: str, radius: int, name: str) -> Surface:
    """A round postmark: words along the rim above and below, the date in the middle."""
    big = radius * 2
    found = Surface((2 * big, 2 * big), pygame.SRCALPHA)
    found.fill((*POSTMARK, 0))
    thick = max(2, radius // 20)
    pygame.draw.circle(found, POSTMARK, (big, big), big - 1, thick)
    pygame.draw.circle(found, POSTMARK, (big, big), round(big * 0.66), thick)
    rim = Style(Face.CAPTION, big * 0.29, POSTMARK)
    for words, top in ((above.upper(), True), (below.upper(), False)):
        _along(found, words, rim, big, big * 0.83, top)
    inner = Style(Face.CAPTION, big * 0.34, POSTMARK)
    step = round(big * 0.38)
    base = big + inner.cap // 2 - step * (len(lines) - 1) // 2
    for at, line in enumerate(lines):
        wide = width(line, inner)
        fitting = inner if wide < big * 1.2 else Style(Face.CAPTION, big * 0.34 * big * 1.2 / wide, POSTMARK)
        write(found, line, fitting, big, base + at * step, "center")
    worn(found, name, max(1, radius // 14))
    return pygame.transform.smoothscale(found, (2 * radius, 2 * radius))


def _along(surface: Surface, words: str, style: Style, middle: int, radius: float, top: bool) -> None:
    """Write letters along a circle, above upright, below upright as well."""
    widths = [width(each, style) + style.size * 0.18 for each in words]
    room = pi * radius * 0.92
    squeeze = min(1.0, room / max(1.0, sum(widths)))
    if squeeze < 0.8:
        style = Style(style.face, style.size * squeeze / 0.8, style.colour)
        widths = [width(each, style) + style.size * 0.12 for each in words]
        squeeze = min(1.0, room / max(1.0, sum(widths)))
    turn = -sum(widths) * squeeze / radius / 2
    for each, wide in zip(words, widths, strict=True):
        turn += wide * squeeze / radius / 2
        letter = picture(each, style)
        box = Surface((letter.get_width(), style.cap + 4), pygame.SRCALPHA)
        box.fill((*style.colour, 0))
        box.blit(letter, (0, style.cap + 2 - style.ascent))
        angle = turn if top else -turn
        shown = pygame.transform.rotozoom(box, -turn * 180 / pi if top else turn * 180 / pi, 1)
        x = middle + radius * sin(turn)
        y = middle - radius * cos(angle) if top else middle + radius * cos(angle)
        surface.blit(shown, shown.get_rect(center=(round(x), round(y))))
        turn += wide * squeeze / radius / 2


@kept
def seal(radius: int, name: str) -> Surface:
    """A seal of red wax with a ring pressed into it. Premultiplied."""
    box = Rect(0, 0, round(radius * 2.6), round(radius * 2.6))
    canvas = Canvas(box)
    middle = box.width / 2

    def blot(grown: float, shift: float, colour: Colour | tuple[int, int, int, int]) -> None:
        points = []
        for at in range(48):
            reach = radius * (
                grown + 0.05 * sin(at * pi / 6 + 7 * chance(name)) + 0.06 * chance(name, at // 4)
            )
            points.append(
                (middle + shift + reach * cos(at * pi / 24), middle + shift + reach * sin(at * pi / 24))
            )
        canvas.poly(points, colour)

    blot(1.02, radius * 0.09, mix(RED, INK, 0.75))
    blot(1.0, 0, mix(RED, INK, 0.18))
    canvas.disc((middle, middle), radius * 0.72, mix(RED, INK, 0.42))
    canvas.disc((middle + radius * 0.03, middle + radius * 0.03), radius * 0.69, mix(RED, INK, 0.10))
    canvas.disc((middle, middle), radius * 0.42, mix(RED, INK, 0.42))
    canvas.disc((middle + radius * 0.03, middle + radius * 0.03), radius * 0.39, mix(RED, INK, 0.22))
    return canvas.picture()


def fold(paper: Surface, at: int, upright: bool, scale: float) -> None:
    """The trace of a fold: a light line beside a dark one."""
    wide, high = paper.get_size()
    thick = px(1, scale)
    for shift, value in ((0, 232), (thick, 255)):
        line = Rect(at + shift, 0, thick, high) if upright else Rect(0, at + shift, wide, thick)
        if value < 255:
            paper.fill((value, value, value, 255), line, special_flags=pygame.BLEND_RGBA_MULT)
        else:
            paper.fill((9, 9, 9, 0), line, special_flags=pygame.BLEND_RGBA_ADD)


def stamp_place(shown: Surface, used: Sequence[Rect], room: Rect, scale: float) -> Rect | None:
    """Where a stamp covers nothing within a room: as far up and right as can be; None if nowhere."""
    place = shown.get_rect()
    step = px(6, scale)
    taken = list(used)
    for top in range(room.top, room.bottom - place.height + 1, step):
        for right in range(room.right, room.left + place.width, -step):
            place.topright = right, top
            if place.inflate(-px(6, scale), -px(6, scale)).collidelist(taken) < 0:
                return place
    return None


def tilt(name: str) -> int:
    """How far a stamp is turned, in degrees."""
    return 6 + int(5 * chance(name, 2))
