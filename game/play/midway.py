"""What had a game come to before some turn?  Told as a lesson's beginning: start values, and what had happened.

What a lesson cannot begin with is named: calls and orders that were still under way. How often something repeated had
happened, what orders had been given, and what happened to single countries is not carried over.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from game.play.session import Session
from game.rules.calendar import name_step
from game.rules.classes import dataclass
from game.rules.layout import NEVER
from game.rules.scenario import Scenario, Variable

WIDTH: Final = 116
WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Midway:
    """What had become of a game: start values by section and name, the past by id, and what was still under way."""

    variables: dict[str, str]
    scores: dict[str, str]
    countries: dict[str, dict[str, str]]
    past: dict[str, tuple[str, str]]
    """The step and the choice, if one was taken."""
    pending: tuple[str, ...]


def midway(session: Session) -> Midway:
    """What has become of a game at the opening of its next turn."""
    scenario, layout = session.program.scenario, session.program.layout
    values = session.state.values
    kept = {name: values[slot] for name, slot in layout.index.items()}
    moved = {
        name: kept[name]
        for name in layout.names[: layout.stored]
        if kept[name] != layout.start[layout.index[name]]
    }
    scores, variables = dict[str, str](), dict[str, str]()
    for each in scenario.variables:
        if each.id in moved:
            (scores if each.score else variables)[each.id] = written(each, moved[each.id])
    return Midway(
        variables=dict(sorted(variables.items())),
        scores=dict(sorted(scores.items())),
        countries={
            each.id: found for each in scenario.countries if (found := _moved(scenario, each.id, moved))
        },
        past=dict(_past(scenario, kept, layout.first_step)),
        pending=tuple(_pending(session, kept)),
    )


def _moved(scenario: Scenario, country: str, moved: dict[str, int]) -> dict[str, str]:
    """The values of a country that are not what it began with."""
    found = {}
    if (there := moved.get(f"{country}.exists")) is not None:
        found["exists"] = "true" if there else "false"
    for each in sorted(scenario.country_variables, key=lambda each: each.id):
        if (value := moved.get(f"{country}.{each.id}")) is not None:
            found[each.id] = written(each, value)
    return found


def written(variable: Variable, value: int) -> str:
    """A value as a scenario writes it."""
    if variable.kind == "flag":
        return "true" if value else "false"
    return variable.words[value] if variable.kind == "word" else str(value)


def _past(scenario: Scenario, kept: dict[str, int], first: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Events that had happened, with the choice taken last, and milestones that had been reached."""
    length = scenario.calendar.step
    found: list[tuple[int, str, str]] = []
    for event in scenario.events:
        if not event.each and (turn := kept[f"event:{event.id}"]) != NEVER:
            taken = {each.id: kept[f"choice:{event.id}/{each.id}"] for each in event.choices}
            choice = max(taken, key=lambda id_: taken[id_], default="")
            found.append((turn, event.id, choice if choice and taken[choice] != NEVER else ""))
    for milestone in scenario.milestones:
        if (turn := kept[f"milestone:{milestone.id}"]) != NEVER:
            found.append((turn, milestone.id, ""))
    for turn, id_, choice in sorted(found):
        yield id_, (name_step(first + turn - 1, length), choice)


def _pending(session: Session, kept: dict[str, int]) -> Iterator[str]:
    """What was called or ordered and has not come yet."""
    layout, length = session.program.layout, session.program.scenario.calendar.step
    for name in layout.names[layout.stored :]:
        group, _, what = name.partition(":")
        if group in ("due", "running") and kept[name] > session.turn:
            step = name_step(layout.first_step + kept[name] - 1, length)
            verb = "called for" if group == "due" else "ordered, and due in"
            yield f"{what.replace('@', ' of ')}, {verb} {step}"


def as_yaml(found: Midway, says: str) -> str:
    """The beginning as a file of a scenario, with a comment above it."""
    lines = [f"# {line}" for line in says.splitlines()]
    lines += [f"# Not carried over: {each}." for each in found.pending]
    for section, group in (("variables", found.variables), ("scores", found.scores)):
        if group:
            lines += [f"{section}:", *(f"  {name}: {{start: {value}}}" for name, value in group.items())]
    if found.countries:
        lines += ["countries:"]
        for country, values in found.countries.items():
            lines += _starts(country, values)
    if found.past:
        lines += ["past:"]
        for id_, (step, choice) in found.past.items():
            lines.append(f"  {id_}: {{on: {step}{f', choice: {choice}' if choice else ''}}}")
    return "\n".join(lines) + "\n"


def _starts(country: str, values: dict[str, str]) -> Iterator[str]:
    """The start values of a country, on one line if they fit."""
    inside = [f"{name}:\N{NO-BREAK SPACE}{value}" for name, value in values.items()]
    lines = wrap(", ".join(inside), WIDTH - 13, break_long_words=False)
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
    if len(lines) == 1 and len(lines[0]) <= WIDEST:
        yield f"  {country}: {{start: {{{lines[0]}}}}}"
        return
    yield f"  {country}:"
    yield f"    start: {{{lines[0]}" + ("}" if len(lines) == 1 else "")
    for number, line in enumerate(lines[1:], start=2):
        yield f"      {line}" + ("}" if number == len(lines) else "")
