"""How did any value go over the years?  Its line beside history, with the events that moved it, turn by turn."""

from __future__ import annotations

from collections.abc import Sequence

from game.play.observation import Observation
from game.play.session import Session
from game.play.wording import number, signed
from game.rules.classes import dataclass
from game.rules.ledger import Entry, Kind
from game.rules.scenario import Variable
from game.views.screens.countries import DOSSIER
from game.views.screens.desk import Span, span
from game.views.screens.pondering import HistoricalRun
from game.views.screens.tree import Act, Element, Role, button, group, heading
from game.views.screens.why import Line, lines

NATION = "The republic"
MOST_PINS = 7
APART = 13
"""Pins are further apart than this part of the calendar."""


@dataclass(frozen=True, slots=True)
class YearsScreen:
    """The value that is looked at, and the turn; the last one that is closed if it is less than nothing."""

    slot: str = ""
    turn: int = -1


@dataclass(frozen=True, slots=True)
class Pin:
    """An event that moved the value: its turn, its title, and by how much."""

    turn: int
    title: str
    delta: int


@dataclass(frozen=True, slots=True)
class Path:
    """A value over the game: a point for the start and for each close, history's own points, and what is pinned."""

    label: str
    span: Span
    points: tuple[int, ...]
    history: tuple[tuple[int, int], ...]
    run: tuple[int, ...]
    """The same value in the game as history's own decisions made it go; nothing where that is not known."""
    low: int
    high: int
    turn: int
    shown: str
    pins: tuple[Pin, ...]
    words: tuple[str, ...]
    """What the points of a word or a flag mean, lowest first: those that it ever was; empty for numbers."""


def build(
    session: Session, seen: Observation, screen: YearsScreen, run: HistoricalRun | None = None
) -> Element:
    """The screen as a tree; `run` is the game as history's own decisions made it go."""
    slot = _slot(seen, screen.slot)
    owner, _, name = slot.rpartition(".")
    turns = len(session.closes) - 1
    turn = turns if screen.turn < 0 else min(max(session.first - 1, screen.turn), turns)
    entries = [each for each in session.seen() if each.slot == slot and each.delta]
    path = _path(session, slot, turn, entries, run.trend(slot) if run is not None else ())
    moved = lines(session, [each for each in entries if each.turn == turn], slot)
    return group(
        Role.DIALOG, "years", f"{path.label} over the years",
        heading("years.title", "Over the years"),
        _owners(seen, owner, name),
        _values(seen, owner, slot),
        Element(
            Role.CHART, path.label, "years.chart",
            value=f"{path.shown} {_when(session, turn)}" + _beside(path),
            description=f"Left and right go from turn to turn; so does a click. {_drawn(path)}",
            less=Act("turn-on", "", -1), more=Act("turn-on", "", 1), subject=path,
        ),
        Element(
            Role.LIST, "What moved it most", "years.pins",
            children=tuple(
                Element(
                    Role.ITEM, pin.title, f"pin.{pin.turn}", value=signed(pin.delta),
                    description=f"{_when(session, pin.turn)[6:]}. Press to go there.",
                    press=Act("turn-to", str(pin.turn)), selected=pin.turn == turn, subject=pin,
                )
                for pin in path.pins
            ),
        ),
        Element(
            Role.LIST, f"A{_when(session, turn)[1:]}", "years.causes", children=_causes(moved, turn),
            description="" if moved else "Nothing moved it then." if turn >= session.first else "Here it began.",
        ),
        button("years.why", "All its causes", Act("why", slot), "Y", "Back to decisions and sources."),
        button(
            "years.turn", "The whole turn", Act("quarter", str(turn)), "T", "Everything that moved then.",
            "" if turn >= session.first else "Here the game began.",
        ),
        button("close", "Close", Act("close"), "Escape"),
    )  # fmt: skip


def _when(session: Session, turn: int) -> str:
    return f"after {session.viewer.words.turn(turn)}" if turn else "at the start"


def _beside(path: Path) -> str:
    """Where history stood in that turn, if it is told, and where its own decisions lead in this game."""
    found = [value for turn, value in path.history if turn == path.turn]
    told = f", history {number(found[0])}" if found else ""
    if path.turn < len(path.run):
        shown = path.words[path.run[path.turn]] if path.words else number(path.run[path.turn])
        told += f", history's decisions {shown}"
    return told


def _drawn(path: Path) -> str:
    """What the lines are, in words."""
    parts = [
        "Dotted: as it was." if path.history else "",
        "Thin: as history's decisions go." if path.run else "",
    ]
    return " ".join(filter(None, parts))


def _slot(seen: Observation, wanted: str) -> str:
    """The slot that was asked for, if it may be seen, or else the first that may."""
    owner, _, name = wanted.rpartition(".")
    known = seen.national if not owner else seen.countries[owner].values if owner in seen.countries else {}
    return wanted if name in known else next(iter(_ranked(seen)), "")


