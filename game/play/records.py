"""How is a game written down?  As JSON Lines for programs, as a transcript for historians."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from game.play.session import Session
from game.play.wording import signed
from game.rules.ledger import Cause, Entry, Kind
from game.rules.state import Answer, Open, Plan, Teacher

WIDTH = 100
HEAVIEST = 8


def cause_data(cause: Cause | None) -> dict[str, Any] | None:
    """A cause as plain data, with its line of parents."""
    if cause is None:
        return None
    found: dict[str, Any] = {"kind": str(cause.kind), "id": cause.id, "turn": cause.turn}
    for name in ("branch", "country", "by"):
        if value := getattr(cause, name):
            found[name] = value
    if cause.parent is not None:
        found["parent"] = cause_data(cause.parent)
    return found


def entry_data(session: Session, entry: Entry) -> dict[str, Any]:
    """An entry of the ledger as plain data."""
    found: dict[str, Any] = {
        "turn": entry.turn,
        "phase": entry.phase,
        "day": entry.day,
        "slot": entry.slot,
        "delta": entry.delta,
        "before": entry.before,
        "cause": cause_data(entry.cause),
    }
    if sentence := session.viewer.words.sentence(entry.because):
        found["because"] = sentence
    if entry.mark is not None:
        found["mark"] = str(entry.mark)
    if entry.reads:
        found["reads"] = list(entry.reads)
    if entry.known_to != "all":
        found["known_to"] = entry.known_to
    if entry.note:
        found["note"] = entry.note
    return found


def turn_data(session: Session, turn: int) -> dict[str, Any]:
    """One turn: all values at its close, its ledger, what happened and what was decided."""
    layout = session.program.layout
    state = session.closes[turn]
    entries = [entry for entry in session.entries if entry.turn == turn]
    events = dict.fromkeys(
        (entry.cause.id, entry.cause.country)
        for entry in entries
        if entry.cause.kind == Kind.EVENT and not entry.note.startswith("dropped")
    )
    choices, orders, settings, teacher, reasons = {}, [], {}, [], {}
    for made in session.made:
        if made.turn != turn:
            continue
        match made.move:
            case Answer(event, choice, reason):
                choices[event] = choice
                if reason:
                    reasons[event] = reason
            case Plan(settings_, orders_):
                orders = [
                    {"role": role, "order": each.action, "target": each.target}
                    for role, given in sorted(orders_.items())
                    for each in given
                ]
                settings = {role: dict(values) for role, values in sorted(settings_.items())}
            case Teacher(sets, event, country, after, note):
                more = {"country": country, "after": after, "note": note}
                more = {name: value for name, value in more.items() if value}
                teacher.append({"set": dict(sets), "event": event, **more})
            case Open():
                pass
    found: dict[str, Any] = {
        "turn": turn,
        "step": session.viewer.words.step(turn),
        "values": {layout.names[slot]: state.values[slot] for slot in range(layout.stored)},
        "events": [
            {"event": event, "country": country} if country else {"event": event} for event, country in events
        ],
        "choices": choices,
        "settings": settings,
        "orders": orders,
        "ledger": [entry_data(session, entry) for entry in entries],
        "hash": state.digest(),
    }
    if reasons:
        found["reasons"] = reasons
    if teacher:
        found["teacher"] = teacher
    return found


def outcome_data(session: Session) -> dict[str, Any]:
    """How it ended, and the hash of the last state."""
    outcome = session.outcome()
    return {
        "outcome": outcome.ending if outcome else None,
        "title": outcome.title if outcome else "",
        "turns": session.turn,
        "scenario": session.program.scenario.id,
        "fingerprint": session.program.scenario.fingerprint,
        "seed": session.state.seed,
        "fate": session.state.fate,
        "scores": {
            each.id: session.value(each.id) for each in session.program.scenario.variables if each.score
        },
        "verdicts": {each.about: each.text for each in outcome.verdicts} if outcome else {},
        "hash": session.state.digest(),
    }


def transcript(session: Session) -> Iterator[str]:
    """The game as a chronicle: each turn's dispatches and decisions, orders, and what moved most, and why."""
    words, program = session.viewer.words, session.program
    yield words.plain(program.scenario.title)
    yield f"{session.state.fate} fate, seed {session.state.seed}"
    scores = [each.id for each in program.scenario.variables if each.score]
    for turn in range(1, len(session.closes)):
        state, before = session.closes[turn], session.closes[turn - 1]
        yield ""
        yield f"{words.turn(turn)} ({words.step(turn)})"
        for card in session.dispatches(turn=turn):
            where = f", {words.country(card.country)}" if card.country else ""
            answer = f" — {card.answer}" if card.answer else ""
            yield f"  * {card.title}{where}{answer}"
        for made in session.made:
            if made.turn == turn and isinstance(made.move, Plan):
                for role, given in sorted(made.move.orders.items()):
                    listed = ", ".join(
                        words.title(each.action) + (f" → {words.country(each.target)}" if each.target else "")
                        for each in given
                    )
                    yield f"  {role}: {listed}"
        for entry in _heaviest(session, turn):
            yield f"    {words.label(entry.slot)} {_moved(session, entry)}: {words.because(entry)}"
        line = []
        for id_ in scores:
            slot = program.layout.index[id_]
            change = state.values[slot] - before.values[slot]
            line.append(
                f"{words.label(id_)} {state.values[slot]}" + (f" ({signed(change)})" if change else "")
            )
        yield "  " + " · ".join(line)
    outcome = session.outcome()
    if outcome is not None:
        yield ""
        yield f"{outcome.title} ({outcome.ending})"
        for verdict in outcome.verdicts:
            yield f"  {words.label(verdict.about)}: {verdict.text}"
    yield f"hash {session.state.digest()}"


def _heaviest(session: Session, turn: int) -> list[Entry]:
    moved = [
        entry
        for entry in session.entries
        if entry.turn == turn
        and entry.delta
        and entry.cause.kind in (Kind.CHOICE, Kind.EVENT, Kind.ORDER, Kind.DIRECTIVE, Kind.TEACHER)
    ]
    return sorted(moved, key=lambda entry: -abs(entry.delta))[:HEAVIEST]


def _moved(session: Session, entry: Entry) -> str:
    variable = session.viewer.words.variable(entry.slot)
    if variable is not None and variable.kind != "number":
        return f"= {session.viewer.words.value(variable, entry.after)}"
    return signed(entry.delta)
