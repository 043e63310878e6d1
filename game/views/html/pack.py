"""How are the papers of a lesson printed?  One page each, to read or to write on; the key apart."""

from __future__ import annotations

from typing import Final

from game.play.packing import Pack, Role
from game.views.html.elements import Child, Node, el, link, prose, spoken
from game.views.html.key import key_page
from game.views.html.page import row, section, table
from game.views.html.papers import cited, pairs, paper, works
from game.views.html.tasks import rubric_page, worksheet_page

STEPS: Final = {"month": "a month", "quarter": "a quarter of a year", "half": "half a year", "year": "a year"}
KEY: Final = "key.html"


def pages(told: Pack) -> dict[str, str]:
    """All pages by the names of their files."""
    made: dict[str, str] = {"briefing.html": _briefing(told)}
    for role in told.roles:
        made[_role_file(role)] = _role(told, role)
    made["timeline.html"] = _timeline(told)
    made["glossary.html"] = _glossary(told)
    made["worksheet.html"] = worksheet_page(told)
    made["rubric.html"] = rubric_page(told)
    made[KEY] = key_page(told)
    made["index.html"] = _index(told)
    return made


def _role_file(role: Role) -> str:
    return f"role-{role.id.replace('_', '-')}.html"


def _index(told: Pack) -> str:
    rows: list[tuple[str, str, str]] = [
        ("briefing.html", "Briefing", "one for each student, before the game")
    ]
    rows += [
        (
            _role_file(each),
            f"Role sheet: {each.label}",
            "one for each holder of this seat, and for nobody else",
        )
        for each in told.roles
    ]
    rows += [
        ("timeline.html", "Timeline", "one for each group, or on the wall"),
        ("glossary.html", "Glossary", "one for each group"),
        ("worksheet.html", "Worksheet", "one for each student, during the game and after it"),
        ("rubric.html", "Rubric", "one for each student, so that they know what is marked"),
    ]
    items = [row(link(file, name), use) for file, name, use in rows]
    return paper(
        told,
        "the papers of a lesson",
        told.title,
        section("papers", "For the class", table("", ("Paper", "How many"), items, 40, 60)),
        section(
            "teacher",
            "For the teacher alone",
            el("p", el("span", "Keep apart", class_="secret")),
            table(
                "",
                ("Paper", "What is in it"),
                [
                    row(
                        link(KEY, "Key"),
                        "what history decided and why, notes, disputes and sources for every question",
                    ),
                ],
                40,
                60,
            ),
        ),
        lead=[
            el(
                "p",
                f"{_long(told)}; {len(told.asked)} questions that may be asked.",
                class_="facts",
            ),
        ],
        picture=True,
    )


def _long(told: Pack) -> str:
    """From when to when, in how many turns, and how long a class needs."""
    needs = f", about {told.minutes} minutes" if told.minutes else ""
    return f"{told.span[0]} to {told.span[1]}, {told.turns} turns of {STEPS[told.step]}{needs}"


def _briefing(told: Pack) -> str:
    scores = [
        row(each.label, each.start, el("td", *spoken(each.text)), each.factor or "–") for each in told.values
    ]
    tracks = " and ".join(each.label for each in told.roles)
    turn: list[Child] = [
        el(
            "li",
            el("b", "Dispatches. "),
            "Some ask for a decision. Each choice shows what is certain and what is likely; "
            "it takes effect before the next dispatch arrives.",
        ),
        el("li", el("b", "The course. "), f"The means of the turn are divided between {tracks}.")
        if len(told.roles) > 1
        else None,
        el("li", el("b", "Orders. "), "Means and gold are spent on orders, most of them towards a country."),
        el("li", el("b", "The ledger. "), "At the end of the turn every number says why it moved."),
    ]
    return paper(
        told,
        "briefing",
        "Briefing",
        section(
            "numbers",
            "What is watched",
            table(
                "Where each value stands at the start",
                ("Value", "At the start", "What it means", "Factor"),
                scores,
                20,
                12,
                46,
                22,
            ),
        )
        if scores
        else None,
        section("turn", "A turn", el("ol", *turn)),
        section(
            "countries",
            "The countries",
            el(
                "dl",
                *(
                    el(
                        "div",
                        el("dt", name),
                        el("dd", *spoken(text)) if text else el("dd", "–"),
                        class_="keep",
                    )
                    for name, text in told.countries
                ),
                class_="two",
            ),
        )
        if told.countries
        else None,
        section("people", "People", _people(told)) if told.people else None,
        lead=[
            *prose(told.briefing),
            el(
                "p",
                _long(told),
                class_="facts",
            ),
        ],
        picture=True,
    )


