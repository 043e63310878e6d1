"""Is a dispatch printed whole, legibly, the same every time, with its stamp off the words?"""

from __future__ import annotations

from dataclasses import replace

import pytest

pygame = pytest.importorskip("pygame")

from game.views.desktop import halftone, lettering, press  # noqa: E402
from game.views.desktop.cards import PAPERS, card  # noqa: E402
from game.views.desktop.lettering import Face, clean  # noqa: E402
from game.views.desktop.palette import STRIP  # noqa: E402
from game.views.desktop.press import MASTHEADS, Print, masthead, roman  # noqa: E402

SIZE = (592, 336)
SHORT = (
    "Rathenau asks Chicherin to meet him privately at Rapallo today. Germans would drop all war claims. "
    "Await your instructions by evening."
)
LONG = " ".join([SHORT] * 7)
STYLES = tuple(PAPERS)


def printed(style: str, **changes: str) -> Print:
    given = Print(style, "rapallo", "A meeting at Rapallo", "Genoa", "16 April 1922", SHORT, iso="1922-04-16")
    return replace(given, **changes)


def dark(surface: pygame.Surface, area: pygame.Rect | None = None) -> int:
    """How many pixels are as dark as ink."""
    area = area or surface.get_rect()
    found = 0
    for x in range(area.left, area.right):
        for y in range(area.top, area.bottom):
            red, green, blue, alpha = surface.get_at((x, y))
            found += alpha > 200 and red + green + blue < 240
    return found


def forget() -> None:
    halftone._raster.cache_clear()
    lettering.forget()


def test_every_style_of_a_dispatch_has_its_paper() -> None:
    assert STYLES == ("telegram", "newspaper", "minutes", "letter", "report")
    assert card(printed("pamphlet"), SIZE, 1.0).get_size() == SIZE, "an unknown one is a report"


@pytest.mark.parametrize("style", STYLES)
def test_a_card_holds_ink_where_its_text_is(style: str) -> None:
    full, bare = card(printed(style), SIZE, 1.0), card(printed(style, text=""), SIZE, 1.0)
    assert full.get_width() == SIZE[0] and full.get_height() >= SIZE[1]
    middle = pygame.Rect(60, 80, 300, 180)
    assert dark(full, middle) > dark(bare, middle) + 300


@pytest.mark.parametrize("style", STYLES)
def test_a_card_looks_the_same_every_time(style: str) -> None:
    first = card(printed(style, stamp="Secret"), SIZE, 1.0)
    before = first.get_buffer().raw
    forget()
    assert card(printed(style, stamp="Secret"), SIZE, 1.0).get_buffer().raw == before


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("size", [SIZE, (1184, 336)])
def test_a_long_text_makes_a_longer_paper_never_smaller_type(style: str, size: tuple[int, int]) -> None:
    short, long = (card(printed(style, text=each), size, 1.0) for each in (SHORT, LONG + LONG))
    assert long.get_width() == short.get_width() == size[0]
    assert long.get_height() > size[1]
    end = pygame.Rect(30, long.get_height() - 110, 300, 100)
    assert dark(long, end) > 150, "the last lines are there"


@pytest.mark.parametrize("style", STYLES)
def test_a_larger_type_takes_more_room(style: str) -> None:
    usual, large = card(printed(style, text=LONG), SIZE, 1.0), card(printed(style, text=LONG), SIZE, 1.0, 1.3)
    assert large.get_height() > usual.get_height() * 1.2
    assert large.get_width() == usual.get_width()


@pytest.mark.parametrize("style", STYLES)
def test_emphasis_shows(style: str) -> None:
    marked = card(printed(style, text=SHORT.replace("privately", "*privately*")), SIZE, 1.0)
    assert marked.get_buffer().raw != card(printed(style), SIZE, 1.0).get_buffer().raw


@pytest.mark.parametrize("style", ["telegram", "minutes", "letter", "report"])
@pytest.mark.parametrize("text", [SHORT, LONG])
def test_the_stamp_stays_off_the_words(style: str, text: str) -> None:
    plain = card(printed(style, text=text), SIZE, 1.0)
    stamped = card(printed(style, text=text, stamp="Secret"), SIZE, 1.0)
    changed = covered = 0
    for x in range(SIZE[0]):
        for y in range(min(plain.get_height(), stamped.get_height()) - 12):
            old, new = plain.get_at((x, y)), stamped.get_at((x, y))
            if new.r > new.g + 60 and old != new:
                changed += 1
                covered += old.a > 200 and old.r + old.g + old.b < 240
    longer = stamped.get_height() > plain.get_height()
    assert changed > 300 or longer
    assert covered == 0


