"""Do recognition, debts, suspicion and treaties work as docs/systems.md says?"""

from __future__ import annotations

import pytest

from tests.scenarios.branching import (
    at,
    close,
    derived,
    happened,
    moved,
    offer,
    open_quarter,
    program,
    record,
    said,
    teach,
    turn_of,
    word,
)

COLD = {"britain.stance": -1, "britain.mood": 0}
"""A London that does not wish Moscow well."""
INTERVENERS = ("britain", "france", "usa", "poland", "japan", "romania")


def test_an_appeal_for_peace_earns_recognition() -> None:
    """S19."""
    game = close(at("1926-Q1", {"standing": 75}), "disarmament-appeal")
    assert moved(game, "recognition", "order:disarmament-appeal") > 0
    assert moved(game, "standing", "order:disarmament-appeal") > 0
    assert "disarmament" in said(game, "recognition", "order:disarmament-appeal")


@pytest.mark.parametrize(("stance", "listens"), [(1, True), (-1, False)])
def test_an_appeal_for_peace_is_heard_where_the_public_rules(stance: int, listens: bool) -> None:
    """S20."""
    game = close(
        at("1926-Q1", {"standing": 75, "britain.stance": stance, "britain.mood": 0}), "disarmament-appeal"
    )
    assert (moved(game, "britain.relations", "order:disarmament-appeal") > 0) == listens


def test_powers_that_act_together_are_worse_than_the_sum() -> None:
    """S23: a bloc costs security, winning one of its members breaks it."""
    four = {f"{country}.relations": -60 for country in ("britain", "france", "poland", "japan")}
    three = four | {"france.relations": -30}
    assert derived("1930-Q2", "bloc", four) > derived("1930-Q2", "bloc", three) > 0
    alone = derived("1930-Q2", "safety", four | {"bloc_relief": 60})
    assert derived("1930-Q2", "safety", four) == alone - derived("1930-Q2", "bloc", four)


def test_a_quiet_mission_divides_the_powers() -> None:
    """S23."""
    four = {f"{country}.relations": -60 for country in ("britain", "france", "poland", "japan")}
    game = at("1930-Q2", {"standing": 75})
    teach(game, four)
    before = game.value("bloc")
    close(game, "quiet-mission usa")
    assert moved(game, "bloc_relief", "order:quiet-mission@usa") > 0
    assert game.value("bloc") < before
    close(open_quarter(game))
    assert moved(game, "bloc_relief", "pull:bloc_relief") < 0


def test_the_outcasts_sign_together_unless_moscow_pays_the_victors() -> None:
    """S24: Rapallo splits the front; who has settled at Genoa is not asked."""
    game = at("1922-Q2", {"germany.relations": 25})
    assert moved(game, "germany.relations", "choice:rapallo-1922/sign") > 0
    assert moved(game, "france.relations", "choice:rapallo-1922/sign") < 0
    assert word(game, "germany.recognition") == "de_jure"
    settled = at("1922-Q2", {"germany.relations": 25}, {"genoa-1922": "pay-debts"})
    assert not happened(settled, "rapallo-1922")


def test_locarno_draws_berlin_away() -> None:
    """S24."""
    assert moved(at("1925-Q4"), "germany.relations", "event:locarno-1925") < 0


def test_recognition_is_climbed_step_by_step() -> None:
    """S42: no treaty, no talks on recognition; each step is worth more than the last."""
    game = at("1921-Q2", {"standing": 75, "balance": 80, "italy.relations": 45})
    assert offer(game, "recognition-talks", "italy").refusal
    close(game, "trade-talks italy")
    assert (word(game, "italy.recognition"), game.value("italy.trade_treaty")) == ("de_facto", 1)
    worth = game.value("italy.recognition_worth")
    open_quarter(game)
    teach(game, {"standing": 75, "italy.relations": 60})
    close(game, "recognition-talks italy")
    assert word(game, "italy.recognition") == "de_jure"
    assert game.value("italy.recognition_worth") > worth > 0


