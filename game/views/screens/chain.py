"""How do the values feed each other?  From trade to revolution, as a diagram of the scenario's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.play.feeding import ABROAD, Feed, Feeding, feeding, variables_shown
from game.play.wording import Words
from game.rules.classes import dataclass
from game.rules.orders import roles
from game.rules.program import Program
from game.rules.scenario import Variable
from game.views.screens.countries import DOSSIER
from game.views.screens.desk import SIDES
from game.views.screens.tree import Act, Element, Role, heading, text

PART = "chain"
TRACK, OVERSEAS, SCORE, HOME = "What is ordered", "In each country", "Scores", "At home"
COLUMNS = (TRACK, OVERSEAS, SCORE, HOME)
DOES = {1: "raises", -1: "lowers", 0: "moves, one way or the other,"}
DONE = {1: "raises it", -1: "lowers it", 0: "moves it either way"}
LONGEST = 4
"""Arrows of a way from the first score to the last."""
MOST_WAYS = 5
ABOUT = (
    "Each arrow is a rule of this scenario: what stands at its start moves what stands at its end. Press a value to "
    "see what feeds it, what it feeds, and why. Strong arrows lead from {first} to {last}."
)


@dataclass(frozen=True, slots=True)
class Node:
    """A value or a role in the diagram; `name` is as in the graph, `column` what kind of thing it is."""

    name: str
    label: str
    column: str
    about: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that is drawn: the nodes, the arrows, which node is picked, and the arrows of the ways."""

    nodes: tuple[Node, ...]
    feeds: tuple[Feed, ...]
    picked: str
    chain: frozenset[tuple[str, str]]


