"""Does a saved game come out as it was?  The verb `replay`: play it again, compare each turn, show what is asked."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from game.compiler.problems import nearest
from game.verbs.given import FINE, SHORT, Unusable, cannot, program_of, save_of

if TYPE_CHECKING:
    from game.play.reopening import Reopened
    from game.play.session import Session


def replay_(options: argparse.Namespace) -> int:
    """Play a saved game again; 1 if it comes out otherwise or is damaged."""
    from game.play.games import findings
    from game.play.journal import SaveError
    from game.play.reopening import reopen

    path, journal = save_of(options.save)
    program = program_of(journal.header.scenario)
    try:
        done = reopen(program, journal)
    except SaveError as fault:
        raise cannot(fault, options.save) from None
    turn = _turn(options.turn, done.session)
    if options.json:
        _print_data(done, turn)
    elif turn:
        _print_turn(done.session, turn)
    elif not options.verify:
        _print_turns(done)
    for sentence in findings(journal, done):
        print(f"{path.name}: {sentence}", file=sys.stderr)
    if not options.json:
        print(_verdict(done))
    return FINE if done.same and journal.damage is None else SHORT


def _verdict(done: Reopened) -> str:
    session = done.session
    turns = len(session.closes) - 1
    if done.same:
        state = f"ended: {outcome.ending}" if (outcome := session.outcome()) else "goes on"
        changed = " (the scenario has changed, without effect on this game)" if done.changed else ""
        return f"{turns} turn(s), {len(session.made)} decision(s), as written{changed}; {state}"
    if done.differences:
        first = done.differences[0]
        return f"comes out otherwise in {len(done.differences)} of {turns} turn(s), first in {first}"
    return f"cannot be played again beyond turn {turns}"


def _turn(asked: str | None, session: Session) -> int:
    """The turn that was asked for, by number or by name; 0 if none was. Raises Unusable."""
    if asked is None:
        return 0
    names = {session.viewer.words.step(turn): turn for turn in range(1, len(session.closes))}
    turn = names.get(asked.upper(), int(asked) if asked.isdigit() and len(asked) < 7 else 0)
    if not 0 < turn < len(session.closes):
        hint = nearest(asked, list(names))
        more = f"; did you mean '{hint}'?" if hint else f"; it has {len(session.closes) - 1} closed turn(s)"
        raise Unusable(f"the game has no closed turn '{asked}'{more}")
    return turn


def _print_data(done: Reopened, turn: int) -> None:
    from game.play.records import outcome_data, turn_data

    session = done.session
    turns = [turn] if turn else range(session.first, len(session.closes))
    for each in turns:
        print(json.dumps(turn_data(session, each), ensure_ascii=False))
    if not turn:
        different = [
            {"turn": each.step, "slot": each.slot, "written": each.written, "found": each.found,
             "message": each.message} for each in done.differences
        ]  # fmt: skip
        print(
            json.dumps(
                outcome_data(session)
                | {"same": done.same, "changed": done.changed, "differences": different}
                | {"stopped": done.stopped},
                ensure_ascii=False,
            )
        )


def _print_turns(done: Reopened) -> None:
    session = done.session
    index = session.program.layout.index
    scores = [each.id for each in session.program.scenario.variables if each.score and each.id in index]
    wrong = {each.turn for each in done.differences}
    for turn in range(session.first, len(session.closes)):
        state = session.closes[turn]
        values = "  ".join(f"{name} {state.values[index[name]]:>3}" for name in scores)
        mark = "≠" if turn in wrong else "="
        print(f"{session.viewer.words.step(turn)}  {values}  {mark} {state.digest()[:12]}")


def _print_turn(session: Session, turn: int) -> None:
    """All that moved in a turn, and where everything stood at its close."""
    state, before = session.closes[turn], session.closes[turn - 1]
    words = session.viewer.words
    print(f"{words.turn(turn)}, hash {state.digest()}")
    for name, old, value in zip(session.program.layout.names, before.values, state.values, strict=False):
        if old == value:
            continue
        print(f"{name}: {old} → {value}")
        for reason in session.why(name, turn=turn):
            if reason.entry.delta:
                print(f"    {reason.shown}  {reason.sentence} ({reason.cause})")
