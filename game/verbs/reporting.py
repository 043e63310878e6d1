"""Where does a report for teachers go?  To an HTML file that is written whole or not at all, and over no other kind."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.verbs.given import Unusable

if TYPE_CHECKING:
    from game.play.roads import Road
    from game.play.session import Session

SUFFIXES: Final = (".html", ".htm")


def debrief_text(session: Session, nickname: str, roads: Sequence[Road]) -> str:
    """The debrief of a finished game as the text of a page. What makes it is imported only when it is wanted."""
    from game.play.debriefing import debrief
    from game.views.html.debrief import debrief_page

    return debrief_page(debrief(session, nickname, known=roads))


def check_target(name: str) -> Path:
    """A file that a report may be written to. Raises Unusable: a report never takes the place of anything else."""
    path = Path(name)
    if path.suffix.lower() not in SUFFIXES:
        raise Unusable(f"a report is an HTML file: give a name that ends in .html, not '{path.name}'")
    if path.is_dir():
        raise Unusable(f"{name} is a folder; give the name of a file in it")
    return path


def write_page(path: Path, text: str, told: bool = True) -> None:
    """Write a page, with one line about it on stderr. Raises Unusable."""
    from game.play.disk import why_not, write_whole

    try:
        write_whole(path, text.encode("utf-8", "replace"))
    except (OSError, ValueError) as fault:
        reason = why_not(fault) if isinstance(fault, OSError) else str(fault)
        raise Unusable(f"{path} cannot be written: {reason}") from None
    if told:
        print(f"written to {path}", file=sys.stderr)


def give_lines(lines: Iterable[str]) -> None:
    """Print a report as text; control signs that came from elsewhere are not printed."""
    for line in lines:
        sys.stdout.write("".join(sign if sign.isprintable() else "\ufffd" for sign in line) + "\n")
