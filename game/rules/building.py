"""How does a scenario become a program?  `interpret`: lower every expression, unroll every country."""

from __future__ import annotations

from collections.abc import Iterable

from game.rules.calendar import NO_DAY, parse_date, parse_window
from game.rules.classes import dataclass
from game.rules.core import Const
from game.rules.deeds import Maker
from game.rules.dice import key_number
from game.rules.layout import at
from game.rules.logic import Expr, Number
from game.rules.lowering import NATION, Scope
from game.rules.program import (
    ActionRow,
    ActionTable,
    ChoiceRow,
    DirectiveRow,
    EventRow,
    EventTable,
    Formula,
    Judged,
    Program,
    Pull,
    RuleRow,
    RuleTable,
    Saying,
    Setting,
    Surcharge,
)
from game.rules.scenario import Action, Country, Directive, Event, Modifier, Rule, Scenario, Variable

Costs = tuple[tuple[str, Expr], ...]


def interpret(scenario: Scenario) -> Program:
    """The plain reading of a scenario: the reference for every other back end."""
    return _Builder(scenario).program()


def going_on(program: Program, named: tuple[Formula, ...] = ()) -> Maker:
    """A maker that goes on where a program's left off, or another one after it: what it names stands behind theirs.

    It must not ask for values before this turn that the program does not keep.
    """
    named = named or program.named
    maker = Maker(program.scenario)
    lowering = maker.lowering
    lowering.named += [each.core for each in named]
    lowering.names = [""] * len(lowering.named)
    lowering.before = dict(program.opening)
    lowering.knows({name: formula.core for name, formula in program.derived.items()})
    return maker


