"""What stands in a policy file?  Weights for answers and orders, values for settings: read, every problem gathered.

A line of `choices` or `orders` says what it fits (event, choice, order, target, tag, track, country, what history
did) and what that weighs; of several that fit, the first whose `when` holds counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

from game.compiler.blocks import read_amount, read_condition, read_value
from game.compiler.conducts import ONE, Ahead, Line, PolicyText, To
from game.compiler.folders import POLICIES, companions, read_bytes
from game.compiler.load import Loaded
from game.compiler.names import ID, odd_name
from game.compiler.problems import Near, Problem, ScenarioError, error, quoted, warning
from game.compiler.resolve import Resolver
from game.compiler.source import Mapping, Node, Scalar, Sequence, read, whole_number, yes_or_no
from game.compiler.typed import Scope
from game.rules.conduct import MOST_WEIGHT
from game.rules.ledger import Mark
from game.rules.logic import Before, Expr, Number, parts_of
from game.rules.orders import MOST_ORDERS
from game.rules.scenario import Event, Scenario

KEY: Final = "policy"
"""The key that makes a file a policy."""
KEYS: Final = (
    KEY,
    "scenario",
    "title",
    "text",
    "settings",
    "choices",
    "orders",
    "most",
    "idle",
    "looks_ahead",
)
CHOICE_KEYS: Final = (
    "event", "choice", "tag", "track", "country", "historical", "raises", "lowers", "when", "weight",
)  # fmt: skip
ORDER_KEYS: Final = ("order", "target", "tag", "track", "raises", "lowers", "when", "weight")
OPTION_KEYS: Final = ("to", "when", "weight")
AHEAD_KEYS: Final = ("goal", "turns", "futures", "drafts", "under")
BUILT_IN: Final = ("historical", "random", "nothing")
"""Policies that every scenario has."""


def find_policy(name: str, loaded: Loaded) -> Path | None:
    """The file of a policy: by path, or by name in the `policies` of the scenario and of those it extends."""
    if name.endswith((".yaml", ".yml")):
        path = Path(name)
        return path if path.exists() else None
    if not ID.fullmatch(name):
        return None
    for folder in loaded.folders:
        path = folder / POLICIES / f"{name}.yaml"
        if path in companions(folder, POLICIES):
            return path
    return None


def policy_files(loaded: Loaded) -> tuple[Path, ...]:
    """The files of all policies that a scenario has, its own before those of what it extends."""
    found: dict[str, Path] = {}
    for folder in loaded.folders:
        for path in companions(folder, POLICIES):
            found.setdefault(path.stem, path)
    return tuple(path for _, path in sorted(found.items()))


def read_policy(path: Path, loaded: Loaded) -> PolicyText:
    """A policy file. Raises ScenarioError with every problem."""
    data, fault = read_bytes(path)
    if fault is not None:
        raise ScenarioError([fault])
    policy, problems = parse_policy(data, str(path), loaded)
    if policy is None or any(each.severity == "error" for each in problems):
        raise ScenarioError(problems)
    return policy


def parse_policy(data: bytes, file: str, loaded: Loaded) -> tuple[PolicyText | None, list[Problem]]:
    """What a policy file says, and what is wrong with it."""
    tree, problems = read(data, file)
    if not isinstance(tree, Mapping):
        if not problems:
            problems.append(error("T401", Mark(file, 1, 1), "a policy is a mapping"))
        return None, problems
    resolver = loaded.resolver.quiet()
    found = _Reader(loaded, resolver).policy(tree, file)
    return found, [*problems, *resolver.problems]


class _Reader:
    def __init__(self, loaded: Loaded, resolver: Resolver) -> None:
        self.scenario: Scenario = loaded.scenario
        self.loaded = loaded
        self.resolver = resolver
        self.names = resolver.names

    def wrong(self, code: str, mark: Mark, message: str, near: Near | None = None, length: int = 1) -> None:
        self.resolver.problems.append(error(code, mark, message, near=near, length=length))

    def keys(self, node: Mapping, known: tuple[str, ...], what: str) -> None:
        for key, _ in node.entries:
            if key.text not in known:
                message = f"{what} has no {quoted(key.text)}"
                self.wrong("N302", key.mark, message, Near(key.text, known), len(key.text))

    def policy(self, tree: Mapping, file: str) -> PolicyText:
        self.keys(tree, KEYS, "a policy")
        id_ = tree.get(KEY)
        if not isinstance(id_, Scalar) or not id_.text:
            self.wrong("N305", tree.mark, "a policy needs 'policy': its id")
        elif not ID.fullmatch(id_.text):
            self.resolver.problems.append(odd_name(id_, "an id", "small letters a-z, digits and -"))
        elif id_.text in BUILT_IN:
            self.wrong("N304", id_.mark, f"'{id_.text}' is built in: give the policy another id")
        elif id_.text != Path(file).stem:
            message = f"the policy '{id_.text}' must stand in a file of that name: {id_.text}.yaml"
            self.wrong("N301", id_.mark, message, length=len(id_.text))
        if isinstance(its := tree.get("scenario"), Scalar) and its.text not in self.chain():
            message = f"this policy is for '{its.text}', not for '{self.scenario.id}'"
            self.wrong("N301", its.mark, message, Near(its.text, self.chain()), len(its.text))
        choices = tuple(self.lines(tree.get("choices"), "choices"))
        orders = tuple(self.lines(tree.get("orders"), "orders"))
        self.fitting(choices, orders)
        return PolicyText(
            id=id_.text if isinstance(id_, Scalar) else "",
            mark=tree.mark,
            scenario=self.text(tree.get("scenario")),
            title=self.text(tree.get("title")),
            text=self.text(tree.get("text")),
            settings=self.settings(tree.get("settings")),
            choices=choices,
            orders=orders,
            most=self.most(tree.get("most")),
            idle=self.idle(tree.get("idle")),
            ahead=self.ahead(tree.get("looks_ahead")),
        )

    def chain(self) -> tuple[str, ...]:
        """The scenario, and those that it extends, as far as their folders bear their names."""
        return (self.scenario.id, *(each.name for each in self.loaded.folders))

    def text(self, node: Node | None) -> str:
        if node is None or isinstance(node, Scalar):
            return "" if node is None else node.text.strip()
        self.wrong("T401", node.mark, "a plain text is expected")
        return ""

    # Lines

    def lines(self, node: Node | None, section: str) -> Iterator[Line]:
        if node is None:
            return
        if not isinstance(node, Sequence):
            self.wrong("T401", node.mark, f"'{section}' is a list of lines such as {{tag: trade, weight: 3}}")
            return
        for item in node.items:
            if not isinstance(item, Mapping):
                self.wrong("T401", item.mark, "a line is written as {tag: trade, weight: 3}")
            elif section == "choices":
                self.keys(item, CHOICE_KEYS, "a line of choices")
                yield self.choice_line(item)
            else:
                self.keys(item, ORDER_KEYS, "a line of orders")
                yield self.order_line(item)

    def choice_line(self, item: Mapping) -> Line:
        asking = {each.id: each for each in self.scenario.events if each.choices}
        events = self.some(item, "event", asking, "event that asks")
        of = [asking[each] for each in events if each in asking] or list(asking.values())
        choices = self.some(item, "choice", {choice.id for event in of for choice in event.choices}, "choice")
        tags = {tag for event in asking.values() for tag in self.tags_of(event)}
        countries = self.some(item, "country", self.names.countries, "country")
        bound = tuple(sorted({country for event in of for country in event.each}))
        historical = None
        if (node := item.get("historical")) is not None:
            historical = yes_or_no(node) if isinstance(node, Scalar) else None
            if historical is None:
                self.wrong("T401", node.mark, "'historical': write true or false")
        weight, when = self.weighed(item, Scope(bound=bound, word="country" if bound else ""))
        return Line(
            item.mark,
            weight,
            when,
            events=events,
            choices=choices,
            countries=countries,
            tags=self.some(item, "tag", tags, "tag of an event or choice"),
            tracks=self.some(item, "track", self.names.tracks, "track"),
            raises=self.some(item, "raises", self.numbers(), "variable"),
            lowers=self.some(item, "lowers", self.numbers(), "variable"),
            historical=historical,
        )

    @staticmethod
    def tags_of(event: Event) -> Iterator[str]:
        yield from event.attachments.tags
        for choice in event.choices:
            yield from choice.tags

    def order_line(self, item: Mapping) -> Line:
        known = {each.id: each for each in self.scenario.orders}
        orders = self.some(item, "order", known, "order")
        of = [known[each] for each in orders if each in known] or list(known.values())
        tags = {tag for action in known.values() for tag in action.attachments.tags}
        targets = tuple(sorted({target for action in of for target in action.target}))
        scope = Scope(bound=targets, word="target" if targets else "", purses=True)
        weight, when = self.weighed(item, scope)
        return Line(
            item.mark,
            weight,
            when,
            orders=orders,
            countries=self.some(item, "target", targets or self.names.countries, "target"),
            tags=self.some(item, "tag", tags, "tag of an order"),
            tracks=self.some(item, "track", self.names.tracks, "track"),
            raises=self.some(item, "raises", self.numbers(), "variable"),
            lowers=self.some(item, "lowers", self.numbers(), "variable"),
        )

    def numbers(self) -> frozenset[str]:
        """The numbers of the nation and of countries, by their bare names."""
        both = (*self.names.national.items(), *self.names.country.items())
        return frozenset(name for name, declared in both if declared.kind == "number")

    def some(self, item: Mapping, key: str, known: Collection[str], what: str) -> frozenset[str]:
        """One name or a list of them."""
        node = item.get(key)
        nodes = node.items if isinstance(node, Sequence) else () if node is None else (node,)
        found = set()
        for each in nodes:
            if not isinstance(each, Scalar):
                self.wrong("T401", each.mark, f"'{key}': one name or a list of names is expected")
            elif each.text not in known:
                message = f"there is no {what} {quoted(each.text)}"
                self.wrong("N301", each.mark, message, Near(each.text, known), len(each.text))
            else:
                found.add(each.text)
        return frozenset(found)

    def weighed(self, item: Mapping, scope: Scope) -> tuple[Expr, Expr | None]:
        weight, when = item.get("weight"), item.get("when")
        if weight is None:
            self.wrong("N305", item.mark, "a line needs 'weight'")
        return (
            ONE if weight is None else self.amount(weight, scope),
            None if when is None else self.condition(when, scope),
        )

    def amount(self, node: Node, scope: Scope) -> Expr:
        if isinstance(node, Scalar) and (number := whole_number(node)) is not None:
            if not 0 <= number <= MOST_WEIGHT:
                message = f"a weight lies between 0 and {MOST_WEIGHT}, not at {number}"
                self.wrong("T402", node.mark, message, length=len(node.text))
            return Number(number)
        return self.present(read_amount(node, self.resolver, scope), node) or ONE

    def condition(self, node: Node, scope: Scope) -> Expr | None:
        return self.present(read_condition(node, self.resolver, scope), node)

    def present(self, expr: Expr | None, node: Node) -> Expr | None:
        """A policy reads what is true now."""
        if expr is not None and _asks_before(expr):
            self.wrong("T403", node.mark, "a policy reads the present: before() cannot stand here")
            return None
        return expr

    # The rest

    def settings(self, node: Node | None) -> dict[str, tuple[To, ...]]:
        found: dict[str, tuple[To, ...]] = {}
        if node is None:
            return found
        if not isinstance(node, Mapping):
            self.wrong("T401", node.mark, "'settings' is written as 'variable: value'")
            return found
        settable = [each.id for each in self.scenario.variables if each.set_by]
        for key, value in node.entries:
            if key.text not in settable:
                message = f"{quoted(key.text)} is nothing that a role sets"
                self.wrong("N301", key.mark, message, Near(key.text, settable), len(key.text))
                continue
            options = value.items if isinstance(value, Sequence) else (value,)
            found[key.text] = tuple(
                each for option in options if (each := self.option(key.text, option)) is not None
            )
        return found

    def option(self, name: str, node: Node) -> To | None:
        declared, scope = self.names.national[name], Scope()
        weight, when, value = ONE, None, node
        if isinstance(node, Mapping):
            self.keys(node, OPTION_KEYS, "an option")
            if (to := node.get("to")) is None:
                self.wrong("N305", node.mark, "an option needs 'to': the value")
                return None
            value = to
            weight = self.amount(own, scope) if (own := node.get("weight")) is not None else ONE  # type: ignore[assignment]
            when = self.condition(asked, scope) if (asked := node.get("when")) is not None else None
        expr = self.present(read_value(value, declared, name, self.resolver, scope), value)
        return None if expr is None else To(expr, weight, when)

    def by_track(self, node: Node | None, key: str) -> Iterator[tuple[str, Node]]:
        """One entry for all tracks, or one for each."""
        if isinstance(node, Mapping):
            for track, value in node.entries:
                if track.text in self.names.tracks:
                    yield track.text, value
                else:
                    message = f"'{key}': there is no track {quoted(track.text)}"
                    self.wrong(
                        "N301", track.mark, message, Near(track.text, self.names.tracks), len(track.text)
                    )
        elif node is not None:
            yield from ((track, node) for track in self.names.tracks)

    def most(self, node: Node | None) -> dict[str, int]:
        return {
            track: self.within(value, "most", 0, MOST_ORDERS) for track, value in self.by_track(node, "most")
        }

    def within(self, node: Node, key: str, low: int, high: int) -> int:
        number = whole_number(node) if isinstance(node, Scalar) else None
        if number is None:
            self.wrong("T401", node.mark, f"'{key}': a whole number is expected")
        elif not low <= number <= high:
            self.wrong("T402", node.mark, f"'{key}' lies between {low} and {high}, not at {number}")
        else:
            return number
        return low

    def idle(self, node: Node | None) -> dict[str, Expr]:
        return {track: self.amount(value, Scope(purses=True)) for track, value in self.by_track(node, "idle")}

    def ahead(self, node: Node | None) -> Ahead | None:
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self.wrong("T401", node.mark, "'looks_ahead' is written as {goal: standing, turns: 4}")
            return None
        self.keys(node, AHEAD_KEYS, "'looks_ahead'")
        goal = node.get("goal")
        if goal is None:
            self.wrong("N305", node.mark, "'looks_ahead' needs 'goal': what is to be large")
            return None
        expr = read_amount(goal, self.resolver, Scope(purses=True))

        def number(key: str, default: int, low: int, high: int) -> int:
            found = node.get(key)
            return default if found is None else self.within(found, key, low, high)

        under = self.text(node.get("under"))
        if under and under not in BUILT_IN and find_policy(under, self.loaded) is None:
            known = (*BUILT_IN, *(each.stem for each in policy_files(self.loaded)))
            mark = at.mark if (at := node.get("under")) is not None else node.mark
            self.wrong("N301", mark, f"there is no policy {quoted(under)}", Near(under, known), len(under))
        return Ahead(
            expr or ONE,
            number("turns", 4, 1, 100),
            number("futures", 8, 1, 1000),
            number("drafts", 4, 1, 100),
            under,
            node.mark,
        )

    def fitting(self, choices: Iterable[Line], orders: Iterable[Line]) -> None:
        """A line that fits nothing is worth a warning: a name in it may be another's."""
        for line in choices:
            if not any(
                line.fits_choice(event, choice, country)
                for event in self.scenario.events
                for choice in event.choices
                for country in event.each or ("",)
            ):
                self.resolver.problems.append(warning("W609", line.mark, "this line fits no choice"))
        for line in orders:
            if not any(
                line.fits_order(action, target)
                for action in self.scenario.orders
                for target in action.target or ("",)
            ):
                self.resolver.problems.append(warning("W609", line.mark, "this line fits no order"))


def _asks_before(expr: Expr) -> bool:
    return isinstance(expr, Before) or any(map(_asks_before, parts_of(expr)))
