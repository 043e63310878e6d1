"""Is a journal sound, and what does it say?  Lines in, checked against their checksums and shapes, decisions out.

A line that was torn off at the end, flipped, cut out or edited is named, and all that stands above it is given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeGuard

from game.play.journal import (
    FORMAT,
    KIND,
    LONGEST,
    MAY_LACK,
    MOST_SITTINGS,
    START,
    Close,
    Damage,
    Decision,
    Draft,
    Header,
    Journal,
    Line,
    SaveError,
    Sitting,
    checksum,
    shown,
)  # fmt: skip
from game.rules.classes import dataclass
from game.rules.ledger import Cause, Kind
from game.rules.state import HISTORICAL, OPEN, Answer, Open, Order, Plan, Teacher

LARGEST: Final = 64 * 1024 * 1024
DEEPEST: Final = 128
"""Longest line of parents of a cause that is read."""
NOBODY: Final[dict[str, Any]] = {"named": [], "sealed": []}
Lift = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: dict[int, tuple[Lift, Lift]] = {
    1: (lambda row: {"seats": {}} | row, lambda row: NOBODY | row),
}
"""For each old format: what lifts its header, and what lifts each of its lines, to the next one.

Format 1 is the first. Format 2 knows of two seats. A format stays readable for ever; one save of each lies in
tests/saves.
"""
TELLING: Final = (b'"do":"state"', b'"do":"sit"')
"""How lines are known that say something to a list of saves; quotes within a text are never bare."""
_ID: Final = re.compile(r"[0-9a-f]{1,32}")


@dataclass(frozen=True, slots=True)
class Glance:
    """What a journal says of itself without its decisions being read: for lists."""

    header: Header
    close: Close | None
    sitting: int
    fault: str = ""


def read(data: bytes) -> Journal:
    """A journal, as far as it is sound. Raises SaveError when there is no sound header or the format is unknown."""
    header, format_, sum_, at = _opened(data)
    lines: list[Line] = []
    damage = None
    for number, text, ended in _rest(data, at):
        try:
            row, found = _unsealed(text, sum_)
            if not ended:
                raise ValueError("it does not end")
            lines.append(_line(_lifted(row, format_, 1)))
        except ValueError as fault:
            damage = Damage(number, f"line {number} of the save is damaged: {fault}", not ended)
            break
        sum_, at = found, at + len(text) + 1
    return Journal(header, tuple(lines), at, sum_, damage, format_)


def read_header(data: bytes) -> tuple[Header, str]:
    """The header of a journal and its checksum. Raises SaveError."""
    header, _, sum_, _ = _opened(data)
    return header, sum_


def glance(data: bytes) -> Glance:
    """What a journal says of itself: all checksums are compared, only what a list shows is read. Raises SaveError."""
    header, format_, sum_, at = _opened(data)
    close: Close | None = None
    sitting, fault = header.sitting, ""
    last = b""
    for number, text, ended in _rest(data, at):
        if not ended:
            break
        try:
            sum_ = _compared(text, sum_)[1]
            if TELLING[1] in text:
                line = _line(_lifted(json.loads(text), format_, 1))
                sitting = max(sitting, line.count) if isinstance(line, Sitting) else sitting
        except (ValueError, RecursionError):
            fault = f"line {number} of the save is damaged"
            break
        if TELLING[0] in text:
            last = text
    if last:
        try:
            line = _line(_lifted(json.loads(last), format_, 1))
            close = line if isinstance(line, Close) else None
        except (ValueError, RecursionError):
            fault = fault or "the save is damaged"
    return Glance(header, close, sitting, fault)


def _opened(data: bytes) -> tuple[Header, int, str, int]:
    """The header, the format, the checksum of the first line, and where the second begins. Raises SaveError."""
    if len(data) > LARGEST:
        raise SaveError(
            "too-large", f"the file has {len(data) // 2**20} MB; at most {LARGEST // 2**20} are read"
        )
    first, newline, _ = data.partition(b"\n")
    header, format_, sum_ = _header(first, bool(newline))
    return header, format_, sum_, len(first) + 1


def _rest(data: bytes, at: int) -> Iterator[tuple[int, bytes, bool]]:
    """The lines from there on: number, text, and whether the line ends."""
    number = 1
    while at < len(data):
        number += 1
        end = data.find(b"\n", at)
        yield number, data[at : end if end >= 0 else len(data)], end >= 0
        at = end + 1 if end >= 0 else len(data)


def _lifted(row: Any, format_: int, which: int) -> dict[str, Any]:
    """A header (0) or line (1) of an old format as it would be written today. Raises ValueError."""
    found = _map(row)
    try:
        for number in range(format_, FORMAT):
            found = MIGRATIONS[number][which](found)
    except (LookupError, TypeError, AttributeError):
        raise ValueError("it is not what its format says") from None
    return found


def _header(text: bytes, ended: bool) -> tuple[Header, int, str]:
    if not text.strip():
        raise SaveError("empty", "the file is empty")
    try:
        row = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or row.get("kind") != KIND:
        if KIND.encode() in text[:2000]:
            raise SaveError("broken", "the first line of the save is damaged: it is cut or garbled")
        raise SaveError("foreign", "this is not a saved game of Peredyshka")
    format_: Any = row.get("format")
    if not _whole(format_) or format_ < 1:
        raise SaveError("broken", "the first line of the save is damaged: it names no format")
    if format_ > FORMAT:
        needed = shown(str(row.get("version") or "newer")[:20])
        raise SaveError(
            "future",
            f"the save has format {format_}; this program reads up to {FORMAT}: it needs version {needed}",
        )
    try:
        row, sum_ = _unsealed(text, START)
        header = _header_of(_lifted(row, format_, 0))
        if not ended:
            raise ValueError("it does not end")
    except ValueError as fault:
        raise SaveError("broken", f"the first line of the save is damaged: {fault}") from None
    return header, format_, sum_


def _header_of(row: dict[str, Any]) -> Header:
    branch = row.get("branch")
    texts = {name: _text(row, name) for name in ("id", "scenario", "fingerprint", "fate", "title", "version")}
    texts |= {name: _text(row, name, "") for name in MAY_LACK}
    header = Header(
        **texts,
        seed=_number(row, "seed"),
        dice=_number(row, "dice"),
        sitting=_number(row, "sitting"),
        branch=None if branch is None else (_text(_map(branch), "save"), _number(_map(branch), "line")),
        seats=tuple((role, _text(_map(row.get("seats")), role)) for role in sorted(_map(row.get("seats")))),
    )
    if header.fate not in (HISTORICAL, OPEN) or not 0 <= header.seed < 10**18:
        raise ValueError("seed or fate cannot be")
    if not _ID.fullmatch(header.id) or not 0 <= header.sitting <= MOST_SITTINGS:
        raise ValueError("its id or its sitting cannot be")
    return header


def _compared(text: bytes, before: str) -> tuple[str, str]:
    """A line as text and its checksum, which has been compared. Raises ValueError.

    A file that was mailed as text may have other line ends; they carry nothing.
    """
    line = text.decode("ascii").removesuffix("\r") if text.isascii() else ""
    body, mark, tail = line.rpartition(',"sum":"')
    sum_ = checksum(before, f"{body}}}")
    if not mark or tail != f'{sum_}"}}':
        raise ValueError("its checksum does not fit")
    return line, sum_


def _unsealed(text: bytes, before: str) -> tuple[dict[str, Any], str]:
    """A line's data without its checksum, which has been compared. Raises ValueError."""
    line, sum_ = _compared(text, before)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("it is cut or garbled") from None
    if not isinstance(row, dict):
        raise ValueError("it is cut or garbled")
    row.pop("sum", None)
    return row, sum_


