"""What did a class do?  Many saved games side by side: who chose what and why, how far the scores lie apart, how it
ended, and which files cannot be relied on. A broken file is told of, and never hides the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from game.play import saves
from game.play.beside import course
from game.play.debriefing import Touch, luck_of, nickname_of, touches
from game.play.games import findings
from game.play.journal import Header, Journal, SaveError
from game.play.reopening import reopen
from game.play.session import Session
from game.play.wording import dated
from game.rules.classes import dataclass, field, replace
from game.rules.ledger import DEFAULT, Kind
from game.rules.program import Program
from game.rules.state import Answer

MOST_FAULTS: Final = 2
"""What is told of a file that is in doubt; `replay` tells the rest."""
LEAST_FOR_OUTLIERS: Final = 5
"""Games below which nobody lies outside."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer of a student: to the how-manyth asking of an event it was, what, and why."""

    event: str
    country: str
    times: int
    turn: int
    choice: str
    reason: str


@dataclass(frozen=True, slots=True)
class Student:
    """A game that was handed in, as far as it can be read. `faults` says why it cannot be relied on."""

    name: str
    scenario: str = ""
    stands: str = ""
    ending: str = ""
    over: bool = False
    turn: int = 0
    scores: dict[str, int] = field(default_factory=dict)
    taken: tuple[Taken, ...] = ()
    touches: tuple[Touch, ...] = ()
    luck: str = ""
    faults: tuple[str, ...] = ()
    read: bool = True
    """Whether anything of it could be read."""

    @property
    def verified(self) -> bool:
        """Whether the game comes out as it was written."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Side:
    """One answer to a question, and who gave it, each with the reason, which may be empty."""

    choice: str
    label: str
    historical: bool
    who: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """A question that the class met, with all answers that were given or were history's."""

    event: str
    title: str
    when: str
    history_date: str
    track: str
    sides: tuple[Side, ...]
    asked: int
    divided: int
    """How far the class was of two minds: 0 for one answer, near 10,000 for many of equal weight."""

    @property
    def reasoned(self) -> bool:
        """Whether anybody gave a reason."""
        return any(reason for side in self.sides for _, reason in side.who)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the games of a class lie apart in one score."""

    slot: str
    label: str
    low: int
    high: int
    history: int | None
    values: tuple[tuple[int, str], ...]
    quartiles: tuple[int, int, int]
    outliers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Room:
    """All games of one scenario."""

    scenario: str
    title: str
    years: tuple[str, str]
    students: tuple[Student, ...]
    endings: tuple[tuple[str, tuple[str, ...]], ...]
    """Each ending with who met it, the commonest first; last, who is not at an end."""
    spreads: tuple[Spread, ...]
    partings: tuple[Parting, ...]
    """In the order of the game."""
    alone: tuple[tuple[str, str, str], ...]
    """Who stood alone with an answer: name, question, answer."""


@dataclass(frozen=True, slots=True)
class Classroom:
    """All games that were handed in, by scenario, and the files that nothing could be read from."""

    rooms: tuple[Room, ...]
    unread: tuple[Student, ...]

    @property
    def students(self) -> tuple[Student, ...]:
        """All of them, by name."""
        found = [each for room in self.rooms for each in room.students]
        return tuple(sorted((*found, *self.unread), key=lambda each: each.name))


def classroom(
    paths: Sequence[Path],
    program_of: Callable[[str], Program],
    told: Callable[[int], None] = lambda count: None,
) -> Classroom:
    """The games of some files, in order of their names. `program_of` raises SaveError where a scenario cannot be had;
    `told` counts files."""
    programs: dict[str, Program | str] = {}
    students: list[Student] = []
    first: dict[str, tuple[str, str]] = {}
    names: dict[str, int] = {}
    ordered = sorted(set(paths), key=lambda path: (path.stem, path.name, str(path)))
    for count, path in enumerate(ordered, start=1):
        student, key = _student(path, programs, program_of)
        student = replace(student, name=_unlike(student.name, names))
        if key is not None:
            id_, sum_ = key
            other, others = first.setdefault(id_, (student.name, sum_))
            if other != student.name:
                same = "is the same game as" if sum_ == others else "began as a copy of"
                student = replace(student, faults=(*student.faults, f"It {same} that of {other}."))
        students.append(student)
        told(count)
    rooms = [
        _room(program, [each for each in students if each.read and each.scenario == id_])
        for id_, program in sorted(programs.items())
        if isinstance(program, Program)
    ]
    unread = sorted((each for each in students if not each.read), key=lambda each: each.name)
    return Classroom(tuple(room for room in rooms if room.students), tuple(unread))


def _unlike(name: str, names: dict[str, int]) -> str:
    """A name that nobody else in class bears."""
    names[name] = names.get(name, 0) + 1
    if names[name] == 1:
        return name
    return _unlike(f"{name} ({names[name]})", names)


def _student(
    path: Path, programs: dict[str, Program | str], program_of: Callable[[str], Program]
) -> tuple[Student, tuple[str, str] | None]:
    """What a file holds, and what tells its game from others; a file that cannot be used is a student with a fault."""
    name = nickname_of(None, path.name)
    header: Header | None = None
    try:
        journal = saves.load(path)
        header = journal.header
        name = nickname_of(header, path.name)
        program = _program(header.scenario, programs, program_of)
        done = reopen(program, journal)
    except SaveError as fault:
        return Student(
            name, header.scenario if header else "", faults=(_sentence(str(fault)),), read=False
        ), None
    return _read(name, program, journal, done.session, findings(journal, done)), (header.id, journal.sum)


def _program(
    scenario: str, programs: dict[str, Program | str], program_of: Callable[[str], Program]
) -> Program:
    """A scenario, read once, also where it cannot be. Raises SaveError."""
    if scenario not in programs:
        try:
            programs[scenario] = program_of(scenario)
        except SaveError as fault:
            programs[scenario] = str(fault)
    found = programs[scenario]
    if isinstance(found, str):
        raise SaveError("scenario", found)
    return found


def _read(
    name: str, program: Program, journal: Journal, session: Session, faults: tuple[str, ...]
) -> Student:
    words, outcome = session.viewer.words, session.outcome()
    turn = words.turn(session.turn) if session.turn else ""
    more = ("And more of the kind.",) if len(faults) > MOST_FAULTS else ()
    where = f"ended in {turn}" if outcome else f"as far as {turn}" if turn else "not begun"
    return Student(
        name=name,
        scenario=program.scenario.id,
        stands=where,
        ending=outcome.title if outcome else "",
        over=outcome is not None,
        turn=session.turn,
        scores={each.id: session.value(each.id) for each in program.scenario.variables if each.score},
        taken=_taken(session),
        touches=touches(session),
        luck=luck_of(session),
        faults=tuple(map(_sentence, faults[:MOST_FAULTS])) + more,
    )


def _taken(session: Session) -> tuple[Taken, ...]:
    """The answers that were the player's own, in order."""
    reasons: dict[tuple[int, str], str] = {
        (made.turn, made.move.event): made.move.reason
        for made in session.made
        if isinstance(made.move, Answer)
    }
    found: dict[tuple[str, str, int], Taken] = {}
    times: dict[tuple[str, str], int] = {}
    for entry in session.entries:
        cause = entry.cause
        if cause.kind != Kind.CHOICE or cause.by in ("", DEFAULT):
            continue
        key = cause.id, cause.country, entry.turn
        if entry.turn != cause.turn or key in found:
            continue
        times[key[:2]] = times.get(key[:2], 0) + 1
        choice, reason = cause.branch.partition("=")[0], reasons.get((entry.turn, cause.id), "")
        found[key] = Taken(cause.id, cause.country, times[key[:2]], entry.turn, choice, reason)
    return tuple(found.values())


