"""Do the screens offer the whole game?  Trees by role and name, no window and no pixel."""

from __future__ import annotations

import subprocess
import sys

import pytest

from game.play.session import Session
from game.views.screens.countries import level
from game.views.screens.desk import Course, Span, free_move
from game.views.screens.reckoning import Reckoning
from game.views.screens.stage import Stage
from game.views.screens.tone import tone
from game.views.screens.tree import BACK, Act, Element, Role, outline
from tests.views.small_game import small_program


@pytest.fixture
def stage() -> Stage:
    """A stage whose scenario has been read."""
    made = Stage()
    made.loaded(small_program())
    return made


def press(stage: Stage, role: str, name: str) -> None:
    """Pick an element if it can be picked, then press it."""
    element = stage.top.find(role, name)
    if element.pick is not None:
        stage.perform(element.pick)
        element = stage.top.find(role, name)
    assert element.press is not None, f"{role} '{name}' cannot be pressed"
    stage.perform(element.press)


def begin(stage: Stage) -> None:
    """Begin, and answer the first question."""
    press(stage, "button", "New game")
    press(stage, "option", "Go and talk to everyone")
    press(stage, "button", "Go on")


def at_desk(stage: Stage) -> Element:
    assert stage.top.id == "desk"
    return stage.top


def test_the_screens_need_no_pygame() -> None:
    code = "import sys, game.views.screens.stage; assert 'pygame' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=".")


def test_the_title_is_there_before_the_scenario() -> None:
    stage = Stage()
    title = stage.top
    assert title.find("button", "New game").disabled
    stage.perform(Act("begin"))
    assert stage.session is None
    stage.loaded(small_program())
    assert stage.top.find("heading", "A small pause")
    assert not stage.top.find("button", "New game").disabled


def test_a_seed_can_be_chosen_for_open_fate_only(stage: Stage) -> None:
    press(stage, "button", "Choose a game")
    assert stage.top.find("field", "Seed").disabled
    press(stage, "tab", "Open")
    for digit in "427":
        stage.perform(Act("digit", digit))
    stage.perform(Act("digit", BACK))
    more = stage.top.find("field", "Seed").more
    assert more is not None
    stage.perform(more)
    assert stage.top.find("field", "Seed").value == "43"
    press(stage, "button", "Begin")
    assert stage.session is not None
    assert (stage.session.state.seed, stage.session.state.fate) == (43, "open")


def test_a_new_game_lays_its_first_question_on_the_desk(stage: Stage) -> None:
    press(stage, "button", "New game")
    card = stage.top
    assert (card.role, card.name) == (Role.DIALOG, "An invitation to Genoa")
    choices = card.find("list", "Choices").children
    assert [each.key for each in choices] == ["1", "2", "3"]
    assert "certain: Recognition +4" in choices[0].value
    assert choices[1].disabled == "Needs Gold at least 500 (now 100)."
    assert "50 in 100: They are offended" in choices[2].value


def test_a_choice_is_picked_before_it_is_taken(stage: Stage) -> None:
    press(stage, "button", "New game")
    option = stage.top.find("option", "Stay away")
    assert option.pick is not None
    stage.perform(option.pick)
    assert stage.session is not None
    assert stage.session.place == "question"
    assert stage.top.find("option", "Stay away").selected
    assert not stage.top.find("option", "Go and talk to everyone").selected


def test_a_closed_choice_says_why_and_changes_nothing(stage: Stage) -> None:
    press(stage, "button", "New game")
    stage.perform(Act("choose", "pay"))
    assert stage.notice == "Needs Gold at least 500 (now 100)."
    assert stage.top.find("list", "Choices")


def test_an_answer_is_told_with_its_causes(stage: Stage) -> None:
    press(stage, "button", "New game")
    press(stage, "option", "Go and talk to everyone")
    told = stage.top.find("list", "What came of it")
    assert told.value == "Go and talk to everyone"
    assert (told.children[0].name, told.children[0].value) == ("Recognition", "+4")
    assert told.children[0].description == "Moscow's delegates behaved like any others."
    press(stage, "button", "Go on")
    assert stage.top.id == "desk"


def test_what_an_answer_cost_in_lives_is_said_with_it(stage: Stage) -> None:
    press(stage, "button", "New game")
    assert stage.top.get("card.toll") is None
    press(stage, "option", "Stay away")
    assert stage.top["card.toll"].name == "Nobody died of it."


