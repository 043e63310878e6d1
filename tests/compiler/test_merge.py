"""How do files, bases and translations become one scenario, and what is said where they do not fit?"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from game.compiler.load import examine, load
from game.compiler.merge import DEEPEST_CHAIN
from game.compiler.problems import Problem
from game.play.session import Session
from game.play.wording import Words
from game.rules.building import interpret
from game.rules.scenario import Scenario
from tests.small import REST, whole

HEAD = "id: {id}\ntitle: {id}\ncalendar: {{from: 1921-Q1, to: 1924-Q4}}\n"


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))


def written(folder: Path, **files: str) -> str:
    """A scenario folder of these files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def good(name: str) -> Scenario:
    """A scenario in which nothing is wrong, notes apart."""
    scenario, problems, _ = examine(name)
    assert [str(each) for each in problems if each.severity != "note"] == []
    assert scenario is not None
    return scenario


def wrong(name: str) -> list[Problem]:
    """What is wrong with a scenario, notes apart."""
    return [each for each in examine(name)[1] if each.severity != "note"]


def places(problem: Problem) -> tuple[str, str]:
    """The two places a problem names, by file and line."""
    assert problem.other is not None
    here, there = problem.mark, problem.other
    return f"{Path(here.file).name}:{here.line}", f"{Path(there.file).name}:{there.line}"


# All of a list


def test_all_that_the_base_lists_can_be_taken_away_at_once(tmp_path: Path) -> None:
    rules = "rules: [{id: a, effects: {gold: 1}}, {id: b, effects: {gold: 1}}]"
    written(tmp_path / "base", s=whole(f"id: base\n{rules}"))
    name = written(
        tmp_path / "top",
        s="id: top\nextends: base\nrules: [{id: b, effects: {gold: 2}}, {remove: all}, {id: c, effects: {gold: 3}}]\n",
    )
    assert [(each.id, len(examine(name)[1])) for each in good(name).rules] == [("b", 0), ("c", 0)]
    gone = written(tmp_path / "gone", s="id: gone\nextends: base\nrules: [{remove: all}]\nmore: 1\n")
    assert good(gone.replace("gone", "top")).id == "top"
    assert [each.code for each in wrong(gone)] == ["N302"]


def test_what_was_taken_away_with_all_the_rest_is_named_where_it_is_missed(tmp_path: Path) -> None:
    events = "events: [{id: e, window: 1921-Q2}]\nrules: [{id: r, when: \"happened('e')\"}]"
    written(tmp_path / "base", s=whole(f"id: base\n{events}"))
    name = written(tmp_path / "top", s="id: top\nextends: base\nevents:\n  - remove: all\n")
    (problem,) = wrong(name)
    assert problem.code == "N306" and places(problem)[1] == "s.yaml:4"


def test_only_a_lesson_can_take_everything_away(tmp_path: Path) -> None:
    name = written(tmp_path / "alone", s=whole("id: alone\nrules: [{remove: all}]"))
    assert [each.code for each in wrong(name)] == ["N305"]


# Notes and warnings of a lesson


def test_many_changed_start_values_of_a_file_are_one_note(tmp_path: Path) -> None:
    names = "abcdefg"
    written(
        tmp_path / "base",
        s=whole(f"id: base\nvariables: {{{', '.join(f'{each}: {{start: 1}}' for each in names)}}}"),
    )
    starts = ", ".join(f"{each}: {{start: 2}}" for each in names)
    name = written(
        tmp_path / "top",
        s=f"id: top\nextends: base\nvariables: {{{starts}}}\ncountries: {{turkey: {{name: T}}}}\n",
    )
    notes = [str(each) for each in examine(name)[1]]
    assert [note.split(" note: ")[1].partition(" (see")[0] for note in notes] == [
        "start values of the base are changed in this file: a, b, c and 4 more",
        "'turkey' overrides what the base scenario says",
    ]
    few = written(tmp_path / "few", s="id: few\nextends: base\nvariables: {a: {start: 2}, b: {start: 2}}\n")
    assert ["'a' overrides" in str(examine(few)[1][0]), "'b' overrides" in str(examine(few)[1][1])] == [
        True,
        True,
    ]


def test_what_the_base_is_warned_of_is_not_said_of_the_lesson_again(tmp_path: Path) -> None:
    events = (
        "events: [{id: e, historically: 1922-01-09}, {id: f, historically: 1921-01-09, effects: {gold: 1}}]"
    )
    rules = """rules: [{id: r, when: "turn < on('1921-Q2')"}, {id: g, when: "happened('f')", effects: {gold: 1}}]"""
    base = written(tmp_path / "base", s=whole(f"id: base\n{events}\n{rules}"))
    name = written(tmp_path / "top", s="id: top\nextends: base\ncalendar: {from: 1922-Q1}\n")
    assert [each.code for each in wrong(base)] == []
    assert [each.code for each in wrong(name)] == ["W603"]


