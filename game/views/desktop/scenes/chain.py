"""How does the chain look?  Values as plates in columns, rules as arrows between them, at the right what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame
from pygame import Rect

from game.play.feeding import Feed
from game.views.desktop import icons
from game.views.desktop.lettering import Face, shorten, width
from game.views.desktop.page import Page
from game.views.desktop.palette import Colour
from game.views.desktop.scenes.pieces import brief, caption, push, section
from game.views.desktop.shapes import Canvas, Point, border, drawn, rule
from game.views.desktop.theme import (
    ALERT,
    BAR,
    CARD,
    INK,
    LIGHT,
    OCHRE,
    PAPER,
    RED,
    SELECTED,
    SHADE,
    SOFT,
    THREAD,
    TRACKS,
)  # fmt: skip
from game.views.screens.chain import COLUMNS, SCORE, TRACK, Diagram, Node
from game.views.screens.tree import Element

ARTICLE: Final = 336
GAP: Final = 30
PLATE: Final = 44
TALLEST: Final = 62
SMOOTH: Final = 18
"""Legs of a curved arrow."""
HEAD: Final = 9.0
"""Length of an arrow's head, in design units."""


def paint(page: Page, place: Rect) -> None:
    """Paint the diagram and what it tells into a place."""
    tree = page.tree
    right = page.px(ARTICLE * max(1.0, page.frame.type_size / 115))
    diagram = Rect(place.left, place.top, place.width - right - page.px(GAP), place.height)
    plates = _plates(page, tree["library.list"], diagram)
    _arrows(page, tree["library.list"].of(Diagram), plates, diagram)
    for element in tree["library.list"].children:
        _plate(page, element, plates[element.of(Node).name], tree["library.list"].of(Diagram))
    _article(page, tree["article"], Rect(diagram.right + page.px(GAP), place.top, right, place.height))


