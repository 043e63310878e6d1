"""How does the sheet of orders look?  Whom at the left, what in the middle, and at the right what it would do."""

from __future__ import annotations

import pygame
from pygame import Rect

from game.play.observation import CountryView, SettingView, TrackView
from game.views.desktop import icons
from game.views.desktop.focus import Gauge
from game.views.desktop.lettering import Face, Style, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import caption, drift, drifts, mark_row, push, section, sheet
from game.views.desktop.shapes import border, rule
from game.views.desktop.theme import BAD, BAR, INK, LIGHT, LINES, OCHRE, RED, SHADE, SOFT
from game.views.screens.countries import Row
from game.views.screens.orders import OrderLine, OrderSheet, Target
from game.views.screens.tree import Element

LEFT, MIDDLE, GAP = 220, 430, 22


def paint(page: Page) -> None:
    """Paint the sheet."""
    tree = page.tree
    title = f"Orders: {tree['orders.title'].name}" if tree["orders.title"].name != "Orders" else "Orders"
    tracks = [each for each in tree.of(tuple) if isinstance(each, TrackView)]
    note = "means left:  " + "   ".join(f"{each.label} {each.left} of {each.means}" for each in tracks)
    room = sheet(page, title, note, tree["close"])
    gap = page.px(GAP)
    left = Rect(room.left, room.top, page.px(LEFT), room.height)
    middle = Rect(left.right + gap, room.top, page.px(MIDDLE), room.height)
    right = Rect(middle.right + gap, room.top, room.right - middle.right - gap, room.height)
    _targets(page, tree["targets"], left)
    _offers(page, middle, tracks)
    given = tree["given"]
    foot = _given(page, given, right) if given.children else right.bottom
    _look(page, Rect(right.left, right.top, right.width, foot - right.top))


