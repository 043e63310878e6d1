"""What is wrong with a scenario, where, and how is that printed?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from game.rules.classes import dataclass, field
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
    "W608": "a promise that the effects do not keep",
    "W609": "something that nothing can reach",
    "W610": "a source that the list does not name",
    "W611": "a waiver that waives nothing",
    "W612": "an effect that the bounds swallow",
    "W613": "a choice that another one beats",
}
"""Stable codes with what they stand for."""
ADVICE: Final = {
    "A701": "something sure that rests on one source",
    "A702": "a premise that nobody speaks",
    "A703": "a text that is long or hard",
    "A704": "something that nothing uses",
}
"""The codes of advice, which is given where it is asked for."""

MOST_SHOWN: Final = 20
MOST_HINTS: Final = 200
EXCERPT: Final = 80


@dataclass(frozen=True, slots=True)
class Near:
    """A word, and the names that it may be a slip for; compared only where a problem is shown."""

    word: str
    known: Iterable[str]

    def __str__(self) -> str:
        return nearest(self.word, self.known)


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in a scenario, at a mark; `other` is a second place that has to do with it."""

    code: str
    severity: str  # error | warning | note | advice
    mark: Mark
    message: str
    near: Near | None = field(default=None, compare=False)
    other: Mark | None = None
    length: int = 1

    @property
    def hint(self) -> str:
        """The nearest name that exists, or an empty string."""
        return str(self.near) if self.near is not None else ""

    def __str__(self) -> str:
        text = f"{shown(self.mark)}: {self.code} {self.severity}: {printable(self.message)}"
        if self.other is not None:
            text += f" (see {shown(self.other)})"
        return f"{text} (did you mean {hint!r}?)" if (hint := self.hint) else text

    def data(self, hints: bool = True) -> dict[str, Any]:
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
        if hints and (hint := self.hint):
            found["hint"] = hint
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
    from difflib import get_close_matches

    found = get_close_matches(word[:EXCERPT], sorted(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def shown(mark: Mark) -> str:
    """A place as it is printed."""
    return printable(str(mark))


def lookalike(word: str) -> str:
    """What a name that only looks right is really made of: `; 'е' is U+0435 (cyrillic small letter ie)`."""
    import unicodedata

    strange = [
        f"{char!r} is U+{ord(char):04X} ({unicodedata.name(char, 'unnamed').lower()})"
        for char in dict.fromkeys(word)
        if not char.isascii()
    ]
    return f"; {', '.join(strange[:3])}" if strange else ""


def quoted(word: str) -> str:
    """A word of a file in quotes, cut where it is long."""
    return f"'{word}'" if len(word) <= EXCERPT else f"'{word[:EXCERPT]}…'"


def printable(text: str) -> str:
    """The text with every character that does not print, or turns writing round, as \\u escapes."""
    if text.isascii() and text.isprintable():
        return text
    import unicodedata

    return "".join(
        char
        if char == " " or (char.isprintable() and unicodedata.category(char) not in ("Cf", "Cc", "Co"))
        else f"\\u{ord(char):04x}"
        if ord(char) < 0x10000
        else f"\\U{ord(char):08x}"
        for char in text
    )


def show(problems: Sequence[Problem], sources: Mapping[str, Sequence[str]]) -> str:
    """Problems for people: the line at fault below each, with a caret; at most 20, errors first, then a count."""
    lines = []
    for problem in _weightiest(problems):
        lines.append(str(problem))
        source = sources.get(problem.mark.file, ())
        if problem.mark.line <= len(source):
            lines += _excerpt(source[problem.mark.line - 1], problem)
    if len(problems) > MOST_SHOWN:
        lines.append(f"… and {len(problems) - MOST_SHOWN} more.")
    return "\n".join(lines)


def _weightiest(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems that are shown, in their order: no warning takes the place of an error."""
    errors = [each for each in problems if each.severity == "error"][:MOST_SHOWN]
    rest = [each for each in problems if each.severity != "error"][: MOST_SHOWN - len(errors)]
    kept = {id(each) for each in (*errors, *rest)}
    return tuple(each for each in problems if id(each) in kept)


def as_data(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """All problems as plain data; the first few hundred with their hints."""
    return [each.data(hints=number < MOST_HINTS) for number, each in enumerate(problems)]


def _excerpt(line: str, problem: Problem) -> list[str]:
    start = max(0, problem.mark.column - 1 - EXCERPT // 2) if len(line) > EXCERPT else 0
    before = printable(line[start : problem.mark.column - 1].replace("\t", " "))
    cut = printable(line[start : start + EXCERPT].replace("\t", " "))
    number = f"{problem.mark.line:5d} | "
    under = printable(line[problem.mark.column - 1 :][: problem.length].replace("\t", " "))
    caret = "^" * max(1, min(len(under), EXCERPT - len(before)))
    return [number + cut, " " * (len(number) - 2) + "| " + " " * len(before) + caret]
