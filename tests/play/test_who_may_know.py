"""Whatever a role may not know is in nothing that it is shown: values, causes, texts, refusals, dispatches."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from game.play.secrecy import BOTH, EVERYBODY, sees
from game.play.session import Session
from game.rules.state import Order
from tests.rules.small import close, entry, game, moved

SECRETS = """
calendar: {from: 1921-Q1, to: 1921-Q3}
tracks:
  narkomindel: {label: Narkomindel, means: 10}
  comintern: {label: Comintern, means: 10, known_to: comintern}
variables:
  gold: {start: 50, max: 100}
  trade: {start: 20, max: 100}
  HUSH: {start: 7333, max: 9999, known_to: comintern, label: Hushfund}
  DEEP: {start: 8444, max: 9999, known_to: nobody, label: Deepcover}
  HIDDENLINE: {start: soft, words: [soft, WHISPER], set_by: comintern, known_to: comintern, cost: {gold: 1}}
country_variables:
  relations: {start: 0, min: -100, max: 100}
  HEAT: {start: 6222, max: 9999, known_to: comintern, label: Heatmark}
countries: {britain: {name: Britain}, germany: {name: Germany}}
orders:
  - {id: talks, label: Talks, track: narkomindel, target: country, cost: {means: 1}, when: "target.relations >= -9 and target.HEAT < 6223", effects: {target.relations: +1, target.HEAT: -1}, because: "Talks beside {target.HEAT}."}
  - {id: speak, label: Speak, track: narkomindel, when: "turns_since('PLOT') > 3 or DEEP > 9000"}
  - {id: count, label: Count, track: narkomindel, when: "trade > 50 and count(each.HEAT > 7000) > 1"}
  - {id: pay, label: Pay, track: narkomindel, cost: {DEEP: 8445}, results: {well: {chance: 50, effects: {HUSH: +1, trade: +1}}, ill: {effects: {HUSH: -1}}}}
  - {id: STIR, label: Stirring, track: comintern, target: country, cost: {gold: 5, HUSH: 1}, effects: {target.HEAT: +2, target.relations: -2, trade: -1}, because: "A courier left for {target}.", then: {event: protest}}
events:
  - id: PLOT
    title: The cellar meets
    window: 1921-Q1
    day: 5
    known_to: comintern
    asks: comintern
    choices:
      - {id: GO, label: Give the sign, effects: {trade: -3, germany.HEAT: +5}, then: {event: arrest}, because: The cellar got its sign.}
      - {id: STAY, label: Hold still}
  - {id: arrest, title: Arrests in Berlin, text: "Police count {germany.HEAT} and {DEEP}, {gold} in the till.", only_then: true, effects: {gold: "DEEP // 2000"}, because: "They found {HUSH}."}
  - {id: protest, title: A protest, only_then: true, premise: "HUSH > 0", effects: {trade: "0 - HUSH // 2000"}}
  - {id: telling, window: 1921-Q3, reveals: [BURROW]}
  - id: offer
    window: 1921-Q2
    day: 80
    asks: narkomindel
    title: An offer
    choices:
      - {id: take, label: Take it, when: "DEEP > 9100", effects: {trade: +1, HUSH: +2}}
      - {id: leave, label: Leave it, effects: {trade: +1, HUSH: +2, DEEP: -1}, results: {a: {chance: "DEEP // 200", effects: {HUSH: +1}}, b: {}}}
rules:
  - {id: BURROW, each: country, known_to: nobody, effects: {country.relations: -1, trade: +1}, because: "Moles dig in {country}."}
  - {id: open-rule, effects: {gold: "1 + DEEP // 9000 + germany.HEAT // 9000"}, because: "Everybody knows of {trade}."}
directives:
  - {id: thrift, label: "Keep {HUSH} and {gold}", goal: "gold > 90"}
"""
YAML = SECRETS.replace("HUSH", "hushvar").replace("DEEP", "deepvar").replace("HEAT", "heatvar")
YAML = (
    YAML.replace("PLOT", "plot-id")
    .replace("STIR", "stir-id")
    .replace("BURROW", "burrow-id")
    .replace("GO", "go-id")
)
YAML = YAML.replace("STAY", "stay-id").replace("WHISPER", "whisper").replace("HIDDENLINE", "hiddenline")
COMINTERNS = (
    "hush", "heat", "plot", "stir", "cellar", "courier", "go-id", "stay-id", "still", "sign", "hiddenline", "whisper",
    "733", "622",
)  # fmt: skip
NOBODYS = ("deep", "burrow", "Moles", "844")


def two_seats(seed: int = 2, fate: str = "open") -> Session:
    """The game above, played by two who keep their secrets."""
    return Session(game(YAML).program, seed, fate, seats=2)


def strings(thing: object) -> Iterator[str]:
    """Every text within a value, however deep, the names of keys included."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(thing, list | tuple | frozenset | set):
        for each in thing:
            yield from strings(each)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for each in fields(thing):
            if each.name != "mark":
                yield from strings(getattr(thing, each.name))


