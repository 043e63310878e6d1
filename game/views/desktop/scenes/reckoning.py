"""How does the end look?  The reckoning on ink at the left; curves beside history, countries and decisions on paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pygame
from pygame import Rect

from game.play.wording import signed
from game.views.desktop import icons
from game.views.desktop.emblems import cut_disc
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.palette import Colour, mix
from game.views.desktop.scenes import weighing
from game.views.desktop.scenes.pieces import push, section
from game.views.desktop.shapes import LEAN, Canvas, Point, drawn, filled, rule
from game.views.desktop.theme import (
    ALERT,
    BAD,
    BAR,
    COOL,
    FAINT,
    GOOD,
    GRAIN,
    GRID,
    INK,
    LIGHT,
    PAPER,
    RED,
    SHADE,
    SOFT,
)
from game.views.screens.reckoning import Bar, Curve, Reckoning
from game.views.screens.tree import Element

COLUMN = 392
LEAST_PIN = 70
"""A pin with less room than this for its name has only its mark."""
COLOURS = {"recognition": COOL, "revolution": ALERT, "trade": GRAIN, "security": INK}
MARKS = {"recognition": "ring", "revolution": "wedge", "security": "shield", "trade": "gear"}


def paint(page: Page) -> None:
    """Paint the end screen."""
    frame = page.frame
    told = page.tree.of(Reckoning)
    _column(page, frame.rect(0, 0, COLUMN, 720), told)
    filled(
        page.surface,
        [
            frame.rect(392, 0, 1, 1).topleft,
            frame.rect(418, 0, 1, 1).topleft,
            frame.rect(392, 140, 1, 1).topleft,
        ],
        RED,
    )
    wide = frame.wide - COLUMN - 36 - 32
    _chart(page, frame.rect(COLUMN + 36, 28, wide, 300), told)
    half = (wide - 36) / 2
    _bars(page, page.tree["bars"], frame.rect(COLUMN + 36, 352, half, 340))
    right = frame.rect(COLUMN + 36 + half + 36, 352, half, 340)
    weighing.paint(page, right)


def _column(page: Page, place: Rect, told: Reckoning) -> None:
    tree, surface = page.tree, page.surface
    pygame.draw.rect(surface, BAR, place)
    emblem = page.frame.rect(0, 0, COLUMN, 300)
    surface.set_clip(emblem)
    cut_disc(surface, emblem, str(told.first_year), str(told.last_year), page.scale)
    surface.set_clip(None)
    x, wide = place.left + page.px(28), place.width - page.px(56)
    high = max(page.px(40), page.type(Face.HEAD, 18).cap + page.px(22))
    foot = page.frame.rect(0, 700, 10, 1).top - high
    part = round(wide * 0.55)
    push(page, tree["chronicle"], Rect(x, foot, part, high), LIGHT, right=1, size=15, keyed=False)
    start = x + part - round(high * LEAN) + page.px(4)
    push(page, tree["again"], Rect(start, foot, x + wide - start, high), RED, left=1, size=16, keyed=False)
    above = Rect(x, foot - high - page.px(6), wide, high)
    push(page, tree["print"], above, FAINT, right=1, size=15, keyed=False)
    back = Rect(0, 0, page.px(36), page.px(36))
    back.center = place.right - page.px(66), place.top + page.px(26)
    icons.put(surface, "clock", back.center, page.px(22), LIGHT, BAR)
    page.spot(tree["decisions"], back)
    menu = Rect(0, 0, page.px(36), page.px(36))
    menu.center = place.right - page.px(26), place.top + page.px(26)
    icons.put(surface, "menu", menu.center, page.px(24), LIGHT)
    page.spot(tree["menu"], menu)
    room = Rect(x, emblem.bottom, wide + page.px(14), above.top - emblem.bottom - page.px(10))
    with page.panel("reckoning", room) as panel:
        y = panel.top + page.px(4)
        title = page.type(Face.HEAD, 34, LIGHT)
        y = page.text(told.outcome.title.upper(), title, x, y, wide, 1.15)
        pygame.draw.rect(surface, RED, Rect(x, y + page.px(6), page.px(64), page.px(5)))
        y = page.text(
            told.outcome.text, page.type(Face.SERIF, 17, LIGHT), x, y + page.px(22), wide
        ) + page.px(10)
        y = _finals(page, tree["reckoning.scores"], x, y, wide)
        for element in tree.children:
            if element.id.startswith("verdict."):
                y = page.text(element.name, page.type(Face.SERIF, 15, FAINT), x, y + page.px(6), wide, 1.35)
        panel.bottom = y


def _finals(page: Page, scores: Element, x: int, y: int, wide: int) -> int:
    surface = page.surface
    style = page.type(Face.ITALIC, 15, FAINT)
    word = page.line("history", style, x + wide, y + style.cap + page.px(4), "right")
    mark = Rect(word.left - page.px(20), word.top - page.px(3), page.px(3), word.height + page.px(6))
    pygame.draw.rect(surface, LIGHT, mark)
    y += style.cap + page.px(8)
    label, figure = page.type(Face.SANS, 15, LIGHT), page.type(Face.HEAD, 21, LIGHT)
    step = max(page.px(28), figure.cap + page.px(12))
    names = max(width(each.name, label) for each in scores.children) if scores.children else 0
    start = min(names + page.px(8), page.px(150))
    for element in scores.children:
        curve = element.of(Curve)
        top = y
        row = Rect(x, y, wide, step)
        write_in(surface, shorten(curve.label, label, start), label, Rect(x, y, start, step), "left")
        number = page.line(
            str(curve.end), figure, x + start + page.px(38), row.centery + figure.cap // 2, "right"
        )
        bar = Rect(number.right + page.px(14), 0, x + wide - number.right - page.px(14), page.px(13))
        bar.centery = row.centery
        pygame.draw.rect(surface, mix(BAR, LIGHT, 0.18), bar)
        spread = max(1, curve.high - curve.low)
        reached = bar.width * (curve.end - curve.low) // spread
        pygame.draw.rect(surface, RED, Rect(bar.left, bar.top, reached, bar.height))
        if curve.historical_end is not None:
            at = bar.left + bar.width * (curve.historical_end - curve.low) // spread
            mark = Rect(at - page.px(1), bar.top - page.px(4), page.px(3), bar.height + page.px(8))
            pygame.draw.rect(surface, LIGHT, mark)
        y += step
        page.spot(element, Rect(x, top, wide, y - top))
    return y


def _colour(slot: str, at: int) -> Colour:
    return COLOURS.get(slot, (COOL, ALERT, INK, BAD)[at % 4])


def _chart(page: Page, place: Rect, told: Reckoning) -> None:
    years = told.span.years[-1][0] - told.span.years[0][0] + 1
    title = f"{_number(years)} years beside history" if years > 1 else "The game beside history"
    head = section(page, title, place.left, place.top, place.width, "scores by turn; dotted: as it was")
    small = page.type(Face.SANS, 15, SOFT)
    names = page.px(118 * page.frame.type_size / 100)
    pins = page.px(36) if told.pins else 0
    area = Rect(place.left + page.px(34), head + pins + page.px(6), place.width - page.px(34) - names, 0)
    area.height = place.bottom - page.px(22) - area.top
    low, high = min((c.low for c in told.curves), default=0), max((c.high for c in told.curves), default=100)

    def at(turn: float, value: float) -> tuple[float, float]:
        return (
            area.left + area.width * turn / max(1, told.span.turns),
            area.bottom - area.height * (value - low) / max(1, high - low),
        )

    for part in range(5):
        value = low + (high - low) * part // 4
        y = round(at(0, value)[1])
        rule(page.surface, area.left, area.right, y, page.scale, INK if not part else GRID)
        page.line(str(value), small, area.left - page.px(8), y + small.cap // 2, "right")
    for year, turn in told.span.years:
        x = round(at(turn - 1, low)[0])
        pygame.draw.rect(page.surface, INK, Rect(x, area.bottom, page.px(1), page.px(5)))
        if (year - told.first_year) % (2 if years > 7 else 1) == 0:
            page.line(str(year), small, x, area.bottom + page.px(8) + small.cap, "center")
    pinned = _pins(page, told, area)

    def draw(canvas: Canvas) -> None:
        for mark in pinned:
            canvas.poly(mark, INK)
        for number, curve in enumerate(told.curves):
            for when, height in _steps(curve, told.span.turns):
                canvas.disc(at(when, height), 1.5 * page.scale, _colour(curve.slot, number))
        for number, curve in enumerate(told.curves):
            points = [at(turn, value) for turn, value in enumerate(curve.points)]
            wide = (3 if curve.slot != "security" else 2.2) * page.scale
            canvas.line(points, wide, _colour(curve.slot, number))

    drawn(page.surface, Rect(place.left, head, place.width, place.bottom - head), draw)
    _names(page, told, area, at)


def _steps(curve: Curve, turns: int) -> list[tuple[float, float]]:
    """The dots of history: its points joined by straight lines, sixty dots over the whole game."""
    found: list[tuple[float, float]] = []
    for (start, low), (end, high) in pairwise(curve.history):
        count = max(1, (end - start) * 60 // max(1, turns))
        found += [(start + (end - start) * k / count, low + (high - low) * k / count) for k in range(count)]
    return [(turn, value) for turn, value in found if 0 <= turn <= turns]


def _pins(page: Page, told: Reckoning, area: Rect) -> list[list[Point]]:
    """The heaviest events as marks over the curves, their names on two levels, none through another's line."""
    style = page.type(Face.ITALIC, 15)
    places = [round(area.left + area.width * (turn - 0.5) / max(1, told.span.turns)) for turn, _ in told.pins]
    edge, gap = area.right + page.px(70), page.px(8)
    marks: list[list[Point]] = []
    for at, (x, (_, title)) in enumerate(zip(places, told.pins, strict=True)):
        top = area.top - page.px(6)
        marks.append([(x - page.px(5), top), (x + page.px(5), top), (x, top + page.px(8))])
        pygame.draw.rect(page.surface, INK, Rect(x, top, page.px(1), area.bottom - top))
        level = at % 2
        following = places[at + 1 + level] if at + 1 + level < len(places) else edge
        room = following - x - 2 * gap
        y = area.top - page.px(14) - level * (style.cap + page.px(8))
        if room >= page.px(LEAST_PIN):
            pygame.draw.rect(page.surface, INK, Rect(x, y - style.cap, page.px(1), top - y + style.cap))
            page.line(shorten(title, style, room), style, x + gap, y)
    return marks


