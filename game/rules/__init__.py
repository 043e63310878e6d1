"""The game itself: pure functions over frozen values."""