def shown(session: Session, role: str) -> set[str]:
    """Every text that a role is shown at this moment."""
    trails = [session.trail(each.entry, role) for each in session.observe(role).reasons]
    slots = (*session.program.layout.names[: session.program.layout.stored], "hushvar", "deepvar")
    offered = session.offers(role) if role in session.roles else ()
    seen = [
        session.observe(role), trails, [session.why(slot, role) for slot in slots], session.seen(role), offered,
        [session.dispatches(role, turn) for turn in range(1, session.turn + 1)], session.outlook(role),
    ]  # fmt: skip
    return set(strings(seen))


def leaks(session: Session, role: str, secrets: tuple[str, ...]) -> set[str]:
    """The texts shown to a role that hold a secret."""
    return {text for text in shown(session, role) if any(word.lower() in text.lower() for word in secrets)}


def play(session: Session, look: list[tuple[str, tuple[str, ...]]]) -> set[str]:
    """Two turns with secrets in every corner, looked at after every move."""
    found: set[str] = set()

    def peep() -> None:
        for role, secrets in look:
            found.update(leaks(session, role, secrets))

    session.open()
    peep()
    session.answer("go-id")
    peep()
    session.draft_order(Order("stir-id", "germany"), "comintern")
    session.draft_setting("hiddenline", 1, "comintern")
    peep()
    session.close()
    peep()
    session.open()
    peep()
    session.answer("leave")
    peep()
    close(session, "talks britain")
    peep()
    return found


@pytest.mark.parametrize("fate", ["open", "historical"])
def test_the_narkomindel_is_never_shown_what_the_comintern_or_nobody_knows(fate: str) -> None:
    assert play(two_seats(2, fate), [("narkomindel", COMINTERNS + NOBODYS)]) == set()


def test_the_comintern_and_one_player_with_both_tracks_are_never_shown_what_nobody_knows() -> None:
    assert play(two_seats(), [("comintern", NOBODYS), (BOTH, NOBODYS)]) == set()


def test_who_may_know_is_shown_it() -> None:
    session = two_seats()
    session.open()
    assert leaks(session, "comintern", ("hush",))
    assert session.observe("comintern").question is not None
    assert session.observe("narkomindel").question is None
    assert session.observe().question is not None
    session.answer("go-id")
    assert "heatvar" in session.observe(BOTH).countries["britain"].values
    assert "heatvar" not in session.observe("narkomindel").countries["britain"].values


def test_unknown_causes_keep_their_numbers_so_that_sums_hold() -> None:
    session = two_seats()
    session.open()
    session.answer("go-id")
    close(session, "stir-id germany")
    for role in ("narkomindel", "comintern", BOTH):
        for slot in ("gold", "trade", "germany.relations", "britain.relations"):
            seen = [each for each in session.seen(role) if each.slot == slot]
            start = session.closes[0].values[session.program.layout.index[slot]]
            assert start + sum(each.delta for each in seen) == session.value(slot)
            assert [(each.delta, each.before, each.turn) for each in seen] == [
                (each.delta, each.before, each.turn) for each in session.entries if each.slot == slot
            ]
    unknown = [each for each in session.seen("narkomindel") if each.cause.kind == "unknown"]
    assert {(each.slot, each.delta) for each in unknown} >= {("trade", -3), ("gold", -5), ("trade", -1)}
    assert all(
        each.mark is None and not each.note and not each.reads and not each.cause.parent for each in unknown
    )


def test_a_known_event_called_by_a_secret_one_does_not_name_its_parent() -> None:
    session = two_seats()
    session.open()
    session.answer("go-id")
    close(session)
    session.open()
    arrest = entry(session, "event:arrest", "gold")
    assert arrest.cause.parent is not None
    as_seen = [each for each in session.seen("narkomindel") if each.cause.id == "arrest"]
    assert as_seen[0].cause.parent is None
    known = [each for each in session.seen("comintern") if each.cause.id == "arrest"]
    assert known[0].cause.parent == arrest.cause.parent
    assert session.trail(as_seen[0], "narkomindel") == ()


