"""What does an act do to the running game?  The one place where acts become moves, and the desk what they leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.play import games
from game.play.games import Game
from game.play.observation import Observation
from game.play.roads import decisions
from game.play.viewing import Viewer
from game.rules.calendar import PER_YEAR
from game.rules.classes import replace
from game.rules.state import IllegalOrder
from game.views.screens import (
    answering,
    card,
    desk,
    dossier,
    guide,
    orders,
    quarter,
    reckoning,
    rewind,
    why,
    years,
)
from game.views.screens.annals import Annals
from game.views.screens.answering import Answering, ReasonScreen
from game.views.screens.card import CardScreen
from game.views.screens.countries import Desk
from game.views.screens.dossier import CountryScreen
from game.views.screens.hand import Hand
from game.views.screens.keymap import KeyMap
from game.views.screens.library import Library
from game.views.screens.ordering import Ordering
from game.views.screens.orders import OrdersScreen
from game.views.screens.pondering import HistoricalRun, Roads
from game.views.screens.printing import Printer, Printing
from game.views.screens.quarter import QuarterScreen
from game.views.screens.rewind import Past, RewindScreen
from game.views.screens.tree import Act, Element
from game.views.screens.why import LATELY, WhyScreen
from game.views.screens.years import YearsScreen


class Table:
    """A game on the table: its session, what is laid out on the desk, and the dialogs over it.

    `dialogs` is the stage's own list: what belongs to the game is laid on it and taken off it here.
    """

    def __init__(
        self,
        game: Game,
        dialogs: list[object],
        seat: Callable[[Game], None],
        version: Callable[[], str],
        printer: Printer | None = None,
    ) -> None:
        self.game = game
        self.session = game.session
        self.library = Library(game.session.program)
        self.seat = seat
        """Puts another game in the place of this one."""
        self.version = version
        self.desk = Desk()
        self.dialogs = dialogs
        self._done: set[str] = set()
        self.guide_from = 1
        """The turn from which on a year is guided."""
        self.reckoned = False
        """The last ledger has been put away: the end screen is up."""
        self._seen: Observation | None = None
        self._outlook: Mapping[str, int] | None = None
        self._past: tuple[int, str, tuple[Past, ...]] = -1, "", ()
        """The decisions so far in words: from how many moves, and for whose eyes."""
        self.annals = Annals(self.session)
        self.run: HistoricalRun | None = None
        """The game as history's decisions go, played once a value is looked at over the years."""
        self.roads: Roads | None = None
        """The roads not taken, looked for once the end screen is up."""
        self.part = reckoning.UNDONE if self.session.seats > 1 else reckoning.WEIGHED
        """What the end screen tells of the decisions."""
        self.answering = Answering(self)
        self.printing, self.hand = Printing(self, printer), Hand(self)
        self._verbs: dict[str, Callable[[Act], str | None]] = {
            "sheet": lambda act: self.set_out(sheet=act.what), "lens": lambda act: self.set_out(lens=act.what),
            "country": lambda act: self.set_out(country=act.what), "read": lambda act: None,
            "card": self._card, "pick": lambda act: self.turn_over(CardScreen, picked=act.what),
            "notes": self._notes, **self.answering.verbs, **self.printing.verbs, **self.hand.verbs,
            "proceed": self._proceed, **Ordering(self).verbs,
            "why": self._why, "span": lambda act: self.turn_over(WhyScreen, span=act.what, cause=""),
            "follow": lambda act: self.turn_over(WhyScreen, cause=act.what), "quarter": self._quarter,
            "end": self._end, "years": self._years, "turn-on": self._turn_on, "turn-to": self._turn_to,
            "file": self._file,
            "decisions": self._decisions, "decision": self._decisions, "fork": self._fork, "roads": self._roads,
            "understood": lambda act: self.done.add(f"{guide.UNDERSTOOD}{act.what}"),
        }  # fmt: skip
        self._take_up()

    # What is shown

    @property
    def seen(self) -> Observation:
        """What the player sees of the game."""
        if self._seen is None:
            self._seen = self.session.observe()
        return self._seen

    @property
    def covered(self) -> bool:
        """Whether a curtain hides the desk."""
        return False

    @property
    def done(self) -> set[str]:
        """Verbs of what has been done, and what was understood: the guide tells neither again."""
        return self._done

    @property
    def over(self) -> bool:
        """Whether the game has ended."""
        return self.session.place == "over"

    @property
    def past(self) -> tuple[Past, ...]:
        """The decisions so far in words."""
        count, eyes = len(self.session.made), self.session.eyes()
        if self._past[:2] != (count, eyes):
            self._past = count, eyes, rewind.pasts(self.session, decisions(self.session))
        return self._past[2]

    @property
    def standing(self) -> str:
        """Where the game stands, in a sentence."""
        return f"{self.seen.title}, {'over, in ' if self.over else ''}{self.seen.turn_name}."

    @property
    def name(self) -> str:
        """Which screen is up: the desk or the reckoning."""
        return "reckoning" if self.reckoned else "desk"

    def screen(self) -> Element:
        """The desk, or the end screen."""
        if self.reckoned:
            return reckoning.build(self.session, self.seen, self.roads, self.part)
        if self._outlook is None:
            self._outlook = self.session.outlook() if self.seen.place == "orders" else {}
        return desk.build(self.session, self.seen, self.desk, self._outlook, self.game, self.annals.all())

    def dialog(self, dialog: object) -> Element:
        """A dialog over the desk. Raises TypeError for one that is not the game's."""
        match dialog:
            case CardScreen():
                return card.build(self.session, self.seen, dialog, self.library)
            case OrdersScreen():
                return orders.build(self.session, self.seen, dialog)
            case WhyScreen():
                return why.build(self.session, dialog)
            case CountryScreen():
                return dossier.build(self.session, self.seen, dialog)
            case QuarterScreen():
                return quarter.build(self.session, dialog)
            case YearsScreen():
                if self.run is None:
                    self.run = HistoricalRun(self.session.program)
                return years.build(self.session, self.seen, dialog, self.run)
            case ReasonScreen():
                return answering.build(dialog)
            case RewindScreen():
                return rewind.build(self.session, dialog, self.past, self.game.path.name)
            case _:
                found = self.hand.dialog(dialog)
                if found is None:
                    raise TypeError(f"no dialog of a game: {dialog}")
                return found

    def speak(self, language: str, basic: bool) -> None:
        """Say all of the game in a language, and the easier way if wanted, where its texts are there so."""
        program, viewer = self.session.program, self.session.viewer
        if (viewer.words.language, viewer.basic) != (language, basic):
            self.session.viewer = Viewer(program, language, basic)
            self.library = Library(program, language)
            self._past = -1, "", ()
            self.annals.forget()
            self.moved()

    # What is done

    def letters(self, act: Act) -> None:
        """Something is typed into the field of a dialog."""
        self.answering.letters(act)
        self.hand.letters(act)

    def verb(self, name: str) -> Callable[[Act], str | None]:
        """What does an act of this name now. Raises KeyError."""
        return self._verbs[name]

    def guided(self, tree: Element, map: KeyMap = ()) -> Element:
        """A screen with the advice that is needed now, in the first year."""
        year = PER_YEAR[self.session.program.scenario.calendar.step]
        if self.session.turn >= self.guide_from + year or self.over:
            return tree
        return guide.guided(tree, self.seen, self.done, map)

    def guide_anew(self) -> None:
        """Call the guide from here on, as if nothing had been told."""
        self.done.clear()
        self.guide_from = max(1, self.session.turn)

    def closes(self, dialog: object) -> bool:
        """Whether Esc on a dialog means something else than taking it away; if so, that is done."""
        match dialog:
            case CardScreen(notes=True):
                self.dialogs[-1] = replace(dialog, notes=False)
            case QuarterScreen(closing=True):
                self._proceed(Act("proceed"))
            case CardScreen() if dialog.answer:
                self._proceed(Act("proceed"))
            case _:
                return self.hand.closes(dialog)
        return True

    def close(self) -> None:
        """Put the game away."""
        if self.roads is not None:
            self.roads.stop()
        self.game.close()

    def news(self) -> bool:
        """Whether there is something new to show of what is reckoned behind the game; the roads not taken are looked
        for once the end is up."""
        if self.reckoned and self.roads is None:
            self.roads = Roads(self.session)
        ran = self.run is not None and self.run.news()
        return ran or (self.roads is not None and self.roads.news() and self.part == reckoning.ROADS)

    def moved(self) -> None:
        """The game has moved: it must be looked at anew."""
        self._seen = None
        self._outlook = None

    def lay(self, dialog: object) -> None:
        """Lay a dialog on top, in place of one of its kind."""
        if self.dialogs and type(self.dialogs[-1]) is type(dialog):
            self.dialogs[-1] = dialog
        else:
            self.dialogs.append(dialog)

    def turn_over(self, kind: type, **changes: str) -> None:
        """Change the dialog on top, if it is of this kind."""
        if self.dialogs and isinstance(top := self.dialogs[-1], kind):
            self.dialogs[-1] = replace(top, **changes)  # type: ignore[type-var]

    def set_out(self, **changes: str) -> None:
        """Lay the desk out otherwise: another sheet, lens or country."""
        self.desk = replace(self.desk, **changes)  # type: ignore[arg-type]

    # Dispatches

    def _card(self, act: Act) -> None:
        event, _, country = act.what.partition("@")
        turn = act.amount or self.session.turn
        self.read(turn, event, country)
        self.lay(CardScreen(event, country, turn))

    def read(self, turn: int, event: str, country: str) -> None:
        self.desk = replace(self.desk, read=self.desk.read | {(turn, event, country)})

    def _notes(self, act: Act) -> None:
        if self.dialogs and isinstance(top := self.dialogs[-1], CardScreen):
            self.dialogs[-1] = replace(top, notes=not top.notes)

    def _proceed(self, act: Act) -> None:
        if not self.dialogs:
            return
        top = self.dialogs.pop()
        if isinstance(top, QuarterScreen) and top.closing:
            if self.over:
                self._reckon()
            else:
                self._turn()
        elif isinstance(top, CardScreen) and top.answer:
            self._next()
        elif isinstance(top, CardScreen) and top.turn == self.session.turn and not self.dialogs:
            turn, read = self.session.turn, self.desk.read
            fresh = [each for each in self.seen.dispatches if (turn, each.event, each.country) not in read]
            if fresh:
                self._card(Act("card", f"{fresh[0].event}@{fresh[0].country}"))
            else:
                self._ask()

    def _take_up(self) -> None:
        """Show the game where it stands: at a question, between two turns, at its end."""
        if self.over:
            self._reckon()
        elif self.session.place == "opening" and self.session.turn >= self.session.first:
            self.dialogs.append(QuarterScreen(self.session.turn, closing=True))
        elif self.session.place == "opening":
            self._turn()
        else:
            self._ask()

    def cover(self) -> None:
        """The player has come back to the desk."""

    def _next(self) -> None:
        """On to what the game waits for."""
        self._ask()

    def answered(self) -> None:
        """An answer has been given."""

    def _reckon(self) -> None:
        self.reckoned = True
        self.dialogs.clear()

    def _turn(self) -> None:
        """Open the next turn and lay its first question on the desk."""
        self.session.open()
        self.moved()
        self._ask()

    def _ask(self) -> None:
        question = self.seen.question
        if question is not None:
            self.lay(CardScreen(question.event, question.country, self.seen.turn))

    # The ledger and the end of the turn

    def _why(self, act: Act) -> str | None:
        if not self.session.viewer.secrecy.knows_slot(act.what, self.session.eyes()):
            return why.UNKNOWN
        self.lay(WhyScreen(act.what, str(act.amount) if act.amount else LATELY))
        return None

    def _quarter(self, act: Act) -> None:
        if self.session.first <= int(act.what) < len(self.session.closes):
            self.lay(QuarterScreen(int(act.what)))

    def _end(self, act: Act) -> str | None:
        session = self.session
        if session.place == "question":
            self._ask()
            return "This dispatch must be answered before the turn can end."
        return self._close() if session.place == "orders" else None

    def _close(self) -> str | None:
        try:
            self.session.close()
        except IllegalOrder as refused:
            return str(refused.refusal)
        self.moved()
        self.dialogs.clear()
        self.dialogs.append(QuarterScreen(self.session.turn, closing=True))
        return None

    # The past

    def _years(self, act: Act) -> None:
        top = self.dialogs[-1] if self.dialogs else None
        self.lay(YearsScreen(act.what, top.turn if isinstance(top, YearsScreen) else -1))

    def _turn_on(self, act: Act) -> None:
        if self.dialogs and isinstance(top := self.dialogs[-1], YearsScreen):
            closed = len(self.session.closes) - 1
            turn = (closed if top.turn < 0 else top.turn) + act.amount
            self.dialogs[-1] = replace(top, turn=min(closed, max(self.session.first - 1, turn)))

    def _file(self, act: Act) -> None:
        if act.what in self.seen.countries:
            self.lay(CountryScreen(act.what))

    def _turn_to(self, act: Act) -> None:
        if self.dialogs and isinstance(top := self.dialogs[-1], YearsScreen):
            self.dialogs[-1] = replace(top, turn=int(act.what))

    def _decisions(self, act: Act) -> None:
        self.lay(RewindScreen(int(act.what) if act.what else -1))

    def _fork(self, act: Act) -> str:
        """Take another way from a decision on: a new game in a new file; the old one is kept."""
        if not self.game.saved:
            return f"First this game must be on the disk. {self.game.notice}"
        name = self.game.path.name
        self.seat(games.forked(self.game, int(act.what), self.version()))
        return f"This is a new game. The other one is kept as {name}."

    def _roads(self, act: Act) -> None:
        self.part = act.what or reckoning.WEIGHED
