"""A game of four quarters for the tests of the screens: two tracks, four countries, every style of dispatch."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.compiler.load import load
from game.rules.building import interpret
from game.rules.program import Program

YAML = """\
format: 1
id: small
title: A small pause
text: Four quarters, four countries, and *two* policies that spoil each other.
calendar: {from: 1922-Q1, to: 1922-Q4}
decisions: 3
tracks:
  narkomindel: {label: Narkomindel, means: "max(1, means_in_all * balance // 100)"}
  comintern: {label: Comintern, means: "max(1, means_in_all - means_in_all * balance // 100)", known_to: comintern}
scores:
  trade:
    label: Trade
    rank: 1
    start: 20
    text: How much of the trade that could flow is flowing.
    toward: 25
    step: 1
    because: Treaties in force carry it.
    history: {1922-Q1: 22, 1922-Q4: 30}
  recognition: {label: Recognition, rank: 2, start: 10, history: {1922-Q1: 12, 1922-Q4: 40}}
  security: {label: Security, rank: 3, start: 40}
  revolution: {label: Revolution abroad, rank: 4, start: 45, toward: 40, step: 1, because: Patience abroad wears thin.}
variables:
  standing: {label: Standing in the Politburo, rank: 5, start: 50, max: 100}
  gold: {label: Gold, rank: 6, start: 100, max: 900, unit: million gold roubles}
  balance: {label: Course of policy, start: 60, min: 20, max: 80, set_by: both}
  means_in_all: {is: "10 + standing // 25", label: Means in all}
  line: {label: Line, start: front, words: [front, class], labels: {front: united front, class: class against class}}
country_variables:
  relations: {label: Relations, start: 0, min: -100, max: 100, text: How that government deals with Moscow.}
  suspicion: {label: Suspicion, start: 40}
  party: {label: Communist party, start: 10}
  unrest: {label: Unrest, start: 30}
  recognition:
    label: Recognition
    start: none
    words: [none, de_facto, de_jure]
    labels: {none: none, de_facto: de facto, de_jure: de jure}
  trade: {label: Trade, start: 5, unit: percent of its potential}
countries:
  britain: {name: Britain, text: The first naval power., start: {relations: -20, suspicion: 65}}
  germany: {name: Germany, text: The other outcast of Versailles., start: {relations: 5, party: 60}}
  turkey: {name: Turkey, start: {relations: 45, recognition: de_jure}}
  japan: {name: Japan, start: {relations: -65}}
rules:
  - id: zigzag
    when: "abs(balance - before(balance)) > 20"
    effects: {standing: -2}
    because: The course swung too sharply.
  - id: suspicion-fades
    each: country
    when: "country.suspicion > 20"
    effects: {country.suspicion: -1}
    because: "Nothing new from {country}, and suspicion fades."
  - {id: upkeep, label: Upkeep abroad, effects: {gold: -4}, because: Embassies and couriers cost gold.}
orders:
  - id: trade-talks
    track: narkomindel
    label: Trade talks
    text: "Send Krasin to {target} with samples and price lists."
    target: country
    cost: {means: 2, gold: 5}
    effects: {target.relations: +3}
    because: "Talks are opened with {target}."
    results:
      agreed: {label: An agreement, chance: 60, effects: {target.trade: +10, trade: +2}, because: "{target} buys."}
      put-off: {label: Put off, because: "{target} wants to wait."}
  - id: recognition-talks
    track: narkomindel
    label: Recognition talks
    target: country
    cost: {means: 4}
    takes: 1
    when: "target.recognition != 'de_jure' and target.relations >= 0"
    because: "Recognition is asked of {target}."
    results:
      granted:
        label: Granted
        effects: {target.recognition: {set: de_jure}, recognition: +10}
        because: "{target} sends an envoy."
  - id: fund-party
    track: comintern
    label: Fund the party
    target: country
    cost: {means: 2, gold: 3}
    effects: {target.party: +4, target.suspicion: +5, revolution: +1}
    because: "Money reaches the comrades in {target}."
  - id: cover-tracks
    track: comintern
    label: Cover tracks
    cost: {means: 1}
    effects: {standing: +1}
    because: Receipts are burnt.
