"""Do settings hold, last, and show?  Themes with their contrasts, sizes of type, the window on a larger page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.compiler.folders import user_folder
from game.compiler.load import load
from game.rules.building import interpret
from game.views.desktop import focus, lettering, theme
from game.views.desktop.frame import Frame
from game.views.desktop.lettering import Face, Style
from game.views.desktop.palette import Colour
from game.views.desktop.window import Window
from game.views.screens.settings import SIZES, Setup, keep, recalled
from game.views.screens.settings import THEMES as CHOICES
from game.views.screens.stage import Stage
from game.views.screens.tree import Act, Role
from tests.views.small_game import YAML, small_program

TEXT = 4.5
SIGN = 3.0
PAIRS = (
    ("ink", ("paper", "card", "selected"), TEXT),
    ("soft", ("paper", "card", "selected"), TEXT),
    ("alert", ("paper", "card", "selected"), TEXT),
    ("cool", ("paper", "card", "selected"), TEXT),
    ("good", ("paper", "card", "selected"), TEXT),
    ("bad", ("paper", "card", "selected"), TEXT),
    ("grain", ("paper", "card"), TEXT),
    ("light", ("bar", "red", "blue"), TEXT),
    ("faint", ("bar",), TEXT),
    ("bar", ("light", "ochre"), TEXT),
    ("ochre", ("bar",), SIGN),
)
"""Which tint is written or drawn on which, and how far apart they must be."""


@pytest.fixture(autouse=True)
def _undressed() -> Iterator[None]:
    yield
    theme.wear("light")
    lettering.read_with(False)
    lettering.forget()


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window(Stage(), (1280, 720))
    made.stage.loaded(small_program())
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours as WCAG 2 has it."""

    def light(colour: Colour) -> float:
        parts = [each / 255 for each in colour[:3]]
        lines = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return 0.2126 * lines[0] + 0.7152 * lines[1] + 0.0722 * lines[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


# Themes


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_pair_of_every_theme_can_be_told_apart(name: str) -> None:
    theme.wear(name)
    faults = []
    for on, grounds, least in PAIRS:
        least = 7.0 if name == "contrast" and least == TEXT and on != "bar" else least
        for ground in grounds:
            found = contrast(theme.TINTS[on], theme.TINTS[ground])
            if found < least:
                faults.append(f"{on} on {ground}: {found:.2f}")
    assert faults == []


def test_every_theme_has_a_look_for_every_tint_and_can_be_chosen() -> None:
    for looks in theme.THEMES.values():
        assert set(looks) == set(theme.TINTS)
    assert [id for id, _, _ in CHOICES] == list(theme.THEMES)


def test_the_light_theme_is_that_of_the_papers() -> None:
    before = {name: tint[:3] for name, tint in theme.TINTS.items()}
    assert not theme.wear("light")
    assert {name: tint[:3] for name, tint in theme.TINTS.items()} == before
    assert not theme.wear("nonsense")


def test_a_theme_changes_the_window_at_once_and_back_without_a_trace(window: Window) -> None:
    window.stage.perform(Act("begin"))
    window.stage.perform(Act("choose", "go"))
    window.stage.perform(Act("proceed"))
    window.paint()
    window.work(5000)
    window.paint()
    light = pygame.image.tobytes(window.screen, "RGB")
    shown = set()
    for name in ("dark", "contrast", "projector"):
        window.stage.perform(Act("theme", name))
        window.paint()
        shown.add(pygame.image.tobytes(window.screen, "RGB"))
    assert len(shown | {light}) == 4
    window.stage.perform(Act("theme", "light"))
    window.paint()
    assert pygame.image.tobytes(window.screen, "RGB") == light


def test_nothing_is_dark_on_dark_on_any_screen(window: Window) -> None:
    """The ground of the page and what is written on it, as it really is: the most frequent colour of a panel's
    row must be a ground of the theme."""
    window.stage.perform(Act("theme", "dark"))
    window.stage.perform(Act("begin"))
    window.stage.perform(Act("choose", "go"))
    window.stage.perform(Act("proceed"))
    for act in (Act("orders", "germany"), Act("why", "trade"), Act("years"), Act("library"), Act("settings")):
        window.stage.perform(act)
        window.paint()
        place = window.page.extent
        assert place is not None
        middle = window.screen.subsurface(place.clip(window.screen.get_rect())).copy()
        tone = pygame.transform.average_color(middle)
        assert sum(tone[:3]) < 300, f"{act.verb} is bright in the dark"


# Kept


def test_settings_are_kept_from_one_time_to_the_next() -> None:
    stage = Stage()
    for act in (
        Act("theme", "dark"),
        Act("size", "150"),
        Act("still", "yes"),
        Act("volume", "25"),
        Act("mute", "yes"),
        Act("guide", "no"),
        Act("face", "steady"),
        Act("language", "ru"),
        Act("rebind", "E"),
        Act("stroke", "Z"),
    ):
        stage.perform(act)
    later = Stage("open", 7).setup
    assert later == Setup(
        "open", 7, "", 150, True, "dark", 25, True, False, False, "steady", "ru", (("E", "Z"),)
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "[" * 5000, '{"theme": "pink"}', '{"theme": 3}', '{"text_size": 101}',
     '{"text_size": "150"}', '{"still": 1}',
     '{"volume": true}', '{"face": "comic"}', '{"mute": 1}', '{"language": "a language of the moon"}',
     '{"keys": {"E": "D"}}', '{"keys": {"E": "Z", "D": "Z"}}', '{"keys": {"E": 5}}', '{"keys": {"Q1": "Z"}}',
     '{"keys": {"E": "Escape"}}', '{"keys": {"E": "E"}}', '{"keys": ["E"]}', '{"keys": {"E": "Hyper"}}',
     '{"fate": "open", "seed": 9}', '{"unheard": 1}', "\x00"],
)  # fmt: skip
def test_what_makes_no_sense_in_the_file_is_left_out(text: str) -> None:
    user_folder().mkdir(parents=True)
    (user_folder() / "settings.json").write_text(text, encoding="utf-8")
    assert recalled(Setup()) == Setup()


