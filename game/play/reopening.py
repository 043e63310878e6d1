"""Does a saved game come out as it was?  Play its decisions again and hold each close against what was written.

Where they differ, the first turn and value are named. The player then goes on with the game as it comes out now, or
from what was written, which is only taken when every value lies within its bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import TypeGuard

from game.play.closes import Closes
from game.play.journal import BASIC, Close, Decision, Draft, Journal, Line, SaveError, Sitting
from game.play.seating import players_of
from game.play.session import Session
from game.rules.calendar import name_step
from game.rules.classes import dataclass, field
from game.rules.dice import VERSION as DICE
from game.rules.layout import OPENING, OVER
from game.rules.ledger import Cause, Entry, Kind
from game.rules.outcome import ending_of, running_directives
from game.rules.program import Program
from game.rules.state import IllegalOrder, Plan, State

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
    if header.seats:
        players_of(program, dict(header.seats))
    lines = tuple(line for line in journal.lines if not isinstance(line, Sitting))
    past: tuple[Close, ...] = tuple(line for line in takewhile(_is_close, lines) if _is_close(line))
    session = _written_game(program, journal, past)
    done = Reopened(journal, session, changed=header.fingerprint != program.scenario.fingerprint)
    written = _values(program, past)
    draft: Draft | None = None
    closed = True
    for line in lines[len(past) :]:
        if isinstance(line, Decision):
            if until is not None and line.turn > until:
                break
            draft = None
            if not closed:
                done.differences.append(_unclosed(program, session))
            closed = not isinstance(line.move, Plan)
            if not _made_again(program, done, line):
                return done
        elif isinstance(line, Draft):
            draft = line
        elif isinstance(line, Close):
            closed = True
            written.update(line.values)
            difference = _compare(program, session, line, written, done.changed)
            if difference is not None:
                done.differences.append(difference)
    if draft is not None and session.place == "orders":
        _draft(session, draft)
    return done


def _made_again(program: Program, done: Reopened, line: Decision) -> bool:
    """Make a decision again; False, with the reason, if that cannot be done in the turn it was written for."""
    session = done.session
    turn = session.turn + (1 if session.place == "opening" else 0)
    fault = "" if line.turn == turn else f"it is written for turn {line.turn}"
    if not fault:
        try:
            session.move(line.move)
        except (IllegalOrder, KeyError) as refused:
            fault = str(refused)
    if fault:
        done.stopped = f"{_step(program, turn)}: a decision cannot be made again: {fault}"
    session.forget_draft()
    return not fault


def _unclosed(program: Program, session: Session) -> Difference:
    turn = session.turn
    return Difference(turn, _step(program, turn), "", None, None, "how it ended was not written down")


def _start(program: Program) -> dict[str, int]:
    names, values = _named(program)
    return dict(zip(names, values, strict=True))


def _named(program: Program) -> tuple[list[str], list[int]]:
    """The names of all values of a state, and what they start with."""
    layout = program.layout
    names = [*layout.names, *(f"before:{layout.names[slot]}" for slot, _ in program.opening)]
    return names, [*layout.start, *(layout.start[slot] for slot, _ in program.opening)]


def _compare(
    program: Program, session: Session, close: Close, written: Mapping[str, int], changed: bool
) -> Difference | None:
    """The first value that differs. Under a `changed` scenario places in its lists are no values, and the hash, which
    counts all places, says nothing: directives and the ending are then compared by their ids."""
    state, step = session.state, _step(program, session.turn)
    if close.turn != session.turn:
        return Difference(session.turn, step, "turn", close.turn, session.turn)
    if not changed and tuple(written.values()) == state.values and state.digest() == close.hash:
        return None  # they are in the order of the names, but for what is not known here, which stands behind
    if changed and close.directives != {row.group: row.id for row, _ in running_directives(program, state)}:
        return Difference(close.turn, step, "", None, None, "other directives run than were written")
    if changed and close.over != (ending_of(program, state) or ""):
        return Difference(close.turn, step, "", None, None, "it ends otherwise than was written")
    names, _ = _named(program)
    for name, value in zip(names, state.values, strict=True):
        if written.get(name) != value and not (changed and _is_place(name)):
            return Difference(close.turn, step, name, written.get(name), value)
    for name in sorted(set(written) - set(names)):
        return Difference(close.turn, step, name, written[name], None)
    if changed or state.digest() == close.hash:
        return None
    return Difference(close.turn, step, "", None, None, "the values agree, but not the hash that was written")


def _is_place(name: str) -> bool:
    """Whether a slot holds a place in a list of the scenario, which shifts when something is put in before it."""
    return name in ("at", "at_country", "ending") or name.startswith("directive:")


def _step(program: Program, turn: int) -> str:
    return name_step(program.layout.first_step + turn - 1, program.scenario.calendar.step)


def _draft(session: Session, draft: Draft) -> None:
    """What was drafted is drafted again, as far as it is still possible."""
    for role, values in draft.plan.settings.items():
        for name, value in values.items():
            session.draft_setting(name, value, role)
    for given in draft.plan.orders.values():
        for order in given:
            session.draft_order(order)
    session.named |= {role for role in draft.named if role in session.roles}
    session.sealed |= {role for role in draft.sealed if role in session.named or not session.names(role)}


def as_written(program: Program, journal: Journal) -> Session:
    """The game as it stood at its last close, whatever the decisions lead to now.

    Its past is what was written; its ledger begins there. Raises SaveError if nothing was written or a value lies
    outside what the scenario allows.
    """
    if journal.header.scenario != program.scenario.id:
        raise SaveError(
            "scenario", f"the save is of '{journal.header.scenario}', not of '{program.scenario.id}'"
        )
    if not journal.closes:
        raise SaveError("nothing", "no turn of this game was finished, so there is nothing to go on from")
    return _written_game(program, journal, journal.closes)


def _is_close(line: Line) -> TypeGuard[Close]:
    return isinstance(line, Close)


def _written_game(program: Program, journal: Journal, past: Sequence[Close]) -> Session:
    """A game whose past is these closes; without any, a new game. Raises SaveError."""
    header = journal.header
    basic, seats = header.reading == BASIC, len(header.seats) or 1
    session = Session(program, header.seed, header.fate, basic=basic, seats=seats)
    if not past:
        return session
    written = _start(program)
    closes = [session.state]
    for turn, close in enumerate(past, start=1):
        if session.program.layout.turns < turn or _over(program, closes[-1]):
            raise SaveError("bounds", "the save is damaged: it goes on after its end")
        written.update({name: value for name, value in close.values.items() if name in written})
        closes.append(_state(program, journal, close, written, turn))
    session.state, session.closes, session.first = closes[-1], Closes(closes), len(closes)
    session.entries = list(_carried(program, closes[-1]))
    session.carried = len(session.entries)
    return session


def _over(program: Program, state: State) -> bool:
    return state.values[program.layout.index["place"]] == OVER


def _values(program: Program, past: Sequence[Close]) -> dict[str, int]:
    """What was written as the values after a past."""
    written = _start(program)
    for close in past:
        written.update(close.values)
    return written


def _state(program: Program, journal: Journal, close: Close, written: dict[str, int], turn: int) -> State:
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
    if written["place"] not in PLACES or written["turn"] != turn or close.turn != turn:
        raise SaveError("bounds", "the save is damaged: its turns do not follow on each other")
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
