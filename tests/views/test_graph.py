"""Does the graph of a scenario show what leads to what, in columns of years, with every text escaped?"""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from game import cli
from game.compiler.chains import Chains, Knot, Link, Tie, Way, chains
from game.compiler.load import load
from game.views.graph import dot, svg
from game.views.graph.layout import Layout, lay_out, spans
from tests.small import sound, whole

STORY = """\
events:
  - id: first
    title: First
    historically: 1921-05-01
    asks: narkomindel
    effects: {trade: +2}
    choices:
      - {id: a, label: A, effects: {trade: -1, gold: +3, germany.pact: neutrality}, then: {event: called}}
      - {id: b, label: B, results: {x: {chance: 30, cancel: called, effects: {gold: "-3"}}, y: {then: [{event: called, after: 3}]}}}
    sources: [x]
  - {id: called, title: Called, only_then: true, effects: {each.relations: -3}, because: x}
  - {id: asked, title: Asked, historically: 1922-05-01, when: "chose('first', 'a') and not happened('called')"}
  - {id: loose, title: Loose, historically: 1923-05-01}
  - {id: ever, title: Ever, when: "running('talks') and gold > 5", repeats: 3, premise: "times('talks') < 3"}
orders:
  - {id: talks, track: narkomindel, label: Talks, cost: {means: 1}, then: {event: called}}
"""  # noqa: E501


def knot(id: str, year: int = 1921, title: str = "", order: int = 0, called: bool = False) -> Knot:
    """A box."""
    return Knot(id, title or id, "news", called, year, f"{year}-Q1", order, ())


def test_calls_questions_and_cancels_are_links_each_once() -> None:
    found = {(each.source, each.target, each.tie): each.at for each in chains(sound(STORY)).links}
    assert found == {
        ("first", "called", Tie.CALLS): ("a", "y"),
        ("first", "called", Tie.DROPS): ("x",),
        ("first", "asked", Tie.OPENS): ("a",),
        ("called", "asked", Tie.BARS): (),
        ("talks", "ever", Tie.OPENS): (),
        ("talks", "called", Tie.CALLS): (),
    }


def test_each_box_knows_its_time_its_kind_and_what_it_changes() -> None:
    knots = {each.id: each for each in chains(sound(STORY)).knots}
    assert {id_: (each.year, each.kind, each.called) for id_, each in knots.items()} == {
        "first": (1921, "narkomindel", False),
        "called": (1921, "news", True),
        "asked": (1922, "news", False),
        "loose": (1923, "news", False),
        "ever": (0, "news", False),
        "talks": (0, "order", False),
    }
    assert knots["first"].changes == (
        ("trade", Way.EITHER), ("gold", Way.EITHER), ("germany.pact", Way.SET),
    )  # fmt: skip
    assert knots["called"].changes == (("each.relations", Way.DOWN),)


def test_a_part_can_be_drawn_alone() -> None:
    found = chains(sound(STORY))
    assert {each.id for each in found.linked().knots} == {"first", "called", "asked", "ever", "talks"}
    assert {each.id for each in found.around("asked", 1).knots} == {"asked", "first", "called"}
    assert {each.id for each in found.around("loose", 3).knots} == {"loose"}


def overlaps(layout: Layout, height: float) -> list[tuple[str, str]]:
    """The pairs of boxes that stand on each other."""
    return [
        (one, other)
        for (one, (column, y)), (other, (column_, y_)) in combinations(layout.boxes.items(), 2)
        if column == column_ and abs(y - y_) < height
    ]


