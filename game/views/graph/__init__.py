"""What leads to what in a scenario, as a picture: SVG of our own drawing, or DOT for other programs."""

from game.views.graph.dot import dot
from game.views.graph.svg import svg

__all__ = ["dot", "svg"]
