"""How are curves, bars and marks drawn in a report?  As SVG in the page itself; each says in words what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from game.play.wording import number, signed
from game.rules.classes import dataclass
from game.views.html.elements import Node, el
from game.views.screens.reckoning import Bar, Curve

INK, SOFT, GRID, RED, BLUE = "#1d1b19", "#5c5247", "#c9b688", "#b92b1d", "#1f4e6b"
GRAIN, GOOD, BAD, PAPER = "#7d5f12", "#0e6f66", "#8a5100", "#efe6d2"
COLOURS: Final = {"recognition": BLUE, "revolution": RED, "trade": GRAIN, "security": INK}
OTHERS: Final = (BLUE, RED, INK, BAD, GRAIN, GOOD)
WIDE, HIGH = 1000, 330
LEFT, RIGHT, TOP, BOTTOM = 40, 810, 52, 300
NAME_STEP: Final = 38
LEAST_PIN: Final = 96
"""A pin with less room than this for its name has only its mark."""


def colour(slot: str, at: int) -> str:
    """The colour of a score, whatever it is called."""
    return COLOURS.get(slot, OTHERS[at % len(OTHERS)])


def picture(says: str, width: int, height: int, *parts: Node, class_: str | None = None) -> Node:
    """A drawing that says in words what it shows; one without words is an ornament and is passed over when read."""
    given = {"viewBox": f"0 0 {width} {height}", "class": class_, "focusable": "false"}
    if not says:
        return el("svg", *parts, aria_hidden="true", **given)
    return el("svg", el("title", says), *parts, role="img", aria_label=says, **given)


def mark(kind: str, x: int, y: int, size: int, fill: str) -> Node:
    """A small sign: ring for the Narkomindel and recognition, wedge for the Comintern and revolution, and others."""
    half = size // 2
    match kind:
        case "ring" | "narkomindel" | "recognition":
            return el(
                "circle", cx=x, cy=y, r=half * 3 // 4, fill="none", stroke=fill, stroke_width=half // 2 + 1
            )
        case "wedge" | "comintern" | "revolution":
            return el(
                "path",
                d=f"M{x - half} {y - half + 1}L{x + half} {y + 2}L{x - half + 3} {y + half}z",
                fill=fill,
            )
        case "trade":
            return el("path", d=f"M{x} {y - half}l{half} {half}l-{half} {half}l-{half} -{half}z", fill=fill)
        case _:
            side = size * 3 // 4
            return el("rect", x=x - side // 2, y=y - side // 2, width=side, height=side, fill=fill)


def sign(kind: str) -> Node:
    """The sign of a track as an ornament of its own."""
    fill = RED if kind in ("comintern", "wedge") else BLUE if kind in ("narkomindel", "ring") else INK
    return picture("", 26, 26, mark(kind, 13, 13, 22, fill))


def emblem(first: str, last: str) -> Node:
    """A red disc cut by a rising line, with the first and the last year."""
    long = max(len(first), len(last))
    size = 46 if long <= 4 else 27
    cut = "0,262 392,92"
    return picture(
        "", 392, 300,
        el("clipPath", el("polygon", points=f"0,0 392,0 392,92 {cut.split()[0]}"), id="above"),
        el("clipPath", el("polygon", points=f"{cut} 392,300 0,300"), id="below"),
        el("circle", cx=240, cy=142, r=120, fill=RED, clip_path="url(#above)"),
        el("circle", cx=262, cy=166, r=120, fill=RED, clip_path="url(#below)"),
        el("polygon", points="0,256 392,86 392,100 0,270", fill=PAPER),
        el("text", first, x=26, y=76, fill=PAPER, style=_title(size)),
        el("text", last, x=380, y=236, fill=PAPER, text_anchor="end", style=_title(size)),
    )  # fmt: skip


def _title(size: int) -> str:
    return f"font-family:var(--mono);font-size:{size}px;fill:{PAPER}"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a value of a turn lies in the chart."""

    turns: int
    low: int
    high: int

    def x(self, turn: int) -> int:
        """Across."""
        return LEFT + (RIGHT - LEFT) * turn // max(1, self.turns)

    def y(self, value: int) -> int:
        """Down."""
        return BOTTOM - (BOTTOM - TOP) * (value - self.low) // max(1, self.high - self.low)


