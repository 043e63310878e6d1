"""Can a player choose the easier texts, at the start and later, and is it kept?  In lines and in the window."""

from __future__ import annotations

import io
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from game import cli
from game.compiler.folders import user_folder
from game.compiler.load import load
from game.play import games, saves
from game.play.session import Session
from game.rules.building import interpret
from game.rules.program import Program
from game.verbs.loading import asked_reading
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from game.views.terminal import play_text
from tests.views.small_game import YAML, small_program

EASY = "Thirty governments will meet. They want old debts paid. We want loans."
FULL = "Thirty governments mean to meet in spring"
TEXT = YAML.replace("    text: |\n      Thirty", f"    text_basic: {EASY}\n    text: |\n      Thirty", 1)


@cache
def easy_program() -> Program:
    """The small game with an easier text for its first event, and none for the others."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.yaml"
        path.write_text(TEXT, encoding="utf-8")
        return interpret(load(str(path)).scenario)


def said(*lines: str, basic: bool = False, program: Program | None = None) -> str:
    """What is printed when these lines are typed."""
    session, typed = Session(program or easy_program(), basic=basic), iter([f"{line}\n" for line in lines])
    out = io.StringIO()
    play_text(session, lambda: next(typed, ""), out)
    return " ".join(out.getvalue().split())


def test_the_easier_text_is_read_where_there_is_one_and_the_full_one_elsewhere() -> None:
    assert FULL in said() and EASY not in said()
    easy = said("1", basic=True)
    assert EASY in easy and FULL not in easy
    assert "The first ships with American grain" in easy, "an event without an easier text has its full one"


def test_the_text_game_changes_over_at_any_time() -> None:
    words = said("reading basic", "reading full", "reading", "1")
    assert words.index(FULL) < words.index(EASY) < words.rindex(FULL)
    assert "Type reading basic for easier texts" in words
    assert "This scenario has no easier texts." in said("reading basic", program=small_program())


def test_the_window_offers_it_at_the_title_and_in_the_settings_and_keeps_it() -> None:
    stage = Stage()
    stage.loaded(easy_program())
    assert stage.top["reading.full"].selected
    stage.perform(Act("reading", "basic"))
    assert stage.top["reading.basic"].selected
    stage.perform(Act("begin"))
    assert stage.top["card.text"].name == EASY
    stage.perform(Act("settings"))
    press = stage.top["reading.full"].press
    assert press is not None
    stage.perform(press)
    stage.perform(Act("close"))
    assert FULL in stage.top["card.text"].name, "the card in the hand is read anew"
    stage.perform(press)
    stage.perform(Act("reading", "basic"))
    stage.close()
    later = Stage()
    assert later.setup.basic, "it is kept from one time to the next"
    assert not Stage(reading="full").setup.basic
    later.loaded(small_program())
    assert later.top.get("readings") is None, "nothing to choose where there is nothing easier"


def test_a_save_remembers_the_reading_it_was_begun_with_and_the_nickname(tmp_path: Path) -> None:
    game = games.begin(easy_program(), 0, "historical", "1", tmp_path, nickname=" Kolya\n", basic=True)
    game.session.open()
    fork = games.forked(game, 1, "1")
    fork.close()
    for path in (game.path, fork.path):
        journal = saves.load(path)
        assert (journal.header.nickname, journal.header.reading) == ("Kolya", "basic")
        opened = games.opened(path, lambda name: easy_program())
        question = opened.again.session.observe().question
        assert question is not None and question.text == EASY


def test_the_command_line_takes_reading_and_nickname(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf = user_folder() / "scenarios"
    shelf.mkdir(parents=True)
    (shelf / "small.yaml").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\nquit\n"))
    assert cli.main(["play", "small", "--text", "--reading", "basic", "--nickname", "Anna"]) == 0
    assert EASY in " ".join(capsys.readouterr().out.split())
    (save,) = saves.all_saves()
    assert save.header is not None and save.header.nickname == "Anna"
    monkeypatch.setattr(sys, "stdin", io.StringIO("quit\n"))
    assert cli.main(["play", "--text", "--load", save.name, "--reading", "full"]) == 0
    assert cli.main(["play", "small", "--text", "--reading", "hard"]) == 2


def test_where_somebody_sits_at_the_keyboard_the_reading_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    for typed, reading in (("2\n", "basic"), ("what\n1\n", "full"), ("\n", "full"), ("", "full")):
        monkeypatch.setattr(sys, "stdin", Keyboard(typed))
        assert asked_reading(easy_program()) == reading
    monkeypatch.setattr(sys, "stdin", Keyboard("2\n"))
    assert asked_reading(small_program()) == "full", "there is nothing to choose"
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\n"))
    assert asked_reading(easy_program()) == "full", "a pipe is not asked"
