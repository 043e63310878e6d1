"""Can any value be followed over the years, turn by turn, beside history?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.views.desktop import focus
from game.views.desktop.window import Window
from game.views.screens.stage import Stage
from game.views.screens.tree import Act, Role
from game.views.screens.years import Path as Line
from tests.views.small_game import YAML, small_program

HISTORICAL = """\
scenario: small
seed: 1
fate: historical
otherwise: historical
"""


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage on which three quarters have been played."""
    made = Stage()
    made.loaded(small_program())
    three_quarters(made)
    yield made
    made.close()


def three_quarters(stage: Stage) -> None:
    for act in (Act("begin"), Act("choose", "go"), Act("proceed"), Act("end"), Act("proceed"), Act("choose", "send"),
                Act("proceed"), Act("end"), Act("proceed"), Act("end"), Act("proceed")):  # fmt: skip
        stage.perform(act)


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window(Stage(), (1280, 720))
    made.stage.loaded(small_program())
    three_quarters(made.stage)
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()


def path(stage: Stage) -> Line:
    return stage.top["years.chart"].of(Line)


def test_the_path_of_a_value_is_that_of_the_game_and_of_history(stage: Stage) -> None:
    stage.perform(Act("years", "recognition"))
    assert stage.session is not None
    assert path(stage).points == stage.session.trend("recognition")
    assert path(stage).history == ((0, 10), (1, 12), (4, 40))
    assert (path(stage).low, path(stage).high) == (0, 100)
    assert stage.top["years.chart"].value == "14 after Summer 1922"


def test_the_turn_that_is_held_tells_what_moved_the_value_then(stage: Stage) -> None:
    stage.perform(Act("years", "recognition"))
    assert stage.top["years.causes"].description == "Nothing moved it then."
    for _ in range(2):
        stage.perform(Act("turn-on", "", -1))
    causes = stage.top["years.causes"]
    assert causes.name == "After Winter 1922"
    assert [(each.name, each.value) for each in causes.children] == [
        ("Moscow's delegates behaved like any others.", "+4")
    ]
    assert stage.top["years.chart"].value == "14 after Winter 1922, history 12"
    stage.perform(Act("turn-on", "", -5))
    assert path(stage).turn == 0
    assert stage.top["years.causes"].description == "Here it began."
    assert stage.top.find(Role.BUTTON, "The whole turn").disabled
    stage.perform(Act("turn-on", "", 99))
    assert path(stage).turn == 3


def test_the_events_that_moved_it_are_pinned(stage: Stage) -> None:
    stage.perform(Act("years", "revolution"))
    assert [(pin.turn, pin.title, pin.delta) for pin in path(stage).pins] == [
        (2, "Berlin waits for a signal", 4)
    ]


def test_the_value_of_a_country_and_words_and_flags_have_their_paths(stage: Stage) -> None:
    stage.perform(Act("years", "turkey.recognition"))
    assert path(stage).words == ("de jure",)
    assert stage.top.find(Role.ITEM, "Turkey").selected
    stage.perform(Act("years", "turkey.relations"))
    assert path(stage).words == () and path(stage).points[-1] == 48
    other = stage.top.find(Role.ITEM, "Japan").press
    assert other is not None
    stage.perform(other)
    assert path(stage).label == "Japan: relations"
    stage.perform(Act("years", "gold"))
    assert path(stage).low <= min(path(stage).points) and max(path(stage).points) <= path(stage).high


def test_a_pin_leads_to_its_turn(stage: Stage) -> None:
    stage.perform(Act("years", "revolution"))
    (pin,) = stage.top["years.pins"].children
    assert (pin.name, pin.value, pin.selected) == ("Berlin waits for a signal", "+4", False)
    assert pin.description == "Spring 1922. Press to go there."
    assert pin.press is not None
    stage.perform(pin.press)
    assert path(stage).turn == 2
    assert stage.top["pin.2"].selected


