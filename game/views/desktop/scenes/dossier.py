"""How does the file on a country look?  How it stands, each value with its path; what has passed, the latest first."""

from __future__ import annotations

from typing import Final

from pygame import Rect

from game.rules.ledger import Kind
from game.views.desktop import icons
from game.views.desktop.charts import trend
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import drifts, push, section, sheet
from game.views.desktop.shapes import rule
from game.views.desktop.theme import BAR, RED, SHADE, SOFT, TONES
from game.views.screens.dossier import Passed, Standing
from game.views.screens.tree import Element

LEFT_SHARE: Final = 0.47
SIGNS: Final = {**icons.OF_TRACK, Kind.EVENT: "telegram"}
FLATTEST: Final = 16
"""A path that moves less than this is drawn as flat as it is."""


def paint(page: Page) -> None:
    """Paint the file."""
    tree = page.tree
    room = sheet(page, tree["country.title"].name, "the file on a government", tree["close"])
    high = max(page.px(46), page.type(Face.HEAD, 18).cap + page.px(26))
    left = round(room.width * LEFT_SHARE)
    body = Rect(room.left, room.top, left, room.height - high - page.px(12))
    with page.panel("country.values", body) as panel:
        wide = body.width - page.px(12)
        y = panel.top
        if tree["country.about"].name:
            y = page.text(
                tree["country.about"].name, page.type(Face.SERIF, 17), body.left, y, wide
            ) + page.px(12)
        y = section(page, tree["country.values"].name, body.left, y, wide, "since the start")
        for element in tree["country.values"].children:
            y = _standing(page, element, body.left, y, wide)
        panel.bottom = y
    _buttons(page, Rect(room.left, room.bottom - high, left, high))
    x = room.left + left + page.px(32)
    _all_passed(page, tree["country.passed"], Rect(x, room.top, room.right - x, room.height))


def _buttons(page: Page, place: Rect) -> None:
    found = [page.tree[id] for id in ("country.orders", "country.years", "country.library")]
    gap = page.px(8)
    each = (place.width - gap * (len(found) - 1)) // len(found)
    for at, element in enumerate(found):
        box = Rect(place.left + at * (each + gap), place.top, each, place.height)
        last = at == len(found) - 1
        push(page, element, box, BAR if at else RED, left=int(at > 0), right=int(not last), size=16)


def _standing(page: Page, element: Element, x: int, y: int, wide: int) -> int:
    standing = element.of(Standing)
    value, drift = standing.value, standing.drift
    step = max(page.px(38), page.type(Face.HEAD, 20).cap + page.px(20))
    row = Rect(x, y, wide, step)
    change, figure = page.type(Face.HEAD, 16, TONES[drift.tone]), page.type(Face.HEAD, 20)
    told = shorten(drift.shown, change, wide // 3)
    page.line(told, change, row.right, row.centery + change.cap // 2 + 1, "right")
    edge = row.right - width(told, change) - page.px(12)
    number = value.kind == "number"
    if number:
        edge = min(edge, row.right - page.px(52))
        icons.put_arrow(page.surface, drift.direction, drift.tone, (edge, row.centery), page.px(12))
        edge = row.right - page.px(96)
    base = row.centery + figure.cap // 2 + 1
    shown = page.line(shorten(value.shown, figure, wide // 3), figure, edge, base, "right")
    start, edge = x + page.px(2), shown.left
    if number and len(standing.trend) > 1:
        edge = shown.left - page.px(150)
        lowest, highest = min(standing.trend), max(standing.trend)
        middle, half = (lowest + highest) / 2, max(FLATTEST, highest - lowest) / 2
        chart = Rect(edge, row.top + page.px(5), page.px(140), step - page.px(10))
        trend(page.surface, chart, standing.trend, page.scale, round(middle - half), round(middle + half))
    label, room = page.type(Face.SANS, 16), edge - start - page.px(10)
    write_in(page.surface, shorten(value.label, label, room), label, Rect(start, row.top, room, step), "left")
    rule(page.surface, row.left, row.right, row.bottom - 1, page.scale, SHADE)
    page.spot(element, row)
    return row.bottom


def _all_passed(page: Page, rows: Element, place: Rect) -> None:
    head = section(page, rows.name, place.left, place.top, place.width, "the latest first")
    with page.panel("country.passed", Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y, wide = panel.top, place.width - page.px(12)
        if rows.description:
            y = page.text(rows.description, page.type(Face.ITALIC, 16, SOFT), place.left, y, wide)
        for element in rows.children:
            y = _one_passed(page, element, place.left, y, wide)
        panel.bottom = y


def _one_passed(page: Page, element: Element, x: int, y: int, wide: int) -> int:
    each, top = element.of(Passed), y
    small, title = page.type(Face.SANS, 14, SOFT), page.type(Face.STRONG, 16)
    left = x + page.px(34)
    room = wide - page.px(34)
    base = y + page.px(9) + small.cap
    told = f"{each.when}: {each.choice}" if each.choice else each.when
    page.line(shorten(told, small, room), small, left, base)
    base += page.px(9) + title.cap
    page.line(shorten(each.title, title, room), title, left, base)
    sign = SIGNS.get(each.track, "dash")
    icons.put(page.surface, sign, (x + page.px(13), base - title.cap), page.px(22))
    y = drifts(page, each.drifts, left, base + page.px(5), room, whole=True) + page.px(6)
    rule(page.surface, x, x + wide, y - 1, page.scale, SHADE)
    page.spot(element, Rect(x, top, wide, y - top))
    return y
