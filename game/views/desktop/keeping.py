"""How much of what was painted is kept?  Words, signs and slanted ends, up to a number of bytes in all.

What was not needed for the longest is let go first. A kept picture is not to be painted on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Final, ParamSpec

from pygame import Surface

LEAST: Final = 6_000_000
SHARE: Final = 5
"""Bytes kept for each pixel of the window."""
OVERHEAD: Final = 300
"""What a picture takes besides its pixels, about."""
Given = ParamSpec("Given")


class Shelf:
    """Pictures by what they were made from, the one used last at the end."""

    def __init__(self) -> None:
        self.kept: OrderedDict[Hashable, Surface] = OrderedDict()
        self.bytes = 0
        self.most = LEAST

    def allow(self, pixels: int) -> None:
        """Set how much may be kept for a window of so many pixels."""
        self.most = max(LEAST, SHARE * pixels)
        self._trim()

    def add(self, key: Hashable, picture: Surface) -> None:
        """Keep a picture."""
        self.kept[key] = picture
        self.bytes += weight(picture)
        self._trim()

    def forget(self) -> None:
        """Let go of everything."""
        self.kept.clear()
        self.bytes = 0

    def _trim(self) -> None:
        while self.bytes > self.most and len(self.kept) > 1:
            _, gone = self.kept.popitem(last=False)
            self.bytes -= weight(gone)


def weight(picture: Surface) -> int:
    """The bytes that a picture takes."""
    return picture.get_pitch() * picture.get_height() + OVERHEAD


shelf: Final = Shelf()
"""The one shelf of this program."""


def kept(make: Callable[Given, Surface]) -> Callable[Given, Surface]:
    """Keep the pictures that a function makes; its arguments say which is which."""

    @wraps(make)
    def found(*given: Given.args, **named: Given.kwargs) -> Surface:
        key = make, given, tuple(named.items())
        picture = shelf.kept.get(key)
        if picture is None:
            picture = make(*given, **named)
            shelf.add(key, picture)
        else:
            shelf.kept.move_to_end(key)
        return picture

    return found
