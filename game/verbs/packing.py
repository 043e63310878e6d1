"""What is printed for a class before it plays?  The verb `pack`: the papers of a scenario, in a folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from game.play.packing import pack
from game.verbs.given import FINE, Unusable, program_of
from game.verbs.reporting import write_page


def pack_(options: argparse.Namespace) -> int:
    """Write the papers; nothing else in the folder is touched."""
    folder = Path(options.folder)
    if folder.exists() and not folder.is_dir():
        raise Unusable(f"{folder} is not a folder")
    told = pack(program_of(options.scenario))
    from game.views.html.pack import pages

    made = pages(told)
    for name, text in sorted(made.items()):
        write_page(folder / name, text, told=False)
    print(f"{len(made)} papers written to {folder}; begin with {folder / 'index.html'}", file=sys.stderr)
    return FINE
