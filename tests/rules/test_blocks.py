"""A block reads once and writes once, and writes that meet are settled by one rule."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from tests.rules.small import close, entry, game, moved, turn


def test_all_amounts_of_a_block_read_the_values_before_it() -> None:
    played = game("""
variables: {a: {start: 3, max: 100}, b: {start: 5, max: 100}}
events:
  - {id: swap, when: "turn == on('1921-Q1')", effects: {a: {set: b}, b: {set: a}}}
""")
    played.open()
    assert (played.value("a"), played.value("b")) == (5, 3)


def test_the_drawn_result_reads_the_values_before_its_block_too() -> None:
    played = game("""
variables: {a: {start: 3, max: 100}, b: {start: 0, max: 100}}
events:
  - id: e
    window: 1921-Q1
    effects: {a: +10}
    results: {only: {effects: {b: "a", a: "a"}}}
""")
    played.open()
    assert (played.value("a"), played.value("b")) == (16, 3)
    assert moved(played, "a") == [(10, "event:e"), (3, "event:e/=only")]


def test_of_several_sets_the_highest_holds_and_all_adds_are_added_to_it() -> None:
    played = game("""
variables: {gold: {start: 7, max: 100}}
rules:
  - {id: low, effects: {gold: {add: 4}}}
orders:
  - {id: to-twenty, label: A, track: narkomindel, effects: {gold: {set: 20}}}
  - {id: to-ten, label: B, track: narkomindel, effects: {gold: {set: 10}}}
  - {id: five-more, label: C, track: comintern, effects: {gold: +5}}
""")
    played.open()
    close(played, "to-ten", "to-twenty", "five-more")
    assert moved(played, "gold") == [
        (5, "order:five-more"), (0, "order:to-ten"), (13, "order:to-twenty"), (4, "rule:low"),
    ]  # fmt: skip
    assert played.value("gold") == 29


def test_two_equal_sets_are_two_entries_and_one_movement() -> None:
    played = game("""
variables: {gold: {start: 7, max: 100}}
orders:
  - {id: a, label: A, track: narkomindel, effects: {gold: {set: 20}}}
  - {id: b, label: B, track: comintern, effects: {gold: {set: 20}}}
""")
    played.open()
    close(played, "a", "b")
    assert sorted(delta for delta, _ in moved(played, "gold")) == [0, 13]


def test_the_later_word_and_true_are_the_highest() -> None:
    played = game("""
variables:
  line: {start: b, words: [a, b, c]}
  open: {start: true}
orders:
  - {id: to-a, label: A, track: narkomindel, effects: {line: a, open: false}}
  - {id: to-c, label: C, track: narkomindel, effects: {line: {set: c}, open: true}}
""")
    played.open()
    close(played, "to-a", "to-c")
    assert moved(played, "line") == [(0, "order:to-a"), (1, "order:to-c")]
    assert (played.value("line"), played.value("open")) == (2, 1)


def test_a_value_is_held_once_and_the_hold_is_an_entry_of_its_own() -> None:
    played = game("""
variables: {gold: {start: 90, max: 100}}
rules:
  - {id: comes, effects: {gold: +30}}
  - {id: goes, effects: {gold: -15}}
""")
    turn(played)
    assert moved(played, "gold") == [(30, "rule:comes"), (-15, "rule:goes"), (-5, "limit:gold")]
    held = entry(played, "limit:gold")
    assert (held.before, held.after, held.phase, held.known_to) == (105, 100, 5, "all")


def test_each_effects_reach_every_existing_country_for_which_they_hold() -> None:
    played = game("""
country_variables: {relations: {start: 0, min: -50, max: 50}, great: {start: false, constant: true}}
countries:
  britain: {name: Britain, start: {great: true}}
  france: {name: France, start: {great: true, exists: false}}
  persia: {name: Persia}
events:
  - {id: e, window: 1921-Q1, effects: {each.relations: {add: -6, when: "each.great"}}}
""")
    played.open()
    values = {name: played.value(f"{name}.relations") for name in ("britain", "france", "persia")}
    assert values == {"britain": -6, "france": 0, "persia": 0}


def test_cancelling_comes_before_calling() -> None:
    played = game("""
variables: {gold: {start: 0}}
events:
  - {id: first, window: 1921-Q1, then: {event: late, after: 1}}
  - {id: second, window: 1921-Q2, day: 5, cancel: [late], then: {event: late, after: 2}}
  - {id: late, only_then: true, day: 50, effects: {gold: +1}}
""")
    due = []
    for _ in range(5):
        turn(played)
        due.append(played.value("gold"))
    assert due == [0, 0, 0, 1, 1]


def test_of_two_dates_for_one_pending_event_the_earlier_stands() -> None:
    played = game("""
variables: {gold: {start: 0}}
events:
  - {id: soon, window: 1921-Q1, day: 9, then: {event: late, after: 2}}
  - {id: sooner, window: 1921-Q1, day: 8, then: {event: late, after: 3}}
  - {id: again, window: 1921-Q2, then: {event: late, after: 3}}
  - {id: late, only_then: true, day: 50, effects: {gold: +1}}
""")
    for _ in range(8):
        turn(played)
    assert [each.turn for each in played.entries if each.slot == "gold"] == [3]
    assert entry(played, "event:late").cause.parent == entry(played, "event:soon").cause


def test_what_moves_nothing_leaves_a_note() -> None:
    played = game("""
variables: {gold: {start: 0}}
events:
  - {id: news, window: 1921-Q1, because: "It was so."}
  - {id: idle, window: 1921-Q1, effects: {gold: {add: 5, when: "gold > 100"}}}
rules: [{id: silent, effects: {gold: {add: 5, when: "gold > 100"}}}]
""")
    turn(played)
    assert [(each.slot, each.delta, each.note) for each in played.entries] == [
        ("event:idle", 0, "happened"), ("event:news", 0, "happened"),
    ]  # fmt: skip
    assert {card.event for card in played.dispatches()} == {"news", "idle"}


def test_the_reason_is_worded_with_the_values_before_the_block() -> None:
    played = game("""
variables: {gold: {start: 40, max: 100}}
country_variables: {relations: {start: 10, min: -50, max: 50}}
countries: {britain: {name: Britain}, persia: {name: Persia}}
rules:
  - {id: r, each: country, when: "country == britain", effects: {country.relations: +1, gold: -2}, because: "{country} at {country.relations} had {gold}."}
""")
    turn(played)
    told = {played.viewer.words.because(each) for each in played.entries}
    assert told == {"Britain at 10 had 40."}


def test_an_order_of_a_country_that_has_no_instance_of_an_event_calls_nothing() -> None:
    played = game("""
variables: {gold: {start: 0}}
countries: {britain: {name: Britain}, persia: {name: Persia}}
orders:
  - {id: ask, label: Ask, track: narkomindel, target: [britain, persia], then: {event: answer}}
events:
  - {id: answer, each: [britain], only_then: true, effects: {gold: +1}}
""")
    turn(played, "ask persia")
    turn(played, "ask britain")
    assert played.value("gold") == 0
    turn(played)
    assert played.value("gold") == 1
