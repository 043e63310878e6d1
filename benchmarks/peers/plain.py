"""How does a game of the reference scenario end?  A plain loop over its data, which every peer must agree with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

MULTIPLIER, MODULUS = 16807, 2147483647


def numbers(seed: int) -> Iterator[int]:
    """The MINSTD stream from which all choices come, in any language."""
    while True:
        seed = seed * MULTIPLIER % MODULUS
        yield seed


def checksum(values: Iterable[int]) -> int:
    """One number that tells of all values."""
    found = 0
    for value in values:
        found = (found * 31 + value) % 1000003
    return found


def conditions(data: dict[str, Any]) -> list[Any]:
    """The conditions of all events as functions of the values, what has happened, the year and the quarter."""
    return [eval(f"lambda v, f, year, quarter: {' and '.join(each['when'])}") for each in data["events"]]


def play(data: dict[str, Any], seed: int) -> tuple[int, int]:
    """One game: the checksum of its last values, and how many events happened."""
    dice = numbers(seed)
    v, tests = list(data["start"]), conditions(data)
    happened, free = [0] * len(tests), [0] * len(tests)
    countries, width, count = len(data["countries"]), len(data["variables"]), 0
    national = countries * width

    def add(slot: int, change: int) -> None:
        v[slot] = max(0, min(100, v[slot] + change))

    for turn in range(data["turns"]):
        for _ in range(3):
            roll = next(dice)
            need, variable, change, other, more = data["kinds"][roll % 10]
            first = roll // 16 % countries * width
            if v[first] + v[first + 3] // 2 >= need:
                add(first + variable, change)
                add(national + other, more)
        stance = next(dice) % 4
        for country in range(countries):
            drift(v, country * width, data["goals"][country])
        year, quarter = data["first_year"] + turn // 4, turn % 4 + 1
        for number, event in enumerate(data["events"]):
            if free[number] <= turn and tests[number](v, happened, year, quarter):
                options = event["options"]
                for slot, change in options[(stance >> (number & 1) & 1) % len(options)]:
                    add(slot, change)
                happened[number] = 1
                free[number] = turn + event["again"] if event["again"] else data["turns"]
                count += 1
    return checksum(v), count


def drift(v: list[int], first: int, goal: int) -> None:
    """How the values of one country move by themselves."""
    relations, trade, tension, _, trust = v[first : first + 5]
    relations += (relations < goal) - (relations > goal)
    v[first] = relations
    v[first + 1] = trade + (trade < relations) - (trade > relations)
    if relations > 50 and tension > 0:
        v[first + 2] = tension - 1
    elif relations < 25 and tension < 100:
        v[first + 2] = tension + 1
    v[first + 4] = trust + (trust < 50) - (trust > 50)
