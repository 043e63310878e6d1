"""How are effects, calls and results read?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from game.compiler.expression import LARGEST, ExpressionError, parse
from game.compiler.memory import NONE, Ids, asserted
from game.compiler.names import Declared
from game.compiler.never import impossible
from game.compiler.problems import Near, error, quoted, warning
from game.compiler.resolve import Resolver, Scope
from game.compiler.source import Mapping, Node, Scalar, Sequence, is_nothing, whole_number, yes_or_no
from game.compiler.typed import place
from game.rules.block import Effect
from game.rules.classes import replace
from game.rules.ledger import Mark
from game.rules.logic import BOUND, EACH, Expr, Number
from game.rules.orders import MEANS

MOST_RESULTS: Final = 12


def read_effects(node: Node, resolver: Resolver, scope: Scope) -> tuple[Effect, ...]:
    """A mapping of variable to amount, `{set: …}`, `{add: …, when: …}`."""
    if not isinstance(node, Mapping):
        resolver.problems.append(error("T401", node.mark, "effects are written as 'variable: amount'"))
        return ()
    found = []
    for key, value in node.entries:
        aim = _aim(key, resolver, scope)
        if aim is not None:
            name, country, declared = aim
            inner = replace(scope, each=country == EACH)
            effect = _effect(key.mark, name, country, declared, value, resolver, inner)
            if effect is not None:
                found.append(effect)
    return tuple(sorted(found, key=lambda each: (each.country or "", each.name, each.sets)))


def _aim(key: Scalar, resolver: Resolver, scope: Scope) -> tuple[str, str | None, Declared] | None:
    names, owner, dot, name = resolver.names, *key.text.rpartition(".")
    if not dot:
        if key.text in names.national:
            return _writable(key, key.text, None, names.national[key.text], resolver)
        if key.text in names.country:
            country_ = next(iter(names.countries), "britain")
            message = f"'{key.text}' belongs to countries: write {country_}.{key.text} or country.{key.text}"
            resolver.problems.append(error("N301", key.mark, message, length=len(key.text)))
        else:
            _unknown(key, "there is no variable", key.text, names.national, resolver)
        return None
    if owner in ("country", "target"):
        if scope.word != owner:
            where = "orders with a target" if owner == "target" else "items with 'each' or 'pick'"
            resolver.problems.append(error("T403", key.mark, f"'{owner}' stands in {where} only"))
            return None
        country = BOUND
    elif owner == EACH or owner in names.countries:
        country = owner
    else:
        _unknown(key, "there is no country", owner, (*names.countries, "country", "target", "each"), resolver)
        return None
    if name not in names.country:
        _unknown(key, "countries have no", name, names.country, resolver)
        return None
    return _writable(key, name, country, names.country[name], resolver)


def _unknown(key: Scalar, what: str, word: str, known: Collection[str], resolver: Resolver) -> None:
    code, more, other = resolver.names.gone(word)
    message, near = f"{what} {quoted(word)}{more}", Near(word, known)
    mark = place(key, 0 if key.text.startswith(word) else len(key.text) - len(word))
    resolver.problems.append(error(code, mark, message, near=near, other=other, length=len(word)))


def _writable(
    key: Scalar, name: str, country: str | None, declared: Declared, resolver: Resolver
) -> tuple[str, str | None, Declared] | None:
    if declared.derived is not None:
        message = f"'{name}' is derived: no effect can change it"
        resolver.problems.append(error("L501", key.mark, message, other=declared.mark))
        return None
    if declared.constant:
        resolver.problems.append(error("L501", key.mark, f"'{name}' is constant", other=declared.mark))
        return None
    return name, country, declared


def _effect(
    mark: Mark,
    name: str,
    country: str | None,
    declared: Declared,
    node: Node,
    resolver: Resolver,
    scope: Scope,
) -> Effect | None:
    when: Expr | None = None
    sets, value = declared.kind != "number", node
    if isinstance(node, Mapping):
        for key, _ in node.entries:
            if key.text not in ("add", "set", "when"):
                near = Near(key.text, ("add", "set", "when"))
                resolver.problems.append(error("N302", key.mark, f"an effect has no '{key.text}'", near=near))
        add, put, condition = node.get("add"), node.get("set"), node.get("when")
        if (add is None) == (put is None):
            resolver.problems.append(error("N305", node.mark, "an effect needs 'add' or 'set', and only one"))
            return None
        if add is not None and declared.kind != "number":
            message = f"'{name}' is a {declared.kind}: it can be set, not added to"
            resolver.problems.append(error("T401", add.mark, message))
            return None
        sets, value = put is not None, put if put is not None else add or node
        if condition is not None:
            when = read_condition(condition, resolver, scope)
            if isinstance(condition, Scalar):
                scope = replace(scope, known=scope.known | facts(condition))
    amount = read_value(value, declared, name, resolver, scope)
    return None if amount is None else Effect(name, country, sets, amount, when, mark)


def read_condition(node: Node, resolver: Resolver, scope: Scope) -> Expr | None:
    """An expression that is true or false. None after a problem."""
    if not isinstance(node, Scalar):
        resolver.problems.append(error("T401", node.mark, "a condition is expected, as text in quotes"))
        return None
    if _yes_or_no(node, resolver):
        return None
    found = resolver.read(node, scope)
    if found is None:
        return None
    if found.kind != "flag":
        message = f"a condition (true or false) is expected, not a {found.kind}"
        resolver.problems.append(error("T401", node.mark, message))
        return None
    if node.text != "false" and (found.high == 0 or impossible(found.expr, resolver.domain)):
        message = "this condition never holds"
        resolver.problems.append(warning("W601", node.mark, message, length=len(node.text)))
    return found.expr


def _yes_or_no(node: Scalar, resolver: Resolver) -> bool:
    """Whether it is one of the words that some YAML takes for flags; then a problem says how flags are written."""
    odd = not node.quoted and node.text.lower() in ("yes", "no", "on", "off")
    if odd:
        message = f"'{node.text}' is no value; a flag is written true or false"
        resolver.problems.append(error("T401", node.mark, message, length=len(node.text)))
    return odd


def facts(node: Node | None) -> Ids:
    """What has happened wherever a condition holds; nothing for what is no condition, which is told elsewhere."""
    if not isinstance(node, Scalar):
        return NONE
    try:
        return asserted(parse(node.text))
    except ExpressionError:
        return NONE


def read_amount(node: Node, resolver: Resolver, scope: Scope) -> Expr | None:
    """A number or an expression that is one. None after a problem."""
    if not isinstance(node, Scalar) or is_nothing(node):
        resolver.problems.append(error("T401", node.mark, "a number or an expression is expected"))
        return None
    if node.text in ("true", "false") and not node.quoted:
        resolver.problems.append(error("T401", node.mark, f"a number is expected, not '{node.text}'"))
        return None
    if _yes_or_no(node, resolver):
        return None
    number = whole_number(node)
    if number is not None and abs(number) <= LARGEST:
        return Number(number)
    found = resolver.read(node, scope)
    if found is not None and found.kind != "number":
        resolver.problems.append(error("T401", node.mark, f"a number is expected, not a {found.kind}"))
        return None
    return None if found is None else found.expr


def read_value(node: Node, declared: Declared, name: str, resolver: Resolver, scope: Scope) -> Expr | None:
    """A value of a variable's own type: a number, true or false, a word, or an expression of that type."""
    if not isinstance(node, Scalar) or is_nothing(node):
        resolver.problems.append(error("T401", node.mark, f"a value for '{name}' is expected"))
        return None
    if declared.kind == "number":
        return read_amount(node, resolver, scope)
    if declared.kind == "flag":
        flag = yes_or_no(node)
        if flag is None and not node.quoted and " " not in node.text:
            message = f"'{name}' is true or false, not '{node.text}'; write true or false"
            resolver.problems.append(error("T401", node.mark, message, length=len(node.text)))
            return None
        return Number(int(flag)) if flag is not None else read_condition(node, resolver, scope)
    if node.text in declared.words:
        return Number(declared.words.index(node.text))
    if " " not in node.text and "'" not in node.text:
        near = Near(node.text, declared.words)
        message = f"'{node.text}' is not one of the words of '{name}': {', '.join(declared.words)}"
        resolver.problems.append(error("N301", node.mark, message, near=near, length=len(node.text)))
        return None
    found = resolver.read(node, scope, declared.words)
    if found is not None and (found.kind != "word" or found.words != declared.words):
        resolver.problems.append(error("T401", node.mark, f"a word of '{name}' is expected"))
        return None
    return None if found is None else found.expr


