"""How did it end, beside history, and which decisions weighed most?"""

from __future__ import annotations

from game.play.beside import course
from game.play.observation import Observation, Outcome
from game.play.roads import Road
from game.play.session import Session
from game.play.wording import number, signed
from game.rules.classes import dataclass
from game.rules.ledger import Cause, Kind
from game.rules.scenario import Variable
from game.views.screens import joint
from game.views.screens.desk import Span, span
from game.views.screens.pondering import Roads
from game.views.screens.tone import Drift, tone
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

MOST_DEEDS = 6
MOST_PINS = 6
WEIGHED, ROADS, UNDONE = "weighed", "roads", "undone"
"""What the end screen tells of the decisions."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A score over the game, its history as (turn, value), and where history left it."""

    slot: str
    label: str
    low: int
    high: int
    points: tuple[int, ...]
    history: tuple[tuple[int, int], ...]
    """As far as the calendar goes."""
    historical_end: int | None = None
    """Where history stood at the close of the last turn that was played; None where it is not told."""

    @property
    def end(self) -> int:
        """The value at the end."""
        return self.points[-1]


@dataclass(frozen=True, slots=True)
class Bar:
    """A country at the start and at the end."""

    name: str
    start: int
    end: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A decision and what it moved most."""

    when: str
    turn: int
    track: str
    title: str
    choice: str
    drift: Drift
    historical: bool | None
    """Whether it was history's own choice; None where history had no such question."""


