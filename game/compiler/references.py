"""Does what an item refers to exist?  Ids, countries and variables that are named outside expressions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from game.compiler.blocks import ids
from game.compiler.names import Names
from game.compiler.problems import Near, error, quoted
from game.compiler.resolve import Resolver
from game.compiler.source import Mapping, Node, Scalar, Sequence
from game.rules.classes import MISSING
from game.rules.form import Form
from game.rules.ledger import Mark

GROUP_OF: Final = {"event": "events", "order": "orders"}


class References:
    """Follows references; `resolver.problems` gathers those that lead nowhere."""

    def __init__(self, names: Names, resolver: Resolver) -> None:
        self.names = names
        self.resolver = resolver

    def wrong(self, code: str, mark: Mark, message: str, **more: Any) -> None:
        """Note a problem."""
        self.resolver.problems.append(error(code, mark, message, **more))

    def name(self, key: str, node: Scalar, to: str) -> Any:
        """A reference to something that must exist."""
        known = self.known(to)
        if known is not None and node.text not in known:
            self.dangling(node, f"there is no {to} {quoted(node.text)}", known)
            return MISSING
        return node.text

    def known(self, to: str) -> Collection[str] | None:
        """All ids that a reference may name; None where anything may stand."""
        match to:
            case "" | "choice":
                return None
            case "item":
                return self.names.items
            case "country":
                return self.names.countries
            case "track":
                return self.names.tracks
            case "claim":
                return self.names.claims
            case _:
                return self.names.of(*(GROUP_OF[group] for group in to.split()))

    def dangling(self, node: Scalar, message: str, known: Collection[str]) -> None:
        """A reference that leads nowhere."""
        code, more, other = self.names.gone(node.text)
        near = Near(node.text, known)
        self.wrong(code, node.mark, message + more, near=near, other=other, length=len(node.text))

    def list_of(self, node: Node, key: str, form: Form, to: str) -> Any:
        """One text or several; references are followed."""
        found = ids(node, self.resolver)
        if form == Form.IDS:
            known = self.known(to)
            for each in found:
                if known is not None and each.text not in known:
                    self.dangling(
                        each, f"'{key}': there is no {' or '.join(to.split())} {quoted(each.text)}", known
                    )
            return tuple(each.text for each in found if known is None or each.text in known)
        return tuple(each.text for each in found)

    def targets(self, node: Node) -> Any:
        """`country` for all countries, or some of them."""
        found = ids(node, self.resolver)
        if [each.text for each in found] == ["country"]:
            if not self.names.countries:
                self.wrong("N305", node.mark, "'country' means every country, but the scenario has none")
            return self.names.countries
        if isinstance(node, Sequence) and not node.items:
            self.wrong("N305", node.mark, "the list names no country; write 'country' for all of them")
        seen: dict[str, Mark] = {}
        for each in found:
            if each.text not in self.names.countries:
                self.dangling(each, f"there is no country {quoted(each.text)}", self.names.countries)
            elif each.text in seen:
                self.wrong("N304", each.mark, f"'{each.text}' stands here twice", other=seen[each.text])
            seen[each.text] = each.mark
        return tuple(sorted(each for each in seen if each in self.names.countries))

    def promises(self, node: Node) -> Any:
        """Variable to `up`, `down` or `same`."""
        if not isinstance(node, Mapping):
            self.wrong("T401", node.mark, "promises are written as {trade: up}")
            return MISSING
        found = []
        for key, value in node.entries:
            owner, _, name = key.text.rpartition(".")
            owners = ("", "country", "target", "each", *self.names.countries)
            if key.text not in self.names.national and (
                name not in self.names.country or owner not in owners
            ):
                known = (*self.names.national, *self.names.country)
                self.dangling(key, f"there is no variable {quoted(key.text)}", known)
            elif not isinstance(value, Scalar) or value.text not in ("up", "down", "same"):
                self.wrong("N301", value.mark, "a promise is up, down or same")
            else:
                found.append((key.text, value.text))
        return tuple(sorted(found))
