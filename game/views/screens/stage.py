"""Which screen is up, what lies on it, and what does an act do?

A reader (window, text, test) shows `trees()`, hands the acts that it finds there to `perform`, and shows them again
when `revision` has counted up. The stage knows no pixel and no key code. What belongs to a running game is the
table's; it is imported when the scenario has been read, so that the title is up before any rule is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from game.rules.classes import replace
from game.views.screens import folders, settings, title
from game.views.screens.beginning import Beginning, NewGameScreen
from game.views.screens.folders import UnsavedScreen
from game.views.screens.reading import LibraryScreen
from game.views.screens.settings import Setup
from game.views.screens.tailoring import Tailor
from game.views.screens.title import ConfirmScreen, HelpScreen, MenuScreen
from game.views.screens.tree import Act, Element

if TYPE_CHECKING:
    from game.play.games import Game
    from game.play.observation import Observation
    from game.play.session import Session
    from game.rules.program import Program
    from game.views.screens.library import Library
    from game.views.screens.printing import Printer
    from game.views.screens.shelf import Shelf
    from game.views.screens.table import Table


def read_program(name: str) -> Program:
    """A scenario by its id, ready to run. Raises ScenarioError."""
    from game.compiler.load import load  # only now: the title is up before any rule is known
    from game.rules.building import interpret

    return interpret(load(name).scenario)


class Stage:
    """The screens of one player. Acts come in by `perform`; nothing else changes it."""

    def __init__(
        self,
        fate: str | None = None,
        seed: int | None = None,
        version: Callable[[], str] = lambda: "",
        difficulty: str = "",
        read: Callable[[str], Program] = read_program,
        printer: Printer | None = None,
        reading: str = "",
        nickname: str = "",
        seats: Mapping[str, str] | None = None,
    ) -> None:
        self.nickname = nickname
        """What the player is called in class; written into new games."""
        self.printer = printer
        """What makes a page of a finished game."""
        self.version = version
        """The version of this program, for the saves."""
        self.read = read
        """How another scenario is read, when a save needs it."""
        self.program: Program | None = None
        self.table: Table | None = None
        """The running game; None before the first."""
        self.shelf: Shelf | None = None
        """The saved games; None as long as no rule is known."""
        self._books: Library | None = None
        self.setup = settings.recalled(Setup(fate or "historical", seed or 0, difficulty))
        self.setup = replace(self.setup, reading=reading or self.setup.reading)
        self.at_title = True
        self._dialogs: list[object] = []
        self.left = False
        """The player has left; the reader should end."""
        self.notice = ""
        """A sentence to be shown once, such as why an order was refused."""
        self._fault = ""
        """Why the running game is not saved, as it was told last."""
        self.listeners: list[Callable[[Act], object]] = []
        """Called after each act that was done."""
        self.revision = 0
        self._built: dict[int, Element] = {}
        self.tailor, self.beginning = Tailor(self), Beginning(self, seats)
        self._verbs: dict[str, Callable[[Act], str | None]] = {
            "resume": self._resume, "title": self._title, "guide": self._guide,
            "menu": lambda act: self.lay(MenuScreen()), "help": lambda act: self.lay(HelpScreen()),
            "close": lambda act: self.back(), 
            "library": self._library, "article": self._article, "look-up": self._look_up,
            "article-back": self._article_back, "unsaved": self._unsaved, "retry": self._retry, "move": self._move,
            **self.tailor.verbs, **self.beginning.verbs,
        }  # fmt: skip

    # What is shown

    @property
    def names(self) -> tuple[str, ...]:
        """What is up, from the bottom: the screen, and the kind of each dialog that lies on it."""
        screen = "title" if self.at_title or self.table is None else self.table.name
        return (screen, *(type(each).__name__ for each in self.dialogs))

    def tree(self, level: int) -> Element:
        """The screen (level 0) or a dialog on it as a tree; built when it is asked for, so that what lies below a
        dialog costs nothing while it is not painted."""
        if level not in self._built:
            tree = self._dialog(self.dialogs[level - 1]) if level else self._screen()
            self._built[level] = self._guided(tree) if level == len(self.dialogs) else tree
        return self._built[level]

    def _guided(self, tree: Element) -> Element:
        """A tree with advice, while the player is guided."""
        if not self.setup.guide or self.table is None or self.at_title:
            return tree
        return self.table.guided(tree, self.setup.keys)

    def trees(self) -> tuple[Element, ...]:
        """All of them, from the bottom up. Only the last one answers."""
        return tuple(map(self.tree, range(len(self.dialogs) + 1)))

    @property
    def top(self) -> Element:
        """The tree that answers."""
        return self.tree(len(self.dialogs))

    @property
    def dialogs(self) -> list[object]:
        """The screens that lie on the title or the desk, each as the small value it is built from."""
        return self._dialogs

    @property
    def session(self) -> Session | None:
        """The running game, or None."""
        return self.table.session if self.table is not None else None

    @property
    def seen(self) -> Observation:
        """What the player sees of the running game."""
        assert self.table is not None
        return self.table.seen

    @property
    def library(self) -> Library | None:
        """What can be looked up: of the running game, or else of the scenario that the title offers."""
        return self._books if self.table is None or self.at_title else self.table.library

    def _screen(self) -> Element:
        if self.at_title or self.table is None:
            begun = self.beginning
            return title.build(self.program, self.setup, self._continuing(), begun.told(), begun.waiting)
        return self.table.screen()

    def _continuing(self) -> tuple[Act, str] | None:
        """What Continue does, and with which game: the running one, or the one played last."""
        if self.table is not None:
            return Act("resume"), self.table.standing
        last = self.shelf.last() if self.shelf is not None else None
        if self.shelf is None or last is None or last.header is None:
            return None
        return Act("open", str(last.path)), f"{last.header.title or last.name}, {self.shelf.when(last)}."

    def _dialog(self, dialog: object) -> Element:
        match dialog:
            case HelpScreen():
                return title.build_help(self.setup.keys)
            case ConfirmScreen():
                return title.build_confirm(dialog)
            case MenuScreen():
                return title.build_menu(
                    self.table is not None and not self.at_title,
                    self.table is not None and self.table.covered,
                )
            case NewGameScreen():
                from game.views.screens import newgame  # only now: it needs the rules

                return newgame.build(self.beginning)
            case UnsavedScreen():
                return folders.build_unsaved(dialog)
            case LibraryScreen():
                assert self.library is not None
                return self.library.build(dialog)
            case _:
                found = self.tailor.dialog(dialog)
                if found is None and self.shelf is not None:
                    found = self.shelf.dialog(dialog)
                if found is not None:
                    return found
                assert self.table is not None
                return self.table.dialog(dialog)

    # What is done

    def perform(self, act: Act) -> None:
        """Do an act. Raises KeyError for a verb that there is not."""
        self.notice = ""
        done = self.table.done if self.table is not None else set()
        self.notice = self._verb(act.verb)(act) or ""
        done.add(act.verb)
        self._tell_fault()
        self.changed()
        for listener in self.listeners:
            listener(act)

    def _verb(self, verb: str) -> Callable[[Act], str | None]:
        """What does an act of this verb. Raises KeyError."""
        if verb in self._verbs:
            return self._verbs[verb]
        if self.shelf is not None and verb in self.shelf.verbs:
            return self.shelf.verbs[verb]
        if self.table is not None and not self.at_title:
            return self.table.verb(verb)
        raise KeyError(verb)

    def knows(self, verb: str) -> bool:
        """Whether there is such a verb now."""
        try:
            self._verb(verb)
        except KeyError:
            return False
        return True

    def _tell_fault(self) -> None:
        """Say once that the running game is not saved, and once that it is again."""
        fault = self.table.game.notice if self.table is not None else ""
        if fault != self._fault:
            self._fault = fault
            self.notice = " ".join(each for each in (self.notice, fault or "All is saved again.") if each)

    def changed(self) -> None:
        """Something may look different now."""
        self._built.clear()
        self.revision += 1

    def loaded(self, program: Program) -> None:
        """The scenario has been read."""
        from game.views.screens.shelf import Shelf  # only now: it needs the rules

        self.shelf = Shelf(self)
        self.shelf.take_in()
        self.offer(program)

    def offer(self, program: Program) -> None:
        """Let this be the scenario of the next game."""
        from game.views.screens.library import Library  # only now: it needs the rules

        assert self.shelf is not None
        self.program = program
        self._books = Library(program, self.setup.language)
        self.shelf.know(program)
        self.changed()

    def work(self) -> None:
        """Look whether something that is reckoned, read or printed behind the game has news."""
        read = self.beginning.news()
        told = self.table.printing.done() if self.table is not None else ""
        if read or told or (self.table is not None and self.table.news()):
            self.notice = told or self.notice
            self.changed()

    def back(self) -> None:
        """What Esc does: close what lies on top, or open the menu; the end of a turn goes on."""
        if not self.dialogs:
            self.lay(MenuScreen())
        elif not self._closes(self.dialogs[-1]):
            self.dialogs.pop()
        self.changed()

    def _closes(self, dialog: object) -> bool:
        """Whether Esc on a dialog means something else than taking it away; if so, that is done."""
        return self.tailor.closes(dialog) or (self.table is not None and self.table.closes(dialog))

    def lay(self, dialog: object) -> None:
        """Lay a dialog on top, in place of one of its kind."""
        if self.dialogs and type(self.dialogs[-1]) is type(dialog):
            self.dialogs[-1] = dialog
        else:
            self.dialogs.append(dialog)

    def seat(self, game: Game) -> None:
        """Put a game on the table, in place of the one that lies there."""
        from game.views.screens.sharing import SharedTable  # only now: they need the rules
        from game.views.screens.table import Table

        self.close()
        self._dialogs.clear()
        self.at_title = False
        self._fault = ""
        kind = Table if game.seating is None else SharedTable
        self.table = kind(game, self._dialogs, self.seat, self.version, self.printer)
        self.table.speak(self.setup.language, self.setup.basic)

    def close(self) -> None:
        """Let go of the running game's file; all that was decided is written, or a last try is made."""
        if self.table is not None:
            self.table.close()

    def resume(self) -> None:
        """Back to the running game."""
        if self.table is not None:
            self._dialogs.clear()
            self.at_title = False
            self.table.cover()

    def _resume(self, act: Act) -> None:
        self.resume()

    def _title(self, act: Act) -> None:
        self._dialogs.clear()
        self.at_title = True

    # The library

    def _library(self, act: Act) -> None:
        if self.library is not None:
            self.lay(LibraryScreen(self.library.first(act.what) if act.what else ""))

    def _article(self, act: Act) -> None:
        top = self.dialogs[-1] if self.dialogs else None
        self.lay(replace(top, key=act.what) if isinstance(top, LibraryScreen) else LibraryScreen(act.what))

    def _look_up(self, act: Act) -> None:
        """Follow a link: from an article the way leads back to it."""
        top = self.dialogs[-1] if self.dialogs else None
        if self.library is not None:
            before = top if isinstance(top, LibraryScreen) else LibraryScreen("")
            self.lay(self.library.follow(before, act.what))

    def _article_back(self, act: Act) -> None:
        top = self.dialogs[-1] if self.dialogs else None
        if isinstance(top, LibraryScreen) and top.back:
            self.dialogs[-1] = LibraryScreen(top.back[-1], top.back[:-1])

    # A disk that refuses

    def _unsaved(self, act: Act) -> None:
        if self.table is not None and not self.table.game.saved:
            self.lay(UnsavedScreen(self.table.game.notice, self.table.game.recorder.waiting))

    def _retry(self, act: Act) -> str | None:
        return self._settled(self.table is not None and self.table.game.recorder.try_again())

    def _move(self, act: Act) -> str | None:
        from pathlib import Path

        found = self.table is not None and self.table.game.recorder.move_to(Path(act.what))
        return self._settled(found) or f"The game is now saved in {act.what}."

    def _settled(self, saved: bool) -> str | None:
        """A try to save has been made."""
        if saved:
            if self.dialogs and isinstance(self.dialogs[-1], UnsavedScreen):
                self.dialogs.pop()
            return None
        self._unsaved(Act("unsaved"))
        return "That did not work."

    def _guide(self, act: Act) -> str:
        """Leave the guide, or call it anew."""
        if act.what == "yes" and self.table is not None:
            self.table.guide_anew()
        return self.set_up(guide=act.what == "yes")

    def set_up(self, **changes: str | int | bool) -> str:
        """Change settings, and keep them; returns a sentence where that does not work."""
        return self.tailor.set_up(**changes)

    def speak(self) -> None:
        """Say all texts of scenarios in the language of the settings."""
        if self.program is not None and self.shelf is not None:
            from game.views.screens.library import Library

            self._books = Library(self.program, self.setup.language)
            self.shelf.speak()
        if self.table is not None:
            self.table.speak(self.setup.language, self.setup.basic)