def _plates(page: Page, nodes: Element, place: Rect) -> dict[str, Rect]:
    """Where each value stands: in the column of its kind, evenly spread."""
    diagram = nodes.of(Diagram)
    columns = [
        (name, [each for each in diagram.nodes if each.column == name])
        for name in COLUMNS
        if any(each.column == name for each in diagram.nodes)
    ]
    found: dict[str, Rect] = {}
    gap = page.px(62)
    wide = (place.width - gap * (len(columns) - 1)) // max(1, len(columns))
    label = page.type(Face.CAPTION, 14, SOFT, 0.3)
    top = place.top + label.cap + page.px(14)
    for at, (name, members) in enumerate(columns):
        x = place.left + at * (wide + gap)
        page.line(shorten(name.upper(), label, wide + gap // 2), label, x, place.top + label.cap)
        rule(page.surface, x, x + wide, place.top + label.cap + page.px(6), page.scale, INK, 2)
        room = place.bottom - top
        step = min(page.px(TALLEST), room // max(1, len(members)))
        start = top + (room - step * len(members)) // 2
        high = min(page.px(PLATE), step - page.px(8))
        for number, node in enumerate(members):
            found[node.name] = Rect(x, start + number * step + (step - high) // 2, wide, high)
    return found


def _plate(page: Page, element: Element, place: Rect, diagram: Diagram) -> None:
    node = element.of(Node)
    tied = {diagram.picked} | {
        end
        for each in diagram.feeds
        if diagram.picked in (each.source, each.target)
        for end in (each.source, each.target)
    }
    dim = bool(diagram.picked) and node.name not in tied
    ground: Colour = TRACKS.get(node.name, BAR) if node.column in (TRACK, SCORE) else CARD
    ink = LIGHT if node.column in (TRACK, SCORE) else SOFT if dim else INK
    if element.selected and node.column not in (TRACK, SCORE):
        ground = SELECTED
    pygame.draw.rect(page.surface, ground, place)
    border(
        page.surface,
        place,
        page.scale,
        OCHRE if element.selected else THREAD if dim else INK,
        4 if element.selected else 1.5,
    )
    sign = icons.OF_TRACK.get(node.name) or icons.OF_VALUE.get(node.name.rpartition(".")[2])
    x = place.left + page.px(8)
    if sign is not None:
        if node.column == TRACK:
            icons.put(page.surface, sign, (x + page.px(9), place.centery), page.px(18), LIGHT, LIGHT)
        elif node.column == SCORE:
            accent = RED if sign == icons.OF_TRACK["comintern"] else OCHRE
            icons.put(page.surface, sign, (x + page.px(9), place.centery), page.px(18), LIGHT, accent)
        else:
            icons.put(page.surface, sign, (x + page.px(9), place.centery), page.px(18))
        x += page.px(24)
    style, room = page.type(Face.SANS_BOLD, 14, ink), place.right - x - page.px(5)
    words = node.label if width(node.label, style) <= room else brief(node.label)
    page.line(shorten(words, style, room), style, x, place.centery + style.cap // 2 + 1)
    page.spot(element, place)


def _arrows(page: Page, diagram: Diagram, plates: dict[str, Rect], place: Rect) -> None:
    """All arrows thin, those in question strong: of the picked value, or of the ways from the first to the last."""
    strong: list[Feed] = []
    for feed in diagram.feeds:
        if feed.source not in plates or feed.target not in plates:
            continue
        picked = diagram.picked in (feed.source, feed.target) if diagram.picked else False
        if picked or (not diagram.picked and (feed.source, feed.target) in diagram.chain):
            strong.append(feed)
        else:
            pygame.draw.aalines(
                page.surface, SHADE, False, _curve(page, plates[feed.source], plates[feed.target])
            )

    curves = _spread(page, strong, plates)

    def draw(canvas: Canvas) -> None:
        for feed, curve in curves:
            colour = ALERT if feed.way < 0 else INK if feed.way > 0 else SOFT
            canvas.line(curve[:-1], 2.2 * page.scale, colour)
            canvas.poly(_head(curve, HEAD * page.scale), colour)

    drawn(page.surface, place.inflate(page.px(4), 0), draw)
    for feed, curve in curves:
        _mark(page, feed, curve)


def _spread(page: Page, feeds: Sequence[Feed], plates: dict[str, Rect]) -> list[tuple[Feed, list[Point]]]:
    """The ways of arrows that do not all begin and end in one point of a plate."""
    leaving, arriving = _ports(feeds, plates, True), _ports(feeds, plates, False)
    return [
        (each, _curve(page, plates[each.source], plates[each.target], leaving[each], arriving[each]))
        for each in feeds
    ]


def _ports(feeds: Sequence[Feed], plates: dict[str, Rect], out: bool) -> dict[Feed, float]:
    """How far from its middle each arrow leaves or reaches a plate, in shares of the plate's height."""
    sides: dict[tuple[str, bool], list[Feed]] = {}
    for each in feeds:
        here, there = (each.source, each.target) if out else (each.target, each.source)
        left = plates[there].centerx < plates[here].centerx
        sides.setdefault((here, left), []).append(each)
    found: dict[Feed, float] = {}
    for group in sides.values():
        group.sort(key=lambda each: plates[each.target if out else each.source].centery)
        for at, each in enumerate(group):
            found[each] = (at + 0.5) / len(group) * 0.72 - 0.36 if len(group) > 1 else 0.0
    return found


def _curve(page: Page, start: Rect, end: Rect, leaves: float = 0.0, reaches: float = 0.0) -> list[Point]:
    """The way of an arrow: across the gap between columns, or around where both stand in one."""
    reach = 46 * page.scale
    y, v = start.centery + leaves * start.height, end.centery + reaches * end.height
    if start.centerx == end.centerx:
        a, d = (float(start.right), y), (float(end.right), v)
        bulge = (22 + abs(v - y) / page.scale * 0.09) * page.scale
        b, c = (a[0] + bulge, y), (d[0] + bulge, v)
    else:
        onward = 1 if start.centerx < end.centerx else -1
        a = float(start.right if onward > 0 else start.left), y
        d = float(end.left if onward > 0 else end.right), v
        bend = max(reach, abs(d[0] - a[0]) / 2) if onward > 0 else reach
        b, c = (a[0] + onward * bend, y), (d[0] - onward * bend, v)
    return [
        (
            (1 - t) ** 3 * a[0] + 3 * (1 - t) ** 2 * t * b[0] + 3 * (1 - t) * t * t * c[0] + t**3 * d[0],
            (1 - t) ** 3 * a[1] + 3 * (1 - t) ** 2 * t * b[1] + 3 * (1 - t) * t * t * c[1] + t**3 * d[1],
        )
        for t in (step / SMOOTH for step in range(SMOOTH + 1))
    ]


def _head(curve: Sequence[Point], long: float) -> list[Point]:
    (x, y), (u, v) = curve[-2], curve[-1]
    length = max(0.1, ((u - x) ** 2 + (v - y) ** 2) ** 0.5)
    dx, dy = (u - x) / length, (v - y) / length
    return [
        (u, v),
        (u - dx * long - dy * long * 0.5, v - dy * long + dx * long * 0.5),
        (u - dx * long + dy * long * 0.5, v - dy * long - dx * long * 0.5),
    ]


def _mark(page: Page, feed: Feed, curve: Sequence[Point]) -> None:
    """The sign of an arrow, before its head: + raises, − lowers, ± either."""
    x, y = curve[-6]
    words = "+" if feed.way > 0 else "−" if feed.way < 0 else "±"
    style = page.type(Face.HEAD, 14, ALERT if feed.way < 0 else INK if feed.way > 0 else SOFT)
    side = page.px(15)
    place = Rect(0, 0, side, side)
    place.center = round(x), round(y)
    pygame.draw.circle(page.surface, CARD, place.center, side // 2)
    page.line(words, style, place.centerx, place.centery + style.cap // 2 + 1, "center")


def _article(page: Page, article: Element, place: Rect) -> None:
    pygame.draw.rect(page.surface, PAPER, place)
    border(page.surface, place, page.scale)
    room = place.inflate(-2 * page.px(18), -2 * page.px(16))
    back = page.tree.get("library.back")
    if back is not None:
        high = max(page.px(38), page.type(Face.HEAD, 15).cap + page.px(20))
        push(page, back, Rect(room.left, room.bottom - high, room.width, high), BAR, right=1, size=15)
        room.height -= high + page.px(10)
    with page.panel(f"article.{article.name}", room) as panel:
        x, y, wide = room.left, panel.top, room.width - page.px(12)
        y = page.text(article.name.upper(), page.type(Face.HEAD, 24), x, y, wide, 1.15) + page.px(4)
        pygame.draw.rect(page.surface, RED, Rect(x, y, page.px(52), page.px(5)))
        y += page.px(14)
        for element in article.children[1:]:
            if element.id == "article.text":
                y = page.text(element.name, page.type(Face.SERIF, 16), x, y, wide, 1.35) + page.px(8)
            elif element.id == "chain.ways":
                y = _ways(page, element, x, y, wide)
            else:
                y = _feeds(page, element, x, y, wide)
        panel.bottom = y


def _ways(page: Page, ways: Element, x: int, y: int, wide: int) -> int:
    if not ways.children:
        return y
    y = section(page, ways.name, x, y + page.px(6), wide)
    for element in ways.children:
        y = page.text(element.name, page.type(Face.SANS_BOLD, 15), x, y + page.px(4), wide, 1.3)
        y = page.text(
            element.description, page.type(Face.SERIF, 15, SOFT), x, y + page.px(2), wide, 1.3
        ) + page.px(6)
        rule(page.surface, x, x + wide, y, page.scale, SHADE)
        y += page.px(2)
    return y


def _feeds(page: Page, feeds: Element, x: int, y: int, wide: int) -> int:
    y = caption(page, feeds.name, x, y + page.px(10), size=16) + page.px(6)
    rule(page.surface, x, x + wide, y, page.scale, INK, 2)
    y += page.px(4)
    name, why = page.type(Face.SANS_BOLD, 15), page.type(Face.SERIF, 14, SOFT)
    if not feeds.children:
        return page.text(feeds.description, page.type(Face.ITALIC, 15, SOFT), x, y, wide)
    for element in feeds.children:
        feed, top = element.of(Feed), y
        sign = "+" if feed.way > 0 else "−" if feed.way < 0 else "±"
        style = page.type(Face.HEAD, 16, ALERT if feed.way < 0 else INK if feed.way > 0 else SOFT)
        base = y + page.px(8) + name.cap
        page.line(sign, style, x + page.px(7), base, "center")
        page.line(shorten(element.name, name, wide - page.px(22)), name, x + page.px(22), base)
        y = base + page.px(4)
        if element.description:
            y = page.text(element.description, why, x + page.px(22), y, wide - page.px(22), 1.25)
        y += page.px(4)
        rule(page.surface, x, x + wide, y - 1, page.scale, SHADE)
        page.spot(element, Rect(x, top, wide, y - top))
    return y
