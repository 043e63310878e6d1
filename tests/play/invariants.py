"""What must hold in every game, wherever it came from: bounds, and start + ledger = value."""

from __future__ import annotations

from game.play.session import Session


def broken(session: Session) -> list[str]:
    """What does not hold, in sentences."""
    layout = session.program.layout
    found = []
    moved = dict.fromkeys(layout.names, 0)
    for entry in session.entries:
        moved[entry.slot] = moved.get(entry.slot, 0) + entry.delta
    for name, value, low, high in zip(
        layout.names, session.state.values, layout.low, layout.high, strict=False
    ):
        if type(value) is not int:
            found.append(f"{name} is {value!r}")
        elif not low <= value <= high:
            found.append(f"{name} is {value}, outside {low} to {high}")
    for name in layout.names[: layout.stored]:
        slot = layout.index[name]
        if layout.start[slot] + moved[name] != session.state.values[slot]:
            found.append(f"{name} is not its start and its ledger")
    if len(session.closes) != session.turn + (session.place in ("opening", "over")):
        found.append(f"{len(session.closes)} closes in turn {session.turn}, {session.place}")
    return found
