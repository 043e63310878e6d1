"""Do trade, gold, harvest, machines and the slump work as docs/systems.md says?"""

from __future__ import annotations

import pytest

from tests.scenarios.branching import (
    at,
    chance,
    close,
    derived,
    eve,
    happened,
    moved,
    offer,
    open_quarter,
    record,
    teach,
    turn_of,
    word,
)

RICH = {"standing": 75, "gold": 400}
LINKS: list[tuple[dict[str, int | str], dict[str, int | str], str]] = [
    # what is more of, what follows in the rules' reckoning
    ({"britain.trade_treaty": 0}, {"britain.trade_treaty": 1}, "britain.wanted"),
    ({"britain.trade": 5}, {"britain.trade": 60}, "trade_carried"),
    ({"britain.trade": 5}, {"britain.trade": 60}, "britain.relations_goal"),
    ({"britain.relations": 0}, {"britain.relations": 40}, "britain.recognition_worth"),
    ({"britain.recognition": "none"}, {"britain.recognition": "de_jure"}, "recognition_earned"),
    ({"britain.recognition": "none"}, {"britain.recognition": "de_jure"}, "britain.relations_goal"),
    ({"britain.relations": -20}, {"britain.relations": 40}, "safety"),
    ({"industry": 20}, {"industry": 60}, "safety"),
    ({"industry": 20, "security": 20}, {"industry": 60, "security": 60}, "prospects"),
]


@pytest.mark.parametrize(("less", "more", "what"), LINKS, ids=[f"{next(iter(b))}-{c}" for _, b, c in LINKS])
def test_the_chain_from_trade_to_revolution(
    less: dict[str, int | str], more: dict[str, int | str], what: str
) -> None:
    """S21: every link of it holds."""
    assert derived("1925-Q2", what, less) < derived("1925-Q2", what, more)


def test_scores_follow_what_the_countries_carry() -> None:
    """S21: a treaty struck out pulls trade and recognition down over the next quarters."""
    kept, lost = at("1925-Q2"), at("1925-Q2")
    teach(lost, {"germany.trade_treaty": 0, "germany.recognition": "none", "germany.relations": -40})
    for game in (kept, lost):
        close(game, quarters=3)
    assert lost.value("trade") < kept.value("trade")
    assert lost.value("recognition") < kept.value("recognition")
    assert moved(lost, "recognition", "pull:recognition") < 0


@pytest.mark.parametrize("score", ["trade", "recognition", "security", "revolution"])
def test_a_splash_wears_off(score: str) -> None:
    """S21: what no country carries does not last."""
    for level, lasting in ((95, -1), (0, 1)):
        game = at("1925-Q2")
        teach(game, {score: level})
        assert moved(close(game), score, f"pull:{score}") * lasting > 0


def test_customers_bear_a_hostile_cabinet_better() -> None:
    """S22: trade sets something against what a cabinet of the right thinks."""
    hostile = {"britain.stance": -2, "britain.mood": 0}
    goals = [derived("1925-Q2", "britain.relations_goal", {**hostile, "britain.trade": n}) for n in (0, 80)]
    assert goals[1] - goals[0] >= 9
    for trade, better in ((0, False), (80, True)):
        game = at("1925-Q2")
        teach(game, {**hostile, "britain.trade": trade, "britain.relations": goals[0] + 5})
        close(game)
        assert (moved(game, "britain.relations", "pull:relations@britain") > 0) == better


def test_a_concession_ties_the_country_to_the_world_and_costs_standing() -> None:
    """S25, S34."""
    game = close(at("1924-Q2", RICH), "concession germany")
    for slot in ("trade", "industry", "gold", "germany.relations"):
        assert moved(game, slot, "order:concession") > 0
    assert moved(game, "standing", "order:concession") < 0
    later = close(at("1928-Q4", RICH), "concession germany")
    assert moved(later, "standing", "order:concession") < moved(game, "standing", "order:concession")


def test_few_take_a_concession_from_a_state_they_do_not_trust() -> None:
    """S34."""
    assert offer(at("1924-Q2", {**RICH, "france.relations": -70}), "concession", "france").refusal
    game = at("1922-Q4")
    assert moved(game, "standing", "choice:urquhart-1922/reject") > 0
    assert moved(game, "britain.relations", "choice:urquhart-1922/reject") < 0


def test_from_1928_dependence_is_held_against_you() -> None:
    """S26: trade above what the plan needs costs the Politburo's confidence; before 1928 it does not."""
    for step, held in (("1927-Q4", False), ("1929-Q2", True)):
        enough, much = (derived(step, "confidence", {"trade": n, "expected": 100}) for n in (60, 80))
        assert (much < enough) == held
        assert (derived(step, "dependence", {"trade": 80}) > 0) == held


