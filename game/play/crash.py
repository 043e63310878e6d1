"""What is left when the program itself is at fault?  A report to send: traceback, versions, the games that were open.

The games are not in the report, only where they lie: each decision of theirs is on the disk already.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from game.compiler.folders import user_folder
from game.play.disk import reserve, write_whole

FOLDER: Final = "faults"
SEND: Final = "Please send the report{games} to whoever you have the game from, so that it can be mended."

_open_games: dict[str, tuple[str, str]] = {}


def remember(path: Path, scenario: str, fingerprint: str) -> None:
    """A game is being written to this file; a report would name it."""
    _open_games[str(path)] = (scenario, fingerprint)


def forget(path: Path) -> None:
    """The game in this file was closed."""
    _open_games.pop(str(path), None)


def report(fault: BaseException, version: str, arguments: Sequence[str]) -> str:
    """Write a report of a fault; returns what to tell people: what happened, where the report lies, how to send it."""
    lines = [
        "Peredyshka stopped on a fault of its own: this should never happen.",
        f"  {type(fault).__name__}: {str(fault)[:200]}",
    ]
    path = _written("".join(_lines(fault, version, arguments)))
    if path is None:
        lines += ["The report could not be written; here it is.", "".join(_lines(fault, version, arguments))]
    else:
        lines.append(f"Report: {path}")
    lines += [f"Saved game: {path}" for path in _open_games]
    games = " and the saved game" if _open_games else ""
    lines.append(SEND.format(games=games))
    if _open_games:
        lines.append("Nothing that was decided is lost: start again and continue.")
    return "\n".join(lines)


def _lines(fault: BaseException, version: str, arguments: Sequence[str]) -> list[str]:
    home = str(Path.home())
    trace = "".join(traceback.format_exception(fault))
    if len(home) > 1:
        trace = trace.replace(home, "~")
    lines = [
        f"peredyshka {version}\n",
        f"Python {sys.version.split()[0]} on {platform.platform()}\n",
        f"called with: {' '.join(arguments)}\n",
    ]
    for game, (scenario, fingerprint) in _open_games.items():
        lines.append(f"saved game: {game} (scenario {scenario}, fingerprint {fingerprint})\n")
    return [*lines, "\n", trace]


def _written(text: str) -> Path | None:
    """Put a report where reports lie, or, where that cannot be written to, where the system puts what passes."""
    for folder in (user_folder() / FOLDER, Path(tempfile.gettempdir())):
        try:
            path = folder / f"fault-{os.getpid()}.txt"
            number = 1
            folder.mkdir(parents=True, exist_ok=True)
            while not reserve(path):
                number += 1
                path = folder / f"fault-{os.getpid()}-{number}.txt"
            write_whole(path, text.encode("utf-8", "backslashreplace"))
        except OSError:
            continue
        return path
    return None
