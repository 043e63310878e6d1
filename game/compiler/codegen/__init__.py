"""The second reading of a scenario: Python generated from its program."""
