"""How is a program run as generated Python?  The engine writes each part of it when it is first needed.

`step` does what `game.rules.engine.step` does, entry by entry; `raw` gives a game without a ledger, which is far
faster. What the rules refuse is refused by the reference itself, in its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from game.compiler.caches.pausing import nothing_collected
from game.compiler.codegen.acts import Act, acts_part, bind, numbered
from game.compiler.codegen.asking import asking_part, called_part
from game.compiler.codegen.blame import blamed, unwritable
from game.compiler.codegen.cache import Cache
from game.compiler.codegen.chances import drawn, largest, percent, percent_of, picked
from game.compiler.codegen.direct import direct_part
from game.compiler.codegen.doing import Kit
from game.compiler.codegen.drift import drift_part, ends
from game.compiler.codegen.facts import Facts, facts_of
from game.compiler.codegen.finding import callable_events, find_part, lasting_part, reign
from game.compiler.codegen.happening import happens
from game.compiler.codegen.nodes import Nodes, within_spans
from game.compiler.codegen.ordering import orders_part, simple_part, single_part
from game.compiler.codegen.part import Compiled
from game.compiler.codegen.raw import Given, Raw
from game.compiler.codegen.told import Telling, caused
from game.rules.calendar import PER_YEAR
from game.rules.core import along, clamp, pull
from game.rules.engine import step
from game.rules.layout import NEVER, OPENING, ORDERS, QUESTION
from game.rules.ledger import Cause, Entry, Kind, Sentence
from game.rules.program import Program
from game.rules.state import HISTORICAL, OPEN, Answer, Move, Open, Plan, State, Step

Find = Callable[..., int]
Drift = Callable[..., None]
Direct = Callable[..., None]
MOST_PARTS: Final = 40
"""Functions that let events happen, each for some turns."""
MANY: Final = 200
"""After so many games without a ledger it pays to make such a function for every single turn."""
MOST_EVENTS: Final = 4_000
"""But not where more events than these are to be asked in all turns together."""
SHARED: Final = {
    "along": along,
    "clamp": clamp,
    "pull": pull,
    "drawn": drawn,
    "percent": percent,
    "percent_of": percent_of,
    "new": tuple.__new__,
    "caused": caused,
    "Cause": Cause,
    "Entry": Entry,
    "Sentence": Sentence,
    "RULE": Kind.RULE,
    "PULL": Kind.PULL,
}


class Acts(dict[int, Act]):
    """The blocks by number, each made ready when it is first done."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __missing__(self, number: int) -> Act:
        act = self[number] = self.engine.bind(number)
        return act


class Finders(dict[int, Find]):
    """The functions that let events happen, by turn."""

    def __init__(self, engine: Engine, fate: str, told: bool) -> None:
        self.engine, self.fate, self.told = engine, fate, told

    def __missing__(self, turn: int) -> Find:
        first, last = self.engine.stretch(turn)
        found = self.engine.find(self.fate, first, last, self.told)
        for each in range(first, last + 1):
            self[each] = found
        return found