def test_a_sound_setting_beside_a_bad_one_is_taken() -> None:
    user_folder().mkdir(parents=True)
    (user_folder() / "settings.json").write_text(json.dumps({"theme": "pink", "still": True}))
    assert recalled(Setup()) == Setup(still=True)


def test_settings_that_cannot_be_kept_hold_for_this_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    monkeypatch.setenv("PEREDYSHKA_HOME", str(blocked))
    assert keep(Setup()).startswith("The settings hold for this time only: ")
    stage = Stage()
    stage.perform(Act("theme", "dark"))
    assert stage.setup.theme == "dark"
    assert stage.notice.startswith("The settings hold for this time only: ")


# Language and letters


def test_texts_are_told_in_another_language_where_they_are_there_in_it(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "scenario.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / "small" / "ru.yaml").write_text(
        "language: ru\ntitle: Малая передышка\nscores: {trade: {label: Торговля}}\n"
        "countries: {germany: {name: Германия}}\n",
        encoding="utf-8",
    )
    stage = Stage()
    stage.loaded(interpret(load(str(tmp_path / "small")).scenario))
    stage.perform(Act("settings"))
    assert [each.name for each in stage.top["languages"].children] == ["English", "Русский"]
    stage.perform(Act("language", "ru"))
    assert stage.top.find(Role.TAB, "Русский").selected
    stage.perform(Act("close"))
    assert stage.top.name == "Малая передышка"
    stage.perform(Act("begin"))
    for act in (Act("choose", "go"), Act("proceed")):
        stage.perform(act)
    assert stage.top.find(Role.VALUE, "Торговля") and stage.top.find(Role.VALUE, "Recognition")
    assert stage.top.find(Role.ITEM, "Германия")
    stage.perform(Act("language", "en"))
    assert stage.top.find(Role.VALUE, "Trade") and stage.top.find(Role.ITEM, "Germany")
    assert stage.library is not None and stage.library.articles["countries/germany"].title == "Germany"
    stage.close()


