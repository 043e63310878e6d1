"""How is a debrief printed?  One game beside history on one page: weighed, sorted, asked about, with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from game.play.beside import Decided, Reached
from game.play.debriefing import Debrief
from game.play.observation import Shift
from game.play.wording import number
from game.views.html.elements import Child, Node, el, link, prose, spoken
from game.views.html.page import band, masthead, page, row, section, table
from game.views.html.pictures import chart, emblem, gauge, sign, standing
from game.views.screens.desk import span
from game.views.screens.joint import sides, summary, undone
from game.views.screens.reckoning import Curve, Weighed, bars, curves, pins, turning, weighed
from game.views.screens.tone import Drift, of_shift

MOST_WEIGHED: Final = 3
MOST_UNDONE: Final = 5
MOST_DRIFTS: Final = 3
MOST_TURNS: Final = 12
"""Turns of a game whose scores are told turn by turn."""
ARROWS: Final = {"up": "▲", "down": "▼", "level": "■"}


def debrief_page(told: Debrief) -> str:
    """The whole page."""
    session = told.session
    scores, years, countries = curves(session), span(session), bars(session)
    who = f" · {told.nickname}" if told.nickname else ""
    return page(
        f"Debrief: {told.title}{who}",
        _mast(told, scores),
        _findings(told.findings),
        _chart(told, scores),
        el(
            "div",
            section("stand", "Where we stand", standing(countries), aside="ring: at the start; bar: now")
            if countries else None,
            el("div", _weighed(weighed(session, MOST_WEIGHED)), _roads(told)),
            class_="two" if countries else None,
        ),
        _undone(told),
        _factors(told),
        _questions(told),
        _milestones(told),
        _decisions(told),
        _unseen(told),
        _touches(told),
        _works(told),
        el("p", f"{told.title}, {years.years[0][0]} to {years.years[-1][0]}. Made by Peredyshka from a saved game; "
           "nothing on this page is fetched from anywhere."),
    )  # fmt: skip


def _mast(told: Debrief, scores: Sequence[Curve]) -> Node:
    years = span(told.session).years
    outcome = told.outcome
    facts = f"{told.stands[:1].upper()}{told.stands[1:]}; {told.luck}"
    judged = {each.about: each.text for each in outcome.verdicts} if outcome else {}
    known = {each.slot for each in scores}
    return masthead(
        f"{told.title} · {told.nickname}" if told.nickname else told.title,
        outcome.title if outcome else "Half-way",
        *(prose(outcome.text) if outcome else ()),
        el("p", facts, class_="facts"),
        el(
            "table",
            el("caption", "Scores, and where history left them", class_="facts"),
            el(
                "thead",
                el(
                    "tr",
                    el("th", "Score", scope="col"),
                    el("th", "You", scope="col", class_="number"),
                    el("td"),
                    el("th", "History", scope="col", class_="number"),
                ),
            ),
            el("tbody", *(_score(each) for each in scores)),
            class_="scores",
        ),
        *(el("p", text, class_="facts") for about, text in judged.items() if about not in known),
        emblem=emblem(str(years[0][0]), str(years[-1][0])),
    )


def _score(each: Curve) -> Node:
    history = number(each.historical_end) if each.historical_end is not None else "–"
    return el(
        "tr",
        el("th", each.label, scope="row"),
        el("td", number(each.end), class_="number"),
        el("td", gauge(each)),
        el("td", history, class_="number"),
    )


def _findings(findings: Sequence[str]) -> Node | None:
    if not findings:
        return None
    return el(
        "div", el("h2", "About the file"), *(el("p", each) for each in findings), class_="flag", role="note"
    )


def _chart(told: Debrief, scores: Sequence[Curve]) -> Node:
    session = told.session
    years = span(session)
    judged = {each.about: each.text for each in told.outcome.verdicts} if told.outcome else {}
    verdicts = [
        el("div", el("dt", each.label), el("dd", judged[each.slot]), class_="keep")
        for each in scores
        if each.slot in judged
    ]
    count = years.years[-1][0] - years.years[0][0] + 1
    title = f"{_count(count)} years beside history" if count > 1 else "The year beside history"
    return section(
        "beside", title,
        el("figure", chart(scores, years.years, years.turns, pins(session)),
           el("figcaption", "Scores at the close of each turn; dotted: as the scenario puts history's own course.")),
        el("dl", *verdicts, class_="two") if verdicts else None,
        _numbers(told, scores),
    )  # fmt: skip


def _numbers(told: Debrief, scores: Sequence[Curve]) -> Node | None:
    """The curves as figures: at the start, then at the close of each year, or of each turn of a short game."""
    if not scores:
        return None
    session, years, played = told.session, span(told.session).years, len(told.session.closes) - 1
    words, turns = session.viewer.words, session.program.layout.turns
    if turns <= MOST_TURNS:
        stops = [(words.step(turn), turn) for turn in range(1, played + 1)]
    else:
        last = [years[at + 1][1] - 1 if at + 1 < len(years) else turns for at in range(len(years))]
        stops = [(str(year), min(turn, played)) for (year, first), turn in zip(years, last, strict=True)
                 if first <= played]  # fmt: skip
    heads: list[str | Node] = ["Score"]
    heads += [
        el("th", name, scope="col", class_="number") for name in ("start", *(name for name, _ in stops))
    ]
    rows = [
        row(
            each.label,
            *(el("td", number(each.points[turn]), class_="number") for turn in (0, *(t for _, t in stops))),
        )
        for each in scores
    ]
    return el("div", table("The same in figures", tuple(heads), rows, class_="figures"), class_="wide keep")


def _weighed(found: Sequence[Weighed]) -> Node:
    return section(
        "weighed", "What weighed most",
        el("ol", *(_deed(each.track, f"{each.when}: {each.choice}", each.title, [each.drift], _judged(each))
                   for each in found), class_="plain deeds")
        if found else el("p", "No decision moved the scores."),
        aside="all that goes back to a decision",
    )  # fmt: skip


def _judged(each: Weighed) -> Node | None:
    if each.historical is None:
        return None
    said = "as in history" if each.historical else "unlike history"
    return el("div", said, class_="verdict" if each.historical else "verdict unlike")


def _deed(track: str, when: str, what: str, moved: Sequence[Drift], *more: Child) -> Node:
    return el(
        "li", sign(track),
        el("div", el("div", when, class_="when"), el("div", *spoken(what), class_="what")),
        el("div", *map(drift, moved), *more, class_="move"),
    )  # fmt: skip


def drift(each: Drift) -> Node:
    """A change with an arrow that goes the way the number goes, welcome or not."""
    arrow = el("span", ARROWS[each.direction], aria_hidden="true")
    return el(
        "div",
        arrow,
        f" {each.label} ",
        el("b", each.shown),
        class_=each.tone if each.tone != "even" else None,
    )


def _roads(told: Debrief) -> Node:
    if told.roads is None:
        words: list[Child] = [el("p", "They are told when the game is over.")]
    elif not told.roads:
        words = [el("p", "No other answer would have changed the scores.")]
    else:
        found = [(road, turning(told.session, road)) for road in told.roads]
        tracks = {each.id: each.asks for each in told.session.program.scenario.events}
        words = [
            el("ol", *(
                el(
                    "li", sign(tracks.get(road.decision.event, "")),
                    el(
                        "div",
                        el("div", f"{each.when}: {each.taken}", class_="when"),
                        el("div", *spoken(each.title), class_="what"),
                        el("div", "With ", el("b", f"“{each.other}”"), " instead: ", *_inline(each.drifts),
                           f". The end would have been “{each.end}”.", class_="small"),
                    ),
                )
                for road, each in found
            ), class_="plain deeds"),
        ]  # fmt: skip
    return section("roads", "Roads not taken", *words, aside="the same luck, one answer else")


def _undone(told: Debrief) -> Node | None:
    """What each track took down of the other's work."""
    session = told.session
    rows = undone(session, MOST_UNDONE) if len(session.roles) == 2 and told.outcome else ()
    if not rows:
        return None
    items = [
        el("li", sign(each.by.track),
           el("div", el("div", ", ".join(filter(None, (each.by.occasion, each.by.when))), class_="when"),
              el("div", *spoken(each.by.label), class_="what"),
              el("div", "took down what ", *spoken(f"“{each.of.label}”"), f" ({each.of.when}) had built.",
                 class_="small")),
           el("div", *map(drift, each.drifts[:MOST_DRIFTS]), class_="move"))
        for each in rows
    ]  # fmt: skip
    return section(
        "undone", "Who undid whom", el("p", summary(sides(session))), el("ol", *items, class_="plain deeds"),
        aside="one hand against the other",
    )  # fmt: skip


