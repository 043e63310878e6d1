"""What does a new scenario, lesson or event begin as?  Commented files that load, play and test themselves."""

from __future__ import annotations

from typing import Final

from game.rules.calendar import name_step, parse_step
from game.rules.classes import dataclass
from game.rules.scenario import Scenario, Variable

SCHEMA_FILE: Final = "schema.json"
PAST_FILE: Final = "start.yaml"
"""What a lesson that begins in the middle begins with."""
FIRST: Final = "first-letter"
"""The event that a new scenario and a new lesson begin with."""
LESSON_TURNS: Final = 4

Files = dict[str, str]
"""Texts by the path within the folder."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an event skeleton takes from the scenario that it is for."""

    first: str
    last: str
    asks: str
    likes: tuple[str, ...]
    """Numbers of the nation that the choices may move, the headline scores first."""

    @classmethod
    def of(cls, scenario: Scenario, begin: int | None = None) -> Setting:
        """The second and third turn, of all or from where a lesson begins; a role; what can be moved."""
        length = scenario.calendar.step
        start, end = (parse_step(each, length) for each in (scenario.calendar.start, scenario.calendar.end))
        first = min((start if begin is None else begin) + 1, end)
        moved = sorted(filter(_movable, scenario.variables), key=lambda each: (not each.score, each.id))
        known = [each.id for each in scenario.tracks]
        role = next((each for each in ("narkomindel", "comintern") if each in known), "")
        last = min(first + 1, end)
        likes = tuple(each.id for each in moved[:2])
        return cls(name_step(first, length), name_step(last, length), role, likes)


def new_scenario(id: str, title: str, where: str) -> Files:
    """A whole scenario of two years with two scores, two countries, an order and a question."""
    setting = Setting("1921-Q2", "1921-Q3", "narkomindel", ("trade", "trust"))
    filled = {"id": id, "title": title, "where": where}
    return {
        "scenario.yaml": _filled(HEAD + SCENARIO, **filled),
        "events/opening.yaml": _filled(EVENTS_HEAD, schema=f"../{SCHEMA_FILE}") + _event(FIRST, setting),
        f"playthroughs/{FIRST}.yaml": _playthrough(id, where, FIRST, setting, "survived"),
    }


def new_lesson(
    id: str, title: str, where: str, base: Scenario, span: tuple[int, int] | None = None, past: str = ""
) -> Files:
    """A year of another scenario, or a span of its steps, with one event of its own and its own last words.

    `past` is what the base had come to before that span, as a file.
    """
    length = base.calendar.step
    start, end = (parse_step(each, length) for each in (base.calendar.start, base.calendar.end))
    first, last = span or (start, min(start + LESSON_TURNS - 1, end))
    setting = Setting.of(base, first)
    free = next((each.id for each in base.endings if each.when is None), "")
    endings = _filled(LESSON_ENDING, ending=free) if free else ""
    verdicts = LESSON_VERDICTS if base.verdicts else ""
    taken = {*base.marks, *(each.id for each in base.events)}
    event = FIRST if FIRST not in taken else f"{id}-{FIRST}"
    lesson = _filled(
        HEAD + LESSON,
        id=id,
        title=title,
        where=where,
        base=base.id,
        start=name_step(first, length),
        end=name_step(last, length),
        past=LESSON_PAST if past else LESSON_NO_PAST,
    )
    return {
        "lesson.yaml": lesson + endings + verdicts,
        **({PAST_FILE: past} if past else {}),
        f"events/{event}.yaml": _filled(EVENTS_HEAD, schema=f"../{SCHEMA_FILE}") + _event(event, setting),
        f"playthroughs/{event}.yaml": _playthrough(id, where, event, setting),
    }


def new_event(id: str, where: str, scenario: Scenario, folder: str) -> Files:
    """One event for a scenario that is there; `folder` is the name of its folder."""
    setting = Setting.of(scenario)
    return {
        f"events/{id}.yaml": _filled(EVENTS_HEAD, schema=f"../{SCHEMA_FILE}") + _event(id, setting),
        f"playthroughs/{id}.yaml": _playthrough(folder, where, id, setting),
    }


def _movable(variable: Variable) -> bool:
    """Whether a choice may add to it: a number that is not made of others, not fixed, and no role's to set."""
    return (
        variable.kind == "number"
        and variable.derived is None
        and not variable.constant
        and not variable.set_by
        and variable.high - variable.low > 4
    )


