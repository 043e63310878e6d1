"""How are variables and countries read?"""

from __future__ import annotations

from typing import Any

from game.compiler.blocks import read_amount, read_value
from game.compiler.expression import LARGEST
from game.compiler.names import NAME, Declared, Names, odd_name
from game.compiler.problems import Near, quoted
from game.compiler.reader import MOST, Reader
from game.compiler.resolve import Resolver, Scope
from game.compiler.source import Mapping, Node, Scalar, Sequence, is_nothing, whole_number
from game.compiler.texts import read_text
from game.rules.calendar import parse_step
from game.rules.classes import replace
from game.rules.ledger import Mark
from game.rules.logic import Expr, Number
from game.rules.scenario import Country, Variable

LATE = Scope(purses=True)


class Values:
    """Reads the sections of a merged tree that declare values."""

    def __init__(self, tree: Mapping, names: Names, resolver: Resolver) -> None:
        self.tree = tree
        self.names = names
        self.resolver = resolver
        self.reader = Reader(names, resolver)

    def section(self, name: str) -> Node | None:
        """What stands in a section; None where it is left out or left empty."""
        node = self.tree.get(name)
        return None if node is None or is_nothing(node) else node

    def variables(self, section: str) -> tuple[Variable, ...]:
        """Variables with their kinds; `exists` is every country's own."""
        node = self.section(section)
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
        if not self.words(key, node):
            return None
        scope = Scope(self.names.countries, "country", purses=True) if country else LATE
        given: dict[str, Any] = {"kind": declared.kind, "score": section == "scores", "history": ()}
        start = node.get("start")
        if declared.derived is not None:
            typed = self.resolver.derived(key.text, country)
            if typed is None:
                return None
            if typed.kind == "country":
                message = f"'{key.text}' is a number, a flag or a word, not a country"
                self.reader.wrong("T401", declared.derived.mark, message)
                return None
            given |= {"start": 0, "low": typed.low, "high": typed.high, "kind": typed.kind}
            given |= {"words": typed.words, "derived": typed.expr, "toward": None}
            for name in ("start", "toward", "set_by", "constant"):
                if (other := node.get(name)) is not None:
                    message = f"'{key.text}' is derived ('is'): it has no '{name}'"
                    self.reader.wrong("L502", other.mark, message)
        else:
            if isinstance(node.get("is"), Scalar):
                given["derived"] = None  # the name is declared twice, which is told already
            given["words"] = declared.words
            given["low"], given["high"] = declared.low, declared.high
            sound = declared.low <= declared.high
            value = self.start(key.text, start, country) if start is not None and sound else None
            given["start"] = value if value is not None else max(0, declared.low)
            if start is None:
                self.reader.wrong(
                    "N305", key.mark, f"'{key.text}' needs 'start' (or 'is' for a derived value)"
                )
            self.bounds(key, node, declared)
            if declared.constant and (moved := node.get("toward") or node.get("set_by")) is not None:
                self.reader.wrong("L501", moved.mark, f"'{key.text}' is constant: nothing moves it")
            if (toward := node.get("toward")) is not None:
                given["toward"] = read_value(toward, declared, key.text, self.resolver, scope)
        given["labels"] = self.labels(node, declared.words, scope)
        given["history"] = self.history(key.text, node.get("history"), country)
        return self.reader.item(Variable, node, scope, key, **given)  # type: ignore[no-any-return]

    def start(self, name: str, node: Node, country: bool, what: str = "start") -> int | None:
        """A plain value of a variable, within its bounds."""
        declared = (self.names.country if country else self.names.national)[name]
        if declared.derived is not None:
            declared = replace(declared, low=-LARGEST, high=LARGEST)
        value = read_value(node, declared, name, self.resolver, Scope())
        if value is None:
            return None
        number = value.value if isinstance(value, Number) else None
        if number is None:
            self.reader.wrong("T401", node.mark, f"the {what} of '{name}' is a plain value")
        elif not declared.low <= number <= declared.high:
            message = f"'{name}' lies between {declared.low} and {declared.high}, not at {number}"
            self.reader.wrong("T402", node.mark, message)
            return None
        return number

    def bounds(self, key: Scalar, node: Mapping, declared: Declared) -> None:
        """Only numbers have bounds, and no number passes 10^12."""
        for name in ("min", "max"):
            bound = node.get(name)
            number = whole_number(bound) if isinstance(bound, Scalar) else None
            if bound is None:
                continue
            if declared.kind != "number":
                self.reader.wrong(
                    "L502", bound.mark, f"'{key.text}' is a {declared.kind}: it has no '{name}'"
                )
            elif number is None:
                self.reader.wrong("T401", bound.mark, f"'{name}' is a whole number")
            elif abs(number) > LARGEST:
                self.reader.wrong("T402", bound.mark, f"'{name}': numbers go up to 1000000000000 (10^12)")
        if declared.kind == "number" and declared.low > declared.high:
            self.reader.wrong("T402", key.mark, f"'{key.text}': min is above max")

    def words(self, key: Scalar, node: Mapping) -> bool:
        """Whether the words of a variable are a list: of names, each once, at most 32."""
        listed = node.get("words")
        if listed is None:
            return True
        if not isinstance(listed, Sequence) or not listed.items:
            self.reader.wrong("T401", listed.mark, "'words' is a list of words, the lowest first")
            return False
        if len(listed.items) > MOST["words"]:
            message = f"'{key.text}' may have {MOST['words']} words, not {len(listed.items)}"
            self.reader.wrong("S104", listed.mark, message)
        seen: dict[str, Mark] = {}
        for word in listed.items:
            if not isinstance(word, Scalar):
                self.reader.wrong("T401", word.mark, "a word is expected")
            elif not NAME.fullmatch(word.text):
                rule = "small letters a-z, digits and _, beginning with a letter"
                self.resolver.problems.append(odd_name(word, "a word", rule))
            elif word.text in seen:
                message = f"the word '{word.text}' stands here twice"
                self.reader.wrong("N304", word.mark, message, other=seen[word.text], length=len(word.text))
            else:
                seen[word.text] = word.mark
        return True

    def labels(self, node: Mapping, words: tuple[str, ...], scope: Scope) -> tuple[Any, ...]:
        found = []
        labels = node.get("labels")
        if isinstance(labels, Mapping):
            for key, value in labels.entries:
                if key.text not in words:
                    near = Near(key.text, words)
                    self.reader.wrong("N301", key.mark, f"there is no word '{key.text}' to label", near=near)
                elif (text := read_text(value, self.resolver, Scope())) is not None:
                    found.append((key.text, text))
        elif labels is not None:
            self.reader.wrong("T401", labels.mark, "labels are written as {word: its label}")
        return tuple(found)

    def history(self, name: str, node: Node | None, country: bool) -> tuple[tuple[int, int], ...]:
        """The real path: values of the variable's own type, by step."""
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            self.reader.wrong("T401", node.mark, "'history' is written as {1924-Q4: 33, 1927-Q4: 60}")
            return ()
        found = []
        for key, value in node.entries:
            try:
                if not key.text.isascii():
                    raise ValueError(key.text)
                step = parse_step(key.text, self.names.length)
            except ValueError:
                self.reader.wrong("L504", key.mark, f"{quoted(key.text)} is no step of this calendar")
                continue
            if (number := self.start(name, value, country, "history")) is not None:
                found.append((step, number))
        return tuple(sorted(found))

    def countries(self) -> tuple[Country, ...]:
        """Countries with start values and own pulls."""
        node = self.section("countries")
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
                for _, form in value.entries:
                    if not isinstance(form, Scalar):
                        self.reader.wrong("T401", form.mark, "a form of the name is a plain text")
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
                code, more, other = self.names.gone(key.text)
                near, message = (
                    Near(key.text, self.names.country),
                    f"countries have no {quoted(key.text)}{more}",
                )
                self.reader.wrong(code, key.mark, message, near=near, other=other, length=len(key.text))
            elif declared.derived is not None:
                self.reader.wrong("L501", key.mark, f"'{key.text}' is derived: it has no '{what}'")
            elif what != "start" and (declared.constant or key.text == "exists"):
                self.reader.wrong("L501", key.mark, f"'{key.text}' is not pulled: it has no '{what}'")
            else:
                found.append((key, value))
        return found
