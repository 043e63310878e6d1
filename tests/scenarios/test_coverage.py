"""Is the history of 1921 to 1933 in the scenario?  Every event that its dossier calls for, and how it is told.

The dossier behind the scenario has 150 rows for these years: those that no game may miss, those it recommends, and
those that make good news. An item names its row in `dossier`, with underscores for the hyphens used here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from game.compiler.load import load
from game.rules.block import Text
from game.rules.scenario import Event, Scenario

ROOT = Path(__file__).resolve().parents[2]
CORE = """
kronstadt-nep-1921 gb-trade-1921 march-action-1921 riga-1921 germany-agreement-1921 comintern3-1921
famine-appeal-1921 ara-1921 debt-note-1921 cannes-1922 trade-monopoly-1922 genoa-1922 rapallo-1922
secret-reichswehr-1922 ruhr-1923 sun-joffe-1923 curzon-1923 vorovsky-1923 german-october-1923 borodin-1923
hamburg-1923 lenin-death-1924 gb-recognition-1924 italy-recognition-1924 china-recognition-1924
gb-treaties-1924 zinoviev-letter-1924 france-recognition-1924 reval-1924 sioc-1924 japan-recognition-1925
german-trade-1925 locarno-1925 congress14-1925 berlin-treaty-1926 general-strike-1926
northern-expedition-1926 peking-raid-1927 shanghai-1927 arcos-1927 voikov-1927 wuhan-1927 war-scare-1927
rakovsky-1927 litvinov-disarm-1927 congress15-1927 canton-1927 grain-crisis-1928 shakhty-1928
comintern6-1928 kellogg-1928 fyp-1928 litvinov-protocol-1929 ford-1929 social-fascism-1929 cer-seizure-1929
gb-resumption-1929 crash-1929 collectivization-1929 cer-war-1929 gb-trade-1930 litvinov-commissar-1930
german-election-1930 france-licence-1930 mukden-1931 japan-offer-1931 poland-pact-1932 famine-1932
kpd-nov-1932 france-pact-1932 hitler-1933 metrovick-1933 us-recognition-1933 collective-security-1933
""".split()  # noqa: SIM905
RECOMMENDED = """
persia-treaty-1921 afghan-treaty-1921 turkey-treaty-1921 mongolia-1921 ccp-1921 italy-trade-1921 hague-1922
urquhart-1922 vladivostok-1922 moscow-disarm-1922 ussr-1922 lausanne-straits-1923 bulgaria-1923
kmt-congress-1924 amtorg-1924 comintern5-1924 arjac-1925 may30-1925 concessions-1925 league-invite-1925
turkey-neutrality-1925 zhongshan-1926 pilsudski-1926 german-credit-1926 lithuania-neutrality-1926
guardian-1926 chamberlain-note-1927 swiss-settlement-1927 persia-pact-1927 kutepov-1930 religion-1930
congress16-1930 us-dumping-1930 prompartiya-1930 pyatakov-1931 berlin-renewal-1931 prussia-referendum-1931
france-initial-1931 finland-pact-1932 geneva-disarm-1932 gb-denounce-1932 china-restore-1932 cer-offer-1933
berlin-ratified-1933 world-econ-1933 aggressor-def-1933 reichswehr-end-1933
""".split()  # noqa: SIM905
NEWS = """
norway-trade-1921 brussels-relief-1921 karelia-1921 austria-trade-1921 sweden-draft-1922 czech-trade-1922
denmark-trade-1923 corfu-1923 norway-rec-1924 austria-rec-1924 greece-rec-1924 sweden-rec-1924 vienna-1924
denmark-rec-1924 mexico-rec-1924 tatarbunary-1924 sofia-1925 afghan-neutrality-1926 java-1926
brussels-league-1927 meerut-1929 afghan-raid-1929 mexico-break-1930 econ-nonaggression-1931
romania-talks-1932 latvia-pact-1932 estonia-pact-1932 spain-rec-1933 italy-pact-1933
""".split()  # noqa: SIM905


@cache
def scenario() -> Scenario:
    """The scenario, read once."""
    return load(str(ROOT / "scenarios" / "breathing-space")).scenario


def events_of(row: str) -> list[Event]:
    """The events that tell a row; what was averted tells another story."""
    return [
        each
        for each in scenario().events
        if each.attachments.dossier == row.replace("-", "_") and (each.historically or each.only_then)
    ]


def said(text: Text | None) -> list[str]:
    """What a text says, one for each variant."""
    return [
        " ".join(part if isinstance(part, str) else "…" for part in variant.wording["en"])
        for variant in (text.variants if text else ())
    ]


@pytest.mark.parametrize("row", [*CORE, *RECOMMENDED, *NEWS])
def test_every_row_is_told(row: str) -> None:
    assert events_of(row), f"no event has the dossier id {row.replace('-', '_')}"


@pytest.mark.parametrize("row", CORE)
def test_a_core_row_asks_the_player(row: str) -> None:
    assert any(2 <= len(event.choices) <= 4 for event in events_of(row)), (
        f"{row} is told, but decides nothing"
    )


def test_most_recommended_rows_ask_the_player() -> None:
    told = [row for row in RECOMMENDED if not any(event.choices for event in events_of(row))]
    # three treaties of the first weeks, which belong to the start; a pact and a settlement in crowded quarters
    assert sorted(told) == [
        "afghan-treaty-1921", "persia-pact-1927", "persia-treaty-1921", "swiss-settlement-1927", "turkey-treaty-1921",
    ]  # fmt: skip


def test_texts_can_be_read_aloud() -> None:
    """Not so short that they say nothing, not so long that a class drifts off; no quotation marks, so no quotations."""
    for event in scenario().events:
        for text in said(event.text):
            words = len(text.split())
            least, most = (55, 142) if event.choices else (15, 140)
            assert least <= words <= most, f"{event.id}: {words} words"
            assert not re.search('["“”«»]', text), event.id


def test_every_question_has_something_for_the_teacher() -> None:
    for event in scenario().events:
        if event.choices:
            teaching = event.attachments.teaching
            assert teaching is not None and teaching.note is not None, event.id
            assert teaching.questions or event.attachments.confidence == "low", event.id


def test_every_choice_says_what_it_means_and_what_came_of_it() -> None:
    for event in scenario().events:
        for choice in event.choices:
            assert choice.text is not None, f"{event.id}/{choice.id}"
            block = choice.block
            assert block.because or all(each.block.because for each in block.results), (
                f"{event.id}/{choice.id}"
            )


def test_no_event_repeats_a_sentence_of_another() -> None:
    told: dict[str, str] = {}
    for event in scenario().events:
        for text in said(event.text):
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                if len(sentence) > 45:
                    assert told.setdefault(sentence, event.id) == event.id, f"{event.id}: {sentence}"


def test_every_source_is_explained() -> None:
    works = {each.id: each for each in scenario().sources}
    assert set(works) == {"jacobson", "brit", "rempel", "wiki", "loc", "gen"}
    for work in works.values():
        assert work.worth is not None, f"how far does {work.id} carry?"


@pytest.mark.parametrize(
    "id_",
    [
        "kronstadt-nep-1921", "famine-appeal-1921", "ara-1921", "shanghai-1927", "voikov-1927", "canton-1927",
        "collectivization-1929", "famine-1932", "hitler-1933",
    ],
)  # fmt: skip
def test_what_hurts_has_a_gentler_wording(id_: str) -> None:
    event = next(each for each in scenario().events if each.id == id_)
    assert event.text_basic is not None and event.attachments.content_note is not None
    assert event.attachments.toll is not None or all(choice.toll for choice in event.choices) or id_ in (
        "collectivization-1929", "shanghai-1927",
    )  # fmt: skip


def test_each_act_ends_with_what_could_not_be_seen() -> None:
    ids = {each.id for each in scenario().events}
    assert {"seen-later-1924", "seen-later-1927", "seen-later-1930", "seen-later-1933"} <= ids
