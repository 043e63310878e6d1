"""The scenarios that come with the game, each read once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from game.compiler.load import Loaded, load
from game.rules.building import interpret
from game.rules.program import Program

SHELF = Path(__file__).resolve().parent.parent / "scenarios"
FOUND = tuple(sorted(each.name for each in SHELF.iterdir() if not each.name.startswith(".")))


@cache
def loaded(name: str) -> Loaded:
    """A scenario of the shelf; one that does not load fails every test that asks for it."""
    return load(str(SHELF / name))


@cache
def program(name: str) -> Program:
    """The same, ready to run. Not to be changed, nor given another engine."""
    return interpret(loaded(name).scenario)
