"""How does text become type?  Fonts by their use and size, words as cached pictures, single lines.

All sizes are pixels of the screen: letters are rendered at their size, never stretched.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import _lru_cache_wrapper, lru_cache
from io import BytesIO
from typing import Any, Final, Literal

import pygame
from pygame import Rect, Surface
from pygame.font import Font

from game.rules.classes import dataclass, replace
from game.views.desktop.keeping import kept, shelf
from game.views.desktop.palette import INK, Colour, rgb
from game.views.desktop.shipped import asset

Align = Literal["left", "center", "right"]


class Face(StrEnum):
    """The ten faces by their use; the value is the file's name."""

    TITLE = "rubik-mono-one"
    HEAD = "oswald-bold"
    CAPTION = "oswald-medium"
    SERIF = "pt-serif-regular"
    ITALIC = "pt-serif-italic"
    STRONG = "pt-serif-bold"
    SANS = "pt-sans-regular"
    SANS_BOLD = "pt-sans-bold"
    TYPED = "telegraf"
    PRESS = "old-standard-bold"


EMPHASIS: Final = {Face.SERIF: Face.ITALIC, Face.ITALIC: Face.SERIF, Face.SANS: Face.SANS_BOLD}
"""The face of emphasised words in each face; others know none and underline."""
STEADY: Final = {
    Face.SERIF: "steady-regular", Face.ITALIC: "steady-regular", Face.STRONG: "steady-bold",
    Face.SANS: "steady-regular", Face.SANS_BOLD: "steady-bold", Face.TYPED: "steady-regular",
}  # fmt: skip
"""The files of the faces to be read, where the player asked for letters that are not mistaken for each other."""
STEADY_EMPHASIS: Final = {Face.SERIF: Face.STRONG, Face.ITALIC: Face.STRONG, Face.SANS: Face.SANS_BOLD}
STEADY_SIZE: Final = 0.84
"""Their letters are so much larger than others of the same size."""


MOST_FONTS: Final = 28
"""Fonts that are kept open: each takes a quarter of a megabyte, and a quarter of a millisecond to open anew."""
caches: Final[list[_lru_cache_wrapper[Any]]] = []
"""All that is kept of fonts and words, to be let go of together."""
LONGEST: Final = 600
"""Signs of a line that are painted."""
NOBODYS: Final = "\ue0f0"
"""A sign of private use, which no face has."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: face, size, colour, and extra space between the letters."""

    face: Face
    size: float
    colour: Colour = INK
    gap: float = 0.0

    def at(self, scale: float) -> Style:
        """The style as it is on a screen of this scale."""
        return replace(self, size=self.size * scale, gap=self.gap * scale)

    def of(self, colour: Colour) -> Style:
        """The style in another colour."""
        return replace(self, colour=colour)

    @property
    def px(self) -> int:
        """The size in whole pixels."""
        return max(1, round(self.size))

    @property
    def ascent(self) -> int:
        """From the top of a line to its base line."""
        return heights(self.face, self.px)[0]

    @property
    def height(self) -> int:
        """The height of a line of letters, with what hangs below."""
        return heights(self.face, self.px)[1]

    @property
    def cap(self) -> int:
        """The height of a capital letter."""
        return heights(self.face, self.px)[2]


_steady = False


def read_with(steady: bool) -> bool:
    """Take the steady letters or leave them; whether anything looks different now."""
    global _steady
    changed, _steady = steady != _steady, steady
    if changed:
        forget()
    return changed


def emphasised_face(face: Face) -> Face:
    """The face of emphasised words among those of a face; itself, if there is none: those are underlined."""
    return (STEADY_EMPHASIS if _steady else EMPHASIS).get(face, face)


@lru_cache(maxsize=MOST_FONTS)
def font(face: Face, px: int) -> Font:
    """The font of a face in a size; where its file is missing or broken, the plain one that pygame brings along."""
    file, size = str(face), px
    if _steady and face in STEADY:
        file, size = STEADY[face], max(1, round(px * STEADY_SIZE))
    if not pygame.font.get_init():
        pygame.font.init()
    if not font.cache_info().currsize:
        pygame.register_quit(forget)
    try:
        found = Font(BytesIO(asset(f"fonts/{file}.ttf")), size)
        found.size("H")  # a broken one fails only when it is used
        return found
    except (OSError, pygame.error):
        return Font(None, px)


