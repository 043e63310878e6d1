"""Which expressions differ only in where they look?  They become one stack, reckoned together, a row for each.

`trade-talks` with seventeen targets has seventeen conditions of one shape; so have the terms of a total. Where a
stack has one row, its long sums and conditions are in turn stacked within: they become a reduction.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from game.compiler.lanes.columns import Plan
from game.compiler.lanes.spans import Width, around
from game.compiler.ranges import Range
from game.rules.classes import dataclass, field
from game.rules.core import Const, Core, Named, Op, Slot

WORTH_REDUCING: Final = 3
"""From how many like terms on a sum is reckoned as one block."""
REDUCED: Final = {"sum": "sum", "and": "and", "or": "or", "min": "min", "max": "max"}


@dataclass(frozen=True, slots=True)
class Fixed:
    """Numbers known beforehand, one for each row."""

    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Columns of one table, one for each row."""

    width: Width
    rows: tuple[int, ...]
    span: Range


@dataclass(frozen=True, slots=True)
class Clock:
    """The number of the turn, equal in all lanes."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What hangs on the number of the turn alone, one expression for each row: numbers known turn by turn."""

    cores: tuple[Core, ...]
    span: Range


@dataclass(frozen=True, slots=True)
class Reference:
    """Members of a group of named expressions, one for each row."""

    group: int
    members: tuple[int, ...]
    span: Range


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on stacks."""

    name: str
    parts: tuple[Stack, ...]
    span: Range


@dataclass(frozen=True, slots=True)
class Reduction:
    """A sum, a conjunction or the like over all rows of one stack, within a stack that has one row."""

    name: str
    part: Stack
    span: Range


Stack = Fixed | Column | Clock | Timed | Reference | Operation | Reduction


@dataclass(frozen=True, slots=True)
class Group:
    """Named expressions of one shape."""

    stack: Stack
    count: int
    flag: bool
    bases: frozenset[int]
    """The variables that they read, directly or through others."""
    clocked: bool
    """Whether they read the number of the turn."""
    uniform: bool
    """Whether they read nothing else: one number for all lanes."""


@dataclass(slots=True)
class Stacker:
    """Makes stacks of the expressions of one program."""

    plan: Plan
    named: Sequence[Core]
    groups: list[Group] = field(default_factory=list)
    home: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Where each named expression stands: its group, and its row in it."""
    turn: int = field(init=False)
    _shapes: dict[int, Hashable] = field(default_factory=dict)
    _known: dict[Core, Hashable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turn = self.plan.program.layout.index["turn"]
        alike: dict[Hashable, list[int]] = {}
        for number in sorted(range(len(self.named)), key=self._rank):
            shape = self.shape(self.named[number])
            alike.setdefault((shape, number if shape == "number" else -1), []).append(number)
        for group, numbers in enumerate(alike.values()):
            for row, number in enumerate(numbers):
                self.home[number] = group, row
        self.groups = [self._group([self.named[each] for each in numbers]) for numbers in alike.values()]

    def _rank(self, number: int) -> tuple[str, int]:
        """Derived values country by country, so that a row of them lies side by side."""
        if not self._owners:
            self._owners = {
                formula.core.index: name.partition(".")[0] if "." in name else ""
                for name, formula in self.plan.program.derived.items()
                if isinstance(formula.core, Named)
            }
        return self._owners.get(number, ""), number

    _owners: dict[int, str] = field(default_factory=dict)

    def _group(self, cores: list[Core]) -> Group:
        bases, clocked = self.reads(cores)
        uniform = len(cores) == 1 and bases <= {self.plan.base(self.turn)}
        return Group(self.stack(cores), len(cores), is_flag(cores[0], self.named), bases, clocked, uniform)

    def reads(self, cores: Iterable[Core]) -> tuple[frozenset[int], bool]:
        """The variables that some expressions read, and whether they read the clock."""
        bases, clocked, left, seen = set[int](), False, list(cores), set[int]()
        while left:
            match left.pop():
                case Const():
                    pass
                case Slot(index):
                    clocked |= index == self.turn
                    bases.add(self.plan.base(index))
                case Named(index):
                    if index not in seen:
                        seen.add(index)
                        left.append(self.named[index])
                case Op(_, parts):
                    left += parts
        return frozenset(bases), clocked

    def shape(self, core: Core) -> Hashable:
        """What two expressions have in common that can be stacked."""
        match core:
            case Const():
                return "number"
            case Slot(index):
                return "number" if index == self.turn else self.plan.places[index].width
            case Named(index):
                if index not in self._shapes:
                    inner = self.shape(self.named[index])
                    self._shapes[index] = inner if inner == "number" else ("named", inner)
                return self._shapes[index]
            case Op(name, parts):
                if core not in self._known:
                    if all(self.shape(part) == "number" for part in parts):
                        self._known[core] = "number"
                    elif name == "along" and all(isinstance(part, Const) for part in parts[1:]):
                        self._known[core] = name, self.shape(parts[0]), parts[1:]
                    elif name == "//" and isinstance(parts[1], Const):
                        self._known[core] = name, self.shape(parts[0]), parts[1]
                    else:
                        self._known[core] = name, tuple(self.shape(part) for part in parts)
                return self._known[core]

    def families(self, cores: Sequence[Core]) -> list[list[int]]:
        """The rows of like expressions, each family in order."""
        found: dict[Hashable, list[int]] = {}
        for row, core in enumerate(cores):
            found.setdefault(self.shape(core), []).append(row)
        return list(found.values())

    def stack(self, cores: Sequence[Core]) -> Stack:
        """One stack of expressions of one shape; where all are the same, it has one row."""
        if len(set(cores)) == 1:
            return self._alone(cores[0])
        first = cores[0]
        if self.shape(first) == "number":
            values = tuple(core.value for core in cores if isinstance(core, Const))
            return Fixed(values) if len(values) == len(cores) else Timed(tuple(cores), self._span(cores))
        match first:
            case Const():
                raise AssertionError("a constant is a number")
            case Slot():
                places = [self.plan.places[core.index] for core in cores if isinstance(core, Slot)]
                return Column(places[0].width, tuple(each.row for each in places), self._span(cores))
            case Named():
                homes = [self.home[core.index] for core in cores if isinstance(core, Named)]
                return Reference(homes[0][0], tuple(row for _, row in homes), self._span(cores))
            case Op(name, parts):
                operands = [core.parts for core in cores if isinstance(core, Op)]
                stacks = tuple(
                    self.stack([each[number] for each in operands]) for number in range(len(parts))
                )
                return Operation(name, stacks, self._span(cores))

    def _span(self, cores: Iterable[Core]) -> Range:
        return around(*(self.plan.spans.of(core) for core in cores))

    def _alone(self, core: Core) -> Stack:
        match core:
            case Const(value):
                return Fixed((value,))
            case Slot(index):
                if index == self.turn:
                    return Clock()
                place = self.plan.places[index]
                return Column(place.width, (place.row,), self._span([core]))
            case Named(index):
                group, row = self.home[index]
                return Reference(group, (row,), self._span([core]))
            case Op(name, parts):
                if name in REDUCED and len(parts) > WORTH_REDUCING:
                    return self._reduced(name, parts, self._span([core]))
                return Operation(name, tuple(self._alone(part) for part in parts), self._span([core]))

    def _reduced(self, name: str, parts: tuple[Core, ...], span: Range) -> Stack:
        """Like terms first become one block; what is left is put together one by one."""
        found: list[Stack] = []
        for rows in self.families(parts):
            family = [parts[row] for row in rows]
            if len(rows) < WORTH_REDUCING or len(set(family)) < len(family):
                found += [self._alone(part) for part in family]
            else:
                inner = span if name != "sum" else self.plan.spans.of(Op("sum", tuple(family)))
                found.append(Reduction(REDUCED[name], self.stack(family), inner))
        return found[0] if len(found) == 1 else Operation(name, tuple(found), span)


FLAGGED: Final = frozenset({"not", "<", "<=", ">", ">=", "==", "!=", "and", "or", "among"})


def is_flag(core: Core, named: Sequence[Core]) -> bool:
    """Whether an expression is a condition by its form; numbers 0 and 1 may pass for one."""
    match core:
        case Op(name, parts):
            if name == "if":
                ends = parts[1:]
                return any(is_flag(each, named) for each in ends) and all(
                    is_flag(each, named) or each in (Const(0), Const(1)) for each in ends
                )
            return name in FLAGGED
        case Named(index):
            return is_flag(named[index], named)
        case _:
            return False
