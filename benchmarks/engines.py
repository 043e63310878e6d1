"""How fast is generated Python beside the interpreter, beside other engines, and as a scenario grows?

    python benchmarks/engines.py [--json FILE] [--rounds N] [--seconds S] [--only PART]
                                 [--node-modules FOLDER] [--mesa-python PYTHON]

Every contestant plays in a process of its own, pinned to one core, in turn with the others, several rounds: a slow
minute of the machine hits all of them. The table shows medians, in seconds of processor time, and ratios within the
run; the ratios are what to compare. Other engines are run if they are installed (peers/README.md).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import reference
from peers import plain

HERE: Final = Path(__file__).resolve().parent
Row = dict[str, Any]
PARTS: Final = ("reference", "main", "growth")
MAIN: Final = (
    "moves, interpreter",
    "moves, codegen",
    "historical, interpreter",
    "historical, codegen",
    "random, interpreter",
    "random, codegen",
    "anyone, codegen",
)
CURVE: Final = (10, 100, 300, 1000, 3000, 10000)
LONG: Final = 1000
"""Beyond so many events a point of the curve is measured once."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A ratio that is aimed at, and the least that will do; `most` turns both round."""

    title: str
    over: str
    under: str
    aim: float
    least: float
    most: bool = False

    def line(self, figures: dict[str, float]) -> str:
        """The ratio as found, beside what it should be."""
        if not figures.get(self.over) or not figures.get(self.under):
            return f"{self.title:<62}        -"
        found = figures[self.over] / figures[self.under]
        sign, turned = ("≤", -1) if self.most else ("≥", 1)
        verdict = "reached" if found * turned >= self.aim * turned else "least reached"
        if found * turned < self.least * turned:
            verdict = "NOT reached"
        return f"{self.title:<62}{found:>9.2f}   {sign} {self.aim:g} (at least {self.least:g}): {verdict}"


AIMS: Final = (
    Aim("reference, codegen without ledger / boardgame.io", "reference", "boardgame.io", 100, 50),
    Aim("reference, codegen without ledger / Mesa", "reference", "Mesa", 6, 3),
    Aim("the same moves, with ledger: codegen / interpreter", "moves, codegen", "moves, interpreter", 5, 5),
    Aim(
        "historical policy: codegen without ledger / interpreter",
        "historical, codegen", "historical, interpreter", 15, 8,
    ),
    Aim("random policy: codegen without ledger / interpreter", "random, codegen", "random, interpreter", 15, 8),
    Aim("breathing-space / reference, the same player", "anyone, codegen", "reference", 0.5, 0.25),
    Aim("breathing-space, random policy / reference", "random, codegen", "reference", 0.5, 0.25),
    Aim("breathing-space, historical policy / reference", "historical, codegen", "reference", 0.5, 0.25),
    Aim("a turn with 1,000 windowed events / with 100", "turn 1000", "turn 100", 2.5, 5, most=True),
)  # fmt: skip


def pinned(core: int | None) -> Callable[[], None] | None:
    """What puts a process on one core, where that can be done."""
    if core is None or not hasattr(os, "sched_setaffinity"):
        return None
    return lambda: os.sched_setaffinity(0, {core})


def call(command: list[str], core: int | None, environment: dict[str, str]) -> Row | str:
    """The last line of a process as JSON, or a sentence why there is none."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=600, env=environment, preexec_fn=pinned(core)
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        return str(fault)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        said = [line for line in done.stderr.splitlines() if line.strip()] or [f"exit {done.returncode}"]
        return next((line for line in said if "Error" in line), said[-1]).strip()
    found: Row = json.loads(lines[-1])
    return found


def peers(options: argparse.Namespace, data: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The commands of the other engines that can be run, and a sentence for each that cannot."""
    found, skipped = {}, []
    node, seconds = shutil.which("node"), str(options.seconds)
    if node and (Path(options.node_modules) / "boardgame.io").is_dir():
        found["boardgame.io"] = [node, str(HERE / "peers" / "boardgame.js"), str(data), seconds]
    else:
        lacking = "it is not installed" if node else "there is no Node"
        skipped.append(f"boardgame.io is skipped: {lacking} (benchmarks/peers/README.md)")
    python = options.mesa_python
    asked = (
        subprocess.run([python, "-c", "import mesa"], capture_output=True) if shutil.which(python) else None
    )
    if asked is not None and asked.returncode == 0:
        found["Mesa"] = [python, str(HERE / "peers" / "agents.py"), str(data), seconds]
    else:
        skipped.append("Mesa is skipped: it is not installed (benchmarks/peers/README.md)")
    return found, skipped


