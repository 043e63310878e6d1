"""How is a dispatch printed?  As a telegram or a newspaper page here, as minutes, letter or report in `pages`.

`card` gives a picture as wide as asked and at least as high; a longer text makes a longer paper, to be scrolled.
Nothing is ever set smaller to fit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop.blocks import Block, set_text
from game.views.desktop.halftone import cut, scrap
from game.views.desktop.lettering import Face, Style, width, write
from game.views.desktop.pages import letter, minutes, report
from game.views.desktop.palette import FORM, FORM_INK, INK, NEWSPRINT, STRIP, mix
from game.views.desktop.paper import chance, leaf, perforate, postmark, stamp, stamp_place, tear, tilt
from game.views.desktop.press import (
    Print,
    Setting,
    cyrillic_month,
    masthead,
    price,
    roman,
    serial,
)
from game.views.desktop.shapes import filled, px
from game.views.screens.markup import unmarked

WIDE: Final = 820
"""A card wider than this many design units is a paper with a picture beside it."""
PAPER_WIDE: Final = 716
GUTTER: Final = 20


def card(given: Print, size: tuple[int, int], scale: float, type_scale: float | None = None) -> Surface:
    """A dispatch on its paper, as wide as the size and at least as high. Kept, and not to be painted on."""
    return _card(given, size, round(scale, 4), round(type_scale or scale, 4))


def _card(given: Print, size: tuple[int, int], scale: float, type_scale: float) -> Surface:
    painter = PAPERS.get(given.style, report)
    if size[0] <= WIDE * scale or given.style == "newspaper":
        return painter(given, Setting(size, scale, type_scale))
    wide = px(PAPER_WIDE, scale)
    paper = painter(given, Setting((wide, size[1]), scale, type_scale))
    found = Surface((size[0], max(size[1], paper.get_height())), pygame.SRCALPHA)
    found.blit(paper, (0, 0))
    gap = px(GUTTER, scale)
    beside = size[0] - wide - gap, min(size[1], round((size[0] - wide - gap) * 0.8))
    found.blit(scrap(beside, given.place, given.iso, given.event, scale, type_scale), (wide + gap, 0))
    return found


# Telegram


def telegram(given: Print, to: Setting) -> Surface:
    """A form with typed strips pasted on, a postmark, and a stamp if it is secret or urgent."""
    pad, top = to.px(24), to.type_px(105)
    typed = to.style(Face.TYPED, 18)
    strip, step = to.type_px(27), to.type_px(33)
    room = to.width - 2 * pad
    lines = set_text(given.text.upper(), typed, room - to.px(18), 1.0)
    body = _strips(given.event, lines, to, pad, top, strip, step)
    bottom = body[-1].bottom if body else top
    radius = to.type_px(45)
    mark = _corner(body, to, radius)
    paper = leaf((to.width, max(to.height, bottom + to.px(22), mark.bottom + to.px(14))), FORM, to.scale)
    _telegram_head(paper, given, to, pad)
    paper.blit(
        postmark(given.place or "Москва", (roman(given.date), given.year), "телеграф", radius, given.event),
        mark,
    )
    for at, (line, rect) in enumerate(zip(lines.lines, body, strict=True)):
        _strip(paper, rect, given.event, at, to)
        one = Block((line,), lines.width, lines.height, lines.step)
        one.paint(paper, rect.left + to.px(8), rect.centery + (typed.cap + 1) // 2 - line.base)
    if given.stamp:
        shown = stamp(given.stamp, to.type_px(19), given.event, tilt(given.event))
        below = Rect(pad, top, room, paper.get_height() - top - to.px(8))
        above = shown.get_rect(center=(round(to.width * 0.6), to.type_px(29)))
        paper.blit(shown, stamp_place(shown, [*body, mark], below, to.scale) or above)
    perforate(paper, to.scale)
    return paper


def _strips(event: str, lines: Block, to: Setting, pad: int, top: int, high: int, step: int) -> list[Rect]:
    found = []
    for at, line in enumerate(lines.lines):
        shift = (
            round((chance(event, at) * 7 - 3) * to.scale),
            round((chance(event, at + 500) * 2 - 1) * to.scale),
        )
        found.append(Rect(pad + shift[0], top + at * step + shift[1], line.width + 2 * to.px(8), high))
    return found


def _corner(body: list[Rect], to: Setting, radius: int) -> Rect:
    """Where the postmark goes: at the lower right end; the last strips may be pasted over its rim."""
    mark = Rect(0, 0, 2 * radius, 2 * radius)
    mark.bottomright = to.width - to.px(28), to.height - to.px(14)
    covering = [rect.bottom for rect in body if rect.right > mark.left]
    if covering:
        mark.top = max(mark.top, covering[-1] - round(radius * 0.2))
    return mark


def _strip(paper: Surface, rect: Rect, event: str, at: int, to: Setting) -> None:
    slant = (chance(event, at + 900) - 0.5) * 2.4 * to.scale
    corners = [(rect.left, rect.top + slant / 2), (rect.right, rect.top - slant / 2),
               (rect.right, rect.bottom - slant / 2), (rect.left, rect.bottom + slant / 2)]  # fmt: skip
    drop = 2.2 * to.scale
    filled(paper, [(x + drop / 2, y + drop) for x, y in corners], mix(FORM, INK, 0.2))
    filled(paper, corners, STRIP)


def _telegram_head(paper: Surface, given: Print, to: Setting, pad: int) -> None:
    right = to.width - pad
    write(paper, "ТЕЛЕГРАММА", to.style(Face.HEAD, 28, FORM_INK, 6), pad, to.type_px(45))
    write(paper, "НКИД — МОСКВА", to.style(Face.CAPTION, 15, FORM_INK, 0.3), right, to.type_px(29), "right")
    write(paper, "бланк № 3", to.style(Face.ITALIC, 14, FORM_INK), right, to.type_px(49), "right")
    for y, thick in ((56, 2.5), (61, 1.0), (90, 1.0)):
        pygame.draw.rect(paper, FORM_INK, Rect(pad, to.type_px(y), right - pad, px(thick, to.scale)))
    label, value = to.style(Face.ITALIC, 15, FORM_INK), to.style(Face.TYPED, 16)
    words = len(unmarked(given.text).split())
    when = f"{roman(given.date)} {given.year}"
    clock = f"{8 + int(chance(given.event, 3) * 14)}.{int(chance(given.event, 4) * 60):02d}"
    entries = [
        ("From", given.place.upper()),
        ("No.", str(serial(given))),
        ("Words", str(words)),
        ("Received", f"{when} {clock}"),
    ]
    entries = [(name, filling) for name, filling in entries if filling]
    gap = to.px(7)

    def long(each: tuple[str, str]) -> int:
        return width(each[0], label) + gap + width(each[1], value)

    while len(entries) > 2 and sum(map(long, entries)) + to.px(16) * (len(entries) - 1) > right - pad:
        entries.pop(-2)
    spare = (right - pad - sum(map(long, entries))) // max(1, len(entries) - 1)
    spare = min(spare, to.px(56))
    x, base = pad, to.type_px(79)
    for each in entries:
        after = write(paper, each[0], label, x, base)
        write(paper, each[1], value, after.right + gap, base - to.px(1))
        x += long(each) + spare


# Newspaper


def newspaper(given: Print, to: Setting) -> Surface:
    """A page torn out: masthead, date line, headline, justified columns, a picture if there is room."""
    pad, gutter = to.px(20), to.px(20)
    room = to.width - 2 * pad
    head = _headline(given, to, room)
    start = to.type_px(78) + head.height + to.type_px(14)
    columns = 2 if to.width <= WIDE * to.scale else 3
    wide = (room - gutter * (columns - 1)) // columns
    below = to.px(30)
    text = _column(given, to, 15, wide)
    rows = max(1, (to.height - start - below) // text.step)
    if len(text.lines) < rows * (columns - 1) * 0.6:
        text = _column(given, to, 17, wide)
        rows = max(1, (to.height - start - below) // text.step)
    many = len(text.lines)
    illustrated = many <= rows * (columns - 1) and (columns > 2 or many > 2)
    used = columns - 1 if illustrated else columns
    rows = max(rows, 4) if many <= rows * used else -(-many // used)
    if illustrated or many > rows * used:
        rows = -(-many // used) if illustrated else rows
    high = max(to.height, start + max(rows, 4) * text.step + below)
    paper = leaf((to.width, high), NEWSPRINT, to.scale, 1.2)
    _masthead(paper, given, to, pad)
    head.paint(paper, pad, to.type_px(78))
    share = -(-many // used)
    for column in range(used):
        x = pad + column * (wide + gutter)
        part = text.lines[column * share : (column + 1) * share]
        Block(part, text.width, text.height, text.step).paint(paper, x, start - column * share * text.step)
        if column:
            thin = Rect(x - gutter // 2, start + to.px(4), px(0.8, to.scale), share * text.step - to.px(4))
            pygame.draw.rect(paper, mix(NEWSPRINT, INK, 0.45), thin)
    if illustrated:
        frame = wide, min(high - start - below - to.px(4), round(wide * 0.66))
        picture = cut(frame, given.place, given.iso, given.event, to.scale, to.type_scale, STRIP)
        paper.blit(picture, (to.width - pad - wide, start + to.px(4)))
    tear(paper, given.event, to.scale)
    return paper


def _column(given: Print, to: Setting, size: float, wide: int) -> Block:
    run_in = f"{given.place.upper()}. — " if given.place else ""
    return set_text(run_in + given.text, to.style(Face.SERIF, size), wide, 1.36, "justify", indent=to.px(16))


def _headline(given: Print, to: Setting, room: int) -> Block:
    title = given.title.upper()
    style = to.style(Face.PRESS, 32, INK, 1.0)
    if width(title, style) > room:
        style = to.style(Face.PRESS, 30)
    return set_text(title, style, room, 1.14, "center", plain=True)


def _masthead(paper: Surface, given: Print, to: Setting, pad: int) -> None:
    right, middle = to.width - pad, to.width // 2
    name = masthead(given.place)
    style = to.style(Face.PRESS, 38, INK, 1.6)
    while width(name, style) > right - pad and style.size > to.type_px(20):
        style = Style(style.face, style.size * 0.94, INK, style.gap * 0.8)
    write(paper, name, style, middle, to.type_px(36), "center")
    pygame.draw.rect(paper, INK, Rect(pad, to.type_px(48), right - pad, px(2.5, to.scale)))
    pygame.draw.rect(paper, INK, Rect(pad, to.type_px(72), right - pad, px(1, to.scale)))
    bold, plain = to.style(Face.STRONG, 14), to.style(Face.SERIF, 14)
    base = to.type_px(66)
    left = write(paper, (given.place or cyrillic_month(given.date)).upper(), bold, pad + to.px(2), base)
    cost = write(paper, price(given.place), bold, right - to.px(2), base, "right")
    date = given.date.upper()
    if width(date, plain) < cost.left - left.right - to.px(20):
        write(paper, date, plain, (left.right + cost.left) // 2, base, "center")


PAPERS: Final[dict[str, Callable[[Print, Setting], Surface]]] = {
    "telegram": telegram,
    "newspaper": newspaper,
    "minutes": minutes,
    "letter": letter,
    "report": report,
}
"""The painter of each style of dispatch."""
