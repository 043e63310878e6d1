"""Which games are saved, and how are they kept?  A folder of journals: list, find, rename, fork, export, throw away.

One file is one game. What is thrown away goes to a trash folder beside the games, never straight to nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from game.compiler.folders import user_folder
from game.play import locking
from game.play.journal import START, Close, Decision, Header, Journal, SaveError, header_data, line_data, seal
from game.play.recording import SUFFIX, flush_folder, why_not
from game.play.unsealing import LARGEST, read, read_header

TRASH: Final = "trash"
PARTIAL: Final = ".partial"
_NAME: Final = re.compile(r"[\w][\w .,()'-]{0,79}")
_STATE: Final = b'"do":"state"'
_RESERVED: Final = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
}


@dataclass(frozen=True, slots=True)
class Save:
    """A saved game as a list shows it. `fault` says why it cannot be opened; then only the path is sure."""

    path: Path
    fault: str = ""
    header: Header | None = None
    turn: int = 0
    step: str = ""
    scores: dict[str, int] = field(default_factory=dict)
    over: str = ""
    sitting: int = 0
    held: str = ""
    """Who has it open, if anybody has."""

    @property
    def name(self) -> str:
        """Its name, which is that of its file."""
        return self.path.name.removesuffix(SUFFIX)

    def data(self) -> dict[str, Any]:
        """The same as plain data."""
        found: dict[str, Any] = {"name": self.name, "file": str(self.path)}
        if self.fault:
            return found | {"fault": self.fault}
        header = self.header
        assert header is not None
        return found | {
            "id": header.id, "scenario": header.scenario, "title": header.title, "seed": header.seed,
            "fate": header.fate, "turn": self.turn, "step": self.step, "scores": self.scores, "over": self.over,
            "from": header.branch[0] if header.branch else None, "held": self.held or None,
        }  # fmt: skip


def folder() -> Path:
    """Where the user's games are kept."""
    return user_folder() / "saves"


def all_saves(where: Path | None = None) -> list[Save]:
    """All saves of a folder, the one played last first. A file that cannot be used is listed with the reason."""
    where = where or folder()
    try:
        paths = sorted(path for path in where.iterdir() if path.name.endswith(SUFFIX))
    except OSError:
        return []
    return sorted((look(path) for path in paths), key=lambda each: (-each.sitting, each.name))


def look(path: Path) -> Save:
    """What a save says of itself, without playing it."""
    try:
        data = load_bytes(path)
        header, _ = read_header(data)
        fault = _broken(data)
    except SaveError as error:
        return Save(path, str(error))
    if fault:
        return Save(path, fault, header, sitting=header.sitting)
    found: dict[str, Any] = {}
    at = data.rfind(_STATE)
    if at >= 0:
        with contextlib.suppress(ValueError):
            found = json.loads(data[data.rfind(b"\n", 0, at) + 1 : data.find(b"\n", at)])
    sittings = [int(each) for each in re.findall(rb'^\{"count":(\d{1,9}),"do":"sit"', data, re.M)]
    return Save(
        path=path,
        header=header,
        turn=found.get("turn", 0),
        step=found.get("step", ""),
        scores=found.get("scores", {}),
        over=found.get("over", ""),
        sitting=max([header.sitting, *sittings]),
        held=locking.held(path),
    )


def _broken(data: bytes) -> str:
    """Where the chain of checksums breaks, but for a last line that was torn off."""
    before = START
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        body, _, tail = line.rpartition(b',"sum":"')
        sum_ = sha256(before.encode() + body + b"}").hexdigest()[:16]
        if tail != f'{sum_}"}}'.encode():
            return f"line {number} of the save is damaged"
        before = sum_
    return ""


def load_bytes(path: Path) -> bytes:
    """The bytes of a save. Raises SaveError."""
    try:
        if not path.is_file():
            raise SaveError("missing", "there is no such file" if not path.exists() else "this is not a file")
        if path.stat().st_size > LARGEST:
            raise SaveError("too-large", f"the file is larger than {LARGEST // 2**20} MB")
        return path.read_bytes()
    except OSError as fault:
        raise SaveError("unreadable", f"the save cannot be read: {why_not(fault)}") from None


def load(path: Path) -> Journal:
    """A save, read and checked. Raises SaveError."""
    return read(load_bytes(path))


def find(name: str, where: Path | None = None) -> Path:
    """A save by path or by name. Raises SaveError if there is none."""
    path = Path(name)
    if path.is_file():
        return path
    candidate = (where or folder()) / f"{name}{SUFFIX}"
    if os.sep not in name and candidate.is_file():
        return candidate
    raise SaveError("missing", f"there is no saved game '{name}'")


def next_sitting(where: Path | None = None) -> int:
    """The number of the sitting that begins now: one more than any in the folder."""
    return 1 + max((each.sitting for each in all_saves(where)), default=0)


def check_name(name: str) -> str:
    """A name as it may stand in a file system of any kind. Raises SaveError."""
    name = name.strip()
    if not _NAME.fullmatch(name) or name.endswith((".", " ")) or name.lower().split(".")[0] in _RESERVED:
        raise SaveError("name", "a name has letters, digits, spaces and . , ( ) ' - in it, at most 80")
    return name


