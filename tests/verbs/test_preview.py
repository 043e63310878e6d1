"""Does `preview` show an event as it would come in play, and say what it takes?"""

from __future__ import annotations

from pathlib import Path

import pytest

from game import cli
from tests.small import whole

Said = pytest.CaptureFixture[str]
STORY = """\
events:
  - id: talks
    title: Talks
    style: letter
    place: Genoa
    historically: 1922-04-10
    window: 1922-Q2..1922-Q4
    asks: narkomindel
    text: "{gold} in the till. *Will* they talk?"
    choices:
      - {id: open, label: Open, historical: true, effects: {britain.relations: +5}, because: Talks begin.}
      - {id: refuse, label: Refuse, because: No talks.}
  - id: treaty
    title: [{when: germany.treaty, text: Another treaty}, {text: The treaty}]
    historically: 1922-04-16
    window: 1922-Q1..1922-Q4
    when: "chose('talks', 'open') and germany.relations >= 0"
    premise: "not germany.treaty"
    chance: 60
    asks: narkomindel
    always_asks: true
    known_to: narkomindel
    text: Sign?
    effects: {gold: -10}
    because: The journey costs.
    choices:
      - id: sign
        label: Sign
        text: A risk.
        when: "gold >= 90"
        historical: true
        effects: {germany.treaty: true, germany.relations: +9}
        then: {event: echo}
        because: Signed.
      - id: wait
        label: Wait
        results:
          better: {chance: 25, label: A better offer, effects: {gold: +40}, because: Better.}
          none: {label: No offer, because: None.}
        because: Waited.
    sources: [brit, loc]
    confidence: medium
    dispute: Some say Sunday.
    content_note: Diplomats.
    toll: Nobody died.
    teaching: {note: A note., questions: [Why then?]}
  - {id: echo, title: Echo, only_then: true, premise: "britain.relations > 50", text: Papers., sources: [x]}
  - id: strikes
    title: "Strikes in {country}"
    text: Strikes.
    each: [britain, germany]
    pick: country.party
    window: 1922-Q1
    when: "country.party >= 10"
    effects: {country.party: +3}
    because: Strikes.
    sources: [x]
endings:
  - {id: broke, title: Broke, when: "gold < 50", rank: 1}
  - {id: done, title: Done, rank: 9}
"""


@pytest.fixture
def story(tmp_path: Path) -> str:
    """The story in a file of its own."""
    file = tmp_path / "story.yaml"
    file.write_text(whole(STORY), encoding="utf-8")
    return str(file)


def shown(capsys: Said, *arguments: str) -> str:
    """What the call prints, as one line."""
    assert cli.main(["preview", *arguments]) == 0, capsys.readouterr().err
    return " ".join(capsys.readouterr().out.split())


def test_it_is_the_card_with_what_each_choice_brings(story: str, capsys: Said) -> None:
    said = shown(capsys, story, "treaty")
    for part in (
        "[report] The treaty — 16 April 1922",
        "(Diplomats.) Sign?",
        "By happening: certain: Gold −10 The journey costs.",
        "1. Sign A risk. certain: Germany: relations +9, Germany: treaty yes",
        "2. Wait nothing certain 75 in 100: No offer 25 in 100: A better offer (Gold +40)",
        "asks: narkomindel, always known to: narkomindel",
        "sources: brit, loc how sure: fairly sure disputed: Some say Sunday.",
        "for the class: A note. question: Why then?",
        "chance: 60 in 100 a turn in open fate",
    ):
        assert part in said


def test_earlier_events_of_the_turn_have_happened_and_later_ones_have_not(story: str, capsys: Said) -> None:
    assert "treaty, in Spring 1922: it can happen" in shown(capsys, story, "treaty")
    said = shown(capsys, story, "treaty", "--at", "1922-Q1")
    assert "it does not happen by itself, as things stand" in said
    assert "when: “Talks” so decided (open) — DOES NOT HOLD" in said
    assert "when: Germany: relations at least 0 (now 0) — holds" in said
    assert "when: a turn from 1922-Q1 to 1922-Q4 — holds" in said


def test_what_has_happened_does_not_happen_again(story: str, capsys: Said) -> None:
    assert "talks, in Summer 1922: it has happened already, in Spring 1922" in shown(
        capsys, story, "talks", "--at", "1922-Q3"
    )


