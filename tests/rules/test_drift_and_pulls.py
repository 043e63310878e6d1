"""Stages read snapshots, pulls act together, and countries that are gone stand still."""

from __future__ import annotations

from tests.rules.small import close, entry, game, moved, turn


def test_the_rules_of_a_stage_read_one_picture_and_later_stages_read_what_they_wrote() -> None:
    played = game("""
variables: {a: {start: 1, max: 999}, b: {start: 10, max: 999}, c: {start: 0, max: 999}}
rules:
  - {id: r1, stage: 3, effects: {a: "b"}}
  - {id: r2, stage: 3, effects: {b: "a"}}
  - {id: r3, stage: 4, effects: {c: "a + b"}}
  - {id: r0, stage: 2, effects: {c: "a + b"}}
""")
    turn(played)
    assert (played.value("a"), played.value("b"), played.value("c")) == (11, 11, 11 + 22)


def test_stage_five_is_the_usual_one() -> None:
    played = game("""
variables: {a: {start: 1}, saw: {start: 0}}
rules:
  - {id: usual, effects: {a: +1}}
  - {id: with-it, stage: 5, effects: {saw: "a"}}
  - {id: after-it, stage: 6, effects: {saw: "10 * a"}}
""")
    turn(played)
    assert played.value("saw") == 1 + 20


def test_rules_act_every_turn_while_their_condition_holds() -> None:
    played = game("""
variables: {a: {start: 0}, b: {start: 0}}
rules: [{id: always, effects: {a: +1}}, {id: sometimes, when: "quarter in (2, 4)", effects: {b: +1}}]
""")
    for _ in range(8):
        turn(played)
    assert (played.value("a"), played.value("b")) == (8, 4)


def test_a_rule_with_pick_acts_in_one_country() -> None:
    played = game("""
country_variables: {unrest: {start: 0}}
countries: {a: {name: A}, b: {name: B}, c: {name: C}}
rules: [{id: r, each: [a, b], pick: "1", effects: {country.unrest: +1}}]
""")
    for _ in range(8):
        turn(played)
    values = [played.value(f"{name}.unrest") for name in "abc"]
    assert sum(values) == 8
    assert values[2] == 0
    assert min(values[:2]) > 0


def test_rules_read_what_orders_left_of_the_means() -> None:
    played = game("""
variables: {left: {start: 0}, had: {start: 0}}
orders: [{id: o, label: O, track: comintern, cost: {means: 3}}]
rules: [{id: r, effects: {left: {set: "unspent('comintern')"}, had: {set: "means('comintern')"}}}]
""")
    turn(played, "o")
    assert (played.value("left"), played.value("had")) == (7, 10)


PULLED = """
variables:
  fast: {start: 0, max: 100, toward: 10, step: 4, because: "It drifts."}
  slow: {start: 20, max: 100, toward: "fast"}
  once: {start: 0, max: 100, toward: 0, step: 9}
  goal: {is: "5 + turn"}
country_variables:
  trade: {start: 50, toward: 60, step: 3}
  calm: {start: 9}
countries:
  a: {name: A}
  b: {name: B, toward: {trade: "goal", calm: 0}, step: {trade: 7}}
  c: {name: C, start: {exists: false}}
events: [{id: splash, window: 1921-Q1, effects: {once: +7}}, {id: revive, window: 1922-Q4, effects: {c.exists: true}}]
"""


def test_pulls_go_at_most_their_step_towards_their_goal_all_on_one_picture() -> None:
    played = game(PULLED)
    turn(played)
    assert (played.value("fast"), played.value("slow")) == (4, 19)
    turn(played)
    assert (played.value("fast"), played.value("slow")) == (8, 18)
    turn(played)
    turn(played)
    assert moved(played, "fast") == [(4, "pull:fast"), (4, "pull:fast"), (2, "pull:fast")]
    pulled = entry(played, "pull:fast")
    assert (pulled.phase, played.viewer.words.because(pulled)) == (6, "It drifts.")


def test_an_effect_on_what_is_pulled_to_nothing_lasts_one_turn() -> None:
    played = game(PULLED)
    played.open()
    assert played.value("once") == 7
    close(played)
    assert played.value("once") == 0


def test_a_country_may_have_its_own_goal_and_speed() -> None:
    played = game(PULLED)
    turn(played)
    assert (played.value("a.trade"), played.value("b.trade")) == (53, 43)
    assert (played.value("a.calm"), played.value("b.calm")) == (9, 8)


def test_a_country_that_is_gone_has_no_pulls_of_its_own_but_can_still_be_read() -> None:
    played = game(PULLED + "rules: [{id: reads, effects: {once: c.trade}}]\n")
    turn(played)
    assert (played.value("c.trade"), moved(played, "once")[1][0]) == (50, 50)


def test_a_negative_step_pulls_nothing() -> None:
    played = game('variables: {a: {start: 5, toward: 50, step: "0 - a"}}')
    turn(played)
    assert moved(played, "a") == []
