"""What is a session seen as: values, cards, trails, outlook, ends."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from game.rules.state import Order
from tests.rules.small import close, entry, game, turn

YAML = """
variables:
  gold: {start: 20, max: 40, unit: million roubles, rank: 2, label: Gold}
  trade: {start: 5, max: 100, history: {1921-Q1: 6}}
  budget: {is: "gold // 2", label: Budget}
  balance: {start: 50, max: 100, set_by: both}
scores: {prestige: {start: 30, label: Prestige, rank: 1, toward: 32}}
country_variables:
  relations: {start: 0, min: -100, max: 100}
  pact: {start: none, words: [none, neutral], labels: {neutral: neutrality}}
countries: {britain: {name: Britain, text: An island.}, persia: {name: Persia, start: {exists: false}}}
events:
  - id: genoa
    title: "{gold} delegations"
    style: telegram
    place: Genoa
    text: "There were {gold} in the till."
    text_basic: "Much money."
    historically: 1921-02-10?
    window: 1921-Q1..1921-Q2
    asks: narkomindel
    content_note: Hard words.
    toll: Two clerks died of boredom.
    sources: [jacobson, a letter from the attic]
    confidence: high
    dispute: Who spoke first.
    teaching: {note: Read it aloud., questions: [Why?]}
    choices:
      - id: sign
        label: Sign
        text: A stroke of the pen.
        effects: {britain.relations: +3, britain.pact: neutral, gold: -5}
        because: Signed at {gold}.
        results:
          kept: {label: They keep it, text: "London kept its word at {gold}.", chance: 70, effects: {trade: +2}, because: It was kept.}
          broken: {effects: {trade: -2}, because: It was broken.}
      - {id: leave, label: Leave, toll: One clerk fewer.}
  - {id: revive, window: 1922-Q4, effects: {persia.exists: true}}
  - {id: echo, title: An echo, only_then: true, effects: {trade: -1}, because: It echoed.}
orders:
  - {id: talks, label: Trade talks, track: narkomindel, target: country, cost: {means: 2, gold: 3}, text: "A letter to {target}.", effects: {target.relations: +2, gold: +1}, takes: 1, results: {good: {chance: 60, effects: {trade: +5}, because: Good., then: {event: echo}}, bad: {because: Bad.}}, because: "Talks with {target}."}
