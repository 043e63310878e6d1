"""Is a kept program used where it may be, and made anew wherever anything it was made from has changed?"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from game.compiler.caches import pickled, private, programs
from game.compiler.codegen.identity import digest_of
from game.compiler.load import examination
from game.rules.building import interpret
from game.rules.engine import begin, step
from game.rules.ledger import Mark
from game.rules.program import Program
from game.rules.state import Open
from tests.small import whole

TEXT = whole("""
variables: {gold: {start: 20, max: 50}}
events: [{id: rain, when: "gold < 40", repeats: 1, effects: {gold: "gold // 2"}, because: "Rain on {gold}."}]
""")
LESSON = "id: lesson\nextends: scenario\ntitle: A lesson\n"
posix = pytest.mark.skipif(os.name == "nt", reason="permissions as on Unix")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shelf with a scenario in two files, and a lesson that extends it."""
    shelf = tmp_path / "shelf"
    (shelf / "scenario").mkdir(parents=True)
    (shelf / "scenario" / "main.yaml").write_text(f"id: scenario\n{TEXT}", encoding="utf-8")
    (shelf / "scenario" / "more.yaml").write_text("variables: {grain: {start: 3}}\n", encoding="utf-8")
    (shelf / "lesson.yaml").write_text(LESSON, encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(shelf))
    return shelf


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def kept(name: str, root: Path) -> Program:
    """The program of a scenario, just made and kept."""
    found = examination(name)
    assert found.scenario is not None, found.problems
    program = interpret(found.scenario)
    assert programs.keep(name, found.origins, program, root)
    return program


@pytest.mark.parametrize("name", ["scenario", "lesson"])
def test_a_kept_program_is_the_same_to_the_last_number(name: str, shelf: Path, root: Path) -> None:
    made, found = kept(name, root), programs.fetched(name, root)
    assert found is not None and found is not made
    assert found.scenario == made.scenario
    assert digest_of(found) == digest_of(made)
    assert step(found, begin(found), Open()) == step(made, begin(made), Open())
    assert found.scenario.marks == made.scenario.marks


def test_what_was_never_kept_is_not_there(shelf: Path, root: Path) -> None:
    assert programs.fetched("scenario", root) is None
    kept("scenario", root)
    assert programs.fetched("lesson", root) is None
    assert programs.fetched("nothing-of-the-kind", root) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda shelf: (shelf / "scenario" / "more.yaml").write_text("variables: {grain: {start: 4}}\n"),
        lambda shelf: (shelf / "scenario" / "more.yaml").unlink(),
        lambda shelf: (shelf / "scenario" / "third.yaml").write_text("variables: {coal: {start: 4}}\n"),
        lambda shelf: (shelf / "scenario" / "more.yaml").rename(shelf / "scenario" / "most.yaml"),
        lambda shelf: (shelf / "lesson.yaml").write_text(LESSON + "authors: [Somebody]\n"),
        lambda shelf: (shelf / "scenario").rename(shelf / "gone"),
    ],
    ids=["other", "one less", "one more", "renamed", "its own", "base gone"],
)
def test_a_program_is_made_anew_when_a_file_has_changed(change: object, shelf: Path, root: Path) -> None:
    kept("lesson", root)
    change(shelf)  # type: ignore[operator]
    assert programs.fetched("lesson", root) is None


def test_a_program_is_made_anew_when_its_base_is_another(
    shelf: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf / "lesson.yaml").rename(tmp_path / "lesson.yaml")
    name = str(tmp_path / "lesson.yaml")
    kept(name, root)
    assert programs.fetched(name, root) is not None
    nearer = tmp_path / "scenario"
    nearer.mkdir()
    for file in (shelf / "scenario").iterdir():
        (nearer / file.name).write_bytes(file.read_bytes())
    assert programs.fetched(name, root) is None


def test_files_are_told_by_the_name_they_were_given(
    shelf: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shelf)
    kept("lesson.yaml", root)
    assert programs.fetched("lesson.yaml", root) is not None
    assert programs.fetched(str(shelf / "lesson.yaml"), root) is None
    monkeypatch.chdir(shelf.parent)
    assert programs.fetched("lesson.yaml", root) is None


def test_another_python_or_program_makes_its_own(
    shelf: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept("scenario", root)
    monkeypatch.setattr(programs, "own_state", lambda: "changed")
    assert programs.fetched("scenario", root) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"",
        lambda data: data * 2,
    ],
    ids=["torn", "last byte", "empty", "twice"],
)
def test_a_spoilt_file_is_made_anew(spoil: object, shelf: Path, root: Path) -> None:
    kept("scenario", root)
    (path,) = root.rglob("*.bin")
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    assert programs.fetched("scenario", root) is None


@posix
def test_it_is_the_owners_alone_or_not_believed(shelf: Path, root: Path) -> None:
    kept("scenario", root)
    for path in [root, *root.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path
    (path,) = root.rglob("*.bin")
    path.chmod(0o644)
    assert programs.fetched("scenario", root) is None
    path.chmod(0o600)
    assert programs.fetched("scenario", root) is not None
    path.parent.chmod(0o777)
    assert programs.fetched("scenario", root) is None


class Stranger:
    """What a forger would have made."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("value", [Stranger(), os.system, Path("x"), Mark.__init__, private.own_state])
def test_only_values_of_our_own_classes_are_ever_made(value: object) -> None:
    with pytest.raises((ValueError, AttributeError, pickle.UnpicklingError)):
        pickled.restored(memoryview(pickled.written(value)))


def test_plain_values_and_our_own_come_through() -> None:
    value = {"a": (Mark("f", 1, 2), frozenset({1}), None, True, [2.5, b"x"])}
    assert pickled.restored(memoryview(pickled.written(value))) == value


def test_old_programs_are_let_go(shelf: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "MOST_KEPT", 1)
    kept("scenario", root)
    (path,) = root.rglob("*.bin")
    os.utime(path, (1, 1))
    kept("lesson", root)
    assert programs.fetched("scenario", root) is None
    assert programs.fetched("lesson", root) is not None
