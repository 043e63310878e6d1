"""How is a sweep told to people?  A few tables of figures, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

MOST_LISTED: Final = 12
"""Names in a list before the rest is only counted."""


def told(summary: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a summary."""
    first, last = summary["seeds"]
    yield (
        f"{summary['scenario']}: {summary['games']:,} games in {summary['fate']} fate, "
        f"policy {summary['policy']}, seeds {first}..{last}"
    )
    yield ""
    yield f"{'Ending':<28}{'games':>8}{'share':>9}   95 percent"
    for id_, each in summary["endings"].items():
        yield f"{id_:<28}{each['games']:>8,}{_percent(each['share']):>9}   {_percents(each['interval'])}"
    survival = summary["survival"]
    yield (
        f"Reached the last turn: {_percent(survival['share'])} ({_percents(survival['interval'])}); "
        f"{survival['turns']['mean']:.1f} turns a game."
    )
    yield ""
    yield f"{'At the end':<28}{'mean':>8}   {'95 percent':<18}{'5%':>6}{'25%':>6}{'50%':>6}{'75%':>6}{'95%':>6}"
    for name, each in summary["values"].items():
        low, high = each["interval"]
        cuts = "".join(f"{cut['value']:>6}" for cut in each["quantiles"].values())
        yield f"{name:<28}{each['mean']:>8.1f}   {f'{low:.1f} to {high:.1f}':<18}{cuts}"
    yield ""
    yield f"{'Order':<28}{'games':>9}{'times':>9}{'of all':>9}"
    for id_, each in sorted(summary["orders"].items(), key=lambda pair: (-pair[1]["times"], pair[0])):
        if each["times"]:
            yield f"{id_:<28}{_percent(each['share']):>9}{each['times']:>9,}{_percent(each['of_all']):>9}"
    yield ""
    yield from _lists(summary)
    yield f"Digest of the games: {summary['digest']}"


def _lists(summary: Mapping[str, Any]) -> Iterator[str]:
    for title, names in (
        ("Events that never happened", summary["never"]["events"]),
        ("Choices never taken where their event asked", summary["never"]["choices"]),
        ("Orders never given", summary["never"]["orders"]),
        ("Events in under one game in a hundred, not marked rare", summary["rare"]),
        ("Choices beside which another does better", [_dominated(each) for each in summary["dominated"]]),
    ):
        if names:
            more = f" … and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
            yield f"{title} ({len(names)}): {', '.join(names[:MOST_LISTED])}{more}"


def _dominated(found: Mapping[str, Any]) -> str:
    mark = ", on purpose" if found["on_purpose"] else ""
    return f"{found['event']}/{found['choice']} (by {' and '.join(found['by'])}{mark})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _percents(interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{100 * low:.1f} to {100 * high:.1f} %"
