"""Does `check --watch` look again at every save, play in between, keep what breaks, and end on Ctrl-C?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from game import cli
from game.play.session import Session
from game.verbs.watching import Watch
from tests.small import whole

ROOT = Path(__file__).resolve().parents[2]
GOOD = "id: story\ncalendar: {from: 1921-Q1, to: 1921-Q4}\n"
BAD = GOOD + "rules: [{id: r, effects: {gld: 1}}]\n"


class Over(Exception):
    """The test has seen enough."""


class Hands:
    """What a test does each time the watch waits, and all that was said."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self.acts = list(acts)
        self.said: list[str] = []
        self.time = 0.0

    def wait(self, seconds: float) -> None:
        self.time += seconds + 1
        if seconds < 0.2:
            return  # files settle
        if not self.acts:
            raise Over
        self.acts.pop(0)()

    def watch(self, *names: Path, games: int = 2) -> list[str]:
        """Watch until all acts are done; returns what was said."""
        watch = Watch([str(name) for name in names], games, self.said.append, self.wait, lambda: self.time)
        with pytest.raises(Over):
            watch.run()
        return self.said


def story(folder: Path, text: str = GOOD) -> Path:
    """A scenario in a folder of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "story.yaml").write_text(whole(text), encoding="utf-8")
    return folder


def test_it_checks_again_when_a_file_changes_comes_or_goes(tmp_path: Path) -> None:
    folder = story(tmp_path / "story")
    more = folder / "more.yaml"

    def write() -> None:
        more.write_text("evnts: []\n", encoding="utf-8")

    hands = Hands(lambda: story(folder, BAD), lambda: None, lambda: story(folder), write, more.unlink)
    said = hands.watch(folder)
    counts = [line.rpartition(": ")[2] for line in said if "error(s)" in line]
    assert counts == [
        "0 error(s), 0 warning(s)", "1 error(s), 0 warning(s)", "0 error(s), 0 warning(s)",
        "1 error(s), 0 warning(s)", "0 error(s), 0 warning(s)",
    ]  # fmt: skip
    assert sum("2 random game(s) went well" in line for line in said) == 3


def test_it_sees_a_change_of_the_base_and_of_the_playthroughs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = story(tmp_path / "base")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    lesson = tmp_path / "lesson"
    (lesson / "playthroughs").mkdir(parents=True)
    (lesson / "lesson.yaml").write_text("id: lesson\nextends: base\ntitle: Lesson\n", encoding="utf-8")
    script = lesson / "playthroughs" / "one.yaml"

    def expect(gold: int) -> None:
        script.write_text(f"scenario: lesson\nexpect: {{gold: {gold}}}\n", encoding="utf-8")

    hands = Hands(lambda: expect(100), lambda: story(shelf, GOOD + "rules: [{id: r, effects: {gold: 2}}]\n"))
    said = hands.watch(lesson)
    assert "1 playthrough(s) went as expected" in said
    assert said[-3:-2] != [] and any("expected gold 100, found 108" in line for line in said)


def test_a_playthrough_is_watched_by_itself_and_run(tmp_path: Path) -> None:
    folder = story(tmp_path / "story")
    file = folder / "playthroughs" / "one.yaml"
    file.parent.mkdir()
    file.write_text("scenario: story\nexpect: {gold: 99}\n", encoding="utf-8")
    hands = Hands(lambda: file.write_text("scenario: story\nexpect: {gold: 100}\n", encoding="utf-8"))
    said = hands.watch(file)
    assert sum("expected gold 99, found 100" in line for line in said) == 1
    assert sum("error(s)" in line for line in said) == 2


def test_a_change_ends_the_random_games_at_once(tmp_path: Path) -> None:
    folder = story(tmp_path / "story")
    hands = Hands()
    clock = iter(range(10_000))
    watch = Watch([str(folder)], 100_000, hands.said.append, hands.wait, lambda: float(next(clock)))
    plain, turns = Session.close, 0

    def closing(session: Session) -> object:
        nonlocal turns
        turns += 1
        if turns == 7:
            story(folder, BAD)
        return plain(session)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Session, "close", closing)
        with pytest.raises(Over):
            watch.run()
    assert turns < 12
    assert any("there is no variable 'gld'" in line for line in hands.said)


def test_a_game_that_breaks_is_kept_once_and_can_be_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = story(tmp_path / "story")
    kept = folder / "playthroughs" / "broken-1.yaml"
    plain = Session.close

    def failing(session: Session) -> object:
        if session.turn == 3 and session.state.fate == "open":
            raise ZeroDivisionError("planted")
        return plain(session)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Session, "close", failing)
        said = Hands(lambda: None, lambda: None).watch(folder)
    assert any(line.endswith("the random game of seed 1 breaks: ZeroDivisionError: planted") for line in said)
    assert f"It is kept as {kept}; run it with: python3 main.py run {kept}" in said
    assert sum("seed 1 breaks" in line for line in said) == 1, (
        "nothing has changed, so nothing is tried again"
    )
    assert cli.main(["check", str(kept)]) == 0
    assert cli.main(["run", str(kept)]) == 0
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Session, "close", failing)
        said = Hands().watch(folder)
    assert f"{kept}: the game stops: ZeroDivisionError: planted" in said
    assert (folder / "playthroughs" / "broken-1-2.yaml").exists()


def test_what_cannot_be_kept_is_printed(tmp_path: Path) -> None:
    folder = story(tmp_path / "story")
    (folder / "playthroughs").write_text("no folder", encoding="utf-8")

    def failing(_: Session) -> object:
        raise ZeroDivisionError("planted")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Session, "close", failing)
        said = Hands().watch(folder)
    assert any("cannot be kept" in line and "scenario: story" in line for line in said)


def test_other_formats_and_odd_counts_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(story(tmp_path / "story"))
    assert cli.main(["check", "--watch", "--json", folder]) == 2
    assert cli.main(["check", "--watch", "--games", "-3", folder]) == 2


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")
def test_ctrl_c_ends_it_with_one_word_and_no_traceback(tmp_path: Path) -> None:
    folder = story(tmp_path / "story")
    call = [sys.executable, "main.py", "check", "--watch", "--games", "1", str(folder)]
    with subprocess.Popen(
        call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        lines = [process.stdout.readline() for _ in range(3)]
        assert "Waiting for the next save" in lines[-1]
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert (process.stdout.read(), process.stderr.read().strip()) == ("", "Interrupted.")
