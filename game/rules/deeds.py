"""How do texts and blocks become readings over slots?  One maker for formulas, sayings and deeds."""

from __future__ import annotations

from collections.abc import Iterable

from game.rules.block import Block, Effect, Placeholder, Result, Text
from game.rules.classes import dataclass, field
from game.rules.core import ONE, Const, Core, Readings, op, slots
from game.rules.dice import key_number
from game.rules.layout import at, lay_out
from game.rules.ledger import Sentence
from game.rules.logic import EACH, Expr
from game.rules.lowering import NATION, Lowering, Scope
from game.rules.program import Deed, Formula, Saying, Summons, Way, Wordings, Write
from game.rules.scenario import Scenario


@dataclass(slots=True)
class Maker:
    """Makes formulas, sayings and deeds for one scenario, and keeps what they share."""

    scenario: Scenario
    lowering: Lowering = field(init=False)
    readings: Readings = field(init=False)
    sayings: dict[str, Saying] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lowering = Lowering(self.scenario, lay_out(self.scenario))
        self.readings = Readings(self.lowering.named)

    def all_named(self) -> tuple[Formula, ...]:
        """The named expressions collected so far."""
        return tuple(Formula(core, self.readings) for core in self.lowering.named)

    def formula(self, expr: Expr, scope: Scope = NATION) -> Formula:
        return Formula(self.lowering.lower(expr, scope), self.readings)

    def maybe(self, expr: Expr | None, scope: Scope = NATION) -> Formula | None:
        return None if expr is None else self.formula(expr, scope)

    def exists(self, country: str) -> Formula | None:
        """Whether a country is there; None where nothing can make it vanish."""
        core = self.lowering.exists(country)
        return None if core == ONE else Formula(core, self.readings)

    def saying(self, key: str, text: Text | None, scope: Scope = NATION) -> Saying | None:
        if text is None:
            return None
        variants: list[Wordings] = []
        for variant in text.variants:
            parts = dict.fromkeys(
                part
                for _, wording in sorted(variant.wording.items())
                for part in wording
                if isinstance(part, Placeholder)
            )
            formulas = tuple(self.formula(part.value, scope) for part in parts)
            variants.append((self.maybe(variant.when, scope), tuple(parts), formulas))
        self.sayings[key] = Saying(key, text, tuple(variants), _steady(key, variants))
        return self.sayings[key]

    def deed(
        self, block: Block, source: str, scope: Scope, *conditions: Expr | None, branch: str = ""
    ) -> Deed:
        """`source` names the item in keys of chance; `branch` is added for a choice."""
        country = scope.country
        item = f"{source}/{branch}" if branch else source
        writes = tuple(sorted(self._writes(block.effects, scope), key=lambda each: (each.slot, each.sets)))
        rest = [each for each in block.results if each.chance is None]
        laid = sorted((each for each in block.results if each.chance is not None), key=lambda each: each.id)
        cores = [self.lowering.lower(each, scope) for each in conditions if each is not None]
        cores += [write.amount.core for write in writes]
        cores += [write.when.core for write in writes if write.when is not None]
        return Deed(
            writes=writes,
            summons=tuple(self._summons(block, item, scope)),
            cancels=tuple(
                slot for id in sorted(block.cancel) for slot in self._slots(("due", "running"), id, country)
            ),
            reveals=tuple(
                slot for id in sorted(block.reveals) for slot in self._slots(("revealed",), id, country)
            ),
            results=tuple(self._way(each, source, scope, branch, conditions) for each in (*laid, *rest)),
            result_key=key_number(f"result:{at(item, country)}"),
            because=self.saying(f"because:{at(item, country)}", block.because, scope),
            reads=self.reads(cores),
        )

    def _way(
        self, result: Result, source: str, scope: Scope, branch: str, conditions: tuple[Expr | None, ...]
    ) -> Way:
        name = f"{branch}={result.id}" if branch else f"={result.id}"
        deed = self.deed(result.block, source, scope, *conditions, result.chance, branch=name)
        self.saying(f"told:{at(f'{source}/{name}', scope.country)}", result.text, scope)
        return Way(result.id, self.maybe(result.chance, scope), deed)

    def reads(self, cores: Iterable[Core]) -> tuple[str, ...]:
        """The names behind the slots: variables as they are, events and choices by id."""
        names = set()
        back = {late: early for early, late in self.lowering.before.items()}
        for core in cores:
            for slot in slots(core, self.lowering.named):
                name = self.lowering.layout.names[back.get(slot, slot)]
                kind, colon, rest = name.partition(":")
                names.add(rest.partition("@")[0] if colon else kind)
        return tuple(sorted(names - {"", "turn"}))

    def _writes(self, effects: tuple[Effect, ...], scope: Scope) -> Iterable[Write]:
        for effect in effects:
            if effect.country is None:
                yield self._write(effect, effect.name, scope, None)
            elif effect.country != EACH:
                country = scope.country if effect.country == "country" else effect.country
                yield self._write(effect, f"{country}.{effect.name}", scope, None)
            else:
                for country in self.lowering.layout.countries:
                    inner = Scope(scope.country, country, scope.group)
                    yield self._write(effect, f"{country}.{effect.name}", inner, self.exists(country))

    def _write(self, effect: Effect, name: str, scope: Scope, exists: Formula | None) -> Write:
        core = None if effect.when is None else self.lowering.lower(effect.when, scope)
        if exists is not None:
            core = exists.core if core is None else op("and", exists.core, core)
        amount = self.formula(effect.amount, scope)
        when = None if core is None else Formula(core, self.readings)
        return Write(self.lowering.layout.index[name], effect.sets, amount, when, effect.mark)

    def _summons(self, block: Block, item: str, scope: Scope) -> Iterable[Summons]:
        """An event that has no instance for the country it would be called for is not called."""
        index = self.lowering.layout.index
        for each in sorted(block.then, key=lambda each: (each.event, each.after)):
            wanted = each.country or scope.country
            for country in dict.fromkeys((wanted, "")):
                due = index.get(at(f"due:{each.event}", country))
                if due is not None:
                    key = key_number(f"then:{at(item, scope.country)}>{each.event}")
                    chance = self.maybe(each.chance, scope)
                    yield Summons(due, each.event, country, each.after, chance, key)
                    break

    def _slots(self, groups: tuple[str, ...], id: str, country: str) -> list[int]:
        index = self.lowering.layout.index
        found = []
        for group in groups:
            names = [
                at(f"{group}:{id}", each)
                for each in ((country,) if country else ("", *self.lowering.layout.countries))
            ]
            found += [
                index[name] for name in (*names, *((f"{group}:{id}",) if country else ())) if name in index
            ]
        return found


def _steady(key: str, variants: list[Wordings]) -> Sentence | None:
    """The sentence of a text whose wording and values are known beforehand, such as a bound country's name."""
    when, _, formulas = variants[0]
    values = tuple(each.core.value for each in formulas if isinstance(each.core, Const))
    return Sentence(key, 0, values) if when is None and len(values) == len(formulas) else None
