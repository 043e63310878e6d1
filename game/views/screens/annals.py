"""What is remembered of each past turn?  Its weightiest events, as the timeline names them and marks the heaviest."""

from __future__ import annotations

from game.play.session import Session
from game.rules.classes import dataclass
from game.rules.ledger import Kind
from game.views.screens.tone import share

NAMED = 3
ONE_IN = 4
"""Of so many turns one is marked."""
OF_A_WORD = 1_500
"""What a change of a word or a flag weighs, such as recognition or a cabinet: as much as 15 % of a number's range."""
OPEN = "…"
"""In a title: what returns every so often and is filled in each time, like the harvest. No turn is known by that."""
LEAST = 400
"""What a turn must weigh at least to be marked: hundredths of a percent of the ranges that its events moved."""


@dataclass(frozen=True, slots=True)
class Annal:
    """A past turn: its weightiest events, the heaviest first, and what all of them weigh."""

    turn: int
    titles: tuple[str, ...]
    weight: int


class Annals:
    """The past turns of a game as each pair of eyes may know them; a turn that is known is not read again."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._secrets = [
            at for name, at in session.program.layout.index.items() if name.startswith("revealed:")
        ]
        self._known: dict[tuple[str, int], list[Annal]] = {}

    def all(self) -> tuple[Annal, ...]:
        """The past turns, oldest first."""
        session = self.session
        revealed = sum(1 for at in self._secrets if session.state.values[at])
        known = self._known.setdefault((session.eyes(), revealed), [])
        for turn in range(session.first + len(known), len(session.closes)):
            known.append(_annal(session, turn))
        return tuple(known)

    def forget(self) -> None:
        """Let go of all: the game is told in another language."""
        self._known.clear()


def marked(annals: tuple[Annal, ...]) -> frozenset[int]:
    """The turns that weigh most: one in a few, and only where something happened."""
    heavy = sorted(annals, key=lambda each: (-each.weight, each.turn))[: -(-len(annals) // ONE_IN)]
    return frozenset(each.turn for each in heavy if each.weight >= LEAST)


def _annal(session: Session, turn: int) -> Annal:
    words, events = session.viewer.words, {each.id for each in session.program.events}
    weights: dict[str, int] = {}
    for entry in session.seen(turn=turn):
        variable = words.variable(entry.slot)
        happened = entry.cause.kind in (Kind.EVENT, Kind.CHOICE) and entry.cause.id in events
        if happened and entry.delta and variable is not None and variable.label is not None:
            number = variable.kind == "number"
            weigh = share(variable.low, variable.high, entry.delta) if number else OF_A_WORD
            weights[entry.cause.id] = weights.get(entry.cause.id, 0) + weigh
    heavy = sorted(weights, key=lambda id: (-weights[id], id))
    titles = dict.fromkeys(title for title in map(words.title, heavy) if OPEN not in title)
    return Annal(turn, tuple(titles)[:NAMED], sum(weights.values()))