class Engine:
    """A program as generated code. Parts are made when they are needed, and made once; a cache keeps them."""

    def __init__(self, program: Program, cache: Cache | None = None) -> None:
        self.program = program
        self.cache = cache
        self.facts: Facts = facts_of(program)
        self.acts = Acts(self)
        self.parts: dict[str, Compiled] = {}
        self._made: dict[str, dict[str, Any]] = {}
        self._nodes: Nodes | None = None
        self.numbered = numbered(program)
        self._groups: dict[int, str] = {}
        self._finders: dict[tuple[str, bool], Finders] = {}
        self._happens: dict[tuple[str, bool], Mapping[str, Any]] = {}
        self._questions: dict[str, Any] | None = None
        self._called: dict[int, Mapping[str, Any]] = {}
        self._callable = callable_events(program)
        self._within = within_spans(program)
        self._last: tuple[State, Telling] | None = None
        """The state that the last step gave, and the game that stands there: it need not be set up again."""
        self._singles: list[Callable[[list[int], int], Given | None]] = []
        self._kits: dict[tuple[str, bool], Kit] = {}
        self._direct: dict[str, dict[int, Direct]] = {}
        self._drifts: dict[tuple[str, bool], Drift] = {}
        self._games = 0
        self.length = _stretch(program)
        """For how many turns each of the functions is that let events happen."""
        self._lasting = self.length

    @property
    def nodes(self) -> Nodes:
        """The nodes of the program as they are in any turn."""
        if self._nodes is None:
            self._nodes = Nodes(self.program)
        return self._nodes

    def find(self, fate: str, first: int, last: int, told: bool) -> Find:
        """The function that lets the events of some turns happen."""
        key = f"find {fate} {first}-{last}"
        part = self.part(
            key, lambda: find_part(self.program, fate, first, last, self._callable, self._lasting)
        )
        found: Find = self.run(part, self._beside(fate, told))["find"]
        return found

    def _beside(self, fate: str, told: bool) -> Mapping[str, Any]:
        """What the functions of events call: for each event what lets it happen, and the lasting ones' own."""
        if (fate, told) not in self._happens:
            length = self._lasting
            lasting = self.part(f"lasting {fate}", lambda: lasting_part(self.program, fate, length))
            space = {f"h{number}": happens(number) for number in range(len(self.program.events))}
            space |= self.run(lasting)
            if not told:
                space |= self._written_out(fate)
            self._happens[fate, told] = space
        return self._happens[fate, told]

    def _written_out(self, fate: str) -> Mapping[str, Any]:
        deeds = self.numbered["events"]
        beside = {**SHARED, "pick": self.picker(fate)}
        name = f"direct {fate}"
        return self.functions(name, name, lambda: direct_part(self.nodes, deeds, fate), beside)

    def part(self, name: str, make: Callable[[], Compiled]) -> Compiled:
        """A part, made or fetched when it is first asked for. Raises Unwritable, with the scenario's line."""
        found = self.parts.get(name)
        if found is None:
            found = None if self.cache is None else self.cache.read(name)
            if found is None:
                try:
                    with nothing_collected():
                        found = make()
                except ValueError as fault:
                    raise unwritable(fault, self.program) from fault
                if self.cache is not None:
                    self.cache.write(found, name)
            self.parts[name] = found
        return found

    def functions(
        self, key: str, name: str, make: Callable[[], Compiled], beside: Mapping[str, Any] = SHARED
    ) -> dict[str, Any]:
        """The functions of a part beside some others, made once for a key."""
        if key not in self._made:
            self._made[key] = self.run(self.part(name, make), beside)
        return self._made[key]

    def run(self, part: Compiled, beside: Mapping[str, Any] = SHARED) -> dict[str, Any]:
        """What a part defines."""
        space: dict[str, Any] = {**beside, "acts": self.acts}
        exec(part.code, space)
        return space

    def picker(self, fate: str) -> Callable[[int, int, int, Sequence[int]], int]:
        """How one of several shares is drawn."""
        return largest if fate == HISTORICAL else picked

    def stretch(self, turn: int) -> tuple[int, int]:
        """The turns that share a function with this one."""
        first = (turn - 1) // self.length * self.length + 1
        return first, min(self.program.layout.turns, first + self.length - 1)

    def finders(self, fate: str, told: bool = False) -> Finders:
        """The functions that let events happen."""
        if (fate, told) not in self._finders:
            self._finders[fate, told] = Finders(self, fate, told)
        return self._finders[fate, told]

    @property
    def questions(self) -> dict[str, Any]:
        """Small functions, each named after what it is about."""
        if self._questions is None:
            self._questions = self.functions("questions", "questions", lambda: asking_part(self.program))
        return self._questions

    def called(self, number: int) -> Mapping[str, Any]:
        """What is asked about an event that may have been called."""
        if number not in self._called:
            if self.program.events[number].id in self._callable:
                self._called[number] = self.questions
            else:
                name = f"event {number}"
                self._called[number] = self.functions(name, name, lambda: called_part(self.program, number))
        return self._called[number]

    def open_orders(self, role: int) -> Callable[[list[int], int], list[Given]]:
        """The function that lists a role's orders which are legal by themselves."""
        found: Callable[[list[int], int], list[Given]] = self.functions(
            "orders", "orders", lambda: orders_part(self.program)
        )[f"open{role}"]
        return found

    @property
    def single_orders(self) -> Sequence[Callable[[list[int], int], Given | None]]:
        """For each order a function: what the list of open orders would hold of it, or None."""
        if not self._singles:
            made = self.functions("single orders", "single orders", lambda: single_part(self.program))
            self._singles = [made[f"order{each.number}"] for each in self.facts.orders]
        return self._singles

    def simple_orders(self, name: str) -> Sequence[Callable[..., None] | None]:
        """For each order that only adds: what does it (`give`), or holds its slots within their bounds (`hold`)."""
        made = self.functions("simple orders", "simple orders", lambda: simple_part(self.program))
        return [made.get(f"{name}{each.number}") for each in self.facts.orders]

    def kit(self, fate: str, told: bool) -> Kit:
        """What every game of a fate, with a ledger or without, works with."""
        kit = self._kits.get((fate, told))
        if kit is None:
            questions = self.questions
            directives = self.program.directives
            kit = self._kits[fate, told] = Kit(
                engine=self,
                facts=self.facts,
                acts=self.acts,
                questions=questions,
                finders=self.finders(fate, told),
                pick=self.picker(fate),
                opening=questions["opening"],
                means=questions["means"],
                drift_turn=self.drift(fate, told),
                close_turn=questions["close"],
                ends=ends(self.program, told),
                goals=[
                    (each.within, each.at_end, questions[f"goal{number}"])
                    for number, each in enumerate(directives)
                ],
                direct={} if told else self.direct(fate),
                gives=[] if told else self.simple_orders("give"),
                holds=[] if told else self.simple_orders("hold"),
            )
        return kit

    def bind(self, number: int) -> Act:
        """A block made ready."""
        if not self._groups:
            self._groups = {each: group for group, deeds in self.numbered.items() for each, _, _ in deeds}
        made = self._blocks(self._groups[number])
        return bind(self.program, self.nodes, self.facts.deeds[number], number, made)

    def direct(self, fate: str) -> Mapping[int, Direct]:
        """The blocks of events that are written out, by number."""
        if fate not in self._direct:
            made = self._written_out(fate)
            self._direct[fate] = {
                number: made[f"p{number}"] for number in range(len(self.facts.deeds)) if f"p{number}" in made
            }
        return self._direct[fate]

    def _blocks(self, group: str) -> dict[str, Any]:
        name = f"blocks {group}"
        deeds = self.numbered[group]
        return self.functions(name, name, lambda: acts_part(self.nodes, group, deeds))

    def drift(self, fate: str, told: bool = False) -> Drift:
        """The function of the phases after the orders."""
        found = self._drifts.get((fate, told))
        if found is None:
            name = f"drift {fate} {'told' if told else 'untold'}"
            space = self.functions(
                name, name, lambda: drift_part(self.program, fate, self.facts.numbers, told)
            )
            for number, each in enumerate(self.program.pulls if told else ()):
                space[f"M{number}"], space[f"R{number}"] = each.mark, each.reads
                space[f"B{number}"] = None if each.because is None else each.because.steady
            for rule in (rule for stage in self.program.stages for rule in stage if told):
                for row in rule.rows:
                    number = self.facts.numbers[id(row.deed)]
                    space[f"N{number}"] = [write.mark for write in row.deed.writes]
                    space[f"Q{number}"] = row.deed.reads
                    space[f"S{number}"] = None if row.deed.because is None else row.deed.because.steady
            found = self._drifts[fate, told] = space["drift"]
        return found

    def raw(self, seed: int, fate: str) -> Raw:
        """A new game without a ledger."""
        self._games += 1
        if self._games == MANY and self.length > 1 and _asked(self.program) <= MOST_EVENTS:
            self.length = 1
            for finders in self._finders.values():
                finders.clear()
        return Raw(self, seed, fate, list(self.facts.start))

    def raw_at(self, state: State) -> Raw:
        """A game without a ledger that goes on from a state."""
        game = Raw(self, state.seed, state.fate, list(state.values))
        game.begin_anywhere(self._extra(state.values))
        return game

    def step(self, state: State, move: Move) -> Step:
        """The state after a move, with everything that moved. Pure. Raises IllegalOrder."""
        last, self._last = self._last, None
        if last is not None and last[0] is state:
            game = last[1]
            game.again()
        elif self._within(state.values):
            game = Telling(self, state, self._extra(state.values))
        else:
            return step(self.program, state, move)
        try:
            moved = _moved(game, move)
        except Exception as fault:
            raise self.blamed(fault) from fault.__cause__
        if not moved:
            return step(self.program, state, move)
        done = game.done()
        self._last = done.state, game
        return done

    def blamed(self, fault: Exception) -> Exception:
        """An exception out of generated code, with a traceback through the scenario's own files."""
        return blamed(fault, self.program, self.parts.values())

    def _extra(self, values: Sequence[int]) -> list[int]:
        """The events that are called and that no block could have called."""
        return [number for due, number in self.facts.uncalled if values[due] > NEVER]


def _moved(game: Telling, move: Move) -> bool:
    """Make a move; False for what is left to the reference: a teacher's hand, and whatever is refused."""
    place = game.place
    if isinstance(move, Open):
        if place == OPENING:
            game.open()
            return True
    elif isinstance(move, Answer):
        return place == QUESTION and game.answer_by_id(move.event, move.choice)
    elif isinstance(move, Plan):
        return place == ORDERS and game.follow(move)
    return False


def _asked(program: Program) -> int:
    """How many events are asked in all turns together."""
    turns = program.layout.turns
    spans = (reign(event, OPEN) for event in program.events)
    return sum(max(0, min(last, turns) - max(first, 1) + 1) for first, last in spans)


def _stretch(program: Program) -> int:
    """A year, or more where the turns are many: a part for each turn would be fastest, but long in the making."""
    turns = program.layout.turns
    return max(PER_YEAR[program.scenario.calendar.step], -(-turns // MOST_PARTS))


__all__ = ["Engine"]
