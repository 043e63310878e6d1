"""What must a running game know of its program at every turn?  Slots and numbers, looked up once."""

from __future__ import annotations

from game.compiler.codegen.finding import all_deeds, callable_events
from game.compiler.codegen.ordering import OrderFacts, costs_of, order_rows
from game.rules.calendar import PER_YEAR
from game.rules.classes import dataclass
from game.rules.dice import key_number
from game.rules.orders import MEANS, roles
from game.rules.program import Deed, EventTable, Program


@dataclass(frozen=True, slots=True)
class ChoiceFacts:
    """An answer: where it is remembered, and the number of its block."""

    id: str
    historical: bool
    taken: int
    act: int


@dataclass(frozen=True, slots=True)
class RowFacts:
    """An instance of an event."""

    number: int
    country: str
    place: int
    """The country's number from 1, or 0."""
    happened: int
    times: int
    due: int
    act: int
    choices: tuple[ChoiceFacts, ...]
    by_id: tuple[int, ...]
    """The choices' numbers in order of id."""
    open: str
    """The function that lists the open ones; empty where all always are."""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event: who is asked, and its instances."""

    number: int
    id: str
    day: int
    asked: int
    """The slot that counts the questions of the role it asks; -1 where it asks nobody."""
    always: bool
    rows: tuple[RowFacts, ...]
    table: EventTable


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Directives of one track: where the running one stands, since when, with which number; the key of the draw."""

    slot: int
    since: int
    noted: int
    key: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it."""

    program: Program
    start: tuple[int, ...]
    turn: int
    place: int
    at: int
    at_country: int
    ending: int
    asked: tuple[int, ...]
    purses: tuple[tuple[int, int], ...]
    """For each role: the slots of its means, and of what is left of them."""
    roles: tuple[str, ...]
    events: tuple[EventFacts, ...]
    orders: tuple[OrderFacts, ...]
    order_numbers: dict[tuple[str, str], int]
    setting_numbers: dict[str, int]
    easy: tuple[tuple[str, int, int, int], ...]
    """Role, slot and bounds of each setting, if every one is one role's alone, always open, and costs nothing."""
    slow: tuple[OrderFacts, ...]
    """The orders that take more than a turn."""
    costs: tuple[str, ...]
    stocks: tuple[int, ...]
    """For each cost its slot; -1 for means."""
    funds: tuple[tuple[str, int, int], ...]
    """The same with their names, and with how much of a stock must be left."""
    stocked: bool
    """Whether anything costs more than means."""
    means: int
    """The place of means in a given order, its number being at 0."""
    groups: tuple[GroupFacts, ...]
    directive_acts: tuple[tuple[int, int], ...]
    """For each directive the blocks when it is met, and missed."""
    deeds: tuple[Deed, ...]
    numbers: dict[int, int]
    """The number of each block, by its identity."""
    uncalled: tuple[tuple[int, int], ...]
    """Where the due turns of events stand that no block may call, each with its event's number."""
    period: int
    """How many turns a calendar year has."""
    first_step: int
    decisions: int


def facts_of(program: Program) -> Facts:
    """The facts of a program."""
    layout, index = program.layout, program.layout.index
    deeds = tuple(deed for _, deed in all_deeds(program))
    numbers = {id(deed): number for number, deed in enumerate(deeds)}
    orders = order_rows(program, numbers)
    called = callable_events(program)
    start = [*layout.start, *(layout.start[slot] for slot, _ in program.opening)]
    names = costs_of(program)
    return Facts(
        program=program,
        start=tuple(start),
        turn=index["turn"],
        place=index["place"],
        at=index["at"],
        at_country=index["at_country"],
        ending=index["ending"],
        asked=tuple(index[f"asked:{role}"] for role in roles(program)),
        purses=tuple((index[f"purse:{role}"], index[f"unspent:{role}"]) for role in roles(program)),
        roles=roles(program),
        events=tuple(_event(program, number, event, numbers) for number, event in enumerate(program.events)),
        orders=orders,
        order_numbers={(each.action.id, each.target): each.number for each in orders},
        easy=tuple((each.role, each.slot, each.low, each.high) for each in program.settings)
        if all(
            each.role in roles(program) and not each.cost and each.when is None for each in program.settings
        )
        else (),
        setting_numbers={each.id: number for number, each in enumerate(program.settings)},
        slow=tuple(each for each in orders if each.action.takes),
        costs=names,
        stocks=tuple(-1 if name == MEANS else index[name] for name in names),
        funds=tuple(
            (name, -1, 0) if name == MEANS else (name, index[name], layout.low[index[name]]) for name in names
        ),
        stocked=len(names) > 1,
        means=names.index(MEANS) + 1,
        groups=tuple(_groups(program)),
        directive_acts=tuple(
            (numbers[id(each.met)], numbers[id(each.missed)]) for each in program.directives
        ),
        deeds=deeds,
        numbers=numbers,
        uncalled=tuple(
            (due, number)
            for number, event in enumerate(program.events)
            if event.id not in called
            for due in event.dues
        ),
        period=PER_YEAR[program.scenario.calendar.step],
        first_step=layout.first_step,
        decisions=program.scenario.decisions,
    )


def _event(program: Program, number: int, event: EventTable, numbers: dict[int, int]) -> EventFacts:
    index, countries = program.layout.index, program.layout.countries
    rows = []
    for at, row in enumerate(event.rows):
        choices = tuple(
            ChoiceFacts(each.id, each.historical, each.taken, numbers[id(each.deed)]) for each in row.choices
        )
        conditional = any(each.when is not None for each in row.choices)
        rows.append(
            RowFacts(
                at,
                row.country,
                countries.index(row.country) + 1 if row.country else 0,
                row.happened,
                row.times,
                row.due,
                numbers[id(row.deed)],
                choices,
                tuple(sorted(range(len(choices)), key=lambda each: choices[each].id)),
                f"open{number}_{at}" if conditional else "",
            )
        )
    asked = index[f"asked:{event.asks}"] if event.asks else -1
    return EventFacts(number, event.id, event.day, asked, event.always_asks, tuple(rows), event)


def _groups(program: Program) -> list[GroupFacts]:
    index, found = program.layout.index, []
    for group in sorted({each.group for each in program.directives}):
        members = tuple(number for number, each in enumerate(program.directives) if each.group == group)
        key = key_number(f"pick:directives/{group}" if group else "pick:directives")
        slot, since, noted = (index[f"{name}:{group}"] for name in ("directive", "since", "noted"))
        found.append(GroupFacts(slot, since, noted, key, members))
    return found


__all__ = ["ChoiceFacts", "EventFacts", "Facts", "GroupFacts", "RowFacts", "facts_of"]
