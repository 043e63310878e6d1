"""Does generated code play every scenario as the interpreter does?  All values, hashes and entries, move by move."""

# ruff: noqa: E501 - one item of YAML a line

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from game.compiler.codegen.engine import Engine
from game.compiler.load import examine, load
from game.play.policy import POLICIES, Policy
from game.play.running import Runner
from game.play.script import read_script
from game.play.session import Session
from game.rules.building import interpret
from game.rules.program import Program
from game.rules.state import HISTORICAL, OPEN, Answer, IllegalOrder, Move, Open, Order, Plan, Teacher
from tests.rules.small import game, program
from tests.strategies import THOROUGH, Rolled, scenarios, written
from tests.test_laws import NAMES, SHELF
from tests.test_laws import program as ready
from tests.twins import Twins, compared

PLAYTHROUGHS = sorted(SHELF.glob("*/playthroughs/*.yaml"))
FATES = (HISTORICAL, OPEN)


@cache
def engine(name: str) -> Engine:
    """The engine of a scenario of the shelf or of a small one, made once."""
    return Engine(ready(name))


@cache
def shelved(name: str) -> Engine:
    """The same for what a playthrough names."""
    return engine(name) if name in NAMES else Engine(interpret(load(name).scenario))


def play(session: Session, policy: Policy) -> Session:
    """Play to the end."""
    while session.place != "over":
        session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        policy.plan(session)
        session.close()
    return session


def twins(session: Session) -> Twins:
    """What a session's moves are made by."""
    assert isinstance(session.engine, Twins)
    return session.engine


