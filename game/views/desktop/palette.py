"""Which colours are there?  Paper, black, one red, and few others: each by the name of its use."""

from __future__ import annotations

from typing import Final, TypeAlias

from pygame import Color

Colour: TypeAlias = tuple[int, int, int] | Color


def rgb(colour: Colour) -> tuple[int, int, int]:
    """A colour as three numbers."""
    return colour[0], colour[1], colour[2]


def hexed(text: str) -> tuple[int, int, int]:
    """A colour from its six hexadecimal digits.

    >>> hexed("EFE6D2")
    (239, 230, 210)
    """
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(one: Colour, other: Colour, share: float) -> tuple[int, int, int]:
    """A colour between two: `share` of the other.

    >>> mix((0, 0, 0), (255, 200, 100), 0.5)
    (128, 100, 50)
    """
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return red, green, blue


PAPER: Final = hexed("EFE6D2")
CARD: Final = hexed("F8F2E3")
SHADE: Final = hexed("DFD3B6")
INK: Final = hexed("1D1B19")
SOFT: Final = hexed("5C5247")
MUTED: Final = hexed("C9BDA2")
RED: Final = hexed("B92B1D")
BLUE: Final = hexed("1F4E6B")
GOOD: Final = hexed("0E6F66")
BAD: Final = hexed("8A5100")
OCHRE: Final = hexed("C9972F")
SELECTED: Final = hexed("F3DDA6")

FORM: Final = hexed("E7D6AE")
STRIP: Final = hexed("FBF6E8")
FORM_INK: Final = hexed("37414F")
NEWSPRINT: Final = hexed("EAE6DC")

SEA: Final = hexed("D2DAD1")
UNION: Final = hexed("D9816C")
LEVELS: Final = tuple(map(hexed, ("D3A45F", "E6CFA2", "F1EADB", "C3D8CF", "93BDB3")))
"""Fills of the map under a lens, from the worst to the best."""
OTHERS: Final = hexed("E4DFD2")
"""Fill of the states that are not in play, under a lens."""
LENS_BAND: Final = hexed("8A7B62")

TRACKS: Final = {"narkomindel": BLUE, "comintern": RED}
TONES: Final = {"good": GOOD, "bad": BAD, "even": SOFT}
