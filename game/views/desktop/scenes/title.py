"""How does the title look?  The wedge before the ring on ink, and beside it how to begin."""

from __future__ import annotations

from math import cos, pi, sin

import pygame
from pygame import Rect, Surface

from game.views.desktop import icons
from game.views.desktop.keeping import kept
from game.views.desktop.lettering import Face, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.palette import Colour, mix
from game.views.desktop.scenes.pieces import caption, push
from game.views.desktop.scenes.tailoring import choices
from game.views.desktop.shapes import border
from game.views.desktop.theme import ALERT, BAR, CARD, FAINT, INK, LIGHT, OCHRE, PAPER, RED, SHADE, SOFT
from game.views.screens.settings import Setup
from game.views.screens.tree import Element

COLUMN = 520
SLOPE = 24 * pi / 180
NAME = "PEREDYSHKA"
OVER = 2


def paint(page: Page) -> None:
    """Paint the title."""
    frame = page.frame
    left = frame.wide - COLUMN
    poster(page, frame.rect(0, 0, left, 720))
    rest = frame.rect(left, 0, COLUMN, 720)
    _column(page, rest)


def poster(page: Page, place: Rect) -> None:
    """A red wedge before a paper ring, the great diagonal between them, the name below."""
    page.surface.blit(_picture(place.size, round(page.scale, 3)), place)
    style = page.type(Face.TITLE, 62, LIGHT)
    room = place.width - 2 * page.px(44)
    if width(NAME, style) > room:
        style = page.type(Face.TITLE, 62 * room / max(1, width(NAME, style)), LIGHT)
    base = place.bottom - page.px(72)
    page.line(NAME, style, place.left + page.px(44), base)
    small = page.type(Face.CAPTION, 17, FAINT, 1.6)
    left, below = place.left + page.px(47), base + page.px(20) + small.cap
    page.line("SOVIET FOREIGN POLICY BETWEEN TWO WARS", small, left, below)


@kept
def _picture(size: tuple[int, int], scale: float) -> Surface:
    """The poster without its words, drawn twice as large and shrunk."""
    wide, high = size[0] * OVER, size[1] * OVER
    sheet = Surface((wide, high))
    sheet.fill(BAR)
    scale *= OVER
    centre = wide * 0.60, 266 * scale
    along, down = (cos(-SLOPE), sin(-SLOPE)), (-sin(-SLOPE), cos(-SLOPE))

    def poly(colour: Colour, *points: tuple[float, float]) -> None:
        """A polygon by how far its corners lie along the diagonal and below it."""
        placed = [
            (
                centre[0] + (right * along[0] + below * down[0]) * scale,
                centre[1] + (right * along[1] + below * down[1]) * scale,
            )
            for right, below in points
        ]
        pygame.draw.polygon(sheet, colour, placed)

    pygame.draw.circle(sheet, LIGHT, centre, 206 * scale)
    pygame.draw.circle(sheet, BAR, centre, 206 * 0.45 * scale)
    poly(FAINT, (-1400, 80), (1400, 80), (1400, 90), (-1400, 90))
    poly(RED, (-1500, -300), (-34, -14), (-1500, 210))
    poly(mix(RED, BAR, 0.3), (-34, -14), (-1500, 210), (-1500, 140))
    poly(LIGHT, (-1500, 108), (1400, 108), (1400, 122), (-1500, 122))
    poly(RED, (150, 140), (900, 140), (900, 160), (142, 160))
    return pygame.transform.smoothscale(sheet, size)


def _column(page: Page, place: Rect) -> None:
    tree = page.tree
    pad = page.px(34)
    x, wide = place.left + pad, place.width - 2 * pad
    foot = _foot(page, x, place.bottom - page.px(26), wide)
    room = Rect(place.left, place.top, place.width - page.px(2), foot - place.top - page.px(10))
    with page.panel("title", room) as panel:
        y = panel.top + page.px(26)
        style = page.type(Face.HEAD, 36)
        page.line(tree["title.name"].name.upper(), style, x, y + style.cap)
        y += style.cap + page.px(10)
        pygame.draw.rect(page.surface, RED, Rect(x, y, page.px(64), page.px(5)))
        y += page.px(14)
        y = page.text(tree["title.briefing"].name, page.type(Face.SERIF, 17), x, y, wide)
        y = caption(page, "Fate", x, y + page.px(14)) + page.px(8)
        y = _fates(page, tree["fates"], x, y, wide)
        y = _seed(page, tree["seed"], x, y + page.px(10), wide)
        if (readings := tree.get("readings")) is not None:
            start = page.line("READING", page.type(Face.CAPTION, 16, INK, 0.4), x, y + page.px(33)).right
            y = choices(page, readings, start + page.px(12), y + page.px(10), wide)
        panel.bottom = y + page.px(10)


