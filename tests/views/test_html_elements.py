"""Is every text only a text in a report, whatever it says?  Elements, attributes, links, and what has no shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.views.html.elements import clean, el, link, prose, spoken, write
from game.views.html.page import page
from tests.views.hostile import ATTACKS, read


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_shown_as_it_is_written(attack: str) -> None:
    text = page(
        attack, el("h1", attack), el("p", attack, title=attack), el("p", *spoken(attack)), el("p", attack)
    )
    found = read(text)
    assert found.text.count(attack) >= 3


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_comes_out_as_one_text(words: str, title: str) -> None:
    found = read(page("x", el("h1", "x"), el("p", words, title=title), el("p", "end")))
    assert clean(words).replace("\r", "") in found.text or not words.strip()


@pytest.mark.parametrize(
    "tag", ["script", "iframe", "img", "a", "object", "style", "meta", "foreignObject", "x y", "P"]
)
def test_what_could_run_or_fetch_cannot_be_made(tag: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        el(tag)


def test_handlers_and_links_elsewhere_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no attribute"):
        el("p", onclick="x")
    with pytest.raises(ValueError, match="no attribute"):
        el("p", **{'a"b': "x"})
    for where in (
        "https://example.org",
        "//example.org",
        "javascript:alert(1)",
        "../key.html",
        "/etc/passwd",
        "a b",
        "",
    ):
        with pytest.raises(ValueError, match="no link"):
            link(where)
    assert write(link("#work-1", "1")) == '<a href="#work-1">1</a>'


def test_what_has_no_shape_or_turns_the_line_round_is_replaced() -> None:
    assert clean("a\x00\x1b[31m\u202eb\u200b\ud800") == "a��[31m�b��"
    assert len(clean("e" + "\u0301" * 500)) == 5


def test_a_text_has_its_paragraphs_and_its_emphasis_and_no_other_marks() -> None:
    found = [write(each) for each in prose("One *two*\nthree [[word|four]].\n\n<b>Five</b>", language="ru")]
    assert found == [
        '<p lang="ru">One <em>two</em> three four.</p>',
        '<p lang="ru">&lt;b&gt;Five&lt;/b&gt;</p>',
    ]
