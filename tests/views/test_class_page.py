"""Is a class told on one page: who chose what and why, how far apart, how it ended, and which files are in doubt?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from game import cli
from game.compiler.folders import user_folder
from game.play.classroom import Classroom, classroom
from game.play.journal import SaveError
from game.play.recording import Recorder, header_of
from game.play.session import Session
from game.rules.program import Program
from game.views.html.classroom import class_page
from tests.play.small_games import play
from tests.play.test_debriefing import YAML
from tests.rules.small import DEFAULTS, program
from tests.views.hostile import ATTACKS, hostile_program, read

CHOICES = {"Anna": "go", "Boris": "go", "Vera": "go", "Grisha": "go", "Dasha": "go", "Elena": "stay"}


def hand_in(
    folder: Path, name: str, choice: str, reason: str = "", ready: Program | None = None, turns: int = 9
) -> Path:
    """A student's game, saved under a name: this answer to the first question, then the first of each."""
    ready = ready or program(YAML)
    session = Session(ready)
    path = folder / f"{name}.jsonl"
    recorder = Recorder.at(path, header_of(ready, 0, "historical", "A pause", "0.1", 0))
    recorder.attach(session)
    while session.place != "over" and session.turn < turns:
        session.open()
        while session.place == "question":
            question = session.observe().question
            assert question is not None
            first = session.turn == 1
            session.answer(choice if first else question.options[0].id, reason if first else "")
        session.close()
    recorder.close()
    return path


def known(**programs: Program) -> Callable[[str], Program]:
    """Finds these scenarios and no others."""

    def find(name: str) -> Program:
        if name not in programs:
            raise SaveError("scenario", f"the scenario '{name}' of this game is not here")
        return programs[name]

    return find


def told(folder: Path, **programs: Program) -> Classroom:
    """The class of all files in a folder."""
    return classroom(sorted(folder.iterdir()), known(small=program(YAML), **programs))


def test_each_question_has_its_answers_with_who_gave_them_and_why(tmp_path: Path) -> None:
    for name, choice in CHOICES.items():
        hand_in(tmp_path, name, choice, f"Said {name}." if name in ("Anna", "Elena") else "")
    (room,) = told(tmp_path).rooms
    genoa, envoy = room.partings
    assert (genoa.title, genoa.asked, genoa.history_date, genoa.reasoned) == (
        "Genoa",
        6,
        "10 February 1922",
        True,
    )
    assert [(side.label, side.historical, [name for name, _ in side.who]) for side in genoa.sides] == [
        ("Go", True, ["Anna", "Boris", "Dasha", "Grisha", "Vera"]), ("Stay at home", False, ["Elena"]),
    ]  # fmt: skip
    assert genoa.sides[1].who == (("Elena", "Said Elena."),)
    assert envoy.divided == 0 < genoa.divided
    assert room.alone == (("Elena", "Genoa", "Stay at home"),)
    assert room.endings == (("The end", ("Anna", "Boris", "Dasha", "Elena", "Grisha", "Vera")),)


def test_scores_are_spread_and_who_lies_outside_is_named(tmp_path: Path) -> None:
    for name, choice in CHOICES.items():
        hand_in(tmp_path, name, choice)
    (room,) = told(tmp_path).rooms
    trade = room.spreads[0]
    assert (trade.label, trade.quartiles, trade.history) == ("Trade", (25, 25, 25), 30)
    assert trade.outliers == ((19, "Elena"),)
    page = read(class_page(told(tmp_path)))
    assert "Outside: Elena 19." in page.text
    assert "* 19" in page.text


def test_one_broken_file_never_hides_the_others(tmp_path: Path) -> None:
    hand_in(tmp_path, "Anna", "go")
    sound = hand_in(tmp_path, "Boris", "stay").read_bytes()
    (tmp_path / "Boris (copy).jsonl").write_bytes(sound)
    cut, edited = hand_in(tmp_path, "Cut", "go"), hand_in(tmp_path, "Edited", "stay")
    cut.write_bytes(cut.read_bytes()[:-300])
    edited.write_bytes(edited.read_bytes().replace(b'"choice":"stay"', b'"choice":"go"'))
    (tmp_path / "Empty.jsonl").write_bytes(b"")
    (tmp_path / "Diary.jsonl").write_bytes(b"Dear diary\xff\x00")
    (tmp_path / "Folder.jsonl").mkdir()
    hand_in(tmp_path, "Other", "go", ready=program(YAML.replace("title: A pause", "id: other\ntitle: B")))
    found = {each.name: each for each in told(tmp_path).students}
    assert {name for name, each in found.items() if each.verified} == {"Anna", "Boris"}
    assert found["Boris (copy)"].faults == ("It is the same game as that of Boris.",)
    assert "torn off" in found["Cut"].faults[0]
    assert "is damaged: its checksum does not fit" in found["Edited"].faults[0]
    assert found["Empty"].faults == ("The file is empty.",)
    assert found["Diary"].faults == ("This is not a saved game of Peredyshka.",)
    assert "cannot be read" in found["Folder"].faults[0]
    assert found["Other"].faults == ("The scenario 'other' of this game is not here.",)
    page = read(class_page(told(tmp_path)))
    for name in found:
        assert name in page.text
    assert str(tmp_path) not in page.text


