"""A refusal is one sentence that says what is lacking and what there is."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import pytest

from game.rules.state import SENTENCES, IllegalOrder, Order, Refusal
from tests.rules.small import close, game, turn

YAML = """
tracks:
  narkomindel: {label: Narkomindel, means: 5}
  comintern: {label: Comintern, means: 5, known_to: comintern}
variables:
  gold: {start: 6, max: 100, label: Gold}
  line: {start: front, words: [front, class], labels: {front: united front, class: class against class}, set_by: comintern, when: "turn >= on('1921-Q3')"}
  balance: {start: 50, min: 20, max: 80, set_by: both, label: Course}
  ready: {start: false, label: readiness}
country_variables:
  relations: {start: -3, min: -100, max: 100, label: Relations}
  recognition: {start: none, words: [none, de_facto, de_jure], labels: {de_facto: de facto, de_jure: de jure}}
  treaty: {start: false, label: trade treaty}
countries: {britain: {name: Britain}, persia: {name: {en: Persia}}}
milestones: [{id: first-friend, label: A first friend, when: "ready", historically: 1922-01-01}]
events:
  - {id: genoa, title: Genoa, window: 1922-Q4}
  - id: ask
    window: 1922-Q3
    asks: narkomindel
    choices: [{id: x, label: X}, {id: y, label: Y, when: "gold > 50"}]
orders:
"""
TRACK = "track: narkomindel, target: [britain]"


def refused(condition: str) -> str:
    """Why an order with this condition is refused in the first turn."""
    played = game(YAML + f'  - {{id: o, label: Offer, {TRACK}, when: "{condition}"}}\n')
    played.open()
    return played.draft_order(Order("o", "britain"))


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("target.relations >= 10", "Needs Britain: relations at least 10 (now −3)."),
        ("10 <= target.relations", "Needs Britain: relations at least 10 (now −3)."),
        ("target.relations < -3", "Needs Britain: relations below −3 (now −3)."),
        ("gold > 6", "Needs Gold above 6 (now 6)."),
        ("gold >= 5 and gold <= 4", "Needs Gold at most 4 (now 6)."),
        ("gold > 7 or target.relations > 0", "Needs Gold above 7 (now 6) or Britain: relations above 0 (now −3)."),
        ("target.recognition == 'de_jure'", "Needs Britain: recognition de jure (now none)."),
        ("target.recognition != 'none'", "Needs Britain: recognition other than none (now none)."),
        ("target.recognition in ('de_facto', 'de_jure')", "Needs Britain: recognition de facto or de jure (now none)."),
        ("target.recognition not in ('none', 'de_facto')", "Needs Britain: recognition other than none or de facto (now none)."),
        ("line == 'class'", "Needs Line class against class (now united front)."),
        ("target.treaty", "Needs Britain: trade treaty."),
        ("ready", "Needs Readiness."),
        ("not (target.relations < 0)", "Needs Britain: relations not below 0 (now −3)."),
        ("not (target.treaty or gold > 2)", "Needs Britain: no trade treaty and Gold not above 2 (now 6)."),
        ("happened('genoa')", "Needs “Genoa” past."),
        ("not happened('genoa') and running('o', britain)", "Needs “Offer” under way."),
        ("turns_since('genoa') < 3", "Needs turns since “Genoa” below 3 (now 9999)."),
        ("lead('first-friend') >= 0", "Needs turns ahead of history with “A first friend” at least 0 (now −9999)."),
        ("turn >= on('1922-Q2')", "Needs a time from Spring 1922 on (now Winter 1921)."),
        ("target == persia", "Needs the target Persia (now Britain)."),
        ("count(each.relations > 20) >= 2", "Needs the number of countries with relations above 20 at least 2 (now 0)."),
        ("total(each.relations) >= 0", "Needs the total of relations at least 0 (now −6)."),
        ("gold + 3 > 20", "Needs the reckoning above 20 (now 9)."),
        ("before(gold) > 20", "Needs Gold at the opening above 20 (now 6)."),
        ("means('narkomindel') > 9", "Needs means of Narkomindel above 9 (now 5)."),
        ("any(each.treaty)", "Needs a condition that does not hold now."),
    ],
)  # fmt: skip
def test_a_condition_is_refused_by_its_first_part_that_does_not_hold(condition: str, sentence: str) -> None:
    assert refused(condition) == sentence


def test_lacking_means_and_stocks_are_named_with_what_is_left() -> None:
    played = game(YAML + f"""\
  - {{id: o, label: Offer, {TRACK}, cost: {{means: 3, gold: 2}}}}
  - {{id: p, label: Pay, track: narkomindel, cost: {{gold: 5}}}}
  - {{id: q, label: Query, track: narkomindel, cost: {{means: 4}}}}
