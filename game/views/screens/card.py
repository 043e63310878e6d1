"""What does a dispatch say, what may be answered, and what came of the answer?"""

from __future__ import annotations

from game.play.observation import Dispatch, Likely, Notes, Observation, Option, Reason
from game.play.session import Session
from game.rules.classes import dataclass, field
from game.views.screens.countries import map_date
from game.views.screens.library import Library
from game.views.screens.tone import Drift, of_shift, tone
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

CONFIDENCE = {"high": "well attested", "medium": "fairly sure", "low": "uncertain"}


@dataclass(frozen=True, slots=True)
class CardScreen:
    """A dispatch held in the hand. `picked` is the choice under the finger; `told` what the answer moved."""

    event: str
    country: str
    turn: int
    picked: str = ""
    notes: bool = False
    shown: Dispatch | None = None
    answer: str = ""
    told: tuple[Reason, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dispatch as it is printed: with the day whose borders a map beside it shows, and a stamp if it has one."""

    dispatch: Dispatch
    day: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Chance:
    """A possible result: its share, how the world would move, why."""

    likely: Likely
    drifts: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as its card shows it."""

    number: int
    track: str
    option: Option
    certain: tuple[Drift, ...]
    chances: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A thing that the answer moved, and the sentence that says why."""

    drift: Drift
    sentence: str


def find(seen: Observation, card: CardScreen, session: Session) -> Dispatch | None:
    """The dispatch of a card, as it stands now."""
    if card.shown is not None:
        return card.shown
    question = seen.question
    if question is not None and (question.event, question.country) == (card.event, card.country):
        return question
    found = seen.dispatches if card.turn == seen.turn else session.dispatches(turn=card.turn)
    return next((each for each in found if (each.event, each.country) == (card.event, card.country)), None)


def build(session: Session, seen: Observation, card: CardScreen, library: Library) -> Element:
    """The card as a tree."""
    dispatch = find(seen, card, session)
    if dispatch is None:
        return group(Role.DIALOG, "card", "Dispatch", text("card.text", "This dispatch is gone."), _close())
    parts = [
        heading("card.title", dispatch.title),
        Element(
            Role.TEXT,
            dispatch.text,
            "card.text",
            description=dispatch.content_note,
            subject=Sheet(dispatch, map_date(session, card.turn), stamp(session, dispatch)),
        ),
    ]
    if card.answer:
        parts += _told(dispatch, card)
    elif dispatch.options:
        parts.append(_choices(dispatch, card))
    else:
        parts += _news(session, dispatch, card)
    if toll := "" if dispatch.options and not card.answer else _toll(dispatch, card):
        parts.append(Element(Role.TEXT, toll, "card.toll", value="What it cost"))
    if card.notes:
        parts.append(notes_element(dispatch.notes, "card.notes"))
    elif _has_notes(dispatch.notes):
        parts.append(
            button(
                "card.notes.open",
                "Sources",
                Act("notes"),
                "S",
                "What stands behind this, and who disputes it.",
            )
        )
    if linked := library.linked(*_read(dispatch, card)):
        parts.append(group(Role.LIST, "card.links", "Words explained", *linked))
    parts.append(_close())
    return Element(
        Role.DIALOG, dispatch.title, "card", description=position(seen, card), children=tuple(parts),
        subject=(dispatch, card),
    )  # fmt: skip


def _read(dispatch: Dispatch, card: CardScreen) -> tuple[str, ...]:
    """The texts of a card that are in sight."""
    choices = () if card.answer else tuple(each.text for each in dispatch.options)
    return (
        (dispatch.notes.dispute, dispatch.notes.toll, *choices) if card.notes else (dispatch.text, *choices)
    )


def stamp(session: Session, dispatch: Dispatch) -> str:
    """The stamp of a dispatch that not everybody may see, or that will not wait. An ornament: it decides nothing."""
    event = next((each for each in session.program.scenario.events if each.id == dispatch.event), None)
    if event is None:
        return ""
    return "Секретно" if event.known_to != "all" else "Срочно" if event.always_asks else ""


def position(seen: Observation, card: CardScreen) -> str:
    """Where a card stands among the dispatches of its turn."""
    order = [(each.event, each.country) for each in seen.dispatches]
    if card.turn != seen.turn:
        return "a past dispatch"
    at = order.index((card.event, card.country)) if (card.event, card.country) in order else len(order)
    return f"Dispatch {at + 1} of {max(len(order) + (seen.question is not None), at + 1)}"


def _close() -> Element:
    return button(
        "close", "Close", Act("close"), "Escape", "Back to the desk; nothing is decided by closing."
    )


def _choices(dispatch: Dispatch, card: CardScreen) -> Element:
    options = []
    for at, option in enumerate(dispatch.options, start=1):
        certain = tuple(map(of_shift, option.certain))
        chances = tuple(Chance(each, tuple(map(of_shift, each.shifts))) for each in option.likely)
        picked = option.id == card.picked
        said = [f"certain: {', '.join(each.spoken for each in certain)}"] if certain else []
        said += [
            f"{each.likely.percent} in 100: {each.likely.label}"
            + (f" ({', '.join(drift.spoken for drift in each.drifts)})" if each.drifts else "")
            for each in chances
        ]
        if not said:
            said = ["nothing certain is known"]
        options.append(
            Element(
                Role.OPTION, option.label, f"choice.{option.id}", value="; ".join(said),
                description=option.text, key=str(at), selected=picked, disabled=option.refusal,
                pick=Act("pick", option.id), press=Act("choose", option.id),
                subject=Choice(at, dispatch.asks, option, certain, chances),
            )
        )  # fmt: skip
    return Element(
        Role.LIST, "Choices", "choices", children=tuple(options), value=f"asked of {dispatch.asks}",
        description="A number marks a choice, Enter gives the answer.",
    )  # fmt: skip


def _toll(dispatch: Dispatch, card: CardScreen) -> str:
    """The human cost, said each time: of the choice just taken, or of what has happened."""
    taken = next((each.toll for each in dispatch.options if each.label == card.answer), "")
    return taken or dispatch.toll


def told(reason: Reason) -> Told:
    """A reason as a line of the card."""
    entry = reason.entry
    return Told(
        Drift(reason.label, entry.delta, reason.shown, tone(entry.slot, entry.delta)), reason.sentence
    )


def _told(dispatch: Dispatch, card: CardScreen) -> list[Element]:
    lines = [told(each) for each in card.told if each.entry.delta]
    lines.sort(key=lambda each: -abs(each.drift.delta))
    sentences = tuple(dict.fromkeys(each.sentence for each in card.told if each.sentence))
    return [
        Element(
            Role.LIST, "What came of it", "told", value=card.answer, description=" ".join(sentences),
            children=tuple(
                Element(Role.ITEM, each.drift.label, f"told.{at}", value=each.drift.shown,
                        description=each.sentence, subject=each)
                for at, each in enumerate(lines)
            ),
            subject=(dispatch, sentences),
        ),
        button("proceed", "Go on", Act("proceed"), "Return", "To the next dispatch, or to the desk."),
    ]  # fmt: skip


def _news(session: Session, dispatch: Dispatch, card: CardScreen) -> list[Element]:
    words = session.viewer.words
    moved = [
        told(session.viewer.reason(entry, session.eyes()))
        for entry in session.seen(turn=card.turn)
        if (entry.cause.id, entry.cause.country) == (dispatch.event, dispatch.country)
        and entry.delta
        and words.variable(entry.slot) is not None
    ]
    moved.sort(key=lambda each: -abs(each.drift.delta))
    return [
        Element(
            Role.LIST, "What it changed", "told", value=dispatch.answer, description=" ".join(dispatch.told),
            children=tuple(
                Element(Role.ITEM, each.drift.label, f"told.{at}", value=each.drift.shown,
                        description=each.sentence, subject=each)
                for at, each in enumerate(moved)
            ),
            subject=(dispatch, dispatch.told),
        ),
        button("proceed", "Go on", Act("proceed"), "Return", "To the next dispatch, or to the desk."),
    ]  # fmt: skip


def _has_notes(notes: Notes) -> bool:
    return bool(notes.sources or notes.dispute or notes.teaching or notes.toll or notes.confidence)


def notes_element(notes: Notes, id: str) -> Element:
    """Confidence, disputes, what a teacher would ask, and the works behind it all, which are long."""
    lines = []
    if notes.confidence:
        lines.append(("How sure", CONFIDENCE.get(notes.confidence, notes.confidence)))
    if notes.dispute:
        lines.append(("Disputed", notes.dispute))
    if notes.toll:
        lines.append(("What it cost", notes.toll))
    if notes.teaching:
        lines.append(("For the class", notes.teaching))
    lines += [("Question", each) for each in notes.questions]
    lines += [("Source", each) for each in notes.sources]
    return group(
        Role.GROUP, id, "Sources and disputes",
        *(
            Element(Role.TEXT, words, f"{id}.{at}", value=label)
            for at, (label, words) in enumerate(lines)
        ),
        button("notes.close", "Back to the dispatch", Act("notes"), "S"),
    )  # fmt: skip
