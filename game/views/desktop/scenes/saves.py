"""How does the list of saved games look?  The tree of forks at the left, the picked game as a card at the right."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect

from game.views.desktop import icons
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import mark_row, push, section, sheet
from game.views.desktop.shapes import border, rule
from game.views.desktop.theme import ALERT, BAD, BAR, INK, LIGHT, OCHRE, PAPER, RED, SHADE, SOFT, THREAD
from game.views.screens.browser import Row
from game.views.screens.tree import Element, Role

LEFT_SHARE: Final = 0.60
STEP: Final = 26
"""How far a fork is set in, in design units."""
DEEPEST: Final = 8
"""Forks below this depth are drawn at it."""


def paint(page: Page) -> None:
    """Paint the list."""
    tree = page.tree
    room = sheet(page, tree.name, shorten(tree["saves.folder"].name, page.type(Face.SANS, 15), page.px(620)),
                 tree["close"])  # fmt: skip
    left = round(room.width * LEFT_SHARE)
    _list(page, tree["saves.list"], Rect(room.left, room.top, left, room.height))
    about = tree.get("about")
    if about is not None:
        x = room.left + left + page.px(32)
        _about(page, about, Rect(x, room.top, room.right - x, room.height))


def _list(page: Page, games: Element, place: Rect) -> None:
    count = f"{games.value} game{'s' * (games.value != '1')}"
    head = section(page, games.name, place.left, place.top, place.width, count)
    title, note = page.type(Face.SANS_BOLD, 16), page.type(Face.SANS, 14, SOFT)
    step = max(page.px(50), title.cap + note.cap + page.px(32))
    with page.panel("saves", Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y = panel.top
        if games.description:
            y = page.text(
                games.description, page.type(Face.ITALIC, 16, SOFT), place.left, y + page.px(8), place.width
            )
        for element in games.children:
            row = Rect(place.left, y, place.width - page.px(12), step)
            mark_row(page, row, element.selected)
            _row(page, element, element.of(Row), row)
            page.spot(element, row)
            y += step
        panel.bottom = y


def _row(page: Page, element: Element, row: Row, place: Rect) -> None:
    broken = bool(row.save.fault)
    title = page.type(Face.SANS_BOLD, 16, SOFT if broken else INK)
    note = page.type(Face.SANS, 14, BAD if broken else SOFT)
    x = place.left + page.px(18) + page.px(STEP) * min(row.depth, DEEPEST)
    _branches(page, row, place)
    sign = "suspicion" if broken else "flag" if row.save.over else "clock"
    accent = SHADE if broken else ALERT if row.save.over else OCHRE
    icons.put(page.surface, sign, (x, place.centery), page.px(20), INK, accent)
    left = x + page.px(20)
    right = place.right - page.px(8)
    above = place.top + page.px(11) + title.cap
    below = place.bottom - page.px(12)
    if row.running:
        right = _tag(page, "RUNNING", right, above - title.cap // 2)
    elif row.save.held:
        right = _tag(page, "OPEN ELSEWHERE", right, above - title.cap // 2)
    page.line(shorten(element.name, title, right - left), title, left, above)
    told = row.save.fault if broken else row.when
    scores = "" if broken else "   ".join(f"{label.split(' ')[0]} {value}" for label, value in row.scores)
    figures = page.type(Face.SANS, 14, SOFT)
    start = place.right - page.px(8)
    if scores and width(told, note) + width(scores, figures) + page.px(24) < start - left:
        start = page.line(scores, figures, start, below, "right").left - page.px(12)
    page.line(shorten(told, note, start - left), note, left, below)


def _tag(page: Page, words: str, right: int, middle: int) -> int:
    style = page.type(Face.CAPTION, 13, LIGHT, 0.4)
    place = Rect(0, 0, width(words, style) + page.px(14), style.cap + page.px(10))
    place.midright = right, middle
    pygame.draw.rect(page.surface, BAR, place)
    write_in(page.surface, words, style, place)
    return place.left - page.px(8)


def _branches(page: Page, row: Row, place: Rect) -> None:
    """The lines of the tree: down where more forks follow, and across to this one."""
    thick = max(2, page.px(2))
    for level in range(1, min(row.depth, DEEPEST) + 1):
        x = place.left + page.px(18) + page.px(STEP) * (level - 1)
        own = level == row.depth
        if own or not row.last[level - 1]:
            bottom = place.centery if own and row.last[level - 1] else place.bottom
            page.surface.fill(THREAD, Rect(x - thick // 2, place.top, thick, bottom - place.top))
        if own:
            page.surface.fill(THREAD, Rect(x, place.centery - thick // 2, page.px(STEP - 12), thick))


def _about(page: Page, about: Element, place: Rect) -> None:
    row = about.of(Row)
    tree = page.tree
    high = max(page.px(44), page.type(Face.HEAD, 18).cap + page.px(24))
    gap = page.px(10)
    half = (place.width - gap) // 2
    y = place.bottom - high
    push(page, tree["saves.trash"], Rect(place.left + half + gap, y, half, high), BAR, left=1, size=16)
    push(page, tree["saves.export"], Rect(place.left, y, half, high), BAR, right=1, size=16)
    y -= high + gap
    push(page, tree["saves.rename"], Rect(place.left + half + gap, y, half, high), BAR, left=1, size=16)
    push(page, tree["saves.open"], Rect(place.left, y, half, high), RED, right=1, size=18)
    body = Rect(place.left, place.top, place.width, y - place.top - page.px(14))
    head = section(page, about.name, body.left, body.top, body.width)
    with page.panel("about", Rect(body.left, head, body.width, body.bottom - head)) as panel:
        wide = body.width - page.px(12)
        x, y = body.left, panel.top + page.px(2)
        style = page.type(Face.SERIF, 17)
        for each in about.children:
            if each.role == Role.TEXT:
                y = page.text(each.name, style, x, y, wide, 1.35) + page.px(4)
                style = page.type(Face.SANS, 15, BAD if each.id == "about.name" and row.save.fault else SOFT)
            elif each.role == Role.LIST and each.children:
                y = _scores(page, each, x, y + page.px(8), wide) + page.px(8)
        panel.bottom = y


def _scores(page: Page, scores: Element, x: int, y: int, wide: int) -> int:
    label, figure = page.type(Face.SANS, 16), page.type(Face.HEAD, 18)
    step = max(page.px(32), figure.cap + page.px(18))
    box = Rect(x, y, wide, step * len(scores.children) + page.px(8))
    pygame.draw.rect(page.surface, PAPER, box)
    border(page.surface, box, page.scale)
    y += page.px(4)
    for at, each in enumerate(scores.children):
        line = Rect(x + page.px(14), y, wide - page.px(28), step)
        number = write_in(page.surface, each.value, figure, line, "right")
        room = number.left - line.left - page.px(10)
        write_in(page.surface, shorten(each.name, label, room), label, line, "left")
        if at:
            rule(page.surface, line.left, line.right, y, page.scale, SHADE)
        y += step
    return box.bottom
