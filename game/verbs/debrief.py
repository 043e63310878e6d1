"""What did this game teach?  The verb `debrief`: one saved game beside history, as text or as a page to print."""

from __future__ import annotations

import argparse
import sys

from game.play.debriefing import debrief, nickname_of
from game.play.games import findings
from game.play.journal import SaveError
from game.play.reopening import reopen
from game.verbs.given import FINE, SHORT, cannot, program_of, save_of
from game.verbs.reporting import check_target, give_lines, write_page


def debrief_(options: argparse.Namespace) -> int:
    """Print the debrief, or write it as a page; 1 if the game is damaged or comes out otherwise than it was."""
    target = check_target(options.html) if options.html else None
    path, journal = save_of(options.save)
    program = program_of(journal.header.scenario)
    try:
        done = reopen(program, journal)
    except SaveError as fault:
        raise cannot(fault, options.save) from None
    found = findings(journal, done)
    if done.session.place == "over" and sys.stderr.isatty():
        print("Playing the roads not taken; a few seconds …", file=sys.stderr)
    told = debrief(done.session, nickname_of(journal.header, path.name), found)
    for sentence in found:
        print(f"{path.name}: {sentence}", file=sys.stderr)
    if target is None:
        from game.views.terminal.debrief import lines

        give_lines(lines(told))
    else:
        from game.views.html.debrief import debrief_page

        write_page(target, debrief_page(told))
    return FINE if done.same and journal.damage is None else SHORT
