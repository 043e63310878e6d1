"""What does a move do?  `step`: a turn as a short row of phases, each reading one picture.

A turn opens and runs its events until one asks (place QUESTION) or all are done (place ORDERS); an Answer goes
on from there; a Plan runs settings, orders, drift, pulls and the close, after which the next turn waits to be
opened or the game is over.
"""

from __future__ import annotations

from game.rules.calendar import PER_YEAR
from game.rules.events import answer, call, run_events
from game.rules.layout import NEVER, OPENING, ORDERS, OVER, QUESTION
from game.rules.ledger import Cause, Kind
from game.rules.orders import MEANS, Sheet, afford, cost_of, judge, refused_setting, roles, settings_of
from game.rules.outcome import judge_directives, reach_milestones, reckon_ending, set_directives
from game.rules.program import ActionRow, ActionTable, Program, RuleRow, RuleTable, Setting
from game.rules.state import Answer, IllegalOrder, Move, Open, Order, Plan, Refusal, State, Step, Teacher
from game.rules.writing import Pending, Work

OPENING_PHASE, EVENTS, SETTINGS, ORDER_PHASE, DRIFT, PULLS, CLOSE = range(1, 8)


def begin(program: Program, seed: int = 0, fate: str = "historical") -> State:
    """A game before its first turn; `Open` begins it."""
    values = list(program.layout.start)
    values += [program.layout.start[slot] for slot, _ in program.opening]
    return State(seed, fate, tuple(values))


def step(program: Program, state: State, move: Move) -> Step:
    """The state after a move, with everything that moved. Pure. Raises IllegalOrder."""
    work = Work(program, state)
    place = work.memory("place")
    match move:
        case Open() if place == OPENING:
            _open(work)
            run_events(work)
        case Answer(event, choice) if place == QUESTION:
            work.phase = EVENTS
            answer(work, event, choice)
            run_events(work)
        case Plan() if place == ORDERS:
            _settings(work, move)
            _orders(work, move)
            _drift(work)
            _pulls(work)
            _close(work)
        case Teacher() if place != OVER:
            _teach(work, move)
        case _:
            raise IllegalOrder(Refusal("over" if place == OVER else "not-now"), type(move).__name__)
    return work.done()


def picture(program: Program, state: State, plan: Plan | None = None) -> Work:
    """The picture of phase 4 as it would be with these settings: what orders are judged on.

    Raises IllegalOrder for a setting that is refused.
    """
    work = Work(program, state)
    _settings(work, plan or Plan())
    _purses(work, plan or Plan())
    return work


def _open(work: Work) -> None:
    program, index = work.program, work.program.layout.index
    work.phase = OPENING_PHASE
    for slot, keeper in program.opening:
        work.keep(keeper, work.values[slot])
    work.turn += 1
    work.keep("turn", work.turn)
    for role in roles(program):
        work.keep(index[f"asked:{role}"], 0)
    step_ = program.layout.first_step + work.turn - 1
    if work.turn == 1 or step_ % PER_YEAR[program.scenario.calendar.step] == 0:
        set_directives(work)
    work.keep("at", 0)
    work.keep("at_country", 0)
    work.phase = EVENTS


def _settings(work: Work, plan: Plan) -> None:
    work.phase = SETTINGS
    pending = []
    for setting, role, value in _chosen(work, plan):
        cause = Cause(Kind.SETTING, setting.id, turn=work.turn, by=role)
        if value != work.values[setting.slot]:
            pending.append(Pending(setting.slot, True, value, cause, setting.known_to, mark=setting.mark))
    work.commit(pending)


