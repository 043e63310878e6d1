"""Who undid whom: is it reckoned from the ledger, and nothing that was not built, and nothing twice?"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from game.play.session import Session
from game.play.undoing import balance, moved_by, undoings
from tests.rules.small import close, game

YAML = """
variables:
  gold: {start: 50, max: 100}
  trade: {start: 20, max: 100}
country_variables:
  relations: {start: 0, min: -100, max: 100}
  suspicion: {start: 40, max: 100}
countries: {britain: {name: Britain}}
orders:
  - {id: talks, label: Talks, track: narkomindel, target: country, cost: {gold: 2}, effects: {target.relations: +6}, because: Talks.}
  - {id: calm, label: Calm, track: narkomindel, target: country, effects: {target.suspicion: -4}, because: Calm.}
  - {id: blunder, label: Blunder, track: narkomindel, target: country, effects: {target.relations: -3}, because: Blunder.}
  - {id: stir, label: Stir, track: comintern, target: country, cost: {gold: 5}, effects: {target.relations: -4}, because: Stir.}
  - {id: print, label: Print, track: comintern, target: country, effects: {target.suspicion: +10}, because: Print.}
  - {id: later, label: Later, track: comintern, then: {event: scandal}}
events:
  - {id: scandal, title: Scandal, only_then: true, effects: {britain.relations: -2}, because: Scandal.}
rules:
  - {id: drift, each: country, when: "turn == on('1921-Q2')", effects: {country.relations: -5}, because: Drift.}
"""


def play(*turns: str) -> Session:
    """A game whose turns have these orders, by commas."""
    session = game(YAML)
    for each in turns:
        session.open()
        close(session, *[order.strip() for order in each.split(",") if order.strip()])
    return session


def told(session: Session) -> list[tuple[str, str, tuple[tuple[str, int], ...], tuple[int, ...]]]:
    return [(each.by.id, each.of.id, each.parts, each.turns) for each in undoings(session)]


def test_what_one_built_and_the_other_took_down_is_undone() -> None:
    session = play("talks britain", "", "stir britain")
    assert told(session) == [("stir", "talks", (("britain.relations", -1),), (3,))], "five had drifted away"
    assert balance(session, undoings(session)) == {"comintern": 1, "narkomindel": 0}


def test_what_was_not_built_is_not_undone() -> None:
    assert told(play("stir britain")) == []
    assert told(play("stir britain", "talks britain")) == []


def test_nothing_is_undone_twice() -> None:
    session = play("talks britain, stir britain", "", "stir britain")
    assert told(session) == [("stir", "talks", (("britain.relations", -4),), (1,))]
    assert told(play("talks britain, stir britain, later"))[0][2] == (("britain.relations", -4),)


def test_an_order_given_again_counts_as_one_with_all_its_turns() -> None:
    session = play("calm britain, print britain", "calm britain", "print britain")
    assert told(session) == [
        ("print", "calm", (("britain.suspicion", 4),), (1,)),
        ("print", "calm", (("britain.suspicion", 4),), (3,)),
    ], "two decisions of the other were undone, each once"
    session = play("", "", "talks britain", "print britain", "stir britain", "stir britain")
    assert told(session) == [("stir", "talks", (("britain.relations", -6),), (5, 6))]


def test_what_a_decision_led_to_later_counts_as_its_own() -> None:
    session = play("", "", "talks britain, later", "")
    assert told(session) == [("later", "talks", (("britain.relations", -2),), (4,))]


def test_ones_own_blunders_and_prices_undo_nothing() -> None:
    session = play("talks britain, blunder britain", "", "stir britain")
    assert told(session) == []
    assert moved_by(session, ["gold", "britain.relations"]) == {
        "narkomindel": {"gold": -2, "britain.relations": 3},
        "comintern": {"gold": -5, "britain.relations": -4},
    }
