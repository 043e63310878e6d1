"""Do forecasts say what playing the same futures one by one says, and can they be stopped and left to a thread?"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from math import ceil
from pathlib import Path

import pytest

from game.play import sweeping
from game.play.forecast import Forecast, Forecaster, ask, likeliest
from game.play.policy import POLICIES, Weighted
from game.play.session import Session
from game.rules.conduct import Conduct, future_seed
from game.rules.program import Program
from game.rules.state import Answer, IllegalOrder, Order, Plan
from tests.play.sweepable import finished, shelved

COLUMNS = [False, *([True] if sweeping.has_numpy() else [])]
FUTURES = 40
VISIT = Plan({}, {"narkomindel": (Order("visit", "turkey"), Order("visit", "britain"))})


@pytest.fixture
def small(tmp_path: Path) -> tuple[Program, Conduct]:
    home = str(shelved(tmp_path))
    return sweeping.read(home)[1], sweeping.player_of(home, "careful").conduct


def at(program: Program, place: str, turn: int, seed: int = 3) -> Session:
    """A game that stands at a place from a turn on, played historically until then."""
    session, policy = Session(program, seed, "open"), POLICIES["historical"]()
    while not (session.place == place and session.turn >= turn):
        if session.place == "opening":
            session.open()
        elif session.place == "question":
            session.answer(policy.choose(session))
        else:
            session.close()
    return session


def one_by_one(session: Session, conduct: Conduct, decision: Answer | Plan | None) -> list[Session]:
    """The futures as whole sessions, each with a seed of its own."""
    found = []
    for number in range(FUTURES):
        future = Session(session.program, 0, "open")
        future.state = replace(session.state, seed=future_seed(session.state.seed, number))
        if decision is not None:
            future.move(decision)
        found.append(finished(future, Weighted(lambda _: conduct)))
    return found


def said(forecast: Forecast, games: list[Session]) -> None:
    """A forecast says what these games, counted plainly, say."""
    assert forecast.futures == len(games) and forecast.whole
    assert forecast.endings == Counter(each.outcome().ending for each in games)  # type: ignore[union-attr]
    closes = [each.closes[1:] for each in games]
    assert len(forecast.games) == max(map(len, closes))
    for number, alive in enumerate(forecast.games):
        reached = [each[number] for each in closes if len(each) > number]
        assert alive == len(reached)
        for name, fan in forecast.fans.items():
            slot = games[0].program.layout.index[name]
            values = sorted(state.values[slot] for state in reached)
            assert fan[number] == tuple(values[ceil(len(values) * q / 100) - 1] for q in (5, 25, 50, 75, 95))
    assert games[0].closes[1].values[games[0].program.layout.index["turn"]] == forecast.first


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize(
    ("place", "decision"),
    [
        ("opening", None),
        ("question", None),
        ("question", Answer("loan", "take")),
        ("question", Answer("loan", "decline")),
        ("orders", None),
        ("orders", Plan()),
        ("orders", VISIT),
    ],
)
def test_a_forecast_is_what_its_futures_are_played_one_by_one(
    small: tuple[Program, Conduct], columns: bool, place: str, decision: Answer | Plan | None
) -> None:
    program, conduct = small
    session = at(program, place, 2)
    forecaster = Forecaster(program, conduct, FUTURES, columns)
    said(forecaster.look(session.state, decision), one_by_one(session, conduct, decision))


@pytest.mark.parametrize("columns", COLUMNS)
def test_two_decisions_are_held_against_each_other_under_the_same_luck(
    small: tuple[Program, Conduct], columns: bool
) -> None:
    program, conduct = small
    session = at(program, "question", 2)
    forecaster = Forecaster(program, conduct, 200, columns)
    take, decline = (forecaster.look(session.state, Answer("loan", each)) for each in ("take", "decline"))
    assert take == forecaster.look(session.state, Answer("loan", "take")), (
        "the same question, the same answer"
    )
    assert take.fans["gold"][0][2] > decline.fans["gold"][0][2]
    shares = dict(likeliest(take))
    assert sum(shares.values()) == pytest.approx(1)
    assert next(iter(shares)) == max(shares, key=shares.__getitem__)


@pytest.mark.parametrize("columns", COLUMNS)
def test_a_decision_that_the_rules_refuse_has_no_futures(
    small: tuple[Program, Conduct], columns: bool
) -> None:
    program, conduct = small
    forecaster = Forecaster(program, conduct, FUTURES, columns)
    with pytest.raises(IllegalOrder):
        forecaster.look(at(program, "orders", 2).state, Answer("loan", "take"))
    with pytest.raises(IllegalOrder):
        forecaster.look(at(program, "orders", 2).state, Plan({}, {"comintern": (Order("visit", "turkey"),)}))
    with pytest.raises(IllegalOrder):
        forecaster.look(at(program, "question", 2).state, Answer("loan", "mortgage"))


@pytest.mark.parametrize("columns", COLUMNS)
def test_a_game_that_is_over_has_no_futures(small: tuple[Program, Conduct], columns: bool) -> None:
    program, conduct = small
    game = finished(Session(program, 1, "open"), Weighted(lambda _: conduct))
    found = Forecaster(program, conduct, FUTURES, columns).look(game.state)
    assert (found.futures, found.games, found.endings, found.whole) == (0, (), {}, True)


@pytest.mark.parametrize("columns", COLUMNS)
def test_a_cancelled_forecast_says_so_and_the_next_is_none_the_worse(
    small: tuple[Program, Conduct], columns: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.play.forecast.BLOCK", 10)
    program, conduct = small
    state = at(program, "opening", 1).state
    forecaster = Forecaster(program, conduct, FUTURES, columns)
    whole, asked = forecaster.look(state), 0

    def some() -> bool:
        nonlocal asked
        asked += 1
        return asked < 16

    found = forecaster.look(state, going_on=some)
    assert not found.whole and 0 < found.futures < FUTURES and asked == 16
    assert found.futures % 10 == 0, "whole blocks only"
    assert not forecaster.look(state, going_on=lambda: False).whole
    assert forecaster.look(state) == whole


@pytest.mark.parametrize("columns", COLUMNS)
def test_threads_make_forecasts_and_tell_each(small: tuple[Program, Conduct], columns: bool) -> None:
    program, conduct = small
    session = at(program, "question", 2)
    decisions = [Answer("loan", "take"), Answer("loan", "mortgage"), Answer("loan", "decline"), None]
    forecaster, told = Forecaster(program, conduct, FUTURES, columns), {}
    asked = [
        ask(
            forecaster,
            session.state,
            decisions,
            lambda each, found, own=own: told.update({(own, each): found}),
        )
        for own in range(2)
    ]
    for each in asked:
        each.join(30)
        assert [fault.what for fault in each.refused] == ["loan"]
    legal = [each for each in decisions if each != Answer("loan", "mortgage")]
    assert told == {(own, each): forecaster.look(session.state, each) for own in range(2) for each in legal}


def test_what_is_cancelled_is_not_told(small: tuple[Program, Conduct]) -> None:
    program, conduct = small
    forecaster, told, first = Forecaster(program, conduct, FUTURES, COLUMNS[-1]), [], threading.Event()

    def tell(decision: Answer | Plan | None, found: Forecast) -> None:
        told.append(found)
        first.set()

    asked = ask(forecaster, at(program, "opening", 1).state, [None] * 1000, tell)
    assert first.wait(30)
    asked.cancel()
    asked.join(30)
    assert not asked.thread.is_alive() and 0 < len(told) < 1000
    assert all(each.whole for each in told)


def test_without_numpy_it_says_that_it_takes_long(
    small: tuple[Program, Conduct], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.play.forecast.has_numpy", lambda: False)
    without = Forecaster(*small, 5)
    assert "NumPy is not installed" in without.note
    assert without.look(at(small[0], "opening", 1).state).futures == 5
    assert Forecaster(*small, 5, columns=True).note == ""
