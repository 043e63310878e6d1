"""Which fields has each part of a scenario?  The page docs/fields.md, made from the fields that the reader reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from game.compiler.assembly import SECTIONS
from game.compiler.reader import CLASSES
from game.rules.classes import MISSING, Field, fields
from game.rules.form import Form
from game.rules.scenario import Scenario

ORDER: Final = (
    "Calendar", "Track", "Variable", "Country", "Person", "Event", "Choice", "Rule", "Action", "Modifier",
    "Directive", "Milestone", "Ending", "Verdict", "Foregone", "Claim", "Term", "Citation", "Block", "FollowUp",
    "Result", "Attachments", "Teaching",
)  # fmt: skip
FORMS: Final[dict[Form, str]] = {
    Form.ID: "an id",
    Form.IDS: "one id or a list of ids",
    Form.NAME: "a name",
    Form.WORD: "one of a few words",
    Form.WORDS: "a list of names",
    Form.LINE: "a line of at most 400 characters",
    Form.LINES: "one line or a list of lines",
    Form.TEXT: "a [text](format.md#texts)",
    Form.NUMBER: "a whole number",
    Form.YES: "`true` or `false`",
    Form.FLAG: "a [condition](format.md#expressions)",
    Form.AMOUNT: "a whole number or an [expression](format.md#expressions)",
    Form.VALUE: "a value of the variable's type, or an [expression](format.md#expressions)",
    Form.STEP: "a step of the calendar (`1924-Q3`) or a date",
    Form.DATE: "a date (`1922-04-16`, with `?` behind it if doubtful)",
    Form.WINDOW: "a step, or two with `..` between (`1923-Q1..1924-Q2`)",
    Form.BLOCK: "the fields of a block among the item's own",
    Form.ITEM: "keys and values",
    Form.ITEMS: "a list of entries, each with its `id`",
    Form.ITEMS_BY_ID: "entries under their ids or names",
    Form.TARGETS: "`country` for every country, or one, or a list of them",
    Form.STARTS: "names with plain values",
    Form.AMOUNTS: "names with amounts",
    Form.PROMISES: "variables with `up`, `down` or `same`",
}
"""What an author writes in a field."""

BESIDE: Final = {
    "format": ("`1`", "The version of this format."),
    "id": ("an id", "The scenario's id; must be written."),
    "extends": ("an id", "The scenario that this one takes over and changes."),
    "scores": ("entries under their names, see [Variable](#variable)", "The headline scores, 0 to 100."),
}
"""Sections that are no field of their own."""

HEAD: Final = """\
# Fields of a scenario

Made by `python3 main.py docs --out docs/fields.md` from the code that reads scenarios; a test holds the two together,
so do not change this page by hand. How things work is told in [format.md](format.md). What this page tells people,
[scenario.schema.json](scenario.schema.json) tells editors, made by `python3 main.py schema`.

An entry of a list has an `id` as well. In a scenario that extends another it may be `remove: true`. What has no
value in the last column may be left out and then says nothing.
"""


def reference() -> str:
    """The whole page."""
    lines = [HEAD, *_table("Sections", "What a scenario file is made of.", _sections(), ())]
    for name in ORDER:
        cls = CLASSES[name]
        sentence = (cls.__doc__ or "").partition("\n")[0]
        mixed = [each.name for each in fields(cls) if each.name in ("block", "attachments")]
        lines += _table(_title(name), f"{sentence} {_place(name)}".strip(), _rows(cls), tuple(mixed))
    return "\n".join(lines).rstrip() + "\n"


def _table(title: str, sentence: str, rows: Iterator[str], mixed: tuple[str, ...]) -> list[str]:
    links = {"block": "a [block](#block)", "attachments": "[attachments](#attachments)"}
    more = [f"Also the fields of {' and of '.join(links[each] for each in mixed)}.", ""] if mixed else []
    table = [*rows]
    head = ["| key | what is written | meaning | if left out |", "|---|---|---|---|"] if table else []
    return [f"## {title}", "", sentence, "", *head, *table, *([""] if table else []), *more]


def _title(name: str) -> str:
    return {"FollowUp": "Follow-up"}.get(name, name)


def _link(name: str) -> str:
    return f"[{_title(name)}](#{_title(name).lower()})"


def _place(name: str) -> str:
    """Where a part stands in the file."""
    places = []
    for owner in (Scenario, *(CLASSES[each] for each in ORDER)):
        for each in fields(owner):
            if each.metadata.get("of") == name:
                key = each.metadata.get("key", each.name)
                where = f"`{key}`" if owner is Scenario else f"`{key}` of {_link(owner.__name__)}"
                places.append(where)
    if name == "Variable":
        places.append("`scores`")
    return f"Stands in {', '.join(places)}." if places else ""


def _sections() -> Iterator[str]:
    known = {each.name: each for each in fields(Scenario) if "form" in each.metadata}
    for section in SECTIONS:
        if section in BESIDE:
            written, says = BESIDE[section]
            yield f"| `{section}` | {written} | {says} |  |"
        else:
            yield _row(known[section])


def _rows(cls: type) -> Iterator[str]:
    for each in fields(cls):
        if "form" in each.metadata and each.name not in ("block", "attachments"):
            yield _row(each)


def _row(each: Field[Any]) -> str:
    key = each.metadata.get("key", each.name)
    says = each.metadata["says"].replace("|", "\\|")
    return f"| `{key}` | {_written(each)} | {says} | {_default(each)} |"


def _written(each: Field[Any]) -> str:
    meta = each.metadata
    form: Form = meta["form"]
    if form == Form.WORD:
        return " · ".join(f"`{word}`" for word in meta["choices"] if word)
    if form == Form.NUMBER and meta.get("low") is not None:
        return f"a whole number, {meta['low']} to {meta['high']}"
    if form in (Form.ID, Form.IDS, Form.NAME) and meta.get("to"):
        kinds = " or ".join("any item" if kind == "item" else kind for kind in meta["to"].split())
        return f"{FORMS[form]} ({kinds})"
    if form in (Form.ITEM, Form.ITEMS, Form.ITEMS_BY_ID):
        single = ", or one entry" if meta.get("single") else ""
        of = meta["of"]
        shown = "a list of entries" if of == "FollowUp" else FORMS[form]
        return f"{shown}{single}, see {_link(of)}"
    if each.name == "effects":
        return "variables with [effects](format.md#effects)"
    if each.name == "history":
        return "steps of the calendar with plain values"
    if form == Form.TEXT and meta.get("by_word"):
        return "words with [texts](format.md#texts)"
    if form == Form.TEXT and meta.get("many"):
        return "one [text](format.md#texts) or a list of them"
    return FORMS[form]


def _default(each: Field[Any]) -> str:
    value = each.default
    if each.metadata["form"] == Form.VALUE:
        return ""
    if value is MISSING:
        return "must be written"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if isinstance(value, int | str) and value != "" else ""
