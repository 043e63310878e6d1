"""How do two share one keyboard by lines?  A curtain between them, what each may know since it sat here, seals."""

from __future__ import annotations

import shutil

from game.play.seating import Seating
from game.rules.ledger import Entry
from game.views.screens import joint
from game.views.screens.digest import span, unknown, worth_telling
from game.views.screens.quarter import Moved, deeds, moved
from game.views.terminal.table import Quit, Table

MOST_ABROAD = 8
NAMED = (
    "The course is named. When the other has named one too, the mean of both holds, and the means are known."
)
SEALED = "The orders are sealed."


class SharedTable(Table):
    """A table at which each role has a seat of its own: two people, or one and a policy."""

    def begin_anew(self) -> None:
        super().begin_anew()
        self.lifted = False
        """Whether the curtain has been lifted for whoever holds the desk."""
        self.turns: dict[str, int] = {}
        """The turn that each seat has been told of last."""
        self.told_to: dict[tuple[str, int], set[tuple[str, str]]] = {}

    @property
    def seating(self) -> Seating:
        """The seats of the game that lies on the table now."""
        assert self.game is not None and self.game.seating is not None
        return self.game.seating

    def prompt(self) -> str:
        return "course> " if self.seating.naming() else "order> "

    def await_decision(self) -> bool:
        """Let policies decide, and hand the keyboard over where another person must; False at the end."""
        role = self.seating.advance()
        if not role:
            return False
        if self.seating.shared and (not self.lifted or role != self.session.holder):
            self.curtain(role)
        self.session.holder, self.lifted = role, True
        self.sit_down(role)
        return True

    def curtain(self, role: str) -> None:
        """Nothing of what was said stays in sight where there is a screen; whoever sits down says so."""
        if self.out.isatty():
            self.out.write("\n" * shutil.get_terminal_size().lines)
        self.say()
        self.say(f"-- The curtain. The keyboard goes to: {joint.label(self.session, role)}. --")
        if self.ask("Press Enter when nobody else looks> ") in ("quit", "q"):
            raise Quit

    def sit_down(self, role: str) -> None:
        """The turn where it is new to this seat, and what has happened since it sat here."""
        seen, news = self.session.observe(), self.seating.news(role)
        self.told = self.told_to.setdefault((role, seen.turn), set())
        if self.turns.get(role) != seen.turn:
            self.turns[role] = seen.turn
            self.say()
            self.say(
                f"== {seen.turn_name}, turn {seen.turn} of {seen.turns}: {joint.label(self.session, role)} =="
            )
        self.seating.tell(role)
        if worth_telling(self.session, news):
            self.digest(news)
        self.news()

    def digest(self, news: tuple[Entry, ...]) -> None:
        """What a seat may know of what has happened since it sat here."""
        session = self.session
        self.say(f"-- Since you sat here: {span(session, news)} --")
        national, abroad = moved(session, news)
        for each in (*national, *abroad[:MOST_ABROAD]):
            self.say(f"{each.label} {each.drift.shown}, now {each.after}: {_why(each)}", "  ")
        if len(abroad) > MOST_ABROAD:
            self.say(f"… and {len(abroad) - MOST_ABROAD} smaller changes abroad.", "  ")
        for turn in sorted({each.turn for each in news}):
            for deed in deeds(session, turn, news):
                if deed.kind == "order" or (deed.dispatch is not None and deed.dispatch.answer):
                    self.say(f"{deed.title}: {deed.outcome}", "  * ")
        if secret := unknown(session, news):
            self.say(secret, "  ")

    def question(self) -> None:
        """What an answer moved is told at once, and need not be told again."""
        super().question()
        self.seating.tell(self.session.holder)

    def end(self) -> None:
        """Name the course; then seal the orders."""
        role = self.session.holder
        if self.seating.naming():
            self.session.name_course(role)
            if not self.session.course_known:
                self.say(NAMED)
            self.shown_turn = 0
        else:
            self.say(SEALED)
            self.seating.seal(role)

    def outcome(self) -> None:
        """How it ended, and who undid whom."""
        super().outcome()
        self.say()
        self.say(joint.summary(joint.sides(self.session)))
        for each in joint.undone(self.session):
            self.say(each.sentence, "  ")


def _why(each: Moved) -> str:
    return each.reasons[0][1].sentence if each.reasons else ""