def test_one_buyer_and_one_seller() -> None:
    """S27: kept, the monopoly builds; given up, trade and foreign goodwill rise while gold and standing go."""
    keep, abolish = (at("1922-Q1", answers={"trade-monopoly-1922": way}) for way in ("keep", "abolish"))
    cause = "choice:trade-monopoly-1922"
    assert moved(keep, "industry", cause) > 0 > moved(keep, "britain.relations", cause)
    assert moved(abolish, "trade", cause) > 0 and moved(abolish, "britain.relations", cause) > 0
    assert moved(abolish, "gold", cause) < 0 and moved(abolish, "standing", cause) < 0


def test_a_monopoly_sells_little_before_there_is_a_treaty() -> None:
    """S28: access to a market has a ceiling until agreement, recognition and trust lift it."""
    best: dict[str, int | str] = {
        "germany.relations": 60,
        "germany.trade_treaty": 0,
        "germany.recognition": "none",
    }
    closed = derived("1925-Q2", "germany.access", best)
    assert closed < derived("1925-Q2", "germany.access", {**best, "germany.trade_treaty": 1})
    assert derived("1925-Q2", "credit_limit", best) < derived("1925-Q2", "credit_limit", {})
    game = at("1925-Q2", {**RICH, "germany.trade_treaty": 0})
    for action in ("buy-machinery", "short-credit"):
        assert offer(game, action, "germany").refusal
        assert not offer(at("1925-Q2", {**RICH, "germany.relations": 60}), action, "germany").refusal


def test_a_company_trades_where_the_state_is_not_recognised() -> None:
    """S29: and policemen know its door."""
    game = at("1924-Q2", {"usa.trade_treaty": 0, "usa.recognition": "none"})
    assert (word(game, "usa.recognition"), game.value("usa.trade_treaty")) == ("none", 1)
    assert moved(game, "trade", "choice:amtorg-1924/incorporate") > 0
    searched = at("1926-Q1", {"germany.trade": 30}, event="incident-raid", country="germany")
    assert moved(searched, "germany.trade", "event:incident-raid") < 0
    raided = at("1927-Q2", {"britain.suspicion": 85, "britain.stance": -2, "britain.mood": 0})
    assert moved(raided, "trade", "event:arcos-1927") < 0


def test_machines_bought_abroad_become_industry() -> None:
    """S30."""
    game = at("1925-Q2", {**RICH, "pipeline": 0})
    close(game, "buy-machinery germany", "buy-machinery usa")
    ordered = moved(game, "pipeline", "order:buy-machinery")
    arrived = moved(game, "pipeline", "rule:machinery-arrives")
    assert ordered > 0 > arrived and ordered > -arrived
    assert moved(game, "industry", "rule:machinery-arrives") > 0
    close(open_quarter(game))
    assert game.value("pipeline") == 0


def test_foreign_money_buys_machines_or_bread_or_rifles() -> None:
    """S30."""
    cause = "choice:import-list-1931"
    machines, bread, rifles = (
        at("1931-Q1", RICH, {"import-list-1931": way}) for way in ("machines", "bread-and-cloth", "rifles")
    )
    assert moved(machines, "pipeline", cause) > 0 == moved(machines, "harvest", cause)
    assert moved(bread, "harvest", cause) > 0 > moved(bread, "standing", cause)
    assert moved(rifles, "security", cause) > 0 > moved(rifles, "pipeline", cause)


def test_imports_eat_the_tsars_gold_until_the_summer_of_1922() -> None:
    """S31."""
    early, late = close(at("1922-Q2")), close(at("1922-Q3"))
    assert moved(early, "gold", "rule:treasury-pays") < moved(late, "gold", "rule:treasury-pays") - 10
    assert moved(late, "gold", "rule:treasury-earns") > 0


def test_grain_that_is_sold_is_not_eaten() -> None:
    """S31: and there is none to sell after a bad harvest."""
    game = close(at("1926-Q1", {**RICH, "harvest": 55}), "sell-grain italy")
    assert moved(game, "gold", "order:sell-grain") > 0 > moved(game, "harvest", "order:sell-grain")
    assert offer(at("1926-Q1", {**RICH, "harvest": 15}), "sell-grain", "italy").refusal


