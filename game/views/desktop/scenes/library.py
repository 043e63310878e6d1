"""How does the library look?  The parts and their entries at the left, the open article as a page at the right."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect

from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes import chain
from game.views.desktop.scenes.pieces import mark_row, push, section, sheet, tabs
from game.views.desktop.shapes import border
from game.views.desktop.theme import BAR, PAPER, RED, SOFT
from game.views.screens.chain import Diagram
from game.views.screens.tree import Element, Role

LEFT: Final = 330
LONGEST_LINE: Final = 640
"""A line of an article is no wider than this, in design units: some seventy signs."""


def paint(page: Page) -> None:
    """Paint the library."""
    tree = page.tree
    room = sheet(page, tree["library.title"].name, "what is underlined in a text leads here", tree["close"])
    y = tabs(page, tree["library.parts"], room.left, room.top, size=17, high=34, pad=20).bottom
    body = Rect(room.left, y + page.px(14), room.width, room.bottom - y - page.px(14))
    if isinstance(tree["library.list"].subject, Diagram):
        chain.paint(page, body)
        return
    left = page.px(LEFT)
    _entries(page, tree["library.list"], Rect(body.left, body.top, left, body.height))
    article = tree.get("article")
    if article is not None:
        x = body.left + left + page.px(32)
        _article(page, article, Rect(x, body.top, body.right - x, body.height))


def _entries(page: Page, entries: Element, place: Rect) -> None:
    head = section(page, entries.name, place.left, place.top, place.width, entries.value)
    style, note = page.type(Face.SANS, 16), page.type(Face.SANS, 14, SOFT)
    step = max(page.px(32), style.cap + page.px(16))
    with page.panel("entries", Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y = panel.top
        if entries.description:
            y = page.text(entries.description, page.type(Face.ITALIC, 16, SOFT), place.left, y, place.width)
        for element in entries.children:
            row = Rect(place.left, y, place.width - page.px(12), step)
            if row.bottom >= place.top - step and row.top <= place.bottom + step:
                mark_row(page, row, element.selected)
                dressed = page.type(Face.SANS_BOLD, 16) if element.selected else style
                inner = Rect(row.left + page.px(12), row.top, row.width - page.px(18), step)
                if element.value and width(element.name, dressed) + width(element.value, note) < inner.width:
                    write_in(page.surface, element.value, note, inner, "right")
                write_in(page.surface, shorten(element.name, dressed, inner.width), dressed, inner, "left")
            page.spot(element, row)
            y += step
        panel.bottom = y


def _article(page: Page, article: Element, place: Rect) -> None:
    pygame.draw.rect(page.surface, PAPER, place)
    border(page.surface, place, page.scale)
    room = place.inflate(-2 * page.px(28), -2 * page.px(22))
    back = page.tree.get("library.back")
    if back is not None:
        high = max(page.px(40), page.type(Face.HEAD, 16).cap + page.px(22))
        wide = min(room.width, width(back.name.upper(), page.type(Face.HEAD, 16)) + page.px(130))
        push(page, back, Rect(room.left, room.bottom - high, wide, high), BAR, right=1, size=16)
        room.height -= high + page.px(12)
    with page.panel(f"article.{article.name}", room) as panel:
        wide = min(room.width - page.px(14), page.px(LONGEST_LINE * page.frame.type_size / 100))
        title = page.type(Face.HEAD, 30)
        x, y = room.left, panel.top
        y = page.text(article.name.upper(), title, x, y, wide, 1.15) + page.px(6)
        if article.value:
            note = page.type(Face.ITALIC, 17, SOFT)
            page.line(article.value, note, x, y + note.cap + page.px(2))
            y += note.cap + page.px(12)
        pygame.draw.rect(page.surface, RED, Rect(x, y, page.px(64), page.px(5)))
        y += page.px(20)
        for element in article.children:
            if element.role == Role.TEXT:
                y = _paragraph(page, element, x, y, wide)
            elif element.id == "article.works" and element.children:
                y = section(page, element.name, x, y + page.px(14), wide)
                for work in element.children:
                    y = page.text(work.name, page.type(Face.SANS, 15, SOFT), x, y, wide, 1.35) + page.px(6)
        panel.bottom = y


def _paragraph(page: Page, element: Element, x: int, y: int, wide: int) -> int:
    if not element.value:
        return page.text(element.name, page.type(Face.SERIF, 18), x, y, wide) + page.px(12)
    label = page.type(Face.CAPTION, 15, SOFT, 0.3)
    page.line(element.value.upper(), label, x, y + label.cap + page.px(6))
    y += label.cap + page.px(12)
    return page.text(element.name, page.type(Face.ITALIC, 17), x, y, wide) + page.px(12)
