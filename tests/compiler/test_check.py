"""What does `check` print, count, give as data, and return?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from game import cli
from game.compiler.load import examine
from game.compiler.problems import MOST_SHOWN, Near, error, nearest, show, warning
from game.rules.ledger import Mark
from tests.small import whole

SAMPLES = Path(__file__).resolve().parent / "samples"
TEN = SAMPLES / "ten_faults"
LINE = re.compile(
    r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>[A-Z]\d{3}) (error|warning): .+?"
    r"( \(see .+:\d+:\d+\))?( \(did you mean '(?P<hint>.+)'\?\))?"
)


def check(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], str]:
    """The exit status of `check`, the lines it printed, and what it said of its use."""
    status = cli.main(["check", *arguments])
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err


def file(folder: Path, text: str, name: str = "s.yaml") -> str:
    """A scenario in a file."""
    path = folder / name
    path.write_text(whole(text), encoding="utf-8")
    return str(path)


def test_ten_planted_faults_are_told_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines, _ = check(str(TEN), capsys=capsys)
    assert status == 1
    found = [match for line in lines if (match := LINE.fullmatch(line))]
    told = {(Path(each["file"]).name, int(each["line"]), each["code"], each["hint"] or "") for each in found}
    assert told == {
        ("scenario.yaml", 20, "T402", ""),  # relations of 105
        ("scenario.yaml", 27, "N301", "labour"),  # a word that is none of the list
        ("scenario.yaml", 30, "N302", "effects"),  # an unknown key
        ("spring.yaml", 11, "N301", "britain"),  # an unknown country
        ("spring.yaml", 16, "N301", ""),  # an event that nobody has written
        ("spring.yaml", 17, "T403", ""),  # a placeholder without a country
        ("spring.yaml", 22, "E201", ""),  # one = for two
        ("spring.yaml", 23, "L505", ""),  # a divisor that can be 0
        ("spring.yaml", 26, "S105", ""),  # a key twice
        ("autumn.yaml", 6, "T401", ""),  # `no` for `false`
    }
    assert lines[-1] == f"{TEN}: 10 error(s), 0 warning(s)"


def test_each_problem_is_one_line_with_the_source_and_a_caret_under_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = file(tmp_path, "rules:\n  - {id: r, effects: {gld: 5}}\n")
    status, lines, _ = check(name, capsys=capsys)
    assert status == 1
    assert lines == [
        f"{name}:2:23: N301 error: there is no variable 'gld' (did you mean 'gold'?)",
        "    2 |   - {id: r, effects: {gld: 5}}",
        "      |                       ^^^",
        f"{name}: 1 error(s), 0 warning(s)",
    ]


def test_a_sound_scenario_gives_0_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = file(tmp_path, "")
    assert check(name, capsys=capsys) == (0, [f"{name}: 0 error(s), 0 warning(s)"], "")


def test_warnings_give_0_and_with_strict_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = file(tmp_path, "rules: [{id: r, when: 'gold > 900', effects: {gold: 1}}]")
    status, lines, _ = check(name, capsys=capsys)
    assert (status, lines[-1]) == (0, f"{name}: 0 error(s), 1 warning(s)")
    assert "W601 warning: this condition never holds" in lines[0]
    assert check(name, "--strict", capsys=capsys)[0] == 1


def test_what_is_missing_or_unreadable_gives_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines, said = check("brething-space", capsys=capsys)
    assert (status, lines) == (2, [])
    assert (
        said
        == "peredyshka: there is no scenario or playthrough 'brething-space'; did you mean 'breathing-space'?\n"
    )
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert check(str(tmp_path / "loop.yaml"), capsys=capsys)[0] == 2
    assert check(str(tmp_path / "folder.yaml"), capsys=capsys)[0] == 2
    assert check(capsys=capsys)[0] == 2


def test_several_are_examined_and_the_worst_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = file(tmp_path, ""), file(tmp_path, "authrs: x", "bad.yaml")
    status, lines, _ = check(good, bad, good, capsys=capsys)
    assert status == 1
    assert [line for line in lines if "error(s)" in line] == [
        f"{good}: 0 error(s), 0 warning(s)",
        f"{bad}: 1 error(s), 0 warning(s)",
        f"{good}: 0 error(s), 0 warning(s)",
    ]


def test_twenty_are_shown_then_a_count_and_no_warning_takes_the_place_of_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    never = [f"  - {{id: n{number}, when: 'gold > 900', effects: {{gold: 1}}}}" for number in range(30)]
    wrong = [f"  - {{id: w{number}, effects: {{gld: 1}}}}" for number in range(3)]
    name = file(tmp_path, "\n".join(["rules:", *never, *wrong]))
    _, lines, _ = check(name, capsys=capsys)
    shown = [match["code"] for line in lines if (match := LINE.fullmatch(line))]
    assert len(shown) == MOST_SHOWN
    assert shown.count("N301") == 3
    assert "… and 13 more." in lines
    assert lines[-1] == f"{name}: 3 error(s), 30 warning(s)"


def test_json_gives_all_of_it_as_data_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [f"  - {{id: w{number}, effects: {{gld: 1}}}}" for number in range(30)]
    name = file(tmp_path, "\n".join(["rules:", *wrong, "decisions: 3", "decisions: 4"]))
    status, lines, said = check(name, "--json", capsys=capsys)
    data: list[dict[str, Any]] = json.loads("\n".join(lines))
    assert (status, said, len(data)) == (1, "", 31)
    assert data[0] == {
        "file": name,
        "line": 2,
        "column": 24,
        "length": 3,
        "code": "N301",
        "severity": "error",
        "message": "there is no variable 'gld'",
        "hint": "gold",
    }
    assert data[-1]["other"] == {"file": name, "line": 32, "column": 1}
    assert json.loads("\n".join(check(file(tmp_path, ""), "--json", capsys=capsys)[1])) == []


def test_check_lists_what_a_lesson_overrides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(SAMPLES / "shelf"))
    path = tmp_path / "lesson.yaml"
    path.write_text(
        "id: lesson\nextends: base\nvariables: {gold: {start: 1}}\nevents: [{id: genoa, title: G}]\n",
        encoding="utf-8",
    )
    status, lines, _ = check(str(path), "--strict", capsys=capsys)
    base = SAMPLES / "shelf" / "base.yaml"
    assert status == 0
    assert lines == [
        f"{path}:3:13: W604 note: 'gold' overrides what the base scenario says (see {base}:10:3)",
        f"{path}:4:10: W604 note: 'genoa' overrides what the base scenario says (see {base}:23:5)",
        f"{path}: 0 error(s), 0 warning(s), 2 item(s) of the base overridden",
    ]
    data = json.loads("\n".join(check(str(path), "--json", capsys=capsys)[1]))
    assert [(each["code"], each["severity"]) for each in data] == [("W604", "note"), ("W604", "note")]


# How problems are shown


def test_a_long_line_is_cut_around_the_fault() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    lines = show([error("T401", Mark("f", 1, 501), "wrong", length=4)], {"f": [line]}).split("\n")
    assert len(lines[1]) <= 8 + 80
    assert lines[1][lines[2].index("^") :].startswith("HERE")
    assert lines[2].count("^") == 4


def test_what_does_not_print_is_shown_escaped_and_the_caret_stays_in_place() -> None:
    line = "a\u202eb\tc: \x1b[31mred"
    lines = show([error("T401", Mark("f\u202e", 1, 5), "odd \x1b[31m", length=1)], {"f\u202e": [line]}).split(
        "\n"
    )
    assert "\u202e" not in "".join(lines) and "\x1b" not in "".join(lines) and "\t" not in "".join(lines)
    assert lines[0] == "f\\u202e:1:5: T401 error: odd \\u001b[31m"
    assert lines[1][lines[2].index("^")] == "c"


def test_a_place_beyond_the_file_shows_no_line() -> None:
    assert show([error("S102", Mark("f", 9, 1), "gone")], {"f": ["one line"]}) == "f:9:1: S102 error: gone"


def test_hints_are_near_and_only_near() -> None:
    assert nearest("germny", ["germany", "britain"]) == "germany"
    assert nearest("zzz", ["germany", "britain"]) == ""
    assert nearest("g" * 10_000, ["germany"]) == ""
    assert str(error("N301", Mark("f", 1, 1), "no", near=Near("trde", ("trade",)))).endswith(
        "(did you mean 'trade'?)"
    )


def test_problems_come_by_place_each_once(tmp_path: Path) -> None:
    name = file(tmp_path, "rules:\n  - {id: b, effects: {gld: 1}}\n  - {id: a, effects: {gld: 1}}\nauthrs: x")
    _, found, _ = examine(name)
    assert [each.mark for each in found] == sorted(each.mark for each in found)
    assert len(found) == len(set(found)) == 3


def test_severities_are_three() -> None:
    mark = Mark("f", 1, 1)
    assert [each("W601", mark, "x").severity for each in (error, warning)] == ["error", "warning"]
