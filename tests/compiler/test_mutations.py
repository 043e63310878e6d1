"""Does the reader stand whatever is thrown at it?  Sound files changed at random, and noise."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from game.compiler.load import examine, load
from game.compiler.problems import CODES, ScenarioError, as_data, show
from game.compiler.source import Mapping, Node, Scalar, Sequence, plain, read
from game.play.inspection import inspect
from game.play.session import Session
from game.rules.building import interpret
from game.rules.events import asking
from tests.compiler.test_playthrough_files import SCENARIO, SOUND
from tests.small import REST, whole

SAMPLES = Path(__file__).resolve().parent / "samples"
EVERYTHING = (SAMPLES / "shelf" / "everything.yaml").read_text(encoding="utf-8")
TEXTS = [
    whole(SCENARIO),
    EVERYTHING,
    (SAMPLES / "shelf" / "base.yaml").read_text(encoding="utf-8"),
    (SAMPLES / "texts.yaml").read_text(encoding="utf-8"),
    (SAMPLES / "memory.yaml").read_text(encoding="utf-8"),
]
PIECES = st.sampled_from(
    ["", " ", "\n", "  ", ":", ": ", "'", '"', "{", "}", "[", "]", ",", "- ", "#", " #x", "|", "&a ", "*a", "!!str ",
     "~", "true", "no", "-5", "99999999999999", "é", "ж", "\u00a0", "\t", "\x00", "%", "@", "id: x", "gold",
     "remove: true", "extends: base", "language: ru", "each: country", "{set: 5}", "results: {a: {}}", "is: gold",
     "words: [a, b]", "then: {event: genoa, after: 0}", "{country}", "[[x]]", "when: 'open'", "britain.party", "(((",
     "if", "//", "past:", "calendar: {from: 1921-Q1, to: 1921-Q1}", "1921-Q9"]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 25), PIECES), min_size=1, max_size=6)


def changed(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with some pieces of it replaced by others."""
    for start, length, piece in edits:
        at = start % (len(text) + 1)
        text = text[:at] + piece + text[at + length :]
    return text


