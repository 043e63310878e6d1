"""Where are the files that come with the game?  The window asks here; reports ask `game.play.shipped`, too."""

from __future__ import annotations

from game.play.shipped import asset

__all__ = ["asset"]
