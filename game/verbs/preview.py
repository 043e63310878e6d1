"""What will a player see of this event?  The verb `preview`: one event at a date, with values set as one likes."""

from __future__ import annotations

import argparse
import re
from typing import Final

from game.compiler.folders import find
from game.compiler.problems import nearest
from game.play.previewing import history_of, preview, usual_turn
from game.rules.calendar import name_step, parse_step
from game.rules.program import EventTable, Program
from game.rules.scenario import Variable
from game.rules.state import IllegalOrder
from game.verbs.given import FINE, Unusable, program_of
from game.verbs.listing import terms
from game.views.terminal.preview import lines

VALUE: Final = re.compile(r"([a-z][a-z0-9_.]*)=(.+)")


def preview_(options: argparse.Namespace) -> int:
    """Show the event as text."""
    program = program_of(options.scenario)
    table = _event(program, options.event)
    turn = usual_turn(program, table) if options.at is None else _turn(program, options.at)
    sets = dict(_value(program, each) for each in options.set)
    country = _country(table, options.country) if options.country else ""
    script = history_of(program, find(options.scenario))
    try:
        shown = preview(program, table.id, turn, sets, script, country)
    except IllegalOrder as refused:
        raise Unusable(f"the values cannot be set: {refused}") from None
    if shown is None:
        raise Unusable(
            f"as history went the game is over before {_step(program, turn)}; choose an earlier --at"
        )
    for line in lines(shown):
        print(line)
    print(f"from: {terms(program.scenario)}")
    return FINE


def _event(program: Program, id_: str) -> EventTable:
    known = {each.id: each for each in program.events}
    if id_ not in known:
        hint = nearest(id_, known)
        raise Unusable(f"the scenario has no event '{id_}'" + (f"; did you mean '{hint}'?" if hint else ""))
    return known[id_]


def _country(table: EventTable, name: str) -> str:
    known = [each.country for each in table.rows if each.country]
    if name not in known:
        hint = nearest(name, known)
        more = f"; did you mean '{hint}'?" if hint else "" if known else ": it has no countries of its own"
        raise Unusable(f"'{table.id}' does not happen to '{name}'{more}")
    return name


def _step(program: Program, turn: int) -> str:
    return name_step(program.layout.first_step + turn - 1, program.scenario.calendar.step)


def _turn(program: Program, text: str) -> int:
    """A turn of this game by its name, or by a date in it."""
    turns = program.layout.turns
    try:
        turn = program.layout.turn_of(parse_step(text.upper(), program.scenario.calendar.step))
    except ValueError:
        turn = 0
    if not 1 <= turn <= turns:
        raise Unusable(
            f"'{text}' is no turn of this game: it has {_step(program, 1)} to {_step(program, turns)}"
        )
    return turn


def _value(program: Program, text: str) -> tuple[str, int]:
    """A value to set, as it is written in a scenario."""
    found = VALUE.fullmatch(text)
    if found is None:
        raise Unusable(f"--set takes a variable and its value: --set gold=40, not '{text}'")
    name, said = found[1], found[2].strip()
    layout = program.layout
    known = [each for each in layout.names[: layout.stored] if layout.index[each] in program.movable]
    if name not in known:
        hint = nearest(name, known)
        more = f"; did you mean '{hint}'?" if hint else ""
        derived = " is made of others: set those" if name in program.derived else " cannot be set"
        raise Unusable(f"'{name}'{derived}{more}")
    variable = _variable(program, name)
    if variable.kind == "flag" and said in ("true", "false"):
        return name, int(said == "true")
    if variable.kind == "word" and said in variable.words:
        return name, variable.words.index(said)
    if variable.kind == "number" and re.fullmatch(r"[-+]?[0-9]{1,12}", said):
        number = int(said)
        if variable.low <= number <= variable.high:
            return name, number
        raise Unusable(f"'{name}' lies between {variable.low} and {variable.high}, not at {number}")
    kinds = {"flag": "true or false", "number": "a whole number", "word": ", ".join(variable.words)}
    raise Unusable(f"'{name}' is {kinds[variable.kind]}, not '{said}'")


def _variable(program: Program, name: str) -> Variable:
    owner, _, tail = name.rpartition(".")
    scenario = program.scenario
    for each in scenario.country_variables if owner else scenario.variables:
        if each.id == tail:
            return each
    return Variable(tail, "flag", high=1, mark=program.events[0].mark)  # exists
