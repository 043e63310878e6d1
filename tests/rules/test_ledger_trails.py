"""What does the ledger say: causes, parents, readings, marks, and the way back to a decision?"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import pytest

from game.compiler.codegen.engine import Engine
from game.rules.engine import CLOSE, DRIFT, EVENTS, OPENING_PHASE, ORDER_PHASE, PULLS, SETTINGS, begin, step
from game.rules.ledger import Cause, Entry, Kind, because, total, why
from game.rules.state import Answer, IllegalOrder, Open, Order, Plan, State
from game.rules.writing import DEEPEST, shortened
from tests.rules.small import close, entry, game, happened, moved, program, turn
from tests.twins import Twins

CHAIN = """
variables:
  gold: {start: 20, min: 0, max: 40}
  trade: {start: 5, max: 100}
  balance: {start: 50, max: 100, set_by: both}
  fear: {start: 0, max: 100, toward: "gold // 2", step: 3}
country_variables: {relations: {start: 0, min: -100, max: 100}}
countries: {britain: {name: Britain}, persia: {name: Persia}}
events:
  - id: ultimatum
    historically: 1921-02-08
    asks: narkomindel
    choices:
      - {id: comply, label: Comply, effects: {trade: +2}}
      - {id: refuse, label: Refuse, effects: {britain.relations: -25}, then: {event: breach}, because: No answer.}
  - {id: breach, only_then: true, effects: {trade: -4}, then: {event: echo, country: persia}}
  - {id: echo, each: country, only_then: true, effects: {country.relations: -1}}
  - {id: panic, historically: 1921-11-20, when: "chose('ultimatum', 'refuse') and trade < 9", effects: {fear: +40}}
  - {id: silent, window: 1921-Q1, day: 70, then: {event: late, after: 2}}
  - {id: late, only_then: true, effects: {trade: +1}}
rules: [{id: tax, when: "trade < 3", effects: {gold: "trade + 60"}, because: "Tax."}]
orders: [{id: talks, label: Talks, track: narkomindel, target: country, cost: {gold: 2}, effects: {target.relations: +1}, then: {event: echo}}]
"""


def test_every_phase_writes_entries_of_its_own() -> None:
    played = game(CHAIN)
    turn(played, "talks britain", settings={"narkomindel": {"balance": 60}})
    turn(played)
    phases = {str(each.cause): each.phase for each in played.entries if each.delta}
    assert phases == {
        "choice:ultimatum/comply": EVENTS, "setting:balance": SETTINGS, "cost:talks@britain": ORDER_PHASE,
        "order:talks@britain": ORDER_PHASE, "pull:fear": PULLS, "event:echo@britain": EVENTS,
    }  # fmt: skip
    assert (OPENING_PHASE, DRIFT, CLOSE) == (1, 5, 7)


def test_what_a_call_brings_has_the_calling_block_as_its_parent_and_so_back() -> None:
    played = game(CHAIN)
    played.open()
    played.answer("refuse")
    close(played, "talks britain")
    turn(played)
    turn(played)
    breach, echo = entry(played, "event:breach"), entry(played, "event:echo@britain")
    assert breach.cause.parent == entry(played, "choice:ultimatum/refuse").cause
    assert echo.cause.parent == entry(played, "order:talks@britain").cause
    later = entry(played, "event:echo@persia")
    assert (later.turn, later.cause.parent) == (3, breach.cause)
    assert [str(each.cause) for each in why(tuple(played.entries), later)] == [
        "event:breach", "choice:ultimatum/refuse",
    ]  # fmt: skip
    decision = later.cause.decision()
    assert decision is not None and (decision.id, decision.branch, decision.by) == (
        "ultimatum",
        "refuse",
        "narkomindel",
    )


def test_choices_orders_costs_and_settings_are_decisions_of_their_role() -> None:
    played = game(CHAIN)
    turn(played, "talks britain", settings={"comintern": {"balance": 60}})
    found = {str(each.cause): each.cause.by for each in played.entries if each.cause.decided}
    assert found == {
        "choice:ultimatum/comply": "narkomindel", "cost:talks@britain": "narkomindel",
        "order:talks@britain": "narkomindel", "setting:balance": "comintern",
    }  # fmt: skip


def test_without_a_parent_the_way_back_goes_to_what_was_read() -> None:
    played = game(CHAIN)
    played.open()
    played.answer("refuse")
    close(played)
    for _ in range(3):
        turn(played)
    panic = entry(played, "event:panic")
    assert panic.reads == ("trade", "ultimatum/refuse")
    assert str(why(tuple(played.entries), panic)[0].cause) == "choice:ultimatum/refuse"
    tax = entry(played, "rule:tax")
    assert tax.reads == ("trade",)
    assert [str(each.cause) for each in why(tuple(played.entries), tax)] == [
        "event:breach", "choice:ultimatum/refuse",
    ]  # fmt: skip


def test_a_limit_goes_back_to_the_heaviest_entry_it_holds() -> None:
    played = game(CHAIN)
    played.open()
    played.answer("refuse")
    close(played)
    turn(played)
    held = entry(played, "limit:gold")
    assert [str(each.cause) for each in why(tuple(played.entries), held)][:2] == ["rule:tax", "event:breach"]


def test_a_parent_that_only_called_is_found_by_its_note() -> None:
    played = game(CHAIN)
    for _ in range(3):
        turn(played)
    assert [str(each.cause) for each in why(tuple(played.entries), entry(played, "event:late"))] == [
        "event:silent"
    ]


def test_entries_name_their_place_in_the_file_and_their_day() -> None:
    played = game(CHAIN)
    played.open()
    played.answer("refuse")
    chosen = entry(played, "choice:ultimatum/refuse")
    lines = CHAIN.strip("\n").split("\n")
    assert chosen.mark is not None
    offset = 8  # lines of the sections that a small scenario gets
    assert "britain.relations: -25" in lines[chosen.mark.line - offset - 1]
    assert lines[chosen.mark.line - offset - 1][chosen.mark.column - 1 :].startswith("britain.relations")
    assert chosen.day == 31 + 8


def test_weights_and_totals_of_a_slot() -> None:
    def made(delta: int, slot: str = "gold") -> Entry:
        return Entry(1, 5, 0, slot, delta, 0, Cause(Kind.RULE, f"r{delta}"))

    ledger = (made(2), made(-7), made(0), made(4, "trade"), made(5))
    assert total(ledger, "gold") == 0
    assert [each.delta for each in because(ledger, "gold")] == [-7, 5, 2]


def test_a_line_of_parents_is_kept_short_but_for_the_decision() -> None:
    cause = decision = Cause(Kind.ORDER, "o", turn=1, by="narkomindel")
    for number in range(DEEPEST + 5):
        cause = Cause(Kind.EVENT, f"e{number}", turn=number, parent=shortened(cause))
    depth, above = 0, cause.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    assert depth <= DEEPEST
    assert cause.decision() == decision


def test_an_event_that_calls_itself_for_ever_keeps_a_bounded_state() -> None:
    played = game("""
