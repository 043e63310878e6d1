"""Where do written stacks find their columns?  One space of names over the tables of one block of games.

A machine is built once for a program (and the conduct that plays it) and then bound to one block after the other;
only one block at a time can be run on it. Functions are compiled when they are first called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import CodeType, FunctionType
from typing import Any, Final

import numpy as np

from game.compiler.lanes.arithmetic import bits_of
from game.compiler.lanes.columns import Array, Plan
from game.compiler.lanes.reckoning import CALLED
from game.compiler.lanes.source import Writer, span_of
from game.compiler.lanes.spans import Spans, Width
from game.compiler.lanes.stacks import Group, Stacker, is_flag
from game.rules.classes import dataclass, field
from game.rules.core import Const, Core, Readings, reading
from game.rules.program import Program

Reckoned = Any
"""An array, or one number for all."""
SCARCE: Final = 4
"""A named expression is reckoned for single lanes where they are fewer than this part of the block."""
WIDTHS: Final = {1: np.bool_, 8: np.int8, 16: np.int16, 32: np.int32, 64: np.int64}


@dataclass(frozen=True, slots=True)
class Touched:
    """Rows of a table, with the bounds of their values."""

    count: int
    where: Any
    """The rows as an index into the table."""
    low: Array
    high: Array


@dataclass(slots=True)
class Machine:
    """The columns, names and functions of one program."""

    program: Program
    cores: Sequence[Core]
    """The named expressions."""
    plan: Plan = field(init=False)
    stacker: Stacker = field(init=False)
    space: dict[str, Any] = field(default_factory=dict)
    """The names that written functions look up."""
    tables: dict[Width, Array] = field(default_factory=dict)
    lanes: int = 0
    clock: list[int] = field(default_factory=lambda: [0])
    cache: list[Reckoned] = field(default_factory=list)
    """The dense values of each group of named expressions, None where it must be reckoned anew."""
    readers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """For each variable the groups that read it."""
    clocked: tuple[int, ...] = ()
    ticking: list[Callable[[], None]] = field(default_factory=list)
    """What reckons the numbers that change with the turn."""
    readings: Readings = field(init=False)
    """The plain readings of the named expressions."""
    _bound: dict[str, Callable[[], Any]] = field(default_factory=dict)
    _touched: dict[tuple[Width, int], Touched] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.readings = Readings(self.cores)
        self.plan = Plan(self.program, Spans(self.program, self.cores))
        self.stacker = Stacker(self.plan, self.cores)
        self.space = {"__builtins__": {"__import__": __import__}, "clock": self.clock, **CALLED}
        self.cache = [None] * len(self.stacker.groups)
        readers: dict[int, list[int]] = {}
        for number, group in enumerate(self.stacker.groups):
            for base in group.bases:
                readers.setdefault(base, []).append(number)
            self.space[f"dense{number}"] = self._dense(number)
            self.space[f"sparse{number}"] = self._sparse(number)
        self.readers = {base: tuple(found) for base, found in readers.items()}
        self.clocked = tuple(number for number, group in enumerate(self.stacker.groups) if group.clocked)

    # One block after the other

    def bind(self, tables: dict[Width, Array], lanes: int, turn: int) -> None:
        """Take up a block: all names now stand for its columns."""
        self.tables, self.lanes = tables, lanes
        self._set_clock(turn)
        for number in range(len(self.cache)):
            self.cache[number] = None
        for name, make in self._bound.items():
            self.space[name] = make()

    def tick(self, turn: int) -> None:
        """Another turn begins."""
        self._set_clock(turn)
        self.forget(self.clocked)

    def _set_clock(self, turn: int) -> None:
        self.clock[0] = turn
        for reckon in self.ticking:
            reckon()

    def forget(self, groups: Iterable[int]) -> None:
        """These groups must be reckoned anew."""
        if groups:
            cache = self.cache
            for group in groups:
                cache[group] = None

    def stale(self, slots: Iterable[int]) -> tuple[int, ...]:
        """The groups that must be reckoned anew when these slots change."""
        bases = {self.plan.base(slot) for slot in slots}
        return tuple(sorted({group for base in bases for group in self.readers.get(base, ())}))

    def touched(self, width: Width, masks: Iterable[int]) -> Touched:
        """The rows of a table on which some variables stand, which are given as bits."""
        whole = 0
        for mask in masks:
            whole |= mask
        key = width, whole
        if key not in self._touched:
            slots = [slot for slot in range(whole.bit_length()) if whole >> slot & 1]
            rows = sorted(self.plan.places[slot].row for slot in slots)
            low, high = (each[rows][:, None] for each in self.plan.bounds[width])
            self._touched[key] = Touched(len(rows), span_or_list(rows), low, high)
        return self._touched[key]

    # Names, for the writer

    def _name(self, name: str, make: Callable[[], Any]) -> str:
        if name not in self._bound:
            self._bound[name] = make
            if self.lanes:
                self.space[name] = make()
        return name

    def _constant(self, name: str, value: Any) -> str:
        self.space.setdefault(name, value)
        return name

    def column(self, width: Width, rows: tuple[int, ...], flag: bool) -> str:
        kind = "f" if flag else "bsl"[width]
        first, last = rows[0], rows[-1]
        if len(rows) == 1:
            return self._name(f"{kind}{first}", lambda: self._table(width, flag)[first])
        if rows == tuple(range(first, last + 1)):
            return self._name(f"{kind}{first}_{last}", lambda: self._table(width, flag)[first : last + 1])
        whole = self._name(f"{kind}_all", lambda: self._table(width, flag))
        return f"{whole}.take({self.numbers(rows, 64, False)}, 0)"

    def _table(self, width: Width, flag: bool) -> Array:
        table = self.tables[width]
        return table.view(np.bool_) if flag else table

    def table(self, width: Width, flag: bool) -> str:
        kind = "f" if flag else "bsl"[width]
        return self._name(f"{kind}_flat", lambda: self._table(width, flag).reshape(-1))

    def offsets(self, rows: tuple[int, ...], standing: bool) -> str:
        at = np.array(rows, np.intp)
        if standing:
            return self._name(_called("at", rows) + "s", lambda: (at * self.lanes)[:, None])
        return self._name(_called("at", rows), lambda: at * self.lanes)

    def numbers(self, values: tuple[int, ...], bits: int, standing: bool) -> str:
        name = f"{_called('n', values)}_{bits}{'s' if standing else ''}"
        if name not in self.space:
            found: Array = np.array(values if len(values) > 1 else values[0], WIDTHS[bits])
            self.space[name] = found[:, None] if standing else found
        return name

    def timed(self, cores: tuple[Core, ...], bits: int, standing: bool) -> str:
        name = f"{_called('w', tuple(map(hash, cores)))}_{bits}{'s' if standing else ''}"
        if name not in self.space:
            found: Array = np.zeros(len(cores), WIDTHS[bits])
            self.space[name] = found[:, None] if standing else found
            slot = self.program.layout.index["turn"]
            readings = [reading(core, self.readings) for core in cores]

            def reckon() -> None:
                values = [0] * slot + self.clock  # what hangs on the turn alone reads nothing behind it
                found[:] = [read(values, {}) for read in readings]

            reckon()
            self.ticking.append(reckon)
        return name

    def lookup(self, values: tuple[int, ...], bits: int) -> str:
        return self._constant(f"{_called('t', values)}_{bits}", np.array(values, WIDTHS[bits]))

    def group(self, group: int) -> Group:
        return self.stacker.groups[group]

    # Functions

    def function(self, cores: Sequence[Core], sparse: bool, flag: bool) -> Callable[..., Reckoned]:
        """A written function for expressions of one shape: `f()`, or `f(rows, lanes)` for pairs."""
        stack = self.stacker.stack(cores)
        writer = Writer(self, sparse)
        text = writer.flag(stack) if flag else writer.number(stack)
        return self._compiled(text.code, sparse)

    def bits(self, cores: Sequence[Core]) -> int:
        """The width that such expressions are reckoned in."""
        return bits_of(span_of(self.stacker.stack(cores)))

    def _compiled(self, code: str, sparse: bool) -> Callable[..., Reckoned]:
        return FunctionType(_compile(code, sparse), self.space)

    def _written(self, number: int, sparse: bool) -> Callable[..., Reckoned]:
        group, writer = self.stacker.groups[number], Writer(self, sparse)
        text = writer.flag(group.stack) if group.flag else writer.number(group.stack)
        return self._compiled(text.code, sparse)

    def _dense(self, number: int) -> Callable[[], Reckoned]:
        cache, written = self.cache, list[Callable[[], Reckoned]]()

        def dense() -> Reckoned:
            found = cache[number]
            if found is None:
                if not written:
                    written.append(self._written(number, sparse=False))
                found = cache[number] = written[0]()
            return found

        return dense

    def _sparse(self, number: int) -> Callable[[Any, Array], Reckoned]:
        cache, written = self.cache, list[Callable[[Any, Array], Reckoned]]()

        def sparse(rows: Any, lanes: Array) -> Reckoned:
            found = cache[number]
            if found is None:
                if lanes.size * SCARCE < self.lanes:
                    if not written:
                        written.append(self._written(number, sparse=True))
                    return written[0](rows, lanes)
                found = self.space[f"dense{number}"]()
            return gathered(found, rows, lanes)

        return sparse


def span_or_list(rows: Sequence[int]) -> Any:
    """Rows as an index: a slice where they stand side by side."""
    first, last = rows[0], rows[-1]
    return slice(first, last + 1) if list(rows) == list(range(first, last + 1)) else list(rows)


def gathered(found: Reckoned, rows: Any, lanes: Array) -> Reckoned:
    """The values of single pairs out of dense ones."""
    if getattr(found, "ndim", 0) == 0:
        return found
    if found.ndim == 1:
        return found.take(lanes)
    if found.shape[1] == 1:
        return found[rows, 0]
    return found[rows, lanes]


def _called(kind: str, values: tuple[int, ...]) -> str:
    """A name for constants, made of them or, where they are many, of their hash."""
    text = "_".join(map(str, values)).replace("-", "m")
    return (
        f"{kind}{text}" if len(text) < 60 else f"{kind}h{hash(values) & 0xFFFFFFFFFFFFFFFF:x}_{len(values)}"
    )


def _compile(code: str, sparse: bool) -> CodeType:
    """The code of a function that gives the value of an expression."""
    head = "def f(rows, lanes):" if sparse else "def f():"
    module = compile(f"{head}\n    return {code}\n", "<lanes>", "exec", dont_inherit=True)
    return next(each for each in module.co_consts if isinstance(each, CodeType))


def _same(cores: tuple[Core, ...], flag: bool) -> int | bool | None:
    first = cores[0]
    if not isinstance(first, Const) or len(set(cores)) > 1:
        return None
    return bool(first.value) if flag else first.value


class Formulas:
    """A column of expressions, one for each row; those of one shape are reckoned together."""

    def __init__(self, machine: Machine, cores: Sequence[Core], flag: bool | None = None) -> None:
        self.machine = machine
        self.cores = tuple(cores)
        self.flag = all(is_flag(core, machine.cores) for core in cores) if flag is None else flag
        self.families = machine.stacker.families(self.cores)
        self.same = _same(self.cores, self.flag)
        """The number that all of them are, if it is known."""
        self._dense: list[Callable[[], Reckoned]] = []
        self._sparse: list[Callable[[Any, Array], Reckoned]] = []
        self._rows = [span_or_list(rows) for rows in self.families]
        self._where: Array | None = None
        self._bits = 0

    def dense(self) -> Reckoned:
        """Every row for every lane: one number, (lanes), (rows, 1) or (rows, lanes)."""
        if self.same is not None:
            return self.same
        if not self._dense:
            self._dense = [
                self.machine.function([self.cores[row] for row in rows], False, self.flag)
                for rows in self.families
            ]
        if len(self._dense) == 1:
            return self._dense[0]()
        found = np.empty((len(self.cores), self.machine.lanes), self._dtype())
        for where, function in zip(self._rows, self._dense, strict=True):
            found[where] = function()
        return found

    def _dtype(self) -> Any:
        if self.flag:
            return np.bool_
        if not self._bits:
            self._bits = max(16, *(self.machine.bits([core]) for core in self.cores))
        return WIDTHS[self._bits]

    def sparse(self, rows: Any, lanes: Array) -> Reckoned:
        """Single pairs of row and lane; `rows` is one number where it is the same for all."""
        if self.same is not None:
            return self.same
        if not self._sparse:
            self._sparse = [
                self.machine.function([self.cores[row] for row in each], True, self.flag)
                for each in self.families
            ]
            home = np.empty((2, len(self.cores)), np.intp)
            for number, each in enumerate(self.families):
                home[0, each], home[1, each] = number, range(len(each))
            self._where = home
        if len(self._sparse) == 1:
            return self._sparse[0](rows, lanes)
        assert self._where is not None
        if not isinstance(rows, np.ndarray):
            return self._sparse[self._where[0, rows]](self._where[1, rows], lanes)
        family, own = self._where[0, rows], self._where[1, rows]
        found: Array = np.empty(len(lanes), np.bool_ if self.flag else np.int64)
        for number, function in enumerate(self._sparse):
            chosen = np.flatnonzero(family == number)
            if chosen.size:
                found[chosen] = function(own[chosen], lanes[chosen])
        return found
