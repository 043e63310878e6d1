"""Why not?  Words for the part of a condition that does not hold."""

from __future__ import annotations

from game.play.wording import Words, number
from game.rules.core import Const
from game.rules.deeds import Maker
from game.rules.logic import (
    BOUND,
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
    Total,
)
from game.rules.lowering import Scope
from game.rules.program import Formula
from game.rules.scenario import Variable
from game.rules.state import Refusal
from game.rules.writing import Work

COMPARISONS = {
    ">=": "at least {}",
    ">": "above {}",
    "<=": "at most {}",
    "<": "below {}",
    "==": "{}",
    "!=": "other than {}",
}
MIRRORED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "==": "==", "!=": "!="}


class Refusals:
    """Says refusals of one program; keeps the formulas it has made for parts of conditions."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._maker: Maker | None = None
        self._formulas: dict[tuple[int, str], Formula] = {}
        scenario = words.program.scenario
        self._conditions: dict[str, Expr | None] = {each.id: each.when for each in scenario.orders}
        self._conditions |= {each.id: each.when for each in scenario.variables if each.set_by}
        for event in scenario.events:
            for choice in event.choices:
                self._conditions[f"{event.id}/{choice.id}"] = choice.when

    def say(self, work: Work, refusal: Refusal, item: str = "", country: str = "") -> str:
        """One sentence; for a condition, its first part that does not hold with the present value."""
        if refusal.code in ("condition", "choice-closed", "setting-closed"):
            condition = self._conditions.get(item)
            if condition is not None:
                return f"Needs {self.failing(work, condition, country)}."
        values = dict(refusal.values)
        for key in ("order", "stock", "setting"):
            if key in values:
                name = str(values[key])
                values[key] = self.words.title(name) if key == "order" else self.words.label(name).lower()
        if values.get("target"):
            values["target"] = self.words.country(str(values["target"]))
        return str(Refusal(refusal.code, values))

    def failing(self, work: Work, expr: Expr, country: str = "") -> str:
        """The first part of a condition that does not hold, in words."""
        match expr:
            case And(parts):
                for part in parts:
                    if not self._value(work, part, country):
                        return self.failing(work, part, country)
                return self.demand(work, expr, country)
            case Or(parts):
                return " or ".join(dict.fromkeys(self.failing(work, part, country) for part in parts))
            case _:
                return self.demand(work, expr, country)

    def _value(self, work: Work, expr: Expr, country: str) -> int:
        key = (id(expr), country)
        if key not in self._formulas:
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
                words = COMPARISONS[operator].format(self._side(work, right, left, country))
                now = self._side(work, left, left, country)
                prefix = "" if wanted else "not "
                return f"{self._name(left, country)} {prefix}{words} (now {now})"
            case Of() | National():
                return f"{'' if wanted else 'no '}{self._name(expr, country)}"
            case Past(question, id_, choice, _):
                title = self.words.title(id_)
                verb = {"running": "under way", "due": "due", "chose": "so decided"}.get(question, "past")
                return f"“{title}” {'' if wanted else 'not '}{verb}" + (f" ({choice})" if choice else "")
            case And(parts) | Or(parts):
                joint = " and " if isinstance(expr, And) else " or "
                return joint.join(self.demand(work, part, country, wanted) for part in parts)
            case _:
                return "a condition that does not hold now"

    def _name(self, expr: Expr, country: str) -> str:
        match expr:
            case Of(who, name):
                place = country if who == BOUND else who
                return self.words.label(f"{place}.{name}") if place else name.replace("_", " ")
            case National(name):
                return self.words.label(name)
            case Before(of):
                return f"{self._name(of, country)} at the opening"
            case Total(loop, amount, _):
                what = self._name(amount, "").lower()
                return f"the number of countries with {what}" if loop == "count" else f"the {loop} of {what}"
            case If() | Binary():
                return "the reckoning"
            case _:
                return "it"

    def _side(self, work: Work, side: Expr, beside: Expr, country: str) -> str:
        value = self._value(work, side, country)
        variable = self._variable(beside)
        if variable is not None and variable.kind != "number":
            return self.words.value(variable, value)
        return number(value)

    def _variable(self, expr: Expr) -> Variable | None:
        match expr:
            case Of(_, name):
                return self.words.variable(f"x.{name}")
            case National(name):
                return self.words.variable(name)
            case _:
                return None
