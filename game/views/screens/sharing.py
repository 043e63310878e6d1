"""How do two share one desk?  Each has its own papers, a curtain falls between them, and what is sealed stands."""

from __future__ import annotations

from collections.abc import Callable

from game.play.games import Game
from game.play.seating import Seating
from game.views.screens import curtain, desk, digest
from game.views.screens.countries import Desk
from game.views.screens.digest import DigestScreen
from game.views.screens.keymap import KeyMap
from game.views.screens.printing import Printer
from game.views.screens.table import Table
from game.views.screens.tree import Act, Element


class SharedTable(Table):
    """A table at which each role has a seat of its own: two people's, or a person's and a policy's."""

    def __init__(
        self,
        game: Game,
        dialogs: list[object],
        seat: Callable[[Game], None],
        version: Callable[[], str],
        printer: Printer | None = None,
    ) -> None:
        assert game.seating is not None
        self.seating: Seating = game.seating
        self.down = False
        """The curtain is down: nothing of the game may be shown, and nothing done but to lift it."""
        self._desks: dict[str, Desk] = {}
        """What each seat has laid out."""
        self._dones: dict[str, set[str]] = {}
        super().__init__(game, dialogs, seat, version, printer)

    @property
    def covered(self) -> bool:
        return self.down

    @property
    def done(self) -> set[str]:
        return self._dones.setdefault(self.session.holder, set())

    @property
    def name(self) -> str:
        return "curtain" if self.down else super().name

    def screen(self) -> Element:
        return curtain.build(self.session, self.session.holder) if self.down else super().screen()

    def dialog(self, dialog: object) -> Element:
        if isinstance(dialog, DigestScreen):
            return digest.build(self.session, dialog)
        return super().dialog(dialog)

    def guided(self, tree: Element, map: KeyMap = ()) -> Element:
        return tree if self.down else super().guided(tree, map)

    def verb(self, name: str) -> Callable[[Act], str | None]:
        return {"lift": self._lift}[name] if self.down else super().verb(name)

    def closes(self, dialog: object) -> bool:
        if isinstance(dialog, DigestScreen):
            self._proceed(Act("proceed"))
            return True
        return super().closes(dialog)

    def cover(self) -> None:
        """Let the curtain fall: somebody has come back to the desk, and it may be somebody else."""
        if self.seating.shared and not self.over:
            self.dialogs.clear()
            self.down = True

    # Whose turn it is

    def _take_up(self) -> None:
        if self.over:
            self._reckon()
        else:
            self._hand_over(anew=True)

    def _next(self) -> None:
        self._hand_over()

    def answered(self) -> None:
        self.seating.tell(self.session.holder)  # the card itself tells what the answer moved

    def _proceed(self, act: Act) -> None:
        if self.dialogs and isinstance(self.dialogs[-1], DigestScreen):
            self.dialogs.pop()
            self._ask()
        else:
            super()._proceed(act)

    def _close(self) -> str | None:
        """Name the course; once it is known, seal the orders. The turn closes when both have."""
        role, session = self.session.holder, self.session
        if self.seating.naming():
            session.name_course(role)
        else:
            self.seating.seal(role)
        self.dialogs.clear()
        self._hand_over()
        stays = not self.down and session.holder == role and session.place == "orders"
        return desk.held(self.seen) if stays else None

    def _hand_over(self, anew: bool = False) -> None:
        """Whoever must decide sits down: behind a curtain where that is somebody else, or nobody sat there."""
        session, role = self.session, self.seating.advance()
        if role and (anew or role != session.holder):
            self._desks[session.holder] = self.desk
            session.holder, self.desk = role, self._desks.get(role, Desk())
            self.down = self.seating.shared
        self.moved()
        if not role:
            self._reckon()
        elif self.down:
            self.dialogs.clear()
        else:
            self._tell()

    def _lift(self, act: Act) -> None:
        self.down = False
        self._tell()

    def _tell(self) -> None:
        """What has happened since this seat sat here, if anything, and then what it is asked."""
        role = self.session.holder
        news = self.seating.news(role)
        self.seating.tell(role)
        if digest.worth_telling(self.session, news):
            self.lay(DigestScreen(news))
        else:
            self._ask()
