"""How do the settings and the key map look?  Rows of choices in two columns; keys as caps beside their work."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect

from game.views.desktop.lettering import Face, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import caption, key_cap, mark_row, push, sheet
from game.views.desktop.shapes import border
from game.views.desktop.theme import ALERT, BAR, INK, LIGHT, OCHRE, PAPER, SOFT
from game.views.screens.tree import STROKE, Element

ROWS: Final = (
    ("languages", "readings"), ("sizes",), ("faces", "stills"), ("themes",), ("volumes", "mutes"), ("fulls", "guides"),
    ("readers",),
)  # fmt: skip
"""Which settings stand beside each other."""
KEY_COLUMN: Final = 190


def paint(page: Page) -> None:
    """Paint the settings or the key map."""
    {"settings-sheet": _settings, "keys-sheet": _keys}[page.tree.id](page)


def _settings(page: Page) -> None:
    tree = page.tree
    high = min(684, 632 * page.frame.type_size / 100)
    top = (720 - high) / 2
    room = sheet(page, tree.name, "", tree["close"], 900, top + high, top)
    with page.panel("settings", room) as panel:
        y = panel.top
        for row in ROWS:
            left, wide = room.left, (room.width - page.px(12)) // len(row)
            ends = []
            for id in row:
                end = caption(page, tree[id].name, left, y + page.px(6), size=16) + page.px(8)
                ends.append(choices(page, tree[id], left, end, wide - page.px(12)))
                left += wide
            y = max(ends) + page.px(9)
        place = Rect(room.left, y + page.px(8), page.px(260), 0)
        for id in ("keys", "help"):
            below = _button(page, tree[id], place)
            place.left = place.right + page.px(12)
        panel.bottom = below


def _button(page: Page, element: Element, place: Rect) -> int:
    place.height = max(page.px(44), page.type(Face.HEAD, 18).cap + page.px(26))
    push(page, element, place, BAR, left=1, size=18)
    return place.bottom + page.px(10)


def choices(page: Page, row: Element, x: int, y: int, wide: int) -> int:
    """The choices of a setting beside each other, on several lines where they do not fit; where they end."""
    style = page.type(Face.CAPTION, 16, INK, 0.3)
    high = max(page.px(34), style.cap + page.px(20))
    left = x
    for element in row.children:
        side = width(element.name.upper(), style) + page.px(26)
        if left + side > x + wide and left > x:
            left, y = x, y + high + page.px(6)
        place = Rect(left, y, side, high)
        pygame.draw.rect(page.surface, BAR if element.selected else PAPER, place)
        border(page.surface, place, page.scale, INK, 1.5)
        ink = LIGHT if element.selected else SOFT if element.disabled else INK
        write_in(page.surface, element.name.upper(), style.of(ink), place)
        if element.selected:
            mark = Rect(place.left, place.bottom - page.px(4), side, page.px(4))
            pygame.draw.rect(page.surface, OCHRE, mark)
        page.spot(element, place)
        left = place.right + page.px(6)
    return y + high


def _keys(page: Page) -> None:
    tree = page.tree
    awaited = next((each for each in tree.children if each.types == STROKE), None)
    room = sheet(page, tree.name, "", tree["close"], 900)
    foot = max(page.px(44), page.type(Face.HEAD, 18).cap + page.px(26))
    y = page.text(
        tree["keys.about"].name, page.type(Face.SERIF, 16), room.left, room.top, room.width
    ) + page.px(10)
    listed = Rect(room.left, y, room.width, room.bottom - foot - page.px(14) - y)
    with page.panel("keys.list", listed) as panel:
        panel.bottom = panel.top
        for element in tree["keys.list"].children:
            panel.bottom = _work(page, element, listed.left, panel.bottom, listed.width - page.px(12))
    wide = page.px(240)
    push(page, tree["keys.anew"], Rect(room.left, room.bottom - foot, wide, foot), BAR, left=1, size=17)
    if awaited is not None:
        left = room.left + wide + page.px(20)
        place = Rect(left, room.bottom - foot, room.right - left, foot)
        border(page.surface, place, page.scale, OCHRE, 4)
        write_in(page.surface, awaited.name, page.type(Face.SANS_BOLD, 16, ALERT), place)
        page.spot(awaited, place)


def _work(page: Page, element: Element, x: int, y: int, wide: int) -> int:
    """One line: the keys and what they do; where it ends."""
    style = page.type(Face.SANS, 16)
    side = max(page.px(26), style.cap + page.px(14))
    place = Rect(x, y, wide, side + page.px(10))
    mark_row(page, place, element.selected)
    left = place.left + page.px(12)
    for key in ("…",) if element.selected else element.of(tuple):
        left = key_cap(page, key, left, place.centery - side // 2, side).right + page.px(5)
    start = max(left, x + page.px(KEY_COLUMN * page.frame.type_size / 100))
    words = Rect(start, place.top, place.right - start, place.height)
    write_in(page.surface, element.name, style.of(INK if not element.selected else SOFT), words, "left")
    page.spot(element, place)
    return place.bottom
