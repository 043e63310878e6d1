"""How are blocks done on a plain list?  A game's values, changed in place: what is read, what meets, what follows.

The same as in `game.rules.writing`, without entries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from game.compiler.codegen.acts import Act, Move
from game.compiler.codegen.chances import base_of, percent
from game.rules.classes import dataclass
from game.rules.layout import NEVER
from game.rules.state import HISTORICAL, State
from game.rules.writing import CERTAIN, EVEN

if TYPE_CHECKING:
    from game.compiler.codegen.engine import Engine
    from game.compiler.codegen.facts import EventFacts, Facts, RowFacts


class _Always(set[int]):
    """Holds every turn: whoever has not followed a game from its start must look."""

    def __contains__(self, _: object) -> bool:
        return True

    def add(self, _: int) -> None:
        pass


ALWAYS: Final = _Always()


@dataclass(frozen=True, slots=True)
class Kit:
    """What all games of one fate work with: the program's facts, and functions made from it."""

    engine: Engine
    facts: Facts
    acts: Mapping[int, Act]
    questions: Mapping[str, Any]
    finders: Mapping[int, Callable[..., Any]]
    pick: Callable[[int, int, int, Sequence[int]], int]
    opening: Callable[[list[int], int], None]
    means: Callable[[list[int], int], None]
    drift_turn: Callable[..., Any]
    close_turn: Callable[[list[int], int], int]
    ends: bool
    """Whether the function that drifts closes the turn as well."""
    goals: Sequence[tuple[int, bool, Callable[[list[int], int], object]]]
    """For each directive its turns, whether it is judged at their end alone, and its goal."""
    direct: Mapping[int, Callable[..., None]]
    """Blocks that are written out, by number."""
    gives: Sequence[Callable[..., None] | None]
    """For each order that only adds: what does it."""
    holds: Sequence[Callable[..., None] | None]
    """For the same: what holds its slots within their bounds afterwards."""


