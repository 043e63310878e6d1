"""Do the bounds that are reckoned hold what can really be, and is `never` never said of what can?"""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from game.compiler.bounds import bounds
from game.compiler.never import impossible
from game.compiler.ranges import Range, among, binary, call
from game.rules.core import ARITHMETIC
from game.rules.logic import Among, And, Binary, Call, Expr, If, National, Negate, Not, Number, Or

small = st.integers(-6, 6)
ranges = st.tuples(small, small).map(lambda pair: (min(pair), max(pair)))


def inside(bounds_: Range) -> range:
    """Every number within bounds."""
    return range(bounds_[0], bounds_[1] + 1)


@given(st.sampled_from(["+", "-", "*", "//", "<", "<=", ">", ">=", "==", "!="]), ranges, ranges)
def test_an_operation_stays_within_its_bounds(operator: str, left: Range, right: Range) -> None:
    assume(operator != "//" or not right[0] <= 0 <= right[1])
    low, high = binary(operator, left, right)
    found = {ARITHMETIC[operator](a, b) for a, b in product(inside(left), inside(right))}
    assert low <= min(found) and max(found) <= high
    if operator in ("<", "<=", ">", ">=", "==", "!="):
        assert (low, high) == (min(found), max(found))


@given(st.sampled_from(["min", "max", "abs", "clamp", "percent", "pull"]), ranges, ranges, ranges)
def test_a_function_stays_within_its_bounds(function: str, one: Range, two: Range, three: Range) -> None:
    arguments = {
        "abs": (one,),
        "percent": (one, two),
        "clamp": (one, two, three),
        "pull": (one, two, three),
    }.get(function, (one, two, three))
    low, high = call(function, arguments)
    found = [ARITHMETIC[function](*values) for values in product(*map(inside, arguments))]
    assert low <= min(found) and max(found) <= high


@given(ranges, st.lists(ranges, min_size=1, max_size=3))
def test_membership_is_settled_only_where_it_is(value: Range, options: list[Range]) -> None:
    low, high = among(value, options)
    found = {int(x in row) for x in inside(value) for row in product(*map(inside, options))}
    assert low <= min(found) and max(found) <= high


DOMAIN: dict[Expr, Range] = {National("a"): (-2, 3), National("b"): (0, 2), National("f"): (0, 1)}
VARIABLES = st.sampled_from([National("a"), National("b")])
COMPARED = st.builds(
    Binary,
    st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
    st.one_of(VARIABLES, st.builds(Number, small)),
    st.builds(Number, small),
)
FLIPPED = st.builds(
    Binary, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.builds(Number, small), VARIABLES
)
LISTED = st.builds(Among, VARIABLES, st.lists(st.builds(Number, small), min_size=1, max_size=3).map(tuple))
CONDITIONS: st.SearchStrategy[Expr] = st.recursive(
    st.one_of(COMPARED, FLIPPED, LISTED, st.just(National("f")), st.sampled_from([Number(0), Number(1)])),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


def holds(expr: Expr, values: dict[str, int]) -> int:
    """The plain meaning of a condition or amount."""
    match expr:
        case Number(value):
            return value
        case National(name):
            return values[name]
        case Negate(of):
            return -holds(of, values)
        case Not(of):
            return int(not holds(of, values))
        case And(parts):
            return int(all(holds(each, values) for each in parts))
        case Or(parts):
            return int(any(holds(each, values) for each in parts))
        case Among(value, options):
            return int(holds(value, values) in [holds(each, values) for each in options])
        case Binary(operator, left, right):
            return ARITHMETIC[operator](holds(left, values), holds(right, values))
        case If(condition, then, otherwise):
            return holds(then if holds(condition, values) else otherwise, values)
        case Call(function, arguments):
            return ARITHMETIC[function](*(holds(each, values) for each in arguments))
        case _:
            raise AssertionError(expr)


def every() -> list[dict[str, int]]:
    """Every picture of the three variables."""
    names = [each.name for each in DOMAIN if isinstance(each, National)]
    return [dict(zip(names, row, strict=True)) for row in product(*map(inside, DOMAIN.values()))]


@given(CONDITIONS)
def test_never_is_said_only_of_what_never_holds(condition: Expr) -> None:
    if impossible(condition, DOMAIN.get):
        assert not any(holds(condition, values) for values in every())


@given(
    st.lists(st.one_of(COMPARED, FLIPPED, LISTED, LISTED.map(Not), COMPARED.map(Not)), min_size=1, max_size=4)
)
def test_never_is_said_of_every_row_of_simple_conditions_that_never_hold(parts: list[Expr]) -> None:
    assume(
        all(
            not (isinstance(part, Binary) and isinstance(part.left, Number))
            or isinstance(part.right, National)
            for part in parts
        )
    )
    simple = [part for part in parts if not _settled(part)]
    assume(simple)
    condition = And(tuple(simple))
    assert impossible(condition, DOMAIN.get) == (not any(holds(condition, values) for values in every()))


def _settled(part: Expr) -> bool:
    inner = part.of if isinstance(part, Not) else part
    return isinstance(inner, Binary) and isinstance(inner.left, Number) and isinstance(inner.right, Number)


AMOUNTS: st.SearchStrategy[Expr] = st.recursive(
    st.one_of(VARIABLES, st.builds(Number, small)),
    lambda inner: st.one_of(
        st.builds(Negate, inner),
        st.builds(Binary, st.sampled_from(["+", "-", "*"]), inner, inner),
        st.builds(If, COMPARED, inner, inner),
        st.builds(Call, st.sampled_from(["min", "max"]), st.tuples(inner, inner)),
    ),
    max_leaves=6,
)


@given(AMOUNTS)
def test_the_bounds_of_an_amount_hold_what_it_comes_to(amount: Expr) -> None:
    low, high = bounds(amount, DOMAIN.get)
    found = [holds(amount, values) for values in every()]
    assert low <= min(found) and max(found) <= high


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (Call("along", (National("a"), Number(0), Number(5), Number(9), Number(2))), (2, 5)),
        (Call("abs", (National("a"),)), (0, 3)),
        (National("unknown"), (-(10**12), 10**12)),
    ],
)
def test_bounds_of_paths_and_of_what_is_not_known(expr: Expr, expected: Range) -> None:
    assert bounds(expr, DOMAIN.get) == expected
