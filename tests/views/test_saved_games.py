"""Is nothing lost on the screens?  Saved signs, the list of games, ways to go on, forks, and roads not taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.play import saves
from game.play.journal import Close, sealed
from game.play.reopening import reopen
from game.play.roads import decisions, roads_not_taken
from game.views.screens.browser import Row
from game.views.screens.reckoning import Turning
from game.views.screens.stage import Stage
from game.views.screens.tree import BACK, Act, Element, Role
from tests.play.faulty_disk import failing
from tests.play.small_games import begun, finished
from tests.views.small_game import YAML, small_program


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage whose scenario has been read."""
    made = a_stage()
    yield made
    made.close()


def a_stage() -> Stage:
    made = Stage(version=lambda: "9.9")
    made.loaded(small_program())
    return made


def press(stage: Stage, role: str, name: str) -> None:
    """Pick an element if it can be picked, then press it."""
    element = stage.top.find(role, name)
    if element.pick is not None:
        stage.perform(element.pick)
        element = stage.top.find(role, name)
    assert element.press is not None, f"{role} '{name}' cannot be pressed"
    stage.perform(element.press)


def a_quarter(stage: Stage) -> None:
    """Begin, answer the first question, end the quarter, and stand before its ledger."""
    press(stage, "button", "New game")
    press(stage, "option", "Go and talk to everyone")
    press(stage, "button", "Go on")
    press(stage, "button", "End quarter")


def to_the_end(stage: Stage) -> None:
    """Play on to the end screen, each time by the first open choice."""
    for _ in range(60):
        tree = stage.top
        if tree.id == "reckoning":
            return
        choices = tree.get("choices")
        if choices is not None:
            choice = next(each for each in choices.children if not each.disabled)
            assert choice.press is not None
            stage.perform(choice.press)
        elif tree.id == "desk":
            press(stage, "button", "End quarter")
        else:
            stage.perform(Act("proceed"))
    raise AssertionError(f"no end in sight on {stage.top.name}")


def listed(stage: Stage) -> tuple[Element, ...]:
    stage.perform(Act("saves"))
    return stage.top["saves.list"].children


# Written down from the first decision


def test_a_game_is_on_the_disk_from_its_first_decision(stage: Stage) -> None:
    press(stage, "button", "New game")
    (save,) = saves.all_saves()
    assert save.header is not None
    assert (save.header.title, save.header.version) == ("A small pause", "9.9")
    assert len(saves.load(save.path).decisions) == 1
    stage.perform(Act("choose", "go"))
    assert len(saves.load(save.path).decisions) == 2
    assert stage.table is not None
    stage.table.session.draft_setting("balance", 55)
    assert reopen(small_program(), saves.load(save.path)).session.settings["comintern"] == {"balance": 55}


def test_the_desk_says_saved_only_when_it_is(stage: Stage) -> None:
    press(stage, "button", "New game")
    stage.perform(Act("choose", "go"))
    stage.perform(Act("proceed"))
    assert stage.top["saved"].name == "saved"
    with failing(1, lasting=True):
        stage.perform(Act("end"))
        assert stage.notice.startswith("Not saved: the disk reports an error.")
        stage.perform(Act("proceed"))
        assert stage.notice == ""
        assert stage.session is not None and stage.session.turn == 2
        stage.perform(Act("choose", "send"))
        stage.perform(Act("proceed"))
        assert stage.top["saved"].name == "Not saved"
        press(stage, "button", "Not saved")
        assert stage.top["unsaved.waiting"].name.startswith("3 decisions wait to be written;")
        press(stage, "button", "Try again")
        assert stage.notice == "That did not work."
        assert stage.top.id == "unsaved-sheet"
    press(stage, "button", "Try again")
    assert stage.notice == "All is saved again."
    assert stage.top["saved"].name == "saved"


