"""What does a class need on paper before it plays a scenario?  Briefing, roles, timeline, words, tasks, marks, key.

All of it is taken from the scenario, so that it is there for a teacher's own as for the shipped ones. Nothing here is
played: what depends on a game stands as a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from game.play.debriefing import Work, works
from game.play.factors import HEADINGS
from game.play.session import Session
from game.play.wording import Words, dated, number
from game.rules.block import Block
from game.rules.calendar import PER_YEAR, parse_date, parse_step
from game.rules.classes import dataclass
from game.rules.logic import Expr, Number
from game.rules.program import Program
from game.rules.scenario import Action, Event, Person, Scenario

ANYBODY: Final = "the country"
MOST_CHOSEN: Final = 10
"""Questions that the worksheet looks at closely."""
YEARS_BEFORE: Final = 2
"""How far back the timeline of a scenario goes that begins in the middle of things."""
MOST_APART: Final = 3
"""Countries that an order may leave out and still be told as one towards any other."""
MOST_ROWS: Final = 16
"""Turns of a game that the worksheet has a row each for; a longer one has a row a year."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order on a role sheet."""

    label: str
    text: str
    at: str
    cost: str
    takes: int


@dataclass(frozen=True, slots=True)
class Role:
    """What the holder of one track must know."""

    id: str
    label: str
    asked: int
    """How many questions may be put to it."""
    orders: tuple[Ordered, ...]
    settings: tuple[tuple[str, str], ...]
    directives: tuple[tuple[str, int], ...]
    secrets: tuple[tuple[str, str], ...]
    """What it alone can see."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Something in the timeline."""

    date: str
    title: str
    place: str
    asks: str
    milestone: bool
    sources: tuple[str, ...]
    before: bool = False
    """It had happened when the game begins."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer in the key: what it says, whether it was history's, and what it would bring."""

    label: str
    text: str
    historical: bool
    because: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the game, with all that a teacher has on it."""

    title: str
    date: str
    role: str
    text: str
    answers: tuple[Answered, ...]
    note: str
    questions: tuple[str, ...]
    dispute: str
    toll: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Valued:
    """A value that the class watches: how it is called, what it means, where it starts, where history left it."""

    label: str
    text: str
    start: str
    history: tuple[tuple[str, str], ...]
    score: bool
    factor: str


@dataclass(frozen=True, slots=True)
class Pack:
    """All that is printed."""

    id: str
    title: str
    briefing: str
    authors: tuple[str, ...]
    licence: str
    span: tuple[str, str]
    turns: int
    step: str
    rows: tuple[str, ...]
    """What the log of the worksheet has a row for: turns, or years."""
    values: tuple[Valued, ...]
    countries: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str, str], ...]
    roles: tuple[Role, ...]
    timeline: tuple[Dated, ...]
    terms: tuple[tuple[str, str], ...]
    chosen: tuple[Asked, ...]
    asked: tuple[Asked, ...]
    """All questions, in order of date; those without one at the end."""
    endings: tuple[tuple[str, str], ...]
    works: tuple[Work, ...]
    minutes: int = 0
    """How long a class needs, if the author says so."""
    note: str = ""
    """What the author tells teachers of the whole."""
    questions: tuple[str, ...] = ()
    """What the author asks when it is over."""

    def cite(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The numbers of some works in the list at the end."""
        numbers = {each.key: each.number for each in self.works}
        return tuple(sorted(numbers[key] for key in dict.fromkeys(keys) if key in numbers))

    @property
    def scores(self) -> tuple[Valued, ...]:
        """The headline values."""
        return tuple(each for each in self.values if each.score)