def _names(
    page: Page, told: Reckoning, area: Rect, at: Callable[[float, float], tuple[float, float]]
) -> None:
    name, figure = page.type(Face.SANS_BOLD, 14), page.type(Face.HEAD, 18)
    step = name.cap + figure.cap + page.px(12)
    wanted = [(at(0, curve.end)[1], number, curve) for number, curve in enumerate(told.curves)]
    wanted.sort(key=lambda each: each[:2])
    y = area.top - page.px(20)
    for middle, number, curve in wanted:
        y = max(y, round(middle) - step // 2)
        y = min(y, area.bottom + page.px(16) - step * sum(1 for each in wanted if each[0] >= middle))
        colour = _colour(curve.slot, number)
        x = area.right + page.px(28)
        sign = area.right + page.px(14), y + step // 2
        icons.put(page.surface, MARKS.get(curve.slot, "dash"), sign, page.px(17), INK, colour)
        page.line(curve.label.split(" ")[0], name.of(colour), x, y + name.cap)
        page.line(str(curve.end), figure.of(colour), x, y + name.cap + page.px(5) + figure.cap)
        y += step


def _bars(page: Page, bars: Element, place: Rect) -> None:
    head = section(page, bars.name, place.left, place.top, place.width, "ring: at the start")
    body = Rect(place.left, head, place.width, place.bottom - head)
    label, figure = page.type(Face.SANS, 15), page.type(Face.HEAD, 16)
    step = max(page.px(26), label.cap + page.px(14))
    names = page.px(122 * page.frame.type_size / 100)
    area = Rect(body.left + names, body.top, body.width - names - page.px(62), body.height)
    with page.panel("bars", body) as panel:
        y = panel.top + page.px(2)
        for element in bars.children:
            bar = element.of(Bar)
            row = Rect(body.left, y, body.width - page.px(14), step)
            write_in(page.surface, shorten(bar.name, label, names - page.px(8)), label, row, "left")
            _bar(page, bar, Rect(area.left, y, area.width, step))
            colour = GOOD if bar.end >= 0 else BAD
            page.line(
                signed(bar.end), figure.of(colour), row.right, row.centery + figure.cap // 2 + 1, "right"
            )
            page.spot(element, row)
            y += step
        panel.bottom = y


def _bar(page: Page, bar: Bar, area: Rect) -> None:
    def at(value: int) -> int:
        return area.left + area.width * (value - bar.low) // max(1, bar.high - bar.low)

    zero = at(max(bar.low, min(bar.high, 0)))
    for value in (-50, 50):
        if bar.low < value < bar.high:
            pygame.draw.rect(page.surface, SHADE, Rect(at(value), area.top, page.px(1), area.height))
    end = at(bar.end)
    block = Rect(min(zero, end), 0, max(1, abs(end - zero)), page.px(16))
    block.centery = area.centery
    pygame.draw.rect(page.surface, GOOD if bar.end >= 0 else BAD, block)
    pygame.draw.rect(page.surface, INK, Rect(zero, area.top, page.px(1.5), area.height))
    ring = Canvas(Rect(at(bar.start) - page.px(8), area.centery - page.px(8), page.px(16), page.px(16)))
    ring.disc((at(bar.start), area.centery), page.px(5.4), INK)
    ring.disc((at(bar.start), area.centery), page.px(3.2), PAPER)
    ring.onto(page.surface)


def _number(count: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
             "thirteen")  # fmt: skip
    return words[count] if count < len(words) else str(count)
