"""What is reckoned behind the game?  The roads not taken: in a thread of its own, told as they are found."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from game.play.roads import Road, all_roads
from game.play.session import Session

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
