"""How does the merged tree become a Scenario?  By the dataclasses' own fields, every problem gathered."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from game.compiler.blocks import (
    MOST_RESULTS,
    facts,
    read_amount,
    read_condition,
    read_costs,
    read_effects,
    read_value,
)
from game.compiler.expression import LARGEST
from game.compiler.memory import NONE
from game.compiler.names import ID, odd_name
from game.compiler.problems import Near, lookalike, quoted
from game.compiler.references import References
from game.compiler.resolve import Scope
from game.compiler.source import Mapping, Node, Scalar, Sequence, is_nothing, whole_number, yes_or_no
from game.compiler.texts import read_text
from game.rules import block as blocks
from game.rules import scenario as items
from game.rules.block import Block, FollowUp, Result
from game.rules.calendar import parse_date, parse_step, parse_window
from game.rules.classes import MISSING, Field, fields, replace
from game.rules.form import Form
from game.rules.ledger import Mark
from game.rules.scenario import Attachments

MOST_ENTRIES: Final = 10_000
MOST: Final = {"choices": 4, "events": MOST_ENTRIES, "countries": 64, "words": 32, "results": MOST_RESULTS}
CLASSES: Final[dict[str, type]] = {
    **{name: getattr(items, name) for name in dir(items) if isinstance(getattr(items, name), type)},
    **{name: getattr(blocks, name) for name in ("Block", "FollowUp", "Result")},
}
EARLY: Final = {"Variable": ("when",), "Directive": ("when", "weight", "note")}
"""Fields that are read before phase 4 fills the purses, and before a directive's note is taken."""
EXAMPLES: Final = {"month": "1924-07", "quarter": "1924-Q3", "half": "1924-H2", "year": "1924"}


@cache
def parts_of(cls: type) -> tuple[Field[Any], ...]:
    """The fields of a class; asked for so often that they are kept."""
    return fields(cls)


@cache
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


