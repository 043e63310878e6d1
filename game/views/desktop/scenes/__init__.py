"""Which scene paints a tree?  One module for each screen, imported when it is first seen."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from game.views.desktop.page import Page
from game.views.screens.tree import Element

MODULES = {
    "title": "title", "desk": "desk", "reckoning": "reckoning", "card": "card", "orders-sheet": "orders",
    "why": "why", "quarter": "quarter", "digest": "quarter", "curtain": "curtain",
    "menu-sheet": "menu", "settings-sheet": "tailoring", "help-sheet": "menu", "confirm": "menu",
    "keys-sheet": "tailoring", "newgame": "newgame", "country-sheet": "dossier",
    "saves": "saves", "rewind": "rewind", "name-sheet": "small", "reopen-sheet": "small", "export-sheet": "small",
    "unsaved-sheet": "small", "reason-sheet": "small",
    "hand-sheet": "small", "pause-sheet": "small", "paused-sheet": "small", "find-sheet": "small",
    "value-sheet": "small", "library": "library", "years": "years",
}  # fmt: skip


def scene_of(tree: Element) -> Callable[[Page], None]:
    """What paints a tree. Raises KeyError for a screen that there is not."""
    module = import_module(f"game.views.desktop.scenes.{MODULES[tree.id]}")
    paint: Callable[[Page], None] = module.paint
    return paint


def advise(page: Page, advice: Element) -> None:
    """Paint a piece of advice over a page."""
    module = import_module("game.views.desktop.scenes.guide")
    module.paint(page, advice)
