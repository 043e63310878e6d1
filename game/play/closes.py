"""How are the states of a game's past held?  Each put away in a quarter of its room, a state again when looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from game.rules.classes import dataclass
from game.rules.ledger import Cause
from game.rules.state import State


@dataclass(frozen=True, slots=True)
class Held:
    """A state put away: its numbers side by side, in two bytes each where they fit, as nearly all do."""

    seed: int
    fate: str
    numbers: array[int]
    origins: tuple[tuple[str, Cause], ...]

    def state(self) -> State:
        """The state itself."""
        return State(self.seed, self.fate, tuple(self.numbers), self.origins)


def held(state: State) -> Held:
    """A state, put away."""
    try:
        numbers = array("h", state.values)
    except OverflowError:
        numbers = array("q", state.values)
    return Held(state.seed, state.fate, numbers, state.origins)


class Closes(Sequence[State]):
    """The state before the first turn and at each close, the last one at hand."""

    __slots__ = ("_last", "_past")

    def __init__(self, states: Iterable[State]) -> None:
        self._past: list[Held] = []
        self._last: State | None = None
        for state in states:
            self.append(state)

    def append(self, state: State) -> None:
        """One close more."""
        self._past.append(held(state))
        self._last = state

    def column(self, slot: int) -> tuple[int, ...]:
        """One value in all of them."""
        return tuple(each.numbers[slot] for each in self._past)

    def __eq__(self, other: object) -> bool:
        return self._past == other._past if isinstance(other, Closes) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self._past)

    def __iter__(self) -> Iterator[State]:
        return (each.state() for each in self._past)

    @overload
    def __getitem__(self, at: int) -> State: ...

    @overload
    def __getitem__(self, at: slice) -> Closes: ...

    def __getitem__(self, at: int | slice) -> State | Closes:
        if isinstance(at, int):
            if self._last is not None and at in (-1, len(self._past) - 1):
                return self._last
            return self._past[at].state()
        found = Closes(())
        found._past = self._past[at]
        return found


__all__ = ["Closes", "Held", "held"]
