"""How is what can be done said in lines of plain text?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from game.play.observation import Likely, OrderView, Shift


def overview(offers: Sequence[OrderView], names: Mapping[str, str]) -> Iterator[str]:
    """One line for each order: its label, its name to type, and where it could go for how many means."""
    groups: dict[str, list[OrderView]] = {}
    for offer in offers:
        groups.setdefault(offer.order.action, []).append(offer)
    for action, found in groups.items():
        if found[0].target:
            aims = ", ".join(f"{names[each.target]} {each.cost.get('means', 0)}" for each in found)
            yield f"{found[0].label} ({action}), means by country: {aims}"
        else:
            yield f"{found[0].label} ({action}): {price(found[0])}"
    if not offers:
        yield "Nothing can be ordered any more."
    yield "Type orders COUNTRY for numbers, prices and what is likely; order ACTION COUNTRY to give one."


def price(offer: OrderView) -> str:
    """What an order costs, in a few words."""
    return ", ".join(f"{amount} {name}" for name, amount in offer.cost.items() if amount) or "free"


def written(where: str) -> str:
    """Where a cause was written: the file's name and line."""
    return f" [{'/'.join(where.replace(chr(92), '/').split('/')[-2:])}]" if where else ""


def shifts(certain: tuple[Shift, ...]) -> str:
    """Certain changes in a line."""
    return ", ".join(f"{each.label} {each.shown}" for each in certain)


def likely(results: tuple[Likely, ...]) -> Iterator[str]:
    """Possible results, a line each."""
    for each in results:
        yield f"{each.percent} in 100: {each.label}" + (f" ({shifts(each.shifts)})" if each.shifts else "")
