"""Which files make up a scenario, and where are scenarios found?"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path
from typing import Final

from game.compiler.limits import LARGEST_FILE, LONGEST_ID, MOST_BYTES, MOST_ENTRIES, MOST_FILES
from game.compiler.problems import Problem, error
from game.rules.classes import dataclass
from game.rules.ledger import Mark

ZIP: Final = ".zip"
PLAYTHROUGHS: Final = "playthroughs"
POLICIES: Final = "policies"
ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
SUFFIXES: Final = (".yaml", ".yml", ZIP)
"""Of a scenario that is a single file."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was found: the name shown for it, and its bytes."""

    name: str
    data: bytes


def user_folder() -> Path:
    """Where a user's own scenarios and saves lie: PEREDYSHKA_HOME, or the system's place for such data."""
    if home := os.environ.get("PEREDYSHKA_HOME"):
        return Path(home)
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", "~")).expanduser() / "peredyshka"
    if (library := Path("~/Library/Application Support").expanduser()).is_dir():
        return library / "peredyshka"
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "peredyshka"


def shelves() -> tuple[Path, ...]:
    """The folders in which scenarios are looked for by id: set by the environment, shipped, the user's own."""
    found = []
    if given := os.environ.get("PEREDYSHKA_SCENARIOS"):
        found.append(Path(given))
    packaged = Path(__file__).resolve().parents[1] / "_data" / "scenarios"
    checkout = Path(__file__).resolve().parents[2] / "scenarios"
    found += [packaged, checkout, user_folder() / "scenarios"]
    return tuple(each for each in found if each.is_dir())


def find(name: str) -> Path | None:
    """The folder or file of a scenario, by path or by id."""
    path = Path(name)
    if _exists(path) or os.sep in name or name.lower().endswith(SUFFIXES):
        return path if _exists(path) else None
    return find_id(name)


def find_id(id: str, beside: Path | None = None) -> Path | None:
    """The folder or file of a scenario by its id alone: beside another scenario, or on a shelf."""
    if not ID.fullmatch(id) or len(id) > LONGEST_ID:
        return None
    places = (beside.absolute().parent,) if beside is not None else ()
    for shelf in (*places, *shelves()):
        for candidate in (shelf / id, shelf / f"{id}.yaml", shelf / f"{id}{ZIP}"):
            if _exists(candidate):
                return Path(candidate)
    return None


def home_of(name: str, playthrough: Path) -> str:
    """The scenario that a playthrough or policy names: where it lies among those of that one, this very folder.

    So a folder of somebody's own goes on testing itself wherever it is copied to.
    """
    folder = playthrough.absolute().parent
    if folder.name in (PLAYTHROUGHS, POLICIES) and folder.parent.name == name:
        return os.path.relpath(folder.parent)
    return name


def known_ids() -> tuple[str, ...]:
    """The ids of all scenarios on the shelves; what cannot be looked into is passed over."""
    found = set()
    for shelf in shelves():
        with contextlib.suppress(OSError):
            for entry in sorted(shelf.iterdir()):
                with contextlib.suppress(OSError):
                    if entry.is_dir() and any(entry.glob("*.yaml")):
                        found.add(entry.name)
                    elif entry.suffix in (".yaml", ZIP) and entry.is_file():
                        found.add(entry.stem)
    return tuple(sorted(each for each in found if ID.fullmatch(each)))


def is_archive(path: Path) -> bool:
    """Whether a path is that of a zip."""
    try:
        return path.suffix.lower() == ZIP and path.is_file()
    except (OSError, ValueError):
        return False


def archive_of(path: Path) -> tuple[Path, str] | None:
    """The zip that a path leads into, and the path within it; None if it leads into none."""
    for parent in path.parents:
        if is_archive(parent):
            return parent, path.relative_to(parent).as_posix()
    return None


def companions(place: Path, kind: str) -> tuple[Path, ...]:
    """The playthroughs or the policies beside a scenario: in its folder, or in its zip, where paths lead into it."""
    if is_archive(place):
        from game.compiler.archives import opened

        inside = [name for name in opened(place).files if name.rpartition("/")[0] == kind]
        return tuple(place / name for name in sorted(inside) if name.endswith(".yaml"))
    return tuple(sorted((place / kind).glob("*.yaml"))) if (place / kind).is_dir() else ()


