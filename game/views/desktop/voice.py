"""Is the window heard?  Whether screen readers may hear it, and what they are told of what was painted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pygame

from game.views.desktop.display import BEFORE_IT_IS_SHOWN, CAPTION
from game.views.screens.stage import Stage
from game.views.screens.tailoring import lacking

if TYPE_CHECKING:
    from game.views.desktop.page import Page
    from game.views.desktop.reader import Reader


class Voice:
    """The voice of one window over one stage. Nothing of it is imported before it is wanted."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.reader: Reader | None = None
        """What readers hear the window by; None where none may."""

    @property
    def wanted(self) -> bool:
        """Whether the player lets readers hear the window, and there is what that needs."""
        return self.stage.setup.reader and not lacking()

    @property
    def first(self) -> bool:
        """Whether it must take hold of the window before that is shown."""
        return sys.platform in BEFORE_IT_IS_SHOWN and self.wanted

    def listen(self) -> None:
        """Let readers hear the window, or no longer, as the settings ask."""
        if not self.wanted:
            self.reader = None
        elif self.reader is None:
            from game.views.desktop.reader import Reader  # only now: the title does not wait for it

            self.reader = Reader()
            if not self.reader.open():
                self.stage.notice = f"No screen reader can hear the window: {self.reader.fault}."
                self.stage.changed()

    def tell(self, page: Page, corner: tuple[int, int], held: str, whole: bool) -> None:
        """Something was painted: all of it, or the focus alone has moved."""
        if self.reader is None or not self.reader.ready:
            return
        from game.views.desktop.spoken import tell

        told = tell(CAPTION, self.stage.top, page.spots, corner, held, self.stage.notice)
        self.reader.tell(told, whole)

    def asked(self, event: pygame.event.Event) -> tuple[str, str] | None:
        """What a reader wants done, if an event says so: of which element, and what."""
        if self.reader is None or event.type != self.reader.wish:
            return None
        return event.id, event.wish

    def focused(self, here: bool) -> None:
        """The window has got or lost the keyboard."""
        if self.reader is not None:
            self.reader.focused(here)
