"""How do the small sheets look?  The menu, the keys and what they do, and the question before a loss."""

from __future__ import annotations

from pygame import Rect

from game.views.desktop.lettering import Face
from game.views.desktop.page import Page
from game.views.desktop.scenes.pieces import key_cap, push, sheet
from game.views.desktop.shapes import rule
from game.views.desktop.theme import BAR, RED, SHADE
from game.views.screens.tree import Element, Role


def paint(page: Page) -> None:
    """Paint whichever of the small sheets it is."""
    {"menu-sheet": _menu, "help-sheet": _help, "confirm": _confirm}[page.tree.id](page)


def _menu(page: Page) -> None:
    tree = page.tree
    high = (
        84 + 58 * sum(element.role == Role.BUTTON for element in tree.children) * page.frame.type_size / 100
    )
    top = max(20.0, (720 - high) / 2)
    room = sheet(page, tree.name, "", tree["continue"], 460, min(704, top + high), top)
    with page.panel("menu", room) as panel:
        y = panel.top + page.px(8)
        for element in tree.children:
            if element.role == Role.BUTTON:
                y = _button(page, element, Rect(room.left, y, room.width - page.px(8), 0))
        panel.bottom = y


def _button(page: Page, element: Element, place: Rect) -> int:
    place.height = max(page.px(48), page.type(Face.HEAD, 20).cap + page.px(26))
    push(page, element, place, RED if element.id == "continue" else BAR, left=1, size=20)
    return place.bottom + page.px(10)


def _help(page: Page) -> None:
    tree = page.tree
    room = sheet(page, "Keys and help", "", tree["close"], 900)
    with page.panel("help", room) as panel:
        wide = room.width - page.px(20)
        y = page.text(
            tree["help.turn"].name, page.type(Face.SERIF, 17), room.left, panel.top + page.px(4), wide
        )
        y += page.px(16)
        style = page.type(Face.SANS, 16)
        side = max(page.px(26), style.cap + page.px(14))
        column = page.px(190 * page.frame.type_size / 100)
        for element in tree["help.keys"].children:
            rule(page.surface, room.left, room.left + wide, y, page.scale, SHADE)
            y += page.px(5)
            x = room.left
            for key in element.of(tuple):
                x = key_cap(page, key, x, y, side).right + page.px(4)
            top = y + (side - style.cap) // 2 - round(style.size * 0.35)
            end = page.text(
                element.value, style, room.left + max(column, x - room.left), top, wide - column, 1.3
            )
            y = max(y + side, end) + page.px(5)
        place = Rect(room.left, y + page.px(8), page.px(300), 0)
        _button(page, tree["help.guide"], place)
        panel.bottom = _button(
            page, tree["keys"], Rect(place.right + page.px(12), place.top, page.px(300), 0)
        )


def _confirm(page: Page) -> None:
    tree = page.tree
    high = 230 * page.frame.type_size / 100
    top = (720 - high) / 2
    room = sheet(page, "One moment", "", tree["no"], 560, top + high, top)
    page.text(
        tree["confirm.question"].name,
        page.type(Face.SERIF, 19),
        room.left,
        room.top + page.px(12),
        room.width,
    )
    step = max(page.px(48), page.type(Face.HEAD, 18).cap + page.px(26))
    half = (room.width - page.px(12)) // 2
    y = room.bottom - step
    push(page, tree["no"], Rect(room.left, y, half, step), BAR, right=1, size=18)
    push(page, tree["yes"], Rect(room.left + half + page.px(12), y, half, step), RED, left=1, size=18)
