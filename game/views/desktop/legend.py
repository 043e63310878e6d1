"""What does a map sheet carry besides tags?  The names of states, and the outline of the one selected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import pygame
from pygame import Rect, Surface

from game.views.desktop.atlas import Label, State, atlas
from game.views.desktop.keeping import kept
from game.views.desktop.lettering import Face, Style, picture
from game.views.desktop.palette import INK, OCHRE, Colour, hexed
from game.views.desktop.plate import OVER, Plate
from game.views.desktop.shapes import lay, px

NAME_INK: Final = hexed("4A3F38")
UNION_INK: Final = hexed("7A1F14")
SIZES: Final = {1: 16.0, 2: 14.0, 3: 13.0, 4: 13.0}
"""Type size of a name by the state's rank."""
LARGE: Final = 0.05
"""From this share of the sheet on, a state's name is set larger and wider."""
LEVEL: Final = 0.012
"""Names of states smaller than this share stay level."""
ROOM: Final = 1.95
"""How much wider than its state's square a name may be."""


def _shifts(across: int, down: int, step: int) -> tuple[tuple[int, int], ...]:
    every = [(x, y) for x in range(-across, across + 1, step) for y in range(-down, down + 1, step)]
    return tuple(sorted(every, key=lambda at: (abs(at[0]) + abs(at[1]), at)))


SHIFTS: Final = _shifts(20, 24, 4)
"""Where a name may move when something lies on its place, nearest first."""
FAR_SHIFTS: Final = _shifts(144, 96, 12)
"""The same for a state that fills much of the sheet."""
MISSING: Final = {"far_east": {"ussr": Label(10_950, 1_300, -4.0, 0.02)}}
"""Names that the data gives no place."""


def names(
    surface: Surface,
    plate: Plate,
    date: str,
    left_out: Collection[str] = (),
    taken: Sequence[Rect] = (),
    scale: float = 1.0,
    corner: tuple[int, int] = (0, 0),
) -> list[Rect]:
    """Write the names of the states that exist, but not those left out nor where something lies; what they take.

    `corner` is where the sheet's upper left corner lies on the surface; `taken` are rectangles of the surface.
    """
    known = atlas()
    labels = {**plate.view.labels, **MISSING.get(plate.view.id, {})}
    present = {known.owner(area, date) for area in plate.view.areas}
    written = list(taken)
    first = len(written)
    dots = _dots(plate, corner)
    sheet = Rect(corner, (plate.placing.width, plate.placing.height)).inflate(-px(12, scale), -px(12, scale))
    order = sorted(
        (each for each in labels if each in present and each not in left_out),
        key=lambda each: (known.states[each].rank, -labels[each].share),
    )
    for id in order:
        label, state = labels[id], known.states[id]
        shown = _lettered(state, label, plate, scale)
        if shown is None:
            continue
        rect = shown.get_bounding_rect()
        x, y = plate.placing.at(label.x, label.y)
        start = Rect(0, 0, *rect.size)
        start.center = round(x + corner[0]), round(y + corner[1])
        free = [
            each
            for each in _near(start, label, scale)
            if sheet.contains(each) and each.collidelist(written) < 0
        ]
        if label.share > LARGE:
            free = [each for each in free if _inside(each.move(-corner[0], -corner[1]), plate, date, id)]
        place = next((each for each in free if each.collidelist(dots) < 0), free[0] if free else None)
        if place is not None:
            surface.blit(shown, (place.left - rect.left, place.top - rect.top))
            written.append(place.inflate(px(8, scale), 0))
    return written[first:]


def _inside(place: Rect, plate: Plate, date: str, state: str) -> bool:
    """Whether the middle of a place lies in a state."""
    area = plate.area_at(*place.center)
    return bool(area) and atlas().owner(area, date) == state


def _dots(plate: Plate, corner: tuple[int, int]) -> list[Rect]:
    """What the towns on the sheet take."""
    side = max(4, round(6 * plate.placing.pen))
    found = []
    for town, (x, y) in plate.view.towns.items():
        if atlas().town_ranks[town] <= 2:
            dot = Rect(0, 0, side, side)
            left, top = plate.placing.at(x, y)
            dot.center = round(left) + corner[0], round(top) + corner[1]
            found.append(dot)
    return found


def _near(start: Rect, label: Label, scale: float) -> Iterator[Rect]:
    """The places where a name may stand, nearest first."""
    for dx, dy in FAR_SHIFTS if label.share > LARGE else SHIFTS:
        yield start.move(round(dx * scale), round(dy * scale))