class Doing:
    """A game in progress: its values `v`, the turn `t`, and what is queued in this phase."""

    told = False
    """Whether it has a ledger."""

    __slots__ = (
        "acts",
        "b",
        "before",
        "calls",
        "charged",
        "close_turn",
        "direct",
        "drift_turn",
        "ends",
        "engine",
        "extra",
        "facts",
        "fate",
        "fees",
        "finders",
        "following",
        "gives",
        "goals",
        "holds",
        "means",
        "opening",
        "pending",
        "pick",
        "priced",
        "question",
        "questions",
        "runs",
        "seed",
        "t",
        "v",
    )

    def __init__(self, engine: Engine, seed: int, fate: str, values: list[int]) -> None:
        kit = engine.kit(fate, self.told)
        self.engine = engine
        self.facts = kit.facts
        self.acts = kit.acts
        self.questions = kit.questions
        self.finders = kit.finders
        self.pick = kit.pick
        self.opening = kit.opening
        self.means = kit.means
        self.drift_turn = kit.drift_turn
        self.close_turn = kit.close_turn
        self.ends = kit.ends
        self.goals = kit.goals
        self.direct = kit.direct
        self.gives = kit.gives
        self.holds = kit.holds
        self.seed = seed
        self.fate = fate
        self.b = base_of(seed)
        self.v = values
        self.t = values[kit.facts.turn]
        self.pending: list[Move] = []
        self.following: list[tuple[Act, list[tuple[int, int]]]] = []
        self.calls: set[int] = set()
        """Turns for which some event has been called."""
        self.runs: set[int] = set()
        """Turns in which some order's results fall due."""
        self.charged: dict[str, dict[str, int]] = {}
        self.fees: list[int] = []
        """The settings that were changed in this turn and cost something."""
        self.priced = False
        """Whether the means of this turn are reckoned."""
        self.before: list[tuple[int, int]] = []
        """What the settings were before they were set in this turn."""
        self.question: tuple[EventFacts, RowFacts] | None = None
        """The event that asks, once it has been looked up."""
        self.extra: Sequence[int] = ()
        """Events that a teacher has called, and no block could."""

    def begin_anywhere(self, extra: Sequence[int]) -> None:
        """Nothing is known of calls and running orders: they are looked for."""
        self.calls, self.runs, self.extra = ALWAYS, ALWAYS, extra

    @property
    def place(self) -> int:
        """What the game waits for: OPENING, QUESTION, ORDERS or OVER."""
        return self.v[self.facts.place]

    def state(self) -> State:
        """The values as a state; it knows no parents of pending calls and running orders."""
        return State(self.seed, self.fate, tuple(self.v))

    # Blocks

    def do(self, number: int) -> None:
        """Do the block of an event or choice by itself."""
        written_out = self.direct.get(number)
        if written_out is not None:
            written_out(self, self.v, self.t, self.b)
        else:
            self.queue(self.acts[number])
            self.settle()

    def queue(self, act: Act) -> None:
        """Read a block now, its drawn result and called events included; `settle` writes it."""
        self.queue_alone(act)
        if act.ways:
            self.queue_alone(act.ways[self.drawn(act)])

    def drawn(self, act: Act) -> int:
        """Which result of a block it is."""
        shares = act.shares
        if callable(shares):
            shares = shares(self.v, self.t)
        assert shares is not None
        return self.pick(self.b, act.key, self.t, shares)

    def queue_alone(self, act: Act) -> None:
        """Read a block without its results."""
        if act.fixed is not None:
            self.pending += act.fixed
        elif act.amounts is not None:
            for (slot, sets, low, high), amount in zip(act.writes, act.amounts(self.v, self.t), strict=True):
                if amount is not None:
                    self.pending.append((slot, sets, amount, low, high))
        if act.follows:
            self._follow(act)

    def _follow(self, act: Act) -> None:
        self.following.append((act, [] if not act.calls else self.called_by(act)))

    def called_by(self, act: Act) -> list[tuple[int, int]]:
        """The due slots of the events that a block calls, with the turns for which it does."""
        found = []
        for due, after, chance, key in act.calls:
            if chance is not None:
                odds = chance if isinstance(chance, int) else chance(self.v, self.t)
                if not self.comes_up(odds, key):
                    continue
            found.append((due, self.t + after))
        return found

    def comes_up(self, odds: int, key: int) -> bool:
        """Whether a chance in percent comes up this turn."""
        if self.fate == HISTORICAL:
            return odds >= EVEN
        return odds >= CERTAIN or (odds > 0 and percent(self.b, key, self.t) < odds)

    def settle(self) -> None:
        """Write all that is queued, then drop, reveal and call what the queued blocks say."""
        if self.pending:
            self._commit()
        if self.following:
            v, following = self.v, self.following
            for act, _ in following:
                for slot in act.cancels:
                    v[slot] = NEVER
                for slot in act.reveals:
                    v[slot] = 1
            for _, calls in following:
                for slot, due in calls:
                    if v[slot] < self.t or due < v[slot]:
                        v[slot] = due
                        self.calls.add(due)
            self.following = []

    def _commit(self) -> None:
        """New = the highest value set, or else the old, plus the sum of all that is added, held within the bounds."""
        v, pending = self.v, self.pending
        self.pending = []
        added = 0
        for slot, sets, amount, _, _ in pending:
            if sets:
                break
            v[slot] += amount
            added += 1
        else:
            for slot, _, _, low, high in pending:
                x = v[slot]
                if x > high:
                    v[slot] = high
                elif x < low:
                    v[slot] = low
            return
        for slot, _, amount, _, _ in pending[:added]:
            v[slot] -= amount
        tops: dict[int, int] = {}
        sums: dict[int, int] = {}
        for slot, sets, amount, _, _ in pending:
            if not sets:
                sums[slot] = sums.get(slot, 0) + amount
            elif amount > tops.get(slot, amount - 1):
                tops[slot] = amount
        for slot, _, _, low, high in pending:
            x = tops.pop(slot, v[slot]) + sums.pop(slot, 0)
            v[slot] = x if low <= x <= high else low if x < low else high


__all__ = ["ALWAYS", "Doing", "Kit"]
