"""What does `check --advice` say of a scenario in which nothing is wrong, and what does it leave alone?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game import cli
from game.compiler.advice import advise, summary
from game.compiler.load import examination
from game.compiler.problems import ADVICE
from game.compiler.reading import measure
from tests.small import sound, whole

Said = pytest.CaptureFixture[str]


def advice(fragment: str, tmp_path: Path) -> list[tuple[int, str, str]]:
    """Line, code and message of all advice on a fragment that is sound."""
    file = tmp_path / "s.yaml"
    file.write_text(whole(fragment), encoding="utf-8")
    found = examination(str(file))
    assert found.scenario is not None and found.problems == (), found.problems
    return [
        (each.mark.line, each.code, each.message)
        for each in advise(found.scenario, frozenset(found.own))
        if each.mark.line <= fragment.count("\n") + 1
    ]


def coded(fragment: str, tmp_path: Path, code: str) -> list[int]:
    """The lines to which there is advice of a code."""
    return [line for line, its, _ in advice(fragment, tmp_path) if its == code]


def test_what_is_sure_needs_two_sources(tmp_path: Path) -> None:
    text = """\
events:
  - {id: a, window: 1921-Q2, confidence: high, sources: [x]}
  - {id: b, window: 1921-Q2, confidence: high, sources: [x, y]}
  - {id: c, window: 1921-Q2, confidence: medium, sources: [x]}
claims:
  d: {text: D., confidence: high, sources: [x]}
rules:
  - {id: e, effects: {gold: 1}, claims: [d], confidence: high, sources: [x]}
"""
    assert coded(text, tmp_path, "A701") == [2, 8, 6]


def test_what_may_be_so_already_needs_a_premise(tmp_path: Path) -> None:
    text = """\
events:
  - {id: a, window: 1921-Q2, effects: {open: true, gold: {set: 5}}}
  - {id: b, window: 1921-Q2, premise: "not open", effects: {open: true}}
  - {id: c, window: 1921-Q2, when: "gold > 5", effects: {britain.pact: neutrality}}
  - {id: d, window: 1921-Q2, premise: "germany.pact == 'none'", effects: {britain.pact: neutrality}}
  - {id: e, window: 1921-Q2, effects: {open: {set: true, when: "not open"}}}
  - {id: f, each: country, window: 1921-Q2, when: "country.treaty", effects: {country.treaty: false}}
  - id: g
    window: 1921-Q2
    asks: narkomindel
    choices:
      - {id: x, label: X, effects: {regime: stalin}}
      - {id: y, label: Y, when: "regime == 'lenin'", effects: {regime: stalin, trade: +1}}
      - id: z
        label: Z
        results: {one: {chance: 20, effects: {open: "gold > 5"}}, two: {effects: {britain.treaty: true}}}
"""
    found = advice(text, tmp_path)
    assert [line for line, code, _ in found if code == "A702"] == [2, 4, 5, 12, 16]
    assert (
        "'c' makes britain.pact 'neutrality'; if it is so already, does the text make sense? "
        "A premise would see to it"
    ) in [message for _, _, message in found]


def test_a_dispatch_is_read_in_a_minute_and_in_plain_words(tmp_path: Path) -> None:
    hard = (
        "Intergovernmental correspondence notwithstanding, plenipotentiary representatives recommended " * 3
    )
    text = f"""\
events:
  - {{id: a, window: 1921-Q2, sources: [x], text: "{"We went on. " * 61}"}}
  - {{id: b, window: 1921-Q2, sources: [x], text: "{hard}."}}
  - {{id: c, window: 1921-Q2, sources: [x], text: "{"We went on. " * 60}"}}
  - {{id: d, window: 1921-Q2, sources: [x], text: Short., text_basic: "The commission considered the declaration."}}
"""
    found = advice(text, tmp_path)
    assert [(line, code) for line, code, _ in found] == [(2, "A703"), (3, "A703"), (5, "A703")]
    assert "has 183 words: more than the minute" in found[0][2]
    assert "very hard, like a law (LIX" in found[1][2]
    assert "'d', in its 'text_basic' is very hard" in found[2][2]


def test_what_nothing_uses_is_named(tmp_path: Path) -> None:
    text = """\
