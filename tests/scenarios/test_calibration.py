"""Is the main scenario balanced?  The targets, measured in many open games, and the report that is kept of them.

A share fails only where its interval of 95 percent lies wholly outside the band: fewer games could not tell more. The
kept report is renewed by a command: `python benchmarks/calibration.py --write`.
"""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.calibration import REPORT, Measured, Target, measure, targets
from benchmarks.calibration_text import lines
from game.play import sweeping

pytestmark = [
    pytest.mark.calibration,
    pytest.mark.skipif(
        not sweeping.has_numpy(), reason="thousands of games are played in columns, with NumPy"
    ),
]


@cache
def found() -> Measured:
    """All that is measured, once."""
    return measure()


@cache
def target(start: str) -> Target:
    """The target whose name begins so."""
    (one,) = [each for each in targets(found()) if each.name.startswith(start)]
    return one


@pytest.mark.parametrize(
    "start",
    [
        "diplomat ends early",
        "revolutionary ends early",
        "random survives",
        "casual survives",
        "pragmatist survives",
        "most frequent ending",
        "most frequent order",
        "quarters of the pragmatist without a decision",
        "quarters that move a headline",
    ],
)
def test_a_target_is_reached(start: str) -> None:
    one = target(start)
    assert one.possible, f"{one.name}: {one.value:.1f} %, wanted {one.low:.0f} to {one.high:.0f} %"


def test_history_s_own_choices_survive_the_dice_too() -> None:
    assert found().ended("historical")["interval"][1] >= 0.9


def test_every_event_comes_in_some_policy_s_games_or_is_marked_rare() -> None:
    assert found().seldom() == []


def test_no_choice_is_dominated() -> None:
    assert found().dominated() == []


def test_every_order_is_given_by_somebody() -> None:
    never = [set(each["never"]["orders"]) for each in found().summaries.values()]
    assert set.intersection(*never) == set()


def test_the_kept_report_is_what_the_games_say() -> None:
    assert REPORT.read_text(encoding="utf-8") == "\n".join(lines(found())) + "\n", (
        "the balance has changed; if that is meant: python benchmarks/calibration.py --write"
    )
