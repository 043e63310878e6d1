"""Does a scenario stand being played at random?  One game, turn by turn, held against the laws that all games keep."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.policy import Random
from game.play.scripting import script_text
from game.play.session import Session
from game.rules.classes import dataclass
from game.rules.program import Program


@dataclass(frozen=True, slots=True)
class Broken:
    """A game that went wrong: what happened, and the playthrough that leads there."""

    seed: int
    says: str
    script: str


class Trial:
    """A game at random in open fate. `turns()` plays it; `broken` tells afterwards what went wrong, if anything did."""

    def __init__(self, program: Program, seed: int, name: str) -> None:
        self.seed = seed
        self.name = name
        self.session = Session(program, seed, "open")
        self.policy = Random()
        self.broken: Broken | None = None

    def turns(self) -> Iterator[int]:
        """Play to the end, giving way after each turn; whatever goes wrong ends the game."""
        session, moved = self.session, dict.fromkeys(self.session.program.layout.names, 0)
        counted = 0
        while session.place != "over" and self.broken is None:
            try:
                self._turn()
            except Exception as fault:  # a fault of the program is what is looked for
                self.note(f"{type(fault).__name__}: {fault}")
                return
            for entry in session.entries[counted:]:
                moved[entry.slot] = moved.get(entry.slot, 0) + entry.delta
            counted = len(session.entries)
            for sentence in laws_broken(session, moved):
                self.note(sentence)
            yield session.turn
        if self.broken is None:
            self.again()

    def _turn(self) -> None:
        session = self.session
        session.open()
        while session.place == "question":
            session.answer(self.policy.choose(session))
        self.policy.plan(session)
        session.close()

    def again(self) -> None:
        """The same decisions once more must end in the same state."""
        replayed = self.session.again()
        try:
            for made in self.session.made:
                replayed.move(made.move)
        except Exception as fault:
            self.note(f"played again, it stops: {type(fault).__name__}: {fault}")
            return
        if replayed.state.digest() != self.session.state.digest():
            self.note("played again, it comes out otherwise")

    def note(self, says: str) -> None:
        """The first thing that went wrong, with the playthrough so far."""
        if self.broken is None:
            turn = self.session.viewer.words.step(max(1, self.session.turn))
            title = f"A random game that broke in {turn}"
            self.broken = Broken(self.seed, says, script_text(self.session, self.name, title, says))


def laws_broken(session: Session, moved: dict[str, int]) -> Iterator[str]:
    """What does not hold at a close: bounds, and start + ledger = value; `moved` sums the ledger by slot."""
    layout, values = session.program.layout, session.state.values
    for slot, name in enumerate(layout.names[: layout.stored]):
        if not layout.low[slot] <= values[slot] <= layout.high[slot]:
            yield f"{name} is {values[slot]}, outside {layout.low[slot]} to {layout.high[slot]}"
        if layout.start[slot] + moved[name] != values[slot]:
            yield f"{name} is {values[slot]}, but its start and its ledger give {layout.start[slot] + moved[name]}"
