"""Is text set as it should be: broken, justified, emphasised, shortened, and never with signs a face lacks?"""

from __future__ import annotations

import pytest

pygame = pytest.importorskip("pygame")

from game.views.desktop import lettering  # noqa: E402
from game.views.desktop.blocks import Block, set_text  # noqa: E402
from game.views.desktop.lettering import (  # noqa: E402
    Face,
    Style,
    clean,
    shorten,
    width,
    write,
    write_in,
)
from game.views.desktop.palette import CARD, INK  # noqa: E402
from game.views.screens.markup import unmarked  # noqa: E402

SERIF = Style(Face.SERIF, 16)
TEXT = (
    "Two motor-cars left the *German hotel* shortly after breakfast and took the coast road. It is remarked that "
    "Dr. Rathenau has not been seen since, and that his experts decline every question about debts."
)


def words_of(block: Block) -> list[str]:
    return [piece.text for line in block.lines for piece in line.pieces]


@pytest.mark.parametrize("face", list(Face))
def test_every_face_writes_latin_and_cyrillic(face: Face) -> None:
    for text in ("NARKOMINDEL 1922", "НАРКОМИНДЕЛ", "Gdańsk"):
        assert "?" not in clean(text, face)
        surface = pygame.Surface((600, 60))
        surface.fill(CARD)
        place = write(surface, text, Style(face, 24), 10, 40)
        inked = sum(surface.get_at((x, y))[:3] != CARD for x in range(0, 600, 2) for y in range(0, 60, 2))
        assert place.width > 40 and inked > 30


@pytest.mark.parametrize("wide", [90, 200, 420])
@pytest.mark.parametrize("size", [13, 16, 31])
def test_no_line_is_wider_than_asked_and_no_word_is_lost(wide: int, size: int) -> None:
    block = set_text(TEXT, Style(Face.SERIF, size), wide)
    for line in block.lines:
        assert line.width <= wide
        assert all(piece.x + width(piece.text, piece.style) <= wide for piece in line.pieces)
    assert "".join(words_of(block)) == unmarked(TEXT).replace(" ", "")
    assert block.height >= block.step * len(block.lines)


def test_a_line_is_filled_before_the_next_begins() -> None:
    block = set_text(TEXT, SERIF, 220)
    for line, following in zip(block.lines, block.lines[1:], strict=False):
        first = following.pieces[0]
        assert line.width + width(" ", SERIF) + width(first.text, first.style) > 220


def test_justified_lines_end_at_the_margin_but_for_the_last() -> None:
    block = set_text(TEXT, SERIF, 240, align="justify")
    ends = [max(each.x + width(each.text, each.style) for each in line.pieces) for line in block.lines]
    assert all(end == 240 for end in ends[:-1])
    assert ends[-1] < 240
    assert block == set_text(TEXT, SERIF, 240, align="justify")


def test_centred_and_right_lines_stand_where_they_should() -> None:
    (line,) = set_text("Rapallo", SERIF, 200, align="right").lines
    assert line.pieces[0].x + width("Rapallo", SERIF) == 200
    (line,) = set_text("Rapallo", SERIF, 200, align="center").lines
    assert abs(2 * line.pieces[0].x + width("Rapallo", SERIF) - 200) <= 1


def test_emphasis_is_italic_or_underlined() -> None:
    block = set_text("a *German hotel*, so", SERIF, 400)
    faces = {piece.text: piece.style.face for piece in block.lines[0].pieces}
    assert faces["German"] == faces["hotel"] == Face.ITALIC
    assert faces["a"] == faces[","] == faces["so"] == Face.SERIF
    typed = set_text("a *German* hotel", Style(Face.TYPED, 18), 400).lines[0].pieces
    assert [piece.text for piece in typed if piece.underlined] == ["German"]


@pytest.mark.parametrize("text", ["2 * 3 * 4", "2*3*4", "a lone * star", "*", "**", "[[", "]] [["])
def test_signs_that_are_no_marks_stay(text: str) -> None:
    assert unmarked(text) == text


def test_links_show_their_words() -> None:
    pieces = set_text("The [[nep|New Policy]] of [[lenin]]", SERIF, 600).lines[0].pieces
    assert [(piece.text, piece.link) for piece in pieces] == [
        ("The", ""), ("New", "nep"), ("Policy", "nep"), ("of", ""), ("lenin", "lenin"),
    ]  # fmt: skip


def test_a_word_longer_than_a_line_is_torn() -> None:
    block = set_text("x" * 400 + " end", SERIF, 120)
    assert all(line.width <= 120 for line in block.lines)
    assert "".join(words_of(block)) == "x" * 400 + "end"
    assert len(set_text("xx", SERIF, 1).lines) == 2
    assert len(words_of(set_text("long" * 5_000, SERIF, 300))) > 400


def test_line_breaks_are_kept_and_empty_texts_are_nothing() -> None:
    assert len(set_text("one\ntwo\n\nfour", SERIF, 300).lines) == 3
    assert set_text("one\n\nthree", SERIF, 300).height == 3 * set_text("one", SERIF, 300).height
    assert set_text("", SERIF, 300).lines == ()


def test_signs_that_a_face_lacks_are_replaced() -> None:
    assert clean("Ōsaka \u0000\u200b😀\n", Face.TYPED) == "Osaka ? "
    assert clean("漢→", Face.SERIF) == "??"
    assert clean("groß", Face.TITLE).upper() == "GROSS"
    assert clean("мир", Face.SERIF) == "мир"
    write(pygame.Surface((50, 50)), "a\x00b\n\ud800", SERIF, 0, 20)


def test_a_shortened_text_fits_and_ends_in_an_ellipsis() -> None:
    assert shorten("Baltic", SERIF, 300) == "Baltic"
    cut = shorten("Baltic states and Finland", SERIF, 100)
    assert cut.endswith("…") and width(cut, SERIF) <= 100 < width("Baltic states and Finland", SERIF)
    assert shorten("Baltic", SERIF, 2) == ""


def test_capitals_stand_in_the_middle_of_a_rectangle() -> None:
    surface = pygame.Surface((200, 60))
    surface.fill(CARD)
    write_in(surface, "HHH", Style(Face.HEAD, 30), pygame.Rect(0, 0, 200, 60))
    rows = [y for y in range(60) if any(surface.get_at((x, y))[:3] == INK for x in range(200))]
    columns = [x for x in range(200) if any(surface.get_at((x, y))[:3] == INK for y in range(60))]
    assert abs((rows[0] + rows[-1]) - 59) <= 2
    assert abs((columns[0] + columns[-1]) - 199) <= 3


def test_spaced_letters_take_their_gaps() -> None:
    plain, spaced = Style(Face.HEAD, 28), Style(Face.HEAD, 28, gap=6)
    assert width("MOSCOW", spaced) >= width("MOSCOW", plain) + 5 * 6 - 6
    assert lettering.picture("MOSCOW", spaced).get_width() == width("MOSCOW", spaced)


def test_words_are_kept_and_can_be_forgotten() -> None:
    assert lettering.picture("Genoa", SERIF) is lettering.picture("Genoa", SERIF)
    before = lettering.picture("Genoa", SERIF)
    pygame.font.quit()
    lettering.forget()
    after = lettering.picture("Genoa", SERIF)
    assert after is not before and after.get_buffer().raw == before.get_buffer().raw


def test_a_scaled_style_is_rendered_at_its_size() -> None:
    large = SERIF.at(3)
    assert large.px == 48 and large.cap > 2.5 * SERIF.cap
    assert Style(Face.SERIF, 16.4).px == 16