def forget() -> None:
    """Let go of all fonts and words; needed when the font module was closed and opened again."""
    shelf.forget()
    for each in caches:
        each.cache_clear()


@lru_cache(maxsize=256)
def heights(face: Face, px: int) -> tuple[int, int, int]:
    """How high a line stands over its base line, and in all; and how high a capital letter is."""
    found = font(face, px)
    metrics = found.metrics("H")[0]
    return found.get_ascent(), found.get_height(), int(metrics[3]) if metrics else px * 7 // 10


@lru_cache(maxsize=4096)
def _covered(face: Face, sign: str) -> str:
    """A sign, or what stands for it where the face lacks it: its capital, its letter without accents, or ?."""
    if sign.isspace():
        return sign
    bare = "".join(each for each in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(each))
    for tried in (sign, sign.upper(), bare, bare.upper()):
        if tried and all(_has(face, each) for each in tried):
            return tried
    return "?"


@lru_cache(maxsize=4096)
def _has(face: Face, sign: str) -> bool:
    """Whether a face has a sign: whether it looks other than what the face shows for a sign that none has."""
    if ord(sign) > 0xFFFF or "\ud800" <= sign <= "\udfff":
        return False
    shown, missing = (font(face, 20).render(each, True, INK) for each in (sign, NOBODYS))
    return shown.get_size() != missing.get_size() or shown.get_buffer().raw != missing.get_buffer().raw


def clean(text: str, face: Face) -> str:
    """A text without signs that cannot be printed in a face; line breaks become spaces."""
    if text.isascii() and text.isprintable() and face != Face.TITLE:
        return text
    signs = (" " if each.isspace() and each != "\u00a0" else each for each in text)
    return "".join(
        _covered(face, each) for each in signs if each == " " or unicodedata.category(each)[0] != "C"
    )


@lru_cache(maxsize=4096)
def measure(text: str, face: Face, px: int, gap: float = 0.0) -> int:
    """The width of a text on one line."""
    text = clean(text, face)
    if gap and text:
        return sum(font(face, px).size(each)[0] for each in text) + round(gap * (len(text) - 1))
    return int(font(face, px).size(text)[0])


def width(text: str, style: Style) -> int:
    """The width of a text in a style, on one line."""
    return measure(text, style.face, style.px, style.gap)


@kept
def _word(text: str, face: Face, px: int, colour: Colour) -> Surface:
    return font(face, px).render(clean(text, face), True, colour)


@kept
def _spaced(text: str, face: Face, px: int, colour: Colour, gap: float) -> Surface:
    signs = [_word(each, face, px, colour) for each in clean(text, face)]
    wide = max(1, measure(text, face, px, gap))
    found = Surface((wide, font(face, px).get_height()), pygame.SRCALPHA)
    found.fill((*rgb(colour), 0))
    x = 0.0
    for sign in signs:
        found.blit(sign, (round(x), 0))
        x += sign.get_width() + gap
    return found


def picture(text: str, style: Style) -> Surface:
    """A text on one line as a picture, kept for the next time; not to be painted on. A line that no window is wide
    enough for is cut: a picture of a hundred thousand pixels breaks SDL."""
    text = text[:LONGEST]
    if style.gap:
        return _spaced(text, style.face, style.px, style.colour, style.gap)
    return _word(text, style.face, style.px, style.colour)


def write(surface: Surface, text: str, style: Style, x: float, y: float, align: Align = "left") -> Rect:
    """Write a line with its base line at y; the rectangle of its letters without what hangs below."""
    if not text:
        return Rect(round(x), round(y), 0, 0)
    shown = picture(text, style)
    wide = shown.get_width()
    left = round(x) - (0 if align == "left" else wide if align == "right" else wide // 2)
    surface.blit(shown, (left, round(y) - style.ascent))
    return Rect(left, round(y) - style.cap, wide, style.cap)


def write_in(surface: Surface, text: str, style: Style, rect: Rect, align: Align = "center") -> Rect:
    """Write a line into a rectangle, its capitals in the middle of the height; too long a text is shortened."""
    text = shorten(text, style, rect.width)
    x = {"left": rect.left, "center": rect.centerx, "right": rect.right}[align]
    return write(surface, text, style, x, rect.centery + (style.cap + 1) // 2, align)


def shorten(text: str, style: Style, most: int) -> str:
    """A text cut to a width, with an ellipsis where something is cut."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    if width(text, style) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", style) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""


caches.extend((font, heights, _covered, _has, measure))