def _factors(told: Debrief) -> Node | None:
    cards = [
        el(
            "article", el("h3", each.heading),
            el("p", each.stands, class_="soft small") if each.stands else None,
            el("p", el("b", "You. "), *spoken(each.yours)) if each.yours else None,
            el("p", el("b", "The world. "), *spoken(each.world)) if each.world else None,
            el("p", "Nothing moved here.", class_="soft") if each.empty else None,
            class_="card",
        )
        for each in told.factors
    ]  # fmt: skip
    if all(each.empty for each in told.factors):
        return None
    return section("factors", "Six factors of policy", el("div", *cards, class_="two gap"),
                   aside="what weighed most under each")  # fmt: skip


def _questions(told: Debrief) -> Node | None:
    if not told.questions:
        return None
    return section(
        "questions", "Questions to you",
        el("ol", *(
            el("li", el("b", f"{each.about}. "), *spoken(each.text), *_cited(told, each.sources))
            for each in told.questions
        )),
        aside="built from what you did",
    )  # fmt: skip


def _cited(told: Debrief, keys: Iterable[str]) -> list[Child]:
    """The numbers of some works, as links to the list at the end."""
    found: list[Child] = []
    for each in told.cite(keys):
        found += [" " if not found else ", ", link(f"#work-{each}", f"[{each}]")]
    return [el("span", *found, class_="small soft")] if found else []


