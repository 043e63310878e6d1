"""What does the end tell of the decisions?  Which weighed most, which roads were not taken, and who undid whom."""

from __future__ import annotations

import pygame
from pygame import Rect

from game.views.desktop import icons
from game.views.desktop.lettering import Face, shorten, width
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import drift, drifts
from game.views.desktop.shapes import rule
from game.views.desktop.theme import ALERT, INK, LINES, RED, SHADE, SOFT
from game.views.screens.joint import Side, Undone
from game.views.screens.reckoning import ROADS, UNDONE, Turning, Weighed
from game.views.screens.tree import Element, Role


def paint(page: Page, place: Rect) -> None:
    """Paint what the tree tells."""
    tree = page.tree
    if (found := tree.get(ROADS)) is not None:
        _roads(page, found, place)
    elif (found := tree.get(UNDONE)) is not None:
        _undone(page, found, place)
    else:
        _weighed(page, tree["weighed"], place)


def _tabs(page: Page, place: Rect) -> int:
    """What can be told of the decisions: headings below one rule, as small as they must be; where they end."""
    rule(page.surface, place.left, place.right, place.top, page.scale, INK, 3)
    y, x = place.top + page.px(12), place.left
    found = page.tree["weighing"].children
    style, gap = page.type(Face.HEAD, 18), page.px(26)
    needed = sum(width(each.name.upper(), style) for each in found) + gap * (len(found) - 1)
    if needed > place.width:
        style, gap = page.type(Face.HEAD, 18 * place.width / needed), gap * place.width // needed
    for element in found:
        words = page.line(element.name.upper(), style.of(INK if element.selected else SOFT), x, y + style.cap)
        if element.selected:
            under = Rect(words.left, y + style.cap + page.px(5), words.width, page.px(3))
            pygame.draw.rect(page.surface, RED, under)
        page.spot(element, Rect(words.left, y, words.width, style.cap).inflate(page.px(8), page.px(14)))
        x = words.right + gap
    return y + style.cap + page.px(14)


