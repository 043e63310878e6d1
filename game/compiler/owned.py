"""Whose is each block, what may it write to, and whom does it call?"""

from __future__ import annotations

from collections.abc import Iterator

from game.compiler.names import Names
from game.rules.block import Block, Effect, FollowUp
from game.rules.classes import dataclass
from game.rules.scenario import Scenario

Target = tuple[str, str]
"""A country (or nothing) and a variable."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A block, the item whose it is, and the countries that item has an instance for."""

    owner: object
    id: str
    block: Block
    bound: tuple[str, ...] = ()

    def groups(self) -> Iterator[tuple[Effect, ...]]:
        """The effects that are written together: the block's own, with those of each result."""
        yield self.block.effects
        for result in self.block.results:
            yield (*self.block.effects, *result.block.effects)

    def targets(self, effect: Effect, names: Names) -> frozenset[Target]:
        """What an effect may write to, over all instances."""
        match effect.country:
            case None:
                countries: tuple[str, ...] = ("",)
            case "country":
                countries = self.bound
            case "each":
                countries = names.countries
            case country:
                countries = (country,)
        return frozenset((country, effect.name) for country in countries)


def owned(scenario: Scenario) -> Iterator[Owned]:
    """Every block but those of results, with its item."""
    for event in scenario.events:
        yield Owned(event, event.id, event.block, event.each)
        for choice in event.choices:
            yield Owned(event, event.id, choice.block, event.each)
    for rule in scenario.rules:
        yield Owned(rule, rule.id, rule.block, rule.each)
    for action in scenario.orders:
        yield Owned(action, action.id, action.block, action.target)
    for directive in scenario.directives:
        for block in (directive.met, directive.missed):
            yield Owned(directive, directive.id, block)


def follows(block: Block) -> Iterator[FollowUp]:
    """The calls of a block and its results."""
    yield from block.then
    for result in block.results:
        yield from result.block.then
