"""Which key was it?  Keys by their place on a Latin keyboard, so that a Cyrillic layout plays the same."""

from __future__ import annotations

import pygame

NAMES: dict[int, str] = {
    pygame.KSCAN_ESCAPE: "Escape",
    pygame.KSCAN_RETURN: "Return",
    pygame.KSCAN_KP_ENTER: "Return",
    pygame.KSCAN_SPACE: "Space",
    pygame.KSCAN_TAB: "Tab",
    pygame.KSCAN_LEFT: "Left",
    pygame.KSCAN_RIGHT: "Right",
    pygame.KSCAN_UP: "Up",
    pygame.KSCAN_DOWN: "Down",
    pygame.KSCAN_PAGEUP: "PageUp",
    pygame.KSCAN_PAGEDOWN: "PageDown",
    pygame.KSCAN_HOME: "Home",
    pygame.KSCAN_END: "End",
    pygame.KSCAN_BACKSPACE: "Backspace",
    pygame.KSCAN_DELETE: "Delete",
    pygame.KSCAN_COMMA: "Comma",
    pygame.KSCAN_PERIOD: "Period",
    pygame.KSCAN_F1: "F1",
    pygame.KSCAN_F10: "F10",
    pygame.KSCAN_F11: "F11",
}
SINGLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
NAMES |= {getattr(pygame, f"KSCAN_{letter}"): letter for letter in SINGLE}
NAMES |= {getattr(pygame, f"KSCAN_KP{digit}", -1 - digit): str(digit) for digit in range(10)}
KEYPAD = {getattr(pygame, f"KSCAN_KP_{digit}", -20 - digit): str(digit) for digit in range(10)}
NAMES |= KEYPAD
REPEATING = frozenset(
    {"Left", "Right", "Up", "Down", "Tab", "PageUp", "PageDown", "Comma", "Period", "Backspace"}
)
"""Keys that may be held down. All others act once, so that no key press answers two questions."""
SHOWN = {"Comma": ",", "Period": ".", "Return": "Enter", "Escape": "Esc", "Delete": "Del"}


WRITING = frozenset(SINGLE) | {"Space", "Comma", "Period", "Backspace", "Delete", "Home", "End"}
"""Keys that belong to a field while something is written into it."""


def name_of(scancode: int) -> str:
    """The name of a key by its scan code, empty for one without a use."""
    return NAMES.get(scancode, "")


def shown(key: str) -> str:
    """A key as it is printed."""
    return SHOWN.get(key, key)