def held(data: bytes) -> None:
    """The one promise: a scenario that can be played, or problems that can be shown."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "s.yaml"
        path.write_bytes(data)
        scenario, problems, sources = examine(str(path))
        assert show(problems, sources) or not problems
        assert len(as_data(problems)) == len(problems)
        assert all(each.code in CODES and each.mark.line >= 1 and each.mark.column >= 1 for each in problems)
        for each in problems:
            assert each.mark.file != str(path) or each.mark.line <= len(sources.get(str(path), [""])) + 1
        if any(each.severity == "error" for each in problems):
            try:
                load(str(path))
            except ScenarioError as fault:
                assert fault.problems
            else:
                raise AssertionError("a scenario with errors was loaded")
        else:
            assert scenario is not None
            session = Session(interpret(scenario), 1, "open")
            for _ in range(3):
                if session.place != "over":
                    turn(session)


# A sound scenario with values in the wrong places: its YAML holds, so that what reads its tree is tried


def _leaves(node: Node, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    """Every node within a tree, with the way to it by numbers."""
    yield path, node
    match node:
        case Mapping(entries):
            for number, (_, value) in enumerate(entries):
                yield from _leaves(value, (*path, number))
        case Sequence(items):
            for number, item in enumerate(items):
                yield from _leaves(item, (*path, number))


def _replaced(node: Node, path: tuple[int, ...], new: Node, key: str | None) -> Node:
    """The tree with another node at the end of a way; with `key`, under that key."""
    if not path:
        return new
    number, *rest = path
    match node:
        case Mapping(entries):
            name, value = entries[number]
            if not rest and key is not None:
                name = Scalar(key, False, name.mark, False)
            changed_ = (name, _replaced(value, tuple(rest), new, key))
            return Mapping((*entries[:number], changed_, *entries[number + 1 :]), node.mark)
        case Sequence(items):
            item = _replaced(items[number], tuple(rest), new, key)
            return Sequence((*items[:number], item, *items[number + 1 :]), node.mark)
        case _:
            return new


def _written(node: Node) -> str:
    """A tree as YAML again, in brackets."""
    match node:
        case Scalar(text, quoted):
            bare = not quoted and re.fullmatch(r"[\w.+-][\w .+-]*|~?", text, re.ASCII) is not None
            return text if bare else json.dumps(text, ensure_ascii=False)
        case Sequence(items):
            return f"[{', '.join(map(_written, items))}]"
        case Mapping(entries):
            return "{" + ", ".join(f"{_written(key)}: {_written(value)}" for key, value in entries) + "}"


TREE, _ = read(EVERYTHING.encode(), "f")
assert TREE is not None
NODES = list(_leaves(TREE))
KEYS = sorted({key.text for _, node in NODES if isinstance(node, Mapping) for key, _ in node.entries})
HERE = TREE.mark
ODD = [Scalar(text, quoted, HERE, False) for quoted in (False, True) for text in (
    "", "~", "5", "-5", "0", "1000000000000", "true", "no", "country", "each", "target", "noted > 1", "gold", "genoa",
    "britain", "1922-Q2", "1922-04-10", "country.party > 5", "target.party", "each.party", "unspent('comintern')",
    "happened('genoa')", "'lenin'", "mood", "gold // standing", "{country} {target} {noted} {gold|a|b}", "[[x]]", "nep",
    "1.5", "()", "total(each.party)", "turns_since('talks', britain)", "lead('berlin')", "all", "narkomindel", "id",
)]  # fmt: skip
SWAPS = st.lists(
    st.tuples(
        st.sampled_from([path for path, _ in NODES if path]),
        st.one_of(st.sampled_from(ODD), st.sampled_from([node for _, node in NODES[1:]])),
        st.one_of(st.none(), st.none(), st.sampled_from(KEYS)),
    ),
    min_size=1,
    max_size=3,
)


@given(SWAPS)
def test_values_in_the_wrong_places_are_read_or_told_about(
    swaps: list[tuple[tuple[int, ...], Node, str | None]],
) -> None:
    tree: Node = TREE
    for path, new, key in swaps:
        with suppress(IndexError):
            tree = _replaced(tree, path, new, key)
    held(_written(tree).encode())


def test_the_tree_written_again_says_the_same() -> None:
    again, problems = read(_written(TREE).encode(), "f")
    assert problems == [] and again is not None
    assert plain(again) == plain(TREE)
    held(_written(TREE).encode())


def turn(session: Session) -> None:
    """A turn answered by the first choice that is open."""
    session.open()
    while session.place == "question":
        event, row = asking(session.program, session.state) or (None, None)
        assert event is not None and row is not None
        work = session.picture_now()
        session.answer(next(each.id for each in row.choices if work.holds(each.when)))
    session.close()


@given(st.sampled_from(TEXTS), EDITS)
def test_a_changed_scenario_is_read_or_told_about(text: str, edits: list[tuple[int, int, str]]) -> None:
    held(changed(text, edits).encode("utf-8", "surrogatepass"))


@given(
    st.lists(st.sampled_from([*REST.values(), *TEXTS[0].split("\n\n"), *TEXTS[1].split("\n")]), max_size=12)
)
def test_any_row_of_sections_and_lines_is_read_or_told_about(parts: list[str]) -> None:
    held("\n".join(parts).encode())


@given(st.binary(max_size=300))
def test_noise_is_told_about(data: bytes) -> None:
    held(data)


@given(st.text(alphabet=st.sampled_from("a1 :-{}[],'\"|>&*!%#?@`~\n\t\\<="), max_size=80))
def test_any_text_is_a_tree_or_problems(text: str) -> None:
    tree, problems = read(text.encode(), "f")
    assert tree is None or problems is not None
    assert all(each.code.startswith("S1") for each in problems)


@given(EDITS)
def test_a_changed_playthrough_is_read_or_told_about(edits: list[tuple[int, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.yaml"
        path.write_bytes(changed(SOUND, edits).encode("utf-8", "surrogatepass"))
        problems, sources = inspect(str(path))
        assert show(problems, sources) or not problems
