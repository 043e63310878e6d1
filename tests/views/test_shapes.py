"""Do bars lean, panels leave room, and charts show their numbers?"""

from __future__ import annotations

import pytest

pygame = pytest.importorskip("pygame")

from pygame import Rect  # noqa: E402

from game.views.desktop import charts, emblems, shapes  # noqa: E402
from game.views.desktop.charts import Balance  # noqa: E402
from game.views.desktop.lettering import Face, Style  # noqa: E402
from game.views.desktop.palette import BLUE, CARD, INK, OCHRE, PAPER, RED, SHADE  # noqa: E402


def sheet(wide: int = 400, high: int = 200) -> pygame.Surface:
    surface = pygame.Surface((wide, high))
    surface.fill(PAPER)
    return surface


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 4 for a, b in zip(one[:3], other[:3], strict=True))


def share(surface: pygame.Surface, colour: tuple[int, int, int], rect: Rect) -> float:
    """The share of a rectangle that has a colour."""
    hits = sum(
        alike(surface.get_at((x, y)), colour)
        for x in range(rect.left, rect.right)
        for y in range(rect.top, rect.bottom)
    )
    return hits / (rect.width * rect.height)


def test_ends_lean_by_the_one_slope() -> None:
    points = shapes.slanted(Rect(100, 50, 200, 56), left=1, right=-1)
    assert points == [(124, 50), (276, 50), (300, 106), (100, 106)]
    assert shapes.slanted(Rect(0, 0, 10, 20)) == [(0, 0), (10, 0), (10, 20), (0, 20)]


def test_a_slanted_bar_is_full_inside_and_bare_beyond_its_ends() -> None:
    surface = sheet()
    shapes.bar(surface, Rect(50, 40, 200, 56), RED, left=1, right=1)
    assert alike(surface.get_at((150, 68)), RED)
    assert alike(surface.get_at((52, 42)), PAPER), "above the leaning left end"
    assert alike(surface.get_at((53, 93)), RED)
    assert alike(surface.get_at((248, 93)), PAPER), "below the leaning right end"
    between = [surface.get_at((x, y))[:3] for x in range(54, 72) for y in range(60, 76)]
    assert any(not alike(each, RED) and not alike(each, PAPER) for each in between), (
        "its edge is clean, not jagged"
    )


def test_an_edged_bar_keeps_its_edge_all_around() -> None:
    surface = sheet()
    shapes.bar(surface, Rect(50, 40, 200, 40), CARD, left=1, edge=INK, thick=3)
    for x, y in ((150, 41), (150, 78), (248, 60)):
        assert alike(surface.get_at((x, y)), INK)
    assert alike(surface.get_at((150, 60)), CARD)


def test_a_panel_has_an_ink_head_with_a_red_corner_and_leaves_the_rest() -> None:
    surface = sheet()
    rest = shapes.panel(surface, Rect(10, 10, 380, 180), "DISPATCHES", 1.0, note="5")
    assert (rest.left, rest.right, rest.bottom) == (10, 390, 190)
    assert rest.top == 10 + shapes.HEAD
    assert share(surface, INK, Rect(150, 12, 100, 20)) == 1
    assert share(surface, RED, Rect(350, 12, 36, 24)) > 0.8
    assert share(surface, CARD, rest.inflate(-6, -6)) == 1
    taller = shapes.panel(surface, Rect(10, 10, 380, 180), "DISPATCHES", 1.0, 1.3)
    assert taller.top > rest.top, "a larger type needs a higher head"


def test_a_tag_and_a_corner_return_where_they_lie() -> None:
    surface = sheet()
    rect = shapes.tag(surface, "DECIDE", 390, 20, 1.0, 1.0)
    assert rect.right == 390 and rect.top == 20
    assert share(surface, RED, rect) > 0.4
    place = shapes.corner(surface, Rect(20, 60, 300, 120), "1", BLUE, 1.0, 1.0)
    assert place.topleft == (20, 60) and place.height == 56
    assert share(surface, BLUE, place) > 0.5


def test_a_button_shortens_its_words_to_its_width() -> None:
    surface = sheet()
    shapes.button(
        surface, Rect(20, 20, 90, 40), "END OF THE QUARTER", Style(Face.HEAD, 20, PAPER), RED, left=1
    )
    assert share(surface, PAPER, Rect(111, 20, 200, 40)) == 1, "nothing runs over its end"