def test_sources_and_disputes_are_one_key_away(stage: Stage) -> None:
    press(stage, "button", "New game")
    opener = stage.top.at_key("S")
    assert opener is not None and opener.press is not None
    stage.perform(opener.press)
    notes = stage.top.find("group", "Sources and disputes")
    assert {each.value: each.name for each in notes.children}["Disputed"].startswith("Who asked whom")
    assert [each.name for each in notes.children if each.value == "Source"] == [
        "Jon Jacobson, a book of 1994. A scholar's monograph.", "Encyclopædia Britannica, on Lenin.",
    ]  # fmt: skip
    stage.back()
    assert stage.top.find("button", "Sources")


def test_escape_never_decides(stage: Stage) -> None:
    press(stage, "button", "New game")
    stage.back()
    assert at_desk(stage).find("item", "An invitation to Genoa").value == "decide"
    stage.back()
    assert stage.top.name == "Menu"
    stage.back()
    press(stage, "button", "End quarter")
    assert stage.top.name == "An invitation to Genoa"
    assert "must be answered" in stage.notice
    assert stage.session is not None
    assert (stage.session.turn, stage.session.place) == (1, "question")


def test_news_wait_in_the_list_until_they_are_read(stage: Stage) -> None:
    begin(stage)
    dispatches = at_desk(stage).find("list", "Dispatches")
    assert [each.value for each in dispatches.children] == ["answered: Go and talk to everyone", "new"]
    press(stage, "item", "Grain ships at Novorossiysk")
    assert stage.top.find("list", "What it changed").children[0].name == "Britain: relations"
    press(stage, "button", "Go on")
    assert at_desk(stage).find("item", "Grain ships at Novorossiysk").value == "read"


def test_the_desk_names_every_part(stage: Stage) -> None:
    begin(stage)
    desk = at_desk(stage)
    assert desk.name == "A small pause: Winter 1922, turn 1 of 4"
    assert [each.name for each in desk.find("map", "Countries").children] == [
        "Britain", "Germany", "Japan", "Turkey",
    ]  # fmt: skip
    assert [each.name for each in desk.find("list", "State of the Republic").children] == [
        "Trade", "Recognition", "Security", "Revolution abroad", "Standing in the Politburo", "Gold",
    ]  # fmt: skip
    assert desk.find("item", "two governments on good terms, by winter").value == "not yet met"
    assert desk.find("slider", "Balance").value == "Narkomindel 60, Comintern 40"
    keys = [each.key for each in desk.walk() if each.key]
    assert len(keys) == len(set(keys))


def test_everything_that_can_be_pressed_has_a_verb(stage: Stage) -> None:
    begin(stage)
    for act in (Act("menu"), Act("help"), Act("why", "trade"), Act("orders", "germany"), Act("quarter", "1")):
        stage.perform(act)
        for tree in stage.trees():
            for element in tree.walk():
                for each in (element.pick, element.press, element.less, element.more, element.explain):
                    assert each is None or stage.knows(each.verb)
        stage.dialogs.clear()
        stage.changed()


def test_ids_are_unique_on_every_screen(stage: Stage) -> None:
    begin(stage)
    for act in (
        Act("menu"),
        Act("help"),
        Act("why", "trade"),
        Act("orders", "germany"),
        Act("country", "japan"),
    ):
        stage.perform(act)
        for tree in stage.trees():
            ids = [each.id for each in tree.walk() if each.id]
            assert len(ids) == len(set(ids)), tree.id


def test_a_lens_shows_its_number_and_class(stage: Stage) -> None:
    begin(stage)
    press(stage, "tab", "Suspicion")
    desk = at_desk(stage)
    assert desk.find("item", "Britain").value == "suspicion 65"
    assert desk.find("tab", "Suspicion").selected
    seen = stage.seen.countries
    assert level(seen["britain"].values["suspicion"]) < level(seen["germany"].values["suspicion"])


def test_a_country_has_a_dossier_and_orders(stage: Stage) -> None:
    begin(stage)
    germany = at_desk(stage).find("item", "Germany")
    assert germany.pick is not None
    stage.perform(germany.pick)
    dossier = at_desk(stage)["dossier"]
    assert dossier.name == "Germany"
    assert dossier.find("value", "Communist party").value == "60, 0"
    press(stage, "button", "Orders")
    assert stage.top.name == "Orders: Germany"


