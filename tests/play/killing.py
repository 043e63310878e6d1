"""Games that are killed at random moments: a child plays and tells each saved decision, a parent kills it and looks.

`python -m tests.play.killing FOLDER` is the child: it plays game after game, forks some, and prints what it was told
to be saved, a line each: the id of the game and the number of its decisions.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from game.play import saves
from game.play.games import Game, begin, forked
from game.play.policy import Random
from game.play.reopening import reopen
from game.play.roads import decisions
from tests.views.small_game import small_program

ROOT = Path(__file__).resolve().parents[2]
VERSION = "0.0-test"


def child(folder: Path) -> None:
    """Play until killed."""
    saves.tidy(folder)
    seed = 0
    while True:
        seed += 1
        game = begin(small_program(), seed, "open", VERSION, folder)
        _play(game, 2)
        if game.session.made and seed % 2:
            game = forked(game, decisions(game.session)[-1].number, VERSION)
        _play(game, 9)
        game.close()
        if seed % 3 == 0:
            saves.throw_away(saves.rename(game.path, f"game {os.getpid()} {seed}"))


def _play(game: Game, turns: int) -> None:
    session, policy = game.session, Random()
    header = game.recorder.journal.header

    def tell(*_: object) -> None:
        if game.saved:
            os.write(1, f"{header.id} {len(session.made)}\n".encode())

    session.watchers.append(tell)
    while turns and session.place != "over":
        if session.place == "opening":
            session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        policy.plan(session)
        session.close()
        turns -= 1


@dataclass
class Found:
    """What a number of kills did."""

    kills: int = 0
    told: int = 0
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def kill_often(times: int, folder: Path, seed: int = 1, longest: float = 0.2) -> Found:
    """Start the child so often and kill it after a random moment each time; then look at what lies there."""
    found = Found()
    dice = random.Random(seed)
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PEREDYSHKA_HOME=str(folder))
    for number in range(times):
        here = folder / str(number)
        started = subprocess.Popen(
            [sys.executable, "-m", "tests.play.killing", str(here)],
            stdout=subprocess.PIPE, cwd=ROOT, env=environment,
        )  # fmt: skip
        assert started.stdout is not None
        first = started.stdout.readline()
        time.sleep(dice.random() * longest)
        started.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        told: dict[str, int] = {}
        for line in [first, *started.stdout.readlines()]:
            if line.endswith(b"\n"):
                id_, _, count = line.decode().partition(" ")
                told[id_] = max(told.get(id_, 0), int(count))
        started.wait()
        started.stdout.close()
        _look(here, told, found)
        found.kills += 1
    return found


def _look(folder: Path, told: dict[str, int], found: Found) -> None:
    saves.tidy(folder)
    found.left += [each.name for each in folder.iterdir() if each.name.endswith((".lock", ".partial"))]
    kept: dict[str, int] = {}
    for path in [*folder.glob("*.jsonl"), *folder.glob("trash/*.jsonl")]:
        fault = saves.look(path).fault
        if fault:
            if path.parent.name == saves.TRASH and path.stat().st_size == 0:
                continue
            found.unreadable.append(f"{path}: {fault}")
            continue
        journal = saves.load(path)
        done = reopen(small_program(), journal)
        if not done.same:
            found.unreadable.append(f"{path}: {done.stopped or done.differences[0]}")
        kept[journal.header.id] = len(done.session.made)
    for id_, count in told.items():
        found.told += count
        if kept.get(id_, 0) < count:
            found.lost.append(f"{id_}: {count} told, {kept.get(id_, 0)} kept, in {folder}")


if __name__ == "__main__":
    child(Path(sys.argv[1]))
