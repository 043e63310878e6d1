"""How is a class printed?  All its games on one page: files, endings, scores, and at each question who chose what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.play.classroom import Classroom, Parting, Room, Side, Spread, Student
from game.play.wording import number
from game.views.html.elements import Child, Node, el, spoken
from game.views.html.page import band, masthead, page, row, section, table
from game.views.html.pictures import colour, sign, spread

MOST_PARTED: Final = 8
"""Questions that are told at length, those first on which the class was most of two minds."""
MOST_NAMES: Final = 12
"""Names after which only the number is told, in the table of all questions."""


def class_page(told: Classroom) -> str:
    """The whole page."""
    students = told.students
    parts: list[Child] = [_doubtful(told)]
    for at, room in enumerate(told.rooms):
        parts += _room(room, at, many=len(told.rooms) > 1)
    title = told.rooms[0].title if len(told.rooms) == 1 else "The class"
    return page(
        f"Class: {title}",
        _mast(told, title, students),
        *parts,
        el("p", "Names are those of the files. Made by Peredyshka from the saved games alone; nothing on this page is "
           "fetched from anywhere, and nothing was sent anywhere."),
        faces=("Peredyshka Head", "Peredyshka Title"),
    )  # fmt: skip


def _mast(told: Classroom, title: str, students: Sequence[Student]) -> Node:
    sound = sum(each.verified for each in students)
    over = sum(each.over for each in students)
    facts = (
        (str(len(students)), "game handed in" if len(students) == 1 else "games handed in"),
        (str(sound), "come out as they were written"),
        (str(len(students) - sound), "cannot be relied on" if len(students) - sound else "in doubt"),
        (str(over), "played to an end"),
    )
    return masthead(
        "The class beside itself", title,
        el("dl", *(el("div", el("dt", name), el("dd", figure)) for figure, name in facts), class_="facts figures-row"),
    )  # fmt: skip


def _doubtful(told: Classroom) -> Node | None:
    """The files that cannot be relied on, and why."""
    found = [each for each in told.students if not each.verified]
    if not found:
        return None
    rows = [
        row(each.name, el("td", "cannot be read" if not each.read else "in doubt", class_="red"),
            el("td", " ".join(each.faults)))
        for each in found
    ]  # fmt: skip
    return section(
        "files", "Files that cannot be relied on",
        table("Those in doubt are told of below as far as they go", ("Name", "State", "Why"), rows, 17, 15, 68),
    )  # fmt: skip


def _room(room: Room, at: int, many: bool) -> list[Child]:
    """All about the games of one scenario; with a heading of its own where there are several."""
    suffix = f"-{at}" if many else ""
    parts: list[Child] = []
    if many:
        parts.append(section(f"room{suffix}", room.title, el("p", f"{room.years[0]} to {room.years[1]}")))
    parts += [
        _endings(room, suffix),
        _spreads(room, suffix),
        _parted(room, suffix),
        _reasons(room, suffix),
        _all(room, suffix),
        _alone(room, suffix),
        _touches(room, suffix),
    ]
    return parts


def _endings(room: Room, suffix: str) -> Node:
    rows = [
        row(
            title or "not at an end yet", el("td", str(len(names)), class_="number"), el("td", *_names(names))
        )
        for title, names in room.endings
    ]
    heads: tuple[str | Node, ...] = ("Ending", el("th", "Games", scope="col", class_="number"), "Whose")
    return section(f"endings{suffix}", "How it ended", table("", heads, rows, 24, 8, 68))


def _names(names: Sequence[str]) -> list[Child]:
    """Names, one after the other."""
    return [", ".join(names)]


def _spreads(room: Room, suffix: str) -> Node:
    figures = [_spread(each, at) for at, each in enumerate(room.spreads)]
    heads: list[str | Node] = ["Name", "How far", "Ending"]
    heads += [el("th", each.label, scope="col", class_="number") for each in room.spreads]
    heads.append("Comes out")
    lucks = {each.luck for each in room.students}
    outside = {(each.slot, name) for each in room.spreads for _, name in each.outliers}
    rows = [
        row(
            student.name,
            student.stands if len(lucks) == 1 else f"{student.stands}, {student.luck}",
            student.ending or "–",
            *(
                _score(student.scores[each.slot], (each.slot, student.name) in outside)
                for each in room.spreads
            ),
            el("td", "as it was written", class_="good")
            if student.verified
            else el("td", "in doubt", class_="red"),
        )
        for student in room.students
    ]
    return section(
        f"scores{suffix}", "How far the scores lie apart",
        el("div", *figures, class_="two gap"),
        table(f"Every game{f', {min(lucks)}' if len(lucks) == 1 else ''}; * lies outside", tuple(heads), rows),
        aside="games at their end; box: the middle half; stroke: the middle one; flag: history",
    )  # fmt: skip


def _score(value: int, outside: bool) -> Node:
    if outside:
        return el("td", f"* {number(value)}", class_="number red")
    return el("td", number(value), class_="number")


def _spread(each: Spread, at: int) -> Node:
    first, median, third = each.quartiles
    history = f" History: {number(each.history)}." if each.history is not None else ""
    low, high = each.values[0][0], each.values[-1][0]
    says = (
        f"{each.label}: from {number(low)} to {number(high)}, the middle half from {number(first)} to {number(third)}, "
        f"the middle one {number(median)}.{history}"
    )
    outside = "; ".join(f"{name} {number(value)}" for value, name in each.outliers)
    return el(
        "figure", el("h3", each.label),
        spread(says, each.values, each.quartiles, each.low, each.high, each.history, colour(each.slot, at)),
        el("figcaption", says, f" Outside: {outside}." if outside else " Nobody lies outside."),
    )  # fmt: skip


def _parted(room: Room, suffix: str) -> Node | None:
    ranked = sorted(room.partings, key=lambda each: -each.divided)
    found = [each for each in ranked if each.divided][:MOST_PARTED]
    if not found:
        return None
    return section(
        f"parted{suffix}", "Where the class parted",
        *(_question(each, reasons=False) for each in found),
        aside="the questions on which it was most of two minds",
    )  # fmt: skip


def _question(each: Parting, reasons: bool) -> Node:
    """A question with its answers side by side, each with who gave it, and with their reasons if wanted."""
    date = f"; in history {each.history_date}" if each.history_date else ""
    return el(
        "article",
        el("h3", sign(each.track), " ", *spoken(each.title)),
        el("p", f"{each.when}{date}; {each.asked} asked", class_="soft small"),
        el(
            "div",
            *(_side(each, side, reasons) for side in each.sides),
            class_=f"sides n{min(4, len(each.sides))}",
        ),
        class_="question" if reasons else "keep question",
    )


def _side(each: Parting, side: Side, reasons: bool) -> Node:
    share = len(side.who) * 100 // each.asked
    names = [name for name, _ in side.who]
    said = [(name, reason) for name, reason in side.who if reason]
    silent = [name for name, reason in side.who if not reason]
    if reasons:
        below: list[Child] = [
            el("ul", *(el("li", el("span", f"“{reason}”", class_="quote"), f" {name}") for name, reason in said),
               class_="plain") if said else None,
            el("p", "Without a reason: ", ", ".join(silent), class_="soft small") if silent else None,
        ]  # fmt: skip
    else:
        below = [el("p", *_names(names), class_="small")] if names else [el("p", "Nobody.", class_="soft")]
    return el(
        "div",
        el(
            "div",
            el("b", side.label),
            el("span", " as in history", class_="verdict") if side.historical else None,
        ),
        el("div", el("div", class_="fill", style=f"width:{share}%"), class_="bar", aria_hidden="true"),
        el("div", f"{len(side.who)} of {each.asked}", class_="small soft"),
        *below,
    )


def _reasons(room: Room, suffix: str) -> Node | None:
    found = [each for each in room.partings if each.reasoned]
    if not found:
        return None
    return section(
        f"reasons{suffix}", "Reasons side by side",
        *(_question(each, reasons=True) for each in found),
        aside="in the words of those who decided",
    )  # fmt: skip


def _all(room: Room, suffix: str) -> Node | None:
    if not room.partings:
        return None
    rows: list[Node] = []
    year = ""
    for each in room.partings:
        now = each.when.split(" to ")[0].split(" ")[-1][:4]
        if now != year:
            rows.append(band(now, 3))
            year = now
        rows.append(
            row(el("th", each.when, scope="row"), el("td", *spoken(each.title)), el("td", *_counts(each)))
        )
    return section(
        f"questions{suffix}", "Every question",
        table("Answers with who gave them; ● is history's own", ("When", "The question", "Who chose what"), rows,
              14, 26, 60),
    )  # fmt: skip


def _counts(each: Parting) -> list[Child]:
    found: list[Child] = []
    for side in each.sides:
        mark = "● " if side.historical else ""
        names = [name for name, _ in side.who]
        listed = ", ".join(names) if names and len(names) <= MOST_NAMES else ""
        found.append(
            el(
                "div", el("span", mark, aria_hidden="true") if mark else None,
                el("b", side.label), " (history)" if side.historical else None, f": {len(names)}",
                el("span", f" ({listed})", class_="soft small") if listed else None,
            )
        )  # fmt: skip
    return found


def _alone(room: Room, suffix: str) -> Node | None:
    if not room.alone:
        return None
    by_name: dict[str, list[str]] = {}
    for name, question, answer in room.alone:
        by_name.setdefault(name, []).append(f"{question}: {answer}")
    rows = [
        row(name, el("td", str(len(found)), class_="number"), el("td", "; ".join(found)))
        for name, found in sorted(by_name.items(), key=lambda each: (-len(each[1]), each[0]))
    ]
    heads: tuple[str | Node, ...] = (
        "Name",
        el("th", "Times", scope="col", class_="number"),
        "Where nobody else did so",
    )
    return section(f"alone{suffix}", "Who stood alone", table("", heads, rows, 17, 8, 75))


def _touches(room: Room, suffix: str) -> Node | None:
    found = [(student.name, touch) for student in room.students for touch in student.touches]
    if not found:
        return None
    rows = [
        row(name, touch.when, el("td", touch.text, f" “{touch.note}”" if touch.note else None))
        for name, touch in found
    ]
    return section(
        f"teacher{suffix}", "The teacher's hand", table("", ("Name", "When", "What"), rows, 17, 17, 66)
    )
