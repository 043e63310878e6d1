"""Scenarios that nobody wrote: random ones, sound by construction, which use every construct of the format.

`scenarios()` is the hypothesis strategy; `written(Rolled(seed))` gives the same kind of text from a plain seed, for
who wants thousands of them. Both give a whole file. All draws go through `Dice`, first options being the plain
ones, so that a failing example shrinks to something readable.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from game.rules.calendar import PER_YEAR, name_step

Option = TypeVar("Option")
Item = dict[str, Any]

THOROUGH = int(os.environ.get("PEREDYSHKA_THOROUGH", "1"))
"""How many times as many games the slow comparisons take."""
COUNTRIES = ("britain", "china", "germany", "persia", "turkey")
TRACKS = ("narkomindel", "comintern")
KNOWN = ("all", "comintern", "narkomindel", "nobody")
FIRST = {"quarter": "1921-Q2", "month": "1921-11", "half": "1921-H2", "year": "1921"}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WORDS = {"line": ("soft", "hard", "wild"), "regime": ("old", "new"), "pact": ("none", "some", "full")}


class Dice(Protocol):
    """Where the choices come from."""

    def number(self, low: int, high: int) -> int:
        """A whole number within bounds."""


class Rolled:
    """Choices from a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def number(self, low: int, high: int) -> int:
        """A whole number within bounds."""
        return self.dice.randint(low, high)


class Drawn:
    """Choices that hypothesis makes, and can make simpler."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def number(self, low: int, high: int) -> int:
        """A whole number within bounds."""
        return self.draw(st.integers(low, high))


@dataclass(frozen=True)
class Here:
    """What may be said at a place: the bound countries and the word for them, loops, purses, a directive's note."""

    bound: tuple[str, ...] = ()
    word: str = ""
    each: bool = False
    purses: bool = False
    noted: bool = False
    memory: bool = True


