"""What do the policies decide, and only from the game's own seed?"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from game.play.policy import Historical, Nothing, Random, give, open_choices
from game.play.session import Session
from game.rules.state import Answer, Order, Plan
from tests.rules.small import game

YAML = """
calendar: {from: 1921-Q1, to: 1923-Q4}
tracks:
  narkomindel: {label: N, means: "balance // 10"}
  comintern: {label: C, means: "10 - balance // 10"}
variables:
  gold: {start: 60, max: 100}
  balance: {start: 50, min: 20, max: 80, set_by: both}
countries: {a: {name: A}, b: {name: B}, c: {name: C}}
events:
  - id: e
    when: "true"
    repeats: 1
    asks: narkomindel
    choices: [{id: m, label: M}, {id: z, label: Z, historical: true, when: "gold > 50"}, {id: b, label: B}, {id: a, label: A, when: "gold > 900"}]
orders:
  - {id: talks, label: T, track: narkomindel, target: country, cost: {means: 2, gold: 1}, repeats: 2}
  - {id: appeal, label: A, track: narkomindel, cost: {means: 1}}
  - {id: fund, label: F, track: comintern, target: [a, b], cost: {means: 3, gold: 2}}
  - {id: closed, label: X, track: comintern, when: "gold > 900"}
"""


def played(policy: Historical | Nothing | Random, seed: int = 1, turns: int = 12) -> Session:
    """So many turns as the policy decides."""
    session = Session(game(YAML).program, seed, "open")
    for _ in range(turns):
        session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        policy.plan(session)
        session.close()
    return session


def answers(session: Session) -> list[str]:
    """What was chosen, turn by turn."""
    return [made.move.choice for made in session.made if isinstance(made.move, Answer)]


def plans(session: Session) -> list[Plan]:
    """What was ordered and set, turn by turn."""
    return [made.move for made in session.made if isinstance(made.move, Plan)]


def test_the_historical_policy_takes_the_historical_choice_while_it_is_open_else_the_first_by_id() -> None:
    session = game(YAML)
    session.open()
    assert open_choices(session) == [("b", False), ("m", False), ("z", True)]
    assert Historical().choose(session) == "z"
    poor = Session(game(YAML.replace("gold: {start: 60", "gold: {start: 40")).program)
    poor.open()
    assert Historical().choose(poor) == "b"
    assert all(plan == Plan() for plan in plans(played(Historical())))


def test_the_policy_that_does_nothing_answers_with_the_first_open_choice() -> None:
    session = played(Nothing())
    assert set(answers(session)) == {"b"}
    assert all(plan == Plan() for plan in plans(session))


def test_random_play_is_legal_varied_and_the_same_for_a_seed() -> None:
    sessions = [played(Random(), seed) for seed in (1, 1, 2)]
    assert sessions[0].state == sessions[1].state
    assert sessions[0].state.values != sessions[2].state.values
    assert len(set(answers(sessions[0]))) > 1
    given = {
        order.action for plan in plans(sessions[0]) for orders in plan.orders.values() for order in orders
    }
    assert given == {"talks", "appeal", "fund"}
    balances = [plan.settings["narkomindel"]["balance"] for plan in plans(sessions[0]) if plan.settings]
    assert len(set(balances)) > 2
    assert all(abs(after - before) <= 20 for before, after in zip([50, *balances], balances, strict=False))


def test_random_play_spends_until_nothing_more_is_legal() -> None:
    session = played(Random(), 3)
    left = session.program.layout.index["unspent:comintern"]
    for state, plan in zip(session.closes[1:], plans(session), strict=True):
        assert state.values[left] < 3 or len(plan.orders["comintern"]) == 2


def test_random_play_leaves_a_drafted_setting_alone() -> None:
    session = game(YAML)
    session.open()
    session.answer("m")
    session.draft_setting("balance", 33)
    Random().plan(session)
    assert session.settings["comintern"]["balance"] == 33


def test_another_salt_is_another_player() -> None:
    assert played(Random("x")).state != played(Random("y")).state


def test_an_order_is_given_only_if_it_is_legal_beside_the_others() -> None:
    session = game(YAML)
    session.open()
    session.answer("m")
    assert give(session, "comintern", Order("fund", "a"))
    assert not give(session, "comintern", Order("fund", "b"))
    assert not give(session, "comintern", Order("closed"))
    assert session.orders["comintern"] == [Order("fund", "a")]
