"""Is a file read as it stands, and is what cannot be read told by its place and its cure?"""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from game.compiler.problems import Problem
from game.compiler.source import (
    DEEPEST,
    LARGEST_FILE,
    MOST_NODES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    plain,
    read,
    whole_number,
    yes_or_no,
)
from game.compiler.spelling import MOST_FINDINGS, lines_of


def tree(text: str) -> Node:
    """The tree of a text in which nothing is wrong."""
    found, problems = read(text.encode(), "f")
    assert problems == [] and found is not None
    return found


def fault(data: str | bytes) -> Problem:
    """The first thing that is wrong; nothing is read then."""
    found, problems = read(data.encode() if isinstance(data, str) else data, "f")
    assert problems
    assert found is None
    return problems[0]


def told(problem: Problem) -> tuple[str, int, int]:
    """Its code, line and column."""
    return problem.code, problem.mark.line, problem.mark.column


def scalar(text: str) -> Scalar:
    """A value as it stands after a key."""
    found = tree(f"key: {text}\n")
    assert isinstance(found, Mapping)
    value = found.get("key")
    assert isinstance(value, Scalar)
    return value


# As it stands


def test_keys_and_scalars_keep_their_places() -> None:
    found = tree("a: 1\nb:\n  - c: 'two'\n    д: three four\n")
    assert isinstance(found, Mapping)
    (_, one), (key, listed) = found.entries
    assert (one.mark.line, one.mark.column, key.mark.line) == (1, 4, 2)
    assert isinstance(listed, Sequence) and isinstance(listed.items[0], Mapping)
    (_, two), (cyrillic, three) = listed.items[0].entries
    assert (two.mark.line, two.mark.column) == (3, 8)
    assert (cyrillic.text, three.mark.line, three.mark.column) == ("д", 4, 8)


@pytest.mark.parametrize(
    "text",
    ["no", "NO", "yes", "on", "Off", "12:30:45", "010", "0x1F", "0x_", "1_000", "1.10", "1922-04-16", ".nan", ".inf",
     "-.inf", "1e999", "0o17", "0b11", "+5", "null", "~", "<<", "=", "True"],
)  # fmt: skip
def test_what_yaml_would_turn_into_something_else_stays_text(text: str) -> None:
    value = scalar(text)
    assert (value.text, value.quoted) == (text, False)


@pytest.mark.parametrize("text", ["no", "on", "yes", "1922-04-16", "12:30", "null", "1.5", "true"])
def test_keys_stay_text_too(text: str) -> None:
    found = tree(f"{text}: value\n")
    assert isinstance(found, Mapping) and list(found.keys()) == [text]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5), ("-5", -5), ("+5", 5), ("0", 0), ("1000000000000", 10**12), ("010", None), ("1_000", None),
        ("0x1F", None), ("1.0", None), ("1e3", None), (".nan", None), (".inf", None), ("'5'", None), ("12:30", None),
        ("9" * 400, None),
        ("٣", None), ("--5", None), ("5 ", 5), ("1922-04-16", None),
    ],
)  # fmt: skip
def test_only_plain_digits_are_a_whole_number(text: str, number: int | None) -> None:
    assert whole_number(scalar(text)) == number


@pytest.mark.parametrize(
    ("text", "answer"), [("true", True), ("false", False), ("no", None), ("True", None), ("'true'", None)]
)
def test_only_true_and_false_are_flags(text: str, answer: bool | None) -> None:
    assert yes_or_no(scalar(text)) is answer


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    data = "\ufeffa: 1\r\nb: 'ж'\r\n".encode()
    found, problems = read(data, "f")
    assert problems == []
    assert found is not None and plain(found) == {"a": "1", "b": "ж"}
    assert isinstance(found, Mapping) and found.entries[0][0].mark.column == 1


def test_an_empty_file_holds_nothing_and_is_no_fault() -> None:
    for data in (b"", b"\n\n", b"# only a comment\n", b"---\n", b"\xef\xbb\xbf"):
        assert read(data, "f") == (None, [])


def test_lines_are_counted_as_editors_count_them() -> None:
    assert lines_of("a\r\nb\rc\nd\u2028e\x0cf") == ["a", "b", "c", "d\u2028e\x0cf"]


# Not UTF-8


RUSSIAN = "title: Генуя\ntext: Тридцать держав\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_wide_encodings_are_named(encoding: str) -> None:
    problem = fault(("id: genoa\n" + RUSSIAN).encode(encoding))
    assert told(problem) == ("S103", 1, 1)
    assert "save it as UTF-8" in problem.message


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "latin-1", "cp866"])
def test_narrow_encodings_are_told_with_the_line_and_column_of_the_first_strange_byte(encoding: str) -> None:
    text = "id: genoa\ntitle: Génes\n" if encoding == "latin-1" else "id: genoa\n" + RUSSIAN
    problem = fault(text.encode(encoding))
    assert told(problem) == ("S103", 2, 9 if encoding == "latin-1" else 8)
    assert "save the file as UTF-8" in problem.message


