"""How do the files of a scenario, the scenarios it extends and its translations become one tree?

Mappings merge key by key, lists of items by id, every other list is replaced whole. `remove: true` in an item, or
`~` as a value, deletes. Order of files and keys never matters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from game.compiler.problems import Near, Problem, error
from game.compiler.source import Mapping, Node, Scalar, Sequence, is_nothing, yes_or_no
from game.rules.classes import dataclass, field
from game.rules.digest import sha256
from game.rules.ledger import Mark

ITEM_LISTS = frozenset(
    {"events", "rules", "orders", "modifiers", "directives", "milestones", "endings", "verdicts", "choices"}
)
ENTRIES = frozenset(
    (section,)
    for section in (
        "variables", "scores", "country_variables", "countries", "tracks", "people", "past", "claims", "glossary",
        "sources",
    )
)  # fmt: skip
"""Where the keys of a mapping are names that the author gave."""
DEEPEST_CHAIN = 8
MANY = 6
"""So many changed start values in one file are told in one sentence."""


@dataclass(slots=True)
class Merged:
    """One tree, what was removed from it (id to place), and what was overridden."""

    tree: Mapping
    problems: list[Problem] = field(default_factory=list)
    removed: dict[str, Mark] = field(default_factory=dict)
    begun: list[tuple[str, Mark, Mark]] = field(default_factory=list)
    """What was given another start and nothing else: its name, where, and where the base declares it."""


def join(trees: Iterable[Mapping]) -> Merged:
    """The files of one scenario as one tree; a key or id that two files give is a problem naming both."""
    merged = Merged(Mapping((), Mark("", 1, 1)))
    entries: dict[str, tuple[Scalar, Node]] = {}
    first: Mark | None = None
    for tree in trees:
        first = first or tree.mark
        for key, value in tree.entries:
            if key.text not in entries:
                entries[key.text] = (key, value)
                continue
            old_key, old = entries[key.text]
            if is_nothing(value):
                continue
            if is_nothing(old):
                entries[key.text] = (key, value)
            elif isinstance(old, Sequence) and isinstance(value, Sequence):
                entries[key.text] = (old_key, Sequence(old.items + value.items, old.mark))
            elif isinstance(old, Mapping) and isinstance(value, Mapping):
                known = {each.text: each for each, _ in old.entries}
                for each, _ in value.entries:
                    if each.text in known:
                        message = f"'{each.text}' is given in two files"
                        merged.problems.append(error("S105", each.mark, message, other=known[each.text].mark))
                fresh = tuple(entry for entry in value.entries if entry[0].text not in known)
                entries[key.text] = (old_key, Mapping(old.entries + fresh, old.mark))
            else:
                message = f"'{key.text}' is given in two files"
                merged.problems.append(error("S105", key.mark, message, other=old_key.mark))
    merged.tree = Mapping(tuple(entries.values()), first or Mark("", 1, 1))
    return merged


def overlay(base: Merged, top: Mapping) -> Merged:
    """A scenario laid over the one it extends."""
    done = Merged(base.tree, list(base.problems), dict(base.removed))
    done.tree = _maps(base.tree, top, (), done)
    done.problems += _beginnings(done.begun)
    return done


def _beginnings(begun: list[tuple[str, Mark, Mark]]) -> Iterator[Problem]:
    """Notes on start values that are changed: one of a file that has many, such as the beginning of a lesson."""
    for file in dict.fromkeys(here.file for _, here, _ in begun):
        inside = [each for each in begun if each[1].file == file]
        if len(inside) < MANY:
            yield from (_note(*each) for each in inside)
        else:
            names = ", ".join(id_ for id_, _, _ in inside[:3])
            message = f"start values of the base are changed in this file: {names} and {len(inside) - 3} more"
            yield Problem("W604", "note", inside[0][1], message, length=len(inside[0][0]))


def _maps(base: Mapping, top: Mapping, path: tuple[str, ...], done: Merged) -> Mapping:
    """A mapping over another, at a path of keys from the root."""
    entries = {key.text: (key, value) for key, value in base.entries}
    entry = path in ENTRIES or path[-1:] == ("results",)
    parent = path[-2] if len(path) > 1 else ""
    item = path[:-1] in ENTRIES or parent == "results" or parent in ITEM_LISTS
    for key, value in top.entries:
        old = entries.get(key.text)
        if item and key.text == "remove" and isinstance(value, Scalar):
            continue
        if isinstance(value, Scalar) and is_nothing(value) and not (value.text or value.quoted):
            if old is None:
                entries[key.text] = (key, value)
            elif path:
                message = f"'{key.text}' is left empty: write ~ to delete what the base says"
                done.problems.append(error("N305", key.mark, message, other=old[0].mark))
        elif is_nothing(value) or (entry and _removed(value)):
            _delete(key, entries, path, entry, done)
        elif old is None:
            entries[key.text] = (key, value)
        else:
            if entry and isinstance(value, Mapping) and tuple(value.keys()) == ("start",):
                done.begun.append((key.text, key.mark, old[0].mark))
            elif entry:
                done.problems.append(_note(key.text, key.mark, old[0].mark))
            entries[key.text] = (key, _over(old[1], value, (*path, key.text), done))
    return Mapping(tuple(entries.values()), top.mark)


def _over(base: Node, top: Node, path: tuple[str, ...], done: Merged) -> Node:
    if isinstance(base, Mapping) and isinstance(top, Mapping):
        return _maps(base, top, path, done)
    if isinstance(base, Sequence) and isinstance(top, Sequence) and path[-1] in ITEM_LISTS:
        return _lists(base, top, path, done)
    return top


def _delete(
    key: Scalar, entries: dict[str, tuple[Scalar, Node]], path: tuple[str, ...], entry: bool, done: Merged
) -> None:
    if (gone := entries.pop(key.text, None)) is None:
        message = f"'{key.text}' is deleted here, but the base has none"
        done.problems.append(error("N301", key.mark, message, near=Near(key.text, tuple(entries))))
    elif entry:
        done.removed[key.text] = key.mark
    elif not path:
        within = gone[1]
        names = list(within.keys()) if isinstance(within, Mapping) else []
        names += [id_ for each in within.items if (id_ := _id(each))] if isinstance(within, Sequence) else []
        done.removed |= dict.fromkeys(names, key.mark)


def _lists(base: Sequence, top: Sequence, path: tuple[str, ...], done: Merged) -> Sequence:
    items: dict[str, Node] = {}
    for number, item in enumerate(base.items):
        items[_id(item) or f"#{number}"] = item
    own: set[str] = set()
    if (cleared := next(filter(_clears, top.items), None)) is not None:
        done.removed |= {id_: cleared.mark for each in base.items if (id_ := _id(each))}
        items = {}
    for number, item in enumerate(top.items):
        if _clears(item):
            continue
        id_ = _id(item)
        if not isinstance(item, Mapping) or id_ is None or id_ in own:
            items[f"+{number}"] = item
            continue
        own.add(id_)
        old = items.get(id_)
        if _removed(item):
            if old is None:
                message = f"'{id_}' is removed here, but the base has none"
                done.problems.append(error("N301", item.mark, message, near=Near(id_, tuple(items))))
            else:
                del items[id_]
                done.removed[id_] = item.mark
        elif isinstance(old, Mapping):
            done.problems.append(_note(id_, item.mark, old.mark))
            items[id_] = _maps(old, item, (*path, id_), done)
        else:
            items[id_] = item
    return Sequence(tuple(items.values()), top.mark)


def _clears(item: Node) -> bool:
    """Whether an entry says that nothing of the base's list stays."""
    remove = item.get("remove") if isinstance(item, Mapping) and _id(item) is None else None
    return isinstance(remove, Scalar) and remove.text == "all"


def _removed(item: Node) -> bool:
    remove = item.get("remove") if isinstance(item, Mapping) else None
    return isinstance(remove, Scalar) and yes_or_no(remove) is True


def _id(item: Node) -> str | None:
    if isinstance(item, Mapping) and isinstance(id_ := item.get("id"), Scalar):
        return id_.text
    return None


def _note(id_: str, here: Mark, there: Mark) -> Problem:
    message = f"'{id_}' overrides what the base scenario says"
    return Problem("W604", "note", here, message, other=there, length=len(id_))


def fingerprint(tree: Node) -> str:
    """SHA-256 over what the tree says, whatever the order of its files, keys and items."""
    text = json.dumps(_canonical(tree), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _canonical(node: Node) -> Any:
    match node:
        case Scalar(text):
            return text
        case Sequence(items):
            found = [_canonical(each) for each in items]
            if items and all(_id(each) for each in items):
                return sorted(found, key=lambda each: str(each["id"]))
            return found
        case Mapping(entries):
            return {key.text: _canonical(value) for key, value in entries}
