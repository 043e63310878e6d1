"""How does the window look?  All trees painted from the bottom up, then what the player's hands do over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pygame
from pygame import Rect, Surface

from game.views.desktop import overlay
from game.views.desktop.frame import Frame
from game.views.desktop.hands import Hands
from game.views.desktop.page import Page
from game.views.desktop.palette import INK, PAPER
from game.views.desktop.paper import ground
from game.views.desktop.scenes import scene_of
from game.views.desktop.shapes import LEAN
from game.views.screens.tree import Element

if TYPE_CHECKING:
    from game.views.desktop.sheets import Sheets

BLUR: Final = 10
"""The screen below a dialog is made so many times smaller and stretched again."""
VEIL: Final = 150
"""How dark the screen below a dialog is, of 255."""
MOST_REPAINTS: Final = 3
SLIDE: Final = 90
"""How far a dialog slides in, in design units."""


@dataclass(slots=True)
class Painting:
    """The picture of the trees, kept until something changes."""

    scrolled: dict[str, int] = field(default_factory=dict)
    shelf: Sheets | None = None
    """The map sheets at hand, once a map has been asked for."""
    frame: Frame = field(default_factory=lambda: Frame(1280, 720))
    page: Page | None = None
    picture: Surface | None = None
    painted: int = 0
    """How often the trees have been painted: an idle window does not count up."""
    arrived: bool = False
    """A dialog has been laid on top since this was last asked."""
    _below: Surface | None = None
    _below_key: tuple[object, ...] = ()
    _shown: tuple[object, ...] = ()
    """What the picture shows: its frame and the ids of its trees."""

    def sheets(self) -> Sheets:
        """The map sheets at hand."""
        if self.shelf is None:
            from game.views.desktop.sheets import Sheets  # only now: the title has no map

            self.shelf = Sheets()
        return self.shelf

    @property
    def busy(self) -> bool:
        """Whether the map in sight is not finished."""
        return self.shelf is not None and self.shelf.busy

    def work(self, budget_ms: float) -> bool:
        """Paint on the map in sight for about so long; whether it has just been finished."""
        return self.shelf is not None and self.shelf.work(budget_ms)

    def compose(self, names: tuple[str, ...], tree: Callable[[int], Element], frame: Frame) -> None:
        """Paint what is up anew: its names from the bottom, and the tree of each level."""
        self.painted += 1
        self.frame = frame
        shown, top = (frame, *names), len(names) - 1
        if self.picture is None or self.picture.get_size() != frame.canvas:
            self.picture = Surface(frame.canvas)
            self._below, self._shown = None, ()
        if not top:
            self._below = None
            self.page = self._screen(self.picture, tree(0))
        else:
            if self._below is None or self._below_key != shown[:-1]:
                painted = (
                    self.picture if self._shown == shown[:-1] else self._lower(list(map(tree, range(top))))
                )
                self._below = veiled(painted)
                self._below_key = shown[:-1]
            self.page = self._dialog(self.picture, tree(top), self._below)
        self.arrived = self.arrived or len(shown) > len(self._shown) > 1
        self._shown = shown

    def forget(self) -> None:
        """What lies below a dialog must be painted anew."""
        self._below = None

    def _lower(self, trees: Sequence[Element]) -> Surface:
        """What lies below a dialog."""
        painted = Surface(self.frame.canvas)
        self._screen(painted, trees[0])
        for tree in trees[1:]:
            self._dialog(painted, tree, veiled(painted))
        return painted

    def _screen(self, surface: Surface, tree: Element) -> Page:
        def clear() -> None:
            ground(surface, surface.get_rect(), PAPER, self.frame.scale)
            self._bars(surface)

        return self._page(surface, tree, clear)

    def _dialog(self, surface: Surface, tree: Element, below: Surface) -> Page:
        return self._page(surface, tree, lambda: surface.blit(below, (0, 0)))

    def _page(self, surface: Surface, tree: Element, clear: Callable[[], object]) -> Page:
        for _ in range(MOST_REPAINTS):
            clear()
            page = Page(surface, self.frame, tree, self.sheets, self.scrolled)
            scene_of(tree)(page)
            surface.set_clip(None)
            if not page.again:
                break
        return page

    def _bars(self, surface: Surface) -> None:
        top = self.frame.top
        if top:
            wide, high = surface.get_size()
            surface.fill(INK, Rect(0, 0, wide, top))
            surface.fill(INK, Rect(0, high - top, wide, top))

    def show(self, screen: Surface, hands: Hands, notice: str, tip: bool, slid: float = 1.0) -> None:
        """Put the picture on the screen, and the hands' marks over it; a dialog may still be sliding in."""
        assert self.picture is not None and self.page is not None
        extent = self.page.extent
        if slid < 1 and extent is not None and self._below is not None:
            left = self.frame.px(SLIDE) * (1 - slid) ** 2
            screen.blit(self._below, (0, 0))
            sheet = extent.clip(self.picture.get_rect())
            screen.blit(self.picture, (sheet.left - round(left * LEAN), sheet.top + round(left)), sheet)
            return
        screen.blit(self.picture, (0, 0))
        overlay.paint(screen, self.page, hands, notice, tip)


def veiled(surface: Surface) -> Surface:
    """A picture blurred and darkened, so that what is laid on it stands out."""
    wide, high = surface.get_size()
    small = pygame.transform.smoothscale(surface, (max(1, wide // BLUR), max(1, high // BLUR)))
    dark = Surface(small.get_size())
    dark.fill(INK)
    dark.set_alpha(VEIL)
    small.blit(dark, (0, 0))
    return pygame.transform.smoothscale(small, (wide, high))
