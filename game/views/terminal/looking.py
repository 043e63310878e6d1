"""What does a player of the text game want to know?  Scores, countries, news, why: all that only looks."""

from __future__ import annotations

import textwrap
from typing import TextIO

from game.compiler.problems import nearest
from game.play.games import Game
from game.play.observation import Dispatch, Observation, Value
from game.play.recording import SUFFIX
from game.play.roads import decisions, describe, describe_road, roads_not_taken
from game.play.saves import all_saves, tree
from game.play.session import Session
from game.play.wording import number, signed
from game.rules.state import Order
from game.views.screens.lines import written
from game.views.screens.markup import flowing, unmarked

WIDTH = 78
MOST_REASONS = 12
FRONT = 9
"""Values of a lower place are shown even when they stand at nothing; those behind are warnings."""


class Looking:
    """Says what there is to see of a session."""

    def __init__(self, session: Session, out: TextIO, game: Game | None) -> None:
        self.session = session
        self.out = out
        self.game = game
        self.card: Dispatch | None = None
        self.told: set[tuple[str, str]] = set()
        self.told_fault = ""

    def say(self, text: str = "", indent: str = "") -> None:
        for paragraph in flowing(unmarked(text)).split("\n"):
            filled = textwrap.fill(paragraph, WIDTH, initial_indent=indent, subsequent_indent=indent)
            self.out.write(filled + "\n")

    def tell_fault(self) -> None:
        """Say once that what was decided is not on the disk, and once that it is again."""
        fault = self.game.notice if self.game is not None else ""
        if fault and fault != self.told_fault:
            self.say(f"! {fault}")
        elif self.told_fault and not fault:
            self.say("Saved again: everything that was decided is on the disk.")
        self.told_fault = fault

    def kept(self) -> None:
        """Where the game lies, at the end."""
        assert self.game is not None
        if self.game.saved:
            name = self.game.path.name.removesuffix(SUFFIX)
            over = self.session.place == "over"
            more = f" Beside history: debrief {name}" if over else f" Go on with: play --text --load {name}"
            self.say(f"Saved as {name}.{more}")
        else:
            self.say(f"! {self.game.notice or 'Not all of the game is saved.'}")

    def news(self) -> None:
        for card in self.session.dispatches():
            key = (card.event, card.country)
            if key not in self.told:
                self.told.add(key)
                if not card.answer:
                    self.show(card)

    def show(self, card: Dispatch) -> None:
        self.card = card
        self.say()
        origin = ", ".join(each for each in (card.place, card.date) if each)
        self.say(f"[{card.style}] {card.title}" + (f" — {origin}" if origin else ""))
        if card.content_note:
            self.say(f"({card.content_note})")
        self.say(card.text, "  ")
        if card.toll and not card.options:
            self.say(card.toll, "  ")

    def status(self, seen: Observation) -> None:
        self.say()
        ranked = sorted((each for each in seen.national.values() if each.rank), key=lambda each: each.rank)
        for value in ranked or [each for each in seen.national.values() if each.score]:
            if value.value or value.rank <= FRONT:
                change = f" ({signed(value.change)})" if value.change else ""
                unit = f" {value.unit}" if value.unit else ""
                self.say(f"{value.label}: {value.shown}{unit}{change}")
        for setting in seen.settings:
            words = dict(enumerate(shown for _, shown in setting.words))
            drafted = words.get(setting.drafted, number(setting.drafted))
            self.say(f"{setting.label}: {drafted}")
        for each in seen.directives:
            state = "met as things stand" if each.holds else "not yet met"
            self.say(f"Directive: {each.label}; {each.turns_left} turn(s) left, {state}")
        for track in seen.tracks:
            self.say(f"{track.label}: {track.left} of {track.means} means left")

    def countries(self, seen: Observation) -> None:
        for country in seen.countries.values():
            if country.exists:
                parts = [
                    f"{value.label.lower()} {value.shown}"
                    for name, value in country.values.items()
                    if name in ("relations", "suspicion", "recognition", "trade", "party")
                ]
                self.say(f"{country.name}: {', '.join(parts)}")

    def country(self, seen: Observation, name: str) -> None:
        for country in seen.countries.values():
            if name.lower() in (country.id, country.name.lower()):
                self.say(country.name)
                for value in country.values.values():
                    change = f" ({signed(value.change)})" if value.change else ""
                    self.say(f"{value.label}: {value.shown}{change}", "  ")
                return
        self.say("Countries: " + ", ".join(seen.countries))

    def why(self, name: str) -> None:
        whole, _, slot = name.rpartition(" ")
        known = self.known()
        if slot not in known:
            near = nearest(slot, known)
            national = ", ".join(each for each in known if "." not in each)
            self.say(f"There is no value '{slot}'" + (f"; did you mean {near}?" if near else "."))
            self.say(f"There are: {national}; and for each country: britain.relations …")
            return
        value = known[slot]
        self.say(
            f"{value.label if '.' not in slot else self.session.viewer.words.label(slot)} is {value.shown}."
        )
        if value.text:
            self.say(value.text, "  ")
        turn = None if whole == "all" else self.session.turn
        reasons = self.session.why(slot, turn=turn)
        if not reasons and turn is not None and turn > 1:
            turn -= 1
            reasons = self.session.why(slot, turn=turn)
        if not reasons:
            self.say("Nothing has moved it lately; 'why all " + slot + "' looks at the whole game.")
        for reason in reasons[:MOST_REASONS]:
            when = self.session.viewer.words.step(reason.entry.turn)
            self.say(
                f"{when}  {reason.shown}  {reason.sentence} ({reason.cause}){written(reason.where)}", "  "
            )
            for step in self.session.trail(reason.entry)[:3]:
                self.say(f"which goes back to: {step.label} {step.shown}, {step.cause}", "      ")
        if len(reasons) > MOST_REASONS:
            self.say(f"… and {len(reasons) - MOST_REASONS} smaller causes.", "  ")

    def known(self) -> dict[str, Value]:
        """Every value that the player may see, by the name to ask for it."""
        seen = self.session.observe()
        found = dict(seen.national)
        for country in seen.countries.values():
            found |= {f"{country.id}.{name}": value for name, value in country.values.items()}
        return found

    def sources(self) -> None:
        if self.card is None:
            self.say("No dispatch has arrived yet.")
            return
        notes = self.card.notes
        self.say(f"Sources, confidence {notes.confidence or 'not stated'}:{'' if notes.sources else ' none'}")
        for source in notes.sources:
            self.say(source, "  ")
        for text in (notes.dispute, notes.toll, notes.teaching, *notes.questions):
            if text:
                self.say(text, "  ")

    def reading(self, which: str) -> None:
        """Read the easier texts from now on, or the full ones."""
        viewer = self.session.viewer
        if not viewer.two_readings:
            self.say("This scenario has no easier texts.")
        elif which not in ("full", "basic"):
            self.say("Type reading basic for easier texts, reading full for the others.")
        else:
            viewer.basic = which == "basic"
            self.say(f"You read the {'easier' if viewer.basic else 'full'} texts now.")
            if (card := self.session.observe().question) is not None:
                self.show(card)

    def names(self) -> dict[str, str]:
        """The countries' names by id."""
        return {each.id: each.name for each in self.session.observe().countries.values()}

    def told_order(self, order: Order) -> str:
        """An order in words."""
        words = self.session.viewer.words
        return words.title(order.action) + (f" → {words.country(order.target)}" if order.target else "")

    def saves(self) -> None:
        """The saved games in a line each, forks under the game they left."""
        for depth, each in tree(all_saves()):
            here = " ← this game" if self.game is not None and each.path == self.game.path else ""
            state = each.fault or each.over or each.step or "just begun"
            scores = ", ".join(f"{name} {value}" for name, value in each.scores.items())
            self.say(f"{each.name}: {state}{'; ' if scores else ''}{scores}{here}", "    " * depth)
        if self.game is None:
            self.say("This game is not written down.")

    def past(self) -> None:
        """What was decided so far, each with the number to go back to."""
        for each in decisions(self.session):
            when = self.session.viewer.words.step(each.turn)
            self.say(f"{each.number}. {when}  {describe(self.session, each)}")

    def roads(self) -> None:
        """What else could have been."""
        if self.session.place != "over":
            self.say("Roads not taken are told at the end of the game.")
            return
        for road in roads_not_taken(self.session):
            self.say(describe_road(self.session, road), "  ")
