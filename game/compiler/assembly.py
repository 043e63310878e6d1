"""What does each section of a scenario become?  Values and items, with the scope that each may speak in."""

from __future__ import annotations

from typing import Any, Final

from game.compiler import syntax
from game.compiler.blocks import read_costs
from game.compiler.expression import LARGEST, ExpressionError, parse
from game.compiler.names import ID, Names, odd_name
from game.compiler.ranges import Range
from game.compiler.reader import MOST_ENTRIES
from game.compiler.resolve import Resolver, Scope
from game.compiler.source import Mapping, Node, Scalar, Sequence, whole_number
from game.compiler.values import LATE, Values
from game.rules.calendar import parse_step
from game.rules.classes import MISSING, fields, replace
from game.rules.library import Citation, Claim, Term
from game.rules.scenario import (
    Action,
    Calendar,
    Directive,
    Ending,
    Event,
    Foregone,
    Milestone,
    Modifier,
    Person,
    Rule,
    Scenario,
    Track,
    Verdict,
)  # fmt: skip

SECTIONS: Final = tuple(
    "format id title text language authors licence minutes teaching extends calendar decisions tracks "  # noqa: SIM905
    "variables country_variables scores countries people modifiers rules orders events directives milestones "
    "endings verdicts past claims glossary sources".split()
)
HEAD: Final = ("title", "text", "language", "authors", "licence", "minutes", "teaching", "decisions")
"""The sections that are single fields of a scenario."""


def assemble(tree: Mapping, names: Names, resolver: Resolver, fingerprint: str) -> Scenario | None:
    """The scenario of a merged tree; None if a part it cannot do without is missing."""
    return _Assembly(tree, names, resolver).scenario(fingerprint)


