"""What does a policy of weights decide in many games at once?  The same as `game.rules.conduct`, draw for draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from game.compiler.lanes.chance import choose_by, running
from game.compiler.lanes.columns import Array, full, places
from game.compiler.lanes.drafting import NOBODY, Drafted, Drafting, Offered
from game.compiler.lanes.happenings import Question, first_of
from game.compiler.lanes.machine import Formulas, Machine
from game.rules.classes import dataclass
from game.rules.conduct import MOST_WEIGHT, Conduct, policy_key
from game.rules.core import ZERO, Const, Core
from game.rules.orders import MOST_ORDERS
from game.rules.program import Setting
from game.rules.state import Plan

if TYPE_CHECKING:
    from game.compiler.lanes.block import Block
    from game.compiler.lanes.planning import Planner


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a setting is to be, and in which lanes; `roles` names it, or all that may."""

    setting: Setting
    value: Any
    where: Any
    roles: tuple[str, ...] | None = None


class Decider(Protocol):
    """Whatever decides for both roles in a block of games."""

    def choose(self, block: Block, question: Question, rows: Any, lanes: Array, open_: list[Any]) -> Array:
        """The number of the choice taken in each of some lanes."""

    def wanted(self, block: Block) -> list[Wanted]:
        """What is to be set to what in which lanes, before it is asked whether it may be."""

    def draft(self, block: Block, role: str, charged: Mapping[str, Array]) -> Drafted:
        """The orders of a role."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the answers to a question weigh, for each of its rows."""

    weights: tuple[Formulas, ...]
    keys: Array
    sums: Array | None
    """The running sums of weights that never change; None where some do."""


class ConductRows:
    """A conduct, ready for columns."""

    def __init__(self, machine: Machine, conduct: Conduct, offered: Mapping[str, Offered]) -> None:
        self.machine, self.conduct = machine, conduct
        self.drafting = {role: self._drafting(each) for role, each in offered.items()}
        self._answers: dict[str, Answers] = {}
        self.settings = [
            (setting, [(Formulas(machine, [each.weight.core], False), Formulas(machine, [each.value.core], False))
                       for each in conduct.settings[setting.id]])
            for setting in machine.program.settings if conduct.settings.get(setting.id)
        ]  # fmt: skip

    def _drafting(self, offered: Offered) -> Drafting | None:
        weights = self.conduct.orders
        own = [
            number
            for number, order in enumerate(offered.orders)
            if order in weights and not _nothing(weights[order].core)
        ]
        if not own or not self.conduct.most.get(offered.role, MOST_ORDERS):
            return None
        return Drafting(self.machine, self.conduct, offered, own)

    # Answers

    def answers(self, question: Question) -> Answers:
        """What the answers to a question weigh."""
        event = question.event
        if event.id not in self._answers:
            weights = tuple(
                Formulas(
                    self.machine, [self._weight(event.id, row.country, choice) for row in event.rows], False
                )
                for choice in question.ids
            )
            keys = [policy_key(self.conduct.id, f"choice:{event.id}@{row.country}") for row in event.rows]
            fixed = [each.same for each in weights if each.same is not None]
            steady = len(fixed) == len(weights)
            sums = np.cumsum([max(0, min(MOST_WEIGHT, each)) for each in fixed]) if steady else None
            self._answers[event.id] = Answers(weights, np.array(keys, np.uint64), sums)
        return self._answers[event.id]

    def _weight(self, event: str, country: str, choice: str) -> Core:
        found = self.conduct.choices.get((event, country, choice))
        return ZERO if found is None else found.core

    def choose(self, block: Block, question: Question, rows: Any, lanes: Array, open_: list[Any]) -> Array:
        answers, count = self.answers(question), len(lanes)
        sums: Any = answers.sums
        if sums is not None and all(mask is True for mask in open_):
            total = int(sums[-1])
            if not total:
                return np.zeros(count, np.intp)
            roll = block.luck.draw(lanes, answers.keys[rows], block.turn, total)
            chosen: Array = sums.searchsorted(roll, side="right")
            return chosen
        weights = [
            _held(each.sparse(rows, lanes)) * mask for each, mask in zip(answers.weights, open_, strict=True)
        ]
        ladder = running(weights, count)
        roll = block.luck.draw(lanes, answers.keys[rows], block.turn, ladder[-1])
        found = choose_by(ladder, roll)
        idle = places(ladder[-1] == 0)
        if idle.size:
            found[idle] = first_of(open_, count)[idle]
        return found

    # Settings

    def wanted(self, block: Block, salt: str = "") -> list[Wanted]:
        """`salt` takes the place of the conduct's id in the key of each draw."""
        found = []
        for setting, options in self.settings:
            shape = (self.machine.lanes,)
            weights = [np.broadcast_to(_held(weight.dense()), shape) for weight, _ in options]
            values = [value.dense() for _, value in options]
            total = sum(weights[1:], start=weights[0])
            if len(options) == 1:
                value = values[0]
            else:
                key = policy_key(salt or self.conduct.id, f"setting:{setting.id}")
                roll = block.luck.draw(None, key, block.turn, total)
                drawn = choose_by(running(weights, self.machine.lanes), roll)
                value = np.choose(drawn, [np.broadcast_to(each, shape) for each in values], mode="clip")
            held = np.minimum(np.maximum(value, setting.low), setting.high)
            found.append(Wanted(setting, held, total > 0))
        return found

    # Orders

    def draft(self, block: Block, role: str, charged: Mapping[str, Array], salt: str = "") -> Drafted:
        drafting = self.drafting.get(role)
        return NOBODY if drafting is None else drafting.run(block, charged, salt or self.conduct.id)


class Fixed:
    """Settings and orders that stand beforehand, the same in all lanes."""

    def __init__(self, planner: Planner, plan: Plan) -> None:
        self.planner, self.plan = planner, plan

    def choose(self, block: Block, question: Question, rows: Any, lanes: Array, open_: list[Any]) -> Array:
        return block.ready.conduct.choose(block, question, rows, lanes, open_)

    def wanted(self, block: Block) -> list[Wanted]:
        found = []
        for setting in block.ready.program.settings:
            named = {
                role: values[setting.id]
                for role, values in sorted(self.plan.settings.items())
                if setting.id in values and setting.role in (role, "both")
            }
            if named:
                found.append(Wanted(setting, sum(named.values()) // len(named), True, tuple(named)))
        return found

    def draft(self, block: Block, role: str, charged: Mapping[str, Array]) -> Drafted:
        offered = self.planner.offered[role]
        own = [offered.orders.index(order) for order in self.plan.orders.get(role, ())]
        count = len(block.seeds)
        paid: dict[str, Array] = {}
        for row in own:
            for name, amount in offered.prices(row).items():
                paid[name] = paid.get(name, 0) + full(amount.dense(), count).reshape(-1).astype(np.int64)
        rows = np.array(own, np.intp)
        return Drafted(np.repeat(rows, count), np.tile(np.arange(count), len(rows)), paid)


def _nothing(core: Core) -> bool:
    return isinstance(core, Const) and core.value <= 0


def _held(weight: Any) -> Any:
    """A weight as it counts."""
    if isinstance(weight, np.ndarray):
        return np.minimum(np.maximum(weight, 0), MOST_WEIGHT).astype(np.int64)
    return max(0, min(MOST_WEIGHT, weight))
