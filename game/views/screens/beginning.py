"""How does a game begin, and how is it left?  Scenario, fate, difficulty, seed and seats are chosen; nothing is lost
that no disk has taken.

A scenario that is picked is read behind the screen; until it has been, the game cannot be begun.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from game.rules.classes import dataclass, replace
from game.views.screens.settings import Setup
from game.views.screens.title import ConfirmScreen
from game.views.screens.tree import BACK, Act

if TYPE_CHECKING:
    from game.compiler.glance import Glance
    from game.rules.program import Program
    from game.views.screens.stage import Stage

LONGEST_SEED: Final = 9
PERSON: Final = ""
FIRST: Final = "narkomindel"
"""Whose seat is named first."""


@dataclass(frozen=True, slots=True)
class NewGameScreen:
    """The sheet on which the next game is chosen."""


class Reading:
    """A scenario being read in a thread of its own."""

    def __init__(self, id: str, read: Callable[[str], Program]) -> None:
        self.id = id
        self.program: Program | None = None
        self.fault = ""
        self.done = threading.Event()
        self._read = read
        threading.Thread(target=self._run, name=f"reading {id}", daemon=True).start()

    def _run(self) -> None:
        from game.compiler.problems import ScenarioError  # only now: the title is up before any rule is known

        try:
            self.program = self._read(self.id)
        except ScenarioError as fault:
            self.fault = fault.problems[0].message if fault.problems else "it is broken"
        except Exception as fault:
            self.fault = str(fault)
        finally:
            self.done.set()


class Beginning:
    """The next game of a stage: what has been chosen, and how it is begun; and how the playing ends."""

    def __init__(self, stage: Stage, seats: Mapping[str, str] | None) -> None:
        self.stage = stage
        self.seats = None if seats is None else dict(seats)
        """Who holds a seat that is not a person's, where each track has one; None for one player with both."""
        self.offered: tuple[Glance, ...] = ()
        """What can be played, once that has been looked at."""
        self.wanted = ""
        """The id of the scenario that was picked."""
        self.fault = ""
        """Why it cannot be played."""
        self._reading: Reading | None = None
        self.verbs: dict[str, Callable[[Act], str | None]] = {
            "begin": self._begin, "confirmed": self._confirmed, "leave": self._leave, "new-game": self._choose,
            "scenario": self._scenario, "fate": self._fate, "difficulty": self._difficulty, "seed": self._seed,
            "digit": self._digit, "seats": self._seats, "player": self._player,
        }  # fmt: skip

    @property
    def reading(self) -> bool:
        """Whether the scenario that was picked is still being read."""
        return self._reading is not None

    @property
    def waiting(self) -> str:
        """Why the game cannot be begun; empty if it can."""
        if self.stage.program is None or self.reading:
            return "The scenario is still being read."
        return f"It cannot be played: {self.fault}." if self.fault else ""

    @property
    def setup(self) -> Setup:
        """Fate and seed."""
        return self.stage.setup

    def roles(self) -> tuple[tuple[str, str], ...]:
        """The tracks of the scenario, each with its label."""
        if self.stage.program is None:
            return ()
        from game.play.wording import Words

        words = Words(self.stage.program, self.setup.language)
        tracks = self.stage.program.scenario.tracks
        return tuple(
            (each.id, words.plain(each.label)) for each in sorted(tracks, key=lambda track: track.id != FIRST)
        )

    def difficulties(self) -> tuple[tuple[str, str, str], ...]:
        """How the scenario can be made easier or harder: id, title, and what that means; the first is to leave it."""
        if self.stage.program is None:
            return ()
        from game.play.difficulty import terms

        found = [
            (each.id, each.title, ", ".join(f"{shift.label} {shift.shown}" for shift in each.shifts) + ".")
            for each in terms(self.stage.program, self.setup.language)
        ]
        return (("", "As it is", "The game as it was balanced."), *found) if found else ()

    def player(self, role: str) -> str:
        """Who holds a seat: a person, or a policy by its name."""
        return (self.seats or {}).get(role, PERSON)

    def told(self) -> str:
        """What would be begun, in a sentence."""
        fate = "Historical fate" if self.setup.fate == "historical" else f"Open fate, seed {self.setup.seed}"
        named = next(
            (title for id, title, _ in self.difficulties() if id and id == self.setup.difficulty), ""
        )
        fate += f"; {named[:1].lower()}{named[1:]}" if named else ""
        if self.seats is None:
            return f"{fate}; one player holds both tracks."
        held = [f"{name}: {self.player(role) or 'a person'}" for role, name in self.roles()]
        return f"{fate}; two seats. {', '.join(held)}."

    def news(self) -> bool:
        """Whether a scenario has been read since this was last asked; if so it is taken up."""
        reading = self._reading
        if reading is None or not reading.done.is_set():
            return False
        self._reading = None
        self.fault = reading.fault
        if reading.program is not None:
            self.stage.offer(reading.program)
        return True

    # What is done

    def _choose(self, act: Act) -> None:
        from game.compiler.glance import glances  # only now: the title needs none of it

        self.offered = glances(self.setup.language)
        self.wanted = self.wanted or (self.stage.program.scenario.id if self.stage.program else "")
        self.stage.lay(NewGameScreen())

    def _scenario(self, act: Act) -> None:
        if act.what == self.wanted and not self.fault:
            return
        self.wanted, self.fault, self._reading = act.what, "", None
        shelf = self.stage.shelf
        known = shelf.programs.get(act.what) if shelf is not None else None
        if known is not None:
            self.stage.offer(known)
        else:
            self._reading = Reading(act.what, self.stage.read)

    def _fate(self, act: Act) -> None:
        self.stage.setup = replace(self.setup, fate=act.what)

    def _difficulty(self, act: Act) -> None:
        self.stage.setup = replace(self.setup, difficulty=act.what)

    def _seed(self, act: Act) -> None:
        if self.setup.fate == "open":
            self.stage.setup = replace(self.setup, seed=max(0, self.setup.seed + act.amount))

    def _digit(self, act: Act) -> None:
        if self.setup.fate != "open" or not (act.what == BACK or act.what.isdecimal()):
            return
        digits = str(self.setup.seed) if self.setup.seed else ""
        digits = digits[:-1] if act.what == BACK else (digits + act.what)[:LONGEST_SEED]
        self.stage.setup = replace(self.setup, seed=int(digits or 0))

    def _seats(self, act: Act) -> None:
        self.seats = {} if act.what == "two" else None

    def _player(self, act: Act) -> None:
        """A seat is given to a person or a policy; where both were policies', the other becomes a person's."""
        role, _, name = act.what.partition("=")
        if self.seats is None:
            return
        self.seats = (
            {role: name}
            if name != PERSON
            else {each: held for each, held in self.seats.items() if each != role}
        )

    def _begin(self, act: Act) -> str | None:
        stage, setup = self.stage, self.setup
        if stage.program is None or self.waiting:
            return None
        if act.what != "sure" and self._would_lose("Begin anew", "begin"):
            return None
        from game.play import difficulty, games
        from game.play.journal import SaveError

        seed = setup.seed if setup.fate == "open" else 0  # historical fate throws no dice
        offered = difficulty.ids(stage.program.scenario)
        chosen = setup.difficulty if setup.difficulty in offered else ""
        try:
            game = games.begin(
                stage.program, seed, setup.fate, stage.version(), seats=self.seats, difficulty=chosen,
                nickname=stage.nickname, basic=setup.basic,
            )  # fmt: skip
        except SaveError as fault:
            return f"It cannot be begun: {fault}."
        stage.seat(game)
        return None

    def _would_lose(self, yes: str, deed: str) -> bool:
        """Whether decisions would be lost that no disk has taken; then it is asked first."""
        if self.stage.table is None or self.stage.table.game.saved:
            return False
        waiting = self.stage.table.game.recorder.waiting
        question = f"{self.stage.table.game.notice} {waiting} decision{'s' * (waiting != 1)} would be lost."
        self.stage.lay(ConfirmScreen(question, yes, Act("confirmed", deed)))
        return True

    def _confirmed(self, act: Act) -> str | None:
        if act.what == "leave":
            self.stage.left = True
            return None
        return self._begin(Act("begin", "sure"))

    def _leave(self, act: Act) -> None:
        if not self._would_lose("Leave", "leave"):
            self.stage.left = True
