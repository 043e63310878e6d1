"""Are saved games listed, found, renamed, thrown away, exported and forked, and does no broken one hide the others?"""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest

from game.play import saves
from game.play.games import forked
from game.play.journal import SaveError
from game.play.reopening import reopen
from tests.play.faulty_disk import FAULTS, failing
from tests.play.small_games import VERSION, begun, finished, play
from tests.views.small_game import small_program


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


def test_a_list_shows_scenario_date_scores_seed_and_fate(tmp_path: Path) -> None:
    game = begun(tmp_path, seed=11)
    play(game.session, 2)
    (found,) = saves.all_saves(tmp_path)
    data = found.data()
    index = game.session.program.layout.index
    assert data["title"] == "A small pause"
    assert (data["scenario"], data["seed"], data["fate"]) == ("small", 11, "open")
    assert (data["turn"], data["step"], data["over"]) == (2, "1922-Q2", "")
    assert data["scores"] == {
        name: game.session.state.values[index[name]]
        for name in ("trade", "recognition", "security", "revolution")
    }
    assert data["held"] == f"process {os.getpid()}"
    game.close()
    assert saves.all_saves(tmp_path)[0].held == ""


def test_the_game_played_last_stands_first_whatever_the_clock_says(tmp_path: Path) -> None:
    first, second = finished(tmp_path, 1), finished(tmp_path, 2)
    os.utime(first.path, (2**33, 2**33))
    assert [each.path for each in saves.all_saves(tmp_path)] == [second.path, first.path]
    third = finished(tmp_path, 3)
    for each in (first, second, third):
        os.utime(each.path, (0, 0))
    assert [each.path for each in saves.all_saves(tmp_path)] == [third.path, second.path, first.path]


