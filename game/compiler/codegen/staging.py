"""How is a stage of rules written?  Every one reads the picture at its start, and its writes are made together.

Where there is no ledger, writes are made at once: a value that others still have to read has been read before, and
writes that meet are added up beside it. A block that does more than write is queued, with all that meets it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from game.compiler.codegen.chances import chance, write_pick
from game.compiler.codegen.nodes import ANYTHING, Node, Nodes
from game.compiler.codegen.pen import Pen
from game.compiler.ranges import Range
from game.rules.classes import dataclass
from game.rules.program import Deed, RuleTable

Write = tuple[int, bool, Node | None, Node, int]
"""Slot, whether it sets, its condition, the amount, and its place in the block."""


@dataclass(eq=False, slots=True)
class Row:
    """An instance of a rule: when it acts, with which odds and weight, and what it writes."""

    rule: RuleTable
    country: str
    act: int
    deed: Deed
    holds: Node
    odds: Node | None
    key: int
    weight: Node
    writes: list[Write]

    @property
    def plain(self) -> bool:
        """Whether its block only writes."""
        deed = self.deed
        return not (deed.results or deed.summons or deed.cancels or deed.reveals)

    def slots(self) -> set[int]:
        """All that it may write, its results included."""
        ways = (write.slot for way in self.deed.results for write in way.deed.writes)
        return {write.slot for write in self.deed.writes} | set(ways)

    def touched(self) -> int:
        """All slots that change by it, those of the memory included, as bits."""
        bits = 0
        for deed in (self.deed, *(way.deed for way in self.deed.results)):
            memory = [call.due for call in deed.summons]
            for slot in (*self.slots(), *memory, *deed.cancels, *deed.reveals):
                bits |= 1 << slot
        return bits


def rows_of(nodes: Nodes, rule: RuleTable, numbers: Mapping[int, int]) -> list[Row]:
    found = []
    for row in rule.rows:
        holds = [nodes.of(each) for each in (row.exists, row.when) if each is not None]
        weight = nodes.const(1)
        if row.weight is not None:
            weight = nodes.make("max", nodes.of(row.weight), nodes.const(1))
        writes: list[Write] = []
        for at, write in enumerate(row.deed.writes):
            when = None if write.when is None else nodes.of(write.when)
            if when is None or not when.never:
                condition = None if when is None or when.always else when
                writes.append((write.slot, write.sets, condition, nodes.of(write.amount), at))
        found.append(
            Row(
                rule,
                row.country,
                numbers[id(row.deed)],
                row.deed,
                nodes.make("and", *holds) if holds else nodes.const(1),
                None if row.chance is None else nodes.of(row.chance),
                row.chance_key,
                weight,
                writes,
            )
        )
    return found


def excluded(one: Node, other: Node) -> bool:
    """Whether two conditions can never both hold, for they want one number within two ranges."""
    ranges: dict[Node, Range] = {}
    for part in _parts(one):
        if (wanted := _wanted(part)) is not None:
            ranges[part.parts[0]] = wanted
    for part in _parts(other):
        wanted, known = _wanted(part), ranges.get(part.parts[0]) if part.parts else None
        if wanted is not None and known is not None and (wanted[0] > known[1] or wanted[1] < known[0]):
            return True
    return False


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if node.name == "and" else (node,)


def _wanted(node: Node) -> Range | None:
    """From which to which number a comparison wants something to be."""
    if len(node.parts) != 2 or node.parts[1].name != "const":
        return None
    low, high = ANYTHING
    bound = node.parts[1].value
    match node.name:
        case "<":
            return low, bound - 1
        case "<=":
            return low, bound
        case ">":
            return bound + 1, high
        case ">=":
            return bound, high
        case "==":
            return bound, bound
        case _:
            return None


class Stage:
    """One stage being written."""

    def __init__(self, pen: Pen, fate: str, told: bool, rules: Sequence[list[Row]]) -> None:
        self.pen, self.fate, self.told = pen, fate, told
        self.nodes = pen.part.nodes
        self.rules = rules
        self.rows = [row for rule in rules for row in rule]
        self.queued = self._queued()
        """What cannot be written at once, by its row's place among all."""
        self.sums: dict[int, str] = {}
        """For a slot in which writes may meet: the local name of what is added."""
        self.tops: dict[int, str] = {}
        """The local name of the highest value set."""
        self.reach: dict[int, tuple[int, int]] = {}
        self.either: dict[int, list[Row]] = {} if told else self._either()
        """For a slot that only rows add a number to of which at most one acts: these rows."""

    def _queued(self) -> set[int]:
        """Rows whose blocks do more than write, and, as writes that meet add up, all that write where these do."""
        if self.told:
            return set(range(len(self.rows)))
        queued = {number for number, row in enumerate(self.rows) if not row.plain}
        while True:
            slots = {slot for number in queued for slot in self.rows[number].slots()}
            rules = {self.rows[number].rule.id for number in queued}
            more = {
                number for number, row in enumerate(self.rows) if row.rule.id in rules or row.slots() & slots
            }
            if more == queued:
                return queued
            queued = more

    def write(self) -> None:
        """Queued rows first: what they read is read anew, before anything has moved."""
        pen = self.pen
        direct = {number for number in range(len(self.rows)) if number not in self.queued}
        moved = self._prepare(direct)
        apart = {id(row) for rows in self.either.values() for row in rows}
        number = 0
        later: list[tuple[list[Row], range]] = []
        for rows in self.rules:
            places = range(number, number + len(rows))
            number += len(rows)
            if any(place in self.queued for place in places):
                self._rule(rows, places)
            elif id(rows[0]) not in apart:
                later.append((rows, places))
        pen.moving = moved
        for rows, places in later:
            self._rule(rows, places)
        for slot, rows in self.either.items():
            self._put_either(slot, rows)
        self._finish()
        pen.moving = 0
        if self.queued:
            pen.line("g.settle()")
            for place in self.queued:
                moved |= self.rows[place].touched()
        pen.forget(moved)

    def _prepare(self, direct: set[int]) -> int:
        """Count what is read; read beforehand what others must still find as it was. Returns the slots that move."""
        pen, nodes = self.pen, self.nodes
        pen.uses = {}
        writers: dict[int, int] = {}
        for place in direct:
            for slot, *_ in self.rows[place].writes:
                writers[slot] = writers.get(slot, 0) + 1
        roots: list[tuple[Node, int]] = []
        for place, row in enumerate(self.rows):
            roots += [(node, -1) for node in (row.holds, row.odds, row.weight) if node is not None]
            for slot, sets, when, amount, _ in row.writes if place in direct else ():
                if when is not None:
                    roots.append((when, -1))
                alone = writers[slot] == 1
                roots.append((self._new(slot, sets, amount) if alone else amount, slot if alone else -1))
        pen.expect(*(node for node, _ in roots))
        for slot, count in sorted(writers.items()):
            if any(own != slot and node.reads >> slot & 1 for node, own in roots):
                pen.keep(nodes.slot(slot))
            if count > 1 and slot not in self.either:
                self.sums[slot] = name = pen.name()
                self.reach[slot] = self._reach(slot, direct)
                pen.line(f"{name} = 0")
                if any(
                    each == slot and sets for place in direct for each, sets, *_ in self.rows[place].writes
                ):
                    self.tops[slot] = name = pen.name()
                    pen.line(f"{name} = None")
        return sum(1 << slot for slot in writers)

    def _reach(self, slot: int, direct: set[int]) -> tuple[int, int]:
        """How far all that is added to a slot can bring it down, and up."""
        least = most = 0
        for place in direct:
            for each, sets, _, amount, _ in self.rows[place].writes:
                if each == slot and not sets:
                    least, most = least + min(0, amount.low), most + max(0, amount.high)
        return least, most

    def _new(self, slot: int, sets: bool, amount: Node) -> Node:
        """The value of a slot after a write that meets no other."""
        layout, nodes = self.nodes.program.layout, self.nodes
        value = amount if sets else nodes.make("+", nodes.slot(slot), amount)
        return nodes.make("clamp", value, nodes.const(layout.low[slot]), nodes.const(layout.high[slot]))

    def _either(self) -> dict[int, list[Row]]:
        """Slots that are written by several rules which do nothing else, and never two of them at once."""
        found: dict[int, list[Row]] = {}
        for place, row in enumerate(self.rows):
            for slot in row.slots():
                found.setdefault(slot, []).append(row)
                if place in self.queued:
                    found[slot] += [row, row]
        while True:
            few = {slot: rows for slot, rows in found.items() if self._is_either(rows)}
            alone = {id(row) for rows in few.values() for row in rows}
            whole = {
                id(rows[0].rule)
                for rows in self.rules
                if all(id(row) in alone or row.holds.never for row in rows)
            }
            kept = {slot: rows for slot, rows in few.items() if all(id(row.rule) in whole for row in rows)}
            if len(kept) == len(found):
                return kept
            found = kept

    def _is_either(self, rows: Sequence[Row]) -> bool:
        if len(rows) < 2 or len({id(row) for row in rows}) < len(rows):
            return False
        for row in rows:
            if not row.plain or row.rule.pick_key is not None or row.odds is not None or len(row.writes) != 1:
                return False
            _, sets, when, amount, _ = row.writes[0]
            if sets or when is not None or amount.name != "const":
                return False
        return all(excluded(one.holds, other.holds) for one, other in combinations(rows, 2))

    def _put_either(self, slot: int, rows: Sequence[Row]) -> None:
        """One after the other is asked, until one acts."""
        pen, layout = self.pen, self.nodes.program.layout
        old = pen.known.get(self.nodes.slot(slot), f"v[{slot}]")
        pen.origin = pen.part.origin(rows[0].rule.id, "when")
        tests = [pen.test(row.holds) for row in rows]
        for number, (row, test) in enumerate(zip(rows, tests, strict=True)):
            amount = row.writes[0][3].value
            low, high = layout.low[slot], layout.high[slot]
            held = f"x if x < {high} else {high}" if amount > 0 else f"x if x > {low} else {low}"
            pen.origin = pen.part.origin(row.rule.id, f"effects {row.act}.{row.writes[0][4]}")
            pen.line(f"{'elif' if number else 'if'} {test}: x = {old} + {amount}; v[{slot}] = {held}")

    def _rule(self, rows: Sequence[Row], places: range) -> None:
        rule, pen = rows[0].rule, self.pen
        pen.origin = pen.part.origin(rule.id, "when")
        if rule.pick_key is None:
            for row, place in zip(rows, places, strict=True):
                if row.holds.never:
                    continue
                if row.holds.always:
                    self._likely(row, place)
                    continue
                with pen.block(f"if {pen.test(row.holds)}:"):
                    self._likely(row, place)
            return
        able = [(row, place) for row, place in zip(rows, places, strict=True) if not row.holds.never]
        if not able:
            return
        shares = [pen.name() for _ in able]
        pen.line(f"{' = '.join(shares)} = 0")
        for share, (row, _) in zip(shares, able, strict=True):
            with pen.block(f"if {'True' if row.holds.always else pen.test(row.holds)}:"):
                pen.line(f"{share} = {pen.number(row.weight)}")
        sum_ = pen.name()
        pen.line(f"{sum_} = {' + '.join(shares)}")
        with pen.block(f"if {sum_}:"):
            drawn = write_pick(pen, self.fate, rule.pick_key, shares, sum_)
            for number, (row, place) in enumerate(able):
                with pen.block(f"if {drawn} == {number}:"):
                    self._likely(row, place)

    def _likely(self, row: Row, place: int) -> None:
        pen = self.pen
        origin = pen.origin
        pen.origin = pen.part.origin(row.rule.id, "chance")
        comes = chance(pen, self.fate, row.odds, str(row.key))
        pen.origin = origin
        if not comes:
            self._act(row, place)
            return
        with pen.block(f"if {comes}:"):
            self._act(row, place)

    def _act(self, row: Row, place: int) -> None:
        pen = self.pen
        if self.told:
            cause = pen.part.cause("RULE", row.rule.id, row.country)
            pen.line(f"g.tell(acts[{row.act}], {cause}, {row.rule.known_to!r})")
        elif place in self.queued:
            pen.line(f"g.queue(acts[{row.act}])")
        else:
            for slot, sets, when, amount, at in row.writes:
                pen.origin = pen.part.origin(row.rule.id, f"effects {row.act}.{at}")
                if when is None:
                    self._put(slot, sets, amount)
                else:
                    with pen.block(f"if {pen.test(when)}:"):
                        self._put(slot, sets, amount)

    def _put(self, slot: int, sets: bool, amount: Node) -> None:
        pen = self.pen
        if slot not in self.sums:
            pen.line(f"v[{slot}] = {pen.whole(self._new(slot, sets, amount))}")
        elif sets:
            value, top = pen.atom(amount), self.tops[slot]
            pen.line(f"if {top} is None or {value} > {top}: {top} = {value}")
        else:
            pen.line(f"{self.sums[slot]} += {pen.number(amount)}")

    def _finish(self) -> None:
        """Write what met."""
        pen, layout = self.pen, self.nodes.program.layout
        for slot, added in self.sums.items():
            old = pen.known.get(self.nodes.slot(slot), f"v[{slot}]")
            top = self.tops.get(slot)
            if top is not None:
                pen.line(f"if {top} is not None: {added} += {top} - {old}")
            low, high = layout.low[slot], layout.high[slot]
            least, most = self.reach[slot]
            held = "x"
            if top is not None or most > 0:
                held = f"{high} if x > {high} else {held}"
            if top is not None or least < 0:
                held = f"{low} if x < {low} else {held}"
            pen.line(f"if {added}: x = {old} + {added}; v[{slot}] = {held}")


__all__ = ["Row", "Stage", "Write", "rows_of"]
