"""Is it on the disk?  A journal being written while the game is played: a decision, a line, and the line is down.

What was told to be saved is saved: `saved` is true only when every line so far has been written and flushed. When
the disk refuses, the game goes on: lines wait, `fault` says why in one sentence, and each new line tries again. All of
the journal is kept in memory too, so that it can be written anew where the file has gone or the folder has another one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from game.play import crash
from game.play.disk import BINARY, flush, flush_folder, make_folder, read_all, why_not, write_all
from game.play.drafting import Drafting
from game.play.journal import (
    START,
    Close,
    Decision,
    Draft,
    Header,
    Journal,
    Line,
    SaveError,
    Sitting,
    header_data,
    line_data,
    seal,
    shown,
)
from game.play.locking import Lock
from game.play.session import Session
from game.play.unsealing import LARGEST, read
from game.rules.calendar import name_step
from game.rules.dice import VERSION as DICE
from game.rules.outcome import ending_of, running_directives
from game.rules.program import Program
from game.rules.state import Move, Plan, State

SUFFIX: Final = ".jsonl"
LONGEST_NAME: Final = 60
"""Characters of a scenario's id that the name of a new save has."""


def header_of(program: Program, seed: int, fate: str, title: str, version: str, sitting: int) -> Header:
    """The header of a new game."""
    scenario = program.scenario
    return Header(
        id=secrets.token_hex(6),
        scenario=scenario.id,
        fingerprint=scenario.fingerprint,
        seed=seed,
        fate=fate,
        title=shown(title),
        version=version,
        dice=DICE,
        sitting=sitting,
    )


def names_of(program: Program) -> list[str]:
    """The names of all values of a state: those of the layout, then what some were when the turn opened."""
    names = program.layout.names
    return [*names, *(f"before:{names[slot]}" for slot, _ in program.opening)]


def close_of(program: Program, before: State, now: State) -> Close:
    """How things stand after a close, with what changed since the last one."""
    index = program.layout.index
    turn = now.values[index["turn"]]
    return Close(
        turn=turn,
        values={
            name: value
            for name, old, value in zip(names_of(program), before.values, now.values, strict=True)
            if value != old
        },
        origins=now.origins,
        hash=now.digest(),
        directives={row.group: row.id for row, _ in running_directives(program, now)},
        scores={
            each.id: now.values[index[each.id]]
            for each in program.scenario.variables
            if each.score and each.id in index
        },
        step=name_step(program.layout.first_step + turn - 1, program.scenario.calendar.step),
        over=ending_of(program, now) or "",
    )


def lines_of(session: Session, decisions: int = 0, closes: int = 0) -> Iterator[Line]:
    """A game as the lines of its journal, without the first so many decisions and closes.

    A game that began from a past that was written down has the closes of that past in front.
    """
    at = 1
    while at < session.first:
        if at > closes:
            yield close_of(session.program, session.closes[at - 1], session.closes[at])
        at += 1
    for number, made in enumerate(session.made):
        if number >= decisions:
            yield Decision(made.turn, made.move)
        if isinstance(made.move, Plan):
            if at > closes:
                yield close_of(session.program, session.closes[at - 1], session.closes[at])
            at += 1


