"""Is all of the format read?  A scenario with one of everything, and what comes of it."""

from __future__ import annotations

from dataclasses import is_dataclass
from pathlib import Path

from game.compiler.assembly import SECTIONS
from game.compiler.load import examine
from game.compiler.reader import CLASSES, written
from game.compiler.source import Mapping, Node, Scalar, Sequence, read
from game.rules.building import interpret
from game.rules.scenario import Scenario

FILE = Path(__file__).resolve().parent / "samples" / "shelf" / "everything.yaml"


def everything() -> Scenario:
    """The scenario, without a finding."""
    scenario, problems, _ = examine(str(FILE))
    assert problems == ()
    assert scenario is not None
    return scenario


def keys(node: Node) -> set[str]:
    """Every key of a tree."""
    match node:
        case Mapping(entries):
            return {key.text for key, _ in entries}.union(*(keys(value) for _, value in entries))
        case Sequence(items):
            return set().union(*map(keys, items))
        case Scalar():
            return set()


def test_every_field_of_the_format_is_read() -> None:
    tree, _ = read(FILE.read_bytes(), "f")
    assert tree is not None
    fields = {key for cls in CLASSES.values() if is_dataclass(cls) for key in written(cls)}
    assert len(fields) > 80
    assert fields - keys(tree) == set()
    assert set(SECTIONS) - keys(tree) == {"extends"}


def test_it_comes_out_in_order_and_typed() -> None:
    scenario = everything()
    assert [each.id for each in scenario.events] == sorted(each.id for each in scenario.events)
    assert [each.id for each in scenario.countries] == ["britain", "germany", "turkey"]
    kinds = {each.id: (each.kind, each.start, each.low, each.high) for each in scenario.variables}
    assert kinds["gold"] == ("number", 400, 0, 5000)
    assert kinds["trade"] == ("number", 20, 0, 100)
    assert kinds["open"] == ("flag", 0, 0, 1)
    assert kinds["line"] == ("word", 0, 0, 1)
    assert kinds["budget"] == ("number", 0, 8, 13)
    assert kinds["mood"] == ("word", 0, 0, 1)
    relations = next(each for each in scenario.country_variables if each.id == "relations")
    assert (relations.low, relations.high) == (-100, 100)


def test_a_derived_word_takes_its_words_from_its_own_list() -> None:
    scenario = everything()
    mood = next(each for each in scenario.variables if each.id == "mood")
    assert mood.words == ("calm", "tense")
    program = interpret(scenario)
    assert program.derived["mood"].read(program.layout.start, {}) == 1


def test_it_knows_its_languages_marks_and_past() -> None:
    scenario = everything()
    assert scenario.languages == ("en", "ru")
    assert scenario.marks["genoa"].file == str(FILE)
    assert [(each.id, each.on, each.choice) for each in scenario.past] == [("debt-note", "1921-Q4", "offer")]
    assert scenario.find("talks") in scenario.orders
    assert dict(scenario.countries[0].cases)["ru"] == (("nom", "Британия"), ("prep", "Британии"))
