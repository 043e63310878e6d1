"""How does a dispatch look in the hand?  The paper above; below it the choices, or what came of it."""

from __future__ import annotations

import pygame
from pygame import Rect

from game.views.desktop import icons
from game.views.desktop.keys import shown
from game.views.desktop.lettering import Face, Style, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.press import Print
from game.views.desktop.scenes.papers import spread
from game.views.desktop.scenes.pieces import SHEET, brief, drifts, drifts_height, head, push, section
from game.views.desktop.shapes import border, corner, rule, shadow
from game.views.desktop.theme import BAD, BAR, CARD, INK, LINES, OCHRE, RED, SOFT, TONES, TRACKS
from game.views.screens.card import Choice, Sheet, Told
from game.views.screens.markup import flowing
from game.views.screens.tone import Drift
from game.views.screens.tree import Element

PAPER_TOP, PAPER_BOTTOM = 72, 408
LEAST_PAPER_BOTTOM, BOTTOM = 372, 704
NEWS_BOTTOM = 560
GAP, PAD = 16, 16
LEADING = 1.34


def paint(page: Page) -> None:
    """Paint the card."""
    tree, frame = page.tree, page.frame
    choices, told = tree.get("choices"), tree.get("told")
    note = tree.description
    if choices is not None:
        note += f"   —   {' '.join(shown(each.key) for each in choices.children)} mark a choice, Enter gives the answer"
    warning = tree["card.text"].description
    if warning:
        note = f"{warning}   —   {tree.description}"
    opener = tree.get("card.notes.open")
    wide = _opener_width(page) if opener is not None else 0
    bar = head(page, tree.name, note, tree["close"], reserve=wide)
    if opener is not None:
        button = Rect(bar.right - bar.height - wide, bar.top + page.px(3), wide, bar.height - 2 * page.px(3))
        push(page, opener, button, RED, left=1, right=1, size=14)
    x = (frame.wide - SHEET) / 2
    top = max(float(PAPER_TOP), (bar.bottom - frame.top) / page.scale + 12)
    page.extent = frame.rect(x, 0, SHEET, 720)
    if choices is not None:
        bottom = min(PAPER_BOTTOM, max(LEAST_PAPER_BOTTOM, BOTTOM - _need(page, choices) - GAP))
    else:
        bottom = NEWS_BOTTOM - 60 * min(2, len(told.children) // 5 if told else 0)
    place = frame.rect(x, top, SHEET, bottom - top)
    notes = tree.get("card.notes")
    if notes is not None:
        _notes(page, notes, place)
    else:
        sheet = tree["card.text"].subject
        if isinstance(sheet, Sheet):
            _paper(page, sheet, place)
    if choices is not None:
        _choices(page, choices, x, bottom + GAP)
    elif told is not None:
        _told(page, told, frame.rect(x, bottom + GAP, SHEET, BOTTOM - bottom - GAP))


def _paper(page: Page, sheet: Sheet, place: Rect) -> None:
    """The dispatch on its paper; a long one is leafed through."""
    dispatch = sheet.dispatch
    given = Print(
        dispatch.style, dispatch.event, dispatch.title, dispatch.place, dispatch.date, flowing(dispatch.text),
        sheet.stamp, sheet.day,
    )  # fmt: skip
    shown, links = spread(given, place.size, round(page.scale, 4), round(page.type_scale, 4))
    with page.panel("paper", place) as panel:
        page.surface.blit(shown, (place.left, panel.top))
        for link, rect in links:
            page.link(link, rect.move(place.left, panel.top))
        panel.bottom = panel.top + shown.get_height()


def _opener_width(page: Page) -> int:
    return width("SOURCES  S", page.type(Face.HEAD, 14)) + page.px(52)


def _notes(page: Page, notes: Element, place: Rect) -> None:
    shadow(page.surface, place, page.scale)
    pygame.draw.rect(page.surface, CARD, place)
    border(page.surface, place, page.scale)
    room = place.inflate(-2 * page.px(22), -2 * page.px(16))
    end = section(page, notes.name, room.left, room.top, room.width)
    close = notes["notes.close"]
    style = page.type(Face.HEAD, 15)
    high = max(page.px(36), style.cap + page.px(20))
    wide = width(close.name.upper(), style) + page.px(80)
    push(page, close, Rect(room.right - wide, room.bottom - high, wide, high), BAR, left=1, size=15)
    label, body = page.type(Face.CAPTION, 15, SOFT, 0.3), page.type(Face.SERIF, 16)
    column = page.px(130 * page.frame.type_size / 100)
    with page.panel(
        "notes", Rect(room.left, end, room.width, room.bottom - high - page.px(8) - end)
    ) as panel:
        y = panel.top
        for element in notes.children:
            if not element.value:
                continue
            page.line(element.value.upper(), label, room.left, y + page.px(6) + label.cap)
            y = page.text(
                element.name, body, room.left + column, y, room.width - column - page.px(14)
            ) + page.px(5)
        panel.bottom = y


def _choice_width(choices: Element) -> float:
    count = max(1, len(choices.children))
    return (SHEET - GAP * (count - 1)) / count


def _need(page: Page, choices: Element) -> float:
    """How high the fullest choice is, in design units."""
    wide = page.px(_choice_width(choices)) - 2 * page.px(PAD) - page.px(12)
    most = 0
    for element in choices.children:
        choice = element.of(Choice)
        high = page.px(56 + 8 + 12)
        if choice.option.text:
            high += page.height(choice.option.text, _words(page, choices), wide, LEADING) + page.px(6)
        for chance in choice.chances:
            column = width("100 %", page.type(Face.HEAD, 15)) + page.px(10)
            label = page.type(Face.ITALIC, 15)
            high += page.height(chance.likely.label, label, wide - column, 1.3) + page.px(4)
            high += drifts_height(page, chance.drifts, wide - column, 14)
        if element.disabled:
            high += page.height(element.disabled, page.type(Face.SANS_BOLD, 15), wide, 1.3) + page.px(4)
        if choice.certain:
            high += page.px(34) + max(page.px(44), drifts_height(page, choice.certain, wide))
        most = max(most, high)
    return most / page.scale


def _words(page: Page, choices: Element) -> Style:
    return page.type(Face.SERIF, 15 if len(choices.children) > 3 else 16)


def _choices(page: Page, choices: Element, x: float, top: float) -> None:
    wide = _choice_width(choices)
    style = _words(page, choices)
    for at, element in enumerate(choices.children):
        _choice(page, element, page.frame.rect(x + at * (wide + GAP), top, wide, BOTTOM - top), style)


def _choice(page: Page, element: Element, place: Rect, style: Style) -> None:
    choice = element.of(Choice)
    surface, closed = page.surface, bool(element.disabled)
    shadow(surface, place, page.scale)
    pygame.draw.rect(surface, CARD, place)
    border(surface, place, page.scale, OCHRE if element.selected else INK, 4 if element.selected else 1.5)
    colour = SOFT if closed else TRACKS.get(choice.track, INK)
    edge = page.px(4 if element.selected else 1.5)
    inside = place.inflate(-2 * edge, -2 * edge)
    number = corner(surface, inside, str(choice.number), colour, page.scale, page.type_scale)
    sign = icons.OF_TRACK.get(choice.track, "dash")
    icons.put(
        surface,
        sign,
        (place.right - page.px(28), place.top + page.px(28)),
        page.px(24),
        INK,
        SOFT if closed else LINES.get(choice.track, INK),
    )
    x = number.right + page.px(8)
    _title(
        page,
        element.name.upper(),
        Rect(x, place.top + page.px(6), place.right - page.px(46) - x, page.px(46)),
        closed,
    )
    body = place.inflate(-2 * page.px(PAD), 0)
    body.top = number.bottom + page.px(8)
    body.height = place.bottom - page.px(8) - body.top
    few = choice.certain if len(choice.certain) <= 3 and not closed and not choice.chances else ()
    if few:
        body.height -= _columns(page, few, body)
    with page.panel(f"choice.{choice.option.id}", body) as panel:
        y = panel.top
        wide = body.width - page.px(12)
        if choice.option.text:
            y = page.text(choice.option.text, style, body.left, y, wide, LEADING) + page.px(6)
        for chance in choice.chances:
            y = _chance(
                page, f"{chance.likely.percent} %", chance.likely.label, chance.drifts, body.left, y, wide
            )
        if closed:
            y = page.text(
                element.disabled, page.type(Face.SANS_BOLD, 15, BAD), body.left, y + page.px(4), wide, 1.3
            )
        if choice.certain and not few:
            y = _rule(page, "CERTAIN", body.left, y + page.px(2), wide)
            y = drifts(page, choice.certain, body.left, y, wide)
        elif not choice.certain and not choice.chances:
            y = page.text(
                "Nothing is known for certain.", page.type(Face.ITALIC, 15, SOFT), body.left, y, wide, 1.3
            )
        panel.bottom = y
    page.spot(element, place)


def _title(page: Page, words: str, room: Rect, closed: bool) -> None:
    """A title on one line, or smaller on two."""
    style = page.type(Face.HEAD, 22, SOFT if closed else INK)
    if width(words, style) <= room.width:
        write_in(page.surface, words, style, room, "left")
        return
    style = page.type(Face.HEAD, 16, SOFT if closed else INK)
    high = page.height(words, style, room.width, 1.25)
    if high > room.height + page.px(8):
        style = page.type(Face.HEAD, 13, SOFT if closed else INK)
        high = page.height(words, style, room.width, 1.2)
    page.text(words, style, room.left, room.centery - high // 2, room.width, 1.25)


def _rule(page: Page, words: str, x: int, y: int, wide: int) -> int:
    style = page.type(Face.CAPTION, 14, SOFT, 0.4)
    box = page.line(words, style, x + wide, y + style.cap + page.px(2), "right")
    rule(page.surface, x, box.left - page.px(16), y + style.cap // 2 + page.px(2), page.scale, OCHRE)
    return y + style.cap + page.px(8)


def _columns(page: Page, certain: tuple[Drift, ...], body: Rect) -> int:
    """What is certain, at the foot of the card in columns; the height it takes."""
    label, figure = page.type(Face.SANS, 14, SOFT), page.type(Face.HEAD, 22)
    high = figure.cap + label.cap + page.px(46)
    y = _rule(page, "CERTAIN", body.left, body.bottom - high, body.width)
    column = body.width // max(2, len(certain))
    for at, each in enumerate(certain):
        x = body.left + at * column
        name = shorten(brief(each.label), label, column - page.px(8))
        page.line(name, label, x, y + label.cap + page.px(2))
        side = page.px(14)
        base = body.bottom - page.px(4)
        icons.put_arrow(page.surface, each.direction, each.tone, (x + side / 2, base - figure.cap / 2), side)
        style = figure.of(TONES[each.tone])
        page.line(shorten(each.shown, style, column - side - page.px(12)), style, x + side + page.px(6), base)
    return high


def _chance(page: Page, percent: str, label: str, moved: tuple[Drift, ...], x: int, y: int, wide: int) -> int:
    figure, name = page.type(Face.HEAD, 15, SOFT), page.type(Face.ITALIC, 15, SOFT)
    column = width("100 %", figure) + page.px(10)
    page.line(percent, figure, x, y + page.px(4) + figure.cap)
    y = page.text(label, name, x + column, y, wide - column, 1.3)
    return drifts(page, moved, x + column, y, wide - column, 14) + page.px(4)


def _told(page: Page, told: Element, place: Rect) -> None:
    """What the answer, or the news itself, has moved."""
    tree, surface = page.tree, page.surface
    shadow(surface, place, page.scale)
    pygame.draw.rect(surface, CARD, place)
    border(surface, place, page.scale)
    room = place.inflate(-2 * page.px(20), -2 * page.px(12))
    button = tree["proceed"]
    wide = max(page.px(190), width(button.name.upper(), page.type(Face.HEAD, 22)) + page.px(110))
    high = max(page.px(50), page.type(Face.HEAD, 22).cap + page.px(28))
    corner_ = Rect(place.right - page.px(14) - wide, place.bottom - page.px(14) - high, wide, high)
    push(page, button, corner_, RED, left=1, size=22)
    name = f"{told.name}: {told.value}" if told.value else told.name
    if not told.children and not told.description:
        name = told.value or "News"
    end = section(page, name, room.left, room.top, room.width)
    left = room.width - wide - page.px(20)
    body, note = page.type(Face.SERIF, 16), page.type(Face.SERIF, 15, SOFT)
    with page.panel("told", Rect(room.left, end, left, place.bottom - page.px(8) - end)) as panel:
        y = panel.top
        lines = [each.of(Told) for each in told.children]
        sentences = list(dict.fromkeys(each.sentence for each in lines))
        if not sentences and told.description:
            sentences = [told.description]
        for sentence in sentences:
            mine = [each.drift for each in lines if each.sentence == sentence]
            y = page.text(sentence, body, room.left, y, left - page.px(14), 1.35)
            y = drifts(page, mine, room.left, y, left - page.px(14), 16) + page.px(8)
        if not sentences:
            page.text("Nothing moved at once.", note, room.left, y, left)
            y += note.height
        if (toll := tree.get("card.toll")) is not None:
            y = page.text(toll.name, note, room.left, y + page.px(2), left - page.px(14), 1.35)
        panel.bottom = y
