"""How are thousands of games played?  In chunks of seeds, by whatever executor; who played which never shows.

A chunk is the same games wherever it is played, and tallies add up to the same whole in any order and however the
seeds are cut. In each process a program is read and made ready once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from multiprocessing import parent_process
from multiprocessing.connection import wait as wait_for
from typing import Any, Final

from game.compiler.load import Loaded, load
from game.compiler.tally import Survey, Tally, survey
from game.play.policies import Named, named
from game.play.policy import Policy
from game.rules.building import interpret
from game.rules.classes import dataclass
from game.rules.conduct import Conduct
from game.rules.program import Program

CHUNK: Final = 4_096
"""Games in a chunk at most: what columns play as one block."""
LOOKING_CHUNK: Final = 32
"""The same of a policy that looks ahead: each decision in each game is some dozens of games more."""
SINGLE_CHUNK: Final = 64
"""The same where games are played one by one."""
WORTH_A_PROCESS: Final = {CHUNK: 2_048, LOOKING_CHUNK: 1, SINGLE_CHUNK: 16}
"""For each kind of chunk, from how many games on another process is worth its start."""
AHEAD: Final = 2
"""Chunks in hand for each worker."""
OLDEST_NUMPY: Final = 2
"""Before it, NumPy reckoned numbers of unlike widths by other rules."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be played. `player` is the name of a policy, or any policy written in Python that can be pickled."""

    scenario: str
    player: str | Policy
    fate: str = "open"
    columns: bool = True
    """Whether games are played side by side in columns, as far as the policy can be."""

    def __dask_tokenize__(self) -> tuple[str, str | Policy, str, bool]:
        """What Dask tells jobs apart by."""
        return self.scenario, self.player, self.fate, self.columns


def has_numpy() -> bool:
    """Whether games can be played in columns here."""
    if find_spec("numpy") is None:
        return False
    try:
        return int(version("numpy").partition(".")[0]) >= OLDEST_NUMPY
    except (PackageNotFoundError, ValueError):
        return False


@lru_cache(maxsize=4)
def read(scenario: str) -> tuple[Loaded, Program]:
    """A scenario, read once for this process. Raises ScenarioError."""
    loaded = load(scenario)
    return loaded, interpret(loaded.scenario)


@lru_cache(maxsize=8)
def survey_of(scenario: str) -> Survey:
    """What is looked at in the games of a scenario."""
    return survey(read(scenario)[1])


@lru_cache(maxsize=16)
def player_of(scenario: str, name: str) -> Named:
    """A policy of a scenario, read once. Raises UnknownPolicy or ScenarioError."""
    loaded, program = read(scenario)
    return named(name, loaded, program)


Play = Callable[[list[int], str], Tally]


@lru_cache(maxsize=4)
def _ready(scenario: str, name: str, columns: bool) -> Play:
    """What plays the games of a named policy; threads that share it wait for each other."""
    _, program = read(scenario)
    found, lock = player_of(scenario, name), threading.Lock()
    play_ = play_of(program, survey_of(scenario), found, columns)

    def one_at_a_time(seeds: list[int], fate: str) -> Tally:
        with lock:
            return play_(seeds, fate)

    return one_at_a_time


def play_of(program: Program, survey_: Survey, player: Named | Conduct | Policy, columns: bool) -> Play:
    """What plays games and counts them: in columns, or one by one."""
    foresight = player.foresight if isinstance(player, Named) else None
    conduct = player.conduct if isinstance(player, Named) else player
    if columns and isinstance(conduct, Conduct):
        from game.compiler.lanes.block import Lanes
        from game.compiler.lanes.harvest import play_out
        from game.compiler.lanes.looking import Looking as LookingColumns

        looks = LookingColumns(program, conduct, foresight) if foresight else None
        lanes = looks.outer if looks else Lanes(program, conduct)
        return lambda seeds, fate: play_out(lanes, survey_, seeds, fate)
    from game.play.looking import Looking
    from game.play.singly import Singly

    if isinstance(conduct, Conduct) and foresight:
        return Singly(program, survey_, Looking(program, conduct, foresight)).tally
    return Singly(program, survey_, conduct).tally


