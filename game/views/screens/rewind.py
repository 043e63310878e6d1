"""What was decided so far, and where could another way be taken?  A fork is a new game; the old one is kept."""

from __future__ import annotations

from collections.abc import Sequence

from game.play.roads import Decision, orders_of
from game.play.session import Session
from game.play.wording import number
from game.rules.classes import dataclass
from game.rules.ledger import Cause, Kind
from game.rules.state import Plan
from game.views.screens.desk import order_name
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

PROMISE = (
    "This game stays as it is, as {name}. The other way is a new game, beside it in the list of saved games."
)
ORDERS = "The orders of a turn, given again from a clean sheet."


@dataclass(frozen=True, slots=True)
class RewindScreen:
    """The decisions of the running game, and the number of the one that is picked; the last one if none is."""

    picked: int = -1


@dataclass(frozen=True, slots=True)
class Past:
    """A decision as the list draws it: when, which track took it, and whether a turn begins with it."""

    decision: Decision
    when: str
    title: str
    choice: str
    track: str
    first: bool


def pasts(session: Session, found: Sequence[Decision]) -> tuple[Past, ...]:
    """Decisions in words."""
    asks = {each.id: each.asks for each in session.program.scenario.events}
    rows: list[Past] = []
    for each in found:
        first = not rows or rows[-1].decision.turn != each.turn
        when, track = session.viewer.words.turn(each.turn), asks.get(each.event) or ""
        rows.append(Past(each, when, *_told(session, each), track, first))
    return tuple(rows)


def _told(session: Session, decision: Decision) -> tuple[str, str]:
    """What a decision was about, and what was decided."""
    words = session.viewer.words
    move = session.made[decision.number].move
    if isinstance(move, Plan):
        given = [order_name(session, order) for order in orders_of(session, move)]
        return "Orders", ", ".join(given) or "none"
    where = f": {words.country(decision.country)}" if decision.country else ""
    cause = Cause(Kind.CHOICE, decision.event, decision.choice, turn=decision.turn)
    return words.title(decision.event) + where, words.choice(cause)


def build(session: Session, screen: RewindScreen, found: Sequence[Past], name: str) -> Element:
    """The decisions as a tree."""
    picked = next(
        (each for each in found if each.decision.number == screen.picked), found[-1] if found else None
    )
    parts = [
        heading("rewind.title", "Decisions"),
        Element(
            Role.LIST, "Decisions", "rewind.list", value=str(len(found)),
            description="" if found else "Nothing has been decided yet.",
            children=tuple(_item(each, each is picked) for each in found),
        ),
    ]  # fmt: skip
    if picked is not None:
        parts.append(_about(session, picked, name))
        parts.append(
            button(
                "rewind.fork", "Take another way from here", Act("fork", str(picked.decision.number)), "T",
                PROMISE.format(name=name),
            )
        )  # fmt: skip
    parts.append(button("close", "Close", Act("close"), "Escape"))
    return group(Role.DIALOG, "rewind", "Decisions", *parts)


def _item(past: Past, picked: bool) -> Element:
    act = Act("decision", str(past.decision.number))
    return Element(
        Role.ITEM, past.title, f"decision.{past.decision.number}", value=past.choice,
        description=f"{past.when}.", pick=act, press=act, selected=picked, subject=past,
    )  # fmt: skip


def _about(session: Session, past: Past, name: str) -> Element:
    program, words = session.program, session.viewer.words
    index = program.layout.index
    then = session.closes[max(0, min(len(session.closes), past.decision.turn) - 1)]
    scores = [each.id for each in program.scenario.variables if each.score and each.id in index]
    return group(
        Role.GROUP, "rewind.about", past.title,
        heading("rewind.when", past.when),
        text("rewind.decided", f"{past.title}: {past.choice}"),
        text("rewind.orders", "" if past.decision.event else ORDERS),
        Element(
            Role.LIST, "As the turn began, and now", "rewind.scores",
            children=tuple(
                Element(
                    Role.VALUE, words.label(id), f"then.{id}",
                    value=f"{number(then.values[index[id]])}, now {number(session.state.values[index[id]])}",
                    subject=(then.values[index[id]], session.state.values[index[id]]),
                )
                for id in scores
            ),
        ),
        text("rewind.promise", PROMISE.format(name=name)),
    )  # fmt: skip
