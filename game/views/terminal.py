"""The game by lines in and lines out: for terminals, screen readers and pipes. No cursor is ever addressed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TextIO

from game.compiler.problems import nearest
from game.play.observation import Dispatch, Observation, OrderView, Value
from game.play.session import Session
from game.play.wording import number, signed
from game.rules.state import IllegalOrder, Order
from game.views.screens.lines import likely, overview, price, shifts, written
from game.views.screens.markup import flowing, unmarked

WIDTH = 78
MOST_REASONS = 12
EVENTS = 2
"""The phase of the events; what comes after it is the quarter's own reckoning."""
FRONT = 9
"""Values of a lower place are shown even when they stand at nothing; those behind are warnings."""
HELP = """\
At a question: the number of a choice. Otherwise:
  orders               what can be ordered, and where         orders COUNTRY   with numbers and prices
  order N              give one of those numbers              order ACTION COUNTRY   the same by name
  drop N               take a drafted order back              draft     what is drafted
  balance N            Narkomindel's share of the means       set NAME VALUE
  status               scores and directives                  country NAME
  countries            all countries in a line each           news      this quarter's dispatches
  why NAME             what moved a value, e.g. why trade, why britain.relations, why all trade
  sources              what stands behind the last dispatch   end       end of the quarter
  help                 this list                              quit      leave the game"""


class Quit(Exception):
    """The player leaves."""


def play_text(session: Session, read: Callable[[], str], out: TextIO) -> int:
    """Play a session to its end or until the player quits; returns the exit status."""
    game = _Game(session, read, out)
    try:
        game.run()
    except Quit:
        game.say("Left in " + session.observe().turn_name + ".")
    return 0


