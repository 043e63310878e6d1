"""How does a turn open and close in many games?  Directives drawn and judged, milestones, endings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from game.compiler.lanes.columns import Array, Place, full, places
from game.compiler.lanes.deeds import Deeds
from game.compiler.lanes.effects import core_of
from game.compiler.lanes.machine import Formulas, Machine
from game.compiler.lanes.spans import Width
from game.rules.core import Const
from game.rules.dice import key_number
from game.rules.layout import NEVER
from game.rules.outcome import EQUAL_WEIGHT
from game.rules.program import DirectiveRow, Judged

if TYPE_CHECKING:
    from game.compiler.lanes.block import Block

STILL = -1
"""The ending of a game that goes on."""


class Asked:
    """One directive, ready for columns."""

    def __init__(self, machine: Machine, row: DirectiveRow) -> None:
        self.row = row
        self.when = Formulas(machine, [core_of(row.when)], flag=True)
        weight = Const(EQUAL_WEIGHT) if row.weight is None else row.weight.core
        self.weight = Formulas(machine, [weight], flag=False)
        self.note = Formulas(machine, [Const(0) if row.note is None else row.note.core], flag=False)
        self.goal = Formulas(machine, [row.goal.core], flag=True)
        self.met, self.missed = Deeds(machine, [row.met]), Deeds(machine, [row.missed])


class DirectiveGroup:
    """The directives of one track, of which one runs at a time."""

    def __init__(self, machine: Machine, group: str) -> None:
        self.machine = machine
        names = [f"{name}:{group}" for name in ("directive", "since", "noted")]
        slots = [machine.program.layout.index[name] for name in names]
        self.running, self.since, self.noted = (machine.plan.places[slot] for slot in slots)
        self.kept = machine.stale(slots)
        self.asked = [Asked(machine, each) for each in machine.program.directives if each.group == group]
        self.key = key_number(f"pick:directives/{group}" if group else "pick:directives")

    def _column(self, place: Place) -> Array:
        found: Array = self.machine.tables[place.width][place.row]
        return found

    def draw(self, block: Block) -> None:
        """Draw one in each lane where none runs."""
        free = self._column(self.running) == 0
        if not free.any():
            return
        shape = (self.machine.lanes,)
        weights = []
        for each in self.asked:
            weight = np.multiply(np.maximum(each.weight.dense(), 0), each.when.dense(), dtype=np.int64)
            weights.append(np.broadcast_to(weight, shape))
        lanes = places(free & (sum(weights[1:], start=weights[0]) > 0))
        if not lanes.size:
            return
        drawn = self._pick(block, weights, lanes)
        for number, each in enumerate(self.asked):
            chosen = lanes[drawn == number]
            if chosen.size:
                noted = each.note.sparse(0, chosen)
                self._column(self.running)[chosen] = each.row.number
                self._column(self.since)[chosen] = block.turn
                self._column(self.noted)[chosen] = noted
        self.machine.forget(self.kept)

    def _pick(self, block: Block, weights: list[Array], lanes: Array) -> Array:
        """In historical fate the first of the largest among those that are open, which may weigh nothing."""
        return block.dice.pick([weight[lanes] for weight in weights], lanes, self.key, block.turn)

    def judge(self, block: Block) -> list[Array]:
        """Queue what comes of those that are met or missed now; gives the lanes where one is done with."""
        running, since = self._column(self.running), self._column(self.since)
        done = []
        for each in self.asked:
            lanes = places(running == each.row.number)
            if not lanes.size:
                continue
            last = block.turn - since[lanes].astype(np.int64) + 1 >= each.row.within
            met = full(each.goal.sparse(0, lanes), len(lanes))
            if each.row.at_end:
                met = met & last
            missed = last & ~met
            for deed, where in ((each.met, lanes[met]), (each.missed, lanes[missed])):
                if where.size:
                    deed.queue(block.acting, 0, where)
                    done.append(where)
        return done

    def clear(self, done: list[Array]) -> None:
        """What was judged runs no more."""
        for lanes in done:
            self._column(self.running)[lanes] = 0
        if done:
            self.machine.forget(self.kept)


class Close:
    """Directives, milestones and endings of a program."""

    def __init__(self, machine: Machine) -> None:
        self.machine, program = machine, machine.program
        self.groups = [
            DirectiveGroup(machine, group) for group in sorted({each.group for each in program.directives})
        ]
        self.milestones = [
            (machine.plan.places[each.slot], _when(machine, each), machine.stale([each.slot]))
            for each in program.milestones
        ]
        self.endings = [
            None if each.when is None else Formulas(machine, [each.when.core], flag=True)
            for each in program.endings
        ]

    def open(self, block: Block) -> None:
        """Draw the directives."""
        for group in self.groups:
            group.draw(block)

    def run(self, block: Block) -> Array:
        """Close the turn; gives for each lane the number of its ending, or STILL."""
        done = [(group, group.judge(block)) for group in self.groups]
        block.acting.moment.settle()
        for group, lanes in done:
            group.clear(lanes)
        self._reach(block.turn)
        return self._endings(block.turn >= self.machine.program.layout.turns)

    def _reach(self, turn: int) -> None:
        """Keep the turn of every milestone that holds for the first time."""
        small = self.machine.tables[Width.SMALL]
        for place, when, stale in self.milestones:
            ahead = small[place.row] == NEVER
            if ahead.any():
                reached = places(ahead & when.dense())
                if reached.size:
                    small[place.row][reached] = turn
                    self.machine.forget(stale)

    def _endings(self, last: bool) -> Array:
        found = np.full(self.machine.lanes, 0 if last else STILL, np.int16)
        for number, when in reversed(list(enumerate(self.endings, start=1))):
            holds: Any = last if when is None else when.dense()
            if np.ndim(holds):
                found[holds] = number
            elif holds:
                found[:] = number
        return found


def _when(machine: Machine, judged: Judged) -> Formulas:
    return Formulas(machine, [core_of(judged.when)], flag=True)
