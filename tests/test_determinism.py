"""Is a game the same wherever it is played?  Under any Python we support, any hash seed, any locale and console."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
GAME = """
import json, sys, tempfile
from pathlib import Path
from game.compiler.load import load
from game.play import saves
from game.play.games import begin
from game.play.policy import Random
from game.play.reopening import reopen
from game.rules.building import interpret

program = interpret(load("breathing-space").scenario)
with tempfile.TemporaryDirectory() as folder:
    game = begin(program, 5, "open", "0", Path(folder))
    session, policy = game.session, Random()
    while session.place != "over" and session.turn < 12:
        session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        policy.plan(session)
        session.close()
    game.close()
    lines = game.path.read_text().splitlines()[1:]
    same = reopen(program, saves.load(game.path)).same
found = [state.digest() for state in session.closes], [line.rsplit('"sum"')[0] for line in lines], same
json.dump(found, sys.stdout)
"""
PYTHONS = ("python3.11", "python3.12", "python3.13", "python3.14")


def played(python: str = sys.executable, **environment: str) -> list[object]:
    """The hashes and lines of a game played in a process of its own."""
    packages = str(Path(yaml.__file__).resolve().parents[1])
    given = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    given |= {
        "PYTHONPATH": os.pathsep.join((str(ROOT), packages)),
        "PYTHONDONTWRITEBYTECODE": "1",
    } | environment
    done = subprocess.run(
        [python, "-c", GAME], capture_output=True, cwd=ROOT, env=given, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    found: list[object] = json.loads(done.stdout)
    return found


@cache
def here() -> list[object]:
    """The same game, played with this Python and a fixed hash seed."""
    found = played(PYTHONHASHSEED="0")
    assert len(found[0]) > 8  # type: ignore[arg-type]
    assert found[2] is True
    return found


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4294967295", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp866:strict", "PYTHONOPTIMIZE": "1"},
    ],
    ids=["hash seed", "Turkish locale", "ASCII console, optimised"],
)
def test_neither_hash_seed_nor_locale_changes_a_game(environment: dict[str, str]) -> None:
    assert played(**environment) == here()


@pytest.mark.parametrize("name", PYTHONS)
def test_every_python_plays_the_same_game(name: str) -> None:
    python = _found(name)
    if python is None:
        pytest.skip(f"there is no {name} here")
    assert played(python) == here()


def _found(name: str) -> str | None:
    """A Python of that version that can start, if there is one."""
    version = name.removeprefix("python")
    if f"{sys.version_info.major}.{sys.version_info.minor}" == version:
        return sys.executable
    beside = sorted(Path(sys.base_prefix).resolve().parent.glob(f"{version}.*/bin/{name}"))
    for candidate in [shutil.which(name), *map(str, beside)]:
        if (
            candidate
            and not subprocess.run([candidate, "-c", ""], capture_output=True, check=False).returncode
        ):
            return candidate
    return None