@dataclass
class Written:
    """What a scenario has, and the expressions and blocks that can be made of it."""

    dice: Dice
    step: str = "quarter"
    turns: int = 6
    tracks: tuple[str, ...] = TRACKS
    countries: tuple[str, ...] = ()
    numbers: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    own_numbers: list[str] = field(default_factory=list)
    own_flags: list[str] = field(default_factory=list)
    own_words: list[str] = field(default_factory=list)
    fixed: set[str] = field(default_factory=set)
    """Names that no effect may touch."""
    events: dict[str, Item] = field(default_factory=dict)
    orders: dict[str, Item] = field(default_factory=dict)
    milestones: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    set_in_stage: set[tuple[int, str]] = field(default_factory=set)

    # Choices

    def of(self, options: Sequence[Option]) -> Option:
        return options[self.dice.number(0, len(options) - 1)]

    def maybe(self, percent: int) -> bool:
        return self.dice.number(1, 100) > 100 - percent

    def some(self, options: Sequence[Option], most: int = 3) -> list[Option]:
        left, found = list(options), []
        for _ in range(self.dice.number(1, max(1, min(most, len(left))))):
            found.append(left.pop(self.dice.number(0, len(left) - 1)))
        return found

    # Expressions

    def owner(self, here: Here) -> str:
        """A country, by name or by the word for it."""
        words = [*([here.word] if here.bound else []), *(["each"] if here.each else []), *self.countries]
        return self.of(words)

    def number(self, here: Here, depth: int = 2) -> str:
        if depth <= 0 or self.maybe(30):
            return self.plain_number(here)
        one = self.number(here, depth - 1)
        makers: list[Callable[[], str]] = [
            lambda: f"({one} + {self.number(here, depth - 1)})",
            lambda: f"({one} - {self.number(here, depth - 1)})",
            lambda: f"{self.of((2, 3, -2))} * {one}",
            lambda: f"{one} // {self.of((2, 7, -3))}",
            lambda: f"({one} if {self.flag(here, depth - 1)} else {self.number(here, depth - 1)})",
            lambda: f"clamp({one}, {self.dice.number(-20, 5)}, {self.dice.number(0, 60)})",
            lambda: f"min({one}, {self.number(here, depth - 1)})",
            lambda: f"max({one}, {self.dice.number(-5, 20)}, {self.number(here, depth - 1)})",
            lambda: f"abs({one})",
            lambda: f"-{one}",
            lambda: f"{one} // max(1, {self.number(here, depth - 1)})",
            lambda: f"percent({self.dice.number(0, 150)}, {one})",
            lambda: f"pull({one}, {self.number(here, depth - 1)}, {self.dice.number(-1, 9)})",
            lambda: f"along({one}, -5, 3, 10, {self.number(here, depth - 1)}, 40, 1)",
        ]
        if self.countries and not here.each:
            within = replace(here, each=True)
            where = f", {self.flag(within, 0)}" if self.maybe(60) else ""
            makers += [
                lambda: f"total({self.number(within, 1)}{where})",
                lambda: f"average({self.plain_number(within)}{where})",
                lambda: f"count({self.flag(within, 1)}{where})",
            ]
        return self.of(makers)()

    def plain_number(self, here: Here) -> str:
        makers: list[Callable[[], str]] = [
            lambda: str(self.dice.number(-9, 40)),
            lambda: self.of(self.numbers),
            lambda: self.of(self.numbers),
            lambda: f"before({self.of(self.numbers)})",
            lambda: self.of(("year - 1920", "month", "quarter", f"(turn - on('{self.at(2)}'))")),
        ]
        if self.countries:
            makers += [lambda: f"{self.owner(here)}.{self.of(self.own_numbers)}"] * 3
            makers.append(lambda: f"before({self.owner(here)}.{self.of(self.own_numbers)})")
        if here.purses:
            makers.append(lambda: f"{self.of(('means', 'unspent'))}('{self.of(self.tracks)}')")
        if here.noted:
            makers.append(lambda: "noted")
        if here.memory and (self.events or self.orders):
            makers.append(lambda: f"min(50, {self.memory(('turns_since', 'times'), here)})")
        if here.memory and self.milestones:
            makers.append(lambda: f"clamp(lead('{self.of(self.milestones)}'), -9, 9)")
        return self.of(makers)()

    def flag(self, here: Here, depth: int = 2) -> str:
        if depth > 0 and self.maybe(50):
            one, other = self.flag(here, depth - 1), self.flag(here, depth - 1)
            many = [f"({one} and {other})", f"({one} or {other})", f"not ({one})"]
            return self.of([*many, f"({one} and {other} and {self.flag(here, 0)})", f"({one}) == ({other})"])
        makers: list[Callable[[], str]] = [
            lambda: (
                f"{self.number(here, depth)} {self.of(('>', '<', '>=', '<=', '==', '!='))} {self.dice.number(-9, 60)}"
            ),
            lambda: f"{self.plain_number(here)} {self.of(('>', '<='))} {self.plain_number(here)} + 1",
            lambda: self.of(self.flags),
            lambda: f"not before({self.of(self.flags)})",
            lambda: f"turn >= on('{self.at(self.dice.number(1, self.turns))}')",
            lambda: f"{self.of(self.numbers)} in ({self.dice.number(0, 9)}, {self.dice.number(10, 30)})",
            lambda: self.about_word(here),
            lambda: "true",
        ]
        if self.countries:
            makers += [
                lambda: f"{self.owner(here)}.{self.of(self.own_flags)}",
                lambda: f"{self.owner(here)}.exists",
            ]
            if here.bound or here.each:
                word = here.word if here.bound else "each"
                makers.append(lambda: f"{word} {self.of(('==', '!='))} {self.of(self.countries)}")
                makers.append(lambda: f"{word} not in ({self.of(self.countries)}, {self.of(self.countries)})")
            if not here.each:
                within = replace(here, each=True)
                makers.append(
                    lambda: f"{self.of(('any', 'all'))}({self.flag(within, 0)}, {self.flag(within, 0)})"
                )
        if here.memory and (self.events or self.orders):
            questions = ("happened", "due", "running", "chose")
            makers += [lambda: self.memory(questions, here)] * 2
        return self.of(makers)()

    def about_word(self, here: Here) -> str:
        name = self.of(self.words)
        own = bool(self.countries) and self.maybe(50)
        said = f"{self.owner(here)}.{self.of(self.own_words)}" if own else name
        words = WORDS[said.rpartition(".")[2]]
        if self.maybe(25):
            return f"{said} not in ('{words[0]}', '{words[-1]}')"
        before = f"before({said})" if self.maybe(20) else said
        return f"{before} {self.of(('==', '!=', '<', '>='))} '{self.of(words)}'"

    def memory(self, questions: Sequence[str], here: Here) -> str:
        """A question to the memory, about a country where the item has some."""
        question = self.of(questions)
        asking = [id_ for id_, event in self.events.items() if "choices" in event]
        known = {
            "due": list(self.events),
            "running": list(self.orders),
            "chose": asking,
            "times": [*self.events, *self.orders],
        }.get(question, [*self.events, *self.orders, *self.milestones])
        if not known:
            return "1" if question in ("turns_since", "times") else "true"
        id_ = self.of(known)
        of_it = self.instances({**self.events, **self.orders}.get(id_, {}))
        choice = f", '{self.of(self.events[id_]['choices'])['id']}'" if question == "chose" else ""
        where = ""
        if of_it and self.maybe(60):
            where = (
                f", {here.word}" if here.bound and set(here.bound) <= set(of_it) else f", {self.of(of_it)}"
            )
        return f"{question}('{id_}'{choice}{where})"

    def instances(self, item: Item) -> tuple[str, ...]:
        """The countries that an item has instances for."""
        listed = item.get("each", item.get("target", ()))
        return self.countries if listed == "country" else tuple(listed)

    # Texts and blocks

    def because(self, here: Here) -> Any:
        value = self.of([*self.numbers, *self.words, *self.flags, "year"])
        who = f" in {{{here.word}}}" if here.bound else ""
        text = f"{{{value}}} it was{who}." if self.maybe(50) else f"So{who}."
        return [{"when": self.flag(here, 0), "text": text}, {"text": "Else."}] if self.maybe(25) else text

    def amount(self, here: Here) -> Any:
        return self.dice.number(-9, 12) if self.maybe(60) else self.number(here)

    def effects(self, here: Here, modes: dict[str, str], instances: int, stage: int = 0) -> Item:
        """A few writes; `modes` says for each number of the block whether it is set or added to."""
        found: Item = {}
        bound, national_sets = bool(here.bound), instances == 1
        for _ in range(self.dice.number(1, 3)):
            own = bool(self.countries) and self.maybe(55)
            names = [
                *(self.own_numbers if own else self.numbers),
                *(self.own_flags if own else self.flags),
                *(self.own_words if own else self.words),
                *(["exists"] if own else []),
            ]
            name = self.of([each for each in names if each not in self.fixed])
            owner = ""
            if own:
                owner = self.of(
                    [*([here.word] if bound else []), *self.countries, *([] if here.each else ["each"])]
                )
            inner = replace(here, each=True) if owner == "each" else here
            is_number = name in self.numbers or name in self.own_numbers
            mode = modes.setdefault(name, self.of(("add", "add", "set"))) if is_number else "set"
            if mode == "set" and not national_sets and owner != here.word:
                continue
            if mode == "set" and stage and (stage, name) in self.set_in_stage:
                continue
            key = f"{owner}.{name}" if owner else name
            if key in found:
                continue
            if mode == "set" and stage:
                self.set_in_stage.add((stage, name))
            found[key] = self.written_effect(name, mode, is_number, inner)
        return found

    def written_effect(self, name: str, mode: str, is_number: bool, here: Here) -> Any:
        if is_number:
            value: Any = self.amount(here)
        elif name in WORDS:
            words = WORDS[name]
            value = self.of(words)
            if self.maybe(25):
                value = f"'{self.of(words)}' if {self.flag(here, 1)} else '{self.of(words)}'"
        else:
            value = self.maybe(50) if self.maybe(70) or name == "exists" else f"not ({self.flag(here, 0)})"
        when = self.maybe(30)
        if mode == "add" and not when:
            return value
        if not is_number and not when and self.maybe(50):
            return value
        return {mode: value} | ({"when": self.flag(here, 1)} if when else {})

    def block(self, here: Here, item: Item, instances: int = 1, stage: int = 0, results: int = 40) -> Item:
        """A block of any kind; `item` says whose it is, for what follows it."""
        modes: dict[str, str] = {}
        found = self.part(here, item, instances, stage, modes)
        if self.maybe(results):
            ids = ["well", "ill", "so"][: self.dice.number(2, 3)]
            found["results"] = {
                id_: (self.part(here, item, instances, stage, modes) if self.maybe(75) else {})
                | ({} if id_ == ids[-1] else {"chance": self.amount(here) if self.maybe(50) else 40})
                for id_ in ids
            }
        return found

    def part(self, here: Here, item: Item, instances: int, stage: int, modes: dict[str, str]) -> Item:
        found: Item = {}
        if self.maybe(80) and (effects := self.effects(here, modes, instances, stage)):
            found["effects"] = effects
        if self.maybe(50):
            found["because"] = self.because(here)
        if self.maybe(30) and (calls := self.calls(here, item)):
            found["then"] = calls
        if self.maybe(12) and (known := [*self.events, *self.orders]):
            found["cancel"] = self.some(known, 2)
        if self.maybe(12) and (known := [*self.events, *self.orders, *self.rules]):
            found["reveals"] = self.some(known, 2)
        return found

    def calls(self, here: Here, item: Item) -> list[Item]:
        found = []
        for id_ in self.some(list(self.events), 2) if self.events else ():
            called = self.events[id_]
            follow: Item = {"event": id_}
            of_it = self.instances(called)
            if of_it and not (here.bound and set(here.bound) & set(of_it) and self.maybe(60)):
                follow["country"] = self.of(of_it)
            later = "day" in item and (self.day(called), id_) > (item["day"], item["id"])
            follow["after"] = self.dice.number(0 if later else 1, 3)
            if self.maybe(40):
                follow["chance"] = self.amount(here) if self.maybe(40) else self.of((50, 60, 30))
            found.append(follow)
        return found

    def day(self, event: Item) -> int:
        return int(event.get("day", 46))

    # The calendar

    def at(self, turn: int) -> str:
        """A turn as it is written."""
        return name_step(self.first + turn - 1, self.step)

    @property
    def first(self) -> int:
        year, _, part = FIRST[self.step].partition("-")
        number = int(part.lstrip("QH") or 1)
        return int(year) * PER_YEAR[self.step] + number - 1

    def date(self, turn: int) -> str:
        """A day within a turn."""
        year, part = divmod(self.first + turn - 1, PER_YEAR[self.step])
        return f"{year}-{part * MONTHS[self.step] + 1:02d}-{self.dice.number(1, 28):02d}"


