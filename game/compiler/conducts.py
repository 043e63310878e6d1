"""How does a policy file become a conduct?  Its lines, and for each answer and order the weight that they give it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from game.compiler.bounds import bounds
from game.rules.block import Block, Effect
from game.rules.building import going_on
from game.rules.classes import dataclass, field
from game.rules.conduct import Conduct, Option
from game.rules.core import ONE as CERTAIN
from game.rules.core import ZERO, Core, op
from game.rules.deeds import Maker
from game.rules.ledger import Mark
from game.rules.logic import BOUND, Expr, Number, Of, Past, Place, parts_of
from game.rules.lowering import NATION, Scope
from game.rules.program import Formula, Program
from game.rules.scenario import Action, Choice, Event
from game.rules.state import Order

ONE: Final = Number(1)


@dataclass(frozen=True, slots=True)
class Line:
    """What some answers or orders weigh: empty fields fit anything."""

    mark: Mark
    weight: Expr = ONE
    when: Expr | None = None
    events: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    tracks: frozenset[str] = frozenset()
    raises: frozenset[str] = frozenset()
    lowers: frozenset[str] = frozenset()
    """Variables that its certain effects raise or lower."""
    historical: bool | None = None

    @property
    def bound(self) -> bool:
        """Whether it names the country or target, and so fits only what has one."""
        return any(_names_country(each) for each in (self.weight, self.when) if each is not None)

    def fits_choice(self, event: Event, choice: Choice, country: str) -> bool:
        """Whether it speaks of this answer."""
        return (
            _among(event.id, self.events)
            and _among(choice.id, self.choices)
            and _among(event.asks, self.tracks)
            and _among(country, self.countries)
            and (not self.tags or bool(self.tags & {*event.attachments.tags, *choice.tags}))
            and self.historical in (None, choice.historical)
            and self.moves(choice.block)
            and (bool(country) or not self.bound)
        )

    def moves(self, block: Block) -> bool:
        """Whether the certain effects of a block move what the line asks for."""
        up, down = moved(block)
        return (not self.raises or bool(self.raises & up)) and (not self.lowers or bool(self.lowers & down))

    def fits_order(self, action: Action, target: str) -> bool:
        """Whether it speaks of this order."""
        return (
            _among(action.id, self.orders)
            and _among(action.track, self.tracks)
            and _among(target, self.countries)
            and (not self.tags or bool(self.tags & {*action.attachments.tags}))
            and self.moves(action.block)
            and (bool(target) or not self.bound)
        )


@dataclass(frozen=True, slots=True)
class To:
    """A value that a setting may get, with its weight and when it has it."""

    value: Expr
    weight: Expr
    when: Expr | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """How a policy looks ahead: what it wants, how far it looks, in how many futures, under which policy."""

    goal: Expr
    turns: int
    futures: int
    drafts: int
    under: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy file."""

    id: str
    mark: Mark
    scenario: str = ""
    title: str = ""
    text: str = ""
    settings: dict[str, tuple[To, ...]] = field(default_factory=dict)
    choices: tuple[Line, ...] = ()
    orders: tuple[Line, ...] = ()
    most: dict[str, int] = field(default_factory=dict)
    idle: dict[str, Expr] = field(default_factory=dict)
    ahead: Ahead | None = None


def conduct_of(policy: PolicyText, program: Program, named: tuple[Formula, ...] = ()) -> Conduct:
    """The policy, ready to run on a program; what it names stands behind what is named already."""
    maker = going_on(program, named)
    scenario = program.scenario
    choices: dict[tuple[str, str, str], Core] = {}
    for event in scenario.events:
        for country in event.each or ("",):
            for choice in event.choices:
                lines = [line for line in policy.choices if line.fits_choice(event, choice, country)]
                scope = Scope(country=country)
                choices[event.id, country, choice.id] = _weight(maker, lines, scope, CERTAIN)
    orders: dict[Order, Core] = {}
    for action in scenario.orders:
        for target in action.target or ("",):
            lines = [line for line in policy.orders if line.fits_order(action, target)]
            core = _weight(maker, lines, Scope(country=target), ZERO)
            if core != ZERO:
                orders[Order(action.id, target)] = core
    settings = {name: [_option(maker, each) for each in options] for name, options in policy.settings.items()}
    idle = {track: maker.lowering.lower(expr) for track, expr in policy.idle.items()}
    named = maker.all_named()

    def formula(core: Core) -> Formula:
        return Formula(core, maker.readings)

    return Conduct(
        policy.id,
        named,
        {key: formula(core) for key, core in choices.items()},
        {
            name: tuple(Option(formula(value), formula(weight)) for value, weight in options)
            for name, options in settings.items()
        },
        {order: formula(core) for order, core in orders.items()},
        policy.most,
        {track: formula(core) for track, core in idle.items()},
    )


def _weight(maker: Maker, lines: Iterable[Line], scope: Scope, rest: Core) -> Core:
    """The weight of the first line whose condition holds."""
    found = rest
    for line in reversed(list(lines)):
        weight = maker.lowering.lower(line.weight, scope)
        found = (
            weight if line.when is None else op("if", maker.lowering.lower(line.when, scope), weight, found)
        )
    return found


def _option(maker: Maker, option: To) -> tuple[Core, Core]:
    weight = maker.lowering.lower(option.weight)
    if option.when is not None:
        weight = op("if", maker.lowering.lower(option.when), weight, ZERO)
    return maker.lowering.lower(option.value), weight


@dataclass(frozen=True, slots=True)
class Foresight:
    """How a policy looks ahead, ready to run."""

    goal: Formula
    under: Conduct
    """Who plays the futures."""
    turns: int
    futures: int
    drafts: int
    named: tuple[Formula, ...]
    """All named expressions: the program's, the policy's own, those of `under` and of the goal."""


def foresight_of(ahead: Ahead, program: Program, under: Conduct) -> Foresight:
    """The same from its text; what `under` names stands behind what the policy itself does."""
    maker = going_on(program, under.named)
    core = maker.lowering.lower(ahead.goal, NATION)
    named = maker.all_named()
    goal = Formula(core, maker.readings)
    return Foresight(goal, under, ahead.turns, ahead.futures, ahead.drafts, named)


def moved(block: Block) -> tuple[frozenset[str], frozenset[str]]:
    """The variables of the nation or of countries that a block's own effects raise, and those they lower.

    An effect whose sign hangs on the game counts for neither.
    """
    signs = [(effect.name, _sign(effect)) for effect in block.effects]
    return tuple(frozenset(name for name, sign in signs if sign == way) for way in (1, -1))  # type: ignore[return-value]


def _sign(effect: Effect) -> int:
    low, high = bounds(effect.amount, lambda _: None)
    return 0 if effect.sets else (low > 0) - (high < 0)


def _among(name: str, names: frozenset[str]) -> bool:
    return not names or name in names


def _names_country(expr: Expr) -> bool:
    match expr:
        case Of(country, _) | Place(country):
            return country == BOUND
        case Past():
            return expr.country == BOUND
        case _:
            return any(map(_names_country, parts_of(expr)))
