"""How does the map part of the desk look?  The sheet with its tags, tabs and lenses, the directives, the dossier."""

from __future__ import annotations

import pygame
from pygame import Rect

from game.play.observation import CountryView, DirectiveView, Value
from game.play.wording import number
from game.views.desktop import icons, legend, tags
from game.views.desktop.atlas import atlas
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.places import country_of, levels_of, named_by_tag, short, states_of
from game.views.desktop.plate import Plate
from game.views.desktop.scenes.pieces import push, tabs
from game.views.desktop.shapes import LEAN, bar, border, neat_line, shadow
from game.views.desktop.theme import ALERT, BAR, CARD, INK, LIGHT, OCHRE, SOFT, TONES
from game.views.screens.countries import MapView, Row, Tag
from game.views.screens.tree import Element

INSET = 8
DOSSIER_WIDE, DOSSIER_HIGH = 256, 196


def paint(page: Page, place: Rect) -> None:
    """Paint the map."""
    tree, surface = page.tree, page.surface
    view = tree["map"].of(MapView)
    shown = list(tree["map"].under(Tag))
    levels = None
    if view.lens != "political":
        levels = levels_of({tag.country: tag.level for _, tag in shown})
    sheet = page.sheets().get(view.sheet, view.date, place.size, levels)
    inner = place.inflate(-2 * page.px(INSET), -2 * page.px(INSET))
    sheets_bar = Rect(inner.left, inner.top, page.px(290 * page.type_scale / page.scale), page.px(30))
    lens_bar = _lens_place(page, tree["lenses"], inner)
    strips = _directive_places(page, tree["directives"], inner, sheets_bar.right)
    dossier = Rect(0, 0, page.px(DOSSIER_WIDE), _dossier_height(page))
    dossier.bottomleft = inner.left + page.px(6), inner.bottom - page.px(6)
    if dossier.right > lens_bar.left - page.px(6):
        dossier.bottom = lens_bar.top - page.px(6)
    surface.set_clip(place)
    surface.blit(sheet.surface, place)
    if view.selected:
        legend.outline(surface, sheet.plate, view.date, states_of([view.selected]), place.topleft)
    marks = [
        tags.Mark(
            tag.country, short(tag.name), tag.shown if not tag.shown.lstrip("−").isdigit() else number(tag.figure),
            tag.drift.direction, tag.drift.tone, tag.recognition > 1, tag.country == view.selected,
        )
        for _, tag in shown
    ]  # fmt: skip
    taken = [sheets_bar, lens_bar, dossier, *(rect for _, rect in strips)]
    placed = tags.place(sheet.plate, marks, page.scale, page.type_scale, place.topleft, taken)
    in_play = named_by_tag([tag.country for _, tag in shown])
    legend.names(
        surface,
        sheet.plate,
        view.date,
        in_play,
        [*(each for each in taken if view.selected or each is not dossier), *(each.rect for each in placed)],
        page.scale,
        place.topleft,
    )
    tags.paint(surface, placed, page.scale, page.type_scale)
    surface.set_clip(None)
    neat_line(surface, place, page.scale)
    by_country = {tag.country: element for element, tag in shown}
    for each in placed:
        page.spot(by_country[each.mark.country], each.rect)

    def country_at(x: int, y: int) -> str:
        return _country_at(sheet.plate, view.date, by_country, x - place.left, y - place.top)

    page.hits.append((place, country_at))
    _unplaced(page, shown, {each.mark.country for each in placed}, inner, lens_bar)
    tabs(page, tree["sheets"], inner.left, inner.top, high=27)
    _lenses(page, tree["lenses"], lens_bar)
    for element, rect in strips:
        _directive(page, element, rect)
    card = tree.get("dossier")
    if card is not None and isinstance(card.subject, CountryView):
        _dossier(page, card, dossier)


def _country_at(plate: Plate, date: str, known: dict[str, Element], x: int, y: int) -> str:
    """The element of the country at a point of the sheet, or an empty text."""
    area = plate.near(x, y, 4.0)
    if not area:
        return ""
    element = known.get(country_of(atlas().owner(area, date)))
    return element.id if element else ""


def _unplaced(
    page: Page, shown: list[tuple[Element, Tag]], placed: set[str], inner: Rect, below: Rect
) -> None:
    """Countries that the map does not know stand in a row above the lenses."""
    x = inner.right
    style = page.type(Face.CAPTION, 15)
    high = page.px(24)
    for element, tag in shown:
        if tag.country in placed:
            continue
        words = f"{tag.name.upper()}  {tag.shown}"
        wide = width(words, style) + page.px(16)
        x -= wide + page.px(6)
        place = Rect(x, below.top - high - page.px(8), wide, high)
        pygame.draw.rect(page.surface, CARD, place)
        border(
            page.surface,
            place,
            page.scale,
            OCHRE if element.selected else INK,
            3 if element.selected else 1.5,
        )
        write_in(page.surface, words, style, place)
        page.spot(element, place)


def _lens_place(page: Page, lenses: Element, inner: Rect) -> Rect:
    style = page.type(Face.CAPTION, 15, LIGHT, 0.3)
    wide = sum(width(each.name.upper(), style) + 2 * page.px(10) for each in lenses.children)
    high = max(page.px(27), style.cap + page.px(14))
    return Rect(inner.right - wide, inner.bottom - high, wide, high)