def _targets(page: Page, targets: Element, place: Rect) -> None:
    head = section(page, targets.name, place.left, place.top, place.width)
    style = page.type(Face.SANS, 16)
    step = max(page.px(31), style.cap + page.px(16))
    with page.panel("targets", Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y = panel.top
        for element in targets.children:
            row = Rect(place.left, y, place.width - page.px(10), step)
            mark_row(page, row, element.selected)
            target = element.of(Target)
            dressed = page.type(Face.SANS_BOLD, 16) if element.selected else style
            room = Rect(row.left + page.px(12), row.top, row.width - page.px(56), step)
            write_in(page.surface, shorten(element.name, dressed, room.width), dressed, room, "left")
            if target.given:
                slip = Rect(0, 0, page.px(26), page.px(20))
                slip.midright = row.right - page.px(6), row.centery
                pygame.draw.rect(page.surface, BAR, slip)
                write_in(page.surface, str(target.given), page.type(Face.HEAD, 14, LIGHT), slip)
            elif target.country is not None:
                _mark(page, target.country, row)
            page.spot(element, row)
            y += step
        panel.bottom = y


def _mark(page: Page, country: CountryView, row: Rect) -> None:
    """A tick for a country that has exchanged envoys, half a one for less."""
    recognition = country.values.get("recognition")
    if recognition is None or not recognition.value:
        return
    full = recognition.value >= recognition.high
    icons.put(
        page.surface,
        "tick",
        (row.right - page.px(18), row.centery),
        page.px(15),
        INK,
        OCHRE if full else SHADE,
    )


def _offers(page: Page, place: Rect, tracks: list[TrackView]) -> None:
    tree = page.tree
    label, note = page.type(Face.SANS_BOLD, 16), page.type(Face.SANS, 14, SOFT)
    with page.panel("offers", place) as panel:
        y = panel.top
        wide = place.width - page.px(10)
        for track in tracks:
            offers = tree[f"offers.{track.id}"]
            y = section(page, track.label, place.left, y, wide, f"{track.left} of {track.means} means left")
            for element in offers.children:
                y = _offer(page, element, Rect(place.left, y, wide, 0), label, note)
            if not offers.children:
                none = page.type(Face.ITALIC, 15, SOFT)
                page.line("Nothing that could be ordered here.", none, place.left, y + page.px(20))
                y += page.px(30)
            y += page.px(16)
        for element in tree.children:
            if isinstance(element.subject, SettingView):
                y = _setting(page, element, place.left, y, wide)
        panel.bottom = y


def _offer(page: Page, element: Element, place: Rect, label: Style, note: Style) -> int:
    line = element.of(OrderLine)
    column = place.left + page.px(38)
    price = f"given, {line.price}" if line.given else line.price
    right = width(price, note) + page.px(10)
    wide = place.width - page.px(44)
    refusal = page.height(element.disabled, note, wide, 1.3) if element.disabled else 0
    place.height = label.cap + page.px(20) + (refusal + page.px(2) if refusal else 0)
    mark_row(page, place, element.selected)
    base = place.top + page.px(10) + label.cap
    closed = bool(element.disabled)
    icon = "tick" if line.given else icons.OF_TRACK.get(line.view.track, "dash")
    colour = LINES.get(line.view.track, INK)
    sign = place.left + page.px(20), base - label.cap / 2
    icons.put(page.surface, icon, sign, page.px(18), INK, SHADE if closed else colour)
    dressed = label.of(SOFT if closed else INK)
    page.line(shorten(element.name, dressed, wide - right), dressed, column, base)
    page.line(price, note.of(INK) if line.given else note, place.right - page.px(8), base, "right")
    if refusal:
        page.text(element.disabled, note.of(BAD), column, base + page.px(5), wide, 1.3)
    page.spot(element, place)
    return place.bottom


def _setting(page: Page, element: Element, x: int, y: int, wide: int) -> int:
    setting = element.of(SettingView)
    end = section(page, element.name, x, y, wide)
    style = page.type(Face.SANS_BOLD, 16)
    bar = Rect(x + page.px(6), end + page.px(34), wide - page.px(12), page.px(8))
    write_in(page.surface, element.value, style, Rect(x, end, wide, page.px(28)), "left")
    pygame.draw.rect(page.surface, SHADE, bar)
    share = (setting.drafted - setting.low) / max(1, setting.high - setting.low)
    knob = Rect(0, 0, page.px(12), page.px(24))
    knob.center = round(bar.left + share * bar.width), bar.centery
    pygame.draw.rect(page.surface, OCHRE, knob)
    border(page.surface, knob, page.scale)
    gauge = Gauge(bar, setting.low, setting.high, setting.drafted)
    page.spot(element, Rect(x, end, wide, page.px(52)), gauge)
    return end + page.px(66)


def _look(page: Page, place: Rect) -> None:
    tree = page.tree
    look = tree["sheet"]
    wide = place.width - page.px(12)
    foot = place.bottom
    shown = look.subject if isinstance(look.subject, OrderSheet) else None
    if shown is not None:
        button = tree.get("withdraw") or tree["give"]
        high = max(page.px(50), page.type(Face.HEAD, 22).cap + page.px(28))
        foot = place.bottom - high
        ground = BAR if shown.line.given else RED
        push(page, button, Rect(place.left, foot, place.width, high), ground, left=1, size=22)
        foot -= page.px(12)
    with page.panel("look", Rect(place.left, place.top, place.width, foot - place.top)) as panel:
        y = panel.top
        if shown is not None:
            y = _order(page, shown, look, place.left, y, wide)
        dossier = tree.get("dossier")
        if dossier is not None:
            y = _dossier(page, dossier, place.left, y + (page.px(18) if shown else 0), wide)
        elif shown is None:
            y = section(page, "Orders", place.left, y, wide)
            y = page.text(tree["sheet.text"].name, page.type(Face.ITALIC, 17, SOFT), place.left, y, wide)
        panel.bottom = y


def _order(page: Page, shown: OrderSheet, look: Element, x: int, y: int, wide: int) -> int:
    view = shown.line.view
    y = section(page, view.label, x, y, wide)
    body, note = page.type(Face.SERIF, 16), page.type(Face.SANS, 15, SOFT)
    if view.text:
        y = page.text(view.text, body, x, y, wide, 1.35) + page.px(6)
    y = page.text(f"Costs {shown.line.price}.", page.type(Face.SANS_BOLD, 15), x, y, wide, 1.3)
    for reason in view.reasons:
        y = page.text(reason, page.type(Face.ITALIC, 15, SOFT), x, y, wide, 1.3)
    y += page.px(8)
    if shown.certain:
        y = drifts(page, shown.certain, x, _caption(page, "Certain", x, y, wide), wide)
    for at, chance in enumerate(shown.chances):
        if not at:
            y = _caption(page, "Likely", x, y + page.px(6), wide)
        percent = page.type(Face.HEAD, 17)
        column = max(page.px(52), width("100 %", percent) + page.px(10))
        base = y + page.px(3) + percent.cap
        page.line(f"{chance.likely.percent} %", percent, x + column - page.px(10), base, "right")
        name = page.type(Face.SANS_BOLD, 15)
        page.line(chance.likely.label, name, x + column, y + page.px(4) + name.cap)
        y += page.px(6) + name.height
        if chance.likely.text:
            y = page.text(chance.likely.text, note, x + column, y - page.px(3), wide - column, 1.3)
        y = drifts(page, chance.drifts, x + column, y, wide - column) + page.px(5)
    takes = page.tree.get("sheet.takes")
    if takes is not None:
        y = page.text(takes.name, page.type(Face.ITALIC, 15, SOFT), x, y + page.px(4), wide, 1.3)
    if view.refusal and not shown.line.given:
        y = page.text(view.refusal, page.type(Face.SANS_BOLD, 15, BAD), x, y + page.px(4), wide, 1.3)
    return y


def _caption(page: Page, words: str, x: int, y: int, wide: int) -> int:
    style = page.type(Face.CAPTION, 14, SOFT, 0.4)
    box = page.line(words.upper(), style, x + wide, y + style.cap + page.px(3), "right")
    rule(page.surface, x, box.left - page.px(10), y + style.cap // 2 + page.px(3), page.scale, OCHRE)
    return y + style.cap + page.px(8)


def _dossier(page: Page, dossier: Element, x: int, y: int, wide: int) -> int:
    country = dossier.of(CountryView)
    y = section(page, country.name, x, y, wide, "dossier")
    if country.text:
        y = page.text(country.text, page.type(Face.SERIF, 15, SOFT), x, y, wide, 1.35) + page.px(6)
    label, figure = page.type(Face.SANS, 16), page.type(Face.HEAD, 17)
    step = max(page.px(28), label.cap + page.px(16))
    for element in dossier.children:
        row = element.of(Row)
        place = Rect(x, y, wide, step)
        base = place.centery + figure.cap // 2 + 1
        right = place.right - page.px(50)
        if row.drift.delta:
            right = min(right, drift(page, row.drift, place.right - page.px(2), base, 16))
        page.line(row.value.shown, figure, right - page.px(12), base, "right")
        write_in(page.surface, row.value.label, label, place, "left")
        rule(page.surface, x, x + wide, place.bottom - 1, page.scale, SHADE)
        page.spot(element, place)
        y += step
    return y


def _given(page: Page, given: Element, place: Rect) -> int:
    """The slips of what has been ordered, at the foot."""
    high, gap = max(page.px(30), page.type(Face.SANS, 14).cap + page.px(16)), page.px(6)
    style = page.type(Face.SANS, 14, LIGHT)
    rows: list[list[tuple[Element, int]]] = [[]]
    x = 0
    for element in given.children:
        wide = min(place.width, width(element.name, style) + page.px(40))
        if x and x + wide > place.width:
            rows.append([])
            x = 0
        rows[-1].append((element, wide))
        x += wide + gap
    top = place.bottom - len(rows) * (high + gap) + gap
    head = top - page.type(Face.HEAD, 16).cap - page.px(10)
    caption(page, given.name, place.left, head, size=16)
    for at, row in enumerate(rows):
        x = place.left
        for element, wide in row:
            slip = Rect(x, top + at * (high + gap), wide, high)
            pygame.draw.rect(page.surface, BAR, slip)
            icons.put_order(
                page.surface, str(element.subject), (slip.left + page.px(16), slip.centery), page.px(15)
            )
            room = Rect(slip.left + page.px(30), slip.top, wide - page.px(34), high)
            write_in(page.surface, shorten(element.name, style, room.width), style, room, "left")
            page.spot(element, slip)
            x += wide + gap
    return head - page.px(12)
