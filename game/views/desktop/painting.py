"""How does the window look?  All trees painted from the bottom up, then what the player's hands do over them.

Everything is painted on the screen itself: no second picture of it is held. The marks of the hands keep what they
cover, so that moving a focus repaints two frames and not the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import pygame
from pygame import Rect, Surface

from game.rules.classes import dataclass, field
from game.views.desktop.frame import Frame
from game.views.desktop.hands import Hands
from game.views.desktop.keeping import shelf as pieces
from game.views.desktop.overlay import Marks
from game.views.desktop.page import Page
from game.views.desktop.paper import ground
from game.views.desktop.scenes import advise, scene_of
from game.views.desktop.shapes import LEAN
from game.views.desktop.theme import BAR, PAPER
from game.views.screens.tree import Element

if TYPE_CHECKING:
    from game.views.desktop.sheets import Sheets

BLUR: Final = 10
"""The screen below a dialog is made so many times smaller and stretched again."""
VEIL: Final = 150
"""How dark the screen below a dialog is, of 255."""
MOST_REPAINTS: Final = 3
EDGE: Final = 16
"""How far the shadow of a dialog falls beyond it, in design units."""
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
    """What is painted on: the screen, or a surface of its own where a screen is too small for the page."""
    corner: tuple[int, int] = (0, 0)
    """Which point of a page that is larger than the window lies in the window's upper left corner."""
    painted: int = 0
    """How often the trees have been painted: an idle window does not count up."""
    arrived: bool = False
    """A dialog has been laid on top since this was last asked."""
    _marks: Marks = field(default_factory=Marks)
    _below: Surface | None = None
    """What lies below a dialog, small and dark."""
    _below_key: tuple[object, ...] = ()
    _shown: tuple[object, ...] = ()
    """What the picture shows: its frame and the ids of its trees."""
    _sliding: tuple[Surface, Rect] | None = None
    """A dialog on its way, and where it belongs."""

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

    def compose(
        self, names: tuple[str, ...], tree: Callable[[int], Element], frame: Frame, screen: Surface
    ) -> None:
        """Paint what is up anew: its names from the bottom, and the tree of each level."""
        self.painted += 1
        picture = self._paper(frame, screen)
        shown, top = (frame, *names), len(names) - 1
        self._settle()
        if top and (self._below is None or self._below_key != shown[:-1]):
            if self._shown != shown[:-1]:
                self._lower(picture, list(map(tree, range(top))))
            self._below = darkened(picture)
            self._below_key = shown[:-1]
        if top:
            self.page = self._dialog(picture, tree(top))
        else:
            self._below = None
            self.page = self._screen(picture, tree(0))
        self.arrived = self.arrived or len(shown) > len(self._shown) > 1
        self._shown = shown

    def _paper(self, frame: Frame, screen: Surface) -> Surface:
        """The surface to paint on."""
        if frame != self.frame or self.picture is None:
            pieces.allow(frame.canvas[0] * frame.canvas[1])
        fitting = screen.get_size() == frame.canvas
        own = self.picture is not None and self.picture.get_size() == frame.canvas
        if fitting and self.picture is not screen:
            self.picture = screen
        elif not fitting and not own:
            self.picture = Surface(frame.canvas)
        elif frame == self.frame:
            assert self.picture is not None
            return self.picture
        self.frame = frame
        self._move(*self.corner)
        self._below, self._shown, self._sliding = None, (), None
        self._marks.forget()
        assert self.picture is not None
        return self.picture

    def forget(self) -> None:
        """What lies below a dialog must be painted anew."""
        self._below, self._shown, self._sliding = None, (), None

    # A window on a larger page

    @property
    def view(self) -> Rect:
        """The part of the page that the window shows."""
        return Rect(self.corner, (self.frame.width, self.frame.height))

    def look(self, x: int, y: int) -> bool:
        """The mouse is at a point of the window: at its edges the edges of the page are seen. Whether that moves it."""
        wide, high = self.frame.room
        return self._move(wide * x // max(1, self.frame.width - 1), high * y // max(1, self.frame.height - 1))

    def reveal(self, place: Rect) -> bool:
        """Bring a part of the page into the window, with what lies around it; whether that moves the window."""
        wide, high = self.frame.room
        if not (wide or high) or self.view.contains(place):
            return False
        left, top = place.centerx - self.frame.width // 2, place.centery - self.frame.height // 2
        return self._move(left, top)

    def _move(self, left: int, top: int) -> bool:
        before = self.corner
        wide, high = self.frame.room
        self.corner = max(0, min(wide, left)), max(0, min(high, top))
        return self.corner != before

    def _settle(self) -> None:
        """Take off what lies over the page."""
        assert self.picture is not None
        if self._sliding is not None:
            self._slide(1.0)
        self._marks.lift(self.picture)

    def _lower(self, picture: Surface, trees: Sequence[Element]) -> None:
        """Paint what lies below a dialog."""
        self._screen(picture, trees[0])
        for tree in trees[1:]:
            self._below = darkened(picture)
            self._dialog(picture, tree)

    def _screen(self, surface: Surface, tree: Element) -> Page:
        def clear() -> None:
            ground(surface, surface.get_rect(), PAPER, self.frame.scale)
            self._bars(surface)

        return self._page(surface, tree, clear)

    def _dialog(self, surface: Surface, tree: Element) -> Page:
        return self._page(surface, tree, lambda: self._veil(surface))

    def _veil(self, surface: Surface) -> None:
        assert self._below is not None
        pygame.transform.smoothscale(self._below, surface.get_size(), surface)

    def _page(self, surface: Surface, tree: Element, clear: Callable[[], object]) -> Page:
        for _ in range(MOST_REPAINTS):
            clear()
            page = Page(surface, self.frame, tree, self.sheets, self.scrolled)
            scene_of(tree)(page)
            surface.set_clip(None)
            advice = tree.get("guide")
            if advice is not None:
                advise(page, advice)
            if not page.again:
                break
        return page

    def _bars(self, surface: Surface) -> None:
        top = self.frame.top
        if top:
            wide, high = surface.get_size()
            surface.fill(BAR, Rect(0, 0, wide, top))
            surface.fill(BAR, Rect(0, high - top, wide, top))

    def show(
        self, screen: Surface, hands: Hands, notice: str, tip: bool, slid: float = 1.0
    ) -> list[Rect] | None:
        """Put the marks of the hands over the picture; a dialog may still be sliding in.

        Returns what has changed since the last time, if the page itself has not; None for all of it.
        """
        picture, page = self.picture, self.page
        assert picture is not None and page is not None
        changed: list[Rect] | None = None
        if slid < 1 and page.extent is not None and self._below is not None:
            self._marks.lift(picture)
            if self._sliding is None:
                sheet = page.extent.inflate(2 * self.frame.px(EDGE), 2 * self.frame.px(EDGE))
                sheet = sheet.clip(picture.get_rect())
                self._sliding = picture.subsurface(sheet).copy(), sheet
            self._slide(slid)
        else:
            still = self._sliding is None
            if not still:
                self._slide(1.0)
            changed = self._marks.lift(picture)
            changed += self._marks.paint(picture, page, hands, notice, tip, self.view)
            if not still:
                changed = None
        if picture is not screen:
            screen.blit(picture, (0, 0), self.view)
            return None
        return changed

    def _slide(self, share: float) -> None:
        assert self._sliding is not None and self.picture is not None
        sheet, place = self._sliding
        left = self.frame.px(SLIDE) * (1 - share) ** 2
        self._veil(self.picture)
        self.picture.blit(sheet, (place.left - round(left * LEAN), place.top + round(left)))
        if share >= 1:
            self._sliding = None


def darkened(surface: Surface) -> Surface:
    """A picture made small and dark: stretched again, it is blurred, and what is laid on it stands out."""
    wide, high = surface.get_size()
    small = pygame.transform.smoothscale(surface, (max(1, wide // BLUR), max(1, high // BLUR)))
    dark = Surface(small.get_size())
    dark.fill(BAR)
    dark.set_alpha(VEIL)
    small.blit(dark, (0, 0))
    return small
