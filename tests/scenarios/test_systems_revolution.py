"""Do the Comintern's work, its parties, Asia and China work as docs/systems.md says?"""

from __future__ import annotations

import pytest

from game.rules.ledger import Kind
from tests.scenarios.branching import (
    at,
    chance,
    close,
    derived,
    draws,
    happened,
    moved,
    offer,
    open_quarter,
    program,
    teach,
)

RICH = {"standing": 75, "gold": 400, "balance": 45}
QUIET = {"britain.heat": 0, "britain.trace": 0, "britain.pledge": 0, "deniability": 60}


def test_two_tracks_share_one_purse() -> None:
    """S1: what one track gets the other lacks, and neither can order what the other can."""
    means = {}
    for share in (40, 80):
        game = at("1926-Q1", {"standing": 75, "balance": 60})
        assert game.draft_setting("balance", share) == ""
        means[share] = {each.id: each.means for each in game.observe().tracks}
    assert means[80]["narkomindel"] > means[40]["narkomindel"]
    assert means[80]["comintern"] < means[40]["comintern"]
    assert sum(means[40].values()) == sum(means[80].values()) == game.value("means_in_all")
    trusted, doubted = (derived("1926-Q1", "means_in_all", {"standing": n}) for n in (75, 15))
    assert trusted > doubted
    tracks = {each.track for each in program().scenario.orders}
    assert tracks == {"narkomindel", "comintern"}


def test_work_of_the_comintern_spoils_the_work_of_the_envoys() -> None:
    """S2: suspicion now, relations and openness to talks after it."""
    worked, quiet = at("1926-Q1", {**RICH, **QUIET}), at("1926-Q1", {**RICH, **QUIET})
    close(worked, "agitation britain", "fund-party britain")
    close(quiet)
    assert moved(worked, "britain.suspicion", "order:agitation") > 0
    assert moved(worked, "britain.suspicion", "order:fund-party") > 0
    assert moved(worked, "britain.relations", "order:agitation") < 0
    assert worked.value("britain.talk") < quiet.value("britain.talk")
    assert worked.value("britain.relations_goal") < quiet.value("britain.relations_goal")


def test_papers_found_cost_trade_and_recognition() -> None:
    """S2: traces of work and distrust bring scandals; without traces there are none."""
    sets = {"france.suspicion": 95, "deniability": 10, "britain.trace": 0, "germany.trace": 0}
    traced, clean = (draws("1926-Q1", {**sets, "france.trace": n}) for n in (3, 0))
    scandals = [game for game in traced if happened(game, "scandal")]
    assert len(scandals) > len(traced) // 4
    for slot in ("trade", "recognition", "france.relations"):
        assert moved(scandals[0], slot, "event:scandal") < 0
    assert not any(happened(game, "scandal") for game in clean)


@pytest.mark.parametrize("score", ["trade", "recognition", "security", "revolution"])
@pytest.mark.parametrize("regime", ["lenin", "stalin"])
def test_both_tracks_serve_one_power(score: str, regime: str) -> None:
    """S3: whoever sits in the Politburo thanks for success on either track."""
    little, much = (derived("1926-Q1", "merit", {"regime": regime, score: n}) for n in (10, 50))
    assert little < much


def test_a_track_that_rests_argues_for_the_other() -> None:
    """S4."""
    for idle, orders in (
        ("idle_comintern", ("quiet-mission france", "disarmament-appeal")),
        ("idle_narkomindel", ("advisers kuomintang",)),
    ):
        for written in orders:
            costs = []
            for quarters in (0, 4):
                game = at("1926-Q1", {**RICH, "kuomintang.relations": 40, idle: quarters})
                action, _, target = written.partition(" ")
                costs.append(offer(game, action, target).cost["means"])
            assert costs[1] == costs[0] - 1, written


def test_quarters_without_work_are_counted_and_revolution_flags() -> None:
    """S4: in the third quarter without work abroad the sections lose heart."""
    game = at("1930-Q1", {"idle_comintern": 1, "idle_narkomindel": 1})
    close(game)
    assert moved(game, "idle_comintern", "rule:comintern-idle") == 1
    assert moved(game, "idle_narkomindel", "rule:narkomindel-idle") == 1
    assert moved(game, "revolution", "rule:agitation-flags") == -1
    busy = close(
        at("1930-Q1", {**RICH, "idle_comintern": 3, "idle_narkomindel": 3}),
        "fund-party germany",
        "quiet-mission japan",
    )
    assert busy.value("idle_comintern") == busy.value("idle_narkomindel") == 0


def test_a_zigzag_between_the_tracks_costs_standing() -> None:
    """S4: the course may swing by twenty points a quarter."""
    for share, cost in ((40, 0), (35, -2)):
        game = at("1926-Q1", {"balance": 60})
        game.draft_setting("balance", share)
        assert moved(close(game), "standing", "rule:zigzag") == cost


