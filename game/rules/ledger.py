"""What moved, by how much, and why?  The only record of change: start + entries = shown value.

Entries and causes are named tuples, not frozen dataclasses: a game makes thousands, and these are made three times as
fast.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from game.rules.classes import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file: lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Kind(StrEnum):
    """What kind of cause an entry has."""

    START = "start"
    CHOICE = "choice"
    EVENT = "event"
    ORDER = "order"
    COST = "cost"
    SETTING = "setting"
    RULE = "rule"
    PULL = "pull"
    DIRECTIVE = "directive"
    LIMIT = "limit"
    TEACHER = "teacher"
    UNKNOWN = "unknown"


DECISIONS = frozenset({Kind.CHOICE, Kind.ORDER, Kind.COST, Kind.SETTING, Kind.TEACHER})
DEFAULT = "default"
"""Who decided where the engine answered for a role."""


class Cause(NamedTuple):
    """What moved something.

    `id` is the item (an event for a choice, an action for an order, a slot for a limit or a pull), `branch` the
    choice or result, `country` the bound country, `turn` when it acted. `parent` is the cause that made it
    possible: the block that called an event, the order behind a late result, the answer behind a choice.
    """

    kind: Kind
    id: str
    branch: str = ""
    country: str = ""
    turn: int = 0
    by: str = ""
    """The role that decided; empty where nobody did; `default` where the engine answered for a role."""
    parent: Cause | None = None

    @property
    def decided(self) -> bool:
        """Whether this is itself a decision, taken by somebody and not by the engine for him."""
        return self.kind in DECISIONS and self.by not in ("", DEFAULT)

    def decision(self) -> Cause | None:
        """The decision this cause goes back to, or None."""
        cause: Cause | None = self
        while cause is not None and not cause.decided:
            cause = cause.parent
        return cause

    def __str__(self) -> str:
        name = f"{self.kind}:{self.id}"
        if self.branch:
            name += f"/{self.branch}"
        if self.country:
            name += f"@{self.country}"
        return name


class Sentence(NamedTuple):
    """A text as it was said: its key in the program's sayings, which variant, the values of its placeholders."""

    key: str
    variant: int
    values: tuple[int, ...]


class Entry(NamedTuple):
    """One movement of one slot. Words and flags move by their number in their list."""

    turn: int
    phase: int
    day: int
    slot: str
    delta: int
    before: int
    cause: Cause
    because: Sentence | None = None
    mark: Mark | None = None
    reads: tuple[str, ...] = ()
    """Slots, events and choices that the cause's condition and amounts name."""
    known_to: str = "all"
    note: str = ""

    @property
    def after(self) -> int:
        """The value once this entry is counted."""
        return self.before + self.delta


Ledger = tuple[Entry, ...]


def total(ledger: Iterable[Entry], slot: str) -> int:
    """Sum of all movements of a slot."""
    return sum(entry.delta for entry in ledger if entry.slot == slot)


def because(ledger: Iterable[Entry], slot: str) -> Ledger:
    """The entries that moved a slot, the weightiest first, equals in order of time."""
    moved = [entry for entry in ledger if entry.slot == slot and entry.delta]
    return tuple(sorted(moved, key=lambda entry: -abs(entry.delta)))


def why(ledger: Ledger, entry: Entry, depth: int = 8) -> Ledger:
    """From an entry back towards a decision: up its parents, else the weightiest entry of what its cause read.

    A limit goes back to the weightiest entry it holds. Returns the steps after `entry`; the walk ends at a
    decision, where nothing is left to go back to, or after `depth` steps.
    """
    steps: list[Entry] = []
    seen = {(entry.turn, str(entry.cause))}
    current = entry
    while len(steps) < depth and not current.cause.decided:
        earlier = [
            other
            for other in ledger
            if (other.turn, other.phase, other.day) <= (current.turn, current.phase, current.day)
            and (other.turn, str(other.cause)) not in seen
        ]
        found = _origin(earlier, current) or [other for other in earlier if _behind(other, current)]
        if not found:
            break
        current = max(found, key=lambda other: (abs(other.delta), other.turn))
        seen.add((current.turn, str(current.cause)))
        steps.append(current)
    return tuple(steps)


def _origin(earlier: list[Entry], entry: Entry) -> list[Entry]:
    """The entries of the nearest parent that has any, if only the note that it happened."""
    parent = entry.cause.parent
    while parent is not None:
        name = str(parent)
        if found := [other for other in earlier if other.turn == parent.turn and str(other.cause) == name]:
            return found
        parent = parent.parent
    return []


def _behind(other: Entry, entry: Entry) -> bool:
    """Whether an earlier entry moved what an entry's cause read, or is of an event or choice that it read."""
    cause, reads = other.cause, entry.reads
    if entry.cause.kind == Kind.LIMIT:
        return bool(other.delta) and (other.slot, other.turn, other.phase) == (
            entry.slot,
            entry.turn,
            entry.phase,
        )
    if other.delta and other.slot in reads:
        return True
    if cause.kind in (Kind.PULL, Kind.SETTING, Kind.LIMIT):
        return False
    choice = cause.branch.partition("=")[0]
    return cause.id in reads or (choice != "" and f"{cause.id}/{choice}" in reads)


def hidden(entry: Entry) -> Entry:
    """The entry as a role sees it that may not know the cause: the number stays, the cause is unknown."""
    return entry._replace(
        cause=Cause(Kind.UNKNOWN, ""),
        because=None,
        mark=None,
        reads=(),
        note="",
        known_to="all",
        day=0,
    )