def chart(
    curves: Sequence[Curve], years: Sequence[tuple[int, int]], turns: int, pins: Sequence[tuple[int, str]]
) -> Node:
    """Scores over the turns, history beside them dotted, and what moved them most above."""
    frame = Frame(
        turns, min((each.low for each in curves), default=0), max((each.high for each in curves), default=100)
    )
    says = "Scores over the game. " + " ".join(map(_said, curves))
    parts = [*_grid(frame, years), *_pins(frame, pins)]
    for at, each in enumerate(curves):
        if len(each.history) > 1:
            points = " ".join(
                f"{frame.x(turn)},{frame.y(value)}" for turn, value in each.history if 0 <= turn <= turns
            )
            parts.append(
                el("polyline", points=points, fill="none", stroke=colour(each.slot, at), stroke_width=2,
                   stroke_dasharray="1 6", stroke_linecap="round")
            )  # fmt: skip
    for at, each in enumerate(curves):
        points = " ".join(f"{frame.x(turn)},{frame.y(value)}" for turn, value in enumerate(each.points))
        parts.append(
            el("polyline", points=points, fill="none", stroke=colour(each.slot, at), stroke_width=3,
               stroke_linejoin="round")
        )  # fmt: skip
    return picture(says, WIDE, HIGH, *parts, *_names(frame, curves))


def _said(curve: Curve) -> str:
    history = f"; history ends at {curve.historical_end}" if curve.historical_end is not None else ""
    return f"{curve.label}: from {number(curve.points[0])} to {number(curve.end)}{history}."


