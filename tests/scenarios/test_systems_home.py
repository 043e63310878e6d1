"""Do the Politburo, its people and its quarrels work as docs/systems.md says?"""

from __future__ import annotations

import pytest

from tests.scenarios.branching import (
    at,
    close,
    derived,
    eve,
    happened,
    moved,
    offer,
    open_quarter,
    program,
    teach,
    turn_of,
    word,
)

RICH = {"standing": 75, "gold": 400, "balance": 50}
FACTORS = [
    # one of the six, what is less of it, what is more, what it bears on
    ("security", {"poland.threat": 80}, {"poland.threat": 20}, "safety"),
    ("ideology", {"line": "third_period"}, {"line": "united_front"}, "boldness"),
    ("backwardness", {"industry": 10}, {"industry": 60}, "capacity"),
    ("attitudes", {"britain.stance": -2}, {"britain.stance": 2}, "britain.relations_goal"),
    ("makers", {"regime": "stalin"}, {"regime": "lenin"}, "confidence"),
    ("home", {"harvest": 10}, {"harvest": 60}, "earnings"),
]


def test_the_comintern_has_the_politburos_ear() -> None:
    """S7: failing revolution is complained of, failing recognition is not, and nobody speaks for the envoys."""
    game = at("1925-Q2")
    teach(game, {"revolution": 10, "recognition": 10})
    close(game)
    assert moved(game, "standing", "rule:comintern-complains") == -1
    complaints = {
        each.cause.id for each in game.entries if each.slot == "standing" and each.cause.kind == "rule"
    }
    assert complaints == {"comintern-complains"}


def test_a_starved_track_intrigues() -> None:
    """S7: with a course of 75 and more the Comintern complains, and from the sixth time on it is heard."""
    for share, grows in ((80, True), (70, False)):
        game = at("1925-Q2", {"balance": 70, "intrigue": 5})
        assert game.draft_setting("balance", share) == ""
        close(game)
        assert (moved(game, "intrigue", "rule:intrigue-grows") > 0) == grows
        assert (moved(game, "intrigue", "rule:intrigue-fades") < 0) != grows
        assert (moved(game, "standing", "rule:intrigue-bites") < 0) == grows


def test_a_commissar_is_never_trusted_like_a_party_chief() -> None:
    """S8: he begins low, and success on every side does not carry him into the upper fifth."""
    slots = ("trade", "recognition", "security", "revolution", "industry", "harvest")
    assert eve("1921-Q1").value("standing") <= 30
    for regime in ("lenin", "collective", "duumvirate", "stalin"):
        some, much, most = (
            derived("1926-Q1", "confidence", {**dict.fromkeys(slots, n), "regime": regime, "expected": 0})
            for n in (30, 60, 100)
        )
        assert some < much == most < 80
    game = at("1926-Q1")
    teach(game, {**dict.fromkeys(slots, 60), "standing": 20})
    assert moved(close(game), "standing", "pull:standing") > 0
    expert, chief = (
        at("1930-Q3", answers={"litvinov-commissar-1930": way}) for way in ("free-hand", "party-chief")
    )
    cause = "choice:litvinov-commissar-1930"
    assert moved(chief, "standing", cause) > 0 > moved(expert, "standing", cause)
    assert moved(expert, "recognition", cause) > 0 > moved(chief, "recognition", cause)


@pytest.mark.parametrize(
    ("directive", "done", "undone"),
    [
        (
            "narkomindel-1923",
            {"britain.trade_treaty": 1, "germany.trade_treaty": 1},
            {"britain.trade_treaty": 0},
        ),
        ("comintern-1924", {"france.party": 40}, {"france.party": 5, "britain.party": 5}),
    ],
)
def test_the_politburo_gives_orders_and_counts(
    directive: str, done: dict[str, int | str], undone: dict[str, int | str]
) -> None:
    """S9: two directives a year, one for each track; to miss one costs standing, to meet it brings some."""
    year = directive[-4:]
    assert {each.track for each in at(f"{year}-Q1").observe().directives} == {"narkomindel", "comintern"}
    for sets, rewarded in ((done, True), (undone, False)):
        game = at(f"{year}-Q4")
        teach(game, sets)
        found = moved(close(game), "standing", f"directive:{directive}")
        assert found and (found > 0) == rewarded


