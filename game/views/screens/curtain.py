"""What is to be seen while the desk changes hands?  The curtain: who is to sit down, and nothing of the game."""

from __future__ import annotations

from game.play.session import Session
from game.views.screens.joint import label
from game.views.screens.tree import Act, Element, Role, button, heading, text

ASKED = "The desk goes to this seat. Lift the curtain when nobody else looks."


def build(session: Session, role: str) -> Element:
    """The curtain as a tree; `role` is to sit down."""
    words, name, turn = session.viewer.words, label(session, role), max(1, session.turn)
    return Element(
        Role.SCREEN, f"The curtain: {name}", "curtain",
        children=(
            heading("curtain.title", name),
            text("curtain.when", f"{words.turn(turn)}, turn {turn} of {session.program.layout.turns}"),
            text("curtain.asked", ASKED),
            button("lift", "Lift the curtain", Act("lift"), "Return", "Then this seat sees what it may know."),
            button("menu", "Menu", Act("menu"), "F10", "Settings, help, leaving. Esc opens it, too."),
        ),
        subject=role,
    )  # fmt: skip
