"""Is somebody else at this game?  A lock beside a file, held by one program, gone when that program is."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from pathlib import Path
from typing import Final

SUFFIX: Final = ".lock"
TRIES: Final = 4
"""How often a lock is asked for: somebody who only looks whether it is free holds it for a moment."""
MOMENT: Final = 0.02
SOMEBODY: Final = "another program"
BUSY: Final = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
"""What the system says when the lock is held; anything else means that there are no locks on this disk."""


class Lock:
    """The right to write to a file. The system gives it up for a program that dies, so a stale one never binds.

    Where a disk knows no locks, or the folder may not be written to, there is none, and nobody is kept out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + SUFFIX)
        self.taken = False
        self.owner = ""
        """Who holds it instead; empty if nobody does."""
        self._file = -1
        self.take()

    def take(self) -> bool:
        """Take it, if it is free; False only if somebody else holds it."""
        for _ in range(TRIES):
            if self._file >= 0:
                if self._same_file():
                    return True
                self._let_go()
            try:
                self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                self.owner = ""
                return True
            try:
                hold(self._file)
            except OSError as fault:
                self.owner = _owner(self._file) if fault.errno in BUSY else ""
                self._let_go()
                if not self.owner:
                    return True
                time.sleep(MOMENT)
                continue
            if self._same_file():  # else its last owner removed it in this very moment
                self.taken, self.owner = True, ""
                self._sign()
                return True
        return not self.owner

    def _sign(self) -> None:
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, f"process {os.getpid()}\n".encode())

    def _same_file(self) -> bool:
        try:
            return os.path.samestat(os.stat(self.path), os.fstat(self._file))
        except OSError:
            return False

    def _let_go(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._file)
        self._file = -1
        self.taken = False

    def give_back(self) -> None:
        """Give it back and remove its file."""
        if self._file < 0:
            return
        ours = self._same_file()
        if (
            os.name == "nt"
        ):  # there an open file cannot be removed, and one that another program holds neither
            self._let_go()
        if ours:
            with contextlib.suppress(OSError):
                os.unlink(self.path)
        if self._file >= 0:
            self._let_go()


def held(path: Path) -> str:
    """Who holds the lock of a file, or an empty string if it is free."""
    return holder(path.with_name(path.name + SUFFIX))


def holder(path: Path) -> str:
    """Who holds a file itself, or an empty string if nobody does."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return ""
    try:
        hold(handle)
    except OSError as fault:
        return _owner(handle) if fault.errno in BUSY else ""
    finally:
        with contextlib.suppress(OSError):
            os.close(handle)
    return ""


def _owner(handle: int) -> str:
    """What the owner wrote into its lock, as far as it can be shown."""
    with contextlib.suppress(OSError):
        os.lseek(handle, 0, os.SEEK_SET)
        text = os.read(handle, 40).decode("utf-8", "replace").strip()
        if text.isprintable() and text:
            return text
    return SOMEBODY


if sys.platform == "win32":
    import msvcrt

    def hold(handle: int) -> None:
        """Hold an open file for this program alone. Raises OSError if another one does."""
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def hold(handle: int) -> None:
        """Hold an open file for this program alone. Raises OSError if another one does."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


__all__ = ["SUFFIX", "Lock", "held", "hold", "holder"]
