"""How does advice look?  A slip beside what it is about, with a corner that points there."""

from __future__ import annotations

from typing import Final

import pygame
from pygame import Rect

from game.views.desktop import focus
from game.views.desktop.lettering import Face, width
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import SHEET, push
from game.views.desktop.shapes import filled, shadow
from game.views.desktop.theme import BAR, INK, OCHRE, SELECTED, SOFT
from game.views.screens.guide import Advice
from game.views.screens.tree import Element

WIDE, ON_CARD = 330, 276
GAP: Final = 18
NOSE: Final = 12


def paint(page: Page, guide: Element) -> None:
    """Paint a piece of advice over the page."""
    advice = guide.of(Advice)
    place = _slip(page, advice)
    target = _target(page, advice.target) if page.tree.id != "card" else None
    box = _place(page, place, target)
    page.spot(guide, box)
    shadow(page.surface, box, page.scale, 90)
    pygame.draw.rect(page.surface, SELECTED, box)
    pygame.draw.rect(page.surface, INK, box, page.px(1.5))
    pygame.draw.rect(page.surface, OCHRE, Rect(box.left, box.top, page.px(6), box.height))
    if target is not None:
        _point(page, box, target)
    left, wide = box.left + page.px(20), box.width - page.px(34)
    y = page.text(advice.text, page.type(Face.SERIF, 16), left, box.top + page.px(10), wide, 1.32) + page.px(
        8
    )
    understood, leave = guide.children
    high = _button_height(page)
    style = page.type(Face.HEAD, 15)
    first = Rect(left, y, width("UNDERSTOOD  U", style) + page.px(50), high)
    push(page, understood, first, BAR, right=1, size=15)
    small = page.type(Face.SANS, 14, SOFT)
    room = Rect(first.right + page.px(8), y, box.right - page.px(10) - first.right - page.px(8), high)
    words = page.line(leave.name, small, room.right, room.centery + small.cap // 2, "right")
    page.surface.fill(SOFT, Rect(words.left, words.bottom + page.px(3), words.width, max(1, page.px(1))))
    page.spot(leave, Rect(words.left - page.px(6), y, words.width + page.px(12), high))


def _button_height(page: Page) -> int:
    return max(page.px(32), page.type(Face.HEAD, 15).cap + page.px(18))


def _slip(page: Page, advice: Advice) -> Rect:
    """The slip as large as its words need."""
    wide = page.px((ON_CARD if page.tree.id == "card" else WIDE) * max(1.0, page.frame.type_size / 100))
    text = page.height(advice.text, page.type(Face.SERIF, 16), wide - page.px(34), 1.32)
    return Rect(0, 0, wide, text + _button_height(page) + page.px(30))


def _target(page: Page, id: str) -> Rect | None:
    """Where the thing lies that the advice is about: its own place, or that of all its parts in sight."""
    spot = focus.find(page.spots, id)
    if spot is not None:
        return spot.rect
    element = page.tree.get(id)
    inside = {each.id for each in element.walk()} if element is not None else set()
    parts = [each.seen for each in page.spots if each.id in inside and each.seen.width and each.seen.height]
    return parts[0].unionall(parts[1:]) if parts else None


def _place(page: Page, slip: Rect, target: Rect | None) -> Rect:
    """Beside the target, where it hides the least; on a dispatch over its picture, so that its text can be read."""
    wide, high = page.frame.canvas
    area = Rect(0, page.frame.top, wide, high - 2 * page.frame.top).inflate(-page.px(16), -page.px(16))
    if target is None:
        found = slip.copy()
        found.topright = (
            round((page.frame.wide + SHEET) / 2 * page.scale) - page.px(6),
            area.top + page.px(60),
        )
        return found.clamp(area)
    gap = page.px(GAP)
    tried: list[tuple[int, int, Rect]] = []
    for at in ("left", "right", "above", "below"):
        for share in (0, 50, 100):
            box = slip.copy()
            match at:
                case "left":
                    box.right = target.left - gap
                case "right":
                    box.left = target.right + gap
                case "above":
                    box.bottom = target.top - gap
                case _:
                    box.top = target.bottom + gap
            if at in ("left", "right"):
                box.top = target.top + (target.height - box.height) * share // 100
            else:
                box.left = target.left + (target.width - box.width) * share // 100
            box.clamp_ip(area)
            over = box.clip(target)
            tried.append((over.width * over.height * 1000 + _hidden(page, box), len(tried), box))
    return min(tried, key=lambda each: each[:2])[2]


def _hidden(page: Page, box: Rect) -> int:
    """How much that can be used lies below a box."""
    return sum(part.width * part.height for spot in page.spots if (part := box.clip(spot.seen)).width)


def _point(page: Page, box: Rect, target: Rect) -> None:
    """A corner on the edge of the slip that points at the target."""
    side = page.px(NOSE)
    if target.left >= box.right or target.right <= box.left:
        x, sign = (box.right, 1) if target.left >= box.right else (box.left, -1)
        y = max(box.top + 2 * side, min(box.bottom - 2 * side, target.centery))
        points = [(x - sign, y - side), (x + sign * side, y), (x - sign, y + side)]
    elif target.top >= box.bottom or target.bottom <= box.top:
        y, sign = (box.bottom, 1) if target.top >= box.bottom else (box.top, -1)
        x = max(box.left + 2 * side, min(box.right - 2 * side, target.centerx))
        points = [(x - side, y - sign), (x, y + sign * side), (x + side, y - sign)]
    else:
        return
    filled(page.surface, points, OCHRE)
