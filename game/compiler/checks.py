"""Does the whole scenario hold together?  The static errors and warnings that no single field can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from game.compiler.names import Names
from game.compiler.problems import Problem, error, warning
from game.compiler.resolve import Resolver
from game.rules.block import Block, Effect, FollowUp
from game.rules.calendar import NO_DAY, parse_date, parse_step, parse_window
from game.rules.scenario import Ending, Event, Rule, Scenario

FEWEST_CHOICES: Final = 2


def check(scenario: Scenario, names: Names, resolver: Resolver) -> list[Problem]:
    """All that is wrong between the parts of a scenario whose parts are sound."""
    found: list[Problem] = []
    for each in CHECKS:
        found += each(scenario, names)
    found += _gaps(scenario, resolver)
    return found


def _targets(block: Block) -> Iterator[tuple[Effect, tuple[str | None, str]]]:
    for effect in block.effects:
        yield effect, (effect.country, effect.name)
    for result in block.results:
        for effect in result.block.effects:
            yield effect, (effect.country, effect.name)


def _set_and_added(scenario: Scenario, names: Names) -> Iterator[Problem]:
    for block in _blocks(scenario):
        groups = [list(block.effects)]
        groups += [[*block.effects, *result.block.effects] for result in block.results]
        reported = set()
        for group in groups:
            sets = {(e.country, e.name): e for e in group if e.sets}
            for effect in group:
                other = sets.get((effect.country, effect.name))
                if other is not None and not effect.sets and effect.mark not in reported:
                    reported.add(effect.mark)
                    message = f"'{effect.name}' is set and added to in one block"
                    yield error("L501", effect.mark, message, other=other.mark)


def _blocks(scenario: Scenario) -> Iterator[Block]:
    results = {id(result.block) for block in scenario.blocks() for result in block.results}
    return (block for block in scenario.blocks() if id(block) not in results)


def _results(scenario: Scenario, names: Names) -> Iterator[Problem]:
    for block in _blocks(scenario):
        if not block.results:
            continue
        rest = [each for each in block.results if each.chance is None]
        if len(rest) != 1:
            ids = ", ".join(f"'{each.id}'" for each in rest) or "none"
            message = f"exactly one result must have no chance and take the rest; here: {ids}"
            yield error("L501", block.results[0].mark, message)
        for result in block.results:
            if result.block.results:
                yield error("L501", result.mark, f"'{result.id}': a result cannot have results of its own")


def _rules_that_meet(scenario: Scenario, names: Names) -> Iterator[Problem]:
    setters: dict[tuple[int, str | None, str], Rule] = {}
    for rule in scenario.rules:
        for effect, (country, name) in _targets(rule.block):
            if not effect.sets:
                continue
            key = (rule.stage, country, name)
            other = setters.setdefault(key, rule)
            if other.id != rule.id:
                message = f"'{rule.id}' and '{other.id}' both set '{name}' in stage {rule.stage}"
                yield error("L501", effect.mark, message, other=other.mark)


def _each_without_pick(scenario: Scenario, names: Names) -> Iterator[Problem]:
    items: tuple[Event | Rule, ...] = (*scenario.events, *scenario.rules)
    for item in items:
        if not item.each or item.pick is not None or len(item.each) == 1:
            continue
        for effect, (country, name) in _targets(item.block):
            if country is None and effect.sets:
                message = (
                    f"'{item.id}' has an instance for each country, and all would set '{name}': use 'pick'"
                )
                yield error("L501", effect.mark, message)


def _events(scenario: Scenario, names: Names) -> Iterator[Problem]:
    for event in scenario.events:
        yield from _event(event, scenario)


def _event(event: Event, scenario: Scenario) -> Iterator[Problem]:
    if not (event.when or event.window or event.historically or event.only_then):
        message = (
            f"'{event.id}' would happen on the first turn: give it when, window, historically or only_then"
        )
        yield error("L502", event.mark, message)
    if event.asks and not event.choices:
        yield error("L502", event.mark, f"'{event.id}' asks, but has no choices")
    if event.choices and not event.asks:
        yield error("L502", event.mark, f"'{event.id}' has choices: say with 'asks' which role chooses")
    if event.choices:
        if len(event.choices) < FEWEST_CHOICES:
            yield error("L502", event.mark, f"'{event.id}' has one choice: a question has 2 to 4")
        if all(choice.when is not None for choice in event.choices):
            message = (
                f"'{event.id}': at least one choice must have no 'when', so that there is always an answer"
            )
            yield error("L502", event.mark, message)
        historical = [choice for choice in event.choices if choice.historical]
        if len(historical) > 1:
            yield error(
                "L502",
                historical[1].mark,
                f"'{event.id}' has two historical choices",
                other=historical[0].mark,
            )
        ids = [choice.id for choice in event.choices]
        if len(set(ids)) < len(ids):
            yield error("N304", event.mark, f"'{event.id}' has two choices of one id")
    if event.asks and event.each and event.pick is None and len(event.each) > 1:
        yield error("L502", event.mark, f"'{event.id}' asks for each country: it needs 'pick'")
    if event.pick is not None and not event.each:
        yield error("L502", event.mark, f"'{event.id}': 'pick' chooses among the countries of 'each'")
    if event.repeats and event.historically:
        yield error("L502", event.mark, f"'{event.id}': what repeats has no historical date")
    length = scenario.calendar.step
    if event.window and event.historically and not event.only_then:
        first, last = parse_window(event.window, length)
        date = parse_date(event.historically, length).step
        if not first <= date <= last:
            message = (
                f"'{event.id}': the window {event.window} is without its historical date {event.historically}"
            )
            yield error("L504", event.mark, message)
    if not event.attachments.sources and not event.only_then and event.text is not None:
        yield warning("W607", event.mark, f"'{event.id}' names no sources")


def _calls(scenario: Scenario, names: Names) -> Iterator[Problem]:
    places = {event.id: _place(event, scenario.calendar.step) for event in scenario.events}
    called = set()
    for owner, block, bound in _owned(scenario):
        for follow in _follows(block):
            called.add(follow.event)
            instances = names.bound.get(follow.event, ())
            if instances and not (follow.country or bound):
                message = f"'{follow.event}' happens to a country: say which with 'country'"
                yield error("L502", follow.mark, message)
            if follow.after == 0:
                if not isinstance(owner, Event):
                    yield error("L503", follow.mark, "'after: 0' is possible from events and choices only")
                elif (places[follow.event], follow.event) <= (places[owner.id], owner.id):
                    message = f"'after: 0' leads backwards: '{follow.event}' has its day before '{owner.id}'"
                    yield error("L503", follow.mark, message)
    for event in scenario.events:
        if event.only_then and event.id not in called:
            yield warning("W602", event.mark, f"'{event.id}' happens only when called, and nobody calls it")


def _place(event: Event, length: str) -> int:
    if event.day is not None:
        return event.day
    return parse_date(event.historically, length).day if event.historically else NO_DAY


def _follows(block: Block) -> Iterator[FollowUp]:
    yield from block.then
    for result in block.results:
        yield from result.block.then


def _owned(scenario: Scenario) -> Iterator[tuple[object, Block, bool]]:
    for event in scenario.events:
        yield event, event.block, bool(event.each)
        for choice in event.choices:
            yield event, choice.block, bool(event.each)
    for rule in scenario.rules:
        yield rule, rule.block, bool(rule.each)
    for action in scenario.orders:
        yield action, action.block, bool(action.target)
    for directive in scenario.directives:
        for block in (directive.met, directive.missed):
            yield directive, block, False


def _ranks(scenario: Scenario, names: Names) -> Iterator[Problem]:
    seen: dict[tuple[str, int], Ending] = {}
    for ending in scenario.endings:
        key = ("", ending.rank)
        if key in seen:
            yield error("L502", ending.mark, f"two endings of rank {ending.rank}", other=seen[key].mark)
        seen.setdefault(key, ending)
    if not any(ending.when is None for ending in scenario.endings):
        place = scenario.endings[0].mark if scenario.endings else None
        if place is not None:
            message = "no ending is without 'when': one must end the game at the calendar's end"
            yield error("L502", place, message)
    ranks: dict[tuple[str, int], object] = {}
    for verdict in scenario.verdicts:
        pair = (verdict.about, verdict.rank)
        if pair in ranks:
            message = f"two verdicts about '{verdict.about}' of rank {verdict.rank}"
            yield error("L502", verdict.mark, message)
        ranks[pair] = verdict
        if verdict.about not in names.national:
            yield error("N301", verdict.mark, f"a verdict is about a variable; there is no '{verdict.about}'")


def _windows(scenario: Scenario, names: Names) -> Iterator[Problem]:
    length = scenario.calendar.step
    last = parse_step(scenario.calendar.end, length)
    for event in scenario.events:
        text = event.window or event.historically
        if not text or event.only_then:
            continue
        opens = parse_window(event.window, length)[0] if event.window else parse_date(text, length).step
        if opens > last:
            yield warning("W602", event.mark, f"'{event.id}' lies after the calendar's end")


def _past(scenario: Scenario, names: Names) -> Iterator[Problem]:
    first = parse_step(scenario.calendar.start, scenario.calendar.step)
    events = {event.id: event for event in scenario.events}
    for foregone in scenario.past:
        if foregone.id not in events:
            yield error("N301", foregone.mark, f"'past' names an event '{foregone.id}' that does not exist")
        elif foregone.choice and foregone.choice not in names.choices.get(foregone.id, ()):
            yield error("N301", foregone.mark, f"'{foregone.id}' has no choice '{foregone.choice}'")
        elif parse_step(foregone.on, scenario.calendar.step) >= first:
            yield error("L504", foregone.mark, f"'{foregone.id}' is past, but {foregone.on} is in the game")


def _settings(scenario: Scenario, names: Names) -> Iterator[Problem]:
    for variable in scenario.variables:
        if variable.set_by == "both" and variable.kind != "number":
            yield error("L502", variable.mark, f"'{variable.id}': only a number can be set by both roles")
    for action in scenario.orders:
        if action.takes and not action.block.results:
            message = f"'{action.id}' takes {action.takes} turns, but has no results to wait for"
            yield error("L502", action.mark, message)
    tracks = set(names.tracks)
    for event in scenario.events:
        if event.asks and event.asks not in tracks:
            yield error("N301", event.mark, f"'{event.id}' asks '{event.asks}', but there is no such track")


CHECKS: Final[tuple[Callable[[Scenario, Names], Iterator[Problem]], ...]] = (
    _set_and_added,
    _results,
    _rules_that_meet,
    _each_without_pick,
    _events,
    _calls,
    _ranks,
    _windows,
    _past,
    _settings,
)


def _gaps(scenario: Scenario, resolver: Resolver) -> Iterator[Problem]:
    """Events that conditions ask about, that history puts before the calendar, and that `past` leaves out."""
    length = scenario.calendar.step
    first = parse_step(scenario.calendar.start, length)
    known = {each.id for each in scenario.past}
    events = {each.id: each for each in scenario.events}
    reported = set()
    for question, id_, mark in resolver.asked:
        event = events.get(id_)
        if event is None or id_ in known or id_ in reported or question == "due":
            continue
        if event.historically and parse_date(event.historically, length).step < first and not event.only_then:
            reported.add(id_)
            message = f"'{id_}' belongs before this calendar; say in 'past' whether it happened"
            yield warning("W603", mark, message, other=event.mark)
