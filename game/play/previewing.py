"""What would a player see of an event, at some date and with some values?  It is shown whether it would happen or not.

The game is played to that turn as history went, the values are set, and the events of the turn before this one happen;
so it meets the picture that it would meet in play.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from game.compiler.folders import PLAYTHROUGHS, companions
from game.compiler.owned import follows, owned
from game.play.observation import Dispatch, Likely, Shift
from game.play.running import Runner
from game.play.script import Script, read_script
from game.play.session import Session
from game.rules.calendar import name_step
from game.rules.classes import dataclass, replace
from game.rules.engine import step
from game.rules.events import asking, default_choice
from game.rules.layout import NEVER
from game.rules.ledger import Cause, Kind
from game.rules.logic import And, Expr
from game.rules.program import EventRow, EventTable, Program
from game.rules.scenario import Event
from game.rules.state import Answer, Open, State
from game.rules.writing import Work

HISTORY: Final = "historical.yaml"
"""The playthrough of a scenario that goes history's way, orders and all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that must hold, in words, and whether it does."""

    says: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """An event as it would be shown, what it does by happening, and what it takes to happen."""

    dispatch: Dispatch
    event: Event
    turn: str
    certain: tuple[Shift, ...]
    likely: tuple[Likely, ...]
    because: str
    conditions: tuple[Part, ...]
    """What is asked when it may come by itself."""
    premises: tuple[Part, ...]
    """What is asked even of one that is called."""
    chance: int
    before: str
    """The turn in which it has happened already and so will not again; empty if it may."""
    called_by: tuple[str, ...]
    countries: tuple[str, ...]
    """The names of the countries it may happen to."""
    country: str
    """The name of the one that is shown."""


def history_of(program: Program, folder: Path | None) -> Script:
    """How the game is played up to the turn: by the scenario's own historical playthrough, or by its choices alone."""
    file = folder / PLAYTHROUGHS / HISTORY if folder is not None else None
    if file is not None and folder is not None and file in companions(folder, PLAYTHROUGHS):
        return replace(read_script(file), scenario=program.scenario.id)
    return Script("", program.scenario.id, 0, "historical", "historical")


def usual_turn(program: Program, table: EventTable) -> int:
    """The turn in which an event is looked for when none is named."""
    wanted = table.historical or table.first or 1
    return max(1, min(wanted, program.layout.turns))


def preview(
    program: Program, event: str, turn: int, sets: Mapping[str, int], script: Script, country: str = ""
) -> Preview | None:
    """An event in a turn; None if the game as history went is over before it. Raises IllegalOrder for a value that
    cannot be set, KeyError for an event or a country that there is not."""
    number, table = next((n, each) for n, each in enumerate(program.events) if each.id == event)
    session = Runner(program, script).until(turn)
    if session.turn != turn - 1 or session.place != "opening":
        return None
    if sets:
        session.teach(sets)
    work = Work(program, _just_before(program, session.state, number))
    row = _row(work, table, country)
    return _shown(session, work, table, row)


def _just_before(program: Program, state: State, number: int) -> State:
    """The turn opened, and the events before one of them happened, questions answered as history did."""
    cut = replace(program, events=program.events[:number])
    state = step(cut, state, Open()).state
    while (found := asking(cut, state)) is not None:
        choice = default_choice(Work(cut, state), found[1])
        state = step(cut, state, Answer(found[0].id, choice.id)).state
    return state


def _row(work: Work, table: EventTable, country: str) -> EventRow:
    """The instance that is shown: of the country that is named, or the first for which its conditions hold."""
    if country:
        return {row.country: row for row in table.rows}[country]
    open_ = [row for row in table.rows if all(map(work.holds, (row.exists, row.when, row.premise)))]
    return (open_ or list(table.rows))[0]


def _shown(session: Session, work: Work, table: EventTable, row: EventRow) -> Preview:
    viewer, scenario = session.viewer, session.program.scenario
    source = next(each for each in scenario.events if each.id == table.id)
    certain, likely = viewer.shifts(work, row.deed), viewer.likely(work, row.deed, table.id)
    because = viewer.words.sentence(work.say(row.deed.because))
    conditions = (*_window(session, work, table), *_parts(session, work, source.when, row))
    premises = tuple(_parts(session, work, source.premise, row))
    chance = 100 if row.chance is None else max(0, min(100, work.read(row.chance)))
    before = _before(session, work, table, row)
    work.day = table.day
    work.queue(
        row.deed, Cause(Kind.EVENT, table.id, country=row.country, turn=work.turn), table.known_to, table.mark
    )
    work.settle()
    return Preview(
        dispatch=viewer.dispatch(work, table, row, ask=True),
        event=source,
        turn=viewer.words.turn(work.turn),
        certain=certain,
        likely=likely,
        because=because,
        conditions=() if table.only_then else conditions,
        premises=premises,
        chance=chance,
        before=before,
        called_by=tuple(_callers(session, table.id)),
        countries=tuple(viewer.words.country(each.country) for each in table.rows if each.country),
        country=viewer.words.country(row.country) if row.country else "",
    )


def _before(session: Session, work: Work, table: EventTable, row: EventRow) -> str:
    """When it has happened so lately that it cannot again."""
    last = work.values[row.happened]
    free = last == NEVER or 0 < table.repeats <= work.turn - last
    return "" if free else session.viewer.words.turn(last)


def _window(session: Session, work: Work, table: EventTable) -> Iterator[Part]:
    """In which turns it may come, as far as that is bounded."""
    layout, length = session.program.layout, session.program.scenario.calendar.step
    if table.first > 1 or table.last < layout.turns:
        first, last = (name_step(layout.first_step + turn - 1, length) for turn in (table.first, table.last))
        when = f"in {first}" if first == last else f"from {first} to {last}"
        yield Part(f"a turn {when}", table.first <= work.turn <= table.last)


def _parts(session: Session, work: Work, condition: Expr | None, row: EventRow) -> Iterator[Part]:
    """The parts of a condition that must hold together."""
    if condition is not None:
        for part in condition.parts if isinstance(condition, And) else (condition,):
            yield Part(*session.viewer.refusals.judged(work, part, row.country))


def _callers(session: Session, event: str) -> Iterator[str]:
    """What calls an event, as an author knows it."""
    for each in owned(session.program.scenario):
        if any(follow.event == event for follow in follows(each.block)):
            yield each.id