def scenarios() -> st.SearchStrategy[str]:
    """Whole scenarios as YAML."""
    return st.composite(lambda draw: written(Drawn(draw)))()


def written(dice: Dice) -> str:
    """A whole scenario as YAML, made with these dice."""
    made = Written(dice)
    made.step = made.of(("quarter", "month", "half", "year"))
    made.turns = made.dice.number(3, 9)
    made.tracks = TRACKS if made.maybe(85) else TRACKS[:1]
    made.countries = tuple(sorted(made.some(COUNTRIES, 4))) if made.maybe(90) else ()
    sections: dict[str, Any] = {
        "format": 1,
        "id": "random",
        "title": "Random",
        "calendar": {"from": made.at(1), "to": made.at(made.turns), "step": made.step},
        "decisions": made.dice.number(0, 3),
    }
    sections |= _values(made)
    sections |= _items(made)
    return "".join(f"{_section(name, value)}\n" for name, value in sections.items())


def _section(name: str, value: Any) -> str:
    """A section with a line for each of its entries."""
    if isinstance(value, dict) and value and name != "calendar":
        return f"{name}:\n" + "\n".join(f"  {key}: {json.dumps(each)}" for key, each in value.items())
    if isinstance(value, list) and value:
        return f"{name}:\n" + "\n".join(f"  - {json.dumps(each)}" for each in value)
    return f"{name}: {json.dumps(value)}"