events:
  - id: conference
    title: An invitation to Genoa
    style: telegram
    place: Genoa
    historically: 1922-02-10
    asks: narkomindel
    text: |
      Thirty governments mean to meet in spring and would have us sit down with them. They want the debts paid; we
      want credits. Chicherin asks whether he may go, and with what in his bag.
    choices:
      - id: go
        label: Go and talk to everyone
        text: Concede nothing final and be seen.
        historical: true
        effects: {recognition: +4, each.relations: {add: +2, when: "each.relations < 0"}}
        because: Moscow's delegates behaved like any others.
      - id: pay
        label: Pay the old debts
        when: "gold >= 500"
        effects: {gold: -500, recognition: +12}
        because: The debts were honoured.
      - id: stay-away
        label: Stay away
        toll: Nobody died of it.
        effects: {standing: +2, recognition: -3}
        results:
          offended:
            label: They are offended
            chance: 50
            effects: {britain.relations: -5}
            because: London was offended.
          unmoved: {label: They hardly notice, because: Nobody noticed.}
        because: The invitation went unanswered.
    sources: [jacobson, brit]
    confidence: high
    dispute: Who asked whom first is told differently.
    teaching: {note: Compare the two memoirs., questions: [What would you have packed?]}
  - id: famine-news
    title: Grain ships at Novorossiysk
    style: newspaper
    place: Novorossiysk
    historically: 1922-02-20
    text: The first ships with American grain have been unloaded. The crews were given a brass band and some tea.
    effects: {britain.relations: +1}
    because: Hunger softens hearts.
    content_note: This text speaks of famine.
  - id: signal
    title: Berlin waits for a signal
    style: minutes
    place: Moscow
    historically: 1922-05-03
    asks: comintern
    text: The committee has met three nights running. The comrades in Berlin ask for money, and for a date.
    choices:
      - id: send
        label: Send both
        effects: {revolution: +4, germany.suspicion: +10}
        because: A courier left for Berlin.
      - id: wait
        label: Tell them to wait
        historical: true
        effects: {revolution: -2, standing: +1}
        because: Berlin was told to wait.
  - id: private-letter
    title: A letter from Angora
    style: letter
    place: Angora
    historically: 1922-08-10
    text: Kemal thanks for the gold and asks for more.
    effects: {turkey.relations: +3}
    because: Gold was well received.
  - id: report-london
    title: What London knows
    style: report
    place: London
    historically: 1922-08-12
    text: Our man reads the cables before the Cabinet does.
directives:
  - id: two-friends
    label: two governments on good terms, by winter
    within: 4
    goal: "count(each.relations >= 20) >= 2"
    met: {effects: {standing: +5}, because: The Politburo is content.}
    missed: {effects: {standing: -5}, because: The Politburo expected more.}
endings:
  - {id: survived, title: The pause was used, rank: 9, text: A year is over and nobody marched.}
  - {id: recalled, title: Recalled, rank: 1, when: "standing <= 0", text: You are wanted elsewhere.}
verdicts:
  - {id: trade-more, about: trade, rank: 1, when: "trade >= 30", text: More trade than history saw.}
  - {id: trade-less, about: trade, rank: 9, text: Less trade than history saw.}
  - {id: recognised, about: recognition, rank: 9, text: Envoys came slowly.}
sources:
  jacobson: {label: Jacobson, text: "Jon Jacobson, a book of 1994.", worth: A scholar's monograph.}
  brit: {label: Britannica, text: "Encyclopædia Britannica, on Lenin."}
"""


@cache
def small_program() -> Program:
    """The small game, ready to run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.yaml"
        path.write_text(YAML, encoding="utf-8")
        return interpret(load(str(path)).scenario)
