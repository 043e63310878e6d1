"""Does a fault in generated code show the line of the scenario?  In tracebacks, in every kind of item."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from game.compiler.codegen.blame import locate
from game.compiler.codegen.cache import Cache
from game.compiler.codegen.engine import Engine
from game.compiler.codegen.minds import Weighing, play
from game.compiler.codegen.part import Unwritable
from game.compiler.load import load
from game.rules import conduct
from game.rules.building import interpret
from game.rules.core import Op
from game.rules.engine import begin
from game.rules.ledger import Mark
from game.rules.program import Formula, Program
from game.rules.state import OPEN, Open, Order, Plan, State
from tests.rules.small import DEFAULTS

TEXT = """\
variables:
  gold: {start: 20, max: 50}
  rain: {start: 1}
  debt: {start: 5}
  mood:
    start: 9
    step: 2
    toward: "debt * 3 // (rain + 1)"
country_variables:
  party: {start: 5}
countries:
  britain: {name: Britain}
rules:
  - id: harvest
    stage: 3
    effects:
      rain: "rain + 1"
      debt: "gold // 7"
orders:
  - id: talks
    label: Talks
    track: narkomindel
    target: country
    when: "target.party * 2 > 3"
    effects: {target.party: +1}
events:
  - id: flood
    window: 1921-Q2
    when: >-
      gold > 3
      and rain > 0
    effects:
      gold: +1
      debt:
        add: "rain // 2"
  - id: query
    window: 1921-Q3
    asks: narkomindel
    choices:
      - id: pay
        label: Pay
        effects: {gold: "0 - debt"}
      - {id: wait, label: Wait}