def _values(made: Written) -> Item:
    """The sections that declare values."""
    national: Item = {
        "gold": {"start": made.dice.number(0, 60), "min": made.of((0, -20)), "max": made.of((90, 400))},
        "standing": {"start": made.dice.number(10, 50), "max": 60},
        "open": {"start": made.maybe(50)},
        "regime": {"start": "old", "words": WORDS["regime"]},
        "line": {"start": made.of(WORDS["line"]), "words": WORDS["line"]},
        "tax": {"start": made.dice.number(0, 9), "max": 9, "constant": True},
        "trade": {"start": made.dice.number(0, 40), "max": 100},
    }
    own: Item = {
        "exists": {"start": True},
        "relations": {"start": 0, "min": -50, "max": 50},
        "party": {"start": made.dice.number(0, 30), "max": made.of((100, 35))},
        "pact": {"start": made.of(WORDS["pact"]), "words": WORDS["pact"]},
        "treaty": {"start": made.maybe(40)},
        "weight": {"start": made.dice.number(1, 9), "constant": True},
        "great": {"start": made.maybe(50), "constant": True},
    }
    del own["exists"]
    made.numbers, made.flags, made.words = ["gold", "standing", "trade", "tax"], ["open"], ["regime", "line"]
    made.own_numbers, made.own_flags = ["relations", "party", "weight"], ["treaty", "great"]
    made.own_words, made.fixed = ["pact"], {"tax", "weight", "great"}
    early, late = Here(memory=False), Here(purses=True, memory=False)
    inside = Here(made.countries, "country", purses=True, memory=False)
    early_inside = replace(inside, purses=False)
    if made.maybe(60):
        national["purse"] = {"is": made.number(early)}
    if made.maybe(50):
        national["calm"] = {"is": made.flag(early)}
    if made.countries and made.maybe(60):
        own["warmth"] = {"is": made.number(early_inside)}
    if made.countries and made.maybe(40):
        own["warm"] = {"is": made.flag(early_inside)}
    if made.maybe(70):
        national["balance"] = {"start": 50, "min": 20, "max": 80, "set_by": "both"}
        if made.maybe(30):
            national["balance"]["cost"] = {"gold": made.amount(early) if made.maybe(50) else 2, "means": 1}
            national["balance"]["cost"]["gold"] = f"max(0, {national['balance']['cost']['gold']})"
    role = made.of(made.tracks)
    if made.maybe(60):
        national["line"] |= {"set_by": role, "known_to": made.of(KNOWN)}
        if made.maybe(50):
            national["line"] |= {"when": made.flag(early), "cost": {"means": 1}}
    if made.maybe(30):
        national["open"] |= {"set_by": made.of(made.tracks), "cost": {"gold": 3}}
    for name in ("trade", "gold", "line", "open"):
        if made.maybe(30):
            goal = f"'{made.of(WORDS['line'])}'" if name == "line" else made.number(late)
            goal = made.flag(late) if name == "open" else goal
            national[name]["toward"] = (
                f"{goal} if {made.flag(late, 0)} else {goal}" if name == "line" else goal
            )
            national[name] |= {"step": made.amount(late)} if made.maybe(60) else {}
            national[name] |= {"because": made.because(Here())} if made.maybe(40) else {}
    for name in ("relations", "party", "pact"):
        if made.countries and made.maybe(50):
            own[name]["toward"] = "'full'" if name == "pact" else made.number(inside)
            own[name] |= {"step": made.number(inside, 1)} if made.maybe(40) else {}
            own[name] |= {"known_to": made.of(KNOWN)} if made.maybe(30) else {}
            own[name] |= {"because": "In {country}, {country.party}."} if made.maybe(50) else {}
    made.numbers += [name for name in ("purse", "balance") if name in national]
    made.flags += [name for name in ("calm",) if name in national]
    made.own_numbers += [name for name in ("warmth",) if name in own]
    made.own_flags += [name for name in ("warm",) if name in own]
    made.fixed |= {"purse", "calm", "warmth", "warm"}
    scores = {"trade": national.pop("trade")}
    countries: Item = {}
    for country in made.countries:
        start = {"relations": made.dice.number(-30, 30)} if made.maybe(60) else {}
        start |= {"exists": False} if made.maybe(15) else {}
        start |= {"great": made.maybe(50), "weight": made.dice.number(0, 9)} if made.maybe(50) else {}
        countries[country] = {"name": country.title(), "start": start}
        if made.maybe(25):
            countries[country]["toward"] = {
                "party": made.amount(Here((country,), "country", purses=True, memory=False))
            }
            countries[country] |= {"step": {"party": made.dice.number(0, 5)}} if made.maybe(50) else {}
    means = {track: f"max(0, {made.number(early)})" if made.maybe(50) else 6 for track in made.tracks}
    tracks = {
        track: {"label": track.title(), "means": means[track]}
        | ({"known_to": track} if made.maybe(40) else {})
        for track in made.tracks
    }
    found: Item = {"tracks": tracks, "scores": scores, "variables": national, "country_variables": own}
    if not made.countries:
        del found["country_variables"]
    return found | ({"countries": countries} if countries else {})


