"""How soon does the window show itself, and how long does it let the player wait?

    python benchmarks/window.py [--json FILE] [--rounds N] [--size 1920x1080] [SCENARIO]

The start is measured in fresh processes, turn about with a bare pygame-ce window of sixty labels; compare the
ratio of the two medians. The waits are measured in one game on the scenario, played to its end by keys. Without
a display everything runs on SDL's dummy driver, where a flip costs nothing; on a real one the ratio is kinder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

BARE = """
import pygame
pygame.display.init(); pygame.font.init()
screen = pygame.display.set_mode((1280, 720))
font = pygame.font.Font(None, 24)
for i in range(60):
    words = font.render(f'Relations with country {i}: {i}', True, 'white')
    screen.blit(words, (20 + i // 20 * 400, 20 + i % 20 * 30))
pygame.display.flip()
"""
OURS = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from game.views.desktop import display, window
def first(self, load):
    self.paint()
    done()
window.Window.run = first
display.SIZES = ((1280, 720),)
from game.cli import main
main(['play'])
"""
FRAME = """
import os, time
def done():
    print(time.clock_gettime(time.CLOCK_MONOTONIC) - float(os.environ['BEGUN']), flush=True)
    os._exit(0)
{code}
done()
"""


def start(code: str) -> float:
    """Milliseconds from the start of a fresh process to its first frame."""
    begun = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run(
        [sys.executable, "-c", FRAME.format(code=code)],
        env=dict(os.environ, BEGUN=str(begun)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode or not done.stdout.strip():
        raise SystemExit(f"a window did not start:\n{done.stderr}")
    return float(done.stdout.strip().splitlines()[-1]) * 1000


def timed(deed: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000


class Player:
    """Plays a scenario in a window by keys and keeps how long each answer took."""

    def __init__(self, scenario: str, size: tuple[int, int]) -> None:
        from game.compiler.load import load
        from game.rules.building import interpret
        from game.views.desktop.window import Window
        from game.views.screens.stage import Stage

        self.waits: dict[str, list[float]] = {}
        self.window = Window(Stage(), size)
        self.window.paint()
        program = interpret(load(scenario).scenario)
        self.window.stage.loaded(program)
        self.window.paint()
        self.waits["the first map is laid ready, on the title"] = [timed(self.window.warm)]

    def press(self, key: str, what: str = "") -> None:
        """Press a key and wait for the whole new frame."""

        def deed() -> None:
            self.window.press_key(key)
            self.window.paint()

        wait = timed(deed)
        if what:
            self.waits.setdefault(what, []).append(wait)

    def settle(self) -> None:
        """Let the map be finished."""
        while self.window.painting.busy:
            self.window.work(1000)
        self.window.paint()

    def game(self) -> None:
        """A whole game: every question answered with its first open choice, some looks at numbers in between."""
        stage = self.window.stage
        self.press("N", "a new game: first card")
        while (tree := stage.top).id != "reckoning":
            choices = tree.get("choices")
            if choices is not None:
                number = next(each.key for each in choices.children if not each.disabled)
                self.press(number, "a choice is marked")
                self.press("Return", "a choice is taken and told")
            elif tree.id == "desk":
                self.settle()
                if stage.seen.turn % 5 == 1:
                    self.look()
                self.press("E", "end of quarter: ledger shown")
            elif tree.id == "quarter":
                self.press("Return", "on to the next quarter")
            else:
                self.press("Return")

    def look(self) -> None:
        """Look at a few things on the desk."""
        from game.views.screens.tree import Act

        window, stage = self.window, self.window.stage
        for what, act in (
            ("a country is selected", Act("country", next(iter(stage.seen.countries)))),
            ("orders of a country opened", Act("orders", next(iter(stage.seen.countries)))),
            ("why opened", Act("why", "trade")),
        ):
            wait = timed(lambda act=act: (stage.perform(act), window.paint()))  # type: ignore[misc]
            self.waits.setdefault(what, []).append(wait)
            if act.verb == "why":
                stage.back()
                stage.back()
                window.paint()
        self.press("Tab")
        self.press("Tab", "the focus moves")


def main() -> int:
    """Measure, print a table, keep it as JSON if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario", nargs="?", default="breathing-space")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    width, _, height = options.size.partition("x")

    bare, ours = [], []
    for _ in range(max(1, options.rounds)):
        bare.append(start(BARE))
        ours.append(start(OURS))
    player = Player(options.scenario, (int(width), int(height)))
    player.game()
    flips = player.window.flips
    for _ in range(50):
        player.window.paint()
    idle = player.window.flips - flips

    driver = os.environ.get("SDL_VIDEODRIVER", "the display's")
    print(f"Python {platform.python_version()}, {driver} driver, {options.rounds} rounds")
    print(f"\n{'start to first frame, 1280x720, ms':44} {'median':>8} {'least':>8} {'most':>8}")
    for name, times in (("bare pygame-ce window, 60 labels", bare), ("Peredyshka, title", ours)):
        print(f"{name:44} {median(times):8.0f} {min(times):8.0f} {max(times):8.0f}")
    ratio = median(ours) / median(bare)
    print(f"{'ratio':44} {ratio:8.2f}      (goal: at most 3)")
    print(f"\n{f'waits at {options.size}, ms':44} {'median':>8} {'least':>8} {'most':>8}  times")
    for what, times in player.waits.items():
        print(f"{what:44} {median(times):8.1f} {min(times):8.1f} {max(times):8.1f} {len(times):6}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"\nframes drawn while idle: {idle}; peak memory: {memory} MiB; map sheets are painted between events"
    )
    if options.json:
        found = {
            "start": {"bare": bare, "ours": ours, "ratio": ratio},
            "waits": player.waits,
            "idle": idle,
            "memory_mib": memory,
            "size": options.size,
            "driver": driver,
        }
        Path(options.json).write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
