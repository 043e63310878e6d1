"""How is memory given back to the system?  Large pictures get pages of their own, which go when they go.

Left to itself, the C library of Linux keeps the room of large pictures that come and go, and it falls to pieces: a
third of what the window holds. Elsewhere nothing is done, and nothing need be.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any, Final

MMAP_THRESHOLD: Final = -3
"""The number of that setting in <malloc.h>."""
LARGE: Final = 400_000
"""Bytes from which a block gets pages of its own: more than almost all pieces, less than a paper or a map."""


@cache
def _library() -> Any:
    """The C library, if it has such settings."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # only now: the title does not wait for it

    try:
        library = ctypes.CDLL(None)
        library.mallopt(MMAP_THRESHOLD, LARGE)
        library.malloc_trim(0)
    except (OSError, AttributeError):
        return None
    return library


def give_back() -> None:
    """Give back what is free now, and from now on the room of a large picture as soon as it goes."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)