def _event(id: str, setting: Setting) -> str:
    """An event that asks, or that only tells where there is nobody to ask."""
    window = setting.first if setting.first == setting.last else f"{setting.first}..{setting.last}"
    up, down = _moves(setting.likes, 2, -2), _moves(setting.likes, -1, 1)
    text = _filled(EVENT, id=id, window=window)
    if setting.asks:
        return text + _filled(QUESTION, role=setting.asks, accept=up, refuse=down) + EVENT_TAIL
    return text + _filled(NEWS, effects=up) + EVENT_TAIL


def _moves(names: tuple[str, ...], *amounts: int) -> str:
    return ", ".join(f"{name}: {amount:+d}" for name, amount in zip(names, amounts, strict=False))


def _playthrough(id: str, where: str, event: str, setting: Setting, ending: str = "") -> str:
    choices = f"  {setting.first}:\n    choices: {{{event}: accept}}\n" if setting.asks else ""
    return _filled(
        PLAYTHROUGH,
        id=id,
        path=f"{where}/playthroughs/{event}.yaml",
        event=event,
        turns=f"turns:\n{choices}" if choices else "",
        ending=f"  ending: {ending}\n" if ending else "",
        first=setting.first,
    )


def _filled(text: str, **words: str) -> str:
    """The text with each <name> replaced."""
    for name, word in words.items():
        text = text.replace(f"<{name}>", word)
    return text


