"""How does a teacher begin?  The verb `new`: commented files that load and play; none is ever written over."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import Final

from game.compiler.names import ID
from game.play.skeletons import SCHEMA_FILE, Files, new_event, new_lesson, new_scenario
from game.verbs.given import FINE, SHORT, Unusable
from game.verbs.reading import sound
from game.verbs.schema import schema_text

LONGEST: Final = 60


def new_(options: argparse.Namespace) -> int:
    """Write a scenario, a lesson or an event, with its playthrough, and say what to do next."""
    id_ = _id(options.name)
    inside = Path(options.into)
    if options.kind == "event":
        folder, files = inside, _event(id_, inside)
    else:
        folder = inside / id_
        where, title = _shown(folder), id_.replace("-", " ").capitalize()
        if options.kind == "lesson":
            files = new_lesson(id_, title, where, sound(options.extends))
        else:
            files = new_scenario(id_, title, where)
    _write(folder, files)
    where = _shown(folder)
    played = next(name for name in files if name.startswith("playthroughs/"))
    print("Next:")
    for call in (f"check {where}", f"run {where}/{played}", f"play {where}"):
        print(f"    python3 main.py {call}")
    return FINE


def _id(name: str) -> str:
    if ID.fullmatch(name) and len(name) <= LONGEST:
        return name
    better = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST]
    hint = f"; how about '{better}'?" if ID.fullmatch(better) else ""
    raise Unusable(f"'{name}' cannot be an id: small letters a-z, digits and -, {LONGEST} at most{hint}")


def _event(id_: str, folder: Path) -> Files:
    """An event for the scenario in a folder. Raises Unusable."""
    if not folder.is_dir():
        raise Unusable(f"there is no folder '{folder}': an event is added to a scenario, say which with --in")
    scenario = sound(str(folder))
    if (taken := scenario.marks.get(id_)) is not None:
        raise Unusable(f"the scenario has an item '{id_}' already, in {taken}", SHORT)
    return new_event(id_, _shown(folder), scenario, folder.resolve().name)


def _write(folder: Path, files: Files) -> None:
    """All files, or none if one of them is there. Raises Unusable."""
    for name in files:
        if os.path.lexists(folder / name):
            raise Unusable(f"{folder / name} is there already; it is not written over", SHORT)
    try:
        for name, text in files.items():
            _put(folder / name, text)
        if not os.path.lexists(folder / SCHEMA_FILE):
            _put(folder / SCHEMA_FILE, schema_text(str(folder)))
    except OSError as fault:
        raise Unusable(f"{fault.filename} cannot be written: {fault.strerror}") from None


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(f"written {_shown(path)}")


def _shown(path: Path) -> str:
    """A path as it is typed in a command."""
    return path.as_posix()
