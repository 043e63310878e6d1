"""Is it still fine after the last save?  `check --watch`: checks again whenever a file changes, runs the playthroughs,
and plays random games until one breaks; that game is kept as a playthrough. Ctrl-C ends it at any moment.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn

from game.compiler.folders import PLAYTHROUGHS, find, home_of, is_archive, read_bytes
from game.compiler.load import examine
from game.compiler.problems import Problem
from game.compiler.source import Mapping
from game.play.inspection import KEY, inspect
from game.play.playthroughs import parse_script
from game.play.running import Runner
from game.play.script import Script
from game.play.session import Session
from game.play.trying import Broken, Trial
from game.rules.building import interpret
from game.rules.program import Program
from game.verbs.check import report

POLL: Final = 0.5
"""Seconds between two looks at the files."""
SETTLE: Final = 0.1
"""Seconds that files must stay as they are: an editor may write in several steps."""
MOST_NAMES: Final = 100

Stamps = dict[str, tuple[int, int] | None]
"""Time and size of each file, or nothing for one that is gone."""


class _Changed(Exception):
    """A file is no longer what it was when it was checked."""


class Watch:
    """Watches some scenarios and playthroughs. `say`, `wait` and `clock` are given to it by tests."""

    def __init__(
        self,
        names: Sequence[str],
        games: int,
        say: Callable[[str], None] | None = None,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.names = names
        self.games = games
        self.say = say or (lambda line: print(line, flush=True))
        self.wait = wait
        self.clock = clock
        self.files: set[Path] = set()
        """What was read at the last check, the files of base scenarios too."""
        self.scripts: list[tuple[Path, Script]] = []
        """The playthroughs among the names, ready to be run."""
        self.stamps: Stamps = {}
        self.looked = 0.0

    def run(self) -> NoReturn:
        """Check, play, wait for a change, and so on until Ctrl-C."""
        while True:
            try:
                self.once()
                while True:
                    self.wait(POLL)
                    self.look()
            except _Changed:
                self.settle()

    def once(self) -> None:
        """Check everything; where nothing is wrong, play. Raises _Changed as soon as a file does."""
        self.say(f"== {time.strftime('%H:%M:%S')} ==")
        before, self.files, self.scripts = self.now(), set(), []
        programs: dict[str, Program] = {}
        for name in self.names:
            program = self.check(name)
            if program is not None:
                programs[name] = program
        # What has changed since the check began is seen at the next look.
        self.stamps = {path: before.get(path, stamp) for path, stamp in self.now().items()}
        for path, script in self.scripts:
            self.run_script(path, script, None)
        for name, program in programs.items():
            self.rehearse(name, program)
        if programs and all(self.play(name, program) for name, program in programs.items()):
            self.say(f"{self.games} random game(s) went well. Waiting for the next save; Ctrl-C ends.")
        else:
            self.say("Waiting for the next save; Ctrl-C ends.")

    def check(self, name: str) -> Program | None:
        """Print what is wrong; the scenario ready to be played if nothing is."""
        path = find(name)
        if path is not None and (script := _script(path)) is not None:
            problems, sources = inspect(name)
            self.told(name, problems, sources)
            if not _errors(problems):
                self.scripts.append((path, script))
            return None
        scenario, problems, sources = examine(name)
        self.told(name, problems, sources)
        return None if scenario is None or _errors(problems) else interpret(scenario)

    def told(self, name: str, problems: Sequence[Problem], sources: dict[str, list[str]]) -> None:
        """Say what was found, and remember what was read."""
        self.files |= {Path(each) for each in sources}
        for line in report(name, problems, sources):
            self.say(line)

    def rehearse(self, name: str, program: Program) -> None:
        """Run the playthroughs that lie in the scenario's folder."""
        path = find(name)
        if path is None or not path.is_dir():
            return
        fine = 0
        for file in sorted((path / PLAYTHROUGHS).glob("*.yaml")):
            if (script := _script(file)) is not None:
                fine += self.run_script(file, script, program)
        if fine:
            self.say(f"{fine} playthrough(s) went as expected")

    def run_script(self, file: Path, script: Script, program: Program | None) -> bool:
        """Run one playthrough; whether it went as it expects."""
        if program is None:
            scenario, problems, _ = examine(home_of(script.scenario, file))
            if scenario is None or _errors(problems):
                return False
            program = interpret(scenario)
        try:
            done = Runner(program, script, self.turned).run()
        except _Changed:
            raise
        except Exception as fault:  # a fault of the program is told like one of the game
            self.say(f"{file}: the game stops: {type(fault).__name__}: {fault}")
            return False
        for failure in done.failures:
            self.say(str(failure))
        return not done.failures

    def play(self, name: str, program: Program) -> bool:
        """Play random games until one breaks; whether none did."""
        for seed in range(1, self.games + 1):
            trial = Trial(program, seed, program.scenario.id)
            for _ in trial.turns():
                self.look()
            self.progress(seed)
            if trial.broken is not None:
                self.say(f"{name}: the random game of seed {seed} breaks: {trial.broken.says}")
                self.keep(name, trial.broken)
                return False
        self.progress(0)
        return True

    def keep(self, name: str, broken: Broken) -> None:
        """Write the game that broke to a file of its own."""
        path = find(name) or Path(name)
        folder = path / PLAYTHROUGHS if path.is_dir() else path.parent
        stem = f"broken-{broken.seed}" if path.is_dir() else f"{path.stem}-broken-{broken.seed}"
        try:
            file = _fresh(folder, stem, broken.script)
        except OSError as fault:
            self.say(f"The game cannot be kept in {folder}: {fault.strerror}. Here it is:\n{broken.script}")
            return
        self.say(f"It is kept as {file}; run it with: python3 main.py run {file}")
        self.stamps = self.now()

    def progress(self, seed: int) -> None:
        """How many random games went well so far, where somebody sits before the screen."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{seed} random game(s)" if seed else f"\r{' ' * 30}\r")
            sys.stderr.flush()

    def turned(self, _: Session) -> None:
        """A turn of a playthrough is over."""
        self.look()

    def look(self) -> None:
        """Raises _Changed if a file has changed; looks no oftener than it is worth."""
        if self.clock() - self.looked < POLL:
            return
        self.looked = self.clock()
        if self.now() != self.stamps:
            raise _Changed

    def settle(self) -> None:
        """Wait until no file changes any more."""
        while True:
            before = self.now()
            self.wait(SETTLE)
            if self.now() == before:
                return

    def now(self) -> Stamps:
        """The files as they are."""
        found: Stamps = {}
        for path in (*self.files, *self.own()):
            try:
                status = path.stat()
                found[str(path)] = status.st_mtime_ns, status.st_size
            except OSError:
                found[str(path)] = None
        return found

    def own(self) -> Iterator[Path]:
        """The files that are there under the names watched, new ones included."""
        for name in self.names:
            path = find(name) or Path(name)
            yield path
            if path.is_dir():
                yield from (each for each in path.rglob("*") if each.suffix in (".yaml", ".yml"))


def _errors(problems: Sequence[Problem]) -> bool:
    return any(each.severity == "error" for each in problems)


def _script(path: Path) -> Script | None:
    """What a file says as a playthrough; None if it is none."""
    if not path.is_file() or is_archive(path):
        return None
    data, fault = read_bytes(path)
    if fault is not None:
        return None
    tree, script, _ = parse_script(data, str(path))
    return script if isinstance(tree, Mapping) and tree.get(KEY) is not None else None


def _fresh(folder: Path, stem: str, text: str) -> Path:
    """A new file under a name that is still free. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, MOST_NAMES):
        file = folder / (f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml")
        try:
            with file.open("x", encoding="utf-8", newline="\n") as out:
                out.write(text)
        except FileExistsError:
            continue
        return file
    raise FileExistsError(17, "too many files of that name", str(folder))
