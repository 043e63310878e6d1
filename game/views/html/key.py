"""What does the teacher alone get?  The key: what history decided and why, with notes, disputes and sources."""

from __future__ import annotations

from collections.abc import Sequence

from game.play.packing import Answered, Asked, Pack
from game.views.html.elements import Node, el, prose, spoken
from game.views.html.page import row, section, table
from game.views.html.papers import cited, pairs, paper, works


def key_page(told: Pack) -> str:
    """The key."""
    scores = [
        row(each.label, each.start, "; ".join(f"{when}: {value}" for when, value in each.history) or "–")
        for each in told.values
    ]
    return paper(
        told,
        "key",
        "The teacher's key",
        section(
            "whole",
            "The whole",
            *prose(told.note),
            el("h3", "Questions for when it is over") if told.questions else None,
            el("ul", *(el("li", *spoken(each)) for each in told.questions)) if told.questions else None,
        )
        if told.note or told.questions
        else None,
        section(
            "course",
            "History's own course",
            table(
                "As the scenario puts it; numbers are design, dates are history",
                ("Value", "At the start", "In history"),
                scores,
                24,
                16,
                60,
            ),
        )
        if scores
        else None,
        section("close", "The questions of the worksheet", *(_answers(told, each) for each in told.chosen))
        if told.chosen
        else None,
        section(
            "all",
            "Every question",
            table(
                "In order of date",
                ("Date", "Question", "Whom", "History's own answer"),
                [
                    row(
                        el("th", each.date or "–", scope="row"),
                        el("td", *spoken(each.title), *cited(told, each.sources)),
                        each.role,
                        _historical(each.answers),
                    )
                    for each in told.asked
                ],
                17,
                38,
                15,
                30,
            ),
        )
        if told.asked
        else None,
        section("endings", "How a game may end", pairs(told.endings)) if told.endings else None,
        works(told),
        lead=[
            el("p", el("span", "Keep apart", class_="secret")),
            el("p", "What history decided, why, and where historians disagree."),
        ],
    )


def _historical(answers: Sequence[Answered]) -> str:
    return next((each.label for each in answers if each.historical), "no such question in history")


def _answers(told: Pack, each: Asked) -> Node:
    """A question with all that a teacher has on it."""
    answers = [
        el(
            "li",
            el("b", answer.label),
            el("span", " ● as in history", class_="red") if answer.historical else None,
            f" – {answer.because}" if answer.because else None,
        )
        for answer in each.answers
    ]
    notes = (("Note", each.note), ("Disputed", each.dispute), ("What it cost", each.toll))
    lines = [el("p", el("b", f"{name}. "), *spoken(text)) for name, text in notes if text]
    return el(
        "article",
        el("h3", *spoken(each.title)),
        el("p", f"{each.date}; asked of: {each.role}", *cited(told, each.sources), class_="soft small"),
        el("ul", *answers),
        *lines,
        el("p", el("b", "For the class. "), " ".join(each.questions)) if each.questions else None,
        class_="question keep",
    )
