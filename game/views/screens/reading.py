"""Which article of the library is open?  A small value, so that the title needs to know nothing of the library."""

from __future__ import annotations

from game.rules.classes import dataclass


@dataclass(frozen=True, slots=True)
class LibraryScreen:
    """The library, open at an article; `back` are the articles that led there."""

    key: str
    back: tuple[str, ...] = ()
