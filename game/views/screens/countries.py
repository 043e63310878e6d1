"""How do the countries lie before the player?  Map sheets, lenses, tags, and the dossier of one country."""

from __future__ import annotations

from game.play.observation import CountryView, Observation, Value
from game.play.session import Session
from game.rules.calendar import PER_YEAR
from game.rules.classes import dataclass
from game.rules.program import Program
from game.views.screens.tone import Drift, Lately, tone
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

SHEETS = (("europe", "Europe", "1"), ("eurasia", "Eurasia", "2"), ("far_east", "Far East", "3"))
LENSES = (
    ("political", "Political", "P"),
    ("relations", "Relations", "R"),
    ("trade", "Trade", "T"),
    ("suspicion", "Suspicion", "S"),
    ("party", "Party", "C"),
    ("recognition", "Recognition", "N"),
)
DOSSIER = (
    "relations",
    "suspicion",
    "trade",
    "party",
    "unrest",
    "recognition",
    "trade_treaty",
    "pact",
    "cabinet",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the player has laid out: which sheet and lens, which country, what has been read."""

    sheet: str = "europe"
    lens: str = "political"
    country: str = ""
    read: frozenset[tuple[int, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Tag:
    """A country as the map marks it."""

    country: str
    name: str
    figure: int
    shown: str
    drift: Drift
    recognition: int
    level: int
    """Its class from 0, the worst, to 4 under the lens; -1 without one."""


@dataclass(frozen=True, slots=True)
class MapView:
    """What the map shows."""

    sheet: str
    lens: str
    selected: str
    date: str


@dataclass(frozen=True, slots=True)
class Row:
    """A value with its change, as a panel shows it."""

    value: Value
    drift: Drift


def atlas(seen: Observation, desk: Desk, lately: Lately) -> Element:
    """The map with its sheets, lenses and tags."""
    countries = [each for each in seen.countries.values() if each.exists]
    tags = tuple(_tag(each, desk, lately) for each in countries)
    lenses = [
        each for each in LENSES if each[0] == "political" or any(each[0] in c.values for c in countries)
    ]
    view = MapView(desk.sheet, desk.lens, desk.country, map_date(lately.session, lately.session.turn))
    return group(
        Role.GROUP, "atlas", "Map",
        group(
            Role.TABS, "sheets", "Sheet of the map",
            *(
                Element(
                    Role.TAB, name, f"sheet.{id}", key=key, press=Act("sheet", id), selected=desk.sheet == id,
                    description=f"The map of {name}.",
                )
                for id, name, key in SHEETS
            ),
        ),
        Element(
            Role.MAP, "Countries", "map", value={id: name for id, name, _ in LENSES}[desk.lens], children=tags,
            subject=view,
        ),
        group(
            Role.TABS, "lenses", "Lens",
            *(
                Element(
                    Role.TAB, name, f"lens.{id}", key=key, press=Act("lens", id), selected=desk.lens == id,
                    description="Colours of an atlas." if id == "political" else f"Colour and number: {name.lower()}.",
                )
                for id, name, key in lenses
            ),
        ),
    )  # fmt: skip


DESK = Desk()
"""The desk as a game begins."""


def first_day(program: Program) -> str:
    """The day of the map as a game begins."""
    return _day(program, 1)


def map_date(session: Session, turn: int) -> str:
    """A day early in a turn, as the map's owners are dated."""
    return _day(session.program, turn)


def _day(program: Program, turn: int) -> str:
    per_year = PER_YEAR[program.scenario.calendar.step]
    step = program.layout.first_step + max(1, turn) - 1
    return f"{step // per_year:04d}-{step % per_year * 12 // per_year + 1:02d}-28"


def _tag(country: CountryView, desk: Desk, lately: Lately) -> Element:
    name = "relations" if desk.lens == "political" else desk.lens
    value = country.values.get(name) or next(iter(country.values.values()))
    recognition = country.values.get("recognition")
    tag = Tag(
        country.id, country.name, value.value, value.shown, lately.of(value),
        recognition.value if recognition else 0, -1 if desk.lens == "political" else level(value),
    )  # fmt: skip
    known = f", recognition {recognition.shown}" if recognition else ""
    return Element(
        Role.ITEM,
        country.name,
        f"country.{country.id}",
        value=f"{value.label.lower()} {value.shown}",
        description=f"{value.label} {value.shown} ({tag.drift.shown}){known}.",
        pick=Act("country", country.id),
        press=Act("orders", country.id),
        selected=desk.country == country.id,
        subject=tag,
    )


def level(value: Value) -> int:
    """The class of a value under a lens: five of them over its range, the unwelcome end first."""
    spread = max(1, value.high - value.low)
    if value.kind != "number":
        return (value.value - value.low) * 4 // spread
    place = min(4, (value.value - value.low) * 5 // spread)
    return 4 - place if tone(value.slot, 1) == "bad" else place


def dossier_values(country: CountryView) -> list[Value]:
    """The values of a country that its dossier shows: those in sight by rank, or the well-known ones."""
    ranked = sorted((each for each in country.values.values() if each.rank), key=lambda each: each.rank)
    if ranked:
        return ranked
    known = [country.values[name] for name in DOSSIER if name in country.values]
    return known or list(country.values.values())[:6]


def value_row(value: Value, drift: Drift, id: str, act: Act, since: str) -> Element:
    """A value that can be asked why."""
    unit = f" {value.unit}" if value.unit else ""
    described = f"{value.text} " if value.text else ""
    return Element(
        Role.VALUE,
        value.label,
        id,
        value=f"{value.shown}{unit}, {drift.shown}",
        description=f"{described}{drift.shown} since {since}. Press for why.",
        press=act,
        explain=act,
        subject=Row(value, drift),
    )


def dossier(seen: Observation, desk: Desk, lately: Lately) -> Element:
    """What is known of the selected country."""
    country = seen.countries.get(desk.country)
    if country is None or not country.exists:
        return text("dossier", "", "No country is selected.")
    return Element(
        Role.GROUP, country.name, "dossier", description=country.text, subject=country,
        children=(
            heading("dossier.name", country.name),
            *(
                value_row(value, lately.of(value), f"dossier.{name}", Act("why", value.slot), lately.since)
                for value in dossier_values(country)
                for name in [value.slot.rpartition(".")[2]]
            ),
            button(
                "dossier.orders", "Orders", Act("orders", country.id), "O",
                f"What can be ordered towards {country.name}.",
            ),
            button(
                "dossier.file", "Dossier", Act("file", country.id), "I",
                f"The file on {country.name}: how it stands, and all that has passed.",
            ),
        ),
    )  # fmt: skip
