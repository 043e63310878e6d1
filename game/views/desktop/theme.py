"""In which colours is the window painted?  By the use of each, in four themes; papers and maps keep their own.

A tint is one object for as long as the program runs: `wear` changes what it looks like, and all that was painted with
it before must be let go of.
"""

from __future__ import annotations

from typing import Final

from pygame import Color

from game.views.desktop import palette
from game.views.desktop.palette import Colour, hexed


class Tint(Color):
    """A colour of the theme: known by what it is for, not by what it looks like now."""

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


def _tint(colour: Colour) -> Tint:
    return Tint(colour[0], colour[1], colour[2])


PAPER: Final = _tint(palette.PAPER)
"""The ground of a screen, and of what is set off on a card."""
CARD: Final = _tint(palette.CARD)
"""Panels and sheets."""
SHADE: Final = _tint(palette.SHADE)
"""Hairlines and the filling of charts; never text."""
INK: Final = _tint(palette.INK)
"""Text, frames and rules."""
SOFT: Final = _tint(palette.SOFT)
"""Text that comes second."""
THREAD: Final = _tint(palette.MUTED)
"""Lines that join things on a card."""
SELECTED: Final = _tint(palette.SELECTED)
"""The ground of a row that is picked."""
OCHRE: Final = _tint(palette.OCHRE)
"""Selection and focus; never text."""
BAR: Final = _tint(palette.INK)
"""The ground of bars, heads and buttons."""
LIGHT: Final = _tint(palette.PAPER)
"""Text on bars, and on red and blue."""
FAINT: Final = _tint(palette.MUTED)
"""Text on bars that comes second."""
RED: Final = _tint(palette.RED)
"""The ground of the main button, of tags and of the second track."""
BLUE: Final = _tint(palette.BLUE)
"""The ground of the first track."""
ALERT: Final = _tint(palette.RED)
"""Red as text and as a line."""
COOL: Final = _tint(palette.BLUE)
"""Blue as text and as a line."""
GOOD: Final = _tint(palette.GOOD)
"""What became better, as text and as a sign."""
BAD: Final = _tint(palette.BAD)
"""What became worse, as text and as a sign."""
GRAIN: Final = _tint(hexed("7D5F10"))
"""A fourth line in a chart."""
GRID: Final = _tint(hexed("C9B688"))
"""The rules of a chart."""

TRACKS: Final = {"narkomindel": BLUE, "comintern": RED}
LINES: Final = {"narkomindel": COOL, "comintern": ALERT}
TONES: Final = {"good": GOOD, "bad": BAD, "even": SOFT}

TINTS: Final = {
    "paper": PAPER, "card": CARD, "shade": SHADE, "ink": INK, "soft": SOFT, "thread": THREAD, "selected": SELECTED,
    "ochre": OCHRE, "bar": BAR, "light": LIGHT, "faint": FAINT, "red": RED, "blue": BLUE, "alert": ALERT, "cool": COOL,
    "good": GOOD, "bad": BAD, "grain": GRAIN, "grid": GRID,
}  # fmt: skip
THEMES: Final[dict[str, dict[str, str]]] = {
    "light": {
        "paper": "EFE6D2", "card": "F8F2E3", "shade": "DFD3B6", "ink": "1D1B19", "soft": "5C5247", "thread": "C9BDA2",
        "selected": "F3DDA6", "ochre": "C9972F", "bar": "1D1B19", "light": "EFE6D2", "faint": "C9BDA2",
        "red": "B92B1D", "blue": "1F4E6B", "alert": "B92B1D", "cool": "1F4E6B", "good": "0E6F66", "bad": "8A5100",
        "grain": "7D5F10", "grid": "C9B688",
    },
    "dark": {
        "paper": "1C1A18", "card": "282521", "shade": "4A443B", "ink": "EFE6D2", "soft": "C2B7A3", "thread": "6E6558",
        "selected": "4C3F20", "ochre": "D9A63B", "bar": "0D0C0B", "light": "F5EDDB", "faint": "C9BDA2",
        "red": "A8281B", "blue": "1F4E6B", "alert": "F79A8C", "cool": "8CC1E0", "good": "6CCBBD", "bad": "E8AC57",
        "grain": "D8BC5E", "grid": "4A443B",
    },
    "contrast": {
        "paper": "FFFFFF", "card": "FFFFFF", "shade": "8C8C8C", "ink": "000000", "soft": "1F1F1F", "thread": "595959",
        "selected": "FFE999", "ochre": "B87400", "bar": "000000", "light": "FFFFFF", "faint": "FFFFFF",
        "red": "9E0B00", "blue": "00345A", "alert": "960A00", "cool": "00345A", "good": "00493F", "bad": "613800",
        "grain": "5A4300", "grid": "8C8C8C",
    },
    "projector": {
        "paper": "FFFBF0", "card": "FFFFFF", "shade": "BDB197", "ink": "000000", "soft": "38332C", "thread": "8C8068",
        "selected": "FFE08A", "ochre": "D48A00", "bar": "000000", "light": "FFFFFF", "faint": "EFE6D2",
        "red": "B5140A", "blue": "0A4468", "alert": "B5140A", "cool": "0A4468", "good": "00564B", "bad": "713F00",
        "grain": "6E5200", "grid": "BDB197",
    },
}  # fmt: skip
"""What each tint looks like in each theme. Every pair that meets on a screen is tested for its contrast."""


def wear(name: str) -> bool:
    """Put on a theme; whether anything looks different now. An unknown one is light."""
    looks = THEMES.get(name, THEMES["light"])
    changed = False
    for use, tint in TINTS.items():
        colour = hexed(looks[use])
        if tint[:3] != colour:
            tint.update(*colour)
            changed = True
    return changed