def test_two_hundred_linked_events_stand_in_columns_by_year_and_none_on_another() -> None:
    knots = tuple(knot(f"e{n}", 1921 + n // 17, order=n) for n in range(200))
    links = tuple(Link(f"e{n}", f"e{(n * 7 + 11) % 200}", Tie.OPENS) for n in range(200))
    layout = lay_out(Chains(knots, links), dict.fromkeys([each.id for each in knots], 40.0))
    assert overlaps(layout, 40) == []
    for each in knots:
        assert layout.columns[layout.boxes[each.id][0]].year == each.year
    years = [column.year for column in layout.columns]
    assert years == sorted(years)
    assert [year for year, _, _ in spans(layout.columns)] == sorted(set(years))


def test_what_a_thing_hangs_on_stands_to_its_left_even_within_a_year() -> None:
    found = chains(sound(STORY))
    layout = lay_out(found, {each.id: 40.0 for each in found.knots})
    for link in found.links:
        assert layout.boxes[link.source][0] < layout.boxes[link.target][0]


def test_a_long_link_has_a_lane_in_each_column_between_clear_of_the_boxes() -> None:
    knots = (knot("a", 1921), *(knot(f"m{n}", 1922, order=n) for n in range(5)), knot("z", 1923))
    layout = lay_out(Chains(knots, (Link("a", "z", Tie.CALLS),)), {each.id: 30.0 for each in knots})
    [(column, height)] = layout.lanes[0]
    assert column == 1
    assert all(abs(height - layout.boxes[f"m{n}"][1]) >= 15 for n in range(5))


def test_links_within_one_year_that_go_round_in_a_circle_are_drawn_too() -> None:
    knots = (knot("a"), knot("b", order=1))
    links = (Link("a", "b", Tie.BARS), Link("b", "a", Tie.BARS))
    picture = ElementTree.fromstring(svg(Chains(knots, links), "x"))
    assert len(picture.findall(".//*[@marker-end]")) == 2 + len(Tie)


HOSTILE = '<script>alert("1")</script> & \'quotes\' ]]> \\" "; evil [x] {y}\n\x07end'


def test_no_text_of_a_scenario_gets_out_of_its_place_in_the_picture() -> None:
    drawn = Chains(
        (knot("a", title=HOSTILE), knot("b", title=HOSTILE, called=True)), (Link("a", "b", Tie.CALLS),)
    )
    text = svg(drawn, HOSTILE)
    assert "<script" not in text and "\x07" not in text
    picture = ElementTree.fromstring(text)
    titles = [each.text or "" for each in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert sum("<script>alert" in title for title in titles) == 4
    assert {each.tag.partition("}")[2] for each in picture.iter()} <= {
        "svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text", "g",
    }  # fmt: skip


def test_no_text_of_a_scenario_gets_out_of_its_quotes_in_dot() -> None:
    text = dot(Chains((knot("a", title=HOSTILE),), ()), HOSTILE)
    assert "\x07" not in text
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    assert "evil" not in bare and "script" not in bare


def test_the_picture_tells_itself_to_a_screen_reader() -> None:
    picture = ElementTree.fromstring(svg(chains(sound(STORY)), "Small"))
    assert picture.get("role") == "img"
    assert [picture[0].text, picture[1].text] == [
        "Small", "6 events and orders with 6 links between them, in columns by year.",
    ]  # fmt: skip
    told = [each.text or "" for each in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert "First → Called: calls (then) by a, y" in told


def test_the_main_scenario_is_drawn_without_overlaps() -> None:
    found = chains(load("breathing-space").scenario)
    layout = lay_out(found, {each.id: 60.0 for each in found.knots})
    assert overlaps(layout, 60) == []
    picture = ElementTree.fromstring(svg(found, "x"))
    groups = [
        each for each in picture.iter() if (each.get("class") or "").startswith("box ") and each.get("id")
    ]
    assert len(groups) == len(found.knots) > 100


def test_the_verb_writes_svg_or_dot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(whole(STORY), encoding="utf-8")
    assert cli.main(["graph", str(file)]) == 0
    assert ElementTree.fromstring(capsys.readouterr().out).tag.endswith("svg")
    assert cli.main(["graph", str(file), "--dot", "--linked", "--out", str(tmp_path / "g.dot")]) == 0
    text = (tmp_path / "g.dot").read_text(encoding="utf-8")
    assert text.startswith('digraph "Small" {') and '"first" -> "called"' in text and "Loose" not in text
    assert cli.main(["graph", str(file), "--around", "frst"]) == 2
    assert "did you mean 'first'?" in capsys.readouterr().err
    assert cli.main(["graph", str(file), "--around", "first", "--steps", "1"]) == 0
    assert "Ever" not in capsys.readouterr().out
