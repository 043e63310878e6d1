"""Is what generated code writes out at once what the interpreter gathers and settles?  Small cases of each kind."""

# ruff: noqa: E501 - one item of YAML a line

from __future__ import annotations

import pytest

from game.compiler.codegen.engine import Engine
from game.play.policy import POLICIES
from game.play.session import Session
from game.rules.building import interpret
from game.rules.program import Program
from game.rules.state import HISTORICAL, OPEN
from tests.rules.small import scenario
from tests.twins import compared

EITHER = """
variables: {gold: {start: 30, max: 60}, heat: {start: 5, max: 9}}
rules:
  - {id: cools, when: "gold > 40 and heat > 0", effects: {heat: -2}}
  - {id: warms, when: "gold < 35", effects: {heat: +3}}
  - {id: earns, when: "heat > 4", effects: {gold: +7}}
  - {id: spends, when: "heat <= 4", effects: {gold: -9}}
"""
NOT_EITHER = """
variables: {gold: {start: 30, max: 60}, heat: {start: 5, max: 9}}
rules:
  - {id: cools, when: "gold > 30", effects: {heat: -2}}
  - {id: warms, when: "gold < 45", effects: {heat: +3, gold: +4}}
  - {id: spends, when: "heat <= 6 or gold > 50", effects: {gold: -9}}
"""
MEETING = """
variables: {gold: {start: 30, max: 60}, heat: {start: 5, max: 9}, word: {start: low, words: [low, mid, high]}}
events:
  - id: asks
    asks: narkomindel
    window: 1921-Q2..1922-Q4
    repeats: 1
    choices:
      - {id: a, label: A, effects: {gold: +20, heat: -3}, results: {up: {chance: 40, effects: {gold: "heat * 9", heat: +9}}, down: {effects: {gold: -70, heat: {add: +2, when: "gold > 25"}}}}}
      - {id: b, label: B, effects: {word: mid, heat: {add: -3, when: "gold > 20"}}, results: {up: {chance: "gold", effects: {gold: +30, heat: +8}}, none: {effects: {word: high}}}}
      - {id: c, label: C, effects: {gold: {set: "heat", when: "gold > 30"}}, results: {odd: {chance: 50, effects: {word: mid}}, even: {effects: {heat: +5}}}}
"""
FOLLOWING = """
variables: {gold: {start: 30, max: 60}}
events:
  - {id: first, window: 1921-Q2..1922-Q4, repeats: 3, effects: {gold: +5}, then: [{event: second, after: 2}, {event: third, after: 1, chance: "gold"}], results: {drops: {chance: 50, effects: {gold: -9}, cancel: [second]}, calls: {then: [{event: third, after: 3}]}}}
  - {id: second, only_then: true, repeats: 1, effects: {gold: -7}}
  - {id: third, only_then: true, repeats: 1, premise: "gold > 10", effects: {gold: +1}, then: [{event: second}]}
"""


def program(text: str) -> Program:
    return interpret(scenario(text))


@pytest.mark.parametrize("fate", [OPEN, HISTORICAL])
@pytest.mark.parametrize(
    "text", [EITHER, NOT_EITHER, MEETING, FOLLOWING], ids=["either", "not", "meeting", "following"]
)
def test_it_is_written_as_the_interpreter_writes_it(text: str, fate: str) -> None:
    made = program(text)
    engine = Engine(made)
    for seed in range(8):
        session = compared(Session(made, seed, fate), engine)
        policy = POLICIES["random"]()
        while session.place != "over":
            session.open()
            while session.place == "question":
                session.answer(policy.choose(session))
            policy.plan(session)
            session.close()


def test_rules_that_exclude_each_other_are_asked_one_after_the_other() -> None:
    engine = Engine(program(EITHER))
    engine.drift(OPEN)
    source = engine.parts["drift open untold"].source
    assert source.count("elif") == 2
    other = Engine(program(NOT_EITHER))
    other.drift(OPEN)
    assert "elif" not in other.parts["drift open untold"].source


def test_blocks_of_every_kind_are_written_out() -> None:
    for text, blocks in ((MEETING, 4), (FOLLOWING, 3)):
        engine = Engine(program(text))
        engine.raw(1, OPEN)
        written = engine.parts[f"direct {OPEN}"].source
        assert written.count("def ") == blocks


def test_a_thing_set_by_its_number_is_set_as_any_other_way() -> None:
    made = program("""
variables: {course: {start: 1, max: 3, set_by: narkomindel}, gold: {start: 3, toward: course}}
tracks: {narkomindel: {label: N, means: "2 + course"}}
""")
    engine = Engine(made)
    one, other = engine.raw(1, OPEN), engine.raw(1, OPEN)
    for value in (3, 3, 0):
        for game in (one, other):
            game.open()
        one.adjust(0, value)
        assert other.set({"narkomindel": {0: value}})
        assert one.orders(0) == other.orders(0)
        one.adjust(0, 2)
        assert other.set({"narkomindel": {0: 2}})
        for game in (one, other):
            game.plan([])
        assert one.v == other.v
