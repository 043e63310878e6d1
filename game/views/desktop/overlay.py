"""What lies over the picture?  The focus ring, what the mouse points at, a hint, a sentence to be read."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop import focus
from game.views.desktop.focus import Spot
from game.views.desktop.frame import Frame
from game.views.desktop.hands import Hands
from game.views.desktop.keys import shown
from game.views.desktop.lettering import Face, Style, set_text
from game.views.desktop.page import Page
from game.views.desktop.palette import INK, MUTED, OCHRE, PAPER, RED
from game.views.desktop.shapes import bar
from game.views.screens.tree import Role

RING: Final = 4
HINT_WIDTH: Final = 320
NOTICE_WIDTH: Final = 620
QUIET: Final = frozenset({Role.TEXT, Role.OPTION})
"""Roles whose words stand in full on the page: no hint repeats them."""


def paint(screen: Surface, page: Page, hands: Hands, notice: str, tip: bool) -> None:
    """Paint the marks of the hands; the hint only once the hands have rested."""
    held = focus.find(page.spots, hands.focus)
    pointed = focus.find(page.spots, hands.hover)
    if pointed is not None and pointed.element.usable and pointed.id != hands.focus:
        _frame(screen, page, pointed, INK, 2)
    if held is not None and hands.ring:
        _frame(screen, page, held, OCHRE, RING)
    spot = held if hands.ring else pointed
    if tip and not notice and spot is not None and spot.element.role not in QUIET:
        _hint(screen, page.frame, spot)
    if notice:
        _notice(screen, page.frame, notice)


def _frame(screen: Surface, page: Page, spot: Spot, colour: tuple[int, int, int], units: int) -> None:
    thick = max(2, page.frame.px(units))
    clip = next(
        (each.rect.inflate(2 * thick, 2 * thick) for each in page.panels if each.id == spot.panel), None
    )
    screen.set_clip(clip)
    pygame.draw.rect(screen, colour, spot.rect.inflate(2 * thick, 2 * thick), thick)
    if colour == OCHRE:
        pygame.draw.rect(screen, INK, spot.rect.inflate(2 * thick + 2, 2 * thick + 2), 1)
    screen.set_clip(None)


def _hint(screen: Surface, frame: Frame, spot: Spot) -> None:
    element = spot.element
    lines = element.disabled or element.description
    if not lines and not element.key:
        return
    scale = frame.type_scale
    head = Style(Face.SANS_BOLD, 15, PAPER).at(scale)
    body = Style(Face.SANS, 15, MUTED).at(scale)
    wide = frame.px(HINT_WIDTH)
    key = f"   [ {shown(element.key)} ]" if element.key else ""
    title = set_text(element.name + key, head, wide, 1.3, plain=True)
    text = set_text(lines, body, wide, 1.3, plain=True)
    pad = frame.px(10)
    width = max([line.width for line in (*title.lines, *text.lines)], default=0) + 2 * pad
    box = Rect(0, 0, width, title.height + text.height + 2 * pad)
    _beside(box, spot, frame)
    screen.fill(INK, box)
    pygame.draw.rect(screen, OCHRE, Rect(box.left, box.top, max(2, frame.px(3)), box.height))
    title.paint(screen, box.left + pad, box.top + pad)
    text.paint(screen, box.left + pad, box.top + pad + title.height)


def _beside(box: Rect, spot: Spot, frame: Frame) -> None:
    """Move a hint beside what it is about: rows get theirs at a side, all else below, where there is room."""
    gap, seen = frame.px(12), spot.seen
    area = Rect(0, frame.top, frame.canvas[0], frame.canvas[1] - 2 * frame.top).inflate(-gap, -gap)
    below, above, right, left = box.copy(), box.copy(), box.copy(), box.copy()
    below.midtop = seen.centerx, seen.bottom + gap
    above.midbottom = seen.centerx, seen.top - gap
    right.topleft = seen.right + gap, seen.top
    left.topright = seen.left - gap, seen.top
    for each in (below, above):
        each.left = max(area.left, min(area.right - each.width, each.left))
    for each in (right, left):
        each.top = max(area.top, min(area.bottom - each.height, each.top))
    sides, ends = (left, right), (below, above)
    order = (*sides, *ends) if spot.element.role in (Role.VALUE, Role.ITEM) else (*ends, *sides)
    box.topleft = next((each for each in order if area.contains(each)), below).topleft
    box.clamp_ip(area)


def _notice(screen: Surface, frame: Frame, notice: str) -> None:
    style = Style(Face.SANS_BOLD, 16, PAPER).at(frame.type_scale)
    text = set_text(notice, style, frame.px(NOTICE_WIDTH), 1.3, plain=True)
    pad = frame.px(14)
    width = max((line.width for line in text.lines), default=0)
    box = Rect(0, 0, width + 4 * pad, text.height + 2 * pad)
    box.midbottom = frame.canvas[0] // 2, frame.canvas[1] - frame.top - frame.px(24)
    bar(screen, box, RED, left=1, right=1, edge=PAPER, thick=max(1.0, 1.5 * frame.scale))
    text.paint(screen, box.left + 2 * pad, box.top + pad)
