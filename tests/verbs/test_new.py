"""Does what `new` writes load, play and test itself, and is nothing ever written over?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game import cli
from tests.small import whole

Said = pytest.CaptureFixture[str]
BASE = """\
id: base
calendar: {from: 1921-Q1, to: 1923-Q4}
endings: [{id: over, title: Over, rank: 9}]
verdicts: [{id: v, about: gold, rank: 1, text: x}]
"""


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own to be in, and a shelf with a small scenario to build on."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "base.yaml").write_text(whole(BASE), encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def calls(capsys: Said) -> list[str]:
    """The calls that `new` names as the next ones."""
    lines = capsys.readouterr().out.splitlines()
    return [line.strip().removeprefix("python3 main.py ") for line in lines if "python3 main.py" in line]


def all_fine(next_: list[str], capsys: Said) -> None:
    """Check finds nothing to complain of, and the playthrough goes as it expects."""
    check, run = (next(call for call in next_ if call.startswith(verb)) for verb in ("check", "run"))
    assert cli.main([*check.split(), "--strict"]) == 0, capsys.readouterr().out
    assert "0 error(s), 0 warning(s)" in capsys.readouterr().out
    assert cli.main(run.split()) == 0, capsys.readouterr().err
    assert "as expected" in capsys.readouterr().out
    assert cli.main(["check", run.split()[1]]) == 0


@pytest.mark.parametrize(
    "call", ["scenario trial", "scenario trial --in mine/own", "lesson trial --extends base --in lessons"]
)
def test_what_is_written_is_fine_at_once(call: str, capsys: Said) -> None:
    assert cli.main(["new", *call.split()]) == 0
    all_fine(calls(capsys), capsys)


def test_an_event_fits_the_scenario_that_it_is_added_to(capsys: Said) -> None:
    for call in ("lesson trial --extends base", "event peace-offer --in trial", "event second --in trial"):
        assert cli.main(["new", *call.split()]) == 0
        all_fine(calls(capsys), capsys)
    text = Path("trial/events/peace-offer.yaml").read_text(encoding="utf-8")
    assert "asks: narkomindel" in text and "effects: {trade: +2, gold: -2}" in text


def test_a_scenario_that_asks_nobody_and_counts_nothing_gets_an_event_all_the_same(capsys: Said) -> None:
    Path("bare").mkdir()
    empty = "id: bare\ntracks: ~\nscores: ~\nvariables: {open: {start: false}}\n"
    bare = whole(empty + "calendar: {from: 1921-05, to: 1921-05, step: month}")
    Path("bare/bare.yaml").write_text(bare, encoding="utf-8")
    assert cli.main(["new", "event", "only-one", "--in", "bare"]) == 0
    all_fine(calls(capsys), capsys)


def test_a_lesson_on_the_main_scenario_is_fine_at_once(capsys: Said) -> None:
    assert cli.main(["new", "lesson", "trial"]) == 0
    all_fine(calls(capsys), capsys)
    text = Path("trial/lesson.yaml").read_text(encoding="utf-8")
    assert "from: 1921-Q1, to: 1921-Q4" in text


def test_each_file_tells_the_editor_where_its_schema_is() -> None:
    assert cli.main(["new", "lesson", "trial", "--extends", "base"]) == 0
    for path in [Path("trial/lesson.yaml"), *Path("trial/events").iterdir()]:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        where = first.removeprefix("# yaml-language-server: $schema=")
        assert first != where and (path.parent / where).resolve() == Path("trial/schema.json").resolve()
    assert '"effect-on-gold"' in Path("trial/schema.json").read_text(encoding="utf-8")


def test_the_folder_tests_itself_wherever_it_is_copied(capsys: Said, tmp_path: Path) -> None:
    assert cli.main(["new", "scenario", "trial", "--in", "mine"]) == 0
    (tmp_path / "elsewhere").mkdir()
    Path("mine/trial").rename("elsewhere/trial")
    assert cli.main(["run", "elsewhere/trial/playthroughs/first-letter.yaml"]) == 0
    assert cli.main(["check", "elsewhere/trial/playthroughs/first-letter.yaml"]) == 0


def test_a_copy_of_a_scenario_on_a_shelf_runs_its_own_playthroughs(capsys: Said, shelf: Path) -> None:
    assert cli.main(["new", "scenario", "trial", "--in", str(shelf)]) == 0
    assert cli.main(["new", "scenario", "trial", "--in", "mine"]) == 0
    file = Path("mine/trial/scenario.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("id: survived", "id: done"), encoding="utf-8")
    assert cli.main(["run", "mine/trial/playthroughs/first-letter.yaml"]) == 1
    assert "expected the ending 'survived', found 'done'" in capsys.readouterr().err


@pytest.mark.parametrize("there", ["scenario.yaml", "events/opening.yaml", "playthroughs/first-letter.yaml"])
def test_no_file_is_written_over_and_then_none_is_written(there: str, capsys: Said) -> None:
    file = Path("trial") / there
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    assert cli.main(["new", "scenario", "trial"]) == 1
    assert f"{file} is there already" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
    assert [path for path in Path("trial").rglob("*") if path.is_file()] == [file]


def test_a_schema_that_is_there_stays_as_it_is(capsys: Said) -> None:
    Path("trial").mkdir()
    Path("trial/schema.json").write_text("{}", encoding="utf-8")
    assert cli.main(["new", "scenario", "trial"]) == 0
    assert Path("trial/schema.json").read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize(
    ("call", "status", "said"),
    [
        ("scenario My-Lesson", 2, "how about 'my-lesson'?"),
        ("scenario ../outside", 2, "cannot be an id"),
        ("event trial --in empty", 1, "first mend 'empty'"),
        ("event trial --in nowhere", 2, "there is no folder 'nowhere'"),
        ("lesson trial --extends bse", 2, "did you mean 'base'?"),
        ("poem trial", 2, "invalid choice"),
    ],
)
def test_what_cannot_be_begun_is_said_in_one_line(call: str, status: int, said: str, capsys: Said) -> None:
    Path("empty").mkdir()
    assert cli.main(["new", *call.split()]) == status
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_an_id_that_is_taken_and_a_scenario_with_errors_are_refused(capsys: Said) -> None:
    assert cli.main(["new", "scenario", "trial"]) == 0
    assert cli.main(["new", "event", "trade-talks", "--in", "trial"]) == 1
    assert "the scenario has an item 'trade-talks' already" in capsys.readouterr().err
    Path("trial/more.yaml").write_text("evnts: []\n", encoding="utf-8")
    assert cli.main(["new", "event", "another", "--in", "trial"]) == 1
    assert "first mend 'trial'" in capsys.readouterr().err


def test_a_lesson_may_begin_in_the_middle_with_what_had_happened(capsys: Said) -> None:
    assert (
        cli.main(["new", "lesson", "trial", "--extends", "base", "--from", "1922-q2", "--to", "1922-Q4"]) == 0
    )
    all_fine(calls(capsys), capsys)
    text = Path("trial/lesson.yaml").read_text(encoding="utf-8")
    assert "from: 1922-Q2, to: 1922-Q4" in text and "start.yaml" in text
    start = Path("trial/start.yaml").read_text(encoding="utf-8")
    assert "python3 main.py past base 1922-Q2 --out trial/start.yaml" in start
    again = "past base 1922-Q2 --out trial/start.yaml"
    assert cli.main(again.split()) == 0
    assert Path("trial/start.yaml").read_text(encoding="utf-8") == start


def test_a_lesson_may_end_early_or_last_to_the_end(capsys: Said) -> None:
    for name, span, found in (
        ("short", "--to 1921-Q2", "from: 1921-Q1, to: 1921-Q2"),
        ("late", "--from 1923-Q3", "from: 1923-Q3, to: 1923-Q4"),
    ):
        assert cli.main(f"new lesson {name} --extends base {span}".split()) == 0
        all_fine(calls(capsys), capsys)
        assert found in Path(name, "lesson.yaml").read_text(encoding="utf-8")
    assert not Path("short/start.yaml").exists()


@pytest.mark.parametrize("span", ["--from 1924-Q1", "--from 1922-Q3 --to 1922-Q2", "--to spring"])
def test_a_span_outside_the_base_is_refused(span: str, capsys: Said) -> None:
    assert cli.main(f"new lesson trial --extends base {span}".split()) == 2
    assert "is no turn from" in capsys.readouterr().err
    assert not Path("trial").exists()
