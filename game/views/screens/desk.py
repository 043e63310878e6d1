"""What lies on the desk?  Map, scores, directives, dispatches, the course of policy, orders, the end of the turn."""

from __future__ import annotations

from collections.abc import Mapping

from game.play.drafting import NAME_FIRST
from game.play.games import Game
from game.play.observation import (
    DirectiveView,
    Dispatch,
    Observation,
    SettingView,
    TrackView,
    Value,
)
from game.play.session import Session
from game.play.viewing import BOTH
from game.play.wording import number
from game.rules.calendar import PER_YEAR
from game.rules.classes import dataclass, replace
from game.rules.logic import Before, Binary, Call, National, Number
from game.rules.scenario import Scenario
from game.rules.state import Order
from game.views.screens.annals import Annal, marked
from game.views.screens.countries import Desk, atlas, dossier, value_row
from game.views.screens.joint import label
from game.views.screens.tone import Drift, Lately, tone
from game.views.screens.tree import Act, Element, Role, button, group, text

SIDES = ("narkomindel", "comintern")
MOST_OUTLOOKS = 5
MEAN = "both have named it: the mean holds"
STEP_WORDS = {"quarter": "quarter", "month": "month", "half": "half-year", "year": "year"}


@dataclass(frozen=True, slots=True)
class Span:
    """The calendar as a ruler: the running turn of so many, and in which turn each year begins."""

    turn: int
    turns: int
    years: tuple[tuple[int, int], ...]
    marked: frozenset[int] = frozenset()
    """The past turns that weigh most."""


@dataclass(frozen=True, slots=True)
class Card:
    """A dispatch in the list, and how it stands: decide, new, read or answered."""

    dispatch: Dispatch
    state: str


@dataclass(frozen=True, slots=True)
class Course:
    """The division of the means between two tracks, and where things would go."""

    setting: SettingView
    tracks: tuple[TrackView, ...]
    outlook: tuple[Drift, ...]
    season: str
    free: int
    """How far it can move in a turn before a rule takes notice of the swing; 0 if none does."""
    note: str
    """How it is set."""


def build(
    session: Session,
    seen: Observation,
    desk: Desk,
    outlook: Mapping[str, int],
    game: Game,
    annals: tuple[Annal, ...] = (),
) -> Element:
    """The desk as a tree."""
    lately = Lately(session)
    step = STEP_WORDS[session.program.scenario.calendar.step]
    when = f"{seen.turn_name}, turn {seen.turn} of {seen.turns}"
    return group(
        Role.SCREEN,
        "desk",
        f"{seen.title}: {when}",
        _header(session, seen, step, game, annals),
        atlas(seen, desk, lately),
        _directives(seen),
        dossier(seen, desk, lately),
        _scores(seen, lately),
        _dispatches(seen, desk),
        _course(session, seen, outlook),
        _orders(session, seen),
        _end(session, seen, step),
    )