def _payable(declared: Declared) -> bool:
    return declared.kind == "number" and declared.derived is None and not declared.constant


def read_costs(
    node: Node, resolver: Resolver, scope: Scope, rebates: bool = False
) -> tuple[tuple[str, Expr], ...]:
    """A mapping of `means` and national numbers to amounts; only `rebates` may be below 0."""
    if not isinstance(node, Mapping):
        resolver.problems.append(error("T401", node.mark, "costs are written as {means: 3, gold: 10}"))
        return ()
    found = []
    for key, value in node.entries:
        known = resolver.names.national.get(key.text)
        if key.text != MEANS and (known is None or not _payable(known)):
            numbers = [name for name, declared in resolver.names.national.items() if _payable(declared)]
            code, more, other = resolver.names.gone(key.text)
            message = f"{quoted(key.text)} cannot be paid with: means and national numbers can{more}"
            near = Near(key.text, (*numbers, MEANS))
            resolver.problems.append(error(code, key.mark, message, near=near, other=other))
            continue
        amount = read_amount(value, resolver, scope)
        if isinstance(amount, Number) and amount.value < 0 and not rebates:
            resolver.problems.append(error("T402", value.mark, "a cost is at least 0"))
        elif amount is not None:
            found.append((key.text, amount))
    return tuple(sorted(found, key=lambda each: each[0]))


def ids(node: Node, resolver: Resolver) -> list[Scalar]:
    """One id or a list of them."""
    items = node.items if isinstance(node, Sequence) else (node,)
    found = []
    for each in items:
        if isinstance(each, Scalar) and each.text:
            found.append(each)
        else:
            resolver.problems.append(error("T401", each.mark, "an id is expected"))
    return found
