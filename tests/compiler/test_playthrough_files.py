"""Does `check` find what a playthrough file says about things that are not there or cannot be?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game import cli
from game.compiler.problems import Problem, ScenarioError
from game.play.inspection import inspect
from game.play.script import Script, read_script
from tests.small import whole

SCENARIO = """
id: short
calendar: {from: 1921-Q1, to: 1921-Q4}
variables:
  gold: {start: 100, max: 900}
  balance: {start: 60, min: 20, max: 80, set_by: both}
  line: {start: front, words: [front, class], set_by: comintern}
  open: {start: false}
  wealth: {is: "gold // 2"}
  tax: {start: 5, constant: true}
orders:
  - {id: talks, label: Talks, track: narkomindel, target: [britain, germany], effects: {target.relations: +2}}
  - {id: appeal, label: Appeal, track: narkomindel, effects: {gold: +1}}
events:
  - {id: genoa, historically: 1921-04-10, asks: narkomindel, choices: [{id: go, label: Go}, {id: stay, label: Stay}]}
  - {id: called, only_then: true, asks: narkomindel, choices: [{id: a, label: A}, {id: b, label: B}]}
  - {id: caller, window: 1921-Q1, then: {event: called}}
  - {id: news, window: 1921-Q2, effects: {gold: +1}}
  - {id: flood, each: country, window: 1921-Q3, effects: {gold: -1}}
"""

SOUND = """
scenario: short
title: A short game
seed: 7
fate: open
habits:
  - {window: 1921-Q1..1921-Q2, quarters: [1, 2], balance: 50, orders: [{order: talks, target: britain}]}
turns:
  1921-Q1:
    balance: 70
    settings: {line: class}
    orders: [{order: talks, target: germany}, appeal]
    expect: {gold: ">= 6", britain.treaty: false, line: "== class", wealth: "> -5", britain.exists: true}
  1921-Q2:
    choices: {genoa: stay, called: b}
    teacher: {set: {gold: 50, open: true, britain.pact: neutrality}, event: news}
  1921-Q3:
otherwise: nothing
expect:
  ending: done
  events: {genoa: 1921-Q2, news: never}
  gold: "< 900"
  line: ">= front"
