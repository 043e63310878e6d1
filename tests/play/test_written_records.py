"""What stands in a game's records: lines for programs, a chronicle for readers."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import json
from typing import Any

import pytest

from game.play.records import outcome_data, transcript, turn_data
from game.play.session import Session
from game.rules.state import Order, Plan
from tests.rules.small import game

YAML = """
title: A short pause
calendar: {from: 1921-Q1, to: 1921-Q2}
tracks:
  narkomindel: {label: Narkomindel, means: 10}
  comintern: {label: Comintern, means: 10, known_to: comintern}
scores: {trade: {start: 5, label: Trade}}
variables:
  gold: {start: 20, max: 40}
  balance: {start: 50, max: 100, set_by: both}
country_variables: {relations: {start: 0, min: -9}}
countries: {britain: {name: Britain}}
events:
  - id: genoa
    title: Genoa
    window: 1921-Q1
    asks: narkomindel
    choices: [{id: sign, label: Sign, effects: {trade: +2}, then: {event: echo}, because: Signed.}, {id: leave, label: Leave}]
  - {id: echo, title: An echo, only_then: true, effects: {trade: -4}, because: It echoed.}
  - {id: visit, title: A visit, each: country, window: 1921-Q1, effects: {country.relations: +1}}
orders:
  - {id: stir, label: Stir, track: comintern, target: country, cost: {gold: 3}, effects: {target.relations: -2}, because: "Stirred in {target}."}
endings: [{id: done, title: It is done, rank: 9}]
verdicts: [{id: v, about: trade, rank: 1, text: "Trade {trade}."}]
"""


@pytest.fixture
def played() -> Session:
    """A whole game of two turns."""
    session = game(YAML, seed=6, fate="historical")
    session.teach({"gold": 30})
    session.open()
    session.answer("sign")
    session.move(
        Plan({"narkomindel": {"balance": 60}}, {"comintern": (Order("stir", "britain"),)}),
    )
    session.open()
    session.close()
    return session


def through_json(data: dict[str, Any]) -> dict[str, Any]:
    """The data as a reader of JSON gets it."""
    found: dict[str, Any] = json.loads(json.dumps(data))
    return found


def test_a_turn_is_one_line_of_plain_data(played: Session) -> None:
    line = through_json(turn_data(played, 1))
    ledger = line.pop("ledger")
    assert line == {
        "turn": 1,
        "step": "1921-Q1",
        "values": {
            "balance": 60, "gold": 27, "trade": 7, "britain.exists": 1, "britain.relations": -1,
        },
        "events": [{"event": "genoa"}, {"event": "visit", "country": "britain"}],
        "choices": {"genoa": "sign"},
        "settings": {"narkomindel": {"balance": 60}},
        "orders": [{"role": "comintern", "order": "stir", "target": "britain"}],
        "teacher": [{"set": {"gold": 30}, "event": ""}],
        "hash": played.closes[1].digest(),
    }  # fmt: skip
    assert {entry["slot"] for entry in ledger} == {
        "gold", "event:genoa", "trade", "britain.relations", "balance",
    }  # fmt: skip
    signed = next(entry for entry in ledger if entry["slot"] == "trade")
    mark = signed.pop("mark")
    assert mark.split(":")[-2].isdigit()
    assert signed == {
        "turn": 1, "phase": 2, "day": 46, "slot": "trade", "delta": 2, "before": 5, "because": "Signed.",
        "cause": {"kind": "choice", "id": "genoa", "turn": 1, "branch": "sign", "by": "narkomindel"},
    }  # fmt: skip
    stirred = next(entry for entry in ledger if entry["slot"] == "britain.relations" and entry["delta"] == -2)
    assert (stirred["known_to"], stirred["because"]) == ("comintern", "Stirred in Britain.")


def test_start_and_ledger_give_the_values_of_every_line(played: Session) -> None:
    values = {name: played.closes[0].values[slot] for name, slot in played.program.layout.index.items()}
    for turn in (1, 2):
        line = turn_data(played, turn)
        for entry in line["ledger"]:
            values[entry["slot"]] = values.get(entry["slot"], 0) + entry["delta"]
        assert {name: values[name] for name in line["values"]} == line["values"]


def test_parents_stand_within_their_causes(played: Session) -> None:
    echo = next(entry for entry in turn_data(played, 2)["ledger"] if entry["cause"]["id"] == "echo")
    assert echo["cause"]["parent"] == {
        "kind": "choice", "id": "genoa", "turn": 1, "branch": "sign", "by": "narkomindel",
    }  # fmt: skip


def test_the_outcome_names_ending_scores_verdicts_and_hash(played: Session) -> None:
    found = through_json(outcome_data(played))
    fingerprint = found.pop("fingerprint")
    assert fingerprint == played.program.scenario.fingerprint != ""
    assert found == {
        "outcome": "done", "title": "It is done", "turns": 2, "scenario": "small", "seed": 6, "fate": "historical",
        "scores": {"trade": 3}, "verdicts": {"trade": "Trade 3."}, "hash": played.state.digest(),
    }  # fmt: skip
    assert len(found["hash"]) == 64


def test_the_outcome_of_a_game_in_progress_is_open() -> None:
    assert outcome_data(game(YAML))["outcome"] is None


def test_the_transcript_is_a_chronicle(played: Session) -> None:
    assert list(transcript(played)) == [
        "A short pause",
        "historical fate, seed 6",
        "",
        "Winter 1921 (1921-Q1)",
        "  * Genoa — Sign",
        "  * A visit, Britain",
        "  comintern: Stir → Britain",
        "    Gold +10: the teacher's hand",
        "    Trade +2: Signed.",
        "    Britain: relations −2: Stirred in Britain.",
        "    Britain: relations +1: A visit, Britain",
        "  Trade 7 (+2)",
        "",
        "Spring 1921 (1921-Q2)",
        "  * An echo",
        "    Trade −4: It echoed.",
        "  Trade 3 (−4)",
        "",
        "It is done (done)",
        "  Trade: Trade 3.",
        f"hash {played.state.digest()}",
    ]


def test_the_hash_is_of_seed_fate_and_values(played: Session) -> None:
    again = game(YAML, seed=6, fate="historical")
    for made in played.made:
        again.move(made.move)
    assert again.state.digest() == played.state.digest()
    assert (
        len(
            {
                session.state.digest()
                for session in (game(YAML, 1), game(YAML, 2), game(YAML, 1, "historical"))
            }
        )
        == 3
    )
