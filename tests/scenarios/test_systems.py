"""Does docs/systems.md say what is?  Each of eighty-three systems names ids and tests that exist, or a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.branching import FOLDER, loaded

ROOT = Path(__file__).resolve().parents[2]
TESTS = Path(__file__).resolve().parent
PAGE = ROOT / "docs" / "systems.md"
OUT = "not in the game"
_ROW = re.compile(r"^\| (S\d+) ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)


@dataclass(frozen=True)
class System:
    """A row of the page."""

    id: str
    name: str
    lives: str
    met: str
    shown: str

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """File, kind and id of everything that the row names."""
        found = []
        for part in self.lives.split("; "):
            file, _, items = part.partition(": ")
            for item in items.split(", "):
                named = re.fullmatch(r"(\w+) `([^`]+)`", item)
                assert named, f"{self.id}: cannot read '{item}'"
                found.append((file.strip("`"), named[1], named[2]))
        return found

    @property
    def tests(self) -> list[tuple[str, str]]:
        """File and name of every test that the row names."""
        found = []
        for item in self.shown.split(", "):
            named = re.fullmatch(r"`(test_systems_\w+\.py)::(test_\w+)`", item)
            assert named, f"{self.id}: cannot read '{item}'"
            found.append((named[1], named[2]))
        return found


@cache
def systems() -> tuple[System, ...]:
    """All rows of the page."""
    return tuple(System(*found) for found in _ROW.findall(PAGE.read_text(encoding="utf-8")))


@cache
def known() -> frozenset[tuple[str, str, str]]:
    """File, kind and id of everything in the scenario that a row may name."""
    scenario = loaded().scenario
    kinds: dict[str, Sequence[Any]] = {
        "track": scenario.tracks,
        "variable": (*scenario.variables, *scenario.country_variables),
        "country": scenario.countries,
        "person": scenario.people,
        "modifier": scenario.modifiers,
        "rule": scenario.rules,
        "order": scenario.orders,
        "event": scenario.events,
        "directive": scenario.directives,
    }
    found = {
        (Path(each.mark.file).resolve().relative_to(FOLDER).as_posix(), kind, each.id)
        for kind, items in kinds.items()
        for each in items
    }
    for event in scenario.events:
        file = Path(event.mark.file).resolve().relative_to(FOLDER).as_posix()
        found |= {(file, "choice", f"{event.id}/{choice.id}") for choice in event.choices}
    return frozenset(found)


@cache
def written() -> frozenset[tuple[str, str]]:
    """File and name of every test of a system."""
    return frozenset(
        (path.name, node.name)
        for path in TESTS.glob("test_systems_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


IN_GAME = [each for each in systems() if each.lives != OUT]


def test_every_system_has_its_row() -> None:
    assert [each.id for each in systems()] == [f"S{number}" for number in range(1, 84)]


@pytest.mark.parametrize("system", IN_GAME, ids=lambda each: each.id)
def test_what_a_row_names_is_there(system: System) -> None:
    assert [place for place in system.places if place not in known()] == []
    assert [test for test in system.tests if test not in written()] == []


@pytest.mark.parametrize(
    "system", [each for each in systems() if each.lives == OUT], ids=lambda each: each.id
)
def test_what_is_left_out_has_a_reason(system: System) -> None:
    assert system.shown == "–" and len(system.met.split()) >= 12


def test_the_tests_say_which_system_they_show() -> None:
    """The other way round: a test names in its first words the systems whose rows name it."""
    claimed: dict[tuple[str, str], set[str]] = {test: set() for test in written()}
    for system in IN_GAME:
        for test in system.tests:
            claimed[test].add(system.id)
    for path in TESTS.glob("test_systems_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said = set(re.findall(r"\bS\d+\b", (ast.get_docstring(node) or "").partition(":")[0]))
                assert said == claimed[path.name, node.name], f"{path.name}::{node.name}"


def test_the_page_counts_what_is_left_out() -> None:
    words = {1: "One system is", 2: "Two systems are", 3: "Three systems are", 4: "Four systems are"}
    assert words[len(systems()) - len(IN_GAME)] + " not in the game" in PAGE.read_text(encoding="utf-8")
