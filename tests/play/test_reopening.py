"""Does a saved game come out as it was, and is it told where it does not?"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from game.compiler.load import load
from game.play import saves
from game.play.games import ANEW, COPY, GO_ON, SOUND, WRITTEN, Game, opened
from game.play.journal import Journal, SaveError
from game.play.reopening import as_written, reopen
from game.rules.building import interpret
from game.rules.ledger import because
from game.rules.program import Program
from tests.play.small_games import VERSION, begun, finished, play
from tests.play.test_journal import resealed
from tests.views.small_game import YAML, small_program


def changed(tmp_path: Path, old: str, new: str) -> Program:
    """The small scenario with one passage changed."""
    assert old in YAML
    path = tmp_path / "small.yaml"
    path.write_text(YAML.replace(old, new), encoding="utf-8")
    return interpret(load(str(path)).scenario)


def test_a_game_comes_out_as_it_was_state_and_ledger(tmp_path: Path) -> None:
    game = finished(tmp_path)
    done = reopen(small_program(), saves.load(game.path))
    assert done.same
    assert not done.changed
    assert done.session.state == game.session.state
    assert done.session.entries == game.session.entries
    assert done.session.closes == game.session.closes


def test_a_game_is_played_again_up_to_a_turn(tmp_path: Path) -> None:
    game = finished(tmp_path)
    done = reopen(small_program(), saves.load(game.path), until=2)
    assert done.session.state == game.session.closes[2]


def test_the_first_turn_and_value_that_differ_are_named(tmp_path: Path) -> None:
    game = finished(tmp_path)
    program = changed(tmp_path, "effects: {gold: -4}", "effects: {gold: -6}")
    done = reopen(program, saves.load(game.path))
    assert done.changed
    first = done.differences[0]
    assert (first.turn, first.step, first.slot) == (1, "1922-Q1", "gold")
    assert first.written == game.session.closes[1].values[program.layout.index["gold"]]
    assert first.found == first.written - 2
    assert str(first) == f"1922-Q1: gold was {first.written} and comes out as {first.found}"
    assert [each.turn for each in done.differences] == [1, 2, 3, 4]


def test_a_change_without_effect_on_the_game_is_none(tmp_path: Path) -> None:
    game = finished(tmp_path)
    done = reopen(changed(tmp_path, "title: A small pause", "title: A smaller pause"), saves.load(game.path))
    assert done.changed
    assert done.same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("events:\n", "events:\n  - {id: a-first, title: Never, when: 'gold > 800', historically: 1922-01-02}\n"),
        ("directives:\n", "directives:\n  - {id: a-first, label: Never, when: 'gold > 800', goal: 'gold > 1'}\n"),
        ("endings:\n", "endings:\n  - {id: a-first, title: Never, rank: 2, when: 'gold > 800'}\n"),
    ],
)  # fmt: skip
def test_something_new_that_never_happens_is_a_change_without_effect(
    old: str, new: str, tmp_path: Path
) -> None:
    game = finished(tmp_path)
    done = reopen(changed(tmp_path, old, new), saves.load(game.path))
    assert done.changed
    assert done.differences == []
    assert done.same


def test_another_ending_or_directive_of_a_changed_scenario_is_told(tmp_path: Path) -> None:
    journal = saves.load(finished(tmp_path).path)
    new = "endings:\n  - {id: a-first, title: So soon, rank: 2, when: \"turn >= on('1922-Q4')\"}\n"
    ended = reopen(changed(tmp_path, "endings:\n", new), journal)
    assert str(ended.differences[0]) == "1922-Q4: it ends otherwise than was written"
    asked = reopen(changed(tmp_path, "    within: 4\n", "    within: 4\n    when: gold > 800\n"), journal)
    assert str(asked.differences[0]) == "1922-Q1: other directives run than were written"


def test_a_decision_that_cannot_be_made_any_more_stops_the_game_there(tmp_path: Path) -> None:
    game = finished(tmp_path)
    program = changed(tmp_path, "- id: trade-talks\n", "- id: trade-talks-renamed\n")
    journal = saves.load(game.path)
    assert any("trade-talks" in str(each.move) for each in journal.decisions)
    done = reopen(program, journal)
    assert "cannot be made again" in done.stopped
    assert not done.same


def test_another_scenario_and_other_dice_are_refused(tmp_path: Path) -> None:
    journal = saves.load(finished(tmp_path).path)
    with pytest.raises(SaveError) as fault:
        reopen(small_program(), replace(journal, header=replace(journal.header, scenario="other")))
    assert fault.value.code == "scenario"
    with pytest.raises(SaveError) as fault:
        reopen(small_program(), replace(journal, header=replace(journal.header, dice=99)))
    assert fault.value.code == "dice"


def test_as_written_the_game_stands_where_it_stood(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 3)
    program = changed(tmp_path, "effects: {gold: -4}", "effects: {gold: -6}")
    session = as_written(program, saves.load(game.path))
    assert session.state == game.session.state
    assert [state.values for state in session.closes] == [state.values for state in game.session.closes]
    for name in program.layout.names[: program.layout.stored]:
        start = program.layout.start[program.layout.index[name]]
        assert start + sum(each.delta for each in because(session.entries, name)) == session.value(name)
    play(session)
    assert session.place == "over"


def edited(journal: Path, slot: str, value: int) -> Journal:
    """A save in which a value was changed by hand at its last close, with checksums that fit."""
    rows = [json.loads(line) for line in journal.read_bytes().splitlines()]
    last = max(number for number, row in enumerate(rows) if row.get("do") == "state")
    rows[last]["values"][slot] = value
    journal.write_bytes(resealed(rows))
    return saves.load(journal)


def test_a_value_out_of_bounds_is_never_taken_as_written(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 2)
    game.close()
    journal = edited(game.path, "gold", 10**9)
    assert journal.damage is None
    done = reopen(small_program(), journal)
    assert str(done.differences[0]).startswith("1922-Q2: gold was 1000000000 and comes out as ")
    with pytest.raises(SaveError) as fault:
        as_written(small_program(), journal)
    assert fault.value.code == "bounds"


def ways(path: Path, program: Program) -> tuple[str, ...]:
    """The ways to go on with a save."""
    return opened(path, lambda _: program).ways


def gone_on(path: Path, program: Program, way: str) -> Game:
    """The game gone on with one way, played to its end and closed."""
    game = opened(path, lambda _: program).go_on(way, VERSION)
    play(game.session)
    game.close()
    return game


def test_a_sound_game_goes_on_in_its_file(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 1)
    game.close()
    assert ways(game.path, small_program()) == (GO_ON,)
    again = gone_on(game.path, small_program(), GO_ON)
    assert again.path == game.path
    assert saves.load(game.path).damage is None
    whole = finished(tmp_path / "other")
    assert again.session.state.digest() == whole.session.state.digest(), "as if it had never been left"


def test_a_game_that_comes_out_otherwise_goes_on_in_a_new_file_either_way(tmp_path: Path) -> None:
    game = begun(tmp_path / "saves")
    play(game.session, 2)
    game.close()
    before = game.path.read_bytes()
    program = changed(tmp_path, "effects: {gold: -4}", "effects: {gold: -6}")
    assert ways(game.path, program) == (ANEW, WRITTEN)
    anew = gone_on(game.path, program, ANEW)
    written = gone_on(game.path, program, WRITTEN)
    assert game.path.read_bytes() == before
    index = program.layout.index["gold"]
    assert anew.session.closes[2].values[index] == game.session.closes[2].values[index] - 4
    assert written.session.closes[2].values[index] == game.session.closes[2].values[index]
    for each in (anew, written):
        found = reopen(program, saves.load(each.path))
        assert found.same, list(map(str, found.differences))
        assert found.session.state == each.session.state
        assert found.session.entries == each.session.entries
    assert [depth for depth, _ in saves.tree(saves.all_saves(tmp_path / "saves"))] == [0, 1, 1]


def test_a_damaged_game_goes_on_from_its_last_good_line_and_the_damaged_file_is_kept(tmp_path: Path) -> None:
    game = finished(tmp_path)
    lines = game.path.read_bytes().splitlines(keepends=True)
    at = max(number for number, line in enumerate(lines) if b'"turn":3' in line and b'"do":"open"' in line)
    lines[at] = lines[at].replace(b"open", b"opem")
    game.path.write_bytes(b"".join(lines))
    found = opened(game.path, lambda _: small_program())
    assert found.ways == (SOUND,)
    assert found.findings == (
        f"Line {at + 1} of the save is damaged: its checksum does not fit. The last good turn is turn 2.",
    )
    again = gone_on(game.path, small_program(), SOUND)
    assert again.session.state == game.session.state
    assert game.path.with_name(game.path.name + ".damaged").read_bytes() == b"".join(lines)


def test_a_game_open_elsewhere_goes_on_as_a_copy(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game.session, 1)
    found = opened(game.path, lambda _: small_program())
    assert found.ways == (COPY,)
    assert "open in another window" in found.findings[-1]
    copy = gone_on(game.path, small_program(), COPY)
    assert copy.path != game.path
    play(game.session)
    game.close()
    assert game.session.state.digest() == copy.session.state.digest()


def test_a_close_that_was_cut_out_is_told(tmp_path: Path) -> None:
    game = finished(tmp_path)
    rows = [json.loads(line) for line in game.path.read_bytes().splitlines()]
    del rows[next(number for number, row in enumerate(rows) if row.get("do") == "state")]
    game.path.write_bytes(resealed(rows))
    done = reopen(small_program(), saves.load(game.path))
    assert not done.same
    assert str(done.differences[0]) == "1922-Q1: how it ended was not written down"