calendar: {from: 1921-01, to: 1931-12, step: month}
events: [{id: e, window: 1921-01, then: {event: e}}]
""")
    for _ in range(130):
        turn(played)
    assert len(happened(played)) == 130
    assert len(repr(played.state.origins)) < 30_000


def test_the_teachers_hand_sets_before_a_turn_and_calls_an_event_for_it() -> None:
    played = game(CHAIN)
    turn(played)
    values = played.state.values
    played.teach({"gold": 11, "britain.relations": -40, "trade": 999}, event="panic")
    assert {(each.turn, each.phase) for each in played.entries if each.cause.kind == "teacher"} == {(2, 1)}
    assert moved(played, "trade", 2) == [(992, "teacher:teacher"), (-899, "limit:trade")]
    assert played.closes[-1].values == values
    played.open()
    assert played.value("gold") == 11
    panic = entry(played, "event:panic")
    assert panic.turn == 2
    assert str(panic.cause.decision()) == "teacher:teacher"
    assert [made.turn for made in played.made] == [1, 1, 1, 2, 2]


def test_the_teachers_hand_may_come_at_a_question_and_before_the_orders() -> None:
    played = game(CHAIN)
    played.open()
    with pytest.raises(IllegalOrder) as refused:
        played.teach({}, event="ultimatum")
    assert refused.value.refusal.code == "day-past"
    played.teach({"gold": 5}, event="panic")
    assert (played.place, entry(played, "teacher:teacher").phase) == ("question", EVENTS)
    played.answer("comply")
    assert (1, "panic") in happened(played)
    played.teach({"trade": 50})
    assert (played.place, played.value("trade")) == ("orders", 50)
    with pytest.raises(IllegalOrder):
        played.teach({}, event="late")
    close(played)


@pytest.mark.parametrize("kind", ["interpreter", "codegen"])
def test_the_teachers_hand_calls_an_event_for_a_later_turn_too(kind: str) -> None:
    played = game(CHAIN)
    played.engine = Twins(Engine(played.program)) if kind == "codegen" else played.engine
    played.open()
    played.answer("comply")
    with pytest.raises(IllegalOrder) as refused:
        played.teach({}, event="panic", after=8)
    assert refused.value.refusal.code == "no-turn"
    with pytest.raises(IllegalOrder):
        played.teach({}, event="panic", after=-1)
    played.teach({}, event="panic", after=1, note="To talk about fear.")
    close(played)
    assert not any(name == "panic" for _, name in happened(played))
    played.open()
    assert (2, "panic") in happened(played)
    assert str(entry(played, "event:panic").cause.decision()) == "teacher:teacher"


def test_a_pause_moves_nothing() -> None:
    played = game(CHAIN)
    played.open()
    state = played.state
    played.teach({}, note="Books closed: what will London do?")
    assert played.state == state


def test_what_a_teacher_cannot_do_is_refused_in_words() -> None:
    played = game(CHAIN)
    for sets, event, code in (
        ({"nothing": 1}, "", "unknown-slot"), ({"britain.exists": 0}, "", "unknown-slot"),
        ({}, "nothing", "unknown-event"), ({}, "echo", "needs-country"),
    ):  # fmt: skip
        with pytest.raises(IllegalOrder) as refused:
            played.teach(sets, event)
        assert refused.value.refusal.code == code
    played.teach({}, "echo", "persia")
    played.open()
    played.answer("comply")
    assert (1, "echo@persia") in happened(played)


def test_a_step_is_pure() -> None:
    ready = program(CHAIN)
    state = begin(ready, 3, "open")
    moves = [
        Open(),
        Answer("ultimatum", "refuse"),
        Plan({}, {"narkomindel": (Order("talks", "persia"),)}),
        Open(),
    ]
    for move in moves:
        copy = State(state.seed, state.fate, tuple(state.values), state.origins)
        first, second = step(ready, state, move), step(ready, state, move)
        assert first == second
        assert state == copy
        state = first.state


def test_moves_at_the_wrong_time_are_refused() -> None:
    ready = program(CHAIN)
    state = begin(ready)
    for move in (Answer("ultimatum", "refuse"), Plan()):
        with pytest.raises(IllegalOrder) as refused:
            step(ready, state, move)
        assert refused.value.refusal.code == "not-now"
    with pytest.raises(IllegalOrder):
        step(ready, step(ready, state, Open()).state, Open())