def test_a_party_is_kept_quiet_when_its_government_is_courted() -> None:
    """S5."""
    game = close(at("1926-Q1", {**RICH, "germany.suspicion": 60}), "rein-in germany")
    assert (
        moved(game, "germany.relations", "order:rein-in")
        > 0
        > moved(game, "germany.suspicion", "order:rein-in")
    )
    assert moved(game, "germany.party", "order:rein-in") < 0 > moved(game, "revolution", "order:rein-in")


def test_comrades_told_to_be_quiet_too_often_walk_out() -> None:
    """S6: the fourth time costs the party a part of its members."""
    lost = []
    game = at("1924-Q1", {**RICH, "germany.suspicion": 80})
    for _ in range(4):
        teach(game, {"germany.suspicion": 80, "germany.party": 50, "standing": 75})
        close(game, "rein-in germany", quarters=4)
        lost.append(moved(game, "germany.party", "rule:comrades-walk-out@germany"))
        open_quarter(game)
    assert lost[:3] == [0, 0, 0] and lost[3] < -5


def test_agencies_abroad_do_not_ask_the_commissariat() -> None:
    """S11: a kidnapping in Paris is nobody's order and the envoys' trouble."""
    game = at("1930-Q1", {"france.relations": -30})
    entry = next(
        each for each in game.entries if each.cause.id == "kutepov-1930" and each.cause.kind == Kind.EVENT
    )
    assert entry.slot == "france.relations" and entry.delta < 0 and entry.cause.decision() is None
    silent, loud = (
        at("1930-Q1", {"france.relations": -30}, {"kutepov-1930": way}) for way in ("forbid", "threaten")
    )
    assert moved(silent, "standing", "choice:kutepov-1930/forbid") < 0
    assert moved(loud, "france.relations", "choice:kutepov-1930/threaten") < 0
    searched = at("1926-Q1", event="incident-raid", country="germany")
    assert moved(searched, "germany.relations", "event:incident-raid") < 0


def test_the_apparatus_acts_and_tells_nobody() -> None:
    """S12: means left over are spent by the apparatus, and who looks sees the number without its cause."""
    game = close(at("1926-Q1", RICH))
    done = [
        each for each in game.entries if each.cause.id == "apparatus-acts" and each.slot.endswith(".party")
    ]
    assert len(done) == 1 and done[0].delta > 0 and moved(game, "revolution", "rule:apparatus-acts") > 0
    for eyes in ("narkomindel", "comintern", "both"):
        seen = [each for each in game.seen(eyes, game.turn) if each.slot == done[0].slot]
        assert done[0].delta in [each.delta for each in seen if each.cause.kind == Kind.UNKNOWN]
        assert "apparatus-acts" not in {each.cause.id for each in seen}


def test_what_the_comintern_orders_is_dark_to_the_commissariat() -> None:
    """S12: the two seats do not read each other's orders."""
    game = close(at("1926-Q1", RICH), "fund-party germany")
    causes = {
        eyes: {each.cause.id for each in game.seen(eyes, game.turn)} for eyes in ("narkomindel", "comintern")
    }
    assert "fund-party" in causes["comintern"] - causes["narkomindel"]


def test_denials_wear_out() -> None:
    """S13: the second denial in one country costs more belief than the first."""
    first, second = (at("1926-Q1", {"france.denials": n}, event="scandal", country="france") for n in (0, 2))
    cause = "choice:scandal/deny"
    assert moved(first, "france.denials", cause) == 1
    assert moved(second, "deniability", cause) < moved(first, "deniability", cause) < 0
    assert moved(second, "france.suspicion", cause) > moved(first, "france.suspicion", cause) > 0


def test_time_heals_denials_and_belief() -> None:
    """S13: a quarter without scandal mends deniability, a year lets an old denial be forgotten."""
    game = close(at("1925-Q4", {"deniability": 30, "france.denials": 2}))
    assert moved(game, "deniability", "pull:deniability") == 1
    assert moved(game, "france.denials", "pull:denials@france") == -1


def test_covered_tracks_make_work_less_noticed() -> None:
    """S13."""
    game = close(at("1926-Q1", {**RICH, "deniability": 40}), "cover-tracks")
    assert moved(game, "deniability", "order:cover-tracks") > 0
    believed, doubted = (
        close(at("1926-Q1", {**RICH, **QUIET, "deniability": n}), "agitation britain") for n in (100, 0)
    )
    assert moved(believed, "britain.suspicion", "order:agitation") < moved(
        doubted, "britain.suspicion", "order:agitation"
    )


def test_a_party_in_the_russian_image_shrinks_and_obeys() -> None:
    """S14."""
    game = close(at("1925-Q2", {**RICH, "germany.party": 40}), "bolshevise germany")
    assert moved(game, "germany.party", "order:bolshevise") < 0 < moved(game, "standing", "order:bolshevise")
    drilled, free = (
        at("1924-Q2", answers={"comintern5-1924": way}) for way in ("bolshevise", "national-roads")
    )
    cause = "choice:comintern5-1924"
    assert moved(drilled, "france.party", cause) < 0 < moved(free, "france.party", cause)
    assert moved(free, "standing", cause) < 0 < moved(drilled, "standing", cause)


