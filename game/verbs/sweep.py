"""What comes of many games?  The verb `sweep`: a policy, seeds, and however many processors or machines there are."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from game.compiler.problems import ScenarioError, show
from game.compiler.tally import Tally
from game.play import sweeping
from game.play.policies import Named, UnknownPolicy
from game.play.summaries import ending_names, summary
from game.play.sweeping import Job
from game.play.unfinished import Unfinished
from game.rules import dice
from game.rules.program import Program
from game.verbs.given import FINE, SHORT, Unusable, must_exist, own_version
from game.verbs.measuring import GAMES, MOST_GAMES
from game.views.terminal.sweep import told

PIP: Final = f"{Path(sys.executable).name} -m pip install"
WITHOUT: Final = f"NumPy is not installed ({PIP} 'numpy>=2'): games are played one by one, which takes long."
SECONDS: Final = 0.2
"""How often the progress line is written."""


def sweep_(options: argparse.Namespace) -> int:
    """Play, and say what came of it."""
    must_exist(options.scenario)
    seeds, columns = _seeds(options), sweeping.has_numpy()
    if not columns:
        _say(WITHOUT)
    scenario = os.path.abspath(options.scenario) if Path(options.scenario).exists() else options.scenario
    with _sound(f"the scenario '{options.scenario}' cannot be played"):
        _, program = sweeping.read(scenario)
    names = list(dict.fromkeys(options.policy or ["random"]))
    jobs = [Job(scenario, _everywhere(name), options.fate, columns) for name in names]
    players = [_player(job, name) for job, name in zip(jobs, names, strict=True)]
    watched, summaries = sweeping.survey_of(scenario).watched, []
    for job, player in zip(jobs, players, strict=True):
        about = {
            "scenario": program.scenario.id,
            "fingerprint": program.scenario.fingerprint,
            "policy": player.name,
            "fate": options.fate,
            "seeds": [seeds.start, seeds.stop - 1],
            "version": own_version(),
            "dice": dice.VERSION,
        }
        tally = _play(job, seeds, options, about | {"print": player.print})
        found = summary(program, tally, watched, **about)
        summaries.append(found)
        if options.lines:
            _print_lines(program, tally.ordered(), found)
    if options.json:
        print(json.dumps(summaries[0] if len(summaries) == 1 else summaries, ensure_ascii=False))
    elif not options.lines:
        for number, found in enumerate(summaries):
            print("\n" * bool(number) + "\n".join(told(found)))
    return FINE


def _seeds(options: argparse.Namespace) -> range:
    """The seeds of the games. Raises Unusable."""
    if options.seeds is not None and (options.games is not None or options.seed is not None):
        raise Unusable("either --seeds, or --games and --seed")
    first = options.seed or 0
    found: range = options.seeds or range(first, first + (GAMES if options.games is None else options.games))
    if not found:
        raise Unusable("no games are asked for")
    if len(found) > MOST_GAMES:
        raise Unusable(f"at most {MOST_GAMES:,} games at a time")
    return found


@contextmanager
def _sound(otherwise: str) -> Iterator[None]:
    """Raises Unusable with this sentence where a file has errors, which go to stderr."""
    try:
        yield
    except ScenarioError as fault:
        _say(show([each for each in fault.problems if each.severity == "error"], {}))
        raise Unusable(f"{otherwise}; see above") from None


def _player(job: Job, name: str) -> Named:
    """The policy of a job. Raises Unusable."""
    assert isinstance(job.player, str)
    if name.endswith((".yaml", ".yml")) and not Path(name).is_file():
        raise Unusable(f"there is no policy file '{name}'")
    try:
        with _sound(f"the policy '{name}' cannot be used"):
            return sweeping.player_of(job.scenario, job.player)
    except UnknownPolicy as fault:
        raise Unusable(str(fault)) from None


def _everywhere(name: str) -> str:
    """A name as it is, a file in full: a worker may stand in another folder."""
    return os.path.abspath(name) if name.endswith((".yaml", ".yml")) else name


def _print_lines(program: Program, tally: Tally, found: dict[str, Any]) -> None:
    """A line for each game in the order of seeds, then the summary."""
    names = ending_names(program)
    for number, seed in enumerate(tally.seeds):
        row = {
            "policy": found["policy"],
            "seed": seed,
            "ending": names[tally.endings[number]],
            "turns": tally.turns[number],
            "values": {
                name: values[number] for name, values in zip(found["values"], tally.values, strict=True)
            },
            "check": f"{tally.checks[number]:016x}",
        }
        print(json.dumps(row, ensure_ascii=False))
    print(json.dumps({"summary": found}, ensure_ascii=False))


def _play(job: Job, seeds: range, options: argparse.Namespace, about: dict[str, Any]) -> Tally:
    """All games of a job, kept chunk by chunk while they are played."""
    store = Unfinished(about)
    done = store.kept(seeds) if options.resume else {}
    tally = Tally(values=[[] for _ in sweeping.survey_of(job.scenario).watched])
    for kept in done.values():
        tally.add(kept)
    if options.resume:
        _say(f"{len(tally.seeds):,} of {len(seeds):,} games are there already.")
    left, finished = len(seeds) - len(tally.seeds), False
    _begin(store, anew=not options.resume)
    try:
        with _executor(options, job, left) as (executor, workers), _progress(len(seeds)) as show_:
            size = sweeping.size_of(job, left, workers)
            for _, part in sweeping.played(job, sweeping.chunks(seeds, done, size), executor, workers):
                tally.add(part)
                _keep(store, part)
                show_(len(tally.seeds))
        finished = True
    except (BrokenExecutor, CancelledError):
        raise Unusable(f"a worker was lost; {_kept(tally, seeds)}", SHORT) from None
    except BaseException:
        if tally.seeds and left:
            _say(_kept(tally, seeds))
        raise
    finally:
        store.close(finished)
    return tally


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _kept(tally: Tally, seeds: range) -> str:
    return f"{len(tally.seeds):,} of {len(seeds):,} games are kept; go on with --resume."


def _begin(store: Unfinished, anew: bool) -> None:
    try:
        store.begin(anew)
    except OSError as fault:
        _say(f"Nothing is kept for --resume: {store.path} cannot be written ({fault.strerror}).")


def _keep(store: Unfinished, part: Tally) -> None:
    try:
        store.add(part)
    except OSError as fault:
        store.close(done=False)
        _say(f"No more is kept for --resume: {store.path} cannot be written ({fault.strerror}).")


@contextmanager
def _executor(options: argparse.Namespace, job: Job, games: int) -> Iterator[tuple[Executor | None, int]]:
    """Who plays: this process, others, or a cluster."""
    if options.dask:
        try:
            with sweeping.dask(options.dask) as found:
                yield found
        except ImportError as fault:
            if fault.name not in (None, "distributed", "dask"):
                raise
            raise Unusable(f"Dask is not installed: {PIP} 'distributed' 'numpy>=2'") from None
        except sweeping.NoCluster as fault:
            raise Unusable(f"no Dask cluster answers at {options.dask}: {fault}") from None
        return
    workers = sweeping.workers_for(job, games) if options.workers is None else min(options.workers, games)
    if workers <= 1:
        yield None, 1
        return
    with sweeping.processes(workers) as executor:
        yield executor, workers


@contextmanager
def _progress(games: int) -> Iterator[Callable[[int], None]]:
    """A line on stderr that is written over, only where somebody can see it."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    began = last = time.monotonic()
    start: int | None = None

    def show_(done: int) -> None:
        nonlocal last, start
        now = time.monotonic()
        start = done if start is None else start
        if now - last >= SECONDS or done == games:
            last, rate = now, (done - start) / max(now - began, 1e-9)
            print(
                f"\r{done:,} of {games:,} games, {rate:,.0f} a second ", end="", file=sys.stderr, flush=True
            )

    try:
        yield show_
    finally:
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)
