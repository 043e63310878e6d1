"""Does a real window play?  One quarter under Xvfb, driven from outside by xdotool, as a player's hands would."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.play.saves import load
from game.rules.state import Answer, Open, Plan
from tests.views.small_game import YAML

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
    ),
]

SIZE = (1280, 720)
PATIENCE = 20.0
PLAYER = """
import os, sys, threading
from game.views.desktop import display, window
from game.cli import main

display.SIZES = ((1280, 720),)
made = window.Window.paint

def told(self):
    changed = made(self)
    if changed:
        tree, session = self.tree, self.stage.session
        turn, place = (session.turn, session.place) if session else (0, "title")
        print(tree.name, self.hands.focus, turn, place, sep=" | ", flush=True)
        for spot in self.painting.page.spots:
            if spot.seen.width:
                print("spot", spot.element.role, spot.element.name, *spot.seen.center, sep=" | ", flush=True)
        print("painted", flush=True)
    return changed

window.Window.paint = told
sys.exit(main(["play", sys.argv[1]]))
"""


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


class Seat:
    """The player before the screen: reads what the game says it painted, and moves mouse and keys."""

    def __init__(self, display: str, scenario: Path, home: Path) -> None:
        hidden = ("SDL_VIDEODRIVER", "WAYLAND_DISPLAY")
        self.environment = {name: value for name, value in os.environ.items() if name not in hidden}
        self.environment |= {"DISPLAY": display, "PEREDYSHKA_HOME": str(home), "SDL_VIDEODRIVER": "x11"}
        self.game = subprocess.Popen(
            [sys.executable, "-c", PLAYER, str(scenario)], env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.name, self.focus, self.turn, self.place = "", "", 0, ""
        self.spots: dict[tuple[str, str], tuple[int, int]] = {}
        self._said: queue.Queue[str] = queue.Queue()
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    def _listen(self) -> None:
        assert self.game.stdout is not None
        for line in self.game.stdout:
            self._said.put(line.rstrip("\n"))
        self._said.put("")

    def see(self) -> None:
        """Read the next picture's description."""
        spots: dict[tuple[str, str], tuple[int, int]] = {}
        while line := self._said.get(timeout=PATIENCE):
            parts = line.split(" | ")
            if line == "painted":
                self.spots = spots
                return
            if parts[0] == "spot":
                spots[parts[1], parts[2]] = int(parts[3]), int(parts[4])
            else:
                self.name, self.focus, self.turn, self.place = parts[0], parts[1], int(parts[2]), parts[3]
        raise AssertionError("the game has ended")

    def leave(self) -> tuple[int, str]:
        """Wait for the end of the game; its status and what it said to people."""
        assert self.game.stdout is not None and self.game.stderr is not None
        try:
            status = self.game.wait(10)
        except subprocess.TimeoutExpired:
            self.game.kill()
            status = self.game.wait(10)
        self._ear.join(10)
        told = self.game.stderr.read()
        self.game.stdout.close()
        self.game.stderr.close()
        return status, told

    def until(self, name: str) -> None:
        """Look until a screen is up."""
        end = time.monotonic() + PATIENCE
        while not self.name.startswith(name):
            assert time.monotonic() < end, f"waited for '{name}', saw '{self.name}'"
            self.see()

    def until_there(self, role: str, name: str) -> None:
        """Look until something can be seen."""
        end = time.monotonic() + PATIENCE
        while (role, name) not in self.spots:
            assert time.monotonic() < end, f"waited for {role} '{name}' on '{self.name}'"
            self.see()

    def hand(self, *words: str) -> None:
        """One movement of the hands."""
        subprocess.run(["xdotool", *words], env=self.environment, check=True, capture_output=True)

    def key(self, name: str) -> None:
        """Press a key."""
        self.hand("key", "--clearmodifiers", name)

    def click(self, role: str, name: str) -> None:
        """Move the mouse to something and click."""
        self.until_there(role, name)
        x, y = self.spots[role, name]
        self.hand("mousemove", str(x), str(y), "click", "1")


def test_a_quarter_in_a_real_window_by_mouse_and_keys(display: str, tmp_path: Path) -> None:
    scenario = tmp_path / "small.yaml"
    scenario.write_text(YAML, encoding="utf-8")
    seat = Seat(display, scenario, tmp_path / "home")
    try:
        play_a_quarter(seat)
    except BaseException:
        seat.game.kill()
        print(seat.leave())
        raise
    assert seat.leave() == (0, "")
    (save,) = (tmp_path / "home" / "saves").glob("*.jsonl")
    moves = [decision.move for decision in load(save).decisions]
    assert moves[1] == Answer("conference", "go")
    assert isinstance(moves[2], Plan) and str(moves[2].orders["narkomindel"][0]) == "trade-talks -> germany"
    assert moves[3:] == [Open()]


def play_a_quarter(seat: Seat) -> None:
    """From the title through one quarter to the next question, and out."""
    seat.until("A small pause")
    seat.click("button", "New game")
    seat.until("An invitation to Genoa")
    seat.key("3")
    seat.key("1")
    seat.key("Return")
    seat.until_there("button", "Go on")
    seat.key("Return")
    seat.until("A small pause: Winter 1922")
    assert (seat.turn, seat.place) == (1, "orders")
    seat.click("item", "Germany")
    seat.until_there("button", "Orders")
    seat.click("button", "Orders")
    seat.until("Orders: Germany")
    seat.click("item", "Trade talks")
    seat.until_there("button", "Give the order")
    seat.click("button", "Give the order")
    seat.until_there("item", "Trade talks: Germany")
    seat.key("Escape")
    seat.until("A small pause: Winter 1922")
    seat.key("e")
    seat.until("End of Winter 1922")
    seat.key("Return")
    seat.until("Berlin waits for a signal")
    assert (seat.turn, seat.place) == (2, "question")
    seat.key("Escape")
    seat.until("A small pause: Spring 1922")
    seat.key("Escape")
    seat.until("Menu")
    seat.click("button", "Leave the game")
