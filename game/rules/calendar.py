"""Which turn is a date in, and on which day of it?

A step counts whole turns since year 0 (quarters: `1921-Q1` is 4 * 1921), so that windows and memories survive
a lesson that starts later. Turn 1 of a game is the step of `calendar.from`.
"""

from __future__ import annotations

import re
from typing import Final

from game.rules.classes import dataclass

PER_YEAR: Final = {"month": 12, "quarter": 4, "half": 2, "year": 1}
_STEPS: Final = {
    "month": r"(\d{4})-(\d{2})",
    "quarter": r"(\d{4})-Q([1-4])",
    "half": r"(\d{4})-H([12])",
    "year": r"(\d{4})()",
}
_DATE: Final = r"(\d{4})-(\d{2})-(\d{2})\??"
NO_DAY: Final = 46
"""The day of an event that has none: the middle of a quarter."""


_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in(year: int, month: int) -> int:
    """How many days a month has, by the calendar of Pope Gregory."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + leap


@dataclass(frozen=True, slots=True)
class Day:
    """A step of the calendar and a day within it, from 1."""

    step: int
    day: int


def parse_step(text: str, length: str) -> int:
    """The step written as `1924-Q3`, `1924-07`, `1924-H2`, `1924`, or the one that holds a date.

    Raises ValueError.
    """
    if (found := re.fullmatch(_STEPS[length], text)) is not None:
        part = int(found[2] or 1)
        if not 1 <= part <= PER_YEAR[length]:
            raise ValueError(text)
        return int(found[1]) * PER_YEAR[length] + part - 1
    return parse_date(text, length).step


def parse_date(text: str, length: str) -> Day:
    """Step and day of `1922-04-16` (a `?` behind it is allowed). Raises ValueError."""
    found = re.fullmatch(_DATE, text)
    if found is None:
        raise ValueError(text)
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= days_in(year, month):
        raise ValueError(text)
    months = 12 // PER_YEAR[length]
    part, into = divmod(month - 1, months)
    first = part * months + 1
    days = sum(days_in(year, first + each) for each in range(into)) + day
    return Day(year * PER_YEAR[length] + part, days)


def parse_window(text: str, length: str) -> tuple[int, int]:
    """First and last step of `1923-Q1..1924-Q2`, or of a single step. Raises ValueError."""
    first, dots, last = text.partition("..")
    window = parse_step(first, length), parse_step(last if dots else first, length)
    if window[0] > window[1]:
        raise ValueError(text)
    return window


def name_step(step: int, length: str) -> str:
    """A step as it is written: `1924-Q3`."""
    year, part = divmod(step, PER_YEAR[length])
    match length:
        case "month":
            return f"{year:04d}-{part + 1:02d}"
        case "quarter":
            return f"{year:04d}-Q{part + 1}"
        case "half":
            return f"{year:04d}-H{part + 1}"
        case _:
            return f"{year:04d}"
