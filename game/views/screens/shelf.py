"""What is done with saved games?  Listed, opened, renamed, copied, thrown away; begun, too, as all are saved.

Here acts become calls of `game.play`; whatever goes wrong there comes back as a sentence, and nothing is half done.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.compiler.folders import find_id
from game.compiler.problems import ScenarioError
from game.play import games, saves
from game.play.journal import SaveError
from game.play.saves import Save
from game.play.wording import Words
from game.views.screens import browser, folders, reopening
from game.views.screens.browser import NameScreen, SavesScreen
from game.views.screens.folders import ExportScreen
from game.views.screens.reopening import ReopenScreen
from game.views.screens.title import ConfirmScreen
from game.views.screens.tree import BACK, LETTERS, Act, Element

if TYPE_CHECKING:
    from game.rules.program import Program
    from game.views.screens.stage import Stage

LONGEST_NAME: Final = 80


class Shelf:
    """The saved games of a player, beside the stage they are played on."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.found: list[Save] = []
        self.words: dict[str, Words] = {}
        """How things are called in the scenarios that have been read."""
        self.programs: dict[str, Program] = {}
        self.verbs: dict[str, Callable[[Act], str | None]] = {
            "saves": self._saves, "picked": self._picked, "open": self._open, "way": self._way,
            "rename": self._rename, LETTERS: self._letters, "named": self._named, "export": self._export,
            "export-to": self._export_to, "trash": self._trash, "trashed": self._trashed,
        }  # fmt: skip

    # What there is

    def take_in(self) -> None:
        """Look into the folder of saves for the first time; what a program that died left behind is cleared away."""
        saves.tidy()
        self.refresh()

    def refresh(self) -> None:
        """Look into the folder of saves anew."""
        self.found = saves.all_saves()

    def last(self) -> Save | None:
        """The game that was played last and can be gone on with at once."""
        for each in self.found:
            if (
                not (each.fault or each.over or each.held)
                and each.header
                and self._at_hand(each.header.scenario)
            ):
                return each
        return None

    def _at_hand(self, scenario: str) -> bool:
        return scenario in self.programs or find_id(scenario) is not None

    def know(self, program: Program) -> None:
        """A scenario has been read."""
        self.programs[program.scenario.id] = program
        self.words[program.scenario.id] = Words(program, self.stage.setup.language)

    def speak(self) -> None:
        """Say all in the language of the settings."""
        for program in self.programs.values():
            self.know(program)

    def _program(self, name: str) -> Program:
        """A scenario by its id. Raises SaveError where it cannot be played."""
        if name not in self.programs:
            if find_id(name) is None:
                raise SaveError("scenario", f"the scenario '{name}' of this game is not here")
            try:
                self.know(self.stage.read(name))
            except ScenarioError as fault:
                first = fault.problems[0].message if fault.problems else "it is broken"
                raise SaveError("scenario", f"the scenario '{name}' cannot be played: {first}") from None
        return self.programs[name]

    def when(self, save: Save) -> str:
        """Where a game stands, in words."""
        words = self.words.get(save.header.scenario) if save.header else None
        if save.fault:
            return "cannot be opened"
        if not save.turn:
            return "not one turn finished"
        step = words.turn(save.turn) if words else save.step
        return f"over, in {step}" if save.over else f"after {step}"

    def _labels(self, save: Save) -> dict[str, str]:
        program = self.programs.get(save.header.scenario) if save.header else None
        if program is None or save.header is None:
            return {}
        words = self.words[save.header.scenario]
        scores = sorted((each.rank or 100, each.id) for each in program.scenario.variables if each.score)
        return {id: words.label(id) for _, id in scores}

    def dialog(self, dialog: object) -> Element | None:
        """A dialog about saved games as a tree; None for one that is not."""
        match dialog:
            case SavesScreen():
                running = str(self.stage.table.game.path) if self.stage.table else ""
                found = browser.rows(saves.tree(self.found), running, self.when, self._labels)
                return browser.build(found, dialog, saves.folder())
            case NameScreen():
                return browser.build_name(dialog)
            case ReopenScreen():
                return reopening.build(dialog)
            case ExportScreen():
                return folders.build_export(dialog)
            case _:
                return None

    # What is done

    def _saves(self, act: Act) -> None:
        self.refresh()
        self.stage.lay(SavesScreen(act.what))

    def _picked(self, act: Act) -> None:
        self.stage.lay(SavesScreen(act.what))

    def _open(self, act: Act) -> str | None:
        if self.stage.table is not None and str(self.stage.table.game.path) == act.what:
            self.stage.resume()
            return None
        if self.stage.table is not None and not self.stage.table.game.saved:
            return f"First the running game must be on the disk. {self.stage.table.game.notice}"
        try:
            opened = games.opened(Path(act.what), self._program)
        except SaveError as fault:
            self.refresh()
            return f"It cannot be opened: {fault}."
        torn = opened.journal.damage is not None and opened.journal.damage.torn
        if opened.ways == (games.GO_ON,) and (torn or not opened.findings):
            return self._go_on(opened, games.GO_ON) or " ".join(opened.findings)
        self.stage.lay(ReopenScreen(opened))
        return None

    def _way(self, act: Act) -> str | None:
        top = self.stage.dialogs[-1] if self.stage.dialogs else None
        return self._go_on(top.opened, act.what) if isinstance(top, ReopenScreen) else None

    def _go_on(self, opened: games.Opened, way: str) -> str | None:
        try:
            game = opened.go_on(way, self.stage.version())
        except SaveError as fault:
            return f"It cannot be gone on with: {fault}."
        self.stage.seat(game)
        return None

    def _rename(self, act: Act) -> None:
        self.stage.lay(NameScreen(act.what, saves.look(Path(act.what)).name))

    def _letters(self, act: Act) -> None:
        top = self.stage.dialogs[-1] if self.stage.dialogs else None
        if isinstance(top, NameScreen):
            typed = top.name[:-1] if act.what == BACK else top.name + act.what
            name = "".join(sign for sign in typed if sign.isprintable())[:LONGEST_NAME]
            self.stage.dialogs[-1] = NameScreen(top.path, name)
        elif self.stage.table is not None:
            self.stage.table.letters(act)

    def _named(self, act: Act) -> str | None:
        top = self.stage.dialogs[-1] if self.stage.dialogs else None
        if not isinstance(top, NameScreen):
            return None
        try:
            path = saves.rename(Path(top.path), top.name)
        except SaveError as fault:
            return f"It keeps its name: {fault}."
        self._changed(str(path))
        return None

    def _export(self, act: Act) -> None:
        self.stage.lay(ExportScreen(act.what))

    def _export_to(self, act: Act) -> str | None:
        top = self.stage.dialogs[-1] if self.stage.dialogs else None
        if not isinstance(top, ExportScreen):
            return None
        path = Path(top.path)
        try:
            saves.export(path, Path(act.what))
        except SaveError as fault:
            return f"It was not copied: {fault}."
        self._changed(top.path)
        return f"Copied to {Path(act.what) / path.name}."

    def _trash(self, act: Act) -> None:
        save = saves.look(Path(act.what))
        question = f"{save.name} goes to the trash. It can be taken out of the folder '{saves.TRASH}' again."
        self.stage.lay(ConfirmScreen(question, "To the trash", Act("trashed", act.what), "Keep it"))

    def _trashed(self, act: Act) -> str | None:
        try:
            saves.throw_away(Path(act.what))
        except SaveError as fault:
            self._changed(act.what)
            return f"It stays where it is: {fault}."
        self._changed("")
        return None

    def _changed(self, picked: str) -> None:
        """Something of the folder has changed: back to the list."""
        if self.stage.dialogs and not isinstance(self.stage.dialogs[-1], SavesScreen):
            self.stage.dialogs.pop()
        self.refresh()
        self.stage.lay(SavesScreen(picked))
