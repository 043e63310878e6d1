"""How is a game written down as a playthrough file, to be run again decision by decision?"""

from __future__ import annotations

import json
from collections.abc import Iterator

from game.play.session import Session
from game.rules.state import Answer, Move, Open, Order, Plan, Teacher


def script_text(session: Session, scenario: str, title: str, text: str = "") -> str:
    """The game as far as it was played; what comes after is decided as history did."""
    state = session.state
    lines = [f"scenario: {scenario}", f"title: {_quoted(title)}"]
    if text:
        lines.append(f"text: {_quoted(text)}")
    lines += [f"seed: {state.seed}", f"fate: {state.fate}", "turns:"]
    turns: dict[int, list[Move]] = {}
    for made in session.made:
        turns.setdefault(made.turn, []).append(made.move)
    written = [line for turn, moves in sorted(turns.items()) for line in _turn(session, turn, moves)]
    if not written:
        lines.pop()
    return "\n".join([*lines, *written]) + "\n"


def _turn(session: Session, turn: int, moves: list[Move]) -> Iterator[str]:
    """One turn: what was set, ordered and answered."""
    lines: list[str] = []
    choices = [f"{move.event}: {move.choice}" for move in moves if isinstance(move, Answer)]
    for move in moves:
        match move:
            case Teacher(sets, event):
                values = ", ".join(f"{name}: {_value(session, name, value)}" for name, value in sets.items())
                parts = [f"set: {{{values}}}"] if values else []
                lines.append(
                    f"    teacher: {{{', '.join([*parts, *([f'event: {event}'] if event else [])])}}}"
                )
            case Plan(settings, orders):
                values_ = {name: value for given in settings.values() for name, value in given.items()}
                if values_:
                    said = ", ".join(
                        f"{name}: {_value(session, name, value)}" for name, value in values_.items()
                    )
                    lines.append(f"    settings: {{{said}}}")
                given_ = [_order(each) for role in sorted(orders) for each in orders[role]]
                if given_:
                    lines.append(f"    orders: [{', '.join(given_)}]")
            case Open() | Answer():
                pass
    if choices:
        lines.append(f"    choices: {{{', '.join(choices)}}}")
    if lines:
        yield f"  {session.viewer.words.step(turn)}:"
        yield from lines


def _order(order: Order) -> str:
    target = f", target: {order.target}" if order.target else ""
    return f"{{order: {order.action}{target}}}"


def _value(session: Session, name: str, value: int) -> str:
    """A value as a playthrough writes it."""
    variable = session.viewer.words.variable(name)
    if name.endswith(".exists") or (variable is not None and variable.kind == "flag"):
        return "true" if value else "false"
    if variable is not None and variable.kind == "word":
        return variable.words[value]
    return str(value)


def _quoted(text: str) -> str:
    """A text in quotes that YAML reads as it is."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
