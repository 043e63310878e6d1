"""How does a policy that looks ahead decide?  It plays some futures of each option for a few turns and takes the best.

At a question the options are the open choices; for settings and orders they are drafts of its own weights, each drawn
with other luck. What an option is worth is the sum of the goal over its futures; a future whose game ends before the
calendar does is worth nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.compiler.conducts import Foresight
from game.play.session import Session
from game.play.singly import Futures
from game.rules.classes import replace
from game.rules.conduct import Conduct, draft_id, future_seed, plan_of
from game.rules.events import asking
from game.rules.layout import OVER
from game.rules.program import Program
from game.rules.state import Answer, Plan, State


class Looking:
    """A policy of weights that looks ahead, for one game at a time."""

    def __init__(self, program: Program, conduct: Conduct, foresight: Foresight) -> None:
        self.program, self.conduct, self.foresight = program, conduct, foresight
        self.futures = Futures(program, foresight.under)

    def choose(self, session: Session) -> str:
        """The open choice whose futures come nearest to the goal; of equals the first by id."""
        found = asking(session.program, session.state)
        assert found is not None
        event, row = found
        work = session.picture_now()
        open_ = sorted(choice.id for choice in row.choices if work.holds(choice.when))
        if len(open_) == 1:
            return open_[0]
        return open_[self._best(session.state, [Answer(event.id, each) for each in open_])]

    def plan(self, session: Session) -> None:
        """The best of some drafts."""
        drafts = [
            plan_of(self.program, session.state, replace(self.conduct, id=draft_id(self.conduct, number)))
            for number in range(self.foresight.drafts)
        ]
        best = drafts[self._best(session.state, drafts)]
        for values in best.settings.values():
            for name, value in values.items():
                session.draft_setting(name, value)
        for role, orders in best.orders.items():
            session.orders[role] += orders

    def _best(self, state: State, decisions: Sequence[Answer | Plan]) -> int:
        worths = [self._worth(state, each) for each in decisions]
        return worths.index(max(worths))

    def _worth(self, state: State, decision: Answer | Plan) -> int:
        layout, total = self.program.layout, 0
        for number in range(self.foresight.futures):
            future = replace(state, seed=future_seed(state.seed, number))
            last = self.futures.closes(future, decision, self.foresight.turns)[-1].values
            early = last[layout.index["place"]] == OVER and last[layout.index["turn"]] < layout.turns
            total += 0 if early else self.foresight.goal.read(last, {})
        return total


__all__ = ["Looking"]