"""


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "short.yaml").write_text(whole(SCENARIO), encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(shelf))


def found(tmp_path: Path, text: str) -> list[Problem]:
    """What `check` finds in a playthrough file."""
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    problems, sources = inspect(str(path))
    assert all(each.mark.file == str(path) for each in problems)
    assert sources[str(path)] == text.split("\n")
    return list(problems)


def test_a_sound_playthrough_has_nothing_to_be_told(tmp_path: Path) -> None:
    assert found(tmp_path, SOUND) == []
    script = read_script(tmp_path / "p.yaml")
    assert isinstance(script, Script)
    assert (script.seed, script.fate, script.otherwise) == (7, "open", "nothing")
    assert script.habits[0].quarters == (1, 2)


@pytest.mark.parametrize(
    ("old", "new", "code", "message", "hint"),
    [
        ("scenario: short", "scenario: shrt", "N301", "there is no scenario 'shrt'", "short"),
        ("seed: 7", "seed: seven", "T401", "a seed is a whole number", ""),
        ("fate: open", "fate: opn", "N301", "'fate' is one of historical, open, not 'opn'", "open"),
        ("otherwise: nothing", "otherwise: historicl", "N301", "'otherwise' is one of", "historical"),
        ("title: A short game", "titel: A short game", "N302", "a playthrough has no 'titel'", "title"),
        ("    balance: 70", "    balanc: 70", "N302", "a turn has no 'balanc'", "balance"),
        ("    balance: 70", "    balance: 90", "T402", "'balance' lies between 20 and 80, not at 90", ""),
        ("    balance: 70", "    balance: much", "T401", "'balance' is a whole number, not 'much'", ""),
        ("{line: class}", "{lin: class}", "N301", "there is no variable 'lin'", "line"),
        ("{line: class}", "{line: clas}", "T401", "'line' is one of front, class, not 'clas'", "class"),
        ("{line: class}", "{gold: 5}", "T403", "'gold' is nothing that a role sets", ""),
        ("{line: class}", "{britain.party: 5}", "T403", "'britain.party' is nothing that a role sets", ""),
        ("target: germany}", "target: germny}", "N301", "'talks' cannot be aimed at 'germny'", "germany"),
        ("target: germany}", "target: turkey}", "N301", "'talks' cannot be aimed at 'turkey'", ""),
        ("target: germany}", "target: germany, targt: x}", "N302", "an order has no 'targt'", "target"),
        ("order: talks, target: germany", "order: talk, target: germany", "N301", "there is no order 'talk'", "talks"),
        ("{order: talks, target: germany}", "talks", "N305", "'talks' needs 'target': one of britain, germany", ""),
        ("appeal]", "{order: appeal, target: britain}]", "T403", "'appeal' is aimed at nobody", ""),
        ("appeal]", "{target: britain}]", "N305", "an order needs 'order': its id", ""),
        ("[{order: talks, target: germany}, appeal]", "appeal", "T401", "orders are a list", ""),
        ("1921-Q2:", "1921-Q5:", "L504", "'1921-Q5' is no turn of this calendar; they are written 1921-Q1", ""),
        ("1921-Q2:", "1922-Q2:", "L504", "1922-Q2 is not in this calendar, which goes from 1921-Q1 to 1921-Q4", ""),
        ("1921-Q3:", "1921-07-01:", "L504", "a turn is written as the calendar counts: 1921-Q3", ""),
        ("genoa: stay", "genova: stay", "N301", "there is no event 'genova'", "genoa"),
        ("genoa: stay", "genoa: leave", "N301", "'genoa' has no choice 'leave'", ""),
        ("genoa: stay", "genoa: stai", "N301", "'genoa' has no choice 'stai'", "stay"),
        ("genoa: stay", "news: stay", "T403", "'news' asks nothing", ""),
        ("  1921-Q3:", "  1921-Q3: {choices: {genoa: stay}}", "L504", "'genoa' can happen in 1921-Q2 only", ""),
        ("set: {gold: 50", "set: {gld: 50", "N301", "there is no variable 'gld'", "gold"),
        ("set: {gold: 50", "set: {gold: 5000", "T402", "'gold' lies between 0 and 900, not at 5000", ""),
        ("set: {gold: 50", "set: {wealth: 50", "T403", "'wealth' is derived: no hand can set it", ""),
        ("set: {gold: 50", "set: {tax: 5", "T403", "'tax' is constant: no hand can set it", ""),
        ("open: true", "open: yes", "T401", "'open' is true or false, not 'yes'", ""),
        ("britain.pact: neutrality", "britain.pact: neutral", "T401", "'pact' is one of none, neu", "neutrality"),
        ("event: news", "event: newz", "N301", "there is no event 'newz'", "news"),
        ("event: news", "event: flood", "T403", "'flood' happens to a country", ""),
        ("teacher: {set", "teacher: {sets", "N302", "a teacher's hand has no 'sets'", "set"),
        ("gold: \">= 6\"", "gld: \">= 6\"", "N301", "there is no variable 'gld'", "gold"),
        ("gold: \">= 6\"", "gold: \"=> 6\"", "T401", "'=> 6' is no expectation", ""),
        ("gold: \">= 6\"", "gold: \">= six\"", "T401", "'gold' is a whole number, not 'six'", ""),
        ("britain.treaty: false", "britain.treaty: 5", "T401", "'treaty' is true or false, not '5'", ""),
        ("britain.treaty", "britain.treatie", "N301", "there is no variable 'britain.treatie'", "britain.treaty"),
        ("line: \"== class\"", "line: \"== clazz\"", "T401", "'line' is one of front, class, not 'clazz'", "class"),
        ("ending: done", "ending: don", "N301", "there is no ending 'don'", "done"),
        ("genoa: 1921-Q2,", "genoa: 1921-Q6,", "L504", "'1921-Q6' is no turn", ""),
        ("genoa: 1921-Q2,", "genova: 1921-Q2,", "N301", "there is no event 'genova'", "genoa"),
        ("window: 1921-Q1..1921-Q2", "window: 1921-Q1-Q2", "L504", "a window such as 1921-Q1..1921-Q4 is expected", ""),
        ("window: 1921-Q1..1921-Q2", "window: 1931-Q1..1931-Q2", "L504", "has no turn of this calendar", ""),
        ("quarters: [1, 2]", "quarters: [1, 5]", "T402", "quarters of the year are 1, 2, 3 and 4", ""),
        ("quarters: [1, 2]", "quartres: [1, 2]", "N302", "a habit has no 'quartres'", "quarters"),
        ("title: A short game", "title: {a: b}", "T401", "a plain text is expected", ""),
        ("  ending: done\n", "  ending: done\n  ending: done\n", "S105", "the key 'ending' stands here a second", ""),
    ],
)  # fmt: skip
def test_a_slip_in_a_playthrough_is_told_at_its_place(
    old: str, new: str, code: str, message: str, hint: str, tmp_path: Path
) -> None:
    assert SOUND.count(old) >= 1
    text = SOUND.replace(old, new, 1)
    (problem, *more) = found(tmp_path, text)
    assert more == []
    assert (problem.code, problem.hint) == (code, hint)
    assert message in problem.message
    line, changed = text.split("\n")[problem.mark.line - 1], new.strip().split("\n")[0]
    assert changed.split(":")[0].split("{")[-1].strip("[ ") in line


def test_all_slips_of_a_playthrough_are_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SOUND.replace("order: talks", "order: talkz").replace("genoa", "genova").replace("gold", "gld")
    assert len(found(tmp_path, text)) == 7
    path = str(tmp_path / "p.yaml")
    assert cli.main(["check", path]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"{path}:7:80: N301 error: there is no order 'talkz' (did you mean 'talks'?)" == lines[0]
    assert lines[2].index("^") == lines[1].index("talkz")
    assert lines[-1] == f"{path}: 7 error(s), 0 warning(s)"


def test_a_playthrough_of_a_broken_scenario_says_so(tmp_path: Path) -> None:
    (tmp_path / "shelf" / "short.yaml").write_text(whole(SCENARIO + "authrs: x\n"), encoding="utf-8")
    (problem,) = found(tmp_path, SOUND.replace("genoa", "genova"))
    assert (problem.code, problem.mark.line) == ("N301", 2)
    assert "has 1 error(s) of its own" in problem.message


def test_shape_alone_is_told_when_a_playthrough_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(SOUND.replace("seed: 7", "seed: -7").replace("title", "titel"), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_script(path)
    assert [each.code for each in caught.value.problems] == ["N302", "T401"]


@pytest.mark.parametrize(
    "text",
    [
        "scenario: [",
        "- a\n- b\n",
        "",
        "scenario: {a: b}\n",
        "scenario: short\nturns: 5\n",
        "scenario: short\nturns: {1921-Q1: 5}\n",
        "scenario: short\nturns: {1921-Q1: {teacher: 5}}\n",
        "scenario: short\nturns: {1921-Q1: {orders: [[a]]}}\n",
        "scenario: short\nexpect: [a]\n",
        "scenario: short\nhabits: {a: b}\n",
        "scenario: short\nhabits: [5]\n",
        "scenario: short\nhabits: [{}]\n",
    ],
)
def test_a_playthrough_of_another_shape_is_told_and_never_fails(text: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    problems, _ = inspect(str(path))
    assert problems
    with pytest.raises(ScenarioError):
        read_script(path)
