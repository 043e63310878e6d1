"""What is wrong with a text that is no YAML, and where would its author look for it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from game.compiler.problems import Problem, error
from game.rules.ledger import Mark

GLUED: Final = re.compile(r"\s*(?:- )*[a-z_]+:[^\s/]")
_SECOND_COLON: Final = re.compile(r"""\s*(?:- )*[\w.-]+:\s+[^'"{\[|>&*!#].*: """)
_CLOSING: Final = re.compile(r"or '([\]}])'")
_PLAIN: Final = {
    "did not find expected key": "a key is expected here: look at the indentation, and at what is quoted before",
    "expected <block end>": "a key is expected here: look at the indentation, and at what is quoted before",
    "did not find expected '-' indicator": "here '-' is expected, as in the lines of the list before",
    "did not find expected <document start>": "after '...' the file is over",
    "mapping values are not allowed": "a key is not expected here: look at the indentation",
    "could not find expected ':'": "a ':' is missing after this key, or a quote before it is not closed",
    "cannot start any token": "a text that begins with this sign must stand in quotes",
    "expected alphabetic or numeric character": "a text that begins with * or & must stand in quotes",
    "escape": "in double quotes a backslash begins a special sign, and this is none: use single quotes",
}
"""What the parser says, in other words."""


def diagnose(fault: Exception, file: str, lines: Sequence[str], spread: tuple[Any, Any] | None) -> Problem:
    """The problem behind a parser's complaint; `spread` is where the last quote over several lines began and ended."""
    mark = getattr(fault, "problem_mark", None)
    what = getattr(fault, "problem", None) or str(fault).partition("\n")[0] or type(fault).__name__
    opening = getattr(fault, "context_mark", None)
    if mark is None:
        return error("S101", Mark(file, 1, 1), f"not YAML: {what}")
    if (
        "quoted scalar" in (getattr(fault, "context", None) or "")
        and opening is not None
        and "end of" in what
    ):
        return error("S101", at(file, opening), "this quote is never closed")
    if spread is not None and spread[1].line == mark.line:
        message = f"this quote is closed only in line {mark.line + 1}: is one missing here?"
        return error("S101", at(file, spread[0]), message)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "mapping values are not allowed" in what and _SECOND_COLON.match(line):
        return error("S101", at(file, mark), "this text holds ': '; put the whole text in quotes")
    if any(phrase in what for phrase in ("mapping values are not allowed", "could not find expected ':'")):
        for number in (opening.line if opening is not None else mark.line, mark.line - 1):
            if 0 <= number < len(lines) and GLUED.match(lines[number]):
                column = len(lines[number]) - len(lines[number].lstrip(" -")) + 1
                return error("S101", Mark(file, number + 1, column), "put a space after the colon")
    if "expected ',' or" in what:
        return _open_bracket(what, file, mark, opening)
    sentence = next((plain for phrase, plain in _PLAIN.items() if phrase in what), what)
    if "\t" in line[: mark.column + 1]:
        sentence = "a tab where spaces are expected"
    if opening is not None and opening.line != mark.line:
        sentence += f" (what began in line {opening.line + 1} is not finished)"
    return error("S101", at(file, mark), f"not YAML: {sentence}")


def _open_bracket(what: str, file: str, mark: Any, opening: Any) -> Problem:
    named = _CLOSING.search(what)
    closing = named[1] if named is not None else "}"
    if opening is None or opening.line == mark.line:
        return error("S101", at(file, mark), f"not YAML: a ',' or '{closing}' is missing before this")
    message = f"this bracket is not closed; '{closing}' or ',' is missing before line {mark.line + 1}"
    return error("S101", at(file, opening), message)


def at(file: str, mark: Any) -> Mark:
    """A parser's mark, which counts from 0, as ours."""
    return Mark(file, mark.line + 1, mark.column + 1)
