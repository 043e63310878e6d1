"""What lies over the picture?  The focus ring, what the mouse points at, a hint, a sentence to be read."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop import focus
from game.views.desktop.blocks import set_text
from game.views.desktop.focus import Spot
from game.views.desktop.frame import Frame
from game.views.desktop.hands import Hands
from game.views.desktop.keys import shown
from game.views.desktop.lettering import Face, Style
from game.views.desktop.page import Page
from game.views.desktop.palette import Colour
from game.views.desktop.shapes import bar
from game.views.desktop.theme import BAR, FAINT, INK, LIGHT, OCHRE, RED
from game.views.screens.tree import Role

RING: Final = 4
HINT_WIDTH: Final = 320
NOTICE_WIDTH: Final = 620
QUIET: Final = frozenset({Role.TEXT, Role.OPTION})
"""Roles whose words stand in full on the page: no hint repeats them."""


class Marks:
    """The marks over a picture, and what lies under each of them."""

    def __init__(self) -> None:
        self._under: list[tuple[Rect, Surface]] = []

    def forget(self) -> None:
        """The picture is painted anew: nothing lies under the marks any more."""
        self._under.clear()

    def lift(self, picture: Surface) -> list[Rect]:
        """Take the marks off; where they were."""
        changed = []
        for rect, under in reversed(self._under):
            picture.blit(under, rect)
            changed.append(rect)
        self._under.clear()
        return changed

    def _cover(self, picture: Surface, rect: Rect) -> None:
        rect = rect.clip(picture.get_rect())
        if rect.width and rect.height:
            self._under.append((rect, picture.subsurface(rect).copy()))

    def paint(
        self, picture: Surface, page: Page, hands: Hands, notice: str, tip: bool, view: Rect
    ) -> list[Rect]:
        """Paint the marks of the hands, the hint only once the hands have rested; where they are. `view` is the part
        of the page that is seen."""
        held = focus.find(page.spots, hands.focus)
        pointed = focus.find(page.spots, hands.hover)
        if pointed is not None and pointed.element.usable and pointed.id != hands.focus:
            self._frame(picture, page, pointed, INK, 2)
        if held is not None and hands.ring:
            self._frame(picture, page, held, OCHRE, RING)
        spot = held if hands.ring else pointed
        if tip and not notice and spot is not None and spot.element.role not in QUIET:
            self._hint(picture, page.frame, spot, view)
        if notice:
            self._notice(picture, page.frame, notice, view)
        return [rect for rect, _ in self._under]

    def _frame(self, picture: Surface, page: Page, spot: Spot, colour: Colour, units: int) -> None:
        thick = max(2, page.frame.px(units))
        panel = next((each for each in page.panels if each.id == spot.panel), None)
        clip = panel.rect.inflate(2 * thick, 2 * thick) if panel else picture.get_rect()
        ring = spot.rect.inflate(2 * thick, 2 * thick)
        outer = ring.inflate(2, 2) if colour is OCHRE else ring
        wide = thick + (1 if colour is OCHRE else 0)
        for side in (
            Rect(outer.left, outer.top, outer.width, wide), Rect(outer.left, outer.bottom - wide, outer.width, wide),
            Rect(outer.left, outer.top, wide, outer.height), Rect(outer.right - wide, outer.top, wide, outer.height),
        ):  # fmt: skip
            self._cover(picture, side.clip(clip))
        picture.set_clip(clip)
        pygame.draw.rect(picture, colour, ring, thick)
        if outer != ring:
            pygame.draw.rect(picture, INK, outer, 1)
        picture.set_clip(None)

    def _hint(self, picture: Surface, frame: Frame, spot: Spot, view: Rect) -> None:
        element = spot.element
        lines = element.disabled or element.description
        if not lines and not element.key:
            return
        scale = frame.type_scale
        head = Style(Face.SANS_BOLD, 15, LIGHT).at(scale)
        body = Style(Face.SANS, 15, FAINT).at(scale)
        wide = min(frame.px(HINT_WIDTH), view.width * 4 // 5)
        key = f"   [ {shown(element.key)} ]" if element.key else ""
        title = set_text(element.name + key, head, wide, 1.3, plain=True)
        text = set_text(lines, body, wide, 1.3, plain=True)
        pad = frame.px(10)
        width = max([line.width for line in (*title.lines, *text.lines)], default=0) + 2 * pad
        box = Rect(0, 0, width, title.height + text.height + 2 * pad)
        _beside(box, spot, frame, view)
        self._cover(picture, box)
        picture.fill(BAR, box)
        pygame.draw.rect(picture, OCHRE, Rect(box.left, box.top, max(2, frame.px(3)), box.height))
        title.paint(picture, box.left + pad, box.top + pad)
        text.paint(picture, box.left + pad, box.top + pad + title.height)

    def _notice(self, picture: Surface, frame: Frame, notice: str, view: Rect) -> None:
        style = Style(Face.SANS_BOLD, 16, LIGHT).at(frame.type_scale)
        text = set_text(notice, style, min(frame.px(NOTICE_WIDTH), view.width * 4 // 5), 1.3, plain=True)
        pad = frame.px(14)
        width = max((line.width for line in text.lines), default=0)
        box = Rect(0, 0, width + 4 * pad, text.height + 2 * pad)
        page = _shown(frame, view)
        box.midbottom = page.centerx, page.bottom - frame.px(24)
        self._cover(picture, box.inflate(4, 4))
        bar(picture, box, RED, left=1, right=1, edge=LIGHT, thick=max(1.0, 1.5 * frame.scale))
        text.paint(picture, box.left + 2 * pad, box.top + pad)


def _shown(frame: Frame, view: Rect) -> Rect:
    """The part of the page between its bars that is seen."""
    return Rect(0, frame.top, frame.canvas[0], frame.canvas[1] - 2 * frame.top).clip(view)


def _beside(box: Rect, spot: Spot, frame: Frame, view: Rect) -> None:
    """Move a hint beside what it is about: rows get theirs at a side, all else below, where there is room."""
    gap, seen = frame.px(12), spot.seen
    area = _shown(frame, view).inflate(-gap, -gap)
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
