"""Can a scenario that a call names be read?  Without being made ready to run, for verbs that only look at it."""

from __future__ import annotations

import sys

from game.compiler.problems import show
from game.rules.scenario import Scenario
from game.verbs.given import SHORT, Unusable, must_exist


def sound(name: str) -> Scenario:
    """A scenario without errors. Raises Unusable; its errors go to stderr."""
    from game.compiler.load import examine

    must_exist(name)
    scenario, problems, sources = examine(name)
    errors = [each for each in problems if each.severity == "error"]
    if scenario is None or errors:
        print(show(errors, sources), file=sys.stderr)
        raise Unusable(f"first mend '{name}'; see above", SHORT)
    return scenario
