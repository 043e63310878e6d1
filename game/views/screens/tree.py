"""What is on a screen?  Elements with a role, a name, a value and what can be done with them, for every reader alike.

A tree is a value: it is built anew from the game whenever something changed, and never altered. A reader finds
what can be done in `pick`, `press`, `less`, `more` and `explain`, hands such an act to the stage, and asks for the
tree again.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from game.rules.classes import dataclass, replace


class Role(StrEnum):
    """What kind of thing an element is, in the words of accessibility interfaces."""

    SCREEN = "screen"
    DIALOG = "dialog"
    GROUP = "group"
    HEADING = "heading"
    TEXT = "text"
    BUTTON = "button"
    TABS = "tabs"
    TAB = "tab"
    LIST = "list"
    ITEM = "item"
    OPTION = "option"
    SLIDER = "slider"
    VALUE = "value"
    MAP = "map"
    IMAGE = "image"
    CHART = "chart"
    FIELD = "field"
    LINK = "link"


BACK = "\b"
"""What takes the last sign of a field away."""
LETTERS = "letters"
"""The verb of a field that takes all that is typed, so that no key of its screen means anything else."""
STROKE = "stroke"
"""The verb of a field that takes the next key that is pressed, whichever it is."""
COMPOSITE = frozenset({Role.LIST, Role.TABS, Role.MAP})
"""Their parts are one stop of the Tab key; the arrows walk inside."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be done: a verb of the stage, to what, and by how much."""

    verb: str
    what: str = ""
    amount: int = 0


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on a screen. `subject` is what it shows, for those who draw it."""

    role: Role
    name: str
    id: str = ""
    value: str = ""
    description: str = ""
    key: str = ""
    """The key that presses it from anywhere on its screen, by its place on a Latin keyboard."""
    pick: Act | None = None
    """What laying a finger on it does: focusing it, a first click, its key. `press` then takes Enter or a second
    click."""
    press: Act | None = None
    less: Act | None = None
    more: Act | None = None
    explain: Act | None = None
    types: str = ""
    """The verb that takes what is typed while the field has the focus: signs, or BACK for the last one away."""
    disabled: str = ""
    """Why it cannot be used; empty if it can."""
    selected: bool = False
    focused: bool = False
    children: tuple[Element, ...] = ()
    subject: object = None

    @property
    def usable(self) -> bool:
        """Whether something can be done with it."""
        acts = self.press or self.pick or self.less or self.more or self.explain
        return acts is not None or bool(self.disabled or self.types)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, role: Role | str, name: str) -> Element:
        """The first element of a role by its name. Raises LookupError."""
        for each in self.walk():
            if each.role == role and each.name == name:
                return each
        raise LookupError(f"no {role} '{name}'")

    def get(self, id: str) -> Element | None:
        """The element with an id, or None."""
        return next((each for each in self.walk() if each.id == id), None)

    def __getitem__(self, id: str) -> Element:
        """The element with an id. Raises KeyError."""
        found = self.get(id)
        if found is None:
            raise KeyError(id)
        return found

    def at_key(self, key: str) -> Element | None:
        """The element that a key presses."""
        return next((each for each in self.walk() if each.key == key and each.usable), None)

    def of(self, kind: type[Found]) -> Found:
        """The subject, which must be of a kind."""
        assert isinstance(self.subject, kind), f"{self.id} shows {type(self.subject).__name__}"
        return self.subject

    def under(self, kind: type[Found]) -> tuple[tuple[Element, Found], ...]:
        """The children that show a subject of a kind, each with it."""
        return tuple((each, each.subject) for each in self.children if isinstance(each.subject, kind))

    def focusing(self, id: str) -> Element:
        """The same tree with one element marked as focused."""
        if self.id == id:
            return replace(self, focused=True)
        for at, child in enumerate(self.children):
            marked = child.focusing(id)
            if marked is not child:
                return replace(self, children=(*self.children[:at], marked, *self.children[at + 1 :]))
        return self


def outline(tree: Element, depth: int = 0) -> Iterator[str]:
    """The tree as lines of text, for tests and for reading aloud."""
    words = [str(tree.role), f"“{tree.name}”"]
    if tree.value:
        words.append(tree.value)
    if tree.key:
        words.append(f"[{tree.key}]")
    if tree.selected:
        words.append("selected")
    if tree.focused:
        words.append("focused")
    if tree.disabled:
        words.append(f"disabled: {tree.disabled}")
    yield "  " * depth + " ".join(words)
    for child in tree.children:
        yield from outline(child, depth + 1)


def text(id: str, words: str, description: str = "") -> Element:
    """A text to be read."""
    return Element(Role.TEXT, words, id, description=description)


def heading(id: str, words: str) -> Element:
    """A heading."""
    return Element(Role.HEADING, words, id)


def button(
    id: str,
    name: str,
    press: Act,
    key: str = "",
    description: str = "",
    disabled: str = "",
    selected: bool = False,
) -> Element:
    """A button."""
    return Element(
        Role.BUTTON,
        name,
        id,
        description=description,
        key=key,
        press=press,
        disabled=disabled,
        selected=selected,
    )


def group(role: Role, id: str, name: str, *children: Element, description: str = "") -> Element:
    """Elements that belong together."""
    return Element(role, name, id, description=description, children=children)