""")  # fmt: skip
    played.open()
    assert played.draft_order(Order("o", "britain")) == ""
    assert played.draft_order(Order("p")) == "Needs 5 gold; 4 left."
    assert played.draft_order(Order("q")) == "Needs 4 means; 2 left."
    assert played.draft_order(Order("o", "britain")) == "Already ordered this turn."
    assert played.draft_order(Order("o")) == "'Offer' must be aimed at a country."
    assert played.draft_order(Order("o", "persia")) == "'Offer' cannot be aimed at Persia."
    assert played.draft_order(Order("q", "persia")) == "'Query' is not aimed at anybody."
    assert played.draft_order(Order("r")) == "There is no order 'r'."
    assert [(track.id, track.left) for track in played.observe().tracks] == [
        ("comintern", 5),
        ("narkomindel", 2),
    ]


def test_waiting_is_told_in_turns() -> None:
    played = game(YAML + f"""\
  - {{id: o, label: Offer, {TRACK}, repeats: 3}}
  - {{id: p, label: Pact, {TRACK}, takes: 2, results: {{yes: {{}}}}}}
""")  # fmt: skip
    turn(played, "o britain", "p britain")
    told = []
    for _ in range(3):
        played.open()
        told += [played.draft_order(Order(name, "britain")) for name in "op"]
        close(played)
    assert told == [
        "Possible again in 2 turns.", "Already under way, its result falls due next turn.",
        "Possible again next turn.", "Already under way, its result falls due this turn.",
        "", "",
    ]  # fmt: skip


def test_settings_are_refused_in_words() -> None:
    played = game(YAML + f"  - {{id: o, label: Offer, {TRACK}}}\n")
    played.open()
    assert played.draft_setting("line", 1) == "Needs a time from Summer 1921 on (now Winter 1921)."
    assert played.draft_setting("balance", 90) == "'course' must lie between 20 and 80."
    assert played.draft_setting("line", 0, "narkomindel") == "'line' cannot be set by this role."
    assert played.draft_setting("gold", 1) == "'gold' cannot be set by this role."
    shown = {each.id: each.refusal for each in played.observe().settings}
    assert shown == {"balance": "", "line": "Needs a time from Summer 1921 on (now Winter 1921)."}


def test_a_closed_choice_says_on_the_card_what_it_needs() -> None:
    played = game(YAML + f"  - {{id: o, label: Offer, {TRACK}}}\n")
    for _ in range(6):
        turn(played)
    played.open()
    question = played.observe().question
    assert question is not None
    assert [each.refusal for each in question.options] == ["", "Needs Gold above 50 (now 6)."]
    with pytest.raises(IllegalOrder, match="'y' cannot be chosen now"):
        played.answer("y")


def test_a_smaller_purse_lets_the_latest_orders_fall_out_of_the_draft() -> None:
    played = game("""
tracks:
  narkomindel: {label: N, means: "balance // 10"}
  comintern: {label: C, means: 1}
variables: {balance: {start: 50, max: 100, set_by: both}}
orders: [{id: a, label: A, track: narkomindel, cost: {means: 3}}, {id: b, label: B, track: narkomindel, cost: {means: 2}}]
""")
    played.open()
    assert played.draft_order(Order("a")) == played.draft_order(Order("b")) == ""
    assert played.draft_setting("balance", 40) == ""
    assert played.observe().orders == (Order("a"),)
    played.withdraw(Order("a"))
    played.withdraw(Order("a"))
    assert played.observe().orders == ()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_refusal_has_one_whole_sentence(code: str) -> None:
    values = {
        "order": "o", "target": "t", "turns": 2, "most": 12, "needed": 3, "left": 1, "stock": "gold", "choice": "c",
        "setting": "s", "low": 0, "high": 9, "slot": "x", "event": "e",
    }  # fmt: skip
    sentence = str(Refusal(code, values))
    assert sentence.endswith(".") and "{" not in sentence
    assert sentence[0].isupper() or sentence[0] == "'"
