"""Which pieces do several scenes share?  Dialog sheets, slanted buttons, tabs, and the arrow with its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame
from pygame import Rect

from game.rules.classes import dataclass
from game.views.desktop import icons
from game.views.desktop.keys import shown
from game.views.desktop.lettering import Face, Style, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.palette import Colour, rgb
from game.views.desktop.shapes import LEAN, bar, border, rule, shadow
from game.views.desktop.theme import (
    BAR,
    CARD,
    FAINT,
    INK,
    LIGHT,
    OCHRE,
    PAPER,
    RED,
    SELECTED,
    SHADE,
    SOFT,
    TONES,
)
from game.views.screens.tree import Element

if TYPE_CHECKING:
    from game.views.screens.tone import Drift

SHEET = 1184
BAR_TOP, BAR_HEIGHT = 20, 38


def head(
    page: Page,
    title: str,
    note: str,
    close: Element | None,
    wide: float = SHEET,
    y: float = BAR_TOP,
    reserve: int = 0,
) -> Rect:
    """The bar over a dialog: a red slanted title, a note, and the cross. The bar's rectangle."""
    frame = page.frame
    x = (frame.wide - wide) / 2
    place = frame.rect(x, y, wide, BAR_HEIGHT)
    place.height = max(place.height, page.type(Face.HEAD, 24).cap + page.px(18))
    pygame.draw.rect(page.surface, BAR, place)
    style = page.type(Face.HEAD, 24, LIGHT)
    room = place.width * 2 // 3
    title = shorten(title.upper(), style, room)
    red = Rect(place.left, place.top, width(title, style) + page.px(64), place.height)
    bar(page.surface, red, RED, right=-1)
    write_in(page.surface, title, style, Rect(red.left + page.px(16), red.top, room, red.height), "left")
    right = place.right - page.px(14)
    if close is not None:
        cross = Rect(0, 0, place.height, place.height)
        cross.midright = (place.right, place.centery)
        icons.put(page.surface, "close", cross.center, page.px(22), LIGHT)
        page.spot(close, cross)
        right = cross.left - page.px(10) - reserve
    if note:
        small = page.type(Face.SANS, 15, FAINT)
        start = red.right + page.px(20)
        write_in(page.surface, note, small, Rect(start, place.top, right - start, place.height), "right")
    return place


def sheet(
    page: Page,
    title: str,
    note: str,
    close: Element | None,
    wide: float = SHEET,
    bottom: float = 704,
    y: float = BAR_TOP,
) -> Rect:
    """A dialog's sheet of paper under its bar; the space inside."""
    top = head(page, title, note, close, wide, y)
    place = page.frame.rect((page.frame.wide - wide) / 2, 0, wide, bottom)
    place.height = place.bottom - top.bottom
    place.top = top.bottom
    shadow(page.surface, place, page.scale)
    pygame.draw.rect(page.surface, CARD, place)
    border(page.surface, place, page.scale)
    page.extent = place.union(top)
    return place.inflate(-2 * page.px(20), -2 * page.px(14))


def push(
    page: Page, element: Element, place: Rect, ground: Colour = BAR, left: int = 0, right: int = 0, size: float = 18,
    edge: Colour | None = None, keyed: bool = True,
) -> None:  # fmt: skip
    """A button with slanted ends; a disabled one is only an outline."""
    colour = LIGHT if sum(rgb(ground)) < 400 else BAR
    if element.disabled:
        ground, colour, edge = CARD, SOFT, SOFT
    bar(page.surface, place, ground, left, right, edge, 1.5 * page.scale)
    style = page.type(Face.HEAD, size, colour)
    lean = round(place.height * LEAN)
    words = element.name.upper()
    room = place.inflate(-2 * page.px(8) - lean, 0)
    key = f"{shown(element.key)}" if keyed and element.key else ""
    small = page.type(Face.SANS, 14, colour)
    extra = width(key, small) + page.px(12) if key else 0
    wide = width(words, style)
    if extra and wide + extra <= room.width:
        start = room.centerx - (wide + extra) // 2
        write_in(page.surface, words, style, Rect(start, room.top, wide, room.height), "left")
        write_in(
            page.surface, key, small, Rect(start + wide + page.px(12), room.top, extra, room.height), "left"
        )
    else:
        write_in(page.surface, words, style, room)
    page.spot(element, place)


