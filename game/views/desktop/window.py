"""What happens in the window?  It waits for events, hands them on, and paints only when something changed."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")

import pygame

from game.views.desktop import focus, keys, lettering, theme
from game.views.desktop.display import open_display
from game.views.desktop.frame import LARGEST, Frame
from game.views.desktop.hands import Hands
from game.views.desktop.keeping import shelf as pieces
from game.views.desktop.keys import name_of
from game.views.desktop.loading import Loader
from game.views.desktop.page import Page
from game.views.desktop.painting import Painting
from game.views.desktop.sounds import Sounds
from game.views.desktop.sparing import give_back
from game.views.desktop.voice import Voice
from game.views.screens.keymap import work_of
from game.views.screens.settings import Setup
from game.views.screens.stage import Stage
from game.views.screens.tree import STROKE, Act, Element, Role

if TYPE_CHECKING:
    from game.rules.program import Program

SLIDING: Final = 0.15
"""Seconds that a dialog takes to slide in; no rule waits for it."""
FRAME_WAIT: Final = 0.01
REST: Final = 0.6
"""Seconds after which a hint is shown for what the hands rest on."""
SLICE: Final = 10.0
"""Milliseconds between two looks at the events while a map sheet is being painted."""
LONGEST_WAIT: Final = 0.5
"""Seconds after which the loop looks up even if nothing happens, so that Ctrl-C is heard."""
LOADING_WAIT: Final = 0.03
TERMINATED: Final = 143
ARRIVING: Final = frozenset({"begin", "proceed", "open", "way", "fork", "lift", "end"})
"""Acts after which a new dispatch may wait."""


class Window:
    """One window over one stage. Tests give it events by `post` and look at `page`, `tree` and `picture`."""

    def __init__(self, stage: Stage, size: tuple[int, int] | None = None) -> None:
        self.stage = stage
        self.voice = Voice(stage)
        self.screen = open_display(size, self.voice.first)
        if self.voice.first:
            self.voice.listen()
            self.screen = pygame.display.set_mode(self.screen.get_size(), pygame.RESIZABLE | pygame.SHOWN)
        self.painting = Painting()
        self.sounds = Sounds()
        stage.listeners.append(self._heard)
        self.hands = Hands(stage, lambda: self.page, self.painting.scrolled, lambda: self.painting.corner)
        self.flips = 0
        self._shown_revision = -1
        self._shown_size = 0
        self._rested_at: float | None = None
        self._tip = False
        self._running = False
        self._arrived_at = 0.0
        self._cold = False
        """The scenario has just been read, and nothing of the desk is ready."""
        self._arrived: tuple[int, str] | None = None
        """The dispatch that waited for an answer when something was last done."""
        self._dressed: Setup | None = None
        self._first: Act | None = None
        self._followed: tuple[str, tuple[str, ...]] = "", ()
        """Where the focus was when it was last brought into sight."""
        self._untidy = False
        """Something was painted since memory was last given back."""
        self._exposed = False
        """The system has lost what the window showed."""
        self._windowed: tuple[int, int] | None = None
        """The size to come back to from the full screen."""

    @property
    def page(self) -> Page:
        """The top tree as it is painted, with the place of each element."""
        if self.painting.page is None or self._stale_page:
            self.paint()
        assert self.painting.page is not None
        return self.painting.page

    @property
    def tree(self) -> Element:
        """The top tree, the focused element marked."""
        return self.stage.top.focusing(self.hands.focus)

    @property
    def frame(self) -> Frame:
        """The measure of the window."""
        return Frame(*self.screen.get_size(), self.stage.setup.text_size)

    @property
    def _stale_page(self) -> bool:
        return (
            self._shown_revision != self.stage.revision
            or self.hands.scrolled_anew
            or self.painting.frame != self.frame
        )

    # Painting

    def paint(self) -> bool:
        """Paint and flip if anything changed; whether anything did."""
        if self._dressed != self.stage.setup:
            self._dressed = self.stage.setup
            self._dress()
        if self._stale_page or self.painting.page is None:
            self._shown_revision = self.stage.revision
            self.hands.scrolled_anew = False
            self.painting.compose(self.stage.names, self.stage.tree, self.frame, self.screen)
            whole = True
        elif not self.hands.stale:
            return False
        else:
            whole = self._exposed
        self.hands.stale = self._exposed = False
        self._follow()
        changed = self.painting.show(self.screen, self.hands, self.stage.notice, self._tip, self._slid())
        if whole or changed is None:
            pygame.display.flip()
        else:
            pygame.display.update(changed)
        self.flips += 1
        self._untidy = True
        if self.painting.page is not None:
            self.voice.tell(self.painting.page, self.painting.corner, self.hands.focus, whole)
        return True

    def _follow(self) -> None:
        """On a page larger than the window, bring what the keys have moved to into sight."""
        held = (self.hands.focus, self.stage.names)
        if self.hands.ring and held != self._followed:
            spot = focus.find(self.painting.page.spots, self.hands.focus) if self.painting.page else None
            if spot is not None:
                self.painting.reveal(spot.rect)
        self._followed = held

    def _slid(self) -> float:
        """How far a dialog has slid in: only in a running window, and not where motion is reduced."""
        if self.painting.arrived:
            self.painting.arrived = False
            self._arrived_at = time.monotonic() if self._running and not self.stage.setup.still else 0.0
        share = (time.monotonic() - self._arrived_at) / SLIDING
        if share < 1:
            self.hands.stale = True
            return share
        return 1.0

    def save(self, path: str) -> None:
        """Keep the present picture as a file, for reference pictures and reports."""
        self.paint()
        pygame.image.save(self.screen, path)

    # Events

    def handle(self, event: pygame.event.Event) -> None:
        """Take one event."""
        match event.type:
            case pygame.QUIT:
                self._quit()
            case pygame.VIDEORESIZE:
                self.resize(event.w, event.h)
            case pygame.WINDOWFOCUSLOST | pygame.WINDOWFOCUSGAINED:
                if event.type == pygame.WINDOWFOCUSLOST:
                    self.hands.released()
                self.voice.focused(event.type == pygame.WINDOWFOCUSGAINED)
            case _ if (asked := self.voice.asked(event)) is not None:
                self.hands.wish(*asked)
            case pygame.WINDOWEXPOSED | pygame.WINDOWSHOWN:
                self.hands.stale = self._exposed = True
            case pygame.KEYDOWN if self._asks_for_full(event.scancode):
                self.stage.perform(Act("full", "no" if self.stage.setup.full else "yes"))
            case _:
                before = (self.hands.focus, self.hands.hover, self.stage.revision)
                if event.type == pygame.MOUSEMOTION and self.painting.look(*event.pos):
                    self.hands.stale = True
                self.hands.handle(event)
                if (self.hands.focus, self.hands.hover, self.stage.revision) != before:
                    self._rest()
                if self.hands.focus != before[0] and self.stage.revision == before[2]:
                    self.sounds.play("click")

    def _asks_for_full(self, scancode: int) -> bool:
        """Whether a key is the one for the full screen, and not being given other work."""
        work = work_of(name_of(scancode), self.stage.setup.keys)
        return work == "F11" and not any(each.types == STROKE for each in self.stage.top.walk())

    def _rest(self) -> None:
        """The hands have moved: a hint waits until they rest again."""
        self._rested_at = time.monotonic() + REST if self.hands.focus or self.hands.hover else None
        if self._tip:
            self._tip = False
            self.hands.stale = True

    def rested(self) -> None:
        """The hands have rested for a moment: a hint may say what they rest on."""
        self._rested_at = None
        self._tip = True
        self.hands.stale = True

    def _quit(self) -> None:
        before = self.stage.top.id
        if before == "confirm":
            self.stage.left = True
        else:
            self.stage.perform(Act("leave"))

    def resize(self, width: int, height: int) -> None:
        """The window has another size."""
        size = max(1, min(LARGEST, width)), max(1, min(LARGEST, height))
        screen = pygame.display.get_surface()
        if screen is None or screen.get_size() != size:
            screen = pygame.display.set_mode(size, pygame.RESIZABLE)
        self.screen = screen

    def _dress(self) -> None:
        """Look as the settings ask: the theme, the letters, and the whole screen or a window."""
        setup = self.stage.setup
        if any((theme.wear(setup.theme), lettering.read_with(setup.face == "steady"), keys.wear(setup.keys))):
            pieces.forget()
            self.painting.forget()
            self.painting.page = None
        self.sounds.volume = setup.loudness
        if self._running and not self._cold and self.stage.program is not None:
            self.sounds.prepare()
            self.voice.listen()
        if setup.full != (self._windowed is not None):
            self._toggle_full()

    def _heard(self, act: Act) -> None:
        """Something was done: let it be heard; a new dispatch tells where it comes from."""
        self.sounds.heard(act)
        table = self.stage.table
        if table is None or act.verb not in ARRIVING or table.covered or table.seen.question is None:
            return
        question = table.seen.question
        if (table.session.turn, question.event) != self._arrived:
            self._arrived = table.session.turn, question.event
            self.sounds.arrive(question.place)

    def _toggle_full(self) -> None:
        if self._windowed is None:
            self._windowed = self.screen.get_size()
            self.screen = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        else:
            self.screen = pygame.display.set_mode(self._windowed, pygame.RESIZABLE)
            self._windowed = None
        self.painting.page = None  # the new screen is bare, even if it has the size of the old one

    # For tests and for other readers of the tree

    def press_key(self, key: str, shift: bool = False) -> None:
        """Press a key by its name, as `keys.NAMES` has it."""
        self.hands.key(key, shift)

    def click(self, role: Role | str, name: str) -> None:
        """Click in the middle of an element, by role and name."""
        element = self.stage.top.find(role, name)
        spot = focus.find(self.page.spots, element.id)
        if spot is None:
            raise LookupError(f"{role} '{name}' is not on the page")
        self.hands.grip(*spot.seen.center)
        self.hands.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, button=1, pos=spot.seen.center))

    # The loop

    def run(self, load: Callable[[], Program], first: Act | None = None) -> None:
        """Show the title at once, read the scenario behind it, do the first act if there is one, and play until the
        player leaves or the program is told to end; the game's file is let go of in any case."""
        self._first = first
        self.paint()
        loader = Loader(load)
        loader.start()
        self._running = True
        try:
            with _terminating():
                while not self.stage.left:
                    self._turn(loader)
        finally:
            self.stage.close()
            self.sounds.close()
        loader.fail()

    def _turn(self, loader: Loader) -> None:
        if self.stage.program is None and loader.done.is_set():
            loader.fail()
            assert loader.program is not None
            self.stage.loaded(loader.program)
            self._cold = True
            if self._first is not None:
                self.stage.perform(self._first)
        wait = LONGEST_WAIT if self.stage.program is not None else LOADING_WAIT
        if self.hands.stale:
            wait = FRAME_WAIT
        if self.painting.busy:
            wait = 0.001
        if self._rested_at is not None:
            wait = min(wait, max(0.001, self._rested_at - time.monotonic()))
        event = pygame.event.wait(max(1, round(wait * 1000)))
        if event.type != pygame.NOEVENT:
            self.handle(event)
        elif self._cold:
            self._cold = False
            self.warm()
        elif self._untidy and wait >= LONGEST_WAIT:
            self._untidy = False
            give_back()
        for event in pygame.event.get():
            self.handle(event)
        if self._rested_at is not None and time.monotonic() >= self._rested_at:
            self.rested()
        self.work()
        self.stage.work()
        self.paint()

    def warm(self) -> None:
        """Lay the first map ready while the player reads the title, so that the desk opens at once."""
        from game.views.desktop.scenes.desk import map_place
        from game.views.screens.countries import DESK, first_day

        for module in ("game.views.desktop.scenes.card", "game.views.screens.table"):
            import_module(module)
        if self.stage.program is not None:
            day = first_day(self.stage.program)
            self.painting.sheets().get(DESK.sheet, day, map_place(self.frame).size, None)
        give_back()
        self.sounds.prepare()
        self.voice.listen()

    def work(self, budget_ms: float = SLICE) -> None:
        """Paint on the map sheet in sight for a moment; finished, it is shown."""
        if self.painting.work(budget_ms):
            self.painting.forget()
            self.stage.changed()


@contextlib.contextmanager
def _terminating() -> Any:
    """SIGTERM ends the game with its own status instead of looking like a closed window."""

    def end(number: int, frame: object) -> None:
        raise SystemExit(TERMINATED)

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def play_window(scenario: str, program: Callable[[str], Program], stage: Stage, save: str = "") -> int:
    """Play a scenario, or go on with a save, in a window until the player leaves; returns the exit status.

    Raises NoDisplay.
    """
    window = Window(stage)
    try:
        window.run(lambda: program(scenario), Act("open", save) if save else None)
    finally:
        pygame.display.quit()
    return 0
