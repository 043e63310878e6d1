"""How does a path become a scenario?  Find, read, merge, resolve, assemble, check: all problems at once."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from game.compiler.assembly import assemble
from game.compiler.checks import check
from game.compiler.folders import Source, find, gather, known_ids
from game.compiler.merge import DEEPEST_CHAIN, Merged, fingerprint, join, overlay, translate
from game.compiler.names import collect
from game.compiler.problems import Problem, ScenarioError, error, nearest, ordered, show
from game.compiler.resolve import Resolver
from game.compiler.source import Mapping, Node, Scalar, read
from game.rules.ledger import Mark
from game.rules.lowering import Lowering
from game.rules.scenario import Scenario

PLAYTHROUGH_KEY = "scenario"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario, what is to be said against it all the same, and the text of its files."""

    scenario: Scenario
    problems: tuple[Problem, ...]
    sources: dict[str, list[str]]


def load(name: str) -> Loaded:
    """A scenario by id or path. Raises ScenarioError with every problem."""
    scenario, problems, sources = examine(name)
    if scenario is None or any(each.severity == "error" for each in problems):
        raise ScenarioError(problems)
    return Loaded(scenario, problems, sources)


def examine(name: str) -> tuple[Scenario | None, tuple[Problem, ...], dict[str, list[str]]]:
    """The scenario if there is one, all problems in order, and the text of the files by name."""
    sources: dict[str, list[str]] = {}
    problems: list[Problem] = []
    merged = _merged(name, sources, problems, ())
    if merged is None:
        return None, ordered(problems), sources
    names, found = collect(merged.tree, merged.removed)
    resolver = Resolver(names)
    scenario = assemble(merged.tree, names, resolver, fingerprint(merged.tree))
    problems += [*merged.problems, *found, *resolver.problems]
    if scenario is not None and not any(each.severity == "error" for each in problems):
        problems += check(scenario, names, resolver)
        scenario = replace(scenario, marks={id_: mark for id_, (_, mark) in names.items.items()})
    return scenario, ordered(problems), sources


def _merged(
    name: str, sources: dict[str, list[str]], problems: list[Problem], above: tuple[str, ...]
) -> Merged | None:
    path = find(name)
    if path is None:
        hint = nearest(name, known_ids())
        problems.append(error("S102", Mark(name, 1, 1), "there is no such scenario", hint=hint))
        return None
    found, faults = gather(path)
    problems += faults
    trees = _trees(found, sources, problems)
    if not trees:
        if not problems:
            problems.append(
                error("S102", Mark(str(path), 1, 1), "no scenario here: no .yaml file with content")
            )
        return None
    main = [tree for tree in trees if not _translation(tree, trees)]
    merged = join(main)
    base = merged.tree.get("extends")
    if isinstance(base, Scalar):
        if base.text in above or len(above) >= DEEPEST_CHAIN:
            chain = " → ".join((*above, base.text))
            problems.append(error("L503", base.mark, f"'extends' goes too deep or in a circle: {chain}"))
            return None
        lower = _merged(base.text, sources, problems, (*above, base.text))
        if lower is None:
            return None
        _same_step(lower.tree, merged.tree, problems)
        lower.problems += merged.problems
        merged = overlay(lower, merged.tree)
    own = merged.tree.get("language")
    language = own.text if isinstance(own, Scalar) else "en"
    for tree in trees:
        if tree not in main and isinstance(other := tree.get("language"), Scalar):
            merged = translate(merged, tree, language, other.text)
    return merged


def _trees(found: list[Source], sources: dict[str, list[str]], problems: list[Problem]) -> list[Mapping]:
    trees = []
    for source in found:
        tree, faults = read(source.data, source.name)
        sources[source.name] = source.data.decode("utf-8-sig", "replace").splitlines()
        problems += faults
        if isinstance(tree, Mapping):
            if tree.get(PLAYTHROUGH_KEY) is None:
                trees.append(tree)
        elif tree is not None:
            problems.append(error("T401", tree.mark, "a scenario file is made of 'section:' keys"))
    return trees


def _translation(tree: Mapping, trees: list[Mapping]) -> bool:
    """Whether a file only translates: it names a language, but is not the file that says what the scenario is."""
    return (
        tree.get("language") is not None
        and tree.get("calendar") is None
        and any(other is not tree and other.get("calendar") is not None for other in trees)
    )


def _same_step(base: Node, top: Mapping, problems: list[Problem]) -> None:
    calendar = top.get("calendar")
    if isinstance(calendar, Mapping) and isinstance(base, Mapping):
        step, old = calendar.get("step"), base.get("calendar")
        before = old.get("step") if isinstance(old, Mapping) else None
        length = before.text if isinstance(before, Scalar) else "quarter"
        if isinstance(step, Scalar) and step.text != length:
            message = f"the length of a turn cannot be changed: the base has {length}s"
            problems.append(error("L502", step.mark, message))


def main(arguments: list[str]) -> int:
    """Print what is wrong with the scenarios named."""
    worst = 0
    for name in arguments:
        _, problems, sources = examine(name)
        print(show([each for each in problems if each.severity != "note"], sources))
        worst = max(worst, int(any(each.severity == "error" for each in problems)))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

__all__ = ["Loaded", "Lowering", "Path", "examine", "load", "main"]
