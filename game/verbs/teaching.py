"""What does the command line offer to those who teach?  Their verbs, each with its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module


def add_parsers(add: Callable[..., argparse.ArgumentParser]) -> None:
    """A parser for each verb; `add` makes one from its name and a line of help."""
    debrief = add("debrief", help="a saved game beside history: what weighed, why, and what to ask")
    debrief.add_argument("save", metavar="SAVE", help="a file, or the name that `saves` shows")
    debrief.add_argument("--html", metavar="FILE", help="write it as a page to print, instead of text")
    debrief.set_defaults(act=_act("debrief", "debrief_"))

    together = add("class", help="the saved games of a class on one page: who chose what, and why")
    together.add_argument("saves", nargs="+", metavar="SAVE", help="files, or folders of them")
    together.add_argument("--html", metavar="FILE", required=True, help="the page to write")
    together.set_defaults(act=_act("classroom", "class_"))

    papers = add("pack", help="the papers of a lesson: briefing, roles, timeline, worksheet, rubric, key")
    papers.add_argument("scenario", metavar="SCENARIO")
    papers.add_argument("folder", metavar="DIR", help="the folder to write them to")
    papers.set_defaults(act=_act("packing", "pack_"))


def _act(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """What a verb does, imported when it is done: the parser of every call would pay for it."""

    def act(options: argparse.Namespace) -> int:
        done: int = getattr(import_module(f"game.verbs.{module}"), function)(options)
        return done

    return act
