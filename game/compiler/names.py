"""What does a scenario declare?  The first pass: names and ids, before any expression is read."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from game.compiler.expression import KEYWORDS
from game.compiler.folders import ID
from game.compiler.problems import Problem, error, lookalike, quoted
from game.compiler.source import Mapping, Node, Scalar, Sequence, plain, whole_number
from game.rules.calendar import PER_YEAR, parse_step
from game.rules.classes import dataclass, field
from game.rules.ledger import Mark
from game.rules.logic import CLOCK

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
FUNCTIONS: Final = frozenset(
    "min max abs clamp percent pull along total average count any all before happened turns_since times due "  # noqa: SIM905
    "running chose lead on means unspent".split()
)
RESERVED: Final = frozenset({*KEYWORDS, *FUNCTIONS, *CLOCK, "country", "target", "each", "means"})
GROUPS: Final = ("events", "orders", "rules", "modifiers", "directives", "milestones", "endings")
DEFAULT_HIGH: Final = 1_000_000
HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Declared:
    """A variable as far as the first pass sees it."""

    kind: str  # number | flag | word
    low: int
    high: int
    words: tuple[str, ...]
    derived: Scalar | None
    constant: bool
    set_by: str
    mark: Mark


@dataclass(slots=True)
class Names:
    """Everything that can be referred to."""

    national: dict[str, Declared] = field(default_factory=dict)
    country: dict[str, Declared] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    items: dict[str, tuple[str, Mark]] = field(default_factory=dict)
    """Id to group and place, over the groups that share one set of ids."""
    bound: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The countries that an event, rule or order has instances for; empty for none."""
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    results: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dated: frozenset[str] = frozenset()
    """Milestones with a historical date."""
    people: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    removed: dict[str, Mark] = field(default_factory=dict)
    cases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Language to the grammatical cases that names of countries have in it."""
    length: str = "quarter"
    first_step: int = 0
    language: str = "en"

    _groups: dict[tuple[str, ...], dict[str, None]] = field(default_factory=dict)

    def of(self, *groups: str) -> Collection[str]:
        """The ids of some groups, in order; looked up as fast as in a set."""
        if groups not in self._groups:
            found = sorted(id_ for id_, (its, _) in self.items.items() if its in groups)
            self._groups[groups] = dict.fromkeys(found)
        return self._groups[groups]

    def gone(self, word: str) -> tuple[str, str, Mark | None]:
        """Why a name is not there: code, the end of the sentence, and where it was removed if it was."""
        if (removed := self.removed.get(word)) is not None:
            return "N306", "; it was removed", removed
        return "N301", lookalike(word), None


def collect(tree: Mapping, removed: dict[str, Mark]) -> tuple[Names, list[Problem]]:
    """All names of a merged tree, and the problems with the names themselves."""
    names, problems = Names(removed=removed), list[Problem]()
    if isinstance(language := tree.get("language"), Scalar):
        names.language = language.text
    _calendar(tree, names)
    names.countries = tuple(sorted(_keys(tree, "countries")))
    names.tracks = tuple(sorted(_keys(tree, "tracks")))
    names.people, names.claims, names.terms = (
        tuple(sorted(_keys(tree, section))) for section in ("people", "claims", "glossary")
    )
    for section, target, high in (
        ("variables", names.national, DEFAULT_HIGH),
        ("scores", names.national, HUNDRED),
        ("country_variables", names.country, HUNDRED),
    ):
        for key, value in _pairs(tree, section):
            if key.text in target:
                message = f"'{key.text}' is declared twice"
                problems.append(error("N304", key.mark, message, other=target[key.text].mark))
            target[key.text] = _declared(key, value, high)
    if "exists" in names.country:
        message = "'exists' is every country's own flag: give its start in 'countries'"
        problems.append(error("N303", names.country["exists"].mark, message))
    names.country["exists"] = Declared("flag", 0, 1, (), None, False, "", tree.mark)
    names.cases = _cases(tree)
    for section in ("variables", "scores", "country_variables", "countries", "tracks"):
        for key, _ in _pairs(tree, section):
            problems += _name(key, section, names)
    for section in ("people", "claims", "glossary", "sources"):
        for key, _ in _pairs(tree, section):
            if not (ID.fullmatch(key.text) or (section == "people" and NAME.fullmatch(key.text))):
                problems.append(odd_name(key, "an id", "small letters a-z, digits and -"))
    problems += _twice(tree)
    dated = set()
    for group in GROUPS:
        for item in _items(tree, group):
            id_ = item.get("id")
            if isinstance(id_, Scalar):
                problems += _item(names, group, id_, item)
                if group == "milestones" and item.get("historically") is not None:
                    dated.add(id_.text)
    names.dated = frozenset(dated)
    return names, problems


def _calendar(tree: Mapping, names: Names) -> None:
    calendar = tree.get("calendar")
    if not isinstance(calendar, Mapping):
        return
    if isinstance(length := calendar.get("step"), Scalar) and length.text in PER_YEAR:
        names.length = length.text
    if isinstance(start := calendar.get("from"), Scalar):
        try:
            names.first_step = parse_step(start.text, names.length)
        except ValueError:
            names.first_step = 0


def _cases(tree: Mapping) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for _, country in _pairs(tree, "countries"):
        name = country.get("name") if isinstance(country, Mapping) else None
        for language, forms in name.entries if isinstance(name, Mapping) else ():
            if isinstance(forms, Mapping):
                found.setdefault(language.text, set()).update(forms.keys())
    return {language: tuple(sorted(forms)) for language, forms in found.items()}


def _twice(tree: Mapping) -> list[Problem]:
    """Verdicts have ids of their own; each stands once."""
    problems, seen = [], dict[str, Mark]()
    for verdict in _items(tree, "verdicts"):
        if isinstance(id_ := verdict.get("id"), Scalar):
            if id_.text in seen:
                message = f"the id '{id_.text}' is taken"
                problems.append(error("N304", id_.mark, message, other=seen[id_.text], length=len(id_.text)))
            seen.setdefault(id_.text, id_.mark)
    return problems


def _declared(key: Scalar, value: Node, high: int) -> Declared:
    fields = value if isinstance(value, Mapping) else Mapping((), key.mark)

    def scalar(name: str) -> Scalar | None:
        found = fields.get(name)
        return found if isinstance(found, Scalar) else None

    words: tuple[str, ...] = ()
    if isinstance(listed := fields.get("words"), Sequence):
        words = tuple(each.text for each in listed.items if isinstance(each, Scalar))
    start, derived = scalar("start"), scalar("is")
    constant = (scalar("constant") or Scalar("", False, key.mark, False)).text == "true"
    set_by = (scalar("set_by") or Scalar("", False, key.mark, False)).text
    if words:
        return Declared("word", 0, len(words) - 1, words, derived, constant, set_by, key.mark)
    if start is not None and start.text in ("true", "false") and not start.quoted:
        return Declared("flag", 0, 1, (), derived, constant, set_by, key.mark)
    low_, high_ = scalar("min"), scalar("max")
    low = whole_number(low_) if low_ else None
    top = whole_number(high_) if high_ else None
    return Declared("number", low or 0, high if top is None else top, (), derived, constant, set_by, key.mark)


def _name(key: Scalar, section: str, names: Names) -> list[Problem]:
    problems = []
    if not NAME.fullmatch(key.text):
        problems.append(odd_name(key, "a name", "small letters a-z, digits and _, beginning with a letter"))
    elif key.text in RESERVED:
        problems.append(error("N303", key.mark, f"'{key.text}' is a word of the language of expressions"))
    elif section in ("variables", "scores", "tracks") and key.text in names.countries:
        problems.append(error("N304", key.mark, f"'{key.text}' is also the name of a country"))
    return problems


def odd_name(key: Scalar, what: str, rule: str) -> Problem:
    """The problem of a name that is not allowed, with the code points of letters that only look right."""
    message = f"{quoted(key.text)} is not {what}: {rule}{lookalike(key.text)}"
    return error("N303", key.mark, message, length=len(key.text))


def _item(names: Names, group: str, id_: Scalar, item: Mapping) -> list[Problem]:
    if not ID.fullmatch(id_.text):
        return [odd_name(id_, "an id", "small letters a-z, digits and -")]
    if id_.text in names.items:
        first, second = sorted((id_.mark, names.items[id_.text][1]))
        message = f"the id '{id_.text}' is taken"
        return [error("N304", second, message, other=first, length=len(id_.text))]
    names.items[id_.text] = (group, id_.mark)
    aim = item.get("target" if group == "orders" else "each")
    if isinstance(aim, Scalar) and aim.text == "country":
        names.bound[id_.text] = names.countries
    elif isinstance(aim, Scalar):
        names.bound[id_.text] = (aim.text,)
    elif isinstance(aim, Sequence):
        names.bound[id_.text] = tuple(sorted({each.text for each in aim.items if isinstance(each, Scalar)}))
    else:
        names.bound[id_.text] = ()
    found = []
    for choice in _listed(item, "choices"):
        if isinstance(inner := choice.get("id"), Scalar):
            found.append(inner.text)
    names.choices[id_.text] = tuple(found)
    results = item.get("results")
    names.results[id_.text] = tuple(results.keys()) if isinstance(results, Mapping) else ()
    return []


def _pairs(tree: Mapping, section: str) -> tuple[tuple[Scalar, Node], ...]:
    found = tree.get(section)
    return found.entries if isinstance(found, Mapping) else ()


def _keys(tree: Mapping, section: str) -> tuple[str, ...]:
    return tuple(key.text for key, _ in _pairs(tree, section))


def _items(tree: Mapping, section: str) -> list[Mapping]:
    return _listed(tree, section)


def _listed(tree: Mapping, section: str) -> list[Mapping]:
    found = tree.get(section)
    return [each for each in found.items if isinstance(each, Mapping)] if isinstance(found, Sequence) else []


__all__ = ["ID", "NAME", "Declared", "Names", "collect", "odd_name", "plain"]
