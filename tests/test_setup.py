"""Does main.py see what is missing, and say what to do?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import main

ROOT = Path(__file__).resolve().parent.parent


def test_requirements_are_those_of_pyproject() -> None:
    assert [main.module_of(each) for each in main.requirements()] == ["pygame", "yaml"]
    assert {"pytest", "hypothesis"} <= {main.module_of(each) for each in main.requirements("dev")}


@pytest.mark.parametrize(
    ("arguments", "modules"),
    [
        ([], ["yaml", "pygame"]),
        (["play"], ["yaml", "pygame"]),
        (["play", "--text"], ["yaml"]),
        (["check", "x.yaml"], ["yaml"]),
        (["run", "x.yaml"], ["yaml"]),
        (["test"], ["yaml", "pygame", "pytest", "hypothesis"]),
    ],
)
def test_headless_calls_need_no_pygame(arguments: list[str], modules: list[str]) -> None:
    assert main.wanted_for(arguments) == modules


def test_a_module_that_is_not_there_is_missing() -> None:
    assert main.missing(["sys", "no_such_module_here"]) == ["no_such_module_here"]


def test_the_lock_is_taken_once_and_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "VENV", str(tmp_path / ".venv"))
    assert main.locked()
    assert (tmp_path / ".venv.lock").exists()
    waits = []
    monkeypatch.setattr(time, "sleep", waits.append)
    assert not main.locked()
    assert waits


def test_without_venv_the_two_ways_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(main, "VENV", str(tmp_path / ".venv"))

    def fails(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        (tmp_path / ".venv").mkdir()
        return subprocess.CompletedProcess([], 1, "", "ensurepip is not available")

    monkeypatch.setattr(subprocess, "run", fails)
    assert not main.set_up([])
    said = capfd.readouterr().err
    assert "apt install python3-venv" in said
    assert "python3-pygame python3-yaml" in said
    assert not (tmp_path / ".venv").exists(), "a half-made environment is removed"
    assert not (tmp_path / ".venv.lock").exists()


def test_the_opt_out_is_honoured(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, importlib.abc\n"
        "class Hide(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        return None\n"
        "from importlib.machinery import PathFinder; find = PathFinder.find_spec\n"
        "PathFinder.find_spec = lambda name, *more: None if name == 'yaml' else find(name, *more)\n",
        encoding="utf-8",
    )
    environment = dict(os.environ, PEREDYSHKA_NO_SETUP="1", PYTHONPATH=str(tmp_path))
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "list"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "Missing: yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_main_parses_on_old_pythons() -> None:
    import ast

    ast.parse((ROOT / "main.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_all_tests_run_on_all_cores_but_a_part_of_them_as_it_is_called() -> None:
    assert main.test_call(["tests/rules"])[1:] == ["-m", "pytest", "tests/rules"]
    assert main.test_call(["-n0", "-x"])[1:] == ["-m", "pytest", "-n0", "-x"]
    whole = main.test_call(["-m", "calibration or not calibration"])[3:]
    spread = whole[: -len(["-m", "calibration"])]
    assert spread == ([] if main.missing(["xdist"]) else ["-n", "auto", "--dist", "loadfile"])
