"""What did the class do?  The verb `class`: many saved games on one page, each file told of, none sent anywhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from game.compiler.folders import find_id
from game.compiler.problems import ScenarioError
from game.play.classroom import classroom
from game.play.journal import SaveError
from game.play.recording import SUFFIX
from game.rules.program import Program
from game.verbs.given import FINE, SHORT, Unusable
from game.verbs.reporting import check_target, write_page


def class_(options: argparse.Namespace) -> int:
    """Write the page; 1 if a file cannot be read or does not come out as it was written."""
    target = check_target(options.html)
    paths = [path for name in options.saves for path in _files(name)]
    if not paths:
        raise Unusable("there is no saved game in what was named")
    progress = sys.stderr.isatty()

    def told(count: int) -> None:
        if progress:
            print(f"\r{count} of {len(paths)} games", end="", file=sys.stderr, flush=True)

    found = classroom(paths, _program, told)
    if progress:
        print(file=sys.stderr)
    from game.views.html.classroom import class_page

    write_page(target, class_page(found))
    doubtful = [each for each in found.students if not each.verified]
    for each in doubtful:
        print(f"{each.name}: {' '.join(each.faults)}", file=sys.stderr)
    return SHORT if doubtful else FINE


def _files(name: str) -> list[Path]:
    """The saves that a name means: a file, whatever it is, all saves of a folder, or a name that `saves` shows."""
    from game.play import saves

    path = Path(name)
    if path.is_dir():
        return sorted(each for each in path.iterdir() if each.name.endswith(SUFFIX))
    if path.exists():
        return [path]
    try:
        return [saves.find(name)]
    except SaveError as fault:
        raise Unusable(f"{fault}: give files or a folder of them") from None


def _program(scenario: str) -> Program:
    """A scenario by its id alone: a save never names a path. Raises SaveError."""
    from game.compiler.load import load
    from game.rules.building import interpret

    if find_id(scenario) is None:
        raise SaveError("scenario", f"the scenario '{scenario[:60]}' of this game is not here")
    try:
        return interpret(load(scenario).scenario)
    except ScenarioError as fault:
        first = fault.problems[0].message if fault.problems else "it is broken"
        raise SaveError("scenario", f"the scenario '{scenario}' cannot be played: {first}") from None
