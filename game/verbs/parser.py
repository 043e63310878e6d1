"""What reads the arguments of a call?  A parser that says what may be meant by a word it does not know."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from game.compiler.problems import nearest
from game.verbs.given import USAGE, own_version

Add = Callable[..., argparse.ArgumentParser]
"""Makes the parser of a verb from its name and a line of help."""


class Parser(argparse.ArgumentParser):
    """Reads the arguments, and says in one line what is wrong with them."""

    known: Sequence[str] = ()
    """The verbs there are."""

    def error(self, message: str) -> NoReturn:
        if "invalid choice" in message and self.prog.count(" ") == 0:
            wrong = message.partition("'")[2].partition("'")[0]
            hint = nearest(wrong, self.known)
            known = ", ".join(self.known)
            message = f"there is no '{wrong}'" + (
                f"; did you mean '{hint}'?" if hint else f"; there are {known}"
            )
        self.exit(USAGE, f"{self.prog}: {message}\n")


class Version(argparse.Action):
    """Says the version; asked for only now, as finding it takes longer than all the rest of the parser."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        print(f"peredyshka {own_version()}")
        parser.exit()
