"""How does chance come up in many games at once?  The same hash as `game.rules.dice`, a lane for each seed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from game.compiler.lanes.columns import Array
from game.rules import dice

Words = npt.NDArray[np.uint64]
THIRTY, TWENTY_SEVEN, THIRTY_ONE, HALF = (np.array(each, np.uint64) for each in (30, 27, 31, 32))
FIRST, SECOND = np.array(dice.FIRST, np.uint64), np.array(dice.SECOND, np.uint64)
PERCENT: Final = 100
EVEN: Final = 50


def mixed(z: Words) -> Words:
    """The finalizer of SplitMix64, in place."""
    z ^= z >> THIRTY
    z *= FIRST
    z ^= z >> TWENTY_SEVEN
    z *= SECOND
    z ^= z >> THIRTY_ONE
    return z


def bases(seeds: Sequence[int] | Array) -> Words:
    """What each seed brings to all of its draws."""
    return mixed(np.asarray(seeds, np.int64).astype(np.uint64) + np.uint64(dice.GOLDEN))


def turn_word(turn: int) -> np.uint64:
    """What a turn brings to the key of each of its draws."""
    return np.uint64(turn * dice.GOLDEN & dice.MASK)


def drawn(base: Words, at: Any, sides: Any) -> Array:
    """Whole numbers from 0 to sides - 1; `at` is the key with its turn, one for all or one for each."""
    z = mixed(base ^ at)
    z >>= HALF
    z *= sides.astype(np.uint64) if isinstance(sides, np.ndarray) else _word(sides)
    z >>= HALF
    return z.view(np.int64)


@lru_cache(maxsize=4096)
def _word(number: int) -> Array:
    return np.array(number, np.uint64)


class Dice:
    """The chances of one block."""

    def __init__(self, base: Words, historical: bool) -> None:
        self.base = base
        self.historical = historical

    def draw(self, lanes: Array | None, keys: Any, turn: int, sides: Any) -> Array:
        """A draw for some lanes (or all), with one key or one for each."""
        base = self.base if lanes is None else self.base.take(lanes)
        if isinstance(keys, np.ndarray):
            return drawn(base, keys + turn_word(turn), sides)
        at = np.uint64((int(keys) + turn * dice.GOLDEN) & dice.MASK)
        return drawn(base, at, sides)

    def comes_up(self, percent: Any, lanes: Array, keys: Any, turn: int) -> Any:
        """In which of some lanes a chance in percent comes up; one answer where it is the same in all."""
        if self.historical:
            return percent >= EVEN
        if not isinstance(percent, np.ndarray):
            if percent >= PERCENT:
                return True
            if percent <= 0:
                return False
        return self.draw(lanes, keys, turn, PERCENT) < percent

    def pick(self, shares: Sequence[Any], lanes: Array, keys: Any, turn: int) -> Array:
        """Which of the shares laid side by side is drawn in each lane; in historical fate the largest, the first of
        equals."""
        count = len(lanes)
        if self.historical:
            best, found = np.broadcast_to(shares[0], (count,)).astype(np.int64), np.zeros(count, np.intp)
            for number, share in enumerate(shares[1:], start=1):
                larger = share > best
                found[np.broadcast_to(larger, (count,))] = number
                best = np.where(larger, share, best)
            return found
        sums = running(shares, count)
        return choose_by(sums, self.draw(lanes, keys, turn, sums[-1]))


def running(shares: Sequence[Any], count: int) -> list[Array]:
    """The running sums of shares."""
    total = np.empty(count, np.int64)
    total[:] = shares[0]
    sums = [total]
    for share in shares[1:]:
        total = total + share
        sums.append(total)
    return sums


def choose_by(sums: Sequence[Array], roll: Array) -> Array:
    """The first share whose running sum is above the roll."""
    found = np.zeros(len(roll), np.intp)
    for total in sums:
        found += total <= roll
    return found