def _line(row: dict[str, Any]) -> Line:
    match row.get("do"):
        case "open":
            return Decision(_number(row, "turn"), Open())
        case "answer":
            answer = Answer(_text(row, "event"), _text(row, "choice"), _text(row, "reason", ""))
            return Decision(_number(row, "turn"), answer)
        case "plan":
            return Decision(_number(row, "turn"), _plan(row))
        case "teach":
            sets, after = _numbers(row.get("set")), _number({"after": 0, **row}, "after")
            hand = Teacher(sets, _text(row, "event"), _text(row, "country"), after, _text(row, "note", ""))
            return Decision(_number(row, "turn"), hand)
        case "draft":
            return Draft(_plan(row), _texts(row, "named"), _texts(row, "sealed"))
        case "state":
            return _close(row)
        case "sit":
            count = _number(row, "count")
            if not 0 <= count <= MOST_SITTINGS:
                raise ValueError("its count cannot be")
            return Sitting(count, _text(row, "version", ""))
        case _:
            raise ValueError("it says nothing that is known")


def _close(row: dict[str, Any]) -> Close:
    origins = row.get("origins")
    if not isinstance(origins, list):
        raise ValueError("its origins are no list")
    directives = _map(row.get("directives", {}))
    return Close(
        turn=_number(row, "turn"),
        values=_numbers(row.get("values")),
        origins=tuple(_origin(each) for each in origins),
        hash=_text(row, "hash"),
        directives={group: _text(directives, group) for group in directives},
        scores=_numbers(row.get("scores", {})),
        step=_text(row, "step", ""),
        over=_text(row, "over", ""),
    )


