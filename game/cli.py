"""What does the command line offer?  One function for each verb; the only place that picks a front end.

Each verb imports what it needs when it is called: a window should open before the rules are read.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from game.compiler.folders import home_of, shelves, user_folder
from game.compiler.problems import ScenarioError, nearest, show
from game.verbs import authoring, check, measuring, saves, teaching
from game.verbs.given import FINE, SHORT, USAGE, Unusable, must_exist, own_version, program_of, save_of
from game.verbs.listing import list_
from game.verbs.loading import READINGS, WAYS, asked_reading, reopened
from game.verbs.replay import replay_
from game.verbs.reporting import debrief_text

if TYPE_CHECKING:
    from game.play.recording import Recorder
    from game.play.running import Run
    from game.play.session import Session
    from game.rules.program import Program

MAIN_SCENARIO = "breathing-space"
BUG, INTERRUPTED, TERMINATED = 70, 130, 143


class Terminated(BaseException):
    """The system asks the program to end: what is open is closed on the way out."""


def _terminate(signal: int, frame: object) -> NoReturn:
    raise Terminated


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        if "invalid choice" in message and self.prog.count(" ") == 0:
            wrong = message.partition("'")[2].partition("'")[0]
            hint = nearest(wrong, VERBS)
            known = ", ".join(VERBS)
            message = f"there is no '{wrong}'" + (
                f"; did you mean '{hint}'?" if hint else f"; there are {known}"
            )
        self.exit(USAGE, f"{self.prog}: {message}\n")


class _Version(argparse.Action):
    """Says the version; asked for only now, as finding it takes longer than all the rest of the parser."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        print(f"peredyshka {own_version()}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="peredyshka", description="Soviet foreign policy, 1921 to 1933: a game and a teaching tool."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version of this program")
    verbs = parser.add_subparsers(dest="verb", parser_class=_Parser)

    play = verbs.add_parser("play", help="play in a window, or as text")
    play.add_argument("scenario", nargs="?", default=MAIN_SCENARIO)
    play.add_argument("--text", action="store_true", help="line by line, without a window")
    play.add_argument("--fate", choices=("historical", "open"), default=None)
    play.add_argument("--seed", type=_seed, default=None)
    play.add_argument(
        "--seats",
        choices=("one", "two"),
        default=None,
        help="one player with both tracks, or a seat for each",
    )
    play.add_argument(
        "--policy",
        metavar="ROLE=NAME",
        type=_held,
        action="append",
        default=[],
        help="let a policy hold one of two seats: comintern=pragmatist",
    )
    play.add_argument(
        "--difficulty",
        metavar="NAME",
        default="",
        help="easier or harder, by one of the ways that the scenario offers",
    )
    play.add_argument(
        "--reading", choices=READINGS, default=None, help="the full texts, or easier ones where there are any"
    )
    play.add_argument(
        "--nickname", metavar="NAME", default="", help="what you are called in class; kept in the save"
    )
    play.add_argument(
        "--load", metavar="SAVE", help="go on with a saved game: a file, or a name `saves` shows"
    )
    play.add_argument("--way", choices=tuple(WAYS), help="how to go on where a save came out otherwise")
    play.set_defaults(act=play_)

    run = verbs.add_parser("run", help="run playthrough files with their expectations")
    run.add_argument("playthroughs", nargs="+", metavar="PLAYTHROUGH")
    run.add_argument("--json", action="store_true", help="one line of JSON a turn, then the outcome")
    run.add_argument("--report", metavar="FILE", help="write a transcript to read")
    run.add_argument("--save", metavar="FILE", help="write the game to a new file, as a save")
    run.set_defaults(act=run_)

    replay = verbs.add_parser("replay", help="play a saved game again and compare it turn by turn")
    replay.add_argument("save", metavar="SAVE", help="a file, or the name that `saves` shows")
    replay.add_argument("--verify", action="store_true", help="only say whether it comes out as it was")
    replay.add_argument("--turn", metavar="N", help="what moved in this turn: 12, or 1923-Q4")
    replay.add_argument("--json", action="store_true", help="one line of JSON a turn, then the outcome")
    replay.set_defaults(act=replay_)

    saves.add_parsers(verbs.add_parser("saves", help="list, rename, delete, export, fork saved games"))

    check.add_arguments(verbs.add_parser("check", help="find what is wrong with scenarios and playthroughs"))

    teaching.add_parsers(verbs.add_parser)

    authoring.add_parsers(verbs.add_parser)
    measuring.add_parsers(verbs.add_parser)

    listing = verbs.add_parser("list", help="the scenarios and lessons there are")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(act=list_)

    doctor = verbs.add_parser("doctor", help="versions, folders, display")
    doctor.set_defaults(act=doctor_)

    test = verbs.add_parser("test", help="run the tests (from a checkout)")
    test.add_argument("arguments", nargs=argparse.REMAINDER)
    test.set_defaults(act=test_)
    return parser