def _bound(made: Written, percent: int) -> Any:
    """`country`, a list of countries, or nothing."""
    if not made.countries or not made.maybe(percent):
        return None
    return made.some(made.countries) if made.maybe(40) else "country"


def _heads(made: Written) -> None:
    """Events, orders and milestones as far as conditions and calls must know them."""
    for number in range(made.dice.number(1, 6)):
        event: Item = {"id": f"{made.of('abcxyz')}-event-{number}"}
        if each := _bound(made, 45):
            event["each"] = each
        event["day"] = made.of((46, 10, 80))
        if made.tracks == TRACKS and made.maybe(55):
            event["choices"] = [
                {"id": id_, "label": id_} for id_ in ("go", "stay", "wait")[: made.dice.number(2, 3)]
            ]
        made.events[event["id"]] = event
    for number in range(made.dice.number(1, 4)):
        order: Item = {"id": f"order-{number}", "label": f"Order {number}", "track": made.of(made.tracks)}
        if target := _bound(made, 60):
            order["target"] = target
        made.orders[order["id"]] = order
    made.rules = [f"rule-{number}" for number in range(made.dice.number(1, 4))]


def _items(made: Written) -> Item:
    """The sections of items."""
    _heads(made)
    milestones = []
    for number in range(made.dice.number(0, 2)):
        date = made.date(made.dice.number(1, made.turns))
        milestones.append(
            {
                "id": f"stone-{number}",
                "label": "Stone",
                "when": made.flag(Here(purses=True)),
                "historically": date,
            }
        )
    made.milestones = [each["id"] for each in milestones]
    late = Here(purses=True)
    found: Item = {
        "milestones": milestones,
        "events": [_event(made, event) for event in made.events.values()],
        "rules": [_rule(made, id_) for id_ in made.rules],
        "orders": [_order(made, order) for order in made.orders.values()],
        "modifiers": [_modifier(made, number) for number in range(made.dice.number(0, 2))],
        "directives": [_directive(made, number) for number in range(made.dice.number(0, 3))],
        "endings": [{"id": "done", "title": "Done", "rank": 9}],
        "verdicts": [{"id": "good", "about": "trade", "rank": 1, "when": made.flag(late), "text": "Good."},
                     {"id": "bad", "about": "trade", "rank": 2, "text": "Bad."}],
    }  # fmt: skip
    for number in range(made.dice.number(0, 2)):
        when = f"standing <= {made.dice.number(0, 20)} and {made.flag(late)}"
        found["endings"].append({"id": f"early-{number}", "title": "Early", "rank": 1 + number, "when": when})
    if made.maybe(30):
        id_ = made.of(list(made.events))
        choices = made.events[id_].get("choices")
        choice = {"choice": choices[0]["id"]} if choices and made.maybe(60) else {}
        found["past"] = {id_: {"on": made.at(-made.dice.number(0, 3))} | choice}
    return found


