"""Policies that nobody wrote: random weights, settings and looks ahead for a scenario of `tests.strategies`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from game.compiler.load import load
from game.play.policies import Named, named
from game.rules.building import interpret
from game.rules.program import Program
from tests.strategies import Dice, Written

Item = dict[str, Any]
CONDITIONS = (
    "standing >= 30",
    "gold > 20",
    "open",
    "line != 'soft'",
    "year >= 1922",
    "regime == 'old' or trade > 10",
)
NUMBERS = (
    "standing // 3",
    "gold - 20",
    "trade * 3",
    "max(0, 40 - standing)",
    "2000 * trade",
    "0 - gold",
    "7 if open else 2",
)
"""Weights; some below nothing and some above the most that counts."""


def policy_text(scenario: str, dice: Dice, ahead: bool = False) -> str:
    """A policy for a scenario as `tests.strategies.written` makes them."""
    tree = yaml.safe_load(scenario)
    made = Written(dice)
    countries, tracks = list(tree.get("countries", {})), list(tree["tracks"])

    def weight(word: str = "") -> Any:
        options: list[Any] = [made.dice.number(0, 9), made.of((1, 1000, 0)), made.of(NUMBERS)]
        if word:
            options += [f"{word}.party", f"abs({word}.relations) if {word}.treaty else 4"]
        return made.of(options)

    asking = [each for each in tree["events"] if "choices" in each]
    bound = {each["id"] for each in (*asking, *tree["orders"]) if "each" in each or "target" in each}

    def line(keys: Item, word: str = "") -> Item:
        keys = {key: value for key, value in keys.items() if made.maybe(45) and value}
        keys |= {"when": made.of(CONDITIONS)} if made.maybe(40) else {}
        named = keys.get("order", [keys["event"]] if "event" in keys else bound)
        if not bound.intersection(named):
            word = ""
        if word and made.maybe(40):
            keys["when"] = f"{word}.relations > 0 or not {word}.great"
        return keys | {"weight": weight(word)}

    choices = [
        line(
            {
                "event": made.of([each["id"] for each in asking]),
                "country": made.of(countries or [""]),
                "track": made.of(tracks),
                "historical": True,
                "raises": made.of(("gold", "trade", "relations")) if countries else "gold",
            },
            "country" if any("each" in each for each in asking) else "",
        )
        for _ in range(made.dice.number(0, 4) if asking else 0)
    ]
    aimed = [each for each in tree["orders"] if "target" in each]
    orders = [
        line(
            {"order": made.some([each["id"] for each in tree["orders"]]), "track": made.of(tracks)},
            "target" if aimed and made.maybe(60) else "",
        )
        for _ in range(made.dice.number(0, 4))
    ]
    settings = {
        name: [
            {"to": made.of(values), "weight": weight()}
            | ({"when": made.of(CONDITIONS)} if made.maybe(40) else {})
            for _ in range(made.dice.number(1, 3))
        ]
        for name, values in {
            "balance": (50, "balance + 20", "standing", "balance - 15"),
            "line": ("soft", "hard", "wild", "'soft' if open else 'hard'"),
            "open": (True, False, "not open", "trade > 15"),
        }.items()
        if "set_by" in tree["variables"].get(name, {}) and made.maybe(75)
    }
    policy: Item = {"policy": "made", "settings": settings, "choices": choices, "orders": orders}
    policy |= {"most": made.dice.number(0, 5)} if made.maybe(40) else {}
    policy |= {"idle": weight()} if made.maybe(40) else {}
    if ahead:
        policy["looks_ahead"] = {
            "goal": made.of(("standing - 30", "2 * gold + trade", "0 - gold")),
            "turns": made.dice.number(1, 3),
            "futures": made.dice.number(1, 3),
            "drafts": made.dice.number(1, 3),
        } | ({"under": made.of(("random", "historical"))} if made.maybe(50) else {})
    return "\n".join(f"{key}: {json.dumps(value)}" for key, value in policy.items()) + "\n"


def made_policy(folder: Path, scenario: str, policy: str) -> tuple[Program, Named]:
    """A scenario and a policy of its own, written into a folder and read from there."""
    (folder / "policies").mkdir(parents=True)
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    (folder / "policies" / "made.yaml").write_text(policy, encoding="utf-8")
    loaded = load(str(folder))
    program = interpret(loaded.scenario)
    return program, named("made", loaded, program)
