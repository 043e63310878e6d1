"""How does text become type?  Fonts by their use and size, words as cached pictures, lines broken, set and spaced.

All sizes are pixels of the screen: letters are rendered at their size, never stretched. Text may hold *emphasis*
and [[links]]; `plain=True` takes it as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from typing import Final, Literal

import pygame
from pygame import Rect, Surface
from pygame.font import Font

from game.views.desktop.palette import INK, Colour
from game.views.desktop.shipped import asset
from game.views.screens.markup import runs

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
WIDEST_GAP: Final = 5.0
"""A justified line whose spaces would grow beyond this many common ones stays ragged."""


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
        return font(self.face, self.px).get_ascent()

    @property
    def height(self) -> int:
        """The height of a line of letters, with what hangs below."""
        return font(self.face, self.px).get_height()

    @property
    def cap(self) -> int:
        """The height of a capital letter."""
        return cap_height(self.face, self.px)


@lru_cache(maxsize=256)
def font(face: Face, px: int) -> Font:
    """The font of a face in a size."""
    if not pygame.font.get_init():
        pygame.font.init()
    if not font.cache_info().currsize:
        pygame.register_quit(forget)
    return Font(BytesIO(asset(f"fonts/{face}.ttf")), px)


def forget() -> None:
    """Let go of all fonts and words; needed when the font module was closed and opened again."""
    for each in (font, cap_height, _covered, _has, _word, _spaced, measure, set_text):
        each.cache_clear()


@lru_cache(maxsize=256)
def cap_height(face: Face, px: int) -> int:
    """The height of a capital letter."""
    metrics = font(face, px).metrics("H")[0]
    return int(metrics[3]) if metrics else px * 7 // 10


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


@lru_cache(maxsize=8192)
def measure(text: str, face: Face, px: int, gap: float = 0.0) -> int:
    """The width of a text on one line."""
    text = clean(text, face)
    if gap and text:
        return sum(font(face, px).size(each)[0] for each in text) + round(gap * (len(text) - 1))
    return int(font(face, px).size(text)[0])


def width(text: str, style: Style) -> int:
    """The width of a text in a style, on one line."""
    return measure(text, style.face, style.px, style.gap)


@lru_cache(maxsize=4096)
def _word(text: str, face: Face, px: int, colour: Colour) -> Surface:
    return font(face, px).render(clean(text, face), True, colour)


@lru_cache(maxsize=512)
def _spaced(text: str, face: Face, px: int, colour: Colour, gap: float) -> Surface:
    signs = [_word(each, face, px, colour) for each in clean(text, face)]
    wide = max(1, measure(text, face, px, gap))
    found = Surface((wide, font(face, px).get_height()), pygame.SRCALPHA)
    found.fill((*colour, 0))
    x = 0.0
    for sign in signs:
        found.blit(sign, (round(x), 0))
        x += sign.get_width() + gap
    return found


def picture(text: str, style: Style) -> Surface:
    """A text on one line as a picture, kept for the next time; not to be painted on."""
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


# Texts of several lines


@dataclass(frozen=True, slots=True)
class Piece:
    """A word where it stands in its line."""

    text: str
    style: Style
    x: int
    underlined: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, and its base line from the top of the block."""

    pieces: tuple[Piece, ...]
    base: int
    width: int


