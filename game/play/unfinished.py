"""What is kept of a sweep while it runs?  Each finished chunk as a line, so that an interrupted one can go on.

The file lies among the user's own data under a name made of all that the games hang on; what is torn or damaged in it
is played again. It is taken away when the sweep is done.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TextIO
from zlib import crc32

from game.compiler.folders import user_folder
from game.compiler.tally import Tally, from_data

FOLDER: Final = "sweeps"
FORMAT: Final = 1


class Unfinished:
    """The finished chunks of one sweep, on the disk."""

    def __init__(self, about: dict[str, Any]) -> None:
        self.about = {"format": FORMAT, **about}
        name = sha256(json.dumps(self.about, sort_keys=True).encode()).hexdigest()[:24]
        self.path: Path = user_folder() / FOLDER / f"{name}.jsonl"
        self._file: TextIO | None = None

    def kept(self, seeds: range) -> dict[tuple[int, int], Tally]:
        """The chunks of these seeds that are there, by first seed and count; none overlaps another."""
        found: dict[tuple[int, int], Tally] = {}
        taken: set[int] = set()
        for tally in self._tallies() if self.path.exists() else ():
            first, count = min(tally.seeds, default=0), len(tally.seeds)
            own = range(first, first + count)
            if not count or sorted(tally.seeds) != list(own) or not taken.isdisjoint(own):
                continue
            if first >= seeds.start and own.stop <= seeds.stop:
                taken.update(own)
                found[first, count] = tally
        return found

    def _tallies(self) -> Iterator[Tally]:
        with self.path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                check, _, text = line.rstrip("\n").partition(" ")
                if check != _check(text):
                    continue
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    data = json.loads(text)
                    if "tally" in data:
                        yield from_data(data["tally"])

    def begin(self, anew: bool) -> None:
        """Open the file to write on in it, or anew. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = self.path.open("w" if anew else "a", encoding="utf-8")
        if anew or not self.path.stat().st_size:
            self._write(self.about)
        else:
            self._file.write("\n")  # whatever line was torn ends here

    def add(self, tally: Tally) -> None:
        """Keep a chunk. Raises OSError."""
        if self._file is not None:
            self._write({"tally": tally.data()})

    def _write(self, data: dict[str, Any]) -> None:
        assert self._file is not None
        text = json.dumps(data, separators=(",", ":"))
        self._file.write(f"{_check(text)} {text}\n")
        self._file.flush()

    def close(self, done: bool) -> None:
        """Close the file, and take it away if the sweep is done."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        if done:
            with contextlib.suppress(OSError):
                self.path.unlink()


def _check(text: str) -> str:
    return f"{crc32(text.encode()):08x}"
