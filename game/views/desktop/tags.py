"""Where do the tags of the countries go, and how do they look?  Near their country, none on another; else on the edge.

Places depend on nothing but the sheet, the countries and the type size, so that tags stay where they are from
turn to turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import pygame
from pygame import Rect, Surface

from game.rules.classes import dataclass
from game.views.desktop.atlas import atlas
from game.views.desktop.icons import put_arrow
from game.views.desktop.lettering import Face, Style, measure, width, write, write_in
from game.views.desktop.palette import BAD, CARD, GOOD, INK, OCHRE, PAPER, SHADE, SOFT
from game.views.desktop.places import PLACES
from game.views.desktop.plate import Placing, Plate
from game.views.desktop.shapes import Canvas, filled, px

CELLS: Final = {"good": GOOD, "bad": BAD, "even": SOFT}
NAME: Final = Style(Face.CAPTION, 14.5, INK, 0.3)
FIGURE: Final = Style(Face.HEAD, 15, INK)
HIGH: Final = 22
POINTER_HIGH, POINTER_LOW = 34, 26
"""The height of a pointer on the edge, and that of one in a crowd."""
WIDEST_FIGURE: Final = "−88"
REACH, REACH_ACROSS = 132, 210
"""How far a tag may be from its country, in design units."""
STEP: Final = 6
LEADER: Final = 26
"""A tag farther than this from its country is tied to it by a line."""
MARGIN: Final = 10
"""Tags keep so far from the sheet's edge."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a country's tag says."""

    country: str
    name: str
    figure: str
    direction: str = "level"
    tone: str = "even"
    recognised: bool = False
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag where it was placed. `side` is left or right for a pointer on the sheet's edge, else empty."""

    mark: Mark
    rect: Rect
    side: str
    anchor: tuple[int, int]


def anchor(view: str, placing: Placing, country: str) -> tuple[float, float]:
    """Where a country lies on a sheet, in pixels from its corner, be it outside. Raises KeyError."""
    place = PLACES[country]
    return placing.at(*atlas().views[view].grid(*place.on.get(view, place.at)))


def place(
    plate: Plate,
    marks: Sequence[Mark],
    scale: float,
    type_scale: float | None = None,
    corner: tuple[int, int] = (0, 0),
    avoid: Sequence[Rect] = (),
) -> tuple[Tag, ...]:
    """Place the tags of some countries on a sheet whose corner lies at a point, off what must not be covered.

    A country the map does not know has no tag.
    """
    type_scale = type_scale or scale
    known = [mark for mark in marks if mark.country in PLACES]
    sizes = tuple((mark.country, *tag_size(mark, scale, type_scale)) for mark in known)
    wide = tuple(pointer_width(mark, scale, type_scale) for mark in known)
    sheet = (plate.view.id, *corner, plate.placing.width, plate.placing.height)
    places = _places(sheet, sizes, wide, scale, type_scale, tuple(tuple(rect) for rect in avoid))
    return tuple(
        Tag(mark, Rect(rect), side, point) for mark, (rect, side, point) in zip(known, places, strict=True)
    )


Box = tuple[int, int, int, int]
Spot = tuple[Box, str, tuple[int, int]]


@lru_cache(maxsize=32)
def _places(
    sheet: tuple[str, int, int, int, int],
    sizes: tuple[tuple[str, int, int], ...],
    widths: tuple[int, ...],
    scale: float,
    type_scale: float,
    avoid: tuple[Box, ...],
) -> tuple[Spot, ...]:
    area = Rect(sheet[1:])
    placing = Placing(area.width, area.height)
    points = {}
    for country, _, _ in sizes:
        x, y = anchor(sheet[0], placing, country)
        points[country] = round(x) + area.left, round(y) + area.top
    outside = [
        (country, wide)
        for (country, _, _), wide in zip(sizes, widths, strict=True)
        if not area.collidepoint(points[country])
    ]
    found: dict[str, Spot] = {}
    for country, rect, side in _pointers(
        outside, points, area, scale, type_scale, [Rect(each) for each in avoid]
    ):
        found[country] = (rect.left, rect.top, rect.width, rect.height), side, points[country]
    taken = [Rect(each) for each in avoid]
    taken += [Rect(box).inflate(px(6, scale), px(6, scale)) for box, _, _ in found.values()]
    room = area.inflate(-2 * px(MARGIN, scale), -2 * px(MARGIN, scale))
    for country, wide, high in _crowded_first(
        [each for each in sizes if each[0] not in found], points, scale
    ):
        rect = _free((wide, high), points[country], taken, room, scale)
        taken.append(rect.inflate(px(4, scale), px(4, scale)))
        found[country] = (rect.left, rect.top, rect.width, rect.height), "", points[country]
    return tuple(found[country] for country, _, _ in sizes)