@pytest.mark.parametrize(("cabinet", "offered"), [("labour", True), ("conservative", False)])
def test_labour_recognises_and_conservatives_do_not(cabinet: str, offered: bool) -> None:
    """S44."""
    game = at(
        "1923-Q4",
        {"britain.cabinet": cabinet, "britain.recognition": "de_facto"},
        event="gb-recognition-1924",
    )
    assert happened(game, "gb-recognition-1924") == offered


@pytest.mark.parametrize(
    ("step", "event", "warmer"),
    [("1924-Q1", "britain-labour-1924", True), ("1924-Q4", "britain-baldwin-1924", False),
     ("1924-Q2", "france-herriot-1924", True), ("1930-Q1", "france-tardieu-1930", False)],
)  # fmt: skip
def test_every_cabinet_brings_its_own_mind(step: str, event: str, warmer: bool) -> None:
    """S44: and the right in Rome recognises when it pays."""
    country = event.partition("-")[0]
    game = at(step, {f"{country}.mood": 0})
    shift = moved(game, f"{country}.relations", f"event:{event}")
    assert shift and (shift > 0) == warmer
    if step == "1924-Q1":
        assert word(game, "italy.cabinet") == "fascist" and word(game, "italy.recognition") == "de_jure"


def test_unpaid_bonds_weigh_on_relations_and_credit() -> None:
    """S45."""
    owed = derived("1926-Q1", "france.relations_goal", {"france.debts": 12})
    assert derived("1926-Q1", "france.relations_goal", {"france.debts": 0}) - owed == 12
    lent: dict[str, int | str] = {"france.trade_treaty": 1, "france.recognition": "de_jure"}
    cool, warm = (derived("1926-Q1", "credit_limit", {**lent, "france.relations": n}) for n in (-12, 0))
    assert cool < warm


@pytest.mark.parametrize("creditor", ["britain", "france", "usa"])
def test_the_bill_for_the_intervention_pleases_moscow_only(creditor: str) -> None:
    """S46."""
    game = close(at("1922-Q3", {"standing": 75}), f"counterclaim {creditor}")
    assert moved(game, "standing", "order:counterclaim") > 0
    assert moved(game, f"{creditor}.relations", "order:counterclaim") < 0


def test_war_debts_and_damage_stay_off_the_table() -> None:
    """S47: loans of before the war or the factories may be settled at Genoa, the rest is argued about for ever."""
    loans = at("1922-Q2", answers={"genoa-1922": "pay-debts"})
    factories = at("1922-Q2", answers={"genoa-1922": "factories"})
    claimed = close(at("1922-Q3", {"standing": 75}), "counterclaim france")
    assert moved(loans, "france.debts", "choice:genoa-1922/pay-debts") < 0 < loans.value("france.debts")
    assert moved(factories, "france.relations", "choice:genoa-1922/factories") > 0
    assert moved(claimed, "france.relations", "order:counterclaim") < 0
    for game in (factories, claimed):
        assert not [entry for entry in game.entries if entry.slot == "france.debts"]


def test_recognition_came_without_a_settlement() -> None:
    """S48: paying opens purses and costs standing; history recognised Moscow unpaid."""
    step = turn_of("1924-Q4")
    for country in ("britain", "france"):
        assert len(set(record().trend(f"{country}.debts")[: step + 1])) == 1
        assert record().trend(f"{country}.recognition")[step] == 2
    paid = at("1922-Q2", answers={"genoa-1922": "pay-debts"})
    assert moved(paid, "gold", "choice:genoa-1922/pay-debts") > 0
    assert moved(paid, "debt", "choice:genoa-1922/pay-debts") > 0
    assert moved(paid, "standing", "choice:genoa-1922/pay-debts") < -5