def _milestones(told: Debrief) -> Node | None:
    if not told.reached:
        return None
    rows = [
        row(each.label, el("td", each.history or "–", *_cited(told, each.sources)), each.when or "not reached",
            _lead(each), el("td", *spoken(each.cause)))
        for each in told.reached
    ]  # fmt: skip
    return section(
        "milestones", "Milestones",
        table("When history reached them, and when you did",
              ("Milestone", "In history", "In your game", "Beside it", "Cause"), rows, 22, 19, 15, 12, 32),
    )  # fmt: skip


def _lead(each: Reached) -> Node:
    if each.ahead is None:
        return el("td", "" if each.when or not each.due else "missed", class_="bad")
    if not each.ahead:
        return el("td", "as in history", class_="soft")
    turns = abs(each.ahead)
    said = f"{turns} turn{'s' * (turns != 1)} {'earlier' if each.ahead > 0 else 'later'}"
    return el("td", said, class_="good" if each.ahead > 0 else "bad")


def _decisions(told: Debrief) -> Node | None:
    if not told.decided:
        return None
    years = span(told.session).years

    def year(each: Decided) -> int:
        return max((number_ for number_, turn in years if turn <= each.turn), default=years[0][0])

    rows: list[Node] = []
    for number_, group in groupby(told.decided, year):
        rows.append(band(str(number_), 5))
        rows += [_decision(told, each) for each in group]
    return section(
        "decisions", "Every decision beside history",
        table("", ("When", "The question", "You", "History", "What it moved at once, and why"), rows,
              10, 18, 20, 18, 34),
        aside="your own reasons in italics",
    )  # fmt: skip


def _decision(told: Debrief, each: Decided) -> Node:
    reason = el("div", f"“{each.reason}”", class_="quote") if each.reason else None
    clerk = el("div", "(not asked: answered by the clerks)", class_="soft small") if not each.own else None
    if each.as_in_history is None:
        history: list[Child] = [el("span", "no such question", class_="soft")]
    elif each.as_in_history:
        history = [el("span", "the same", class_="soft")]
    else:
        history = [el("span", each.history, class_="red")]
    if each.history_date and each.as_in_history is not None and each.history_date != each.when:
        history.append(el("div", each.history_date, class_="soft small"))
    return row(
        el("th", each.when, scope="row"),
        el("td", *spoken(each.title), *_cited(told, each.sources)),
        el("td", el("b", each.answer), reason, clerk),
        el("td", *history),
        el("td", *_moved(each.moved), *(el("div", *spoken(sentence)) for sentence in each.told)),
    )


def _moved(found: Sequence[Shift]) -> list[Child]:
    return [el("div", *_inline(list(map(of_shift, found))), class_="small")] if found else []


def _inline(found: Sequence[Drift]) -> list[Child]:
    """Changes one after the other, in a sentence."""
    parts: list[Child] = []
    for each in found:
        if parts:
            parts.append(", ")
        tone = each.tone if each.tone != "even" else None
        parts.append(el("span", f"{each.label} {each.shown}", class_=tone))
    return parts


def _unseen(told: Debrief) -> Node | None:
    if not told.unseen:
        return None
    items = [el("li", each.title, el("span", f", {each.date}", class_="soft"), *_cited(told, each.sources))
             for each in told.unseen]  # fmt: skip
    return section("unseen", "What history saw and your game did not", el("ul", *items, class_="two small"))


def _touches(told: Debrief) -> Node | None:
    if not told.touches:
        return None
    items = [el("li", el("b", f"{each.when}: "), each.text, f". “{each.note}”" if each.note else ".")
             for each in told.touches]  # fmt: skip
    return section("teacher", "The teacher's hand", el("ul", *items))


def _works(told: Debrief) -> Node | None:
    if not told.works:
        return None
    items = [
        el("li", *spoken(each.text), el("div", each.worth, class_="soft small") if each.worth else None,
           id=f"work-{each.number}")
        for each in told.works
    ]  # fmt: skip
    return section("sources", "Sources", el("ol", *items, class_="sources"))


def _count(count: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
             "Thirteen")  # fmt: skip
    return words[count] if count < len(words) else str(count)
