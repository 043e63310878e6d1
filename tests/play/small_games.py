"""Small games to save: played at random, by policy or by hand, each decision written down."""

from __future__ import annotations

from pathlib import Path

from game.play.games import Game, begin
from game.play.policy import Random
from game.play.session import Session
from game.rules.program import Program
from tests.views.small_game import small_program

VERSION = "0.0-test"


def begun(folder: Path, seed: int = 7, fate: str = "open", program: Program | None = None) -> Game:
    """A new game in a folder, before its first turn."""
    return begin(program or small_program(), seed, fate, VERSION, folder)


def play(session: Session, turns: int = 100) -> Session:
    """Play so many turns at random, or to the end."""
    policy = Random()
    while turns and session.place != "over":
        if session.place == "opening":
            session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        policy.plan(session)
        session.close()
        turns -= 1
    return session


def finished(folder: Path, seed: int = 7, program: Program | None = None) -> Game:
    """A game that was played to its end; its recorder is closed."""
    game = begun(folder, seed, program=program)
    play(game.session)
    game.close()
    return game
