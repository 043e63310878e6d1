"""What can be looked up?  Words, people, countries and works, each an article whose links lead to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.play.wording import Words
from game.rules.classes import dataclass
from game.rules.program import Program
from game.views.screens import chain
from game.views.screens.chain import Chain
from game.views.screens.markup import links, unmarked
from game.views.screens.reading import LibraryScreen
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

GLOSSARY, PEOPLE, COUNTRIES, WORKS = "glossary", "people", "countries", "works"
PARTS = (
    (GLOSSARY, "Glossary"),
    (PEOPLE, "People"),
    (COUNTRIES, "Countries"),
    (WORKS, "Sources"),
    (chain.PART, "The chain"),
)
MOST_BACK = 50


@dataclass(frozen=True, slots=True)
class Article:
    """What the library says of something. `key` is its part and id, joined by a slash."""

    key: str
    title: str
    note: str
    """What stands beside the title: the years of a life, how often a work is cited."""
    text: str
    more: tuple[tuple[str, str], ...] = ()
    """Further paragraphs by what they are: a dispute, how far a work may be relied on."""
    works: tuple[str, ...] = ()
    """The works it rests on, in full."""

    @property
    def part(self) -> str:
        """The part of the library it stands in."""
        return self.key.partition("/")[0]


class Library:
    """The articles of one scenario."""

    def __init__(self, program: Program, language: str = "") -> None:
        self.words = Words(program, language)
        self.chain = Chain(program, self.words)
        found = {each.key: each for each in (*_articles(program, self.words), *_values(self.chain))}
        order = [part for part, _ in PARTS]
        self.articles = dict(
            sorted(found.items(), key=lambda each: (order.index(each[1].part), _sorted_by(each[1])))
        )
        self._links = {
            key.partition("/")[2]: key
            for key, each in reversed(self.articles.items())
            if each.part != chain.PART
        }

    def find(self, link: str) -> str:
        """The key of the article that a link means, or an empty text."""
        link = link.lower()
        return link if link in self.articles else self._links.get(link, "")

    def first(self, part: str) -> str:
        """The key of the first article of a part, or an empty text."""
        return next((key for key, each in self.articles.items() if each.part == part), "")

    def linked(self, *texts: str) -> tuple[Element, ...]:
        """The links in texts that lead to an article, as elements."""
        found = []
        for link, shown in links(*texts).items():
            key = self.find(link)
            if key:
                article = self.articles[key]
                found.append(
                    Element(
                        Role.LINK, unmarked(shown), f"link.{link}", press=Act("look-up", key),
                        description=unmarked(article.text), subject=link,
                    )
                )  # fmt: skip
        return tuple(found)

    def follow(self, screen: LibraryScreen, key: str) -> LibraryScreen:
        """The library open at another article, from which the way leads back."""
        if key == screen.key or key not in self.articles:
            return screen
        back = (*screen.back, screen.key)[-MOST_BACK:] if screen.key else screen.back
        return LibraryScreen(key, back)

    def build(self, screen: LibraryScreen) -> Element:
        """The library as a tree."""
        article = self.articles.get(screen.key) or next(iter(self.articles.values()), None)
        part = article.part if article else GLOSSARY
        names = dict(PARTS)
        found = [each for each in self.articles.values() if each.part == part]
        parts: list[Element] = [
            heading("library.title", "Library"),
            group(
                Role.TABS, "library.parts", "Parts",
                *(
                    Element(
                        Role.TAB, name, f"part.{id}", key=str(at), press=Act("library", id), selected=id == part,
                        disabled="" if self.first(id) else "This scenario has none.",
                    )
                    for at, (id, name) in enumerate(PARTS, start=1)
                ),
            ),
        ]  # fmt: skip
        if part == chain.PART:
            parts += self.chain.build(screen.key.partition("/")[2])
        else:
            parts.append(
                Element(
                    Role.LIST, names[part], "library.list", value=str(len(found)),
                    description="" if found else "This scenario explains nothing.",
                    children=tuple(_entry(each, each is article) for each in found),
                )
            )  # fmt: skip
            if article is not None:
                parts += list(self._article(article))
        back = self.articles.get(screen.back[-1]) if screen.back else None
        if back is not None:
            parts.append(button("library.back", f"Back to {back.title}", Act("article-back"), "Backspace"))
        parts.append(button("close", "Close", Act("close"), "Escape"))
        return group(Role.DIALOG, "library", "Library", *parts)

    def _article(self, article: Article) -> Iterator[Element]:
        linked = self.linked(article.text, *(words for _, words in article.more))
        yield Element(
            Role.GROUP, article.title, "article", value=article.note, subject=article,
            children=(
                heading("article.title", article.title),
                text("article.text", article.text),
                *(
                    Element(Role.TEXT, words, f"article.more.{at}", value=name)
                    for at, (name, words) in enumerate(article.more)
                ),
                group(Role.LIST, "article.links", "Words explained", *linked),
                group(
                    Role.LIST, "article.works", "Sources",
                    *(text(f"article.work.{at}", work) for at, work in enumerate(article.works)),
                ),
            ),
        )  # fmt: skip


def _values(values: Chain) -> Iterator[Article]:
    """The chain as a whole, and each value in it."""
    if values.nodes:
        yield Article(f"{chain.PART}/", "", "", "")
    for node in values.nodes:
        yield Article(f"{chain.PART}/{node.name}", values.label(node.name), "", node.about)


def _entry(article: Article, picked: bool) -> Element:
    act = Act("article", article.key)
    return Element(
        Role.ITEM, article.title, f"entry.{article.key}", value=article.note, pick=act, press=act,
        selected=picked, subject=article,
    )  # fmt: skip


def _articles(program: Program, words: Words) -> Iterator[Article]:
    scenario = program.scenario

    def works(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(words.citation(key) for key in keys)

    for term in scenario.glossary:
        yield Article(
            f"{GLOSSARY}/{term.id}", _large(words.plain(term.label)), "", words.plain(term.text), (),
            works(term.sources),
        )  # fmt: skip
    for person in scenario.people:
        dispute = words.plain(person.attachments.dispute)
        yield Article(
            f"{PEOPLE}/{person.id}", words.plain(person.name), person.life, words.plain(person.text),
            (("Disputed", dispute),) if dispute else (), works(person.attachments.sources),
        )  # fmt: skip
    for country in scenario.countries:
        dispute = words.plain(country.attachments.dispute)
        yield Article(
            f"{COUNTRIES}/{country.id}", words.country(country.id), "", words.plain(country.text),
            (("Disputed", dispute),) if dispute else (), works(country.attachments.sources),
        )  # fmt: skip
    cited = _cited(program)
    for work in scenario.sources:
        worth = words.plain(work.worth)
        count = cited.get(work.id, 0)
        yield Article(
            f"{WORKS}/{work.id}", words.plain(work.label), f"named {count} time{'s' * (count != 1)}",
            words.plain(work.text), (("How far to rely on it", worth),) if worth else (),
        )  # fmt: skip


def _cited(program: Program) -> dict[str, int]:
    """How often each work is named by events, people and words."""
    scenario = program.scenario
    found: dict[str, int] = {}
    named = [each.sources for each in scenario.glossary] + [each.sources for each in scenario.claims]
    for attached in (
        *(each.attachments for each in scenario.events),
        *(each.attachments for each in scenario.people),
        *(each.attachments for each in scenario.countries),
    ):
        named.append(attached.sources)
    for keys in named:
        for key in keys:
            found[key] = found.get(key, 0) + 1
    return found


def _sorted_by(article: Article) -> str:
    """By what an article is looked for: people by their last name."""
    names = article.title.casefold()
    return f"{names.rpartition(' ')[2]} {names}" if article.part == PEOPLE else names


def _large(words: str) -> str:
    return words[:1].upper() + words[1:]
