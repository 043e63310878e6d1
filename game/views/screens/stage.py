"""Which screen is up, what lies on it, and what does an act do?

A reader (window, text, test) shows `trees()`, hands the acts that it finds there to `perform`, and shows them again
when `revision` has counted up. The stage knows no pixel and no key code. What belongs to a running game is the
table's; it is imported when the scenario has been read, so that the title is up before any rule is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from game.views.screens import title
from game.views.screens.title import ConfirmScreen, HelpScreen, MenuScreen, Setup
from game.views.screens.tree import Act, Element

if TYPE_CHECKING:
    from game.play.observation import Observation
    from game.play.session import Session
    from game.rules.program import Program
    from game.views.screens.table import Table

LONGEST_SEED = 9


class Stage:
    """The screens of one player. Acts come in by `perform`; nothing else changes it."""

    def __init__(self, fate: str | None = None, seed: int | None = None) -> None:
        self.program: Program | None = None
        self.table: Table | None = None
        """The running game; None before the first."""
        self.setup = Setup(fate or "historical", seed or 0)
        self.at_title = True
        self._dialogs: list[object] = []
        self.left = False
        """The player has left; the reader should end."""
        self.notice = ""
        """A sentence to be shown once, such as why an order was refused."""
        self.revision = 0
        self._built: dict[int, Element] = {}
        self._verbs: dict[str, Callable[[Act], None]] = {
            "begin": self._begin, "resume": self._resume, "title": self._title, "leave": self._leave,
            "fate": self._fate, "seed": self._seed, "digit": self._digit, "size": self._size, "still": self._still,
            "menu": lambda act: self.lay(MenuScreen()), "help": lambda act: self.lay(HelpScreen()),
            "close": lambda act: self.back(), "confirmed": self._confirmed,
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
            self._built[level] = self._dialog(self.dialogs[level - 1]) if level else self._screen()
        return self._built[level]

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

    def _screen(self) -> Element:
        if self.at_title or self.table is None:
            return title.build(self.program, self.setup, self.table is not None)
        return self.table.screen()

    def _dialog(self, dialog: object) -> Element:
        match dialog:
            case HelpScreen():
                return title.build_help()
            case ConfirmScreen():
                return title.build_confirm(dialog)
            case MenuScreen():
                return title.build_menu(self.setup, self.table is not None and not self.at_title)
            case _:
                assert self.table is not None
                return self.table.dialog(dialog)

    # What is done

    def perform(self, act: Act) -> None:
        """Do an act. Raises KeyError for a verb that there is not."""
        self.notice = ""
        verb = self._verbs.get(act.verb)
        if verb is not None:
            verb(act)
        elif self.table is not None:
            self.notice = self.table.perform(act)
        else:
            raise KeyError(act.verb)
        self.changed()

    def knows(self, verb: str) -> bool:
        """Whether there is such a verb now."""
        return verb in self._verbs or (self.table is not None and verb in self.table.verbs)

    def changed(self) -> None:
        """Something may look different now."""
        self._built.clear()
        self.revision += 1

    def loaded(self, program: Program) -> None:
        """The scenario has been read."""
        self.program = program
        self.changed()

    def back(self) -> None:
        """What Esc does: close what lies on top, or open the menu; the end of a turn goes on."""
        if not self.dialogs:
            self.lay(MenuScreen())
        elif self.table is None or not self.table.closes(self.dialogs[-1]):
            self.dialogs.pop()
        self.changed()

    def lay(self, dialog: object) -> None:
        """Lay a dialog on top, in place of one of its kind."""
        if self.dialogs and type(self.dialogs[-1]) is type(dialog):
            self.dialogs[-1] = dialog
        else:
            self.dialogs.append(dialog)

    def _begin(self, act: Act) -> None:
        if self.program is None:
            return
        if self.table is not None and not self.table.over and act.what != "sure":
            question = "A game is running and will be lost if a new one begins."
            self.lay(ConfirmScreen(question, "Begin anew", Act("confirmed", "begin")))
            return
        from game.views.screens.table import Table  # only now: it needs the rules

        self.dialogs.clear()
        self.at_title = False
        self.table = Table(self.program, self.setup.seed, self.setup.fate, self.dialogs)

    def _confirmed(self, act: Act) -> None:
        if act.what == "leave":
            self.left = True
        else:
            self._begin(Act("begin", "sure"))

    def _resume(self, act: Act) -> None:
        if self.table is not None:
            self.dialogs.clear()
            self.at_title = False

    def _title(self, act: Act) -> None:
        self.dialogs.clear()
        self.at_title = True

    def _leave(self, act: Act) -> None:
        if self.table is None or self.table.over:
            self.left = True
        else:
            question = "A game is running and is not kept when you leave."
            self.lay(ConfirmScreen(question, "Leave", Act("confirmed", "leave")))

    def _fate(self, act: Act) -> None:
        self.setup = replace(self.setup, fate=act.what)

    def _seed(self, act: Act) -> None:
        if self.setup.fate == "open":
            self.setup = replace(self.setup, seed=max(0, self.setup.seed + act.amount))

    def _digit(self, act: Act) -> None:
        if self.setup.fate != "open":
            return
        digits = str(self.setup.seed) if self.setup.seed else ""
        digits = digits[:-1] if act.what == "back" else (digits + act.what)[:LONGEST_SEED]
        self.setup = replace(self.setup, seed=int(digits or 0))

    def _size(self, act: Act) -> None:
        self.setup = replace(self.setup, text_size=int(act.what))

    def _still(self, act: Act) -> None:
        self.setup = replace(self.setup, still=act.what == "yes")
