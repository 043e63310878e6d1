"""Where is the window shown?  On a display of the system, in a comfortable size, or it is said why not."""

from __future__ import annotations

import os
import sys
from typing import Final

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")

import pygame

from game.views.desktop.frame import HEIGHT, WIDTH

UNIX: Final = sys.platform.startswith(("linux", "freebsd", "openbsd"))
"""Where a display is named by the environment, and SDL complains on its own when there is none."""
CAPTION: Final = "Peredyshka"
BEFORE_IT_IS_SHOWN: Final = ("win32", "darwin")
"""Systems on which what screen readers hear a window by must take hold of it before it is shown."""
INVISIBLE: Final = ("dummy", "offscreen")
SIZES: Final = ((1920, 1080), (1600, 900), (WIDTH, HEIGHT))


class NoDisplay(Exception):
    """There is no display to open a window on; carries the sentence for people."""


def open_display(size: tuple[int, int] | None = None, hidden: bool = False) -> pygame.Surface:
    """A window on the display, not yet to be seen if `hidden`. Raises NoDisplay where nobody could see it."""
    named = os.environ.get("SDL_VIDEODRIVER")
    if UNIX and not named and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise NoDisplay("There is no display for a window.")
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        if driver in INVISIBLE and not named:
            pygame.display.quit()
            raise NoDisplay("There is no display for a window.")
        pygame.display.set_caption(CAPTION)
        return pygame.display.set_mode(
            size or _comfortable(), pygame.RESIZABLE | (pygame.HIDDEN if hidden else 0)
        )
    except pygame.error as fault:
        raise NoDisplay(f"No window can be opened ({fault}).") from None


def _comfortable() -> tuple[int, int]:
    """The largest of the usual sizes that leaves some room on the desktop."""
    try:
        wide, high = pygame.display.get_desktop_sizes()[0]
    except (AttributeError, IndexError, pygame.error):
        return SIZES[-1]
    return next((size for size in SIZES if size[0] <= wide * 0.92 and size[1] <= high * 0.9), SIZES[-1])
