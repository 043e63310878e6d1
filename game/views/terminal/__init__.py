"""The game by lines in and lines out: for terminals, screen readers and pipes. No cursor is ever addressed."""

from game.views.terminal.table import HELP, play_text

__all__ = ["HELP", "play_text"]