def _event(made: Written, event: Item) -> Item:
    of_it = made.instances(event)
    here = Here(of_it, "country" if of_it else "")
    asks = "choices" in event
    first = made.dice.number(1, made.turns)
    kind = made.of(("when", "window", "historically", "only_then"))
    if kind == "when":
        event["when"] = made.flag(here)
    if kind == "window" or (kind == "historically" and made.maybe(60)):
        event["window"] = (
            f"{made.at(max(1, first - 1))}..{made.at(min(made.turns, first + made.dice.number(0, 4)))}"
        )
        event |= {"when": made.flag(here)} if made.maybe(50) else {}
    if kind == "historically":
        event["historically"] = made.date(first)
    elif made.maybe(40):
        event["repeats"] = made.dice.number(1, 3)
    if kind == "only_then":
        event["only_then"] = True
    if made.maybe(25):
        event["premise"] = made.flag(here)
    if made.maybe(40):
        event["chance"] = made.amount(here) if made.maybe(40) else made.of((70, 50, 20))
    if of_it and ((asks and len(of_it) > 1) or made.maybe(35)):
        event["pick"] = made.number(here)
    event |= {"known_to": made.of(KNOWN)} if made.maybe(20) else {}
    several = len(of_it) if of_it and "pick" not in event else 1
    event |= made.block(here, event, several, results=25)
    if asks:
        event["asks"] = made.of(made.tracks)
        event |= {"always_asks": True} if made.maybe(30) else {}
        historical = made.dice.number(0, len(event["choices"]))
        for number, choice in enumerate(event["choices"]):
            choice |= made.block(here, event)
            choice |= {"when": made.flag(here)} if number and made.maybe(40) else {}
            choice |= {"historical": True} if number + 1 == historical else {}
    return event


