"""How does a debrief read as text?  The same as on paper, in lines; of the decisions those that were not history's."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from game.play.beside import Decided, Reached
from game.play.debriefing import Debrief
from game.play.roads import describe_road
from game.play.wording import number
from game.views.screens.joint import sides, summary, undone
from game.views.screens.markup import flowing, unmarked
from game.views.screens.reckoning import curves, weighed

WIDTH: Final = 78
MOST_UNSEEN: Final = 12
MOST_UNDONE: Final = 5


def lines(told: Debrief) -> Iterator[str]:
    """The debrief, a line each."""
    session = told.session
    yield told.title
    yield ", ".join(each for each in (told.nickname, told.stands, told.luck) if each)
    if told.outcome is not None:
        yield from _head(told.outcome.title)
        yield from _filled(told.outcome.text, hang="")
        for verdict in told.outcome.verdicts:
            yield from _filled(f"{session.viewer.words.label(verdict.about)}: {verdict.text}")
    yield from _head("Scores beside history")
    for curve in curves(session):
        history = f", history {number(curve.historical_end)}" if curve.historical_end is not None else ""
        yield f"{curve.label}: {number(curve.points[0])} at the start, {number(curve.end)} now{history}"
    yield from _head("What weighed most")
    for at, each in enumerate(weighed(session, 3), start=1):
        judged = (
            "" if each.historical is None else ", as in history" if each.historical else ", unlike history"
        )
        yield from _filled(f"{at}. {each.when}, {each.title}: {each.choice} ({each.drift.spoken}{judged})")
    yield from _head("Roads not taken")
    if told.roads is None:
        yield "They are told when the game is over."
    elif not told.roads:
        yield "No other answer would have changed the scores."
    for at, road in enumerate(told.roads or (), start=1):
        yield from _filled(f"{at}. {describe_road(session, road)}")
    yield from _undone(told)
    yield from _factors(told)
    if told.questions:
        yield from _head("Questions to you")
    for at, question in enumerate(told.questions, start=1):
        yield from _filled(f"{at}. {question.about}. {question.text}{_cited(told, question.sources)}")
    yield from _beside(told)
    yield from _after(told)


def _undone(told: Debrief) -> Iterator[str]:
    """What each track took down of the other's work."""
    session = told.session
    rows = undone(session, MOST_UNDONE) if len(session.roles) == 2 and told.outcome else ()
    if rows:
        yield from _head("Who undid whom")
        yield from _filled(summary(sides(session)), hang="")
    for at, each in enumerate(rows, start=1):
        yield from _filled(f"{at}. {each.sentence}")


def _factors(told: Debrief) -> Iterator[str]:
    found = [each for each in told.factors if not each.empty]
    if found:
        yield from _head("Six factors of policy")
    for each in found:
        yield from _filled(f"{each.heading}. {each.stands}")
        for who, said in (("You", each.yours), ("The world", each.world)):
            if said:
                yield from _filled(f"{who}. {said}", "  ")


def _beside(told: Debrief) -> Iterator[str]:
    if told.reached:
        yield from _head("Milestones")
    for mile in told.reached:
        yield from _filled(_mile(told, mile))
    unlike = [each for each in told.decided if each.as_in_history is False]
    same = sum(each.as_in_history is True for each in told.decided)
    if told.decided:
        yield from _head("Decisions beside history")
        yield from _filled(
            f"{len(told.decided)} questions: {same} answered as in history, {len(unlike)} unlike it, "
            f"{len(told.decided) - same - len(unlike)} that history never had."
        )
    for each in told.decided:
        if each.as_in_history is False or each.reason:
            yield from _decision(told, each)


def _mile(told: Debrief, each: Reached) -> str:
    when = each.when or "not reached"
    lead = ""
    if each.ahead:
        turns = abs(each.ahead)
        lead = f", {turns} turn{'s' * (turns != 1)} {'earlier' if each.ahead > 0 else 'later'}"
    history = f" (history: {each.history})" if each.history else ""
    cause = f". {each.cause}" if each.cause else ""
    return f"{each.label}: {when}{lead}{history}{cause}{_cited(told, each.sources)}"


def _decision(told: Debrief, each: Decided) -> Iterator[str]:
    yield from _filled(f"{each.when}, {each.title}: {each.answer}{_cited(told, each.sources)}")
    if each.reason:
        yield from _filled(f"your reason: “{each.reason}”", "  ")
    if each.as_in_history is False:
        date = f" ({each.history_date})" if each.history_date else ""
        yield from _filled(f"history{date}: {each.history}", "  ")
    moved = ", ".join(f"{shift.label} {shift.shown}" for shift in each.moved)
    if moved:
        yield from _filled(f"moved {moved}", "  ")
    for sentence in each.told:
        yield from _filled(sentence, "  ")


def _after(told: Debrief) -> Iterator[str]:
    if told.unseen:
        yield from _head("What history saw and this game did not")
        for each in told.unseen[:MOST_UNSEEN]:
            yield from _filled(f"{each.date}: {each.title}{_cited(told, each.sources)}")
        if (more := len(told.unseen) - MOST_UNSEEN) > 0:
            yield f"and {more} more"
    if told.touches:
        yield from _head("The teacher's hand")
        for touch in told.touches:
            note = f" “{touch.note}”" if touch.note else ""
            yield from _filled(f"{touch.when}: {touch.text}.{note}")
    if told.works:
        yield from _head("Sources")
    for work in told.works:
        yield from _filled(f"[{work.number}] {work.text} {work.worth}".rstrip())


def _cited(told: Debrief, keys: Iterable[str]) -> str:
    found = told.cite(keys)
    return f" [{', '.join(map(str, found))}]" if found else ""


def _head(text: str) -> Iterator[str]:
    yield ""
    yield f"== {text} =="


def _filled(text: str, indent: str = "", hang: str = "  ") -> Iterator[str]:
    """A text in lines of the screen's width, what follows of a line set in a little."""
    for paragraph in flowing(unmarked(text)).split("\n"):
        yield from textwrap.wrap(paragraph, WIDTH, initial_indent=indent, subsequent_indent=indent + hang)
