"""How does a scenario become one file that can be passed on?  A zip of its YAML, the same bytes wherever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from game.compiler.archives import Refused, read_archive
from game.compiler.folders import PLAYTHROUGHS, POLICIES, companions, gather, is_archive, read_bytes
from game.compiler.problems import ScenarioError

FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can bear: when a file was last saved is nobody's business."""
UNIX: Final = 3
READABLE: Final = 0o100644 << 16


class Unpackable(Exception):
    """A scenario cannot be made a zip of; the sentence for people."""


def packed(path: Path, id: str) -> bytes:
    """A scenario's files, with its playthroughs and policies, as a zip. Raises ScenarioError, Unpackable."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, data in sorted(_files(path)):
            entry = zipfile.ZipInfo(f"{id}/{name}", FIRST_DAY)
            entry.create_system, entry.external_attr = UNIX, READABLE
            file.writestr(entry, data)
    made = out.getvalue()
    try:
        read_archive(made)
    except Refused as refused:
        raise Unpackable(f"nobody could read it: {refused}") from None
    return made


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files by their path in the scenario's folder. A scenario of one file has no companions."""
    sources, problems = gather(path)
    if problems:
        raise ScenarioError(problems)
    home = path if path.is_dir() or is_archive(path) else path.parent
    for source in sources:
        yield Path(source.name).relative_to(home).as_posix(), source.data
    if home != path:
        return
    for kind in (PLAYTHROUGHS, POLICIES):
        for each in companions(path, kind):
            data, fault = read_bytes(each)
            if fault is not None:
                raise ScenarioError([fault])
            yield f"{kind}/{each.name}", data