class Chain:
    """The chain of one scenario. What feeds what is reckoned when it is first looked at."""

    def __init__(self, program: Program, words: Words) -> None:
        self.program = program
        self.words = words
        self.values = variables_shown(program, DOSSIER)
        self.nodes = tuple(self._nodes())
        self._feeding: Feeding | None = None

    @property
    def feeding(self) -> Feeding:
        """What feeds what."""
        if self._feeding is None:
            self._feeding = feeding(self.program, self.values)
        return self._feeding

    def _nodes(self) -> Iterator[Node]:
        scenario, words = self.program.scenario, self.words
        labels = {each.id: words.plain(each.label) for each in scenario.tracks}
        for role in sorted(
            roles(self.program), key=lambda role: SIDES.index(role) if role in SIDES else len(SIDES)
        ):
            yield Node(
                role, labels[role], TRACK, "What its orders move for certain, and by their first result."
            )
        national = {each.id: each for each in scenario.variables}
        abroad = {each.id: each for each in scenario.country_variables}
        for name in self.values:
            own, id = name.startswith(ABROAD), name.removeprefix(ABROAD)
            variable: Variable = abroad[id] if own else national[id]
            column = OVERSEAS if own else SCORE if variable.score else HOME
            yield Node(name, words.called(variable), column, words.plain(variable.text))

    def label(self, name: str) -> str:
        """How a value or role is called, with where it is."""
        node = next(each for each in self.nodes if each.name == name)
        return f"{node.label} abroad" if node.column == OVERSEAS else node.label

    # From the first score to the last

    def ends(self) -> tuple[str, str]:
        """The first score and the last, by their rank; empty texts where there are no two."""
        scores = [each.name for each in self.nodes if each.column == SCORE]
        return (scores[0], scores[-1]) if len(scores) > 1 else ("", "")

    def ways(self) -> tuple[tuple[Feed, ...], ...]:
        """The shortest ways by which the first score, at home or abroad, lifts the last one."""
        first, last = self.ends()
        if not first:
            return ()
        raising = [each for each in self.feeding.feeds if each.way > 0]
        found: list[tuple[Feed, ...]] = []

        def walk(here: str, way: tuple[Feed, ...], been: frozenset[str]) -> None:
            for each in raising:
                if each.source != here or each.target in been:
                    continue
                if each.target == last:
                    found.append((*way, each))
                elif len(way) + 1 < LONGEST:
                    walk(each.target, (*way, each), been | {each.target})

        for start in (first, f"{ABROAD}{first}"):
            walk(start, (), frozenset({start}))
        return tuple(
            sorted(found, key=lambda way: (len(way), [self.values.index(each.target) for each in way]))
        )

    # As a tree

    def build(self, picked: str) -> tuple[Element, Element]:
        """The nodes as a list, and what there is to say of the picked one; of the whole chain if none is."""
        ways, fed = self.ways(), {end for each in self.feeding.feeds for end in (each.source, each.target)}
        strong = frozenset((each.source, each.target) for way in ways for each in way)
        nodes = tuple(each for each in self.nodes if each.name in fed or each.name == picked)
        diagram = Diagram(nodes, self.feeding.feeds, picked, strong)
        return self._list(diagram), self._article(picked) if picked else self._whole(ways)

    def _list(self, diagram: Diagram) -> Element:
        return Element(
            Role.LIST, "How values feed each other", "library.list", value=str(len(diagram.nodes)), subject=diagram,
            description="" if diagram.feeds else "In this scenario no value feeds another.",
            children=tuple(self._node(each, diagram.picked) for each in diagram.nodes),
        )  # fmt: skip

    def _node(self, node: Node, picked: str) -> Element:
        act = Act("article", f"{PART}/{node.name}")
        fed = ", ".join(self.label(each.source) for each in self.feeding.into(node.name))
        feeds = ", ".join(self.label(each.target) for each in self.feeding.out_of(node.name))
        told = [f"Fed by {fed}." if fed else "", f"Feeds {feeds}." if feeds else "Feeds nothing here."]
        return Element(
            Role.ITEM, self.label(node.name), f"entry.{PART}/{node.name}", value=node.column, pick=act, press=act,
            description=" ".join(filter(None, told)), selected=node.name == picked, subject=node,
        )  # fmt: skip

    def _whole(self, ways: Sequence[tuple[Feed, ...]]) -> Element:
        first, last = self.ends()
        title = (
            f"From {self.label(first).lower()} to {self.label(last).lower()}"
            if first
            else "How values feed each other"
        )
        about = ABOUT.format(first=self.label(first), last=self.label(last)) if first else ""
        return Element(
            Role.GROUP, title, "article",
            children=(
                heading("article.title", title),
                text("article.text", about),
                Element(
                    Role.LIST, "The shortest ways", "chain.ways",
                    children=tuple(self._way(way, at) for at, way in enumerate(ways[:MOST_WAYS])),
                ),
            ),
        )  # fmt: skip

    def _way(self, way: tuple[Feed, ...], at: int) -> Element:
        names = [way[0].source, *(each.target for each in way)]
        said = [self._sentence(each) for each in way]
        return Element(
            Role.TEXT, ", then ".join(map(self.label, names)), f"chain.way.{at}", subject=way,
            description=" ".join(dict.fromkeys(filter(None, said))),
        )  # fmt: skip

    def _article(self, picked: str) -> Element:
        node = next(each for each in self.nodes if each.name == picked)
        title = self.label(picked)
        return Element(
            Role.GROUP, title, "article", value=node.column,
            children=(
                heading("article.title", title),
                text("article.text", node.about),
                self._feeds("What feeds it", "chain.into", self.feeding.into(picked), True),
                self._feeds("What it feeds", "chain.out", self.feeding.out_of(picked), False),
            ),
        )  # fmt: skip

    def _feeds(self, name: str, id: str, feeds: Sequence[Feed], into: bool) -> Element:
        return Element(
            Role.LIST, name, id, description="" if feeds else "Nothing that is shown here.",
            children=tuple(self._feed(each, f"{id}.{at}", into) for at, each in enumerate(feeds)),
        )  # fmt: skip

    def _feed(self, feed: Feed, id: str, into: bool) -> Element:
        other = feed.source if into else feed.target
        told = f"{self.label(feed.source)} {DOES[feed.way]} {self.label(feed.target)}"
        return Element(
            Role.ITEM, self.label(other), id, value=DONE[feed.way] if into else told, subject=feed,
            description=self._sentence(feed), press=Act("look-up", f"{PART}/{other}"),
        )  # fmt: skip

    def _sentence(self, feed: Feed) -> str:
        """Why, in the sentence of a rule; of one country where it holds for all."""
        if not feed.sentences or feed.source in roles(self.program):
            return ""
        return self.words.sentence(feed.sentences[0])
