"""How is a state made into an observation?  Values, cards and offers in words, for one role or for both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.play.observation import (
    CountryView,
    DirectiveView,
    Dispatch,
    Likely,
    Notes,
    Option,
    OrderView,
    Reason,
    SettingView,
    Shift,
    TrackView,
    Value,
)
from game.play.refusals import Refusals
from game.play.wording import Words, signed
from game.rules.calendar import parse_date
from game.rules.layout import at
from game.rules.ledger import Entry, hidden
from game.rules.orders import judge, offers, settings_of
from game.rules.outcome import running_directives
from game.rules.program import Deed, EventRow, EventTable, Program, Write
from game.rules.scenario import Attachments, Event, Variable
from game.rules.state import Order, State
from game.rules.writing import Work, shares

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
BOTH = "both"


class Viewer:
    """Makes observations of one program in one language."""

    def __init__(self, program: Program, language: str = "", basic: bool = False) -> None:
        self.program = program
        self.words = Words(program, language)
        self.refusals = Refusals(self.words)
        self.basic = basic
        self._events = {each.id: each for each in program.scenario.events}

    def sees(self, known_to: str, role: str) -> bool:
        """Whether a role may know what is known to somebody; one player with both tracks sees what either sees."""
        return known_to == "all" or known_to == role or (role == BOTH and known_to != "nobody")

    def ledger(
        self, state: State, entries: Iterable[Entry], role: str, over: bool = False
    ) -> tuple[Entry, ...]:
        """The entries as a role sees them: causes it may not know are unknown until they are revealed."""
        index = self.program.layout.index
        shown = []
        for entry in entries:
            if over or self.sees(entry.known_to, role) or self._revealed(state, entry, index):
                shown.append(entry)
            elif entry.delta:
                shown.append(hidden(entry))
        return tuple(shown)

    def _revealed(self, state: State, entry: Entry, index: dict[str, int]) -> bool:
        names = (at(f"revealed:{entry.cause.id}", entry.cause.country), f"revealed:{entry.cause.id}")
        return any(name in index and state.values[index[name]] for name in names)

    def value(
        self, state: State, slot: str, variable: Variable, before: int | None, trend: tuple[int, ...] = ()
    ) -> Value:
        """One variable as it is shown."""
        derived = self.program.derived.get(slot)
        if derived is not None:
            value = derived.read(state.values, {})
        else:
            value = state.values[self.program.layout.index[slot]]
        return Value(
            slot=slot,
            label=self.words.label(variable.id),
            value=value,
            shown=self.words.value(variable, value),
            low=variable.low,
            high=variable.high,
            change=0 if before is None or derived is not None else value - before,
            kind=variable.kind,
            unit=self.words.plain(variable.unit),
            text=self.words.plain(variable.text),
            score=variable.score,
            trend=trend,
        )

    def national(
        self, state: State, before: State, role: str, trends: dict[str, tuple[int, ...]]
    ) -> dict[str, Value]:
        """The variables of the nation that a role may know."""
        index = self.program.layout.index
        return {
            each.id: self.value(
                state,
                each.id,
                each,
                before.values[index[each.id]] if each.id in index else None,
                trends.get(each.id, ()),
            )
            for each in sorted(self.program.scenario.variables, key=lambda each: each.id)
            if self.sees(each.known_to, role)
        }

    def countries(self, state: State, before: State, role: str) -> dict[str, CountryView]:
        """All countries with the variables that a role may know."""
        index = self.program.layout.index
        views = {}
        for country in sorted(self.program.scenario.countries, key=lambda each: each.id):
            values = {}
            for variable in sorted(self.program.scenario.country_variables, key=lambda each: each.id):
                slot = f"{country.id}.{variable.id}"
                if self.sees(variable.known_to, role) and variable.id != "exists":
                    values[variable.id] = self.value(
                        state, slot, variable, before.values[index[slot]] if slot in index else None
                    )
            exists = bool(state.values[index[f"{country.id}.exists"]])
            name, text = self.words.country(country.id), self.words.plain(country.text)
            views[country.id] = CountryView(country.id, name, exists, text, values)
        return views

    def shifts(self, work: Work, deed: Deed, cost: dict[str, int] | None = None) -> tuple[Shift, ...]:
        """What a block would change for certain, weightiest first."""
        sums: dict[int, tuple[int, Write | None]] = {}
        for name, amount in sorted((cost or {}).items()):
            slot = self.program.layout.index.get(name)
            if slot is not None and amount:
                sums[slot] = (-amount, None)
        for write in deed.writes:
            if work.holds(write.when):
                amount = work.read(write.amount)
                delta = amount - work.values[write.slot] if write.sets else amount
                sums[write.slot] = (sums.get(write.slot, (0, None))[0] + delta, write)
        found = []
        for slot, (delta, _) in sums.items():
            name = self.program.layout.names[slot]
            variable = self.words.variable(name)
            if variable is None or not delta:
                continue
            shown = signed(delta)
            if variable.kind != "number":
                shown = self.words.value(variable, work.values[slot] + delta)
            found.append(Shift(name, self.words.label(name), delta, shown))
        return tuple(sorted(found, key=lambda each: ("." in each.slot, -abs(each.delta), each.slot)))

    def likely(self, work: Work, deed: Deed, key: str) -> tuple[Likely, ...]:
        """The possible results of a block with their shares, the likeliest first."""
        if not deed.results:
            return ()
        parts = shares(work, deed)
        whole = max(1, sum(parts))
        found = [
            Likely(
                self._result_label(key, way.id),
                share * 100 // whole,
                self.shifts(work, way.deed),
                self.words.sentence(work.say(way.deed.because)),
            )
            for way, share in zip(deed.results, parts, strict=True)
            if share
        ]
        return tuple(sorted(found, key=lambda each: -each.percent))

    def _result_label(self, key: str, id_: str) -> str:
        item, _, choice = key.partition("/")
        blocks = [action.block for action in self.program.scenario.orders if action.id == item]
        if item in self._events:
            event = self._events[item]
            blocks += [event.block, *(each.block for each in event.choices if each.id == choice)]
        for block in blocks:
            for result in block.results:
                if result.id == id_ and result.label is not None:
                    return self.words.plain(result.label)
        text = id_.replace("-", " ")
        return text[:1].upper() + text[1:]

    def date(self, event: EventTable, turn: int) -> str:
        """The day of a dispatch: the historical one in its own quarter, else the season."""
        source = self._events[event.id].historically
        if source and event.historical == turn:
            parse_date(source, self.program.scenario.calendar.step)
            year, month, day = source.rstrip("?").split("-")
            about = "about " if source.endswith("?") else ""
            return f"{about}{int(day)} {MONTHS[int(month) - 1]} {year}"
        return self.words.turn(turn)

    def dispatch(self, work: Work, event: EventTable, row: EventRow, ask: bool) -> Dispatch:
        """An event as a card; with its options if it waits for an answer."""
        source: Event = self._events[event.id]
        name = at(event.id, row.country)
        text = self.words.say(work, f"text_basic:{name}") if self.basic else ""
        return Dispatch(
            event=event.id,
            country=row.country,
            title=self.words.say(work, f"title:{name}") or self.words.title(event.id),
            style=source.style,
            place=source.place,
            date=self.date(event, work.turn),
            text=text or self.words.say(work, f"text:{name}"),
            asks=event.asks,
            options=tuple(self._option(work, event, row, choice.id) for choice in row.choices) if ask else (),
            notes=self.notes(source.attachments),
            content_note=self.words.plain(source.attachments.content_note),
        )

    def _option(self, work: Work, event: EventTable, row: EventRow, id_: str) -> Option:
        choice = next(each for each in row.choices if each.id == id_)
        name = at(f"{event.id}/{id_}", row.country)
        refusal = ""
        if not work.holds(choice.when):
            condition = next(each.when for each in self._events[event.id].choices if each.id == id_)
            if condition is not None:
                refusal = f"Needs {self.refusals.failing(work, condition, row.country)}."
        return Option(
            id=id_,
            label=self.words.say(work, f"label:{name}"),
            text=self.words.say(work, f"text:{name}"),
            certain=self.shifts(work, choice.deed),
            likely=self.likely(work, choice.deed, f"{event.id}/{id_}"),
            refusal=refusal,
        )

    def notes(self, attached: Attachments) -> Notes:
        """Sources, confidence, dispute and teaching note of an item."""
        teaching = attached.teaching
        return Notes(
            sources=attached.sources,
            confidence=attached.confidence,
            dispute=self.words.plain(attached.dispute),
            teaching=self.words.plain(teaching.note) if teaching else "",
            questions=tuple(map(self.words.plain, teaching.questions)) if teaching else (),
            content_note=self.words.plain(attached.content_note),
            toll=self.words.plain(attached.toll),
        )

    def order_views(self, work: Work, role: str, given: Sequence[Order]) -> tuple[OrderView, ...]:
        """Everything a role could order, each judged beside what is already drafted."""
        by_id = {each.id: each for each in self.program.scenario.orders}
        reasons = {each.id: each.because for each in self.program.scenario.modifiers}
        views = []
        for offer in offers(work, role, given):
            action = by_id[offer.order.action]
            row = self.program.actions[action.id].rows[offer.order.target]
            if not work.holds(row.exists):
                continue
            refusal = ""
            if offer.refusal is not None:
                refusal = self.refusals.say(work, offer.refusal, action.id, offer.order.target)
            views.append(
                OrderView(
                    order=offer.order,
                    track=action.track,
                    label=self.words.plain(action.label),
                    target=offer.order.target,
                    text=self.words.say(work, f"text:{at(action.id, offer.order.target)}"),
                    cost=offer.cost,
                    reasons=tuple(
                        self.words.plain(reasons[each])
                        for each in offer.surcharges
                        if reasons[each] is not None
                    ),
                    certain=self.shifts(
                        work, row.deed, {k: v for k, v in offer.cost.items() if k != "means"}
                    ),
                    likely=self.likely(work, row.deed, action.id),
                    takes=action.takes,
                    refusal=refusal,
                )
            )
        return tuple(views)

    def settings(self, work: Work, roles: Sequence[str], drafted: dict[str, int]) -> tuple[SettingView, ...]:
        """What roles may set, with what is drafted."""
        found: dict[str, SettingView] = {}
        variables = {each.id: each for each in self.program.scenario.variables}
        for role in roles:
            for setting in settings_of(self.program, role):
                variable = variables[setting.id]
                refusal = ""
                if not work.holds(setting.when) and variable.when is not None:
                    refusal = f"Needs {self.refusals.failing(work, variable.when)}."
                words = tuple(
                    (word, self.words.value(variable, number_)) for number_, word in enumerate(variable.words)
                )
                value = work.values[setting.slot]
                found[setting.id] = SettingView(
                    setting.id, self.words.label(setting.id), setting.role, value,
                    drafted.get(setting.id, value), setting.low, setting.high, words,
                    self.words.plain(variable.text), refusal,
                )  # fmt: skip
        return tuple(found[each] for each in sorted(found))

    def tracks(self, work: Work, drafted: dict[str, Sequence[Order]]) -> tuple[TrackView, ...]:
        """Each track's purse, and what the drafted orders leave of it."""
        views = []
        for track in self.program.scenario.tracks:
            spent = 0
            orders = drafted.get(track.id, ())
            verdicts = judge(work, track.id, orders)
            for order, refusal in zip(orders, verdicts, strict=True):
                if refusal is None:
                    for offer in offers(work, track.id):
                        if offer.order == order:
                            spent += offer.cost.get("means", 0)
            unspent = work.memory(f"unspent:{track.id}")
            label = self.words.plain(track.label)
            views.append(TrackView(track.id, label, work.memory(f"purse:{track.id}"), unspent - spent))
        return tuple(views)

    def directives(self, state: State) -> tuple[DirectiveView, ...]:
        """What the Politburo asks for at present."""
        work = Work(self.program, state)
        return tuple(
            DirectiveView(
                each.id, each.group, self.words.say(work, f"label:{each.id}") or self.words.title(each.id), left,
                work.holds(each.goal),
            )
            for each, left in running_directives(self.program, state)
        )  # fmt: skip

    def reason(self, entry: Entry) -> Reason:
        """An entry in words."""
        variable = self.words.variable(entry.slot)
        shown = signed(entry.delta)
        if variable is not None and variable.kind != "number":
            shown = self.words.value(variable, entry.after)
        where = f"{entry.mark.file}:{entry.mark.line}" if entry.mark else ""
        label = self.words.label(entry.slot) if variable is not None else self.words.title(entry.cause.id)
        return Reason(entry, label, shown, self.words.because(entry), self.words.cause(entry.cause), where)
