"""Can keys be given other work?  The map itself, the dialog it is changed in, and the keys of the whole window."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from game.views.desktop import keys
from game.views.desktop.keys import NAMES
from game.views.desktop.window import Window
from game.views.screens.keymap import KEYS, OWN, WORKS, KeyMap, given, shown, sound, work_of
from game.views.screens.stage import Stage
from game.views.screens.tree import Act, Role
from tests.views.small_game import small_program

SCANCODES = {name: code for code, name in reversed(NAMES.items()) if code > 0}


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window(Stage(), (1280, 720))
    made.stage.set_up(guide=False)
    made.stage.loaded(small_program())
    made.paint()
    yield made
    made.stage.close()
    keys.wear(())
    pygame.display.quit()


def type_key(window: Window, name: str, unicode: str = "") -> None:
    """A key goes down and up, as the system reports it."""
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        window.handle(pygame.event.Event(kind, key=0, scancode=SCANCODES[name], mod=0, unicode=unicode))
    window.paint()


def to_the_desk(window: Window) -> None:
    for act in (Act("begin"), Act("choose", "go"), Act("proceed")):
        window.stage.perform(act)
    window.paint()


# The map


def test_work_moves_to_another_key_and_leaves_its_own() -> None:
    map = given((), "E", "Z")
    assert map == (("E", "Z"),)
    assert (work_of("Z", map), work_of("E", map), shown("E", map)) == ("E", "", "Z")


@pytest.mark.parametrize(
    ("work", "key", "told"),
    [
        ("E", "D", "D is taken: opens the next dispatch that is new or waits. Give that to another key first."),
        ("E", "Escape", "Esc is taken: closes what lies on top, or opens the menu. It always does."),
        ("E", "Comma", ", is taken: shifts the course of policy by five points to one side. "
                       "Give that to another key first."),
        ("E", "Hyper", "That key cannot be used."),
    ],
)  # fmt: skip
def test_a_key_that_has_work_is_refused_in_words(work: str, key: str, told: str) -> None:
    assert given((), work, key) == told


def test_two_keys_change_places_by_way_of_a_third() -> None:
    map: KeyMap | str = ()
    for work, key in (("E", "Z"), ("D", "E"), ("E", "D")):
        assert isinstance(map, tuple)
        map = given(map, work, key)
    assert isinstance(map, tuple)
    assert [work_of(key, map) for key in "EDZ"] == ["D", "E", "Z"]


def test_work_comes_back_to_its_own_key_only_if_that_is_free() -> None:
    map = given(given((), "E", "Z"), "D", "E")  # type: ignore[arg-type]
    assert isinstance(map, tuple)
    assert given(map, "E", "E") == (
        "E is taken: opens the next dispatch that is new or waits. Give that to another key first."
    )
    freed = given(map, "D", "D")
    assert isinstance(freed, tuple) and given(freed, "E", "E") == ()


def test_what_must_always_work_may_have_a_second_key() -> None:
    map = given((), "Left", "A")
    assert isinstance(map, tuple)
    assert (work_of("A", map), work_of("Left", map), shown("Left", map)) == ("Left", "Left", "Left")


@drawn(st.lists(st.tuples(st.sampled_from(sorted(WORKS)), st.sampled_from(sorted(KEYS)))))
def test_no_key_ever_has_two_works_and_no_work_is_lost(changes: list[tuple[str, str]]) -> None:
    map: KeyMap = ()
    for work, key in changes:
        found = given(map, work, key)
        map = map if isinstance(found, str) else found
    assert sound(dict(map)) == map
    doing = [work_of(key, map) for key in sorted(KEYS)]
    assert {work for work in doing if work in WORKS} == set(WORKS)
    others = [work for work in doing if work in WORKS and work not in OWN]
    assert len(others) == len(set(others))


def test_every_key_that_may_have_work_can_be_pressed() -> None:
    assert set(NAMES.values()) >= KEYS


# In the window


def test_a_key_is_given_other_work_by_keyboard_alone(window: Window) -> None:
    to_the_desk(window)
    window.stage.perform(Act("keys"))
    window.paint()
    row = window.tree.find(Role.ITEM, "ends the turn")
    assert row.value == "E"
    while window.hands.focus != row.id:
        type_key(window, "Tab")
    type_key(window, "Return")
    assert window.tree.find(Role.FIELD, "Press the key for: ends the turn")
    type_key(window, "D")
    assert window.stage.notice.startswith("D is taken: opens the next dispatch")
    type_key(window, "Z", unicode="я")
    assert window.tree.find(Role.ITEM, "ends the turn").value == "Z"
    type_key(window, "Escape")
    type_key(window, "E")
    assert window.tree.id == "desk"
    type_key(window, "Z", unicode="я")
    assert window.tree.name == "End of Winter 1922"


def test_escape_leaves_a_key_as_it_was(window: Window) -> None:
    window.stage.perform(Act("keys"))
    window.stage.perform(Act("rebind", "E"))
    window.paint()
    type_key(window, "Escape")
    assert window.tree.id == "keys-sheet" and window.tree.get("keys.awaited") is None
    assert window.stage.setup.keys == ()
    type_key(window, "Escape")
    assert window.tree.id == "title"


@pytest.mark.parametrize("key", ["F11", "Tab", "F1", "Return"])
def test_a_key_that_always_works_does_nothing_else_while_a_key_is_awaited(window: Window, key: str) -> None:
    window.stage.perform(Act("keys"))
    window.stage.perform(Act("rebind", "E"))
    window.paint()
    type_key(window, key)
    assert window.stage.notice.endswith("It always does.")
    assert window.tree.get("keys.awaited") is not None and not window.stage.setup.full


def test_all_keys_come_back_at_once(window: Window) -> None:
    window.stage.set_up(keys=(("E", "Z"), ("Left", "A")))
    window.stage.perform(Act("keys"))
    window.paint()
    assert window.tree.find(Role.ITEM, WORKS["Left"]).value == "Left, A"
    window.click("button", "All as at first")
    assert window.stage.setup.keys == ()
    window.paint()
    assert window.tree["keys.anew"].disabled


def test_moved_keys_are_printed_everywhere(window: Window) -> None:
    window.stage.set_up(guide=True, keys=(("D", "Z"), ("E", "Q")))
    window.stage.perform(Act("help"))
    rows = {each.value: each.name for each in window.tree["help.keys"].children}
    assert rows["opens the next dispatch that is new or waits"] == "Z"
    window.stage.perform(Act("close"))
    to_the_desk(window)
    assert window.tree["guide"].value == "What is new lies here. Z opens the next dispatch."
    assert keys.shown("E") == "Q"


def test_a_field_takes_letters_as_they_are_whatever_the_map(window: Window) -> None:
    window.stage.set_up(keys=(("1", "Z"), ("M", "1")))
    window.stage.perform(Act("new-game"))
    window.stage.perform(Act("fate", "open"))
    window.stage.perform(Act("seed", "", -window.stage.setup.seed))
    window.paint()
    window.hands.focus = "seed"
    for key in ("1", "9", "2", "1", "Backspace", "2"):
        type_key(window, key)
    assert window.stage.setup.seed == 1922


def test_the_sound_is_muted_by_a_key_from_anywhere(window: Window) -> None:
    type_key(window, "M")
    assert (window.stage.setup.mute, window.stage.setup.loudness) == (True, 0)
    assert window.stage.notice == "The sound is off."
    to_the_desk(window)
    type_key(window, "M")
    assert window.stage.setup.loudness == 60


def test_every_key_of_every_screen_can_be_given_to_another(window: Window) -> None:
    seen = set()
    to_the_desk(window)
    for act in (
        Act("title"), Act("saves"), Act("close"), Act("resume"), Act("country", "germany"), Act("card", "famine-news@"),
        Act("close"), Act("orders", "germany"), Act("close"), Act("why", "trade"),
        Act("close"), Act("years"), Act("close"), Act("decisions", "0"), Act("close"), Act("library"), Act("close"),
        Act("menu"), Act("close"), Act("settings"), Act("close"), Act("help"), Act("close"), Act("end"),
    ):  # fmt: skip
        window.stage.perform(act)
        seen |= {each.key for tree in window.stage.trees() for each in tree.walk() if each.key}
    assert seen <= set(WORKS)


def test_the_key_map_is_whole_in_every_size_of_type(window: Window) -> None:
    window.stage.perform(Act("keys"))
    window.stage.perform(Act("rebind", "E"))
    for percent in ("75", "130", "250"):
        window.stage.perform(Act("size", percent))
        window.paint()
        placed = {spot.id for spot in window.page.spots}
        assert [each.name for each in window.tree.walk() if each.usable and each.id not in placed] == []
