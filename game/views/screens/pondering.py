"""What is reckoned behind the game, each in a thread of its own?  The roads not taken, and the way of history."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from game.compiler.folders import find_id
from game.compiler.problems import ScenarioError
from game.play.previewing import history_of
from game.play.roads import Road, all_roads
from game.play.running import Runner
from game.play.session import Session
from game.rules.program import Program
from game.rules.state import State

MOST = 3


class Roads:
    """The roads not taken in a finished game. They are looked for until there are no more, or `stop` is called."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.looked = 0
        """How many other answers have been played to the end so far."""
        self.done = False
        self.fault: BaseException | None = None
        self._best: dict[int, Road] = {}
        self._told = 0
        self._leave = threading.Event()
        self._thread = threading.Thread(target=self._look, name="roads", daemon=True)
        self._thread.start()

    def best(self) -> tuple[Road, ...]:
        """The decisions that weighed most so far, each with the other choice that would have changed most."""
        ranked = sorted(self._best.copy().values(), key=lambda road: (-road.weight, road.decision.number))
        return tuple(road for road in ranked[:MOST] if road.weight)

    def news(self) -> bool:
        """Whether there is something new to tell since this was last asked. Raises what went wrong in the thread."""
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        before, self._told = self._told, self.looked + self.done
        return self._told != before

    def stop(self) -> None:
        """Look no further than to the end of the road that is being looked down."""
        self._leave.set()

    def wait(self) -> None:
        """Wait until all has been looked for."""
        self._thread.join()

    def _look(self) -> None:
        try:
            for road in self._roads():
                known = self._best.get(road.decision.number)
                if known is None or road.weight > known.weight:
                    self._best[road.decision.number] = road
                self.looked += 1
            self.done = not self._leave.is_set()
        except BaseException as fault:
            self.fault = fault

    def _roads(self) -> Iterator[Road]:
        for road in all_roads(self.session):
            yield road
            if self._leave.is_set():
                return


class HistoricalRun:
    """The scenario's own historical playthrough, played to its end: what history's decisions come to in this game.

    Nothing is played where the scenario has none, or one that cannot be read.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.closes: tuple[State, ...] = ()
        """The state before the first turn and at each close, once it has been played."""
        self.done = threading.Event()
        self._told = False
        self._derived: dict[str, tuple[int, ...]] = {}
        threading.Thread(target=self._play, name="history", daemon=True).start()

    def _play(self) -> None:
        try:
            script = history_of(self.program, find_id(self.program.scenario.id))
            if script.file:
                self.closes = tuple(Runner(self.program, script).run().session.closes)
        except (ScenarioError, OSError):
            pass
        finally:
            self.done.set()

    def news(self) -> bool:
        """Whether it has been played since this was last asked."""
        if self._told or not self.done.is_set():
            return False
        self._told = True
        return bool(self.closes)

    def trend(self, slot: str) -> tuple[int, ...]:
        """The start and the value of a variable at each close; nothing before it has been played."""
        if slot in self.program.derived:
            if self.closes and slot not in self._derived:
                read = self.program.derived[slot].read
                self._derived[slot] = tuple(read(state.values, {}) for state in self.closes)
            return self._derived.get(slot, ())
        index = self.program.layout.index[slot]
        return tuple(state.values[index] for state in self.closes)
