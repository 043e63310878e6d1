"""What do mouse and keyboard do?  They turn events into acts of the stage, and move the focus over the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame

from game.views.desktop import focus
from game.views.desktop.focus import Spot
from game.views.desktop.keys import REPEATING, WRITING, name_of
from game.views.desktop.page import Page, Panel
from game.views.screens.keymap import work_of
from game.views.screens.stage import Stage
from game.views.screens.tree import BACK, LETTERS, STROKE, Act, Element

WHEEL_STEP: Final = 56
"""How far a turn of the wheel leafs, in design units."""
LEFT_BUTTON: Final = 1
ANYWHERE: Final = {"F1": "help", "W": "library", "H": "years", "M": "mute"}
"""Keys that do the same on every screen where they mean nothing else."""


class Hands:
    """The player's hands on one stage: where the focus is, what lies under the mouse, what is being dragged.

    `page` gives the page of the top tree as it was last painted, `corner` the point of it in the window's corner.
    """

    def __init__(
        self,
        stage: Stage,
        page: Callable[[], Page],
        scrolled: dict[str, int],
        corner: Callable[[], tuple[int, int]],
    ) -> None:
        self.stage = stage
        self.page = page
        self.corner = corner
        self.scrolled = scrolled
        self.focus = ""
        self.ring = False
        """Whether the focus is shown: not while the mouse leads."""
        self.hover = ""
        self.stale = False
        """The overlay must be painted anew."""
        self.scrolled_anew = False
        """A panel has moved: the page must be painted anew."""
        self._dragging = ""
        self._held: set[int] = set()
        self._kept: dict[str, str] = {}
        """Where the focus was on each screen that now lies under another."""

    # Events

    def handle(self, event: pygame.event.Event) -> None:
        """Take one event."""
        match event.type:
            case pygame.KEYDOWN:
                repeated = event.scancode in self._held
                self._held.add(event.scancode)
                key = name_of(event.scancode)
                if key and (not repeated or work_of(key, self.stage.setup.keys) in REPEATING):
                    self.key(key, bool(event.mod & pygame.KMOD_SHIFT))
            case pygame.TEXTINPUT:
                field = self._field()
                if field is not None:
                    self._do(lambda: self.stage.perform(Act(field.types, event.text)))
            case pygame.KEYUP:
                self._held.discard(event.scancode)
            case pygame.MOUSEMOTION:
                self.point(*self._on_page(event.pos))
            case pygame.MOUSEBUTTONDOWN:
                if event.button == LEFT_BUTTON:
                    self.grip(*self._on_page(event.pos))
            case pygame.MOUSEBUTTONUP:
                if event.button == LEFT_BUTTON:
                    self._dragging = ""
            case pygame.MOUSEWHEEL:
                self.leaf(-event.y, at=self._on_page(pygame.mouse.get_pos()))
            case _:
                pass

    def _on_page(self, at: tuple[int, int]) -> tuple[int, int]:
        """A point of the window as a point of the page."""
        left, top = self.corner()
        return at[0] + left, at[1] + top

    def released(self) -> None:
        """The window lost the keyboard: nothing is held any more."""
        self._held.clear()
        self._dragging = ""

    # The keyboard

    def key(self, key: str, shift: bool = False) -> None:
        """A key by its name: what it does depends on what is written into, and on the player's key map."""
        if key != "Escape" and self._field(STROKE) is not None:
            self._do(lambda: self.stage.perform(Act(STROKE, key)))
            return
        field = self._field()
        if field is not None and key in WRITING:
            if key == "Backspace":
                self._do(lambda: self.stage.perform(Act(field.types, BACK)))
            return
        spot = focus.find(self.page().spots, self.focus)
        if spot is not None and spot.element.types and (key.isdigit() or key == "Backspace"):
            self._perform(spot.element, Act(spot.element.types, BACK if key == "Backspace" else key))
        elif work := work_of(key, self.stage.setup.keys):
            self._work(work, shift, spot)

    def _work(self, key: str, shift: bool, spot: Spot | None) -> None:
        """Do the work of a key."""
        if spot is not None and self._on_focused(spot, key, shift):
            return
        if key == "Tab":
            self.look_at(focus.tabbed(self.page().spots, self.focus, -1 if shift else 1))
        elif key in focus.ARROWS and (pressed := self.stage.top.at_key(key)) is not None:
            self._press(pressed)
        elif key in focus.ARROWS:
            self.look_at(focus.toward(self.page().spots, self.focus, key))
        elif key in ("PageUp", "PageDown"):
            self.leaf(6 if key == "PageDown" else -6)
        elif key == "Escape":
            self._do(self.stage.back)
        elif (pressed := self.stage.top.at_key(key)) is not None:
            if pressed.pick is not None:
                self.look_at(focus.find(self.page().spots, pressed.id))
            else:
                self._press(pressed)
        elif key in ANYWHERE and self.stage.knows(ANYWHERE[key]) and ANYWHERE[key] not in self.stage.top.id:
            self._do(lambda: self.stage.perform(Act(ANYWHERE[key])))

    def _field(self, verb: str = LETTERS) -> Element | None:
        """The field that takes whatever is typed: the one of a screen that has one for letters, or for a key."""
        return next((each for each in self.stage.top.walk() if each.types == verb), None)

    def _on_focused(self, spot: Spot, key: str, shift: bool) -> bool:
        """What a key does to the focused element; whether it did anything."""
        element = spot.element
        if key in ("Return", "Space"):
            self._press(element, sure=True)
            return True
        if element.less is not None or element.more is not None:
            act = {"Left": element.less, "Right": element.more, "Down": element.less, "Up": element.more}.get(
                key
            )
            if act is not None:
                self._perform(element, Act(act.verb, act.what, act.amount * (5 if shift else 1)))
                return True
        return False

    def look_at(self, spot: Spot | None) -> None:
        """Move the focus; what has a `pick` is picked by it."""
        if spot is None:
            return
        self.focus = spot.id
        self.ring = True
        self.stale = True
        self._into_sight(spot)
        element = spot.element
        if element.pick is not None and not element.selected:
            self.stage.perform(element.pick)

    def _into_sight(self, spot: Spot) -> None:
        panel = next((each for each in self.page().panels if each.id == spot.panel), None)
        if panel is None:
            return
        margin = spot.rect.height // 4
        over = panel.rect.top + margin - spot.rect.top
        under = spot.rect.bottom + margin - panel.rect.bottom
        if under > 0:
            self._scroll(panel.id, under, panel.most)
        elif over > 0:
            self._scroll(panel.id, -over, panel.most)

    def wish(self, id: str, wish: str) -> None:
        """What a screen reader wants done with an element: press, look, more or less."""
        spot = focus.find(self.page().spots, id)
        if spot is None:
            return
        element = spot.element
        act = {"more": element.more, "less": element.less}.get(wish)
        if wish in ("look", "press"):
            self.look_at(spot)
        if wish == "press":
            self._press(element, sure=True)
        elif act is not None:
            self._perform(element, act)

    # The mouse

    def point(self, x: int, y: int) -> None:
        """The mouse is at a point."""
        if self._dragging:
            self._drag(x)
            return
        spot = focus.at(self.page().spots, x, y)
        found = spot.id if spot else self._hit(x, y)
        if found != self.hover:
            self.hover = found
            self.stale = True

    def grip(self, x: int, y: int) -> None:
        """The left button goes down: a bar is taken hold of, anything else is picked or pressed."""
        page = self.page()
        spot = focus.at(page.spots, x, y)
        if spot is None:
            spot = focus.find(page.spots, self._hit(x, y))
        if spot is None:
            return
        self.ring = False
        self.stale = True
        if spot.element.usable:
            self.focus = spot.id
        if spot.gauge is not None:
            self._dragging = spot.id
            self._drag(x)
        else:
            self._press(spot.element)

    def _drag(self, x: int) -> None:
        spot = focus.find(self.page().spots, self._dragging)
        act = focus.moved(spot, x) if spot is not None else None
        if spot is not None and act is not None and act.amount:
            self._perform(spot.element, act)

    def _hit(self, x: int, y: int) -> str:
        for area, answer in self.page().hits:
            if area.collidepoint(x, y) and (found := answer(x, y)):
                return found
        return ""

    # Doing

    def _press(self, element: Element, sure: bool = False) -> None:
        """Press an element: the first time it is only picked, if it can be, unless Enter says so."""
        act = element.press
        if element.pick is not None and not (sure or element.selected):
            act = element.pick
        if act is None:
            act = element.explain
        if act is not None:
            self._perform(element, act)
        elif element.disabled:
            self.stage.notice = element.disabled
            self.stage.changed()

    def _perform(self, element: Element, act: Act) -> None:
        if element.disabled and act != element.pick:
            self.stage.notice = element.disabled
            self.stage.changed()
        else:
            self._do(lambda: self.stage.perform(act))

    def _do(self, deed: Callable[[], None]) -> None:
        """Do something; where another tree comes up, the focus begins there anew."""
        before = self.stage.names
        deed()
        self.stale = True
        after = self.stage.names
        if after[-1] != before[-1]:
            self._kept[before[-1]] = self.focus
            self.focus = self._kept.get(after[-1], "") if after[-1] in before else ""
            self.hover = ""
            self._dragging = ""

    def leaf(self, steps: int, at: tuple[int, int] | None = None) -> None:
        """Scroll the panel under the mouse, or else that of the focus, or the first there is."""
        page = self.page()
        panels = [each for each in page.panels if each.most]
        spot = focus.find(page.spots, self.focus)
        under = next((each for each in panels if at is not None and each.rect.collidepoint(at)), None)
        if at is None:
            held = [each for each in panels if spot is not None and _holds(spot, each)]
            under = next(iter(held or panels), None)
        if under is not None:
            self._scroll(under.id, steps * page.frame.px(WHEEL_STEP), under.most)

    def _scroll(self, panel: str, pixels: int, most: int) -> None:
        now = self.scrolled.get(panel, 0)
        then = max(0, min(most, now + pixels))
        if then != now:
            self.scrolled[panel] = then
            self.scrolled_anew = True


def _holds(spot: Spot, panel: Panel) -> bool:
    """Whether a panel is the one that an element lies in, or one that lies in it."""
    return panel.id == spot.panel or spot.rect.contains(panel.rect)
