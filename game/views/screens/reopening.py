"""What is wrong with a saved game, and how can it be gone on with?  Told plainly, before anything is done."""

from __future__ import annotations

from game.play import games
from game.play.games import Opened
from game.rules.classes import dataclass
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

NAMES = {
    games.GO_ON: "Go on",
    games.COPY: "Go on with a copy",
    games.SOUND: "Go on from the last good turn",
    games.ANEW: "Go on as it comes out now",
    games.WRITTEN: "Go on as it was written",
}
MEANT = {
    games.GO_ON: "All else of the game is whole.",
    games.COPY: "The other window keeps its game; the copy is another file.",
    games.SOUND: "What is sound stays under its name; the damaged file is set aside beside it.",
    games.ANEW: "Its decisions, played again by today's rules, in a new file. The old one stays as it is.",
    games.WRITTEN: "Its numbers as they stood at the last end of a turn, in a new file. The old one stays as it is.",
}
"""What each way does, for people; what a way is called on the command line is the games' own."""


@dataclass(frozen=True, slots=True)
class ReopenScreen:
    """A save that is not as it was, read and played again."""

    opened: Opened


def build(screen: ReopenScreen) -> Element:
    """The findings and the ways as a tree."""
    opened = screen.opened
    header = opened.journal.header
    return group(
        Role.DIALOG, "reopen-sheet", "This game is not as it was",
        heading("reopen.title", header.title or header.scenario),
        text("reopen.file", opened.path.name),
        Element(
            Role.LIST, "What was found", "reopen.findings",
            children=tuple(
                Element(Role.VALUE, each, f"finding.{at}") for at, each in enumerate(opened.findings)
            ),
        ),
        Element(
            Role.LIST, "How to go on", "reopen.ways",
            children=tuple(
                Element(
                    Role.ITEM, NAMES[way], f"way.{way}", key=str(at), description=MEANT[way],
                    press=Act("way", way),
                )
                for at, way in enumerate(opened.ways, start=1)
            ),
        ),
        button("close", "Leave it", Act("close"), "Escape", "The file stays as it is."),
    )  # fmt: skip
