"""What is wrong with a scenario, where, and how is that printed?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from game.rules.ledger import Mark

CODES: Final = {
    "S101": "not valid YAML",
    "S102": "not readable",
    "S103": "not UTF-8",
    "S104": "too large or too deep",
    "S105": "a key twice",
    "S106": "not allowed in a scenario (tag, alias, second document)",
    "S107": "a character that misleads",
    "S108": "text cut at a #",
    "E201": "not an expression",
    "E202": "an expression too long or too deep",
    "N301": "unknown name",
    "N302": "unknown key",
    "N303": "an id or name that is not allowed",
    "N304": "a name used twice",
    "N305": "something missing",
    "N306": "reference to something removed",
    "T401": "wrong type",
    "T402": "outside the allowed range",
    "T403": "a name out of place",
    "L501": "contradiction within a block",
    "L502": "contradiction within an item",
    "L503": "going round in circles",
    "L504": "a date or window that cannot be",
    "L505": "a number that can grow too large, or a division by zero",
    "W601": "a condition that never holds",
    "W602": "an event that never happens",
    "W603": "a gap in the past",
    "W604": "something of the base scenario overridden",
    "W605": "a question about what may never have happened",
    "W606": "a translation missing",
    "W607": "an event without sources",
}
"""Stable codes with what they stand for."""

MOST_SHOWN: Final = 20
EXCERPT: Final = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in a scenario, at a mark. `hint` is the nearest name that exists; `other` a second place."""

    code: str
    severity: str  # error | warning
    mark: Mark
    message: str
    hint: str = ""
    other: Mark | None = None
    length: int = 1

    def __str__(self) -> str:
        text = f"{self.mark}: {self.code} {self.severity}: {printable(self.message)}"
        if self.other is not None:
            text += f" (see {self.other})"
        return f"{text} (did you mean {self.hint!r}?)" if self.hint else text

    def data(self) -> dict[str, Any]:
        """The same as plain data."""
        found: dict[str, Any] = {
            "file": self.mark.file,
            "line": self.mark.line,
            "column": self.mark.column,
            "length": self.length,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
        }
        if self.hint:
            found["hint"] = self.hint
        if self.other is not None:
            found["other"] = {"file": self.other.file, "line": self.other.line, "column": self.other.column}
        return found


class ScenarioError(Exception):
    """A scenario that cannot be played; carries every Problem, warnings too."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = ordered(problems)
        first = next((each for each in self.problems if each.severity == "error"), None)
        super().__init__(str(first) if first else "no scenario")


def error(code: str, mark: Mark, message: str, **more: Any) -> Problem:
    """A problem that keeps a scenario from being played."""
    return Problem(code, "error", mark, message, **more)


def warning(code: str, mark: Mark, message: str, **more: Any) -> Problem:
    """A problem that does not."""
    return Problem(code, "warning", mark, message, **more)


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By place, each once."""
    return tuple(dict.fromkeys(sorted(problems, key=lambda each: (each.mark, each.code, each.message))))


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar of the known names, or an empty string."""
    found = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def printable(text: str) -> str:
    """The text with every character that does not print, or turns writing round, as \\u escapes."""
    return "".join(
        char
        if char == " " or (char.isprintable() and unicodedata.category(char) not in ("Cf", "Cc", "Co"))
        else f"\\u{ord(char):04x}"
        if ord(char) < 0x10000
        else f"\\U{ord(char):08x}"
        for char in text
    )


def show(problems: Sequence[Problem], sources: Mapping[str, Sequence[str]]) -> str:
    """All problems for people: the line at fault below each, with a caret; at most 20, then a count."""
    lines = []
    for problem in problems[:MOST_SHOWN]:
        lines.append(str(problem))
        source = sources.get(problem.mark.file, ())
        if problem.mark.line <= len(source):
            lines += _excerpt(source[problem.mark.line - 1].rstrip("\r\n"), problem)
    if len(problems) > MOST_SHOWN:
        lines.append(f"… and {len(problems) - MOST_SHOWN} more.")
    return "\n".join(lines)


def _excerpt(line: str, problem: Problem) -> list[str]:
    start = max(0, problem.mark.column - 1 - EXCERPT // 2) if len(line) > EXCERPT else 0
    before = printable(line[start : problem.mark.column - 1].replace("\t", " "))
    cut = printable(line[start : start + EXCERPT].replace("\t", " "))
    number = f"{problem.mark.line:5d} | "
    caret = "^" * max(1, min(problem.length, EXCERPT - len(before)))
    return [number + cut, " " * (len(number) - 2) + "| " + " " * len(before) + caret]
