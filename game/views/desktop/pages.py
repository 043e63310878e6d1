"""How are the quiet papers set?  Minutes of the Politburo, a letter by courier, a report of the bureau."""

from __future__ import annotations

from typing import Final, TypeAlias

import pygame
from pygame import Rect, Surface

from game.views.desktop.blocks import set_text
from game.views.desktop.lettering import Face, width, write
from game.views.desktop.palette import CARD, INK, PAPER, RED, SOFT, Colour, hexed, mix
from game.views.desktop.paper import chance, clip, fold, leaf, punch, seal, stamp, stamp_place, tilt
from game.views.desktop.press import Print, Setting, cyrillic_month, party, serial
from game.views.desktop.shapes import filled, lay, px

TYPING_PAPER: Final = hexed("F1EBDA")
LETTER_PAPER: Final = hexed("F5ECD8")
BUREAU_PAPER: Final = hexed("F3F0E6")
PENCIL: Final = mix(RED, CARD, 0.12)
BLUE_BLACK: Final = hexed("26324A")


def minutes(given: Print, to: Setting) -> Surface:
    """An extract from the minutes: typed, one numbered item, punched for the binder, marked in red pencil."""
    left, pad = to.px(66), to.px(30)
    room = to.width - left - pad
    number = 1 + int(chance(given.event, 11) * 14)
    typed = to.style(Face.TYPED, 16)
    title = set_text(f"{number}. {given.title}", typed, room, 1.35, plain=True)
    text = set_text(given.text, typed, room, 1.3)
    top = to.type_px(57)
    start = top + title.height + to.type_px(7)
    high = max(to.height, start + text.height + to.px(14))
    used = [*title.rects(left, top), *text.rects(left, start)]
    stamped = _stamped(given, to, Rect(left, top, room, high - top), used)
    paper = leaf((to.width, _height(high, stamped, to)), TYPING_PAPER, to.scale)
    _minutes_head(paper, given, to, left, f"No. {serial(given)}, item {number}")
    title.paint(paper, left, top)
    for line in title.lines:
        under = top + line.base + to.type_px(4)
        pygame.draw.rect(paper, INK, Rect(left, under, line.width, px(1.2, to.scale)))
    text.paint(paper, left, start)
    _pencil(
        paper, left - to.px(13), start + to.px(2), start + min(text.height, text.step * 4), given.event, to
    )
    for share in (0.3, 0.7):
        punch(paper, (to.px(24), to.height * share), to.px(8))
    clip(paper, to.px(38), to.scale)
    _lay(paper, stamped)
    return paper


def _minutes_head(paper: Surface, given: Print, to: Setting, left: int, number: str) -> None:
    right, base, note = to.width - to.px(30), to.type_px(34), to.style(Face.TYPED, 15)
    head = write(paper, f"{party(given.year)} — ПОЛИТБЮРО", to.style(Face.HEAD, 17, INK, 0.6), left, base)
    date = write(paper, given.date, note, right, base, "right")
    room = date.left - head.right
    if width(number, note) + to.px(40) < room:
        room -= to.px(22) + write(paper, number, note, date.left - to.px(22), base, "right").width
    words, style = "extract from the minutes", to.style(Face.ITALIC, 16, SOFT)
    if width(words, style) + to.px(32) < room:
        write(paper, words, style, head.right + to.px(16), base)
    for y, thick in ((45, 2.0), (49, 1.0)):
        pygame.draw.rect(paper, INK, Rect(left, to.type_px(y), right - left, px(thick, to.scale)))


Stamped: TypeAlias = tuple[Surface, Rect] | None


def _stamped(given: Print, to: Setting, room: Rect, used: list[Rect]) -> Stamped:
    """The stamp and its place: where nothing is written, or else below, on a paper that is to be scrolled anyway.

    A stamp is ornament: it is left out rather than make a paper longer that would fit without it.
    """
    if not given.stamp:
        return None
    shown = stamp(given.stamp, to.type_px(17), given.event, tilt(given.event))
    place = stamp_place(shown, used, room, to.scale)
    if place is None and room.bottom <= to.height:
        return None
    return shown, place or shown.get_rect(topright=(room.right, room.bottom - to.px(18)))


def _height(high: int, stamped: Stamped, to: Setting) -> int:
    return high if stamped is None else max(high, stamped[1].bottom + to.px(12))


def _lay(paper: Surface, stamped: Stamped) -> None:
    if stamped is not None:
        paper.blit(*stamped)


def _pencil(paper: Surface, x: int, top: int, bottom: int, event: str, to: Setting) -> None:
    """A line of red pencil beside the words that were read twice."""
    points = [
        (x + (chance(event, at) - 0.5) * 2.2 * to.scale, top + (bottom - top) * at / 8) for at in range(9)
    ]
    for shift in (0.0, 3.4 * to.scale):
        thick = 1.7 * to.scale
        left = [(u + shift, v) for u, v in points]
        filled(paper, left + [(u + thick, v) for u, v in reversed(left)], PENCIL)


