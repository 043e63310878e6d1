"""Can a scenario reach anything but its own files?  An audit hook watches while hostile ones are read and played."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compiler.test_archives import packed
from tests.small import whole

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = whole("""
id: hostile
title: "{year} !!python/object/apply:os.system ['touch canary']"
text: "<script>alert(1)</script> $HOME $(id) `id` %s {gold} \\x41"
people: {os: {name: __import__('os').system('id'), text: "../../../etc/passwd"}}
claims: {file: {text: "file:///etc/passwd http://127.0.0.1:9/"}}
rules:
  - {id: r, effects: {gold: "max(1, gold // 2)"}, because: "{gold} __class__ %(x)s"}
events:
  - {id: e, window: 1921-Q1, title: "{gold}", place: "../../x", dossier: "../../x", asks: narkomindel,
     choices: [{id: a, label: "'; import os; '"}, {id: b, label: "{standing}"}]}
""")
REFUSED = {
    "tag": "id: x\ntitle: !!python/object/apply:os.system ['touch canary']\n",
    "include": "id: x\ntitle: !include /etc/passwd\n",
    "call": whole(
        "rules: [{id: r, when: \"__import__('os').system('touch canary')\", effects: {gold: \"open('/etc/passwd')\"}}]"
    ),
    "walk": whole('rules: [{id: r, effects: {gold: "gold.__class__.__base__.__subclasses__()"}}]'),
    "extends": "id: x\nextends: ../../../../etc/passwd\n",
    "format": whole('title: "{gold.__class__.__init__.__globals__}"'),
    "noise": "\x00\x01\x02",
}
WATCH = """
import sys
sys.path.insert(0, sys.argv[1])
folder = sys.argv[2]

from game.compiler.load import examine, known_ids
from game.compiler.problems import as_data, show
from game.play.inspection import inspect
from game.play.session import Session
from game.play.policy import open_choices
from game.rules.building import interpret
from game.rules.classes import write_all
from game.rules.events import asking
import difflib, unicodedata, yaml
import game.compiler.archives
"".encode("utf-8-sig")
b"x".decode("cp437")
write_all()

seen = []
FORBIDDEN = ("subprocess", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.",
    "socket.", "urllib", "http", "ftplib", "smtplib", "exec", "compile", "code.", "ctypes", "pickle", "marshal",
    "os.putenv", "os.unsetenv", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink",
    "shutil", "tempfile", "webbrowser", "import", "sys.settrace", "sys.setprofile", "cpython.run", "mmap", "signal")
ALLOWED = [folder, *sys.argv[3:]]

def hook(event, arguments):
    if event.startswith(FORBIDDEN):
        seen.append((event, repr(arguments)[:200]))
    if event == "open":
        path, mode, flags = arguments
        writes = isinstance(mode, str) and set(mode) & set("wax+")
        inside = isinstance(path, str) and any(path.startswith(each) for each in ALLOWED)
        if writes or not inside:
            seen.append((event, repr(arguments)[:200]))
    if event in ("os.listdir", "os.scandir") and not any(str(arguments[0]).startswith(each) for each in ALLOWED):
        seen.append((event, repr(arguments)[:200]))

import pathlib
names = sorted(each.name for each in pathlib.Path(folder).iterdir())
known_ids()
sys.addaudithook(hook)
for name in names:
    scenario, problems, sources = examine(f"{folder}/{name}")
    show(problems, sources), as_data(problems), inspect(f"{folder}/{name}")
    if scenario is not None and not any(each.severity == "error" for each in problems):
        session = Session(interpret(scenario), 1, "open")
        while session.place != "over":
            session.open()
            while session.place == "question":
                session.answer(open_choices(session)[0][0])
            session.observe()
            session.close()
        print("played", name)
for each in seen:
    print("REACHED", *each)
print("watched", len(names))
"""


def test_reading_and_playing_reach_nothing_but_the_scenarios_own_files(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "hostile.yaml").write_text(HOSTILE, encoding="utf-8")
    for name, text in REFUSED.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    zips = {
        "played.zip": packed(
            ("a/hostile.yaml", HOSTILE), ("a/x.py", "import os"), ("a/policies/p.yaml", "policy: p\n")
        ),
        "leads-out.zip": packed(("a/hostile.yaml", HOSTILE), ("../../canary.yaml", "id: x\n")),
        "bomb.zip": packed(("a.yaml", "#" * 9_000_000)),
    }
    for name, data in zips.items():
        (folder / name).write_bytes(data)
    shelves = [str(ROOT / "scenarios"), str(ROOT / "game" / "_data")]
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(ROOT), str(folder), *shelves],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={"PYTHONDONTWRITEBYTECODE": "1", "PATH": "", "SYSTEMROOT": "C:\\Windows"},
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert [line for line in lines if line.startswith("REACHED")] == []
    assert lines == ["played hostile.yaml", "played played.zip", f"watched {len(REFUSED) + len(zips) + 1}"]
    assert [each.name for each in tmp_path.iterdir()] == ["scenarios"]


def test_the_watch_sees_what_it_is_there_for(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HOSTILE, encoding="utf-8")
    planted = WATCH.replace("for name in names:", "open('/etc/hostname')\nexec('pass')\nfor name in names:")
    done = subprocess.run(
        [sys.executable, "-c", planted, str(ROOT), str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    reached = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("REACHED")}
    assert {"open", "exec"} <= reached


BARRED = {
    "subprocess", "socket", "pickle", "marshal", "shelve", "ctypes", "time", "datetime", "random", "secrets", "uuid",
    "threading", "multiprocessing", "asyncio", "urllib", "http", "webbrowser", "code", "runpy", "tempfile", "shutil",
    "signal", "locale",
}  # fmt: skip
MADE_FROM_OUR_OWN_NAMES = "classes.py"
"""Writes methods from the names of fields in our own source, and never from what was read."""
CALLS = {"eval", "exec", "compile", "__import__", "open", "input", "globals", "setattr", "vars"}


@pytest.mark.parametrize("layer", ["compiler", "rules"])
def test_what_reads_and_reckons_knows_no_clock_no_chance_and_no_process(layer: str) -> None:
    for file in sorted((ROOT / "game" / layer).glob("*.py")):
        calls = {"eval", "open", "input"} if file.name == MADE_FROM_OUR_OWN_NAMES else CALLS
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not {name.partition(".")[0] for name in names} & BARRED, f"{file.name}: {names}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in calls, f"{file.name}:{node.lineno}: {node.func.id}"
