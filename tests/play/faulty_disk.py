"""A disk that fails on demand: the N-th call that reaches the system raises, or every call from the N-th on."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from game.play import disk, locking

CALLS = (
    "open",
    "read",
    "write",
    "fsync",
    "ftruncate",
    "lseek",
    "fstat",
    "stat",
    "mkdir",
    "replace",
    "unlink",
    "close",
)
"""All calls of the system that saving goes through."""
FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES)


class Counter:
    """Counts calls, and knows from which on they fail."""

    def __init__(self, at: int, fault: int, lasting: bool) -> None:
        self.at, self.fault, self.lasting = at, fault, lasting
        self.calls = 0
        self.failed: list[str] = []

    def called(self, name: str) -> None:
        """One more call. Raises OSError if it is its turn."""
        self.calls += 1
        if self.calls == self.at or (self.lasting and self.calls >= self.at > 0):
            self.failed.append(name)
            raise OSError(self.fault, os.strerror(self.fault))


@contextmanager
def failing(at: int, fault: int = errno.EIO, lasting: bool = False) -> Iterator[Counter]:
    """Let the call number `at` (from 1; 0 for none) fail, counted over all of `CALLS` and the locks."""
    counter = Counter(at, fault, lasting)
    patches: list[Any] = []
    for name in CALLS:
        real = getattr(os, name)

        def call(*given: Any, _name: str = name, _real: Any = real, **named: Any) -> Any:
            if _name == "close":
                result = _real(*given, **named)  # a close that fails has closed all the same
                counter.called(_name)
                return result
            counter.called(_name)
            return _real(*given, **named)

        patches.append(patch.object(os, name, call))
    held = locking.hold

    def hold(handle: int) -> None:
        counter.called("flock")
        held(handle)

    patches += [patch.object(locking, "hold", hold), patch.object(disk, "hold", hold)]
    for each in patches:
        each.start()
    try:
        yield counter
    finally:
        for each in reversed(patches):
            each.stop()


@contextmanager
def short_writes(most: int = 7) -> Iterator[None]:
    """A system that takes a few bytes at a time."""
    real = os.write
    with patch.object(os, "write", lambda handle, data: real(handle, bytes(data[:most]))):
        yield
