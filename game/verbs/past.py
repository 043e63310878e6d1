"""How does a lesson begin in the middle of things?  The verb `past`: what a scenario had come to, as a file to add."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.compiler.folders import find
from game.play.midway import as_yaml, midway
from game.play.previewing import history_of
from game.play.running import Runner
from game.play.script import Script, read_script
from game.rules.calendar import name_step, parse_step
from game.rules.classes import replace
from game.rules.program import Program
from game.verbs.given import FINE, SHORT, Unusable, program_of
from game.verbs.giving import give


def past_(options: argparse.Namespace) -> int:
    """Print the beginning of a lesson, or write it to a file."""
    program = program_of(options.scenario)
    call = f"past {options.scenario} {options.turn}" + (f" --after {options.after}" if options.after else "")
    more = f" --out {options.out}" if options.out else ""
    give(beginning(program, options.scenario, options.turn, options.after, call + more), options.out)
    return FINE


def beginning(program: Program, scenario: str, turn: str, after: str | None, call: str) -> str:
    """What a scenario had come to before a turn, as a file of a lesson that begins there. Raises Unusable."""
    number = _turn(program, turn)
    script = _script(program, scenario, after)
    runner = Runner(program, script)
    session = runner.until(number)
    if session.turn != number - 1 or session.place != "opening":
        raise Unusable(f"that game is over before {turn}", SHORT)
    if runner.failures:
        raise Unusable(f"{runner.failures[0]}: first mend the playthrough", SHORT)
    road = f"the playthrough {Path(script.file).name}" if script.file else "history's own choices"
    name = name_step(program.layout.first_step + number - 1, program.scenario.calendar.step)
    return as_yaml(
        midway(session),
        f"What '{program.scenario.id}' had come to before {name}, after {road}. Made by\n"
        f"    python3 main.py {call}\n"
        "and to be made again when that scenario changes. Change what you like, or say it in another scenario.",
    )


def _turn(program: Program, text: str) -> int:
    """The number of a turn that has another one before it."""
    length, turns = program.scenario.calendar.step, program.layout.turns
    try:
        number = program.layout.turn_of(parse_step(text.upper(), length))
    except ValueError:
        number = 0
    if not 2 <= number <= turns:
        first, last = (name_step(program.layout.first_step + each - 1, length) for each in (2, turns))
        raise Unusable(f"'{text}' is no turn in the middle of this game: there are {first} to {last}")
    return number


def _script(program: Program, scenario: str, after: str | None) -> Script:
    """The road that leads to the lesson: history's, or that of a playthrough."""
    if after is None:
        return history_of(program, find(scenario))
    path = Path(after)
    if not path.is_file():
        raise Unusable(f"there is no playthrough file '{after}'")
    return replace(read_script(path), scenario=program.scenario.id)
