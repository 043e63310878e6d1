"""What can never happen, never be called, never be given?"""

from __future__ import annotations

from collections.abc import Iterator

from game.compiler.bounds import bounds
from game.compiler.never import impossible
from game.compiler.owned import follows, owned
from game.compiler.problems import Problem, warning
from game.compiler.resolve import Resolver
from game.rules.calendar import parse_date, parse_step, parse_window
from game.rules.logic import And, Expr, Past
from game.rules.scenario import Action, Event, Modifier, Scenario, Verdict


def unreachable(scenario: Scenario, resolver: Resolver, own: frozenset[str]) -> Iterator[Problem]:
    """Warnings for events that cannot happen, for endings and verdicts that another one always comes before, and for
    modifiers that bear on no order.

    Nothing is said of events that a base scenario brings along: a lesson's calendar leaves out most of them.
    """
    called = {follow.event for each in owned(scenario) for follow in follows(each.block)}
    hindered = {event.id: _why(event, scenario, resolver, called) for event in scenario.events}
    happening = _happening(scenario, resolver, hindered)
    for event in scenario.events:
        if event.id not in happening and event.mark.file in own:
            why = hindered[event.id] or "what it waits for never happens"
            yield warning("W602", event.mark, f"'{event.id}' can never happen: {why}")
    yield from _shadowed(scenario)
    for modifier in scenario.modifiers:
        if modifier.mark.file in own and not any(_bears(modifier, action) for action in scenario.orders):
            message = f"'{modifier.id}' bears on no order: none fits its track, its list and its target"
            yield warning("W609", modifier.mark, message)


def _why(event: Event, scenario: Scenario, resolver: Resolver, called: set[str]) -> str:
    if event.only_then:
        if event.id not in called and not event.difficulty:
            return "it must be called, and nobody calls it"
        return "" if _possible(event, resolver, called=True) else "its premise never holds"
    if not in_calendar(event, scenario):
        return "it lies outside the calendar"
    if event.chance is not None and bounds(event.chance, resolver.domain)[1] <= 0:
        return "its chance is never above 0"
    if not _possible(event, resolver, called=False):
        return "its conditions never hold together"
    return ""


def _happening(scenario: Scenario, resolver: Resolver, hindered: dict[str, str]) -> set[str]:
    """The events that can happen: those that may by themselves, and what is called by what can."""
    events = {event.id: event for event in scenario.events}
    calls: dict[str, set[str]] = {}
    for each in owned(scenario):
        caller = each.id if isinstance(each.owner, Event) else ""
        calls.setdefault(caller, set()).update(follow.event for follow in follows(each.block))
    waiting: dict[str, set[str]] = {}
    freed: dict[str, list[str]] = {}
    ready = [each.id for each in scenario.past]
    ready += [event.id for event in scenario.events if event.difficulty and not hindered[event.id]]
    for event in scenario.events:
        if not (event.only_then or hindered[event.id]):
            needed = {id_ for condition in (event.when, event.premise) for id_ in _needed(condition)}
            waiting[event.id] = needed & events.keys()
            for id_ in waiting[event.id]:
                freed.setdefault(id_, []).append(event.id)
            if not waiting[event.id]:
                ready.append(event.id)
    callable_ = {event.id for event in scenario.events if _possible(event, resolver, called=True)}
    ready += calls.get("", set()) & callable_
    happening: set[str] = set()
    while ready:
        id_ = ready.pop()
        if id_ in happening:
            continue
        happening.add(id_)
        ready += calls.get(id_, set()) & callable_
        for later in freed.get(id_, ()):
            waiting[later].discard(id_)
            if not waiting[later]:
                ready.append(later)
    return happening


def _possible(event: Event, resolver: Resolver, called: bool) -> bool:
    parts = tuple(each for each in (None if called else event.when, event.premise) if each is not None)
    return not parts or not impossible(And(parts), resolver.domain)


def _needed(condition: Expr | None) -> Iterator[str]:
    """The items that must have happened for a condition to hold."""
    match condition:
        case And(parts):
            for part in parts:
                yield from _needed(part)
        case Past("happened" | "chose", id_):
            yield id_
        case _:
            return


def in_calendar(event: Event, scenario: Scenario) -> bool:
    """Whether its time has a turn in the calendar."""
    length = scenario.calendar.step
    first, last = (parse_step(each, length) for each in (scenario.calendar.start, scenario.calendar.end))
    if event.window:
        opens, closes = parse_window(event.window, length)
    elif event.historically:
        opens = closes = parse_date(event.historically, length).step
    else:
        return True
    return opens <= last and closes >= first


def _bears(modifier: Modifier, action: Action) -> bool:
    return (
        (modifier.track is None or modifier.track == action.track)
        and (not modifier.orders or action.id in modifier.orders)
        and (not modifier.aimed or bool(action.target))
    )


def _shadowed(scenario: Scenario) -> Iterator[Problem]:
    last: dict[str, Verdict] = {}
    for verdict in sorted(scenario.verdicts, key=lambda each: (each.about, each.rank)):
        if (other := last.get(verdict.about)) is not None:
            message = f"'{verdict.id}' is never given: '{other.id}' comes before it and always holds"
            yield warning("W609", verdict.mark, message, other=other.mark)
        elif verdict.when is None:
            last[verdict.about] = verdict
    free = sorted((each for each in scenario.endings if each.when is None), key=lambda each: each.rank)
    for ending in free[1:]:
        message = f"'{ending.id}' is never reached: '{free[0].id}' ends the game at the calendar's end"
        yield warning("W609", ending.mark, message, other=free[0].mark)
