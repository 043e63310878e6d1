"""What stands in a YAML file, and where?  Parser events -> a tree of nodes with marks, within limits.

Nothing is constructed: scalars stay text, so `no`, `012` and `1922-04-16` mean what they say; tags, aliases and
second documents are refused. This is the only module that knows PyYAML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from game.compiler.problems import Problem, error, warning
from game.rules.ledger import Mark

LARGEST_FILE: Final = 2 * 1024 * 1024
DEEPEST: Final = 64
MOST_NODES: Final = 200_000
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MISLEADING: Final = re.compile("[\u00a0\u2007\u202f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u3000]")
_SMART: Final = {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\uff1a": ":"}
_CONFLICT: Final = re.compile(r"(<{7} |={7}$|>{7} )")
_GLUED: Final = re.compile(r"\s*(?:- )?[a-z_]+:[^\s/]")
_SECOND_COLON: Final = re.compile(r"""\s*(?:- )?[\w.-]+:\s+[^'"{\[|>&*!#].*: """)


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

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

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
    text, problems = _decode(data, file)
    if text is None:
        return None, problems
    problems = _characters(text, file)
    if any(each.severity == "error" for each in problems):
        return None, problems
    reader = _Reader(file, text.splitlines())
    try:
        tree = reader.document(text)
    except _Stop as stop:
        return None, [*problems, *reader.problems, stop.problem]
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        return None, [*problems, *reader.problems, _syntax(fault, file, text)]
    return tree, problems + reader.problems


def _decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [error("S103", Mark(file, 1, 1), "the file is in UTF-16: save it as UTF-8")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as fault:
        before = data[: fault.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        byte = data[fault.start]
        message = (
            f"byte {byte:#04x} is not UTF-8: save the file as UTF-8 (it may be cp1251, KOI8-R or Latin-1)"
        )
        return None, [error("S103", Mark(file, line, column), message)]


def _characters(text: str, file: str) -> list[Problem]:
    """What the eye does not see: tabs, hidden characters, quotes that are no quotes, marks of a failed merge."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.isascii() and line.isprintable() and line[:1] not in "<=>":
            continue
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            place = Mark(file, number, indent.index("\t") + 1)
            found.append(error("S107", place, "a tab in the indentation: use spaces"))
        if _CONFLICT.match(line):
            found.append(
                error("S101", Mark(file, number, 1), "a mark of an unfinished merge: choose one version")
            )
        for place_, char in enumerate(line, start=1):
            code, name = f"U+{ord(char):04X}", unicodedata.name(char, "control character").lower()
            if (char < " " and char != "\t") or char == "\x7f":
                found.append(
                    error("S107", Mark(file, number, place_), f"a {name} ({code}) in the text: remove it")
                )
            elif _MISLEADING.match(char):
                found.append(_hidden(line, place_, Mark(file, number, place_), code, name))
            elif char in _SMART and _structural(line, place_ - 1):
                message = f"{char} ({name}, {code}) is no YAML sign: write {_SMART[char]}"
                found.append(error("S107", Mark(file, number, place_), message))
    return found


def _hidden(line: str, place: int, mark: Mark, code: str, name: str) -> Problem:
    text = f"a {name} ({code}), which cannot be seen: "
    if not line[: place - 1].strip() or ":" not in line[: place - 1]:
        return error("S107", mark, text + "write a plain space or nothing")
    return warning("S107", mark, text + "is it meant?")


def _structural(line: str, at: int) -> bool:
    """Whether a look-alike stands where YAML would want the real sign: at the start of a value, or after a key."""
    before = line[:at]
    if line[at] == "\uff1a":
        return re.fullmatch(r"\s*(- )?[\w-]+", before) is not None
    return re.fullmatch(r"\s*(- )*([\w.-]+:)?\s*", before) is not None


def _syntax(fault: Exception, file: str, text: str) -> Problem:
    mark = getattr(fault, "problem_mark", None)
    context = getattr(fault, "context", None) or ""
    opening = getattr(fault, "context_mark", None)
    what = getattr(fault, "problem", None) or str(fault).partition("\n")[0] or type(fault).__name__
    lines = text.splitlines()
    if "quoted scalar" in context and opening is not None:
        return error("S101", _mark(file, opening), "this quote is never closed")
    if mark is None:
        return error("S101", Mark(file, 1, 1), f"not YAML: {what}")
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "mapping values are not allowed" in what:
        if _SECOND_COLON.match(line):
            return error("S101", _mark(file, mark), "this text holds ': '; put the whole text in quotes")
        if mark.line and _GLUED.match(lines[mark.line - 1]):
            return error("S101", Mark(file, mark.line, 1), "put a space after the colon")
        what = "a key is not expected here; look at the indentation"
    if "found character '\\t'" in what or "\t" in line[: mark.column + 1]:
        what = "a tab where spaces are expected"
    if "could not find expected ':'" in what:
        what = "a ':' is missing after this key, or a quote is not closed"
    if opening is not None and opening.line != mark.line:
        what += f" (what began in line {opening.line + 1} is not finished)"
    return error("S101", _mark(file, mark), f"not YAML: {what}")


def _mark(file: str, mark: Any) -> Mark:
    return Mark(file, mark.line + 1, mark.column + 1)


class _Reader:
    """Builds nodes from parser events; its stack is bounded by DEEPEST."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        self.nodes = 0
        self.events: Iterator[Any] = iter(())

    def document(self, text: str) -> Node | None:
        self.events = yaml.parse(text, Loader=_LOADER)
        tree: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "a second document begins here ('---'): a file holds one"
                    raise _Stop(error("S106", _mark(self.file, event.start_mark), message))
            elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
                tree = self.node(event, 1)
        if isinstance(tree, Scalar) and not tree.quoted:
            if not tree.text:
                return None
            glued = _GLUED.match(tree.text)
            message = (
                "put a space after the colon" if glued else "the file is one text: keys with ':' are expected"
            )
            raise _Stop(error("S101", tree.mark, message))
        return tree

    def node(self, event: Any, depth: int) -> Node:
        mark = _mark(self.file, event.start_mark)
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
        if event.tag not in (None, "!"):
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
        line = self.lines[event.start_mark.line] if event.start_mark.line < len(self.lines) else ""
        if event.style is None and one_line and event.value:
            rest = line[event.end_mark.column :]
            if re.match(r" #\S", rest):
                message = "the text is cut here: ' #' begins a comment; put the text in quotes"
                place = Mark(self.file, mark.line, event.end_mark.column + 2)
                self.problems.append(warning("S108", place, message))
        start = event.start_mark.column + (1 if event.style in ("'", '"') else 0)
        exact = one_line and line[start : start + len(event.value)] == event.value
        return Scalar(event.value, quoted, mark, exact)

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
    if not node.quoted and re.fullmatch(r"[-+]?(0|[1-9]\d{0,14})", node.text):
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
