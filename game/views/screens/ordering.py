"""What does an act do to the draft of a turn?  Orders given and taken back, settings moved, countries aimed at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.views.screens import desk, orders
from game.views.screens.orders import OrdersScreen
from game.views.screens.tree import Act

if TYPE_CHECKING:
    from game.views.screens.table import Table

UNANSWERED = "Answer the dispatches first; then orders can be given."


class Ordering:
    """The acts on orders and settings of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.verbs: dict[str, Callable[[Act], str | None]] = {
            "orders": self._orders, "aim": self._aim, "order": self._order, "look": self._look, "give": self._give,
            "withdraw": self._withdraw, "set": self._set,
        }  # fmt: skip

    def _orders(self, act: Act) -> str | None:
        if self.table.seen.place != "orders":
            return UNANSWERED
        self._aim(act)
        return None

    def _aim(self, act: Act) -> None:
        if act.what:
            self.table.set_out(country=act.what)
        self.table.lay(OrdersScreen(act.what))

    def _order(self, act: Act) -> None:
        self.table.turn_over(OrdersScreen, order=act.what)

    def _look(self, act: Act) -> None:
        self.table.lay(OrdersScreen(orders.parse(act.what).target, act.what))

    def _give(self, act: Act) -> str:
        self._order(act)
        refusal = self.table.session.draft_order(orders.parse(act.what))
        self.table.moved()
        return refusal

    def _withdraw(self, act: Act) -> None:
        self._order(act)
        self.table.session.withdraw(orders.parse(act.what))
        self.table.moved()

    def _set(self, act: Act) -> str | None:
        """Move a setting by so many points, or to the next word; never beyond its ends."""
        table = self.table
        setting = next((each for each in table.seen.settings if each.id == act.what), None)
        if setting is None:
            return None
        given = table.seen.orders
        value = max(setting.low, min(setting.high, setting.drafted + act.amount))
        refusal = table.session.draft_setting(setting.id, value)
        table.moved()
        lost = [each for each in given if each not in table.seen.orders]
        if lost:
            names = ", ".join(desk.order_name(table.session, each) for each in lost)
            return f"The smaller purse no longer pays for: {names}."
        return refusal
