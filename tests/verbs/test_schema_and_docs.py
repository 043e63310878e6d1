"""Do `schema` and `docs` print or write what they make?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game import cli
from game.compiler.json_schema import schema
from game.compiler.reference import reference
from tests.small import whole

Said = pytest.CaptureFixture[str]


def test_the_schema_of_all_scenarios_is_printed(capsys: Said) -> None:
    assert cli.main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


def test_with_a_scenario_it_knows_its_names(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "s.yaml").write_text(whole("scores: {fame: {start: 3}}"), encoding="utf-8")
    assert cli.main(["schema", str(tmp_path / "s.yaml")]) == 0
    assert "fame" in json.loads(capsys.readouterr().out)["$defs"]["effects"]["properties"]


def test_a_scenario_in_the_making_gives_what_can_be_read_of_it(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(
        whole("scores: {fame: {start: 3}}\nrules: [{id: r, effects: {fme: 3}}]"), encoding="utf-8"
    )
    assert cli.main(["schema", str(file)]) == 0
    assert "fame" in capsys.readouterr().out
    file.write_text("title: [", encoding="utf-8")
    assert cli.main(["schema", str(file)]) == 2
    assert "the names of" in capsys.readouterr().err


def test_it_is_written_to_a_file_with_a_word_about_it(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "made.json"
    assert cli.main(["schema", "--out", str(file)]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"written to {file}\n")
    assert json.loads(file.read_text(encoding="utf-8")) == schema()
    assert cli.main(["docs", "--out", str(tmp_path / "no" / "where.md")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_page_of_all_fields_is_printed(capsys: Said) -> None:
    assert cli.main(["docs"]) == 0
    assert capsys.readouterr().out == reference()


def test_a_scenario_that_is_not_there_is_asked_back(capsys: Said) -> None:
    assert cli.main(["schema", "brething-space"]) == 2
    assert "did you mean 'breathing-space'?" in capsys.readouterr().err
