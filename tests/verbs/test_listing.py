"""Does `list` show what there is: lessons below what they extend, authors and terms, and what is broken?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game import cli
from game.verbs import listing
from tests.small import whole

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "known_ids", lambda: ("a-lesson", "broken", "main", "second"))
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    files = {
        "main": whole("id: main\nauthors: [A. Teacher, B. Teacher]\nlicence: CC BY 4.0\n"),
        "a-lesson": "id: a-lesson\nextends: main\ntitle: First\nminutes: 20\ncalendar: {from: 1922-Q1, to: 1922-Q3}\n",
        "second": "id: second\nextends: a-lesson\ntitle: Second\n",
        "broken": "id: broken\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_lessons_stand_below_what_they_extend(capsys: Said) -> None:
    assert cli.main(["list"]) == 0
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "broken                   cannot be played (2 error(s): see check broken)",
        "main                     Small (0 events; 1921-Q1 to 1924-Q4)",
        "                           A. Teacher, B. Teacher; CC BY 4.0",
        "a-lesson                 First (lesson on main; 1922-Q1 to 1922-Q3, 20 minutes)",
        "                           A. Teacher, B. Teacher; CC BY 4.0",
        "second                   Second (lesson on a-lesson; 1922-Q1 to 1922-Q3, 20 minutes)",
        "                           A. Teacher, B. Teacher; CC BY 4.0",
    ]


def test_the_same_as_data(capsys: Said) -> None:
    assert cli.main(["list", "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["main"]["authors"] == ["A. Teacher", "B. Teacher"] and rows["main"]["extends"] is None
    assert (rows["a-lesson"]["extends"], rows["a-lesson"]["minutes"]) == ("main", 20)
    assert rows["broken"]["errors"] == 2
