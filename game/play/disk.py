"""How is something put on the disk so that it stays there?  The few calls that everything saved goes through.

A file is down when it is written, flushed, and its name in the folder is flushed too. What the system refuses is
raised as OSError and put into words by `why_not`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
import time
from pathlib import Path
from typing import Final

from game.play.locking import hold

PARTIAL: Final = ".partial"
PATIENCE: Final = (0.05, 0.15, 0.3, 0.5, 0.75, 0.75)
"""Seconds between the tries to put a file in its place while another program, such as a virus scanner, reads it."""
BINARY: Final = getattr(os, "O_BINARY", 0)
SENTENCES: Final = {
    errno.ENOSPC: "there is no space left on the disk",
    errno.EDQUOT: "the quota of this disk is used up",
    errno.EACCES: "this folder may not be written to",
    errno.EPERM: "this folder may not be written to",
    errno.EROFS: "this folder may only be read",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "the folder is gone",
    errno.ENOTDIR: "the folder is gone",
    errno.EFBIG: "the file would become too large",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
}
NO_FOLDER_FLUSH: Final = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF)
"""What a file system says that does not know how to flush a folder; it needs no such thing or has none."""


def why_not(fault: OSError) -> str:
    """What keeps a file from being read or written, in words."""
    return SENTENCES.get(fault.errno or 0) or (fault.strerror or str(fault)).lower() or "the disk refuses"


def write_all(handle: int, data: bytes) -> None:
    """Write all of it, however little the system takes at a time."""
    rest = memoryview(data)
    while rest:
        taken = os.write(handle, rest)
        if taken <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[taken:]


def read_all(handle: int, most: int) -> bytes:
    """What a file holds from its start, at most so many bytes."""
    os.lseek(handle, 0, os.SEEK_SET)
    parts = []
    while most > 0 and (part := os.read(handle, min(most, 1 << 20))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def read_file(path: Path, most: int) -> bytes:
    """A regular file, at most so many bytes of it; a pipe or a folder is refused without being waited for."""
    handle = os.open(path, os.O_RDONLY | BINARY | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "this is not a file")
        return read_all(handle, most)
    finally:
        os.close(handle)


def flush(handle: int) -> None:
    """Make what was written to a file last through a power cut."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(
            OSError
        ):  # not every file system knows it; fsync alone may stop at the drive
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def flush_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in NO_FOLDER_FLUSH:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each to stay."""
    if os.path.isdir(folder):
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
        flush_folder(folder.parent)
    if not os.path.isdir(folder):
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, and stays. Raises OSError; then nothing has changed."""
    make_folder(target.parent)
    partial = target.with_name(f"{secrets.token_hex(4)}{PARTIAL}")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
    try:
        try:
            with contextlib.suppress(OSError):
                hold(handle)  # so that no other program takes it for a leftover
            write_all(handle, data)
            flush(handle)
            if os.name != "nt":
                put_in_place(partial, target)
        finally:
            os.close(handle)
        if os.name == "nt":  # there a file cannot be moved while it is open
            put_in_place(partial, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(partial)
        raise
    flush_folder(target.parent)


def put_in_place(source: Path, target: Path) -> None:
    """Give a file its name, in place of what bears it; on Windows with patience, if somebody reads it just now."""
    for wait in PATIENCE if os.name == "nt" else ():
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(wait)
    os.replace(source, target)


def reserve(target: Path) -> bool:
    """Take a name that no file bears yet; whether it was free."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600))
    except FileExistsError:
        return False
    return True
