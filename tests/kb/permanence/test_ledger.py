"""The ledger itself."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from kb.errors import KbError
from kb.files.lock import locked
from kb.model import Passage
from kb.permanence.ledger import LEDGER_FILE, LedgerEntry, append_entries, new_entries, read_ledger
from kb.text.fingerprint import fingerprint

DAY = "2015-11-23"


def entry(id: str, text: str, status: str = "published", date: str = DAY) -> LedgerEntry:
    return LedgerEntry("d", id, fingerprint(text), date, status, text)  # type: ignore[arg-type]


def passage(id: str, text: str) -> Passage:
    return Passage("d", id, text)


def faults_of(path: Path, *lines: Any) -> list[str]:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return [f"{fault.line}: {fault.problem}" for fault in read_ledger(path)[1]]


def bare(id: str, text: str, status: str = "published", date: str = DAY, **changed: Any) -> dict[str, Any]:
    known = {
        "document": "d",
        "id": id,
        "fingerprint": fingerprint(text),
        "date": date,
        "status": status,
        "text": text,
    }
    return known | changed


def test_what_was_appended_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / LEDGER_FILE
    first, second = (entry("p1", "a"), entry("p2", "“b”\n")), (entry("p1", "c", "amended"),)
    append_entries(path, first, ())
    append_entries(path, second, first)
    assert read_ledger(path) == ((*first, *second), ())
    assert [file.name for file in tmp_path.iterdir()] == [LEDGER_FILE]


def test_a_last_line_without_its_end_is_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / LEDGER_FILE
    append_entries(path, [entry("p1", "a")], ())
    path.write_bytes(path.read_bytes().rstrip())
    append_entries(path, [entry("p2", "b")], [entry("p1", "a")])
    assert len(read_ledger(path)[0]) == 2


def test_an_append_that_fails_leaves_the_ledger_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / LEDGER_FILE
    append_entries(path, [entry("p1", "a")], ())
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(KbError, match=r"cannot write .*ledger.jsonl: disk full; check the folder"):
        append_entries(path, [entry("p2", "b")], [entry("p1", "a")])
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [LEDGER_FILE]


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / LEDGER_FILE) == ((), ())


def test_new_changed_and_gone_passages_are_pending() -> None:
    entries = (
        entry("p1", "a"),
        entry("p2", "b"),
        entry("p3", "c"),
        entry("p3", "c", "withdrawn"),
        entry("p4", "d"),
    )
    here = (passage("p1", "a"), passage("p2", "bb"), passage("p3", "c"), passage("p5", "e"))
    assert new_entries(entries, here, DAY) == (
        entry("p2", "bb", "amended"),
        entry("p3", "c"),
        entry("p5", "e"),
        entry("p4", "d", "withdrawn"),
    )


def test_what_moved_is_pending_once_and_again_when_it_leads_elsewhere() -> None:
    old = (entry("p1", "a"), entry("p2", "b"), entry("p2", "b", "withdrawn"), entry("p3", "c"))
    gone = {("d", "p1"): "d/p4", ("d", "p2"): "d/p5"}
    first = new_entries(old, [passage("p3", "c")], DAY, gone)
    assert first == (
        LedgerEntry("d", "p1", fingerprint("a"), DAY, "moved", "a", "d/p4"),
        LedgerEntry("d", "p2", fingerprint("b"), DAY, "moved", "b", "d/p5"),
    )
    assert new_entries((*old, *first), [passage("p3", "c")], DAY, gone) == ()
    assert new_entries((*old, *first), [passage("p3", "c")], DAY) == ()
    (again,) = new_entries((*old, *first), [passage("p3", "c")], DAY, gone | {("d", "p1"): "d/p5"})
    assert (again.id, again.status, again.to) == ("p1", "moved", "d/p5")
    (back,) = new_entries((*old, *first), [passage("p3", "c"), passage("p1", "a")], DAY)
    assert (back.status, back.to) == ("published", "")


def test_where_a_passage_moved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / LEDGER_FILE
    moved = LedgerEntry("d", "p1", fingerprint("a"), DAY, "moved", "a", "e/p1")
    every = (entry("p1", "a"), moved, entry("p1", "a"), entry("p2", "b"))
    append_entries(path, every, ())
    assert read_ledger(path) == (every, ())
    assert ['"to": "e/p1"' in line for line in path.read_text("utf-8").splitlines()] == [
        False,
        True,
        False,
        False,
    ]


def test_white_space_is_no_change() -> None:
    assert new_entries([entry("p1", "a b")], [passage("p1", "a\n b")], DAY) == ()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["{"], "1: invalid JSON: "),
        ([bare("p1", "a", fingerprint="0")], "1: the fingerprint does not match the text"),
        ([bare("p1", "a", status="lost")], "1: unknown status “lost”"),
        ([bare("p1", "a", date="yesterday")], "1: “yesterday” is not a day"),
        ([bare("p1", "a", date="20150101")], "1: “20150101” is not a day"),
        (
            [bare("p1", "a"), bare("p2", "b", date="2010-01-01")],
            "2: 2010-01-01 is earlier than the date on the line above",
        ),
        ([bare("p1", "a"), bare("p1", "a")], "2: “d/p1” is published twice"),
        ([bare("p1", "a"), bare("p1", "a", "amended")], "2: “d/p1” is amended without a change"),
        ([bare("p1", "a", "amended")], "1: “d/p1” is amended, but was not published"),
        ([bare("p1", "a", "withdrawn")], "1: “d/p1” is withdrawn, but was not published"),
        ([bare("p1", "a", "moved")], "1: “to” is missing"),
        ([bare("p1", "a", "moved", to="p2")], "1: “p2” is not a valid target"),
        ([bare("p1", "a", to="d/p2")], "1: “d/p2” is not a valid target"),
        ([bare("p1", "a", "moved", to="d/p2")], "1: “d/p1” is moved, but was not published"),
        (
            [bare("p1", "a"), *[bare("p1", "a", "moved", to="d/p2")] * 2],
            "3: “d/p1” is moved without a change",
        ),
        (
            [bare("p1", "a"), bare("p1", "a", "moved", to="d/p2"), bare("p1", "a", "withdrawn")],
            "3: “d/p1” is withdrawn, but was not published",
        ),
        (
            [bare("p1", "a"), bare("p1", "a", "moved", to="d/p2"), bare("p1", "b", "amended")],
            "3: “d/p1” is amended, but was not published",
        ),
        ([bare("p1", "a") | {"text": None}], "1: “text” is missing"),
        ([bare("a/b", "a")], '1: "a/b" is not a valid “id”'),
    ],
)
def test_a_wrong_line_is_a_fault(tmp_path: Path, lines: list[Any], fault: str) -> None:
    faults = faults_of(tmp_path / LEDGER_FILE, *lines)
    assert len(faults) == 1
    assert faults[0].startswith(fault)


@pytest.mark.parametrize("cut", [1, 10, 60, -2, -20])
def test_whatever_is_wrong_with_a_line_it_is_restored_and_not_written_by_hand(
    tmp_path: Path, cut: int
) -> None:
    path = tmp_path / LEDGER_FILE
    append_entries(path, [entry("p1", "a"), entry("p2", "b")], ())
    first, last = path.read_bytes().splitlines(keepends=True)
    for line in (last[:cut], b"[1]\n", b"\xff\n", b'{"id": "p2"}\n', last.replace(b"published", b"lost", 1)):
        path.write_bytes(first + line)
        _, (fault,) = read_ledger(path)
        assert (fault.line, fault.remedy) == (2, "restore the ledger as kb publish wrote it")


def test_an_append_to_a_ledger_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / LEDGER_FILE
    append_entries(path, [entry("p1", "a")], ())
    before = path.read_bytes()
    with pytest.raises(KbError, match="has changed in the meantime; run kb publish again"):
        append_entries(path, [entry("p1", "a")], ())
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [LEDGER_FILE]


def test_two_writers_at_once_are_kept_apart(tmp_path: Path) -> None:
    path, other = tmp_path / LEDGER_FILE, tmp_path / ".ledger.jsonl.new"
    with (
        locked(other),
        pytest.raises(KbError, match=r"another kb publish is writing .*wait"),
    ):
        append_entries(path, [entry("p1", "a")], ())
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes and links")
@pytest.mark.parametrize("kind", ["named pipe", "device"])
def test_a_ledger_that_is_no_file_is_named_at_once_and_not_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / LEDGER_FILE
    if kind == "device":
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(path)
    with pytest.raises(KbError, match=f"ledger.jsonl:1: this is a {kind}, not a file"):
        append_entries(path, [entry("p1", "a")], ())
    assert not path.is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_ledger_replaced_by_a_pipe_while_it_is_appended_to_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.permanence.ledger.read_ledger", lambda path: ((), ()))
    os.mkfifo(tmp_path / LEDGER_FILE)
    with pytest.raises(KbError, match=r"cannot write .*not a regular file"):
        append_entries(tmp_path / LEDGER_FILE, [entry("p1", "a")], ())


def test_nothing_is_appended_to_a_ledger_with_faults(tmp_path: Path) -> None:
    path = tmp_path / LEDGER_FILE
    path.write_text("half an ent", encoding="utf-8")
    with pytest.raises(KbError, match=r"ledger\.jsonl:1"):
        append_entries(path, [entry("p1", "a")], ())
    assert path.read_text(encoding="utf-8") == "half an ent"


def test_what_a_killed_writer_left_blocks_nobody(tmp_path: Path) -> None:
    path, other = tmp_path / LEDGER_FILE, tmp_path / ".ledger.jsonl.new"
    other.write_bytes(b"half an entry " * 1_000)
    append_entries(path, [entry("p1", "a")], ())
    assert read_ledger(path) == ((entry("p1", "a"),), ())
    assert [file.name for file in tmp_path.iterdir()] == [LEDGER_FILE]


@pytest.mark.skipif(sys.platform != "linux", reason="names of open files are read from /proc")
def test_an_entry_is_on_the_disk_before_it_is_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    append_entries(tmp_path / LEDGER_FILE, [entry("p1", "a")], ())
    assert synced == [".ledger.jsonl.new", tmp_path.name]


def test_a_ledger_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(KbError, match=r"cannot write .*ledger.jsonl: .*; check the folder"):
        append_entries(tmp_path / "absent" / LEDGER_FILE, [entry("p1", "a")], ())


@pytest.mark.parametrize("date", ["1970-01-01", "2099-12-31", "9999-12-31"])
def test_no_clock_makes_an_entry_a_fault(tmp_path: Path, date: str) -> None:
    assert faults_of(tmp_path / LEDGER_FILE, bare("p1", "a", date=date)) == []


def test_control_characters_in_published_words_are_kept(tmp_path: Path) -> None:
    path = tmp_path / LEDGER_FILE
    append_entries(path, [entry("p1", "a\x07b")], ())
    assert read_ledger(path) == ((entry("p1", "a\x07b"),), ())


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_link_in_place_of_the_new_ledger_leads_to_no_file_that_is_written(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("mine", encoding="utf-8")
    (tmp_path / f".{LEDGER_FILE}.new").symlink_to(own)
    with pytest.raises(KbError):
        append_entries(tmp_path / LEDGER_FILE, (), ())
    assert own.read_text(encoding="utf-8") == "mine"
