"""What now?  One or two sentences beside the thing they are about, as long as the first year is played.

Nothing is explained before it is needed, and nothing twice: what has been done, or understood, is not told again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from game.play.observation import Observation
from game.rules.classes import dataclass, replace
from game.views.screens.desk import by_side, purse
from game.views.screens.keymap import KeyMap, spoken
from game.views.screens.tree import Act, Element, Role, button

UNDERSTOOD = "understood:"
"""What stands before the name of a piece of advice that was understood."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of advice: what it is about, what it says, and by which act it has been followed."""

    id: str
    target: str
    """The id of the element that it stands beside."""
    text: str
    done: str = ""


def advise(tree: Element, seen: Observation) -> Iterator[Advice]:
    """All advice for a screen, the most needed first."""
    match tree.id:
        case "card":
            yield from _card(tree)
        case "desk" if seen.place == "orders":
            yield from _desk(tree, seen)
        case "orders-sheet":
            yield Advice(
                "orders", "targets",
                f"Left to spend: {purse(by_side(seen.tracks))}. Choose whom an order is aimed at, then which; what is "
                "grey says why not. Enter gives it, and until the end of the turn it can be taken back.", "give",
            )  # fmt: skip
        case "why":
            yield Advice(
                "causes", "why.causes",
                "The causes, the weightiest first. The thread beside them leads back to a decision, and to the "
                "source behind it.", "follow",
            )  # fmt: skip
        case "quarter" if tree.get("proceed") is not None:
            yield Advice(
                "ledger", "changes",
                "This is all that moved, the heaviest first. Any line answers why. Past turns wait on the ruler of "
                "years, above the map.",
            )  # fmt: skip
        case _:
            pass


def _card(tree: Element) -> Iterator[Advice]:
    choices = tree.get("choices")
    if choices is not None:
        picked = next((each for each in choices.children if each.selected), None)
        if picked is None:
            yield Advice(
                "question", "choices",
                "This dispatch asks for a decision. Mark a choice: a click, or its number. What is called certain will "
                "happen; the rest only may, as often as it says.", "pick",
            )  # fmt: skip
        else:
            yield Advice(
                "answer", picked.id,
                "Marked, but not decided: a second click, or Enter, gives this answer.", "choose",
            )  # fmt: skip
    elif tree.get("told") is not None and tree["told"].value:
        yield Advice(
            "told", "proceed", "This is what your answer moved, and why. Go on to the next dispatch."
        )
    else:
        yield Advice("news", "proceed", "News asks nothing of you, but it may have moved something. Go on.")


def _desk(tree: Element, seen: Observation) -> Iterator[Advice]:
    if tree["dispatches"].press is not None:
        yield Advice("unread", "dispatches", "What is new lies here. {D} opens the next dispatch.", "card")
    first = next(iter(tree["scores"].children), None)
    if first is not None:
        yield Advice("scores", first.id, f"What moved {first.name}, and why? Press it.", "why")
    if tree.get("course.balance") is not None:
        yield Advice(
            "balance", "course.balance",
            "Two policies share your means. Draw this divider, or press {Comma} and {Period}; below stands what it "
            "will probably bring.", "set",
        )  # fmt: skip
    if seen.tracks:
        yield Advice(
            "means", "orders",
            f"You may spend: {purse(by_side(seen.tracks))}. Press here, or choose a country on the map.", "give",
        )  # fmt: skip
    yield Advice(
        "end", "end", "Nothing more to do? {E} ends the turn, and the ledger tells what came of it.", "end"
    )


def guided(tree: Element, seen: Observation, done: Collection[str], map: KeyMap = ()) -> Element:
    """The same screen with the advice that is needed now, if any is."""
    for each in advise(tree, seen):
        if each.done not in done and f"{UNDERSTOOD}{each.id}" not in done:
            return replace(
                tree, children=(*tree.children, _element(replace(each, text=spoken(each.text, map))))
            )
    return tree


def _element(advice: Advice) -> Element:
    return Element(
        Role.GROUP, "Guide", "guide", value=advice.text, subject=advice, description="Advice for the first year.",
        children=(
            button("guide.understood", "Understood", Act("understood", advice.id), "U", "On to what comes next."),
            button(
                "guide.leave", "Leave the guide", Act("guide", "no"), "",
                "It can be called again: in the settings, or with Keys and help.",
            ),
        ),
    )  # fmt: skip
