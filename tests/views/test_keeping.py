"""Is no more kept than allowed, and does what was folded come out as it was?"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pygame
import pytest
from pygame import Surface

from game.views.desktop.folding import STRIP, Folded, numbered
from game.views.desktop.keeping import LEAST, Shelf, kept, shelf, weight
from game.views.desktop.sparing import give_back


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    shelf.forget()
    yield
    shelf.forget()


def test_a_picture_is_made_once_and_kept() -> None:
    made = []

    @kept
    def square(side: int) -> Surface:
        made.append(side)
        return Surface((side, side))

    assert square(4) is square(4)
    assert square(5).get_size() == (5, 5)
    assert made == [4, 5]


def test_what_was_not_needed_for_the_longest_goes_first() -> None:
    store = Shelf()
    side = 400
    most = LEAST // weight(Surface((side, side), 0, 32))
    for number in range(most):
        store.add(number, Surface((side, side), 0, 32))
    assert list(store.kept) == list(range(most))
    store.kept.move_to_end(0)
    store.add("one more", Surface((side, side), 0, 32))
    assert 1 not in store.kept and 0 in store.kept
    assert store.bytes == sum(map(weight, store.kept.values())) <= store.most


def test_a_picture_larger_than_the_shelf_stands_alone() -> None:
    store = Shelf()
    store.add("small", Surface((10, 10), 0, 32))
    store.add("huge", Surface((2000, 2000), 0, 32))
    assert list(store.kept) == ["huge"]


def test_a_smaller_window_keeps_less() -> None:
    store = Shelf()
    store.allow(3840 * 2160)
    for number in range(8):
        store.add(number, Surface((1000, 1000), 0, 32))
    assert len(store.kept) == 8
    store.allow(1280 * 720)
    assert store.bytes <= LEAST and list(store.kept)[-1] == 7


@pytest.mark.parametrize("size", [(1, 1), (7, STRIP), (300, STRIP + 1), (64, 3 * STRIP - 5)])
def test_a_folded_raster_comes_out_as_it_was(size: tuple[int, int]) -> None:
    chance = random.Random(size[0])
    raster = numbered(size)
    for _ in range(40):
        number = chance.randrange(256)
        place = (
            chance.randrange(size[0]),
            chance.randrange(size[1]),
            chance.randrange(40),
            chance.randrange(40),
        )
        raster.fill((number, number, number), place)
    folded = Folded(raster)
    whole = folded.whole()
    assert folded.size == whole.get_size() == size
    assert pygame.image.tobytes(whole, "P") == pygame.image.tobytes(raster, "P")


def test_a_map_folds_small() -> None:
    raster = numbered((2000, 1000))
    pygame.draw.circle(raster, (3, 3, 3), (900, 500), 400)
    assert sum(len(strip) for strip in Folded(raster)._strips) < 2000 * 1000 // 30


def test_giving_memory_back_leaves_pictures_as_they_are() -> None:
    picture = Surface((1200, 800), 0, 32)
    picture.fill((12, 34, 56))
    give_back()
    give_back()
    assert picture.get_at((1199, 799))[:3] == (12, 34, 56)
