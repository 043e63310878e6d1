"""What feeds what?  The values of a scenario, and how each moves others by its rules: the chain as a graph.

Nothing here is drawn by hand. A formula is read with one value at its lowest, at its highest and between, all else
being equal, and whichever way its result goes is the way that value pushes. Values that are not shown themselves
are passed through: what feeds them feeds what they feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from game.rules.classes import dataclass, field, replace
from game.rules.core import slots
from game.rules.engine import begin
from game.rules.ledger import Sentence
from game.rules.orders import roles
from game.rules.program import Deed, Formula, Program, Pull, Saying
from game.rules.scenario import Variable
from game.rules.writing import Work

STEPS: Final = 6
"""Between how many values of a range a formula is read."""
WIDEST: Final = 300
"""A range beyond this is looked at from where it begins up to here."""
CLEARLY: Final = 3
"""So many times more one way than the other still counts as that way."""
MOST_ROWS: Final = 5
"""Of what every country has, so many countries stand for all."""
DEEPEST: Final = 2
"""How many values that are not shown an arrow may pass through."""
ABROAD: Final = "each."
"""What stands before the name of a value that every country has one of."""
EITHER: Final = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """One value, or the orders of one role, moving another: up (1), down (−1) or either way (0)."""

    source: str
    target: str
    way: int
    sentences: tuple[Sentence, ...] = ()
    """Why, in the sentences of the rules that do it; for a value of countries, of one of them."""


@dataclass(frozen=True, slots=True)
class Feeding:
    """The values that are shown, in order, and what feeds what among them and the roles."""

    values: tuple[str, ...]
    feeds: tuple[Feed, ...]

    def into(self, name: str) -> tuple[Feed, ...]:
        """What feeds a value."""
        return tuple(each for each in self.feeds if each.target == name)

    def out_of(self, name: str) -> tuple[Feed, ...]:
        """What a value feeds."""
        return tuple(each for each in self.feeds if each.source == name)


Row = TypeVar("Row")
Reckoned = Callable[[Sequence[int]], int]


@dataclass(slots=True)
class _Mover:
    """Something that moves one value every turn: what it comes to, what it reads, and why."""

    target: str
    comes_to: Reckoned
    reads: frozenset[int]
    because: Saying | None


@dataclass(slots=True)
class _Graph:
    """Which way each value pushes each other, by all movers together."""

    pushes: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    why: dict[tuple[str, str], dict[Sentence, None]] = field(default_factory=dict)

    def add(self, source: str, target: str, push: tuple[int, int], sentence: Sentence | None) -> None:
        """One mover, or one order, pushes so much up and so much down."""
        if source == target or not any(push):
            return
        known = self.pushes.setdefault((source, target), [0, 0])
        known[0] += push[0]
        known[1] += push[1]
        if sentence is not None:
            self.why.setdefault((source, target), {})[sentence] = None


def feeding(program: Program, shown: Iterable[str]) -> Feeding:
    """What feeds what among the values that are shown: the nation's by name, those of countries as `each.name`."""
    values = tuple(shown)
    names = _names(program)
    groups: dict[str, list[int]] = {}
    for index, name in names.items():
        groups.setdefault(name, []).append(index)
    graph, bases = _Graph(), _bases(program)
    for mover in _movers(program, names):
        for name in sorted({names[index] for index in mover.reads if index in names}):
            push = _push(mover.comes_to, groups[name], bases, program)
            told = _said(program, mover.because, bases[-1], groups[name]) if any(push) else None
            graph.add(name, mover.target, push, told)
    for role in roles(program):
        for target, change, sentence in _ordered(program, role, names):
            graph.add(role, target, (max(0, change), max(0, -change)), sentence)
    return Feeding(values, tuple(_through(graph, values, roles(program))))


def _names(program: Program) -> dict[int, str]:
    """The name of each stored slot of a variable: a country's one under the name that all countries have."""
    layout = program.layout
    found = {}
    for index in range(layout.stored):
        country, _, name = layout.names[index].rpartition(".")
        if name != "exists":
            found[index] = f"{ABROAD}{name}" if country else name
    return found


