"""Is a zip read as the folder that was packed, and is one that means harm refused before anything comes of it?"""

from __future__ import annotations

import io
import stat
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from game.compiler import archives
from game.compiler.archives import Refused, opened, read_archive
from game.compiler.folders import POLICIES, companions, find, known_ids, read_bytes
from game.compiler.load import examine, load
from game.compiler.policies import find_policy, policy_files
from tests.small import whole

GOOD = whole("id: lesson")
RULES = "rules: [{id: r, effects: {gold: 1}}]\n"
POLICY = "policy: bold\nscenario: lesson\n"


def packed(*entries: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these entries, names taken as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in entries:
            if isinstance(name, str):
                entry = zipfile.ZipInfo("x")
                entry.filename = entry.orig_filename = name
                entry.compress_type = method
            else:
                entry = name
            file.writestr(entry, data)
    return out.getvalue()


def kind(name: str, mode: int) -> zipfile.ZipInfo:
    """An entry of another kind than a plain file."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (mode | 0o644) << 16
    return entry


def refused(data: bytes) -> str:
    """Why a zip is not read."""
    with pytest.raises(Refused) as found:
        read_archive(data)
    return str(found.value)


def at(folder: Path, name: str, data: bytes) -> str:
    """A zip on the disk."""
    (folder / name).write_bytes(data)
    return str(folder / name)


# What is read


@pytest.mark.parametrize("top", ["", "lesson/", "another-name/"])
def test_a_zip_is_the_folder_that_was_packed(top: str, tmp_path: Path) -> None:
    entries = [(f"{top}lesson.yaml", GOOD), (f"{top}more/rules.yml", RULES), (f"{top}notes.txt", "x: [")]
    litter = [("__MACOSX/._lesson.yaml", "\0"), (f"{top}.DS_Store", "\0"), (f"{top}.hidden.yaml", "!!x")]
    name = at(tmp_path, "lesson.zip", packed((top or "more/", ""), *entries, *litter))
    scenario = load(name).scenario
    assert (scenario.id, [each.id for each in scenario.rules]) == ("lesson", ["r"])
    assert scenario.marks["r"].file == f"{name}/more/rules.yml"


def test_playthroughs_and_policies_are_beside_it_and_no_part_of_it(tmp_path: Path) -> None:
    aside = [("lesson/playthroughs/p.yaml", "scenario: lesson\n"), ("lesson/policies/bold.yaml", POLICY)]
    name = at(tmp_path, "lesson.zip", packed(("lesson/lesson.yaml", GOOD), *aside))
    found = load(name)
    path = Path(name) / "policies" / "bold.yaml"
    assert policy_files(found) == (path,) and find_policy("bold", found) == path
    assert read_bytes(path) == (POLICY.encode(), None)
    assert companions(Path(name), "playthroughs") == (Path(name) / "playthroughs" / "p.yaml",)
    assert read_bytes(Path(name) / "policies" / "none.yaml")[1] is not None
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "other.yaml").write_text(POLICY, encoding="utf-8")
    assert companions(Path(name), POLICIES) == (path,), "what lies beside the zip is none of its business"


def test_it_is_found_by_its_path_and_by_its_id_on_a_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path))
    at(tmp_path, "lesson.zip", packed(("lesson.yaml", GOOD)))
    (tmp_path / "top.yaml").write_text("id: top\nextends: lesson\ntitle: Top\n", encoding="utf-8")
    assert {"lesson", "top"} <= set(known_ids())
    assert find("lesson") == tmp_path / "lesson.zip"
    assert load("top").scenario.extends == "lesson"
    assert find("other.zip") is None


def test_a_zip_that_is_changed_is_read_again(tmp_path: Path) -> None:
    name = at(tmp_path, "lesson.zip", packed(("lesson.yaml", GOOD)))
    assert load(name).scenario.rules == ()
    at(tmp_path, "lesson.zip", packed(("lesson.yaml", GOOD), ("rules.yaml", RULES)))
    assert len(load(name).scenario.rules) == 1


# What is refused


@pytest.mark.parametrize(
    "name",
    ["../evil.yaml", "a/../../evil.yaml", "/etc/evil.yaml", "C:/evil.yaml", "c:evil.yaml", "a\\evil.yaml",
     "..\\evil.yaml", "\\\\server\\share\\evil.yaml", "..", "a/..", "../notes.txt", "file:///x.yaml"],
)  # fmt: skip
def test_a_name_that_leads_out_of_the_zip_is_refused(name: str) -> None:
    assert "leads out of it: nothing of it is used" in refused(packed(("lesson.yaml", GOOD), (name, "id: x")))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("con.yaml", "some systems cannot have"),
        ("a/NUL", "some systems cannot have"),
        ("Com1.yaml", "some systems cannot have"),
        ("lesson.yaml.", "some systems cannot have"),
        ("a /x.yaml", "some systems cannot have"),
        ("a//x.yaml", "is no proper name"),
        ("./x.yaml", "is no proper name"),
        ("a\x1b[31m.yaml", "is no proper name"),
        ("a\u202egnp.yaml", "is no proper name"),
        ("x" * 300 + ".yaml", "is no proper name"),
        ("ле́ссон.yaml", "give it a plainer one"),
        ("ﬁle.yaml", "give it a plainer one"),
    ],
)
def test_a_name_that_is_not_the_same_everywhere_is_refused(name: str, why: str) -> None:
    said = refused(packed(("lesson.yaml", GOOD), (name, "id: x")))
    assert why in said and said.isprintable() and len(said) < 250


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
@pytest.mark.parametrize("name", ["x.yaml", "notes.txt", "folder"])
def test_links_and_devices_are_refused(mode: int, name: str) -> None:
    said = refused(packed(("lesson.yaml", GOOD), (kind(name, mode), "/etc/passwd")))
    assert ("is a link" if mode == stat.S_IFLNK else "is no plain file") in said


@pytest.mark.parametrize("twin", ["lesson.yaml", "Lesson.YAML"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(twin: str) -> None:
    assert "one file for some systems" in refused(packed(("lesson.yaml", GOOD), (twin, GOOD)))


def test_a_locked_or_oddly_packed_file_is_named() -> None:
    data = bytearray(packed(("lesson.yaml", GOOD)))
    for mark, where in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + where] |= 1
    assert "is locked with a password" in refused(bytes(data))
    assert "is packed in an unusual way" in refused(packed(("lesson.yaml", GOOD), method=zipfile.ZIP_BZIP2))
    assert read_archive(packed(("lesson.yaml", GOOD), method=zipfile.ZIP_STORED)).files.keys() == {
        "lesson.yaml"
    }


def test_the_folders_of_two_scenarios_are_too_many() -> None:
    both = packed(("one/a.yaml", GOOD), ("two/b.yaml", GOOD))
    assert refused(both) == "the zip holds 2 folders (one, two): pack the folder of one scenario"


@pytest.mark.parametrize("cut", [0, 1, 20, 60, -1, -22])
def test_a_torn_zip_is_no_crash(cut: int, tmp_path: Path) -> None:
    whole_ = packed(("lesson.yaml", GOOD))
    name = at(tmp_path, "lesson.zip", whole_[:cut] if cut else b"")
    scenario, problems, _ = examine(name)
    assert scenario is None and [each.code for each in problems] == ["S102"]
    assert "not a sound zip" in problems[0].message


def test_flipped_bytes_are_found_or_change_nothing() -> None:
    sound = packed(("lesson/lesson.yaml", GOOD), ("lesson/rules.yaml", RULES))
    for at_ in range(0, len(sound), 3):
        data = bytearray(sound)
        data[at_] ^= 0x41
        try:
            files = read_archive(bytes(data)).files
        except Refused:
            continue
        assert all(text in (GOOD.encode(), RULES.encode()) for text in files.values())


# What is too much


def test_a_bomb_is_counted_while_it_is_unpacked() -> None:
    bomb = packed(("lesson.yaml", GOOD), ("bomb.yaml", b"#" * 30_000_000))
    assert len(bomb) < 60_000
    tracemalloc.start()
    began = time.perf_counter()
    assert "'bomb.yaml' in the zip has more than 2048 kB" in refused(bomb)
    assert time.perf_counter() - began < 1
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_bomb_of_many_files_is_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000_000)
    bomb = packed(*((f"{number}.yaml", b"#" * 100_000) for number in range(11)))
    assert "the scenario has more than" in refused(bomb)
    monkeypatch.setattr(archives, "MOST_FILES", 10)
    assert refused(bomb) == "more than 10 files"
    monkeypatch.setattr(archives, "MOST_ENTRIES", 10)
    assert "more than 10 files and folders" in refused(bomb)


def test_a_size_that_is_told_wrong_does_not_help() -> None:
    data = bytearray(packed(("bomb.yaml", b"#" * 3_000_000)))
    for mark, where in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at_ = data.index(mark) + where
        data[at_ : at_ + 4] = (100).to_bytes(4, "little")
    assert "not a sound zip" in refused(bytes(data))


def test_a_zip_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    name = at(tmp_path, "lesson.zip", packed(("lesson.yaml", GOOD)))
    assert [each.code for each in opened(Path(name)).problems] == ["S104"]


def test_a_zip_without_a_scenario_says_so(tmp_path: Path) -> None:
    for entries in ([], [("notes.txt", "x")], [("lesson/playthroughs/p.yaml", "scenario: x\n")]):
        name = at(tmp_path, "lesson.zip", packed(*entries))
        _, problems, _ = examine(name)
        assert [each.message for each in problems] == ["no scenario here: no .yaml file with content"]
