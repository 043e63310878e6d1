"""Whose turn is it, where each role has a seat of its own?  Two people share one desk, or a policy holds a seat.

Questions go to the role that is asked, in order of date. Then each names its course, and gives and seals its orders;
whoever sits at the desk goes first, so that it changes hands as seldom as it can. When all is sealed the turn closes.
What a policy does it does at once, and nobody is told more of it than of what a person does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.play.journal import SaveError
from game.play.session import Session
from game.rules.conduct import Conduct, choose, draft, setting_of
from game.rules.events import asking
from game.rules.ledger import Entry
from game.rules.orders import roles, settings_of
from game.rules.program import Program
from game.rules.state import Answer, Plan

PERSON: Final = ""
"""In place of the name of a policy."""
ONE_TRACK: Final = "A game with two seats needs a scenario with two tracks."


class Seating:
    """The seats of one game. `players` says who holds each role: a person, or a policy by its name."""

    def __init__(
        self, session: Session, players: Mapping[str, str], conducts: Mapping[str, Conduct] | None = None
    ) -> None:
        self.session = session
        self.players = dict(players)
        self.conducts = dict(conducts or {})
        """What decides for each seat that a policy holds."""
        self._told: dict[str, int] = {}
        """How many entries of the ledger each seat has been told of."""
        people = self.people
        if people:
            session.holder = self.waiting() if self.waiting() in people else people[0]

    @property
    def people(self) -> tuple[str, ...]:
        """The roles that people play."""
        return tuple(role for role in self.session.roles if self.players[role] == PERSON)

    @property
    def shared(self) -> bool:
        """Whether two people share the desk, so that a curtain falls between them."""
        return len(self.people) > 1

    def other(self, role: str) -> str:
        """The role that sits opposite."""
        return next(each for each in self.session.roles if each != role)

    # Whose turn it is

    def waiting(self) -> str:
        """The role whose decision the game waits for; empty between two turns and at the end."""
        session = self.session
        if session.place == "question":
            found = asking(session.program, session.state)
            return found[0].asks if found is not None else ""
        if session.place != "orders":
            return ""
        order = sorted(session.roles, key=lambda role: role != session.holder)
        for role in order:
            if session.names(role) and role not in session.named:
                return role
        return next((role for role in order if role not in session.sealed), "")

    def naming(self) -> bool:
        """Whether whoever sits at the desk has its course to name now."""
        session = self.session
        return session.place == "orders" and not session.course_known and session.holder not in session.named

    def advance(self) -> str:
        """Let policies take their turns, open the next turn where one is over, until a person must decide.

        The role of that person; empty when the game is over.
        """
        session = self.session
        while session.place != "over":
            role = self.waiting()
            if not role:
                session.open()
            elif self.players[role] == PERSON:
                return role
            else:
                self._decide(role, self.conducts[role])
        return ""

    def _decide(self, role: str, conduct: Conduct) -> None:
        """A policy decides what its role must decide next."""
        session = self.session
        with session.held_by(role):
            found = asking(session.program, session.state) if session.place == "question" else None
            if found is not None:
                session.answer(choose(conduct, session.picture_now(), *found))
            elif not session.course_known and role not in session.named:
                self._name(role, conduct)
            else:
                given = session.orders[role]
                given += draft(conduct, session.picture(), role, given)
                self.seal(role)

    def _name(self, role: str, conduct: Conduct) -> None:
        work = self.session.picture_now()
        for setting in settings_of(self.session.program, role):
            value = setting_of(conduct, work, setting)
            if value is not None:
                self.session.draft_setting(setting.id, value)
        self.session.name_course(role)

    def seal(self, role: str) -> bool:
        """A role's orders are sealed; whether that was the last, and the turn is closed."""
        session = self.session
        session.seal(role)
        if not all(each in session.sealed for each in session.roles):
            return False
        session.close()
        return True

    # What each has been told

    def news(self, role: str) -> tuple[Entry, ...]:
        """What has come into the ledger since a seat was told last, as it may know it."""
        since = self._told.get(role, self._left_off(role))
        session = self.session
        return session.viewer.ledger(session.state, session.entries[since:], session.eyes(role))

    def tell(self, role: str) -> None:
        """A seat has been told all there is."""
        self._told[role] = len(self.session.entries)

    def _left_off(self, role: str) -> int:
        """Where a seat's knowledge ends after the game was opened: at its last answer, or before the last close.

        One that has not sat here yet finds all of it new, and so nothing has changed for it.
        """
        session = self.session
        asks = {event.id: event.asks for event in session.program.events}
        for number in reversed(range(len(session.made))):
            match session.made[number].move:
                case Plan():
                    return session.marks[number]
                case Answer(event, _) if asks[event] == role:
                    return (
                        session.marks[number + 1] if number + 1 < len(session.marks) else len(session.entries)
                    )
                case _:
                    pass
        return len(session.entries)


def players_of(program: Program, seats: Mapping[str, str]) -> dict[str, str]:
    """Who plays each role of a program: what is not said is a person's. Raises SaveError where it cannot be so."""
    known = roles(program)
    if len(known) < 2:
        raise SaveError("seats", ONE_TRACK[:1].lower() + ONE_TRACK[1:-1])
    if strange := sorted(set(seats) - set(known)):
        raise SaveError("seats", f"there is no seat '{strange[0]}'; there are {' and '.join(known)}")
    found = {role: seats.get(role, PERSON) for role in known}
    if PERSON not in found.values():
        raise SaveError("seats", "one of the seats must be a person's")
    return found
