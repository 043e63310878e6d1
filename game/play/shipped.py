"""Where are the files that come with the game?  As bytes, so that they can lie in a wheel, a checkout or an archive."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def asset(path: str) -> bytes:
    """A shipped file by its path under assets, such as "map/interwar.json". Raises FileNotFoundError."""
    packaged = files("game").joinpath("_data", "assets", *path.split("/"))
    if packaged.is_file():
        return packaged.read_bytes()
    return (Path(__file__).resolve().parents[2] / "assets" / path).read_bytes()
