"""Are the icons there, legible, and blended rightly?"""

from __future__ import annotations

import pytest

pygame = pytest.importorskip("pygame")

from game.views.desktop import icons  # noqa: E402
from game.views.desktop.palette import BAD, BLUE, CARD, GOOD, INK, OCHRE, PAPER, RED  # noqa: E402


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two colours are the same but for the rounding of shrinking."""
    return all(abs(a - b) <= 3 for a, b in zip(one[:3], other[:3], strict=True))


def covered(shown: pygame.Surface) -> float:
    """The share of an icon's square that is more ink than ground."""
    wide, high = shown.get_size()
    return sum(shown.get_at((x, y)).a > 127 for x in range(wide) for y in range(high)) / (wide * high)


@pytest.mark.parametrize("name", icons.NAMES)
@pytest.mark.parametrize("size", [20, 28, 84])
def test_every_icon_has_a_body_and_leaves_ground_around_it(name: str, size: int) -> None:
    shown = icons.icon(name, size)
    assert shown.get_size() == (size, size)
    assert 0.06 < covered(shown) < 0.8


def test_no_two_icons_look_alike_at_twenty_pixels() -> None:
    pictures = {name: icons.icon(name, 20).get_buffer().raw for name in icons.NAMES}
    assert len(set(pictures.values())) == len(pictures)


@pytest.mark.parametrize("name", icons.NAMES)
def test_pixels_are_premultiplied(name: str) -> None:
    shown = icons.icon(name, 24, PAPER, PAPER)
    for x in range(24):
        for y in range(24):
            colour = shown.get_at((x, y))
            assert max(colour.r, colour.g, colour.b) <= colour.a + 1


def test_an_icon_takes_its_usual_accent_or_the_one_given() -> None:
    middle = 32, 10
    assert alike(icons.icon("ring", 64).get_at(middle), BLUE)
    assert alike(icons.icon("ring", 64, INK, RED).get_at(middle), RED)
    assert icons.icon("ring", 64).get_at((32, 32)).a == 0, "the ring has a hole"


def test_putting_an_icon_on_any_ground_leaves_no_fringe() -> None:
    for ground in (CARD, INK):
        surface = pygame.Surface((40, 40))
        surface.fill(ground)
        place = icons.put(surface, "wedge", (20, 20), 28, INK, ground)
        assert place.center == (20, 20)
        colours = {surface.get_at((x, y))[:3] for x in range(40) for y in range(40)}
        assert all(alike(each, ground) for each in colours)


def test_arrows_take_direction_and_tone_apart() -> None:
    surface = pygame.Surface((60, 20))
    surface.fill(CARD)
    icons.put_arrow(surface, "up", "bad", (10, 10), 16)
    icons.put_arrow(surface, "down", "good", (30, 10), 16)
    assert alike(surface.get_at((10, 9)), BAD)
    assert surface.get_at((10, 15))[:3] == CARD, "what is unwelcome has a notch"
    assert alike(surface.get_at((30, 7)), GOOD)
    assert surface.get_at((4, 5))[:3] == CARD, "an arrow upwards is narrow at its top"


def test_icons_are_kept() -> None:
    assert icons.icon("gold", 30) is icons.icon("gold", 30)
    assert icons.icon("gold", 30) is not icons.icon("gold", 31)
    assert alike(icons.icon("gold", 64).get_at((32, 32)), OCHRE)


def test_tables_name_icons_that_exist() -> None:
    for table in (icons.OF_VALUE, icons.OF_STYLE, icons.OF_TRACK, icons.ARROWS):
        assert set(table.values()) <= set(icons.NAMES)
