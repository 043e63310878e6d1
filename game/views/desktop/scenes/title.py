"""How does the title look?  The wedge before the ring on ink, and beside it how to begin."""

from __future__ import annotations

from math import cos, pi, sin

import pygame
from pygame import Rect, Surface

from game.views.desktop.keeping import kept
from game.views.desktop.lettering import Face, width
from game.views.desktop.page import Page
from game.views.desktop.palette import Colour, mix
from game.views.desktop.scenes.pieces import push
from game.views.desktop.scenes.tailoring import choices
from game.views.desktop.shapes import rule
from game.views.desktop.theme import BAR, FAINT, INK, LIGHT, RED, SOFT

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
        y = panel.top + page.px(34)
        name, style = tree["title.name"].name.upper(), page.type(Face.HEAD, 36)
        if width(name, style) > wide:
            style = page.type(Face.HEAD, 36 * wide / width(name, style))
        page.line(name, style, x, y + style.cap)
        y += style.cap + page.px(12)
        pygame.draw.rect(page.surface, RED, Rect(x, y, page.px(64), page.px(5)))
        y += page.px(14)
        y = page.text(tree["title.briefing"].name, page.type(Face.SERIF, 17), x, y, wide)
        if (readings := tree.get("readings")) is not None:
            start = page.line("READING", page.type(Face.CAPTION, 16, INK, 0.4), x, y + page.px(43)).right
            y = choices(page, readings, start + page.px(12), y + page.px(20), wide)
        panel.bottom = y + page.px(10)


def _foot(page: Page, x: int, bottom: int, wide: int) -> int:
    tree = page.tree
    high = max(page.px(38), page.type(Face.HEAD, 16).cap + page.px(18))
    gap = page.px(8)
    y = bottom
    for names in (("help", "settings", "leave"), ("choose", "saves", "library")):
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
    lines = [tree["title.setup"].name]
    if resume is not None:
        lines.insert(0, resume.description)
    note, label = page.type(Face.SERIF, 16), page.type(Face.CAPTION, 15, SOFT, 0.3)
    heads = ["A NEW GAME"] if resume is None else ["TO GO ON WITH", "A NEW GAME"]
    indent = max(width(each, label) for each in heads) + page.px(18)
    for head, words in reversed(list(zip(heads, lines, strict=True))):
        y -= page.height(words, note, wide - indent, 1.3) + page.px(10)
        page.line(head, label, x, y + page.px(7) + label.cap)
        page.text(words, note, x + indent, y, wide - indent, 1.3)
    y -= page.px(14)
    rule(page.surface, x, x + wide, y, page.scale, INK, 2)
    return y
