"""Is kept code used where it may be, and made anew wherever there is a doubt?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.compiler.caches import private
from game.compiler.codegen import cache as caches
from game.compiler.codegen.cache import Cache
from game.compiler.codegen.engine import Engine
from game.compiler.codegen.identity import digest_of
from game.rules.building import interpret
from game.rules.engine import begin
from game.rules.program import Program
from game.rules.scenario import Scenario
from game.rules.state import OPEN, Open, State
from tests.rules.small import scenario

TEXT = """
variables: {gold: {start: 20, max: 50}}
events: [{id: rain, when: "gold < 40", repeats: 1, effects: {gold: "gold // 2"}, because: "Rain on {gold}."}]
"""
posix = pytest.mark.skipif(os.name == "nt", reason="permissions as on Unix")


@pytest.fixture
def written() -> Scenario:
    return scenario(TEXT)


@pytest.fixture
def program(written: Scenario) -> Program:
    return interpret(written)


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """A folder for caches, left as one that can be removed."""
    yield tmp_path / "cache"
    for path in (tmp_path / "cache").rglob("*"):
        path.chmod(0o700)


def played(program: Program, root: Path) -> tuple[Engine, State]:
    """An engine with a cache, and the state after the first opening."""
    engine = Engine(program, Cache(program, root))
    return engine, engine.step(begin(program, 3, OPEN), Open()).state


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*.bin"))


def is_fetched(engine: Engine) -> bool:
    """Whether all parts that were needed came from the cache, which keeps no source."""
    assert engine.parts
    fetched = {not part.source for part in engine.parts.values()}
    assert len(fetched) == 1
    return fetched.pop()


def test_code_is_kept_and_fetched(program: Program, root: Path) -> None:
    first, state = played(program, root)
    assert not is_fetched(first)
    assert len(files(root)) == len(first.parts)
    second, again = played(program, root)
    assert is_fetched(second)
    assert again == state


@posix
def test_it_is_the_owners_alone(program: Program, root: Path) -> None:
    played(program, root)
    for path in [root, *root.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data[:40] + bytes([data[40] ^ 255]) + data[41:],
        lambda data: b"x" + data[1:],
        lambda data: data + b"\0",
        lambda data: os.urandom(len(data)),
    ],
    ids=["torn", "empty", "last byte", "digest", "magic", "longer", "noise"],
)
def test_a_spoilt_file_is_made_anew(spoil: object, program: Program, root: Path) -> None:
    _, state = played(program, root)
    kept = files(root)
    for path in kept:
        path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    engine, again = played(program, root)
    assert not is_fetched(engine)
    assert again == state
    assert is_fetched(played(program, root)[0]), "what was spoilt is written again"


def test_a_whole_file_in_anothers_place_is_not_believed(program: Program, root: Path) -> None:
    played(program, root)
    kept = files(root)
    assert len(kept) > 1
    first = kept[0].read_bytes()
    for path in kept:
        path.write_bytes(kept[-1].read_bytes() if path is kept[0] else first)
    assert not is_fetched(played(program, root)[0])


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o606])
def test_a_file_that_others_may_read_or_write_is_not_believed(
    mode: int, program: Program, root: Path
) -> None:
    played(program, root)
    for path in files(root):
        path.chmod(mode)
    assert not is_fetched(played(program, root)[0])


@posix
@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_folder_that_others_may_write_to_is_not_believed(level: int, program: Program, root: Path) -> None:
    played(program, root)
    folder = [root, *(path for path in root.rglob("*") if path.is_dir())][level]
    folder.chmod(0o777)
    assert not is_fetched(played(program, root)[0])
    folder.chmod(0o700)
    assert is_fetched(played(program, root)[0])


@posix
def test_what_belongs_to_another_user_is_not_believed(
    program: Program, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(program, root)
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    assert not is_fetched(played(program, root)[0])


@posix
def test_links_and_pipes_are_not_followed(program: Program, root: Path) -> None:
    played(program, root)
    for path in files(root):
        moved = path.with_suffix(".moved")
        path.rename(moved)
        path.symlink_to(moved)
    assert not is_fetched(played(program, root)[0])
    for path in files(root):
        path.unlink()
        os.mkfifo(path, 0o600)
    assert not is_fetched(played(program, root)[0])


@posix
def test_a_linked_folder_is_not_believed(program: Program, root: Path, tmp_path: Path) -> None:
    played(program, root)
    (root / "code").rename(tmp_path / "elsewhere")
    (root / "code").symlink_to(tmp_path / "elsewhere")
    assert not is_fetched(played(program, root)[0])
    assert len(files(tmp_path / "elsewhere")) > 0, "nothing was done to what the link points to"


def test_another_version_of_the_program_has_its_own_code(
    program: Program, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(program, root)
    monkeypatch.setattr(caches, "own_state", lambda: "changed")
    assert not is_fetched(played(program, root)[0])


def test_another_python_has_its_own_code(
    program: Program, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(program, root)
    monkeypatch.setattr(private.sys, "version", "3.99")
    assert not is_fetched(played(program, root)[0])


def test_a_changed_scenario_has_its_own_code_even_under_its_old_fingerprint(
    written: Scenario, program: Program, root: Path
) -> None:
    played(program, root)
    doubled = replace(written, events=tuple(replace(each, repeats=2) for each in written.events))
    assert doubled.fingerprint == written.fingerprint
    other = interpret(doubled)
    assert digest_of(other) != digest_of(program)
    assert not is_fetched(played(other, root)[0])
    assert is_fetched(played(program, root)[0])


def test_the_digest_of_a_program_is_the_same_each_time(written: Scenario, program: Program) -> None:
    assert digest_of(program) == digest_of(interpret(written)) == digest_of(interpret(scenario(TEXT)))


@posix
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written_is_no_error(program: Program, root: Path) -> None:
    root.mkdir(mode=0o500)
    engine, _ = played(program, root)
    assert not is_fetched(engine)
    assert files(root) == []


def test_a_cache_in_the_place_of_a_file_is_no_error(program: Program, root: Path) -> None:
    root.write_text("not a folder", encoding="utf-8")
    engine, _ = played(program, root)
    assert not is_fetched(engine)
    assert engine.cache is not None
    assert not engine.cache.usable
    root.unlink()


def test_a_full_disk_is_no_error(program: Program, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        engine, _ = played(program, root)
    assert not is_fetched(engine)
    assert files(root) == []
    assert is_fetched(played(program, root)[0]) is False
    assert is_fetched(played(program, root)[0])


def test_old_code_is_let_go(root: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(caches.MOST_KEPT + 3):
        monkeypatch.setattr(caches, "own_state", lambda number=number: str(number))
        cache = Cache(program, root)
        Engine(program, cache).step(begin(program), Open())
        os.utime(cache.folder, (number, number))
    cache.tidy()
    left = list((root / "code").iterdir())
    assert len(left) == caches.MOST_KEPT
    assert cache.folder in left


def test_the_cache_lies_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PEREDYSHKA_HOME", str(tmp_path))
    assert private.cache_folder() == tmp_path / "cache"
    monkeypatch.delenv("PEREDYSHKA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "there"))
    if os.name != "nt":
        assert private.cache_folder() == tmp_path / "there" / "peredyshka"
