"""Are the papers of a lesson made from the scenario alone, the same each time, and the key apart from the rest?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game import cli
from game.compiler.load import load
from game.play.packing import Pack, pack
from game.rules.building import interpret
from game.rules.program import Program
from game.views.html.pack import KEY, pages
from tests.play.test_debriefing import YAML
from tests.rules.small import program
from tests.views.hostile import hostile_program, read
from tests.views.small_game import YAML as SMALL
from tests.views.small_game import small_program

FILES = {
    "index.html", "briefing.html", "role-comintern.html", "role-narkomindel.html", "timeline.html", "glossary.html",
    "worksheet.html", "rubric.html", "key.html",
}  # fmt: skip
SECRETS = """
country_variables: {heat: {label: Heat, start: 0, known_to: comintern, text: Work done there.}}
glossary: {nep: {label: NEP, text: A retreat.}, amtorg: {label: Amtorg, text: A company.}}
people: {krasin: {name: Leonid Krasin, life: 1870–1926, text: An engineer.}}
past: {war: {on: 1921-Q4}}
"""


def told(ready: Program) -> Pack:
    """What is printed for a scenario."""
    return pack(ready)


def small() -> Program:
    """The small game of the debriefs, with secrets, words and a past."""
    more = SECRETS.replace("country_variables: {", "").strip()
    heat, _, rest = more.partition("}}\n")
    text = YAML.replace("country_variables:\n", f"country_variables:\n  {heat.strip()}}}\n")
    event = "  - {id: war, title: The war, historically: 1921-11-01, sources: [book]}\n"
    return program(text.replace("events:\n", f"events:\n{event}", 1) + rest)


def test_the_papers_say_what_the_scenario_says() -> None:
    found = told(small())
    assert [(each.label, each.asked) for each in found.roles] == [("Comintern", 1), ("Narkomindel", 1)]
    comintern, narkomindel = found.roles
    assert comintern.secrets == (("Heat", "Work done there."),)
    assert narkomindel.secrets == ()
    assert [(each.label, each.at, each.cost) for each in narkomindel.orders] == [
        ("Talks", "Britain, Germany", "nothing")
    ]
    assert narkomindel.directives == (("sell more, by summer", 2),)
    assert [(each.date, each.title, each.milestone, each.before) for each in found.timeline] == [
        ("1 November 1921", "The war", False, True), ("10 February 1922", "Genoa", False, False),
        ("16 April 1922", "Rapallo", False, False), ("16 April 1922", "Berlin recognises", True, False),
        ("1 May 1922", "Drought", False, False), ("2 May 1922", "London recognises", True, False),
    ]  # fmt: skip
    assert found.terms == (("Amtorg", "A company."), ("NEP", "A retreat."))
    assert [each.title for each in found.chosen] == ["Genoa"], "history had no other"
    assert [each.title for each in found.asked] == ["Genoa", "An envoy"]
    assert found.rows == ("Winter 1922", "Spring 1922", "Summer 1922")


def test_what_history_decided_stands_in_the_key_alone() -> None:
    made = pages(told(small()))
    assert set(made) == FILES
    key = read(made[KEY]).text
    assert "Go ● as in history – They went." in key
    assert "Two memoirs differ" in key
    for name, text in made.items():
        page = read(text)
        if name != KEY:
            assert "as in history" not in page.text
            assert "They went." not in page.text
    assert "What would you have packed?" in read(made["worksheet.html"]).text
    assert "Only for the Comintern" in read(made["role-comintern.html"]).text
    assert "Heat" not in read(made["role-narkomindel.html"]).text


def test_all_papers_are_the_same_when_made_again_and_link_to_one_another_only() -> None:
    made = pages(told(small_program()))
    assert pages(told(small_program())) == made
    for text in made.values():
        for link in read(text).links:
            assert link.startswith("#") or link in made
    assert set(read(made["index.html"]).links) == FILES - {"index.html"} | {"#main"}


def test_no_text_breaks_out_of_any_paper() -> None:
    shown: set[int] = set()
    for text in pages(told(hostile_program())).values():
        found = read(text).text
        shown |= {number for number in range(100) if f"<<{number}>>" in found}
    assert len(shown) > 30


def test_a_scenario_with_one_track_and_nothing_else_has_papers_too() -> None:
    made = pages(told(program("tracks: {narkomindel: {label: Narkomindel, means: 3}}")))
    assert set(made) == FILES - {"role-comintern.html"}
    for text in made.values():
        read(text)


def test_the_main_scenario_has_papers_that_a_class_can_use() -> None:
    found = told(interpret(load("breathing-space").scenario))
    assert len(found.chosen) == 10
    assert len({each.date[-4:] for each in found.chosen}) >= 8, "spread over the years"
    assert all(each.questions and each.sources and each.note for each in found.chosen)
    assert len(found.rows) == 13
    for text in pages(found).values():
        read(text)


def test_the_verb_writes_the_papers_and_touches_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    scenario = tmp_path / "small.yaml"
    scenario.write_text(SMALL, encoding="utf-8")
    assert cli.main(["pack", str(scenario), str(folder)]) == 0
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(first) == FILES | {"mine.txt"}
    assert cli.main(["pack", str(scenario), str(folder)]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert str(tmp_path).encode() not in b"".join(first.values())
    capsys.readouterr()
    assert cli.main(["pack", "breathing-spaces", str(folder)]) == 2
    assert "did you mean" in capsys.readouterr().err
    assert cli.main(["pack", str(scenario), str(folder / "mine.txt")]) == 2