HEAD: Final = """\
# yaml-language-server: $schema=schema.json
# An editor that reads the line above completes and explains what you type, and underlines slips (in VS Code: the
# extension "YAML"). When you have added variables, countries or events, let it know them:
#     python3 main.py schema <where> --out <where>/schema.json
# What is wrong, and where:  python3 main.py check <where>
# Play it:                   python3 main.py play <where>
"""
SCENARIO: Final = """\
format: 1
id: <id>
title: <title>
text: >-
  What the player reads before the first turn: who they are, when and where this is, and what is at stake.
authors: [Your name]
licence: CC BY-SA 4.0 # under which terms others may use it
calendar: {from: 1921-Q1, to: 1922-Q4, step: quarter} # step: month, quarter, half or year

# The two tracks of policy. `means` is what each can spend on orders in a turn; here they share ten.
tracks:
  narkomindel: {label: Narkomindel, means: "max(1, 10 * balance // 100)"}
  comintern: {label: Comintern, means: "max(1, 10 - 10 * balance // 100)", known_to: comintern}

# Headline scores go from 0 to 100; `text` is what the player reads when pointing at one.
scores:
  trade: {start: 20, label: Trade, text: How much is bought and sold abroad.}
  trust: {start: 30, label: Trust, text: How far others take this government at its word.}

# Everything else that counts for the nation. `set_by` makes a value one that the player sets each turn.
variables:
  balance:
    {start: 60, min: 20, max: 80, set_by: both, label: Course of policy, text: The Narkomindel's share of the means.}
  gold: {start: 100, max: 1000, unit: million gold roubles, label: Gold, text: What can be paid with abroad.}

# What each country has one of. `toward` pulls a value back, by `step` a turn, and `because` says why.
country_variables:
  relations: {start: 0, min: -100, max: 100, label: Relations, text: How that government deals with this one.}
  suspicion:
    start: 40
    toward: 20
    step: 1
    because: "Nothing new, and suspicion in {country} fades."
    label: Suspicion
    text: How far it fears what is done in secret.
  treaty: {start: false, label: Trade treaty, text: Whether trade is settled by treaty.}
countries:
  britain: {name: Britain, start: {relations: -20, suspicion: 50}}
  germany: {name: Germany, start: {relations: 5}}

# What the player may order, with its price, its condition, and what comes of it.
orders:
  - id: trade-talks
    track: narkomindel
    label: Trade talks
    text: Send the trade delegation.
    target: country # any country; or a list of them
    cost: {means: 3}
    when: "not target.treaty"
    repeats: 2 # turns until it may be tried again with the same country
    results: # one of them comes true; the one without a chance takes the rest of 100
      signed:
        chance: "40 + target.relations"
        effects: {target.treaty: true, trade: +5}
        because: "A trade treaty with {target}."
      nothing:
        effects: {target.relations: +2}
        because: "Talks with {target} go on."
  - id: fund-party
    track: comintern
    label: Fund the party
    text: Couriers carry what the comrades there live on.
    target: country
    cost: {means: 2}
    effects: {target.suspicion: +4, trust: -1, gold: +1}
    because: "Money went to the party in {target}, and some of it came back as news."

# What happens by itself every turn.
rules:
  - id: treaties-carry-trade
    when: "count(each.treaty) * 20 > trade"
    effects: {trade: +1}
    because: Trade grows into the treaties that are in force.

# How it may end. The lowest rank that holds ends the game; the one without `when` is the end of the calendar.
endings:
  - {id: bankrupt, rank: 1, when: "gold <= 0", title: The treasury is empty, text: Nobody delivers on promises.}
  - {id: survived, rank: 9, title: Two years, text: The bureau still has its desks.}
verdicts:
  - {id: trusted, about: trust, rank: 1, when: "trust >= 40", text: Your word is worth something abroad.}
  - {id: not-trusted, about: trust, rank: 2, text: Your word is worth what it was.}
"""
LESSON: Final = """\
id: <id>
extends: <base> # takes over that whole scenario; what stands here comes on top of it
title: <title>
text: >-
  What the class reads before the first turn: who they are, when this is, and what they have to find out.
authors: [Your name]
licence: CC BY-SA 4.0 # under which terms others may use it
minutes: 20 # how long a class needs
calendar: {from: <start>, to: <end>}
teaching:
  note: For the teacher, what the lesson is about, and what to watch for.
  questions: [What would you ask the class afterwards?]
<past># An item of the base is changed by its id, and taken away so:
# events: [{id: some-event, remove: true}]
"""
LESSON_NO_PAST: Final = """\
# A lesson that begins later tells what had happened before it, in `past`. To have that written for you, begin with
# `new lesson NAME --from 1923-Q1`, or see `python3 main.py past`.
# past: {some-event: {on: 1921-Q1, choice: some-choice}}
# A start value of the base is changed by its name:
# variables: {gold: {start: 150}}
"""
LESSON_PAST: Final = """\
# What things had come to before the first turn, and what had happened, stands in start.yaml. Change numbers there.
"""
LESSON_ENDING: Final = """\
endings:
  - id: <ending> # the base's last page, which speaks of its own last year
    title: The end of the lesson
    text: What the class reads when the last turn is over.
"""
LESSON_VERDICTS: Final = """\
verdicts: ~ # the base's verdicts judge its whole span; write your own, or none
"""
EVENTS_HEAD: Final = """\
# yaml-language-server: $schema=<schema>
events:
"""
EVENT: Final = """\
  - id: <id>
    title: A headline of under 45 characters
    style: telegram # what kind of paper it is: telegram, newspaper, minutes, letter or report
    place: Moscow
    window: <window> # in which turns it may come
    # historically: 1921-05-09 # the day of an event that really happened; the window must hold it
    # when: "condition" # it may come only while this holds
    # premise: "condition" # what must be true for the text to make sense
    # chance: 60 # percent a turn in open fate; 100 if left out
    text: >-
      What the player reads, 60 to 140 words: who wants what, what is at stake, why now.
"""
QUESTION: Final = """\
    asks: <role>
    always_asks: true # even when the turn has enough questions
    choices: # 2 to 4; one at least without `when`; what was really done has `historical: true`
      - id: accept
        label: Accept
        text: One or two sentences on what this means.
        effects: {<accept>} # +2 adds, {set: 40} sets
        because: The reason that the player reads when asking why.
      - id: refuse
        label: Refuse
        text: One or two sentences on what this means.
        effects: {<refuse>}
        because: The reason that the player reads when asking why.
"""
NEWS: Final = """\
    effects: {<effects>} # +2 adds, {set: 40} sets
    because: The reason that the player reads when asking why.
"""
EVENT_TAIL: Final = """\
    sources: [invented for this scenario] # where it comes from; what is invented says so
    confidence: low # how sure the history is: high, medium or low
    dispute: This event is invented.
    teaching:
      note: For the teacher, what really happened, what followed, how sure historians are.
      questions: [A question that can be argued both ways?]
"""
PLAYTHROUGH: Final = """\
# A game that plays itself and says whether it went as expected:
#     python3 main.py run <path>
# What the script leaves open is decided as history did it. See docs/format.md, playthrough files.
scenario: <id>
title: The first try
text: The event comes when it should, and can be answered.
<turns>expect:
<ending>  events: {<event>: <first>}
"""
