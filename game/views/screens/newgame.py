"""What can be begun?  All scenarios and lessons, fate and seed, one player or two, and who holds each seat."""

from __future__ import annotations

from game.compiler.glance import Glance
from game.compiler.policies import BUILT_IN
from game.rules.calendar import parse_step
from game.rules.classes import dataclass
from game.views.screens.beginning import PERSON, Beginning
from game.views.screens.tree import Act, Element, Role, button, group, heading, text

FATES = (
    (
        "historical",
        "Historical",
        "Events keep to their dates if their conditions hold; nothing is left to dice.",
    ),
    ("open", "Open", "Windows and dice decide, under a seed that can be typed in and played again."),
)
SEATS = (
    ("one", "One player", "Holds both tracks, and sees what either sees."),
    ("two", "Two seats", "Each track keeps its secrets and seals its orders."),
)
TITLES = {"historical": "As history answered", "random": "At random", "nothing": "Orders nothing"}
"""What the policies are called that every scenario has."""
MANY = {"month": "months", "quarter": "quarters", "half": "half-years", "year": "years"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A scenario in the list: how far it stands below what it extends, and how long it is, in words."""

    glance: Glance
    depth: int
    length: str


def build(beginning: Beginning) -> Element:
    """The sheet as a tree."""
    offers = {each.glance.id: each for each in _offers(beginning)}
    picked = offers.get(beginning.wanted)
    waiting = beginning.waiting
    return group(
        Role.DIALOG, "newgame", "New game",
        heading("newgame.title", "New game"),
        Element(
            Role.LIST, "Scenario or lesson", "newgame.scenarios",
            children=tuple(_offer(each, each is picked) for each in offers.values()),
        ),
        text("newgame.text", picked.glance.text if picked else ""),
        _seats(beginning),
        *(_players(beginning, role, name, picked) for role, name in beginning.roles() if beginning.seats is not None),
        fates(beginning.setup.fate),
        seed(beginning),
        *_difficulty(beginning),
        text("newgame.waiting", waiting),
        button("begin", "Begin", Act("begin"), "Return", beginning.told(), waiting),
        button("close", "Back", Act("close"), "Escape"),
    )  # fmt: skip


def _offers(beginning: Beginning) -> list[Offer]:
    depths: dict[str, int] = {}
    found = []
    for each in beginning.offered:
        depths[each.id] = depths[each.base] + 1 if each.base in depths else 0
        found.append(Offer(each, depths[each.id], _length(each)))
    program = beginning.stage.program
    if program is not None and program.scenario.id not in depths:  # one that lies on no shelf
        scenario, calendar = program.scenario, program.scenario.calendar
        title = "".join(str(part) for part in next(iter(scenario.title.variants[0].wording.values())))
        alone = Glance(scenario.id, title, "", calendar.start, calendar.end, calendar.step)
        found.append(Offer(alone, 0, _length(alone)))
    return found


def _length(glance: Glance) -> str:
    """`1921 to 1933, 52 quarters`."""
    try:
        first, last = (parse_step(each, glance.step) for each in (glance.start, glance.end))
    except (ValueError, KeyError):
        return ""
    turns = last - first + 1
    years = sorted({glance.start[:4], glance.end[:4]})
    return f"{' to '.join(years)}, {turns} {MANY.get(glance.step, 'turns') if turns > 1 else glance.step}"


def _offer(offer: Offer, picked: bool) -> Element:
    act = Act("scenario", offer.glance.id)
    return Element(
        Role.ITEM, offer.glance.title, f"scenario.{offer.glance.id}", value=offer.length, pick=act, press=act,
        description=offer.glance.text.partition("\n\n")[0], selected=picked, subject=offer,
    )  # fmt: skip


def fates(chosen: str) -> Element:
    """Historical or open fate."""
    return group(
        Role.TABS, "fates", "Fate",
        *(
            Element(Role.TAB, name, f"fate.{id}", press=Act("fate", id), selected=chosen == id, description=about)
            for id, name, about in FATES
        ),
    )  # fmt: skip


def _difficulty(beginning: Beginning) -> tuple[Element, ...]:
    """Easier or harder, where the scenario offers it."""
    found = beginning.difficulties()
    if not found:
        return ()
    chosen = beginning.setup.difficulty if beginning.setup.difficulty in [id for id, _, _ in found] else ""
    return (
        group(
            Role.TABS, "difficulties", "Difficulty",
            *(
                Element(
                    Role.TAB, name, f"difficulty.{id or 'none'}", press=Act("difficulty", id), selected=id == chosen,
                    description=about,
                )
                for id, name, about in found
            ),
        ),
    )  # fmt: skip


def seed(beginning: Beginning) -> Element:
    """The seed of open fate."""
    setup = beginning.setup
    return Element(
        Role.FIELD, "Seed", "seed", value=str(setup.seed), types="digit",
        less=Act("seed", "", -1), more=Act("seed", "", 1),
        description="Type a number; the same seed and decisions give the same game.",
        disabled="" if setup.fate == "open" else "Historical fate throws no dice.", subject=setup,
    )  # fmt: skip


def _seats(beginning: Beginning) -> Element:
    chosen = "one" if beginning.seats is None else "two"
    alone = "" if len(beginning.roles()) > 1 else "This scenario has one track only."
    return group(
        Role.TABS, "seats", "Players",
        *(
            Element(
                Role.TAB, name, f"seats.{id}", press=Act("seats", id), selected=chosen == id, description=about,
                disabled=alone if id == "two" else "",
            )
            for id, name, about in SEATS
        ),
    )  # fmt: skip


def _players(beginning: Beginning, role: str, name: str, picked: Offer | None) -> Element:
    """Who may hold a seat: a person, or one of the policies."""
    policies = dict(picked.glance.policies) if picked else {}
    found = [(PERSON, "A person"), *policies.items(), *((each, TITLES[each]) for each in BUILT_IN)]
    held = beginning.player(role)
    return group(
        Role.TABS, f"player.{role}", name,
        *(
            Element(
                Role.TAB, title, f"player.{role}.{id or 'person'}", press=Act("player", f"{role}={id}"),
                selected=held == id, description="" if id == PERSON else "A policy decides.",
            )
            for id, title in found
        ),
    )  # fmt: skip
