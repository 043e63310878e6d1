"""Which scenarios are there?  The verb `list`: each with its lessons under it, who wrote it, and on what terms."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from game.compiler.folders import known_ids
from game.compiler.problems import ScenarioError
from game.verbs.given import FINE

if TYPE_CHECKING:
    from game.rules.block import Text
    from game.rules.scenario import Scenario


def list_(options: argparse.Namespace) -> int:
    """The scenarios on the shelves; one broken scenario never hides the others."""
    rows = [row(id_) for id_ in known_ids()]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for line in lines(rows):
            print(line)
    return FINE


def row(id_: str) -> dict[str, Any]:
    """What is told of a scenario that lies on a shelf."""
    from game.compiler.load import load

    try:
        return {"id": id_} | about(load(id_).scenario)
    except ScenarioError as fault:
        errors = sum(each.severity == "error" for each in fault.problems)
        return {"id": id_, "title": "cannot be played", "errors": errors}


def about(scenario: Scenario) -> dict[str, Any]:
    """What a scenario says of itself before it is played."""
    return {
        "title": _plain(scenario.title),
        "extends": scenario.extends or None,
        "from": scenario.calendar.start,
        "to": scenario.calendar.end,
        "minutes": scenario.minutes or None,
        "events": len(scenario.events),
        "authors": list(scenario.authors),
        "licence": scenario.licence,
    }


def terms(scenario: Scenario) -> str:
    """What a scenario is, who wrote it, and on what terms it may be passed on; a line."""
    told = about(scenario)
    based = f", a lesson on {told['extends']}" if told["extends"] else ""
    authors = ", ".join(told["authors"]) or "nobody named"
    return f"{told['title']}{based}; by {authors}; {told['licence'] or 'no licence named'}"


def lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The list for people: what stands on its own, and below it what extends it."""
    ids = {each["id"] for each in rows}
    first = [each for each in rows if each.get("extends") not in ids or each["extends"] == each["id"]]
    shown = set[str]()
    while first:
        each = first.pop(0)
        if each["id"] in shown:
            continue
        shown.add(each["id"])
        yield from _told(each)
        first = [other for other in rows if other.get("extends") == each["id"]] + first


def _told(each: dict[str, Any]) -> Iterator[str]:
    if "errors" in each:
        yield f"{each['id']:24} {each['title']} ({each['errors']} error(s): see check {each['id']})"
        return
    span = f"{each['from']} to {each['to']}"
    lasts = f", {each['minutes']} minutes" if each["minutes"] else ""
    what = f"lesson on {each['extends']}" if each["extends"] else f"{each['events']} events"
    yield f"{each['id']:24} {each['title']} ({what}; {span}{lasts})"
    terms = "; ".join(part for part in (", ".join(each["authors"]), each["licence"]) if part)
    if terms:
        yield f"{'':24}   {terms}"


def _plain(text: Text) -> str:
    """A text in its first language, as it stands."""
    return "".join(str(part) for part in next(iter(text.variants[0].wording.values())))
