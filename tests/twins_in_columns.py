"""Twins in columns: the same games move by move by the interpreter and side by side in a block, state by state."""

from __future__ import annotations

from collections.abc import Sequence

from game.compiler.codegen.choice import Interpreter
from game.compiler.conducts import Foresight
from game.compiler.lanes.block import Block, Lanes
from game.compiler.lanes.looking import Looking as LookingColumns
from game.play.looking import Looking
from game.play.policy import Policy, Weighted
from game.play.session import Session
from game.rules.building import interpret
from game.rules.conduct import Conduct
from game.rules.program import Program
from game.rules.state import State
from tests.small import examined

Game = list[State]
"""A game by its states at each close."""
MOST_TOLD = 12
"""Differences that are told of each close."""


def generated(text: str) -> Program:
    """The program of a scenario in one file, in which nothing may be wrong."""
    scenario, problems = examined(text)
    assert scenario is not None, "\n".join(map(str, problems))
    return interpret(scenario)


def played(session: Session, policy: Policy) -> Game:
    """A game from where it stands to its end, by the interpreter as a policy has it: the states at each close."""
    session.engine = Interpreter(session.program)
    found = []
    while session.place != "over":
        if session.place == "opening":
            session.open()
        elif session.place == "question":
            session.answer(policy.choose(session))
        else:
            policy.plan(session)
            session.close()
            found.append(session.state)
    return found


def one_by_one(
    program: Program, conduct: Conduct, seeds: Sequence[int], fate: str, foresight: Foresight | None = None
) -> list[Game]:
    """Whole games by the interpreter, one for each seed."""
    policy: Policy = Looking(program, conduct, foresight) if foresight else Weighted(lambda _: conduct)
    return [played(Session(program, seed, fate), policy) for seed in seeds]


def side_by_side(
    program: Program, conduct: Conduct, seeds: Sequence[int], fate: str, foresight: Foresight | None = None
) -> list[Game]:
    """The same games in one block."""
    lanes = LookingColumns(program, conduct, foresight).outer if foresight else Lanes(program, conduct)
    return closes_of(lanes.block(seeds, fate))


def closes_of(block: Block) -> list[Game]:
    """The games of a block, each by its states at each close."""
    games: list[Game] = [[] for _ in block.seeds]
    for closed in block.play():
        ended = dict(zip(closed.over.tolist(), closed.endings.tolist(), strict=True))
        going = [lane for lane in closed.alive.tolist() if lane not in ended]
        for lanes, endings in ((going, None), (closed.over.tolist(), closed.endings)):
            numbers = block.numbers[lanes].tolist()
            for number, state in zip(numbers, block.states(lanes, endings), strict=True):
                games[number].append(state)
    return games


def differences(program: Program, expected: Sequence[Game], found: Sequence[Game]) -> list[str]:
    """Where games differ from those expected: the first close of each game at which they do, value by value."""
    told = [] if len(expected) == len(found) else [f"{len(found)} games instead of {len(expected)}"]
    names = [*program.layout.names, *(f"before {program.layout.names[slot]}" for slot, _ in program.opening)]
    for game, (mine, theirs) in enumerate(zip(expected, found, strict=False)):
        close = next((n for n, pair in enumerate(zip(mine, theirs, strict=False)) if not same(*pair)), None)
        if close is not None:
            one, other = mine[close], theirs[close]
            where = f"game {game} with seed {one.seed}, close {close + 1}"
            apart = [
                f"{where}: {name} is {b}, not {a}"
                for name, a, b in zip(names, one.values, other.values, strict=True)
                if a != b
            ]
            told += apart[:MOST_TOLD] or [f"{where}: {other.seed}, {other.fate} and a hash of its own"]
        elif len(mine) != len(theirs):
            told.append(f"game {game}: {len(theirs)} closes instead of {len(mine)}")
    return told


def same(one: State, other: State) -> bool:
    """Whether two states are equal value by value and hash by hash; where they came from is known only to ledgers."""
    return (
        (one.seed, one.fate, one.values) == (other.seed, other.fate, other.values)
        and set(map(type, other.values)) == {int}
        and one.digest() == other.digest()
    )