def test_who_decides_in_moscow_changes_what_counts() -> None:
    """S10: Lenin weighs recognition, the collective revolution, Stalin the country at home."""

    def weight(regime: str, slot: str) -> int:
        low, high = (derived("1926-Q1", "merit", {"regime": regime, slot: n}) for n in (0, 60))
        return high - low

    assert weight("lenin", "recognition") > weight("stalin_rising", "recognition")
    assert weight("collective", "revolution") > weight("lenin", "revolution") > weight("stalin", "revolution")
    assert weight("stalin", "industry") > weight("lenin", "industry")
    trusted, distrusted = (
        derived("1926-Q1", "trust", {"regime": regime}) for regime in ("lenin", "stalin_rising")
    )
    assert trusted > 0 > distrusted


@pytest.mark.parametrize(
    ("step", "event", "before", "after"),
    [
        ("1923-Q1", "lenin-silent-1923", "lenin", "collective"),
        ("1925-Q4", "congress14-1925", "collective", "duumvirate"),
        ("1928-Q3", "bukharin-breaks-1928", "duumvirate", "stalin_rising"),
        ("1930-Q4", "molotov-premier-1930", "stalin_rising", "stalin"),
    ],
)
def test_the_regime_changes_hands(step: str, event: str, before: str, after: str) -> None:
    """S10."""
    game = eve(step)
    assert word(game, "regime") == before
    open_quarter(game)
    assert happened(game, event) and moved(game, "regime", f"event:{event}") == 1
    assert word(game, "regime") == after


@pytest.mark.parametrize(
    ("less", "more", "what"), [each[1:] for each in FACTORS], ids=[each[0] for each in FACTORS]
)
def test_six_factors_bear_on_policy(
    less: dict[str, int | str], more: dict[str, int | str], what: str
) -> None:
    """S57."""
    low, high = (derived("1926-Q1", what, sets) for sets in (less, more))
    assert low > high if what == "boldness" else low < high


def test_a_war_scare_can_be_fed_or_calmed() -> None:
    """S63: alarm pleases the Politburo and empties the shops."""
    danger = {"security": 25}
    alarm, calm = (at("1927-Q3", danger, {"war-scare-1927": way}) for way in ("alarm", "calm"))
    cause = "choice:war-scare-1927"
    assert moved(alarm, "standing", cause) > 0 > moved(calm, "standing", cause)
    assert moved(alarm, "harvest", cause) < 0 < moved(calm, "harvest", cause)
    safe = at("1927-Q3", {"security": 60})
    assert not happened(safe, "war-scare-1927") and happened(safe, "calm-summer-1927")
    assert (
        moved(
            at("1927-Q3", {"security": 60}, {"calm-summer-1927": "find-a-danger"}),
            "harvest",
            "choice:calm-summer-1927",
        )
        < 0
    )


def test_loud_words_cost_little_and_deeds_much() -> None:
    """S64: a speech against Paris earns standing and keeps security; rifles for Manchuria do not."""
    words, deeds = (
        at("1930-Q2", answers={"congress16-1930": "as-reported"}),
        at("1931-Q3", answers={"mukden-1931": "arm-guerrillas"}),
    )
    assert (
        moved(words, "standing", "choice:congress16-1930")
        > 0
        <= moved(words, "security", "choice:congress16-1930")
    )
    assert (
        moved(deeds, "security", "choice:mukden-1931")
        < moved(at("1931-Q3"), "security", "choice:mukden-1931/neutral-and-arm")
        < 0
    )
    assert (
        moved(deeds, "japan.relations", "choice:mukden-1931")
        < -10
        < moved(words, "france.relations", "choice:congress16-1930")
    )


def test_foreigners_are_dear_to_deal_with_in_1929_and_1930() -> None:
    """S65."""
    costs = [
        offer(at(step, RICH), "concession", "germany").cost["means"]
        for step in ("1928-Q2", "1929-Q2", "1931-Q2")
    ]
    offers = [offer(at(step, RICH), "debt-offer", "usa").cost["means"] for step in ("1928-Q2", "1929-Q2")]
    assert costs[1] == costs[0] + 1 and offers[1] == offers[0] + 1
    assert offer(at("1930-Q2", RICH), "concession", "germany").reasons