"""
LINES = TEXT.splitlines()
HEAD = "\n".join(DEFAULTS.values())
ABOVE = HEAD.count("\n") + 1


def line(text: str, after: str = "") -> int:
    """The number of the first line that holds some text, behind one that holds another."""
    first = next(number for number, each in enumerate(LINES, 1) if after in each)
    return next(number for number, each in enumerate(LINES, 1) if number >= first and text in each) + ABOVE


@pytest.fixture
def program(tmp_path: Path) -> Program:
    path = tmp_path / "faulty.yaml"
    path.write_text(f"{HEAD}\n{TEXT}", encoding="utf-8")
    return interpret(load(str(path)).scenario)


def spoilt(state: State, program: Program, *names: str) -> State:
    """A state in which some values are no numbers, as only a bug could make them."""
    values: list[object] = list(state.values)
    for name in names:
        values[program.layout.index[name]] = Spoilt()
    return State(state.seed, state.fate, tuple(values))  # type: ignore[arg-type]


class Spoilt:
    """Passes for a number in comparisons, and fails in arithmetic."""

    def __le__(self, _: object) -> bool:
        return True

    __lt__ = __gt__ = __ge__ = __le__


def shown(run: Callable[[], object]) -> list[str]:
    """The traceback of a fault, as it is printed."""
    with pytest.raises(TypeError) as caught:
        run()
    return "".join(traceback.format_exception(caught.value)).splitlines()


def at_orders(program: Program, turn: int, *spoil: str) -> State:
    """The state where the orders of a turn are given."""
    engine, state = Engine(program), begin(program, 1, OPEN)
    for _ in range(turn - 1):
        state = engine.step(engine.step(state, Open()).state, Plan()).state
    return spoilt(engine.step(state, Open()).state, program, *spoil)


def test_an_effect_of_an_event(program: Program) -> None:
    engine = Engine(program)
    state = engine.step(engine.step(begin(program, 1, OPEN), Open()).state, Plan()).state
    text = shown(lambda: engine.step(spoilt(state, program, "rain"), Open()))
    number = line("debt:", after="id: flood")
    assert any(f'faulty.yaml", line {number}, in flood: effects' in each for each in text)


def test_the_condition_of_an_event_is_shown_where_it_begins(program: Program) -> None:
    engine = Engine(program)
    game = engine.raw(1, OPEN)
    game.v[program.layout.index["gold"]] = None  # type: ignore[call-overload]
    game.v[program.layout.index["turn"]] = game.t = 1
    with pytest.raises(TypeError) as caught:
        try:
            game.open()
        except TypeError as fault:
            raise engine.blamed(fault) from None
    text = "".join(traceback.format_exception(caught.value)).splitlines()
    at = next(number for number, each in enumerate(text) if "in flood: when" in each)
    assert f'faulty.yaml", line {line("when: >-")}, in flood: when' in text[at]
    assert text[at + 1].strip() == "when: >-"


def test_an_effect_of_a_rule(program: Program) -> None:
    state = at_orders(program, 1, "rain")
    text = shown(lambda: Engine(program).step(state, Plan()))
    assert any(
        f'faulty.yaml", line {line("rain: ", after="stage: 3")}, in harvest: effects' in each for each in text
    )
    assert 'rain: "rain + 1"' in "\n".join(text)


def test_the_goal_of_a_pull(program: Program) -> None:
    engine = Engine(program)
    game = engine.raw(1, OPEN)
    game.open()
    game.set({})
    drift, index = engine.drift(OPEN), program.layout.index

    def run() -> None:
        values = list(game.v)
        values[index["debt"]] = 5
        try:
            drift(Turning(values, index["debt"]), game.t, game.b, game)
        except TypeError as fault:
            raise engine.blamed(fault) from None

    text = shown(run)
    assert any(f'faulty.yaml", line {line("toward:")}, in mood: toward' in each for each in text)


class Turning(list[int]):
    """Values one of which is no number any more once it has been written."""

    def __init__(self, values: list[int], slot: int) -> None:
        super().__init__(values)
        self.slot = slot

    def __setitem__(self, slot: object, value: object) -> None:
        super().__setitem__(slot, None if slot == self.slot else value)  # type: ignore[call-overload, assignment]


def test_the_condition_of_an_order(program: Program) -> None:
    state = at_orders(program, 1, "britain.party")
    plan = Plan({}, {"narkomindel": (Order("talks", "britain"),)})
    text = shown(lambda: Engine(program).step(state, plan))
    assert any(f'faulty.yaml", line {line("target.party * 2")}, in talks: when' in each for each in text)


def test_a_whole_game_without_a_ledger(program: Program) -> None:
    engine = Engine(program)
    game = engine.raw(1, OPEN)
    game.v[program.layout.index["debt"]] = Spoilt()  # type: ignore[call-overload]
    text = shown(lambda: play(game, Weighing(engine, conduct.nothing(program))))
    assert any("faulty.yaml" in each and ": " in each for each in text)


def test_code_from_the_cache_is_blamed_as_well_and_moved_lines_are_found(
    program: Program, tmp_path: Path
) -> None:
    state = at_orders(program, 1, "rain")
    for _ in range(2):
        engine = Engine(program, Cache(program, tmp_path / "cache"))
        engine.drift(OPEN, told=True)
    moved = tmp_path / "faulty.yaml"
    moved.write_text(f"# one line more\n{HEAD}\n{TEXT}", encoding="utf-8")
    later = interpret(load(str(moved)).scenario)
    engine = Engine(later, Cache(later, tmp_path / "cache"))
    text = shown(lambda: engine.step(state, Plan()))
    assert not any(part.source for name, part in engine.parts.items() if name.startswith("drift"))
    number = line("rain: ", after="stage: 3") + 1
    assert any(f'faulty.yaml", line {number}, in harvest: effects' in each for each in text)


def test_an_operation_that_does_not_exist_is_reported_at_its_line(program: Program) -> None:
    flood = next(each for each in program.events if each.id == "flood")
    when = flood.rows[0].when
    assert when is not None
    bad = Formula(Op("power", (when.core, when.core)), when.named)
    rows = (replace(flood.rows[0], when=bad),)
    events = tuple(replace(flood, rows=rows) if each is flood else each for each in program.events)
    with pytest.raises(Unwritable) as caught:
        engine = Engine(replace(program, events=events))
        engine.finders(OPEN)[2]
    assert f"faulty.yaml:{line('when: >-')}:" in str(caught.value)
    assert "flood: when: there is no operation 'power'" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "at", "found"),
    [
        ("- id: a\n  when: x\n", Mark("", 1, 3), (2, 3)),
        ("- {id: a, when: x}\n", Mark("", 1, 3), (1, 11)),
        ("- id: a\n  effects: {b: 1}\n- id: b\n  when: y\n", Mark("", 1, 3), (1, 3)),
        ("- id: a\n\n  text: the when of it\n  when: y\n", Mark("", 1, 3), (4, 3)),
    ],
)
def test_fields_are_found_in_their_item(text: str, at: Mark, found: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / f"{abs(hash(text))}.yaml"
    path.write_text(text)
    where = locate(Mark(str(path), at.line, at.column), "when")
    assert (where.line, where.column) == found
