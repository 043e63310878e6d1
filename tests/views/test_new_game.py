"""Can everything be begun that there is: scenarios and lessons, fates, seeds, one player or two, policies?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.compiler.glance import glance, glances
from game.compiler.load import load
from game.rules.building import interpret
from game.views.desktop.window import Window
from game.views.screens.newgame import Offer
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from tests.views.small_game import YAML

LESSON = """\
format: 1
id: spring
extends: small
title: {en: One spring, ru: Одна весна}
calendar: {from: 1922-Q2, to: 1922-Q2}
"""
ALONE = """\
format: 1
id: alone
title: [{when: "open", text: Never}, {text: A lone track}]
text: "Nothing but trade."
calendar: {from: 1925, to: 1927, step: year}
tracks: {narkomindel: {label: Narkomindel, means: 3}}
scores: {trade: {start: 1}}
variables: {open: {start: false}}
endings: [{id: done, title: Done, rank: 9}]
"""
GIFT = """\
events:
  - {id: easy, title: A gift, difficulty: true, only_then: true, effects: {trade: +5}, because: More was there.}
"""
POLICY = "policy: red\ntitle: The red one\norders: [{order: fund-party, weight: 1}]\n"
SEER = "policy: seer\norders: [{weight: 1}]\nlooks_ahead: {goal: trade, turns: 2, futures: 8}\n"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shelf with a scenario, a lesson that extends it, another scenario and one that is broken."""
    home = tmp_path / "shelf"
    (home / "small" / "policies").mkdir(parents=True)
    (home / "small" / "small.yaml").write_text(YAML, encoding="utf-8")
    (home / "small" / "policies" / "red.yaml").write_text(POLICY, encoding="utf-8")
    (home / "small" / "policies" / "seer.yaml").write_text(SEER, encoding="utf-8")
    for name, text in (
        ("spring", LESSON),
        ("alone", ALONE),
        ("broken", ALONE.replace("lone", "broken") + "x: 1\n"),
    ):
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(home))
    monkeypatch.setenv("PEREDYSHKA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("game.compiler.glance.known_ids", lambda: ("alone", "broken", "small", "spring"))
    return home


@pytest.fixture
def stage(shelf: Path) -> Stage:
    made = Stage()
    made.loaded(interpret(load("small").scenario))
    made.perform(Act("new-game"))
    return made


def read(stage: Stage) -> None:
    """Wait until the picked scenario has been read."""
    until = time.monotonic() + 10
    while stage.beginning.reading and time.monotonic() < until:
        stage.work()
        time.sleep(0.005)
    assert not stage.beginning.reading


def test_a_glance_tells_what_a_scenario_says_of_itself_without_reading_it(shelf: Path) -> None:
    found = {each.id: each for each in glances()}
    assert found["small"].title == "A small pause"
    assert found["small"].text.startswith("Four quarters")
    assert found["small"].policies == (("red", "The red one"),), "one that looks ahead holds no seat"
    assert (found["spring"].base, found["spring"].title) == ("small", "One spring")
    assert found["spring"].text.startswith("Four quarters"), "what it does not say, its base says"
    assert (found["spring"].start, found["spring"].end) == ("1922-Q2", "1922-Q2")
    assert found["spring"].policies == (("red", "The red one"),)
    assert (found["alone"].title, found["alone"].step) == ("A lone track", "year")
    assert glance("spring", "ru").title == "Одна весна"  # type: ignore[union-attr]
    assert glance("nowhere") is None


def test_the_sheet_offers_all_that_there_is_each_lesson_below_what_it_extends(stage: Stage) -> None:
    items = stage.top["newgame.scenarios"].children
    assert [(each.name, each.of(Offer).depth, each.value) for each in items] == [
        ("A lone track", 0, "1925 to 1927, 3 years"),
        ("A broken track", 0, "1925 to 1927, 3 years"),
        ("A small pause", 0, "1922, 4 quarters"),
        ("One spring", 1, "1922, 1 quarter"),
    ]
    assert stage.top["scenario.small"].selected


def test_another_scenario_is_read_behind_the_sheet_and_begun(stage: Stage) -> None:
    stage.perform(Act("scenario", "spring"))
    assert stage.top.find("button", "Begin").disabled == "The scenario is still being read."
    read(stage)
    assert not stage.top.find("button", "Begin").disabled
    stage.perform(Act("begin"))
    assert stage.session is not None
    assert stage.session.program.scenario.id == "spring"


def test_a_broken_scenario_is_told_and_cannot_be_begun(stage: Stage) -> None:
    stage.perform(Act("scenario", "broken"))
    read(stage)
    assert stage.top.find("button", "Begin").disabled.startswith("It cannot be played: ")
    stage.perform(Act("begin"))
    assert stage.session is None
    stage.perform(Act("scenario", "small"))
    assert not stage.top.find("button", "Begin").disabled


def test_seats_are_given_to_people_and_policies(stage: Stage) -> None:
    assert stage.top.get("player.comintern") is None
    stage.perform(Act("seats", "two"))
    names = [each.name for each in stage.top["player.comintern"].children]
    assert names == ["A person", "The red one", "As history answered", "At random", "Orders nothing"]
    stage.perform(Act("player", "comintern=red"))
    stage.perform(Act("player", "narkomindel=random"))
    assert stage.top["player.comintern.person"].selected, "one of the two is a person's"
    stage.perform(Act("player", "narkomindel="))
    stage.perform(Act("player", "comintern=red"))
    assert "Comintern: red" in stage.top.find("button", "Begin").description
    stage.perform(Act("begin"))
    table = stage.table
    assert table is not None and table.game.seating is not None
    assert table.game.seating.players == {"narkomindel": "", "comintern": "red"}


def test_a_game_is_made_easier_or_harder_where_the_scenario_offers_it(shelf: Path, stage: Stage) -> None:
    assert stage.top.get("difficulties") is None
    (shelf / "gift.yaml").write_text(ALONE.replace("id: alone", "id: gift") + GIFT, encoding="utf-8")
    stage.perform(Act("scenario", "gift"))
    read(stage)
    assert [(each.name, each.description) for each in stage.top["difficulties"].children] == [
        ("As it is", "The game as it was balanced."),
        ("A gift", "Trade +5."),
    ]
    stage.perform(Act("difficulty", "easy"))
    assert "a gift" in stage.top.find("button", "Begin").description
    stage.perform(Act("begin"))
    assert stage.session is not None
    assert stage.session.value("trade") == 6


def test_one_track_has_one_seat(stage: Stage) -> None:
    stage.perform(Act("scenario", "alone"))
    read(stage)
    assert stage.top["seats.two"].disabled == "This scenario has one track only."


def test_a_newcomer_begins_from_the_title_with_one_press(shelf: Path) -> None:
    stage = Stage()
    stage.loaded(interpret(load("small").scenario))
    assert stage.top["title.setup"].name == "Historical fate; one player holds both tracks."
    stage.perform(Act("begin"))
    assert stage.top.name == "An invitation to Genoa"


@pytest.fixture
def window(stage: Stage) -> Iterator[Window]:
    made = Window(stage, (1280, 720))
    made.paint()
    yield made
    pygame.display.quit()


def test_the_sheet_is_used_by_keys_alone(window: Window) -> None:
    stage = window.stage
    window.press_key("Escape")
    window.press_key("G")
    window.paint()
    assert window.tree.name == "New game"
    window.hands.focus = "scenario.small"
    window.press_key("Down")
    window.paint()
    assert stage.beginning.wanted == "spring"
    read(stage)
    window.hands.focus = "seats.two"
    window.press_key("Return")
    window.hands.focus = ""
    window.paint()
    window.press_key("Return")
    window.paint()
    assert window.tree.name == "The curtain: Comintern", "spring asks the Comintern first"