def test_its_own_effects_come_before_its_question(story: str, capsys: Said) -> None:
    assert "not open" not in shown(capsys, story, "treaty", "--set", "gold=100")
    assert "not open: Needs Gold at least 90 (now 89)." in shown(capsys, story, "treaty", "--set", "gold=99")


def test_values_set_change_text_conditions_and_premise(story: str, capsys: Said) -> None:
    said = shown(capsys, story, "treaty", "--set", "germany.treaty=true", "--set", "germany.relations=-7")
    assert "Another treaty" in said
    assert "its premise does not hold; even if it is called, it is dropped" in said
    assert "premise: Germany: no treaty — DOES NOT HOLD" in said
    assert "17 in the till. Will they talk?" in shown(capsys, story, "talks", "--set", "gold=17")


def test_who_calls_it_is_said(story: str, capsys: Said) -> None:
    said = shown(capsys, story, "echo", "--set", "britain.relations=60")
    assert "echo, in Winter 1921: it happens if it is called" in said
    assert "called by: treaty" in said


def test_an_event_of_several_countries_shows_one_of_them(story: str, capsys: Said) -> None:
    said = shown(capsys, story, "strikes", "--country", "germany")
    assert "Strikes in Germany" in said and "It may happen to Britain, Germany." in said
    assert "certain: Germany: party +3" in said
    found = shown(capsys, story, "strikes", "--set", "britain.party=2")
    assert "Strikes in Germany" in found, "the first for which the conditions hold"


def test_history_goes_by_the_playthrough_beside_the_scenario(tmp_path: Path, capsys: Said) -> None:
    folder = tmp_path / "story"
    (folder / "playthroughs").mkdir(parents=True)
    rules = "rules: [{id: r, when: \"turn == on('1921-Q2')\", effects: {gold: 7}}]\n"
    (folder / "s.yaml").write_text(whole("id: story\n" + STORY + rules))
    script = "scenario: story\nturns: {1921-Q3: {teacher: {set: {gold: 80}}}}\n"
    (folder / "playthroughs" / "historical.yaml").write_text(script, encoding="utf-8")
    assert "80 in the till" in shown(capsys, str(folder), "talks")
    (folder / "playthroughs" / "historical.yaml").unlink()
    assert "107 in the till" in shown(capsys, str(folder), "talks")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("treaties", "the scenario has no event 'treaties'; did you mean 'treaty'?"),
        ("treaty --at 1931-Q1", "'1931-Q1' is no turn of this game: it has 1921-Q1 to 1924-Q4"),
        ("treaty --at soon", "'soon' is no turn of this game"),
        ("treaty --set gold", "--set takes a variable and its value"),
        ("treaty --set gld=3", "'gld' cannot be set; did you mean 'gold'?"),
        ("treaty --set budget=3", "'budget' is made of others: set those"),
        ("treaty --set tax=3", "'tax' cannot be set"),
        ("treaty --set gold=9999", "'gold' lies between 0 and 900, not at 9999"),
        ("treaty --set regime=trotsky", "'regime' is lenin, stalin, not 'trotsky'"),
        ("treaty --set germany.treaty=yes", "'germany.treaty' is true or false, not 'yes'"),
        ("treaty --country germany", "'treaty' does not happen to 'germany': it has no countries of its own"),
        ("strikes --country turkey", "'strikes' does not happen to 'turkey'"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_line(story: str, call: str, said: str, capsys: Said) -> None:
    assert cli.main(["preview", story, *call.split()]) == 2
    assert said in capsys.readouterr().err


def test_a_game_that_history_ends_earlier_is_said_to_be_over(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(whole("rules: [{id: r, effects: {gold: -20}}]\n" + STORY))
    assert cli.main(["preview", str(file), "treaty", "--at", "1923-Q1"]) == 2
    assert "the game is over before 1923-Q1" in capsys.readouterr().err


def test_events_of_the_main_scenario_can_be_shown(capsys: Said) -> None:
    from game.compiler.folders import find
    from game.compiler.load import load
    from game.play.previewing import history_of, preview
    from game.rules.building import interpret
    from game.views.terminal.preview import lines

    program = interpret(load("breathing-space").scenario)
    script = history_of(program, find("breathing-space"))
    for table in program.events[::9]:
        found = preview(program, table.id, 1, {}, script)
        assert found is not None and list(lines(found))
