"""What leads to what in a scenario?  The verb `graph`: events, chains and what they change, as SVG or DOT."""

from __future__ import annotations

import argparse

from game.compiler.chains import chains
from game.compiler.problems import nearest
from game.compiler.vocabulary import plain
from game.verbs.given import FINE, Unusable
from game.verbs.giving import give
from game.verbs.reading import sound
from game.views.graph import dot, svg


def graph_(options: argparse.Namespace) -> int:
    """Draw the whole scenario, or what is linked with one event."""
    scenario = sound(options.scenario)
    found = chains(scenario)
    if options.around:
        known = [knot.id for knot in found.knots]
        if options.around not in known:
            hint = nearest(options.around, known)
            more = f"; did you mean '{hint}'?" if hint else ""
            raise Unusable(f"the scenario has no event '{options.around}'{more}")
        found = found.around(options.around, options.steps)
    elif options.linked:
        found = found.linked()
    draw = dot if options.dot else svg
    give(draw(found, plain(scenario.title, scenario.language)), options.out)
    return FINE
