"""What can a condition or an amount say?  The checked tree that every back end reads.

All values are whole numbers: a flag is 0 or 1, a word its place in its list, a country its place by id.
Names are still names here; `game.rules.lowering` turns them into slots.
"""

from __future__ import annotations

from typing import Final
from typing import Literal as Only

from game.rules.classes import dataclass

BOUND: Final = "country"
"""The country an item is bound to (`country.x`, `target.x`)."""
EACH: Final = "each"
"""The country of the innermost loop (`each.x`)."""

Operator = Only["+", "-", "*", "//", "<", "<=", ">", ">=", "==", "!="]
Function = Only["min", "max", "abs", "clamp", "percent", "pull", "along"]
Loop = Only["total", "average", "count", "any", "all"]
Question = Only["happened", "turns_since", "times", "due", "running", "chose", "lead"]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, flag, word or country written out."""

    value: int


@dataclass(frozen=True, slots=True)
class National:
    """A variable of the nation, or `year month quarter turn noted`."""

    name: str


@dataclass(frozen=True, slots=True)
class Of:
    """A variable of one country: a country's id, BOUND or EACH."""

    country: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Which country this is: its place among all countries by id (for `==`, `!=`, `in`)."""

    country: str


@dataclass(frozen=True, slots=True)
class Before:
    """The value of `of` at the opening of this turn."""

    of: National | Of


@dataclass(frozen=True, slots=True)
class Negate:
    """Minus a number."""

    of: Expr


@dataclass(frozen=True, slots=True)
class Not:
    """The other flag."""

    of: Expr


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic (`//` rounds down) or a comparison."""

    operator: Operator
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class And:
    """All of them hold."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of them holds."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`then if condition else otherwise`."""

    condition: Expr
    then: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class Among:
    """`value in (a, b, c)`."""

    value: Expr
    options: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One of the arithmetic functions; `along` takes x and then the points x1, y1, x2, y2 …"""

    function: Function
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A loop over the existing countries for which `where` holds (all, if it is None)."""

    loop: Loop
    amount: Expr
    where: Expr | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A question to the memory; `country` is an id, BOUND, EACH or None where the item has no country."""

    question: Question
    id: str
    choice: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Purse:
    """A track's means of this turn, or what its orders left of them."""

    track: str
    unspent: bool = False


Expr = (
    Number
    | National
    | Of
    | Place
    | Before
    | Negate
    | Not
    | Binary
    | And
    | Or
    | If
    | Among
    | Call
    | Total
    | Past
    | Purse
)


def parts_of(expr: Expr) -> tuple[Expr, ...]:
    """The expressions that an expression is made of."""
    match expr:
        case Number() | National() | Of() | Place() | Past() | Purse():
            return ()
        case Before(of) | Negate(of) | Not(of):
            return (of,)
        case Binary(_, left, right):
            return (left, right)
        case And(parts) | Or(parts) | Call(_, parts):
            return parts
        case If(condition, then, otherwise):
            return (condition, then, otherwise)
        case Among(value, options):
            return (value, *options)
        case Total(_, amount, where):
            return (amount,) if where is None else (amount, where)


TRUE: Final = Number(1)
FALSE: Final = Number(0)
CLOCK: Final = ("year", "month", "quarter", "turn", "noted")
