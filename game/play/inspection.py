"""What is there to say about a file or folder, be it a scenario, a playthrough or a policy?"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.compiler.folders import find, home_of, is_archive, known_ids, read_bytes
from game.compiler.load import Loaded, examination, examine
from game.compiler.policies import KEY as POLICY_KEY
from game.compiler.policies import parse_policy, policy_files
from game.compiler.problems import Near, Problem, error, ordered
from game.compiler.source import Mapping, Scalar, read
from game.compiler.spelling import lines_of
from game.play.playthroughs import parse_script
from game.play.proofreading import proofread

UNREADABLE: Final = "S102"
"""The code of what could not be read at all."""
KEY: Final = "scenario"
"""The key that makes a file a playthrough."""

Findings = tuple[tuple[Problem, ...], dict[str, list[str]]]
"""Problems in order, and the lines of the files they are in."""


def inspect(name: str) -> Findings:
    """All problems of a scenario with its policies, of a playthrough or of a policy, by path or id."""
    path = find(name)
    if path is not None and path.is_file() and not is_archive(path):
        data, fault = read_bytes(path)
        if fault is None and (found := _policy(data, path) or _playthrough(data, path)) is not None:
            return found
    examined = examination(name)
    problems, sources = list(examined.problems), dict(examined.sources)
    if isinstance(loaded := examined.loaded(), Loaded):
        for each in policy_files(loaded):
            if each.parent.parent == loaded.folders[0]:
                data, fault = read_bytes(each)
                problems += [fault] if fault is not None else parse_policy(data, str(each), loaded)[1]
                sources[str(each)] = lines_of(data.decode("utf-8-sig", "replace"))
    return ordered(problems), sources


def _policy(data: bytes, path: Path) -> Findings | None:
    """What is wrong with a policy, held against its scenario; None if the file is none."""
    file = str(path)
    tree, _ = read(data, file)
    if not isinstance(tree, Mapping) or tree.get(POLICY_KEY) is None:
        return None
    sources = {file: lines_of(data.decode("utf-8-sig", "replace"))}
    its = tree.get(KEY)
    if not isinstance(its, Scalar) or not its.text:
        message = "to be checked by itself a policy needs 'scenario': its id"
        return (error("N305", tree.mark, message),), sources
    where = home_of(its.text, path)
    if find(where) is None:
        message = f"there is no scenario '{its.text}'"
        near = Near(its.text, known_ids())
        return (error("N301", its.mark, message, near=near, length=len(its.text)),), sources
    loaded = examination(where).loaded()
    if not isinstance(loaded, Loaded):
        return (_unsound(its, loaded.problems),), sources
    return ordered(parse_policy(data, file, loaded)[1]), sources


def is_playthrough(name: str) -> bool:
    """Whether a path leads to a playthrough."""
    path = find(name)
    if path is None or not path.is_file() or is_archive(path):
        return False
    data, fault = read_bytes(path)
    tree = read(data, str(path))[0] if fault is None else None
    return isinstance(tree, Mapping) and tree.get(KEY) is not None


def _playthrough(data: bytes, path: Path) -> Findings | None:
    """What is wrong with a playthrough; None if the file is none."""
    file = str(path)
    tree, _, problems = parse_script(data, file)
    if not isinstance(tree, Mapping) or tree.get(KEY) is None:
        return None
    sources = {file: lines_of(data.decode("utf-8-sig", "replace"))}
    its = tree.get(KEY)
    if isinstance(its, Scalar) and its.text:
        problems += _against(tree, its, home_of(its.text, path))
    return ordered(problems), sources


def _against(tree: Mapping, its: Scalar, where: str) -> list[Problem]:
    """The playthrough held against its scenario, found as it is found to be run."""
    if find(where) is None:
        message = f"there is no scenario '{its.text}'"
        return [error("N301", its.mark, message, near=Near(its.text, known_ids()), length=len(its.text))]
    scenario, problems, _ = examine(where)
    if scenario is None or any(each.severity == "error" for each in problems):
        return [_unsound(its, problems)]
    return proofread(tree, scenario)


def _unsound(its: Scalar, problems: tuple[Problem, ...]) -> Problem:
    """What is said of a scenario that cannot be used to check something against it."""
    errors = sum(each.severity == "error" for each in problems)
    message = f"the scenario '{its.text}' has {errors} error(s) of its own, so that names were not compared"
    return error("N301", its.mark, message, other=problems[0].mark, length=len(its.text))
