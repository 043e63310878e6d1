"""Why not?  Words for the part of a condition that does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.play.secrecy import BOTH, Secrecy
from game.play.wording import Words, number
from game.rules.core import Const
from game.rules.logic import (
    BOUND,
    EACH,
    Among,
    And,
    Before,
    Binary,
    Expr,
    If,
    National,
    Not,
    Number,
    Of,
    Or,
    Past,
    Place,
    Purse,
    Total,
)
from game.rules.program import Formula
from game.rules.scenario import Variable
from game.rules.state import Refusal
from game.rules.writing import Work

if TYPE_CHECKING:
    from game.rules.deeds import Maker

COMPARISONS = {
    ">=": "at least {}",
    ">": "above {}",
    "<=": "at most {}",
    "<": "below {}",
    "==": "{}",
    "!=": "other than {}",
}
DATES = {
    ">=": "from {} on",
    ">": "after {}",
    "<=": "up to {}",
    "<": "before {}",
    "==": "in {}",
    "!=": "at another time than {}",
}
SECRET = "something that is not known here"
VAGUE = "a condition that does not hold now"
MIRRORED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "==": "==", "!=": "!="}


class Refusals:
    """Says refusals of one program; keeps the formulas it has made for parts of conditions."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.secrecy = Secrecy(words.program)
        self._maker: Maker | None = None
        self._formulas: dict[tuple[int, str], Formula] = {}
        scenario = words.program.scenario
        self._conditions: dict[str, Expr | None] = {each.id: each.when for each in scenario.orders}
        self._conditions |= {each.id: each.when for each in scenario.variables if each.set_by}
        for event in scenario.events:
            for choice in event.choices:
                self._conditions[f"{event.id}/{choice.id}"] = choice.when

    def say(self, work: Work, refusal: Refusal, item: str = "", country: str = "", eyes: str = BOTH) -> str:
        """One sentence; for a condition, its first part that does not hold with the present value."""
        if refusal.code in ("condition", "choice-closed", "setting-closed"):
            condition = self._conditions.get(item)
            if condition is not None:
                return f"Needs {self.failing(work, condition, country, eyes)}."
        values = dict(refusal.values)
        if "stock" in values and not self.secrecy.knows_slot(str(values["stock"]), eyes):
            return f"Needs {SECRET}."
        for key in ("order", "stock", "setting"):
            if key in values:
                name = str(values[key])
                values[key] = self.words.title(name) if key == "order" else self.words.label(name).lower()
        if values.get("target"):
            values["target"] = self.words.country(str(values["target"]))
        return str(Refusal(refusal.code, values))

    def failing(self, work: Work, expr: Expr, country: str = "", eyes: str = BOTH) -> str:
        """The first part of a condition that does not hold and may be known, in words."""
        match expr:
            case And(parts):
                failing = [part for part in parts if not self._value(work, part, country)]
                known = [part for part in failing if self.secrecy.knows_condition(part, eyes)]
                if not failing:
                    return VAGUE
                return self.failing(work, known[0], country, eyes) if known else SECRET
            case _ if not self.secrecy.knows_condition(expr, eyes):
                return SECRET
            case Or(parts):
                return " or ".join(dict.fromkeys(self.failing(work, part, country) for part in parts))
            case _:
                return self.demand(work, expr, country)

    def judged(self, work: Work, expr: Expr, country: str = "") -> tuple[str, bool]:
        """What a condition asks for, with what there is now, and whether it holds."""
        return self.demand(work, expr, country), bool(self._value(work, expr, country))

    def _value(self, work: Work, expr: Expr, country: str) -> int:
        key = (id(expr), country)
        if key not in self._formulas:
            from game.rules.deeds import Maker
            from game.rules.lowering import Scope

            if self._maker is None:
                self._maker = Maker(self.words.program.scenario)
                self._maker.lowering.before.update(dict(self.words.program.opening))
            self._formulas[key] = self._maker.formula(expr, Scope(country=country))
        formula = self._formulas[key]
        if isinstance(formula.core, Const):
            return formula.core.value
        return formula.read(work.values, {})

    def demand(self, work: Work, expr: Expr, country: str, wanted: bool = True) -> str:
        """What a part of a condition asks for, with what there is now."""
        match expr:
            case Not(of):
                return self.demand(work, of, country, not wanted)
            case Binary(operator, left, right) if operator in COMPARISONS:
                if isinstance(left, Number):
                    left, right, operator = right, left, MIRRORED[operator]  # type: ignore[assignment]
                prefix = "" if wanted else "not "
                there, now = self._side(work, right, left, country), self._side(work, left, left, country)
                if left == National("turn"):
                    return f"a time {prefix}{DATES[operator].format(there)} (now {now})"
                return (
                    f"{self._name(left, country)} {prefix}{COMPARISONS[operator].format(there)} (now {now})"
                )
            case Among(value, options):
                listed = " or ".join(self._side(work, each, value, country) for each in options)
                now = self._side(work, value, value, country)
                return f"{self._name(value, country)} {'' if wanted else 'other than '}{listed} (now {now})"
            case Of() | National():
                where, colon, what = self._name(expr, country).rpartition(": ")
                return f"{where}{colon}{'' if wanted else 'no '}{what}"
            case Past(question, id_, choice, _):
                title = self.words.title(id_)
                verb = {"running": "under way", "due": "due", "chose": "so decided"}.get(question, "past")
                return f"“{title}” {'' if wanted else 'not '}{verb}" + (f" ({choice})" if choice else "")
            case And(parts) | Or(parts):
                joint = " and " if isinstance(expr, And) == wanted else " or "
                return joint.join(self.demand(work, part, country, wanted) for part in parts)
            case _:
                return VAGUE

    def _name(self, expr: Expr, country: str) -> str:
        match expr:
            case Of(who, name) if who == EACH or (who == BOUND and not country):
                variable = self.words.variable(f"x.{name}")
                return self.words.called(variable).lower() if variable else name.replace("_", " ")
            case Of(who, name):
                return self.words.label(f"{country if who == BOUND else who}.{name}")
            case National(name):
                return self.words.label(name)
            case Before(of):
                return f"{self._name(of, country)} at the opening"
            case Total("count", amount, _):
                return f"the number of countries with {self._each(amount)}"
            case Total(loop, amount, _):
                return f"the {loop} of {self._each(amount)}"
            case Place():
                return "the target"
            case Purse(track, unspent):
                means = f"means of {self._track(track)}"
                return f"unspent {means}" if unspent else means
            case Past("lead", id_):
                return f"turns ahead of history with “{self.words.title(id_)}”"
            case Past("times", id_):
                return f"times of “{self.words.title(id_)}”"
            case Past(_, id_):
                return f"turns since “{self.words.title(id_)}”"
            case If() | Binary():
                return "the reckoning"
            case _:
                return "it"

    def _each(self, expr: Expr) -> str:
        """What a loop asks of every country."""
        match expr:
            case Binary(operator, Of() as left, Number(value)) if operator in COMPARISONS:
                variable = self._variable(left)
                shown = self.words.value(variable, value) if variable else number(value)
                return f"{self._name(left, '')} {COMPARISONS[operator].format(shown)}"
            case _:
                return self._name(expr, "")

    def _side(self, work: Work, side: Expr, beside: Expr, country: str) -> str:
        value = self._value(work, side, country)
        if isinstance(beside, Place):
            return self.words.country(self.words.program.layout.countries[value])
        if beside == National("turn"):
            return self.words.turn(value)
        variable = self._variable(beside)
        if variable is not None and variable.kind != "number":
            return self.words.value(variable, value)
        return number(value)

    def _track(self, id: str) -> str:
        return next(
            self.words.plain(each.label) for each in self.words.program.scenario.tracks if each.id == id
        )

    def _variable(self, expr: Expr) -> Variable | None:
        match expr:
            case Of(_, name):
                return self.words.variable(f"x.{name}")
            case National(name):
                return self.words.variable(name)
            case _:
                return None
