"""Is a scenario passed on as one file of the same bytes everywhere, and taken in only when it is sound and new?"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from game import cli
from game.compiler.folders import user_folder
from game.verbs import listing
from tests.compiler.test_archives import packed
from tests.small import whole

Said = pytest.CaptureFixture[str]
LESSON = "id: trial\nextends: base\ntitle: A trial\nauthors: [A. Teacher]\nlicence: CC BY 4.0\n"


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "base.yaml").write_text(whole("id: base"), encoding="utf-8")
    trial = tmp_path / "trial"
    for name, text in (
        ("lesson.yaml", LESSON),
        ("events/spring.yaml", "events: [{id: e, window: 1921-Q2, effects: {gold: 5}}]\n"),
        ("playthroughs/historical.yaml", "scenario: trial\n"),
        ("policies/bold.yaml", "policy: bold\nscenario: trial\n"),
        ("notes.txt", "for me alone"),
        ("schema.json", "{}"),
    ):
        (trial / name).parent.mkdir(parents=True, exist_ok=True)
        (trial / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("PEREDYSHKA_SCENARIOS", str(tmp_path / "shelf"))
    monkeypatch.chdir(tmp_path)


def test_a_zip_holds_the_yaml_of_the_folder_and_nothing_else(capsys: Said) -> None:
    assert cli.main(["zip", "trial"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "written trial.zip: 4 files, 1 kB",
        "A trial, a lesson on base; by A. Teacher; CC BY 4.0",
    ]
    assert zipfile.ZipFile("trial.zip").namelist() == [
        "trial/events/spring.yaml",
        "trial/lesson.yaml",
        "trial/playthroughs/historical.yaml",
        "trial/policies/bold.yaml",
    ]


def test_its_bytes_are_the_same_wherever_and_whenever_it_is_made(tmp_path: Path) -> None:
    assert cli.main(["zip", "trial"]) == 0
    (tmp_path / "trial").rename(tmp_path / "elsewhere")
    Path("elsewhere/lesson.yaml").touch()
    Path("elsewhere/events/spring.yaml").chmod(0o600)
    assert cli.main(["zip", "elsewhere", "again.zip"]) == 0
    assert cli.main(["zip", "again.zip", "third.zip"]) == 0
    first = Path("trial.zip").read_bytes()
    assert first == Path("again.zip").read_bytes() == Path("third.zip").read_bytes()
    assert hashlib.sha256(first).hexdigest()[:16] == "19ee20724085c7d8"


def test_it_is_accepted_wherever_a_scenario_is(capsys: Said) -> None:
    assert cli.main(["zip", "trial"]) == 0
    capsys.readouterr()
    assert cli.main(["check", "--strict", "trial.zip"]) == 0
    assert cli.main(["preview", "trial.zip", "e"]) == 0
    assert (
        capsys.readouterr().out.splitlines()[-1]
        == "from: A trial, a lesson on base; by A. Teacher; CC BY 4.0"
    )
    assert cli.main(["graph", "trial.zip", "--out", "g.svg"]) == 0
    assert cli.main(["schema", "trial.zip", "--out", "s.json"]) == 0
    Path("p.yaml").write_text("scenario: trial.zip\nexpect: {gold: 105}\n", encoding="utf-8")
    assert cli.main(["run", "p.yaml"]) == 0
    assert cli.main(["past", "trial.zip", "1921-Q3"]) == 0
    assert "after the playthrough historical.yaml" in capsys.readouterr().out


def test_a_scenario_of_one_file_becomes_a_zip_too(capsys: Said) -> None:
    assert cli.main(["zip", "shelf/base.yaml"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "written base.zip: 1 file, 1 kB",
        "Small; by nobody named; no licence named",
    ]
    assert said.err == "It does not say who wrote it, or on what terms: add authors and licence.\n"
    assert zipfile.ZipFile("base.zip").namelist() == ["base/base.yaml"]


def test_it_is_made_again_in_its_place_and_over_nothing_else(capsys: Said) -> None:
    assert cli.main(["zip", "trial"]) == 0
    Path("trial/more.yaml").write_text("decisions: 2\n", encoding="utf-8")
    assert cli.main(["zip", "trial"]) == 0
    assert len(zipfile.ZipFile("trial.zip").namelist()) == 5
    Path("mine.zip").write_bytes(b"mine")
    assert cli.main(["zip", "trial", "mine.zip"]) == 1
    assert cli.main(["zip", "base", "trial.zip"]) == 1
    assert cli.main(["zip", "trial", "notes.txt"]) == 2
    assert "is no zip of 'base'" in capsys.readouterr().err
    assert Path("mine.zip").read_bytes() == b"mine"


def test_what_has_errors_is_not_passed_on(capsys: Said) -> None:
    Path("trial/lesson.yaml").write_text(LESSON + "evnts: []\n", encoding="utf-8")
    assert cli.main(["zip", "trial"]) == 1
    assert cli.main(["add", "trial"]) == 1
    assert not Path("trial.zip").exists() and "first mend 'trial'" in capsys.readouterr().err


def test_what_was_given_is_put_on_the_shelf(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["zip", "trial", "given.zip"]) == 0
    capsys.readouterr()
    assert cli.main(["add", "given.zip"]) == 0
    target = user_folder() / "scenarios" / "trial.zip"
    assert capsys.readouterr().out.splitlines() == [
        "A trial, a lesson on base; by A. Teacher; CC BY 4.0",
        f"It is on your shelf, {target}. Play it:",
        "    python3 main.py play trial",
    ]
    assert cli.main(["check", "trial.zip", "trial"]) == 2, "the first is no path here"
    assert cli.main(["check", "--strict", "trial"]) == 0
    monkeypatch.setattr(listing, "known_ids", lambda: ("trial",))
    capsys.readouterr()
    assert cli.main(["list"]) == 0
    assert capsys.readouterr().out.splitlines()[1].strip() == "A. Teacher; CC BY 4.0"


def test_another_of_the_same_id_takes_its_place_only_when_told_so(capsys: Said) -> None:
    assert cli.main(["add", "trial"]) == 0
    assert cli.main(["add", "trial"]) == 0, "the same once more"
    Path("trial/lesson.yaml").write_text(LESSON.replace("A trial", "Another"), encoding="utf-8")
    assert cli.main(["add", "trial"]) == 1
    assert "--replace puts this in its place" in capsys.readouterr().err
    assert cli.main(["add", "trial", "--replace"]) == 0
    Path("other.yaml").write_text(whole("id: base"), encoding="utf-8")
    assert cli.main(["add", "other.yaml", "--replace"]) == 1
    assert "there is a scenario 'base' already" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../../evil.yaml", "/etc/evil.yaml", "trial/../../evil.yaml"])
def test_a_hostile_zip_leaves_nothing_behind(name: str, tmp_path: Path, capsys: Said) -> None:
    Path("evil.zip").write_bytes(packed(("trial/lesson.yaml", LESSON), (name, "id: evil")))
    before = sorted(tmp_path.rglob("*"))
    for verb in (["check"], ["add"], ["zip"], ["play", "--text"], ["schema"]):
        assert cli.main([*verb, "evil.zip"]) in (1, 2)
        assert "leads out of it: nothing of it is used" in "".join(capsys.readouterr())
    assert sorted(tmp_path.rglob("*")) == before
    assert not (tmp_path.parent / "evil.yaml").exists()