def test_an_enemy_is_named_and_remembers_it() -> None:
    """S66: the louder Paris is accused, the better in Moscow and the worse in Paris."""
    mild, loud = (at("1930-Q2", answers={"congress16-1930": way}) for way in ("word-to-paris", "louder"))
    assert (
        moved(loud, "standing", "choice:congress16-1930")
        > 0
        > moved(mild, "standing", "choice:congress16-1930")
    )
    assert (
        moved(loud, "france.relations", "choice:congress16-1930")
        < 0
        < moved(mild, "france.relations", "choice:congress16-1930")
    )
    accused, spared = (
        at("1930-Q4", {"france.relations": -40}, {"prompartiya-1930": way})
        for way in ("no-objection", "names-out")
    )
    cause = "choice:prompartiya-1930"
    assert moved(accused, "france.relations", cause) < moved(spared, "france.relations", cause)
    assert moved(accused, "standing", cause) > moved(spared, "standing", cause)


def test_whose_side_you_took_is_remembered() -> None:
    """S77: January 1924 is paid for at the congress of December 1925, and one country's socialism is dear abroad."""
    found = {}
    for way in ("zinoviev", "stalin", "serve-all"):
        game = at("1924-Q1", answers={"lenin-death-1924": way})
        while game.turn < turn_of("1925-Q4"):
            close(game)
            teach(game, {"standing": 50, "security": 50})
            open_quarter(game)
        found[way] = moved(game, "standing", "event:congress14-1925")
    assert found["zinoviev"] < found["serve-all"] < found["stalin"]
    adopted, world = (at("1924-Q4", answers={"sioc-1924": way}) for way in ("adopt", "world-first"))
    assert (
        moved(adopted, "revolution", "choice:sioc-1924") < 0 < moved(world, "revolution", "choice:sioc-1924")
    )
    assert moved(world, "standing", "choice:sioc-1924") < 0 < moved(adopted, "standing", "choice:sioc-1924")


def test_the_struggle_at_home_sets_the_line_abroad() -> None:
    """S78: the left line is a fault before Moscow's turn of 1928 and a merit after it."""
    found = []
    for step in ("1926-Q1", "1929-Q1"):
        game = at(step, RICH)
        teach(game, {"line": "united_front"})
        found.append(moved(close(game, "third-period"), "standing", "order:third-period"))
    assert found[0] < 0 < found[1]
    turned, kept = (at("1928-Q3", answers={"comintern6-1928": way}) for way in ("turn-left", "keep-front"))
    assert word(turned, "line") == "third_period" and word(kept, "line") == "united_front"
    assert (
        moved(turned, "standing", "choice:comintern6-1928")
        > 0
        > moved(kept, "standing", "choice:comintern6-1928")
    )


def test_the_forecast_of_hitler_is_shown_beside_the_facts() -> None:
    """S82: in January business as usual is expected; in summer Germany is a danger."""
    game = at("1933-Q1", {"nazis": 45}, {"hitler-1933": "wait-and-see"})
    assert moved(game, "germany.party", "event:hitler-1933") < -20
    assert moved(game, "security", "choice:hitler-1933/wait-and-see") < 0
    close(game)
    open_quarter(game)
    assert (
        happened(game, "berlin-summer-1933")
        and moved(game, "germany.threat", "event:berlin-summer-1933") > 20
    )
    for threat, fronts in ((15, False), (70, True)):
        sets = {"germany.threat": threat, "germany.relations": -40, "japan.relations": -60}
        assert (derived("1933-Q2", "two_fronts", sets) > 0) == fronts


@pytest.mark.parametrize(
    ("office", "holder", "written", "difference"),
    [
        ("commissar", "chicherin", "recognition-talks germany", -1),
        ("commissar", "chicherin", "quiet-mission britain", +1),
        ("commissar", "litvinov", "quiet-mission france", -1),
        ("commissar", "litvinov", "disarmament-appeal", -1),
        ("commissar", "litvinov", "quiet-mission germany", +1),
        ("trade_commissar", "krasin", "trade-talks italy", -1),
        ("comintern_head", "zinoviev", "rising germany", -1),
    ],
)
def test_who_holds_an_office_changes_what_orders_cost(
    office: str, holder: str, written: str, difference: int
) -> None:
    """S83: compared with what the order costs by itself."""
    others = {"trade_commissar": "successors", "comintern_head": "piatnitsky"}
    game = at("1922-Q1", RICH)
    teach(game, {**others, office: holder, "idle_comintern": 0, "idle_narkomindel": 0})
    action, _, target = written.partition(" ")
    alone = dict(program().actions[action].rows[target].cost)["means"].read(game.state.values, {})
    shown = offer(game, action, target)
    assert shown.cost["means"] == alone + difference
    assert len(shown.reasons) == 1
