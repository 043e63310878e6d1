"""Who decides when nobody does?  Policies: what a role chooses and orders, given the game."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from game.play.session import Session
from game.rules import conduct as conducts
from game.rules.classes import replace
from game.rules.conduct import Conduct, choose, draft, setting_of
from game.rules.events import asking
from game.rules.orders import Sheet
from game.rules.program import Program
from game.rules.state import Order


class Policy(Protocol):
    """Answers questions and drafts orders. Must draw chance from the game's seed only.

    This is all that a policy written in Python needs: see docs/headless.md.
    """

    def choose(self, session: Session) -> str:
        """The id of an open choice of the event that asks."""

    def plan(self, session: Session) -> None:
        """Draft this turn's settings and orders."""


def open_choices(session: Session) -> list[tuple[str, bool]]:
    """The choices that can be taken now, by id, each with whether it is the historical one."""
    found = asking(session.program, session.state)
    if found is None:
        return []
    work = session.picture_now()
    _, row = found
    return sorted((choice.id, choice.historical) for choice in row.choices if work.holds(choice.when))


def give(session: Session, role: str, order: Order) -> bool:
    """Draft an order if it is legal beside those already drafted."""
    given = session.orders[role]
    if Sheet(session.picture(), role, given).take(order) is not None:
        return False
    given.append(order)
    return True


class Weighted:
    """A policy of weights: what `game.rules.conduct` decides, put into a game."""

    def __init__(self, make: Callable[[Program], Conduct]) -> None:
        self.make = make
        self._made: tuple[Program, Conduct] | None = None

    def conduct(self, program: Program) -> Conduct:
        """The conduct for a program, made once."""
        if self._made is None or self._made[0] is not program:
            self._made = program, self.make(program)
        return self._made[1]

    def choose(self, session: Session) -> str:
        """An open choice, by weight."""
        found = asking(session.program, session.state)
        assert found is not None
        return choose(self.conduct(session.program), session.picture_now(), *found)

    def plan(self, session: Session) -> None:
        """Settings that are not drafted yet, as far as they are allowed, then orders."""
        conduct = self.conduct(session.program)
        work = session.picture_now()
        for setting in session.program.settings:
            drafted = any(setting.id in values for values in session.settings.values())
            if not drafted and (value := setting_of(conduct, work, setting)) is not None:
                session.draft_setting(setting.id, value)
        if not conduct.orders:
            return
        work = session.picture()
        for role in session.roles:
            session.orders[role] += draft(conduct, work, role, session.orders[role])


class Historical(Weighted):
    """Takes the historical choice, or else the first by id; orders by habit where the script has any."""

    def __init__(self) -> None:
        super().__init__(conducts.historical)


class Nothing(Weighted):
    """Gives no orders and answers what a cautious clerk would: the first choice by id."""

    def __init__(self) -> None:
        super().__init__(conducts.nothing)


class Random(Weighted):
    """Any open choice, any legal orders, any balance within reach: each draw a hash of seed and turn."""

    def __init__(self, salt: str = "random") -> None:
        super().__init__(partial(_salted, salt))


def _salted(salt: str, program: Program) -> Conduct:
    return replace(conducts.random(program), id=salt)


POLICIES: Final[dict[str, Callable[[], Weighted]]] = {
    "historical": Historical,
    "random": Random,
    "nothing": Nothing,
}
"""Those that every scenario has."""
