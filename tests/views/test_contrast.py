"""Can everything be told apart?  Each word and sign that is painted beside what it is painted on, in every theme, and
each state without its colour."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pygame
import pytest
from pygame import Rect, Surface

from game.play.games import begin
from game.views.desktop import blocks, focus, icons, lettering, theme
from game.views.desktop.keeping import shelf
from game.views.desktop.lettering import Face, Style
from game.views.desktop.palette import Colour
from game.views.desktop.window import Window
from game.views.screens.stage import Stage
from game.views.screens.tree import Act
from tests.views.small_game import small_program

TEXT, LARGE_TEXT, SIGN = 4.5, 3.0, 3.0
LARGE, LARGE_BOLD = 24, 18.66
"""Pixels from which text is large, as WCAG 2 has it: 18 points, or 14 if it is bold."""
BOLD = frozenset({Face.TITLE, Face.HEAD, Face.STRONG, Face.SANS_BOLD, Face.PRESS})
ROUND = (
    Act("begin"), Act("pick", "stay-away"), Act("notes"), Act("notes"), Act("choose", "go"), Act("proceed"),
    Act("country", "germany"), Act("lens", "suspicion"), Act("sheet", "far_east"), Act("card", "famine-news@"),
    Act("close"), Act("orders", "germany"), Act("give", "trade-talks -> germany"), Act("close"), Act("why", "trade"),
    Act("close"), Act("decisions"), Act("close"), Act("years"), Act("close"), Act("library"),
    Act("article", "chain/"), Act("article", "chain/trade"), Act("article", "chain/each.relations"), Act("close"),
    Act("saves"), Act("close"), Act("menu"), Act("close"), Act("settings"), Act("close"), Act("help"), Act("close"),
    Act("keys"), Act("rebind", "E"), Act("close"), Act("end"), Act("proceed"),
    Act("choose", "wait"), Act("proceed"), Act("card", "private-letter@"), Act("close"),
    Act("card", "report-london@"), Act("close"),
    Act("title"), Act("new-game"), Act("seats", "two"), Act("fate", "open"), Act("fate", "historical"),
    Act("seats", "one"), Act("close"),
)  # fmt: skip
"""All screens of a game, one after the other."""


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window(Stage(), (1280, 720))
    made.stage.loaded(small_program())
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()
    theme.wear("light")
    shelf.forget()


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours as WCAG 2 has it."""

    def light(colour: Colour) -> float:
        parts = [each / 255 for each in colour[:3]]
        lines = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return 0.2126 * lines[0] + 0.7152 * lines[1] + 0.0722 * lines[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


class Watch:
    """Looks at the ground of each word and sign just before it is painted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.faults: set[str] = set()
        self.seen = 0
        self.screen = ""
        self._patch(monkeypatch, "write", lettering.write, self._write)
        monkeypatch.setattr(blocks.Block, "paint", self._block(blocks.Block.paint))
        monkeypatch.setattr(icons, "put", self._put(icons.put))

    def _patch(self, monkeypatch: pytest.MonkeyPatch, name: str, real: Any, made: Callable[..., Any]) -> None:
        for module in list(sys.modules.values()):
            if (
                getattr(module, "__name__", "").startswith("game.views.desktop")
                and getattr(module, name, 0) is real
            ):
                monkeypatch.setattr(module, name, made(real))

    def _write(self, real: Any) -> Any:
        def write(surface: Surface, text: str, style: Style, x: float, y: float, align: str = "left") -> Rect:
            if text.strip():
                wide = lettering.width(text, style)
                left = round(x) - (0 if align == "left" else wide if align == "right" else wide // 2)
                self.word(surface, text, style, Rect(left, round(y) - style.cap, wide, style.cap))
            found: Rect = real(surface, text, style, x, y, align)
            return found

        return write

    def _block(self, real: Any) -> Any:
        def paint(block: blocks.Block, surface: Surface, x: int, y: int) -> None:
            for line in block.lines:
                for piece in line.pieces:
                    place = Rect(x + piece.x, y + line.base - piece.style.cap, 1, piece.style.cap)
                    place.width = max(1, lettering.width(piece.text, piece.style))
                    self.word(surface, piece.text, piece.style, place)
            real(block, surface, x, y)

        return paint

    def _put(self, real: Any) -> Any:
        def put(
            surface: Surface, name: str, centre: Any, size: int, ink: Any = theme.INK, accent: Any = None
        ) -> Rect:
            place = Rect(0, 0, size, size)
            place.center = round(centre[0]), round(centre[1])
            self.sign(surface, name, ink, place)
            found: Rect = real(surface, name, centre, size, ink, accent)
            return found

        return put

    def word(self, surface: Surface, text: str, style: Style, place: Rect) -> None:
        """A word is going to be painted."""
        large = style.size >= LARGE or (style.size >= LARGE_BOLD and style.face in BOLD)
        self.pair(
            surface, f"“{text[:30]}” ({style.size:.0f})", style.colour, place, LARGE_TEXT if large else TEXT
        )

    def sign(self, surface: Surface, name: str, ink: Colour, place: Rect) -> None:
        """A sign is going to be painted."""
        self.pair(surface, f"sign {name}", ink, place, SIGN)

    def pair(self, surface: Surface, what: str, ink: Colour, place: Rect, least: float) -> None:
        """Compare a colour with the ground below it."""
        seen = place.clip(surface.get_clip())
        if seen.width < 2 or seen.height < 2:
            return
        self.seen += 1
        ground = pygame.transform.average_color(surface, seen)
        if surface.get_flags() & pygame.SRCALPHA and ground[3] < 128:
            return  # a stamp, cut for a ground that is not there yet; it may be made anew at any time
        found = contrast(ink, ground[:3])
        if found < least - 0.05:
            self.faults.add(f"{self.screen}: {what} {found:.1f} < {least}")


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_word_and_sign_stands_out_from_what_it_is_painted_on(
    window: Window, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    window.stage.set_up(theme=name)
    window.paint()
    window.stage.perform(Act("begin"))
    window.paint()
    window.work(5000)
    window.stage.perform(Act("title"))
    watch = Watch(monkeypatch)
    for act in ROUND:
        window.stage.perform(act)
        watch.screen = f"{act.verb} {act.what}"
        window.painting.page = None
        window.paint()
    assert not watch.faults, "\n".join(sorted(watch.faults))
    assert watch.seen > 1500


SEATED = (
    Act("lift"), Act("choose", "go"), Act("proceed"), Act("end"), Act("lift"), Act("end"), Act("end"), Act("lift"),
    Act("end"), Act("lift"), Act("proceed"), Act("choose", "send"), Act("proceed"),
)  # fmt: skip
"""A quarter and more at a desk of two."""


@pytest.mark.parametrize("name", ["light", "dark"])
def test_so_it_does_at_a_desk_of_two(window: Window, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    window.stage.set_up(theme=name, guide=False)
    window.stage.seat(begin(small_program(), 0, "historical", "0", seats={}))
    window.stage.perform(SEATED[0])
    window.paint()
    window.work(5000)
    watch = Watch(monkeypatch)
    for act in SEATED[1:]:
        watch.screen = f"before {act.verb} {act.what}"
        window.painting.page = None
        window.paint()
        window.stage.perform(act)
    assert not watch.faults, "\n".join(sorted(watch.faults))


# Without colours


MONO = {
    **dict.fromkeys(theme.TINTS, "000000"),
    **dict.fromkeys(("paper", "card", "shade", "selected", "light", "faint", "grid"), "FFFFFF"),
}
"""All inks and bars one black, all grounds one white."""


@pytest.fixture
def colourless(window: Window, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A window at the desk, without any colour of the theme."""
    monkeypatch.setitem(theme.THEMES, "mono", MONO)
    window.stage.set_up(guide=False, theme="mono")
    for act in (Act("begin"), Act("choose", "go"), Act("proceed"), Act("country", "germany")):
        window.stage.perform(act)
    shown(window)
    return window


def shown(window: Window) -> Surface:
    """The finished picture."""
    window.paint()
    window.work(5000)
    window.paint()
    return window.screen.copy()


def part(window: Window, id: str, around: int = 0) -> bytes:
    """The picture of one element."""
    picture = shown(window)
    spot = focus.find(window.page.spots, id)
    assert spot is not None, f"{id} has no place"
    place = spot.rect.inflate(around, around).clip(picture.get_rect())
    return pygame.image.tobytes(picture.subsurface(place), "RGB")


ON = (Act("end"), Act("proceed"), Act("choose", "wait"), Act("proceed"))
"""To the desk of the next quarter."""


@pytest.mark.parametrize(
    ("prepare", "id", "change"),
    [
        ((), "sheet.europe", Act("sheet", "eurasia")),
        ((), "lens.trade", Act("lens", "trade")),
        ((), "course.balance", Act("set", "balance", 10)),
        ((Act("orders", "germany"),), "target.turkey", Act("aim", "turkey")),
        ((Act("orders", "germany"),), "offer.trade-talks", Act("give", "trade-talks -> germany")),
        ((*ON, Act("end"), Act("proceed"), Act("why", "trade")), "span.game", Act("span", "game")),
        ((Act("settings"),), "size.130", Act("size", "130")),
        ((Act("keys"),), "works.D", Act("rebind", "D")),
        ((Act("title"), Act("new-game")), "fate.open", Act("fate", "open")),
    ],
)  # fmt: skip
def test_a_state_shows_without_its_colour(
    colourless: Window, prepare: tuple[Act, ...], id: str, change: Act
) -> None:
    for act in prepare:
        colourless.stage.perform(act)
    window = colourless
    window.paint()
    found = [spot.id for spot in window.page.spots]
    assert id in found, f"{id} is not among {found}"
    before = part(window, id)
    window.stage.perform(change)
    assert part(window, id) != before


def test_the_tracks_are_a_ring_and_a_wedge_and_tones_differ_in_shape() -> None:
    def drawn(*names: str) -> set[bytes]:
        return {icons.icon(name, 24, theme.INK, theme.INK).get_buffer().raw for name in names}

    assert len(drawn("ring", "wedge")) == 2
    arrows = set()
    for direction in ("up", "down"):
        for tone in ("good", "bad"):
            surface = Surface((24, 24))
            surface.fill(theme.CARD)
            icons.put_arrow(surface, direction, tone, (12, 12), 12, theme.INK)
            arrows.add(pygame.image.tobytes(surface, "RGB"))
    assert len(arrows) == 4


def test_focus_and_marked_choice_show_without_their_colour(colourless: Window) -> None:
    window = colourless
    bare = part(window, "end", 16)
    window.hands.look_at(focus.find(window.page.spots, "end"))
    assert part(window, "end", 16) != bare
    for act in (Act("end"), Act("proceed")):
        window.stage.perform(act)
    option = window.tree["choices"].children[0].id
    plain = part(window, option)
    window.stage.perform(Act("pick", option.removeprefix("choice.")))
    assert part(window, option) != plain


def test_what_is_said_of_a_thing_is_said_in_words(colourless: Window) -> None:
    """Selection, refusal, drafts and news are in the tree, not in the paint alone."""
    stage = colourless.stage
    assert stage.top["lens.political"].selected and not stage.top["lens.trade"].selected
    assert any(each.value for each in stage.top["dispatches"].children)
    for row in stage.top["scores"].children:
        assert row.value and any(sign in row.value for sign in ("+", "−", "unchanged", "0")), row.name
    stage.perform(Act("orders", "britain"))
    refused = [each for each in stage.top.walk() if each.disabled]
    assert refused and all(each.disabled.endswith(".") for each in refused)
