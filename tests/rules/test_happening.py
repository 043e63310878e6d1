"""Which events happen, when, in which order, and who is asked?"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import pytest

from game.rules.state import Answer, IllegalOrder
from tests.rules.small import close, entry, game, happened, moved, turn


def test_an_event_may_happen_within_its_window_once() -> None:
    played = game("events: [{id: e, window: 1921-Q2..1921-Q4}]")
    for _ in range(8):
        turn(played)
    assert happened(played) == [(2, "e")]


def test_without_a_window_an_event_may_happen_at_its_historical_step_only() -> None:
    played = game("""
variables: {gold: {start: 0}}
rules: [{id: grows, effects: {gold: +1}}]
events: [{id: late, historically: 1921-05-08, when: "gold >= 3"}, {id: right, historically: 1921-05-08}]
""")
    for _ in range(8):
        turn(played)
    assert happened(played) == [(2, "right")]


def test_with_neither_an_event_may_happen_at_any_time() -> None:
    played = game("""
variables: {gold: {start: 0}}
rules: [{id: grows, effects: {gold: +1}}]
events: [{id: late, when: "gold >= 6"}]
""")
    for _ in range(8):
        turn(played)
    assert happened(played) == [(7, "late")]


def test_both_when_and_premise_are_asked_of_what_may_happen() -> None:
    played = game("""
variables: {a: {start: true}, b: {start: false}}
events:
  - {id: neither, when: "b"}
  - {id: wants-premise, window: 1921-Q1, premise: "b"}
  - {id: both, when: "a", premise: "not b"}
""")
    turn(played)
    assert happened(played) == [(1, "both")]


@pytest.mark.parametrize("fate", ["historical", "open"])
def test_repeats_lets_an_event_happen_again_after_so_many_turns(fate: str) -> None:
    played = game('events: [{id: e, when: "true", repeats: 3}]', fate=fate)
    for _ in range(8):
        turn(played)
    assert happened(played) == [(1, "e"), (4, "e"), (7, "e")]


def test_a_called_event_is_asked_for_its_premise_only() -> None:
    played = game("""
variables: {gold: {start: 0}, open: {start: false}}
events:
  - {id: first, window: 1921-Q1, then: [{event: second}, {event: third}]}
  - {id: second, when: "gold > 99", window: 1922-Q4, chance: 0, effects: {gold: +1}}
  - {id: third, only_then: true, premise: "open", effects: {gold: +10}}
""")
    turn(played)
    turn(played)
    assert happened(played) == [(1, "first"), (2, "second")]
    note = entry(played, "event:third")
    assert (note.turn, note.delta, note.note) == (2, 0, "dropped: its premise does not hold")
    assert note.cause.parent == entry(played, "event:first").cause
    for _ in range(4):
        turn(played)
    assert played.value("gold") == 1


def test_an_event_that_is_only_called_happens_no_other_way() -> None:
    played = game("""
events:
  - {id: caller, when: "turns_since('caller') > 99999"}
  - {id: called, only_then: true, when: "true", window: 1921-Q1..1922-Q4}
  - {id: never, only_then: true}
""")
    for _ in range(8):
        turn(played)
    assert happened(played) == []


def test_a_call_may_bring_again_what_has_happened() -> None:
    played = game("""
events:
  - {id: once, window: 1921-Q1}
  - {id: again, window: 1921-Q2, then: {event: once}}
""")
    for _ in range(4):
        turn(played)
    assert happened(played) == [(1, "once"), (2, "again"), (3, "once")]


def test_events_go_by_day_and_id_and_each_reads_the_present() -> None:
    played = game("""
variables: {gold: {start: 0}, b_saw: {start: 0}, c_saw: {start: 0}, a_saw: {start: 0}}
events:
  - {id: c, historically: 1921-02-20, effects: {c_saw: gold, gold: +100}}
  - {id: b, historically: 1921-02-20, effects: {b_saw: gold, gold: +10}}
  - {id: a, window: 1921-Q1, effects: {a_saw: gold, gold: +1}}