@pytest.fixture
def with_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a game that has a historical playthrough: Berlin was told to wait."""
    folder = tmp_path / "small"
    (folder / "playthroughs").mkdir(parents=True)
    (folder / "scenario.yaml").write_text(YAML, encoding="utf-8")
    (folder / "playthroughs" / "historical.yaml").write_text(HISTORICAL, encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    return folder


def test_beside_it_stands_the_game_as_history_s_decisions_go(stage: Stage, with_history: Path) -> None:
    stage.perform(Act("years", "revolution"))
    assert path(stage).label and stage.table is not None and stage.table.run is not None
    assert stage.table.run.done.wait(20)
    assert stage.table.news()
    assert not stage.table.news(), "told once"
    stage.changed()
    assert path(stage).points == (45, 44, 47, 46)
    assert path(stage).run == (45, 44, 41, 40, 40)
    chart = stage.top["years.chart"]
    assert chart.value == "46 after Summer 1922, history's decisions 40"
    assert "Thin: as history's decisions go." in chart.description
    stage.perform(Act("years", "means_in_all"))
    assert len(path(stage).run) == 5
    stage.perform(Act("years", "turkey.recognition"))
    assert path(stage).words == ("de jure",) and path(stage).run == (0,) * 5


@pytest.mark.parametrize("text", [None, "format: 9"])
def test_without_a_historical_playthrough_there_is_no_such_line(
    stage: Stage, with_history: Path, text: str | None
) -> None:
    file = with_history / "playthroughs" / "historical.yaml"
    if text is None:
        file.unlink()
    else:
        file.write_text(text, encoding="utf-8")
    stage.perform(Act("years", "recognition"))
    assert path(stage).label and stage.table is not None and stage.table.run is not None
    assert stage.table.run.done.wait(20)
    assert not stage.table.news()
    assert path(stage).run == ()


def test_what_there_is_not_shows_the_first_value(stage: Stage) -> None:
    for slot in ("", "nonsense", "atlantis.relations"):
        stage.perform(Act("years", slot))
        assert path(stage).label == "Trade"


def test_from_why_to_the_years_and_on_to_the_turn(stage: Stage) -> None:
    stage.perform(Act("why", "trade"))
    years = stage.top.find(Role.BUTTON, "Over the years")
    assert years.press is not None and years.key == "H"
    stage.perform(years.press)
    assert stage.top.name == "Trade over the years"
    whole = stage.top.find(Role.BUTTON, "The whole turn").press
    assert whole is not None
    stage.perform(whole)
    assert stage.top.name == "Ledger of Summer 1922"
    for _ in range(3):
        stage.back()
    assert stage.top.id == "desk"


def test_the_years_by_keys_and_by_mouse(window: Window) -> None:
    window.press_key("H")
    window.paint()
    chart = focus.find(window.page.spots, "years.chart")
    assert chart is not None and chart.gauge is not None
    window.hands.grip(chart.gauge.bar.left + chart.gauge.bar.width // 4, chart.rect.centery)
    window.paint()
    assert path(window.stage).turn == 1
    window.hands.ring = True
    window.press_key("Right")
    window.press_key("Right", shift=True)
    window.paint()
    assert path(window.stage).turn == 3
    window.press_key("Left")
    window.paint()
    assert path(window.stage).turn == 2
    window.press_key("T")
    assert window.tree.name == "Ledger of Spring 1922"


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (1024, 768), (2560, 1080), (1, 1)])
def test_the_years_are_painted_in_every_size(window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    for percent in ("100", "130"):
        window.stage.perform(Act("size", percent))
        for slot in ("trade", "gold", "line", "turkey.recognition", "means_in_all"):
            window.stage.perform(Act("years", slot))
            window.paint()
            placed = {spot.id for spot in window.page.spots}
            assert [each.name for each in window.tree.walk() if each.usable and each.id not in placed] == []
