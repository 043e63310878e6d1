"""Is it on the disk?  A journal being written while the game is played: a decision, a line, and the line is down.

What was told to be saved is saved: `saved` is true only when every line so far has been written and flushed. When
the disk refuses, the game goes on: lines wait, `fault` says why in one sentence, and each new line tries again.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path
from typing import Final

from game.play.journal import (
    Close,
    Decision,
    Draft,
    Header,
    Line,
    SaveError,
    Sitting,
    header_data,
    line_data,
    seal,
)
from game.play.locking import Lock
from game.play.session import Session
from game.rules.calendar import name_step
from game.rules.dice import VERSION as DICE
from game.rules.outcome import ending_of, running_directives
from game.rules.program import Program
from game.rules.state import Move, Plan, State

SUFFIX: Final = ".jsonl"
SENTENCES: Final = {
    errno.ENOSPC: "there is no space left on the disk",
    errno.EDQUOT: "the quota of this disk is used up",
    errno.EACCES: "this folder may not be written to",
    errno.EPERM: "this folder may not be written to",
    errno.EROFS: "this folder may only be read",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "the folder is gone",
}


def why_not(fault: OSError) -> str:
    """What keeps a file from being written, in words."""
    return SENTENCES.get(fault.errno or 0) or (fault.strerror or str(fault)).lower()


def header_of(program: Program, seed: int, fate: str, title: str, version: str, sitting: int) -> Header:
    """The header of a new game."""
    scenario = program.scenario
    return Header(
        id=secrets.token_hex(6),
        scenario=scenario.id,
        fingerprint=scenario.fingerprint,
        seed=seed,
        fate=fate,
        title=title,
        version=version,
        dice=DICE,
        sitting=sitting,
    )


def close_of(program: Program, before: State, now: State) -> Close:
    """How things stand after a close, with what changed since the last one."""
    names = [*program.layout.names, *(f"before:{program.layout.names[slot]}" for slot, _ in program.opening)]
    index = program.layout.index
    turn = now.values[index["turn"]]
    return Close(
        turn=turn,
        values={
            name: value
            for name, old, value in zip(names, before.values, now.values, strict=True)
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


class Recorder:
    """Writes one game's journal. Attach it to a session; every decision goes down at once."""

    def __init__(self, path: Path, lock: Lock, sum_: str, length: int) -> None:
        self.path = path
        self.fault = ""
        """Why the last lines are not on the disk; empty when they are."""
        self._lock = lock
        self._sum = sum_
        self._length = length
        """How many bytes of the file are known to be sound and flushed."""
        self._waiting: list[bytes] = []
        self._file = -1
        self._below: tuple[int, str] | None = None
        """Length and checksum below the draft that ends the file; None where it ends with a decision."""
        self._last: State | None = None

    @classmethod
    def begin(cls, folder: Path, header: Header) -> Recorder:
        """Begin a new journal in a folder, which is made if need be. Never raises: see `fault`."""
        text, sum_ = seal("0" * 16, header_data(header))
        path = folder / f"{header.scenario}-{header.id}{SUFFIX}"
        made = cls(path, Lock(path), sum_, 0)
        made._waiting.append(text.encode())
        made._try()
        return made

    @classmethod
    def resume(cls, path: Path, sum_: str, length: int, sitting: Sitting) -> Recorder:
        """Go on with a journal that is sound up to a length; what is torn off behind it is dropped.

        Raises SaveError if another program holds it.
        """
        lock = Lock(path)
        if not lock.taken:
            raise SaveError("held", f"this game is open in another window ({lock.owner})")
        made = cls(path, lock, sum_, length)
        made._put(sitting)
        return made

    @property
    def saved(self) -> bool:
        """Whether everything that was decided is on the disk."""
        return not self._waiting

    def attach(self, session: Session) -> None:
        """Write down what is decided in a session from now on."""
        self._last = session.closes[-1]
        session.watchers.append(self._moved)
        session.drafted.append(self._drafted)

    def _moved(self, session: Session, turn: int, move: Move) -> None:
        lines: list[Line] = [Decision(turn, move)]
        if isinstance(move, Plan):
            assert self._last is not None
            lines.append(close_of(session.program, self._last, session.state))
            self._last = session.state
        self._below = None
        self._put(*lines)

    def _drafted(self, session: Session) -> None:
        """A draft takes the place of the one before it, and need not outlive a power cut."""
        if self._waiting:
            return
        if self._below is None:
            self._below = self._length, self._sum
        else:
            self._length, self._sum = self._below
        self._put(Draft(session.draft()), lasting=False)

    def _put(self, *lines: Line, lasting: bool = True) -> None:
        found = []
        for line in lines:
            text, self._sum = seal(self._sum, line_data(line))
            found.append(text)
        self._waiting.append("".join(found).encode())
        self._try(lasting)

    def _try(self, lasting: bool = True) -> None:
        """Write what waits; on a fault nothing is lost but time."""
        try:
            self._flush(lasting)
            self.fault = ""
        except OSError as fault:
            self._drop()
            self.fault = f"Not saved: {why_not(fault)}. The game goes on, and each decision tries again."

    def _flush(self, lasting: bool = True) -> None:
        fresh = self._file < 0
        if fresh:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.take()
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        if fresh or os.lseek(self._file, 0, os.SEEK_END) != self._length:
            os.ftruncate(self._file, self._length)  # a line that was half written, or torn off before
            os.lseek(self._file, self._length, os.SEEK_SET)
        data = b"".join(self._waiting)
        written = 0
        while written < len(data):
            written += os.write(self._file, data[written:])
        if lasting:
            os.fsync(self._file)
        if fresh:
            flush_folder(self.path.parent)
        self._length += len(data)
        self._waiting.clear()

    def _drop(self) -> None:
        if self._file >= 0:
            with contextlib.suppress(OSError):
                os.close(self._file)
            self._file = -1

    def move_to(self, folder: Path) -> bool:
        """Go on in another folder, all of it written anew; whether that worked."""
        try:
            sound = self.path.read_bytes()[: self._length] if self._length else b""
        except OSError:
            return False
        old = self.path, self._lock, self._length, list(self._waiting)
        self._drop()
        self.path = folder / self.path.name
        self._lock, self._length = Lock(self.path), 0
        self._waiting = [sound, *self._waiting] if sound else self._waiting
        self._try()
        if self.saved:
            old[1].give_back()
            return True
        self._drop()
        self._lock.give_back()
        self.path, self._lock, self._length, self._waiting = old[0], old[1], old[2], old[3]
        return False

    def close(self) -> None:
        """Let go of the file; a last try is made for what still waits."""
        if self._waiting:
            self._try()
        self._drop()
        self._lock.give_back()


def flush_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
