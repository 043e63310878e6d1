"""Does a lesson that begins in the middle begin where the game had come to, and go on as the game went?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from game.compiler.load import load
from game.play.midway import as_yaml, midway
from game.play.policy import Historical
from game.play.previewing import history_of
from game.play.running import Runner
from game.play.script import Script
from game.play.session import Session
from game.rules.building import interpret
from game.rules.calendar import parse_step
from game.rules.program import Program
from game.rules.state import State
from tests import shelf

ROOT = Path(__file__).resolve().parents[2]
SMALL = """\
id: small
title: Small
calendar: {from: 1921-Q1, to: 1923-Q4}
tracks: {narkomindel: {label: N, means: 10}}
scores: {trade: {start: 5, toward: 30, step: 2}}
variables:
  gold: {start: 100, max: 900}
  line: {start: soft, words: [soft, hard]}
  open: {start: false}
  sum: {is: "gold + trade"}
country_variables: {relations: {start: 0, min: -50}, pact: {start: none, words: [none, some]}}
countries: {britain: {name: B}, germany: {name: G, start: {relations: 9}}}
rules: [{id: upkeep, effects: {gold: -3}}, {id: warm, each: country, effects: {country.relations: +1}}]
orders:
  - id: talks
    label: T
    track: narkomindel
    target: [britain]
    takes: 3
    results: {yes: {effects: {target.pact: some}}}
events:
  - {id: news, window: 1921-Q2, effects: {open: true, germany.exists: false}}
  - id: question
    window: 1921-Q3
    asks: narkomindel
    choices:
      - {id: a, label: A, effects: {gold: -1}}
      - {id: b, label: B, historical: true, effects: {line: hard}, then: {event: answer, after: 4}}
  - {id: answer, only_then: true, effects: {gold: +9}}
  - {id: never, window: 1923-Q4, effects: {gold: +9}}
  - {id: of-each, each: country, window: 1921-Q1, effects: {country.relations: +5}}
milestones: [{id: first, label: F, when: "gold < 95"}, {id: second, label: S, when: "gold < 10"}]
endings: [{id: done, title: D, rank: 9}]
"""


def small(folder: Path, **more: str) -> Program:
    """The small scenario, or one that extends it."""
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    for name, text in more.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return interpret(load(str(folder / f"{[*more, 'small'][0]}.yaml")).scenario)


def at(program: Program, turn: int) -> Session:
    """The game as history goes, before a turn."""
    return Runner(program, Script("", "small", 0, "historical", "historical")).until(turn)


def test_values_the_past_and_what_is_under_way_are_told(tmp_path: Path) -> None:
    session = at(small(tmp_path), 3)
    session.open()
    session.answer("b")
    session.draft_order(session.offers("narkomindel")[0].order)
    session.close()
    found = midway(session)
    assert found.scores == {"trade": "11"}
    assert found.variables == {"gold": "91", "line": "hard", "open": "true"}
    assert found.countries == {
        "britain": {"relations": "8"},
        "germany": {"exists": "false", "relations": "15"},
    }
    assert found.past == {
        "news": ("1921-Q2", ""),
        "first": ("1921-Q2", ""),
        "question": ("1921-Q3", "b"),
    }
    assert found.pending == ("answer, called for 1922-Q3", "talks of britain, ordered, and due in 1922-Q2")


def test_a_lesson_made_of_it_begins_with_just_these_values(tmp_path: Path) -> None:
    session = at(small(tmp_path), 6)
    start = as_yaml(midway(session), "One line.\nAnother.")
    assert start.startswith("# One line.\n# Another.\n# Not carried over: answer, called for 1922-Q3.\n")
    lesson = small(
        tmp_path, later=start + "id: later\nextends: small\ncalendar: {from: 1922-Q2, to: 1923-Q4}\n"
    )
    begun = Session(lesson)
    layout = lesson.layout
    assert begun.state.values[: layout.stored] == session.state.values[: layout.stored]
    old, kept = session.program.layout.index, session.state.values
    for name in layout.names[layout.stored :]:
        if name.startswith(("event:", "choice:", "milestone:")) and "@" not in name and kept[old[name]] > 0:
            assert begun.state.values[layout.index[name]] == kept[old[name]] - 5, name


def test_a_file_of_it_keeps_name_and_value_together_and_lines_short() -> None:
    text = begun_in("1931-Q3")
    assert max(map(len, text.splitlines())) <= 120
    assert all(not line.endswith(":") or line.count(":") == 1 for line in text.splitlines())


def main() -> Program:
    """The main scenario."""
    return shelf.program("breathing-space")


@cache
def begun_in(step: str) -> str:
    """What the main scenario has come to by a turn of history."""
    return as_yaml(midway(history_until(step)), "History.")


def history_until(step: str) -> Session:
    """The main scenario as history went, before a turn."""
    script = history_of(main(), ROOT / "scenarios" / "breathing-space")
    return Runner(main(), script).until(main().layout.turn_of(parse_step(step, "quarter")))


def gone_on(session: Session, turns: int) -> list[State]:
    """So many turns of history's own choices, without orders."""
    policy = Historical()
    for _ in range(turns):
        session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        session.close()
    return session.closes[-turns:]


@pytest.mark.parametrize("step", ["1923-Q1", "1931-Q3"])
def test_a_lesson_goes_on_as_the_whole_does_but_for_its_own_directives(step: str, tmp_path: Path) -> None:
    head = f"id: part\nextends: breathing-space\ntitle: Part\ncalendar: {{from: {step}, to: 1933-Q4}}\n"
    (tmp_path / "part.yaml").write_text(f"{head}directives: ~\n{begun_in(step)}", encoding="utf-8")
    part = interpret(load(str(tmp_path / "part.yaml")).scenario)
    mine, theirs = gone_on(Session(part), 4), gone_on(history_until(step), 4)
    index = main().layout.index
    for here, there in zip(mine, theirs, strict=True):
        differ = {
            name: (here.values[slot], there.values[index[name]])
            for name, slot in part.layout.index.items()
            if slot < part.layout.stored and here.values[slot] != there.values[index[name]]
        }
        assert differ.keys() <= {"standing"}
