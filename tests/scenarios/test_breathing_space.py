"""Is the main scenario complete?  The events of the shortest game, the countries, the offices, the sources."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from game.compiler.load import Loaded, load
from game.rules.scenario import Event

ROOT = Path(__file__).resolve().parents[2]
CORE = [
    "gb-trade-1921",
    "famine-appeal-1921",
    "ara-1921",
    "debt-note-1921",
    "genoa-1922",
    "rapallo-1922",
    "secret-reichswehr-1922",
    "curzon-1923",
    "german-october-1923",
    "hamburg-1923",
    "lenin-death-1924",
    "gb-recognition-1924",
    "zinoviev-letter-1924",
    "france-recognition-1924",
    "locarno-1925",
    "berlin-treaty-1926",
    "general-strike-1926",
    "shanghai-1927",
    "arcos-1927",
    "congress15-1927",
    "comintern6-1928",
    "fyp-1928",
    "cer-seizure-1929",
    "gb-resumption-1929",
    "crash-1929",
    "france-licence-1930",
    "mukden-1931",
    "poland-pact-1932",
    "france-pact-1932",
    "famine-1932",
    "hitler-1933",
    "us-recognition-1933",
]
COUNTRIES = [
    "afghanistan",
    "baltic",
    "britain",
    "china",
    "czechoslovakia",
    "france",
    "germany",
    "italy",
    "japan",
    "kuomintang",
    "mongolia",
    "persia",
    "poland",
    "romania",
    "scandinavia",
    "turkey",
    "usa",
]
ORDERS = [
    "trade-talks",
    "recognition-talks",
    "debt-offer",
    "counterclaim",
    "propaganda-pledge",
    "concession",
    "buy-machinery",
    "sell-grain",
    "short-credit",
    "military-work",
    "pact",
    "disarmament-appeal",
    "national-movement",
    "quiet-mission",
    "fund-party",
    "agitation",
    "rising",
    "united-front",
    "third-period",
    "colonial-agitation",
    "train-cadres",
    "advisers",
    "rein-in",
    "bolshevise",
    "cover-tracks",
]
SOURCES = {"brit", "jacobson", "rempel", "wiki", "loc", "gen"}
NOTED = [
    "kronstadt-nep-1921",
    "famine-appeal-1921",
    "shanghai-1927",
    "canton-1927",
    "voikov-1927",
    "collectivization-1929",
    "famine-1932",
    "hitler-1933",
]
"""Events that need a content note before the text (dossier, section 8)."""


@cache
def loaded() -> Loaded:
    """The scenario, read once."""
    return load(str(ROOT / "scenarios" / "breathing-space"))


@cache
def events() -> dict[str, Event]:
    """Its events by id."""
    return {event.id: event for event in loaded().scenario.events}


def test_it_has_no_findings() -> None:
    assert [str(each) for each in loaded().problems if each.severity != "note"] == []


def test_all_countries_and_orders_are_there() -> None:
    scenario = loaded().scenario
    assert sorted(each.id for each in scenario.countries) == sorted(COUNTRIES)
    assert {each.id for each in scenario.orders} >= set(ORDERS)
    weights = [dict(each.start).get("weight", 0) for each in scenario.countries]
    assert sum(weights) == 100


def test_two_directives_are_set_every_year() -> None:
    for year in range(1921, 1933):
        tracks = {each.track for each in loaded().scenario.directives if each.id.endswith(str(year))}
        assert tracks >= {"narkomindel"}, year
        assert tracks == {"narkomindel", "comintern"} or year == 1932, year


@pytest.mark.parametrize("id_", CORE)
def test_core_events_are_complete(id_: str) -> None:
    event = events()[id_]
    for variant in event.text.variants if event.text else ():
        said = " ".join(part if isinstance(part, str) else "…" for part in variant.wording["en"])
        assert 60 <= len(said.split()) <= 140, f"{len(said.split())} words"
    assert event.text is not None and event.title is not None
    assert event.asks in ("narkomindel", "comintern")
    assert 2 <= len(event.choices) <= 4
    assert sum(choice.historical for choice in event.choices) == 1
    for choice in event.choices:
        assert choice.text is not None, choice.id
        block = choice.block
        assert block.effects or block.results or block.then, choice.id
        assert block.because or all(result.block.because for result in block.results), choice.id
    notes = event.attachments
    assert notes.teaching is not None and notes.teaching.note is not None and notes.teaching.questions
    assert notes.confidence in ("high", "medium", "low")
    assert event.historically
    assert event.premise is not None or event.when is not None or not event.window


@pytest.mark.parametrize("id_", sorted(events()))
def test_events_name_their_sources(id_: str) -> None:
    notes = events()[id_].attachments
    if events()[id_].difficulty:
        assert notes.sources and notes.sources[0].startswith("invented")
        return
    assert notes.sources and set(notes.sources) <= SOURCES
    assert notes.confidence


@pytest.mark.parametrize("id_", NOTED)
def test_what_hurts_is_announced(id_: str) -> None:
    assert events()[id_].attachments.content_note is not None


@pytest.mark.parametrize("id_", ["famine-appeal-1921", "famine-1932", "shanghai-1927"])
def test_the_human_cost_is_named(id_: str) -> None:
    event = events()[id_]
    assert event.attachments.toll is not None or all(choice.toll for choice in event.choices)


def test_no_choice_is_best_for_every_score() -> None:
    """A choice that is nowhere worse than another makes the other an empty offer."""
    for event in events().values():
        rows = {}
        for choice in event.choices:
            if choice.block.results or choice.block.then or choice.when:
                break
            numbers = {}
            for effect in choice.block.effects:
                value = getattr(effect.amount, "value", None)
                if value is None or effect.when is not None:
                    break
                numbers[(effect.country or "", effect.name)] = value
            rows[choice.id] = (numbers, choice.dominated)
        else:
            for id_, (mine, dominated) in rows.items():
                for other, (theirs, _) in rows.items():
                    if id_ == other or dominated or set(mine) != set(theirs):
                        continue
                    assert any(mine[key] > theirs[key] for key in mine) or mine == theirs, (
                        f"{event.id}: {other} is nowhere worse than {id_}"
                    )


def test_offices_are_held_by_people() -> None:
    people = {each.id for each in loaded().scenario.people}
    office = next(each for each in loaded().scenario.variables if each.id == "commissar")
    assert set(office.words) <= people
