"""Does each seat decide what is its own, in its turn, and does what is sealed stay sealed until the turn closes?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.play import saves
from game.play.drafting import NAME_FIRST, NAMED, SEALED
from game.play.games import GO_ON, Game, begin, forked, opened
from game.play.journal import SaveError
from game.play.seating import Seating
from game.play.session import Session
from game.rules.program import Program
from game.rules.state import Order, Plan
from tests.rules.small import game as small
from tests.views.small_game import YAML, small_program

TWO = {"narkomindel": "", "comintern": ""}
TALKS, FUND = Order("trade-talks", "germany"), Order("fund-party", "germany")


def begun(folder: Path, seats: dict[str, str] | None = None, program: Program | None = None) -> Game:
    """A game with two seats, where the first person must decide."""
    game = begin(program or small_program(), 3, "open", "0", folder, TWO if seats is None else seats)
    seating_of(game).advance()
    return game


def seating_of(game: Game) -> Seating:
    assert game.seating is not None
    return game.seating


def sit(game: Game) -> str:
    """Whoever must decide sits down."""
    role = seating_of(game).advance()
    game.session.holder = role
    return role


def decide(game: Game) -> str:
    """Whoever must decide does so: the first answer, the course as it stands, no orders."""
    role, session = sit(game), game.session
    question = session.observe().question
    if question is not None:
        session.answer(next(each.id for each in question.options if not each.refusal))
    elif seating_of(game).naming():
        session.name_course(role)
    else:
        seating_of(game).seal(role)
    return role


def test_the_desk_goes_to_whoever_is_asked_and_changes_hands_as_seldom_as_it_can(tmp_path: Path) -> None:
    game = begun(tmp_path)
    assert [decide(game) for _ in range(9)] == [
        "narkomindel",  # the first quarter asks it
        "narkomindel", "comintern", "comintern", "narkomindel",  # each names, each seals
        "comintern",  # the second asks the other
        "comintern", "narkomindel", "narkomindel",
    ]  # fmt: skip
    assert sit(game) == "comintern"
    assert game.session.turn == 2


def test_each_sees_its_own_draft_and_the_mean_once_both_have_named_their_course(tmp_path: Path) -> None:
    game = begun(tmp_path)
    decide(game)
    session, seating = game.session, seating_of(game)
    assert sit(game) == "narkomindel"
    assert session.draft_setting("balance", 80) == ""
    assert session.observe().settings[0].drafted == 80
    session.name_course("narkomindel")
    assert sit(game) == "comintern"
    assert session.observe().settings[0].drafted == 60
    assert [each.means for each in session.observe().purses] == [5, 7]
    assert session.draft_setting("balance", 41) == ""
    session.name_course("comintern")
    assert seating.waiting() == "comintern"
    assert session.observe().settings[0].drafted == 60, "the mean, rounded down"
    assert session.draft_setting("balance", 20) == NAMED
    seating.seal("comintern")
    sit(game)
    assert session.observe().settings[0].drafted == 60
    assert seating.seal("narkomindel")
    assert session.value("balance") == 60


def test_no_order_is_given_before_the_course_is_named(tmp_path: Path) -> None:
    game = begun(tmp_path)
    decide(game)
    session = game.session
    sit(game)
    assert session.draft_order(TALKS) == NAME_FIRST
    assert {each.refusal for each in session.offers("narkomindel")} == {NAME_FIRST}
    session.name_course("narkomindel")
    assert session.draft_order(TALKS) == NAME_FIRST, "the other has not named one"
    sit(game)
    session.name_course("comintern")
    assert session.draft_order(FUND) == ""
    assert session.draft_order(TALKS) == "There is no order 'trade-talks'."


def test_what_is_sealed_stands_and_is_shown_to_nobody_else(tmp_path: Path) -> None:
    game = begun(tmp_path)
    session, seating = game.session, seating_of(game)
    for _ in range(3):
        decide(game)
    assert sit(game) == "comintern"
    session.draft_order(FUND)
    assert not seating.seal("comintern")
    session.withdraw(FUND)
    assert session.draft_order(Order("cover-tracks")) == SEALED
    assert session.orders["comintern"] == [FUND]
    sit(game)
    seen = session.observe()
    assert (seen.orders, [each.id for each in seen.tracks]) == ((), ["narkomindel"])
    assert [each.left for each in seen.purses] == [each.means for each in seen.purses]
    assert (session.outlook()["revolution"], session.outlook("comintern")["revolution"]) == (-1, 0)
    seating.seal("narkomindel")
    assert session.value("germany.party") == 64


def test_a_scenario_without_settings_begins_with_the_orders(tmp_path: Path) -> None:
    session = small("""