def play(job: Job, first: int, count: int) -> Tally:
    """The games of some seeds. This is what a worker is asked for."""
    seeds = list(range(first, first + count))
    if isinstance(job.player, str):
        return _ready(job.scenario, job.player, job.columns)(seeds, job.fate)
    _, program = read(job.scenario)
    return play_of(program, survey_of(job.scenario), job.player, False)(seeds, job.fate)


def _most(job: Job) -> int:
    """How many games a chunk of a job holds at most."""
    if isinstance(job.player, str) and job.columns:
        return LOOKING_CHUNK if player_of(job.scenario, job.player).foresight else CHUNK
    return SINGLE_CHUNK


def size_of(job: Job, games: int, workers: int) -> int:
    """How many games to put into a chunk: each worker should get some, and an interrupt should cost little."""
    return max(1, min(_most(job), -(-games // max(1, workers))))


def workers_for(job: Job, games: int) -> int:
    """How many processes so many games are worth on this machine."""
    return max(1, min(cores(), games // WORTH_A_PROCESS[_most(job)]))


def chunks(seeds: range, done: Iterable[tuple[int, int]] = (), size: int = CHUNK) -> list[tuple[int, int]]:
    """The chunks of some seeds, as first seed and count, without those that are done, which do not overlap."""
    found, first = [], seeds.start
    for begins, count in [*sorted(done), (seeds.stop, 0)]:
        found += [(at, min(size, begins - at)) for at in range(first, begins, size)]
        first = begins + count
    return found


def played(
    job: Job, todo: list[tuple[int, int]], executor: Executor | None = None, workers: int = 1
) -> Iterator[tuple[int, Tally]]:
    """The chunks as they are finished, each by its first seed; with an executor, in whatever order.

    What is still waiting when the caller stops asking is never begun.
    """
    if executor is None:
        for first, count in todo:
            yield first, play(job, first, count)
        return
    waiting: dict[Future[Tally], int] = {}
    left = iter(todo)
    try:
        while True:
            while len(waiting) < AHEAD * workers and (chunk := next(left, None)) is not None:
                waiting[executor.submit(play, job, *chunk)] = chunk[0]
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def sweep(job: Job, seeds: range, executor: Executor | None = None, workers: int = 1) -> Tally:
    """All games of a job, in the order of their seeds."""
    found = Tally()
    for _, part in played(job, chunks(seeds, size=size_of(job, len(seeds), workers)), executor, workers):
        found.add(part)
    return found.ordered()


def _quietly() -> None:
    """What a worker process does first: it leaves Ctrl-C to the one who sweeps, and never outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


@contextmanager
def processes(workers: int) -> Iterator[Executor]:
    """Worker processes on this machine; when the block is left in a hurry they are ended as they stand."""
    executor = ProcessPoolExecutor(workers, initializer=_quietly)
    try:
        yield executor
    except BaseException:
        ending = list((getattr(executor, "_processes", None) or {}).values())
        executor.shutdown(wait=False, cancel_futures=True)
        for process in ending:
            process.terminate()
        raise
    executor.shutdown()


@contextmanager
def dask(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask cluster, and how many there are. Raises NoCluster if nobody answers there."""
    from distributed import Client

    connect: Any = Client
    try:
        client = connect(address, timeout="10s", set_as_default=False)
        workers = sum(client.nthreads().values())
    except (OSError, ValueError) as fault:
        raise NoCluster(str(fault)) from None
    try:
        if not workers:
            raise NoCluster("it has no workers")
        yield client.get_executor(), workers
    finally:
        with contextlib.suppress(OSError, TimeoutError):
            client.close()


class NoCluster(Exception):
    """No Dask cluster answers at an address, or it has no workers."""
