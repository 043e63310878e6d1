"""Saves that something has happened to: bytes flipped, cut, doubled, moved; or values changed, checksums renewed."""

from __future__ import annotations

import json
import random
from typing import Any

from game.play.journal import START, seal

STRANGE = (
    0, 1, -1, 7, 10**6, -(10**6), 10**17, 10**18, 10**19, 1.5, True, False, None, "", "x", "genoa", "britain", "\u202e",
    "\x00", "\ud800", "a" * 5000, [], {}, [[]], {"a": 1}, [["gold", {}]], {"gold": 10**9}, {"place": 3}, {"turn": 99},
)  # fmt: skip


def torn(data: bytes, dice: random.Random) -> bytes:
    """A save to which a disk or a wire has done something."""
    at, other = dice.randrange(len(data)), dice.randrange(len(data))
    low, high = min(at, other), max(at, other)
    match dice.randrange(9):
        case 0:
            return data[:at]
        case 1:
            return data[at:]
        case 2:
            return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]
        case 3:
            return data[:low] + bytes(high - low) + data[high:]
        case 4:
            return data[:low] + data[high:]
        case 5:
            return data[:high] + data[low:]
        case 6:
            return data[:at] + dice.randbytes(dice.randrange(1, 50)) + data[at:]
        case 7:
            lines = data.splitlines(keepends=True)
            one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
            lines[one], lines[two] = lines[two], lines[one]
            return b"".join(lines)
        case _:
            lines = data.splitlines(keepends=True)
            del lines[dice.randrange(len(lines))]
            return b"".join(lines)


def renewed(data: bytes, dice: random.Random) -> bytes:
    """A save in which one or two things were changed by somebody who knows how checksums are made."""
    rows = [json.loads(line) for line in data.splitlines()]
    for _ in range(dice.randrange(1, 3)):
        _change(rows, dice)
    sum_, parts = START, []
    for row in rows:
        if isinstance(row, dict):
            row.pop("sum", None)
            text, sum_ = seal(sum_, row)
            parts.append(text)
        else:
            parts.append(json.dumps(row) + "\n")
    return "".join(parts).encode("utf-8", "surrogatepass")


def _change(rows: list[Any], dice: random.Random) -> None:
    match dice.randrange(6):
        case 0:
            del rows[dice.randrange(len(rows))]
        case 1:
            rows.insert(dice.randrange(len(rows) + 1), json.loads(json.dumps(dice.choice(rows))))
        case 2:
            one, two = dice.randrange(len(rows)), dice.randrange(len(rows))
            rows[one], rows[two] = rows[two], rows[one]
        case _:
            _change_within(dice.choice(rows), dice)
    if not rows:
        rows.append({})


def _change_within(row: Any, dice: random.Random) -> None:
    """Change one value somewhere in a row."""
    holder = row
    while isinstance(holder, dict | list) and holder:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = dice.choice(keys)
        inner = holder[key]
        if isinstance(inner, dict | list) and inner and dice.random() < 0.8:
            holder = inner
            continue
        match dice.randrange(4):
            case 0 if isinstance(inner, int):
                holder[key] = inner + dice.choice((-1, 1, 5, -40, 1000))
            case 1:
                del holder[key]
            case 2 if isinstance(holder, dict):
                holder[dice.choice(("gold", "no-such", "turn", "\x1b"))] = inner
            case _:
                holder[key] = dice.choice(STRANGE)
        return
