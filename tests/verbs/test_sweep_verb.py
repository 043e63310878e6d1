"""Does `sweep` say what came of many games, in each of its forms, and can it be interrupted and resumed?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from game import cli
from game.compiler.folders import user_folder
from game.compiler.tally import Tally
from game.play import sweeping
from game.verbs.sweep import WITHOUT
from tests.play.sweepable import shelved

Said = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> str:
    return str(shelved(tmp_path))


def kept_files() -> list[Path]:
    return sorted((user_folder() / "sweeps").glob("*"))


def digest(capsys: Said, *arguments: str) -> str:
    """The digest that a sweep ends with."""
    assert cli.main(["sweep", *arguments]) == 0
    last = capsys.readouterr().out.rstrip().rpartition("\n")[2]
    assert last.startswith("Digest of the games: ")
    return last.rpartition(" ")[2]


def test_a_summary_for_people_names_games_endings_values_and_orders(home: str, capsys: Said) -> None:
    assert cli.main(["sweep", home, "--games", "50"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("small: 50 games in open fate, policy random, seeds 0..49\n")
    for part in (
        "done ",
        "fallen ",
        "Reached the last turn: ",
        "gold ",
        "trade ",
        "visit ",
        "print ",
        "miracle",
    ):
        assert part in said.out
    assert said.err == "", "no progress where nobody looks at a terminal"


def test_the_summary_is_one_json_object_or_a_list_for_several_policies(home: str, capsys: Said) -> None:
    assert cli.main(["sweep", home, "--games", "20", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert (one["scenario"], one["policy"], one["games"], one["seeds"]) == ("small", "random", 20, [0, 19])
    assert (
        cli.main(["sweep", home, "--games", "20", "--json", "--policy", "random", "--policy", "careful"]) == 0
    )
    several = json.loads(capsys.readouterr().out)
    assert [each["policy"] for each in several] == ["random", "careful"]
    assert several[0] == one


def test_lines_come_in_the_order_of_seeds_whoever_played(home: str, capsys: Said) -> None:
    said = []
    for workers in ("1", "2"):
        call = ["sweep", home, "--seeds", "5..44", "--lines", "--workers", workers, "--policy", "careful"]
        assert cli.main(call) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    *games, last = map(json.loads, said[0].splitlines())
    assert [each["seed"] for each in games] == list(range(5, 45))
    assert set(games[0]) == {"policy", "seed", "ending", "turns", "values", "check"}
    assert last["summary"]["games"] == 40
    assert sum(each["ending"] == "done" for each in games) == last["summary"]["endings"]["done"]["games"]


def test_a_policy_may_be_a_file_and_history_needs_no_luck(home: str, capsys: Said) -> None:
    file = str(Path(home) / "policies" / "careful.yaml")
    assert digest(capsys, home, "--games", "9", "--policy", file) == digest(
        capsys, home, "--games", "9", "--policy", "careful"
    )
    assert (
        cli.main(["sweep", home, "--games", "9", "--policy", "historical", "--fate", "historical", "--json"])
        == 0
    )
    (ending,) = json.loads(capsys.readouterr().out)["endings"].values()
    assert ending["games"] == 9


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--policy", "carefull"], "there is no policy 'carefull'; did you mean 'careful'?"),
        (["--policy", "nowhere.yaml"], "there is no policy file 'nowhere.yaml'"),
        (["--games", "0"], "no games are asked for"),
        (["--games", "-3"], "a whole number is expected, not '-3'"),
        (["--games", "99999999"], "at most 10,000,000 games at a time"),
        (["--games", "many"], "a whole number is expected, not 'many'"),
        (["--seeds", "9..1"], "the seeds 9..1 go backwards"),
        (["--seeds", "one"], "seeds are written 0..999, not 'one'"),
        (["--seeds", "1..9", "--games", "3"], "either --seeds, or --games and --seed"),
        (["--json", "--lines"], "not allowed with"),
        (["--fate", "good"], "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    home: str, capsys: Said, arguments: list[str], sentence: str
) -> None:
    assert cli.main(["sweep", home, *arguments]) == 2
    said = capsys.readouterr()
    assert sentence in said.err and "Traceback" not in said.err and said.out == ""


def test_a_broken_policy_or_scenario_shows_its_lines(home: str, capsys: Said) -> None:
    file = Path(home) / "policies" / "careful.yaml"
    file.write_text("policy: careful\nchoices: [{event: lone, weight: 1}]\n", encoding="utf-8")
    assert cli.main(["sweep", home, "--policy", "careful"]) == 2
    said = capsys.readouterr().err
    assert "careful.yaml:2:19: N301 error: there is no event that asks 'lone'" in said
    assert "the policy 'careful' cannot be used; see above" in said
    other = Path(home).parent / "broken.yaml"
    other.write_text("format: 1\nid: broken\n", encoding="utf-8")
    assert cli.main(["sweep", str(other)]) == 2
    assert "cannot be played; see above" in capsys.readouterr().err
    assert cli.main(["sweep", "breathin-space"]) == 2
    assert "did you mean 'breathing-space'?" in capsys.readouterr().err


def test_without_numpy_games_are_played_one_by_one_with_the_same_result(
    home: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = digest(capsys, home, "--games", "20", "--workers", "1")
    monkeypatch.setattr(sweeping, "has_numpy", lambda: False)
    assert cli.main(["sweep", home, "--games", "20", "--workers", "1"]) == 0
    said = capsys.readouterr()
    assert said.err == WITHOUT + "\n"
    assert with_it in said.out


def test_a_missing_or_old_numpy_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert not sweeping.has_numpy()
    monkeypatch.undo()
    monkeypatch.setattr(sweeping, "find_spec", lambda name: object())
    for number, enough in (("1.26.4", False), ("2.0.0", True), ("10.1", True)):
        monkeypatch.setattr(sweeping, "version", lambda name, number=number: number)
        assert sweeping.has_numpy() is enough


# Interrupts


def test_an_interrupted_sweep_keeps_what_is_finished_and_goes_on(
    home: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "CHUNK", 10)
    monkeypatch.setattr(sweeping, "SINGLE_CHUNK", 10)
    whole, played = digest(capsys, home, "--games", "40", "--workers", "1"), sweeping.played

    def interrupted(*arguments: object) -> Iterator[tuple[int, Tally]]:
        games = played(*arguments)  # type: ignore[arg-type]
        yield next(games)
        yield next(games)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "played", interrupted)
        assert cli.main(["sweep", home, "--games", "40", "--workers", "1"]) == 130
    said = capsys.readouterr()
    assert "20 of 40 games are kept; go on with --resume." in said.err and said.out == ""
    assert len(kept_files()) == 1

    asked: list[tuple[int, int]] = []
    with monkeypatch.context() as patch:
        play = sweeping.play
        patch.setattr(sweeping, "play", lambda job, *each: (asked.append(each), play(job, *each))[1])
        assert cli.main(["sweep", home, "--games", "40", "--workers", "1", "--resume"]) == 0
    said = capsys.readouterr()
    assert asked == [(20, 10), (30, 10)]
    assert "20 of 40 games are there already." in said.err and whole in said.out
    assert kept_files() == []


def test_what_belongs_to_other_games_is_not_taken_up(
    home: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object) -> Iterator[tuple[int, Tally]]:
        yield 0, sweeping.play(arguments[0], 0, 5)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "played", interrupted)
        assert cli.main(["sweep", home, "--games", "20", "--policy", "careful"]) == 130
    careful = Path(home) / "policies" / "careful.yaml"
    careful.write_text(careful.read_text(encoding="utf-8").replace("idle: 4", "idle: 9"), encoding="utf-8")
    sweeping.player_of.cache_clear()
    capsys.readouterr()
    assert cli.main(["sweep", home, "--games", "20", "--policy", "careful", "--resume"]) == 0
    assert "0 of 20 games are there already." in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_killed_with_its_workers_at_work_it_leaves_no_process_and_can_be_resumed(
    home: str, capsys: Said, how: signal.Signals
) -> None:
    until = time.monotonic() + 60
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; from game.cli import main; sys.exit(main())",
         "sweep", home, "--games", "400000", "--workers", "2"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as sweep:  # fmt: skip
        while not any(file.stat().st_size > 1000 for file in kept_files()):
            assert sweep.poll() is None and time.monotonic() < until
            time.sleep(0.02)
        if how == signal.SIGINT:
            os.killpg(sweep.pid, how)
        else:
            sweep.send_signal(how)
        said = sweep.communicate(timeout=30)[1]
    assert sweep.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}[how]
    assert ("go on with --resume" in said) == (how != signal.SIGKILL) and "Traceback" not in said
    while _lives(sweep.pid):
        assert time.monotonic() < until, "a worker outlives the sweep"
        time.sleep(0.02)
    (file,) = kept_files()
    assert file.read_text(encoding="utf-8").count('"tally"') >= 1


def _lives(group: int) -> bool:
    """Whether a process of a group is there still."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
