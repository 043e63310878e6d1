"""Do the rules of the main scenario say what it is about: trade leads to revolution, and suspicion cuts the links?"""

from __future__ import annotations

from game.play.feeding import feeding, variables_shown
from game.views.screens.countries import DOSSIER
from tests.scenarios.branching import program


def test_in_the_main_scenario_trade_leads_to_revolution_and_suspicion_cuts_in() -> None:
    ready = program()
    found = {
        (each.source, each.target): each.way for each in feeding(ready, variables_shown(ready, DOSSIER)).feeds
    }
    chain = [
        ("each.trade_treaty", "each.trade"), ("each.trade", "trade"), ("trade", "gold"), ("gold", "industry"),
        ("each.recognition", "recognition"), ("each.recognition", "each.relations"), ("each.relations", "security"),
        ("industry", "security"), ("industry", "revolution"), ("security", "revolution"), ("each.party", "revolution"),
    ]  # fmt: skip
    assert {each: found.get(each) for each in chain} == dict.fromkeys(chain, 1)
    assert found["each.suspicion", "each.relations"] == -1
    assert found["comintern", "each.suspicion"] == 1
    assert found["each.party", "each.suspicion"] == 1
