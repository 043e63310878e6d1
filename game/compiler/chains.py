"""What leads to what in a scenario?  Events, what calls, asks about or drops them, and what they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from game.compiler.owned import Owned, owned
from game.compiler.vocabulary import plain
from game.rules.block import Block, Effect
from game.rules.calendar import PER_YEAR, name_step, parse_date, parse_window
from game.rules.classes import dataclass
from game.rules.logic import BOUND, EACH, And, Expr, Negate, Not, Number, Or, Past, parts_of
from game.rules.scenario import Action, Directive, Event, Milestone, Rule, Scenario

Other = Action | Rule | Directive | Milestone
"""What is no event, but calls one or is asked about by one."""


class Tie(StrEnum):
    """How one thing hangs on another."""

    CALLS = "calls"
    """`then`: the first calls the second for later."""
    OPENS = "opens"
    """The second asks whether the first has happened, or what was chosen."""
    BARS = "bars"
    """The same, and it must not have been so."""
    DROPS = "drops"
    """`cancel`: the first takes the second back."""


class Way(StrEnum):
    """Where an effect moves a value."""

    UP = "up"
    DOWN = "down"
    EITHER = "either"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that hangs on another; `at` are the choices or results by which it does."""

    source: str
    target: str
    tie: Tie
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knot:
    """An event, or something else that events hang on."""

    id: str
    title: str
    kind: str  # narkomindel | comintern | news | order | rule | directive | milestone
    called: bool
    """Whether it only happens when it is called."""
    year: int
    """0 for what may happen at any time."""
    date: str
    """As it is written in the file, or the step it is first possible in; empty if it may happen at any time."""
    order: int
    """Its place in time among the others of its year."""
    changes: tuple[tuple[str, Way], ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """All of it, in order of time."""

    knots: tuple[Knot, ...]
    links: tuple[Link, ...]

    def around(self, id: str, steps: int) -> Chains:
        """What is linked with one thing over so many steps."""
        kept = {id}
        for _ in range(steps):
            kept |= {end for link in self.links for end in (link.source, link.target)
                     if link.source in kept or link.target in kept}  # fmt: skip
        return self.only(kept)

    def linked(self) -> Chains:
        """Only what is linked with anything."""
        return self.only({end for link in self.links for end in (link.source, link.target)})

    def only(self, kept: Iterable[str]) -> Chains:
        """Some of the things with the links between them."""
        wanted = set(kept)
        return Chains(
            tuple(each for each in self.knots if each.id in wanted),
            tuple(each for each in self.links if each.source in wanted and each.target in wanted),
        )


def chains(scenario: Scenario) -> Chains:
    """What leads to what in a scenario."""
    links = _links(scenario)
    ids = {event.id for event in scenario.events}
    ends = {end for link in links for end in (link.source, link.target)}
    times = _times(scenario, links)
    knots = [_event(event, scenario, times) for event in scenario.events]
    others: tuple[tuple[str, tuple[Other, ...]], ...] = (
        ("order", scenario.orders), ("rule", scenario.rules),
        ("directive", scenario.directives), ("milestone", scenario.milestones),
    )  # fmt: skip
    for kind, items in others:
        for item in items:
            if item.id in ends - ids:
                title = plain(item.label, scenario.language) if item.label else item.id
                knots.append(Knot(item.id, title, kind, False, 0, "", -1, _changes(_blocks(item), scenario)))
    return Chains(tuple(sorted(knots, key=lambda each: (each.year, each.order, each.id))), links)


def _links(scenario: Scenario) -> tuple[Link, ...]:
    """Each pair with its tie once, whatever number of choices it goes by."""
    found: dict[tuple[str, str, Tie], dict[str, None]] = {}
    known = {event.id for event in scenario.events}
    for source, target, tie, at in (*_calls(scenario), *_questions(scenario)):
        if source != target and (source in known or target in known):
            found.setdefault((source, target, tie), {}).update({at: None} if at else {})
    return tuple(Link(*key, tuple(at)) for key, at in sorted(found.items()))


def _calls(scenario: Scenario) -> Iterator[tuple[str, str, Tie, str]]:
    for each in owned(scenario):
        choice = _choice_of(each)
        for at, block in (
            (choice, each.block),
            *((result.id, result.block) for result in each.block.results),
        ):
            for follow in block.then:
                yield each.id, follow.event, Tie.CALLS, at
            for dropped in block.cancel:
                yield each.id, dropped, Tie.DROPS, at


def _choice_of(each: Owned) -> str:
    """The choice whose block it is, if it is one's."""
    if isinstance(each.owner, Event):
        return next((choice.id for choice in each.owner.choices if choice.block is each.block), "")
    return ""


def _questions(scenario: Scenario) -> Iterator[tuple[str, str, Tie, str]]:
    """What the conditions of events ask about others."""
    for event in scenario.events:
        for condition in (event.when, event.premise, *(choice.when for choice in event.choices)):
            for past, holds in _asked(condition, True):
                yield past.id, event.id, Tie.OPENS if holds else Tie.BARS, past.choice or ""
        for amount in (event.chance, event.pick, *_amounts(event)):
            for past, _ in _asked(amount, True):
                yield past.id, event.id, Tie.OPENS, past.choice or ""


def _amounts(event: Event) -> Iterator[Expr]:
    for block in (event.block, *(choice.block for choice in event.choices)):
        for inner in (block, *(result.block for result in block.results)):
            for effect in inner.effects:
                yield from filter(None, (effect.amount, effect.when))
        yield from (result.chance for result in block.results if result.chance is not None)


def _asked(expr: Expr | None, holds: bool) -> Iterator[tuple[Past, bool]]:
    """The questions in an expression, each with whether a yes helps it to hold."""
    match expr:
        case None:
            return
        case Past("happened" | "chose" | "turns_since" | "times" | "due"):
            yield expr, holds
        case Not(of):
            yield from _asked(of, not holds)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked(part, holds)
        case _:
            for part in parts_of(expr):
                yield from _asked(part, holds)


def _times(scenario: Scenario, links: tuple[Link, ...]) -> dict[str, tuple[int, int]]:
    """Year and place in it (by step and day) of each event that has them; what is called comes after what calls it."""
    length = scenario.calendar.step
    found: dict[str, tuple[int, int]] = {}
    for event in scenario.events:
        if event.historically:
            date = parse_date(event.historically, length)
            found[event.id] = date.step // PER_YEAR[length], date.step * 400 + date.day
        elif event.window:
            step = parse_window(event.window, length)[0]
            found[event.id] = step // PER_YEAR[length], step * 400 + (event.day or 0)
    calls = [link for link in links if link.tie == Tie.CALLS]
    for _ in range(len(calls)):
        fresh = {
            link.target: (found[link.source][0], found[link.source][1] + 1)
            for link in calls
            if link.source in found and link.target not in found
        }
        if not fresh:
            break
        found |= fresh
    return found


def _event(event: Event, scenario: Scenario, times: dict[str, tuple[int, int]]) -> Knot:
    year, order = times.get(event.id, (0, 0))
    length = scenario.calendar.step
    date = event.historically
    if not date and event.window:
        date = name_step(parse_window(event.window, length)[0], length)
    title = plain(event.title, scenario.language) or event.id
    blocks = (event.block, *(choice.block for choice in event.choices))
    return Knot(
        event.id, title, event.asks or "news", event.only_then, year, date, order, _changes(blocks, scenario)
    )


def _blocks(item: Other) -> tuple[Block, ...]:
    match item:
        case Directive():
            return item.met, item.missed
        case Milestone():
            return ()
        case Action() | Rule():
            return (item.block,)


def _changes(blocks: Iterable[Block], scenario: Scenario) -> tuple[tuple[str, Way], ...]:
    """What blocks move, and where to: the headline scores first, then the nation's, then countries'."""
    found: dict[str, Way] = {}
    for block in blocks:
        for inner in (block, *(result.block for result in block.results)):
            for effect in inner.effects:
                name, way = _named(effect), _way(effect)
                found[name] = way if found.get(name, way) == way else Way.EITHER
    scores = {each.id for each in scenario.variables if each.score}
    return tuple(sorted(found.items(), key=lambda each: (each[0] not in scores, "." in each[0], each[0])))


def _named(effect: Effect) -> str:
    owner = {None: "", BOUND: "country.", EACH: "each."}.get(effect.country, f"{effect.country}.")
    return f"{owner}{effect.name}"


def _way(effect: Effect) -> Way:
    match effect.amount:
        case _ if effect.sets:
            return Way.SET
        case Number(value):
            return Way.UP if value > 0 else Way.DOWN
        case Negate(Number()):
            return Way.DOWN
        case _:
            return Way.EITHER
