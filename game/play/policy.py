"""Who decides when nobody does?  Policies: what a role chooses and orders, given the game."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from game.play.secrecy import BOTH
from game.play.session import Session
from game.rules.dice import draw, key_number
from game.rules.events import asking
from game.rules.orders import Sheet
from game.rules.state import Order

Option = TypeVar("Option")
MOST_DRAWN: Final = 6
"""Orders a turn that the random policy gives a track at most."""


class Policy(Protocol):
    """Answers questions and drafts orders. Must draw chance from the game's seed only."""

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


class Historical:
    """Takes the historical choice, or else the first by id; orders by habit where the script has any."""

    def choose(self, session: Session) -> str:
        """The historical choice if it is open."""
        choices = open_choices(session)
        return next((id_ for id_, historical in choices if historical), choices[0][0])

    def plan(self, session: Session) -> None:
        """Nothing of its own: the historical orders stand in the scenario's playthrough."""


class Nothing(Historical):
    """Gives no orders and answers what a cautious clerk would: the first choice by id."""

    def choose(self, session: Session) -> str:
        """The first open choice by id."""
        return open_choices(session)[0][0]


class Random:
    """Any open choice, any legal orders, any balance within reach: each draw a hash of seed and turn."""

    def __init__(self, salt: str = "random") -> None:
        self.salt = salt

    def any(self, session: Session, what: str, options: Sequence[Option]) -> Option:
        """One of the options."""
        key = key_number(f"policy:{self.salt}:{what}")
        return options[draw(session.state.seed, session.turn, key, len(options))]

    def choose(self, session: Session) -> str:
        """Any open choice."""
        found = asking(session.program, session.state)
        assert found is not None
        return self.any(
            session, f"choice:{found[0].id}@{found[1].country}", [id_ for id_, _ in open_choices(session)]
        )

    def plan(self, session: Session) -> None:
        """A balance within twenty points where none is drafted, then orders until the means are spent."""
        for setting in session.program.settings:
            drafted = any(setting.id in values for values in session.settings.values())
            if setting.role == BOTH and not drafted:
                now = session.value(setting.id)
                step = int(self.any(session, f"setting:{setting.id}", ["-20", "-10", "0", "0", "10", "20"]))
                session.draft_setting(setting.id, max(setting.low, min(setting.high, now + step)))
        work = session.picture()
        for role in session.roles:
            sheet = Sheet(work, role, session.orders[role])
            legal = sheet.open()
            for number in range(MOST_DRAWN):
                if not legal:
                    break
                order = self.any(session, f"order:{role}:{number}", [order for order, _ in legal])
                sheet.take(order)
                session.orders[role].append(order)
                legal = [(each, cost) for each, cost in legal if sheet.beside(each, cost) is None]


POLICIES: dict[str, type[Policy]] = {"historical": Historical, "random": Random, "nothing": Nothing}
