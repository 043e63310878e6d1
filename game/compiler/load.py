"""How does a path become a scenario?  Find, read, merge, resolve, assemble, check: all problems at once."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Final

from game.compiler.assembly import assemble
from game.compiler.caches.pausing import nothing_collected
from game.compiler.checks import check
from game.compiler.folders import ID, Source, find, find_id, gather, is_archive, known_ids
from game.compiler.merge import DEEPEST_CHAIN, Merged, fingerprint, join, overlay
from game.compiler.names import collect, odd_name
from game.compiler.problems import Near, Problem, ScenarioError, error, ordered
from game.compiler.resolve import Resolver
from game.compiler.source import Mapping, Node, Scalar, read
from game.compiler.spelling import lines_of
from game.compiler.translation import translate
from game.compiler.waivers import waived
from game.rules.classes import dataclass, field, replace
from game.rules.digest import sha256
from game.rules.ledger import Mark
from game.rules.scenario import Scenario

PLAYTHROUGH_KEY: Final = "scenario"
GAP: Final = "W603"
FOLLOWING: Final = ("N301", "N305", "N306", "W604")
"""Findings that may only follow from a file that could not be read."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario, what is to be said against it all the same, and the text of its files."""

    scenario: Scenario
    problems: tuple[Problem, ...]
    sources: dict[str, list[str]]
    resolver: Resolver
    """What reads further expressions about this scenario."""
    folders: tuple[Path, ...]
    """Where it lies, and then where each scenario lies that it extends."""


def load(name: str) -> Loaded:
    """A scenario by id or path. Raises ScenarioError with every problem."""
    found = examination(name).loaded()
    if isinstance(found, ScenarioError):
        raise found
    return found


def examine(name: str) -> tuple[Scenario | None, tuple[Problem, ...], dict[str, list[str]]]:
    """The scenario if there is one, all problems in order, and the text of the files by name."""
    found = examination(name)
    return found.scenario, found.problems, found.sources


