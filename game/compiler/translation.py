"""How do the texts of another language come to stand beside those of a scenario?"""

from __future__ import annotations

import re
from typing import Final

from game.compiler.merge import Merged
from game.compiler.problems import Near, error, quoted
from game.compiler.source import Mapping, Node, Scalar, Sequence
from game.rules import block, library, scenario
from game.rules.classes import dataclass, fields
from game.rules.form import Form

HEAD: Final = ("language", "id", "format")
"""What a translation says about itself."""
CLASSES: Final = (
    scenario.Scenario, scenario.Track, scenario.Variable, scenario.Country, scenario.Person, scenario.Modifier,
    scenario.Rule, scenario.Action, scenario.Choice, scenario.Event, scenario.Directive, scenario.Milestone,
    scenario.Ending, scenario.Verdict, library.Claim, library.Term, library.Citation, scenario.Attachments,
    scenario.Teaching, block.Block, block.Result,
)  # fmt: skip
TEXTS: Final = frozenset(
    each.metadata.get("key", each.name)
    for cls in CLASSES
    for each in fields(cls)
    if each.metadata.get("form") == Form.TEXT
)
"""The keys under which a text stands."""
LANGUAGE: Final = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


def translate(base: Merged, top: Mapping, own: str, language: str) -> Merged:
    """A translation's texts laid beside those of the base, whose plain texts are in the language `own`."""
    done = Merged(base.tree, list(base.problems), dict(base.removed))
    head = tuple(entry for entry in top.entries if entry[0].text not in HEAD)
    done.tree = _Translation(own, language, done).mapping(base.tree, Mapping(head, top.mark), "")
    return done


@dataclass(frozen=True, slots=True)
class _Translation:
    own: str
    language: str
    done: Merged

    def wrong(self, code: str, node: Node, message: str, near: Near | None = None) -> None:
        self.done.problems.append(error(code, node.mark, message, near=near))

    def beside(self, base: Node, top: Node, key: str) -> Node:
        """What stands in both languages under a key."""
        text = key in TEXTS
        match base, top:
            case Mapping(), Mapping() if text and key != "labels" and self.languages(base):
                return Mapping((*base.entries, (self.said(top), top)), base.mark)
            case Mapping(), Mapping():
                return self.mapping(base, top, key)
            case Sequence(), Sequence() if any(_id(item) for item in top.items):
                return self.items(base, top)
            case Sequence(), Sequence() if text:
                if len(base.items) != len(top.items):
                    message = f"'{key}' has {len(base.items)} texts, its translation {len(top.items)}"
                    self.wrong("T401", top, message)
                pairs = zip(base.items, top.items, strict=False)
                rest = base.items[len(top.items) :]
                return Sequence((*(self.beside(b, t, key) for b, t in pairs), *rest), base.mark)
            case Mapping(), Scalar() if text:
                return Mapping((*base.entries, (self.said(top), top)), base.mark)
            case Scalar(), Scalar() | Mapping() if text:
                mine = Scalar(self.own, True, base.mark, False)
                return Mapping(((mine, base), (self.said(top), top)), base.mark)
            case Scalar(), Scalar():
                self.wrong("T401", top, f"'{key}' is no text: a translation holds ids and texts only")
            case _:
                self.wrong("T401", top, "the translation has another shape than the scenario")
        return base

    def languages(self, node: Mapping) -> bool:
        """Whether a mapping gives a text by language already."""
        return all(LANGUAGE.fullmatch(key.text) for key, _ in node.entries)

    def said(self, top: Node) -> Scalar:
        return Scalar(self.language, True, top.mark, False)

    def mapping(self, base: Mapping, top: Mapping, within: str) -> Mapping:
        entries = {key.text: (key, value) for key, value in base.entries}
        for key, value in top.entries:
            if key.text == "id":
                continue
            if key.text not in entries:
                message = f"{quoted(key.text)} is translated here, but the scenario has none"
                self.wrong("N301", key, message, Near(key.text, tuple(entries)))
            else:
                old_key, old = entries[key.text]
                name = within if within == "labels" else key.text
                entries[key.text] = (old_key, self.beside(old, value, name))
        return Mapping(tuple(entries.values()), base.mark)

    def items(self, base: Sequence, top: Sequence) -> Sequence:
        known = {_id(item): number for number, item in enumerate(base.items)}
        items = list(base.items)
        for item in top.items:
            id_ = _id(item)
            number = known.get(id_)
            if id_ is None or number is None:
                message = f"{quoted(id_ or '')} is translated here, but the scenario has none"
                self.wrong("N301", item, message, Near(id_ or "", tuple(each for each in known if each)))
            else:
                items[number] = self.beside(items[number], item, "")
        return Sequence(tuple(items), base.mark)


def _id(item: Node) -> str | None:
    if isinstance(item, Mapping) and isinstance(id_ := item.get("id"), Scalar):
        return id_.text
    return None
