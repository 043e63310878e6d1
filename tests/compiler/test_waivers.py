"""Is a warning allowed where the author says so with a reason, and nowhere else?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game.compiler.load import examine
from tests.small import codes, only, whole

UNSOURCED = "events:\n  - id: e{}\n    window: 1921-Q2\n    text: x\n"


def test_on_the_line_and_alone_on_a_line_above_it() -> None:
    assert codes(UNSOURCED.format("")) == ["W607"]
    assert codes(UNSOURCED.format(" # allow: W607 an invented aside")) == []
    above = "events:\n  # allow: W607 an invented aside\n\n  # another comment\n"
    assert codes(above + "  - id: e\n    window: 1921-Q2\n    text: x\n") == []


def test_it_goes_no_further_than_its_line_and_its_code() -> None:
    two = UNSOURCED.format(" # allow: W607 an aside") + "  - {id: f, window: 1921-Q2, text: y}\n"
    assert codes(two) == ["W607"]
    assert codes(UNSOURCED.format(" # allow: W602 an aside")) == ["W607", "W611"]


def test_several_codes_share_a_reason() -> None:
    text = "events:\n  # allow: W602, W607 kept for a later chapter\n  - {id: e, window: 1931-Q2, text: x}\n"
    assert codes(text) == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# allow: W607", "why is W607 allowed here? Write the reason behind it"),
        ("# allow: invented", "a waiver names a code and a reason: # allow: W607 invented"),
        ("# allow: W699 invented", "there is no code 'W699'"),
    ],
)
def test_what_is_no_waiver_is_told_and_waives_nothing(comment: str, message: str) -> None:
    assert codes(UNSOURCED.format(f" {comment}")) == ["W607", "W611"]
    problem = only(f"events:\n  - id: e {comment}\n    window: 1921-Q2\n")
    assert (problem.code, problem.message) == ("W611", message)
    assert (problem.mark.line, problem.mark.column) == (2, 11)


def test_a_waiver_with_nothing_to_waive_can_go() -> None:
    problem = only("events:\n  - {id: e, window: 1921-Q2} # allow: W607 no longer true\n")
    assert problem.message == "nothing on line 2 gives W607: this waiver can go"


def test_errors_cannot_be_waived_and_keep_waivers_from_being_judged() -> None:
    text = "rules:\n  - {id: r, effects: {gld: 1}} # allow: N301 it will come\n"
    assert codes(text) == ["N301"]


def test_an_allow_within_a_text_is_no_comment() -> None:
    assert codes('events: [{id: e, window: 1921-Q2, text: "to # allow: W607 it", sources: [x]}]') == []


def test_a_waiver_of_the_base_is_not_the_business_of_what_extends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    base = whole("events:\n  - {id: e, window: 1921-Q2} # allow: W607 no longer true\n" + "id: base\n")
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "top.yaml").write_text("id: top\nextends: base\n", encoding="utf-8")
    assert [each.code for each in examine("base")[1]] == ["W611"]
    assert [each.code for each in examine("top")[1]] == []
