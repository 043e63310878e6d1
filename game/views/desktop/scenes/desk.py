"""How does the desk look?  Header, map, course of policy, and the column of scores, dispatches and orders."""

from __future__ import annotations

import pygame
from pygame import Rect

from game.play.observation import TrackView, Value
from game.views.desktop import icons
from game.views.desktop.charts import Balance, balance, place_of, ruler, trend
from game.views.desktop.emblems import wedge_and_ring
from game.views.desktop.focus import Gauge
from game.views.desktop.frame import Frame
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes import atlas
from game.views.desktop.scenes.pieces import brief, mark_row
from game.views.desktop.shapes import border, filled, panel, rule, tag
from game.views.desktop.theme import (
    ALERT,
    BAR,
    CARD,
    COOL,
    FAINT,
    INK,
    LIGHT,
    OCHRE,
    RED,
    SHADE,
    SOFT,
    TONES,
)
from game.views.screens.countries import Row
from game.views.screens.desk import Card, Course, Span
from game.views.screens.tree import Element

HEADER = 56
LEFT_NAME, RIGHT_NAME = "STATE DIPLOMACY", "WORLD REVOLUTION"
COLUMN, MARGIN = 400, 16
ROW_MOST, ROW_LEAST, MOST_ROWS = 36, 26, 10
LEAST_SPREAD = 16
"""A trend line that moves less than this is drawn as flat as it is."""
PICTURES = 6
"""How many rows of scores the panel of the mock-up holds."""


def paint(page: Page) -> None:
    """Paint the desk."""
    frame = page.frame
    extra = frame.wide - 1280
    _header(page, frame.rect(0, 0, frame.wide, HEADER), extra)
    atlas.paint(page, map_place(frame))
    _course(page, frame.rect(MARGIN, 586, 832 + extra, 118))
    left = 864 + extra
    end = _scores(page, left)
    _dispatches(page, frame.rect(left, end + 14, COLUMN, 602 - end - 14))
    _orders(page, frame.rect(left, 616, 176, 88))
    _end(page, frame.rect(left + 188, 616, 212, 88))


def map_place(frame: Frame) -> Rect:
    """Where the map lies."""
    return frame.rect(MARGIN, 72, 832 + frame.wide - 1280, 499)


def _header(page: Page, place: Rect, extra: float) -> None:
    tree, surface = page.tree, page.surface
    pygame.draw.rect(surface, BAR, place)
    wedge_and_ring(surface, page.frame.rect(0, 0, 118, HEADER))
    title = tree["title"]
    style = page.type(Face.TITLE, 21, LIGHT)
    x = place.left + page.px(161)
    room = page.px(296 + extra / 3)
    if width(title.name, style) > room:
        style = page.type(Face.TITLE, 21 * room / width(title.name, style), LIGHT)
    page.line(title.name, style, x, place.top + page.px(31))
    fate = page.line(title.value, page.type(Face.SANS, 13, FAINT), x, place.top + page.px(50))
    _saved(page, tree["saved"], fate.right + page.px(18), place.top + page.px(50))
    _date(page, place)
    back = page.frame.rect(466 + extra / 3, 12, 32, 32)
    icons.put(surface, "clock", back.center, page.px(22), LIGHT, BAR)
    page.spot(tree["decisions"], back)
    timeline = tree["timeline"]
    span = timeline.of(Span)
    strip = page.frame.rect(520 + extra / 3, 8, 410 + extra / 3, 40)
    step = 1 if len(span.years) <= 7 else 2
    marks = [
        ((turn - 1) / span.turns, str(year) if not at % step else "")
        for at, (year, turn) in enumerate(span.years)
    ]
    pins = [(turn - 0.5) / span.turns for turn in sorted(span.marked)]
    now = min(1.0, (span.turn - 0.5) / span.turns)
    ruler(surface, strip, marks, now, page.scale, page.type_scale, pins)
    each = strip.width / max(1, span.turns)
    for item in timeline.children:
        turn = int(item.id.rpartition(".")[2])
        page.spot(
            item, Rect(round(strip.left + (turn - 1) * each), strip.top, max(2, round(each)), strip.height)
        )


