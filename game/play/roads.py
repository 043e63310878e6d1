"""What would the other choice have brought?  Roads not taken: the same luck, the same later decisions, one answer else.

Since a draw depends on seed, turn and key alone, two games that differ in one answer share all their luck, and what
differs between them at the end comes from that answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from game.play.session import Session
from game.play.wording import signed
from game.rules.classes import dataclass
from game.rules.engine import picture
from game.rules.events import asking, default_choice
from game.rules.layout import OPENING, OVER, QUESTION
from game.rules.ledger import Cause, Kind
from game.rules.orders import judge
from game.rules.outcome import ending_of
from game.rules.program import Program
from game.rules.state import Answer, IllegalOrder, Move, Open, Order, Plan, State, Teacher
from game.rules.writing import Work


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a game that can be gone back to: its number among all moves, its turn, and what was decided.

    `event` and `choice` are empty for a turn's orders.
    """

    number: int
    turn: int
    event: str = ""
    country: str = ""
    choice: str = ""
    reason: str = ""
    """Why, in the words of who decided, where they were asked for."""


@dataclass(frozen=True, slots=True)
class Road:
    """A road not taken: the other choice, what each headline score would have been more or less, and the end."""

    decision: Decision
    choice: str
    differences: dict[str, int]
    ending: str
    turn: int

    @property
    def weight(self) -> int:
        """How much it would have changed: all differences together."""
        return sum(map(abs, self.differences.values()))


def decisions(session: Session) -> tuple[Decision, ...]:
    """The decisions of a game in order, as far as who holds the desk may know: each answer and each turn's orders."""
    found = []
    secrecy, eyes = session.viewer.secrecy, session.eyes()
    for number, (made, state) in enumerate(zip(session.made, states(session), strict=True)):
        match made.move:
            case Answer(event, choice, reason) if secrecy.knows_item(event, eyes):
                waiting = asking(session.program, state)
                country = waiting[1].country if waiting else ""
                found.append(Decision(number, made.turn, event, country, choice, reason))
            case Plan():
                found.append(Decision(number, made.turn))
            case Answer() | Open() | Teacher():
                pass
    return tuple(found)


def orders_of(session: Session, plan: Plan) -> tuple[Order, ...]:
    """The orders of a turn, as far as who holds the desk may know."""
    secrecy, eyes = session.viewer.secrecy, session.eyes()
    return tuple(
        order for given in plan.orders.values() for order in given if secrecy.knows_item(order.action, eyes)
    )


def states(session: Session) -> list[State]:
    """The state before each move of a game that was made here."""
    state = session.closes[session.first - 1]
    found = []
    for made in session.made:
        found.append(state)
        state = session.engine.step(state, made.move).state
    return found


def rewound(session: Session, number: int) -> Session:
    """A new game that stands before the decision of this number; the old one stays as it is."""
    back = session.again()
    for made in session.made[:number]:
        back.move(made.move)
    back.forget_draft()
    return back


def roads_not_taken(
    session: Session, most: int = 3, stop: Callable[[], bool] = lambda: False
) -> tuple[Road, ...]:
    """The decisions that weighed most: for each of them the other choice that would have changed most.

    Slow for a long game; `stop` is asked between two roads and ends the search with what was found.
    """
    best: dict[int, Road] = {}
    for road in all_roads(session):
        known = best.get(road.decision.number)
        if known is None or road.weight > known.weight:
            best[road.decision.number] = road
        if stop():
            break
    ranked = sorted(best.values(), key=lambda road: (-road.weight, road.decision.number))
    return tuple(road for road in ranked[:most] if road.weight)


def all_roads(session: Session) -> Iterator[Road]:
    """Every other answer that was open at the time, with what would have come of it."""
    program, index = session.program, session.program.layout.index
    scores = [each.id for each in program.scenario.variables if each.score and each.id in index]
    real = {name: session.state.values[index[name]] for name in scores}
    before = states(session)
    for decision in decisions(session):
        if not decision.event:
            continue
        state = before[decision.number]
        waiting = asking(program, state)
        if waiting is None:
            continue
        work = Work(program, state)
        for choice in waiting[1].choices:
            if choice.id == decision.choice or not work.holds(choice.when):
                continue
            end = other_road(session, decision.number, choice.id, state)
            differences = {name: end.values[index[name]] - real[name] for name in scores}
            ending = ending_of(program, end) or ""
            yield Road(decision, choice.id, differences, ending, end.values[index["turn"]])


