"""What does a debrief say of a game?  Beside history, with causes and sources, sorted, and asked about."""

# ruff: noqa: E501 - one item of YAML, or one row of a table, a line
from __future__ import annotations

import pytest

from game.play.beside import course, decided, reached, unseen
from game.play.debriefing import debrief, nickname_of
from game.play.factors import factors
from game.play.journal import Header
from game.play.session import Session
from game.rules.state import Order
from game.views.screens.reckoning import curves
from tests.rules.small import program

YAML = """
title: A pause
calendar: {from: 1922-Q1, to: 1922-Q3}
scores:
  trade: {label: Trade, start: 20, factor: economy, rank: 1, history: {1922-Q3: 30}}
  security: {label: Security, start: 20, factor: security, rank: 2}
variables: {harvest: {label: Harvest, start: 9, factor: home, rank: 3}}
country_variables:
  relations: {label: Relations, start: 0, min: -100, factor: others}
  recognition: {label: Recognition, start: none, words: [none, de_jure], labels: {de_jure: de jure}}
countries: {britain: {name: Britain}, germany: {name: Germany}}
events:
  - id: genoa
    title: Genoa
    historically: 1922-02-10
    asks: narkomindel
    choices:
      - {id: go, label: Go, historical: true, effects: {trade: +5}, because: They went.}
      - {id: stay, label: Stay at home, effects: {security: +3, trade: -1}, because: They stayed.}
    sources: [book, other]
    dispute: "Two memoirs differ on who asked whom first, and neither can be checked against the papers of the office."
    teaching: {questions: [What would you have packed?]}
  - id: rapallo
    title: Rapallo
    historically: 1922-04-16
    when: "chose('genoa', 'go')"
    effects: {germany.recognition: de_jure}
    because: Two outcasts cancelled their claims.
    sources: [book]
  - {id: drought, title: Drought, historically: 1922-05-01, effects: {harvest: -4}, because: It did not rain.}
  - id: envoy
    title: An envoy
    window: 1922-Q3
    day: 20
    asks: comintern
    ask_reason: true
    choices:
      - {id: receive, label: Receive him, effects: {germany.recognition: de_jure}, because: He was received.}
      - {id: wait, label: Let him wait}
orders:
  - {id: talks, label: Talks, track: narkomindel, target: country, effects: {target.relations: +2}, because: Talks.}
  - {id: leaflets, label: Leaflets, track: comintern, target: country, effects: {target.relations: -3}, because: Leaflets.}
directives: [{id: sell, label: "sell more, by summer", within: 2, goal: "trade >= 90", missed: {effects: {security: -1}}}]
milestones:
  - {id: berlin, label: Berlin recognises, when: "germany.recognition == 'de_jure'", historically: 1922-04-16}
  - {id: london, label: London recognises, when: "britain.recognition == 'de_jure'", historically: 1922-05-02}
endings: [{id: done, title: The end, rank: 9, text: It is over.}]
verdicts: [{id: v, about: trade, rank: 1, text: "Trade stands at {trade}."}]
sources:
  book: {label: Book, text: "A. Writer, a book of 1994.", worth: Sound.}
"""


def game(first: str = "stay", turns: int = 3) -> Session:
    """A game in which the first question gets this answer."""
    session = Session(program(YAML))
    for turn in range(1, turns + 1):
        session.open()
        while session.place == "question":
            question = session.observe().question
            assert question is not None
            session.answer(first if question.event == "genoa" else "receive", "I was asked to." * (turn == 3))
        session.draft_order(Order("talks", "germany"))
        if turn > 1:
            session.draft_order(Order("leaflets", "germany"))
        session.close()
    return session


def test_a_decision_stands_beside_historys_with_its_date_cause_and_sources() -> None:
    first, second = decided(game())
    assert (first.title, first.answer, first.history, first.history_date) == (
        "Genoa", "Stay at home", "Go", "10 February 1922",
    )  # fmt: skip
    assert (first.when, first.as_in_history, first.told) == ("10 February 1922", False, ("They stayed.",))
    assert [(each.label, each.shown) for each in first.moved] == [("Security", "+3"), ("Trade", "−1")]
    assert first.sources == ("book", "other")
    assert (second.title, second.as_in_history, second.reason) == ("An envoy", None, "I was asked to.")
    assert decided(game("go"))[0].as_in_history is True


def test_milestones_say_when_they_were_reached_and_by_what() -> None:
    late = {each.label: each for each in reached(game())}
    assert late["Berlin recognises"].when == "Summer 1922"
    assert late["Berlin recognises"].ahead == -1
    assert late["Berlin recognises"].cause == "He was received."
    assert late["Berlin recognises"].sources == ("book",), "those of what happened on its day in history"
    assert (late["London recognises"].when, late["London recognises"].due) == ("", True)
    on_time = {each.label: each for each in reached(game("go"))}
    assert on_time["Berlin recognises"].ahead == 0
    assert on_time["Berlin recognises"].cause == "Two outcasts cancelled their claims."


