"""How is a game played without a ledger?  One list of whole numbers, changed in place, and nothing else made.

The same turn as in `game.rules.engine`, phase by phase. A policy asks what is open and says what is done; orders are
given by number, as the game lists them, and are not judged again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.compiler.codegen.facts import ChoiceFacts
from game.compiler.codegen.happening import Happening
from game.compiler.codegen.ordering import OrderFacts
from game.rules.layout import NEVER, OPENING, ORDERS, OVER, QUESTION
from game.rules.orders import MEANS
from game.rules.program import Setting

Given = tuple[int, ...]
"""An order as a game lists it: its number, and what it costs."""
Wanted = Mapping[str, Mapping[int, int]]
"""What each role sets: the setting's number to the value."""
BOTH = "both"


class Raw(Happening):
    """A game to be played: `open`, then `answer` while it asks, then `set`, `orders` and `plan`."""

    __slots__ = ()

    # Settings

    def set(self, wanted: Wanted) -> bool:
        """Set what the roles want set, and reckon this turn's means; False if it is refused.

        May be called again in the same turn: then it begins anew, as if it had not been called before.
        """
        v, means = self.v, self.means
        if self.before:
            for slot, value in self.before:
                v[slot] = value
            self.before = []
        self.priced = True
        if self.fees or self.charged:
            self.charged, self.fees = {}, []
        if not wanted:
            means(v, self.t)
            return True
        if self.facts.easy and not self.told:
            allowed = self._set_easily(wanted)
            means(v, self.t)
            return allowed
        if not self._settable(wanted):
            means(v, self.t)
            return False
        changed = self._set(wanted)
        means(v, self.t)
        if changed:
            self.fees = [number for number in changed if self.facts.program.settings[number].cost]
            if self.fees and not self._charge(self.fees, wanted):
                self.set({})
                return False
        return True

    def adjust(self, number: int, value: int) -> None:
        """Set one thing more, which is one role's alone, always open and free, to a value within its bounds."""
        _, slot, _, _ = self.facts.easy[number]
        old = self.v[slot]
        if value != old:
            self.before.append((slot, old))
            self.v[slot] = value
            if self.priced:
                self.means(self.v, self.t)

    def _set_easily(self, wanted: Wanted) -> bool:
        """The same where every setting is one role's alone, always open, and costs nothing."""
        v, before, easy = self.v, self.before, self.facts.easy
        for role, values in wanted.items():
            for number, value in values.items():
                own, slot, low, high = easy[number]
                if role != own or not low <= value <= high:
                    for changed, old in before:
                        v[changed] = old
                    self.before = []
                    return False
                if value != v[slot]:
                    before.append((slot, v[slot]))
                    v[slot] = value
        return True

    def _settable(self, wanted: Wanted) -> bool:
        settings = self.facts.program.settings
        for role, values in wanted.items():
            for number, value in values.items():
                setting = settings[number]
                if setting.role not in (role, BOTH) or not setting.low <= value <= setting.high:
                    return False
                moved = value != self.v[setting.slot]
                if moved and setting.when is not None and not self.questions[f"set{number}"](self.v, self.t):
                    return False
        return True

    def _set(self, wanted: Wanted) -> list[int]:
        """Write the settings; the numbers of those that changed."""
        named: dict[int, list[int]] = {}
        by: dict[int, str] = {}
        for role in sorted(wanted) if len(wanted) > 1 else wanted:
            for number, value in wanted[role].items():
                named.setdefault(number, []).append(value)
                by[number] = BOTH if number in by else role
        moves = []
        for number in sorted(named) if len(named) > 1 else named:
            slot = self.facts.program.settings[number].slot
            value = sum(named[number]) // len(named[number])
            if value != self.v[slot]:
                moves.append((number, value, by[number]))
                self.before.append((slot, self.v[slot]))
        self.write_settings(moves)
        return [number for number, _, _ in moves]

    def write_settings(self, moves: Sequence[tuple[int, int, str]]) -> None:
        """Write each setting's new value, which somebody named."""
        for number, value, _ in moves:
            self.v[self.facts.program.settings[number].slot] = value

    def _charge(self, changed: Sequence[int], wanted: Wanted) -> bool:
        """Take the means that changed settings cost, and note what they cost of each stock; False if it is too much."""
        facts = self.facts
        for number in changed:
            setting = facts.program.settings[number]
            cost = self._fees(number, setting)
            for role in sorted(wanted):
                if cost and number in wanted[role]:
                    charged = self.charged.setdefault(role, {})
                    if any(amount > self._left(role, name) for name, amount in cost.items()):
                        return False
                    for name, amount in cost.items():
                        if name == MEANS:
                            self.v[self._purse(role)] -= amount
                        else:
                            charged[name] = charged.get(name, 0) + amount
        return True

    def _fees(self, number: int, setting: Setting) -> dict[str, int]:
        """What a setting costs now, of what it costs anything."""
        found = {}
        for at, (name, _) in enumerate(setting.cost):
            if amount := self.questions[f"fee{number}_{at}"](self.v, self.t):
                found[name] = amount
        return found

    def _purse(self, role: str) -> int:
        return self.facts.purses[self.facts.roles.index(role)][1]

    def _left(self, role: str, name: str) -> int:
        """What a role has left of its means, or of a stock beside what its settings cost."""
        if name == MEANS:
            return self.v[self._purse(role)]
        layout = self.facts.program.layout
        slot = layout.index[name]
        return self.v[slot] - layout.low[slot] - self.charged.get(role, {}).get(name, 0)

    # Orders

    def left(self, role: int) -> list[int]:
        """What a role can still spend, for each of the costs."""
        v, facts = self.v, self.facts
        charged = self.charged.get(facts.roles[role], {}) if self.charged else {}
        return [
            v[facts.purses[role][1]] if slot < 0 else v[slot] - low - charged.get(name, 0)
            for name, slot, low in facts.funds
        ]

    def orders(self, role: int) -> list[Given]:
        """The orders that are legal by themselves and can be paid for, by number, with what they cost."""
        if not self.priced:
            self.set({})
        left = self.left(role)
        found: list[Given] = self.engine.open_orders(role)(self.v, self.t)
        return affordable(found, left)

    def order(self, number: int) -> Given | None:
        """An order as `orders` would list it, or None; whether it can be paid for beside others is not asked."""
        return self.engine.single_orders[number](self.v, self.t)

    def plan(self, given: Sequence[Given]) -> None:
        """Give the orders, all roles' together, and run the turn to its close."""
        if not self.priced:
            self.priced = True
            if self.fees or self.charged:
                self.charged, self.fees = {}, []
            self.means(self.v, self.t)
        if self.fees or self.told or self.t in self.runs or not self._give_simply(given):
            self.run_orders(given)
        self.close()

    def _give_simply(self, given: Sequence[Given]) -> bool:
        """Give the orders, if all of them do nothing but add; false if not."""
        if not given:
            return True
        ways = [self.gives[each[0]] for each in given]
        if None in ways:
            return False
        v, t = self.v, self.t
        for each, give in zip(given, ways, strict=True):
            give(v, t, each)  # type: ignore[misc]
        for each in given:
            self.holds[each[0]](v)  # type: ignore[misc]
        return True

    def run_orders(self, given: Sequence[Given]) -> None:
        """Queue the orders of all roles, with what they cost, and the results that fall due; then write it all."""
        v, t, facts = self.v, self.t, self.facts
        for number in self.fees:
            self.pay_fee(number, self._fees(number, facts.program.settings[number]))
        due = [each for each in facts.slow if v[each.row.running] == t] if t in self.runs else ()
        for order in due:
            self.fall_due(order)
        orders, means = facts.orders, facts.means
        for each in given:
            self.give(orders[each[0]], each)
        for order in due:
            self.end_order(order)
        for each in given:
            order = orders[each[0]]
            row = order.row
            v[row.given] = t
            v[row.times] += 1
            if order.action.takes:
                self.begin_order(order)
            if each[means]:
                v[order.left] -= each[means]
        self.settle()

    def pay_fee(self, number: int, costs: dict[str, int]) -> None:
        """Queue what a changed setting costs of each stock."""
        layout = self.facts.program.layout
        for name, amount in costs.items():
            if name != MEANS:
                slot = layout.index[name]
                self.pending.append((slot, False, -amount, layout.low[slot], layout.high[slot]))

    def fall_due(self, order: OrderFacts) -> None:
        """Queue the results of an order that was given some turns ago."""
        act = self.acts[order.act]
        self.queue_alone(act.ways[self.drawn(act)])

    def give(self, order: OrderFacts, given: Given) -> None:
        """Queue one order, and what it costs of each stock."""
        if self.facts.stocked:
            layout = self.facts.program.layout
            for slot, amount in zip(self.facts.stocks, given[1:], strict=True):
                if amount and slot >= 0:
                    self.pending.append((slot, False, -amount, layout.low[slot], layout.high[slot]))
        act = self.acts[order.act]
        if act.fixed is not None and not act.follows:
            self.pending += act.fixed
        else:
            self.queue_alone(act)
        if act.ways and not order.action.takes:
            self.queue_alone(act.ways[self.drawn(act)])

    def end_order(self, order: OrderFacts) -> None:
        """An order whose results have come runs no longer."""
        self.v[order.row.running] = NEVER

    def begin_order(self, order: OrderFacts) -> None:
        """Remember when an order's results will come."""
        due = self.v[order.row.running] = self.t + order.action.takes
        self.runs.add(due)

    # The close

    def close(self) -> None:
        """Drift, pulls, and the close of the turn."""
        v, t, facts = self.v, self.t, self.facts
        if self.ends:
            ending = self.drift_turn(v, t, self.b, self)
        else:
            self.drift()
            if facts.groups:
                self._judge_directives()
            ending = self.close_turn(v, t)
        v[facts.place] = OPENING if ending < 0 else OVER
        if ending >= 0:
            v[facts.ending] = ending

    def drift(self) -> None:
        """Run the rules and the pulls."""
        self.drift_turn(self.v, self.t, self.b, self)

    def _judge_directives(self) -> None:
        v, t, facts = self.v, self.t, self.facts
        judged = []
        for group in facts.groups:
            number = v[group.slot] - 1
            if number >= 0:
                within, at_end, goal = self.goals[number]
                last = t - v[group.since] + 1 >= within
                if (last or not at_end) and goal(v, t):
                    judged.append((number, True, group.slot))
                elif last:
                    judged.append((number, False, group.slot))
        if judged:
            for number, met, _ in sorted(judged):
                self.judge(number, met)
            self.settle()
            for _, _, slot in judged:
                v[slot] = 0

    def judge(self, number: int, met: bool) -> None:
        """Queue what comes of a directive."""
        self.queue(self.acts[self.facts.directive_acts[number][0 if met else 1]])


def affordable(orders: list[Given], left: Sequence[int]) -> list[Given]:
    """The orders that can be paid for out of what is left."""
    if len(left) == 1:
        most = left[0]
        return [each for each in orders if each[1] <= most]
    if len(left) == 2:
        most, other = left
        return [each for each in orders if each[1] <= most and each[2] <= other]
    return [each for each in orders if all(map(int.__le__, each[1:], left))]


__all__ = [
    "BOTH",
    "OPENING",
    "ORDERS",
    "OVER",
    "QUESTION",
    "ChoiceFacts",
    "Given",
    "Raw",
    "Wanted",
    "affordable",
]