def commands(options: argparse.Namespace, data: Path) -> tuple[dict[str, list[str]], list[str]]:
    """What is to be run, by name, and what is left out."""
    ours = [sys.executable, str(HERE / "contestants.py")]
    found: dict[str, list[str]] = {}
    skipped: list[str] = []
    if "reference" in options.only:
        others, skipped = peers(options, data)
        found |= others
    if {"reference", "main"} & set(options.only):
        found["reference"] = [*ours, "reference", str(options.seconds)]
    if "main" in options.only:
        found |= {name: [*ours, name, str(options.seconds)] for name in MAIN}
    if "growth" in options.only:
        found |= {f"growth {number}": [*ours, f"growth {number}", str(options.seconds)] for number in CURVE}
    return found, skipped


def run(options: argparse.Namespace, data: Path) -> tuple[dict[str, list[Row]], list[str]]:
    """All rounds of all contestants; one that fails is not asked again."""
    jobs, skipped = commands(options, data)
    environment = {**os.environ, "NODE_ENV": "production"}
    environment["PEERS_NODE_MODULES"] = str(Path(options.node_modules).resolve())
    found: dict[str, list[Row]] = {name: [] for name in jobs}
    for number in range(options.rounds):
        for name, command in list(jobs.items()):
            if number and name.startswith("growth") and int(name.split()[1]) > LONG:
                continue
            row = call(command, options.core, environment)
            if isinstance(row, str):
                skipped.append(f"{name} is skipped: {row}")
                del jobs[name], found[name]
            else:
                found[name].append(row)
        print(f"round {number + 1} of {options.rounds} done", file=sys.stderr)
    return found, skipped


def figures_of(found: dict[str, list[Row]]) -> dict[str, float]:
    """Games a second by name, and microseconds a turn along the curve."""
    figures = {}
    for name, rows in found.items():
        if name.startswith("growth"):
            figures[name.replace("growth", "turn")] = median(
                row["seconds"] / row["turns"] * 1e6 for row in rows
            )
        else:
            figures[name] = median(row["games"] / row["seconds"] for row in rows)
    return figures


def show(found: dict[str, list[Row]], figures: dict[str, float], checks: dict[str, bool]) -> None:
    """The tables."""
    games = [name for name in found if not name.startswith("growth")]
    if games:
        print(
            f"{'games a second':<36}{'median':>10}{'low':>10}{'high':>10}{'µs a turn':>11}{'turns':>7}  same result"
        )
    for name in sorted(games, key=lambda each: -figures[each]):
        rows = found[name]
        rates = [row["games"] / row["seconds"] for row in rows]
        turn = median(row["seconds"] / row["turns"] * 1e6 for row in rows)
        length = sum(row["turns"] for row in rows) / sum(row["games"] for row in rows)
        same = {True: "yes", False: "NO"}[checks[name]] if name in checks else "-"
        print(
            f"{rows[0].get('version', name):<36}{figures[name]:>10.1f}{min(rates):>10.1f}{max(rates):>10.1f}"
            f"{turn:>11.1f}{length:>7.1f}  {same}"
        )
    curve = [name for name in found if name.startswith("growth")]
    if curve:
        print(
            f"\n{'events, all windowed':>20}{'load s':>9}{'first game s':>14}{'µs a turn':>11}{'interpreter ms':>16}"
        )
    for name in curve:
        rows = found[name]
        load, first, slow = (median(row[each] for row in rows) for each in ("load", "first", "interpreter"))
        turn = figures[name.replace("growth", "turn")]
        print(f"{name.split()[1]:>20}{load:>9.2f}{first:>14.2f}{turn:>11.1f}{slow * 1e3:>16.2f}")
    print()
    for aim in AIMS:
        if aim.over in figures or aim.under in figures:
            print(aim.line(figures))


def main() -> int:
    """Run what is asked for; 1 if a peer did not play the same game."""
    parser = argparse.ArgumentParser(description="Generated Python beside the interpreter and other engines.")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--node-modules", default=str(HERE / "peers" / "node_modules"))
    parser.add_argument("--mesa-python", default=str(HERE / "peers" / ".venv" / "bin" / "python"))
    options = parser.parse_args()
    options.only = options.only or list(PARTS)
    data = reference.as_data()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        found, skipped = run(options, path)
    wanted = plain.play(data, 1)[0]
    checks = {name: rows[0]["check"] == wanted for name, rows in found.items() if "check" in rows[0]}
    figures = figures_of(found)
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {options.rounds} rounds of {options.seconds} s"
    )
    show(found, figures, checks)
    for sentence in skipped:
        print(sentence)
    if options.json:
        whole = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "rounds": options.rounds,
            "seconds": options.seconds,
            "figures": figures,
            "rows": found,
            "skipped": skipped,
        }
        Path(options.json).write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