def other_road(session: Session, number: int, choice: str, state: State) -> State:
    """How the game would have ended with another answer to the decision of this number, from the state before it.

    Later questions are answered as the player answered them, whenever they come; what he was never asked is answered
    as history did. His orders are given again in their turns as far as they are legal, and so is a teacher's hand laid
    on as soon after as many answers as it then was.
    """
    program, index = session.program, session.program.layout.index
    asked = session.made[number].move
    assert isinstance(asked, Answer)
    answers = {made.move.event: made.move.choice for made in session.made if isinstance(made.move, Answer)}
    plans = {made.turn: made.move for made in session.made if isinstance(made.move, Plan)}
    hands = _hands(session, number)
    turn = session.made[number].turn
    answered = sum(isinstance(made.move, Answer) for made in session.made[:number] if made.turn == turn)
    move: Move = Answer(asked.event, choice)
    while True:
        state = session.engine.step(state, move).state
        answered = 0 if isinstance(move, Open) else answered + isinstance(move, Answer)
        place, turn = state.values[index["place"]], state.values[index["turn"]]
        if place == OVER:
            return state
        now = (turn + 1, -1) if place == OPENING else (turn, answered)
        while hands and hands[0][0] <= now:
            with suppress(IllegalOrder):
                state = session.engine.step(state, hands[0][1]).state
            del hands[0]
        if place == OPENING:
            move = Open()
        elif place == QUESTION:
            move = _answer(program, state, answers)
        else:
            move = _legal(program, state, plans.get(turn, Plan()))


def _hands(session: Session, number: int) -> list[tuple[tuple[int, int], Teacher]]:
    """The teacher's moves after the one of this number, each with its turn and how many answers that had seen by then;
    -1 before it was opened."""
    found, turn, answered = [], 0, -1
    for at, made in enumerate(session.made):
        if made.turn != turn:
            turn, answered = made.turn, -1
        match made.move:
            case Open():
                answered = 0
            case Answer():
                answered += 1
            case Teacher() if at > number:
                found.append(((turn, answered), made.move))
            case _:
                pass
    return found


def _answer(program: Program, state: State, answers: dict[str, str]) -> Answer:
    waiting = asking(program, state)
    assert waiting is not None
    event, row = waiting
    work = Work(program, state)
    wanted = answers.get(event.id, "")
    if any(each.id == wanted and work.holds(each.when) for each in row.choices):
        return Answer(event.id, wanted)
    return Answer(event.id, default_choice(work, row).id)


def _legal(program: Program, state: State, plan: Plan) -> Plan:
    """A plan as far as it is legal on this state."""
    settings = {role: dict(values) for role, values in plan.settings.items()}
    try:
        work = picture(program, state, Plan(settings))
    except IllegalOrder:
        settings = {}
        work = picture(program, state, Plan())
    orders = {}
    for role, given in plan.orders.items():
        verdicts = judge(work, role, given)
        orders[role] = tuple(order for order, refusal in zip(given, verdicts, strict=True) if refusal is None)
    return Plan(settings, orders)


def describe(session: Session, decision: Decision) -> str:
    """A decision in words: the event and the choice, or the orders that were given."""
    words = session.viewer.words
    if decision.event:
        where = f", {words.country(decision.country)}" if decision.country else ""
        reason = f" (“{decision.reason}”)" if decision.reason else ""
        return f"{words.title(decision.event)}{where}: {_label(session, decision, decision.choice)}{reason}"
    plan = session.made[decision.number].move
    assert isinstance(plan, Plan)
    given = [
        words.title(order.action) + (f" → {words.country(order.target)}" if order.target else "")
        for order in orders_of(session, plan)
    ]
    return "orders: " + (", ".join(given) or "none")


def describe_road(session: Session, road: Road) -> str:
    """A road not taken as one sentence."""
    words = session.viewer.words
    taken = describe(session, road.decision)
    other = _label(session, road.decision, road.choice)
    moved = ", ".join(
        f"{words.label(name)} {signed(delta)}" for name, delta in road.differences.items() if delta
    )
    end = f"the end would have been '{words.title(road.ending)}' in {words.step(road.turn)}"
    when = words.step(road.decision.turn)
    return f"{when}, {taken}. With '{other}', all else the same: {moved or 'no score'}; {end}."


def _label(session: Session, decision: Decision, choice: str) -> str:
    return session.viewer.words.choice(Cause(Kind.CHOICE, decision.event, choice, turn=decision.turn))