def _saved(page: Page, saved: Element, x: int, base: int) -> None:
    """The sign that all is on the disk; a red button where it is not."""
    style = page.type(Face.SANS, 13, FAINT)
    if saved.subject is None:
        side = max(8, round(style.cap * 1.3))
        icons.put(page.surface, "tick", (x + side // 2, base - style.cap // 2), side, LIGHT, FAINT)
        words = page.line(saved.name, style, x + side + page.px(5), base)
        page.spot(saved, Rect(x, words.top, words.right - x, words.height).inflate(page.px(8), page.px(8)))
        return
    style = page.type(Face.HEAD, 14, LIGHT)
    place = Rect(x, 0, width(saved.name.upper(), style) + page.px(20), style.cap + page.px(12))
    place.bottom = base + page.px(6)
    pygame.draw.rect(page.surface, RED, place)
    write_in(page.surface, saved.name.upper(), style, place)
    page.spot(saved, place)


def _date(page: Page, place: Rect) -> None:
    date, menu = page.tree["date"], page.tree["menu"]
    right = place.right - page.px(74)
    page.line(date.value.upper(), page.type(Face.HEAD, 26, LIGHT), right, place.top + page.px(35), "right")
    note = str(date.subject)
    page.line(note, page.type(Face.SANS, 13, FAINT), right, place.top + page.px(50), "right")
    button = Rect(0, 0, page.px(40), page.px(40))
    button.center = place.right - page.px(34), place.centery
    icons.put(page.surface, "menu", button.center, page.px(30), LIGHT)
    page.spot(menu, button)


def _scores(page: Page, left: float) -> float:
    """The panel of scores; where it ends, in design units."""
    scores = page.tree["scores"]
    risks = [each for each in scores.children if each.of(Row).value.unit.startswith("percent")]
    rows = [each for each in scores.children if each not in risks]
    count = max(1, len(rows))
    units = max(ROW_LEAST, min(ROW_MOST, 252 / count)) if count > PICTURES else ROW_MOST
    size = 24 if units > 27 else 22
    step = max(page.px(units), page.type(Face.HEAD, size).cap + page.px(8))
    foot = max(page.px(30), page.type(Face.SANS, 15).cap + page.px(16)) if risks else 0
    high = 28 + min(count, MOST_ROWS) * units + 8 + (30 if risks else 0)
    place = page.frame.rect(left, 72, COLUMN, high)
    room = panel(page.surface, place, scores.name.upper(), page.scale, page.type_scale)
    inside = room.inflate(-page.px(3), -page.px(3))
    with page.panel("scores", Rect(inside.left, inside.top, inside.width, inside.height - foot)) as inner:
        y = inner.top
        for element in rows:
            _score(page, element, size, Rect(room.left + page.px(8), y, room.width - page.px(16), step))
            y += step
        inner.bottom = y
    if risks:
        _risks(
            page, risks, Rect(room.left + page.px(8), inside.bottom - foot, room.width - page.px(16), foot)
        )
    return 72 + high


def _risks(page: Page, risks: list[Element], place: Rect) -> None:
    """Dangers in percent, side by side: quiet at nothing, marked above it."""
    wide = place.width // len(risks)
    rule(page.surface, place.left, place.right, place.top, page.scale, INK, 1.5)
    for at, element in enumerate(risks):
        cell = Rect(place.left + at * wide, place.top, wide - page.px(6), place.height)
        value = element.of(Row).value
        figure = page.type(Face.HEAD, 17, TONES["bad"] if value.value else SOFT)
        end = write_in(page.surface, f"{value.shown} %", figure, cell, "right")
        sign = cell.left + page.px(16), cell.centery
        icons.put(page.surface, "suspicion", sign, page.px(18), INK, OCHRE if value.value else SHADE)
        x = cell.left + page.px(30)
        label = page.type(Face.SANS_BOLD if value.value else Face.SANS, 15, INK if value.value else SOFT)
        words = value.label.removeprefix("Danger of ").removeprefix("a ")
        room = Rect(x, cell.top, end.left - x - page.px(6), cell.height)
        write_in(page.surface, shorten(words[:1].upper() + words[1:], label, room.width), label, room, "left")
        page.spot(element, cell)


def _score(page: Page, element: Element, size: int, place: Rect) -> None:
    """A value with its icon, path, number and change."""
    row = element.of(Row)
    value, base = row.value, place.centery
    icon = icons.OF_VALUE.get(value.slot.rpartition(".")[2], "dash")
    icons.put(page.surface, icon, (place.left + page.px(18), base), page.px(26))
    right = place.right - page.px(6)
    change = page.type(Face.HEAD, 17, TONES[row.drift.tone])
    page.line(row.drift.shown, change, right, base + (change.cap + 1) // 2, "right")
    arrow = right - max(page.px(36), width(row.drift.shown, change) + page.px(12))
    icons.put_arrow(page.surface, row.drift.direction, row.drift.tone, (arrow, base), page.px(12))
    number = page.type(Face.HEAD, size)
    edge = right - max(page.px(52), width("+00", change) + page.px(30))
    figures = page.line(value.shown, number, edge, base + (number.cap + 1) // 2, "right")
    label = page.type(Face.SANS, 16)
    x = place.left + page.px(38)
    chart = Rect(x + page.px(160), place.top + page.px(4), page.px(78), place.height - page.px(8))
    over = min(page.px(26), max(0, x + width(value.label, label) + page.px(8) - chart.left))
    chart.left, chart.width = chart.left + over, chart.width - over
    if value.kind == "number" and len(value.trend) > 0 and chart.right < figures.left:
        path = (*value.trend, value.value)
        middle, half = (min(path) + max(path)) / 2, max(LEAST_SPREAD, max(path) - min(path)) / 2
        trend(page.surface, chart, path, page.scale, round(middle - half), round(middle + half))
    else:
        chart.left = figures.left
    room = Rect(x, place.top, chart.left - x - page.px(6), place.height)
    write_in(page.surface, shorten(value.label, label, room.width), label, room, "left")
    rule(page.surface, place.left, place.right, place.bottom - 1, page.scale)
    page.spot(element, place)


def _dispatches(page: Page, place: Rect) -> None:
    dispatches = page.tree["dispatches"]
    room = panel(page.surface, place, dispatches.name.upper(), page.scale, page.type_scale, dispatches.value)
    page.spot(dispatches, Rect(place.left, place.top, place.width, room.top - place.top))
    step = max(page.px(48), page.type(Face.SERIF, 16).cap + page.type(Face.CAPTION, 14).cap + page.px(24))
    with page.panel("dispatches", room.inflate(-page.px(3), -page.px(3))) as inner:
        y = inner.top
        for element in dispatches.children:
            _dispatch(page, element, Rect(room.left + page.px(2), y, room.width - page.px(13), step))
            y += step
        if not dispatches.children:
            style = page.type(Face.ITALIC, 16, SOFT)
            page.line("No news this quarter.", style, room.left + page.px(16), y + page.px(28))
        inner.bottom = y


def _dispatch(page: Page, element: Element, place: Rect) -> None:
    card = element.of(Card)
    dispatch = card.dispatch
    mark_row(page, place, card.state == "decide")
    name = icons.OF_STYLE.get(dispatch.style, "telegram")
    icons.put(page.surface, name, (place.left + page.px(30), place.centery), page.px(28))
    x = place.left + page.px(58)
    urgent = card.state == "decide"
    small = page.type(Face.CAPTION, 14, ALERT if urgent else SOFT, 0.3)
    title = page.type(Face.STRONG if card.state in ("decide", "new") else Face.SERIF, 16)
    top = place.top + (place.height - small.cap - title.cap - page.px(10)) // 2 - page.px(1)
    right = place.right - page.px(8)
    if card.state in ("decide", "new"):
        box = tag(page.surface, card.state.upper(), right, place.top + page.px(5), page.scale, page.type_scale,
                  RED if urgent else BAR)  # fmt: skip
        right = box.left
    elif card.state == "answered":
        right = page.line(
            "ANSWERED", page.type(Face.CAPTION, 13, SOFT, 0.4), right, top + small.cap, "right"
        ).left
    origin = (dispatch.place or "Moscow").upper()
    page.line(shorten(origin, small, right - x), small, x, top + small.cap)
    room = place.right - x - page.px(10)
    page.line(shorten(dispatch.title, title, room), title, x, top + small.cap + page.px(10) + title.cap)
    page.spot(element, place)


def _orders(page: Page, place: Rect) -> None:
    orders = page.tree["orders"]
    surface = page.surface
    pygame.draw.rect(surface, CARD, place)
    border(surface, place, page.scale)
    head = page.type(Face.HEAD, 18)
    x, base = place.left + page.px(14), place.top + page.px(14) + head.cap
    page.line("ORDERS", head, x, base)
    tracks = orders.subject if isinstance(orders.subject, tuple) else ()
    right = place.right - page.px(12)
    small = page.type(Face.SANS, 15, SOFT)
    room = right - x - width("ORDERS", head) - page.px(10)
    needed = sum(width("0/0", small) + page.px(22) for _ in tracks)
    if needed > room:
        small = page.type(Face.SANS, 15 * max(1, room) / needed, SOFT)
    for track in reversed(tracks):
        if isinstance(track, TrackView):
            box = page.line(f"{track.left}/{track.means}", small, right, base, "right")
            sign = icons.OF_TRACK.get(track.id, "dash")
            icons.put(surface, sign, (box.left - page.px(9), base - small.cap / 2), page.px(13))
            right = box.left - page.px(22)
    page.spot(orders, place)
    side, high, gap = page.px(44), page.px(34), page.px(8)
    y = place.bottom - page.px(14) - high
    shown = orders.children if len(orders.children) <= 3 else orders.children[:2]
    for at in range(3):
        slip = Rect(x + at * (side + gap), y, side, high)
        if at < len(shown):
            pygame.draw.rect(surface, BAR, slip)
            icons.put_order(surface, str(shown[at].subject), slip.center, page.px(20))
            page.spot(shown[at], slip)
        else:
            border(surface, slip, page.scale)
            more = len(orders.children) - len(shown)
            if more and at == 2:
                write_in(surface, f"+{more}", page.type(Face.HEAD, 18), slip)


def _end(page: Page, place: Rect) -> None:
    end = page.tree["end"]
    lean = place.height * 0.16
    corners = [(place.left + lean, place.top), place.topright, place.bottomright, (place.left, place.bottom)]
    filled(page.surface, corners, RED)
    arrow = page.px(32)
    icons.put(page.surface, "forward", (place.right - page.px(30), place.centery), arrow + page.px(6), LIGHT)
    x = place.left + page.px(20)
    room = place.right - page.px(54) - x
    style = page.type(Face.HEAD, 26, LIGHT)
    if width(end.name.upper(), style) > room:
        style = page.type(Face.HEAD, 26 * room / width(end.name.upper(), style), LIGHT)
    page.line(end.name.upper(), style, x, place.top + page.px(20) + style.cap)
    note = page.type(Face.SANS, 14, LIGHT)
    words = end.value
    page.line(shorten(words, note, place.right - page.px(14) - x), note, x, place.bottom - page.px(16))
    page.spot(end, place)


def _course(page: Page, place: Rect) -> None:
    course = page.tree["course"]
    surface = page.surface
    pygame.draw.rect(surface, CARD, place)
    border(surface, place, page.scale)
    rule(surface, place.left, place.right, place.top, page.scale, INK, 4)
    head = page.type(Face.HEAD, 17)
    x, right = place.left + page.px(14), place.right - page.px(14)
    base = place.top + page.px(14) + head.cap
    page.line(course.name.upper(), head, x, base)
    slider = course.get("course.balance")
    if slider is None:
        note = page.type(Face.ITALIC, 16, SOFT)
        page.line(course.description, note, right, base, "right")
        value = course.subject
        if isinstance(value, Value):
            _bar(page, place, Balance(value.value, value.value, value.low, value.high, 0), None, ())
        return
    shown = slider.of(Course)
    left_right = page.type(Face.SANS, 15, SOFT)
    side = page.px(20)
    for id, icon in (("course.more", "right"), ("course.less", "left")):
        if not slider.disabled:
            key = Rect(right - side, place.top + page.px(9), side, side)
            border(surface, key, page.scale)
            icons.put(surface, icon, key.center, page.px(11))
            page.spot(course[id], key.inflate(page.px(6), page.px(6)))
            right = key.left - page.px(8)
    page.line(shown.note, left_right, right, base, "right")
    setting, tracks = shown.setting, shown.tracks
    names = [f"{track.means} means" for track in tracks]
    moved = setting.drafted != setting.value
    figures = Balance(
        setting.drafted, setting.value, setting.low, setting.high, shown.free,
        names[0] if names else "", names[1] if len(names) > 1 else "",
        f"was {setting.value}" if moved else "", "free to move" if shown.free and page.frame.type_size <= 115 else "",
    )  # fmt: skip
    bar = _bar(page, place, figures, slider, tracks)
    y = place.bottom - page.px(13)
    style = page.type(Face.ITALIC, 15, SOFT)
    if shown.outlook:
        box = page.line(f"Likely by {shown.season}:", style, x, y)
        at = box.right + page.px(18)
        word = page.type(Face.SANS_BOLD, 14)
        reach = place_of(bar, min(setting.high, setting.value + shown.free)) if shown.free else place.right
        for each in shown.outlook:
            dressed = word.of(TONES[each.tone])
            name = brief(each.label)
            if at + width(name, word) + page.px(15) > reach:
                break
            icons.put_arrow(
                surface, each.direction, each.tone, (at + page.px(5), y - word.cap / 2), page.px(11)
            )
            at = page.line(name, dressed, at + page.px(15), y).right + page.px(22)


def _bar(
    page: Page, place: Rect, figures: Balance, slider: Element | None, tracks: tuple[TrackView, ...]
) -> Rect:
    frame = page.frame
    units = place.width / page.scale
    x, y = place.left / page.scale, (place.top - frame.top) / page.scale
    caption, note = page.type(Face.CAPTION, 16, COOL, 0.2), page.type(Face.SANS, 15, SOFT)
    words = max(width(LEFT_NAME, caption), width(RIGHT_NAME, caption)) / page.scale
    inset = max(200.0, 54 + words + 12)
    bar = frame.rect(x + inset, y + 40, units - 2 * inset, 34)
    ring = page.px(28)
    middle = bar.centery
    icons.put(page.surface, "ring", (place.left + page.px(30), middle), ring)
    icons.put(page.surface, "wedge", (place.right - page.px(28), middle), ring)
    left_name = tracks[0].label if tracks else "Narkomindel"
    right_name = tracks[1].label if len(tracks) > 1 else "Comintern"
    up, down = middle - page.px(4), middle + page.px(6) + note.cap
    start, end = place.left + page.px(54), place.right - page.px(54)
    page.line(LEFT_NAME, caption, start, up)
    page.line(left_name, note, start, down)
    page.line(RIGHT_NAME, caption.of(ALERT), end, up, "right")
    page.line(right_name, note, end, down, "right")
    grip = balance(page.surface, bar, figures, page.scale, page.type_scale, bool(slider and slider.focused))
    if slider is not None:
        gauge = Gauge(bar, 0, 100, figures.value)
        page.spot(slider, bar.union(grip), gauge)
    return bar
