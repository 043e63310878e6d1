"""What should a student be asked about this game?  Questions built from what was done in it, none from nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.play.beside import Decided, Reached
from game.play.roads import Road
from game.play.session import Session
from game.play.wording import number
from game.rules.classes import dataclass
from game.rules.ledger import Cause, Kind
from game.rules.state import Plan

LEAST_LEAD = 2
"""Turns that a milestone must be ahead of history or behind it to be asked about."""
SHORTEST_DISPUTE = 80
"""Signs below which a dispute is a remark on a date, and nothing to argue about."""
MOST_OWN = 2
"""Questions of one kind."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what kind of thinking it asks for."""

    about: str
    text: str
    sources: tuple[str, ...] = ()


def questions(
    session: Session, decided: Sequence[Decided], miles: Sequence[Reached], roads: Sequence[Road]
) -> tuple[Question, ...]:
    """The questions, weightiest first."""
    return (
        *_roads(session, roads, decided), *_reasons(decided), *_unlike(decided), *_two_tracks(session),
        *_miles(miles), *_worst_turn(session), *_directives(session), *_disputes(decided),
        *_whole(session),
    )  # fmt: skip


def weight(each: Decided) -> int:
    """How much a decision moved at once."""
    return sum(abs(shift.delta) for shift in each.moved if "." not in shift.slot)


def _heaviest(decided: Sequence[Decided], most: int = MOST_OWN) -> list[Decided]:
    return sorted(decided, key=lambda each: (-weight(each), each.turn, each.event))[:most]


def _roads(session: Session, roads: Sequence[Road], decided: Sequence[Decided]) -> Iterator[Question]:
    """Of the decision that weighed most: was it a good one by what was known?"""
    words = session.viewer.words
    for road in roads[:1]:
        decision = road.decision
        sources = next((each.sources for each in decided if (each.event, each.turn) == (decision.event, decision.turn)),
                       ())  # fmt: skip
        other = words.choice(Cause(Kind.CHOICE, decision.event, road.choice, turn=decision.turn))
        taken = words.choice(Cause(Kind.CHOICE, decision.event, decision.choice, turn=decision.turn))
        slot, delta = max(road.differences.items(), key=lambda each: (abs(each[1]), each[0]))
        yield Question(
            "Judging a decision",
            f"In {words.turn(decision.turn)} you answered “{words.title(decision.event)}” with “{taken}”. With "
            f"“{other}”, and the same luck, {words.label(slot)} would have ended {abs(delta)} points "
            f"{'higher' if delta > 0 else 'lower'}. "
            "What could you know at the time? Was it a good decision all the same?",
            sources,
        )


def _reasons(decided: Sequence[Decided]) -> Iterator[Question]:
    """Of the reasons given: did they hold?"""
    for each in _heaviest([one for one in decided if one.reason]):
        came = f" What came of it: {each.told[0]}" if each.told else ""
        yield Question(
            "Your own reasons",
            f"At “{each.title}” you chose “{each.answer}” and wrote: “{each.reason}”.{came} Does your reason still "
            "hold? Say what you would add to it now.",
            each.sources,
        )


def _unlike(decided: Sequence[Decided]) -> Iterator[Question]:
    """Of the decisions that were not history's: why did people at the time do otherwise?"""
    for each in _heaviest([one for one in decided if one.as_in_history is False and one.own]):
        yield Question(
            "Why history did otherwise",
            f"At “{each.title}” you chose “{each.answer}”. In history ({each.history_date or each.when}) it was "
            f"“{each.history}”. What did those who decided know, want or fear that made it seem right to them?",
            each.sources,
        )  # fmt: skip


