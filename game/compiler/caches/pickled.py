"""How do values of our own classes become bytes, and bytes such values again?  And never a value of any other class."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any, Final

from game.compiler.caches.pausing import nothing_collected

try:
    from _pickle import Unpickler  # what `pickle` offers, without loading what writes
except ImportError:
    from pickle import Unpickler

RULES: Final = "game.rules."
PROTOCOL: Final = 5


def written(value: object) -> bytes:
    """A value as bytes."""
    from pickle import dumps

    with nothing_collected():
        return dumps(value, PROTOCOL)


def restored(data: memoryview, others: Collection[str] = ()) -> Any:
    """The value again, of classes of the rules and of the other modules named. Raises whatever is wrong with it."""
    whole = data.obj
    assert isinstance(whole, bytes) and len(data) <= len(whole), "the end of some bytes"
    stream = io.BytesIO(whole)
    stream.seek(len(whole) - len(data))
    reader = _Reader(stream)
    reader.others = others
    with nothing_collected():
        return reader.load()


class _Reader(Unpickler):
    others: Collection[str] = ()

    def find_class(self, module: str, name: str) -> type:
        ours = module.startswith(RULES) or module in self.others
        found = super().find_class(module, name) if ours else None
        if not isinstance(found, type) or found.__module__ != module:
            raise ValueError(f"{module}.{name} is no class of ours")
        return found


__all__ = ["restored", "written"]