def _crowded_first(
    inside: list[tuple[str, int, int]], points: Mapping[str, tuple[int, int]], scale: float
) -> list[tuple[str, int, int]]:
    """Those with the nearest neighbours first: the others have room to give way."""

    def crowd(entry: tuple[str, int, int]) -> tuple[int, str]:
        x, y = points[entry[0]]
        near = (points[other] for other, _, _ in inside)
        return -sum(abs(x - u) < 130 * scale and abs(y - v) < 60 * scale for u, v in near), entry[0]

    return sorted(inside, key=crowd)


SHIFTS: Final = tuple(
    (dx, dy)
    for _, dx, dy in sorted(
        (abs(dx) * 0.6 + abs(dy), dx, dy)
        for dx in range(-REACH_ACROSS, REACH_ACROSS + 1, STEP)
        for dy in range(-REACH, REACH + 1, STEP)
    )
)
"""How far a tag may move off its country, least first."""


def _free(size: tuple[int, int], point: tuple[int, int], taken: list[Rect], room: Rect, scale: float) -> Rect:
    """The place for a tag nearest to its country that covers nothing taken; the least bad one if there is none."""
    best: tuple[int, Rect] | None = None
    for dx, dy in SHIFTS:
        moved = Rect(0, 0, *size)
        moved.center = point[0] + round(dx * scale), point[1] + round(dy * scale)
        moved.clamp_ip(room)
        hits = moved.collidelistall(taken)
        if not hits:
            return moved
        common = sum(each.width * each.height for each in (moved.clip(taken[at]) for at in hits))
        if best is None or common < best[0]:
            best = common, moved
    assert best is not None
    return best[1]


# Pointers on the edge


def _pointers(
    outside: list[tuple[str, int]],
    points: Mapping[str, tuple[int, int]],
    sheet: Rect,
    scale: float,
    type_scale: float,
    avoid: list[Rect],
) -> Iterator[tuple[str, Rect, str]]:
    for side in ("left", "right"):
        mine = [each for each in outside if (points[each[0]][0] < sheet.centerx) == (side == "left")]
        mine.sort(key=lambda each: (_edge_height(points[each[0]], sheet), points[each[0]][1], each[0]))
        inset = px(3, scale)
        while mine:
            widest = max(wide for _, wide in mine)
            left = sheet.left + inset if side == "left" else sheet.right - inset - widest
            spans = _spans(Rect(left, sheet.top, widest, sheet.height), sheet, px(MARGIN, scale), avoid)
            high, pitch, many = _fitting(len(mine), spans, scale, type_scale, inset > px(3, scale))
            wanted = [_edge_height(points[country], sheet) for country, _ in mine[:many]]
            for (country, wide), top in zip(mine[:many], _slots(wanted, spans, high, pitch), strict=True):
                x = left if side == "left" else left + widest - wide
                yield country, Rect(x, top, wide, high), side
            mine = mine[many:]
            inset += widest + px(4, scale)


def _edge_height(point: tuple[int, int], sheet: Rect) -> int:
    """At which height the way from the sheet's centre to a point outside crosses its left or right edge."""
    across = abs(point[0] - sheet.centerx) or 1
    rise = (point[1] - sheet.centery) * sheet.width / 2 / across
    return round(max(sheet.top, min(sheet.bottom, sheet.centery + rise)))