variables:
  idle: {start: 3}
  shown: {start: 3, label: Shown}
  read: {start: 3}
  told: {start: 3}
  moved: {start: 3}
  gold: {is: "read + 1", label: Gold}
country_variables:
  lonely: {start: 3}
claims:
  used: {text: A.}
  unused: {text: B.}
sources:
  cited: {label: C, text: C.}
  uncited: {label: D, text: D.}
glossary:
  linked: {label: L, text: "See [[other|others]]."}
  other: {label: O, text: O.}
  lost: {label: X, text: X.}
rules:
  - {id: r, effects: {moved: 1}, because: "{told} of [[linked]]", claims: [used], sources: [cited]}
scores: {trade: {start: 5}}
"""
    assert coded(text, tmp_path, "A704") == [2, 6, 9, 12, 15, 19]


def test_words_of_a_base_are_not_the_business_of_what_extends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    (tmp_path / "base.yaml").write_text(whole("id: base\nvariables: {idle: {start: 3}}"), encoding="utf-8")
    (tmp_path / "top.yaml").write_text("id: top\nextends: base\n", encoding="utf-8")
    for name, codes in (("base", ["A704"]), ("top", [])):
        found = examination(name)
        assert found.scenario is not None
        said = [each for each in advise(found.scenario, frozenset(found.own)) if "idle" in each.message]
        assert [each.code for each in said] == codes


def test_check_gives_advice_where_it_is_asked_for_and_never_fails_for_it(
    tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "s.yaml"
    event = "  - {id: e, window: 1921-Q2, effects: {open: true}, text: One two., sources: [x]}\n"
    file.write_text(whole(f"text: A year.\nevents:\n{event}"), encoding="utf-8")
    assert cli.main(["check", "--strict", str(file)]) == 0
    assert "A702" not in capsys.readouterr().out
    assert cli.main(["check", "--strict", "--advice", str(file)]) == 0
    out = capsys.readouterr().out
    assert f"{file}:3:" in out and "A702 advice: 'e' makes open true" in out
    assert "Small: 4 words, about 1 min to read all of it; very easy (LIX" in out
    assert cli.main(["check", "--advice", "--json", str(file)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {each["severity"] for each in data} == {"advice"} and {each["code"] for each in data} <= set(
        ADVICE
    )
    assert cli.main(["check", "--advice", "--format", "github", str(file)]) == 0
    assert "title=A702 a premise that nobody speaks::" in capsys.readouterr().out


def test_advice_is_waived_with_a_reason_and_an_idle_waiver_can_go(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "s.yaml"
    event = "  # allow: A702 nobody minds\n  - {id: e, window: 1921-Q2, effects: {open: true}}\n"
    idle = "  - {id: f, window: 1921-Q2} # allow: A703 a long story\n"
    file.write_text(whole(f"events:\n{event}{idle}"), encoding="utf-8")
    assert cli.main(["check", "--strict", str(file)]) == 0
    assert cli.main(["check", "--advice", str(file)]) == 0
    out = capsys.readouterr().out
    assert "A702" not in out
    assert "W611 warning: nothing on line 4 gives A703: this waiver can go" in out


def test_playthroughs_and_scenarios_with_errors_get_none(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "p.yaml").write_text("scenario: breathing-space\n", encoding="utf-8")
    assert cli.main(["check", "--advice", str(tmp_path / "p.yaml")]) == 0
    (tmp_path / "s.yaml").write_text(whole("rules: [{id: r, effects: {gld: 1}}]"), encoding="utf-8")
    assert cli.main(["check", "--advice", str(tmp_path / "s.yaml")]) == 1
    out = capsys.readouterr().out
    assert "min to read" not in out


def test_reading_counts_words_sentences_and_long_words() -> None:
    found = measure("The General Staff waits. It knows; it always knows… Does it? (Yes.)")
    assert (found.words, found.sentences, found.long) == (12, 4, 1)
    assert measure("COME AT ONCE STOP BRING GOLD STOP").sentences == 2
    assert measure("Mr Urquhart's well-known mines").words == 4
    assert measure("Мы пишем. Никто не отвечает.").sentences == 2
    assert (measure("").lix, measure("").words) == (0, 0)
    assert summary(sound("text: One two three.")).startswith("Small: 3 words, about 1 min")
