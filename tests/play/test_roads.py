"""What would the other choice have brought?  The same luck, all else as it was, one answer changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play.games import forked
from game.play.roads import all_roads, decisions, describe, describe_road, rewound, roads_not_taken
from game.play.session import Session
from tests.play.small_games import VERSION, begun, play
from tests.rules.small import program

YAML = """
calendar: {from: 1921-Q1, to: 1921-Q4}
scores: {trade: {label: Trade, start: 20}, security: {label: Security, start: 20}}
variables: {open: {start: false}}
events:
  - id: genoa
    title: Genoa
    window: 1921-Q1
    asks: narkomindel
    choices:
      - {id: go, label: Go, historical: true, effects: {trade: +5, open: true}}
      - {id: stay, label: Stay away, effects: {security: +3}}
      - {id: never, label: Never, when: "open", effects: {trade: +50}}
  - id: rapallo
    title: Rapallo
    window: 1921-Q2
    when: open
    asks: narkomindel
    choices:
      - {id: sign, label: Sign, historical: true, effects: {trade: +9}}
      - {id: refuse, label: Refuse, effects: {trade: -1}}
  - id: trifle
    title: A trifle
    window: 1921-Q3
    asks: narkomindel
    choices:
      - {id: heads, label: Heads, historical: true}
      - {id: tails, label: Tails}
  - {id: luck, title: Luck, when: "trade >= 0", chance: 50, repeats: 4, effects: {security: +1}}
orders:
  - {id: talks, label: Talks, track: narkomindel, effects: {security: +2}}
endings: [{id: done, title: The end, rank: 9}]
"""


def game() -> Session:
    """A game in which each question gets the first answer."""
    session = Session(program(YAML), 3, "open")
    while session.place != "over":
        session.open()
        while session.place == "question":
            question = session.observe().question
            assert question is not None
            session.answer(question.options[0].id)
        session.close()
    return session


def test_the_decisions_of_a_game_are_its_answers_and_orders() -> None:
    session = game()
    told = [describe(session, each) for each in decisions(session)]
    assert told == [
        "Genoa: Go", "orders: none", "Rapallo: Sign", "orders: none", "A trifle: Heads", "orders: none", "orders: none",
    ]  # fmt: skip


def test_a_road_not_taken_differs_by_its_answer_and_what_follows_alone() -> None:
    roads = {(road.decision.event, road.choice): road for road in all_roads(game())}
    assert roads["genoa", "stay"].differences == {"trade": -14, "security": 3}, "and there is no Rapallo"
    assert roads["rapallo", "refuse"].differences == {"trade": -10, "security": 0}
    assert ("genoa", "never") not in roads, "it was not open"


def test_the_weightiest_decisions_are_told_first_and_those_without_weight_not() -> None:
    session = game()
    roads = roads_not_taken(session)
    assert [road.decision.event for road in roads] == ["genoa", "rapallo"]
    assert describe_road(session, roads[1]) == (
        "1921-Q2, Rapallo: Sign. With 'Refuse', all else the same: Trade −10; "
        "the end would have been 'The end' in 1921-Q4."
    )


def test_the_search_for_roads_can_be_stopped() -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return True

    assert len(roads_not_taken(game(), stop=stop)) <= 1
    assert asked == 1


def test_the_game_itself_stays_as_it_was() -> None:
    session = game()
    before = session.state, list(session.made), list(session.entries)
    roads_not_taken(session)
    back = rewound(session, 1)
    assert back.place == "question"
    assert (session.state, session.made, session.entries) == before


def test_a_teachers_hand_is_laid_on_again_wherever_it_was() -> None:
    session = Session(program(YAML), 3, "open")
    session.open()
    session.answer("go")
    session.teach({"security": 50})  # in the turn of the answer, after it
    session.close()
    session.teach({"trade": 1})
    session.teach({"security": 60})  # both before the turn opens
    session.open()
    session.answer("sign")
    session.close()
    while session.place != "over":
        session.open()
        while session.place == "question":
            session.answer("heads")
        session.close()
    roads = {(road.decision.event, road.choice): road for road in all_roads(session)}
    assert roads["genoa", "stay"].differences == {"trade": -9, "security": 0}, (
        "Rapallo is lost, the rest was set"
    )
    assert roads["rapallo", "refuse"].differences == {"trade": -10, "security": 0}, (
        "1 - 1 is 0, and 1 + 9 is 10"
    )


def test_the_same_answer_again_leads_to_the_same_game() -> None:
    session = game()
    for each in decisions(session):
        back = rewound(session, each.number)
        for made in session.made[each.number :]:
            back.move(made.move)
        assert back.state == session.state
        assert back.entries == session.entries


@pytest.mark.parametrize("at", [1, 4, 6])
def test_a_game_is_left_at_a_decision_and_both_are_kept(at: int, tmp_path: Path) -> None:
    first = begun(tmp_path, 3, program=program(YAML))
    play(first.session)
    left = first.session.state
    fork = forked(first, at, VERSION)
    assert len(fork.session.made) == at
    play(fork.session)
    fork.close()
    from game.play import saves
    from game.play.reopening import reopen

    assert reopen(program(YAML), saves.load(first.path)).session.state == left
    assert reopen(program(YAML), saves.load(fork.path)).session.state == fork.session.state
