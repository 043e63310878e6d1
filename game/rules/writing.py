"""What happens when writes meet?  One working copy of a state, changed only through entries of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.rules.classes import dataclass
from game.rules.core import Memo, clamp
from game.rules.dice import draw
from game.rules.layout import NEVER
from game.rules.ledger import Cause, Entry, Kind, Mark, Sentence
from game.rules.program import Deed, Formula, Program, Saying
from game.rules.state import HISTORICAL, State, Step

CERTAIN = 100
DEEPEST = 100
"""How long a line of parents may grow."""
EVEN = 50
"""In historical fate, what is at least this likely happens."""


@dataclass(slots=True)
class Pending:
    """A write that waits for the others of its moment."""

    slot: int
    sets: bool
    amount: int
    cause: Cause
    known_to: str = "all"
    because: Sentence | None = None
    mark: Mark | None = None
    reads: tuple[str, ...] = ()
    note: str = ""


class Work:
    """The working copy of a state during one move. Values change by `commit` and, for memory, by `keep`."""

    __slots__ = (
        "charged",
        "day",
        "entries",
        "fate",
        "following",
        "memo",
        "origins",
        "pending",
        "phase",
        "program",
        "seed",
        "turn",
        "values",
    )

    def __init__(self, program: Program, state: State) -> None:
        self.program = program
        self.seed = state.seed
        self.fate = state.fate
        self.values = list(state.values)
        self.turn = state.values[program.layout.index["turn"]]
        """The number of the running turn."""
        self.origins = dict(state.origins)
        self.charged: dict[str, dict[str, int]] = {}
        """What the settings of each role cost, means included: orders must fit beside it."""
        self.memo: Memo = {}
        self.entries: list[Entry] = []
        self.pending: list[Pending] = []
        self.following: list[tuple[Deed, list[tuple[int, int]], Cause]] = []
        self.phase = 0
        self.day = 0

    def done(self) -> Step:
        """The state as it is now, and all that moved."""
        state = State(self.seed, self.fate, tuple(self.values), tuple(sorted(self.origins.items())))
        return Step(state, tuple(self.entries))

    def memory(self, name: str) -> int:
        """A memory slot by name."""
        return self.values[self.program.layout.index[name]]

    def keep(self, slot: int | str, value: int) -> None:
        """Change a slot of the memory, which has no entries."""
        self.values[self.program.layout.index[slot] if isinstance(slot, str) else slot] = value
        self.memo.clear()

    def read(self, formula: Formula) -> int:
        """The present value of an expression."""
        return formula.read(self.values, self.memo)

    def holds(self, formula: Formula | None) -> bool:
        """Whether a condition holds; one that is not there does."""
        return formula is None or bool(formula.read(self.values, self.memo))

    def comes_up(self, chance: Formula | None, key: int) -> bool:
        """Whether a chance in percent comes up this turn."""
        if chance is None:
            return True
        percent = self.read(chance)
        if self.fate == HISTORICAL:
            return percent >= EVEN
        return percent >= CERTAIN or (percent > 0 and draw(self.seed, self.turn, key, CERTAIN) < percent)

    def pick(self, weights: Sequence[int], key: int) -> int:
        """Which of the shares laid side by side is drawn; in historical fate the largest, the first of equals."""
        if self.fate == HISTORICAL:
            return weights.index(max(weights))
        roll = draw(self.seed, self.turn, key, sum(weights))
        for number, weight in enumerate(weights):
            roll -= weight
            if roll < 0:
                return number
        raise AssertionError("shares do not add up")

    def say(self, saying: Saying | None) -> Sentence | None:
        """A text with its values of this moment."""
        if saying is None or saying.steady is not None:
            return None if saying is None else saying.steady
        values, memo = self.values, self.memo
        for number, (when, _, formulas) in enumerate(saying.variants):
            if when is None or when.read(values, memo):
                return Sentence(saying.key, number, tuple([each.read(values, memo) for each in formulas]))
        return None

    def queue(
        self, deed: Deed, cause: Cause, known_to: str, mark: Mark | None = None, note: str = ""
    ) -> None:
        """Read a block now, its drawn result and called events included; `settle` writes it."""
        self.queue_alone(deed, cause, known_to, mark, note)
        if deed.results:
            self.queue_result(deed, cause, known_to, mark, note)

    def queue_result(
        self, deed: Deed, cause: Cause, known_to: str, mark: Mark | None = None, note: str = ""
    ) -> None:
        """Draw a block's result and read that."""
        way = deed.results[self.pick(shares(self, deed), deed.result_key)]
        branch = f"{cause.branch}={way.id}" if cause.branch else f"={way.id}"
        own = Cause(cause.kind, cause.id, branch, cause.country, cause.turn, cause.by, cause.parent)
        self.queue_alone(way.deed, own, known_to, mark, note)

    def queue_alone(
        self, deed: Deed, cause: Cause, known_to: str, mark: Mark | None = None, note: str = ""
    ) -> None:
        """Read a block without its results. What moves nothing leaves a note, rules excepted."""
        values, memo = self.values, self.memo
        moving = [
            (write, write.amount.read(values, memo))
            for write in deed.writes
            if write.when is None or write.when.read(values, memo)
        ]
        if moving:
            sentence = self.say(deed.because)
            self.pending += [
                Pending(
                    write.slot, write.sets, amount, cause, known_to, sentence, write.mark, deed.reads, note
                )
                for write, amount in moving
            ]
        elif cause.kind != Kind.RULE:
            self.note(cause, known_to, mark, note or "happened", self.say(deed.because), deed.reads)
        if deed.summons or deed.cancels or deed.reveals:
            calls = [
                (summons.due, self.turn + summons.after)
                for summons in deed.summons
                if self.comes_up(summons.chance, summons.key)
            ]
            self.following.append((deed, calls, cause))

    def settle(self) -> None:
        """Write all that is queued, then drop, reveal and call what the queued blocks say."""
        self.commit(self.pending)
        self.pending = []
        names = self.program.layout.names
        for deed, _, _ in self.following:
            for slot in deed.cancels:
                self.keep(slot, NEVER)
                self.origins.pop(names[slot], None)
            for slot in deed.reveals:
                self.keep(slot, 1)
        for _, calls, cause in self.following:
            for slot, due in calls:
                if self.values[slot] < self.turn or due < self.values[slot]:
                    self.keep(slot, due)
                    self.origins[names[slot]] = shortened(cause)
        self.following = []

    def note(
        self,
        cause: Cause,
        known_to: str,
        mark: Mark | None,
        note: str,
        sentence: Sentence | None = None,
        reads: tuple[str, ...] = (),
    ) -> None:
        """An entry that moves nothing: something happened, or was dropped."""
        slot = f"event:{cause.id}"
        self.entries.append(
            Entry(self.turn, self.phase, self.day, slot, 0, 0, cause, sentence, mark, reads, known_to, note)
        )

    def commit(self, pending: Iterable[Pending]) -> None:
        """New = the highest value set, or else the old, plus the sum of all that is added, held within the bounds."""
        by_slot: dict[int, list[Pending]] = {}
        for write in pending:
            if write.slot in by_slot:
                by_slot[write.slot].append(write)
            else:
                by_slot[write.slot] = [write]
        if not by_slot:
            return
        layout, values, entries = self.program.layout, self.values, self.entries
        turn, phase, day = self.turn, self.phase, self.day
        for slot in sorted(by_slot):
            name, start = layout.names[slot], values[slot]
            value = start
            for write, delta in _deltas(by_slot[slot], start):
                entries.append(
                    Entry(
                        turn,
                        phase,
                        day,
                        name,
                        delta,
                        value,
                        write.cause,
                        write.because,
                        write.mark,
                        write.reads,
                        write.known_to,
                        write.note,
                    )
                )
                value += delta
            held = value
            if not layout.low[slot] <= value <= layout.high[slot]:
                held = clamp(value, layout.low[slot], layout.high[slot])
                cause = Cause(Kind.LIMIT, name, turn=turn)
                entries.append(Entry(turn, phase, day, name, held - value, value, cause))
            values[slot] = held
        self.memo.clear()


def _deltas(writes: list[Pending], start: int) -> list[tuple[Pending, int]]:
    """How far each of the writes that meet moves a value: of those that set it, only the first of the highest."""
    if len(writes) == 1:
        only = writes[0]
        return [(only, only.amount - start if only.sets else only.amount)]
    if not any(write.sets for write in writes):
        return [(write, write.amount) for write in writes]
    best = max(write.amount for write in writes if write.sets)
    winner = next(write for write in writes if write.sets and write.amount == best)
    return [
        (write, (best - start if write is winner else 0) if write.sets else write.amount) for write in writes
    ]


def shares(work: Work, deed: Deed) -> tuple[int, ...]:
    """The shares of a block's results: what the others leave of 100 goes to the last, which has no chance."""
    chances = [max(0, work.read(way.chance)) for way in deed.results if way.chance is not None]
    return (*chances, max(0, CERTAIN - sum(chances)))


def shortened(cause: Cause) -> Cause:
    """A cause whose line of parents is at most DEEPEST long: beyond that only the decision is kept."""
    depth, above = 0, cause.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    if depth < DEEPEST:
        return cause
    return cause._replace(parent=cause.parent.decision() if cause.parent else None)
