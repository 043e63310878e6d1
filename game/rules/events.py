"""Which events happen, in which order, and who is asked?  One after the other by day and id.

The slot `at` holds the number of events already passed this turn, or, at a question, the number (from 1) of the
event that asks; `at_country` the bound country's number from 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.rules.layout import NEVER, OPENING, ORDERS, QUESTION
from game.rules.ledger import DEFAULT, Cause, Kind
from game.rules.program import ChoiceRow, EventRow, EventTable, Program
from game.rules.state import HISTORICAL, IllegalOrder, Refusal, State
from game.rules.writing import Work

DROPPED = "dropped"
"""How the note of a call begins that came to nothing."""


def run_events(work: Work) -> None:
    """Go on through the turn's events until one asks or all are passed."""
    events, values, turn = work.program.events, work.values, work.turn
    for number in range(work.memory("at"), len(events)):
        event = events[number]
        if event.only_then or not event.first <= turn <= event.last:
            for due in event.dues:
                if values[due] == turn:
                    break
            else:
                continue  # nobody called it, and it cannot happen by itself
        rows = _happening(work, event)
        if not rows:
            continue
        work.day = event.day
        causes = _happen(work, event, rows)
        work.keep("at", number + 1)
        if event.asks and rows[0].choices:
            row, cause = rows[0], causes[0]
            if _may_ask(work, event):
                asked = f"asked:{event.asks}"
                work.keep(asked, work.memory(asked) + 1)
                countries = work.program.layout.countries
                work.keep("at_country", countries.index(row.country) + 1 if row.country else 0)
                work.keep("place", QUESTION)
                return
            _take(work, event, row, default_choice(work, row), DEFAULT, cause.parent)
    work.day = 0
    work.keep("at", len(events))
    work.keep("place", ORDERS)


def _happening(work: Work, event: EventTable) -> list[EventRow]:
    """The instances of an event that happen now, all judged on one picture."""
    turn, values, memo = work.turn, work.values, work.memo
    called: list[EventRow] = []
    for due in event.dues:
        if values[due] == turn:
            called = _called(work, event)
            break
    if event.only_then or not event.first <= turn <= event.last:
        return called
    if event.historical is not None and work.fate == HISTORICAL and turn < event.historical:
        return called
    if called and event.asks:
        return called
    free = [
        row
        for row in event.rows
        if (values[row.happened] == NEVER or 0 < event.repeats <= turn - values[row.happened])
        and row not in called
        and (row.exists is None or row.exists.read(values, memo))
        and (row.when is None or row.when.read(values, memo))
        and (row.premise is None or row.premise.read(values, memo))
    ]
    if event.pick_key is not None and free:
        weights = [max(1, work.read(row.weight)) if row.weight else 1 for row in free]
        free = [free[work.pick(weights, event.pick_key)]]
    if not (work.fate == HISTORICAL and event.historical is not None):
        free = [row for row in free if work.comes_up(row.chance, row.chance_key)]
    return sorted(called + free, key=lambda row: row.country)


def _called(work: Work, event: EventTable) -> list[EventRow]:
    """The instances called for this turn whose premise holds; of an event that asks, the first by country."""
    due = [row for row in event.rows if work.values[row.due] == work.turn]
    for row in due:
        work.keep(row.due, NEVER)
    found: list[EventRow] = []
    for row in due:
        if not (work.holds(row.exists) and work.holds(row.premise)):
            _drop(work, event, row, "its premise does not hold")
        elif event.asks and found:
            _drop(work, event, row, "it asks about another country this turn")
        else:
            found.append(row)
    return found


def _drop(work: Work, event: EventTable, row: EventRow, reason: str) -> None:
    parent = work.origins.pop(work.program.layout.names[row.due], None)
    cause = Cause(Kind.EVENT, event.id, country=row.country, turn=work.turn, parent=parent)
    work.day = event.day
    work.note(cause, event.known_to, event.mark, f"{DROPPED}: {reason}")


