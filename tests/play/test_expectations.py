"""A playthrough is run, and each expectation that fails says where and why."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from pathlib import Path

import pytest

from game.play.running import Run, Runner
from game.play.script import read_script
from game.rules.program import Program
from tests.rules.small import program

YAML = """
calendar: {from: 1921-Q1, to: 1921-Q4}
variables:
  gold: {start: 20, min: -50, max: 100}
  line: {start: soft, words: [soft, hard], set_by: comintern, when: "turn >= on('1921-Q3')"}
  balance: {start: 50, min: 20, max: 80, set_by: both}
  ready: {start: false}
  half: {is: "gold // 2"}
country_variables: {pact: {start: false}}
countries: {britain: {name: Britain}, persia: {name: Persia}}
events:
  - id: genoa
    window: 1921-Q2
    asks: narkomindel
    choices: [{id: pay, label: Pay, effects: {gold: -5}}, {id: talk, label: Talk, historical: true, effects: {gold: +1}}, {id: closed, label: C, when: ready}]
  - {id: rises, when: "true", repeats: 2}
  - {id: visit, each: country, only_then: true, effects: {country.pact: true}}
  - {id: never-comes, only_then: true, effects: {gold: +1}}
orders:
  - {id: talks, label: Talks, track: narkomindel, target: [britain], cost: {means: 2}, effects: {gold: +1}, then: {event: visit}}
  - {id: dear, label: Dear, track: comintern, cost: {means: 99}}
endings:
  - {id: done, title: Done, rank: 9}
  - {id: broke, title: Broke, rank: 1, when: "gold <= 0"}
"""


@pytest.fixture(scope="module")
def ready() -> Program:
    """The scenario that the playthroughs play."""
    return program(YAML)


def run(ready: Program, folder: Path, text: str) -> Run:
    """Run a playthrough of these lines."""
    path = folder / "played.yaml"
    path.write_text("scenario: small\n" + text, encoding="utf-8")
    return Runner(ready, read_script(path)).run()


def failures(ready: Program, folder: Path, text: str) -> list[str]:
    """The failures, with the name of the file but not its folder."""
    return [str(each).replace(str(folder) + "/", "") for each in run(ready, folder, text).failures]


def test_a_playthrough_whose_expectations_hold_has_no_failures(ready: Program, tmp_path: Path) -> None:
    done = run(ready, tmp_path, """
seed: 4
fate: historical
turns:
  1921-Q1: {orders: [{order: talks, target: britain}], balance: 60, expect: {gold: 21, balance: ">= 60", half: 10}}
  1921-Q2: {choices: {genoa: pay}, expect: {gold: 16, britain.pact: true, persia.pact: false, persia.exists: true}}
  1921-Q3:
    teacher: {set: {gold: 90, ready: true}}
    settings: {line: hard}
    expect: {line: hard, ready: "true", gold: "> 80"}
