"""Does a playthrough file speak of what its scenario has?  Turns, orders, choices, values and events, by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from game.compiler.problems import Near, Problem, error, quoted
from game.compiler.source import Mapping, Node, Scalar, Sequence, whole_number
from game.play.playthroughs import EXPECTED
from game.play.script import NEVER
from game.rules.calendar import name_step, parse_date, parse_step, parse_window
from game.rules.ledger import Mark
from game.rules.scenario import Action, Event, Scenario, Variable

BALANCE = "balance"


def proofread(tree: Mapping, scenario: Scenario) -> list[Problem]:
    """What a playthrough, sound in its shape, says about things that are not there or cannot be."""
    reader = _Proof(scenario)
    reader.playthrough(tree)
    return reader.problems


class _Proof:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.problems: list[Problem] = []
        self.length = scenario.calendar.step
        self.first = parse_step(scenario.calendar.start, self.length)
        self.last = parse_step(scenario.calendar.end, self.length)
        self.events = {each.id: each for each in scenario.events}
        self.orders = {each.id: each for each in scenario.orders}
        self.values: dict[str, Variable] = {each.id: each for each in scenario.variables}
        exists = Variable("exists", "flag", start=1, high=1, mark=Mark("", 1, 1))
        for country in scenario.countries:
            for variable in (exists, *scenario.country_variables):
                self.values[f"{country.id}.{variable.id}"] = variable
        self.called = {follow.event for block in scenario.blocks() for follow in block.then}

    def wrong(
        self, code: str, node: Scalar, message: str, known: Collection[str] = (), other: Mark | None = None
    ) -> None:
        near = Near(node.text, known) if known else None
        problem = error(code, node.mark, message, near=near, other=other, length=max(1, len(node.text)))
        self.problems.append(problem)

    def playthrough(self, tree: Mapping) -> None:
        for key, node in _pairs(tree.get("turns")):
            step = self.turn(key)
            if isinstance(node, Mapping):
                self.decisions(node, step)
        for habit in _items(tree.get("habits")):
            if isinstance(window := habit.get("window"), Scalar):
                self.window(window)
            self.decisions(habit, None)
        self.end(tree.get("expect"))

    def decisions(self, node: Mapping, step: int | None) -> None:
        """What is decided and expected in a turn, or in the turns of a habit."""
        if isinstance(balance := node.get(BALANCE), Scalar):
            self.setting(Scalar(BALANCE, False, balance.mark, False), balance)
        for key, value in _pairs(node.get("settings")):
            self.setting(key, value)
        for item in _each(node.get("orders")):
            self.order(item)
        for key, value in _pairs(node.get("choices")):
            self.choice(key, value, step)
        if isinstance(teacher := node.get("teacher"), Mapping):
            self.teacher(teacher)
        for key, value in _pairs(node.get("expect")):
            self.expectation(key, value)

    def turn(self, key: Scalar) -> int | None:
        """A turn is written as the calendar counts."""
        try:
            step = parse_step(key.text, self.length)
        except ValueError:
            example = name_step(self.first, self.length)
            self.wrong(
                "L504", key, f"{quoted(key.text)} is no turn of this calendar; they are written {example}"
            )
            return None
        name = name_step(step, self.length)
        if name != key.text:
            self.wrong("L504", key, f"a turn is written as the calendar counts: {name}")
        elif not self.first <= step <= self.last:
            start, end = (name_step(each, self.length) for each in (self.first, self.last))
            self.wrong("L504", key, f"{name} is not in this calendar, which goes from {start} to {end}")
        else:
            return step
        return None

    def window(self, node: Scalar) -> None:
        try:
            first, last = parse_window(node.text, self.length)
        except ValueError:
            start, end = (name_step(each, self.length) for each in (self.first, self.last))
            self.wrong("L504", node, f"a window such as {start}..{end} is expected, not {quoted(node.text)}")
            return
        if last < self.first or first > self.last:
            self.wrong("L504", node, f"the window {node.text} has no turn of this calendar")

    def setting(self, key: Scalar, value: Node) -> None:
        settable = [each.id for each in self.scenario.variables if each.set_by]
        variable = self.variable(key)
        if variable is None:
            return
        if variable.id not in settable or "." in key.text:
            self.wrong("T403", key, f"'{key.text}' is nothing that a role sets", settable)
        elif isinstance(value, Scalar):
            self.value(variable, value, within=True)

    def variable(self, key: Scalar) -> Variable | None:
        variable = self.values.get(key.text)
        if variable is None:
            self.wrong("N301", key, f"there is no variable {quoted(key.text)}", self.values)
        return variable

    def value(self, variable: Variable, node: Scalar, within: bool, text: str = "") -> None:
        """A value of a variable's own type; `within` its bounds, where it is to be set."""
        said = text or node.text.strip()
        if variable.kind == "word" and said in variable.words:
            return
        if variable.kind == "flag" and said in ("true", "false"):
            return
        number = whole_number(Scalar(said, False, node.mark, False))
        if number is not None and variable.kind == "number":
            if within and not variable.low <= number <= variable.high:
                message = f"'{variable.id}' lies between {variable.low} and {variable.high}, not at {number}"
                self.wrong("T402", node, message)
            return
        wanted = {"number": "a whole number", "flag": "true or false"}.get(
            variable.kind, f"one of {', '.join(variable.words)}"
        )
        at = Scalar(said, False, node.mark, False)
        self.wrong("T401", at, f"'{variable.id}' is {wanted}, not {quoted(said)}", variable.words)

    def order(self, item: Node) -> None:
        order = item.get("order") if isinstance(item, Mapping) else item
        target = item.get("target") if isinstance(item, Mapping) else None
        if not isinstance(order, Scalar) or not order.text:
            return
        action = self.orders.get(order.text)
        if action is None:
            self.wrong("N301", order, f"there is no order {quoted(order.text)}", self.orders)
        else:
            self.target(action, order, target)

    def target(self, action: Action, order: Scalar, target: Node | None) -> None:
        said = target if isinstance(target, Scalar) and target.text else None
        if said is None and action.target:
            self.wrong("N305", order, f"'{action.id}' needs 'target': one of {', '.join(action.target[:6])}")
        elif said is not None and not action.target:
            self.wrong("T403", said, f"'{action.id}' is aimed at nobody: leave 'target' out")
        elif said is not None and said.text not in action.target:
            self.wrong("N301", said, f"'{action.id}' cannot be aimed at {quoted(said.text)}", action.target)

    def choice(self, key: Scalar, value: Node, step: int | None) -> None:
        event = self.event(key)
        if event is None:
            return
        if not event.choices:
            self.wrong("T403", key, f"'{event.id}' asks nothing")
            return
        known = [each.id for each in event.choices]
        if isinstance(value, Scalar) and value.text not in known:
            self.wrong("N301", value, f"'{event.id}' has no choice {quoted(value.text)}", known)
        span = self.span(event)
        if step is not None and span is not None and not span[0] <= step <= span[1]:
            first, last = (name_step(each, self.length) for each in span)
            when = first if first == last else f"{first}..{last}"
            self.wrong("L504", key, f"'{event.id}' can happen in {when} only")

    def span(self, event: Event) -> tuple[int, int] | None:
        """The first and last step in which an event can happen; None if that is not known from its dates."""
        if event.only_then or event.id in self.called:
            return None
        if event.window:
            return parse_window(event.window, self.length)
        if event.historically:
            step = parse_date(event.historically, self.length).step
            return step, step
        return None

    def event(self, key: Scalar) -> Event | None:
        event = self.events.get(key.text)
        if event is None:
            self.wrong("N301", key, f"there is no event {quoted(key.text)}", self.events)
        return event

    def teacher(self, node: Mapping) -> None:
        for key, value in _pairs(node.get("set")):
            variable = self.variable(key)
            if variable is not None and (variable.derived is not None or variable.constant):
                kind = "derived" if variable.derived is not None else "constant"
                self.wrong("T403", key, f"'{key.text}' is {kind}: no hand can set it")
            elif variable is not None and isinstance(value, Scalar):
                self.value(variable, value, within=True)
        if isinstance(name := node.get("event"), Scalar):
            event = self.event(name)
            if event is not None and event.each:
                self.wrong("T403", name, f"'{event.id}' happens to a country: no hand can call it")

    def expectation(self, key: Scalar, value: Node) -> None:
        variable = self.variable(key)
        match = EXPECTED.fullmatch(value.text.strip()) if isinstance(value, Scalar) else None
        if variable is not None and match is not None and isinstance(value, Scalar):
            self.value(variable, value, within=False, text=match[2])

    def end(self, node: Node | None) -> None:
        """What is expected when all is over."""
        endings = [each.id for each in self.scenario.endings]
        for key, value in _pairs(node):
            if key.text == "ending":
                if isinstance(value, Scalar) and value.text not in endings:
                    self.wrong("N301", value, f"there is no ending {quoted(value.text)}", endings)
            elif key.text == "events":
                for event, when in _pairs(value):
                    self.event(event)
                    if isinstance(when, Scalar) and when.text != NEVER:
                        self.turn(when)
            else:
                self.expectation(key, value)


def _pairs(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return node.entries if isinstance(node, Mapping) else ()


def _each(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _items(node: Node | None) -> Iterator[Mapping]:
    return (each for each in _each(node) if isinstance(each, Mapping))