@pytest.mark.parametrize("path", PLAYTHROUGHS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_every_playthrough_comes_out_the_same(path: Path) -> None:
    script = read_script(path)
    made = shelved(script.scenario)
    runner = Runner(made.program, script)
    compared(runner.session, made)
    done = runner.run()
    assert twins(done.session).moves >= done.session.turn


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fate", FATES)
def test_random_games_of_every_scenario_come_out_the_same(name: str, fate: str) -> None:
    for seed in range(1 if name not in NAMES[:3] else 6):
        session = compared(Session(ready(name), seed, fate), engine(name))
        play(session, POLICIES["random"]())
        assert twins(session).moves >= session.turn


def made_of(text: str) -> Program:
    """A whole file as a program."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "random.yaml"
        path.write_text(text, encoding="utf-8")
        scenario, problems, _ = examine(str(path))
    assert scenario is not None and not [each for each in problems if each.severity == "error"]
    return interpret(scenario)


def games_of(text: str, seed: int) -> None:
    """Play a scenario at random in both fates."""
    made = made_of(text)
    code = Engine(made)
    for fate in FATES:
        play(compared(Session(made, seed, fate), code), POLICIES["random"]())


@settings(max_examples=20, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 2**40))
def test_scenarios_that_nobody_wrote_come_out_the_same(text: str, seed: int) -> None:
    games_of(text, seed)


@pytest.mark.calibration
@pytest.mark.parametrize("first", range(0, 1000, 100))
def test_many_more_of_them(first: int) -> None:
    for seed in range(first, first + 10 * THOROUGH):
        games_of(written(Rolled(seed)), seed)


@pytest.mark.calibration
@pytest.mark.parametrize("name", [name for name in NAMES if name not in NAMES[:3]])
@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_many_games_of_the_shelf(name: str, policy: str) -> None:
    lesson = bool(ready(name).scenario.extends)
    for seed in range(1 if lesson else 2 * THOROUGH):  # the rules of a lesson are those of what it extends
        for fate in FATES:
            play(compared(Session(ready(name), seed, fate), engine(name)), POLICIES[policy]())


GAME = """
calendar: {from: 1921-Q1, to: 1922-Q4}
variables:
  gold: {start: 20, max: 50}
  line: {start: 1, min: 0, max: 3, set_by: comintern, when: "gold > 5", cost: {gold: 4, means: 2}}
country_variables: {party: {start: 5, max: 20}}
countries: {britain: {name: Britain}, china: {name: China}}
orders:
  - {id: fund, label: F, track: comintern, target: country, cost: {means: 4, gold: 3}, repeats: 2, effects: {target.party: +3}}
  - {id: school, label: S, track: comintern, takes: 2, cost: {means: 1}, results: {well: {chance: 60, effects: {gold: +1}}, ill: {}}}
events:
  - {id: quiet, only_then: true, day: 3, effects: {gold: +7}}
  - {id: far, window: 1922-Q4, each: country, day: 80, effects: {country.party: -1}}
  - id: query
    when: "gold > 0"
    repeats: 2
    asks: narkomindel
    choices: [{id: go, label: G, effects: {gold: -1}}, {id: stay, label: S, when: "gold > 90"}]
"""


def opened() -> tuple[Session, Engine]:
    """A game at its first question."""
    session = game(GAME)
    code = Engine(session.program)
    compared(session, code)
    session.open()
    return session, code


def refused(session: Session, code: Engine, move: Move) -> str:
    """The code of the refusal, the same from both."""
    found = []
    for steps in (twins(session), code):
        with pytest.raises(IllegalOrder) as caught:
            steps.step(session.state, move)
        found.append((caught.value.refusal, caught.value.what, str(caught.value)))
    assert found[0] == found[1]
    return found[0][0].code


def test_what_the_rules_refuse_is_refused_in_the_same_words() -> None:
    session, code = opened()
    assert refused(session, code, Open()) == "not-now"
    assert refused(session, code, Plan()) == "not-now"
    assert refused(session, code, Answer("query", "none")) == "unknown-choice"
    assert refused(session, code, Answer("query", "stay")) == "choice-closed"
    assert refused(session, code, Answer("far", "go")) == "not-now"
    session.answer("go")

    def orders(*given: str, role: str = "comintern") -> Plan:
        found = [Order(*each.split()) for each in given]
        return Plan({}, {role: tuple(found)})

    assert refused(session, code, orders("fund")) == "needs-target"
    assert refused(session, code, orders("fund persia")) == "bad-target"
    assert refused(session, code, orders("school china")) == "no-target"
    assert refused(session, code, orders("bribe")) == "unknown-order"
    assert refused(session, code, orders("school", role="narkomindel")) == "not-your-track"
    assert refused(session, code, orders("school", role="nobody")) == "not-your-track"
    assert refused(session, code, orders("school", "school")) == "twice"
    assert refused(session, code, Plan({"comintern": {"line": 9}})) == "setting-range"
    assert refused(session, code, Plan({"comintern": {"gold": 9}})) == "unknown-setting"
    assert refused(session, code, Plan({"narkomindel": {"line": 2}})) == "unknown-setting"
    lavish = Plan(
        {"comintern": {"line": 2}}, {"comintern": (Order("fund", "britain"), Order("fund", "china"))}
    )
    session.move(lavish)
    session.open()
    assert refused(session, code, orders("fund china")) == "waiting"


def test_a_teachers_hand_is_followed() -> None:
    session, _ = opened()
    session.answer("go")
    session.close()
    session.teach({"gold": 33, "britain.party": 19}, "quiet")
    session.open()
    assert session.value("gold") == 40
    while session.place == "question":
        session.answer("go")
    session.close()
    session.teach({}, "far", "china")
    play(session, POLICIES["random"]())
    assert next(entry.cause.country for entry in session.entries if entry.cause.id == "far") == "china"


def test_a_called_event_that_no_block_calls_may_follow_a_question() -> None:
    session = game(GAME)
    compared(session, Engine(session.program))
    session.teach({}, "far", "britain")
    session.open()
    assert session.place == "question"
    session.answer("go")
    assert [entry.cause.id for entry in session.entries][-1] == "far"


def test_states_may_be_stepped_in_any_order() -> None:
    made = program(GAME)
    code = Engine(made)
    session = Session(made, 3, OPEN)
    steps = Twins(code)
    states = [session.state]
    moves: list[Move] = []
    play(session, POLICIES["random"]())
    for each in session.made:
        moves.append(each.move)
        states.append(steps.step(states[-1], each.move).state)
    for number in (5, 2, 2, 0, len(moves) - 1, 4):
        assert code.step(states[number], moves[number]).state == states[number + 1]


def test_a_state_beyond_its_bounds_is_left_to_the_reference() -> None:
    made = program(GAME)
    code = Engine(made)
    state = Session(made, 0, OPEN).state
    values = list(state.values)
    values[made.layout.index["gold"]] = 70
    odd = type(state)(state.seed, state.fate, tuple(values))
    assert Twins(code).step(odd, Open()).state == code.step(odd, Open()).state


def test_a_plan_may_name_roles_that_say_nothing() -> None:
    session, _ = opened()
    session.answer("go")
    session.move(Plan({"nobody": {}, "comintern": {}}, {"nobody": (), "narkomindel": ()}))
    assert session.place == "opening"


def test_a_hand_in_the_middle_of_a_turn() -> None:
    session, code = opened()
    session.move(Teacher({"gold": 50}))
    assert (
        code.step(session.state, Answer("query", "go")).state.values[session.program.layout.index["gold"]]
        == 49
    )
