"""Do imports point one way only?  main.py, game.cli, verbs, views, play, compiler, rules, and then plain values."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("rules", "compiler", "play", "views", "verbs", "cli")
PLAIN = {
    "__future__", "_blake2", "_sha2", "_sha256", "bisect", "collections", "collections.abc", "dataclasses", "enum",
    "functools", "hashlib", "itertools", "re", "typing",
}  # fmt: skip
ONLY_IN = {
    "dataclasses": ("game/rules/classes.py",),  # all others take what it offers: it loads faster
    "yaml": ("game/compiler/source.py",),
    "numpy": ("game/compiler/lanes/", "game/views/env.py"),
    "distributed": ("game/play/sweeping.py",),
    "pygame": ("game/views/desktop/",),
    "gymnasium": ("game/views/env.py",),
}


def imports(source: str) -> Iterator[str]:
    """Every module that a source text imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "game")


def layer(path: str) -> str:
    """The layer of a file such as game/rules/state.py."""
    part = path.split("/")[1]
    return part.removesuffix(".py")


def faults(path: str, source: str) -> list[str]:
    """What is wrong with the imports of one file."""
    found = []
    own = layer(path)
    if own not in (*LAYERS, "__init__"):
        return [f"{path}: belongs to no layer"]
    for name in imports(source):
        top = name.split(".")[0]
        if own == "rules" and top != "game" and name not in PLAIN:
            found.append(f"{path}: the rules import {name}")
        if top in ONLY_IN and not path.startswith(ONLY_IN[top]):
            found.append(f"{path}: imports {top}")
        if top == "game" and own != "__init__" and len(name.split(".")) > 1:
            other = name.split(".")[1]
            if other in LAYERS and LAYERS.index(other) > LAYERS.index(own):
                found.append(f"{path}: {own} imports {other}")
            parts = name.split(".")
            if own == other == "views" and len(parts) > 2 and len(path.split("/")) > 2:
                mine, theirs = path.split("/")[2].removesuffix(".py"), parts[2]
                if mine != theirs and theirs != "screens" and mine != "__init__":
                    found.append(f"{path}: the view {mine} imports the view {theirs}")
    return found


def test_every_import_points_down() -> None:
    files = sorted((ROOT / "game").rglob("*.py"))
    assert len(files) > 30
    found = [
        fault
        for file in files
        for fault in faults(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_main_needs_the_standard_library_only() -> None:
    tops = {name.split(".")[0] for name in imports((ROOT / "main.py").read_text(encoding="utf-8"))}
    assert tops <= {"os", "re", "shutil", "subprocess", "sys", "time", "importlib", "game"}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("game/rules/state.py", "import random"),
        ("game/rules/state.py", "from game.play import session"),
        ("game/compiler/load.py", "from game.views.terminal import play"),
        ("game/compiler/reader.py", "import yaml"),
        ("game/play/session.py", "import pygame"),
        ("game/views/terminal.py", "from game.views.desktop import window"),
        ("game/extra/thing.py", "import re"),
    ],
)
def test_the_check_finds_planted_faults(path: str, source: str) -> None:
    assert faults(path, source)


def test_modules_stay_small() -> None:
    long = {
        file.name: lines
        for file in (ROOT / "game").rglob("*.py")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
