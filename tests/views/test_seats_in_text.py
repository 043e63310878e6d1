"""Do two share one keyboard by lines, each seeing its own?  Curtain, digest, seals, and who undid whom at the end."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from game import cli
from game.play import saves
from game.play.games import GO_ON, Game, begin, opened
from game.views.terminal import play_text
from tests.views.small_game import small_program

TWO = {"narkomindel": "", "comintern": ""}
Typing = Callable[[Game], str]


def begun(folder: Path, seats: dict[str, str] | None = None) -> Game:
    return begin(small_program(), 0, "historical", "0", folder, TWO if seats is None else seats)


def play(game: Game, *lines: str) -> str:
    """What is printed when these lines are typed."""
    typed, out = iter([f"{line}\n" for line in lines]), io.StringIO()
    assert play_text(game.session, lambda: next(typed, ""), out, game, "0") == 0
    return out.getvalue()


def by_seat(said: str) -> dict[str, str]:
    """What was said while each seat held the keyboard."""
    found = {"Narkomindel": "", "Comintern": ""}
    for part in said.split("-- The curtain. The keyboard goes to: ")[1:]:
        name, _, rest = part.partition(". --")
        found[name] += rest
    return found


FIRST = ("", "1", "balance 80", "end", "", "balance 40", "end", "order fund-party germany", "end", "", "end")
"""The first quarter: the Narkomindel answers and names 80, the Comintern names 40, funds a party and seals."""


def test_the_curtain_falls_between_two_seats_and_each_sees_its_own(tmp_path: Path) -> None:
    game = begun(tmp_path)
    seen = by_seat(play(game, *FIRST, "", "1", "end", "", "quit"))
    assert game.session.turn == 2
    assert "An invitation to Genoa" in seen["Narkomindel"]
    assert "Fund the party" not in seen["Narkomindel"]
    assert "Germany: communist party +4, now 64: cause unknown" in seen["Narkomindel"]
    assert "have a cause that is not told here." in seen["Narkomindel"]
    assert "Money reaches the comrades in Germany." in seen["Comintern"]
    assert "Course of policy: 60" in seen["Comintern"], "the mean of both"
    assert "Course of policy: 80" not in seen["Comintern"]


def test_the_course_is_named_before_orders_are_given(tmp_path: Path) -> None:
    said = play(begun(tmp_path), "", "1", "order trade-talks germany", "end", "", "end", "orders")
    assert "Refused: First the course must be named" in said
    assert "course> The course is named." in said
    assert said.index("Fund the party (fund-party), means by country") > said.index("The course is named.")
    assert "Trade talks (" not in said


def test_a_game_of_two_ends_with_who_undid_whom(tmp_path: Path) -> None:
    game = begun(tmp_path)

    def line() -> str:
        session = game.session
        if session.place == "over":
            return "quit\n"
        if session.place == "question":
            return "1\n" if session.observe().question else "\n"
        return "end\n"

    out = io.StringIO()
    assert play_text(game.session, line, out, game, "0") == 0
    said = " ".join(out.getvalue().split())
    assert game.session.place == "over"
    assert "The Comintern undid" in said
    assert "of what the other had built." in said


def test_a_policy_sits_opposite_without_a_curtain(tmp_path: Path) -> None:
    game = begun(tmp_path, {"comintern": "random"})
    said = play(game, "1", "end", "end", "1", "status")
    assert "The curtain" not in said
    assert "-- Since you sat here: Winter 1922 and Spring 1922 --" in said
    assert "Berlin waits for a signal: " in said, "what the other answered is no secret"


def test_a_saved_game_comes_back_with_the_curtain_first(tmp_path: Path) -> None:
    game = begun(tmp_path)
    play(game, *FIRST[:8])
    again = opened(game.path, lambda _: small_program()).go_on(GO_ON, "0")
    said = play(again, "", "end", "", "end", "", "quit")
    before = said[: said.index("The curtain")]
    assert "Fund the party" not in before
    assert "The keyboard goes to: Comintern." in said[said.index("The curtain") :].splitlines()[0]
    assert again.session.value("germany.party") == 64


def test_going_back_shows_and_takes_back_ones_own_decisions_only(tmp_path: Path) -> None:
    game = begun(tmp_path)
    said = by_seat(play(game, *FIRST, "", "decisions", "1", "end", "end", "", "decisions", "quit"))
    assert "An invitation to Genoa: Go and talk" in said["Comintern"], "the question was no secret"
    assert "orders: Fund the party → Germany" in said["Comintern"]
    assert "orders: none" in said["Narkomindel"]


def test_leaving_at_the_curtain_is_leaving(tmp_path: Path) -> None:
    game = begun(tmp_path)
    assert "Left in Winter 1922." in play(game, "quit")
    assert saves.load(game.path).header.seats == (("comintern", ""), ("narkomindel", ""))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--policy", "comintern"], "are written comintern=pragmatist, not 'comintern'"),
        (["--seats", "one", "--policy", "comintern=random"], "so there must be two"),
        (["--seats", "two", "--load", "whatever"], "a saved game keeps its seats"),
    ],
)
def test_seats_that_cannot_be_taken_are_told_by_the_command_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["play", "--text", *arguments]) == 2
    assert told in capsys.readouterr().err
