"""A turn played in ten lines of Python, as the README shows it."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from pathlib import Path

import game

ROOT = Path(__file__).resolve().parent.parent
TEN_LINES = """\
from game import Session, interpret, load

session = Session(interpret(load("breathing-space").scenario), seed=7, fate="historical")
session.open()  # winter 1921: the dispatches arrive, one after the other
while card := session.observe().question:
    session.answer(next(option.id for option in card.options if not option.refusal))
session.draft_order(next(offer.order for offer in session.offers("narkomindel") if not offer.refusal))
session.close()  # the end of the quarter: orders, drift, reckoning
for reason in session.why("trade"):
    print(reason.shown, reason.sentence)
"""


def test_ten_lines_play_a_turn_and_say_why_trade_moved() -> None:
    lines = [line for line in TEN_LINES.splitlines() if line.strip()]
    assert len(lines) <= 10
    names: dict[str, object] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(TEN_LINES, "README.md", "exec"), names)
    session = names["session"]
    assert isinstance(session, game.Session)
    assert (session.turn, session.place) == (1, "opening")
    moved = game.total(session.entries, "trade")
    assert moved == session.value("trade") - session.closes[0].values[session.program.layout.index["trade"]]
    assert len(printed.getvalue().splitlines()) == len(session.why("trade"))
    assert any(isinstance(made.move, game.Plan) and made.move.orders for made in session.made)


def test_the_same_turn_without_a_session_is_four_pure_steps() -> None:
    program = game.interpret(game.load("breathing-space").scenario)
    state = game.begin(program, seed=7, fate="historical")
    state = game.step(program, state, game.Open()).state
    while (found := game.asking(program, state)) is not None:
        event, row = found
        state = game.step(program, state, game.Answer(event.id, row.choices[0].id)).state
    order = game.legal_orders(program, state, "narkomindel")[0]
    done = game.step(program, state, game.Plan({}, {"narkomindel": (order,)}))
    assert game.ending_of(program, done.state) is None
    assert any(entry.cause.id == order.action for entry in done.ledger)


def test_the_public_door_offers_what_it_names_and_draws_nothing() -> None:
    assert all(hasattr(game, name) for name in game.__all__)
    assert {"load", "begin", "step", "legal_orders"} <= set(game.__all__)
    code = "import sys, game; print('pygame' in sys.modules, 'numpy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.split() == ["False", "False"]
