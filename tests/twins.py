"""Twins compared: every move made by the interpreter and by generated code, with and without a ledger."""

from __future__ import annotations

from collections.abc import Sequence

from game.compiler.codegen.engine import Engine
from game.compiler.codegen.raw import Given, Raw
from game.play.session import Session
from game.rules.engine import picture, step
from game.rules.ledger import Ledger
from game.rules.orders import Sheet
from game.rules.program import Program
from game.rules.state import Answer, Move, Open, Plan, State, Step, Teacher


class Twins:
    """Makes moves as the interpreter does, and holds generated code to them: what a session's `engine` may be."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.raw: Raw | None = None
        self.moves = 0
        names = engine.program.layout.names
        self.names = [*names, *(f"before {names[slot]}" for slot, _ in engine.program.opening)]

    def step(self, state: State, move: Move) -> Step:
        """The reference's step; fails if generated code differs in anything. Raises IllegalOrder."""
        program = self.engine.program
        made = step(program, state, move)
        self.moves += 1
        if self.raw is None or tuple(self.raw.v) != state.values or self.raw.seed != state.seed:
            self.raw = self.engine.raw_at(state)
        twin = self.engine.step(state, move)
        for mine, theirs in zip(twin.ledger, made.ledger, strict=False):
            assert mine == theirs
        assert len(twin.ledger) == len(made.ledger)
        assert whole(twin.ledger)
        self._same_values(twin.state.values, made.state)
        assert twin == made
        if isinstance(move, Teacher):
            self.raw = None
        else:
            move_raw(self.raw, program, state, move)
            self._same_values(self.raw.v, made.state)
        if isinstance(move, Plan):
            assert (
                twin.state.digest() == self.engine.raw_at(made.state).state().digest() == made.state.digest()
            )
        return made

    def _same_values(self, values: Sequence[int], state: State) -> None:
        if tuple(values) != state.values:
            pairs = zip(self.names, values, state.values, strict=True)
            raise AssertionError([(name, mine, theirs) for name, mine, theirs in pairs if mine != theirs])
        assert set(map(type, values)) == {int}


def whole(ledger: Ledger) -> bool:
    """Whether all numbers of a ledger are whole numbers: True is as good as 1, but is written otherwise."""
    numbers = [number for entry in ledger for number in (entry.delta, entry.before)]
    numbers += [number for entry in ledger if entry.because is not None for number in entry.because.values]
    return set(map(type, numbers)) <= {int}


def move_raw(raw: Raw, program: Program, state: State, move: Move) -> None:
    """Make a legal move in a game without a ledger; what it may choose from must be what the rules allow."""
    if isinstance(move, Open):
        raw.open()
    elif isinstance(move, Answer):
        event, row = raw.asking()
        assert event.id == move.event
        number = next(each for each in raw.open_choices(row) if row.choices[each].id == move.choice)
        raw.answer(number)
    else:
        assert isinstance(move, Plan)
        numbers = raw.facts.setting_numbers
        wanted = {
            role: {numbers[name]: value for name, value in values.items()}
            for role, values in move.settings.items()
        }
        assert raw.set(wanted)
        raw.plan(_given(raw, program, state, move))


def _given(raw: Raw, program: Program, state: State, plan: Plan) -> list[Given]:
    facts, found = raw.facts, list[Given]()
    work = picture(program, state, Plan(plan.settings))
    for number, role in enumerate(facts.roles):
        listed = raw.orders(number)
        allowed = [
            (order.action, order.target, {name: amount for name, amount in cost.items() if amount})
            for order, cost in Sheet(work, role).open()
        ]
        assert [(*_named(raw, each), _costs(raw, each)) for each in listed] == allowed
        by_name = {_named(raw, each): each for each in listed}
        found += [by_name[order.action, order.target] for order in plan.orders.get(role, ())]
    return found


def _named(raw: Raw, given: Given) -> tuple[str, str]:
    order = raw.facts.orders[given[0]]
    return order.action.id, order.target


def _costs(raw: Raw, given: Given) -> dict[str, int]:
    return {name: cost for name, cost in zip(raw.facts.costs, given[1:], strict=True) if cost}


def compared(session: Session, engine: Engine) -> Session:
    """The same game before its first move, played by both."""
    session.engine = Twins(engine)
    return session


__all__ = ["Twins", "compared", "move_raw"]
