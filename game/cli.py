"""What does the command line offer?  One function for each verb; the only place that picks a front end.

Each verb imports what it needs when it is called: a window should open before the rules are read.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, NoReturn

from game.compiler.folders import shelves, user_folder
from game.compiler.problems import ScenarioError, nearest, show
from game.verbs.authoring import act_of, add_parsers
from game.verbs.given import FINE, SHORT, USAGE, Unusable, must_exist, own_version, program_of, save_of

if TYPE_CHECKING:
    import argparse

    from game.verbs.parser import Add

MAIN_SCENARIO = "breathing-space"
BUG, INTERRUPTED, TERMINATED = 70, 130, 143


class Terminated(BaseException):
    """The system asks the program to end: what is open is closed on the way out."""


def _terminate(signal: int, frame: object) -> NoReturn:
    raise Terminated


def _parser(given: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of a call; of the verbs it knows no more than the one that is called, if one is."""
    from game.verbs.parser import Parser, Version

    Parser.known = VERBS
    parser = Parser(
        prog="peredyshka", description="Soviet foreign policy, 1921 to 1933: a game and a teaching tool."
    )
    parser.add_argument("--version", action=Version, nargs=0, help="show the version of this program")
    verbs = parser.add_subparsers(dest="verb", parser_class=Parser, prog="peredyshka")
    called = given[0] if given and given[0] in VERBS else ""
    for names, add in ADDED.items():
        if not called or called in names:
            add(verbs.add_parser)
    return parser


def _plain(given: Sequence[str]) -> Any:
    """What a call says that only names playthroughs: to make a parser takes as long as to play a short one."""
    if len(given) < 2 or given[0] != "run" or any(each.startswith("-") for each in given):
        return None
    act = act_of("run", "run_")
    return SimpleNamespace(verb="run", playthroughs=given[1:], json=False, report=None, save=None, act=act)


def _play_arguments(add: Add) -> None:
    from game.verbs.loading import READINGS, WAYS

    play = add("play", help="play in a window, or as text")
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


def _run_arguments(add: Add) -> None:
    run = add("run", help="run playthrough files with their expectations")
    run.add_argument("playthroughs", nargs="+", metavar="PLAYTHROUGH")
    run.add_argument("--json", action="store_true", help="one line of JSON a turn, then the outcome")
    run.add_argument("--report", metavar="FILE", help="write a transcript to read")
    run.add_argument("--save", metavar="FILE", help="write the game to a new file, as a save")
    run.set_defaults(act=act_of("run", "run_"))


def _replay_arguments(add: Add) -> None:
    replay = add("replay", help="play a saved game again and compare it turn by turn")
    replay.add_argument("save", metavar="SAVE", help="a file, or the name that `saves` shows")
    replay.add_argument("--verify", action="store_true", help="only say whether it comes out as it was")
    replay.add_argument("--turn", metavar="N", help="what moved in this turn: 12, or 1923-Q4")
    replay.add_argument("--json", action="store_true", help="one line of JSON a turn, then the outcome")
    replay.set_defaults(act=act_of("replay", "replay_"))


def _saves_arguments(add: Add) -> None:
    from game.verbs import saves

    saves.add_parsers(add("saves", help="list, rename, delete, export, fork saved games"))


def _check_arguments(add: Add) -> None:
    from game.verbs import check

    check.add_arguments(add("check", help="find what is wrong with scenarios and playthroughs"))


def _teaching_arguments(add: Add) -> None:
    from game.verbs import teaching

    teaching.add_parsers(add)


def _authoring_arguments(add: Add) -> None:
    add_parsers(add)


def _measuring_arguments(add: Add) -> None:
    from game.verbs import measuring

    measuring.add_parsers(add)


def _list_arguments(add: Add) -> None:
    listing = add("list", help="the scenarios and lessons there are")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(act=act_of("listing", "list_"))


def _doctor_arguments(add: Add) -> None:
    doctor = add("doctor", help="versions, folders, display")
    doctor.set_defaults(act=doctor_)


def _test_arguments(add: Add) -> None:
    test = add("test", help="run the tests (from a checkout)")
    test.add_argument("arguments", nargs="...")
    test.set_defaults(act=test_)


VERBS = (
    "play", "run", "replay", "saves", "debrief", "class", "pack", "check", "new", "past", "zip", "add", "preview",
    "graph", "schema", "docs", "sweep", "list", "doctor", "test",
)  # fmt: skip
ADDED: Final[dict[tuple[str, ...], Callable[[Add], None]]] = {
    ("play",): _play_arguments,
    ("run",): _run_arguments,
    ("replay",): _replay_arguments,
    ("saves",): _saves_arguments,
    ("check",): _check_arguments,
    ("debrief", "class", "pack"): _teaching_arguments,
    ("schema", "docs", "new", "past", "zip", "add", "preview", "graph"): _authoring_arguments,
    ("sweep",): _measuring_arguments,
    ("list",): _list_arguments,
    ("doctor",): _doctor_arguments,
    ("test",): _test_arguments,
}
"""What adds the parsers of which verbs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; returns the exit status. Never lets a traceback out for bad input."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    with contextlib.suppress(AttributeError, ValueError):
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    given = list(sys.argv[1:] if arguments is None else arguments)
    with contextlib.suppress(ValueError):  # in another thread than the main one
        signal.signal(signal.SIGTERM, _terminate)
    try:
        options = _plain(given) or _parser(given or ["play"]).parse_args(given or ["play"])
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
        if _stop_behind(fault):
            return INTERRUPTED if _stop_behind(fault) is KeyboardInterrupt else TERMINATED
        from game.play import crash

        print(crash.report(fault, own_version(), given), file=sys.stderr)
        return BUG


def _stop_behind(fault: BaseException | None) -> type[BaseException] | None:
    """What asked this program to end, if a fault only came of that: a signal may fall into the middle of a lock."""
    while fault is not None:
        if isinstance(fault, Terminated | KeyboardInterrupt):
            return type(fault)
        fault = fault.__context__
    return None


def _seed(text: str) -> int:
    if text.isdigit() and len(text) <= 18:
        return int(text)
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(f"a seed is a whole number from 0 on, not '{text}'")


def _held(text: str) -> tuple[str, str]:
    role, sign, name = text.partition("=")
    if sign and role and name:
        return role, name
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(f"a seat and its policy are written comintern=pragmatist, not '{text}'")


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
    if not options.text:
        from game.verbs.reporting import debrief_text
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
                reading=options.reading or "", nickname=options.nickname, seats=seats,
            )  # fmt: skip
            return play_window(scenario, program_of, stage, save)
        except NoDisplay as fault:
            print(f"{fault} Playing as text.", file=sys.stderr)
    from game.play import games
    from game.play.journal import SaveError
    from game.play.saves import tidy
    from game.verbs.loading import READINGS, asked_reading, reopened
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
