"""How is a scenario passed on?  The verbs `zip`, which makes one file of it, and `add`, which puts it on a shelf."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.compiler.archives import opened, read_archive
from game.compiler.folders import ZIP, find, find_id, gather, is_archive, user_folder
from game.compiler.source import Mapping, read
from game.play.disk import why_not, write_whole
from game.play.zipping import Unpackable, packed
from game.verbs.given import FINE, SHORT, Unusable
from game.verbs.listing import terms
from game.verbs.reading import sound

if TYPE_CHECKING:
    from game.rules.scenario import Scenario


READABLE: Final = 0o644


def zip_(options: argparse.Namespace) -> int:
    """Write a scenario as one file, and say what is in it."""
    scenario = sound(options.scenario)
    data = _packed(options.scenario, scenario)
    target = Path(options.file or f"{scenario.id}{ZIP}")
    if target.suffix.lower() != ZIP:
        raise Unusable(f"a zip is called something{ZIP}, not '{target}'")
    if target.exists() and not _is_of(target, scenario.id):
        raise Unusable(
            f"{target} is there already and is no zip of '{scenario.id}'; it is not written over", SHORT
        )
    _write(target, data)
    count = len(read_archive(data).files)
    print(f"written {target.as_posix()}: {count} file{'s' if count != 1 else ''}, {len(data) // 1024 + 1} kB")
    print(terms(scenario))
    lacking = [each for each in ("authors", "licence") if not _says(_where(options.scenario), each)]
    if lacking:
        words = " and ".join(lacking)
        print(f"It does not say who wrote it, or on what terms: add {words}.", file=sys.stderr)
    return FINE


def add_(options: argparse.Namespace) -> int:
    """Put a scenario on the user's own shelf, after a look at it."""
    scenario = sound(options.scenario)
    target = user_folder() / "scenarios" / f"{scenario.id}{ZIP}"
    there = find_id(scenario.id)
    if there is not None and there.absolute() != target.absolute():
        raise Unusable(f"there is a scenario '{scenario.id}' already: {there}", SHORT)
    data = _packed(options.scenario, scenario)
    if there is not None and not options.replace and there.read_bytes() != data:
        raise Unusable(
            f"another '{scenario.id}' is on your shelf already; --replace puts this in its place", SHORT
        )
    _write(target, data)
    print(terms(scenario))
    print(f"It is on your shelf, {target}. Play it:")
    print(f"    python3 main.py play {scenario.id}")
    return FINE


def _says(path: Path, what: str) -> bool:
    """Whether a scenario's own files say something, and not only those of what it extends."""
    trees = [read(each.data, each.name)[0] for each in gather(path)[0]]
    return any(isinstance(tree, Mapping) and tree.get(what) is not None for tree in trees)


def _packed(name: str, scenario: Scenario) -> bytes:
    """The scenario as a zip. Raises Unusable."""
    try:
        return packed(_where(name), scenario.id)
    except Unpackable as fault:
        raise Unusable(str(fault), SHORT) from None


def _where(name: str) -> Path:
    """Where a scenario lies that has been read."""
    path = find(name)
    assert path is not None
    return path


def _is_of(path: Path, id: str) -> bool:
    """Whether a file is a zip of that scenario, and so may be made again."""
    if not is_archive(path) or opened(path).problems:
        return False
    from game.compiler.load import examine

    found = examine(str(path))[0]
    return found is not None and found.id == id


def _write(target: Path, data: bytes) -> None:
    try:
        write_whole(target, data)
        target.chmod(READABLE)
    except OSError as fault:
        raise Unusable(f"{target} cannot be written: {why_not(fault)}") from None
