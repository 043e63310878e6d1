"""How do the decisions so far look?  A line down the years at the left, the picked one and its moment at the right."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect

from game.views.desktop import icons
from game.views.desktop.lettering import Face, shorten, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import mark_row, push, section, sheet
from game.views.desktop.shapes import border, rule
from game.views.desktop.theme import INK, PAPER, RED, SHADE, SOFT, THREAD
from game.views.screens.rewind import Past
from game.views.screens.tree import Element

LEFT_SHARE: Final = 0.58


def paint(page: Page) -> None:
    """Paint the sheet."""
    tree = page.tree
    room = sheet(
        page, tree["rewind.title"].name, "nothing is undone: another way is another game", tree["close"]
    )
    left = round(room.width * LEFT_SHARE)
    _line(page, tree["rewind.list"], Rect(room.left, room.top, left, room.height))
    about = tree.get("rewind.about")
    if about is not None:
        x = room.left + left + page.px(32)
        _about(page, about, Rect(x, room.top, room.right - x, room.height))


def _line(page: Page, past: Element, place: Rect) -> None:
    head = section(page, past.name, place.left, place.top, place.width, f"{past.value} in all")
    year, title, note = page.type(Face.HEAD, 17), page.type(Face.STRONG, 16), page.type(Face.SANS, 14, SOFT)
    step = max(page.px(46), title.cap + note.cap + page.px(28))
    above = year.cap + page.px(22)
    with page.panel("past", Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y = panel.top
        rail = place.left + page.px(15)
        if past.description:
            page.text(past.description, page.type(Face.ITALIC, 16, SOFT), place.left, y, place.width)
        for element in past.children:
            told = element.of(Past)
            top = y
            if told.first:
                page.surface.fill(THREAD, Rect(rail, y, max(2, page.px(2)), above))
                page.line(told.when.upper(), year, place.left + page.px(36), y + above - page.px(6))
                y += above
            row = Rect(place.left, y, place.width - page.px(12), step)
            mark_row(page, row, element.selected)
            page.surface.fill(THREAD, Rect(rail, top, max(2, page.px(2)), y + step - top))
            _mark(page, told, (rail + page.px(1), row.centery))
            left, right = place.left + page.px(36), row.right - page.px(8)
            page.line(shorten(element.name, title, right - left), title, left, y + page.px(10) + title.cap)
            base = y + step - page.px(11)
            page.line(shorten(element.value, note, right - left), note, left, base)
            page.spot(element, row)
            y += step
        panel.bottom = y


def _mark(page: Page, past: Past, at: tuple[int, int]) -> None:
    """The sign of the track on the line, or a slip for orders."""
    pygame.draw.circle(page.surface, PAPER, at, page.px(12))
    name = icons.OF_TRACK.get(past.track, "dash") if past.decision.event else "telegram"
    icons.put(page.surface, name, at, page.px(18))


def _about(page: Page, about: Element, place: Rect) -> None:
    fork = page.tree["rewind.fork"]
    high = max(page.px(56), page.type(Face.HEAD, 20).cap + page.px(30))
    push(page, fork, Rect(place.left, place.bottom - high, place.width, high), RED, left=1, size=19)
    body = Rect(place.left, place.top, place.width, place.height - high - page.px(14))
    head = section(page, page.tree["rewind.when"].name, body.left, body.top, body.width)
    with page.panel("rewind.about", Rect(body.left, head, body.width, body.bottom - head)) as panel:
        x, y, wide = body.left, panel.top + page.px(2), body.width - page.px(12)
        y = page.text(
            page.tree["rewind.decided"].name, page.type(Face.SERIF, 18), x, y, wide, 1.35
        ) + page.px(6)
        note = page.type(Face.ITALIC, 16, SOFT)
        if page.tree["rewind.orders"].name:
            y = page.text(page.tree["rewind.orders"].name, note, x, y, wide, 1.35) + page.px(6)
        y = _scores(page, page.tree["rewind.scores"], x, y + page.px(8), wide) + page.px(12)
        panel.bottom = page.text(page.tree["rewind.promise"].name, note, x, y, wide, 1.35)


def _scores(page: Page, scores: Element, x: int, y: int, wide: int) -> int:
    """What each score was then, beside what it is now."""
    label, figure, head = page.type(Face.SANS, 16), page.type(Face.HEAD, 18), page.type(Face.SANS, 14, SOFT)
    step = max(page.px(32), figure.cap + page.px(18))
    column = page.px(70)
    box = Rect(x, y, wide, step * len(scores.children) + head.cap + page.px(24))
    pygame.draw.rect(page.surface, PAPER, box)
    border(page.surface, box, page.scale)
    right = box.right - page.px(14)
    base = y + page.px(12) + head.cap
    page.line("now", head, right, base, "right")
    page.line("then", head, right - column, base, "right")
    y = base + page.px(6)
    for element in scores.children:
        then, now = element.subject if isinstance(element.subject, tuple) else (0, 0)
        line = Rect(box.left + page.px(14), y, wide - page.px(28), step)
        rule(page.surface, line.left, line.right, y, page.scale, SHADE)
        write_in(page.surface, str(now), figure.of(INK if now != then else SOFT), line, "right")
        write_in(page.surface, str(then), figure, Rect(line.left, y, line.width - column, step), "right")
        room = line.width - column - page.px(60)
        write_in(page.surface, shorten(element.name, label, room), label, line, "left")
        y += step
    return box.bottom
