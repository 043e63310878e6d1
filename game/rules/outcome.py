"""Is it over, and how is it judged?  Directives, milestones, endings, verdicts."""

from __future__ import annotations

from game.rules.dice import key_number
from game.rules.layout import NEVER, OPENING, OVER
from game.rules.ledger import Cause, Kind
from game.rules.program import DirectiveRow, Judged, Program
from game.rules.state import State
from game.rules.writing import Work

EQUAL_WEIGHT = 100


def set_directives(work: Work) -> None:
    """Draw a directive for each group of them in which none runs."""
    for group in sorted({each.group for each in work.program.directives}):
        if work.memory(f"directive:{group}"):
            continue
        open_ = [each for each in work.program.directives if each.group == group and work.holds(each.when)]
        weights = [EQUAL_WEIGHT if each.weight is None else max(0, work.read(each.weight)) for each in open_]
        if sum(weights) <= 0:
            continue
        key = key_number(f"pick:directives/{group}" if group else "pick:directives")
        drawn = open_[work.pick(weights, key)]
        noted = 0 if drawn.note is None else work.read(drawn.note)
        work.keep(f"directive:{group}", drawn.number)
        work.keep(f"since:{group}", work.turn)
        work.keep(f"noted:{group}", noted)


def running_directives(program: Program, state: State) -> tuple[tuple[DirectiveRow, int], ...]:
    """The directives that run, each with the number of turns left to it, the open or coming one included."""
    index, found = program.layout.index, []
    turn = state.values[index["turn"]] + (state.values[index["place"]] == OPENING)
    for each in program.directives:
        if state.values[index[f"directive:{each.group}"]] == each.number:
            since = state.values[index[f"since:{each.group}"]]
            found.append((each, since + each.within - turn))
    return tuple(found)


def judge_directives(work: Work) -> None:
    """Met, missed, or left to run."""
    running = [
        each for each in work.program.directives if work.memory(f"directive:{each.group}") == each.number
    ]
    judged = []
    for directive in running:
        last = work.turn - work.memory(f"since:{directive.group}") + 1 >= directive.within
        if work.holds(directive.goal) and (last or not directive.at_end):
            deed, branch = directive.met, "met"
        elif last:
            deed, branch = directive.missed, "missed"
        else:
            continue
        cause = Cause(Kind.DIRECTIVE, directive.id, branch, turn=work.turn)
        work.queue(deed, cause, "all", directive.mark)
        judged.append(directive)
    work.settle()
    for directive in judged:
        work.keep(f"directive:{directive.group}", 0)


def reach_milestones(work: Work) -> None:
    """Keep the turn of every milestone that holds for the first time."""
    for milestone in work.program.milestones:
        if work.values[milestone.slot] == NEVER and work.holds(milestone.when):
            work.keep(milestone.slot, work.turn)


def reckon_ending(work: Work) -> int | None:
    """The number (from 1) of the ending that ends the game now, 0 for a calendar's end without one, or None."""
    last = work.turn >= work.program.layout.turns
    for number, ending in enumerate(work.program.endings, start=1):
        if last if ending.when is None else work.holds(ending.when):
            return number
    return 0 if last else None


def ending_of(program: Program, state: State) -> str | None:
    """The id of the ending of a game that is over, `end` where the scenario has none for it, else None."""
    index = program.layout.index
    if state.values[index["place"]] != OVER:
        return None
    number = state.values[index["ending"]]
    return program.endings[number - 1].id if number else "end"


def verdicts_of(program: Program, state: State) -> tuple[Judged, ...]:
    """For each thing that is judged, the verdict of the lowest rank that holds."""
    work = Work(program, state)
    given: dict[str, Judged] = {}
    for verdict in program.verdicts:
        if verdict.about not in given and work.holds(verdict.when):
            given[verdict.about] = verdict
    return tuple(given[about] for about in sorted(given))
