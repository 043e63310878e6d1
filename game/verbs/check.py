"""What is wrong with scenarios and playthroughs?  The verb `check`: once, or again at every save."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any, Final

from game.compiler.folders import find, known_ids
from game.compiler.problems import Problem, as_data, nearest, show
from game.verbs.given import FINE, SHORT, USAGE, Unusable

FORMATS: Final = ("text", "json", "github")
GAMES: Final = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="github: notes at the lines of a review"
    )
    parser.add_argument(
        "--json", action="store_const", dest="format", const="json", help="the same as --format json"
    )
    parser.add_argument("--strict", action="store_true", help="warnings count as errors")
    parser.add_argument(
        "--advice", action="store_true", help="say as well what could be better, and how it reads"
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="again at every save, with random games in between; Ctrl-C ends it",
    )
    parser.add_argument(
        "--games",
        type=_count,
        default=GAMES,
        metavar="N",
        help=f"random games after each save; {GAMES} if left out",
    )
    parser.set_defaults(act=check_)


def _count(text: str) -> int:
    if text.isdigit() and len(text) <= 9:
        return int(text)
    raise argparse.ArgumentTypeError(f"a number of games is expected, not '{text}'")


def check_(options: argparse.Namespace) -> int:
    """Print every problem; 1 if there are errors (or any, with --strict)."""
    for name in options.paths:
        if find(name) is None:
            hint = nearest(name, known_ids())
            more = f"; did you mean '{hint}'?" if hint else ""
            raise Unusable(f"there is no scenario or playthrough '{name}'{more}")
    if options.watch:
        from game.verbs.watching import Watch

        if options.format != "text":
            raise Unusable("--watch prints text only")
        Watch(options.paths, options.games).run()
    return _once(options.paths, options.format, options.strict, options.advice)


def _once(names: Sequence[str], form: str, strict: bool, advised: bool) -> int:
    from game.compiler.annotations import annotation
    from game.play.inspection import UNREADABLE, inspect

    worst = FINE
    data: list[dict[str, Any]] = []
    for name in names:
        problems, sources = inspect(name)
        wrong = [each for each in problems if each.severity != "note"]
        if any(each.severity == "error" or strict for each in wrong):
            worst = max(worst, SHORT)
        if any(each.code == UNREADABLE for each in wrong):
            worst = USAGE
        advice, reading = _advice(name) if advised else ([], "")
        match form:
            case "json":
                data += as_data((*problems, *advice))
            case "github":
                for each in (*problems, *advice):
                    print(annotation(each))
            case _:
                for line in (*report(name, problems, sources), *map(str, advice), reading):
                    if line:
                        print(line)
    if form == "json":
        print(json.dumps(data, ensure_ascii=False, indent=1))
    return worst


def report(name: str, problems: Sequence[Problem], sources: dict[str, list[str]]) -> list[str]:
    """The problems of one scenario or playthrough for people, with a line that counts them."""
    wrong = [each for each in problems if each.severity != "note"]
    notes = [each for each in problems if each.severity == "note"]
    errors = sum(each.severity == "error" for each in wrong)
    more = f", {len(notes)} item(s) of the base overridden" if notes else ""
    lines = [show(wrong, sources)] if wrong else []
    lines += [show(notes, {})] if notes else []
    return [*lines, f"{name}: {errors} error(s), {len(wrong) - errors} warning(s){more}"]


def _advice(name: str) -> tuple[list[Problem], str]:
    """What could be better in a scenario without errors, and how it reads; nothing for anything else."""
    from game.compiler.advice import advise, summary
    from game.compiler.load import examination
    from game.compiler.problems import ADVICE, ordered
    from game.compiler.waivers import waived
    from game.play.inspection import is_playthrough

    if is_playthrough(name):
        return [], ""
    found = examination(name)
    if found.scenario is None or any(each.severity == "error" for each in found.problems):
        return [], ""
    own = frozenset(found.own)
    return list(ordered(waived(advise(found.scenario, own), found.sources, own, ADVICE))), summary(
        found.scenario
    )
