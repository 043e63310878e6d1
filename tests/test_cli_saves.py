"""Saves from the command line: what is printed, what is written, and the exit status of each call."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game import cli
from game.play import saves

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = "scenario: kept-for-ever\nseed: 3\nfate: open\notherwise: random\n"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shelf with a small scenario on it, and a playthrough of it."""
    folder = tmp_path / "shelf" / "kept-for-ever"
    folder.mkdir(parents=True)
    text = (ROOT / "tests" / "saves" / "small.yaml").read_text(encoding="utf-8")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "script.yaml").write_text(SCRIPT, encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path / "shelf"))
    monkeypatch.chdir(tmp_path)
    return folder / "scenario.yaml"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status and what goes to both streams."""
    status = cli.main(list(arguments))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def saved(capsys: pytest.CaptureFixture[str], name: str = "mine") -> Path:
    """A finished game in the folder of saves."""
    path = saves.folder() / f"{name}.jsonl"
    assert said(capsys, "run", "script.yaml", "--save", str(path))[0] == 0
    return path


def test_a_scripted_game_is_saved_listed_and_replayed(capsys: pytest.CaptureFixture[str]) -> None:
    saved(capsys)
    status, out, _ = said(capsys, "saves")
    assert status == 0
    assert re.fullmatch(
        r"mine: Kept for ever, done\n    security \d+, trade \d+; open fate, seed 3\n", out
    ), out
    status, out, err = said(capsys, "replay", "mine", "--verify")
    assert (status, err) == (0, "")
    assert re.fullmatch(r"6 turn\(s\), 1[23] decision\(s\), as written; ended: done\n", out), out
    status, out, _ = said(capsys, "replay", "mine")
    assert out.count("\n") == 7
    status, out, _ = said(capsys, "replay", "mine", "--turn", "1921-Q3")
    assert out.startswith("Summer 1921, hash ")
    assert "gold: " in out
    assert "Embassies cost gold." in out


def test_a_replay_as_data_says_each_turn_and_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    saved(capsys)
    status, out, _ = said(capsys, "replay", "mine", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert len(rows) == 7
    assert rows[-1]["same"] is True
    assert rows[-1]["differences"] == []


def test_a_save_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(capsys)
    before = path.read_bytes()
    status, _, err = said(capsys, "run", "script.yaml", "--save", str(path))
    assert status == 2
    assert err == f"peredyshka: {path} is there already; a save is never written over\n"
    assert path.read_bytes() == before


def test_a_save_that_cannot_be_written_is_an_error_in_the_end(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    status, out, err = said(capsys, "run", "script.yaml", "--save", str(tmp_path / "file" / "x.jsonl"))
    assert status == 2
    assert "the game could not be saved" in err
    assert "Not saved: the folder is gone." in err
    assert "as expected" in out, "the game itself was played"


def test_a_changed_scenario_is_named_with_turn_and_value(
    capsys: pytest.CaptureFixture[str], shelf: Path
) -> None:
    saved(capsys)
    shelf.write_text(shelf.read_text(encoding="utf-8").replace("gold: -4", "gold: -5"), encoding="utf-8")
    status, out, err = said(capsys, "replay", "mine", "--verify")
    assert status == 1
    assert "mine.jsonl: The scenario has changed since this game was played." in err
    assert re.search(r"1921-Q1: gold was \d+ and comes out as \d+", err), err
    assert out.startswith("comes out otherwise in 6 of 6 turn(s), first in 1921-Q1: gold")
    status, _, err = said(capsys, "play", "--text", "--load", "mine")
    assert status == 1
    assert "--way anew" in err
    assert "--way written" in err


@pytest.mark.parametrize(
    ("call", "status", "told"),
    [
        (("replay", "min"), 2, "there is no saved game 'min'; did you mean 'mine'?"),
        (("replay", "foreign"), 1, "foreign: this is not a saved game of Peredyshka"),
        (("replay", "mine", "--turn", "1931-Q1"), 2, "the game has no closed turn '1931-Q1'"),
        (("saves", "rename", "mine", "a/b"), 2, "mine: a name has letters, digits, spaces"),
        (("saves", "rename", "mine", "foreign"), 2, "mine: there is a game 'foreign' already"),
        (("saves", "fork", "mine", "99"), 2, "the game has 13 decisions, not 99"),
        (("saves", "export", "mine", "script.yaml/x"), 2, "x cannot be written: the folder is gone"),
        (("run", "a", "b", "--save", "c"), 2, "--save takes one game"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    call: tuple[str, ...], status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    saved(capsys)
    (saves.folder() / "foreign.jsonl").write_text("Dear diary", encoding="utf-8")
    found, _, err = said(capsys, *call)
    assert told in err
    assert found == status
    assert "Traceback" not in err


def test_games_are_renamed_forked_exported_and_thrown_away(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    saved(capsys)
    assert said(capsys, "saves", "rename", "mine", "First try")[0] == 0
    _, out, _ = said(capsys, "saves", "decisions", "First try")
    assert "Genoa: " in out
    number = next(line.split()[0] for line in out.splitlines() if "Genoa" in line)
    status, out, _ = said(capsys, "saves", "fork", "First try", number)
    assert status == 0
    fork = out.removeprefix("forked as ").removesuffix(".jsonl\n")
    _, out, _ = said(capsys, "saves")
    assert f"    └ {fork}: Kept for ever, after 1921-Q1\n" in out
    status, out, _ = said(capsys, "saves", "roads", "First try")
    assert status == 0
    assert "Genoa" in out
    assert said(capsys, "saves", "roads", fork)[0] == 2
    assert said(capsys, "saves", "export", fork, str(tmp_path / "out.jsonl"))[0] == 0
    assert said(capsys, "replay", str(tmp_path / "out.jsonl"), "--verify")[0] == 0
    assert said(capsys, "saves", "delete", fork)[0] == 0
    assert fork not in said(capsys, "saves")[1]
    assert [each["name"] for each in json.loads(said(capsys, "saves", "--json")[1])] == ["First try"]


def test_a_damaged_save_is_mended_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(capsys)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[-3] = lines[-3].replace(b'"turn":6', b'"turn":5')
    path.write_bytes(b"".join(lines))
    status, _, err = said(capsys, "replay", "mine", "--verify")
    assert status == 1
    assert "its checksum does not fit. The last good turn is turn 5." in err
    status, out, _ = said(capsys, "saves", "mend", "mine")
    assert status == 0
    assert out == "mine.jsonl now ends after turn 5; the damaged file is mine.jsonl.damaged\n"
    assert said(capsys, "replay", "mine", "--verify")[0] == 0


def test_a_fault_of_our_own_leaves_a_report_and_the_game(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from game.play.running import Runner

    def planted(self: Runner) -> None:
        self.session.open()
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(Runner, "_turn", planted)
    path = saves.folder() / "mine.jsonl"
    status, out, err = said(capsys, "run", "script.yaml", "--save", str(path))
    assert status == 70
    assert out == ""
    assert "Traceback" not in err
    assert "Peredyshka stopped on a fault of its own" in err
    assert f"Saved game: {path}" in err
    assert "Please send the report and the saved game to whoever you have the game from" in err
    report = Path(
        next(line for line in err.splitlines() if line.startswith("Report: ")).removeprefix("Report: ")
    )
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError: planted" in text
    assert "def planted" not in text
    assert "scenario kept-for-ever" in text
    assert f"run script.yaml --save {path}" in text
    monkeypatch.undo()
    assert len(saves.load(path).decisions) == 1


def text_game(*arguments: str) -> subprocess.Popen[str]:
    """The text game in a process of its own."""
    environment = dict(os.environ, PYTHONUNBUFFERED="1", PEREDYSHKA_NO_SETUP="1")
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "play", "kept-for-ever", "--text", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def wait_for(game: subprocess.Popen[str], prompt: str) -> str:
    """What is printed up to a prompt."""
    assert game.stdout is not None
    shown = ""
    while not shown.endswith(prompt):
        letter = game.stdout.read(1)
        assert letter, shown
        shown += letter
    return shown


@pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
def test_a_game_that_is_interrupted_goes_on_where_it_was(
    sent: signal.Signals, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    game = text_game()
    wait_for(game, "order> ")
    assert game.stdin is not None
    game.stdin.write("end\n")
    game.stdin.flush()
    wait_for(game, "choice> ")
    began = time.monotonic()
    game.send_signal(sent)
    _, err = game.communicate(timeout=10)
    assert game.returncode == status
    assert time.monotonic() - began < 2
    assert "Traceback" not in err
    (left,) = saves.all_saves()
    assert (left.fault, left.step, left.held) == ("", "1921-Q1", "")
    again = text_game("--load", left.name)
    shown = wait_for(again, "choice> ")
    assert "Genoa" in shown
    out, _ = again.communicate("1\nquit\n", timeout=10)
    assert f"Saved as {left.name}." in out
    assert len(saves.load(left.path).decisions) == 4
    assert sorted(each.name for each in saves.folder().iterdir()) == [left.path.name]


@pytest.mark.parametrize(("asked", "status"), [(cli.Terminated, 143), (KeyboardInterrupt, 130)])
def test_a_fault_that_came_of_being_told_to_end_is_none_of_ours(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: type[BaseException],
    status: int,
) -> None:
    from game.play.running import Runner

    def ended(self: Runner) -> None:
        try:
            raise asked
        finally:
            raise RuntimeError("release unlocked lock")

    monkeypatch.setattr(Runner, "_turn", ended)
    assert cli.main(["run", "script.yaml"]) == status
    assert "fault" not in capsys.readouterr().err