def test_a_settlement_is_paid_for_in_gold_and_standing() -> None:
    """S48."""
    game = close(at("1922-Q3", {"standing": 75}), "debt-offer france")
    assert (
        moved(game, "france.relations", "order:debt-offer") > 0 > moved(game, "standing", "order:debt-offer")
    )
    assert moved(game, "gold", "cost:debt-offer") < 0


def test_a_pledge_is_believed_and_makes_the_next_scandal_worse() -> None:
    """S49."""
    game = close(at("1926-Q1", {"standing": 75, "britain.suspicion": 60}), "propaganda-pledge britain")
    assert moved(game, "britain.suspicion", "order:propaganda-pledge") < 0 < game.value("britain.pledge")
    found = {}
    for pledge in (0, 8):
        broken = close(
            at("1926-Q1", {"standing": 75, "balance": 40, "britain.pledge": pledge}), "fund-party britain"
        )
        found[pledge] = (
            moved(broken, "britain.suspicion", "order:fund-party"),
            moved(broken, "deniability", "order:fund-party"),
        )
    assert found[8][0] > found[0][0] > 0
    assert found[8][1] < found[0][1] == 0


def test_full_compliance_is_not_forgiven_in_moscow() -> None:
    """S50."""
    warned = {**COLD, "britain.suspicion": 60}
    loud, full = (at("1923-Q2", warned, {"curzon-1923": way}) for way in ("comply-loudly", "accept-all"))
    assert moved(full, "standing", "choice:curzon-1923") < moved(loud, "standing", "choice:curzon-1923") < 0
    assert moved(full, "revolution", "choice:curzon-1923") < moved(loud, "revolution", "choice:curzon-1923")
    assert moved(full, "britain.suspicion", "choice:curzon-1923") < moved(
        loud, "britain.suspicion", "choice:curzon-1923"
    )


@pytest.mark.parametrize(
    ("event", "step", "limit"),
    [("curzon-1923", "1923-Q2", 45), ("chamberlain-note-1927", "1927-Q1", 60), ("arcos-1927", "1927-Q2", 70)],
)
def test_suspicion_climbs_from_note_to_breach(event: str, step: str, limit: int) -> None:
    """S51: an ultimatum, a note, a raid, each at its own height of suspicion."""
    for suspicion, comes in ((limit - 5, False), (limit + 3, True)):
        sets = {**COLD, "britain.stance": -2, "britain.suspicion": suspicion, "britain.pledge": 0}
        assert happened(at(step, sets), event) == comes


def test_suspicion_fades_by_a_point_or_two() -> None:
    """S51."""
    game = close(at("1925-Q2", {"britain.suspicion": 90}))
    assert moved(game, "britain.suspicion", "pull:suspicion@britain") in (-1, -2)


@pytest.mark.parametrize(("suspicion", "believed"), [(45, True), (20, False)])
def test_a_forged_letter_works_where_it_is_believed(suspicion: int, believed: bool) -> None:
    """S52: nobody in Moscow has done anything, and it comes all the same."""
    quiet = {"britain.suspicion": suspicion, "britain.trace": 0, "britain.heat": 0}
    game = at("1924-Q4", quiet)
    assert happened(game, "zinoviev-letter-1924") == believed
    assert happened(game, "letter-unbelieved-1924") != believed


def test_a_forgery_needs_no_deed() -> None:
    """S52."""
    game = at("1926-Q1", {"britain.trace": 0}, event="incident-forgery", country="britain")
    assert moved(game, "britain.suspicion", "event:incident-forgery") > 0
    assert moved(game, "britain.relations", "choice:incident-forgery/stand-firm") < 0


def test_those_who_sent_troops_trust_least() -> None:
    """S53."""
    start = {each.id: dict(each.start)["suspicion"] for each in program().scenario.countries}
    assert min(start[country] for country in INTERVENERS) > start["germany"]
    assert min(start[country] for country in INTERVENERS) > start["italy"]
    game = close(at("1921-Q1"), quarters=4)
    faded = [moved(game, f"{country}.suspicion", f"pull:suspicion@{country}") for country in INTERVENERS]
    assert all(-8 <= lost < 0 for lost in faded)


