"""Does the JSON Schema take what the reader takes, underline what it refuses, and know a scenario's own names?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from game.compiler.folders import gather
from game.compiler.json_schema import schema
from game.compiler.load import examine
from game.compiler.reader import CLASSES, written
from game.compiler.reference import ORDER
from game.compiler.source import Mapping, Node, Scalar, Sequence, read, whole_number, yes_or_no
from tests.small import sound, whole

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "docs" / "scenario.schema.json"
SHIPPED = [
    Path(source.name) for folder in sorted((ROOT / "scenarios").iterdir()) for source in gather(folder)[0]
]
EXAMPLE = re.compile(r"^```yaml (scenario|fragment|translation|lesson)\n(.*?)^```$", re.M | re.S)
EXAMPLES = [
    (f"{page.name}:{text[: found.start()].count(chr(10)) + 1}", found[2])
    for page in sorted((ROOT / "docs").glob("*.md"))
    for text in [page.read_text(encoding="utf-8")]
    for found in EXAMPLE.finditer(text)
]
GENERAL = jsonschema.Draft202012Validator(schema())


def as_an_editor_sees(node: Node | None) -> Any:
    """The tree as a reader of YAML 1.2 takes it: numbers, true, false and null are no text."""
    match node:
        case Mapping(entries):
            return {key.text: as_an_editor_sees(value) for key, value in entries}
        case Sequence(items):
            return [as_an_editor_sees(each) for each in items]
        case Scalar(text, quoted):
            if quoted:
                return text
            if text in ("", "~", "null"):
                return None
            if (flag := yes_or_no(node)) is not None:
                return flag
            if (number := whole_number(node)) is not None:
                return number
            return float(text) if re.fullmatch(r"[-+]?[0-9]+\.[0-9]+", text) else text
    return None


def complaints(text: str, validator: Any = GENERAL) -> list[str]:
    """What an editor underlines, as paths into the file."""
    tree, problems = read(text.encode(), "s.yaml")
    assert problems == []
    found = validator.iter_errors(as_an_editor_sees(tree))
    return sorted("/".join(map(str, each.absolute_path)) for each in found)


@pytest.fixture(scope="module")
def main_scenario() -> Any:
    """The schema with the names of the main scenario."""
    scenario, _, _ = examine("breathing-space")
    assert scenario is not None
    made = schema(scenario)
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


def test_the_committed_schema_is_fresh() -> None:
    fresh = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    assert COMMITTED.read_text(encoding="utf-8") == fresh, (
        "make it again: python3 main.py schema --out docs/scenario.schema.json"
    )


def test_it_is_a_schema_of_its_draft() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_it_has_every_key_of_every_part_with_its_sentence() -> None:
    parts = schema()["$defs"]
    for name in ORDER:
        for key, field in written(CLASSES[name]).items():
            assert parts[name]["properties"][key]["description"] == field.metadata["says"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT / "scenarios")))
def test_every_shipped_file_fits(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []


def test_the_main_scenario_fits_the_schema_with_its_own_names(main_scenario: Any) -> None:
    files = [path for path in SHIPPED if "breathing-space" in path.parts]
    assert len(files) > 5
    assert [(path.name, found) for path in files
            if (found := complaints(path.read_text(encoding="utf-8"), main_scenario))] == []  # fmt: skip


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES], ids=[place for place, _ in EXAMPLES])
def test_every_example_in_the_documents_fits(text: str) -> None:
    assert complaints(text) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("calender: {from: 1921-Q1, to: 1921-Q4}", ""),
        ("calendar: {from: 1921-Q1, to: soon}", "calendar/to"),
        ("events: [{id: e, titel: x}]", "events/0"),
        ("events: [{title: x}]", "events/0"),
        ("events: [{remove: all, title: x}]", "events/0"),
        ("events: [{id: e, remove: most}]", "events/0/remove"),
        ("events: [{id: E, window: 1921-Q2}]", "events/0/id"),
        ("events: [{id: e, window: 1921-Q9}]", "events/0/window"),
        ("events: [{id: e, historically: 9 May}]", "events/0/historically"),
        ("events: [{id: e, style: telegrm}]", "events/0/style"),
        ("events: [{id: e, asks: narkomindell}]", "events/0/asks"),
        ("events: [{id: e, always_asks: yes}]", "events/0/always_asks"),
        ("events: [{id: e, choices: [{label: Yes}]}]", "events/0/choices/0"),
        ("events: [{id: e, effects: {gold: {ad: 3}}}]", "events/0/effects/gold"),
        ("events: [{id: e, effects: {Gold: 3}}]", "events/0/effects"),
        ("events: [{id: e, when: [open]}]", "events/0/when"),
        ("events: {id: e}", "events"),
        ("rules: [{id: r, stage: 12}]", "rules/0/stage"),
        ("variables: {gold: {start: 1, max: much}}", "variables/gold/max"),
        ("glossary: {Credit: {label: Credit, text: x}}", "glossary"),
        ("people: {krasin: {nam: Krasin}}", "people/krasin"),
        ("format: 2", "format"),
    ],
)
def test_it_underlines_what_the_reader_refuses(text: str, where: str) -> None:
    assert complaints(text) == [where]


@pytest.mark.parametrize(
    "text",
    [
        "events: ~",
        "events: [{id: e, remove: true}]",
        "events: [{id: e, asks: ~, choices: ~, title: ~}]",
        "countries: {turkey: ~, britain: {remove: true}}",
        "countries: {britain: {name: {en: Britain, ru: {nom: Британия, prep: Британии}}}}",
        "events: [{id: e, title: 1922, text: [{when: open, text: a}, {text: {en: b, ru: c}}]}]",
        'events: [{id: e, effects: {gold: +3, open: true, regime: stalin, gold2: "3 * open"}}]',
        "events: [{id: e, then: {event: f, after: 2}, results: {a: {chance: 30}, b: {}}}]",
        "calendar: {from: 1921, to: 1935, step: year}",
        "variables: {budget: {is: 8}, line: {start: no, words: [no, yes]}}",
    ],
)
def test_it_takes_what_only_changes_another_scenario_and_all_that_may_be_written_plainly(text: str) -> None:
    assert complaints(text) == []


def test_a_scenario_brings_its_own_names() -> None:
    own = jsonschema.Draft202012Validator(schema(sound("events: [{id: talks, window: 1921-Q2}]")))

    def event(more: str) -> str:
        return f"events: [{{id: new, window: 1921-Q3, {more}}}]"

    for good in (
        'effects: {gold: 3, germany.pact: neutrality, each.relations: {add: 1, when: "each.treaty"}}',
        "effects: {regime: \"'stalin' if gold > 3 else 'lenin'\", open: {set: true}}",
        "then: {event: talks, country: britain}",
        "then: {event: another-new-one}",
        "each: [britain, turkey]",
    ):
        assert complaints(event(good), own) == [], good
    for bad, where in (
        ("effects: {gld: 3}", "effects"),
        ("effects: {budget: 3}", "effects"),  # derived
        ("effects: {germany.weight: 3}", "effects"),  # constant
        ("effects: {germny.relations: 3}", "effects"),
        ("effects: {germany.pact: neutral}", "effects/germany.pact"),
        ("effects: {germany.pact: {add: 1}}", "effects/germany.pact"),
        ("then: {event: talks, country: germny}", "then"),
        ("each: [germny]", "each"),
    ):
        assert complaints(event(bad), own) == [f"events/0/{where}"], bad
    assert complaints("rules: [{id: r, effects: {country.party: 1}, each: country}]", own) == []
    assert complaints("verdicts: [{id: v, about: trde, rank: 1, text: x}]", own) == ["verdicts/0/about"]
    assert complaints(whole(""), own) == []
