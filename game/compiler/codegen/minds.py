"""Who decides in a game without a ledger?  A policy of weights, as fast as the game, and the loop that plays one.

The decisions are those of `game.rules.conduct`, draw by draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from game.compiler.codegen.asking import number_of
from game.compiler.codegen.chances import drawn
from game.compiler.codegen.facts import EventFacts, RowFacts
from game.compiler.codegen.nodes import Node, Nodes
from game.compiler.codegen.part import Part
from game.compiler.codegen.raw import BOTH, Given, Raw, Wanted, affordable
from game.rules.conduct import MOST_WEIGHT, Conduct, policy_key
from game.rules.layout import OVER, QUESTION
from game.rules.orders import MOST_ORDERS
from game.rules.program import Formula, Setting
from game.rules.state import Order

if TYPE_CHECKING:
    from game.compiler.codegen.engine import Engine

Weight = Callable[[list[int], int], int] | int
"""A number, or a function that reckons it."""


class Mind(Protocol):
    """Decides in a game without a ledger. Must draw chance from the game's seed only."""

    def choose(self, game: Raw) -> int:
        """The number of an open choice of the event that asks."""

    def plan(self, game: Raw) -> None:
        """Set, order, and end the turn by `game.plan`."""


def play(game: Raw, mind: Mind) -> Raw:
    """Play a game to its end."""
    v, place = game.v, game.facts.place
    try:
        while v[place] != OVER:
            game.open()
            while v[place] == QUESTION:
                game.answer(mind.choose(game))
            mind.plan(game)
    except Exception as fault:
        raise game.engine.blamed(fault) from fault.__cause__
    return game


