"""Do two share one desk in the window?  Curtain, digest, seals and the joint reckoning, by keys and on the picture."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.play.games import begin
from game.views.desktop.window import Window
from game.views.screens.joint import Undone
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from tests.views.leaking_game import TWO, decide, leaky_program
from tests.views.small_game import small_program


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage with a game of two seats, the curtain down."""
    monkeypatch.setenv("PEREDYSHKA_HOME", str(tmp_path))
    made = Stage()
    made.loaded(small_program())
    made.seat(begin(small_program(), 0, "historical", "0", seats=TWO))
    made.set_up(guide=False)
    return made


@pytest.fixture
def window(stage: Stage) -> Iterator[Window]:
    made = Window(stage, (1280, 720))
    made.paint()
    yield made
    pygame.display.quit()


def to_the_course(stage: Stage) -> None:
    """The Narkomindel has answered, and stands before the course."""
    for act in (Act("lift"), Act("choose", "go"), Act("proceed")):
        stage.perform(act)


def press(window: Window, *keys: str) -> None:
    for key in keys:
        window.press_key(key)
        window.paint()


def test_a_quarter_of_two_is_played_by_keys_alone(window: Window) -> None:
    stage = window.stage
    assert window.tree.name == "The curtain: Narkomindel"
    press(window, "Return")
    assert window.tree.name == "An invitation to Genoa"
    press(window, "1", "Return", "Return")
    assert window.tree.id == "desk"
    assert window.tree["end"].name == "Name the course"
    press(window, "E")
    assert window.tree.name == "The curtain: Comintern"
    press(window, "Return")
    assert window.tree.name == "Since you sat here" or window.tree.id == "desk"
    press(window, "Comma", "Comma", "E")
    assert stage.notice == "Course of policy: 55 holds. Now give your orders."
    assert window.tree["end"].name == "Seal orders"
    assert window.tree.find("slider", "Balance").disabled
    press(window, "E")
    assert window.tree.name == "The curtain: Narkomindel"
    press(window, "Return")
    assert window.tree["end"].name == "Seal, and end"
    press(window, "E")
    assert stage.session is not None
    assert stage.session.turn == 2
    assert window.tree.name == "The curtain: Comintern", "the next dispatch asks the Comintern"
    press(window, "Return")
    assert window.tree["digest.title"].name == "Since you sat here: Winter 1922 and Spring 1922"
    press(window, "Return")
    assert window.tree.name == "Berlin waits for a signal"


def test_each_seat_finds_its_own_desk_as_it_left_it(stage: Stage) -> None:
    to_the_course(stage)
    stage.perform(Act("country", "germany"))
    stage.perform(Act("lens", "trade"))
    stage.perform(Act("end"))
    stage.perform(Act("lift"))
    assert stage.table is not None
    assert (stage.table.desk.country, stage.table.desk.lens) == ("", "political")
    stage.perform(Act("country", "turkey"))
    for act in ("end", "end", "lift"):
        stage.perform(Act(act))
    assert (stage.table.desk.country, stage.table.desk.lens) == ("germany", "trade")


def test_orders_wait_for_the_course(stage: Stage) -> None:
    to_the_course(stage)
    stage.perform(Act("orders", "germany"))
    assert stage.top.find("item", "Trade talks").disabled.startswith("First the course must be named")
    assert stage.top.get("offers.comintern") is None
    stage.perform(Act("give", "trade-talks -> germany"))
    assert stage.notice.startswith("First the course must be named")


def test_coming_back_to_the_desk_finds_the_curtain_down(stage: Stage) -> None:
    to_the_course(stage)
    assert stage.top.id == "desk"
    stage.perform(Act("title"))
    stage.perform(Act("resume"))
    assert stage.top.id == "curtain"
    stage.perform(Act("lift"))
    assert stage.top.id == "desk"


def test_a_saved_game_of_two_opens_behind_the_curtain(stage: Stage) -> None:
    to_the_course(stage)
    stage.perform(Act("end"))
    assert stage.table is not None
    path = str(stage.table.game.path)
    stage.close()
    later = Stage()
    later.loaded(small_program())
    later.perform(Act("open", path))
    assert later.top.name == "The curtain: Comintern"
    later.perform(Act("lift"))
    assert later.session is not None
    assert later.session.named == {"narkomindel"}
    later.close()


def test_the_picture_of_the_curtain_is_the_same_whatever_lies_behind_it(window: Window) -> None:
    """Not a pixel of it comes from the game: two games that went different ways look the same."""
    stage, pictures = window.stage, []
    for choice in ("go", "stay-away"):
        stage.seat(begin(small_program(), 0, "historical", "0", seats=TWO))
        for act in (Act("lift"), Act("choose", choice), Act("proceed"), Act("set", "balance", 7), Act("end")):
            stage.perform(act)
            window.paint()
        assert window.tree.name == "The curtain: Comintern"
        pictures.append(pygame.image.tobytes(window.screen, "RGB"))
        press(window, "Escape")
        pictures[-1] += pygame.image.tobytes(window.screen, "RGB")
        press(window, "Escape")
    assert pictures[0] == pictures[1]


def test_a_policy_opposite_needs_no_curtain(stage: Stage) -> None:
    stage.seat(begin(small_program(), 0, "historical", "0", seats={"comintern": "random"}))
    assert stage.top.name == "An invitation to Genoa"
    for act in (Act("choose", "go"), Act("proceed"), Act("end")):
        stage.perform(act)
    assert stage.top["end"].name == "Seal orders"
    stage.perform(Act("end"))
    assert stage.top.name == "Since you sat here"
    assert stage.session is not None
    assert stage.session.turn == 2


def test_the_end_shows_both_who_undid_whom(window: Window) -> None:
    stage, dice = window.stage, random.Random(1)
    stage.seat(begin(leaky_program(), 1, "open", "0", seats=TWO))
    while stage.top.id != "reckoning":
        decide(stage, dice)
    window.paint()
    assert stage.top["tab.undone"].selected
    undone = stage.top["undone"]
    assert "of what the other had built." in undone.description
    assert {each.name for each in undone.children} >= {"Comintern", "Narkomindel"}
    told = [each.sentence for _, each in undone.under(Undone)]
    assert any(
        each.startswith("“Couriersent1: Britain” (Winter 1921) undid what “Notewriting1: Britain”")
        for each in told
    )
    press(window, "2")
    assert stage.top.find("list", "What weighed most")
    press(window, "1")
    assert stage.top["tab.undone"].selected
