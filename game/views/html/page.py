"""What is around a report?  The head of the page, its style and faces, and the law that nothing is run or fetched."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from html import escape
from typing import Final

from game.play.shipped import asset
from game.views.html.elements import Child, Node, clean, el, link, write
from game.views.html.style import STYLE

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)
"""Whatever a text may smuggle in, the browser neither runs nor fetches it."""
FACES: Final = {"Peredyshka Head": "oswald-bold.ttf", "Peredyshka Title": "rubik-mono-one.ttf"}
"""The faces that a report carries with it; what is read at length is set in one that the machine has."""


@cache
def _face(name: str) -> str:
    data = b64encode(asset(f"fonts/{FACES[name]}")).decode("ascii")
    return f'@font-face{{font-family:"{name}";src:url(data:font/ttf;base64,{data}) format("truetype")}}\n'


def page(title: str, *parts: Child, language: str = "en", faces: tuple[str, ...] = tuple(FACES)) -> str:
    """A whole page; the first part is its masthead, the last its foot, between them the main part."""
    head, *middle, foot = parts
    body = el(
        "body",
        link("#main", "To the text", class_="skip"),
        el("header", head) if head is not None else None,
        el("main", *middle, id="main"),
        el("footer", foot, class_="foot") if foot is not None else None,
    )
    shown = escape(clean(title), quote=True)
    style = "".join(map(_face, faces)) + STYLE
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language, quote=True)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{shown}</title>\n<style>\n{style}</style>\n</head>\n{write(body)}\n</html>\n"
    )


def masthead(kicker: str, title: str, *parts: Child, emblem: Node | None = None) -> Node:
    """The black band at the top, with an emblem at its left or without."""
    words = el("div", el("p", kicker, class_="kicker"), el("h1", title), *parts)
    if emblem is None:
        return el("div", el("div", words, class_="in"), class_="mast plain")
    return el("div", el("div", emblem, words, class_="in"), class_="mast")


def section(id_: str, title: str, *parts: Child, aside: str = "", class_: str | None = None) -> Node:
    """A part of a page below a heading, with a note beside it."""
    note = el("p", aside) if aside else None
    head = el("div", el("h2", title, id=f"{id_}-title"), note, class_="top")
    return el("section", head, *parts, id=id_, aria_labelledby=f"{id_}-title", class_=class_)


def table(
    caption: str, heads: tuple[str | Node, ...], rows: list[Node], *widths: int, class_: str | None = None
) -> Node:
    """A table with a caption, heads of columns, and rows; widths in percent where given."""
    return el(
        "table",
        el("caption", caption) if caption else None,
        el("colgroup", *(el("col", style=f"width:{each}%") for each in widths)) if widths else None,
        el(
            "thead",
            el(
                "tr",
                *(each if isinstance(each, Node) else el("th", each, scope="col") for each in heads),
            ),
        ),
        el("tbody", *rows),
        class_=class_,
    )


def row(head: str | Node, *cells: Child) -> Node:
    """A row whose first cell is its head."""
    first = head if isinstance(head, Node) and head.tag == "th" else el("th", head, scope="row")
    return el(
        "tr",
        first,
        *(each if isinstance(each, Node) and each.tag == "td" else el("td", each) for each in cells),
    )


def band(text: str, columns: int) -> Node:
    """A row that begins a part of a table, such as a year."""
    return el("tr", el("th", text, colspan=columns, scope="rowgroup"), class_="band")
