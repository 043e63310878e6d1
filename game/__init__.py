"""Peredyshka: Soviet foreign policy 1921–1933 as a turn-based game.

The public door: everything a program needs to read a scenario and play it, and nothing that draws.
What is behind it is imported when it is first asked for, so that a window opens before the rules are read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.compiler.load import Loaded, load
    from game.compiler.problems import Problem, ScenarioError
    from game.play.session import Session
    from game.rules.building import interpret
    from game.rules.engine import begin, legal_orders, step
    from game.rules.events import asking
    from game.rules.ledger import Cause, Entry, Ledger, Mark, because, total, why
    from game.rules.outcome import ending_of
    from game.rules.program import Program
    from game.rules.scenario import Scenario
    from game.rules.state import Answer, IllegalOrder, Move, Open, Order, Plan, Refusal, State, Step, Teacher

__all__ = [
    "Answer",
    "Cause",
    "Entry",
    "IllegalOrder",
    "Ledger",
    "Loaded",
    "Mark",
    "Move",
    "Open",
    "Order",
    "Plan",
    "Problem",
    "Program",
    "Refusal",
    "Scenario",
    "ScenarioError",
    "Session",
    "State",
    "Step",
    "Teacher",
    "asking",
    "because",
    "begin",
    "ending_of",
    "interpret",
    "legal_orders",
    "load",
    "step",
    "total",
    "why",
]

_BEHIND = {
    "Answer": "game.rules.state",
    "Cause": "game.rules.ledger",
    "Entry": "game.rules.ledger",
    "IllegalOrder": "game.rules.state",
    "Ledger": "game.rules.ledger",
    "Loaded": "game.compiler.load",
    "Mark": "game.rules.ledger",
    "Move": "game.rules.state",
    "Open": "game.rules.state",
    "Order": "game.rules.state",
    "Plan": "game.rules.state",
    "Problem": "game.compiler.problems",
    "Program": "game.rules.program",
    "Refusal": "game.rules.state",
    "Scenario": "game.rules.scenario",
    "ScenarioError": "game.compiler.problems",
    "Session": "game.play.session",
    "State": "game.rules.state",
    "Step": "game.rules.state",
    "Teacher": "game.rules.state",
    "asking": "game.rules.events",
    "because": "game.rules.ledger",
    "begin": "game.rules.engine",
    "ending_of": "game.rules.outcome",
    "interpret": "game.rules.building",
    "legal_orders": "game.rules.engine",
    "load": "game.compiler.load",
    "step": "game.rules.engine",
    "total": "game.rules.ledger",
    "why": "game.rules.ledger",
}


def __getattr__(name: str) -> Any:
    if name in _BEHIND:
        return getattr(import_module(_BEHIND[name]), name)
    raise AttributeError(f"module 'game' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *_BEHIND])