def test_a_game_that_comes_out_otherwise_is_in_doubt_and_told_nevertheless(tmp_path: Path) -> None:
    hand_in(tmp_path, "Anna", "stay")
    changed = program(YAML.replace("security: +3", "security: +4"))
    found = classroom(sorted(tmp_path.iterdir()), known(small=changed))
    (student,) = found.students
    assert student.faults[0] == "The scenario has changed since this game was played."
    assert "security was 23 and comes out as 24" in student.faults[1]
    assert student.scores["security"] == 23, "one was lost later, as before"


def test_names_are_those_of_files_or_of_headers_and_never_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    paths = [hand_in(tmp_path / folder, "Kolya", "go") for folder in ("a", "b")]
    found = classroom(paths, known(small=program(YAML)))
    assert [each.name for each in found.students] == ["Kolya", "Kolya (2)"]
    assert str(tmp_path) not in class_page(found)


def test_games_of_two_scenarios_have_a_part_each(tmp_path: Path) -> None:
    hand_in(tmp_path, "Anna", "go")
    hand_in(tmp_path, "Boris", "stay", "Why not?", hostile_program())
    hand_in(tmp_path, "Vera", "go", turns=1)
    found = told(tmp_path, hostile=hostile_program())
    assert [room.scenario for room in found.rooms] == ["hostile", "small"]
    assert {each.name: each.stands for each in found.students} == {
        "Anna": "ended in Summer 1922", "Boris": "ended in Spring 1922", "Vera": "as far as Winter 1922",
    }  # fmt: skip
    assert found.rooms[1].endings == (("The end", ("Anna",)), ("", ("Vera",)))
    read(class_page(found))


def test_no_text_breaks_out_of_the_page_and_it_is_the_same_when_made_again(tmp_path: Path) -> None:
    for at, attack in enumerate(ATTACKS):
        name = f"{at} {attack}".replace("/", "∕")
        hand_in(tmp_path, name, ("go", "stay")[at % 2], attack, hostile_program())
    found = told(tmp_path, hostile=hostile_program())
    text = class_page(found)
    page = read(text)
    assert all(attack in page.text for attack in ATTACKS)
    assert class_page(told(tmp_path, hostile=hostile_program())) == text
    backwards = classroom(sorted(tmp_path.iterdir(), reverse=True), known(hostile=hostile_program()))
    assert class_page(backwards) == text, "the order of files changes nothing"


def test_no_game_at_all_has_a_page_too() -> None:
    read(class_page(Classroom((), ())))


def test_the_verb_takes_files_and_folders_and_says_which_are_in_doubt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf = user_folder() / "scenarios"
    shelf.mkdir(parents=True)
    text = (
        "\n".join([line for key, line in DEFAULTS.items() if f"\n{key}:" not in YAML] + [YAML.strip()]) + "\n"
    )
    (shelf / "small.yaml").write_text(text, encoding="utf-8")
    folder, target = tmp_path / "saves", tmp_path / "class.html"
    folder.mkdir()
    hand_in(folder, "Anna", "go")
    boris = hand_in(tmp_path, "Boris", "stay")
    assert cli.main(["class", str(folder), str(boris), "--html", str(target)]) == 0
    first = target.read_bytes()
    assert "Boris" in read(first.decode()).text
    assert cli.main(["class", str(boris), str(folder), "--html", str(target)]) == 0
    assert target.read_bytes() == first
    (folder / "Broken.jsonl").write_text("x")
    assert cli.main(["class", str(folder), "--html", str(target)]) == 1
    assert "Broken: This is not a saved game of Peredyshka." in capsys.readouterr().err
    assert cli.main(["class", str(folder), "--html", str(boris)]) == 2
    assert cli.main(["class", str(tmp_path / "nobody"), "--html", str(target)]) == 2
    (tmp_path / "none").mkdir()
    assert cli.main(["class", str(tmp_path / "none"), "--html", str(target)]) == 2


def test_answers_that_the_engine_gave_are_nobodys(tmp_path: Path) -> None:
    ready = program("decisions: 0\n" + YAML)
    path = tmp_path / "Anna.jsonl"
    session = Session(ready)
    recorder = Recorder.at(path, header_of(ready, 0, "historical", "A pause", "0.1", 0))
    recorder.attach(session)
    play(session)
    recorder.close()
    (student,) = classroom([path], known(small=ready)).students
    assert student.taken == ()


def test_a_game_half_way_is_not_spread_among_those_at_their_end(tmp_path: Path) -> None:
    for name, choice in CHOICES.items():
        hand_in(tmp_path, name, choice)
    hand_in(tmp_path, "Zina", "go", turns=1)
    (room,) = told(tmp_path).rooms
    assert "Zina" not in [name for _, name in room.spreads[0].values]
    assert "Zina" in read(class_page(told(tmp_path))).text