def _happen(work: Work, event: EventTable, rows: list[EventRow]) -> list[Cause]:
    """All instances read one picture and write together."""
    names, causes = work.program.layout.names, []
    for row in rows:
        parent = work.origins.pop(names[row.due], None)
        causes.append(Cause(Kind.EVENT, event.id, country=row.country, turn=work.turn, parent=parent))
        work.queue(row.deed, causes[-1], event.known_to, event.mark)
    work.settle()
    for row in rows:
        work.keep(row.happened, work.turn)
        work.keep(row.times, work.values[row.times] + 1)
    return causes


def _may_ask(work: Work, event: EventTable) -> bool:
    return event.always_asks or work.memory(f"asked:{event.asks}") < work.program.scenario.decisions


def default_choice(work: Work, row: EventRow) -> ChoiceRow:
    """What is done when nobody is asked: the historical choice if it is open, else the first by id that is."""
    open_ = sorted((each for each in row.choices if work.holds(each.when)), key=lambda each: each.id)
    return next((each for each in open_ if each.historical), open_[0])


def _take(
    work: Work, event: EventTable, row: EventRow, choice: ChoiceRow, by: str, parent: Cause | None
) -> None:
    note = "the engine answered: the role had enough questions" if by == DEFAULT else ""
    cause = Cause(Kind.CHOICE, event.id, choice.id, row.country, work.turn, by, parent)
    work.queue(choice.deed, cause, event.known_to, event.mark, note)
    work.settle()
    work.keep(choice.taken, work.turn)


def asking(program: Program, state: State) -> tuple[EventTable, EventRow] | None:
    """The event that waits for an answer, with its instance; None if none does."""
    return waiting(program, state.values)


def waiting(program: Program, values: Sequence[int]) -> tuple[EventTable, EventRow] | None:
    """The same, from the values of a state."""
    index = program.layout.index
    if values[index["place"]] != QUESTION:
        return None
    event = program.events[values[index["at"]] - 1]
    number = values[index["at_country"]]
    country = program.layout.countries[number - 1] if number else ""
    return event, next(row for row in event.rows if row.country == country)


def answer(work: Work, event_id: str, choice_id: str) -> None:
    """Take a choice of the event that asks. Raises IllegalOrder."""
    found = waiting(work.program, work.values)
    assert found is not None
    event, row = found
    if event.id != event_id:
        raise IllegalOrder(Refusal("not-now"), event_id)
    choice = next((each for each in row.choices if each.id == choice_id), None)
    if choice is None:
        raise IllegalOrder(Refusal("unknown-choice", {"choice": choice_id}), event_id)
    if not work.holds(choice.when):
        raise IllegalOrder(Refusal("choice-closed", {"choice": choice_id}), event_id)
    work.day = event.day
    _take(work, event, row, choice, event.asks, None)
    work.keep("at_country", 0)


def call(work: Work, event_id: str, country: str, cause: Cause, after: int = 0) -> None:
    """Call an event for this turn, on its day, or so many turns `after` it; before a turn opens, this is that turn.

    Raises IllegalOrder.
    """
    number, event = next(
        ((n, each) for n, each in enumerate(work.program.events) if each.id == event_id), (0, None)
    )
    if event is None:
        raise IllegalOrder(Refusal("unknown-event", {"event": event_id}), event_id)
    row = next((each for each in event.rows if each.country == country), None)
    if row is None:
        raise IllegalOrder(Refusal("needs-country", {"event": event_id}), event_id)
    if not after and work.memory("place") != OPENING and number < work.memory("at"):
        raise IllegalOrder(Refusal("day-past", {"event": event_id}), event_id)
    if not 0 <= after <= work.program.layout.turns - work.turn:
        raise IllegalOrder(Refusal("no-turn", {"event": event_id}), event_id)
    work.keep(row.due, work.turn + after)
    work.origins[work.program.layout.names[row.due]] = cause


__all__ = ["DROPPED", "answer", "asking", "call", "run_events"]
