"""What is asked now and then?  Open choices, directives, milestones, endings, purses, settings, called events."""

from __future__ import annotations

from collections.abc import Sequence

from game.compiler.codegen.finding import callable_events
from game.compiler.codegen.nodes import Node, Nodes
from game.compiler.codegen.part import Compiled, Part
from game.compiler.codegen.pen import Pen
from game.rules.layout import NEVER, ORDERS
from game.rules.orders import roles
from game.rules.outcome import EQUAL_WEIGHT
from game.rules.program import EventTable, Formula, Program


def asking_part(program: Program) -> Compiled:
    """Small functions of `v` and `t`, each named after what it is about."""
    asking = _Asking(Nodes(program))
    asking.means(program)
    for number, setting in enumerate(program.settings):
        if setting.when is not None:
            asking.test(f"set{number}", setting.id, "when", (setting.when,))
        for at, (_, cost) in enumerate(setting.cost):
            asking.reckon(f"fee{number}_{at}", setting.id, "cost", asking.at_least(cost, 0))
    for number, directive in enumerate(program.directives):
        asking.test(f"goal{number}", directive.id, "goal", (directive.goal,))
        if directive.note is not None:
            asking.reckon(f"note{number}", directive.id, "note", asking.nodes.of(directive.note))
    called = callable_events(program)
    for number, event in enumerate(program.events):
        asking.choices(number, event)
        if event.id in called:
            asking.called(number, event)
    asking.opening(program)
    asking.drafts(program)
    pen = asking.part.pen()
    write_close(pen, program)
    asking.part.add("def close(v, t):", pen)
    return asking.part.compiled()


def called_part(program: Program, number: int) -> Compiled:
    """The questions about an event that nobody but a teacher calls."""
    asking = _Asking(Nodes(program), f"event {program.events[number].id}")
    asking.called(number, program.events[number])
    return asking.part.compiled()


