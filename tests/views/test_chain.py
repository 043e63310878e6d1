"""Is the chain in the library: values, arrows and why, by mouse and by keys?"""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.views.desktop import focus
from game.views.desktop.window import Window
from game.views.screens.chain import Diagram
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from tests.play.test_feeding import YAML
from tests.rules.small import program


@pytest.fixture
def window() -> Iterator[Window]:
    stage = Stage()
    made = Window(stage, (1280, 720))
    stage.loaded(program(YAML.replace("{start: 20, toward", "{start: 20, rank: 1, toward")))
    stage.perform(Act("library"))
    made.press_key("5")
    made.paint()
    yield made
    pygame.display.quit()


def test_the_chain_is_told_as_a_whole_first(window: Window) -> None:
    tree = window.tree
    assert tree["library.list"].name == "How values feed each other"
    diagram = tree["library.list"].of(Diagram)
    assert diagram.picked == ""
    assert {each.column for each in diagram.nodes} == {"What is ordered", "Scores", "At home"}
    assert tree["article"].name == "From trade to standing"
    assert [each.name for each in tree["chain.ways"].children] == ["Trade, then Standing"]
    assert diagram.chain == {("trade", "standing")}


def test_a_value_tells_what_feeds_it_and_what_it_feeds(window: Window) -> None:
    window.press_key("Tab")
    spot = focus.find(window.page.spots, "entry.chain/trade")
    assert spot is not None
    window.hands.grip(*spot.seen.center)
    window.paint()
    tree = window.tree
    assert tree["article"].name == "Trade"
    assert [(each.name, each.value) for each in tree["chain.into"].children] == [("Comintern", "lowers it")]
    assert [(each.name, each.value) for each in tree["chain.out"].children] == [
        ("Standing", "Trade raises Standing")
    ]
    assert tree["chain.out.0"].description == "The Politburo looks at trade."
    window.stage.perform(Act("look-up", "chain/standing"))
    window.paint()
    assert [(each.name, each.value) for each in window.tree["chain.into"].children] == [
        ("Trade", "raises it")
    ]
    window.press_key("Backspace")
    window.paint()
    assert window.tree["article"].name == "Trade"


def test_arrows_lead_from_value_to_value(window: Window) -> None:
    window.hands.focus = "entry.chain/comintern"
    window.press_key("Up")
    window.paint()
    assert window.tree["article"].name == "Narkomindel"
    window.press_key("Right")
    window.paint()
    assert window.tree["entry.chain/" + window.hands.focus.rpartition("/")[2]].selected
