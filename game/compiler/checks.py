"""Does the whole scenario hold together?  The static errors that no single field can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from game.compiler.dominance import dominated
from game.compiler.names import Names
from game.compiler.owned import Owned, Target, follows, owned
from game.compiler.problems import Near, Problem, error, warning
from game.compiler.promises import promises
from game.compiler.reach import unreachable
from game.compiler.remarks import gaps, translations, traps, works
from game.compiler.resolve import Resolver
from game.compiler.swallowed import swallowed
from game.rules.block import FollowUp
from game.rules.calendar import NO_DAY, parse_date, parse_step, parse_window
from game.rules.logic import BOUND
from game.rules.scenario import Ending, Event, Rule, Scenario

FEWEST_CHOICES: Final = 2


def check(scenario: Scenario, names: Names, resolver: Resolver, own: frozenset[str]) -> list[Problem]:
    """All that is wrong between the parts of a scenario whose parts are sound; `own` are its files, not the base's."""
    found: list[Problem] = []
    for each in CHECKS:
        found += each(scenario, names)
    found += unreachable(scenario, resolver, own)
    found += promises(scenario, resolver)
    found += swallowed(scenario, resolver)
    found += dominated(scenario)
    found += gaps(scenario, resolver)
    found += traps(scenario, resolver)
    found += works(scenario)
    found += translations(resolver, own)
    return found


def _set_and_added(scenario: Scenario, names: Names) -> Iterator[Problem]:
    for each in owned(scenario):
        reported = set()
        for group in each.groups():
            sets = [(other, each.targets(other, names)) for other in group if other.sets]
            for effect in group:
                for other, targets in sets:
                    if effect.sets or effect.name != other.name or effect.mark in reported:
                        continue
                    if targets & each.targets(effect, names):
                        reported.add(effect.mark)
                        message = f"'{effect.name}' is set and added to in one block"
                        yield error("L501", effect.mark, message, other=other.mark)


def _results(scenario: Scenario, names: Names) -> Iterator[Problem]:
    for each in owned(scenario):
        results = each.block.results
        if not results:
            continue
        rest = [result for result in results if result.chance is None]
        if len(rest) != 1:
            ids = ", ".join(f"'{result.id}'" for result in rest) or "none"
            message = f"exactly one result must have no chance and take the rest; here: {ids}"
            yield error("L501", results[0].mark, message)
        historical = [result for result in results if result.historical]
        if len(historical) > 1:
            message = f"'{each.id}' has two historical results"
            yield error("L502", historical[1].mark, message, other=historical[0].mark)
        for result in results:
            if result.block.results:
                yield error("L501", result.mark, f"'{result.id}': a result cannot have results of its own")


def _rules_that_meet(scenario: Scenario, names: Names) -> Iterator[Problem]:
    setters: dict[tuple[int, Target], Rule] = {}
    for rule in sorted(scenario.rules, key=lambda each: each.mark):
        mine, met = Owned(rule, rule.id, rule.block, rule.each), set()
        for group in mine.groups():
            for effect in group:
                for target in sorted(mine.targets(effect, names)) if effect.sets else ():
                    other = setters.setdefault((rule.stage, target), rule)
                    if other.id != rule.id and (other.id, effect.name) not in met:
                        met.add((other.id, effect.name))
                        message = (
                            f"'{rule.id}' and '{other.id}' both set '{effect.name}' in stage {rule.stage}"
                        )
                        yield error("L501", effect.mark, message, other=other.mark)


def _each_without_pick(scenario: Scenario, names: Names) -> Iterator[Problem]:
    items: tuple[Event | Rule, ...] = (*scenario.events, *scenario.rules)
    for item in items:
        if item.pick is not None and not item.each:
            yield error("L502", item.mark, f"'{item.id}': 'pick' chooses among the countries of 'each'")
        if item.pick is not None or len(item.each) <= 1:
            continue
        reported = set()
        for group in Owned(item, item.id, item.block, item.each).groups():
            for effect in group:
                if effect.sets and effect.country != BOUND and effect.mark not in reported:
                    reported.add(effect.mark)
                    message = (
                        f"'{item.id}' has an instance for each country, and all would set '{effect.name}'"
                    )
                    yield error("L501", effect.mark, f"{message}: use 'pick'")


def _events(scenario: Scenario, names: Names) -> Iterator[Problem]:
    for event in scenario.events:
        yield from _event(event, scenario)