def _chosen(work: Work, plan: Plan) -> list[tuple[Setting, str, int]]:
    """What is set to what: for a setting of both roles the mean of what they name, rounded down."""
    for role, wanted in sorted(plan.settings.items()):
        known = {each.id: each for each in settings_of(work.program, role)}
        for name, value in wanted.items():
            refusal: Refusal | None = Refusal("unknown-setting", {"setting": name})
            if name in known and role in roles(work.program):
                refusal = refused_setting(work, known[name], role, value)
            if refusal is not None:
                raise IllegalOrder(refusal, name)
    found = []
    for setting in work.program.settings:
        named = [
            (role, plan.settings[role][setting.id])
            for role in sorted(plan.settings)
            if setting.id in plan.settings[role] and setting.role in (role, "both")
        ]
        if named:
            by = named[0][0] if len(named) == 1 else "both"
            found.append((setting, by, sum(value for _, value in named) // len(named)))
    return found


def _purses(work: Work, plan: Plan) -> None:
    """Reckon the means of phase 4, and what the changed settings cost each role that named one.

    Their means are taken off at once; what they cost of a stock is queued with the orders of phase 4.
    """
    for track, formula in work.program.purses:
        purse = max(0, work.read(formula))
        work.keep(f"purse:{track}", purse)
        work.keep(f"unspent:{track}", purse)
    changed = {entry.cause.id for entry in work.entries if entry.cause.kind == Kind.SETTING}
    for setting in work.program.settings:
        if setting.id not in changed or not setting.cost:
            continue
        cost = {name: max(0, work.read(amount)) for name, amount in setting.cost}
        for role in sorted(plan.settings):
            if setting.id in plan.settings[role]:
                _charge_setting(work, role, setting, cost)


def _charge_setting(work: Work, role: str, setting: Setting, cost: dict[str, int]) -> None:
    charged = work.charged.setdefault(role, {})
    refusal = afford(work, role, cost, charged)
    if refusal is not None:
        raise IllegalOrder(refusal, setting.id)
    for name, amount in cost.items():
        if name == MEANS:
            work.keep(f"unspent:{role}", work.memory(f"unspent:{role}") - amount)
        else:
            charged[name] = charged.get(name, 0) + amount


def _orders(work: Work, plan: Plan) -> None:
    work.phase = ORDER_PHASE
    _purses(work, plan)
    _charge_settings(work)
    due = [
        (action, row)
        for action in work.program.actions.values()
        if action.takes
        for row in action.rows.values()
        if work.values[row.running] == work.turn
    ]
    for action, row in due:
        origin = work.origins.get(work.program.layout.names[row.running])
        cause = Cause(Kind.ORDER, action.id, country=row.target, turn=work.turn, parent=origin)
        work.queue_result(row.deed, cause, action.known_to, action.mark)
    given = []
    spent: dict[str, int] = {}
    for role in sorted(plan.orders):
        orders = tuple(plan.orders[role])
        for order, refusal in zip(orders, judge(work, role, orders), strict=True):
            if refusal is not None:
                raise IllegalOrder(refusal, str(order))
        given += [(role, order, work.program.actions[order.action]) for order in sorted(orders)]
    for role, order, action in given:
        row = action.rows[order.target]
        _charge(work, role, action, row, spent)
        cause = Cause(Kind.ORDER, order.action, country=order.target, turn=work.turn, by=role)
        if action.takes or not row.deed.results:
            work.queue_alone(row.deed, cause, action.known_to, action.mark)
        else:
            work.queue(row.deed, cause, action.known_to, action.mark)
    for _, row in due:
        work.keep(row.running, NEVER)
        work.origins.pop(work.program.layout.names[row.running], None)
    for role, order, action in given:
        row = action.rows[order.target]
        work.keep(row.given, work.turn)
        work.keep(row.times, work.values[row.times] + 1)
        if action.takes:
            work.keep(row.running, work.turn + action.takes)
            cause = Cause(Kind.ORDER, order.action, country=order.target, turn=work.turn, by=role)
            work.origins[work.program.layout.names[row.running]] = cause
    for role, means in spent.items():
        work.keep(f"unspent:{role}", work.memory(f"unspent:{role}") - means)
    work.settle()


def _charge(work: Work, role: str, action: ActionTable, row: ActionRow, spent: dict[str, int]) -> None:
    """Queue what an order costs; means have no entries, since a purse lasts one turn."""
    price = Cause(Kind.COST, action.id, country=row.target, turn=work.turn, by=role)
    cost, _ = cost_of(work, action, row)
    for name, amount in sorted(cost.items()):
        if name == MEANS:
            spent[role] = spent.get(role, 0) + amount
        elif amount:
            slot = work.program.layout.index[name]
            work.pending.append(Pending(slot, False, -amount, price, action.known_to, mark=action.mark))


def _charge_settings(work: Work) -> None:
    """Queue what the changed settings cost of each stock: once, whoever named them."""
    settings = {each.id: each for each in work.program.settings if each.cost}
    for entry in list(work.entries):
        if entry.cause.kind != Kind.SETTING or entry.cause.id not in settings:
            continue
        setting = settings[entry.cause.id]
        price = Cause(Kind.COST, setting.id, turn=work.turn, by=entry.cause.by)
        for name, amount in setting.cost:
            cost = max(0, work.read(amount)) if name != MEANS else 0
            if cost:
                slot = work.program.layout.index[name]
                work.pending.append(Pending(slot, False, -cost, price, setting.known_to, mark=setting.mark))


def _drift(work: Work) -> None:
    work.phase = DRIFT
    for stage in work.program.stages:
        for rule in stage:
            for row in _acting(work, rule):
                cause = Cause(Kind.RULE, rule.id, country=row.country, turn=work.turn)
                work.queue(row.deed, cause, rule.known_to, rule.mark)
        work.settle()


def _acting(work: Work, rule: RuleTable) -> list[RuleRow]:
    values, memo = work.values, work.memo
    rows = [
        row
        for row in rule.rows
        if (row.exists is None or row.exists.read(values, memo))
        and (row.when is None or row.when.read(values, memo))
    ]
    if rule.pick_key is not None and rows:
        weights = [max(1, work.read(row.weight)) if row.weight else 1 for row in rows]
        rows = [rows[work.pick(weights, rule.pick_key)]]
    return [row for row in rows if row.chance is None or work.comes_up(row.chance, row.chance_key)]


def _pulls(work: Work) -> None:
    """All pulls read one picture; each has a slot of its own, so none meets another."""
    work.phase = PULLS
    values, memo = work.values, work.memo
    pending = []
    for pull in work.program.pulls:
        if pull.exists is not None and not pull.exists.read(values, memo):
            continue
        gap = pull.toward.read(values, memo) - values[pull.slot]
        if not gap:
            continue
        reach = pull.step.read(values, memo)
        if reach > 0:
            delta = gap if -reach <= gap <= reach else reach if gap > 0 else -reach
            cause = Cause(Kind.PULL, pull.id, "", pull.country, work.turn)
            sentence = work.say(pull.because)
            pending.append(
                Pending(pull.slot, False, delta, cause, pull.known_to, sentence, pull.mark, pull.reads)
            )
    work.commit(pending)


def _close(work: Work) -> None:
    work.phase = CLOSE
    judge_directives(work)
    reach_milestones(work)
    ending = reckon_ending(work)
    work.keep("place", OPENING if ending is None else OVER)
    if ending is not None:
        work.keep("ending", ending)


def _teach(work: Work, hand: Teacher) -> None:
    work.phase = EVENTS
    if work.memory("place") == OPENING:
        work.phase, work.turn = OPENING_PHASE, work.turn + 1  # the turn that is about to open
    layout, pending = work.program.layout, []
    cause = Cause(Kind.TEACHER, "teacher", turn=work.turn, by="teacher")
    for name, value in sorted(hand.sets.items()):
        slot = layout.index.get(name, -1)
        if slot not in work.program.movable:
            raise IllegalOrder(Refusal("unknown-slot", {"slot": name}), name)
        pending.append(Pending(slot, True, value, cause))
    work.commit(pending)
    if hand.event:
        call(work, hand.event, hand.country, cause, hand.after)


def legal_orders(
    program: Program, state: State, role: str, given: tuple[Order, ...] = ()
) -> tuple[Order, ...]:
    """The orders a role may still give beside those given, with settings as they are."""
    if state.values[program.layout.index["place"]] != ORDERS:
        return ()
    return tuple(order for order, _ in Sheet(picture(program, state), role, given).open())


__all__ = ["OPENING", "begin", "legal_orders", "picture", "step"]
