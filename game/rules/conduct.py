"""What does a policy of weights decide?  The same in every back end, each draw a hash of seed, turn and key.

A conduct weighs the answers to a question and the orders of a role; what weighs nothing is not taken. An answer
is drawn by its weight; if none weighs anything, it is the first by id that can be taken. Orders are drawn one by one
from those that are legal beside the ones before, until the most is reached, nothing is left, or `idle` is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from game.rules.classes import dataclass, field
from game.rules.core import Const, Slot, op
from game.rules.dice import GOLDEN, MASK, draw, key_number, mix
from game.rules.engine import picture
from game.rules.orders import MOST_ORDERS, Sheet, roles
from game.rules.program import EventRow, EventTable, Formula, Program, Setting
from game.rules.state import IllegalOrder, Order, Plan, State
from game.rules.writing import Work

MOST_WEIGHT: Final = 1_000
"""What weighs more counts as this."""
RANDOM_ORDERS: Final = 6
"""Orders a turn that the random policy gives a track at most."""
RANDOM_STEPS: Final = ((-20, 1), (-10, 1), (0, 2), (10, 1), (20, 1))
"""How the random policy moves what both roles set, with weights."""


FUTURES: Final = key_number("futures")


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a setting may be given, and its weight."""

    value: Formula
    weight: Formula


@dataclass(frozen=True, slots=True)
class Conduct:
    """A policy of weights, ready to run on a program; what is not listed weighs nothing and is not set.

    Its formulas may name expressions of their own: `named` goes on where the program's end, and a reading of them
    takes a memo of its own.
    """

    id: str
    """Part of the key of each of its draws."""
    named: tuple[Formula, ...]
    choices: Mapping[tuple[str, str, str], Formula] = field(default_factory=dict)
    """By event, bound country and choice."""
    settings: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    orders: Mapping[Order, Formula] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    """Orders a turn, by role; MOST_ORDERS where it is not said."""
    idle: Mapping[str, Formula] = field(default_factory=dict)
    """What giving no further order weighs, by role."""


@lru_cache(maxsize=4096)
def policy_key(conduct: str, what: str) -> int:
    """The key of one of a policy's draws, such as `order:comintern:0`."""
    return key_number(f"policy:{conduct}:{what}")


def weigh(formula: Formula | None, values: Sequence[int], memo: dict[int, int]) -> int:
    """A weight as it counts: from 0 to MOST_WEIGHT."""
    return 0 if formula is None else max(0, min(MOST_WEIGHT, formula.read(values, memo)))


def _drawn(conduct: Conduct, work: Work, what: str, weights: Sequence[int]) -> int:
    roll = draw(work.seed, work.turn, policy_key(conduct.id, what), sum(weights))
    for number, weight in enumerate(weights):
        roll -= weight
        if roll < 0:
            return number
    raise AssertionError("weights do not add up")


def choose(conduct: Conduct, work: Work, event: EventTable, row: EventRow) -> str:
    """The id of the answer to an event that asks."""
    open_ = sorted((each for each in row.choices if work.holds(each.when)), key=lambda each: each.id)
    memo: dict[int, int] = {}
    weights = [
        weigh(conduct.choices.get((event.id, row.country, each.id)), work.values, memo) for each in open_
    ]
    if not sum(weights):
        return open_[0].id
    return open_[_drawn(conduct, work, f"choice:{event.id}@{row.country}", weights)].id


def setting_of(conduct: Conduct, work: Work, setting: Setting) -> int | None:
    """What a setting should be, held within its bounds; None where the conduct leaves it alone."""
    options = conduct.settings.get(setting.id, ())
    memo: dict[int, int] = {}
    weights = [weigh(each.weight, work.values, memo) for each in options]
    if not sum(weights):
        return None
    value = options[_drawn(conduct, work, f"setting:{setting.id}", weights)].value.read(work.values, memo)
    return max(setting.low, min(setting.high, value))


def draft(conduct: Conduct, work: Work, role: str, given: Sequence[Order] = ()) -> list[Order]:
    """The orders that a role gives beside those given; `work` stands at the picture of phase 4."""
    memo: dict[int, int] = {}
    sheet = Sheet(work, role, given)
    legal, weights = [], {}
    for order, cost in sheet.open():
        if weight := weigh(conduct.orders.get(order), work.values, memo):
            legal.append((order, cost))
            weights[order] = weight
    idle = weigh(conduct.idle.get(role), work.values, memo)
    found: list[Order] = []
    for number in range(min(MOST_ORDERS, conduct.most.get(role, MOST_ORDERS))):
        if not legal:
            break
        shares = [*(weights[order] for order, _ in legal), idle]
        drawn = _drawn(conduct, work, f"order:{role}:{number}", shares)
        if drawn == len(legal):
            break
        order = legal[drawn][0]
        sheet.take(order)
        found.append(order)
        legal = [(each, cost) for each, cost in legal if sheet.beside(each, cost) is None]
    return found


def plan_of(program: Program, state: State, conduct: Conduct) -> Plan:
    """Settings one by one as far as they are allowed, then the orders of each role."""
    work, settings = Work(program, state), dict[str, dict[str, int]]()
    for setting in program.settings:
        value = setting_of(conduct, work, setting)
        if value is not None:
            trial = {role: dict(values) for role, values in settings.items()}
            for role in roles(program):
                if setting.role in (role, "both"):
                    trial.setdefault(role, {})[setting.id] = value
            try:
                picture(program, state, Plan(trial))
            except IllegalOrder:
                continue
            settings = trial
    work = picture(program, state, Plan(settings))
    orders = {role: tuple(draft(conduct, work, role)) for role in roles(program)}
    return Plan(settings, {role: given for role, given in orders.items() if given})


def future_seed(seed: int, number: int) -> int:
    """The seed of one of the futures that are looked into from a game: its own luck, never the game's."""
    return mix((mix(seed ^ FUTURES) + number * GOLDEN) & MASK) >> 2


def draft_id(conduct: Conduct, number: int) -> str:
    """Under which name a policy that looks ahead makes one of the drafts among which it takes the best."""
    return f"{conduct.id}#{number}"


def constant(value: int) -> Formula:
    """A number as a formula."""
    return Formula(Const(value))


def historical(program: Program) -> Conduct:
    """Takes the historical choice, or else the first by id; orders nothing by itself."""
    return Conduct("historical", program.named, {
        (event.id, row.country, choice.id): constant(1)
        for event in program.events for row in event.rows for choice in row.choices if choice.historical
    })  # fmt: skip


def nothing(program: Program) -> Conduct:
    """Gives no orders and answers what a cautious clerk would: the first choice by id."""
    return Conduct("nothing", program.named)


def random(program: Program) -> Conduct:
    """Any open choice, any legal orders until the means are spent, what both roles set within twenty points."""
    one = constant(1)
    return Conduct(
        "random",
        program.named,
        choices={
            (event.id, row.country, choice.id): one
            for event in program.events for row in event.rows for choice in row.choices
        },
        settings={each.id: _steps(each) for each in program.settings if each.role == "both"},
        orders={
            Order(action.id, target): one
            for action in program.actions.values() for target in action.rows
        },
        most=dict.fromkeys(roles(program), RANDOM_ORDERS),
    )  # fmt: skip


def _steps(setting: Setting) -> tuple[Option, ...]:
    options = []
    for step, weight in RANDOM_STEPS:
        core = op("+", Slot(setting.slot), Const(step))
        options.append(Option(Formula(core), constant(weight)))
    return tuple(options)
