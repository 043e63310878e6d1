"""Texts that would break out of a page if they could, and a parser that says whether one did."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from game.compiler.load import load
from game.rules.building import interpret
from game.rules.program import Program

ATTACKS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><script>alert(2)</script>",
    "'; onload='alert(3)", "<!-- <b>", "]]><svg onload=alert(4)>", "&lt;b&gt; & &amp;", "javascript:alert(5)",
    "%3Cscript%3E \\u003cscript", "</title><h1>x", "=cmd|' /C calc'!A0",
)  # fmt: skip
TAGS = frozenset(
    {"a", "article", "b", "body", "br", "caption", "circle", "clippath", "col", "colgroup", "dd", "desc", "div", "dl",
     "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "head", "header", "html", "li", "line",
     "main", "meta", "nav", "ol", "p", "path", "polygon", "polyline", "rect", "section", "span", "style", "svg",
     "table", "tbody", "td", "text", "tfoot", "th", "thead", "title", "tr", "ul"}
)  # fmt: skip
"""All tags of a report; none of them runs or fetches anything."""
VOID = frozenset({"br", "col", "meta"})


def attack(number: int) -> str:
    """One of the attacks as a text of YAML, marked so that it can be found again."""
    return json.dumps(f"<<{number}>> {ATTACKS[number % len(ATTACKS)]}")


def _yaml() -> str:
    said = (attack(number) for number in range(1000))
    return f"""\
format: 1
id: hostile
title: {next(said)}
text: {next(said)}
authors: [{next(said)}]
licence: {next(said)}
calendar: {{from: 1922-Q1, to: 1922-Q2}}
tracks:
  narkomindel: {{label: {next(said)}, means: 9}}
  comintern: {{label: {next(said)}, means: 9, known_to: comintern}}
scores:
  trade: {{label: {next(said)}, text: {next(said)}, start: 20, factor: economy, rank: 1, history: {{1922-Q2: 30}}}}
variables:
  regime: {{label: {next(said)}, start: a, words: [a, b], labels: {{a: {next(said)}, b: {next(said)}}}, factor: makers}}
country_variables:
  relations: {{label: {next(said)}, start: 0, min: -100, factor: others}}
countries:
  britain: {{name: {next(said)}, text: {next(said)}}}
people:
  curzon: {{name: {next(said)}, text: {next(said)}}}
orders:
  - {{id: talks, track: narkomindel, label: {next(said)}, text: {next(said)}, target: country,
      effects: {{target.relations: +3}}, because: {next(said)}}}
events:
  - id: genoa
    title: {next(said)}
    place: {next(said)}
    text: {next(said)}
    text_basic: {next(said)}
    historically: 1922-02-10
    asks: narkomindel
    ask_reason: true
    choices:
      - {{id: go, label: {next(said)}, text: {next(said)}, historical: true, effects: {{trade: +4}}, because: {next(said)}}}
      - {{id: stay, label: {next(said)}, effects: {{trade: -4, regime: b, britain.relations: +9}}, because: {next(said)}}}
    sources: [book]
    dispute: {json.dumps("x" * 90 + " " + json.loads(next(said)))}
    teaching: {{note: {next(said)}, questions: [{next(said)}]}}
    content_note: {next(said)}
    toll: {next(said)}
  - {{id: unseen, title: {next(said)}, historically: 1922-03-01, when: "trade > 90", sources: [book]}}
directives:
  - {{id: more, label: {next(said)}, track: narkomindel, within: 1, goal: "trade > 90", missed: {{because: {next(said)}}}}}
milestones: [{{id: mile, label: {next(said)}, when: "trade >= 23", historically: 1922-05-01}}]
endings: [{{id: done, title: {next(said)}, text: {next(said)}, rank: 9}}]
verdicts: [{{id: v, about: trade, rank: 1, text: {next(said)}}}]
glossary: {{word: {{label: {next(said)}, text: {next(said)}}}}}
sources: {{book: {{label: {next(said)}, text: {next(said)}, worth: {next(said)}}}}}
"""


@cache
def hostile_program() -> Program:
    """A small scenario in which every text is an attack."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.yaml"
        path.write_text(_yaml(), encoding="utf-8")
        return interpret(load(str(path)).scenario)


@dataclass
class Page(HTMLParser):
    """A page that has been read: what is wrong with it, its texts, its headings and links."""

    faults: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    language: str = ""
    tables: int = 0
    """Tables, and how many of them have heads of columns."""
    heads: int = 0
    silent: list[str] = field(default_factory=list)
    """Drawings that are neither described nor marked as ornaments."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    @property
    def text(self) -> str:
        """All that is to be read."""
        return "".join(self.texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on") or ("javascript:" in value.lower() and name in ("href", "src")):
                self.faults.append(f"{tag} {name}={value}")
            if name == "src" or (name == "href" and tag != "a"):
                self.faults.append(f"{tag} {name}={value}")
        if len(given) != len(attrs):
            self.faults.append(f"an attribute twice in <{tag}>")
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "svg" and not (given.get("aria-hidden") == "true" or given.get("aria-label")):
            self.silent.append(str(given))
        self.tables += tag == "table"
        self.heads += tag == "thead"
        if "id" in given:
            self.ids.append(given["id"])
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            if "@import" in data or "http" in data.replace("https://", "http"):
                self.faults.append("the style fetches something")
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"a declaration: {data}")


def read(text: str) -> Page:
    """A page, read; its laws are checked: nothing runs or is fetched, all is closed, headings do not skip a level."""
    page = Page()
    page.feed(text)
    page.close()
    assert page.faults == []
    assert page.open == []
    assert page.language == "en"
    assert page.silent == []
    assert page.tables == page.heads
    assert len(page.ids) == len(set(page.ids)), "an id twice"
    assert page.headings[0] == "h1" and page.headings.count("h1") == 1
    levels = [int(each[1]) for each in page.headings]
    assert all(later - before <= 1 for before, later in pairwise(levels)), levels
    for link in page.links:
        assert not link.startswith("#") or link[1:] in page.ids, link
    assert "Content-Security-Policy" in text and "default-src 'none'" in text
    assert "\x00" not in text
    return page