def _bases(program: Program) -> list[list[int]]:
    """States from which formulas are read: as the game begins, and with every number in the middle of its range."""
    layout = program.layout
    start = list(begin(program).values)
    start[layout.index["turn"]] = 1
    middle = list(start)
    variables = {each.id: each for each in (*program.scenario.variables, *program.scenario.country_variables)}
    for index in range(layout.stored):
        variable = variables.get(layout.names[index].rpartition(".")[2])
        if variable is not None and variable.kind == "number" and not variable.constant:
            middle[index] = (layout.low[index] + min(layout.high[index], layout.low[index] + WIDEST)) // 2
    middle[layout.index["turn"]] = max(1, layout.turns // 2)
    return [start, middle]


def _movers(program: Program, names: Mapping[int, str]) -> Iterator[_Mover]:
    cores = [each.core for each in program.named]

    def read(*formulas: Formula | None) -> frozenset[int]:
        return frozenset(index for each in formulas if each is not None for index in slots(each.core, cores))

    pulls: dict[str, list[Pull]] = {}
    for pull in program.pulls:
        pulls.setdefault(names[pull.slot], []).append(pull)
    for name, all_pulls in pulls.items():
        for pull in _some(all_pulls):
            yield _Mover(name, _toward(pull.toward), read(pull.toward), pull.because)
    for stage in program.stages:
        for rule in stage:
            for row in _some(rule.rows):
                for slot in dict.fromkeys(write.slot for write in row.deed.writes):
                    if slot not in names:
                        continue
                    writes = [write for write in row.deed.writes if write.slot == slot]
                    reads = read(
                        row.when, *(write.amount for write in writes), *(write.when for write in writes)
                    )
                    moved = _moved(row.when, row.deed, slot)
                    yield _Mover(names[slot], moved, reads, row.deed.because)


def _some(rows: Sequence[Row]) -> Sequence[Row]:
    """A few of many rows that are alike, from all over."""
    return rows[:: max(1, -(-len(rows) // MOST_ROWS))]


def _toward(formula: Formula) -> Reckoned:
    return lambda values: formula.read(values, {})


def _moved(when: Formula | None, deed: Deed, slot: int) -> Reckoned:
    """By how much a rule moves a slot."""

    def comes_to(values: Sequence[int]) -> int:
        memo: dict[int, int] = {}
        if when is not None and not when.read(values, memo):
            return 0
        total = 0
        for write in deed.writes:
            if write.slot == slot and (write.when is None or write.when.read(values, memo)):
                amount = write.amount.read(values, memo)
                total += amount - values[slot] if write.sets else amount
        return total

    return comes_to


def _push(
    comes_to: Reckoned, indexes: Sequence[int], bases: Sequence[list[int]], program: Program
) -> tuple[int, int]:
    """How far a result rises, and how far it falls, while some slots go together from their lowest to their highest."""
    layout = program.layout
    low = min(layout.low[index] for index in indexes)
    high = min(max(layout.high[index] for index in indexes), low + WIDEST)
    points = sorted({low + (high - low) * step // STEPS for step in range(STEPS + 1)})
    up = down = 0
    for base in bases:
        values = list(base)
        before: int | None = None
        for point in points:
            for index in indexes:
                values[index] = point
            now = comes_to(values)
            if before is not None:
                up += max(0, now - before)
                down += max(0, before - now)
            before = now
    return up, down


def _ordered(
    program: Program, role: str, names: Mapping[int, str]
) -> Iterator[tuple[str, int, Sentence | None]]:
    """What the orders of a role move for certain, or by their likeliest result, as they could be given at the start."""
    work = Work(program, begin(program))
    for action in program.actions.values():
        if action.track != role:
            continue
        for row in action.rows.values():
            deeds = [row.deed, *(result.deed for result in row.deed.results[:1])]
            for deed in deeds:
                for write in deed.writes:
                    if write.slot in names:
                        amount = work.read(write.amount)
                        change = amount - work.values[write.slot] if write.sets else amount
                        yield names[write.slot], change, work.say(deed.because)


def _said(
    program: Program, saying: Saying | None, base: Sequence[int], indexes: Sequence[int]
) -> Sentence | None:
    """What is said where some slots stand at their highest, all else being as it was."""
    if saying is None:
        return None
    values = list(base)
    for index in indexes:
        values[index] = program.layout.high[index]
    return Work(program, replace(begin(program), values=tuple(values))).say(saying)


def _through(graph: _Graph, values: Sequence[str], sources: Sequence[str]) -> Iterator[Feed]:
    """The arrows between what is shown, past what is not."""
    shown = {*values, *sources}
    onward: dict[str, list[str]] = {}
    for source, target in graph.pushes:
        onward.setdefault(source, []).append(target)
    found: dict[tuple[str, str], tuple[set[int], dict[Sentence, None]]] = {}

    def walk(start: str, here: str, way: int, why: dict[Sentence, None], left: int) -> None:
        for target in onward.get(here, ()):
            step = _way(graph.pushes[here, target])
            gone = way * step
            told = {**why, **graph.why.get((here, target), {})}
            if target in shown and target != start:
                ways, sentences = found.setdefault((start, target), (set(), {}))
                ways.add(gone)
                sentences.update(told)
            elif target not in shown and left and gone:
                walk(start, target, gone, told, left - 1)

    for source in (*sources, *values):
        walk(source, source, 1, {}, DEEPEST)
    order = {name: at for at, name in enumerate((*sources, *values))}
    for (source, target), (ways, sentences) in sorted(
        found.items(), key=lambda each: (order[each[0][0]], order[each[0][1]])
    ):
        yield Feed(source, target, ways.pop() if len(ways) == 1 else EITHER, tuple(sentences))


def _way(push: Sequence[int]) -> int:
    up, down = push
    if up > CLEARLY * down:
        return 1
    return -1 if down > CLEARLY * up else EITHER


def variables_shown(program: Program, ranked: Sequence[str]) -> tuple[str, ...]:
    """The values worth showing: the nation's that are always in sight, then countries' that have a rank, or these."""
    scenario = program.scenario

    def wanted(each: Variable) -> bool:
        return each.derived is None and not each.constant and each.known_to == "all"

    national = sorted(
        (each for each in scenario.variables if wanted(each) and (each.rank or each.score)),
        key=lambda each: (each.rank or 100, each.id),
    )
    abroad = {each.id: each for each in scenario.country_variables if wanted(each)}
    names = [each.id for each in sorted(abroad.values(), key=lambda each: each.rank) if each.rank]
    names += [each for each in ranked if each in abroad and each not in names]
    return (*(each.id for each in national), *(f"{ABROAD}{each}" for each in names))
