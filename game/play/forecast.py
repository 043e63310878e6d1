"""What may come of a decision?  Hundreds of futures from here under a policy: how values lie, and how they end.

Futures have luck of their own, made from the game's seed but never its own: a forecast gives no dice away, and two
decisions are held against each other under the same luck. With NumPy all futures are played side by side; without it
one after the other, with the same result, which takes long: `Forecaster.note` says so.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from game.compiler.tally import Tally, survey
from game.play.summaries import QUANTILES, ending_names, quantiles
from game.play.sweeping import has_numpy
from game.rules.classes import dataclass, replace
from game.rules.conduct import Conduct, future_seed
from game.rules.engine import step
from game.rules.layout import OVER
from game.rules.program import Program
from game.rules.state import Answer, IllegalOrder, Plan, State

FUTURES: Final = 500
BLOCK: Final = 500
"""Futures that are played side by side."""
NOTE: Final = "NumPy is not installed: forecasts are played one future after the other and take long."
Decision = Answer | Plan
"""What is looked into: an answer where the game asks, or the settings and orders of this turn."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the futures say."""

    futures: int
    """How many were played."""
    first: int
    """The turn of the first close."""
    games: tuple[int, ...]
    """How many futures reached each close."""
    fans: Mapping[str, tuple[tuple[int, ...], ...]]
    """For each watched variable and close the 5th, 25th, 50th, 75th and 95th percentile of those that reached it."""
    endings: Mapping[str, int]
    """How many futures ended with which ending."""
    whole: bool = True
    """Whether all futures that were asked for were played: False after a cancel."""


class Forecaster:
    """Looks into the futures of games of one program, played on by a conduct; threads wait for each other."""

    def __init__(
        self, program: Program, conduct: Conduct, futures: int = FUTURES, columns: bool | None = None
    ) -> None:
        self.program, self.conduct, self.futures = program, conduct, futures
        self.columns = has_numpy() if columns is None else columns
        self.survey = replace(survey(program), events={}, orders={}, choices={})
        self._ready: Any = None
        self._counting: Any = None
        self._lock = threading.Lock()

    @property
    def note(self) -> str:
        """What should be said about how forecasts are made here; empty if nothing."""
        return "" if self.columns else NOTE

    def warm(self) -> None:
        """Make everything ready that the first forecast would have to wait for."""
        with self._lock:
            self._make_ready()

    def _make_ready(self) -> None:
        if self._ready is not None:
            return
        if self.columns:
            from game.compiler.lanes.block import Lanes
            from game.compiler.lanes.harvest import Counting

            self._ready = Lanes(self.program, self.conduct)
            self._counting = Counting(self._ready, self.survey, brief=True)
        else:
            from game.play.singly import Futures

            self._ready = Futures(self.program, self.conduct)

    def look(
        self, state: State, decision: Decision | None = None, going_on: Callable[[], bool] = lambda: True
    ) -> Forecast:
        """The futures of a state, after a decision if there is one. `going_on` is asked at each close.

        Raises IllegalOrder for a decision that the rules refuse.
        """
        if decision is not None:
            step(self.program, state, decision)
        tally, whole = Tally(values=[[] for _ in self.survey.watched]), True
        over = state.values[self.program.layout.index["place"]] == OVER
        seeds = [future_seed(state.seed, number) for number in range(0 if over else self.futures)]
        with self._lock:
            self._make_ready()
            for first in range(0, len(seeds), BLOCK):
                part = self._part(seeds[first : first + BLOCK], state, decision, going_on)
                if part is None:
                    whole = False
                    break
                tally.add(part)
        return self._told(state, tally, whole)

    def _part(
        self, seeds: list[int], state: State, decision: Decision | None, going_on: Callable[[], bool]
    ) -> Tally | None:
        """Some futures; None if they were not played to their end."""
        if not self.columns:
            found: Tally | None = self._ready.tally(self.survey, seeds, state, decision, going_on)
            return found
        from game.compiler.lanes.harvest import Harvest

        answer = decision.choice if isinstance(decision, Answer) else ""
        plan = decision if isinstance(decision, Plan) else None
        block, harvest = self._ready.block(seeds, state.fate, state, answer, plan), Harvest(self._counting)
        for closed in block.play():
            harvest.take(block, closed)
            if not going_on():
                return None
        return harvest.tally()

    def _told(self, state: State, tally: Tally, whole: bool) -> Forecast:
        names, index = ending_names(self.program), self.program.layout.index
        opening = index["turn"], index["place"]
        first = state.values[opening[0]] + (1 if not state.values[opening[1]] else 0)
        rows = tally.spread[first - 1 :]
        return Forecast(
            len(tally.seeds),
            first,
            tuple(sum(row[0].values()) if row else 0 for row in rows),
            {
                name: tuple(tuple(each["value"] for each in quantiles(row[number]).values()) for row in rows)
                for number, name in enumerate(self.survey.watched)
            },
            dict(sorted(Counter(names[each] for each in tally.endings).items())),
            whole,
        )


@dataclass(slots=True)
class Asked:
    """A forecast that another thread makes; `cancel` stops it at its next close."""

    thread: threading.Thread
    stopped: threading.Event
    refused: list[IllegalOrder]
    """The decisions that the rules refuse, which have no futures."""

    def cancel(self) -> None:
        """Nobody wants it any more."""
        self.stopped.set()

    def join(self, seconds: float | None = None) -> None:
        """Wait until it is made or has stopped."""
        self.thread.join(seconds)


def ask(
    forecaster: Forecaster,
    state: State,
    decisions: Sequence[Decision | None],
    told: Callable[[Decision | None, Forecast], None],
) -> Asked:
    """Look into each decision in a thread of its own, and tell each forecast as it is made.

    Between closes the thread lets others go first, so that a window keeps its pace. What is cancelled is not told.
    """
    stopped, refused = threading.Event(), list[IllegalOrder]()

    def going_on() -> bool:
        time.sleep(0)
        return not stopped.is_set()

    def work() -> None:
        for decision in decisions:
            try:
                found = forecaster.look(state, decision, going_on)
            except IllegalOrder as fault:
                refused.append(fault)
                continue
            if stopped.is_set():
                return
            told(decision, found)

    thread = threading.Thread(target=work, name="forecast", daemon=True)
    thread.start()
    return Asked(thread, stopped, refused)


def likeliest(forecast: Forecast) -> Iterable[tuple[str, float]]:
    """The endings with their shares, the likeliest first."""
    shares = ((ending, count / max(1, forecast.futures)) for ending, count in forecast.endings.items())
    return sorted(shares, key=lambda pair: (-pair[1], pair[0]))


__all__ = ["QUANTILES", "Asked", "Decision", "Forecast", "Forecaster", "ask", "likeliest"]
