"""Does the historical playthrough go as history went?  Dates, relations, scores and turnover, real against simulated.

Dates and turnover are history; the keys behind them are the scenario's sources. Levels of relations and scores have
no historical unit: the checkpoints are the judgement of the dossier behind the scenario, put into the game's numbers.
The model was fitted by hand to these figures. The tests show that it can follow history, not that it predicts it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import correlation, mean

import pytest

from game.compiler.load import load
from game.play.running import Run, Runner
from game.play.script import read_script
from game.rules.building import interpret
from game.rules.calendar import parse_step
from game.rules.events import DROPPED
from game.rules.ledger import Kind

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "breathing-space"
YEARS = range(1921, 1934)
CHECKPOINTS = ("1924-Q4", "1927-Q4", "1929-Q4", "1933-Q4")

STEPS = [
    # country, what, became, on, by which sources
    ("poland", "recognition", "de_jure", "1921-03-18", "rempel gen"),
    ("britain", "recognition", "de_facto", "1921-03-16", "brit jacobson wiki gen"),
    ("britain", "recognition", "de_jure", "1924-02-01", "brit wiki gen"),
    ("britain", "recognition", "none", "1927-05-26", "brit wiki gen"),
    ("britain", "recognition", "de_jure", "1929-10-03", "brit gen"),
    ("germany", "recognition", "de_facto", "1921-05-06", "jacobson brit gen"),
    ("germany", "recognition", "de_jure", "1922-04-16", "brit jacobson loc gen"),
    ("france", "recognition", "de_jure", "1924-10-28", "brit gen"),
    ("usa", "recognition", "de_jure", "1933-11-16", "loc rempel gen"),
    ("italy", "recognition", "de_facto", "1921-12-26", "jacobson gen"),
    ("italy", "recognition", "de_jure", "1924-02-07", "brit gen"),
    ("japan", "recognition", "de_jure", "1925-01-20", "jacobson gen"),
    ("china", "recognition", "de_jure", "1924-05-31", "rempel gen"),
    ("china", "recognition", "none", "1927-12-14", "gen"),
    ("china", "recognition", "de_jure", "1932-12-12", "gen"),
    ("mongolia", "recognition", "de_jure", "1921-11-05", "rempel gen"),
    ("czechoslovakia", "recognition", "de_facto", "1922-06-05", "jacobson gen"),
    ("scandinavia", "recognition", "de_facto", "1921-09-02", "jacobson gen"),
    ("scandinavia", "recognition", "de_jure", "1924-02-15", "gen"),
    ("britain", "trade_treaty", "true", "1921-03-16", "brit jacobson wiki gen"),
    ("britain", "trade_treaty", "false", "1927-05-26", "brit wiki gen"),
    ("britain", "trade_treaty", "true", "1930-04-16", "brit gen"),
    ("britain", "trade_treaty", "false", "1932-10-17", "gen"),
    ("germany", "trade_treaty", "true", "1921-05-06", "jacobson brit gen"),
    ("italy", "trade_treaty", "true", "1921-12-26", "jacobson gen"),
    ("scandinavia", "trade_treaty", "true", "1921-09-02", "jacobson gen"),
    ("czechoslovakia", "trade_treaty", "true", "1922-06-05", "jacobson gen"),
    ("usa", "trade_treaty", "true", "1924-05-01", "jacobson rempel gen"),
    ("persia", "trade_treaty", "true", "1927-10-01", "gen"),
    ("turkey", "pact", "non_aggression", "1925-12-17", "gen"),
    ("germany", "pact", "neutrality", "1926-04-24", "rempel wiki gen"),
    ("afghanistan", "pact", "non_aggression", "1926-08-31", "gen"),
    ("persia", "pact", "non_aggression", "1927-10-01", "gen"),
    ("baltic", "pact", "non_aggression", "1932-01-21", "gen"),
    ("poland", "pact", "non_aggression", "1932-07-25", "gen"),
    ("france", "pact", "non_aggression", "1932-11-29", "rempel gen"),
    ("italy", "pact", "non_aggression", "1933-09-02", "gen"),
]
FROM_THE_START = {
    # treaties of February and March 1921 that were signed when the game begins, and the peaces of 1920
    ("turkey", "recognition"): "de_jure",
    ("persia", "recognition"): "de_jure",
    ("afghanistan", "recognition"): "de_jure",
    ("baltic", "recognition"): "de_jure",
}
NEVER = [
    # what did not come before 1934, or not at all
    ("romania", "recognition"),
    ("kuomintang", "recognition"),
    ("france", "trade_treaty"),
    ("poland", "trade_treaty"),
    ("britain", "pact"),
    ("japan", "pact"),
    ("usa", "pact"),
    ("china", "pact"),
    ("romania", "pact"),
    ("czechoslovakia", "pact"),
]
RELATIONS = {
    "britain": (-20, -75, -5, -15),
    "germany": (30, 35, 20, -35),
    "france": (5, -35, -45, 40),
    "usa": (-25, -15, -10, 30),
    "italy": (25, 10, 15, 35),
    "poland": (-45, -65, -40, 10),
    "japan": (-10, 5, 0, -55),
    "china": (15, -70, -80, -5),
    "kuomintang": (55, -85, None, None),
    "turkey": (50, 55, 55, 60),
    "persia": (15, 25, 20, 15),
    "afghanistan": (30, 35, 5, 20),
    "mongolia": (70, 75, 80, 80),
    "czechoslovakia": (-5, -10, -10, 30),
    "romania": (-75, -70, -50, -15),
    "baltic": (-25, -15, 0, 20),
    "scandinavia": (25, 15, 15, 10),
}
SCORES = {
    "trade": (33, 60, 62, 29),
    "recognition": (55, 50, 65, 85),
    "security": (45, 30, 45, 45),
    "revolution": (40, 20, 20, 10),
    "standing": (35, 40, 35, 50),
}
HOME = (45, 55, 40, 30)
TURNOVER = [8, 12, 14, 33, 44, 50, 51, 60, 62, 72, 66, 44, 29]
"""Soviet foreign trade in current gold roubles, 1913 = 100, 1921 to 1933 (gen).

