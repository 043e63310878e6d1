"""Is every expression reckoned as the reference reckons it?  Random ones, of every operation, within bounds."""

from __future__ import annotations

from functools import cache
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.compiler.codegen.asking import number_of
from game.compiler.codegen.engine import SHARED
from game.compiler.codegen.nodes import Nodes
from game.compiler.codegen.part import Part
from game.compiler.codegen.pen import IF, WHOLE
from game.rules.core import Const, Core, Op, Slot, reading
from game.rules.program import Program
from tests.rules.small import program

TEXT = """
calendar: {from: 1921-Q1, to: 1923-Q4}
variables:
  a: {start: 3, max: 9}
  b: {start: 0, min: -20, max: 20}
  c: {start: 50, min: 0, max: 100}
  d: {start: 1000, max: 90000}
  e: {start: false}
  f: {start: true}
  g: {start: -5, min: -9, max: -2}
"""
NUMBERS, FLAGS = "abcdg", "ef"


@cache
def made() -> Program:
    return program(TEXT)


def slot(name: str) -> Core:
    return Slot(made().layout.index[name])


def numbers(depth: int) -> st.SearchStrategy[Core]:
    """Expressions that are numbers."""
    plain: st.SearchStrategy[Core] = st.one_of(
        st.integers(-30, 120).map(Const), st.sampled_from([*NUMBERS, "turn"]).map(slot)
    )
    if depth == 0:
        return plain
    part, flag = numbers(depth - 1), flags(depth - 1)
    points = st.lists(st.integers(-20, 60), min_size=2, max_size=4, unique=True).map(sorted)
    return st.one_of(
        plain,
        st.builds(lambda name, *parts: Op(name, parts), st.sampled_from("+-*"), part, part),
        st.builds(lambda *parts: Op("//", parts), part, part),
        st.builds(lambda x, y: Op("//", (x, Const(y))), part, st.sampled_from([1, 3, -7, 100])),
        st.builds(lambda x: Op("neg", (x,)), part),
        st.builds(lambda x: Op("abs", (x,)), part),
        st.builds(lambda name, parts: Op(name, tuple(parts)), st.sampled_from(["min", "max", "sum"]),
                  st.lists(part, min_size=2, max_size=4)),
        st.builds(lambda x, low, high: Op("clamp", (x, Const(low), Const(high))), part,
                  st.integers(-20, 60), st.integers(-20, 60)),
        st.builds(lambda *parts: Op("clamp", parts), part, part, part),
        st.builds(lambda *parts: Op("percent", parts), part, part),
        st.builds(lambda *parts: Op("pull", parts), part, part, part),
        st.builds(lambda *parts: Op("if", parts), flag, part, part),
        st.builds(lambda x, xs, ys: Op("along", (x, *(p for pair in zip(xs, ys, strict=False) for p in pair))),
                  part, points.map(lambda xs: [Const(x) for x in xs]),
                  st.lists(part, min_size=4, max_size=4)),
        st.builds(lambda flags: Op("sum", tuple(flags)), st.lists(flag, min_size=2, max_size=3)),
    )  # fmt: skip


def flags(depth: int) -> st.SearchStrategy[Core]:
    """Expressions that are 0 or 1."""
    plain: st.SearchStrategy[Core] = st.one_of(st.integers(0, 1).map(Const), st.sampled_from(FLAGS).map(slot))
    if depth == 0:
        return plain
    part, flag = numbers(depth - 1), flags(depth - 1)
    signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    return st.one_of(
        plain,
        st.builds(lambda name, *parts: Op(name, parts), signs, part, part),
        st.builds(lambda name, x, y: Op(name, (x, Const(y))), signs, part, st.integers(-5, 60)),
        st.builds(lambda name, *parts: Op(name, parts), signs, flag, flag),
        st.builds(lambda name, parts: Op(name, tuple(parts)), st.sampled_from(["and", "or"]),
                  st.lists(flag, min_size=2, max_size=4)),
        st.builds(lambda x: Op("not", (x,)), flag),
        st.builds(lambda x, options: Op("among", (x, *map(Const, options))), part,
                  st.lists(st.integers(-5, 60), min_size=1, max_size=4)),
        st.builds(lambda *parts: Op("if", parts), flag, flag, flag),
    )  # fmt: skip


