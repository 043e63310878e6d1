"""What does a save survive?  Kills, failing disks, damaged and forged files, in numbers; and what loading one costs.

`python3 benchmarks/saves.py [--kills 1000] [--mutations 10000] [--json FILE]`, from a checkout with the tests' needs
installed. Times are of this run and this machine; the counts of faults must be nothing everywhere.
"""

from __future__ import annotations

import argparse
import errno
import json
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game.compiler.load import load  # noqa: E402
from game.play import saves  # noqa: E402
from game.play.games import begin  # noqa: E402
from game.play.journal import SaveError  # noqa: E402
from game.play.policy import Historical, Random  # noqa: E402
from game.play.reopening import reopen  # noqa: E402
from game.play.unsealing import read  # noqa: E402
from game.rules.building import interpret  # noqa: E402
from tests.play.faulty_disk import FAULTS, failing  # noqa: E402
from tests.play.killing import kill_often  # noqa: E402
from tests.play.mutating import renewed, torn  # noqa: E402
from tests.play.small_games import VERSION, begun, finished, play  # noqa: E402
from tests.play.test_damaged_saves import forged  # noqa: E402
from tests.views.small_game import small_program  # noqa: E402


def kills(times: int, folder: Path) -> dict[str, Any]:
    """Programs killed at random moments."""
    found = kill_often(times, folder)
    return {
        "kills": found.kills,
        "decisions told saved": found.told,
        "lost": len(found.lost),
        "unreadable files": len(found.unreadable),
        "left behind": len(found.left),
        "examples": (found.lost + found.unreadable)[:3],
    }


def sweep(folder: Path) -> dict[str, Any]:
    """Each call of a whole game fails once, and from then on, with each fault."""
    with failing(0) as counter:
        play(begun(folder / "none").session)
    cases = lost = tracebacks = unreported = 0
    for at in range(1, counter.calls + 1):
        for fault in FAULTS:
            for lasting in (False, True):
                cases += 1
                told: list[int] = []
                try:
                    with failing(at, fault, lasting):
                        game = begun(folder / f"{at}-{errno.errorcode[fault]}-{lasting}")
                        game.session.watchers.append(
                            lambda session, turn, move, game=game, told=told: (
                                told.append(len(session.made)) if game.saved else None
                            )
                        )
                        play(game.session)
                        unreported += not game.saved and not game.notice
                    if told:
                        lost += len(saves.load(game.path).decisions) < told[-1]
                    game.close()
                    lost += reopen(small_program(), saves.load(game.path)).session.state != game.session.state
                except Exception:
                    traceback.print_exc()
                    tracebacks += 1
    return {
        "calls": counter.calls,
        "cases": cases,
        "lost": lost,
        "tracebacks": tracebacks,
        "unreported": unreported,
    }


def plain(times: int, folder: Path) -> dict[str, Any]:
    """Files that something has happened to, without the checksums renewed."""
    dice = random.Random(1)
    games = [finished(folder, seed).path.read_bytes() for seed in range(10)]
    refused = damaged = silent = tracebacks = 0
    for number in range(times):
        data = games[number % 10]
        changed = torn(data, dice)
        try:
            journal = read(changed)
        except SaveError:
            refused += 1
            continue
        except Exception:
            traceback.print_exc()
            tracebacks += 1
            continue
        whole = read(data)
        damaged += journal.damage is not None
        shorter = data.startswith(changed) and changed.endswith(b"\n")
        sound = journal.damage is None and (changed == data or shorter)
        silent += journal.lines != whole.lines[: len(journal.lines)] or not (sound or journal.damage)
    return {
        "files": times,
        "refused": refused,
        "damage named": damaged,
        "silent": silent,
        "tracebacks": tracebacks,
    }


def with_checksums(times: int, folder: Path) -> dict[str, Any]:
    """Files forged with good checksums: opened every way and played on."""
    dice = random.Random(2)
    games = [finished(folder / "made", seed).path.read_bytes() for seed in range(10)]
    broken = tracebacks = 0
    for number in range(times):
        try:
            forged(renewed(games[number % 10], dice), folder / "forged")
        except AssertionError:
            traceback.print_exc()
            broken += 1
        except Exception:
            traceback.print_exc()
            tracebacks += 1
    return {"files": times, "broken invariants": broken, "tracebacks": tracebacks}


def loading(folder: Path) -> dict[str, Any]:
    """A finished game of the main scenario: its size, and reading and playing it again."""
    program = interpret(load("breathing-space").scenario)
    game = begin(program, 7, "open", VERSION, folder)
    historical, orders = Historical(), Random()
    session = game.session
    while session.place != "over":
        session.open()
        while session.place == "question":
            session.answer(historical.choose(session))
        if session.turn % 2:
            orders.plan(session)
        else:
            historical.plan(session)
        session.close()
    game.close()
    spent = []
    for _ in range(7):
        began = time.perf_counter()
        done = reopen(program, saves.load(game.path))
        spent.append(time.perf_counter() - began)
        assert done.same
    return {
        "turns": session.turn,
        "decisions": len(session.made),
        "kilobytes": round(game.path.stat().st_size / 1000),
        "opened in ms (median)": round(median(spent) * 1000),
        "slowest": round(max(spent) * 1000),
    }


def main() -> int:
    """Measure, print a table, and write JSON if asked; 1 if anything was lost, silent or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = {
            "loading": loading(folder / "loading"),
            "failing calls": sweep(folder / "sweep"),
            "damaged files": plain(options.mutations, folder / "plain"),
            "forged files": with_checksums(options.mutations, folder / "forged"),
            "kills": kills(options.kills, folder / "kills"),
        }
    for what, row in table.items():
        print(f"{what}: " + ", ".join(f"{name} {value}" for name, value in row.items() if value != []))
    if options.json:
        Path(options.json).write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    bad = (
        "lost",
        "tracebacks",
        "unreported",
        "silent",
        "broken invariants",
        "unreadable files",
        "left behind",
    )
    return int(any(row.get(name) for row in table.values() for name in bad))


if __name__ == "__main__":
    sys.exit(main())
