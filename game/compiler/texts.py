"""What does a text say, in which language, and what stands in its braces?"""

from __future__ import annotations

import re
from typing import Final

from game.compiler.blocks import read_condition
from game.compiler.problems import Near, error, quoted, warning
from game.compiler.resolve import Resolver, Scope
from game.compiler.source import Mapping, Node, Scalar, Sequence
from game.compiler.translation import LANGUAGE
from game.compiler.typed import place
from game.rules.block import Placeholder, Text, Variant
from game.rules.classes import dataclass
from game.rules.logic import Place

LONGEST: Final = 20_000
PLURALS: Final = {"ru": 3}
"""How many forms a counted noun has in a language; two where nothing is said."""
_BRACES: Final = re.compile(r"\{([^{}\n]{0,80})\}|[{}]")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
_LINK: Final = re.compile(r"\[\[([^\[\]|\n]*)")

Wording = tuple[str | Placeholder, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """How one text is read: the resolver, what may be said in it, and its language."""

    resolver: Resolver
    scope: Scope
    language: str = ""

    def wrong(self, code: str, node: Node, message: str, start: int | None = None, **more: object) -> None:
        """Note a problem, at a character of a scalar where one is given."""
        mark = node.mark if start is None or not isinstance(node, Scalar) else place(node, start)
        self.resolver.problems.append(error(code, mark, message, **more))


def read_text(node: Node, resolver: Resolver, scope: Scope) -> Text | None:
    """A string, `{en: …, ru: …}`, or a list of variants with `when` and `text`. None after a problem."""
    telling = Telling(resolver, scope)
    variants: tuple[Variant, ...] = ()
    if isinstance(node, Sequence):
        variants = _variants(node, telling)
    elif wording := _wording(node, telling):
        variants = (Variant(None, wording),)
    if not variants:
        return None
    text = Text(variants, node.mark)
    resolver.texts.append(text)
    return text


def _variants(node: Sequence, telling: Telling) -> tuple[Variant, ...]:
    sound = True
    variants: list[Variant] = []
    for item in node.items:
        if not isinstance(item, Mapping) or item.get("text") is None:
            telling.wrong("T401", item, "a variant is a mapping with 'text' and 'when'")
            sound = False
            continue
        for key, _ in item.entries:
            if key.text not in ("text", "when"):
                near = Near(key.text, ("text", "when"))
                telling.wrong("N302", key, f"a variant has no {quoted(key.text)}", near=near)
        when = item.get("when")
        condition = None if when is None else read_condition(when, telling.resolver, telling.scope)
        if variants and variants[-1].when is None and (when is None or condition is not None):
            message = "this variant is never reached: the one before it has no 'when'"
            telling.resolver.problems.append(warning("W609", item.mark, message))
        wording = _wording(item.get("text"), telling)
        if wording and (when is None or condition is not None):
            variants.append(Variant(condition, wording))
        else:
            sound = False
    if not node.items:
        telling.wrong("N305", node, "a text with variants needs at least one")
    elif sound and variants[-1].when is not None:
        telling.wrong("L502", node, "the last variant must have no 'when', so that there is always a text")
    return tuple(variants)


def _wording(node: Node | None, telling: Telling) -> dict[str, Wording]:
    if isinstance(node, Scalar):
        own = telling.resolver.names.language
        return {own: parts(node, Telling(telling.resolver, telling.scope, own))}
    found: dict[str, Wording] = {}
    if isinstance(node, Mapping) and node.entries:
        for key, value in node.entries:
            if not LANGUAGE.fullmatch(key.text):
                message = f"{quoted(key.text)} is no language; a translated text is {{en: …, ru: …}}"
                telling.wrong("N302", key, message)
            elif isinstance(value, Scalar):
                found[key.text] = parts(value, Telling(telling.resolver, telling.scope, key.text))
            else:
                telling.wrong("T401", value, "a text is expected")
    elif node is not None:
        telling.wrong("T401", node, "a text is expected, not a list or nothing")
    return found


def parts(node: Scalar, telling: Telling) -> Wording:
    """A text cut at its placeholders."""
    text = node.text
    if len(text) > LONGEST:
        telling.wrong("S104", node, f"a text may have {LONGEST} characters, this one has {len(text)}")
        return ()
    for link in _LINK.finditer(text):
        if link[1] not in telling.resolver.names.terms:
            code, more, other = telling.resolver.names.gone(link[1])
            message, near = (
                f"the glossary has no {quoted(link[1])}{more}",
                Near(link[1], telling.resolver.names.terms),
            )
            telling.wrong(code, node, message, link.start(1), near=near, other=other, length=len(link[1]))
    found: list[str | Placeholder] = []
    at = 0
    for brace in _BRACES.finditer(text):
        found.append(text[at : brace.start()])
        at = brace.end()
        placeholder = _placeholder(node, brace, telling)
        if placeholder is not None:
            found.append(placeholder)
    found.append(text[at:])
    return tuple(each for each in found if each != "")


def _placeholder(node: Scalar, brace: re.Match[str], telling: Telling) -> Placeholder | None:
    inner, start = brace[1], brace.start()
    if inner is None:
        telling.wrong("E201", node, "a single brace: write {name} or no brace", start)
        return None
    name, *forms = (each.strip() for each in inner.split("|"))
    name, _, case = name.partition(":")
    if not _NAME.fullmatch(name):
        telling.wrong("E201", node, f"'{{{inner}}}' holds no name", start, length=len(inner) + 2)
        return None
    mark = place(node, start + 1)
    typed = telling.resolver.read(Scalar(name, False, mark, node.exact), telling.scope)
    if typed is None:
        return None
    variable = name if "." in name else typed.variable
    if isinstance(typed.expr, Place):
        _case(node, case, telling, start)
        return Placeholder(typed.expr, "country", "", case)
    if case:
        telling.wrong("T401", node, f"'{{{inner}}}': only names of countries have cases", start)
    if forms:
        _plural(node, typed.kind, forms, inner, telling, start)
        return Placeholder(typed.expr, "plural", variable, "", tuple(forms))
    return Placeholder(typed.expr, typed.kind, variable)


def _case(node: Scalar, case: str, telling: Telling, start: int) -> None:
    known = sorted({each for forms in telling.resolver.names.cases.values() for each in forms})
    if case and case not in known:
        message = f"no country's name has a case '{case}' in any language"
        telling.wrong("N301", node, message, start, near=Near(case, known))


def _plural(node: Scalar, kind: str, forms: list[str], inner: str, telling: Telling, start: int) -> None:
    language = telling.language
    wanted = PLURALS.get(language.partition("-")[0], 2)
    if kind != "number":
        telling.wrong("T401", node, f"'{{{inner}}}': only numbers are counted", start)
    elif not all(forms):
        telling.wrong("T401", node, f"'{{{inner}}}': a form of the plural is empty", start)
    elif len(forms) != wanted:
        message = f"'{{{inner}}}': '{language}' has {wanted} forms of a counted noun, not {len(forms)}"
        telling.wrong("T401", node, message, start)


__all__ = ["parts", "read_text"]
