"""What has a turn changed, and why?  The heaviest first: at its end, or looked up later."""

from __future__ import annotations

from game.play.observation import Dispatch, Reason
from game.play.session import Session
from game.play.wording import number, signed
from game.rules.classes import dataclass
from game.rules.ledger import Entry, Kind
from game.views.screens.countries import DOSSIER
from game.views.screens.desk import STEP_WORDS
from game.views.screens.tone import Drift, share, tone
from game.views.screens.tree import Act, Element, Role, button, group, heading

MOST_REASONS = 3
MOST_COUNTRIES = 40


@dataclass(frozen=True, slots=True)
class QuarterScreen:
    """The ledger of a turn; `closing` when the turn has just ended."""

    turn: int
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A value that the turn moved: from, to, and its weightiest reasons."""

    slot: str
    label: str
    before: str
    after: str
    drift: Drift
    reasons: tuple[tuple[Drift, Reason], ...]
    more: int
    """How many further causes there are."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A dispatch or an order of the turn, and what was answered or came of it."""

    kind: str
    track: str
    title: str
    outcome: str
    dispatch: Dispatch | None = None


def build(session: Session, screen: QuarterScreen) -> Element:
    """The ledger of a turn as a tree."""
    words = session.viewer.words
    name = words.turn(screen.turn)
    parts = [
        heading("quarter.title", f"End of {name}" if screen.closing else name),
        *ledger(session, session.seen(turn=screen.turn), screen.turn),
    ]
    if screen.closing:
        following = "The reckoning" if session.place == "over" else f"On to {words.turn(screen.turn + 1)}"
        parts.append(button("proceed", following, Act("proceed"), "Return", "Enter goes on; so does Esc."))
    else:
        for id, label, key, turn in (
            ("earlier", "Earlier", "Left", screen.turn - 1), ("later", "Later", "Right", screen.turn + 1),
        ):  # fmt: skip
            possible = 1 <= turn < len(session.closes)
            reason = "" if possible else "There is no ledger for that turn."
            parts.append(button(id, label, Act("quarter", str(turn)), key, words.turn(max(1, turn)), reason))
        parts.append(button("close", "Close", Act("close"), "Escape", "Back."))
    return group(Role.DIALOG, "quarter", f"End of {name}" if screen.closing else f"Ledger of {name}", *parts)


def ledger(session: Session, entries: tuple[Entry, ...], turn: int = 0) -> tuple[Element, ...]:
    """Some entries as three lists: what they moved at home and abroad, and what was done; of one turn, or of several
    if it is 0."""
    national, abroad = moved(session, entries)
    step = STEP_WORDS[session.program.scenario.calendar.step]
    turns = sorted({each.turn for each in entries})
    done = [(each, deed) for each in turns for deed in deeds(session, each, entries)]
    return (
        Element(
            Role.LIST, "What changed, and why", "changes",
            children=tuple(_row(each, turn) for each in national),
            description="" if national else f"Nothing moved this {step}.",
        ),
        Element(
            Role.LIST, "Abroad", "abroad", children=tuple(_row(each, turn) for each in abroad[:MOST_COUNTRIES])
        ),
        Element(
            Role.LIST, "What was done", "deeds",
            children=tuple(
                Element(
                    Role.ITEM, deed.title, f"deed.{at}", value=deed.outcome, subject=deed,
                    press=Act("card", f"{deed.dispatch.event}@{deed.dispatch.country}", when)
                    if deed.dispatch else None,
                )
                for at, (when, deed) in enumerate(done)
            ),
        ),
    )  # fmt: skip


def _row(each: Moved, turn: int) -> Element:
    why = "; ".join(f"{drift.shown} {reason.sentence}" for drift, reason in each.reasons)
    return Element(
        Role.ITEM,
        each.label,
        f"moved.{each.slot}",
        value=f"{each.before} to {each.after}, {each.drift.shown}",
        description=why,
        press=Act("why", each.slot, turn),
        explain=Act("why", each.slot, turn),
        subject=each,
    )


def moved(session: Session, entries: tuple[Entry, ...]) -> tuple[list[Moved], list[Moved]]:
    """What a turn's entries moved: the nation's values, those in sight first, and the countries'."""
    words, scenario = session.viewer.words, session.program.scenario
    by_slot: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.delta and words.variable(entry.slot) is not None:
            by_slot.setdefault(entry.slot, []).append(entry)
    seen_abroad = {*DOSSIER, *(each.id for each in scenario.country_variables if each.rank)}
    labelled = {each.id for each in (*scenario.variables, *scenario.country_variables) if each.label}
    national: list[tuple[int, int, str, Moved]] = []
    abroad: list[tuple[int, int, str, Moved]] = []
    for slot, found in by_slot.items():
        variable = words.variable(slot)
        assert variable is not None
        total = sum(each.delta for each in found)
        country, _, name = slot.rpartition(".")
        if not total or name not in labelled or (country and name not in seen_abroad):
            continue
        before = found[0].before
        number_ = variable.kind == "number"
        shown = signed(total) if number_ else words.value(variable, before + total)
        drift = Drift(words.label(slot), total, shown, tone(slot, total))
        weight = share(variable.low, variable.high, total)
        ranked = variable.score or variable.rank
        row = Moved(
            slot, words.label(slot), words.value(variable, before), words.value(variable, before + total), drift,
            *_reasons(session, slot, found, number_),
        )  # fmt: skip
        place = abroad if country else national
        place.append((0 if ranked or country else 1, -weight, slot, row))
    national.sort(key=lambda each: each[:3])
    abroad.sort(key=lambda each: each[:3])
    return [each[3] for each in national], [each[3] for each in abroad]


def _reasons(
    session: Session, slot: str, entries: list[Entry], numbers: bool
) -> tuple[tuple[tuple[Drift, Reason], ...], int]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(session.viewer.words.because(entry, session.eyes()), []).append(entry)
    found = []
    for each in groups.values():
        delta = sum(entry.delta for entry in each)
        reason = session.viewer.reason(each[-1], session.eyes())
        shown = signed(delta) if numbers else reason.shown
        found.append((Drift(reason.label, delta, shown, tone(slot, delta)), reason))
    found.sort(key=lambda each: -abs(each[0].delta))
    return tuple(found[:MOST_REASONS]), max(0, len(found) - MOST_REASONS)


def deeds(session: Session, turn: int, entries: tuple[Entry, ...]) -> list[Deed]:
    """What some entries tell of a turn: its dispatches with their answers, its orders with what came of them."""
    words = session.viewer.words
    entries = tuple(each for each in entries if each.turn == turn)
    told = {(each.cause.id, each.cause.country) for each in entries}
    found = [
        Deed("dispatch", card.asks, card.title, card.answer or card.date, card)
        for card in session.dispatches(turn=turn)
        if (card.event, card.country) in told
    ]
    orders: dict[tuple[str, str], Deed] = {}
    for entry in entries:
        cause = entry.cause
        key = (cause.id, cause.country)
        if cause.kind != Kind.ORDER or (key in orders and not cause.branch):
            continue
        title = words.title(cause.id) + (f": {words.country(cause.country)}" if cause.country else "")
        outcome = words.because(entry, session.eyes())
        orders[key] = Deed("order", session.program.actions[cause.id].track, title, outcome)
    found += orders.values()
    found += [
        Deed("setting", "", words.label(entry.slot), number(entry.after))
        for entry in entries
        if entry.cause.kind == Kind.SETTING and entry.delta
    ]
    return found
