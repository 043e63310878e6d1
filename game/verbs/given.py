"""What do the arguments of a call name?  Scenarios, saves, versions; what they do not name is said in one sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.compiler.folders import find, known_ids
from game.compiler.problems import nearest, show

if TYPE_CHECKING:
    from game.play.journal import Journal, SaveError
    from game.rules.program import Program

FINE: Final = 0
SHORT: Final = 1
USAGE: Final = 2


class Unusable(Exception):
    """What was asked cannot be done: the sentence for people, and the exit status."""

    def __init__(self, message: str, status: int = USAGE) -> None:
        super().__init__(message)
        self.status = status


def own_version() -> str:
    """The version of this program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("peredyshka")
    except PackageNotFoundError:
        text = (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8")
        return text.partition('version = "')[2].partition('"')[0]


def must_exist(name: str) -> None:
    """Raises Unusable if there is no such scenario."""
    if find(name) is None:
        hint = nearest(name, known_ids())
        more = f"; did you mean '{hint}'?" if hint else f"; there are {', '.join(known_ids()) or 'none'}"
        raise Unusable(f"there is no scenario '{name}'{more}")


def program_of(name: str) -> Program:
    """A scenario, ready to be played. Raises Unusable; its errors go to stderr."""
    from game.compiler.caches import programs

    must_exist(name)
    known = programs.fetched(name)
    if known is not None:
        return known
    from game.compiler.load import examination
    from game.rules.building import interpret

    found = examination(name)
    errors = [each for each in found.problems if each.severity == "error"]
    if found.scenario is None or errors:
        print(show(errors, found.sources), file=sys.stderr)
        raise Unusable(f"the scenario '{name}' cannot be played; see above")
    scenario, origins = found.scenario, found.origins
    del found  # what was read takes as much room as what comes of it
    program = interpret(scenario)
    programs.keep(name, origins, program)
    return program


def cannot(fault: SaveError, name: str = "") -> Unusable:
    """A fault of a save as the call that met it tells it."""
    from game.play.journal import ELSEWHERE

    return Unusable(f"{name}: {fault}" if name else str(fault), USAGE if fault.code in ELSEWHERE else SHORT)


def save_of(name: str) -> tuple[Path, Journal]:
    """A saved game by path or name, as far as it is sound. Raises Unusable."""
    from game.play import saves
    from game.play.journal import SaveError

    try:
        path = saves.find(name)
        return path, saves.load(path)
    except SaveError as fault:
        if fault.code == "missing":
            hint = nearest(name, [each.name for each in saves.all_saves()])
            raise Unusable(str(fault) + (f"; did you mean '{hint}'?" if hint else "")) from None
        raise cannot(fault, name) from None
