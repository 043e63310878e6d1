"""A small scenario with a policy of its own for tests of sweeps and forecasts, and its games played the plain way."""

# ruff: noqa: E501 - one item of YAML a line
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from game.play.policy import Policy
from game.play.session import Session
from game.rules.program import Program
from tests.small import whole

SCENARIO = """
id: small
calendar: {from: 1921-Q1, to: 1923-Q4}
variables: {gold: {start: 60, max: 900, rank: 1}, standing: {start: 50, max: 100}}
events:
  - id: loan
    title: A loan
    when: "true"
    repeats: 2
    chance: 60
    asks: narkomindel
    choices:
      - {id: take, label: Take it, effects: {gold: +15, standing: -4}, because: Money.}
      - {id: decline, label: Decline, historical: true, effects: {standing: +2}, because: None.}
  - {id: storm, title: A storm, when: "gold < 60", chance: 30, repeats: 1, effects: {standing: -9, trade: -3}, because: Storm.}
  - {id: miracle, title: A miracle, when: "gold > 880", effects: {trade: +50}, because: Never.}
rules:
  - {id: wear, each: country, when: "country.relations > 0", effects: {country.relations: -1}, because: It wears off.}
orders:
  - {id: visit, track: narkomindel, label: Visit, target: country, cost: {means: 3, gold: 4}, effects: {target.relations: +7, trade: +1}, because: A visit.}
  - {id: print, track: comintern, label: Print, cost: {means: 4}, repeats: 2, effects: {standing: -1}, because: Leaflets.}
endings:
  - {id: fallen, title: Fallen, rank: 1, when: "standing <= 20"}
  - {id: done, title: Done, rank: 9}
"""
POLICY = """
policy: careful
choices:
  - {choice: take, when: "gold < 50", weight: 3}
  - {weight: 1}
orders:
  - {order: visit, weight: "2 + target.weight"}
  - {order: print, when: "standing > 40", weight: 2}
idle: 4
"""


def shelved(folder: Path) -> Path:
    """The scenario in a folder of its own, named `small`."""
    home = folder / "small"
    (home / "policies").mkdir(parents=True)
    (home / "scenario.yaml").write_text(whole(SCENARIO), encoding="utf-8")
    (home / "policies" / "careful.yaml").write_text(POLICY, encoding="utf-8")
    return home


def games_of(program: Program, policy: Policy, seeds: Iterable[int], fate: str = "open") -> list[Session]:
    """Whole games, each played by itself with its ledger."""
    return [finished(Session(program, seed, fate), policy) for seed in seeds]


def finished(session: Session, policy: Policy) -> Session:
    """The same session, played on to its end."""
    while session.place != "over":
        if session.place == "opening":
            session.open()
        elif session.place == "question":
            session.answer(policy.choose(session))
        else:
            policy.plan(session)
            session.close()
    return session
