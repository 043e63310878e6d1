"""What is remembered: the past, the turn's opening, what happened, was chosen, is due."""

from __future__ import annotations

from tests.rules.small import close, game, happened, moved, turn


def test_before_is_the_value_at_the_turns_opening() -> None:
    played = game("""
country_variables: {denials: {start: 0}}
countries: {a: {name: A}, b: {name: B}}
variables: {gold: {start: 5}, lost: {start: 0}, double: {is: "2 * gold"}}
events: [{id: e, window: 1921-Q2, effects: {gold: +3, a.denials: +1}}]
rules:
  - {id: r, effects: {lost: "before(double) * 100 + before(gold)"}}
  - {id: denied, each: country, when: "country.denials > before(country.denials)", effects: {gold: +50}}
""")
    turn(played)
    assert moved(played, "lost") == [(1005, "rule:r")]
    turn(played)
    assert moved(played, "lost", 2) == [(1005, "rule:r")]
    assert moved(played, "gold", 2) == [(3, "event:e"), (50, "rule:denied@a")]
    turn(played)
    assert moved(played, "lost", 3) == [(58 * 200 + 58, "rule:r")]


def test_before_of_a_named_expression_remembers_what_it_asked_at_the_opening() -> None:
    played = game("""
countries: {a: {name: A}, b: {name: B}}
variables:
  number: {is: "count(each.exists)"}
  seen: {is: "1 if happened('e') else 0"}
  was: {start: 0}
events: [{id: e, window: 1921-Q1, effects: {b.exists: false}}]
rules: [{id: r, effects: {was: {set: "10 * before(number) + before(seen)"}}}]
""")
    turn(played)
    assert played.value("was") == 20
    turn(played)
    assert played.value("was") == 11


def test_the_past_counts_as_happened_and_chosen() -> None:
    played = game("""
past: {famine: {on: 1920-Q3, choice: appeal}, note: {on: 1919-Q4}}
events:
  - {id: famine, window: 1920-Q1..1922-Q4, asks: narkomindel, choices: [{id: appeal, label: A}, {id: hide, label: H}]}
  - {id: note, when: "true", repeats: 6}
  - {id: fresh, historically: 1922-11-01}
variables:
  seen: {is: "happened('famine') and chose('famine', 'appeal') and not chose('famine', 'hide')"}
  since: {is: "turns_since('famine')"}
  never: {is: "turns_since('fresh')"}
  number: {is: "times('note')"}
""")
    turn(played)
    assert (played.value("seen"), played.value("since"), played.value("never")) == (1, 2, 9999)
    assert happened(played) == []
    turn(played)
    assert (happened(played), played.value("number")) == ([(2, "note")], 2)


def test_a_milestone_of_the_past_is_not_reached_again() -> None:
    played = game("""
past: {rich: {on: 1920-Q2}}
variables:
  gold: {start: 9}
  since: {is: "turns_since('rich') if happened('rich') else 0"}
  ahead: {is: "lead('rich')"}
milestones: [{id: rich, label: R, when: "gold > 5", historically: 1920-11-01}]
""")
    turn(played)
    assert (played.value("since"), played.value("ahead")) == (3, 2)


def test_turns_since_times_and_chose_follow_the_last_turn_and_the_count() -> None:
    played = game("""
events: [{id: e, when: "true", repeats: 2, asks: narkomindel, choices: [{id: x, label: X}, {id: y, label: Y}]}]
variables: {since: {is: "turns_since('e')"}, number: {is: "times('e')"}, y: {is: "chose('e', 'y')"}}
""")
    played.open()
    played.answer("x")
    assert (played.value("since"), played.value("number"), played.value("y")) == (0, 1, 0)
    close(played)
    turn(played)
    played.open()
    played.answer("y")
    assert (played.value("since"), played.value("number"), played.value("y")) == (0, 2, 1)


