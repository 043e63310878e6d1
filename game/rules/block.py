"""How does a scenario change anything?  Blocks: effects, results of which one is drawn, what follows, why.

These dataclasses and those of `game.rules.scenario` are the one source of the reader, the JSON Schema and the
reference page: each field that an author may write carries a `Form` (what stands in the file) and a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.rules.classes import dataclass, field
from game.rules.form import Form, spec
from game.rules.ledger import Mark
from game.rules.logic import Expr


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value within a text: a number, a word's label, a flag, or a country's name in some case."""

    value: Expr
    form: str  # number | word | flag | country | plural
    variable: str = ""  # whose labels a word takes
    case: str = ""
    plural: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a text, by language, and when it is the one."""

    when: Expr | None
    wording: Mapping[str, tuple[str | Placeholder, ...]]


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text with *emphasis*, `{values}` and [[glossary]] links; the first variant that holds counts."""

    variants: tuple[Variant, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Effect:
    """One write: `country` is None for the nation, an id, BOUND, or EACH for every existing country."""

    name: str
    country: str | None
    sets: bool
    amount: Expr
    when: Expr | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`then`: an event called for a later turn (or day)."""

    event: str = spec(Form.ID, "The event that is called.", to="event")
    after: int = spec(Form.NUMBER, "Turns from now; 0 for a later day of this turn.", 1, low=0, high=10000)
    chance: Expr | None = spec(Form.AMOUNT, "Percent; 100 if left out.", None)
    country: str | None = spec(
        Form.NAME, "The country it is called for; the bound one if left out.", None, to="country"
    )
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Block:
    """What changes, once: it reads once and writes once."""

    effects: tuple[Effect, ...] = spec(Form.VALUE, "What changes: variable to amount.", ())
    then: tuple[FollowUp, ...] = spec(Form.ITEMS, "Events that follow.", (), of="FollowUp", single=True)
    cancel: tuple[str, ...] = spec(
        Form.IDS, "Pending events and running orders that are dropped.", (), to="event order"
    )
    reveals: tuple[str, ...] = spec(
        Form.IDS, "Items whose causes every role may see from now on.", (), to="item"
    )
    results: tuple[Result, ...] = spec(
        Form.ITEMS_BY_ID, "Several ends, one of which is drawn.", (), of="Result"
    )
    because: Text | None = spec(Form.TEXT, "One sentence for the ledger.", None)


@dataclass(frozen=True, slots=True)
class Result:
    """One end of several; exactly one of them has no chance and takes the rest."""

    id: str
    label: Text | None = spec(Form.TEXT, "A short name.", None)
    text: Text | None = spec(Form.TEXT, "What is told when it comes.", None)
    historical: bool = spec(Form.YES, "What really happened.", False)
    promises: tuple[tuple[str, str], ...] = spec(Form.PROMISES, "What the text leads one to expect.", ())
    chance: Expr | None = spec(Form.AMOUNT, "Percent; the one result without it takes the rest.", None)
    block: Block = spec(Form.BLOCK, "What it changes.", Block())
    mark: Mark = field(kw_only=True)
