"""How is a playthrough file read?  Every key known, every problem gathered, marks kept for what is expected."""

from __future__ import annotations

import re
from typing import Final

from game.compiler.problems import Near, Problem, error, quoted
from game.compiler.source import Mapping, Node, Scalar, Sequence, read, whole_number
from game.play.script import Demand, Expectation, Habit, Hand, Script, TurnScript
from game.rules.ledger import Mark
from game.rules.state import Order

KEYS: Final = ("scenario", "title", "text", "seed", "fate", "habits", "turns", "otherwise", "expect")
TURN_KEYS: Final = ("balance", "settings", "orders", "choices", "teacher", "expect")
HABIT_KEYS: Final = ("window", "quarters", "balance", "settings", "orders")
ALL_QUARTERS: Final = (1, 2, 3, 4)
POLICIES: Final = ("historical", "random", "nothing")
EXPECTED: Final = re.compile(r"(>=|<=|==|!=|>|<)?\s*([-+]?[0-9]{1,15}|[a-z][a-z0-9_]*)")
"""An operator, if there is one, and a value."""


def parse_script(data: bytes, file: str) -> tuple[Mapping | None, Script | None, list[Problem]]:
    """The tree of a playthrough file, what it says, and what is wrong with it."""
    tree, problems = read(data, file)
    if not isinstance(tree, Mapping):
        if not problems:
            problems.append(error("T401", Mark(file, 1, 1), "a playthrough is a mapping"))
        return None, None, problems
    return tree, _Reader(problems).script(tree, file), problems