def _exists(path: Path) -> bool:
    """Whether there is something to be read, or at least something that cannot be."""
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False


def gather(path: Path) -> tuple[list[Source], list[Problem]]:
    """The files of a scenario, by name, and what keeps some from being read. Playthroughs and policies are left out."""
    problems: list[Problem] = []
    if is_archive(path):
        return _packed(path)
    if path.is_dir():
        paths = _inside(path, problems)
    else:
        paths = [path]
    sources: list[Source] = []
    total = 0
    for each in paths:
        data, problem = read_bytes(each)
        if problem is not None:
            problems.append(problem)
            continue
        total += len(data)
        if total > MOST_BYTES:
            message = f"the scenario has more than {MOST_BYTES // 1024 // 1024} MB"
            return sources, [*problems, error("S104", Mark(str(each), 1, 1), message)]
        sources.append(Source(str(each), data))
    return sources, problems


def _packed(path: Path) -> tuple[list[Source], list[Problem]]:
    """The files of a scenario in a zip."""
    from game.compiler.archives import opened

    found = opened(path)
    aside = {PLAYTHROUGHS, POLICIES}
    inside = sorted(name for name in found.files if not aside & set(name.split("/")[:-1]))
    return [Source(f"{path}/{name}", found.files[name]) for name in inside], list(found.problems)


def _inside(folder: Path, problems: list[Problem]) -> list[Path]:
    found: list[Path] = []
    entries = 0

    def unreadable(fault: OSError) -> None:
        message = f"cannot be read: {fault.strerror}"
        problems.append(error("S102", Mark(str(fault.filename), 1, 1), message))

    for parent, folders, names in os.walk(folder, onerror=unreadable, followlinks=False):
        entries += len(folders) + len(names)
        if entries > MOST_ENTRIES:
            message = f"more than {MOST_ENTRIES} files and folders: this is no scenario"
            problems.append(error("S104", Mark(str(folder), 1, 1), message))
            return []
        folders[:] = sorted(
            each for each in folders if each not in (PLAYTHROUGHS, POLICIES) and not each.startswith(".")
        )
        for each in list(folders):
            if (Path(parent) / each).is_symlink():
                folders.remove(each)
                problems.append(_link(Path(parent) / each))
        for name in sorted(names):
            path = Path(parent) / name
            if name.endswith((".yaml", ".yml")):
                if path.is_symlink():
                    problems.append(_link(path))
                else:
                    found.append(path)
        if len(found) > MOST_FILES:
            problems.append(error("S104", Mark(str(folder), 1, 1), f"more than {MOST_FILES} files"))
            return found[:MOST_FILES]
    return sorted(found)


def _link(path: Path) -> Problem:
    return error("S102", Mark(str(path), 1, 1), "a link: a scenario holds plain files only")


def read_bytes(path: Path, largest: int = LARGEST_FILE) -> tuple[bytes, Problem | None]:
    """A regular file's bytes, at most `largest`; pipes, devices and folders are refused without being opened."""
    mark = Mark(str(path), 1, 1)
    if (packed := archive_of(path)) is not None:
        return _read_packed(*packed, mark)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            return b"", error("S102", mark, f"cannot be read: {kind}")
        if status.st_size > largest:
            size = f"{status.st_size // 1024} kB; at most {largest // 1024} kB are read"
            return b"", error("S104", mark, f"the file has {size}")
        with path.open("rb") as file:
            data = file.read(largest + 1)
        if len(data) > largest:
            return b"", error("S104", mark, f"more than {largest // 1024} kB")
        return data, None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        return b"", error("S102", mark, f"cannot be read: {reason}")


def _read_packed(archive: Path, name: str, mark: Mark) -> tuple[bytes, Problem | None]:
    """The bytes of a file in a zip."""
    from game.compiler.archives import opened

    found = opened(archive)
    if name in found.files:
        return found.files[name], None
    return b"", found.problems[0] if found.problems else error("S102", mark, "the zip has no such file")
