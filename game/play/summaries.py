"""What do many games say?  Means, quantiles, endings, what came up and what never did, each with an interval.

Intervals are of 95 percent: Wilson's for shares, the normal one for means, of order statistics for quantiles. All of
it is reckoned from whole counts, so that it is the same to the last digit whoever played the games.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor, sqrt
from typing import Any, Final

from game.compiler.tally import Taken, Tally
from game.rules.calendar import name_step
from game.rules.program import Program

Z: Final = 1.959964
QUANTILES: Final = (5, 25, 50, 75, 95)
FEW: Final = 30
"""Choices taken in fewer games are not compared."""
DIGITS: Final = 4
SURE: Final = 3.5
"""How many deviations apart two means must lie: hundreds of choices are compared, and 95 percent would often err."""
SELDOM: Final = 0.01
"""An event in a smaller share of games is called rare."""


def share(part: int, whole: int) -> dict[str, Any]:
    """How many of how many, with Wilson's interval."""
    if not whole:
        return {"games": part, "share": 0.0, "interval": [0.0, 1.0]}
    p = part / whole
    width = Z * sqrt(p * (1 - p) / whole + Z * Z / (4 * whole * whole))
    middle, scale = p + Z * Z / (2 * whole), 1 + Z * Z / whole
    low, high = max(0.0, (middle - width) / scale), min(1.0, (middle + width) / scale)
    return {"games": part, "share": round(p, DIGITS), "interval": [round(low, DIGITS), round(high, DIGITS)]}


def mean_of(count: int, total: int, squares: int) -> dict[str, Any]:
    """A mean with its interval, from a count, a sum and a sum of squares."""
    if not count:
        return {"mean": None, "interval": None}
    middle, half = total / count, _half(count, total, squares)
    return {
        "mean": round(middle, DIGITS),
        "interval": [round(middle - half, DIGITS), round(middle + half, DIGITS)],
    }


def _half(count: int, total: int, squares: int) -> float:
    """Half the width of the interval of a mean."""
    if count < 2:
        return float("inf") if not count else 0.0
    return Z * sqrt(max(0, squares * count - total * total) / (count * (count - 1)) / count)


def quantiles(values: Counter[int], quantiles_: Sequence[int] = QUANTILES) -> dict[str, Any]:
    """The nearest-rank quantiles of some values, each with the interval of its rank."""
    count, found = sum(values.values()), {}
    if not count:
        return {}
    ladder, reached = [], 0
    for value in sorted(values):
        reached += values[value]
        ladder.append((reached, value))

    def at(rank: int) -> int:
        rank = max(1, min(count, rank))
        return next(value for reached, value in ladder if reached >= rank)

    for percent in quantiles_:
        q = percent / 100
        spread = Z * sqrt(count * q * (1 - q))
        found[str(percent)] = {
            "value": at(ceil(count * q)),
            "interval": [at(floor(count * q - spread)), at(ceil(count * q + spread) + 1)],
        }
    return found


def summary(program: Program, tally: Tally, watched: Sequence[str], **about: Any) -> dict[str, Any]:
    """All that is said of some games, as plain data; `about` stands at its head."""
    games, last = len(tally.seeds), program.layout.turns
    reached = sum(turn >= last for turn in tally.turns)
    endings = Counter(tally.endings)
    names = ending_names(program)
    found: dict[str, Any] = {
        **about,
        "games": games,
        "digest": tally.digest(),
        "endings": {
            names[number]: share(count, games) for number, count in sorted(endings.items(), key=_often)
        },
        "survival": share(reached, games) | {"turns": mean_of(*_moments(tally.turns))},
        "values": {
            name: mean_of(*_moments(values)) | {"quantiles": quantiles(Counter(values))}
            for name, values in zip(watched, tally.values, strict=True)
        },
        "by_turn": [_turn(program, number, row, watched) for number, row in enumerate(tally.spread, start=1)],
        "events": _coverage(tally.events, games, (each.id for each in program.events)),
        "orders": _coverage(tally.orders, games, program.actions),
        "choices": _choices(program, tally, watched),
    }
    given = sum(times for _, times in tally.orders.values())
    for id_, each in found["orders"].items():
        each["of_all"] = round(tally.orders.get(id_, [0, 0])[1] / given, DIGITS) if given else 0.0
    found["never"] = _never(program, tally)
    found["rare"] = _rare(program, tally, games)
    found["dominated"] = dominated(program, tally, watched)
    return found


def ending_names(program: Program) -> tuple[str, ...]:
    """The ids of the endings by their numbers; the calendar's own end comes first."""
    return ("end", *(each.id for each in program.endings))


def _often(pair: tuple[int, int]) -> tuple[int, int]:
    return -pair[1], pair[0]


