"""Is a scenario ready to run already?  A program as it was made last time, if all that it was made from is as it was.

To read and make the main scenario takes a second; to fetch it, a tenth. A kept program is used only if every file of
the scenario, and of those it extends, is there under the same name with the same digest, no file more and none less,
and if Python and our own sources are those that made it.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.compiler.caches.pickled import restored, written
from game.compiler.caches.private import Drawer, cache_folder, own_state
from game.compiler.folders import find, find_id, gather
from game.rules.digest import sha256

if TYPE_CHECKING:
    from game.compiler.load import Origin
    from game.rules.program import Program

MOST_KEPT: Final = 24
FOLDER: Final = "programs"
LENGTH: Final = 8
"""Bytes that say how long the list of files is, which stands before the program."""
Found = tuple[tuple[str, str, tuple[tuple[str, bytes], ...]], ...]
"""For a scenario, and each that it extends: the id it was looked for by, its place, its files with their digests."""


def fetched(name: str, root: Path | None = None) -> Program | None:
    """The program of a scenario by id or path, if it is kept and beyond doubt."""
    path = find(name)
    data = None if path is None else _drawer(root).read(_name(path), _key())
    if path is None or data is None:
        return None
    try:
        end = LENGTH + int.from_bytes(data[:LENGTH])
        if not _as_it_was(path, marshal.loads(data[LENGTH:end])):
            return None
        program: Program = restored(data[end:])
        return program
    except Exception:  # whatever is wrong with it: it is made anew
        return None


def keep(name: str, origins: Sequence[Origin], program: Program, root: Path | None = None) -> bool:
    """Keep a program with what it was made from; False if that cannot be done."""
    path = find(name)
    if path is None:
        return False
    found: Found = tuple((each.id, str(each.path), each.files) for each in origins)
    head, drawer = marshal.dumps(found), _drawer(root)
    kept = drawer.write(_name(path), _key(), len(head).to_bytes(LENGTH), head, written(program))
    drawer.tidy(MOST_KEPT)
    return kept


def _drawer(root: Path | None) -> Drawer:
    return Drawer(root or cache_folder(), FOLDER)


def _name(path: Path) -> str:
    """A place as it was given: files are shown by it, so it must be given the same way from the same folder."""
    return str(path) if path.is_absolute() else f"{os.getcwd()} {path}"


def _key() -> str:
    return f"program 1\n{own_state()}"


def _as_it_was(path: Path, origins: Found) -> bool:
    """Whether a scenario and those it extends lie where they lay, with the same files."""
    for number, (id_, place, files) in enumerate(origins):
        if str(path if number == 0 else find_id(id_, Path(origins[number - 1][1]))) != place:
            return False
        found, problems = gather(Path(place))
        if problems or tuple((each.name, sha256(each.data).digest()) for each in found) != files:
            return False
    return bool(origins)


__all__ = ["fetched", "keep"]