class _Assembly(Values):
    def scenario(self, fingerprint: str) -> Scenario | None:
        reader, tree = self.reader, self.tree
        reader.unknown_keys(tree, tuple(SECTIONS), "a scenario")
        self.format()
        head: dict[str, Any] = {}
        for each in fields(Scenario):
            if each.name in HEAD:
                value = reader.field(each, tree, Scope(), "a scenario")
                if value is not MISSING:
                    head[each.name] = value
        calendar = None
        if (node := self.section("calendar")) is not None:
            calendar = reader.item(Calendar, node, Scope())
        else:
            reader.wrong("N305", tree.mark, "a scenario needs 'calendar': {from: 1921-Q1, to: 1921-Q4}")
        groups: dict[str, Any] = {
            "variables": (*self.variables("variables"), *self.variables("scores")),
            "country_variables": self.variables("country_variables"),
            "countries": self.countries(),
            "tracks": self.by_id("tracks", Track, Scope()),
            "people": self.by_id("people", Person, Scope()),
            "past": self.by_id("past", Foregone, Scope()),
            "claims": self.by_id("claims", Claim, Scope()),
            "glossary": self.by_id("glossary", Term, Scope()),
            "sources": self.by_id("sources", Citation, Scope()),
            "modifiers": self.modifiers(),
            "rules": self.items("rules", Rule, purses=True),
            "orders": self.items("orders", Action, purses=True),
            "events": self.items("events", Event),
            "directives": self.items("directives", Directive, purses=True),
            "milestones": self.items("milestones", Milestone, purses=True),
            "endings": self.items("endings", Ending, purses=True),
            "verdicts": self.items("verdicts", Verdict, purses=True),
        }
        id_ = tree.get("id")
        if not isinstance(id_, Scalar) or not id_.text:
            reader.wrong("N305", tree.mark, "a scenario needs an 'id'")
            return None
        if not ID.fullmatch(id_.text):
            self.resolver.problems.append(odd_name(id_, "an id", "small letters a-z, digits and -"))
            return None
        if calendar is None or "title" not in head:
            return None
        self.calendar(calendar)
        extends = tree.get("extends")
        return Scenario(
            id=id_.text,
            calendar=calendar,
            extends=extends.text if isinstance(extends, Scalar) else "",
            fingerprint=fingerprint,
            languages=self.languages(),
            **head,
            **groups,
        )

    def languages(self) -> tuple[str, ...]:
        """The languages that any text is given in."""
        found = {self.names.language}
        for text in self.resolver.texts:
            for variant in text.variants:
                found.update(variant.wording)
        return tuple(sorted(found))

    def format(self) -> None:
        node = self.tree.get("format")
        if node is None:
            return
        number = whole_number(node) if isinstance(node, Scalar) else None
        if number != 1:
            message = "this program reads format 1" + (
                f", not {number}: a newer program is needed" if number else ""
            )
            self.reader.wrong("T402", node.mark, message)

    def calendar(self, calendar: Calendar) -> None:
        first, last = (parse_step(each, calendar.step) for each in (calendar.start, calendar.end))
        node = self.tree.get("calendar")
        mark = node.mark if node else self.tree.mark
        if last < first:
            self.reader.wrong("L504", mark, "the calendar ends before it begins")
        elif last - first >= 10_000:
            self.reader.wrong("S104", mark, "a game may have 10000 turns at most")

    def by_id(self, section: str, cls: type, scope: Scope) -> tuple[Any, ...]:
        """The entries of a section that is a mapping of ids."""
        node = self.section(section)
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            self.reader.wrong("T401", node.mark, f"'{section}' is a mapping of ids to entries")
            return ()
        found = [self.reader.item(cls, value, scope, key) for key, value in node.entries]
        return tuple(sorted((each for each in found if each is not None), key=lambda each: str(each.id)))

    def items(self, section: str, cls: type, purses: bool = False) -> tuple[Any, ...]:
        """The entries of a section that is a list of items."""
        found = []
        for item in self.listed(section):
            id_ = self.reader.id_of(item)
            if id_ is None or not isinstance(item, Mapping):
                continue
            bound = self.names.bound.get(id_.text, ())
            aim = item.get("target" if cls is Action else "each")
            word = ("target" if cls is Action else "country") if bound or aim is not None else ""
            scope = Scope(bound, word, purses=purses)
            if cls is Directive:
                scope = replace(scope, noted=self.noted(item))
            made = self.reader.item(cls, item, scope, id_)
            if made is not None:
                found.append(made)
        return tuple(sorted(found, key=lambda each: str(each.id)))

    def noted(self, item: Mapping) -> Range | None:
        """Between which bounds a directive's note lies."""
        note = item.get("note")
        if not isinstance(note, Scalar):
            return None
        if (number := whole_number(note)) is not None:
            return number, number
        found = self.resolver.quiet().read(note, Scope())
        return (found.low, found.high) if found is not None else (-LARGEST, LARGEST)

    def listed(self, section: str) -> tuple[Node, ...]:
        node = self.section(section)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.reader.wrong(
                "T401", node.mark, f"'{section}' is a list of entries, each beginning with '- id:'"
            )
            return ()
        if len(node.items) > MOST_ENTRIES:
            self.reader.wrong("S104", node.mark, f"'{section}' may have {MOST_ENTRIES} entries")
        return node.items[:MOST_ENTRIES]

    def modifiers(self) -> tuple[Modifier, ...]:
        """Modifiers may name `target`; those that do bear only on actions that have one."""
        found = []
        for item in self.listed("modifiers"):
            id_ = self.reader.id_of(item)
            if id_ is None or not isinstance(item, Mapping):
                continue
            cost = item.get("cost")
            amounts = [value for _, value in cost.entries] if isinstance(cost, Mapping) else []
            aimed = any(_names_target(each) for each in (item.get("when"), *amounts))
            scope = Scope(self.names.countries, "target", purses=True) if aimed else LATE
            given = {} if cost is None else {"cost": read_costs(cost, self.resolver, scope, rebates=True)}
            made = self.reader.item(Modifier, item, scope, id_, **given)
            if made is not None:
                found.append(replace(made, aimed=aimed))
        return tuple(sorted(found, key=lambda each: each.id))


def _names_target(node: Node | None) -> bool:
    """Whether an expression says `target`; one that cannot be read is told about elsewhere."""
    if not isinstance(node, Scalar):
        return False
    try:
        tree = parse(node.text)
    except ExpressionError:
        return False
    return any(
        isinstance(each, syntax.Name) and "target" in (each.owner, each.name) for each in syntax.walk(tree)
    )
