"""How is something kept that nobody else may have written?  Files in folders of this user alone, each with its digest.

A file is believed only if it is a plain file of this user in folders of this user that nobody else can write to, if it
bears the key it is asked for, and if its digest is that of its content. Whatever is in doubt is as if it were not
there, and what cannot be written is not kept: neither is an error.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from game.rules import dice
from game.rules.digest import sha256

LARGEST: Final = 64 * 1024 * 1024
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
SOURCES: Final = ("rules", "compiler", "compiler/caches", "compiler/codegen", "play")
"""Folders of our own whose files decide what is kept."""
HEAD: Final = 64
"""Bytes before the content: a digest, and the digest of the key."""


def cache_folder() -> Path:
    """Where caches lie: under PEREDYSHKA_HOME, or the system's place for what can be made again."""
    if home := os.environ.get("PEREDYSHKA_HOME"):
        return Path(home) / "cache"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", "~")).expanduser() / "peredyshka" / "cache"
    if (library := Path("~/Library/Caches").expanduser()).is_dir():
        return library / "peredyshka"
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "peredyshka"


def own_state() -> str:
    """What our own program is like, so that nothing outlives what made it."""
    return "\n".join([sys.version, sys.platform, str(sys.flags.optimize), str(dice.VERSION), _sources()])


@cache
def _sources() -> str:
    """Names, sizes and times of our own files: more than the number of a version, which a checkout does not change."""
    found = []
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for folder in SOURCES:
        with contextlib.suppress(OSError):
            for entry in sorted(os.scandir(os.path.join(root, folder)), key=lambda each: each.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    found.append(f"{folder}/{entry.name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(found)


class Drawer:
    """A folder of kept files, below others that must be this user's alone as well."""

    def __init__(self, root: Path, *inner: str) -> None:
        self.folders = [root]
        for name in inner:
            self.folders.append(self.folders[-1] / name)
        self.usable = True
        """False once something could not be written."""

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self.folders[-1]

    def read(self, name: str, key: str) -> memoryview | None:
        """What is kept under a name and key, if it is beyond doubt; it is not copied, as it may be large."""
        try:
            if not all(map(_is_own, self.folders)):
                return None
            data = _content(self._path(name))
        except (OSError, ValueError):
            return None
        body = memoryview(data)[32:]
        if data[:32] != sha256(body).digest() or data[32:HEAD] != _digest(key):
            return None
        return memoryview(data)[HEAD:]

    def write(self, name: str, key: str, *content: bytes) -> bool:
        """Keep something, given in one piece or several; False if that cannot be done."""
        if self.usable:
            try:
                self._write(name, (_digest(key), *content))
            except (OSError, ValueError):
                self.usable = False
        return self.usable

    def _write(self, name: str, body: tuple[bytes, ...]) -> None:
        import tempfile

        for folder in self.folders:
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700, parents=folder == self.folders[0])
            if not _is_own(folder):
                raise ValueError("not a private folder")
        handle, fresh = tempfile.mkstemp(".new", dir=self.folder)  # for the owner alone
        try:
            with open(handle, "wb") as file:
                digest = sha256(b"")
                for part in body:
                    digest.update(part)
                file.write(digest.digest())
                file.writelines(body)
            os.replace(fresh, self._path(name))
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(fresh)
            raise

    def tidy(self, most: int) -> None:
        """Let go of all but the few files that were written last."""
        for each in leftovers(self.folder, most):
            with contextlib.suppress(OSError):
                each.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / (sha256(name.encode()).hexdigest()[:24] + ".bin")


def leftovers(folder: Path, most: int) -> Iterator[Path]:
    """What lies in a folder beside the few things that were written last."""
    with contextlib.suppress(OSError):
        found = [each for each in os.scandir(folder) if not each.is_symlink()]
        found.sort(key=lambda each: each.stat().st_mtime, reverse=True)
        yield from (Path(each.path) for each in found[most:])


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def _is_own(folder: Path) -> bool:
    """Whether a folder is this user's, no link, and nobody else may write to it."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and _is_private(status, stat.S_IWGRP | stat.S_IWOTH)


def _is_private(status: os.stat_result, forbidden: int) -> bool:
    if os.name == "nt":
        return True  # the user's own folders are closed to others by their access lists
    return status.st_uid == os.getuid() and not status.st_mode & forbidden


def _content(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or not _is_private(status, OTHERS) or status.st_size > LARGEST:
            raise ValueError("not a private plain file")
        return file.read(LARGEST)


__all__ = ["Drawer", "cache_folder", "leftovers", "own_state"]
