"""Are the documents right?  Examples load, commands exist, links lead somewhere, made pages are fresh."""

from __future__ import annotations

import io
import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from game import cli
from game.compiler.assembly import SECTIONS
from game.compiler.limits import LARGEST_FILE, MOST_BYTES, MOST_FILES
from game.compiler.load import examine, load
from game.compiler.names import FUNCTIONS
from game.compiler.policies import AHEAD_KEYS, CHOICE_KEYS, KEYS, ORDER_KEYS, parse_policy
from game.compiler.problems import ADVICE, CODES, Problem
from game.compiler.reader import MOST
from game.compiler.reference import ORDER, reference
from game.play.running import Runner
from game.play.script import read_script
from game.rules.building import interpret
from game.rules.scenario import Scenario

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
ALL_PAGES = [*PAGES, *ROOT.glob("README.md")]
KINDS = ("scenario", "fragment", "translation", "playthrough", "lesson", "fault", "policy")
_BLOCK = re.compile(r"^```(\w+)[ ]?(.*?)\n(.*?)^```$", re.M | re.S)
_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Example:
    """A code block of a page: its language, what stands behind that, its text, and the heading above."""

    page: str
    line: int
    language: str
    kind: str
    text: str
    heading: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def examples(page: Path) -> Iterator[Example]:
    """The code blocks of a page."""
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        above = text[: found.start()]
        headings = re.findall(r"^#+ (.*)$", above, re.M)
        yield Example(page.name, above.count("\n") + 1, found[1], found[2], found[3], headings[-1])


EXAMPLES = [each for page in PAGES for each in examples(page)]


def of(language: str, kind: str = "") -> list[Example]:
    """The examples of a language and kind."""
    return [each for each in EXAMPLES if each.language == language and each.kind == kind]


FRAME = next(each for each in of("yaml", "scenario") if "id: frame" in each.text)