""")
    played.open()
    assert [name for _, name in happened(played)] == ["a", "b", "c"]
    assert (played.value("a_saw"), played.value("b_saw"), played.value("c_saw")) == (0, 1, 11)
    assert {str(each.cause): each.day for each in played.entries if each.slot == "gold"} == {
        "event:a": 46, "event:b": 51, "event:c": 51,
    }  # fmt: skip


def test_a_later_event_of_the_same_turn_may_hang_on_the_answer() -> None:
    yaml = """
variables: {gold: {start: 0, max: 99}}
events:
  - id: genoa
    historically: 1921-02-10
    asks: narkomindel
    choices: [{id: pay, label: Pay}, {id: talk, label: Talk, historical: true}]
  - {id: rapallo, historically: 1921-02-16, when: "happened('genoa') and chose('genoa', 'talk')", effects: {gold: +1}}
"""
    for choice, gold in (("talk", 1), ("pay", 0)):
        played = game(yaml)
        played.open()
        assert played.place == "question"
        played.answer(choice)
        assert (played.place, played.value("gold")) == ("orders", gold)


def test_the_question_comes_after_the_events_own_block() -> None:
    played = game("""
variables: {gold: {start: 0}}
events:
  - id: e
    window: 1921-Q1
    effects: {gold: +5}
    asks: comintern
    choices:
      - {id: take, label: Take, when: "gold == 5 and happened('e')", effects: {gold: "gold"}}
      - {id: leave, label: Leave}
""")
    played.open()
    assert played.value("gold") == 5
    played.answer("take")
    assert played.value("gold") == 10


def test_wrong_answers_are_refused_and_change_nothing() -> None:
    played = game("""
events:
  - id: e
    window: 1921-Q1
    asks: narkomindel
    choices: [{id: open, label: A}, {id: closed, label: B, when: "turn > on('1921-Q4')"}]
""")
    played.open()
    before = played.state
    for answer, code in (
        (Answer("e", "closed"), "choice-closed"), (Answer("e", "other"), "unknown-choice"),
        (Answer("x", "open"), "not-now"),
    ):  # fmt: skip
        with pytest.raises(IllegalOrder) as refused:
            played.move(answer)
        assert refused.value.refusal.code == code
    assert played.state == before


def test_after_zero_calls_a_later_day_of_the_same_turn() -> None:
    played = game("""
variables: {gold: {start: 0}}
events:
  - {id: berlin, historically: 1921-02-21, then: {event: hamburg, after: 0}}
  - {id: hamburg, only_then: true, historically: 1923-02-23, premise: "due('munich') or gold == 0", effects: {gold: +1}}
  - {id: munich, only_then: true}
""")
    played.open()
    assert happened(played) == [(1, "berlin"), (1, "hamburg")]


def test_the_instances_of_one_event_read_one_picture_and_write_together() -> None:
    played = game("""
variables: {gold: {start: 10}}
country_variables: {unrest: {start: 1}}
countries: {a: {name: A}, b: {name: B}, c: {name: C, start: {unrest: 0}}}
events: [{id: e, window: 1921-Q1, each: country, when: "country.unrest > 0", effects: {gold: "gold", each.unrest: 1}}]
""")
    played.open()
    assert happened(played) == [(1, "e@a"), (1, "e@b")]
    assert played.value("gold") == 30
    assert [played.value(f"{name}.unrest") for name in "abc"] == [3, 3, 2]


def test_every_country_has_a_memory_of_its_own() -> None:
    played = game("""