def _lenses(page: Page, lenses: Element, place: Rect) -> None:
    style = page.type(Face.CAPTION, 15, LIGHT, 0.3)
    pygame.draw.rect(page.surface, BAR, place)
    x = place.left
    for each in lenses.children:
        wide = width(each.name.upper(), style) + 2 * page.px(10)
        cell = Rect(x, place.top, wide, place.height)
        if each.selected:
            pygame.draw.rect(page.surface, OCHRE, cell)
            border(page.surface, cell, page.scale)
        write_in(page.surface, each.name.upper(), style.of(BAR) if each.selected else style, cell)
        page.spot(each, cell)
        x += wide


def _directive_places(page: Page, directives: Element, inner: Rect, left: int) -> list[tuple[Element, Rect]]:
    """The strips of the directives, below each other at the right."""
    head, body = page.type(Face.HEAD, 15, ALERT), page.type(Face.SERIF, 15)
    high = max(page.px(27), body.cap + page.px(16))
    found = []
    order = sorted(directives.children, key=lambda each: len(each.name))
    for at, element in enumerate(order):
        most = inner.right - (inner.left if at else left) - page.px(16)
        words = width(_head(element), head) + width(element.name, body) + page.px(60)
        wide = min(most, words)
        found.append((element, Rect(inner.right - wide, inner.top + at * (high + page.px(4)), wide, high)))
    return found


def _head(element: Element) -> str:
    return "MET" if element.of(DirectiveView).holds else "DIRECTIVE"


def _directive(page: Page, element: Element, place: Rect) -> None:
    directive = element.of(DirectiveView)
    bar(page.surface, place, CARD, left=1, edge=INK, thick=1.5 * page.scale)
    head, body = page.type(Face.HEAD, 15, ALERT), page.type(Face.SERIF, 15)
    lean = round(place.height * LEAN)
    x = place.left + lean + page.px(8)
    if directive.holds:
        head = head.of(TONES["good"])
    box = write_in(page.surface, _head(element), head, Rect(x, place.top, place.width, place.height), "left")
    left = box.right + page.px(8)
    sign = icons.OF_TRACK.get(directive.track)
    if sign:
        icons.put(page.surface, sign, (left + page.px(6), place.centery), page.px(12))
        left += page.px(18)
    room = Rect(left, place.top, place.right - page.px(8) - left, place.height)
    write_in(page.surface, shorten(element.name, body, room.width), body, room, "left")
    page.spot(element, place)


def _dossier_height(page: Page) -> int:
    return page.px(DOSSIER_HIGH * (0.35 + 0.65 * page.type_scale / page.scale))


def _dossier(page: Page, card: Element, place: Rect) -> None:
    surface = page.surface
    shadow(surface, place, page.scale)
    pygame.draw.rect(surface, CARD, place)
    border(surface, place, page.scale)
    pygame.draw.rect(surface, OCHRE, Rect(place.left, place.top, page.px(6), place.height))
    x, right = place.left + page.px(16), place.right - page.px(12)
    name, note = page.type(Face.HEAD, 19), page.type(Face.ITALIC, 14, SOFT)
    values = {element.id.rpartition(".")[2]: element for element, _ in card.under(Row)}
    base = place.top + page.px(12) + name.cap
    recognition = values.get("recognition")
    left = right
    if recognition is not None:
        shown = recognition.of(Row).value
        words = "not recognised" if not shown.value else f"recognised {shown.shown}"
        box = page.line(words, note, right, base, "right")
        page.spot(recognition, box.inflate(page.px(6), page.px(12)))
        left = box.left - page.px(8)
    page.line(shorten(card.name.upper(), name, left - x), name, x, base)
    y = base + page.px(8)
    foot = place.bottom - page.px(40)
    y_words = _words(page, values, x, right, foot)
    rows = [(element, row) for element, row in card.under(Row) if row.value.kind == "number"]
    step = max(1, min(page.px(24), (y_words - y) // max(1, len(rows))))
    label, figure = page.type(Face.SANS, 15), page.type(Face.HEAD, 16)
    for element, row in rows:
        line = Rect(x, y, right - x, step)
        middle = line.centery + figure.cap // 2 + 1
        icons.put_arrow(
            surface, row.drift.direction, row.drift.tone, (right - page.px(7), line.centery), page.px(11)
        )
        page.line(_signed(row.value), figure, right - page.px(22), middle, "right")
        page.line(row.value.label, label, x, middle)
        page.spot(element, line)
        y += step
    strip = Rect(place.left + page.px(6), place.bottom - page.px(34), place.width - page.px(6), page.px(34))
    half = strip.width // 2 + round(strip.height * LEAN / 2)
    push(page, card["dossier.orders"], Rect(strip.topleft, (half, strip.height)), BAR, right=1, size=15)
    start = strip.left + half - round(strip.height * LEAN) + page.px(3)
    rest = Rect(start, strip.top, strip.right - start, strip.height)
    push(page, card["dossier.file"], rest, BAR, left=1, size=15)


def _words(page: Page, values: dict[str, Element], x: int, right: int, bottom: int) -> int:
    """Cabinet, treaty and pact in one line above the foot; where that line begins."""
    style = page.type(Face.SANS, 14, SOFT)
    base = bottom - page.px(1)
    left = x
    for name in ("cabinet", "trade_treaty", "pact"):
        element = values.get(name)
        if element is None:
            continue
        value = element.of(Row).value
        words = value.shown
        if name == "trade_treaty":
            words = "trade agreement" if value.value else ""
        elif name == "pact":
            words = f"{value.shown} pact" if value.value else ""
        words = shorten(words, style, right - left)
        if not words:
            continue
        box = page.line(words, style, left, base)
        page.spot(element, box.inflate(page.px(4), page.px(10)))
        left = box.right + page.px(14)
    return base - style.cap - page.px(8) if left > x else bottom


def _signed(value: Value) -> str:
    return f"+{value.shown}" if value.low < 0 < value.value else value.shown
