"""How much faster are games side by side in columns than one by one, and how long do a sweep and a forecast take?

    python benchmarks/lanes.py [--json FILE] [--rounds N] [--games N] [--scenario S] [--policy P ...]

Engines are compared in one process, turn about: columns, generated code without a ledger, the interpreter, all under
the same policy on the same seeds. What counts is the ratio within a round; its median is printed. Times are of the
processor, so that a busy machine shifts them little; where processes, a start or a window are meant, of the clock.
"""

# ruff: noqa: E402 - it is run as a script from anywhere
from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from game.compiler.codegen.engine import Engine
from game.compiler.codegen.minds import Mind, Weighing
from game.compiler.lanes.block import Lanes
from game.compiler.lanes.harvest import play_out
from game.play import sweeping
from game.play.forecast import Forecaster, ask
from game.play.policy import Weighted
from game.play.session import Session
from game.play.sweeping import Job
from game.rules.conduct import Conduct, choose, plan_of
from game.rules.engine import begin, step
from game.rules.events import asking
from game.rules.layout import OPENING, OVER, QUESTION
from game.rules.program import Program
from game.rules.state import Answer, Open, State
from game.rules.writing import Work

SINGLE_GAMES: Final = 100
"""Games of generated code in a round."""
PLAIN_GAMES: Final = 2
"""Games of the interpreter in a round."""
FUTURES: Final = 500
FRAME: Final = 1 / 60
DRAWING: Final = 0.004
"""What a window that draws is taken to need of a frame."""
Figures = dict[str, Any]