def test_workers_abroad_protect_the_union_and_their_parties_pay() -> None:
    """S15: prospects abroad add to security; from 1929 on every party but the German one is smaller by itself."""
    little, much = (derived("1927-Q2", "safety", {"revolution": n}) for n in (10, 50))
    assert little < much
    for country, smaller in (("france", True), ("germany", False)):
        hard = {f"{country}.unrest": 30}
        before, after = (derived(step, f"{country}.party_home", hard) for step in ("1928-Q4", "1929-Q1"))
        assert (after < before) == smaller


@pytest.mark.parametrize(
    ("written", "what"), [("agitation britain", "britain"), ("fund-party france", "france")]
)
def test_fighting_the_moderate_left_wins_less_and_alarms_more(written: str, what: str) -> None:
    """S16."""
    found = {}
    for line in ("united_front", "third_period"):
        game = at("1926-Q1", {**RICH, **QUIET})
        teach(game, {"line": line, f"{what}.party": 10, f"{what}.unrest": 100, f"{what}.suspicion": 50})
        close(game, written)
        cause = f"order:{written.split()[0]}"
        found[line] = moved(game, f"{what}.party", cause), moved(game, f"{what}.suspicion", cause)
    assert found["third_period"][0] < found["united_front"][0]
    assert found["third_period"][1] > found["united_front"][1]


def test_distrust_makes_the_next_cabinet_colder() -> None:
    """S16: also a friendly one, which Comintern work against its own left helps to spoil."""
    moods = [
        sum(
            game.value("britain.mood")
            for game in draws("1929-Q2", {"britain.suspicion": n, "britain.mood": 0})
        )
        for n in (10, 50, 95)
    ]
    assert moods[0] > 0 > moods[2] and moods == sorted(moods, reverse=True)


def test_after_its_sixth_congress_the_comintern_obeys() -> None:
    """S17: nothing is done unasked any more, and another line than Moscow's costs means and standing."""
    assert moved(close(at("1928-Q2", RICH)), "revolution", "rule:apparatus-acts") > 0
    assert moved(close(at("1928-Q4", RICH)), "revolution", "rule:apparatus-acts") == 0
    costs = []
    for step in ("1926-Q1", "1929-Q1"):
        game = at(step, RICH)
        teach(game, {"line": "third_period"})
        costs.append(offer(game, "united-front").cost["means"])
        close(game, "united-front")
        assert (moved(game, "standing", "order:united-front") < 0) == (step == "1929-Q1")
    assert costs[0] < costs[1]
    game = at("1929-Q4", {"line": "united_front"})
    assert moved(close(game), "standing", "directive:comintern-1929") < 0


def test_in_1923_the_two_tracks_want_opposite_things_of_berlin() -> None:
    """S59."""
    hour = {"germany.unrest": 90, "germany.party": 50}
    rising, reich = (
        at("1923-Q3", hour, {"german-october-1923": way}) for way in ("prepare", "stand-by-the-reich")
    )
    cause = "choice:german-october-1923"
    assert moved(rising, "germany.relations", cause) < 0 < moved(reich, "germany.relations", cause)
    assert moved(rising, "revolution", cause) > 0 > moved(reich, "revolution", cause)
    assert moved(rising, "standing", cause) > 0 > moved(reich, "standing", cause)
    for game, event in ((rising, "october-decides-1923"), (reich, "october-passes-1923")):
        close(game)
        assert happened(open_quarter(game), event)
    assert moved(rising, "germany.party", "event:hamburg-1923") < 0


def test_a_rising_wins_rarely_and_fails_dear() -> None:
    """S59."""
    strong = {**RICH, "germany.party": 60, "germany.unrest": 90}
    game = at("1923-Q2", strong)
    teach(game, strong)
    assert 0 < chance(game, "A workers' government", "rising", "germany") < 40
    close(game, "rising germany", quarters=3)
    assert moved(game, "germany.party", "order:rising/defeat") < -10
    assert (
        moved(game, "revolution", "order:rising/defeat")
        < 0
        > moved(game, "germany.relations", "order:rising/defeat")
    )


def test_calling_socialists_fascists_splits_the_left_and_helps_hitler() -> None:
    """S81."""
    for line, split in (("third_period", True), ("united_front", False)):
        game = at("1930-Q2")
        teach(game, {"line": line})
        assert (moved(close(game), "nazis", "rule:left-split") > 0) == split
    letter, away = (
        at("1929-Q3", {"line": "third_period"}, {"social-fascism-1929": way})
        for way in ("to-the-letter", "look-away")
    )
    cause = "choice:social-fascism-1929"
    assert moved(letter, "standing", cause) > 0 > moved(away, "standing", cause)
    assert moved(away, "nazis", cause) < 0
    brown = [happened(at("1933-Q1", {"nazis": n}), "hitler-1933") for n in (25, 45)]
    assert brown == [False, True]
