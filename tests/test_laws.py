"""Three laws for every scenario: what is shown is start and ledger, luck hangs on its key alone, order means nothing.

Scenarios are found by their folder, so that none can be forgotten; small ones stand below, each for what the others
may not hold. Games are played at random to their end from many seeds, in both fates.
"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from game.compiler.load import load
from game.play.policy import POLICIES, Policy, Random
from game.play.session import Made, Session
from game.rules.block import Block, Result
from game.rules.building import interpret
from game.rules.dice import draw
from game.rules.engine import legal_orders, step
from game.rules.layout import ORDERS
from game.rules.ledger import Entry, Mark
from game.rules.logic import Number
from game.rules.orders import offers
from game.rules.program import Program
from game.rules.scenario import Action, Event, Rule, Scenario
from game.rules.state import HISTORICAL, OPEN, Answer, IllegalOrder, Plan, State
from tests import shelf
from tests.rules.small import DEFAULTS
from tests.shelf import FOUND, SHELF

ROOT = Path(__file__).resolve().parent.parent
SMALL = {
    "bare": "endings: []",
    "one-quiet-country": """
calendar: {from: 1921-H1, to: 1923-H2, step: half}
country_variables: {unrest: {start: 40, toward: 20, step: 3}}
countries: {britain: {name: Britain}}
""",
    "everything": """
calendar: {from: 1921-02, to: 1922-06, step: month}
decisions: 1
tracks:
  narkomindel: {label: N, means: "max(1, purse * balance // 100)"}
  comintern: {label: C, means: "max(1, purse - purse * balance // 100)", known_to: comintern}
scores: {trade: {start: 20, toward: "total(each.trade) // 3", step: "1 + abs(trade - 30) // 9"}}
variables:
  gold: {start: 60, min: -20, max: 90}
  standing: {start: 40, max: 60}
  balance: {start: 50, min: 20, max: 80, set_by: both}
  line: {start: soft, words: [soft, hard, wild], set_by: comintern, when: "turn > on('1921-04')", cost: {means: 1, gold: 2}}
  open: {start: true}
  purse: {is: "5 + standing // 20 + (2 if open else 0)"}
country_variables:
  relations: {start: 0, min: -50, max: 50}
  party: {start: 10, max: 60, toward: "before(country.party) // 2", step: "1 if quarter in (1, 3) else 0"}
  trade: {start: 5, toward: "20 + country.relations // 5", step: 4, because: "Trade with {country} at {country.trade}."}
  pact: {start: none, words: [none, some, full]}
  great: {start: false, constant: true}
countries:
  britain: {name: Britain, start: {great: true, relations: -20}}
  china: {name: China, toward: {trade: 50}}
  germany: {name: Germany, start: {great: true, party: 40}}
  persia: {name: Persia, start: {exists: false}}
rules:
  - {id: scandal, stage: 2, each: country, when: "country.party > 12", chance: "country.party", effects: {country.relations: -9, standing: -2}}
  - {id: mole, stage: 3, each: country, pick: "country.party", known_to: nobody, when: "unspent('comintern') > 0", effects: {country.party: +2}}
  - {id: fade, stage: 3, each: country, effects: {country.relations: "pull(country.relations, country.trade, 2)"}}
  - {id: wild-end, stage: 7, when: "line == 'wild'", chance: 40, effects: {line: soft, standing: -9}, then: {event: crash, after: 2, chance: 70}}
  - {id: pride, stage: 3, each: country, when: "country.great", effects: {country.relations: -1}}
  - {id: upkeep, effects: {gold: "trade - 9"}}
