"""What does a game teach its player?  The run beside history, weighed, sorted, and turned into questions.

Here all of it is gathered as plain data in words; front ends print it. Nothing is reckoned that the ledger, the roads
not taken or the scenario do not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from game.play.beside import Decided, Reached, Unseen, decided, reached, unseen
from game.play.difficulty import ids
from game.play.factors import Factor, factors
from game.play.journal import Header
from game.play.observation import Outcome
from game.play.questions import Question, questions
from game.play.recording import SUFFIX
from game.play.roads import Road, roads_not_taken
from game.play.session import Session
from game.rules.classes import dataclass
from game.rules.state import HISTORICAL, Teacher

LONGEST_NICKNAME: Final = 40
_ID_TAIL: Final = re.compile(r"-[0-9a-f]{12}$")


@dataclass(frozen=True, slots=True)
class Work:
    """A work that the report cites: its number there, its citation, how far it may be relied on."""

    number: int
    key: str
    text: str
    worth: str


@dataclass(frozen=True, slots=True)
class Touch:
    """A teacher's hand on a game: when, and what it did, in words."""

    when: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """All that a debrief tells. `roads` is None where the game is not over, so that they cannot be told."""

    session: Session
    title: str
    nickname: str
    stands: str
    """Where the game stands, in words."""
    luck: str
    """Its fate, its seed, and how hard it was, in words."""
    outcome: Outcome | None
    decided: tuple[Decided, ...]
    reached: tuple[Reached, ...]
    unseen: tuple[Unseen, ...]
    roads: tuple[Road, ...] | None
    factors: tuple[Factor, ...]
    questions: tuple[Question, ...]
    touches: tuple[Touch, ...]
    works: tuple[Work, ...]
    findings: tuple[str, ...] = ()
    """What is to be told of the file: damage, a changed scenario, turns that came out otherwise."""

    def cite(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The numbers of some works in the list at the end."""
        numbers = {each.key: each.number for each in self.works}
        return tuple(sorted(numbers[key] for key in dict.fromkeys(keys) if key in numbers))


def debrief(
    session: Session,
    nickname: str = "",
    findings: Sequence[str] = (),
    stop: Callable[[], bool] = lambda: False,
    known: Sequence[Road] | None = None,
) -> Debrief:
    """The debrief of a game. The roads not taken take seconds in a long one, unless they are `known` already."""
    words = session.viewer.words
    over = session.place == "over"
    roads: tuple[Road, ...] | None = None
    if over:
        roads = tuple(known) if known is not None else roads_not_taken(session, stop=stop)
    answers, miles, missed = decided(session), reached(session), unseen(session)
    asked = questions(session, answers, miles, roads or ())
    cited = [each.sources for each in answers] + [each.sources for each in miles]
    cited += [each.sources for each in missed] + [each.sources for each in asked]
    turn = words.turn(session.turn) if session.turn else "before its first turn"
    return Debrief(
        session=session,
        title=words.plain(session.program.scenario.title),
        nickname=nickname,
        stands=f"ended in {turn}" if over else f"not finished, as far as {turn}" if session.turn else turn,
        luck=luck_of(session),
        outcome=session.outcome(),
        decided=answers,
        reached=miles,
        unseen=missed,
        roads=roads,
        factors=factors(session),
        questions=asked,
        touches=touches(session),
        works=works(session, (key for keys in cited for key in keys)),
        findings=tuple(findings),
    )


def works(session: Session, keys: Iterable[str]) -> tuple[Work, ...]:
    """The works behind some keys, numbered in order of key."""
    words, known = session.viewer.words, {each.id: each for each in session.program.scenario.sources}
    found = []
    for at, key in enumerate(sorted(set(keys)), start=1):
        work = known.get(key)
        worth = words.plain(work.worth) if work is not None else ""
        found.append(Work(at, key, words.citation(key), worth))
    return tuple(found)


def luck_of(session: Session) -> str:
    """Fate, seed and difficulty of a game in words."""
    state, words = session.state, session.viewer.words
    found = ["historical fate" if state.fate == HISTORICAL else f"open fate, seed {state.seed}"]
    easier = set(ids(session.program.scenario))
    moves = [made.move for made in session.made]
    found += [words.title(move.event) for move in moves if isinstance(move, Teacher) and move.event in easier]
    return ", ".join(found)


def touches(session: Session) -> tuple[Touch, ...]:
    """Where a teacher laid a hand on the game; a difficulty that was chosen is none."""
    words, found = session.viewer.words, []
    easier = set(ids(session.program.scenario))
    for made in session.made:
        if not isinstance(made.move, Teacher) or made.move.event in easier:
            continue
        hand = made.move
        parts = []
        for slot, value in sorted(hand.sets.items()):
            variable = words.variable(slot)
            shown = words.value(variable, value) if variable is not None else str(value)
            parts.append(f"{words.label(slot)} set to {shown}")
        if hand.event:
            where = f" ({words.country(hand.country)})" if hand.country else ""
            later = {0: "", 1: " for the next turn"}.get(hand.after, f" for {hand.after} turns later")
            parts.append(f"“{words.title(hand.event)}”{where} called{later}")
        found.append(Touch(words.turn(made.turn), "; ".join(parts) or "a pause", hand.note))
    return tuple(found)


def nickname_of(header: Header | None, file_name: str) -> str:
    """What a player is called in class: the name given at the start, or that of the file without the game's own id;
    of a file that nobody named, the first signs of that id. Never a path, and never longer than a name.

    >>> nickname_of(None, "Kolya-0123456789ab.jsonl"), nickname_of(None, "Anna K.jsonl")
    ('Kolya', 'Anna K')
    """
    stem = _ID_TAIL.sub("", re.split(r"[/\\\\]", file_name)[-1].removesuffix(SUFFIX))
    if header is not None and header.nickname:
        stem = header.nickname
    elif header is not None and stem in ("", header.scenario):
        stem = f"Player {header.id[:4]}"
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in stem).split())
    return shown[:LONGEST_NICKNAME].strip() or "nameless"


__all__ = ["Debrief", "Touch", "Work", "debrief", "luck_of", "nickname_of", "touches", "works"]
