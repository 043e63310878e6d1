"""What does each of our engines do in the comparison?  Whole games, one after another, for some seconds.

    python benchmarks/contestants.py NAME SECONDS [SCENARIO]

Prints one line of JSON: games, turns, seconds of processor time. What is made once (reading, code, the recording of
moves) is made before the clock starts, and some games are played first, so that nothing is made while it runs.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reference import Player, reference

from game.compiler.codegen.chances import drawn
from game.compiler.codegen.engine import Engine
from game.compiler.codegen.minds import Mind, Weighing, play
from game.compiler.codegen.raw import Given, Raw
from game.compiler.load import examine
from game.play.policy import POLICIES
from game.play.session import Session
from game.rules.building import interpret
from game.rules.dice import key_number
from game.rules.engine import begin, step
from game.rules.program import Program
from game.rules.state import HISTORICAL, OPEN, Move, Open, Plan, State, Step

MAIN: Final = "breathing-space"
WARM: Final = 220
"""Games before the clock starts: after two hundred an engine makes its functions anew, finer ones."""
SEEDS: Final = 5
"""Different games that recorded moves are taken from."""
Once = Callable[[int], int]
"""Plays the game of a seed, and says how many turns it had."""


def program_of(text: str) -> Program:
    """A scenario given as text, ready to run; its events lie in files of a thousand each."""
    head, _, rest = text.partition("events:\n")
    *events, last = rest.rstrip("\n").split("\n")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "scenario.yaml").write_text(f"{head}{last}\n", encoding="utf-8")
        for at in range(0, len(events), 1000):
            some = "\n".join(events[at : at + 1000])
            Path(folder, f"events-{at:05}.yaml").write_text(f"events:\n{some}\n", encoding="utf-8")
        return named(folder)


def named(name: str) -> Program:
    """A scenario by id or path, ready to run."""
    scenario, problems, _ = examine(name)
    errors = [each for each in problems if each.severity == "error"]
    if scenario is None or errors:
        raise SystemExit(f"{name}: {errors[0] if errors else 'cannot be read'}")
    return interpret(scenario)


class Interpreter:
    """The reference reading, as a session takes it."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def step(self, state: State, move: Move) -> Step:
        """The state after a move, with everything that moved."""
        return step(self.program, state, move)


class Anyone:
    """Any open answer, and three orders drawn from all there are, given if they are legal and can be paid for.

    The same player as `reference.Player`, for a scenario that asks and has costs.
    """

    def __init__(self, engine: Engine) -> None:
        self.orders = engine.single_orders
        self.roles = [engine.facts.roles.index(each.role) for each in engine.facts.orders]
        self.key = key_number("policy:anyone:turn")

    def choose(self, game: Raw) -> int:
        """An open choice, each as likely as the others."""
        event, row = game.asking()
        open_ = game.open_choices(row)
        return open_[drawn(game.b, self.key + event.number, game.t, len(open_))]

    def plan(self, game: Raw) -> None:
        """Give the orders, end the turn."""
        roll = drawn(game.b, self.key, game.t, 1 << 31)
        game.set({})
        left = [game.left(role) for role in range(len(game.facts.roles))]
        given: list[Given] = []
        for _ in range(3):
            number = roll % len(self.orders)
            roll //= len(self.orders)
            order = self.orders[number](game.v, game.t)
            if order is not None and order not in given:
                own = left[self.roles[number]]
                if all(cost <= most for cost, most in zip(order[1:], own, strict=True)):
                    given.append(order)
                    own[:] = [most - cost for cost, most in zip(order[1:], own, strict=True)]
        game.plan(given)


def sessions(
    program: Program, steps: Interpreter | Engine, policy: str, fate: str
) -> Callable[[int], Session]:
    """Whole games by sessions and a policy, the ledger kept."""
    decides = POLICIES[policy]()

    def once(seed: int) -> Session:
        session = Session(program, seed, fate)
        session.engine = steps
        while session.place != "over":
            session.open()
            while session.place == "question":
                session.answer(decides.choose(session))
            decides.plan(session)
            session.close()
        return session

    return once


