"""What happens where the disk, the author or the size of things is at fault?  An answer, and soon."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from game.compiler import folders
from game.compiler.folders import find, find_id, gather, known_ids, read_bytes
from game.compiler.limits import MOST_FILES
from game.compiler.load import examine, load
from game.compiler.problems import Problem, ScenarioError, show
from game.play.session import Session
from game.rules.building import interpret
from game.rules.events import asking
from game.rules.scenario import Scenario
from tests.small import codes, examined, only, problems, sound, whole

UNIX = pytest.mark.skipif(os.name == "nt", reason="pipes and links are made otherwise there")


def first(name: Path | str) -> Problem:
    """The first thing wrong with a scenario, told within a tenth of a second of work."""
    started = time.process_time()
    scenario, found, _ = examine(str(name))
    assert time.process_time() - started < 0.1
    assert scenario is None
    return found[0]


def play(scenario: Scenario, turns: int = 100) -> Session:
    """A game played by the first choice and no orders, to its end."""
    session = Session(interpret(scenario), 1, "open")
    for _ in range(turns):
        if session.place == "over":
            break
        session.open()
        while session.place == "question":
            found = asking(session.program, session.state)
            assert found is not None
            session.answer(found[1].choices[0].id)
        session.close()
    return session


# Files that are none


@UNIX
@pytest.mark.parametrize(
    "kind", ["pipe", "socket", "device", "link to nowhere", "link loop", "folder in place of a file"]
)
def test_what_is_no_regular_file_is_refused_without_being_opened(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scenario.yaml"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "socket":
            monkeypatch.chdir(tmp_path)
            with socket.socket(socket.AF_UNIX) as made:
                made.bind("scenario.yaml")
        case "device":
            path = Path("/dev/zero")
        case "link to nowhere":
            path.symlink_to(tmp_path / "nowhere")
        case "link loop":
            path.symlink_to(path)
        case _:
            path.mkdir()
    problem = first(path)
    assert problem.code == "S102"
    assert problem.mark.line == 1


@UNIX
def test_a_pipe_or_a_link_within_a_folder_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(whole("rules: [{id: r, effects: {gld: 1}}]"), encoding="utf-8")
    os.mkfifo(tmp_path / "b.yaml")
    (tmp_path / "c.yaml").symlink_to("/etc/passwd")
    (tmp_path / "d").symlink_to("/etc", target_is_directory=True)
    (tmp_path / "e.yaml").mkdir()
    _, found, _ = examine(str(tmp_path))
    told = {Path(each.mark.file).name: each.message for each in found if each.code == "S102"}
    assert told == {
        "b.yaml": "cannot be read: not a regular file",
        "c.yaml": "a link: a scenario holds plain files only",
        "d": "a link: a scenario holds plain files only",
    }


def test_an_unreadable_file_or_folder_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("id: x\n", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        assert str(read_bytes(path)[1]) == f"{path}:1:1: S102 error: cannot be read: Permission denied"
    with monkeypatch.context() as patched:
        patched.setattr(folders.os, "scandir", refuse)
        assert [each.message for each in gather(tmp_path)[1]] == ["cannot be read: Permission denied"]


@UNIX
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_told(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("id: x\n", encoding="utf-8")
    path.chmod(0)
    assert first(path).message == "cannot be read: Permission denied"


@pytest.mark.parametrize(
    "name", ["", "no-such-thing", "x" * 5_000, "nul\0byte", "../../../nowhere", "a/b/c.yaml", "/"]
)
def test_a_name_that_leads_nowhere_is_told_and_nothing_else(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if name == "/":
        monkeypatch.setattr(folders, "MOST_ENTRIES", 1)
    scenario, found, _ = examine(name)
    assert scenario is None
    assert [each.severity for each in found] == ["error"]


def test_an_empty_folder_and_empty_files_are_told(tmp_path: Path) -> None:
    assert first(tmp_path).message == "no scenario here: no .yaml file with content"
    (tmp_path / "a.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert first(tmp_path).message == "no scenario here: no .yaml file with content"


# Too much of everything


def test_a_file_of_100_mb_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    problem = first(path)
    assert problem.code == "S104"
    assert "102400 kB; at most 2048 kB" in problem.message


def test_a_file_that_grows_while_it_is_read_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_bytes(b"x" * 100)
    assert read_bytes(path, largest=99)[1] is not None
    assert read_bytes(path, largest=100)[1] is None


def test_a_scenario_has_no_more_than_2_000_files_and_20_mb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"f{number}.yaml").touch()
    _, found = gather(tmp_path)
    assert [(each.code, each.message) for each in found] == [("S104", "more than 2000 files")]
    monkeypatch.setattr(folders, "MOST_BYTES", 1024 * 1024)
    (tmp_path / "f1.yaml").write_bytes(b"# " + b"x" * 1024 * 1024)
    assert [each.message for each in gather(tmp_path)[1]][1:] == ["the scenario has more than 1 MB"]


def test_a_folder_that_is_no_scenario_is_not_walked_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOST_ENTRIES", 50)
    for number in range(60):
        (tmp_path / f"photo{number}.jpg").touch()
    assert [each.message for each in gather(tmp_path)[1]] == [
        "more than 50 files and folders: this is no scenario"
    ]


def test_thousands_of_mistakes_are_told_as_fast_as_a_few() -> None:
    count = 3_000
    lines = [
        f"  - {{id: e{n}, window: 1922-Q1, wen: x, when: \"happened('f{n}')\", then: {{event: g{n}}}}}"
        for n in range(count)
    ]
    started = time.process_time()
    found = problems("events:\n" + "\n".join(lines))
    shown = show(found, {})
    assert len(found) == 3 * count
    assert shown.endswith(f"… and {3 * count - 20} more.")
    assert shown.count("\n") == 20
    assert time.process_time() - started < 5


def test_a_mapping_of_unknown_keys_does_not_hang() -> None:
    started = time.process_time()
    assert len(codes("".join(f"key{n}: 1\n" for n in range(20_000)))) == 20_000
    assert time.process_time() - started < 5


def _large(events: int, countries: int = 64) -> str:
    """A scenario of many events, each with a condition, effects and a call."""
    lines = ["calendar: {from: 1000-Q1, to: 2249-Q4}", "countries:"]
    lines += [f"  c{n}: {{name: C{n}}}" for n in range(countries)]
    lines += ["country_variables: {relations: {start: 0, min: -100}}", "events:"]
    for n in range(events):
        lines += [
            f"  - id: e{n}",
            f"    historically: 19{20 + n % 60}-0{1 + n % 9}-11",
            f'    when: "gold > {n % 100} and c{n % countries}.relations >= -50"',
            f"    effects: {{gold: +1, c{n % countries}.relations: -1}}",
            f"    then: {{event: e{(n * 7 + 1) % events}, after: 2, chance: 20}}",
            "    because: It happened.",
        ]
    return "\n".join(lines)


def test_time_to_load_grows_with_size_and_no_faster() -> None:
    def seconds(events: int) -> float:
        text = _large(events)
        started = time.process_time()
        scenario = sound(text)
        spent = time.process_time() - started
        assert len(scenario.events) == events
        return spent

    seconds(50)
    small, large = seconds(250), seconds(2_000)
    assert large < 8 * small * 2
    assert large < 4


def test_a_game_of_5_000_turns_and_64_countries_loads_and_runs() -> None:
    scenario = sound(_large(200))
    program = interpret(scenario)
    assert program.layout.turns == 5_000
    session = Session(program, 1, "open")
    started = time.process_time()
    for _ in range(10):
        session.open()
        session.close()
    assert time.process_time() - started < 1
    assert session.turn == 10


def test_ten_thousand_turns_are_the_most() -> None:
    assert sound("calendar: {from: '1000', to: '9999', step: year}").calendar.end == "9999"
    assert only("calendar: {from: 1000-01, to: 1999-12, step: month}").code == "S104"


def test_64_countries_are_the_most() -> None:
    def text(count: int) -> str:
        return "countries:\n" + "\n".join(f"  c{n}: {{name: C}}" for n in range(count))

    assert len(sound(text(64)).countries) == 64
    assert only(text(65)).message == "a scenario may have 64 countries"


def test_10_000_events_are_the_most() -> None:
    lines = "\n".join(f"  - {{id: e{n}, window: 1922-Q1}}" for n in range(10_001))
    problem = only(f"events:\n{lines}")
    assert problem.message == "'events' may have 10000 entries"


def test_a_text_has_20_000_characters_at_most() -> None:
    assert sound(f"text: {'x' * 20_000}").text is not None
    assert only(f"text: {'x' * 20_001}").code == "S104"


# Nothing of it


def test_a_scenario_without_countries_ends_properly() -> None:
    text = """
