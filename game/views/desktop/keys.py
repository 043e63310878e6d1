"""Which key was it?  Keys by their place on a Latin keyboard, so that a Cyrillic layout plays the same."""

from __future__ import annotations

import pygame

from game.views.screens import keymap
from game.views.screens.keymap import KeyMap

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
    pygame.KSCAN_INSERT: "Insert",
    pygame.KSCAN_MINUS: "Minus",
    pygame.KSCAN_EQUALS: "Equals",
    pygame.KSCAN_LEFTBRACKET: "LeftBracket",
    pygame.KSCAN_RIGHTBRACKET: "RightBracket",
    pygame.KSCAN_SEMICOLON: "Semicolon",
    pygame.KSCAN_APOSTROPHE: "Quote",
    pygame.KSCAN_BACKSLASH: "Backslash",
    pygame.KSCAN_SLASH: "Slash",
    pygame.KSCAN_GRAVE: "Grave",
}
NAMES |= {getattr(pygame, f"KSCAN_F{number}"): f"F{number}" for number in range(1, 13)}
SINGLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
NAMES |= {getattr(pygame, f"KSCAN_{letter}"): letter for letter in SINGLE}
NAMES |= {getattr(pygame, f"KSCAN_KP{digit}", -1 - digit): str(digit) for digit in range(10)}
KEYPAD = {getattr(pygame, f"KSCAN_KP_{digit}", -20 - digit): str(digit) for digit in range(10)}
NAMES |= KEYPAD
REPEATING = frozenset(
    {"Left", "Right", "Up", "Down", "Tab", "PageUp", "PageDown", "Comma", "Period", "Backspace"}
)
"""Keys that may be held down. All others act once, so that no key press answers two questions."""

WRITING = frozenset(SINGLE) | {
    "Space", "Comma", "Period", "Backspace", "Delete", "Home", "End", "Minus", "Equals", "LeftBracket",
    "RightBracket", "Semicolon", "Quote", "Backslash", "Slash", "Grave",
}  # fmt: skip
"""Keys that belong to a field while something is written into it."""


def name_of(scancode: int) -> str:
    """The name of a key by its scan code, empty for one without a use."""
    return NAMES.get(scancode, "")


_worn: KeyMap = ()


def wear(map: KeyMap) -> bool:
    """Print keys as a map has them; whether anything is printed otherwise now."""
    global _worn
    changed, _worn = map != _worn, map
    return changed


def shown(key: str) -> str:
    """The key that does the work of a key, as it is printed."""
    return keymap.shown(key, _worn)
