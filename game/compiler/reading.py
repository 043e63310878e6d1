"""How long does a text take to read, and how hard is it?  Words, minutes, and the index LIX."""

from __future__ import annotations

import re
from typing import Final

from game.rules.block import Text
from game.rules.classes import dataclass

PER_MINUTE: Final = 180
"""Words that a pupil reads in a minute, silently and with attention."""
LONG_WORD: Final = 6
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_END: Final = re.compile(r"[.!?:…]+(?=\s|$|[\"'”’)])|\bSTOP\b")
LEVELS: Final = (
    (30, "very easy"),
    (40, "easy, like a story"),
    (50, "like a newspaper"),
    (60, "hard, like a report"),
)
HARDEST: Final = "very hard, like a law"


@dataclass(frozen=True, slots=True)
class Reading:
    """How much there is to read, and how hard it is."""

    words: int
    sentences: int
    long: int
    """Words of more than six letters."""

    @property
    def lix(self) -> int:
        """Words in a sentence, and long words in a hundred, added up; the same for every language."""
        if not self.words:
            return 0
        return round(self.words / max(1, self.sentences) + 100 * self.long / self.words)

    @property
    def level(self) -> str:
        """The index in words."""
        return next((says for most, says in LEVELS if self.lix < most), HARDEST)

    @property
    def seconds(self) -> int:
        """How long it takes."""
        return self.words * 60 // PER_MINUTE

    def __add__(self, other: Reading) -> Reading:
        return Reading(self.words + other.words, self.sentences + other.sentences, self.long + other.long)


def measure(text: str) -> Reading:
    """A text as it is read. STOP ends the sentence of a telegram.

    >>> measure("Boats lie idle. They ask gold but would look at timber!")
    Reading(words=11, sentences=2, long=0)
    >>> measure("COME AT ONCE STOP BRING COAT").sentences
    2
    """
    words = [word for word in _WORD.findall(text) if word != "STOP"]
    ends = len(_END.findall(text.strip()))
    open_ = bool(words) and _END.search(text.strip()[-6:]) is None
    return Reading(len(words), ends + open_, sum(len(word) > LONG_WORD for word in words))


def longest(text: Text | None, language: str) -> Reading:
    """The longest variant of a text in a language."""
    if text is None:
        return Reading(0, 0, 0)
    found = []
    for variant in text.variants:
        parts = variant.wording.get(language) or next(iter(variant.wording.values()))
        found.append(measure("".join(part if isinstance(part, str) else "0" for part in parts)))
    return max(found, key=lambda each: each.words)
