"""Can a teacher stop a game, call an event and set a value, in lines and in the window, behind a clear menu?"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from game.play.session import Session
from game.rules.state import Teacher
from game.views.screens.stage import Stage
from game.views.screens.tree import BACK, LETTERS, Act, Element
from game.views.terminal import play_text
from tests.play.test_teaching import YAML
from tests.rules.small import program


def said(*lines: str) -> tuple[str, Session]:
    """What is printed when these lines are typed, and the game as it then stands."""
    session, typed = Session(program(YAML)), iter([f"{line}\n" for line in lines])
    out = io.StringIO()
    play_text(session, lambda: next(typed, ""), out)
    return out.getvalue(), session


def hands(session: Session) -> list[Teacher]:
    """What a teacher did."""
    return [made.move for made in session.made if isinstance(made.move, Teacher)]


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A game at its first question."""
    made = Stage()
    made.loaded(program(YAML))
    made.perform(Act("begin"))
    yield made
    made.close()


def press(stage: Stage, id: str) -> Element:
    """Press an element by its id."""
    element = stage.top[id]
    assert element.press is not None and not element.disabled, id
    stage.perform(element.press)
    return element


def write(stage: Stage, text: str) -> None:
    """Type into the field that is up."""
    for sign in text:
        stage.perform(Act(LETTERS, sign))


def test_the_text_game_knows_the_hand_at_a_question_and_at_orders() -> None:
    words, session = said(
        "teacher", "teacher find gold", "teacher set gold 44", "teacher event rapallo", "2",
        "teacher event raid germany", "teacher set gold much", "teacher find nothing like it", "help", "quit",
    )  # fmt: skip
    assert "teacher event ID [COUNTRY]" in words
    assert "value gold: Gold is 20 (0 to 50)" in words
    assert hands(session) == [
        Teacher({"gold": 44}), Teacher(event="rapallo"), Teacher(event="raid", country="germany", after=1),
    ]  # fmt: skip
    assert "not 'much'" in words
    assert "Nothing has these words in its name." in words
    assert "the teacher's hand: stop, call an event, set a value" in words
    assert words.count("1. Go") == 3, "the question is shown again after each hand"


def test_the_text_game_stands_still_until_it_may_go_on() -> None:
    words, session = said("teacher pause What now?", "1", "end", "go on", "2", "quit")
    assert hands(session) == [Teacher(note="What now?")]
    assert "What now?" in words
    assert [made.move for made in session.made][-1] != hands(session)[0], "the game went on"
    assert words.count("Type go on") == 3
    assert len(said("teacher pause")[1].made) == 2, "whoever leaves in a pause leaves the game"


def test_the_window_stops_the_game_with_a_note(stage: Stage) -> None:
    stage.perform(Act("menu"))
    press(stage, "hand")
    press(stage, "hand.1")
    write(stage, "What noww")
    stage.perform(Act(LETTERS, BACK))
    press(stage, "pause.stop")
    assert stage.top["paused.note"].name == "What now"
    assert stage.session is not None
    assert hands(stage.session) == [Teacher(note="What now")]
    press(stage, "close")
    assert stage.top.id == "card", "the menu is put away, and the question is there"


def test_the_window_calls_an_event_by_a_part_of_its_name(stage: Stage) -> None:
    stage.perform(Act("menu"))
    press(stage, "hand")
    press(stage, "hand.2")
    assert len(stage.top["find.found"].children) == 3
    write(stage, "rap")
    assert [each.name for each in stage.top["find.found"].children] == ["Rapallo"]
    press(stage, "found.0")
    assert "is called for Winter 1922" in stage.notice
    assert stage.top.id == "card"
    stage.perform(Act("hand-find", "event"))
    write(stage, "raid")
    press(stage, "found.0")
    assert stage.top.name == "To which country?"
    write(stage, "ger")
    press(stage, "found.0")
    assert stage.session is not None
    assert hands(stage.session) == [Teacher(event="rapallo"), Teacher(event="raid", country="germany")]


def test_the_window_sets_numbers_and_words(stage: Stage) -> None:
    stage.perform(Act("hand-find", "value"))
    write(stage, "gold")
    press(stage, "found.0")
    assert stage.top["value.set"].disabled
    write(stage, "4x")
    assert stage.top["value.set"].disabled
    stage.perform(Act(LETTERS, BACK))
    write(stage, "4")
    press(stage, "value.set")
    assert stage.notice == "Gold is 44 now."
    stage.perform(Act("hand-value", "regime"))
    press(stage, "word.1")
    assert stage.session is not None
    assert (stage.session.value("gold"), stage.session.value("regime")) == (44, 1)
    stage.perform(Act("hand-value", "sum"))
    assert "cannot be set" in stage.top["value.about"].name
    assert stage.seen.national["gold"].value == 44, "the desk shows it at once"


def test_when_the_game_is_over_nothing_can_be_changed(stage: Stage) -> None:
    session = stage.session
    assert session is not None
    while session.place != "over":
        if session.place == "opening":
            session.open()
        while session.place == "question":
            session.answer("stay")
        session.close()
    stage.perform(Act("hand"))
    assert "The game is over" in stage.notice
    assert stage.top.id != "hand-sheet"