# Files


def test_all_files_of_a_folder_and_its_folders_are_read_as_one(tmp_path: Path) -> None:
    name = written(tmp_path / "s", a=whole("rules: [{id: a, effects: {gold: 1}}]"))
    written(tmp_path / "s" / "more", b="rules: [{id: b, effects: {gold: 1}}]\nevents: []\n")
    written(tmp_path / "s" / "playthroughs", c="scenario: s\n")
    written(tmp_path / "s" / ".hidden", d="nonsense: [")
    assert [each.id for each in good(name).rules] == ["a", "b"]


def test_order_of_files_keys_and_items_changes_nothing(tmp_path: Path) -> None:
    lines = [f"  - {{id: r{n}, effects: {{gold: {n}, standing: 1}}}}" for n in range(6)]
    sections = [*REST.values(), "rules:\n" + "\n".join(lines)]
    one = good(written(tmp_path / "one", a="\n".join(sections)))
    shuffled = random.Random(7)
    for number in range(3):
        shuffled.shuffle(lines)
        shuffled.shuffle(sections)
        parts = [each for each in sections if not each.startswith("rules")]
        other = good(
            written(
                tmp_path / f"other{number}",
                a="\n".join(parts[:3]),
                b="rules:\n" + "\n".join(lines[:2]),
                z="\n".join(parts[3:]),
                y="rules:\n" + "\n".join(lines[2:]),
            )
        )
        assert other.fingerprint == one.fingerprint
        assert [each.id for each in other.rules] == [each.id for each in one.rules]


def test_a_fingerprint_changes_with_what_a_scenario_says(tmp_path: Path) -> None:
    one = good(written(tmp_path / "one", a=whole("rules: [{id: r, effects: {gold: 1}}]")))
    other = good(written(tmp_path / "other", a=whole("rules: [{id: r, effects: {gold: 2}}]")))
    assert one.fingerprint != other.fingerprint


def test_what_two_files_give_is_told_with_both_places(tmp_path: Path) -> None:
    name = written(
        tmp_path / "s",
        a=whole("decisions: 3\nrules: [{id: r, effects: {gold: 1}}]\npeople: {lenin: {name: L}}"),
        b="decisions: 4\nrules: [{id: r, effects: {gold: 1}}]\npeople: {lenin: {name: L}}",
    )
    found = wrong(name)
    assert [each.code for each in found] == ["S105", "N304", "S105"]
    assert [places(each) for each in found] == [
        ("b.yaml:1", "a.yaml:1"),
        ("b.yaml:2", "a.yaml:2"),
        ("b.yaml:3", "a.yaml:3"),
    ]


def test_a_section_left_empty_in_one_file_may_be_filled_in_another(tmp_path: Path) -> None:
    one = written(tmp_path / "one", a=whole("rules:"), b="rules: [{id: r, effects: {gold: 1}}]")
    other = written(
        tmp_path / "other", a=whole("rules: [{id: r, effects: {gold: 1}}]"), b="rules: ~\nevents:\n"
    )
    assert [len(good(name).rules) for name in (one, other)] == [1, 1]


def test_a_broken_file_brings_no_complaints_about_what_stands_in_it(tmp_path: Path) -> None:
    name = written(
        tmp_path / "s",
        a=whole(
            "rules: [{id: r, when: \"happened('genoa')\", effects: {gold: 1}}, {id: s, effects: {gold: yes}}]"
        ),
        b="events:\n  - id: genoa\n    title: Genoa: the talks\n",
    )
    assert [(Path(each.mark.file).name, each.code) for each in wrong(name)] == [
        ("a.yaml", "T401"),
        ("b.yaml", "S101"),
    ]


# Bases


BASE = whole("""
id: base
text: {en: A base., ru: Основа.}
people: {lenin: {name: Lenin}}
rules:
  - {id: tax, effects: {gold: +1, standing: -1}, because: Taxes.}
events:
  - id: genoa
    title: Genoa
    historically: 1922-04-10
    window: 1922-Q2..1922-Q4
    asks: narkomindel
    choices:
      - {id: go, label: Go, historical: true, effects: {gold: +1}}
      - {id: stay, label: Stay, effects: {gold: -1, trade: +1}}
verdicts: [{id: v, about: trade, rank: 1, text: V.}]
""").replace("id: small", "id: base")


