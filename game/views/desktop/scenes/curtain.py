"""How does the curtain look?  Slats of ink over the whole window, the sign of whoever is to sit down, a button."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop import icons
from game.views.desktop.keeping import kept
from game.views.desktop.lettering import Face, width
from game.views.desktop.page import Page
from game.views.desktop.palette import Colour, mix, rgb
from game.views.desktop.scenes.pieces import push
from game.views.desktop.shapes import Point
from game.views.desktop.theme import BAR, FAINT, LIGHT, RED, TRACKS

SLOPE: Final = 24 * pi / 180
SLATS: Final = 18
OVER: Final = 2
LEFT: Final = 96
"""Where the words begin, in design units."""
SIGN: Final = "comintern"


def paint(page: Page) -> None:
    """Paint the curtain."""
    frame, tree = page.frame, page.tree
    role = str(tree.subject)
    place = frame.rect(0, 0, frame.wide, 720)
    colour = TRACKS.get(role, RED)
    page.surface.blit(_picture(place.size, round(page.scale, 3), rgb(colour), rgb(BAR), role == SIGN), place)
    x, most = place.left + page.px(LEFT), page.px(frame.wide - 2 * LEFT)
    when = page.type(Face.CAPTION, 18, FAINT, 1.2)
    base = place.top + page.px(210)
    page.line(tree["curtain.when"].name.upper(), when, x, base)
    name = page.type(Face.TITLE, 58, LIGHT)
    words = tree["curtain.title"].name.upper()
    if width(words, name) > most:
        name = page.type(Face.TITLE, 58 * most / width(words, name), LIGHT)
    base += page.px(34) + name.cap
    page.line(words, name, x, base)
    pygame.draw.rect(page.surface, colour, Rect(x, base + page.px(24), page.px(120), page.px(8)))
    told = page.type(Face.SERIF, 21, LIGHT)
    y = page.text(tree["curtain.asked"].name, told, x, base + page.px(54), min(most, page.px(560)))
    lift = tree["lift"]
    style = page.type(Face.HEAD, 24)
    wide = width(lift.name.upper(), style) + page.px(180)
    high = max(page.px(64), style.cap + page.px(36))
    push(page, lift, Rect(x, y + page.px(30), wide, high), RED, right=1, size=24, edge=LIGHT)
    menu = Rect(0, 0, page.px(40), page.px(40))
    menu.center = place.right - page.px(34), place.top + page.px(28)
    icons.put(page.surface, "menu", menu.center, page.px(30), LIGHT)
    page.spot(tree["menu"], menu)


@kept
def _picture(size: tuple[int, int], scale: float, colour: Colour, ink: Colour, wedge: bool) -> Surface:
    """The curtain without words, drawn twice as large and shrunk: slats along the great diagonal, and a sign cut by
    them."""
    wide, high = size[0] * OVER, size[1] * OVER
    sheet = Surface((wide, high))
    sheet.fill(ink)
    unit = scale * OVER
    centre = wide - 320 * unit, high * 0.5
    radius = 230 * unit
    if wedge:
        corners = [(-1.25, -0.95), (1.2, 0.1), (-0.95, 1.05)]
        pygame.draw.polygon(
            sheet, colour, [(centre[0] + x * radius, centre[1] + y * radius) for x, y in corners]
        )
    else:
        pygame.draw.circle(sheet, colour, centre, radius)
        pygame.draw.circle(sheet, ink, centre, radius * 0.45)
    along, aside = (cos(-SLOPE), sin(-SLOPE)), (-sin(-SLOPE), cos(-SLOPE))
    long, step = float(wide + high), 2 * (wide + high) / SLATS / 2

    def at(right: float, below: float) -> Point:
        return centre[0] + right * along[0] + below * aside[0], centre[1] + right * along[1] + below * aside[
            1
        ]

    for number in range(-SLATS, SLATS):
        top = number * step / 2
        pygame.draw.polygon(
            sheet,
            mix(ink, colour, 0.22) if number % 2 else ink,
            [at(-long, top), at(long, top), at(long, top + step * 0.16), at(-long, top + step * 0.16)],
        )
    return pygame.transform.smoothscale(sheet, size)
