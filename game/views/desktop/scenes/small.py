"""How does a small sheet look?  Its texts, its field, its lists and its buttons, below each other and in the middle."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect

from game.views.desktop.keys import shown
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import BAR_HEIGHT, key_cap, mark_row, push, section, sheet
from game.views.desktop.shapes import border
from game.views.desktop.theme import ALERT, BAR, OCHRE, PAPER, RED, SOFT
from game.views.screens.tree import Element, Role

WIDE: Final = 700
TALLEST: Final = 684


def paint(page: Page) -> None:
    """Paint the sheet."""
    tree = page.tree
    close = tree["close"]
    buttons = [each for each in tree.children if each.role == Role.BUTTON]
    inside = page.px(WIDE - 40) - page.px(14)
    foot = max(page.px(48), page.type(Face.HEAD, 18).cap + page.px(26))
    high = (_height(page, inside) + foot + page.px(28 + 20)) / page.scale + BAR_HEIGHT
    high = min(TALLEST, high)
    top = (720 - high) / 2
    room = sheet(page, tree.name, "", close, WIDE, top + high, top)
    body = Rect(room.left, room.top, room.width, room.height - foot - page.px(12))
    with page.panel(tree.id, body) as panel:
        panel.bottom = _parts(page, body.left, panel.top, inside)
    each = (room.width - page.px(12) * (len(buttons) - 1)) // len(buttons)
    for at, element in enumerate(sorted(buttons, key=lambda each: each is not close)):
        place = Rect(room.left + at * (each + page.px(12)), room.bottom - foot, each, foot)
        last = at == len(buttons) - 1
        ground = RED if last and element is not close else BAR
        push(page, element, place, ground, left=1 if last else 0, right=0 if last else 1, size=18)


def _height(page: Page, wide: int) -> int:
    """How high the parts are; the same steps as in painting them."""
    total = 0
    for element in page.tree.children:
        match element.role:
            case Role.TEXT:
                total += page.height(element.name, page.type(Face.SERIF, 17), wide) + page.px(10)
            case Role.FIELD:
                total += _field_height(page) + page.px(12)
            case Role.LIST:
                total += page.px(38) + page.type(Face.HEAD, 18).cap
                total += sum(_row_height(page, each, wide) for each in element.children)
                if element.description:
                    total += page.height(element.description, page.type(Face.ITALIC, 16), wide)
            case _:
                pass
    return total


def _parts(page: Page, x: int, y: int, wide: int) -> int:
    for element in page.tree.children:
        match element.role:
            case Role.TEXT:
                y = page.text(element.name, page.type(Face.SERIF, 17), x, y, wide) + page.px(10)
            case Role.FIELD:
                y = _field(page, element, Rect(x, y, wide, _field_height(page))) + page.px(12)
            case Role.LIST:
                y = section(page, element.name, x, y + page.px(8), wide)
                if element.description:
                    y = page.text(element.description, page.type(Face.ITALIC, 16, SOFT), x, y, wide)
                for child in element.children:
                    y = _row(page, child, Rect(x, y, wide, _row_height(page, child, wide)))
                y += page.px(6)
            case _:
                pass
    return y


def _field_height(page: Page) -> int:
    return max(page.px(42), page.type(Face.SANS, 18).cap + page.px(24))


def _field(page: Page, element: Element, place: Rect) -> int:
    """A box with what has been typed, its end in sight, and a mark where the next sign goes."""
    style = page.type(Face.SANS, 18)
    pygame.draw.rect(page.surface, PAPER, place)
    border(page.surface, place, page.scale, OCHRE, 3)
    room = place.inflate(-page.px(24), 0)
    shown = element.value
    while shown and width(shown, style) > room.width - page.px(6):
        shown = shown[1:]
    write_in(page.surface, shown, style, room, "left")
    mark = Rect(room.left + width(shown, style) + page.px(3), 0, max(2, page.px(2)), style.cap + page.px(10))
    mark.centery = place.centery
    pygame.draw.rect(page.surface, ALERT, mark)
    page.spot(element, place)
    return place.bottom


def _row_height(page: Page, element: Element, wide: int) -> int:
    name, note = page.type(Face.SANS_BOLD, 16), page.type(Face.SANS, 15)
    indent = page.px(44) if element.press is not None else page.px(16)
    if element.press is None:
        return page.height(element.name, page.type(Face.SERIF, 16), wide - indent, 1.32) + page.px(14)
    below = element.description or element.value
    return name.cap + page.px(26) + page.height(below, note, wide - indent, 1.3)


def _row(page: Page, element: Element, place: Rect) -> int:
    if element.press is None:
        mark = Rect(place.left, place.top + page.px(6), page.px(5), place.height - page.px(12))
        pygame.draw.rect(page.surface, ALERT, mark)
        left = place.left + page.px(16)
        page.text(
            element.name, page.type(Face.SERIF, 16), left, place.top + page.px(6), place.right - left, 1.32
        )
        page.spot(element, place)
        return place.bottom
    mark_row(page, place, False)
    name, note = page.type(Face.SANS_BOLD, 16), page.type(Face.SANS, 15, SOFT)
    if element.key:
        key_cap(page, shown(element.key), place.left + page.px(6), place.top + page.px(9), page.px(26))
    left = place.left + page.px(44)
    base = place.top + page.px(12) + name.cap
    page.line(shorten(element.name, name, place.right - left), name, left, base)
    page.text(element.description or element.value, note, left, base + page.px(6), place.right - left, 1.3)
    page.spot(element, place)
    return place.bottom
