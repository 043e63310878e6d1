"""What is a scenario ready to run?  Tables over slots, one reading for each condition and amount."""

from __future__ import annotations

from collections.abc import Mapping

from game.rules.block import Placeholder, Text
from game.rules.classes import dataclass
from game.rules.core import NO_NAMES, Core, Reading, Readings, reading
from game.rules.layout import Layout
from game.rules.ledger import Mark, Sentence
from game.rules.scenario import Scenario


class Formula:
    """An expression ready to be read: its form for other back ends, and the plain reading of it.

    Most are never read in one game, so the reading is made when it is first asked for. Nothing changes one otherwise.
    """

    __slots__ = ("core", "named", "read")

    core: Core
    named: Readings
    read: Reading

    def __init__(self, core: Core, named: Readings = NO_NAMES) -> None:
        self.core = core
        self.named = named

    def __getattr__(self, name: str) -> Reading:
        if name != "read":
            raise AttributeError(name)
        self.read = reading(self.core, self.named)
        return self.read

    def __repr__(self) -> str:
        return f"Formula({self.core!r})"

    def __reduce__(self) -> tuple[type[Formula], tuple[Core, Readings]]:
        return Formula, (self.core, self.named)


Wordings = tuple[Formula | None, tuple[Placeholder, ...], tuple[Formula, ...]]
"""A variant of a text: its condition, its placeholders, and how each is reckoned."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A text ready to be said."""

    key: str
    text: Text
    variants: tuple[Wordings, ...]
    steady: Sentence | None = None
    """What is always said, where nothing in the text changes."""


@dataclass(frozen=True, slots=True)
class Write:
    """One effect on one slot."""

    slot: int
    sets: bool
    amount: Formula
    when: Formula | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Summons:
    """A `then`: sets the due turn of an event's instance."""

    due: int
    event: str
    country: str
    after: int
    chance: Formula | None
    key: int


@dataclass(frozen=True, slots=True)
class Deed:
    """A block for one bound country: what it writes, calls, drops and reveals, and its possible ends."""

    writes: tuple[Write, ...]
    summons: tuple[Summons, ...]
    cancels: tuple[int, ...]
    reveals: tuple[int, ...]
    results: tuple[Way, ...]
    result_key: int
    because: Saying | None
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One result of several; the last in a row has no chance and takes the rest."""

    id: str
    chance: Formula | None
    deed: Deed


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One answer, for one bound country."""

    id: str
    when: Formula | None
    historical: bool
    taken: int
    deed: Deed


@dataclass(frozen=True, slots=True)
class EventRow:
    """One instance of an event."""

    country: str
    exists: Formula | None
    when: Formula | None
    premise: Formula | None
    chance: Formula | None
    chance_key: int
    weight: Formula | None
    happened: int
    times: int
    due: int
    deed: Deed
    choices: tuple[ChoiceRow, ...]


@dataclass(frozen=True, slots=True)
class EventTable:
    """An event with its instances. `first`, `last` and `historical` are turns of this game."""

    id: str
    day: int
    first: int
    last: int
    historical: int | None
    repeats: int
    only_then: bool
    asks: str
    always_asks: bool
    known_to: str
    pick_key: int | None
    dues: tuple[int, ...]
    """Where the due turns of its instances stand."""
    rows: tuple[EventRow, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One instance of a rule."""

    country: str
    exists: Formula | None
    when: Formula | None
    chance: Formula | None
    chance_key: int
    weight: Formula | None
    deed: Deed


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A rule with its instances."""

    id: str
    known_to: str
    pick_key: int | None
    rows: tuple[RuleRow, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A modifier as it bears on one action and target: its condition and what it adds, by name of cost."""

    id: str
    when: Formula
    cost: tuple[tuple[str, Formula], ...]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action aimed at one target (or none)."""

    target: str
    exists: Formula | None
    when: Formula | None
    cost: tuple[tuple[str, Formula], ...]
    surcharges: tuple[Surcharge, ...]
    given: int
    times: int
    running: int
    deed: Deed


@dataclass(frozen=True, slots=True)
class ActionTable:
    """An action with its targets."""

    id: str
    track: str
    takes: int
    repeats: int
    known_to: str
    rows: Mapping[str, ActionRow]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable that a role sets."""

    id: str
    slot: int
    role: str
    low: int
    high: int
    when: Formula | None
    cost: tuple[tuple[str, Formula], ...]
    known_to: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Pull:
    """A slot that is pulled each turn."""

    slot: int
    id: str
    country: str
    exists: Formula | None
    toward: Formula
    step: Formula
    known_to: str
    because: Saying | None
    reads: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class DirectiveRow:
    """A directive; `group` is its track or the empty string."""

    id: str
    number: int
    group: str
    when: Formula | None
    weight: Formula | None
    within: int
    note: Formula | None
    goal: Formula
    at_end: bool
    met: Deed
    missed: Deed
    mark: Mark


@dataclass(frozen=True, slots=True)
class Judged:
    """A milestone, ending or verdict: an id, a condition and a slot or rank."""

    id: str
    when: Formula | None
    rank: int
    slot: int = -1
    about: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A scenario ready to run. Slots beyond the layout's hold the opening values that `before` asks for."""

    scenario: Scenario
    layout: Layout
    opening: tuple[tuple[int, int], ...]
    """Pairs of slot and the slot that keeps its value of the turn's opening."""
    named: tuple[Formula, ...]
    purses: tuple[tuple[str, Formula], ...]
    events: tuple[EventTable, ...]
    """In order of day and id."""
    settings: tuple[Setting, ...]
    actions: Mapping[str, ActionTable]
    stages: tuple[tuple[RuleTable, ...], ...]
    pulls: tuple[Pull, ...]
    directives: tuple[DirectiveRow, ...]
    milestones: tuple[Judged, ...]
    endings: tuple[Judged, ...]
    verdicts: tuple[Judged, ...]
    sayings: Mapping[str, Saying]
    derived: Mapping[str, Formula]
    """Derived variables by slot-like name (`budget`, `britain.access`), for observations."""
    movable: frozenset[int]
    """Stored slots that an effect, and so a teacher, may write."""

    @property
    def width(self) -> int:
        """How many values a state has."""
        return len(self.layout.names) + len(self.opening)