def test_an_order_is_looked_at_given_and_taken_back(stage: Stage) -> None:
    begin(stage)
    press(stage, "item", "Germany")
    offer = stage.top.find("item", "Trade talks")
    assert offer.value == "2 means, 5 gold"
    assert offer.pick is not None
    stage.perform(offer.pick)
    sheet = stage.top["sheet"]
    assert [each.value for each in sheet.children if each.id.startswith("sheet.likely")] == [
        "60 in 100",
        "40 in 100",
    ]
    press(stage, "button", "Give the order")
    assert stage.top.find("list", "Narkomindel").value == "5 of 7 means left"
    assert stage.top.find("item", "Trade talks: Germany")
    press(stage, "button", "Take it back")
    assert stage.top.find("list", "Given this turn").value == "0"


def test_a_refusal_is_said_in_words(stage: Stage) -> None:
    begin(stage)
    press(stage, "item", "Britain")
    talks = stage.top.find("item", "Recognition talks")
    assert talks.disabled == "Needs Britain: relations at least 0 (now −17)."
    assert talks.pick is not None
    stage.perform(talks.pick)
    give = stage.top.find("button", "Give the order")
    assert give.disabled == talks.disabled


def test_orders_without_a_country_are_there_too(stage: Stage) -> None:
    begin(stage)
    press(stage, "list", "Orders")
    assert stage.top.name == "Orders: No country"
    press(stage, "item", "Cover tracks")
    assert stage.session is not None
    assert [str(each) for each in stage.session.orders["comintern"]] == ["cover-tracks"]
    target = stage.top.find("item", "Japan")
    assert target.pick is not None
    stage.perform(target.pick)
    assert stage.top.name == "Orders: Japan"


def test_the_balance_moves_within_its_ends_and_tells_what_it_costs(stage: Stage) -> None:
    begin(stage)
    stage.perform(Act("set", "balance", 500))
    slider = at_desk(stage).find("slider", "Balance")
    assert slider.value == "Narkomindel 80, Comintern 20"
    assert slider.of(Course).free == 20
    press(stage, "list", "Orders")
    press(stage, "item", "Cover tracks")
    stage.back()
    for target in ("germany", "turkey", "japan"):
        stage.perform(Act("give", f"trade-talks -> {target}"))
    stage.perform(Act("set", "balance", -500))
    assert "no longer pays for" in stage.notice


def test_the_free_move_is_read_from_the_rules() -> None:
    assert free_move(small_program().scenario, "balance") == 20
    assert free_move(small_program().scenario, "gold") == 0


def test_the_outlook_gives_directions_only(stage: Stage) -> None:
    begin(stage)
    outlook = at_desk(stage).find("slider", "Balance").of(Course).outlook
    assert {each.label: each.direction for each in outlook}["Trade"] == "up"
    assert all(each.shown == "" for each in outlook)
    assert stage.session is not None
    assert stage.session.turn == 1 and stage.session.place == "orders"


def test_why_leads_from_a_number_to_a_decision_and_a_line(stage: Stage) -> None:
    begin(stage)
    press(stage, "value", "Recognition")
    assert stage.top.name == "Why Recognition is 14"
    cause = stage.top.find("list", "Causes").children[0]
    assert (cause.value, cause.name) == ("+4", "Moscow's delegates behaved like any others.")
    thread = [each.name for each in stage.top["thread"].children]
    assert thread[0] == cause.name
    assert "Decided in Winter 1922: An invitation to Genoa: Go and talk to everyone." in thread
    assert any("small.yaml:" in each for each in thread)
    assert "Sources: Jon Jacobson, a book of 1994.; Encyclopædia Britannica, on Lenin." in thread


def test_the_end_of_a_turn_tells_the_heaviest_first(stage: Stage) -> None:
    begin(stage)
    press(stage, "button", "End quarter")
    ledger = stage.top
    assert ledger.name == "End of Winter 1922"
    rows = ledger.find("list", "What changed, and why").children
    assert (rows[0].name, rows[0].value) == ("Recognition", "10 to 14, +4")
    deltas = [
        abs(int(each.value.rpartition(" ")[2].replace("−", "-"))) for each in rows if "Gold" not in each.name
    ]
    assert deltas == sorted(deltas, reverse=True)
    assert ledger.find("item", "An invitation to Genoa").value == "Go and talk to everyone"
    press(stage, "item", "Trade")
    assert stage.top.name.startswith("Why Trade is")
    stage.back()
    stage.back()
    assert stage.session is not None
    assert stage.session.turn == 2


