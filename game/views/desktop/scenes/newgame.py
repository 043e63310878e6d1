"""How does the sheet of a new game look?  Scenarios at the left; what the picked one is about, and the choices."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect

from game.views.desktop import icons
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import caption, mark_row, push, section, sheet
from game.views.desktop.shapes import border
from game.views.desktop.theme import ALERT, BAD, BAR, CARD, INK, LIGHT, OCHRE, PAPER, RED, SHADE, SOFT, THREAD
from game.views.screens.newgame import Offer
from game.views.screens.settings import Setup
from game.views.screens.tree import Element

LEFT: Final = 300
STEP: Final = 22
"""How far a lesson is set in below what it extends, in design units."""


def paint(page: Page) -> None:
    """Paint the sheet."""
    tree = page.tree
    room = sheet(page, tree["newgame.title"].name, "", tree["close"])
    left = page.px(LEFT)
    _offers(page, tree["newgame.scenarios"], Rect(room.left, room.top, left, room.height))
    x = room.left + left + page.px(32)
    high = max(page.px(58), page.type(Face.HEAD, 26).cap + page.px(28))
    foot = Rect(x, room.bottom - high, room.right - x, high)
    _foot(page, foot)
    body = Rect(x, room.top, room.right - x, foot.top - room.top - page.px(12))
    with page.panel("newgame", body) as panel:
        wide = body.width - page.px(14)
        y = _about(page, x, panel.top, wide)
        y = caption(page, tree["seats"].name, x, y + page.px(12), size=16) + page.px(8)
        y = _cards(page, tree["seats"], x, y, wide)
        for element in tree.children:
            if element.id.startswith("player."):
                y = _player(page, element, x, y + page.px(10), wide)
        y = _seed(page, tree["seed"], tree["fates"].name, x, y + page.px(10), wide) + page.px(8)
        y = _cards(page, tree["fates"], x, y, wide)
        if (difficulties := tree.get("difficulties")) is not None:
            y = caption(page, difficulties.name, x, y + page.px(12), size=16) + page.px(8)
            y = _cards(page, difficulties, x, y, wide)
        panel.bottom = y + page.px(6)


def _offers(page: Page, offers: Element, place: Rect) -> None:
    head = section(page, offers.name, place.left, place.top, place.width)
    title, note = page.type(Face.SANS_BOLD, 16), page.type(Face.SANS, 14, SOFT)
    step = max(page.px(50), title.cap + note.cap + page.px(30))
    with page.panel("offers", Rect(place.left, head, place.width, place.bottom - head)) as panel:
        y = panel.top
        for element in offers.children:
            offer = element.of(Offer)
            row = Rect(place.left, y, place.width - page.px(12), step)
            mark_row(page, row, element.selected)
            x = row.left + page.px(14) + page.px(STEP) * offer.depth
            if offer.depth:
                thick = max(2, page.px(2))
                page.surface.fill(THREAD, Rect(x - page.px(16), row.top, thick, step // 2))
                page.surface.fill(THREAD, Rect(x - page.px(16), row.top + step // 2, page.px(10), thick))
            wide = row.right - x - page.px(8)
            page.line(shorten(element.name, title, wide), title, x, row.top + page.px(11) + title.cap)
            page.line(shorten(element.value, note, wide), note, x, row.bottom - page.px(12))
            page.spot(element, row)
            y += step
        panel.bottom = y


def _about(page: Page, x: int, y: int, wide: int) -> int:
    picked = next((each for each in page.tree["newgame.scenarios"].children if each.selected), None)
    style = page.type(Face.HEAD, 28)
    if picked is not None:
        page.line(shorten(picked.name.upper(), style, wide), style, x, y + style.cap + page.px(2))
        y += style.cap + page.px(12)
    pygame.draw.rect(page.surface, RED, Rect(x, y, page.px(64), page.px(5)))
    y += page.px(14)
    return page.text(page.tree["newgame.text"].name, page.type(Face.SERIF, 16), x, y, wide, 1.35)


def _cards(page: Page, choices: Element, x: int, y: int, wide: int) -> int:
    """Choices side by side, each with what it means; the chosen one marked by a ring and an ochre frame."""
    gap, pad = page.px(12), page.px(12)
    each = (wide - gap * (len(choices.children) - 1)) // max(1, len(choices.children))
    small, name = page.type(Face.SANS, 15, SOFT), page.type(Face.HEAD, 17)
    told = [option.disabled or option.description for option in choices.children]
    high = max(page.height(words, small, each - 2 * pad, 1.3) for words in told) + name.cap + 3 * pad
    for at, (option, words) in enumerate(zip(choices.children, told, strict=True)):
        place = Rect(x + at * (each + gap), y, each, high)
        pygame.draw.rect(page.surface, CARD if option.selected else PAPER, place)
        border(
            page.surface, place, page.scale, OCHRE if option.selected else INK, 4 if option.selected else 1.5
        )
        side = round(name.cap * 0.95)
        centre = place.left + pad + side // 2, place.top + pad + name.cap // 2
        icons.put(page.surface, "ring" if option.selected else "dash", centre, side, SOFT, ALERT)
        base = place.top + pad + name.cap
        page.line(
            option.name.upper(),
            name.of(SOFT if option.disabled else INK),
            place.left + pad + side + page.px(8),
            base,
        )
        page.text(words, small, place.left + pad, base + pad - page.px(2), each - 2 * pad, 1.3)
        page.spot(option, place)
    return y + high


def _seed(page: Page, seed: Element, name: str, x: int, y: int, wide: int) -> int:
    """The heading of the fates, and in the same line the seed of the open one."""
    setup = seed.of(Setup)
    figure, label = page.type(Face.HEAD, 18), page.type(Face.CAPTION, 15, SOFT, 0.4)
    high = max(page.px(30), figure.cap + page.px(14))
    head = page.type(Face.HEAD, 16)
    page.line(name.upper(), head, x, y + high // 2 + head.cap // 2)
    closed = bool(seed.disabled)
    box = Rect(x + wide - page.px(150), y, page.px(150), high)
    pygame.draw.rect(page.surface, PAPER if closed else CARD, box)
    border(page.surface, box, page.scale, SHADE if closed else INK)
    words = "no dice" if closed else str(setup.seed)
    write_in(page.surface, words, figure.of(SOFT if closed else INK), box)
    page.spot(seed, box)
    right = box.left - page.px(10)
    write_in(page.surface, "SEED", label, Rect(x, y, right - x, high), "right")
    return y + high


def _player(page: Page, player: Element, x: int, y: int, wide: int) -> int:
    """Who holds a seat: the track's sign and name, then all who may, on as many lines as they need."""
    role = player.id.partition(".")[2]
    name = page.type(Face.HEAD, 16)
    high = max(page.px(34), name.cap + page.px(18))
    sign = icons.OF_TRACK.get(role)
    if sign is not None:
        icons.put(page.surface, sign, (x + page.px(11), y + high // 2), page.px(20))
    write_in(page.surface, player.name.upper(), name, Rect(x + page.px(28), y, page.px(130), high), "left")
    start = x + page.px(160 * max(1.0, page.frame.type_size / 110))
    style = page.type(Face.CAPTION, 15, INK, 0.2)
    left = start
    for element in player.children:
        words = element.name
        side = width(words, style) + page.px(22)
        if left + side > x + wide and left > start:
            left, y = start, y + high + page.px(6)
        place = Rect(left, y, side, high)
        pygame.draw.rect(page.surface, BAR if element.selected else PAPER, place)
        border(page.surface, place, page.scale, INK, 1.5)
        write_in(page.surface, words, style.of(LIGHT if element.selected else INK), place)
        if element.selected:
            pygame.draw.rect(page.surface, OCHRE, Rect(left, place.bottom - page.px(4), side, page.px(4)))
        page.spot(element, place)
        left = place.right + page.px(6)
    return y + high


def _foot(page: Page, place: Rect) -> None:
    begin, waiting = page.tree["begin"], page.tree["newgame.waiting"].name
    wide = max(page.px(280), width(begin.name.upper(), page.type(Face.HEAD, 26)) + page.px(150))
    push(page, begin, Rect(place.right - wide, place.top, wide, place.height), RED, left=1, size=26)
    note = page.type(Face.ITALIC, 16, BAD if waiting else SOFT)
    room = place.width - wide - page.px(20)
    words = waiting or begin.description
    block = page.height(words, note, room, 1.3)
    page.text(words, note, place.left, place.centery - block // 2, room, 1.3)