def test_a_credit_is_repaid_with_interest() -> None:
    """S31."""
    game = close(at("1926-Q1", {**RICH, "germany.relations": 70, "debt": 0}), "short-credit germany")
    lent = moved(game, "gold", "order:short-credit")
    assert 0 < lent < moved(game, "debt", "order:short-credit")
    owed, free = (derived("1926-Q1", "outlay", {"debt": n}) for n in (100, 0))
    assert owed > free
    game = close(at("1926-Q1", {"debt": 200}))
    assert moved(game, "debt", "rule:repayment") < 0


def test_who_cannot_pay_borrows_dear_and_then_fails() -> None:
    """S31."""
    poor = {"gold": 0, "debt": 0, "trade": 5, "harvest": 20, "plan": 100}
    game = close(at("1926-Q1", poor))
    assert 0 < moved(game, "gold", "rule:bridging-loans") < moved(game, "debt", "rule:bridging-loans")
    game = close(at("1926-Q1", {**poor, "debt": 2000}))
    assert (
        moved(game, "arrears", "rule:arrears-begin") == 1
        and moved(game, "standing", "rule:arrears-begin") < 0
    )


def test_trade_opens_at_next_to_nothing() -> None:
    """S32."""
    session = eve("1921-Q1")
    assert session.value("trade") <= 6
    countries = [each.id for each in session.program.scenario.countries]
    assert max(session.value(f"{country}.trade") for country in countries) <= 15
    assert record().trend("trade")[turn_of("1925-Q4")] > 5 * session.value("trade")


def test_the_market_starts_the_works_again() -> None:
    """S33: fed villages rebuild industry; to keep the requisition brings it down."""
    fed = close(at("1923-Q1", {"harvest": 35, "industry": 25}))
    assert moved(fed, "industry", "rule:reconstruction") == 1
    tax, force = (at("1921-Q1", answers={"kronstadt-nep-1921": way}) for way in ("retreat", "war-communism"))
    cause = "choice:kronstadt-nep-1921"
    for slot in ("industry", "britain.relations"):
        assert moved(tax, slot, cause) > 0 > moved(force, slot, cause)
    assert moved(tax, "revolution", cause) < 0 < moved(force, "revolution", cause)


def test_the_country_begins_in_ruins() -> None:
    """S36: hungry, without industry, and in a hungry year it hardly recovers."""
    session = eve("1921-Q1")
    assert (
        session.value("industry") <= 10 and session.value("harvest") < 20 and session.value("security") < 30
    )
    hungry = close(at("1923-Q2", {"harvest": 27, "industry": 25}))
    assert moved(hungry, "industry", "rule:slow-reconstruction") == 1
    starved = close(at("1923-Q2", {"harvest": 20, "industry": 25}))
    assert moved(starved, "industry", "rule:slow-reconstruction") == 0
    assert moved(starved, "industry", "rule:reconstruction") == 0


def test_drought_brings_famine() -> None:
    """S37: the harvest of 1921 fails; what it leaves sells nothing and slows everything."""
    game = at("1921-Q3")
    assert happened(game, "harvest") and moved(game, "industry", "event:famine-appeal-1921") < 0
    hungry, fed = (derived("1921-Q3", "capacity", {"harvest": n, "industry": 60}) for n in (15, 30))
    assert hungry < fed


@pytest.mark.parametrize("way", ["appeal", "red-cross", "committee", "conceal"])
def test_no_answer_to_the_famine_is_free(way: str) -> None:
    """S38."""
    game = at("1921-Q3", answers={"famine-appeal-1921": way})
    slots = ("standing", "security", "harvest", "usa.relations")
    found = {slot: moved(game, slot, f"choice:famine-appeal-1921/{way}") for slot in slots}
    assert min(found.values()) < 0 < max(found.values())


def test_american_relief_feeds_and_softens_washington() -> None:
    """S39."""
    fed, refused = (at("1921-Q3", answers={"ara-1921": way}) for way in ("accept", "refuse"))
    cause = "choice:ara-1921"
    assert moved(fed, "harvest", cause) > 5 and moved(fed, "usa.suspicion", cause) < 0
    assert moved(refused, "harvest", cause) < 0 and moved(refused, "usa.relations", cause) < 0
    assert moved(refused, "security", cause) > 0


def test_opinion_abroad_follows_what_is_known_of_home() -> None:
    """S40: candour softens Washington within the quarter, what was hidden is known in the next and costs credit."""
    candid, hidden = (at("1921-Q3", answers={"famine-appeal-1921": way}) for way in ("appeal", "conceal"))
    assert moved(candid, "usa.relations", "event:usa-famine-1921") > 0
    assert not happened(hidden, "usa-famine-1921")
    close(hidden)
    open_quarter(hidden, {"famine-known-1921": "deny"})
    assert moved(hidden, "recognition", "choice:famine-known-1921/deny") < 0
    assert moved(hidden, "usa.relations", "choice:famine-known-1921/deny") < 0


