"""What does a playthrough file say?  A scenario, a seed, a fate, and decisions and expectations by turn."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from game.compiler.caches.pickled import restored, written
from game.compiler.caches.private import Drawer, cache_folder, own_state
from game.compiler.folders import read_bytes
from game.compiler.problems import ScenarioError
from game.rules.classes import dataclass, field
from game.rules.digest import sha256
from game.rules.ledger import Mark
from game.rules.state import Order

NEVER: Final = "never"
FOLDER: Final = "scripts"
MOST_KEPT: Final = 100


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a value must be: an operator and a number, word, `true` or `false`."""

    name: str
    operator: str
    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Demand:
    """A scripted order."""

    order: Order
    mark: Mark


@dataclass(frozen=True, slots=True)
class Hand:
    """A teacher's hand in a turn."""

    sets: tuple[tuple[str, str, Mark], ...]
    event: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class TurnScript:
    """What is decided and expected in one turn."""

    settings: tuple[tuple[str, str, Mark], ...] = ()
    orders: tuple[Demand, ...] = ()
    choices: tuple[tuple[str, str, Mark], ...] = ()
    teacher: Hand | None = None
    expect: tuple[Expectation, ...] = ()


@dataclass(frozen=True, slots=True)
class Habit:
    """Orders given in every turn of a window, in this order, as far as they are legal and means reach."""

    window: str
    quarters: tuple[int, ...]
    settings: tuple[tuple[str, str, Mark], ...]
    orders: tuple[Demand, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Script:
    """A playthrough file. `turns` by step such as 1922-Q2; expectations at the end, events by step or `never`."""

    file: str
    scenario: str
    seed: int
    fate: str
    otherwise: str
    title: str = ""
    text: str = ""
    turns: dict[str, TurnScript] = field(default_factory=dict)
    habits: tuple[Habit, ...] = ()
    ending: tuple[str, Mark] | None = None
    events: tuple[tuple[str, str, Mark], ...] = ()
    values: tuple[Expectation, ...] = ()


def read_script(path: Path) -> Script:
    """A playthrough file. Raises ScenarioError with every problem.

    What it says is kept: a short one is run in less time than it takes to read it.
    """
    data, fault = read_bytes(path)
    if fault is not None:
        raise ScenarioError([fault])
    drawer, key = Drawer(cache_folder(), FOLDER), f"{sha256(data).hexdigest()}\n{own_state()}"
    kept = drawer.read(str(path), key)
    if kept is not None:
        with suppress(Exception):  # whatever is wrong with it: it is read anew
            known = restored(kept, (__name__,))
            if isinstance(known, Script):
                return known
    from game.play.playthroughs import parse_script

    _, script, problems = parse_script(data, str(path))
    if script is None or any(each.severity == "error" for each in problems):
        raise ScenarioError(problems)
    drawer.write(str(path), key, written(script))
    drawer.tidy(MOST_KEPT)
    return script
