"""How are the pulls written?  Each moves one slot towards its goal, all of them reading one picture."""

from __future__ import annotations

from game.compiler.codegen.acts import write_sentence
from game.compiler.codegen.nodes import Node, Nodes
from game.compiler.codegen.pen import WIDEST, Pen, is_whole
from game.rules.classes import dataclass
from game.rules.layout import at
from game.rules.program import Program, Pull


@dataclass(eq=False, slots=True)
class _Pulled:
    """A pull as nodes."""

    number: int
    pull: Pull
    slot: Node
    exists: Node | None
    goal: Node
    step: Node
    said: list[tuple[Node | None, list[Node]]]
    new: Node | None
    """Where the step hangs on the gap alone: the value after the pull, or with a ledger how far it moves."""

    @property
    def name(self) -> str:
        return at(self.pull.id, self.pull.country)

    def roots(self) -> list[Node]:
        """All that it reads besides its own slot."""
        whole = (self.goal, self.step) if self.new is None else (self.new,)
        found = [node for node in (self.exists, *whole) if node is not None]
        for when, values in self.said:
            found += [*([] if when is None else [when]), *values]
        return found


def _pulls(nodes: Nodes, told: bool) -> list[_Pulled]:
    layout, found = nodes.program.layout, []
    for number, pull in enumerate(nodes.program.pulls):
        exists = None if pull.exists is None else nodes.of(pull.exists)
        goal, step = nodes.of(pull.toward), nodes.of(pull.step)
        if step.high <= 0 or (exists is not None and exists.never):
            continue
        nodes.named.add(goal)
        new = delta = _delta(nodes, nodes.slot(pull.slot), goal, step)
        if not told:
            bounds = nodes.const(layout.low[pull.slot]), nodes.const(layout.high[pull.slot])
            if delta is not None:
                new = nodes.make("clamp", nodes.plain("sum", (nodes.slot(pull.slot), delta)), *bounds)
            goal = nodes.make("clamp", goal, *bounds)
        said: list[tuple[Node | None, list[Node]]] = []
        if told and pull.because is not None and pull.because.steady is None:
            said = [
                (None if when is None else nodes.of(when), [nodes.of(each) for each in formulas])
                for when, _, formulas in pull.because.variants
            ]
        found.append(_Pulled(number, pull, nodes.slot(pull.slot), exists, goal, step, said, new))
    return sorted(found, key=lambda each: each.pull.slot)


def _delta(nodes: Nodes, x: Node, goal: Node, step: Node) -> Node | None:
    """How far a value is pulled, where that is a matter of the gap alone and can be looked up."""
    gap = nodes.make("-", goal, x)
    if step.name == "const" or step.base is not gap or gap.high - gap.low >= WIDEST:
        return None
    reach = nodes.make("clamp", gap, nodes.make("neg", step), step)
    delta = nodes.make("if", nodes.make(">", step, nodes.const(0)), reach, nodes.const(0))
    return delta if delta.base is gap else None


def untold_pulls(pen: Pen, program: Program) -> None:
    """The pulls without a ledger. A goal beyond a slot's bounds is as good as the bound."""
    _write(pen, _pulls(pen.part.nodes, told=False), told=False)


def told_pulls(pen: Pen, program: Program) -> None:
    """The pulls with their entries, in order of the slots."""
    pen.line("g.phase = 6")
    _write(pen, _pulls(pen.part.nodes, told=True), told=True)


def _write(pen: Pen, pulls: list[_Pulled], told: bool) -> None:
    pen.uses = {}
    still = [0] * (len(pulls) + 1)
    """The slots that are read by the pulls from here on."""
    for place in reversed(range(len(pulls))):
        still[place] = still[place + 1]
        for root in pulls[place].roots():
            still[place] |= root.reads
    for each in pulls:
        pen.expect(*each.roots(), each.slot, each.slot)
    moved = 0
    for place, each in enumerate(pulls):
        pen.origin = pen.part.origin(each.name, "toward")
        if each.slot.reads & still[place + 1]:
            pen.keep(each.slot)
        if each.exists is not None and not each.exists.always:
            with pen.block(f"if {pen.test(each.exists)}:"):
                _pull(pen, each, told)
        else:
            _pull(pen, each, told)
        moved |= each.slot.reads
        pen.moving = moved
    pen.moving = 0
    pen.forget(moved)


