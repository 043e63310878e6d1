"""How wide is a dispatch's paper?  As wide as its text needs to be read without leafing, a picture beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame
from pygame import Surface

from game.views.desktop.cards import PAPERS, card
from game.views.desktop.halftone import scrap
from game.views.desktop.press import Print, Setting

WIDTHS: Final = {"telegram": (884.0, 1184.0)}
OTHERS: Final = (884.0,)
"""Widths to try, in design units, when a text is too long for the common paper; its lines must stay readable."""
GUTTER: Final = 20
LEAST_PICTURE: Final = 220


@lru_cache(maxsize=6)
def spread(given: Print, size: tuple[int, int], scale: float, type_scale: float) -> Surface:
    """A dispatch as wide as a size and at least as high; longer only where nothing wider helps."""
    shown = card(given, size, scale, type_scale)
    if given.style == "newspaper" or shown.get_height() <= size[1]:
        return shown
    for units in WIDTHS.get(given.style, OTHERS):
        wide = round(units * scale)
        if wide > size[0]:
            break
        paper = PAPERS.get(given.style, PAPERS["report"])(given, Setting((wide, size[1]), scale, type_scale))
        shown = _beside(paper, given, size, scale, type_scale)
        if paper.get_height() <= size[1]:
            break
    return shown


def _beside(paper: Surface, given: Print, size: tuple[int, int], scale: float, type_scale: float) -> Surface:
    found = Surface((size[0], max(size[1], paper.get_height())), pygame.SRCALPHA)
    found.blit(paper, (0, 0))
    left = paper.get_width() + round(GUTTER * scale)
    room = size[0] - left
    if room >= LEAST_PICTURE * scale:
        picture = room, min(size[1], round(room * 0.9))
        words = given.place or given.title
        found.blit(scrap(picture, given.place, given.iso, given.event, scale, type_scale, words), (left, 0))
    return found