def test_steady_letters_replace_those_of_the_texts_and_go_without_a_trace(window: Window) -> None:
    window.stage.perform(Act("begin"))
    window.paint()
    window.work(5000)
    window.paint()
    before = pygame.image.tobytes(window.screen, "RGB")
    window.stage.perform(Act("face", "steady"))
    window.paint()
    assert pygame.image.tobytes(window.screen, "RGB") != before
    for words in ("Чичерин подписал договор", "Łódź, Kraków, Ōsaka, İzmir, № 7, −12 …"):
        style = Style(Face.SERIF, 16)
        assert lettering.clean(words, style.face) == words
        assert lettering.width(words, style) > 100
    assert lettering.emphasised_face(Face.SERIF) == Face.STRONG
    window.stage.perform(Act("face", "book"))
    window.paint()
    assert pygame.image.tobytes(window.screen, "RGB") == before


@pytest.mark.parametrize("percent", ["100", "130"])
def test_every_screen_is_whole_in_steady_letters(window: Window, percent: str) -> None:
    window.stage.perform(Act("face", "steady"))
    test_every_screen_is_whole_in_every_size_of_type(window, int(percent))


# Text sizes, and a window on a larger page


def test_beyond_the_largest_type_the_page_grows_instead() -> None:
    assert Frame(1280, 720, 130).zoom == 1.0
    large = Frame(1280, 720, 260)
    assert (large.type_size, large.zoom, large.scale, large.canvas) == (130, 2.0, 2.0, (2560, 1440))
    assert large.room == (1280, 720)
    assert Frame(1280, 720, 75).canvas == (1280, 720)


@pytest.mark.parametrize("percent", SIZES)
def test_every_screen_is_whole_in_every_size_of_type(window: Window, percent: int) -> None:
    window.stage.perform(Act("size", str(percent)))
    window.stage.perform(Act("begin"))
    window.paint()
    window.stage.perform(Act("choose", "go"))
    window.stage.perform(Act("proceed"))
    for act in (Act("country", "germany"), Act("orders", "germany"), Act("why", "trade"), Act("years"), Act("library"),
                Act("settings"), Act("saves"), Act("decisions"), Act("help")):  # fmt: skip
        window.stage.perform(act)
        window.paint()
        placed = {spot.id for spot in window.page.spots}
        assert [each.name for each in window.tree.walk() if each.usable and each.id not in placed] == []


def test_the_keys_bring_what_they_reach_into_sight(window: Window) -> None:
    window.stage.perform(Act("size", "250"))
    window.stage.perform(Act("begin"))
    window.stage.perform(Act("choose", "go"))
    window.stage.perform(Act("proceed"))
    window.paint()
    for _ in range(40):
        window.press_key("Tab")
        window.paint()
        spot = focus.find(window.page.spots, window.hands.focus)
        assert spot is not None
        seen = window.painting.view.clip(spot.rect)
        assert seen.width and seen.height, f"{window.hands.focus} has the focus out of sight"


def test_the_mouse_reaches_all_of_a_larger_page(window: Window) -> None:
    window.stage.perform(Act("size", "250"))
    window.paint()
    for element in ("New game", "Leave"):
        spot = focus.find(window.page.spots, window.tree.find(Role.BUTTON, element).id)
        assert spot is not None
        wide, high = window.frame.room
        x, y = spot.rect.center
        at = x * 1279 // (1279 + wide), y * 719 // (719 + high)
        window.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
        assert window.hands.hover == spot.id
    window.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    assert window.stage.left


def test_the_settings_by_keys_alone(window: Window) -> None:
    window.press_key("F10")
    assert window.tree.id == "settings-sheet"
    for _ in range(60):
        window.press_key("Tab")
        if window.hands.focus.startswith("theme."):
            break
    window.press_key("Right")
    window.press_key("Return")
    window.paint()
    assert window.stage.setup.theme == "dark"
    assert theme.PAPER[:3] == (0x1C, 0x1A, 0x18)


def test_the_full_screen_is_a_setting_with_a_key_of_its_own(window: Window) -> None:
    down = pygame.event.Event(pygame.KEYDOWN, key=0, scancode=pygame.KSCAN_F11, mod=0, unicode="")
    window.handle(down)
    window.paint()
    assert window.stage.setup.full
    window.handle(down)
    window.paint()
    assert not window.stage.setup.full
    assert window.screen.get_size() == (1280, 720)