def pack(program: Program) -> Pack:
    """What is printed for a scenario."""
    session = Session(program)
    words, scenario = session.viewer.words, program.scenario
    events = sorted(_asking(program), key=_order)
    asked = tuple(_asked(words, scenario, each) for each in events)
    picked = set(_picked(program, events))
    teaching = scenario.teaching
    turns = program.layout.turns
    timeline = tuple(_timeline(program, words))
    keys = [key for each in asked for key in each.sources] + [
        key for each in timeline for key in each.sources
    ]
    return Pack(
        id=scenario.id,
        title=words.plain(scenario.title),
        briefing=words.plain(scenario.text),
        authors=scenario.authors,
        licence=scenario.licence,
        span=(words.turn(1), words.turn(turns)),
        turns=turns,
        step=scenario.calendar.step,
        rows=tuple(_rows(program, words)),
        values=tuple(_values(session)),
        countries=tuple((words.country(each.id), words.plain(each.text)) for each in scenario.countries),
        people=tuple((words.plain(each.name), each.life, words.plain(each.text)) for each in _by_name(words, scenario)),
        roles=tuple(_role(words, scenario, each.id, events) for each in scenario.tracks),
        timeline=timeline,
        terms=tuple(sorted(((words.plain(each.label), words.plain(each.text)) for each in scenario.glossary),
                           key=lambda each: (each[0].casefold(), each[0]))),
        chosen=tuple(row for event, row in zip(events, asked, strict=True) if event.id in picked),
        asked=asked,
        endings=tuple((words.plain(each.title), words.plain(each.text)) for each in scenario.endings),
        works=works(session, keys),
        minutes=scenario.minutes,
        note=words.plain(teaching.note) if teaching else "",
        questions=tuple(map(words.plain, teaching.questions)) if teaching else (),
    )  # fmt: skip


def _asking(program: Program) -> Iterator[Event]:
    """The events that may put a question to the class: in this calendar, and not only answered by the engine."""
    tables = {each.id: each for each in program.events}
    for event in program.scenario.events:
        table = tables[event.id]
        within = table.first <= program.layout.turns and table.last >= 1
        called = event.only_then and not event.historically
        if event.asks and (event.always_asks or program.scenario.decisions) and (within or called):
            yield event


def _by_name(words: Words, scenario: Scenario) -> list[Person]:
    return sorted(scenario.people, key=lambda each: (words.plain(each.name).casefold(), each.id))


def _order(event: Event) -> tuple[bool, str, str]:
    return (not event.historically, event.historically or event.window, event.id)


def _rows(program: Program, words: Words) -> Iterator[str]:
    """The turns, or where they are many the years."""
    turns = range(1, program.layout.turns + 1)
    if len(turns) <= MOST_ROWS:
        yield from map(words.turn, turns)
    else:
        yield from dict.fromkeys(words.step(turn)[:4] for turn in turns)


def _values(session: Session) -> Iterator[Valued]:
    """What is always in sight, in its order, and what a factor is told by."""
    words, scenario, layout = session.viewer.words, session.program.scenario, session.program.layout
    shown = [each for each in scenario.variables if each.score or (each.rank and each.derived is None)]
    for each in sorted(shown, key=lambda one: (one.rank or 100, one.id)):
        history = tuple(
            (words.turn(layout.turn_of(step)), words.value(each, value))
            for step, value in sorted(each.history)
        )
        start = words.value(each, session.value(each.id))
        yield Valued(
            words.label(each.id),
            words.plain(each.text),
            start,
            history,
            each.score,
            HEADINGS.get(each.factor, ""),
        )


def _role(words: Words, scenario: Scenario, id_: str, asking: Sequence[Event]) -> Role:
    track = next(each for each in scenario.tracks if each.id == id_)
    known = [*scenario.variables, *scenario.country_variables]
    return Role(
        id=id_,
        label=words.plain(track.label),
        asked=sum(each.asks == id_ for each in asking),
        orders=tuple(_ordered(words, scenario, each) for each in scenario.orders if each.track == id_),
        settings=tuple(
            (words.called(each), words.plain(each.text))
            for each in scenario.variables
            if each.set_by in (id_, "both")
        ),
        directives=tuple(
            (words.plain(each.label), each.within) for each in scenario.directives if each.track in (id_, "")
        ),
        secrets=tuple((words.called(each), words.plain(each.text)) for each in known if each.known_to == id_),
    )


def _ordered(words: Words, scenario: Scenario, action: Action) -> Ordered:
    apart = [words.country(each.id) for each in scenario.countries if each.id not in action.target]
    where = ", ".join(words.country(each) for each in action.target)
    if action.target and len(apart) <= MOST_APART < len(action.target):
        where = f"any country{' but ' if apart else ''}{', '.join(apart)}"
    return Ordered(
        words.plain(action.label),
        words.plain(action.text, ANYBODY),
        where,
        _cost(words, action.cost),
        action.takes,
    )


def _cost(words: Words, cost: Iterable[tuple[str, Expr]]) -> str:
    parts = []
    for name, amount in cost:
        shown = number(amount.value) if isinstance(amount, Number) else "some"
        label = name if name == "means" else words.label(name)
        parts.append(f"{shown} {label[:1].lower()}{label[1:]}")
    return ", ".join(parts) or "nothing"


