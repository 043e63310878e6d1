"""What does a screen reader hear of a tree?  Plain descriptions of its elements, in the words of AccessKit.

They are values, made when something was painted: a reader asks for them from a thread of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pygame import Rect

from game.rules.classes import dataclass
from game.views.desktop.focus import Gauge, Spot
from game.views.desktop.keys import shown
from game.views.screens.markup import unmarked
from game.views.screens.tree import Element, Role

ROLES: Final = {
    Role.SCREEN: "PANE", Role.DIALOG: "DIALOG", Role.GROUP: "GROUP", Role.HEADING: "HEADING", Role.TEXT: "LABEL",
    Role.BUTTON: "BUTTON", Role.TABS: "TAB_LIST", Role.TAB: "TAB", Role.LIST: "LIST_BOX", Role.ITEM: "LIST_BOX_OPTION",
    Role.OPTION: "LIST_BOX_OPTION", Role.SLIDER: "SLIDER", Role.VALUE: "LABEL", Role.MAP: "LIST_BOX",
    Role.IMAGE: "IMAGE", Role.CHART: "FIGURE", Role.FIELD: "TEXT_INPUT", Role.LINK: "LINK",
}  # fmt: skip
"""What each role is there. A value that can be pressed is a button."""
PICKED: Final = frozenset({Role.TAB, Role.ITEM, Role.OPTION})
"""Roles of which one among others is selected."""
VALUED: Final = frozenset({"SLIDER", "TEXT_INPUT"})
"""Roles of which the value is heard beside the name."""
WINDOW: Final = "window"
NOTICE: Final = "notice"


@dataclass(frozen=True, slots=True)
class Heard:
    """One element as it is heard: its role by its name in AccessKit, and what is said of it."""

    id: str
    role: str
    label: str = ""
    value: str = ""
    description: str = ""
    key: str = ""
    selected: bool | None = None
    """None where selecting makes no sense."""
    disabled: bool = False
    modal: bool = False
    live: bool = False
    """To be told as soon as it is there."""
    actions: tuple[str, ...] = ()
    place: tuple[int, int, int, int] | None = None
    """Left, top, right and bottom in the window."""
    gauge: Gauge | None = None
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """All that can be heard at a moment, the window first, and what has the focus."""

    nodes: tuple[Heard, ...]
    focus: str


def tell(
    title: str, tree: Element, spots: Sequence[Spot], corner: tuple[int, int], held: str, notice: str = ""
) -> Telling:
    """The tree that answers, with the place of each element, and the sentence that is to be read."""
    places = {spot.id: spot for spot in spots}
    nodes = list(_heard(tree, places, corner, {WINDOW, NOTICE}))
    parts = [nodes[-1].id]
    if notice:
        nodes.append(Heard(NOTICE, "STATUS", value=notice, live=True))
        parts.append(NOTICE)
    nodes.append(Heard(WINDOW, "WINDOW", title, children=tuple(parts)))
    known = {each.id for each in nodes}
    return Telling(tuple(reversed(nodes)), held if held in known and held in places else parts[0])


def _heard(
    element: Element, places: dict[str, Spot], corner: tuple[int, int], taken: set[str]
) -> Iterator[Heard]:
    """An element after all that lies below it; an id that was there before gets a number."""
    id, number = element.id or str(element.role), 2
    while id in taken:
        id, number = f"{element.id or element.role} ({number})", number + 1
    taken.add(id)
    children = []
    for child in element.children:
        for each in _heard(child, places, corner, taken):
            yield each
        children.append(each.id)
    yield _one(id, element, places.get(element.id), corner, tuple(children))


def _one(
    id: str, element: Element, spot: Spot | None, corner: tuple[int, int], children: tuple[str, ...]
) -> Heard:
    role = "BUTTON" if element.role == Role.VALUE and element.press else ROLES[element.role]
    label, value = plain(element.name), plain(element.value)
    if role not in VALUED:  # of all others a value would not be heard
        label, value = f"{label}: {value}" if value else label, ""
    if role == "LABEL":  # which is heard by its value alone
        label, value = "", label
    return Heard(
        id, role, label, value,
        description=plain(" ".join(filter(None, (element.disabled, element.description)))),
        key=shown(element.key) if element.key else "",
        selected=element.selected if element.role in PICKED else None,
        disabled=bool(element.disabled),
        modal=element.role == Role.DIALOG,
        live=element.id == "guide",
        actions=tuple(_actions(element)),
        place=_place(spot.rect, corner) if spot is not None else None,
        gauge=spot.gauge if spot is not None else None,
        children=children,
    )  # fmt: skip


def plain(words: str) -> str:
    """A text without its marks, on one line.

    >>> plain("The *Narkomindel* of [[chicherin|Chicherin]]")
    'The Narkomindel of Chicherin'
    """
    return " ".join(unmarked(words).split())


def _actions(element: Element) -> Iterator[str]:
    """What a reader may do with an element."""
    if element.usable:
        yield "FOCUS"
    if element.press or element.pick or element.explain:
        yield "CLICK"
    if element.more:
        yield "INCREMENT"
    if element.less:
        yield "DECREMENT"


def _place(rect: Rect, corner: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top = corner
    return rect.left - left, rect.top - top, rect.right - left, rect.bottom - top
