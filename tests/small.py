"""Scenarios of a few lines.  What a fragment leaves out is added after it, so that its lines keep their numbers."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from game.compiler.load import examine
from game.compiler.problems import Problem
from game.rules.scenario import Scenario

REST = {
    "format": "format: 1",
    "id": "id: small",
    "title": "title: Small",
    "calendar": "calendar: {from: 1921-Q1, to: 1924-Q4}",
    "tracks": """\
tracks:
  narkomindel: {label: Narkomindel, means: 10}
  comintern: {label: Comintern, means: 10, known_to: comintern}""",
    "scores": """\
scores:
  trade: {start: 20}""",
    "variables": """\
variables:
  gold: {start: 100, max: 900}
  standing: {start: 50, max: 100}
  open: {start: false}
  regime: {start: lenin, words: [lenin, stalin]}
  budget: {is: "8 + standing // 20"}
  tax: {start: 5, max: 10, constant: true}""",
    "country_variables": """\
country_variables:
  relations: {start: 0, min: -100}
  party: {start: 10}
  pact: {start: none, words: [none, neutrality, non_aggression]}
  treaty: {start: false}
  weight: {start: 5, constant: true}
  warmth: {is: "country.relations + 100"}""",
    "countries": """\
countries:
  britain: {name: Britain}
  germany: {name: Germany}
  turkey: {name: Turkey}""",
    "endings": "endings: [{id: done, title: Done, rank: 9}]",
}
"""The sections that a fragment may leave out."""


def whole(fragment: str) -> str:
    """A fragment with the sections that it does not have."""
    missing = [
        text for name, text in REST.items() if not re.search(rf"^{name}\s*:", fragment, flags=re.MULTILINE)
    ]
    return "\n".join([fragment.rstrip("\n"), *missing]) + "\n"


def examined(text: str | bytes, name: str = "small.yaml") -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The scenario in one file and all that is wrong with it; the file is called by its bare name in the problems."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        scenario, problems, _ = examine(str(path))
    return scenario, tuple(problems)


def problems(fragment: str) -> list[Problem]:
    """What is wrong with a fragment, within a whole scenario."""
    return list(examined(whole(fragment))[1])


def codes(fragment: str) -> list[str]:
    """The codes of what is wrong with a fragment, in order."""
    return [each.code for each in problems(fragment)]


def only(fragment: str) -> Problem:
    """The one thing that is wrong with a fragment."""
    found = problems(fragment)
    assert len(found) == 1, "\n".join(map(str, found)) or "no problem"
    return found[0]


def sound(fragment: str) -> Scenario:
    """The scenario of a fragment in which nothing is wrong."""
    scenario, found = examined(whole(fragment))
    assert found == (), "\n".join(map(str, found))
    assert scenario is not None
    return scenario