def test_a_file_cut_within_a_character_is_told_at_its_end() -> None:
    problem = fault("id: genoa\ntitle: Ген".encode()[:-1])
    assert told(problem) == ("S103", 2, 10)
    assert "it is cut" in problem.message


@pytest.mark.parametrize("data", [b"id: a\x00b\n", b"id: genoa\n" + b"\x00" * 4096, b"\x00" * 100_000])
def test_null_bytes_are_told_once_a_line(data: bytes) -> None:
    found, problems = read(data, "f")
    assert found is None and len(problems) == 1
    assert problems[0].code in ("S103", "S107")


# Characters that mislead


@pytest.mark.parametrize(
    ("text", "line", "column", "name"),
    [
        ("a:\n\tb: 1\n", 2, 1, "a tab in the indentation: use spaces"),
        ("a:\n  \tb: 1\n", 2, 3, "a tab in the indentation: use spaces"),
        ("a:\n\u00a0 b: 1\n", 2, 1, "no-break space (U+00A0)"),
        ("a\u200bb: 1\n", 1, 2, "zero width space (U+200B)"),
        ("\u3000a: 1\n", 1, 1, "ideographic space (U+3000)"),
        ("title\uff1a Genoa\n", 1, 6, "fullwidth colon (U+FF1A), no sign of YAML: write :"),
        ("title: \u201cGenoa\u201d\n", 1, 8, "left double quotation mark (U+201C), no sign of YAML: write \""),
        ("title: \u2018Genoa\u2019\n", 1, 8, "left single quotation mark (U+2018), no sign of YAML: write '"),
        ("- \u201eGenoa\u201c\n", 1, 3, "double low-9 quotation mark (U+201E)"),
        ("a: x\x07y\n", 1, 5, "control character (U+0007)"),
        ("a: x\x0cy\n", 1, 5, "control character (U+000C)"),
        ("a: x\x1b[31my\n", 1, 5, "control character (U+001B)"),
        ("a: x\x85y\n", 1, 5, "control character (U+0085)"),
        ("a: x\u2028y\n", 1, 5, "line separator (U+2028)"),
        ("a: x\ufffey\n", 1, 5, "(U+FFFE)"),
        ('a: "x\\0y"\n', 1, 4, "the control character U+0000"),
        ('a: "x\\ey"\n', 1, 4, "the control character U+001B"),
    ],
)  # fmt: skip
def test_a_misleading_character_is_pointed_at_by_name(text: str, line: int, column: int, name: str) -> None:
    _, problems = read(text.encode(), "f")
    assert [told(each) for each in problems] == [("S107", line, column)]
    assert name in problems[0].message


def test_typography_within_a_text_is_left_alone_and_hidden_characters_in_it_are_only_asked_about() -> None:
    assert tree("title: The “Genoa” delegates’ hotel — 1922\n")
    found, problems = read("title: 10\u00a0000 men\n".encode(), "f")
    assert found is not None
    assert [(each.code, each.severity) for each in problems] == [("S107", "warning")]


def test_no_more_than_a_hundred_misleading_characters_are_told_of_one_file() -> None:
    _, problems = read(("\u00a0a: 1\n" * 5_000).encode(), "f")
    assert len(problems) == MOST_FINDINGS


# Not YAML


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('id: a\ntitle: "Genoa\ntext: hello\n', 2, 8, "this quote is never closed"),
        ("id: a\ntitle: 'Genoa\ntext: hello\n", 2, 8, "this quote is never closed"),
        ('id: a\ntitle: "Genoa\ntext: "hello"\n', 2, 8, "this quote is closed only in line 3: is one missing here?"),
        ("id: a\nwhen: 'gold > 3\nlabel: 'Hello'\n", 2, 7, "this quote is closed only in line 3: is one missing here?"),
        ("a: {b: 1, c: 2\nd: 3\n", 1, 4, "this bracket is not closed; '}' or ',' is missing before line 2"),
        ("a: [b, c\nd: 3\n", 1, 4, "this bracket is not closed; ']' or ',' is missing before line 2"),
        ("title: Genoa: the talks\n", 1, 13, "this text holds ': '; put the whole text in quotes"),
        ("events:\n  - id: a\n    title: Genoa: the talks\n", 3, 17, "put the whole text in quotes"),
        ("title:Genoa\nid: x\n", 1, 1, "put a space after the colon"),
        ("events:\n  - id: a\n    title:Genoa\n    text: x\n", 3, 5, "put a space after the colon"),
        ("title:Genoa\n", 1, 1, "put a space after the colon"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "look at the indentation"),
        ("- a\nb: c\n", 2, 1, "here '-' is expected"),
        ('a: "x" y\n', 1, 8, "a key is expected here"),
        ("a: %x\n", 1, 4, "must stand in quotes"),
        ("a: `x`\n", 1, 4, "must stand in quotes"),
        ("text: *Genoa* at last\n", 1, 13, "must stand in quotes"),
        ('a: "C:\\path"\n', 1, 7, "use single quotes"),
        ('a: "\\ud800"\n', 1, 7, "use single quotes"),
        ("just words\n", 1, 1, "keys with ':' are expected"),
        ("? [a, b]\n: c\n", 1, 3, "a key must be a plain name"),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n", 1, 1, "a mark of an unfinished merge"),
        ("a: 1\n||||||| base\n", 2, 1, "a mark of an unfinished merge"),
        ("a: 1\n...\nb: 2\n", 3, 1, "after '...' the file is over"),
    ],
)  # fmt: skip
def test_a_slip_of_yaml_is_told_where_it_began_with_its_cure(
    text: str, line: int, column: int, message: str
) -> None:
    _, problems = read(text.encode(), "f")
    assert told(problems[0]) == ("S101", line, column)
    assert message in problems[0].message


