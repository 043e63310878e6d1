"""What does a text say, in which language, and what stands in its braces?"""

from __future__ import annotations

import re
from typing import Final

from game.compiler import expression as syntax
from game.compiler.problems import error
from game.compiler.resolve import Resolver, Scope, Typed
from game.compiler.source import Mapping, Node, Scalar, Sequence
from game.rules.block import Placeholder, Text, Variant
from game.rules.logic import Place

LONGEST: Final = 20_000
LANGUAGE: Final = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_BRACES: Final = re.compile(r"\{([^{}\n]{0,80})\}|[{}]")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")


def read_text(node: Node, resolver: Resolver, scope: Scope) -> Text | None:
    """A string, `{en: …, ru: …}`, or a list of variants with `when` and `text`. None after a problem."""
    if isinstance(node, Sequence):
        return _variants(node, resolver, scope)
    wording = _wording(node, resolver, scope)
    return None if wording is None else Text((Variant(None, wording),), node.mark)


def _variants(node: Sequence, resolver: Resolver, scope: Scope) -> Text | None:
    variants = []
    for item in node.items:
        if not isinstance(item, Mapping) or item.get("text") is None:
            resolver.problems.append(
                error("T401", item.mark, "a variant is a mapping with 'text' and 'when'")
            )
            continue
        for key in list(item.keys()):
            if key not in ("text", "when"):
                resolver.problems.append(error("N302", item.mark, f"a variant has no '{key}'"))
        when = item.get("when")
        condition = resolver.read(when, scope) if isinstance(when, Scalar) else None
        if condition is not None and condition.kind != "flag":
            resolver.problems.append(error("T401", item.mark, "'when' must be a condition (true or false)"))
        wording = _wording(item.get("text"), resolver, scope)
        if wording is not None:
            variants.append(Variant(condition.expr if condition else None, wording))
    if not variants:
        resolver.problems.append(error("N305", node.mark, "a text with variants needs at least one"))
        return None
    if variants[-1].when is not None:
        message = "the last variant must have no 'when', so that there is always a text"
        resolver.problems.append(error("L502", node.mark, message))
    return Text(tuple(variants), node.mark)


def _wording(
    node: Node | None, resolver: Resolver, scope: Scope
) -> dict[str, tuple[str | Placeholder, ...]] | None:
    if isinstance(node, Scalar):
        return {resolver.names.language: parts(node, resolver, scope)}
    if isinstance(node, Mapping) and node.entries:
        found = {}
        for key, value in node.entries:
            if not LANGUAGE.fullmatch(key.text):
                message = f"'{key.text}' is no language; a translated text is {{en: …, ru: …}}"
                resolver.problems.append(error("N302", key.mark, message))
            elif isinstance(value, Scalar):
                found[key.text] = parts(value, resolver, scope)
            else:
                resolver.problems.append(error("T401", value.mark, "a text is expected"))
        return found or None
    mark = node.mark if node is not None else None
    if mark is not None:
        resolver.problems.append(error("T401", mark, "a text is expected, not a list or nothing"))
    return None


def parts(node: Scalar, resolver: Resolver, scope: Scope) -> tuple[str | Placeholder, ...]:
    """A text cut at its placeholders."""
    text = node.text
    if len(text) > LONGEST:
        message = f"a text may have {LONGEST} characters, this one has {len(text)}"
        resolver.problems.append(error("S104", node.mark, message))
        return ()
    found: list[str | Placeholder] = []
    at = 0
    for brace in _BRACES.finditer(text):
        found.append(text[at : brace.start()])
        at = brace.end()
        placeholder = _placeholder(node, brace, resolver, scope)
        if placeholder is not None:
            found.append(placeholder)
    found.append(text[at:])
    return tuple(each for each in found if each != "")


def _placeholder(node: Scalar, brace: re.Match[str], resolver: Resolver, scope: Scope) -> Placeholder | None:
    inner = brace[1]
    if inner is None:
        resolver.problems.append(error("E201", node.mark, "a single brace: write {name} or no brace"))
        return None
    name, *forms = (each.strip() for each in inner.split("|"))
    name, _, case = name.partition(":")
    if not _NAME.fullmatch(name):
        resolver.problems.append(error("E201", node.mark, f"'{{{inner}}}' holds no name"))
        return None
    offset = brace.start() + 1
    at = Scalar(name, node.quoted, node.mark, False)
    if node.exact:
        mark = type(node.mark)(node.mark.file, node.mark.line, node.mark.column + offset)
        at = Scalar(name, node.quoted, mark, True)
    typed: Typed | None = resolver.read(at, scope)
    if typed is None:
        return None
    variable = name if "." in name else typed.variable
    if isinstance(typed.expr, Place):
        return Placeholder(typed.expr, "country", "", case)
    if forms:
        if typed.kind != "number":
            resolver.problems.append(error("T401", node.mark, f"'{{{inner}}}': only numbers are counted"))
        return Placeholder(typed.expr, "plural", variable, "", tuple(forms))
    return Placeholder(typed.expr, typed.kind, variable)


__all__ = ["parts", "read_text", "syntax"]
