"""Is a reason asked for before anything is shown, and kept with the decision?"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.compiler.load import load
from game.play import games, saves
from game.play.journal import LONGEST_REASON, sentence
from game.play.records import turn_data
from game.play.reopening import reopen
from game.play.roads import decisions, describe
from game.play.session import Session
from game.rules.building import interpret
from game.rules.program import Program
from game.rules.state import Answer
from game.views.screens.stage import Stage
from game.views.screens.tree import BACK, LETTERS, Act
from game.views.terminal import play_text
from tests.views.small_game import YAML


@cache
def asking_program() -> Program:
    """The small game, whose first event asks why."""
    text = YAML.replace("    asks: narkomindel\n", "    asks: narkomindel\n    ask_reason: true\n", 1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.yaml"
        path.write_text(text, encoding="utf-8")
        return interpret(load(str(path)).scenario)


def typed(*lines: str) -> tuple[str, Session]:
    """What is printed when these lines are typed, and the game as it then stands."""
    session, given = Session(asking_program()), iter([f"{line}\n" for line in lines])
    out = io.StringIO()
    play_text(session, lambda: next(given, ""), out)
    return out.getvalue(), session


def answers(session: Session) -> list[Answer]:
    """The answers that were given."""
    return [made.move for made in session.made if isinstance(made.move, Answer)]


def test_the_text_game_asks_why_before_it_shows_what_comes_of_it() -> None:
    said, session = typed("1", "  They must see us \t first. ")
    assert answers(session) == [Answer("conference", "go", "They must see us first.")]
    assert said.index("Write one sentence") < said.index("→ Go and talk to everyone")


def test_before_the_reason_is_given_the_choice_can_be_changed_or_left_without_one() -> None:
    said, session = typed("1", "", "3", "x", ".")
    assert answers(session) == [Answer("conference", "stay-away", "")]
    assert "A sentence, please." in said
    assert typed("1", "quit")[1].made[1:] == []


def test_the_window_asks_on_a_sheet_over_the_dispatch() -> None:
    stage = Stage()
    stage.loaded(asking_program())
    stage.perform(Act("begin"))
    stage.perform(Act("choose", "go"))
    assert stage.top.id == "reason-sheet"
    assert stage.top["reason.give"].disabled
    for sign in ("B", "r", "e", "a", "d", "!", BACK, "."):
        stage.perform(Act(LETTERS, sign))
    assert stage.top["reason"].value == "Bread."
    press = stage.top["reason.give"].press
    assert press is not None
    stage.perform(press)
    assert stage.session is not None
    assert answers(stage.session) == [Answer("conference", "go", "Bread.")]
    assert stage.top.get("told") is not None
    stage.close()


def test_closing_the_sheet_decides_nothing() -> None:
    stage = Stage()
    stage.loaded(asking_program())
    stage.perform(Act("begin"))
    stage.perform(Act("choose", "go"))
    stage.perform(Act("close"))
    assert stage.top.get("choices") is not None
    stage.perform(Act("choose", "pay"))  # closed: there is no gold for it
    assert stage.top.get("choices") is not None
    assert "gold" in stage.notice.lower()
    stage.perform(Act("choose", "stay-away"))
    stage.perform(Act("reasoned", ""))
    assert stage.session is not None
    assert answers(stage.session) == [Answer("conference", "stay-away")]
    stage.close()


def test_the_journal_keeps_a_reason_and_a_game_played_again_or_forked_has_it(tmp_path: Path) -> None:
    program, said = asking_program(), 'Because "bread" <b>first</b>, \U0001f600'
    game = games.begin(program, 0, "historical", "0.0-test", tmp_path)
    game.session.open()
    game.session.answer("go", said)
    game.session.close()
    game.close()
    journal = saves.load(game.path)
    done = reopen(program, journal)
    assert done.same
    assert answers(done.session) == [Answer("conference", "go", said)]
    assert turn_data(done.session, 1)["reasons"] == {"conference": said}
    assert said in describe(done.session, decisions(done.session)[0])
    fork = saves.fork(game.path, journal, 2, tmp_path)
    assert answers(reopen(program, saves.load(fork)).session) == [Answer("conference", "go", said)]


def test_a_reason_is_one_printable_line_of_bounded_length() -> None:
    assert sentence("a\x1b[31m\nb\u2028c\ud800d") == "a [31m b c d"
    assert len(sentence("x" * 10_000)) == LONGEST_REASON
