"""How do chance, results and shares come up?"""

from __future__ import annotations

from collections import Counter

import pytest

from game.rules.dice import draw, key_number
from tests.rules.small import entry, game, happened, turn

RESULTS = """
variables: {{first: {{start: 0}}, gold: {{start: 0}}}}
events:
  - id: e
    window: 1921-Q1
    results:
      rest: {{effects: {{gold: {{set: 1}}}}}}
      alpha: {{chance: {alpha}, effects: {{gold: {{set: 2}}}}}}
      beta: {{chance: {beta}, effects: {{gold: {{set: 3}}}}}}
"""


def shares(alpha: int | str, beta: int | str, games: int = 400) -> Counter[str]:
    """How often each result comes in games with different seeds."""
    session = game(RESULTS.format(alpha=alpha, beta=beta))
    found: Counter[str] = Counter()
    for seed in range(games):
        played = type(session)(session.program, seed, "open")
        played.open()
        found[next(each.cause.branch for each in played.entries if each.slot == "gold")] += 1
    return found


def test_a_draw_is_fixed_for_ever() -> None:
    assert key_number("event:rapallo") == 5318555335397830754
    assert [draw(7, turn, key_number("event:rapallo"), 100) for turn in (1, 2, 3)] == [6, 95, 29]


def test_the_last_result_takes_what_the_others_leave_of_a_hundred() -> None:
    found = shares(30, 20)
    assert abs(found["=alpha"] - 120) < 30
    assert abs(found["=beta"] - 80) < 30
    assert abs(found["=rest"] - 200) < 35


def test_results_are_weighed_against_each_other_beyond_a_hundred() -> None:
    found = shares(300, 100)
    assert found["=rest"] == 0
    assert abs(found["=alpha"] - 300) < 35


def test_a_chance_below_zero_counts_as_zero() -> None:
    found = shares(-50, "gold - 10")
    assert found == {"=rest": 400}


def test_results_lie_side_by_side_by_id_and_the_rest_last() -> None:
    session = game(RESULTS.format(alpha=30, beta=20))
    for seed in range(60):
        played = type(session)(session.program, seed, "open")
        played.open()
        roll = draw(seed, 1, key_number("result:e"), 100)
        branch = next(each.cause.branch for each in played.entries if each.slot == "gold")
        assert branch == ("=alpha" if roll < 30 else "=beta" if roll < 50 else "=rest")


@pytest.mark.parametrize(
    ("alpha", "beta", "drawn"), [(40, 40, "=alpha"), (34, 33, "=alpha"), (33, 33, "=rest"), (10, 45, "=beta")]
)
def test_in_historical_fate_the_largest_share_comes_and_of_equals_the_first(
    alpha: int, beta: int, drawn: str
) -> None:
    played = game(RESULTS.format(alpha=alpha, beta=beta), seed=3, fate="historical")
    played.open()
    assert entry(played, f"event:e/{drawn}").delta != 0


def test_in_historical_fate_the_heaviest_country_is_picked() -> None:
    played = game(
        """
country_variables: {weight: {start: 5}}
countries: {a: {name: A}, b: {name: B, start: {weight: 9}}, c: {name: C, start: {weight: 9}}}
events: [{id: e, each: country, window: 1921-Q1, pick: "country.weight"}]
rules: [{id: r, each: country, pick: "10 - country.weight", effects: {country.weight: +1}}]
""",
        fate="historical",
    )
    turn(played)
    assert happened(played) == [(1, "e@b")]
    assert entry(played, "rule:r@a").delta == 1


@pytest.mark.parametrize("chance", [0, 1, 37, 99, 100, 250, -4])
def test_a_chance_comes_up_when_its_draw_is_below_it(chance: int) -> None:
    session = game(f"""
variables: {{gold: {{start: 0}}}}
rules: [{{id: r, chance: {chance}, effects: {{gold: +1}}}}]
""")
    for seed in range(80):
        played = type(session)(session.program, seed, "open")
        turn(played)
        assert played.value("gold") == int(draw(seed, 1, key_number("rule:r"), 100) < chance)


def test_every_kind_of_chance_has_the_key_of_its_item_and_country() -> None:
    session = game("""
variables: {gold: {start: 0}}
country_variables: {unrest: {start: 0}}
countries: {a: {name: A}, b: {name: B}}
rules: [{id: r, each: country, chance: 50, effects: {country.unrest: +1}}]
events:
  - {id: e, each: country, window: 1921-Q1, chance: 50, then: {event: t, chance: 50}}
  - {id: t, each: country, only_then: true}
  - {id: p, each: country, window: 1921-Q1, pick: 1}
orders:
  - {id: o, label: O, track: narkomindel, target: country, results: {yes: {chance: 50, effects: {gold: +1}}, no: {}}}
""")
    for seed in range(40):
        played = type(session)(session.program, seed, "open")
        turn(played, "o b")
        played.open()
        seen = set(happened(played))
        for country in "ab":
            comes = draw(seed, 1, key_number(f"event:e@{country}"), 100) < 50
            assert ((1, f"e@{country}") in seen) == comes
            called = comes and draw(seed, 1, key_number(f"then:e@{country}>t"), 100) < 50
            assert ((2, f"t@{country}") in seen) == called
            grows = draw(seed, 1, key_number(f"rule:r@{country}"), 100) < 50
            assert played.value(f"{country}.unrest") == grows
        picked = "ab"[draw(seed, 1, key_number("pick:p"), 2)]
        assert (1, f"p@{picked}") in seen
        assert played.value("gold") == (draw(seed, 1, key_number("result:o@b"), 100) < 50)


def test_the_result_of_a_choice_has_a_key_with_the_choice() -> None:
    session = game("""
variables: {gold: {start: 0}}
events:
  - id: e
    window: 1921-Q1
    asks: narkomindel
    choices: [{id: bet, label: Bet, results: {win: {chance: 50, effects: {gold: +1}}, lose: {}}}, {id: no, label: No}]
""")
    for seed in range(40):
        played = type(session)(session.program, seed, "open")
        played.open()
        played.answer("bet")
        assert played.value("gold") == (draw(seed, 1, key_number("result:e/bet"), 100) < 50)
