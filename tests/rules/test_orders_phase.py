"""What may a role order and set, what does it cost, and when does it act?"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from itertools import permutations

import pytest

from game.play.session import Session
from game.rules.engine import legal_orders, step
from game.rules.orders import offers
from game.rules.state import IllegalOrder, Order, Plan
from tests.rules.small import close, entry, game, moved, plan, turn

TALKS = """
variables: {gold: {start: 20, max: 100}, won: {start: 0}, standing: {start: 5, max: 100}}
country_variables: {relations: {start: 0, min: -100}, pact: {start: false}}
countries: {britain: {name: Britain}, persia: {name: Persia, start: {relations: -60}}, china: {name: China}}
orders:
  - {id: talks, label: Talks, track: narkomindel, target: [britain, persia], cost: {means: 4, gold: 8}, repeats: 2, when: "target.relations > -50", effects: {target.relations: +3}}
  - {id: treaty, label: Treaty, track: narkomindel, target: country, takes: 2, cost: {means: 2, gold: 1}, effects: {target.relations: +1}, results: {done: {effects: {target.pact: true, won: target.relations}}}}
  - {id: appeal, label: Appeal, track: narkomindel, cost: {means: 3}, effects: {standing: +1}}
  - {id: fund, label: Fund, track: comintern, target: country, cost: {means: 2, gold: 9}, effects: {target.relations: -2}}
"""


def refusal(session: Session, *orders: str, by: str = "") -> str:
    """The code with which the last of these orders is refused."""
    with pytest.raises(IllegalOrder) as refused:
        session.move(plan(session, *orders, by=by))
    return refused.value.refusal.code


def test_orders_are_judged_alone_and_together() -> None:
    played = game(TALKS)
    played.open()
    before = played.state
    assert refusal(played, "talk britain", by="narkomindel") == "unknown-order"
    assert refusal(played, "fund britain", by="narkomindel") == "not-your-track"
    assert refusal(played, "talks") == "needs-target"
    assert refusal(played, "appeal britain") == "no-target"
    assert refusal(played, "talks china") == "bad-target"
    assert refusal(played, "talks nowhere") == "bad-target"
    assert refusal(played, "talks persia") == "condition"
    assert refusal(played, "talks britain", "talks britain") == "twice"
    assert (
        refusal(played, "talks britain", "appeal", "treaty china", "treaty britain", "treaty persia")
        == "means"
    )
    assert refusal(played, "fund britain", "fund china", "fund persia") == "stock"
    assert played.state == before


def test_the_order_of_orders_changes_nothing() -> None:
    session = game(TALKS)
    ends = []
    for orders in permutations(("talks britain", "appeal", "treaty china", "fund britain")):
        played = Session(session.program, 1, "open")
        played.open()
        close(played, *orders)
        ends.append((played.state, played.entries))
    assert all(end == ends[0] for end in ends)


def test_a_cost_is_an_entry_and_means_last_one_turn() -> None:
    played = game(TALKS)
    turn(played, "talks britain", "fund china")
    assert moved(played, "gold") == [(-9, "cost:fund@china"), (-8, "cost:talks@britain")]
    assert entry(played, "cost:fund@china").known_to == "comintern"
    assert entry(played, "cost:talks@britain").cause.decision() == entry(played, "cost:talks@britain").cause
    state, index = played.state, played.program.layout.index
    assert (state.values[index["purse:narkomindel"]], state.values[index["unspent:narkomindel"]]) == (10, 6)


def test_two_roles_may_overdraw_a_stock_and_its_minimum_catches_it() -> None:
    played = game(TALKS.replace("gold: {start: 20", "gold: {start: 16"))
    turn(played, "talks britain", "fund china")
    assert moved(played, "gold")[-1] == (1, "limit:gold")
    assert played.value("gold") == 0


def test_a_stock_may_be_spent_down_to_its_minimum_only() -> None:
    played = game(TALKS.replace("gold: {start: 20,", "gold: {start: 20, min: 13,"))
    played.open()
    assert refusal(played, "talks britain") == "stock"


def test_an_order_for_a_target_may_be_repeated_after_so_many_turns() -> None:
    played = game(TALKS)
    turn(played, "talks britain")
    played.open()
    assert refusal(played, "talks britain") == "waiting"
    close(played, "appeal")
    played.open()
    assert Order("talks", "britain") in legal_orders(played.program, played.state, "narkomindel")


def test_what_takes_time_acts_at_once_and_its_result_falls_due_later() -> None:
    played = game(TALKS)
    turn(played, "treaty britain", "treaty china")
    assert moved(played, "britain.relations", 1) == [(1, "order:treaty@britain")]
    played.open()
    assert refusal(played, "treaty britain") == "running"
    close(played, "talks britain")
    played.open()
    assert refusal(played, "treaty britain") == "running"
    close(played)
    assert moved(played, "britain.pact") == [(1, "order:treaty/=done@britain")]
    late = entry(played, "order:treaty/=done@britain")
    assert (late.turn, late.cause.by) == (3, "")
    assert late.cause.parent == entry(played, "order:treaty@britain").cause
    decision = late.cause.decision()
    assert decision is not None and (decision.turn, decision.by) == (1, "narkomindel")
    assert played.value("won") == 4 + 1
    played.open()
    close(played, "treaty britain")


def test_running_is_true_until_the_result_falls_due() -> None:
    played = game(
        TALKS
        + """