def tabs(
    page: Page, element: Element, x: int, y: int, size: float = 15, high: float = 26, pad: float = 12
) -> Rect:
    """A row of tabs: the selected one red with a slanted end, the others ink."""
    style = page.type(Face.CAPTION, size, LIGHT, 0.3)
    height = max(page.px(high), style.cap + page.px(12))
    left, lean = x, round(height * LEAN)
    for at, each in enumerate(element.children):
        wide = width(each.name.upper(), style) + 2 * page.px(pad) + lean // 2 + (lean if at else 0)
        place = Rect(left, y, wide, height)
        bar(page.surface, place, RED if each.selected else BAR, left=1 if at else 0, right=1)
        room = place.inflate(-lean, 0) if at else Rect(left, y, wide - lean // 2, height)
        write_in(page.surface, each.name.upper(), style, room)
        if each.selected:
            under = Rect(place.left, place.bottom - page.px(3), place.width - lean, page.px(3))
            pygame.draw.rect(page.surface, LIGHT, under)
        page.spot(each, place)
        left = place.right - lean + page.px(3)
    return Rect(x, y, left + lean - x, height)


def caption(page: Page, words: str, x: int, y: int, colour: Colour = INK, size: float = 18) -> int:
    """A heading in capitals with its upper edge at y; where it ends."""
    style = page.type(Face.HEAD, size, colour)
    page.line(words.upper(), style, x, y + style.cap)
    return y + style.cap


def section(page: Page, words: str, x: int, y: int, wide: int, note: str = "") -> int:
    """A heavy rule with a heading below it, and a note at its right; where the heading ends."""
    rule(page.surface, x, x + wide, y, page.scale, INK, 3)
    y += page.px(12)
    end = caption(page, words, x, y)
    if note:
        page.line(note, page.type(Face.ITALIC, 15, SOFT), x + wide, end, "right")
    return end + page.px(8)


def drift(page: Page, change: Drift, right: int, base: int, size: float = 17, label: bool = False) -> int:
    """The arrow of a change and its number, right-aligned; where it begins."""
    colour = TONES[change.tone]
    style = page.type(Face.HEAD, size, colour)
    words = f"{change.label} {change.shown}" if label else change.shown
    box = page.line(words, style, right, base, "right")
    side = max(6, round(style.cap * 0.95))
    x = box.left - page.px(5) - side / 2
    icons.put_arrow(page.surface, change.direction, change.tone, (x, base - style.cap / 2), side)
    return round(x - side / 2)


def brief(label: str) -> str:
    """A long name of a national value by its first word, as its icon stands for it: `Standing`."""
    return label.split(" ")[0] if len(label) > 14 and ":" not in label else label


@dataclass(frozen=True, slots=True)
class _Item:
    change: Drift
    label: str
    x: int


def _rows(
    page: Page, changes: Sequence[Drift], wide: int, size: float, whole: bool = False
) -> list[list[_Item]]:
    """Changes laid out one after the other, as many on a line as fit."""
    name, figure = page.type(Face.SANS, size, SOFT), page.type(Face.HEAD, size + 1)
    side, gap = max(6, round(figure.cap * 0.9)), page.px(5)
    rows: list[list[_Item]] = []
    x = 0
    for each in changes:
        taken = side + 2 * gap + width(each.shown, figure)
        label = shorten(each.label if whole else brief(each.label), name, max(1, wide - taken))
        need = taken + width(label, name)
        if not rows or x + need > wide:
            rows.append([])
            x = 0
        rows[-1].append(_Item(each, label, x))
        x += need + page.px(14)
    return rows


def drifts_height(page: Page, changes: Sequence[Drift], wide: int, size: float = 15) -> int:
    """How high changes are, laid out in a width."""
    return len(_rows(page, changes, wide, size)) * _row_height(page, size)


def _row_height(page: Page, size: float) -> int:
    return round(page.type(Face.HEAD, size + 1).height * 1.02)


def drifts(
    page: Page, changes: Sequence[Drift], x: int, y: int, wide: int, size: float = 15, whole: bool = False
) -> int:
    """Paint changes one after the other, as many on a line as fit, long names by their first word unless they are to be
    `whole`; where they end."""
    name, figure = page.type(Face.SANS, size, SOFT), page.type(Face.HEAD, size + 1)
    side, gap = max(6, round(figure.cap * 0.9)), page.px(5)
    for row in _rows(page, changes, wide, size, whole):
        base = y + figure.ascent
        for item in row:
            left = x + item.x
            centre = left + side / 2, base - figure.cap / 2
            icons.put_arrow(page.surface, item.change.direction, item.change.tone, centre, side)
            box = page.line(item.label, name, left + side + gap, base)
            page.line(item.change.shown, figure.of(TONES[item.change.tone]), box.right + gap, base)
        y += _row_height(page, size)
    return y


def mark_row(page: Page, place: Rect, selected: bool) -> None:
    """The ground of a row in a list: ochre where it is selected, a hairline below."""
    if selected:
        pygame.draw.rect(page.surface, SELECTED, place)
        pygame.draw.rect(page.surface, OCHRE, Rect(place.left, place.top, page.px(5), place.height))
    rule(page.surface, place.left, place.right, place.bottom - page.px(1), page.scale, SHADE)


def key_cap(page: Page, key: str, x: int, y: int, side: int) -> Rect:
    """What is printed on a key as a small framed box."""
    style: Style = page.type(Face.SANS_BOLD, 14)
    place = Rect(x, y, max(side, width(key, style) + page.px(12)), side)
    pygame.draw.rect(page.surface, PAPER, place)
    border(page.surface, place, page.scale)
    write_in(page.surface, key, style, place)
    return place