@dataclass(frozen=True, slots=True)
class Block:
    """A text set in lines, ready to be painted anywhere."""

    lines: tuple[Line, ...]
    width: int
    height: int
    step: int
    """From one base line to the next."""

    def paint(self, surface: Surface, x: int, y: int) -> None:
        """Paint the lines that can be seen, the block's corner at a point."""
        clip = surface.get_clip()
        for line in self.lines:
            base = y + line.base
            if base + self.step < clip.top or base - 2 * self.step > clip.bottom:
                continue
            end: int | None = None  # of the underline of the word before, which is to be joined
            for piece in line.pieces:
                shown = picture(piece.text, piece.style)
                surface.blit(shown, (x + piece.x, base - piece.style.ascent))
                right = piece.x + shown.get_width()
                if piece.underlined:
                    thick = max(1, piece.style.px // 14)
                    left = piece.x if end is None else end
                    under = Rect(x + left, base + thick + 1, right - left, thick)
                    pygame.draw.rect(surface, piece.style.colour, under)
                end = right if piece.underlined else None

    def rects(self, x: int, y: int) -> list[Rect]:
        """What each line takes when the block's corner is at a point."""
        return [Rect(x, y + line.base - self.step * 3 // 4, line.width, self.step) for line in self.lines]


@dataclass(frozen=True, slots=True)
class _Word:
    parts: tuple[tuple[str, bool, str], ...]
    """Text, whether emphasised, link."""


def _words(text: str, plain: bool) -> list[_Word]:
    words: list[list[tuple[str, bool, str]]] = [[]]
    for shown, emphasised, link in [(text, False, "")] if plain else runs(text):
        for at, part in enumerate(shown.replace("\t", " ").split(" ")):
            if at:
                words.append([])
            if part:
                words[-1].append((part, emphasised, link))
    return [_Word(tuple(each)) for each in words if each]


@lru_cache(maxsize=256)
def set_text(
    text: str,
    style: Style,
    wide: int,
    leading: float = 1.4,
    align: Align | Literal["justify"] = "left",
    plain: bool = False,
    indent: int = 0,
) -> Block:
    """Set a text in lines of a width. `leading` is a line's height in sizes; `indent` that of later paragraphs."""
    step = max(1, round(style.size * leading))
    lines: list[Line] = []
    base = (step - style.cap) // 2 + style.cap
    for count, paragraph in enumerate(text.split("\n")):
        rows = list(
            _rows(_words(paragraph, plain), style, wide, indent if count and align == "justify" else 0)
        )
        for at, (pieces, taken, start) in enumerate(rows):
            moved = _placed(pieces, taken, start, wide, align, at == len(rows) - 1)
            lines.append(Line(moved, base, taken))
            base += step
        if not rows:
            base += step
    height = base - ((step - style.cap) // 2 + style.cap)
    return Block(tuple(lines), wide, max(height, step if lines else 0), step)


def _pieces(word: _Word, style: Style, x: int) -> tuple[list[Piece], int]:
    found = []
    for text, emphasised, link in word.parts:
        face = EMPHASIS.get(style.face, style.face) if emphasised else style.face
        dressed = replace(style, face=face)
        found.append(Piece(text, dressed, x, emphasised and face == style.face, link))
        x += width(text, dressed)
    return found, x


def _rows(
    words: list[_Word], style: Style, wide: int, start: int
) -> Iterator[tuple[list[list[Piece]], int, int]]:
    """The rows of a paragraph: their words, the width they take, and the indent."""
    space = width(" ", style)
    row: list[list[Piece]] = []
    x = taken = start
    queue = list(reversed(words))
    while queue:
        word = queue.pop()
        pieces, end = _pieces(word, style, x)
        if end > wide and row:
            yield row, taken, start
            row, x, start = [], 0, 0
            pieces, end = _pieces(word, style, x)
        if end > wide and (torn := _torn(word, style, wide - x)):
            queue += reversed(torn)
            continue
        row.append(pieces)
        taken, x = end, end + space
    if row:
        yield row, taken, start


def _torn(word: _Word, style: Style, wide: int) -> list[_Word]:
    """A word that is too long for a line, torn into lines; nothing if it is only one letter."""
    letters = [(sign, emphasised, link) for text, emphasised, link in word.parts for sign in text]
    found: list[_Word] = []
    at = 0
    while len(letters) > 1 and at < len(letters):
        low, high = 1, min(len(letters) - at, max(1, 6 * wide // style.px))
        while low < high:
            middle = (low + high + 1) // 2
            if _pieces(_joined(letters[at : at + middle]), style, 0)[1] <= wide:
                low = middle
            else:
                high = middle - 1
        found.append(_joined(letters[at : at + low]))
        at += low
    return found


def _joined(letters: list[tuple[str, bool, str]]) -> _Word:
    parts: list[tuple[str, bool, str]] = []
    for sign, emphasised, link in letters:
        if parts and parts[-1][1:] == (emphasised, link):
            parts[-1] = (parts[-1][0] + sign, emphasised, link)
        else:
            parts.append((sign, emphasised, link))
    return _Word(tuple(parts))


def _placed(
    row: list[list[Piece]], taken: int, start: int, wide: int, align: Align | Literal["justify"], last: bool
) -> tuple[Piece, ...]:
    spare = wide - taken
    gaps = len(row) - 1
    if align == "justify":
        space = max(1, width(" ", row[0][0].style))
        if last or not gaps or spare < 0 or spare / gaps > space * (WIDEST_GAP - 1):
            return tuple(piece for word in row for piece in word)
        return tuple(
            replace(piece, x=piece.x + spare * at // gaps) for at, word in enumerate(row) for piece in word
        )
    shift = 0 if align == "left" else spare if align == "right" else spare // 2
    return tuple(replace(piece, x=piece.x + max(0, shift)) for word in row for piece in word)
