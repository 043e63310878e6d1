"""How well is the main scenario balanced?  Sweeps of every policy, measured against the targets, as a sorted text.

    python benchmarks/calibration.py [--write]

Prints the report, or keeps it in docs/calibration.txt, where a change of balance shows as a difference. All of it is
reckoned from whole counts of games with the seeds that it names, so that every machine writes the same text.
"""

# ruff: noqa: E402 - it is run as a script from anywhere
from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from game.compiler.codegen.engine import Engine
from game.compiler.codegen.minds import Mind, Weighing
from game.compiler.codegen.raw import Raw
from game.compiler.tally import Tally
from game.play import sweeping
from game.play.summaries import ending_names, share, summary
from game.rules import conduct as conducts
from game.rules.dice import draw, key_number
from game.rules.layout import OVER, QUESTION
from game.rules.program import Program
from game.rules.writing import Work

SCENARIO: Final = "breathing-space"
REPORT: Final = ROOT / "docs" / "calibration.txt"
GAMES: Final = 1000
WATCHED_GAMES: Final = 120
"""Games that are followed quarter by quarter, for each policy."""
POLICIES: Final = ("diplomat", "historical", "pragmatist", "random", "revolutionary")
MIXED: Final = ("diplomat", "pragmatist", "random", "revolutionary")
"""Those whose endings are counted together."""
SENSIBLE: Final = "pragmatist"
CASUAL: Final = "casual"
HEADLINES: Final = ("trade", "recognition", "security")
SPAN: Final = 8
"""Quarters in two years."""
MOVE: Final = 5
"""What a headline score moves within a quarter that is felt."""
SURVIVED: Final = "survived"


class Casual:
    """A casual player: the sensible policy, but a third of its answers and of its quarters are anybody's."""

    def __init__(self, sensible: Mind, anybody: Mind, turn: int) -> None:
        self.sensible, self.anybody, self.turn = sensible, anybody, turn

    def _who(self, game: Raw, what: str) -> Mind:
        strays = draw(game.state().seed, game.v[self.turn], key_number(f"casual:{what}"), 3) == 0
        return self.anybody if strays else self.sensible

    def choose(self, game: Raw) -> int:
        """An answer."""
        event, row = game.asking()
        return self._who(game, f"{event.id}@{row.country}").choose(game)

    def plan(self, game: Raw) -> None:
        """Settings and orders of a quarter."""
        self._who(game, "plan").plan(game)


@dataclass(slots=True)
class Watched:
    """What is seen only by following games quarter by quarter."""

    games: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    quarters: Counter[int] = field(default_factory=Counter)
    decided: Counter[int] = field(default_factory=Counter)
    """Quarters, by turn, in which something was asked."""
    moved: Counter[int] = field(default_factory=Counter)
    """Quarters in which a headline score swung by MOVE or more."""
    met: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)

    def undecided(self) -> dict[str, Any]:
        """Quarters that asked nothing."""
        total = sum(self.quarters.values())
        return share(total - sum(self.decided.values()), total)

    def dullest(self) -> tuple[int, dict[str, Any]]:
        """The two years with the fewest quarters that moved anything, by their first turn."""
        spans = []
        for first in range(1, max(self.quarters) - SPAN + 2):
            turns = range(first, first + SPAN)
            whole = sum(self.quarters[turn] for turn in turns)
            spans.append((share(sum(self.moved[turn] for turn in turns), whole), first))
        found, first = min(spans, key=lambda each: (each[0]["share"], each[1]))
        return first, found


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was found."""

    program: Program
    games: int
    tallies: Mapping[str, Tally]
    summaries: Mapping[str, dict[str, Any]]
    watched: Mapping[str, Watched]

    def ended(self, policy: str, ending: str = SURVIVED) -> dict[str, Any]:
        """The share of a policy's games with an ending."""
        found = self.summaries[policy]["endings"].get(ending)
        return found or share(0, self.games)

    def early(self, policy: str) -> dict[str, Any]:
        """The share of games that ended before their time."""
        return share(self.games - self.ended(policy)["games"], self.games)

    def endings(self) -> Counter[str]:
        """How the games of the four policies ended, counted together."""
        found: Counter[str] = Counter()
        for policy in MIXED:
            for ending, each in self.summaries[policy]["endings"].items():
                found[ending] += each["games"]
        return found

    def busiest(self) -> tuple[str, float]:
        """The sensible policy's most frequent order, and its share of all."""
        orders = self.summaries[SENSIBLE]["orders"]
        found = max(sorted(orders), key=lambda id_: orders[id_]["of_all"])
        return found, orders[found]["of_all"]

    def seldom(self) -> list[str]:
        """Events in under one game in a hundred of every policy that are not marked as rare."""
        return sorted(set.intersection(*(set(self.summaries[policy]["rare"]) for policy in POLICIES)))

    def dominated(self) -> list[str]:
        """Choices beside which the same other one does better in each policy that takes both often enough.

        Only what holds in two policies or in the random one counts: a policy with reasons takes some choices in need.
        """
        pairs: dict[tuple[str, str, str], set[str]] = {}
        for policy in POLICIES:
            for each in self.summaries[policy]["dominated"]:
                if not each["on_purpose"]:
                    for better in each["by"]:
                        pairs.setdefault((each["event"], each["choice"], better), set()).add(policy)
        return sorted(
            f"{event}/{worse} (by {better}; {', '.join(sorted(found))})"
            for (event, worse, better), found in pairs.items()
            if ("random" in found or len(found) > 1) and found == self._both(event, worse, better)
        )

    def _both(self, event: str, one: str, other: str) -> set[str]:
        """The policies in which two choices can be compared."""

        def often(policy: str, choice: str) -> bool:
            taken = self.tallies[policy].choices.get(f"{event}/{choice}")
            return taken is not None and taken.games >= 30

        return {policy for policy in POLICIES if often(policy, one) and often(policy, other)}