def _lettered(state: State, label: Label, plate: Plate, scale: float) -> Surface | None:
    """A state's name as a picture, or None if there is no room for it."""
    room = label.share**0.5 * plate.placing.scale * 20_000
    if state.id == "ussr":
        size = (38 if label.share > LARGE else 26) * scale
        return _name(("USSR",), Face.HEAD, size, size * 0.85, UNION_INK, round(-label.tilt))
    size = SIZES[state.rank] * scale * (1.3 if label.share > LARGE else 1)
    words = state.name.upper().split(" ")
    lines = tuple(words) if len(words) < 3 else (" ".join(words[:-1]), words[-1])
    gap = size * min(0.7, max(0.03, label.share * 5))
    face = Face.CAPTION if state.rank == 1 else Face.STRONG
    shown = _name(lines, face, size, gap, NAME_INK, 0)
    if shown.get_width() > ROOM * room:
        return None
    if abs(label.tilt) > 3 and label.share > LEVEL:
        return _name(lines, face, size, gap, NAME_INK, round(-label.tilt))
    return shown


@kept
def _name(lines: tuple[str, ...], face: Face, size: float, gap: float, colour: Colour, turn: int) -> Surface:
    """Some words below each other, turned by degrees; turned words are set twice as large and shrunk."""
    zoom = 2 if turn else 1
    style = Style(face, size * zoom, colour, gap * zoom)
    rows = [picture(line, style) for line in lines]
    step = round(style.cap * 1.45)
    wide = max(row.get_width() for row in rows)
    block = Surface((wide, step * (len(rows) - 1) + style.height), pygame.SRCALPHA)
    block.fill((*colour, 0))
    for at, row in enumerate(rows):
        block.blit(row, ((wide - row.get_width()) // 2, at * step))
    return pygame.transform.rotozoom(block, turn, 1 / zoom) if turn else block


def outline(
    surface: Surface, plate: Plate, date: str, states: Collection[str], corner: tuple[int, int] = (0, 0)
) -> None:
    """Draw the ochre outline around some states."""
    key = plate.view.id, plate.placing.width, plate.placing.height
    shown, at = _outline(plate, key, atlas().epoch(date), date, frozenset(states))
    if shown is not None:
        lay(surface, shown, (at[0] + corner[0], at[1] + corner[1]))


_outlines: dict[tuple[object, ...], tuple[Surface | None, tuple[int, int]]] = {}


def _outline(
    plate: Plate, sheet: tuple[str, int, int], epoch: int, date: str, states: frozenset[str]
) -> tuple[Surface | None, tuple[int, int]]:
    key = (sheet, epoch, states)
    if key not in _outlines:
        if len(_outlines) > 8:
            _outlines.clear()
        _outlines[key] = _outlined(plate, date, states)
    return _outlines[key]


def _outlined(plate: Plate, date: str, states: frozenset[str]) -> tuple[Surface | None, tuple[int, int]]:
    own = plate.held(date)
    around = [
        points
        for points, (one, other) in zip(plate.arcs, plate.view.sides, strict=True)
        if other != "frame" and (own[one] in states) != (own.get(other, "") in states)
    ]
    wide = 5.0 * plate.placing.pen * OVER
    everything = [point for points in around for point in points]
    if not everything:
        return None, (0, 0)
    margin = round(wide)
    left, top = (int(min(point[axis] for point in everything)) - margin for axis in (0, 1))
    right, bottom = (int(max(point[axis] for point in everything)) + margin for axis in (0, 1))
    box = Rect(left, top, right - left, bottom - top).clip(Rect(0, 0, *plate.large))
    box = Rect(box.left // OVER, box.top // OVER, box.width // OVER + 1, box.height // OVER + 1)
    if not box.width or not box.height:
        return None, (0, 0)
    canvas = Surface((box.width * OVER, box.height * OVER), pygame.SRCALPHA)
    for colour, thick in ((INK, wide), (OCHRE, wide * 0.6)):
        for points in around:
            moved = [(x - box.left * OVER, y - box.top * OVER) for x, y in points]
            if len(moved) > 1:
                pygame.draw.lines(canvas, colour, False, moved, max(1, round(thick)))
            for point in moved:
                pygame.draw.circle(canvas, colour, point, thick / 2)
    return pygame.transform.smoothscale(canvas, box.size), box.topleft
