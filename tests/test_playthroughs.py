"""Do the playthroughs beside each scenario go as they say, and as they went before?

A golden transcript is renewed by a command, never by a test: `python3 main.py run PLAYTHROUGH --report GOLDEN`. Not
every playthrough has one: a long one that differs from another in a few decisions is held by its expectations alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from game.play.records import transcript
from game.play.running import Run, Runner
from game.play.script import read_script
from tests.shelf import program

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
SCENARIOS = sorted(path for path in (ROOT / "scenarios").iterdir() if path.is_dir())
PLAYTHROUGHS = sorted((ROOT / "scenarios").glob("*/playthroughs/*.yaml"))


@cache
def played(path: Path) -> Run:
    """A playthrough, run once."""
    return Runner(program(path.parent.parent.name), read_script(path)).run()


def golden(path: Path) -> Path:
    """Where the transcript of a playthrough is kept."""
    return GOLDEN / path.parent.parent.name / f"{path.stem}.txt"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.name)
def test_every_scenario_has_playthroughs(scenario: Path) -> None:
    assert list((scenario / "playthroughs").glob("*.yaml")), f"{scenario.name} has no playthrough"


@pytest.mark.parametrize("path", PLAYTHROUGHS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_expectations_hold(path: Path) -> None:
    assert [str(failure) for failure in played(path).failures] == []


@pytest.mark.parametrize("path", PLAYTHROUGHS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_it_says_why_and_expects_something(path: Path) -> None:
    script = read_script(path)
    assert script.title and script.text, "a playthrough says in a sentence what it shows and why"
    assert script.ending and (script.events or script.values), (
        "a playthrough without expectations tests nothing"
    )


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.name)
def test_every_scenario_has_a_golden_transcript(scenario: Path) -> None:
    assert list((GOLDEN / scenario.name).glob("*.txt")), (
        "make one: python3 main.py run PLAYTHROUGH --report GOLDEN"
    )


@pytest.mark.parametrize(
    "path",
    [path for path in PLAYTHROUGHS if golden(path).exists()],
    ids=lambda path: f"{path.parent.parent.name}/{path.stem}",
)
def test_the_transcript_is_the_golden_one(path: Path) -> None:
    kept = golden(path)
    renew = f"python3 main.py run {path.relative_to(ROOT)} --report {kept.relative_to(ROOT)}"
    now = "\n".join(transcript(played(path).session)) + "\n"
    assert now == kept.read_text(encoding="utf-8"), f"the game goes otherwise; if that is meant: {renew}"


def test_no_golden_transcript_is_left_over() -> None:
    known = {golden(path) for path in PLAYTHROUGHS}
    assert sorted(set(GOLDEN.rglob("*.txt")) - known) == []