def _plan(row: dict[str, Any]) -> Plan:
    orders = {}
    for role, given in _map(row.get("orders")).items():
        if not isinstance(given, list) or not all(
            isinstance(each, list) and len(each) == 2 and all(map(_telling, each)) for each in given
        ):
            raise ValueError("its orders are not orders")
        orders[role] = tuple(Order(action, target) for action, target in given)
    return Plan({role: _numbers(values) for role, values in _map(row.get("settings")).items()}, orders)


def _origin(row: Any) -> tuple[str, Cause]:
    if not isinstance(row, list) or len(row) != 2 or not _telling(row[0]):
        raise ValueError("an origin is not one")
    return row[0], _cause(_map(row[1]), DEEPEST)


def _cause(row: dict[str, Any], deepest: int) -> Cause:
    parent = row.get("parent")
    if deepest == 0:
        raise ValueError("a cause goes back too far")
    kind = _text(row, "kind")
    if kind not in set(Kind):
        raise ValueError("a cause is of no known kind")
    return Cause(
        Kind(kind),
        _text(row, "id"),
        _text(row, "branch", ""),
        _text(row, "country", ""),
        _number(row, "turn"),
        _text(row, "by", ""),
        None if parent is None else _cause(_map(parent), deepest - 1),
    )


def _map(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(map(_telling, value)):
        raise ValueError("a part of it has the wrong shape")
    return value


def _telling(value: Any) -> TypeGuard[str]:
    """Whether it is a text that can be shown to people."""
    return isinstance(value, str) and len(value) <= LONGEST and value.isprintable()


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 10**18


def _number(row: dict[str, Any], name: str) -> int:
    value = row.get(name)
    if not _whole(value):
        raise ValueError(f"'{name}' is not a whole number")
    return value


def _numbers(value: Any) -> dict[str, int]:
    found = _map(value)
    if not all(_whole(each) for each in found.values()):
        raise ValueError("a value in it is not a whole number")
    return found


def _texts(row: dict[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name)
    if not isinstance(value, list) or not all(map(_telling, value)):
        raise ValueError(f"'{name}' is no list of texts")
    return tuple(value)


def _text(row: dict[str, Any], name: str, default: str | None = None) -> str:
    value = row.get(name, default)
    if not _telling(value):
        raise ValueError(f"'{shown(name)}' is not a text")
    return value