class Recorder:
    """Writes one game's journal. Attach it to a session; every decision goes down at once."""

    def __init__(self, path: Path, lock: Lock, text: bytes, sum_: str, down: int = 0) -> None:
        self.path = path
        self.fault = ""
        """Why the last lines are not on the disk; empty when they are."""
        self._lock = lock
        self._text = text
        """The whole journal as it should stand, but for the draft."""
        self._sum = sum_
        self._down = down
        """How many bytes of it are known to be flushed."""
        self._draft = b""
        """What lies behind it in the file until the next decision is written over it."""
        self._file = -1
        self._fresh = True
        """The file's name may not have been flushed yet."""

    @classmethod
    def begin(cls, folder: Path, header: Header, lines: Iterable[Line] = ()) -> Recorder:
        """Begin a new journal in a folder, which is made if need be. Never raises: see `fault`."""
        return cls.at(folder / f"{header.scenario[:LONGEST_NAME]}-{header.id}{SUFFIX}", header, lines)

    @classmethod
    def at(cls, path: Path, header: Header, lines: Iterable[Line] = ()) -> Recorder:
        """Begin a new journal in a file; if that holds another game, in one beside it. Never raises: see `fault`."""
        text, sum_ = seal(START, header_data(header))
        made = cls(path, Lock(path), text.encode(), sum_)
        made._put(*lines)
        return made

    @classmethod
    def resume(cls, path: Path, sum_: str, length: int, sitting: Sitting) -> Recorder:
        """Go on with a journal that is sound up to a length; what is torn off behind it is dropped.

        Raises SaveError if another program holds it, or has written to it since it was read.
        """
        lock = Lock(path)
        if lock.owner:
            raise SaveError("held", f"this game is open in another window ({lock.owner})")
        try:
            handle = os.open(path, os.O_RDONLY | BINARY)
            try:
                data = read_all(handle, LARGEST + 1)
            finally:
                os.close(handle)
            text = data[:length]
            if not text.endswith(f'"sum":"{sum_}"}}\n'.encode()) and not text.endswith(
                f'"sum":"{sum_}"}}\r\n'.encode()
            ):
                raise SaveError("changed", "the save has changed since it was read; open it again")
            if b"\n" in data[length:]:
                raise SaveError("changed", "the save goes on behind what was read of it; open it again")
        except OSError as fault:
            lock.give_back()
            raise SaveError("unreadable", f"the save cannot be read: {why_not(fault)}") from None
        except SaveError:
            lock.give_back()
            raise
        made = cls(path, lock, text, sum_, length)
        made._put(sitting)
        return made

    @property
    def saved(self) -> bool:
        """Whether everything that was decided is on the disk."""
        return self._down == len(self._text)

    @property
    def waiting(self) -> int:
        """How many decisions are not on the disk yet."""
        return sum(self._text[self._down :].count(f'"do":"{do}"'.encode()) for do in DECIDING)

    @property
    def journal(self) -> Journal:
        """The journal as it should stand on the disk."""
        return read(self._text)

    def attach(self, session: Session) -> None:
        """Write down what is decided in a session from now on, and first what was decided already and is missing."""
        decisions = sum(self._text.count(f'"do":"{do}"'.encode()) for do in DECIDING)
        self._put(*lines_of(session, decisions, self._text.count(b'"do":"state"')))
        session.watchers.append(self._moved)
        session.drafted.append(self._drafted)
        header = self.journal.header
        crash.remember(self.path, header.scenario, header.fingerprint)

    def detach(self, session: Session) -> None:
        """Write down no more of what is decided in a session."""
        session.watchers.remove(self._moved)
        session.drafted.remove(self._drafted)

    def _moved(self, session: Session, turn: int, move: Move) -> None:
        lines: list[Line] = [Decision(turn, move)]
        if isinstance(move, Plan):
            lines.append(close_of(session.program, session.closes[-2], session.closes[-1]))
        self._put(*lines)

    def _drafted(self, session: Drafting) -> None:
        """A draft lies behind the journal, takes the place of the one before, and need not outlive a power cut."""
        line = Draft(session.draft(), tuple(sorted(session.named)), tuple(sorted(session.sealed)))
        self._draft = seal(self._sum, line_data(line))[0].encode()
        self.try_again()

    def _put(self, *lines: Line) -> None:
        sum_, parts = self._sum, []
        for line in lines:
            text, sum_ = seal(sum_, line_data(line))
            parts.append(text)
        if parts:
            self._draft = b""
        self._text, self._sum = self._text + "".join(parts).encode(), sum_
        self.try_again()

    def try_again(self) -> bool:
        """Write what waits, as each decision does too; whether all is on the disk. A fault costs nothing but time."""
        try:
            self._write()
            self.fault = ""
        except OSError as fault:
            self._drop()
            self.fault = f"Not saved: {why_not(fault)}. The game goes on, and each decision tries again."
        return self.saved and not self.fault

    def _write(self) -> None:
        if len(self._text) + len(self._draft) > LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        if not self._still_there():
            self._drop()
            self._open()
        if os.lseek(self._file, 0, os.SEEK_END) != self._down:
            os.ftruncate(self._file, self._down)  # a draft, a line that was half written, or torn off before
            os.lseek(self._file, self._down, os.SEEK_SET)
        lines = self._text[self._down :]
        write_all(self._file, lines + self._draft)
        if lines:
            flush(self._file)
        if self._fresh:
            flush_folder(self.path.parent)
            self._fresh = False
        self._down = len(self._text)

    def _still_there(self) -> bool:
        """Whether the open file is still the one that bears its name, and no shorter than what is down."""
        if self._file < 0:
            return False
        here = os.fstat(self._file)
        if here.st_size < self._down:
            return False
        try:
            return os.path.samestat(os.stat(self.path), here)
        except FileNotFoundError:
            return False

    def _open(self) -> None:
        """Open the file, and trust only what is in it; where it holds another game, take another name."""
        make_folder(self.path.parent)
        if not self._lock.take():
            raise OSError(errno.EBUSY, f"the save is open in another window ({self._lock.owner})")
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | BINARY, 0o600)
        self._fresh = True
        there = read_all(self._file, len(self._text))
        if self._text.startswith(there[: self._down]):
            self._down = min(self._down, len(there))
            return
        self._drop()
        self._lock.give_back()
        name = self.path.name.removesuffix(SUFFIX)
        self.path = self.path.with_name(f"{name[:LONGEST_NAME]}-{secrets.token_hex(6)}{SUFFIX}")
        self._lock, self._down = Lock(self.path), 0
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | BINARY, 0o600)

    def _drop(self) -> None:
        if self._file >= 0:
            with contextlib.suppress(OSError):
                os.close(self._file)
            self._file = -1

    def move_to(self, folder: Path) -> bool:
        """Go on in another folder, all of it written anew; whether that worked. The old file stays as it is."""
        path = folder / self.path.name
        other = Recorder(path, Lock(path), self._text, self._sum)
        other._draft = self._draft
        if not other.try_again():
            other.close()
            return False
        self._drop()
        self._lock.give_back()
        self.path, self.fault = other.path, ""
        self._lock, self._down, self._file, self._fresh = other._lock, other._down, other._file, False
        return True

    def close(self) -> None:
        """Let go of the file; a last try is made for what still waits, and a file with nothing in it is removed."""
        if not self.saved:
            self.try_again()
        self._drop()
        if self._down == 0:
            with contextlib.suppress(OSError):
                if os.path.getsize(self.path) == 0:
                    os.unlink(self.path)
        self._lock.give_back()
        crash.forget(self.path)


DECIDING: Final = ("open", "answer", "plan", "teach")
"""What the lines of decisions do."""
__all__ = ["SUFFIX", "Recorder", "close_of", "flush_folder", "header_of", "lines_of", "names_of", "why_not"]
