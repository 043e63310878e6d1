"""What does a short call load?  Neither window nor columns; and on the second time not even what reads scenarios."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from game.play import script as scripts
from game.play.script import read_script
from tests.small import whole

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = whole("orders: [{id: buy, label: Buy, track: narkomindel, effects: {gold: +1}}]")
PLAYTHROUGH = """
scenario: {scenario}
otherwise: nothing
turns:
  1921-Q2: {{orders: [buy], expect: {{gold: 101}}}}
expect: {{gold: 101}}
"""
CALL = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import main
status = main.main(sys.argv[1:])
print(*sorted({{name.partition(".")[0] for name in sys.modules}} | {{n for n in sys.modules if n.startswith("game.")}}))
sys.exit(status)
"""
NEVER = {
    "pygame",
    "numpy",
    "distributed",
    "importlib.resources",
    "multiprocessing",
    "logging",
    "inspect",
    "dataclasses",
}
AT_FIRST = {
    "yaml",
    "game.compiler.load",
    "game.compiler.source",
    "game.rules.building",
    "game.play.playthroughs",
}
"""What reads scenarios and playthroughs."""
ALSO_SPARED = {
    "argparse",
    "json",
    "subprocess",
    "shutil",
    "tempfile",
    "random",
    "datetime",
    "difflib",
    "unicodedata",
}


@pytest.fixture
def playthrough(tmp_path: Path) -> Path:
    """A playthrough of a few turns, beside its scenario."""
    scenario = tmp_path / "small.yaml"
    scenario.write_text(SCENARIO, encoding="utf-8")
    path = tmp_path / "few-turns.yaml"
    path.write_text(PLAYTHROUGH.format(scenario=scenario), encoding="utf-8")
    return path


def call(*arguments: str) -> tuple[list[str], set[str]]:
    """The lines that a call printed, and the modules it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", CALL, *arguments], capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    *lines, modules = done.stdout.splitlines()
    return lines, set(modules.split())


def test_a_short_playthrough_loads_neither_window_nor_columns(playthrough: Path) -> None:
    lines, modules = call("run", str(playthrough))
    assert not modules & NEVER
    assert modules >= AT_FIRST
    again, fewer = call("run", str(playthrough))
    assert again == lines, "it is played from what was kept, and comes out the same"
    assert not fewer & (NEVER | AT_FIRST | ALSO_SPARED)


def test_what_was_kept_is_not_used_for_a_changed_playthrough(playthrough: Path) -> None:
    first = read_script(playthrough)
    assert read_script(playthrough) == first
    text = playthrough.read_text(encoding="utf-8")
    playthrough.write_text(text.replace("gold: 101}\n", "gold: 102}\n"), encoding="utf-8")
    changed = read_script(playthrough)
    assert changed.values[0].value == "102"
    assert changed.values[0].mark == first.values[0].mark


def test_a_kept_playthrough_is_the_one_that_was_read(
    playthrough: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_script(playthrough)
    monkeypatch.setattr("game.play.playthroughs.parse_script", None)
    assert read_script(playthrough) == first
    monkeypatch.setattr(scripts, "own_state", lambda: "changed")
    with pytest.raises(TypeError):
        read_script(playthrough)


def test_a_call_with_options_is_understood_as_before(playthrough: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    lines, modules = call("run", str(playthrough), "--report", str(report))
    assert "argparse" in modules and not modules & NEVER
    assert report.read_text(encoding="utf-8")
    assert lines == call("run", str(playthrough))[0]
