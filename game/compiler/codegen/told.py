"""How is a move made with its ledger?  The same game as without one, every change of it an entry with its cause.

Entries, their order and all that stands in them are those of `game.rules.writing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.compiler.codegen.acts import Act
from game.compiler.codegen.facts import ChoiceFacts, EventFacts, RowFacts
from game.compiler.codegen.ordering import OrderFacts
from game.compiler.codegen.raw import BOTH, Given, Raw, Wanted
from game.rules.core import clamp
from game.rules.engine import CLOSE as CLOSE_PHASE
from game.rules.engine import DRIFT as DRIFT_PHASE
from game.rules.engine import EVENTS, OPENING_PHASE, ORDER_PHASE, SETTINGS
from game.rules.events import DROPPED
from game.rules.layout import NEVER
from game.rules.ledger import DEFAULT, Cause, Entry, Kind, Mark, Sentence
from game.rules.orders import MEANS, MOST_ORDERS
from game.rules.state import Order, Plan, State, Step
from game.rules.writing import shortened

if TYPE_CHECKING:
    from game.compiler.codegen.engine import Engine

ANSWERED = "the engine answered: the role had enough questions"
Told_ = tuple[int, bool, int, Cause, str, Sentence | None, Mark | None, tuple[str, ...], str]
"""A write that waits: slot, whether it sets, amount, cause, who may know, why, mark, what was read, a note."""
new = tuple.__new__


class Told(Raw):
    """A game whose changes are written down."""

    __slots__ = ("chains", "day", "entries", "names", "origins", "parent", "phase", "set_by", "waiting")

    def __init__(self, engine: Engine, state: State, extra: Sequence[int] = ()) -> None:
        super().__init__(engine, state.seed, state.fate, list(state.values))
        self.begin_anywhere(extra)
        self.names = engine.program.layout.names
        self.origins = dict(state.origins)
        self.chains: list[tuple[Act, list[tuple[int, int]], Cause]] = []
        self.parent: Cause | None = None
        """What called the event that happened last."""
        self.set_by: dict[int, str] = {}
        """Who set each setting that was changed in this turn."""
        self.entries: list[Entry] = []
        self.waiting: list[Told_] = []
        self.phase = 0
        self.day = 0

    def again(self) -> None:
        """Get ready for the next move of the same game."""
        self.entries = []
        self.phase = 0
        self.day = 0

    def done(self) -> Step:
        """The state as it is now, and all that moved."""
        origins = tuple(sorted(self.origins.items())) if self.origins else ()
        return Step(State(self.seed, self.fate, tuple(self.v), origins), tuple(self.entries))

    def answer_by_id(self, event: str, choice: str) -> bool:
        """Take a choice of the event that asks; False if that cannot be done."""
        asking, row = self.asking()
        if asking.id != event:
            return False
        for number in self.open_choices(row):
            if row.choices[number].id == choice:
                self.phase = EVENTS
                self.answer(number)
                return True
        return False

    # Blocks

    def tell(self, act: Act, cause: Cause, known_to: str, mark: Mark | None = None, note: str = "") -> None:
        """Read a block now, its drawn result and called events included; `settle` writes it."""
        self.tell_alone(act, cause, known_to, mark, note)
        if act.ways:
            self.tell_result(act, cause, known_to, mark, note)

    def tell_result(self, act: Act, cause: Cause, known_to: str, mark: Mark | None, note: str = "") -> None:
        """Draw a block's result and read that."""
        drawn = self.drawn(act)
        name = act.names[drawn]
        branch = f"{cause.branch}={name}" if cause.branch else f"={name}"
        self.tell_alone(act.ways[drawn], cause._replace(branch=branch), known_to, mark, note)

    def tell_alone(self, act: Act, cause: Cause, known_to: str, mark: Mark | None, note: str = "") -> None:
        """Read a block without its results. What moves nothing leaves a note, rules excepted."""
        v, t = self.v, self.t
        because = act.because
        if callable(because):
            because = because(v, t)
        waiting, reads, marks = self.waiting, act.reads, act.marks
        if act.fixed is not None:
            moving = bool(act.fixed)
            for (slot, sets, amount, _, _), at in zip(act.fixed, marks, strict=True):
                waiting.append((slot, sets, amount, cause, known_to, because, at, reads, note))
        else:
            assert act.amounts is not None
            moving = False
            for (slot, sets, _, _), known, at in zip(act.writes, act.amounts(v, t), marks, strict=True):
                if known is not None:
                    moving = True
                    waiting.append((slot, sets, known, cause, known_to, because, at, reads, note))
        if not moving and cause.kind != Kind.RULE:
            self.note(cause, known_to, mark, note or "happened", because, reads)
        if act.follows:
            self.chains.append((act, self.called_by(act), cause))

    def tell_at_once(
        self, number: int, cause: Cause, known_to: str, mark: Mark | None, note: str = ""
    ) -> None:
        """Read a block that stands alone, and write it."""
        act = self.acts[number]
        if act.ways or not act.distinct or act.fixed is None or not act.fixed:
            self.tell(act, cause, known_to, mark, note)
            self.settle()
            return
        calls = self.called_by(act) if act.calls else []
        v, t, phase, day, names, reads = self.v, self.t, self.phase, self.day, self.names, act.reads
        because, entry = act.because, self.entries.append
        if callable(because):
            because = because(v, t)
        for (slot, sets, amount, low, high), at in zip(act.fixed, act.marks, strict=True):
            x = v[slot]
            delta = amount - x if sets else amount
            entry(
                new(Entry, (t, phase, day, names[slot], delta, x, cause, because, at, reads, known_to, note))
            )
            x += delta
            v[slot] = x if low <= x <= high else self.hold(slot, x)
        if act.follows:
            self.chains.append((act, calls, cause))
            self.settle()

    def note(
        self,
        cause: Cause,
        known_to: str,
        mark: Mark | None,
        note: str,
        because: Sentence | None = None,
        reads: tuple[str, ...] = (),
    ) -> None:
        """An entry that moves nothing: something happened, or was dropped."""
        name = f"event:{cause.id}"
        self.entries.append(
            Entry(self.t, self.phase, self.day, name, 0, 0, cause, because, mark, reads, known_to, note)
        )

    def settle(self) -> None:
        """Write all that is queued, then drop, reveal and call what the queued blocks say."""
        if self.waiting:
            self._write()
        if self.chains:
            v, t, names, chains = self.v, self.t, self.names, self.chains
            self.chains = []
            for act, _, _ in chains:
                for slot in act.cancels:
                    v[slot] = NEVER
                    self.origins.pop(names[slot], None)
                for slot in act.reveals:
                    v[slot] = 1
            for _, calls, cause in chains:
                for slot, due in calls:
                    if v[slot] < t or due < v[slot]:
                        v[slot] = due
                        self.calls.add(due)
                        self.origins[names[slot]] = shortened(cause)

    def _write(self) -> None:
        waiting = self.waiting
        self.waiting = []
        waiting.sort(key=_slot)
        v, t, phase, day, names = self.v, self.t, self.phase, self.day, self.names
        low, high = self.facts.program.layout.low, self.facts.program.layout.high
        entry = self.entries.append
        at, end = 0, len(waiting)
        while at < end:
            slot, sets, amount, cause, known_to, because, mark, reads, note = waiting[at]
            at += 1
            x = v[slot]
            if at < end and waiting[at][0] == slot:
                first = at - 1
                while at < end and waiting[at][0] == slot:
                    at += 1
                x = self._write_several(waiting[first:at], x)
            else:
                delta = amount - x if sets else amount
                fields = (t, phase, day, names[slot], delta, x, cause, because, mark, reads, known_to, note)
                entry(new(Entry, fields))
                x += delta
            v[slot] = x if low[slot] <= x <= high[slot] else self.hold(slot, x)

    def _write_several(self, writes: Sequence[Told_], x: int) -> int:
        """Writes that meet: of those that set, only the first of the highest moves anything."""
        tops = [(each[2], -number) for number, each in enumerate(writes) if each[1]]
        winner = -max(tops)[1] if tops else -1
        start = x
        for number, (slot, sets, amount, cause, known_to, because, mark, reads, note) in enumerate(writes):
            delta = (amount - start if number == winner else 0) if sets else amount
            moved = (self.t, self.phase, self.day, self.names[slot], delta, x)
            self.entries.append(new(Entry, (*moved, cause, because, mark, reads, known_to, note)))
            x += delta
        return x

    def meet(self, slot: int, writes: Sequence[Told_]) -> int:
        """The value of a slot after writes that meet there."""
        layout = self.facts.program.layout
        x = self._write_several(writes, self.v[slot])
        return x if layout.low[slot] <= x <= layout.high[slot] else self.hold(slot, x)

    def hold(self, slot: int, x: int) -> int:
        """A value held within its bounds, with the entry of the limit."""
        layout = self.facts.program.layout
        name = layout.names[slot]
        held = clamp(x, layout.low[slot], layout.high[slot])
        cause = Cause(Kind.LIMIT, name, turn=self.t)
        self.entries.append(Entry(self.t, self.phase, self.day, name, held - x, x, cause))
        return held


