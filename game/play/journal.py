"""What stands in the journal of a game?  A header, a line for each decision, and how things stood at each close.

JSON Lines in plain ASCII, appended to and never rewritten. Each line carries a checksum over itself and the line
before, so that a torn, flipped, missing or doubled line shows. Nothing in it is ever run. Here lines are made;
`game.play.unsealing` reads them, files are the business of `game.play.recording` and `game.play.saves`.

A game that went on from what was written, and not from its decisions, begins with closes: that is its past.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

from game.rules.classes import dataclass, field
from game.rules.ledger import Cause
from game.rules.state import Answer, Move, Open, Plan, Teacher

FORMAT: Final = 2
KIND: Final = "peredyshka game"
START: Final = "0" * 16
LONGEST: Final = 4_000
"""Characters of an id or any other text of a line that is read."""
LONGEST_TITLE: Final = 200
LONGEST_REASON: Final = 300
"""Characters of what a player writes as a reason, or a teacher as a note."""
MOST_SITTINGS: Final = 10**9
"""Where the count of sittings ends: a number that would grow beyond what is read must not come from a file."""
BASIC: Final = "basic"
"""The easier of the two readings."""
MAY_LACK: Final = ("nickname", "reading")
"""What of a header is left out where it says nothing."""
ELSEWHERE: Final = frozenset(
    {"missing", "unreadable", "unwritable", "held", "taken", "name", "decision", "changed"}
)
"""Codes of faults that do not lie in the save itself."""


class SaveError(ValueError):
    """A save that cannot be used: what is wrong, in one sentence, and a stable code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Header:
    """Which game this is. `branch` names the save it was forked from, and at which line.

    `seats` says who plays each role: a person (nothing) or a policy by its name; empty for one player with both.
    """

    id: str
    scenario: str
    fingerprint: str
    seed: int
    fate: str
    title: str = ""
    version: str = ""
    dice: int = 1
    sitting: int = 1
    branch: tuple[str, int] | None = None
    seats: tuple[tuple[str, str], ...] = ()
    nickname: str = ""
    """What the player is called in class, if a name was given."""
    reading: str = ""
    """`basic` if the game was begun with the easier texts."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A move that was made, in which turn."""

    turn: int
    move: Move


@dataclass(frozen=True, slots=True)
class Draft:
    """What is set and ordered so far in a turn that has not been closed, and who has named or sealed it."""

    plan: Plan
    named: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Close:
    """How things stood when a turn was closed: values by slot that changed since the last such line, and the hash."""

    turn: int
    values: Mapping[str, int]
    origins: tuple[tuple[str, Cause], ...]
    hash: str
    directives: Mapping[str, str] = field(default_factory=dict)
    """Which directives run, by group: their numbers would change with the scenario, their ids do not."""
    scores: Mapping[str, int] = field(default_factory=dict)
    """The headline scores, for lists of saves."""
    step: str = ""
    over: str = ""
    """The ending, if the game ended with this turn."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody sat down to this game: the how-manyth sitting it was, counted over all saves of a folder."""

    count: int
    version: str = ""


Line = Decision | Draft | Close | Sitting


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a journal stops making sense: the line (from 1), what is wrong, and whether only its end was torn off."""

    line: int
    message: str
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal as far as it is sound: `length` bytes, ending with the checksum `sum`."""

    header: Header
    lines: tuple[Line, ...]
    length: int
    sum: str
    damage: Damage | None = None
    format: int = FORMAT

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions in order."""
        return tuple(line for line in self.lines if isinstance(line, Decision))

    @property
    def closes(self) -> tuple[Close, ...]:
        """All closes in order."""
        return tuple(line for line in self.lines if isinstance(line, Close))


def seal(before: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """A line of the file, with its checksum; `before` is the checksum of the line above."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    sum_ = checksum(before, text)
    return f'{text[:-1]},"sum":"{sum_}"}}\n', sum_


def checksum(before: str, text: str) -> str:
    """The checksum of a line without it, after the line with the checksum `before`."""
    return sha256(f"{before}{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sealed(header: Header, lines: Iterable[Line]) -> tuple[bytes, str]:
    """A whole journal as the bytes of its file, and the checksum of its last line."""
    text, sum_ = seal(START, header_data(header))
    parts = [text]
    for line in lines:
        text, sum_ = seal(sum_, line_data(line))
        parts.append(text)
    return "".join(parts).encode(), sum_


def shown(text: str) -> str:
    """A title as it may stand in a line: nothing that cannot be printed, and not too long."""
    return "".join(each if each.isprintable() else " " for each in text)[:LONGEST_TITLE]


def sentence(text: str) -> str:
    """A reason or a note as it may stand in a line: one sentence or two, nothing that cannot be printed.

    >>> sentence(" Trade\\n first. ")
    'Trade first.'
    """
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:LONGEST_REASON]


def header_data(header: Header) -> dict[str, Any]:
    """A header as plain data."""
    found: dict[str, Any] = {"kind": KIND, "format": FORMAT}
    found |= {
        name: getattr(header, name)
        for name in Header.__dataclass_fields__
        if name not in ("branch", "seats") and (name not in MAY_LACK or getattr(header, name))
    }
    found["seats"] = dict(header.seats)
    if header.branch is not None:
        found["branch"] = {"save": header.branch[0], "line": header.branch[1]}
    return found


def line_data(line: Line) -> dict[str, Any]:
    """A line as plain data."""
    match line:
        case Decision(turn, move):
            return {"turn": turn, **move_data(move)}
        case Draft(plan, named, sealed):
            return {"do": "draft", "named": list(named), "sealed": list(sealed), **plan_data(plan)}
        case Close():
            return {
                "do": "state",
                "turn": line.turn,
                "step": line.step,
                "over": line.over,
                "scores": dict(line.scores),
                "values": dict(line.values),
                "directives": dict(line.directives),
                "origins": [[slot, cause_data(cause)] for slot, cause in line.origins],
                "hash": line.hash,
            }
        case Sitting(count, version):
            return {"do": "sit", "count": count, "version": version}


def move_data(move: Move) -> dict[str, Any]:
    """A move as plain data."""
    match move:
        case Open():
            return {"do": "open"}
        case Answer(event, choice, reason):
            return {
                "do": "answer",
                "event": event,
                "choice": choice,
                **({"reason": reason} if reason else {}),
            }
        case Plan():
            return {"do": "plan", **plan_data(move)}
        case Teacher(sets, event, country, after, note):
            found: dict[str, Any] = {"do": "teach", "set": dict(sets), "event": event, "country": country}
            return found | ({"after": after} if after else {}) | ({"note": note} if note else {})


def plan_data(plan: Plan) -> dict[str, Any]:
    """Settings and orders as plain data."""
    return {
        "settings": {role: dict(values) for role, values in plan.settings.items()},
        "orders": {role: [[o.action, o.target] for o in given] for role, given in plan.orders.items()},
    }


def cause_data(cause: Cause) -> dict[str, Any]:
    """A cause with its line of parents as plain data; what is empty is left out."""
    found: dict[str, Any] = {"kind": str(cause.kind), "id": cause.id, "turn": cause.turn}
    for name in ("branch", "country", "by"):
        if value := getattr(cause, name):
            found[name] = value
    if cause.parent is not None:
        found["parent"] = cause_data(cause.parent)
    return found
