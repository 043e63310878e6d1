"""Is a journal sound, and what does it say?  Lines in, checked against their checksums and shapes, decisions out.

A line that was torn off at the end, flipped, cut out or edited is named, and all that stands above it is given.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final, TypeGuard

from game.play.journal import (
    FORMAT,
    KIND,
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
)  # fmt: skip
from game.rules.ledger import Cause, Kind
from game.rules.state import Answer, Open, Order, Plan, Teacher

LARGEST: Final = 64 * 1024 * 1024
DEEPEST: Final = 128
"""Longest line of parents of a cause that is read."""
Lift = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: dict[int, tuple[Lift, Lift]] = {}
"""For each old format: what lifts its header, and what lifts each of its lines, to the next one.

Format 1 is the first. A format stays readable for ever; one save of each lies in tests/saves.
"""


def read(data: bytes) -> Journal:
    """A journal, as far as it is sound. Raises SaveError when there is no sound header or the format is unknown."""
    if len(data) > LARGEST:
        raise SaveError(
            "too-large", f"the file has {len(data) // 2**20} MB; at most {LARGEST // 2**20} are read"
        )
    first, newline, _ = data.partition(b"\n")
    header, format_, sum_ = _header(first, bool(newline))
    lines: list[Line] = []
    at = len(first) + 1
    number = 1
    while at < len(data):
        number += 1
        end = data.find(b"\n", at)
        text = data[at : end if end >= 0 else len(data)]
        last = end < 0 or end == len(data) - 1
        try:
            row, found = _unsealed(text, sum_)
            if end < 0:
                raise ValueError("it does not end")
            lines.append(_line(_lifted(row, format_, 1)))
        except ValueError as fault:
            damage = Damage(number, f"line {number} of the save is damaged: {fault}", last and end < 0)
            return Journal(header, tuple(lines), at, sum_, damage)
        sum_, at = found, end + 1
    return Journal(header, tuple(lines), at, sum_)


def read_header(data: bytes) -> tuple[Header, str]:
    """The header of a journal and its checksum. Raises SaveError."""
    first, newline, _ = data.partition(b"\n")
    header, _, sum_ = _header(first, bool(newline))
    return header, sum_


def _lifted(row: dict[str, Any], format_: int, which: int) -> dict[str, Any]:
    """A header (0) or line (1) of an old format as it would be written today. Raises ValueError."""
    for number in range(format_, FORMAT):
        row = MIGRATIONS[number][which](row)
    return row


def _header(text: bytes, ended: bool) -> tuple[Header, int, str]:
    if not text.strip():
        raise SaveError("empty", "the file is empty")
    try:
        row = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or row.get("kind") != KIND:
        raise SaveError("foreign", "this is not a saved game of Peredyshka")
    format_: Any = row.get("format")
    if not _whole(format_) or format_ < 1:
        raise SaveError("broken", "the first line of the save is damaged: it names no format")
    if format_ > FORMAT:
        needed = str(row.get("version", ""))[:20] or "newer"
        raise SaveError(
            "future",
            f"the save has format {format_}; this program reads up to {FORMAT}: it needs version {needed}",
        )
    try:
        row, sum_ = _unsealed(text, START)
        row = _lifted(row, format_, 0)
        branch = row.get("branch")
        header = Header(
            **{
                name: _text(row, name)
                for name in ("id", "scenario", "fingerprint", "fate", "title", "version")
            },
            seed=_number(row, "seed"),
            dice=_number(row, "dice"),
            sitting=_number(row, "sitting"),
            branch=None if branch is None else (_text(_map(branch), "save"), _number(_map(branch), "line")),
        )
        if header.fate not in ("historical", "open") or not 0 <= header.seed < 10**18 or not ended:
            raise ValueError("seed or fate cannot be")
    except ValueError as fault:
        raise SaveError("broken", f"the first line of the save is damaged: {fault}") from None
    return header, format_, sum_


def _unsealed(text: bytes, before: str) -> tuple[dict[str, Any], str]:
    """A line's data without its checksum, which has been compared. Raises ValueError."""
    try:
        line = text.decode("utf-8")
        body, _, tail = line.rpartition(',"sum":"')
        row = json.loads(line)
    except (UnicodeDecodeError, RecursionError):
        raise ValueError("it is not readable") from None
    except ValueError:
        raise ValueError("it is cut or garbled") from None
    if not isinstance(row, dict) or not body:
        raise ValueError("it has no checksum")
    sum_ = sha256(f"{before}{body}}}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    if tail != f'{sum_}"}}':
        raise ValueError("its checksum does not fit")
    row.pop("sum", None)
    return row, sum_


def _line(row: dict[str, Any]) -> Line:
    do = row.get("do")
    match do:
        case "open":
            return Decision(_number(row, "turn"), Open())
        case "answer":
            return Decision(_number(row, "turn"), Answer(_text(row, "event"), _text(row, "choice")))
        case "plan":
            return Decision(_number(row, "turn"), _plan(row))
        case "teach":
            sets = _numbers(row.get("set"))
            return Decision(_number(row, "turn"), Teacher(sets, _text(row, "event"), _text(row, "country")))
        case "draft":
            return Draft(_plan(row))
        case "state":
            origins = row.get("origins")
            if not isinstance(origins, list):
                raise ValueError("its origins are no list")
            directives = _map(row.get("directives", {}))
            if not all(isinstance(each, str) for each in directives.values()):
                raise ValueError("a directive in it is no id")
            return Close(
                turn=_number(row, "turn"),
                values=_numbers(row.get("values")),
                origins=tuple(_origin(each) for each in origins),
                hash=_text(row, "hash"),
                directives=directives,
                scores=_numbers(row.get("scores")),
                step=_text(row, "step", ""),
                over=_text(row, "over", ""),
            )
        case "sit":
            return Sitting(_number(row, "count"), _text(row, "version", ""))
        case _:
            raise ValueError("it says nothing that is known")


def _plan(row: dict[str, Any]) -> Plan:
    orders = {}
    for role, given in _map(row.get("orders")).items():
        if not isinstance(given, list) or not all(
            isinstance(each, list) and len(each) == 2 and all(isinstance(part, str) for part in each)
            for each in given
        ):
            raise ValueError("its orders are not orders")
        orders[role] = tuple(Order(action, target) for action, target in given)
    return Plan({role: _numbers(values) for role, values in _map(row.get("settings")).items()}, orders)


def _origin(row: Any) -> tuple[str, Cause]:
    if not isinstance(row, list) or len(row) != 2 or not isinstance(row[0], str):
        raise ValueError("an origin is not one")
    return row[0], _cause(_map(row[1]), DEEPEST)


def _cause(row: dict[str, Any], deepest: int) -> Cause:
    parent = row.get("parent")
    if deepest == 0:
        raise ValueError("a cause goes back too far")
    if row.get("kind") not in set(Kind):
        raise ValueError("a cause is of no known kind")
    return Cause(
        Kind(row["kind"]),
        _text(row, "id"),
        _text(row, "branch", ""),
        _text(row, "country", ""),
        _number(row, "turn"),
        _text(row, "by", ""),
        None if parent is None else _cause(_map(parent), deepest - 1),
    )


def _map(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("a part of it has the wrong shape")
    return value


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


def _text(row: dict[str, Any], name: str, default: str | None = None) -> str:
    value = row.get(name, default)
    if not isinstance(value, str) or len(value) > 400:
        raise ValueError(f"'{name}' is not a text")
    return value
