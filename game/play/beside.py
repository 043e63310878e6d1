"""What did this run do where history did something else?  Decisions and milestones, each beside the record."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.observation import Dispatch, Shift
from game.play.session import Session
from game.play.wording import dated
from game.rules.calendar import parse_step
from game.rules.classes import dataclass
from game.rules.events import DROPPED
from game.rules.layout import NEVER
from game.rules.ledger import DECISIONS, DEFAULT, Cause, Entry, Kind
from game.rules.logic import Expr, National, Of, Past, parts_of
from game.rules.scenario import Event, Milestone, Variable
from game.rules.state import Answer

MOST_MOVED = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """A question that was answered, and what history did with it."""

    turn: int
    when: str
    event: str
    country: str
    title: str
    track: str
    choice: str
    """The id of the choice."""
    answer: str
    """Its label."""
    reason: str
    history: str
    """The label of history's own choice; empty where history had no such question."""
    history_date: str
    as_in_history: bool | None
    moved: tuple[Shift, ...]
    told: tuple[str, ...]
    """Why it moved what it moved, in the sentences of its causes."""
    sources: tuple[str, ...]
    dispute: str = ""
    questions: tuple[str, ...] = ()
    own: bool = True
    """Whether the player was asked; else the engine answered, as there had been questions enough."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone: when history reached it, when this run did, and what did it."""

    label: str
    history: str
    when: str
    """Empty if it was not reached."""
    ahead: int | None
    """How many turns before history; None where either never reached it, or history is not told."""
    cause: str
    sources: tuple[str, ...]
    due: bool = True
    """Whether history had reached it by where this run stands."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """What happened in history and not in this run."""

    title: str
    date: str
    sources: tuple[str, ...]


def decided(session: Session) -> tuple[Decided, ...]:
    """All questions of the game in the order they were answered."""
    events = {each.id: each for each in session.program.scenario.events}
    reasons = {
        (made.turn, made.move.event): made.move.reason
        for made in session.made
        if isinstance(made.move, Answer)
    }
    found = []
    by_turn: dict[int, dict[tuple[str, str, str], list[Entry]]] = {}
    for entry in session.seen():
        cause = entry.cause
        if cause.kind == Kind.CHOICE and cause.id in events:
            key = cause.id, cause.country, cause.branch.partition("=")[0]
            by_turn.setdefault(entry.turn, {}).setdefault(key, []).append(entry)
    for turn, answers in sorted(by_turn.items()):
        cards = {(each.event, each.country): each for each in session.dispatches(turn=turn)}
        for (id_, country, choice), entries in answers.items():
            card = cards.get((id_, country))
            reason = reasons.get((turn, id_), "")
            found.append(_decided(session, events[id_], turn, country, choice, reason, entries, card))
    return tuple(found)


def _decided(
    session: Session,
    event: Event,
    turn: int,
    country: str,
    choice: str,
    reason: str,
    entries: list[Entry],
    card: Dispatch | None,
) -> Decided:
    words = session.viewer.words
    where = f": {words.country(country)}" if country else ""
    cause = entries[0].cause
    historical = next((each for each in event.choices if each.historical), None)
    sentences = [words.because(entry) for entry in entries if entry.because is not None]
    notes = session.viewer.notes(event.attachments)
    return Decided(
        turn=turn,
        when=card.date if card else words.turn(turn),
        event=event.id,
        country=country,
        title=(card.title if card else words.title(event.id)) + where,
        track=event.asks,
        choice=choice,
        answer=words.choice(cause),
        reason=reason,
        history=words.plain(historical.label) if historical else "",
        history_date=dated(event.historically),
        as_in_history=None if historical is None else historical.id == choice,
        moved=moved(session, entries),
        told=tuple(dict.fromkeys(sentences)),
        sources=event.attachments.sources,
        dispute=notes.dispute,
        questions=notes.questions,
        own=cause.by != DEFAULT,
    )


def moved(session: Session, entries: list[Entry], most: int = MOST_MOVED) -> tuple[Shift, ...]:
    """What some entries moved together, the scores first, then the weightiest."""
    words = session.viewer.words
    sums: dict[str, tuple[int, Entry]] = {}
    for entry in entries:
        if words.variable(entry.slot) is not None:
            sums[entry.slot] = sums.get(entry.slot, (0, entry))[0] + entry.delta, entry
    found = []
    for slot, (delta, last) in sums.items():
        variable = words.variable(slot)
        if delta and variable is not None:
            shown = session.viewer.reason(last._replace(delta=delta, before=last.after - delta)).shown
            order = (not variable.score, "." in slot, -abs(delta), slot)
            found.append((order, Shift(slot, words.label(slot), delta, shown)))
    return tuple(shift for _, shift in sorted(found, key=lambda each: each[0])[:most])


def reached(session: Session) -> tuple[Reached, ...]:
    """The milestones in history's order, then those that history never reached."""
    layout, program = session.program.layout, session.program
    index = {each.id: each.slot for each in program.milestones}
    found = []
    for milestone in program.scenario.milestones:
        turn = session.state.values[index[milestone.id]]
        turn = 0 if turn <= NEVER else turn
        then = _turn(session, milestone.historically)
        cause, sources = _cause(session, milestone, turn) if turn else ("", ())
        order = (then is None, milestone.historically or "", milestone.id)
        found.append((order, Reached(
            session.viewer.words.title(milestone.id),
            dated(milestone.historically),
            session.viewer.words.turn(turn) if turn else "",
            then - turn if turn and then is not None and 1 <= then <= layout.turns else None,
            cause,
            milestone.attachments.sources or _same_day(session, milestone) or sources,
            then is not None and then <= session.turn,
        )))  # fmt: skip
    return tuple(row for _, row in sorted(found, key=lambda each: each[0]))


