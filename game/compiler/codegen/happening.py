"""Which events happen in a turn, and what do they do?  The first half of a turn on a plain list.

The same as in `game.rules.events`, without entries. `game.compiler.codegen.raw` adds the half of the orders,
`game.compiler.codegen.told` the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from game.compiler.codegen.doing import Doing
from game.compiler.codegen.facts import ChoiceFacts, EventFacts, RowFacts
from game.rules.layout import NEVER, ORDERS, QUESTION
from game.rules.ledger import DEFAULT
from game.rules.state import HISTORICAL

ONLY: Final = (0,)
NOT_HOLDING: Final = "its premise does not hold"
ANOTHER: Final = "it asks about another country this turn"


class Happening(Doing):
    """A game whose turns open, and whose events happen and ask."""

    __slots__ = ()

    # A turn

    def open(self) -> None:
        """Begin the next turn, and go through its events until one asks or none is left."""
        facts, v = self.facts, self.v
        self.t = t = self.t + 1
        self.opening(v, t)
        self.priced = False
        if self.before:
            self.before = []
        if facts.groups and (t == 1 or (facts.first_step + t - 1) % facts.period == 0):
            self._set_directives()
        if self.extra:
            self.run(0)
        else:
            self.finders[t](self, v, t, 0, self.b, t in self.calls)

    def _set_directives(self) -> None:
        v, t, questions = self.v, self.t, self.questions
        for number, group in enumerate(self.facts.groups):
            if v[group.slot]:
                continue
            open_, weights = questions[f"drafts{number}"](v, t)
            if sum(weights) <= 0:
                continue
            drawn = open_[self.pick(self.b, group.key, t, weights)]
            note = questions.get(f"note{drawn}")
            noted = note(v, t) if note else 0
            v[group.slot], v[group.since], v[group.noted] = drawn + 1, t, noted

    def run(self, at: int) -> None:
        """Go on through the turn's events from the one of this number."""
        t, v = self.t, self.v
        if self.extra:
            asks = self._run_one_by_one(at)
        else:
            asks = bool(self.finders[t](self, v, t, at, self.b, t in self.calls))
        if not asks:
            v[self.facts.at] = len(self.facts.events)
            v[self.facts.place] = ORDERS

    def _run_one_by_one(self, at: int) -> bool:
        """The same where a teacher has called an event: every event is asked whether it happens."""
        return any(self.call(number) for number in range(at, len(self.facts.events)))

    def happen(self, number: int, rows: Sequence[int]) -> None:
        """The instances of an event that happen: all read one picture and write together."""
        v, t, event = self.v, self.t, self.facts.events[number]
        if len(rows) == 1:
            row = event.rows[rows[0]]
            self.do(row.act)
            v[row.happened] = t
            v[row.times] += 1
            return
        for each in rows:
            self.queue(self.acts[event.rows[each].act])
        self.settle()
        for each in rows:
            row = event.rows[each]
            v[row.happened] = t
            v[row.times] += 1

    def ask(self, number: int, row_number: int) -> bool:
        """Put an event's question; false if the role has had enough of them and the engine answers."""
        facts, v, event = self.facts, self.v, self.facts.events[number]
        row = event.rows[row_number]
        if event.always or v[event.asked] < facts.decisions:
            v[event.asked] += 1
            v[facts.at] = number + 1
            v[facts.at_country] = row.place
            v[facts.place] = QUESTION
            self.question = event, row
            return True
        self.take(event, row, row.choices[self.default(row)], DEFAULT)
        return False

    def call(self, number: int) -> bool:
        """Let an event happen, if it does, that may have been called; true if it asks."""
        rows = self.called(number)
        if not rows:
            return False
        self.happen(number, rows)
        event = self.facts.events[number]
        return event.asked >= 0 and bool(event.rows[rows[0]].choices) and self.ask(number, rows[0])

    def called(self, number: int) -> list[int]:
        """The instances of an event that happen, where some may have been called for this turn."""
        v, t = self.v, self.t
        event, questions = self.facts.events[number], self.engine.called(number)
        table = event.table
        due = [row for row in event.rows if v[row.due] == t]
        for row in due:
            v[row.due] = NEVER
        found: list[int] = []
        for row in due:
            if not questions[f"premise{number}_{row.number}"](v, t):
                self.drop(event, row, NOT_HOLDING)
            elif table.asks and found:
                self.drop(event, row, ANOTHER)
            else:
                found.append(row.number)
        certain = table.historical is not None and self.fate == HISTORICAL
        if table.only_then or not table.first <= t <= table.last or (found and table.asks):
            return found
        if certain and table.historical is not None and t < table.historical:
            return found
        free = [
            row.number
            for row in event.rows
            if (v[row.happened] == NEVER or 0 < table.repeats <= t - v[row.happened])
            and row.number not in found
            and questions[f"able{number}_{row.number}"](v, t)
        ]
        if table.pick_key is not None and free:
            odds = [questions.get(f"odds{number}_{each}") for each in free]
            weights = [each(v, t) if each else 1 for each in odds]
            free = [free[self.pick(self.b, table.pick_key, t, weights)]]
        if not certain:
            free = [each for each in free if self._likely(number, each, table.rows[each].chance_key)]
        return sorted(found + free)

    def _likely(self, number: int, row: int, key: int) -> bool:
        chance = self.engine.called(number).get(f"chance{number}_{row}")
        return chance is None or self.comes_up(chance(self.v, self.t), key)

    def drop(self, event: EventFacts, row: RowFacts, reason: str) -> None:
        """A call that came to nothing; without a ledger nothing is to be said about it."""

    # Questions

    def asking(self) -> tuple[EventFacts, RowFacts]:
        """The event that waits for an answer, with its instance."""
        if self.question is not None:
            return self.question
        v, facts = self.v, self.facts
        event, place = facts.events[v[facts.at] - 1], v[facts.at_country]
        for row in event.rows:
            if row.place == place:
                return event, row
        raise AssertionError("no event asks")

    def open_choices(self, row: RowFacts) -> Sequence[int]:
        """The numbers of the answers that can be taken now, by id."""
        if not row.open:
            return row.by_id
        found: list[int] = self.questions[row.open](self.v, self.t)
        return found

    def default(self, row: RowFacts) -> int:
        """What is done when nobody is asked: the historical choice if it is open, else the first by id that is."""
        open_ = self.open_choices(row)
        for number in open_:
            if row.choices[number].historical:
                return number
        return open_[0]

    def answer(self, number: int) -> None:
        """Take one of the open choices, and go on through the events."""
        event, row = self.asking()
        self.question = None
        self.take(event, row, row.choices[number], event.table.asks)
        self.v[self.facts.at_country] = 0
        self.run(self.v[self.facts.at])

    def take(self, event: EventFacts, row: RowFacts, choice: ChoiceFacts, by: str) -> None:
        """Do the block of a choice."""
        self.do(choice.act)
        self.v[choice.taken] = self.t


def happens(number: int) -> Callable[..., None]:
    """What the generated functions call to let the only instance of an event happen."""

    def happen(g: Happening, v: list[int], t: int, b: int) -> None:
        g.happen(number, ONLY)

    return happen


__all__ = ["ANOTHER", "NOT_HOLDING", "Happening", "happens"]
