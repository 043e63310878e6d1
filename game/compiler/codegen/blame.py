"""Whose line is at fault?  Tracebacks out of generated code are made to show the scenario's own file and line.

Nothing in an expression can fail, so whatever does is a bug of ours or of who changed our tables; but then the line
of the scenario is what one wants to see, as if Python had read it there.
"""

from __future__ import annotations

import linecache
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from types import CodeType, FrameType, TracebackType
from typing import Final

from game.compiler.codegen.finding import all_deeds
from game.compiler.codegen.part import Compiled, Origin, Unwritable
from game.rules.core import ARITHMETIC, Core, Op
from game.rules.layout import at
from game.rules.ledger import Mark
from game.rules.program import Formula, Program

LONGEST: Final = 400
"""Lines of an item that are looked through for a field."""
RAISING: Final = "raise_again"


def blamed(fault: Exception, program: Program, parts: Iterable[Compiled]) -> Exception:
    """The same exception, its traceback going through the scenario's files instead of generated code."""
    known = {part.code.co_filename: part for part in parts}
    frames: list[TracebackType] = []
    here = fault.__traceback__
    while here is not None:
        frames.append(here)
        here = here.tb_next
    if not any(each.tb_frame.f_code.co_filename in known for each in frames):
        return fault
    marks = marks_of(program)
    below: TracebackType | None = None
    for each in reversed(frames):
        part = known.get(each.tb_frame.f_code.co_filename)
        below = TracebackType(below, each.tb_frame, each.tb_lasti, each.tb_lineno)
        if part is not None:
            origin = origin_of(part, each.tb_lineno)
            mark = mark_of(origin, marks)
            if mark is None:
                show_source(part)
            else:
                frame = _frame(mark, f"{origin[0]}: {origin[1].partition(' ')[0]}")
                below = TracebackType(below.tb_next, frame, frame.f_lasti, mark.line)
    return fault.with_traceback(below)


def origin_of(part: Compiled, line: int) -> Origin:
    """What a line of a part was made from; lines count from 1."""
    return part.origins[part.lines[line - 1]] if 0 < line <= len(part.lines) else ("", "")


def mark_of(origin: Origin, marks: Mapping[str, Mark]) -> Mark | None:
    """Where an origin was written: an effect's own place, or the line of a field in its item."""
    item, field = origin
    word, _, number = field.partition(" ")
    if number and number in marks:
        return marks[number]
    for name in (item, item.partition("=")[0], item.partition("/")[0], item.partition("@")[0]):
        if name in marks:
            return locate(marks[name], word)
    return None


def marks_of(program: Program) -> dict[str, Mark]:
    """The places of all items by id, and of all effects by block and place."""
    scenario = program.scenario
    found: dict[str, Mark] = dict(scenario.marks)
    for group in (scenario.variables, scenario.tracks, scenario.events, scenario.rules, scenario.orders,
                  scenario.directives, scenario.milestones, scenario.endings, scenario.modifiers):  # fmt: skip
        found.update((item.id, item.mark) for item in group)
    for event in scenario.events:
        for choice in event.choices:
            found[f"{event.id}/{choice.id}"] = choice.mark
    for pull in program.pulls:
        found[at(pull.id, pull.country)] = pull.mark
    for number, (_, deed) in enumerate(all_deeds(program)):
        for place, write in enumerate(deed.writes):
            found[f"{number}.{place}"] = write.mark
    return found


def unwritable(fault: ValueError, program: Program) -> Unwritable:
    """Why some expression cannot be written as code, with its place."""
    marks = marks_of(program)
    for item, field, formula in formulas_of(program):
        if not _is_known(formula.core):
            mark = mark_of((item, field), marks)
            return Unwritable(f"{mark}: {item}: {field.partition(' ')[0]}: {fault}")
    return Unwritable(str(fault))


def _is_known(core: Core) -> bool:
    return not isinstance(core, Op) or (core.name in ARITHMETIC and all(map(_is_known, core.parts)))


def formulas_of(program: Program) -> Iterator[tuple[str, str, Formula]]:
    """Every expression that code is made of, with its origin."""
    found: list[tuple[str, str, Formula | None]] = []
    for event in program.events:
        for row in event.rows:
            found += [(event.id, "when", row.when), (event.id, "premise", row.premise)]
            found += [(event.id, "chance", row.chance), (event.id, "pick", row.weight)]
            found += [(f"{event.id}/{choice.id}", "when", choice.when) for choice in row.choices]
    for rule in (rule for stage in program.stages for rule in stage):
        for each in rule.rows:
            found += [(rule.id, "when", each.when), (rule.id, "chance", each.chance)]
            found.append((rule.id, "pick", each.weight))
    for action in program.actions.values():
        for order in action.rows.values():
            found.append((action.id, "when", order.when))
            found += [(action.id, "cost", cost) for _, cost in order.cost]
    for setting in program.settings:
        found.append((setting.id, "when", setting.when))
        found += [(setting.id, "cost", cost) for _, cost in setting.cost]
    for pull in program.pulls:
        name = at(pull.id, pull.country)
        found += [(name, "toward", pull.toward), (name, "step", pull.step)]
    for directive in program.directives:
        found += [(directive.id, "goal", directive.goal), (directive.id, "when", directive.when)]
        found += [(directive.id, "weight", directive.weight), (directive.id, "note", directive.note)]
    found += [(each.id, "when", each.when) for each in (*program.milestones, *program.endings)]
    found += [(track, "means", formula) for track, formula in program.purses]
    for number, (item, deed) in enumerate(all_deeds(program)):
        for place, write in enumerate(deed.writes):
            effect = f"effects {number}.{place}"
            found += [(item, effect, write.amount), (item, effect, write.when)]
        found += [(f"{item}={way.id}", "chance", way.chance) for way in deed.results]
        found += [(item, "chance", call.chance) for call in deed.summons]
    for item, field, formula in found:
        if formula is not None:
            yield item, field, formula


def locate(mark: Mark, field: str) -> Mark:
    """The line of a field in the item that begins at a mark; the mark itself if it cannot be found."""
    lines = linecache.getlines(mark.file)[mark.line - 1 : mark.line + LONGEST]
    wanted = re.compile(rf"(?<![\w-]){re.escape(field)}\s*:")
    indent = 0
    for number, text in enumerate(lines):
        begins = len(text) - len(text.lstrip(" -"))
        if number == 0:
            indent = begins
        elif text.strip() and (begins < indent or (text.lstrip().startswith("- ") and begins <= indent)):
            break
        if found := wanted.search(text):
            return Mark(mark.file, mark.line + number, found.start() + 1)
    return mark


def _frame(mark: Mark, name: str) -> FrameType:
    """A frame that stands at a line of a file."""
    text = "\n" * (mark.line - 1) + f"{RAISING}()"
    code: CodeType = compile(text, mark.file, "exec").replace(co_name=name)
    caught: list[FrameType] = []

    def raise_again() -> None:
        caught.append(sys._getframe(1))

    exec(code, {RAISING: raise_again, "__name__": name})
    return caught[0]


def show_source(part: Compiled) -> None:
    """Let tracebacks show the generated text, where there is no line of a scenario to be shown."""
    if not part.source:
        return
    lines = part.source.splitlines(keepends=True)
    linecache.cache[part.code.co_filename] = len(part.source), None, lines, part.code.co_filename


__all__ = ["blamed", "locate", "mark_of", "marks_of", "origin_of", "unwritable"]
