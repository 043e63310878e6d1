"""A game being played, without a front end."""
