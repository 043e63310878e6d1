"""A game of three quarters full of secrets, each with a word of its own that nothing else says; all that a seat could
look at, and two players who do all they can."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.compiler.load import load
from game.rules.building import interpret
from game.rules.program import Program
from game.views.screens.card import CardScreen
from game.views.screens.dossier import CountryScreen
from game.views.screens.hand import EVENT, VALUE, FindScreen, HandScreen, ValueScreen
from game.views.screens.quarter import QuarterScreen
from game.views.screens.rewind import RewindScreen
from game.views.screens.stage import Stage
from game.views.screens.title import HelpScreen, MenuScreen
from game.views.screens.tree import Act, Element
from game.views.screens.why import GAME, WhyScreen
from game.views.screens.years import YearsScreen

QUARTERS = ("1921-Q1", "1921-Q2", "1921-Q3")
HEAD = """
format: 1
id: leaky
title: Two drawers
text: A desk with two drawers.
calendar: {from: 1921-Q1, to: 1921-Q3}
tracks:
  narkomindel: {label: Narkomindel, means: "4 + balance // 20"}
  comintern: {label: Comintern, means: "9 - balance // 20", known_to: comintern}
scores:
  trade: {start: 20, label: Trade, rank: 1}
  revolution: {start: 30, label: Revolution, rank: 2}
variables:
  balance: {start: 50, label: Course, set_by: both, max: 99}
  hush: {start: 7333, max: 9999, known_to: comintern, label: Hushfund}
  vein: {start: soft, words: [soft, hard], labels: {soft: Velvetline, hard: Flintline}, known_to: comintern, set_by: comintern, label: Innerline}
country_variables:
  relations: {start: 0, min: -100, label: Relations}
  heat: {start: 6222, max: 9999, known_to: comintern, label: Heatmark}
countries: {britain: {name: Britain}, germany: {name: Germany}}
rules:
  - {id: moles, each: country, known_to: nobody, effects: {country.relations: -1}, because: "Burrowers dig in {country}."}
  - {id: open, effects: {trade: "1 if hush > 7000 else 2"}, because: "Goods move, {hush} of them."}
endings: [{id: done, title: Done, rank: 9}]
events:
  - {id: caught, title: Somebody was caught, only_then: true, text: "They found {hush} under the floor.", effects: {germany.relations: -2}, because: "Somebody was caught with {germany.heat}."}
"""
EACH = """\
  - {{id: cellar{n}, title: Cellarmeeting{n}, window: {q}, day: 5, known_to: comintern, asks: comintern, choices: [{{id: go, label: Givesign{n}, effects: {{revolution: +2, trade: -1}}, then: {{event: caught, after: 1}}, because: Signgiven{n}.}}, {{id: stay, label: Holdstill{n}, effects: {{revolution: -1}}, because: Stillheld{n}.}}]}}
  - {{id: table{n}, title: Openoffer{n}, window: {q}, day: 20, asks: narkomindel, choices: [{{id: take, label: Takeit{n}, effects: {{trade: +2, hush: +3}}, because: Taken.}}, {{id: leave, label: Leaveit{n}, effects: {{trade: -1}}, because: Left.}}]}}
"""
ORDERS = """\
  - {{id: note{n}, label: Notewriting{n}, track: narkomindel, target: country, when: "turn == on('{q}')", cost: {{means: 1}}, effects: {{target.relations: +3}}, because: "Notepassed{n} to {{target}}."}}
  - {{id: courier{n}, label: Couriersent{n}, track: comintern, target: country, when: "turn == on('{q}')", cost: {{means: 1, hush: 1}}, effects: {{target.heat: +5, revolution: +1, target.relations: -1}}, because: "Courierarrived{n} in {{target}}."}}
