"""How does the answer to "why?" look?  Causes at the left, the value's path and the thread at the right."""

from __future__ import annotations

from pygame import Rect

from game.views.desktop.charts import trend
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import drift, mark_row, push, section, sheet, tabs
from game.views.desktop.shapes import filled, rule
from game.views.desktop.theme import ALERT, BAR, SHADE, SOFT
from game.views.screens.tree import Element, Role
from game.views.screens.why import Line, Part, Story

LEFT_SHARE = 0.56


def paint(page: Page) -> None:
    """Paint the panel."""
    tree = page.tree
    room = sheet(page, tree["why.title"].name, "", tree["close"], bottom=690, y=34)
    story = tree["why.causes"].of(Story)
    left = round(room.width * LEFT_SHARE)
    gap = page.px(32)
    y = room.top + page.px(2)
    if tree["why.about"].name:
        y = page.text(tree["why.about"].name, page.type(Face.ITALIC, 16, SOFT), room.left, y, left) + page.px(
            8
        )
    spans = tabs(page, tree["why.spans"], room.left, y, size=16, high=30, pad=16)
    years = tree["why.years"]
    wide = width(years.name.upper(), page.type(Face.HEAD, 15)) + page.px(66)
    button = Rect(room.left + left - wide, spans.top, wide, spans.height)
    if button.left < spans.right + page.px(8):
        button.top = spans.bottom + page.px(8)
    push(page, years, button, BAR, left=1, size=15)
    y = max(spans.bottom, button.bottom) + page.px(14)
    _causes(page, tree["why.causes"], story, Rect(room.left, y, left, room.bottom - y))
    x, wide = room.left + left + gap, room.width - left - gap
    _path(page, tree["why.trend"], story, Rect(x, room.top, wide, page.px(170)))
    _thread(
        page, tree["thread"], Rect(x, room.top + page.px(188), wide, room.bottom - room.top - page.px(188))
    )


def _causes(page: Page, causes: Element, story: Story, place: Rect) -> None:
    head = section(page, causes.name, place.left, place.top, place.width - page.px(12), causes.value)
    body = Rect(place.left, head, place.width, place.bottom - head)
    sentence, note = page.type(Face.SERIF, 16), page.type(Face.SANS, 14, SOFT)
    figure = page.type(Face.HEAD, 20)
    column = max(page.px(78), width("+000", figure) + page.px(34))
    with page.panel("causes", body) as panel:
        y = panel.top
        if causes.description:
            note_ = page.type(Face.ITALIC, 16, SOFT)
            y = page.text(causes.description, note_, place.left, y, place.width - page.px(16)) + page.px(6)
        for element in causes.children:
            if isinstance(element.subject, Part):
                y = _part(page, element, element.subject, Rect(place.left, y, place.width - page.px(12), 0))
                continue
            line = element.of(Line)
            wide = place.width - page.px(12) - column - page.px(12)
            high = (
                page.height(element.name, sentence, wide, 1.32)
                + page.height(element.description, note, wide, 1.3)
                + page.px(12)
            )
            row = Rect(place.left, y, place.width - page.px(12), high)
            mark_row(page, row, element.selected)
            drift(page, line.drift, place.left + column - page.px(12), y + page.px(8) + figure.cap, 20)
            below = page.text(element.name, sentence, place.left + column, y + page.px(5), wide, 1.32)
            page.text(element.description, note, place.left + column, below, wide, 1.3)
            page.spot(element, row)
            y += high
        panel.bottom = y


def _part(page: Page, element: Element, part: Part, place: Rect) -> int:
    """A value that another is reckoned from."""
    label, figure = page.type(Face.SANS, 16), page.type(Face.HEAD, 18)
    place.height = max(page.px(30), figure.cap + page.px(16))
    base = place.centery + figure.cap // 2 + 1
    right = place.right - page.px(60)
    if part.drift.delta:
        right = min(right, drift(page, part.drift, place.right - page.px(4), base, 16))
    start = page.line(part.shown, figure, right - page.px(12), base, "right").left
    room = Rect(place.left, place.top, start - place.left - page.px(10), place.height)
    write_in(page.surface, shorten(element.name, label, room.width), label, room, "left")
    rule(page.surface, place.left, place.right, place.bottom - 1, page.scale, SHADE)
    page.spot(element, place)
    return place.bottom


def _path(page: Page, chart: Element, story: Story, place: Rect) -> None:
    head = section(page, chart.name, place.left, place.top, place.width)
    number = page.type(Face.HEAD, 46)
    figure = page.line(story.shown.upper(), number, place.right, place.bottom - page.px(14), "right")
    room = Rect(place.left, head, figure.left - place.left - page.px(24), place.bottom - head - page.px(8))
    if room.width > page.px(60) and story.trend:
        low, high = min(story.trend), max(story.trend)
        spread = max(16, high - low)
        trend(
            page.surface,
            room,
            story.trend,
            page.scale * 1.4,
            low - (spread - (high - low)) // 2,
            low + spread,
        )
    if story.total.delta:
        drift(page, story.total, place.right, figure.top - page.px(12), 20)


def _thread(page: Page, thread: Element, place: Rect) -> None:
    head = section(page, thread.name, place.left, place.top, place.width, "back to a decision")
    body = Rect(place.left, head, place.width, place.bottom - head)
    sentence, note = page.type(Face.SERIF, 16), page.type(Face.SANS, 15, SOFT)
    with page.panel("thread", body) as panel:
        y = panel.top + page.px(4)
        x, wide = place.left + page.px(28), place.width - page.px(42)
        for element in thread.children:
            if element.role != Role.ITEM:
                continue
            top = y
            y = page.text(element.name, sentence, x, y, wide, 1.3)
            y = page.text(f"{element.value}: {element.description}", note, x, y, wide, 1.3) + page.px(8)
            mark = place.left + page.px(10)
            line = Rect(mark - page.px(1), top + page.px(10), page.px(2), y - top)
            page.surface.fill(SHADE, line)
            filled(
                page.surface,
                [(mark - page.px(6), top + page.px(5)), (mark + page.px(7), top + page.px(11)),
                 (mark - page.px(6), top + page.px(17))],
                ALERT,
            )  # fmt: skip
        for id in ("thread.end", "thread.where", "thread.sources"):
            words = page.tree.get(id)
            if words is not None and words.name:
                style = page.type(Face.SANS_BOLD, 15) if id == "thread.end" else note
                y = page.text(words.name, style, x, y + page.px(2), wide, 1.3) + page.px(2)
        panel.bottom = y
