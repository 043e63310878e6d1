"""Where on the map are the countries of the game?  The one table from a country's id to the states of the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from game.rules.classes import dataclass, field
from game.views.desktop.atlas import atlas


@dataclass(frozen=True, slots=True)
class Place:
    """The states that a country of the game is on the map, and where its tag belongs (longitude, latitude)."""

    states: tuple[str, ...]
    at: tuple[float, float]
    on: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Another spot for the tag on a view that shows only a part of the country."""
    within: bool = False
    """Part of a state that is another country's: its own tag, but no colour and no outline."""


PLACES: Final[dict[str, Place]] = {
    "britain": Place(("britain",), (-1.8, 52.7)),
    "germany": Place(("germany",), (10.4, 51.3)),
    "france": Place(("france",), (2.6, 46.9)),
    "usa": Place(("usa",), (-77.0, 38.9)),
    "italy": Place(("italy",), (12.2, 43.3)),
    "poland": Place(("poland",), (20.6, 52.0)),
    "japan": Place(("japan",), (138.2, 36.2)),
    "china": Place(("china",), (106.5, 34.2)),
    "kuomintang": Place(("china",), (113.3, 23.4), within=True),
    "turkey": Place(("turkey",), (33.5, 39.0)),
    "persia": Place(("persia",), (54.0, 32.5), {"europe": (50.0, 36.0)}),
    "afghanistan": Place(("afghanistan",), (66.0, 33.8), {"far_east": (68.5, 34.3)}),
    "mongolia": Place(("mongolia",), (103.5, 46.6)),
    "czechoslovakia": Place(("czechoslovakia",), (17.3, 49.4)),
    "romania": Place(("romania",), (25.2, 45.8)),
    "baltic": Place(("estonia", "latvia", "lithuania", "finland"), (25.0, 57.6)),
    "scandinavia": Place(("sweden", "norway", "denmark"), (14.8, 61.2), {"eurasia": (15.5, 63.0)}),
}
"""Every country of the main scenario; scenarios that know fewer use what they have."""

LONGEST: Final = 22
"""Signs of a name on a tag."""
SHORT: Final = {
    "Baltic states and Finland": "Baltic",
    "Czechoslovakia": "Czechoslov.",
    "United States": "U.S.A.",
}
"""Names that a tag shortens."""


def short(name: str) -> str:
    """A country's name as its tag writes it: one that no tag has room for is cut.

    >>> short("Czechoslovakia"), short("Elbonia and the islands that belong to it")
    ('Czechoslov.', 'Elbonia and the islan…')
    """
    found = SHORT.get(name, name)
    return found if len(found) <= LONGEST else f"{found[: LONGEST - 1]}…"


def states_of(countries: Iterable[str]) -> frozenset[str]:
    """The states of the map that some countries are; unknown countries have none."""
    found = (PLACES[each] for each in countries if each in PLACES)
    return frozenset(state for place in found if not place.within for state in place.states)


def named_by_tag(countries: Iterable[str]) -> frozenset[str]:
    """The states whose name stands in their country's tag; those of a group of states are still named on the map."""
    return frozenset(
        PLACES[each].states[0] for each in countries if each in PLACES and len(PLACES[each].states) == 1
    )


def country_of(state: str) -> str:
    """The country of the game that a state belongs to, or an empty text."""
    for country, place in PLACES.items():
        if state in place.states and not place.within:
            return country
    return ""


def levels_of(countries: Mapping[str, int]) -> dict[str, int]:
    """The level of each state under a lens, from the levels of the countries; those below 0 have none."""
    return {
        state: level
        for country, level in countries.items()
        if level >= 0
        for state in sorted(states_of([country]))
    }


TOWNS: Final[dict[str, tuple[float, float]]] = {
    "Cannes": (7.0, 43.55),
    "Chemnitz": (12.92, 50.83),
    "Christiania": (10.75, 59.91),
    "Hankou": (114.28, 30.58),
    "Kristiania": (10.75, 59.91),
    "Kronstadt": (29.77, 60.0),
    "Petrograd": (30.32, 59.94),
    "Samara": (50.15, 53.2),
    "Smyrna": (27.14, 38.42),
    "Stettin": (14.55, 53.43),
    "Teheran": (51.42, 35.69),
    "Urga": (106.92, 47.92),
    "Wiborg": (28.73, 60.71),
}
"""Places of dispatches that the map does not name, or names otherwise (longitude, latitude)."""


def town_at(name: str) -> tuple[float, float] | None:
    """Longitude and latitude of a town by its name, or None."""
    return TOWNS.get(name) or atlas().towns.get(name)
