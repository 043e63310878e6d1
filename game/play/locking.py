"""Is somebody else at this game?  A lock beside a file, held by one program, gone when that program is."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

SUFFIX: Final = ".lock"


class Lock:
    """The right to write to a file. The system gives it up for a program that dies, so a stale one never binds."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + SUFFIX)
        self.taken = False
        self.owner = ""
        """Who holds it instead, where that is written down."""
        self._file = -1
        with contextlib.suppress(OSError):
            self.take()

    def take(self) -> bool:
        """Take it, if it is free. Raises OSError where no lock can be made at all."""
        if self.taken:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _hold(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                self.owner = os.read(self._file, 100).decode("utf-8", "replace").strip()
            os.close(self._file)
            self._file = -1
            return False
        if not self._same_file():  # its last owner removed it in this very moment
            os.close(self._file)
            return self.take()
        self.taken = True
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, f"process {os.getpid()}\n".encode(), 0) if hasattr(os, "pwrite") else None
        return True

    def _same_file(self) -> bool:
        try:
            return os.path.samestat(os.stat(self.path), os.fstat(self._file))
        except FileNotFoundError:
            return False

    def give_back(self) -> None:
        """Give it back and remove its file."""
        if self._file >= 0:
            with contextlib.suppress(OSError):
                os.unlink(self.path)
            with contextlib.suppress(OSError):
                os.close(self._file)
        self._file = -1
        self.taken = False


def held(path: Path) -> str:
    """Who holds the lock of a file, or an empty string if it is free."""
    beside = path.with_name(path.name + SUFFIX)
    try:
        handle = os.open(beside, os.O_RDWR)
    except OSError:
        return ""
    try:
        _hold(handle)
    except OSError:
        with contextlib.suppress(OSError):
            return os.read(handle, 100).decode("utf-8", "replace").strip() or "another program"
        return "another program"
    finally:
        os.close(handle)
    return ""


if sys.platform == "win32":
    import msvcrt

    def _hold(handle: int) -> None:
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _hold(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


__all__ = ["SUFFIX", "Lock", "held"]
