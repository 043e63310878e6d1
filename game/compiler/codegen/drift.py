"""What do the rules and pulls of a turn do?  One function for the phases after the orders, with or without a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.compiler.codegen.asking import write_close
from game.compiler.codegen.nodes import Nodes
from game.compiler.codegen.part import Compiled, Part
from game.compiler.codegen.pulling import told_pulls, untold_pulls
from game.compiler.codegen.staging import Stage, rows_of
from game.compiler.codegen.telling import ToldStage
from game.rules.program import Program

HEAD: Final = "def drift(v, t, b, g):"
TOLD_HEAD: Final = "def drift(v, t, b, g, entry):"


def drift_part(program: Program, fate: str, numbers: Mapping[int, int], told: bool) -> Compiled:
    """The function; `numbers` says for each block (by identity) which it is."""
    nodes = Nodes(program)
    part = Part(f"drift {'with' if told else 'without'} ledger, {fate} fate", nodes)
    pen = part.pen()
    for stage in program.stages:
        if stage:
            rows = [rows_of(nodes, rule, numbers) for rule in stage]
            plain = all(row.plain for rule in rows for row in rule)
            (ToldStage if told and plain else Stage)(pen, fate, told, rows).write()
    (told_pulls if told else untold_pulls)(pen, program)
    if ends(program, told):
        write_close(pen, program)
    part.add(TOLD_HEAD if told else HEAD, pen)
    return part.compiled()


def ends(program: Program, told: bool) -> bool:
    """Whether the function closes the turn as well: nothing is told of it, and no directive is judged before."""
    return not told and not program.directives


__all__ = ["drift_part", "ends"]
