"""Does the file on a country tell how it stands and what has passed, and does the timeline name what happened?"""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.views.desktop.window import Window
from game.views.screens.annals import Annal, Annals, marked
from game.views.screens.desk import Span
from game.views.screens.dossier import Passed, Standing
from game.views.screens.stage import Stage
from game.views.screens.tree import Act, Role
from tests.views.small_game import small_program

WINTER = (Act("begin"), Act("choose", "go"), Act("proceed"), Act("give", "trade-talks -> germany"), Act("end"),
          Act("proceed"))  # fmt: skip
SPRING = (
    Act("choose", "send"),
    Act("proceed"),
    Act("give", "fund-party -> germany"),
    Act("end"),
    Act("proceed"),
)


@pytest.fixture
def window() -> Iterator[Window]:
    """Two quarters have been played, each with something done about Germany."""
    made = Window(Stage(), (1280, 720))
    made.stage.loaded(small_program())
    for act in (*WINTER, *SPRING):
        made.stage.perform(act)
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()


def test_the_file_tells_how_a_country_stands_and_how_that_went(window: Window) -> None:
    stage = window.stage
    stage.perform(Act("file", "germany"))
    assert stage.top.name == "Dossier: Germany"
    assert stage.top["country.about"].name == "The other outcast of Versailles."
    suspicion = stage.top["standing.germany.suspicion"]
    assert suspicion.value == "53, +13 since the start"
    standing = suspicion.of(Standing)
    assert (standing.trend[0], standing.trend[-1], standing.drift.tone) == (40, 53, "bad")
    assert stage.top["standing.germany.recognition"].value == "none, as it was since the start"
    assert suspicion.explain == Act("why", "germany.suspicion")


def test_the_file_tells_what_has_passed_the_latest_first(window: Window) -> None:
    stage = window.stage
    stage.perform(Act("file", "germany"))
    rows = [each.of(Passed) for each in stage.top["country.passed"].children]
    assert [(each.when, each.title, each.choice, each.track) for each in rows] == [
        ("Spring 1922", "Berlin waits for a signal", "Send both", "comintern"),
        ("Spring 1922", "Fund the party", "", "comintern"),
        ("Winter 1922", "Trade talks", "", "narkomindel"),
    ]
    assert [each.spoken for each in rows[1].drifts] == ["Suspicion +5", "Communist party +4"]
    last = stage.top["passed.2"]
    assert last.description == "Winter 1922."
    assert last.press is not None
    stage.perform(last.press)
    assert stage.top.name == "Ledger of Winter 1922"
    stage.back()
    stage.perform(Act("file", "japan"))
    assert stage.top["country.passed"].description == (
        "Nothing yet." if not stage.top["country.passed"].children else ""
    )


def test_from_the_map_by_key_and_on_to_orders_years_and_library(window: Window) -> None:
    stage = window.stage
    stage.perform(Act("country", "germany"))
    window.press_key("I")
    assert stage.top.id == "country-sheet"
    for key, id in (("O", "orders-sheet"), ("H", "years"), ("W", "library")):
        window.press_key(key)
        assert stage.top.id == id
        window.press_key("Escape")
        while stage.top.id != "country-sheet":
            window.press_key("Escape")
    window.press_key("Escape")
    assert stage.top.id == "desk"


def test_a_country_that_there_is_not_has_no_file(window: Window) -> None:
    window.stage.perform(Act("file", "atlantis"))
    assert window.stage.top.id == "desk"


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (1024, 768), (2560, 1080), (1, 1)])
def test_the_file_is_painted_in_every_size(window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    for percent in ("100", "130"):
        window.stage.perform(Act("size", percent))
        for country in ("germany", "britain", "turkey"):
            window.stage.perform(Act("file", country))
            window.paint()
            placed = {spot.id for spot in window.page.spots}
            assert [each.name for each in window.tree.walk() if each.usable and each.id not in placed] == []


# The timeline


def test_the_timeline_names_what_a_quarter_is_remembered_for(window: Window) -> None:
    timeline = window.stage.trees()[0]["timeline"]
    told = [(each.name, each.description) for each in timeline.children]
    assert told == [
        (
            "Winter 1922",
            "An invitation to Genoa; Grain ships at Novorossiysk. Press for what changed, and why.",
        ),
        ("Spring 1922", "Berlin waits for a signal. Press for what changed, and why."),
    ]
    assert timeline.of(Span).marked == {2}
    assert all(each.role is Role.ITEM and each.press for each in timeline.children)


def test_the_heaviest_turns_are_marked_and_none_where_nothing_happened() -> None:
    annals = tuple(
        Annal(turn, (), weight) for turn, weight in enumerate((900, 10, 2000, 399, 900, 0, 0, 0), 1)
    )
    assert marked(annals) == {1, 3}
    assert marked(annals[5:]) == frozenset()
    assert marked(()) == frozenset()


def test_a_turn_that_is_known_is_not_read_again(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    session = window.stage.session
    assert session is not None
    annals = Annals(session)
    asked: list[int | None] = []
    seen = session.seen

    def watched(role: str = "", turn: int | None = None) -> object:
        asked.append(turn)
        return seen(role, turn)

    monkeypatch.setattr(session, "seen", watched)
    assert annals.all() == annals.all()
    assert asked == [1, 2]
    annals.forget()
    annals.all()
    assert asked == [1, 2, 1, 2]
