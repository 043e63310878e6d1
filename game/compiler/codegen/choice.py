"""Which engine plays a program?  The interpreter until a program is played much, then generated code.

To make the code takes as long as a few games by the interpreter, to fetch it from the cache as long as one: a single
scripted game or an evening at the window is best played as it stands. PEREDYSHKA_ENGINE may say `interpreter` or
`codegen` to have it one way from the first move.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Protocol

from game.rules.engine import step
from game.rules.program import Program
from game.rules.state import Move, State, Step

if TYPE_CHECKING:
    from game.compiler.codegen.engine import Engine

VARIABLE: Final = "PEREDYSHKA_ENGINE"
INTERPRETER, CODEGEN = "interpreter", "codegen"
PATIENCE: Final = 600
"""Moves of one program that the interpreter makes, two or three games, before code is generated."""
MOST_ENGINES: Final = 4


class Steps(Protocol):
    """Whatever makes moves: the same move from the same state gives the same, whichever it is."""

    def step(self, state: State, move: Move) -> Step:
        """The state after a move, with everything that moved. Raises IllegalOrder."""


class Interpreter:
    """The reference."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def step(self, state: State, move: Move) -> Step:
        """The state after a move, with everything that moved. Raises IllegalOrder."""
        return step(self.program, state, move)


class Warming:
    """The interpreter at first, and generated code once enough moves were made to be worth its making."""

    def __init__(self, program: Program, patience: int = PATIENCE) -> None:
        self.program = program
        self.left = patience
        self.engine: Engine | None = None

    def step(self, state: State, move: Move) -> Step:
        """The state after a move, with everything that moved. Raises IllegalOrder."""
        if self.engine is None:
            if self.left > 0:
                self.left -= 1
                return step(self.program, state, move)
            self.engine = engine_of(self.program)
        return self.engine.step(state, move)


_engines: list[Engine] = []
_warming: list[Warming] = []


def engine_of(program: Program) -> Engine:
    """The generated code of a program; made once, the last few are held. Its parts are kept in the user's cache.

    What makes it is imported only here: a game that is not played much never needs it.
    """
    for engine in _engines:
        if engine.program is program:
            return engine
    from game.compiler.codegen.cache import Cache
    from game.compiler.codegen.engine import Engine

    cache = Cache(program)
    cache.tidy()
    _engines.insert(0, Engine(program, cache))
    del _engines[MOST_ENGINES:]
    return _engines[0]


def steps_of(program: Program, kind: str = "") -> Steps:
    """What makes the moves of a program's games: `interpreter`, `codegen`, or as the environment says."""
    kind = kind or os.environ.get(VARIABLE, "")
    if kind == INTERPRETER:
        return Interpreter(program)
    if kind == CODEGEN:
        return engine_of(program)
    for each in _warming:
        if each.program is program:
            return each
    _warming.insert(0, Warming(program))
    del _warming[MOST_ENGINES:]
    return _warming[0]


__all__ = ["CODEGEN", "INTERPRETER", "VARIABLE", "Interpreter", "Steps", "Warming", "engine_of", "steps_of"]
