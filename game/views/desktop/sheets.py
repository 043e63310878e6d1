"""Which map sheets are at hand?  Those that were asked for lately; what is not finished is painted between events."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from game.views.desktop.atlas import atlas
from game.views.desktop.sheet import Sheet

MOST_PIXELS: Final = 9_000_000
"""Sheets beyond this many pixels in all are let go, the oldest first; the one in sight always stays."""
Key = tuple[str, int, tuple[int, int], tuple[tuple[str, int], ...] | None]


class Sheets:
    """A small shelf of sheets by view, time, size and colours."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Sheet] = OrderedDict()
        self._wanted: Key | None = None

    def get(self, view: str, date: str, size: tuple[int, int], levels: Mapping[str, int] | None) -> Sheet:
        """A sheet, perhaps a plain print of it for now."""
        coloured = None if levels is None else tuple(sorted(levels.items()))
        key = view, atlas().epoch(date), size, coloured
        if key not in self._kept:
            self._kept[key] = Sheet(view, date, size, levels)
            while len(self._kept) > 1 and sum(_pixels(each) for each in self._kept.values()) > MOST_PIXELS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        self._wanted = key
        return self._kept[key]

    @property
    def busy(self) -> bool:
        """Whether the sheet in sight is not finished."""
        return self._wanted is not None and not self._kept[self._wanted].done

    def work(self, budget_ms: float) -> bool:
        """Paint on the sheet in sight for about so long; whether it has just been finished."""
        if not self.busy or self._wanted is None:
            return False
        return self._kept[self._wanted].paint_some(budget_ms)


def _pixels(sheet: Sheet) -> int:
    return sheet.size[0] * sheet.size[1]
