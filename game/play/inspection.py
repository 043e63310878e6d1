"""What is there to say about a file or folder, be it a scenario or a playthrough?"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.compiler.folders import find, known_ids, read_bytes
from game.compiler.load import examine
from game.compiler.problems import Near, Problem, error, ordered
from game.compiler.source import Mapping, Scalar
from game.compiler.spelling import lines_of
from game.play.proofreading import proofread
from game.play.script import parse_script

UNREADABLE: Final = "S102"
"""The code of what could not be read at all."""
KEY: Final = "scenario"
"""The key that makes a file a playthrough."""

Findings = tuple[tuple[Problem, ...], dict[str, list[str]]]
"""Problems in order, and the lines of the files they are in."""


def inspect(name: str) -> Findings:
    """All problems of a scenario or a playthrough, by path or id."""
    path = find(name)
    if path is not None and path.is_file():
        data, fault = read_bytes(path)
        if fault is None and (found := _playthrough(data, path)) is not None:
            return found
    _, problems, sources = examine(name)
    return problems, sources


def _playthrough(data: bytes, path: Path) -> Findings | None:
    """What is wrong with a playthrough; None if the file is none."""
    file = str(path)
    tree, _, problems = parse_script(data, file)
    if not isinstance(tree, Mapping) or tree.get(KEY) is None:
        return None
    sources = {file: lines_of(data.decode("utf-8-sig", "replace"))}
    its = tree.get(KEY)
    if isinstance(its, Scalar) and its.text:
        problems += _against(tree, its)
    return ordered(problems), sources


def _against(tree: Mapping, its: Scalar) -> list[Problem]:
    """The playthrough held against its scenario, found as it is found to be run."""
    if find(its.text) is None:
        message = f"there is no scenario '{its.text}'"
        return [error("N301", its.mark, message, near=Near(its.text, known_ids()), length=len(its.text))]
    scenario, problems, _ = examine(its.text)
    errors = sum(each.severity == "error" for each in problems)
    if scenario is None or errors:
        message = (
            f"the scenario '{its.text}' has {errors} error(s) of its own, so that names were not compared"
        )
        return [error("N301", its.mark, message, other=problems[0].mark, length=len(its.text))]
    return proofread(tree, scenario)