def lesson(tmp_path: Path, text: str) -> str:
    """A scenario that extends the base above."""
    written(tmp_path / "base", a=BASE)
    return written(tmp_path / "lesson", a="id: lesson\nextends: base\n" + text)


def test_a_lesson_takes_over_what_it_does_not_change(tmp_path: Path) -> None:
    scenario = good(lesson(tmp_path, "title: A lesson\ndecisions: 2\n"))
    assert (scenario.id, scenario.decisions) == ("lesson", 2)
    assert [each.id for each in scenario.events] == ["genoa"]
    assert scenario.calendar.start == "1921-Q1"


def test_mappings_merge_key_by_key_items_by_id_and_other_lists_are_replaced(tmp_path: Path) -> None:
    scenario = good(
        lesson(
            tmp_path,
            """
variables: {gold: {start: 7}}
countries: {persia: {name: Persia}}
rules:
  - {id: tax, effects: {gold: +5}}
  - {id: gift, effects: {standing: +1}}
events:
  - id: genoa
    choices:
      - {id: stay, label: Stay at home}
      - {id: third, label: Send a telegram}
""",
        )
    )
    gold = next(each for each in scenario.variables if each.id == "gold")
    assert (gold.start, gold.high) == (7, 900)
    assert [each.id for each in scenario.countries] == ["britain", "germany", "persia", "turkey"]
    tax = next(each for each in scenario.rules if each.id == "tax")
    assert [(each.name, getattr(each.amount, "value", None)) for each in tax.block.effects] == [
        ("gold", 5),
        ("standing", -1),
    ]
    (genoa,) = scenario.events
    assert genoa.window == "1922-Q2..1922-Q4"
    assert [each.id for each in genoa.choices] == ["go", "stay", "third"]
    assert genoa.choices[0].historical


def test_remove_and_a_tilde_delete(tmp_path: Path) -> None:
    scenario = good(
        lesson(
            tmp_path,
            """
people: {lenin: {remove: true}}
rules: [{id: tax, because: ~, effects: {standing: ~}}]
verdicts: ~
countries: {turkey: ~}
events:
  - {id: genoa, window: ~, choices: [{id: go, historical: ~}, {id: stay, remove: true}, {id: wait, label: Wait}]}
""",
        )
    )
    assert scenario.people == () and scenario.verdicts == ()
    assert [each.id for each in scenario.countries] == ["britain", "germany"]
    assert scenario.rules[0].block.because is None
    assert [each.name for each in scenario.rules[0].block.effects] == ["gold"]
    assert scenario.events[0].window == ""
    assert [(each.id, each.historical) for each in scenario.events[0].choices] == [
        ("go", False),
        ("wait", False),
    ]


def test_what_is_overridden_is_noted_with_both_places(tmp_path: Path) -> None:
    name = lesson(
        tmp_path,
        "variables: {gold: {start: 7}}\nrules: [{id: tax, stage: 6}, {id: new, effects: {gold: 1}}]\n",
    )
    notes = [each for each in examine(name)[1] if each.severity == "note"]
    assert [(each.code, each.message.split("'")[1]) for each in notes] == [("W604", "gold"), ("W604", "tax")]
    assert all(Path(each.mark.file).parent.name == "lesson" for each in notes)
    assert all(each.other is not None and Path(each.other.file).parent.name == "base" for each in notes)


def test_a_reference_to_something_deleted_names_both_places(tmp_path: Path) -> None:
    name = lesson(
        tmp_path,
        """
events:
  - {id: genoa, remove: true}
  - {id: hague, window: 1922-Q2, then: {event: genoa}, when: "happened('genoa')"}
countries: {turkey: ~}
rules: [{id: tax, effects: {turkey.party: 1}}]
""",
    )
    found = wrong(name)
    assert {each.code for each in found} == {"N306"}
    assert {places(each) for each in found} == {("a.yaml:6", "a.yaml:5"), ("a.yaml:8", "a.yaml:7")}
    assert all("; it was removed" in each.message for each in found)


def test_deleting_a_whole_section_is_remembered_too(tmp_path: Path) -> None:
    found = wrong(lesson(tmp_path, "events: ~\nrules: [{id: tax, when: \"happened('genoa')\"}]\n"))
    assert [(each.code, places(each)) for each in found] == [("N306", ("a.yaml:4", "a.yaml:3"))]


def test_a_lesson_is_not_warned_of_what_its_calendar_leaves_out(tmp_path: Path) -> None:
    scenario = good(lesson(tmp_path, "calendar: {from: 1923-Q1, to: 1923-Q2}\n"))
    assert scenario.calendar.end == "1923-Q2"


