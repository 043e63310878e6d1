"""The game by lines in and lines out: for terminals, screen readers and pipes. No cursor is ever addressed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import TextIO

from game.play.observation import Dispatch, Likely, Observation, OrderView, Shift
from game.play.session import Session
from game.play.wording import number, signed
from game.rules.state import IllegalOrder, Order

WIDTH = 78
HELP = """\
At a question: the number of a choice. Otherwise:
  orders [COUNTRY]     what can be ordered, with numbers      order N   give one of them
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
        for line in text.split("\n"):
            filled = textwrap.fill(line, WIDTH, initial_indent=indent, subsequent_indent=indent)
            self.out.write((filled or line) + "\n")

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
        self.say(f"{seen.title}")
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
                self.say(HELP)
            case _:
                self.say(f"'{word}' is not a command here; type help.")

    def status(self, seen: Observation) -> None:
        self.say()
        for value in seen.national.values():
            if value.score or value.slot in ("revolution", "standing", "gold", "industry", "balance"):
                change = f" ({signed(value.change)})" if value.change else ""
                unit = f" {value.unit}" if value.unit else ""
                self.say(f"{value.label}: {value.shown}{unit}{change}")
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
        try:
            value = self.session.value(slot)
        except KeyError:
            known = [
                each for each in self.session.program.layout.names if ":" not in each and "." not in each
            ]
            self.say(f"There is no value '{slot}'. National values: {', '.join(known)}")
            return
        variable = self.session.viewer.words.variable(slot)
        shown = self.session.viewer.words.value(variable, value) if variable else number(value)
        self.say(f"{self.session.viewer.words.label(slot)} is {shown}.")
        turn = None if whole == "all" else self.session.turn
        reasons = self.session.why(slot, turn=turn)
        if not reasons and turn is not None and turn > 1:
            turn -= 1
            reasons = self.session.why(slot, turn=turn)
        if not reasons:
            self.say("Nothing has moved it lately; 'why all " + slot + "' looks at the whole game.")
        for reason in reasons[:12]:
            when = self.session.viewer.words.step(reason.entry.turn)
            where = f" [{reason.where}]" if reason.where else ""
            self.say(f"{when}  {reason.shown}  {reason.sentence} ({reason.cause}){where}", "  ")
            for step in self.session.trail(reason.entry)[:3]:
                self.say(f"which goes back to: {step.label} {step.shown}, {step.cause}", "      ")

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

    def list_orders(self, country: str) -> None:
        self.offers = [
            offer
            for role in self.session.roles
            for offer in self.session.offers(role)
            if country in ("", "all", offer.target, offer.order.action) and (country or not offer.refusal)
        ]
        for at, offer in enumerate(self.offers, start=1):
            cost = ", ".join(f"{amount} {name}" for name, amount in offer.cost.items() if amount)
            target = f" → {self.session.viewer.words.country(offer.target)}" if offer.target else ""
            state = f" — {offer.refusal}" if offer.refusal else ""
            self.say(f"{at}. {offer.label}{target} ({cost or 'free'}){state}")
            if country and not offer.refusal:
                if offer.certain:
                    self.say("certain: " + shifts(offer.certain), "     ")
                for line in likely(offer.likely):
                    self.say(line, "     ")
        if not self.offers:
            self.say("Nothing can be ordered there now.")

    def give(self, rest: str) -> None:
        order: Order | None = None
        if rest.isdigit() and 1 <= int(rest) <= len(self.offers):
            order = self.offers[int(rest) - 1].order
        elif rest:
            action, _, target = rest.partition(" ")
            order = Order(action, target.strip())
        if order is None:
            self.say("Which? Type orders first, then order N; or order ACTION COUNTRY.")
            return
        refusal = self.session.draft_order(order)
        self.say(f"Refused: {refusal}" if refusal else f"Drafted: {order}.")

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
            self.say(f"{at}. {order}")
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
        moved: dict[str, int] = {}
        for entry in self.session.seen(turn=turn):
            if "." not in entry.slot and entry.delta and entry.phase >= 3:
                moved[entry.slot] = moved.get(entry.slot, 0) + entry.delta
        for slot, delta in sorted(moved.items(), key=lambda each: -abs(each[1])):
            if delta and self.session.viewer.words.variable(slot) is not None:
                reason = self.session.why(slot, turn=turn)
                first = reason[0].sentence if reason else ""
                self.say(f"{self.session.viewer.words.label(slot)} {signed(delta)}: {first}", "  ")

    def over(self) -> None:
        outcome = self.session.outcome()
        if outcome is None:
            return
        self.say()
        self.say(f"== {outcome.title} ==")
        self.say(outcome.text)
        for verdict in outcome.verdicts:
            self.say(f"{self.session.viewer.words.label(verdict.about)}: {verdict.text}")


def shifts(certain: tuple[Shift, ...]) -> str:
    """Certain changes in a line."""
    return ", ".join(f"{each.label} {each.shown}" for each in certain)


def likely(results: tuple[Likely, ...]) -> Iterator[str]:
    """Possible results, a line each."""
    for each in results:
        yield f"{each.percent} in 100: {each.label}" + (f" ({shifts(each.shifts)})" if each.shifts else "")
