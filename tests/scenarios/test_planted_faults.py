"""Are faults planted in a copy of the main scenario found, each at its line, and nothing else?

They stand in a file of their own among the scenario's, marked as in the samples: `# ! CODE`. Errors keep the whole from
being weighed, so those and the rest are planted apart.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from game.compiler.advice import advise
from game.compiler.load import Examined, examination
from game.compiler.problems import show

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "scenarios" / "breathing-space"
ERRORS = """\
events:
  - {id: rapallo-1922, window: 1922-Q2}                                               # ! N304
  - {id: p1, window: 1921-Q2, effects: {standng: -2}}                                 # ! N301
  - {id: p2, window: 1921-Q2, effects: {germny.relations: +3}}                        # ! N301
  - {id: p3, window: 1921-Q2, effects: {britain.attitude: 2}}                         # ! L501
  - {id: p4, window: 1921-Q2, premise: "britain.recognition = 'de_jure'"}             # ! E201
  - {id: p5, window: 1921-Q2, then: {event: rapalo-1922}}                             # ! N301
  - {id: p7, window: 1921-Q2, txt: The herring came.}                                 # ! N302
  - {id: p8, window: 1921-Q2, chance: "100 // (standing - 50)"}                       # ! L505
  - {id: p9, window: 1921-Q2, text: "{germny.relations} and {gold", sources: [brit]}  # ! N301 E201
  - {id: p10, window: 1921-Q2, asks: narkomindel, choices: [{id: a, label: A, historical: yes}]} # ! T401
variables:
  hope: {is: "mood - 1"}                                                              # ! L503
  mood: {is: "hope + 1"}
"""
REST = """\
variables:
  unread: {start: 3}                                                                  # ! A704
events:
  - {id: p1, window: 1921-Q2, when: "standing > 100", effects: {gold: 1}}             # ! W601 W602
  - {id: p2, only_then: true, effects: {gold: 1}}                                     # ! W602
  - {id: p3, window: 1934-Q2, effects: {gold: 1}}                                     # ! W602
  - {id: p4, window: 1921-Q2, effects: {trade: 1}, promises: {trade: down}}           # ! W608
  - {id: p5, window: 1921-Q2, effects: {standing: {set: 130}}}                        # ! W612
  - {id: p6, window: 1921-Q2, when: "recognition == 100", effects: {recognition: +4}} # ! W612
  - {id: p7, window: 1921-Q2, text: The herring came.}                                # ! W607
  - {id: p8, window: 1921-Q2, text: x, sources: [brti]}                               # ! W610
  - {id: p9, window: 1921-Q2, when: "turns_since('rapallo-1922') > 4", effects: {gold: 1}}   # ! W605
  - {id: p10, window: 1921-Q2, effects: {britain.recognition: de_jure}}               # ! A702
  - {id: p11, window: 1921-Q2, confidence: high, sources: [brit]}                     # ! A701
  - id: p12
    window: 1921-Q2
    asks: narkomindel
    choices:
      - {id: a, label: A, effects: {trade: +2, gold: -3, britain.relations: +1}}      # ! W613
      - {id: b, label: B, effects: {trade: +3, gold: -3, britain.suspicion: -1, britain.relations: +1}}
  - {id: p13, window: 1921-Q2, effects: {gold: 1}}  # allow: W607 nothing to allow    # ! W611
verdicts:
  - {id: never, about: trade, rank: 9999, text: Never given.}                         # ! W609
modifiers:
  - {id: idle, when: "target == germany", track: comintern, orders: [trade-talks], cost: {means: 1}}   # ! W609
"""
CONTRADICTIONS = """\
events:
  - {id: p1, historically: 1923-05-08, window: 1921-Q2..1922-Q1}                      # ! L504
  - {id: p2, historically: 1923-05-08, window: 1921-Q2..1933-Q1, repeats: 4}          # ! L502
"""
MARKER = re.compile(r"# !((?: [A-Z]\d{3})+)")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the main scenario."""
    return shutil.copytree(MAIN, tmp_path / "copy")


def planted(copy: Path, text: str) -> tuple[Examined, set[tuple[int, str]], set[tuple[int, str]]]:
    """The copy examined with a file more, the faults planted in it, and those found, with their lines."""
    file = copy / "planted.yaml"
    file.write_text(text, encoding="utf-8")
    wanted = {
        (number, code)
        for number, line in enumerate(text.splitlines(), start=1)
        for marker in MARKER.finditer(line)
        for code in marker[1].split()
    }
    found = examination(str(copy))
    elsewhere = [
        each for each in found.problems if each.mark.file != str(file) and each.code not in ("N304", "L503")
    ]
    assert elsewhere == [], show(elsewhere, {})
    return (
        found,
        wanted,
        {(each.mark.line, each.code) for each in found.problems if each.mark.file == str(file)},
    )


def test_planted_errors_are_found_in_one_run(copy: Path) -> None:
    _, wanted, found = planted(copy, ERRORS)
    assert len(wanted) >= 11
    assert found == wanted


def test_planted_contradictions_are_found_in_one_run(copy: Path) -> None:
    _, wanted, found = planted(copy, CONTRADICTIONS)
    assert len(wanted) == 2
    assert {each for each in found if each[1] != "W607"} == wanted


def test_planted_slips_of_sense_are_found_in_one_run(copy: Path) -> None:
    examined, wanted, found = planted(copy, REST)
    assert examined.scenario is not None
    file = str(copy / "planted.yaml")
    found |= {(each.mark.line, each.code) for each in advise(examined.scenario, frozenset([file]))}
    assert len(wanted) >= 15
    assert found == wanted
