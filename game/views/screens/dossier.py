"""What lies in the file on a country?  How it stands and how that went, and what has passed between it and Moscow."""

from __future__ import annotations

from collections.abc import Sequence

from game.play.observation import CountryView, Observation, Value
from game.play.session import Session
from game.play.wording import signed
from game.rules.classes import dataclass
from game.rules.ledger import Cause, Entry, Kind
from game.views.screens.countries import dossier_values
from game.views.screens.desk import Span, span
from game.views.screens.tone import Drift, tone
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

PASSED = frozenset({Kind.CHOICE, Kind.EVENT, Kind.ORDER, Kind.DIRECTIVE, Kind.TEACHER, Kind.UNKNOWN})
"""Kinds of causes that are told; drifts and prices are not."""
MOST = 60
MOST_DRIFTS = 6


@dataclass(frozen=True, slots=True)
class CountryScreen:
    """The file on a country."""

    country: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A value of the country with its path over the game."""

    value: Value
    drift: Drift
    """What has become of it since the game began."""
    trend: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that was decided, ordered or happened, and what it moved there."""

    turn: int
    when: str
    track: str
    """Which track ordered or decided it; what kind of thing it was where none did."""
    title: str
    choice: str
    drifts: tuple[Drift, ...]


def build(session: Session, seen: Observation, screen: CountryScreen) -> Element:
    """The file as a tree."""
    country = seen.countries[screen.country]
    rows = passed(session, country.id)
    return group(
        Role.DIALOG, "country-sheet", f"Dossier: {country.name}",
        heading("country.title", country.name),
        text("country.about", country.text),
        Element(
            Role.LIST, "How it stands", "country.values",
            children=tuple(_standing(session, each) for each in dossier_values(country)),
        ),
        Element(
            Role.LIST, "What has passed", "country.passed", value=str(len(rows)),
            description="" if rows else "Nothing yet.",
            children=tuple(_passed(each, at) for at, each in enumerate(rows)),
        ),
        *_ways_on(seen, country),
        button("close", "Close", Act("close"), "Escape"),
    )  # fmt: skip


def _ways_on(seen: Observation, country: CountryView) -> tuple[Element, ...]:
    values = dossier_values(country)
    refusal = "" if seen.place == "orders" else "Answer the dispatches first."
    can = f"What can be ordered towards {country.name}."
    return (
        button("country.orders", "Orders", Act("orders", country.id), "O", can, refusal),
        button(
            "country.years", "Over the years", Act("years", values[0].slot if values else ""), "H",
            "Any of its values, turn by turn.",
        ),
        button(
            "country.library", "Library", Act("look-up", f"countries/{country.id}"), "W",
            "What the library says of it.",
        ),
    )  # fmt: skip


def _standing(session: Session, value: Value) -> Element:
    trend = session.trend(value.slot)
    delta = value.value - trend[0]
    if value.kind == "number":
        shown = signed(delta)
    else:
        shown = f"was {_worded(session, value, trend[0])}" if delta else "as it was"
    drift = Drift(value.label, delta, shown, tone(value.slot, delta))
    unit = f" {value.unit}" if value.unit else ""
    return Element(
        Role.VALUE, value.label, f"standing.{value.slot}",
        value=f"{value.shown}{unit}, {shown} since the start", description=f"{value.text} Press for why.".strip(),
        press=Act("why", value.slot), explain=Act("why", value.slot),
        subject=Standing(value, drift, (*trend, value.value), span(session)),
    )  # fmt: skip


def _worded(session: Session, value: Value, number: int) -> str:
    variable = session.viewer.words.variable(value.slot)
    return session.viewer.words.value(variable, number) if variable else str(number)


def _passed(each: Passed, at: int) -> Element:
    return Element(
        Role.ITEM, each.title, f"passed.{at}", value=", ".join(drift.spoken for drift in each.drifts),
        description=f"{each.when}{': ' + each.choice if each.choice else ''}.",
        press=Act("quarter", str(each.turn)), subject=each,
    )  # fmt: skip


def passed(session: Session, country: str) -> list[Passed]:
    """What moved a country's values, but for what moves them by itself: the latest first, a cause in a turn as one."""
    words = session.viewer.words
    groups: dict[tuple[int, str, str, str], list[Entry]] = {}
    for entry in session.seen():
        variable = words.variable(entry.slot)
        told = variable is not None and variable.label is not None
        here = told and entry.slot.startswith(f"{country}.")
        if here and entry.delta and entry.cause.kind in PASSED:
            key = entry.turn, entry.cause.kind, entry.cause.id, entry.cause.branch.partition("=")[0]
            groups.setdefault(key, []).append(entry)
    found = [_told(session, entries) for entries in groups.values()]
    return sorted(found, key=lambda each: -each.turn)[:MOST]


def _told(session: Session, entries: Sequence[Entry]) -> Passed:
    words, cause, turn = session.viewer.words, entries[0].cause, entries[0].turn
    sums: dict[str, list[Entry]] = {}
    for entry in entries:
        sums.setdefault(entry.slot, []).append(entry)
    drifts = sorted(
        (_drift(session, slot, moved) for slot, moved in sums.items()), key=lambda each: -abs(each.delta)
    )
    title, choice = _named(session, cause)
    return Passed(turn, words.turn(turn), _track(session, cause), title, choice, tuple(drifts[:MOST_DRIFTS]))


def _named(session: Session, cause: Cause) -> tuple[str, str]:
    words = session.viewer.words
    if cause.kind == Kind.UNKNOWN:
        return "Cause unknown", ""
    return words.title(cause.id), words.choice(cause) if cause.kind == Kind.CHOICE else ""


def _drift(session: Session, slot: str, entries: Sequence[Entry]) -> Drift:
    variable, delta = session.viewer.words.variable(slot), sum(each.delta for each in entries)
    assert variable is not None
    shown = (
        signed(delta)
        if variable.kind == "number"
        else session.viewer.words.value(variable, entries[-1].after)
    )
    return Drift(session.viewer.words.called(variable), delta, shown, tone(slot, delta))


def _track(session: Session, cause: Cause) -> str:
    action = session.program.actions.get(cause.id)
    return action.track if action is not None else cause.by or cause.kind
