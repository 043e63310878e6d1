"""Why did a number move?  Its ledger by cause, and the thread from a cause back to a decision and its source."""

from __future__ import annotations

from game.play.observation import Reason, Value
from game.play.session import Session
from game.play.wording import signed
from game.rules.classes import dataclass
from game.rules.core import slots
from game.rules.ledger import Entry, Ledger
from game.rules.ledger import why as back
from game.rules.scenario import Attachments
from game.views.screens.tone import Drift, Lately, tone
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

MOST_PARTS = 40
LATELY, GAME = "lately", "game"
UNKNOWN = "This is not known here."


@dataclass(frozen=True, slots=True)
class WhyScreen:
    """The ledger of one slot: lately, in the whole game, or in one turn (its number). `cause` is followed back."""

    slot: str
    span: str = LATELY
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """All that one cause has moved."""

    reason: Reason
    drift: Drift
    times: int
    when: str


@dataclass(frozen=True, slots=True)
class Part:
    """A value that a reckoned one is made of."""

    shown: str
    drift: Drift


@dataclass(frozen=True, slots=True)
class Story:
    """What the panel is about: the value, its path, and by how much the span moved it."""

    label: str
    shown: str
    total: Drift
    trend: tuple[int, ...]
    low: int
    high: int
    value: Value | None = None


def place(where: str) -> str:
    """A file and line as it is shown: folder, file and line."""
    return "/".join(where.replace("\\", "/").split("/")[-2:])


def _entries(session: Session, ledger: Ledger, screen: WhyScreen) -> list[Entry]:
    first = Lately(session).first_turn
    found = []
    for entry in ledger:
        if entry.slot != screen.slot or not entry.delta:
            continue
        if (
            screen.span == GAME
            or (screen.span == LATELY and entry.turn >= first)
            or screen.span == str(entry.turn)
        ):
            found.append(entry)
    return found


