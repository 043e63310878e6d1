"""When is something to be heard?  Six sounds, made behind the game once it runs; silent where there is no device.

No fact is told by a sound alone. What the machine refuses is no reason to stop: the game goes on in silence.
"""

from __future__ import annotations

import threading
from typing import Final

import pygame

from game.views.screens.tree import Act

VERBS: Final = {
    "choose": "stamp", "give": "stamp", "fork": "stamp", "end": "bell", "card": "paper", "letters": "key",
    "digit": "key", "pick": "key", "set": "click", "turn-on": "click",
}  # fmt: skip
"""What is heard when an act is done; all others are silent."""
LEVELS: Final = (0.8, 1.0)
"""Each use is a little louder or softer than the one before: two decibels."""


class Sounds:
    """The sounds of one window. `prepare` makes them in a thread; until then, and without a device, all is silent."""

    def __init__(self) -> None:
        self.volume = 0
        self.fault = ""
        """Why there is silence; empty if nothing is wrong."""
        self._made: dict[str, pygame.mixer.Sound] = {}
        self._ready = False
        self._thread: threading.Thread | None = None

    @property
    def ready(self) -> bool:
        """Whether all sounds have been made."""
        return self._ready

    def prepare(self) -> None:
        """Open the device and make the sounds, unless that has been done or the player wants none."""
        if self._thread is not None or self.fault or not self.volume:
            return
        self._thread = threading.Thread(target=self._make, name="sounds", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until the sounds have been made."""
        if self._thread is not None:
            self._thread.join()

    def _make(self) -> None:
        from game.views.desktop.synthesis import RATE, RECIPES, printed

        try:
            pygame.mixer.init(RATE, -16, 1, 512)
            for name, recipe in RECIPES.items():
                self._made[name] = pygame.mixer.Sound(buffer=printed(recipe()))
            self._ready = True
        except (pygame.error, NotImplementedError, AttributeError) as fault:
            self._silent(fault)

    def _silent(self, fault: Exception) -> None:
        self.fault = str(fault) or "no sound device"
        import logging  # only now: the title does not wait for it

        logging.getLogger("peredyshka").info("no sound: %s", self.fault)

    def play(self, name: str) -> bool:
        """Let a sound be heard; whether it is."""
        sound = self._made.get(name)
        if sound is None or not self.volume or self.fault:
            return False
        from random import uniform  # only now, as above

        try:
            sound.set_volume(self.volume / 100 * uniform(*LEVELS))
            return sound.play() is not None
        except pygame.error as fault:  # the device has gone
            self._silent(fault)
            return False

    def arrive(self, place: str) -> bool:
        """A dispatch comes in from a place: its first letter in Morse."""
        name = f"morse {place[:1].upper()}"
        if name not in self._made and self.ready and not self.fault:
            from game.views.desktop.synthesis import morse, printed

            try:
                self._made[name] = pygame.mixer.Sound(buffer=printed(morse(place)))
            except pygame.error as fault:
                self._silent(fault)
        return self.play(name)

    def heard(self, act: Act) -> bool:
        """An act has been done; whether something is heard."""
        name = VERBS.get(act.verb)
        return name is not None and self.play(name)

    def close(self) -> None:
        """Let go of the device."""
        self.wait()
        self._made.clear()
        if pygame.mixer.get_init():
            pygame.mixer.quit()
