"""How is a text set in lines?  Words with emphasis and links, filled into a width, ready to be painted anywhere.

Text may hold *emphasis* and [[links]]; `plain=True` takes it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from typing import Final, Literal

import pygame
from pygame import Rect, Surface

from game.rules.classes import dataclass, replace
from game.views.desktop.lettering import Align, Style, caches, emphasised_face, picture, width
from game.views.screens.markup import runs

WIDEST_GAP: Final = 5.0
"""A justified line whose spaces would grow beyond this many common ones stays ragged."""


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
                elif piece.link:
                    under = Rect(x + piece.x, base + max(2, piece.style.px // 7), right - piece.x, 1)
                    pygame.draw.rect(surface, piece.style.colour, under)
                end = right if piece.underlined else None
        if _linked is not None:
            _linked.extend(self.links(x, y))

    def links(self, x: int, y: int) -> Iterator[tuple[str, Rect]]:
        """Each link, and where its words stand when the block's corner is at a point; one that breaks, twice."""
        for line in self.lines:
            top = y + line.base - self.step * 3 // 4
            for link, words in groupby(line.pieces, lambda piece: piece.link):
                if link:
                    run = list(words)
                    right = run[-1].x + width(run[-1].text, run[-1].style)
                    yield link, Rect(x + run[0].x, top, right - run[0].x, self.step)

    def rects(self, x: int, y: int) -> list[Rect]:
        """What each line takes when the block's corner is at a point."""
        return [Rect(x, y + line.base - self.step * 3 // 4, line.width, self.step) for line in self.lines]


@dataclass(frozen=True, slots=True)
class _Word:
    parts: tuple[tuple[str, bool, str], ...]
    """Text, whether emphasised, link."""


_linked: list[tuple[str, Rect]] | None = None


@contextmanager
def links_painted() -> Iterator[list[tuple[str, Rect]]]:
    """The links of all blocks that are painted meanwhile, each with its place on the surface it is painted on."""
    global _linked
    before, _linked = _linked, []
    try:
        yield _linked
    finally:
        _linked = before


def _words(text: str, plain: bool) -> list[_Word]:
    words: list[list[tuple[str, bool, str]]] = [[]]
    for shown, emphasised, link in [(text, False, "")] if plain else runs(text):
        for at, part in enumerate(shown.replace("\t", " ").split(" ")):
            if at:
                words.append([])
            if part:
                words[-1].append((part, emphasised, link))
    return [_Word(tuple(each)) for each in words if each]


@lru_cache(maxsize=64)
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
        face = emphasised_face(style.face) if emphasised else style.face
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


caches.append(set_text)
