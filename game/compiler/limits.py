"""How large may a scenario be?  What is more is refused before it is read, or while it is."""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 20 * 1024 * 1024
"""Of all files together, and of a zip."""
MOST_FILES: Final = 2_000
MOST_ENTRIES: Final = 20_000
"""Files and folders of any kind that are looked at."""
LARGEST_FILE: Final = 2 * 1024 * 1024
LONGEST_ID: Final = 100
