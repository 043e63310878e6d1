"""What may an author's editor offer, explain and underline?  The JSON Schema of scenario files.

Made from the fields that the reader reads, as the page docs/fields.md is. It refuses nothing that the reader takes, and
leaves to `check` what a schema cannot say: whether items fit together, what an expression means, what a file that only
changes another scenario may leave out. With a scenario it knows that scenario's own names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from game.compiler.assembly import SECTIONS
from game.compiler.folders import ID
from game.compiler.names import NAME
from game.compiler.reader import CLASSES, MOST, MOST_ENTRIES, written
from game.compiler.reference import BESIDE, ORDER
from game.compiler.translation import LANGUAGE
from game.compiler.vocabulary import Vocabulary
from game.rules.classes import Field, fields
from game.rules.form import Form
from game.rules.scenario import Scenario

Schema = dict[str, Any]
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
PLAIN: Final = ["string", "number", "boolean", "null"]
"""What a scalar may look like to an editor that reads it as YAML does: `1922` is a number to it, and `~` nothing."""
AIMED: Final = r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*$"
STEP: Final = r"^[0-9]{4}(-(Q[1-4]|H[12]|[0-9]{2}(-[0-9]{2}\??)?))?$"
DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\??$"
REFERRED: Final = ("event", "event order", "order", "item", "claim")
"""What an id in a field may refer to, new ones included."""
WINDOW: Final = rf"{STEP[:-1]}(\.\.{STEP[1:-1]})?$"


def schema(scenario: Scenario | None = None) -> Schema:
    """The schema of any scenario's files, or of one that uses the names of this scenario."""
    return _Writer(None if scenario is None else Vocabulary.of(scenario)).whole()