def _rule(made: Written, id_: str) -> Item:
    each = _bound(made, 60)
    rule: Item = {"id": id_} | ({"each": each} if each else {})
    of_it = made.instances(rule)
    here = Here(of_it, "country" if of_it else "", purses=True)
    rule["stage"] = made.of((5, 3, 7))
    rule |= {"when": made.flag(here)} if made.maybe(60) else {}
    rule |= {"pick": made.number(here)} if of_it and made.maybe(35) else {}
    rule |= {"chance": made.amount(here) if made.maybe(40) else 60} if made.maybe(40) else {}
    rule |= {"known_to": made.of(KNOWN)} if made.maybe(30) else {}
    several = len(of_it) if of_it and "pick" not in rule else 1
    return rule | made.block(here, rule, several, rule["stage"], results=25)


def _cost(made: Written, here: Here) -> Item:
    cost: Item = {"means": made.dice.number(0, 3)}
    if made.maybe(50):
        cost["gold"] = f"max(0, {made.number(here, 1)})" if made.maybe(40) else made.dice.number(0, 12)
    if made.maybe(15):
        cost["standing"] = 1
    return cost


def _order(made: Written, order: Item) -> Item:
    of_it = made.instances(order)
    here = Here(of_it, "target" if of_it else "", purses=True)
    order |= {"when": made.flag(here)} if made.maybe(50) else {}
    order |= {"cost": _cost(made, here)} if made.maybe(80) else {}
    order |= {"repeats": made.dice.number(1, 3)} if made.maybe(40) else {}
    order |= {"known_to": made.of(KNOWN)} if made.maybe(20) else {}
    order |= made.block(here, order, results=60)
    if "results" in order and made.maybe(60):
        order["takes"] = made.dice.number(1, 3)
    return order


def _modifier(made: Written, number: int) -> Item:
    aimed = bool(made.countries) and made.maybe(50)
    here = Here(made.countries, "target", purses=True) if aimed else Here(purses=True)
    when = made.flag(here)
    if aimed:
        when = f"target == {made.of(made.countries)} or {when}"
    cost = {"means": made.dice.number(-2, 2), "gold": made.number(here, 1)}
    modifier: Item = {"id": f"modifier-{number}", "when": when, "cost": cost}
    modifier |= {"track": made.of(made.tracks)} if made.maybe(50) else {}
    return modifier | ({"orders": made.some(list(made.orders), 2)} if made.maybe(30) else {})


def _directive(made: Written, number: int) -> Item:
    id_ = f"directive-{number}"
    directive: Item = {"id": id_, "label": "Do", "within": made.dice.number(1, 4)}
    directive |= {"track": made.of(made.tracks)} if made.maybe(40) else {}
    directive |= {"when": made.flag(Here())} if made.maybe(40) else {}
    directive |= {"weight": made.number(Here())} if made.maybe(40) else {}
    directive |= {"at_end": True} if made.maybe(30) else {}
    noted = made.maybe(60)
    directive |= {"note": made.number(Here())} if noted else {}
    here = Here(purses=True, noted=noted)
    directive["goal"] = f"({made.flag(here)})" + (" and noted < 30" if noted else "")
    directive["met"] = made.block(here, directive, results=30)
    directive["missed"] = made.block(here, directive, results=30)
    return directive
