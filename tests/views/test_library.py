"""Can everything be looked up, and do the links in texts lead there?"""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.compiler.load import load
from game.rules.building import interpret
from game.rules.program import Program
from game.views.desktop import focus
from game.views.desktop.window import Window
from game.views.screens.library import COUNTRIES, GLOSSARY, PEOPLE, WORKS, Library
from game.views.screens.markup import links
from game.views.screens.reading import LibraryScreen
from game.views.screens.stage import Stage
from game.views.screens.tree import Act, Element, Role
from tests.views.small_game import YAML

BOOKS = """
glossary:
  genoa: {label: genoa, text: "The [[conference]] of 1922; one [[conference|of many]].", sources: [jacobson]}
  conference: {label: Conference, text: "Many governments at one table."}
people:
  chicherin: {name: Georgy Chicherin, life: 1872–1936, text: "Went to [[genoa|Genoa]].", sources: [jacobson],
              dispute: Not everybody liked him.}
"""
LINKED = YAML.replace("Thirty governments", "[[genoa|Thirty governments]]").replace(
    "text: Concede nothing final", 'text: "[[conference|Concede]] nothing final'
).replace("and be seen.", 'and be seen."')  # fmt: skip


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    path = tmp_path_factory.mktemp("scenario") / "small.yaml"
    path.write_text(LINKED + BOOKS, encoding="utf-8")
    return interpret(load(str(path)).scenario)


@pytest.fixture
def stage(program: Program) -> Iterator[Stage]:
    made = Stage()
    made.loaded(program)
    yield made
    made.close()


@pytest.fixture
def window(program: Program) -> Iterator[Window]:
    made = Window(Stage(), (1280, 720))
    made.stage.loaded(program)
    made.paint()
    yield made
    made.stage.close()
    pygame.display.quit()


def article(stage: Stage) -> Element:
    return stage.top["article"]


def test_links_are_told_apart_by_their_target_whatever_its_case() -> None:
    assert links("[[ARA|The Americans]] and [[ara|they]], [[nep]]") == {"ara": "The Americans", "nep": "nep"}


def test_every_part_lists_its_articles_in_order(program: Program) -> None:
    library = Library(program)
    titles = [each.title for each in library.articles.values()]
    assert titles[:4] == ["Conference", "Genoa", "Georgy Chicherin", "Britain"]
    assert [each.title for each in library.articles.values() if each.part == WORKS][-1] == "Jacobson"
    assert library.articles[f"{WORKS}/jacobson"].note == "named 3 times"


def test_a_link_finds_its_article_and_one_that_leads_nowhere_is_none(program: Program) -> None:
    library = Library(program)
    assert library.find("GENOA") == f"{GLOSSARY}/genoa"
    assert library.find("chicherin") == f"{PEOPLE}/chicherin"
    assert library.find("britain") == f"{COUNTRIES}/britain"
    assert library.find("nothing-here") == ""
    assert [each.id for each in library.linked("[[nothing-here]] [[Genoa]]")] == ["link.genoa"]


def test_the_library_opens_from_the_title_and_every_part_can_be_read(stage: Stage) -> None:
    stage.perform(Act("library"))
    assert stage.top.find("heading", "Conference")
    for part, first in (("People", "Georgy Chicherin"), ("Countries", "Britain"), ("Sources", "Britannica")):
        tab = stage.top.find(Role.TAB, part)
        assert tab.press is not None
        stage.perform(tab.press)
        assert article(stage).name == first
    stage.perform(Act("article", f"{WORKS}/jacobson"))
    assert stage.top["article.more.0"].name == "A scholar's monograph."
    stage.perform(Act("library", PEOPLE))
    assert (article(stage).value, stage.top["article.more.0"].value) == ("1872–1936", "Disputed")
    stage.back()
    assert stage.top.id == "title"


def test_links_lead_on_and_the_way_back_is_kept(stage: Stage) -> None:
    stage.perform(Act("article", f"{GLOSSARY}/genoa"))
    assert stage.top["article.work.0"].name == "Jon Jacobson, a book of 1994."
    link = stage.top.find(Role.LINK, "conference")
    assert link.press is not None
    stage.perform(link.press)
    assert article(stage).name == "Conference"
    back = stage.top.find(Role.BUTTON, "Back to Genoa")
    assert back.press is not None and back.key == "Backspace"
    stage.perform(back.press)
    assert article(stage).name == "Genoa"
    assert stage.top.get("library.back") is None


def test_the_way_back_does_not_grow_without_end(program: Program) -> None:
    library, screen = Library(program), LibraryScreen(f"{GLOSSARY}/genoa")
    for number in range(200):
        screen = library.follow(screen, f"{GLOSSARY}/{('conference', 'genoa')[number % 2]}")
    assert len(screen.back) == 50


def test_the_words_of_a_dispatch_are_links_where_they_stand(window: Window) -> None:
    window.stage.perform(Act("begin"))
    window.paint()
    assert [each.name for each in window.tree["card.links"].children] == ["Thirty governments", "Concede"]
    paper, choice = (focus.find(window.page.spots, f"link.{id}") for id in ("genoa", "conference"))
    assert paper is not None and choice is not None
    assert paper.rect.bottom < choice.rect.top
    window.hands.grip(*paper.rect.center)
    window.paint()
    assert window.tree["article"].name == "Genoa"
    window.press_key("Escape")
    assert window.tree.name == "An invitation to Genoa"


def test_the_library_by_keys_alone(window: Window) -> None:
    window.press_key("W")
    window.paint()
    assert window.tree.id == "library"
    window.press_key("Down")
    window.paint()
    assert window.tree["article"].name == "Genoa"
    window.press_key("2")
    window.paint()
    assert window.tree["article"].name == "Georgy Chicherin"
    spots = [spot.id for spot in window.page.spots]
    assert "link.genoa" in spots
    for _ in range(len(spots)):
        if window.hands.focus == "link.genoa":
            break
        window.press_key("Tab")
    window.press_key("Return")
    window.paint()
    assert window.tree["article"].name == "Genoa"
    window.press_key("Backspace")
    window.press_key("W")
    window.paint()
    assert (window.tree["article"].name, window.stage.names[-1]) == ("Georgy Chicherin", "LibraryScreen")


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (1024, 768), (2560, 1080)])
def test_the_library_is_painted_in_every_size(window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    for part in ("", COUNTRIES, WORKS):
        window.stage.perform(Act("library", part))
        window.paint()
        placed = {spot.id for spot in window.page.spots}
        assert [each.name for each in window.tree.walk() if each.usable and each.id not in placed] == []


def test_a_scenario_without_books_says_so() -> None:
    from tests.views.small_game import small_program

    stage = Stage()
    stage.loaded(small_program())
    stage.perform(Act("library", GLOSSARY))
    assert article(stage).name == "Britain"
    assert stage.top.find(Role.TAB, "Glossary").disabled == "This scenario has none."