@pytest.mark.parametrize("count", [DEEPEST_CHAIN, DEEPEST_CHAIN + 1])
def test_a_chain_of_extends_has_eight_links(count: int, tmp_path: Path) -> None:
    written(tmp_path / "s0", a=whole("id: s0"))
    for n in range(1, count + 1):
        written(tmp_path / f"s{n}", a=f"id: s{n}\nextends: s{n - 1}\nvariables: {{v{n}: {{start: {n}}}}}\n")
    scenario, found, _ = examine(str(tmp_path / f"s{count}"))
    if count == DEEPEST_CHAIN:
        assert scenario is not None
        assert {f"v{n}" for n in range(1, count + 1)} <= {each.id for each in scenario.variables}
    else:
        assert [each.code for each in found] == ["L503"]
        assert f"more than {DEEPEST_CHAIN} times" in found[0].message


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_circle_of_extends_is_told_with_its_links(count: int, tmp_path: Path) -> None:
    for n in range(count):
        written(tmp_path / f"s{n}", a=f"id: s{n}\nextends: s{(n + 1) % count}\n")
    _, found, _ = examine(str(tmp_path / "s0"))
    assert {each.code for each in found} == {"L503"}
    assert "round in a circle" in found[0].message
    assert all(f"s{n}" in found[0].message for n in range(count))


@pytest.mark.parametrize("target", ["../base", "/etc/passwd", "base/a.yaml", "~", "BASE", "[base]", "bаse"])
def test_extends_takes_an_id_and_never_a_path(target: str, tmp_path: Path) -> None:
    written(tmp_path / "base", a=BASE)
    name = written(tmp_path / "lesson", a=f"id: lesson\nextends: {target}\ntitle: T\n")
    scenario, found, _ = examine(name)
    assert scenario is None
    assert [each.code for each in found] == [{"[base]": "T401"}.get(target, "N303")]


def test_an_unknown_base_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    written(tmp_path / "breathing", a=BASE)
    name = written(tmp_path / "lesson", a="id: lesson\nextends: breathin\n")
    (problem,) = wrong(name)
    assert (problem.code, problem.hint, problem.mark.line) == ("N301", "breathing", 2)


def test_a_base_lies_beside_the_lesson_or_on_a_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEREDYSHKA_SCENARIOS")
    assert good(lesson(tmp_path, "title: Beside\n")).id == "lesson"


# Translations


def test_a_translation_stands_beside_the_texts_and_changes_nothing_else(tmp_path: Path) -> None:
    written(tmp_path / "s", a=whole("""
title: Small
scores: {trade: {start: 20, label: Trade}}
variables:
  gold: {start: 100, label: Gold}
  regime: {start: lenin, words: [lenin, stalin], labels: {lenin: Lenin's, stalin: Stalin's}}
countries: {britain: {name: Britain}}
endings: [{id: done, title: Done, rank: 9}]
tracks: {narkomindel: {label: Narkomindel, means: 5}}
events:
  - id: genoa
    title: Genoa
    historically: 1921-02-10
    text: [{when: "gold > 500", text: Rich.}, {text: "Poor: {gold|rouble|roubles} in {britain:prep}, {regime}."}]
    effects: {gold: +1}
    because: Talk.
    teaching: {note: Why?, questions: [How?, When?]}
    sources: [gen]
"""))  # fmt: skip
    name = written(tmp_path / "s", ru="""
language: ru
title: Малый
scores: {trade: {label: Торговля}}
variables: {gold: {label: Золото}, regime: {labels: {lenin: Ленинский, stalin: Сталинский}}}
countries: {britain: {name: {nom: Британия, prep: Британии}}}
endings: [{id: done, title: Конец}]
tracks: {narkomindel: {label: Наркоминдел}}
events:
  - id: genoa
    title: Генуя
    text: [{text: Богато.}, {text: "Бедно: {gold|рубль|рубля|рублей} в {britain:prep}, {regime}."}]
    because: Беседа.
    teaching: {note: Почему?, questions: [Как?, Когда?]}
""")  # fmt: skip
    scenario = good(name)
    assert scenario.languages == ("en", "ru")
    session = Session(interpret(scenario), 1, "open", "ru")
    session.open()
    words = Words(session.program, "ru")
    assert (words.title("genoa"), words.plain(scenario.title), words.label("gold")) == (
        "Генуя",
        "Малый",
        "Золото",
    )
    assert "Бедно: 101 рубль в Британии, Ленинский." in str(session.dispatches())
    assert Words(session.program, "en").title("genoa") == "Genoa"