class _Writer:
    def __init__(self, known: Vocabulary | None) -> None:
        self.known = known

    def whole(self) -> Schema:
        sections = {each.name: each for each in fields(Scenario) if "form" in each.metadata}
        properties: Schema = {}
        for name in SECTIONS:
            if name in BESIDE:
                properties[name] = self.beside(name)
            else:
                properties[name] = self.said(sections[name])
        title = f"The scenario {self.known.id} of Peredyshka" if self.known else "A scenario of Peredyshka"
        return {
            "$schema": DRAFT,
            "title": title,
            "description": "One file of a scenario; all files of its folder are read as one.",
            "type": ["object", "null"],
            "properties": properties,
            "additionalProperties": False,
            "$defs": self.shared() | {name: self.part(name) for name in ORDER},
        }

    def beside(self, name: str) -> Schema:
        """The sections that are no field of their own."""
        says = {"description": BESIDE[name][1]}
        match name:
            case "format":
                return says | {"const": 1}
            case "scores":
                return says | self.by_id("Variable", "scores")
            case _:
                return says | _ref("id")

    def shared(self) -> Schema:
        """What many fields are made of."""
        text = {"type": PLAIN}
        by_language = {"type": "object", "propertyNames": {"pattern": f"^{LANGUAGE.pattern}$"}}
        variant = {
            "type": "object",
            "description": "One wording; the first whose condition holds is told, the last has none.",
            "properties": {"text": _ref("text"), "when": _ref("condition")},
            "required": ["text"],
            "additionalProperties": False,
        }
        return {
            "id": _formed(PLAIN, f"^{ID.pattern}$", "an id: small letters a-z, digits and -"),
            "name": _formed(PLAIN, f"^{NAME.pattern}$", "a name: small letters a-z, digits and _"),
            "line": {"type": PLAIN, "maxLength": 400},
            "lines": {"anyOf": [_ref("line"), {"type": "array", "items": _ref("line")}]},
            "text": {
                "anyOf": [
                    text,
                    by_language | {"additionalProperties": text},
                    {"type": "array", "items": variant},
                ]
            },
            "called": {
                "anyOf": [
                    text,
                    {"type": "object", "additionalProperties": {"anyOf": [text, {"type": "object"}]}},
                    {"type": "array", "items": variant},
                ]
            },
            "condition": {"type": ["string", "boolean", "null"]},
            "amount": {"type": ["integer", "string", "null"]},
            "value": {"type": ["integer", "string", "boolean", "null"]},
            "source-key": self.offered(self.known.items("source") if self.known else (), "line"),
            "step": _formed(["string", "integer", "null"], STEP, "a step of the calendar such as 1924-Q3"),
            "date": _formed(["string", "null"], DATE, "a date such as 1922-04-16"),
            "window": _formed(["string", "integer", "null"], WINDOW, "turns such as 1923-Q1..1924-Q2"),
            "effect": _effect(_ref("value")),
            "effects": self.effects(),
            "costs": self.named("payable", "amount", more=("means",)),
            "starts": self.named("shared", "value"),
            "pulls": self.named("shared", "amount"),
            "promises": self.promises(),
            "targets": self.targets(),
            **{_id_of(to): self.offered(self.known.items(to) if self.known else (), "id") for to in REFERRED},
            **self.variables(),
        }

    def part(self, name: str) -> Schema:
        """A part of a scenario: its own fields, those of the groups mixed in, and what every entry may have."""
        cls = CLASSES[name]
        properties: Schema = {key: self.said(each, name) for key, each in written(cls).items()}
        listed = any(each.metadata.get("of") == name and _is_list(each) for each in self.owners(name))
        found: Schema = {"description": _sentence(cls), "type": ["object", "null"]}
        if "id" in {each.name for each in fields(cls)}:
            id_: Schema = {"description": "Its id."} | self.offered(self.ids(name), "id")
            properties = {"id": id_} | properties if listed else properties
            remove: Schema = {"description": "Takes away what the base scenario has.", "type": "boolean"}
            properties["remove"] = remove
            if listed:
                all_: Schema = {"const": "all", "description": "Takes away all that the base's list has."}
                properties["remove"] = {"anyOf": [remove, all_]}
                alone: Schema = {"required": ["remove"], "properties": {"remove": all_}, "maxProperties": 1}
                found["anyOf"] = [{"required": ["id"]}, alone]
        return found | {"properties": properties, "additionalProperties": False}

    def owners(self, name: str) -> list[Field[Any]]:
        """The fields in which a part stands."""
        classes = (Scenario, *(CLASSES[each] for each in ORDER))
        return [each for cls in classes for each in fields(cls) if each.metadata.get("of") == name]

    def said(self, field: Field[Any], owner: str = "") -> Schema:
        """What may stand in a field, with its sentence and what holds where it is left out."""
        found = {"description": field.metadata["says"]} | self.form(field, owner)
        default = field.default
        if field.metadata["form"] != Form.VALUE and isinstance(default, bool | int | str) and default != "":
            found["default"] = default
        return found

    def form(self, field: Field[Any], owner: str) -> Schema:
        """What may stand in a field, by its form."""
        meta = field.metadata
        form: Form = meta["form"]
        to = meta.get("to", "")
        match form:
            case Form.TEXT if meta.get("by_word"):
                return {"type": ["object", "null"], "additionalProperties": _ref("text")}
            case Form.TEXT if meta.get("many"):
                return {"anyOf": [_ref("text"), {"type": "array", "items": _ref("text")}]}
            case Form.TEXT:
                return _ref("called" if meta.get("cases") else "text")
            case Form.WORD:
                return _closed(each for each in meta["choices"] if each)
            case Form.NUMBER:
                bounds = {"minimum": meta.get("low"), "maximum": meta.get("high")}
                kept = {key: value for key, value in bounds.items() if value is not None}
                return {"type": ["integer", "null"]} | kept
            case Form.YES:
                return {"type": ["boolean", "null"]}
            case Form.VALUE if field.name == "effects":
                return _ref("effects")
            case Form.STARTS if field.name == "history":
                return self.keyed(_ref("value"), STEP)
            case Form.AMOUNTS if owner == "Country":
                return _ref("pulls")
            case Form.WORDS:
                return {"type": ["array", "null"], "items": _ref("name"), "maxItems": MOST["words"]}
            case Form.LINES if field.name == "sources":
                one = _ref("source-key")
                return {"anyOf": [one, {"type": "array", "items": one}]}
            case Form.ID | Form.NAME:
                return self.reference(to, field, owner)
            case Form.IDS:
                one = self.reference(to, field, owner)
                return {"anyOf": [one, {"type": "array", "items": one}]}
            case Form.ITEM:
                return _ref(meta["of"])
            case Form.ITEMS:
                return self.items(meta["of"], field, meta.get("single", False))
            case Form.ITEMS_BY_ID:
                return self.by_id(meta["of"], field.metadata.get("key", field.name))
            case _:
                return _ref(SIMPLE[form])

    def items(self, of: str, field: Field[Any], single: bool) -> Schema:
        """A list of entries; where one may stand alone, that too."""
        most = MOST.get(field.name, MOST_ENTRIES)
        listed: Schema = {"type": ["array", "null"], "items": _ref(of), "maxItems": most}
        return {"anyOf": [_ref(of), listed]} if single else listed

    def by_id(self, of: str, section: str) -> Schema:
        """Entries under their ids or names; those that are known are offered."""
        pattern = NAME if section in NAMED else ID
        if section == "people":
            return self.keyed(_ref(of), f"^({NAME.pattern}|{ID.pattern})$", section)
        return self.keyed(_ref(of), f"^{pattern.pattern}$", section)

    def keyed(self, value: Schema, pattern: str, section: str = "") -> Schema:
        """A mapping whose keys have a form."""
        found: Schema = {"type": ["object", "null"], "propertyNames": {"pattern": pattern}}
        if self.known and (own := self.known.sections.get(section)):
            found["properties"] = {key: value | _says(says) for key, says in own.items()}
        return found | {"additionalProperties": value}

    def reference(self, to: str, field: Field[Any], owner: str) -> Schema:
        """The id or name of something else."""
        if to in REFERRED:
            return _ref(_id_of(to))
        if self.known is None:
            return _ref("name" if field.metadata["form"] == Form.NAME else "id")
        match to:
            case "country":
                return _closed(self.known.sections["countries"])
            case "track":
                return _closed(self.known.sections["tracks"])
            case _:
                return _closed(self.known.national) if owner == "Verdict" else _ref("id")

    def ids(self, of: str) -> list[str]:
        """The ids that the entries of a list have, so that one of the base is found that is to be changed."""
        if self.known is None:
            return []
        names = [each.name for each in fields(Scenario) if each.metadata.get("of") == of]
        return sorted(id_ for name in names for id_ in self.known.sections.get(name, ()))

    def offered(self, names: Collection[str], other: str) -> Schema:
        """Names that are offered; another may stand, as it may be new."""
        return {"anyOf": [{"enum": list(names)}, _ref(other)]} if names else _ref(other)

    def effects(self) -> Schema:
        """A mapping of variables to what becomes of them."""
        found: Schema = {"type": ["object", "null"]}
        if self.known is None:
            return found | {"propertyNames": {"pattern": AIMED}, "additionalProperties": _ref("effect")}
        own = {name: _ref(f"effect-on-{key}") for name, key in self.known.aims()}
        return found | {"properties": own, "additionalProperties": False}

    def variables(self) -> Schema:
        """What an effect on each variable may say."""
        if self.known is None:
            return {}
        found = {}
        said = self.known.national | {f".{name}": says for name, says in self.known.shared.items()}
        for key, (kind, words) in self.known.kinds.items():
            match kind:
                case "number":
                    value = _ref("amount")
                case "flag":
                    value = _ref("condition")
                case _:
                    value = {"anyOf": [{"enum": list(words)}, {"type": "string", "pattern": "[' ]"}]}
            found[f"effect-on-{key}"] = _says(said[key]) | _effect(value, adds=kind == "number")
        return found

    def named(self, names: str, value: str, more: tuple[str, ...] = ()) -> Schema:
        """A mapping of variables to plain values or amounts."""
        found: Schema = {"type": ["object", "null"]}
        if self.known is None:
            return found | {
                "propertyNames": {"pattern": f"^{NAME.pattern}$"},
                "additionalProperties": _ref(value),
            }
        own: dict[str, str] = {**getattr(self.known, names), **dict.fromkeys(more, "")}
        properties = {name: _ref(value) | _says(says) for name, says in own.items()}
        return found | {"properties": properties, "additionalProperties": False}

    def promises(self) -> Schema:
        """A mapping of variables to the way they go."""
        way = {"enum": ["up", "down", "same"]}
        found: Schema = {"type": ["object", "null"], "propertyNames": {"pattern": AIMED}}
        if self.known is not None:
            found["properties"] = {name: way | _says(says) for name, says in self.known.national.items()}
        return found | {"additionalProperties": way}

    def targets(self) -> Schema:
        """`country`, or one or several of them."""
        one = _closed(["country", *self.known.sections["countries"]]) if self.known else _ref("name")
        return {"anyOf": [one, {"type": "array", "items": one}]}