def _pull(pen: Pen, each: _Pulled, told: bool) -> None:
    if told:
        _told(pen, each)
        return
    if each.new is not None:
        pen.line(f"v[{each.pull.slot}] = {pen.whole(each.new)}")
        return
    x, goal = pen.atom(each.slot), pen.atom(each.goal)
    if each.step.name == "const":
        _untold(pen, each, x, goal, str(each.step.value), each.step.value == 1)
    else:
        with pen.block(f"if {x} != {goal}:"):
            pen.origin = pen.part.origin(each.name, "step")
            step = pen.atom(each.step)
            if each.step.low <= 0:
                with pen.block(f"if {step} > 0:"):
                    _untold(pen, each, x, goal, step, False)
            else:
                _untold(pen, each, x, goal, step, False)


def _untold(pen: Pen, each: _Pulled, x: str, goal: str, step: str, one: bool) -> None:
    slot, held = each.pull.slot, goal if is_whole(each.goal) else f"+{goal}"
    ways = []
    if each.slot.low < each.goal.high:
        ways.append(("<", "+"))
    if each.slot.high > each.goal.low:
        ways.append((">", "-"))
    word = "if"
    for sign, move in ways:
        if one:
            pen.line(f"{word} {x} {sign} {goal}: v[{slot}] = {x} {move} 1")
        else:
            new = f"y if y {sign} {goal} else {held}"
            pen.line(f"{word} {x} {sign} {goal}: y = {x} {move} {step}; v[{slot}] = {new}")
        word = "elif"


def _told(pen: Pen, each: _Pulled) -> None:
    x = pen.atom(each.slot)
    if each.new is not None:
        pen.line(f"d = {pen.whole(each.new)}")
        with pen.block("if d:"):
            _entry(pen, each, x)
        return
    goal = pen.atom(each.goal)
    with pen.block(f"if {x} != {goal}:"):
        pen.origin = pen.part.origin(each.name, "step")
        step = pen.atom(each.step)
        held = step if is_whole(each.step) else f"+{step}"
        lines = (f"d = {goal} - {x}", f"if d > {step}: d = {held}", f"elif d < -{step}: d = -{step}")
        if each.step.low > 0:
            for line in lines:
                pen.line(line)
            _entry(pen, each, x)
        else:
            with pen.block(f"if {step} > 0:"):
                for line in lines:
                    pen.line(line)
                _entry(pen, each, x)


def _entry(pen: Pen, each: _Pulled, x: str) -> None:
    """The entry of a pull by `d`, and the new value."""
    pull, slot, number = each.pull, each.pull.slot, each.number
    layout = pen.part.program.layout
    pen.origin = pen.part.origin(each.name, "because")
    said = "None" if pull.because is None else f"B{number}"
    if each.said:
        said = "s"
        assert pull.because is not None
        write_sentence(pen, pull.because.key, each.said, "s = ")
    cause = pen.part.cause("PULL", pull.id, pull.country)
    pen.line(
        f"entry(new(Entry, (t, 6, 0, {layout.names[slot]!r}, d, {x}, {cause}, {said}, M{number}, R{number}, "
        f"{pull.known_to!r}, '')))"
    )
    low, high = layout.low[slot], layout.high[slot]
    if each.goal.low < low or each.goal.high > high or each.slot.low < low or each.slot.high > high:
        pen.line(f"y = {x} + d")
        pen.line(f"if not {low} <= y <= {high}: y = g.hold({slot}, y)")
        pen.line(f"v[{slot}] = y")
    else:
        pen.line(f"v[{slot}] = {x} + d")


__all__ = ["told_pulls", "untold_pulls"]
