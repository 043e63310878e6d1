"""How are numbers, words, names and texts said, in English and in Russian?"""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

import pytest

from game.play.session import Session
from game.play.wording import number, plural, signed
from game.rules.ledger import Cause, Kind
from tests.rules.small import game

YAML = """
language: en
variables:
  gold: {start: 21, min: -99, max: 999}
  regime: {start: lenin, words: [lenin, stalin, the_group], labels: {lenin: {en: "Lenin's Politburo", ru: "Политбюро Ленина"}}}
  open: {start: true}
  line: {start: united_front, words: [united_front, other]}
people: {stalin: {name: {en: Joseph Stalin, ru: Иосиф Сталин}}}
country_variables: {relations: {start: -4, min: -50, max: 50, label: Relations}}
countries:
  britain: {name: {en: Britain, ru: {nom: Британия, prep: Британии}}}
  persia: {name: Persia}
rules:
  - {id: r, each: [britain], effects: {country.relations: -1}, because: {en: "In {country:prep} {gold|rouble|roubles}.", ru: "В {country:prep} {gold|рубль|рубля|рублей}."}}
  - {id: only-english, effects: {gold: -1}, because: "{gold|rouble|roubles} for {regime}, {open}, {line}, {britain.relations}."}
  - {id: only-russian, effects: {gold: -1}, because: {ru: "{gold|рубль|рубля|рублей} в {persia:prep}."}}
  - {id: varied, effects: {gold: -1}, because: [{when: "gold > 20", text: "Rich at {gold}."}, {when: "gold > 10", text: Fair.}, {text: Poor.}]}
"""


def told(session: Session) -> dict[str, str]:
    """The sentence of each rule."""
    return {each.cause.id: session.viewer.words.because(each) for each in session.entries}


def test_the_minus_sign_is_a_true_one() -> None:
    assert [number(-5), number(0), signed(-5), signed(0), signed(7)] == ["−5", "0", "−5", "0", "+7"]
    assert "\u2212" in number(-1) and "-" not in number(-1)


@pytest.mark.parametrize(
    ("value", "form"),
    [(0, "рублей"), (1, "рубль"), (2, "рубля"), (4, "рубля"), (5, "рублей"), (11, "рублей"), (12, "рублей"), (14, "рублей"),
     (21, "рубль"), (22, "рубля"), (25, "рублей"), (101, "рубль"), (111, "рублей"), (-3, "рубля")],
)  # fmt: skip
def test_russian_has_three_plural_forms(value: int, form: str) -> None:
    assert plural("ru", value, ("рубль", "рубля", "рублей")) == form


@pytest.mark.parametrize(
    ("value", "form"), [(0, "roubles"), (1, "rouble"), (-1, "rouble"), (2, "roubles"), (21, "roubles")]
)
def test_english_has_two_plural_forms(value: int, form: str) -> None:
    assert plural("en", value, ("rouble", "roubles")) == form


def test_values_in_texts_are_worded_with_labels_and_names() -> None:
    played = game(YAML)
    played.open()
    played.close()
    assert told(played) == {
        "r": "In Britain 21 roubles.", "only-english": "21 roubles for Lenin's Politburo, yes, united front, −4.",
        "only-russian": "21 рубль в Persia.", "varied": "Rich at 21.",
    }  # fmt: skip


def test_in_russian_names_take_their_cases_and_what_is_missing_falls_back_to_english() -> None:
    ready = game(YAML)
    played = Session(ready.program, 0, "open", language="ru")
    played.open()
    played.close()
    assert told(played) == {
        "r": "В Британии 21 рубль.", "only-english": "21 roubles for Политбюро Ленина, yes, united front, −4.",
        "only-russian": "21 рубль в Persia.", "varied": "Rich at 21.",
    }  # fmt: skip
    words = played.viewer.words
    assert [words.country("britain"), words.country("britain", "prep"), words.country("britain", "gen")] == [
        "Британия", "Британии", "Британия",
    ]  # fmt: skip


def test_the_variant_is_the_first_that_holds() -> None:
    played = game(YAML.replace("gold: {start: 21", "gold: {start: 15"))
    played.open()
    played.close()
    assert told(played)["varied"] == "Fair."


def test_words_take_their_label_their_person_or_themselves() -> None:
    words = game(YAML).viewer.words
    regime = words.variable("regime")
    assert regime is not None
    assert [words.value(regime, place) for place in range(3)] == [
        "Lenin's Politburo",
        "Joseph Stalin",
        "the group",
    ]


def test_slots_and_causes_are_called_by_their_labels() -> None:
    words = game(YAML).viewer.words
    assert [words.label("gold"), words.label("britain.relations"), words.label("persia.exists")] == [
        "Gold", "Britain: relations", "Persia: exists",
    ]  # fmt: skip
    causes = {
        Cause(Kind.UNKNOWN, ""): "cause unknown",
        Cause(Kind.LIMIT, "gold"): "held at its limit",
        Cause(Kind.PULL, "relations", country="britain"): "drift of britain: relations",
        Cause(Kind.COST, "gold"): "cost of gold",
        Cause(Kind.SETTING, "line"): "Line set",
        Cause(Kind.TEACHER, "teacher"): "the teacher's hand",
        Cause(Kind.RULE, "only-english"): "only english",
        Cause(Kind.RULE, "r", country="britain"): "r, Britain",
    }
    assert {cause: words.cause(cause) for cause in causes} == causes


@pytest.mark.parametrize(
    ("calendar", "names"),
    [
        ("{from: 1921-Q4, to: 1922-Q1}", ("Autumn 1921", "1921-Q4", "Winter 1922", "1922-Q1")),
        ("{from: 1921-12, to: 1922-01, step: month}", ("1921-12", "1921-12", "1922-01", "1922-01")),
    ],
)  # fmt: skip
def test_turns_are_named_for_readers_and_for_files(calendar: str, names: tuple[str, ...]) -> None:
    words = game(f"calendar: {calendar}").viewer.words
    assert (words.turn(1), words.step(1), words.turn(2), words.step(2)) == names
