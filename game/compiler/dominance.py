"""Which choices does another choice of the same question beat?  For sure, in all that they move, whatever one is after.

Only what can be told from the file is told: the other is open wherever this one is, calls the same events, and is no
worse even where its results fall badly and those of this one well. What is worse on average only is left to the
measuring of many games; a choice that moves nothing is taken for one to wait with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.compiler.problems import Problem, warning
from game.rules.block import Block, Effect
from game.rules.classes import dataclass
from game.rules.logic import Expr, Number
from game.rules.scenario import Choice, Scenario

RISING_IS_BAD: Final = frozenset(
    {
        "arrears", "debt", "debts", "expected", "farms", "hostility", "idle_comintern", "idle_narkomindel",
        "intrigue", "nazis", "recall_risk", "suspicion", "threat", "war_risk",
    }
)  # fmt: skip
"""Variables of the shared vocabulary whose rise is unwelcome. For most others more is better."""
EITHER_WAY: Final = frozenset({"balance", "unrest", "world_trade", "means_in_all"})
"""Variables whose rise is neither: it depends on what one is after."""
ON_PURPOSE: Final = "on purpose"

Key = tuple[str, str | None, Expr | None]
"""What an effect bears on: variable, country, and the condition it hangs on."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a choice moves: sure amounts that are added, and all else as it is written."""

    adds: dict[Key, int]
    rest: frozenset[tuple[Key, bool, Expr]]
    follows: frozenset[object]
    """What it calls, drops and reveals."""


def dominated(scenario: Scenario) -> Iterator[Problem]:
    """A warning for each choice that another one of its event beats, unless it says `dominated: on purpose`."""
    for event in scenario.events:
        ends = {choice.id: tuple(_ends(choice.block)) for choice in event.choices}
        for choice in event.choices:
            better = next(
                (
                    other
                    for other in event.choices
                    if other.id != choice.id
                    and choice.block.effects
                    and _open_too(choice, other)
                    and _beats(ends[choice.id], ends[other.id])
                ),
                None,
            )
            if better is not None and choice.dominated != ON_PURPOSE:
                message = (
                    f"'{choice.id}' of '{event.id}' is worse than '{better.id}' in all that it moves: give it a "
                    f"gain of its own, or write 'dominated: {ON_PURPOSE}'"
                )
                yield warning("W613", choice.mark, message, other=better.mark, length=len(choice.id))


def _open_too(choice: Choice, other: Choice) -> bool:
    """Whether the other can be taken wherever the choice can."""
    return other.when is None or other.when == choice.when


def _ends(block: Block) -> Iterator[_Sum]:
    """Each way that a block can come out: one, or one for each result."""
    for result in block.results or (None,):
        blocks = (block,) if result is None else (block, result.block)
        yield _sum(blocks)


def _sum(blocks: tuple[Block, ...]) -> _Sum:
    adds: dict[Key, int] = {}
    rest = set[tuple[Key, bool, Expr]]()
    for block in blocks:
        for effect in block.effects:
            key = (effect.name, effect.country, effect.when)
            match effect:
                case Effect(sets=False, amount=Number(value)):
                    adds[key] = adds.get(key, 0) + value
                case _:
                    rest.add((key, effect.sets, effect.amount))
    calls = frozenset(
        (each.event, each.after, each.chance, each.country) for block in blocks for each in block.then
    )
    others = frozenset(id_ for block in blocks for id_ in (*block.cancel, *block.reveals))
    return _Sum(adds, frozenset(rest), frozenset({("calls", calls), ("others", others)}))


def _beats(mine: tuple[_Sum, ...], theirs: tuple[_Sum, ...]) -> bool:
    """Whether the other is no worse however both come out, and better somewhere."""
    gains = [_gain(one, other) for one in mine for other in theirs]
    return all(gain is not None for gain in gains) and any(gains)


def _gain(mine: _Sum, theirs: _Sum) -> int | None:
    """How much better the other is in what can be counted; None if it is worse in anything, or cannot be told."""
    if mine.rest != theirs.rest or mine.follows != theirs.follows:
        return None
    whole = 0
    for key in {*mine.adds, *theirs.adds}:
        difference = theirs.adds.get(key, 0) - mine.adds.get(key, 0)
        gain = -difference if key[0] in RISING_IS_BAD else difference
        if gain < 0 or (difference and key[0] in EITHER_WAY):
            return None
        whole += gain
    return whole