def recorded(program: Program, steps: Interpreter | Engine, policy: str, fate: str) -> Once:
    """The moves of some games made again: the engine alone, its entries gathered."""
    play_one = sessions(program, Engine(program), policy, fate)
    games = [(seed, play_one(seed)) for seed in range(SEEDS)]
    made = [(seed, [each.move for each in game.made], game.state, game.turn) for seed, game in games]

    def once(number: int) -> int:
        seed, moves, end, turns = made[number % SEEDS]
        state, entries = begin(program, seed, fate), []
        for move in moves:
            done = steps.step(state, move)
            state = done.state
            entries += done.ledger
        assert state == end
        return turns

    return once


def untold(engine: Engine, mind: Mind, fate: str) -> Once:
    """Whole games without a ledger."""
    return lambda seed: play(engine.raw(seed, fate), mind).t


def weighing(policy: str, fate: str) -> Callable[[Program], Once]:
    """A policy, in games without a ledger."""
    return lambda program: untold(
        engine := Engine(program), Weighing(engine, POLICIES[policy]().conduct(program)), fate
    )


def interpreted(policy: str, fate: str) -> Callable[[Program], Once]:
    """The same policy, in games played by the interpreter."""

    def make(program: Program) -> Once:
        play_one = sessions(program, Interpreter(program), policy, fate)
        return lambda seed: play_one(seed).turn

    return make


def on_reference(program: Program) -> Once:
    """The player of the reference scenario, without a ledger."""
    engine = Engine(program)
    return untold(engine, Player(engine), OPEN)


def anyone(program: Program) -> Once:
    """The same player in another scenario."""
    engine = Engine(program)
    return untold(engine, Anyone(engine), OPEN)


CONTESTANTS: Final[dict[str, Callable[[Program], Once]]] = {
    "reference": on_reference,
    "moves, interpreter": lambda program: recorded(program, Interpreter(program), "historical", HISTORICAL),
    "moves, codegen": lambda program: recorded(program, Engine(program), "historical", HISTORICAL),
    "historical, interpreter": interpreted("historical", HISTORICAL),
    "historical, codegen": weighing("historical", HISTORICAL),
    "random, interpreter": interpreted("random", OPEN),
    "random, codegen": weighing("random", OPEN),
    "anyone, codegen": anyone,
}


def growth(number: int, limit: float) -> dict[str, float]:
    """The reference scenario with so many events, all windowed: how long it loads, how long a turn takes."""
    text = reference(number, 1.0)
    start = time.process_time()
    program = program_of(text)
    loaded = time.process_time()
    engine = Engine(program)
    once = untold(engine, Player(engine), OPEN)
    turns = once(0)
    first = time.process_time()
    warm = WARM if number <= 1000 else 3
    for seed in range(warm):
        once(seed)
    begun = time.process_time()
    games = 0
    while (took := time.process_time() - begun) < limit:
        once(games)
        games += 1
    return {
        "load": loaded - start,
        "first": first - loaded,
        "games": games,
        "turns": games * turns,
        "seconds": took,
        "interpreter": _slow_turn(program),
    }


def _slow_turn(program: Program) -> float:
    """How long the interpreter takes for a turn in which nobody orders anything."""
    state, times = begin(program, 1, OPEN), []
    for _ in range(12):
        start = time.process_time()
        state = step(program, state, Open()).state
        state = step(program, state, Plan()).state
        times.append(time.process_time() - start)
    return sorted(times)[len(times) // 2]


def main() -> int:
    """Make one ready, play, print the line."""
    name, limit = sys.argv[1], float(sys.argv[2])
    if name.startswith("growth "):
        print(json.dumps(growth(int(name.removeprefix("growth ")), limit)))
        return 0
    program = program_of(reference()) if name == "reference" else named((sys.argv[3:] or [MAIN])[0])
    once = CONTESTANTS[name](program)
    fast = "codegen" in name or name == "reference"
    for seed in range(WARM if fast and "moves" not in name else SEEDS):
        once(seed)
    games = turns = 0
    start = time.process_time()
    while (took := time.process_time() - start) < limit:
        turns += once(games)
        games += 1
    print(json.dumps({"games": games, "turns": turns, "seconds": took}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