countries: {}
rules:
  - {id: r, when: "total(each.party) + average(each.party) + count(each.treaty) == 0", effects: {gold: -1}}
  - {id: s, when: "not any(each.treaty) and all(each.treaty)", effects: {standing: -1, each.party: +1}}
"""
    session = play(sound(text))
    assert (session.place, session.value("gold"), session.value("standing")) == ("over", 84, 34)


def test_what_is_meant_for_every_country_needs_one() -> None:
    assert only("countries: {}\nrules: [{id: r, each: country, effects: {country.party: 1}}]").code == "N305"
    order = "orders: [{id: o, label: O, track: narkomindel, target: country, effects: {target.party: 1}}]"
    assert only(f"countries: {{}}\n{order}").code == "N305"


def test_a_scenario_of_one_country_ends_properly() -> None:
    text = """
countries: {britain: {name: Britain}}
rules: [{id: r, each: country, pick: 1, effects: {gold: "average(each.party)", open: true}}]
events:
  - id: e
    each: country
    pick: "country.party"
    window: 1921-Q1
    asks: comintern
    choices: [{id: a, label: A}, {id: b, label: B}]
"""
    assert play(sound(text)).place == "over"


@pytest.mark.parametrize("empty", ["[]", "~", ""])
def test_empty_sections_are_no_fault(empty: str) -> None:
    sections = ("events", "orders", "rules", "modifiers", "directives", "milestones", "verdicts")
    text = "\n".join(f"{section}: {empty}" for section in sections)
    assert play(sound(text)).place == "over"


@pytest.mark.parametrize(
    "section", ["variables", "country_variables", "people", "past", "claims", "glossary", "sources"]
)
def test_empty_mappings_are_no_fault(section: str) -> None:
    assert play(sound(f"{section}: {{}}")).place == "over"


def test_a_scenario_without_tracks_endings_or_values_ends_properly() -> None:
    bare = "id: bare\ntitle: Bare\ncalendar: {from: 1921-Q1, to: 1921-Q2}\n"
    scenario, found = examined(bare)
    assert found == () and scenario is not None
    assert play(scenario).place == "over"


@pytest.mark.parametrize("name", ["id", "title", "calendar"])
def test_what_a_scenario_cannot_do_without_is_asked_for(name: str) -> None:
    bare = "id: bare\ntitle: Bare\ncalendar: {from: 1921-Q1, to: 1921-Q2}\n"
    scenario, found = examined("".join(line for line in bare.splitlines(True) if not line.startswith(name)))
    assert scenario is None
    assert [each.code for each in found] == ["N305"]
    assert f"'{name}'" in found[0].message


def test_a_game_of_no_turns_is_told_and_a_game_of_one_turn_ends_properly() -> None:
    problem = only("calendar: {from: 1921-Q2, to: 1921-Q1}")
    assert (problem.code, problem.message) == ("L504", "the calendar ends before it begins")
    session = play(sound("calendar: {from: 1921-Q2, to: 1921-Q2}"))
    assert (session.place, session.turn) == ("over", 1)


# Circles


def test_calls_within_a_turn_cannot_go_round_in_a_circle() -> None:
    text = """
