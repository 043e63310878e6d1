"""Who may know what?  Whatever a role may not know is absent from all that it is shown.

`eyes` says for whom: a role, BOTH for one player with both tracks, who sees what either sees, or EVERYBODY when the
game is over and nothing is hidden any more. Numbers are public unless their variable is not; causes may not be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from game.rules.layout import at
from game.rules.ledger import Cause, Entry, Kind, hidden
from game.rules.logic import Expr, National, Of, Past, parts_of
from game.rules.program import Program
from game.rules.state import State

BOTH: Final = "both"
EVERYBODY: Final = "everybody"


def sees(known_to: str, eyes: str) -> bool:
    """Whether these eyes see what is known to `all`, to one role, or to `nobody`."""
    return known_to in ("all", eyes) or eyes == EVERYBODY or (eyes == BOTH and known_to != "nobody")


class Secrecy:
    """The secrets of one program."""

    def __init__(self, program: Program) -> None:
        scenario, self._index = program.scenario, program.layout.index
        self._national = {each.id: each.known_to for each in scenario.variables}
        self._country = {each.id: each.known_to for each in scenario.country_variables}
        self._items = {event.id: event.known_to for event in program.events}
        self._items |= {action.id: action.known_to for action in program.actions.values()}
        self._items |= {rule.id: rule.known_to for stage in program.stages for rule in stage}

    def knows_slot(self, slot: str, eyes: str) -> bool:
        """Whether a variable such as `gold` or `britain.relations` may be known; anything else may."""
        country, _, name = slot.rpartition(".")
        return sees((self._country if country else self._national).get(name, "all"), eyes)

    def knows_item(self, id: str, eyes: str) -> bool:
        """Whether an event, rule or order may be known of, whatever has been revealed."""
        return sees(self._items.get(id, "all"), eyes)

    def knows_condition(self, expr: Expr, eyes: str) -> bool:
        """Whether everything that an expression names may be known."""
        match expr:
            case National(name):
                known = self.knows_slot(name, eyes)
            case Of(_, name):
                known = self.knows_slot(f"country.{name}", eyes)
            case Past(_, id_):
                known = self.knows_item(id_, eyes)
            case _:
                known = True
        return known and all(self.knows_condition(each, eyes) for each in parts_of(expr))

    def ledger(self, state: State, entries: Iterable[Entry], eyes: str) -> tuple[Entry, ...]:
        """The entries as these eyes see them: unknown causes until they are revealed, and no unknown variables."""
        if eyes == EVERYBODY:
            return tuple(entries)
        shown = []
        for entry in entries:
            if not self.knows_slot(entry.slot, eyes):
                continue
            if sees(entry.known_to, eyes) or self._revealed(state, entry.cause):
                shown.append(self._veiled(state, entry, eyes))
            elif entry.delta:
                shown.append(hidden(entry))
        return tuple(shown)

    def _revealed(self, state: State, cause: Cause) -> bool:
        names = (at(f"revealed:{cause.id}", cause.country), f"revealed:{cause.id}")
        return any(name in self._index and state.values[self._index[name]] for name in names)

    def _veiled(self, state: State, entry: Entry, eyes: str) -> Entry:
        """A known entry without what its parents and its reading would give away."""
        parent = self._parent(state, entry.cause.parent, eyes)
        reads = tuple(each for each in entry.reads if self._knows_name(each, eyes))
        if parent is entry.cause.parent and len(reads) == len(entry.reads):
            return entry
        return entry._replace(cause=entry.cause._replace(parent=parent), reads=reads)

    def _parent(self, state: State, cause: Cause | None, eyes: str) -> Cause | None:
        """A line of parents up to the first that may not be known."""
        if cause is None or not (self._knows_cause(cause, eyes) or self._revealed(state, cause)):
            return None
        above = self._parent(state, cause.parent, eyes)
        return cause if above is cause.parent else cause._replace(parent=above)

    def _knows_cause(self, cause: Cause, eyes: str) -> bool:
        if cause.kind in (Kind.SETTING, Kind.PULL) or (
            cause.kind == Kind.COST and cause.id in self._national
        ):
            return self.knows_slot(_moved(cause), eyes)
        return self.knows_item(cause.id, eyes)

    def _knows_name(self, name: str, eyes: str) -> bool:
        return self.knows_slot(name, eyes) and self.knows_item(name.partition("/")[0], eyes)


def _moved(cause: Cause) -> str:
    """The slot that a setting or pull moves."""
    return f"{cause.country}.{cause.id}" if cause.country else cause.id
