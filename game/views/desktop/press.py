"""What stands on printed matter besides the text?  Mastheads, prices, dates and numbers in the manner of the time.

The newspapers are invented. What is written in Cyrillic is ornament: whatever matters is in the dispatch's text.
"""

from __future__ import annotations

from typing import Final

from game.rules.classes import dataclass
from game.views.desktop.lettering import Face, Style
from game.views.desktop.palette import INK, Colour
from game.views.desktop.paper import chance
from game.views.desktop.shapes import px


@dataclass(frozen=True, slots=True)
class Print:
    """What is to be printed: a dispatch, without anything that can be done with it."""

    style: str
    event: str
    title: str
    place: str
    date: str
    """The date in words, such as 16 April 1922, or a season."""
    text: str
    stamp: str = ""
    """Words of a red stamp, such as SECRET; none if empty."""
    iso: str = "1922-01-01"
    """The date whose borders a picture shows."""

    @property
    def year(self) -> str:
        """The year in the date, or else that of the borders."""
        last = self.date.rpartition(" ")[2]
        return last if last.isdigit() and len(last) == 4 else self.iso[:4]


@dataclass(frozen=True, slots=True)
class Setting:
    """How large a paper is to be, and its scales."""

    size: tuple[int, int]
    scale: float
    type_scale: float

    @property
    def width(self) -> int:
        """The width of the paper in pixels."""
        return self.size[0]

    @property
    def height(self) -> int:
        """The least height of the paper in pixels."""
        return self.size[1]

    def px(self, units: float) -> int:
        """A length in pixels."""
        return px(units, self.scale)

    def type_px(self, units: float) -> int:
        """A length that goes with the type size, in pixels."""
        return px(units, self.type_scale)

    def style(self, face: Face, size: float, colour: Colour = INK, gap: float = 0.0) -> Style:
        """A style of type in pixels."""
        return Style(face, size * self.type_scale, colour, gap * self.type_scale)


MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
CYRILLIC: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip

MASTHEADS: Final = {
    "London": "The Evening Courier",
    "Paris": "L’Écho des Boulevards",
    "Berlin": "Berliner Mittagsbote",
    "Hamburg": "Der Hafenbote",
    "Essen": "Ruhr-Bote",
    "Chemnitz": "Sächsischer Volksbote",
    "Rome": "Il Foglio della Sera",
    "Genoa": "La Lanterna del Porto",
    "Rapallo": "La Lanterna del Porto",
    "Warsaw": "Głos Wiślany",
    "Prague": "Vltavský Posel",
    "Bucharest": "Glasul Dâmboviței",
    "Riga": "Rigaer Hafenblatt",
    "Stockholm": "Norrbro-Posten",
    "Kristiania": "Fjordposten",
    "Copenhagen": "Langelinie-Posten",
    "Helsinki": "Kaivopuiston Sanomat",
    "Brussels": "L’Écho du Sablon",
    "Madrid": "El Farol del Retiro",
    "Athens": "Le Messager du Pirée",
    "Corfu": "Le Messager du Pirée",
    "Mexico City": "La Hoja de la Alameda",
    "The Hague": "De Vijverbode",
    "Geneva": "La Feuille du Lac",
    "Lausanne": "La Feuille du Lac",
    "Locarno": "La Feuille du Lac",
    "Cannes": "L’Écho de la Croisette",
    "Vienna": "Der Ringbote",
    "Angora": "Anadolu Habercisi",
    "Constantinople": "Le Courrier du Bosphore",
    "Teheran": "Le Courrier de Perse",
    "Kabul": "The Khyber Letter",
    "Peshawar": "The Khyber Letter",
    "Calcutta": "The Hooghly Gazette",
    "Delhi": "The Punjab Courier",
    "Peking": "The Legation Gazette",
    "Shanghai": "The Bund Gazette",
    "Canton": "The Pearl River Letter",
    "Nanking": "The Yangtze Letter",
    "Hankou": "The Yangtze Letter",
    "Harbin": "Сунгарийский листок",
    "Mukden": "The Mukden Letter",
    "Tokyo": "The Yokohama Letter",
    "Washington": "The Potomac Courier",
    "New York": "The Manhattan Courier",
    "Moscow": "Красный рассвет",
    "Petrograd": "Невский гудок",
    "Leningrad": "Невский гудок",
    "Vladivostok": "Золотой Рог",
    "Samara": "Волжский гудок",
}
"""A newspaper for each town from which some are quoted; none of them existed."""
PRICES: Final = {
    "London": "ONE PENNY",
    "Paris": "15 CENTIMES",
    "Cannes": "15 CENTIMES",
    "Geneva": "10 CENTIMES",
    "Lausanne": "10 CENTIMES",
    "Locarno": "10 CENTESIMI",
    "Rome": "20 CENTESIMI",
    "Genoa": "20 CENTESIMI",
    "Berlin": "15 PFENNIG",
    "Hamburg": "15 PFENNIG",
    "Washington": "TWO CENTS",
    "New York": "TWO CENTS",
    "Warsaw": "20 GROSZY",
    "Tokyo": "FIVE SEN",
    "Moscow": "5 КОПЕЕК",
    "Leningrad": "5 КОПЕЕК",
    "Vladivostok": "5 КОПЕЕК",
}


def masthead(place: str) -> str:
    """The name of a newspaper that appears at a place, in capitals."""
    return MASTHEADS.get(place, "The Foreign Post").upper()


def price(place: str) -> str:
    """What the newspaper costs."""
    return PRICES.get(place, "LATE EDITION")


def _day_and_month(date: str) -> tuple[str, int]:
    """Day and number of the month of a date in words; nothing and -1 for a season."""
    parts = date.removeprefix("about ").split(" ")
    if len(parts) == 3 and parts[0].isdigit() and parts[1] in MONTHS:
        return parts[0], MONTHS.index(parts[1])
    return "", -1


def roman(date: str) -> str:
    """Day and month as clerks wrote them, or the season.

    >>> roman("16 April 1922"), roman("Spring 1922")
    ('16 IV', 'SPRING')
    """
    day, month = _day_and_month(date)
    return f"{day} {ROMAN[month]}" if day else date.rpartition(" ")[0].upper()


def cyrillic_month(date: str) -> str:
    """Day and month in Russian; empty for a season.

    >>> cyrillic_month("16 April 1922")
    '16 апреля'
    """
    day, month = _day_and_month(date)
    return f"{day} {CYRILLIC[month]}" if day else ""


def serial(given: Print) -> int:
    """The number of a paper, fixed by its event."""
    return 101 + int(chance(given.event, 7) * 880)


def party(year: str) -> str:
    """The party's name in Russian letters; it changed at the end of 1925."""
    return "ЦК РКП(б)" if year < "1926" else "ЦК ВКП(б)"
