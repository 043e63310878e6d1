"""How is the calibration report laid out?  Plain lines, sorted by name, so that a change shows as a difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.calibration import CASUAL, POLICIES, SENSIBLE, Measured, targets
from game.rules.dice import VERSION


def lines(found: Measured) -> list[str]:
    """The report."""
    return [
        "Calibration of breathing-space, in open fate",
        f"{found.games} games a policy, seeds 0..{found.games - 1}; {found.watched[SENSIBLE].games} of them followed"
        f" quarter by quarter; dice {VERSION}.",
        "Written by: python benchmarks/calibration.py --write",
        *_targets(found),
        *_lists(found),
        *_endings(found),
        *_scores(found),
        *_directives(found),
        *_orders(found),
        *_events(found),
        *_choices(found),
    ]  # fmt: skip


def _head(text: str) -> list[str]:
    return ["", text, "-" * len(text)]


def _targets(found: Measured) -> Iterator[str]:
    yield from _head("Targets, in percent")
    for each in targets(found):
        verdict = "met" if each.met else "NOT MET"
        yield (
            f"{verdict:8}{each.value:6.1f} ({each.interval[0]:.1f} to {each.interval[1]:.1f})"
            f"  wanted {each.low:.0f} to {each.high:.0f}: {each.name}"
        )


def _lists(found: Measured) -> Iterator[str]:
    for title, names in (
        ("Events in under 1 % of every policy's games and not marked rare (wanted: none)", found.seldom()),
        ("Dominated choices (wanted: none)", found.dominated()),
    ):
        yield from _head(title)
        yield from names or ["none"]


def _endings(found: Measured) -> Iterator[str]:
    yield from _head("Endings, in percent")
    for policy in sorted((*POLICIES, CASUAL)):
        if policy == CASUAL:
            casual = found.watched[CASUAL]
            shares = {id_: 100 * count / casual.games for id_, count in casual.endings.items()}
        else:
            shares = {id_: 100 * each["share"] for id_, each in found.summaries[policy]["endings"].items()}
        told = ", ".join(f"{id_} {shares[id_]:.1f}" for id_ in sorted(shares))
        digest = "" if policy == CASUAL else f"  [{found.summaries[policy]['digest'][:12]}]"
        yield f"{policy:15}{told}{digest}"


def _scores(found: Measured) -> Iterator[str]:
    yield from _head("At the end of each year: mean (5th to 95th percentile) among the games that got there")
    for policy in POLICIES:
        years = [
            row for row in found.summaries[policy]["by_turn"] if row["turn"].endswith("Q4") and row["games"]
        ]
        for name in found.summaries[policy]["values"]:
            for row in years:
                if name in row["values"]:
                    value = row["values"][name]
                    low, high = value["quantiles"]["5"], value["quantiles"]["95"]
                    told = f"{value['mean']:7.1f} ({low} to {high}), {row['games']} games"
                    yield f"{policy:15}{name:13}{row['turn'][:4]} {told}"


def _table(rows: dict[str, list[str]]) -> Iterator[str]:
    yield " " * 52 + "".join(f"{policy[:10]:>11}" for policy in POLICIES)
    for name in sorted(rows):
        yield f"{name:52}" + "".join(f"{cell:>11}" for cell in rows[name])


def _percent(each: dict[str, Any] | None, key: str = "share") -> str:
    return "-" if each is None else f"{100 * each[key]:.1f}"


def _directives(found: Measured) -> Iterator[str]:
    yield from _head("Directives met, in percent of those judged")
    ids = {each.id for each in found.program.directives}
    watched = [found.watched[policy] for policy in POLICIES]
    yield from _table(
        {
            id_: [
                f"{100 * each.met[id_] / each.judged[id_]:.0f}" if each.judged[id_] else "-"
                for each in watched
            ]
            for id_ in ids
        }
    )


def _orders(found: Measured) -> Iterator[str]:
    yield from _head("Orders, in percent of all that were given")
    ids = found.program.actions
    yield from _table(
        {
            id_: [_percent(found.summaries[policy]["orders"][id_], "of_all") for policy in POLICIES]
            for id_ in ids
        }
    )


def _events(found: Measured) -> Iterator[str]:
    yield from _head("Events, in percent of games")
    ids = [each.id for each in found.program.events]
    yield from _table(
        {id_: [_percent(found.summaries[policy]["events"][id_]) for policy in POLICIES] for id_ in ids}
    )


def _choices(found: Measured) -> Iterator[str]:
    yield from _head("Choices, in percent of the games in which their event came")
    rows: dict[str, list[str]] = {}
    for event in found.program.events:
        for choice in event.rows[0].choices:
            asked = [
                found.summaries[policy]["choices"].get(event.id, {}).get(choice.id) for policy in POLICIES
            ]
            rows[f"{event.id}/{choice.id}"] = [_percent(each) for each in asked]
    yield from _table(rows)
