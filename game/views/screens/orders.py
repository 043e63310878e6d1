"""What can be ordered, towards whom, at what price, and why not?"""

from __future__ import annotations

from collections.abc import Mapping

from game.play.observation import CountryView, Observation, OrderView, SettingView, TrackView
from game.play.session import Session
from game.play.wording import number
from game.rules.classes import dataclass
from game.rules.state import Order
from game.views.screens.card import Chance
from game.views.screens.countries import dossier_values, value_row
from game.views.screens.desk import by_side, order_name, purse, shared, track_of
from game.views.screens.tone import Drift, Lately, of_shift
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

NOBODY = "No country"


@dataclass(frozen=True, slots=True)
class OrdersScreen:
    """The sheet of orders: whom they are aimed at (nobody if empty) and which one is looked at."""

    target: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as the list shows it."""

    view: OrderView
    given: bool
    price: str


@dataclass(frozen=True, slots=True)
class Target:
    """A place that orders can be aimed at."""

    name: str
    possible: int
    given: int
    country: CountryView | None


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """The order that is looked at, with what it does."""

    line: OrderLine
    certain: tuple[Drift, ...]
    chances: tuple[Chance, ...]


def price(session: Session, cost: Mapping[str, int]) -> str:
    """A cost in words."""
    words = session.viewer.words
    parts = [
        f"{number(amount)} {'means' if name == 'means' else words.label(name).lower()}"
        for name, amount in sorted(cost.items(), key=lambda each: each[0] != "means")
        if amount
    ]
    return ", ".join(parts) or "free"


def build(session: Session, seen: Observation, screen: OrdersScreen) -> Element:
    """The sheet of orders as a tree."""
    country, tracks = seen.countries.get(screen.target), by_side(seen.tracks)
    name = country.name if country else "Orders"
    views = [
        each
        for track in tracks
        for each in session.offers(track.id, screen.target)
    ]  # fmt: skip
    views.sort(key=lambda each: (bool(each.refusal) and each.order not in seen.orders, each.label))
    lines = [OrderLine(each, each.order in seen.orders, price(session, each.cost)) for each in views]
    looked = next((each for each in lines if str(each.view.order) == screen.order), None)
    parts = [
        heading("orders.title", name),
        text("orders.purse", purse(tracks)),
        _targets(session, seen, screen),
        *(_list(track, lines, looked) for track in tracks),
    ]
    if not screen.target:
        parts += [_setting(each) for each in seen.settings if not shared(each)]
    if country is not None:
        parts.append(_dossier(session, country))
    parts.append(_sheet(looked))
    parts.append(_given(session, seen))
    parts.append(
        button("close", "Close", Act("close"), "Escape", "Back to the desk; the drafted orders stay.")
    )
    return Element(
        Role.DIALOG, f"Orders: {country.name if country else NOBODY}", "orders-sheet", children=tuple(parts),
        description=purse(tracks), subject=tracks,
    )  # fmt: skip


def _targets(session: Session, seen: Observation, screen: OrdersScreen) -> Element:
    aimed: dict[str, int] = {}
    for order in seen.orders:
        aimed[order.target] = aimed.get(order.target, 0) + 1
    items = []
    for id, name, country in [("", NOBODY, None)] + [
        (c.id, c.name, c) for c in seen.countries.values() if c.exists
    ]:
        target = Target(name, 0, aimed.get(id, 0), country)
        items.append(
            Element(
                Role.ITEM, name, f"target.{id}", value=f"{target.given} given" if target.given else "",
                pick=Act("aim", id), press=Act("aim", id), selected=id == screen.target, subject=target,
                description=f"What can be ordered {f'towards {name}' if id else 'without a country'}.",
            )
        )  # fmt: skip
    return Element(Role.LIST, "Aimed at", "targets", children=tuple(items))


def _list(track: TrackView, lines: list[OrderLine], looked: OrderLine | None) -> Element:
    items = tuple(
        Element(
            Role.ITEM, line.view.label, f"offer.{line.view.order.action}",
            value="given" if line.given else line.price,
            description=line.view.text,
            pick=Act("order", str(line.view.order)),
            press=Act("withdraw" if line.given else "give", str(line.view.order)),
            disabled="" if line.given else line.view.refusal,
            selected=line is looked,
            subject=line,
        )
        for line in lines
        if line.view.track == track.id
    )  # fmt: skip
    return Element(
        Role.LIST, track.label, f"offers.{track.id}", value=f"{track.left} of {track.means} means left",
        children=items, subject=track,
    )  # fmt: skip


def _sheet(line: OrderLine | None) -> Element:
    if line is None:
        return group(Role.GROUP, "sheet", "Order", text("sheet.text", "Choose an order to see what it does."))
    view = line.view
    certain = tuple(map(of_shift, view.certain))
    chances = tuple(Chance(each, tuple(map(of_shift, each.shifts))) for each in view.likely)
    parts = [heading("sheet.title", view.label), Element(Role.TEXT, view.text, "sheet.text")]
    parts.append(
        Element(Role.VALUE, "Cost", "sheet.cost", value=line.price, description=" ".join(view.reasons))
    )
    if certain:
        parts.append(
            Element(Role.TEXT, ", ".join(each.spoken for each in certain), "sheet.certain", value="Certain")
        )
    for at, chance in enumerate(chances):
        moved = ", ".join(each.spoken for each in chance.drifts)
        parts.append(
            Element(
                Role.TEXT,
                chance.likely.label,
                f"sheet.likely.{at}",
                value=f"{chance.likely.percent} in 100",
                description=". ".join(each for each in (chance.likely.text, moved) if each),
            )
        )
    if view.takes:
        parts.append(
            text("sheet.takes", f"The result comes after {view.takes} turn{'s' * (view.takes > 1)}.")
        )
    order = str(view.order)
    if line.given:
        parts.append(
            button("withdraw", "Take it back", Act("withdraw", order), "W", "The order is not given.")
        )
    else:
        parts.append(
            button(
                "give",
                "Give the order",
                Act("give", order),
                "G",
                f"Costs {line.price}.",
                disabled=view.refusal,
            )
        )
    return Element(
        Role.GROUP, view.label, "sheet", children=tuple(parts), subject=OrderSheet(line, certain, chances)
    )


def _dossier(session: Session, country: CountryView) -> Element:
    lately = Lately(session)
    return Element(
        Role.LIST, f"Dossier: {country.name}", "dossier", description=country.text, subject=country,
        children=tuple(
            value_row(value, lately.of(value), f"dossier.{value.slot}", Act("why", value.slot), lately.since)
            for value in dossier_values(country)
        ),
    )  # fmt: skip


def _given(session: Session, seen: Observation) -> Element:
    return Element(
        Role.LIST, "Given this turn", "given", value=str(len(seen.orders)),
        children=tuple(
            Element(
                Role.ITEM, order_name(session, order), f"given.{order.action}.{order.target}",
                press=Act("look", str(order)), description="Look at it; there it can be taken back.",
                subject=track_of(session, order),
            )
            for order in seen.orders
        ),
    )  # fmt: skip


def _setting(setting: SettingView) -> Element:
    shown = dict(enumerate(label for _, label in setting.words)).get(setting.drafted, number(setting.drafted))
    return Element(
        Role.SLIDER, setting.label, f"setting.{setting.id}", value=shown, description=setting.text,
        less=Act("set", setting.id, -1), more=Act("set", setting.id, 1), disabled=setting.refusal, subject=setting,
    )  # fmt: skip


def parse(order: str) -> Order:
    """An order from its words `action -> target`."""
    action, _, target = order.partition(" -> ")
    return Order(action, target)
