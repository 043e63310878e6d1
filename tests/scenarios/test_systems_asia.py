"""Do Mongolia, the East and the two Chinas work as docs/systems.md says?"""

from __future__ import annotations

import pytest

from tests.scenarios.branching import at, close, derived, happened, moved, open_quarter, teach, word

RICH = {"standing": 75, "gold": 400, "balance": 45}
QUIET = {"britain.heat": 0, "britain.trace": 0, "britain.pledge": 0, "deniability": 60}


def test_mongolia_becomes_a_buffer_at_chinas_cost() -> None:
    """S62, S69: Peking resents it as the tsar would have been resented."""
    stay, leave = (at("1921-Q3", answers={"mongolia-1921": way}) for way in ("stay", "leave"))
    cause = "choice:mongolia-1921"
    assert moved(stay, "security", cause) > 0 > moved(stay, "china.relations", cause)
    assert moved(leave, "security", cause) == 0 < moved(leave, "china.relations", cause)
    assert stay.value("mongolia.relations") > leave.value("mongolia.relations")


def test_asia_is_the_cheap_front_against_london() -> None:
    """S68."""
    game = close(at("1926-Q1", {**RICH, **QUIET}), "colonial-agitation persia")
    cause = "order:colonial-agitation"
    assert moved(game, "revolution", cause) > 0 > moved(game, "britain.relations", cause)
    assert moved(game, "britain.suspicion", cause) > 0
    assert moved(game, "gold", "cost:colonial-agitation") > moved(
        close(at("1923-Q2", {**RICH, "germany.party": 60, "germany.unrest": 90}), "rising germany"),
        "gold",
        "cost:rising",
    )


def test_what_the_tsar_had_taken_is_given_back() -> None:
    """S69: to Persia at once, to China if the player goes so far."""
    assert moved(at("1921-Q1"), "persia.relations", "event:persia-treaty-1921") > 0
    kept, given = (
        at("1924-Q2", answers={"china-recognition-1924": way}) for way in ("sign", "return-railway")
    )
    cause = "choice:china-recognition-1924"
    assert moved(given, "china.relations", cause) > moved(kept, "china.relations", cause) > 0
    assert moved(given, "standing", cause) < 0


@pytest.mark.parametrize("country", ["turkey", "persia", "afghanistan"])
def test_nationalists_are_armed_whatever_they_do_to_communists(country: str) -> None:
    """S70."""
    game = close(
        at("1923-Q1", {**RICH, f"{country}.relations": 30, f"{country}.party": 8}),
        f"national-movement {country}",
    )
    cause = "order:national-movement"
    assert moved(game, f"{country}.relations", cause) > 0 and moved(game, "security", cause) > 0
    assert moved(game, f"{country}.party", cause) < 0


def test_cadres_pay_years_later() -> None:
    """S71: each course is one of three that lift every party by itself."""
    game = close(at("1924-Q1", RICH), "train-cadres")
    assert moved(game, "cadres", "order:train-cadres") == 1
    few, more = (derived("1924-Q1", "france.party_home", {"cadres": n}) for n in (0, 9))
    assert more - few == 3


def test_work_in_persia_and_kabul_brings_the_ultimatum() -> None:
    """S72: it is from there that London's suspicion passes the mark."""
    below = {**RICH, **QUIET, "balance": 20, "britain.stance": -1, "britain.mood": 0}
    for orders, comes in (
        (("colonial-agitation persia", "colonial-agitation afghanistan"), True),
        ((), False),
    ):
        game = at("1923-Q1", below)
        teach(game, {"britain.suspicion": 44, "standing": 75})
        close(game, *orders)
        assert happened(open_quarter(game), "curzon-1923") == comes


def test_there_are_two_chinas_until_1928() -> None:
    """S73: advisers for Canton leave Peking alone; then one of the two is gone, and the other inherits its mind."""
    game = close(at("1925-Q1", {**RICH, "kuomintang.relations": 40}), "advisers kuomintang")
    assert (
        moved(game, "kuomintang.relations", "order:advisers")
        > 0
        < moved(game, "kuomintang.party", "order:advisers")
    )
    assert moved(game, "china.relations", "order:advisers") == 0
    assert moved(at("1923-Q4"), "kuomintang.party", "choice:borodin-1923/advisers") > 0
    friends, enemies = (at("1928-Q2", {"kuomintang.relations": n, "china.relations": 0}) for n in (60, -60))
    assert friends.value("kuomintang.exists") == enemies.value("kuomintang.exists") == 0
    assert friends.value("china.relations") > 0 > enemies.value("china.relations")


def test_the_bloc_from_within_may_be_left() -> None:
    """S74: inside the Kuomintang the communists grow with it, outside they are few and safe."""
    inside, outside = (
        at("1926-Q1", {"kuomintang.relations": 50, "kuomintang.party": 30}, {"zhongshan-1926": way})
        for way in ("swallow", "leave-party")
    )
    cause = "choice:zhongshan-1926"
    assert moved(outside, "kuomintang.party", cause) < 0 == moved(inside, "kuomintang.party", cause)
    assert moved(outside, "standing", cause) < 0
    within, parted = (
        at("1924-Q1", answers={"kmt-congress-1924": way}) for way in ("from-within", "two-parties")
    )
    assert within.value("kuomintang.party") > parted.value("kuomintang.party")
    assert within.value("kuomintang.relations") > parted.value("kuomintang.relations")


@pytest.mark.parametrize(("party", "strikes"), [(45, True), (15, False)])
def test_chiang_turns_on_communists_who_have_grown_strong(party: int, strikes: bool) -> None:
    """S75."""
    game = at("1927-Q2", {"kuomintang.party": party, "kuomintang.relations": 40})
    assert happened(game, "shanghai-1927") == strikes
    assert happened(game, "shanghai-unbetrayed-1927") != strikes
    rise = at("1926-Q1", {"kuomintang.relations": 50, "kuomintang.party": 30})
    assert word(rise, "kuomintang.cabinet") == "chiang"


def test_with_shanghai_the_policy_in_china_has_failed() -> None:
    """S76."""
    game = at("1927-Q2", {"kuomintang.party": 45, "kuomintang.relations": 40}, {"shanghai-1927": "hold"})
    cause = "choice:shanghai-1927/hold"
    assert moved(game, "revolution", cause) < -5 and moved(game, "standing", cause) < 0
    assert moved(game, "kuomintang.party", cause) < -20
    close(game)
    open_quarter(game)
    assert (
        moved(game, "revolution", "event:wuhan-1927")
        < 0
        > moved(game, "kuomintang.promise", "event:wuhan-1927")
    )
