"""What is set and ordered so far in a turn that is not closed, and may it be?

Where each role has a seat of its own, a turn is drafted in two steps. First each role *names its course*: what it
sets, without seeing what the other names. Then the means are known, each gives its orders, and *seals* them. What is
named or sealed stands; nobody else is shown it before the turn is closed.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from game.play.secrecy import BOTH, sees
from game.rules.classes import replace
from game.rules.engine import picture, step
from game.rules.orders import Sheet, judge, roles, settings_of
from game.rules.program import Program
from game.rules.state import HISTORICAL, IllegalOrder, Order, Plan, Refusal, State
from game.rules.writing import Work

if TYPE_CHECKING:
    from game.play.viewing import Viewer

NAME_FIRST: Final = "First the course must be named: the means hang on it."
NAMED: Final = "The course is named; it stands until the turn ends."
SEALED: Final = "The orders are sealed; they stand until the turn ends."


class Drafting:
    """The draft of a session's running turn, and whose it is."""

    program: Program
    viewer: Viewer
    state: State

    def __init__(self, program: Program) -> None:
        self.holder = BOTH
        """Who sits at the desk: a role, or BOTH for one player with both tracks. Things are shown to these eyes."""
        self.settings: dict[str, dict[str, int]] = {}
        self.orders: dict[str, list[Order]] = {role: [] for role in roles(program)}
        self.named: set[str] = set()
        """Roles that have named their course this turn; only where each has a seat of its own."""
        self.sealed: set[str] = set()
        """Roles that have sealed their orders, too."""
        self.drafted: list[Callable[[Drafting], None]] = []
        """Called after each change of the draft."""
        self._picture: tuple[State, Plan, Work] | None = None

    @abstractmethod
    def eyes(self, role: str = "") -> str:
        """For whom things are shown."""

    @contextmanager
    def held_by(self, role: str) -> Iterator[None]:
        """Somebody else sits at the desk for a moment."""
        before, self.holder = self.holder, role
        try:
            yield
        finally:
            self.holder = before

    # Two steps

    def names(self, role: str) -> bool:
        """Whether a role has anything to name."""
        return bool(settings_of(self.program, role))

    @property
    def course_known(self) -> bool:
        """Whether all has been named, so that the means are known; always so for one player with both tracks."""
        return self.holder == BOTH or all(role in self.named for role in self.orders if self.names(role))

    def name_course(self, role: str) -> None:
        """What a role has set so far stands; of what both set, it names what it left alone as it is."""
        named = self.settings.setdefault(role, {})
        for setting in settings_of(self.program, role):
            if setting.role == BOTH:
                named.setdefault(setting.id, self.state.values[setting.slot])
        self.named.add(role)
        self._redrafted()

    def seal(self, role: str) -> None:
        """What a role has ordered so far stands."""
        self.sealed.add(role)
        self._redrafted()

    def forget_draft(self) -> None:
        """Begin the draft anew."""
        self.settings = {}
        self.orders = {role: [] for role in self.orders}
        self.named, self.sealed = set(), set()

    def _open_to(self, role: str, owner: str) -> bool:
        """Whether a role may know what an owner has set."""
        return role in (BOTH, owner) or (self.holder != BOTH and self.course_known)

    # Drafts

    def draft_setting(self, name: str, value: int, role: str = "") -> str:
        """Set a variable in this turn's draft; returns why not, or an empty string.

        One player with both tracks names a common setting for both roles at once.
        """
        role = role or self.holder
        setting = next((each for each in self.program.settings if each.id == name), None)
        if setting is None or (role != BOTH and setting.role not in (role, BOTH)):
            return str(Refusal("unknown-setting", {"setting": name}))
        if role in self.named:
            return NAMED
        drafted = {each: dict(values) for each, values in self.settings.items()}
        for each in self.orders:
            if setting.role in (each, BOTH) and role in (each, BOTH):
                drafted.setdefault(each, {})[name] = value
        known = {each: values for each, values in drafted.items() if self._open_to(role, each)}
        try:
            picture(self.program, self.state, Plan(known))
        except IllegalOrder as refused:
            work, eyes = self.picture_now(), self.eyes(role)
            return self.viewer.refusals.say(work, refused.refusal, refused.what, eyes=eyes)
        self.settings = drafted
        self._keep_legal(role)
        self._redrafted()
        return ""

    def draft_order(self, order: Order, role: str = "") -> str:
        """Add an order to the draft; returns why not, or an empty string."""
        role = role or self.holder
        action = self.program.actions.get(order.action)
        if action is None or (role not in (BOTH, action.track)):
            return str(Refusal("unknown-order", {"order": order.action}))
        if not self.course_known:
            return NAME_FIRST
        if action.track in self.sealed:
            return SEALED
        work = self.picture(role)
        given = self.orders[action.track]
        refusal = Sheet(work, action.track, given).take(order)
        if refusal is not None:
            return self.viewer.refusals.say(work, refusal, order.action, order.target, eyes=self.eyes(role))
        given.append(order)
        self._redrafted()
        return ""

    def withdraw(self, order: Order) -> None:
        """Take an order out of the draft, if it is there and not sealed."""
        for role, given in self.orders.items():
            if order in given and role not in self.sealed:
                given.remove(order)
                self._redrafted()

    def _redrafted(self) -> None:
        for watcher in self.drafted:
            watcher(self)

    def _keep_legal(self, role: str) -> None:
        """A smaller purse lets the latest orders fall out of the draft."""
        work = self.picture(role)
        for each, given in self.orders.items():
            if role in (BOTH, each):
                verdicts = judge(work, each, given)
                self.orders[each] = [
                    order for order, refusal in zip(given, verdicts, strict=True) if refusal is None
                ]

    def rejudge(self) -> None:
        """The world has changed under what was drafted: what is legal no more falls out of it."""
        try:
            picture(self.program, self.state, Plan(self.settings))
        except IllegalOrder:
            self.settings = {}
        for role in (BOTH,) if self.holder == BOTH else tuple(self.orders):
            self._keep_legal(role)
        self._redrafted()

    # What it would come to

    def picture(self, role: str = "") -> Work:
        """The picture of phase 4 under what a role may know to be set, to be read only."""
        role = role or self.holder
        plan = Plan(
            {each: dict(values) for each, values in self.settings.items() if self._open_to(role, each)}
        )
        if self._picture is None or self._picture[0] is not self.state or self._picture[1] != plan:
            self._picture = self.state, plan, picture(self.program, self.state, plan)
        return self._picture[2]

    def picture_now(self) -> Work:
        """The present picture, for conditions of choices."""
        return Work(self.program, self.state)

    def outlook(self, role: str = "") -> dict[str, int]:
        """Which way the nation's numbers would go if the turn closed with this draft and what is likelier than
        not came about. A forecast without dice, so it gives away none; a role's own knows no draft but its own."""
        role = role or self.holder
        draft = self.draft()
        if role != BOTH:
            draft = Plan(
                {each: values for each, values in draft.settings.items() if self._open_to(role, each)},
                {each: given for each, given in draft.orders.items() if each == role},
            )
        try:
            made = step(self.program, replace(self.state, fate=HISTORICAL), draft)
        except IllegalOrder:
            return {}
        index = self.program.layout.index
        return {
            each.id: made.state.values[index[each.id]] - self.state.values[index[each.id]]
            for each in self.program.scenario.variables
            if each.id in index and each.kind == "number" and sees(each.known_to, self.eyes(role))
        }

    def draft(self) -> Plan:
        """The draft as a move."""
        return Plan(
            {role: dict(values) for role, values in self.settings.items()},
            {role: tuple(given) for role, given in self.orders.items() if given},
        )
