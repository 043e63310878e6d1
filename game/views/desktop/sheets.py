"""Which map sheets are at hand?  Those that were asked for lately; what is not finished is painted between events.

While a sheet is being painted, the finished one before it stays in sight, if it shows the same part of the world.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from game.views.desktop.atlas import atlas
from game.views.desktop.sheet import Sheet

MOST: Final = 2
"""How many sheets are kept, the one in sight among them."""
Key = tuple[str, int, tuple[int, int], tuple[tuple[str, int], ...] | None]


class Sheets:
    """A small shelf of sheets by view, time, size and colours."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Sheet] = OrderedDict()
        self._wanted: Key | None = None

    def get(self, view: str, date: str, size: tuple[int, int], levels: Mapping[str, int] | None) -> Sheet:
        """A sheet; for now perhaps a plain print of it, or the one that was there before."""
        coloured = None if levels is None else tuple(sorted(levels.items()))
        key = view, atlas().epoch(date), size, coloured
        if key not in self._kept:
            before = next(
                (
                    old
                    for at, old in reversed(self._kept.items())
                    if (at[0], at[2]) == (view, size) and old.done
                ),
                None,
            )
            self._kept[key] = Sheet(view, date, size, levels, before.surface if before else None)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        self._wanted = key
        return self._kept[key]

    def forget(self) -> None:
        """Let go of all sheets."""
        self._kept.clear()
        self._wanted = None

    @property
    def busy(self) -> bool:
        """Whether the sheet in sight is not finished."""
        return self._wanted is not None and not self._kept[self._wanted].done

    def work(self, budget_ms: float) -> bool:
        """Paint on the sheet in sight for about so long; whether it has just been finished."""
        if not self.busy or self._wanted is None:
            return False
        return self._kept[self._wanted].paint_some(budget_ms)
