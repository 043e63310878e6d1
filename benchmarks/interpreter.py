"""How many whole games a second does the plain interpreter play?

    python benchmarks/interpreter.py [--json FILE] [--repeat N] [SCENARIO ...]

Machines differ and a laptop changes its speed, so every figure stands beside a yardstick: a fixed loop of plain
Python, run in the same process, turn about with the games. The ratio of the two medians is what to compare.
Without a scenario it plays a generated one of the size of the main game, and the main game if that can be read.
"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from game.compiler.load import examine
from game.play.running import Runner
from game.play.script import Script
from game.rules.building import interpret
from game.rules.program import Program

COUNTRIES = (
    "afghanistan", "baltic", "britain", "china", "czechoslovakia", "france", "germany", "italy", "japan",
    "kuomintang", "mongolia", "persia", "poland", "romania", "scandinavia", "turkey", "usa",
)  # fmt: skip
ROUNDS = 40_000
"""Length of the yardstick loop: some ten milliseconds on a machine of 2024."""

HEAD = """\
format: 1
id: generated
title: Generated
calendar: {from: 1921-Q1, to: 1933-Q4}
tracks:
  narkomindel: {label: Narkomindel, means: "max(1, purse * balance // 100)"}
  comintern: {label: Comintern, means: "max(1, purse - purse * balance // 100)", known_to: comintern}
scores:
  trade: {start: 5, toward: "total(each.trade * each.potential) // 580", step: "min(4, 1 + abs(trade - 40) // 4)"}
  recognition: {start: 10, toward: "earned", step: 2}
  security: {start: 25, toward: "safety", step: 2}
  revolution: {start: 45, toward: "total(each.weight * each.party * (each.unrest + 20)) // 3600", step: 2}
variables:
  standing: {start: 30, max: 100, toward: "(trade + recognition + security + revolution) // 4", step: 2}
  gold: {start: 400, max: 5000}
  industry: {start: 8, max: 100}
  balance: {start: 60, min: 20, max: 80, set_by: both}
  purse: {is: "6 + standing // 15 + (1 if gold >= 100 else 0)"}
  earned: {is: "total(each.weight * (35 if each.recognition == 'de_facto' else 75 if each.recognition == 'de_jure' else 0)) // 100"}
  bloc: {is: "5 * max(0, count(each.relations < -30 and each.weight >= 7) - 2)"}
  safety: {is: "100 - total(each.threat * clamp(60 - each.relations, 0, 110)) // 470 + industry // 12 - bloc"}
  world_trade: {start: 55, max: 100, toward: "along(turn, on('1921-Q1'), 55, on('1925-Q1'), 86, on('1929-Q1'), 100, on('1933-Q1'), 35)", step: 3}
country_variables:
  relations: {start: 0, min: -100, max: 100}
  suspicion: {start: 40}
  party: {start: 10}
  unrest: {start: 30, toward: 30, step: 1}
  heat: {start: 0, toward: 0, step: 50, known_to: comintern}
  trade: {start: 5}
  recognition: {start: none, words: [none, de_facto, de_jure]}
  treaty: {start: false}
  pledge: {start: 0}
  weight: {start: 5, constant: true}
  potential: {start: 30, constant: true}
  threat: {start: 20, constant: true}
  access: {is: "20 + (20 if country.treaty else 0) + (12 if country.recognition == 'de_jure' else 6 if country.recognition == 'de_facto' else 0) + clamp(country.relations, -60, 60) // 4"}
  rest: {is: "26 + country.party // 3 + country.threat // 3 - (8 if country.pledge > 0 else 0)"}