orders:
  - {id: talk, label: Talk, track: narkomindel, cost: {means: 1}}
  - {id: stir, label: Stir, track: comintern, cost: {means: 1}}
""")
    game = begun(tmp_path, program=session.program)
    sit(game)
    assert not seating_of(game).naming()
    assert decide(game) != decide(game)
    assert game.session.turn == 1
    assert game.session.place == "opening"


def test_a_policy_takes_its_turns_at_once(tmp_path: Path) -> None:
    game = begun(tmp_path, {"narkomindel": "", "comintern": "random"})
    session, turns = game.session, 0
    while seating_of(game).advance():
        assert decide(game) == "narkomindel"
        turns += 1
    assert session.place == "over"
    assert turns >= 8
    plans = [made.move for made in session.made if isinstance(made.move, Plan)]
    assert any(plan.orders.get("comintern") for plan in plans)
    assert not any(plan.orders.get("narkomindel") for plan in plans)


def test_the_same_decisions_make_the_same_game_as_one_player_would(tmp_path: Path) -> None:
    game = begun(tmp_path)
    while seating_of(game).advance():
        decide(game)
    alone = Session(small_program(), 3, "open")
    for made in game.session.made:
        alone.move(made.move)
    assert alone.state.digest() == game.session.state.digest()


# What a seat is told


def test_a_seat_is_told_what_has_happened_since_it_sat_there_once(tmp_path: Path) -> None:
    game = begun(tmp_path)
    seating = seating_of(game)
    assert seating.news("narkomindel") == (), "whoever has not sat here yet finds nothing changed"
    for _ in range(5):
        decide(game)
    sit(game)
    news = seating.news("comintern")
    assert {each.turn for each in news} == {1, 2}
    assert all(each.cause.kind != "unknown" for each in news)
    assert {str(each.cause) for each in news} >= {"rule:upkeep", "event:signal"}
    seating.tell("comintern")
    assert seating.news("comintern") == ()
    decide(game)
    assert {str(each.cause.kind) for each in seating.news("narkomindel")} >= {"rule", "choice"}


def test_a_seat_is_told_no_cause_that_it_may_not_know(tmp_path: Path) -> None:
    game = begun(tmp_path)
    for _ in range(3):
        decide(game)
    sit(game)
    game.session.draft_order(FUND)
    seating_of(game).seal("comintern")
    decide(game)
    kinds = {
        role: {each.slot: str(each.cause) for each in seating_of(game).news(role) if each.delta == 4}
        for role in ("narkomindel", "comintern")
    }
    assert kinds["narkomindel"]["germany.party"] == "unknown:"
    assert kinds["comintern"]["germany.party"] == "order:fund-party@germany"


# On the disk


def test_a_saved_game_keeps_its_seats_and_what_was_named_and_sealed(tmp_path: Path) -> None:
    game = begun(tmp_path)
    for _ in range(3):
        decide(game)
    assert sit(game) == "comintern"
    game.session.draft_order(FUND)
    seating_of(game).seal("comintern")
    game.close()
    found = opened(game.path, lambda _: small_program())
    assert found.ways == (GO_ON,)
    again = found.go_on(GO_ON, "0")
    assert (again.session.named, again.session.sealed) == ({"narkomindel", "comintern"}, {"comintern"})
    assert again.session.orders["comintern"] == [FUND]
    assert seating_of(again).waiting() == "narkomindel"
    assert again.session.holder == "narkomindel", "whoever must decide is the one who sees"
    seating_of(again).seal("narkomindel")
    assert again.session.value("germany.party") == 64
    again.close()


def test_a_seat_is_told_after_loading_what_came_since_its_last_decision(tmp_path: Path) -> None:
    game = begun(tmp_path)
    for _ in range(5):
        decide(game)
    sit(game)
    game.close()
    again = opened(game.path, lambda _: small_program()).go_on(GO_ON, "0")
    assert {each.turn for each in seating_of(again).news("comintern")} == {1, 2}
    decide(again)
    assert seating_of(again).news("comintern") == ()
    again.close()


def test_the_header_of_a_save_says_who_sits_where_and_nothing_that_was_decided(tmp_path: Path) -> None:
    game = begun(tmp_path, {"comintern": "random"})
    for _ in range(3):
        decide(game)
    header = json.loads(game.path.read_bytes().splitlines()[0])
    assert header["seats"] == {"comintern": "random", "narkomindel": ""}
    assert not any(
        word in json.dumps(header) for word in ("balance", "fund-party", "trade-talks", "conference")
    )
    shown = saves.look(game.path).data()
    assert not any(word in str(shown) for word in ("fund-party", "trade-talks", "conference"))
    game.close()


def test_a_fork_and_a_game_gone_back_to_keep_their_seats(tmp_path: Path) -> None:
    game = begun(tmp_path, {"comintern": "random"})
    for _ in range(4):
        decide(game)
    fork = forked(game, 1, "0")
    assert seating_of(fork).players == {"comintern": "random", "narkomindel": ""}
    assert saves.load(fork.path).header.seats == (("comintern", "random"), ("narkomindel", ""))
    assert sit(fork) == "narkomindel"
    fork.close()


@pytest.mark.parametrize(
    ("seats", "told"),
    [
        ({"politburo": ""}, "there is no seat 'politburo'; there are comintern and narkomindel"),
        ({"comintern": "random", "narkomindel": "random"}, "one of the seats must be a person's"),
    ],
)
def test_seats_that_cannot_be_taken_are_refused(seats: dict[str, str], told: str, tmp_path: Path) -> None:
    with pytest.raises(SaveError, match=told):
        begin(small_program(), 0, "open", "0", tmp_path, seats)
    assert not list(tmp_path.iterdir())


def test_a_policy_of_the_scenario_holds_a_seat_and_one_that_looks_ahead_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "shelf" / "small"
    (home / "policies").mkdir(parents=True)
    (home / "small.yaml").write_text(YAML, encoding="utf-8")
    red = "policy: red\norders: [{order: fund-party, target: germany, weight: 1}]\nmost: {comintern: 1}\n"
    (home / "policies" / "red.yaml").write_text(red, encoding="utf-8")
    seer = "policy: seer\norders: [{weight: 1}]\nlooks_ahead: {goal: revolution, turns: 2, futures: 8}\n"
    (home / "policies" / "seer.yaml").write_text(seer, encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path / "shelf"))
    game = begun(tmp_path, {"comintern": "red"})
    while sit(game) and game.session.turn < 3:
        decide(game)
    plans = [made.move for made in game.session.made if isinstance(made.move, Plan)]
    assert [plan.orders.get("comintern") for plan in plans] == [(FUND,), (FUND,)]
    game.close()
    for name, told in (("seer", "looks ahead"), ("bolshevik", "there is no policy 'bolshevik'")):
        with pytest.raises(SaveError, match=told):
            begin(small_program(), 0, "historical", "0", tmp_path, {"comintern": name})
