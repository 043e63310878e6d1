"""How does a text become HTML?  As a tree of elements whose texts are escaped when it is written out, and only there.

There is no way to put markup into a tree as text: what a scenario, a player or a file name says is always text. What
could run or fetch something cannot be made at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final, TypeAlias

from game.rules.classes import dataclass
from game.views.screens.markup import flowing, runs

MOST_MARKS: Final = 4
"""Combining marks that may stand on one letter."""
VOID: Final = frozenset({"br", "col", "hr", "link", "meta"})
RUNNING: Final = frozenset(
    {"a", "applet", "audio", "base", "embed", "form", "foreignobject", "frame", "iframe", "image", "img", "input",
     "link", "meta", "object", "script", "source", "style", "template", "use", "video"}
)  # fmt: skip
"""Tags that could run or fetch something, or that only the frame of a page has; a link within it is made by `link`."""
LINES: Final = frozenset(
    {"article", "aside", "caption", "col", "colgroup", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
     "g", "h1", "h2", "h3", "h4", "header", "hr", "li", "main", "nav", "ol", "p", "section", "svg", "table", "tbody",
     "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
"""Tags that begin a line of the file."""
TAG: Final = re.compile(r"[a-z][a-zA-Z0-9]*")
ATTRIBUTE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
LOCAL: Final = re.compile(r"#?[A-Za-z0-9][A-Za-z0-9._-]*")
"""Where a link may lead: to a place of the same page, or to a file beside it."""
UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""What has no shape of its own or turns the line round: shown as a replacement sign."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element with its attributes and what is in it."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Node | str, ...]


Child: TypeAlias = "Node | str | None"


def el(tag: str, *children: Child, **attributes: str | int | None) -> Node:
    """An element. Attributes are written `class_`, `aria_label`; whatever is None is left out.

    >>> write(el("p", "1 < 2", class_="big"))
    '<p class="big">1 &lt; 2</p>'
    """
    if not TAG.fullmatch(tag) or tag.lower() in RUNNING:
        raise ValueError(f"no element '{tag}' in a report")
    return _node(tag, children, attributes)


def link(where: str, *children: Child, **attributes: str | int | None) -> Node:
    """A link to a place of the same page (`#place`) or to a file beside it."""
    if not LOCAL.fullmatch(where):
        raise ValueError(f"no link to '{where}' in a report")
    return _node("a", children, {"href": where, **attributes})


def _node(tag: str, children: Iterable[Child], attributes: dict[str, str | int | None]) -> Node:
    found = []
    for key, value in attributes.items():
        name = key.rstrip("_").replace("_", "-")
        if not ATTRIBUTE.fullmatch(name) or name.lower().startswith("on") or name == "srcdoc":
            raise ValueError(f"no attribute '{name}' in a report")
        if value is not None:
            found.append((name, str(value)))
    return Node(tag, tuple(found), tuple(each for each in children if each is not None and each != ""))


def clean(text: str) -> str:
    """A text with a replacement sign for whatever has no shape, and no more marks on a letter than it can bear.

    >>> clean("a\\x00b\\u202ec")
    'a�b�c'
    """
    text = UNSHOWN.sub("\ufffd", text)
    if text.isascii():
        return text
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def prose(text: str, tag: str = "p", language: str = "", **attributes: str | int | None) -> list[Node]:
    """A text of a scenario in paragraphs, with its emphasis; `language` where it differs from the page's."""
    return [
        el(tag, *spoken(paragraph), lang=language or None, **attributes)
        for paragraph in flowing(text).split("\n")
        if paragraph.strip()
    ]


def spoken(text: str) -> list[Node | str]:
    """A text of a scenario on one line, with its emphasis; links are shown by their words."""
    return [el("em", shown) if emphasised else shown for shown, emphasised, _ in runs(text) if shown]


def write(node: Node | str) -> str:
    """The text of a file: every text escaped, attributes in the order given."""
    return "".join(_written(node, first=True))


def _written(node: Node | str, first: bool = False) -> Iterator[str]:
    if isinstance(node, str):
        yield escape(clean(node), quote=True)
        return
    if node.tag in LINES and not first:
        yield "\n"
    yield f"<{node.tag}"
    for name, value in node.attributes:
        yield f' {name}="{escape(clean(value), quote=True)}"'
    yield ">"
    if node.tag in VOID:
        return
    for child in node.children:
        yield from _written(child)
    yield f"</{node.tag}>"