def test_orders_are_remembered_like_events() -> None:
    played = game("""
countries: {a: {name: A}, b: {name: B}}
orders: [{id: o, label: O, track: narkomindel, target: country}]
variables:
  any_given: {is: "happened('o')"}
  for_b: {is: "times('o', b)"}
  since: {is: "turns_since('o')"}
  since_a: {is: "turns_since('o', a)"}
""")
    turn(played, "o a")
    turn(played, "o b")
    turn(played)
    names = ("any_given", "for_b", "since", "since_a")
    assert [played.value(name) for name in names] == [1, 1, 1, 2]


def test_due_is_true_in_the_turn_of_a_call_until_it_happens() -> None:
    played = game("""
variables: {saw: {start: 0}}
events:
  - {id: first, window: 1921-Q1, then: {event: called, after: 2}}
  - {id: look, when: "due('called')", day: 5, repeats: 1, effects: {saw: +1}}
  - {id: called, only_then: true, day: 40}
  - {id: look-late, when: "due('called')", day: 60, repeats: 1, effects: {saw: +100}}
""")
    for _ in range(5):
        turn(played)
    assert (played.value("saw"), happened(played)) == (1, [(1, "first"), (3, "look"), (3, "called")])


def test_the_clock_counts_turns_and_names_the_date() -> None:
    played = game("""
calendar: {from: 1921-Q2, to: 1922-Q4}
variables: {clock: {is: "year * 1000000 + month * 10000 + quarter * 1000 + turn"}, there: {is: "on('1922-Q1')"}}
""")
    played.open()
    assert (played.value("clock"), played.value("there")) == (1921 * 1000000 + 4 * 10000 + 2 * 1000 + 1, 4)
    close(played)
    played.open()
    assert played.value("clock") == 1921 * 1000000 + 7 * 10000 + 3 * 1000 + 2


def test_months_halves_and_years_are_turns_too() -> None:
    for calendar, first in (
        ("{from: 1921-11, to: 1922-02, step: month}", (1921, 11, 4)),
        ("{from: 1921-H2, to: 1923-H1, step: half}", (1921, 7, 3)),
        ("{from: 1921, to: 1923, step: year}", (1921, 1, 1)),
    ):
        played = game(f"""
calendar: {calendar}
variables: {{y: {{is: year}}, m: {{is: month}}, q: {{is: quarter}}}}
""")
        played.open()
        assert (played.value("y"), played.value("m"), played.value("q")) == first


def test_totals_run_over_the_countries_that_exist() -> None:
    played = game("""
country_variables: {w: {start: 2}, great: {start: false, constant: true}}
countries: {a: {name: A, start: {w: 7, great: true}}, b: {name: B, start: {w: 4}}, c: {name: C, start: {great: true}}}
variables:
  sum: {is: "total(each.w)"}
  great: {is: "total(each.w, each.great)"}
  mean: {is: "average(each.w)"}
  many: {is: "count(each.w > 3)"}
  some: {is: "any(each.w > 6)"}
  every: {is: "all(each.w > 3, each.great)"}
  none: {is: "total(each.w, each.w > 50) + average(each.w, each.w > 50) + count(each.great, each.w > 50)"}
  empty_all: {is: "all(each.great, each.w > 50)"}
  empty_any: {is: "any(each.great, each.w > 50)"}
events: [{id: gone, window: 1921-Q2, effects: {c.exists: false}}]
""")
    names = ("sum", "great", "mean", "many", "some", "every", "none", "empty_all", "empty_any")
    played.open()
    assert [played.value(name) for name in names] == [13, 9, 4, 2, 1, 0, 0, 1, 0]
    close(played)
    played.open()
    assert [played.value(name) for name in names] == [11, 7, 5, 2, 1, 1, 0, 1, 0]


def test_when_all_countries_are_gone_totals_are_empty() -> None:
    played = game("""
country_variables: {w: {start: 2}}
countries: {a: {name: A}}
variables: {sum: {is: "total(each.w) + average(each.w)"}, every: {is: "all(each.w > 3)"}}
events: [{id: gone, window: 1921-Q1, effects: {a.exists: false}}]
""")
    played.open()
    assert (played.value("sum"), played.value("every")) == (0, 1)
