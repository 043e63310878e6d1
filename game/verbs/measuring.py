"""Which verbs measure a scenario by playing it?  Their arguments; what they do is read when they are called."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

GAMES: Final = 1_000
MOST_SEED: Final = 10**18
MOST_GAMES: Final = 10_000_000


def add_parsers(add: Callable[..., argparse.ArgumentParser]) -> None:
    """A parser for each verb; `add` makes one from its name and a line of help."""
    sweep = add("sweep", help="play many games by a policy and say what came of them")
    sweep.add_argument("scenario")
    sweep.add_argument(
        "--policy", action="append", metavar="NAME|FILE", help="who plays; may be said again; else random"
    )
    sweep.add_argument("--games", type=_count, metavar="N", help=f"how many games; {GAMES} if left out")
    sweep.add_argument("--seed", type=_count, metavar="N", help="the first seed; 0 if left out")
    sweep.add_argument("--seeds", type=_seeds, metavar="A..B", help="the seeds from A to B, both played")
    sweep.add_argument("--fate", choices=("historical", "open"), default="open")
    sweep.add_argument("--workers", type=_count, metavar="N", help="processes; one for each core if left out")
    sweep.add_argument(
        "--dask", metavar="ADDRESS", help="play on a Dask cluster, such as tcp://10.0.0.1:8786"
    )
    form = sweep.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the summary as JSON")
    form.add_argument(
        "--lines", action="store_true", help="JSON Lines: a line for each game, then the summary"
    )
    sweep.add_argument("--resume", action="store_true", help="go on with a sweep that was interrupted")
    sweep.set_defaults(act=_sweep)


def _sweep(options: argparse.Namespace) -> int:
    from game.verbs.sweep import sweep_

    return sweep_(options)


def _count(text: str) -> int:
    if text.isdigit() and int(text) <= MOST_SEED:
        return int(text)
    raise argparse.ArgumentTypeError(f"a whole number is expected, not '{text}'")


def _seeds(text: str) -> range:
    first, dots, last = text.partition("..")
    try:
        found = range(_count(first), _count(last if dots else first) + 1)
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"seeds are written 0..999, not '{text}'") from None
    if not found:
        raise argparse.ArgumentTypeError(f"the seeds {text} go backwards")
    return found
