"""Which key does what?  Every key with its work, and a map of the player's own that gives the work to other keys.

A key is known by its place on a Latin keyboard, so that a Cyrillic layout plays the same. Trees name the key that
has the work from the start; a map is applied where keys are pressed and where they are printed, and nowhere else.
"""

from __future__ import annotations

from typing import Any, Final

from game.rules.classes import dataclass
from game.views.screens.tree import STROKE, Act, Element, Role, button, group, heading, text

KeyMap = tuple[tuple[str, str], ...]
"""For each key whose work was moved, in order: that key, and the one that now does its work."""

COMMANDS: Final = (
    ("E", "ends the turn"),
    ("D", "opens the next dispatch that is new or waits"),
    ("1", "the first choice of a card, and the first sheet of the map"),
    ("2", "the second of them"),
    ("3", "the third"),
    ("4", "the fourth choice"),
    ("5", "the fifth"),
    ("O", "orders towards the selected country; opens a saved game"),
    ("G", "all orders; gives the one that is looked at; chooses a game on the title"),
    ("I", "the file on the selected country"),
    ("Comma", "shifts the course of policy by five points to one side"),
    ("Period", "shifts it to the other"),
    ("P", "the political map"),
    ("R", "the lens of relations; renames a saved game"),
    ("T", "the lens of trade; takes another way from a decision"),
    ("S", "the lens of suspicion; on a card its sources, and who disputes it"),
    ("C", "the lens of parties; continues a game, reads the chronicle"),
    ("N", "the lens of recognition; begins a new game"),
    ("B", "the decisions so far: go back to one, and take another way"),
    ("H", "any value over the years, beside history"),
    ("L", "the saved games"),
    ("W", "the library; takes an order back"),
    ("U", "understood: the guide goes on"),
    ("X", "copies a saved game to another folder"),
    ("Y", "all causes of a value"),
    ("Delete", "puts a saved game into the trash"),
    ("M", "mutes the sound, and lets it be heard again"),
    ("PageUp", "leafs up in a long panel"),
    ("PageDown", "leafs down; so does the wheel"),
)
"""What can be given to another key: the key that does it from the start, and what it does."""
ALWAYS: Final = (
    ("Tab", "to the next part of the screen; Shift and Tab back"),
    ("Left", "inside a part, over the map, and on a slider"),
    ("Right", "the same to the right"),
    ("Up", "the same up"),
    ("Down", "the same down"),
    ("Return", "presses what is framed in ochre; on a number: why it moved"),
    ("Space", "the same"),
    ("Escape", "closes what lies on top, or opens the menu; it never decides anything"),
    ("F1", "these keys"),
    ("F10", "the menu"),
    ("F11", "full screen and back"),
)
"""What its own key always does, so that nobody is locked out; another key may do it, too."""
WORKS: Final = dict(COMMANDS) | dict(ALWAYS)
OWN: Final = frozenset(key for key, _ in ALWAYS)
KEYS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") | frozenset(WORKS) | frozenset((
    "Home", "End", "Insert", "Backspace", "Minus", "Equals", "LeftBracket", "RightBracket", "Semicolon", "Quote",
    "Backslash", "Slash", "Grave", *(f"F{number}" for number in range(1, 13)),
))  # fmt: skip
"""All keys that may have work."""
SHOWN: Final = {
    "Comma": ",", "Period": ".", "Return": "Enter", "Escape": "Esc", "Delete": "Del", "PageUp": "Page up",
    "PageDown": "Page down", "Minus": "-", "Equals": "=", "LeftBracket": "[", "RightBracket": "]", "Semicolon": ";",
    "Quote": "'", "Backslash": "\\", "Slash": "/", "Grave": "`",
}  # fmt: skip
SPOKEN: Final = {",": "comma", ".": "full stop", "-": "minus", ";": "semicolon", "/": "slash"}
"""Keys that would be lost in a sentence."""


