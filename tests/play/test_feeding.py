"""What feeds what: is it read from the rules, with its sign and its sentence, and past what is not shown?"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from game.play.feeding import feeding, variables_shown
from game.play.wording import Words
from tests.rules.small import program

YAML = """
scores:
  trade: {start: 20, toward: "carried", step: 2, because: Treaties carry trade.}
  standing: {start: 50, rank: 9}
variables:
  carried: {is: "total(each.flow) // 2"}
  pipeline: {start: 0, max: 50}
  industry: {start: 10, max: 100, rank: 5}
  temper: {start: 0, max: 9}
  secret: {start: 1, max: 9, rank: 8, known_to: comintern}
country_variables:
  flow: {start: 5, toward: "20 - country.heat // 4 + (10 if country.treaty else 0)", step: 3, because: [{when: "country.heat > 50", text: "{country} shuts its ports."}, {text: "{country} buys."}]}
  heat: {start: 40}
  treaty: {start: false}
countries: {britain: {name: Britain}, germany: {name: Germany}}
rules:
  - {id: machines, when: "pipeline > 0", effects: {pipeline: -1, industry: "pipeline // 10"}, because: Machines run.}
  - {id: mood, effects: {standing: "1 if trade > 40 else -1 if trade < 10 else 0"}, because: The Politburo looks at trade.}
  - {id: swing, effects: {temper: "abs(industry - 50) // 10"}, because: It swings.}
  - {id: hush, effects: {standing: "secret"}, because: Nobody knows why.}
orders:
  - {id: buy, label: Buy, track: narkomindel, effects: {pipeline: +10}, because: Machines are ordered.}
  - {id: stir, label: Stir, track: comintern, target: country, effects: {target.heat: +5}, because: "A leaflet in {target}."}
"""
SHOWN = ("trade", "standing", "industry", "temper", "each.flow", "each.heat", "each.treaty")


def told() -> dict[tuple[str, str], tuple[int, str]]:
    """Each arrow with its way and its first sentence."""
    ready = program(YAML)
    words = Words(ready)
    return {
        (each.source, each.target): (each.way, words.sentence(each.sentences[0]) if each.sentences else "")
        for each in feeding(ready, SHOWN).feeds
    }


def test_every_arrow_comes_from_a_rule_with_its_sign_and_its_sentence() -> None:
    assert told() == {
        ("comintern", "each.heat"): (1, "A leaflet in Britain."),
        ("narkomindel", "industry"): (1, "Machines are ordered."),
        ("trade", "standing"): (1, "The Politburo looks at trade."),
        ("industry", "temper"): (0, "It swings."),
        ("each.flow", "trade"): (1, "Treaties carry trade."),
        ("each.heat", "each.flow"): (-1, "Britain shuts its ports."),
        ("each.treaty", "each.flow"): (1, "Britain buys."),
    }


def test_what_is_not_shown_is_passed_through_and_what_is_secret_never_shown() -> None:
    arrows = told()
    assert ("narkomindel", "industry") in arrows, "through what is on order"
    assert not [each for each in arrows if "secret" in each or "pipeline" in each]
    assert variables_shown(program(YAML), ("heat", "flow")) == (
        "industry",
        "standing",
        "trade",
        "each.heat",
        "each.flow",
    )
