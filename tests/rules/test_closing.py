"""What is judged at the close: directives, milestones, endings, verdicts."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import pytest

from game.play.session import Session
from game.rules.dice import draw, key_number
from game.rules.outcome import running_directives
from game.rules.state import IllegalOrder, Open
from tests.rules.small import entry, game, moved, turn


def running(session: Session) -> list[tuple[str, int]]:
    """The directives that run, with the turns left to them."""
    return [(row.id, left) for row, left in running_directives(session.program, session.state)]


TWO = """
calendar: {from: 1921-Q3, to: 1924-Q4}
variables: {gold: {start: 3, max: 99}, standing: {start: 50, max: 100}}
rules: [{id: grows, effects: {gold: +1}}]
directives:
  - {id: d, label: More, within: 3, note: "gold", goal: "gold >= noted + 2", met: {effects: {standing: "noted"}, because: Done.}, missed: {effects: {standing: -9}}}
"""


def test_a_directive_is_drawn_in_the_games_first_turn_and_met_at_a_close() -> None:
    played = game(TWO)
    played.open()
    assert running(played) == [("d", 3)]
    assert [each.turns_left for each in played.observe().directives] == [3]
    played.close()
    assert running(played) == [("d", 2)]
    turn(played)
    assert moved(played, "standing") == [(3, "directive:d/met")]
    assert (entry(played, "directive:d/met").turn, entry(played, "directive:d/met").phase) == (2, 7)
    assert running(played) == []


def test_the_next_is_drawn_in_the_first_turn_of_a_calendar_year_only() -> None:
    played = game(TWO)
    drawn = []
    for _ in range(10):
        played.open()
        drawn.append(bool(running(played)))
        played.close()
    assert drawn == [True, True, True, True, False, False, True, True, False, False]


def test_a_directive_that_is_not_met_within_its_turns_is_missed() -> None:
    played = game(TWO.replace("noted + 2", "noted + 9"))
    for number in range(3):
        assert moved(played, "standing") == [], number
        turn(played)
    assert moved(played, "standing") == [(-9, "directive:d/missed")]


def test_none_is_drawn_while_one_runs() -> None:
    played = game(TWO.replace("within: 3", "within: 4").replace("noted + 2", "noted + 99"))
    for _ in range(3):
        turn(played)
    assert running(played) == [("d", 1)]
    played.open()
    assert running(played) == [("d", 1)]
    played.close()
    turn(played)
    assert running(played) == []


def test_directives_are_drawn_by_weight_and_in_historical_fate_the_heaviest() -> None:
    yaml = """
variables: {a: {start: 20}}
directives:
  - {id: closed, label: C, weight: 1000, when: "a > 20", goal: "a > 99"}
  - {id: none, label: N, weight: -3, goal: "a > 99"}
  - {id: x, label: X, weight: "a + 10", goal: "a > 99"}
  - {id: y, label: Y, weight: 70, goal: "a > 99"}
"""
    session = game(yaml, fate="historical")
    session.open()
    assert running(session) == [("y", 4)]
    for seed in range(30):
        played = Session(session.program, seed, "open")
        played.open()
        roll = draw(seed, 1, key_number("pick:directives"), 100)
        assert running(played) == [("x" if roll < 30 else "y", 4)]


def test_each_track_has_a_directive_of_its_own_beside_the_common_one() -> None:
    played = game("""
variables: {a: {start: 1, max: 50}, b: {start: 2, max: 50}}
rules: [{id: grows, effects: {a: +1, b: +3}}]
directives:
  - {id: common, label: C, goal: "a > 99"}
  - {id: trade, label: T, track: narkomindel, note: "a", goal: "a >= noted + 2", met: {effects: {b: +10}}}
  - {id: unrest, label: U, track: comintern, note: "b", goal: "b >= noted + 3", met: {effects: {a: +10}}}
""")
    played.open()
    assert running(played) == [("common", 4), ("trade", 4), ("unrest", 4)]
    played.close()
    assert running(played) == [("common", 3), ("trade", 3)]
    turn(played)
    assert running(played) == [("common", 2)]
    assert {view.id: view.track for view in played.observe().directives} == {"common": ""}


@pytest.mark.parametrize(("falls", "branch"), [("1922-Q2", "met"), ("1921-Q4", "missed")])
def test_what_is_judged_at_the_end_is_judged_only_then(falls: str, branch: str) -> None:
    played = game(f"""
