"""How does a game begin, and how is it left?  Fate and seed are chosen; nothing is lost that no disk has taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from game.rules.classes import replace
from game.views.screens.title import ConfirmScreen
from game.views.screens.tree import BACK, Act

if TYPE_CHECKING:
    from game.views.screens.stage import Stage

LONGEST_SEED: Final = 9


class Beginning:
    """Begins games on a stage, and ends the playing."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.verbs: dict[str, Callable[[Act], str | None]] = {
            "begin": self._begin, "confirmed": self._confirmed, "leave": self._leave,
            "fate": self._fate, "seed": self._seed, "digit": self._digit,
        }  # fmt: skip

    def _begin(self, act: Act) -> None:
        stage, setup = self.stage, self.stage.setup
        if stage.program is None:
            return
        if act.what != "sure" and self._would_lose("Begin anew", "begin"):
            return
        from game.play import difficulty, games

        seed = setup.seed if setup.fate == "open" else 0  # historical fate throws no dice
        offered = difficulty.ids(stage.program.scenario)
        chosen = setup.difficulty if setup.difficulty in offered else ""
        game = games.begin(
            stage.program, seed, setup.fate, stage.version(),
            difficulty=chosen, nickname=stage.nickname, basic=setup.basic,
        )  # fmt: skip
        stage.seat(game)

    def _would_lose(self, yes: str, deed: str) -> bool:
        """Whether decisions would be lost that no disk has taken; then it is asked first."""
        if self.stage.table is None or self.stage.table.game.saved:
            return False
        waiting = self.stage.table.game.recorder.waiting
        question = f"{self.stage.table.game.notice} {waiting} decision{'s' * (waiting != 1)} would be lost."
        self.stage.lay(ConfirmScreen(question, yes, Act("confirmed", deed)))
        return True

    def _confirmed(self, act: Act) -> None:
        if act.what == "leave":
            self.stage.left = True
        else:
            self._begin(Act("begin", "sure"))

    def _leave(self, act: Act) -> None:
        if not self._would_lose("Leave", "leave"):
            self.stage.left = True

    def _fate(self, act: Act) -> None:
        self.stage.setup = replace(self.stage.setup, fate=act.what)

    def _seed(self, act: Act) -> None:
        if self.stage.setup.fate == "open":
            self.stage.setup = replace(self.stage.setup, seed=max(0, self.stage.setup.seed + act.amount))

    def _digit(self, act: Act) -> None:
        if self.stage.setup.fate != "open" or not (act.what == BACK or act.what.isdecimal()):
            return
        digits = str(self.stage.setup.seed) if self.stage.setup.seed else ""
        digits = digits[:-1] if act.what == BACK else (digits + act.what)[:LONGEST_SEED]
        self.stage.setup = replace(self.stage.setup, seed=int(digits or 0))
