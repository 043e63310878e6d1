"""Does a saved game come out as it was?  Play its decisions again and hold each close against what was written.

Where they differ, the first turn and value are named. The player then goes on with the game as it comes out now, or
from what was written, which is only taken when every value lies within its bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.play.journal import Close, Decision, Draft, Journal, SaveError
from game.play.session import Session
from game.rules.calendar import name_step
from game.rules.dice import VERSION as DICE
from game.rules.layout import OPENING, OVER
from game.rules.ledger import Cause, Entry, Kind
from game.rules.program import Program
from game.rules.state import IllegalOrder, State

PLACES = (OPENING, OVER)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a game comes out otherwise than it was written: the turn, and the first value that differs."""

    turn: int
    step: str
    slot: str
    written: int | None
    found: int | None
    message: str = ""

    def __str__(self) -> str:
        if self.message:
            return f"{self.step}: {self.message}"
        return f"{self.step}: {self.slot} was {self.written} and comes out as {self.found}"


@dataclass(slots=True)
class Reopened:
    """A saved game played again. `session` stands where its decisions lead now; `differences` by turn."""

    journal: Journal
    session: Session
    differences: list[Difference] = field(default_factory=list)
    changed: bool = False
    """The scenario is not the one that the game was played with."""
    stopped: str = ""
    """Why the decisions could not all be made again; empty when they could."""

    @property
    def same(self) -> bool:
        """Whether the game came out exactly as it was written."""
        return not self.differences and not self.stopped


def reopen(program: Program, journal: Journal, until: int | None = None) -> Reopened:
    """Play a journal's decisions again, up to the close of turn `until` (all of them if None).

    Raises SaveError when the journal belongs to another scenario or uses other dice.
    """
    header = journal.header
    if header.scenario != program.scenario.id:
        raise SaveError("scenario", f"the save is of '{header.scenario}', not of '{program.scenario.id}'")
    if header.dice != DICE:
        raise SaveError("dice", f"the save was played with dice {header.dice}; this program has dice {DICE}")
    session = Session(program, header.seed, header.fate)
    done = Reopened(journal, session, changed=header.fingerprint != program.scenario.fingerprint)
    written: dict[str, int] = dict(_start(program))
    draft: Draft | None = None
    for line in journal.lines:
        if isinstance(line, Decision):
            if until is not None and line.turn > until:
                break
            draft = None
            try:
                session.move(line.move)
            except (IllegalOrder, KeyError) as fault:
                done.stopped = (
                    f"{_step(program, max(1, line.turn))}: a decision cannot be made again: {fault}"
                )
                return done
            _forget_draft(session)
        elif isinstance(line, Draft):
            draft = line
        elif isinstance(line, Close):
            written.update(line.values)
            difference = _compare(program, session.state, line, written)
            if difference is not None:
                done.differences.append(difference)
    if draft is not None and session.place == "orders":
        _draft(session, draft)
    return done


def _start(program: Program) -> dict[str, int]:
    names, values = _named(program)
    return dict(zip(names, values, strict=True))


def _named(program: Program) -> tuple[list[str], list[int]]:
    """The names of all values of a state, and what they start with."""
    layout = program.layout
    names = [*layout.names, *(f"before:{layout.names[slot]}" for slot, _ in program.opening)]
    return names, [*layout.start, *(layout.start[slot] for slot, _ in program.opening)]


def _compare(program: Program, state: State, close: Close, written: Mapping[str, int]) -> Difference | None:
    if state.digest() == close.hash:
        return None
    names, _ = _named(program)
    step = _step(program, close.turn)
    for name, value in zip(names, state.values, strict=True):
        if written.get(name) != value:
            return Difference(close.turn, step, name, written.get(name), value)
    for name in sorted(set(written) - set(names)):
        return Difference(close.turn, step, name, written[name], None)
    return Difference(close.turn, step, "", None, None, "the values agree, but not the hash that was written")


def _step(program: Program, turn: int) -> str:
    return name_step(program.layout.first_step + turn - 1, program.scenario.calendar.step)


def _forget_draft(session: Session) -> None:
    session.settings = {}
    session.orders = {role: [] for role in session.roles}


def _draft(session: Session, draft: Draft) -> None:
    """What was drafted is drafted again, as far as it is still possible."""
    for role, values in draft.plan.settings.items():
        for name, value in values.items():
            session.draft_setting(name, value, role)
    for given in draft.plan.orders.values():
        for order in given:
            session.draft_order(order)


def as_written(program: Program, journal: Journal) -> Session:
    """The game as it stood at its last close, whatever the decisions lead to now.

    Its past is what was written; its ledger begins there. Raises SaveError if nothing was written or a value lies
    outside what the scenario allows.
    """
    if not journal.closes:
        raise SaveError("nothing", "no turn of this game was finished, so there is nothing to go on from")
    session = Session(program, journal.header.seed, journal.header.fate)
    written: dict[str, int] = _start(program)
    closes = [session.state]
    for close in journal.closes:
        written.update({name: value for name, value in close.values.items() if name in written})
        closes.append(_state(program, journal, close, written))
    session.state, session.closes = closes[-1], closes
    session.entries = list(_carried(program, closes[-1]))
    return session


def _state(program: Program, journal: Journal, close: Close, written: dict[str, int]) -> State:
    layout = program.layout
    numbers = {row.id: row.number for row in program.directives}
    for row in program.directives:
        running = close.directives.get(row.group, "")
        written[f"directive:{row.group}"] = numbers.get(running, 0)
    names, _ = _named(program)
    values = tuple(written[name] for name in names)
    for name, value, low, high in zip(layout.names, values, layout.low, layout.high, strict=False):
        if not low <= value <= high:
            raise SaveError("bounds", f"the save is damaged: {name} is {value}, outside {low} to {high}")
    if written["place"] not in PLACES or not 1 <= written["turn"] <= layout.turns:
        raise SaveError("bounds", "the save is damaged: its turn cannot be")
    if not 0 <= written["ending"] <= len(program.endings):
        raise SaveError("bounds", "the save is damaged: its ending cannot be")
    known = set(layout.names)
    origins = tuple((slot, cause) for slot, cause in close.origins if slot in known)
    return State(journal.header.seed, journal.header.fate, values, tuple(sorted(origins)))


def _carried(program: Program, state: State) -> list[Entry]:
    """One entry for each value that was not at its start, so that start and ledger still give what is shown."""
    layout = program.layout
    turn = state.values[layout.index["turn"]]
    cause = Cause(Kind.START, "save", turn=turn)
    return [
        Entry(
            turn, 7, 0, layout.names[slot], state.values[slot] - layout.start[slot], layout.start[slot], cause
        )
        for slot in range(layout.stored)
        if state.values[slot] != layout.start[slot]
    ]