@dataclass(slots=True)
class _Builder(Maker):
    def program(self) -> Program:
        scenario, layout = self.scenario, self.lowering.layout
        events = sorted((self.event(each) for each in scenario.events), key=lambda each: (each.day, each.id))
        rules = sorted(scenario.rules, key=lambda each: each.id)
        stages = tuple(
            tuple(self.rule(each) for each in rules if each.stage == stage) for stage in range(1, 10)
        )
        national = {each.id: each for each in scenario.variables}
        derived = {
            (f"{country.id}.{variable.id}" if country else variable.id): self.formula(
                variable.derived, Scope(country=country.id if country else "")
            )
            for variable in (*scenario.variables, *scenario.country_variables)
            if variable.derived is not None
            for country in ((None,) if variable in scenario.variables else scenario.countries)
        }
        return Program(
            scenario=scenario,
            layout=layout,
            purses=tuple((each.id, self.formula(each.means)) for each in scenario.tracks),
            events=tuple(events),
            settings=tuple(self.setting(each) for _, each in sorted(national.items()) if each.set_by),
            actions={
                each.id: self.action(each) for each in sorted(scenario.orders, key=lambda each: each.id)
            },
            stages=stages,
            pulls=tuple(self.pulls()),
            directives=tuple(
                self.directive(each, number)
                for number, each in enumerate(sorted(scenario.directives, key=lambda each: each.id), start=1)
            ),
            milestones=tuple(
                Judged(each.id, self.formula(each.when), 0, layout.index[f"milestone:{each.id}"])
                for each in sorted(scenario.milestones, key=lambda each: each.id)
            ),
            endings=tuple(
                Judged(each.id, self.maybe(each.when), each.rank)
                for each in sorted(scenario.endings, key=lambda each: each.rank)
            ),
            verdicts=tuple(
                Judged(each.id, self.maybe(each.when), each.rank, about=each.about)
                for each in sorted(scenario.verdicts, key=lambda each: (each.about, each.rank))
            ),
            sayings=self._all_sayings(),
            derived=derived,
            movable=frozenset(self._movable()),
            named=self.all_named(),
            opening=tuple(sorted(self.lowering.before.items())),
        )

    def event(self, event: Event) -> EventTable:
        length, layout = self.scenario.calendar.step, self.lowering.layout
        day, historical = event.day, None
        if event.historically:
            date = parse_date(event.historically, length)
            day, historical = day or date.day, layout.turn_of(date.step)
        first, last = 1, layout.turns
        if event.window:
            first, last = map(layout.turn_of, parse_window(event.window, length))
        elif historical is not None:
            first = last = historical
        return EventTable(
            id=event.id,
            day=day or NO_DAY,
            first=first,
            last=last,
            historical=historical,
            repeats=event.repeats,
            only_then=event.only_then,
            asks=event.asks,
            always_asks=event.always_asks,
            known_to=event.known_to,
            pick_key=None if event.pick is None else key_number(f"pick:{event.id}"),
            dues=tuple(
                layout.index[at(f"due:{event.id}", country)] for country in sorted(event.each) or ("",)
            ),
            rows=tuple(self._event_row(event, country) for country in sorted(event.each) or ("",)),
            mark=event.mark,
        )

    def _event_row(self, event: Event, country: str) -> EventRow:
        scope, index = Scope(country=country), self.lowering.layout.index
        for name, text in (("title", event.title), ("text", event.text), ("text_basic", event.text_basic)):
            self.saying(f"{name}:{at(event.id, country)}", text, scope)
        for choice in event.choices:
            self.saying(f"label:{at(f'{event.id}/{choice.id}', country)}", choice.label, scope)
            self.saying(f"text:{at(f'{event.id}/{choice.id}', country)}", choice.text, scope)
        return EventRow(
            country=country,
            exists=self.exists(country) if country else None,
            when=self.maybe(event.when, scope),
            premise=self.maybe(event.premise, scope),
            chance=self.maybe(event.chance, scope),
            chance_key=key_number(f"event:{at(event.id, country)}"),
            weight=self.maybe(event.pick, scope),
            happened=index[at(f"event:{event.id}", country)],
            times=index[at(f"times:{event.id}", country)],
            due=index[at(f"due:{event.id}", country)],
            deed=self.deed(event.block, event.id, scope, event.when, event.premise, event.chance),
            choices=tuple(
                ChoiceRow(
                    id=choice.id,
                    when=self.maybe(choice.when, scope),
                    historical=choice.historical,
                    taken=index[at(f"choice:{event.id}/{choice.id}", country)],
                    deed=self.deed(choice.block, event.id, scope, choice.when, branch=choice.id),
                )
                for choice in event.choices
            ),
        )

    def rule(self, rule: Rule) -> RuleTable:
        rows = []
        for country in sorted(rule.each) or ("",):
            scope = Scope(country=country)
            rows.append(
                RuleRow(
                    country=country,
                    exists=self.exists(country) if country else None,
                    when=self.maybe(rule.when, scope),
                    chance=self.maybe(rule.chance, scope),
                    chance_key=key_number(f"rule:{at(rule.id, country)}"),
                    weight=self.maybe(rule.pick, scope),
                    deed=self.deed(rule.block, rule.id, scope, rule.when, rule.chance),
                )
            )
        pick = None if rule.pick is None else key_number(f"pick:{rule.id}")
        return RuleTable(rule.id, rule.known_to, pick, tuple(rows), rule.mark)

    def action(self, action: Action) -> ActionTable:
        track = next(each for each in self.scenario.tracks if each.id == action.track)
        known_to = action.known_to or track.known_to
        rows = {country: self._action_row(action, country) for country in sorted(action.target) or ("",)}
        return ActionTable(action.id, action.track, action.takes, action.repeats, known_to, rows, action.mark)

    def _action_row(self, action: Action, country: str) -> ActionRow:
        scope, index = Scope(country=country), self.lowering.layout.index
        self.saying(f"text:{at(action.id, country)}", action.text, scope)
        return ActionRow(
            target=country,
            exists=self.exists(country) if country else None,
            when=self.maybe(action.when, scope),
            cost=self._cost(action.cost, scope),
            surcharges=tuple(
                Surcharge(each.id, self.formula(each.when, scope), self._cost(each.cost, scope))
                for each in sorted(self.scenario.modifiers, key=lambda each: each.id)
                if _bears(each, action)
            ),
            given=index[at(f"given:{action.id}", country)],
            times=index[at(f"times:{action.id}", country)],
            running=index[at(f"running:{action.id}", country)],
            deed=self.deed(action.block, action.id, scope, action.when),
        )

    def _cost(self, cost: Costs, scope: Scope) -> tuple[tuple[str, Formula], ...]:
        return tuple((name, self.formula(amount, scope)) for name, amount in sorted(cost))

    def setting(self, variable: Variable) -> Setting:
        return Setting(
            id=variable.id,
            slot=self.lowering.layout.index[variable.id],
            role=variable.set_by,
            low=variable.low,
            high=variable.high,
            when=self.maybe(variable.when),
            cost=self._cost(variable.cost, NATION),
            known_to=variable.known_to,
            mark=variable.mark,
        )

    def pulls(self) -> Iterable[Pull]:
        for variable in sorted(self.scenario.variables, key=lambda each: each.id):
            if variable.toward is not None and variable.derived is None:
                yield self._pull(variable, None, variable.toward, variable.step or Number(1))
        for country in sorted(self.scenario.countries, key=lambda each: each.id):
            toward, step = dict(country.toward), dict(country.step)
            for variable in sorted(self.scenario.country_variables, key=lambda each: each.id):
                goal = toward.get(variable.id, variable.toward)
                if goal is not None and variable.derived is None:
                    yield self._pull(
                        variable, country, goal, step.get(variable.id, variable.step) or Number(1)
                    )

    def _pull(self, variable: Variable, country: Country | None, goal: Expr, step: Expr) -> Pull:
        name = country.id if country else ""
        slot, scope = f"{name}.{variable.id}" if name else variable.id, Scope(country=name)
        toward, steps = self.formula(goal, scope), self.formula(step, scope)
        return Pull(
            slot=self.lowering.layout.index[slot],
            id=variable.id,
            country=name,
            exists=self.exists(name) if name else None,
            toward=toward,
            step=steps,
            known_to=variable.known_to,
            because=self.saying(f"because:pull:{slot}", variable.because, scope),
            reads=self.reads((toward.core, steps.core)),
            mark=country.mark if country and variable.id in dict(country.toward) else variable.mark,
        )

    def directive(self, directive: Directive, number: int) -> DirectiveRow:
        scope = Scope(group=directive.track)
        self.saying(f"label:{directive.id}", directive.label, scope)
        return DirectiveRow(
            id=directive.id,
            number=number,
            group=directive.track,
            when=self.maybe(directive.when, scope),
            weight=self.maybe(directive.weight, scope),
            within=directive.within,
            note=self.maybe(directive.note, scope),
            goal=self.formula(directive.goal, scope),
            at_end=directive.at_end,
            met=self.deed(directive.met, directive.id, scope, directive.goal, branch="met"),
            missed=self.deed(directive.missed, directive.id, scope, directive.goal, branch="missed"),
            mark=directive.mark,
        )

    def _all_sayings(self) -> dict[str, Saying]:
        scenario = self.scenario
        for ending in scenario.endings:
            self.saying(f"title:{ending.id}", ending.title)
            self.saying(f"text:{ending.id}", ending.text)
        for verdict in scenario.verdicts:
            self.saying(f"text:{verdict.id}", verdict.text)
        for modifier in scenario.modifiers:
            for country in self.lowering.layout.countries if modifier.aimed else ("",):
                self.saying(f"because:{at(modifier.id, country)}", modifier.because, Scope(country=country))
        return self.sayings

    def _movable(self) -> Iterable[int]:
        index = self.lowering.layout.index
        fixed = {each.id for each in self.scenario.country_variables if each.constant}
        for variable in self.scenario.variables:
            if variable.derived is None and not variable.constant:
                yield index[variable.id]
        for country in self.scenario.countries:
            for variable in self.scenario.country_variables:
                if variable.derived is None and variable.id not in fixed and variable.id != "exists":
                    yield index[f"{country.id}.{variable.id}"]
            if not isinstance(self.lowering.exists(country.id), Const):
                yield index[f"{country.id}.exists"]


def _bears(modifier: Modifier, action: Action) -> bool:
    return (
        (modifier.track is None or modifier.track == action.track)
        and (not modifier.orders or action.id in modifier.orders)
        and (not modifier.aimed or bool(action.target))
    )
