"""How does a preview of an event read as text?  The card first, then what only its author needs to know."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from game.play.observation import Notes
from game.play.previewing import Part, Preview
from game.views.screens.lines import likely, shifts
from game.views.screens.markup import flowing, unmarked

WIDTH: Final = 78
MOST_COUNTRIES: Final = 6
SURE: Final = {"high": "well attested", "medium": "fairly sure", "low": "uncertain"}


def lines(shown: Preview) -> Iterator[str]:
    """The preview, a line each."""
    card = shown.dispatch
    origin = ", ".join(each for each in (card.place, card.date) if each)
    yield from _filled(f"[{card.style}] {card.title}" + (f" — {origin}" if origin else ""))
    if card.content_note:
        yield from _filled(f"({card.content_note})")
    yield from _filled(card.text, "  ")
    if card.toll:
        yield from _filled(card.toll, "  ")
    if shown.certain or shown.likely:
        yield "By happening:"
        yield from _changes(shown)
    for at, option in enumerate(card.options, start=1):
        yield f"{at}. {option.label}"
        yield from _filled(option.text, "     ")
        yield from _filled(
            f"certain: {shifts(option.certain)}" if option.certain else "nothing certain", "     "
        )
        for line in likely(option.likely):
            yield from _filled(line, "     ")
        if option.refusal:
            yield from _filled(f"not open: {option.refusal}", "     ")
    yield ""
    yield from _about(shown)
    yield from _notes(card.notes, shown.event.attachments.sources)


def _changes(shown: Preview) -> Iterator[str]:
    if shown.certain:
        yield from _filled(f"certain: {shifts(shown.certain)}", "     ")
    for line in likely(shown.likely):
        yield from _filled(line, "     ")
    if shown.because:
        yield from _filled(shown.because, "     ")


def _about(shown: Preview) -> Iterator[str]:
    """When it happens, whom it asks, who learns of it."""
    event = shown.event
    bound = f" for {shown.country}" if shown.country else ""
    yield from _filled(f"{event.id}{bound}, in {shown.turn}: {_verdict(shown)}")
    if shown.countries:
        more = len(shown.countries) - MOST_COUNTRIES
        listed = ", ".join(shown.countries[:MOST_COUNTRIES]) + (f" and {more} more" if more > 0 else "")
        yield from _filled(f"It may happen to {listed}.", "  ")
    yield from _judged("when", shown.conditions)
    yield from _judged("premise", shown.premises)
    if shown.chance != 100 and not event.only_then:
        yield from _filled(f"chance: {shown.chance} in 100 a turn in open fate", "  ")
    if shown.called_by:
        yield from _filled(f"called by: {', '.join(shown.called_by)}", "  ")
    if event.asks:
        always = "always" if event.always_asks else "unless it has had enough questions this turn"
        yield from _filled(f"asks: {event.asks}, {always}", "  ")
    who = {"all": "both roles", "nobody": "nobody before it is revealed"}.get(event.known_to, event.known_to)
    yield from _filled(f"known to: {who}", "  ")


def _verdict(shown: Preview) -> str:
    if not all(each.holds for each in shown.premises):
        return "its premise does not hold; even if it is called, it is dropped"
    if shown.event.only_then:
        return "it happens if it is called"
    if not all(each.holds for each in shown.conditions):
        return "it does not happen by itself, as things stand"
    if shown.before:
        return f"it has happened already, in {shown.before}"
    return "it can happen" if shown.chance else "its chance is 0"


def _judged(what: str, parts: tuple[Part, ...]) -> Iterator[str]:
    for each in parts:
        yield from _filled(f"{what}: {each.says} — {'holds' if each.holds else 'DOES NOT HOLD'}", "  ")


def _notes(notes: Notes, keys: tuple[str, ...]) -> Iterator[str]:
    """Sources by their keys, confidence, disputes and what a teacher would ask."""
    if keys:
        yield from _filled(f"sources: {', '.join(keys)}", "  ")
    if notes.confidence:
        yield from _filled(f"how sure: {SURE.get(notes.confidence, notes.confidence)}", "  ")
    if notes.dispute:
        yield from _filled(f"disputed: {notes.dispute}", "  ")
    if notes.teaching:
        yield from _filled(f"for the class: {notes.teaching}", "  ")
    for each in notes.questions:
        yield from _filled(f"question: {each}", "  ")


def _filled(text: str, indent: str = "") -> Iterator[str]:
    """A text in lines of the screen's width; none for no text."""
    for paragraph in flowing(unmarked(text)).split("\n"):
        yield from textwrap.wrap(paragraph, WIDTH, initial_indent=indent, subsequent_indent=indent)
