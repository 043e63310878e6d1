"""How does a screen reader hear the window?  By AccessKit (extra: a11y), which speaks to those of each system.

Without the package all else is as it was, and the settings say how to get it. AccessKit asks and acts from threads of
its own: it is told what was last painted, and what it wants done is put among the events of the window.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, Final

import pygame

from game.views.desktop.spoken import NOTICE, Heard, Telling

WISHES: Final = {"CLICK": "press", "FOCUS": "look", "INCREMENT": "more", "DECREMENT": "less"}
"""What each action of AccessKit means to the hands."""
NOTHING: Final = Telling((Heard("window", "WINDOW", "Peredyshka"),), "window")


class Reader:
    """One window's voice. `tell` says what was painted; nothing is reckoned unless a reader listens."""

    def __init__(self) -> None:
        self.kit: Any = None
        self.wish = pygame.event.custom_type()
        """The type of the event of something that a reader wants done: `id` of an element, and `wish`."""
        self.fault = ""
        """Why nothing can be heard; empty if nothing is wrong."""
        self._adapter: Any = None
        self._telling = NOTHING
        self._numbers: dict[str, int] = {}
        self._names: dict[int, str] = {}

    @property
    def ready(self) -> bool:
        """Whether a screen reader can hear the window."""
        return self._adapter is not None

    def open(self) -> bool:
        """Take hold of the window; whether that worked."""
        if self._adapter is None and not self.fault:
            try:
                self.kit = import_module("accesskit")
                self._adapter = self._made()
            except Exception as fault:  # whatever is wrong with it, the game goes on
                self.fault = str(fault) or type(fault).__name__
        return self.ready

    def _made(self) -> Any:
        if sys.platform == "darwin":
            self.kit.macos.add_focus_forwarder_to_window_class("SDLWindow")
            window = pygame.display.get_wm_info()["window"]
            return self.kit.macos.SubclassingAdapter.for_window(window, self.all, self.wanted)
        if sys.platform == "win32":
            window = pygame.display.get_wm_info()["window"]
            return self.kit.windows.SubclassingAdapter(window, self.all, self.wanted)
        return self.kit.unix.Adapter(self.all, self.wanted, lambda: None)

    # What is heard

    def tell(self, telling: Telling, whole: bool) -> None:
        """Something was painted: all of it, or the focus alone has moved."""
        if self._adapter is None:
            return
        self._telling = telling
        self._pass_on(self._adapter.update_if_active(self.all if whole else self._focus))

    def focused(self, here: bool) -> None:
        """The window has got or lost the keyboard."""
        if self._adapter is None or sys.platform == "win32":
            return
        focus = (
            getattr(self._adapter, "update_view_focus_state", None) or self._adapter.update_window_focus_state
        )
        self._pass_on(focus(here))

    def _pass_on(self, events: Any) -> None:
        if events is not None:
            events.raise_events()

    def all(self) -> Any:
        """All that can be heard now, in the form of AccessKit; asked for from any thread."""
        telling = self._telling
        update = self.kit.TreeUpdate(self._number(telling.focus))
        tree = self.kit.Tree(self._number(telling.nodes[0].id))
        tree.toolkit_name = "peredyshka"
        update.tree = tree
        for each in telling.nodes:
            update.nodes.append((self._number(each.id), self._node(each)))
        return update

    def _focus(self) -> Any:
        return self.kit.TreeUpdate(self._number(self._telling.focus))

    def _number(self, id: str) -> int:
        """The number of an element: the same for as long as the window is open."""
        number = self._numbers.setdefault(id, len(self._numbers) + 1)
        self._names[number] = id
        return number

    def _node(self, heard: Heard) -> Any:
        kit = self.kit
        node = kit.Node(getattr(kit.Role, heard.role))
        for value, put in (
            (heard.label, node.set_label), (heard.value, node.set_value), (heard.description, node.set_description),
            (heard.key, node.set_keyboard_shortcut),
        ):  # fmt: skip
            if value:
                put(value)
        if heard.selected is not None:
            node.set_selected(heard.selected)
        if heard.disabled:
            node.set_disabled()
        if heard.modal:
            node.set_modal()
        if heard.live:
            node.set_live(kit.Live.ASSERTIVE if heard.id == NOTICE else kit.Live.POLITE)
        for action in heard.actions:
            node.add_action(getattr(kit.Action, action))
        if heard.place is not None:
            node.set_bounds(kit.Rect(*map(float, heard.place)))
        if heard.gauge is not None:
            node.set_min_numeric_value(float(heard.gauge.low))
            node.set_max_numeric_value(float(heard.gauge.high))
            node.set_numeric_value(float(heard.gauge.value))
        node.set_children([self._number(each) for each in heard.children])
        return node

    # What is wanted

    def wanted(self, request: Any) -> None:
        """A reader wants something done: it is put among the events, from whatever thread."""
        id = self._names.get(request.target, "")
        for action, wish in WISHES.items():
            if id and request.action == getattr(self.kit.Action, action):
                pygame.event.post(pygame.event.Event(self.wish, id=id, wish=wish))
