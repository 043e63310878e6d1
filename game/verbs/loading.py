"""How is a saved game gone on with from the command line?  Told what is wrong with it, the player chooses the way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from game.verbs.given import SHORT, Unusable, cannot, own_version, program_of, save_of

if TYPE_CHECKING:
    from game.play.games import Game
    from game.rules.program import Program

WAYS: Final = ("go-on", "copy", "sound", "anew", "written")
"""The names of the ways, as `game.play.games` knows them; here to spare the parser its import."""
READINGS: Final = ("full", "basic")
"""How hard the texts are to read."""


def asked_reading(program: Program) -> str:
    """Which reading the player wants, asked before a game begins where somebody can answer; else the full one."""
    if not sys.stdin.isatty() or not any(each.text_basic for each in program.scenario.events):
        return READINGS[0]
    print("Reading: 1 for the full texts, 2 for easier ones (--reading says it beforehand)", file=sys.stderr)
    while True:
        print("reading> ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line or line.strip() in ("", "1", "2"):
            return READINGS[line.strip() == "2"]


def reopened(name: str, way: str | None) -> Game:
    """Open a saved game to go on with it. Raises Unusable; what is to be told goes to stderr.

    Where there is something to tell, the way is asked for, or must have been given where nobody can be asked.
    """
    from game.play import games
    from game.play.journal import SaveError

    path, _ = save_of(name)
    try:
        found = games.opened(path, program_of)
        for sentence in found.findings:
            print(f"{path.name}: {sentence}", file=sys.stderr)
        plain = len(found.ways) == 1 and found.ways[0] == games.GO_ON
        if way is not None and way not in found.ways:
            raise Unusable(f"{name} cannot be gone on with by '{way}'; there is {', '.join(found.ways)}")
        taken = way or (games.GO_ON if plain else _asked(found.ways))
        game = found.go_on(taken, own_version())
    except SaveError as fault:
        raise cannot(fault, name) from None
    return game


def _asked(ways: tuple[str, ...]) -> str:
    """Which way the player takes. Raises Unusable where nobody answers."""
    from game.play import games

    for number, way in enumerate(ways, start=1):
        print(f"{number}. {games.WAYS[way]} (--way {way})", file=sys.stderr)
    if sys.stdin.isatty():
        while True:
            print("way> ", end="", file=sys.stderr, flush=True)
            line = sys.stdin.readline()
            if not line:
                break
            if line.strip().isdigit() and 1 <= int(line) <= len(ways):
                return ways[int(line) - 1]
    raise Unusable("choose one of these ways with --way", SHORT)