"""

RULES = """\
  - {id: heat-noticed, stage: 1, each: country, when: "country.heat > 0", effects: {country.suspicion: "max(1, country.heat * 90 // 100)"}, because: "Work in {country} is noticed."}
  - {id: suspicion-rises, stage: 2, each: country, when: "country.suspicion < country.rest", effects: {country.suspicion: "min(2, (country.rest - country.suspicion + 5) // 6)"}, because: "Suspicion grows in {country}."}
  - {id: suspicion-fades, stage: 2, each: country, when: "country.suspicion > country.rest and country.heat <= 3", effects: {country.suspicion: "-2 if country.suspicion > country.rest + 20 else -1"}, because: "Nothing new from {country}."}
  - {id: relations-drift, stage: 3, each: country, effects: {country.relations: "pull(country.relations, country.trade // 8 - max(0, country.suspicion - 35) * 2 // 3 + (4 if country.treaty else 0), 1)"}, because: "Relations with {country} find their level."}
  - {id: party-shrinks, stage: 3, each: country, when: "country.party > 6 + country.unrest // 5", effects: {country.party: -1}, because: "Members leave in {country}."}
  - {id: party-grows, stage: 3, each: country, when: "country.party < 4 + country.unrest // 5", effects: {country.party: +1}, because: "Members join in {country}."}
  - {id: trade-follows, stage: 4, each: country, effects: {country.trade: "clamp(clamp(country.access * (24 + industry) * world_trade // 5000, 0, 95) - country.trade, -8, 3)"}, because: "Trade with {country} follows treaties."}
  - {id: pledge-runs, stage: 5, each: country, when: "country.pledge > 0", effects: {country.pledge: -1}, because: "The pledge to {country} runs."}
  - {id: unrest-spreads, stage: 5, each: country, when: "country.unrest >= 60 and world_trade < 60", effects: {country.unrest: +1}, because: "Hunger in {country}."}
  - {id: scandal, stage: 6, each: country, when: "country.heat > 2 and country.suspicion >= 55", chance: "(country.suspicion - 45) // 3", effects: {country.relations: -10, country.suspicion: +6, standing: -2}, because: "A scandal in {country}."}
  - {id: goodwill, stage: 7, each: country, when: "country.recognition == 'de_jure' and country.relations < 20 and country.suspicion < 40", effects: {country.relations: +1}, because: "Envoys do their work in {country}."}
  - {id: apparatus, stage: 8, each: country, when: "unspent('comintern') >= 2 and country.party > 0", pick: "country.weight * country.party", known_to: nobody, effects: {country.party: +1, country.heat: +2}, because: "Unasked, the apparatus spends in {country}."}
  - {id: gold-comes, stage: 5, effects: {gold: "trade * world_trade // 220 + 4 - 9"}, because: "Exports and imports."}
  - {id: industry-grows, stage: 5, when: "industry < 48", effects: {industry: +1}, because: "Works start up."}
"""


def generated() -> str:
    """A scenario of the size of the main game: 17 countries, 12 rules for each, 25 orders, 110 events."""
    lines = [HEAD, "countries:\n"]
    for number, country in enumerate(COUNTRIES):
        start = (
            f"relations: {number * 7 % 90 - 60}, suspicion: {30 + number * 11 % 50}, weight: {1 + number % 9}"
        )
        lines.append(
            f"  {country}: {{name: {country.title()}, start: {{{start}, party: {number * 5 % 40}}}}}\n"
        )
    lines += ["rules:\n", RULES, "orders:\n"]
    for number in range(25):
        track = "comintern" if number % 5 > 2 else "narkomindel"
        moved = "party: +3, target.heat: +2" if track == "comintern" else "relations: +4"
        lines.append(
            f"  - {{id: order-{number}, label: Order {number}, track: {track}, target: country, cost: {{means: {1 + number % 4}, "
            f'gold: {number % 3 * 3}}}, repeats: {1 + number % 4}, when: "target.suspicion < 97 and target.relations > {number * 3 - 100}", '
            f"effects: {{target.{moved}}}, because: 'Given to {{target}}.', results: {{good: {{chance: "
            f'"40 + target.relations // 2", effects: {{target.trade: +3, trade: +1}}, because: "It went well."}}, '
            f'poor: {{because: "It came to nothing."}}}}}}\n'
        )
    lines.append("modifiers:\n")
    for number, country in enumerate(COUNTRIES[:4]):
        lines.append(
            f'  - {{id: envoy-{number}, when: "target == {country} and standing > 20", track: narkomindel, cost: {{means: -1}}}}\n'
        )
    lines.append("events:\n")
    for number in range(110):
        country = COUNTRIES[number % len(COUNTRIES)]
        year, quarter = 1921 + number // 9, number % 4 + 1
        date = f"{year}-{quarter * 3 - 2:02d}-{number % 27 + 1:02d}"
        head = (
            f"  - {{id: event-{number}, title: Event {number}, historically: {date}, window: {year}-Q1..{min(1933, year + 1)}-Q4, "
            f'when: "{country}.suspicion < 95 and standing > 0", text: "News from {country} in {{year}}.", chance: 60, '
        )
        if number % 3:
            role = "comintern" if number % 2 else "narkomindel"
            choices = (
                f'{{id: accept, label: Accept, historical: true, effects: {{{country}.relations: +6, standing: -1}}, because: "Accepted."}}, '
                f'{{id: refuse, label: Refuse, effects: {{{country}.relations: -6, each.suspicion: {{add: +1, when: "each.weight > 6"}}}}, because: "Refused."}}'
            )
            lines.append(f"{head}asks: {role}, choices: [{choices}]}}\n")
        else:
            lines.append(
                f'{head}effects: {{{country}.unrest: +5, recognition: +1}}, because: "It was so."}}\n'
            )
    lines.append("""\
