"""How is a scenario read while the title can already be seen?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.rules.program import Program


class Loader(threading.Thread):
    """Reads the scenario while the title is already to be seen. What goes wrong is raised in the main thread."""

    def __init__(self, load: Callable[[], Program]) -> None:
        super().__init__(name="scenario", daemon=True)
        self.load = load
        self.program: Program | None = None
        self.fault: BaseException | None = None
        self.done = threading.Event()

    def run(self) -> None:
        try:
            self.program = self.load()
            import_module("game.views.screens.shelf")
        except BaseException as fault:
            self.fault = fault
        finally:
            self.done.set()

    def fail(self) -> None:
        """Raise what went wrong, if anything did."""
        if self.fault is not None:
            raise self.fault
