"""Who undid whom?  Two seats at the end of their game: what each took down of the other's work, and who moved what."""

from __future__ import annotations

from game.play.session import Session
from game.play.undoing import Undoing, balance, moved_by, undoings
from game.play.wording import signed
from game.rules.classes import dataclass
from game.rules.ledger import Cause, Kind
from game.views.screens.tone import Drift, tone
from game.views.screens.tree import Act, Element, Role

MOST = 12


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is told: what was chosen or ordered, on what occasion, and when."""

    track: str
    label: str
    occasion: str
    """The event that asked; empty for an order."""
    when: str

    @property
    def spoken(self) -> str:
        """All of it in a few words."""
        return f"“{self.label}” ({self.occasion + ', ' if self.occasion else ''}{self.when})"


@dataclass(frozen=True, slots=True)
class Undone:
    """A decision that took down what another had built, as it is told."""

    by: Decided
    of: Decided
    drifts: tuple[Drift, ...]
    turn: int

    @property
    def sentence(self) -> str:
        """All of it as one sentence."""
        moved = ", ".join(each.spoken for each in self.drifts)
        return f"{self.by.spoken} undid what {self.of.spoken} had built: {moved}."


@dataclass(frozen=True, slots=True)
class Side:
    """A role in the reckoning between the two: what it undid, and what its decisions moved."""

    role: str
    label: str
    undid: int
    """Of the other's work, in points: a hundred are the whole range of a value."""
    moved: tuple[Drift, ...]


def label(session: Session, role: str) -> str:
    """A role as its track is called."""
    words = session.viewer.words
    return next(words.plain(each.label) for each in session.program.scenario.tracks if each.id == role)


def decided(session: Session, cause: Cause, when: str) -> Decided:
    """A decision in words: the choice with its event, the order with its country."""
    words = session.viewer.words
    title = words.title(cause.id) + (f": {words.country(cause.country)}" if cause.country else "")
    if cause.kind == Kind.CHOICE:
        return Decided(cause.by, words.choice(cause), title, when)
    return Decided(cause.by, title, "", when)


def undone(session: Session, most: int = MOST) -> tuple[Undone, ...]:
    """What weighed most of all that was undone."""
    return tuple(_told(session, each) for each in undoings(session)[:most])


def _told(session: Session, each: Undoing) -> Undone:
    words = session.viewer.words
    when = words.turn(each.turns[0])
    if len(each.turns) > 1:
        when = f"{when} to {words.turn(each.turns[-1])}, {len(each.turns)} times"
    drifts = tuple(
        Drift(words.label(slot), change, signed(change), tone(slot, change)) for slot, change in each.parts
    )
    of = decided(session, each.of, words.turn(each.of.turn))
    return Undone(decided(session, each.by, when), of, drifts, each.turns[0])


def sides(session: Session) -> tuple[Side, ...]:
    """Both roles: how much each undid, and how its decisions moved the scores and the standing of both."""
    words, scenario = session.viewer.words, session.program.scenario
    wanted = [each for each in scenario.variables if each.score or each.id == "standing"]
    wanted.sort(key=lambda each: (each.rank or 100, each.id))
    moved = moved_by(session, [each.id for each in wanted])
    undid = balance(session, undoings(session))
    return tuple(
        Side(
            role, label(session, role), undid[role],
            tuple(
                Drift(words.label(each.id), delta, signed(delta), tone(each.id, delta))
                for each in wanted
                if (delta := moved[role].get(each.id, 0))
            ),
        )
        for role in session.roles
    )  # fmt: skip


def summary(both: tuple[Side, ...]) -> str:
    """How much each undid of the other's work, in a sentence."""
    parts = [f"the {each.label} undid {each.undid} points" for each in both]
    sentence = " and ".join(parts) + " of what the other had built."
    return sentence[:1].upper() + sentence[1:]


def build(session: Session) -> Element:
    """Who undid whom as a list of the end screen."""
    rows, both = undone(session), sides(session)
    return Element(
        Role.LIST, "Who undid whom", "undone", description=summary(both), subject=both,
        children=(
            *(
                Element(
                    Role.VALUE, each.label, f"side.{each.role}", value=f"undid {each.undid} points of the other's work",
                    description=f"Its decisions moved {', '.join(drift.spoken for drift in each.moved) or 'no score'}.",
                    subject=each,
                )
                for each in both
            ),
            *(
                Element(
                    Role.ITEM, each.by.label, f"undone.{at}", value=", ".join(drift.spoken for drift in each.drifts),
                    description=each.sentence, press=Act("quarter", str(each.turn)), subject=each,
                )
                for at, each in enumerate(rows)
            ),
        ),
    )  # fmt: skip
