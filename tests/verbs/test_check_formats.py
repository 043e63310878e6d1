"""Does `check` say the same to people, to programs, and to the review of a change?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game import cli
from tests.small import whole

Said = pytest.CaptureFixture[str]
FAULTS = """\
rules:
  - {id: r, effects: {gld: 5}}
  - {id: s, when: "gold > 900", effects: {gold: 5}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario with an error and a warning, in a file whose name is awkward."""
    path = tmp_path / "50%, all: mine.yaml"
    path.write_text(whole(FAULTS), encoding="utf-8")
    return path


def test_github_gets_one_command_a_problem_with_its_place_escaped(file: Path, capsys: Said) -> None:
    assert cli.main(["check", "--format", "github", str(file)]) == 1
    where = str(file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    assert capsys.readouterr().out.splitlines() == [
        f"::error file={where},line=2,col=23,endColumn=26,title=N301 unknown name::"
        "there is no variable 'gld' (did you mean 'gold'?)",
        f"::warning file={where},line=3,col=19,endColumn=29,title=W601 a condition that never holds::"
        "this condition never holds",
    ]


def test_data_is_the_same_by_either_name(file: Path, capsys: Said) -> None:
    assert cli.main(["check", "--json", str(file)]) == 1
    data = capsys.readouterr().out
    assert cli.main(["check", "--format", "json", str(file)]) == 1
    assert capsys.readouterr().out == data
    assert [(each["code"], each["severity"]) for each in json.loads(data)] == [
        ("N301", "error"),
        ("W601", "warning"),
    ]


def test_warnings_fail_where_they_are_meant_to_and_not_once_they_are_allowed(
    tmp_path: Path, capsys: Said
) -> None:
    path = tmp_path / "s.yaml"
    rule = '  - {id: s, when: "gold > 900", effects: {gold: 5}}'
    for comment, strict in (("", 1), ("  # allow: W601 for a longer game", 0), ("  # allow: W601", 1)):
        path.write_text(whole(f"rules:\n{rule}{comment}\n"), encoding="utf-8")
        assert cli.main(["check", str(path)]) == 0
        assert cli.main(["check", "--strict", str(path)]) == strict


def test_an_unknown_format_is_refused(file: Path, capsys: Said) -> None:
    assert cli.main(["check", "--format", "xml", str(file)]) == 2
    assert "invalid choice: 'xml'" in capsys.readouterr().err
