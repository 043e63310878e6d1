"""How is a game played by itself to its end, one after the other?  By generated code for weights, else as a session.

This is what sweeps and forecasts do where NumPy is not installed, and what any policy written in Python gets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.compiler.codegen.engine import Engine
from game.compiler.codegen.minds import Mind, Weighing
from game.compiler.codegen.raw import Raw
from game.compiler.tally import Survey, Tally, count
from game.play.policy import Policy
from game.play.session import Session
from game.rules.classes import replace
from game.rules.conduct import Conduct
from game.rules.engine import step
from game.rules.layout import OPENING, OVER, QUESTION
from game.rules.program import Program
from game.rules.state import Answer, Plan, State


def by_session(program: Program, policy: Policy, seed: int, fate: str) -> list[State]:
    """The states at each close of a game that a policy plays."""
    session = Session(program, seed, fate)
    while session.place != "over":
        session.open()
        while session.place == "question":
            session.answer(policy.choose(session))
        policy.plan(session)
        session.close()
    return list(session.closes[1:])


def to_close(game: Raw, mind: Mind) -> State:
    """Play a game on to the next close."""
    v, place = game.v, game.facts.place
    if v[place] == OPENING:
        game.open()
    while v[place] == QUESTION:
        game.answer(mind.choose(game))
    mind.plan(game)
    return game.state()


def closes_of(game: Raw, mind: Mind) -> list[State]:
    """Play a game on to its end; the states at each close."""
    found = []
    while game.v[game.facts.place] != OVER:
        found.append(to_close(game, mind))
    return found


class Singly:
    """A program and its player, ready for one game after the other."""

    def __init__(self, program: Program, survey: Survey, player: Conduct | Policy) -> None:
        self.program, self.survey = program, survey
        self.play: Callable[[int, str], list[State]]
        if isinstance(player, Conduct):
            engine = Engine(program)
            mind = Weighing(engine, player)
            self.play = lambda seed, fate: closes_of(engine.raw(seed, fate), mind)
        else:
            self.play = lambda seed, fate: by_session(program, player, seed, fate)

    def tally(self, seeds: Sequence[int], fate: str) -> Tally:
        """Play a game for each seed, and count."""
        found = Tally(values=[[] for _ in self.survey.watched])
        for seed in seeds:
            found.add(count(self.program, self.survey, self.play(seed, fate)))
        return found


class Futures:
    """The same from a state in the middle of a game, after a decision."""

    def __init__(self, program: Program, conduct: Conduct) -> None:
        self.program = program
        self.engine = Engine(program)
        self.mind = Weighing(self.engine, conduct)

    def closes(self, state: State, decision: Answer | Plan | None, most: int = 10**6) -> list[State]:
        """The states at each close from here, at most so many."""
        if decision is not None:
            state = step(self.program, state, decision).state
        found = [state] if isinstance(decision, Plan) else []
        game = self.engine.raw_at(state)
        while game.v[game.facts.place] != OVER and len(found) < most:
            found.append(to_close(game, self.mind))
        return found

    def tally(
        self,
        survey: Survey,
        seeds: Sequence[int],
        state: State,
        decision: Answer | Plan | None,
        going_on: Callable[[], bool],
    ) -> Tally | None:
        """What comes of a state in some futures; None if it was told to stop."""
        found = Tally(values=[[] for _ in survey.watched])
        for seed in seeds:
            if not going_on():
                return None
            found.add(count(self.program, survey, self.closes(replace(state, seed=seed), decision)))
        return found