"""
YAML = (
    HEAD.strip() + "\n" + "".join(EACH.format(n=n, q=q) for n, q in enumerate(QUARTERS, 1))
    + "orders:\n" + "".join(ORDERS.format(n=n, q=q) for n, q in enumerate(QUARTERS, 1))
)  # fmt: skip
OF_THE_COMINTERN = (
    "cellar", "givesign", "signgiven", "holdstill", "stillheld", "courier", "hush", "733", "heatmark", "622",
    "velvetline", "flintline", "innerline", "vein",
)  # fmt: skip
"""What the Narkomindel is never shown before the end."""
OF_NOBODY = ("moles", "burrowers")
"""What nobody is."""


NAMED = {"narkomindel": 83, "comintern": 37}
"""What each names as the course: numbers that nothing else comes to."""
TWO = {"narkomindel": "", "comintern": ""}


@cache
def leaky_program() -> Program:
    """The game, ready to run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "leaky.yaml"
        path.write_text(YAML, encoding="utf-8")
        return interpret(load(str(path)).scenario)


UNREAD = re.compile(r"Mark\([^)]*\)|values=\([^)]*\)")
"""Places in files, and the numbers that a sentence is yet to be said with, to those who may know them."""


def written(tree: Element) -> str:
    """All that stands in a tree, the subjects included that the window draws, in small letters and one text."""
    return UNREAD.sub("", repr(tree)).lower()


def everything(stage: Stage) -> Iterator[tuple[str, Element]]:
    """Every screen that whoever sits at the desk could come to see now, each with its name."""
    table = stage.table
    assert table is not None
    session = table.session
    for level, tree in enumerate(stage.trees()):
        yield f"level {level}", tree
    if table.covered:
        return
    yield "desk", table.screen()
    slots = [*session.program.layout.names[: session.program.layout.stored], *session.program.derived]
    dialogs: list[object] = [YearsScreen(slot, session.turn - 1) for slot in slots]
    dialogs += [WhyScreen(slot, GAME) for slot in slots]
    dialogs += [CountryScreen(each) for each in table.seen.countries]
    dialogs += [QuarterScreen(turn) for turn in range(1, len(session.closes))]
    dialogs += [RewindScreen(past.decision.number) for past in table.past]
    for turn in range(1, session.turn + 1):
        events = [(event.id, row.country) for event in session.program.events for row in event.rows]
        dialogs += [CardScreen(id, country, turn, notes=True) for id, country in events]
    if session.place == "orders":
        from game.views.screens.orders import OrdersScreen

        dialogs += [OrdersScreen(""), *(OrdersScreen(each) for each in table.seen.countries)]
    dialogs += [
        HandScreen(),
        *(FindScreen(kind, typed) for kind in (EVENT, VALUE) for typed in ("", "h", "c", "g")),
    ]
    dialogs += [ValueScreen(slot) for slot in slots]
    for dialog in dialogs:
        yield repr(dialog)[:60], table.dialog(dialog)
    for shared in (MenuScreen(), HelpScreen()):
        yield repr(shared), stage._dialog(shared)


def decide(stage: Stage, dice: random.Random) -> None:
    """Whoever must do something does so, at random but for the course."""
    table = stage.table
    assert table is not None
    session, top = table.session, stage.top
    if top.id == "curtain":
        stage.perform(Act("lift"))
    elif top.id == "card" and top.get("choices") is not None:
        stage.perform(Act("choose", dice.choice([each.id for each in table.seen.question.options])))  # type: ignore[union-attr]
    elif top.id in ("card", "digest"):
        stage.perform(Act("proceed"))
    elif not session.course_known:
        stage.perform(Act("set", "balance", NAMED[session.holder] - session.value("balance")))
        if session.holder == "comintern":
            stage.perform(Act("set", "vein", 1))
        stage.perform(Act("end"))
    else:
        offers = [each.order for each in session.offers(session.holder) if not each.refusal]
        for order in offers:
            stage.perform(Act("give", str(order)))
        stage.perform(Act("end"))
