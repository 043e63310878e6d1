"""How does a teacher begin?  The verb `new`: commented files that load and play; none is ever written over."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import Final

from game.compiler.names import ID
from game.play.skeletons import (
    LESSON_TURNS,
    PAST_FILE,
    SCHEMA_FILE,
    Files,
    new_event,
    new_lesson,
    new_scenario,
)
from game.rules.building import interpret
from game.rules.calendar import name_step, parse_step
from game.rules.scenario import Scenario
from game.verbs.given import FINE, SHORT, Unusable
from game.verbs.past import beginning
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
            files = _lesson(id_, title, where, options)
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


def _lesson(id_: str, title: str, where: str, options: argparse.Namespace) -> Files:
    """A lesson on another scenario, from its beginning or from later on. Raises Unusable."""
    base = sound(options.extends)
    if options.begin is None and options.end is None:
        return new_lesson(id_, title, where, base)
    length = base.calendar.step
    start, end = (parse_step(each, length) for each in (base.calendar.start, base.calendar.end))
    first = start if options.begin is None else _step(options.begin, base, start, end)
    last = min(first + LESSON_TURNS - 1, end) if options.end is None else _step(options.end, base, first, end)
    if first == start:
        return new_lesson(id_, title, where, base, (first, last))
    call = f"past {options.extends} {name_step(first, length)} --out {where}/{PAST_FILE}"
    past = beginning(interpret(base), options.extends, name_step(first, length), None, call)
    return new_lesson(id_, title, where, base, (first, last), past)


def _step(text: str, base: Scenario, first: int, last: int) -> int:
    """A step of the base's calendar. Raises Unusable."""
    length = base.calendar.step
    try:
        step = parse_step(text.upper(), length)
    except ValueError:
        step = first - 1
    if not first <= step <= last:
        raise Unusable(f"'{text}' is no turn from {name_step(first, length)} to {name_step(last, length)}")
    return step


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