class Weighing:
    """A conduct made ready for one program."""

    def __init__(self, engine: Engine, conduct: Conduct) -> None:
        self.id = conduct.id
        self.facts = engine.facts
        self.part = Part(f"policy {conduct.id}", Nodes(engine.program, named=conduct.named))
        self._functions = 0
        choices = self._choices(conduct)
        settings = [
            (
                number,
                setting,
                [(self._weight(each.value, free=True), self._weight(each.weight)) for each in options],
            )
            for number, setting in enumerate(engine.program.settings)
            if (options := conduct.settings.get(setting.id))
        ]
        orders = {
            each.number: weight
            for each in self.facts.orders
            if (weight := self._weight(conduct.orders.get(Order(each.action.id, each.target)))) != 0
        }
        idle = [self._weight(conduct.idle.get(role)) for role in self.facts.roles]
        made = engine.run(self.part.compiled())

        def ready(weight: Any) -> Any:
            return made[weight] if isinstance(weight, str) else weight

        self.choices = {key: tuple(map(ready, weights)) for key, weights in choices.items()}
        self.settings = [
            (number, setting, [(ready(value), ready(weight)) for value, weight in options])
            for number, setting, options in settings
        ]
        self.orders: dict[int, Weight] = {number: ready(weight) for number, weight in orders.items()}
        self.even = len(set(self.orders.values())) == 1 and all(
            isinstance(weight, int) for weight in self.orders.values()
        )
        """Whether all orders weigh the same."""
        self.all = len(self.orders) == len(self.facts.orders)
        self.idle: list[Weight] = [ready(weight) for weight in idle]
        self.most = [min(MOST_ORDERS, conduct.most.get(role, MOST_ORDERS)) for role in self.facts.roles]
        self.keys = [
            [policy_key(self.id, f"order:{role}:{number}") for number in range(MOST_ORDERS)]
            for role in self.facts.roles
        ]
        self.choice_keys: dict[tuple[int, int], int] = {}

    def _choices(self, conduct: Conduct) -> dict[tuple[int, int], list[Any]]:
        found = {}
        for event in self.facts.events:
            for row in event.rows:
                weights = [
                    self._weight(conduct.choices.get((event.id, row.country, choice.id)))
                    for choice in row.choices
                ]
                if any(weight != 0 for weight in weights):
                    found[event.number, row.number] = weights
        return found

    def _weight(self, formula: Formula | None, free: bool = False) -> str | int:
        """A number, or the name of the function that reckons it; held between 0 and the most unless it is `free`."""
        nodes = self.part.nodes
        if formula is None:
            return 0
        node: Node = nodes.of(formula)
        if not free:
            node = nodes.make("clamp", node, nodes.const(0), nodes.const(MOST_WEIGHT))
        if node.name == "const":
            return node.value
        self._functions += 1
        return number_of(self.part, f"f{self._functions}", self.id, "weight", node)

    def choose(self, game: Raw) -> int:
        """An open choice, drawn by weight; the first by id if none weighs anything."""
        event, row = game.asking()
        open_ = game.open_choices(row)
        weights = self.choices.get((event.number, row.number))
        if weights is None:
            return open_[0]
        v, t = game.v, game.t
        shares = [weight if isinstance(weight := weights[each], int) else weight(v, t) for each in open_]
        total = sum(shares)
        if not total:
            return open_[0]
        return open_[_share(shares, drawn(game.b, self._choice_key(event, row), t, total))]

    def _choice_key(self, event: EventFacts, row: RowFacts) -> int:
        key = self.choice_keys.get((event.number, row.number))
        if key is None:
            key = policy_key(self.id, f"choice:{event.id}@{row.country}")
            self.choice_keys[event.number, row.number] = key
        return key

    def plan(self, game: Raw) -> None:
        """Settings one by one as far as they are allowed, then orders by weight."""
        wanted: dict[str, dict[int, int]] = {}
        if self.settings:
            wanted = self._wanted(game)
        if not wanted:
            game.set({})
        given: list[Given] = []
        for role in range(len(self.most)):
            given += self.draft(game, role)
        game.plan(given)

    def _wanted(self, game: Raw) -> dict[str, dict[int, int]]:
        wanted: dict[str, dict[int, int]] = {}
        values = [
            (number, setting, self._value(game, setting, options))
            for number, setting, options in self.settings
        ]
        for number, setting, value in values:
            if value is not None:
                more = {role: dict(own) for role, own in wanted.items()}
                for role in self.facts.roles if setting.role == BOTH else (setting.role,):
                    more.setdefault(role, {})[number] = value
                if game.set(more):
                    wanted = more
                elif wanted:
                    game.set(wanted)
        return wanted

    def _value(self, game: Raw, setting: Setting, options: Sequence[tuple[Weight, Weight]]) -> int | None:
        v, t = game.v, game.t
        shares = [weight if isinstance(weight, int) else weight(v, t) for _, weight in options]
        total = sum(shares)
        if not total:
            return None
        roll = drawn(game.b, policy_key(self.id, f"setting:{setting.id}"), t, total)
        value = options[_share(shares, roll)][0]
        number = value if isinstance(value, int) else value(v, t)
        return max(setting.low, min(setting.high, number))

    def draft(self, game: Raw, role: int) -> list[Given]:
        """The orders of a role: drawn one by one from those that are legal beside the ones before."""
        most = self.most[role]
        if not most or not self.orders:
            return []
        v, t = game.v, game.t
        legal = game.orders(role)
        weights = self.orders
        if not self.all:
            legal = [order for order in legal if order[0] in weights]
        idle = self.idle[role]
        rest = idle if isinstance(idle, int) else idle(v, t)
        if not legal:
            return []
        shares: dict[int, int] = {}
        if not self.even:
            shares = {
                order[0]: weight if isinstance(weight := weights[order[0]], int) else weight(v, t)
                for order in legal
            }
            legal = [order for order in legal if shares[order[0]]]
        each = 0 if not self.even else int(weights[legal[0][0]])  # type: ignore[arg-type]
        left = game.left(role)
        found: list[Given] = []
        for key in self.keys[role][:most]:
            if not legal:
                break
            if each:
                at = drawn(game.b, key, t, each * len(legal) + rest) // each
            else:
                own = [shares[order[0]] for order in legal]
                at = _share([*own, rest], drawn(game.b, key, t, sum(own) + rest))
            if at >= len(legal):
                break
            order = legal.pop(at)
            found.append(order)
            if any(order[1:]):
                left = [amount - cost for amount, cost in zip(left, order[1:], strict=True)]
                legal = affordable(legal, left)
        return found


def _share(shares: Sequence[int], roll: int) -> int:
    """In which of the shares laid side by side a roll falls."""
    for number, share in enumerate(shares):
        roll -= share
        if roll < 0:
            return number
    raise AssertionError("weights do not add up")


__all__ = ["Mind", "Wanted", "Weighing", "play"]
