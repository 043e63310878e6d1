"""How is the graph of a scenario drawn?  One SVG file that needs nothing else: boxes in columns of years, and links."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from game.compiler.chains import Chains, Knot, Link, Tie, Way
from game.views.graph.layout import Layout, lay_out, spans

WIDTH: Final = 190
BETWEEN: Final = 44
LINE: Final = 14
TOP: Final = 104
MARGIN: Final = 20
LETTERS: Final = 27
"""Letters that a line of a box holds."""
MOST_LINES: Final = 2
MOST_CHANGES: Final = 3
SHOWN: Final = {Way.UP: "↑", Way.DOWN: "↓", Way.EITHER: "↕", Way.SET: "="}
KINDS: Final = {
    "narkomindel": "asks the Narkomindel",
    "comintern": "asks the Comintern",
    "news": "news",
    "order": "an order",
    "rule": "a rule",
    "directive": "a directive",
    "milestone": "a milestone",
}
TIES: Final = {
    Tie.CALLS: "calls (then)",
    Tie.OPENS: "must have been (happened, chose)",
    Tie.BARS: "must not have been",
    Tie.DROPS: "takes back (cancel)",
}
STYLE: Final = """\
text{font-family:"PT Serif",Georgia,serif;font-size:12px;fill:#2b2622}
.small{font-size:10px;fill:#5b5148}.year{font-size:18px;font-weight:bold}.head{font-size:20px;font-weight:bold}
.band{fill:#f6f0e2}.band.odd{fill:#efe6d2}
.box rect{fill:#fffdf6;stroke:#8a7f70;stroke-width:1}
.narkomindel rect{stroke:#2f5d7c;stroke-width:2}.comintern rect{stroke:#a8322a;stroke-width:2}
.order rect,.rule rect,.directive rect,.milestone rect{fill:#e4dac4}
.called rect{stroke-dasharray:5 3}
.link{fill:none;stroke:#2b2622;stroke-width:1.4}
.opens{stroke:#6d6255;stroke-width:1}.bars{stroke:#a8322a;stroke-width:1;stroke-dasharray:2 3}
.drops{stroke:#a8322a;stroke-dasharray:7 3}
.box:hover rect{fill:#ffe9a8}.link:hover{stroke-width:3}
"""
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def svg(chains: Chains, title: str) -> str:
    """The picture as the text of a file."""
    heights = {knot.id: float(_height(knot)) for knot in chains.knots}
    layout = lay_out(chains, heights)
    across = 2 * MARGIN + max(3, len(layout.columns)) * (WIDTH + BETWEEN)
    down = TOP + layout.height + 2 * MARGIN
    says = f"{len(chains.knots)} events and orders with {len(chains.links)} links between them, in columns by year."
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across:.0f}" height="{down:.0f}" '
        f'viewBox="0 0 {across:.0f} {down:.0f}" role="img" aria-labelledby="title says">',
        f'<title id="title">{_text(title)}</title><desc id="says">{_text(says)}</desc>',
        f"<style>{STYLE}</style>",
        "<defs>",
        *(_head(tie) for tie in Tie),
        "</defs>",
        f'<rect width="{across:.0f}" height="{down:.0f}" fill="#fbf7ec"/>',
        *_bands(layout, down),
        f'<text class="head" x="{MARGIN}" y="28">{_text(title)}</text>',
        *_legend(),
        *(_link(number, link, chains, layout) for number, link in enumerate(chains.links)),
        *(_box(knot, layout, heights[knot.id]) for knot in chains.knots),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(knot: Knot) -> list[str]:
    """The title in lines, cut where it is long."""
    lines = textwrap.wrap(_clean(knot.title), LETTERS) or [knot.id]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: LETTERS - 1]}…"]
    return lines


def _changes(knot: Knot) -> list[str]:
    """What it changes, the weightiest first, in one or two short lines."""
    shown = [f"{name} {SHOWN[way]}" for name, way in knot.changes[:MOST_CHANGES]]
    if (more := len(knot.changes) - MOST_CHANGES) > 0:
        shown.append(f"+{more}")
    return textwrap.wrap(", ".join(shown), LETTERS + 7)[:2]


def _height(knot: Knot) -> int:
    return 12 + LINE * (1 + len(_lines(knot))) + 12 * len(_changes(knot))


def _left(column: int) -> float:
    return MARGIN + column * (WIDTH + BETWEEN) + BETWEEN / 2


def _box(knot: Knot, layout: Layout, height: float) -> str:
    column, middle = layout.boxes[knot.id]
    x, y = _left(column), TOP + MARGIN + middle - height / 2
    moves = ", ".join(f"{name} {way}" for name, way in knot.changes)
    told = [f"{knot.title} ({knot.id})", KINDS[knot.kind]]
    told += [f"changes {moves}"] if moves else []
    classes = f"box {knot.kind}{' called' if knot.called else ''}"
    lines = [
        f'<g class="{classes}" id="{_text(knot.id)}"><title>{_text("; ".join(told))}</title>',
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{WIDTH}" height="{height:.1f}" rx="3"/>',
        f'<text class="small" x="{x + 7:.1f}" y="{y + LINE:.1f}">{_text(_date(knot))}</text>',
    ]
    at = y + LINE
    for line in _lines(knot):
        at += LINE
        lines.append(f'<text x="{x + 7:.1f}" y="{at:.1f}">{_text(line)}</text>')
    for line in _changes(knot):
        at += 12
        lines.append(f'<text class="small" x="{x + 7:.1f}" y="{at + 1:.1f}">{_text(line)}</text>')
    return "".join([*lines, "</g>"])


def _date(knot: Knot) -> str:
    if knot.date:
        return knot.date
    return KINDS[knot.kind] if knot.kind in ("order", "rule", "directive", "milestone") else (
        "when it is called" if knot.called else "whenever it may"
    )  # fmt: skip


def _link(number: int, link: Link, chains: Chains, layout: Layout) -> str:
    """A link between the sides that face each other, through its lanes; within a column it swings out to the right."""
    (first, start), (last, end) = layout.boxes[link.source], layout.boxes[link.target]
    base = TOP + MARGIN
    if first == last:
        x, y, end_y = _left(first) + WIDTH, base + start, base + end
        out = x + BETWEEN * 0.8
        path = f"M{x:.1f} {y:.1f}C{out:.1f} {y:.1f} {out:.1f} {end_y:.1f} {x:.1f} {end_y:.1f}"
    else:
        near, far = (0, WIDTH) if first < last else (WIDTH, 0)
        points = [(_left(first) + far, base + start)]
        for column, height in layout.lanes[number]:
            points += [(_left(column) + near, base + height), (_left(column) + far, base + height)]
        path = _smooth([*points, (_left(last) + near, base + end)])
    titles = {knot.id: knot.title for knot in chains.knots}
    by = f" by {', '.join(link.at)}" if link.at else ""
    told = f"{titles[link.source]} → {titles[link.target]}: {TIES[link.tie]}{by}"
    return (
        f'<path class="link {link.tie}" d="{path}" marker-end="url(#head-{link.tie})">'
        f"<title>{_text(told)}</title></path>"
    )


def _smooth(points: Sequence[tuple[float, float]]) -> str:
    """A curve that is level at each point."""
    (x, y), *rest = points
    path = f"M{x:.1f} {y:.1f}"
    for next_x, next_y in rest:
        middle = (x + next_x) / 2
        path += f"C{middle:.1f} {y:.1f} {middle:.1f} {next_y:.1f} {next_x:.1f} {next_y:.1f}"
        x, y = next_x, next_y
    return path


def _head(tie: Tie) -> str:
    colour = "#a8322a" if tie in (Tie.BARS, Tie.DROPS) else "#2b2622" if tie == Tie.CALLS else "#6d6255"
    return (
        f'<marker id="head-{tie}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
    )


def _bands(layout: Layout, down: float) -> Iterator[str]:
    """A band behind each year, with its number."""
    for at, (year, first, last) in enumerate(spans(layout.columns)):
        x, width = _left(first) - BETWEEN / 2, (last - first + 1) * (WIDTH + BETWEEN)
        odd = " odd" if at % 2 else ""
        yield f'<rect class="band{odd}" x="{x:.0f}" y="{TOP - 28}" width="{width:.0f}" height="{down - TOP + 28:.0f}"/>'
        yield f'<text class="year" x="{x + 12:.0f}" y="{TOP - 8}">{year or "at any time"}</text>'


def _legend() -> Iterator[str]:
    """What the lines and frames mean."""
    x = float(MARGIN)
    for tie, says in TIES.items():
        yield f'<path class="link {tie}" d="M{x:.0f} 48h30" marker-end="url(#head-{tie})"/>'
        yield f'<text class="small" x="{x + 36:.0f}" y="52">{_text(says)}</text>'
        x += 52 + 5.4 * len(says)
    x = float(MARGIN)
    kinds = {"narkomindel": "asks the Narkomindel", "comintern": "asks the Comintern", "news": "news"}
    for kind, says in (*kinds.items(), ("news called", "only when called"), ("order", "no event")):
        yield f'<g class="box {kind}"><rect x="{x:.0f}" y="58" width="30" height="12" rx="2"/></g>'
        yield f'<text class="small" x="{x + 36:.0f}" y="68">{_text(says)}</text>'
        x += 52 + 5.4 * len(says)


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text).replace("*", "").replace("\n", " ")


def _text(text: str) -> str:
    """A text that an SVG file may hold anywhere: nothing in it is taken for a tag or an end."""
    return escape(_clean(text), quote=True)
