"""Do prudence and folly lead elsewhere?  Averted cards, their sequels, and the nine questions that teachers ask."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from game.compiler.load import load
from game.play.running import Run, Runner
from game.play.script import read_script
from game.rules.building import interpret
from game.rules.events import DROPPED
from game.rules.ledger import Kind
from game.rules.program import Program
from game.rules.scenario import Event

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "breathing-space"
NINE = [
    "restrained-in-britain",
    "rapallo-refused",
    "ultimatum-refused",
    "german-october",
    "debts-settled",
    "united-left",
    "bloc-broken-early",
    "concessions",
    "no-grain-export",
]
CHAINS = {
    # the eight chains of the dossier, each with what prudent play prevents on it
    "British": ["curzon-content-1923", "letter-unbelieved-1924", "arcos-unsearched-1927", "city-credit-1928"],
    "German": ["reichstag-calm-1926", "prussia-defended-1931", "germany-without-hitler-1933"],
    "debts and credits": ["creditors-queue-1923", "coupons-1927", "france-buys-on-1930"],
    "Chinese": [
        "shanghai-unbetrayed-1927",
        "compound-unsearched-1927",
        "railway-shared-1929",
        "nanking-asks-1932",
    ],
    "neighbours and pacts": ["east-of-locarno-1926", "tallinn-ballot-1925", "platform-quiet-1927"],
    "home": ["calm-summer-1927", "carts-come-1928", "hungry-year-1932"],
    "American": ["pulpwood-landed-1930", "nothing-to-sign-1933"],
    "the two tracks": ["october-passes-1923", "miners-ask-1926", "gb-labour-unbroken-1929"],
}
SEQUELS = [
    "riga-late-1921",
    "germany-follows-1924",
    "gb-labour-mends-1924",
    "berlin-reckons-1924",
    "concessions-wound-up-1929",
    "bills-protested-1932",
]


@cache
def program() -> Program:
    """The scenario, ready to run."""
    return interpret(load(str(FOLDER)).scenario)


@cache
def played(name: str) -> Run:
    """A playthrough, run once."""
    return Runner(program(), read_script(FOLDER / "playthroughs" / f"{name}.yaml")).run()


def happened(name: str) -> set[str]:
    """The events of a playthrough."""
    return {
        entry.cause.id
        for entry in played(name).session.entries
        if entry.cause.kind == Kind.EVENT and not entry.note.startswith(DROPPED)
    }


def event(id_: str) -> Event:
    """An event of the scenario."""
    return next(each for each in program().scenario.events if each.id == id_)


@pytest.mark.parametrize("name", NINE)
def test_a_question_that_teachers_ask_is_a_playthrough(name: str) -> None:
    assert [str(failure) for failure in played(name).failures] == []
    assert played(name).script.otherwise == "historical", "all else is as in history"
    assert happened(name) - happened("historical"), "nothing comes of it that history did not have"
    assert (
        sum(step == "never" for _, step, _ in played(name).script.events)
        + len(played(name).script.values)
        + sum(len(turn.expect) for turn in played(name).script.turns.values())
    )


@pytest.mark.parametrize("chain", CHAINS)
def test_each_chain_has_its_averted_cases(chain: str) -> None:
    for id_ in CHAINS[chain]:
        card = event(id_)
        assert len(card.choices) >= 2, f"{id_} brings no dilemma of its own"
        assert not any(choice.historical for choice in card.choices), f"{id_} has no historical answer"
        assert card.historically == "" or card.only_then or id_ == "october-passes-1923"
        assert card.attachments.confidence in ("low", "medium")


@pytest.mark.parametrize("id_", [id_ for ids in CHAINS.values() for id_ in ids] + SEQUELS)
def test_history_meets_no_card_of_another_road(id_: str) -> None:
    assert event(id_).attachments.teaching is not None, "it says what really happened"
    assert id_ not in happened("historical")


def test_no_road_is_free() -> None:
    """What a counterfactual wins in one score it pays for in another, at some checkpoint."""
    history = played("historical").session
    for name in NINE:
        other = played(name).session
        turns = range(1, min(len(history.closes), len(other.closes)))
        moved = {
            score: [other.trend(score)[turn] - history.trend(score)[turn] for turn in turns]
            for score in ("trade", "recognition", "security", "revolution", "standing")
        }
        assert any(min(path) <= -3 for path in moved.values()), f"{name} loses nothing"


def test_the_playthroughs_say_why() -> None:
    for name in NINE:
        script = played(name).script
        assert len(script.text.split()) >= 20, f"{name} says too little about why"
