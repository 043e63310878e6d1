"""Does `past` write what a scenario had come to, by history's road or by another, and say why where it cannot?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game import cli
from tests.small import whole

Said = pytest.CaptureFixture[str]
BASE = """\
id: base
events:
  - id: question
    window: 1921-Q2
    asks: narkomindel
    choices: [{id: a, label: A, historical: true, effects: {gold: +5}}, {id: b, label: B, effects: {gold: -5}}]
endings: [{id: over, title: Over, rank: 9}, {id: broke, title: Broke, rank: 1, when: "gold < 96"}]
"""


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "base.yaml").write_text(whole(BASE), encoding="utf-8")
    other = "scenario: base\nturns: {1921-Q2: {choices: {question: b}}}\n"
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def test_history_is_told_unless_another_road_is_named(capsys: Said) -> None:
    assert cli.main(["past", "base", "1921-Q4"]) == 0
    told = capsys.readouterr().out
    assert "after history's own choices" in told
    assert "  gold: {start: 105}" in told and "  question: {on: 1921-Q2, choice: a}" in told


def test_the_scenarios_own_playthrough_is_history(capsys: Said) -> None:
    Path("base/playthroughs").mkdir()
    Path("other.yaml").rename("base/playthroughs/historical.yaml")
    Path("base/base.yaml").write_text(whole(BASE.replace("gold < 96", "gold < 9")), encoding="utf-8")
    assert cli.main(["past", "base", "1921-Q3"]) == 0
    assert "  question: {on: 1921-Q2, choice: b}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "status", "said"),
    [
        ("past base 1921-Q1", 2, "there are 1921-Q2 to 1924-Q4"),
        ("past base soon", 2, "there are 1921-Q2 to 1924-Q4"),
        ("past bse 1921-Q2", 2, "did you mean 'base'?"),
        ("past base 1922-Q1 --after none.yaml", 2, "there is no playthrough file 'none.yaml'"),
        ("past base 1922-Q1 --after other.yaml", 1, "that game is over before 1922-Q1"),
    ],
)
def test_what_cannot_be_told_is_said_in_one_line(call: str, status: int, said: str, capsys: Said) -> None:
    assert cli.main(call.split()) == status
    assert said in capsys.readouterr().err.splitlines()[-1]
