"""How is the graph of a scenario said in DOT, for Graphviz and what reads its language?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.compiler.chains import Chains, Knot, Tie

LOOK: Final = {
    "narkomindel": 'color="#2f5d7c", penwidth=2',
    "comintern": 'color="#a8322a", penwidth=2',
    "news": 'color="#8a7f70"',
}
LINES: Final = {
    Tie.CALLS: "style=bold",
    Tie.OPENS: "style=solid",
    Tie.BARS: 'style=dotted, color="#a8322a"',
    Tie.DROPS: 'style=dashed, color="#a8322a"',
}


def dot(chains: Chains, title: str) -> str:
    """The graph as the text of a file."""
    lines = [
        f"digraph {_quoted(title)} {{",
        f"  rankdir=LR; label={_quoted(title)}; labelloc=t;",
        '  node [shape=box, fontname="Georgia", fontsize=11];',
    ]
    for year in dict.fromkeys(knot.year for knot in chains.knots):
        lines.append(f'  subgraph "cluster_{year}" {{ label="{year or "at any time"}";')
        lines += [f"    {_box(knot)}" for knot in chains.knots if knot.year == year]
        lines.append("  }")
    lines += _links(chains)
    return "\n".join([*lines, "}"]) + "\n"


def _box(knot: Knot) -> str:
    called = ", style=dashed" if knot.called else ""
    moved = ", ".join(f"{name} {way}" for name, way in knot.changes)
    label = _quoted(f"{knot.title}\n{knot.date or knot.id}")
    look = LOOK.get(knot.kind, 'style=filled, fillcolor="#e4dac4"')
    return f"{_quoted(knot.id)} [label={label}, tooltip={_quoted(moved or knot.id)}, {look}{called}];"


def _links(chains: Chains) -> Iterator[str]:
    for link in chains.links:
        label = f", label={_quoted(', '.join(link.at))}" if link.at else ""
        yield f"  {_quoted(link.source)} -> {_quoted(link.target)} [{LINES[link.tie]}{label}];"


def _quoted(text: str) -> str:
    """A text as DOT takes it: backslashes and quotes escaped, line breaks as \\n."""
    kept = "".join(char for char in text if char == "\n" or char.isprintable())
    escaped = kept.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
