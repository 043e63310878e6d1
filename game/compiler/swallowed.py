"""Which effects can the bounds of their variable only swallow?  Sets outside them, adds that find no room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.compiler.bounds import bounds
from game.compiler.never import left_to
from game.compiler.problems import Problem, warning
from game.compiler.ranges import Range
from game.compiler.resolve import Resolver
from game.rules.block import Block, Effect
from game.rules.logic import And, Expr, National, Of
from game.rules.scenario import Scenario

WHOLE: Final = "is more than its whole range"


def swallowed(scenario: Scenario, resolver: Resolver) -> Iterator[Problem]:
    """A warning for each effect on a number that cannot do what it says, whatever the game has come to."""
    for block, condition in _blocks(scenario):
        for effect in block.effects:
            if (why := _why(effect, condition, resolver)) is not None:
                name = f"{effect.country}.{effect.name}" if effect.country else effect.name
                yield warning("W612", effect.mark, f"'{name}' {why}", length=len(name))


def _blocks(scenario: Scenario) -> Iterator[tuple[Block, Expr | None]]:
    """Every block with what holds when it is read, as far as that is sure.

    A called event is not asked for its `when`; results that fall due later are read from another picture.
    """
    called = {follow.event for block in scenario.blocks() for follow in block.then}
    for event in scenario.events:
        sure = event.premise if event.only_then or event.id in called else _both(event.when, event.premise)
        yield from _with_results(event.block, sure)
        for choice in event.choices:
            yield from _with_results(choice.block, choice.when)
    for rule in scenario.rules:
        yield from _with_results(rule.block, rule.when)
    for action in scenario.orders:
        yield action.block, action.when
        for result in action.block.results:
            yield result.block, None if action.takes else action.when
    for directive in scenario.directives:
        yield from _with_results(directive.met, None)
        yield from _with_results(directive.missed, None)


def _with_results(block: Block, sure: Expr | None) -> Iterator[tuple[Block, Expr | None]]:
    yield block, sure
    for result in block.results:
        yield result.block, sure


def _both(*conditions: Expr | None) -> Expr | None:
    parts = tuple(each for each in conditions if each is not None)
    return And(parts) if parts else None


def _why(effect: Effect, condition: Expr | None, resolver: Resolver) -> str | None:
    """What is wrong with an effect, as the end of a sentence; None if it can do something."""
    declared = resolver.names.country if effect.country else resolver.names.national
    its = declared[effect.name]
    if its.kind != "number":
        return None
    low, high = bounds(effect.amount, resolver.domain)
    if effect.sets:
        if low > its.high or high < its.low:
            return f"is set to {_range(low, high)}, but lies between {its.low} and {its.high}"
        return None
    if low > its.high - its.low or -high > its.high - its.low:
        return f"lies between {its.low} and {its.high}: {_range(low, high)} {WHOLE}"
    here = _here(effect, _both(condition, effect.when), resolver)
    if low > 0 and here is not None and here[0] >= its.high:
        return f"is {its.high} when this happens, and cannot rise"
    if high < 0 and here is not None and here[1] <= its.low:
        return f"is {its.low} when this happens, and cannot fall"
    return None


def _here(effect: Effect, condition: Expr | None, resolver: Resolver) -> Range | None:
    """Between which bounds the value lies wherever the condition holds."""
    if condition is None:
        return None
    value = National(effect.name) if effect.country is None else Of(effect.country, effect.name)
    return left_to(value, condition, resolver.domain)


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"