def values() -> st.SearchStrategy[list[int]]:
    """Values of a state within their bounds."""
    layout = made().layout
    bounds = zip(layout.names, layout.low, layout.high, strict=True)
    return st.tuples(
        *(
            st.integers(1, layout.turns) if name == "turn" else st.integers(max(low, -9), min(high, 99_999))
            for name, low, high in bounds
        )
    ).map(list)


_numbers = count()


def reckoned(cores: list[Core], given: list[int]) -> list[int]:
    """The expressions as generated code reckons them: all in one function, and again each in one of its own."""
    part = Part("test", Nodes(made()))
    nodes = [part.nodes.of(core) for core in cores]
    pen = part.pen()
    pen.expect(*nodes, *nodes)
    pen.line("found = []")
    for node in nodes:
        with pen.block("if found is not None:"):
            pen.line(f"found.append({pen.whole(node)})")
        pen.line(f"found.append(+({pen.held(node, WHOLE, IF + 1, False)}))")
        pen.line(f"found.append(1 if {pen.test(node)} else 0)")
    pen.line("return found")
    part.add("def together(v, t):", pen)
    for number, node in enumerate(nodes):
        number_of(part, f"alone{number}", "", "", node)
    space = dict(SHARED)
    exec(part.compiled().code, space)
    turn = given[made().layout.index["turn"]]
    found = space["together"](list(given), turn)
    for number in range(len(nodes)):
        alone = space[f"alone{number}"](list(given), turn)
        assert found[3 * number] == found[3 * number + 1] == alone
        assert type(found[3 * number]) is type(alone) is int
        assert found[3 * number + 2] == (1 if alone else 0)
    return list(found[::3])


@given(st.lists(st.one_of(numbers(3), flags(3)), min_size=1, max_size=4), values())
def test_expressions_come_out_the_same(cores: list[Core], given_: list[int]) -> None:
    assert reckoned(cores, given_) == [reading(core, ())(given_, {}) for core in cores]


@given(numbers(3), st.lists(values(), min_size=3, max_size=3))
def test_bounds_hold(core: Core, some: list[list[int]]) -> None:
    node = Nodes(made()).of(core)
    for given_ in some:
        assert node.low <= reading(core, ())(given_, {}) <= node.high


@given(numbers(2), values(), st.integers(1, 12), st.integers(0, 3))
def test_nodes_of_some_turns_only_are_good_in_those(
    core: Core, given_: list[int], first: int, more: int
) -> None:
    turn = min(first + more, made().layout.turns)
    given_[made().layout.index["turn"]] = turn
    part = Part("test", Nodes(made(), first, turn))
    number_of(part, "alone", "", "", part.nodes.of(core))
    space = dict(SHARED)
    exec(part.compiled().code, space)
    assert space["alone"](given_, turn) == reading(core, ())(given_, {})


@pytest.mark.parametrize("name", ["+", "-", "*", "and", "or"])
def test_long_chains_are_no_trouble(name: str) -> None:
    core = slot("f" if name in ("and", "or") else "a")
    for number in range(250):
        core = Op(name, (core, slot("ef"[number % 2] if name in ("and", "or") else "ag"[number % 2])))
    given_ = list(made().layout.start)
    assert reckoned([core], given_) == [reading(core, ())(given_, {})]


def test_deep_nesting_is_no_trouble() -> None:
    core = slot("c")
    for number in range(45):
        other = Op("if", (Op("<", (slot("d"), Const(number % 90))), core, slot("b")))
        core = Op("min", (Op("+", (slot("c"), Op("//", (other, slot("a"))))), Const(80 + number % 30)))
        core = Op("max", (core, slot("g")))
    given_ = list(made().layout.start)
    given_[made().layout.index["turn"]] = 1
    assert reckoned([core], given_) == [reading(core, ())(given_, {})]