def _event(event: Event, scenario: Scenario) -> Iterator[Problem]:
    if not (event.when or event.window or event.historically or event.only_then):
        message = (
            f"'{event.id}' would happen on the first turn: give it when, window, historically or only_then"
        )
        yield error("L502", event.mark, message)
    if event.difficulty and (event.asks or event.each or not event.only_then):
        message = f"'{event.id}' is a difficulty: it needs only_then, asks nothing and has no 'each'"
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
    if event.asks and event.each and event.pick is None and len(event.each) > 1:
        yield error("L502", event.mark, f"'{event.id}' asks for each country: it needs 'pick'")
    if not event.asks and (event.always_asks or event.ask_reason):
        word = "always_asks" if event.always_asks else "ask_reason"
        yield error("L502", event.mark, f"'{event.id}': '{word}' stands only where it 'asks' a role")
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
    if not event.attachments.sources and event.text is not None:
        yield warning("W607", event.mark, f"'{event.id}' names no sources")


def _calls(scenario: Scenario, names: Names) -> Iterator[Problem]:
    events = {event.id: event for event in scenario.events}
    for each in owned(scenario):
        for follow in follows(each.block):
            yield from _call(each, follow, names)
            if follow.after == 0:
                yield from _same_turn(each, follow, events, scenario.calendar.step)


def _call(each: Owned, follow: FollowUp, names: Names) -> Iterator[Problem]:
    """A call for a country can reach an event that has an instance for it."""
    instances = names.bound.get(follow.event, ())
    wanted = (follow.country,) if follow.country else each.bound
    if follow.country and not instances:
        message = f"'{follow.event}' has no countries of its own: leave 'country' out"
        yield error("L502", follow.mark, message)
    elif instances and not wanted:
        yield error("L502", follow.mark, f"'{follow.event}' happens to a country: say which with 'country'")
    elif instances and not set(wanted) & set(instances):
        message = f"'{follow.event}' never happens to {', '.join(wanted[:3])}, but is called for it"
        yield error("L502", follow.mark, message)


def _same_turn(each: Owned, follow: FollowUp, events: dict[str, Event], length: str) -> Iterator[Problem]:
    """Within a turn only a later event can be called, so nothing runs in circles."""
    if not isinstance(each.owner, Event):
        yield error("L503", follow.mark, "'after: 0' is possible from events and choices only")
        return
    called = events[follow.event]
    if (_day(called, length), called.id) <= (_day(each.owner, length), each.owner.id):
        message = (
            f"'after: 0' leads backwards: '{called.id}' (day {_day(called, length)}) does not come after "
            f"'{each.owner.id}' (day {_day(each.owner, length)})"
        )
        yield error("L503", follow.mark, message, other=called.mark)


def _day(event: Event, length: str) -> int:
    if event.day is not None:
        return event.day
    return parse_date(event.historically, length).day if event.historically else NO_DAY


def _ranks(scenario: Scenario, names: Names) -> Iterator[Problem]:
    seen: dict[tuple[str, int], Ending] = {}
    for ending in sorted(scenario.endings, key=lambda each: each.mark):
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
    for verdict in sorted(scenario.verdicts, key=lambda each: each.mark):
        pair = (verdict.about, verdict.rank)
        if pair in ranks:
            message = f"two verdicts about '{verdict.about}' of rank {verdict.rank}"
            yield error("L502", verdict.mark, message)
        ranks[pair] = verdict
        if verdict.about not in names.national:
            code, more, other = names.gone(verdict.about)
            message = f"a verdict is about a variable; there is no '{verdict.about}'{more}"
            near = Near(verdict.about, names.national)
            yield error(code, verdict.mark, message, near=near, other=other)


def _past(scenario: Scenario, names: Names) -> Iterator[Problem]:
    first = parse_step(scenario.calendar.start, scenario.calendar.step)
    known = {each.id for group in (scenario.events, scenario.milestones) for each in group}
    for foregone in scenario.past:
        if foregone.id not in known:
            code, more, other = names.gone(foregone.id)
            message = f"'past' names an event '{foregone.id}' that does not exist{more}"
            yield error(code, foregone.mark, message, near=Near(foregone.id, known), other=other)
        elif foregone.choice and foregone.choice not in (choices := names.choices.get(foregone.id, ())):
            message = f"'{foregone.id}' has no choice '{foregone.choice}'"
            yield error("N301", foregone.mark, message, near=Near(foregone.choice, choices))
        elif parse_step(foregone.on, scenario.calendar.step) >= first:
            yield error("L504", foregone.mark, f"'{foregone.id}' is past, but {foregone.on} is in the game")


def _settings(scenario: Scenario, names: Names) -> Iterator[Problem]:
    for variable in scenario.country_variables:
        if variable.set_by:
            yield error(
                "L502", variable.mark, f"'{variable.id}': only a value of the nation is set by a role"
            )
    for variable in scenario.variables:
        if variable.set_by == "both" and variable.kind != "number":
            yield error("L502", variable.mark, f"'{variable.id}': only a number can be set by both roles")
        if not variable.set_by and (variable.when is not None or variable.cost):
            word = "cost" if variable.when is None else "when"
            yield error(
                "L502", variable.mark, f"'{variable.id}': '{word}' stands only where a role sets the value"
            )
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
    _past,
    _settings,
)