def _ranked(seen: Observation) -> list[str]:
    """The nation's values, those always in sight first."""
    found = sorted(seen.national.values(), key=lambda each: (each.rank or 100, each.label))
    return [each.slot for each in found]


def _owners(seen: Observation, owner: str, name: str) -> Element:
    countries = [each for each in seen.countries.values() if each.exists]
    rows = [("", NATION, next(iter(_ranked(seen)), ""))]
    for each in sorted(countries, key=lambda country: country.name):
        known = name if owner and name in each.values else "relations"
        slot = f"{each.id}.{known if known in each.values else next(iter(each.values), '')}"
        rows.append((each.id, each.name, slot))
    return Element(
        Role.LIST, "Whose", "years.owners",
        children=tuple(
            Element(
                Role.ITEM, label, f"owner.{id}", pick=Act("years", slot), press=Act("years", slot),
                selected=id == owner,
            )
            for id, label, slot in rows
        ),
    )  # fmt: skip


def _values(seen: Observation, owner: str, slot: str) -> Element:
    if owner:
        known = {name: at for at, name in enumerate(DOSSIER)}
        values = [
            each
            for name, each in sorted(
                seen.countries[owner].values.items(),
                key=lambda pair: (pair[1].rank or 100, known.get(pair[0], 100), pair[1].label),
            )
        ]
    else:
        values = [seen.national[id] for id in _ranked(seen)]
    return Element(
        Role.LIST, "What", "years.values",
        children=tuple(
            Element(
                Role.ITEM, each.label, f"value.{each.slot}", value=each.shown, description=each.text,
                pick=Act("years", each.slot), press=Act("years", each.slot), selected=each.slot == slot,
            )
            for each in values
        ),
    )  # fmt: skip


def _causes(moved: Sequence[Line], turn: int) -> tuple[Element, ...]:
    return tuple(
        Element(
            Role.ITEM, each.reason.sentence, f"moved.{at}", value=each.drift.shown, description=each.reason.cause,
            press=Act("why", each.reason.entry.slot, turn), subject=each,
        )
        for at, each in enumerate(moved)
    )  # fmt: skip


def _path(session: Session, slot: str, turn: int, entries: list[Entry], run: Sequence[int]) -> Path:
    words, layout = session.viewer.words, session.program.layout
    variable = words.variable(slot)
    points = session.trend(slot)
    history: list[tuple[int, int]] = []
    if variable is not None and "." not in slot:
        history = [(layout.turn_of(step), value) for step, value in sorted(variable.history)]
        if history and history[0][0] > 0:
            history.insert(0, (0, points[0]))
    value = points[min(turn, len(points) - 1)]
    shown = words.value(variable, value) if variable else number(value)
    meant: tuple[str, ...] = ()
    if variable is not None and variable.kind != "number":
        used = sorted({*points, *run, *(each for _, each in history)})
        meant = tuple(words.value(variable, each) for each in used)
        points, run = tuple(map(used.index, points)), tuple(map(used.index, run))
        history = [(turn, used.index(each)) for turn, each in history]
    low, high = (0, max(1, len(meant) - 1)) if meant else _range(variable, [*points, *run], history)
    return Path(
        words.label(slot), span(session), points, tuple(history), tuple(run), low, high, turn, shown,
        _pins(session, entries), meant,
    )  # fmt: skip


def _range(
    variable: Variable | None, points: Sequence[int], history: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The range of the chart: the whole one of what has bounds worth showing, else what the line needs."""
    values = [*points, *(value for _, value in history)]
    if variable is not None and variable.high - variable.low <= 200:
        return variable.low, variable.high
    low, high = min(values), max(values)
    step = 10 ** max(1, len(str(max(1, high - low))) - 1)
    return low // step * step, max(low // step * step + step, -(-high // step) * step)


def _pins(session: Session, entries: list[Entry]) -> tuple[Pin, ...]:
    """The events that moved the value most, not too close to each other, in order of time."""
    sums: dict[tuple[int, str], int] = {}
    for each in entries:
        root = each.cause if each.cause.kind in (Kind.EVENT, Kind.CHOICE) else each.cause.decision()
        if root is not None and root.kind in (Kind.EVENT, Kind.CHOICE, Kind.ORDER):
            sums[each.turn, root.id] = sums.get((each.turn, root.id), 0) + each.delta
    gap = session.program.layout.turns // APART
    found: list[Pin] = []
    for (turn, id), delta in sorted(sums.items(), key=lambda each: (-abs(each[1]), each[0])):
        if delta and len(found) < MOST_PINS and all(abs(turn - pin.turn) > gap for pin in found):
            found.append(Pin(turn, session.viewer.words.title(id), delta))
    return tuple(sorted(found, key=lambda pin: pin.turn))
