"""Does the small language say what it should, refuse what it must, and never fail otherwise?"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from game.compiler.expression import DEEPEST, DEEPEST_TREE, MOST_CHARACTERS, ExpressionError, parse
from game.compiler.resolve import DEEPEST_CHAIN, Resolver, Scope
from game.compiler.source import Scalar
from game.compiler.typed import Typed
from game.rules.building import interpret
from game.rules.core import clamp, pull, reading
from game.rules.layout import lay_out
from game.rules.ledger import Mark
from game.rules.lowering import Lowering
from tests.small import codes, only, problems, sound

NAMED = """
variables:
  a: {start: 3, min: -40, max: 40}
  b: {start: 0, max: 9}
  c: {start: 7, min: 1, max: 100}
  f: {start: true}
  w: {start: low, words: [low, mid, high]}
"""
SCENARIO = sound(NAMED)
LAYOUT = lay_out(SCENARIO)
MARK = Mark("f", 1, 1)


def resolver() -> Resolver:
    """A resolver that knows the names above."""
    from game.compiler.names import collect
    from game.compiler.source import Mapping, read
    from tests.small import whole

    tree, _ = read(whole(NAMED).encode(), "f")
    assert isinstance(tree, Mapping)
    names, found = collect(tree, {})
    assert not found
    return Resolver(names)


RESOLVER = resolver()


def typed(text: str) -> Typed | None:
    """What an expression is, or None after a problem."""
    return RESOLVER.read(Scalar(text, True, MARK, False), Scope())


def complaint(text: str) -> tuple[str, int, str]:
    """Code, character and message of what is wrong with an expression as such."""
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value.code, caught.value.start, caught.value.message


def value(found: Typed, values: dict[str, int]) -> int:
    """What an expression comes to where the variables have these values."""
    row = list(LAYOUT.start)
    for name, number in values.items():
        row[LAYOUT.index[name]] = number
    core = Lowering(SCENARIO, LAYOUT).lower(found.expr)
    return reading(core, [])(row, {})


# What no expression can reach


@pytest.mark.parametrize(
    "attack",
    [
        "a.__class__.__bases__",
        "britain.__class__",
        "(1).__class__",
        "''.join",
        "'a'.format(a)",
        "f'{a}'",
        "a.real",
        "().__class__.__mro__[1].__subclasses__()",
        "[x for x in (1, 2)]",
        "(x for x in (1, 2))",
        "{a: b}",
        "lambda: 1",
        "(a := 5)",
        "*a",
        "**a",
        "a if b",
        "a; b",
        "import os",
        "a\\nb",
        "`a`",
        "a ? b : c",
        "a == b ==",
        "print(a) if true",
    ],
)
def test_python_beyond_the_grammar_does_not_parse_or_means_nothing(attack: str) -> None:
    before = len(RESOLVER.problems)
    assert typed(attack) is None
    assert len(RESOLVER.problems) == before + 1
    assert RESOLVER.problems[-1].code in ("E201", "E202", "N301", "T401")


@pytest.mark.parametrize(
    "name",
    [
        "eval",
        "exec",
        "__import__",
        "getattr",
        "open",
        "hash",
        "id",
        "time",
        "random",
        "range",
        "len",
        "sum",
        "pow",
    ],
)
def test_functions_of_python_are_not_known(name: str) -> None:
    assert only(f'variables: {{gold: {{is: "{name}(5)"}}}}').message == f"there is no function '{name}'"


@pytest.mark.parametrize(
    "text",
    ["9 ** 9", "9**9**9**9", "1 << 99", "1 >> 2", "7 % 2", "7 / 2", "~5", "5 @ 2", "5 ^ 2", "5 & 2", "5 | 2"],
)
def test_powers_shifts_and_bits_do_not_exist(text: str) -> None:
    code, _, message = complaint(text)
    assert code == "E201"
    assert "no powers" in message or "means nothing here" in message or "number, name or bracket" in message


@pytest.mark.parametrize(
    "text", ["'a' * 99999999", "'a' + 'b'", "'low' * 3", "w + w", "'low' + 'mid'", "w * 1000000"]
)
def test_there_is_no_arithmetic_with_texts(text: str) -> None:
    assert typed(text) is None
    assert RESOLVER.problems[-1].code == "T401"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("w < 5", "T401"), ("'low' < 5", "T401"), ("w < 'mid'", ""), ("f < a", "T401"), ("f == 1", "T401"),
        ("not a", "T401"), ("a and f", "T401"), ("f + 1", "T401"), ("1 if f else w", "T401"), ("w == a", "T401"),
        ("a in (1, f)", "T401"), ("britain + 1", "T401"), ("britain == 1", "T401"), ("min(f, 1)", "T401"),
        ("w in ('low', 'high')", ""),
    ],
)  # fmt: skip
def test_types_are_never_turned_into_each_other(text: str, code: str) -> None:
    found = typed(text)
    assert (found is None) == bool(code)
    assert not code or RESOLVER.problems[-1].code == code


def test_a_second_line_or_statement_is_never_dropped() -> None:
    assert complaint("a > 5\nb > 5")[:2] == ("E201", 6)
    assert complaint("a > 5; b > 5")[:2] == ("E201", 5)
    assert complaint("a > 5 b")[:2] == ("E201", 6)
    assert parse("a > 5\n  and b > 5") == parse("a > 5\n  and b > 5")
    assert typed("a >\n 5") is not None


def test_dead_branches_are_read_too() -> None:
    assert typed("1 if true else nothing") is None
    assert typed("1 if true else 5 // 0") is None
    assert typed("false and nothing") is None
    assert typed("true or a // b > 1") is None


@pytest.mark.parametrize(
    "text", ["5 // 0", "a // b", "a // (c - c)", "a // (a * b)", "a // min(b, c)", "a // (1 if f else 0)"]
)
def test_a_divisor_that_can_be_0_is_refused_at_its_place(text: str) -> None:
    assert typed(text) is None
    problem = RESOLVER.problems[-1]
    assert problem.code == "L505"
    assert "can be 0" in problem.message


@pytest.mark.parametrize(
    "text", ["a // c", "a // max(1, b)", "a // (b + 1)", "a // -c", "a // clamp(b, 3, 4)", "a // (0 - c)"]
)
def test_a_divisor_that_cannot_be_0_is_read(text: str) -> None:
    assert typed(text) is not None


def test_numbers_are_capped_at_every_step() -> None:
    assert typed("1000000000000") is not None
    assert complaint("1000000000001")[0] == "E202"
    assert complaint("0" * 30 + "9" * 30)[0] == "E202"
    assert typed("1000000000000 + 1") is None
    assert RESOLVER.problems[-1].code == "L505"
    assert typed("(1000000 * 1000000 + 1) // 1000000") is None
    assert typed("percent(1000000, 100000000)") is None
    assert typed("1000000 * 1000000") is not None


# Size and depth


@pytest.mark.parametrize(
    ("attack", "code"),
    [
        ("-" * 20_000 + "1", "E202"),
        ("-" * 1_900 + "1", "E202"),
        ("not " * 400 + "f", "E202"),
        ("(" * 20_000 + "1" + ")" * 20_000, "E202"),
        ("(" * 900 + "1" + ")" * 900, "E202"),
        ("(" * 33 + "1" + ")" * 33, "E202"),
        ("min(" * 300 + "1" + ")" * 300, "E202"),
        ("1+" * 900 + "1", "E202"),
        ("1<" * 900 + "1", "E202"),
        ("1 in (1) " * 200, "E201"),
        ("1 if f else " * 150 + "1", "E202"),
        ("1 if " * 150 + "1", "E201"),
        ("((((1+1+1+1)+1+1+1)+1+1+1)+1+1+1)" + "+1" * 900, "E202"),
        ("a" * 1_000_000, "E202"),
        ("1" * 1_900, "E202"),
        ("1_" * 900 + "1", "E201"),
        ("'" * 1_999, "E201"),
        ("." * 1_999, "E201"),
        ("a." * 900 + "a", "E201"),
        ("," * 1_999, "E201"),
    ],
    ids=lambda attack: attack[:12] if isinstance(attack, str) else "",
)  # fmt: skip
def test_length_and_depth_are_refused_before_anything_runs_away(attack: str, code: str) -> None:
    started = time.process_time()
    with pytest.raises(ExpressionError) as caught:
        parse(attack)
    assert caught.value.code == code
    assert time.process_time() - started < 0.2


def test_what_the_limits_allow_is_read_even_with_little_stack_left() -> None:
    deepest = "(" * DEEPEST + "a" + ")" * DEEPEST
    longest = " + ".join(["b"] * DEEPEST_TREE)
    nested = "min(" * DEEPEST + "a" + ")" * DEEPEST + " + b" * (DEEPEST_TREE - DEEPEST - 1)
    chained = "1 if f else " * 60 + "2"
    assert len(longest) < MOST_CHARACTERS

    def under(frames: int, act: Callable[[], None]) -> None:
        if frames:
            under(frames - 1, act)
        else:
            act()

    def read() -> None:
        for text in (deepest, longest, nested, chained):
            found = typed(text)
            assert found is not None, RESOLVER.problems[-1]
            assert value(found, {}) >= 0

    parse.cache_clear()
    under(sys.getrecursionlimit() // 5, read)


def test_derived_values_that_double_each_other_are_reckoned_once_each() -> None:
    lines = ['  d0: {is: "gold"}'] + [f'  d{n}: {{is: "max(d{n - 1}, d{n - 1})"}}' for n in range(1, 60)]
    rule = 'rules: [{id: r, when: "d59 > 3", effects: {gold: d59}}]'
    started = time.process_time()
    program = interpret(sound("\n".join(["variables:", "  gold: {start: 5}", *lines, rule])))
    assert program.derived["d59"].read(program.layout.start, {}) == 5
    assert time.process_time() - started < 1


def test_a_long_chain_of_derived_values_is_refused_without_recursion() -> None:
    count = 3_000
    lines = ['  d0: {is: "gold"}'] + [f'  d{n}: {{is: "d{n - 1} + 1"}}' for n in range(1, count)]
    found = problems("variables:\n  gold: {start: 5}\n" + "\n".join(lines))
    assert {each.code for each in found} == {"E202"}
    assert found[0].message.endswith(f"{DEEPEST_CHAIN} are read")


def test_a_circle_of_three_thousand_derived_values_is_told_once() -> None:
    count = 3_000
    lines = [f'  d{n}: {{is: "d{(n + 1) % count} + 1"}}' for n in range(count)]
    problem = only("variables:\n  gold: {start: 5}\n" + "\n".join(lines))
    assert problem.code == "L503"
    assert len(problem.message) < 200


# Messages


@pytest.mark.parametrize(
    ("text", "start", "part"),
    [
        ("a = 5", 2, "compare with '=='"),
        ("a > 5 && f", 6, "write 'and'"),
        ("a > 5 || f", 6, "write 'or'"),
        ("!f", 0, "write 'not'"),
        ("a / 2", 2, "divide whole numbers with '//'"),
        ("7 % 2", 2, "percent(p, x)"),
        ('w == "low"', 5, "single quotes"),
        ("w is 'low'", 2, "compare with '=='"),
        ("a ** 2", 3, "there are no powers"),
        ("britain.party.size", 13, "a name has one dot at most"),
        ("f and", 4, "but the text ends"),
        ("(a > 5", 5, "')' is expected"),
        ("w == 'low", 5, "never closed"),
        ("1.5", 0, "no fractions"),
        ("12a", 0, "neither a number nor a name"),
        ("a.upper()", 7, "no functions of their own"),
        ("a > 5 f", 6, "is 'and', 'or' or a comparison missing?"),
        ("а > 5", 0, "U+0430 (cyrillic small letter a)"),
        ("a\u200b > 5", 1, "U+200B (zero width space)"),
        ("a \u2265 5", 2, "U+2265 (greater-than or equal to)"),
        ("a\u00a0> 5", 1, "U+00A0 (no-break space)"),
        ("ｅｖａｌ(5)", 0, "U+FF45 (fullwidth latin small letter e)"),
        ("a > \u0663", 4, "U+0663 (arabic-indic digit three)"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_character_with_the_cure(text: str, start: int, part: str) -> None:
    _, at, message = complaint(text)
    assert at == start
    assert part in message


def test_a_problem_stands_at_its_column_in_the_file() -> None:
    problem = only('rules:\n  - {id: r, when: "open and gld > 5", effects: {gold: 1}}\n')
    assert (problem.mark.line, problem.mark.column, problem.length) == (2, 29, 3)
    assert problem.hint == "gold"


def test_one_cause_gives_one_problem() -> None:
    text = 'variables:\n  gold: {start: 5}\n  ill: {is: "gld + 1"}\n  worse: {is: "ill * 2"}\n'
    assert codes(text + 'rules: [{id: r, when: "worse > ill", effects: {gold: ill}}]') == ["N301"]


# Meaning, held against Python's own reckoning


ATOMS = st.one_of(st.integers(0, 60).map(str), st.sampled_from(["a", "b", "c"]))
FLAGS = st.sampled_from(["f", "true", "false", "w == 'low'", "w >= 'mid'", "w in ('low', 'high')"])


def _numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})")
    bare = st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(" ".join)
    return st.one_of(
        pair,
        bare,
        st.tuples(inner, inner).map(lambda p: f"({p[0]}) // max(1, {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]}) // (0 - max(1, {p[1]}))"),
        inner.map(lambda x: f"-({x})"),
        inner.map(lambda x: f"+-{x}" if x.isalnum() else f"abs({x})"),
        st.tuples(inner, inner).map(lambda p: f"min({p[0]}, {p[1]})"),
        st.tuples(inner, inner, inner).map(lambda p: f"clamp({p[0]}, {p[1]}, {p[2]})"),
        st.tuples(inner, inner).map(lambda p: f"percent({p[0]}, {p[1]})"),
        st.tuples(inner, inner, inner).map(lambda p: f"pull({p[0]}, {p[1]}, {p[2]})"),
        st.tuples(inner, inner, _conditions(inner)).map(lambda p: f"({p[0]} if {p[2]} else {p[1]})"),
    )


def _conditions(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    compared = st.tuples(numbers, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers).map(" ".join)
    listed = st.tuples(numbers, st.sampled_from(["in", "not in"]), numbers, numbers).map(
        lambda p: f"{p[0]} {p[1]} ({p[2]}, {p[3]})"
    )
    one = st.one_of(compared, listed, FLAGS)
    return st.one_of(
        one,
        one.map(lambda x: f"not {x}"),
        st.tuples(one, st.sampled_from(["and", "or"]), one).map(lambda p: f"({p[0]}) {p[1]} ({p[2]})"),
    )


NUMBERS = st.recursive(ATOMS, _numbers, max_leaves=8)
VALUES = st.fixed_dictionaries(
    {
        "a": st.integers(-40, 40),
        "b": st.integers(0, 9),
        "c": st.integers(1, 100),
        "f": st.integers(0, 1),
        "w": st.integers(0, 2),
    }
)


def by_python(text: str, values: dict[str, int]) -> int:
    """The same text reckoned by Python: the language is a part of it, words apart."""
    for number, word in enumerate(("low", "mid", "high")):
        text = text.replace(f"'{word}'", str(number))
    known = {"clamp": clamp, "pull": pull, "percent": lambda p, x: p * x // 100, "true": True, "false": False}
    return int(eval(text, {"__builtins__": {"min": min, "max": max, "abs": abs}}, known | values))


@given(NUMBERS, VALUES)
def test_numbers_come_to_what_python_makes_of_them_within_their_bounds(
    text: str, values: dict[str, int]
) -> None:
    before = len(RESOLVER.problems)
    found = typed(text)
    if found is None:
        assert {each.code for each in RESOLVER.problems[before:]} <= {"L505", "E202"}
        assume(False)
        return
    reckoned = value(found, values)
    assert reckoned == by_python(text, values)
    assert found.low <= reckoned <= found.high


@given(_conditions(NUMBERS), VALUES)
def test_conditions_come_to_what_python_makes_of_them(text: str, values: dict[str, int]) -> None:
    found = typed(text)
    assume(found is not None)
    assert found is not None and found.kind == "flag"
    reckoned = value(found, values)
    assert reckoned == by_python(text, values)
    assert found.low <= reckoned <= found.high


@given(st.text(alphabet=st.sampled_from("ab1'. ()+-*/<>=!,\n#\"иеsfnotandrl_{}[]:\\"), max_size=60))
def test_any_text_parses_or_is_no_expression(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as wrong:
        assert 0 <= wrong.start <= max(0, len(text))


SIGNS = (
    "a b f w 'low' 5 0 ( ) + - * // < == and or not in if else , min total each.party britain britain.party "
    "happened on '1922-Q1' turn along before . true"
)


@given(st.lists(st.sampled_from(SIGNS.split()), max_size=14))
def test_any_row_of_signs_is_read_or_gives_one_problem(tokens: list[str]) -> None:
    before = len(RESOLVER.problems)
    found = typed(" ".join(tokens))
    assert len(RESOLVER.problems) - before == (found is None)
