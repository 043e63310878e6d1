"""How is a stage of rules written with its entries?  First what every rule reads and does, then, slot by slot, why.

The order of entries is the reference's: by slot, and in one slot by rule, instance and write.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.compiler.codegen.acts import write_sentence
from game.compiler.codegen.nodes import Node
from game.compiler.codegen.pen import IF, WHOLE, Pen
from game.compiler.codegen.staging import Row, Stage, Write
from game.rules.classes import dataclass


@dataclass(slots=True)
class _Done:
    """What is known of an instance once its conditions were asked: local names for its cause, sentence, amounts."""

    row: Row
    cause: str
    said: str
    amounts: dict[int, str]

    def entry(self, write: Write, delta: str, before: str, name: str) -> str:
        """The text of an entry."""
        act, at = self.row.act, write[4]
        return (
            f"entry(new(Entry, (t, 5, 0, {name!r}, {delta}, {before}, {self.cause}, {self.said}, N{act}[{at}], "
            f"Q{act}, {self.row.rule.known_to!r}, '')))"
        )

    def waiting(self, write: Write) -> str:
        """The text of a write that waits for those it meets."""
        slot, sets, _, _, at = write
        act = self.row.act
        return (
            f"({slot}, {sets}, {self.amounts[at]}, {self.cause}, {self.row.rule.known_to!r}, {self.said}, "
            f"N{act}[{at}], Q{act}, '')"
        )


class ToldStage(Stage):
    """A stage of rules that only write, with its ledger."""

    def write(self) -> None:
        """All conditions and amounts on one picture, then all writes in order of their slots."""
        pen = self.pen
        self.done: list[_Done] = []
        pen.uses = {}
        for row in self.rows:
            pen.expect(row.holds, row.odds, row.weight)
            for _, _, when, amount, _ in row.writes:
                pen.expect(when, amount)
        causes = [pen.name() for row in self.rows if row.writes]
        if causes:
            pen.line(f"{' = '.join(causes)} = None")
        names = iter(causes)
        self.causes = {id(row): next(names) for row in self.rows if row.writes}
        number = 0
        for rows in self.rules:
            self._rule(rows, range(number, number + len(rows)))
            number += len(rows)
        writers: dict[int, list[tuple[_Done, Write]]] = {}
        for done in self.done:
            for write in done.row.writes:
                writers.setdefault(write[0], []).append((done, write))
        for slot, writes in sorted(writers.items()):
            self._slot(slot, writes)
        pen.forget(sum(1 << slot for slot in writers))

    def _act(self, row: Row, place: int) -> None:
        if not row.writes:
            return
        pen = self.pen
        because = row.deed.because
        amounts: dict[int, str] = {}
        for _, _, when, amount, at in row.writes:
            pen.origin = pen.part.origin(row.rule.id, f"effects {row.act}.{at}")
            amounts[at] = self._amount(pen, when, amount)
        pen.origin = pen.part.origin(row.rule.id, "because")
        said = f"S{row.act}"
        if because is not None and because.steady is None:
            said = pen.name()
            nodes = self.nodes
            variants = [
                (None if when is None else nodes.of(when), [nodes.of(each) for each in formulas])
                for when, _, formulas in because.variants
            ]
            for when, values in variants:
                pen.expect(when, *values)
            write_sentence(pen, because.key, variants, f"{said} = ")
        cause = self.causes[id(row)]
        pen.line(f"{cause} = {pen.part.cause('RULE', row.rule.id, row.country)}")
        self.done.append(_Done(row, cause, said, amounts))

    def _amount(self, pen: Pen, when: Node | None, amount: Node) -> str:
        if when is None and amount.name == "const":
            return str(amount.value)
        name = pen.name()
        if when is None:
            pen.line(f"{name} = {pen.whole(amount)}")
        else:
            test, held = pen.test(when), pen.held(amount, WHOLE, IF + 1, False)
            pen.line(f"{name} = {held} if {test} else None")
        return name

    def _slot(self, slot: int, writes: Sequence[tuple[_Done, Write]]) -> None:
        """The entries of one slot, and its new value."""
        pen, layout = self.pen, self.nodes.program.layout
        name, low, high = layout.names[slot], layout.low[slot], layout.high[slot]
        old = pen.known.get(self.nodes.slot(slot), f"v[{slot}]")
        hold = f"if not {low} <= y <= {high}: y = g.hold({slot}, y)"
        if len(writes) == 1:
            done, write = writes[0]
            with pen.block(f"if {self._asked(done, write)}:"):
                pen.line(f"x = {old}")
                delta = amount = done.amounts[write[4]]
                if write[1]:
                    delta = f"{amount} - x"
                pen.line(done.entry(write, delta, "x", name))
                pen.line(f"y = {amount}" if write[1] else f"y = x + {amount}")
                pen.line(hold)
                pen.line(f"v[{slot}] = y")
        elif any(write[1] for _, write in writes):
            pen.line("w = []")
            for done, write in writes:
                pen.line(f"if {self._asked(done, write)}: w.append({done.waiting(write)})")
            pen.line(f"if w: v[{slot}] = g.meet({slot}, w)")
        else:
            pen.line(f"y = {old}")
            for done, write in writes:
                amount = done.amounts[write[4]]
                entry = done.entry(write, amount, "y", name)
                pen.line(f"if {self._asked(done, write)}: {entry}; y += {amount}")
            pen.line(hold)
            pen.line(f"v[{slot}] = y")

    def _asked(self, done: _Done, write: Write) -> str:
        """Whether a write is made."""
        return done.cause if write[2] is None else f"{done.cause} and {done.amounts[write[4]]} is not None"


__all__ = ["ToldStage"]
