"""What does a scenario say of itself, before it is read?  Its title, what it is about, its calendar, its policies.

Only the few lines in question are read of each file, so that a list of scenarios is there at once. Whether a scenario
can be played is not known before it is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from game.compiler.folders import POLICIES, find_id, gather, known_ids, read_bytes
from game.compiler.merge import DEEPEST_CHAIN
from game.compiler.source import Mapping, Node, Scalar, Sequence, read
from game.rules.classes import dataclass

TOLD: Final = ("title", "text", "calendar", "extends", "language")
"""Sections that are looked at."""
_HEAD: Final = re.compile(rb"^(%s)[ \t]*:" % b"|".join(each.encode() for each in TOLD), re.MULTILINE)
_END: Final = re.compile(rb"^[^\s#\-\]}]", re.MULTILINE)
_AHEAD: Final = re.compile(rb"^looks_ahead[ \t]*:", re.MULTILINE)


Sections = dict[Path, dict[str, Node]]


@dataclass(frozen=True, slots=True)
class Glance:
    """A scenario as it says it is. `base` is the scenario that it extends."""

    id: str
    title: str
    text: str = ""
    start: str = ""
    end: str = ""
    step: str = "quarter"
    base: str = ""
    policies: tuple[tuple[str, str], ...] = ()
    """Its own policies and those of its bases that can hold a seat, by name, each with its title."""


def glances(language: str = "") -> tuple[Glance, ...]:
    """All scenarios on the shelves: each that stands for itself, followed by those that extend it."""
    read_: Sections = {}
    found = [each for id in known_ids() if (each := glance(id, language, read_)) is not None]
    known = {each.id: each for each in found}

    def place(each: Glance) -> tuple[str, ...]:
        above, seen = [each.id], {each.id}
        while each.base in known and each.base not in seen:
            each = known[each.base]
            above.append(each.id)
            seen.add(each.id)
        return tuple(reversed(above))

    return tuple(sorted(found, key=place))


def glance(id: str, language: str = "", read_: Sections | None = None) -> Glance | None:
    """A scenario by its id; None where there is nothing to be read. What it does not say, its base says.

    `read_` holds what has been read already.
    """
    read_ = {} if read_ is None else read_
    found: dict[str, Node] = {}
    policies: dict[str, str] = {}
    base = ""
    path = find_id(id)
    if path is None:
        return None
    for _ in range(DEEPEST_CHAIN):
        own = read_.setdefault(path, {}) or _sections(path)
        read_[path] = own
        for name, node in own.items():
            if name == "calendar" and isinstance(node, Mapping):
                for key, value in node.entries:
                    found.setdefault(f"calendar.{key.text}", value)
            found.setdefault(name, node)
        for name, title in _policies(path if path.is_dir() else path.parent):
            policies.setdefault(name, title)
        extends = own.get("extends")
        above = find_id(extends.text, path) if isinstance(extends, Scalar) else None
        if above is None or not isinstance(extends, Scalar):
            break
        base, path = base or extends.text, above
    spoken = found.get("language")
    wanted = language or (spoken.text if isinstance(spoken, Scalar) else "en")
    return Glance(
        id,
        _said(found.get("title"), wanted) or id.replace("-", " ").capitalize(),
        _said(found.get("text"), wanted),
        _said(found.get("calendar.from"), wanted),
        _said(found.get("calendar.to"), wanted),
        _said(found.get("calendar.step"), wanted) or "quarter",
        base,
        tuple(sorted(policies.items())),
    )


def _sections(path: Path) -> dict[str, Node]:
    """The sections of a scenario's files that tell what it is; a file in another language tells nothing."""
    found: dict[str, Node] = {}
    for source in gather(path)[0]:
        own = {name: node for block in _blocks(source.data) for name, node in block}
        if "language" in own and "calendar" not in own and "extends" not in own:
            continue
        for name, node in own.items():
            found.setdefault(name, node)
    return found


def _blocks(data: bytes) -> Iterator[list[tuple[str, Node]]]:
    """The sections that are looked at, each read alone."""
    for head in _HEAD.finditer(data):
        end = _END.search(data, head.end())
        tree, _ = read(data[head.start() : end.start() if end else len(data)], "")
        if isinstance(tree, Mapping):
            yield [(key.text, value) for key, value in tree.entries]


def _policies(folder: Path) -> Iterator[tuple[str, str]]:
    """The policies of a folder that can hold a seat: not those that look ahead."""
    if not (folder / POLICIES).is_dir():
        return
    for path in sorted((folder / POLICIES).glob("*.yaml")):
        data, fault = read_bytes(path)
        if fault is None and not _AHEAD.search(data):
            own = dict(pair for block in _blocks(data) for pair in block)
            yield path.stem, _said(own.get("title"), "en") or path.stem


def _said(node: Node | None, language: str) -> str:
    """A text as it would be said first: in a language where it has several, its last variant where it has variants."""
    match node:
        case Scalar():
            return node.text.strip()
        case Sequence(items) if items:
            last = items[-1]
            return _said(last.get("text"), language) if isinstance(last, Mapping) else _said(last, language)
        case Mapping():
            found = node.get(language)
            return _said(
                found if found is not None else next((value for _, value in node.entries), None), language
            )
        case _:
            return ""