def span(session: Session) -> Span:
    """The calendar of a game as a ruler."""
    layout, scenario = session.program.layout, session.program.scenario
    per_year = PER_YEAR[scenario.calendar.step]
    years = tuple(
        (step // per_year, layout.turn_of(step))
        for step in range(layout.first_step, layout.first_step + layout.turns)
        if step % per_year == 0 or step == layout.first_step
    )
    return Span(session.turn, layout.turns, years)


def _header(session: Session, seen: Observation, step: str, game: Game, annals: tuple[Annal, ...]) -> Element:
    words = session.viewer.words
    happened = {each.turn: each.titles for each in annals}
    past = tuple(
        Element(
            Role.ITEM, words.turn(turn), f"timeline.{turn}", press=Act("quarter", str(turn)),
            description=_happened(happened.get(turn, ())),
        )
        for turn in range(session.first, len(session.closes))
    )  # fmt: skip
    fate = "historical fate" if seen.fate == "historical" else f"open fate, seed {seen.seed}"
    name = seen.title if seen.role == BOTH else label(session, seen.role)
    told = fate if seen.role == BOTH else f"{seen.title}, {fate}"
    return group(
        Role.GROUP, "header", "Header",
        Element(Role.HEADING, name, "title", value=told),
        Element(
            Role.LIST, "Timeline", "timeline", value=f"turn {seen.turn} of {seen.turns}", children=past,
            description="Past turns, each with its ledger.",
            subject=replace(span(session), marked=marked(annals)),
        ),
        Element(
            Role.VALUE, "Date", "date", value=seen.turn_name, subject=f"{step} {seen.turn} of {seen.turns}",
        ),
        kept(game),
        button("decisions", "Decisions", Act("decisions"), "B", "Go back to one, and take another way."),
        button("menu", "Menu", Act("menu"), "F10", "Text size, help, a new game, leaving. Esc opens it, too."),
    )  # fmt: skip


def _happened(titles: tuple[str, ...]) -> str:
    """What a past turn is remembered for."""
    return (
        f"{'; '.join(titles)}. Press for what changed, and why." if titles else "What changed then, and why."
    )


def kept(game: Game) -> Element:
    """The sign that all that was decided is on the disk, or why it is not; its subject is that fault."""
    if game.saved:
        told = f"All that was decided is on the disk, in {game.path.name}. Press for the saved games."
        return button("saved", "saved", Act("saves"), "L", told)
    return Element(
        Role.BUTTON,
        "Not saved",
        "saved",
        key="L",
        description=game.notice,
        press=Act("unsaved"),
        subject=game.notice,
    )


def _directives(seen: Observation) -> Element:
    return Element(
        Role.LIST, "Directives", "directives",
        children=tuple(
            Element(
                Role.ITEM, each.label, f"directive.{each.id}", value="holds now" if each.holds else "not yet met",
                description=f"{'Met as things stand' if each.holds else 'Not yet met'}; {left(each)}.",
                press=Act("read", f"directive.{each.id}"), subject=each,
            )
            for each in seen.directives
        ),
    )  # fmt: skip


def left(directive: DirectiveView) -> str:
    """How long a directive still runs."""
    turns = directive.turns_left
    return "last turn" if turns <= 1 else f"{turns} turns left"


def in_sight(seen: Observation) -> list[Value]:
    """The national values always in sight, lowest rank first; the scores where none is ranked."""
    ranked = sorted((each for each in seen.national.values() if each.rank), key=lambda each: each.rank)
    return ranked or list(seen.scores)


def _scores(seen: Observation, lately: Lately) -> Element:
    rows = [
        value_row(value, lately.of(value), f"score.{value.slot}", Act("why", value.slot), lately.since)
        for value in in_sight(seen)
    ]
    return Element(
        Role.LIST, "State of the Republic", "scores", description=f"Changes since {lately.since}.",
        children=tuple(rows), subject=lately.since,
    )  # fmt: skip


def _dispatches(seen: Observation, desk: Desk) -> Element:
    cards = []
    if seen.question is not None:
        cards.append(Card(seen.question, "decide"))
    for each in seen.dispatches:
        new = (seen.turn, each.event, each.country) not in desk.read
        cards.append(Card(each, "answered" if each.answer else "new" if new else "read"))
    items = tuple(
        Element(
            Role.ITEM, card.dispatch.title, f"dispatch.{card.dispatch.event}.{card.dispatch.country}",
            value=card.state if not card.dispatch.answer else f"answered: {card.dispatch.answer}",
            description=f"{card.dispatch.style.capitalize()}, {origin(card.dispatch)}.",
            press=Act("card", f"{card.dispatch.event}@{card.dispatch.country}"), selected=card.state == "decide",
            subject=card,
        )
        for card in cards
    )  # fmt: skip
    fresh = sum(card.state in ("decide", "new") for card in cards)
    key = next((card for card in cards if card.state in ("decide", "new")), None)
    return Element(
        Role.LIST, "Dispatches", "dispatches", value=str(len(cards)), children=items,
        description=f"{fresh} not yet read.", key="D",
        press=Act("card", f"{key.dispatch.event}@{key.dispatch.country}") if key else None,
    )  # fmt: skip


def shared(setting: SettingView) -> bool:
    """Whether a setting divides something between the tracks."""
    return setting.role == BOTH and not setting.words


def origin(dispatch: Dispatch) -> str:
    """Place and date of a dispatch."""
    return ", ".join(each for each in (dispatch.place, dispatch.date) if each)


def _course(session: Session, seen: Observation, outlook: Mapping[str, int]) -> Element:
    found = next(filter(shared, seen.settings), None)
    if found is None:
        waiting = "It can be moved when the dispatches are answered." if seen.place == "question" else ""
        kept = next((each for each in session.program.settings if each.role == BOTH), None)
        return Element(
            Role.GROUP, "Course of policy", "course", description=waiting,
            subject=seen.national.get(kept.id) if kept else None,
        )  # fmt: skip
    tracks = by_side(seen.purses)
    drifts = tuple(
        Drift(value.label, delta, "", tone(value.slot, delta))
        for value in in_sight(seen)
        if (delta := outlook.get(value.slot, 0))
    )[:MOST_OUTLOOKS]
    season = session.viewer.words.turn(seen.turn + 1).partition(" ")[0].lower()
    free = free_move(session.program.scenario, found.id)
    course = Course(found, tracks, drifts, season, free, _how(session, seen))
    spoken = number(found.drafted)
    if len(tracks) == 2:
        spoken = (
            f"{tracks[0].label} {spoken}, {tracks[1].label} {number(found.high + found.low - found.drafted)}"
        )
    return group(
        Role.GROUP, "course", "Course of policy",
        Element(
            Role.SLIDER, "Balance", "course.balance", value=spoken,
            description=found.text, press=Act("why", found.id), less=Act("set", found.id, -1),
            more=Act("set", found.id, 1), disabled=found.refusal, subject=course,
        ),
        button(
            "course.less", "Less", Act("set", found.id, -5), "Comma", "Five points towards the Comintern.",
            found.refusal,
        ),
        button(
            "course.more", "More", Act("set", found.id, 5), "Period", "Five points towards the Narkomindel.",
            found.refusal,
        ),
        *(
            text(f"outlook.{at}", f"{each.label} {'rises' if each.delta > 0 else 'falls'}")
            for at, each in enumerate(drifts)
        ),
    )  # fmt: skip


def _how(session: Session, seen: Observation) -> str:
    """How the course is set, in a few words."""
    if seen.role == BOTH:
        return "drag the divider, or press"
    return MEAN if session.course_known else "name yours; the mean of both will hold"


def held(seen: Observation) -> str | None:
    """What both have named, in a sentence; None where nothing is named."""
    found = next(filter(shared, seen.settings), None)
    return None if found is None else f"{found.label}: {number(found.drafted)} holds. Now give your orders."


def free_move(scenario: Scenario, slot: str) -> int:
    """How far a setting can move in a turn before a rule takes notice of the swing; 0 if none does.

    Read from conditions of the form `abs(x - before(x)) > 20`, the way scenarios write a zigzag.
    """
    found = []
    for rule in scenario.rules:
        match rule.when:
            case Binary(
                ">", Call("abs", (Binary("-", National(now), Before(National(then))),)), Number(points)
            ):
                if now == then == slot:
                    found.append(points)
            case _:
                pass
    return min(found, default=0)


def by_side(tracks: tuple[TrackView, ...]) -> tuple[TrackView, ...]:
    """The tracks as they lie before the player: diplomacy left, revolution right."""
    return tuple(sorted(tracks, key=lambda each: SIDES.index(each.id) if each.id in SIDES else len(SIDES)))


def purse(tracks: tuple[TrackView, ...]) -> str:
    """What each track has left, in a line."""
    return ", ".join(f"{each.label} {each.left} of {each.means}" for each in tracks)


def _orders(session: Session, seen: Observation) -> Element:
    given = tuple(
        Element(
            Role.ITEM, order_name(session, order), f"order.{order.action}.{order.target}",
            description="Drafted for the end of this turn. Press to look at it or take it back.",
            press=Act("orders", order.target), subject=track_of(session, order),
        )
        for order in sorted(seen.orders, key=lambda each: SIDES.index(track_of(session, each)))
    )  # fmt: skip
    return Element(
        Role.LIST, "Orders", "orders", value=f"{len(given)} given", key="G",
        description=purse(by_side(seen.tracks)) or "Orders can be given when the dispatches are answered.",
        press=Act("orders", desk_target(seen)),
        disabled="" if seen.place == "orders" else "Answer the dispatches first.",
        children=given, subject=by_side(seen.tracks),
    )  # fmt: skip


def desk_target(seen: Observation) -> str:
    """Where the strip of orders leads: to no country, or to that of the first order given."""
    return seen.orders[0].target if seen.orders else ""


def order_name(session: Session, order: Order) -> str:
    """An order in words."""
    words = session.viewer.words
    return words.title(order.action) + (f": {words.country(order.target)}" if order.target else "")


def track_of(session: Session, order: Order) -> str:
    """The track that gives an order."""
    return session.program.actions[order.action].track


def _end(session: Session, seen: Observation, step: str) -> Element:
    name = f"End {step}"
    if seen.role != BOTH and seen.place == "orders":
        other = any(role in session.sealed for role in session.roles)
        name = "Seal, and end" if other else "Seal orders"
    if seen.role != BOTH and not session.course_known and seen.place == "orders":
        note, short, name = NAME_FIRST, "then the means are known", "Name the course"
    elif seen.question is not None:
        note, short = "A dispatch is unanswered.", "1 dispatch unanswered"
    else:
        spare = [f"{each.left} of {each.label}" for each in by_side(seen.tracks) if each.left]
        note = f"Unspent: {', '.join(spare)}." if spare else "All means are spent."
        sum_ = sum(each.left for each in seen.tracks)
        short = f"{sum_} means unspent" if sum_ else "all means spent"
    return Element(
        Role.BUTTON, name, "end", value=short, description=note, key="E", press=Act("end")
    )  # fmt: skip
