"""What may its author have overlooked?  Gaps in the past, what never happened, untranslated texts, unknown works."""

from __future__ import annotations

from collections.abc import Iterator

from game.compiler.names import ID
from game.compiler.problems import Near, Problem, warning
from game.compiler.resolve import Resolver
from game.rules.block import Placeholder, Text
from game.rules.calendar import parse_date, parse_step
from game.rules.ledger import Mark
from game.rules.library import Claim, Term
from game.rules.scenario import (
    Action,
    Country,
    Directive,
    Ending,
    Event,
    Milestone,
    Modifier,
    Person,
    Rule,
    Scenario,
    Verdict,
)

Item = Event | Action | Rule | Modifier | Directive | Milestone | Ending | Verdict | Country | Person
"""Whatever may have attachments."""


def gaps(scenario: Scenario, resolver: Resolver) -> Iterator[Problem]:
    """Events that conditions ask about, that history puts before the calendar, and that `past` leaves out."""
    length = scenario.calendar.step
    first = parse_step(scenario.calendar.start, length)
    known = {each.id for each in scenario.past}
    events = {each.id: each for each in scenario.events}
    for asked in resolver.asked:
        event = events.get(asked.id)
        if event is None or asked.id in known or asked.question == "due" or not event.historically:
            continue
        if parse_date(event.historically, length).step < first:
            known.add(asked.id)
            message = f"'{asked.id}' belongs before this calendar; say in 'past' whether it happened"
            yield warning("W603", asked.mark, message, other=event.mark, length=len(asked.question))


def traps(scenario: Scenario, resolver: Resolver) -> Iterator[Problem]:
    """`turns_since` of what may never have happened, where 9999 would be taken for a very long time."""
    known = {each.id for each in scenario.past}
    for asked in resolver.asked:
        if asked.trap and asked.id not in known:
            message = f"'{asked.id}' may never have happened, and this is 9999 then: ask happened('{asked.id}') first"
            yield warning("W605", asked.mark, message, length=len(asked.question))


def works(scenario: Scenario) -> Iterator[Problem]:
    """Keys of sources that the scenario's list of works, if it has one, does not name; words of one's own may stand."""
    known = {each.id for each in scenario.sources}
    for id_, keys, mark in _cited(scenario) if known else ():
        for key in keys:
            if key not in known and ID.fullmatch(key):
                message = f"'{id_}' names a source '{key}' that 'sources' does not explain"
                yield warning("W610", mark, message, near=Near(key, sorted(known)))


def _cited(scenario: Scenario) -> Iterator[tuple[str, tuple[str, ...], Mark]]:
    """Whatever names sources: its id, their keys, its place."""
    items: tuple[Item, ...] = (
        *scenario.events, *scenario.orders, *scenario.rules, *scenario.modifiers, *scenario.directives,
        *scenario.milestones, *scenario.endings, *scenario.verdicts, *scenario.countries, *scenario.people,
    )  # fmt: skip
    for item in items:
        yield item.id, item.attachments.sources, item.mark
    entries: tuple[Claim | Term, ...] = (*scenario.claims, *scenario.glossary)
    for entry in entries:
        yield entry.id, entry.sources, entry.mark


def translations(resolver: Resolver, files: frozenset[str]) -> Iterator[Problem]:
    """Texts of these files that lack a language which others of them have, or say something else in it.

    A lesson in one language is not blamed for what its base has in more.
    """
    own = resolver.names.language
    texts = [text for text in resolver.texts if text.mark.file in files]
    found = {language for text in texts for variant in text.variants for language in variant.wording}
    others = sorted(found - {own})
    for text in texts if others else ():
        yield from _lacking(text, own, others)


def _lacking(text: Text, own: str, others: list[str]) -> Iterator[Problem]:
    for variant in text.variants:
        base = variant.wording.get(own)
        if base is None:
            missing = ", ".join(sorted(variant.wording))
            yield warning(
                "W606", text.mark, f"this text is given in {missing}, but not in '{own}', the scenario's own"
            )
            continue
        for language in others:
            if language not in variant.wording:
                yield warning("W606", text.mark, f"this text has no '{language}': '{own}' will be shown")
                continue
            wanted, found = _values(base), _values(variant.wording[language])
            if wanted != found:
                names = ", ".join(sorted(each.variable or "country" for each in set(wanted) ^ set(found)))
                message = f"the text in '{language}' does not have the placeholders of '{own}'"
                yield warning("W606", text.mark, f"{message}: {names}" if names else message)


def _values(wording: tuple[str | Placeholder, ...]) -> dict[Placeholder, int]:
    """The placeholders of a wording, in whatever form, and how often each stands there."""
    found: dict[Placeholder, int] = {}
    for part in wording:
        if isinstance(part, Placeholder):
            form = "number" if part.form == "plural" else part.form
            bare = Placeholder(part.value, form, part.variable)
            found[bare] = found.get(bare, 0) + 1
    return found