VERBS = (
    "play", "run", "replay", "saves", "debrief", "class", "pack", "check", "new", "past", "preview", "graph",
    "schema", "docs", "sweep", "list", "doctor", "test",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; returns the exit status. Never lets a traceback out for bad input."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    with contextlib.suppress(AttributeError, ValueError):
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None or threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _terminate)
    try:
        options = _parser().parse_args(given or ["play"])
        if options.verb is None:
            options = _parser().parse_args(["play", *given])
        status: int = options.act(options)
        sys.stdout.flush()
        return status
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    except Unusable as fault:
        print(f"peredyshka: {fault}", file=sys.stderr)
        return fault.status
    except ScenarioError as fault:
        print(show(fault.problems, {}), file=sys.stderr)
        return SHORT
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception as fault:
        from game.play import crash

        print(crash.report(fault, own_version(), given), file=sys.stderr)
        return BUG


def _seed(text: str) -> int:
    if text.isdigit() and len(text) <= 18:
        return int(text)
    raise argparse.ArgumentTypeError(f"a seed is a whole number from 0 on, not '{text}'")


def _held(text: str) -> tuple[str, str]:
    role, sign, name = text.partition("=")
    if sign and role and name:
        return role, name
    raise argparse.ArgumentTypeError(f"a seat and its policy are written comintern=pragmatist, not '{text}'")


def _seats(options: argparse.Namespace) -> dict[str, str] | None:
    """Who holds the seats that are not people's; None for one player with both tracks. Raises Unusable."""
    if options.seats != "two" and not options.policy:
        return None
    if options.seats == "one":
        raise Unusable("--policy gives a seat to a policy, so there must be two: --seats two")
    if options.load:
        raise Unusable("a saved game keeps its seats; leave out --seats and --policy")
    return dict(options.policy)


def _any_seed() -> int:
    """A seed for a game whose player named none; it is shown, and can be typed in again."""
    import secrets

    return secrets.randbelow(1_000_000)


def play_(options: argparse.Namespace) -> int:
    """Play: in a window where there is a display, else as text with one sentence about it."""
    must_exist(options.scenario)
    seats = _seats(options)
    if options.difficulty:
        _difficulty(options.scenario, options.difficulty)
    seed = _any_seed() if options.seed is None else options.seed
    if not options.text and seats is None:
        from game.views.desktop.display import NoDisplay
        from game.views.desktop.window import play_window
        from game.views.screens.stage import Stage

        save, scenario = "", options.scenario
        if options.load:
            path, journal = save_of(options.load)
            save, scenario = str(path), journal.header.scenario
        try:
            stage = Stage(
                options.fate, seed, own_version, options.difficulty, printer=debrief_text,
                reading=options.reading or "", nickname=options.nickname,
            )  # fmt: skip
            return play_window(scenario, program_of, stage, save)
        except NoDisplay as fault:
            print(f"{fault} Playing as text.", file=sys.stderr)
    from game.play import games
    from game.play.journal import SaveError
    from game.play.saves import tidy
    from game.views.terminal import play_text

    tidy()
    if options.load:
        game = reopened(options.load, options.way)
        if options.reading:
            game.session.viewer.basic = options.reading == READINGS[1]
    else:
        fate = options.fate or "historical"
        program = program_of(options.scenario)
        luck = seed if fate == "open" else 0
        try:
            game = games.begin(
                program, luck, fate, own_version(), seats=seats, difficulty=options.difficulty,
                nickname=options.nickname, basic=(options.reading or asked_reading(program)) == READINGS[1],
            )  # fmt: skip
        except SaveError as fault:
            raise Unusable(f"{fault}") from None
    return play_text(game.session, sys.stdin.readline, sys.stdout, game, own_version())


