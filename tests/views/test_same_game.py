"""Is it the same game in every front end?  One playthrough by script, as lines of text, and by keys in the window."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.compiler.load import load
from game.play.running import Runner
from game.play.script import read_script
from game.play.session import Session
from game.rules.building import interpret
from game.rules.program import Program
from game.rules.state import Answer, Order, Plan
from game.views.desktop import focus
from game.views.desktop.keys import NAMES
from game.views.desktop.window import Window
from game.views.screens.stage import Stage
from game.views.terminal import play_text
from tests.views.small_game import YAML

SCANCODES = {name: code for code, name in reversed(NAMES.items()) if code > 0}
CYRILLIC = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", strict=True))
"""What a Russian layout prints where a Latin one has these letters."""
SCENARIO = Path(__file__).resolve().parents[2] / "scenarios" / "breathing-space"
SCRIPT = """\
scenario: SCENARIO
title: A few steps
seed: 7
fate: open
otherwise: historical
habits:
  - {window: 1922-Q1..1922-Q4, balance: 55}
turns:
  1922-Q1:
    choices: {conference: go}
    orders: [{order: trade-talks, target: germany}]
  1922-Q2:
    balance: 63
    orders: [{order: trade-talks, target: turkey}]
"""


def hashes(session: Session) -> list[str]:
    """The hash of the beginning, and of each close."""
    return [state.digest() for state in session.closes]


def as_text(run: Session, program: Program) -> Session:
    """The same decisions typed as lines."""

    def lines() -> Iterator[str]:
        for made in run.made:
            match made.move:
                case Answer(_, choice):
                    card = session.observe().question
                    assert card is not None
                    yield str([each.id for each in card.options].index(choice) + 1)
                case Plan(settings, orders):
                    for given in settings.values():
                        for name, value in given.items():
                            yield f"set {name} {value}"
                    for given_orders in orders.values():
                        for order in given_orders:
                            yield f"order {order.action} {order.target}"
                    yield "end"
                case _:
                    pass

    session = Session(program, run.state.seed, run.state.fate)
    typed = lines()
    assert play_text(session, lambda: next(typed, "end") + "\n", io.StringIO()) == 0
    return session


def toward(here: pygame.Rect, goal: pygame.Rect) -> list[str]:
    """The arrows that lead from one place to another, the most promising first."""
    right, down = goal.centerx - here.centerx, goal.centery - here.centery
    ways = [(right, "Right", "Left"), (down, "Down", "Up")]
    return [
        more if far > 0 else less for far, more, less in sorted(ways, key=lambda way: -abs(way[0])) if far
    ]


class Typist:
    """Plays a window by key events, as the system reports them on a keyboard of some layout, and by nothing else."""

    def __init__(self, window: Window, cyrillic: bool) -> None:
        self.window = window
        self.cyrillic = cyrillic
        self.strokes = 0

    def type(self, key: str, shift: bool = False, times: int = 1) -> None:
        """A key goes down, says what its layout makes of it, and comes up."""
        letter = CYRILLIC.get(key, "") if self.cyrillic else key if len(key) == 1 else ""
        mod = pygame.KMOD_SHIFT if shift else 0
        code = ord(letter.lower()) if letter else 0
        for _ in range(times):
            self.strokes += 1
            for kind in (pygame.KEYDOWN, pygame.KEYUP):
                event = pygame.event.Event(
                    kind, key=code, scancode=SCANCODES[key], mod=mod, unicode=letter.lower()
                )
                self.window.handle(event)
                if kind == pygame.KEYDOWN and letter:
                    self.window.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter.lower()))
        self.window.paint()

    def go_to(self, id: str) -> None:
        """Move the focus by Tab and arrows, and see that it is framed in sight."""
        for _ in range(400):
            spots = self.window.page.spots
            here, goal = focus.find(spots, self.window.hands.focus), focus.find(spots, id)
            assert goal is not None, f"{id} is not on {self.window.tree.id}"
            if here is not None and here.id == id:
                assert self.window.hands.ring, "the focus is not shown"
                return
            if here is None or here.stop != goal.stop:
                self.type("Tab")
                continue
            for arrow in toward(here.rect, goal.rect):
                self.type(arrow)
                if self.window.hands.focus != here.id:
                    break
            else:
                raise AssertionError(f"the arrows do not lead from {here.id} to {id}")
        raise AssertionError(f"no way to {id}")

    def play(self, run: Session) -> None:
        """Begin a game, and make the same decisions."""
        self.seed(run.state.fate, run.state.seed)
        self.type("N")
        for made in run.made:
            match made.move:
                case Answer(_, choice):
                    option = self.window.tree[f"choice.{choice}"]
                    self.type(option.key)
                    self.type("Return")
                    self.type("Return")
                case Plan(settings, orders):
                    for given in settings.values():
                        self.set(given)
                    for given_orders in orders.values():
                        for order in given_orders:
                            self.order(order)
                    self.type("E")
                    self.type("Return")
                case _:
                    pass

    def seed(self, fate: str, seed: int) -> None:
        """Choose the fate, and type the seed."""
        self.type("G")
        self.go_to(f"fate.{fate}")
        self.type("Return")
        if fate == "open":
            self.go_to("seed")
            self.type("Backspace", times=9)
            for digit in str(seed):
                self.type(digit)
        self.type("Escape")

    def set(self, given: dict[str, int]) -> None:
        """Move the course of policy; what is no slider of the desk is as it was."""
        session = self.window.stage.session
        assert session is not None
        for name, value in given.items():
            slider = self.window.tree.get(f"course.{name}")
            now = next(each.drafted for each in session.observe().settings if each.id == name)
            assert slider is not None or value == now, f"no slider for {name}"
            if value != now:
                self.go_to(f"course.{name}")
                key = "Right" if value > now else "Left"
                self.type(key, shift=True, times=abs(value - now) // 5)
                self.type(key, times=abs(value - now) % 5)

    def order(self, order: Order) -> None:
        """Open the orders, aim, give one, and come back."""
        self.type("G")
        self.go_to(f"target.{order.target}")
        item = next(
            each.id
            for each in self.window.tree.walk()
            if each.press is not None and (each.press.verb, each.press.what) == ("give", str(order))
        )
        self.go_to(item)
        self.type("Return")
        self.type("Escape")


def by_keys(
    run: Session, program: Program, cyrillic: bool = False, size: tuple[int, int] = (480, 270)
) -> Session:
    """The same decisions by keys in a window."""
    window = Window(Stage(), size)
    window.stage.set_up(guide=False)
    window.stage.loaded(program)
    window.paint()
    Typist(window, cyrillic).play(run)
    session = window.stage.session
    assert session is not None
    window.stage.close()
    pygame.display.quit()
    return session


@pytest.fixture
def small(tmp_path: Path) -> tuple[Program, Session]:
    """A small scenario, and a game that a script played on it."""
    (tmp_path / "small.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / "steps.yaml").write_text(
        SCRIPT.replace("SCENARIO", str(tmp_path / "small.yaml")), encoding="utf-8"
    )
    program = interpret(load(str(tmp_path / "small.yaml")).scenario)
    done = Runner(program, read_script(tmp_path / "steps.yaml")).run()
    assert done.failures == []
    return program, done.session


@pytest.mark.parametrize("cyrillic", [False, True])
def test_a_whole_game_by_keys_alone_has_the_hashes_of_the_script(
    small: tuple[Program, Session], cyrillic: bool
) -> None:
    program, run = small
    assert hashes(by_keys(run, program, cyrillic)) == hashes(run)


def test_a_whole_game_by_lines_has_the_hashes_of_the_script(small: tuple[Program, Session]) -> None:
    program, run = small
    assert hashes(as_text(run, program)) == hashes(run)


def main_game(turns: int) -> tuple[Program, Session]:
    """The first turns of the main scenario as history played them; its fate throws no dice, and needs no seed."""
    program = interpret(load("breathing-space").scenario)
    script = replace(read_script(SCENARIO / "playthroughs" / "historical.yaml"), seed=0)
    return program, Runner(program, script).until(turns + 1)


def test_half_a_year_of_the_main_scenario_are_the_same_by_script_lines_and_keys() -> None:
    program, run = main_game(2)
    assert hashes(by_keys(run, program)) == hashes(run)


@pytest.mark.calibration
def test_all_of_the_main_scenario_is_the_same_by_script_lines_and_keys() -> None:
    program, run = main_game(99)
    assert run.place == "over"
    assert hashes(as_text(run, program)) == hashes(run)
    assert hashes(by_keys(run, program, cyrillic=True)) == hashes(run)
