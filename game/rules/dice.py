"""How does chance come up?  A draw is a hash of seed, turn and key, never of what was drawn before."""

from __future__ import annotations

from typing import Final

from game.rules.digest import blake2b

VERSION: Final = 1
"""Kept in saves: another hash would be another game."""
MASK: Final = (1 << 64) - 1
GOLDEN: Final = 0x9E3779B97F4A7C15
FIRST: Final = 0xBF58476D1CE4E5B9
SECOND: Final = 0x94D049BB133111EB


def key_number(key: str) -> int:
    """The 64 bits that stand for a key such as `event:rapallo` (BLAKE2b, fixed for ever)."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def mix(z: int) -> int:
    """The finalizer of SplitMix64 (Steele, Lea and Flood 2014; variant 13 of Stafford)."""
    z = (z ^ (z >> 30)) * FIRST & MASK
    z = (z ^ (z >> 27)) * SECOND & MASK
    return z ^ (z >> 31)


def draw(seed: int, turn: int, key: int, sides: int) -> int:
    """A whole number from 0 to sides - 1; `key` comes from `key_number`; sides up to 2**31."""
    base = mix(seed + GOLDEN & MASK)
    return (mix(base ^ (key + turn * GOLDEN & MASK)) >> 32) * sides >> 32
