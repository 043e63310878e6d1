"""What does a student write on, and by what is it marked?  The worksheet and the rubric of a pack."""

from __future__ import annotations

from typing import Final

from game.play.factors import HEADINGS
from game.play.packing import Asked, Pack
from game.views.html.elements import Child, Node, el, spoken
from game.views.html.page import row, section, table
from game.views.html.papers import paper

LEVELS: Final = ("3 points", "2 points", "1 point", "none")
MOST_EXAMPLES: Final = 3
COUNTS: Final = {5: "Five", 6: "Six"}


def lines(count: int) -> Node:
    """Lines to write on; passed over when read aloud, but for their number."""
    return el(
        "ul", *(el("li") for _ in range(count)), class_="lines", aria_label=f"{count} lines to write on"
    )


def fields(*names: str) -> Node:
    """Fields to write into, in the masthead."""
    return el("p", *(el("span", f"{name}: ", class_="field") for name in names))


def worksheet_page(told: Pack) -> str:
    """The worksheet."""
    return paper(
        told,
        "worksheet",
        "Worksheet",
        _before(told),
        _log(told),
        section(
            "close",
            "C. Looking closely",
            *(_close(told, each) for each in told.chosen),
            aside="fill in those that you were asked",
        )
        if told.chosen
        else None,
        _after(told),
        lead=[fields("Name", "Seat", "Date")],
    )


def _blank(high: str = "2.4em") -> Node:
    return el("td", style=f"height:{high}")


def _before(told: Pack) -> Node | None:
    if not told.scores:
        return None
    rows = [row(each.label, each.start, _blank(), _blank(), _blank()) for each in told.scores]
    return section(
        "before",
        "A. Before and after",
        table(
            "Guess before you play; fill in the rest at the end",
            ("Value", "At the start", "My guess for the end", "At the end", "What moved it most"),
            rows,
            20,
            12,
            18,
            14,
            36,
        ),
    )


def _log(told: Pack) -> Node:
    rows = [row(name, _blank("3em"), _blank("3em"), _blank("3em")) for name in told.rows]
    return section(
        "log",
        "B. While you play",
        table(
            "The weightiest decision of each",
            ("When", "What we decided", "Why", "What came of it"),
            rows,
            14,
            28,
            28,
            30,
        ),
        aside="one line is enough",
    )


def _close(told: Pack, each: Asked) -> Node:
    date = f"{each.date}; " if each.date else ""
    questions = [part for text in each.questions for part in (el("p", *spoken(text)), lines(2))]
    return el(
        "article",
        el("h3", *spoken(each.title)),
        el("p", f"{date}asked of: {each.role}", class_="soft small"),
        el("p", *_ticks(each)),
        el("p", "Our reason:"),
        lines(1),
        el("p", "What came of it, and what history did instead:"),
        lines(2),
        *questions,
        class_="question keep",
    )


def _ticks(each: Asked) -> list[Child]:
    found: list[Child] = []
    for answer in each.answers:
        found += [el("span", answer.label, class_="tick"), "   "]
    return found


def _after(told: Pack) -> Node:
    factors = [el("div", el("h3", heading), lines(2), class_="keep") for heading in HEADINGS.values()]
    tracks = [each.label for each in told.roles]
    pair = (
        [
            el("h3", f"Where did {tracks[0]} and {tracks[1]} spoil each other’s work? Where did they help?"),
            lines(3),
        ]
        if len(tracks) > 1
        else []
    )
    return section(
        "after",
        "D. When it is over",
        el("p", "One example from your own game for each of the six factors of policy:"),
        el("div", *factors, class_="two"),
        el("div", *pair, class_="keep") if pair else None,
        el(
            "div",
            el("h3", "The decision you would take back, and what you would do instead"),
            lines(3),
            class_="keep",
        ),
        el(
            "div",
            el("h3", "Where did you do what history did, and where not? What made the difference?"),
            lines(4),
            class_="keep",
        ),
        *(el("div", el("h3", *spoken(each)), lines(3), class_="keep") for each in told.questions),
    )


def rubric_page(told: Pack) -> str:
    """What is marked, and how."""
    rows = [
        row(el("th", name, scope="row"), *(el("td", *spoken(text)) for text in levels), el("td"))
        for name, levels in _criteria(told)
    ]
    most = 3 * len(rows)
    return paper(
        told,
        "rubric",
        "What is marked",
        section(
            "marks",
            f"{COUNTS[len(rows)]} things",
            table(
                "Write the points in the last column", ("", *LEVELS, "Points"), rows, 15, 25, 22, 18, 12, 8
            ),
            el("p", el("span", f"Together, of {most}: ", class_="field")),
            el(
                "div",
                el("h3", "What was best"),
                lines(2),
                el("h3", "What to do next"),
                lines(2),
                class_="keep",
            ),
        ),
        lead=[fields("Name")],
    )


def _criteria(told: Pack) -> list[tuple[str, tuple[str, str, str, str]]]:
    dates = [f"{each.title} ({each.date})" for each in told.timeline if each.milestone][:MOST_EXAMPLES]
    dates = dates or [f"{each.title} ({each.date})" for each in told.chosen][:MOST_EXAMPLES]
    scores = ", ".join(each.label for each in told.scores) or "the values"
    tracks = [each.label for each in told.roles]
    both = " and ".join(tracks)
    disputed = [each.title for each in told.asked if each.dispute][:MOST_EXAMPLES]
    instance = f", such as {'; '.join(dates)}" if dates else ""
    dispute = f" (for instance on: {'; '.join(disputed)})" if disputed else ""
    found = [
        (
            "Dates and events",
            (
                f"Uses at least six dates rightly{instance}.",
                "Uses three to five dates rightly.",
                "Uses one or two.",
                "None.",
            ),
        ),
        (
            "Causes",
            (
                f"Explains why values moved ({scores}), over several steps and back to decisions.",
                "Explains single movements by their nearest cause.",
                "Says what moved, not why.",
                "Neither.",
            ),
        ),
        (
            "Two policies",
            (
                f"Shows by examples how {both} helped and how they spoiled each other’s work.",
                "Gives one example of either.",
                "Says only that there were two.",
                "Nothing.",
            ),
        ),
        (
            "Six factors",
            (
                "Has a fitting example from the own game for all six.",
                "For four or five.",
                "For one to three.",
                "For none.",
            ),
        ),
        (
            "Beside history",
            (
                "Says where the own game left history, what was decided then, and what people at the time could "
                "know.",
                "Says where it left history, and what was decided then.",
                "Says only that it was different.",
                "Nothing.",
            ),
        ),
        (
            "Sources",
            (
                f"Names works and says where they disagree{dispute}.",
                "Names works.",
                "Says that there are some.",
                "Nothing.",
            ),
        ),
    ]
    return found if len(tracks) > 1 else [each for each in found if each[0] != "Two policies"]
