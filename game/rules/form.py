"""What may stand in a field of a scenario file, and how is a field described?"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from game.rules.classes import field


class Form(StrEnum):
    """What an author writes in a field."""

    ID = "id"
    IDS = "ids"  # one id or a list of them
    NAME = "name"
    WORD = "word"  # one of `choices`
    WORDS = "words"  # a list of names
    LINE = "line"  # a short string without variants
    LINES = "lines"  # one string or a list of them
    TEXT = "text"  # a text: string, translations or variants
    NUMBER = "number"
    YES = "yes"  # true or false
    FLAG = "flag"  # an expression that is a flag
    AMOUNT = "amount"  # a number or an expression that is one
    VALUE = "value"  # an expression of the type of the variable concerned
    STEP = "step"  # 1924-Q3, or a date
    DATE = "date"  # 1922-04-16, with ? when doubtful
    WINDOW = "window"  # 1923-Q1..1924-Q2
    BLOCK = "block"  # the fields of Block, mixed into the item
    ITEM = "item"  # a mapping read into `of`
    ITEMS = "items"  # a list of items with ids
    ITEMS_BY_ID = "items by id"  # a mapping of id to item
    TARGETS = "targets"  # `country`, or a list of countries
    STARTS = "starts"  # a mapping of variable to plain value
    AMOUNTS = "amounts"  # a mapping of name to amount
    PROMISES = "promises"  # a mapping of variable to up, down or same


def spec(form: Form, says: str, default: Any = ..., **more: Any) -> Any:
    """A field that an author may write; without a default it must be written."""
    metadata = {"form": form, "says": says, **more}
    if default is ...:
        return field(metadata=metadata, kw_only=True)
    return field(default=default, metadata=metadata)
