"""Does the window stand what nobody should do to it?  Resizes, endless and hostile texts, fonts and sound that go."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

from game.compiler.load import load
from game.rules.building import interpret
from game.views.desktop import lettering, shipped
from game.views.desktop.blocks import set_text
from game.views.desktop.frame import Frame
from game.views.desktop.lettering import Face
from game.views.desktop.window import Window
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from tests.views.small_game import YAML, small_program

ACTS = (
    Act("country", "germany"), Act("orders", "germany"), Act("close"), Act("why", "trade"), Act("close"), Act("years"),
    Act("close"), Act("saves"), Act("close"), Act("library"), Act("close"), Act("decisions"), Act("close"),
    Act("settings"), Act("close"), Act("help"), Act("close"), Act("menu"), Act("close"), Act("lens", "trade"),
    Act("sheet", "eurasia"), Act("title"), Act("resume"), Act("card", "famine-news@"), Act("close"),
)  # fmt: skip
HOSTILE = (
    "]]", "*" * 50, "** *a* *", "<b>bold</b><script>x</script>", "{gold} {{", "%s %d",
    "\\u202ertl\\u202c", "\\u0301" * 40, "e\\u0301\\u0323", "\\u05e9\\u05dc\\u05d5\\u05dd", "\\U0001F600", "\\ufffd",
    "\\u200b\\u200d", "日本語", "ЁЪЫЭ", "&amp;", "\\u2028line",
)  # fmt: skip


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window(Stage(), (1280, 720))
    made.stage.loaded(small_program())
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()


def to_the_desk(stage: Stage) -> None:
    for act in (Act("begin"), Act("choose", "go"), Act("proceed")):
        stage.perform(act)


def test_five_hundred_resizes_on_every_screen_leave_all_as_it_was(window: Window) -> None:
    to_the_desk(window.stage)
    chance = random.Random(1921)
    acts = iter(ACTS * 2)
    for number in range(500):
        size = chance.randrange(1, 600), chance.randrange(1, 400)
        if number % 50 == 0:
            size = chance.choice(((1, 1), (1, 900), (3000, 2), (16_384, 1), (320, 200), (1920, 200)))
        window.handle(pygame.event.Event(pygame.VIDEORESIZE, w=size[0], h=size[1], size=size))
        if number % 12 == 0:
            window.stage.perform(next(acts))
            window.paint()
            assert window.screen.get_size() == size
            window.handle(
                pygame.event.Event(
                    pygame.MOUSEMOTION, pos=(size[0] - 1, size[1] // 2), rel=(1, 1), buttons=(0, 0, 0)
                )
            )
            window.press_key(chance.choice(("Tab", "Down", "Right", "PageDown")))
    while window.stage.dialogs:
        window.stage.back()
    window.stage.perform(Act("resume"))
    window.handle(pygame.event.Event(pygame.VIDEORESIZE, w=1280, h=720, size=(1280, 720)))
    window.hands.focus = window.hands.hover = ""
    window.painting.scrolled.clear()
    window.paint()
    window.work(5000)
    window.paint()
    assert window.frame == Frame(1280, 720)
    shown = pygame.image.tobytes(window.screen, "RGB")
    other = Window(window.stage, (1280, 720))
    other.paint()
    other.work(5000)
    other.paint()
    assert pygame.image.tobytes(other.screen, "RGB") == shown


def scenario(tmp_path: Path, text: str) -> Any:
    """The small game, all of whose long texts are another."""
    news = "The first ships with American grain have been unloaded. The crews were given a brass band and some tea."
    lines = YAML.replace(news, "WORDS")
    lines = lines.replace("The other outcast of Versailles.", "WORDS").replace(
        "Concede nothing final and be seen.", "WORDS"
    )
    lines = lines.replace("Kemal thanks for the gold and asks for more.", "WORDS").replace(
        "London was offended.", "WORDS"
    )
    lines = lines.replace("Our man reads the cables before the Cabinet does.", "WORDS")
    path = tmp_path / "small.yaml"
    path.write_text(lines.replace("WORDS", text), encoding="utf-8")
    return interpret(load(str(path)).scenario)


def look_at_all(window: Window) -> None:
    """Play a year, and look at everything on the way."""
    window.stage.perform(Act("begin"))
    for act in (
        Act("pick", "stay-away"),
        Act("notes"),
        Act("notes"),
        Act("choose", "go"),
        Act("proceed"),
        *ACTS,
    ):
        window.stage.perform(act)
        window.paint()
    for act in (Act("end"), Act("proceed"), Act("choose", "wait"), Act("proceed"), Act("end"), Act("proceed"),
                Act("card", "private-letter@"), Act("close"), Act("card", "report-london@"), Act("close")):  # fmt: skip
        window.stage.perform(act)
        window.paint()


@pytest.mark.parametrize("words", ["word " * 3999, "x" * 19_990, "long-" * 3990, "*a* " * 4990])
def test_a_text_of_twenty_thousand_signs_can_be_leafed_through(
    tmp_path: Path, window: Window, words: str
) -> None:
    window.stage.loaded(scenario(tmp_path, f'"{words}"'))
    window.stage.perform(Act("begin"))
    window.stage.perform(Act("choose", "go"))
    window.stage.perform(Act("proceed"))
    window.stage.perform(Act("card", "famine-news@"))
    window.paint()
    paper = next(each for each in window.page.panels if each.id == "paper")
    assert paper.most > 500
    window.hands.leaf(10_000, paper.rect.center)
    window.paint()
    assert window.painting.scrolled["paper"] == paper.most


def test_hostile_words_are_words(tmp_path: Path, window: Window) -> None:
    texts = " ".join(HOSTILE).replace('"', "")
    escaped = texts.replace("{gold} {{", "(gold) ((")
    window.stage.loaded(scenario(tmp_path, f'"{escaped}"'))
    look_at_all(window)


NAMED = re.compile(r"(?<=[ {])(title|label|name): (?!\")([^,}{\n]+)(?=[,}\n])")
"""A name in the small scenario."""


@pytest.mark.parametrize("words", ["x" * 19_990, " ".join(HOSTILE).replace("{gold} {{", "")])
def test_names_of_twenty_thousand_signs_and_hostile_ones_are_painted(
    tmp_path: Path, window: Window, words: str
) -> None:
    path = tmp_path / "small.yaml"
    given = YAML.replace("terms, by winter", "terms")
    path.write_text(NAMED.sub(lambda found: f'{found[1]}: "{words}"', given), encoding="utf-8")
    window.stage.loaded(interpret(load(str(path)).scenario))
    for act in (Act("begin"), Act("choose", "go"), Act("proceed"), Act("country", "germany"), Act("sheet", "far_east"),
                Act("orders", "germany"), Act("close"), Act("why", "trade"), Act("close"), Act("end")):  # fmt: skip
        window.stage.perform(act)
        window.paint()
        assert len(window.page.spots) > 1
    window.hands.focus = "proceed"
    window.rested()
    window.paint()


@pytest.mark.parametrize(
    "words", ["[[", "[[]]", "[[|]]", "[[|a]]", "[[a|]]", "[[a|[[b]]]]", "** [[x|*y*]] *", "[[a\nb]]"]
)
def test_marks_that_mean_nothing_are_set_as_they_stand(window: Window, words: str) -> None:
    style = lettering.Style(Face.SERIF, 16)
    for wide in (1, 40, 400):
        block = set_text(words, style, wide)
        block.paint(window.screen, 0, 0)
        assert all(rect.width >= 0 for _, rect in block.links(0, 0))


def test_signs_that_no_file_may_hold_are_shown_as_something(window: Window) -> None:
    surface = pygame.Surface((400, 60))
    for sign in (
        "\x00",
        "\ud800",
        "\udfff",
        "\x1b[31m",
        "\r\n\t",
        "\ufeff",
        "\U0010ffff",
        "a\u0300\u0301" * 200,
    ):
        for face in Face:
            style = lettering.Style(face, 16)
            lettering.write(surface, sign, style, 10, 30)
            assert lettering.width(sign, style) >= 0


def test_without_its_fonts_the_window_still_speaks(monkeypatch: pytest.MonkeyPatch, window: Window) -> None:
    real = shipped.asset

    def lost(path: str) -> bytes:
        if path.startswith("fonts/"):
            raise FileNotFoundError(path)
        return real(path)

    lettering.forget()
    monkeypatch.setattr(lettering, "asset", lost)
    try:
        window.painting.page = None
        look_at_all(window)
        assert lettering.width("Some words", lettering.Style(Face.SERIF, 16)) > 20
    finally:
        monkeypatch.undo()
        lettering.forget()


def test_a_broken_font_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, window: Window) -> None:
    lettering.forget()
    monkeypatch.setattr(lettering, "asset", lambda path: b"no font at all")
    try:
        window.painting.page = None
        window.paint()
    finally:
        monkeypatch.undo()
        lettering.forget()


# Sizes


@pytest.mark.parametrize(
    "size", [(1281, 721), (1366, 768), (999, 1777), (2560, 1080), (3440, 1439), (3840, 2160), (1279, 719)]
)
def test_every_size_is_painted_on_the_screen_itself_and_nothing_is_stretched(
    window: Window, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.paint()
    assert window.painting.picture is window.screen
    scale = min(size[0] / 1280, size[1] / 720)
    assert window.frame.scale == pytest.approx(scale)
    assert window.page.type(Face.SERIF, 16).px == round(16 * scale)


def test_letters_are_as_sharp_on_a_large_screen_as_on_a_small_one() -> None:
    """The share of half-tones at the edges of letters falls as the letters grow; stretched ones would keep it."""

    def blur(scale: float) -> float:
        shown = lettering.picture("Narkomindel", lettering.Style(Face.SERIF, 16).at(scale))
        alphas = alpha_of(shown)
        inked = [alpha for alpha in alphas if alpha > 8]
        return sum(40 < alpha < 215 for alpha in inked) / len(inked)

    assert blur(3) < 0.6 * blur(1)


def alpha_of(picture: pygame.Surface) -> list[int]:
    """How opaque each pixel is."""
    data = pygame.image.tobytes(picture, "RGBA")
    return list(data[3::4])


# Sound


def test_a_sound_device_that_goes_in_the_middle_of_a_game_is_not_missed(
    monkeypatch: pytest.MonkeyPatch, window: Window
) -> None:
    window.sounds.volume = 60
    window.sounds.prepare()
    window.sounds.wait()
    to_the_desk(window.stage)
    pygame.mixer.quit()
    for act in (
        Act("end"),
        Act("proceed"),
        Act("choose", "wait"),
        Act("proceed"),
        Act("end"),
        Act("proceed"),
    ):
        window.stage.perform(act)
        window.paint()
    assert window.stage.session is not None and window.stage.session.turn == 3
    window.sounds.close()


def test_sound_that_cannot_even_begin_is_silence(monkeypatch: pytest.MonkeyPatch, window: Window) -> None:
    def fail(*_: Any) -> None:
        raise pygame.error("no such device")

    monkeypatch.setattr(pygame.mixer, "init", fail)
    window.sounds.volume = 60
    window.sounds.prepare()
    window.sounds.wait()
    to_the_desk(window.stage)
    window.paint()
    assert window.sounds.fault == "no such device"
    window.sounds.close()


# The system takes the picture away


def test_a_window_that_was_covered_is_shown_anew(window: Window) -> None:
    to_the_desk(window.stage)
    window.paint()
    window.work(5000)
    window.paint()
    before, flips = pygame.image.tobytes(window.screen, "RGB"), window.flips
    for kind in (pygame.WINDOWEXPOSED, pygame.WINDOWMINIMIZED, pygame.WINDOWRESTORED, pygame.WINDOWSHOWN):
        window.handle(pygame.event.Event(kind))
        window.paint()
    assert window.flips > flips and pygame.image.tobytes(window.screen, "RGB") == before
