"""Are the sounds what they should be, heard at the right moment, and never in the way?"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import pygame
import pytest

from game.views.desktop import synthesis
from game.views.desktop.sounds import VERBS, Sounds
from game.views.desktop.synthesis import PEAK, RATE, RECIPES
from game.views.desktop.window import Window
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from tests.views.small_game import small_program

LENGTHS = {"click": 0.03, "key": 0.09, "stamp": 0.28, "bell": 1.40, "paper": 0.25}


@pytest.fixture
def sounds() -> Iterator[Sounds]:
    made = Sounds()
    made.volume = 60
    made.prepare()
    made.wait()
    yield made
    made.close()


@pytest.mark.parametrize("name", RECIPES)
def test_every_sound_has_its_length_its_peak_and_soft_ends(name: str) -> None:
    samples = array("h", synthesis.printed(RECIPES[name]()))
    assert len(samples) == round(LENGTHS[name] * RATE)
    assert max(map(abs, samples)) == PEAK
    assert abs(samples[-1]) < PEAK // 50


def test_the_sounds_are_the_same_each_time_and_small() -> None:
    first = {name: synthesis.printed(recipe()) for name, recipe in RECIPES.items()}
    again = {name: synthesis.printed(recipe()) for name, recipe in RECIPES.items()}
    assert first == again
    assert sum(map(len, first.values())) < 110_000


def test_morse_signs_are_as_long_as_their_dots_and_dashes() -> None:
    dot = synthesis.count(synthesis.DOT)
    assert len(synthesis.morse("E")) == dot
    assert abs(len(synthesis.morse("Moscow")) - 7 * dot) <= 2
    assert synthesis.morse("ё") == synthesis.morse("?") == synthesis.morse("") == synthesis.morse("e")
    assert {len(letter) for letter in synthesis.MORSE} == {1} and len(synthesis.MORSE) == 26


def test_acts_are_heard_by_what_they_are(sounds: Sounds) -> None:
    assert sounds.ready
    assert sounds.heard(Act("give", "trade-talks"))
    assert not sounds.heard(Act("menu"))
    assert set(VERBS.values()) <= set(RECIPES)
    assert sounds.arrive("Genoa")


def test_no_volume_is_silence_and_opens_no_device() -> None:
    made = Sounds()
    made.prepare()
    assert not pygame.mixer.get_init()
    assert not made.play("click") and not made.arrive("Genoa")
    made.close()


def test_without_a_device_the_game_is_silent_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise pygame.error("no such device")

    monkeypatch.setattr(pygame.mixer, "init", broken)
    made = Sounds()
    made.volume = 100
    made.prepare()
    made.wait()
    made.prepare()
    assert made.fault == "no such device"
    assert not made.heard(Act("end"))
    made.close()


def test_a_device_that_goes_in_the_middle_is_no_fault_of_the_game(sounds: Sounds) -> None:
    pygame.mixer.quit()
    assert not sounds.heard(Act("end"))
    assert sounds.fault
    assert not sounds.arrive("Genoa")


def test_a_window_lets_acts_and_arrivals_be_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(Stage(), (640, 360))
    window.stage.loaded(small_program())
    told: list[str] = []
    monkeypatch.setattr(window.sounds, "play", lambda name: told.append(name) or True)
    monkeypatch.setattr(window.sounds, "arrive", lambda place: told.append(place) or True)
    for act in (
        Act("begin"),
        Act("pick", "go"),
        Act("choose", "go"),
        Act("proceed"),
        Act("end"),
        Act("proceed"),
    ):
        window.stage.perform(act)
    assert told == ["Genoa", "key", "stamp", "bell", "Moscow"]
    window.stage.close()
    pygame.display.quit()


def test_the_volume_is_that_of_the_settings() -> None:
    window = Window(Stage(), (640, 360))
    window.stage.perform(Act("volume", "25"))
    window.paint()
    assert window.sounds.volume == 25
    assert not pygame.mixer.get_init(), "no device before the game runs"
    pygame.display.quit()
