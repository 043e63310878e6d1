"""What may a role see?  Everything a front end shows of a game at a moment, as plain data in words."""

from __future__ import annotations

from collections.abc import Mapping

from game.rules.classes import dataclass
from game.rules.ledger import Entry
from game.rules.state import Order


@dataclass(frozen=True, slots=True)
class Value:
    """A variable as it is shown. `change` is since the turn's opening; `trend` the closes of past turns."""

    slot: str
    label: str
    value: int
    shown: str
    low: int
    high: int
    change: int = 0
    kind: str = "number"
    unit: str = ""
    text: str = ""
    score: bool = False
    rank: int = 0
    """Its place among the values always in sight, lowest first; 0 for none."""
    trend: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryView:
    """A country with its variables by name (`relations`, `recognition` …)."""

    id: str
    name: str
    exists: bool
    text: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Shift:
    """A change that is promised: a slot, how it is called, and by how much or to what."""

    slot: str
    label: str
    delta: int
    shown: str
    """Signed number, or the new word."""


@dataclass(frozen=True, slots=True)
class Likely:
    """One possible result with its share in percent and what it would change."""

    label: str
    percent: int
    shifts: tuple[Shift, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice on an event's card."""

    id: str
    label: str
    text: str
    certain: tuple[Shift, ...]
    likely: tuple[Likely, ...]
    refusal: str = ""
    toll: str = ""
    """What it would cost in lives, where that differs from what the event costs."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands behind a dispatch: sources and what is disputed."""

    sources: tuple[str, ...] = ()
    """Citations; where the scenario explains no key, the key itself."""
    confidence: str = ""
    dispute: str = ""
    teaching: str = ""
    questions: tuple[str, ...] = ()
    content_note: str = ""
    toll: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An event that has arrived this turn. `options` is empty unless it waits for an answer."""

    event: str
    country: str
    title: str
    style: str
    place: str
    date: str
    text: str
    asks: str = ""
    ask_reason: bool = False
    """Who answers is asked for a reason first, in one sentence."""
    options: tuple[Option, ...] = ()
    answer: str = ""
    """The label of the choice taken, once it is."""
    told: tuple[str, ...] = ()
    """Why it moved what it moved, in the sentences of its causes."""
    notes: Notes = Notes()
    content_note: str = ""
    toll: str = ""
    """What it cost in lives: by the choice taken, or by the event itself."""


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order that could be given, with its cost, what is certain, what is likely, and why not."""

    order: Order
    track: str
    label: str
    target: str
    text: str
    cost: Mapping[str, int]
    reasons: tuple[str, ...]
    """Why the cost differs from the common one."""
    certain: tuple[Shift, ...]
    likely: tuple[Likely, ...]
    takes: int
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class SettingView:
    """A variable that a role sets. `words` holds id and label of each word for a word variable."""

    id: str
    label: str
    role: str
    value: int
    drafted: int
    low: int
    high: int
    words: tuple[tuple[str, str], ...] = ()
    text: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class TrackView:
    """A track's purse this turn."""

    id: str
    label: str
    means: int
    left: int


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """What the Politburo asks for at present."""

    id: str
    track: str
    label: str
    turns_left: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """An entry of the ledger in words."""

    entry: Entry
    label: str
    shown: str
    sentence: str
    cause: str
    where: str
    """File and line of the scenario, empty where the cause is unknown."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on one thing."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the game ended."""

    ending: str
    title: str
    text: str
    verdicts: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """What a role sees. `place` is opening, question, orders or over."""

    scenario: str
    title: str
    role: str
    place: str
    turn: int
    turns: int
    turn_name: str
    step: str
    seed: int
    fate: str
    national: Mapping[str, Value]
    countries: Mapping[str, CountryView]
    question: Dispatch | None
    dispatches: tuple[Dispatch, ...]
    tracks: tuple[TrackView, ...]
    """The purses that the role spends from."""
    purses: tuple[TrackView, ...]
    """Those of both tracks; of what another has spent of its own nothing is said."""
    settings: tuple[SettingView, ...]
    directives: tuple[DirectiveView, ...]
    orders: tuple[Order, ...]
    """What is drafted for this turn."""
    reasons: tuple[Reason, ...]
    """This turn's ledger in words; at a close and over, that of the turn just closed."""
    outcome: Outcome | None = None

    @property
    def scores(self) -> tuple[Value, ...]:
        """The headline scores."""
        return tuple(value for value in self.national.values() if value.score)
