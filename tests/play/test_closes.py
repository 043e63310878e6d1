"""Are the states of the past what they were, and do they take little room?"""

from __future__ import annotations

import pickle
import sys

import pytest

from game.play.closes import Closes, held
from game.rules.engine import begin
from game.rules.ledger import Cause, Kind
from game.rules.state import State
from tests.rules.small import game, turn
from tests.test_laws import program

MOST: int = 6 * 1024
SMALL = """
variables: {gold: {start: 5, max: 900}, far: {start: 0, max: 1000000}}
rules: [{id: grows, effects: {gold: +10}}]
"""


def states(*values: tuple[int, ...]) -> list[State]:
    return [State(7, "open", each, (("due:x", Cause(Kind.EVENT, "x")),)) for each in values]


@pytest.mark.parametrize(
    "values", [(0, 1, -30000), (2**15 - 1, -(2**15)), (2**15, 3), (-(10**12), 10**12), ()]
)
def test_a_state_put_away_comes_back_as_it_was(values: tuple[int, ...]) -> None:
    (state,) = states(values)
    assert held(state).state() == state
    assert set(map(type, held(state).state().values)) <= {int}
    assert pickle.loads(pickle.dumps(held(state))).state() == state


def test_a_past_is_a_sequence_of_states() -> None:
    some = states((1, 2), (3, 4), (5, 60000))
    closes = Closes(some)
    assert [*closes] == some and len(closes) == 3
    assert [closes[0], closes[1], closes[2], closes[-1], closes[-3]] == [
        some[0],
        some[1],
        some[2],
        some[2],
        some[0],
    ]
    assert [*closes[1:]] == some[1:] and closes[:2][-1] == some[1] and len(closes[5:]) == 0
    assert closes.column(1) == (2, 4, 60000)
    with pytest.raises(IndexError):
        closes[3]
    assert closes == Closes(some) != Closes(some[:2])
    shorter = closes[:1]
    shorter.append(some[2])
    assert [*shorter] == [some[0], some[2]] and [*closes] == some


def test_a_game_remembers_its_closes() -> None:
    session = game(SMALL)
    seen = [session.state]
    while session.place != "over":
        turn(session)
        seen.append(session.state)
    assert [*session.closes] == seen
    assert session.trend("gold") == tuple(5 + 10 * number for number in range(len(seen)))
    assert session.again().state == seen[0]


def test_a_game_of_the_main_scenario_takes_little_room() -> None:
    state = begin(program("breathing-space"), 1, "open")
    assert sys.getsizeof(held(state).numbers) < MOST < sys.getsizeof(state.values)