@pytest.fixture
def frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The frame of the examples on a shelf of its own; returns the shelf."""
    shelf = tmp_path / "shelf"
    (shelf / "frame").mkdir(parents=True)
    (shelf / "frame" / "frame.yaml").write_text(FRAME.text, encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(shelf))
    return shelf


def problems_of(name: Path | str) -> tuple[Scenario | None, list[Problem]]:
    """A scenario with what is wrong with it, overriding and what an example leaves untranslated left out."""
    scenario, problems, _ = examine(str(name))
    return scenario, [each for each in problems if each.severity != "note" and each.code != "W606"]


def named(example: Example) -> str:
    """The name of a test for an example."""
    return str(example)


def test_every_yaml_example_says_what_it_is() -> None:
    assert [str(each) for each in EXAMPLES if each.language == "yaml" and each.kind not in KINDS] == []
    assert len(of("yaml", "fragment")) > 10


@pytest.mark.parametrize("example", of("yaml", "scenario"), ids=named)
def test_a_whole_scenario_in_the_documents_loads(example: Example, tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(example.text, encoding="utf-8")
    scenario, problems = problems_of(tmp_path / "scenario.yaml")
    assert problems == []
    assert scenario is not None and interpret(scenario)


@pytest.mark.parametrize(
    "example", [each for each in of("yaml", "lesson") if each.page != "authoring.md"], ids=named
)
def test_a_lesson_in_the_documents_loads(example: Example, tmp_path: Path) -> None:
    (tmp_path / "lesson.yaml").write_text(example.text, encoding="utf-8")
    scenario, problems = problems_of(tmp_path / "lesson.yaml")
    assert problems == []
    assert scenario is not None and interpret(scenario)


@pytest.mark.parametrize("example", of("yaml", "fragment"), ids=named)
def test_a_fragment_in_the_documents_loads_in_its_frame(example: Example, frame: Path) -> None:
    file = frame / "fragment.yaml"
    file.write_text("id: fragment\nextends: frame\n" + example.text, encoding="utf-8")
    scenario, problems = problems_of(file)
    assert problems == []
    assert scenario is not None and interpret(scenario)


@pytest.mark.parametrize("example", of("yaml", "translation"), ids=named)
def test_a_translation_in_the_documents_fits_the_frame(example: Example, frame: Path) -> None:
    (frame / "frame" / "ru.yaml").write_text(example.text, encoding="utf-8")
    scenario, problems = problems_of("frame")
    assert problems == []
    assert scenario is not None and scenario.languages == ("en", "ru")


@pytest.mark.parametrize(
    "example", [each for each in of("yaml", "playthrough") if "scenario: frame" in each.text], ids=named
)
def test_a_playthrough_in_the_documents_goes_as_it_expects(example: Example, frame: Path) -> None:
    file = frame / "playthrough.yaml"
    file.write_text(example.text, encoding="utf-8")
    scenario, _ = problems_of("frame")
    assert scenario is not None
    assert [str(each) for each in Runner(interpret(scenario), read_script(file)).run().failures] == []


@pytest.mark.parametrize("example", of("yaml", "policy"), ids=named)
def test_a_policy_in_the_documents_fits_its_scenario(example: Example) -> None:
    keys = dict(re.findall(r"^(policy|scenario): (.*)$", example.text, re.M))
    policy, problems = parse_policy(example.text.encode(), f"{keys['policy']}.yaml", load(keys["scenario"]))
    assert problems == []
    assert policy is not None and policy.choices and policy.orders


def test_the_page_on_policies_has_every_field_and_no_other() -> None:
    page = (ROOT / "docs" / "headless.md").read_text(encoding="utf-8")
    tables = page.partition("## Policies\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]*) \|", tables, re.M))))
    assert told == {*KEYS, *CHOICE_KEYS, *ORDER_KEYS, *AHEAD_KEYS}


@pytest.mark.parametrize("example", of("yaml", "fault"), ids=named)
def test_a_fault_in_the_documents_gives_the_message_above_it(example: Example, frame: Path) -> None:
    code, _, message = example.heading.partition(": ")
    file = frame / "fault.yaml"
    file.write_text("id: fault\nextends: frame\n" + example.text, encoding="utf-8")
    _, problems = problems_of(file)
    shown = [(each.code, f"{each.message} (did you mean {each.hint!r}?)") for each in problems if each.hint]
    found = [(each.code, each.message) for each in problems] + shown
    assert (code, message.replace("`", "")) in found, found


@pytest.mark.parametrize("example", of("python"), ids=named)
def test_python_in_the_documents_runs(example: Example) -> None:
    exec(compile(example.text, str(example), "exec"), {})


def test_the_first_hour_goes_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PEREDYSHKA_SCENARIOS", raising=False)
    monkeypatch.chdir(tmp_path)
    lesson = tmp_path / "lessons" / "herring-1921"
    (lesson / "playthroughs").mkdir(parents=True)
    steps = 0
    for each in EXAMPLES:
        if each.page != "authoring.md":
            continue
        if each.kind == "lesson":
            (lesson / "lesson.yaml").write_text(each.text, encoding="utf-8")
            assert problems_of(lesson)[1] == [], each
        elif each.kind == "playthrough":
            (lesson / "playthroughs" / "buy.yaml").write_text(each.text, encoding="utf-8")
        elif each.language == "console":
            wanted, said = [], []
            for line in each.text.splitlines():
                if line.startswith("$ "):
                    monkeypatch.setattr("sys.stdin", io.StringIO("end\n1\nquit\n"))
                    cli.main(line.removeprefix("$ python3 main.py ").split())
                    out, err = capsys.readouterr()
                    said += (err + out).splitlines()
                    steps += 1
                else:
                    wanted.append(line)
            pattern = ".*".join(re.escape(part) for part in "\n".join(wanted).split("…"))
            assert re.fullmatch(pattern, "\n".join(said), re.S), f"{each} says\n" + "\n".join(said)
    assert steps >= 5


def commands() -> Iterator[tuple[str, str]]:
    """Every call of the program that a page shows, in a block or in a line."""
    for page in ALL_PAGES:
        text = page.read_text(encoding="utf-8")
        for found in re.finditer(r"python3 main\.py([^`\n]*)", text):
            yield f"{page.name}:{text[: found.start()].count(chr(10)) + 1}", found[1].split(" #")[0].strip()


@pytest.mark.parametrize(("place", "call"), list(commands()))
def test_every_command_in_the_documents_exists(place: str, call: str) -> None:
    words = shlex.split(call)
    verbs = _verbs(cli._parser())
    if not words:
        return
    assert words[0] in verbs, f"{place}: {call}"
    if words[0] == "test":
        return
    options = {name for action in verbs[words[0]]._actions for name in action.option_strings}
    assert {each for each in words if each.startswith("-")} <= options, f"{place}: {call}"
    if len(words) > 1:
        verbs[words[0]].parse_args(words[1:])


def _verbs(parser: ArgumentParser) -> dict[str, ArgumentParser]:
    actions = [each for each in parser._actions if isinstance(each, _SubParsersAction)]
    return dict(actions[0].choices)


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.name)
def test_links_of_the_documents_lead_somewhere(page: Path) -> None:
    broken = []
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in _LINK.findall(text):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path) if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings get."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in found}


def test_the_field_reference_is_fresh() -> None:
    page = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")
    assert page == reference(), "make it again: python3 main.py docs --out docs/fields.md"


def test_the_field_reference_leaves_nothing_out() -> None:
    from game.compiler.reader import CLASSES
    from game.rules.block import Block

    inner = {"Block": Block} | {name: cls for name, cls in CLASSES.items() if name in ORDER}
    written = {
        name
        for name, cls in CLASSES.items()
        if any("form" in each.metadata for each in getattr(cls, "__dataclass_fields__", {}).values())
    }
    assert written - {"Scenario"} == set(inner)


def test_every_code_has_its_paragraph() -> None:
    page = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^## ([A-Z]\d{3}): (.*)$", page, re.M))
    assert told == CODES | ADVICE
    for code in told:
        paragraph = page.partition(f"## {code}: ")[2].partition("\n\n")[2].partition("\n\n")[0]
        assert len(paragraph) > 40 and not paragraph.startswith(("#", "```")), code


def test_a_code_that_a_few_lines_can_show_is_shown() -> None:
    shown = {each.heading.partition(": ")[0] for each in of("yaml", "fault")}
    elsewhere = {"S102", "S103", "E202", "W604", "W606"}
    """No file, no text, an expression too long to print, what a fragment cannot have."""
    assert set(CODES) - shown == elsewhere


def test_the_format_page_has_every_function() -> None:
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    assert {name for name in FUNCTIONS if f"`{name}(" not in page} == set()


def test_the_format_page_lists_the_sections() -> None:
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    assert " ".join(SECTIONS) in " ".join(page.split())


def test_the_format_page_has_the_limits_of_the_code() -> None:
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8").partition("## Limits")[2]
    megabytes = 1024 * 1024
    assert f"{MOST_BYTES // megabytes} MB, {MOST_FILES:,} files" in page
    assert f"{LARGEST_FILE // megabytes} MB" in page
    assert f"| {MOST['events']:,} |" in page
    assert f"| {MOST['countries']}, 10,000, 8 |" in page
    assert f"| {MOST['words']} |" in page
    assert f"| {MOST['choices']}, {MOST['results']} |" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_the_documents_name_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:game/|tests/|scenarios/|rules/|compiler/|play/|views/)[\w./-]*)`", text)
    gone = [each for each in paths if not any((base / each).exists() for base in (ROOT, ROOT / "game"))]
    modules = {file.name for file in (ROOT / "game").rglob("*.py")} | {"main.py"}
    assert gone + [each for each in re.findall(r"`(\w+\.py)`", text) if each not in modules] == []


def test_every_page_is_linked_from_another() -> None:
    texts = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
    lonely = [
        name for name in texts if not any(f"]({name}" in texts[other] for other in texts if other != name)
    ]
    assert lonely == []
