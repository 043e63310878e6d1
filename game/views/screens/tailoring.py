"""What does a change of the settings do?  It is kept, and all that is said already is said anew where it must be."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from game.rules.classes import replace
from game.views.screens import keymap, settings
from game.views.screens.keymap import KeysScreen
from game.views.screens.settings import SettingsScreen
from game.views.screens.tree import STROKE, Act, Element

if TYPE_CHECKING:
    from game.views.screens.stage import Stage


def lacking() -> str:
    """What a screen reader lacks to hear the window; empty if nothing."""
    return "" if find_spec("accesskit") else "It needs one package more: pip install accesskit"


class Tailor:
    """Makes the stage fit its player."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.verbs: dict[str, Callable[[Act], str | None]] = {
            "settings": lambda act: stage.lay(SettingsScreen()),
            "size": lambda act: self.set_up(text_size=int(act.what)),
            "face": lambda act: self.set_up(face=act.what),
            "theme": lambda act: self.set_up(theme=act.what),
            "still": lambda act: self.set_up(still=act.what == "yes"),
            "full": lambda act: self.set_up(full=act.what == "yes"),
            "reader": lambda act: self.set_up(reader=act.what == "yes"),
            "volume": lambda act: self.set_up(volume=int(act.what), mute=False),
            "mute": self._mute, "language": self._language, "reading": self._reading,
            "keys": lambda act: stage.lay(KeysScreen()), "rebind": lambda act: stage.lay(KeysScreen(act.what)),
            STROKE: self._stroke, "keys-anew": lambda act: self.set_up(keys=()),
        }  # fmt: skip

    def dialog(self, dialog: object) -> Element | None:
        """A dialog about the settings as a tree; None for another."""
        setup, program = self.stage.setup, self.stage.program
        match dialog:
            case SettingsScreen():
                return settings.build(setup, program.scenario.languages if program else (), lacking())
            case KeysScreen():
                return keymap.build(dialog, setup.keys)
            case _:
                return None

    def closes(self, dialog: object) -> bool:
        """Whether Esc on a dialog means something else than taking it away; if so, that is done."""
        if not isinstance(dialog, KeysScreen) or not dialog.awaiting:
            return False
        self.stage.dialogs[-1] = KeysScreen()
        return True

    def set_up(self, **changes: str | int | bool | keymap.KeyMap) -> str:
        """Change settings, and keep them; returns a sentence where that does not work."""
        self.stage.setup = replace(self.stage.setup, **changes)  # type: ignore[arg-type]
        return settings.keep(self.stage.setup)

    def _mute(self, act: Act) -> str:
        """Be silent, or be heard; without a word about which, the other of the two."""
        mute = act.what == "yes" if act.what else not self.stage.setup.mute
        return self.set_up(mute=mute) or ("" if act.what else f"The sound is {'off' if mute else 'on'}.")

    def _language(self, act: Act) -> str:
        """Say the texts of scenarios in another language, where they are there in it."""
        told = self.set_up(language=act.what)
        self.stage.speak()
        return told

    def _reading(self, act: Act) -> str:
        """Read the full texts or the easier ones, from the next look on."""
        told = self.set_up(reading=act.what)
        self.stage.speak()
        return told

    def _stroke(self, act: Act) -> str:
        """The next key was pressed: it takes over the work, or it is said why not."""
        top = self.stage.dialogs[-1] if self.stage.dialogs else None
        if not isinstance(top, KeysScreen) or not top.awaiting:
            return ""
        found = keymap.given(self.stage.setup.keys, top.awaiting, act.what)
        if isinstance(found, str):
            return found
        self.stage.dialogs[-1] = KeysScreen()
        return self.set_up(keys=found)