class Reader(References):
    """Reads one merged tree; `resolver.problems` gathers all that is wrong with it."""

    def unknown_keys(self, node: Mapping, known: tuple[str, ...], what: str) -> None:
        """Every key that nobody reads is a problem."""
        for key, _ in node.entries:
            if key.text not in known:
                message = f"{what} has no {quoted(key.text)}{lookalike(key.text)}"
                self.wrong("N302", key.mark, message, near=Near(key.text, known), length=len(key.text))

    def item(self, cls: type, node: Node, scope: Scope, id_: Scalar | None = None, **given: Any) -> Any:
        """An object of the class from a mapping; None if what it cannot do without is missing or wrong."""
        what = f"'{id_.text}'" if id_ is not None else cls.__name__.lower()
        if not isinstance(node, Mapping):
            self.wrong("T401", node.mark, f"{what} must be a mapping of keys and values")
            return None
        known = written(cls)
        own = {each.name for each in parts_of(cls)}
        self.unknown_keys(node, (*known, *(("id", "remove") if "id" in own else ())), what)
        self.not_removed(node, what)
        values: dict[str, Any] = dict(given)
        scope = self.informed(node, scope)
        sound = True
        for each in parts_of(cls):
            if each.name == "block":
                values["block"] = self.mixed(Block, node, scope)
            elif each.name == "attachments":
                values["attachments"] = self.mixed(Attachments, node, scope, but=own)
            elif "form" in each.metadata and each.name not in values:
                if node.get(each.metadata.get("key", each.name)) is None and each.default is not MISSING:
                    continue
                early = each.name in EARLY.get(cls.__name__, ())
                inner = replace(scope, purses=False, noted=None) if early else scope
                value = self.field(each, node, inner, what)
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

    def not_removed(self, node: Mapping, what: str) -> None:
        """`remove` is for what a base scenario has; where it is still there, there was nothing to remove."""
        remove = node.get("remove")
        if remove is None:
            return
        answer = yes_or_no(remove) if isinstance(remove, Scalar) else None
        if answer is None:
            self.wrong("T401", remove.mark, "'remove': write true or false")
        elif answer:
            self.wrong("N301", remove.mark, f"{what} is removed here, but there is no such thing to remove")

    def informed(self, node: Mapping, scope: Scope) -> Scope:
        """The scope with what the item's own conditions make sure of."""
        known = NONE.union(*(facts(node.get(key)) for key in ("when", "premise")))
        return replace(scope, known=scope.known | known) if known else scope

    def mixed(
        self, cls: type, node: Mapping, scope: Scope, but: set[str] | frozenset[str] = frozenset()
    ) -> Any:
        """A group of fields that stand among the item's own."""
        values, known = {}, written(cls)
        for key, _ in node.entries:
            each = known.get(key.text)
            if each is not None and each.name not in but:
                value = self.field(each, node, scope, cls.__name__)
                if value is not MISSING:
                    values[each.name] = value
        return cls(**values)

    def field(self, field: Field[Any], node: Mapping, scope: Scope, what: str) -> Any:
        """The value of one field, or MISSING when it is not written or wrong."""
        key = field.metadata.get("key", field.name)
        value = node.get(key)
        if value is None or (is_nothing(value) and field.metadata["form"] != Form.BLOCK):
            if field.default is MISSING and field.default_factory is MISSING:
                place = node.mark if value is None else value.mark
                self.wrong("N305", place, f"{what} needs '{key}': {field.metadata['says']}")
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
        step = EXAMPLES[self.names.length]
        plain: dict[Form, Callable[[], Any]] = {
            Form.NUMBER: lambda: self.number(key, node, meta.get("low"), meta.get("high")),
            Form.YES: lambda: self.yes(key, node),
            Form.WORD: lambda: self.word(key, node, meta["choices"]),
            Form.LINE: lambda: self.line(key, node),
            Form.NAME: lambda: self.name(key, node, meta.get("to", "")),
            Form.ID: lambda: self.name(key, node, meta.get("to", "")),
            Form.STEP: lambda: self.time(key, node, parse_step, f"a step of the calendar such as {step}"),
            Form.DATE: lambda: self.time(key, node, parse_date, "a date such as 1922-04-16"),
            Form.WINDOW: lambda: self.time(key, node, parse_window, f"a window such as {step}..{step}"),
        }
        return plain[form]()

    def number(self, key: str, node: Scalar, low: int | None, high: int | None) -> Any:
        """A whole number within bounds."""
        value = whole_number(node)
        if value is None:
            self.wrong("T401", node.mark, f"'{key}': a whole number is expected, not {_found(node)}")
            return MISSING
        least, most = -LARGEST if low is None else low, LARGEST if high is None else high
        if not least <= value <= most:
            self.wrong("T402", node.mark, f"'{key}' must lie between {least} and {most}, not at {value}")
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
                near=Near(node.text, choices),
            )
            return MISSING
        return node.text

    def line(self, key: str, node: Scalar) -> Any:
        """A short text."""
        if "\n" in node.text.strip() or len(node.text) > 400:
            self.wrong("T402", node.mark, f"'{key}' is a single line of at most 400 characters")
            return MISSING
        return node.text.strip()

    def time(self, key: str, node: Scalar, parse: Callable[[str, str], Any], what: str) -> Any:
        """A step, date or window, kept as it is written once it is known to be one."""
        try:
            if not node.text.isascii():
                raise ValueError(node.text)
            parse(node.text, self.names.length)
        except ValueError:
            self.wrong("L504", node.mark, f"'{key}': {what} is expected, not {_found(node)}")
            return MISSING
        return node.text

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
        if len(rows) > (most := MOST.get(key, MOST_ENTRIES)):
            self.wrong("S104", node.mark, f"'{key}' may have {most} entries, not {len(rows)}")
            rows = rows[:most]
        found_, seen = [], dict[str, Mark]()
        for id_, each in rows:
            if id_ is not None and seen.setdefault(id_.text, id_.mark) != id_.mark:
                self.wrong("N304", id_.mark, f"the id '{id_.text}' is taken", other=seen[id_.text])
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
    return f"the text {quoted(node.text)}" if node.text else "nothing"


__all__ = ["CLASSES", "Reader", "read_value", "written"]
