"""How does the end screen become a page to print?  Written to a file when the roads not taken have all been played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from game.compiler.folders import user_folder
from game.play.debriefing import nickname_of
from game.play.disk import why_not, write_whole
from game.play.roads import Road
from game.play.session import Session
from game.views.screens.tree import Act

if TYPE_CHECKING:
    from game.views.screens.table import Table

FOLDER: Final = "debriefs"
Printer = Callable[[Session, str, Sequence[Road]], str]
"""Makes the text of a page from a finished game, the nickname of its player, and the roads not taken."""


class Printing:
    """Writes the debrief of the game on a table."""

    def __init__(self, table: Table, printer: Printer | None) -> None:
        self.table = table
        self.printer = printer
        self.waiting = False
        """The page is wanted, and is written once the roads are known."""
        self.verbs: dict[str, Callable[[Act], str | None]] = {"print": self._print}

    def _print(self, act: Act) -> str:
        if self.printer is None:
            return "Nothing here can write a page."
        self.table.news()  # so that the roads are being looked for
        if self.table.roads is not None and self.table.roads.done:
            return self._write()
        self.waiting = True
        return "The page is written as soon as the roads not taken have been played to their ends."

    def done(self) -> str:
        """What to tell when a page that was waited for has been written, or could not be; else nothing."""
        roads = self.table.roads
        if not self.waiting or roads is None or not roads.done:
            return ""
        self.waiting = False
        return self._write()

    def _write(self) -> str:
        roads, path = self.table.roads, self.table.game.path
        assert self.printer is not None and roads is not None
        nickname = nickname_of(self.table.game.recorder.journal.header, path.name)
        target = user_folder() / FOLDER / f"{path.stem}.html"
        try:
            write_whole(target, self.printer(self.table.session, nickname, roads.best()).encode())
        except OSError as fault:
            return f"The page could not be written: {why_not(fault)}."
        return f"Written to {target}: open it in a browser, to read or to print."
