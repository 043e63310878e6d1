"""Does the README tell the truth?  Its example runs, its commands exist, its links lead somewhere."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from game import cli

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_two_commands_come_first() -> None:
    commands = [
        line.partition("#")[0].strip() for line in TEXT.splitlines() if line.startswith("    python3")
    ]
    assert commands[:2] == ["python3 main.py", "python3 main.py test"]


def test_a_quarter_in_ten_lines_of_python() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", TEXT, re.S)
    lines = [line for line in example.splitlines() if line.strip()]
    assert len(lines) <= 10
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(example, "README.md", "exec"), {})
    reasons = said.getvalue().splitlines()
    assert reasons
    assert all(re.match(r"[+\u2212]\d+ \w", each) for each in reasons)


@pytest.mark.parametrize("line", re.findall(r"^    python3 main\.py (run .*)$", TEXT, re.M))
def test_the_runs_it_shows_go_as_expected(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(line.split()) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", TEXT))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).exists()
