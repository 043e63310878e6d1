"""Where is generated code kept between two starts, and when is it believed?  One file a part, in a private folder.

A part is used only if it bears the key of exactly this scenario, program, generator and Python.
"""

from __future__ import annotations

import hashlib
import marshal
import shutil
import sys
from array import array
from pathlib import Path
from types import CodeType
from typing import Final

from game.compiler.caches.private import Drawer, cache_folder, leftovers, own_state
from game.compiler.codegen.identity import digest_of
from game.compiler.codegen.part import Compiled
from game.rules.program import Program

MOST_KEPT: Final = 12
"""Scenarios whose code is kept: a changed one leaves its old code behind."""
CODE: Final = "code"
"""The folder of all code."""


class Cache:
    """The kept code of one program."""

    def __init__(self, program: Program, root: Path | None = None) -> None:
        made_by = (sys.implementation.cache_tag, marshal.version, own_state())
        text = f"{program.scenario.fingerprint} {digest_of(program)} {made_by}"
        self.key = hashlib.sha256(text.encode()).hexdigest()
        self.drawer = Drawer(root or cache_folder(), CODE, self.key[:32])

    @property
    def folder(self) -> Path:
        """Where this program's code lies."""
        return self.drawer.folder

    @property
    def usable(self) -> bool:
        """False once something could not be written."""
        return self.drawer.usable

    def read(self, name: str) -> Compiled | None:
        """A part, if it is kept and beyond doubt."""
        data = self.drawer.read(name, f"{self.key} {name}")
        if data is None:
            return None
        try:
            own, origins, lines, code = marshal.loads(data)
        except (ValueError, EOFError, TypeError):
            return None
        return Compiled(own, code, "", origins, array("I", lines)) if isinstance(code, CodeType) else None

    def write(self, part: Compiled, name: str) -> bool:
        """Keep a part; False if that cannot be done."""
        lines = array("I", part.lines).tobytes()
        content = marshal.dumps((part.name, part.origins, lines, part.code))
        return self.drawer.write(name, f"{self.key} {name}", content)

    def tidy(self) -> None:
        """Let go of the code of scenarios that were not used for the longest."""
        for each in leftovers(self.folder.parent, MOST_KEPT):
            shutil.rmtree(each, ignore_errors=True)


__all__ = ["Cache"]
