"""Which names does a scenario offer those who write in it?  Variables, countries and ids, each with a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from game.rules.block import Text
from game.rules.classes import dataclass
from game.rules.scenario import Scenario, Variable

OWNERS: Final = ("country", "target", "each")
"""Whose a country's variable may be besides a country's by name."""
ITEMS: Final = ("events", "orders", "rules", "modifiers", "directives", "milestones", "endings")
"""The sections that share one set of ids."""
LONGEST: Final = 160
"""A sentence longer than this is cut: it stands in a small box of the editor."""

Words = tuple[str, tuple[str, ...]]
"""The kind of a variable, and its words if it is one."""
Said = Mapping[str, str]
"""Names with a sentence about each, which may be empty."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of one scenario, by section."""

    id: str
    sections: Mapping[str, Said]
    kinds: Mapping[str, Words]
    """What may be written to; a country's variable stands as `.name`."""

    @classmethod
    def of(cls, scenario: Scenario) -> Vocabulary:
        """The names of a scenario."""
        language = scenario.language
        values = {
            "variables": [each for each in scenario.variables if not each.score],
            "scores": [each for each in scenario.variables if each.score],
            "country_variables": list(scenario.country_variables),
        }
        sections = {
            section: {each.id: _about(each, language) for each in found} for section, found in values.items()
        }
        for section, key in TOLD.items():
            sections[section] = {
                each.id: plain(getattr(each, key), language) for each in getattr(scenario, section)
            }
        sections["rules"] = {each.id: plain(each.block.because, language) for each in scenario.rules}
        sections["past"] = {**sections["events"], **sections["milestones"]}
        kinds = {each.id: (each.kind, each.words) for each in scenario.variables if _writable(each)}
        for each in scenario.country_variables:
            if _writable(each):
                kinds[f".{each.id}"] = (each.kind, each.words)
        return cls(scenario.id, sections, kinds | {".exists": ("flag", ())})

    @property
    def national(self) -> dict[str, str]:
        """The variables of the nation."""
        return {**self.sections["scores"], **self.sections["variables"]}

    @property
    def shared(self) -> dict[str, str]:
        """What every country has one of."""
        return {**self.sections["country_variables"], "exists": "Whether the country is there."}

    @property
    def payable(self) -> Said:
        """The variables that an order may cost."""
        return {
            name: says for name, says in self.national.items() if self.kinds.get(name, ("",))[0] == "number"
        }

    def items(self, kinds: str) -> list[str]:
        """The ids that a reference to things of some kinds may name: `event order`, `item`, `claim`."""
        found = []
        for kind in kinds.split():
            sections = ITEMS if kind == "item" else (f"{kind}s",)
            found += [id_ for section in sections for id_ in self.sections.get(section, ())]
        return sorted(set(found))

    def aims(self) -> Iterator[tuple[str, str]]:
        """What an effect may name, as it is written, and its key in `kinds`."""
        for name in self.national:
            if name in self.kinds:
                yield name, name
        for owner in (*OWNERS, *self.sections["countries"]):
            for name in self.shared:
                if f".{name}" in self.kinds:
                    yield f"{owner}.{name}", f".{name}"


TOLD: Final = {
    "countries": "name", "tracks": "label", "events": "title", "orders": "label", "modifiers": "because",
    "directives": "label", "milestones": "label", "endings": "title", "verdicts": "text", "people": "name",
    "claims": "text", "glossary": "text", "sources": "label",
}  # fmt: skip
"""The text of an entry that tells best what it is, by section."""


def _writable(variable: Variable) -> bool:
    return variable.derived is None and not variable.constant


def _about(variable: Variable, language: str) -> str:
    label, text = plain(variable.label, language), plain(variable.text, language)
    bounds = f"{variable.low} to {variable.high}" if variable.kind == "number" else ", ".join(variable.words)
    return ". ".join(part.rstrip(".") for part in (label, text, bounds) if part)


def plain(text: Text | None, language: str) -> str:
    """A text as it stands, by its last variant, with an ellipsis for what is filled in."""
    if text is None:
        return ""
    wording = text.variants[-1].wording
    parts = wording.get(language) or next(iter(wording.values()))
    said = "".join(part if isinstance(part, str) else "…" for part in parts).strip()
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