def shown(key: str, map: KeyMap = ()) -> str:
    """The key that does the work of a key, as it is printed.

    >>> shown("Comma"), shown("E", (("E", "Z"),))
    (',', 'Z')
    """
    found = key if key in OWN else dict(map).get(key, key)
    return SHOWN.get(found, found)


def spoken(words: str, map: KeyMap = ()) -> str:
    """A sentence with the keys that do some work in place of its name in braces.

    >>> spoken("{E} ends the turn, {Comma} does not.", (("E", "Z"),))
    'Z ends the turn, comma does not.'
    """
    for work in WORKS:
        words = words.replace(f"{{{work}}}", SPOKEN.get(shown(work, map), shown(work, map)))
    return words


def work_of(key: str, map: KeyMap = ()) -> str:
    """Whose work a pressed key does, by the name that trees know; nothing if its work was given away.

    >>> [work_of(key, (("E", "Z"),)) for key in ("Z", "E", "D")]
    ['E', '', 'D']
    """
    for work, by in map:
        if by == key:
            return work
    return "" if key in dict(map) and key not in OWN else key


def given(map: KeyMap, work: str, key: str) -> KeyMap | str:
    """A map with some work given to a key, or a sentence that says why not.

    >>> given((), "E", "D")
    'D is taken: opens the next dispatch that is new or waits. Give that to another key first.'
    """
    if key not in KEYS or work not in WORKS:
        return "That key cannot be used."
    rest = tuple(pair for pair in map if pair[0] != work)
    holder = work_of(key, rest)
    if holder in WORKS and holder != work:
        does = WORKS[holder].partition(";")[0]
        cure = "It always does." if key in OWN else "Give that to another key first."
        return f"{shown(key)} is taken: {does}. {cure}"
    return rest if key == work else (*rest, (work, key))


def sound(found: Any) -> KeyMap:
    """The map in some data, if it is one in which no key has two works; else the map that changes nothing."""
    pairs = tuple(found.items()) if isinstance(found, dict) else ()
    moved, by = {work for work, _ in pairs}, [key for _, key in pairs]
    for work, key in pairs:
        if work not in WORKS or not isinstance(key, str) or key not in KEYS or key in OWN or key == work:
            return ()
        if by.count(key) > 1 or (key in WORKS and key not in moved):
            return ()
    return pairs


@dataclass(frozen=True, slots=True)
class KeysScreen:
    """The key map; `awaiting` is the key whose work is to be given to the next key that is pressed."""

    awaiting: str = ""


def build(screen: KeysScreen, map: KeyMap) -> Element:
    """The key map as a tree."""
    rows = [_row(work, does, screen, map) for work, does in (*COMMANDS, *ALWAYS)]
    parts = [
        heading("keys.title", "Key map"),
        text(
            "keys.about",
            "Choose what is to be done, then press the key that should do it. Keys count by their place, on a "
            "Cyrillic layout, too. Those at the end always work; another key may do the same.",
        ),
        group(Role.LIST, "keys.list", "Keys", *rows),
    ]
    if screen.awaiting:
        told = f"Press the key for: {WORKS[screen.awaiting].partition(';')[0]}"
        parts.append(
            Element(Role.FIELD, told, "keys.awaited", types=STROKE, description="Esc leaves it as it was.")
        )
    parts.append(
        button(
            "keys.anew",
            "All as at first",
            Act("keys-anew"),
            disabled="" if map else "All keys are as at first.",
        )
    )
    parts.append(button("close", "Close", Act("close"), "Escape"))
    return group(Role.DIALOG, "keys-sheet", "Key map", *parts)


def _row(work: str, does: str, screen: KeysScreen, map: KeyMap) -> Element:
    """Some work, and the keys that do it."""
    keys = (shown(work, map), *_also(work, map))
    return Element(
        Role.ITEM, does, f"works.{work}", value=", ".join(keys), press=Act("rebind", work),
        selected=screen.awaiting == work, subject=keys,
    )  # fmt: skip


def _also(work: str, map: KeyMap) -> list[str]:
    """The further key of work whose own key always does it."""
    return [SHOWN.get(key, key) for moved, key in map if moved == work and work in OWN]
