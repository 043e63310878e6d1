"""Does the window lose nothing?  Closed, terminated, interrupted, opened at a save; typing, and looking at it all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.play import saves
from game.views.desktop import focus
from game.views.desktop.keys import NAMES
from game.views.desktop.window import Window
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from tests.play.small_games import finished
from tests.views.small_game import YAML, small_program

SCANCODES = {name: code for code, name in reversed(NAMES.items()) if code > 0}
PLAYER = """
import sys
from game.views.desktop import window
from game.compiler.load import load
from game.rules.building import interpret

paint = window.Window.paint
steps = iter("N1RR")
def painted(self):
    done = paint(self)
    if self.stage.program is not None and not self.painting.busy:
        step = next(steps, "")
        if step:
            self.press_key("Return" if step == "R" else step)
        elif self.stage.session and self.stage.session.place == "orders":
            print("ready", flush=True)
    return done
window.Window.paint = painted
stage = window.Stage(version=lambda: "1.0")
sys.exit(window.play_window(sys.argv[1], lambda name: interpret(load(name).scenario), stage))
"""


@pytest.fixture
def window() -> Iterator[Window]:
    """A window on a stage whose scenario has been read."""
    made = Window(Stage(), (1280, 720))
    made.stage.loaded(small_program())
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()


def type_key(window: Window, name: str, text: str = "") -> None:
    """A key goes down and up, and what it writes comes after it, as the system reports it."""
    scancode = SCANCODES[name]
    window.handle(pygame.event.Event(pygame.KEYDOWN, key=0, scancode=scancode, mod=0, unicode=text))
    if text:
        window.handle(pygame.event.Event(pygame.TEXTINPUT, text=text))
    window.handle(pygame.event.Event(pygame.KEYUP, key=0, scancode=scancode, mod=0, unicode=text))
    window.paint()


@pytest.mark.skipif(os.name == "nt", reason="signals of another kind")
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, -signal.SIGINT), (signal.SIGKILL, -9)]
)
def test_whatever_ends_the_window_the_game_is_whole(
    tmp_path: Path, sent: signal.Signals, status: int
) -> None:
    scenario = tmp_path / "small.yaml"
    scenario.write_text(YAML, encoding="utf-8")
    playing = subprocess.Popen(
        [sys.executable, "-c", PLAYER, str(scenario)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert playing.stdout is not None
    assert playing.stdout.readline() == "ready\n", playing.communicate()
    playing.send_signal(sent)
    _, told = playing.communicate(timeout=10)
    assert playing.returncode == status, told
    (save,) = saves.all_saves()
    assert not save.fault and not save.held
    assert len(saves.load(save.path).decisions) == 2
    if sent != signal.SIGKILL:
        assert not save.path.with_name(save.path.name + ".lock").exists()


def test_a_window_opens_at_a_save(monkeypatch: pytest.MonkeyPatch) -> None:
    path = finished(saves.folder()).path
    window = Window(Stage(), (640, 360))

    def seen() -> None:
        window.stage.left = window.stage.table is not None

    monkeypatch.setattr(window.stage, "work", seen)
    window.run(small_program, Act("open", str(path)))
    assert window.stage.table is not None and window.stage.table.name == "reckoning"
    assert saves.look(path).held == ""
    pygame.display.quit()


def test_what_is_typed_into_a_name_presses_nothing_else(window: Window) -> None:
    path = finished(saves.folder()).path
    window.stage.perform(Act("saves"))
    window.stage.perform(Act("rename", str(path)))
    window.paint()
    for _ in range(80):
        type_key(window, "Backspace")
    for key, text in (("N", "т"), ("R", "r"), ("Space", " "), ("1", "1"), ("Comma", ",")):
        type_key(window, key, text)
    assert window.tree.find("field", "Name").value == "тr 1,"
    type_key(window, "Return")
    assert window.tree.id == "saves"
    assert [each.name for each in saves.all_saves()] == ["тr 1,"]


def test_the_list_of_games_by_keys_alone(window: Window) -> None:
    for seed in (1, 2, 3):
        finished(saves.folder(), seed=seed)
    type_key(window, "L")
    assert window.tree.id == "saves"
    before = window.tree["about"].children[2].name
    type_key(window, "Down")
    assert window.hands.focus == "saves.1"
    assert window.tree["about"].children[2].name != before
    type_key(window, "Return")
    assert window.tree.id == "reckoning"
    type_key(window, "B")
    assert window.tree.id == "rewind"
    type_key(window, "Up")
    type_key(window, "T")
    assert window.stage.session is not None and window.stage.session.place != "over"
    assert len(saves.all_saves()) == 4


def test_everything_about_saves_has_its_place_in_every_size(window: Window) -> None:
    path = finished(saves.folder()).path
    (saves.folder() / "broken.jsonl").write_bytes(b"{")
    window.stage.perform(Act("begin"))
    window.stage.perform(Act("choose", "go"))
    window.stage.perform(Act("proceed"))
    for size in ((1280, 720), (640, 360), (1024, 768)):
        window.resize(*size)
        for percent in ("100", "130"):
            window.stage.perform(Act("size", percent))
            for act in (
                Act("saves"), Act("picked", str(saves.folder() / "broken.jsonl")), Act("rename", str(path)),
                Act("close"), Act("export", str(path)), Act("close"), Act("trash", str(path)), Act("close"),
                Act("close"), Act("decisions"), Act("close"),
            ):  # fmt: skip
                window.stage.perform(act)
                window.paint()
                placed = {spot.id for spot in window.page.spots}
                missing = [each.name for each in window.tree.walk() if each.usable and each.id not in placed]
                assert missing == [], f"{act} at {size}, {percent} %"


def test_the_end_screen_shows_roads_as_they_come(window: Window) -> None:
    game = finished(saves.folder())
    window.stage.perform(Act("open", str(game.path)))
    window.stage.perform(Act("roads", "roads"))
    window.paint()
    window.stage.work()
    assert window.stage.table is not None and window.stage.table.roads is not None
    window.stage.table.roads.wait()
    window.stage.work()
    window.paint()
    road = focus.find(window.page.spots, "road.0")
    assert road is not None
    flips = window.flips
    window.stage.work()
    window.paint()
    assert window.flips == flips
