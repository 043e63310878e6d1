"""Do sweeps play every seed once, come out the same whoever plays, and say what plain counting says?"""

from __future__ import annotations

import json
import statistics
from collections import Counter
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from math import ceil
from pathlib import Path

import pytest

from game.compiler.tally import Tally
from game.play import sweeping
from game.play.policy import Weighted
from game.play.session import Session
from game.play.summaries import mean_of, quantiles, share, summary
from game.play.sweeping import Job, chunks
from game.play.unfinished import Unfinished
from game.rules.ledger import Kind
from tests.play.sweepable import games_of, shelved

COLUMNS = [False, *([True] if sweeping.has_numpy() else [])]
in_columns = pytest.mark.skipif(not sweeping.has_numpy(), reason="columns need NumPy")


@pytest.fixture
def home(tmp_path: Path) -> str:
    return str(shelved(tmp_path))


def swept(job: Job, games: int, size: int, executor: Executor | None = None, workers: int = 1) -> Tally:
    """So many games from seed 0 on, in chunks of a size; in the order of seeds."""
    found = Tally()
    for _, part in sweeping.played(job, chunks(range(games), size=size), executor, workers):
        found.add(part)
    return found.ordered()


def summed_up(home: str, tally: Tally) -> str:
    """The whole summary, to the last digit."""
    _, program = sweeping.read(home)
    return json.dumps(summary(program, tally, sweeping.survey_of(home).watched))


# Who plays does not matter


@in_columns
@pytest.mark.parametrize("policy", ["random", "careful"])
@pytest.mark.parametrize("fate", ["open", "historical"])
def test_columns_and_single_games_say_the_same_to_the_last_digit(home: str, policy: str, fate: str) -> None:
    columns, single = (swept(Job(home, policy, fate, each), 70, 70) for each in (True, False))
    assert columns.digest() == single.digest()
    assert summed_up(home, columns) == summed_up(home, single)
    assert columns.data() == single.data()


def test_it_does_not_matter_how_seeds_are_cut(home: str) -> None:
    job = Job(home, "random", columns=COLUMNS[-1])
    assert len({summed_up(home, swept(job, 60, size)) for size in (1, 7, 60)}) == 1


def test_processes_say_what_one_process_says(home: str) -> None:
    job = Job(home, "careful", columns=COLUMNS[-1])
    with sweeping.processes(2) as executor:
        both = swept(job, 60, 10, executor, 2)
    alone = swept(job, 60, 60)
    assert both.data() == alone.data()
    assert both.digest() == alone.digest()


@pytest.mark.parametrize("columns", COLUMNS)
def test_threads_that_share_a_process_do_not_disturb_each_other(home: str, columns: bool) -> None:
    job = Job(home, "random", columns=columns)
    with ThreadPoolExecutor(4) as executor:
        together = swept(job, 60, 5, executor, 4)
    assert together.data() == swept(job, 60, 60).data()


class Miser:
    """A policy written in Python: never takes money, orders nothing."""

    def choose(self, session: Session) -> str:
        """The id of an open choice of the event that asks."""
        return "decline"

    def plan(self, session: Session) -> None:
        """Draft this turn's settings and orders."""


def test_a_policy_written_in_python_is_played_by_worker_processes_too(home: str) -> None:
    job = Job(home, Miser())
    with sweeping.processes(2) as executor:
        both = swept(job, 12, 3, executor, 2)
    assert both.digest() == swept(job, 12, 12).digest()
    assert set(both.choices) == {"loan/decline"} and both.orders == {}


def test_a_dask_cluster_of_two_processes_says_what_one_process_says(home: str) -> None:
    distributed = pytest.importorskip("distributed")
    job = Job(home, "careful", columns=COLUMNS[-1])
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        sweeping.dask(cluster.scheduler_address) as (executor, workers),
    ):
        assert workers == 2
        spread = swept(job, 200, 20, executor, workers)
    assert spread.data() == swept(job, 200, 200).data()


