"""How are thousands of games played side by side?  A block of lanes, turn by turn, until every one is over.

A `Lanes` is a program and the conduct that plays it, made ready once; `block` begins games on it, from their start or
from a state. Lanes whose game is over are taken out at the next close, so that no step is reckoned for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from game.compiler.lanes.chance import Dice, Words, bases
from game.compiler.lanes.closing import STILL, Close
from game.compiler.lanes.columns import Array
from game.compiler.lanes.conducting import ConductRows, Decider, Fixed
from game.compiler.lanes.deeds import Acting
from game.compiler.lanes.drifting import Drift
from game.compiler.lanes.happenings import Happening
from game.compiler.lanes.machine import Machine
from game.compiler.lanes.moments import Moment
from game.compiler.lanes.planning import Planner
from game.compiler.lanes.spans import Width
from game.rules.calendar import PER_YEAR
from game.rules.classes import dataclass, field, replace
from game.rules.conduct import Conduct
from game.rules.engine import begin
from game.rules.layout import NEVER, OPENING, ORDERS, OVER, QUESTION
from game.rules.program import Formula, Program
from game.rules.state import HISTORICAL, Plan, State

LANES: Final = 4_096
"""How many games a block holds at most: enough to spread the cost of each call, few enough for a modest memory."""
WORTH_TAKING_OUT: Final = 4
"""Games that are over are taken out of a block when one in so many of its lanes is idle."""


class Lanes:
    """A program and a conduct, ready for columns. Runs one block at a time."""

    def __init__(self, program: Program, conduct: Conduct, named: tuple[Formula, ...] | None = None) -> None:
        self.program = program
        self.machine = Machine(program, [each.core for each in named or conduct.named])
        self.events = [Happening(self.machine, event, number) for number, event in enumerate(program.events)]
        self.planner = Planner(self.machine)
        self.conduct = ConductRows(self.machine, conduct, self.planner.offered)
        self.decider: Decider = self.conduct
        """Who decides: the conduct, or somebody who looks ahead."""
        self.drift = Drift(self.machine)
        self.close = Close(self.machine)
        layout = program.layout
        self.openings = [
            (self.machine.plan.places[slot], self.machine.plan.places[keeper])
            for slot, keeper in program.opening
        ]
        self.opened = self.machine.stale([keeper for _, keeper in program.opening])
        self.asked = [self.machine.plan.places[layout.index[f"asked:{role}"]] for role in self.planner.roles]
        self.windows = [
            [
                each.number
                for each in self.events
                if not each.event.only_then and each.event.first <= turn <= each.event.last
            ]
            for turn in range(layout.turns + 1)
        ]
        self.numbers = {event.id: number for number, event in enumerate(program.events)}

    def block(
        self,
        seeds: Sequence[int] | Array,
        fate: str,
        state: State | None = None,
        answer: str = "",
        first: Plan | None = None,
    ) -> Block:
        """Games with these seeds, from the start or, each with its own seed, from one state.

        `answer` is the choice that is taken where the state waits for one; `first` are the settings and orders of the
        first turn. What is left out is decided by the conduct.
        """
        state = begin(self.program) if state is None else state
        tables = self.machine.plan.spread(state, len(seeds))
        start = start_of(self.program, state)
        if answer and (question := self.events[start.at - 1].question) is not None:
            start = replace(start, answers=question.ids.index(answer))
        if first is not None:
            start = replace(start, first=Fixed(self.planner, first))
        return Block(self, tables, np.asarray(seeds, np.int64), fate, start)


@dataclass(frozen=True, slots=True)
class Start:
    """Where in a turn games are taken up."""

    turn: int = 0
    place: int = OPENING
    at: int = 0
    """How many events are passed, the one that asks included."""
    row: Any = 0
    """The instance of the event that asks, or one for each lane."""
    answers: Any = None
    """The choice taken there, by its number; None where the conduct decides."""
    first: Decider | None = None
    """Who decides the settings and orders of the first turn; None for the conduct."""
    luck: Words | None = None
    """The luck of the policy in them, where it is not that of the games."""
    expected: frozenset[tuple[str, int]] = frozenset()
    """Which events are called, and which orders fall due, in which turn."""


def start_of(program: Program, state: State) -> Start:
    """The place in its turn where a state stands."""
    values, layout = state.values, program.layout
    expected = set()
    for name, slot in layout.index.items():
        kind, _, item = name.partition(":")
        if kind in ("due", "running") and values[slot] > NEVER:
            prefix = "order:" if kind == "running" else ""
            expected.add((prefix + item.partition("@")[0], values[slot]))
    turn, place, at = (values[layout.index[name]] for name in ("turn", "place", "at"))
    row = 0
    if place == QUESTION:
        number = values[layout.index["at_country"]]
        country = layout.countries[number - 1] if number else ""
        row = next(n for n, each in enumerate(program.events[at - 1].rows) if each.country == country)
    return Start(turn, place, at, row, expected=frozenset(expected))


@dataclass(frozen=True, slots=True)
class Closed:
    """A turn that a block has closed: in which lanes the game went on until now, and which of them end here."""

    turn: int
    alive: Array
    over: Array
    endings: Array
    """The numbers of their endings."""


@dataclass(slots=True)
class Block:
    """Games in the same turn, a lane each."""

    ready: Lanes
    tables: dict[Width, Array]
    seeds: Array
    fate: str
    start: Start
    numbers: Array = field(init=False)
    """Which of the games begun each lane is."""
    turn: int = field(init=False)
    place: int = field(init=False)
    at: int = field(init=False)
    conduct: Decider = field(init=False)
    expected: set[tuple[str, int]] = field(init=False)
    """Which events are called, and which orders fall due, in some lane in which turn."""
    base: Words = field(init=False)
    dice: Dice = field(init=False)
    luck: Dice = field(init=False)
    """The dice of the policy."""
    acting: Acting = field(init=False)
    alive: Array = field(init=False)
    """The lanes whose game goes on, in order."""
    spent: set[int] = field(default_factory=set)
    """Events that have happened in every lane and happen once."""

    def __post_init__(self) -> None:
        start = self.start
        self.numbers = np.arange(len(self.seeds))
        self.alive = np.arange(len(self.seeds))
        self.turn, self.place, self.at = start.turn, start.place, start.at
        self.expected = set(start.expected)
        self.base = bases(self.seeds)
        self.conduct = self.ready.decider
        self._take_up()

    @property
    def planner(self) -> Planner:
        """Settings and orders."""
        return self.ready.planner

    @property
    def historical(self) -> bool:
        """Whether no dice are thrown."""
        return self.fate == HISTORICAL

    def expect(self, item: str, turn: int) -> None:
        """Note that something may be due in a turn."""
        self.expected.add((item, turn))

    def expects(self, item: str) -> bool:
        """Whether something may be due now."""
        return (item, self.turn) in self.expected

    def _take_up(self) -> None:
        machine = self.ready.machine
        machine.bind(self.tables, len(self.seeds), self.turn)
        self.dice = self.luck = Dice(self.base, self.historical)
        self.acting = Acting(Moment(machine), self.dice, self.turn, self.expect)

    def play(self) -> Iterator[Closed]:
        """Play to the end, with a stop at each close: until the next is asked for, the columns stand as they are."""
        while self.alive.size:
            yield self.step()

    def step(self) -> Closed:
        """Play to the next close."""
        if self.alive.size * WORTH_TAKING_OUT <= len(self.seeds) * (WORTH_TAKING_OUT - 1):
            self._keep()
        if self.place == OPENING:
            self._open()
        elif self.place == QUESTION:
            self._answer()
        if self.place != ORDERS:
            self._events()
        self._plan()
        self.ready.drift.run(self)
        endings = self.ready.close.run(self)[self.alive]
        self.place = OPENING
        over = endings != STILL
        closed = Closed(self.turn, self.alive, self.alive[over], endings[over])
        self.alive = self.alive[~over]
        return closed

    def _open(self) -> None:
        ready = self.ready
        for slot, keeper in ready.openings:
            self.tables[keeper.width][keeper.row] = self.tables[slot.width][slot.row]
        self.turn += 1
        self.acting.turn = self.turn
        for place in ready.asked:
            self.tables[place.width][place.row] = 0
        ready.machine.tick(self.turn)
        ready.machine.forget(ready.opened)
        step = ready.program.layout.first_step + self.turn - 1
        if self.turn == 1 or step % PER_YEAR[ready.program.scenario.calendar.step] == 0:
            ready.close.open(self)
        self.at = 0

    def _events(self) -> None:
        events, at = self.ready.events, self.at
        window = self.ready.windows[self.turn] if self.turn < len(self.ready.windows) else []
        waiting = sorted({number for number in (*window, *self._called()) if number >= at})
        known = set(waiting)
        while waiting:
            number = waiting.pop(0)
            count = len(self.expected)
            events[number].run(self)
            if len(self.expected) > count:
                new = {each for each in self._called() if each > number} - known
                known |= new
                waiting = sorted({*waiting, *new})
        self.place = ORDERS

    def _called(self) -> list[int]:
        """The events that may be called for this turn."""
        numbers, turn = self.ready.numbers, self.turn
        return [numbers[item] for item, due in self.expected if due == turn and item in numbers]

    def _answer(self) -> None:
        """Go on from a question that waits in every lane."""
        start, event = self.start, self.ready.events[self.at - 1]
        assert event.question is not None
        lanes = np.arange(len(self.seeds))
        if start.answers is None:
            open_ = event.question.open(start.row, lanes)
            taken = self.conduct.choose(self, event.question, start.row, lanes, open_)
        else:
            taken = np.broadcast_to(start.answers, lanes.shape)
        event.question.take(self, start.row, lanes, taken)

    def _plan(self) -> None:
        """Settings and orders: in the first turn as whoever began it has it."""
        start = self.start
        if start.first is not None and self.turn == max(start.turn, 1) and start.place != OPENING:
            self.conduct = start.first
            if start.luck is not None:
                self.luck = Dice(start.luck, self.historical)
            self.ready.planner.run(self)
            self.conduct, self.luck = self.ready.decider, self.dice
        else:
            self.ready.planner.run(self)

    def _keep(self) -> None:
        """Take out the lanes whose game is over."""
        lanes = self.alive
        self.tables = {width: table.take(lanes, 1) for width, table in self.tables.items()}
        self.seeds, self.numbers, self.base = self.seeds[lanes], self.numbers[lanes], self.base[lanes]
        self.alive = np.arange(len(lanes))
        self._take_up()

    def states(self, lanes: Array, endings: Array | None = None) -> list[State]:
        """Some lanes as states at the close of the turn; with their endings where they are over."""
        values = self.ready.machine.plan.values(self.tables, lanes)
        index = self.ready.program.layout.index
        for name, value in (("turn", self.turn), ("at", len(self.ready.events)), ("at_country", 0)):
            values[:, index[name]] = value
        values[:, index["place"]] = OPENING if endings is None else OVER
        if endings is not None:
            values[:, index["ending"]] = endings
        seeds = self.seeds[lanes].tolist()
        return [State(seed, self.fate, tuple(row)) for seed, row in zip(seeds, values.tolist(), strict=True)]