def _roads(page: Page, roads: Element, place: Rect) -> None:
    """The roads not taken: the decision, the other answer, and what that would have changed."""
    head = _tabs(page, place)
    small, title, note = page.type(Face.SANS, 14, SOFT), page.type(Face.STRONG, 16), page.type(Face.SERIF, 15)
    with page.panel("roads", Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y = panel.top
        wide = place.width - page.px(12)
        for element in roads.children:
            each = element.of(Turning)
            top = y
            y += page.px(8) + small.cap
            page.line(shorten(f"{each.when}: {each.taken}", small, wide), small, place.left, y)
            y += page.px(9) + title.cap
            page.line(shorten(each.title, title, wide), title, place.left, y)
            other = f"With “{each.other}” instead, and the same luck:"
            y = page.text(other, note, place.left, y + page.px(4), wide, 1.3)
            y = drifts(page, each.drifts, place.left, y, wide)
            y = page.text(f"The end: {each.end}", small, place.left, y, wide, 1.3) + page.px(8)
            rule(page.surface, place.left, place.left + wide, y - 1, page.scale, SHADE)
            page.spot(element, Rect(place.left, top, wide, y - top))
        if roads.description:
            y = page.text(
                roads.description, page.type(Face.ITALIC, 15, SOFT), place.left, y + page.px(8), wide
            )
        panel.bottom = y


def _weighed(page: Page, weighed: Element, place: Rect) -> None:
    head = _tabs(page, place)
    body = Rect(place.left, head, place.width, place.bottom - head)
    small, title = page.type(Face.SANS, 14, SOFT), page.type(Face.STRONG, 16)
    verdict = page.type(Face.ITALIC, 15)
    step = max(page.px(55), small.cap + title.cap + page.px(32))
    with page.panel("weighed", body) as panel:
        y = panel.top
        for element in weighed.children:
            each = element.of(Weighed)
            row = Rect(body.left, y, body.width - page.px(12), step)
            sign = icons.OF_TRACK.get(each.track, "dash")
            icons.put(page.surface, sign, (row.left + page.px(16), row.centery), page.px(25))
            x = row.left + page.px(42)
            top = row.top + page.px(12)
            start = drift(page, each.drift, row.right, top + small.cap + page.px(2), 15, label=True)
            page.line(
                shorten(f"{each.when}: {each.choice}", small, start - x - page.px(8)),
                small,
                x,
                top + small.cap,
            )
            below = top + small.cap + page.px(11) + title.cap
            right = row.right
            if each.historical is not None:
                words, colour = ("as in history", SOFT) if each.historical else ("unlike history", ALERT)
                right = page.line(words, verdict.of(colour), row.right, below, "right").left - page.px(10)
            page.line(shorten(each.title, title, right - x), title, x, below)
            rule(page.surface, row.left, row.right, row.bottom - 1, page.scale, SHADE)
            page.spot(element, row)
            y += step
        if not weighed.children:
            page.line(
                "No decision moved the scores.", page.type(Face.ITALIC, 16, SOFT), body.left, y + page.px(24)
            )
        panel.bottom = y


def _undone(page: Page, undone: Element, place: Rect) -> None:
    """How much each seat undid, and then what, the weightiest first."""
    head = _tabs(page, place)
    note = page.type(Face.ITALIC, 16, SOFT)
    with page.panel("undone", Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y, wide = panel.top, place.width - page.px(12)
        for element in undone.children:
            if element.role == Role.VALUE:
                y = _side(page, element, Rect(place.left, y, wide, 0))
            else:
                y = _pair(page, element, Rect(place.left, y, wide, 0))
        if not any(each.role == Role.ITEM for each in undone.children):
            y = page.text(
                "Neither took down what the other had built.", note, place.left, y + page.px(8), wide
            )
        panel.bottom = y


def _side(page: Page, element: Element, place: Rect) -> int:
    """A seat: its sign, what it undid, and what its decisions moved."""
    side = element.of(Side)
    name, figure = page.type(Face.HEAD, 17, LINES.get(side.role, INK)), page.type(Face.SANS, 15, SOFT)
    base = place.top + page.px(10) + name.cap
    sign = icons.OF_TRACK.get(side.role, "dash")
    icons.put(page.surface, sign, (place.left + page.px(13), base - name.cap // 2), page.px(22))
    x = place.left + page.px(34)
    box = page.line(side.label.upper(), name, x, base)
    told = f"undid {side.undid} points of the other's work"
    page.line(
        shorten(told, figure, place.right - box.right - page.px(10)), figure, place.right, base, "right"
    )
    y = drifts(page, side.moved, x, base + page.px(5), place.right - x, 14) + page.px(4)
    rule(page.surface, place.left, place.right, y - 1, page.scale, INK, 1.5)
    page.spot(element, Rect(place.left, place.top, place.width, y - place.top))
    return y


def _pair(page: Page, element: Element, place: Rect) -> int:
    """A decision that undid, and what it undid of which other."""
    each = element.of(Undone)
    small, title, against = (
        page.type(Face.SANS, 14, SOFT),
        page.type(Face.STRONG, 16),
        page.type(Face.SERIF, 15),
    )
    x, wide = place.left + page.px(34), place.right - place.left - page.px(34)
    base = place.top + page.px(9) + small.cap
    occasion = ", ".join(part for part in (each.by.occasion, each.by.when) if part)
    page.line(shorten(occasion, small, wide), small, x, base)
    base += page.px(9) + title.cap
    page.line(shorten(each.by.label, title, wide), title, x, base)
    sign = icons.OF_TRACK.get(each.by.track, "dash")
    icons.put(page.surface, sign, (place.left + page.px(13), base - title.cap), page.px(22))
    y = page.text(f"against “{each.of.label}”, {each.of.when}:", against, x, base + page.px(4), wide, 1.3)
    y = drifts(page, each.drifts, x, y, wide) + page.px(6)
    rule(page.surface, place.left, place.right, y - 1, page.scale, SHADE)
    page.spot(element, Rect(place.left, place.top, place.width, y - place.top))
    return y
