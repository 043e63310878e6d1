"""What does an expression say?  Own tokenizer and parser of the small language, with limits before recursion.

The grammar is section 'Expressions' of docs/format.md. The tree below knows nothing of names or types.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MOST_CHARACTERS: Final = 2_000
DEEPEST: Final = 32
LARGEST: Final = 10**12

_TOKEN: Final = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<number>\d+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<quoted>'[^']*')"
    r"|(?P<sign><=|>=|==|!=|//|[-+*<>(),.])"
)
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
class Span:
    """Where in the text: first character from 0, and how many."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, or `true` and `false`."""

    value: int
    flag: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A word, id or step in single quotes."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A bare name, or owner and name with a dot between."""

    name: str
    owner: str
    span: Span


@dataclass(frozen=True, slots=True)
class Apply:
    """A function with its arguments."""

    function: str
    arguments: tuple[Tree, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `+x`, `not x`."""

    operator: str
    of: Tree
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides of `+ - * // < <= > >= == !=`."""

    operator: str
    left: Tree
    right: Tree
    span: Span


@dataclass(frozen=True, slots=True)
class Many:
    """`and` or `or` between two or more parts."""

    operator: str
    parts: tuple[Tree, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if condition else otherwise`."""

    condition: Tree
    then: Tree
    otherwise: Tree
    span: Span


@dataclass(frozen=True, slots=True)
class Member:
    """`value in (a, b)`; `negated` for `not in`."""

    value: Tree
    options: tuple[Tree, ...]
    negated: bool
    span: Span


Tree = Literal | Quoted | Name | Apply | Unary | Pair | Many | Choice | Member


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number | name | quoted | sign | end
    text: str
    start: int


def parse(text: str) -> Tree:
    """The tree of an expression. Raises ExpressionError."""
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(
            f"an expression may have {MOST_CHARACTERS} characters, this one has {len(text)}", 0, 1, "E202"
        )
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    tokens, at, depth = [], 0, 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or (not found[0].isascii() and found.lastgroup != "quoted"):
            raise _unknown(text, at)
        kind, word = str(found.lastgroup), found[0]
        if kind == "number" and int(word[:14]) > LARGEST:
            raise ExpressionError("numbers go up to 1000000000000 (10^12)", at, len(word), "E202")
        if kind == "number" and text[at + len(word) : at + len(word) + 1].isalpha():
            raise ExpressionError(
                f"'{text[at : at + len(word) + 1]}' is neither a number nor a name", at, len(word)
            )
        if kind != "space":
            tokens.append(_Token(kind, word, at))
            depth += {"(": 1, ")": -1}.get(word, 0)
            if depth > DEEPEST:
                raise ExpressionError(f"brackets may be {DEEPEST} deep", at, 1, "E202")
        at += len(word)
    tokens.append(_Token("end", "", len(text)))
    return tokens


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
        count = 0
        while self.token.kind == "sign" and self.token.text in signs:
            sign = self.next().text
            count += 1
            if count > DEEPEST * 8:
                raise ExpressionError("too many terms in one sum", self.token.start, 1, "E202")
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