verdicts: [{id: v, about: trade, rank: 1, text: "Trade came to {trade}."}]
sources: {jacobson: {label: Jacobson, text: "Jon Jacobson, a book of 1994.", worth: A monograph.}}
"""


def test_a_card_shows_what_is_certain_and_what_is_likely() -> None:
    played = game(YAML)
    played.open()
    card = played.observe().question
    assert card is not None
    assert (card.title, card.style, card.place, card.date) == (
        "20 delegations", "telegram", "Genoa", "about 10 February 1921",
    )  # fmt: skip
    assert (card.text, card.content_note, card.notes.teaching, card.notes.questions) == (
        "There were 20 in the till.", "Hard words.", "Read it aloud.", ("Why?",),
    )  # fmt: skip
    assert card.notes.sources == ("Jon Jacobson, a book of 1994. A monograph.", "a letter from the attic")
    sign = card.options[0]
    assert [(shift.slot, shift.shown) for shift in sign.certain] == [
        ("gold", "−5"), ("britain.relations", "+3"), ("britain.pact", "neutrality"),
    ]  # fmt: skip
    assert [(each.label, each.percent, each.text, [s.shown for s in each.shifts]) for each in sign.likely] == [
        ("They keep it", 70, "It was kept.", ["+2"]), ("Broken", 30, "It was broken.", ["−2"]),
    ]  # fmt: skip
    assert card.options[1].certain == ()


def test_what_was_decided_and_what_came_of_it_stands_on_the_card_afterwards() -> None:
    played = game(YAML, fate="historical")
    played.open()
    assert played.dispatches() == ()
    played.answer("sign")
    card = played.dispatches()[0]
    assert (card.event, card.answer, card.options) == ("genoa", "Sign", ())
    assert card.told == ("Signed at 20.", "London kept its word at 15.", "It was kept.")
    close(played)
    for _ in range(3):
        turn(played)
    old = played.dispatches(turn=1)[0]
    assert (old.event, old.date) == ("genoa", "about 10 February 1921")


def test_what_it_cost_in_lives_is_said_of_the_choice_or_else_of_the_event() -> None:
    played = game(YAML, fate="historical")
    played.open()
    card = played.observe().question
    assert card is not None and [each.toll for each in card.options] == ["", "One clerk fewer."]
    played.answer("sign")
    assert played.dispatches()[0].toll == "Two clerks died of boredom."
    other = game(YAML)
    other.open()
    other.answer("leave")
    assert other.dispatches()[0].toll == "One clerk fewer."


def test_out_of_its_quarter_a_dispatch_is_dated_by_the_season() -> None:
    played = game(YAML.replace("historically: 1921-02-10?", "when: \"turn >= on('1921-Q2')\""))
    turn(played)
    played.open()
    card = played.observe().question
    assert card is not None and card.date == "Spring 1921"


def test_the_easier_wording_is_shown_to_who_asks_for_it() -> None:
    ready = game(YAML)
    easy = type(ready)(ready.program, basic=True)
    easy.open()
    card = easy.observe().question
    assert card is not None and card.text == "Much money."


def test_an_observation_holds_values_changes_and_trends() -> None:
    played = game(YAML)
    turn(played)
    played.open()
    seen = played.observe()
    gold = seen.national["gold"]
    assert (gold.value, gold.shown, gold.unit, gold.rank, gold.trend) == (
        15,
        "15",
        "million roubles",
        2,
        (20, 15),
    )
    assert (seen.national["budget"].value, seen.national["budget"].trend) == (7, (10, 7))
    assert [value.slot for value in seen.scores] == ["prestige"]
    assert (seen.turn, seen.turns, seen.turn_name, seen.step, seen.place) == (
        2,
        8,
        "Spring 1921",
        "1921-Q2",
        "orders",
    )
    assert (seen.countries["persia"].exists, seen.countries["britain"].text) == (False, "An island.")
    assert seen.countries["britain"].values["pact"].shown == "neutrality"
    assert {value.change for value in seen.national.values()} == {0}
    assert seen.reasons == ()
    close(played, "talks britain")
    assert played.observe().national["gold"].change == -2
    assert [(reason.label, reason.shown, reason.sentence, reason.cause) for reason in played.observe().reasons][:2] == [
        ("Gold", "−3", "cost of Trade talks, Britain", "cost of Trade talks, Britain"),
        ("Gold", "+1", "Talks with Britain.", "Trade talks, Britain"),
    ]  # fmt: skip


def test_offers_carry_cost_and_what_is_certain_and_likely() -> None:
    played = game(YAML)
    turn(played)
    played.open()
    offers = played.offers("narkomindel")
    assert [offer.order for offer in offers] == [Order("talks", "britain")]
    offer = offers[0]
    assert (offer.label, offer.text, offer.takes, offer.refusal) == (
        "Trade talks",
        "A letter to Britain.",
        1,
        "",
    )
    assert offer.cost == {"means": 2, "gold": 3}
    assert [(shift.slot, shift.delta) for shift in offer.certain] == [("gold", -2), ("britain.relations", 2)]
    assert [(each.label, each.percent) for each in offer.likely] == [("Good", 60), ("Bad", 40)]
    assert played.offers("narkomindel", "persia") == ()
    assert played.offers("comintern") == ()


def test_why_names_the_weightiest_first_and_the_trail_leads_to_the_decision() -> None:
    played = game(YAML, fate="historical")
    turn(played)
    turn(played, "talks britain")
    turn(played)
    turn(played)
    assert [(reason.shown, reason.sentence) for reason in played.why("trade")] == [
        ("+5", "Good."), ("+2", "It was kept."), ("−1", "It echoed."),
    ]  # fmt: skip
    assert [reason.shown for reason in played.why("trade", turn=4)] == ["−1"]
    echo = entry(played, "event:echo")
    assert [(step.sentence, step.entry.turn) for step in played.trail(echo)] == [
        ("Good.", 3), ("Talks with Britain.", 2),
    ]  # fmt: skip
    where = played.why("trade")[0].where
    assert where.rpartition(":")[0].endswith("small.yaml") and where.rpartition(":")[2].isdigit()


def test_the_outlook_is_what_a_close_in_historical_fate_would_bring_and_changes_nothing() -> None:
    played = game(YAML)
    turn(played)
    played.open()
    before = played.state
    played.draft_order(Order("talks", "britain"))
    outlook = played.outlook()
    assert (outlook["gold"], outlook["prestige"], outlook["trade"]) == (-2, 1, 0)
    assert played.state == before
    played.close()
    assert played.value("gold") == 13


def test_the_end_is_told_with_its_verdicts() -> None:
    played = game(YAML, fate="historical")
    for _ in range(8):
        turn(played)
    outcome = played.observe().outcome
    assert outcome is not None
    assert (outcome.ending, outcome.title, outcome.verdicts[0].text) == ("done", "Done", "Trade came to 7.")
    assert [made.turn for made in played.made if type(made.move).__name__ == "Plan"] == list(range(1, 9))


def test_one_player_sets_for_both_roles_at_once() -> None:
    played = game(YAML)
    turn(played)
    played.open()
    assert played.draft_setting("balance", 60) == ""
    assert played.settings == {"narkomindel": {"balance": 60}, "comintern": {"balance": 60}}
    assert [(each.id, each.value, each.drafted) for each in played.observe().settings] == [
        ("balance", 50, 60)
    ]
    played.close()
    assert played.value("balance") == 60
    assert played.settings == {}