directives:
  - {id: two-friends, label: Two friends, within: 4, note: "count(each.treaty)", goal: "count(each.relations > 20) >= noted + 2", met: {effects: {standing: +5}, because: Content.}, missed: {effects: {standing: -2}, because: Not content.}}
endings:
  - {id: survived, title: Survived, rank: 9}
""")
    return "".join(lines)


def yardstick() -> int:
    """A fixed piece of work in plain Python: calls, a list, a dictionary, small whole numbers."""
    values = list(range(64))
    seen: dict[int, int] = {}
    add = int.__add__
    for number in range(ROUNDS):
        at = number & 63
        values[at] = add(values[at], number) % 1009
        seen[values[at]] = at
    return sum(values) + len(seen)


def play(program: Program, policy: str, fate: str, seed: int) -> int:
    """One game to its end, with the ledger kept; returns the number of entries."""
    run = Runner(program, Script("", program.scenario.id, seed, fate, policy)).run()
    return len(run.session.entries)


def seconds(work: Callable[[], object]) -> float:
    """How much time of the processor a piece of work takes; what else the machine does counts less."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(program: Program, repeat: int) -> list[dict[str, float | int | str]]:
    """Games of each kind, turn about with the yardstick."""
    kinds = [("historical", "historical"), ("historical", "open"), ("nothing", "open"), ("random", "open")]
    times: dict[tuple[str, str], list[float]] = {kind: [] for kind in kinds}
    entries = dict.fromkeys(kinds, 0)
    sticks: list[float] = []
    for kind in kinds:
        entries[kind] = play(program, *kind, seed=0)
    for seed in range(repeat):
        for policy, fate in kinds:
            sticks.append(seconds(yardstick))
            times[policy, fate].append(seconds(lambda p=policy, f=fate, s=seed: play(program, p, f, s)))  # type: ignore[misc]
    stick = median(sticks)
    return [
        {
            "scenario": program.scenario.id,
            "policy": policy,
            "fate": fate,
            "games_per_second": round(1 / median(times[policy, fate]), 2),
            "yardsticks_per_game": round(median(times[policy, fate]) / stick, 3),
            "entries": entries[policy, fate],
        }
        for policy, fate in kinds
    ]


def programs(names: list[str]) -> list[Program]:
    """The scenarios named, or the generated one and the main game."""
    if names:
        return _read(names)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.yaml"
        path.write_text(generated(), encoding="utf-8")
        return _read([str(path), "breathing-space"])


def _read(names: list[str]) -> list[Program]:
    found = []
    for name in names:
        scenario, problems, _ = examine(name)
        errors = [each for each in problems if each.severity == "error"]
        if scenario is None or errors:
            print(f"{name}: cannot be read, {len(errors)} errors; the first: {errors[0]}", file=sys.stderr)
        else:
            found.append(interpret(scenario))
    return found


def main() -> int:
    """Print the table; write the figures where asked."""
    parser = argparse.ArgumentParser(description="Whole games a second of the plain interpreter.")
    parser.add_argument("scenarios", nargs="*")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--repeat", type=int, default=7)
    options = parser.parse_args()
    rows = [row for program in programs(options.scenarios) for row in measure(program, options.repeat)]
    print(f"{'scenario':<18}{'policy':<12}{'fate':<12}{'games/s':>9}{'yardsticks/game':>17}{'entries':>9}")
    for row in rows:
        print(
            f"{row['scenario']:<18}{row['policy']:<12}{row['fate']:<12}{row['games_per_second']:>9}"
            f"{row['yardsticks_per_game']:>17}{row['entries']:>9}"
        )
    if options.json:
        figures = {"python": platform.python_version(), "machine": platform.machine(), "rows": rows}
        Path(options.json).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if rows else 1


if __name__ == "__main__":
    sys.exit(main())
