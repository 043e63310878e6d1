"""Do the effects of an item keep what its text promises?"""

from __future__ import annotations

from collections.abc import Iterator

from game.compiler.bounds import bounds
from game.compiler.problems import Problem, warning
from game.compiler.resolve import Resolver
from game.rules.block import Block, Effect
from game.rules.ledger import Mark
from game.rules.logic import BOUND
from game.rules.scenario import Action, Event, Rule, Scenario

Promises = tuple[tuple[str, str], ...]
WORDS = {"up": "rise", "down": "fall", "same": "stay as it is"}


def promises(scenario: Scenario, resolver: Resolver) -> Iterator[Problem]:
    """A warning for each promise that no effect of its block can keep."""
    for id_, promised, block, mark in _promising(scenario):
        for name, way in promised:
            effects = [each for each in _effects(block) if _bears(each, name)]
            ways = {way for effect in effects for way in _ways(effect, resolver)}
            later = bool(block.then) or any(result.block.then for result in block.results)
            kept = not ways if way == "same" else way in ways or (later and not ways)
            if not kept:
                does = (
                    "no effect does that" if not ways else f"the effects move it {' or '.join(sorted(ways))}"
                )
                message = f"{id_} promises that '{name}' will {WORDS[way]}, but {does}"
                yield warning("W608", mark, message)


def _promising(scenario: Scenario) -> Iterator[tuple[str, Promises, Block, Mark]]:
    items: tuple[Event | Rule | Action, ...] = (*scenario.events, *scenario.rules, *scenario.orders)
    for item in items:
        yield f"'{item.id}'", item.attachments.promises, item.block, item.mark
        for result in item.block.results:
            yield f"'{item.id}', '{result.id}',", result.promises, result.block, result.mark
    for event in scenario.events:
        for choice in event.choices:
            yield f"'{choice.id}' of '{event.id}'", choice.promises, choice.block, choice.mark
            for result in choice.block.results:
                name = f"'{result.id}' of '{event.id}', '{choice.id}',"
                yield name, result.promises, result.block, result.mark


def _effects(block: Block) -> Iterator[Effect]:
    yield from block.effects
    for result in block.results:
        yield from result.block.effects


def _bears(effect: Effect, name: str) -> bool:
    """Whether an effect is on what a promise names: a national value, that of a country, or that of any."""
    owner, _, tail = name.rpartition(".")
    if effect.name != tail:
        return False
    if owner:
        return effect.country is not None and (
            effect.country in (owner, "each") or (effect.country == BOUND and owner == "target")
        )
    return True


def _ways(effect: Effect, resolver: Resolver) -> tuple[str, ...]:
    """Where an effect can move its value: a set one anywhere."""
    if effect.sets:
        return "up", "down"
    low, high = bounds(effect.amount, resolver.domain)
    return tuple(way for way, possible in (("up", high > 0), ("down", low < 0)) if possible)