expect: {ending: done, line: "!= soft", gold: "<= 90", events: {genoa: 1921-Q2, rises: 1921-Q3, visit: 1921-Q2, never-comes: never}}
""")  # fmt: skip
    assert done.failures == []
    assert [state.values[ready.layout.index["gold"]] for state in done.session.closes] == [20, 21, 16, 90, 90]
    assert (done.session.state.seed, done.session.state.fate) == (4, "historical")


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("turns: {1921-Q1: {expect: {gold: 21}}}", "played.yaml:2:34: 1921-Q1: expected gold 21, found 20"),
        ("turns: {1921-Q1: {expect: {gold: '> 20'}}}", "played.yaml:2:34: 1921-Q1: expected gold > 20, found 20"),
        ("turns: {1921-Q2: {expect: {line: hard}}}", "played.yaml:2:34: 1921-Q2: expected line hard, found soft"),
        ("turns: {1921-Q2: {expect: {britain.pact: true}}}", "played.yaml:2:42: 1921-Q2: expected britain.pact true, found false"),
        ("turns: {1921-Q1: {expect: {golt: 1}}}", "played.yaml:2:34: 1921-Q1: there is no variable 'golt'; did you mean 'gold'?"),
        ("turns: {1921-Q1: {expect: {mars.exists: true}}}", "played.yaml:2:41: 1921-Q1: there is no variable 'mars.exists'; did you mean 'persia.exists'?"),
        ("turns: {1921-Q1: {expect: {line: harsh}}}", "played.yaml:2:34: 1921-Q1: 'harsh' is no value of 'line'"),
        ("turns: {1921-Q2: {choices: {genoa: closed}}}", "played.yaml:2:36: 1921-Q2: 'genoa' cannot be answered with 'closed'; open are pay, talk"),
        ("turns: {1921-Q3: {choices: {genoa: pay}}}", "played.yaml:2:36: 1921-Q3: 'genoa' does not ask in this turn"),
        ("turns: {1921-Q1: {orders: [{order: dear}]}}", "played.yaml:2:28: 1921-Q1: the order dear is refused: Needs 99 means; 10 left."),
        ("turns: {1921-Q1: {orders: [{order: talk}]}}", "played.yaml:2:28: 1921-Q1: the order talk is refused: There is no order 'talk'."),
        ("turns: {1921-Q1: {balance: 99}}", "played.yaml:2:28: 1921-Q1: 'balance' cannot be set to 99: 'balance' must lie between 20 and 80."),
        ("turns: {1921-Q1: {settings: {line: hard}}}", "played.yaml:2:36: 1921-Q1: 'line' cannot be set to hard: Needs a time from Summer 1921 on (now Winter 1921)."),
        ("turns: {1921-Q1: {settings: {purse: 3}}}", "played.yaml:2:37: 1921-Q1: there is no variable 'purse'"),
        ("turns: {1921-Q3: {teacher: {event: unheard}}}", "played.yaml:2:28: 1921-Q3: the teacher's hand is refused: unheard: There is no event 'unheard'."),
        ("turns: {1921-Q3: {teacher: {set: {half: 3}}}}", "played.yaml:2:28: 1921-Q3: the teacher's hand is refused: half: There is no value 'half' that can be set."),
        ("turns: {1922-Q1: {balance: 60}}", "played.yaml:2:28: 1922-Q1: 1922-Q1 is no turn of this calendar"),
        ("turns: {1921-Q5: {expect: {gold: 1}}}", "played.yaml:2:34: 1921-Q5: 1921-Q5 is no turn of this calendar"),
        ("expect: {ending: broke}", "played.yaml:2:18: 1921-Q4: expected the ending 'broke', found 'done'"),
        ("expect: {gold: '< 3'}", "played.yaml:2:16: 1921-Q4: expected gold < 3, found 21"),
        ("expect: {events: {genoa: 1921-Q3}}", "played.yaml:2:26: 1921-Q4: expected 'genoa' in 1921-Q3; it happened in 1921-Q2"),
        ("expect: {events: {rises: 1921-Q2}}", "played.yaml:2:26: 1921-Q4: expected 'rises' in 1921-Q2; it happened in 1921-Q1, 1921-Q3"),
        ("expect: {events: {genoa: never}}", "played.yaml:2:26: 1921-Q4: expected 'genoa' never to happen; it did in 1921-Q2"),
        ("expect: {events: {never-comes: 1921-Q1}}", "played.yaml:2:32: 1921-Q4: expected 'never-comes' in 1921-Q1; it never happened"),
        ("expect: {events: {genova: 1921-Q1}}", "played.yaml:2:27: 1921-Q4: there is no event 'genova'; did you mean 'genoa'?"),
        ("expect: {events: {genoa: spring}}", "played.yaml:2:26: 1921-Q4: 'spring' is neither a turn of this calendar nor 'never'"),
        ("habits: [{window: always, orders: [appeal]}]", "played.yaml:2:10: 1921-Q1: 'always' is no window of turns such as 1922-Q1..1923-Q4"),
    ],
)  # fmt: skip
def test_each_kind_of_failure_says_where_it_stands_and_what_was_found(
    ready: Program, tmp_path: Path, text: str, failure: str
) -> None:
    assert failures(ready, tmp_path, text) == [failure]


def test_turns_that_are_never_reached_are_failures(ready: Program, tmp_path: Path) -> None:
    found = failures(ready, tmp_path, """
turns:
  1921-Q2: {teacher: {set: {gold: -50}}}
  1921-Q4: {expect: {gold: 3}}
expect: {ending: broke}
""")  # fmt: skip
    assert found == ["played.yaml:5:28: 1921-Q2: the game was over before 1921-Q4"]


def test_what_the_script_leaves_open_the_policy_decides(ready: Program, tmp_path: Path) -> None:
    for policy, gold in (("historical", 21), ("nothing", 15)):
        done = run(ready, tmp_path, f"otherwise: {policy}\n")
        assert done.session.value("gold") == gold
    done = run(ready, tmp_path, "otherwise: random\nfate: open\nturns: {1921-Q1: {balance: 21}}\n")
    index = ready.layout.index
    assert done.session.closes[1].values[index["balance"]] == 21
    assert any(entry.cause.id == "talks" for entry in done.session.entries)


def test_habits_are_kept_in_their_window_as_far_as_means_reach(ready: Program, tmp_path: Path) -> None:
    done = run(ready, tmp_path, """
habits:
  - {window: 1921-Q2..1921-Q4, quarters: [2, 4], settings: {balance: 40}, orders: [{order: talks, target: britain}, {order: dear}]}
""")  # fmt: skip
    assert done.failures == []
    given = [entry.turn for entry in done.session.entries if str(entry.cause) == "order:talks@britain"]
    assert given == [2, 4]
    assert done.session.value("balance") == 40


def test_a_watcher_sees_every_close(ready: Program, tmp_path: Path) -> None:
    path = tmp_path / "played.yaml"
    path.write_text("scenario: small\n", encoding="utf-8")
    seen: list[tuple[int, str]] = []
    Runner(ready, read_script(path), lambda session: seen.append((session.turn, session.place))).run()
    assert seen == [(1, "opening"), (2, "opening"), (3, "opening"), (4, "over")]