SIMPLE: Final[dict[Form, str]] = {
    Form.LINE: "line",
    Form.LINES: "lines",
    Form.FLAG: "condition",
    Form.AMOUNT: "amount",
    Form.VALUE: "value",
    Form.STEP: "step",
    Form.DATE: "date",
    Form.WINDOW: "window",
    Form.TARGETS: "targets",
    Form.STARTS: "starts",
    Form.AMOUNTS: "costs",
    Form.PROMISES: "promises",
}
"""The shared definition of each form that has one."""
NAMED: Final = ("variables", "scores", "country_variables", "countries", "tracks")
"""The sections whose keys are names; those of the others are ids."""


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _id_of(to: str) -> str:
    """The shared definition of what refers to things of some kinds."""
    return f"{to.replace(' ', '-or-')}-id"


def _says(sentence: str) -> Schema:
    return {"description": sentence} if sentence else {}


def _formed(types: list[str], pattern: str, what: str) -> Schema:
    """A scalar of a form; `patternErrorMessage` is what editors say instead of the pattern."""
    return {"type": types, "pattern": pattern, "patternErrorMessage": f"This should be {what}."}


def _closed(names: Iterable[str]) -> Schema:
    return {"anyOf": [{"enum": list(names)}, {"type": "null"}]}


def _effect(value: Schema, adds: bool = True) -> Schema:
    """What becomes of a variable: its new value or what is added, or both with a condition."""
    long: Schema = {"set": value, "when": _ref("condition")}
    if adds:
        long["add"] = _ref("amount")
    return {
        "anyOf": [
            value,
            {"type": "object", "properties": long, "additionalProperties": False, "minProperties": 1},
        ]
    }


def _sentence(cls: type) -> str:
    return (cls.__doc__ or "").partition("\n")[0]


def _is_list(field: Field[Any]) -> bool:
    return bool(field.metadata["form"] == Form.ITEMS and field.metadata["of"] != "FollowUp")
