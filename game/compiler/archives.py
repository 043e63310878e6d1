"""What lies in a zip, and may it be read?  A scenario that was sent as one file, read where it is, never unpacked.

Names are judged as they stand in the file, before anything is read; bytes are counted as they come, whatever the zip
says of them. What is no YAML is passed over. Where one entry is not as honest zips have it, nothing of the zip is used.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from game.compiler.limits import LARGEST_FILE, MOST_BYTES, MOST_ENTRIES, MOST_FILES
from game.compiler.problems import Problem, error, printable, quoted
from game.rules.classes import dataclass
from game.rules.ledger import Mark

YAML: Final = (".yaml", ".yml")
LONGEST_NAME: Final = 200
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1
_PLAIN: Final = re.compile(r"[A-Za-z0-9 ._(),+/-]+")
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LITTER: Final = ("__MACOSX", ".")
"""What systems put beside the files: names that begin so are passed over."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The YAML files of a zip by their path in the scenario's folder, and what is wrong with it."""

    files: dict[str, bytes]
    problems: tuple[Problem, ...] = ()


class Refused(Exception):
    """The zip is not used: the sentence for people, and the code."""

    def __init__(self, message: str, code: str = "S102") -> None:
        super().__init__(message)
        self.code = code


def opened(path: Path) -> Archive:
    """A zip; read again only when it has changed."""
    try:
        status = path.stat()
        return _opened(path, status.st_mtime_ns, status.st_size)
    except OSError as fault:
        return Archive({}, (error("S102", Mark(str(path), 1, 1), f"cannot be read: {fault.strerror}"),))


@lru_cache(maxsize=8)
def _opened(path: Path, changed: int, size: int) -> Archive:
    try:
        if size > MOST_BYTES:
            raise Refused(f"the zip has {size // 1024} kB; at most {MOST_BYTES // 1024} kB are read", "S104")
        with path.open("rb") as file:
            return read_archive(file.read(MOST_BYTES + 1))
    except Refused as refused:
        return Archive({}, (error(refused.code, Mark(str(path), 1, 1), str(refused)),))


def read_archive(data: bytes) -> Archive:
    """What lies in the bytes of a zip. Raises Refused."""
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise Refused(f"more than {MOST_ENTRIES} files and folders: this is no scenario", "S104")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            wanted = list(_wanted(file.infolist()))
            top = _top([name for name, _ in wanted])
            return Archive({name.removeprefix(top): read for name, read in _contents(file, wanted)})
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as fault:
        raise Refused(f"not a sound zip: {printable(str(fault))}") from None


def _wanted(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The entries that hold YAML, each with its name. Raises Refused."""
    seen = dict[str, str]()
    for entry in entries:
        name = entry.orig_filename
        if fault := _strange_name(name) or _strange_kind(entry):
            raise Refused(f"the zip has {_named(name)}, which {fault}: nothing of it is used")
        if name.endswith("/") or any(part.startswith(_LITTER) for part in name.split("/")):
            continue
        if (twin := seen.get(name.lower())) is not None:
            raise Refused(f"the zip has {_named(name)} and {_named(twin)}, one file for some systems")
        seen[name.lower()] = name
        if name.lower().endswith(YAML):
            if fault := _unreadable(entry):
                raise Refused(f"{_named(name)} in the zip {fault}")
            yield name, entry


def _named(name: str) -> str:
    """A name as it can be printed."""
    return printable(quoted(name))


def _strange_name(name: str) -> str:
    """What no packed folder has: a name that leads elsewhere, or means different things on different systems."""
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or "\\" in name or ":" in name or ".." in parts:
        return "leads out of it"
    if not name.isprintable() or len(name) > LONGEST_NAME or "" in parts or "." in parts:
        return "is no proper name"
    if any(part.endswith((".", " ")) or _DEVICES.fullmatch(part) for part in parts):
        return "some systems cannot have"
    return ""


def _strange_kind(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link"
    return "is no plain file" if kind not in (0, stat.S_IFREG, stat.S_IFDIR) else ""


def _unreadable(entry: zipfile.ZipInfo) -> str:
    """Why a file of the scenario is not read."""
    if not _PLAIN.fullmatch(entry.orig_filename):
        return "has more than letters a-z, digits and .-_ in its name: give it a plainer one"
    if entry.flag_bits & _ENCRYPTED:
        return "is locked with a password: pack it without one"
    if entry.compress_type not in METHODS:
        return "is packed in an unusual way: pack it as a plain zip"
    return ""


def _top(names: list[str]) -> str:
    """The folder that all lies in, with a slash behind it, or nothing. Raises Refused where there are several."""
    firsts = {name.partition("/")[0] if "/" in name else "" for name in names}
    if len(firsts) == 1:
        return f"{first}/" if (first := firsts.pop()) else ""
    if "" not in firsts and firsts:
        listed = ", ".join(sorted(firsts)[:3])
        raise Refused(f"the zip holds {len(firsts)} folders ({listed}): pack the folder of one scenario")
    return ""


def _contents(
    file: zipfile.ZipFile, wanted: list[tuple[str, zipfile.ZipInfo]]
) -> Iterator[tuple[str, bytes]]:
    """The files with their bytes, counted as they are unpacked. Raises Refused."""
    if len(wanted) > MOST_FILES:
        raise Refused(f"more than {MOST_FILES} files", "S104")
    total = 0
    for name, entry in wanted:
        with file.open(entry) as packed:
            data = packed.read(LARGEST_FILE + 1)
        total += len(data)
        if len(data) > LARGEST_FILE:
            raise Refused(f"{_named(name)} in the zip has more than {LARGEST_FILE // 1024} kB", "S104")
        if total > MOST_BYTES:
            raise Refused(f"the scenario has more than {MOST_BYTES // 1024 // 1024} MB", "S104")
        yield name, data
