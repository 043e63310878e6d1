"""Is a class of values what the standard library would have made of it?"""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.rules import classes

ROOT = Path(__file__).resolve().parents[2]


def pair(define: Callable[[Any], type[Any]]) -> tuple[type[Any], type[Any]]:
    """The same class made by ours and by the standard library."""
    return define(classes), define(dataclasses)


def plain(of: Any) -> type[Any]:
    @of.dataclass(frozen=True, slots=True)
    class Plain:
        one: int
        two: str = "two"
        three: list[int] = of.field(default_factory=list, compare=False)
        four: int = of.field(default=4, repr=False)
        five: int = of.field(kw_only=True)

    return Plain


def ordered(of: Any) -> type[Any]:
    @of.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        one: int
        two: int = 0

    return Ordered


def changing(of: Any) -> type[Any]:
    @of.dataclass(slots=True)
    class Changing:
        one: int
        total: int = of.field(init=False)
        seen: dict[str, int] = of.field(init=False, default_factory=dict)

        def __post_init__(self) -> None:
            self.total = self.one * 2

    return Changing


def by_identity(of: Any) -> type[Any]:
    @of.dataclass(eq=False, slots=True)
    class ByIdentity:
        one: int

    return ByIdentity


def inheriting(of: Any) -> type[Any]:
    @of.dataclass(frozen=True, slots=True)
    class Base:
        one: int
        two: int = 2

        def __str__(self) -> str:
            return f"{self.one} and {self.two}"

    @of.dataclass(frozen=True, slots=True)
    class Inheriting(Base):
        three: int = 3

    return Inheriting


CALLS: list[tuple[Callable[[Any], type[Any]], tuple[int, ...], dict[str, Any]]] = [
    (plain, (1,), {"five": 5}),
    (plain, (), {"five": 5, "one": 1, "two": "2", "three": [3]}),
    (plain, (1, 2, 3, 4), {"five": 5}),
    (ordered, (1, 2), {}),
    (changing, (1,), {}),
    (by_identity, (), {"one": 7}),
    (inheriting, (1,), {"three": 4}),
]
"""Ways to make values."""


@pytest.mark.parametrize("define, given, named", CALLS)
def test_values_are_alike(
    define: Callable[[Any], type[Any]], given: tuple[int, ...], named: dict[str, Any]
) -> None:
    ours, theirs = pair(define)
    mine, other = ours(*given, **named), theirs(*given, **named)
    assert repr(mine) == repr(other)
    assert str(mine) == str(other)
    assert ours.__match_args__ == theirs.__match_args__
    assert (mine == ours(*given, **named)) is (other == theirs(*given, **named))
    assert (ours.__hash__ is None) is (theirs.__hash__ is None)
    assert mine != other and not hasattr(mine, "__dict__")
    names = [each.name for each in classes.fields(mine)]
    assert (
        names
        == [each.name for each in dataclasses.fields(other)]
        == [each.name for each in dataclasses.fields(mine)]
    )
    assert all(getattr(mine, name) == getattr(other, name) for name in names)


@pytest.mark.parametrize(
    "define, given, named",
    [
        (plain, (), {"five": 5}),
        (plain, (1,), {}),
        (plain, (1, 2, 3, 4, 5), {}),
        (plain, (1,), {"five": 5, "six": 6}),
        (changing, (1, 2), {}),
        (changing, (1,), {"seen": {}}),
    ],
)
def test_what_one_refuses_the_other_does(
    define: Callable[[Any], type[Any]], given: tuple[int, ...], named: dict[str, Any]
) -> None:
    for cls in pair(define):
        with pytest.raises(TypeError):
            cls(*given, **named)


def test_equal_values_have_equal_hashes_and_what_is_not_compared_plays_no_part() -> None:
    cls = plain(classes)
    assert len({cls(1, five=5), cls(1, three=[3], five=5), cls(2, five=5)}) == 2


def test_values_of_two_classes_are_never_equal() -> None:
    assert ordered(classes)(1) != ordered(classes)(1)


def test_a_frozen_value_stays_as_it_is() -> None:
    value = plain(classes)(1, five=5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.one = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.one


def test_one_that_is_not_frozen_may_change_but_gains_no_field() -> None:
    value = changing(classes)(1)
    value.one = 3
    assert value.one == 3
    with pytest.raises(AttributeError):
        value.other = 1


def test_order_is_that_of_the_fields() -> None:
    ours, theirs = pair(ordered)
    numbers = [(2, 0), (1, 5), (1, -1), (2, 0)]
    assert [(each.one, each.two) for each in sorted(ours(*each) for each in numbers)] == sorted(numbers)
    assert ours(1) < ours(2) and ours(2) >= ours(2) and not ours(1) > ours(1)
    with pytest.raises(TypeError):
        ours(1) < theirs(2)  # noqa: B015


def test_a_default_is_no_attribute_of_the_class_and_a_made_one_is_made_each_time() -> None:
    cls = plain(classes)
    assert cls(1, five=5).three is not cls(1, five=5).three
    assert not isinstance(cls.two, str)


def test_one_field_can_be_changed_into_another_value() -> None:
    value = classes.replace(plain(classes)(1, five=5), two="new")
    assert (value.one, value.two, value.five) == (1, "new", 5)
    with pytest.raises(TypeError):
        classes.replace(value, six=6)


@classes.dataclass(frozen=True, slots=True)
class Kept:
    one: int
    two: tuple[int, ...] = ()


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]
)
def test_a_frozen_value_can_be_copied(copied: Callable[[Any], Any]) -> None:
    assert copied(Kept(1, (2, 3))) == Kept(1, (2, 3))


def test_patterns_take_it_apart() -> None:
    match Kept(1, (2,)):
        case Kept(one, (two,)):
            assert (one, two) == (1, 2)


def test_the_rules_are_ready_without_the_standard_librarys_way() -> None:
    code = "import sys, game.rules.engine, game.rules.building; print({'dataclasses', 'inspect'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("set()\n", "")
