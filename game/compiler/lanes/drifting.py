"""What moves by itself in many games?  Phases 5 and 6: rules stage by stage, then every pull."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from game.compiler.lanes.arithmetic import bits_of
from game.compiler.lanes.columns import Array, places
from game.compiler.lanes.deeds import Deeds, WholeDeeds, plain_deed
from game.compiler.lanes.effects import core_of
from game.compiler.lanes.happenings import pairs
from game.compiler.lanes.machine import WIDTHS, Formulas, Machine
from game.compiler.lanes.moments import target
from game.compiler.lanes.spans import around
from game.compiler.ranges import Range
from game.rules.core import ONE, Const, op
from game.rules.program import Pull, RuleTable

if TYPE_CHECKING:
    from game.compiler.lanes.block import Block

CERTAIN = 100


class RuleRows:
    """One rule with its instances, ready for columns."""

    def __init__(self, machine: Machine, rule: RuleTable) -> None:
        self.machine, self.rule = machine, rule
        rows = rule.rows
        self.when = Formulas(
            machine, [op("and", core_of(row.exists), core_of(row.when)) for row in rows], True
        )
        weights = [ONE if row.weight is None else row.weight.core for row in rows]
        self.weight = Formulas(machine, weights, flag=False)
        chances = [Const(CERTAIN) if row.chance is None else row.chance.core for row in rows]
        self.chance = Formulas(machine, chances, flag=False)
        self.keys = np.array([row.chance_key for row in rows], np.uint64)
        self.whole = (
            all(plain_deed(row.deed) for row in rows)
            and rule.pick_key is None
            and self.chance.same == CERTAIN
        )
        """Whether it can be read for whole rows."""
        deeds = [row.deed for row in rows]
        self.rows = WholeDeeds(machine, deeds) if self.whole else None
        self.deed = None if self.whole else Deeds(machine, deeds)

    def queue(self, block: Block) -> None:
        """Read what it does wherever it acts."""
        mask = self.when.dense()
        if not isinstance(mask, np.ndarray) and not mask:
            return
        if self.rows is not None:
            self.rows.queue(block.acting.moment, mask if isinstance(mask, np.ndarray) else True)
            return
        full: Array = np.broadcast_to(mask, (len(self.rule.rows), self.machine.lanes))
        if self.rule.pick_key is None:
            rows, lanes = pairs(full)
        else:
            lanes = places(np.asarray(full.any(axis=0)))
            if not lanes.size:
                return
            weights = (
                np.broadcast_to(np.maximum(self.weight.dense(), 1), full.shape)[:, lanes] * full[:, lanes]
            )
            rows = block.dice.pick(list(weights), lanes, self.rule.pick_key, block.turn)
        if not lanes.size:
            return
        if self.chance.same != CERTAIN:
            comes = block.dice.comes_up(self.chance.sparse(rows, lanes), lanes, self.keys[rows], block.turn)
            if not isinstance(comes, np.ndarray):
                if not comes:
                    return
            else:
                chosen = places(comes)
                if not chosen.size:
                    return
                lanes, rows = lanes[chosen], rows if isinstance(rows, int) else rows[chosen]
        assert self.deed is not None
        self.deed.queue(block.acting, rows, lanes)


class PullRows:
    """Pulls on one table, reckoned in one width."""

    def __init__(self, machine: Machine, pulls: Sequence[Pull]) -> None:
        self.machine = machine
        self.target = target(machine, [each.slot for each in pulls])
        self.toward = Formulas(machine, [each.toward.core for each in pulls], flag=False)
        self.step = Formulas(machine, [each.step.core for each in pulls], flag=False)
        self.exists = [
            (row, Formulas(machine, [core_of(each.exists)], flag=True))
            for row, each in enumerate(pulls)
            if core_of(each.exists) != ONE
        ]
        self.dtype = WIDTHS[bits_of(_span(machine, pulls[0]))]
        self.low, self.high = (
            each if np.ndim(each) == 0 else each.astype(self.dtype)
            for each in (self.target.low, self.target.high)
        )

    def read(self) -> Array:
        """The new values; nothing is written yet."""
        present = self.machine.tables[self.target.width][self.target.where]
        step = self.step.same
        reach = np.maximum(self.step.dense(), 0) if step is None else max(0, step)
        moved: Array = np.subtract(self.toward.dense(), present, dtype=self.dtype)
        np.maximum(moved, -reach, out=moved)
        np.minimum(moved, reach, out=moved)
        for row, exists in self.exists:
            moved[row] *= exists.dense()
        np.add(moved, present, out=moved)
        np.maximum(moved, self.low, out=moved)
        np.minimum(moved, self.high, out=moved)
        return moved


def _span(machine: Machine, pull: Pull) -> Range:
    """Between which bounds everything lies that is reckoned for a pull."""
    spans = machine.plan.spans
    own, goal, step = spans.slots[pull.slot], spans.of(pull.toward.core), spans.of(pull.step.core)
    gap = goal[0] - own[1], goal[1] - own[0]
    return around(own, gap, step, (-step[1], -step[0]))


def _shapes(machine: Machine, pull: Pull) -> str:
    """Like pulls stand side by side, so that their goals are reckoned together."""
    return repr([machine.stacker.shape(each) for each in (pull.toward.core, pull.step.core)])


class Drift:
    """All rules and pulls of a program."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.stages = [
            [RuleRows(machine, rule) for rule in stage] for stage in machine.program.stages if stage
        ]
        alike: dict[Hashable, list[Pull]] = {}
        for pull in sorted(machine.program.pulls, key=lambda each: _shapes(machine, each)):
            key = machine.plan.places[pull.slot].width, bits_of(_span(machine, pull))
            alike.setdefault(key, []).append(pull)
        self.pulls = [PullRows(machine, pulls) for pulls in alike.values()]

    def run(self, block: Block) -> None:
        """Stage by stage, each reading the picture at its start; then all pulls on one picture."""
        for stage in self.stages:
            for rule in stage:
                rule.queue(block)
            block.acting.moment.settle()
        found = [each.read() for each in self.pulls]
        for pulls, values in zip(self.pulls, found, strict=True):
            self.machine.tables[pulls.target.width][pulls.target.where] = values
        for pulls in self.pulls:
            self.machine.forget(pulls.target.stale)