def lines(session: Session, entries: list[Entry], slot: str) -> list[Line]:
    """Some entries of a slot, those of one cause as one, the weightiest first."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        told = session.viewer.words.because(entry, session.eyes())
        groups.setdefault((str(entry.cause), told), []).append(entry)
    found = []
    numbers = _is_number(session, slot)
    for grouped in groups.values():
        last = grouped[-1]
        reason = session.viewer.reason(last, session.eyes())
        delta = sum(each.delta for each in grouped)
        shown = signed(delta) if numbers else reason.shown
        first_turn, last_turn = grouped[0].turn, last.turn
        words = session.viewer.words
        when = words.turn(last_turn)
        if first_turn != last_turn:
            when = f"{words.turn(first_turn)} to {when}"
        found.append(Line(reason, Drift(reason.label, delta, shown, tone(slot, delta)), len(grouped), when))
    return sorted(found, key=lambda each: -abs(each.drift.delta))


def _is_number(session: Session, slot: str) -> bool:
    variable = session.viewer.words.variable(slot)
    return variable is None or variable.kind == "number"


def story(session: Session, entries: list[Entry], slot: str) -> Story:
    """The head of the panel."""
    words = session.viewer.words
    variable = words.variable(slot)
    value = session.value(slot)
    total = sum(entry.delta for entry in entries)
    shown = words.value(variable, value) if variable else str(value)
    drift = Drift(words.label(slot), total, signed(total), tone(slot, total))
    trend = session.trend(slot)
    if session.place in ("question", "orders"):
        trend = (*trend, value)
    low, high = (variable.low, variable.high) if variable else (min(trend), max(trend))
    return Story(words.label(slot), shown, drift, trend, low, high)


def key(line: Line) -> str:
    """What a line is known by."""
    return f"{line.reason.entry.cause}#{line.reason.sentence}"


def build(session: Session, screen: WhyScreen) -> Element:
    """The panel as a tree; of what may not be known it says nothing."""
    if not session.viewer.secrecy.knows_slot(screen.slot, session.eyes()):
        close = button("close", "Close", Act("close"), "Escape")
        return group(Role.DIALOG, "why", "Not known", text("why.about", UNKNOWN), close)
    ledger = session.seen()
    entries = _entries(session, ledger, screen)
    told = story(session, entries, screen.slot)
    found = lines(session, entries, screen.slot)
    variable = session.viewer.words.variable(screen.slot)
    about = session.viewer.words.plain(variable.text) if variable else ""
    followed = next((each for each in found if key(each) == screen.cause), found[0] if found else None)
    causes = tuple(
        Element(
            Role.ITEM, each.reason.sentence, f"cause.{at}", value=each.drift.shown,
            description=f"{each.reason.cause}, {each.when}" + (f", {each.times} times" if each.times > 1 else ""),
            pick=Act("follow", key(each)), press=Act("follow", key(each)), selected=each is followed, subject=each,
        )
        for at, each in enumerate(found)
    )  # fmt: skip
    lately = Lately(session)
    nothing = "" if causes else "Nothing has moved it in this span."
    if screen.slot in session.program.derived:
        causes = _parts(session, screen.slot, lately)
        nothing = "It is reckoned anew from these; press one for what moved it."
    spans = [(LATELY, f"Since {lately.since}"), (GAME, "Since the start")]
    if lately.first_turn == 1 and screen.span != LATELY:
        del spans[0]
    elif lately.first_turn == 1:
        del spans[1]
    if screen.span not in (LATELY, GAME):
        spans.insert(0, (screen.span, session.viewer.words.turn(int(screen.span))))
    return group(
        Role.DIALOG,
        "why",
        f"Why {told.label} is {told.shown}",
        heading("why.title", f"Why {told.label} is {told.shown}"),
        text("why.about", about),
        group(
            Role.TABS, "why.spans", "Span",
            *(
                Element(Role.TAB, name, f"span.{id}", key=str(at), press=Act("span", id), selected=screen.span == id)
                for at, (id, name) in enumerate(spans, start=1)
            ),
        ),
        Element(Role.CHART, f"{told.label} over time", "why.trend", value=", ".join(map(str, told.trend[-12:])),
                subject=told),
        Element(
            Role.LIST, "Causes", "why.causes", value=f"{told.total.shown} in all", children=causes,
            description=nothing, subject=told,
        ),
        _thread(session, ledger, followed),
        button("why.years", "Over the years", Act("years", screen.slot), "H", "Beside history, turn by turn."),
        button("close", "Close", Act("close"), "Escape", "Back."),
    )  # fmt: skip


def _parts(session: Session, slot: str, lately: Lately) -> tuple[Element, ...]:
    """The stored values that a derived one is reckoned from, those of the nation first."""
    program, words = session.program, session.viewer.words
    cores = [each.core for each in program.named]
    read = dict.fromkeys(slots(program.derived[slot].core, cores))
    names = [program.layout.names[index] for index in read if index < program.layout.stored]
    known = [each for each in names if session.viewer.secrecy.knows_slot(each, session.eyes())]
    found = []
    for each in sorted(known, key=lambda name: "." in name)[:MOST_PARTS]:
        variable = words.variable(each)
        if variable is None or variable.constant:
            continue
        delta = lately.change(each)
        shown = words.value(variable, session.value(each))
        drift = Drift(words.label(each), delta, signed(delta), tone(each, delta))
        found.append(
            Element(
                Role.ITEM, words.label(each), f"part.{each}", value=shown,
                description=f"{drift.shown} since {lately.since}.", press=Act("why", each), subject=Part(shown, drift),
            )
        )  # fmt: skip
    return tuple(found)


def _thread(session: Session, ledger: Ledger, line: Line | None) -> Element:
    if line is None:
        return group(Role.GROUP, "thread", "The thread")
    entry = line.reason.entry
    steps = [session.viewer.reason(each, session.eyes()) for each in back(ledger, entry)]
    decision = entry.cause.decision() or next(
        (each.entry.cause.decision() for each in reversed(steps) if each.entry.cause.decision()), None
    )
    end = "It goes back to no decision of yours."
    if decision is not None:
        end = f"Decided in {session.viewer.words.turn(max(1, decision.turn))}: {session.viewer.words.cause(decision)}."
    sources = "; ".join(map(session.viewer.words.citation, attachments(session, entry).sources))
    return Element(
        Role.LIST, "The thread", "thread", value=line.reason.cause,
        children=(
            *(
                Element(
                    Role.ITEM, each.sentence, f"thread.{at}", value=f"{each.label} {each.shown}",
                    description=f"{each.cause}, {session.viewer.words.turn(max(1, each.entry.turn))}", subject=each,
                )
                for at, each in enumerate((line.reason, *steps))
            ),
            text("thread.end", end),
            text("thread.where", f"Written in {place(line.reason.where)}" if line.reason.where else "Cause unknown"),
            text("thread.sources", f"Sources: {sources}" if sources else ""),
        ),
        subject=line,
    )  # fmt: skip


def attachments(session: Session, entry: Entry) -> Attachments:
    """Sources and disputes of the item behind an entry."""
    try:
        item = session.program.scenario.find(entry.cause.id)
    except KeyError:
        return Attachments()
    found = getattr(item, "attachments", None)
    return found if isinstance(found, Attachments) else Attachments()
