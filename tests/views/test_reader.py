"""Can a screen reader hear the window and play by it?  With a kit made up for the test, and with AccessKit itself."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Iterator
from enum import Enum
from types import ModuleType, SimpleNamespace
from typing import Any

import pygame
import pytest

from game.views.desktop import spoken
from game.views.desktop.reader import Reader
from game.views.desktop.spoken import ROLES, Heard, plain, tell
from game.views.desktop.window import Window
from game.views.screens import tailoring
from game.views.screens.stage import Stage
from game.views.screens.tree import Act, Element, Role
from tests.views.small_game import small_program

ACTIONS = ("CLICK", "FOCUS", "INCREMENT", "DECREMENT", "SCROLL_DOWN")


class Node:
    """A node that keeps what it is told."""

    def __init__(self, role: Any) -> None:
        self.said: dict[str, Any] = {"role": role.name, "actions": []}

    def __getattr__(self, name: str) -> Any:
        if name == "add_action":
            return lambda action: self.said["actions"].append(action.name)
        assert name.startswith("set_"), name
        return lambda value=True: self.said.__setitem__(name[4:], value)


class Adapter:
    """An adapter that a reader listens to from the first moment."""

    made: list[Adapter] = []

    def __init__(self, activation: Any, action: Any, deactivation: Any) -> None:
        self.activation, self.action = activation, action
        self.updates: list[Any] = []
        self.here: list[bool] = []
        Adapter.made.append(self)

    def update_if_active(self, factory: Any) -> None:
        self.updates.append(factory())

    def update_window_focus_state(self, here: bool) -> None:
        self.here.append(here)


def kit() -> ModuleType:
    """What of AccessKit is used, made up."""
    made = ModuleType("accesskit")
    made.Role = Enum("Role", sorted({*ROLES.values(), "WINDOW", "STATUS"}))  # type: ignore[attr-defined]
    made.Action = Enum("Action", ACTIONS)  # type: ignore[attr-defined]
    made.Live = Enum("Live", ["POLITE", "ASSERTIVE"])  # type: ignore[attr-defined]
    made.Node = Node  # type: ignore[attr-defined]
    made.Rect = lambda *sides: sides  # type: ignore[attr-defined]
    made.Tree = lambda root: SimpleNamespace(root=root)  # type: ignore[attr-defined]
    made.TreeUpdate = lambda focus: SimpleNamespace(focus=focus, nodes=[], tree=None)  # type: ignore[attr-defined]
    made.unix = SimpleNamespace(Adapter=Adapter)  # type: ignore[attr-defined]
    return made


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window that is listened to, at the desk."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "accesskit", kit())
    monkeypatch.setattr(tailoring, "find_spec", lambda name: True)
    Adapter.made.clear()
    made = Window(Stage(), (1280, 720))
    made.stage.set_up(guide=False)
    made.stage.loaded(small_program())
    made.voice.listen()
    for act in (Act("begin"), Act("choose", "go"), Act("proceed")):
        made.stage.perform(act)
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()


def said(window: Window) -> dict[str, dict[str, Any]]:
    """All that can be heard now, by the names of the elements."""
    reader = window.voice.reader
    assert reader is not None
    update = Adapter.made[0].activation()
    names = reader._names
    return {names[number]: node.said for number, node in update.nodes}


def ask(window: Window, id: str, action: str) -> None:
    """A reader wants something, from a thread of its own."""
    reader = window.voice.reader
    assert reader is not None
    pygame.event.clear()
    request = SimpleNamespace(target=reader._numbers[id], action=reader.kit.Action[action], data=None)
    thread = threading.Thread(target=Adapter.made[0].action, args=(request,))
    thread.start()
    thread.join()
    for event in pygame.event.get():
        window.handle(event)
    window.paint()


def test_everything_on_a_screen_is_heard_with_its_place(window: Window) -> None:
    heard = said(window)
    assert heard["window"]["label"] == "Peredyshka"
    trade = heard["score.trade"]
    assert trade["role"] == "BUTTON" and trade["label"].startswith("Trade: 20")
    assert heard["lens.political"]["selected"] is True and heard["lens.trade"]["selected"] is False
    assert heard["end"]["keyboard_shortcut"] == "E"
    left, top, right, bottom = heard["end"]["bounds"]
    assert 0 <= left < right <= 1280 and 0 <= top < bottom <= 720
    slider = heard["course.balance"]
    assert (slider["min_numeric_value"], slider["max_numeric_value"], slider["numeric_value"]) == (0, 100, 60)
    assert {"INCREMENT", "DECREMENT", "FOCUS", "CLICK"} == set(slider["actions"])


def test_each_element_of_every_screen_is_heard_once(window: Window) -> None:
    for act in (Act("orders", "germany"), Act("why", "trade"), Act("years"), Act("library"), Act("saves"), Act("keys"),
                Act("settings"), Act("help"), Act("menu"), Act("decisions")):  # fmt: skip
        window.stage.perform(act)
        window.paint()
        update = Adapter.made[0].updates[-1]
        nodes = dict(update.nodes)
        assert len(nodes) == len(update.nodes)
        below = [child for node in nodes.values() for child in node.said["children"]]
        assert sorted([*below, update.tree.root]) == sorted(nodes), "each has one place below another"
        assert update.focus in nodes
        words = " ".join(node.said.get("label") or node.said.get("value", "") for node in nodes.values())
        assert [
            each.name for each in window.stage.top.walk() if each.usable and plain(each.name) not in words
        ] == []


def test_a_moved_focus_is_all_that_is_told_of_it(window: Window) -> None:
    reader = window.voice.reader
    assert reader is not None
    window.press_key("Tab")
    window.paint()
    update = Adapter.made[0].updates[-1]
    assert update.nodes == [] and reader._names[update.focus] == window.hands.focus
    count = len(Adapter.made[0].updates)
    window.paint()
    assert len(Adapter.made[0].updates) == count, "nothing is told while nothing is painted"


def test_a_reader_plays_a_quarter(window: Window) -> None:
    ask(window, "country.germany", "CLICK")
    assert window.tree.name == "Orders: Germany"
    ask(window, "offer.trade-talks", "CLICK")
    session = window.stage.session
    assert session is not None
    assert [str(each) for each in session.orders["narkomindel"]] == ["trade-talks -> germany"]
    ask(window, "close", "CLICK")
    ask(window, "course.balance", "DECREMENT")
    assert window.tree["course.balance"].value == "Narkomindel 59, Comintern 41"
    ask(window, "course.balance", "INCREMENT")
    ask(window, "end", "FOCUS")
    assert window.hands.focus == "end"
    ask(window, "end", "SCROLL_DOWN")
    assert window.tree.id == "desk"
    ask(window, "end", "CLICK")
    assert window.tree.name == "End of Winter 1922"
    ask(window, "proceed", "CLICK")
    assert session.turn == 2


def test_what_is_not_there_any_more_cannot_be_pressed(window: Window) -> None:
    window.stage.perform(Act("menu"))
    window.paint()
    before = window.stage.revision
    ask(window, "end", "CLICK")
    assert window.stage.revision == before


def test_a_refusal_is_heard_at_once_and_a_closed_thing_says_why(window: Window) -> None:
    ask(window, "country.britain", "CLICK")
    ask(window, "offer.recognition-talks", "CLICK")
    heard = said(window)
    assert heard["notice"]["value"].startswith("Needs Britain: relations")
    assert heard["notice"]["live"].name == "ASSERTIVE"
    assert heard["offer.recognition-talks"]["disabled"] is True
    assert heard["offer.recognition-talks"]["description"].startswith("Needs Britain: relations")


def test_the_window_says_whether_it_has_the_keyboard(window: Window) -> None:
    window.handle(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    window.handle(pygame.event.Event(pygame.WINDOWFOCUSGAINED))
    assert Adapter.made[0].here == [False, True]


def test_only_the_sheet_on_top_is_heard(window: Window) -> None:
    window.stage.perform(Act("menu"))
    window.paint()
    heard = said(window)
    assert heard["menu-sheet"]["modal"] is True and "end" not in heard


def test_the_setting_lets_readers_hear_or_not(window: Window) -> None:
    window.stage.perform(Act("reader", "no"))
    window.voice.listen()
    assert window.voice.reader is None
    window.stage.perform(Act("reader", "yes"))
    window.voice.listen()
    assert window.voice.reader is not None and len(Adapter.made) == 2


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_on_other_systems_the_window_is_taken_hold_of_before_it_is_shown(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    made, calls = kit(), []

    class Subclassing(Adapter):
        def __init__(self, window: Any, activation: Any, action: Any) -> None:
            calls.append("adapter")
            super().__init__(activation, action, None)

        @classmethod
        def for_window(cls, window: Any, activation: Any, action: Any) -> Subclassing:
            return cls(window, activation, action)

    there = SimpleNamespace(
        SubclassingAdapter=Subclassing, add_focus_forwarder_to_window_class=lambda name: None
    )
    setattr(made, {"win32": "windows", "darwin": "macos"}[platform], there)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setitem(sys.modules, "accesskit", made)
    monkeypatch.setattr(tailoring, "find_spec", lambda name: True)
    real = pygame.display.set_mode
    monkeypatch.setattr(pygame.display, "get_wm_info", lambda: {"window": 7})
    monkeypatch.setattr(
        pygame.display, "set_mode",
        lambda size, flags: (calls.append("hidden" if flags & pygame.HIDDEN else "shown"), real(size, flags))[1],
    )  # fmt: skip
    window = Window(Stage(), (640, 360))
    assert calls == ["hidden", "adapter", "shown"]
    window.paint()
    assert Adapter.made[-1].updates
    pygame.display.quit()


# Without the package


def test_without_the_package_the_settings_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tailoring, "find_spec", lambda name: None)
    window = Window(Stage(), (640, 360))
    window.voice.listen()
    window.stage.perform(Act("settings"))
    window.paint()
    assert window.voice.reader is None
    assert window.tree["reader.yes"].disabled == "It needs one package more: pip install accesskit"
    assert window.tree["reader.no"].selected
    window.hands.wish("reader.yes", "press")
    assert window.stage.notice == "It needs one package more: pip install accesskit"
    pygame.display.quit()


def test_a_broken_package_is_told_and_the_game_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = kit()

    def fail(*_: Any) -> None:
        raise OSError("no bus")

    broken.unix.Adapter = fail
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "accesskit", broken)
    monkeypatch.setattr(tailoring, "find_spec", lambda name: True)
    window = Window(Stage(), (640, 360))
    window.voice.listen()
    assert window.stage.notice == "No screen reader can hear the window: no bus."
    window.paint()
    pygame.display.quit()


def test_the_package_is_not_imported_before_it_is_wanted() -> None:
    import subprocess

    code = (
        "import sys; from game.views.desktop.window import Window; from game.views.screens.stage import Stage\n"
        "Window(Stage(), (320, 200)).paint(); print('accesskit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")


# Descriptions


def test_two_elements_of_one_name_stay_two() -> None:
    tree = Element(
        Role.SCREEN, "s", "s", children=(Element(Role.TEXT, "a", "x"), Element(Role.TEXT, "b", "x"))
    )
    ids = [each.id for each in tell("t", tree, (), (0, 0), "").nodes]
    assert sorted(ids) == ["s", "window", "x", "x (2)"]


def test_every_role_is_heard_as_something() -> None:
    assert set(ROLES) == set(Role)
    assert spoken.NOTICE != spoken.WINDOW


def test_marks_of_a_text_are_not_heard() -> None:
    tree = Element(Role.SCREEN, "s", "s", children=(
        Element(Role.TEXT, "The *front* of [[kpd|the party]]\nand more", "t"),
        Element(Role.OPTION, "Sign", "o", value="Trade +2", press=Act("x")),
        Element(Role.GROUP, "Guide", "guide", value="Press *D*."),
    ))  # fmt: skip
    heard = {each.id: each for each in tell("t", tree, (), (0, 0), "").nodes}
    assert heard["t"].value == "The front of the party and more"
    assert (heard["o"].label, heard["o"].value) == ("Sign: Trade +2", "")
    assert (heard["guide"].label, heard["guide"].live) == ("Guide: Press D.", True)


# The package itself


@pytest.mark.skipif(importlib.util.find_spec("accesskit") is None, reason="needs accesskit")
def test_accesskit_takes_what_it_is_told() -> None:
    import accesskit

    for role in {*ROLES.values(), "WINDOW", "STATUS"}:
        assert getattr(accesskit.Role, role)
    reader = Reader()
    assert reader.open(), reader.fault
    window = Window(Stage(), (640, 360))
    window.stage.loaded(small_program())
    window.stage.perform(Act("begin"))
    window.voice.reader = reader
    window.paint()
    update = reader.all()
    assert len(update.nodes) > 10
    first = update.nodes[0][1]
    assert first.role == accesskit.Role.WINDOW and first.label == "Peredyshka"
    window.stage.close()
    pygame.display.quit()


def test_a_window_that_is_heard_by_nobody_tells_nothing() -> None:
    reader = Reader()
    reader.tell(spoken.Telling((Heard("window", "WINDOW"),), "window"), True)
    reader.focused(True)
    assert not reader.ready
