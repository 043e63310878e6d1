"""Are games in columns the games that the interpreter plays, value by value and hash by hash?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from game.compiler.conducts import conduct_of
from game.compiler.load import Loaded, load
from game.compiler.policies import policy_files, read_policy
from game.play.policies import named
from game.play.policy import Weighted
from game.play.session import Session
from game.rules import conduct
from game.rules.building import interpret
from game.rules.conduct import Conduct
from game.rules.engine import begin
from game.rules.program import Program
from game.rules.state import Answer, Plan, State
from tests.made_policies import made_policy, policy_text
from tests.small import sound
from tests.strategies import THOROUGH, Rolled, written

np = pytest.importorskip("numpy")

from game.compiler.lanes.block import Lanes  # noqa: E402
from tests.twins_in_columns import closes_of, differences, generated, one_by_one, played, side_by_side  # noqa: E402

SCENARIOS = sorted(
    each.parent.name for each in (Path(__file__).resolve().parents[2] / "scenarios").glob("*/scenario.yaml")
)
BUILT_IN = {"historical": conduct.historical, "nothing": conduct.nothing, "random": conduct.random}


@cache
def loaded(name: str) -> tuple[Loaded, Program]:
    """A scenario, read once."""
    found = load(name)
    return found, interpret(found.scenario)


def conducts(name: str) -> dict[str, Conduct]:
    """All policies of a scenario that are weights."""
    found, program = loaded(name)
    own = [read_policy(path, found) for path in policy_files(found)]
    return {key: make(program) for key, make in BUILT_IN.items()} | {
        each.id: conduct_of(each, program) for each in own
    }


@pytest.mark.parametrize("fate", ["historical", "open"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_is_the_same_in_columns_under_its_own_policies(name: str, fate: str) -> None:
    _, program = loaded(name)
    policies = conducts(name)
    chosen = ["random", *(each for each in policies if each not in BUILT_IN)][: 2 if fate == "open" else 1]
    for each in chosen:
        seeds = (7,) if each != "random" else (3, 11)
        lanes = side_by_side(program, policies[each], seeds, fate)
        assert differences(program, one_by_one(program, policies[each], seeds, fate), lanes) == []


@pytest.mark.calibration
@pytest.mark.parametrize("fate", ["historical", "open"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_policy_of_every_scenario_is_the_same_in_columns(name: str, fate: str) -> None:
    _, program = loaded(name)
    for policy in conducts(name).values():
        seeds = range(THOROUGH)
        lanes = side_by_side(program, policy, seeds, fate)
        assert differences(program, one_by_one(program, policy, seeds, fate), lanes) == []


@pytest.mark.parametrize("fate", ["historical", "open"])
@pytest.mark.parametrize("policy", sorted(BUILT_IN))
def test_generated_scenarios_are_the_same_in_columns(policy: str, fate: str) -> None:
    for number in range(12):
        program = generated(written(Rolled(number)))
        made = BUILT_IN[policy](program)
        lanes = side_by_side(program, made, range(4), fate)
        found = differences(program, one_by_one(program, made, range(4), fate), lanes)
        assert found == [], f"generated scenario {number}"


@pytest.mark.calibration
def test_many_generated_scenarios_are_the_same_in_columns() -> None:
    for number in range(100, 100 + 40 * THOROUGH):
        program = generated(written(Rolled(number)))
        for policy, fate in (("random", "open"), ("random", "historical"), ("historical", "open")):
            made = BUILT_IN[policy](program)
            lanes = side_by_side(program, made, range(5), fate)
            found = differences(program, one_by_one(program, made, range(5), fate), lanes)
            assert found == [], f"generated scenario {number}, {policy}, {fate}"


def compared_under_made_policies(
    folder: Path, numbers: Iterable[int], seeds: int, ahead: bool = False
) -> None:
    """Generated scenarios under generated policies, in both fates."""
    for number in numbers:
        scenario = written(Rolled(number))
        policy = policy_text(scenario, Rolled(number), ahead)
        program, found = made_policy(folder / str(number), scenario, policy)
        for fate in ("historical", "open"):
            games = [
                play(program, found.conduct, range(seeds), fate, found.foresight)
                for play in (one_by_one, side_by_side)
            ]
            assert differences(program, *games) == [], f"generated scenario {number}, {fate}:\n{policy}"


def test_generated_policies_are_the_same_in_columns(tmp_path: Path) -> None:
    compared_under_made_policies(tmp_path, range(8), 4)


def test_policies_that_look_ahead_are_the_same_in_columns(tmp_path: Path) -> None:
    compared_under_made_policies(tmp_path, range(20, 24), 2, ahead=True)


@pytest.mark.calibration
def test_many_generated_policies_are_the_same_in_columns(tmp_path: Path) -> None:
    compared_under_made_policies(tmp_path / "weights", range(500, 500 + 20 * THOROUGH), 4)
    compared_under_made_policies(tmp_path / "ahead", range(700, 700 + 5 * THOROUGH), 2, ahead=True)


@pytest.mark.calibration
def test_the_greedy_policy_is_the_same_in_columns() -> None:
    found, program = loaded("breathing-space")
    greedy = named("greedy", found, program)
    games = [
        play(program, greedy.conduct, (4,), "open", greedy.foresight) for play in (one_by_one, side_by_side)
    ]
    assert differences(program, *games) == []


def test_games_can_be_taken_up_at_any_place_of_a_turn() -> None:
    taken = set()
    for number in (2, 5, 9, 14, 21):
        program = generated(written(Rolled(number)))
        made = conduct.random(program)
        policy, lanes = Weighted(lambda _, made=made: made), Lanes(program, made)
        session, moves = Session(program, 4, "open"), 0
        while session.place != "over":
            before, place, closes = session.state, session.place, len(session.closes)
            if place == "opening":
                session.open()
            elif place == "question":
                session.answer(policy.choose(session))
            else:
                policy.plan(session)
                session.close()
            moves += 1
            if moves % 3:
                continue
            taken.add(place)
            here = Session(program, 4, "open")
            here.state = before
            expected = played(here, policy)
            assert differences(program, [expected], closes_of(lanes.block([4], "open", before))) == []
            decided(lanes, before, session, [*session.closes[closes:], *rest(session, policy)])
    assert taken == {"opening", "question", "orders"}


def rest(session: Session, policy: Weighted) -> list[State]:
    """How a game goes on from where it stands; the session is left as it is."""
    here = Session(session.program, session.state.seed, session.state.fate)
    here.state = session.state
    return played(here, policy)


def decided(lanes: Lanes, before: State, session: Session, expected: list[State]) -> None:
    """A block that begins with the decision a game just took goes the way the game goes."""
    match session.made[-1].move:
        case Answer(_, choice):
            block = lanes.block([4], "open", before, answer=choice)
        case Plan() as plan:
            block = lanes.block([4], "open", before, first=plan)
        case _:
            return
    assert differences(session.program, [expected], closes_of(block)) == []


def test_results_of_several_countries_may_meet_on_one_value() -> None:
    program = interpret(sound(MEETING))
    games = [play(program, conduct.random(program), range(60), "open") for play in (one_by_one, side_by_side)]
    assert differences(program, *games) == []
    slot = program.layout.index["britain.relations"]
    assert {game[0].values[slot] for game in games[0]} == {0, 11, 13}


MEETING = """
calendar: {from: 1921-Q1, to: 1921-Q1}
orders:
  - id: visit
    track: narkomindel
    label: Visit
    target: country
    cost: {means: 3}
    results:
      well: {chance: 40, effects: {target.relations: {set: 13}}}
      ill: {chance: 40, effects: {britain.relations: {set: 11}}}
      so: {effects: {gold: -1}}
