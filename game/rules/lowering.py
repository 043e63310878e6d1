"""How do names become slots?  Countries are unrolled, loops written out, questions to the memory made numbers."""

from __future__ import annotations

from collections.abc import Mapping

from game.rules.calendar import PER_YEAR, parse_date
from game.rules.classes import dataclass, field
from game.rules.core import ONE, ZERO, Const, Core, Named, Op, Slot, op
from game.rules.layout import NEVER, Layout, at
from game.rules.logic import (
    BOUND,
    EACH,
    Among,
    And,
    Before,
    Binary,
    Call,
    Expr,
    If,
    National,
    Negate,
    Not,
    Number,
    Of,
    Or,
    Past,
    Place,
    Purse,
    Total,
)
from game.rules.scenario import Scenario, Variable

NEVER_TURNS = 9999


@dataclass(frozen=True, slots=True)
class Scope:
    """What the open names of an expression mean: the bound country, the loop's country, the directive's group."""

    country: str = ""
    each: str = ""
    group: str = ""


NATION = Scope()


@dataclass(slots=True)
class Lowering:
    """Lowers expressions of one scenario; collects its named expressions and the slots `before` asks for."""

    scenario: Scenario
    layout: Layout
    named: list[Core] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    before: dict[int, int] = field(default_factory=dict)
    _derived: dict[tuple[str, str, bool], Core] = field(default_factory=dict)
    _loops: dict[Core, Core] = field(default_factory=dict)
    _clock: dict[str, Core] = field(default_factory=dict)
    _national: dict[str, Variable] = field(init=False)
    _country: dict[str, Variable] = field(init=False)
    _movable: frozenset[str] = field(init=False)
    _starts: dict[tuple[str, str], int] = field(init=False)

    def __post_init__(self) -> None:
        self._national = {each.id: each for each in self.scenario.variables}
        self._country = {each.id: each for each in self.scenario.country_variables}
        self._starts = {
            (country.id, name): value for country in self.scenario.countries for name, value in country.start
        }
        self._movable = movable(self.scenario)

    def knows(self, derived: Mapping[str, Core]) -> None:
        """Take over derived variables that are lowered already, by name (`budget`, `britain.access`)."""
        for name, core in derived.items():
            country, _, own = name.rpartition(".")
            self._derived[own, country, False] = core

    def lower(self, expr: Expr, scope: Scope = NATION, early: bool = False) -> Core:
        """The expression over slots; with `early`, every variable in it is read as of the turn's opening."""
        match expr:
            case Number(value):
                return Const(value)
            case National(name):
                return self._variable(name, scope, early)
            case Of(country, name):
                return self._of(self._who(country, scope), name, early)
            case Place(country):
                return Const(self.layout.countries.index(self._who(country, scope)))
            case Before(of):
                return self.lower(of, scope, early=True)
            case Negate(of):
                return op("neg", self.lower(of, scope, early))
            case Not(of):
                return op("not", self.lower(of, scope, early))
            case Binary(operator, left, right):
                return op(operator, self.lower(left, scope, early), self.lower(right, scope, early))
            case And(parts):
                return op("and", *(self.lower(part, scope, early) for part in parts))
            case Or(parts):
                return op("or", *(self.lower(part, scope, early) for part in parts))
            case If(condition, then, otherwise):
                return op("if", *(self.lower(part, scope, early) for part in (condition, then, otherwise)))
            case Among(value, options):
                return op("among", *(self.lower(part, scope, early) for part in (value, *options)))
            case Call(function, arguments):
                return op(function, *(self.lower(part, scope, early) for part in arguments))
            case Total():
                return self._loop(expr, scope, early)
            case Past():
                return self._past(expr, scope, early)
            case Purse(track, unspent):
                return self.slot(f"{'unspent' if unspent else 'purse'}:{track}")

    def slot(self, name: str) -> Core:
        """A slot by name, as an expression."""
        return Slot(self.layout.index[name])

    def exists(self, country: str, early: bool = False) -> Core:
        """Whether a country is there: known at once unless something can change it."""
        if country in self._movable or "*" in self._movable:
            return self._read(f"{country}.exists", early)
        return Const(self._starts.get((country, "exists"), 1))

    def _who(self, country: str, scope: Scope) -> str:
        return scope.country if country == BOUND else scope.each if country == EACH else country

    def _variable(self, name: str, scope: Scope, early: bool) -> Core:
        if name in self._national:
            variable = self._national[name]
            if variable.derived is not None:
                return self._name(variable, "", early)
            if variable.constant:
                return Const(variable.start)
            return self._read(name, early)
        if name == "turn":
            return self.slot("turn")
        if name == "noted":
            return self.slot(f"noted:{scope.group}")
        if name not in self._clock:
            self._clock[name] = self._named(self._date(name), name)
        return self._clock[name]

    def _date(self, name: str) -> Core:
        """The year, month or quarter in which the turn begins."""
        per_year = PER_YEAR[self.scenario.calendar.step]
        step = op("+", self.slot("turn"), Const(self.layout.first_step - 1))
        year = op("//", step, Const(per_year))
        if name == "year":
            return year
        part = op("-", step, op("*", year, Const(per_year)))
        if name == "month":
            return op("+", op("*", part, Const(12 // per_year)), ONE)
        return op("+", op("//", op("*", part, Const(4)), Const(per_year)), ONE)

    def _of(self, country: str, name: str, early: bool) -> Core:
        if name == "exists":
            return self.exists(country, early)
        variable = self._country[name]
        if variable.derived is not None:
            return self._name(variable, country, early)
        if variable.constant:
            return Const(self._starts.get((country, name), variable.start))
        return self._read(f"{country}.{name}", early)

    def _read(self, name: str, early: bool) -> Core:
        index = self.layout.index[name]
        if not early:
            return Slot(index)
        return Slot(self.before.setdefault(index, len(self.layout.names) + len(self.before)))

    def _name(self, variable: Variable, country: str, early: bool) -> Core:
        key = (variable.id, country, early)
        if key not in self._derived:
            assert variable.derived is not None
            core = self.lower(variable.derived, Scope(country=country), early)
            if isinstance(core, Op):
                core = self._named(core, f"{country}.{variable.id}" if country else variable.id)
            self._derived[key] = core
        return self._derived[key]

    def _named(self, core: Core, name: str) -> Core:
        self.named.append(core)
        self.names.append(name)
        return Named(len(self.named) - 1)

    def _loop(self, total: Total, scope: Scope, early: bool) -> Core:
        """A loop over the countries, unrolled; equal loops are reckoned once for a picture, as if they had a name."""
        core = self._unrolled(total, scope, early)
        if not isinstance(core, Op):
            return core
        if core not in self._loops:
            self._loops[core] = self._named(core, f"{total.loop} {len(self._loops) + 1}")
        return self._loops[core]

    def _unrolled(self, total: Total, scope: Scope, early: bool) -> Core:
        rows: list[tuple[Core, Core]] = []
        for country in self.layout.countries:
            inner = Scope(scope.country, country, scope.group)
            counts = self.exists(country, early)
            if total.where is not None:
                counts = op("and", counts, self.lower(total.where, inner, early))
            if counts != ZERO:
                rows.append((counts, self.lower(total.amount, inner, early)))
        match total.loop:
            case "any":
                return op("or", *(op("and", counts, amount) for counts, amount in rows))
            case "all":
                return op("and", *(op("or", op("not", counts), amount) for counts, amount in rows))
            case "count":
                return _sum([op("and", counts, amount) for counts, amount in rows])
            case "total":
                return _sum([op("if", counts, amount, ZERO) for counts, amount in rows])
            case "average":
                number = _sum([counts for counts, _ in rows])
                sum_ = _sum([op("if", counts, amount, ZERO) for counts, amount in rows])
                return op("if", number, op("//", sum_, number), ZERO)

    def _past(self, past: Past, scope: Scope, early: bool) -> Core:
        country = "" if past.country is None else self._who(past.country, scope)
        if past.question == "lead":
            reached = self._read(f"milestone:{past.id}", early)
            milestone = next(each for each in self.scenario.milestones if each.id == past.id)
            step = parse_date(milestone.historically, self.scenario.calendar.step).step
            ahead = op("-", Const(self.layout.turn_of(step)), reached)
            return op("if", op(">", reached, Const(NEVER)), ahead, Const(-NEVER_TURNS))
        rows = [self._memory(past, past.id, name, early) for name in self._instances(past, country)]
        match past.question:
            case "happened" | "chose" | "due" | "running":
                return op("or", *rows)
            case "times":
                return _sum(rows)
            case "turns_since":
                return rows[0] if len(rows) == 1 else op("min", *rows)

    def _instances(self, past: Past, country: str) -> tuple[str, ...]:
        """Without a country, a question about an item of many countries asks about all of them together."""
        prefix = {"running": "running", "chose": "choice"}.get(past.question, "event")
        name = f"{past.id}/{past.choice}" if past.choice else past.id
        for group in (prefix, "given", "milestone"):
            if at(f"{group}:{name}", country) in self.layout.index:
                return (country,)
            if f"{group}:{name}" in self.layout.index:
                return ("",)
            known = tuple(
                each for each in self.layout.countries if at(f"{group}:{name}", each) in self.layout.index
            )
            if known and not country:
                return known
        return ()

    def _memory(self, past: Past, id: str, country: str, early: bool) -> Core:
        def last(name: str) -> Core:
            return self._read(at(name, country), early)

        match past.question:
            case "running":
                return op(">", last(f"running:{id}"), Const(NEVER))
            case "due":
                return op("==", last(f"due:{id}"), self.slot("turn"))
            case "times":
                return last(f"times:{id}")
            case "chose":
                return op(">", last(f"choice:{id}/{past.choice}"), Const(NEVER))
            case _:
                slot = next(
                    last(f"{group}:{id}")
                    for group in ("event", "given", "milestone")
                    if at(f"{group}:{id}", country) in self.layout.index
                )
                happened = op(">", slot, Const(NEVER))
                if past.question == "happened":
                    return happened
                return op("if", happened, op("-", self.slot("turn"), slot), Const(NEVER_TURNS))


def _sum(parts: list[Core]) -> Core:
    """What is known is added up at once; the rest is one operation, however many countries there are."""
    known = sum(part.value for part in parts if isinstance(part, Const))
    open_: list[Core] = [part for part in parts if not isinstance(part, Const)]
    if known:
        open_.append(Const(known))
    return ZERO if not open_ else open_[0] if len(open_) == 1 else op("sum", *open_)


def movable(scenario: Scenario) -> frozenset[str]:
    """The countries whose existence some effect can change; `*` stands for all."""
    named = {
        effect.country for block in scenario.blocks() for effect in block.effects if effect.name == "exists"
    }
    return frozenset("*" if country in (None, BOUND, EACH) else str(country) for country in named)