def test_a_text_that_is_not_translated_is_shown_in_the_scenarios_own_language_and_listed(
    tmp_path: Path,
) -> None:
    written(
        tmp_path / "s",
        a=whole(
            "events: [{id: e, window: 1921-Q1, title: The hague}, {id: f, window: 1921-Q1, title: Genoa}]"
        ),
    )
    name = written(tmp_path / "s", ru="language: ru\nevents: [{id: e, title: Гаага}]\n")
    loaded = load(name)
    gaps = [each for each in loaded.problems if each.code == "W606"]
    assert {each.severity for each in loaded.problems} == {"warning"}
    assert (1, "this text has no 'ru': 'en' will be shown") in {
        (each.mark.line, each.message) for each in gaps
    }
    words = Words(interpret(loaded.scenario), "ru")
    assert (words.title("e"), words.title("f")) == ("Гаага", "Genoa")
    assert Words(interpret(loaded.scenario), "fr").title("f") == "Genoa"


@pytest.mark.parametrize(
    ("translation", "code", "line", "part"),
    [
        ("events: [{id: genua, title: Генуя}]", "N301", 2, "'genua' is translated here, but the scenario has none"),
        ("events: [{id: genoa, titel: Генуя}]", "N301", 2, "'titel' is translated here, but the scenario has none"),
        ("events: [{id: genoa, chance: 50}]", "T401", 2, "'chance' is no text"),
        ("events: [{id: genoa, when: 'open'}]", "T401", 2, "'when' is no text"),
        ("events: [{id: genoa, choices: x}]", "T401", 2, "another shape"),
        ("events: [{id: genoa, title: {nom: Генуя}}]", "T401", 2, "a text is expected"),
        ("events: [{id: genoa, title: 'В {britian}'}]", "N301", 2, "'britian' is not known"),
        ("events: [{id: genoa, title: '{gold|рубль|рубля}'}]", "T401", 2, "'ru' has 3 forms of a counted noun, not 2"),
        ("events: [{id: genoa, title: '{gold'}]", "E201", 2, "a single brace"),
        ("events: [{id: genoa, teaching: {questions: [Почему?]}}]", "T401", 2, "'questions' has 2 texts, its trans"),
        ("title: [Малый]", "T401", 2, "another shape"),
        ("claims: {x: {text: y}}", "N301", 2, "'claims' is translated here"),
    ],
)  # fmt: skip
def test_a_fault_of_a_translation_is_told_in_its_own_file(
    translation: str, code: str, line: int, part: str, tmp_path: Path
) -> None:
    choices = "choices: [{id: a, label: A}, {id: b, label: B}]"
    head = "id: genoa, window: 1921-Q1, title: Genoa, chance: 60, when: open, asks: narkomindel"
    event = f"{{{head}, {choices}, teaching: {{questions: [Why?, How?]}}}}"
    written(tmp_path / "s", a=whole(f"events: [{event}]"))
    name = written(tmp_path / "s", ru=f"language: ru\n{translation}\n")
    told = [each for each in wrong(name) if each.code != "W606"]
    assert code in {each.code for each in told}, told
    problem = next(each for each in told if each.code == code)
    assert (Path(problem.mark.file).name, problem.mark.line) == ("ru.yaml", line)
    assert part in problem.message


def test_a_translation_adds_to_texts_that_have_several_languages_already(tmp_path: Path) -> None:
    names = "countries: {britain: {name: {en: Britain, de: {nom: Britannien, gen: Britanniens}}}}"
    written(tmp_path / "s", a=whole(f"title: {{en: Small, de: Klein}}\n{names}"))
    name = written(
        tmp_path / "s", ru="language: ru\ntitle: Малый\ncountries: {britain: {name: {nom: Британия}}}\n"
    )
    loaded = load(name)
    words = [Words(interpret(loaded.scenario), each) for each in ("en", "de", "ru")]
    assert [each.plain(loaded.scenario.title) for each in words] == ["Small", "Klein", "Малый"]
    assert [each.country("britain", "gen") for each in words] == ["Britain", "Britanniens", "Британия"]


def test_a_lesson_may_carry_translations_of_its_own(tmp_path: Path) -> None:
    name = lesson(tmp_path, "title: A lesson\nlanguage: en\n")
    written(Path(name), ru="language: ru\ntitle: Урок\n")
    scenario, found, _ = examine(name)
    assert scenario is not None and [each.code for each in found if each.severity == "error"] == []
    assert Words(interpret(scenario), "ru").plain(scenario.title) == "Урок"