def _difficulty(scenario: str, name: str) -> None:
    """Raises Unusable if a scenario offers no such difficulty."""
    from game.play.difficulty import difficulties

    found = {each.id: each for each in difficulties(program_of(scenario).scenario)}
    if name in found:
        return
    hint = nearest(name, list(found))
    more = f"; did you mean '{hint}'?" if hint else f"; there are {', '.join(found) or 'none'}"
    raise Unusable(f"'{scenario}' offers no difficulty '{name}'{more}")


def run_(options: argparse.Namespace) -> int:
    """Run playthroughs; 1 if an expectation failed."""
    from game.play.records import turn_data
    from game.play.running import Runner
    from game.play.script import read_script

    worst = FINE
    programs: dict[str, Program] = {}
    if options.save and len(options.playthroughs) > 1:
        raise Unusable("--save takes one game; give one playthrough")
    for name in options.playthroughs:
        path = Path(name)
        if not path.exists():
            raise Unusable(f"there is no playthrough file '{name}'")
        script = read_script(path)
        where = home_of(script.scenario, path)
        if where not in programs:
            programs[where] = program_of(where)

        def watch(session: Session) -> None:
            if options.json:
                print(json.dumps(turn_data(session, session.turn), ensure_ascii=False))

        runner = Runner(programs[where], script, watch)
        recorder = _recorder(runner.session, options.save) if options.save else None
        done = runner.run()
        if recorder is not None:
            recorder.close()
        _report(done, name, options)
        if recorder is not None and not recorder.saved:
            raise Unusable(f"the game could not be saved to {options.save}: {recorder.fault}")
        if done.failures:
            worst = SHORT
    return worst


def _recorder(session: Session, name: str) -> Recorder:
    """Writes a scripted game to a file that is not there yet. Raises Unusable."""
    from game.play.recording import Recorder, header_of

    path = Path(name)
    if path.exists():
        raise Unusable(f"{name} is there already; a save is never written over")
    state = session.state
    words = session.viewer.words
    title = words.plain(session.program.scenario.title)
    recorder = Recorder.at(path, header_of(session.program, state.seed, state.fate, title, own_version(), 0))
    recorder.attach(session)
    return recorder


def _report(done: Run, name: str, options: argparse.Namespace) -> None:
    from game.play.records import outcome_data, transcript

    outcome = outcome_data(done.session)
    for failure in done.failures:
        print(failure, file=sys.stderr)
    if options.json:
        failures = [{"mark": str(f.mark), "turn": f.turn, "message": f.message} for f in done.failures]
        print(json.dumps(outcome | {"playthrough": name, "failures": failures}, ensure_ascii=False))
    else:
        scores = ", ".join(f"{key} {value}" for key, value in outcome["scores"].items())
        verdict = f"{len(done.failures)} expectation(s) failed" if done.failures else "as expected"
        print(f"{name}: {outcome['outcome']} after {outcome['turns']} turns; {scores}; {verdict}")
        print(f"  hash {outcome['hash']}")
    if options.report:
        text = "\n".join(transcript(done.session)) + "\n"
        try:
            Path(options.report).write_text(text, encoding="utf-8")
        except OSError as fault:
            raise Unusable(f"the report cannot be written to {options.report}: {fault.strerror}") from None


def doctor_(options: argparse.Namespace) -> int:
    """Versions, folders, and the two pygames that must not both be installed."""
    from importlib.metadata import PackageNotFoundError, version

    print(f"peredyshka {own_version()}, Python {sys.version.split()[0]} on {sys.platform}")
    found = {}
    for name in ("pygame-ce", "pygame", "PyYAML", "numpy", "accesskit"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
        print(f"{name:10} {found[name] or 'not installed'}")
    for shelf in shelves():
        print(f"scenarios  {shelf}")
    print(f"saves      {user_folder() / 'saves'}")
    print(f"display    {os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY') or 'none set'}")
    if found["pygame-ce"] and found["pygame"]:
        print("Both pygame and pygame-ce are installed and overwrite each other. Repair with:")
        print("    pip uninstall -y pygame pygame-ce && pip install pygame-ce")
        return SHORT
    return FINE


def test_(options: argparse.Namespace) -> int:
    """Run the tests of a checkout."""
    import subprocess

    root = Path(__file__).resolve().parents[1]
    if not (root / "tests").is_dir():
        raise Unusable("the tests are in a checkout of the source, not in an installed copy")
    return subprocess.call([sys.executable, "-m", "pytest", *options.arguments], cwd=root)