The years 1923 to 1928 are the economic years 1922/23 to 1927/28. Before 1927/28 the returns cover different borders
and prices, and historians' figures differ; from then on the official series is firm.
"""


@cache
def history() -> Run:
    """History's own choices, played once."""
    program = interpret(load(str(FOLDER)).scenario)
    return Runner(program, read_script(FOLDER / "playthroughs" / "historical.yaml")).run()


def turn_of(day: str) -> int:
    """The turn in which a day falls: `1922-04-16`, or a quarter such as `1922-Q2`."""
    if "Q" not in day:
        day = f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    program = history().session.program
    return program.layout.turn_of(parse_step(day, program.scenario.calendar.step))


def word(name: str, turn: int) -> str:
    """A word or flag of a country at the close of a turn, as the files write it."""
    session = history().session
    variable = session.viewer.words.variable(name)
    assert variable is not None
    value = session.trend(name)[turn]
    return variable.words[value] if variable.words else str(bool(value)).lower()


@pytest.mark.parametrize(
    ("country", "what", "became", "day"),
    [step[:4] for step in STEPS],
    ids=[f"{country}-{what}-{day}" for country, what, _, day, _ in STEPS],
)
def test_every_step_came_in_its_quarter(country: str, what: str, became: str, day: str) -> None:
    turn = turn_of(day)
    assert word(f"{country}.{what}", turn) == became
    assert word(f"{country}.{what}", turn - 1) != became


def test_nothing_else_was_signed_or_broken() -> None:
    """The other half of the test before: no recognition, trade agreement or pact but those."""
    session = history().session
    names = [f"{each.id}.{what}" for each in session.program.scenario.countries
             for what in ("recognition", "trade_treaty", "pact")]  # fmt: skip
    found = {
        (name, turn)
        for name in names
        for turn in range(1, len(session.closes))
        if session.trend(name)[turn] != session.trend(name)[turn - 1]
    }
    known = {(f"{country}.{what}", turn_of(day)) for country, what, _, day, _ in STEPS}
    fishing = {("japan.trade_treaty", turn_of("1925-01-20"))}  # part of the convention of Peking
    assert found == known | fishing
    for country, what in NEVER:
        assert not any(session.trend(f"{country}.{what}")), f"{country}.{what}"
    for (country, what), value in FROM_THE_START.items():
        assert word(f"{country}.{what}", 0) == value


def test_every_dated_event_happened_in_its_quarter() -> None:
    session = history().session
    happened: dict[str, int] = {}
    for entry in session.entries:
        if entry.cause.kind == Kind.EVENT and not entry.note.startswith(DROPPED):
            happened.setdefault(entry.cause.id, entry.turn)
    late = {
        event.id: (event.historically, session.viewer.words.step(happened[event.id]))
        for event in session.program.scenario.events
        if event.historically
        and event.id in happened
        and turn_of(str(event.historically)) != happened[event.id]
    }
    assert late == {}
    missed = {event.id for event in session.program.scenario.events if event.historically} - set(happened)
    # what history only threatened: a day in October without a rising, and ports that had never been opened
    assert missed == {"october-passes-1923", "trade-monopoly-back-1922"}


@pytest.mark.parametrize("country", sorted(RELATIONS))
def test_relations_pass_the_checkpoints(country: str) -> None:
    path = history().session.trend(f"{country}.relations")
    for when, real in zip(CHECKPOINTS, RELATIONS[country], strict=True):
        if real is not None:
            assert abs(path[turn_of(when)] - real) <= 15, f"{when}: {real}, simulated {path[turn_of(when)]}"


@pytest.mark.parametrize("score", sorted(SCORES))
def test_scores_pass_the_checkpoints(score: str) -> None:
    path = history().session.trend(score)
    for when, real in zip(CHECKPOINTS, SCORES[score], strict=True):
        assert abs(path[turn_of(when)] - real) <= 10, f"{when}: {real}, simulated {path[turn_of(when)]}"


def test_the_country_at_home_passes_the_checkpoints() -> None:
    industry, harvest = history().session.trend("industry"), history().session.trend("harvest")
    for when, real in zip(CHECKPOINTS, HOME, strict=True):
        home = (industry[turn_of(when)] + harvest[turn_of(when)]) // 2
        assert abs(home - real) <= 10, f"{when}: {real}, simulated {home}"


def test_the_trade_score_follows_the_turnover() -> None:
    path = history().session.trend("trade")
    by_year = [mean(path[turn_of(f"{year}-Q1") : turn_of(f"{year}-Q4") + 1]) for year in YEARS]
    assert correlation(by_year, TURNOVER) >= 0.9
    peak = YEARS[by_year.index(max(by_year))]
    assert peak in (1930, 1931), peak


def test_the_debrief_shows_the_same_checkpoints() -> None:
    """What the debrief calls the real path is what these tests hold the playthrough to."""
    variables = {each.id: each for each in history().session.program.scenario.variables}
    for score, real in SCORES.items():
        assert tuple(dict(variables[score].history).values()) == real, score


def test_history_meets_its_own_expectations() -> None:
    assert [str(failure) for failure in history().failures] == []
    outcome = history().session.outcome()
    assert outcome is not None and outcome.ending == "survived"
