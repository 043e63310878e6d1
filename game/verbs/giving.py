"""Where does what a verb makes go?  To the screen, or to the file that is named."""

from __future__ import annotations

import sys
from pathlib import Path

from game.verbs.given import Unusable


def give(text: str, out: str | None) -> None:
    """Print a text, or write it to a file with one line about it on stderr. Raises Unusable."""
    if out is None or out == "-":
        sys.stdout.write(text)
        return
    try:
        Path(out).write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise Unusable(f"{out} cannot be written: {reason}") from None
    print(f"written to {out}", file=sys.stderr)
