"""Who undid whom?  What one seat built and the other took down again, reckoned from the ledger.

A welcome change that goes back to a decision is *work* of the role that decided. It stands until something wears it
away: what the other role decided *undoes* it; what nobody decided, and what its own role decided, only uses it up. So
nothing is undone that was not built, and nothing twice. What an order costs is a price, not an undoing.
"""

from __future__ import annotations

from collections.abc import Iterable

from game.compiler.dominance import EITHER_WAY, RISING_IS_BAD
from game.play.session import Session
from game.rules.classes import dataclass, field
from game.rules.engine import EVENTS
from game.rules.ledger import Cause, Entry, Kind

BUILDING = frozenset({Kind.CHOICE, Kind.ORDER})
"""Decisions that build and undo; settings and prices do not."""
SPAN = 1_000
"""A range larger than this counts as this, so that what is counted in millions does not weigh nothing."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What a decision, once or again and again, took down of the work of another."""

    by: Cause
    """The decision that undid; as it was taken first."""
    of: Cause
    """The decision whose work was undone."""
    parts: tuple[tuple[str, int], ...]
    """What it moved for the worse, weightiest first: slot and change."""
    turns: tuple[int, ...]
    """The turns in which it did so."""
    weight: int
    """The shares of the slots' ranges together, in hundredths of a percent."""


@dataclass(slots=True)
class _Work:
    cause: Cause
    left: int


@dataclass(slots=True)
class _Pair:
    by: Cause
    of: Cause
    moved: dict[str, int] = field(default_factory=dict)
    turns: list[int] = field(default_factory=list)

    def add(self, entry: Entry, taken: int) -> None:
        change = taken if entry.delta > 0 else -taken
        self.moved[entry.slot] = self.moved.get(entry.slot, 0) + change
        if entry.turn not in self.turns:
            self.turns.append(entry.turn)

    def told(self, session: Session) -> Undoing:
        weights = {slot: _weight(session, slot, change) for slot, change in self.moved.items()}
        parts = sorted(self.moved.items(), key=lambda each: (-weights[each[0]], each[0]))
        return Undoing(self.by, self.of, tuple(parts), tuple(self.turns), sum(weights.values()))


def root(cause: Cause) -> Cause | None:
    """The decision behind a cause, with nothing that tells two results of it apart; None if nobody decided."""
    found = cause.decision()
    if found is None or found.kind not in BUILDING:
        return None
    return Cause(found.kind, found.id, found.branch.partition("=")[0], found.country, found.turn, found.by)


def undoings(session: Session) -> tuple[Undoing, ...]:
    """All that the roles undid of each other's work, the weightiest first; an order given again counts as one."""
    found: dict[tuple[Cause, Cause], _Pair] = {}
    standing: dict[str, list[_Work]] = {}
    for entry in _in_order(session):
        decided = root(entry.cause)
        if decided is not None and decided.by not in session.roles:
            decided = None
        works = standing.setdefault(entry.slot, [])
        amount = abs(entry.delta)
        if _welcome(entry):
            if decided is not None:
                works.append(_Work(decided, amount))
            continue
        for work in _worn(works, decided):
            taken = min(amount, work.left)
            work.left -= taken
            amount -= taken
            if decided is not None and work.cause.by != decided.by and taken:
                pair = found.setdefault((decided._replace(turn=0), work.cause), _Pair(decided, work.cause))
                pair.add(entry, taken)
            if not amount:
                break
        works[:] = [work for work in works if work.left]
    rows = [pair.told(session) for pair in found.values()]
    return tuple(sorted(rows, key=lambda each: (-each.weight, each.turns, each.by.id, each.of.id)))


def _in_order(session: Session) -> list[Entry]:
    """The entries that count. Events come one after the other; in every other phase all is written together, so there
    what was built comes before what was taken down."""
    counting = [entry for entry in session.entries if _counts(session, entry)]
    return sorted(
        counting,
        key=lambda entry: (entry.turn, entry.phase, entry.phase != EVENTS and not _welcome(entry)),
    )


def _counts(session: Session, entry: Entry) -> bool:
    """Whether an entry moves a number that is better high or better low."""
    variable = session.viewer.words.variable(entry.slot)
    name = entry.slot.rpartition(".")[2]
    return (
        bool(entry.delta)
        and variable is not None
        and variable.kind == "number"
        and name not in EITHER_WAY
        and entry.cause.kind not in (Kind.START, Kind.COST, Kind.SETTING)
    )


def _welcome(entry: Entry) -> bool:
    return (entry.delta > 0) != (entry.slot.rpartition(".")[2] in RISING_IS_BAD)


def _worn(works: list[_Work], decided: Cause | None) -> Iterable[_Work]:
    """The works that a change for the worse wears away, in order: what somebody decided meets the other's latest
    work first, then his own; what nobody decided, the oldest."""
    if decided is None:
        return list(works)
    latest = works[::-1]
    others = [work for work in latest if work.cause.by != decided.by]
    return others + [work for work in latest if work.cause.by == decided.by]


def _weight(session: Session, slot: str, change: int) -> int:
    """How much a change weighs: in hundredths of a percent of the slot's range."""
    variable = session.viewer.words.variable(slot)
    assert variable is not None
    return abs(change) * 10_000 // max(1, min(SPAN, variable.high - variable.low))


def moved_by(session: Session, slots: Iterable[str]) -> dict[str, dict[str, int]]:
    """How much each role's decisions moved some slots over the whole game, by role and slot."""
    wanted = set(slots)
    found: dict[str, dict[str, int]] = {role: {} for role in session.roles}
    for entry in session.entries:
        decision = entry.cause.decision() if entry.slot in wanted else None
        if decision is not None and decision.by in found:
            of_role = found[decision.by]
            of_role[entry.slot] = of_role.get(entry.slot, 0) + entry.delta
    return found


def balance(session: Session, found: Iterable[Undoing]) -> dict[str, int]:
    """How much each role undid of the other's work, in points of a hundred: the whole range of one value."""
    sums = dict.fromkeys(session.roles, 0)
    for each in found:
        sums[each.by.by] += each.weight
    return {role: (total + 50) // 100 for role, total in sums.items()}