def test_broken_files_are_listed_with_the_reason_and_hide_nothing(tmp_path: Path) -> None:
    good = finished(tmp_path)
    data = good.path.read_bytes()
    (tmp_path / "a.jsonl").write_bytes(b"")
    (tmp_path / "b.jsonl").write_bytes(b"\x80\x04pickle")
    (tmp_path / "c.jsonl").write_bytes(data[: len(data) // 2] + b"#" + data[len(data) // 2 :])
    (tmp_path / "d.jsonl").mkdir()
    (tmp_path / "e.jsonl").symlink_to(tmp_path / "nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "f.jsonl")
    (tmp_path / "notes.txt").write_text("not a save", encoding="utf-8")
    found = {each.path.name: each.fault for each in saves.all_saves(tmp_path)}
    assert found[good.path.name] == ""
    assert found["a.jsonl"] == "the file is empty"
    assert found["b.jsonl"] == "this is not a saved game of Peredyshka"
    assert found["c.jsonl"].startswith("line ")
    assert found["d.jsonl"] == "the save cannot be read: this is not a file"
    assert found["e.jsonl"] == "there is no such file"
    assert found.get("f.jsonl", "the save cannot be read: this is not a file") == found["d.jsonl"]
    assert "notes.txt" not in found
    json.dumps([each.data() for each in saves.all_saves(tmp_path)])


def test_a_folder_that_is_not_there_has_no_saves(tmp_path: Path) -> None:
    assert saves.all_saves(tmp_path / "none") == []
    assert saves.tidy(tmp_path / "none") == []


def test_a_save_is_found_by_path_and_by_name(tmp_path: Path) -> None:
    path = finished(tmp_path).path
    assert saves.find(str(path)) == path
    assert saves.find(path.name.removesuffix(".jsonl"), tmp_path) == path
    with pytest.raises(SaveError, match="no saved game"):
        saves.find("../" + path.name.removesuffix(".jsonl"), tmp_path / "deeper")


def test_a_game_gets_another_name_but_never_one_that_is_taken(tmp_path: Path) -> None:
    path, other = finished(tmp_path, 1).path, finished(tmp_path, 2).path
    moved = saves.rename(path, "Genoa, second try")
    assert moved.name == "Genoa, second try.jsonl"
    with pytest.raises(SaveError) as fault:
        saves.rename(other, "Genoa, second try")
    assert fault.value.code == "taken"
    assert saves.load(other).header.seed == 2
    assert saves.load(moved).header.seed == 1


@pytest.mark.parametrize(
    "name", ["", " ", "../up", "a/b", "a\\b", "con", "NUL.old", "end.", "a\x00b", "x" * 81, ":", "*"]
)
def test_names_that_some_system_cannot_bear_are_refused(name: str, tmp_path: Path) -> None:
    path = finished(tmp_path).path
    with pytest.raises(SaveError) as fault:
        saves.rename(path, name)
    assert fault.value.code == "name"
    assert path.exists()


def test_what_is_thrown_away_lies_in_the_trash(tmp_path: Path) -> None:
    path = finished(tmp_path).path
    data = path.read_bytes()
    first = saves.throw_away(path)
    path.write_bytes(data)
    second = saves.throw_away(path)
    assert first != second
    assert first.parent == second.parent == tmp_path / "trash"
    assert first.read_bytes() == second.read_bytes() == data
    assert saves.all_saves(tmp_path) == []


def test_a_game_that_is_open_elsewhere_is_neither_renamed_nor_thrown_away(tmp_path: Path) -> None:
    game = begun(tmp_path)
    for act in (lambda: saves.rename(game.path, "other"), lambda: saves.throw_away(game.path)):
        with pytest.raises(SaveError) as fault:
            act()
        assert fault.value.code == "held"
    assert game.path.exists()


def test_an_export_is_the_same_file_and_replaces_none(tmp_path: Path) -> None:
    path = finished(tmp_path).path
    target = tmp_path / "stick" / "mine.jsonl"
    saves.export(path, target)
    assert target.read_bytes() == path.read_bytes()
    with pytest.raises(SaveError) as fault:
        saves.export(path, target)
    assert fault.value.code == "taken"
    saves.export(path, tmp_path / "stick")
    assert (tmp_path / "stick" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize("act", ["rename", "throw away", "export", "fork", "keep sound part"])
def test_no_call_that_fails_loses_a_save(act: str, fault: int, tmp_path: Path) -> None:
    """Each call fails in turn: afterwards the game is whole where it was, or where it was to go."""

    def done(folder: Path, path: Path) -> None:
        match act:
            case "rename":
                saves.rename(path, "new")
            case "throw away":
                saves.throw_away(path)
            case "export":
                saves.export(path, folder / "stick" / "out.jsonl")
            case "fork":
                saves.fork(path, saves.load(path), 3)
            case _:
                saves.keep_sound_part(path, saves.load(path))

    def prepared(folder: Path) -> tuple[Path, bytes]:
        data = whole if act != "keep sound part" else whole[:-200] + b"?" + whole[-200:]
        folder.mkdir()
        path = folder / "old.jsonl"
        path.write_bytes(data)
        return path, data

    whole = finished(tmp_path / "made").path.read_bytes()
    path, _ = prepared(tmp_path / "0")
    with failing(0) as counter:
        done(tmp_path / "0", path)
    assert counter.calls > 5
    for at in range(1, counter.calls + 1):
        folder = tmp_path / str(at)
        path, data = prepared(folder)
        with failing(at, fault) as broken:
            try:
                done(folder, path)
            except SaveError as refused:
                assert str(refused)
        kept = [each.read_bytes() for each in folder.rglob("*") if each.is_file()]
        assert data in kept, (at, broken.failed)
        if act in ("export", "fork"):
            assert path.read_bytes() == data
        saves.tidy(folder)
        assert not [each for each in names(folder) if each.endswith((".partial", ".lock"))], broken.failed
        for each in saves.all_saves(folder):
            assert act == "keep sound part" or not each.fault, (at, broken.failed, each.fault)


def test_a_fork_keeps_both_games_and_says_where_it_left(tmp_path: Path) -> None:
    game = finished(tmp_path)
    journal = saves.load(game.path)
    for at in range(len(journal.decisions) + 1):
        path = saves.fork(game.path, journal, at)
        made = saves.load(path)
        assert made.decisions == journal.decisions[:at]
        assert made.header.branch is not None
        assert made.header.branch[0] == journal.header.id
        assert reopen(small_program(), made).same
    with pytest.raises(SaveError):
        saves.fork(game.path, journal, len(journal.decisions) + 1)


def test_the_tree_shows_forks_under_the_game_they_left(tmp_path: Path) -> None:
    root = begun(tmp_path)
    play(root.session, 3)
    fork = forked(root, 4, VERSION)
    play(fork.session, 1)
    twig = forked(fork, 2, VERSION)
    twig.close()
    other = finished(tmp_path, 9)
    tree = saves.tree(saves.all_saves(tmp_path))
    assert [(depth, each.path) for depth, each in tree] == [
        (0, other.path),
        (0, root.path),
        (1, fork.path),
        (2, twig.path),
    ]
    assert saves.load(root.path).damage is None
    root.path.unlink()
    assert {depth for depth, each in saves.tree(saves.all_saves(tmp_path)) if each.path == fork.path} == {0}


def test_forks_in_a_circle_are_all_shown(tmp_path: Path) -> None:
    made = [finished(tmp_path, seed) for seed in (1, 2)]
    found = saves.all_saves(tmp_path)
    from dataclasses import replace

    ids = [each.recorder.journal.header.id for each in made]
    circle = [
        replace(each, header=replace(each.header, branch=(ids[1 - ids.index(each.header.id)], 1)))  # type: ignore[union-attr, type-var]
        for each in found
    ]
    assert sorted(each.name for _, each in saves.tree(circle)) == sorted(each.name for each in found)


def test_what_a_program_that_died_left_is_tidied_and_nothing_else(tmp_path: Path) -> None:
    game = begun(tmp_path)
    (tmp_path / "deadbeef.partial").write_bytes(b"half")
    (tmp_path / "old.jsonl.lock").write_bytes(b"process 1\n")
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "letters.txt").write_bytes(b"")
    gone = saves.tidy(tmp_path)
    assert sorted(each.name for each in gone) == ["deadbeef.partial", "empty.jsonl", "old.jsonl.lock"]
    assert names(tmp_path) == sorted(["letters.txt", game.path.name, game.path.name + ".lock"])


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
def test_saves_are_for_their_owner_alone(tmp_path: Path) -> None:
    game = finished(tmp_path / "home" / "saves")
    fork = saves.fork(game.path, saves.load(game.path), 2)
    for path in (game.path, fork):
        assert path.stat().st_mode & 0o077 == 0
    assert game.path.parent.stat().st_mode & 0o077 == 0