class _Reader:
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def keys(self, node: Mapping, known: tuple[str, ...], what: str) -> None:
        for key, _ in node.entries:
            if key.text not in known:
                near = Near(key.text, known)
                message = f"{what} has no {quoted(key.text)}"
                self.problems.append(error("N302", key.mark, message, near=near, length=len(key.text)))

    def text(self, node: Node | None, default: str = "") -> str:
        if node is None:
            return default
        if isinstance(node, Scalar):
            return node.text.strip()
        self.problems.append(error("T401", node.mark, "a plain text is expected"))
        return default

    def script(self, tree: Mapping, file: str) -> Script:
        self.keys(tree, KEYS, "a playthrough")
        seed_node = tree.get("seed")
        seed = whole_number(seed_node) if isinstance(seed_node, Scalar) else 0
        if seed is None or seed < 0:
            self.problems.append(
                error("T401", seed_node.mark if seed_node else tree.mark, "a seed is a whole number")
            )
        fate = self.text(tree.get("fate"), "historical")
        otherwise = self.text(tree.get("otherwise"), "historical")
        for name, value, known in (
            ("fate", fate, ("historical", "open")),
            ("otherwise", otherwise, POLICIES),
        ):
            node = tree.get(name)
            if value not in known and node is not None:
                message = f"'{name}' is one of {', '.join(known)}, not '{value}'"
                self.problems.append(error("N301", node.mark, message, near=Near(value, known)))
        if not self.text(tree.get("scenario")):
            self.problems.append(error("N305", tree.mark, "a playthrough needs 'scenario': its id"))
        turns = {}
        for key, each in self.pairs(tree.get("turns")):
            turns[key.text] = self.turn(each, key.mark)
        ending, events, values = self.expected(tree.get("expect"))
        return Script(
            file=file,
            scenario=self.text(tree.get("scenario")),
            seed=seed or 0,
            fate=fate,
            otherwise=otherwise,
            title=self.text(tree.get("title")),
            text=self.text(tree.get("text")),
            turns=turns,
            habits=self.habits(tree.get("habits")),
            ending=ending,
            events=events,
            values=values,
        )

    def pairs(self, node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
        if node is None or (isinstance(node, Scalar) and not node.text):
            return ()
        if isinstance(node, Mapping):
            return node.entries
        self.problems.append(error("T401", node.mark, "keys and values are expected here"))
        return ()

    def triples(self, node: Node | None) -> tuple[tuple[str, str, Mark], ...]:
        return tuple((key.text, self.text(value), value.mark) for key, value in self.pairs(node))

    def settings(self, node: Mapping) -> tuple[tuple[str, str, Mark], ...]:
        found = list(self.triples(node.get("settings")))
        if (balance := node.get("balance")) is not None:
            found.append(("balance", self.text(balance), balance.mark))
        return tuple(found)

    def turn(self, node: Node, mark: Mark) -> TurnScript:
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and not node.text):
                self.problems.append(error("T401", node.mark, "a turn is written as {orders: …, choices: …}"))
            return TurnScript()
        self.keys(node, TURN_KEYS, "a turn")
        teacher = node.get("teacher")
        hand = None
        if teacher is not None and not isinstance(teacher, Mapping):
            self.problems.append(
                error("T401", teacher.mark, "a teacher's hand is written as {set: {…}, event: …}")
            )
        if isinstance(teacher, Mapping):
            self.keys(teacher, ("set", "event"), "a teacher's hand")
            hand = Hand(self.triples(teacher.get("set")), self.text(teacher.get("event")), teacher.mark)
        return TurnScript(
            settings=self.settings(node),
            orders=self.orders(node.get("orders")),
            choices=self.triples(node.get("choices")),
            teacher=hand,
            expect=self.expectations(node.get("expect")),
        )

    def orders(self, node: Node | None) -> tuple[Demand, ...]:
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.problems.append(
                error("T401", node.mark, "orders are a list: [{order: trade-talks, target: britain}]")
            )
            return ()
        found = []
        for item in node.items:
            if isinstance(item, Mapping):
                self.keys(item, ("order", "target"), "an order")
                action, target = self.text(item.get("order")), self.text(item.get("target"))
            else:
                action, target = self.text(item), ""
            if not action:
                self.problems.append(error("N305", item.mark, "an order needs 'order': its id"))
            found.append(Demand(Order(action, target), item.mark))
        return tuple(found)

    def habits(self, node: Node | None) -> tuple[Habit, ...]:
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.problems.append(error("T401", node.mark, "habits are a list"))
            return ()
        found = []
        for item in node.items:
            if not isinstance(item, Mapping):
                self.problems.append(error("T401", item.mark, "a habit is written as {window: …, orders: …}"))
                continue
            self.keys(item, HABIT_KEYS, "a habit")
            if not isinstance(item.get("window"), Scalar):
                self.problems.append(
                    error("N305", item.mark, "a habit needs 'window': its first and last turn")
                )
            found.append(
                Habit(
                    self.text(item.get("window")),
                    self.quarters(item.get("quarters")),
                    self.settings(item),
                    self.orders(item.get("orders")),
                    item.mark,
                )
            )
        return tuple(found)

    def quarters(self, node: Node | None) -> tuple[int, ...]:
        if node is None:
            return ALL_QUARTERS
        found = []
        for each in node.items if isinstance(node, Sequence) else (node,):
            number = whole_number(each) if isinstance(each, Scalar) else None
            if number in ALL_QUARTERS:
                found.append(number or 0)
            else:
                self.problems.append(error("T402", each.mark, "quarters of the year are 1, 2, 3 and 4"))
        return tuple(found)

    def expectations(self, node: Node | None) -> tuple[Expectation, ...]:
        found = []
        for key, value in self.pairs(node):
            text = self.text(value)
            match = EXPECTED.fullmatch(text)
            if match is None:
                message = (
                    f"'{text}' is no expectation: write a value, or an operator and a number such as '>= 6'"
                )
                self.problems.append(error("T401", value.mark, message))
            else:
                found.append(Expectation(key.text, match[1] or "==", match[2], value.mark))
        return tuple(found)

    def expected(
        self, node: Node | None
    ) -> tuple[tuple[str, Mark] | None, tuple[tuple[str, str, Mark], ...], tuple[Expectation, ...]]:
        if node is None:
            return None, (), ()
        if not isinstance(node, Mapping):
            self.problems.append(error("T401", node.mark, "'expect' is a mapping"))
            return None, (), ()
        ending = node.get("ending")
        rest = Mapping(tuple(e for e in node.entries if e[0].text not in ("ending", "events")), node.mark)
        return (
            (self.text(ending), ending.mark) if ending is not None else None,
            self.triples(node.get("events")),
            self.expectations(rest),
        )
