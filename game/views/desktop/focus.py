"""Where does the keyboard stand, and where does it go next?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pygame import Rect

from game.rules.classes import dataclass
from game.views.screens.tree import COMPOSITE, Act, Element, Role

SIDEWAYS: Final = 3
"""How much worse a thing counts that lies off the line of an arrow than one that lies on it."""
ARROWS: Final = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}


@dataclass(frozen=True, slots=True)
class Gauge:
    """A bar that can be dragged: where it lies, the values at its ends, and the present one."""

    bar: Rect
    low: int
    high: int
    value: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an element that can be used lies: in full, and what of it is in sight."""

    element: Element
    rect: Rect
    seen: Rect
    stop: str
    """The stop of the Tab key it belongs to."""
    panel: str = ""
    """The scrolling panel that holds it."""
    gauge: Gauge | None = None

    @property
    def id(self) -> str:
        """The id of its element."""
        return self.element.id


def stop_names(tree: Element) -> dict[str, str]:
    """For each element its stop of the Tab key: that of the list, tabs or map that holds it, else its own."""
    found: dict[str, str] = {}

    def walk(element: Element, stop: str) -> None:
        found[element.id] = stop or element.id
        inner = stop or (element.id if element.role in COMPOSITE else "")
        for child in element.children:
            walk(child, inner)

    walk(tree, "")
    return found


def find(spots: Sequence[Spot], id: str) -> Spot | None:
    """The spot of an element."""
    return next((spot for spot in spots if spot.id == id), None)


def tabbed(spots: Sequence[Spot], id: str, step: int) -> Spot | None:
    """Where Tab leads from an element: the next stop, there the selected part or the first."""
    stops = list(dict.fromkeys(spot.stop for spot in spots))
    if not stops:
        return None
    here = find(spots, id)
    if here is None:
        stop = stops[0] if step > 0 else stops[-1]
    else:
        stop = stops[(stops.index(here.stop) + step) % len(stops)]
    inside = [spot for spot in spots if spot.stop == stop]
    return next((spot for spot in inside if spot.element.selected), inside[0])


def picked(spots: Sequence[Spot]) -> Spot | None:
    """What is picked in a list: from there the arrows lead where nothing has the focus."""
    return next((spot for spot in spots if spot.element.role == Role.ITEM and spot.element.selected), None)


def toward(spots: Sequence[Spot], id: str, key: str) -> Spot | None:
    """Where an arrow leads: the nearest spot that way, one of the same list or map first."""
    here = find(spots, id) or picked(spots)
    if here is None:
        return tabbed(spots, "", 1)
    inside = [spot for spot in spots if spot.stop == here.stop]
    outside = [spot for spot in spots if spot.stop != here.stop and spot.seen.width and spot.seen.height]
    return _nearest(inside, here, key) or _nearest(outside, here, key)


def _nearest(spots: Sequence[Spot], here: Spot, key: str) -> Spot | None:
    dx, dy = ARROWS[key]
    best: tuple[int, Spot] | None = None
    for spot in spots:
        if spot.id == here.id:
            continue
        along, aside = _apart(here.rect, spot.rect, dx, dy)
        if along <= 0:
            continue
        distance = along + SIDEWAYS * aside
        if best is None or distance < best[0]:
            best = distance, spot
    return best[1] if best else None


def _apart(here: Rect, there: Rect, dx: int, dy: int) -> tuple[int, int]:
    """How far a rectangle lies along a direction, and how far aside of it (nothing where they overlap).

    Nothing along unless both its edges lie farther that way: what only overhangs is not on the way.
    """
    edges = (
        (there.left - here.left, there.right - here.right)
        if dx
        else (there.top - here.top, there.bottom - here.bottom)
    )
    if any(edge * (dx or dy) <= 0 for edge in edges):
        return 0, 0
    along = (there.centerx - here.centerx) * dx + (there.centery - here.centery) * dy
    if dx:
        aside = max(0, there.top - here.bottom, here.top - there.bottom)
    else:
        aside = max(0, there.left - here.right, here.left - there.right)
    return (along, aside) if along * 2 >= aside else (0, aside)


def at(spots: Sequence[Spot], x: int, y: int) -> Spot | None:
    """The topmost spot under a point."""
    return next((spot for spot in reversed(spots) if spot.seen.collidepoint(x, y)), None)


def moved(spot: Spot, x: int) -> Act | None:
    """What dragging a bar to a place does."""
    gauge = spot.gauge
    if gauge is None or spot.element.more is None:
        return None
    share = (x - gauge.bar.left) / max(1, gauge.bar.width)
    goal = gauge.low + round(max(0.0, min(1.0, share)) * (gauge.high - gauge.low))
    return Act(spot.element.more.verb, spot.element.more.what, goal - gauge.value)
