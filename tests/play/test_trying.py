"""Is a random game held against the laws, and is one that breaks kept so that it can be played again?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play.running import Runner
from game.play.script import read_script
from game.play.scripting import script_text
from game.play.session import Session
from game.play.trying import Trial
from game.rules.building import interpret
from game.rules.program import Program
from tests.small import sound

STORY = """\
variables:
  gold: {start: 100, max: 900}
  open: {start: false}
  balance: {start: 50, max: 100, set_by: both}
  line: {start: soft, words: [soft, hard], set_by: comintern}
events:
  - id: q
    when: "gold > 20"
    repeats: 1
    asks: narkomindel
    choices:
      - {id: a, label: A, effects: {gold: -9, open: true}}
      - {id: b, label: B, effects: {gold: +5}}
orders:
  - {id: talks, track: narkomindel, label: Talks, target: country, cost: {means: 2}, effects: {target.relations: 3}}
  - {id: work, track: comintern, label: Work, cost: {means: 5}, effects: {gold: -2}}
"""


def program() -> Program:
    """The story, ready to run."""
    return interpret(sound(STORY))


def played(trial: Trial) -> Trial:
    """The trial, played to its end."""
    assert list(trial.turns())
    return trial


def test_a_sound_scenario_goes_well_from_many_seeds() -> None:
    for seed in range(5):
        trial = played(Trial(program(), seed, "small"))
        assert trial.broken is None and trial.session.place == "over"


@pytest.mark.parametrize("seed", range(3))
def test_a_game_written_down_ends_in_the_same_state_when_it_is_run(seed: int, tmp_path: Path) -> None:
    session = played(Trial(program(), seed, "small")).session
    assert len(session.made) > 20
    (tmp_path / "game.yaml").write_text(script_text(session, "small", 'A "game": one'), encoding="utf-8")
    script = read_script(tmp_path / "game.yaml")
    assert (script.title, script.seed, script.fate) == ('A "game": one', seed, "open")
    done = Runner(session.program, script).run()
    assert done.failures == []
    assert done.session.state.digest() == session.state.digest()


def test_a_teachers_hand_is_written_down_too(tmp_path: Path) -> None:
    session = Session(program(), 3, "open")
    session.teach({"gold": 7, "open": 1, "britain.pact": 2, "britain.treaty": 1}, "q")
    text = script_text(session, "small", "Hand")
    assert (
        "teacher: {set: {gold: 7, open: true, britain.pact: non_aggression, britain.treaty: true}, event: q}"
        in text
    )
    (tmp_path / "game.yaml").write_text(text, encoding="utf-8")
    assert Runner(session.program, read_script(tmp_path / "game.yaml")).until(2).value("open") == 1


def test_a_value_that_moved_past_its_ledger_breaks_the_game(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Session.close

    def leaking(session: Session) -> object:
        made = plain(session)
        if session.turn == 3:
            session.entries.pop()
        return made

    monkeypatch.setattr(Session, "close", leaking)
    trial = played(Trial(program(), 1, "small"))
    assert trial.broken is not None
    assert "but its start and its ledger give" in trial.broken.says
    assert trial.broken.script.startswith('scenario: small\ntitle: "A random game that broke in 1921-Q3"')


def test_a_fault_of_the_program_breaks_the_game_and_leaves_what_led_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain = Session.close

    def failing(session: Session) -> object:
        if session.turn == 4:
            raise ZeroDivisionError("planted")
        return plain(session)

    with monkeypatch.context() as patched:
        patched.setattr(Session, "close", failing)
        trial = played(Trial(program(), 1, "small"))
    assert trial.broken is not None and trial.broken.says == "ZeroDivisionError: planted"
    (tmp_path / "game.yaml").write_text(trial.broken.script, encoding="utf-8")
    again = Runner(program(), read_script(tmp_path / "game.yaml")).until(4)
    assert again.state.digest() == trial.session.closes[-1].digest()


def test_a_game_that_comes_out_otherwise_when_played_again_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial(program(), 1, "small")
    for turn in trial.turns():
        if turn == 3:
            trial.session.made = trial.session.made[:-1]
            break
    trial.again()
    assert trial.broken is not None and "played again" in trial.broken.says
