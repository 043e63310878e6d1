"""What stands in a YAML file, and where?  Parser events -> a tree of nodes with marks, within limits.

Nothing is constructed: scalars stay text, so `no`, `012` and `1922-04-16` mean what they say; tags, aliases and
second documents are refused. This is the only module that knows PyYAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from game.compiler.limits import LARGEST_FILE
from game.compiler.malformed import GLUED, at, diagnose
from game.compiler.problems import Problem, error, warning
from game.compiler.spelling import decode, lines_of, misleading
from game.rules.classes import dataclass, field
from game.rules.ledger import Mark

DEEPEST: Final = 64
_BREAK: Final = re.compile(r"\n+(?=[^\n])")
"""A line break left in a folded text stands for an empty line in the file; a text in `|` has its own."""
MOST_NODES: Final = 200_000
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CUT: Final = re.compile(r" #\S")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text. `quoted` if it stood in quotes or as a block, and so is always text."""

    text: str
    quoted: bool
    mark: Mark
    exact: bool
    """Whether each character stands in the file as it is, in one line after the mark (and an opening quote)."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; no key twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    mark: Mark
    _values: dict[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_values", {name.text: value for name, value in self.entries})

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return self._values.get(key)

    def keys(self) -> Iterator[str]:
        """The keys."""
        return (name.text for name, _ in self.entries)


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a file's only document (None for an empty or unreadable one), and what is wrong with it."""
    if len(data) > LARGEST_FILE:
        size = f"{len(data) // 1024} kB; at most {LARGEST_FILE // 1024} kB are read"
        return None, [error("S104", Mark(file, 1, 1), f"the file has {size}")]
    text, problems = decode(data, file)
    if text is None:
        return None, problems
    problems = misleading(text, file)
    if any(each.severity == "error" for each in problems):
        return None, problems
    reader = _Reader(file, lines_of(text))
    try:
        tree = reader.document(text)
    except _Stop as stop:
        return None, [*problems, *reader.problems, stop.problem]
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        found = diagnose(fault, file, reader.lines, reader.spread)
        return None, [*problems, *reader.problems, found]
    return tree, problems + reader.problems


class _Reader:
    """Builds nodes from parser events; its stack is bounded by DEEPEST."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        self.nodes = 0
        self.events: Iterator[Any] = iter(())
        self.spread: tuple[Any, Any] | None = None

    def document(self, text: str) -> Node | None:
        self.events = yaml.parse(text, Loader=_LOADER)
        tree: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "a second document begins here ('---'): a file holds one"
                    raise _Stop(error("S106", at(self.file, event.start_mark), message))
            elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
                tree = self.node(event, 1)
        if isinstance(tree, Scalar) and not tree.quoted:
            if not tree.text:
                return None
            glued = GLUED.match(tree.text)
            message = (
                "put a space after the colon" if glued else "the file is one text: keys with ':' are expected"
            )
            raise _Stop(error("S101", tree.mark, message))
        return tree

    def node(self, event: Any, depth: int) -> Node:
        mark = at(self.file, event.start_mark)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _Stop(error("S104", mark, f"more than {MOST_NODES} values in one file"))
        if depth > DEEPEST:
            raise _Stop(error("S104", mark, f"nested more than {DEEPEST} deep"))
        if isinstance(event, yaml.AliasEvent):
            raise _Stop(
                error("S106", mark, f"the alias *{event.anchor} is not allowed: write the text again")
            )
        if event.anchor is not None:
            raise _Stop(error("S106", mark, f"the anchor &{event.anchor} is not allowed"))
        if event.tag is not None:
            raise _Stop(error("S106", mark, f"the tag {event.tag[:40]} is not allowed"))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            for inner in self.events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self.node(inner, depth + 1))
            return Sequence(tuple(items), mark)
        return self.mapping(mark, depth)

    def scalar(self, event: Any, mark: Mark) -> Scalar:
        quoted = event.style in ("'", '"', "|", ">")
        one_line = event.start_mark.line == event.end_mark.line
        if not one_line and event.style in ("'", '"'):
            self.spread = event.start_mark, event.end_mark
        if event.style == '"' and (odd := _UNWRITABLE.search(event.value)) is not None:
            message = f"an escape gives the control character U+{ord(odd[0]):04X}: leave it out"
            self.problems.append(error("S107", mark, message))
        line = self.lines[event.start_mark.line] if event.start_mark.line < len(self.lines) else ""
        if not quoted and one_line and event.value:
            rest = line[event.end_mark.column :]
            if _CUT.match(rest):
                message = "the text is cut here: ' #' begins a comment; put the text in quotes"
                place = Mark(self.file, mark.line, event.end_mark.column + 2)
                self.problems.append(warning("S108", place, message))
        value = event.value if event.style == "|" else _BREAK.sub("\n\n", event.value)
        start = event.start_mark.column + (1 if event.style in ("'", '"') else 0)
        exact = one_line and line[start : start + len(event.value)] == event.value
        return Scalar(value, quoted, mark, exact)

    def mapping(self, mark: Mark, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Mark] = {}
        for inner in self.events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            key = self.node(inner, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                self.problems.append(error("S101", key.mark, "a key must be a plain name"))
            elif key.text == "<<" and not key.quoted:
                self.problems.append(error("S106", key.mark, "the merge key '<<' is not allowed"))
            elif key.text in seen:
                message = f"the key '{key.text}' stands here a second time"
                self.problems.append(
                    error("S105", key.mark, message, other=seen[key.text], length=len(key.text))
                )
            else:
                seen[key.text] = key.mark
                entries.append((key, value))
        return Mapping(tuple(entries), mark)


def whole_number(node: Scalar) -> int | None:
    """The whole number that a plain scalar is (an optional sign, no leading zero), or None."""
    if not node.quoted and re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,14})", node.text):
        return int(node.text)
    return None


def yes_or_no(node: Scalar) -> bool | None:
    """True or False for a plain `true` or `false`, else None."""
    return {"true": True, "false": False}.get(node.text) if not node.quoted else None


def is_nothing(node: Node) -> bool:
    """Whether a node is `~`, `null` or left empty."""
    return isinstance(node, Scalar) and not node.quoted and node.text in ("", "~", "null")


def plain(node: Node) -> Any:
    """The node as plain Python data: text, lists, dicts."""
    match node:
        case Scalar(text):
            return text
        case Sequence(items):
            return [plain(each) for each in items]
        case Mapping(entries):
            return {key.text: plain(value) for key, value in entries}
