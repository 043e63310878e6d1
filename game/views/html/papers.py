"""What do the papers of a pack have in common?  Their mast, their foot, and how they cite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.play.packing import Pack
from game.views.html.elements import Child, Node, el, link, spoken
from game.views.html.page import masthead, page, section
from game.views.html.pictures import emblem


def foot(told: Pack) -> Node:
    """What stands below each page."""
    by = f" by {', '.join(told.authors)}" if told.authors else ""
    licence = f", {told.licence}" if told.licence else ""
    return el("p", f"{told.title}{by}{licence}. Made by Peredyshka from the scenario “{told.id}”.")


def paper(
    told: Pack, kind: str, title: str, *parts: Child, lead: Sequence[Child] = (), picture: bool = False
) -> str:
    """A page of the pack."""
    years = told.span[0].split(" ")[-1][:4], told.span[1].split(" ")[-1][:4]
    mast = masthead(f"{told.title} · {kind}", title, *lead, emblem=emblem(*years) if picture else None)
    return page(f"{told.title}: {title}", mast, *parts, foot(told),
                faces=("Peredyshka Head", "Peredyshka Title") if picture else ("Peredyshka Head",))  # fmt: skip


def cited(told: Pack, keys: Iterable[str]) -> list[Child]:
    """The numbers of some works, which stand in the list of the same page."""
    found: list[Child] = []
    for each in told.cite(keys):
        found += [" " if not found else ", ", link(f"#work-{each}", f"[{each}]")]
    return [el("span", *found, class_="small soft")] if found else []


def works(told: Pack) -> Node | None:
    """The works that a page cites."""
    if not told.works:
        return None
    items = [
        el("li", *spoken(each.text), el("div", each.worth, class_="soft small") if each.worth else None,
           id=f"work-{each.number}")
        for each in told.works
    ]  # fmt: skip
    return section("sources", "Sources", el("ol", *items, class_="sources"))


def pairs(found: Sequence[tuple[str, str]]) -> Node:
    """Names with what is to be said of each, in two columns."""
    return el(
        "dl",
        *(
            el("div", el("dt", name), el("dd", *spoken(text)) if text else el("dd", "–"), class_="keep")
            for name, text in found
        ),
        class_="two",
    )