events:
  - {id: a, day: 10, window: 1921-Q1, then: {event: b, after: 0}}
  - {id: b, day: 20, only_then: true, then: {event: c, after: 0}}
  - {id: c, day: 30, only_then: true, then: {event: a, after: 0}}
"""
    problem = only(text)
    assert problem.code == "L503"
    assert "'a' (day 10)" in problem.message and "'c' (day 30)" in problem.message
    assert problem.other is not None and problem.other.line == 3


def test_events_that_call_each_other_for_ever_happen_once_a_turn_at_most() -> None:
    text = """
calendar: {from: 1921-Q1, to: 1930-Q4}
events:
  - {id: a, window: 1921-Q1, effects: {gold: +1}, then: [{event: b, after: 1}, {event: a, after: 1}]}
  - {id: b, only_then: true, effects: {gold: +1}, then: [{event: a, after: 1}, {event: b, after: 1}]}
"""
    session = play(sound(text))
    fired = [
        (entry.turn, entry.cause.id) for entry in session.entries if entry.slot == "gold" and entry.delta == 1
    ]
    assert len(fired) == len(set(fired)) == 2 * 40 - 1


def test_a_chain_through_all_events_of_a_turn_runs_once_and_stops() -> None:
    count = 200
    lines = []
    for n in range(count):
        how = "only_then: true" if n else "window: 1921-Q1"
        call = f"then: {{event: e{n + 1:03}, after: 0}}"
        lines.append(f"  - {{id: e{n:03}, day: {n + 1}, {how}, effects: {{gold: +1}}, {call}}}")
    last = f"  - {{id: e{count:03}, day: {count + 1}, only_then: true, effects: {{gold: +1}}}}"
    session = Session(interpret(sound("\n".join(["events:", *lines, last]))), 1, "open")
    session.open()
    assert session.value("gold") == 100 + count + 1


# Names that only look right


@pytest.mark.parametrize(
    ("fragment", "points"),
    [
        ("events: [{id: gеnoa, window: 1922-Q1}]", "U+0435 (cyrillic small letter ie)"),
        ("events: [{id: ge\u0301noa, window: 1922-Q1}]", "U+0301 (combining acute accent)"),
        ("events: [{id: g\u00e9noa, window: 1922-Q1}]", "U+00E9 (latin small letter e with acute)"),
        ("events: [{id: 'ge\u200bnoa', window: 1922-Q1}]", "U+200B (zero width space)"),
        ("events: [{id: ｇenoa, window: 1922-Q1}]", "U+FF47 (fullwidth latin small letter g)"),
        ("variables: {gоld: {start: 5}}", "U+043E (cyrillic small letter o)"),
        ("events: [{id: genoa, windоw: 1922-Q1}]", "U+043E (cyrillic small letter o)"),
        ("rules: [{id: r, effects: {gоld: 5}}]", "U+043E (cyrillic small letter o)"),
        ("rules: [{id: r, when: \"happened('gеnoa')\"}]", "U+0435 (cyrillic small letter ie)"),
        ("rules: [{id: r, each: [britаin]}]", "U+0430 (cyrillic small letter a)"),
    ],
)
def test_a_look_alike_is_told_with_its_code_point(fragment: str, points: str) -> None:
    found = problems(fragment)
    assert any(points in each.message for each in found), "\n".join(map(str, found))
    assert all(each.code in ("N301", "N302", "N303", "N305", "S107") for each in found)


def test_what_does_not_print_is_printed_as_an_escape() -> None:
    (problem,) = examined(whole('authrs\u202e: x\nauthors: "a"'))[1][:1]
    assert "\u202e" not in str(problem)
    assert "U+202E" in str(problem) or "\\u202e" in str(problem)


# Shelves


def test_a_scenario_is_found_by_path_or_by_id_on_a_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.yaml").write_text(whole("id: mine"), encoding="utf-8")
    (tmp_path / "single.yaml").write_text(whole("id: single"), encoding="utf-8")
    (tmp_path / "Not an id").mkdir()
    (tmp_path / "Not an id" / "a.yaml").write_text(whole("id: x"), encoding="utf-8")
    assert {"mine", "single"} <= set(known_ids()) and "Not an id" not in known_ids()
    assert find("mine") == tmp_path / "mine" == find_id("mine")
    assert find(str(tmp_path / "single.yaml")) == tmp_path / "single.yaml"
    assert load("single").scenario.id == "single"
    assert find_id("../mine") is None and find_id(str(tmp_path / "mine")) is None


def test_a_shelf_that_cannot_be_looked_into_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.yaml").write_text(whole("id: mine"), encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    every = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "scenarios":
            raise PermissionError(13, "Permission denied")
        return every(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "mine" in known_ids()


def test_every_problem_comes_with_the_error(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(
        whole('authrs: x\nrules: [{id: r, when: "gold > 900", effects: {gld: 1}}]'), encoding="utf-8"
    )
    with pytest.raises(ScenarioError) as caught:
        load(str(path))
    assert [(each.code, each.severity) for each in caught.value.problems] == [
        ("N302", "error"),
        ("W601", "warning"),
        ("N301", "error"),
    ]
    assert str(caught.value).startswith(f"{path}:1:1: N302 error")
