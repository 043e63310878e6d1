"""Is a journal sound, and does it say where it is not?"""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from game.play import saves
from game.play.journal import FORMAT, START, Decision, Draft, Header, SaveError, Sitting, seal, sealed
from game.play.unsealing import MIGRATIONS, glance, read
from game.rules.ledger import Cause, Kind
from game.rules.state import Answer, Open, Order, Plan, Teacher
from tests.play.small_games import finished

HEADER = Header(
    "abc123", "small", "f" * 64, 7, "open", "A small pause", "1.0", branch=("def456", 12),
    seats=(("comintern", "random"), ("narkomindel", "")),
)  # fmt: skip
FIRST = "the first line of the save is damaged"
MOVES = (
    Open(),
    Answer("genoa", "pay"),
    Plan({"both": {"balance": 60}}, {"narkomindel": (Order("talks", "britain"), Order("rest", ""))}),
    Teacher({"gold": -5}, "genoa", "britain"),
)


def lines_of(data: bytes) -> list[bytes]:
    """The lines of a file, each with its end."""
    return data.splitlines(keepends=True)


def resealed(rows: list[dict[str, object]]) -> bytes:
    """Lines with checksums that fit, whatever they say."""
    sum_, parts = START, []
    for row in rows:
        row.pop("sum", None)
        text, sum_ = seal(sum_, row)
        parts.append(text)
    return "".join(parts).encode()


def test_what_is_sealed_is_read_again() -> None:
    lines = [Decision(turn, move) for turn, move in enumerate(MOVES)]
    draft = Draft(Plan({"comintern": {"balance": 40}}), ("comintern",), ())
    data, sum_ = sealed(HEADER, [*lines, Sitting(3, "1.1"), draft])
    journal = read(data)
    assert journal.header == HEADER
    assert journal.lines == (*lines, Sitting(3, "1.1"), draft)
    assert (journal.length, journal.sum, journal.damage) == (len(data), sum_, None)


def test_a_close_is_read_again_with_the_line_of_its_causes(tmp_path: Path) -> None:
    game = finished(tmp_path)
    closes = read(game.path.read_bytes()).closes
    assert [close.hash for close in closes] == [state.digest() for state in game.session.closes[1:]]
    assert closes[-1].origins == game.session.state.origins
    assert closes[-1].over == game.session.outcome().ending  # type: ignore[union-attr]


def test_a_torn_last_line_is_dropped_and_told(tmp_path: Path) -> None:
    data = finished(tmp_path).path.read_bytes()
    last = len(lines_of(data))
    for cut in (1, 2, 30):
        journal = read(data[:-cut])
        assert journal.damage is not None
        assert journal.damage.torn
        assert journal.damage.line == last
        assert len(journal.lines) == last - 2
        assert data[: journal.length] == b"".join(lines_of(data)[:-1])


def test_every_flipped_bit_is_noticed(tmp_path: Path) -> None:
    data = finished(tmp_path).path.read_bytes()
    sound = read(data)
    for at in range(0, len(data), 11):
        flipped = bytearray(data)
        flipped[at] ^= 1 << at % 8
        try:
            journal = read(bytes(flipped))
        except SaveError:
            continue
        assert journal.damage is not None, f"byte {at}"
        assert sound.lines[: len(journal.lines)] == journal.lines


@pytest.mark.parametrize("change", ["missing", "doubled", "swapped", "another game's"])
def test_lines_out_of_place_are_named(change: str, tmp_path: Path) -> None:
    lines = lines_of(finished(tmp_path / "a").path.read_bytes())
    other = lines_of(finished(tmp_path / "b", seed=8).path.read_bytes())
    match change:
        case "missing":
            del lines[3]
        case "doubled":
            lines.insert(3, lines[2])
        case "swapped":
            lines[3], lines[4] = lines[4], lines[3]
        case _:
            lines[3] = other[3]
    journal = read(b"".join(lines))
    assert journal.damage is not None
    assert str(journal.damage.message) == "line 4 of the save is damaged: its checksum does not fit"
    assert len(journal.lines) == 2