def _people(told: Pack) -> Node:
    return el(
        "dl",
        *(
            el(
                "div",
                el("dt", name, el("span", f" ({life})", class_="soft") if life else None),
                el("dd", *spoken(text)) if text else el("dd", "–"),
                class_="keep",
            )
            for name, life, text in told.people
        ),
        class_="two",
    )


def _role(told: Pack, role: Role) -> str:
    orders = [
        row(
            el("th", each.label, scope="row"),
            el(
                "td",
                *spoken(each.text),
                el("div", f"Its result comes {_later(each.takes)}.", class_="soft small")
                if each.takes
                else None,
            ),
            each.at or "–",
            each.cost,
        )
        for each in role.orders
    ]
    aims = [
        el("li", text, el("span", f", within {within} turn{'s' * (within != 1)}", class_="soft"))
        for text, within in role.directives
    ]
    return paper(
        told,
        "role sheet",
        role.label,
        section(
            "aims",
            "What may be asked of you",
            el(
                "p",
                "At times the leadership sets a directive. To meet it raises "
                "your standing, to miss it costs some. It may be one of these:",
            ),
            el("ul", *aims, class_="two"),
        )
        if aims
        else None,
        section(
            "orders",
            "Your orders",
            table(
                "Paid from the means of your track",
                ("Order", "What is done", "Towards", "Costs"),
                orders,
                20,
                44,
                20,
                16,
            ),
        )
        if orders
        else None,
        section("settings", "What you set", pairs(role.settings)) if role.settings else None,
        section("secrets", "What only you can see", pairs(role.secrets)) if role.secrets else None,
        section("watch", "What everybody sees", el("p", ", ".join(each.label for each in told.values) + ".")),
        lead=[
            el("p", el("span", f"Only for the {role.label}", class_="secret")),
            el(
                "p",
                f"You hold one of {len(told.roles)} tracks of the same state's policy."
                if len(told.roles) > 1
                else "You hold the policy of the state.",
                f" Up to {role.asked} questions may be put to you. What you order is "
                "sealed: the other seat sees what it changes, and not always why.",
            ),
        ],
    )


def _later(turns: int) -> str:
    return "a turn later" if turns == 1 else f"{turns} turns later"


def _timeline(told: Pack) -> str:
    rows = [
        row(
            el("th", each.date, scope="row"),
            el(
                "td",
                el("b", each.title) if each.milestone else each.title,
                *cited(told, each.sources),
                el("div", "before the game begins", class_="soft small") if each.before else None,
            ),
            each.place or "–",
            el("td"),
        )
        for each in told.timeline
    ]
    return paper(
        told,
        "timeline",
        "As it was",
        section(
            "dates",
            "Dates",
            table(
                "In bold: milestones. The last column is for your own game.",
                ("Date", "What happened", "Where", "In our game"),
                rows,
                18,
                42,
                14,
                26,
            ),
        ),
        works(told),
        lead=[el("p", f"{len(told.timeline)} dates from {told.span[0]} to {told.span[1]}", class_="facts")],
    )


def _glossary(told: Pack) -> str:
    terms = el(
        "dl",
        *(el("div", el("dt", name), el("dd", *spoken(text)), class_="keep") for name, text in told.terms),
        class_="two",
    )
    return paper(
        told,
        "glossary",
        "Words explained",
        section("words", "Words", terms) if told.terms else None,
        section("people", "People", _people(told)) if told.people else None,
        el("p", "The scenario explains no words.") if not (told.terms or told.people) else None,
    )
