"""Which warnings did an author allow, and why?  `# allow: W607 the reason`, on the line or alone on a line above it.

A waiver silences warnings of that code on that line, nothing else: errors stay errors. A waiver without a reason, of
a code that does not exist or cannot be waived, or with nothing to waive, is itself a warning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from game.compiler.problems import ADVICE, CODES, Near, Problem, warning
from game.rules.classes import dataclass
from game.rules.ledger import Mark

WORD: Final = "allow:"
KNOWN: Final = (*CODES, *ADVICE)
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#\s*allow:\s*(.*)$")
_CODES: Final = re.compile(r"[A-Za-z][0-9]{3}(?:[\s,]+[A-Za-z][0-9]{3})*(?=$|[\s,:])")
_CODE: Final = re.compile(r"[A-Za-z][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A comment that allows some codes on a line."""

    mark: Mark
    codes: tuple[str, ...]
    reason: str
    line: int
    """The line that it is about."""


def waivers(sources: Mapping[str, Sequence[str]]) -> Iterator[Waiver]:
    """All waivers in the text of some files."""
    for file, lines in sources.items():
        for number, line in enumerate(lines, start=1):
            if (
                WORD in line
                and (found := _COMMENT.search(line))
                and line.count('"', 0, found.start()) % 2 == 0
            ):
                listed = _CODES.match(found[1])
                codes = tuple(_CODE.findall(listed[0])) if listed else ()
                reason = found[1][listed.end() :].strip(" ,:") if listed else found[1].strip()
                own = not line[: found.start()].strip()
                yield Waiver(
                    Mark(file, number, found.start() + 1),
                    codes,
                    reason,
                    _below(lines, number) if own else number,
                )


def _below(lines: Sequence[str], number: int) -> int:
    """The next line that says something; comments may stand between."""
    for at in range(number, len(lines)):
        if (text := lines[at].strip()) and not text.startswith("#"):
            return at + 1
    return number


def waived(
    problems: Iterable[Problem],
    sources: Mapping[str, Sequence[str]],
    own: Collection[str],
    about: Collection[str] = CODES,
) -> list[Problem]:
    """The problems that were not allowed, with what is wrong with the waivers in these files.

    While there are errors, the checks of the whole have not been made, and no waiver is said to be idle; nor is one
    whose code is not among those that were looked for, `about`.
    """
    problems = list(problems)
    listed = list(waivers(sources))
    if not listed:
        return problems
    whole = not any(each.severity == "error" for each in problems)
    allowed = {
        (each.mark.file, each.line, code): each for each in listed if each.reason for code in each.codes
    }
    left, used = list[Problem](), set[tuple[str, int, str]]()
    for each in problems:
        key = (each.mark.file, each.mark.line, each.code)
        if each.severity in ("warning", "advice") and key in allowed:
            used.add(key)
        else:
            left.append(each)
    for waiver in listed:
        if waiver.mark.file in own:
            left += _faults(waiver) if about is CODES else ()
            left += _idle(waiver, used, about) if whole else ()
    return left


def _faults(waiver: Waiver) -> Iterator[Problem]:
    """What is wrong with a waiver by itself."""
    if not waiver.codes:
        yield warning("W611", waiver.mark, "a waiver names a code and a reason: # allow: W607 invented")
    elif not waiver.reason:
        yield warning(
            "W611", waiver.mark, f"why is {waiver.codes[0]} allowed here? Write the reason behind it"
        )
    for code in waiver.codes if waiver.reason else ():
        if code not in KNOWN:
            yield warning("W611", waiver.mark, f"there is no code '{code}'", near=Near(code, KNOWN))


def _idle(
    waiver: Waiver, used: Collection[tuple[str, int, str]], about: Collection[str]
) -> Iterator[Problem]:
    """The codes of a waiver that nothing on its line gives."""
    for code in waiver.codes if waiver.reason else ():
        if code in about and (waiver.mark.file, waiver.line, code) not in used:
            message = f"nothing on line {waiver.line} gives {code}: this waiver can go"
            yield warning("W611", waiver.mark, message)