def test_what_is_revealed_is_known_from_then_on_with_all_its_past() -> None:
    session = two_seats()
    session.open()
    session.answer("stay-id")
    close(session)
    session.open()
    session.answer("leave")
    close(session)
    hidden = [each for each in session.seen(BOTH) if each.cause.kind == "unknown"]
    assert {each.slot for each in hidden} == {"trade", "britain.relations", "germany.relations"}
    session.open()
    assert all(each.cause.kind != "unknown" for each in session.seen(BOTH))
    told = {reason.sentence for reason in session.why("britain.relations", "narkomindel")}
    assert told == {"Moles dig in Britain."}


def test_a_reveal_of_one_country_reveals_that_country_only() -> None:
    session = game("""
country_variables: {relations: {start: 0, min: -100}}
countries: {a: {name: A}, b: {name: B}}
rules: [{id: digs, each: country, known_to: nobody, effects: {country.relations: -1}}]
events: [{id: telling, each: [b], window: 1921-Q2, reveals: [digs]}]
""")
    for _ in range(2):
        session.open()
        session.close()
    assert {each.slot: str(each.cause) for each in session.seen(BOTH) if each.delta} == {
        "a.relations": "unknown:", "b.relations": "rule:digs@b",
    }  # fmt: skip


def test_when_the_game_is_over_nothing_is_hidden() -> None:
    session = two_seats()
    session.open()
    session.answer("go-id")
    close(session, "stir-id germany")
    session.open()
    session.answer("leave")
    close(session)
    session.open()
    assert "deepvar" not in session.observe().national
    close(session)
    assert session.place == "over"
    seen = session.observe("narkomindel")
    assert {"hushvar", "deepvar"} <= set(seen.national)
    assert session.seen("narkomindel") == tuple(session.entries)
    assert session.dispatches("narkomindel", 1)[0].event == "plot-id"
    assert any("They found 733" in each for each in session.dispatches("narkomindel", 2)[0].told)


def test_refusals_say_of_a_condition_only_what_may_be_known() -> None:
    session = two_seats()
    session.open()
    session.answer("go-id")
    refused = {str(each.order): each.refusal for each in session.offers("narkomindel")}
    secret = "Needs something that is not known here."
    assert refused["talks -> germany"] == secret
    assert refused["speak"] == secret
    assert refused["pay"] == secret
    assert refused["count"] == "Needs Trade above 50 (now 17)."
    session.seats = 1
    whole = {str(each.order): each.refusal for each in session.offers("narkomindel")}
    assert whole["talks -> germany"] == "Needs Germany: heatmark below 6223 (now 6227)."
    assert session.draft_order(Order("talks", "germany"), "narkomindel") == secret
    assert "heatmark" in session.draft_order(Order("talks", "germany"))


def test_a_draft_is_sealed_even_in_the_outlook() -> None:
    session = two_seats()
    session.open()
    session.answer("stay-id")
    quiet = session.outlook("narkomindel")
    session.draft_order(Order("stir-id", "germany"))
    assert session.outlook("narkomindel") == quiet
    assert session.outlook("comintern")["trade"] == quiet["trade"] - 1
    assert session.observe("narkomindel").orders == ()
    assert session.observe("comintern").orders == (Order("stir-id", "germany"),)


def test_hidden_drifts_and_settings_are_hidden_with_their_variable() -> None:
    session = game("""
variables:
  gold: {start: 9}
  secret: {start: 0, known_to: comintern, toward: 9, step: 2}
  line: {start: a, words: [a, b], known_to: comintern, set_by: comintern, cost: {gold: 2}}
""")
    session.open()
    close(session, settings={"comintern": {"line": 1}})
    assert [(each.slot, str(each.cause)) for each in session.seen("narkomindel")] == [("gold", "unknown:")]
    assert moved(session, "gold") == [(-2, "cost:line")]


@pytest.mark.parametrize(
    ("known_to", "eyes", "seen"),
    [
        ("all", "narkomindel", True), ("comintern", "narkomindel", False), ("comintern", "comintern", True),
        ("comintern", BOTH, True), ("nobody", BOTH, False), ("nobody", "comintern", False),
        ("nobody", EVERYBODY, True),
    ],
)  # fmt: skip
def test_who_sees_what(known_to: str, eyes: str, seen: bool) -> None:
    assert sees(known_to, eyes) is seen
