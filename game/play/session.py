"""A game in progress: what has been decided, what is drafted, what moved, and what may be seen of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from game.compiler.codegen.choice import steps_of
from game.play.closes import Closes
from game.play.drafting import NAME_FIRST, NAMED, Drafting
from game.play.observation import Dispatch, Judgement, Observation, OrderView, Outcome, Reason, SettingView
from game.play.secrecy import BOTH, EVERYBODY
from game.play.viewing import Viewer
from game.rules.classes import dataclass, replace
from game.rules.engine import begin
from game.rules.events import DROPPED, asking
from game.rules.layout import OPENING, ORDERS, OVER, QUESTION, at
from game.rules.ledger import Entry, Kind, because, why
from game.rules.orders import roles
from game.rules.outcome import ending_of, verdicts_of
from game.rules.program import Program
from game.rules.state import Answer, IllegalOrder, Move, Open, Plan, Refusal, State, Step, Teacher
from game.rules.writing import Work

PLACES = {OPENING: "opening", QUESTION: "question", ORDERS: "orders", OVER: "over"}


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made, and in which turn."""

    turn: int
    move: Move


class Session(Drafting):
    """One game being played. Holds the past and a draft of this turn; all rules are the program's.

    What is shown is shown to whoever holds the desk, unless a role is named.
    """

    def __init__(
        self,
        program: Program,
        seed: int = 0,
        fate: str = "historical",
        language: str = "",
        basic: bool = False,
        seats: int = 1,
    ) -> None:
        super().__init__(program)
        self.program = program
        self.seats = seats
        """How many players hold the two tracks: one sees what either role sees, two keep their secrets."""
        self.engine = steps_of(program)
        self.viewer = Viewer(program, language, basic)
        self.state: State = begin(program, seed, fate)
        self.entries: list[Entry] = []
        self.made: list[Made] = []
        self.marks: list[int] = []
        """How many entries there were before each move."""
        self.closes = Closes([self.state])
        """The state before the first turn and at each close."""
        self.first = 1
        """The first close that was played here; those before it are a past that was only written down."""
        self.carried = 0
        """How many entries stand for that past."""
        self._derived: dict[str, list[int]] = {}
        self.watchers: list[Callable[[Session, int, Move], None]] = []
        """Called after each move with the turn it was made in."""

    def again(self) -> Session:
        """The same game where it was begun, before its first move."""
        found = Session(self.program, self.state.seed, self.state.fate, seats=self.seats)
        found.viewer = self.viewer
        found.closes = self.closes[: self.first]
        found.state, found.first = found.closes[-1], self.first
        found.entries, found.carried = self.entries[: self.carried], self.carried
        return found

    @property
    def place(self) -> str:
        """What the game waits for: opening, question, orders or over."""
        return PLACES[self._memory("place")]

    @property
    def turn(self) -> int:
        """The number of the running turn; 0 before the first."""
        return self._memory("turn")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of the scenario."""
        return roles(self.program)

    def _memory(self, name: str) -> int:
        return self.state.values[self.program.layout.index[name]]

    def value(self, slot: str) -> int:
        """The present value of a variable, derived ones included. Raises KeyError."""
        if slot in self.program.derived:
            return self.program.derived[slot].read(self.state.values, {})
        return self.state.values[self.program.layout.index[slot]]

    def move(self, move: Move) -> Step:
        """Make a move. Raises IllegalOrder, and then nothing has changed."""
        opening = isinstance(move, Open) or (isinstance(move, Teacher) and self.place == "opening")
        turn = self.turn + (1 if opening else 0)
        made = self.engine.step(self.state, move)
        self.state = made.state
        self.marks.append(len(self.entries))
        self.entries.extend(made.ledger)
        self.made.append(Made(turn, move))
        if isinstance(move, Plan):
            self.closes.append(self.state)
        for watcher in self.watchers:
            watcher(self, turn, move)
        return made

    def open(self) -> Step:
        """Begin the next turn."""
        return self.move(Open())

    def answer(self, choice: str, reason: str = "") -> Step:
        """Take a choice of the event that asks, for a reason that may be given in words. Raises IllegalOrder."""
        found = asking(self.program, self.state)
        if found is None:
            raise IllegalOrder(Refusal("not-now"), choice)
        return self.move(Answer(found[0].id, choice, reason))

    def teach(
        self, sets: Mapping[str, int], event: str = "", country: str = "", after: int = 0, note: str = ""
    ) -> Step:
        """A teacher's hand. What is drafted stands as far as it is still legal. Raises IllegalOrder."""
        drafted = self.settings or any(self.orders.values())
        made = self.move(Teacher(dict(sets), event, country, after, note))
        if drafted and self.place == "orders":
            self.rejudge()
        return made

    def close(self) -> Step:
        """Give the drafted orders and settings: the end of the turn. Raises IllegalOrder."""
        made = self.move(self.draft())
        self.forget_draft()
        return made

    def eyes(self, role: str = "") -> str:
        """For whom things are shown: when the game is over, nothing is hidden from a role any more."""
        return EVERYBODY if self.place == "over" else role or self.holder

    def why(self, slot: str, role: str = "", turn: int | None = None) -> tuple[Reason, ...]:
        """What moved a variable, weightiest first: in one turn, or in the whole game."""
        entries = self.seen(role, turn)
        return tuple(self.viewer.reason(entry, self.eyes(role)) for entry in because(entries, slot))

    def trail(self, entry: Entry, role: str = "") -> tuple[Reason, ...]:
        """From an entry back towards a decision."""
        return tuple(self.viewer.reason(each, self.eyes(role)) for each in why(self.seen(role), entry))

    def seen(self, role: str = "", turn: int | None = None) -> tuple[Entry, ...]:
        """The ledger as a role sees it, of one turn or of the whole game."""
        entries: Iterable[Entry] = self.entries
        if turn is not None:
            entries = [entry for entry in self.entries if entry.turn == turn]
        return self.viewer.secrecy.ledger(self.state, entries, self.eyes(role))

    def trend(self, slot: str) -> tuple[int, ...]:
        """The start and the value of a variable at each close."""
        if slot in self.program.derived:
            known = self._derived.setdefault(slot, [])
            for state in self.closes[len(known) :]:
                known.append(self.program.derived[slot].read(state.values, {}))
            return tuple(known)
        index = self.program.layout.index[slot]
        return self.closes.column(index)

    def dispatches(self, role: str = "", turn: int | None = None) -> tuple[Dispatch, ...]:
        """The events of a turn so far, as the role may know them, the waiting one left out."""
        turn = self.turn if turn is None else turn
        tables = {each.id: each for each in self.program.events}
        waiting = asking(self.program, self.state) if turn == self.turn else None
        happened: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.seen(role, turn):
            if entry.cause.kind in (Kind.EVENT, Kind.CHOICE) and entry.cause.id in tables:
                happened.setdefault((entry.cause.id, entry.cause.country), []).append(entry)
        state = self.state if turn == self.turn else self.closes[turn]
        work, words, eyes = Work(self.program, state), self.viewer.words, self.eyes(role)
        cards = []
        for (id_, country), entries in happened.items():
            table = tables[id_]
            row = next((each for each in table.rows if each.country == country), None)
            dropped = all(entry.note.startswith(DROPPED) for entry in entries)
            if row is None or dropped or (waiting and waiting[0].id == id_ and waiting[1].country == country):
                continue
            card = self.viewer.dispatch(work, table, row, ask=False, eyes=eyes)
            taken = next((entry.cause for entry in entries if entry.cause.kind == Kind.CHOICE), None)
            told: list[str] = []
            for entry in entries:
                branch = at(f"{id_}/{entry.cause.branch}", country)
                told += (words.say(work, f"told:{branch}", eyes), words.sentence(entry.because, eyes))
            cards.append(
                replace(
                    card,
                    answer=words.choice(taken) if taken else "",
                    toll=(self.viewer.toll(id_, taken.branch) if taken else "") or card.toll,
                    told=tuple(dict.fromkeys(each for each in told if each)),
                )
            )
        return tuple(cards)

    def outcome(self) -> Outcome | None:
        """How the game ended, or None."""
        ending = ending_of(self.program, self.state)
        if ending is None:
            return None
        work, words = Work(self.program, self.state), self.viewer.words
        return Outcome(
            ending,
            words.say(work, f"title:{ending}") or "The end",
            words.say(work, f"text:{ending}"),
            tuple(
                Judgement(verdict.about, words.say(work, f"text:{verdict.id}"))
                for verdict in verdicts_of(self.program, self.state)
            ),
        )

    def observe(self, role: str = "") -> Observation:
        """What a role sees now."""
        role = role or self.holder
        viewer, work, eyes = self.viewer, Work(self.program, self.state), self.eyes(role)
        place = self.place
        mine = self.roles if role == BOTH else (role,)
        opened = (
            self.closes[-1] if place in ("question", "orders") else self.closes[max(0, len(self.closes) - 2)]
        )
        found = asking(self.program, self.state)
        question = None
        if found is not None and (role == BOTH or found[0].asks == role):
            question = viewer.dispatch(work, *found, ask=True, eyes=eyes)
        drafted = {name: value for each in mine for name, value in self.settings.get(each, {}).items()}
        ordering = self.picture(role) if place == "orders" else None
        purses = viewer.tracks(ordering, {each: self.orders[each] for each in mine}) if ordering else ()
        trends = {
            each.id: self.trend(each.id) for each in self.program.scenario.variables if each.kind == "number"
        }
        return Observation(
            scenario=self.program.scenario.id,
            title=viewer.words.plain(self.program.scenario.title),
            role=role,
            place=place,
            turn=self.turn,
            turns=self.program.layout.turns,
            turn_name=viewer.words.turn(max(1, self.turn)),
            step=viewer.words.step(max(1, self.turn)),
            seed=self.state.seed,
            fate=self.state.fate,
            national=viewer.national(self.state, opened, eyes, trends),
            countries=viewer.countries(self.state, opened, eyes),
            question=question,
            dispatches=self.dispatches(role),
            tracks=tuple(each for each in purses if each.id in mine),
            purses=tuple(each if each.id in mine else replace(each, left=each.means) for each in purses),
            settings=self._settings(viewer.settings(work, mine, drafted, eyes), role) if ordering else (),
            directives=viewer.directives(self.state, eyes),
            orders=tuple(order for each in mine for order in self.orders[each]),
            reasons=tuple(viewer.reason(entry, eyes) for entry in self.seen(role, self.turn) if entry.delta),
            outcome=self.outcome(),
        )

    def _settings(self, shown: tuple[SettingView, ...], role: str) -> tuple[SettingView, ...]:
        """Settings as a role sees them: once it has named its course they stand, and hold when the other has, too."""
        if role not in self.named:
            return shown
        if not self.course_known:
            return tuple(replace(each, refusal=NAMED) for each in shown)
        values, index = self.picture(role).values, self.program.layout.index
        return tuple(replace(each, drafted=values[index[each.id]], refusal=NAMED) for each in shown)

    def offers(self, role: str, country: str | None = None, eyes: str = "") -> tuple[OrderView, ...]:
        """What a role could order now, all of it or what is aimed at one country, shown to the eyes of who orders."""
        if self.place != "orders":
            return ()
        eyes = eyes or (BOTH if self.seats == 1 else role)
        views = self.viewer.order_views(self.picture(role), role, self.orders[role], country, eyes)
        if not self.course_known:
            return tuple(replace(each, refusal=NAME_FIRST) for each in views)
        return views