def _grid(frame: Frame, years: Sequence[tuple[int, int]]) -> list[Node]:
    parts = []
    for part in range(5):
        value = frame.low + (frame.high - frame.low) * part // 4
        y = frame.y(value)
        parts += [
            el("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, stroke=GRID if part else INK, stroke_width=1 if part else 2),
            el("text", number(value), x=LEFT - 8, y=y + 5, text_anchor="end", font_size=14),
        ]  # fmt: skip
    every = 1 if len(years) <= 7 else 2
    for at, (year, turn) in enumerate(years):
        x = frame.x(turn - 1)
        parts.append(el("line", x1=x, x2=x, y1=BOTTOM, y2=BOTTOM + 6, stroke=INK))
        if at % every == 0:
            parts.append(el("text", str(year), x=x, y=BOTTOM + 22, text_anchor="middle", font_size=14))
    return parts


def _pins(frame: Frame, pins: Sequence[tuple[int, str]]) -> list[Node]:
    parts: list[Node] = []
    places = [frame.x(turn) for turn, _ in pins]
    for at, (x, (_, title)) in enumerate(zip(places, pins, strict=True)):
        level = at % 2
        y = 16 + 20 * (1 - level)
        following = places[at + 1 + level] if at + 1 + level < len(places) else RIGHT + 120
        parts += [
            el("line", x1=x, x2=x, y1=y - 12, y2=BOTTOM, stroke=INK),
            el("path", d=f"M{x - 5} {TOP - 9}h10l-5 8z", fill=INK),
        ]
        if (room := following - x - 16) >= LEAST_PIN:
            parts.append(el("text", cut(title, room // 7), x=x + 7, y=y, class_="it", font_size=15))
    return parts


def _names(frame: Frame, curves: Sequence[Curve]) -> list[Node]:
    """The names of the curves at their ends, none upon another."""
    wanted = sorted((frame.y(each.end), at, each) for at, each in enumerate(curves))
    places: list[int] = []
    y = TOP - 30
    for middle, _, _ in wanted:
        y = max(y + NAME_STEP, middle) if places else max(TOP - 10, middle)
        places.append(y)
    over = max(0, places[-1] - BOTTOM - 4) if places else 0
    for at in range(len(places) - 1, -1, -1):
        limit = places[at + 1] - NAME_STEP if at + 1 < len(places) else places[at] - over
        places[at] = min(places[at], limit)
    parts: list[Node] = []
    for y, (_, at, each) in zip(places, wanted, strict=True):
        fill = colour(each.slot, at)
        parts += [
            mark(each.slot, RIGHT + 22, y, 18, fill),
            el("text", cut(each.label, 18), x=RIGHT + 40, y=y - 2, font_size=15, style=f"fill:{fill};font-weight:700"),
            el("text", number(each.end), x=RIGHT + 40, y=y + 17, class_="head", font_size=18, style=f"fill:{fill}"),
        ]  # fmt: skip
    return parts


def cut(text: str, letters: int) -> str:
    """A text of at most so many letters."""
    return text if len(text) <= letters else f"{text[: max(1, letters - 1)].rstrip()}…"


def gauge(curve: Curve, light: bool = True) -> Node:
    """A score as a bar, with a mark where history left it."""
    spread = max(1, curve.high - curve.low)
    end = 400 * (curve.end - curve.low) // spread
    parts = [
        el("rect", x=0, y=3, width=400, height=12, fill="#46413b" if light else "#dfd3b6"),
        el("rect", x=0, y=3, width=end, height=12, fill=RED),
    ]
    if curve.historical_end is not None:
        at = 400 * (curve.historical_end - curve.low) // spread
        parts.append(el("rect", x=max(0, at - 2), y=0, width=4, height=18, fill=PAPER if light else INK))
    return el(
        "svg", *parts, viewBox="0 0 400 18", preserveAspectRatio="none", aria_hidden="true", focusable="false"
    )


def standing(bars: Sequence[Bar]) -> Node:
    """Countries as bars from the middle: how they stand now, with a ring where they stood at the start."""
    step, left, right = 27, 150, 440
    high = step * len(bars) + 26

    def x(bar: Bar, value: int) -> int:
        return left + (right - left) * (value - bar.low) // max(1, bar.high - bar.low)

    parts: list[Node] = []
    for at, bar in enumerate(bars):
        y = step * at + 14
        zero, end = x(bar, max(bar.low, min(bar.high, 0))), x(bar, bar.end)
        fill = GOOD if bar.end >= 0 else BAD
        parts += [
            el("text", cut(bar.name, 19), x=0, y=y + 5, font_size=15),
            el("rect", x=min(zero, end), y=y - 8, width=max(1, abs(end - zero)), height=16, fill=fill),
            el("circle", cx=x(bar, bar.start), cy=y, r=5, fill="#fff", stroke=INK, stroke_width=2),
            el("text", signed(bar.end), x=500, y=y + 6, text_anchor="end", class_="head", font_size=16,
               style=f"fill:{fill}"),
        ]  # fmt: skip
    if bars:
        first = bars[0]
        for value in sorted(
            {first.low // 2, 0, first.high // 2} if first.low < 0 else {first.low, first.high}
        ):
            at = x(first, value)
            parts.insert(0, el("line", x1=at, x2=at, y1=2, y2=high - 24, stroke=INK if not value else GRID,
                               stroke_width=2 if not value else 1))  # fmt: skip
            parts.append(el("text", signed(value), x=at, y=high - 6, text_anchor="middle", font_size=13))
    says = "Where the countries stand. " + " ".join(
        f"{bar.name}: {number(bar.start)} at the start, {number(bar.end)} now." for bar in bars
    )
    return picture(says, 500, high, *parts)


def spread(says: str, marks: Iterable[tuple[int, str]], quartiles: tuple[int, int, int], low: int, high: int,
           history: int | None, fill: str) -> Node:  # fmt: skip
    """Values of many games on one line: a box for the middle half, a stroke for the median, a dot for each game."""

    def x(value: int) -> int:
        return 12 + 576 * (value - low) // max(1, high - low)

    first, median, third = map(x, quartiles)
    parts = [
        el("line", x1=12, x2=588, y1=34, y2=34, stroke=GRID),
        el("rect", x=first, y=20, width=max(2, third - first), height=28, fill="#dfd3b6"),
        el("rect", x=median - 2, y=16, width=4, height=36, fill=fill),
    ]
    heaps: dict[int, int] = {}
    for value, name in sorted(marks):
        at = x(value) // 9
        heaps[at] = heaps.get(at, 0) + 1
        y = 34 - 5 * (heaps[at] - 1) if heaps[at] % 2 else 34 + 5 * (heaps[at] - 1)
        parts.append(
            el("circle", el("title", f"{name}: {number(value)}"), cx=x(value), cy=max(6, min(62, y)), r=4, fill=fill,
               fill_opacity="0.75", stroke="#fff")
        )  # fmt: skip
    if history is not None:
        at = x(history)
        parts.append(el("path", d=f"M{at - 6} 4h12l-6 10z", fill=INK))
        parts.append(el("line", x1=at, x2=at, y1=14, y2=58, stroke=INK, stroke_dasharray="2 3"))
    for value in (low, (low + high) // 2, high):
        anchor = "start" if value == low else "end" if value == high else "middle"
        parts.append(el("text", number(value), x=x(value), y=76, text_anchor=anchor, font_size=13, fill=SOFT))
    return picture(says, 600, 80, *parts)
