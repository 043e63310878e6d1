"""Where is generated code kept between two starts, and when is it believed?  One file a part, the user's own.

A file is used only if it is a plain file of this user in folders of this user that nobody else can write to, if it
bears the key of exactly this scenario, program, generator and Python, and if its digest is that of its content.
Whatever is in doubt is made anew, and what cannot be written is not kept: neither is an error.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import marshal
import os
import shutil
import stat
import sys
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Final

from game.compiler.codegen.identity import digest_of
from game.compiler.codegen.part import Compiled
from game.rules import dice
from game.rules.program import Program

MAGIC: Final = b"peredyshka code 1\n"
LARGEST: Final = 16 * 1024 * 1024
MOST_KEPT: Final = 12
"""Scenarios whose code is kept: a changed one leaves its old code behind."""
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
SOURCES: Final = ("rules", "compiler", "compiler/codegen")
"""Folders of our own whose files decide what is generated."""


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
    """What our own program is like: names, sizes and times of its files, so that no code outlives its generator."""
    found = hashlib.sha256()
    root = Path(__file__).resolve().parents[2]
    for folder in SOURCES:
        with contextlib.suppress(OSError):
            for entry in sorted(os.scandir(root / folder), key=lambda each: each.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    found.update(f"{folder}/{entry.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return found.hexdigest()


class Cache:
    """The kept code of one program."""

    def __init__(self, program: Program, root: Path | None = None) -> None:
        version = (
            sys.implementation.cache_tag,
            sys.version,
            sys.flags.optimize,
            marshal.version,
            sys.platform,
        )
        fingerprint = program.scenario.fingerprint
        text = f"{fingerprint} {digest_of(program)} {dice.VERSION} {version} {own_state()}"
        self.key = hashlib.sha256(text.encode()).hexdigest()
        self.root = root or cache_folder()
        self.folder = self.root / "code" / self.key[:32]
        self.usable = True
        """False once something could not be written."""

    def read(self, name: str) -> Compiled | None:
        """A part, if it is kept and beyond doubt."""
        try:
            if not all(map(_is_own, self._folders())):
                return None
            return _decoded(_content(self._path(name)), self.key, name)
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def write(self, part: Compiled, name: str) -> bool:
        """Keep a part; False if that cannot be done."""
        if self.usable:
            try:
                self._write(part, name)
            except (OSError, ValueError):
                self.usable = False
        return self.usable

    def _write(self, part: Compiled, name: str) -> None:
        for folder in self._folders():
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700, parents=folder == self.root)
            if not _is_own(folder):
                raise ValueError("not a private folder")
        handle, fresh = tempfile.mkstemp(".new", dir=self.folder)  # for the owner alone
        try:
            with open(handle, "wb") as file:
                file.write(_encoded(part, self.key, name))
            os.replace(fresh, self._path(name))
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(fresh)
            raise

    def tidy(self) -> None:
        """Let go of the code of scenarios that were not used for the longest."""
        with contextlib.suppress(OSError):
            folders = [
                Path(each) for each in os.scandir(self.root / "code") if each.is_dir(follow_symlinks=False)
            ]
            folders.sort(key=lambda each: each.stat().st_mtime, reverse=True)
            for each in folders[MOST_KEPT:]:
                shutil.rmtree(each, ignore_errors=True)

    def _folders(self) -> Iterator[Path]:
        yield self.root
        yield self.root / "code"
        yield self.folder

    def _path(self, name: str) -> Path:
        return self.folder / (hashlib.sha256(name.encode()).hexdigest()[:24] + ".bin")


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


def _encoded(part: Compiled, key: str, name: str) -> bytes:
    lines = array("I", part.lines).tobytes()
    body = marshal.dumps((key, name, part.name, part.origins, lines, part.code))
    return MAGIC + hashlib.sha256(body).digest() + body


def _decoded(data: bytes, key: str, name: str) -> Compiled | None:
    """Raises ValueError, EOFError, TypeError for what is no such file."""
    start, body = len(MAGIC), data[len(MAGIC) + 32 :]
    digest = hashlib.sha256(body).digest()
    if not data.startswith(MAGIC) or not hmac.compare_digest(digest, data[start : start + 32]):
        return None
    found = marshal.loads(body)
    if not isinstance(found, tuple) or found[:2] != (key, name) or not isinstance(found[-1], CodeType):
        return None
    _, _, own, origins, lines, code = found
    return Compiled(own, code, "", origins, array("I", lines))


__all__ = ["Cache", "cache_folder"]
