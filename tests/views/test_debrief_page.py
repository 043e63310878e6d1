"""Is a debrief the same page each time, whole, and safe whatever its texts say?  On paper, as text, from the window."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from game import cli
from game.play import games, saves
from game.play.debriefing import debrief, nickname_of
from game.play.games import findings
from game.play.reopening import reopen
from game.play.session import Session
from game.rules.program import Program
from game.verbs.reporting import debrief_text, give_lines
from game.views.html.debrief import debrief_page
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from game.views.terminal.debrief import lines
from tests.play.small_games import VERSION, finished, play
from tests.views.hostile import ATTACKS, hostile_program, read
from tests.views.small_game import small_program

REASON = "</td><script>alert('why')</script> \u202e"


def played(choice: str = "stay", reason: str = REASON) -> Session:
    """The hostile game to its end, with a hostile reason and a hostile note."""
    session = Session(hostile_program())
    session.open()
    session.answer(choice, reason)
    session.teach({"trade": 25}, note=REASON)
    session.close()
    session.open()
    session.close()
    return session


def test_no_text_of_a_scenario_or_a_player_breaks_out_of_the_page() -> None:
    found = read(debrief_page(debrief(played(), ATTACKS[0], (ATTACKS[1],))))
    assert "</td><script>alert('why')</script> �" in found.text
    shown = {number for number in range(100) if f"<<{number}>>" in found.text}
    assert len(shown) > 15, "the texts of the scenario are there"
    assert {each for each in ATTACKS if each in found.text} >= {ATTACKS[0], ATTACKS[1]}


def test_no_control_sign_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    give_lines(lines(debrief(played("stay", "red \x1b[31m\x00"), "a\x07b")))
    said = capsys.readouterr().out
    assert "red �[31m�" in said
    assert all(sign.isprintable() or sign == "\n" for sign in said)


def test_the_page_has_its_parts_and_is_the_same_when_made_again(tmp_path: Path) -> None:
    game = finished(tmp_path)
    text = debrief_page(debrief(game.session, "Kolya"))
    again = reopen(small_program(), saves.load(game.path)).session
    assert debrief_page(debrief(again, "Kolya")) == text
    found = read(text)
    for part in ("beside", "stand", "weighed", "roads", "questions", "decisions", "sources"):
        assert part in found.ids
    assert "The pause was used" in found.text
    assert "Jon Jacobson, a book of 1994." in found.text
    assert str(tmp_path) not in text
    assert "Kolya" in found.text


def test_a_game_half_way_and_one_without_scores_have_pages_too() -> None:
    session = Session(small_program())
    read(debrief_page(debrief(session)))
    session.open()
    found = read(debrief_page(debrief(session)))
    assert "They are told when the game is over." in found.text
    assert "Not finished, as far as Winter 1922" in found.text


def test_the_verb_prints_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    game = finished(_saves(), program=_shelved(tmp_path))
    assert cli.main(["debrief", game.path.stem]) == 0
    said = capsys.readouterr().out
    assert "== Roads not taken ==" in said
    assert "== Questions to you ==" in said
    assert max(map(len, said.splitlines())) <= 78
    target = tmp_path / "page.html"
    assert cli.main(["debrief", str(game.path), "--html", str(target)]) == 0
    first = target.read_bytes()
    assert cli.main(["debrief", str(game.path), "--html", str(target)]) == 0
    assert target.read_bytes() == first
    read(first.decode())


def test_a_damaged_save_is_told_as_far_as_it_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    game = finished(_saves(), program=_shelved(tmp_path))
    data = game.path.read_bytes().split(b"\n")
    data[-3] = data[-3].replace(b'"turn":4', b'"turn":3')
    game.path.write_bytes(b"\n".join(data))
    target = tmp_path / "page.html"
    assert cli.main(["debrief", str(game.path), "--html", str(target)]) == 1
    assert "is damaged" in capsys.readouterr().err
    assert "is damaged" in read(target.read_text(encoding="utf-8")).text


def test_what_cannot_be_done_is_said_and_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    game = finished(_saves(), program=_shelved(tmp_path))
    before = game.path.read_bytes()
    for target, said in (
        (str(game.path), "ends in .html"), ("x.txt", "ends in .html"),
        (str(tmp_path / "a.html" / "b.html"), "cannot be"),
    ):  # fmt: skip
        (tmp_path / "a.html").write_text("a file where a folder is wanted")
        assert cli.main(["debrief", str(game.path), "--html", target]) == 2
        assert said in capsys.readouterr().err
    assert game.path.read_bytes() == before
    assert cli.main(["debrief", "nothing"]) == 2
    assert "there is no saved game 'nothing'" in capsys.readouterr().err


def test_the_window_exports_when_the_roads_are_known(tmp_path: Path) -> None:
    stage = Stage(version=lambda: VERSION, printer=debrief_text)
    stage.loaded(small_program())
    game = games.begin(small_program(), 7, "open", VERSION, tmp_path)
    play(game.session)
    stage.seat(game)
    stage.changed()
    press = stage.top.find("button", "Export to HTML").press
    assert press == Act("print")
    stage.perform(press)
    for _ in range(200):
        if "Written to" in stage.notice:
            break
        time.sleep(0.01)
        stage.work()
    assert "Written to" in stage.notice
    target = Path(stage.notice.split(" to ")[1].split(": ")[0])
    text = target.read_text(encoding="utf-8")
    stage.perform(press)
    assert target.read_text(encoding="utf-8") == text, "known roads are written at once"
    told = debrief(game.session, nickname_of(game.recorder.journal.header, game.path.name))
    assert debrief_page(told) == text, "the same as from the command line"
    stage.close()


def test_a_stage_that_cannot_print_says_so(tmp_path: Path) -> None:
    stage = Stage()
    stage.loaded(small_program())
    game = games.begin(small_program(), 7, "open", VERSION, tmp_path)
    play(game.session)
    stage.seat(game)
    stage.perform(Act("print"))
    assert stage.notice == "Nothing here can write a page."
    stage.close()


def test_what_was_found_about_the_file_is_on_the_page(tmp_path: Path) -> None:
    game = finished(tmp_path)
    journal = saves.load(game.path)
    done = reopen(small_program(), journal)
    assert findings(journal, done) == ()
    page = debrief_page(debrief(done.session, "A", ("The scenario has changed.",)))
    assert "The scenario has changed." in read(page).text


def _saves() -> Path:
    return saves.folder()


def _shelved(folder: Path) -> Program:
    """The small game, on a shelf where the command line finds it."""
    from game.compiler.folders import user_folder
    from game.compiler.load import load
    from game.rules.building import interpret
    from tests.views.small_game import YAML

    path = user_folder() / "scenarios" / "small.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(YAML, encoding="utf-8")
    return interpret(load("small").scenario)