def caused(row: list[Cause | None], turn: int, kind: Kind, id: str, country: str) -> Cause:
    """The cause of what an item does in a turn, kept for the next time."""
    made = row[turn] = Cause(kind, id, "", country, turn)
    return made


def _slot(write: Told_) -> int:
    return write[0]


class Telling(Told):
    """The turn of such a game."""

    __slots__ = ()
    told = True

    def open(self) -> None:
        """Begin the next turn."""
        self.phase = EVENTS
        super().open()
        self.day = 0

    def happen(self, number: int, rows: Sequence[int]) -> None:
        """The instances of an event that happen: all read one picture and write together."""
        v, t, event = self.v, self.t, self.facts.events[number]
        table = event.table
        self.day = event.day
        happened = [event.rows[each] for each in rows]
        causes = []
        for row in happened:
            parent = self.origins.pop(self.names[row.due], None) if self.origins else None
            causes.append(new(Cause, (Kind.EVENT, event.id, "", row.country, t, "", parent)))
        self.parent = causes[0].parent
        if len(happened) == 1:
            self.tell_at_once(happened[0].act, causes[0], table.known_to, table.mark)
        else:
            for row, cause in zip(happened, causes, strict=True):
                self.tell(self.acts[row.act], cause, table.known_to, table.mark)
            self.settle()
        for row in happened:
            v[row.happened] = t
            v[row.times] += 1

    def drop(self, event: EventFacts, row: RowFacts, reason: str) -> None:
        """A call that came to nothing leaves a note."""
        parent = self.origins.pop(self.names[row.due], None)
        cause = Cause(Kind.EVENT, event.id, country=row.country, turn=self.t, parent=parent)
        self.day = event.day
        self.note(cause, event.table.known_to, event.table.mark, f"{DROPPED}: {reason}")

    def take(self, event: EventFacts, row: RowFacts, choice: ChoiceFacts, by: str) -> None:
        """Do the block of a choice."""
        self.day = event.day
        note = ANSWERED if by == DEFAULT else ""
        parent = self.parent if by == DEFAULT else None
        cause = new(Cause, (Kind.CHOICE, event.id, choice.id, row.country, self.t, by, parent))
        self.tell_at_once(choice.act, cause, event.table.known_to, event.table.mark, note)
        self.v[choice.taken] = self.t

    def follow(self, plan: Plan) -> bool:
        """Do a plan; False, and the game is spoilt, if anything in it is refused."""
        numbers, roles = self.facts.setting_numbers, self.facts.roles
        wanted: dict[str, dict[int, int]] = {}
        for role, values in plan.settings.items():
            for name, value in values.items():
                if name not in numbers or role not in roles:
                    return False
                wanted.setdefault(role, {})[numbers[name]] = value
        if not self.set(wanted):
            return False
        given: list[Given] = []
        for role, orders in sorted(plan.orders.items()):
            if orders:
                judged = None if role not in roles else self.judged(roles.index(role), orders)
                if judged is None:
                    return False
                given += sorted(judged)
        self.plan(given)
        return True

    def judged(self, role: int, orders: Sequence[Order]) -> list[Given] | None:
        """The orders with their costs, or None if one is refused beside those before it."""
        legal = {each[0]: each for each in self.engine.open_orders(role)(self.v, self.t)}
        left = self.left(role)
        found: list[Given] = []
        for order in orders:
            each = legal.pop(self.facts.order_numbers.get((order.action, order.target), -1), None)
            if each is None or len(found) >= MOST_ORDERS:
                return None
            if any(cost > most for cost, most in zip(each[1:], left, strict=True)):
                return None
            left = [most - cost for cost, most in zip(each[1:], left, strict=True)]
            found.append(each)
        return found

    def write_settings(self, moves: Sequence[tuple[int, int, str]]) -> None:
        """Write each setting's new value, with its entry."""
        self.phase = SETTINGS
        self.set_by = {number: by for number, _, by in moves}
        for number, value, by in moves:
            setting = self.facts.program.settings[number]
            cause = Cause(Kind.SETTING, setting.id, turn=self.t, by=by)
            self.waiting.append(
                (setting.slot, True, value, cause, setting.known_to, None, setting.mark, (), "")
            )
        if self.waiting:
            self._write()

    def pay_fee(self, number: int, costs: dict[str, int]) -> None:
        """Queue what a changed setting costs of each stock."""
        setting = self.facts.program.settings[number]
        price = Cause(Kind.COST, setting.id, turn=self.t, by=self.set_by[number])
        for name, amount in costs.items():
            if name != MEANS:
                slot = self.facts.program.layout.index[name]
                self.waiting.append(
                    (slot, False, -amount, price, setting.known_to, None, setting.mark, (), "")
                )

    def run_orders(self, given: Sequence[Given]) -> None:
        """Queue the orders of all roles, with what they cost."""
        self.phase = ORDER_PHASE
        super().run_orders(given)

    def fall_due(self, order: OrderFacts) -> None:
        """Queue the results of an order that was given some turns ago."""
        origin = self.origins.get(self.names[order.row.running])
        cause = Cause(Kind.ORDER, order.action.id, country=order.target, turn=self.t, parent=origin)
        act = self.acts[order.act]
        self.tell_result(act, cause, order.action.known_to, order.action.mark)

    def give(self, order: OrderFacts, given: Given) -> None:
        """Queue one order, and what it costs of each stock."""
        action = order.action
        price = Cause(Kind.COST, action.id, country=order.target, turn=self.t, by=order.role)
        for slot, amount in zip(self.facts.stocks, given[1:], strict=True):
            if amount and slot >= 0:
                self.waiting.append((slot, False, -amount, price, action.known_to, None, action.mark, (), ""))
        cause = Cause(Kind.ORDER, action.id, country=order.target, turn=self.t, by=order.role)
        act = self.acts[order.act]
        tell = self.tell_alone if action.takes or not act.ways else self.tell
        tell(act, cause, action.known_to, action.mark)

    def end_order(self, order: OrderFacts) -> None:
        """An order whose results have come runs no longer."""
        super().end_order(order)
        self.origins.pop(self.names[order.row.running], None)

    def begin_order(self, order: OrderFacts) -> None:
        """Remember when an order's results will come, and who gave it."""
        super().begin_order(order)
        cause = Cause(Kind.ORDER, order.action.id, country=order.target, turn=self.t, by=order.role)
        self.origins[self.names[order.row.running]] = cause

    def drift(self) -> None:
        """Run the rules and the pulls."""
        self.phase = DRIFT_PHASE
        self.drift_turn(self.v, self.t, self.b, self, self.entries.append)
        self.phase = CLOSE_PHASE

    def judge(self, number: int, met: bool) -> None:
        """Queue what comes of a directive."""
        directive = self.facts.program.directives[number]
        cause = Cause(Kind.DIRECTIVE, directive.id, "met" if met else "missed", turn=self.t)
        act = self.acts[self.facts.directive_acts[number][0 if met else 1]]
        self.tell(act, cause, "all", directive.mark)


__all__ = ["BOTH", "OPENING_PHASE", "Telling", "Wanted"]