def test_a_game_can_move_to_another_folder(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    monkeypatch.chdir(other)
    press(stage, "button", "New game")
    with failing(1, lasting=True):
        stage.perform(Act("choose", "go"))
        stage.perform(Act("proceed"))
        press(stage, "button", "Not saved")
    assert stage.top.find("item", "The folder the game was started from").value == str(other)
    press(stage, "item", "The folder the game was started from")
    assert str(other) in stage.notice and "All is saved again." in stage.notice
    (save,) = other.glob("*.jsonl")
    assert len(saves.load(save).decisions) == 2
    assert stage.top.id == "desk"


def test_leaving_asks_only_where_something_would_be_lost(stage: Stage) -> None:
    press(stage, "button", "New game")
    with failing(1, lasting=True):
        stage.perform(Act("choose", "go"))
        stage.perform(Act("leave"))
        assert stage.top.id == "confirm" and "1 decision would be lost" in stage.top.name
        press(stage, "button", "Go on playing")
        stage.perform(Act("title"))
        press(stage, "button", "New game")
        assert stage.top.id == "confirm"
        stage.back()
    stage.table.game.recorder.try_again()  # type: ignore[union-attr]
    stage.perform(Act("leave"))
    assert stage.left


def test_a_new_game_leaves_the_old_one_saved(stage: Stage) -> None:
    a_quarter(stage)
    stage.perform(Act("title"))
    press(stage, "button", "New game")
    assert stage.session is not None and stage.session.turn == 1
    assert sorted(each.turn for each in saves.all_saves()) == [0, 1]


# Continue


def test_continue_takes_up_the_last_game_that_is_not_over(stage: Stage) -> None:
    a_quarter(stage)
    stage.close()
    later = a_stage()
    assert later.top.find("button", "Continue").description == "A small pause, after Winter 1922."
    press(later, "button", "Continue")
    assert later.top.name == "End of Winter 1922"
    press(later, "button", "On to Spring 1922")
    assert later.top.name == "Berlin waits for a signal"
    to_the_end(later)
    later.close()
    assert later.session is not None
    assert a_stage().top.get("resume") is None


def test_a_game_is_taken_up_at_its_question_with_its_draft_or_at_its_end(stage: Stage) -> None:
    press(stage, "button", "New game")
    stage.close()
    later = a_stage()
    press(later, "button", "Continue")
    assert later.top.name == "An invitation to Genoa"
    press(later, "option", "Go and talk to everyone")
    press(later, "button", "Go on")
    later.perform(Act("set", "balance", -5))
    later.close()
    last = a_stage()
    press(last, "button", "Continue")
    assert last.top.find("slider", "Balance").value == "Narkomindel 55, Comintern 45"
    to_the_end(last)
    last.close()
    over = a_stage()
    press(over, "button", "Saved games")
    press(over, "button", "Open")
    assert over.top.id == "reckoning"
    over.close()


# The list


def test_one_broken_file_never_hides_the_others(stage: Stage) -> None:
    finished(saves.folder()).close()
    broken = saves.folder() / "broken.jsonl"
    broken.write_bytes(b"\x80\x04pickle")
    rows = listed(stage)
    assert len(rows) == 2
    row = next(each for each in rows if each.disabled)
    assert row.name == "broken" and row.disabled.startswith("Cannot be opened: ")
    assert row.pick is not None
    stage.perform(row.pick)
    assert stage.top.find("button", "Open").disabled
    assert broken.exists()
    press(stage, "button", "To the trash")
    press(stage, "button", "To the trash")
    assert not broken.exists() and (saves.folder() / "trash" / "broken.jsonl").exists()
    assert len(stage.top["saves.list"].children) == 1


def test_the_list_tells_where_each_game_stands(stage: Stage) -> None:
    finished(saves.folder(), seed=11).close()
    (row,) = listed(stage)
    told = row.of(Row)
    assert told.title == "A small pause" and told.when == "over, in Autumn 1922"
    assert [label for label, _ in told.scores] == ["Trade", "Recognition", "Security", "Revolution abroad"]
    assert stage.top["about.luck"].name == "open fate, seed 11"


def test_a_game_is_renamed_by_typing(stage: Stage) -> None:
    finished(saves.folder()).close()
    listed(stage)
    press(stage, "button", "Rename")
    field = stage.top.find("field", "Name")
    for _ in field.value:
        stage.perform(Act(field.types, BACK))
    for sign in "Пробная 1\n":
        stage.perform(Act(field.types, sign))
    assert stage.top.find("field", "Name").value == "Пробная 1"
    press(stage, "button", "Rename")
    assert [each.name for each in saves.all_saves()] == ["Пробная 1"]
    press(stage, "button", "Rename")
    stage.perform(Act(field.types, "/../x"))
    press(stage, "button", "Rename")
    assert stage.notice.startswith("It keeps its name: a name has letters")
    assert stage.top.id == "name-sheet"


def test_a_game_is_copied_to_a_folder(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "class"
    target.mkdir()
    monkeypatch.chdir(target)
    game = finished(saves.folder())
    listed(stage)
    press(stage, "button", "Export")
    press(stage, "item", "The folder the game was started from")
    assert (target / game.path.name).read_bytes() == game.path.read_bytes()
    assert stage.notice.startswith("Copied to ")
    press(stage, "button", "Export")
    press(stage, "item", "The folder the game was started from")
    assert stage.notice.startswith("It was not copied: ")


def test_the_running_game_is_marked_and_stays_in_its_place(stage: Stage) -> None:
    a_quarter(stage)
    (row,) = listed(stage)
    assert row.of(Row).running
    assert stage.top.find("button", "Rename").disabled == "It is running here."
    press(stage, "button", "Back to it")
    assert stage.top.id == "desk"


def test_a_game_that_is_open_elsewhere_is_played_as_a_copy(stage: Stage) -> None:
    elsewhere = begun(saves.folder())
    elsewhere.session.open()
    listed(stage)
    assert stage.top.find("button", "Rename").disabled.startswith("It is open in another window")
    press(stage, "button", "Open")
    assert stage.top.id == "reopen-sheet"
    press(stage, "item", "Go on with a copy")
    assert stage.table is not None and stage.table.game.path != elsewhere.path
    elsewhere.close()


def test_a_game_of_a_scenario_that_is_gone_is_refused_in_a_sentence(stage: Stage) -> None:
    game = finished(saves.folder())
    journal = saves.load(game.path)
    game.path.write_bytes(sealed(replace(journal.header, scenario="gone"), journal.lines)[0])
    listed(stage)
    press(stage, "button", "Open")
    assert stage.notice == "It cannot be opened: the scenario 'gone' of this game is not here."
    assert stage.top.id == "saves"


def test_another_scenario_is_read_when_a_save_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "other.yaml").write_text(YAML.replace("id: small", "id: other"), encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(shelf))
    first = Stage()
    first.loaded(first.read("other"))
    a_quarter(first)
    first.close()
    stage = a_stage()
    press(stage, "button", "Continue")
    assert stage.session is not None and stage.session.program.scenario.id == "other"
    stage.close()
    (shelf / "other.yaml").write_text("format: 1\nid: other\nnonsense: 1\n", encoding="utf-8")
    stage = a_stage()
    press(stage, "button", "Continue")
    assert stage.notice.startswith("It cannot be opened: the scenario 'other' cannot be played: ")


# A game that is not as it was


def tampered(change: str) -> Path:
    """A finished game with one number of its second close changed; the checksums renewed, or not."""
    game = finished(saves.folder())
    journal = saves.load(game.path)
    if change == "flip":
        data = bytearray(game.path.read_bytes())
        data[len(data) * 3 // 4] ^= 1
        game.path.write_bytes(bytes(data))
    elif change == "tear":
        game.path.write_bytes(game.path.read_bytes()[:-40])
    else:
        lines = list(journal.lines)
        at = [number for number, line in enumerate(lines) if isinstance(line, Close)][1]
        close = lines[at]
        assert isinstance(close, Close)
        lines[at] = replace(close, values=dict(close.values) | {"trade": 99})
        game.path.write_bytes(sealed(journal.header, lines)[0])
    return game.path


def test_a_flipped_bit_offers_the_last_good_turn(stage: Stage) -> None:
    path = tampered("flip")
    listed(stage)
    press(stage, "button", "Open")
    assert stage.top.id == "reopen-sheet"
    told = [each.name for each in stage.top["reopen.findings"].children]
    assert any("last good turn" in each for each in told)
    press(stage, "item", "Go on from the last good turn")
    assert stage.session is not None and stage.session.place != "over"
    assert path.with_name(path.name + ".damaged").exists()
    assert stage.table is not None and stage.table.game.path == path and stage.table.game.saved


def test_a_torn_line_is_told_and_the_game_goes_on(stage: Stage) -> None:
    tampered("tear")
    listed(stage)
    press(stage, "button", "Open")
    assert "torn off" in stage.notice
    assert stage.session is not None


@pytest.mark.parametrize("way", ["Go on as it comes out now", "Go on as it was written"])
def test_a_changed_number_leaves_the_choice_to_the_player(stage: Stage, way: str) -> None:
    path = tampered("change")
    before = path.read_bytes()
    listed(stage)
    press(stage, "button", "Open")
    assert stage.top.id == "reopen-sheet"
    told = " ".join(each.name for each in stage.top["reopen.findings"].children)
    assert "trade was 99" in told
    press(stage, "item", way)
    assert stage.table is not None and stage.table.game.path != path
    assert path.read_bytes() == before
    assert stage.top.id == "reckoning"
    rows = [each.of(Row) for each in listed(stage)]
    assert [each.depth for each in rows] == [0, 1]
    assert rows[1].running


# Back to a decision


def test_another_way_is_another_game_and_both_are_kept(stage: Stage) -> None:
    a_quarter(stage)
    stage.perform(Act("proceed"))
    assert stage.table is not None
    old, digest = stage.table.game.path, stage.table.session.state.digest()
    stage.perform(Act("decisions"))
    told = [(each.name, each.value) for each in stage.top["rewind.list"].children]
    assert told == [("An invitation to Genoa", "Go and talk to everyone"), ("Orders", "none")]
    press(stage, "item", "An invitation to Genoa")
    press(stage, "button", "Take another way from here")
    assert stage.top.name == "An invitation to Genoa"
    assert stage.notice == f"This is a new game. The other one is kept as {old.name}."
    press(stage, "option", "Stay away")
    assert stage.table.game.path != old
    kept = reopen(small_program(), saves.load(old))
    assert kept.same and kept.session.state.digest() == digest
    rows = [each.of(Row) for each in listed(stage)]
    assert sorted((each.depth, each.running) for each in rows) == [(0, False), (1, True)]


def test_going_back_to_orders_gives_them_a_clean_sheet(stage: Stage) -> None:
    press(stage, "button", "New game")
    press(stage, "option", "Go and talk to everyone")
    press(stage, "button", "Go on")
    stage.perform(Act("set", "balance", -5))
    press(stage, "button", "End quarter")
    stage.perform(Act("decisions"))
    assert stage.top.find("item", "Orders").selected
    press(stage, "button", "Take another way from here")
    assert stage.top.find("slider", "Balance").value == "Narkomindel 60, Comintern 40"


def test_the_tree_of_forks_draws_its_branches() -> None:
    stage = a_stage()
    a_quarter(stage)
    stage.perform(Act("proceed"))
    assert stage.session is not None
    first = decisions(stage.session)[0].number
    for _ in range(2):
        stage.perform(Act("fork", str(first)))
        stage.perform(Act("choose", "go"))
        stage.perform(Act("proceed"))
        stage.perform(Act("end"))
        stage.perform(Act("proceed"))
    rows = [each.of(Row) for each in listed(stage)]
    assert [each.depth for each in rows] == [0, 1, 2]
    assert [each.last for each in rows] == [(), (True,), (True, True)]
    stage.close()


# Roads not taken


def test_the_end_tells_the_roads_not_taken(stage: Stage) -> None:
    press(stage, "button", "New game")
    to_the_end(stage)
    stage.work()
    assert stage.table is not None and stage.table.roads is not None
    stage.table.roads.wait()
    stage.work()
    press(stage, "tab", "Roads not taken")
    shown = [each.of(Turning) for each in stage.top["roads"].children]
    expected = roads_not_taken(stage.table.session)
    assert expected
    assert [each.number for each in shown] == [road.decision.number for road in expected]
    assert [each.delta for each in shown[0].drifts] == [d for d in expected[0].differences.values() if d]
    press(stage, "item", shown[0].title)
    assert stage.top.id == "rewind"
    picked = next(each for each in stage.top["rewind.list"].children if each.selected)
    assert picked.id == f"decision.{shown[0].number}"


def test_the_roads_are_told_as_they_are_found_and_can_be_stopped(stage: Stage) -> None:
    press(stage, "button", "New game")
    to_the_end(stage)
    stage.work()
    assert stage.table is not None and stage.table.roads is not None
    stage.table.roads.wait()
    revision = stage.revision
    stage.work()
    assert stage.revision == revision, "nothing of them is in sight"
    press(stage, "tab", "Roads not taken")
    stage.table.roads.looked += 1
    revision = stage.revision
    stage.work()
    assert stage.revision == revision + 1
    stage.work()
    assert stage.revision == revision + 1
    assert stage.table.roads.done
    stage.table.roads.stop()


def test_a_fault_while_looking_for_roads_is_no_secret(stage: Stage) -> None:
    press(stage, "button", "New game")
    to_the_end(stage)
    stage.work()
    assert stage.table is not None and stage.table.roads is not None
    stage.table.roads.wait()
    stage.table.roads.fault = ZeroDivisionError("planted")
    with pytest.raises(ZeroDivisionError, match="planted"):
        stage.work()


def test_nothing_of_the_end_is_lost_when_it_is_closed_at_once(stage: Stage) -> None:
    press(stage, "button", "New game")
    to_the_end(stage)
    stage.close()
    (save,) = saves.all_saves()
    assert save.over == "survived" and not save.held
    for line in save.path.read_text().splitlines():
        json.loads(line)


def test_every_dialog_of_saved_games_can_be_left_by_escape(stage: Stage) -> None:
    a_quarter(stage)
    path = str(stage.table.game.path)  # type: ignore[union-attr]
    other = finished(saves.folder()).path
    for act in (
        Act("saves"),
        Act("rename", str(other)),
        Act("export", path),
        Act("trash", str(other)),
        Act("decisions"),
    ):
        below = stage.names
        stage.perform(act)
        assert stage.top.role == Role.DIALOG and stage.top.at_key("Escape") is not None
        stage.back()
        assert stage.names == below
    assert other.exists()
