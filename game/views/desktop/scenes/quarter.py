"""How does a ledger look, of a turn or since a seat sat here?  What moved and why at the left, abroad and what was
done at the right."""

from __future__ import annotations

from pygame import Rect

from game.views.desktop import icons
from game.views.desktop.lettering import Face, shorten, width, write_in
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import drift, push, section, sheet
from game.views.desktop.shapes import rule
from game.views.desktop.theme import BAR, RED, SHADE, SOFT, TONES
from game.views.screens.quarter import Deed, Moved
from game.views.screens.tree import Element, Role

LEFT_SHARE = 0.60


def paint(page: Page) -> None:
    """Paint the ledger."""
    tree = page.tree
    closing = tree.get("proceed")
    unknown = tree.get("digest.unknown")
    note = "the heaviest first; press a line for its causes" if unknown is None else unknown.name
    title = next(each for each in tree.children if each.role == Role.HEADING)
    room = sheet(page, title.name, note, tree.get("close"))
    foot = _foot(page, room, closing)
    gap = page.px(32)
    left = round(room.width * LEFT_SHARE)
    body = Rect(room.left, room.top, left, foot - room.top - page.px(12))
    with page.panel("changes", body) as panel:
        y = section(page, tree["changes"].name, body.left, panel.top, body.width - page.px(12))
        for element in tree["changes"].children:
            y = _change(page, element, body.left, y, body.width - page.px(12))
        if tree["changes"].description:
            page.line(
                tree["changes"].description, page.type(Face.ITALIC, 16, SOFT), body.left, y + page.px(24)
            )
        panel.bottom = y + page.px(4)
    x, wide = room.left + left + gap, room.width - left - gap
    deeds = tree["deeds"]
    half = (body.height - page.px(14)) // 2
    upper = half if deeds.children else body.height
    _abroad(page, tree["abroad"], Rect(x, body.top, wide, upper))
    if deeds.children:
        _deeds(page, deeds, Rect(x, body.top + upper + page.px(14), wide, body.height - upper - page.px(14)))


def _foot(page: Page, room: Rect, closing: Element | None) -> int:
    high = max(page.px(48), page.type(Face.HEAD, 22).cap + page.px(26))
    y = room.bottom - high
    if closing is not None:
        wide = max(page.px(320), width(closing.name.upper(), page.type(Face.HEAD, 22)) + page.px(130))
        push(page, closing, Rect(room.right - wide, y, wide, high), RED, left=1, size=22)
    else:
        each = page.px(190)
        push(
            page,
            page.tree["earlier"],
            Rect(room.right - 2 * each, y, each, high),
            BAR,
            left=1,
            right=1,
            size=18,
        )
        push(page, page.tree["later"], Rect(room.right - each, y, each, high), BAR, left=1, right=0, size=18)
    return y


def _change(page: Page, element: Element, x: int, y: int, wide: int) -> int:
    """A value: its name, from and to, the change; below it the reasons."""
    moved = element.of(Moved)
    top = y
    name = page.type(Face.SANS_BOLD, 17)
    figure = page.type(Face.HEAD, 20)
    y += page.px(10)
    base = y + figure.cap
    icon = icons.OF_VALUE.get(moved.slot.rpartition(".")[2], "dash")
    icons.put(page.surface, icon, (x + page.px(13), base - figure.cap / 2), page.px(22))
    left = x + page.px(38)
    right = drift(page, moved.drift, x + wide, base, 20)
    path = page.line(moved.after, figure, right - page.px(18), base, "right")
    before = page.type(Face.SANS, 16, SOFT)
    start = page.line(f"{moved.before}  to", before, path.left - page.px(8), base, "right").left
    page.line(shorten(moved.label, name, start - left - page.px(10)), name, left, base)
    y = base + page.px(6)
    reason = page.type(Face.SERIF, 15, SOFT)
    small = page.type(Face.HEAD, 15)
    column = max(page.px(44), width("+000", small))
    for change, why in moved.reasons:
        block = page.height(why.sentence, reason, wide - (left - x) - column, 1.32)
        first = y + page.px(4) + small.cap + page.px(2)
        page.line(change.shown, small.of(TONES[change.tone]), left + column - page.px(10), first, "right")
        page.text(why.sentence, reason, left + column, y, wide - (left - x) - column, 1.32)
        y += block
    if moved.more:
        more = f"and {moved.more} more cause{'s' * (moved.more > 1)}"
        page.line(more, page.type(Face.ITALIC, 14, SOFT), left + column, y + page.px(14))
        y += page.px(20)
    y += page.px(8)
    place = Rect(x, top, wide, y - top)
    rule(page.surface, x, x + wide, y - 1, page.scale, SHADE)
    page.spot(element, place)
    return y


def _abroad(page: Page, abroad: Element, place: Rect) -> None:
    head = section(page, abroad.name, place.left, place.top, place.width)
    room = Rect(place.left, head, place.width, place.bottom - head)
    style = page.type(Face.SANS, 16)
    step = max(page.px(30), style.cap + page.px(16))
    with page.panel("abroad", room) as panel:
        y = panel.top
        for element in abroad.children:
            row = Rect(place.left, y, place.width - page.px(12), step)
            moved = element.of(Moved)
            right = drift(page, moved.drift, row.right - page.px(2), row.centery + style.cap // 2 + 1, 16)
            room_ = Rect(row.left, row.top, right - row.left - page.px(10), step)
            write_in(page.surface, shorten(moved.label, style, room_.width), style, room_, "left")
            rule(page.surface, row.left, row.right, row.bottom - 1, page.scale, SHADE)
            page.spot(element, row)
            y += step
        if not abroad.children:
            page.line("Nothing moved abroad.", page.type(Face.ITALIC, 16, SOFT), place.left, y + page.px(24))
        panel.bottom = y


def _deeds(page: Page, deeds: Element, place: Rect) -> None:
    head = section(page, deeds.name, place.left, place.top, place.width)
    room = Rect(place.left, head, place.width, place.bottom - head)
    title, note = page.type(Face.STRONG, 15), page.type(Face.SANS, 15, SOFT)
    with page.panel("deeds", room) as panel:
        y = panel.top
        x, wide = place.left + page.px(34), place.width - page.px(46)
        for element in deeds.children:
            deed = element.of(Deed)
            top = y
            y = page.text(element.name, title, x, y + page.px(4), wide, 1.28)
            y = page.text(deed.outcome, note, x, y, wide, 1.28) + page.px(6)
            icon = icons.OF_TRACK.get(deed.track) or (
                icons.OF_STYLE.get(deed.dispatch.style, "telegram") if deed.dispatch else "dash"
            )
            icons.put(page.surface, icon, (place.left + page.px(14), top + page.px(20)), page.px(22))
            rule(page.surface, place.left, place.right - page.px(12), y - 1, page.scale, SHADE)
            page.spot(element, Rect(place.left, top, place.width - page.px(12), y - top))
        panel.bottom = y
