"""How are values, causes and texts said in a language?"""

from __future__ import annotations

from collections.abc import Mapping

from game.play.secrecy import BOTH, sees
from game.rules.block import Placeholder, Text
from game.rules.calendar import name_step
from game.rules.ledger import Cause, Entry, Kind, Sentence
from game.rules.program import Program
from game.rules.scenario import Variable
from game.rules.writing import Work

MINUS = "\u2212"
GAP = "…"
"""What stands for a value that is not known, or not known to these eyes."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = ("Winter", "Spring", "Summer", "Autumn")


def number(value: int) -> str:
    """A number as it is printed: with a true minus sign."""
    return f"{MINUS}{-value}" if value < 0 else str(value)


def signed(value: int) -> str:
    """A change as it is printed: always with its sign."""
    return f"+{value}" if value > 0 else number(value)


def dated(date: str) -> str:
    """A date of a scenario as it is read; anything else as it stands.

    >>> dated("1923-08-23?"), dated("1922-04-16"), dated("1924-Q3")
    ('about 23 August 1923', '16 April 1922', '1924-Q3')
    """
    parts = date.rstrip("?").split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return date
    year, month, day = parts
    return f"{'about ' if date.endswith('?') else ''}{int(day)} {MONTHS[int(month) - 1]} {year}"


class Words:
    """Says things of one program in one language, falling back to the scenario's own."""

    def __init__(self, program: Program, language: str = "") -> None:
        self.program = program
        self.language = language or program.scenario.language
        scenario = program.scenario
        self._national = {each.id: each for each in scenario.variables}
        self._country_variables = {each.id: each for each in scenario.country_variables}
        self._countries = {each.id: each for each in scenario.countries}
        self._titles: dict[str, Text] = {}
        for event in scenario.events:
            if event.title is not None:
                self._titles[event.id] = event.title
        for group in (scenario.orders, scenario.directives, scenario.milestones, scenario.rules):
            for item in group:
                if item.label is not None:
                    self._titles[item.id] = item.label
        for ending in scenario.endings:
            self._titles[ending.id] = ending.title
        self._works = {each.id: each for each in scenario.sources}

    def plain(self, text: Text | None, country: str = GAP) -> str:
        """A text as it stands, by its last variant; a gap for each placeholder, or a word for a `country`."""
        if text is None:
            return ""
        _, parts = self._wording(text.variants[-1].wording)
        gaps = {"country": country}
        return "".join(part if isinstance(part, str) else gaps.get(part.form, GAP) for part in parts)

    def citation(self, key: str, worth: bool = False) -> str:
        """The work behind a key and, if wanted, how far it may be relied on; a key without a work is told as it is."""
        work = self._works.get(key)
        if work is None:
            return key
        return " ".join(filter(None, (self.plain(work.text), self.plain(work.worth) if worth else "")))

    def _wording(
        self, wording: Mapping[str, tuple[str | Placeholder, ...]]
    ) -> tuple[str, tuple[str | Placeholder, ...]]:
        """The language that a text is there in, of those wanted the first, and its parts."""
        for language in (self.language, self.program.scenario.language, *sorted(wording)):
            if language in wording:
                return language, wording[language]
        return self.language, ()

    def sentence(self, sentence: Sentence | None, eyes: str = BOTH) -> str:
        """A sentence as it was said, with the values of its moment, as far as these eyes may know them."""
        if sentence is None or sentence.key not in self.program.sayings:
            return ""
        saying = self.program.sayings[sentence.key]
        _, slots, _ = saying.variants[sentence.variant]
        values = dict(zip(slots, sentence.values, strict=True))
        language, parts = self._wording(saying.text.variants[sentence.variant].wording)
        return "".join(
            part if isinstance(part, str) else self._placed(part, values[part], language, eyes)
            for part in parts
        ).strip()

    def say(self, work: Work, key: str, eyes: str = BOTH) -> str:
        """A text of the program said now; empty if there is none under the key."""
        return self.sentence(work.say(self.program.sayings.get(key)), eyes)

    def _placed(self, part: Placeholder, value: int, language: str, eyes: str) -> str:
        variable = self._variable(part.variable)
        if variable is not None and not sees(variable.known_to, eyes):
            return GAP
        match part.form:
            case "country":
                return self.country(self.program.layout.countries[value], part.case, language)
            case "plural":
                return f"{number(value)} {plural(language, value, part.plural)}"
            case "word" | "flag":
                return self.value(variable, value) if variable is not None else str(value)
            case _:
                return number(value)

    def _variable(self, name: str) -> Variable | None:
        tail = name.rpartition(".")[2]
        if "." in name:
            return self._country_variables.get(tail)
        return self._national.get(name) or self._country_variables.get(name)

    def country(self, id: str, case: str = "", language: str = "") -> str:
        """A country's name, in a grammatical case of the language where it has one."""
        country = self._countries.get(id)
        if country is None:
            return id
        forms = dict(dict(country.cases).get(language or self.language, ()))
        return forms.get(case) or self.plain(country.name)

    def value(self, variable: Variable, value: int) -> str:
        """A value as it is shown: a number, yes or no, or the word's label."""
        if variable.kind == "flag":
            return "yes" if value else "no"
        if variable.kind == "word" and 0 <= value < len(variable.words):
            word = variable.words[value]
            label = dict(variable.labels).get(word)
            if label is not None:
                return self.plain(label)
            person = next((each for each in self.program.scenario.people if each.id == word), None)
            return self.plain(person.name) if person else word.replace("_", " ")
        return number(value)

    def variable(self, slot: str) -> Variable | None:
        """The variable behind a slot such as `gold` or `britain.relations`."""
        country, _, name = slot.rpartition(".")
        return self._country_variables.get(name) if country else self._national.get(name)

    def called(self, variable: Variable) -> str:
        """How a variable is called, whoever it belongs to: `Trade`."""
        text = self.plain(variable.label) if variable.label else variable.id.replace("_", " ")
        return text[:1].upper() + text[1:]

    def label(self, slot: str) -> str:
        """How a slot is called: `Trade`, `Britain: relations`."""
        country, _, name = slot.rpartition(".")
        variable = self.variable(slot)
        if variable is None:
            text = name.replace("_", " ")
            text = text[:1].upper() + text[1:]
        else:
            text = self.called(variable)
        if country:
            return f"{self.country(country)}: {text[:1].lower()}{text[1:]}"
        return text

    def title(self, id: str) -> str:
        """How an item is called."""
        text = self._titles.get(id)
        return self.plain(text) if text else id.replace("-", " ")

    def cause(self, cause: Cause) -> str:
        """A cause in a few words."""
        where = f", {self.country(cause.country)}" if cause.country else ""
        match cause.kind:
            case Kind.UNKNOWN:
                return "cause unknown"
            case Kind.LIMIT:
                return "held at its limit"
            case Kind.PULL:
                return f"drift of {self.label(f'{cause.country}.{cause.id}' if cause.country else cause.id).lower()}"
            case Kind.COST if cause.id in self._national:
                return f"cost of {self.label(cause.id).lower()}"
            case Kind.COST:
                return f"cost of {self.title(cause.id)}{where}"
            case Kind.SETTING:
                return f"{self.label(cause.id)} set"
            case Kind.CHOICE:
                return f"{self.title(cause.id)}: {self.choice(cause)}{where}"
            case Kind.TEACHER:
                return "the teacher's hand"
            case _:
                return f"{self.title(cause.id)}{where}"

    def choice(self, cause: Cause) -> str:
        """The label of the choice that a cause names."""
        taken = cause.branch.partition("=")[0]
        for event in self.program.scenario.events:
            if event.id == cause.id:
                for choice in event.choices:
                    if choice.id == taken:
                        return self.plain(choice.label)
        return taken

    def because(self, entry: Entry, eyes: str = BOTH) -> str:
        """The sentence of an entry, or its cause in words where its author gave none."""
        return self.sentence(entry.because, eyes) or self.cause(entry.cause)

    def turn(self, turn: int) -> str:
        """A turn as players read it: `Spring 1922`, or as it is written where turns are no quarters."""
        calendar = self.program.scenario.calendar
        step = self.program.layout.first_step + turn - 1
        if calendar.step == "quarter":
            return f"{SEASONS[step % 4]} {step // 4}"
        return name_step(step, calendar.step)

    def step(self, turn: int) -> str:
        """A turn as files write it: `1922-Q2`."""
        return name_step(self.program.layout.first_step + turn - 1, self.program.scenario.calendar.step)


def plural(language: str, value: int, forms: tuple[str, ...]) -> str:
    """The form of a counted noun: two in English, three in Russian."""
    if not forms:
        return ""
    value = abs(value)
    if language == "ru" and len(forms) == 3:
        if value % 10 == 1 and value % 100 != 11:
            return forms[0]
        return forms[1] if value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14) else forms[2]
    return forms[0] if value == 1 else forms[min(1, len(forms) - 1)]
