"""How many games of the reference scenario does Mesa play a second?  Countries are agents, all else is the model's.

python agents.py DATA SECONDS
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mesa
from plain import checksum, numbers

DATA = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
VARIABLES, NATIONAL = DATA["variables"], DATA["national"]
WIDTH = len(VARIABLES)
FIRST_NATIONAL = len(DATA["countries"]) * WIDTH


def where(slot: int) -> str:
    """A value as an attribute of the model or of one of its countries."""
    if slot >= FIRST_NATIONAL:
        return f"m.{NATIONAL[slot - FIRST_NATIONAL]}"
    return f"m.c[{slot // WIDTH}].{VARIABLES[slot % WIDTH]}"


def condition(terms: list[str]) -> Any:
    """A condition as a compiled function of the model."""
    text = []
    for term in terms:
        name, sign, number = term.split()
        if name.startswith("v["):
            name = where(int(name[2:-1]))
        elif name.startswith("f["):
            name, sign, number = name[2:-1], "in" if number == "1" else "not in", "m.happened"
        else:
            name = f"m.{name}"
        text.append(f"{name} {sign} {number}")
    return eval(f"lambda m: {' and '.join(text)}")


EVENTS = [
    (number, condition(each["when"]), each["again"], each["options"])
    for number, each in enumerate(DATA["events"])
]


def add(model: World, slot: int, change: int) -> None:
    """Move a value, held within its bounds."""
    owner, name = model, ""
    if slot < FIRST_NATIONAL:
        owner, name = model.c[slot // WIDTH], VARIABLES[slot % WIDTH]
    else:
        name = NATIONAL[slot - FIRST_NATIONAL]
    setattr(owner, name, max(0, min(100, getattr(owner, name) + change)))


class Country(mesa.Agent):  # type: ignore[misc]
    """A country with its six values."""

    def __init__(self, model: World, number: int) -> None:
        super().__init__(model)
        self.goal = DATA["goals"][number]
        for name, value in zip(VARIABLES, DATA["start"][number * WIDTH :], strict=False):
            setattr(self, name, value)

    def step(self) -> None:
        """Drift."""
        goal, relations, trade, tension = self.goal, self.relations, self.trade, self.tension
        self.relations = relations = relations + (relations < goal) - (relations > goal)
        self.trade = trade + (trade < relations) - (trade > relations)
        if relations > 50:
            if tension > 0:
                self.tension = tension - 1
        elif relations < 25 and tension < 100:
            self.tension = tension + 1
        self.trust += (self.trust < 50) - (self.trust > 50)


class World(mesa.Model):  # type: ignore[misc]
    """One game."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.c = [Country(self, number) for number in range(len(DATA["countries"]))]
        for name, value in zip(NATIONAL, DATA["start"][FIRST_NATIONAL:], strict=True):
            setattr(self, name, value)
        self.happened: set[int] = set()
        self.free: dict[int, int] = {}
        self.turn, self.count = 0, 0
        self.dice = numbers(seed)

    def step(self) -> None:
        """One turn."""
        turn = self.turn
        self.year, self.quarter = DATA["first_year"] + turn // 4, turn % 4 + 1
        for _ in range(3):
            roll = next(self.dice)
            need, variable, change, other, more = DATA["kinds"][roll % 10]
            number = roll // 16 % len(self.c)
            country = self.c[number]
            if country.relations + country.influence // 2 >= need:
                add(self, number * WIDTH + variable, change)
                add(self, FIRST_NATIONAL + other, more)
        stance = next(self.dice) % 4
        self.agents.do("step")
        for number, test, again, options in EVENTS:
            if self.free.get(number, 0) <= turn and test(self):
                for slot, change in options[(stance >> (number & 1) & 1) % len(options)]:
                    add(self, slot, change)
                self.happened.add(number)
                self.free[number] = turn + again if again else DATA["turns"]
                self.count += 1
        self.turn += 1


def play(seed: int) -> World:
    """A whole game."""
    world = World(seed)
    for _ in range(DATA["turns"]):
        world.step()
    return world


def main() -> None:
    """Warm up, then play for some seconds of processor time, and print one line of JSON."""
    end = play(1)
    values = [getattr(country, name) for country in end.c for name in VARIABLES]
    values += [getattr(end, name) for name in NATIONAL]
    limit, games, count = float(sys.argv[2]), 0, 0
    start = time.process_time()
    while (took := time.process_time() - start) < limit:
        count += play(3 + games).count
        games += 1
    print(
        json.dumps(
            {
                "games": games,
                "turns": games * DATA["turns"],
                "seconds": took,
                "events": count,
                "check": checksum(values),
                "version": f"Mesa {version('mesa')}",
            }
        )
    )


main()
