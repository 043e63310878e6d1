"""Is an easier or a harder game a decision like any other: written down, explained, and of consequence?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game.compiler.codegen.engine import Engine
from game.compiler.codegen.minds import Weighing
from game.compiler.conducts import conduct_of
from game.compiler.load import load
from game.compiler.policies import policy_files, read_policy
from game.play import games, saves
from game.play.difficulty import choose, ids
from game.play.reopening import reopen
from game.play.session import Session
from game.rules.building import interpret
from game.rules.layout import OVER

LOADED = load("breathing-space")
PROGRAM = interpret(LOADED.scenario)


def test_what_is_chosen_happens_first_and_is_the_reason_told() -> None:
    session = Session(PROGRAM, 3, "open")
    before = session.state.values[PROGRAM.layout.index["gold"]]
    choose(session, "longer-rope")
    step = session.open()
    moved = {each.slot: each for each in step.ledger if each.cause.id == "longer-rope"}
    assert moved["leniency"].delta == 6
    assert (moved["gold"].before, moved["gold"].delta) == (before, 40)
    assert moved["standing"].because is not None


def test_an_unknown_one_is_refused_and_none_changes_nothing() -> None:
    with pytest.raises(KeyError):
        choose(Session(PROGRAM, 3, "open"), "rapallo-1922")
    assert set(ids(PROGRAM.scenario)) == {"longer-rope", "shorter-rope"}


def test_it_is_kept_with_the_game(tmp_path: Path) -> None:
    game = games.begin(PROGRAM, 3, "open", "0.1", tmp_path, difficulty="shorter-rope")
    game.session.open()
    game.close()
    again = reopen(PROGRAM, saves.load(game.path))
    assert again.same
    assert again.session.state == game.session.state
    assert again.session.state.values[PROGRAM.layout.index["leniency"]] == -4


@pytest.mark.calibration
def test_the_easier_game_is_easier_and_the_harder_one_harder() -> None:
    engine = Engine(PROGRAM)
    (path,) = [each for each in policy_files(LOADED) if each.stem == "diplomat"]
    mind = Weighing(engine, conduct_of(read_policy(path, LOADED), PROGRAM))
    lasted = {}
    for name in ("longer-rope", "", "shorter-rope"):
        turns = 0
        for seed in range(120):
            session = Session(PROGRAM, seed, "open")
            if name:
                choose(session, name)
            game = engine.raw_at(session.state)
            while game.v[game.facts.place] != OVER:
                game.open()
                while game.v[game.facts.place] == 1:
                    game.answer(mind.choose(game))
                mind.plan(game)
            turns += game.v[PROGRAM.layout.index["turn"]]
        lasted[name] = turns / 120
    assert lasted["longer-rope"] > lasted[""] + 1
    assert lasted[""] > lasted["shorter-rope"] + 1
