"""Does each fault get its code at its line?  In `samples/`, a comment `# ! L501` stands on each line at fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.compiler.load import examine
from game.compiler.problems import CODES, show
from tests.small import whole

SAMPLES = Path(__file__).resolve().parent / "samples"
FILES = sorted(SAMPLES.glob("*.yaml"))
MARKER = re.compile(r"# !((?: [A-Z]\d{3})+)")
OWN_TESTS = {"S101", "S102", "S103", "S105", "S106"}
"""Codes of what is no YAML, or no file: a comment cannot stand beside it. They have tests of their own."""


def expected(text: str) -> Iterator[tuple[int, str]]:
    """The line and code of every fault that a sample announces."""
    for number, line in enumerate(text.split("\n"), start=1):
        for marker in MARKER.finditer(line):
            yield from ((number, code) for code in marker[1].split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_sample_has_the_faults_it_announces_and_no_others(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(SAMPLES / "shelf"))
    text = file.read_text(encoding="utf-8")
    sample = tmp_path / "sample.yaml"
    sample.write_text(text if "\nextends:" in text else whole(text), encoding="utf-8")
    _, problems, sources = examine(str(sample))
    found = [(each.mark.line, each.code) for each in problems if each.mark.file == str(sample)]
    assert sorted(found) == sorted(expected(text)), show(problems, sources)


def test_a_sample_holds_what_is_right_beside_what_is_wrong() -> None:
    for file in FILES:
        lines = [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
        marked = sum(MARKER.search(line) is not None for line in lines)
        assert 0 < marked < len(lines), file.name


def test_every_code_has_a_sample() -> None:
    shown = {code for file in FILES for _, code in expected(file.read_text(encoding="utf-8"))}
    assert shown | OWN_TESTS == set(CODES)