class _Asking:
    def __init__(self, nodes: Nodes, name: str = "questions") -> None:
        self.nodes = nodes
        self.part = Part(name, nodes)

    def at_least(self, formula: Formula, least: int) -> Node:
        """A number, or the least it counts as."""
        return self.nodes.make("max", self.nodes.of(formula), self.nodes.const(least))

    def reckon(self, name: str, item: str, field: str, node: Node) -> None:
        """A function that gives a number."""
        number_of(self.part, name, item, field, node)

    def test(self, name: str, item: str, field: str, parts: Sequence[Formula | None]) -> None:
        """A function that says whether all parts that are there hold."""
        pen = self.part.pen(item, field)
        nodes = [self.nodes.of(each) for each in parts if each is not None]
        node = self.nodes.make("and", *nodes) if nodes else self.nodes.const(1)
        pen.expect(node)
        pen.line(f"return {pen.test(node)}")
        self.part.add(f"def {name}(v, t):", pen)

    def choices(self, number: int, event: EventTable) -> None:
        """For each instance whose choices have conditions: the numbers of those that are open, by id."""
        for at, row in enumerate(event.rows):
            if all(choice.when is None for choice in row.choices):
                continue
            pen = self.part.pen(event.id, "when")
            pen.line("found = []")
            for place in sorted(range(len(row.choices)), key=lambda each: row.choices[each].id):
                choice = row.choices[place]
                pen.origin = self.part.origin(f"{event.id}/{choice.id}", "when")
                when = self.nodes.const(1) if choice.when is None else self.nodes.of(choice.when)
                pen.uses = {}
                pen.expect(when)
                pen.line(f"if {pen.test(when)}: found.append({place})")
            pen.line("return found")
            self.part.add(f"def open{number}_{at}(v, t):", pen)

    def called(self, number: int, event: EventTable) -> None:
        """What is asked of the instances of an event that may be called."""
        for at, row in enumerate(event.rows):
            name = f"{number}_{at}"
            self.test(f"premise{name}", event.id, "premise", (row.exists, row.premise))
            self.test(f"able{name}", event.id, "when", (row.exists, row.when, row.premise))
            if row.weight is not None:
                self.reckon(f"odds{name}", event.id, "pick", self.at_least(row.weight, 1))
            if row.chance is not None:
                self.reckon(f"chance{name}", event.id, "chance", self.nodes.of(row.chance))

    def means(self, program: Program) -> None:
        """The means of all roles, each reckoned when those before it are known."""
        pen, index = self.part.pen(), program.layout.index
        for track, formula in program.purses:
            pen.origin = self.part.origin(track, "means")
            purse, left = index[f"purse:{track}"], index[f"unspent:{track}"]
            node = self.at_least(formula, 0)
            pen.uses = {}
            pen.expect(node)
            pen.line(f"v[{purse}] = v[{left}] = {pen.whole(node)}")
            pen.forget(1 << purse | 1 << left)
        self.part.add("def means(v, t):", pen)

    def opening(self, program: Program) -> None:
        """What a turn begins with: `before` is kept, the turn counts up, nobody has been asked, nothing asks."""
        pen, index = self.part.pen(), program.layout.index
        for slot, keeper in program.opening:
            pen.line(f"v[{keeper}] = v[{slot}]")
        asked = "".join(f"v[{index[f'asked:{role}']}] = " for role in roles(program))
        pen.line(f"v[{index['turn']}] = t; {asked}v[{index['at_country']}] = 0")
        pen.line(f"v[{index['at']}] = {len(program.events)}; v[{index['place']}] = {ORDERS}")
        self.part.add("def opening(v, t):", pen)

    def drafts(self, program: Program) -> None:
        """For each group of directives: the numbers of those that may be set now, and what each weighs."""
        for number, group in enumerate(sorted({each.group for each in program.directives})):
            pen = self.part.pen()
            pen.line("found = []; weights = []")
            for at, directive in enumerate(program.directives):
                if directive.group != group:
                    continue
                pen.origin = self.part.origin(directive.id, "when")
                when = self.nodes.const(1) if directive.when is None else self.nodes.of(directive.when)
                weight = self.nodes.const(EQUAL_WEIGHT)
                if directive.weight is not None:
                    weight = self.at_least(directive.weight, 0)
                pen.uses = {}
                pen.expect(when)
                with pen.block(f"if {pen.test(when)}:"):
                    pen.origin = self.part.origin(directive.id, "weight")
                    pen.uses = {}
                    pen.expect(weight)
                    pen.line(f"found.append({at}); weights.append({pen.whole(weight)})")
            pen.line("return found, weights")
            self.part.add(f"def drafts{number}(v, t):", pen)


def write_close(pen: Pen, program: Program) -> None:
    """Lines of a close: milestones, one after the other; then the number of the ending that ends the game, or -1."""
    nodes = pen.part.nodes
    for milestone in program.milestones:
        pen.origin = pen.part.origin(milestone.id, "when")
        assert milestone.when is not None
        when = nodes.of(milestone.when)
        with pen.block(f"if v[{milestone.slot}] == {NEVER}:"):
            pen.uses = {}
            pen.expect(when)
            pen.line(f"if {pen.test(when)}: v[{milestone.slot}] = t")
        pen.forget(1 << milestone.slot)
    turns = program.layout.turns
    for number, ending in enumerate(program.endings, start=1):
        pen.origin = pen.part.origin(ending.id, "when")
        pen.uses = {}
        if ending.when is None:
            pen.line(f"if t >= {turns}: return {number}")
        else:
            when = nodes.of(ending.when)
            pen.expect(when)
            pen.line(f"if {pen.test(when)}: return {number}")
    pen.line(f"return 0 if t >= {turns} else -1")


def number_of(part: Part, name: str, item: str, field: str, node: Node) -> str:
    """Write a function that gives a number; its name."""
    pen = part.pen(item, field)
    pen.expect(node)
    pen.line(f"return {pen.whole(node)}")
    part.add(f"def {name}(v, t):", pen)
    return name


__all__ = ["asking_part", "called_part", "number_of", "write_close"]
