"""What is done with saved games from the command line?  The verb `saves`: list, rename, delete, export, fork, roads."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.verbs.given import FINE, Unusable, cannot, program_of, save_of

if TYPE_CHECKING:
    from game.play.session import Session


def add_parsers(parser: argparse.ArgumentParser) -> None:
    """The actions of the verb, each with its arguments."""
    parser.add_argument("--json", action="store_true", help="the list as JSON")
    parser.set_defaults(act=list_)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=type(parser))
    listing = actions.add_parser("list", help="all saved games, forks under the game they left")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(act=list_)
    for name, act, help_ in (
        ("decisions", decisions_, "the decisions of a game, to fork at"),
        (
            "roads",
            roads_,
            "the three decisions that weighed most, with what the other choice would have brought",
        ),
        ("delete", delete_, "move a game to the trash folder"),
        ("mend", mend_, "keep what is sound of a damaged save; the damaged file is set aside"),
    ):
        each = actions.add_parser(name, help=help_)
        each.add_argument("save", metavar="SAVE")
        each.set_defaults(act=act)
    rename = actions.add_parser("rename", help="give a game another name")
    rename.add_argument("save", metavar="SAVE")
    rename.add_argument("name")
    rename.set_defaults(act=rename_)
    export = actions.add_parser("export", help="copy a game to another place")
    export.add_argument("save", metavar="SAVE")
    export.add_argument("target", metavar="FILE")
    export.set_defaults(act=export_)
    fork = actions.add_parser("fork", help="a new game up to, but without, a decision; both are kept")
    fork.add_argument("save", metavar="SAVE")
    fork.add_argument("decision", type=int, metavar="N", help="the number that `saves decisions` shows")
    fork.set_defaults(act=fork_)


def list_(options: argparse.Namespace) -> int:
    """All saved games as a tree of forks; one that is broken never hides the others."""
    from game.play import saves

    found = saves.all_saves()
    if options.json:
        print(json.dumps([each.data() for each in found], ensure_ascii=False, indent=1))
        return FINE
    if not found:
        print(f"No saved games in {saves.folder()}.")
    for depth, each in saves.tree(found):
        margin = "    " * depth + ("└ " if depth else "")
        if each.fault:
            print(f"{margin}{each.name}: {each.fault}")
            continue
        assert each.header is not None
        scores = ", ".join(f"{name} {value}" for name, value in each.scores.items())
        state = each.over or f"after {each.step}" if each.step else "not one turn finished"
        held = f"; open in another window ({each.held})" if each.held else ""
        print(f"{margin}{each.name}: {each.header.title}, {state}")
        luck = f"{each.header.fate} fate, seed {each.header.seed}"
        print(f"{'    ' * depth}    {'; '.join(part for part in (scores, luck) if part)}{held}")
    return FINE


def _game(name: str) -> tuple[Path, Session]:
    from game.play.journal import SaveError
    from game.play.reopening import reopen

    path, journal = save_of(name)
    try:
        done = reopen(program_of(journal.header.scenario), journal)
    except SaveError as fault:
        raise cannot(fault, name) from None
    return path, done.session


def decisions_(options: argparse.Namespace) -> int:
    """Number, turn and text of each decision."""
    from game.play.roads import decisions, describe

    _, session = _game(options.save)
    for each in decisions(session):
        print(f"{each.number:4}  {session.viewer.words.step(each.turn)}  {describe(session, each)}")
    return FINE


def roads_(options: argparse.Namespace) -> int:
    """What other choices would have brought, with the same luck."""
    from game.play.roads import describe_road, roads_not_taken

    _, session = _game(options.save)
    if session.place != "over":
        raise Unusable("the game is not over yet; roads not taken are told at its end")
    for road in roads_not_taken(session):
        print(describe_road(session, road))
    return FINE


def rename_(options: argparse.Namespace) -> int:
    """Rename, and say the new file."""
    from game.play import saves

    return _done(lambda path: f"now {saves.rename(path, options.name)}", options.save)


def delete_(options: argparse.Namespace) -> int:
    """Move to the trash, and say where it lies."""
    from game.play import saves

    return _done(lambda path: f"moved to {saves.throw_away(path)}", options.save)


def export_(options: argparse.Namespace) -> int:
    """Copy, and say where to."""
    from game.play import saves

    def act(path: Path) -> str:
        saves.export(path, Path(options.target))
        return f"copied to {options.target}"

    return _done(act, options.save)


def fork_(options: argparse.Namespace) -> int:
    """A new save that leaves the old one at a decision."""
    from game.play import saves
    from game.play.journal import SaveError

    path, journal = save_of(options.save)
    try:
        print(f"forked as {saves.fork(path, journal, options.decision, saves.folder()).name}")
    except SaveError as fault:
        raise cannot(fault, options.save) from None
    return FINE


def mend_(options: argparse.Namespace) -> int:
    """Keep the sound part of a damaged save."""
    from game.play import saves
    from game.play.journal import SaveError

    path, journal = save_of(options.save)
    if journal.damage is None:
        print(f"{path.name} is sound; nothing to mend")
        return FINE
    try:
        aside = saves.keep_sound_part(path, journal)
    except SaveError as fault:
        raise cannot(fault, options.save) from None
    print(f"{path.name} now ends after turn {len(journal.closes)}; the damaged file is {aside.name}")
    return FINE


def _done(act: Callable[[Path], str], name: str) -> int:
    from game.play import saves
    from game.play.journal import SaveError

    try:
        print(act(saves.find(name)))
    except SaveError as fault:
        raise cannot(fault, name) from None
    return FINE
