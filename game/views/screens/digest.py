"""What has happened since a seat last sat at the desk?  As far as it may know, in order of weight."""

from __future__ import annotations

from game.play.session import Session
from game.rules.classes import dataclass
from game.rules.ledger import Entry, Kind
from game.views.screens.quarter import ledger
from game.views.screens.tree import Act, Element, Role, button, group, heading, text


@dataclass(frozen=True, slots=True)
class DigestScreen:
    """What a seat is told when it sits down: the news of its ledger."""

    entries: tuple[Entry, ...]


def worth_telling(session: Session, entries: tuple[Entry, ...]) -> bool:
    """Whether anything of it would be shown: a value that moved, or an event that happened."""
    words = session.viewer.words
    return any(
        (each.delta and words.variable(each.slot) is not None) or each.cause.kind in (Kind.EVENT, Kind.CHOICE)
        for each in entries
    )


def unknown(session: Session, entries: tuple[Entry, ...]) -> str:
    """How many changes have a cause that is not told here, in a sentence; empty if there are none."""
    words = session.viewer.words
    count = sum(
        each.cause.kind == Kind.UNKNOWN and bool(each.delta) and words.variable(each.slot) is not None
        for each in entries
    )
    if not count:
        return ""
    return f"{count} change{'s have' if count > 1 else ' has'} a cause that is not told here."


def span(session: Session, entries: tuple[Entry, ...]) -> str:
    """The turns it is about, in words."""
    words = session.viewer.words
    turns = sorted({each.turn for each in entries})
    names = [words.turn(max(1, turns[0])), words.turn(max(1, turns[-1]))] if turns else []
    return " and ".join(dict.fromkeys(names))


def build(session: Session, screen: DigestScreen) -> Element:
    """The digest as a tree; it is read like the ledger of a turn."""
    when, secret = span(session, screen.entries), unknown(session, screen.entries)
    return group(
        Role.DIALOG, "digest", "Since you sat here",
        heading("digest.title", f"Since you sat here: {when}"),
        *([text("digest.unknown", secret)] if secret else []),
        *ledger(session, screen.entries),
        button("proceed", "To the desk", Act("proceed"), "Return", "Enter goes on; so does Esc."),
    )  # fmt: skip
