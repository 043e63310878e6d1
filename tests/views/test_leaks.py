"""Does anything that a seat can look at show what the other has sealed, or what this one may not know?  Whole games."""

from __future__ import annotations

import io
import json
import random
import re
from pathlib import Path

import pytest

from game.play import saves
from game.play.games import Game, begin
from game.play.session import Session
from game.views.screens.browser import SavesScreen
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from game.views.terminal import play_text
from tests.views.leaking_game import (
    NAMED,
    OF_NOBODY,
    OF_THE_COMINTERN,
    TWO,
    decide,
    everything,
    leaky_program,
    written,
)


def secrets_of(session: Session, role: str) -> re.Pattern[str]:
    """The words that a seat may not be shown now: what it may not know, what the other has sealed or drafted."""
    other = "comintern" if role == "narkomindel" else "narkomindel"
    words = [*OF_NOBODY, *(OF_THE_COMINTERN if role == "narkomindel" else ())]
    for order in session.orders[other]:
        said = "notewriting" if other == "narkomindel" else "couriersent"
        words += [order.action, f"{said}{order.action[-1]}"]
    return re.compile("|".join([*map(re.escape, words), rf"(?<![\w./-]){NAMED[other]}(?![\w/])"]))


def leaks(stage: Stage) -> list[tuple[str, str]]:
    """Where a secret stands: the screen, and the words around it."""
    table = stage.table
    assert table is not None
    secret = secrets_of(table.session, table.session.holder)
    found = []
    for screen, tree in everything(stage):
        text = written(tree)
        found += [
            (screen, text[max(0, each.start() - 60) : each.end() + 40]) for each in secret.finditer(text)
        ]
    return found


def test_no_screen_of_a_whole_game_shows_a_seat_what_the_other_has_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_HOME", str(tmp_path))
    stage, dice = Stage(), random.Random(1)
    stage.loaded(leaky_program())
    stage.seat(begin(leaky_program(), 1, "open", "0", seats=TWO))
    looked: set[object] = set()
    sealed = 0
    while stage.session is not None and stage.session.place != "over":
        session = stage.session
        stands = (
            session.holder,
            len(session.made),
            *sorted(session.named),
            *sorted(session.sealed),
            stage.names,
        )
        if stands not in looked:
            looked.add(stands)
            sealed += bool(session.sealed)
            found = leaks(stage)
            assert found == [], found[:3]
        decide(stage, dice)
    assert len(looked) > 30
    assert sealed >= 3
    assert stage.top.id == "reckoning"
    assert "couriersent" in written(stage.top), "at the end all is told"


def test_the_curtain_shows_nothing_but_who_is_to_sit_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_HOME", str(tmp_path))
    stage, dice = Stage(), random.Random(1)
    stage.loaded(leaky_program())
    stage.seat(begin(leaky_program(), 1, "open", "0", seats=TWO))
    shown, falls = set(), 0
    while stage.session is not None and stage.session.place != "over":
        if stage.top.id == "curtain":
            falls += 1
            assert len(stage.trees()) == 1
            shown |= {each.name for each in stage.top.walk()} | {
                each.description for each in stage.top.walk()
            }
            assert not stage.knows("orders")
            assert not stage.knows("years")
            stage.perform(Act("menu"))
            assert "Decisions" not in {each.name for each in stage.top.walk()}
            stage.back()
        decide(stage, dice)
    assert falls >= 9
    assert {each for each in shown if "turn" in each and "of" in each} == {
        f"{season} 1921, turn {turn} of 3" for turn, season in enumerate(("Winter", "Spring", "Summer"), 1)
    }
    assert {"Comintern", "Narkomindel"} < shown
    assert len(shown) == 13


def test_what_would_leak_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself is tested: with the eyes of one player with both tracks, nearly all of it shows."""
    monkeypatch.setenv("PEREDYSHKA_HOME", str(tmp_path))
    stage, dice = Stage(), random.Random(1)
    stage.loaded(leaky_program())
    stage.seat(begin(leaky_program(), 1, "open", "0", seats=TWO))
    while stage.session is not None and not stage.session.sealed:
        decide(stage, dice)
    assert stage.session is not None and stage.table is not None
    decide(stage, dice)
    words = secrets_of(stage.session, stage.session.holder)
    stage.session.holder = "both"
    stage.table.moved()
    stage.changed()
    shown = {each.group() for _, tree in everything(stage) for each in words.finditer(written(tree))}
    assert {"courier", "cellar", "hush", "733", "heatmark", "flintline"} <= shown


# Saves and lines of text


def test_neither_header_nor_list_of_saves_shows_what_is_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_HOME", str(tmp_path))
    stage, dice = Stage(), random.Random(1)
    stage.loaded(leaky_program())
    stage.seat(begin(leaky_program(), 1, "open", "0", seats=TWO))
    looked = 0
    while stage.session is not None and stage.session.place != "over":
        assert stage.table is not None and stage.shelf is not None
        if stage.session.sealed:
            looked += 1
            secret = secrets_of(stage.session, stage.session.holder)
            path = stage.table.game.path
            header = path.read_bytes().splitlines()[0].decode()
            assert not secret.search(header.lower())
            assert sorted(json.loads(header)["seats"]) == ["comintern", "narkomindel"]
            assert not secret.search(str(saves.look(path).data()).lower().replace(str(tmp_path), ""))
            stage.shelf.refresh()
            listed = stage.shelf.dialog(SavesScreen())
            assert listed is not None and not secret.search(written(listed).replace(str(tmp_path), ""))
        decide(stage, dice)
    assert looked >= 3


class Player:
    """Plays by lines: answers, names, orders all it can, seals; and asks for everything in between."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.lines: list[str] = []

    def __call__(self) -> str:
        session = self.game.session
        if session.place == "over":
            return "quit\n"
        if not self.lines:
            self.lines = self.more()
        return self.lines.pop(0) + "\n"

    def more(self) -> list[str]:
        session = self.game.session
        asked = ["news", "decisions", "countries", "country germany", "status", "saves", "sources"]
        asked += [f"why all {slot}" for slot in ("trade", "revolution", "germany.relations", "balance")]
        if session.place == "question":
            return [*asked, "1"]
        seating = self.game.seating
        assert seating is not None
        if seating.naming():
            line = ["set vein hard"] if session.holder == "comintern" else []
            return [*asked, f"balance {NAMED[session.holder]}", *line, "draft", "end"]
        offers = [each.order for each in session.offers(session.holder) if not each.refusal]
        return [*asked, "orders", *(f"order {each.action} {each.target}" for each in offers), "draft", "end"]


def test_no_line_of_a_whole_game_shows_a_seat_what_the_other_has_sealed(tmp_path: Path) -> None:
    game = begin(leaky_program(), 1, "open", "0", tmp_path, TWO)
    player, out = Player(game), io.StringIO()
    found: list[str] = []
    read = 0

    def line() -> str:
        nonlocal read, found
        said, session = out.getvalue()[read:], game.session
        read += len(said)
        if "-- The curtain." in said:
            return "\n"
        if session.place != "over":
            secret = secrets_of(session, session.holder)
            found += [
                said[max(0, each.start() - 60) : each.end() + 40] for each in secret.finditer(said.lower())
            ]
        return player()

    assert play_text(game.session, line, out, game, "0") == 0
    assert found == [], found[0]
    assert "Couriersent1" in out.getvalue()
    assert game.session.place == "over"