def _room(program: Program, students: Iterable[Student]) -> Room:
    found = tuple(sorted(students, key=lambda each: each.name))
    session = Session(program)
    words, turns = session.viewer.words, program.layout.turns
    partings = _partings(session, found)
    endings: dict[str, list[str]] = {}
    for each in found:
        endings.setdefault(each.ending, []).append(each.name)
    order = sorted(endings.items(), key=lambda each: (not each[0], -len(each[1]), each[0]))
    return Room(
        program.scenario.id,
        words.plain(program.scenario.title),
        (words.turn(1), words.turn(turns)),
        found,
        tuple((title, tuple(names)) for title, names in order),
        tuple(_spread(session, slot, found) for slot in _scores(program)),
        partings,
        _alone(partings),
    )


def _scores(program: Program) -> list[str]:
    found = [each for each in program.scenario.variables if each.score]
    return [each.id for each in sorted(found, key=lambda each: (each.rank or 100, each.id))]


def _spread(session: Session, slot: str, students: Sequence[Student]) -> Spread:
    variable = session.viewer.words.variable(slot)
    assert variable is not None
    finished = [
        each for each in students if each.over
    ] or students  # a game half-way is no match for a whole one
    values = sorted((each.scores[slot], each.name) for each in finished)
    numbers = [value for value, _ in values]
    first, median, third = (numbers[(len(numbers) - 1) * part // 4] for part in (1, 2, 3))
    reach = (third - first) * 3 // 2
    outside = [each for each in values if not first - reach <= each[0] <= third + reach]
    history = course(session, variable, session.program.layout.turns)
    return Spread(
        slot, session.viewer.words.label(slot), variable.low, variable.high, history,
        tuple(values), (first, median, third), tuple(outside) if len(values) >= LEAST_FOR_OUTLIERS else (),
    )  # fmt: skip


def _partings(session: Session, students: Sequence[Student]) -> tuple[Parting, ...]:
    met: dict[tuple[str, str, int], list[tuple[Taken, str]]] = {}
    for student in students:
        for each in student.taken:
            met.setdefault((each.event, each.country, each.times), []).append((each, student.name))
    found = []
    for (event, country, times), answers in met.items():
        turns = sorted(each.turn for each, _ in answers)
        order = (turns[(len(turns) - 1) // 2], event, country, times)
        found.append((order, _parting(session, event, country, times, answers)))
    return tuple(parting for _, parting in sorted(found, key=lambda each: each[0]))


def _parting(
    session: Session, event: str, country: str, times: int, answers: Sequence[tuple[Taken, str]]
) -> Parting:
    words = session.viewer.words
    source = next(each for each in session.program.scenario.events if each.id == event)
    given: dict[str, list[tuple[str, str]]] = {}
    for each, name in answers:
        given.setdefault(each.choice, []).append((name, each.reason))
    sides = [
        Side(choice.id, words.plain(choice.label), choice.historical, tuple(sorted(given.get(choice.id, ()))))
        for choice in source.choices
        if choice.id in given or choice.historical
    ]
    sides.sort(key=lambda side: (-len(side.who), side.choice))
    turns = sorted({each.turn for each, _ in answers})
    when = words.turn(turns[0]) + (f" to {words.turn(turns[-1])}" if len(turns) > 1 else "")
    where = f": {words.country(country)}" if country else ""
    again = f" ({times})" if times > 1 else ""
    count = len(answers)
    divided = 10_000 - sum(len(side.who) ** 2 for side in sides) * 10_000 // count**2
    return Parting(
        event, f"{words.title(event)}{where}{again}", when, dated(source.historically), source.asks, tuple(sides),
        count, divided,
    )  # fmt: skip


def _alone(partings: Sequence[Parting]) -> tuple[tuple[str, str, str], ...]:
    """Who was the only one with an answer, where at least a few were asked."""
    return tuple(
        sorted(
            (side.who[0][0], parting.title, side.label)
            for parting in partings
            if parting.asked >= LEAST_FOR_OUTLIERS
            for side in parting.sides
            if len(side.who) == 1
        )
    )


def _sentence(text: str) -> str:
    """A fault as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")
