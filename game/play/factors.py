"""What made this policy?  Six headings; under each a sentence on the player and one on the world."""

from __future__ import annotations

from typing import Final

from game.play.beside import course, decisive
from game.play.session import Session
from game.play.wording import number
from game.rules.classes import dataclass
from game.rules.ledger import Cause, Entry, Kind
from game.rules.scenario import FACTORS, Variable

HEADINGS: Final = {
    "security": "Security and the fear of invasion",
    "ideology": "Ideology",
    "economy": "Economic and technical backwardness",
    "others": "The attitudes of other states",
    "makers": "The makers of policy and their views",
    "home": "The situation at home",
}
"""The six factors of foreign policy, as historians sort them."""
WORLD: Final = (Kind.EVENT, Kind.DIRECTIVE)


@dataclass(frozen=True, slots=True)
class Factor:
    """One heading: where its first value stood and stands, what the player did to it, and what the world did."""

    id: str
    heading: str
    stands: str
    yours: str
    world: str

    @property
    def empty(self) -> bool:
        """Whether the scenario files nothing under it, or nothing moved."""
        return not (self.stands or self.yours or self.world)


@dataclass(slots=True)
class _Weight:
    """What one cause moved under a heading."""

    total: int = 0
    heaviest: Entry | None = None
    most: int = 0


def factors(session: Session) -> tuple[Factor, ...]:
    """The six headings in their order."""
    scenario = session.program.scenario
    of = {each.id: each.factor for each in scenario.variables if each.factor}
    of_countries = {each.id: each.factor for each in scenario.country_variables if each.factor}
    yours: dict[str, dict[Cause, _Weight]] = {each: {} for each in FACTORS}
    worlds: dict[str, dict[Cause, _Weight]] = {each: {} for each in FACTORS}
    for entry in session.seen():
        country, _, name = entry.slot.rpartition(".")
        factor = (of_countries if country else of).get(name, "")
        variable = session.viewer.words.variable(entry.slot)
        if not factor or variable is None or not entry.delta:
            continue
        decision = decisive(entry.cause)
        if decision is not None:
            _add(yours[factor], decision, entry, variable)
        elif entry.cause.kind in WORLD:
            _add(worlds[factor], entry.cause._replace(parent=None, branch=""), entry, variable)
    return tuple(
        Factor(
            each, HEADINGS[each], _stands(session, each),
            _said(session, _heaviest(yours[each])), _said(session, _heaviest(worlds[each])),
        )
        for each in FACTORS
    )  # fmt: skip


def _add(found: dict[Cause, _Weight], cause: Cause, entry: Entry, variable: Variable) -> None:
    """Add an entry to its cause: in hundredths of a percent of what the variable can move."""
    weight = abs(entry.delta) * 10_000 // max(1, min(variable.high, 1_000) - max(variable.low, -1_000))
    known = found.setdefault(cause, _Weight())
    known.total += weight
    if known.heaviest is None or weight > known.most:
        known.heaviest, known.most = entry, weight


def _heaviest(found: dict[Cause, _Weight]) -> tuple[Cause, Entry] | None:
    ranked = sorted(found.items(), key=lambda each: (-each[1].total, each[0].turn, str(each[0])))
    for cause, weight in ranked:
        if weight.heaviest is not None:
            return cause, weight.heaviest
    return None


def _said(session: Session, found: tuple[Cause, Entry] | None) -> str:
    """A cause and the weightiest thing it moved, as one sentence."""
    if found is None:
        return ""
    cause, entry = found
    words = session.viewer.words
    where = f" ({words.country(cause.country)})" if cause.country else ""
    match cause.kind:
        case Kind.CHOICE:
            what = f"your answer to “{words.title(cause.id)}”{where}, “{words.choice(cause)}”,"
        case Kind.ORDER | Kind.COST:
            what = f"your order “{words.title(cause.id)}”{where}"
        case Kind.SETTING:
            what = f"your setting of “{words.label(cause.id)}”"
        case Kind.DIRECTIVE:
            what = f"the directive “{words.title(cause.id)}”"
        case _:
            what = f"“{words.title(cause.id)}”{where}"
    variable = words.variable(entry.slot)
    shown = session.viewer.reason(entry).shown
    verb = "moved" if variable is not None and variable.kind == "number" else "made"
    by = "by " if verb == "moved" else ""
    because = words.sentence(entry.because)
    end = f": {because}" if because else "."
    return f"{words.turn(entry.turn)}: {what} {verb} “{words.label(entry.slot)}” {by}{shown}{end}"


def _stands(session: Session, factor: str) -> str:
    """The first value in sight under a heading: at the start, now, and in history."""
    ranked = [
        each
        for each in session.program.scenario.variables
        if each.factor == factor and each.kind == "number" and each.rank and each.derived is None
    ]
    if not ranked:
        return ""
    first = min(ranked, key=lambda each: (each.rank, each.id))
    trend = session.trend(first.id)
    history = course(session, first, session.turn)
    told = f", {number(history)} in history" if history is not None else ""
    label = session.viewer.words.label(first.id)
    return f"{label}: {number(trend[0])} at the start, {number(trend[-1])} now{told}."
