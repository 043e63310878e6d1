"""How is a state made into an observation?  Values, cards and offers in words, for one role or for both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
from game.play.secrecy import BOTH, EVERYBODY, sees
from game.play.wording import Words, dated, signed
from game.rules.block import Text
from game.rules.core import Memo
from game.rules.layout import at
from game.rules.ledger import Entry
from game.rules.orders import cost_of, judge, offers, settings_of
from game.rules.outcome import running_directives
from game.rules.program import ChoiceRow, Deed, EventRow, EventTable, Program, Write
from game.rules.scenario import Attachments, Event, Scenario, Variable
from game.rules.state import Order, Refusal, State
from game.rules.writing import Work, shares


class Viewer:
    """Makes observations of one program in one language."""

    def __init__(self, program: Program, language: str = "", basic: bool = False) -> None:
        self.program = program
        self.words = Words(program, language)
        self.refusals = Refusals(self.words)
        self.secrecy = self.refusals.secrecy
        self.basic = basic
        self._events = {each.id: each for each in program.scenario.events}
        self._results = dict(_result_labels(program.scenario))

    @property
    def two_readings(self) -> bool:
        """Whether any text is there to be read in the easier way too."""
        return any(each.text_basic is not None for each in self._events.values())

    def sees(self, known_to: str, role: str) -> bool:
        """Whether a role may know what is known to somebody; one player with both tracks sees what either sees."""
        return sees(known_to, role)

    def ledger(
        self, state: State, entries: Iterable[Entry], role: str, over: bool = False
    ) -> tuple[Entry, ...]:
        """The entries as a role sees them: causes it may not know are unknown until they are revealed."""
        return self.secrecy.ledger(state, entries, EVERYBODY if over else role)

    def value(
        self,
        state: State,
        slot: str,
        variable: Variable,
        before: int | None,
        trend: tuple[int, ...] = (),
        memo: Memo | None = None,
    ) -> Value:
        """One variable as it is shown; `memo` keeps what derived ones of the same state share."""
        derived = self.program.derived.get(slot)
        if derived is not None:
            value = derived.read(state.values, {} if memo is None else memo)
        else:
            value = state.values[self.program.layout.index[slot]]
        return Value(
            slot=slot,
            label=self.words.called(variable),
            value=value,
            shown=self.words.value(variable, value),
            low=variable.low,
            high=variable.high,
            change=0 if before is None or derived is not None else value - before,
            kind=variable.kind,
            unit=self.words.plain(variable.unit),
            text=self.words.plain(variable.text),
            score=variable.score,
            rank=variable.rank,
            trend=trend,
        )

    def national(
        self, state: State, before: State, role: str, trends: dict[str, tuple[int, ...]]
    ) -> dict[str, Value]:
        """The variables of the nation that a role may know."""
        index, memo = self.program.layout.index, Memo()
        return {
            each.id: self.value(
                state,
                each.id,
                each,
                before.values[index[each.id]] if each.id in index else None,
                trends.get(each.id, ()),
                memo,
            )
            for each in sorted(self.program.scenario.variables, key=lambda each: each.id)
            if sees(each.known_to, role)
        }

    def countries(self, state: State, before: State, role: str) -> dict[str, CountryView]:
        """All countries with the variables that a role may know."""
        index, memo = self.program.layout.index, Memo()
        variables = sorted(self.program.scenario.country_variables, key=lambda each: each.id)
        views = {}
        for country in sorted(self.program.scenario.countries, key=lambda each: each.id):
            values = {}
            for variable in variables:
                slot = f"{country.id}.{variable.id}"
                if sees(variable.known_to, role) and variable.id != "exists":
                    values[variable.id] = self.value(
                        state,
                        slot,
                        variable,
                        before.values[index[slot]] if slot in index else None,
                        memo=memo,
                    )
            exists = bool(state.values[index[f"{country.id}.exists"]])
            name, text = self.words.country(country.id), self.words.plain(country.text)
            views[country.id] = CountryView(country.id, name, exists, text, values)
        return views

    def shifts(
        self, work: Work, deed: Deed, cost: dict[str, int] | None = None, eyes: str = BOTH
    ) -> tuple[Shift, ...]:
        """What a block would change for certain and these eyes may know, weightiest first."""
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
            if variable is None or not delta or not sees(variable.known_to, eyes):
                continue
            shown = signed(delta)
            if variable.kind != "number":
                shown = self.words.value(variable, work.values[slot] + delta)
            found.append(Shift(name, self.words.label(name), delta, shown))
        return tuple(sorted(found, key=lambda each: ("." in each.slot, -abs(each.delta), each.slot)))

    def likely(self, work: Work, deed: Deed, key: str, eyes: str = BOTH) -> tuple[Likely, ...]:
        """The possible results of a block with their shares, the likeliest first."""
        if not deed.results:
            return ()
        parts = shares(work, deed)
        whole = max(1, sum(parts))
        found = [
            Likely(
                self._result_label(key, way.id),
                share * 100 // whole,
                self.shifts(work, way.deed, eyes=eyes),
                self.words.sentence(work.say(way.deed.because), eyes),
            )
            for way, share in zip(deed.results, parts, strict=True)
            if share
        ]
        return tuple(sorted(found, key=lambda each: -each.percent))

    def _result_label(self, key: str, id_: str) -> str:
        label = self._results.get((key, id_))
        text = self.words.plain(label) if label is not None else id_.replace("-", " ")
        return text[:1].upper() + text[1:]

    def date(self, event: EventTable, turn: int) -> str:
        """The day of a dispatch: the historical one in its own quarter, else the season."""
        source = self._events[event.id].historically
        if source and event.historical == turn:
            return dated(source)
        return self.words.turn(turn)

    def dispatch(self, work: Work, event: EventTable, row: EventRow, ask: bool, eyes: str = BOTH) -> Dispatch:
        """An event as a card; with its options if it waits for an answer."""
        source: Event = self._events[event.id]
        name = at(event.id, row.country)
        text = self.words.say(work, f"text_basic:{name}", eyes) if self.basic else ""
        options = row.choices if ask else ()
        return Dispatch(
            event=event.id,
            country=row.country,
            title=self.words.say(work, f"title:{name}", eyes) or self.words.title(event.id),
            style=source.style,
            place=source.place,
            date=self.date(event, work.turn),
            text=text or self.words.say(work, f"text:{name}", eyes),
            asks=event.asks,
            ask_reason=source.ask_reason,
            options=tuple(self._option(work, event, row, choice, eyes) for choice in options),
            notes=self.notes(source.attachments),
            content_note=self.words.plain(source.attachments.content_note),
            toll=self.words.plain(source.attachments.toll),
        )

    def toll(self, event: str, branch: str) -> str:
        """What the choice of a branch costs in lives, if it says so."""
        choice = branch.partition("=")[0]
        taken = next((each for each in self._events[event].choices if each.id == choice), None)
        return self.words.plain(taken.toll) if taken else ""

    def _option(self, work: Work, event: EventTable, row: EventRow, choice: ChoiceRow, eyes: str) -> Option:
        key = f"{event.id}/{choice.id}"
        name, refusal = at(key, row.country), ""
        if not work.holds(choice.when):
            closed = Refusal("choice-closed", {"choice": choice.id})
            refusal = self.refusals.say(work, closed, key, row.country, eyes)
        return Option(
            id=choice.id,
            label=self.words.say(work, f"label:{name}", eyes),
            text=self.words.say(work, f"text:{name}", eyes),
            certain=self.shifts(work, choice.deed, eyes=eyes),
            likely=self.likely(work, choice.deed, key, eyes),
            refusal=refusal,
            toll=self.toll(event.id, choice.id),
        )

    def notes(self, attached: Attachments) -> Notes:
        """Sources, confidence, dispute and teaching note of an item."""
        teaching = attached.teaching
        return Notes(
            sources=tuple(self.words.citation(key, worth=True) for key in attached.sources),
            confidence=attached.confidence,
            dispute=self.words.plain(attached.dispute),
            teaching=self.words.plain(teaching.note) if teaching else "",
            questions=tuple(map(self.words.plain, teaching.questions)) if teaching else (),
            content_note=self.words.plain(attached.content_note),
            toll=self.words.plain(attached.toll),
        )

    def order_views(
        self, work: Work, role: str, given: Sequence[Order], target: str | None = None, eyes: str = BOTH
    ) -> tuple[OrderView, ...]:
        """Everything a role could order, or could at a target, each judged beside what is already drafted."""
        by_id = {each.id: each for each in self.program.scenario.orders}
        views = []
        for offer in offers(work, role, given, target):
            action, aim = by_id[offer.order.action], offer.order.target
            row = self.program.actions[action.id].rows[aim]
            if not work.holds(row.exists):
                continue
            refusal = ""
            if offer.refusal is not None:
                refusal = self.refusals.say(work, offer.refusal, action.id, aim, eyes)
            stocks = {name: amount for name, amount in offer.cost.items() if name != "means"}
            views.append(
                OrderView(
                    order=offer.order,
                    track=action.track,
                    label=self.words.plain(action.label),
                    target=aim,
                    text=self.words.say(work, f"text:{at(action.id, aim)}", eyes),
                    cost={k: v for k, v in offer.cost.items() if self.secrecy.knows_slot(k, eyes)},
                    reasons=self._reasons(work, offer.surcharges, aim, eyes),
                    certain=self.shifts(work, row.deed, stocks, eyes),
                    likely=self.likely(work, row.deed, action.id, eyes),
                    takes=action.takes,
                    refusal=refusal,
                )
            )
        return tuple(views)

    def _reasons(self, work: Work, modifiers: Sequence[str], target: str, eyes: str) -> tuple[str, ...]:
        """Why a cost differs from the common one."""
        found = []
        for each in modifiers:
            for name in dict.fromkeys((at(each, target), each)):
                found.append(self.words.say(work, f"because:{name}", eyes))
        return tuple(each for each in found if each)

    def settings(
        self, work: Work, roles: Sequence[str], drafted: dict[str, int], eyes: str = BOTH
    ) -> tuple[SettingView, ...]:
        """What roles may set, with what is drafted."""
        found: dict[str, SettingView] = {}
        variables = {each.id: each for each in self.program.scenario.variables}
        for role in roles:
            for setting in settings_of(self.program, role):
                variable = variables[setting.id]
                refusal = ""
                if not work.holds(setting.when):
                    closed = Refusal("setting-closed", {"setting": setting.id})
                    refusal = self.refusals.say(work, closed, setting.id, eyes=eyes)
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
                    action = self.program.actions[order.action]
                    spent += cost_of(work, action, action.rows[order.target])[0].get("means", 0)
            unspent = work.memory(f"unspent:{track.id}")
            label = self.words.plain(track.label)
            views.append(TrackView(track.id, label, work.memory(f"purse:{track.id}"), unspent - spent))
        return tuple(views)

    def directives(self, state: State, eyes: str = BOTH) -> tuple[DirectiveView, ...]:
        """What the Politburo asks for at present."""
        work = Work(self.program, state)
        return tuple(
            DirectiveView(
                each.id, each.group, self.words.say(work, f"label:{each.id}", eyes) or self.words.title(each.id),
                left, work.holds(each.goal),
            )
            for each, left in running_directives(self.program, state)
        )  # fmt: skip

    def reason(self, entry: Entry, eyes: str = BOTH) -> Reason:
        """An entry in words."""
        variable = self.words.variable(entry.slot)
        shown = signed(entry.delta)
        if variable is not None and variable.kind != "number":
            shown = self.words.value(variable, entry.after)
        where = f"{entry.mark.file}:{entry.mark.line}" if entry.mark else ""
        label = self.words.label(entry.slot) if variable is not None else self.words.title(entry.cause.id)
        told = self.words.because(entry, eyes)
        return Reason(entry, label, shown, told, self.words.cause(entry.cause), where)


def _result_labels(scenario: Scenario) -> Iterator[tuple[tuple[str, str], Text]]:
    """The labels of results, by item (or item/choice) and result."""
    blocks = [(action.id, action.block) for action in scenario.orders]
    blocks += [(event.id, event.block) for event in scenario.events]
    blocks += [
        (f"{each.id}/{choice.id}", choice.block) for each in scenario.events for choice in each.choices
    ]
    for key, block in blocks:
        for result in block.results:
            if result.label is not None:
                yield (key, result.id), result.label


__all__ = ["BOTH", "EVERYBODY", "Viewer"]