"""


def test_a_condition_on_the_turn_alone_may_be_compared_and_denied() -> None:
    program = interpret(sound(CLOCK))
    games = [play(program, conduct.nothing(program), range(3), "open") for play in (one_by_one, side_by_side)]
    assert differences(program, *games) == []
    assert [len(game) for game in games[0]] == [2, 2, 2]


CLOCK = """
calendar: {from: 1921-Q1, to: 1922-Q4}
variables:
  standing: {start: 10, max: 100}
  late: {is: "turn >= on('1921-Q2') and (open or turn < on('1923-Q1'))"}
  open: {start: false}
endings:
  - {id: early, title: Early, rank: 1, when: "standing <= 15 and not (late == (turn >= on('1921-Q3')))"}
  - {id: done, title: Done, rank: 9}
"""


def test_lanes_know_nothing_of_each_other() -> None:
    program = generated(written(Rolled(3)))
    made = conduct.random(program)
    together = side_by_side(program, made, range(40), "open")
    alone = [side_by_side(program, made, [seed], "open")[0] for seed in (0, 17, 39)]
    assert [together[seed] for seed in (0, 17, 39)] == alone


def test_a_value_that_its_program_cannot_reach_is_refused() -> None:
    program = generated(written(Rolled(3)))
    state = begin(program)
    slot = program.layout.index["open"]
    far = replace(state, values=(*state.values[:slot], 1_000, *state.values[slot + 1 :]))
    with pytest.raises(OverflowError):
        Lanes(program, conduct.random(program)).block([0], "open", far)
