"""Does the map show the right states, painted and hit, and do its tags stay apart?"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

pygame = pytest.importorskip("pygame")

from game.views.desktop import legend, sheet, tags  # noqa: E402
from game.views.desktop.atlas import VIEWS, atlas  # noqa: E402
from game.views.desktop.palette import LEVELS, OCHRE, OTHERS, SEA, UNION, mix  # noqa: E402
from game.views.desktop.places import (  # noqa: E402
    PLACES,
    country_of,
    levels_of,
    named_by_tag,
    short,
    states_of,
    town_at,
)
from game.views.desktop.plate import HATCH  # noqa: E402
from game.views.desktop.sheet import Sheet  # noqa: E402
from game.views.desktop.shipped import asset  # noqa: E402

SIZE = (832, 499)
COUNTRIES = Path(__file__).parents[2] / "scenarios" / "breathing-space" / "countries.yaml"
MARKS = [tags.Mark(country, short(country.title()), "−5", "up", "good") for country in PLACES]


@pytest.fixture(scope="module")
def europe() -> Sheet:
    shown = Sheet("europe", "1926-01-01", SIZE)
    shown.finish()
    return shown


def on(shown: Sheet, town: str) -> tuple[int, int]:
    """Where a town lies on a sheet."""
    at = town_at(town)
    assert at is not None
    x, y = shown.plate.placing.at(*shown.plate.view.grid(*at))
    return round(x), round(y)


def colour(shown: Sheet, x: int, y: int) -> tuple[int, int, int]:
    red, green, blue, _ = shown.surface.get_at((x, y))
    return red, green, blue


# Countries and states


def test_every_country_of_the_main_scenario_has_its_place() -> None:
    if not COUNTRIES.exists():
        pytest.skip("the main scenario is not there")
    countries = yaml.safe_load(COUNTRIES.read_text(encoding="utf-8"))["countries"]
    assert set(countries) == set(PLACES)
    assert len(PLACES) == 17


def test_every_place_names_states_of_the_map() -> None:
    for place in PLACES.values():
        assert place.states and set(place.states) <= set(atlas().states)
        assert set(place.on) <= set(VIEWS)


def test_a_state_leads_back_to_its_country() -> None:
    assert country_of("germany") == "germany"
    assert country_of("norway") == "scandinavia"
    assert country_of("finland") == "baltic"
    assert country_of("china") == "china", "not the Kuomintang, which is a part of it"
    assert country_of("spain") == country_of("") == ""
    assert states_of(["kuomintang", "nowhere"]) == frozenset()
    assert named_by_tag(["germany", "baltic", "nowhere"]) == {"germany"}, "Finland keeps its own name"
    assert levels_of({"baltic": 3, "china": -1, "kuomintang": 4}) == dict.fromkeys(
        sorted(PLACES["baltic"].states), 3
    )


@pytest.mark.parametrize("view", VIEWS)
def test_the_projection_agrees_with_the_towns_of_the_file(view: str) -> None:
    known = atlas().views[view]
    for town in ("Moscow", "Warsaw", "Angora", "Peking", "Tokyo"):
        at = town_at(town)
        assert at is not None
        x, y = known.grid(*at)
        near = min(abs(x - u) + abs(y - v) for u, v in known.towns.values())
        assert near < 12 or not (0 < x < 20_000 and 0 < y < 12_000)


# Hits


@pytest.mark.parametrize(
    ("view", "date", "town", "state"),
    [
        ("europe", "1926-01-01", "Berlin", "germany"),
        ("europe", "1926-01-01", "Paris", "france"),
        ("europe", "1926-01-01", "Kiev", "ussr"),
        ("europe", "1926-01-01", "Kishinev", "romania"),
        ("europe", "1921-06-01", "Dublin", "britain"),
        ("europe", "1923-06-01", "Dublin", "ireland"),
        ("europe", "1921-06-01", "Wilno", "central_lithuania"),
        ("europe", "1926-01-01", "Wilno", "poland"),
        ("eurasia", "1922-01-01", "Chita", "far_east_rep"),
        ("eurasia", "1926-01-01", "Chita", "ussr"),
        ("eurasia", "1926-01-01", "Delhi", "india"),
        ("far_east", "1926-01-01", "Mukden", "china"),
        ("far_east", "1931-10-01", "Mukden", "japan"),
        ("far_east", "1933-01-01", "Mukden", "manchukuo"),
        ("far_east", "1926-01-01", "Ulan Bator", ""),
    ],
)
def test_towns_lie_in_the_state_of_the_day(view: str, date: str, town: str, state: str) -> None:
    if town == "Ulan Bator":
        state = "mongolia"
        town = "Urga"
    assert Sheet(view, date, SIZE).state_at(*on(Sheet(view, date, SIZE), town)) == state


def test_the_sea_is_nobodys_but_its_shore_leads_to_the_land(europe: Sheet) -> None:
    assert europe.state_at(30, 200) == ""
    assert europe.state_at(-5, 10) == europe.state_at(10_000, 10) == ""
    x, y = on(europe, "Cannes")
    assert europe.plate.area_at(x + 2, y + 5) == ""
    assert europe.state_at(x + 2, y + 5, 8) == "france"
    assert europe.state_at(x + 2, y + 5, 0) == ""


def test_maps_of_one_epoch_are_equal_and_those_of_another_are_not() -> None:
    known = atlas()
    assert known.epoch("1926-01-01") == known.epoch("1926-12-01")
    assert known.epoch("1931-09-17") < known.epoch("1931-09-18")
    assert known.owner("manchuria", "1900-01-01") == "china"


# Painting


def test_a_sheet_shows_something_at_once_and_more_when_it_is_finished() -> None:
    sheet.forget()
    shown = Sheet("far_east", "1926-01-01", SIZE)
    assert not shown.done
    plain = shown.surface.copy()
    assert colour(shown, *on(shown, "Irkutsk")) == UNION
    steps = 0
    while not shown.paint_some(0):
        steps += 1
        assert steps < 200
    assert steps > 4, "it is painted in slices"
    assert shown.surface.get_buffer().raw != plain.get_buffer().raw
    assert shown.paint_some(0)


@pytest.mark.parametrize("view", VIEWS)
def test_painting_is_the_same_every_time(view: str) -> None:
    first = Sheet(view, "1923-02-01", (416, 250)).finish().get_buffer().raw
    sheet.forget()
    assert Sheet(view, "1923-02-01", (416, 250)).finish().get_buffer().raw == first
    Sheet(view, "1923-02-01", (416, 250), {"germany": 4, "china": 0}).finish()
    assert Sheet(view, "1923-02-01", (416, 250)).finish().get_buffer().raw == first, "a lens leaves no trace"


def test_the_union_is_the_one_saturated_area_and_frontiers_have_bands(europe: Sheet) -> None:
    x, y = on(europe, "Kharkov")
    assert colour(europe, x, y + 12) == UNION
    assert colour(europe, 100, 60) == SEA or colour(europe, 104, 66) == SEA
    x, y = on(europe, "Minsk")
    reds = [colour(europe, u, y) for u in range(x - 60, x)]
    assert any(red > 170 and green < 95 for red, green, _ in reds), "a stronger red inside the frontier"


def test_under_a_lens_fills_tell_the_level() -> None:
    levels = {"germany": 4, "france": 0, "italy": 2}
    shown = Sheet("europe", "1926-01-01", SIZE, levels)
    shown.finish()
    for town, wanted in (("Munich", LEVELS[4]), ("Rome", LEVELS[2]), ("Kharkov", UNION)):
        x, y = on(shown, town)
        assert colour(shown, x + 7, y - 7) == wanted, town
    x, y = shown.plate.placing.at(*shown.plate.view.grid(2.4, 46.9))
    assert colour(shown, round(x), round(y)) == LEVELS[0]
    x, y = shown.plate.placing.at(*shown.plate.view.grid(-4.5, 39.0))
    assert colour(shown, round(x), round(y)) == OTHERS


def test_the_ruhr_is_hatched_while_it_is_occupied() -> None:
    def hatched(date: str) -> int:
        plate = Sheet("europe", date, SIZE).plate
        lines = plate.layers(date).lines.whole()
        x, y = (each * 2 for each in plate.placing.at(*plate.view.grid(7.2, 51.4)))
        near = [(round(x) + u, round(y) + v) for u in range(-20, 21) for v in range(-20, 21)]
        return sum(lines.get_at_mapped(each) == HATCH for each in near)

    assert hatched("1922-12-01") == hatched("1925-09-01") == 0
    assert hatched("1923-06-01") > 20


def test_the_selected_country_gets_an_ochre_outline(europe: Sheet) -> None:
    def ochre(surface: pygame.Surface) -> int:
        return sum(
            surface.get_at((x, y))[:3] == OCHRE for x in range(200, 420, 2) for y in range(150, 320, 2)
        )

    surface = europe.surface.copy()
    assert ochre(surface) == 0
    legend.outline(surface, europe.plate, "1926-01-01", states_of(["germany"]))
    assert ochre(surface) > 100
    untouched = europe.surface.copy()
    legend.outline(untouched, europe.plate, "1926-01-01", states_of(["usa", "japan"]))
    assert untouched.get_buffer().raw == europe.surface.get_buffer().raw


def test_names_stay_off_what_is_taken(europe: Sheet) -> None:
    surface = europe.surface.copy()
    taken = [pygame.Rect(300, 200, 200, 120)]
    written = legend.names(surface, europe.plate, "1926-01-01", ["germany", "france"], taken)
    assert len(written) > 8
    assert all(rect.collidelist(taken) < 0 for rect in written)
    assert surface.get_buffer().raw != europe.surface.get_buffer().raw


def test_a_sheet_of_another_shape_is_covered_to_its_edges() -> None:
    for size in ((1392, 499), (400, 499)):
        shown = Sheet("eurasia", "1926-01-01", size)
        shown.finish()
        assert shown.surface.get_size() == size
        assert shown.state_at(size[0] / 2, size[1] / 2) == "ussr"


# Tags


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("type_scale", [1.0, 1.3])
def test_tags_cover_neither_each_other_nor_what_is_in_the_way(view: str, type_scale: float) -> None:
    plate = Sheet(view, "1926-01-01", SIZE).plate
    avoid = [pygame.Rect(24, 80, 282, 28), pygame.Rect(506, 536, 336, 30), pygame.Rect(30, 422, 252, 136)]
    placed = tags.place(plate, MARKS, 1.0, type_scale, (16, 72), avoid)
    assert [tag.mark for tag in placed] == MARKS
    area = pygame.Rect(16, 72, *SIZE)
    for at, tag in enumerate(placed):
        assert area.contains(tag.rect), tag.mark.country
        others = [other.rect for other in placed[at + 1 :]]
        assert tag.rect.collidelist(others) < 0, tag.mark.country
        assert tag.rect.collidelist(avoid) < 0, tag.mark.country


def test_what_lies_off_the_sheet_points_to_its_side(europe: Sheet) -> None:
    sides = {tag.mark.country: tag.side for tag in tags.place(europe.plate, MARKS, 1.0)}
    assert sides["usa"] == "left"
    assert {sides[each] for each in ("japan", "china", "mongolia", "kuomintang", "afghanistan")} == {"right"}
    assert sides["germany"] == sides["turkey"] == ""
    eastern = {
        tag.mark.country: tag.side
        for tag in tags.place(Sheet("far_east", "1926-01-01", SIZE).plate, MARKS, 1.0)
    }
    assert eastern["britain"] == eastern["turkey"] == "left"
    assert eastern["usa"] == "right"
    assert eastern["china"] == eastern["kuomintang"] == eastern["japan"] == ""


def test_tags_stay_where_they_are_when_figures_change(europe: Sheet) -> None:
    changed = [tags.Mark(each.country, each.name, "41", "down", "bad", True) for each in MARKS]
    before, after = (tags.place(europe.plate, each, 1.0) for each in (MARKS, changed))
    assert [tag.rect for tag in before] == [tag.rect for tag in after]


def test_a_tag_lies_near_its_country(europe: Sheet) -> None:
    for tag in tags.place(europe.plate, MARKS, 1.0):
        if not tag.side:
            assert abs(tag.rect.centerx - tag.anchor[0]) < 90 and abs(tag.rect.centery - tag.anchor[1]) < 70
            assert country_of(europe.state_at(*tag.anchor)) == tag.mark.country


def test_an_ochre_bar_marks_recognition_and_a_tag_can_be_hit(europe: Sheet) -> None:
    marks = [tags.Mark("germany", "Germany", "41", "up", "good", True), tags.Mark("usa", "U.S.A.", "22")]
    surface = europe.surface.copy()
    placed = tags.place(europe.plate, marks, 1.0)
    tags.paint(surface, placed, 1.0)
    german = placed[0].rect
    row = [surface.get_at((x, german.bottom - 4))[:3] for x in range(german.left + 4, german.right - 4)]
    assert set(row) == {OCHRE}
    assert tags.hit(placed, *german.center) == "germany"
    assert tags.hit(placed, *placed[1].rect.center) == "usa"
    assert tags.hit(placed, 400, 480) == ""


def test_unknown_countries_have_no_tag(europe: Sheet) -> None:
    assert tags.place(europe.plate, [tags.Mark("utopia", "Utopia", "1")], 1.0) == ()


def test_colours_mix() -> None:
    assert mix((0, 0, 0), (100, 200, 50), 0.5) == (50, 100, 25)


def test_under_a_lens_the_union_and_its_clients_keep_their_tints_unless_they_have_a_level() -> None:
    for levels, wanted in (({"germany": 4}, atlas().tint("mongolia")[0]), ({"mongolia": 1}, LEVELS[1])):
        shown = Sheet("far_east", "1926-01-01", SIZE, levels)
        shown.finish()
        x, y = on(shown, "Urga")
        assert colour(shown, x - 25, y + 14) == wanted


def test_shipped_files_are_read_as_bytes() -> None:
    assert asset("map/interwar.json").startswith(b"{")
    with pytest.raises(FileNotFoundError):
        asset("map/nowhere.json")