def test_the_shown_changes_add_up_to_the_shown_values(stage: Stage) -> None:
    begin(stage)
    session = stage.session
    assert session is not None
    start = {each.id: session.value(each.id) for each in session.program.scenario.variables if each.score}
    start["recognition"] -= 4
    press(stage, "button", "End quarter")
    for row in stage.top.find("list", "What changed, and why").children:
        before, _, rest = row.value.partition(" to ")
        slot = row.id.removeprefix("moved.")
        if slot in start:
            assert int(before) == start[slot]
            assert int(rest.partition(",")[0]) == session.value(slot)


def test_a_past_turn_can_be_looked_up_from_the_timeline(stage: Stage) -> None:
    begin(stage)
    press(stage, "button", "End quarter")
    stage.back()
    if stage.top.id == "card":
        stage.back()
    timeline = at_desk(stage).find("list", "Timeline")
    assert timeline.of(Span).years == ((1922, 1),)
    press(stage, "item", "Winter 1922")
    assert stage.top.name == "Ledger of Winter 1922"
    assert stage.top.find("button", "Earlier").disabled
    stage.back()
    assert stage.top.id == "desk"


def play_to_the_end(stage: Stage) -> None:
    """First open choice, no orders."""
    for _ in range(60):
        top = stage.top
        if stage.top.id == "reckoning":
            return
        if top.id == "card" and (choices := top.get("choices")) is not None:
            option = next(each for each in choices.children if not each.disabled)
            press(stage, "option", option.name)
        elif top.id == "desk":
            press(stage, "button", "End quarter")
        else:
            stage.back()
    raise AssertionError("the game does not end")


def test_a_whole_game_ends_in_the_reckoning(stage: Stage) -> None:
    press(stage, "button", "New game")
    play_to_the_end(stage)
    end = stage.top
    assert end.find("heading", "The pause was used")
    assert end.find("value", "Trade").value == "24, history 30"
    assert end.find("value", "Trade").description == "Less trade than history saw."
    told = end.of(Reckoning)
    assert [bar.name for bar in told.bars] == ["Turkey", "Germany", "Britain", "Japan"]
    assert any(each.title == "An invitation to Genoa" and each.historical for each in told.weighed)
    press(stage, "button", "Read the chronicle")
    assert stage.top.name == "Ledger of Autumn 1922"
    press(stage, "button", "Earlier")
    assert stage.top.name == "Ledger of Summer 1922"
    press(stage, "item", "A letter from Angora")
    assert stage.top.name == "A letter from Angora"


def test_the_stage_plays_exactly_what_the_session_plays(stage: Stage) -> None:
    press(stage, "button", "New game")
    play_to_the_end(stage)
    session = Session(small_program())
    while session.place != "over":
        match session.place:
            case "opening":
                session.open()
            case "question":
                question = session.observe().question
                assert question is not None
                session.answer(next(each.id for each in question.options if not each.refusal))
            case _:
                session.close()
    assert stage.session is not None
    assert stage.session.state.digest() == session.state.digest()


def test_text_size_and_motion_are_settings(stage: Stage) -> None:
    press(stage, "button", "Settings")
    press(stage, "tab", "130 %")
    press(stage, "tab", "Reduced")
    assert (stage.setup.text_size, stage.setup.still) == (130, True)


def test_tones_follow_the_meaning_not_the_sign() -> None:
    assert tone("trade", 3) == "good"
    assert tone("britain.suspicion", 3) == "bad"
    assert tone("britain.suspicion", -3) == "good"
    assert tone("balance", -3) == "even"
    assert tone("gold", 0) == "even"


def test_the_outline_reads_as_text(stage: Stage) -> None:
    lines = list(outline(stage.top))
    assert lines[0] == "screen “A small pause”"
    assert "  button “New game” [N]" in lines


def test_focus_marks_one_element_only(stage: Stage) -> None:
    marked = stage.top.focusing("begin")
    assert [each.id for each in marked.walk() if each.focused] == ["begin"]
    assert stage.top.focusing("nowhere") is stage.top


def test_a_reckoned_value_names_what_it_is_made_of(stage: Stage) -> None:
    begin(stage)
    stage.perform(Act("why", "means_in_all"))
    causes = stage.top.find("list", "Causes")
    assert "reckoned anew" in causes.description
    part = causes.children[0]
    assert (part.name, part.value) == ("Standing in the Politburo", "50")
    assert part.press is not None
    stage.perform(part.press)
    assert stage.top.name == "Why Standing in the Politburo is 50"