events: [{id: seen, each: country, when: "running('treaty', country)", repeats: 1}]
rules: [{id: late, each: country, when: "running('treaty', country)", effects: {standing: +1}}]
"""
    )
    turn(played, "treaty china")
    for _ in range(3):
        turn(played)
    assert [each.turn for each in played.entries if each.cause.id == "seen"] == [2, 3]
    assert [each.turn for each in played.entries if each.cause.id == "late"] == [1, 2]


def test_cancel_drops_a_running_order() -> None:
    played = game(
        TALKS
        + """
events: [{id: rupture, each: country, window: 1921-Q2, when: "country == china", cancel: [treaty]}]
"""
    )
    turn(played, "treaty britain", "treaty china")
    turn(played)
    turn(played)
    assert (played.value("britain.pact"), played.value("china.pact")) == (1, 0)


def test_new_orders_and_results_that_fall_due_read_one_picture() -> None:
    played = game("""
variables: {gold: {start: 1, max: 99}, saw: {start: 0}}
orders:
  - {id: slow, label: S, track: narkomindel, takes: 1, results: {done: {effects: {gold: "gold"}}}}
  - {id: quick, label: Q, track: comintern, effects: {gold: "gold", saw: "gold"}}
""")
    turn(played, "slow")
    turn(played, "quick")
    assert (played.value("gold"), played.value("saw")) == (3, 1)


MODIFIED = """
variables: {gold: {start: 50, max: 100}, envoy: {start: true}, hard: {start: false}}
countries: {germany: {name: Germany}, britain: {name: Britain}}
orders:
  - {id: talks, label: Talks, track: narkomindel, target: country, cost: {means: 3}}
  - {id: appeal, label: Appeal, track: narkomindel, cost: {means: 1, gold: 2}}
  - {id: fund, label: Fund, track: comintern, target: country, cost: {means: 3}}
modifiers:
  - {id: friend, when: "envoy and target == germany", track: narkomindel, cost: {means: -1}, because: "A friend in {target}."}
  - {id: cheap, when: "envoy", orders: [appeal], cost: {means: -9, gold: -1}}
  - {id: dear, when: "hard", cost: {means: +1, gold: +5}}
"""


def costs(yaml: str) -> dict[str, dict[str, int]]:
    """What every order costs in the first turn."""
    played = game(yaml)
    played.open()
    return {
        str(offer.order): dict(offer.cost)
        for role in played.roles
        for offer in offers(played.picture(), role)
    }


def test_modifiers_add_to_the_cost_of_the_orders_they_fit_and_no_cost_falls_below_zero() -> None:
    assert costs(MODIFIED) == {
        "talks -> germany": {"means": 2}, "talks -> britain": {"means": 3}, "appeal": {"means": 0, "gold": 1},
        "fund -> germany": {"means": 3}, "fund -> britain": {"means": 3},
    }  # fmt: skip


def test_modifiers_bear_only_while_their_condition_holds() -> None:
    changed = MODIFIED.replace("envoy: {start: true}", "envoy: {start: false}")
    changed = changed.replace("hard: {start: false}", "hard: {start: true}")
    assert costs(changed)["appeal"] == {"means": 2, "gold": 7}
    assert costs(changed)["talks -> germany"] == {"means": 4, "gold": 5}


def test_the_card_of_an_order_names_the_modifiers_that_bear_on_it() -> None:
    played = game(MODIFIED)
    played.open()
    cards = {str(card.order): card.reasons for card in played.offers("narkomindel")}
    assert cards == {"talks -> germany": ("A friend in Germany.",), "talks -> britain": (), "appeal": ()}


SET = """
variables:
  balance: {start: 50, min: 20, max: 80, set_by: both}
  line: {start: soft, words: [soft, hard], set_by: comintern, when: "turn >= on('1921-Q2')", cost: {means: 2, gold: 7}}
  gold: {start: 10, max: 100}
tracks:
  narkomindel: {label: N, means: "balance // 10"}
  comintern: {label: C, means: "10 - balance // 10"}