def _moments(values: Sequence[int]) -> tuple[int, int, int]:
    return len(values), sum(values), sum(value * value for value in values)


def _turn(
    program: Program, number: int, row: Sequence[Counter[int]], watched: Sequence[str]
) -> dict[str, Any]:
    """How values lay at the close of one turn, among the games that reached it."""
    alive = sum(row[0].values()) if row else 0
    values = {
        name: {
            "mean": mean_of(*_weighed(counts))["mean"],
            "quantiles": {key: each["value"] for key, each in quantiles(counts).items()},
        }
        for name, counts in zip(watched, row, strict=True)
        if counts
    }
    return {"turn": _named(program, number), "games": alive, "values": values}


def _named(program: Program, turn: int) -> str:
    return name_step(program.layout.first_step + turn - 1, program.scenario.calendar.step)


def _weighed(counts: Counter[int]) -> tuple[int, int, int]:
    return (
        sum(counts.values()),
        sum(value * count for value, count in counts.items()),
        sum(value * value * count for value, count in counts.items()),
    )


def _coverage(found: Mapping[str, Sequence[int]], games: int, ids: Iterable[str]) -> dict[str, Any]:
    """In how many games each item came up, and how often in all."""
    return {
        id_: share(found.get(id_, (0, 0))[0], games) | {"times": found.get(id_, (0, 0))[1]}
        for id_ in sorted(ids)
    }


def _choices(program: Program, tally: Tally, watched: Sequence[str]) -> dict[str, Any]:
    """For each event that asked, which answers it got, and what the games with each ended with."""
    found = {}
    for event in program.events:
        ids = [choice.id for choice in event.rows[0].choices]
        taken = {id_: tally.choices.get(f"{event.id}/{id_}", Taken()) for id_ in ids}
        asked = max([tally.events.get(event.id, [0])[0], *(each.games for each in taken.values())])
        if ids and asked:
            found[event.id] = {
                id_: share(each.games, asked)
                | {
                    "values": {
                        name: mean_of(each.games, total, squares)
                        for name, total, squares in zip(watched, each.sums, each.squares, strict=True)
                    }
                    if each.games
                    else {}
                }
                for id_, each in taken.items()
            }
    return found


def _never(program: Program, tally: Tally) -> dict[str, list[str]]:
    """What came up in no game."""
    choices = [
        f"{event.id}/{choice.id}" for event in program.events for choice in event.rows[0].choices
        if event.id in tally.events
    ]  # fmt: skip
    return {
        "events": sorted(event.id for event in program.events if event.id not in tally.events),
        "choices": sorted(id_ for id_ in choices if id_ not in tally.choices),
        "orders": sorted(id_ for id_ in program.actions if id_ not in tally.orders),
    }


def _rare(program: Program, tally: Tally, games: int) -> list[str]:
    """Events of few games that are not marked as rare."""
    marked = {event.id for event in program.scenario.events if event.attachments.rare}
    return sorted(
        event.id
        for event in program.events
        if event.id not in marked and tally.events.get(event.id, [0])[0] < SELDOM * games
    )


def dominated(program: Program, tally: Tally, watched: Sequence[str]) -> list[dict[str, Any]]:
    """Choices beside which another is better: worse in no score by the mean, and better in one beyond doubt.

    What the games with two choices ended with is compared as it is: a policy that takes a choice only in need makes it
    look bad. The random policy, which has no reasons, is the one to ask.
    """
    marks = {
        f"{event.id}/{choice.id}": choice.dominated
        for event in program.scenario.events
        for choice in event.choices
    }
    scores = {each.id for each in program.scenario.variables if each.score}
    own = [number for number, name in enumerate(watched) if name in scores or not scores]
    found = []
    for event in program.events:
        taken = {
            choice.id: each
            for choice in event.rows[0].choices
            if (each := tally.choices.get(f"{event.id}/{choice.id}")) and each.games >= FEW
        }
        for id_, worse in sorted(taken.items()):
            better = [
                other for other, each in sorted(taken.items()) if other != id_ and _better(each, worse, own)
            ]
            if better:
                mark = marks.get(f"{event.id}/{id_}", "")
                found.append({"event": event.id, "choice": id_, "by": better, "on_purpose": bool(mark)})
    return found


def _better(one: Taken, other: Taken, numbers: Sequence[int]) -> bool:
    sure = False
    for number in numbers:
        gap = one.sums[number] / one.games - other.sums[number] / other.games
        if gap < 0:
            return False
        halves = (_half(each.games, each.sums[number], each.squares[number]) for each in (one, other))
        sure |= gap * Z > SURE * sqrt(sum(half * half for half in halves))
    return sure