def examination(name: str) -> Examined:
    """All that reading a scenario brings to light, by id or path."""
    with nothing_collected():
        return _examine(name)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a scenario comes from, or one that it extends: the id it was looked for by, its place, its files."""

    id: str
    """Empty for the scenario itself."""
    path: Path
    files: tuple[tuple[str, bytes], ...]
    """Their names, and a digest of what was read of each."""


@dataclass(frozen=True, slots=True)
class Examined:
    """All that reading a scenario brought to light."""

    scenario: Scenario | None
    problems: tuple[Problem, ...]
    sources: dict[str, list[str]]
    resolver: Resolver | None = None
    folders: tuple[Path, ...] = ()
    own: tuple[str, ...] = ()
    """The names of its own files, without those of its bases."""
    origins: tuple[Origin, ...] = ()
    """The scenario, and then each that it extends."""

    def loaded(self) -> Loaded | ScenarioError:
        """The scenario ready to be used, or why it is not."""
        if (
            self.scenario is None
            or self.resolver is None
            or any(each.severity == "error" for each in self.problems)
        ):
            return ScenarioError(self.problems)
        return Loaded(self.scenario, self.problems, self.sources, self.resolver, self.folders)


def _examine(name: str) -> Examined:
    reading = _Reading()
    path = find(name)
    if path is None:
        near = Near(name, known_ids())
        return Examined(None, (error("S102", Mark(name, 1, 1), "there is no such scenario", near=near),), {})
    merged = reading.merged(path, ())
    if merged is None:
        return Examined(None, ordered(reading.problems), reading.sources)
    names, found = collect(merged.tree, merged.removed)
    resolver = Resolver(names)
    scenario = assemble(merged.tree, names, resolver, fingerprint(merged.tree))
    found = [*merged.problems, *found, *resolver.problems]
    if reading.gaps:
        found = [each for each in found if each.code not in FOLLOWING]
    problems = [*reading.problems, *found]
    if scenario is not None and not any(each.severity == "error" for each in problems):
        problems += check(scenario, names, resolver, frozenset(reading.own))
        scenario = replace(scenario, marks={id_: mark for id_, (_, mark) in names.items.items()})
    problems = [each for each in problems if not _for_the_base(each, reading.own)]
    problems = waived(problems, reading.sources, reading.own)
    return Examined(
        scenario,
        ordered(problems),
        reading.sources,
        resolver,
        tuple(reading.folders),
        tuple(reading.own),
        tuple(reading.origins),
    )


def _for_the_base(problem: Problem, own: Collection[str]) -> bool:
    """Whether a warning is about a scenario that this one extends: not to be mended here, and often about years that a
    lesson leaves out. What `past` leaves out is seen in the base alone and told all the same."""
    return problem.severity == "warning" and problem.code != GAP and problem.mark.file not in own


_read_once = lru_cache(maxsize=64)(read)
"""Trees cannot be changed, and their problems are copied by whoever gathers them."""


@dataclass(slots=True)
class _Reading:
    """What comes to light while the files of a scenario, and of those it extends, are read."""

    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, list[str]] = field(default_factory=dict)
    own: list[str] = field(default_factory=list)
    """The scenario's own files, without those of its bases."""
    folders: list[Path] = field(default_factory=list)
    """Where the scenario lies, and then each that it extends."""
    origins: list[Origin] = field(default_factory=list)
    gaps: bool = False
    """Whether a file could not be read, so that what stands in it will be missed elsewhere."""

    def merged(self, path: Path, above: tuple[str, ...]) -> Merged | None:
        """One tree of a scenario's files, laid over the scenario it extends; None if there is nothing to read."""
        self.folders.append(path if path.is_dir() or is_archive(path) else path.parent)
        found, faults = gather(path)
        self.problems += faults
        self.gaps |= bool(faults)
        files = tuple((each.name, sha256(each.data).digest()) for each in found)
        self.origins.append(Origin(above[-1] if above else "", path, files))
        trees = self.trees(found, based=bool(above))
        if not above:
            self.own = [source.name for source in found]
        if not trees:
            if not self.problems:
                message = "no scenario here: no .yaml file with content"
                self.problems.append(error("S102", Mark(str(path), 1, 1), message))
            return None
        main = [tree for tree in trees if not _translates(tree, trees)]
        merged = join(main)
        base = merged.tree.get("extends")
        if base is not None:
            lower = self.lower(base, path, above)
            if lower is None:
                return None
            top = _same_step(lower.tree, merged.tree, self.problems)
            lower.problems += merged.problems
            merged = overlay(lower, top)
        own = merged.tree.get("language")
        language = own.text if isinstance(own, Scalar) else "en"
        for tree in trees:
            if _translates(tree, trees) and isinstance(other := tree.get("language"), Scalar):
                merged = translate(merged, tree, language, other.text)
        return merged

    def lower(self, base: Node, path: Path, above: tuple[str, ...]) -> Merged | None:
        """The scenario that one extends, by its id: a file never leads to a place on the disk."""
        if not isinstance(base, Scalar):
            self.problems.append(error("T401", base.mark, "'extends' is the id of a scenario"))
            return None
        chain = " → ".join((*above, base.text))
        if base.text in above or len(above) >= DEEPEST_CHAIN:
            circle = base.text in above
            message = (
                "'extends' goes round in a circle" if circle else f"more than {DEEPEST_CHAIN} times 'extends'"
            )
            self.problems.append(error("L503", base.mark, f"{message}: {chain}", length=len(base.text)))
            return None
        if not ID.fullmatch(base.text):
            self.problems.append(odd_name(base, "an id", "'extends' takes the id of a scenario, no path"))
            return None
        found = find_id(base.text, path)
        if found is None:
            message = f"there is no scenario '{base.text}' to extend"
            near = Near(base.text, known_ids())
            self.problems.append(error("N301", base.mark, message, near=near, length=len(base.text)))
            return None
        return self.merged(found, (*above, base.text))

    def trees(self, found: list[Source], based: bool = False) -> list[Mapping]:
        """The trees of the files that hold part of a scenario; those of a base serve more than one lesson."""
        trees = []
        for source in found:
            tree, faults = (_read_once if based else read)(source.data, source.name)
            self.sources[source.name] = lines_of(source.data.decode("utf-8-sig", "replace"))
            self.problems += faults
            if isinstance(tree, Mapping):
                if tree.get(PLAYTHROUGH_KEY) is None:
                    trees.append(tree)
            elif tree is not None:
                self.problems.append(error("T401", tree.mark, "a scenario file is made of 'section:' keys"))
            elif faults:
                self.gaps = True
        return trees


def _translates(tree: Mapping, trees: list[Mapping]) -> bool:
    """Whether a file only translates: it names a language, and another file says what the scenario is."""
    return (
        tree.get("language") is not None
        and not _heads(tree)
        and any(other is not tree and _heads(other) for other in trees)
    )


def _heads(tree: Mapping) -> bool:
    return tree.get("calendar") is not None or tree.get("extends") is not None


def _same_step(base: Mapping, top: Mapping, problems: list[Problem]) -> Mapping:
    """The upper tree without another length of a turn than the base has."""
    calendar, old = top.get("calendar"), base.get("calendar")
    step = calendar.get("step") if isinstance(calendar, Mapping) else None
    before = old.get("step") if isinstance(old, Mapping) else None
    length = before.text if isinstance(before, Scalar) else "quarter"
    if not isinstance(calendar, Mapping) or not isinstance(step, Scalar) or step.text == length:
        return top
    message = f"the length of a turn cannot be changed: the base has {length}s"
    problems.append(error("L502", step.mark, message, other=before.mark if before else None))
    kept = tuple(entry for entry in calendar.entries if entry[0].text != "step")
    entries = ((key, Mapping(kept, value.mark) if value is calendar else value) for key, value in top.entries)
    return Mapping(tuple(entries), top.mark)