@dataclass(frozen=True, slots=True)
class Turning:
    """A road not taken: the decision, the answer that was given and the other one, and what that would have changed."""

    number: int
    when: str
    title: str
    taken: str
    other: str
    drifts: tuple[Drift, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """All that the end screen draws."""

    outcome: Outcome
    span: Span
    first_year: int
    last_year: int
    curves: tuple[Curve, ...]
    bars: tuple[Bar, ...]
    pins: tuple[tuple[int, str], ...]
    weighed: tuple[Weighed, ...]


def build(session: Session, seen: Observation, roads: Roads | None, part: str) -> Element:
    """The end screen as a tree; of the decisions, `part` is told."""
    outcome = seen.outcome
    assert outcome is not None
    told = reckon(session, outcome)
    verdicts = {each.about: each.text for each in outcome.verdicts}
    known = {curve.slot for curve in told.curves}
    return Element(
        Role.SCREEN, f"The reckoning: {outcome.title}", "reckoning",
        children=(
            heading("reckoning.title", outcome.title),
            Element(Role.TEXT, outcome.text, "reckoning.text"),
            group(
                Role.LIST, "reckoning.scores", "Scores",
                *(
                    Element(
                        Role.VALUE, curve.label, f"final.{curve.slot}",
                        value=number(curve.end)
                        + (f", history {number(curve.historical_end)}" if curve.historical_end is not None else ""),
                        description=verdicts.get(curve.slot, ""), press=Act("why", curve.slot), subject=curve,
                    )
                    for curve in told.curves
                ),
            ),
            *(
                text(f"verdict.{about}", words)
                for about, words in verdicts.items() if about not in known
            ),
            Element(Role.CHART, "Beside history", "chart", value=_spoken(told), subject=told),
            Element(
                Role.LIST, "Where we stand", "bars",
                children=tuple(
                    Element(Role.VALUE, bar.name, f"bar.{bar.name}", value=f"{number(bar.start)} to {number(bar.end)}",
                            subject=bar)
                    for bar in told.bars
                ),
            ),
            group(
                Role.TABS, "weighing", "Decisions",
                *_parts(session, part),
            ),
            _part(session, roads, told, part),
            button("chronicle", "Read the chronicle", Act("quarter", str(session.turn)), "C", "Every turn's ledger."),
            button("print", "Export to HTML", Act("print"), "P", "The debrief as a page to read and to print."),
            button("again", "New game", Act("title"), "N", "Back to the title."),
            button("decisions", "Decisions", Act("decisions"), "B", "Go back to one, and take another way."),
            button("menu", "Menu", Act("menu"), "F10", "Text size, help, leaving."),
        ),
        subject=told,
    )  # fmt: skip


def _parts(session: Session, part: str) -> tuple[Element, ...]:
    """The tabs over what is told of the decisions."""
    found = [
        (WEIGHED, "What weighed most", ""),
        (ROADS, "Roads not taken", "What another answer would have brought, with the same luck."),
    ]
    if session.seats > 1:
        found.insert(0, (UNDONE, "Who undid whom", "What each seat took down of the other's work."))
    return tuple(
        Element(
            Role.TAB, name, f"tab.{id}", key=str(at), press=Act("roads", id), selected=part == id, description=about
        )
        for at, (id, name, about) in enumerate(found, start=1)
    )  # fmt: skip


def _part(session: Session, roads: Roads | None, told: Reckoning, part: str) -> Element:
    if part == ROADS:
        return _roads(session, roads)
    if part == UNDONE:
        return joint.build(session)
    return Element(
        Role.LIST, "What weighed most", "weighed",
        children=tuple(
            Element(
                Role.ITEM, each.title, f"weighed.{at}", value=each.drift.spoken,
                description=f"{each.when}: {each.choice}{_judged(each)}", press=Act("quarter", str(each.turn)),
                subject=each,
            )
            for at, each in enumerate(told.weighed)
        ),
    )  # fmt: skip


def _roads(session: Session, roads: Roads | None) -> Element:
    """The roads not taken, as far as they have been looked down."""
    found = [turning(session, each) for each in roads.best()] if roads is not None else []
    if roads is not None and roads.done:
        note = "" if found else "No other answer would have changed the scores."
    else:
        note = f"Other answers played to the end so far: {roads.looked if roads is not None else 0}."
    return Element(
        Role.LIST, "Roads not taken", "roads", description=note,
        children=tuple(
            Element(
                Role.ITEM, each.title, f"road.{at}", value=", ".join(drift.spoken for drift in each.drifts),
                description=f"{each.when}: {each.other}, and not: {each.taken}. It would have ended in {each.end}. "
                "Press to go back there.",
                press=Act("decisions", str(each.number)), subject=each,
            )
            for at, each in enumerate(found)
        ),
    )  # fmt: skip


def turning(session: Session, road: Road) -> Turning:
    """A road not taken in words."""
    words, decision = session.viewer.words, road.decision
    where = f": {words.country(decision.country)}" if decision.country else ""

    def choice(id: str) -> str:
        return words.choice(Cause(Kind.CHOICE, decision.event, id, turn=decision.turn))

    drifts = tuple(
        Drift(words.label(slot), delta, signed(delta), tone(slot, delta))
        for slot, delta in road.differences.items()
        if delta
    )
    end = f"{words.title(road.ending)}, {words.turn(road.turn)}"
    return Turning(
        decision.number, words.turn(decision.turn), words.title(decision.event) + where,
        choice(decision.choice), choice(road.choice), drifts, end,
    )  # fmt: skip


def _judged(each: Weighed) -> str:
    return "" if each.historical is None else ", as in history" if each.historical else ", unlike history"


def _spoken(told: Reckoning) -> str:
    return "; ".join(
        f"{curve.label} from {number(curve.points[0])} to {number(curve.end)}" for curve in told.curves
    )


def reckon(session: Session, outcome: Outcome) -> Reckoning:
    """Everything that the end screen shows."""
    years = span(session)
    return Reckoning(
        outcome, years, years.years[0][0], years.years[-1][0],
        curves(session), bars(session), pins(session), weighed(session),
    )  # fmt: skip


def curves(session: Session) -> tuple[Curve, ...]:
    """The headline scores over the game, in the order they are shown in."""
    scores = [each for each in session.program.scenario.variables if each.score]
    scores.sort(key=lambda each: (each.rank or 100, each.id))
    return tuple(_curve(session, each) for each in scores)


def _curve(session: Session, variable: Variable) -> Curve:
    layout = session.program.layout
    history = [(layout.turn_of(step), value) for step, value in sorted(variable.history)]
    points = session.trend(variable.id)
    if history and history[0][0] > 0:
        history.insert(0, (0, points[0]))
    if history and history[-1][0] > layout.turns:
        history = [point for point in history if 0 <= point[0] < layout.turns]
        history.append((layout.turns, course(session, variable, layout.turns) or 0))
    return Curve(
        variable.id,
        session.viewer.words.label(variable.id),
        variable.low,
        variable.high,
        points,
        tuple(history),
        course(session, variable, session.turn),
    )


def bars(session: Session) -> tuple[Bar, ...]:
    """How the countries stand, the friendliest first."""
    scenario, words, index = session.program.scenario, session.viewer.words, session.program.layout.index
    variable = next((each for each in scenario.country_variables if each.id == "relations"), None)
    if variable is None:
        variable = next((each for each in scenario.country_variables if each.kind == "number"), None)
    if variable is None:
        return ()
    found = []
    for country in scenario.countries:
        slot = index.get(f"{country.id}.{variable.id}")
        if slot is None or not session.state.values[index[f"{country.id}.exists"]]:
            continue
        found.append(
            Bar(
                words.country(country.id), session.closes[0].values[slot], session.state.values[slot],
                variable.low, variable.high,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.end, each.name)))


