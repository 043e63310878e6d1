"""What may be looked up beside the game?  Claims, words explained, works cited; none of it changes play."""

from __future__ import annotations

from game.rules.block import Text
from game.rules.classes import dataclass, field
from game.rules.form import Form, spec
from game.rules.ledger import Mark


@dataclass(frozen=True, slots=True)
class Claim:
    """A historical claim that items may point to."""

    id: str
    text: Text = spec(Form.TEXT, "The claim.")
    sources: tuple[str, ...] = spec(Form.LINES, "Keys of the sources.", ())
    confidence: str = spec(Form.WORD, "How sure it is.", "", choices=("", "high", "medium", "low"))
    dispute: Text | None = spec(Form.TEXT, "Who disagrees.", None)
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary."""

    id: str
    label: Text = spec(Form.TEXT, "The word.")
    text: Text = spec(Form.TEXT, "What it means.")
    sources: tuple[str, ...] = spec(Form.LINES, "Keys of the sources.", ())
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Citation:
    """A work that items name by its key."""

    id: str
    label: Text = spec(Form.TEXT, "Its short name.")
    text: Text = spec(Form.TEXT, "The full citation.")
    worth: Text | None = spec(Form.TEXT, "How far it may be relied on.", None)
    mark: Mark = field(kw_only=True)