def rename(path: Path, name: str) -> Path:
    """Give a save another name. Raises SaveError, also where the name is taken."""
    target = path.with_name(check_name(name) + SUFFIX)
    if target.exists():
        raise SaveError("taken", f"there is a game '{name}' already")
    _not_held(path)
    try:
        os.rename(path, target)
        flush_folder(target.parent)
    except OSError as fault:
        raise SaveError("unwritable", f"it cannot be renamed: {why_not(fault)}") from None
    return target


def throw_away(path: Path) -> Path:
    """Move a save to the trash folder beside it; returns where it lies now. Raises SaveError."""
    _not_held(path)
    trash = path.parent / TRASH
    target = trash / path.name
    number = 1
    while target.exists():
        number += 1
        target = trash / f"{path.name.removesuffix(SUFFIX)} ({number}){SUFFIX}"
    try:
        trash.mkdir(exist_ok=True)
        os.rename(path, target)
        flush_folder(path.parent)
    except OSError as fault:
        raise SaveError("unwritable", f"it cannot be moved to the trash: {why_not(fault)}") from None
    return target


def export(path: Path, target: Path) -> None:
    """Copy a save to another place, whole or not at all. Raises SaveError."""
    data = load_bytes(path)
    if target.exists():
        raise SaveError("taken", f"{target} is there already")
    _write_whole(target, data)


def fork(path: Path, journal: Journal, decision: int, where: Path | None = None) -> Path:
    """A new save that holds a game up to, but not including, its decision of this number (from 0).

    Both games are kept; the new one names the old one and the line it left it at. Raises SaveError.
    """
    if not 0 <= decision <= len(journal.decisions):
        raise SaveError("decision", f"the game has {len(journal.decisions)} decisions, not {decision}")
    kept = []
    count = 0
    for line in journal.lines:
        if isinstance(line, Decision):
            if count == decision:
                break
            count += 1
        if isinstance(line, Decision | Close):
            kept.append(line)
    header = replace(
        journal.header,
        id=token_hex(6),
        branch=(journal.header.id, len(kept) + 1),
        sitting=next_sitting(where),
    )
    text, sum_ = seal(START, header_data(header))
    parts = [text]
    for line in kept:
        text, sum_ = seal(sum_, line_data(line))
        parts.append(text)
    target = (where or path.parent) / f"{_base(path)}-{header.id}{SUFFIX}"
    _write_whole(target, "".join(parts).encode())
    return target


def keep_sound_part(path: Path, journal: Journal) -> Path:
    """Set a damaged save aside under `.damaged`, and leave what is sound of it in its place. Raises SaveError."""
    data = load_bytes(path)
    aside = path.with_name(path.name + ".damaged")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged{number}")
    _write_whole(aside, data)
    _write_whole(path, data[: journal.length])
    return aside


def _base(path: Path) -> str:
    return re.sub(r"-[0-9a-f]{12}$", "", path.name.removesuffix(SUFFIX))[:60]


def _not_held(path: Path) -> None:
    if owner := locking.held(path):
        raise SaveError("held", f"this game is open in another window ({owner})")


def _write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, and stays."""
    partial = target.with_name(target.name + PARTIAL)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        try:
            written = 0
            while written < len(data):
                written += os.write(handle, data[written:])
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(partial, target)
        flush_folder(target.parent)
    except OSError as fault:
        with contextlib.suppress(OSError):
            os.unlink(partial)
        raise SaveError("unwritable", f"{target.name} cannot be written: {why_not(fault)}") from None


def tidy(where: Path | None = None) -> list[Path]:
    """Remove what a program that died left behind: half-written files and locks that nobody holds."""
    gone = []
    where = where or folder()
    try:
        paths = sorted(where.iterdir())
    except OSError:
        return []
    for path in paths:
        locked = path.with_name(path.name.removesuffix(locking.SUFFIX))
        if path.name.endswith(PARTIAL) or (locked != path and not locking.held(locked)):
            with contextlib.suppress(OSError):
                path.unlink()
                gone.append(path)
    return gone


def tree(saves: Iterable[Save]) -> list[tuple[int, Save]]:
    """The saves as a tree of forks: each with its depth, a fork under the game it left."""
    known = {each.header.id: each for each in saves if each.header is not None}
    below: dict[str, list[Save]] = {}
    tops = []
    for each in saves:
        parent = each.header.branch[0] if each.header is not None and each.header.branch else ""
        if parent in known and parent != (each.header.id if each.header else ""):
            below.setdefault(parent, []).append(each)
        else:
            tops.append(each)
    found: list[tuple[int, Save]] = []
    queue = [(0, each) for each in reversed(tops)]
    seen: set[Path] = set()
    while queue:
        depth, each = queue.pop()
        if each.path in seen:
            continue
        seen.add(each.path)
        found.append((depth, each))
        if each.header is not None:
            queue += [(depth + 1, inner) for inner in reversed(below.get(each.header.id, []))]
    return found + [(0, each) for each in saves if each.path not in seen]
