"""Heavy mode: every playthrough saved, loaded, compared at every turn.  And a save of each format loads for ever."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import pytest

from game.compiler.load import load
from game.play import saves
from game.play.games import GO_ON, begin, opened
from game.play.journal import FORMAT
from game.play.recording import names_of
from game.play.reopening import as_written, reopen
from game.play.running import Runner
from game.play.script import read_script
from game.play.session import Session
from game.rules.building import interpret
from game.rules.program import Program
from tests.play.invariants import broken

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted((ROOT / "scenarios").glob("*/playthroughs/*.yaml"))
KEPT = ROOT / "tests" / "saves"
EVERY = int(os.environ.get("PEREDYSHKA_HEAVY_EVERY", "13"))
"""Each so manyth turn is also played on from its save to the next; the values are compared at every one."""


@cache
def program(name: str) -> Program:
    """A scenario, read once."""
    return interpret(load(name).scenario)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_a_save_of_every_turn_is_the_game_at_that_turn(path: Path, tmp_path: Path) -> None:
    """The whole state is compared: values, hash, ledger. From each save the next turn comes out the same."""
    script = read_script(path)
    played = Runner(program(script.scenario), script).run().session
    game = begin(program(script.scenario), script.seed, script.fate, "0", tmp_path)
    turns = 0
    for made in played.made:
        game.session.move(made.move)
        if len(game.session.closes) - 1 == turns:
            continue
        turns += 1
        journal = saves.load(game.path)
        assert journal.damage is None
        written = as_written(program(script.scenario), journal)
        assert written.state == played.closes[turns]
        assert dict(zip(names_of(written.program), written.state.values, strict=True)) == dict(
            zip(names_of(played.program), played.closes[turns].values, strict=True)
        )
        if turns % EVERY == 0 or turns == len(played.closes) - 1:
            _compare(reopen(program(script.scenario), journal).session, played, turns)
    game.close()
    assert turns == len(played.closes) - 1


def _compare(again: Session, played: Session, turns: int) -> None:
    assert again.state == played.closes[turns]
    assert again.closes == played.closes[: turns + 1]
    assert again.entries == [entry for entry in played.entries if entry.turn <= turns]
    assert broken(again) == []


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_a_save_of_every_format_loads_for_ever(number: int, tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    shutil.copy(KEPT / f"format-{number}.jsonl", path)
    found = opened(path, lambda _: program(str(KEPT / "small.yaml")))
    assert found.ways == (GO_ON,)
    assert found.findings == ()
    assert found.again.session.state.digest() == (
        "78ba867047979231a134cdb764ca1d12045392baa39973b3bc927900b2ddfae2"
    )
    assert len(found.again.session.made) == 14
    outcome = found.again.session.outcome()
    assert outcome is not None
    assert outcome.ending == "done"