class _Game:
    def __init__(self, session: Session, read: Callable[[], str], out: TextIO) -> None:
        self.session = session
        self.read = read
        self.out = out
        self.offers: list[OrderView] = []
        self.card: Dispatch | None = None
        self.told: set[tuple[str, str]] = set()
        self.shown_turn = 0

    def say(self, text: str = "", indent: str = "") -> None:
        for paragraph in flowing(unmarked(text)).split("\n"):
            filled = textwrap.fill(paragraph, WIDTH, initial_indent=indent, subsequent_indent=indent)
            self.out.write(filled + "\n")

    def ask(self, prompt: str) -> str:
        self.out.write(prompt)
        self.out.flush()
        line = self.read()
        if not line:
            raise Quit
        return line.strip()

    def run(self) -> None:
        session = self.session
        seen = session.observe()
        self.say(seen.title)
        self.say(self.session.viewer.words.plain(self.session.program.scenario.text))
        self.say(f"{seen.fate} fate, seed {seen.seed}. Type help for the commands.")
        while session.place != "over":
            match session.place:
                case "opening":
                    session.open()
                    self.told = set()
                    seen = session.observe()
                    self.say()
                    self.say(f"== {seen.turn_name}, turn {seen.turn} of {seen.turns} ==")
                    self.news()
                case "question":
                    self.question()
                    self.news()
                case _:
                    self.orders()
        self.over()

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

    def question(self) -> None:
        seen = self.session.observe()
        card = seen.question
        if card is None:
            raise Quit
        self.show(card)
        self.told.add((card.event, card.country))
        for at, option in enumerate(card.options, start=1):
            self.say(f"{at}. {option.label}")
            if option.text:
                self.say(option.text, "     ")
            if option.certain:
                self.say("certain: " + shifts(option.certain), "     ")
            for line in likely(option.likely):
                self.say(line, "     ")
            if option.refusal:
                self.say(f"not open: {option.refusal}", "     ")
        while True:
            line = self.ask("choice> ")
            if line.isdigit() and 1 <= int(line) <= len(card.options):
                option = card.options[int(line) - 1]
                if option.refusal:
                    self.say(f"Not open: {option.refusal}")
                    continue
                made = self.session.answer(option.id)
                told = [
                    self.session.viewer.reason(entry) for entry in made.ledger if entry.cause.id == card.event
                ]
                self.say(f"→ {option.label}")
                for reason in told:
                    if reason.entry.delta:
                        self.say(f"{reason.label} {reason.shown}", "  ")
                for sentence in dict.fromkeys(reason.sentence for reason in told):
                    self.say(sentence, "  ")
                return
            self.command(line, seen)

    def orders(self) -> None:
        seen = self.session.observe()
        if self.shown_turn != seen.turn:
            self.shown_turn = seen.turn
            self.status(seen)
        line = self.ask("order> ")
        word, _, rest = line.partition(" ")
        match word:
            case "end":
                self.end()
            case "orders" | "o":
                self.list_orders(rest.strip())
            case "order" | "give":
                self.give(rest.strip())
            case "drop":
                drafted = seen.orders
                if rest.isdigit() and 1 <= int(rest) <= len(drafted):
                    self.session.withdraw(drafted[int(rest) - 1])
                self.draft()
            case "draft":
                self.draft()
            case "balance":
                self.set(f"balance {rest}")
            case "set":
                self.set(rest)
            case _:
                self.command(line, seen)

    def command(self, line: str, seen: Observation) -> None:
        word, _, rest = line.partition(" ")
        match word:
            case "quit" | "q":
                raise Quit
            case "status" | "s":
                self.status(seen)
            case "country" | "c":
                self.country(seen, rest.strip())
            case "countries":
                self.countries(seen)
            case "news":
                for card in self.session.dispatches():
                    self.show(card)
            case "why":
                self.why(rest.strip())
            case "sources":
                self.sources()
            case "":
                pass
            case "help" | "?":
                self.out.write(HELP + "\n")
            case _:
                self.say(f"'{word}' is not a command here; type help.")

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
        self.say(
            f"Sources: {', '.join(notes.sources) or 'none'}; confidence: {notes.confidence or 'not stated'}"
        )
        for text in (notes.dispute, notes.toll, notes.teaching, *notes.questions):
            if text:
                self.say(text, "  ")

    def list_orders(self, where: str) -> None:
        offers = [offer for role in self.session.roles for offer in self.session.offers(role)]
        if not where:
            for line in overview([offer for offer in offers if not offer.refusal], self.names()):
                self.say(line)
            return
        ids = {name.lower(): id_ for id_, name in self.names().items()}
        wanted = ids.get(where.lower(), where.lower())
        self.offers = [offer for offer in offers if wanted in (offer.target, offer.order.action)]
        for at, offer in enumerate(self.offers, start=1):
            target = f" → {self.session.viewer.words.country(offer.target)}" if offer.target else ""
            state = f" — {offer.refusal}" if offer.refusal else ""
            self.say(f"{at}. {offer.label}{target} ({price(offer)}){state}")
            if not offer.refusal:
                if offer.certain:
                    self.say("certain: " + shifts(offer.certain), "     ")
                for line in likely(offer.likely):
                    self.say(line, "     ")
        if not self.offers:
            self.say(f"Nothing is ordered under '{where}'. Type orders for what there is.")

    def names(self) -> dict[str, str]:
        """The countries' names by id."""
        return {each.id: each.name for each in self.session.observe().countries.values()}

    def give(self, rest: str) -> None:
        order: Order | None = None
        if rest.isdigit() and 1 <= int(rest) <= len(self.offers):
            order = self.offers[int(rest) - 1].order
        elif rest:
            action, _, target = rest.partition(" ")
            ids = {name.lower(): id_ for id_, name in self.names().items()}
            order = Order(action, ids.get(target.strip().lower(), target.strip()))
        if order is None:
            self.say("Which? Type orders first, then order N; or order ACTION COUNTRY.")
            return
        refusal = self.session.draft_order(order)
        self.say(f"Refused: {refusal}" if refusal else f"Drafted: {self.told_order(order)}.")

    def told_order(self, order: Order) -> str:
        """An order in words."""
        words = self.session.viewer.words
        return words.title(order.action) + (f" → {words.country(order.target)}" if order.target else "")

    def set(self, rest: str) -> None:
        name, _, text = rest.strip().partition(" ")
        variable = self.session.viewer.words.variable(name)
        text = text.strip()
        value = None
        if variable is not None and text in variable.words:
            value = variable.words.index(text)
        elif text.lstrip("-").isdigit() and len(text) < 12:
            value = int(text)
        if value is None:
            self.say(f"'{text}' is no value of '{name}'.")
            return
        refusal = self.session.draft_setting(name, value)
        self.say(f"Refused: {refusal}" if refusal else f"{name} will be {text}.")

    def draft(self) -> None:
        seen = self.session.observe()
        for at, order in enumerate(seen.orders, start=1):
            self.say(f"{at}. {self.told_order(order)}")
        for track in seen.tracks:
            self.say(f"{track.label}: {track.left} of {track.means} means left")

    def end(self) -> None:
        try:
            self.session.close()
        except IllegalOrder as refused:
            self.say(f"Refused: {refused}")
            return
        turn = self.session.turn
        self.say(f"-- End of {self.session.viewer.words.turn(turn)} --")
        seen = self.session.observe()
        for value in sorted(seen.national.values(), key=lambda each: each.rank):
            moved = [
                reason
                for reason in self.session.why(value.slot, turn=turn)
                if value.rank and reason.entry.phase > EVENTS
            ]
            delta = sum(reason.entry.delta for reason in moved)
            if delta:
                told = next(reason for reason in moved if reason.entry.delta * delta > 0)
                self.say(f"{value.label} {signed(delta)}, now {value.shown}: {told.sentence}", "  ")

    def over(self) -> None:
        outcome = self.session.outcome()
        if outcome is None:
            return
        self.say()
        self.say(f"== {outcome.title} ==")
        self.say(outcome.text)
        for verdict in outcome.verdicts:
            self.say(f"{self.session.viewer.words.label(verdict.about)}: {verdict.text}")