def test_every_mark_of_an_unfinished_merge_is_told() -> None:
    _, problems = read(b"<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n", "f")
    assert [each.mark.line for each in problems] == [1, 3, 5]


def test_a_duplicate_key_names_both_lines() -> None:
    found, problems = read(b"a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n", "f")
    assert [told(each) for each in problems] == [("S105", 3, 1), ("S105", 4, 11)]
    assert [(each.other.line, each.other.column) for each in problems if each.other] == [(1, 1), (4, 5)]
    assert str(problems[0]) == "f:3:1: S105 error: the key 'a' stands here a second time (see f:1:1)"
    assert found is not None and plain(found)["a"] == "1"


@pytest.mark.parametrize(
    "value",
    ["!!python/object/apply:os.system ['touch canary']", "!!python/name:os.system", "!include other.yaml", "!ENV HOME",
     "!!str 5", "!!binary aGVsbG8=", "!!timestamp 2001-01-01", "! x", "!!set {a}", "&anchor 5", "*alias",
     "!<tag:yaml.org,2002:python/object/new:os.system> [x]", "!!python/object/apply:eval ['1']"],
)  # fmt: skip
def test_tags_anchors_and_aliases_are_refused_and_do_nothing(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    problem = fault(f"a: {value}\n")
    assert told(problem) == ("S106", 1, 4)
    assert "not allowed" in problem.message
    assert list(tmp_path.iterdir()) == []


def test_a_second_document_and_a_merge_key_are_refused() -> None:
    assert told(fault("a: 1\n---\nb: 2\n")) == ("S106", 2, 1)
    _, problems = read(b"a: {b: 1}\nc: {<<: x}\n", "f")
    assert [told(each) for each in problems] == [("S106", 2, 5)]


# Bombs


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = {
    "billion laughs": LAUGHS,
    "quadratic": "a: &a '" + "x" * 100_000 + "'\nb: [" + ", ".join(["*a"] * 10_000) + "]\n",
    "merge bomb": "a: &a {" + ", ".join(f"k{n}: 1" for n in range(1_000)) + "}\n"
    + "".join(f"b{n}: {{<<: [*a, *a, *a]}}\n" for n in range(1_000)),
    "a cycle": "a: &a [*a]\n",
    "1,000 brackets": "[" * 1_000,
    "100,000 brackets": "[" * 100_000,
    "1,000,000 brackets": "[" * 1_000_000,
    "1,000,000 braces": "{a: " * 500_000,
    "1,000,000 dashes": "- " * 1_000_000,
    "deep by indentation": "".join(" " * n + "a:\n" for n in range(1_000)),
    "a complex key": "? " * 100_000,
    "tags": "a: " + "!x " * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_quickly_and_small(name: str) -> None:
    data = BOMBS[name].encode()
    assert len(data) < LARGEST_FILE
    tracemalloc.start()
    started = time.process_time()
    problem = fault(data)
    spent = time.process_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problem.code in ("S101", "S104", "S106")
    assert spent < 0.2
    assert peak < 64 * 1024 * 1024


def test_a_file_is_read_64_deep_and_no_deeper() -> None:
    assert tree("[" * DEEPEST + "]" * DEEPEST)
    problem = fault("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert told(problem) == ("S104", 1, DEEPEST + 1)


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    started = time.process_time()
    problem = fault(b"a: 1\n" * (LARGEST_FILE // 5 + 1))
    assert told(problem) == ("S104", 1, 1)
    assert "at most 2048 kB" in problem.message
    assert time.process_time() - started < 0.05


def test_a_file_has_no_more_than_200_000_values() -> None:
    problem = fault("- 1\n" * (MOST_NODES + 1))
    assert problem.code == "S104"
    assert "200000 values" in problem.message


def test_thirty_thousand_keys_are_read_as_fast_as_any() -> None:
    started = time.process_time()
    found = tree("".join(f"k{n}: {n}\n" for n in range(30_000)))
    assert isinstance(found, Mapping) and isinstance(last := found.get("k29999"), Scalar)
    assert last.text == "29999"
    assert time.process_time() - started < 3


# A text cut at a sign


def test_a_text_cut_at_a_sign_of_comment_is_told_and_real_comments_are_not() -> None:
    _, problems = read(b"title: Rapallo #14\n", "f")
    assert [(*told(each), each.severity) for each in problems] == [("S108", 1, 16, "warning")]
    assert "put the text in quotes" in problems[0].message
    assert tree("title: Rapallo # 14\na: 'Rapallo #14'\nb: Rapallo#14\nc: 5 # five\n")
