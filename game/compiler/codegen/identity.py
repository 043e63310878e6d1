"""Which program is this, to the last number?  A digest of all that code is generated from.

The fingerprint of a scenario says what its files say. Two programs may share one and still differ, if somebody changed
the scenario after it was read; kept code must never be taken for another program's.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable
from typing import Any, Final

from game.compiler.caches.pausing import nothing_collected
from game.rules.core import Const, Core, Named, Op, Slot
from game.rules.program import Deed, Formula, Program, Saying

PLAIN: Final = 2
"""A version of marshal that writes equal values equally, however they are shared."""


def digest_of(program: Program) -> str:
    """SHA-256 over layout, tables and expressions."""
    with nothing_collected():
        return hashlib.sha256(marshal.dumps(_Walk().program(program), PLAIN)).hexdigest()


class _Walk:
    """Turns tables into plain values; each expression is one once, and afterwards the number it had."""

    def __init__(self) -> None:
        self.known: dict[int, int] = {}
        self.nodes: list[Any] = []

    def core(self, core: Core) -> int:
        """The number of an expression."""
        number = self.known.get(id(core))
        if number is None:
            plain: Any
            if isinstance(core, Const):
                plain = core.value
            elif isinstance(core, Slot):
                plain = (core.index,)
            elif isinstance(core, Op):
                plain = (core.name, *map(self.core, core.parts))
            else:
                assert isinstance(core, Named)
                plain = ("named", core.index)
            number = self.known[id(core)] = len(self.nodes)
            self.nodes.append(plain)
        return number

    def maybe(self, formula: Formula | None) -> int:
        return -1 if formula is None else self.core(formula.core)

    def costs(self, cost: Iterable[tuple[str, Formula]]) -> list[Any]:
        return [(name, self.core(amount.core)) for name, amount in cost]

    def saying(self, saying: Saying | None) -> Any:
        if saying is None:
            return None
        steady = None if saying.steady is None else tuple(saying.steady)
        return (
            saying.key,
            steady,
            [
                (self.maybe(when), [self.core(each.core) for each in values])
                for when, _, values in saying.variants
            ],
        )

    def deed(self, deed: Deed) -> Any:
        return (
            [
                (each.slot, each.sets, self.core(each.amount.core), self.maybe(each.when))
                for each in deed.writes
            ],
            [(each.due, each.event, each.after, self.maybe(each.chance), each.key) for each in deed.summons],
            deed.cancels,
            deed.reveals,
            [(way.id, self.maybe(way.chance), self.deed(way.deed)) for way in deed.results],
            deed.result_key,
            self.saying(deed.because),
        )

    def program(self, program: Program) -> Any:
        """All of it."""
        layout, scenario = program.layout, program.scenario
        found: list[Any] = [
            scenario.id,
            scenario.calendar.step,
            scenario.decisions,
            [(track.id, track.known_to) for track in scenario.tracks],
            (layout.names, layout.start, layout.low, layout.high, layout.stored, layout.countries),
            (layout.first_step, layout.turns),
            program.opening,
            [self.core(each.core) for each in program.named],
            self.costs(program.purses),
        ]
        for event in program.events:
            found.append(
                (event.id, event.day, event.first, event.last, event.historical, event.repeats, event.only_then,
                 event.asks, event.always_asks, event.known_to, event.pick_key, event.dues)
            )  # fmt: skip
            for row in event.rows:
                found.append(
                    (row.country, self.maybe(row.exists), self.maybe(row.when), self.maybe(row.premise),
                     self.maybe(row.chance), row.chance_key, self.maybe(row.weight), row.happened, row.times,
                     row.due, self.deed(row.deed))
                )  # fmt: skip
                for choice in row.choices:
                    own = (choice.id, self.maybe(choice.when), choice.historical, choice.taken)
                    found.append((*own, self.deed(choice.deed)))
        for stage in program.stages:
            found.append(len(stage))
            for rule in stage:
                found.append((rule.id, rule.known_to, rule.pick_key))
                for each in rule.rows:
                    found.append(
                        (each.country, self.maybe(each.exists), self.maybe(each.when), self.maybe(each.chance),
                         each.chance_key, self.maybe(each.weight), self.deed(each.deed))
                    )  # fmt: skip
        for action in program.actions.values():
            found.append((action.id, action.track, action.takes, action.repeats, action.known_to))
            for target, order in action.rows.items():
                extra = [
                    (each.id, self.core(each.when.core), self.costs(each.cost)) for each in order.surcharges
                ]
                found.append(
                    (target, self.maybe(order.exists), self.maybe(order.when), self.costs(order.cost), extra,
                     order.given, order.times, order.running, self.deed(order.deed))
                )  # fmt: skip
        for setting in program.settings:
            bounds = (setting.low, setting.high, setting.known_to)
            price = (self.maybe(setting.when), self.costs(setting.cost))
            found.append((setting.id, setting.slot, setting.role, bounds, price))
        for pull in program.pulls:
            asked = (self.maybe(pull.exists), self.core(pull.toward.core), self.core(pull.step.core))
            found.append((pull.slot, pull.id, pull.country, pull.known_to, asked, self.saying(pull.because)))
        for directive in program.directives:
            found.append(
                (directive.id, directive.number, directive.group, self.maybe(directive.when),
                 self.maybe(directive.weight), directive.within, self.maybe(directive.note),
                 self.core(directive.goal.core), directive.at_end, self.deed(directive.met),
                 self.deed(directive.missed))
            )  # fmt: skip
        for judged in (*program.milestones, *program.endings):
            found.append((judged.id, self.maybe(judged.when), judged.rank, judged.slot))
        return found, self.nodes


__all__ = ["digest_of"]