def letter(given: Print, to: Setting) -> Surface:
    """A private letter: folded paper, an italic hand, a broken seal."""
    pad = to.px(40)
    room = to.width - 2 * pad
    hand = to.style(Face.ITALIC, 18, BLUE_BLACK)
    text = set_text(given.text, hand, room, 1.42, indent=to.px(24))
    top = to.type_px(66)
    radius = to.px(27)
    used = text.rects(pad, top)
    place = seal(radius, given.event).get_rect(right=to.width - pad + to.px(6), bottom=to.height - to.px(12))
    place.top = min(place.top, top + text.height - text.step)
    while place.inflate(-to.px(8), -to.px(8)).collidelist(used) >= 0:
        place.top += 2
    place.top = max(place.top, min(to.height - to.px(12), top + text.height + to.px(60)) - place.height)
    high = max(to.height, top + text.height + to.px(20), place.bottom + to.px(10))
    stamped = _stamped(given, to, Rect(pad, top, room, high - top), [*used, place])
    paper = leaf((to.width, _height(high, stamped, to)), LETTER_PAPER, to.scale, 1.2)
    fold(paper, round(to.width * 0.5), True, to.scale)
    fold(paper, round(to.height * 0.5), False, to.scale)
    where = ", ".join(each for each in (given.place, given.date) if each)
    write(paper, where, hand, to.width - pad, to.type_px(42), "right")
    sign = to.style(Face.CAPTION, 14, SOFT, 1.2)
    by_hand = "BY COURIER" if width(where, hand) + width("BY COURIER", sign) < room - to.px(20) else ""
    write(paper, by_hand, sign, pad, to.type_px(42))
    text.paint(paper, pad, top)
    wax = seal(radius, given.event)
    shade = wax.copy()
    shade.fill((0, 0, 0, 70), special_flags=pygame.BLEND_RGBA_MULT)
    lay(paper, shade, (place.left + to.px(2), place.top + to.px(3)))
    lay(paper, wax, place.topleft)
    _lay(paper, stamped)
    return paper


def report(given: Print, to: Setting) -> Surface:
    """A report of the bureau: a printed head, the subject, plain text beside a red margin."""
    left, pad = to.px(58), to.px(28)
    right = to.width - pad
    room = right - left
    subject = set_text(given.title.upper(), to.style(Face.HEAD, 20, INK, 0.2), room, 1.25, plain=True)
    text = set_text(given.text, to.style(Face.SERIF, 17), room, 1.4, indent=to.px(18))
    top = to.type_px(74)
    start = top + subject.height + to.type_px(8)
    high = max(to.height, start + text.height + to.px(26))
    used = [*subject.rects(left, top), *text.rects(left, start)]
    stamped = _stamped(given, to, Rect(left, top, room, high - top), used)
    paper = leaf((to.width, _height(high, stamped, to)), BUREAU_PAPER, to.scale)
    _report_head(paper, given, to, right)
    margin = left - to.px(16)
    for shift in (0.0, 4.0):
        rule = Rect(margin + round(shift * to.scale), to.type_px(46), px(1, to.scale), paper.get_height())
        pygame.draw.rect(paper, mix(BUREAU_PAPER, RED, 0.55), rule)
    subject.paint(paper, left, top)
    text.paint(paper, left, start)
    for share in (0.36, 0.76):
        punch(paper, (to.px(20), to.height * share), to.px(7))
    _lay(paper, stamped)
    return paper


def _report_head(paper: Surface, given: Print, to: Setting, right: int) -> None:
    high = to.type_px(38)
    bar = set_text("НКИД — БЮРО", to.style(Face.HEAD, 18, PAPER, 1.0), to.width, 1.0, plain=True)
    wide = bar.lines[0].width + to.px(92)
    ink: Colour = INK
    filled(paper, [(0, 0), (wide, 0), (wide - high * 24 / 56, high), (0, high)], ink)
    style = to.style(Face.HEAD, 18, PAPER, 1.0)
    write(paper, "НКИД — БЮРО", style, to.px(42), (high + style.cap) // 2)
    label, value = to.style(Face.SANS, 15, SOFT), to.style(Face.TYPED, 15)
    base = high - to.type_px(10)
    shown = write(paper, given.date, value, right, base, "right")
    if shown.left - wide > to.type_px(110):
        number = write(paper, str(serial(given)), value, shown.left - to.px(22), base, "right")
        write(paper, "No.", label, number.left - to.px(6), base, "right")
    where = write(paper, given.place, to.style(Face.ITALIC, 16, SOFT), right, to.type_px(60), "right")
    ornament = cyrillic_month(given.date)
    if ornament and where.left > to.px(300):
        write(paper, f"доклад, {ornament}", to.style(Face.ITALIC, 16, SOFT), to.px(58), to.type_px(60))
    pygame.draw.rect(
        paper,
        mix(BUREAU_PAPER, INK, 0.6),
        Rect(to.px(58), to.type_px(67), right - to.px(58), px(1, to.scale)),
    )
