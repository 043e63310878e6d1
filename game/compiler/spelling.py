"""Can the bytes of a file be read as text, and does it hold what the eye does not see?"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from game.compiler.problems import Problem, error, warning
from game.rules.ledger import Mark

MOST_FINDINGS: Final = 100
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
_HIDDEN: Final = "\u00a0\u00ad\u2007\u202f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u3000\ufeff"
_SMART: Final = {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\uff1a": ":"}
_SUSPECT: Final = re.compile(
    f"(?P<control>[{_CONTROL}])|(?P<hidden>[{_HIDDEN}])|(?P<smart>[{''.join(_SMART)}])"
)
_CONFLICT: Final = re.compile(r"(<{7} |={7}$|>{7} |\|{7} )")


def lines_of(text: str) -> list[str]:
    """The lines of a text as editors count them."""
    return _LINE_END.split(text)


def decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file in UTF-8, with or without a byte order mark; None after a problem."""
    start = data[:200]
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or 10 * start.count(0) > len(start):
        return None, [error("S103", Mark(file, 1, 1), "the file is in UTF-16 or UTF-32: save it as UTF-8")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as fault:
        before = lines_of(data[: fault.start].decode("utf-8-sig"))
        byte = f"byte {data[fault.start]:#04x}"
        message = f"{byte} is not UTF-8: save the file as UTF-8 (it may be cp1251, KOI8-R or Latin-1)"
        if fault.reason == "unexpected end of data":
            message = "the file ends within a character: it is cut, or not in UTF-8; save it as UTF-8"
        return None, [error("S103", Mark(file, len(before), len(before[-1]) + 1), message)]


def misleading(text: str, file: str) -> list[Problem]:
    """Tabs, hidden characters, quotes that are no quotes, marks of a failed merge; each once in a line."""
    found: list[Problem] = []
    for number, line in enumerate(lines_of(text), start=1):
        if len(found) >= MOST_FINDINGS:
            break
        if line.isascii() and line.isprintable() and line[:1] not in "<=>|":
            continue
        found += _in_line(line, number, file)
    return found


def _in_line(line: str, number: int, file: str) -> list[Problem]:
    found = []
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in indent and line.strip():
        place = Mark(file, number, indent.index("\t") + 1)
        found.append(error("S107", place, "a tab in the indentation: use spaces"))
    if _CONFLICT.match(line):
        message = "a mark of an unfinished merge: choose one version"
        found.append(error("S101", Mark(file, number, 1), message, length=len(line)))
    seen = set()
    for suspect in _SUSPECT.finditer(line):
        char, at = suspect[0], suspect.start()
        if char in seen:
            continue
        mark, name = Mark(file, number, at + 1), f"{unicodedata.name(char, 'control character').lower()}"
        sign = f"{name} (U+{ord(char):04X})"
        match suspect.lastgroup:
            case "control":
                seen.add(char)
                found.append(error("S107", mark, f"a {sign} in the text: remove it"))
            case "hidden":
                seen.add(char)
                found.append(_hidden(line, at, mark, sign))
            case _:
                if _structural(line, at):
                    message = f"{char} is a {sign}, no sign of YAML: write {_SMART[char]}"
                    found.append(error("S107", mark, message))
    return found


def _hidden(line: str, at: int, mark: Mark, sign: str) -> Problem:
    text = f"a {sign}, which cannot be seen: "
    if ":" not in line[:at]:
        return error("S107", mark, text + "write a plain space or nothing")
    return warning("S107", mark, text + "is it meant?")


def _structural(line: str, at: int) -> bool:
    """Whether a look-alike stands where YAML would want the real sign: at the start of a value, or after a key."""
    before = line[:at]
    if line[at] == "\uff1a":
        return re.fullmatch(r"\s*(- )?[\w-]+", before) is not None
    return re.fullmatch(r"\s*(- )*([\w.-]+:)?\s*", before) is not None
