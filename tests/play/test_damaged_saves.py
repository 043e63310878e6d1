"""Does a save to which anything has happened give a clean answer, and never in silence another game?"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from game.play import saves
from game.play.games import opened
from game.play.journal import SaveError
from game.play.unsealing import read
from tests.play.invariants import broken
from tests.play.killing import kill_often
from tests.play.mutating import renewed, torn
from tests.play.small_games import VERSION, finished, play
from tests.views.small_game import small_program

PLAIN = 300
RENEWED = 240


def test_torn_saves_are_never_taken_for_whole_ones(tmp_path: Path) -> None:
    dice = random.Random(3)
    for seed in range(3):
        data = finished(tmp_path, seed).path.read_bytes()
        whole = read(data)
        for _ in range(PLAIN // 3):
            changed = torn(data, dice)
            try:
                journal = read(changed)
            except SaveError as fault:
                assert str(fault)
                continue
            same = changed == data or changed.startswith(data)
            shorter = data.startswith(changed) and changed.endswith(b"\n")
            assert journal.damage is not None or same or shorter
            assert journal.lines == whole.lines[: len(journal.lines)]


def test_saves_forged_with_good_checksums_break_no_rule(tmp_path: Path) -> None:
    dice = random.Random(4)
    for seed in range(3):
        data = finished(tmp_path / "made", seed).path.read_bytes()
        for _ in range(RENEWED // 3):
            forged(renewed(data, dice), tmp_path / "forged")


def forged(data: bytes, folder: Path) -> None:
    """Open a save every way there is and play on: rules hold, or a sentence says why it cannot be."""
    folder.mkdir(exist_ok=True)
    path = folder / "save.jsonl"
    path.write_bytes(data)
    saves.look(path).data()
    try:
        found = opened(path, lambda _: small_program())
    except SaveError as fault:
        assert str(fault)
        return
    assert all(each.isprintable() for each in found.findings)
    for way in found.ways:
        try:
            game = opened(path, lambda _: small_program()).go_on(way, VERSION)
        except SaveError as fault:
            assert str(fault)
            continue
        assert broken(game.session) == [], way
        play(game.session)
        game.close()
        assert broken(game.session) == [], way
        again = opened(game.path, lambda _: small_program())
        assert again.again.session.state == game.session.state, (way, again.findings)
        if game.path != path:
            game.path.unlink()
    for each in folder.iterdir():
        each.unlink()


@pytest.mark.parametrize("seed", [1])
def test_a_program_killed_at_any_moment_loses_nothing_it_told(seed: int, tmp_path: Path) -> None:
    found = kill_often(12, tmp_path, seed)
    assert found.kills == 12
    assert found.told > 50
    assert (found.lost, found.unreadable, found.left) == ([], [], [])