orders:
  - {id: talks, label: T, track: narkomindel, target: country, cost: {means: 1, gold: 4}, repeats: 2, when: "target.relations > -40", effects: {target.relations: +5}, results: {well: {chance: "50 + target.relations", effects: {target.trade: +6}}, ill: {effects: {target.relations: -8}}}}
  - {id: pact, label: P, track: narkomindel, target: [britain, china], takes: 3, cost: {means: 2}, when: "target.pact != 'full'", effects: {target.relations: +1}, results: {full: {chance: 30, effects: {target.pact: full}}, some: {effects: {target.pact: some}}}}
  - {id: stir, label: S, track: comintern, target: country, cost: {means: 2, gold: 3}, effects: {target.party: +9}, then: {event: uproar, after: 1, chance: 60}}
  - {id: cover, label: C, track: comintern, cost: {means: 1}, effects: {standing: +1}, cancel: [uproar]}
modifiers: [{id: envoy, when: "open and target == china", track: narkomindel, cost: {means: -1}}, {id: dear, when: "line > 'soft'", cost: {gold: +2}}]
events:
  - {id: crash, historically: 1921-09-03, window: 1921-03..1922-05, chance: 15, effects: {each.trade: {add: -10, when: "each.great"}, open: false}, reveals: [mole]}
  - {id: uproar, each: country, only_then: true, premise: "country.party > 24", effects: {country.relations: -6}, results: {shot: {chance: 30, effects: {country.party: {set: 3}}}, fled: {chance: 30, effects: {country.party: -2}}, calm: {}}}
  - {id: birth, window: 1921-06, effects: {persia.exists: true}}
  - {id: death, window: 1922-01, effects: {china.exists: false}}
  - id: bargain
    each: country
    when: "country.relations > -45"
    pick: "country.trade"
    chance: 70
    repeats: 2
    asks: narkomindel
    choices:
      - {id: give, label: G, when: "gold > 10", historical: true, effects: {gold: -10, country.relations: +12, open: true}}
      - {id: refuse, label: R, effects: {country.relations: -4}, results: {anger: {chance: 40, effects: {standing: -3}}, shrug: {}}}
  - id: session
    day: 9
    when: "true"
    repeats: 3
    asks: narkomindel
    always_asks: true
    choices: [{id: bow, label: B, effects: {standing: +2}}, {id: argue, label: A, effects: {standing: {set: 25}}, then: {event: bargain, after: 2, country: britain}}]
  - {id: query, when: "line != 'soft'", repeats: 1, asks: comintern, choices: [{id: stay, label: S}, {id: soften, label: T, effects: {line: soft}}]}
directives:
  - {id: earn, label: E, track: narkomindel, weight: "gold", within: 3, note: "trade", goal: "trade >= noted + 4", met: {effects: {standing: +6}}, missed: {effects: {standing: -6}}}
  - {id: hold, label: H, track: narkomindel, at_end: true, goal: "gold > 20", missed: {effects: {standing: -4}, then: {event: crash}}}
  - {id: grow, label: G, goal: "count(each.party > 20) >= 2", met: {effects: {standing: +3}}}
