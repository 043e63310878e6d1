"""Peredyshka: Soviet foreign policy 1921–1933 as a turn-based game."""