def test_geneva_costs_standing_until_hitler_is_in_office() -> None:
    """S54."""
    away, gone = (at("1926-Q1", answers={"league-answer-1926": way}) for way in ("stay-away", "go"))
    assert moved(away, "standing", "choice:league-answer-1926") > 0
    assert moved(gone, "standing", "choice:league-answer-1926") < 0
    late = at("1933-Q4", {"germany.cabinet": "hitler"}, {"collective-security-1933": "collective-security"})
    assert moved(late, "recognition", "choice:collective-security-1933") > 0
    assert moved(late, "standing", "choice:collective-security-1933") == 0


def test_america_trades_and_does_not_recognise() -> None:
    """S55."""
    game = at("1925-Q2", {"standing": 75, "usa.trade": 20})
    assert (word(game, "usa.recognition"), game.value("usa.trade_treaty")) == ("none", 1)
    close(game, "buy-machinery usa")
    assert moved(game, "usa.trade", "order:buy-machinery") > 0
    assert derived("1925-Q2", "usa.wanted", {"usa.trade_treaty": 0}) < derived("1925-Q2", "usa.wanted", {})
    assert record().trend("usa.recognition")[turn_of("1933-Q3")] == 0


def test_secret_work_with_the_reichswehr_strengthens_and_may_be_printed() -> None:
    """S58."""
    game = close(
        at("1923-Q1", {"standing": 75, "arms_link": 1, "germany.relations": 30}), "military-work germany"
    )
    assert (
        moved(game, "arms_link", "order:military-work") > 0 < moved(game, "industry", "order:military-work")
    )
    linked, alone = (derived("1926-Q3", "safety", {"arms_link": link}) for link in (3, 0))
    assert linked > alone
    printed = at("1926-Q4", {"arms_link": 2})
    assert moved(printed, "france.relations", "event:guardian-1926") < 0
    clean = at("1926-Q4", {"arms_link": 0}, {"reichstag-calm-1926": "decline-again"})
    assert not happened(clean, "guardian-1926")


def test_who_sits_outside_fears_locarno_most() -> None:
    """S60."""
    outside, inside = (at("1925-Q4", {"britain.relations": n}) for n in (-20, 60))
    lost = moved(outside, "security", "event:locarno-1925")
    assert lost < moved(inside, "security", "event:locarno-1925") < 0


def test_locarno_brings_pacts_onto_the_table() -> None:
    """S60."""
    near = {"standing": 75, "persia.relations": 40}
    before, after = (at(step, near) for step in ("1925-Q3", "1925-Q4"))
    assert offer(before, "pact", "persia").refusal and not offer(after, "pact", "persia").refusal
    teach(after, {"persia.relations": 80})
    assert word(close(after, "pact persia"), "persia.pact") == "non_aggression"


def test_a_pact_keeps_a_border_quiet() -> None:
    """S61."""
    game = close(at("1926-Q1", {"standing": 75, "persia.relations": 80}), "pact persia")
    assert word(game, "persia.pact") == "non_aggression"
    assert moved(game, "security", "order:pact") > 0
    none, signed = ({"poland.pact": word} for word in ("none", "non_aggression"))
    assert derived("1926-Q1", "safety", signed) > derived("1926-Q1", "safety", none)
    assert derived("1926-Q1", "poland.relations_goal", signed) > derived(
        "1926-Q1", "poland.relations_goal", none
    )


def test_one_pact_in_the_west_helps_the_next() -> None:
    """S61."""
    game = at("1932-Q3", {"poland.relations": 0, "poland.stance": 1})
    for neighbour in ("romania", "baltic", "france"):
        assert moved(game, f"{neighbour}.relations", "choice:poland-pact-1932/sign") > 0