country_variables: {unrest: {start: 0}}
countries: {a: {name: A, start: {unrest: 5}}, b: {name: B}}
rules: [{id: spreads, each: [b], effects: {country.unrest: +2}}]
events: [{id: e, each: country, when: "country.unrest >= 5"}]
variables: {seen: {is: "happened('e', b)"}, any_seen: {is: "happened('e')"}, times_seen: {is: "times('e')"}}
""")
    for _ in range(5):
        turn(played)
    assert happened(played) == [(1, "e@a"), (4, "e@b")]
    assert (played.value("seen"), played.value("any_seen"), played.value("times_seen")) == (1, 1, 2)


def test_pick_draws_one_instance_and_asks_only_its_chance() -> None:
    yaml = """
country_variables: {weight: {start: 1}, chance: {start: 0}}
countries: {a: {name: A}, b: {name: B, start: {weight: 60, chance: 100}}, c: {name: C, start: {weight: 50}}}
events: [{id: e, each: country, when: "country.weight < 60 or country.chance == 100", pick: "country.weight", chance: "country.chance"}]
"""
    found = set()
    for seed in range(30):
        played = game(yaml, seed)
        played.open()
        found.add(tuple(happened(played)))
    assert found == {(), ((1, "e@b"),)}


def test_a_weight_below_one_counts_as_one() -> None:
    found = set()
    for seed in range(20):
        played = game(
            """
country_variables: {weight: {start: -5, min: -9}}
countries: {a: {name: A}, b: {name: B}}
events: [{id: e, each: country, window: 1921-Q1, pick: "country.weight"}]
""",
            seed,
        )
        played.open()
        found.update(happened(played))
    assert found == {(1, "e@a"), (1, "e@b")}


def test_an_event_asks_about_the_picked_country_and_binds_it() -> None:
    played = game("""
country_variables: {unrest: {start: 1}}
countries: {a: {name: Aland}, b: {name: Bland, start: {unrest: 90}}}
events:
  - id: e
    each: country
    window: 1921-Q1
    pick: "country.unrest"
    asks: narkomindel
    title: "Trouble in {country}"
    choices: [{id: calm, label: "Calm {country}", effects: {country.unrest: -40}}, {id: wait, label: Wait}]
""", fate="historical")  # fmt: skip
    played.open()
    seen = played.observe().question
    assert seen is not None
    assert (seen.country, seen.title, seen.options[0].label) == ("b", "Trouble in Bland", "Calm Bland")
    played.answer("calm")
    assert (played.value("b.unrest"), played.value("a.unrest")) == (50, 1)


def test_of_two_calls_of_an_asking_event_in_one_turn_the_second_is_dropped_with_a_note() -> None:
    played = game("""
countries: {a: {name: A}, b: {name: B}}
events:
  - {id: caller, each: country, window: 1921-Q1, then: {event: asked}}
  - {id: asked, each: country, only_then: true, pick: 1, asks: narkomindel, choices: [{id: x, label: X}, {id: y, label: Y}]}
""")
    turn(played)
    turn(played)
    assert happened(played)[2:] == [(2, "asked@a")]
    assert entry(played, "event:asked@b").note == "dropped: it asks about another country this turn"


MANY = """
decisions: 1
variables: {gold: {start: 0, min: -99}}
events:
  - {id: a, window: 1921-Q1, day: 1, asks: narkomindel, choices: [{id: x, label: X}, {id: y, label: Y}]}
  - {id: b, window: 1921-Q1, day: 2, asks: narkomindel, choices: [{id: x, label: X, effects: {gold: -1}}, {id: y, label: Y, historical: true, effects: {gold: +1}}]}
  - {id: c, window: 1921-Q1, day: 3, asks: narkomindel, choices: [{id: x, label: X, effects: {gold: -10}}, {id: y, label: Y, historical: true, when: "gold > 5"}]}
  - {id: d, window: 1921-Q1, day: 4, asks: narkomindel, always_asks: true, choices: [{id: x, label: X}, {id: y, label: Y}]}
  - {id: e, window: 1921-Q1, day: 5, asks: comintern, choices: [{id: x, label: X}, {id: y, label: Y}]}