orders: [{id: fund, label: Fund, track: comintern, cost: {means: 4, gold: 4}, effects: {}}, {id: brief, label: B, track: comintern, cost: {means: 1}}, {id: slow, label: S, track: narkomindel, cost: {means: 6}}]
events: [{id: turned, window: 1921-Q4, effects: {line: soft}}]
"""


def test_with_two_roles_the_mean_of_what_they_name_holds_rounded_down() -> None:
    played = game(SET)
    turn(played, settings={"narkomindel": {"balance": 61}, "comintern": {"balance": 40}})
    assert played.value("balance") == 50
    assert moved(played, "balance") == []
    turn(played, settings={"narkomindel": {"balance": 62}, "comintern": {"balance": 41}})
    assert played.value("balance") == 51
    assert entry(played, "setting:balance").cause.by == "both"


def test_a_setting_is_legal_for_its_role_within_its_range_while_its_condition_holds() -> None:
    played = game(SET)
    played.open()
    for role, name, value, code in (
        ("narkomindel", "line", 1, "unknown-setting"), ("comintern", "line", 1, "setting-closed"),
        ("comintern", "balance", 81, "setting-range"), ("comintern", "gold", 5, "unknown-setting"),
        ("nobody", "balance", 60, "unknown-setting"),
    ):  # fmt: skip
        with pytest.raises(IllegalOrder) as refused:
            played.move(Plan({role: {name: value}}))
        assert refused.value.refusal.code == code
    close(played, settings={"comintern": {"line": 0}})
    turn(played, settings={"comintern": {"line": 1}})
    assert moved(played, "line") == [(1, "setting:line")]


def test_a_change_of_a_setting_costs_once_and_its_result_is_the_picture_of_the_orders() -> None:
    played = game(SET)
    turn(played, settings={"narkomindel": {"balance": 60}})
    played.open()
    close(played, "slow", settings={"comintern": {"line": 1}})
    assert moved(played, "gold") == [(-7, "cost:line")]
    index = played.program.layout.index
    assert played.state.values[index["unspent:comintern"]] == 10 - 6 - 2


def test_orders_must_fit_beside_what_settings_cost() -> None:
    played = game(SET)
    turn(played)
    played.open()
    for settings, orders, code in (
        ({"comintern": {"line": 1}}, ("fund",), "stock"),
        ({"comintern": {"line": 1, "balance": 80}, "narkomindel": {"balance": 80}}, ("brief",), "means"),
        ({"comintern": {"line": 1, "balance": 80}, "narkomindel": {"balance": 80}}, (), ""),
    ):
        if not code:
            close(played, settings=settings)
            continue
        with pytest.raises(IllegalOrder) as refused:
            close(played, *orders, settings=settings)
        assert refused.value.refusal.code == code


def test_a_setting_that_cannot_be_paid_is_refused() -> None:
    played = game(SET.replace("gold: {start: 10", "gold: {start: 6"))
    turn(played)
    played.open()
    with pytest.raises(IllegalOrder) as refused:
        close(played, settings={"comintern": {"line": 1}})
    assert (refused.value.what, refused.value.refusal.code) == ("line", "stock")
    assert "gold" in played.draft_setting("line", 1)


def test_effects_may_move_a_setting_whatever_its_condition() -> None:
    played = game(SET)
    turn(played)
    turn(played, settings={"comintern": {"line": 1}})
    turn(played)
    played.open()
    assert (moved(played, "line")[-1], played.value("line")) == ((-1, "event:turned"), 0)


def test_at_most_twelve_orders_a_role_and_turn() -> None:
    orders = "\n".join(f"  - {{id: o{number}, label: O, track: narkomindel}}" for number in range(13))
    played = game(f"orders:\n{orders}")
    played.open()
    assert refusal(played, *(f"o{number}" for number in range(13))) == "too-many"
    close(played, *(f"o{number}" for number in range(12)))


def test_a_country_that_is_gone_can_be_no_target() -> None:
    played = game("""
countries: {a: {name: A}, b: {name: B, start: {exists: false}}}
orders: [{id: o, label: O, track: narkomindel, target: country}]
events: [{id: revive, window: 1922-Q4, effects: {b.exists: true}}]
""")
    played.open()
    assert refusal(played, "o b") == "bad-target"
    assert legal_orders(played.program, played.state, "narkomindel") == (Order("o", "a"),)


def test_what_has_a_legal_offer_may_be_ordered_and_nothing_else() -> None:
    played = game(TALKS)
    played.open()
    for role, mine in (("narkomindel", (Order("treaty", "britain"),)), ("comintern", ())):
        legal = set(legal_orders(played.program, played.state, role, mine))
        assert legal
        for offer in offers(played.picture(), role, mine):
            assert (offer.order in legal) == (offer.refusal is None)
            move = Plan({}, {role: (*mine, offer.order)})
            if offer.order in legal:
                step(played.program, played.state, move)
            else:
                with pytest.raises(IllegalOrder):
                    step(played.program, played.state, move)