def _foot(page: Page, x: int, bottom: int, wide: int) -> int:
    tree = page.tree
    high = max(page.px(38), page.type(Face.HEAD, 16).cap + page.px(18))
    gap = page.px(8)
    y = bottom
    for names in (("help", "settings", "leave"), ("saves", "library")):
        y -= high
        small = [tree[name] for name in names]
        each = (wide - gap * (len(small) - 1)) // len(small)
        for at, element in enumerate(small):
            push(page, element, Rect(x + at * (each + gap), y, each, high), BAR, size=15, keyed=False)
        y -= gap
    y += gap
    big = max(page.px(56), page.type(Face.HEAD, 26).cap + page.px(24))
    resume = tree.get("resume")
    y -= big + page.px(12)
    if resume is None:
        push(page, tree["begin"], Rect(x, y, wide, big), RED, left=1, size=26)
    else:
        half = (wide - gap) // 2
        push(page, resume, Rect(x, y, half + page.px(12), big), RED, right=1, size=24)
        push(
            page,
            tree["begin"],
            Rect(x + half - page.px(2), y, wide - half + page.px(2), big),
            BAR,
            left=1,
            size=24,
        )
    return y


def _fates(page: Page, fates: Element, x: int, y: int, wide: int) -> int:
    gap = page.px(12)
    each = (wide - gap) // max(1, len(fates.children))
    pad = page.px(12)
    small = page.type(Face.SANS, 15, SOFT)
    name = page.type(Face.HEAD, 18)
    high = max(
        page.height(option.description, small, each - 2 * pad, 1.3) for option in fates.children
    ) + name.cap + 3 * pad  # fmt: skip
    for at, option in enumerate(fates.children):
        place = Rect(x + at * (each + gap), y, each, high)
        pygame.draw.rect(page.surface, CARD if option.selected else PAPER, place)
        border(
            page.surface, place, page.scale, OCHRE if option.selected else INK, 4 if option.selected else 1.5
        )
        side = round(name.cap * 0.95)
        centre = place.left + pad + side // 2, place.top + pad + name.cap // 2
        icons.put(page.surface, "ring" if option.selected else "dash", centre, side, SOFT, ALERT)
        page.line(option.name.upper(), name, place.left + pad + side + page.px(8), place.top + pad + name.cap)
        below = place.top + 2 * pad + name.cap - page.px(2)
        page.text(option.description, small, place.left + pad, below, each - 2 * pad, 1.3)
        page.spot(option, place)
    return y + high


def _seed(page: Page, seed: Element, x: int, y: int, wide: int) -> int:
    setup = seed.of(Setup)
    high = max(page.px(36), page.type(Face.HEAD, 20).cap + page.px(18))
    closed = bool(seed.disabled)
    label = page.type(Face.CAPTION, 16, SOFT if closed else INK, 0.4)
    end = write_in(page.surface, "SEED", label, Rect(x, y, wide, high), "left").right
    box = Rect(end + page.px(12), y, page.px(180), high)
    pygame.draw.rect(page.surface, PAPER if closed else CARD, box)
    border(page.surface, box, page.scale, SHADE if closed else INK)
    figure = page.type(Face.HEAD, 20, SOFT if closed else INK)
    write_in(page.surface, "no dice" if closed else str(setup.seed), figure, box)
    page.spot(seed, box)
    note = page.type(Face.SANS, 15, SOFT)
    told = seed.disabled or "Type a number, or use the arrows."
    write_in(
        page.surface,
        told,
        note,
        Rect(box.right + page.px(12), y, x + wide - box.right - page.px(12), high),
        "left",
    )
    return y + high