"""


def test_beyond_the_cap_of_questions_the_default_is_taken_and_marked() -> None:
    played = game(MANY)
    played.open()
    asked = []
    while (seen := played.observe().question) is not None:
        asked.append(seen.event)
        played.answer("x")
    assert asked == ["a", "d", "e"]
    assert moved(played, "gold") == [(1, "choice:b/y"), (-10, "choice:c/x")]
    default = entry(played, "choice:b/y")
    assert (default.cause.by, default.note) == (
        "default",
        "the engine answered: the role had enough questions",
    )
    assert default.cause.decision() is None
    cards = {card.event: card.answer for card in played.dispatches()}
    assert (cards["b"], cards["c"]) == ("Y", "X")


def test_the_cap_counts_each_turn_anew() -> None:
    played = game("""
decisions: 1
events:
  - {id: a, window: 1921-Q1, asks: narkomindel, choices: [{id: x, label: X}, {id: y, label: Y}]}
  - {id: b, window: 1921-Q2, asks: narkomindel, choices: [{id: x, label: X}, {id: y, label: Y}]}
""")
    turn(played)
    played.open()
    seen = played.observe().question
    assert seen is not None and seen.event == "b"


def test_in_historical_fate_nothing_dated_happens_early_and_its_chance_is_not_asked() -> None:
    yaml = """
variables: {gold: {start: 0}}
rules: [{id: grows, effects: {gold: +1}}]
events:
  - {id: early, historically: 1921-05-01, window: 1921-Q1..1922-Q4, chance: 1}
  - {id: delayed, historically: 1921-05-02, window: 1921-Q1..1922-Q4, when: "gold >= 4", chance: 1}
  - {id: missed, historically: 1921-05-03, window: 1921-Q1..1921-Q3, when: "gold >= 4"}
"""
    played = game(yaml, fate="historical")
    for _ in range(8):
        turn(played)
    assert happened(played) == [(2, "early"), (5, "delayed")]


def test_in_historical_fate_other_chances_come_up_from_fifty_on() -> None:
    played = game(
        """
variables: {gold: {start: 0, max: 999}}
rules: [{id: likely, chance: 50, effects: {gold: +1}}, {id: unlikely, chance: 49, effects: {gold: +10}}]
events:
  - {id: even, window: 1921-Q1, chance: 50, then: [{event: x, chance: 49}, {event: y, chance: 50}]}
  - {id: rare, window: 1921-Q1, chance: 49}
  - {id: x, only_then: true}
  - {id: y, only_then: true}
""",
        seed=5,
        fate="historical",
    )
    turn(played)
    played.open()
    assert happened(played) == [(1, "even"), (2, "y")]
    assert played.value("gold") == 1


def test_two_events_that_set_one_word_in_one_turn_are_two_entries_and_the_later_stands() -> None:
    played = game("""
variables: {line: {start: a, words: [a, b, c]}}
events:
  - {id: high, window: 1921-Q1, day: 3, effects: {line: c}}
  - {id: low, window: 1921-Q1, day: 9, effects: {line: b}}
""")
    played.open()
    assert moved(played, "line") == [(2, "event:high"), (-1, "event:low")]


def test_a_country_that_is_gone_has_no_events() -> None:
    played = game("""
countries: {a: {name: A}, b: {name: B}}
events:
  - {id: end-of-a, window: 1921-Q2, effects: {a.exists: false}, then: {event: called, country: a}}
  - {id: e, each: country, window: 1921-Q3}
  - {id: called, each: country, only_then: true}
""")
    for _ in range(4):
        turn(played)
    assert happened(played) == [(2, "end-of-a"), (3, "e@b")]
    assert entry(played, "event:called@a").note.startswith("dropped")


def test_orders_cannot_be_given_before_all_is_answered() -> None:
    played = game("""
events: [{id: e, window: 1921-Q1, asks: narkomindel, choices: [{id: x, label: X}, {id: y, label: Y}]}]
""")
    played.open()
    with pytest.raises(IllegalOrder) as refused:
        close(played)
    assert refused.value.refusal.code == "not-now"