@pytest.mark.parametrize(("way", "asked"), [("appeal", True), ("conceal", False)])
def test_relief_brings_up_the_old_debts(way: str, asked: bool) -> None:
    """S41: who appeals is told at Brussels that credit waits for the debts; the note on them opens the way to Genoa."""
    game = at("1921-Q3", answers={"famine-appeal-1921": way})
    close(game)
    open_quarter(game, {"debt-note-1921": "offer"})
    assert happened(game, "brussels-relief-1921") == asked
    assert (moved(game, "france.relations", "event:brussels-relief-1921") < 0) == asked
    assert moved(game, "recognition", "choice:debt-note-1921/offer") > 0
    refused = at("1922-Q1", answers={"cannes-1922": "refuse"})
    close(refused)
    assert not happened(open_quarter(refused), "genoa-1922")


def test_a_slump_makes_sellers_eager() -> None:
    """S43: talks on trade and credit go better while the world market is down."""
    for result, action, country in (
        ("Signed", "trade-talks", "france"),
        ("Granted", "short-credit", "italy"),
    ):
        found = []
        for market in (100, 60):
            game = at("1930-Q2", RICH)
            teach(game, {"world_trade": market, "debt": 0, f"{country}.relations": 20})
            found.append(chance(game, result, action, country))
        assert found[0] < found[1]


def test_engineers_build_and_are_put_on_trial() -> None:
    """S56: what is tried once is tried again, and somebody abroad minds each time."""
    hired = at("1929-Q2", {**RICH, "plan": 100}, {"ford-1929": "engineers-only"})
    assert moved(hired, "pipeline", "choice:ford-1929/engineers-only") > 0
    tried = at("1928-Q2", answers={"shakhty-1928": "spare-germans"})
    assert (
        moved(tried, "industry", "choice:shakhty-1928")
        < 0
        > moved(tried, "germany.relations", "choice:shakhty-1928")
    )
    again = at("1933-Q1", answers={"metrovick-1933": "trial"})
    assert again.value("wrecking_trials") == 2
    assert moved(again, "trade", "choice:metrovick-1933/trial") < 0


def test_nobody_is_arrested_where_nobody_was_tried() -> None:
    """S56."""
    game = at("1928-Q2", answers={"shakhty-1928": "no-trial"})
    assert game.value("wrecking_trials") == 0
    assert moved(game, "standing", "choice:shakhty-1928/no-trial") < 0


def test_the_plan_builds_works_and_empties_barns() -> None:
    """S79."""
    game = close(at("1930-Q2", {"plan": 100}))
    assert moved(game, "industry", "rule:plan-eats") > 0 > moved(game, "harvest", "rule:plan-eats")
    slow = close(at("1930-Q2", {"plan": 30}))
    assert moved(slow, "industry", "rule:plan-eats") == 0
    assert moved(at("1928-Q4"), "plan", "choice:fyp-1928/full-speed") == 100
    loose, forced = (derived("1931-Q1", "capacity", {"drive": n}) for n in (0, 60))
    assert forced > loose
    driven = close(at("1930-Q1", {"plan": 100, "drive": 10}))
    assert moved(driven, "drive", "pull:drive") > 0


def test_the_burden_on_the_farms_comes_back_as_famine() -> None:
    """S79."""
    light, heavy = (at("1932-Q3", {"farms": n}) for n in (0, 20))
    assert heavy.value("harvest") < light.value("harvest")
    assert happened(heavy, "famine-1932") and not happened(light, "famine-1932")
    assert moved(heavy, "security", "event:famine-1932") < 0
    full = at("1929-Q4")
    assert moved(full, "farms", "choice:collectivization-1929/full-figure") > 0


def test_the_crash_confirms_the_prophets_and_ruins_the_market() -> None:
    """S80."""
    game = at("1929-Q4")
    assert moved(game, "revolution", "event:crash-1929") > 0 > moved(game, "trade", "event:crash-1929")
    prices = [
        record().trend("world_trade")[turn_of(step)] for step in ("1929-Q4", "1930-Q4", "1931-Q4", "1932-Q4")
    ]
    assert prices == sorted(prices, reverse=True) and prices[-1] < prices[0] // 2
    before, after = (close(at(step, {"line": "united_front"})) for step in ("1929-Q2", "1930-Q2"))
    assert moved(before, "nazis", "rule:nazis-grow") == 0 < moved(after, "nazis", "rule:nazis-grow")
