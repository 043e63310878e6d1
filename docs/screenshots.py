"""What does every screen look like?  A tour through the window without a display, kept as small pictures.

    python docs/screenshots.py [--sizes 1280x720,2560x1440] [--theme light] [--text-size 100] [--only NAME,NAME]
                               [--out docs/screenshots]

Needs Pillow (`pip install pillow`) for WebP; with `--png` the pictures are kept whole, and it is not needed. The game
is the one that history played, so the same checkout always gives the same pictures.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
QUALITY = 74
"""Of the WebP pictures: the grain of the paper goes, the letters stay."""


class Tour:
    """Walks a window through all its screens; each stop has a name."""

    def __init__(self, size: tuple[int, int], **setup: str | int | bool) -> None:
        from game.compiler.load import load
        from game.play.running import Runner
        from game.play.script import read_script
        from game.rules.building import interpret
        from game.views.desktop.window import Window
        from game.views.screens.stage import Stage

        self.program = interpret(load("breathing-space").scenario)
        script = read_script(ROOT / "scenarios" / "breathing-space" / "playthroughs" / "historical.yaml")
        self.moves = [made.move for made in Runner(self.program, script).run().session.made]
        self.stage = Stage()
        self.stage.set_up(**({"guide": False} | setup))
        self.window = Window(self.stage, size)
        self.stage.loaded(self.program)
        self._clock = 0

    def act(self, verb: str, what: str = "", amount: int = 0) -> None:
        """Do something."""
        from game.views.screens.tree import Act

        self.stage.perform(Act(verb, what, amount))

    def look(self) -> None:
        """Let the picture be finished."""
        self.window.paint()
        while self.window.painting.busy:
            self.window.work(1000)
        self.window.paint()

    def to(self, turn: int, place: str = "orders") -> None:
        """A game as history played it, up to a turn."""
        from game.play.games import begin

        game = begin(self.program, 1921, "historical", "1.0")
        for move in self.moves:
            if game.session.turn == turn and game.session.place == place:
                break
            game.session.move(move)
        self.stage.seat(game)
        self.stage.changed()

    def to_card(self, event: str) -> bool:
        """The game when an event asks; whether it ever does."""
        from game.play.games import begin

        game = begin(self.program, 1921, "historical", "1.0")
        for move in self.moves:
            question = game.session.observe().question if game.session.place == "question" else None
            if question is not None and question.event == event:
                self.stage.seat(game)
                self.stage.changed()
                return True
            game.session.move(move)
        game.close()
        return False

    def shut(self) -> None:
        """Put away what lies on top."""
        while self.stage.dialogs:
            self.stage.dialogs.pop()
        self.stage.changed()

    # The stops

    def stops(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """What is shown, each with how to get there from the stop before."""
        yield "title", lambda: self.stage.changed()
        yield "settings", lambda: self.act("settings")
        yield "keys", lambda: (self.shut(), self.act("help"))
        yield "key-map", lambda: (self.shut(), self.act("keys"), self.act("rebind", "D"))
        yield "guide", self._guide
        yield "card-telegram", lambda: self.to_card("rapallo-1922")
        yield "card-sources", lambda: self.act("notes")
        yield "card-answered", self._answer
        yield "card-newspaper", lambda: self.to_card("ruhr-1923")
        yield "card-minutes", lambda: self.to_card("german-october-1923")
        yield "card-letter", lambda: self.to_card("sun-joffe-1923")
        yield "card-report", lambda: self.to_card("genoa-1922")
        yield "desk", lambda: (self.to(14), self.act("country", "germany"))
        yield "desk-lens", lambda: self.act("lens", "suspicion")
        yield (
            "desk-eurasia",
            lambda: (
                self.act("lens", "political"),
                self.act("sheet", "eurasia"),
                self.act("country", "persia"),
            ),
        )
        yield "desk-far-east", lambda: (self.act("sheet", "far_east"), self.act("country", "japan"))
        yield "orders", lambda: (self.to(20), self.act("orders", "germany"))
        yield "orders-all", lambda: self.act("orders")
        yield "why", lambda: (self.shut(), self.act("why", "recognition"))
        yield "why-followed", self._follow
        yield "quarter", lambda: (self.shut(), self.act("quarter", "13"))
        yield "decisions", lambda: (self.shut(), self.act("decisions"))
        yield "years", lambda: (self.shut(), self.act("years", "recognition"))
        yield "library", lambda: (self.shut(), self.act("library", "comintern"))
        yield "menu", lambda: (self.shut(), self.act("menu"))
        yield "saves", self._saves
        yield "unsaved", self._unsaved
        yield "reckoning", lambda: self.to(99)
        yield "roads", self._roads

    def _guide(self) -> None:
        from game.play.games import begin

        self.shut()
        self.stage.set_up(guide=True)
        game = begin(self.program, 1921, "historical", "1.0")
        for move in self.moves:
            if game.session.place == "orders":
                break
            game.session.move(move)
        self.stage.seat(game)
        self.stage.changed()
        self.window.paint()
        self.stage.set_up(guide=True)

    def _answer(self) -> None:
        self.stage.set_up(guide=False)
        self.act("notes")
        options = self.stage.top["choices"].children
        press = options[0].press
        assert press is not None
        self.stage.perform(press)

    def _follow(self) -> None:
        for element in self.stage.top.walk():
            if element.press is not None and element.press.verb == "follow":
                self.stage.perform(element.press)
                return

    def _saves(self) -> None:
        from game.play.games import begin, forked

        self.shut()
        first = begin(self.program, 1921, "historical", "1.0")
        for move in self.moves[:60]:
            first.session.move(move)
        second = forked(first, 30, "1.0")
        for move in self.moves[30:44]:
            second.session.move(move)
        forked(second, 20, "1.0").close()
        self.act("saves")

    def _unsaved(self) -> None:
        from game.views.screens.folders import UnsavedScreen

        self.shut()
        self.stage.lay(UnsavedScreen("The disk is full", 2))
        self.stage.changed()

    def _roads(self) -> None:
        import time

        self.act("roads", "roads")
        end = time.monotonic() + 60
        while time.monotonic() < end:
            self.stage.work()
            roads = self.stage.table.roads if self.stage.table else None
            if roads is not None and roads.done:
                break
            time.sleep(0.02)
        self.stage.changed()


def save(window: object, path: Path, whole: bool) -> None:
    """Keep the window's picture: as it is, or small."""
    import pygame

    screen = pygame.display.get_surface()
    assert screen is not None
    if whole:
        pygame.image.save(screen, str(path.with_suffix(".png")))
        return
    from PIL import Image

    picture = Image.frombytes("RGB", screen.get_size(), pygame.image.tobytes(screen, "RGB"))
    picture.save(path.with_suffix(".webp"), quality=QUALITY, method=6)


def main() -> int:
    """Walk the tour in every size asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1280x720,2560x1440")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--text-size", type=int, default=100)
    parser.add_argument("--face", default="book")
    parser.add_argument("--only", default="", help="names of stops, with commas between")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--png", action="store_true", help="keep the pictures whole")
    options = parser.parse_args()
    only = set(filter(None, options.only.split(",")))
    for size in options.sizes.split(","):
        wide, _, high = size.partition("x")
        folder = options.out / size
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as home:
            os.environ["PEREDYSHKA_HOME"] = home
            tour = Tour(
                (int(wide), int(high)), theme=options.theme, text_size=options.text_size, face=options.face
            )
            for name, go in tour.stops():
                go()
                if not only or name in only:
                    tour.look()
                    save(tour.window, folder / name, options.png)
            tour.stage.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
