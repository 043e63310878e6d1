"""How does the player like it?  Theme, size of type, motion, sound, window: chosen here, kept in one small file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from game.compiler.folders import user_folder
from game.rules.classes import dataclass, fields, replace
from game.views.screens import keymap
from game.views.screens.keymap import KeyMap
from game.views.screens.tree import Act, Element, Role, button, group, heading

FILE = "settings.json"
LARGEST = 10_000
THEMES = (
    ("light", "Light", "Paper and ink."),
    ("dark", "Dark", "For the evening; papers and maps stay as they are."),
    ("contrast", "High contrast", "Black on white, and strong colours."),
    ("projector", "Projector", "For a pale picture on a wall."),
)
SIZES = (75, 85, 100, 115, 130, 150, 175, 200, 250)
VOLUMES = ((25, "Quiet"), (60, "Middle"), (100, "Loud"))
FACES = (
    ("book", "Book type", "Serifs for reading, as a printer would choose."),
    (
        "steady",
        "Steady letters",
        "Heavy below, so that b and d are not mistaken for each other: for dyslexic readers.",
    ),
)
READINGS = (
    ("full", "Full", "As a paper of the time might have it."),
    ("basic", "Easier", "Shorter and in plain words, where there is such a text."),
)
LANGUAGES = {
    "be": "Беларуская", "cs": "Čeština", "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français",
    "it": "Italiano", "kk": "Қазақша", "nl": "Nederlands", "pl": "Polski", "pt": "Português", "ru": "Русский",
    "uk": "Українська",
}  # fmt: skip
"""Languages by the name that they have for themselves."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How the next game will begin, and how the player likes to read."""

    fate: str = "historical"
    seed: int = 0
    difficulty: str = ""
    """One that the scenario offers; none is what the scenario's tests know."""
    text_size: int = 100
    still: bool = False
    theme: str = "light"
    volume: int = 60
    mute: bool = False
    full: bool = False
    guide: bool = True
    """The first year is to be explained as it is played."""
    face: str = "book"
    language: str = "en"
    """Of the texts of scenarios, where they are there in it."""
    keys: KeyMap = ()
    reader: bool = True
    """A screen reader may hear the window, if what it needs is installed."""
    reading: str = "full"
    """How hard the texts are to read, where an author wrote an easier one."""

    @property
    def basic(self) -> bool:
        """Whether the easier texts are read."""
        return self.reading == READINGS[1][0]

    @property
    def loudness(self) -> int:
        """How loud it is now, in percent."""
        return 0 if self.mute else self.volume


KEPT = (
    "text_size", "still", "theme", "volume", "mute", "full", "guide", "face", "language", "reading", "reader",
)  # fmt: skip
"""What is kept from one time to the next, besides the keys."""


@dataclass(frozen=True, slots=True)
class SettingsScreen:
    """The settings."""


def recalled(setup: Setup) -> Setup:
    """A setup with what was kept; whatever cannot be read or makes no sense is left as it is."""
    try:
        with (user_folder() / FILE).open("rb") as file:
            found = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return setup
    if not isinstance(found, dict):
        return setup
    if found.get("volume") == 0:  # once there was no other way to be silent
        found["mute"] = True
    return replace(setup, **_sound(found, setup), keys=keymap.sound(found.get("keys")))


def _sound(found: dict[str, Any], setup: Setup) -> dict[str, Any]:
    """What of some data is a setting: of the right kind, and one that can be chosen."""
    choices: dict[str, tuple[Any, ...]] = {
        "text_size": SIZES, "theme": tuple(id for id, _, _ in THEMES), "volume": tuple(at for at, _ in VOLUMES),
        "face": tuple(id for id, _, _ in FACES), "reading": tuple(id for id, _, _ in READINGS),
    }  # fmt: skip
    kinds = {each.name: type(getattr(setup, each.name)) for each in fields(setup)}
    return {
        name: value
        for name, value in found.items()
        if name in KEPT
        and type(value) is kinds[name]
        and value in choices.get(name, (value,))
        and _short(value)
    }


def _short(value: str | int | bool) -> bool:
    """Whether a value is no longer than any that can be chosen."""
    return not isinstance(value, str) or len(value) <= 12


def keep(setup: Setup) -> str:
    """Keep a setup; returns why that did not work, or an empty text."""
    from game.play.disk import (
        why_not,
        write_whole,
    )  # only now: nothing is written before something was changed

    data = {name: getattr(setup, name) for name in KEPT} | {"keys": dict(setup.keys)}
    try:
        write_whole(user_folder() / FILE, json.dumps(data, indent=1).encode())
    except OSError as fault:
        return f"The settings hold for this time only: {why_not(fault)}."
    return ""


def build(setup: Setup, languages: tuple[str, ...] = (), unheard: str = "") -> Element:
    """The settings as a tree; `languages` are those that the texts at hand are there in, `unheard` says why no screen
    reader can hear the window."""
    spoken = sorted({"en", *languages}, key=lambda each: (each != "en", each))
    language = setup.language if setup.language in spoken else "en"
    return group(
        Role.DIALOG, "settings-sheet", "Settings",
        heading("settings.title", "Settings"),
        _row("language", "Language of the texts", [
            (each, LANGUAGES.get(each[:2], each), "", language == each) for each in spoken
        ]),
        build_readings(setup),
        _row("size", "Text size", [(str(each), f"{each} %", _told(each), setup.text_size == each) for each in SIZES]),
        _row("face", "Type", [(id, name, told, setup.face == id) for id, name, told in FACES]),
        _row("theme", "Theme", [(id, name, told, setup.theme == id) for id, name, told in THEMES]),
        _row("still", "Motion", [
            ("no", "Full", "", not setup.still), ("yes", "Reduced", "No slides, only cuts.", setup.still),
        ]),
        _row("full", "Window", [("no", "Window", "", not setup.full), ("yes", "Full screen", "F11, too.", setup.full)]),
        _row("volume", "Volume", [(str(at), name, "", setup.volume == at) for at, name in VOLUMES]),
        _row("mute", "Sound", [
            ("no", "On", "", not setup.mute), ("yes", "Muted", "Nothing is told by sound alone.", setup.mute),
        ]),
        _row("guide", "Guide through the first year", [
            ("yes", "On", "", setup.guide), ("no", "Off", "", not setup.guide),
        ]),
        _row("reader", "Screen reader", [
            ("yes", "On", "By AccessKit.", setup.reader and not unheard),
            ("no", "Off", "", not setup.reader or bool(unheard)),
        ], {"yes": unheard}),
        button("keys", "Key map", Act("keys"), "", "Give the work of a key to another."),
        button("help", "Keys and help", Act("help"), "F1"),
        button("close", "Close", Act("close"), "Escape"),
    )  # fmt: skip


def build_readings(setup: Setup) -> Element:
    """Which of two readings is wanted, for the settings and the title."""
    return _row("reading", "Reading", [(id, name, told, setup.reading == id) for id, name, told in READINGS])


def _told(size: int) -> str:
    return "The window shows a part of the page, and follows mouse and focus." if size > 130 else ""


def _row(
    verb: str, name: str, choices: list[tuple[str, str, str, bool]], refused: Mapping[str, str] | None = None
) -> Element:
    return group(
        Role.TABS, f"{verb}s", name,
        *(
            Element(
                Role.TAB, label, f"{verb}.{id}", press=Act(verb, id), selected=chosen, description=told,
                disabled=(refused or {}).get(id, ""),
            )
            for id, label, told, chosen in choices
        ),
    )  # fmt: skip
