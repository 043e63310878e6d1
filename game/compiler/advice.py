"""What might its author think over?  Advice where nothing is wrong: on sources, premises, texts and leftovers.

Advice is given when it is asked for. It keeps nothing from being played, and is waived like a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from game.compiler.problems import Problem
from game.compiler.reach import in_calendar
from game.compiler.reading import Reading, longest
from game.compiler.vocabulary import plain
from game.rules.block import Block, Effect, Placeholder, Text
from game.rules.classes import fields, is_dataclass
from game.rules.ledger import Mark
from game.rules.logic import Expr, National, Number, Of, parts_of
from game.rules.scenario import Event, Scenario, Variable

MOST_WORDS: Final = 180
"""A dispatch is read in a minute."""
HARDEST: Final = 55
HARDEST_BASIC: Final = 35


def advise(scenario: Scenario, own: frozenset[str]) -> list[Problem]:
    """All advice on what stands in these files."""
    found = (*_single_sources(scenario), *_premises(scenario), *_texts(scenario), *_leftovers(scenario))
    return [each for each in found if each.mark.file in own]


def _advice(code: str, mark: Mark, message: str, length: int = 1) -> Problem:
    return Problem(code, "advice", mark, message, length=length)


def _single_sources(scenario: Scenario) -> Iterator[Problem]:
    """What is said to be sure, and rests on one source."""
    items = [(each.id, each.attachments.confidence, each.attachments.sources, each.mark)
             for group in (scenario.events, scenario.rules, scenario.orders, scenario.people, scenario.milestones)
             for each in group]  # fmt: skip
    items += [(each.id, each.confidence, each.sources, each.mark) for each in scenario.claims]
    for id_, confidence, sources, mark in items:
        if confidence == "high" and len(sources) == 1:
            message = (
                f"'{id_}' is said to be sure, on one source ('{sources[0]}'): find a second, or say medium"
            )
            yield _advice("A701", mark, message, len(id_))


def _premises(scenario: Scenario) -> Iterator[Problem]:
    """What an event brings about, and nothing makes sure that it is not so already."""
    kinds = {each.id: each.kind for each in scenario.variables}
    shared = {each.id: each.kind for each in scenario.country_variables} | {"exists": "flag"}
    for event in scenario.events:
        told = set[tuple[str | None, str]]()
        for block, asked in _event_blocks(event):
            for effect in (
                *block.effects,
                *(each for result in block.results for each in result.block.effects),
            ):
                kind = (shared if effect.country else kinds)[effect.name]
                bears = (effect.country, effect.name)
                if (
                    kind != "number"
                    and effect.sets
                    and isinstance(effect.amount, Number)
                    and bears not in told
                    and bears not in asked | _mentioned(effect.when)
                ):
                    told.add(bears)
                    yield _advice("A702", effect.mark, _unspoken(event, effect, scenario), len(effect.name))


def _unspoken(event: Event, effect: Effect, scenario: Scenario) -> str:
    name = f"{effect.country}.{effect.name}" if effect.country else effect.name
    group = scenario.country_variables if effect.country else scenario.variables
    variable = next((each for each in group if each.id == effect.name), None)
    assert isinstance(effect.amount, Number)
    value = effect.amount.value
    said = (
        f"'{variable.words[value]}'" if variable and variable.kind == "word" else "true" if value else "false"
    )
    return f"'{event.id}' makes {name} {said}; if it is so already, does the text make sense? A premise would see to it"


def _event_blocks(event: Event) -> Iterator[tuple[Block, frozenset[tuple[str | None, str]]]]:
    """The blocks of an event, each with the values that what leads there asks about."""
    asked = _mentioned(event.when) | _mentioned(event.premise)
    yield event.block, asked
    own = {(each.country, each.name) for each in event.block.effects}
    for choice in event.choices:
        yield choice.block, asked | own | _mentioned(choice.when)


def _mentioned(condition: Expr | None) -> frozenset[tuple[str | None, str]]:
    found = set[tuple[str | None, str]]()
    waiting = [condition] if condition is not None else []
    while waiting:
        match node := waiting.pop():
            case National(name):
                found.add((None, name))
            case Of(country, name):
                found.add((country, name))
            case _:
                pass
        waiting += parts_of(node)
    return frozenset(found)


def _texts(scenario: Scenario) -> Iterator[Problem]:
    """Dispatches that take longer than a minute, or are hard to read."""
    for event in scenario.events:
        found = longest(event.text, scenario.language)
        if found.words > MOST_WORDS and event.text is not None:
            message = (
                f"'{event.id}' has {found.words} words: more than the minute that a class gives a dispatch"
            )
            yield _advice("A703", event.text.mark, message)
        if found.lix > HARDEST and event.text is not None:
            yield _advice("A703", event.text.mark, _hard(event.id, found))
        basic = longest(event.text_basic, scenario.language)
        if basic.lix > HARDEST_BASIC and event.text_basic is not None:
            yield _advice("A703", event.text_basic.mark, _hard(f"{event.id}', in its 'text_basic", basic))


def _hard(id: str, found: Reading) -> str:
    per = found.words // max(1, found.sentences)
    return f"'{id}' is {found.level} (LIX {found.lix}): {per} words a sentence; shorter ones and plainer words help"


def _leftovers(scenario: Scenario) -> Iterator[Problem]:
    """What nothing uses."""
    seen = _Seen()
    seen.walk(scenario)
    for variable in (*scenario.variables, *scenario.country_variables):
        if variable.id not in seen.variables and not _shown(variable):
            message = f"nothing reads '{variable.id}', and without a 'label' it is not shown either"
            yield _advice("A704", variable.mark, message, len(variable.id))
    for claim in scenario.claims:
        if claim.id not in seen.claims:
            yield _advice("A704", claim.mark, f"no item points to the claim '{claim.id}'", len(claim.id))
    for work in scenario.sources:
        if work.id not in seen.sources:
            yield _advice("A704", work.mark, f"nothing names the source '{work.id}'", len(work.id))
    links = " ".join(seen.texts).lower()
    for term in scenario.glossary:
        if f"[[{term.id}]]" not in links and f"[[{term.id}|" not in links:
            yield _advice("A704", term.mark, f"no text links to [[{term.id}]]", len(term.id))


def _shown(variable: Variable) -> bool:
    return variable.score or variable.label is not None or bool(variable.set_by)


class _Seen:
    """What the parts of a scenario name."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.claims: set[str] = set()
        self.sources: set[str] = set()
        self.texts: list[str] = []

    def walk(self, thing: Any) -> None:
        """Look through a part and all that is in it."""
        waiting = [thing]
        while waiting:
            match each := waiting.pop():
                case National(name) | Of(_, name):
                    self.variables.add(name)
                case Text():
                    for variant in each.variants:
                        waiting.append(variant.when)
                        for wording in variant.wording.values():
                            self.texts += [part for part in wording if isinstance(part, str)]
                            waiting += [part.value for part in wording if isinstance(part, Placeholder)]
                case tuple():
                    waiting += each
                case _ if is_dataclass(each) and not isinstance(each, Mark):
                    self.claims.update(getattr(each, "claims", ()) if not isinstance(each, Scenario) else ())
                    if not isinstance(each, Scenario):
                        self.sources.update(getattr(each, "sources", ()))
                    waiting += [getattr(each, field.name) for field in fields(each)]
                case _:
                    pass


def summary(scenario: Scenario) -> str:
    """How much there is to read and how hard it is, in a line; what lies outside the calendar is left out."""
    language = scenario.language
    past = {each.id for each in scenario.past}
    events = [each for each in scenario.events if in_calendar(each, scenario) and each.id not in past]
    texts = [longest(event.text, language) for event in events]
    answers = [longest(choice.text, language) for event in events for choice in event.choices]
    whole = sum((*texts, *answers), longest(scenario.text, language))
    middle = sorted(each.lix for each in texts if each.words)
    level = f"; a dispatch in the middle has LIX {middle[len(middle) // 2]}" if middle else ""
    minutes = max(1, round(whole.seconds / 60))
    return (
        f"{plain(scenario.title, language)}: {whole.words:,} words, about {minutes} min to read all of it; "
        f"{whole.level} (LIX {whole.lix}){level}"
    )
