"""Is a newcomer guided through the first year, step by step, and never in the way?"""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.views.desktop import focus
from game.views.desktop.window import Window
from game.views.screens.guide import Advice
from game.views.screens.stage import Stage
from game.views.screens.tree import Act, Role
from tests.views.small_game import small_program


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    made.loaded(small_program())
    yield made
    made.close()


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window(Stage(), (1280, 720))
    made.stage.loaded(small_program())
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()


def advice(stage: Stage) -> str:
    """What the guide speaks of now; empty if it is silent."""
    guide = stage.top.get("guide")
    return guide.of(Advice).id if guide is not None else ""


def to_the_desk(stage: Stage) -> None:
    for act in (Act("begin"), Act("choose", "go"), Act("proceed"), Act("card", "famine-news@"), Act("close")):
        stage.perform(act)


def test_the_guide_follows_what_the_player_does(stage: Stage) -> None:
    assert advice(stage) == ""
    told = []
    for act in (
        Act("begin"), Act("pick", "go"), Act("choose", "go"), Act("proceed"), Act("card", "famine-news@"), Act("close"),
        Act("why", "trade"), Act("close"), Act("set", "balance", -1), Act("orders", "germany"),
    ):  # fmt: skip
        stage.perform(act)
        told.append(advice(stage))
    assert told == [
        "question", "answer", "told", "unread", "news", "scores", "causes", "balance", "means", "orders",
    ]  # fmt: skip


def test_what_was_understood_is_not_told_again(stage: Stage) -> None:
    to_the_desk(stage)
    assert advice(stage) == "scores"
    told = []
    while advice(stage):
        told.append(advice(stage))
        understood = stage.top.find(Role.BUTTON, "Understood").press
        assert understood is not None
        stage.perform(understood)
    assert told == ["scores", "balance", "means", "end"]


def test_the_guide_says_what_may_be_spent(stage: Stage) -> None:
    to_the_desk(stage)
    for id in ("scores", "balance"):
        stage.perform(Act("understood", id))
    assert stage.top["guide"].value.startswith("You may spend: Narkomindel 7 of 7, Comintern 5 of 5.")


def test_the_guide_can_be_left_and_called_again(stage: Stage) -> None:
    to_the_desk(stage)
    leave = stage.top.find(Role.BUTTON, "Leave the guide").press
    assert leave is not None
    stage.perform(leave)
    assert advice(stage) == ""
    assert not Stage().setup.guide
    stage.perform(Act("help"))
    again = stage.top.find(Role.BUTTON, "Guide me").press
    assert again is not None
    stage.perform(again)
    stage.back()
    assert advice(stage) == "scores"


def test_after_the_first_year_the_guide_is_silent_until_it_is_called(stage: Stage) -> None:
    to_the_desk(stage)
    assert stage.table is not None
    stage.table.guide_from = -4
    stage.changed()
    assert advice(stage) == ""
    stage.perform(Act("guide", "yes"))
    assert advice(stage) == "scores"


def test_all_advice_points_at_something_that_is_there(window: Window) -> None:
    stage = window.stage
    seen = set()
    for act in (
        Act("begin"), Act("pick", "go"), Act("choose", "go"), Act("proceed"), Act("card", "famine-news@"), Act("close"),
        Act("why", "trade"), Act("close"), Act("set", "balance", -1), Act("orders", "germany"),
        Act("understood", "means"), Act("close"), Act("end"),
    ):  # fmt: skip
        stage.perform(act)
        window.paint()
        guide = stage.top.get("guide")
        if guide is not None:
            told = guide.of(Advice)
            seen.add(told.id)
            assert stage.top.get(told.target) is not None, f"{told.id} points at nothing"
            for button in ("guide.understood", "guide.leave"):
                spot = focus.find(window.page.spots, button)
                assert spot is not None and window.screen.get_rect().contains(spot.rect)
    assert {
        "question",
        "answer",
        "told",
        "news",
        "unread",
        "scores",
        "causes",
        "balance",
        "means",
        "ledger",
    } <= seen


def test_the_slip_never_hides_what_it_speaks_of(window: Window) -> None:
    to_the_desk(window.stage)
    for id in ("scores", "balance", "means", "end"):
        window.paint()
        slip = focus.find(window.page.spots, "guide")
        told = window.stage.top["guide"].of(Advice)
        target = focus.find(window.page.spots, told.target)
        assert slip is not None and target is not None and told.id == id
        assert not slip.rect.colliderect(target.rect)
        window.stage.perform(Act("understood", id))


def test_a_click_on_the_slip_presses_nothing_below_it(window: Window) -> None:
    to_the_desk(window.stage)
    window.paint()
    slip = focus.find(window.page.spots, "guide")
    assert slip is not None
    before = window.stage.names
    window.hands.grip(slip.rect.left + 3, slip.rect.top + 3)
    assert window.stage.names == before
    window.press_key("U")
    assert advice(window.stage) == "balance"


@pytest.mark.parametrize("size", [(640, 360), (1024, 768), (320, 200), (2560, 1080)])
def test_the_slip_is_on_the_page_in_every_size(window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    to_the_desk(window.stage)
    for percent in ("75", "130", "250"):
        window.stage.perform(Act("size", percent))
        window.paint()
        slip = focus.find(window.page.spots, "guide")
        assert slip is not None
        assert slip.rect.clip(((0, 0), window.frame.canvas)) == slip.rect
