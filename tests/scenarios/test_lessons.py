"""Is every lesson that comes with the game one: short, with a briefing, questions enough, and its own last word?"""

from __future__ import annotations

from functools import cache

import pytest

from game.compiler.reading import longest
from game.play.midway import as_yaml, midway
from game.play.previewing import history_of
from game.play.running import Run, Runner
from game.play.script import read_script
from game.rules.calendar import parse_step
from game.rules.ledger import Kind
from game.rules.scenario import Event, Scenario
from tests import shelf
from tests.shelf import FOUND, SHELF

LESSONS = tuple(name for name in FOUND if (SHELF / name / "lesson.yaml").is_file())
BASE = "breathing-space"
every_lesson = pytest.mark.parametrize("name", LESSONS)


def lesson(name: str) -> Scenario:
    """A lesson."""
    return shelf.loaded(name).scenario


@cache
def history(name: str) -> Run:
    """A lesson as history went."""
    script = read_script(SHELF / name / "playthroughs" / "historical.yaml")
    return Runner(shelf.program(name), script).run()


def asked(name: str) -> list[Event]:
    """The events that are put to the class on history's way."""
    events = {each.id: each for each in lesson(name).events}
    causes = [each.cause for each in history(name).session.entries if each.cause.kind == Kind.CHOICE]
    return [events[id_] for id_ in dict.fromkeys(each.id for each in causes if each.decided)]


def own(name: str) -> list[Event]:
    """The events that the lesson adds."""
    known = {each.id for each in shelf.loaded(BASE).scenario.events}
    return [each for each in lesson(name).events if each.id not in known]


def test_the_four_lessons_are_there() -> None:
    assert {"genoa-1922", "year-of-decisions-1923", "arcos-1927", "manchuria-1931"} <= set(LESSONS)
    assert all(lesson(name).extends == BASE for name in LESSONS)


@every_lesson
def test_it_is_as_long_as_a_lesson(name: str) -> None:
    found = lesson(name)
    assert 15 <= found.minutes <= 25
    assert 4 <= shelf.program(name).layout.turns <= 8
    assert 8 <= len(asked(name)) <= 14
    read = longest(found.text, "en").seconds
    for event in asked(name):
        read += longest(event.text, "en").seconds
        read += sum(
            longest(each.text, "en").seconds + longest(each.label, "en").seconds for each in event.choices
        )
    assert read < 60 * 0.75 * found.minutes, "the rest of the time is for the orders, and to think"


@every_lesson
def test_both_tracks_are_asked(name: str) -> None:
    assert {event.asks for event in asked(name)} == {"narkomindel", "comintern"}


@every_lesson
def test_it_begins_with_a_briefing_and_ends_with_words_of_its_own(name: str) -> None:
    found, base = lesson(name), shelf.loaded(BASE).scenario
    assert longest(found.text, "en").words >= 60 and found.text != base.text
    assert found.teaching is not None and found.teaching.note is not None
    assert len(found.teaching.questions) >= 4
    theirs = {each.id: each for each in base.endings}
    assert [each.id for each in found.endings if theirs.get(each.id) != each] == ["survived"]
    assert {each.id for each in found.verdicts} & {each.id for each in base.verdicts} == set()
    assert len({each.about for each in found.verdicts}) >= 4
    outcome = history(name).session.outcome()
    assert outcome is not None and len(outcome.verdicts) >= 4


@every_lesson
def test_what_it_adds_is_sourced_and_taught(name: str) -> None:
    added = own(name)
    assert len([event for event in added if event.choices]) >= 3
    for event in added:
        assert event.attachments.sources and event.attachments.confidence, event.id
        assert not event.choices or event.attachments.teaching is not None, event.id
        assert [each.historical for each in event.choices].count(True) == bool(event.choices), event.id


def test_each_begins_where_the_main_scenario_has_come_to() -> None:
    runner = Runner(shelf.program(BASE), history_of(shelf.program(BASE), SHELF / BASE))
    layout = runner.program.layout
    for name in sorted(LESSONS, key=lambda each: lesson(each).calendar.start):
        step = lesson(name).calendar.start
        session = runner.until(layout.turn_of(parse_step(step, "quarter")))
        kept = (SHELF / name / "start.yaml").read_text(encoding="utf-8")
        says = "\n".join(line for line in kept.splitlines() if line.startswith("#"))
        assert kept == f"{says}\n" + as_yaml(midway(session), "").removeprefix("# \n").removeprefix("#\n"), (
            f"make it again: python3 main.py past {BASE} {step} --out scenarios/{name}/start.yaml"
        )
