"""Does the window play the whole game?  Synthetic events under the dummy driver, aimed by role and name."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator

import pygame
import pytest

from game.rules.program import Program
from game.views.desktop import focus, sheet
from game.views.desktop.frame import Frame
from game.views.desktop.keys import NAMES
from game.views.desktop.window import Window
from game.views.screens.stage import Stage
from game.views.screens.tree import Act, Role
from tests.play.faulty_disk import failing
from tests.views.small_game import small_program

SCANCODES = {name: code for code, name in reversed(NAMES.items()) if code > 0}


@pytest.fixture
def window() -> Iterator[Window]:
    """A window on a stage whose scenario has been read."""
    stage = Stage()
    made = Window(stage, (1280, 720))
    stage.loaded(small_program())
    made.paint()
    yield made
    pygame.display.quit()


def type_key(window: Window, name: str, shift: bool = False, key: int = 0) -> None:
    """A key goes down and up, as the system reports it; `key` is what the layout makes of it."""
    mod = pygame.KMOD_SHIFT if shift else 0
    scancode = SCANCODES[name]
    window.handle(pygame.event.Event(pygame.KEYDOWN, key=key, scancode=scancode, mod=mod, unicode=""))
    window.handle(pygame.event.Event(pygame.KEYUP, key=key, scancode=scancode, mod=mod, unicode=""))
    window.paint()


def tab_to(window: Window, role: Role | str, name: str) -> None:
    """Move the focus by Tab and arrows until it is there."""
    goal = window.tree.find(role, name).id
    stops = len(window.page.spots) + 1
    stop = focus.find(window.page.spots, goal)
    assert stop is not None, f"{role} '{name}' is not on the page"
    for _ in range(stops):
        here = focus.find(window.page.spots, window.hands.focus)
        if here is not None and here.stop == stop.stop:
            break
        type_key(window, "Tab")
    for _ in range(stops):
        if window.hands.focus == goal:
            return
        inside = [each.id for each in window.page.spots if each.stop == stop.stop]
        at = inside.index(window.hands.focus)
        later = inside.index(goal) > at
        before = window.hands.focus
        for arrow in ("Down", "Right") if later else ("Up", "Left"):
            type_key(window, arrow)
            if window.hands.focus != before:
                break
        assert window.hands.focus != before, f"the arrows do not reach '{name}'"
    raise AssertionError(f"no way to {role} '{name}'")


def click(window: Window, role: Role | str, name: str) -> None:
    """The mouse moves there and clicks."""
    element = window.tree.find(role, name)
    spot = focus.find(window.page.spots, element.id)
    assert spot is not None and spot.seen.width and spot.seen.height, f"{role} '{name}' is not in sight"
    window.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=spot.seen.center, rel=(0, 0), buttons=(0, 0, 0)))
    window.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=spot.seen.center, button=1))
    window.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=spot.seen.center, button=1))
    window.paint()


def begin(window: Window) -> None:
    """To the desk of the first turn, its question answered."""
    window.stage.perform(Act("begin"))
    window.stage.perform(Act("choose", "go"))
    window.stage.perform(Act("proceed"))
    window.paint()


def session_of(window: Window):  # type: ignore[no-untyped-def]
    assert window.stage.session is not None
    return window.stage.session


# A whole quarter


def test_a_whole_quarter_by_keyboard_alone(window: Window) -> None:
    tab_to(window, "button", "New game")
    type_key(window, "Return")
    assert window.tree.name == "An invitation to Genoa"
    type_key(window, "3")
    assert window.tree.find("option", "Stay away").selected
    type_key(window, "1")
    type_key(window, "Return")
    assert window.tree.find("list", "What came of it").value == "Go and talk to everyone"
    type_key(window, "Return")
    assert window.tree.id == "desk"
    type_key(window, "D")
    assert window.tree.name == "Grain ships at Novorossiysk"
    type_key(window, "Return")
    tab_to(window, "slider", "Balance")
    for _ in range(5):
        type_key(window, "Left")
    assert window.tree.find("slider", "Balance").value == "Narkomindel 55, Comintern 45"
    tab_to(window, "item", "Germany")
    assert window.tree["dossier"].name == "Germany"
    type_key(window, "Return")
    assert window.tree.name == "Orders: Germany"
    tab_to(window, "item", "Trade talks")
    type_key(window, "Return")
    assert [str(each) for each in session_of(window).orders["narkomindel"]] == ["trade-talks -> germany"]
    type_key(window, "Escape")
    type_key(window, "E")
    assert window.tree.name == "End of Winter 1922"
    type_key(window, "Return")
    assert session_of(window).turn == 2


def test_a_whole_quarter_by_mouse_alone(window: Window) -> None:
    click(window, "button", "New game")
    click(window, "option", "Go and talk to everyone")
    assert session_of(window).place == "question"
    click(window, "option", "Go and talk to everyone")
    click(window, "button", "Go on")
    click(window, "item", "Grain ships at Novorossiysk")
    click(window, "button", "Go on")
    click(window, "item", "Turkey")
    click(window, "button", "Orders")
    click(window, "item", "Trade talks")
    click(window, "button", "Give the order")
    click(window, "button", "Close")
    slider = focus.find(window.page.spots, "course.balance")
    assert slider is not None and slider.gauge is not None
    bar = slider.gauge.bar
    for share, kind in (
        (0.6, pygame.MOUSEBUTTONDOWN),
        (0.5, pygame.MOUSEMOTION),
        (0.5, pygame.MOUSEBUTTONUP),
    ):
        pos = round(bar.left + share * bar.width), bar.centery
        window.handle(pygame.event.Event(kind, pos=pos, button=1, rel=(0, 0), buttons=(1, 0, 0)))
        window.paint()
    assert window.tree.find("slider", "Balance").value == "Narkomindel 50, Comintern 50"
    click(window, "button", "End quarter")
    click(window, "item", "Trade")
    assert window.tree.name.startswith("Why Trade is")
    click(window, "button", "Close")
    click(window, "button", "On to Spring 1922")
    assert session_of(window).turn == 2


def test_a_whole_game_by_keys_ends_in_the_reckoning(window: Window) -> None:
    type_key(window, "N")
    for _ in range(40):
        if window.tree.id == "reckoning":
            break
        if window.tree.id == "card" and window.tree.get("choices") is not None:
            type_key(window, "1")
            type_key(window, "Return")
        elif window.tree.id == "desk":
            type_key(window, "E")
        else:
            type_key(window, "Return")
    assert window.tree.find("heading", "The pause was used")
    type_key(window, "C")
    assert window.tree.name == "Ledger of Autumn 1922"
    type_key(window, "Left")
    assert window.tree.name == "Ledger of Summer 1922"


# Mouse and map


def test_a_click_on_the_land_selects_the_country(window: Window) -> None:
    begin(window)
    window.painting.work(5_000)
    window.paint()
    area, answer = window.page.hits[0]
    found = {answer(x, y) for x in range(area.left, area.right, 16) for y in range(area.top, area.bottom, 16)}
    assert {"country.germany", "country.britain", "country.turkey"} <= found
    point = next(
        (x, y)
        for x in range(area.left, area.right, 8)
        for y in range(area.top, area.bottom, 8)
        if answer(x, y) == "country.britain" and focus.at(window.page.spots, x, y) is None
    )
    window.hands.grip(*point)
    window.paint()
    assert window.tree.find("item", "Britain").selected
    window.hands.grip(*point)
    window.paint()
    assert window.tree.name == "Orders: Britain"


def test_the_wheel_leafs_through_a_long_panel(window: Window) -> None:
    window.resize(1280, 720)
    window.stage.perform(Act("size", "130"))
    window.stage.perform(Act("help"))
    window.paint()
    panel = next(each for each in window.page.panels if each.id == "help")
    assert panel.most > 0
    window.hands.leaf(2, panel.rect.center)
    window.paint()
    assert window.painting.scrolled["help"] > 0
    window.hands.leaf(-50, panel.rect.center)
    window.paint()
    assert window.painting.scrolled["help"] == 0


def test_the_map_is_finished_between_events(window: Window) -> None:
    sheet.forget()
    begin(window)
    assert window.painting.busy
    before = pygame.image.tobytes(window.screen, "RGB")
    for _ in range(400):
        if not window.painting.busy:
            break
        window.work()
    assert not window.painting.busy
    window.paint()
    assert pygame.image.tobytes(window.screen, "RGB") != before


# Keyboard


def test_hotkeys_work_on_a_cyrillic_layout(window: Window) -> None:
    begin(window)
    type_key(window, "R", key=0x43A)
    assert window.tree.find("tab", "Relations").selected
    type_key(window, "E", key=0x443)
    assert window.tree.name == "End of Winter 1922"


def test_tab_reaches_every_stop_and_comes_round(window: Window) -> None:
    begin(window)
    window.stage.perform(Act("country", "germany"))
    window.paint()
    stops = list(dict.fromkeys(spot.stop for spot in window.page.spots))
    seen = []
    for _ in stops:
        type_key(window, "Tab")
        spot = focus.find(window.page.spots, window.hands.focus)
        assert spot is not None
        seen.append(spot.stop)
    assert seen == stops
    type_key(window, "Tab")
    first = focus.find(window.page.spots, window.hands.focus)
    assert first is not None and first.stop == stops[0]
    type_key(window, "Tab", shift=True)
    last = focus.find(window.page.spots, window.hands.focus)
    assert last is not None and last.stop == stops[-1]


def test_every_usable_element_of_the_desk_has_its_place(window: Window) -> None:
    begin(window)
    window.stage.perform(Act("country", "germany"))
    window.paint()
    placed = {spot.id for spot in window.page.spots}
    missing = [each.name for each in window.tree.walk() if each.usable and each.id not in placed]
    assert missing == []


def test_the_focus_is_seen(window: Window) -> None:
    begin(window)
    before = window.screen.copy()
    type_key(window, "Tab")
    spot = focus.find(window.page.spots, window.hands.focus)
    assert spot is not None
    edge = spot.rect.left - 2, spot.rect.centery
    ochre = (201, 151, 47)
    assert window.screen.get_at(edge)[:3] == ochre
    assert before.get_at(edge)[:3] != ochre


def test_the_arrows_walk_over_the_map(window: Window) -> None:
    begin(window)
    tab_to(window, "item", "Germany")
    type_key(window, "Left")
    assert window.hands.focus == "country.britain"


def test_a_held_key_answers_only_one_question(window: Window) -> None:
    window.stage.perform(Act("begin"))
    window.paint()
    type_key(window, "1")
    down = pygame.event.Event(pygame.KEYDOWN, key=13, scancode=SCANCODES["Return"], mod=0, unicode="\r")
    for _ in range(5):
        window.handle(down)
        window.paint()
    assert window.tree.find("list", "What came of it")


def test_the_focus_comes_back_when_a_dialog_closes(window: Window) -> None:
    begin(window)
    tab_to(window, "value", "Recognition")
    type_key(window, "Return")
    assert window.tree.name == "Why Recognition is 14"
    type_key(window, "Escape")
    assert window.hands.focus == "score.recognition"
    assert window.tree["score.recognition"].focused


def test_a_refused_order_says_why(window: Window) -> None:
    begin(window)
    window.stage.perform(Act("orders", "britain"))
    window.paint()
    tab_to(window, "item", "Recognition talks")
    type_key(window, "Return")
    assert window.stage.notice.startswith("Needs Britain: relations")
    assert session_of(window).orders["narkomindel"] == []


# Sizes


@pytest.mark.parametrize(
    "size",
    [(1280, 720), (1024, 768), (1920, 1080), (2560, 1080), (640, 360), (320, 200), (1, 1), (200, 2000)],
)
def test_every_screen_is_painted_in_every_size(window: Window, size: tuple[int, int]) -> None:
    begin(window)
    window.resize(*size)
    for act in (
        Act("country", "japan"), Act("orders", "germany"), Act("why", "recognition"), Act("menu"), Act("help"),
        Act("title"), Act("resume"), Act("card", "famine-news@"), Act("close"), Act("end"),
    ):  # fmt: skip
        window.stage.perform(act)
        window.paint()
        assert window.screen.get_size() == size
        assert all(spot.rect.width > 0 and spot.rect.height > 0 for spot in window.page.spots)


@pytest.mark.parametrize("percent", ["100", "115", "130"])
def test_text_sizes_keep_every_element_reachable(window: Window, percent: str) -> None:
    begin(window)
    window.stage.perform(Act("size", percent))
    window.stage.perform(Act("country", "germany"))
    for act in (
        Act("lens", "trade"),
        Act("orders", "germany"),
        Act("why", "recognition"),
        Act("quarter", "1"),
    ):
        window.stage.perform(act)
        window.paint()
        placed = {spot.id for spot in window.page.spots}
        assert [each.name for each in window.tree.walk() if each.press and each.id not in placed] == []


def test_a_storm_of_resizes_leaves_the_desk_whole(window: Window) -> None:
    begin(window)
    chance = random.Random(7)
    for _ in range(40):
        size = chance.randrange(1, 900), chance.randrange(1, 700)
        window.handle(pygame.event.Event(pygame.VIDEORESIZE, w=size[0], h=size[1], size=size))
    window.paint()
    window.handle(pygame.event.Event(pygame.VIDEORESIZE, w=1280, h=720, size=(1280, 720)))
    window.paint()
    assert window.frame == Frame(1280, 720)
    click(window, "button", "End quarter")
    assert window.tree.name == "End of Winter 1922"


def test_the_scale_takes_any_fraction() -> None:
    assert Frame(1280, 720).scale == 1.0
    assert Frame(1600, 900).scale == 1.25
    assert Frame(3840, 2160).scale == 3.0
    assert (Frame(2560, 1080).scale, Frame(2560, 1080).wide) == (1.5, 2560 / 1.5)
    narrow = Frame(1024, 768)
    assert (narrow.scale, narrow.top) == (0.8, 96)
    assert Frame(1, 1).canvas[0] >= 1


# Painting


def test_an_idle_window_paints_nothing(window: Window) -> None:
    begin(window)
    window.painting.work(5_000)
    window.paint()
    painted, flips = window.painting.painted, window.flips
    for _ in range(20):
        window.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(3, 3), rel=(0, 0), buttons=(0, 0, 0)))
        window.paint()
    assert (window.painting.painted, window.flips) == (painted, flips)


def test_moving_the_focus_does_not_paint_the_page_anew(window: Window) -> None:
    begin(window)
    tab_to(window, "value", "Trade")
    painted = window.painting.painted
    type_key(window, "Down")
    type_key(window, "Down")
    assert window.painting.painted == painted
    assert window.hands.focus == "score.security"


def test_a_picture_can_be_kept(window: Window, tmp_path: object) -> None:
    path = os.path.join(str(tmp_path), "title.png")
    window.save(path)
    assert pygame.image.load(path).get_size() == (1280, 720)


def test_two_windows_paint_the_same_desk(window: Window) -> None:
    begin(window)
    window.painting.work(5_000)
    window.paint()
    first = pygame.image.tobytes(window.screen, "RGB")
    other = Window(Stage(), (1280, 720))
    other.stage.loaded(small_program())
    begin(other)
    other.painting.work(5_000)
    other.paint()
    assert pygame.image.tobytes(other.screen, "RGB") == first


# Leaving, and where there is no display


def test_closing_the_window_leaves_at_once_as_all_is_saved(window: Window) -> None:
    begin(window)
    window.handle(pygame.event.Event(pygame.QUIT))
    assert window.stage.left


def test_closing_the_window_asks_once_where_the_disk_refuses(window: Window) -> None:
    begin(window)
    with failing(1, lasting=True):
        window.stage.perform(Act("end"))
        window.handle(pygame.event.Event(pygame.QUIT))
        assert not window.stage.left
        assert window.tree.id == "confirm"
        window.handle(pygame.event.Event(pygame.QUIT))
        assert window.stage.left


def test_closing_the_title_leaves_at_once(window: Window) -> None:
    window.handle(pygame.event.Event(pygame.QUIT))
    assert window.stage.left


def _run(code: str, **more: str) -> subprocess.CompletedProcess[str]:
    hidden = ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY")
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | more
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_an_invisible_driver_counts_as_no_display() -> None:
    code = (
        "import pygame; pygame.display.get_driver = lambda: 'offscreen'\n"
        "from game.views.desktop.display import NoDisplay, open_display\n"
        "try: open_display()\n"
        "except NoDisplay as fault: print('none:', fault)"
    )
    done = _run(code)
    assert done.stdout.startswith("none:")
    assert "Traceback" not in done.stderr


def test_the_command_falls_back_to_text_with_one_sentence(tmp_path: object) -> None:
    from tests.views.small_game import YAML

    path = os.path.join(str(tmp_path), "small.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(YAML)
    done = _run(f"import sys; from game.cli import main; sys.exit(main(['play', {path!r}]))")
    assert done.returncode == 0
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Playing as text." in done.stderr
    assert "A small pause" in done.stdout


def test_a_window_opens_display_and_fonts_only(window: Window) -> None:
    assert pygame.display.get_init() and pygame.font.get_init()
    assert not pygame.mixer.get_init()
    assert not pygame.joystick.get_init()


# The loop


def test_the_loop_reads_the_scenario_behind_the_title_and_ends_when_asked() -> None:
    window = Window(Stage(), (640, 360))
    read: list[bool] = []

    def load() -> Program:
        read.append(window.flips > 0)
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        return small_program()

    window.run(load)
    assert read == [True]
    assert window.stage.left
    pygame.display.quit()


def test_a_scenario_that_cannot_be_read_ends_the_window_with_its_fault() -> None:
    window = Window(Stage(), (640, 360))

    def load() -> Program:
        raise ValueError("not a scenario")

    with pytest.raises(ValueError, match="not a scenario"):
        window.run(load)
    pygame.display.quit()


def test_a_hint_appears_when_the_hands_rest_and_goes_when_they_move(window: Window) -> None:
    begin(window)
    window.painting.work(5_000)
    window.paint()
    bare = pygame.image.tobytes(window.screen, "RGB")
    tab_to(window, "tab", "Europe")
    framed = pygame.image.tobytes(window.screen, "RGB")
    assert framed != bare
    window.rested()
    window.paint()
    hinted = pygame.image.tobytes(window.screen, "RGB")
    assert hinted != framed
    type_key(window, "Right")
    type_key(window, "Left")
    assert pygame.image.tobytes(window.screen, "RGB") == framed


def test_the_page_keys_leaf_through_a_long_panel(window: Window) -> None:
    window.stage.perform(Act("size", "130"))
    window.stage.perform(Act("help"))
    window.paint()
    type_key(window, "PageDown")
    assert window.painting.scrolled["help"] > 0
    type_key(window, "PageUp")
    assert window.painting.scrolled["help"] == 0


def test_a_refused_choice_can_be_looked_at_but_not_taken(window: Window) -> None:
    window.stage.perform(Act("begin"))
    window.paint()
    type_key(window, "2")
    assert window.tree.find("option", "Pay the old debts").selected
    type_key(window, "Return")
    assert window.stage.notice == "Needs Gold at least 500 (now 100)."
    assert session_of(window).place == "question"


def test_the_keys_are_one_key_away_from_every_screen(window: Window) -> None:
    for act in (None, Act("begin"), Act("menu")):
        if act is not None:
            window.stage.perform(act)
            window.paint()
        type_key(window, "F1")
        assert window.tree.id == "help-sheet"
        type_key(window, "F1")
        assert window.tree.id == "help-sheet"
        type_key(window, "Escape")
        assert window.tree.id != "help-sheet"
