"""How is a question answered?  By a choice; and where its author asks for a reason, by one sentence before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from game.play.journal import LONGEST_REASON, sentence
from game.rules.classes import dataclass
from game.rules.state import IllegalOrder
from game.views.screens.card import CardScreen
from game.views.screens.tree import BACK, LETTERS, Act, Element, Role, button, group, heading, text

if TYPE_CHECKING:
    from game.views.screens.table import Table

SHORTEST: Final = 3
"""Signs below which something typed is no reason."""


@dataclass(frozen=True, slots=True)
class ReasonScreen:
    """A reason being written for a choice that is not taken yet."""

    choice: str
    label: str
    typed: str = ""

    def with_sign(self, sign: str) -> ReasonScreen:
        """With one sign more, or one less."""
        typed = self.typed[:-1] if sign == BACK else self.typed + sign
        kept = "".join(each for each in typed if each.isprintable())[:LONGEST_REASON]
        return ReasonScreen(self.choice, self.label, kept)


def build(screen: ReasonScreen) -> Element:
    """The sheet as a tree."""
    short = "" if len(sentence(screen.typed)) >= SHORTEST else "A sentence is wanted first."
    return group(
        Role.DIALOG, "reason-sheet", "Why?",
        heading("reason.title", "Why?"),
        text("reason.choice", f"“{screen.label}”. Say in one sentence why; what comes of it is shown after."),
        Element(
            Role.FIELD, "Your reason", "reason", value=screen.typed, types=LETTERS,
            description="It is kept with the decision, and shown again in the debrief.", subject=screen,
        ),
        button("reason.without", "Without a reason", Act("reasoned", "")),
        button("reason.give", "Decide", Act("reasoned", screen.typed), "Return", "", short),
        button("close", "Choose again", Act("close"), "Escape", "Back to the dispatch."),
    )  # fmt: skip


class Answering:
    """Answers the questions of the game on a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.verbs: dict[str, Callable[[Act], str | None]] = {
            "choose": self._choose,
            "reasoned": self._reasoned,
        }

    def letters(self, act: Act) -> None:
        """Something is typed into the field of the sheet."""
        top = self._top()
        if isinstance(top, ReasonScreen):
            self.table.dialogs[-1] = top.with_sign(act.what)

    def _top(self) -> object:
        return self.table.dialogs[-1] if self.table.dialogs else None

    def _choose(self, act: Act) -> str | None:
        question = self.table.seen.question
        option = next((each for each in question.options if each.id == act.what), None) if question else None
        if question is not None and question.ask_reason and option is not None and not option.refusal:
            self.table.lay(ReasonScreen(option.id, option.label))
            return None
        return self._answer(act.what)

    def _reasoned(self, act: Act) -> str | None:
        """The reason that was asked for is there, or none will be given: the choice is taken."""
        top = self._top()
        if not isinstance(top, ReasonScreen):
            return None
        self.table.dialogs.pop()
        return self._answer(top.choice, sentence(act.what))

    def _answer(self, choice: str, reason: str = "") -> str | None:
        table, session, question = self.table, self.table.session, self.table.seen.question
        if question is None:
            return None
        option = next((each for each in question.options if each.id == choice), None)
        try:
            made = session.answer(choice, reason)
        except IllegalOrder as refused:
            return option.refusal if option and option.refusal else str(refused.refusal)
        told = tuple(
            session.viewer.reason(entry, session.eyes())
            for entry in session.viewer.ledger(session.state, made.ledger, session.eyes())
            if (entry.cause.id, entry.cause.country) == (question.event, question.country)
            and session.viewer.words.variable(entry.slot) is not None
        )
        table.answered()
        table.moved()
        table.read(session.turn, question.event, question.country)
        label = option.label if option else choice
        table.lay(
            CardScreen(
                question.event, question.country, session.turn, shown=question, answer=label, told=told
            )
        )
        return None
