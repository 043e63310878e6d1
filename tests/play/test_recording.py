"""Is each decision on the disk before the next?  And when the disk refuses, is that said, and nothing lost?"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from game.play import saves
from game.play.games import Game
from game.play.journal import SaveError, Sitting
from game.play.recording import Recorder
from game.play.reopening import reopen
from game.play.session import Session
from game.rules.program import Program
from game.rules.state import Move, Order
from tests.play.faulty_disk import FAULTS, failing, short_writes
from tests.play.small_games import VERSION, begun, play
from tests.rules.small import program
from tests.views.small_game import small_program


def on_disk(path: Path) -> int:
    """How many decisions a file holds."""
    return len(saves.load(path).decisions)


def told_saved(game: Game) -> list[int]:
    """A list that grows by the number of decisions each time the player is told that they are saved."""
    told: list[int] = []

    def watch(session: Session, turn: int, move: Move) -> None:
        if game.saved:
            told.append(len(session.made))

    game.session.watchers.append(watch)
    return told


def test_every_decision_is_down_before_the_next(tmp_path: Path) -> None:
    game = begun(tmp_path)
    seen = []
    game.session.watchers.append(lambda session, turn, move: seen.append(on_disk(game.path)))
    play(game.session)
    assert seen == list(range(1, len(game.session.made) + 1))
    assert game.saved
    assert game.recorder.waiting == 0


def test_what_is_drafted_comes_back_when_the_game_is_opened_again(tmp_path: Path) -> None:
    game = begun(tmp_path)
    session = game.session
    session.open()
    while session.place == "question":
        session.answer(session.observe().question.options[0].id)  # type: ignore[union-attr]
    assert session.draft_setting("balance", 66) == ""
    assert session.draft_order(Order("trade-talks", "britain")) == ""
    again = reopen(small_program(), saves.load(game.path)).session
    assert again.draft() == session.draft()
    session.withdraw(Order("trade-talks", "britain"))
    again = reopen(small_program(), saves.load(game.path)).session
    assert again.orders["narkomindel"] == []
    session.close()
    assert b'"do":"draft"' not in game.path.read_bytes(), "a decision is written over the draft"


def test_a_system_that_takes_few_bytes_at_a_time_gets_them_all(tmp_path: Path) -> None:
    with short_writes():
        game = begun(tmp_path)
        play(game.session)
    assert game.saved
    assert saves.load(game.path).damage is None


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_no_call_that_fails_loses_a_decision(fault: int, lasting: bool, tmp_path: Path) -> None:
    """Each call of a short game fails in turn. What was told to be saved can be read; what waits is written later."""
    with failing(0) as counter:
        play(begun(tmp_path / "0").session, 1)
    for at in range(1, counter.calls + 1):
        folder = tmp_path / f"{at}"
        with failing(at, fault, lasting) as broken:
            game = begun(folder)
            told = told_saved(game)
            play(game.session, 1)
            if not game.saved:
                assert game.notice.startswith("Not saved: "), (at, broken.failed)
        if told:
            assert on_disk(game.path) >= told[-1], (at, broken.failed)
        game.close()
        assert game.saved, (at, broken.failed, game.notice)
        found = reopen(small_program(), saves.load(game.path))
        assert found.same, (at, broken.failed)
        assert found.session.state == game.session.state


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (errno.ENOSPC, "there is no space left on the disk"),
        (errno.EIO, "the disk reports an error"),
        (errno.EACCES, "this folder may not be written to"),
        (errno.EROFS, "this folder may only be read"),
        (errno.EDQUOT, "the quota of this disk is used up"),
    ],
)
def test_the_fault_is_said_in_one_sentence(fault: int, told: str, tmp_path: Path) -> None:
    with failing(1, fault, lasting=True):
        game = begun(tmp_path / "saves")
        game.session.open()
        assert game.notice == f"Not saved: {told}. The game goes on, and each decision tries again."
        assert game.recorder.waiting == 1
    game.session.answer(game.session.observe().question.options[0].id)  # type: ignore[union-attr]
    assert game.saved
    assert game.notice == ""


def test_the_folder_can_be_changed_in_mid_game(tmp_path: Path) -> None:
    with failing(1, errno.EROFS, lasting=True):
        game = begun(tmp_path / "readonly")
        play(game.session, 2)
    assert game.recorder.move_to(tmp_path / "stick")
    assert game.saved
    play(game.session)
    game.close()
    assert game.path.parent == tmp_path / "stick"
    assert reopen(small_program(), saves.load(game.path)).session.state == game.session.state


def test_a_file_that_is_taken_away_is_written_anew(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 1)
    game.path.unlink()
    play(game.session, 1)
    assert game.saved
    assert on_disk(game.path) == len(game.session.made)


def test_a_file_that_is_replaced_by_another_is_left_alone(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 1)
    first = game.path
    first.unlink()
    first.write_bytes(b"somebody else's letters")
    play(game.session, 1)
    assert first.read_bytes() == b"somebody else's letters"
    assert game.path != first
    assert game.saved
    assert on_disk(game.path) == len(game.session.made)


def test_a_second_window_cannot_write_to_the_same_game(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 1)
    journal = saves.load(game.path)
    with pytest.raises(SaveError) as fault:
        Recorder.resume(game.path, journal.sum, journal.length, Sitting(2, VERSION))
    assert fault.value.code == "held"
    assert str(os.getpid()) in str(fault.value)
    game.close()
    Recorder.resume(game.path, journal.sum, journal.length, Sitting(2, VERSION)).close()
    assert not game.path.with_name(game.path.name + ".lock").exists()


def test_a_lock_that_a_dead_program_left_does_not_bind(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 1)
    game.close()
    game.path.with_name(game.path.name + ".lock").write_text("process 1\n", encoding="utf-8")
    journal = saves.load(game.path)
    Recorder.resume(game.path, journal.sum, journal.length, Sitting(2, VERSION)).close()


def test_a_game_that_has_changed_since_it_was_read_is_not_written_to(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 1)
    journal = saves.load(game.path)
    play(game.session, 1)
    game.close()
    before = game.path.read_bytes()
    with pytest.raises(SaveError, match="open it again"):
        Recorder.resume(game.path, journal.sum, journal.length, Sitting(2, VERSION))
    assert game.path.read_bytes() == before


def test_a_torn_line_is_cut_off_when_the_game_goes_on(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 2)
    game.close()
    game.path.write_bytes(game.path.read_bytes()[:-9])
    journal = saves.load(game.path)
    session = reopen(small_program(), journal).session
    recorder = Recorder.resume(game.path, journal.sum, journal.length, Sitting(2, VERSION))
    recorder.attach(session)
    play(session)
    recorder.close()
    found = reopen(small_program(), saves.load(game.path))
    assert found.same
    assert found.session.state == session.state


def test_a_teachers_hand_is_a_decision_like_any_other(tmp_path: Path) -> None:
    game = begun(tmp_path)
    game.session.teach({"gold": 77})
    game.session.open()
    again = reopen(small_program(), saves.load(game.path)).session
    assert again.state == game.session.state
    assert again.value("gold") == game.session.value("gold")


def test_the_longest_texts_and_names_go_through(tmp_path: Path) -> None:
    long: Program = program(f"title: {'Ж' * 3000}\nid: {'a' * 100}\nendings: []")
    game = begun(tmp_path, program=long)
    play(game.session, 2)
    game.close()
    assert game.saved
    assert len(game.path.name.encode()) < 100
    assert reopen(long, saves.load(game.path)).same
