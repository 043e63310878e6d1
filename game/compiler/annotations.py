"""How do problems show at their lines in a code review?  As the workflow commands that GitHub reads from a log."""

from __future__ import annotations

from game.compiler.problems import ADVICE, CODES, Problem, printable

LEVELS = {"error": "error", "warning": "warning", "note": "notice", "advice": "notice"}
MEANING = CODES | ADVICE


def annotation(problem: Problem) -> str:
    """One problem in one line.

    >>> from game.compiler.problems import error
    >>> from game.rules.ledger import Mark
    >>> annotation(error("N301", Mark("a.yaml", 3, 7), "no 'gld': 100% sure", length=3))
    "::error file=a.yaml,line=3,col=7,endColumn=10,title=N301 unknown name::no 'gld': 100%25 sure"
    """
    hint = f" (did you mean '{problem.hint}'?)" if problem.hint else ""
    other = f" (see {problem.other})" if problem.other is not None else ""
    mark = problem.mark
    place = (
        f"file={_property(mark.file)},line={mark.line},col={mark.column},endColumn={mark.column + problem.length},"
        f"title={_property(f'{problem.code} {MEANING[problem.code]}')}"
    )
    return f"::{LEVELS[problem.severity]} {place}::{_data(printable(problem.message) + other + hint)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