def _turn(session: Session, date: str) -> int | None:
    """The turn of a date; it may lie before the game or after it."""
    if not date:
        return None
    return session.program.layout.turn_of(parse_step(date, session.program.scenario.calendar.step))


def _same_day(session: Session, milestone: Milestone) -> tuple[str, ...]:
    """The sources of what happened on the day of a milestone."""
    found: dict[str, None] = {}
    for event in session.program.scenario.events:
        if milestone.historically and event.historically == milestone.historically:
            found.update(dict.fromkeys(event.attachments.sources))
    return tuple(found)


def _cause(session: Session, milestone: Milestone, turn: int) -> tuple[str, tuple[str, ...]]:
    """What brought a milestone about in its turn, in words, with the sources of that."""
    names = set(_names(milestone.when))
    events = {each.id: each for each in session.program.scenario.events}
    entries = [
        entry
        for entry in session.seen(turn=turn)
        if entry.delta
        and entry.cause.kind not in (Kind.PULL, Kind.LIMIT, Kind.UNKNOWN)
        and (
            entry.slot in names or f"each.{entry.slot.rpartition('.')[2]}" in names or entry.cause.id in names
        )
    ]
    if not entries:
        return "", ()
    heaviest = max(entries, key=lambda entry: (_is_word(session, entry), abs(entry.delta)))
    words, event = session.viewer.words, events.get(heaviest.cause.id)
    return words.because(heaviest), event.attachments.sources if event else ()


def _is_word(session: Session, entry: Entry) -> bool:
    variable = session.viewer.words.variable(entry.slot)
    return variable is not None and variable.kind != "number"


def _names(expr: Expr) -> Iterator[str]:
    """What an expression reads: slots, `each.name` for every country's, and items of the memory."""
    match expr:
        case National(name):
            yield name
        case Of(country, name):
            yield f"{country}.{name}"
        case Past(_, id_):
            yield id_
        case _:
            pass
    for part in parts_of(expr):
        yield from _names(part)


def course(session: Session, variable: Variable, turn: int) -> int | None:
    """Where history had a variable at the close of a turn: on straight lines between what the scenario says, the first
    of them from the game's own start; None where it says nothing."""
    layout = session.program.layout
    points = [(layout.turn_of(step), value) for step, value in sorted(variable.history)]
    if not points:
        return None
    if points[0][0] > 0:
        points.insert(0, (0, session.trend(variable.id)[0]))
    after = next((at for at, (when, _) in enumerate(points) if when >= turn), None)
    if after is None:
        return points[-1][1]
    (first, low), (last, high) = points[max(0, after - 1)], points[after]
    return high if last == first else low + (high - low) * (turn - first) // (last - first)


def unseen(session: Session) -> tuple[Unseen, ...]:
    """What happened in history up to where this run stands, and never in it, by date."""
    happened = {
        entry.cause.id
        for entry in session.entries
        if entry.cause.kind in (Kind.EVENT, Kind.CHOICE) and not entry.note.startswith(DROPPED)
    }
    words = session.viewer.words
    found = []
    for event in session.program.scenario.events:
        turn = _turn(session, event.historically)
        if event.id not in happened and turn is not None and 1 <= turn <= session.turn:
            found.append((event.historically, event.id, Unseen(
                words.title(event.id), dated(event.historically), event.attachments.sources
            )))  # fmt: skip
    return tuple(row for _, _, row in sorted(found, key=lambda each: each[:2]))


def decisive(cause: Cause) -> Cause | None:
    """The decision of a player that a cause goes back to, without which of its results was drawn."""
    decision = cause.decision()
    if decision is None or decision.kind not in DECISIONS or decision.kind == Kind.TEACHER:
        return None
    return decision._replace(branch=decision.branch.partition("=")[0], parent=None)