def measure(games: int = GAMES, watched: int = WATCHED_GAMES) -> Measured:
    """Play with every policy, from seed 0 on, in open fate."""
    _, program = sweeping.read(SCENARIO)
    names = sweeping.survey_of(SCENARIO).watched
    tallies, summaries = {}, {}
    for policy in POLICIES:
        tally = Tally(values=[[] for _ in names])
        for _, part in sweeping.played(
            sweeping.Job(SCENARIO, policy, "open", sweeping.has_numpy()), sweeping.chunks(range(games))
        ):
            tally.add(part)
        tallies[policy] = tally.ordered()
        summaries[policy] = summary(program, tallies[policy], names)
    return Measured(program, games, tallies, summaries, _all_watched(program, watched))


def _all_watched(program: Program, games: int) -> dict[str, Watched]:
    engine = Engine(program)
    minds: dict[str, Mind] = {
        policy: Weighing(engine, sweeping.player_of(SCENARIO, policy).conduct) for policy in POLICIES
    }
    anybody = Weighing(engine, conducts.random(program))
    minds[CASUAL] = Casual(minds[SENSIBLE], anybody, program.layout.index["turn"])
    return {
        name: _watch(program, lambda seed: engine.raw(seed, "open"), mind, games)
        for name, mind in sorted(minds.items())
    }


def _watch(program: Program, raw: Callable[[int], Raw], mind: Mind, games: int) -> Watched:
    """Follow some games quarter by quarter."""
    index = program.layout.index
    slots = [index[name] for name in HEADLINES]
    found = Watched(games)
    names = ending_names(program)
    for seed in range(games):
        game = raw(seed)
        v, place = game.v, game.facts.place
        while v[place] != OVER:
            seen = [[v[slot] for slot in slots]]
            game.open()
            turn, asked = v[index["turn"]], v[place] == QUESTION
            seen.append([v[slot] for slot in slots])
            while v[place] == QUESTION:
                game.answer(mind.choose(game))
                seen.append([v[slot] for slot in slots])
            running = {group: v[slot] for group, slot in _groups(program)}
            mind.plan(game)
            seen.append([v[slot] for slot in slots])
            found.quarters[turn] += 1
            found.decided[turn] += asked
            found.moved[turn] += any(max(row) - min(row) >= MOVE for row in zip(*seen, strict=True))
            _judge(program, game, running, found)
        found.endings[names[v[index["ending"]]]] += 1
    return found


def _groups(program: Program) -> Iterator[tuple[str, int]]:
    for group in sorted({each.group for each in program.directives}):
        yield group, program.layout.index[f"directive:{group}"]


def _judge(program: Program, game: Raw, running: Mapping[str, int], found: Watched) -> None:
    """Count the directives that this quarter judged. Their effects move nothing that a goal reads."""
    ended = {group for group, slot in _groups(program) if running[group] and not game.v[slot]}
    if not ended:
        return
    work = Work(program, game.state())
    for each in program.directives:
        if each.group in ended and running[each.group] == each.number:
            found.judged[each.id] += 1
            found.met[each.id] += work.holds(each.goal)


# Targets


@dataclass(frozen=True, slots=True)
class Target:
    """Something that the balance should reach: a percentage with its interval, and the band it should lie in."""

    name: str
    low: float
    high: float
    value: float
    interval: tuple[float, float]

    @property
    def met(self) -> bool:
        """Whether the percentage lies in the band."""
        return self.low <= self.value <= self.high

    @property
    def possible(self) -> bool:
        """Whether the interval touches the band: less cannot be told from so few games."""
        return self.interval[1] >= self.low and self.interval[0] <= self.high


def targets(found: Measured) -> list[Target]:
    """The targets that are percentages."""
    casual = found.watched[CASUAL]
    endings = found.endings()
    most = max(sorted(endings), key=lambda id_: endings[id_])
    order, busy = found.busiest()
    first, dull = found.watched[SENSIBLE].dullest()
    survives = share(casual.endings[SURVIVED], casual.games)
    rows: list[tuple[str, float, float, dict[str, Any]]] = [
        ("diplomat ends early", 25, 60, found.early("diplomat")),
        ("revolutionary ends early", 25, 60, found.early("revolutionary")),
        ("random survives", 0, 50, found.ended("random")),
        ("casual survives (sensible, a third of its moves random)", 70, 90, survives),
        ("pragmatist survives", 80, 100, found.ended(SENSIBLE)),
        (f"most frequent ending of four policies ({most})", 0, 60, share(endings[most], sum(endings.values()))),
        (f"most frequent order of the pragmatist ({order})", 0, 35, {"share": busy, "interval": [busy, busy]}),
        ("quarters of the pragmatist without a decision", 0, 15, found.watched[SENSIBLE].undecided()),
        (f"quarters that move a headline by {MOVE}, dullest two years (from {turn_name(first)})", 33.3, 100, dull),
    ]  # fmt: skip
    return [
        Target(name, low, high, 100 * each["share"], (100 * each["interval"][0], 100 * each["interval"][1]))
        for name, low, high, each in rows
    ]


def turn_name(turn: int) -> str:
    """A turn by its quarter."""
    return f"{1921 + (turn - 1) // 4}-Q{(turn - 1) % 4 + 1}"


def main() -> None:
    """Print the report, or keep it."""
    from benchmarks.calibration_text import lines

    parser = argparse.ArgumentParser(description="Sweep the main scenario and tell how well it is balanced.")
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.relative_to(ROOT)}")
    options = parser.parse_args()
    text = "\n".join(lines(measure())) + "\n"
    if options.write:
        REPORT.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
