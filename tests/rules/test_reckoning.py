"""Do the fast readings of expressions say what the table of operations says?"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.core import (
    ARITHMETIC,
    Const,
    Core,
    Named,
    Op,
    Slot,
    along,
    clamp,
    op,
    pull,
    reading,
    size,
    slots,
)
from tests.rules.small import game

small = st.integers(-50, 50)
rows = st.lists(small, min_size=5, max_size=5)


def made(names: str, least: int, most: int, *parts: st.SearchStrategy[Core]) -> st.SearchStrategy[Core]:
    """Operations of these names over so many parts; several strategies give one part each."""
    if len(parts) > 1:
        return st.builds(Op, st.sampled_from(names.split()), st.tuples(*parts))
    return st.builds(
        Op, st.sampled_from(names.split()), st.lists(parts[0], min_size=least, max_size=most).map(tuple)
    )


def flags_of(numbers: st.SearchStrategy[Core], depth: int) -> st.SearchStrategy[Core]:
    """Conditions over numbers."""
    found = made("< <= > >= == !=", 2, 2, numbers) | made("among", 1, 4, numbers)
    if depth:
        inner = flags_of(numbers, depth - 1)
        found |= made("and or", 1, 3, inner) | made("not", 1, 1, inner)
    return found


def numbers_of(depth: int) -> st.SearchStrategy[Core]:
    """Numbers over slots and plain numbers."""
    leaves = small.map(Const) | st.integers(0, 4).map(Slot)
    if not depth:
        return leaves
    inner = numbers_of(depth - 1)
    return (
        leaves
        | made("neg abs", 1, 1, inner)
        | made("+ - * // percent", 2, 2, inner)
        | made("min max sum", 1, 4, inner)
        | made("clamp pull", 3, 3, inner)
        | made("if", 3, 3, flags_of(inner, 1), inner, inner)
    )


trees = numbers_of(3) | flags_of(numbers_of(2), 2)


def meaning(core: Core, values: list[int]) -> int:
    """The value by the table, part by part."""
    match core:
        case Const(value):
            return value
        case Slot(index):
            return values[index]
        case Op(name, parts):
            return int(ARITHMETIC[name](*(meaning(part, values) for part in parts)))
        case Named():
            raise AssertionError


@settings(max_examples=150)
@given(trees, rows)
def test_every_reading_is_the_meaning_of_its_tree(core: Core, values: list[int]) -> None:
    found = reading(core, [])(values, {})
    assert found == meaning(core, values)
    assert type(found) is int


@settings(max_examples=150)
@given(trees, rows)
def test_reckoning_beforehand_changes_no_value(core: Core, values: list[int]) -> None:
    def rebuilt(tree: Core) -> Core:
        return op(tree.name, *map(rebuilt, tree.parts)) if isinstance(tree, Op) else tree

    short = rebuilt(core)
    assert meaning(short, values) == meaning(core, values)
    assert size(short) <= size(core)
    assert set(slots(short)) <= set(slots(core))


def test_a_named_expression_is_reckoned_once_for_a_picture() -> None:
    calls = []

    def counted(values: object, memo: object) -> int:
        calls.append(1)
        return 7

    twice = reading(Op("+", (Named(0), Named(0))), [counted])
    assert twice([], {}) == 14
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("x", "value"), [(-5, 10), (0, 10), (1, 10), (3, 11), (4, 12), (5, 10), (6, 8), (9, 2), (10, 0), (99, 0)]
)
def test_along_goes_in_straight_lines_rounded_down_and_is_flat_outside(x: int, value: int) -> None:
    assert along(x, (0, 10, 4, 12, 10, 0)) == value


def test_pull_and_clamp() -> None:
    assert [pull(10, goal, 3) for goal in (20, 12, 10, 9, 0)] == [3, 2, 0, -1, -3]
    assert pull(10, 20, -4) == 0
    assert [clamp(x, 2, 5) for x in (1, 2, 4, 9)] == [2, 2, 4, 5]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-7 // 2", -4), ("7 // -2", -4), ("2 + 3 * 4 - 1", 13), ("percent(33, 10)", 3), ("percent(-33, 10)", -4),
        ("abs(-4) + min(3, 9, 1) + max(2, 8)", 13), ("clamp(40, 0, 10)", 10), ("pull(3, 10, 4)", 4),
        ("1 if gold == 7 and not flag else 0", 1), ("1 if line in ('a', 'c') else 0", 0), ("1 if line < 'c' else 0", 1),
        ("1 if line not in ('a', 'c') else 2", 1), ("along(gold, 0, 0, 10, 100)", 70), ("- - 5", 5), ("min(gold) + max(3)", 10),
        ("10 if flag or gold > 3 else 20", 10), ("on('1922-Q1')", 5),
    ],
)  # fmt: skip
def test_expressions_mean_what_the_reference_says(text: str, value: int) -> None:
    played = game(f"""
variables:
  gold: {{start: 7}}
  flag: {{start: false}}
  line: {{start: b, words: [a, b, c]}}
  found: {{is: "{text}"}}
""")
    assert played.value("found") == value
