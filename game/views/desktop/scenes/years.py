"""How do the years look?  Whose value and which at the left; its line beside history, and the turn that is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

import pygame
from pygame import Rect

from game.views.desktop.focus import Gauge
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import drift, mark_row, push, section, sheet
from game.views.desktop.shapes import Canvas, Point, drawn, rule
from game.views.desktop.theme import ALERT, BAR, COOL, INK, OCHRE, PAPER, SHADE, SOFT, TONES
from game.views.screens.tone import tone
from game.views.screens.tree import Element
from game.views.screens.why import Line
from game.views.screens.years import Path

OWNERS, VALUES, GAP = 172, 232, 20
CHART: Final = 380
DOTS: Final = 80
"""Dots of history over the whole calendar."""


def paint(page: Page) -> None:
    """Paint the screen."""
    tree = page.tree
    path = tree["years.chart"].of(Path)
    legend = ["dotted: as it was"] if path.history else []
    legend += ["thin: as history's own decisions go"] if path.run else []
    room = sheet(page, tree["years.title"].name, "   ".join(legend), tree["close"])
    gap = page.px(GAP)
    owners = Rect(room.left, room.top, page.px(OWNERS), room.height)
    values = Rect(owners.right + gap, room.top, page.px(VALUES), room.height)
    _rows(page, tree["years.owners"], owners)
    _rows(page, tree["years.values"], values)
    x = values.right + gap
    chart = Rect(x, room.top, room.right - x, page.px(CHART))
    _chart(page, tree["years.chart"], chart)
    below = Rect(x, chart.bottom + page.px(10), chart.width, room.bottom - chart.bottom - page.px(10))
    _turn(page, below)


def _rows(page: Page, rows: Element, place: Rect) -> None:
    head = section(page, rows.name, place.left, place.top, place.width)
    style, figure = page.type(Face.SANS, 15), page.type(Face.HEAD, 15)
    step = max(page.px(32), style.cap + page.px(16))
    with page.panel(rows.id, Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y = panel.top
        for element in rows.children:
            row = Rect(place.left, y, place.width - page.px(10), step)
            mark_row(page, row, element.selected)
            inner = Rect(row.left + page.px(10), row.top, row.width - page.px(14), step)
            shown = shorten(element.value, figure, inner.width * 3 // 5)
            used = write_in(page.surface, shown, figure, inner, "right").width if shown else 0
            dressed = page.type(Face.SANS_BOLD, 15) if element.selected else style
            label = shorten(element.name, dressed, inner.width - used - page.px(8))
            write_in(page.surface, label, dressed, inner, "left")
            page.spot(element, row)
            y += step
        panel.bottom = y


Placed = Callable[[float, float], Point]


def _chart(page: Page, chart: Element, place: Rect) -> None:
    path = chart.of(Path)
    head = section(page, path.label, place.left, place.top, place.width)
    small = page.type(Face.SANS, 14, SOFT)
    names = max([width(each, small) for each in _marks(path)], default=0)
    pins = page.px(44) if path.pins else page.px(10)
    area = Rect(place.left + names + page.px(12), head + pins, place.width - names - page.px(26), 0)
    area.height = place.bottom - page.px(26) - area.top
    spread = max(1, path.high - path.low)

    def at(turn: float, value: float) -> Point:
        return (
            area.left + area.width * turn / max(1, path.span.turns),
            area.bottom - area.height * (value - path.low) / spread,
        )

    ground = Rect(area.left, area.top - page.px(4), area.width + page.px(8), area.height + page.px(4))
    pygame.draw.rect(page.surface, PAPER, ground)
    _scale(page, path, area, at)
    held = round(at(path.turn, path.low)[0])
    pygame.draw.rect(
        page.surface,
        OCHRE,
        Rect(held - page.px(1.5), area.top - page.px(4), page.px(3), area.height + page.px(4)),
    )
    marks = _pins(page, path, area)

    def draw(canvas: Canvas) -> None:
        if len(path.run) > 1:
            canvas.line(_steps(path, path.run, at), 1.3 * page.scale, COOL)
        for turn, height in _dots(path):
            canvas.disc(at(turn, height), 1.7 * page.scale, COOL)
        for mark in marks:
            canvas.poly(mark, INK)
        points = _steps(path, path.points, at)
        if len(points) > 1:
            canvas.line(points, 2.8 * page.scale, INK)
        here = at(path.turn, path.points[min(path.turn, len(path.points) - 1)])
        canvas.disc(here, 6.5 * page.scale, INK)
        canvas.disc(here, 4.5 * page.scale, ALERT)

    drawn(page.surface, Rect(place.left, head, place.width, place.bottom - head), draw)
    gauge = Gauge(area, 0, path.span.turns, path.turn)
    page.spot(chart, Rect(area.left, area.top - pins, area.width, area.height + pins), gauge)
    _pin_spots(page, path, area, pins)


def _pin_spots(page: Page, path: Path, area: Rect, high: int) -> None:
    """Where each pinned event can be pressed: above the line, as far as the next one."""
    places = [round(area.left + area.width * pin.turn / max(1, path.span.turns)) for pin in path.pins]
    for x, after, pin in zip(places, [*places, area.right][1:], path.pins, strict=True):
        wide = max(page.px(24), min(after - x, page.px(130)) - page.px(10))
        page.spot(page.tree[f"pin.{pin.turn}"], Rect(x - page.px(8), area.top - high, wide, high))


def _marks(path: Path) -> list[str]:
    """What stands beside the lines of the chart, from below."""
    if path.words:
        return list(path.words)
    return [str(path.low + (path.high - path.low) * part // 4).replace("-", "−") for part in range(5)]


def _scale(page: Page, path: Path, area: Rect, at: Placed) -> None:
    small = page.type(Face.SANS, 14, SOFT)
    marks = _marks(path)
    for number, words in enumerate(marks):
        value = number if path.words else path.low + (path.high - path.low) * number / (len(marks) - 1)
        y = round(at(0, value)[1])
        rule(page.surface, area.left, area.right, y, page.scale, INK if not number else SHADE)
        page.line(words, small, area.left - page.px(8), y + small.cap // 2, "right")
    free = 0
    for year, turn in path.span.years:
        x = round(at(turn - 1, path.low)[0])
        pygame.draw.rect(page.surface, INK, Rect(x, area.bottom, page.px(1), page.px(5)))
        if x - width(str(year), small) // 2 > free:
            base = area.bottom + page.px(9) + small.cap
            free = page.line(str(year), small, x, base, "center").right + page.px(8)


def _steps(path: Path, values: Sequence[int], at: Placed) -> list[Point]:
    """A line of values: straight from close to close, in steps where the value is a word."""
    points: list[Point] = []
    for turn, value in enumerate(values):
        if path.words and points:
            points.append(at(turn, values[turn - 1]))
        points.append(at(turn, value))
    return points


def _dots(path: Path) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for (start, low), (end, high) in pairwise(path.history):
        count = max(1, (end - start) * DOTS // max(1, path.span.turns))
        found += [(start + (end - start) * k / count, low + (high - low) * k / count) for k in range(count)]
    if path.history:
        found.append(path.history[-1])
    return [(turn, value) for turn, value in found if 0 <= turn <= path.span.turns]


def _pins(page: Page, path: Path, area: Rect) -> list[list[Point]]:
    """The pinned events: a mark over the line, its name on one of two levels where there is room."""
    style = page.type(Face.ITALIC, 14)
    places = [round(area.left + area.width * pin.turn / max(1, path.span.turns)) for pin in path.pins]
    gap = page.px(6)
    marks: list[list[Point]] = []
    for number, (x, pin) in enumerate(zip(places, path.pins, strict=True)):
        top = area.top - page.px(6)
        marks.append([(x - page.px(5), top), (x + page.px(5), top), (x, top + page.px(8))])
        level = number % 2
        after = places[number + 1 + level] if number + 1 + level < len(places) else area.right + page.px(20)
        y = area.top - page.px(13) - level * (style.cap + page.px(7))
        room = after - x - 2 * gap
        element = page.tree.get(f"pin.{pin.turn}")
        if element is not None:
            page.spot(
                element,
                Rect(
                    x - gap, y - style.cap - gap, max(4 * gap, min(room, page.px(120))), style.cap + 2 * gap
                ),
            )
        if room >= page.px(60):
            pygame.draw.rect(
                page.surface, SHADE, Rect(x, y - style.cap, page.px(1), area.bottom - y + style.cap)
            )
            words = shorten(pin.title, style, room)
            page.line(
                words, style.of(TONES[tone("", pin.delta)] if pin.turn == path.turn else SOFT), x + gap, y
            )
    return marks


def _turn(page: Page, place: Rect) -> None:
    """The turn that is held: what moved the value then, and ways on."""
    tree = page.tree
    causes = tree["years.causes"]
    high = max(page.px(40), page.type(Face.HEAD, 16).cap + page.px(20))
    buttons = [tree["years.turn"], tree["years.why"]]
    each = min(page.px(230), (place.width - page.px(10)) // 2)
    for number, element in enumerate(buttons):
        left = place.right - (len(buttons) - number) * each
        push(
            page,
            element,
            Rect(left, place.bottom - high, each - page.px(6), high),
            BAR,
            left=1,
            right=1,
            size=16,
        )
    body = Rect(place.left, place.top, place.width, place.height - high - page.px(10))
    head = section(page, causes.name, body.left, body.top, body.width, tree["years.chart"].of(Path).shown)
    sentence, note = page.type(Face.SERIF, 16), page.type(Face.SANS, 14, SOFT)
    column = page.px(96)
    with page.panel("years.causes", Rect(body.left, head, body.width, body.bottom - head)) as panel:
        y = panel.top
        if causes.description:
            y = page.text(causes.description, page.type(Face.ITALIC, 16, SOFT), body.left, y, body.width)
        for element in causes.children:
            line = element.of(Line)
            wide = body.width - column - page.px(14)
            top = y
            drift(page, line.drift, body.left + column - page.px(16), y + page.px(6) + sentence.cap, 17)
            y = page.text(element.name, sentence, body.left + column, y, wide, 1.3)
            y = page.text(element.description, note, body.left + column, y, wide, 1.3) + page.px(6)
            rule(page.surface, body.left, body.right - page.px(12), y - 1, page.scale, SHADE)
            page.spot(element, Rect(body.left, top, body.width - page.px(12), y - top))
        panel.bottom = y
