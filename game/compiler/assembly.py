"""What does each section of a scenario become?  Values and items, with the scope that each may speak in."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from typing import Any, Final

from game.compiler.blocks import read_amount, read_costs, read_value
from game.compiler.names import Names
from game.compiler.problems import error, nearest
from game.compiler.reader import MOST, Reader, written
from game.compiler.resolve import Resolver, Scope
from game.compiler.source import Mapping, Node, Scalar, Sequence, whole_number
from game.compiler.texts import LANGUAGE, read_text
from game.rules.calendar import parse_step
from game.rules.logic import Expr
from game.rules.scenario import (
    Action,
    Attachments,
    Calendar,
    Claim,
    Country,
    Directive,
    Ending,
    Event,
    Foregone,
    Milestone,
    Modifier,
    Person,
    Rule,
    Scenario,
    Term,
    Track,
    Variable,
    Verdict,
)  # fmt: skip

SECTIONS: Final = (
    "format id title text language authors licence extends calendar decisions tracks variables country_variables "
    "scores countries people modifiers rules orders events directives milestones endings verdicts past claims glossary"
).split()
LATE: Final = Scope(purses=True)
PLACEHOLDER_FILE: Final = "scenario"


def assemble(tree: Mapping, names: Names, resolver: Resolver, fingerprint: str) -> Scenario | None:
    """The scenario of a merged tree; None if a part it cannot do without is missing."""
    return _Assembly(tree, names, resolver).scenario(fingerprint)


class _Assembly:
    def __init__(self, tree: Mapping, names: Names, resolver: Resolver) -> None:
        self.tree = tree
        self.names = names
        self.resolver = resolver
        self.reader = Reader(names, resolver)

    def scenario(self, fingerprint: str) -> Scenario | None:
        reader, tree = self.reader, self.tree
        reader.unknown_keys(tree, tuple(SECTIONS), "a scenario")
        self.format()
        head: dict[str, Any] = {}
        for each in fields(Scenario):
            if each.name in ("title", "text", "language", "authors", "licence", "decisions"):
                value = reader.field(each, tree, Scope(), "a scenario")
                if value is not MISSING:
                    head[each.name] = value
        if self.tree.get("calendar") is None:
            reader.wrong("N305", tree.mark, "a scenario needs 'calendar': {from: 1921-Q1, to: 1921-Q4}")
        calendar = reader.item(Calendar, tree.get("calendar") or Mapping((), tree.mark), Scope())
        groups: dict[str, Any] = {
            "variables": (*self.variables("variables"), *self.variables("scores")),
            "country_variables": self.variables("country_variables"),
            "countries": self.countries(),
            "tracks": self.by_id("tracks", Track, Scope()),
            "people": self.by_id("people", Person, Scope()),
            "past": self.by_id("past", Foregone, Scope()),
            "claims": self.by_id("claims", Claim, Scope()),
            "glossary": self.by_id("glossary", Term, Scope()),
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
        if not isinstance(id_, Scalar):
            reader.wrong("N305", tree.mark, "a scenario needs an 'id'")
            return None
        if calendar is None or "title" not in head:
            return None
        self.calendar(calendar)
        return Scenario(
            id=id_.text,
            calendar=calendar,
            fingerprint=fingerprint,
            languages=tuple(sorted(_languages(tree) | {self.names.language})),
            **head,
            **groups,
        )

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
        node = self.tree.get(section)
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
            word = ("target" if cls is Action else "country") if bound else ""
            scope = Scope(bound, word, purses=purses, noted=cls is Directive)
            made = self.reader.item(cls, item, scope, id_)
            if made is not None:
                found.append(made)
        return tuple(sorted(found, key=lambda each: str(each.id)))

    def listed(self, section: str) -> tuple[Node, ...]:
        node = self.tree.get(section)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.reader.wrong(
                "T401", node.mark, f"'{section}' is a list of entries, each beginning with '- id:'"
            )
            return ()
        if len(node.items) > MOST.get(section, 10_000):
            self.reader.wrong("S104", node.mark, f"'{section}' may have {MOST.get(section, 10_000)} entries")
        return node.items[: MOST.get(section, 10_000)]

    def modifiers(self) -> tuple[Modifier, ...]:
        """Modifiers may name `target`; those that do bear only on actions that have one."""
        found = []
        for item in self.listed("modifiers"):
            id_ = self.reader.id_of(item)
            if id_ is None or not isinstance(item, Mapping):
                continue
            text = " ".join(
                value.text for key, value in item.entries if key.text == "when" and isinstance(value, Scalar)
            )
            aimed = "target" in text
            scope = Scope(self.names.countries, "target", purses=True) if aimed else LATE
            made = self.reader.item(Modifier, item, scope, id_)
            if made is not None:
                found.append(replace(made, aimed=aimed))
        return tuple(sorted(found, key=lambda each: each.id))

    def variables(self, section: str) -> tuple[Variable, ...]:
        """Variables with their kinds; `exists` is every country's own."""
        node = self.tree.get(section)
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            self.reader.wrong("T401", node.mark, f"'{section}' is a mapping of names to variables")
            return ()
        found = [self.variable(section, key, value) for key, value in node.entries]
        return tuple(sorted((each for each in found if each is not None), key=lambda each: each.id))

    def variable(self, section: str, key: Scalar, node: Node) -> Variable | None:
        country = section == "country_variables"
        declared = (self.names.country if country else self.names.national).get(key.text)
        if declared is None:
            return None
        if not isinstance(node, Mapping):
            self.reader.wrong("T401", node.mark, f"'{key.text}' is written as {{start: 0, min: 0, max: 100}}")
            return None
        scope = Scope(self.names.countries, "country", purses=True) if country else LATE
        given: dict[str, Any] = {"kind": declared.kind, "score": section == "scores", "history": ()}
        start = node.get("start")
        if declared.derived is not None:
            typed = self.resolver.derived(key.text, country)
            if typed is None:
                return None
            kind = typed.kind if typed.kind in ("number", "flag", "word") else "number"
            given |= {"start": 0, "low": typed.low, "high": typed.high, "kind": kind, "words": typed.words}
            given |= {"derived": typed.expr, "toward": None}
            for name in ("start", "toward", "set_by", "constant"):
                if node.get(name) is not None:
                    self.reader.wrong(
                        "L502", node.mark, f"'{key.text}' is derived ('is'): it has no '{name}'"
                    )
        else:
            given["words"] = declared.words
            given["low"], given["high"] = declared.low, declared.high
            value = self.start(key.text, start, country) if start is not None else None
            given["start"] = value if value is not None else max(0, declared.low)
            if start is None:
                self.reader.wrong(
                    "N305", key.mark, f"'{key.text}' needs 'start' (or 'is' for a derived value)"
                )
            for name in ("min", "max"):
                bound = node.get(name)
                if bound is not None and (not isinstance(bound, Scalar) or whole_number(bound) is None):
                    self.reader.wrong("T401", bound.mark, f"'{name}' is a whole number")
            if declared.low > declared.high:
                self.reader.wrong("T402", key.mark, f"'{key.text}': min is above max")
            if (toward := node.get("toward")) is not None:
                given["toward"] = read_value(toward, declared, key.text, self.resolver, scope)
        given["labels"] = self.labels(node, declared.words, scope)
        if isinstance(history := node.get("history"), Mapping):
            given["history"] = self.history(history)
        return self.reader.item(Variable, node, scope, key, **given)  # type: ignore[no-any-return]

    def start(self, name: str, node: Node, country: bool) -> int | None:
        """A plain value of a variable, within its bounds."""
        declared = (self.names.country if country else self.names.national)[name]
        value = read_value(node, declared, name, self.resolver, Scope())
        number = getattr(value, "value", None)
        if value is None:
            return None
        if number is None:
            self.reader.wrong("T401", node.mark, f"the start of '{name}' is a plain value")
        elif not declared.low <= number <= declared.high:
            message = f"'{name}' lies between {declared.low} and {declared.high}, not at {number}"
            self.reader.wrong("T402", node.mark, message)
            return None
        return number

    def labels(self, node: Mapping, words: tuple[str, ...], scope: Scope) -> tuple[Any, ...]:
        found = []
        labels = node.get("labels")
        if isinstance(labels, Mapping):
            for key, value in labels.entries:
                if key.text not in words:
                    hint = nearest(key.text, words)
                    self.reader.wrong("N301", key.mark, f"there is no word '{key.text}' to label", hint=hint)
                elif (text := read_text(value, self.resolver, Scope())) is not None:
                    found.append((key.text, text))
        elif labels is not None:
            self.reader.wrong("T401", labels.mark, "labels are written as {word: its label}")
        return tuple(found)

    def history(self, node: Mapping) -> tuple[tuple[int, int], ...]:
        found = []
        for key, value in node.entries:
            number = whole_number(value) if isinstance(value, Scalar) else None
            try:
                step = parse_step(key.text, self.names.length)
            except ValueError:
                self.reader.wrong("L504", key.mark, f"'{key.text}' is no step of this calendar")
                continue
            if number is None:
                self.reader.wrong("T401", value.mark, "a whole number is expected")
            else:
                found.append((step, number))
        return tuple(sorted(found))

    def countries(self) -> tuple[Country, ...]:
        """Countries with start values and own pulls."""
        node = self.tree.get("countries")
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            self.reader.wrong("T401", node.mark, "'countries' is a mapping of ids to countries")
            return ()
        if len(node.entries) > MOST["countries"]:
            self.reader.wrong("S104", node.mark, f"a scenario may have {MOST['countries']} countries")
        found = []
        for key, value in node.entries:
            if not isinstance(value, Mapping):
                self.reader.wrong("T401", value.mark, f"'{key.text}' is written as {{name: …, start: {{…}}}}")
                continue
            scope = Scope((key.text,), "country", purses=True)
            given: dict[str, Any] = {
                "start": self.starts(value.get("start")),
                "toward": self.pulls(value.get("toward"), scope, goal=True),
                "step": self.pulls(value.get("step"), scope, goal=False),
            }
            plain, cases = self.cased(value.get("name"))
            shown = value
            if cases:
                kept = tuple(entry for entry in value.entries if entry[0].text != "name")
                shown = Mapping((*kept, (Scalar("name", False, value.mark, False), plain)), value.mark)
                given["cases"] = cases
            made = self.reader.item(Country, shown, scope, key, **given)
            if made is not None:
                found.append(made)
        return tuple(sorted(found, key=lambda each: each.id))

    def cased(self, node: Node | None) -> tuple[Node, tuple[Any, ...]]:
        """A name whose translations may be mappings of grammatical cases: the nominative is the plain one."""
        if not isinstance(node, Mapping) or not any(isinstance(value, Mapping) for _, value in node.entries):
            return node or Mapping((), self.tree.mark), ()
        cases, plain = [], []
        for language, value in node.entries:
            if isinstance(value, Mapping):
                forms = tuple(
                    (key.text, form.text) for key, form in value.entries if isinstance(form, Scalar)
                )
                cases.append((language.text, forms))
                nominative = value.get("nom")
                if isinstance(nominative, Scalar):
                    plain.append((language, nominative))
                else:
                    self.reader.wrong("N305", value.mark, "a name with cases needs 'nom'")
            elif isinstance(value, Scalar):
                plain.append((language, value))
        return Mapping(tuple(plain), node.mark), tuple(cases)

    def starts(self, node: Node | None) -> tuple[tuple[str, int], ...]:
        found = []
        for key, value in self.named(node, "start"):
            if (number := self.start(key.text, value, True)) is not None:
                found.append((key.text, number))
        return tuple(sorted(found))

    def pulls(self, node: Node | None, scope: Scope, goal: bool) -> tuple[tuple[str, Expr], ...]:
        found = []
        for key, value in self.named(node, "toward" if goal else "step"):
            declared = self.names.country[key.text]
            expr = (
                read_value(value, declared, key.text, self.resolver, scope)
                if goal
                else read_amount(value, self.resolver, scope)
            )
            if expr is not None:
                found.append((key.text, expr))
        return tuple(sorted(found, key=lambda each: each[0]))

    def named(self, node: Node | None, what: str) -> list[tuple[Scalar, Node]]:
        """The entries of a mapping of country variables."""
        if node is None:
            return []
        if not isinstance(node, Mapping):
            self.reader.wrong("T401", node.mark, f"'{what}' is a mapping of variables to values")
            return []
        found = []
        for key, value in node.entries:
            declared = self.names.country.get(key.text)
            if declared is None:
                hint = nearest(key.text, self.names.country)
                self.reader.wrong("N301", key.mark, f"countries have no '{key.text}'", hint=hint)
            elif declared.derived is not None:
                self.reader.wrong("L501", key.mark, f"'{key.text}' is derived: it has no '{what}'")
            else:
                found.append((key, value))
        return found


def _languages(node: Node) -> set[str]:
    """The languages that any text of the tree is given in."""
    match node:
        case Mapping(entries):
            found = set()
            keys = [key.text for key, _ in entries]
            if keys and all(LANGUAGE.fullmatch(key) for key in keys):
                found |= set(keys)
            for _, value in entries:
                found |= _languages(value)
            return found
        case Sequence(items):
            return set().union(*(_languages(each) for each in items)) if items else set()
        case _:
            return set()


__all__ = ["SECTIONS", "Attachments", "assemble", "error", "read_costs", "written"]
