"""How is a playthrough run?  Decisions from the script, the rest from a policy, expectations checked as it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.compiler.problems import nearest
from game.play.policy import POLICIES, Policy, give, open_choices
from game.play.script import Expectation, Habit, Script, TurnScript
from game.play.session import Session
from game.rules.calendar import parse_step, parse_window
from game.rules.classes import dataclass, field
from game.rules.events import DROPPED, asking
from game.rules.ledger import Kind, Mark
from game.rules.program import Program
from game.rules.scenario import Variable
from game.rules.state import IllegalOrder, Order

OPERATORS: Final[dict[str, Callable[[int, int], bool]]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that was not met, or a scripted decision that could not be made."""

    mark: Mark
    turn: str
    message: str

    def __str__(self) -> str:
        return f"{self.mark}: {self.turn}: {self.message}"


@dataclass(slots=True)
class Run:
    """A playthrough that has been run."""

    session: Session
    script: Script
    failures: list[Failure] = field(default_factory=list)


class Runner:
    """Runs one script on a program; `watch` is called at each close with the session."""

    def __init__(
        self, program: Program, script: Script, watch: Callable[[Session], None] | None = None
    ) -> None:
        self.program = program
        self.script = script
        self.watch = watch
        self.policy: Policy = POLICIES[script.otherwise]()
        self.session = Session(program, script.seed, script.fate)
        self.failures: list[Failure] = []
        self.step = self.session.viewer.words.step(1)
        """The present turn as files write it."""
        self._habits = [(habit, window) for habit in script.habits if (window := self._window(habit))]

    def run(self) -> Run:
        """Play to the end, gather all failures."""
        names = {self.session.viewer.words.step(turn) for turn in range(1, self.program.layout.turns + 1)}
        for step, turn in self.script.turns.items():
            if step not in names:
                self.fail(_mark(turn, self.script), f"{step} is no turn of this calendar", step)
        while self.session.place != "over":
            self._turn()
        for step, turn in self.script.turns.items():
            if step in names and self._number_of(step) > self.session.turn:
                self.fail(_mark(turn, self.script), f"the game was over before {step}")
        self._at_end()
        return Run(self.session, self.script, self.failures)

    def until(self, turn: int) -> Session:
        """Play the turns before one; the session stands at its opening, unless the game is over before."""
        while self.session.place != "over" and self.session.turn < turn - 1:
            self._turn()
        return self.session

    def _number_of(self, step: str) -> int:
        return self.program.layout.turn_of(parse_step(step, self.program.scenario.calendar.step))

    def fail(self, mark: Mark, message: str, turn: str = "") -> None:
        """Note a failure in the present turn."""
        self.failures.append(Failure(mark, turn or self.step, message))

    def _turn(self) -> None:
        session = self.session
        self.step = session.viewer.words.step(session.turn + 1)
        turn = self.script.turns.get(self.step, TurnScript())
        if turn.teacher is not None:
            sets = {name: number for name, text, mark in turn.teacher.sets
                    if (number := self._number(name, text, mark)) is not None}  # fmt: skip
            try:
                session.teach(sets, turn.teacher.event)
            except IllegalOrder as refused:
                self.fail(turn.teacher.mark, f"the teacher's hand is refused: {refused}")
        session.open()
        scripted = {event: (choice, mark) for event, choice, mark in turn.choices}
        asked = set()
        while session.place == "question":
            found = asking(session.program, session.state)
            assert found is not None
            asked.add(found[0].id)
            session.answer(self._choice(found[0].id, scripted))
        for event, (_, mark) in scripted.items():
            if event not in asked:
                self.fail(mark, f"'{event}' does not ask in this turn")
        self._plan(turn)
        self._check(turn.expect)
        if self.watch is not None:
            self.watch(session)

    def _choice(self, event: str, scripted: dict[str, tuple[str, Mark]]) -> str:
        if event not in scripted:
            return self.policy.choose(self.session)
        wanted, mark = scripted[event]
        open_ = [id_ for id_, _ in open_choices(self.session)]
        if wanted in open_:
            return wanted
        self.fail(mark, f"'{event}' cannot be answered with '{wanted}'; open are {', '.join(open_)}")
        return self.policy.choose(self.session)

    def _plan(self, turn: TurnScript) -> None:
        session = self.session
        habits = [habit for habit, window in self._habits if self._bears(habit, window)]
        settings = [each for habit in habits for each in habit.settings] + list(turn.settings)
        for name, text, mark in settings:
            number = self._number(name, text, mark)
            refusal = "" if number is None else session.draft_setting(name, number)
            if refusal:
                self.fail(mark, f"'{name}' cannot be set to {text}: {refusal}")
        for demand in turn.orders:
            if refusal := self._order(demand.order):
                self.fail(demand.mark, f"the order {demand.order} is refused: {refusal}")
        for habit in habits:
            for demand in habit.orders:
                action = self.program.actions.get(demand.order.action)
                if action is None or demand.order.target not in action.rows:
                    self.fail(demand.mark, f"there is no order {demand.order}")
                else:
                    give(session, action.track, demand.order)
        if not turn.orders and not habits:
            self.policy.plan(session)
        session.close()

    def _order(self, order: Order) -> str:
        return self.session.draft_order(order)

    def _window(self, habit: Habit) -> tuple[int, int] | None:
        try:
            return parse_window(habit.window, self.program.scenario.calendar.step)
        except ValueError:
            self.fail(habit.mark, f"'{habit.window}' is no window of turns such as 1922-Q1..1923-Q4")
            return None

    def _bears(self, habit: Habit, window: tuple[int, int]) -> bool:
        step = self.program.layout.first_step + self.session.turn - 1
        quarterly = self.program.scenario.calendar.step == "quarter"
        return window[0] <= step <= window[1] and (not quarterly or step % 4 + 1 in habit.quarters)

    def _number(self, name: str, text: str, mark: Mark) -> int | None:
        variable = self._variable(name)
        if variable is None:
            hint = nearest(
                name, (*self.program.layout.names[: self.program.layout.stored], *self.program.derived)
            )
            self.fail(mark, f"there is no variable '{name}'" + (f"; did you mean '{hint}'?" if hint else ""))
            return None
        if variable.kind == "flag" and text in ("true", "false"):
            return int(text == "true")
        if text in variable.words:
            return variable.words.index(text)
        try:
            return int(text)
        except ValueError:
            self.fail(mark, f"'{text}' is no value of '{name}'")
            return None

    def _variable(self, name: str) -> Variable | None:
        if name not in self.program.layout.index and name not in self.program.derived:
            return None
        if name.endswith(".exists"):
            return Variable("exists", "flag", mark=Mark("", 1, 1))
        return self.session.viewer.words.variable(name)

    def _check(self, expected: tuple[Expectation, ...]) -> None:
        for each in expected:
            wanted = self._number(each.name, each.value, each.mark)
            if wanted is None:
                continue
            found = self.session.value(each.name)
            if not OPERATORS[each.operator](found, wanted):
                variable = self._variable(each.name)
                shown = _written(variable, found) if variable else str(found)
                operator = "" if each.operator == "==" else f"{each.operator} "
                self.fail(each.mark, f"expected {each.name} {operator}{each.value}, found {shown}")

    def _at_end(self) -> None:
        script, session = self.script, self.session
        outcome = session.outcome()
        if script.ending is not None and outcome is not None and outcome.ending != script.ending[0]:
            self.fail(script.ending[1], f"expected the ending '{script.ending[0]}', found '{outcome.ending}'")
        for event, step, mark in script.events:
            self._check_event(event, step, mark)
        self._check(script.values)

    def _check_event(self, event: str, step: str, mark: Mark) -> None:
        known = [each.id for each in self.program.events]
        if event not in known:
            hint = nearest(event, known)
            self.fail(mark, f"there is no event '{event}'" + (f"; did you mean '{hint}'?" if hint else ""))
            return
        turns = dict.fromkeys(
            entry.turn
            for entry in self.session.entries
            if entry.cause.kind == Kind.EVENT
            and entry.cause.id == event
            and not entry.note.startswith(DROPPED)
        )
        found = ", ".join(map(self.session.viewer.words.step, turns))
        if step == "never":
            if turns:
                self.fail(mark, f"expected '{event}' never to happen; it did in {found}")
            return
        try:
            wanted = self._number_of(step)
        except ValueError:
            self.fail(mark, f"'{step}' is neither a turn of this calendar nor 'never'")
            return
        if not turns:
            self.fail(mark, f"expected '{event}' in {step}; it never happened")
        elif wanted not in turns:
            self.fail(mark, f"expected '{event}' in {step}; it happened in {found}")


def _written(variable: Variable, value: int) -> str:
    """A value as an expectation writes it."""
    if variable.kind == "flag":
        return "true" if value else "false"
    return variable.words[value] if variable.kind == "word" else str(value)


def _mark(turn: TurnScript, script: Script) -> Mark:
    """Where a turn of a script begins, as near as its own entries say."""
    marks = [mark for _, _, mark in (*turn.settings, *turn.choices)]
    marks += [demand.mark for demand in turn.orders]
    marks += [expected.mark for expected in turn.expect]
    marks += [turn.teacher.mark] if turn.teacher is not None else []
    return min(marks, default=Mark(script.file, 1, 1))
