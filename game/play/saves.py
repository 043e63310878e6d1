"""Which games are saved, and how are they kept?  A folder of journals: list, find, rename, fork, export, throw away.

One file is one game. What is thrown away goes to a trash folder beside the games, never straight to nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from game.compiler.folders import user_folder
from game.play import locking
from game.play.disk import (
    PARTIAL,
    flush_folder,
    make_folder,
    put_in_place,
    read_file,
    reserve,
    why_not,
    write_whole,
)
from game.play.journal import Close, Decision, Header, Journal, SaveError, sealed
from game.play.recording import SUFFIX
from game.play.unsealing import LARGEST, glance, read
from game.rules.classes import dataclass, field, replace

TRASH: Final = "trash"
MOST_ALIKE: Final = 1000
"""How many names like one another are tried."""
DAMAGED: Final = ".damaged"
_NAME: Final = re.compile(r"[\w][\w .,()'-]{0,79}")
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
        seen = glance(load_bytes(path))
    except SaveError as error:
        return Save(path, str(error))
    if seen.fault:
        return Save(path, seen.fault, seen.header, sitting=seen.sitting)
    found = Save(path, header=seen.header, sitting=seen.sitting, held=locking.held(path))
    if seen.close is None:
        return found
    close = seen.close
    return replace(found, turn=close.turn, step=close.step, scores=dict(close.scores), over=close.over)


def load_bytes(path: Path) -> bytes:
    """The bytes of a save. Raises SaveError."""
    try:
        data = read_file(path, LARGEST + 1)
    except FileNotFoundError:
        raise SaveError("missing", "there is no such file") from None
    except OSError as fault:
        raise SaveError("unreadable", f"the save cannot be read: {why_not(fault)}") from None
    if len(data) > LARGEST:
        raise SaveError("too-large", f"the file is larger than {LARGEST // 2**20} MB")
    return data


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
    if target == path:
        return path
    _move(path, target, "renamed", "taken")
    return target


def throw_away(path: Path) -> Path:
    """Move a save to the trash folder beside it; returns where it lies now. Raises SaveError."""
    target = path.parent / TRASH / path.name
    for number in range(2, MOST_ALIKE):
        try:
            _move(path, target, "moved to the trash", "taken")
        except SaveError as fault:
            if fault.code != "taken":
                raise
            target = path.parent / TRASH / f"{path.name.removesuffix(SUFFIX)} ({number}){SUFFIX}"
        else:
            return target
    raise SaveError("unwritable", "it cannot be moved to the trash: there is too much of that name")


def _move(path: Path, target: Path, done: str, taken: str) -> None:
    """Move a save that nobody holds to a name that nothing bears. Raises SaveError."""
    _not_held(path)
    try:
        os.stat(path)
        make_folder(target.parent)
        if not reserve(target):
            raise SaveError(taken, f"there is a game '{target.name.removesuffix(SUFFIX)}' already")
        try:
            put_in_place(path, target)
        except OSError:
            _unlink_empty(target)
            raise
        flush_folder(target.parent)
        flush_folder(path.parent)
    except FileNotFoundError:
        raise SaveError("missing", f"it cannot be {done}: there is no such file") from None
    except OSError as fault:
        raise SaveError("unwritable", f"it cannot be {done}: {why_not(fault)}") from None


def _unlink_empty(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()


def export(path: Path, target: Path) -> None:
    """Copy a save to another place, whole or not at all. Raises SaveError."""
    data = load_bytes(path)
    if os.path.isdir(target):
        target = target / path.name
    if os.path.lexists(target):
        raise SaveError("taken", f"{target} is there already")
    _write_new(target, data)


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
    return branched(path, journal, kept, where)


def branched(
    path: Path,
    journal: Journal,
    lines: Iterable[Decision | Close],
    where: Path | None = None,
    fingerprint: str = "",
) -> Path:
    """A new save with these lines that names the game it comes from. Raises SaveError."""
    lines = list(lines)
    header = replace(
        journal.header,
        id=token_hex(6),
        branch=(journal.header.id, len(lines) + 1),
        sitting=next_sitting(where or path.parent),
        fingerprint=fingerprint or journal.header.fingerprint,
    )
    data, _ = sealed(header, lines)
    return _write_new((where or path.parent) / f"{_base(path)}-{header.id}{SUFFIX}", data)


def keep_sound_part(path: Path, journal: Journal) -> Path:
    """Set a damaged save aside under `.damaged`, and leave what is sound of it in its place. Raises SaveError."""
    _not_held(path)
    data = load_bytes(path)
    aside = _write_new(path.with_name(path.name + DAMAGED), data)
    try:
        write_whole(path, data[: journal.length])
    except OSError as fault:
        raise SaveError("unwritable", f"{path.name} cannot be written: {why_not(fault)}") from None
    return aside


def _write_new(target: Path, data: bytes) -> Path:
    """Write a file whose name nothing bears yet, whole or not at all; if the name is taken, one like it."""
    tried = target
    try:
        make_folder(target.parent)
        for number in range(2, MOST_ALIKE):
            if reserve(tried):
                break
            tried = target.with_name(f"{target.name.removesuffix(SUFFIX)} ({number}){target.suffix}")
        else:
            raise SaveError("taken", f"{target} is there already")
        try:
            write_whole(tried, data)
        except OSError:
            _unlink_empty(tried)
            raise
    except OSError as fault:
        raise SaveError("unwritable", f"{target.name} cannot be written: {why_not(fault)}") from None
    return tried


def _base(path: Path) -> str:
    return re.sub(r"-[0-9a-f]{12}$", "", path.name.removesuffix(SUFFIX))[:60]


def _not_held(path: Path) -> None:
    if owner := locking.held(path):
        raise SaveError("held", f"this game is open in another window ({owner})")


def tidy(where: Path | None = None) -> list[Path]:
    """Remove what a program that died left behind: half-written files, locks that nobody holds, empty saves."""
    gone = []
    where = where or folder()
    try:
        paths = sorted(where.iterdir())
    except OSError:
        return []
    for path in paths:
        with contextlib.suppress(OSError):
            if _left_behind(path):
                path.unlink()
                gone.append(path)
    return gone


def _left_behind(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    if path.name.endswith(SUFFIX):
        return path.stat().st_size == 0 and not locking.held(path)
    return path.name.endswith((locking.SUFFIX, PARTIAL)) and not locking.holder(path)


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