def test_what_history_saw_and_the_game_did_not_is_listed_only_as_far_as_it_went() -> None:
    assert [each.title for each in unseen(game())] == ["Rapallo"]
    assert unseen(game("go")) == ()
    assert unseen(game("stay", 1)) == ()


def test_the_six_headings_tell_of_this_game_alone() -> None:
    found = {each.id: each for each in factors(game())}
    assert list(found) == ["security", "ideology", "economy", "others", "makers", "home"]
    assert found["security"].yours == (
        "Winter 1922: your answer to “Genoa”, “Stay at home”, moved “Security” by +3: They stayed."
    )
    assert found["security"].world.startswith(
        "Spring 1922: the directive “sell more, by summer” moved “Security”"
    )
    assert found["home"].world == "Spring 1922: “Drought” moved “Harvest” by −4: It did not rain."
    assert found["home"].yours == ""
    assert found["others"].yours == (
        "Spring 1922: your order “Leaflets” (Germany) moved “Germany: relations” by −3: Leaflets."
    )
    assert found["economy"].stands == "Trade: 20 at the start, 19 now, 30 in history."
    assert found["ideology"].empty


def test_questions_are_built_from_what_was_done() -> None:
    told = debrief(game())
    asked = {each.about: each.text for each in told.questions}
    assert (
        "“Genoa” you chose “Stay at home”. In history (10 February 1922) it was “Go”."
        in asked["Why history did otherwise"]
    )
    assert (
        "With “Go”, and the same luck, Trade would have ended 6 points higher." in asked["Judging a decision"]
    )
    assert "and wrote: “I was asked to.”. What came of it: He was received." in asked["Your own reasons"]
    assert "3 orders of the Narkomindel" in asked["Two policies at once"]
    assert "2 orders of the Comintern" in asked["Two policies at once"]
    assert "London recognises: in history on 2 May 1922, in your game never." in asked["Time"]
    assert "missed a directive: sell more, by summer." in asked["Who decides"]
    assert "Two memoirs differ" in asked["Where historians disagree"]
    assert asked["On “Genoa”"] == "What would you have packed?"


def test_works_are_numbered_once_and_a_key_without_a_work_stands_as_it_is() -> None:
    told = debrief(game())
    assert [(each.number, each.key, each.text) for each in told.works] == [
        (1, "book", "A. Writer, a book of 1994."), (2, "other", "other"),
    ]  # fmt: skip
    assert told.cite(("other", "book", "nothing")) == (1, 2)


def test_a_game_that_is_not_over_is_told_as_far_as_it_goes() -> None:
    told = debrief(game("stay", 1))
    assert (told.roads, told.outcome) == (None, None)
    assert told.stands == "not finished, as far as Winter 1922"
    assert [each.title for each in told.decided] == ["Genoa"]
    before = debrief(Session(program(YAML)))
    assert (before.decided, before.questions, before.stands) == ((), (), "before its first turn")


def test_a_teachers_hand_is_told() -> None:
    session = Session(program(YAML))
    session.teach({"trade": 30, "germany.recognition": 1}, "drought", note="What if it does not rain?")
    session.open()
    session.teach({}, note="Books closed.")
    assert [(each.when, each.text, each.note) for each in debrief(session).touches] == [
        ("Winter 1922", "Germany: recognition set to de jure; Trade set to 30; “Drought” called", "What if it does not rain?"),
        ("Winter 1922", "a pause", "Books closed."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("nickname", "file", "shown"),
    [
        ("", "Kolya.jsonl", "Kolya"), ("", "/home/x/secret/Anna-0123456789ab.jsonl", "Anna"), ("Mischa", "Kolya.jsonl", "Mischa"),
        ("", "C:\\pupils\\Olga.jsonl", "Olga"), ("", "small-0123456789ab.jsonl", "Player abcd"), ("", ".jsonl", "Player abcd"),
        ("x" * 500, "a.jsonl", "x" * 40), ("", "a\x1b[31m\nb.jsonl", "a [31m b"),
    ],
)  # fmt: skip
def test_a_nickname_is_a_short_name_and_never_a_path(nickname: str, file: str, shown: str) -> None:
    header = Header("abcdef012345", "small", "", 0, "historical", nickname=nickname)
    assert nickname_of(header, file) == shown


def test_history_is_read_on_straight_lines_and_at_the_turn_that_was_played() -> None:
    session = game("stay", 1)
    (trade,) = (each for each in session.program.scenario.variables if each.id == "trade")
    (security,) = (each for each in session.program.scenario.variables if each.id == "security")
    assert [course(session, trade, turn) for turn in range(6)] == [20, 23, 26, 30, 30, 30]
    assert course(session, security, 1) is None
    curve = next(each for each in curves(session) if each.slot == "trade")
    assert (curve.historical_end, curve.history) == (23, ((0, 20), (3, 30)))
    short = Session(program(YAML.replace("1922-Q3}\nscores", "1922-Q2}\nscores")))
    assert next(each for each in curves(short) if each.slot == "trade").history == ((0, 20), (2, 26))