def _two_tracks(session: Session) -> Iterator[Question]:
    """Of the country that both tracks worked in: which spoiled which?"""
    words, program = session.viewer.words, session.program
    given: dict[str, dict[str, int]] = {}
    for made in session.made:
        if isinstance(made.move, Plan):
            for role, orders in made.move.orders.items():
                for order in orders:
                    if order.target:
                        by_role = given.setdefault(order.target, {})
                        by_role[role] = by_role.get(role, 0) + 1
    both = sorted(
        (-min(counts.values()), -sum(counts.values()), country)
        for country, counts in given.items()
        if len(counts) > 1
    )
    if not both:
        return
    country = both[0][2]
    labels = {each.id: words.plain(each.label) for each in program.scenario.tracks}
    told = " and ".join(
        f"{count} order{'s' * (count != 1)} of the {labels.get(role, role)}"
        for role, count in sorted(given[country].items())
    )
    slot = f"{country}.relations"
    trend = ""
    if slot in program.layout.index:
        values = session.trend(slot)
        trend = f" Relations went from {number(values[0])} to {number(values[-1])}."
    yield Question(
        "Two policies at once",
        f"You gave {told} in {words.country(country)}.{trend} Which work helped the other there, and which spoiled it? "
        "Name one quarter that shows it.",
    )


def _miles(miles: Sequence[Reached]) -> Iterator[Question]:
    """Of the milestone furthest from its date, or never reached."""
    missed = [each for each in miles if not each.when and each.due and each.history]
    apart = [each for each in miles if each.ahead is not None and abs(each.ahead) >= LEAST_LEAD]
    if apart:
        each = max(apart, key=lambda one: abs(one.ahead or 0))
        side = "before" if (each.ahead or 0) > 0 else "after"
        count = abs(each.ahead or 0)
        yield Question(
            "Time",
            f"{each.label}: in history on {each.history}, in your game in {each.when}, {count} turns {side} it. "
            "Which of your decisions, and what in the world around them, made the difference?",
            each.sources,
        )
    if missed:
        each = missed[-1]
        yield Question(
            "Time",
            f"{each.label}: in history on {each.history}, in your game never. What stood in its way: your decisions, "
            "the other side, or both? What would have had to come first?",
            each.sources,
        )


def _worst_turn(session: Session) -> Iterator[Question]:
    """Of the turn in which the scores fell most."""
    scores = [each.id for each in session.program.scenario.variables if each.score and each.derived is None]
    trends = [session.trend(each) for each in scores]
    falls = [
        (sum(trend[turn] - trend[turn - 1] for trend in trends), turn)
        for turn in range(session.first, len(session.closes))
    ]
    if falls and min(falls)[0] < 0:
        fall, turn = min(falls)
        yield Question(
            "Causes",
            f"In {session.viewer.words.turn(turn)} your scores together fell by {number(-fall)}, more than in any "
            "other turn. List the causes, sort them under the six headings above, and mark those that were yours.",
        )


def _directives(session: Session) -> Iterator[Question]:
    """Of the first directive that was missed."""
    words = session.viewer.words
    for entry in session.seen():
        if entry.cause.kind == Kind.DIRECTIVE and entry.cause.branch.partition("=")[0] == "missed":
            missed = words.title(entry.cause.id)
            yield Question(
                "Who decides",
                f"In {words.turn(entry.turn)} you had missed a directive: {missed}. Why was that wanted, of all "
                "things, and whom did your failure help?",
            )
            return


def _disputes(decided: Sequence[Decided]) -> Iterator[Question]:
    """Of what historians disagree about, the heaviest that was decided; and what the author of the event asks."""
    for each in _heaviest([one for one in decided if len(one.dispute) >= SHORTEST_DISPUTE], 1):
        yield Question(
            "Where historians disagree",
            f"“{each.title}”: {each.dispute} Which reading did your decision (“{each.answer}”) rest on?",
            each.sources,
        )
    for each in _heaviest([one for one in decided if one.questions]):
        yield Question(f"On “{each.title}”", each.questions[0], each.sources)


def _whole(session: Session) -> Iterator[Question]:
    """What the author of the scenario asks when it is over."""
    teaching = session.program.scenario.teaching
    if teaching is not None and session.place == "over":
        for text in teaching.questions:
            yield Question("On the whole", session.viewer.words.plain(text))
