"""How do the files of a scenario, the scenarios it extends and its translations become one tree?

Mappings merge key by key, lists of items by id, every other list is replaced whole. `remove: true` in an item, or
`~` as a value, deletes. Order of files and keys never matters.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from game.compiler.problems import Problem, error, nearest
from game.compiler.source import Mapping, Node, Scalar, Sequence, is_nothing, yes_or_no
from game.rules.ledger import Mark

ITEM_LISTS = frozenset(
    {"events", "rules", "orders", "modifiers", "directives", "milestones", "endings", "verdicts", "choices"}
)
DEEPEST_CHAIN = 8


@dataclass(slots=True)
class Merged:
    """One tree, what was removed from it (id to place), and what was overridden."""

    tree: Mapping
    problems: list[Problem] = field(default_factory=list)
    removed: dict[str, Mark] = field(default_factory=dict)


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
            if isinstance(old, Sequence) and isinstance(value, Sequence):
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
    done.tree = _maps(base.tree, top, "", done)
    return done


def _maps(base: Mapping, top: Mapping, path: str, done: Merged) -> Mapping:
    entries = {key.text: (key, value) for key, value in base.entries}
    for key, value in top.entries:
        if key.text == "remove":
            continue
        if is_nothing(value):
            if entries.pop(key.text, None) is None:
                message = f"'{key.text}' is deleted here, but the base has none"
                done.problems.append(error("N301", key.mark, message))
            else:
                done.removed[key.text] = key.mark
        elif key.text in entries:
            old = entries[key.text][1]
            if isinstance(old, Mapping) and isinstance(value, Mapping):
                inner = f"{path}.{key.text}" if path else key.text
                if path in ("countries", "people", "variables", "country_variables", "scores"):
                    _overridden(done, key.text, key.mark, entries[key.text][0].mark)
                entries[key.text] = (key, _maps(old, value, inner, done))
            elif isinstance(old, Sequence) and isinstance(value, Sequence) and key.text in ITEM_LISTS:
                entries[key.text] = (key, _lists(old, value, key.text, done))
            else:
                entries[key.text] = (key, value)
        else:
            entries[key.text] = (key, value)
    return Mapping(tuple(entries.values()), top.mark)


def _lists(base: Sequence, top: Sequence, path: str, done: Merged) -> Sequence:
    items: dict[str, Node] = {}
    for number, item in enumerate(base.items):
        items[_id(item) or f"#{number}"] = item
    for number, item in enumerate(top.items):
        id_ = _id(item)
        if not isinstance(item, Mapping) or id_ is None:
            items[f"+{number}"] = item
            continue
        old = items.get(id_)
        remove = item.get("remove")
        if isinstance(remove, Scalar) and yes_or_no(remove):
            if old is None:
                hint = nearest(id_, items)
                message = f"'{id_}' is removed here, but the base has none"
                done.problems.append(error("N301", item.mark, message, hint=hint))
            else:
                del items[id_]
                done.removed[id_] = item.mark
        elif isinstance(old, Mapping):
            _overridden(done, id_, item.mark, old.mark)
            items[id_] = _maps(old, item, path, done)
        else:
            items[id_] = item
    return Sequence(tuple(items.values()), top.mark)


def _id(item: Node) -> str | None:
    if isinstance(item, Mapping) and isinstance(id_ := item.get("id"), Scalar):
        return id_.text
    return None


def _overridden(done: Merged, id_: str, here: Mark, there: Mark) -> None:
    message = f"'{id_}' overrides what the base scenario says"
    done.problems.append(Problem("W604", "note", here, message, other=there))


def translate(base: Merged, top: Mapping, own: str, language: str) -> Merged:
    """A translation's texts laid beside those of the base, whose plain texts are in the language `own`."""
    done = Merged(base.tree, list(base.problems), dict(base.removed))
    tree = _beside(base.tree, top, own, language, done)
    assert isinstance(tree, Mapping)
    done.tree = tree
    return done


def _beside(base: Node, top: Node, own: str, language: str, done: Merged) -> Node:
    if isinstance(base, Mapping) and isinstance(top, Mapping):
        entries = {key.text: (key, value) for key, value in base.entries}
        for key, value in top.entries:
            if key.text in ("language", "id", "format"):
                continue
            if key.text not in entries:
                hint = nearest(key.text, entries)
                message = f"'{key.text}' is translated here, but the scenario has none"
                done.problems.append(error("N301", key.mark, message, hint=hint))
            else:
                old_key, old = entries[key.text]
                entries[key.text] = (old_key, _beside(old, value, own, language, done))
        return Mapping(tuple(entries.values()), base.mark)
    if isinstance(base, Sequence) and isinstance(top, Sequence):
        if any(_id(item) for item in top.items):
            known = {_id(item): number for number, item in enumerate(base.items)}
            items = list(base.items)
            for item in top.items:
                if (number := known.get(_id(item))) is None:
                    message = f"'{_id(item)}' is translated here, but the scenario has none"
                    done.problems.append(error("N301", item.mark, message))
                else:
                    items[number] = _beside(items[number], item, own, language, done)
            return Sequence(tuple(items), base.mark)
        pairs = zip(base.items, top.items, strict=False)
        rest = base.items[len(top.items) :]
        return Sequence((*(_beside(b, t, own, language, done) for b, t in pairs), *rest), base.mark)
    if isinstance(base, Scalar) and isinstance(top, Scalar):
        mine = Scalar(own, True, base.mark, False)
        return Mapping(((mine, base), (Scalar(language, True, top.mark, False), top)), base.mark)
    if isinstance(base, Mapping) and isinstance(top, Scalar):
        return Mapping((*base.entries, (Scalar(language, True, top.mark, False), top)), base.mark)
    if isinstance(base, Scalar) and isinstance(top, Mapping):
        key_ = Scalar(own, True, base.mark, False)
        return Mapping(((key_, base), (Scalar(language, True, top.mark, False), top)), base.mark)
    done.problems.append(error("T401", top.mark, "the translation has another shape than the scenario"))
    return base


def fingerprint(tree: Node) -> str:
    """SHA-256 over what the tree says, whatever the order of its files, keys and items."""
    text = json.dumps(_canonical(tree), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
