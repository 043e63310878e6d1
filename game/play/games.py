"""Which game is being played, and where is it written?  A session with its recorder: begun, opened again, forked.

Every game is written from its first decision. A save that does not come out as it was is never changed: whichever way
the player goes on from it, that is another file, and the tree of saves shows where it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from game.play import saves
from game.play.difficulty import choose
from game.play.journal import BASIC, Journal, SaveError, Sitting, sentence
from game.play.recording import Recorder, header_of
from game.play.reopening import Reopened, as_written, reopen
from game.play.roads import rewound
from game.play.seating import PERSON, Seating, players_of
from game.play.session import Session
from game.rules.classes import dataclass, replace
from game.rules.program import Program

GO_ON: Final = "go-on"
COPY: Final = "copy"
SOUND: Final = "sound"
ANEW: Final = "anew"
WRITTEN: Final = "written"
WAYS: Final = {
    GO_ON: "Go on",
    COPY: "Go on with a copy",
    SOUND: "Go on from the last good line; the damaged file is set aside",
    ANEW: "Go on with the game as it comes out now, in a new file",
    WRITTEN: "Go on from what was written at the last end of turn, in a new file",
}
"""The ways to go on with a save, as they are offered."""
MOST_TOLD: Final = 10
"""Differing turns that are told one by one."""


@dataclass(slots=True)
class Game:
    """A session, and the recorder that writes down what is decided in it."""

    session: Session
    recorder: Recorder
    seating: Seating | None = None
    """Who sits where; None for one player with both tracks."""

    @property
    def path(self) -> Path:
        """The file of the save."""
        return self.recorder.path

    @property
    def saved(self) -> bool:
        """Whether all that was decided is on the disk."""
        return self.recorder.saved and not self.recorder.fault

    @property
    def notice(self) -> str:
        """Why it is not, in a sentence; empty if it is."""
        return self.recorder.fault

    def close(self) -> None:
        """Write what waits and let go of the file."""
        self.recorder.close()


def begin(
    program: Program,
    seed: int,
    fate: str,
    version: str,
    where: Path | None = None,
    seats: Mapping[str, str] | None = None,
    difficulty: str = "",
    nickname: str = "",
    basic: bool = False,
) -> Game:
    """Begin a new game, and its save. Never fails for the disk's sake: see `Game.notice`.

    `seats` gives each role a seat of its own: a person's, or a policy's by name. `nickname` is what the player is
    called in class; with `basic` the easier texts are read. Raises SaveError for seats that cannot be taken, KeyError
    for a difficulty that the scenario does not offer.
    """
    players = None if seats is None else players_of(program, seats)
    session = Session(program, seed, fate, basic=basic, seats=1 if players is None else len(players))
    if difficulty:
        choose(session, difficulty)
    return _begun(session, version, where or saves.folder(), players, nickname=sentence(nickname))


def _begun(
    session: Session,
    version: str,
    where: Path,
    players: Mapping[str, str] | None,
    origin: Journal | None = None,
    nickname: str = "",
) -> Game:
    """Begin a save of a session that may have a past, and may come from another save."""
    seating = _seated(session, players)
    state, words = session.state, session.viewer.words
    title = words.plain(session.program.scenario.title)
    header = header_of(session.program, state.seed, state.fate, title, version, saves.next_sitting(where))
    reading = BASIC if session.viewer.basic else ""
    header = replace(header, seats=tuple(sorted((players or {}).items())), nickname=nickname, reading=reading)
    if origin is not None:
        branch = origin.header.id, len(origin.lines) + 1
        header = replace(header, branch=branch, nickname=origin.header.nickname)
    recorder = Recorder.begin(where, header)
    recorder.attach(session)
    return Game(session, recorder, seating)


def _seated(session: Session, players: Mapping[str, str] | None) -> Seating | None:
    """The seats of a game, if it has two. Raises SaveError where a policy that holds one cannot be found."""
    if not players:
        return None
    held = {role: name for role, name in players.items() if name != PERSON}
    if not held:
        return Seating(session, players)
    from game.play.policies import for_seats  # only now: most games need none

    return Seating(session, players, for_seats(session.program, held))


@dataclass(slots=True)
class Opened:
    """A save that was read and played again, before it is gone on with: what is to be told, and the ways to go on."""

    path: Path
    program: Program
    journal: Journal
    again: Reopened
    written: Session | None
    """The game as it was written, where it came out otherwise and can go on from there."""
    held: str = ""

    @property
    def findings(self) -> tuple[str, ...]:
        """What the player must be told, in sentences; nothing if all is as it was."""
        return findings(self.journal, self.again) + (
            (f"It is open in another window ({self.held}).",) if self.held else ()
        )

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways to go on, the first being the one to take if nothing speaks against it."""
        damaged = self.journal.damage is not None and not self.journal.damage.torn
        if not self.again.same:
            return (ANEW, WRITTEN) if self.written is not None else (ANEW,)
        if self.held:
            return (COPY,)
        return (SOUND,) if damaged else (GO_ON,)

    def go_on(self, way: str, version: str) -> Game:
        """Go on with the game one of its ways. Raises SaveError."""
        where = self.path.parent
        session, players = self.again.session, dict(self.journal.header.seats)
        match way:
            case "anew" | "copy":
                return _begun(session, version, where, players, self.journal)
            case "written" if self.written is not None:
                return _begun(self.written, version, where, players, self.journal)
            case "sound":
                saves.keep_sound_part(self.path, self.journal)
            case _:
                pass
        seating = _seated(session, players)
        sitting = Sitting(saves.next_sitting(where), version)
        recorder = Recorder.resume(self.path, self.journal.sum, self.journal.length, sitting)
        recorder.attach(session)
        return Game(session, recorder, seating)


def opened(path: Path, program_of: Callable[[str], Program]) -> Opened:
    """Read a save and play it again; `program_of` finds the scenario of that id. Raises SaveError."""
    journal = saves.load(path)
    program = program_of(journal.header.scenario)
    again = reopen(program, journal)
    written = None
    if not again.same:
        try:
            written = as_written(program, journal)
        except SaveError:
            written = None
    return Opened(path, program, journal, again, written, saves.look(path).held)


def forked(game: Game, decision: int, version: str) -> Game:
    """Leave a game before one of its decisions (numbered as moves, from 0): a new game in a new file; both are kept."""
    session = rewound(game.session, decision)
    game.recorder.detach(game.session)
    origin = game.recorder.journal
    game.close()
    return _begun(session, version, game.path.parent, dict(origin.header.seats), origin)


def findings(journal: Journal, done: Reopened) -> tuple[str, ...]:
    """What is to be told of a game that was opened: damage, a changed scenario, turns that came out otherwise."""
    found = []
    if journal.damage is not None and journal.damage.torn:
        found.append(
            f"Line {journal.damage.line}, the last one, was torn off; the game is whole up to there."
        )
    elif journal.damage is not None:
        turns = len(journal.closes)
        found.append(f"{journal.damage.message.capitalize()}. The last good turn is turn {turns}.")
    if done.changed and not done.same:
        found.append("The scenario has changed since this game was played.")
    found += [f"{each}." for each in done.differences[:MOST_TOLD]]
    if len(done.differences) > MOST_TOLD:
        found.append(f"And {len(done.differences) - MOST_TOLD} more turns came out otherwise.")
    if done.stopped:
        found.append(f"{done.stopped}.")
    return tuple(found)