def test_what_is_not_asked_for_any_more_is_never_begun(home: str) -> None:
    begun: list[int] = []

    class Noting(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            begun.append(args[1])
            return super().submit(fn, *args, **kwargs)

    with Noting(1) as executor:
        games = sweeping.played(Job(home, "random", columns=False), chunks(range(500), size=5), executor, 1)
        next(games)
        games.close()  # type: ignore[attr-defined]
    assert len(begun) <= 1 + sweeping.AHEAD


# Seeds


def test_chunks_cover_each_seed_once_and_leave_out_what_is_done() -> None:
    assert chunks(range(3, 10), size=4) == [(3, 4), (7, 3)]
    assert chunks(range(10), [(2, 3)], 4) == [(0, 2), (5, 4), (9, 1)]
    assert chunks(range(10), [(5, 5), (0, 5)], 4) == []


def test_each_worker_gets_something_and_small_sweeps_need_no_processes(home: str) -> None:
    job = Job(home, "random", columns=False)
    assert [sweeping.size_of(job, *each) for each in ((10, 2), (10, 3), (10_000, 2), (0, 2))] == [5, 4, 64, 1]
    assert sweeping.workers_for(job, 10) == 1
    assert sweeping.workers_for(job, 10_000) == sweeping.cores()


# What is kept of an interrupted sweep


def test_finished_chunks_are_kept_and_torn_or_foreign_lines_are_not_believed(home: str) -> None:
    job, about = Job(home, "random", columns=False), {"policy": "random"}
    first, second, third = (sweeping.play(job, *each) for each in ((0, 5), (5, 5), (3, 4)))
    store = Unfinished(about)
    store.begin(anew=True)
    for each in (first, second, third):
        store.add(each)
    store.close(done=False)
    lines = store.path.read_text(encoding="utf-8").splitlines()
    assert list(Unfinished(about).kept(range(10))) == [(0, 5), (5, 5)], "3 to 6 overlap both"
    assert list(Unfinished(about).kept(range(8))) == [(0, 5)], "5 to 9 are not all asked for"
    changed = lines[2].replace('"turns":[', '"turns":[1', 1)
    store.path.write_text("\n".join([lines[0], lines[1], changed, lines[3][:40]]), encoding="utf-8")
    again = Unfinished(about)
    kept = again.kept(range(10))
    assert list(kept) == [(0, 5)] and kept[0, 5].data() == first.data()
    again.begin(anew=False)
    again.add(second)
    again.close(done=False)
    assert list(Unfinished(about).kept(range(10))) == [(0, 5), (5, 5)]
    assert Unfinished({"policy": "careful"}).kept(range(10)) == {}


def test_a_finished_sweep_leaves_nothing_behind() -> None:
    store = Unfinished({"policy": "random"})
    store.begin(anew=True)
    store.close(done=True)
    assert not store.path.exists()


# The summary


def test_the_summary_says_what_plain_counting_says(home: str) -> None:
    loaded, program = sweeping.read(home)
    conduct = sweeping.player_of(home, "careful").conduct
    games = games_of(program, Weighted(lambda _: conduct), range(60))
    found = summary(program, swept(Job(home, "careful", columns=COLUMNS[-1]), 60, 60), ("gold", "trade"))

    endings = Counter(each.outcome().ending for each in games)  # type: ignore[union-attr]
    assert {id_: each["games"] for id_, each in found["endings"].items()} == endings
    assert len(endings) == 2
    turns = [each.turn for each in games]
    assert found["survival"]["share"] == round(turns.count(12) / 60, 4)
    assert found["survival"]["turns"]["mean"] == round(statistics.mean(turns), 4)

    trade = sorted(each.value("trade") for each in games)
    half = 1.959964 * statistics.stdev(trade) / 60**0.5
    assert found["values"]["trade"]["mean"] == round(statistics.mean(trade), 4)
    assert found["values"]["trade"]["interval"] == pytest.approx(
        [statistics.mean(trade) - half, statistics.mean(trade) + half], abs=1e-4
    )
    for percent, each in found["values"]["trade"]["quantiles"].items():
        assert each["value"] == trade[ceil(60 * int(percent) / 100) - 1]
        assert each["interval"][0] <= each["value"] <= each["interval"][1]

    for kind, section in ((Kind.EVENT, "events"), (Kind.ORDER, "orders")):
        times = [Counter() for _ in games]
        for number, game in enumerate(games):
            caused = {(e.turn, e.cause.country, e.cause.id) for e in game.entries if e.cause.kind == kind}
            times[number].update(id_ for _, _, id_ in caused)
        for id_, each in found[section].items():
            assert each["times"] == sum(own[id_] for own in times), id_
            assert each["games"] == sum(own[id_] > 0 for own in times), id_
    assert found["never"] == {"events": ["miracle"], "choices": [], "orders": []}
    assert found["rare"] == ["miracle"]

    took = [g for g in games if any(e.cause.branch == "take" for e in g.entries)]
    choice = found["choices"]["loan"]["take"]
    assert choice["games"] == len(took)
    assert choice["values"]["gold"]["mean"] == round(statistics.mean(g.value("gold") for g in took), 4)

    close = [each.closes[4] for each in games if len(each.closes) > 4]
    slot = program.layout.index["gold"]
    fourth = found["by_turn"][3]
    assert (fourth["turn"], fourth["games"]) == ("1921-Q4", len(close))
    assert fourth["values"]["gold"]["mean"] == round(statistics.mean(s.values[slot] for s in close), 4)
    assert loaded.scenario.id == "small"


def test_intervals_are_wilson_s_for_shares_and_of_ranks_for_quantiles() -> None:
    assert share(8, 10) == {"games": 8, "share": 0.8, "interval": [0.4902, 0.9433]}
    assert share(0, 0)["interval"] == [0.0, 1.0]
    assert mean_of(1, 5, 25) == {"mean": 5.0, "interval": [5.0, 5.0]}
    found = quantiles(Counter(range(1, 101)), [50])
    assert found["50"] == {"value": 50, "interval": [40, 61]}


def test_a_choice_beside_which_another_is_better_is_named(home: str) -> None:
    _, program = sweeping.read(home)
    tally = swept(Job(home, "random", columns=COLUMNS[-1]), 10, 10)
    good, bad = tally.choices["loan/take"], tally.choices["loan/decline"]
    worse = replace(good, games=100, sums=[0, 4000], squares=[0, 165000])
    better = replace(bad, games=100, sums=[0, 6000], squares=[0, 365000])
    tally.choices = {"loan/take": worse, "loan/decline": better}
    told = summary(program, tally, ("gold", "trade"))["dominated"]
    assert told == [{"event": "loan", "choice": "take", "by": ["decline"], "on_purpose": False}]
    tally.choices = {"loan/take": replace(worse, games=20), "loan/decline": better}
    assert summary(program, tally, ("gold", "trade"))["dominated"] == [], "too few games to tell"
