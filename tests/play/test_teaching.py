"""What may a teacher's hand do, and is it a decision like any other?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import saves
from game.play.debriefing import debrief
from game.play.games import begin, forked
from game.play.reopening import reopen
from game.play.session import Session
from game.play.teaching import call, events, pause, set_value, typed, values
from game.rules.state import Order, Teacher
from tests.rules.small import program

YAML = """
title: A pause
calendar: {from: 1922-Q1, to: 1922-Q4}
scores: {trade: {label: Trade, start: 20}}
variables:
  gold: {label: Gold, start: 20, max: 50}
  balance: {label: Course, start: 50, max: 100, set_by: narkomindel, when: "gold >= 5"}
  regime: {label: Regime, start: lenin, words: [lenin, collective], labels: {collective: The collective}}
  open: {label: Open, start: false}
  sum: {is: "trade + gold"}
country_variables: {relations: {label: Relations, start: 0, min: -100}}
countries: {britain: {name: Britain}, germany: {name: Germany}}
events:
  - id: genoa
    title: Genoa
    historically: 1922-02-10
    asks: narkomindel
    choices: [{id: go, label: Go, historical: true, effects: {trade: +5}}, {id: stay, label: Stay}]
  - id: rapallo
    title: Rapallo
    historically: 1922-03-16
    when: "trade > 90"
    premise: "gold > 0"
    effects: {trade: +9}
  - {id: raid, title: A raid, each: country, only_then: true, day: 50, effects: {country.relations: -5}}
  - {id: easier, title: Easier, difficulty: true, only_then: true, effects: {gold: +9}}
orders: [{id: buy, label: Buy, track: narkomindel, cost: {gold: 15}, effects: {trade: +1}}]
"""


def game() -> Session:
    """A game at its first question."""
    session = Session(program(YAML))
    session.open()
    return session


def at_orders() -> Session:
    """A game whose first question is answered."""
    session = game()
    session.answer("stay")
    return session


def test_a_value_is_set_as_it_is_typed() -> None:
    session = at_orders()
    assert set_value(session, "gold", "33") == ("Gold is 33 now.", True)
    assert set_value(session, "britain.relations", "−40") == ("Britain: relations is −40 now.", True)
    assert set_value(session, "regime", "the collective") == ("Regime is The collective now.", True)
    assert set_value(session, "regime", "lenin")[1]
    assert set_value(session, "open", "yes") == ("Open is yes now.", True)
    assert set_value(session, "open", "false") == ("Open is no now.", True)
    assert [session.value(slot) for slot in ("gold", "britain.relations", "regime", "open")] == [
        33,
        -40,
        0,
        0,
    ]
    assert sum(isinstance(made.move, Teacher) for made in session.made) == 6


@pytest.mark.parametrize(
    ("slot", "said", "told"),
    [
        ("gold", "51", "Gold is a whole number from 0 to 50, not '51'."), ("gold", "much", "not 'much'"),
        ("gold", "9" * 400, "not '999"), ("regime", "stalin", "Regime is lenin, The collective, not 'stalin'."),
        ("golt", "3", "did you mean gold?"), ("sum", "3", "no value 'sum' that can be set"),
        ("turn", "3", "no value 'turn'"), ("britain.exists", "0", "no value 'britain.exists'"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_said_and_nothing_is_written(slot: str, said: str, told: str) -> None:
    session = at_orders()
    moves = len(session.made)
    words, done = set_value(session, slot, said)
    assert told in words and not done
    assert len(session.made) == moves


def test_an_event_is_called_for_this_turn_or_the_next() -> None:
    session = game()
    assert call(session, "rapallo") == (
        "“Rapallo” is called for Winter 1922; it happens if its text then makes sense.", True,
    )  # fmt: skip
    session.answer("stay")
    assert session.value("trade") == 29, "its day was still to come"
    assert "for Spring 1922" in call(session, "rapallo")[0]
    session.close()
    session.open()
    assert session.value("trade") == 38
    session.close()
    assert "for Summer 1922" in call(session, "rapallo")[0], "before a turn opens, that turn"
    session.open()
    assert session.value("trade") == 47


def test_an_event_whose_day_is_past_comes_in_the_next_turn_and_not_after_the_last() -> None:
    session = game()
    assert "for Spring 1922" in call(session, "genoa")[0], "it is what asks now"
    session.answer("stay")
    session.close()
    for _ in range(3):
        session.open()
        while session.place == "question":
            session.answer("stay")
        if session.turn == 4:
            assert call(session, "rapallo") == (
                "'rapallo' cannot be called for a turn that will not come.",
                False,
            )
        session.close()
    assert call(session, "rapallo") == ("The game is over.", False)
    assert pause(session) == "The game is over."


def test_an_event_of_a_country_needs_one() -> None:
    session = game()
    assert call(session, "raid") == ("“A raid” happens to a country: Britain, Germany.", False)
    assert call(session, "raid", "germany")[1]
    session.answer("stay")
    assert session.value("germany.relations") == -5
    assert "did you mean raid?" in call(session, "raidd")[0]


def test_events_and_values_are_found_by_parts_of_their_names() -> None:
    session = game()
    assert [each.id for each in events(session)] == ["genoa", "rapallo", "raid"], (
        "a difficulty is none of them"
    )
    assert [each.id for each in events(session, "RAP 1922")] == ["rapallo"]
    assert events(session)[0].happened == "Winter 1922"
    assert [each.slot for each in values(session)][:2] == ["trade", "balance"]
    assert [each.slot for each in values(session, "brit rel")] == ["britain.relations"]
    assert typed(session, values(session, "gold")[0], "+7") == 7


def test_a_hand_is_played_again_with_the_game_kept_by_a_fork_and_told_in_the_debrief(tmp_path: Path) -> None:
    ready = program(YAML)
    played = begin(ready, 0, "historical", "1", tmp_path)
    session = played.session
    session.open()
    pause(session, "What will\nLondon do?")
    set_value(session, "gold", "40", "A gift.")
    call(session, "rapallo")
    session.answer("go")
    call(session, "raid", "britain")
    session.close()
    session.open()
    session.close()
    done = reopen(ready, saves.load(played.path))
    assert done.same
    assert done.session.state == session.state
    assert [each.note for each in debrief(session).touches] == ["What will London do?", "A gift.", "", ""]
    assert debrief(session).touches[3].text == "“A raid” (Britain) called for the next turn"
    fork = forked(played, 4, "1")
    assert reopen(ready, saves.load(fork.path)).same
    assert fork.session.value("gold") == 40
    fork.close()


def test_what_was_drafted_stands_as_far_as_it_is_still_legal() -> None:
    session = at_orders()
    assert session.draft_order(Order("buy")) == ""
    assert session.draft_setting("balance", 60) == ""
    set_value(session, "trade", "70")
    assert session.draft().orders == {"narkomindel": (Order("buy"),)}
    set_value(session, "gold", "10")
    assert session.draft().orders == {}, "it cannot be paid any more"
    assert session.draft().settings == {"narkomindel": {"balance": 60}}
    set_value(session, "gold", "0")
    assert session.draft().settings == {}, "nor may this be set"
    session.close()