def timed(act: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """How long something takes."""
    began = clock()
    act()
    return clock() - began


# Engines


def by_code(engine: Engine, mind: Mind, seed: int) -> None:
    """A game by generated code, without a ledger."""
    game = engine.raw(seed, "open")
    v, place = game.v, game.facts.place
    while v[place] != OVER:
        if v[place] == OPENING:
            game.open()
        while v[place] == QUESTION:
            game.answer(mind.choose(game))
        mind.plan(game)


def by_interpreter(program: Program, conduct: Conduct, seed: int) -> None:
    """A game by the interpreter, without a session around it."""
    state, place = begin(program, seed, "open"), program.layout.index["place"]
    while state.values[place] != OVER:
        state = step(program, state, _move(program, state, conduct)).state


def _move(program: Program, state: State, conduct: Conduct) -> Any:
    if state.values[program.layout.index["place"]] == OPENING:
        return Open()
    if (found := asking(program, state)) is not None:
        return Answer(found[0].id, choose(conduct, Work(program, state), *found))
    return plan_of(program, state, conduct)


def engines(scenario: str, policy: str, games: int, rounds: int) -> Figures:
    """Games a second of each engine, and how many times more columns play."""
    _, program = sweeping.read(scenario)
    conduct = sweeping.player_of(scenario, policy).conduct
    lanes, survey = Lanes(program, conduct), sweeping.survey_of(scenario)
    engine = Engine(program)
    mind = Weighing(engine, conduct)
    seeds = list(range(games))
    for seed in range(20):
        by_code(engine, mind, seed)
    play_out(lanes, survey, seeds[:500], "open")
    rates: dict[str, list[float]] = {"lanes": [], "codegen": [], "interpreter": []}
    for number in range(rounds):
        own = range(number * SINGLE_GAMES, (number + 1) * SINGLE_GAMES)
        code = timed(lambda: [by_code(engine, mind, seed) for seed in own])  # noqa: B023
        rates["codegen"].append(SINGLE_GAMES / code)
        rates["lanes"].append(games / timed(lambda: play_out(lanes, survey, seeds, "open")))
        plain = timed(lambda: [by_interpreter(program, conduct, seed) for seed in own[:PLAIN_GAMES]])  # noqa: B023
        rates["interpreter"].append(PLAIN_GAMES / plain)
    return {
        "games": games,
        **{name: round(median(found), 1) for name, found in rates.items()},
        **{
            f"lanes/{name}": round(median(a / b for a, b in zip(rates["lanes"], rates[name], strict=True)), 2)
            for name in ("codegen", "interpreter")
        },
    }


# Processes, start, memory


def processes(scenario: str, policy: str, games: int, rounds: int) -> Figures:
    """Two worker processes against one, by the clock, both begun beforehand."""
    job, rates = Job(scenario, policy), dict[int, list[float]]({1: [], 2: []})
    with sweeping.processes(1) as one, sweeping.processes(2) as two:
        for workers, executor in ((1, one), (2, two)):
            sweeping.sweep(job, range(workers * 100), executor, workers)
        for _ in range(rounds):
            for workers, executor in ((1, one), (2, two)):
                took = timed(lambda: sweeping.sweep(job, range(games), executor, workers), time.perf_counter)  # noqa: B023
                rates[workers].append(games / took)
    return {
        "games": games,
        "one": round(median(rates[1]), 1),
        "two": round(median(rates[2]), 1),
        "two/one": round(median(b / a for a, b in zip(rates[1], rates[2], strict=True)), 2),
    }


def start(scenario: str, games: int, rounds: int) -> Figures:
    """A sweep from the start of a process to its printed summary, seconds by the clock and of the processor."""
    call = [sys.executable, str(ROOT / "main.py"), "sweep", scenario, "--games", str(games)]
    wall, used = [], []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(timed(lambda: subprocess.run(call, check=True, capture_output=True), time.perf_counter))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return {"games": games, "seconds": round(median(wall), 2), "processor": round(median(used), 2)}


def memory(scenario: str, policy: str, games: int) -> Figures:
    """The most memory of a process that plays so many games, and ten times as many."""
    text = (
        "import resource, sys; sys.path.insert(0, sys.argv[1]); from game.play import sweeping;"
        "sweeping.sweep(sweeping.Job(sys.argv[2], sys.argv[3]), range(int(sys.argv[4])));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    found = {}
    for each in (games, 10 * games):
        call = [sys.executable, "-c", text, str(ROOT), scenario, policy, str(each)]
        found[f"MiB at {each}"] = int(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
    return found


# Forecasts


def second_turn(program: Program) -> State:
    """Where the second turn's orders are awaited, the first having been played as history did."""
    session, policy = Session(program, 7, "open"), Weighted(_historical)
    while session.place != "orders" or session.turn < 2:
        if session.place == "opening":
            session.open()
        elif session.place == "question":
            session.answer(policy.choose(session))
        else:
            session.close()
    return session.state


def _historical(program: Program) -> Conduct:
    from game.rules.conduct import historical

    return historical(program)


def forecast(scenario: str, policy: str, rounds: int) -> Figures:
    """Futures from the second turn to the end, milliseconds by the clock and of the processor."""
    _, program = sweeping.read(scenario)
    state = second_turn(program)
    forecaster = Forecaster(program, sweeping.player_of(scenario, policy).conduct, FUTURES)
    first = timed(lambda: forecaster.look(state), time.perf_counter)
    wall, used = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        used.append(timed(lambda: forecaster.look(state)))
        wall.append(time.perf_counter() - began)
    return {
        "futures": FUTURES,
        "first": round(1000 * first),
        "warm": round(1000 * median(wall)),
        "processor": round(1000 * median(used)),
        "frames": frames(forecaster, state),
    }


def frames(forecaster: Forecaster, state: State) -> Figures:
    """How late the frames of a window are that draws while a thread makes forecasts, in milliseconds."""
    alone = _frames(lambda: False, 60)
    asked = ask(forecaster, state, [None] * 5, lambda decision, found: None)
    busy = _frames(asked.thread.is_alive, 0)
    asked.cancel()
    asked.join()
    return {
        "alone": round(1000 * max(alone), 1),
        "worst": round(1000 * max(busy), 1),
        "median": round(1000 * median(busy), 1),
        "over 33 ms": sum(each > 0.033 for each in busy),
        "counted": len(busy),
    }


def _frames(going_on: Callable[[], bool], least: int) -> list[float]:
    """What each frame took from its beginning until it was drawn."""
    found: list[float] = []
    while going_on() or len(found) < least:
        began = time.perf_counter()
        until = time.thread_time() + DRAWING
        while time.thread_time() < until:
            pass
        found.append(time.perf_counter() - began)
        time.sleep(max(0.0, FRAME - found[-1]))
    return found


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--games", type=int, default=10_000)
    parser.add_argument("--scenario", default="breathing-space")
    parser.add_argument("--policy", action="append")
    options = parser.parse_args()
    os.environ["PEREDYSHKA_SET_UP"] = "1"
    policies = options.policy or ["random", "pragmatist", "historical"]
    found: Figures = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "scenario": options.scenario,
        "engines": {},
        "forecast": {},
    }
    for policy in policies:
        found["engines"][policy] = engines(options.scenario, policy, options.games, options.rounds)
        print(f"engines, {policy}:", found["engines"][policy], flush=True)
        found["forecast"][policy] = forecast(options.scenario, policy, options.rounds)
        print(f"forecast, {policy}:", found["forecast"][policy], flush=True)
    found["processes"] = processes(options.scenario, policies[0], 4 * options.games, options.rounds)
    print("processes:", found["processes"], flush=True)
    found["start"] = start(options.scenario, 1_000, options.rounds)
    print("start:", found["start"], flush=True)
    found["memory"] = memory(options.scenario, policies[0], options.games)
    print("memory:", found["memory"], flush=True)
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
