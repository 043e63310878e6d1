"""What do the six sounds sound like?  Reckoned from sines and filtered noise, the same on every machine; no recording.

22,050 samples a second, one channel, 16 bits, peaks at -9 dB. Recipes: filtered noise and sines, each with the time in
which it falls to a third.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from math import cos, exp, pi, sin
from random import Random
from typing import Final

RATE: Final = 22_050
PEAK: Final = round(32_767 * 10 ** (-9 / 20))
SEED: Final = 1921
MORSE: Final = {
    "A": ".-", "B": "-...", "C": "-.-.", "D": "-..", "E": ".", "F": "..-.", "G": "--.", "H": "....", "I": "..",
    "J": ".---", "K": "-.-", "L": ".-..", "M": "--", "N": "-.", "O": "---", "P": ".--.", "Q": "--.-", "R": ".-.",
    "S": "...", "T": "-", "U": "..-", "V": "...-", "W": ".--", "X": "-..-", "Y": "-.--", "Z": "--..",
}  # fmt: skip
DOT: Final = 0.06
Wave = list[float]


def count(seconds: float) -> int:
    """How many samples a time has."""
    return max(1, round(seconds * RATE))


def sine(hertz: float, seconds: float, fall: float, level: float = 1.0) -> Wave:
    """A sine that dies away."""
    step, loss = 2 * pi * hertz / RATE, exp(-1 / (fall * RATE))
    found, height = [], level
    for at in range(count(seconds)):
        found.append(height * sin(step * at))
        height *= loss
    return found


def noise(low: float, high: float, seconds: float, fall: float, seed: int, level: float = 1.0) -> Wave:
    """Noise between two pitches that dies away; without falling if `fall` is nothing."""
    chance = Random(SEED + seed)
    samples = [chance.uniform(-1.0, 1.0) for _ in range(count(seconds))]
    for _ in range(2):
        samples = list(_below(_above(samples, low), high))
    most = max(map(abs, samples)) or 1.0
    loss = exp(-1 / (fall * RATE)) if fall else 1.0
    found, height = [], level / most
    for each in samples:
        found.append(each * height)
        height *= loss
    return found


def _above(samples: Iterable[float], hertz: float) -> Iterator[float]:
    """What lies above a pitch."""
    keep = 1 / (1 + 2 * pi * hertz / RATE)
    before = out = 0.0
    for each in samples:
        out = keep * (out + each - before)
        before = each
        yield out


def _below(samples: Iterable[float], hertz: float) -> Iterator[float]:
    """What lies below a pitch."""
    share = 1 - exp(-2 * pi * min(hertz, RATE / 2) / RATE)
    out = 0.0
    for each in samples:
        out += share * (each - out)
        yield out


def mixed(*waves: Sequence[float]) -> Wave:
    """Several waves at once."""
    found = [0.0] * max(map(len, waves))
    for wave in waves:
        for at, each in enumerate(wave):
            found[at] += each
    return found


def printed(wave: Sequence[float]) -> bytes:
    """A wave as the samples of a sound, as loud as all others; its ends are soft."""
    most = max(map(abs, wave)) or 1.0
    edge = min(len(wave) // 2, 60)
    samples = array("h", (round(each / most * PEAK) for each in wave))
    for at in range(edge):
        samples[-1 - at] = samples[-1 - at] * at // edge
    return samples.tobytes()


def click() -> Wave:
    """The focus moves."""
    return noise(1200, 4200, 0.03, 0.004, 1)


def key() -> Wave:
    """A typewriter's key."""
    return mixed(noise(900, 6000, 0.09, 0.006, 2), sine(310, 0.09, 0.020, 0.5), sine(1450, 0.09, 0.008, 0.3))


def stamp() -> Wave:
    """An order is given."""
    return mixed(sine(72, 0.28, 0.070), sine(118, 0.28, 0.050, 0.7), noise(200, 1800, 0.28, 0.030, 3, 0.6))


def bell() -> Wave:
    """The carriage comes to its end: a turn is over."""
    return mixed(sine(1568, 1.4, 0.5), sine(1568 * 2.76, 1.4, 0.25, 0.4), sine(1568 * 5.4, 1.4, 0.12, 0.2))


def paper() -> Wave:
    """A dispatch is unfolded."""
    rustle = noise(2500, 8000, 0.25, 0.0, 4)
    last = len(rustle) - 1
    return [
        each * (0.5 - 0.5 * cos(2 * pi * at / last)) * (0.75 + 0.25 * sin(2 * pi * 23 * at / RATE))
        for at, each in enumerate(rustle)
    ]


def morse(letter: str) -> Wave:
    """A dispatch comes in: the first letter of its place."""
    found: Wave = []
    for sign in MORSE.get(letter.upper()[:1], "."):
        if found:
            found += [0.0] * count(DOT)
        found += _tone(620, DOT if sign == "." else 3 * DOT)
    return found


def _tone(hertz: float, seconds: float) -> Wave:
    """A tone with soft edges."""
    length, edge = count(seconds), count(0.006)
    step = 2 * pi * hertz / RATE
    return [sin(step * at) * min(1.0, at / edge, (length - at) / edge) for at in range(length)]


RECIPES: Final = {"click": click, "key": key, "stamp": stamp, "bell": bell, "paper": paper}
"""All sounds but the Morse signs, which depend on a letter."""
