"""What does the command line offer to those who write scenarios?  Their verbs, each with its arguments."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

OUT: Final = "write it there instead of printing it"


def add_parsers(add: Callable[..., argparse.ArgumentParser]) -> None:
    """A parser for each verb; `add` makes one from its name and a line of help."""
    schema = add("schema", help="the JSON Schema of scenario files, for editors")
    schema.add_argument("scenario", nargs="?", metavar="SCENARIO", help="with the names that this one has")
    schema.add_argument("--out", metavar="FILE", help=OUT)
    schema.set_defaults(act=act_of("schema", "schema_"))

    docs = add("docs", help="the page of all fields, docs/fields.md")
    docs.add_argument("--out", metavar="FILE", help=OUT)
    docs.set_defaults(act=act_of("schema", "docs_"))

    new = add("new", help="begin a scenario, a lesson or an event: commented files that load and play")
    new.add_argument("kind", choices=("scenario", "lesson", "event"))
    new.add_argument("name", metavar="NAME", help="its id: small letters, digits, hyphens")
    new.add_argument(
        "--in", dest="into", metavar="DIR", default=".", help="the folder to put it in; here if left out"
    )
    new.add_argument(
        "--extends", metavar="SCENARIO", default="breathing-space", help="what a lesson builds on"
    )
    new.add_argument(
        "--from", dest="begin", metavar="TURN", help="the first turn of a lesson, such as 1923-Q1"
    )
    new.add_argument("--to", dest="end", metavar="TURN", help="its last turn; a year later if left out")
    new.set_defaults(act=act_of("new", "new_"))

    past = add("past", help="what a scenario had come to by some turn, as the beginning of a lesson")
    past.add_argument("scenario", metavar="SCENARIO")
    past.add_argument("turn", metavar="TURN", help="the first turn of the lesson, such as 1927-Q1")
    past.add_argument(
        "--after", metavar="PLAYTHROUGH", help="the road that led there; history's own if left out"
    )
    past.add_argument("--out", metavar="FILE", help=OUT)
    past.set_defaults(act=act_of("past", "past_"))

    pack = add("zip", help="make one file of a scenario, to pass it on")
    pack.add_argument("scenario", metavar="SCENARIO")
    pack.add_argument("file", nargs="?", metavar="FILE", help="where to; SCENARIO.zip if left out")
    pack.set_defaults(act=act_of("sharing", "zip_"))

    shelve = add("add", help="put a scenario that you were given on your shelf")
    shelve.add_argument("scenario", metavar="FILE", help="a zip, or a folder")
    shelve.add_argument("--replace", action="store_true", help="in place of one of the same id")
    shelve.set_defaults(act=act_of("sharing", "add_"))

    preview = add("preview", help="show one event as a player would see it")
    preview.add_argument("scenario", metavar="SCENARIO")
    preview.add_argument("event", metavar="EVENT")
    preview.add_argument(
        "--at", metavar="TURN", help="the turn, such as 1924-Q4; its historical one if left out"
    )
    preview.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="a value to begin with"
    )
    preview.add_argument(
        "--country", metavar="COUNTRY", help="for which country, if it may happen to several"
    )
    preview.add_argument("--text", action="store_true", help="as lines of text")
    preview.set_defaults(act=act_of("preview", "preview_"))

    graph = add("graph", help="draw what leads to what, and what it changes")
    graph.add_argument("scenario", metavar="SCENARIO")
    graph.add_argument("--out", metavar="FILE", help=OUT)
    graph.add_argument("--dot", action="store_true", help="for Graphviz, instead of SVG")
    graph.add_argument("--linked", action="store_true", help="leave out events that hang on no other")
    graph.add_argument("--around", metavar="EVENT", help="only what is linked with this one")
    graph.add_argument(
        "--steps", type=int, choices=range(1, 10), default=2, metavar="N", help="over how many links; 2"
    )
    graph.set_defaults(act=act_of("graph", "graph_"))


def act_of(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """What a verb does, imported when it is done: the parser of every call would pay for it."""

    def act(options: argparse.Namespace) -> int:
        done: int = getattr(import_module(f"game.verbs.{module}"), function)(options)
        return done

    return act
