"""How does the merged tree become a Scenario?  By the dataclasses' own fields, every problem gathered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, Final

from game.compiler.blocks import (
    MOST_RESULTS,
    ids,
    read_amount,
    read_condition,
    read_costs,
    read_effects,
    read_value,
)
from game.compiler.names import ID, Names, odd_name
from game.compiler.problems import error, nearest
from game.compiler.resolve import Resolver, Scope
from game.compiler.source import Mapping, Node, Scalar, Sequence, is_nothing, whole_number, yes_or_no
from game.compiler.texts import read_text
from game.rules import block as blocks
from game.rules import scenario as items
from game.rules.block import Block, FollowUp, Result
from game.rules.calendar import parse_date, parse_step, parse_window
from game.rules.form import Form
from game.rules.ledger import Mark
from game.rules.scenario import Attachments

MOST: Final = {"choices": 4, "events": 10_000, "countries": 64, "words": 32, "results": MOST_RESULTS}
CLASSES: Final[dict[str, type]] = {
    **{name: getattr(items, name) for name in dir(items) if isinstance(getattr(items, name), type)},
    **{name: getattr(blocks, name) for name in ("Block", "FollowUp", "Result")},
}
PURSE_CLASSES: Final = (
    "Rule",
    "Action",
    "Modifier",
    "Directive",
    "Milestone",
    "Ending",
    "Verdict",
    "Variable",
)
GROUP_OF: Final = {
    "country": "countries", "track": "tracks", "claim": "claims", "event": "events", "order": "orders",
}  # fmt: skip


def written(cls: type) -> dict[str, Field[Any]]:
    """The fields of a class that an author may write, by the key in the file; mixed-in groups included."""
    found: dict[str, Field[Any]] = {}
    for each in fields(cls):
        if each.name == "block":
            found |= written(Block)
        elif each.name == "attachments":
            found |= {key: value for key, value in written(Attachments).items() if key not in found}
        elif "form" in each.metadata:
            found[each.metadata.get("key", each.name)] = each
    return found


class Reader:
    """Reads one merged tree; `resolver.problems` gathers all that is wrong with it."""

    def __init__(self, names: Names, resolver: Resolver) -> None:
        self.names = names
        self.resolver = resolver

    def wrong(self, code: str, mark: Mark, message: str, **more: Any) -> None:
        """Note a problem."""
        self.resolver.problems.append(error(code, mark, message, **more))

    def unknown_keys(self, node: Mapping, known: tuple[str, ...], what: str) -> None:
        """Every key that nobody reads is a problem."""
        for key, _ in node.entries:
            if key.text not in known:
                hint = nearest(key.text, known)
                self.wrong("N302", key.mark, f"{what} has no '{key.text}'", hint=hint, length=len(key.text))

    def item(self, cls: type, node: Node, scope: Scope, id_: Scalar | None = None, **given: Any) -> Any:
        """An object of the class from a mapping; None if what it cannot do without is missing or wrong."""
        what = f"'{id_.text}'" if id_ is not None else cls.__name__.lower()
        if not isinstance(node, Mapping):
            self.wrong("T401", node.mark, f"{what} must be a mapping of keys and values")
            return None
        known = written(cls)
        extra = ("id", "remove") if any(each.name == "id" for each in fields(cls)) else ()
        self.unknown_keys(node, (*known, *extra), what)
        values: dict[str, Any] = dict(given)
        own = {each.name for each in fields(cls)}
        sound = True
        for each in fields(cls):
            if each.name == "block":
                values["block"] = self.mixed(Block, node, scope)
            elif each.name == "attachments":
                values["attachments"] = self.mixed(Attachments, node, scope, but=own)
            elif "form" in each.metadata and each.name not in values:
                value = self.field(each, node, scope, what)
                if value is MISSING:
                    if each.default is MISSING and each.default_factory is MISSING:
                        sound = False
                else:
                    values[each.name] = value
        if "id" in own and id_ is not None:
            values["id"] = id_.text
        if "mark" in own:
            values["mark"] = id_.mark if id_ is not None and id_.mark.file == node.mark.file else node.mark
        return cls(**values) if sound else None

    def mixed(
        self, cls: type, node: Mapping, scope: Scope, but: set[str] | frozenset[str] = frozenset()
    ) -> Any:
        """A group of fields that stand among the item's own."""
        values = {}
        for each in fields(cls):
            if each.name in but:
                continue
            value = self.field(each, node, scope, cls.__name__)
            if value is not MISSING:
                values[each.name] = value
        return cls(**values)

    def field(self, field: Field[Any], node: Mapping, scope: Scope, what: str) -> Any:
        """The value of one field, or MISSING when it is not written or wrong."""
        key = field.metadata.get("key", field.name)
        value = node.get(key)
        if value is None or (is_nothing(value) and field.metadata["form"] != Form.BLOCK):
            if value is None and field.default is MISSING and field.default_factory is MISSING:
                self.wrong("N305", node.mark, f"{what} needs '{key}': {field.metadata['says']}")
            return MISSING
        return self.form(field, key, value, scope)

    def form(self, field: Field[Any], key: str, node: Node, scope: Scope) -> Any:
        """What stands in a field, read by its form."""
        form: Form = field.metadata["form"]
        meta = field.metadata
        if form == Form.TEXT:
            if meta.get("many"):
                nodes = node.items if isinstance(node, Sequence) else (node,)
                texts = [read_text(each, self.resolver, scope) for each in nodes]
                return tuple(each for each in texts if each is not None)
            text = read_text(node, self.resolver, scope)
            return MISSING if text is None else text
        if form == Form.VALUE and field.name == "effects":
            return read_effects(node, self.resolver, scope)
        if form == Form.FLAG:
            return _or_missing(read_condition(node, self.resolver, scope))
        if form == Form.AMOUNT:
            return _or_missing(read_amount(node, self.resolver, scope))
        if form == Form.AMOUNTS:
            return read_costs(node, self.resolver, scope)
        if form in (Form.IDS, Form.LINES):
            return self.list_of(node, key, form, meta.get("to", ""))
        if form in (Form.ITEM, Form.ITEMS, Form.ITEMS_BY_ID):
            return self.nested(form, meta, key, node, scope)
        if form == Form.TARGETS:
            return self.targets(node)
        if form == Form.PROMISES:
            return self.promises(node)
        if not isinstance(node, Scalar):
            kinds = "a plain value is expected, not a list or mapping"
            self.wrong("T401", node.mark, f"'{key}': {kinds}")
            return MISSING
        plain: dict[Form, Callable[[], Any]] = {
            Form.NUMBER: lambda: self.number(key, node, meta.get("low"), meta.get("high")),
            Form.YES: lambda: self.yes(key, node),
            Form.WORD: lambda: self.word(key, node, meta["choices"]),
            Form.LINE: lambda: self.line(key, node),
            Form.NAME: lambda: self.name(key, node, meta.get("to", "")),
            Form.ID: lambda: self.name(key, node, meta.get("to", "")),
            Form.STEP: lambda: self.time(key, node, parse_step, "a step of the calendar such as 1924-Q3"),
            Form.DATE: lambda: self.time(key, node, parse_date, "a date such as 1922-04-16"),
            Form.WINDOW: lambda: self.time(key, node, parse_window, "a window such as 1923-Q1..1924-Q2"),
        }
        return plain[form]()

    def number(self, key: str, node: Scalar, low: int | None, high: int | None) -> Any:
        """A whole number within bounds."""
        value = whole_number(node)
        if value is None:
            self.wrong("T401", node.mark, f"'{key}': a whole number is expected, not {_found(node)}")
            return MISSING
        if (low is not None and value < low) or (high is not None and value > high) or abs(value) > 10**12:
            self.wrong("T402", node.mark, f"'{key}' must lie between {low} and {high}, not {value}")
            return MISSING
        return value

    def yes(self, key: str, node: Scalar) -> Any:
        """True or false."""
        value = yes_or_no(node)
        if value is None:
            self.wrong("T401", node.mark, f"'{key}': write true or false, not {_found(node)}")
            return MISSING
        return value

    def word(self, key: str, node: Scalar, choices: tuple[str, ...]) -> Any:
        """One of a few words."""
        if node.text not in choices or not node.text:
            listed = ", ".join(each for each in choices if each)
            self.wrong(
                "N301",
                node.mark,
                f"'{key}' is one of {listed}, not '{node.text}'",
                hint=nearest(node.text, choices),
            )
            return MISSING
        return node.text

    def line(self, key: str, node: Scalar) -> Any:
        """A short text."""
        if "\n" in node.text.strip() or len(node.text) > 400:
            self.wrong("T402", node.mark, f"'{key}' is a single line of at most 400 characters")
            return MISSING
        return node.text.strip()

    def name(self, key: str, node: Scalar, to: str) -> Any:
        """A reference to something that must exist."""
        known = self.known(to)
        if known is not None and node.text not in known:
            self.dangling(node, f"there is no {to} '{node.text}'", known)
            return MISSING
        return node.text

    def known(self, to: str) -> tuple[str, ...] | None:
        """All ids that a reference may name; None where anything may stand."""
        if to in ("", "choice"):
            return None
        if to == "item":
            return tuple(self.names.items)
        if to == "country":
            return (*self.names.countries,)
        if to == "track":
            return self.names.tracks
        if to == "claim":
            return self.names.claims
        return tuple(id_ for group in to.split() for id_ in self.names.of(GROUP_OF[group]))

    def dangling(self, node: Scalar, message: str, known: tuple[str, ...]) -> None:
        """A reference that leads nowhere."""
        other = self.names.removed.get(node.text)
        code, more = ("N306", "; it was removed") if other else ("N301", "")
        hint = nearest(node.text, known)
        self.wrong(code, node.mark, message + more, hint=hint, other=other, length=len(node.text))

    def time(self, key: str, node: Scalar, parse: Callable[[str, str], Any], what: str) -> Any:
        """A step, date or window, kept as it is written once it is known to be one."""
        try:
            parse(node.text, self.names.length)
        except ValueError:
            self.wrong("L504", node.mark, f"'{key}': {what} is expected, not {_found(node)}")
            return MISSING
        return node.text

    def list_of(self, node: Node, key: str, form: Form, to: str) -> Any:
        """One text or several; references are followed."""
        found = ids(node, self.resolver)
        if form == Form.IDS:
            known = self.known(to)
            for each in found:
                if known is not None and each.text not in known:
                    self.dangling(
                        each, f"'{key}': there is no {' or '.join(to.split())} '{each.text}'", known
                    )
            return tuple(each.text for each in found if known is None or each.text in known)
        return tuple(each.text for each in found)

    def targets(self, node: Node) -> Any:
        """`country` for all countries, or some of them."""
        found = ids(node, self.resolver)
        if [each.text for each in found] == ["country"]:
            return self.names.countries
        for each in found:
            if each.text not in self.names.countries:
                self.dangling(each, f"there is no country '{each.text}'", self.names.countries)
        return tuple(sorted(each.text for each in found if each.text in self.names.countries))

    def promises(self, node: Node) -> Any:
        """Variable to `up`, `down` or `same`."""
        if not isinstance(node, Mapping):
            self.wrong("T401", node.mark, "promises are written as {trade: up}")
            return MISSING
        found = []
        for key, value in node.entries:
            name = key.text.rpartition(".")[2]
            if key.text not in self.names.national and name not in self.names.country:
                known = (*self.names.national, *self.names.country)
                self.dangling(key, f"there is no variable '{key.text}'", known)
            elif not isinstance(value, Scalar) or value.text not in ("up", "down", "same"):
                self.wrong("N301", value.mark, "a promise is up, down or same")
            else:
                found.append((key.text, value.text))
        return tuple(sorted(found))

    def nested(self, form: Form, meta: Any, key: str, node: Node, scope: Scope) -> Any:
        """Items within an item."""
        cls = CLASSES[meta["of"]]
        if form == Form.ITEM:
            found = self.item(cls, node, scope)
            return MISSING if found is None else found
        rows: list[tuple[Scalar | None, Node]] = []
        if form == Form.ITEMS_BY_ID:
            if not isinstance(node, Mapping):
                self.wrong("T401", node.mark, f"'{key}' is a mapping of ids to entries")
                return ()
            rows = list(node.entries)
        elif isinstance(node, Sequence):
            rows = [(self.id_of(each) if cls is not FollowUp else None, each) for each in node.items]
        elif meta.get("single") and isinstance(node, Mapping):
            rows = [(None, node)]
        else:
            self.wrong("T401", node.mark, f"'{key}' is a list")
            return ()
        if len(rows) > MOST.get(key, 10_000):
            self.wrong("S104", node.mark, f"'{key}' may have {MOST[key]} entries, not {len(rows)}")
            rows = rows[: MOST[key]]
        found_ = []
        for id_, each in rows:
            if cls is FollowUp or (id_ is not None and self.proper(id_, cls)):
                made = self.item(cls, each, scope, id_)
                if made is not None:
                    found_.append(made)
        return tuple(found_)

    def id_of(self, node: Node) -> Scalar | None:
        """The id of an item in a list."""
        if isinstance(node, Mapping) and isinstance(id_ := node.get("id"), Scalar) and id_.text:
            return id_
        message = (
            "every entry needs an 'id'" if isinstance(node, Mapping) else "an entry is a mapping with an 'id'"
        )
        self.wrong("N305", node.mark, message)
        return None

    def proper(self, id_: Scalar, cls: type) -> bool:
        """Whether an id looks like one."""
        if ID.fullmatch(id_.text):
            return True
        if cls in (items.Choice, Result, items.Verdict):
            self.resolver.problems.append(odd_name(id_, "an id", "small letters a-z, digits and -"))
        return cls not in (items.Choice, Result, items.Verdict)


def _or_missing(value: Any) -> Any:
    return MISSING if value is None else value


def _found(node: Scalar) -> str:
    shown = node.text if len(node.text) <= 40 else node.text[:40] + "…"
    return f"the text '{shown}'" if node.text else "nothing"


__all__ = ["CLASSES", "PURSE_CLASSES", "Reader", "read_value", "written"]
