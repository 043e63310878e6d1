"""What was laid where?  A page is painted in one go and remembers where each element lies, for mouse and focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pygame import Rect, Surface, draw

from game.rules.classes import dataclass, field
from game.views.desktop.blocks import set_text
from game.views.desktop.focus import Gauge, Spot, stop_names
from game.views.desktop.frame import Frame
from game.views.desktop.lettering import Align, Face, Style, write
from game.views.desktop.palette import Colour
from game.views.desktop.theme import INK, SHADE
from game.views.screens.markup import flowing
from game.views.screens.tree import Element, Role

if TYPE_CHECKING:
    from game.views.desktop.sheets import Sheets

BAR = 6
"""Width of a scroll bar in design units."""


@dataclass(slots=True)
class Panel:
    """A part that scrolls: where it lies, and how much there is beyond it."""

    id: str
    rect: Rect
    top: int
    """Where its content begins, in pixels; above the panel once it is scrolled."""
    bottom: int = 0
    """Where its content ended; whoever fills the panel says so."""
    most: int = 0


@dataclass(slots=True)
class Page:
    """One tree being painted on a surface."""

    surface: Surface
    frame: Frame
    tree: Element
    sheets: Callable[[], Sheets]
    """The map sheets at hand."""
    scrolled: dict[str, int]
    """How far each panel is scrolled, in pixels; held by the window, mended here where content became shorter."""
    spots: list[Spot] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    hits: list[tuple[Rect, Callable[[int, int], str]]] = field(default_factory=list)
    """Areas without spots that answer with an element's id, such as the map."""
    extent: Rect | None = None
    """The part of the surface that a dialog covers; what lies outside it belongs to the screen below."""
    _stops: dict[str, str] = field(default_factory=dict)
    _links: dict[str, Element] = field(default_factory=dict)
    _panel: Panel | None = None
    again: bool = False
    """A panel was scrolled beyond its end and has been mended: the page should be painted once more."""

    def __post_init__(self) -> None:
        self._stops = stop_names(self.tree)
        self._links = {
            each.subject: each
            for each in self.tree.walk()
            if each.role == Role.LINK and isinstance(each.subject, str)
        }

    @property
    def scale(self) -> float:
        """Pixels for each design unit."""
        return self.frame.scale

    @property
    def type_scale(self) -> float:
        """Pixels for each unit of type."""
        return self.frame.type_scale

    def px(self, units: float) -> int:
        """A length in pixels."""
        return self.frame.px(units)

    def type(self, face: Face, size: float, colour: Colour = INK, gap: float = 0.0) -> Style:
        """A style in the size that the window and the reader ask for."""
        return Style(face, size, colour, gap).at(self.frame.type_scale)

    def line(self, words: str, style: Style, x: float, y: float, align: Align = "left") -> Rect:
        """A line of text with its base line at y, in pixels."""
        return write(self.surface, words, style, x, y, align)

    def text(
        self, words: str, style: Style, x: int, y: int, wide: int, leading: float = 1.4, align: Align = "left"
    ) -> int:
        """A text of several lines, its upper left corner at a point; where it ends."""
        block = set_text(flowing(words), style, max(1, wide), leading, align)
        block.paint(self.surface, x, y)
        for link, rect in block.links(x, y):
            self.link(link, rect)
        return y + block.height

    def link(self, link: str, rect: Rect) -> None:
        """Say where the words of a link stand; nothing if the tree has no such link."""
        element = self._links.get(link.lower())
        if element is not None:
            self.spot(element, rect)

    def height(self, words: str, style: Style, wide: int, leading: float = 1.4) -> int:
        """How high a text is, set in a width."""
        return set_text(flowing(words), style, max(1, wide), leading).height

    def spot(self, element: Element, rect: Rect, gauge: Gauge | None = None) -> None:
        """Say where an element lies. One that nothing can be done with is not kept."""
        if element.usable or element.description:
            seen = rect.clip(self.surface.get_clip())
            panel = self._panel.id if self._panel else ""
            if element.usable or (seen.width and seen.height):
                stop = self._stops.get(element.id, element.id)
                self.spots.append(Spot(element, rect, seen, stop, panel, gauge))

    @contextmanager
    def panel(self, id: str, rect: Rect) -> Iterator[Panel]:
        """Paint inside a panel that scrolls; the caller sets `bottom` to where the content ended."""
        before, outer = self.surface.get_clip(), self._panel
        offset = self.scrolled.get(id, 0)
        panel = Panel(id, rect, rect.top - offset)
        self._panel = panel
        self.surface.set_clip(rect.clip(before))
        try:
            yield panel
        finally:
            self._panel = outer
            panel.most = max(0, panel.bottom - panel.top - rect.height)
            if offset > panel.most:
                self.scrolled[id] = panel.most
                self.again = True
            if panel.most:
                self._bar(panel, offset)
            self.surface.set_clip(before)
            self.panels.append(panel)

    def _bar(self, panel: Panel, offset: int) -> None:
        width = max(3, self.frame.px(BAR))
        rail = Rect(panel.rect.right - width, panel.rect.top, width, panel.rect.height)
        whole = panel.rect.height + panel.most
        height = max(width * 3, rail.height * panel.rect.height // whole)
        top = rail.top + (rail.height - height) * min(offset, panel.most) // panel.most
        draw.rect(self.surface, SHADE, rail)
        draw.rect(self.surface, INK, Rect(rail.left, top, width, height))
