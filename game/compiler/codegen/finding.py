"""Which events happen?  For some turns one function, which knows only the events that may happen in them.

`find(g, v, t, at, b, calls)` goes through the events from the one numbered `at`. `h7` lets event 7 happen: without a
ledger a function that is written out, with one a call of the game. The function returns true when an event asks, and
is called again once there is an answer. `calls` says whether some event may have been called for this turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from game.compiler.codegen.chances import chance, write_pick
from game.compiler.codegen.nodes import Node, Nodes
from game.compiler.codegen.part import Compiled, Part
from game.compiler.codegen.pen import AND, TEST, Block, Pen
from game.rules.layout import NEVER
from game.rules.program import Deed, EventRow, EventTable, Formula, Program
from game.rules.state import HISTORICAL
from game.rules.writing import EVEN

OFTEN: Final = 3
SHORT: Final = 16
"""A condition that is no longer is asked first: it says no more often than that an event has not happened yet."""
ROW: Final = 8
"""Groups of events that are passed over at once."""
HEAD: Final = "def find(g, v, t, at, b, calls):"


def all_deeds(program: Program) -> Iterator[tuple[str, Deed]]:
    """Every block with its item's id, a block's results right after it; always in the same order."""
    for event in program.events:
        for row in event.rows:
            yield from _with_ways(event.id, row.deed)
            for choice in row.choices:
                yield from _with_ways(f"{event.id}/{choice.id}", choice.deed)
    for stage in program.stages:
        for rule in stage:
            for instance in rule.rows:
                yield from _with_ways(rule.id, instance.deed)
    for action in program.actions.values():
        for order in action.rows.values():
            yield from _with_ways(action.id, order.deed)
    for directive in program.directives:
        yield from _with_ways(directive.id, directive.met)
        yield from _with_ways(directive.id, directive.missed)


def _with_ways(id: str, deed: Deed) -> Iterator[tuple[str, Deed]]:
    yield id, deed
    for way in deed.results:
        yield f"{id}={way.id}", way.deed


def callable_events(program: Program) -> frozenset[str]:
    """The events that some block may call."""
    return frozenset(call.event for _, deed in all_deeds(program) for call in deed.summons)


def reign(event: EventTable, fate: str) -> tuple[int, int]:
    """The first and last turn in which an event may happen by itself; none if the first is the later one."""
    if event.only_then:
        return 1, 0
    first = event.first
    if fate == HISTORICAL and event.historical is not None:
        first = max(first, event.historical)
    return first, event.last


def lasting(event: EventTable, fate: str, length: int) -> bool:
    """Whether an event has many instances and may happen over many turns: it gets a function of its own."""
    first, last = reign(event, fate)
    return len(event.rows) > 1 and last - first >= 3 * length


def lasting_part(program: Program, fate: str, length: int) -> Compiled:
    """The functions of lasting events, `e7(v, t, b)`: to whom the event happens."""
    part = Part(f"lasting events, {fate} fate", Nodes(program))
    for number, event in enumerate(program.events):
        if lasting(event, fate, length) and may_happen(part.nodes, event, fate):
            pen = part.pen(event.id, "when")
            pen.line("rows = []")
            several(pen, event, fate, fate == HISTORICAL and event.historical is not None)
            pen.line("return rows")
            part.add(f"def e{number}(v, t, b):", pen)
    return part.compiled()


def find_part(
    program: Program, fate: str, first: int, last: int, called: frozenset[str], length: int
) -> Compiled:
    """The function for some turns; `called` are the events that some block may call."""
    nodes = Nodes(program, first, last)
    part = Part(f"events of turns {first} to {last}, {fate} fate", nodes)
    pen = part.pen()
    groups: list[list[int]] = [[]]
    for number, event in enumerate(program.events):
        begins, ends = reign(event, fate)
        if (begins <= last and ends >= first) or event.id in called:
            groups[-1].append(number)
            if event.asks:
                groups.append([])
    groups = [group for group in groups if group]
    finder = Finder(pen, program, fate, (first, last), called, length)
    finder.expect(number for group in groups for number in group)
    for at in range(0, len(groups), ROW):
        some = groups[at : at + ROW]
        opened: list[Block] = []
        if len(groups) > 1:
            pen.open(f"if at <= {some[-1][-1]}:", opened)
        for group in some:
            with pen.block(f"if at <= {group[-1]}:"):
                for number in group:
                    finder.write(number)
        if opened:
            pen.close(opened)
    part.add(HEAD, pen)
    return part.compiled()


class Finder:
    """Writes what is asked of each event of some turns.

    Groups of events end with one that asks: only after a question does the function begin in the middle.
    """

    def __init__(
        self,
        pen: Pen,
        program: Program,
        fate: str,
        turns: tuple[int, int],
        called: frozenset[str],
        length: int,
    ) -> None:
        self.pen, self.program, self.fate = pen, program, fate
        self.turns, self.called, self.length = turns, called, length
        self.prompt = _prompt(program)

    def expect(self, numbers: Iterable[int]) -> None:
        """What hangs on the turn alone and is asked often is looked up once."""
        pen, nodes = self.pen, self.pen.part.nodes
        for number in numbers:
            for row in self.program.events[number].rows:
                pen.expect(
                    *(nodes.of(each) for each in (row.when, row.premise, row.chance) if each is not None)
                )
        for node, uses in list(pen.uses.items()):
            if node.name == "table" and uses >= OFTEN:
                pen.keep(node)
        pen.uses = {}

    def write(self, number: int) -> None:
        """Lines that let an event happen, if it does."""
        pen, event = self.pen, self.program.events[number]
        pen.origin = pen.part.origin(event.id, "when")
        opened: list[Block] = []
        begins, ends = reign(event, self.fate)
        reigns = (
            begins <= self.turns[1] and ends >= self.turns[0] and may_happen(pen.part.nodes, event, self.fate)
        )
        if event.id in self.called:
            dues = " or ".join(f"v[{due}] == t" for due in event.dues)
            with pen.block(f"if calls and ({dues}):"):
                self._then(number, f"if g.call({number}): return True")
            if reigns:
                pen.open("else:", opened)
        if reigns:
            guard = f"t >= {begins} and " if begins > self.turns[0] else ""
            guard += f"t <= {ends} and " if ends < self.turns[1] else ""
            if lasting(event, self.fate, self.length):
                pen.line(f"rows = {guard}e{number}(v, t, b)")
                with pen.block("if rows:"):
                    self._happen(number, "rows")
            else:
                self._event(number, event, guard)
        while opened:
            pen.close(opened)

    def _then(self, number: int, line: str) -> None:
        """Something that may let an event call another of the same turn."""
        self.pen.line(line)
        if self.program.events[number].id in self.prompt:
            self.pen.line("calls = t in g.calls")

    def _happen(self, number: int, rows: str) -> None:
        """Lines that let an event happen, and stop if it asks."""
        event = self.program.events[number]
        if len(event.rows) == 1 and not rows:
            self._then(number, f"h{number}(g, v, t, b)")
        else:
            self._then(number, f"g.happen({number}, {rows})")
        if event.asks and event.rows[0].choices:
            first = f"{rows}[0]" if rows else "0"
            self._then(number, f"if g.ask({number}, {first}): return True")

    def _event(self, number: int, event: EventTable, guard: str) -> None:
        pen = self.pen
        certain = self.fate == HISTORICAL and event.historical is not None
        if len(event.rows) == 1:
            row = event.rows[0]
            with able_block(
                pen, event, row, None if certain else row.chance, row.chance_key, self.fate, guard
            ) as on:
                if on:
                    self._happen(number, "")
            return
        with pen.block(f"if {guard.removesuffix(' and ') or 'True'}:"):
            pen.line("rows = []")
            several(pen, event, self.fate, certain)
            with pen.block("if rows:"):
                self._happen(number, "rows")


def _prompt(program: Program) -> frozenset[str]:
    """The events with some block that calls another event for the same turn."""
    found = set()
    for item, deed in all_deeds(program):
        if any(call.after == 0 for call in deed.summons):
            found.add(item.partition("/")[0].partition("=")[0])
    return frozenset(found)


def may_happen(nodes: Nodes, event: EventTable, fate: str) -> bool:
    """Whether an event can ever happen by itself."""
    certain = fate == HISTORICAL and event.historical is not None
    for row in event.rows:
        odds = None if certain or row.chance is None else nodes.of(row.chance)
        if not able(nodes, row).never and (odds is None or odds.high >= (EVEN if fate == HISTORICAL else 1)):
            return True
    return False


def free(event: EventTable, row: EventRow) -> str:
    """A condition: whether an instance has not happened yet, or long enough ago."""
    if event.repeats:
        return f"t - v[{row.happened}] >= {event.repeats}"
    return f"v[{row.happened}] == {NEVER}"


def able(nodes: Nodes, row: EventRow) -> Node:
    """The condition under which an instance may happen by itself."""
    parts = [nodes.of(each) for each in (row.exists, row.when, row.premise) if each is not None]
    return nodes.make("and", *parts) if parts else nodes.const(1)


@contextmanager
def able_block(
    pen: Pen, event: EventTable, row: EventRow, likely: Formula | None, key: int, fate: str, guard: str
) -> Iterator[bool]:
    """A block that is run if an instance happens by itself; false if it never does."""
    nodes = pen.part.nodes
    holds = able(nodes, row)
    odds = None if likely is None else nodes.of(likely)
    if holds.never:
        yield False
        return
    opened: list[Block] = []
    known = pen.known
    pen.uses = {}
    if not holds.always and holds.size <= SHORT and not guard:
        pen.expect(holds)
        pen.known = dict(known)
        pen.open(f"if {pen.held(holds, TEST, AND, True)} and {free(event, row)}:", opened)
        pen.uses = {}
        pen.expect(odds)
    else:
        pen.open(f"if {guard}{free(event, row)}:", opened)
        pen.expect(holds, odds)
        if not holds.always:
            pen.open(f"if {pen.test(holds)}:", opened)
    origin, pen.origin = pen.origin, pen.part.origin(event.id, "chance")
    comes = chance(pen, fate, odds, str(key))
    if comes:
        pen.open(f"if {comes}:", opened)
    pen.origin = origin
    yield True
    while opened:
        pen.close(opened)
    pen.known = known


def several(pen: Pen, event: EventTable, fate: str, certain: bool) -> None:
    """Lines that put into `rows` the instances that happen."""
    if event.pick_key is not None:
        _picked(pen, event, fate, certain)
        return
    for at, row in enumerate(event.rows):
        with able_block(pen, event, row, None if certain else row.chance, row.chance_key, fate, "") as on:
            if on:
                pen.line(f"rows.append({at})")


def _picked(pen: Pen, event: EventTable, fate: str, certain: bool) -> None:
    """One of several instances, drawn by weight, whose chance alone is asked."""
    nodes = pen.part.nodes
    rows = [(at, row, able(nodes, row)) for at, row in enumerate(event.rows)]
    rows = [each for each in rows if not each[2].never]
    if not rows:
        return
    shares = [pen.name() for _ in rows]
    pen.line(f"{' = '.join(shares)} = 0")
    for share, (_, row, holds) in zip(shares, rows, strict=True):
        weight = nodes.const(1)
        if row.weight is not None:
            weight = nodes.make("max", nodes.of(row.weight), nodes.const(1))
        with pen.block(f"if {free(event, row)}:"):
            pen.uses = {}
            pen.expect(holds, weight)
            with pen.block(f"if {pen.test(holds)}:"):
                pen.line(f"{share} = {pen.number(weight)}")
    sum_ = pen.name()
    pen.line(f"{sum_} = {' + '.join(shares)}")
    assert event.pick_key is not None
    with pen.block(f"if {sum_}:"):
        drawn = write_pick(pen, fate, event.pick_key, shares, sum_)
        odds = [None if certain or row.chance is None else nodes.of(row.chance) for _, row, _ in rows]
        pen.uses = {}
        pen.expect(*dict.fromkeys(odds))
        numbers = pen.part.constant(tuple(at for at, _, _ in rows))
        number_of = drawn if len(rows) == len(event.rows) else f"{numbers}[{drawn}]"
        then = f"rows.append({number_of})"
        if len(set(odds)) == 1:
            keys = pen.part.constant(tuple(row.chance_key for _, row, _ in rows))
            comes = chance(pen, fate, odds[0], f"{keys}[{drawn}]")
            pen.line(f"if {comes}: {then}" if comes else then)
        else:
            for at, (_, row, _) in enumerate(rows):
                with pen.block(f"if {drawn} == {at}:"):
                    comes = chance(pen, fate, odds[at], str(row.chance_key))
                    pen.line(f"if {comes}: {then}" if comes else then)


__all__ = ["able", "all_deeds", "callable_events", "find_part", "free", "lasting_part", "reign"]