def _timeline(program: Program, words: Words) -> Iterator[Dated]:
    """What has a date in history within the game, by date; first what had happened before it."""
    scenario, layout = program.scenario, program.layout
    length = scenario.calendar.step
    happened = {each.id for each in scenario.past}
    found: list[tuple[tuple[str, int, str], Dated]] = []
    for event in scenario.events:
        if not event.historically:
            continue
        turn = layout.turn_of(parse_step(event.historically, length))
        lately = event.id in happened and turn > -YEARS_BEFORE * PER_YEAR[length]
        if lately or 1 <= turn <= layout.turns:
            date = event.historically.rstrip("?")
            found.append(((date, 0, event.id), Dated(
                dated(event.historically), words.title(event.id), event.place, event.asks, False,
                event.attachments.sources, event.id in happened,
            )))  # fmt: skip
    for milestone in scenario.milestones:
        if not milestone.historically:
            continue
        turn = layout.turn_of(parse_step(milestone.historically, length))
        if 1 <= turn <= layout.turns:
            date = milestone.historically.rstrip("?")
            found.append(((date, 1, milestone.id), Dated(
                dated(milestone.historically), words.title(milestone.id), "", "", True, milestone.attachments.sources,
            )))  # fmt: skip
    for _, row in sorted(found, key=lambda each: each[0]):
        yield row


def _asked(words: Words, scenario: Scenario, event: Event) -> Asked:
    attached = event.attachments
    teaching = attached.teaching
    labels = {each.id: words.plain(each.label) for each in scenario.tracks}
    return Asked(
        title=words.plain(event.title, ANYBODY) or words.title(event.id),
        date=dated(event.historically),
        role=labels.get(event.asks, event.asks),
        text=words.plain(event.text, ANYBODY),
        answers=tuple(
            Answered(
                words.plain(each.label, ANYBODY), words.plain(each.text, ANYBODY), each.historical,
                _because(words, each.block),
            )
            for each in event.choices
        ),
        note=words.plain(teaching.note) if teaching else "",
        questions=tuple(map(words.plain, teaching.questions)) if teaching else (),
        dispute=words.plain(attached.dispute),
        toll=words.plain(attached.toll),
        sources=attached.sources,
    )  # fmt: skip


def _because(words: Words, block: Block) -> str:
    return words.plain(block.because, ANYBODY)


def _picked(program: Program, events: Sequence[Event]) -> Iterator[str]:
    """The questions to look at closely: those with most to teach; of a long game, one from each part of its time."""
    layout, length = program.layout, program.scenario.calendar.step
    ranked: list[tuple[int, str, str]] = []
    for event in events:
        if not event.historically or not any(each.historical for each in event.choices):
            continue
        if 1 <= layout.turn_of(parse_step(event.historically, length)) <= layout.turns:
            ranked.append((-_worth(event), event.historically, event.id))
    if len(ranked) > 2 * MOST_CHOSEN:
        best: dict[int, tuple[int, str, str]] = {}
        for rank in sorted(ranked):
            part = _ordinal(program, rank[1]) * MOST_CHOSEN // max(1, layout.turns * DAYS[length])
            best.setdefault(part, rank)
        ranked = list(best.values())
    for _, _, id_ in sorted(ranked)[:MOST_CHOSEN]:
        yield id_


def _worth(event: Event) -> int:
    """How much there is to teach with a question."""
    attached = event.attachments
    worth = 3 * len(attached.teaching.questions) if attached.teaching else 0
    worth += 4 * event.ask_reason + 2 * event.always_asks + 2 * bool(attached.dispute)
    return worth + len(event.choices) + (attached.confidence == "high")


DAYS: Final = {"month": 31, "quarter": 93, "half": 186, "year": 372}
"""Days in which a turn is counted here, so that parts of a game are about as long as one another."""


def _ordinal(program: Program, date: str) -> int:
    """How far into the game a date lies, in days of that count."""
    length = program.scenario.calendar.step
    day = parse_date(date, length)
    return (program.layout.turn_of(day.step) - 1) * DAYS[length] + min(day.day, DAYS[length]) - 1


__all__ = ["Answered", "Asked", "Dated", "Ordered", "Pack", "Role", "Valued", "pack"]