milestones: [{id: rich, label: R, when: "trade >= 35", historically: 1921-10-01}]
endings: [{id: done, title: D, rank: 9}, {id: recalled, title: R, rank: 1, when: "standing <= 0"}, {id: ruined, title: B, rank: 2, when: "gold <= -20 and turns_since('crash') < 9"}]
""",
}
NAMES = (*SMALL, *FOUND)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
every_scenario = pytest.mark.parametrize("name", NAMES)


def lines(name: str) -> str:
    """A small scenario as a whole file."""
    missing = [line for key, line in DEFAULTS.items() if f"\n{key}:" not in f"\n{SMALL[name]}"]
    return "\n".join([*missing, SMALL[name]])


@cache
def scenario(name: str) -> Scenario:
    """A scenario, loaded once; one that does not load fails every test that asks for it."""
    if name in FOUND:
        return shelf.loaded(name).scenario
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(lines(name), encoding="utf-8")
        return load(str(path)).scenario


@cache
def program(name: str) -> Program:
    """The same, ready to run."""
    return shelf.program(name) if name in FOUND else interpret(scenario(name))


def play(session: Session, policy: Policy) -> Session:
    """Go on as a policy decides until the game is over."""
    while session.place != "over":
        if session.place == "opening":
            assert session.turn < session.program.layout.turns, "the game does not end with its calendar"
            session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        policy.plan(session)
        session.close()
    return session


@cache
def played(name: str, seed: int, fate: str, policy: str = "random") -> Session:
    """A whole game."""
    return play(Session(program(name), seed, fate), POLICIES[policy]())


def replayed(ready: Program, made: list[Made], seed: int, fate: str) -> Session:
    """The same decisions once more."""
    session = Session(ready, seed, fate)
    for each in made:
        session.move(each.move)
    return session


def unmarked(ledger: list[Entry]) -> list[Entry]:
    """Entries without their places in the files."""
    return [entry._replace(mark=None) for entry in ledger]


def examples(name: str, few: int, many: int) -> settings:
    """How often a law is tried: less often on whole scenarios than on small ones. A seed has no simpler form."""
    return settings(max_examples=few if name in FOUND else many, phases=[Phase.explicit, Phase.generate])


seeds = st.integers(0, 2**40)
fates = st.sampled_from([HISTORICAL, OPEN])


def test_the_scenarios_of_the_shelf_are_found() -> None:
    assert FOUND, "there is no scenario in scenarios/"
    assert all((SHELF / name).is_dir() or name.endswith(".yaml") for name in FOUND)


@every_scenario
def test_a_scenario_loads(name: str) -> None:
    assert program(name).layout.turns >= 1


@every_scenario
def test_start_and_ledger_make_the_shown_value_at_every_close(name: str) -> None:
    @examples(name, 3, 25)
    @given(seeds, fates)
    def law(seed: int, fate: str) -> None:
        session = played(name, seed, fate)
        layout = session.program.layout
        values = dict(zip(layout.names[: layout.stored], layout.start, strict=False))
        assert session.closes[0].values[: layout.stored] == layout.start[: layout.stored]
        at = 0
        for turn, state in enumerate(session.closes[1:], start=1):
            while at < len(session.entries) and session.entries[at].turn <= turn:
                entry = session.entries[at]
                at += 1
                if entry.slot in values:
                    assert entry.before == values[entry.slot], entry
                    assert type(entry.delta) is int
                    values[entry.slot] += entry.delta
                else:
                    assert (entry.delta, entry.slot[:6]) == (0, "event:")
            assert tuple(values.values()) == state.values[: layout.stored]
        assert at == len(session.entries)

    law()


@every_scenario
def test_values_are_whole_numbers_within_their_bounds(name: str) -> None:
    @examples(name, 2, 25)
    @given(seeds, fates)
    def law(seed: int, fate: str) -> None:
        session = played(name, seed, fate)
        layout = session.program.layout
        bounds = list(zip(layout.names, layout.low, layout.high, strict=True))[: layout.stored]
        for state in session.closes:
            assert {type(value) for value in state.values} == {int}
            for (slot, low, high), value in zip(bounds, state.values, strict=False):
                assert low <= value <= high, slot

    law()


def extended(given_: Scenario) -> Scenario:
    """The scenario with a rule, an event and an order beside it that touch nothing and roll their own dice."""
    mark = Mark("added", 1, 1)
    twofold = Block(results=(Result("one", chance=Number(50), mark=mark), Result("two", mark=mark)))
    events = [
        Event(f"{end}-added-event", when=Number(1), chance=Number(50), repeats=1, block=twofold, mark=mark)
        for end in ("aa", "zz")
    ]
    rules = [Rule(f"{end}-added-rule", chance=Number(50), block=twofold, mark=mark) for end in ("aa", "zz")]
    tracks = [each.id for each in given_.tracks]
    orders = [Action(f"aa-{track}", track=track, label=given_.title, mark=mark) for track in tracks]
    return replace(
        given_,
        events=(*given_.events, *events),
        rules=(*given_.rules, *rules),
        orders=(*given_.orders, *orders),
    )


@every_scenario
def test_what_is_added_changes_no_other_roll(name: str) -> None:
    wider = interpret(extended(scenario(name)))

    @examples(name, 2, 10)
    @given(seeds)
    def law(seed: int) -> None:
        before = played(name, seed, OPEN)
        after = replayed(wider, before.made, seed, OPEN)
        added = [entry for entry in after.entries if "added" in entry.cause.id]
        assert added, "the added event never happened"
        assert [entry for entry in after.entries if "added" not in entry.cause.id] == before.entries
        new, old = wider.layout.index, before.program.layout.index
        for state, other in zip(before.closes, after.closes, strict=True):
            assert all(
                state.values[slot] == other.values[new[each]] for each, slot in old.items() if each != "at"
            )

    law()


@contextmanager
def noted_draws() -> Iterator[dict[tuple[int, int, int], int]]:
    """Every draw made meanwhile: turn, key and sides to what was drawn."""
    found: dict[tuple[int, int, int], int] = {}

    def noting(seed: int, turn: int, key: int, sides: int) -> int:
        value = draw(seed, turn, key, sides)
        assert found.setdefault((turn, key, sides), value) == value
        return value

    with patch("game.rules.writing.draw", noting):
        yield found


def with_one_change(session: Session) -> Session:
    """The same game up to its first decision, that one taken otherwise, the rest played at random again."""
    other = Session(session.program, session.state.seed, session.state.fate)
    for made in session.made:
        if other.place == "question":
            question = other.observe().question
            assert question is not None and isinstance(made.move, Answer)
            taken = made.move.choice
            free = [each.id for each in question.options if not each.refusal and each.id != taken]
            if free:
                other.answer(free[0])
                return play(other, Random())
        if isinstance(made.move, Plan) and made.move != Plan():
            other.move(Plan())
            return other if other.place == "over" else play(other, Random())
        other.move(made.move)
    return other


@every_scenario
def test_games_that_differ_in_one_decision_share_all_their_luck(name: str) -> None:
    @examples(name, 1, 10)
    @given(seeds)
    def law(seed: int) -> None:
        with noted_draws() as first:
            session = play(Session(program(name), seed, OPEN), Random())
        with noted_draws() as second:
            with_one_change(session)
        shared = first.keys() & second.keys()
        assert shared or not first
        assert {key: first[key] for key in shared} == {key: second[key] for key in shared}

    law()


@every_scenario
def test_historical_fate_draws_nothing(name: str) -> None:
    with noted_draws() as drawn:
        play(Session(program(name), 3, HISTORICAL), POLICIES["historical"]())
    assert drawn == {}


@every_scenario
def test_a_step_is_pure(name: str) -> None:
    session = played(name, 11, OPEN)
    state = Session(session.program, 11, OPEN).state
    for number, made in enumerate(session.made):
        kept = State(state.seed, state.fate, (*state.values,), state.origins)
        first = step(session.program, state, made.move)
        if number % 4 == 0:
            assert step(session.program, state, made.move) == first
        assert state == kept
        state = first.state
    assert state == session.state


@every_scenario
@pytest.mark.parametrize("fate", [HISTORICAL, OPEN])
@pytest.mark.parametrize("policy", ["historical", "nothing", "random"])
def test_every_game_ends(name: str, fate: str, policy: str) -> None:
    session = played(name, 5, fate, policy)
    outcome = session.outcome()
    assert outcome is not None
    assert outcome.ending in {each.id for each in scenario(name).endings} | {"end"}


@every_scenario
def test_legal_orders_are_accepted_and_refused_ones_are_not(name: str) -> None:
    session = Session(program(name), 7, OPEN)
    policy, tried = Random(), 0
    while session.place != "over" and session.turn < 12:
        session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        for role in session.roles if session.turn % 5 == 1 else ():
            legal = legal_orders(session.program, session.state, role)
            offered = offers(session.picture(), role)
            assert {offer.order for offer in offered if offer.refusal is None} == set(legal)
            refused = [offer.order for offer in offered if offer.refusal is not None]
            for order in legal[:: max(1, len(legal) // 4)]:
                tried += 1
                step(session.program, session.state, Plan({}, {role: (order,)}))
            for order in refused[:: max(1, len(refused) // 4)]:
                tried += 1
                with pytest.raises(IllegalOrder):
                    step(session.program, session.state, Plan({}, {role: (order,)}))
        policy.plan(session)
        session.close()
    assert tried or not scenario(name).orders
    at = session.program.layout.index["place"]
    waiting = next(state for state in session.closes if state.values[at] != ORDERS)
    assert all(not legal_orders(session.program, waiting, role) for role in session.roles)


def shuffled(node: yaml.Node, dice: random.Random, within: str = "") -> None:
    """Shuffle every mapping and every list of items with ids, choices excepted."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            shuffled(value, dice, str(key.value))
        dice.shuffle(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            shuffled(item, dice)
        items = [each for each in node.value if isinstance(each, yaml.MappingNode)]
        with_ids = all(any(key.value == "id" for key, _ in each.value) for each in items)
        if len(items) == len(node.value) and with_ids and within != "choices":
            dice.shuffle(node.value)


def disordered(name: str, folder: Path, seed: int) -> Path:
    """A copy of a scenario with everything shuffled whose order may not matter."""
    dice = random.Random(seed)
    source = SHELF / name if name in FOUND else folder / "plain.yaml"
    if name in SMALL:
        source.write_text(lines(name), encoding="utf-8")
    target = folder / f"{name}-shuffled"
    files = sorted(source.rglob("*.yaml")) if source.is_dir() else [source]
    for file in files:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=LOADER)
        if node is not None and "playthroughs" not in file.parts:
            shuffled(node, dice)
            path = target / (file.relative_to(source) if source.is_dir() else file.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            text = yaml.serialize(node, Dumper=DUMPER, allow_unicode=True, width=10_000)
            path.write_text(text, encoding="utf-8")
    return target


@every_scenario
def test_the_order_of_lines_in_a_file_changes_nothing(name: str, tmp_path: Path) -> None:
    for seed in range(1 if name in FOUND else 4):
        other = interpret(load(str(disordered(name, tmp_path, seed))).scenario)
        assert other.layout == program(name).layout
        for fate in (HISTORICAL, OPEN):
            session = played(name, 5 + seed, fate)
            again = replayed(other, session.made, 5 + seed, fate)
            assert unmarked(again.entries) == unmarked(session.entries)
            assert [state.digest() for state in again.closes] == [state.digest() for state in session.closes]


DIGESTS = """
import sys
sys.path.insert(0, sys.argv[1])
from game.compiler.load import load
from game.play.policy import Random
from game.play.session import Session
from game.rules.building import interpret
for path in sys.argv[2:]:
    session, policy = Session(interpret(load(path).scenario), 5, "open"), Random()
    while session.place != "over":
        session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        policy.plan(session)
        session.close()
    print(session.state.digest())
"""


def test_the_same_game_has_the_same_hash_whatever_the_hashes_of_python(tmp_path: Path) -> None:
    paths = [str(SHELF / name) for name in FOUND]
    for name in SMALL:
        paths.append(str(tmp_path / f"{name}.yaml"))
        Path(paths[-1]).write_text(lines(name), encoding="utf-8")
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    there = subprocess.run(
        [sys.executable, "-c", DIGESTS, str(ROOT), *paths],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    here = [played(name, 5, OPEN).state.digest() for name in (*FOUND, *SMALL)]
    assert there.stdout.split() == here


def test_the_small_scenarios_leave_no_kind_of_cause_out() -> None:
    kinds = {str(entry.cause.kind) for seed in range(6) for entry in played("everything", seed, OPEN).entries}
    assert kinds == {"choice", "event", "order", "cost", "setting", "rule", "pull", "directive", "limit"}
    notes = {entry.note for seed in range(6) for entry in played("everything", seed, OPEN).entries}
    assert {
        "dropped: its premise does not hold",
        "the engine answered: the role had enough questions",
    } <= notes