def weighed(session: Session, most: int = MOST_DEEDS) -> tuple[Weighed, ...]:
    """The decisions that moved the scores most, in order of time."""
    scores = {each.id for each in session.program.scenario.variables if each.score or each.id == "standing"}
    moved: dict[Cause, dict[str, int]] = {}
    for entry in session.seen():
        decision = entry.cause.decision()
        if decision is None or entry.slot not in scores or decision.kind not in (Kind.CHOICE, Kind.ORDER):
            continue
        root = Cause(
            decision.kind,
            decision.id,
            decision.branch.partition("=")[0],
            decision.country,
            decision.turn,
            decision.by,
        )
        slots = moved.setdefault(root, {})
        slots[entry.slot] = slots.get(entry.slot, 0) + entry.delta
    heaviest = sorted(
        moved.items(), key=lambda each: (-sum(map(abs, each[1].values())), each[0].turn, each[0].id)
    )[:most]
    found = []
    words = session.viewer.words
    for cause, slots in sorted(heaviest, key=lambda each: (each[0].turn, each[0].id)):
        slot, delta = max(slots.items(), key=lambda each: (abs(each[1]), each[0]))
        if not delta:
            continue
        where = f": {words.country(cause.country)}" if cause.country else ""
        choice = words.choice(cause) if cause.kind == Kind.CHOICE else "an order"
        found.append(
            Weighed(
                words.turn(cause.turn), cause.turn, cause.by, words.title(cause.id) + where, choice,
                Drift(words.label(slot), delta, signed(delta), tone(slot, delta)), _as_in_history(session, cause),
            )
        )  # fmt: skip
    return tuple(found)


def _as_in_history(session: Session, cause: Cause) -> bool | None:
    for event in session.program.scenario.events:
        if event.id == cause.id:
            historical = [choice.id for choice in event.choices if choice.historical]
            return cause.branch in historical if historical else None
    return None


def pins(session: Session) -> tuple[tuple[int, str], ...]:
    """The heaviest choices as marks on the chart, at most one in a span of a few turns."""
    words = session.viewer.words
    scores = {each.id for each in session.program.scenario.variables if each.score}
    sums: dict[tuple[int, str], int] = {}
    for entry in session.seen():
        if entry.slot in scores and entry.delta and entry.cause.kind in (Kind.CHOICE, Kind.EVENT):
            key = (entry.turn, entry.cause.id)
            sums[key] = sums.get(key, 0) + abs(entry.delta)
    found: list[tuple[int, str]] = []
    gap = max(1, session.program.layout.turns // 12)
    for (turn, id), _ in sorted(sums.items(), key=lambda each: (-each[1], each[0])):
        if all(abs(turn - other) > gap for other, _ in found) and len(found) < MOST_PINS:
            found.append((turn, words.title(id)))
    return tuple(sorted(found))
