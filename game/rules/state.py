"""What is true now, what may a role say, and what comes of it?"""

from __future__ import annotations

from collections.abc import Mapping

from game.rules.classes import dataclass, field
from game.rules.digest import sha256
from game.rules.ledger import Cause, Ledger

HISTORICAL = "historical"
OPEN = "open"


@dataclass(frozen=True, slots=True)
class State:
    """All that a game is at a moment: a value, never changed in place.

    `values` is laid out by the program's layout; `origins` says for each pending event and running order which
    cause set it going, so that its entries can name their parent.
    """

    seed: int
    fate: str
    values: tuple[int, ...]
    origins: tuple[tuple[str, Cause], ...] = ()

    def digest(self) -> str:
        """SHA-256 over seed, fate and values: equal on every machine and in every back end."""
        text = f"{self.seed};{self.fate};" + ",".join(map(str, self.values))
        return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Order:
    """A role's demand to do an action, aimed at a country or at none."""

    action: str
    target: str = ""

    def __str__(self) -> str:
        return f"{self.action} -> {self.target}" if self.target else self.action


@dataclass(frozen=True, slots=True)
class Open:
    """Begin the next turn."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Take a choice of the event that asks. `reason` is why, in the words of who took it; it never changes play."""

    event: str
    choice: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the roles set and order this turn: role to variable to value, role to orders."""

    settings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    orders: Mapping[str, tuple[Order, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Teacher:
    """A teacher's hand: slots to set at once, and an event called for this turn or for one that comes `after` it.

    With neither it is a pause. `note` is what the teacher wrote beside it; it never changes play.
    """

    sets: Mapping[str, int] = field(default_factory=dict)
    event: str = ""
    country: str = ""
    after: int = 0
    note: str = ""


Move = Open | Answer | Plan | Teacher


@dataclass(frozen=True, slots=True)
class Step:
    """The state after a move, and what moved in it."""

    state: State
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order, setting or answer may not be given: a code, and values for its sentence."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        turns = self.values.get("turns", 0)
        when = {0: "this turn", 1: "next turn"}.get(int(turns), f"in {turns} turns")
        return SENTENCES[self.code].format(when=when, **self.values)


SENTENCES = {
    "over": "The game is over.",
    "not-now": "This cannot be done at this point of the turn.",
    "unknown-order": "There is no order '{order}'.",
    "not-your-track": "'{order}' belongs to another track.",
    "needs-target": "'{order}' must be aimed at a country.",
    "no-target": "'{order}' is not aimed at anybody.",
    "bad-target": "'{order}' cannot be aimed at {target}.",
    "condition": "Its conditions do not hold now.",
    "running": "Already under way, its result falls due {when}.",
    "waiting": "Possible again {when}.",
    "twice": "Already ordered this turn.",
    "too-many": "At most {most} orders a turn.",
    "means": "Needs {needed} means; {left} left.",
    "stock": "Needs {needed} {stock}; {left} left.",
    "unknown-choice": "There is no choice '{choice}'.",
    "choice-closed": "'{choice}' cannot be chosen now: its condition does not hold.",
    "unknown-setting": "'{setting}' cannot be set by this role.",
    "setting-closed": "'{setting}' cannot be changed now: its condition does not hold.",
    "setting-range": "'{setting}' must lie between {low} and {high}.",
    "unknown-slot": "There is no value '{slot}' that can be set.",
    "unknown-event": "There is no event '{event}'.",
    "needs-country": "'{event}' happens to a country: say to which.",
    "day-past": "The day of '{event}' in this turn is past.",
    "no-turn": "'{event}' cannot be called for a turn that will not come.",
}


class IllegalOrder(ValueError):
    """A move that the rules refuse; carries the Refusal."""

    def __init__(self, refusal: Refusal, what: str = "") -> None:
        super().__init__(f"{what}: {refusal}" if what else str(refusal))
        self.refusal = refusal
        self.what = what
