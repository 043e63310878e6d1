"""How does a change read?  Which way it goes, whether that is welcome, and how much it weighs beside others."""

from __future__ import annotations

from game.compiler.dominance import EITHER_WAY, RISING_IS_BAD
from game.play.observation import Shift, Value
from game.play.session import Session
from game.play.wording import signed
from game.rules.classes import dataclass
from game.rules.state import State


@dataclass(frozen=True, slots=True)
class Drift:
    """A change as it is shown: by how much, in words, and whether it is welcome, unwelcome or neither."""

    label: str
    delta: int
    shown: str
    tone: str
    """good, bad or even."""

    @property
    def direction(self) -> str:
        """up, down or level: the way the number goes."""
        return "up" if self.delta > 0 else "down" if self.delta < 0 else "level"

    @property
    def spoken(self) -> str:
        """The change in a few words."""
        return f"{self.label} {self.shown}"


def tone(slot: str, delta: int) -> str:
    """good, bad or even."""
    name = slot.rpartition(".")[2]
    if not delta or name in EITHER_WAY:
        return "even"
    return "bad" if (delta > 0) == (name in RISING_IS_BAD) else "good"


def of_shift(shift: Shift) -> Drift:
    """A promised change."""
    return Drift(shift.label, shift.delta, shift.shown, tone(shift.slot, shift.delta))


def weight(value: Value, delta: int) -> int:
    """How much a change of a value weighs: in hundredths of a percent of its range."""
    return share(value.low, value.high, delta)


def share(low: int, high: int, delta: int) -> int:
    """How much a change weighs within a range, in hundredths of a percent of it; no range counts beyond a thousand."""
    return abs(delta) * 10_000 // max(1, min(high, 1_000) - max(low, -1_000))


class Lately:
    """Compares the present with the close before the last: what a quarter and its dispatches have changed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.before: State = session.closes[-2] if len(session.closes) > 1 else session.closes[0]
        self.first_turn = max(1, len(session.closes) - 1)
        """The first turn whose entries explain the change."""

    @property
    def since(self) -> str:
        """Since when, in words."""
        if self.first_turn == 1:
            return "the start"
        return self.session.viewer.words.turn(self.first_turn - 1)

    def change(self, slot: str) -> int:
        """By how much a slot has moved."""
        program = self.session.program
        if slot in program.derived:
            return self.session.value(slot) - program.derived[slot].read(self.before.values, {})
        return self.session.value(slot) - self.before.values[program.layout.index[slot]]

    def of(self, value: Value) -> Drift:
        """The change of a value as it is shown."""
        delta = self.change(value.slot)
        shown = signed(delta)
        if value.kind != "number":
            shown = value.shown if delta else "unchanged"
        return Drift(value.label, delta, shown, tone(value.slot, delta))
