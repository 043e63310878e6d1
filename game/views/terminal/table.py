"""How is the game played by lines?  Questions, orders, commands: each a line in, and lines out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from game.play.drafting import NAME_FIRST
from game.play.games import Game, forked
from game.play.journal import sentence
from game.play.observation import Observation, OrderView
from game.play.recording import SUFFIX
from game.play.roads import decisions, rewound
from game.play.secrecy import BOTH
from game.play.session import Session
from game.play.wording import signed
from game.rules.state import IllegalOrder, Order
from game.views.screens.answering import SHORTEST
from game.views.screens.lines import likely, overview, price, shifts
from game.views.terminal.hand import lay_on
from game.views.terminal.looking import Looking

QUITTING = ("quit", "q")
EVENTS = 2
"""The phase of the events; what comes after it is the quarter's own reckoning."""
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
  decisions            what was decided so far                back N    leave it there, take another way
  saves                the saved games                        quit      leave the game; it is saved
  teacher              the teacher's hand: stop, call an event, set a value
  reading basic        easier texts, where there are any      reading full   the others again
  help                 this list                              roads     at the end: what else could have been"""


class Quit(Exception):
    """The player leaves."""


class Again(Exception):
    """Another session lies on the table."""


def play_text(
    session: Session, read: Callable[[], str], out: TextIO, game: Game | None = None, version: str = ""
) -> int:
    """Play a session to its end or until the player quits; returns the exit status.

    With `game`, whose session it is, the player sees whether all is saved, and may leave it for a fork of it.
    """
    if game is not None and game.seating is not None:
        from game.views.terminal.seats import SharedTable  # only now: it builds on this module

        table: Table = SharedTable(session, read, out, game, version)
    else:
        table = Table(session, read, out, game, version)
    try:
        table.run()
    except Quit:
        if table.session.place != "over":
            table.say("Left in " + table.session.observe().turn_name + ".")
    finally:
        if table.game is not None:
            table.game.close()
    if table.game is not None:
        table.kept()
    return 0


class Table(Looking):
    """A session on the table, and who plays it."""

    def __init__(
        self, session: Session, read: Callable[[], str], out: TextIO, game: Game | None, version: str
    ) -> None:
        super().__init__(session, out, game)
        self.read = read
        self.version = version
        self.begin_anew()

    def begin_anew(self) -> None:
        """Nothing has been shown of the game that lies on the table now."""
        self.offers: list[OrderView] = []
        self.card = None
        self.shown_turn = 0

    def prompt(self) -> str:
        """What stands before the line of somebody who is to set and to order."""
        return "order> "

    def ask(self, prompt: str) -> str:
        self.tell_fault()
        self.out.write(prompt)
        self.out.flush()
        line = self.read()
        if not line:
            raise Quit
        return line.strip()

    def run(self) -> None:
        while True:
            try:
                self.play()
                return
            except Again:
                self.begin_anew()
                self.told = {(card.event, card.country) for card in self.session.dispatches()}

    def play(self) -> None:
        session = self.session
        seen = session.observe()
        self.say(seen.title)
        self.say(self.session.viewer.words.plain(self.session.program.scenario.text))
        self.say(f"{seen.fate} fate, seed {seen.seed}. Type help for the commands.")
        if session.made and session.place != "over":
            self.say(f"You are in {seen.turn_name}.")
        while self.await_decision():
            if session.place == "question":
                self.question()
                self.news()
            else:
                self.orders()
        self.over()

    def await_decision(self) -> bool:
        """Open the next turn where one is over; False at the end of the game."""
        session = self.session
        if session.place == "opening":
            session.open()
            self.told = set()
            seen = session.observe()
            self.say()
            self.say(f"== {seen.turn_name}, turn {seen.turn} of {seen.turns} ==")
            self.news()
        return session.place != "over"

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
                why = self.reason() if card.ask_reason else ""
                if why is None:
                    continue
                made, session = self.session.answer(option.id, why), self.session
                ledger = session.viewer.ledger(session.state, made.ledger, session.eyes())
                told = [
                    session.viewer.reason(entry, session.eyes())
                    for entry in ledger
                    if entry.cause.id == card.event
                ]
                self.say(f"→ {option.label}")
                for reason in told:
                    if reason.entry.delta:
                        self.say(f"{reason.label} {reason.shown}", "  ")
                for sentence in dict.fromkeys(reason.sentence for reason in told):
                    self.say(sentence, "  ")
                if toll := option.toll or card.toll:
                    self.say(toll, "  ")
                return
            moves = len(self.session.made)
            self.command(line, seen)
            if len(self.session.made) != moves:  # a teacher's hand: the card may say something else now
                self.question()
                return

    def reason(self) -> str | None:
        """Why, in a sentence, before anything is shown; None to choose again."""
        self.say(
            "Why? Write one sentence; what comes of it is shown after. "
            "An empty line goes back to the choices, a full stop alone gives no reason."
        )
        while (line := self.ask("why> ")) not in ("", "."):
            if line in QUITTING:
                raise Quit
            if len(reason := sentence(line)) >= SHORTEST:
                return reason
            self.say("A sentence, please.")
        return "" if line else None

    def orders(self) -> None:
        seen = self.session.observe()
        if self.shown_turn != seen.turn:
            self.shown_turn = seen.turn
            self.status(seen)
        line = self.ask(self.prompt())
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
            case _ if word in QUITTING:
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
            case "decisions":
                self.past()
            case "back":
                self.back(rest.strip())
            case "saves":
                self.saves()
            case "roads":
                self.roads()
            case "":
                pass
            case "teacher":
                lay_on(self.session, rest, self.say, self.ask)
            case "reading":
                self.reading(rest.strip())
            case "help" | "?":
                self.out.write(HELP + "\n")
            case _:
                self.say(f"'{word}' is not a command here; type help.")

    def back(self, number: str) -> None:
        """Leave the game before one of its decisions: a new game; both are kept."""
        known = {str(each.number): each for each in decisions(self.session)}
        if number not in known:
            self.say("Back to which? Type decisions, then back N with one of the numbers.")
            return
        if self.game is None:
            self.session = rewound(self.session, int(number))
        else:
            left = self.game.path.name.removesuffix(SUFFIX)
            self.game = forked(self.game, int(number), self.version)
            self.session = self.game.session
            self.say(f"The game you leave stays as it is, saved as {left}.")
        raise Again

    def list_orders(self, where: str) -> None:
        session = self.session
        if not session.course_known:
            self.say(NAME_FIRST)
        mine = session.roles if session.holder == BOTH else (session.holder,)
        offers = [offer for role in mine for offer in session.offers(role)]
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

    def outcome(self) -> None:
        """How it ended."""
        outcome = self.session.outcome()
        if outcome is None:
            return
        self.say()
        self.say(f"== {outcome.title} ==")
        self.say(outcome.text)
        for verdict in outcome.verdicts:
            self.say(f"{self.session.viewer.words.label(verdict.about)}: {verdict.text}")

    def over(self) -> None:
        self.outcome()
        self.say(
            "Type roads for what else could have been, decisions and back N to take another way, or quit."
        )
        while (line := self.ask("over> ")) != "end":
            self.command(line, self.session.observe())