def test_strips_lie_askew_by_their_event_alone() -> None:
    one = card(printed("telegram"), SIZE, 1.0)
    other = card(printed("telegram", event="genoa"), SIZE, 1.0)
    assert one.get_buffer().raw != other.get_buffer().raw

    def starts(surface: pygame.Surface) -> set[int]:
        rows = range(110, 230, 4)
        return {next((x for x in range(10, 60) if surface.get_at((x, y))[:3] == STRIP), 0) for y in rows}

    assert len(starts(one) - {0}) > 1


def test_edges_are_torn_or_punched() -> None:
    for style in ("telegram", "newspaper"):
        shown = card(printed(style), SIZE, 1.0)
        last = [shown.get_at((x, shown.get_height() - 1)).a for x in range(SIZE[0])]
        assert min(last) < 40 and max(shown.get_at((x, 200)).a for x in range(SIZE[0])) == 255
    punched = card(printed("minutes"), SIZE, 1.0)
    assert punched.get_at((24, round(336 * 0.3))).a < 30


def test_a_wide_card_has_a_picture_beside_the_paper() -> None:
    shown = card(printed("letter"), (1184, 336), 1.0)
    assert dark(shown, pygame.Rect(760, 30, 400, 240)) > 3_000
    assert shown.get_at((726, 100)).a == 0, "a gap lies between"


def test_a_picture_shows_the_place_or_geometry() -> None:
    genoa, nowhere = (
        halftone.cut((256, 150), each, "1922-04-16", "x", 1.0, 1.0) for each in ("Genoa", "Nowhere")
    )
    red = [
        (x, y)
        for x in range(256)
        for y in range(150)
        if genoa.get_at((x, y)).r > genoa.get_at((x, y)).g + 100
    ]
    assert red and dark(genoa) > 2_000 and dark(nowhere) > 2_000
    assert not any(
        nowhere.get_at((x, y)).r > nowhere.get_at((x, y)).g + 100
        for x in range(0, 256, 2)
        for y in range(0, 150, 2)
    )


def test_newspapers_have_invented_names_that_their_face_can_print() -> None:
    assert masthead("London") == "THE EVENING COURIER"
    assert masthead("Nowhere") == "THE FOREIGN POST"
    for name in MASTHEADS.values():
        assert clean(name.upper(), Face.PRESS) == name.upper()


def test_a_headline_of_any_length_is_broken_not_cut() -> None:
    title = "The Foreign Secretary asks who paid for the strike, and gets an answer he did not want"
    short, long = card(printed("newspaper"), SIZE, 1.0), card(printed("newspaper", title=title), SIZE, 1.0)
    heads = pygame.Rect(20, 78, 550, 100)
    assert dark(long, heads) > 1.5 * dark(short, heads)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "changes", [{"place": "", "date": ""}, {"date": "Spring 1922"}, {"text": "", "title": ""}]
)
def test_a_card_with_little_to_say_is_still_printed(style: str, changes: dict[str, str]) -> None:
    for size in (SIZE, (1184, 336)):
        assert card(printed(style, **changes), size, 1.0).get_width() == size[0]


def test_dates_are_written_as_clerks_did() -> None:
    assert roman("16 April 1922") == "16 IV"
    assert roman("about 3 December 1929") == "3 XII"
    assert roman("Spring 1922") == "SPRING"
    assert press.party("1925") != press.party("1926")
    assert printed("report", date="Autumn 1924").year == "1924"
    assert printed("report", date="soon").year == "1922"


@pytest.mark.parametrize("scale", [0.5, 1.5, 3.0])
def test_cards_are_printed_at_the_screens_own_scale(scale: float) -> None:
    size = round(592 * scale), round(336 * scale)
    shown = card(printed("report"), size, scale)
    assert shown.get_width() == size[0]
    assert dark(shown, pygame.Rect(0, 0, round(150 * scale), round(30 * scale))) > 1_500 * scale * scale
