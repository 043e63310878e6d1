"""What does an expression say?  Own tokenizer and parser of the small language, with limits before recursion.

The grammar is section 'Expressions' of docs/format.md.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from game.compiler.problems import lookalike
from game.compiler.syntax import (
    Apply,
    Choice,
    Literal,
    Many,
    Member,
    Name,
    Pair,
    Quoted,
    Span,
    Tree,
    Unary,
    depth,
)
from game.rules.classes import dataclass

MOST_CHARACTERS: Final = 2_000
DEEPEST: Final = 32
DEEPEST_TREE: Final = 100
"""How many levels a tree may have: brackets, signs, and each further term of a sum, which stands on those before."""
LARGEST: Final = 10**12

_TOKEN: Final = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<number>\d+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<quoted>'[^']*')"
    r"|(?P<sign><=|>=|==|!=|//|[-+*<>(),.])"
)
_RUN: Final = re.compile(r"\w+(\.\d+)?")
_SLIPS: Final = {
    "=": "compare with '=='",
    "&": "write 'and'",
    "|": "write 'or'",
    "!": "write 'not', or '!=' for unequal",
    "%": "use percent(p, x) for percentages",
    "/": "divide whole numbers with '//'",
    '"': "put words in single quotes: 'labour'",
    "[": "lists are written in round brackets",
    "{": "braces belong into texts, not into expressions",
    ":": "write 'a if condition else b'",
    ";": "one expression only",
    "^": "there are no powers",
    "~": "write 'not'",
    "$": "names are written plainly",
    "@": "a country is passed after a comma: happened('e', britain)",
    "\\": "nothing is escaped in expressions",
}
KEYWORDS: Final = frozenset({"or", "and", "not", "in", "if", "else", "true", "false"})


class ExpressionError(ValueError):
    """Not an expression: what is wrong, and at which character (from 0) for how many."""

    def __init__(self, message: str, start: int, length: int = 1, code: str = "E201") -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.length = max(1, length)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number | name | quoted | sign | end
    text: str
    start: int


@lru_cache(maxsize=1024)
def parse(text: str) -> Tree:
    """The tree of an expression. Raises ExpressionError."""
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(
            f"an expression may have {MOST_CHARACTERS} characters, this one has {len(text)}", 0, 1, "E202"
        )
    tokens = _tokens(text)
    tree = _Parser(tokens).whole()
    if len(tokens) > DEEPEST_TREE and (found := depth(tree)) > DEEPEST_TREE:
        message = (
            f"the expression is {found} levels deep; {DEEPEST_TREE} are read: "
            "each bracket and each term after the first is one; give a part a name of its own (`is`)"
        )
        raise ExpressionError(message, 0, len(text), "E202")
    return tree


def _tokens(text: str) -> list[_Token]:
    tokens, at, depth = [], 0, 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or (not found[0].isascii() and found.lastgroup != "quoted"):
            raise _unknown(text, at)
        kind, word = str(found.lastgroup), found[0]
        if kind == "number":
            _number(text, at, word)
        if kind != "space":
            tokens.append(_Token(kind, word, at))
            depth += {"(": 1, ")": -1}.get(word, 0)
            if depth > DEEPEST:
                raise ExpressionError(f"brackets may be {DEEPEST} deep", at, 1, "E202")
        at += len(word)
    tokens.append(_Token("end", "", len(text)))
    return tokens


def _number(text: str, at: int, word: str) -> None:
    """Refuse what only begins like a whole number."""
    run = _RUN.match(text, at)
    whole = run[0] if run is not None else word
    if whole != word:
        fraction = whole.startswith(f"{word}.")
        cure = (
            "there are no fractions" if fraction else f"it is neither a number nor a name{lookalike(whole)}"
        )
        raise ExpressionError(f"'{whole[:40]}': {cure}", at, len(whole))
    if int(word) > LARGEST:
        raise ExpressionError("numbers go up to 1000000000000 (10^12)", at, len(word), "E202")


def _unknown(text: str, at: int) -> ExpressionError:
    char = text[at]
    if char == "'":
        return ExpressionError("this quote is never closed", at, len(text) - at)
    if char in _SLIPS:
        return ExpressionError(f"'{char}' means nothing here: {_SLIPS[char]}", at)
    name = unicodedata.name(char, "unnamed").lower()
    return ExpressionError(f"the character U+{ord(char):04X} ({name}) cannot stand in an expression", at)


class _Parser:
    """Recursive descent; the depth counter refuses what would recurse too far."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def next(self) -> _Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def takes(self, *texts: str) -> bool:
        """Whether the next token is a sign or keyword among these; then it is taken."""
        if self.token.kind in ("sign", "name") and self.token.text in texts:
            self.at += 1
            return True
        return False

    def whole(self) -> Tree:
        if self.token.kind == "end":
            raise ExpressionError("an expression is missing", 0)
        tree = self.expression()
        if self.token.kind != "end":
            raise self.wrong("the expression should end here")
        return tree

    def wrong(self, message: str) -> ExpressionError:
        token = self.token
        if token.kind == "end":
            return ExpressionError(f"{message}, but the text ends", max(0, token.start - 1))
        cure = ""
        if token.text == "*" and self.at and self.tokens[self.at - 1].text == "*":
            cure = "; there are no powers"
        if token.text == "is":
            cure = "; compare with '=='"
        if token.text == "(" and "end here" in message:
            cure = "; values have no functions of their own"
        if token.kind in ("name", "number", "quoted") and not cure and "end here" in message:
            cure = "; is 'and', 'or' or a comparison missing?"
        if token.text == "." and "end here" in message:
            cure = "; a name has one dot at most: country.variable"
        return ExpressionError(f"{message}, not at '{token.text}'{cure}", token.start, len(token.text))

    def span(self, start: int) -> Span:
        last = self.tokens[self.at - 1]
        return Span(start, last.start + len(last.text) - start)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST * 2:
            raise ExpressionError(
                f"the expression is nested more than {DEEPEST} deep", self.token.start, 1, "E202"
            )

    def expression(self) -> Tree:
        self.deeper()
        start = self.token.start
        tree = self.either()
        if self.takes("if"):
            condition = self.either()
            if not self.takes("else"):
                raise self.wrong("'else' is expected")
            tree = Choice(condition, tree, self.expression(), self.span(start))
        self.depth -= 1
        return tree

    def either(self) -> Tree:
        return self.many("or", self.both)

    def both(self) -> Tree:
        return self.many("and", self.negated)

    def many(self, word: str, below) -> Tree:  # type: ignore[no-untyped-def]
        start = self.token.start
        parts = [below()]
        while self.takes(word):
            parts.append(below())
        return parts[0] if len(parts) == 1 else Many(word, tuple(parts), self.span(start))

    def negated(self) -> Tree:
        start = self.token.start
        if self.takes("not"):
            self.deeper()
            of = self.negated()
            self.depth -= 1
            return Unary("not", of, self.span(start))
        return self.comparison()

    def comparison(self) -> Tree:
        start = self.token.start
        tree = self.sum()
        while True:
            token = self.token
            if self.takes("<", "<=", ">", ">=", "==", "!="):
                tree = Pair(token.text, tree, self.sum(), self.span(start))
            elif self.takes("in"):
                tree = Member(tree, self.options(), False, self.span(start))
            elif token.text == "not" and self.tokens[self.at + 1].text == "in":
                self.at += 2
                tree = Member(tree, self.options(), True, self.span(start))
            else:
                return tree

    def options(self) -> tuple[Tree, ...]:
        if not self.takes("("):
            raise self.wrong("a list in round brackets is expected")
        return self.arguments()

    def arguments(self) -> tuple[Tree, ...]:
        found = [self.expression()]
        while self.takes(","):
            found.append(self.expression())
        if not self.takes(")"):
            raise self.wrong("',' or ')' is expected")
        return tuple(found)

    def sum(self) -> Tree:
        return self.pairs(("+", "-"), self.product)

    def product(self) -> Tree:
        return self.pairs(("*", "//"), self.signed)

    def pairs(self, signs: tuple[str, ...], below) -> Tree:  # type: ignore[no-untyped-def]
        start = self.token.start
        tree: Tree = below()
        while self.token.kind == "sign" and self.token.text in signs:
            sign = self.next().text
            tree = Pair(sign, tree, below(), self.span(start))
        return tree

    def signed(self) -> Tree:
        start = self.token.start
        if self.token.kind == "sign" and self.token.text in ("+", "-"):
            sign = self.next().text
            self.deeper()
            of = self.signed()
            self.depth -= 1
            return Unary(sign, of, self.span(start))
        return self.primary()

    def primary(self) -> Tree:
        token = self.token
        if token.kind == "number":
            self.next()
            return Literal(int(token.text), False, self.span(token.start))
        if token.kind == "quoted":
            self.next()
            return Quoted(token.text[1:-1], self.span(token.start))
        if token.kind == "name" and token.text in ("true", "false"):
            self.next()
            return Literal(int(token.text == "true"), True, self.span(token.start))
        if token.kind == "name" and token.text not in KEYWORDS:
            return self.named()
        if self.takes("("):
            tree = self.expression()
            if not self.takes(")"):
                raise self.wrong("')' is expected")
            return tree
        raise self.wrong("a number, name or bracket is expected")

    def named(self) -> Tree:
        token = self.next()
        if self.takes("."):
            if self.token.kind != "name" or self.token.text in KEYWORDS:
                raise self.wrong("a variable's name is expected after the dot")
            return Name(self.next().text, token.text, self.span(token.start))
        if self.token.kind == "sign" and self.takes("("):
            if self.takes(")"):
                return Apply(token.text, (), self.span(token.start))
            return Apply(token.text, self.arguments(), self.span(token.start))
        return Name(token.text, "", self.span(token.start))
