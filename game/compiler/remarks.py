"""What may its author have overlooked?  Gaps in the past, questions about what never happened, untranslated texts."""

from __future__ import annotations

from collections.abc import Iterator

from game.compiler.problems import Problem, warning
from game.compiler.resolve import Resolver
from game.rules.block import Placeholder, Text
from game.rules.calendar import parse_date, parse_step
from game.rules.scenario import Scenario


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