def _fitting(
    many: int, spans: list[tuple[int, int]], scale: float, type_scale: float, crowded: bool
) -> tuple[int, int, int]:
    """Height and gap of the pointers of a column, and how many find room in it."""
    for units, gap in ((POINTER_HIGH, 8), (POINTER_LOW, 4), (HIGH, 3))[2 * crowded :]:
        high, pitch = max(px(units, scale), round(HIGH * type_scale)), px(gap, scale)
        room = sum((end - start + pitch) // (high + pitch) for start, end in spans)
        if room >= many:
            return high, pitch, many
    return high, pitch, max(1, room)


def _spans(column: Rect, sheet: Rect, margin: int, avoid: list[Rect]) -> list[tuple[int, int]]:
    """The free stretches of a column, from top to bottom."""
    spans = []
    top, bottom = sheet.top + margin, sheet.bottom - margin
    for rect in sorted((each for each in avoid if each.colliderect(column)), key=lambda each: each.top):
        if rect.top - margin // 2 > top:
            spans.append((top, rect.top - margin // 2))
        top = max(top, rect.bottom + margin // 2)
    if bottom > top:
        spans.append((top, bottom))
    return spans or [(sheet.top, sheet.bottom)]


def _slots(wanted: list[int], spans: list[tuple[int, int]], high: int, pitch: int) -> list[int]:
    """The upper ends of boxes of one height, in order, each near its wanted centre, within the free stretches."""
    latest: list[int] = []
    """For each box from the last to the first, how low it may lie at most so that those after it find room."""
    limit = spans[-1][1]
    for _ in wanted:
        end = next((b for a, b in reversed(spans) if min(b, limit) - a >= high), spans[0][1])
        limit = min(end, limit) - high
        latest.append(limit)
        limit -= pitch
    found: list[int] = []
    least = spans[0][0]
    for centre, most in zip(wanted, reversed(latest), strict=True):
        tops = [
            (max(a, least), min(b - high, most)) for a, b in spans if min(b - high, most) >= max(a, least)
        ]
        goal = centre - high // 2
        near = [max(a, min(b, goal)) for a, b in tops] or [max(least, most)]
        found.append(min(near, key=lambda top: abs(top - goal)))
        least = found[-1] + high + pitch
    return found


# Looks


def _figure_width(mark: Mark, figure: Style) -> int:
    return max(measure(WIDEST_FIGURE, figure.face, figure.px), width(mark.figure, figure))


def tag_size(mark: Mark, scale: float, type_scale: float) -> tuple[int, int]:
    """The size of a country's tag."""
    name, figure = NAME.at(type_scale), FIGURE.at(type_scale)
    high = max(px(HIGH, scale), round(HIGH * type_scale))
    wide = (
        px(16, type_scale)
        + _figure_width(mark, figure)
        + width(mark.name.upper(), name)
        + 4 * px(6, type_scale)
    )
    return wide, high


def pointer_width(mark: Mark, scale: float, type_scale: float) -> int:
    """The width of a country's pointer on the edge."""
    name, figure = NAME.at(type_scale), FIGURE.at(type_scale)
    words = width(mark.name.upper(), name)
    return _figure_width(mark, figure) + px(14, type_scale) + words + px(9, scale) + px(8, scale) * 4


def paint(surface: Surface, tags: Sequence[Tag], scale: float, type_scale: float | None = None) -> None:
    """Paint tags, first the lines that tie them to their countries."""
    type_scale = type_scale or scale
    for tag in tags:
        if not tag.side:
            _leader(surface, tag, scale)
    for tag in tags:
        if tag.side:
            _pointer(surface, tag, scale, type_scale)
        else:
            _tag(surface, tag, scale, type_scale)


def _leader(surface: Surface, tag: Tag, scale: float) -> None:
    x, y = tag.anchor
    near = max(tag.rect.left, min(tag.rect.right, x)), max(tag.rect.top, min(tag.rect.bottom, y))
    if abs(near[0] - x) + abs(near[1] - y) < LEADER * scale / 2:
        return
    box = Rect(min(x, near[0]), min(y, near[1]), abs(x - near[0]), abs(y - near[1])).inflate(
        px(12, scale), px(12, scale)
    )
    canvas = Canvas(box)
    canvas.line([(x, y), near], 1.6 * scale, INK)
    canvas.disc((x, y), 2.6 * scale, INK)
    canvas.onto(surface)


def _cell(surface: Surface, mark: Mark, cell: Rect) -> None:
    pygame.draw.rect(surface, CELLS[mark.tone], cell)
    side = max(6, round(min(cell.width, cell.height) * 0.66))
    put_arrow(surface, mark.direction, mark.tone, cell.center, side, CARD)


def _tag(surface: Surface, tag: Tag, scale: float, type_scale: float) -> None:
    mark, rect = tag.mark, tag.rect
    name, figure = NAME.at(type_scale), FIGURE.at(type_scale)
    thick = px(1.5, scale)
    if mark.selected:
        pygame.draw.rect(surface, OCHRE, rect.inflate(2 * px(2.5, scale), 2 * px(2.5, scale)))
    pygame.draw.rect(surface, CARD, rect)
    inner = rect.inflate(-2 * thick, -2 * thick)
    if mark.recognised:
        strip = px(3, scale)
        pygame.draw.rect(surface, OCHRE, Rect(inner.left, inner.bottom - strip, inner.width, strip))
        inner.height -= strip
    cell = Rect(inner.left, inner.top, px(14, type_scale), inner.height)
    _cell(surface, mark, cell)
    pad = px(6, type_scale)
    room = Rect(cell.right + pad, inner.top, _figure_width(mark, figure), inner.height)
    write_in(surface, mark.figure, figure, room)
    x = room.right + pad // 2
    pygame.draw.rect(
        surface, SHADE, Rect(x, inner.top + px(3, scale), px(1.5, scale), inner.height - 2 * px(3, scale))
    )
    write(surface, mark.name.upper(), name, x + pad, inner.centery + (name.cap + 1) // 2)
    pygame.draw.rect(surface, INK, rect, thick)


def _pointer(surface: Surface, tag: Tag, scale: float, type_scale: float) -> None:
    mark, rect = tag.mark, tag.rect
    name, figure = NAME.of(PAPER).at(type_scale), FIGURE.at(type_scale)
    tip = px(9, scale)
    left, right = (rect.left + tip, rect.right) if tag.side == "left" else (rect.left, rect.right - tip)
    point = (rect.left, rect.centery) if tag.side == "left" else (rect.right, rect.centery)
    corners = [(left, rect.top), (right, rect.top), (right, rect.bottom), (left, rect.bottom)]
    corners.insert(4 if tag.side == "left" else 2, point)
    if mark.selected:
        more = px(2.5, scale)
        filled(
            surface,
            [(x + more * _sign(x - rect.centerx), y + more * _sign(y - rect.centery)) for x, y in corners],
            OCHRE,
        )
    filled(surface, corners, INK)
    pad, thick = px(8, scale), px(6 if rect.height >= px(POINTER_HIGH, scale) else 4, scale)
    wide, arrow = _figure_width(mark, figure) + px(8, scale), px(14, type_scale)
    box = Rect(right - thick - wide - arrow, rect.top + thick, wide + arrow, rect.height - 2 * thick)
    cell = Rect(box.left, box.top, arrow, box.height)
    room = Rect(cell.right, box.top, wide, box.height)
    _cell(surface, mark, cell)
    pygame.draw.rect(surface, CARD, room)
    if mark.recognised:
        strip = min(thick, px(3, scale))
        pygame.draw.rect(surface, OCHRE, Rect(box.left, box.bottom, box.width, strip))
    write_in(surface, mark.figure, figure, room)
    write(surface, mark.name.upper(), name, left + pad, rect.centery + (name.cap + 1) // 2)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def hit(tags: Sequence[Tag], x: int, y: int) -> str:
    """The country whose tag is at a point, or an empty text."""
    return next((tag.mark.country for tag in reversed(tags) if tag.rect.collidepoint(x, y)), "")