def test_the_trend_line_ends_in_a_red_dot_at_its_value() -> None:
    surface = sheet()
    rect = Rect(20, 20, 100, 60)
    charts.trend(surface, rect, [0, 10, 20, 100], 1.0)
    assert alike(surface.get_at((117, 23)), RED)
    assert share(surface, SHADE, rect) > 0.2
    rising = surface.copy()
    surface.fill(PAPER)
    charts.trend(surface, rect, [100, 20, 10, 0], 1.0)
    assert alike(surface.get_at((117, 77)), RED)
    assert rising.get_buffer().raw != surface.get_buffer().raw


@pytest.mark.parametrize("values", [[], [5], [7, 7, 7], [-40, 900]])
def test_a_trend_of_any_values_stays_in_its_rectangle(values: list[int]) -> None:
    surface = sheet()
    charts.trend(surface, Rect(50, 50, 100, 40), values, 1.0)
    inked = surface.get_bounding_rect()
    assert inked == surface.get_rect()
    outside = [
        (x, y)
        for x in range(0, 400, 5)
        for y in range(0, 200, 5)
        if not Rect(49, 49, 102, 42).collidepoint(x, y)
    ]
    assert all(surface.get_at(each)[:3] == PAPER for each in outside)


def test_a_trend_is_drawn_little_by_little() -> None:
    whole, part = sheet(), sheet()
    charts.trend(whole, Rect(20, 20, 200, 60), list(range(20)), 1.0)
    charts.trend(part, Rect(20, 20, 200, 60), list(range(20)), 1.0, drawn=0.5)
    assert alike(part.get_at((200, 70)), PAPER) and not alike(whole.get_at((200, 70)), PAPER)


def test_the_ruler_is_red_as_far_as_time_has_passed() -> None:
    surface = sheet(500, 60)
    surface.fill(INK)
    marks = [(year / 12, str(1921 + year)) for year in range(13)]
    charts.ruler(surface, Rect(40, 8, 400, 40), marks, 0.5, 1.0)
    middle = 8 + round(40 * 0.68)
    assert surface.get_at((100, middle))[:3] == RED
    assert surface.get_at((350, middle))[:3] != RED
    assert alike(surface.get_at((240, middle + 8)), PAPER), "the mark of the present"


def test_the_balance_lies_where_its_value_is() -> None:
    surface = sheet(600, 100)
    rect = Rect(50, 30, 500, 34)
    handle = charts.balance(surface, rect, Balance(60, 50, 20, 80, 20, "7 means", "5 means"), 1.0)
    assert abs(handle.centerx - 350) <= 1 and handle.contains(Rect(345, 30, 10, 34))
    assert surface.get_at((320, 34))[:3] == BLUE
    assert alike(surface.get_at((420, 34)), RED)
    assert alike(surface.get_at((350, 47)), OCHRE)
    y = rect.bottom + 13
    ochre = [x for x in range(600) if alike(surface.get_at((x, y)), OCHRE)]
    assert abs(ochre[0] - 200) <= 2 and abs(ochre[-1] - 400) <= 2, "from 30 to 70"


def test_emblems_show_their_red() -> None:
    surface = sheet()
    surface.fill(INK)
    emblems.wedge_and_ring(surface, Rect(0, 0, 118, 56))
    assert alike(surface.get_at((30, 20)), RED)
    assert alike(surface.get_at((115, 28)), PAPER)
    large = sheet(400, 300)
    emblems.cut_disc(large, Rect(0, 0, 392, 300), "1921", "1933", 1.0)
    assert alike(large.get_at((250, 60)), RED)
    assert alike(large.get_at((10, 290)), INK)


@pytest.mark.parametrize("scale", [1.0, 1.37, 3.0])
def test_everything_can_be_drawn_at_any_scale_twice_alike(scale: float) -> None:
    def drawn() -> bytes:
        surface = sheet(round(400 * scale), round(200 * scale))
        rect = Rect(*(round(each * scale) for each in (10, 10, 380, 180)))
        shapes.shadow(surface, rect, scale)
        shapes.panel(surface, rect, "STATE OF THE REPUBLIC", scale, note="12")
        shapes.hatch(surface, rect.inflate(-60, -90), RED, scale)
        shapes.neat_line(surface, rect.inflate(-80, -100), scale)
        shapes.rule(surface, rect.left, rect.right, rect.centery, scale)
        return bytes(surface.get_buffer().raw)

    assert drawn() == drawn()
