"""How wide is a dispatch's paper?  As wide as its text needs to be read without leafing, a picture beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop.blocks import links_painted
from game.views.desktop.cards import PAPERS, card
from game.views.desktop.halftone import scrap
from game.views.desktop.press import Print, Setting

WIDTHS: Final = {"telegram": (716.0, 884.0, 1184.0)}
OTHERS: Final = (716.0, 884.0)
"""Widths to try, in design units, until a text needs no leafing; its lines must stay readable."""
GUTTER: Final = 20
LEAST_PICTURE: Final = 220


Spread = tuple[Surface, tuple[tuple[str, Rect], ...]]
"""A paper, and the links of its text, each with its place on it."""


@lru_cache(maxsize=1)
def spread(given: Print, size: tuple[int, int], scale: float, type_scale: float) -> Spread:
    """A dispatch as wide as a size and at least as high; longer only where nothing wider helps."""
    if given.style == "newspaper":
        with links_painted() as links:
            page = card(given, size, scale, type_scale)
        return page, tuple(links)
    painter = PAPERS.get(given.style, PAPERS["report"])
    paper = None
    for units in WIDTHS.get(given.style, OTHERS):
        wide = min(size[0], round(units * scale))
        with links_painted() as links:
            paper = painter(given, Setting((wide, size[1]), scale, type_scale))
        if paper.get_height() <= size[1]:
            break
    assert paper is not None
    return _beside(paper, given, size, scale, type_scale), tuple(links)


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