variables: {{a: {{start: 9}}, standing: {{start: 50}}}}
directives: [{{id: hold, label: H, at_end: true, within: 4, goal: "a >= 9", met: {{effects: {{standing: +1}}}}, missed: {{effects: {{standing: -1}}}}}}]
events: [{{id: fall, window: {falls}, effects: {{a: -9}}}}]
""")
    for _ in range(4):
        turn(played)
    assert [(each.turn, str(each.cause)) for each in played.entries if each.slot == "standing"] == [
        (4, f"directive:hold/{branch}")
    ]


def test_a_milestone_keeps_the_first_turn_at_whose_close_it_held() -> None:
    played = game("""
variables:
  gold: {start: 0}
  seen: {is: "happened('rich')"}
  since: {is: "turns_since('rich')"}
  ahead: {is: "lead('rich')"}
events: [{id: flash, window: 1921-Q1, effects: {gold: +9}}, {id: loss, window: 1921-Q1, day: 80, effects: {gold: -9}}]
rules: [{id: grows, effects: {gold: +2}}, {id: shrinks, when: "turn > on('1921-Q4')", effects: {gold: -20}}]
milestones: [{id: rich, label: Rich, when: "gold >= 5", historically: 1922-02-01}]
""")
    turn(played)
    turn(played)
    assert (played.value("seen"), played.value("since"), played.value("ahead")) == (0, 9999, -9999)
    turn(played)
    assert (played.value("seen"), played.value("since"), played.value("ahead")) == (1, 0, 2)
    for _ in range(4):
        turn(played)
    assert (played.value("gold"), played.value("since"), played.value("ahead")) == (0, 4, 2)


ENDINGS = """
variables: {standing: {start: 4, max: 100}, trade: {start: 10, max: 100}}
rules: [{id: falls, effects: {standing: -2}}]
endings:
  - {id: survived, title: Survived, rank: 50}
  - {id: shaken, title: Shaken, rank: 5, when: "standing <= 1"}
  - {id: recalled, title: Recalled, rank: 2, when: "standing <= 0", text: "Trade stood at {trade}."}
verdicts:
  - {id: good, about: trade, rank: 1, when: "trade >= 10 and turn < on('1922-Q1')", text: "Trade {trade}."}
  - {id: fair, about: trade, rank: 2, when: "trade >= 5", text: "Fair."}
  - {id: poor, about: trade, rank: 3, text: "Poor."}
  - {id: fallen, about: standing, rank: 9, text: "Fallen."}
"""


def test_the_lowest_rank_that_holds_ends_the_game_at_a_close() -> None:
    played = game(ENDINGS)
    turn(played)
    assert played.outcome() is None
    turn(played)
    outcome = played.outcome()
    assert outcome is not None
    assert (outcome.ending, outcome.title, outcome.text) == ("recalled", "Recalled", "Trade stood at 10.")
    assert [(each.about, each.text) for each in outcome.verdicts] == [
        ("standing", "Fallen."), ("trade", "Trade 10."),
    ]  # fmt: skip
    with pytest.raises(IllegalOrder) as refused:
        played.move(Open())
    assert refused.value.refusal.code == "over"


def test_the_ending_without_a_condition_comes_at_the_calendars_end() -> None:
    played = game(ENDINGS.replace("standing: -2", "trade: +1"))
    for _ in range(8):
        assert played.outcome() is None
        turn(played)
    outcome = played.outcome()
    assert outcome is not None
    assert (outcome.ending, [each.text for each in outcome.verdicts]) == ("survived", ["Fallen.", "Fair."])


def test_the_directive_is_judged_before_milestones_and_endings() -> None:
    played = game("""
variables: {standing: {start: 5, max: 100}, marked: {is: "happened('low')"}}
directives: [{id: d, label: D, within: 1, goal: "standing > 9", missed: {effects: {standing: -5}}}]
milestones: [{id: low, label: Low, when: "standing == 0"}]
endings: [{id: out, title: Out, rank: 1, when: "standing <= 0"}, {id: done, title: Done, rank: 9}]
""")
    turn(played)
    outcome = played.outcome()
    assert outcome is not None and outcome.ending == "out"
    assert played.value("marked") == 1


def test_a_game_without_endings_ends_with_its_calendar() -> None:
    played = game("endings: []")
    for _ in range(8):
        turn(played)
    outcome = played.outcome()
    assert (played.place, outcome.ending if outcome else "") == ("over", "end")