def test_a_value_edited_by_hand_is_noticed(tmp_path: Path) -> None:
    data = finished(tmp_path).path.read_bytes()
    lines = lines_of(data)
    at = next(number for number, line in enumerate(lines) if b'"do":"state"' in line)
    row = json.loads(lines[at])
    row["values"]["gold"] = 900
    lines[at] = json.dumps(row, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    journal = read(b"".join(lines))
    assert journal.damage is not None
    assert journal.damage.line == at + 1


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("turn", "three", "'turn' is not a whole number"),
        ("turn", True, "'turn' is not a whole number"),
        ("turn", 10**19, "'turn' is not a whole number"),
        ("event", 5, "'event' is not a text"),
        ("event", "\x1b[31m", "'event' is not a text"),
        ("choice", None, "'choice' is not a text"),
        ("do", "dance", "it says nothing that is known"),
    ],
)
def test_wrong_types_under_a_good_checksum_are_named(name: str, value: object, told: str) -> None:
    data, _ = sealed(HEADER, [Decision(1, Answer("genoa", "pay"))])
    rows = [json.loads(line) for line in data.splitlines()]
    rows[1][name] = value
    journal = read(resealed(rows))
    assert journal.damage is not None
    assert journal.damage.message == f"line 2 of the save is damaged: {told}"


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"", "empty", "the file is empty"),
        (b"\n\n", "empty", "the file is empty"),
        (b"PK\x03\x04", "foreign", "this is not a saved game of Peredyshka"),
        (pickle.dumps({"kind": "peredyshka game"}), "broken", f"{FIRST}: it is cut or garbled"),
        (b"[1, 2]\n", "foreign", "this is not a saved game of Peredyshka"),
        (b"[" * 100_000, "foreign", "this is not a saved game of Peredyshka"),
        (b'{"kind": "peredyshka game"}\n', "broken", f"{FIRST}: it names no format"),
        (b'{"kind": "peredyshka game", "format": 0}\n', "broken", f"{FIRST}: it names no format"),
    ],
)  # fmt: skip
def test_what_is_no_save_is_told_apart(data: bytes, code: str, told: str) -> None:
    with pytest.raises(SaveError) as fault:
        read(data)
    assert (fault.value.code, str(fault.value)) == (code, told)


def test_a_pickle_is_never_run(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> object:
            return (Path.touch, (tmp_path / "canary",))

    path = tmp_path / "bomb.jsonl"
    path.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(SaveError):
        saves.load(path)
    assert not (tmp_path / "canary").exists()


def test_a_newer_format_is_refused_with_the_version_it_needs() -> None:
    data, _ = sealed(HEADER, [])
    row = json.loads(data)
    row["format"], row["version"] = FORMAT + 1, "9.4"
    with pytest.raises(SaveError) as fault:
        read(json.dumps(row).encode() + b"\n")
    assert fault.value.code == "future"
    assert str(fault.value) == (
        f"the save has format {FORMAT + 1}; this program reads up to {FORMAT}: it needs version 9.4"
    )


def test_an_older_format_is_lifted_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if two more had followed: what is called fate was called luck, and before that turns began at 0."""
    import game.play.unsealing as unsealing

    monkeypatch.setattr(unsealing, "FORMAT", FORMAT + 2)
    monkeypatch.setitem(MIGRATIONS, FORMAT, (lambda row: row, lambda row: row | {"turn": row["turn"] + 1}))
    monkeypatch.setitem(
        MIGRATIONS,
        FORMAT + 1,
        (lambda row: {("fate" if name == "luck" else name): value for name, value in row.items()}, dict),
    )
    data, _ = sealed(HEADER, [Decision(0, Open())])
    header, line = (json.loads(each) for each in data.splitlines())
    header["luck"] = header.pop("fate")
    journal = read(resealed([header, line]))
    assert journal.header.fate == "open"
    assert journal.lines == (Decision(1, Open()),)


def test_line_ends_that_mail_has_changed_carry_nothing() -> None:
    data, _ = sealed(HEADER, [Decision(1, Open())])
    journal = read(data.replace(b"\n", b"\r\n"))
    assert journal.damage is None
    assert journal.lines == (Decision(1, Open()),)


def test_a_cause_without_end_is_refused() -> None:
    cause = Cause(Kind.EVENT, "a", turn=1)
    for _ in range(500):
        cause = Cause(Kind.EVENT, "a", turn=1, parent=cause)
    row = {"do": "state", "turn": 1, "values": {}, "hash": "", "origins": []}
    parent: dict[str, object] = {"kind": "event", "id": "a", "turn": 1}
    for _ in range(500):
        parent = {"kind": "event", "id": "a", "turn": 1, "parent": parent}
    row["origins"] = [["gold", parent]]
    data, sum_ = sealed(HEADER, [])
    journal = read(data + seal(sum_, row)[0].encode())
    assert journal.damage is not None
    assert "goes back too far" in journal.damage.message


def test_a_glance_says_what_a_list_shows(tmp_path: Path) -> None:
    game = finished(tmp_path)
    seen = glance(game.path.read_bytes())
    assert seen.header == game.recorder.journal.header
    assert seen.close == game.recorder.journal.closes[-1]
    assert seen.fault == ""
