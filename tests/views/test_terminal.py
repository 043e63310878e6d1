"""Is the whole game there in lines of text?  Lines in, lines out; every number answers to why."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from game import cli
from game.compiler.load import load
from game.play.games import Game, begin
from game.play.saves import all_saves
from game.play.saves import load as load_save
from game.play.session import Session
from game.rules.building import interpret
from game.rules.program import Program
from game.rules.state import Answer
from game.views.terminal import play_text
from tests.views.small_game import small_program


@cache
def main_game() -> Program:
    """The main scenario, read once."""
    return interpret(load("breathing-space").scenario)


def play(lines: Iterable[str], program: Program | None = None, seed: int = 0) -> tuple[str, Session]:
    """What is printed when these lines are typed, and the game as it stands afterwards."""
    session = Session(program or small_program(), seed)
    typed = iter([f"{line}\n" for line in lines])
    out = io.StringIO()
    assert play_text(session, lambda: next(typed, ""), out) == 0
    return out.getvalue(), session


def to_orders(program: Program, commands: Iterable[str]) -> str:
    """Answer the first choice of whatever asks in the first turn, then type commands."""
    session = Session(program)
    session.open()
    questions = 0
    while session.place == "question":
        questions += 1
        session.answer(session.observe().question.options[0].id)  # type: ignore[union-attr]
    said, _ = play(["1"] * questions + list(commands), program)
    return said[said.index("order> ") :]


def test_a_whole_game_is_played_by_lines() -> None:
    class Player:
        """Answers 1 at a question and ends the quarter otherwise, for as long as it is asked."""

        def __init__(self) -> None:
            self.session = Session(main_game())
            self.asked = 0

        def __call__(self) -> str:
            self.asked += 1
            if self.session.place == "question":
                card = self.session.observe().question
                assert card is not None
                open_ = [number for number, each in enumerate(card.options, start=1) if not each.refusal]
                return f"{open_[0]}\n"
            return "end\n"

    player, out = Player(), io.StringIO()
    assert play_text(player.session, player, out) == 0
    said = out.getvalue()
    assert player.session.place == "over"
    outcome = player.session.outcome()
    assert outcome is not None
    assert f"== {outcome.title} ==" in said
    for verdict in outcome.verdicts:
        assert verdict.text.split()[0] in said
    assert "\x1b" not in said, "no cursor is ever addressed"
    assert max(map(len, said.splitlines())) <= 90


def test_the_end_of_input_leaves_the_game() -> None:
    said, session = play([])
    assert session.turn == 1
    assert "Left in" in said


def test_a_number_that_is_no_choice_is_told() -> None:
    said, session = play(["9", "nonsense", "quit"], main_game())
    assert "'nonsense' is not a command here; type help." in said
    assert session.place == "question"


def test_every_number_answers_to_why() -> None:
    program = main_game()
    seen = Session(program).observe()
    names = [*seen.national, "britain.relations", "germany.party", "usa.recognition"]
    said = to_orders(program, [f"why {name}" for name in names])
    answers = said.split("order> ")[1:]
    assert len(answers) >= len(names)
    for name, answer in zip(names, answers, strict=False):
        assert re.match(r".+ is .+\.", answer), (name, answer)


def test_why_names_the_decision_and_where_it_is_written() -> None:
    said = to_orders(main_game(), ["why britain.relations"])
    assert "Two signatures in London: Sign" in said
    assert re.search(r"\[events/1921-1923\.yaml:\d+\]", re.sub(r"\n\s+", "", said))


def test_why_of_an_unknown_value_offers_the_nearest() -> None:
    assert "did you mean standing?" in to_orders(main_game(), ["why standng"])


def test_orders_are_listed_given_and_taken_back() -> None:
    said = to_orders(
        main_game(),
        ["orders", "orders Germany", "order trade-talks germany", "draft", "drop 1", "draft"],
    )
    assert "Trade talks (trade-talks), means by country:" in said
    assert "Drafted: Trade talks → Germany." in said
    assert "1. Trade talks → Germany" in said
    assert said.rindex("1. Trade talks → Germany") < said.rindex("means left")


def test_a_refused_order_says_why() -> None:
    said = to_orders(main_game(), ["order buy-machinery germany", "order nonsense", "order"])
    assert "Refused: Needs Germany: trade agreement." in said
    assert "Refused: There is no order 'nonsense'." in said
    assert "Which? Type orders first" in said


def test_settings_are_drafted_and_refused() -> None:
    said = to_orders(main_game(), ["balance 70", "status", "balance 99", "set line third_period", "set x y"])
    assert "Course of policy: 70" in said
    assert said.count("Refused:") == 2
    assert "'y' is no value of 'x'." in said


def test_the_quarter_is_summed_up_with_its_reasons() -> None:
    said = to_orders(main_game(), ["end"])
    assert "-- End of Winter 1921 --" in said
    assert re.search(r"Security −\d+, now \d+: Security settles", said)


def test_countries_news_and_sources_can_be_asked_for() -> None:
    said = to_orders(main_game(), ["countries", "country usa", "country Atlantis", "news", "sources"])
    assert re.search(r"Germany: .*relations", said)
    assert "United States" in said
    assert "Countries: afghanistan" in said
    assert "Sources, confidence high:" in said
    assert "Gerhard Rempel, lecture on Soviet foreign policy" in re.sub(r"\s+", " ", said)


def test_without_a_display_play_is_text_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert cli.main(["play"]) == 0
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert "Playing as text." in shown.err
    assert "Breathing space" in shown.out


def kept(lines: Iterable[str], folder: Path) -> tuple[str, Game]:
    """The same with a game that is written down."""
    game = begin(small_program(), 0, "historical", "0", folder)
    typed = iter([f"{line}\n" for line in lines])
    out = io.StringIO()
    assert play_text(game.session, lambda: next(typed, ""), out, game, "0") == 0
    return out.getvalue(), game


def test_a_game_left_says_how_to_go_on_with_it(tmp_path: Path) -> None:
    said, game = kept(["1", "quit"], tmp_path)
    name = game.path.name.removesuffix(".jsonl")
    assert f"Saved as {name}. Go on with: play --text --load" in " ".join(said.split())
    assert len(load_save(game.path).decisions) == len(game.session.made)


def test_a_decision_is_gone_back_to_and_both_games_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_HOME", str(tmp_path))
    said, _ = kept(["1", "decisions", "back 99", "back 1", "3", "saves"], tmp_path / "saves")
    assert "Back to which?" in said
    assert "The game you leave stays as it is" in said
    first, second = sorted(all_saves(tmp_path / "saves"), key=lambda each: each.sitting)
    assert second.header is not None
    assert first.header is not None
    assert second.header.branch == (first.header.id, 3)
    taken = [each.move.choice for path in (first.path, second.path) for each in load_save(path).decisions
             if isinstance(each.move, Answer)]  # fmt: skip
    assert len(taken) == 2
    assert len(set(taken)) == 2
    assert "← this game" in said


def test_a_disk_that_refuses_is_told_once_and_again_when_it_takes(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said, game = kept(["1", "status", "status"], tmp_path / "file")
    assert said.count("! Not saved: the folder is gone.") == 2, "when it happens, and at the end"
    assert not game.saved


def test_the_end_tells_of_roads_not_taken(tmp_path: Path) -> None:
    said, game = kept(["1"] * 30 + ["end"] * 0 + ["1", "end"] * 40 + ["roads"], tmp_path)
    assert game.session.place == "over"
    assert "Type roads for what else could have been" in said
